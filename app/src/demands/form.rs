//! `/demands/new` and `/demands/{id}/edit`: the form of a learning request. If requests look alike, the page of a new one shows
//! them and asks.

use domain::{
    DemandId,
    demands::{DemandPlace, MAX_DEMAND_TEXT, MAX_DEMAND_TITLE},
    forms::Fields,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{demands, groups, lists};

use super::{
    card::{BOARD, demand_item, demand_path, edit_draft},
    islands::SimilarDemands,
};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    refill::refilled,
    ui::{Choice, Crumbs, Sheet, Title, load},
};

/// The page.
#[component]
pub fn NewDemandPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let param = |name: &str| (name.to_owned(), visit.query(name).unwrap_or_default());
        let start: Fields = [param("title"), param("group"), param("topic")].into();
        let (sheet, is_draft) = refilled(&visit, "demands/ask", start).await?;
        let sheet = labelled(sheet);
        let alike = if is_draft { alike(&visit, &sheet.value("title")).await? } else { None };
        let groups = groups::names(&store(), &visit.actor, false).await?.into_iter();
        let groups = groups.map(|group| (group.slug.to_string(), group.name));
        let groups = [(String::new(), tr("demand-no-group"))].into_iter().chain(groups).collect();
        let alike_island =
            view! { <SimilarDemands title=tr("demands-alike") text=tr("demands-alike-typing") /> };
        let group = sheet.field("group", "demand-group").help("help-demand-group").select(groups);
        let fields = fields(&sheet, Some(alike_island.into_any()), Some(group.into_any())).await?;
        let send = match alike {
            Some(_) => {
                view! { <button class="button" name="anyway" value="yes">{tr("demand-post-anyway")}</button> }
            }
            None => view! { <button class="button" name="anyway" value="">{tr("demand-post")}</button> },
        };
        Ok(view! {
            <Title text=tr("demand-ask") />
            <div class="page narrow">
                <Crumbs above=vec![(BOARD.to_owned(), tr("demands-title"))] />
                <h1>{tr("demand-ask")}</h1>
                <p class="lead">{tr("demand-ask-lead")}</p>
                {alike}
                <form method="post" action="/api/demands/ask">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {fields}
                    <div class="row">
                        {send}
                        <a class="button plain" href=BOARD>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// The form that changes one's own request.
#[component]
pub fn EditDemandPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(DemandId).ok_or(AppError::NotFound)?;
        let demand = demands::page(&store(), &visit.actor, id).await?;
        if !demand.can_edit {
            return Err(AppError::Forbidden);
        }
        let card = demand.card;
        let topic = card.topic.as_ref().map_or_else(String::new, |topic| topic.slug.to_string());
        let field = |name: &str, value: String| (name.to_owned(), value);
        let start: Fields = [
            field("title", card.title.clone()),
            field("text", card.text),
            field("topic", topic),
            field("place", card.place.name().to_owned()),
            field("city", card.city),
        ]
        .into();
        let (sheet, _) = refilled(&visit, &edit_draft(&id.to_string()), start).await?;
        let sheet = labelled(sheet);
        let fields = fields(&sheet, None, None).await?;
        let told = (card.supporters > 1 || card.is_claimed)
            .then(|| view! { <p class="notice">{tr("demand-edit-text")}</p> });
        let above = vec![(BOARD.to_owned(), tr("demands-title")), (demand_path(id), card.title)];
        Ok(view! {
            <Title text=tr("demand-edit") />
            <div class="page narrow">
                <Crumbs above />
                <h1>{tr("demand-edit")}</h1>
                {told}
                <form method="post" action="/api/demands/edit">
                    <input type="hidden" name="id" value=id.to_string() />
                    {fields}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=demand_path(id)>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

fn labelled(sheet: Sheet) -> Sheet {
    sheet
        .with_label("title", "demand-title")
        .with_label("text", "demand-text")
        .with_label("topic", "demand-topic")
        .with_label("group", "demand-group")
        .with_label("place", "demand-place")
        .with_label("city", "demand-city")
}

/// The fields of the form, with what follows the title and the topic.
async fn fields(
    sheet: &Sheet,
    after_title: Option<AnyView>,
    after_topic: Option<AnyView>,
) -> Result<AnyView, AppError> {
    let topics = lists::topics(&store()).await?.into_iter();
    let topics = topics.map(|topic| (topic.slug.to_string(), topic.name));
    let topics = [(String::new(), tr("demand-no-topic"))].into_iter().chain(topics).collect();
    let places = [
        (DemandPlace::Anywhere, "demand-place-anywhere"),
        (DemandPlace::Online, "demand-place-online"),
        (DemandPlace::City, "demand-place-city"),
    ];
    let places = places.map(|(place, key)| Choice::new(place.name(), tr(key))).into();
    Ok(view! {
        {sheet.summary()}
        {sheet.field("title", "demand-title").help("help-demand-title").needed().max(MAX_DEMAND_TITLE).input("text")}
        {after_title}
        {sheet.field("text", "demand-text").help("help-demand-text").max(MAX_DEMAND_TEXT).area(3)}
        {sheet.field("topic", "demand-topic").select(topics)}
        {after_topic}
        {sheet.field("place", "demand-place").radios(places)}
        <div class="only-city">{sheet.field("city", "demand-city").depends().max(80).input("text")}</div>
    }
    .into_any())
}

/// Open requests that look like what was typed, each with its button.
async fn alike(visit: &Visit, title: &str) -> Result<Option<AnyView>, AppError> {
    let found = demands::similar(&store(), &visit.actor, title).await?;
    Ok((!found.is_empty()).then(|| {
        let items = found.iter().map(|card| demand_item(visit, card, "")).collect_view();
        view! {
            <section aria-labelledby="alike">
                <h2 id="alike">{tr("demands-alike")}</h2>
                <p>{tr("demands-alike-text")}</p>
                <ul class="demands" role="list">{items}</ul>
            </section>
        }
        .into_any()
    }))
}
