//! `/members/{slug}/hello`, where a member says hello, and `/hellos/{id}`, where the other one answers (F8).

use domain::{HelloId, forms::Fields, members::VisibleProfile, reports::ReportKind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::hellos::{self, Hello};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    data::pages::block_button,
    error::AppError,
    events::pages::slug_from_path,
    i18n,
    members::card::{member_path, picture_path},
    refill::refilled,
    reports::pages::Report,
    ui::{Avatar, Choice, Crumbs, Paragraphs, Shape, Size, Title, load, time_of},
};

/// The path of the form for a hello to this member.
#[must_use]
pub fn hello_form_path(slug: &str) -> String {
    format!("/members/{slug}/hello")
}

/// The path of a hello.
#[must_use]
pub fn hello_path(id: &str) -> String {
    format!("/hellos/{id}")
}

/// The key that the form for a hello is saved under.
#[must_use]
pub fn hello_draft(slug: &str) -> String {
    format!("hellos/say/{slug}")
}

/// The key that the form for an answer is saved under.
#[must_use]
pub fn answer_draft(id: &str) -> String {
    format!("hellos/answer/{id}")
}

/// The form for a hello.
#[component]
pub fn SayHelloPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let to = hellos::hello_to(&store, &visit.actor, &slug).await?;
        let (sheet, _) = refilled(&visit, &hello_draft(slug.as_str()), Fields::new()).await?;
        let title = tr_with("hello-title", &[("name", i18n::quote(to.name.clone()))]);
        let page = member_path(&slug);
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![(page.clone(), to.name.clone())] />
                {person(&to, title)}
                <p class="lead">{tr("hello-lead")}</p>
                <form method="post" action="/api/hellos/say">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("text", "hello-text").needed().max(2_000).area(6)}
                    <div class="row">
                        <button class="button">{tr("hello-send")}</button>
                        <a class="button plain" href=page>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

fn person(of: &VisibleProfile, title: String) -> AnyView {
    view! {
        <div class="profile-head">
            <Avatar name=of.name.clone() size=Size::Big picture=picture_path(of) />
            <div>
                <h1>{title}</h1>
                {(!of.headline.is_empty()).then(|| view! { <p>{of.headline.clone()}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// A hello, with the form for an answer.
#[component]
pub fn HelloPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    load(async move {
        let (store, visit) = (store(), visit());
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.parse().map(HelloId).map_err(|_| AppError::NotFound)?;
        let hello = hellos::hello(&store, &visit.actor, id).await?;
        let title = tr_with("hello-from", &[("name", i18n::quote(hello.from.name.clone()))]);
        let answer = match hello.is_answered {
            true => view! { <p class="notice">{tr("hello-is-answered")}</p> }.into_any(),
            false => answer_form(&visit, &hello).await?,
        };
        let member = hello.from.member.to_string();
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                {person(&hello.from, title)}
                <p class="help">
                    {time_of(hello.at, visit.zone, Shape::DateTimeYear)} " · "
                    <a href=member_path(&hello.from.slug)>{tr("hello-profile")}</a>
                </p>
                <Paragraphs text=hello.text.clone() />
                {answer}
                <p><Report kind=ReportKind::Member id=member.clone() /></p>
                <details class="disclosure">
                    <summary>{tr("block-member")}</summary>
                    <p>{tr("block-text")}</p>
                    {block_button(&member)}
                </details>
                <p class="help"><a href="/profile/emails">{tr("hello-opt-out")}</a></p>
            </div>
        })
    })
}

async fn answer_form(visit: &Visit, hello: &Hello) -> Result<AnyView, AppError> {
    let id = hello.id.to_string();
    let (sheet, _) = refilled(visit, &answer_draft(&id), Fields::new()).await?;
    let share = hello.own_address.clone().map(|address| {
        let facts = [("address", i18n::quote(address)), ("name", i18n::quote(hello.from.name.clone()))];
        sheet.field("share", "hello-address").checks(vec![Choice::new("yes", tr_with("hello-share", &facts))])
    });
    Ok(view! {
        <form method="post" action="/api/hellos/answer">
            <h2>{tr("hello-answer")}</h2>
            <input type="hidden" name="id" value=id />
            {sheet.summary()}
            {sheet.field("text", "hello-answer-text").needed().max(2_000).area(5)}
            {share}
            <button class="button">{tr("hello-answer-send")}</button>
        </form>
    }
    .into_any())
}
