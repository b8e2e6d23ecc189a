//! The reader's sign-up on the page of a speed round.

use domain::{
    mentoring::SignUpRole,
    speed_rounds::{SpeedRoundState, SpeedSignUpForm},
};
use leptos::prelude::*;
use store::{
    lists,
    speed_rounds::{OwnSignUp, SpeedRoundPage as Round},
};

use super::paths::place_view;
use crate::{
    context::{Visit, store, tr},
    error::AppError,
    i18n,
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Choice, Sheet, with_retired},
};

/// The form while members can sign up, and the button to withdraw.
pub(super) async fn section(visit: &Visit, round: &Round) -> Result<AnyView, AppError> {
    let body = match &round.fixed {
        None => form(visit, round).await?,
        Some(why) => {
            let is_own_reason = round.card.state == SpeedRoundState::Open
                && round.card.times.starts_at > store().now()
                && round.sign_up.is_none();
            let why =
                is_own_reason.then(|| view! { <p class="notice">{i18n::refusal(visit.locale, why)}</p> });
            let own = round.sign_up.as_ref().map(summary);
            view! { {why} {own} }.into_any()
        }
    };
    Ok(view! { {body} {withdraw(round)} }.into_any())
}

fn start(own: Option<&OwnSignUp>) -> SpeedSignUpForm {
    let Some(own) = own else { return SpeedSignUpForm::default() };
    let topic = |at: usize| own.topics.get(at).map(|topic| topic.slug.to_string()).unwrap_or_default();
    SpeedSignUpForm {
        role: own.role.name().to_owned(),
        topic_1: topic(0),
        topic_2: topic(1),
        topic_3: topic(2),
        link: own.link.clone(),
    }
}

async fn form(visit: &Visit, round: &Round) -> Result<AnyView, AppError> {
    let (id, own) = (round.card.id, round.sign_up.as_ref());
    let (sheet, _) = refilled(visit, &format!("speed_rounds/{id}"), fields_of(&start(own))).await?;
    let sheet = sheet
        .with_label("role", "speed-role")
        .with_label("topic_1", "speed-topic")
        .with_label("topic_2", "mentoring-topic-2")
        .with_label("topic_3", "mentoring-topic-3")
        .with_label("link", "speed-link");
    let chosen = own.map(|own| own.topics.clone()).unwrap_or_default();
    let topics = with_retired(lists::topics(&store()).await?, chosen);
    let topics: Vec<_> = topics.into_iter().map(|topic| (topic.slug.to_string(), topic.name)).collect();
    let (title, button) = match own {
        None => ("speed-sign-up", "speed-sign-up-send"),
        Some(_) => ("speed-change", "form-save"),
    };
    Ok(view! {
        <section aria-labelledby="own">
            <h2 id="own">{tr(title)}</h2>
            <p class="help">{tr("speed-sign-up-help")}</p>
            <form method="post" action="/api/speed_rounds/sign_up">
                <input type="hidden" name="id" value=id.to_string() />
                {sheet.summary()}
                {fields(&sheet, topics)}
                <button class="button">{tr(button)}</button>
            </form>
        </section>
    }
    .into_any())
}

fn fields(sheet: &Sheet, topics: Vec<(String, String)>) -> AnyView {
    let roles = SignUpRole::ALL.iter();
    let roles = roles.map(|role| Choice::new(role.name(), tr(role_key(*role))));
    let choices = |empty: &str| [(String::new(), tr(empty))].into_iter().chain(topics.clone()).collect();
    view! {
        {sheet.field("role", "speed-role").needed().radios(roles.collect())}
        {sheet.field("topic_1", "speed-topic").help("help-speed-topics").needed().select(choices("mentoring-choose-topic"))}
        {sheet.field("topic_2", "mentoring-topic-2").select(choices("mentoring-no-topic"))}
        {sheet.field("topic_3", "mentoring-topic-3").select(choices("mentoring-no-topic"))}
        {sheet.field("link", "speed-link").help("help-speed-link").max(500).keyboard("url").input("text")}
    }
    .into_any()
}

/// The sentence about a side.
fn role_key(role: SignUpRole) -> &'static str {
    match role {
        SignUpRole::Mentee => "speed-role-mentee",
        SignUpRole::Mentor => "speed-role-mentor",
    }
}

/// What the reader signed up with, once it is fixed.
fn summary(own: &OwnSignUp) -> AnyView {
    let topics: Vec<_> = own.topics.iter().map(|topic| topic.name.clone()).collect();
    let link =
        (!own.link.is_empty()).then(|| view! { <dt>{tr("speed-link")}</dt><dd>{place_view(&own.link)}</dd> });
    view! {
        <section aria-labelledby="own">
            <h2 id="own">{tr("speed-own")}</h2>
            <dl class="mentoring-facts">
                <dt>{tr("speed-role")}</dt><dd>{tr(role_key(own.role))}</dd>
                <dt>{tr("speed-topics")}</dt><dd><bdi>{topics.join(", ")}</bdi></dd>
                {link}
            </dl>
        </section>
    }
    .into_any()
}

fn withdraw(round: &Round) -> Option<AnyView> {
    let is_going =
        round.card.state != SpeedRoundState::Cancelled && round.card.times.ends_at() > store().now();
    (round.sign_up.is_some() && is_going).then(|| {
        let help = match round.card.state {
            SpeedRoundState::Published => "help-speed-withdraw-late",
            SpeedRoundState::Open | SpeedRoundState::Cancelled => "help-speed-withdraw",
        };
        view! {
            <form method="post" action="/api/speed_rounds/withdraw">
                <input type="hidden" name="id" value=round.card.id.to_string() />
                <p class="help">{tr(help)}</p>
                <button class="button plain">{tr("speed-withdraw")}</button>
            </form>
        }
        .into_any()
    })
}
