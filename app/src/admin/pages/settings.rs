//! `/admin/settings`: name and logo of the community, who may join, and how long data is kept. Its longer texts have pages
//! of their own.

use domain::community::CommunityText;
use leptos::prelude::*;
use store::settings::{self, Retention};

use super::{check_admin, frame};
use crate::{
    context::{Visit, store, tr, visit},
    members::sign_in_pages::{colours, sign_up_choices},
    refill::refilled,
    routes::LOGO,
    ui::{Choice, brand, load},
};

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        check_admin(&visit)?;
        let now = settings::load(&store).await?;
        let fields = [
            ("community", now.community),
            ("tagline", now.tagline),
            ("sign_up", now.sign_up.name().to_owned()),
            ("organisers_invite", if now.organisers_invite { "yes" } else { "no" }.to_owned()),
            ("kudos_board", if now.kudos_board { "yes" } else { "no" }.to_owned()),
            ("colour", now.colour.name().to_owned()),
            ("keep_emails_days", now.retention.emails_days.to_string()),
            ("keep_sign_ins_days", now.retention.sign_ins_days.to_string()),
            ("version", now.version.to_string()),
        ];
        let fields = fields.map(|(name, text)| (name.to_owned(), text)).into();
        let (sheet, _) = refilled(&visit, "admin/settings", fields).await?;
        let inviters = vec![
            Choice::new("no", tr("admin-organisers-invite-no")),
            Choice::new("yes", tr("admin-organisers-invite-yes")),
        ];
        let board = vec![
            Choice::new("no", tr("admin-kudos-board-no")),
            Choice::new("yes", tr("admin-kudos-board-yes")),
        ];
        let (emails_min, emails_max) = Retention::EMAILS_DAYS.into_inner();
        let (sign_ins_min, sign_ins_max) = Retention::SIGN_INS_DAYS.into_inner();
        let body = view! {
            <form class="narrow" method="post" action="/api/admin/settings">
                <input type="hidden" name="version" value=sheet.value("version") />
                {sheet.summary()}
                {sheet.field("community", "field-community").needed().max(80).input("text")}
                {sheet.field("tagline", "field-tagline").help("help-tagline").max(160).input("text")}
                {sheet.field("sign_up", "field-sign-up").needed().radios(sign_up_choices())}
                {sheet.field("colour", "field-colour").needed().help("help-colour").radios(colours())}
                {sheet
                    .field("organisers_invite", "field-organisers-invite")
                    .help("help-organisers-invite")
                    .needed()
                    .radios(inviters)}
                {sheet
                    .field("kudos_board", "field-kudos-board")
                    .help("help-kudos-board")
                    .needed()
                    .radios(board)}
                {sheet
                    .field("keep_emails_days", "field-keep-emails-days")
                    .help("help-keep-emails-days")
                    .needed()
                    .range(emails_min.into(), emails_max.into())
                    .input("number")}
                {sheet
                    .field("keep_sign_ins_days", "field-keep-sign-ins-days")
                    .help("help-keep-sign-ins-days")
                    .needed()
                    .range(sign_ins_min.into(), sign_ins_max.into())
                    .input("number")}
                <button class="button">{tr("form-save")}</button>
            </form>
            {logo_form(&visit)}
            {texts()}
        };
        Ok(frame(&visit, tr("admin-settings"), body.into_any()))
    })
}

/// The forms for the logo, which are saved independently of the others.
fn logo_form(visit: &Visit) -> AnyView {
    let has_own = visit.logo.is_some();
    let remove = has_own.then(|| {
        view! {
            <form method="post" action="/api/admin/remove_logo">
                <button class="button small plain">{tr("logo-remove")}</button>
            </form>
        }
    });
    view! {
        <section class="part" aria-labelledby="logo">
            <h2 id="logo">{tr("logo-title")}</h2>
            <p class="help">{tr(if has_own { "logo-own" } else { "logo-none" })}</p>
            <p>{brand(visit)}</p>
            <form class="narrow" method="post" action=LOGO enctype="multipart/form-data">
                <div class="field">
                    <label for="f-picture">{tr("logo-file")}</label>
                    <input id="f-picture" type="file" name="picture" accept="image/jpeg,image/png,image/webp" required aria-describedby="h-picture" />
                    <p class="help" id="h-picture">{tr("logo-file-help")}</p>
                </div>
                <button class="button">{tr("logo-save")}</button>
            </form>
            {remove}
        </section>
    }
    .into_any()
}

/// Links to the longer texts.
fn texts() -> AnyView {
    let rows = CommunityText::ALL.iter().map(|text| {
        let name = text.name();
        let (title, help) = (tr(&format!("text-{name}")), tr(&format!("text-{name}-help")));
        view! { <li><div><a href=format!("/admin/settings/{name}")>{title}</a><p class="help">{help}</p></div></li> }
    });
    view! {
        <section class="part" aria-labelledby="texts">
            <h2 id="texts">{tr("texts-title")}</h2>
            <ul class="rows" role="list">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
