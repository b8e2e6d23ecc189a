//! What a member sees of themself: welcome, profile, sessions.

use domain::{Locale, forms::Fields, members::Member, next::safe_next};
use leptos::prelude::*;
use store::members::{self, Identity, SessionInfo};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::form::refilled,
    ui::{Avatar, Choice, Crumbs, Marks, Reader, Shape, Sheet, Size, Title, ZoneList, load},
    words,
};

/// The profile form's texts by name; the disciplines are one, their slugs with spaces in between.
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

/// What to call a newcomer, and where they are.
#[component]
pub fn WelcomePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let next = safe_next(&visit.query("next").unwrap_or_default());
        let form = profile_form(&visit, &member, Some(next), "member-welcome-go").await?;
        Ok(view! {
            <Title text=tr("member-welcome") />
            <div class="page narrow">
                <h1>{tr_with("member-welcome-to", &[("community", words::quote(&visit.community))])}</h1>
                <p class="lead">{tr("member-welcome-text")}</p>
                {form}
            </div>
        })
    })
}

/// Name, zone and language; address and providers.
#[component]
pub fn ProfilePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let form = profile_form(&visit, &member, None, "form-save").await?;
        let me = members::myself(&store(), &visit.actor).await?;
        let identities = members::identities(&store(), &visit.actor).await?;
        let address = member.address.as_ref().map_or_else(
            || tr("member-no-address"),
            |address| tr_with("member-address", &[("address", words::quote(address.as_str()))]),
        );
        Ok(view! {
            <Title text=tr("member-profile") />
            <div class="page narrow">
                <div class="profile-head">
                    <Avatar name=me.name.clone() size=Size::Big />
                    <div>
                        <h1>{if me.name.is_empty() { tr("member-profile") } else { me.name }}</h1>
                        {(!me.headline.is_empty()).then(|| view! { <p class="lead">{me.headline}</p> })}
                        <Marks disciplines=me.disciplines />
                    </div>
                </div>
                <p class="help">{tr("member-profile-text")}</p>
                {form}
                <section class="part">
                    <h2>{tr("member-ways")}</h2>
                    <p>{address}</p>
                    {ways(&visit, identities)}
                </section>
                <section class="part">
                    <h2>{tr("wish-title")}</h2>
                    <p><a href="/profile/mail">{tr("wish-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("member-sessions")}</h2>
                    <p><a href="/sessions">{tr("member-sessions-link")}</a></p>
                </section>
            </div>
        })
    })
}

async fn profile_form(
    visit: &Visit,
    member: &Member,
    next: Option<String>,
    button: &'static str,
) -> Result<AnyView, AppError> {
    let me = members::myself(&store(), &visit.actor).await?;
    let mine: Vec<_> = me.disciplines.iter().map(|discipline| discipline.slug.to_string()).collect();
    let fields = profile_fields(&member.name, member.zone.name(), member.locale.tag(), &me.headline, &mine);
    let disciplines = members::disciplines(&store()).await?.into_iter().map(Choice::from).collect();
    let (sheet, _) = refilled(visit, "members/profile", fields).await?;
    let zone = sheet.field("zone", "field-zone").help("help-own-zone").needed().list("zones");
    let zone = if next.is_some() { zone.guessed() } else { zone };
    Ok(view! {
        <form method="post" action="/api/members/profile">
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            {sheet.summary()}
            {sheet.field("name", "field-name").help("help-name").needed().most(80).input("text")}
            {sheet.field("headline", "field-headline").help("help-headline").most(120).input("text")}
            {sheet.field("disciplines", "field-disciplines").help("help-disciplines").checks(disciplines)}
            {zone.input("text")}
            <ZoneList />
            {language(&sheet)}
            <button class="button">{tr(button)}</button>
        </form>
    }
    .into_any())
}

/// The languages there are. The pseudo-locale is for who writes pages.
fn language(sheet: &Sheet) -> AnyView {
    let mut choices = vec![(Locale::En.tag().to_owned(), tr("locale-en"))];
    if cfg!(debug_assertions) || sheet.value("locale") == Locale::Pseudo.tag() {
        choices.push((Locale::Pseudo.tag().to_owned(), tr("locale-pseudo")));
    }
    sheet.field("locale", "field-locale").needed().select(choices)
}

/// The providers a member is connected with, and those they may connect.
fn ways(visit: &Visit, identities: Vec<Identity>) -> AnyView {
    let connected = |issuer: &str| identities.iter().any(|identity| identity.issuer == issuer);
    let open = visit
        .providers
        .iter()
        .filter(|provider| !connected(&provider.issuer))
        .map(|provider| {
            let to = format!("/sign-in/with/{}?next=/profile", provider.key);
            let text = tr_with("member-connect", &[("provider", words::quote(&provider.label))]);
            view! { <a class="button small plain" href=to>{text}</a> }
        })
        .collect_view();
    let known = identities.iter().map(|identity| {
        let text = [identity.label.clone(), identity.issuer.clone()].join(" · ");
        view! { <li>{text}</li> }
    });
    view! {
        <ul>{known.collect_view()}</ul>
        <div class="row">{open}</div>
    }
    .into_any()
}

/// Where the member is signed in.
#[component]
pub fn SessionsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let sessions = members::sessions(&store(), &visit.actor).await?;
        let others = sessions.len() > 1;
        let rows = sessions.into_iter().map(|session| row(&visit, session)).collect_view();
        Ok(view! {
            <Title text=tr("member-sessions") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile".to_owned(), tr("member-profile"))] />
                <h1>{tr("member-sessions")}</h1>
                <p class="lead">{tr("member-sessions-text")}</p>
                <ul class="rows" role="list">{rows}</ul>
                {others.then(|| view! {
                    <form method="post" action="/api/members/end_other_sessions">
                        <button class="button">{tr("member-end-others")}</button>
                    </form>
                })}
            </div>
        })
    })
}

fn row(visit: &Visit, session: SessionInfo) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let device = if session.device.is_empty() { tr("member-some-browser") } else { session.device.clone() };
    let end = if session.this {
        view! { <span class="badge good">{tr("member-this-browser")}</span> }.into_any()
    } else {
        view! {
            <form method="post" action="/api/members/end_session">
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="button small plain">{tr("member-end-session")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong>{device}</strong>
                <p class="help">
                    {tr("member-session-since")} " " {reader.time(session.started_at, Shape::Both)} " · "
                    {tr("member-session-seen")} " " {reader.time(session.seen_at, Shape::Both)}
                </p>
            </div>
            {end}
        </li>
    }
    .into_any()
}
