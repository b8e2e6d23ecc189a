//! Group circles: a mentor meets several members about one topic (M30).

use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, Slug, checks::Checks, members::string_enum};

/// The most places of a circle.
pub const MAX_CIRCLE_PLACES: i64 = 20;
/// How many open circles one mentor can have.
pub const MAX_OPEN_CIRCLES: u64 = 3;
/// The most characters of the text about a circle.
pub const MAX_CIRCLE_ABOUT: usize = 1000;

string_enum! {
    /// Where a circle is.
    CircleState {
        /// Members can join while there are places.
        Open,
        /// Its mentor closed it.
        Closed,
    }
}

string_enum! {
    /// What somebody does with a circle.
    CircleChange {
        /// A member takes a place.
        Join,
        /// A member gives their place up.
        Leave,
        /// The mentor closes the circle.
        Close,
    }
}

/// A circle that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// What it is about.
    pub topic: Slug,
    /// Its title.
    pub title: String,
    /// What the group will do.
    pub about: String,
    /// How many members can join.
    pub places: i32,
    /// When it meets.
    pub dates: String,
    /// Where it meets. Only its people read it.
    pub place: String,
}

/// The form of a circle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleForm {
    /// See [`Circle::topic`].
    #[serde(default)]
    pub topic: String,
    /// See [`Circle::title`].
    #[serde(default)]
    pub title: String,
    /// See [`Circle::about`].
    #[serde(default)]
    pub about: String,
    /// See [`Circle::places`].
    #[serde(default)]
    pub places: String,
    /// See [`Circle::dates`].
    #[serde(default)]
    pub dates: String,
    /// See [`Circle::place`].
    #[serde(default)]
    pub place: String,
}

impl CircleForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<Circle, Problems> {
        let mut checks = Checks::default();
        let topic = Slug::parse(self.topic.trim());
        if topic.is_none() {
            checks.problem("topic", Refusal::BadChoice);
        }
        let title = checks.line("title", &self.title, 3, 120);
        let about = checks.text("about", &self.about, 10, MAX_CIRCLE_ABOUT);
        let number = if self.places.trim().is_empty() { "0" } else { &self.places };
        let places = checks.number("places", number, 2, MAX_CIRCLE_PLACES);
        let places = places.and_then(|places| i32::try_from(places).ok());
        let dates = checks.line("dates", &self.dates, 3, 200);
        let place = checks.line("place", &self.place, 0, 300);
        let circle = topic.zip(places);
        checks.finish(circle.map(|(topic, places)| Circle { topic, title, about, places, dates, place }))
    }
}

/// Whether a member can take a place.
///
/// # Errors
/// `CircleClosed`, or `CircleFull` without a free place.
pub fn may_join(state: CircleState, places: i32, taken: u64) -> Result<(), Refusal> {
    match state {
        CircleState::Closed => Err(Refusal::CircleClosed),
        CircleState::Open if taken >= u64::try_from(places).unwrap_or(0) => Err(Refusal::CircleFull),
        CircleState::Open => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m30_members_join_until_a_circle_is_full_or_closed() {
        assert_eq!(may_join(CircleState::Open, 2, 1), Ok(()));
        assert_eq!(may_join(CircleState::Open, 2, 2), Err(Refusal::CircleFull));
        assert_eq!(may_join(CircleState::Closed, 2, 0), Err(Refusal::CircleClosed));
    }

    #[test]
    fn m30_a_circle_needs_a_topic_a_title_places_and_dates() {
        let form = CircleForm {
            topic: "rust".into(),
            title: "Rust for reviewers".into(),
            about: "We read one crate together.".into(),
            places: "5".into(),
            dates: "Thursdays at 16:00, four times".into(),
            place: String::new(),
        };
        assert!(form.check().is_ok());
        let empty = CircleForm::default().check().unwrap_err();
        let fields: Vec<_> = empty.into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["topic", "title", "about", "places", "dates"]);
    }
}
