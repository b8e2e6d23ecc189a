//! `/profile/address`: a member confirms an email address with the code that was sent to it.

use domain::{forms::Fields, next::safe_next};
use leptos::prelude::*;
use store::members;

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Crumbs, Sheet, Title, load},
};

/// Path of the page. `next` is where newcomers continue; empty for everybody else.
#[must_use]
pub fn address_path(next: &str) -> String {
    match next {
        "" => "/profile/address".to_owned(),
        "/" => "/profile/address?next=/".to_owned(),
        next => domain::next::with_next("/profile/address", next),
    }
}

/// Asks for an email address, then for the code.
#[component]
pub fn AddressPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let next = visit.query("next").map(|next| safe_next(&next));
        let pending = members::address_to_prove(&store(), &visit.actor).await?;
        let fields = Fields::from([("address".to_owned(), String::new())]);
        let (sheet, typed) = refilled(&visit, "members/address", fields).await?;
        let now = member.address.as_ref().map_or_else(
            || tr("address-none"),
            |address| tr_with("address-now", &[("address", i18n::quote(address.shown()))]),
        );
        let goes_on = next.clone().unwrap_or_default();
        let form = ask_form(&sheet, &goes_on);
        let forms = match pending {
            None => form,
            Some(address) => {
                let sent = tr_with("address-sent", &[("address", i18n::quote(address.shown()))]);
                view! {
                    <p>{sent}</p>
                    {code_form(&visit, &goes_on)}
                    <details open=typed><summary>{tr("address-another")}</summary>{form}</details>
                }
                .into_any()
            }
        };
        let skip = next.map(|next| view! { <p><a href=next>{tr("address-skip")}</a></p> });
        Ok(view! {
            <Title text=tr("address-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile/account".to_owned(), tr("profile-tab-account"))] />
                <h1>{tr("address-title")}</h1>
                <p class="lead">{now}</p>
                <p class="help">{tr("address-help")}</p>
                {forms}
                {skip}
            </div>
        })
    })
}

fn ask_form(sheet: &Sheet, next: &str) -> AnyView {
    view! {
        <form method="post" action="/api/members/address">
            <input type="hidden" name="next" value=next.to_owned() />
            {sheet.summary()}
            {sheet.field("address", "field-address").needed().max(254).complete("email").input("email")}
            <button class="button">{tr("address-send")}</button>
        </form>
    }
    .into_any()
}

fn code_form(visit: &Visit, next: &str) -> AnyView {
    let sheet = Sheet::filled(Fields::new(), visit.locale);
    view! {
        <form method="post" action="/api/members/confirm_address">
            <input type="hidden" name="next" value=next.to_owned() />
            {sheet
                .field("code", "field-code")
                .needed()
                .max(20)
                .complete("one-time-code")
                .keyboard("numeric")
                .help("sign-in-code-help")
                .input("text")}
            <button class="button">{tr("address-confirm")}</button>
        </form>
    }
    .into_any()
}
