//! `/demands/{id}`: a learning request, who wants it, who can teach it, and what the reader can do.

use domain::{
    DemandId,
    demands::{DemandChange, DemandState, MAX_CLAIM_NOTE},
    events::EventStatus,
    forms::Fields,
    policy::demands::DemandRelation,
    reports::ReportKind,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{
    demands::{self, DemandPage as Demand},
    groups::{self, GroupName},
};

use super::card::{
    BOARD, decline_draft, demand_badge, demand_path, edit_path, meta, speaker_draft, support_form, wanted,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{event_path, list::may_create},
    i18n,
    refill::refilled,
    reports::pages::Report,
    ui::{Crumbs, Paragraphs, Sheet, Title, load},
};

/// The page.
#[component]
pub fn DemandPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(DemandId).ok_or(AppError::NotFound)?;
        let demand = demands::page(&store(), &visit.actor, id).await?;
        let card = &demand.card;
        let known: Fields = [("note".to_owned(), demand.note.clone())].into();
        let start = if card.is_speaker { known } else { Fields::new() };
        let (sheet, _) = refilled(&visit, &speaker_draft(&id.to_string()), start).await?;
        let schedule = if demand.can_schedule { Some(schedule(&visit, &demand).await?) } else { None };
        let text = (!card.text.is_empty()).then(|| view! { <Paragraphs text=card.text.clone() /> });
        let report = (!card.is_own)
            .then(|| view! { <p><Report kind=ReportKind::Demand id=card.id.to_string() /></p> });
        Ok(view! {
            <Title text=card.title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![(BOARD.to_owned(), tr("demands-title"))] />
                {demand_badge(card).map(|badge| view! { <p>{badge}</p> })}
                <h1><bdi>{card.title.clone()}</bdi></h1>
                {meta(&visit, card)}
                {text}
                {state_notice(&demand)}
                {event_link(&demand)}
                {people(&demand)}
                {teaching(&demand, &sheet)}
                {schedule}
                {changes(&demand)}
                {report}
            </div>
        })
    })
}

/// Says why it is not on the board.
fn state_notice(demand: &Demand) -> Option<AnyView> {
    let key = match demand.card.state {
        DemandState::Open if demand.card.is_hidden => "demand-hidden",
        DemandState::Open | DemandState::Scheduled => return None,
        DemandState::Withdrawn => "demand-withdrawn",
        DemandState::Removed => "demand-removed",
    };
    Some(view! { <p class="notice">{tr(key)}</p> }.into_any())
}

fn event_link(demand: &Demand) -> Option<AnyView> {
    let event = demand.card.event.as_ref();
    let Some(event) = event else {
        let became = demand.card.state == DemandState::Scheduled;
        return became.then(|| view! { <p class="notice">{tr("demand-became-hidden")}</p> }.into_any());
    };
    let key = match event.status {
        EventStatus::Draft => "demand-draft",
        EventStatus::Published => "demand-became",
        EventStatus::Cancelled => "demand-became-cancelled",
    };
    Some(
        view! {
            <p class="notice">{tr(key)} " " <a href=event_path(&event.slug)><bdi>{event.title.clone()}</bdi></a></p>
        }
        .into_any(),
    )
}

/// Who wants it. Members who hide their name are only counted.
fn people(demand: &Demand) -> AnyView {
    let card = &demand.card;
    let hidden = card.supporters.saturating_sub(demand.names.len() as u64);
    let names = demand.names.iter().map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }).collect_view();
    let others = (hidden > 0).then(|| {
        let count = i18n::number(i64::try_from(hidden).unwrap_or(i64::MAX));
        view! { <li>{tr_with("demand-others", &[("count", count)])}</li> }
    });
    let back = demand_path(card.id);
    let button = demand.can_support.then(|| support_form(card, &back));
    view! {
        <section aria-labelledby="wanted">
            <h2 id="wanted">{wanted(card.supporters)}</h2>
            <ul class="demand-names" role="list">{names} {others}</ul>
            {button}
        </section>
    }
    .into_any()
}

