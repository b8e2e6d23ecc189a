//! The demo's learning requests: some that wait, one with a speaker, and one that became an event.

use chrono::{Days, Duration, NaiveTime};
use domain::{
    Actor, Slug, Zone,
    demands::{Demand, DemandPlace},
    events::{AnswerForm, AnswerKind, NewEventQuestion, RsvpRequest, shown_questions},
};

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    demands::{self, DEMAND_INVITATIONS, DraftEvent},
    events,
    runner::{self, Kind},
};

/// A learning request of the demo.
struct Sample {
    asker: &'static str,
    title: &'static str,
    text: &'static str,
    topic: &'static str,
    place: DemandPlace,
    days_ago: i64,
    supporters: &'static [&'static str],
    /// The speaker and what they say.
    speaker: Option<(&'static str, &'static str)>,
    /// Whether it became an event of the speaker's group with this slug.
    group: Option<&'static str>,
}

const DEMANDS: [Sample; 5] = [
    Sample {
        asker: "sofia",
        title: "Contract tests between two teams",
        text: "Our teams break each other’s builds. I know unit tests, and want to see one contract test from start to finish.",
        topic: "test-automation",
        place: DemandPlace::Online,
        days_ago: 3,
        supporters: &["mei", "ravi", "jonas", "noor"],
        speaker: None,
        group: None,
    },
    Sample {
        asker: "mei",
        title: "Reading a flame graph",
        text: "I can make one, and then I stare at it.",
        topic: "",
        place: DemandPlace::Anywhere,
        days_ago: 5,
        supporters: &["kofi", "tomas"],
        speaker: Some((
            "ravi",
            "I’d take one slow service and find its three widest boxes together with you.",
        )),
        group: None,
    },
    Sample {
        asker: "kofi",
        title: "Threat models for small teams",
        text: "We are three people without a security engineer. What is the smallest useful threat model?",
        topic: "threat-modelling",
        place: DemandPlace::Anywhere,
        days_ago: 8,
        supporters: &["mei", "sofia", "jonas"],
        speaker: None,
        group: None,
    },
    Sample {
        asker: "jonas",
        title: "Writing an SBOM by hand once",
        text: "",
        topic: "",
        place: DemandPlace::City,
        days_ago: 12,
        supporters: &[],
        speaker: None,
        group: None,
    },
    Sample {
        asker: "noor",
        title: "A first pipeline for a data project",
        text: "Notebooks, a scheduler and a lot of hope. Where do we begin?",
        topic: "continuous-delivery",
        place: DemandPlace::Anywhere,
        days_ago: 20,
        supporters: &["mei", "ravi"],
        speaker: Some(("grace", "I’ll bring a small project and we build its pipeline in the session.")),
        group: Some("on-call"),
    },
];

/// Posts the requests, and publishes the event that one of them became.
pub(super) async fn add_demands(store: &Store, actors: &People) -> Result<(), StoreError> {
    for sample in &DEMANDS {
        let then = store.at(store.now() - Duration::days(sample.days_ago));
        let demand = Demand {
            title: sample.title.to_owned(),
            text: sample.text.to_owned(),
            group: None,
            topic: Slug::parse(sample.topic),
            place: sample.place,
            city: if sample.place == DemandPlace::City { "London".to_owned() } else { String::new() },
        };
        let id = demands::ask(&then, &actor_of(actors, sample.asker)?, demand, true, "").await?;
        for (hours, key) in (1..).zip(sample.supporters) {
            let then = then.at(then.now() + Duration::hours(hours));
            demands::support(&then, &actor_of(actors, key)?, id, true).await?;
        }
        let Some((speaker, note)) = sample.speaker else { continue };
        let (speaker, then) = (actor_of(actors, speaker)?, then.at(then.now() + Duration::days(1)));
        demands::claim(&then, &speaker, id, note).await?;
        let Some(group) = sample.group else { continue };
        let zone: Zone = "Europe/London".parse().unwrap_or(Zone::UTC);
        let day = zone.wall(store.now()).date() + Days::new(17);
        let draft = DraftEvent {
            group: Slug::parse(group),
            starts: day.and_time(NaiveTime::from_hms_opt(18, 0, 0).unwrap_or_default()),
            zone,
            place: "Studio 2, 40 Clerkenwell Road, London".to_owned(),
        };
        let slug = demands::make_event(&then, &speaker, id, draft).await?;
        events::publish(&then, &speaker, &slug).await?;
        add_questions(store, actors, &speaker, &slug).await?;
    }
    // The demo sends no emails about its past.
    let is_invitation = |kind: &Kind| kind.name == DEMAND_INVITATIONS;
    let invitations: Vec<Kind> = runner::standard().into_iter().filter(is_invitation).collect();
    runner::run_kinds(store, &invitations).await?;
    Ok(())
}

/// What the speaker asks people who come, and Mei's answers.
async fn add_questions(
    store: &Store,
    actors: &People,
    speaker: &Actor,
    slug: &Slug,
) -> Result<(), StoreError> {
    let ask = |text: &str, kind: AnswerKind, options: &[&str], required| NewEventQuestion {
        text: text.to_owned(),
        kind,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        required,
    };
    let tools = ["Notebooks", "A scheduler", "Something else"];
    for question in [
        ask("What do you want to take home?", AnswerKind::Line, &[], true),
        ask("What do you use today?", AnswerKind::Several, &tools, false),
    ] {
        events::save_question(store, speaker, slug, None, question).await?;
    }
    let mei = actor_of(actors, "mei")?;
    let questions = events::own_answers(store, &mei, slug).await?.questions;
    let form = AnswerForm {
        questions: shown_questions(&questions),
        answer_0: "A pipeline that runs while I sleep".to_owned(),
        picked_1: vec!["0".to_owned(), "1".to_owned()],
        ..AnswerForm::default()
    };
    let answers = form.read().ok_or(StoreError::NotFound)?;
    events::rsvp_with_answers(store, &mei, slug, RsvpRequest::default(), Some(answers)).await.map(drop)
}
