//! `/mentoring/mentorships/{id}`: what is next, meetings, the agreement, goals and notes. For the two only.

use domain::{
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{Cadence, Goal, NextStep},
};
use leptos::prelude::*;
use store::mentorships::{self, MentorshipPage as Pair};

use super::{
    check_in::check_in_form,
    finish::graduation,
    meetings::meetings,
    next::{next_link, next_sentence},
    paths::{below, draft_name, mentorship_from_path},
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_path,
    mentoring::{
        paths::programme_path,
        sheet::{day, stylesheet},
    },
    refill::refilled,
    ui::{
        Badge, ButtonLink, Choice, Crumbs, Look, Markdown, Paragraphs, Shape, Sheet, Title, Tone, load,
        time_of,
    },
};

/// The page.
#[component]
pub fn MentorshipPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        let (note, _) = refilled(
            &visit,
            &draft_name(&id.to_string(), "note"),
            [("shared".to_owned(), "shared".to_owned())].into(),
        )
        .await?;
        stylesheet();
        let title = title(&pair);
        let is_over = pair.state == MentorshipState::Ended;
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                <p>{badge(pair.state)}</p>
                <h1>{title}</h1>
                {lead(&pair)}
                {next(&visit, &pair)}
                {is_over.then(|| graduation(&pair))}
                {meetings(&visit, &pair)}
                {agreement(&pair)}
                {goals(&pair)}
                {notes(&visit, &pair, &note)}
                {guide(&pair)}
                {end(&pair)}
            </div>
        })
    })
}

/// The name of the other one, or that they are gone.
#[must_use]
pub fn partner(pair: &Pair) -> String {
    pair.partner.as_ref().map_or_else(|| tr("mentorship-nobody"), |partner| partner.name.clone())
}

fn title(pair: &Pair) -> String {
    title_with(pair.partner.as_ref().map_or("", |partner| &partner.name))
}

/// The title of a mentorship with the other one, whose name is empty after they were erased.
pub(super) fn title_with(partner: &str) -> String {
    match partner.is_empty() {
        true => tr("mentorship-title-nobody"),
        false => tr_with("mentorship-title", &[("partner", i18n::quote(partner.to_owned()))]),
    }
}

/// The badge of a mentorship.
#[must_use]
pub fn badge(state: MentorshipState) -> AnyView {
    let (tone, key) = match state {
        MentorshipState::Active => (Tone::Good, "mentorship-state-active"),
        MentorshipState::Paused => (Tone::Brass, "mentorship-state-paused"),
        MentorshipState::Ended => (Tone::Quiet, "mentorship-state-ended"),
    };
    view! { <Badge tone>{tr(key)}</Badge> }.into_any()
}

/// Who the other one is, how to reach them, and until when.
fn lead(pair: &Pair) -> AnyView {
    let key = match pair.side {
        SignUpRole::Mentee => "mentorship-lead-mentee",
        SignUpRole::Mentor => "mentorship-lead-mentor",
    };
    let name = i18n::quote(partner(pair));
    let lead = tr_with(key, &[("partner", name), ("programme", i18n::quote(pair.programme.1.clone()))]);
    let profile = pair.partner.as_ref().map(|partner| {
        view! { <a href=member_path(&partner.slug)>{tr("mentorship-profile")}</a> " · " }
    });
    let address = pair.address.clone().filter(|_| pair.state != MentorshipState::Ended).map(|address| {
        let to = format!("mailto:{address}");
        view! { <a href=to>{address}</a> " · " }
    });
    let kudos = pair.partner.as_ref().map(|partner| {
        view! { " · " <a href=format!("/kudos/new?to={}", partner.slug)>{tr("kudos-give")}</a> }
    });
    let city = tr_with("proposal-zone", &[("city", i18n::quote(pair.zones.1.city()))]);
    view! {
        <p class="lead">{lead}</p>
        <p class="help">
            {profile} {address} {city} " · " {tr("mentorship-until")} " " {day(pair.ends_on)} " · "
            <a href=programme_path(pair.programme.0.as_str())>{tr("mentorship-programme")}</a>
        </p>
        <p><a href=below(pair.id, "messages")>{tr("mentorship-messages")}</a> {kudos}</p>
    }
    .into_any()
}

