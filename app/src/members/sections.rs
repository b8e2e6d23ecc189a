//! The forms of `/profile` and its tabs.

use domain::{
    Locale,
    forms::Fields,
    members::{
        Audience, DetailsForm, Language, Level, MAX_BIO, Member, Named, Part, Place, Profile, Seniority,
        Viewer, WebLink,
    },
};
use leptos::prelude::*;
use store::{lists, members, teams};

use super::card::{level_label, member_path, part_label, seniority_label, site_name};
use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Badge, Choice, Pairs, Picker, Sheet, Tone, ZoneList, preview_button, with_retired},
};

/// A form's fields by name, to be saved as a draft. Lists are one text with spaces between the entries.
#[must_use]
pub fn fields<const N: usize>(texts: [(&str, &str); N]) -> Fields {
    texts.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// The form of a section, with its saved values. A refused form is shown as typed only once, on the page it
/// returns to (`?typed=<section>`). Later visits get a link to it, because a member who returns to save another
/// section shouldn't see the old problems again.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn section_form(
    visit: &Visit,
    section: &'static str,
    fields: Fields,
) -> Result<(Sheet, Option<AnyView>), AppError> {
    let (sheet, has_draft) = refilled(visit, &format!("members/{section}"), fields.clone()).await?;
    if !has_draft || visit.query("typed").as_deref() == Some(section) {
        return Ok((sheet, None));
    }
    let to = section_path(section);
    let offer = view! {
        <p class="help">{tr("form-unsaved")} " " <a href=to>{tr("form-look-again")}</a></p>
    };
    Ok((Sheet::filled(fields, visit.locale), Some(offer.into_any())))
}

/// Path of the tab that shows a form as typed.
#[must_use]
pub fn section_path(section: &str) -> String {
    let tab = match section {
        "topics" => "/profile/topics",
        "visibility" => "/profile/privacy",
        _ => "/profile",
    };
    format!("{tab}?typed={section}")
}

fn section(id: &'static str, title: &'static str, help: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="part" id=id>
            <h2>{tr(title)}</h2>
            <p class="help">{tr(help)}</p>
            {body}
        </section>
    }
    .into_any()
}

/// A part's audience in the form of `visible_to`: `part:audience`.
fn audience_of(me: &Profile, part: Part) -> String {
    format!("{}:{}", part.name(), me.see.of(part).name())
}

fn audience_label(audience: Audience) -> String {
    tr(&format!("audience-{}", audience.name()))
}

