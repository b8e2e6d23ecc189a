//! The demo's speed rounds: one whose plan is published, and one for which members can sign up.

use chrono::{Datelike as _, Duration, Weekday};
use domain::{
    Instant, Slug, SpeedRoundId,
    mentoring::SignUpRole::{self, Mentee, Mentor},
    speed_rounds::{SpeedRound, SpeedRoundChange, SpeedSignUp, SpeedTimes},
};

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    runner::{self, Kind},
    speed_rounds,
};

/// A person of the demo, on which side, with topics.
type SignUp = (&'static str, SignUpRole, &'static [&'static str]);

const PUBLISHED: [SignUp; 8] = [
    ("mei", Mentee, &["threat-modelling", "rust"]),
    ("sofia", Mentee, &["test-automation", "continuous-delivery"]),
    ("jonas", Mentee, &["platform-engineering", "threat-modelling"]),
    ("ravi", Mentee, &["continuous-delivery", "threat-modelling"]),
    ("marek", Mentee, &["test-automation", "rust"]),
    ("ada", Mentor, &["threat-modelling", "rust"]),
    ("grace", Mentor, &["continuous-delivery", "platform-engineering", "test-automation"]),
    ("kofi", Mentor, &["rust", "continuous-delivery", "test-automation"]),
];

const OPEN: [SignUp; 3] = [
    ("jonas", Mentee, &["databases"]),
    ("sofia", Mentee, &["rust"]),
    ("kofi", Mentor, &["rust", "databases"]),
];

/// Makes both rounds.
pub(super) async fn add_speed_rounds(store: &Store, actors: &People) -> Result<(), StoreError> {
    let then = store.at(store.now() - Duration::days(5));
    let title = "Meet a mentor: security and delivery";
    let about = "Four conversations of twelve minutes. Bring one question, and ask it to everybody.";
    let id = create(&then, actors, title, about, Duration::days(2), 4).await?;
    sign_up(&then, actors, id, &PUBLISHED).await?;
    let grace = actor_of(actors, "grace")?;
    speed_rounds::change(&then, &grace, id, SpeedRoundChange::Plan).await?;
    let plans: Vec<Kind> =
        runner::standard().into_iter().filter(|kind| kind.name == speed_rounds::SPEED_PLAN).collect();
    runner::run_kinds(&then, &plans).await?;
    speed_rounds::change(&then, &grace, id, SpeedRoundChange::Publish).await?;
    let title = "Meet a mentor: Rust and databases";
    let about =
        "An hour for people who read Rust at work and want to write it. Mentors, bring a small example.";
    let id = create(&then, actors, title, about, Duration::days(16), 3).await?;
    sign_up(&then, actors, id, &OPEN).await
}

async fn create(
    store: &Store,
    actors: &People,
    title: &str,
    about: &str,
    ahead: Duration,
    waves: i32,
) -> Result<SpeedRoundId, StoreError> {
    let round = SpeedRound {
        programme: Slug::parse("devsecops-mentoring").ok_or(StoreError::NotFound)?,
        title: title.to_owned(),
        about: about.to_owned(),
        times: SpeedTimes {
            starts_at: afternoon(store.now() + Duration::days(5) + ahead),
            waves,
            minutes: 12,
        },
        place: "Room 2, where the tables have numbers".to_owned(),
    };
    speed_rounds::create(store, &actor_of(actors, "grace")?, round, "").await
}

/// Four in the afternoon of this day in UTC, or of the next Monday after a weekend.
fn afternoon(day: Instant) -> Instant {
    let day = match day.weekday() {
        Weekday::Sat => day + Duration::days(2),
        Weekday::Sun => day + Duration::days(1),
        _ => day,
    };
    day.date_naive().and_hms_opt(16, 0, 0).map_or(day, |time| time.and_utc())
}

async fn sign_up(
    store: &Store,
    actors: &People,
    id: SpeedRoundId,
    people: &[SignUp],
) -> Result<(), StoreError> {
    for (key, role, topics) in people {
        let topics = topics.iter().filter_map(|topic| Slug::parse(topic)).collect();
        let link = if *key == "kofi" { "https://meet.example.org/kofi" } else { "" };
        let sign_up = SpeedSignUp { role: *role, topics, link: link.to_owned() };
        speed_rounds::sign_up(store, &actor_of(actors, key)?, id, sign_up).await?;
    }
    Ok(())
}
