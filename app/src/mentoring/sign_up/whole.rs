//! What we have about the author of a sign-up, and the buttons that send and withdraw it (M5).

use domain::mentoring::{
    MissingPart, PreferenceKind, Question, SignUp, SignUpRole, SignUpState, SignUpStep, SignUpWindow,
};
use leptos::prelude::*;
use store::mentoring::SignUpForm;

use super::{
    hours::{day_name, hour_name},
    keys, step_path,
};
use crate::{
    context::{Visit, count, tr, tr_with},
    i18n,
    mentoring::sheet::{day, sign_up_badge},
};

/// The page.
pub(super) fn view(visit: &Visit, form: &SignUpForm) -> AnyView {
    let sign_up = &form.sign_up;
    let missing = sign_up.missing(&form.round.questions);
    let badge = form.is_started.then(|| view! { <p>{sign_up_badge(sign_up.role, sign_up.state)}</p> });
    view! {
        {badge}
        <p class="lead">{tr(lead(form))}</p>
        {(form.fixed.is_none()).then(|| missing_parts(form, &missing))}
        {everything(form)}
        {visibility(sign_up.role)}
        {send(visit, form, &missing)}
        {withdraw(form)}
    }
    .into_any()
}

fn lead(form: &SignUpForm) -> &'static str {
    match (form.sign_up.state, form.round.card.window) {
        (SignUpState::Submitted, SignUpWindow::Open) => "mentoring-whole-sent",
        (SignUpState::Submitted, _) => "mentoring-whole-fixed",
        (_, SignUpWindow::Late) => "mentoring-whole-late",
        (_, SignUpWindow::Over | SignUpWindow::NotYet) => "mentoring-whole-over",
        (_, SignUpWindow::Open) => "mentoring-whole-check",
    }
}

