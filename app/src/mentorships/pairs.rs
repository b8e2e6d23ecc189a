//! `/mentoring/programmes/{slug}/pairs`: how the pairs of a programme are, for its coordinators. It shows nothing that
//! the two write (M18).

use domain::{
    mentoring::SignUpRole,
    mentorships::{CheckInKind, MeasureKind, Pulse},
};
use leptos::prelude::*;
use store::{
    mentoring::Participant,
    mentorships::{self, Measure, PairRow},
};

use super::page::badge;
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_path,
    mentoring::{
        paths::{programme_path, slug_from_path},
        sheet::stylesheet,
    },
    ui::{Badge, ButtonLink, Crumbs, Empty, Look, Shape, Title, Tone, load, time_of},
};

/// The page.
#[component]
pub fn PairsPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let (programme, pairs) = mentorships::pairs(&store(), &visit.actor, &slug).await?;
        let measures = mentorships::measures(&store(), &visit.actor, &slug).await?;
        stylesheet();
        let path = programme_path(slug.as_str());
        let list = if pairs.is_empty() {
            view! { <Empty title=tr("pairs-none") text=tr("pairs-none-text") /> }.into_any()
        } else {
            let items = pairs.iter().map(|pair| item(&visit, pair, &path)).collect_view();
            view! { <ul class="mentoring-rounds" role="list">{items}</ul> }.into_any()
        };
        Ok(view! {
            <Title text=tr("pairs-title") />
            <div class="page">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), programme)] />
                <div class="page-head">
                    <h1>{tr("pairs-title")}</h1>
                    <ButtonLink href=format!("{path}/guide") look=Look::Plain>{tr("guide-edit")}</ButtonLink>
                </div>
                <p class="lead">{tr("pairs-lead")}</p>
                {list}
                {decisions(&visit, &measures)}
            </div>
        })
    })
}

fn item(visit: &Visit, pair: &PairRow, path: &str) -> AnyView {
    let help = pair.needs_help().then(|| view! { <Badge tone=Tone::Bad>{tr("pairs-help")}</Badge> });
    let silent = pair.is_silent.then(|| view! { <Badge tone=Tone::Brass>{tr("pairs-silent")}</Badge> });
    let counts = [("pairs-held", pair.held), ("pairs-missed", pair.missed), ("pairs-late", pair.late)];
    let counts =
        counts.map(|(key, count)| view! { <li>{tr_with(key, &[("count", i18n::number(count))])}</li> });
    let pulses = pair.pulses.iter().map(|(kind, side, answer)| {
        let (tone, answer) = match answer {
            // The question of day 10 has other answers, and "not yet" is no alarm.
            Some(Pulse::Good) if *kind == CheckInKind::Connected => (Tone::Good, "check-in-yes"),
            Some(_) if *kind == CheckInKind::Connected => (Tone::Brass, "check-in-no"),
            Some(Pulse::Good) => (Tone::Good, "pulse-good"),
            Some(Pulse::Mixed) => (Tone::Brass, "pulse-mixed"),
            Some(Pulse::Bad) => (Tone::Bad, "pulse-bad"),
            None => (Tone::Quiet, "pulse-none"),
        };
        let kind = match kind {
            CheckInKind::Connected => "pulse-of-connected",
            CheckInKind::Quarter => "pulse-of-quarter",
            CheckInKind::Half => "pulse-of-half",
            CheckInKind::ThreeQuarters => "pulse-of-three-quarters",
        };
        let side = match side {
            SignUpRole::Mentee => "pulse-by-mentee",
            SignUpRole::Mentor => "pulse-by-mentor",
        };
        view! { <li>{tr(kind)} ", " {tr(side)} ": " <Badge tone>{tr(answer)}</Badge></li> }
    });
    let people = [&pair.mentee, &pair.mentor].into_iter().flatten();
    view! {
        <li class="mentoring-round">
            <p class="row">{badge(pair.state)} {help} {silent}</p>
            <h2>{person(pair.mentee.as_ref())} " · " {person(pair.mentor.as_ref())}</h2>
            <p class="help">{tr("pairs-since")} " " {time_of(pair.started_at, visit.zone, Shape::ShortDateYear)}</p>
            <ul class="mentoring-reasons" role="list">{counts.into_iter().collect_view()}</ul>
            <ul class="prose">{pulses.collect_view()}</ul>
            <ul class="help" role="list">{people.map(|person| measure_link(person, path)).collect_view()}</ul>
        </li>
    }
    .into_any()
}

fn person(person: Option<&Participant>) -> AnyView {
    match person {
        None => view! { <span>{tr("mentorship-nobody")}</span> }.into_any(),
        Some(person) => {
            view! { <a href=member_path(&person.slug)><bdi>{person.name.clone()}</bdi></a> }.into_any()
        }
    }
}

/// A link to the form that takes a measure.
fn measure_link(person: &Participant, path: &str) -> AnyView {
    let text = tr_with("measure-open", &[("person", i18n::quote(person.name.clone()))]);
    view! { <li><a href=format!("{path}/measure?person={}", person.slug)>{text}</a></li> }.into_any()
}

/// The key of a measure.
#[must_use]
pub fn measure_key(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Warn => "measure-warn",
        MeasureKind::Pause => "measure-pause",
        MeasureKind::Exclude => "measure-exclude",
    }
}

/// The key of where a measure is.
#[must_use]
pub fn measure_state_key(measure: &Measure) -> &'static str {
    match (measure.is_decided, measure.is_lifted, measure.appeal.is_some()) {
        (true, true, _) => "measure-lifted",
        (true, false, _) => "measure-stays",
        (false, _, true) => "measure-appealed",
        (false, _, false) => "measure-in-force",
    }
}

fn decisions(visit: &Visit, measures: &[Measure]) -> Option<AnyView> {
    (!measures.is_empty()).then(|| {
        let items = measures.iter().map(|measure| {
            view! {
                <li>
                    <a href=format!("/mentoring/measures/{}", measure.id)><bdi>{measure.person.name.clone()}</bdi></a>
                    ": " {tr(measure_key(measure.kind))} ", "
                    {time_of(measure.taken_at, visit.zone, Shape::ShortDateYear)} " · "
                    {tr(measure_state_key(measure))}
                </li>
            }
        });
        view! {
            <section aria-labelledby="measures">
                <h2 id="measures">{tr("measure-title")}</h2>
                <ul class="rows" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
