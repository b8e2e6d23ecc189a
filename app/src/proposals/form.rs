//! `/proposals/{call}/submit` and `/proposals/{call}/submissions/{id}/edit`: one form.

use domain::{
    forms::Fields,
    proposals::{
        GRACE, MAX_NOTES, MAX_SUMMARY, MAX_TITLE, ProposalForm, ProposalText, SessionKind, SubmissionState,
    },
};
use leptos::prelude::*;
use store::{
    StoreError,
    proposals::{self, CallPage},
};

use super::{
    call_form::check,
    paths::{call_from_path, call_path, crumbs, deadline, submission_from_path, submission_path},
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Sheet, Title, load, preview_button},
};

/// The form for a new proposal.
#[component]
pub fn NewProposalPage() -> impl IntoView {
    let slug = call_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = proposals::call(&store(), &visit.actor, &slug).await?;
        let draft = format!("proposals/{slug}/submit");
        if !page.card.is_open {
            return kept(&visit, &page, &draft).await;
        }
        let mut start = ProposalForm::default();
        if let [only] = page.details.kinds.as_slice() {
            start.kind.clone_from(&only.name);
        }
        let (sheet, _) = refilled(&visit, &draft, fields_of(&start)).await?;
        let path = format!("{}/submit", call_path(slug.as_str()));
        let page = view! {
            <Title text=tr("proposal-new") />
            <div class="page narrow">
                {crumbs(Some(&page.card))}
                <h1>{tr("proposal-new")}</h1>
                <p class="lead">{tr("proposal-new-lead")}</p>
                {until(&visit, &page)}
                <form method="post" action="/api/proposals/write">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    <input type="hidden" name="call" value=slug.to_string() />
                    {fields(&sheet, &page.details.kinds, page.card.is_anonymous)}
                    <div class="row">
                        <button class="button" name="act" value="submit">{tr("proposal-submit")}</button>
                        <button class="button plain" name="act" value="draft" formnovalidate>{tr("proposal-save-draft")}</button>
                        {preview_button("summary", &draft, &path)}
                        <a class="button plain" href=call_path(slug.as_str())>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        };
        Ok(page.into_any())
    })
}

/// What somebody typed while the call closed, so that they can copy it.
///
/// # Errors
/// `Refused` when nothing was typed.
async fn kept(visit: &Visit, page: &CallPage, draft: &str) -> Result<AnyView, AppError> {
    let (sheet, is_draft) = refilled(visit, draft, Fields::new()).await?;
    if !is_draft {
        return Err(AppError::Refused(domain::Refusal::CallClosed));
    }
    let texts = [("title", "field-title"), ("summary", "proposal-abstract"), ("notes", "proposal-notes")];
    let texts = texts.into_iter().filter(|(name, _)| !sheet.value(name).is_empty());
    let texts = texts.map(|(name, label)| {
        view! {
            <h2>{tr(label)}</h2>
            <p class="kept"><bdi>{sheet.value(name)}</bdi></p>
        }
    });
    let to = call_path(page.card.slug.as_str());
    let page = view! {
        <Title text=tr("proposal-too-late") />
        <div class="page narrow">
            {crumbs(Some(&page.card))}
            <h1>{tr("proposal-too-late")}</h1>
            <p class="lead">{tr("proposal-too-late-text")}</p>
            <div class="part">{texts.collect_view()}</div>
            <p><a class="button plain" href=to>{tr("form-back")}</a></p>
        </div>
    };
    Ok(page.into_any())
}

