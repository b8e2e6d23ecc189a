//! `/kudos/new`: the form. People are added one by one with a search field, which works without JavaScript: each
//! step sends the whole form, keeps it as a draft, and comes back.

use domain::{
    Slug,
    forms::{Draft, Fields},
    kudos::{KudosVisibility, MAX_RECIPIENTS, TEXT_LENGTH, read_session},
};
use leptos::prelude::*;
use markup::published::line;
use store::{
    StoreError, events,
    kudos::{self, Occasion, Person},
    members, schedule, teams,
};

use super::wall::script;
use crate::{
    call::draft_owner,
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::picture_path_of,
    ui::{Avatar, Choice, Crumbs, Marks, Sheet, Size, Title, load},
};

/// Number of people that a search offers.
const MAX_FOUND: usize = 8;
/// Number of people that are suggested before a search.
const MAX_SUGGESTED: u64 = 6;

/// What the form starts with: `to=slug`, `team=slug`, `event=slug`, `session=slug/id`, or nothing. It is a part of the
/// page's address and of the draft's key, so that two half-written forms do not mix.
#[must_use]
pub fn read_start(text: &str) -> String {
    let known = text.split_once('=').and_then(|(name, value)| match name {
        "to" | "team" | "event" => Some(format!("{name}={}", Slug::parse(value)?)),
        "session" => read_session(value).map(|(event, session)| format!("session={event}/{session}")),
        _ => None,
    });
    known.unwrap_or_default()
}

/// The path of the form with this start.
#[must_use]
pub fn form_path(start: &str) -> String {
    if start.is_empty() { "/kudos/new".to_owned() } else { format!("/kudos/new?{start}") }
}

/// The path of the form after a step, such as adding a person.
#[must_use]
pub fn step_path(start: &str) -> String {
    let path = form_path(start);
    let next = if path.contains('?') { '&' } else { '?' };
    format!("{path}{next}step=1#f-to")
}

/// The key of the draft of the form with this start.
#[must_use]
pub fn draft_key(start: &str) -> String {
    format!("kudos/new/{start}")
}

/// The form.
#[component]
pub fn GivePage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let start = visit.path_and_query.split_once('?').map_or("", |(_, query)| query);
        let start = read_start(start.split('&').next().unwrap_or_default());
        let fresh = visit.query("fresh").is_some();
        let continues = visit.query("step").is_some();
        let draft = match fresh {
            true => None,
            false => store::drafts::find(&store, &draft_owner(&visit), &draft_key(&start)).await?,
        };
        let sheet = match draft {
            // What was typed before another person was added is not a leftover, so no notice offers to discard it.
            Some(draft) if continues && draft.problems.is_empty() => Sheet::new(draft, visit.locale),
            Some(draft) => Sheet::new(draft, visit.locale).from_draft(),
            None => Sheet::filled(drafted(&visit, started(&start)), visit.locale),
        };
        let sheet = sheet
            .with_label("to", "kudos-to")
            .with_label("text", "kudos-text")
            .with_label("values", "kudos-values");
        let chosen: Vec<Slug> =
            sheet.value("to").split_whitespace().filter_map(Slug::parse).take(MAX_RECIPIENTS).collect();
        let people = kudos::people(&store, &visit.actor, &chosen).await?;
        let preview = preview(&visit, &people);
        let picker = recipients(&visit, &sheet, people).await?;
        let values = kudos::values(&store).await?;
        let values =
            values.into_iter().map(|value| Choice::new(value.slug.to_string(), value.name)).collect();
        let team_choices = teams::list(&store, &visit.actor).await?;
        let team_choices = team_choices
            .into_iter()
            .map(|team| (team.slug.to_string(), format!("{}{}", "– ".repeat(team.depth), team.name)));
        let team_choices: Vec<_> =
            std::iter::once((String::new(), tr("kudos-no-team"))).chain(team_choices).collect();
        let team = (team_choices.len() > 1)
            .then(|| sheet.field("team", "kudos-team").help("help-kudos-team").select(team_choices));
        let visibilities = KudosVisibility::ALL
            .iter()
            .map(|kind| (kind.name().to_owned(), tr(&format!("kudos-choice-{}", kind.name()))));
        let about = about(&visit, &sheet).await?;
        let occasions = if start.is_empty() { occasions(&visit).await? } else { None };
        let key = store::sign_in::new_token();
        Ok(view! {
            <Title text=tr("kudos-give") />
            <div class="page narrow">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
                <h1>{tr("kudos-give")}</h1>
                <p class="lead">{tr("kudos-give-lead")}</p>
                {occasions}
                <form method="post" action="/api/kudos/give">
                    <input type="hidden" name="key" value=key />
                    <input type="hidden" name="start" value=start />
                    // Enter in a field presses the first button of a form. It searches, and removes nobody.
                    <button class="sr-only" formaction="/api/kudos/find" formnovalidate tabindex="-1" aria-hidden="true">
                        {tr("kudos-find-button")}
                    </button>
                    {sheet.summary()}
                    {picker}
                    {team}
                    {sheet.field("text", "kudos-text").needed().help("help-kudos-text").max(TEXT_LENGTH.1).area(5)}
                    {counter()}
                    {preview}
                    {sheet.field("values", "kudos-values").needed().help("help-kudos-values").checks(values)}
                    {about}
                    {sheet
                        .field("visibility", "kudos-visibility")
                        .needed()
                        .help("help-kudos-visibility")
                        .select(visibilities.collect())}
                    <div class="row">
                        <button class="button">{tr("kudos-give")}</button>
                        <a class="button plain" href="/kudos">{tr("form-back")}</a>
                    </div>
                </form>
            </div>
            {script()}
        })
    })
}

