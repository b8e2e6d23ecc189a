//! Speed rounds: an hour in which each mentee meets several mentors, one after another (M31).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{
    Instant, Problems, Refusal, Slug, Zone, checks::Checks, members::string_enum, mentoring::SignUpRole,
};

/// The fewest and the most waves of a round.
pub const WAVES: (i64, i64) = (2, 6);
/// The fewest and the most minutes of a wave.
pub const WAVE_MINUTES: (i64, i64) = (5, 60);
/// The most topics of one person.
pub const MAX_SPEED_TOPICS: usize = 3;
/// The most people who can sign up for one round.
pub const MAX_SPEED_PEOPLE: u64 = 200;
/// The most characters of the text about a round.
pub const MAX_SPEED_ABOUT: usize = 1000;

string_enum! {
    /// Where a speed round is.
    SpeedRoundState {
        /// Members can sign up until it begins.
        Open,
        /// Everybody has their list of conversations.
        Published,
        /// It does not take place.
        Cancelled,
    }
}

string_enum! {
    /// What a coordinator does with a speed round.
    SpeedRoundChange {
        /// Makes a plan of conversations, which only coordinators see.
        Plan,
        /// Gives everybody their list.
        Publish,
        /// Cancels the round.
        Cancel,
    }
}

/// When a round takes place. Its waves follow one another without a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeedTimes {
    /// When the first wave begins.
    pub starts_at: Instant,
    /// The number of waves.
    pub waves: i32,
    /// The minutes of each wave.
    pub minutes: i32,
}

impl SpeedTimes {
    /// When a wave begins. The first one is wave 0.
    #[must_use]
    pub fn begins(self, wave: i32) -> Instant {
        self.starts_at + Duration::minutes(i64::from(wave) * i64::from(self.minutes))
    }

    /// When the last wave ends.
    #[must_use]
    pub fn ends_at(self) -> Instant {
        self.begins(self.waves)
    }

    /// A round that begins before this time has ended when this one begins, however long it is.
    #[must_use]
    pub fn earliest_overlap(self) -> Instant {
        self.starts_at - Duration::minutes(WAVES.1 * WAVE_MINUTES.1)
    }

    /// Whether both rounds take place at the same time, at least in part.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_at < other.ends_at() && other.starts_at < self.ends_at()
    }
}

impl SpeedRoundState {
    /// Whether members can sign up, and coordinators can make and publish a plan.
    ///
    /// # Errors
    /// `SpeedRoundCancelled`, or `SpeedRoundClosed` once it is published or has begun.
    pub fn check_open(self, starts_at: Instant, now: Instant) -> Result<(), Refusal> {
        match self {
            Self::Cancelled => Err(Refusal::SpeedRoundCancelled),
            Self::Published => Err(Refusal::SpeedRoundClosed),
            Self::Open if now >= starts_at => Err(Refusal::SpeedRoundClosed),
            Self::Open => Ok(()),
        }
    }
}

/// How well two people fit in the next wave, from 0 to 1000. Whoever had a break before comes first, mentees above all.
/// More topics in common decide among the others. `missed` is how many waves the mentee and the mentor had a break in.
#[must_use]
pub fn wave_score(topics: usize, missed: (u32, u32)) -> u16 {
    // A round has six waves at most, so nobody misses more than five before the last one.
    let capped = |number: u32| u16::try_from(number.min(5)).unwrap_or(0);
    let topics = u16::try_from(topics.min(MAX_SPEED_TOPICS)).unwrap_or(0);
    40 + 20 * topics + 120 * capped(missed.0) + 50 * capped(missed.1)
}

/// A speed round that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeedRound {
    /// The programme to which it belongs.
    pub programme: Slug,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// When it takes place.
    pub times: SpeedTimes,
    /// Where it takes place, for people without a link of their own. Only people who signed up read it.
    pub place: String,
}

/// The form of a speed round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpeedRoundForm {
    /// See [`SpeedRound::programme`].
    pub programme: String,
    /// See [`SpeedRound::title`].
    pub title: String,
    /// See [`SpeedRound::about`].
    pub about: String,
    /// A wall time in `zone`, as in `2027-01-31T18:00`.
    pub starts: String,
    /// The time zone of `starts`.
    pub zone: String,
    /// See [`SpeedTimes::waves`].
    pub waves: String,
    /// See [`SpeedTimes::minutes`].
    pub minutes: String,
    /// See [`SpeedRound::place`].
    pub place: String,
    /// The version of the round for which the form was loaded. Empty for a new round.
    pub version: String,
}

