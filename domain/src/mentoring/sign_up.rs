//! Sign-ups: what members enter step by step, what is still missing, and how the state changes (M1 to M3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    LocalWeek, MAX_ASKED, MAX_CONFIDENCE, PreferenceKind, Question, SignUpRole, SignUpState, SignUpWindow,
    USUAL_CONFIDENCE,
};
use crate::{
    Instant, Problems, Refusal, RoundId, SignUpId, Slug, Zone,
    checks::Checks,
    members::{Language, Named, check_languages, string_enum},
};

/// Hours a week that a sign-up names, at least. With fewer, people who offer a single hour would gain (M3).
pub const MIN_HOURS: u32 = 3;
/// The longest goal, in characters.
pub const MAX_GOAL: usize = 300;
/// The most topics of a mentor.
pub const MAX_TAUGHT: usize = 12;
/// The most places of a mentor.
pub const MAX_PLACES: i64 = 10;
/// The most hours a month of a mentor.
pub const MAX_HOURS_A_MONTH: i64 = 40;
/// The most people on the list of people that a sign-up is never matched with.
pub const MAX_NEVER: usize = 50;
/// The most people that a mentor would like, or would rather not, be matched with.
pub const MAX_LIKED: usize = 20;

string_enum! {
    /// A page of the sign-up form. Each is saved on its own.
    SignUpStep {
        /// Topics, goal, answers and languages.
        About,
        /// The hours of the week.
        Hours,
        /// Wishes and people to avoid.
        People,
    }
}

/// The first step as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AboutForm {
    /// A mentee's first topic, as a slug.
    pub topic_1: String,
    /// A mentee's second topic. May be empty.
    pub topic_2: String,
    /// A mentee's third topic. May be empty.
    pub topic_3: String,
    /// A mentee's goal: one sentence.
    pub goal: String,
    /// How many mentees a mentor takes.
    pub places: String,
    /// How many hours a month a mentor has.
    pub hours_a_month: String,
    /// The day until which a mentor takes nobody. May be empty.
    pub paused_until: String,
}

/// The first step, validated. What is missing stays empty: [`SignUp::missing`] names it before the sign-up is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Topics with the mentor's confidence from 1 to 3. A mentee's are in order of priority and have 1.
    pub topics: Vec<(Slug, u8)>,
    /// A mentee's goal, cleaned.
    pub goal: String,
    /// A mentor's places. 1 for a mentee.
    pub places: i32,
    /// A mentor's hours a month. 0 for a mentee.
    pub hours_a_month: i32,
    /// The day until which a mentor takes nobody.
    pub paused_until: Option<NaiveDate>,
    /// The chosen option of each answered question, by their ids.
    pub answers: Vec<(Uuid, Uuid)>,
    /// The languages, at most twelve.
    pub languages: Vec<Language>,
}

impl AboutForm {
    /// Validates the step. `taught` has the topics of a mentor as `topic:confidence`, `answers` the answers as
    /// `question:option`, and `languages` the tags.
    ///
    /// # Errors
    /// Problems with `topic_1` to `topic_3`, `goal`, `places`, `hours_a_month`, `paused_until`, `topics`,
    /// `answers` and `languages`. An empty field is not a problem here.
    pub fn check(
        &self,
        role: SignUpRole,
        taught: &[String],
        answers: &[String],
        languages: &[String],
    ) -> Result<About, Problems> {
        let mut checks = Checks::default();
        let mut about = About { places: 1, ..About::default() };
        match role {
            SignUpRole::Mentee => {
                about.topics = self.asked(&mut checks);
                about.goal = checks.line("goal", &self.goal, 0, MAX_GOAL);
            }
            SignUpRole::Mentor => {
                about.topics = check_taught(&mut checks, taught);
                let places = checks.number("places", &self.places, 1, MAX_PLACES);
                about.places = places.and_then(|number| i32::try_from(number).ok()).unwrap_or(1);
                let hours = checks.number("hours_a_month", &self.hours_a_month, 1, MAX_HOURS_A_MONTH);
                about.hours_a_month = hours.and_then(|number| i32::try_from(number).ok()).unwrap_or(0);
                if !self.paused_until.trim().is_empty() {
                    about.paused_until = checks.date("paused_until", &self.paused_until);
                }
            }
        }
        for answer in answers.iter().filter(|answer| !answer.is_empty()) {
            let read = answer
                .split_once(':')
                .and_then(|(question, option)| Some((question.parse().ok()?, option.parse().ok()?)));
            match read {
                Some(answer) => about.answers.push(answer),
                None => checks.problem("answers", Refusal::BadChoice),
            }
        }
        match check_languages(languages) {
            Ok(languages) => about.languages = languages,
            Err(problems) => {
                problems.into_iter().for_each(|problem| checks.problem(&problem.field, problem.why));
            }
        }
        checks.finish(Some(about))
    }