/// The fields with a drafted text, for people whose mentorship is finished (M21).
fn drafted(visit: &Visit, mut fields: Fields) -> Fields {
    if visit.query("draft").as_deref() == Some("mentoring") {
        fields.insert("text".to_owned(), tr("graduation-kudos-text"));
    }
    fields
}

/// The fields of a form with this start.
fn started(start: &str) -> Fields {
    let mut fields = Fields::new();
    if let Some((name, slug)) = start.split_once('=') {
        fields.insert(name.to_owned(), slug.to_owned());
    }
    fields
}

/// The number of characters that are typed, which the script keeps up to date. Hidden without it.
#[must_use]
pub fn counter() -> AnyView {
    let text =
        tr_with("kudos-counter", &[("max", i18n::number(u32::try_from(TEXT_LENGTH.1).unwrap_or(u32::MAX)))]);
    view! {
        <p
            class="help counter"
            data-counter="f-text"
            data-min=TEXT_LENGTH.0.to_string()
            data-max=TEXT_LENGTH.1.to_string()
            data-text=text
            hidden
        ></p>
    }
    .into_any()
}

/// The card as it will look, which the script keeps up to date. Hidden without it. Screen readers read the fields.
fn preview(visit: &Visit, people: &[Person]) -> AnyView {
    let to = people
        .iter()
        .map(|person| view! { <span class="kudos-person"><bdi>{person.name.clone()}</bdi></span> });
    let from = visit.member.as_ref().map(|member| member.name.clone()).unwrap_or_default();
    view! {
        <div class="kudos-preview" data-preview="f-text" aria-hidden="true" hidden>
            <p class="eyebrow">{tr("kudos-preview")}</p>
            <div class="kudos-card">
                <p class="to">{to.collect_view()}<span data-preview-team=""></span></p>
                <blockquote><p data-preview-text=""></p></blockquote>
                <ul class="row values" role="list" data-preview-values=""></ul>
                <p class="from help">{tr("kudos-from")} " " <bdi>{from}</bdi></p>
            </div>
        </div>
    }
    .into_any()
}

