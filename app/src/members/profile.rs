//! `/profile` and its tabs: a member edits their profile, their topics, who sees what, and their account. Each
//! tab has one form. Pictures and links are added and removed one by one.

use leptos::prelude::*;
use store::members::{self, Identity};

use super::{
    card::{member_path, picture_path_of, profile_tabs},
    sections,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Avatar, Marks, Size, Title, load},
};

/// The tab "Profile".
#[component]
pub fn ProfilePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let me = members::myself(&store(), &visit.actor).await?;
        let form = sections::details(&visit, &member, &me).await?;
        let links = sections::links(&visit, &me).await?;
        let picture = sections::picture(&me);
        let page = (!me.name.is_empty()).then(|| {
            view! { <p><a href=member_path(&me.slug)>{tr("profile-page")}</a></p> }
        });
        Ok(view! {
            <Title text=tr("member-profile") />
            <div class="page narrow">
                <div class="profile-head">
                    <Avatar name=me.name.clone() size=Size::Big picture=picture_path_of(&me.slug, me.picture.as_deref()) />
                    <div>
                        <h1><bdi>{if me.name.is_empty() { tr("member-profile") } else { me.name }}</bdi></h1>
                        {(!me.headline.is_empty()).then(|| view! { <p class="lead">{me.headline}</p> })}
                        <Marks disciplines=me.disciplines />
                        {page}
                    </div>
                </div>
                {profile_tabs("/profile")}
                <p class="help">{tr("member-profile-text")}</p>
                {form}
                {picture}
                {links}
            </div>
        })
    })
}

/// The tab "Topics".
#[component]
pub fn TopicsTab() -> impl IntoView {
    load(async {
        let visit = visit();
        let me = members::myself(&store(), &visit.actor).await?;
        let form = sections::topics(&visit, &me).await?;
        Ok(view! {
            <Title text=tr("profile-topics") />
            <div class="page narrow">
                {profile_tabs("/profile/topics")}
                <h1>{tr("profile-topics")}</h1>
                <p class="lead">{tr("profile-topics-help")}</p>
                {form}
            </div>
        })
    })
}

/// The tab "Privacy".
#[component]
pub fn PrivacyTab() -> impl IntoView {
    load(async {
        let visit = visit();
        let me = members::myself(&store(), &visit.actor).await?;
        let form = sections::visibility(&visit, &me).await?;
        Ok(view! {
            <Title text=tr("profile-visibility") />
            <div class="page narrow">
                {profile_tabs("/profile/privacy")}
                <h1>{tr("profile-visibility")}</h1>
                <p class="lead">{tr("profile-visibility-help")}</p>
                {form}
                <section class="part">
                    <h2>{tr("data-blocked")}</h2>
                    <p><a href="/profile/data#blocked">{tr("profile-blocked-link")}</a></p>
                </section>
            </div>
        })
    })
}

/// The tab "Account": how the member signs in, and links to devices, calendar and data.
#[component]
pub fn AccountTab() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let identities = members::identities(&store(), &visit.actor).await?;
        let address = member.address.as_ref().map_or_else(
            || tr("member-no-address"),
            |address| tr_with("member-address", &[("address", i18n::quote(address.shown()))]),
        );
        let change = if member.address.is_some() { "address-change" } else { "address-add" };
        Ok(view! {
            <Title text=tr("profile-tab-account") />
            <div class="page narrow">
                {profile_tabs("/profile/account")}
                <h1>{tr("profile-tab-account")}</h1>
                <section class="part">
                    <h2>{tr("member-ways")}</h2>
                    <p>{address} " " <a href="/profile/address">{tr(change)}</a></p>
                    {provider_links(&visit, identities)}
                </section>
                <section class="part">
                    <h2>{tr("member-devices")}</h2>
                    <p><a href="/profile/devices">{tr("member-devices-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("feed-title")}</h2>
                    <p><a href="/profile/calendar">{tr("feed-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("tokens-title")}</h2>
                    <p><a href="/profile/tokens">{tr("tokens-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("data-title")}</h2>
                    <p><a href="/profile/data">{tr("data-link")}</a></p>
                </section>
            </div>
        })
    })
}

/// The identity providers that the member is connected with, and those that they can connect.
fn provider_links(visit: &Visit, identities: Vec<Identity>) -> AnyView {
    let connected = |issuer: &str| identities.iter().any(|identity| identity.issuer == issuer);
    let open = visit
        .providers
        .iter()
        .filter(|provider| !connected(&provider.issuer))
        .map(|provider| {
            let to = format!("/sign-in/with/{}?next=/profile/account", provider.key);
            let text = tr_with("member-connect", &[("provider", i18n::quote(&provider.label))]);
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
