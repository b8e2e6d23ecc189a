//! What forms of administrators do: who, verb, done. Every door here is an administrator's; the verbs ask
//! again.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::{Call, read_slug},
        context::tr,
        flash::{Flash, Undo},
    },
    domain::{
        EmailId, InvitationId, InvitationRequestId, MemberId, Refusal, ReportId,
        forms::Fields,
        lists::{Entry, List},
        members::check_address,
        reports::{self, Decision},
        rights,
    },
    store::{
        admin, members,
        outbox::{
            self,
            admin::{DeliveryStatus, Which},
        },
        settings::{self, Community},
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

/// The page of the member that a form names; of what is no id, the list.
#[cfg(feature = "ssr")]
fn member_page(member: &str) -> String {
    match read_id(member) {
        Ok(id) => format!("/admin/members/{id}"),
        Err(_) => "/admin/members".to_owned(),
    }
}

/// Whether the word was typed that confirms something which cannot be taken back.
#[cfg(feature = "ssr")]
pub(crate) fn confirmed(typed: &str, word: &str) -> Result<(), AppError> {
    let same = typed.trim().to_lowercase() == tr(word).to_lowercase();
    if same { Ok(()) } else { Err(AppError::field("confirm", Refusal::NotConfirmed)) }
}

/// Gives a member another role.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/role")]
pub async fn role(
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let call = Call::from(page.clone());
    let done = async {
        let role: domain::Role = role.parse().map_err(|()| AppError::field("role", Refusal::BadChoice))?;
        Ok(admin::set_role(&call.store, call.actor(), MemberId(read_id(&member)?), role).await?)
    }
    .await;
    call.answer(done, |()| (page, Some(Flash::said("said-role-changed")))).await
}

/// Suspends a member.
///
/// # Errors
/// What is wrong with the reason, or why not.
#[server(prefix = "/api", endpoint = "admin/suspend")]
pub async fn suspend(
    #[server(default)] member: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let kept = fields([("reason", &reason)]);
    let call = Call::from(page.clone()).keeping(format!("admin/suspend/{member}"), kept);
    let done = async {
        let reason = rights::check_reason(&reason)?;
        Ok(admin::suspend(&call.store, call.actor(), MemberId(read_id(&member)?), &reason).await?)
    }
    .await;
    let undo = Undo::Suspend(member);
    let flash = |count: &u32| Flash::Undoable { key: "said-suspended".to_owned(), count: *count, undo };
    call.answer(done, |count| (page, Some(flash(count)))).await.map(drop)
}

/// Sends a code to an address for a member, who confirms it in their profile.
///
/// # Errors
/// What is wrong with the address, or why not.
#[server(prefix = "/api", endpoint = "admin/address")]
pub async fn address(
    #[server(default)] member: String,
    #[server(default)] address: String,
) -> Result<(), AppError> {
    let page = member_page(&member);
    let kept = fields([("address", &address)]);
    let call = Call::from(page.clone()).keeping(format!("admin/address/{member}"), kept);
    let done = async {
        let address = check_address(&address)?;
        let member = MemberId(read_id(&member)?);
        Ok(members::ask_address_of(&call.store, call.actor(), member, address).await?)
    }
    .await;
    call.answer(done, |()| (page, Some(Flash::said("said-address-asked")))).await
}

/// Lifts a suspension. `slug` is what the undo of a notice calls the member.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/lift_suspension")]
pub async fn lift_suspension(
    #[server(default)] member: String,
    #[server(default)] slug: String,
) -> Result<(), AppError> {
    let member = if member.is_empty() { slug } else { member };
    let page = member_page(&member);
    let call = Call::from(page.clone());
    let done = async { Ok(admin::lift(&call.store, call.actor(), MemberId(read_id(&member)?)).await?) }.await;
    call.answer(done, |()| (page, Some(Flash::said("said-lifted")))).await
}

#[cfg(feature = "ssr")]
const INVITATIONS: &str = "/admin/invitations";

/// Invites people by mail.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "admin/invite")]
pub async fn invite(
    #[server(default)] addresses: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let kept = fields([("addresses", &addresses), ("note", &note)]);
    let call = Call::from(INVITATIONS).keeping("admin/invite", kept);
    let done = async {
        let invite = domain::invitations::Invite::check(&addresses, &note)?;
        Ok(admin::invite(&call.store, call.actor(), invite).await?)
    }
    .await;
    let told = |done: &admin::Invited| match done.sent {
        0 => Flash::said("said-invited-none"),
        count => Flash::Told { key: "said-invited".to_owned(), count },
    };
    call.answer(done, |done| (INVITATIONS.to_owned(), Some(told(done)))).await.map(drop)
}

/// Writes to somebody who was invited once more.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/resend_invitation")]
pub async fn resend_invitation(#[server(default)] invitation: String) -> Result<(), AppError> {
    let call = Call::from(INVITATIONS);
    let done =
        async { Ok(admin::resend(&call.store, call.actor(), InvitationId(read_id(&invitation)?)).await?) }
            .await;
    call.answer(done, |()| (INVITATIONS.to_owned(), Some(Flash::said("said-invited-again")))).await
}

/// Calls an invitation back.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/revoke_invitation")]
pub async fn revoke_invitation(#[server(default)] invitation: String) -> Result<(), AppError> {
    let call = Call::from(INVITATIONS);
    let done =
        async { Ok(admin::revoke(&call.store, call.actor(), InvitationId(read_id(&invitation)?)).await?) }
            .await;
    call.answer(done, |()| (INVITATIONS.to_owned(), Some(Flash::said("said-invitation-revoked")))).await
}

#[cfg(feature = "ssr")]
const REQUESTS: &str = "/admin/requests";

/// Approves a request for an invitation.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/request_approve")]
pub async fn request_approve(#[server(default)] request: String) -> Result<(), AppError> {
    let call = Call::from(REQUESTS);
    let done = async {
        let id = InvitationRequestId(read_id(&request)?);
        Ok(admin::approve(&call.store, call.actor(), id).await?)
    }
    .await;
    call.answer(done, |()| (REQUESTS.to_owned(), Some(Flash::said("said-request-approved")))).await
}

/// Declines a request for an invitation.
///
/// # Errors
/// What is wrong with the message, or why not.
#[server(prefix = "/api", endpoint = "admin/request_decline")]
pub async fn request_decline(
    #[server(default)] request: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let call = Call::from(REQUESTS);
    let done = async {
        let message = domain::invitations::check_message(&message)?;
        let id = InvitationRequestId(read_id(&request)?);
        Ok(admin::decline(&call.store, call.actor(), id, &message).await?)
    }
    .await;
    call.answer(done, |()| (REQUESTS.to_owned(), Some(Flash::said("said-request-declined")))).await
}

/// Saves what is said of the community.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "admin/settings")]
pub async fn settings(
    #[server(default)] community: String,
    #[server(default)] tagline: String,
    #[server(default)] about: String,
    #[server(default)] sign_up: String,
    #[server(default)] organisers_invite: String,
    #[server(default)] version: String,
) -> Result<(), AppError> {
    let kept = fields([
        ("community", &community),
        ("tagline", &tagline),
        ("about", &about),
        ("sign_up", &sign_up),
        ("organisers_invite", &organisers_invite),
        ("version", &version),
    ]);
    let call = Call::from("/admin/settings").keeping("admin/settings", kept);
    let done = async {
        let new = Community::check(&community, &tagline, &about, &sign_up, organisers_invite == "yes")?;
        // No version is one that the settings never had.
        Ok(settings::change(&call.store, call.actor(), new, version.parse().unwrap_or(0)).await?)
    }
    .await;
    call.answer(done, |()| ("/admin/settings".to_owned(), Some(Flash::said("said-settings-saved")))).await
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
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "admin/list_add")]
pub async fn list_add(
    #[server(default)] list: String,
    #[server(default)] name: String,
    #[server(default)] mark: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let kept = fields([("name", &name), ("mark", &mark)]);
    let call = Call::from(page.clone()).keeping(format!("admin/list/{list}"), kept);
    let done = async {
        let list = read_list(&list)?;
        let entry = Entry::check(list, &name, &mark)?;
        Ok(admin::add(&call.store, call.actor(), list, entry).await?)
    }
    .await;
    call.answer(done, |_| (page, Some(Flash::said("said-list-added")))).await.map(drop)
}

