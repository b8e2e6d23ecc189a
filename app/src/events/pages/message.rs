//! `/events/{slug}/people/{id}`: a host writes to one person of an event (C15).

use domain::{RsvpId, Slug, events::HostMessageForm, forms::Fields};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::events;

use super::{breadcrumbs, people_path, slug_from_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_link,
    refill::refilled,
    ui::{Choice, Crumbs, Title, load},
};

/// The path of the form for a message to one person.
#[must_use]
pub fn message_path(slug: &Slug, rsvp: RsvpId) -> String {
    format!("/events/{slug}/people/{rsvp}")
}

/// The key that the form's draft is saved under.
#[must_use]
pub fn message_draft(rsvp: &str) -> String {
    format!("events/message/{rsvp}")
}

/// The form's fields by name.
#[must_use]
pub fn message_fields(form: &HostMessageForm) -> Fields {
    [("message", form.message.clone()), ("reply", form.reply.clone())]
        .map(|(field, text)| (field.to_owned(), text))
        .into()
}

/// The form for a message to one person.
#[component]
pub fn MessagePage() -> impl IntoView {
    let slug = slug_from_path();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = super::read_rsvp(&id)?;
        let to = events::message_to(&store, &visit.actor, &slug, id).await?;
        let (sheet, _) = refilled(&visit, &message_draft(&id.to_string()), Fields::new()).await?;
        let name = if to.person.name.is_empty() { tr("people-no-name") } else { to.person.name.clone() };
        let title = tr_with("host-message-title", &[("name", i18n::quote(name.clone()))]);
        let share = to.own_address.map(|address| {
            let text = tr_with("host-message-reply", &[("address", i18n::quote(address))]);
            sheet.field("reply", "host-message-replies").checks(vec![Choice::new("yes", text)])
        });
        let back = people_path(slug.as_str(), "going");
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&to.event) />
                <h1>{title}</h1>
                <p>{tr("host-message-lead")} " " {member_link(to.person.page.as_ref(), &name)}</p>
                <form method="post" action="/api/events/message">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="rsvp" value=id.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("message", "host-message-text").needed().max(5_000).area(6)}
                    {share}
                    <div class="row">
                        <button class="button">{tr("host-message-send")}</button>
                        <a class="button plain" href=back>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
