//! The demo's calls for proposals: one for an event, with a deadline and anonymous review, and a rolling one of a group.

use chrono::Duration;
use domain::{
    Actor, Slug, SubmissionId, Zone,
    proposals::{
        ANYWHERE_ON_EARTH, CallDetails, Decision, ProposalText, ReviewForm, SessionKind, SubmissionChange,
    },
};

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    proposals::{self, CallPlace},
    runner,
};

/// A proposal of the demo.
struct Sample {
    speaker: &'static str,
    title: &'static str,
    summary: &'static str,
    kind: &'static str,
    notes: &'static str,
    is_draft: bool,
    /// The score and the comment of the reviewer.
    review: Option<(&'static str, &'static str)>,
    /// What the organiser asks.
    question: Option<&'static str>,
}

const FOR_EVENT: [Sample; 4] = [
    Sample {
        speaker: "mei",
        title: "The test that nobody dared to delete",
        summary: "One test failed every Thursday for two years. We deleted it, measured what happened, and wrote down how \
                  to decide about the next one.\n\n- What a flaky test costs in minutes\n- Who misses it\n- A rule of thumb \
                  that fits on a card",
        kind: "Talk",
        notes: "I have figures for one team. A second team follows next month.",
        is_draft: false,
        review: Some(("5", "Figures, and a rule that people can take home.")),
        question: Some("Can you show the figures of the second team too, if they are ready by then?"),
    },
    Sample {
        speaker: "kofi",
        title: "Backups that were restored by somebody else",
        summary: "We gave the manual to a person who had never seen the system. This is what the manual looks like now.",
        kind: "Workshop",
        notes: "",
        is_draft: false,
        review: Some(("4", "I would like it in ninety minutes, with laptops.")),
        question: None,
    },
    Sample {
        speaker: "jonas",
        title: "A feature flag is a promise",
        summary: "How we count flags, name their owners and remove them on a date.",
        kind: "Lightning talk",
        notes: "",
        is_draft: false,
        review: None,
        question: None,
    },
    Sample {
        speaker: "sofia",
        title: "Reading logs aloud",
        summary: "",
        kind: "",
        notes: "",
        is_draft: true,
        review: None,
        question: None,
    },
];

const ROLLING: Sample = Sample {
    speaker: "mei",
    title: "Ten bugs and what they had in common",
    summary: "Ten bug reports of one year, read side by side. Seven of them had the same cause, and it was not code.",
    kind: "Talk",
    notes: "",
    is_draft: false,
    review: None,
    question: None,
};

/// Opens the calls, and lets members propose.
pub(super) async fn add_proposals(store: &Store, actors: &People) -> Result<(), StoreError> {
    let then = store.at(store.now() - Duration::days(5));
    let ada = actor_of(actors, "ada")?;
    let event = Slug::of_title("Guild day in Accra: built to be mended", "event");
    let details = CallDetails {
        title: "Guild day in Accra: call for proposals".to_owned(),
        text: "We look for stories about **repair**: what broke, who mended it, and what you would do differently.\n\nYou \
               need no experience as a speaker. We help with slides, and with the microphone."
            .to_owned(),
        kinds: kinds(&[("Talk", 30), ("Lightning talk", 10), ("Workshop", 90)]),
        zone: zone(ANYWHERE_ON_EARTH)?,
        closes_at: Some(store.now() + Duration::days(12)),
        is_anonymous: true,
    };
    let call = proposals::open(&then, &ada, &CallPlace::Event(event), details, "").await?;
    proposals::add_reviewer(&then, &ada, &call, "grace-lindqvist").await?;
    let grace = actor_of(actors, "grace")?;
    for (days, sample) in (0..).zip(&FOR_EVENT) {
        let then = then.at(then.now() + Duration::days(days));
        let id = propose(&then, actors, &call, sample).await?;
        if let Some((score, comment)) = sample.review {
            let form = ReviewForm { score: score.to_owned(), comment: comment.to_owned() };
            let review = form.check().map_err(StoreError::Invalid)?;
            proposals::review(&then, &grace, id, review).await?;
        }
        if let Some(question) = sample.question {
            proposals::ask_info(&then, &ada, id, question).await?;
        }
    }
    add_rolling(store, actors, &grace).await
}

/// A rolling call with a proposal that was accepted and confirmed.
async fn add_rolling(store: &Store, actors: &People, grace: &Actor) -> Result<(), StoreError> {
    let then = store.at(store.now() - Duration::days(20));
    let place = CallPlace::Group(Slug::of_title("north", "group"));
    let details = CallDetails {
        title: "Talks for our evenings".to_owned(),
        text: "Our evenings have two talks each. Propose one whenever you have something to tell.".to_owned(),
        kinds: kinds(&[("Talk", 25)]),
        zone: zone("Europe/Berlin")?,
        closes_at: None,
        is_anonymous: false,
    };
    let call = proposals::open(&then, grace, &place, details, "").await?;
    let id = propose(&then, actors, &call, &ROLLING).await?;
    proposals::decide(&then, grace, id, Some(Decision::Accept)).await?;
    proposals::send_decisions(&then, grace, &call, proposals::CONFIRM_DAYS).await?;
    let kinds = runner::standard().into_iter().filter(|kind| kind.name == proposals::CALL_DECISIONS);
    runner::run_kinds(&then, &kinds.collect::<Vec<_>>()).await?;
    let mei = actor_of(actors, ROLLING.speaker)?;
    proposals::change(&then, &mei, id, SubmissionChange::Confirm).await.map(drop)
}

async fn propose(
    store: &Store,
    actors: &People,
    call: &Slug,
    sample: &Sample,
) -> Result<SubmissionId, StoreError> {
    let text = ProposalText {
        title: sample.title.to_owned(),
        summary: sample.summary.to_owned(),
        kind: sample.kind.to_owned(),
        language: if sample.is_draft { String::new() } else { "English".to_owned() },
        notes: sample.notes.to_owned(),
        do_not_record: false,
    };
    let speaker = actor_of(actors, sample.speaker)?;
    proposals::write(store, &speaker, call, text, !sample.is_draft, "").await
}

fn kinds(kinds: &[(&str, u32)]) -> Vec<SessionKind> {
    kinds.iter().map(|(name, minutes)| SessionKind { name: (*name).to_owned(), minutes: *minutes }).collect()
}

fn zone(name: &str) -> Result<Zone, StoreError> {
    name.parse().map_err(|_| StoreError::Corrupt(format!("the demo has an unknown zone {name}")))
}
