//! Which email follows a change of an RSVP.

use super::{Rsvp, RsvpState};
use crate::emails::WaitlistReason;

/// Why an RSVP changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its member asked for it, on a page, by a link in an email or in their calendar.
    Member,
    /// A host decided it: they approve, decline, or move people back to the waitlist.
    Host,
    /// Nobody asked for it: a seat became free, or an offer expired.
    Automatic,
    /// The member can no longer see the event, or their account is suspended or deleted.
    AccessLost,
}

/// The email that tells a member how their RSVP changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RsvpEmail {
    /// Their request for a seat was received (A11).
    Requested,
    /// They have a seat. `guests_before` when only the number of guests changed. `while_waiting` when the seat is
    /// online, until the room has one (A12).
    Confirmed {
        /// Number of guests before the change.
        guests_before: Option<u8>,
        /// Whether they keep waiting for a seat in the room.
        while_waiting: bool,
    },
    /// They are on the waitlist (A5).
    Waitlisted(WaitlistReason),
    /// They got a seat from the waitlist (A5).
    Promoted {
        /// Whether a host gave it to them.
        by_host: bool,
    },
    /// A host approved their request (A11).
    Approved,
    /// A host declined their request (A11).
    Declined,
    /// A host removed them (A15).
    Removed {
        /// Whether they had an entry in their calendar.
        cancels_entry: bool,
    },
    /// A host moved them back to the waitlist (A4).
    MovedBack {
        /// Whether they had an entry in their calendar and now have none.
        cancels_entry: bool,
    },
    /// A seat is held for them (A8).
    Offer,
    /// Their offer expired (A8).
    OfferExpired {
        /// Whether they keep a seat online.
        keeps_online: bool,
    },
    /// Fewer seats than they need are free (A6).
    FewerOffered,
    /// They gave up their seat or their position, or lost it with their access (A10).
    Left {
        /// Whether they had an entry in their calendar.
        cancels_entry: bool,
    },
}

impl RsvpEmail {
    /// Whether the email adds, updates or removes an entry in the member's calendar. It then takes the next
    /// SEQUENCE.
    #[must_use]
    pub fn changes_calendar(self) -> bool {
        match self {
            Self::Confirmed { .. } | Self::Promoted { .. } | Self::Approved => true,
            Self::MovedBack { cancels_entry }
            | Self::Left { cancels_entry }
            | Self::Removed { cancels_entry } => cancels_entry,
            Self::Requested
            | Self::Waitlisted(_)
            | Self::Declined
            | Self::Offer
            | Self::OfferExpired { .. }
            | Self::FewerOffered => false,
        }
    }
}

/// The email that follows when an RSVP `was` this and is `now` that. `None` when the page says enough, such as
/// for a changed number of guests on the waitlist.
#[must_use]
pub fn email_after(was: &Rsvp, now: &Rsvp, cause: Cause) -> Option<RsvpEmail> {
    match cause {
        Cause::Member => after_member(was, now),
        Cause::Host => after_host(was, now),
        Cause::Automatic => after_nobody(was, now),
        Cause::AccessLost => Some(left(was)),
    }
}

fn left(was: &Rsvp) -> RsvpEmail {
    RsvpEmail::Left { cancels_entry: was.is_seated() }
}

fn after_member(was: &Rsvp, now: &Rsvp) -> Option<RsvpEmail> {
    let moved = was.state != now.state || was.mode != now.mode;
    let goes_online = now.online_meanwhile && !was.online_meanwhile;
    match now.state {
        RsvpState::Pending => (was.state != RsvpState::Pending).then_some(RsvpEmail::Requested),
        RsvpState::Going if moved => Some(RsvpEmail::Confirmed { guests_before: None, while_waiting: false }),
        RsvpState::Going => (was.guests != now.guests)
            .then_some(RsvpEmail::Confirmed { guests_before: Some(was.guests), while_waiting: false }),
        RsvpState::Waiting if moved && now.online_meanwhile => {
            Some(RsvpEmail::Waitlisted(WaitlistReason::KeepsOnline))
        }
        RsvpState::Waiting if moved => Some(RsvpEmail::Waitlisted(WaitlistReason::Full)),
        // The seat is theirs when they have answered the questions (A8).
        RsvpState::Offered if was.state != RsvpState::Offered => Some(RsvpEmail::Offer),
        RsvpState::Waiting | RsvpState::Offered => {
            goes_online.then_some(RsvpEmail::Confirmed { guests_before: None, while_waiting: true })
        }
        RsvpState::Left => Some(left(was)),
        RsvpState::Declined => None,
    }
}

