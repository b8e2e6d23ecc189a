//! Server functions for the admin area: read the actor, call the store, respond. Their routes are open to
//! admins only, and the store checks that again.
#![expect(clippy::too_many_arguments, reason = "each is a field of the form")]

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        admin::pages::{
            selected::{SELECTED, SELECTION},
            texts::text_path,
        },
        call::{Call, draft_owner, read_slug},
        context::tr,
        flash::{Flash, Undo},
    },
    domain::{
        EmailId, InvitationId, InvitationRequestId, JobId, MemberId, Refusal, ReportId,
        community::CommunityText,
        forms::{Draft, Fields},
        lists::{Entry, List},
        members::check_address,
        reports::{self, Decision},
        rights::{self, BulkAction},
    },
    store::{
        admin, drafts,
        jobs::JobState,
        members,
        outbox::{
            self,
            admin::{DeliveryStatus, EmailSelection},
        },
        runner,
        settings::{self, Colour, Community},
    },
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<uuid::Uuid, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

#[cfg(feature = "ssr")]
fn read_list(text: &str) -> Result<List, AppError> {
    text.parse().map_err(|()| AppError::NotFound)
}

#[cfg(feature = "ssr")]
fn fields<const N: usize>(typed: [(&str, &str); N]) -> Fields {
    typed.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// Path of the admin page of the member that a form names, or of the list if that isn't an id.
#[cfg(feature = "ssr")]
fn member_page(member: &str) -> String {
    match read_id(member) {
        Ok(id) => format!("/admin/members/{id}"),
        Err(_) => "/admin/members".to_owned(),
    }
}

/// Checks the word that confirms an irreversible action. Case and surrounding spaces don't matter.
#[cfg(feature = "ssr")]
pub(crate) fn confirmed(typed: &str, word: &str) -> Result<(), AppError> {
    let same = typed.trim().to_lowercase() == tr(word).to_lowercase();
    if same { Ok(()) } else { Err(AppError::field("confirm", Refusal::NotConfirmed)) }
}

/// Changes a member's role in the community.
///
/// # Errors
/// `Invalid` for an unknown role; `NotFound`, `Forbidden`, or `Refused` for the last admin and for suspended
/// members.
#[server(prefix = "/api", endpoint = "admin/role")]
pub async fn role(
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let call = Call::from(page.clone());
    let result = async {
        let role: domain::Role = role.parse().map_err(|()| AppError::field("role", Refusal::BadChoice))?;
        Ok(admin::set_role(&call.store, call.actor(), MemberId(read_id(&member)?), role).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-role-changed")))).await
}

/// Keeps which members an admin selected, and asks what to do with them.
///
/// # Errors
/// `Invalid` when nobody or too many are selected, or for an unknown action.
#[server(prefix = "/api", endpoint = "admin/select_members")]
pub async fn select_members(
    #[server(default)] members: Vec<String>,
    #[server(default)] action: String,
) -> Result<(), AppError> {
    let call = Call::from("/admin/members");
    let result = async {
        let ids: Vec<_> = members.iter().filter_map(|id| id.parse().ok()).map(MemberId).collect();
        let chosen = BulkAction::of(&action);
        // Also refuses everybody but admins, and too many members.
        admin::selected(&call.store, call.actor(), &ids, chosen.unwrap_or(BulkAction::SignInEmail)).await?;
        chosen.ok_or_else(|| AppError::field("action", Refusal::BadChoice))?;
        if members.is_empty() {
            return Err(AppError::Refused(Refusal::NobodySelected));
        }
        let typed = fields([("members", &members.join(" ")), ("action", &action)]);
        let draft = Draft { fields: typed, problems: Vec::new() };
        Ok(drafts::keep(&call.store, &draft_owner(&call.visit), SELECTION, &draft).await?)
    }
    .await;
    call.respond(result, |()| (SELECTED.to_owned(), None)).await
}

/// Suspends the selected members, lifts their suspensions, emails them, or removes their roles.
///
/// # Errors
/// `Invalid` for an unknown action or without a reason for a suspension; `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/change_members")]
pub async fn change_members(
    #[server(default)] members: String,
    #[server(default)] action: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let typed = fields([("members", &members), ("action", &action), ("reason", &reason)]);
    let call = Call::from(SELECTED).with_draft(SELECTION, typed);
    let known = BulkAction::of(&action);
    let result = async {
        let action = known.ok_or_else(|| AppError::field("action", Refusal::BadChoice))?;
        let ids = members.split_whitespace().map(|id| read_id(id).map(MemberId));
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        let reason =
            if action == BulkAction::Suspend { rights::check_reason(&reason)? } else { String::new() };
        Ok(admin::change_selected(&call.store, call.actor(), &ids, action, &reason).await?)
    }
    .await;
    let key = known.map_or("", BulkAction::name);
    let flash = |count: &u32| Flash::Counted { key: format!("flash-bulk-{key}"), count: *count };
    call.respond(result, |count| ("/admin/members".to_owned(), Some(flash(count)))).await.map(drop)
}

/// Suspends a member.
///
/// # Errors
/// `Invalid` when the reason is missing or too long; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "admin/suspend")]
pub async fn suspend(
    #[server(default)] member: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let typed = fields([("reason", &reason)]);
    let call = Call::from(page.clone()).with_draft(format!("admin/suspend/{member}"), typed);
    let result = async {
        let reason = rights::check_reason(&reason)?;
        Ok(admin::suspend(&call.store, call.actor(), MemberId(read_id(&member)?), &reason).await?)
    }
    .await;
    let undo = Undo::Suspend(member);
    let flash = |count: &u32| Flash::Undoable { key: "flash-suspended".to_owned(), count: *count, undo };
    call.respond(result, |count| (page, Some(flash(count)))).await.map(drop)
}

/// Sends a code to a new email address for a member. The member enters it in their profile.
///
/// # Errors
/// `Invalid` when the address is wrong; `NotFound` or `Forbidden`; `SlowDown` after too many codes.
#[server(prefix = "/api", endpoint = "admin/address")]
pub async fn address(
    #[server(default)] member: String,
    #[server(default)] address: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let typed = fields([("address", &address)]);
    let call = Call::from(page.clone()).with_draft(format!("admin/address/{member}"), typed);
    let result = async {
        let address = check_address(&address)?;
        let member = MemberId(read_id(&member)?);
        Ok(members::ask_address_of(&call.store, call.actor(), member, address).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-address-asked")))).await
}

/// Lifts a suspension. An undo button sends the member's id as `slug`.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "admin/lift_suspension")]
pub async fn lift_suspension(
    #[server(default)] member: String,
    #[server(default)] slug: String,
) -> Result<(), AppError> {
    let member = if member.is_empty() { slug } else { member };
    let page = member_page(&member);
    let call = Call::from(page.clone());
    let result =
        async { Ok(admin::lift(&call.store, call.actor(), MemberId(read_id(&member)?)).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-lifted")))).await
}

#[cfg(feature = "ssr")]
const INVITATIONS: &str = "/admin/invitations";

/// Invites people by email.
///
/// # Errors
/// `Invalid` when an address is wrong; `Forbidden`, or `Refused` at the daily limit.
#[server(prefix = "/api", endpoint = "admin/invite")]
pub async fn invite(
    #[server(default)] addresses: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let typed = fields([("addresses", &addresses), ("note", &note)]);
    let call = Call::from(INVITATIONS).with_draft("admin/invite", typed);
    let result = async {
        let invite = domain::invitations::Invite::check(&addresses, &note)?;
        Ok(admin::invite(&call.store, call.actor(), invite).await?)
    }
    .await;
    let flash = |result: &admin::Invited| match result.sent {
        0 => Flash::success("flash-invited-none"),
        count => Flash::Counted { key: "flash-invited".to_owned(), count },
    };
    call.respond(result, |result| (INVITATIONS.to_owned(), Some(flash(result)))).await.map(drop)
}

/// Sends an invitation again.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "admin/resend_invitation")]
pub async fn resend_invitation(#[server(default)] invitation: String) -> Result<(), AppError> {
    let call = Call::from(INVITATIONS);
    let result =
        async { Ok(admin::resend(&call.store, call.actor(), InvitationId(read_id(&invitation)?)).await?) }
            .await;
    call.respond(result, |()| (INVITATIONS.to_owned(), Some(Flash::success("flash-invited-again")))).await
}

/// Revokes an invitation.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "admin/revoke_invitation")]
pub async fn revoke_invitation(#[server(default)] invitation: String) -> Result<(), AppError> {
    let call = Call::from(INVITATIONS);
    let result =
        async { Ok(admin::revoke(&call.store, call.actor(), InvitationId(read_id(&invitation)?)).await?) }
            .await;
    call.respond(result, |()| (INVITATIONS.to_owned(), Some(Flash::success("flash-invitation-revoked"))))
        .await
}

#[cfg(feature = "ssr")]
const REQUESTS: &str = "/admin/requests";

/// Approves a request for an invitation.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "admin/request_approve")]
pub async fn request_approve(#[server(default)] request: String) -> Result<(), AppError> {
    let call = Call::from(REQUESTS);
    let result = async {
        let id = InvitationRequestId(read_id(&request)?);
        Ok(admin::approve(&call.store, call.actor(), id).await?)
    }
    .await;
    call.respond(result, |()| (REQUESTS.to_owned(), Some(Flash::success("flash-request-approved")))).await
}

/// Declines a request for an invitation.
///
/// # Errors
/// `Invalid` when the message is too long; `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/request_decline")]
pub async fn request_decline(
    #[server(default)] request: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let call = Call::from(REQUESTS);
    let result = async {
        let message = domain::invitations::check_message(&message)?;
        let id = InvitationRequestId(read_id(&request)?);
        Ok(admin::decline(&call.store, call.actor(), id, &message).await?)
    }
    .await;
    call.respond(result, |()| (REQUESTS.to_owned(), Some(Flash::success("flash-request-declined")))).await
}

/// Saves the community's settings.
///
/// # Errors
/// `Invalid` when a field is wrong; `Forbidden`, or `Refused` with `ChangedMeanwhile` when somebody else saved
/// first.
#[server(prefix = "/api", endpoint = "admin/settings")]
pub async fn settings(
    #[server(default)] community: String,
    #[server(default)] tagline: String,
    #[server(default)] sign_up: String,
    #[server(default)] organisers_invite: String,
    #[server(default)] kudos_board: String,
    #[server(default)] colour: String,
    #[server(default)] keep_emails_days: String,
    #[server(default)] keep_sign_ins_days: String,
    #[server(default)] version: String,
) -> Result<(), AppError> {
    let typed = fields([
        ("community", &community),
        ("tagline", &tagline),
        ("sign_up", &sign_up),
        ("organisers_invite", &organisers_invite),
        ("kudos_board", &kudos_board),
        ("colour", &colour),
        ("keep_emails_days", &keep_emails_days),
        ("keep_sign_ins_days", &keep_sign_ins_days),
        ("version", &version),
    ]);
    let call = Call::from("/admin/settings").with_draft("admin/settings", typed);
    let result = async {
        let new = Community::check(
            &community,
            &tagline,
            &sign_up,
            organisers_invite == "yes",
            &keep_emails_days,
            &keep_sign_ins_days,
        )?
        .with_kudos_board(kudos_board == "yes")
        .with_colour(Colour::of(&colour).unwrap_or_default());
        // Version 0 never exists, so an unreadable version counts as outdated.
        Ok(settings::change(&call.store, call.actor(), new, version.parse().unwrap_or(0)).await?)
    }
    .await;
    call.respond(result, |()| ("/admin/settings".to_owned(), Some(Flash::success("flash-settings-saved"))))
        .await
}

/// Saves a new version of one of the community's longer texts. An empty one removes the text.
///
/// # Errors
/// `NotFound` for an unknown text, `Invalid` when it is too long; `Forbidden`, or `Refused` with `ChangedMeanwhile` when
/// somebody else saved first.
#[server(prefix = "/api", endpoint = "admin/text")]
pub async fn text(
    #[server(default)] kind: String,
    #[server(default)] text: String,
    #[server(default)] version: String,
) -> Result<(), AppError> {
    let known = CommunityText::of(&kind);
    let page = known.map_or_else(|| "/admin/settings".to_owned(), text_path);
    let typed = fields([("text", &text), ("version", &version)]);
    let call = Call::from(page.clone()).with_draft(format!("admin/text/{kind}"), typed);
    let result = async {
        let kind = known.ok_or(AppError::NotFound)?;
        let text = kind.check(&text)?;
        // An unreadable version counts as outdated.
        let version = version.parse().unwrap_or(u32::MAX);
        Ok(settings::change_text(&call.store, call.actor(), kind, &text, version).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-text-saved")))).await
}

/// Removes the community's logo.
///
/// # Errors
/// `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/remove_logo")]
pub async fn remove_logo() -> Result<(), AppError> {
    let page = "/admin/settings#logo".to_owned();
    let call = Call::from(page.clone());
    let result = settings::remove_logo(&call.store, call.actor()).await.map_err(AppError::from);
    call.respond(result, |()| (page, Some(Flash::success("flash-logo-removed")))).await
}

#[cfg(feature = "ssr")]
fn list_page(list: &str) -> String {
    match read_list(list) {
        Ok(list) => format!("/admin/lists/{}", list.name()),
        Err(_) => "/admin/lists".to_owned(),
    }
}

/// Adds an entry to a list.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound` for an unknown list; `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/list_add")]
pub async fn list_add(
    #[server(default)] list: String,
    #[server(default)] name: String,
    #[server(default)] mark: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let typed = fields([("name", &name), ("mark", &mark)]);
    let call = Call::from(page.clone()).with_draft(format!("admin/list/{list}"), typed);
    let result = async {
        let list = read_list(&list)?;
        let entry = Entry::check(list, &name, &mark)?;
        Ok(admin::add(&call.store, call.actor(), list, entry).await?)
    }
    .await;
    call.respond(result, |_| (page, Some(Flash::success("flash-list-added")))).await.map(drop)
}

/// Changes an entry's name, and its mark in lists with marks.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/list_change")]
pub async fn list_change(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] name: String,
    #[server(default)] mark: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let result = async {
        let list = read_list(&list)?;
        let entry = Entry::check(list, &name, &mark)?;
        Ok(admin::change(&call.store, call.actor(), list, &read_slug(&slug)?, entry).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-list-saved")))).await
}

/// Moves an entry up or down by one position.
///
/// # Errors
/// `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "admin/list_move")]
pub async fn list_move(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] up: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let result = async {
        let list = read_list(&list)?;
        Ok(admin::move_by(&call.store, call.actor(), list, &read_slug(&slug)?, up == "yes").await?)
    }
    .await;
    call.respond(result, |()| (page, None)).await
}

/// Retires an entry, so that it can't be chosen any more, or offers it again.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` for the last entry of a list.
#[server(prefix = "/api", endpoint = "admin/list_retire")]
pub async fn list_retire(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] retired: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let retired = retired == "yes";
    let result = async {
        let list = read_list(&list)?;
        Ok(admin::retire(&call.store, call.actor(), list, &read_slug(&slug)?, retired).await?)
    }
    .await;
    let key = if retired { "flash-list-retired" } else { "flash-list-offered" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}

/// The emails that a form selects, by id or by status and kind, and the page to return to.
#[cfg(feature = "ssr")]
fn read_emails(email: &str, status: &str, kind: &str) -> (Result<EmailSelection, AppError>, String) {
    if let Ok(id) = read_id(email) {
        return (Ok(EmailSelection::One(EmailId(id))), "/admin/outbox".to_owned());
    }
    let kind: String = kind.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').collect();
    match DeliveryStatus::of(status) {
        Some(status) => {
            let page = format!("/admin/outbox?status={}&kind={kind}", status.name());
            (Ok(EmailSelection::Kind(status, kind)), page)
        }
        None => (Err(AppError::NotFound), "/admin/outbox".to_owned()),
    }
}

/// Sends emails again.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when an email can't be retried.
#[server(prefix = "/api", endpoint = "admin/emails_retry")]
pub async fn emails_retry(
    #[server(default)] email: String,
    #[server(default)] status: String,
    #[server(default)] kind: String,
) -> Result<(), AppError> {
    let (which, page) = read_emails(&email, &status, &kind);
    let call = Call::from(page.clone());
    let result = async { Ok(outbox::admin::retry(&call.store, call.actor(), which?).await?) }.await;
    let flash = |count: &u32| Flash::Counted { key: "flash-emails-retried".to_owned(), count: *count };
    call.respond(result, |count| (page, Some(flash(count)))).await.map(drop)
}

/// Cancels emails.
///
/// # Errors
/// `Invalid` when the confirmation word is wrong; `NotFound`, `Forbidden`, or `Refused` when an email was sent
/// already.
#[server(prefix = "/api", endpoint = "admin/emails_cancel")]
pub async fn emails_cancel(
    #[server(default)] email: String,
    #[server(default)] status: String,
    #[server(default)] kind: String,
    #[server(default)] confirm: String,
) -> Result<(), AppError> {
    let (which, page) = read_emails(&email, &status, &kind);
    let call = Call::from(page.clone());
    let result = async {
        confirmed(&confirm, "confirm-cancel")?;
        Ok(outbox::admin::cancel(&call.store, call.actor(), which?).await?)
    }
    .await;
    let flash = |count: &u32| Flash::Counted { key: "flash-emails-cancelled".to_owned(), count: *count };
    call.respond(result, |count| (page, Some(flash(count)))).await.map(drop)
}

/// The page of the jobs in the state that a form names.
#[cfg(feature = "ssr")]
fn jobs_page(state: &str) -> String {
    match JobState::of(state) {
        Some(state) => format!("/admin/jobs?state={}", state.name()),
        None => "/admin/jobs".to_owned(),
    }
}

/// Makes a background job run now.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when the job is running or has ended.
#[server(prefix = "/api", endpoint = "admin/job_retry")]
pub async fn job_retry(
    #[server(default)] job: String,
    #[server(default)] state: String,
) -> Result<(), AppError> {
    let page = jobs_page(&state);
    let call = Call::from(page.clone());
    let result =
        async { Ok(runner::admin::retry(&call.store, call.actor(), JobId(read_id(&job)?)).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-job-retried")))).await
}

/// Cancels a background job.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` when the job has ended or recurs.
#[server(prefix = "/api", endpoint = "admin/job_cancel")]
pub async fn job_cancel(
    #[server(default)] job: String,
    #[server(default)] state: String,
) -> Result<(), AppError> {
    let page = jobs_page(&state);
    let call = Call::from(page.clone());
    let result =
        async { Ok(runner::admin::cancel(&call.store, call.actor(), JobId(read_id(&job)?)).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-job-cancelled")))).await
}

/// Decides a report.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, `Forbidden`, or `Refused` when it is decided already.
#[server(prefix = "/api", endpoint = "admin/decide")]
pub async fn decide(
    #[server(default)] report: String,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let page = match read_id(&report) {
        Ok(id) => format!("/admin/reports/{id}"),
        Err(_) => "/admin/reports".to_owned(),
    };
    let typed = fields([("decision", &decision), ("reason", &reason)]);
    let call = Call::from(page).with_draft(format!("admin/report/{report}"), typed);
    let result = async {
        let chosen = decision.parse::<Decision>();
        let chosen = chosen.map_err(|()| AppError::field("decision", Refusal::BadChoice))?;
        let reason = reports::check_reason(&reason)?;
        let id = ReportId(read_id(&report)?);
        Ok(store::reports::decide(&call.store, call.actor(), id, chosen, &reason).await?)
    }
    .await;
    call.respond(result, |()| ("/admin/reports".to_owned(), Some(Flash::success("flash-decided")))).await
}