/// Links to the steps in which something is missing.
fn missing_parts(form: &SignUpForm, missing: &[MissingPart]) -> Option<AnyView> {
    (!missing.is_empty()).then(|| {
        let items = missing.iter().map(|part| {
            let to = step_path(form.round.card.slug.as_str(), form.sign_up.role, part.step());
            view! { <li><a href=to>{tr(&format!("mentoring-missing-{}", part.name().replace('_', "-")))}</a></li> }
        });
        view! {
            <div class="notice">
                <p>{tr("mentoring-missing")}</p>
                <ul>{items.collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// Everything that the run reads, by step.
fn everything(form: &SignUpForm) -> AnyView {
    let sign_up = &form.sign_up;
    let steps = SignUpStep::ALL.iter().map(|step| {
        let id = format!("part-{}", step.name());
        let label = super::step_label(sign_up.role, *step);
        let edit = form.fixed.is_none().then(|| {
            let to = step_path(form.round.card.slug.as_str(), sign_up.role, *step);
            let name = tr_with("mentoring-change-step", &[("step", i18n::quote(label.clone()))]);
            view! { <a href=to aria-label=name>{tr("mentoring-change")}</a> }
        });
        let facts = match step {
            SignUpStep::About => about_facts(sign_up, &form.round.questions),
            SignUpStep::Hours => hours_facts(sign_up),
            SignUpStep::People => people(form),
        };
        let facts =
            facts.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect_view();
        view! {
            <section class="part" aria-labelledby=id.clone()>
                <div class="page-head"><h2 id=id.clone()>{label}</h2>{edit}</div>
                <dl class="mentoring-facts">{facts}</dl>
            </section>
        }
    });
    steps.collect_view().into_any()
}

/// Labels and values.
pub type Facts = Vec<(String, AnyView)>;

/// A text, or a dash when it is empty.
fn or_dash(text: String) -> AnyView {
    if text.is_empty() { "–".into_any() } else { view! { <bdi>{text}</bdi> }.into_any() }
}

/// The facts of the first step.
#[must_use]
pub fn about_facts(sign_up: &SignUp, questions: &[Question]) -> Facts {
    let mut facts: Facts = Vec::new();
    let is_mentor = sign_up.role == SignUpRole::Mentor;
    let topics = sign_up.topics.iter().map(|chosen| {
        let confidence = is_mentor.then(|| tr(&format!("mentoring-confidence-{}", chosen.confidence)));
        let confidence = confidence.map(|text| view! { " " <span class="help">{text}</span> });
        view! { <li><bdi>{chosen.topic.name.clone()}</bdi>{confidence}</li> }
    });
    let topics = match sign_up.topics.is_empty() {
        true => or_dash(String::new()),
        false => view! { <ul role="list">{topics.collect_view()}</ul> }.into_any(),
    };
    facts.push((tr("mentoring-topics-label"), topics));
    if is_mentor {
        facts.push((tr("mentoring-places"), or_dash(count(u64::try_from(sign_up.places).unwrap_or(0)))));
        let hours = u64::try_from(sign_up.hours_a_month).unwrap_or(0);
        facts.push((
            tr("mentoring-hours-a-month"),
            or_dash(if hours == 0 { String::new() } else { count(hours) }),
        ));
        if let Some(until) = sign_up.paused_until {
            facts.push((tr("mentoring-paused-until"), day(until)));
        }
    } else {
        facts.push((tr("mentoring-goal"), or_dash(sign_up.goal.clone())));
    }
    for question in questions {
        let text = if is_mentor { &question.mentor_text } else { &question.mentee_text };
        let answer =
            sign_up.answers.iter().find(|(id, _)| Some(*id) == question.id).map(|(_, option)| option);
        let option = question.options.iter().find(|option| option.id.as_ref() == answer && answer.is_some());
        facts.push((text.clone(), or_dash(option.map(|option| option.text.clone()).unwrap_or_default())));
    }
    let languages: Vec<&str> = sign_up.languages.iter().map(|language| language.name()).collect();
    facts.push((tr("mentoring-languages"), or_dash(languages.join(" · "))));
    facts
}

/// The facts of the second step.
#[must_use]
pub fn hours_facts(sign_up: &SignUp) -> Facts {
    let mut facts: Facts = vec![(tr("field-zone"), or_dash(sign_up.zone.name().to_owned()))];
    for day in 0..7_u8 {
        let hours: Vec<u8> =
            sign_up.week.hours().filter(|hour| hour / 24 == day).map(|hour| hour % 24).collect();
        if !hours.is_empty() {
            facts.push((day_name(usize::from(day)), or_dash(spans(&hours))));
        }
    }
    facts
}

/// Hours of one day as spans: `09:00–11:00, 14:00–15:00`.
fn spans(hours: &[u8]) -> String {
    let mut spans: Vec<(u8, u8)> = Vec::new();
    for hour in hours {
        match spans.last_mut() {
            Some((_, end)) if *end == *hour => *end += 1,
            _ => spans.push((*hour, hour + 1)),
        }
    }
    let texts: Vec<String> =
        spans.iter().map(|(start, end)| format!("{}–{}", hour_name(*start), hour_name(*end))).collect();
    texts.join(", ")
}

fn people(form: &SignUpForm) -> Facts {
    let kinds = PreferenceKind::of_role(form.sign_up.role).iter().map(|kind| {
        let names: Vec<&str> = form
            .people
            .iter()
            .filter(|named| named.kind == *kind)
            .map(|named| named.person.name.as_str())
            .collect();
        (tr(&format!("mentoring-kind-{}", kind.name().replace('_', "-"))), or_dash(names.join(" · ")))
    });
    kinds.collect()
}

/// Who sees what, which is what the author agrees to.
fn visibility(role: SignUpRole) -> AnyView {
    let name = role.name();
    let lines = ["public", "coordinator", "proposed", "nobody"]
        .map(|who| view! { <li>{tr(&format!("mentoring-sees-{who}-{name}"))}</li> });
    view! {
        <section class="part" aria-labelledby="sees">
            <h2 id="sees">{tr("mentoring-sees")}</h2>
            <ul class="prose">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn send(_: &Visit, form: &SignUpForm, missing: &[MissingPart]) -> Option<AnyView> {
    let is_sent = form.sign_up.state == SignUpState::Submitted;
    (!is_sent && form.fixed.is_none() && missing.is_empty()).then(|| {
        let consented = form.sign_up.consented_at.is_some();
        view! {
            <form method="post" action="/api/mentoring/submit">
                {keys(form)}
                <label class="mentoring-consent">
                    <input type="checkbox" name="consent" value="yes" checked=consented required />
                    <span>{tr("mentoring-consent")}</span>
                </label>
                <button class="button">{tr("mentoring-send")}</button>
            </form>
        }
        .into_any()
    })
}

fn withdraw(form: &SignUpForm) -> Option<AnyView> {
    let can = form.is_started && form.sign_up.state != SignUpState::Withdrawn;
    can.then(|| {
        view! {
            <form method="post" action="/api/mentoring/withdraw">
                {keys(form)}
                <p class="help">{tr("mentoring-withdraw-text")}</p>
                <button class="button plain">{tr("mentoring-withdraw")}</button>
            </form>
        }
        .into_any()
    })
}
