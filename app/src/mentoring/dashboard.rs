//! `/mentoring/rounds/{slug}/sign-ups`: what coordinators see while sign-up is open.

use domain::mentoring::SignUpWindow;
use leptos::prelude::*;
use store::mentoring::{self, Dashboard, Sides};

use super::{
    paths::{round_path, slug_from_path},
    sheet::{sign_up_badge, stylesheet},
};
use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{ButtonLink, Crumbs, Empty, Look, Pager, Shape, Title, load, time_of},
};

/// The highest page number. It bounds the numbers that a hand-written address can ask for.
const MAX_PAGES: u32 = 5_000;

/// The dashboard.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page =
            visit.query("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1;
        let dashboard = mentoring::dashboard(&store(), &visit.actor, &slug, page).await?;
        stylesheet();
        let path = round_path(slug.as_str());
        let name = dashboard.round.card.details.name.clone();
        Ok(view! {
            <Title text=tr("mentoring-sign-ups") />
            <div class="page">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), name)] />
                <div class="page-head">
                    <h1>{tr("mentoring-sign-ups")}</h1>
                    <div class="row">
                        <form method="post" action=format!("{path}/export")>
                            <button class="button plain">{tr("mentoring-export")}</button>
                        </form>
                        <ButtonLink href=format!("{path}/emails") look=Look::Plain>{tr("round-email-title")}</ButtonLink>
                        <ButtonLink href=format!("{path}/import") look=Look::Plain>{tr("mentoring-import")}</ButtonLink>
                    </div>
                </div>
                {figures(&dashboard)}
                {topics(&dashboard)}
                {sides("regions", dashboard.regions.iter().map(|(region, sides)| {
                    (tr(&format!("region-{}", region.name().replace('_', "-"))), *sides)
                }).collect())}
                {sides("disciplines", dashboard.disciplines.clone())}
                {demand(&dashboard)}
                {people(&visit, &dashboard, &path, page)}
            </div>
        })
    })
}

fn figures(dashboard: &Dashboard) -> AnyView {
    let all = dashboard.all;
    let figures = [
        ("mentees", all.mentees),
        ("mentors", all.mentors),
        ("places", all.places),
        ("unfinished", dashboard.unfinished),
    ];
    let figures = figures.map(|(key, number)| {
        view! { <div><dt>{tr(&format!("mentoring-count-{key}"))}</dt><dd>{count(u64::from(number))}</dd></div> }
    });
    view! { <dl class="mentoring-figures">{figures.collect_view()}</dl> }.into_any()
}

/// Numbers of mentees, mentors and places as cells.
fn cells(sides: Sides) -> AnyView {
    [sides.mentees, sides.mentors, sides.places]
        .map(|number| view! { <td>{count(u64::from(number))}</td> })
        .collect_view()
        .into_any()
}

fn head(first: String) -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{first}</th>
                <th scope="col">{tr("mentoring-count-mentees")}</th>
                <th scope="col">{tr("mentoring-count-mentors")}</th>
                <th scope="col">{tr("mentoring-count-places")}</th>
            </tr>
        </thead>
    }
    .into_any()
}

/// Topics, those with more mentees than places first, with a button that invites people who teach them.
fn topics(dashboard: &Dashboard) -> AnyView {
    if dashboard.topics.is_empty() {
        return view! { <Empty title=tr("mentoring-no-sign-ups") text=tr("mentoring-no-sign-ups-text") /> }
            .into_any();
    }
    let can_invite = dashboard.round.card.window == SignUpWindow::Open;
    let slug = dashboard.round.card.slug.to_string();
    let rows = dashboard.topics.iter().map(|(topic, sides)| {
        let lacks = sides.mentees > sides.places;
        let badge = lacks.then(|| {
            let missing = i18n::number(sides.mentees - sides.places);
            view! { " " <span class="badge brass">{tr_with("mentoring-lacks", &[("places", missing)])}</span> }
        });
        let invite = (lacks && can_invite).then(|| {
            let label = tr_with("mentoring-invite-topic", &[("topic", i18n::quote(topic.name.clone()))]);
            view! {
                <form method="post" action="/api/mentoring/invite">
                    <input type="hidden" name="slug" value=slug.clone() />
                    <input type="hidden" name="topic" value=topic.slug.to_string() />
                    <button class="quiet" aria-label=label>{tr("mentoring-invite")}</button>
                </form>
            }
        });
        view! { <tr><th scope="row">{topic.name.clone()}{badge}{invite}</th>{cells(*sides)}</tr> }
    });
    view! {
        <section aria-labelledby="topics">
            <h2 id="topics">{tr("mentoring-by-topics")}</h2>
            <p class="help">{tr("mentoring-by-topics-text")}</p>
            <table class="mentoring-counts">{head(tr("mentoring-topics-label"))}<tbody>{rows.collect_view()}</tbody></table>
        </section>
    }
    .into_any()
}

fn sides(which: &'static str, list: Vec<(String, Sides)>) -> Option<AnyView> {
    (!list.is_empty()).then(|| {
        let rows = list
            .into_iter()
            .map(|(name, sides)| view! { <tr><th scope="row">{name}</th>{cells(sides)}</tr> })
            .collect_view();
        let title = tr(&format!("mentoring-by-{which}"));
        view! {
            <section aria-labelledby=which>
                <h2 id=which>{title.clone()}</h2>
                <table class="mentoring-counts">{head(title)}<tbody>{rows}</tbody></table>
            </section>
        }
        .into_any()
    })
}

fn demand(dashboard: &Dashboard) -> AnyView {
    let items = dashboard.demand.iter().map(|(name, wishes)| {
        let wishes = tr_with("mentoring-wishes", &[("wishes", i18n::number(*wishes))]);
        view! { <li><bdi>{name.clone()}</bdi> ": " {wishes}</li> }
    });
    let items = items.collect_view();
    let list = match dashboard.demand.is_empty() {
        true => view! { <p class="help">{tr("mentoring-no-demand")}</p> }.into_any(),
        false => view! { <ul class="prose">{items}</ul> }.into_any(),
    };
    view! {
        <section aria-labelledby="demand">
            <h2 id="demand">{tr("mentoring-demand")}</h2>
            <p class="help">{tr("mentoring-demand-text")}</p>
            {list}
        </section>
    }
    .into_any()
}

fn people(visit: &Visit, dashboard: &Dashboard, path: &str, page: u32) -> Option<AnyView> {
    let address = |page: u32| format!("{path}/sign-ups?page={}#people", page + 1);
    let rows = dashboard.sign_ups.iter().map(|row| {
        let to = format!("/mentoring/sign-ups/{}", row.id);
        let late = row.is_late.then(|| view! { " " <span class="badge">{tr("mentoring-late")}</span> });
        view! {
            <tr>
                <th scope="row"><a href=to><bdi>{row.name.clone()}</bdi></a></th>
                <td>{sign_up_badge(row.role, row.state)}{late}</td>
                <td>{time_of(row.updated_at, visit.zone, Shape::DateTime)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!dashboard.sign_ups.is_empty()).then(|| {
        view! {
            <section aria-labelledby="people">
                <h2 id="people">{tr("mentoring-people-all")}</h2>
                <table class="mentoring-list">
                    <thead>
                        <tr>
                            <th scope="col">{tr("field-name")}</th>
                            <th scope="col">{tr("mentoring-sign-up-state")}</th>
                            <th scope="col">{tr("mentoring-changed")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Pager before=page.checked_sub(1).map(address) after=dashboard.more.then(|| address(page + 1)) />
            </section>
        }
        .into_any()
    })
}
