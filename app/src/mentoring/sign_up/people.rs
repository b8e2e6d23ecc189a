//! The third step: a mentee's wishes, a mentor's likes, and people whom a sign-up is never matched with (M4).

use domain::{
    Slug,
    mentoring::{PreferenceKind, SignUpRole},
};
use leptos::prelude::*;
use store::{
    lists,
    mentoring::{self, Candidate, Filter, SignUpForm, StatedPreference},
};

use super::{keys, sign_up_path, step_path};
use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    members::card::{member_path, picture_path},
    ui::{Avatar, Marks, Pager, Sheet, Size},
};

/// The highest page number. It bounds the numbers that a hand-written address can ask for.
const MAX_PAGES: u32 = 500;

/// The step.
pub(super) async fn view(visit: &Visit, form: &SignUpForm) -> Result<AnyView, AppError> {
    let role = form.sign_up.role;
    let query = |name: &str| visit.query(name).filter(|text| !text.is_empty());
    let words: String = query("q").unwrap_or_default().trim().chars().take(100).collect();
    let filter = Filter { words, topic: query("topic").and_then(|text| Slug::parse(&text)) };
    let page = query("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1;
    let people = mentoring::people(&store(), &visit.actor, form, &filter, page).await?;
    let path = step_path(form.round.card.slug.as_str(), role, domain::mentoring::SignUpStep::People);
    let address = |page: u32| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("q", &filter.words);
        pairs.append_pair("topic", filter.topic.as_ref().map_or("", Slug::as_str));
        pairs.append_pair("page", &(page + 1).to_string());
        format!("{path}?{}#people", pairs.finish())
    };
    let before = page.checked_sub(1).map(address);
    let after = people.more.then(|| address(page + 1));
    let is_empty = people.people.is_empty();
    let rows = people.people.into_iter().map(|candidate| person(visit, form, candidate)).collect_view();
    let name = role.name();
    let none = is_empty.then(|| view! { <p class="help">{tr(&format!("mentoring-nobody-{name}"))}</p> });
    Ok(view! {
        <p>{tr(&format!("mentoring-people-lead-{name}"))}</p>
        <p class="help">{tr("mentoring-people-private")}</p>
        {PreferenceKind::of_role(role).iter().map(|kind| stated(visit, form, *kind)).collect_view()}
        <section aria-labelledby="people">
            <h2 id="people">{tr(&format!("mentoring-people-{name}"))}</h2>
            {filters(visit, &path, &filter).await?}
            {none}
            <ul class="mentoring-people" role="list">{rows}</ul>
            <Pager before after />
        </section>
        <p class="row">
            <a class="button" href=sign_up_path(form.round.card.slug.as_str(), role)>{tr("mentoring-people-next")}</a>
        </p>
    }
    .into_any())
}

async fn filters(visit: &Visit, path: &str, filter: &Filter) -> Result<AnyView, AppError> {
    let topic = filter.topic.as_ref().map(Slug::to_string).unwrap_or_default();
    let values = [("q".to_owned(), filter.words.clone()), ("topic".to_owned(), topic)];
    let sheet = Sheet::filled(values.into(), visit.locale);
    let topics = lists::topics(&store()).await?;
    let topics = topics.into_iter().map(|topic| (topic.slug.to_string(), topic.name));
    let topics = std::iter::once((String::new(), tr("directory-any-topic"))).chain(topics).collect();
    Ok(view! {
        <form class="filters" action=path.to_owned()>
            <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
            {sheet.field("topic", "field-topic").select(topics)}
            <button class="button small">{tr("events-apply-filters")}</button>
        </form>
    }
    .into_any())
}

/// A form with one button that changes what the sign-up says about a person.
fn change(
    visit: &Visit,
    form: &SignUpForm,
    person: &Slug,
    change: &'static str,
    class: &'static str,
    text: AnyView,
    label: String,
) -> AnyView {
    view! {
        <form method="post" action="/api/mentoring/prefer">
            {keys(form)}
            <input type="hidden" name="person" value=person.to_string() />
            <input type="hidden" name="back" value=visit.path_and_query.clone() />
            <button class=class name="change" value=change aria-label=label>{text}</button>
        </form>
    }
    .into_any()
}