fn after_host(was: &Rsvp, now: &Rsvp) -> Option<RsvpEmail> {
    use RsvpState::{Declined, Going, Left, Offered, Pending, Waiting};
    match (was.state, now.state) {
        (Waiting | Offered, Going) => Some(RsvpEmail::Promoted { by_host: true }),
        (Pending | Declined | Left, Going) => Some(RsvpEmail::Approved),
        (Pending | Declined | Left, Waiting) => Some(RsvpEmail::Waitlisted(WaitlistReason::Accepted)),
        (Going | Offered | Waiting, Waiting) | (Offered, Offered) => {
            Some(RsvpEmail::MovedBack { cancels_entry: was.is_seated() && !now.is_seated() })
        }
        (Pending | Left | Declined, Declined) => Some(RsvpEmail::Declined),
        (Going | Offered | Waiting, Declined) => Some(RsvpEmail::Removed { cancels_entry: was.is_seated() }),
        (Pending | Waiting | Left | Declined, Offered) => Some(RsvpEmail::Offer),
        (Going, Going | Offered) | (_, Pending | Left) => None,
    }
}

fn after_nobody(was: &Rsvp, now: &Rsvp) -> Option<RsvpEmail> {
    use RsvpState::{Declined, Going, Left, Offered, Pending, Waiting};
    match (was.state, now.state) {
        (Going, Going) => (was.guests != now.guests)
            .then_some(RsvpEmail::Confirmed { guests_before: Some(was.guests), while_waiting: false }),
        (Waiting, Going) => Some(RsvpEmail::Promoted { by_host: false }),
        (Waiting, Offered) => Some(RsvpEmail::Offer),
        (Waiting, Waiting) => (was.fewer_offer != now.fewer_offer).then_some(RsvpEmail::FewerOffered),
        (Offered, Going | Left) => Some(RsvpEmail::OfferExpired { keeps_online: now.is_seated() }),
        (Pending | Left | Declined, _) | (Going, Pending | Offered | Waiting | Left | Declined) => None,
        (Offered, Pending | Offered | Waiting | Declined) | (Waiting, Pending | Left | Declined) => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        EventId, Instant, MemberId, RsvpId,
        events::{FewerOffer, Mode},
    };

    fn in_state(state: RsvpState) -> Rsvp {
        let (event, member) = (EventId(Uuid::nil()), MemberId(Uuid::nil()));
        Rsvp { state, ..Rsvp::unanswered(RsvpId(Uuid::nil()), event, member, Instant::UNIX_EPOCH) }
    }

    fn name(email: Option<RsvpEmail>) -> String {
        email.map_or_else(|| "-".to_owned(), |email| format!("{email:?}"))
    }

    /// Every change of the state alone. Rows are causes and states before, columns states after.
    #[test]
    fn the_table_of_states_is_as_reviewed() {
        let mut table = String::new();
        for cause in [Cause::Member, Cause::Host, Cause::Automatic] {
            for was in RsvpState::ALL {
                table += &format!("{cause:?} {}:", was.name());
                for now in RsvpState::ALL {
                    let email = name(email_after(&in_state(*was), &in_state(*now), cause));
                    table += &format!(" {}", email.split([' ', '(']).next().unwrap_or_default());
                }
                table += "\n";
            }
        }
        // Columns: pending going offered waiting left declined.
        assert_eq!(
            table,
            "Member pending: - Confirmed Offer Waitlisted Left -\n\
             Member going: Requested - Offer Waitlisted Left -\n\
             Member offered: Requested Confirmed - Waitlisted Left -\n\
             Member waiting: Requested Confirmed Offer - Left -\n\
             Member left: Requested Confirmed Offer Waitlisted Left -\n\
             Member declined: Requested Confirmed Offer Waitlisted Left -\n\
             Host pending: - Approved Offer Waitlisted - Declined\n\
             Host going: - - - MovedBack - Removed\n\
             Host offered: - Promoted MovedBack MovedBack - Removed\n\
             Host waiting: - Promoted Offer MovedBack - Removed\n\
             Host left: - Approved Offer Waitlisted - Declined\n\
             Host declined: - Approved Offer Waitlisted - Declined\n\
             Automatic pending: - - - - - -\n\
             Automatic going: - - - - - -\n\
             Automatic offered: - OfferExpired - - OfferExpired -\n\
             Automatic waiting: - Promoted Offer - - -\n\
             Automatic left: - - - - - -\n\
             Automatic declined: - - - - - -\n"
        );
    }

    /// Changes of more than the state: what was, what is, whose doing, and the email with its details.
    #[test]
    fn the_table_of_details_is_as_reviewed() {
        use RsvpState::{Going, Left, Offered, Waiting};
        let with_guests = |state, guests| Rsvp { guests, ..in_state(state) };
        let online = |state| Rsvp { mode: Mode::Online, ..in_state(state) };
        let keeps_online = |state| Rsvp { online_meanwhile: true, ..in_state(state) };
        let offer = FewerOffer { seats: 2, until: Instant::UNIX_EPOCH };
        let asked = Rsvp { fewer_offer: Some(offer), ..in_state(Waiting) };
        let (member, host, nobody) = (Cause::Member, Cause::Host, Cause::Automatic);
        let seat = |guests_before, while_waiting| RsvpEmail::Confirmed { guests_before, while_waiting };
        let rows = [
            // A changed number of guests is confirmed with a seat, and silent on the waitlist (A6).
            (with_guests(Going, 1), with_guests(Going, 2), member, Some(seat(Some(1), false))),
            (with_guests(Waiting, 1), with_guests(Waiting, 2), member, None),
            (with_guests(Going, 1), with_guests(Going, 3), nobody, Some(seat(Some(1), false))),
            // Another mode is a new seat, and says nothing about guests before (A12).
            (with_guests(Going, 1), online(Going), member, Some(seat(None, false))),
            (
                online(Going),
                keeps_online(Waiting),
                member,
                Some(RsvpEmail::Waitlisted(WaitlistReason::KeepsOnline)),
            ),
            (in_state(Waiting), keeps_online(Waiting), member, Some(seat(None, true))),
            (in_state(Offered), keeps_online(Offered), member, Some(seat(None, true))),
            (keeps_online(Waiting), in_state(Going), member, Some(seat(None, false))),
            // Only a person with a seat has an entry in their calendar (C1).
            (in_state(Going), in_state(Left), member, Some(RsvpEmail::Left { cancels_entry: true })),
            (in_state(Waiting), in_state(Left), member, Some(RsvpEmail::Left { cancels_entry: false })),
            (keeps_online(Waiting), in_state(Left), member, Some(RsvpEmail::Left { cancels_entry: true })),
            (
                in_state(Going),
                in_state(Left),
                Cause::AccessLost,
                Some(RsvpEmail::Left { cancels_entry: true }),
            ),
            (in_state(Going), in_state(Waiting), host, Some(RsvpEmail::MovedBack { cancels_entry: true })),
            (in_state(Offered), in_state(Waiting), host, Some(RsvpEmail::MovedBack { cancels_entry: false })),
            // Moved back in one pool, they keep the seat or the position in the other (A4, A12).
            (
                keeps_online(Waiting),
                in_state(Waiting),
                host,
                Some(RsvpEmail::MovedBack { cancels_entry: true }),
            ),
            (
                keeps_online(Offered),
                in_state(Offered),
                host,
                Some(RsvpEmail::MovedBack { cancels_entry: true }),
            ),
            (
                keeps_online(Offered),
                keeps_online(Waiting),
                host,
                Some(RsvpEmail::MovedBack { cancels_entry: false }),
            ),
            (in_state(Waiting), asked.clone(), nobody, Some(RsvpEmail::FewerOffered)),
            (asked.clone(), asked, nobody, None),
            (
                keeps_online(Offered),
                online(Going),
                nobody,
                Some(RsvpEmail::OfferExpired { keeps_online: true }),
            ),
            (
                in_state(Offered),
                in_state(Left),
                nobody,
                Some(RsvpEmail::OfferExpired { keeps_online: false }),
            ),
            (in_state(Waiting), in_state(Going), nobody, Some(RsvpEmail::Promoted { by_host: false })),
            (in_state(Offered), in_state(Going), host, Some(RsvpEmail::Promoted { by_host: true })),
        ];
        for (was, now, cause, expected) in rows {
            assert_eq!(email_after(&was, &now, cause), expected, "{was:?} → {now:?} by {cause:?}");
        }
    }

    #[test]
    fn emails_about_a_seat_change_the_calendar() {
        let seat = RsvpEmail::Confirmed { guests_before: None, while_waiting: true };
        for email in [seat, RsvpEmail::Promoted { by_host: true }, RsvpEmail::Approved] {
            assert!(email.changes_calendar(), "{email:?}");
        }
        let waiting = RsvpEmail::Waitlisted(WaitlistReason::Full);
        for email in [RsvpEmail::Requested, waiting, RsvpEmail::Offer, RsvpEmail::FewerOffered] {
            assert!(!email.changes_calendar(), "{email:?}");
        }
        assert!(!RsvpEmail::OfferExpired { keeps_online: true }.changes_calendar());
    }
}