/// Renames an entry, and gives it another mark where it has one.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "admin/list_change")]
pub async fn list_change(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] name: String,
    #[server(default)] mark: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let done = async {
        let list = read_list(&list)?;
        let entry = Entry::check(list, &name, &mark)?;
        Ok(admin::change(&call.store, call.actor(), list, &read_slug(&slug)?, entry).await?)
    }
    .await;
    call.answer(done, |()| (page, Some(Flash::said("said-list-saved")))).await
}

/// Moves an entry by one place.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/list_move")]
pub async fn list_move(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] up: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let done = async {
        let list = read_list(&list)?;
        Ok(admin::move_by(&call.store, call.actor(), list, &read_slug(&slug)?, up == "yes").await?)
    }
    .await;
    call.answer(done, |()| (page, None)).await
}

/// Stops offering an entry, or offers it again.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/list_retire")]
pub async fn list_retire(
    #[server(default)] list: String,
    #[server(default)] slug: String,
    #[server(default)] retired: String,
) -> Result<(), AppError> {
    let page = list_page(&list);
    let call = Call::from(page.clone());
    let retired = retired == "yes";
    let done = async {
        let list = read_list(&list)?;
        Ok(admin::retire(&call.store, call.actor(), list, &read_slug(&slug)?, retired).await?)
    }
    .await;
    let key = if retired { "said-list-retired" } else { "said-list-offered" };
    call.answer(done, |()| (page, Some(Flash::said(key)))).await
}

