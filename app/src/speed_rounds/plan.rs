//! `/mentoring/speed-rounds/{id}/plan`: who signed up, and the plan, for coordinators.

use domain::{
    mentoring::SignUpRole,
    speed_rounds::{SpeedRoundChange, SpeedRoundState},
};
use leptos::prelude::*;
use store::{
    jobs::JobState,
    speed_rounds::{self, PlanPage as Plan, PlannedPair, PlannedPerson, PlannedWave},
};

use super::paths::{badges, crumbs, id_from_path, plan_path, when};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    ui::{Empty, Progress, Reader, Shape, Title, load},
};

/// The page.
#[component]
pub fn SpeedPlanPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let plan = speed_rounds::plan_page(&store(), &visit.actor, id?).await?;
        stylesheet();
        let card = &plan.card;
        Ok(view! {
            <Title text=tr("speed-plan-title") />
            <div class="page">
                {crumbs(true, Some(card))}
                {badges(card)}
                <h1>{tr("speed-plan-title")}</h1>
                <p class="lead">{tr("speed-plan-lead")}</p>
                <dl class="mentoring-facts">{when(&visit, card.times)}</dl>
                {work(&plan)}
                {figures(&visit, &plan)}
                {waves(&visit, &plan)}
                {people(&plan.people)}
                {cancel(&plan)}
            </div>
        })
    })
}