impl SpeedRound {
    /// The form with these details, in the editor's zone.
    #[must_use]
    pub fn to_form(&self, zone: Zone, version: i32) -> SpeedRoundForm {
        SpeedRoundForm {
            programme: self.programme.to_string(),
            title: self.title.clone(),
            about: self.about.clone(),
            starts: zone.wall(self.times.starts_at).format("%Y-%m-%dT%H:%M").to_string(),
            zone: zone.name().to_owned(),
            waves: self.times.waves.to_string(),
            minutes: self.times.minutes.to_string(),
            place: self.place.clone(),
            version: version.to_string(),
        }
    }
}

impl SpeedRoundForm {
    /// The values with which an empty form starts.
    #[must_use]
    pub fn start(zone: Zone) -> Self {
        Self { zone: zone.name().to_owned(), waves: "3".into(), minutes: "15".into(), ..Self::default() }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, now: Instant) -> Result<SpeedRound, Problems> {
        let mut checks = Checks::default();
        let programme = Slug::parse(self.programme.trim());
        if programme.is_none() {
            checks.problem("programme", Refusal::BadChoice);
        }
        let title = checks.line("title", &self.title, 3, 120);
        let about = checks.text("about", &self.about, 10, MAX_SPEED_ABOUT);
        let wall = checks.local_time("starts", &self.starts);
        if wall.is_none() && self.starts.trim().is_empty() {
            checks.problem("starts", Refusal::Missing);
        }
        let zone = checks.zone("zone", &self.zone);
        let starts_at = wall.zip(zone).map(|(wall, zone)| zone.resolve(wall).at);
        if starts_at.is_some_and(|at| at <= now) {
            checks.problem("starts", Refusal::InThePast);
        }
        let mut number = |field, typed: &str, (min, max)| {
            let typed = if typed.trim().is_empty() { "0" } else { typed };
            checks.number(field, typed, min, max).and_then(|number| i32::try_from(number).ok())
        };
        let waves = number("waves", &self.waves, WAVES);
        let minutes = number("minutes", &self.minutes, WAVE_MINUTES);
        let place = checks.line("place", &self.place, 0, 300);
        let round = programme.zip(starts_at).zip(waves.zip(minutes)).map(
            |((programme, starts_at), (waves, minutes))| SpeedRound {
                programme,
                title,
                about,
                times: SpeedTimes { starts_at, waves, minutes },
                place,
            },
        );
        checks.finish(round)
    }
}

/// A sign-up for a speed round that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeedSignUp {
    /// On which side.
    pub role: SignUpRole,
    /// What a mentee wants to talk about, or a mentor can talk about. One to three, each once.
    pub topics: Vec<Slug>,
    /// The address of a mentor's call. Mentees come to it. Empty for mentees, and for mentors at a table.
    pub link: String,
}

/// The form of a sign-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpeedSignUpForm {
    /// See [`SpeedSignUp::role`].
    pub role: String,
    /// The first topic.
    pub topic_1: String,
    /// Another topic. May be empty.
    pub topic_2: String,
    /// Another topic. May be empty.
    pub topic_3: String,
    /// See [`SpeedSignUp::link`].
    pub link: String,
}

