//! `/proposals/new` and `/proposals/{call}/edit`: one form.

use domain::{Slug, proposals::CallForm};
use leptos::prelude::*;
use store::proposals::{self, CallPlace};

use super::paths::{PROPOSALS, call_from_path, crumbs, manage_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Sheet, Title, ZoneList, load, preview_button},
};

/// The event or the group that the address of the form names.
#[must_use]
pub fn read_place(event: &str, group: &str) -> Option<CallPlace> {
    let group = || Slug::parse(group).map(CallPlace::Group);
    Slug::parse(event).map(CallPlace::Event).or_else(group)
}

/// The address of the form for a new call.
#[must_use]
pub fn new_call_path(event: &str, group: &str) -> String {
    match event {
        "" => format!("{PROPOSALS}/new?group={group}"),
        event => format!("{PROPOSALS}/new?event={event}"),
    }
}

/// The key of the draft of a new call.
#[must_use]
pub fn new_call_draft(event: &str, group: &str) -> String {
    format!("proposals/new/{event}/{group}")
}

/// The form for a new call.
#[component]
pub fn NewCallPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let event = visit.query("event").unwrap_or_default();
        let group = visit.query("group").unwrap_or_default();
        let place = read_place(&event, &group).ok_or(AppError::NotFound)?;
        let name = proposals::is_place(&store(), &visit.actor, &place).await?;
        let defaults = CallForm {
            title: tr_with("call-title-of", &[("name", i18n::quote(name.clone()))]),
            kinds: tr("call-kinds-default"),
            zone: visit.zone.name().to_owned(),
            anonymous: "yes".to_owned(),
            ..CallForm::default()
        };
        let draft = new_call_draft(&event, &group);
        let (sheet, _) = refilled(&visit, &draft, fields_of(&defaults)).await?;
        let lead = if event.is_empty() { "call-new-rolling" } else { "call-new-lead" };
        let page = new_call_path(&event, &group);
        Ok(view! {
            <Title text=tr("call-new") />
            <div class="page narrow">
                {crumbs(None)}
                <h1>{tr("call-new")}</h1>
                <p class="lead">{tr_with(lead, &[("name", i18n::quote(name))])}</p>
                <form method="post" action="/api/proposals/open">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    <input type="hidden" name="event" value=event />
                    <input type="hidden" name="group" value=group />
                    {fields(&sheet)}
                    <div class="row">
                        <button class="button">{tr("call-open-button")}</button>
                        {preview_button("text", &draft, &page)}
                        <a class="button plain" href=PROPOSALS>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// The form that changes a call.
#[component]
pub fn EditCallPage() -> impl IntoView {
    let slug = call_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = proposals::call(&store(), &visit.actor, &slug).await?;
        if !page.may_run {
            return Err(AppError::Forbidden);
        }
        let draft = format!("proposals/edit/{slug}");
        let (sheet, _) = refilled(&visit, &draft, fields_of(&page.details.to_form())).await?;
        let path = format!("{PROPOSALS}/{slug}/edit");
        Ok(view! {
            <Title text=tr("call-edit") />
            <div class="page narrow">
                {crumbs(Some(&page.card))}
                <h1>{tr("call-edit")}</h1>
                <form method="post" action="/api/proposals/edit_call">
                    <input type="hidden" name="call" value=slug.to_string() />
                    {fields(&sheet)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        {preview_button("text", &draft, &path)}
                        <a class="button plain" href=manage_path(slug.as_str())>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

fn fields(sheet: &Sheet) -> AnyView {
    let sheet = sheet.clone().with_label("kinds", "call-kinds").with_label("closes", "call-closes");
    let sheet = sheet.with_label("text", "call-text");
    view! {
        {sheet.summary()}
        {sheet.field("title", "field-title").needed().max(120).input("text")}
        {sheet.field("text", "call-text").help("help-call-text").needed().max(10_000).editor(10)}
        {sheet.field("kinds", "call-kinds").help("help-call-kinds").needed().max(1_000).area(4)}
        {sheet.field("closes", "call-closes").help("help-call-closes").input("datetime-local")}
        {sheet.field("zone", "field-zone").needed().list("zones").input("text")}
        <ZoneList />
        {check(&sheet, "anywhere", "call-anywhere-field", "help-call-anywhere")}
        {check(&sheet, "anonymous", "call-anonymous-field", "help-call-anonymous")}
    }
    .into_any()
}

/// A single box with a help text.
#[must_use]
pub fn check(sheet: &Sheet, name: &'static str, label: &str, help: &str) -> AnyView {
    let help_id = format!("h-{name}");
    view! {
        <div class="field">
            <label>
                <input id=format!("f-{name}") type="checkbox" name=name value="yes" checked=sheet.value(name) == "yes" aria-describedby=help_id.clone() />
                " " {tr(label)}
            </label>
            <p class="help" id=help_id>{tr(help)}</p>
        </div>
    }
    .into_any()
}
