//! Identifiers: UUIDv7 inside (created by `store`), slugs and random public ids outside.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A member of the community.
    MemberId,
    /// An event.
    EventId,
    /// One member's RSVP for one event; also the UID of its calendar entry.
    RsvpId,
    /// A sign-in session of one browser.
    SignInSessionId,
    /// A started sign-in that waits for its link or code.
    SignInId,
    /// A group.
    GroupId,
    /// An announcement: an organiser's message to people of an event.
    AnnouncementId,
    /// An email in the outbox. Its Message-ID is derived from this id.
    EmailId,
    /// An invitation to the community.
    InvitationId,
    /// A request for an invitation.
    InvitationRequestId,
    /// Kudos. Also the address of their page.
    KudosId,
    /// A comment.
    CommentId,
    /// A notification.
    NotificationId,
    /// A hello: what a member wrote to another one whose address they do not know.
    HelloId,
    /// A report of content or of a member.
    ReportId,
    /// A mentoring programme.
    ProgrammeId,
    /// A round of a mentoring programme.
    RoundId,
    /// A member's sign-up for a round, as mentee or as mentor.
    SignUpId,
    /// A run of the matching solver.
    RunId,
    /// A proposed pair of mentee and mentor.
    ProposalId,
    /// A mentorship: a pair where both accepted.
    MentorshipId,
    /// A background job.
    JobId,
    /// A meeting of a mentorship. Also the UID of its calendar entry.
    MeetingId,
    /// A goal of a mentorship.
    GoalId,
    /// A note in a mentorship.
    NoteId,
    /// A check-in: a short question to one person of a mentorship.
    CheckInId,
    /// A direct request to a mentor, outside a round.
    MentorRequestId,
    /// An email of a coordinator to people of a round.
    RoundEmailId,
    /// A group circle.
    CircleId,
    /// A learning request.
    DemandId,
    /// A series of events.
    SeriesId,
    /// A standing RSVP: a member always wants a seat at a series.
    SeriesRsvpId,
    /// A speed round.
    SpeedRoundId,
    /// A question to mentors.
    QuestionId,
    /// A question to the speakers of a session.
    SessionQuestionId,
    /// A proposal as it was sent to one call.
    SubmissionId,
    /// A coordinator's measure about a person in a programme.
    MeasureId,
}

/// A name in a URL: lower-case ASCII letters, digits and single hyphens, 1 to 80 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The slug of a title. Every run of characters other than ASCII letters and digits becomes one hyphen.
    /// A title without any gives `fallback`, which must be a slug itself.
    #[must_use]
    pub fn of_title(title: &str, fallback: &str) -> Self {
        let mut slug = String::new();
        for c in title.chars().flat_map(char::to_lowercase).flat_map(unaccented) {
            if slug.len() >= 60 {
                break;
            }
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_matches('-');
        Self(if slug.is_empty() { fallback } else { slug }.to_owned())
    }

    /// The slug with `-suffix` added, for when it is taken.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self(format!("{}-{suffix}", self.0))
    }

    /// A part of a URL as a slug; `None` if it cannot be one, and so names no record.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=80).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The slug as it appears in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Common Latin letters without their accents, so that "Café" becomes `cafe` in a URL.
fn unaccented(c: char) -> impl Iterator<Item = char> {
    let pair = match c {
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'ß' => Some("ss"),
        'þ' => Some("th"),
        _ => None,
    };
    let one = pair.is_none().then(|| plain(c));
    pair.unwrap_or_default().chars().chain(one)
}

fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_slug() {
        let slug = |t: &str| Slug::of_title(t, "event").to_string();
        assert_eq!(slug("Threat modelling: a café night!"), "threat-modelling-a-cafe-night");
        assert_eq!(slug("<script>alert(1)</script>"), "script-alert-1-script");
        assert_eq!(slug("Łowé Ørsted, Đorđe & Þór: Straße æ"), "lowe-orsted-dorde-thor-strasse-ae");
        assert_eq!(slug("日本語"), "event");
        assert_eq!(slug("  --  "), "event");
        assert!(slug(&"long ".repeat(50)).len() <= 60);
    }

    #[test]
    fn only_slugs_name_records() {
        assert!(Slug::parse("threat-modelling-2").is_some());
        for bad in ["", "Ab", "a/b", "a%20", "../x", &"a".repeat(81)] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
    }
}
