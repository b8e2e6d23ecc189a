//! The sections of `/profile`. Each has its own form, so saving one doesn't lose what was typed in another.

use domain::{
    forms::Fields,
    members::{Audience, Language, Level, MAX_BIO, Named, Part, Place, Profile, Seniority, Viewer, WebLink},
};
use leptos::prelude::*;
use store::{lists, teams};

use super::card::{level_label, member_path, part_label, seniority_label, site_name};
use crate::{
    context::{Visit, store, tr},
    error::AppError,
    refill::refilled,
    ui::{Badge, Choice, Pairs, Picker, Sheet, Tone, preview_button, with_retired},
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

/// Path of the profile that shows a section as typed.
#[must_use]
pub fn section_path(section: &str) -> String {
    format!("/profile?typed={section}")
}

/// All sections except the first.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn all(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let (picture, about) = (picture(me), about(visit, me).await?);
    let (work, topics) = (work(visit, me).await?, topics(visit, me).await?);
    let (languages, links) = (languages(visit, me).await?, links(visit, me).await?);
    let visibility = visibility(visit, me).await?;
    Ok(view! { {picture} {about} {work} {topics} {languages} {links} {visibility} }.into_any())
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

fn picture(me: &Profile) -> AnyView {
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
            <button class="button">{tr("profile-picture-send")}</button>
        </form>
        {remove}
    };
    section("picture", "profile-picture", "profile-picture-help", body.into_any())
}

async fn about(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values = fields([("pronouns", &me.pronouns), ("bio", &me.bio)]);
    let (sheet, unsaved) = section_form(visit, "about", values).await?;
    let body = view! {
        <form method="post" action="/api/members/about">
            {unsaved}
            {sheet.summary()}
            {sheet.field("pronouns", "field-pronouns").help("help-pronouns").max(40).input("text")}
            {sheet.field("bio", "field-bio").help("help-bio").max(MAX_BIO).editor(8)}
            <div class="row">
                <button class="button">{tr("form-save")}</button>
                {preview_button("bio", "members/about", "/profile?typed=about")}
            </div>
        </form>
    };
    Ok(section("about", "profile-about", "profile-about-help", body.into_any()))
}

async fn work(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let slug = |named: &Option<Named>| named.as_ref().map(|named| named.slug.to_string()).unwrap_or_default();
    let (team, manager) = (slug(&me.team), slug(&me.manager));
    let seniority = me.seniority.map_or("", Seniority::name);
    let values = fields([("team", &team), ("manager", &manager), ("seniority", seniority)]);
    let (sheet, unsaved) = section_form(visit, "work", values).await?;
    let none = |key: &str| (String::new(), tr(key));
    let teams = teams::list(&store(), &visit.actor).await?.into_iter();
    let teams =
        teams.map(|team| (team.slug.to_string(), format!("{}{}", "– ".repeat(team.depth), team.name)));
    let teams = std::iter::once(none("profile-no-team")).chain(teams).collect();
    let levels = Seniority::ALL.iter().map(|level| (level.name().to_owned(), seniority_label(*level)));
    let levels = std::iter::once(none("profile-no-answer")).chain(levels).collect();
    let body = view! {
        <form method="post" action="/api/members/work">
            {unsaved}
            {sheet.summary()}
            {sheet.field("team", "field-team").select(teams)}
            {sheet.field("seniority", "field-seniority").help("help-seniority").select(levels)}
            {sheet.field("manager", "field-manager").help("help-manager").max(200).input("text")}
            <button class="button">{tr("form-save")}</button>
        </form>
    };
    Ok(section("work", "profile-work", "profile-work-help", body.into_any()))
}

async fn topics(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values: Vec<String> =
        me.topics.iter().map(|(topic, level)| format!("{}:{}", topic.slug, level.name())).collect();
    let (sheet, unsaved) = section_form(visit, "topics", fields([("topics", &values.join(" "))])).await?;
    let own = me.topics.iter().map(|(topic, _)| topic.clone()).collect();
    let items = with_retired(lists::topics(&store()).await?, own);
    let items = items.into_iter().map(|topic| Choice::new(topic.slug.to_string(), topic.name)).collect();
    let levels = Level::ALL.iter().map(|level| Choice::new(level.name(), level_label(*level)));
    let choices = std::iter::once(Choice::new("", tr("topic-level-none"))).chain(levels).collect();
    let body = view! {
        <form method="post" action="/api/members/topics">
            {unsaved}
            {sheet.summary()}
            <Pairs name="topics" chosen=sheet.value("topics") items choices />
            <button class="button">{tr("form-save")}</button>
        </form>
    };
    Ok(section("topics", "profile-topics", "profile-topics-help", body.into_any()))
}

async fn languages(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values: Vec<&str> = me.languages.iter().map(|language| language.tag()).collect();
    let (sheet, unsaved) =
        section_form(visit, "languages", fields([("languages", &values.join(" "))])).await?;
    let choices = Language::all().map(|language| Choice::new(language.tag(), language.name())).collect();
    let body = view! {
        <form method="post" action="/api/members/languages">
            {unsaved}
            {sheet.summary()}
            <Picker name="languages" label="field-languages" chosen=sheet.value("languages") choices />
            <button class="button">{tr("form-save")}</button>
        </form>
    };
    Ok(section("languages", "profile-languages", "profile-languages-help", body.into_any()))
}

async fn links(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let (sheet, unsaved) = section_form(visit, "links", fields([("url", "")])).await?;
    let rows = me.links.iter().map(link_row).collect_view();
    let page = format!("{}{}", visit.origin, member_path(&me.slug));
    let body = view! {
        <ul class="rows" role="list">{rows}</ul>
        {(!me.links.is_empty()).then(|| view! { <p class="help">{tr("profile-verify-help")} " " <span class="zone">{page}</span></p> })}
        <form method="post" action="/api/members/add_link">
            {unsaved}
            {sheet.summary()}
            {sheet.field("url", "field-url").help("help-url").needed().max(500).keyboard("url").input("text")}
            <button class="button">{tr("profile-link-add")}</button>
        </form>
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

async fn visibility(visit: &Visit, me: &Profile) -> Result<AnyView, AppError> {
    let values: Vec<String> =
        Part::ALL.iter().map(|part| format!("{}:{}", part.name(), me.see.of(*part).name())).collect();
    let (sheet, unsaved) =
        section_form(visit, "visibility", fields([("visible_to", &values.join(" "))])).await?;
    let items = Part::ALL.iter().map(|part| Choice::new(part.name(), part_label(*part))).collect();
    let choices = Audience::ALL
        .iter()
        .map(|audience| Choice::new(audience.name(), tr(&format!("audience-{}", audience.name()))))
        .collect();
    // Hiding the name also hides the member's page, so the badge says so.
    let hidden = !me.see.shows(Part::Name, Viewer::Member);
    let body = view! {
        {hidden.then(|| view! { <p><Badge tone=Tone::Draft>{tr("profile-hidden")}</Badge></p> })}
        <form method="post" action="/api/members/visibility">
            {unsaved}
            {sheet.summary()}
            <Pairs name="visible_to" chosen=sheet.value("visible_to") items choices />
            <button class="button">{tr("form-save")}</button>
        </form>
    };
    Ok(section("visibility", "profile-visibility", "profile-visibility-help", body.into_any()))
}