impl SpeedSignUpForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<SpeedSignUp, Problems> {
        let mut checks = Checks::default();
        let role = checks.choice::<SignUpRole>("role", &self.role);
        let mut topics = Vec::new();
        for (field, typed) in
            [("topic_1", &self.topic_1), ("topic_2", &self.topic_2), ("topic_3", &self.topic_3)]
        {
            let typed = typed.trim();
            match Slug::parse(typed) {
                Some(topic) if topics.contains(&topic) => {}
                Some(topic) => topics.push(topic),
                None if typed.is_empty() => {}
                None => checks.problem(field, Refusal::BadChoice),
            }
        }
        if topics.is_empty() {
            checks.problem("topic_1", Refusal::Missing);
        }
        let link = match role {
            Some(SignUpRole::Mentor) => checks.https_url("link", &self.link).unwrap_or_default(),
            Some(SignUpRole::Mentee) | None => String::new(),
        };
        checks.finish(role.map(|role| SpeedSignUp { role, topics, link }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn form() -> SpeedRoundForm {
        SpeedRoundForm {
            programme: "devsecops".into(),
            title: "Speed round on threat models".into(),
            about: "Three short conversations.".into(),
            starts: "2027-03-01T18:00".into(),
            place: "Room 4".into(),
            ..SpeedRoundForm::start(Zone::UTC)
        }
    }

    #[test]
    fn m31_a_round_has_waves_one_after_another() {
        let times = form().check(at("2027-01-01T00:00:00Z")).unwrap().times;
        assert_eq!(times.begins(0), at("2027-03-01T18:00:00Z"));
        assert_eq!(times.begins(2), at("2027-03-01T18:30:00Z"));
        assert_eq!(times.ends_at(), at("2027-03-01T18:45:00Z"));
        let next = SpeedTimes { starts_at: times.ends_at(), ..times };
        assert!(!times.overlaps(next) && !next.overlaps(times));
        let during = SpeedTimes { starts_at: times.begins(1), ..times };
        assert!(times.overlaps(during) && during.overlaps(times));
        let (waves, minutes) = (WAVES.1 as i32, WAVE_MINUTES.1 as i32);
        let longest = |starts_at| SpeedTimes { starts_at, waves, minutes };
        let earliest = times.earliest_overlap();
        assert!(!times.overlaps(longest(earliest)));
        assert!(times.overlaps(longest(earliest + Duration::minutes(1))), "no later bound would do");
    }

    #[test]
    fn m31_the_form_of_a_round_reads_as_the_same_round() {
        let now = at("2027-01-01T00:00:00Z");
        let round = form().check(now).unwrap();
        assert_eq!(round.to_form("Asia/Tokyo".parse().unwrap(), 2).check(now).unwrap(), round);
    }

    #[test]
    fn m31_a_round_begins_in_the_future() {
        let problems = form().check(at("2027-03-01T18:00:00Z")).unwrap_err();
        assert_eq!(problems[0].field, "starts");
        let empty = SpeedRoundForm::default().check(at("2027-01-01T00:00:00Z")).unwrap_err();
        let fields: Vec<_> = empty.into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["programme", "title", "about", "starts", "zone", "waves", "minutes"]);
    }

    #[test]
    fn m31_sign_up_closes_with_the_plan_and_at_the_start() {
        let (start, before) = (at("2027-03-01T18:00:00Z"), at("2027-03-01T17:59:59Z"));
        assert_eq!(SpeedRoundState::Open.check_open(start, before), Ok(()));
        assert_eq!(SpeedRoundState::Open.check_open(start, start), Err(Refusal::SpeedRoundClosed));
        assert_eq!(SpeedRoundState::Published.check_open(start, before), Err(Refusal::SpeedRoundClosed));
        assert_eq!(SpeedRoundState::Cancelled.check_open(start, before), Err(Refusal::SpeedRoundCancelled));
    }

    #[test]
    fn m31_people_who_had_a_break_come_first() {
        let most_topics = wave_score(3, (0, 0));
        assert!(wave_score(1, (1, 0)) > most_topics && wave_score(1, (0, 1)) > most_topics);
        assert!(wave_score(1, (2, 0)) > wave_score(3, (1, 0)));
        assert!(wave_score(2, (0, 0)) > wave_score(1, (0, 0)));
        assert!(wave_score(9, (9, 9)) <= 1000);
    }

    #[test]
    fn m31_a_sign_up_has_a_side_and_up_to_three_topics() {
        let form = |role: &str, topic: &str, link: &str| SpeedSignUpForm {
            role: role.into(),
            topic_1: topic.into(),
            topic_2: topic.into(),
            topic_3: String::new(),
            link: link.into(),
        };
        let mentee = form("mentee", "rust", "https://meet.example.org/mine").check().unwrap();
        assert_eq!(
            (mentee.topics.len(), mentee.link.as_str()),
            (1, ""),
            "a topic counts once, mentees have no link"
        );
        assert_eq!(
            form("mentor", "rust", "meet.example.org/a").check().unwrap().link,
            "https://meet.example.org/a"
        );
        let fields = |form: SpeedSignUpForm| {
            form.check().unwrap_err().into_iter().map(|it| it.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(form("guest", "", "")), ["role", "topic_1"]);
        assert_eq!(fields(form("mentor", "rust", "javascript:alert(1)")), ["link"]);
    }
}
