//! The demo's questions to mentors: one that waits, one that was picked, and one with an answer. And a group circle.

use chrono::Duration;
use domain::{
    Slug,
    circles::{Circle, CircleChange},
    questions::{Question, QuestionChange},
};

use super::{People, actor_of};
use crate::{Store, StoreError, circles, questions};

/// A question of the demo.
struct Sample {
    asker: &'static str,
    topic: &'static str,
    text: &'static str,
    free: &'static str,
    days_ago: i64,
    /// The mentor who picked it, and what they replied.
    picked: Option<(&'static str, &'static str)>,
    /// What its author wrote back before they closed it.
    thanks: Option<&'static str>,
}

const QUESTIONS: [Sample; 3] = [
    Sample {
        asker: "sofia",
        topic: "test-automation",
        text: "Our browser tests fail once in twenty runs, and a second run hides it. What do I look at first?",
        free: "Weekdays after 16:00",
        days_ago: 2,
        picked: None,
        thanks: None,
    },
    Sample {
        asker: "mei",
        topic: "threat-modelling",
        text: "How do I start a threat model for a service that three teams own? I have a data flow diagram.",
        free: "Tuesdays and Thursdays",
        days_ago: 3,
        picked: Some((
            "ada",
            "Start with who owns each arrow. Which of the three teams would notice a change first?",
        )),
        thanks: None,
    },
    Sample {
        asker: "ravi",
        topic: "continuous-delivery",
        text: "We release on Fridays because everybody is there. How did you move to releasing every day?",
        free: "",
        days_ago: 9,
        picked: Some(("grace", "One service first, with a rollback that anybody can press. Then the next.")),
        thanks: Some("We start with the mail service on Monday."),
    },
];

/// Asks the questions, and lets the mentors answer.
pub(super) async fn add_questions(store: &Store, actors: &People) -> Result<(), StoreError> {
    for sample in &QUESTIONS {
        let then = store.at(store.now() - Duration::days(sample.days_ago));
        let asker = actor_of(actors, sample.asker)?;
        let topic = Slug::parse(sample.topic).ok_or(StoreError::NotFound)?;
        let question = Question { topic, text: sample.text.to_owned(), free: sample.free.to_owned() };
        let id = questions::ask(&then, &asker, question, "").await?;
        let Some((mentor, reply)) = sample.picked else { continue };
        let (mentor, then) = (actor_of(actors, mentor)?, then.at(then.now() + Duration::hours(20)));
        questions::change(&then, &mentor, id, QuestionChange::Pick).await?;
        questions::reply(&then, &mentor, id, reply, "").await?;
        let Some(thanks) = sample.thanks else { continue };
        let then = then.at(then.now() + Duration::hours(3));
        questions::reply(&then, &asker, id, thanks, "").await?;
        questions::change(&then, &asker, id, QuestionChange::Close).await?;
    }
    add_circle(store, actors).await
}

/// A circle of Grace's that two members joined.
async fn add_circle(store: &Store, actors: &People) -> Result<(), StoreError> {
    let circle = Circle {
        topic: Slug::parse("platform-engineering").ok_or(StoreError::NotFound)?,
        title: "Platforms that teams choose".to_owned(),
        about: "We look at one platform of a member each time. What do its teams ask for, and what do they avoid?"
            .to_owned(),
        places: 5,
        dates: "Every second Wednesday at 15:00 UTC, four times".to_owned(),
        place: "https://meet.example.org/platforms".to_owned(),
    };
    let then = store.at(store.now() - Duration::days(6));
    let id = circles::open(&then, &actor_of(actors, "grace")?, circle, "").await?;
    for key in ["jonas", "mei"] {
        circles::change(&then, &actor_of(actors, key)?, id, CircleChange::Join).await?;
    }
    Ok(())
}
