//! The welcome page of newcomers, and the list of a member's devices.

use domain::{community::CommunityText, forms::Fields, members::Member, next::safe_next};
use leptos::prelude::*;
use store::{
    members::{self, SessionInfo},
    settings,
};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::sections::language_choice,
    refill::refilled,
    ui::{Choice, Crumbs, Markdown, Reader, Shape, Title, ZoneList, conduct_note, load, with_retired},
};

/// The fields of the basic profile form by name. Disciplines are one text: slugs with spaces between them.
#[must_use]
pub fn profile_fields(
    name: &str,
    zone: &str,
    locale: &str,
    headline: &str,
    disciplines: &[String],
) -> Fields {
    let disciplines = disciplines.join(" ");
    [
        ("name", name),
        ("zone", zone),
        ("locale", locale),
        ("headline", headline),
        ("disciplines", &disciplines),
    ]
    .map(|(field, text)| (field.to_owned(), text.to_owned()))
    .into()
}

/// Asks newcomers for their name and time zone.
#[component]
pub fn WelcomePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let next = safe_next(&visit.query("next").unwrap_or_default());
        let form = welcome_form(&visit, &member, next).await?;
        let text = settings::text(&store(), CommunityText::Welcome).await?;
        let text = (!text.is_empty()).then(|| view! { <Markdown text /> });
        Ok(view! {
            <Title text=tr("member-welcome") />
            <div class="page narrow">
                <h1>{tr_with("member-welcome-to", &[("community", i18n::quote(&visit.community))])}</h1>
                {text}
                <p class="lead">{tr("member-welcome-text")}</p>
                {form}
            </div>
        })
    })
}

/// The first profile form of newcomers, who continue at `next`.
async fn welcome_form(visit: &Visit, member: &Member, next: String) -> Result<AnyView, AppError> {
    let me = members::myself(&store(), &visit.actor).await?;
    let disciplines: Vec<_> = me.disciplines.iter().map(|discipline| discipline.slug.to_string()).collect();
    let fields =
        profile_fields(&member.name, member.zone.name(), member.locale.tag(), &me.headline, &disciplines);
    let disciplines = with_retired(members::disciplines(&store()).await?, me.disciplines);
    let disciplines = disciplines.into_iter().map(Choice::from).collect();
    let (sheet, _) = refilled(visit, "members/profile", fields).await?;
    let zone = sheet.field("zone", "field-zone").help("help-own-zone").needed().list("zones").guessed();
    Ok(view! {
        <form method="post" action="/api/members/profile">
            <input type="hidden" name="next" value=next />
            {sheet.summary()}
            {sheet.field("name", "field-name").help("help-name").needed().max(80).input("text")}
            {sheet.field("headline", "field-headline").help("help-headline").max(120).input("text")}
            {sheet.field("disciplines", "field-disciplines").help("help-disciplines").checks(disciplines)}
            {zone.input("text")}
            <ZoneList />
            {language_choice(&sheet)}
            {conduct_note(visit)}
            <button class="button">{tr("member-welcome-go")}</button>
        </form>
    }
    .into_any())
}

/// The devices on which the member is signed in.
#[component]
pub fn SessionsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let sessions = members::sign_in_sessions(&store(), &visit.actor).await?;
        let others = sessions.len() > 1;
        let rows = sessions.into_iter().map(|session| row(&visit, session)).collect_view();
        Ok(view! {
            <Title text=tr("member-devices") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile/account".to_owned(), tr("profile-tab-account"))] />
                <h1>{tr("member-devices")}</h1>
                <p class="lead">{tr("member-devices-text")}</p>
                <ul class="rows" role="list">{rows}</ul>
                {others.then(|| view! {
                    <form method="post" action="/api/members/sign_out_other_devices">
                        <button class="button">{tr("member-end-other-devices")}</button>
                    </form>
                })}
            </div>
        })
    })
}

fn row(visit: &Visit, session: SessionInfo) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let device = if session.device.is_empty() { tr("member-unknown-device") } else { session.device.clone() };
    let end = if session.this {
        view! { <span class="badge good">{tr("member-this-device")}</span> }.into_any()
    } else {
        view! {
            <form method="post" action="/api/members/sign_out_device">
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="button small plain">{tr("member-end-device")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong>{device}</strong>
                <p class="help">
                    {tr("member-session-since")} " " {reader.time(session.started_at, Shape::DateTimeYear)} " · "
                    {tr("member-session-seen")} " " {reader.time(session.seen_at, Shape::DateTimeYear)}
                </p>
            </div>
            {end}
        </li>
    }
    .into_any()
}
