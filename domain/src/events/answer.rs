//! One member's answer to one event.

use serde::{Deserialize, Serialize};

use crate::{EventId, Instant, MemberId, RsvpId, members::string_enum};

string_enum! {
    /// Where a member's answer stands.
    RsvpState {
        /// Asked the host for a seat; holds none (A11).
        Pending = "pending",
        /// Has a seat.
        Going = "going",
        /// A seat is held for them until they claim it or the time is up (A8).
        Offered = "offered",
        /// Is on the waitlist.
        Waiting = "waiting",
        /// Had a seat, waited or asked, and left.
        Left = "left",
        /// Asked, and the host said no (A11).
        Rejected = "rejected",
    }
}

impl RsvpState {
    /// What counts as being part of an event: a seat, one that is held, a place in line, a request.
    pub const ACTIVE: [Self; 4] = [Self::Going, Self::Offered, Self::Waiting, Self::Pending];
}

string_enum! {
    /// The way of coming (A12).
    #[derive(Default)]
    Mode {
        /// In the room.
        #[default]
        OnSite = "on_site",
        /// From wherever one is.
        Online = "online",
    }
}

/// A question to who waits with more people than there are free seats: come with fewer? (A6)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FewerOffer {
    /// How many seats were free when it was asked.
    pub seats: u32,
    /// Until when an answer counts.
    pub until: Instant,
}

/// One member's answer to one event. There is at most one for each pair, whatever happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rsvp {
    /// Which; also the UID of its calendar entry.
    pub id: RsvpId,
    /// For which event.
    pub event: EventId,
    /// Whose.
    pub member: MemberId,
    /// What it says.
    pub state: RsvpState,
    /// In the room or online.
    pub mode: Mode,
    /// How many come along; a seat is 1 + guests.
    pub guests: u8,
    /// Of who has a seat: how many more guests wait for theirs, all together (A6).
    pub guests_waiting: u8,
    /// Of who waits for the room: whether they have a seat online meanwhile (A12).
    pub online_meanwhile: bool,
    /// Place in the order of the waitlist: rises in commit order; kept while waiting.
    pub waitlist_seq: i64,
    /// Rises with every seat that is taken: who has the highest came last (A4).
    pub seat_seq: i64,
    /// SEQUENCE of the next calendar object for its UID.
    pub sequence: u32,
    /// Since when it says so.
    pub since: Instant,
    /// Until when an offered seat is held.
    pub holds_until: Option<Instant>,
    /// The question that was asked last, if one was.
    pub fewer_offer: Option<FewerOffer>,
    /// How often somebody younger was promoted because this one did not fit.
    pub skips: u32,
    /// What the host said when rejecting it; may be empty.
    pub message: String,
}

impl Rsvp {
    /// One that says nothing yet.
    #[must_use]
    pub fn fresh(id: RsvpId, event: EventId, member: MemberId, now: Instant) -> Self {
        Self {
            id,
            event,
            member,
            state: RsvpState::Left,
            mode: Mode::OnSite,
            guests: 0,
            guests_waiting: 0,
            online_meanwhile: false,
            waitlist_seq: 0,
            seat_seq: 0,
            sequence: 0,
            since: now,
            holds_until: None,
            fewer_offer: None,
            skips: 0,
            message: String::new(),
        }
    }

    /// Seats it takes or asks for.
    #[must_use]
    pub fn seats(&self) -> u32 {
        1 + u32::from(self.guests)
    }

    /// Whether its member may come: has a seat somewhere, and so an entry in their calendar.
    #[must_use]
    pub fn seated(&self) -> bool {
        self.state == RsvpState::Going || self.online_meanwhile
    }

    /// Whether its member has a seat online, and so may know where to join (A12).
    #[must_use]
    pub fn joins_online(&self) -> bool {
        self.online_meanwhile || (self.state == RsvpState::Going && self.mode == Mode::Online)
    }

    /// Whether letters tell of coming online: then of no room.
    #[must_use]
    pub fn told_online(&self) -> bool {
        self.joins_online() || self.mode == Mode::Online
    }

    /// Whether it stands in a waitlist: as a whole, or with more guests.
    #[must_use]
    pub fn in_line(&self) -> bool {
        self.state == RsvpState::Waiting || (self.state == RsvpState::Going && self.guests_waiting > 0)
    }

    /// The seats that it waits for.
    #[must_use]
    pub fn needs(&self) -> u32 {
        if self.state == RsvpState::Waiting { self.seats() } else { u32::from(self.guests_waiting) }
    }

    /// Whether the question that was asked last still stands.
    #[must_use]
    pub fn is_asked(&self, now: Instant) -> bool {
        self.state == RsvpState::Waiting && self.fewer_offer.is_some_and(|asked| now < asked.until)
    }
}
