//! Learning requests: what members want to learn, who wants the same, and who can teach it (B10).

use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, Slug, checks::Checks, members::string_enum};

/// How many open requests one member can have.
pub const MAX_OPEN_DEMANDS: u64 = 5;
/// How many open requests one member can offer to teach.
pub const MAX_CLAIMS: u64 = 5;
/// The most characters of a title.
pub const MAX_DEMAND_TITLE: usize = 100;
/// The most characters of the text.
pub const MAX_DEMAND_TEXT: usize = 500;
/// The most characters of what a speaker says about teaching it, and of what a group says that can't host it.
pub const MAX_CLAIM_NOTE: usize = 300;

string_enum! {
    /// Where a learning request is.
    DemandState {
        /// Others can say that they want it too, and a speaker can offer to teach it.
        Open,
        /// It became an event, which was published.
        Scheduled,
        /// Its author took it back.
        Withdrawn,
        /// An organiser or an admin removed it.
        Removed,
    }
}

string_enum! {
    /// Where people want to learn.
    DemandPlace {
        /// In person or online.
        Anywhere,
        /// Online only.
        Online,
        /// In person, in a city.
        City,
    }
}

string_enum! {
    /// What somebody does with a learning request.
    DemandChange {
        /// Its author takes it back.
        Withdraw,
        /// Its author puts it back.
        Reopen,
        /// An organiser or an admin removes it.
        Remove,
        /// An organiser or an admin restores it.
        Restore,
    }
}

impl DemandState {
    /// The state after a change.
    ///
    /// # Errors
    /// `DemandOver` when the change does not fit, for example after it became an event.
    pub fn after(self, change: DemandChange) -> Result<Self, Refusal> {
        match (self, change) {
            (Self::Open | Self::Withdrawn, DemandChange::Withdraw) => Ok(Self::Withdrawn),
            (Self::Open | Self::Withdrawn, DemandChange::Reopen)
            | (Self::Open | Self::Removed, DemandChange::Restore) => Ok(Self::Open),
            (Self::Open | Self::Removed, DemandChange::Remove) => Ok(Self::Removed),
            (Self::Scheduled, _)
            | (Self::Removed, DemandChange::Withdraw | DemandChange::Reopen)
            | (Self::Withdrawn, DemandChange::Remove | DemandChange::Restore) => Err(Refusal::DemandOver),
        }
    }
}

/// A learning request that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// What the author wants to learn.
    pub title: String,
    /// More about it. May be empty.
    pub text: String,
    /// The group that it is for. `None` is for all members.
    pub group: Option<Slug>,
    /// What it is about.
    pub topic: Option<Slug>,
    /// Where.
    pub place: DemandPlace,
    /// The city, for [`DemandPlace::City`]. Otherwise empty.
    pub city: String,
}

/// The form of a learning request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandForm {
    /// See [`Demand::title`].
    #[serde(default)]
    pub title: String,
    /// See [`Demand::text`].
    #[serde(default)]
    pub text: String,
    /// See [`Demand::group`].
    #[serde(default)]
    pub group: String,
    /// See [`Demand::topic`].
    #[serde(default)]
    pub topic: String,
    /// A name of a [`DemandPlace`]. Empty for anywhere.
    #[serde(default)]
    pub place: String,
    /// See [`Demand::city`].
    #[serde(default)]
    pub city: String,
}

impl DemandForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<Demand, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 3, MAX_DEMAND_TITLE);
        let text = checks.text("text", &self.text, 0, MAX_DEMAND_TEXT);
        let group = checks.slug("group", &self.group);
        let topic = checks.slug("topic", &self.topic);
        let place = match self.place.as_str() {
            "" => Some(DemandPlace::Anywhere),
            chosen => checks.choice("place", chosen),
        };
        let in_city = place == Some(DemandPlace::City);
        let city = if in_city { checks.line("city", &self.city, 2, 80) } else { String::new() };
        checks.finish(place.map(|place| Demand { title, text, group, topic, place, city }))
    }
}

/// Reads what a speaker says about teaching it, or why a group can't host it: one or two sentences.
///
/// # Errors
/// A problem with the field `note`.
pub fn check_note(note: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let note = checks.text("note", note, 10, MAX_CLAIM_NOTE);
    checks.finish(Some(note))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> DemandForm {
        DemandForm { title: "Threat models for small teams".into(), ..DemandForm::default() }
    }

    #[test]
    fn b10_a_request_needs_a_title_and_a_city_where_one_is_asked_for() {
        assert_eq!(form().check().unwrap().place, DemandPlace::Anywhere);
        let empty = DemandForm::default().check().unwrap_err();
        assert_eq!(empty.into_iter().map(|problem| problem.field).collect::<Vec<_>>(), ["title"]);
        let no_city = DemandForm { place: "city".into(), ..form() }.check().unwrap_err();
        assert_eq!(no_city[0].field, "city");
        let city = DemandForm { place: "city".into(), city: "Lisbon".into(), ..form() }.check().unwrap();
        assert_eq!(city.city, "Lisbon");
        // A city that was typed before another place was chosen is dropped.
        let online = DemandForm { place: "online".into(), city: "Lisbon".into(), ..form() };
        assert_eq!(online.check().unwrap().city, "");
        let long = DemandForm { text: "x".repeat(MAX_DEMAND_TEXT + 1), ..form() }.check().unwrap_err();
        assert_eq!(long[0].field, "text");
    }

    #[test]
    fn b10_a_change_fits_the_state() {
        use DemandChange::{Remove, Reopen, Restore, Withdraw};
        let ways = |state: DemandState| {
            DemandChange::ALL
                .iter()
                .copied()
                .filter(|change| state.after(*change).is_ok())
                .collect::<Vec<_>>()
        };
        assert_eq!(ways(DemandState::Open), [Withdraw, Reopen, Remove, Restore]);
        assert_eq!(ways(DemandState::Withdrawn), [Withdraw, Reopen]);
        assert_eq!(ways(DemandState::Removed), [Remove, Restore]);
        assert_eq!(ways(DemandState::Scheduled), []);
    }
}
