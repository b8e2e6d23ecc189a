//! `/teams`: all teams as a tree. `/teams/{slug}`: the members of one team. Also the form for both.

use domain::{
    Slug,
    policy::{NoRelation, permit, teams::ManageTeams},
};
use leptos::prelude::*;
use store::teams::{self, TeamRow};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::slug_from_path,
    i18n,
    members::{card::people, directory::tabs, directory_query::page_of, sections::fields},
    refill::refilled,
    ui::{ButtonLink, Crumbs, Empty, Look, Pager, Sheet, Title, load},
};

/// Path of a team's page.
#[must_use]
pub fn team_path(slug: &Slug) -> String {
    format!("/teams/{slug}")
}

fn may_manage(visit: &Visit) -> bool {
    permit(&visit.actor, ManageTeams, NoRelation).is_ok()
}

fn new_button() -> impl IntoView {
    view! { <ButtonLink href="/teams/new" look=Look::Plain>{tr("teams-new")}</ButtonLink> }
}

/// The team tree.
#[component]
pub fn TeamsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let rows = teams::list(&store(), &visit.actor).await?;
        let may = may_manage(&visit);
        let body = if rows.is_empty() {
            let text = tr(if may { "teams-none-manage" } else { "teams-none-text" });
            view! { <Empty title=tr("teams-none") text=text>{may.then(new_button)}</Empty> }.into_any()
        } else {
            tree(rows)
        };
        Ok(view! {
            <Title text=tr("teams-title") />
            <div class="page">
                <div class="page-head"><h1>{tr("teams-title")}</h1>{may.then(new_button)}</div>
                {tabs(false)}
                {body}
            </div>
        })
    })
}

fn tree(rows: Vec<TeamRow>) -> AnyView {
    let items = rows.into_iter().map(|team| {
        let people = tr_with("directory-count", &[("count", i18n::number(team.people))]);
        view! {
            <li class=format!("depth-{}", team.depth.min(4))>
                <div>
                    <strong><a href=team_path(&team.slug)><bdi>{team.name}</bdi></a></strong>
                    {(!team.purpose.is_empty()).then(|| view! { <p class="help">{team.purpose}</p> })}
                </div>
                <span class="help">{people}</span>
            </li>
        }
    });
    view! { <ul class="rows teams" role="list">{items.collect_view()}</ul> }.into_any()
}

/// The page of one team.
#[component]
pub fn TeamPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page_index = page_of(&visit);
        let page = teams::page(&store(), &visit.actor, &slug, page_index).await?;
        let path = team_path(&slug);
        let above = std::iter::once(("/teams".to_owned(), tr("teams-title")))
            .chain(page.above.into_iter().map(|team| (team_path(&team.slug), team.name)))
            .collect();
        let count = tr_with("directory-count", &[("count", i18n::number(page.people.total))]);
        let before = page_index.checked_sub(1).map(|page_index| format!("{path}?page={}", page_index + 1));
        let after = page.people.more.then(|| format!("{path}?page={}", page_index + 2));
        let members = if page.people.people.is_empty() {
            view! { <p>{tr("team-empty")}</p> }.into_any()
        } else {
            view! { <p class="help">{count}</p> {people(page.people.people)} <Pager before after /> }
                .into_any()
        };
        let below = (!page.below.is_empty()).then(|| {
            view! { <section class="part"><h2>{tr("team-subteams")}</h2>{tree(page.below)}</section> }
        });
        let give = visit.member.is_some().then(|| {
            view! { <ButtonLink href=format!("/kudos/new?team={slug}") look=Look::Plain>{tr("kudos-give")}</ButtonLink> }
        });
        let edit = page.may_edit.then(|| {
            view! { <ButtonLink href=format!("{path}/edit") look=Look::Plain>{tr("team-edit")}</ButtonLink> }
        });
        Ok(view! {
            <Title text=page.team.name.clone() />
            <div class="page">
                <Crumbs above />
                <div class="page-head"><h1>{page.team.name}</h1><div class="row">{give}{edit}</div></div>
                {(!page.purpose.is_empty()).then(|| view! { <p class="lead">{page.purpose}</p> })}
                <section><h2>{tr("team-people")}</h2>{members}</section>
                {below}
            </div>
        })
    })
}

/// The form for a new team.
#[component]
pub fn TeamNewPage() -> impl IntoView {
    load(async {
        let visit = visit();
        check_may_manage(&visit)?;
        let parent = visit.query("parent").unwrap_or_default();
        let fields_now = fields([("name", ""), ("parent", &parent), ("purpose", "")]);
        let (sheet, _) = refilled(&visit, "teams/new", fields_now).await?;
        let sheet = sheet.with_label("name", "field-team-name");
        let rows = teams::list(&store(), &visit.actor).await?;
        let form = form("/api/teams/create", None, &sheet, rows);
        Ok(view! {
            <Title text=tr("teams-new") />
            <div class="page narrow">
                <Crumbs above=vec![("/teams".to_owned(), tr("teams-title"))] />
                <h1>{tr("teams-new")}</h1>
                {form}
            </div>
        })
    })
}

/// The form for changing a team.
#[component]
pub fn TeamEditPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = teams::page(&store(), &visit.actor, &slug, 0).await?;
        check_may_manage(&visit)?;
        let parent = page.above.last().map(|team| team.slug.to_string()).unwrap_or_default();
        let fields_now = fields([("name", &page.team.name), ("parent", &parent), ("purpose", &page.purpose)]);
        let (sheet, _) = refilled(&visit, &format!("teams/edit/{slug}"), fields_now).await?;
        let sheet = sheet.with_label("name", "field-team-name");
        let rows = teams::list(&store(), &visit.actor).await?;
        let above = vec![("/teams".to_owned(), tr("teams-title")), (team_path(&slug), page.team.name)];
        let form = form("/api/teams/edit", Some(slug), &sheet, rows);
        Ok(view! {
            <Title text=tr("team-edit") />
            <div class="page narrow">
                <Crumbs above />
                <h1>{tr("team-edit")}</h1>
                {form}
            </div>
        })
    })
}

fn check_may_manage(visit: &Visit) -> Result<(), AppError> {
    match (visit.member.is_some(), may_manage(visit)) {
        (_, true) => Ok(()),
        (true, false) => Err(AppError::Forbidden),
        (false, false) => Err(AppError::SignIn),
    }
}

fn form(action: &'static str, slug: Option<Slug>, sheet: &Sheet, rows: Vec<TeamRow>) -> AnyView {
    let back = slug.as_ref().map_or_else(|| "/teams".to_owned(), team_path);
    let others = rows.into_iter().filter(|team| Some(&team.slug) != slug.as_ref());
    let others =
        others.map(|team| (team.slug.to_string(), format!("{}{}", "– ".repeat(team.depth), team.name)));
    let parents = std::iter::once((String::new(), tr("team-top"))).chain(others).collect();
    view! {
        <form method="post" action=action>
            {slug.is_none().then(|| view! { <input type="hidden" name="key" value=store::sign_in::new_token() /> })}
            {slug.map(|slug| view! { <input type="hidden" name="slug" value=slug.to_string() /> })}
            {sheet.summary()}
            {sheet.field("name", "field-team-name").needed().max(80).input("text")}
            {sheet.field("parent", "field-parent").select(parents)}
            {sheet.field("purpose", "field-purpose").help("help-team-purpose").max(400).area(3)}
            <div class="row">
                <button class="button">{tr("form-save")}</button>
                <a class="button plain" href=back>{tr("form-back")}</a>
            </div>
        </form>
    }
    .into_any()
}
