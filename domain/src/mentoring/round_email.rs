//! Emails of coordinators to people of a round, by what they have not done yet (M29).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Problems, checks::Checks, members::string_enum};

/// How long an email is held, so that a coordinator can look at it once more and cancel it.
pub const ROUND_EMAIL_DELAY: Duration = Duration::minutes(5);
/// The same people get at most one email of coordinators in this time.
pub const ROUND_EMAIL_EVERY: Duration = Duration::days(1);
/// The most characters of an email to people of a round.
pub const MAX_ROUND_EMAIL: usize = 2000;

string_enum! {
    /// People of a round, by what they have not done yet. A coordinator learns how many they are and nothing else.
    RoundAudience {
        /// They were proposed to somebody and have not answered.
        Invited,
        /// They are in a mentorship without a meeting, held or planned.
        NoMeeting,
        /// Their last meeting started three weeks ago or earlier, and no meeting is planned.
        Silent,
    }
}

string_enum! {
    /// Whether an email to people of a round was sent.
    RoundEmailState {
        /// It waits for its time.
        Held,
        /// It was sent, or is being sent.
        Sent,
        /// A coordinator cancelled it.
        Cancelled,
    }
}

/// The form of an email to people of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundEmailForm {
    /// Who gets it.
    #[serde(default)]
    pub audience: String,
    /// The text.
    #[serde(default)]
    pub text: String,
}

impl RoundEmailForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<(RoundAudience, String), Problems> {
        let mut checks = Checks::default();
        let audience: Option<RoundAudience> = checks.choice("audience", &self.audience);
        let text = checks.text("text", &self.text, 10, MAX_ROUND_EMAIL);
        checks.finish(audience.map(|audience| (audience, text)))
    }
}