fn count(number: usize) -> domain::Arg {
    i18n::number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn button(plan: &Plan, change: SpeedRoundChange, class: &'static str, key: &str) -> AnyView {
    view! {
        <form method="post" action="/api/speed_rounds/change">
            <input type="hidden" name="id" value=plan.card.id.to_string() />
            <button class=class name="act" value=change.name()>{tr(key)}</button>
        </form>
    }
    .into_any()
}

/// What the coordinator can do now: make a plan, wait for it, or publish it.
fn work(plan: &Plan) -> AnyView {
    let has_begun = plan.card.times.starts_at <= store().now();
    match plan.card.state {
        SpeedRoundState::Published => {
            return view! { <p class="notice good">{tr("speed-plan-published")}</p> }.into_any();
        }
        SpeedRoundState::Cancelled => {
            return view! { <p class="notice">{tr("speed-next-cancelled")}</p> }.into_any();
        }
        SpeedRoundState::Open if has_begun => {
            return view! { <p class="notice">{tr("speed-plan-late")}</p> }.into_any();
        }
        SpeedRoundState::Open => {}
    }
    if plan.people.is_empty() {
        return view! { <Empty title=tr("speed-plan-nobody") text=tr("speed-plan-nobody-text") /> }
            .into_any();
    }
    if let Some(job) = &plan.job
        && job.state != JobState::Failed
    {
        let of = job.total.unwrap_or(1);
        return view! {
            <section role="status" data-working="">
                <p>{tr("speed-plan-working")}</p>
                <Progress label=tr("speed-plan-working") done=job.done of />
            </section>
            <script src=format!("{}/working.js", visit().assets) async></script>
            <p><a class="button plain" href=plan_path(plan.card.id)>{tr("mentoring-run-refresh")}</a></p>
        }
        .into_any();
    }
    let failed = plan.job.is_some().then(|| view! { <p class="notice bad">{tr("speed-plan-failed")}</p> });
    let outdated =
        plan.is_outdated.then(|| view! { <p class="notice">{tr("refusal-speed-plan-outdated")}</p> });
    let can_publish = plan.planned_at.is_some() && !plan.is_outdated && plan.conversations() > 0;
    let (class, key) = match plan.planned_at {
        None => ("button", "speed-plan-make"),
        Some(_) if plan.is_outdated => ("button", "speed-plan-again"),
        Some(_) => ("button plain", "speed-plan-again"),
    };
    let publish = can_publish.then(|| button(plan, SpeedRoundChange::Publish, "button", "speed-publish"));
    let help = if can_publish { "help-speed-publish" } else { "help-speed-plan" };
    view! {
        {failed}
        {outdated}
        <div class="row">{publish} {button(plan, SpeedRoundChange::Plan, class, key)}</div>
        <p class="help">{tr(help)}</p>
    }
    .into_any()
}

/// The figures of the plan.
fn figures(visit: &Visit, plan: &Plan) -> Option<AnyView> {
    let planned_at = plan.planned_at?;
    let without = plan.people.iter().filter(|person| person.conversations == 0).count();
    let figure = |key: &str, number: usize| {
        view! { <div><dd>{i18n::text_with(visit.locale, "speed-number", &[("number", count(number))])}</dd><dt>{tr(key)}</dt></div> }
    };
    let reader = Reader::of(visit, visit.zone);
    Some(
        view! {
            <section aria-labelledby="figures">
                <h2 id="figures">{tr("speed-figures")}</h2>
                <dl class="mentoring-figures">
                    {figure("speed-figure-conversations", plan.conversations())}
                    {figure("speed-figure-breaks", plan.breaks())}
                    {figure("speed-figure-without", without)}
                </dl>
                <p class="help">{tr("speed-planned-at")} " " {reader.time(planned_at, Shape::DateTime)}</p>
            </section>
        }
        .into_any(),
    )
}

fn waves(visit: &Visit, plan: &Plan) -> AnyView {
    let wave = |(number, wave): (i64, &PlannedWave)| {
        let reader = Reader::of(visit, visit.zone);
        let pairs = wave.pairs.iter().map(pair).collect_view();
        let breaks = (!wave.breaks.is_empty()).then(|| {
            view! { <p class="help">{tr("speed-breaks")} " " <bdi>{wave.breaks.join(", ")}</bdi></p> }
        });
        view! {
            <section class="speed-wave">
                <h3>{tr_with("speed-wave", &[("number", i18n::number(number))])} " · " {reader.time(wave.begins_at, Shape::Time)}</h3>
                <ul class="rows" role="list">{pairs}</ul>
                {breaks}
            </section>
        }
    };
    let waves = (1..).zip(&plan.waves).map(wave).collect_view();
    let title = (!plan.waves.is_empty()).then(|| view! { <h2>{tr("speed-plan")}</h2> });
    view! { {title} <div class="speed-waves">{waves}</div> }.into_any()
}

fn pair(pair: &PlannedPair) -> AnyView {
    let place = match pair.table {
        Some(number) => tr_with("speed-table", &[("number", i18n::number(number))]),
        None => tr("speed-call"),
    };
    view! {
        <li>
            <span><bdi>{pair.mentee.clone()}</bdi> " – " <bdi>{pair.mentor.clone()}</bdi></span>
            <span class="help">{place}</span>
        </li>
    }
    .into_any()
}

fn people(people: &[PlannedPerson]) -> Option<AnyView> {
    (!people.is_empty()).then(|| {
        let item = |person: &PlannedPerson| {
            let side = match person.role {
                SignUpRole::Mentee => "speed-side-mentee",
                SignUpRole::Mentor => "speed-side-mentor",
            };
            view! {
                <li>
                    <span><strong><bdi>{person.name.clone()}</bdi></strong> " · " {tr(side)}</span>
                    <span class="help"><bdi>{person.topics.join(", ")}</bdi></span>
                </li>
            }
        };
        let items = people.iter().map(item).collect_view();
        view! {
            <section aria-labelledby="people">
                <h2 id="people">{tr("speed-people")}</h2>
                <p class="help">{tr("help-speed-people")}</p>
                <ul class="rows" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn cancel(plan: &Plan) -> Option<AnyView> {
    let is_going = plan.card.state != SpeedRoundState::Cancelled && plan.card.times.ends_at() > store().now();
    is_going.then(|| {
        view! {
            <section aria-labelledby="cancel">
                <h2 id="cancel">{tr("speed-cancel-title")}</h2>
                <p class="help">{tr("help-speed-cancel")}</p>
                {button(plan, SpeedRoundChange::Cancel, "button plain", "speed-cancel")}
            </section>
        }
        .into_any()
    })
}