/// The speaker, and the form for one.
fn teaching(demand: &Demand, sheet: &Sheet) -> Option<AnyView> {
    let card = &demand.card;
    let speaker = card.is_claimed.then(|| {
        let text = match (card.is_speaker, &card.speaker) {
            (true, _) => tr("demand-taught-by-you"),
            (false, Some(name)) => tr_with("demand-taught-by", &[("name", i18n::quote(name.clone()))]),
            (false, None) => tr("demand-taught-by-somebody"),
        };
        view! { <p>{text}</p> <blockquote><Paragraphs text=demand.note.clone() /></blockquote> }
    });
    let host = demand.host.as_ref().map(|group| {
        let name = ("group", i18n::quote(group.name.clone()));
        view! { <p>{tr_with("demand-host-asked", &[name])}</p> }
    });
    let declined = demand.declined.as_ref().map(|(group, why)| {
        let text = match group {
            Some(group) => tr_with("demand-host-declined", &[("group", i18n::quote(group.name.clone()))]),
            None => tr("demand-host-declined-hidden"),
        };
        let why =
            (!why.is_empty()).then(|| view! { <blockquote><Paragraphs text=why.clone() /></blockquote> });
        view! { <div class="notice"><p>{text}</p> {why}</div> }
    });
    let sheet = sheet.clone().with_label("note", "demand-note");
    let (key, class) = match card.is_speaker {
        true => ("demand-change-note", "button plain"),
        false => ("demand-claim", "button"),
    };
    let form = demand.can_claim.then(|| {
        view! {
            <form method="post" action="/api/demands/claim">
                <input type="hidden" name="id" value=card.id.to_string() />
                {sheet.summary()}
                {sheet.field("note", "demand-note").help("help-demand-note").needed().max(MAX_CLAIM_NOTE).area(3)}
                <button class=class>{tr(key)}</button>
            </form>
        }
    });
    let release = demand.can_release.then(|| {
        let key = if card.is_speaker { "demand-give-back" } else { "demand-put-back" };
        view! {
            <form method="post" action="/api/demands/release">
                <input type="hidden" name="id" value=card.id.to_string() />
                <button class="button plain">{tr(key)}</button>
            </form>
        }
    });
    let nothing = speaker.is_none() && form.is_none();
    (!nothing || card.state == DemandState::Open).then(|| {
        let nobody = nothing.then(|| view! { <p class="help">{tr("demand-nobody")}</p> });
        view! {
            <section aria-labelledby="teaching">
                <h2 id="teaching">{tr("demand-teaching")}</h2>
                {speaker}
                {host}
                {declined}
                {nobody}
                {form}
                {release}
            </section>
        }
        .into_any()
    })
}

/// How it becomes an event: hosted by a group of the reader's, or by one that they ask.
async fn schedule(visit: &Visit, demand: &Demand) -> Result<AnyView, AppError> {
    let own = groups::for_new_event(&store(), &visit.actor).await?;
    let is_speaker = demand.relation == DemandRelation::Claimant;
    let make = make_form(visit, demand, &own);
    let ask = match is_speaker {
        true => ask_form(visit, demand, &own).await?,
        false => None,
    };
    let decline = if demand.can_decline { Some(decline_form(visit, demand).await?) } else { None };
    let lead = if is_speaker { "demand-schedule-text" } else { "demand-schedule-host-text" };
    Ok(view! {
        <section aria-labelledby="schedule">
            <h2 id="schedule">{tr("demand-schedule")}</h2>
            <p>{tr(lead)}</p>
            {make}
            {ask}
            {decline}
        </section>
    }
    .into_any())
}