    /// A mentee's topics in order, each once.
    fn asked(&self, checks: &mut Checks) -> Vec<(Slug, u8)> {
        let fields = [("topic_1", &self.topic_1), ("topic_2", &self.topic_2), ("topic_3", &self.topic_3)];
        let mut topics: Vec<(Slug, u8)> = Vec::with_capacity(MAX_ASKED);
        for (field, text) in fields {
            match checks.slug(field, text) {
                Some(topic) if topics.iter().any(|(known, _)| *known == topic) => {
                    checks.problem(field, Refusal::TopicChosenTwice);
                }
                Some(topic) => topics.push((topic, 1)),
                None => {}
            }
        }
        topics
    }
}

/// The topics of a mentor as `topic:confidence`, from what the form sends: `rust` for a ticked box and `rust=3` for the
/// confidence beside a box, ticked or not. Without one, a mentor is confident. A box may have a confidence already.
#[must_use]
pub fn taught_with_confidence(sent: &[String]) -> Vec<String> {
    let of = |topic: &str| {
        let mut levels = sent.iter().filter_map(|text| text.split_once('='));
        let chosen = levels.find(|(of, _)| *of == topic);
        chosen.map_or_else(|| USUAL_CONFIDENCE.to_string(), |(_, confidence)| confidence.to_owned())
    };
    let with = |topic: &String| match topic.contains(':') {
        true => topic.clone(),
        false => format!("{topic}:{}", of(topic)),
    };
    sent.iter().filter(|text| !text.contains('=')).map(with).collect()
}

/// A mentor's topics from `topic:confidence`. The confidence is empty for topics that were not chosen.
fn check_taught(checks: &mut Checks, taught: &[String]) -> Vec<(Slug, u8)> {
    let mut topics: Vec<(Slug, u8)> = Vec::new();
    for choice in taught {
        let Some((topic, confidence)) = choice.split_once(':') else {
            checks.problem("topics", Refusal::BadChoice);
            break;
        };
        if confidence.is_empty() {
            continue;
        }
        let confidence = confidence.parse().ok().filter(|number| (1..=MAX_CONFIDENCE).contains(number));
        match Slug::parse(topic).zip(confidence) {
            Some((topic, confidence)) if topics.iter().all(|(known, _)| *known != topic) => {
                topics.push((topic, confidence));
            }
            _ => {
                checks.problem("topics", Refusal::BadChoice);
                break;
            }
        }
    }
    if topics.len() > MAX_TAUGHT {
        checks.problem("topics", Refusal::TooMany { max: MAX_TAUGHT as i64 });
    }
    topics
}

/// The second step, validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The zone of the hours.
    pub zone: Zone,
    /// The hours of the week.
    pub week: LocalWeek,
}

/// Validates the second step: the zone, and the hours as numbers from 0 to 167.
///
/// # Errors
/// Problems with the fields `zone` and `hours`.
pub fn check_hours(zone: &str, hours: &[String]) -> Result<Hours, Problems> {
    let mut checks = Checks::default();
    let zone = checks.zone("zone", zone);
    let mut numbers = Vec::with_capacity(hours.len());
    for hour in hours {
        match hour.parse().ok().filter(|hour: &u8| *hour < super::WEEK_HOURS) {
            Some(hour) => numbers.push(hour),
            None => {
                checks.problem("hours", Refusal::BadChoice);
                break;
            }
        }
    }
    let week = LocalWeek::from_hours(numbers);
    checks.finish(zone.map(|zone| Hours { zone, week }))
}

