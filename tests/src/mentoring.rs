//! Programmes, rounds and sign-ups for tests.

use chrono::Duration;
use domain::{
    Actor, Slug,
    mentoring::{
        AboutForm, Hours, LocalWeek, ProgrammeForm, QuestionForm, RoundChange, RoundForm, SignUpRole,
    },
};
use store::mentoring;

use crate::Guild;

/// The form of a programme with one question.
#[must_use]
pub fn programme_form() -> (ProgrammeForm, Vec<QuestionForm>) {
    let question = QuestionForm {
        mentee_text: "How do you like to learn?".into(),
        options: "By doing; By talking".into(),
        ..QuestionForm::default()
    };
    (ProgrammeForm { name: "Craft mentoring".into(), ..ProgrammeForm::default() }, vec![question])
}

impl Guild {
    /// The form of a round whose sign-up closes in ten days.
    #[must_use]
    pub fn round_form(&self) -> RoundForm {
        let day = |days: i64| (self.now() + Duration::days(days)).date_naive();
        RoundForm {
            name: "Spring".into(),
            closes: format!("{}T18:00", day(10)),
            zone: "UTC".into(),
            starts_on: day(15).to_string(),
            ends_on: day(105).to_string(),
            version: String::new(),
        }
    }

    /// A programme of this coordinator.
    pub async fn programme(&self, coordinator: &Actor) -> Slug {
        self.programme_of(coordinator, None).await
    }

    /// A programme of this coordinator for the members of a group.
    pub async fn programme_of(&self, coordinator: &Actor, group: Option<&Slug>) -> Slug {
        let (form, questions) = programme_form();
        let group = group.map_or_else(String::new, Slug::to_string);
        let form = ProgrammeForm { group, ..form };
        let details = form.check(&questions).expect("a valid programme");
        mentoring::create_programme(&self.store, coordinator, details, "").await.expect("it is created")
    }

    /// An open round of a new programme of this coordinator.
    pub async fn round(&self, coordinator: &Actor) -> Slug {
        let programme = self.programme(coordinator).await;
        let details = self.round_form().check().expect("a valid round");
        let round = mentoring::create_round(&self.store, coordinator, &programme, details, "").await;
        let round = round.expect("it is created");
        mentoring::change_round(&self.store, coordinator, &round, RoundChange::Open).await.expect("it opens");
        round
    }

    /// A sign-up that was sent, with these topics and this goal.
    pub async fn sign_up(&self, actor: &Actor, round: &Slug, role: SignUpRole, topics: &[&str], goal: &str) {
        let topic = |at: usize| topics.get(at).map_or_else(String::new, |topic| (*topic).to_owned());
        let form = AboutForm {
            topic_1: topic(0),
            topic_2: topic(1),
            topic_3: topic(2),
            goal: goal.into(),
            places: "2".into(),
            hours_a_month: "4".into(),
            paused_until: String::new(),
        };
        let taught: Vec<String> = topics.iter().map(|topic| format!("{topic}:2")).collect();
        let page = mentoring::round(&self.store, actor, round).await.expect("the actor sees the round");
        let answers: Vec<String> = page
            .questions
            .iter()
            .map(|question| {
                format!("{}:{}", question.id.unwrap_or_default(), question.options[0].id.unwrap_or_default())
            })
            .collect();
        let about = form.check(role, &taught, &answers, &["en".to_owned()]).expect("a valid step");
        mentoring::save_about(&self.store, actor, round, role, about).await.expect("it is saved");
        // Three evenings.
        let week = LocalWeek::from_hours([18, 19, 42, 43, 66]);
        let hours = Hours { zone: domain::Zone::UTC, week };
        mentoring::save_hours(&self.store, actor, round, role, hours).await.expect("it is saved");
        mentoring::submit(&self.store, actor, round, role, true).await.expect("it is sent");
    }
}
