//! The link and the code with which a visitor confirms their address and a seat (A14). A member who registers signed out
//! gets the same email.

use super::prelude::*;
use crate::events::Reservation;

/// The link and the code with which a visitor confirms their address and a seat (A14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmSeat {
    /// The event that it is about.
    pub event: EventFacts,
    /// Whether a seat is held until then.
    pub reservation: Reservation,
    /// Path and secret, relative to the public address.
    pub link: String,
    /// The code, eight digits.
    pub code: String,
    /// When both expire.
    pub expires_at: Instant,
}

impl Kind for ConfirmSeat {
    fn category(&self) -> EmailCategory {
        EmailCategory::Security
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.expires_at)
    }

    fn content(&self) -> Content {
        let waits = self.reservation == Reservation::Waitlist;
        let (subject, heading, button) = if waits {
            (
                "email-confirm-seat-subject-waitlist",
                "email-confirm-seat-heading-waitlist",
                "email-confirm-seat-button-waitlist",
            )
        } else {
            ("email-confirm-seat-subject", "email-confirm-seat-heading", "email-confirm-seat-button")
        };
        let lead = match self.reservation {
            Reservation::Held => "email-confirm-seat-held",
            Reservation::NotHeld => "email-confirm-seat-not-held",
            Reservation::Waitlist => "email-confirm-seat-waitlist",
        };
        Content::new(subject, heading)
            .arg("code", Value::Code(self.code.clone()))
            .arg("minutes", Value::MinutesUntil(self.expires_at))
            .until(self.expires_at)
            .preview(&[lead])
            .say(lead)
            .button(button, Target::Path(self.link.clone()))
            .say("email-confirm-seat-signs-in")
            .facts(Facts::of(&self.event).without_seat_link().asking(true))
            .say("email-confirm-seat-code")
            .part(Part::Code(self.code.clone()))
            .say("email-sign-in-how-long")
            .say("email-confirm-seat-not-you")
            .why("email-why-address")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            event: sample.visited(),
            reservation: Reservation::Held,
            link: "/sign-in/link/q5w8zKcX0yqYkq7m3Zr4Ow".to_owned(),
            code: "12345678".to_owned(),
            expires_at: Sample::now() + Duration::minutes(15),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let other = |reservation| Self { reservation, ..Self::sample(sample) };
        vec![("not_held", other(Reservation::NotHeld)), ("waitlist", other(Reservation::Waitlist))]
    }
}