/// A topic of a sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenTopic {
    /// The topic.
    pub topic: Named,
    /// A mentor's confidence from 1 to 3. 1 for a mentee.
    pub confidence: u8,
}

/// A sign-up without its preferences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    /// Its id.
    pub id: SignUpId,
    /// Its round.
    pub round: RoundId,
    /// Its side.
    pub role: SignUpRole,
    /// Where it is.
    pub state: SignUpState,
    /// A mentee's topics in order of priority, or a mentor's.
    pub topics: Vec<ChosenTopic>,
    /// A mentee's goal.
    pub goal: String,
    /// A mentor's places.
    pub places: i32,
    /// A mentor's hours a month.
    pub hours_a_month: i32,
    /// The day until which a mentor takes nobody.
    pub paused_until: Option<NaiveDate>,
    /// The chosen option of each answered question, by their ids.
    pub answers: Vec<(Uuid, Uuid)>,
    /// The languages.
    pub languages: Vec<Language>,
    /// The zone of the hours.
    pub zone: Zone,
    /// The hours of the week.
    pub week: LocalWeek,
    /// When its author agreed to how it is used.
    pub consented_at: Option<Instant>,
    /// When it was sent last.
    pub submitted_at: Option<Instant>,
}

string_enum! {
    /// A part that a sign-up needs before it can be sent.
    MissingPart {
        /// At least one topic.
        Topics,
        /// A mentee's goal.
        Goal,
        /// An answer to each question.
        Answers,
        /// A mentor's hours a month.
        HoursAMonth,
        /// At least one language.
        Languages,
        /// At least [`MIN_HOURS`] hours of the week.
        Hours,
    }
}

impl MissingPart {
    /// The step in which it is entered.
    #[must_use]
    pub fn step(self) -> SignUpStep {
        match self {
            Self::Topics | Self::Goal | Self::Answers | Self::HoursAMonth | Self::Languages => {
                SignUpStep::About
            }
            Self::Hours => SignUpStep::Hours,
        }
    }
}

impl SignUp {
    /// What is missing before it can be sent. `questions` are those of the programme.
    #[must_use]
    pub fn missing(&self, questions: &[Question]) -> Vec<MissingPart> {
        let is_mentee = self.role == SignUpRole::Mentee;
        let is_answered =
            |question: &Question| self.answers.iter().any(|(answered, _)| Some(*answered) == question.id);
        let lacks = |part: &MissingPart| match part {
            MissingPart::Topics => self.topics.is_empty(),
            MissingPart::Goal => is_mentee && self.goal.is_empty(),
            MissingPart::Answers => !questions.iter().all(is_answered),
            MissingPart::HoursAMonth => !is_mentee && self.hours_a_month == 0,
            MissingPart::Languages => self.languages.is_empty(),
            MissingPart::Hours => self.week.count() < MIN_HOURS,
        };
        MissingPart::ALL.iter().filter(|part| lacks(part)).copied().collect()
    }

    /// Whether its author can change it now. After sign-up has closed, a run may have read what was sent (M5).
    ///
    /// # Errors
    /// `Refused` with the reason.
    pub fn check_editable(&self, window: SignUpWindow) -> Result<(), Refusal> {
        check_editable(self.state, window)
    }
}

/// Whether the author of a sign-up in this state can change it now.
///
/// # Errors
/// `Refused` with the reason.
pub fn check_editable(state: SignUpState, window: SignUpWindow) -> Result<(), Refusal> {
    window.check()?;
    match (window, state) {
        (SignUpWindow::Late, SignUpState::Submitted) => Err(Refusal::SignUpIsFixed),
        _ => Ok(()),
    }
}

string_enum! {
    /// A change of a sign-up's state.
    SignUpChange {
        /// It takes part.
        Submit,
        /// It no longer takes part.
        Withdraw,
    }
}

