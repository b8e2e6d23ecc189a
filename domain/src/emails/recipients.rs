//! How many emails about changes to one RSVP a member gets.

use chrono::Duration;

/// How many emails about a member's own changes to one RSVP are sent at once within [`RSVP_EMAILS_WINDOW`].
pub const MAX_RSVP_EMAILS: u64 = 3;
/// After [`MAX_RSVP_EMAILS`] emails, the next one waits until the oldest is this old.
pub const RSVP_EMAILS_WINDOW: Duration = Duration::minutes(10);