/// The form that changes a submission.
#[component]
pub fn EditProposalPage() -> impl IntoView {
    let (slug, id) = (call_from_path(), submission_from_path());
    load(async move {
        let (visit, slug, id) = (visit(), slug?, id?);
        let draft = format!("proposals/{id}/edit");
        let form = proposals::form_of(&store(), &visit.actor, &slug, id).await;
        let page = proposals::call(&store(), &visit.actor, &slug).await?;
        if matches!(form, Err(StoreError::Refused(domain::Refusal::CallClosed))) {
            return kept(&visit, &page, &draft).await;
        }
        let (text, state, may_send) = form?;
        let (sheet, is_draft) = refilled(&visit, &draft, fields_of(&text.to_form())).await?;
        let version = sheet.value("version");
        let theirs = (is_draft && !version.is_empty()).then(|| other_text(&text));
        let version = if version.is_empty() { proposals::version_of(&text).to_string() } else { version };
        let path = submission_path(slug.as_str(), id);
        let edit = format!("{path}/edit");
        let is_draft = matches!(state, SubmissionState::Draft | SubmissionState::Withdrawn);
        let buttons = if is_draft {
            let submit = may_send
                .then(|| view! { <button class="button" name="act" value="submit">{tr("proposal-submit")}</button> });
            view! {
                {submit}
                <button class="button plain" name="act" value="draft" formnovalidate>{tr("proposal-save-draft")}</button>
            }
            .into_any()
        } else {
            view! { <button class="button" name="act" value="draft">{tr("form-save")}</button> }.into_any()
        };
        let page = view! {
            <Title text=tr("proposal-edit") />
            <div class="page narrow">
                {crumbs(Some(&page.card))}
                <h1>{tr("proposal-edit")}</h1>
                {until(&visit, &page)}
                {theirs}
                <form method="post" action="/api/proposals/save">
                    <input type="hidden" name="version" value=version />
                    <input type="hidden" name="call" value=slug.to_string() />
                    <input type="hidden" name="id" value=id.to_string() />
                    {fields(&sheet, &page.details.kinds, page.card.is_anonymous)}
                    <div class="row">
                        {buttons}
                        {preview_button("summary", &draft, &edit)}
                        <a class="button plain" href=path>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        };
        Ok(page.into_any())
    })
}

/// The text that another speaker saved meanwhile. What the reader typed is in the form.
fn other_text(text: &ProposalText) -> AnyView {
    let texts = [
        ("field-title", &text.title),
        ("proposal-abstract", &text.summary),
        ("proposal-kind", &text.kind),
        ("proposal-language", &text.language),
        ("proposal-notes", &text.notes),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| {
        view! { <dt>{tr(label)}</dt><dd class="kept"><bdi>{text.clone()}</bdi></dd> }
    });
    view! {
        <div class="notice bad" role="alert">
            <p>{tr("proposal-both")}</p>
            <dl>{texts.collect_view()}</dl>
        </div>
    }
    .into_any()
}

/// Until when the proposal can be sent, with the time of grace (D3).
fn until(visit: &Visit, page: &CallPage) -> Option<AnyView> {
    page.card.closes_at?;
    let minutes = [("minutes", i18n::number(GRACE.num_minutes()))];
    Some(
        view! {
            <p><strong>{tr("call-deadline")}</strong> " " {deadline(visit, &page.card)}</p>
            <p class="help">{tr_with("call-grace", &minutes)}</p>
        }
        .into_any(),
    )
}

fn fields(sheet: &Sheet, kinds: &[SessionKind], is_anonymous: bool) -> AnyView {
    let sheet = sheet.clone().with_label("summary", "proposal-abstract").with_label("kind", "proposal-kind");
    let sheet = sheet.with_label("language", "proposal-language").with_label("notes", "proposal-notes");
    let kinds = kinds.iter().map(|kind| {
        let minutes = tr_with("call-minutes", &[("minutes", i18n::number(kind.minutes))]);
        (kind.name.clone(), format!("{} · {minutes}", kind.name))
    });
    let kinds = [(String::new(), tr("proposal-choose-kind"))].into_iter().chain(kinds).collect();
    let help = if is_anonymous { "help-proposal-abstract-anonymous" } else { "help-proposal-abstract" };
    view! {
        {sheet.summary()}
        {sheet.field("title", "field-title").needed().max(MAX_TITLE).input("text")}
        {sheet.field("summary", "proposal-abstract").help(help).needed().max(MAX_SUMMARY).editor(10)}
        {sheet.field("kind", "proposal-kind").needed().select(kinds)}
        {sheet.field("language", "proposal-language").help("help-proposal-language").needed().max(40).input("text")}
        {sheet.field("notes", "proposal-notes").help("help-proposal-notes").max(MAX_NOTES).area(4)}
        {check(&sheet, "do_not_record", "proposal-do-not-record", "help-proposal-do-not-record")}
    }
    .into_any()
}