/// Every change of a sign-up that exists, and who may make it. A coordinator submits only what they import (M24).
pub const SIGN_UP_CHANGES: &[(SignUpState, SignUpChange, SignUpState, &[SignUpChanger])] = {
    use SignUpChanger::{Author, Coordinator};
    use SignUpState::{Draft, Submitted, Withdrawn};
    &[
        (Draft, SignUpChange::Submit, Submitted, &[Author, Coordinator]),
        (Draft, SignUpChange::Withdraw, Withdrawn, &[Author]),
        (Submitted, SignUpChange::Withdraw, Withdrawn, &[Author]),
        (Withdrawn, SignUpChange::Submit, Submitted, &[Author]),
    ]
};

/// Who changes a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpChanger {
    /// The member whose it is.
    Author,
    /// A coordinator of the programme.
    Coordinator,
}

impl SignUpState {
    /// The state after a change.
    ///
    /// # Errors
    /// `Refused(SignUpStateChanged)` when there is no such change, or not by this person.
    pub fn after(self, change: SignUpChange, by: SignUpChanger) -> Result<Self, Refusal> {
        let found = SIGN_UP_CHANGES
            .iter()
            .find(|(from, with, _, who)| (*from, *with) == (self, change) && who.contains(&by));
        found.map(|(_, _, to, _)| *to).ok_or(Refusal::SignUpStateChanged)
    }
}