/// The people who are chosen, and a search for more.
async fn recipients(visit: &Visit, sheet: &Sheet, chosen: Vec<Person>) -> Result<AnyView, AppError> {
    let words = sheet.value("q");
    let found = match words.trim() {
        "" => suggested(visit).await?,
        words => {
            let filter = members::Filter { words: words.to_owned(), ..members::Filter::default() };
            let found = members::directory(&store(), &visit.actor, &filter, 0).await?.people;
            found.into_iter().map(Person::from).collect()
        }
    };
    let me = visit.actor.member();
    let own = match me {
        Some(_) => members::myself(&store(), &visit.actor).await?.slug.to_string(),
        None => String::new(),
    };
    let is_new = |person: &Person| {
        person.slug.as_str() != own && !chosen.iter().any(|chosen| chosen.slug == person.slug)
    };
    let found: Vec<Person> = found.into_iter().filter(is_new).take(MAX_FOUND).collect();
    let status = match (words.trim().is_empty(), found.is_empty()) {
        (false, true) => Some(tr_with("kudos-nobody-found", &[("words", i18n::quote(words.clone()))])),
        (true, false) => Some(tr("kudos-suggested")),
        _ => None,
    };
    let full = chosen.len() >= MAX_RECIPIENTS;
    let chips = chosen.into_iter().map(chip).collect_view();
    let found = found.into_iter().map(offer).collect_view();
    let problem = sheet.has_problem("to");
    let search = (!full).then(|| {
        view! {
            <div class="field-with-button">
                {sheet.field("q", "kudos-find").help("help-kudos-find").max(100).complete("off").input("search")}
                <button class="button plain" formaction="/api/kudos/find" formnovalidate>{tr("kudos-find-button")}</button>
            </div>
        }
    });
    Ok(view! {
        <fieldset class="field recipients" class:wrong=problem id="f-to" tabindex="-1">
            <legend>{tr("kudos-to")}</legend>
            {problem.then(|| sheet.field("to", "kudos-to").problem_line())}
            <ul class="chips" role="list">{chips}</ul>
            {search}
            {status.map(|status| view! { <p class="help" role="status">{status}</p> })}
            <ul class="rows offers" role="list">{found}</ul>
        </fieldset>
    }
    .into_any())
}

/// People whom the reader worked with lately, and then members who share a group with the reader.
async fn suggested(visit: &Visit) -> Result<Vec<Person>, AppError> {
    let max = usize::try_from(MAX_SUGGESTED).unwrap_or(1);
    let mut found = kudos::worked_with(&store(), &visit.actor, max).await?;
    if found.len() < max {
        let companions = members::companions(&store(), &visit.actor, MAX_SUGGESTED).await?;
        for companion in companions {
            let person = Person::from(companion.person);
            if found.len() < max && !found.contains(&person) {
                found.push(person);
            }
        }
    }
    Ok(found)
}

/// Occasions to give kudos, each with a link to the form that is filled in.
async fn occasions(visit: &Visit) -> Result<Option<AnyView>, AppError> {
    let found = kudos::occasions(&store(), &visit.actor).await?;
    let link = |start: String, text: String, title: &str| {
        view! { <li><a href=form_path(&start)>{text} " " <bdi>{title.to_owned()}</bdi></a></li> }
    };
    let quoted = |name: &str| i18n::quote(name.to_owned());
    let items = found.iter().map(|occasion| match occasion {
        Occasion::Attended { slug, title } => {
            link(format!("event={slug}"), tr("kudos-occasion-attended"), title)
        }
        Occasion::FirstEvent { host, title } => {
            let text = tr_with("kudos-occasion-first-event", &[("name", quoted(&host.name))]);
            link(format!("to={}", host.slug), text, title)
        }
        Occasion::OneYear(person) => {
            let text = tr_with("kudos-occasion-one-year", &[("name", quoted(&person.name))]);
            link(format!("to={}", person.slug), text, "")
        }
    });
    let items = items.collect_view();
    Ok((!found.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="occasions">
                <h2 id="occasions">{tr("kudos-occasions")}</h2>
                <ul class="rows" role="list">{items}</ul>
            </section>
        }
        .into_any()
    }))
}

/// A chosen person, with a button that removes them.
fn chip(person: Person) -> impl IntoView {
    let slug = person.slug.to_string();
    let remove = tr_with("kudos-remove", &[("name", i18n::quote(person.name.clone()))]);
    view! {
        <li class="chip">
            <input type="hidden" name="to[]" value=slug.clone() />
            <Avatar
                name=person.name.clone()
                size=Size::Small
                picture=picture_path_of(&person.slug, person.picture.as_deref())
            />
            <bdi>{person.name}</bdi>
            <button
                class="quiet"
                name="remove"
                value=slug
                formaction="/api/kudos/find"
                formnovalidate
                aria-label=remove
            >
                "×"
            </button>
        </li>
    }
}

