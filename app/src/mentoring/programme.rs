//! `/mentoring/programmes/{slug}`: what a programme is for, its rounds and its coordinators.

use domain::members::VisibleProfile;
use leptos::prelude::*;
use store::mentoring::{self, ProgrammePage as Page};

use super::{
    paths::{programme_path, slug_from_path},
    sheet::{round_card, stylesheet},
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    groups::pages::group_path,
    i18n,
    members::card::{member_path, picture_path},
    refill::refilled,
    ui::{Avatar, ButtonLink, Crumbs, Empty, Look, Paragraphs, Size, Title, load},
};

/// The page.
#[component]
pub fn ProgrammePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = mentoring::programme(&store(), &visit.actor, &slug).await?;
        stylesheet();
        let path = programme_path(slug.as_str());
        let edit = page.may_edit.then(|| {
            view! { <ButtonLink href=format!("{path}/edit") look=Look::Plain>{tr("mentoring-edit-programme")}</ButtonLink> }
        });
        let new_round = page.may_coordinate.then(|| {
            view! { <ButtonLink href=format!("{path}/rounds/new")>{tr("mentoring-new-round")}</ButtonLink> }
        });
        let coordinators = coordinators(&visit, &page).await?;
        Ok(view! {
            <Title text=page.card.name.clone() />
            <div class="page">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                <div class="page-head"><h1><bdi>{page.card.name.clone()}</bdi></h1>{edit}</div>
                {for_whom(&page)}
                <Paragraphs text=page.card.purpose.clone() />
                {page.may_coordinate.then(|| view! {
                    <div class="row">
                        <ButtonLink href=format!("{path}/pairs") look=Look::Plain>{tr("pairs-title")}</ButtonLink>
                        <ButtonLink href=format!("{path}/guide") look=Look::Plain>{tr("guide-edit")}</ButtonLink>
                    </div>
                })}
                <section aria-labelledby="rounds">
                    <div class="page-head"><h2 id="rounds">{tr("mentoring-rounds")}</h2>{new_round}</div>
                    {rounds(&visit, &page)}
                </section>
                {coordinators}
            </div>
        })
    })
}

/// Who can sign up.
fn for_whom(page: &Page) -> AnyView {
    match &page.card.group {
        Some(group) => view! {
            <p class="help">
                {tr("mentoring-for-group")} " " <a href=group_path(&group.slug)><bdi>{group.name.clone()}</bdi></a>
            </p>
        }
        .into_any(),
        None => view! { <p class="help">{tr("mentoring-for-everybody")}</p> }.into_any(),
    }
}

fn rounds(visit: &Visit, page: &Page) -> AnyView {
    if page.rounds.is_empty() {
        return view! { <Empty title=tr("mentoring-no-rounds") text=tr("mentoring-no-rounds-text") /> }
            .into_any();
    }
    let cards = page.rounds.iter().map(|round| round_card(visit, round)).collect_view();
    view! { <ul class="mentoring-rounds" role="list">{cards}</ul> }.into_any()
}

/// The coordinators, and for people who choose them, the forms.
async fn coordinators(visit: &Visit, page: &Page) -> Result<AnyView, AppError> {
    let slug = page.card.slug.to_string();
    let can_remove = page.may_edit && page.coordinators.len() > 1;
    let items = page.coordinators.iter().map(|person| coordinator(person, &slug, can_remove)).collect_view();
    let add = match page.may_edit {
        false => None,
        true => {
            let (sheet, _) =
                refilled(visit, &format!("mentoring/coordinator/{slug}"), Default::default()).await?;
            let sheet = sheet.with_label("person", "mentoring-person");
            Some(view! {
                <form method="post" action="/api/mentoring/add_coordinator">
                    <input type="hidden" name="slug" value=slug />
                    {sheet.summary()}
                    <div class="field-with-button">
                        {sheet
                            .field("person", "mentoring-person")
                            .help("help-mentoring-person")
                            .needed()
                            .max(200)
                            .complete("off")
                            .input("text")}
                        <button class="button plain">{tr("mentoring-add-coordinator")}</button>
                    </div>
                </form>
            })
        }
    };
    Ok(view! {
        <section class="narrow" aria-labelledby="coordinators">
            <h2 id="coordinators">{tr("mentoring-coordinators")}</h2>
            <p class="help">{tr("mentoring-coordinators-text")}</p>
            <ul class="rows" role="list">{items}</ul>
            {add}
        </section>
    }
    .into_any())
}

fn coordinator(person: &VisibleProfile, slug: &str, can_remove: bool) -> AnyView {
    let remove = can_remove.then(|| {
        let label = tr_with("mentoring-remove-name", &[("name", i18n::quote(person.name.clone()))]);
        view! {
            <form method="post" action="/api/mentoring/remove_coordinator">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="person" value=person.slug.to_string() />
                <button class="button plain small" aria-label=label>{tr("mentoring-remove")}</button>
            </form>
        }
    });
    view! {
        <li class="mentoring-person">
            <Avatar name=person.name.clone() size=Size::Small picture=picture_path(person) />
            <a href=member_path(&person.slug)><bdi>{person.name.clone()}</bdi></a>
            {remove}
        </li>
    }
    .into_any()
}