impl PreferenceKind {
    /// The kinds that a sign-up of this role has.
    #[must_use]
    pub fn of_role(role: SignUpRole) -> &'static [Self] {
        match role {
            SignUpRole::Mentee => &[Self::Wish, Self::Never],
            SignUpRole::Mentor => &[Self::WouldLike, Self::RatherNot, Self::Never],
        }
    }

    /// The most people of this kind.
    #[must_use]
    pub fn max(self) -> usize {
        match self {
            Self::Wish => usize::from(super::MAX_WISHES),
            Self::WouldLike | Self::RatherNot => MAX_LIKED,
            Self::Never => MAX_NEVER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(form: &AboutForm, role: SignUpRole) -> Result<About, Problems> {
        form.check(role, &[], &[], &["en".to_owned()])
    }

    #[test]
    fn m2_a_ticked_topic_has_the_confidence_beside_it() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let sent = texts(&["rust", "rust=3", "security=1", "databases", "on-call:1", "on-call=3"]);
        let taught = taught_with_confidence(&sent);
        assert_eq!(taught, ["rust:3", "databases:2", "on-call:1"], "security has no tick");
        let form = AboutForm { places: "1".into(), hours_a_month: "2".into(), ..AboutForm::default() };
        let check = |taught: &[String]| form.check(SignUpRole::Mentor, taught, &[], &["en".to_owned()]);
        assert_eq!(check(&taught).unwrap().topics.len(), 3);
        assert!(check(&taught_with_confidence(&texts(&["rust", "rust=9"]))).is_err());
    }

    #[test]
    fn m2_a_mentee_names_up_to_three_topics_in_order() {
        let form = AboutForm { topic_1: "rust".into(), topic_3: "databases".into(), ..AboutForm::default() };
        let topics = about(&form, SignUpRole::Mentee).unwrap().topics;
        assert_eq!(topics.iter().map(|(topic, _)| topic.as_str()).collect::<Vec<_>>(), ["rust", "databases"]);
        let twice = AboutForm { topic_2: "rust".into(), ..form };
        assert_eq!(about(&twice, SignUpRole::Mentee).unwrap_err()[0].field, "topic_2");
        let long = AboutForm { goal: "x".repeat(MAX_GOAL + 1), ..AboutForm::default() };
        assert_eq!(about(&long, SignUpRole::Mentee).unwrap_err()[0].field, "goal");
    }

    #[test]
    fn m2_a_mentor_names_places_hours_and_topics_with_confidence() {
        let form = AboutForm {
            places: "2".into(),
            hours_a_month: "4".into(),
            paused_until: "2027-03-01".into(),
            goal: "x".into(),
            ..AboutForm::default()
        };
        let taught = ["rust:3".to_owned(), "databases:".to_owned()];
        let about = form.check(SignUpRole::Mentor, &taught, &[], &[]).unwrap();
        assert_eq!((about.places, about.hours_a_month, about.goal.as_str()), (2, 4, ""));
        assert_eq!(about.topics.len(), 1);
        assert_eq!(about.topics[0].1, 3);
        for bad in ["rust:4", "rust:0", "rust", "Rust!:1"] {
            assert!(form.check(SignUpRole::Mentor, &[bad.to_owned()], &[], &[]).is_err(), "{bad}");
        }
        let many = AboutForm { places: "11".into(), ..AboutForm::default() };
        assert_eq!(many.check(SignUpRole::Mentor, &[], &[], &[]).unwrap_err()[0].field, "places");
    }

    #[test]
    fn m3_hours_are_numbers_of_the_week() {
        let hours = |list: &[&str]| {
            check_hours("Europe/London", &list.iter().map(|hour| (*hour).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(hours(&["0", "33", "167"]).unwrap().week.count(), 3);
        assert!(hours(&["168"]).is_err() && hours(&["-1"]).is_err());
        assert_eq!(check_hours("Mars/Olympus", &[]).unwrap_err()[0].field, "zone");
    }

    #[test]
    fn a_sign_up_says_what_is_missing() {
        let question = Question {
            id: Some(Uuid::from_u128(1)),
            mentee_text: "?".into(),
            mentor_text: "?".into(),
            options: Vec::new(),
        };
        let empty = SignUp {
            id: SignUpId(Uuid::nil()),
            round: RoundId(Uuid::nil()),
            role: SignUpRole::Mentee,
            state: SignUpState::Draft,
            topics: Vec::new(),
            goal: String::new(),
            places: 1,
            hours_a_month: 0,
            paused_until: None,
            answers: Vec::new(),
            languages: Vec::new(),
            zone: Zone::UTC,
            week: LocalWeek::from_hours([1, 2]),
            consented_at: None,
            submitted_at: None,
        };
        use MissingPart::{Answers, Goal, Hours, HoursAMonth, Languages, Topics};
        assert_eq!(empty.missing(std::slice::from_ref(&question)), [Topics, Goal, Answers, Languages, Hours]);
        let mentor = SignUp { role: SignUpRole::Mentor, ..empty.clone() };
        assert_eq!(mentor.missing(&[]), [Topics, HoursAMonth, Languages, Hours]);
        let answered = SignUp { answers: vec![(Uuid::from_u128(1), Uuid::from_u128(2))], ..empty };
        assert!(!answered.missing(&[question]).contains(&Answers));
    }

    #[test]
    fn m24_a_sign_up_changes_only_as_listed() {
        use SignUpChange::{Submit, Withdraw};
        use SignUpChanger::{Author, Coordinator};
        use SignUpState::{Draft, Submitted, Withdrawn};
        let mut allowed = Vec::new();
        for state in SignUpState::ALL {
            for change in [Submit, Withdraw] {
                for by in [Author, Coordinator] {
                    if let Ok(to) = state.after(change, by) {
                        allowed.push((*state, change, by, to));
                    }
                }
            }
        }
        assert_eq!(
            allowed,
            [
                (Draft, Submit, Author, Submitted),
                (Draft, Submit, Coordinator, Submitted),
                (Draft, Withdraw, Author, Withdrawn),
                (Submitted, Withdraw, Author, Withdrawn),
                (Withdrawn, Submit, Author, Submitted),
            ]
        );
    }

    #[test]
    fn m5_what_was_sent_can_be_changed_until_sign_up_closes() {
        use SignUpState::{Draft, Submitted, Withdrawn};
        assert_eq!(check_editable(Submitted, SignUpWindow::Open), Ok(()));
        assert_eq!(check_editable(Submitted, SignUpWindow::Late), Err(Refusal::SignUpIsFixed));
        assert_eq!(check_editable(Draft, SignUpWindow::Late), Ok(()));
        assert_eq!(check_editable(Withdrawn, SignUpWindow::Late), Ok(()));
        assert!(check_editable(Draft, SignUpWindow::Over).is_err());
    }
}