/// The people of one kind that the sign-up names. Nothing when there are none, except for a mentee's wishes.
fn stated(visit: &Visit, form: &SignUpForm, kind: PreferenceKind) -> Option<AnyView> {
    let people: Vec<&StatedPreference> = form.people.iter().filter(|named| named.kind == kind).collect();
    if people.is_empty() && kind != PreferenceKind::Wish {
        return None;
    }
    let id = format!("kind-{}", kind.name().replace('_', "-"));
    let last = people.len().saturating_sub(1);
    let rows = people.iter().enumerate().map(|(at, named)| {
        let name = &named.person.name;
        let slug = &named.person.slug;
        let text = |key: &str| tr_with(key, &[("name", i18n::quote(name.clone()))]);
        let button = |what: &'static str, sign: &'static str, key: &str| {
            change(visit, form, slug, what, "button plain small", sign.into_any(), text(key))
        };
        let is_wish = kind == PreferenceKind::Wish;
        view! {
            <li class="mentoring-person">
                <Avatar name=name.clone() size=Size::Small picture=picture_path(&named.person) />
                <a href=member_path(slug)><bdi>{name.clone()}</bdi></a>
                <span class="row">
                    {(is_wish && at > 0).then(|| button("up", "↑", "mentoring-move-up"))}
                    {(is_wish && at < last).then(|| button("down", "↓", "mentoring-move-down"))}
                    {button("clear", "×", "mentoring-remove-name")}
                </span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let none = people.is_empty().then(|| view! { <p class="help">{tr("mentoring-no-wishes")}</p> });
    let list = if kind == PreferenceKind::Wish {
        view! { <ol class="mentoring-named">{rows}</ol> }.into_any()
    } else {
        view! { <ul class="mentoring-named" role="list">{rows}</ul> }.into_any()
    };
    Some(
        view! {
            <section aria-labelledby=id.clone()>
                <h2 id=id.clone()>{tr(&format!("mentoring-{id}"))}</h2>
                {none}
                {list}
            </section>
        }
        .into_any(),
    )
}

/// The reasons to choose a person, as one sentence for each.
fn reasons(form: &SignUpForm, candidate: &Candidate) -> AnyView {
    let role = form.sign_up.role.name();
    let asked = match form.sign_up.role {
        SignUpRole::Mentee => form.sign_up.topics.len(),
        SignUpRole::Mentor => candidate.topics.len(),
    };
    let topics = tr_with(
        &format!("mentoring-reason-topics-{role}"),
        &[("shared", i18n::number(candidate.shared_topics)), ("asked", i18n::number(asked as i64))],
    );
    let hours = (!form.sign_up.week.is_empty()).then(|| {
        let hours = i18n::number(candidate.shared_half_hours / 2);
        view! { <li>{tr_with("mentoring-reason-hours", &[("hours", hours)])}</li> }
    });
    let language = (!candidate.shares_language).then(|| view! { <li>{tr("mentoring-reason-language")}</li> });
    view! { <ul class="mentoring-reasons" role="list"><li>{topics}</li>{hours}{language}</ul> }.into_any()
}

fn person(visit: &Visit, form: &SignUpForm, candidate: Candidate) -> AnyView {
    let shown = &candidate.person;
    let now = form.people.iter().find(|named| named.person.member == shown.member).map(|named| named.kind);
    let text = |key: &str| tr_with(key, &[("name", i18n::quote(shown.name.clone()))]);
    let buttons =
        PreferenceKind::of_role(form.sign_up.role).iter().filter(|kind| now != Some(**kind)).map(|kind| {
            let key = format!("mentoring-set-{}", kind.name().replace('_', "-"));
            let class = if *kind == PreferenceKind::Never { "quiet" } else { "button plain small" };
            change(
                visit,
                form,
                &shown.slug,
                kind.name(),
                class,
                tr(&key).into_any(),
                text(&format!("{key}-name")),
            )
        });
    let buttons = buttons.collect_view();
    let topics = candidate.topics.iter().map(|topic| view! { <li>{topic.name.clone()}</li> }).collect_view();
    let badge = now.map(|kind| {
        view! { <span class="badge brass">{tr(&format!("mentoring-is-{}", kind.name().replace('_', "-")))}</span> }
    });
    let headline =
        (!shown.headline.is_empty()).then(|| view! { <p class="help">{shown.headline.clone()}</p> });
    view! {
        <li>
            <Avatar name=shown.name.clone() picture=picture_path(shown) />
            <div>
                <p class="row">
                    <strong><a href=member_path(&shown.slug)><bdi>{shown.name.clone()}</bdi></a></strong>
                    <Marks disciplines=shown.disciplines.clone() />
                    {badge}
                </p>
                {headline}
                <ul class="marks" role="list">{topics}</ul>
                {reasons(form, &candidate)}
                <div class="row">{buttons}</div>
            </div>
        </li>
    }
    .into_any()
}
