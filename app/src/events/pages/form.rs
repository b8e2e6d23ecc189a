//! `/events/new` and `/events/{slug}/edit`: one form. If it is refused, the page shows it again as typed.

use domain::{
    Slug,
    events::{AttendeeList, EventForm, EventKind},
    series::EditScope,
};
use leptos::prelude::*;
use store::{
    events,
    groups::{self, GroupName},
};

use super::{
    breadcrumbs,
    card::kind_label,
    cover::{CoverOf, CoverPicture, cover_form},
    event_path, fields_of,
    list::may_create,
    local_hours,
    series::dates::scope_field,
    slug_from_path,
    subjects::about_form,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Crumbs, Sheet, Title, WhenFields, load, preview_button},
};

/// The form for a new event, which starts as a draft.
#[component]
pub fn NewPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let groups = groups::for_new_event(&store(), &visit.actor).await?;
        if !may_create(&visit) && groups.is_empty() {
            return Err(AppError::Forbidden);
        }
        let (form, about) = first_form(&visit).await?;
        let (sheet, _) = refilled(&visit, "events/new", fields_of(&form)).await?;
        let hours = local_hours::of_form(&visit, &sheet).await?;
        let key = store::sign_in::new_token();
        let may_have_no_group = may_create(&visit);
        Ok(view! {
            <Title text=tr("form-event-new") />
            <div class="page narrow">
                <h1>{tr("form-event-new")}</h1>
                <p class="lead">{tr("form-event-new-text")}</p>
                {about.map(|text| view! { <p class="help">{text}</p> })}
                <form method="post" action="/api/events/create">
                    <input type="hidden" name="key" value=key />
                    <input type="hidden" name="from" value=sheet.value("from") />
                    {fields_view(&sheet, groups, may_have_no_group, hours)}
                    <div class="row">
                        <button class="button">{tr("form-event-create")}</button>
                        {preview_button("description", "events/new", "/events/new")}
                        <a class="button plain" href="/events">{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// What the form of a new event starts with, and a sentence about it: a copy of the event in `?from=`, the way the last
/// event of the group was held, or neither.
async fn first_form(visit: &Visit) -> Result<(EventForm, Option<String>), AppError> {
    let store = store();
    let slug = |name: &str| visit.query(name).and_then(|text| Slug::parse(&text));
    if let Some(from) = slug("from") {
        let copied = events::to_copy(&store, &visit.actor, &from).await?;
        let text = tr_with("form-event-copy", &[("title", i18n::quote(copied.title.clone()))]);
        return Ok((EventForm { from: from.to_string(), ..copied.to_copy() }, Some(text)));
    }
    let group = slug("group");
    if let Some(last) = events::last(&store, &visit.actor, group.as_ref()).await? {
        return Ok((last.to_next(), Some(tr("form-event-like"))));
    }
    let form = EventForm {
        zone: visit.zone.name().to_owned(),
        time: "18:00".to_owned(),
        end_time: "20:00".to_owned(),
        guests_max: "0".to_owned(),
        group: group.map_or_else(String::new, |group| group.to_string()),
        ..EventForm::default()
    };
    Ok((form, None))
}

/// The form for changing an event.
#[component]
pub fn EditPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_edit {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        let event = &loaded.event;
        let mut fields = fields_of(&event.details.to_form_with_end(event.version));
        fields.insert("scope".to_owned(), EditScope::One.name().to_owned());
        let (sheet, _) = refilled(&visit, &format!("events/edit/{slug}"), fields).await?;
        let page = event_path(&slug);
        let mut groups = groups::for_new_event(&store, &visit.actor).await?;
        // The event's own group stays selectable, even when the reader doesn't organise it.
        groups.extend(loaded.group.clone().filter(|own| !groups.iter().any(|group| group.slug == own.slug)));
        let may_have_no_group = may_create(&visit) || loaded.group.is_none();
        let picture = CoverPicture::of(event.details.kind, &event.slug, event.cover.as_ref());
        let cover =
            cover_form(&visit, &CoverOf::Event(event.slug.clone()), event.cover.as_ref(), picture).await?;
        let subjects = about_form(&visit, &store, &slug, None, &loaded.about).await?;
        let hours = local_hours::of_form(&visit, &sheet).await?;
        let on_its_own = loaded.series_changed;
        let scope = loaded.series.filter(|_| store.now() < event.starts_at).map(|_| {
            view! { <fieldset><legend>{tr("series-title")}</legend>{scope_field(&sheet, "series-scope-help")}</fieldset> }
        });
        Ok(view! {
            <Title text=tr("form-event-edit") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(event) />
                <h1>{tr("form-event-edit")}</h1>
                <p class="lead">{tr("form-event-edit-text")}</p>
                {on_its_own.then(|| view! { <p class="notice">{tr("series-changed-own")}</p> })}
                <form method="post" action="/api/events/edit">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {fields_view(&sheet, groups, may_have_no_group, hours)}
                    {scope}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        {preview_button("description", &format!("events/edit/{slug}"), &format!("{page}/edit"))}
                        <a class="button plain" href=page>{tr("form-back")}</a>
                    </div>
                </form>
                {cover}
                {subjects}
            </div>
        })
    })
}

/// How seats are given out. Most events need none of it, so it is folded unless a field has a problem.
fn seating(sheet: &Sheet) -> AnyView {
    let choices = |keys: &[(&str, &str)]| {
        keys.iter().map(|(value, key)| ((*value).to_owned(), tr(key))).collect::<Vec<_>>()
    };
    let lists = [AttendeeList::Attendees, AttendeeList::Members, AttendeeList::Nobody]
        .map(|list| (list.name().to_owned(), tr(&format!("attendee-list-{}", list.name()))))
        .into();
    let approval = choices(&[("off", "seating-open"), ("on", "seating-approval")]);
    let promotion = choices(&[("automatic", "seating-automatic"), ("offer", "seating-offer")]);
    view! {
        <details open=SEATING.iter().any(|name| sheet.has_problem(name))>
            <summary>{tr("form-event-seating")}</summary>
            {sheet.field("attendee_list", "field-attendee-list").needed().help("help-attendee-list").select(lists)}
            <div class="columns">
                {sheet.field("opens", "field-opens").help("help-opens").input("datetime-local")}
                {sheet.field("closes", "field-closes").help("help-closes").input("datetime-local")}
            </div>
            {sheet.field("approval", "field-approval").needed().select(approval)}
            {sheet.field("promotion", "field-promotion").needed().help("help-promotion").select(promotion)}
            <div class="columns">
                {sheet.field("hold_minutes", "field-hold-minutes").help("help-hold-minutes").range(10, 20_160).input("number")}
                {sheet.field("freeze_minutes", "field-freeze-minutes").help("help-freeze-minutes").range(0, 20_160).input("number")}
            </div>
            {sheet.field("online_capacity", "field-online-capacity").help("help-online-capacity").range(1, 100_000).input("number")}
        </details>
    }
    .into_any()
}

/// The names of these fields.
const SEATING: [&str; 8] = [
    "attendee_list",
    "opens",
    "closes",
    "approval",
    "promotion",
    "hold_minutes",
    "freeze_minutes",
    "online_capacity",
];

fn fields_view(
    sheet: &Sheet,
    groups: Vec<GroupName>,
    may_have_no_group: bool,
    hours: Option<AnyView>,
) -> AnyView {
    let named = groups.into_iter().map(|group| (group.slug.to_string(), group.name));
    let none = may_have_no_group.then(|| (String::new(), tr("field-group-none")));
    let groups = none.into_iter().chain(named).collect();
    let kinds = EventKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_label(*kind))).collect();
    view! {
        {sheet.summary()}
        <fieldset>
            <legend>{tr("form-event-what")}</legend>
            {sheet.field("title", "field-title").needed().max(120).input("text")}
            <div class="columns">
                {sheet.field("kind", "field-kind").needed().select(kinds)}
                {sheet.field("group", "field-group").select(groups)}
            </div>
            {sheet.field("summary", "field-summary").help("help-summary").max(200).input("text")}
            {sheet.field("description", "field-description").help("help-description").max(10_000).editor(6)}
        </fieldset>
        <fieldset>
            <legend>{tr("form-event-when")}</legend>
            <WhenFields sheet=sheet.clone() />
            {hours}
            {sheet.field("place", "field-place").help("help-place").max(200).input("text")}
            {sheet.field("join_url", "field-join-url").help("help-join-url").max(500).keyboard("url").input("text")}
        </fieldset>
        <fieldset>
            <legend>{tr("form-event-seats")}</legend>
            <div class="columns">
                {sheet.field("capacity", "field-capacity").help("help-capacity").range(1, 100_000).input("number")}
                {sheet.field("guests_max", "field-guests-max").help("help-guests-max").range(0, 5).input("number")}
            </div>
            {seating(sheet)}
        </fieldset>
    }
    .into_any()
}
