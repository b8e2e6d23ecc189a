//! `/profile`: a member edits their profile, in sections that are saved one by one.

use leptos::prelude::*;
use store::members::{self, Identity};

use super::{
    card::{member_path, picture_path_of},
    pages::profile_form,
    sections,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Avatar, Marks, Size, Title, load},
};

/// The profile page, with all sections and links to further settings.
#[component]
pub fn ProfilePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let member = visit.member.clone().ok_or(AppError::SignIn)?;
        let me = members::myself(&store(), &visit.actor).await?;
        let form = profile_form(&visit, &member, None, "form-save").await?;
        let sections = sections::all(&visit, &me).await?;
        let identities = members::identities(&store(), &visit.actor).await?;
        let address = member.address.as_ref().map_or_else(
            || tr("member-no-address"),
            |address| tr_with("member-address", &[("address", i18n::quote(address.shown()))]),
        );
        let change = if member.address.is_some() { "address-change" } else { "address-add" };
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
                <p class="help">{tr("member-profile-text")}</p>
                {form}
                {sections}
                <section class="part">
                    <h2>{tr("member-ways")}</h2>
                    <p>{address} " " <a href="/profile/address">{tr(change)}</a></p>
                    {provider_links(&visit, identities)}
                </section>
                <section class="part">
                    <h2>{tr("email-preferences-title")}</h2>
                    <p><a href="/profile/emails">{tr("email-preferences-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("feed-title")}</h2>
                    <p><a href="/profile/calendar">{tr("feed-link")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("member-devices")}</h2>
                    <p><a href="/profile/devices">{tr("member-devices-link")}</a></p>
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
            let to = format!("/sign-in/with/{}?next=/profile", provider.key);
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