/// The choice who sees a part. Its value is what was typed, or what is saved.
fn audience(sheet: &Sheet, me: &Profile, part: Part) -> AnyView {
    let typed = sheet.value("visible_to");
    let now = typed.split_whitespace().find(|pair| pair.split(':').next() == Some(part.name()));
    let now = now.map_or_else(|| audience_of(me, part), str::to_owned);
    let options = Audience::ALL.iter().map(|audience| {
        let value = format!("{}:{}", part.name(), audience.name());
        let selected = value == now;
        view! { <option value=value selected=selected>{audience_label(*audience)}</option> }
    });
    let label = tr_with("profile-who-sees-part", &[("part", i18n::quote(part_label(part)))]);
    view! {
        <label class="who">
            <span aria-hidden="true">{tr("profile-who-sees")}</span>
            <select name="visible_to[]" aria-label=label>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}

/// Who sees a part that isn't in the form, with a link to the tab where it is chosen.
fn audience_line(me: &Profile, part: Part) -> AnyView {
    let now = audience_label(me.see.of(part));
    let label = tr_with("profile-who-sees-part", &[("part", i18n::quote(part_label(part)))]);
    view! {
        <p class="help">
            {label} ": " <a href="/profile/privacy">{now}</a>
        </p>
    }
    .into_any()
}

/// The picture. Files have a form of their own.
#[must_use]
pub fn picture(me: &Profile) -> AnyView {
    let remove = me.picture.is_some().then(|| {
        view! {
            <form method="post" action="/api/members/remove_picture">
                <button class="button small plain">{tr("profile-picture-remove")}</button>
            </form>
        }
    });
    let body = view! {
        <form method="post" action=crate::routes::PICTURE enctype="multipart/form-data">
            <div class="field">
                <label for="f-picture">{tr("profile-picture-file")}</label>
                <input id="f-picture" type="file" name="picture" accept="image/jpeg,image/png,image/webp" required />
            </div>
            <button class="button plain">{tr("profile-picture-send")}</button>
        </form>
        {remove}
        {audience_line(me, Part::Picture)}
    };
    section("picture", "profile-picture", "profile-picture-help", body.into_any())
}

/// The form of the tab "Profile", with the choice who sees it beside each field. `?edit=headline` puts the
/// focus on that field.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn details(visit: &Visit, member: &Member, me: &Profile) -> Result<AnyView, AppError> {
    let slug = |named: &Option<Named>| named.as_ref().map(|named| named.slug.to_string()).unwrap_or_default();
    let saved = DetailsForm {
        name: member.name.clone(),
        headline: me.headline.clone(),
        pronouns: me.pronouns.clone(),
        bio: me.bio.clone(),
        disciplines: me.disciplines.iter().map(|discipline| discipline.slug.to_string()).collect(),
        team: slug(&me.team),
        seniority: me.seniority.map_or("", Seniority::name).to_owned(),
        manager: slug(&me.manager),
        languages: me.languages.iter().map(|language| language.tag().to_owned()).collect(),
        zone: member.zone.name().to_owned(),
        locale: member.locale.tag().to_owned(),
        visible_to: Part::ALL.iter().map(|part| audience_of(me, *part)).collect(),
    };
    let (sheet, unsaved) = section_form(visit, "details", details_fields(&saved)).await?;
    let sheet = sheet.focus(visit.query("edit"));
    let disciplines = with_retired(members::disciplines(&store()).await?, me.disciplines.clone());
    let disciplines = disciplines.into_iter().map(Choice::from).collect();
    let none = |key: &str| (String::new(), tr(key));
    let teams = teams::list(&store(), &visit.actor).await?.into_iter();
    let teams =
        teams.map(|team| (team.slug.to_string(), format!("{}{}", "– ".repeat(team.depth), team.name)));
    let teams = std::iter::once(none("profile-no-team")).chain(teams).collect();
    let levels = Seniority::ALL.iter().map(|level| (level.name().to_owned(), seniority_label(*level)));
    let levels = std::iter::once(none("profile-no-answer")).chain(levels).collect();
    let tongues = Language::all().map(|language| Choice::new(language.tag(), language.name())).collect();
    let seen = |part: Part, field: AnyView| {
        view! { <div class="seen">{field} {audience(&sheet, me, part)}</div> }
    };
    let text = |name, label| sheet.field(name, label);
    Ok(view! {
        <form method="post" action="/api/members/details">
            {unsaved}
            {sheet.summary()}
            {seen(Part::Name, text("name", "field-name").help("help-name").needed().max(80).input("text"))}
            {seen(Part::Headline, text("headline", "field-headline").help("help-headline").max(120).input("text"))}
            {seen(Part::Pronouns, text("pronouns", "field-pronouns").help("help-pronouns").max(40).input("text"))}
            {seen(Part::Bio, text("bio", "field-bio").help("help-bio").max(MAX_BIO).editor(6))}
            {seen(Part::Disciplines, text("disciplines", "field-disciplines").help("help-disciplines").checks(disciplines))}
            {seen(Part::Team, text("team", "field-team").select(teams))}
            {seen(Part::Seniority, text("seniority", "field-seniority").help("help-seniority").select(levels))}
            {text("manager", "field-manager").help("help-manager").max(200).input("text")}
            {seen(Part::Languages, view! {
                <Picker name="languages" label="field-languages" chosen=sheet.value("languages") choices=tongues />
            }.into_any())}
            {seen(Part::Zone, text("zone", "field-zone").help("help-own-zone").needed().list("zones").input("text"))}
            <ZoneList />
            {language_choice(&sheet)}
            <div class="row">
                <button class="button">{tr("form-save")}</button>
                {preview_button("bio", "members/details", "/profile?typed=details")}
            </div>
        </form>
    }
    .into_any())
}

/// The fields of the tab "Profile", to be saved as a draft.
#[must_use]
pub fn details_fields(form: &DetailsForm) -> Fields {
    let lists = [&form.disciplines, &form.languages, &form.visible_to].map(|list| list.join(" "));
    fields([
        ("name", &form.name),
        ("headline", &form.headline),
        ("pronouns", &form.pronouns),
        ("bio", &form.bio),
        ("disciplines", &lists[0]),
        ("team", &form.team),
        ("seniority", &form.seniority),
        ("manager", &form.manager),
        ("languages", &lists[1]),
        ("zone", &form.zone),
        ("locale", &form.locale),
        ("visible_to", &lists[2]),
    ])
}

/// The choice of a language, hidden while there is only one. The pseudo-locale is for developers: a debug build
/// offers it to browsers that ask for it.
#[must_use]
pub fn language_choice(sheet: &Sheet) -> AnyView {
    if ![Locale::Pseudo.tag(), Locale::PseudoRtl.tag()].contains(&sheet.value("locale").as_str()) {
        return view! { <input type="hidden" name="locale" value=Locale::En.tag() /> }.into_any();
    }
    let choices = [
        (Locale::En, "locale-en"),
        (Locale::Pseudo, "locale-pseudo"),
        (Locale::PseudoRtl, "locale-pseudo-rtl"),
    ];
    let choices = choices.map(|(locale, key)| (locale.tag().to_owned(), tr(key)));
    sheet.field("locale", "field-locale").needed().select(choices.into())
}