fn make_form(visit: &Visit, demand: &Demand, own: &[GroupName]) -> Option<AnyView> {
    let may_have_none = may_create(visit);
    (may_have_none || !own.is_empty()).then(|| {
        let first = demand.host.as_ref().or(demand.card.group.as_ref()).map(|group| group.slug.to_string());
        let first = first.filter(|slug| own.iter().any(|group| group.slug.as_str() == slug));
        let sheet = Sheet::filled([("group".to_owned(), first.unwrap_or_default())].into(), visit.locale);
        let none = may_have_none.then(|| (String::new(), tr("field-group-none")));
        let groups = own.iter().map(|group| (group.slug.to_string(), group.name.clone()));
        let groups = none.into_iter().chain(groups).collect();
        view! {
            <form method="post" action="/api/demands/make_event">
                <input type="hidden" name="id" value=demand.card.id.to_string() />
                {sheet.field("group", "demand-hosting-group").needed().select(groups)}
                <button class="button">{tr("demand-make-event")}</button>
            </form>
        }
        .into_any()
    })
}

async fn ask_form(visit: &Visit, demand: &Demand, own: &[GroupName]) -> Result<Option<AnyView>, AppError> {
    let mut others = groups::names(&store(), &visit.actor, false).await?;
    others.retain(|group| own.iter().all(|one| one.slug != group.slug));
    Ok((!others.is_empty()).then(|| {
        let asked = demand.host.as_ref().map_or_else(String::new, |group| group.slug.to_string());
        let sheet = Sheet::filled([("group".to_owned(), asked)].into(), visit.locale);
        let options = others.into_iter().map(|group| (group.slug.to_string(), group.name)).map(|(slug, name)| {
            let selected = sheet.value("group") == slug;
            view! { <option value=slug selected=selected>{name}</option> }
        });
        view! {
            <form method="post" action="/api/demands/ask_host">
                <input type="hidden" name="id" value=demand.card.id.to_string() />
                <div class="field">
                    <label for="f-host">{tr("demand-ask-group")}</label>
                    <select id="f-host" name="group" aria-describedby="h-host">{options.collect_view()}</select>
                    <p class="help" id="h-host">{tr("help-demand-ask-group")}</p>
                </div>
                <button class="button plain">{tr("demand-ask-host")}</button>
            </form>
        }
        .into_any()
    }))
}

/// The form with which a group that was asked says why it can't host. Open when something was typed.
async fn decline_form(visit: &Visit, demand: &Demand) -> Result<AnyView, AppError> {
    let (sheet, is_draft) =
        refilled(visit, &decline_draft(&demand.card.id.to_string()), Fields::new()).await?;
    let sheet = sheet.with_label("note", "demand-decline-note");
    Ok(view! {
        <details class="disclosure" open=is_draft>
            <summary>{tr("demand-decline-open")}</summary>
            <form method="post" action="/api/demands/decline_host">
                <input type="hidden" name="id" value=demand.card.id.to_string() />
                {sheet.summary()}
                {sheet.field("note", "demand-decline-note").help("help-demand-decline-note").needed().max(MAX_CLAIM_NOTE).area(3)}
                <button class="button plain">{tr("demand-decline")}</button>
            </form>
        </details>
    }
    .into_any())
}

/// Changing it, taking it back, and moderating it.
fn changes(demand: &Demand) -> Option<AnyView> {
    let edit = demand.can_edit.then(|| {
        view! { <a class="button plain" href=edit_path(demand.card.id)>{tr("demand-edit")}</a> }
    });

    let is_removed = demand.card.state == DemandState::Removed;
    let buttons = [
        (demand.can_withdraw, DemandChange::Withdraw, "demand-withdraw"),
        (demand.can_reopen, DemandChange::Reopen, "demand-reopen"),
        (demand.can_moderate && !is_removed, DemandChange::Remove, "demand-remove"),
        (demand.can_moderate && is_removed, DemandChange::Restore, "demand-restore"),
    ];
    let buttons: Vec<_> = buttons
        .into_iter()
        .filter(|(can, ..)| *can)
        .map(|(_, change, key)| {
            view! { <button class="button plain" name="act" value=change.name()>{tr(key)}</button> }
        })
        .collect();
    (!buttons.is_empty()).then(|| {
        view! {
            <form method="post" action="/api/demands/change">
                <input type="hidden" name="id" value=demand.card.id.to_string() />
                <div class="row">{edit} {buttons}</div>
            </form>
        }
        .into_any()
    })
}
