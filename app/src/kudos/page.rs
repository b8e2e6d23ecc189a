//! `/kudos/{id}`: one card with what the reader may do about it. `/kudos/{id}/edit`: the form that changes it.

use domain::{
    KudosId,
    comments::Place,
    kudos::{KudosVisibility, TEXT_LENGTH, may_edit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use markup::markdown;
use store::{
    StoreError,
    kudos::{self, Kudos},
};

use super::{
    card::{card, kudos_path},
    give::counter,
    wall::script,
};
use crate::{
    comments::section::section,
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::sections::fields,
    refill::refilled,
    ui::{ButtonLink, Choice, Crumbs, Look, Title, load},
};

/// The id in the path.
fn id_from_path() -> Result<KudosId, AppError> {
    let id = use_params_map().with_untracked(|params| params.get("id"));
    id.and_then(|id| id.parse().ok()).map(KudosId).ok_or(AppError::NotFound)
}

/// One card.
#[component]
pub fn KudosPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let (store, visit) = (store(), visit());
        let id = id?;
        let kudos = match kudos::get(&store, &visit.actor, id).await {
            Err(StoreError::NotFound) if kudos::is_on_hold(&store, &visit.actor, id).await? => {
                return Ok(on_hold());
            }
            found => found?,
        };
        let title = title(&kudos);
        let comments = section(&visit, Place::Kudos(kudos.id)).await?;
        let is_added = !kudos.added.is_empty() || kudos.added_others > 0;
        let may_edit = !is_added && may_edit(kudos.given_at, store.now()).is_ok();
        let page = view! {
            {head(title, &kudos)}
            <div class="page narrow">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
                <h1 class="sr-only">{tr("kudos-title")}</h1>
                <div class="kudos one">{card(&visit, &kudos)}</div>
                {of_giver(&kudos, may_edit)}
                {of_recipient(&kudos)}
                {thanks_form(&visit, &kudos)}
                {give_link(&visit, &kudos)}
                {comments}
            </div>
            {script()}
        };
        Ok(page.into_any())
    })
}

/// What the giver and the recipients see while their kudos are hidden. Everybody else gets the same error page as for kudos that don't exist.
fn on_hold() -> AnyView {
    view! {
        <Title text=tr("kudos-on-hold") />
        <div class="page narrow">
            <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
            <h1>{tr("kudos-on-hold")}</h1>
            <p class="lead">{tr("kudos-on-hold-text")}</p>
        </div>
    }
    .into_any()
}

/// The title and the preview for other sites. Public kudos have a picture.
fn head(title: String, kudos: &Kudos) -> AnyView {
    let about = markdown::text(&kudos.text);
    if kudos.visibility != KudosVisibility::Public {
        return view! { <Title text=title about=about /> }.into_any();
    }
    let alternative = tr_with(
        "kudos-card-alt",
        &[("title", i18n::quote(title.clone())), ("text", i18n::quote(about.clone()))],
    );
    let picture = (format!("{}/card.png", kudos_path(kudos.id)), alternative);
    view! { <Title text=title about=about picture=picture /> }.into_any()
}

/// The title: to the first recipient, and to how many more.
fn title(kudos: &Kudos) -> String {
    let first = kudos.to.first().map(|person| person.name.clone());
    let first = first.or_else(|| kudos.team.as_ref().map(|team| team.name.clone()));
    match first {
        Some(name) => tr_with("kudos-page-title", &[("name", i18n::quote(name))]),
        None => tr("kudos-title"),
    }
}

/// What the giver can do: edit for a while, retract at any time.
fn of_giver(kudos: &Kudos, may_edit: bool) -> Option<AnyView> {
    kudos.mine.then(|| {
        let edit = may_edit.then(|| {
            let to = format!("{}/edit", kudos_path(kudos.id));
            view! { <ButtonLink href=to look=Look::Plain>{tr("kudos-edit")}</ButtonLink> }
        });
        let help = may_edit.then(|| view! { <p class="help">{tr("kudos-edit-help")}</p> });
        view! {
            <section class="part">
                <h2>{tr("kudos-yours")}</h2>
                {help}
                <div class="row">{edit}</div>
                <details class="disclosure">
                    <summary>{tr("kudos-retract")}</summary>
                    <p>{tr("kudos-retract-text")}</p>
                    <form method="post" action="/api/kudos/retract">
                        <input type="hidden" name="id" value=kudos.id.to_string() />
                        <button class="button danger">{tr("kudos-retract")}</button>
                    </form>
                </details>
            </section>
        }
        .into_any()
    })
}