/// The form of the tab "Topics": chips with a level. Topics that were not chosen are folded away.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn topics(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values: Vec<String> =
        me.topics.iter().map(|(topic, level)| format!("{}:{}", topic.slug, level.name())).collect();
    let saved = fields([("topics", &values.join(" ")), ("visible_to", &audience_of(me, Part::Topics))]);
    let (sheet, unsaved) = section_form(visit, "topics", saved).await?;
    let own = me.topics.iter().map(|(topic, _)| topic.clone()).collect();
    let items = with_retired(lists::topics(&store()).await?, own);
    let items = items.into_iter().map(|topic| Choice::new(topic.slug.to_string(), topic.name));
    let chosen = sheet.value("topics");
    let is_chosen = |item: &Choice| {
        let pairs = chosen.split_whitespace().filter_map(|pair| pair.split_once(':'));
        pairs.into_iter().any(|(topic, level)| topic == item.value && !level.is_empty())
    };
    let (own, others): (Vec<_>, Vec<_>) = items.partition(is_chosen);
    let levels = Level::ALL.iter().map(|level| Choice::new(level.name(), level_label(*level)));
    let choices: Vec<_> = std::iter::once(Choice::new("", tr("topic-level-none"))).chain(levels).collect();
    let is_empty = own.is_empty();
    Ok(view! {
        <form method="post" action="/api/members/topics">
            {unsaved}
            {sheet.summary()}
            {sheet.field("topics", "field-topics").problem_line()}
            {is_empty.then(|| view! { <p>{tr("profile-topics-none")}</p> })}
            <Pairs name="topics" chosen=chosen.clone() items=own choices=choices.clone() chips=true />
            <details class="disclosure" open=is_empty>
                <summary>{tr("profile-topics-add")}</summary>
                <Pairs name="topics" id="others" chosen items=others choices chips=true />
            </details>
            {audience(&sheet, me, Part::Topics)}
            <button class="button">{tr("form-save")}</button>
        </form>
    }
    .into_any())
}

/// The links, which are added and removed one by one.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn links(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let (sheet, unsaved) = section_form(visit, "links", fields([("url", "")])).await?;
    let sheet = sheet.focus(visit.query("edit"));
    let rows = me.links.iter().map(link_row).collect_view();
    let page = format!("{}{}", visit.origin, member_path(&me.slug));
    let body = view! {
        <ul class="rows" role="list">{rows}</ul>
        {(!me.links.is_empty()).then(|| view! { <p class="help">{tr("profile-verify-help")} " " <span class="zone">{page}</span></p> })}
        <form method="post" action="/api/members/add_link">
            {unsaved}
            {sheet.summary()}
            {sheet.field("url", "field-url").help("help-url").needed().max(500).keyboard("url").input("text")}
            <button class="button plain">{tr("profile-link-add")}</button>
        </form>
        {audience_line(me, Part::Links)}
    };
    Ok(section("links", "profile-links", "profile-links-help", body.into_any()))
}

fn link_row(link: &WebLink) -> impl IntoView + use<> {
    let id = link.id.to_string();
    let place = site_name(link.place());
    let verify = match link.verified_at {
        Some(_) => view! { <Badge tone=Tone::Good>{tr("profile-verified")}</Badge> }.into_any(),
        None => view! {
            <form method="post" action="/profile/links/verify">
                <input type="hidden" name="link" value=id.clone() />
                <button class="button small plain">{tr("profile-verify")}</button>
            </form>
        }
        .into_any(),
    };
    let shown = link.url.strip_prefix("https://").unwrap_or(&link.url).to_owned();
    let named = (link.place() != Place::Website).then(|| view! { <strong>{place}</strong> " " });
    view! {
        <li>
            <div>{named}<a href=link.url.clone() rel="ugc nofollow noopener">{shown}</a></div>
            <div class="row">
                {verify}
                <form method="post" action="/api/members/remove_link">
                    <input type="hidden" name="link" value=id />
                    <button class="button small plain">{tr("profile-link-remove")}</button>
                </form>
            </div>
        </li>
    }
}

/// The form of the tab "Privacy": who sees each part.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn visibility(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values: Vec<String> = Part::ALL.iter().map(|part| audience_of(me, *part)).collect();
    let (sheet, unsaved) =
        section_form(visit, "visibility", fields([("visible_to", &values.join(" "))])).await?;
    let items = Part::ALL.iter().map(|part| Choice::new(part.name(), part_label(*part))).collect();
    let choices = Audience::ALL
        .iter()
        .map(|audience| Choice::new(audience.name(), audience_label(*audience)))
        .collect();
    // Hiding the name also hides the member's page, so the badge says so.
    let hidden = !me.see.shows(Part::Name, Viewer::Member);
    Ok(view! {
        {hidden.then(|| view! { <p><Badge tone=Tone::Draft>{tr("profile-hidden")}</Badge></p> })}
        <form method="post" action="/api/members/visibility">
            {unsaved}
            {sheet.summary()}
            <Pairs name="visible_to" chosen=sheet.value("visible_to") items choices />
            <button class="button">{tr("form-save")}</button>
        </form>
    }
    .into_any())
}