/// The letters that a form names, and the page it was on.
#[cfg(feature = "ssr")]
fn read_emails(email: &str, status: &str, kind: &str) -> (Result<Which, AppError>, String) {
    if let Ok(id) = read_id(email) {
        return (Ok(Which::One(EmailId(id))), "/admin/outbox".to_owned());
    }
    let kind: String = kind.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').collect();
    match DeliveryStatus::of(status) {
        Some(status) => {
            let page = format!("/admin/outbox?status={}&kind={kind}", status.name());
            (Ok(Which::Kind(status, kind)), page)
        }
        None => (Err(AppError::NotFound), "/admin/outbox".to_owned()),
    }
}

/// Sends letters again.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "admin/emails_retry")]
pub async fn emails_retry(
    #[server(default)] email: String,
    #[server(default)] status: String,
    #[server(default)] kind: String,
) -> Result<(), AppError> {
    let (which, page) = read_emails(&email, &status, &kind);
    let call = Call::from(page.clone());
    let done = async { Ok(outbox::admin::retry(&call.store, call.actor(), which?).await?) }.await;
    let told = |count: &u32| Flash::Told { key: "said-emails-retried".to_owned(), count: *count };
    call.answer(done, |count| (page, Some(told(count)))).await.map(drop)
}

/// Calls letters back.
///
/// # Errors
/// What was to be typed, or why not.
#[server(prefix = "/api", endpoint = "admin/emails_cancel")]
pub async fn emails_cancel(
    #[server(default)] email: String,
    #[server(default)] status: String,
    #[server(default)] kind: String,
    #[server(default)] confirm: String,
) -> Result<(), AppError> {
    let (which, page) = read_emails(&email, &status, &kind);
    let call = Call::from(page.clone());
    let done = async {
        confirmed(&confirm, "confirm-cancel")?;
        Ok(outbox::admin::cancel(&call.store, call.actor(), which?).await?)
    }
    .await;
    let told = |count: &u32| Flash::Told { key: "said-emails-cancelled".to_owned(), count: *count };
    call.answer(done, |count| (page, Some(told(count)))).await.map(drop)
}

/// Decides a report.
///
/// # Errors
/// What is wrong with the form, or why not.
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
    let kept = fields([("decision", &decision), ("reason", &reason)]);
    let call = Call::from(page).keeping(format!("admin/report/{report}"), kept);
    let done = async {
        let chosen = decision.parse::<Decision>();
        let chosen = chosen.map_err(|()| AppError::field("decision", Refusal::BadChoice))?;
        let reason = reports::check_reason(&reason)?;
        let id = ReportId(read_id(&report)?);
        Ok(store::reports::decide(&call.store, call.actor(), id, chosen, &reason).await?)
    }
    .await;
    call.answer(done, |()| ("/admin/reports".to_owned(), Some(Flash::said("said-decided")))).await
}