/// A person who can be added.
fn offer(person: Person) -> impl IntoView {
    let add = tr_with("kudos-add-name", &[("name", i18n::quote(person.name.clone()))]);
    view! {
        <li>
            <span class="kudos-person">
                <Avatar
                    name=person.name.clone()
                    size=Size::Small
                    picture=picture_path_of(&person.slug, person.picture.as_deref())
                />
                <bdi>{person.name}</bdi>
                <Marks disciplines=person.disciplines />
            </span>
            <button
                class="button plain small"
                name="add"
                value=person.slug.to_string()
                formaction="/api/kudos/find"
                formnovalidate
                aria-label=add
            >
                {tr("kudos-add")}
            </button>
        </li>
    }
}

/// The event or session that the kudos are about, which the form was opened from.
async fn about(visit: &Visit, sheet: &Sheet) -> Result<Option<AnyView>, AppError> {
    let (field, value) = match (sheet.value("session"), sheet.value("event")) {
        (session, event) if session.is_empty() => ("event", event),
        (session, _) => ("session", session),
    };
    let found = match (read_session(&value), Slug::parse(&value)) {
        (Some((event, id)), _) => schedule::session(&store(), &visit.actor, &event, id)
            .await
            .map(|page| (format!("/events/{event}/sessions/{id}"), line(&page.item.session.title))),
        (None, Some(slug)) => events::page(&store(), &visit.actor, &slug)
            .await
            .map(|page| (format!("/events/{slug}"), page.event.details.title)),
        (None, None) => return Ok(None),
    };
    let (to, title) = match found {
        Ok(found) => found,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(
        view! {
            <p>
                <input type="hidden" name=field value=value />
                {tr("kudos-about-event")} " " <a href=to>{title}</a>
            </p>
        }
        .into_any(),
    ))
}

/// The draft of a form whose list of recipients changes.
#[must_use]
pub fn changed(mut fields: Fields, add: &str, remove: &str) -> Draft {
    let typed = fields.remove("to").unwrap_or_default();
    let mut to: Vec<&str> =
        typed.split_whitespace().filter(|slug| *slug != remove).take(MAX_RECIPIENTS).collect();
    if !add.is_empty() && to.len() < MAX_RECIPIENTS && !to.contains(&add) && Slug::parse(add).is_some() {
        to.push(add);
    }
    if !add.is_empty() {
        fields.remove("q");
    }
    fields.insert("to".to_owned(), to.join(" "));
    Draft { fields, problems: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k1_people_are_added_and_removed_one_by_one() {
        let fields =
            |to: &str| Fields::from([("to".to_owned(), to.to_owned()), ("q".to_owned(), "mei".to_owned())]);
        let to = |draft: Draft| draft.fields["to"].clone();
        assert_eq!(to(changed(fields("a b"), "c", "")), "a b c");
        assert_eq!(to(changed(fields("a b"), "a", "")), "a b");
        assert_eq!(to(changed(fields("a b"), "", "a")), "b");
        assert_eq!(to(changed(fields("a"), "<b>", "")), "a");
        let ten = (0..10).map(|n| format!("m{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(to(changed(fields(&format!("{ten} x y")), "z", "")), ten, "the draft is bounded");
        assert!(!changed(fields("a"), "c", "").fields.contains_key("q"), "the search is over");
        assert!(changed(fields("a"), "", "").fields.contains_key("q"));
    }

    #[test]
    fn a_form_starts_with_known_records_only() {
        assert_eq!(read_start("to=mei-tanaka"), "to=mei-tanaka");
        assert_eq!(form_path(&read_start("event=a-talk")), "/kudos/new?event=a-talk");
        assert_eq!(step_path("to=mei-tanaka"), "/kudos/new?to=mei-tanaka&step=1#f-to");
        assert_eq!(step_path(""), "/kudos/new?step=1#f-to");
        let session = "session=a-day/00000000-0000-0000-0000-000000000007";
        assert_eq!(read_start(session), session);
        for bad in ["", "to", "to=<b>", "text=a", "to=../admin", "session=a-day/7", "session=7"] {
            assert_eq!(read_start(bad), "", "{bad}");
        }
    }
}