/// What a recipient can do: hide and come back.
fn of_recipient(kudos: &Kudos) -> Option<AnyView> {
    kudos.hidden_by_me.map(|hidden| {
        let alone = kudos.to.len() + usize::try_from(kudos.to_others).unwrap_or(0) == 1 && !kudos.to_team;
        let (text, button) = match (hidden, alone) {
            (true, true) => ("kudos-hidden-text", "kudos-show"),
            (true, false) => ("kudos-hidden-me-text", "kudos-show-me"),
            (false, true) => ("kudos-hide-text", "kudos-hide"),
            (false, false) => ("kudos-hide-me-text", "kudos-hide-me"),
        };
        view! {
            <section class="part">
                <h2>{tr("kudos-to-you")}</h2>
                <p>{tr(text)}</p>
                <form method="post" action="/api/kudos/hide">
                    <input type="hidden" name="id" value=kudos.id.to_string() />
                    <input type="hidden" name="hidden" value=if hidden { "no" } else { "yes" } />
                    <button class="button plain">{tr(button)}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

/// The form that adds the reader's thanks to kudos of somebody else, or takes them back.
fn thanks_form(visit: &Visit, kudos: &Kudos) -> Option<AnyView> {
    let is_other = visit.member.is_some() && !kudos.mine && kudos.hidden_by_me.is_none();
    is_other.then(|| {
        let (wanted, key, look) = match kudos.added_by_me {
            true => ("no", "kudos-thank-undo", "button plain"),
            false => ("yes", "kudos-thank", "button"),
        };
        view! {
            <form method="post" action="/api/kudos/thank">
                <input type="hidden" name="id" value=kudos.id.to_string() />
                <input type="hidden" name="wanted" value=wanted />
                <button class=look>{tr(key)}</button>
                <p class="help">{tr("kudos-thank-help")}</p>
            </form>
        }
        .into_any()
    })
}

fn give_link(visit: &Visit, kudos: &Kudos) -> Option<AnyView> {
    let person = kudos.to.first().filter(|_| visit.member.is_some() && kudos.hidden_by_me.is_none())?;
    let to = format!("/kudos/new?to={}", person.slug);
    let text = tr_with("kudos-give-to", &[("name", i18n::quote(person.name.clone()))]);
    Some(view! { <p><ButtonLink href=to look=Look::Plain>{text}</ButtonLink></p> }.into_any())
}

/// The key of the draft of the form that changes kudos.
#[must_use]
pub fn edit_draft(id: &str) -> String {
    format!("kudos/edit/{id}")
}

/// The form that changes the text and the values.
#[component]
pub fn EditKudosPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let (store, visit, id) = (store(), visit(), id?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let kudos = kudos::edit_form(&store, &visit.actor, id).await?;
        let chosen: Vec<&str> = kudos.values.iter().map(|value| value.slug.as_str()).collect();
        let now = fields([("text", &kudos.text), ("values", &chosen.join(" "))]);
        let (sheet, _) = refilled(&visit, &edit_draft(&id.to_string()), now).await?;
        let sheet = sheet.with_label("text", "kudos-text").with_label("values", "kudos-values");
        let values = kudos::values(&store).await?;
        let values =
            values.into_iter().map(|value| Choice::new(value.slug.to_string(), value.name)).collect();
        let page = kudos_path(id);
        Ok(view! {
            <Title text=tr("kudos-edit") />
            <div class="page narrow">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title")), (page.clone(), title(&kudos))] />
                <h1>{tr("kudos-edit")}</h1>
                <p class="lead">{tr("kudos-edit-help")}</p>
                <form method="post" action="/api/kudos/edit">
                    <input type="hidden" name="id" value=id.to_string() />
                    {sheet.summary()}
                    {sheet.field("text", "kudos-text").needed().help("help-kudos-text").max(TEXT_LENGTH.1).area(5)}
                    {counter()}
                    {sheet.field("values", "kudos-values").needed().help("help-kudos-values").checks(values)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=page>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
            {script()}
        })
    })
}