/// What comes next, in one line.
fn next(visit: &Visit, pair: &Pair) -> AnyView {
    let sentence = next_sentence(visit, pair.next, &partner(pair));
    let link = next_link(pair.id, pair.next)
        .map(|(to, key)| view! { <p><ButtonLink href=to>{tr(key)}</ButtonLink></p> });
    let check_in = match pair.next {
        NextStep::CheckIn(check_in, kind) => Some(check_in_form(pair.id, check_in, kind)),
        _ => None,
    };
    // The form replaces the link to itself.
    let link = if check_in.is_some() { None } else { link };
    view! {
        <section class="mentorship-next" aria-labelledby="next">
            <h2 id="next">{tr("mentorship-next")}</h2>
            <p class="seat-state">{sentence}</p>
            {link}
            {check_in}
        </section>
    }
    .into_any()
}

/// The key of how often a pair meets.
#[must_use]
pub fn cadence_key(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Weekly => "cadence-weekly",
        Cadence::Fortnightly => "cadence-fortnightly",
        Cadence::Monthly => "cadence-monthly",
    }
}

fn agreement(pair: &Pair) -> AnyView {
    let is_active = pair.state == MentorshipState::Active;
    let edit = |key: &'static str| {
        is_active.then(
            || view! { <ButtonLink href=below(pair.id, "agreement") look=Look::Plain>{tr(key)}</ButtonLink> },
        )
    };
    let body = match &pair.agreement {
        None => view! { <p>{tr("agreement-none")}</p> {edit("agreement-write")} }.into_any(),
        Some((agreement, by_mentee, by_mentor, version)) => {
            let (mine, other) = match pair.side {
                SignUpRole::Mentee => (*by_mentee, *by_mentor),
                SignUpRole::Mentor => (*by_mentor, *by_mentee),
            };
            let state = match (mine, other) {
                (true, true) => "agreement-both",
                (true, false) => "agreement-waits",
                (false, _) => "agreement-asks-you",
            };
            let agree = (is_active && !mine).then(|| {
                view! {
                    <form method="post" action="/api/mentorships/agree">
                        <input type="hidden" name="id" value=pair.id.to_string() />
                        <input type="hidden" name="version" value=version.to_string() />
                        <button class="button">{tr("agreement-agree")}</button>
                    </form>
                }
            });
            let facts = [
                ("agreement-cadence", tr(cadence_key(agreement.cadence))),
                ("agreement-channel", agreement.channel.clone()),
                ("agreement-confidentiality", agreement.confidentiality.clone()),
                ("agreement-ending", agreement.ending.clone()),
            ];
            let facts = facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| {
                view! { <dt>{tr(key)}</dt><dd class="plain-text">{text}</dd> }
            });
            view! {
                <p class="help">{tr(state)}</p>
                <dl class="mentoring-facts">{facts.collect_view()}</dl>
                <div class="row">{agree} {edit("agreement-edit")}</div>
            }
            .into_any()
        }
    };
    view! {
        <section class="part" aria-labelledby="agreement">
            <h2 id="agreement">{tr("agreement-title")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn goals(pair: &Pair) -> AnyView {
    let is_active = pair.state == MentorshipState::Active;
    let first = (!pair.first_goal.is_empty()).then(|| {
        view! { <p class="help">{tr("goal-from-sign-up")}</p> <Paragraphs text=pair.first_goal.clone() /> }
    });
    let items = pair.goals.iter().map(|goal| goal_item(pair, goal, is_active));
    let add = is_active.then(|| {
        view! { <p><ButtonLink href=below(pair.id, "goal") look=Look::Plain>{tr("goal-add")}</ButtonLink></p> }
    });
    let none = pair.goals.is_empty().then(|| view! { <p>{tr("goal-none")}</p> });
    view! {
        <section class="part" aria-labelledby="goals">
            <h2 id="goals">{tr("goal-title")}</h2>
            <p class="help">{tr("goal-privacy")}</p>
            {first}
            {none}
            <ul class="mentorship-goals" role="list">{items.collect_view()}</ul>
            {add}
        </section>
    }
    .into_any()
}

fn goal_item(pair: &Pair, goal: &Goal, is_active: bool) -> AnyView {
    let id = goal.id.map(|id| id.to_string()).unwrap_or_default();
    let label = tr_with("goal-progress-of", &[("percent", i18n::number(i64::from(goal.progress)))]);
    let due = goal.due_on.map(|date| view! { <p class="help">{tr("goal-due")} " " {day(date)}</p> });
    let text = |key: &'static str, text: &str| {
        (!text.is_empty()).then(|| {
            view! { <p><strong>{tr(key)}</strong> " " <span class="plain-text">{text.to_owned()}</span></p> }
        })
    };
    let edit = is_active.then(|| {
        view! { <p><a href=format!("{}?goal={id}", below(pair.id, "goal"))>{tr("goal-edit")}</a></p> }
    });
    view! {
        <li>
            <h3>{goal.title.clone()}</h3>
            <p class="row"><progress max="100" value=goal.progress.to_string() aria-label=label.clone()></progress> <span>{label}</span></p>
            {due} {text("goal-why-label", &goal.why)} {text("goal-evidence-label", &goal.evidence)} {edit}
        </li>
    }
    .into_any()
}

fn notes(visit: &Visit, pair: &Pair, sheet: &Sheet) -> AnyView {
    let items = pair.notes.iter().map(|note| {
        let (tone, key) = match note.is_shared {
            true => (Tone::Good, "note-shared"),
            false => (Tone::Quiet, "note-private"),
        };
        let author = match note.is_own {
            true => tr("note-by-you"),
            false => tr_with("note-by", &[("partner", i18n::quote(partner(pair)))]),
        };
        let remove = note.is_own.then(|| {
            view! {
                <form method="post" action="/api/mentorships/remove_note">
                    <input type="hidden" name="id" value=pair.id.to_string() />
                    <input type="hidden" name="note" value=note.id.to_string() />
                    <button class="quiet">{tr("note-remove")}</button>
                </form>
            }
        });
        view! {
            <li>
                <p class="help">{author} " · " {time_of(note.at, visit.zone, Shape::DateTimeYear)} " " <Badge tone>{tr(key)}</Badge></p>
                <Paragraphs text=note.text.clone() />
                {remove}
            </li>
        }
    });
    let choices = vec![
        Choice::new("shared", tr("note-choice-shared")),
        Choice::new("private", tr("note-choice-private")),
    ];
    let sheet = sheet.clone().with_label("note", "note-text").with_label("shared", "note-choice");
    view! {
        <section class="part" aria-labelledby="notes">
            <h2 id="notes">{tr("note-title")}</h2>
            <p class="help">{tr("note-privacy")}</p>
            <ul class="mentorship-notes" role="list">{items.collect_view()}</ul>
            <form method="post" action="/api/mentorships/note">
                <input type="hidden" name="id" value=pair.id.to_string() />
                <input type="hidden" name="key" value=store::sign_in::new_token() />
                {sheet.summary()}
                {sheet.field("note", "note-text").needed().max(domain::mentorships::MAX_NOTE).area(4)}
                {sheet.field("shared", "note-choice").needed().radios(choices)}
                <button class="button plain">{tr("note-add")}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The guide of the programme for first meetings.
fn guide(pair: &Pair) -> Option<AnyView> {
    (!pair.guide.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="guide">
                <h2 id="guide">{tr("guide-title")}</h2>
                <Markdown text=pair.guide.clone() />
            </section>
        }
        .into_any()
    })
}

fn end(pair: &Pair) -> Option<AnyView> {
    (pair.state != MentorshipState::Ended).then(|| {
        view! {
            <section class="part" aria-labelledby="end">
                <h2 id="end">{tr("end-title")}</h2>
                <p>{tr("end-text")}</p>
                <p><ButtonLink href=below(pair.id, "end") look=Look::Plain>{tr("end-open")}</ButtonLink></p>
            </section>
        }
        .into_any()
    })
}
