//! One member's RSVP for one event.

use serde::{Deserialize, Serialize};

use crate::{EventId, Instant, MemberId, RsvpId, members::string_enum};

string_enum! {
    /// The state of an RSVP.
    RsvpState {
        /// The member has requested a seat, and the host has not decided. Holds no seat (A11).
        Pending,
        /// The member has a seat.
        Going,
        /// A free seat is held for the member until they accept the offer or it expires (A8).
        Offered,
        /// The member is on the waitlist.
        Waiting,
        /// The member gave up their seat, left the waitlist, or withdrew their request.
        Left,
        /// The host declined the member's request (A11).
        Declined,
    }
}

impl RsvpState {
    /// The states that count as taking part in an event: a seat, an offered seat, a position on the
    /// waitlist, a request.
    pub const ACTIVE: [Self; 4] = [Self::Going, Self::Offered, Self::Waiting, Self::Pending];
}

string_enum! {
    /// How a member attends (A12).
    #[derive(Default)]
    Mode {
        /// In the room, or at the place of the event.
        #[default]
        OnSite,
        /// Through a link.
        Online,
    }
}

/// A question to a waiting member whose party needs more seats than are free: come with fewer guests? (A6)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FewerOffer {
    /// Number of seats that were free when the question was sent.
    pub seats: u32,
    /// When the question expires.
    pub until: Instant,
}

/// One member's RSVP for one event. There is at most one for each member and event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rsvp {
    /// Id of the RSVP, which is also the UID of its calendar entry.
    pub id: RsvpId,
    /// The event it is for.
    pub event: EventId,
    /// The member who attends.
    pub member: MemberId,
    /// Whether they have a seat, wait, have requested one, or don't come.
    pub state: RsvpState,
    /// Whether they attend in the room or online.
    pub mode: Mode,
    /// Number of guests. The party needs 1 + `guests` seats.
    pub guests: u8,
    /// For a member with a seat: further guests who wait. They get their seats all at once (A6).
    pub guests_waiting: u8,
    /// For a member on the room's waitlist: whether they have a seat online until then (A12).
    pub online_meanwhile: bool,
    /// Order on the waitlist: rises in commit order. Only hosts change it while somebody waits (A4, A16).
    pub waitlist_seq: i64,
    /// Order in which seats were taken: the highest number was seated last (A4).
    pub seat_seq: i64,
    /// SEQUENCE of the next calendar part for this UID.
    pub sequence: u32,
    /// When the state last changed.
    pub since: Instant,
    /// When the offer of a seat expires; `None` unless the state is `Offered`.
    pub holds_until: Option<Instant>,
    /// The last question whether the member would come with fewer guests, also after it expired.
    pub fewer_offer: Option<FewerOffer>,
    /// How often somebody further back got a seat because this party did not fit.
    pub skips: u32,
    /// The host's message after declining the request; may be empty.
    pub message: String,
}

impl Rsvp {
    /// A new RSVP without a seat. A [`super::Change`] gives it its first real state.
    #[must_use]
    pub fn unanswered(id: RsvpId, event: EventId, member: MemberId, now: Instant) -> Self {
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

    /// Number of seats the party needs, without guests who wait separately.
    #[must_use]
    pub fn seats(&self) -> u32 {
        1 + u32::from(self.guests)
    }

    /// Whether the member has a seat, in the room or online, and so an entry in their calendar.
    #[must_use]
    pub fn is_seated(&self) -> bool {
        self.state == RsvpState::Going || self.online_meanwhile
    }

    /// Whether the member has a seat online and may see the link to join (A12).
    #[must_use]
    pub fn joins_online(&self) -> bool {
        self.online_meanwhile || (self.state == RsvpState::Going && self.mode == Mode::Online)
    }

    /// Whether emails describe the event as online and leave out the room.
    #[must_use]
    pub fn attends_online(&self) -> bool {
        self.joins_online() || self.mode == Mode::Online
    }

    /// Whether the member or some of their guests are on the waitlist.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.state == RsvpState::Waiting || (self.state == RsvpState::Going && self.guests_waiting > 0)
    }

    /// Number of seats that it waits for.
    #[must_use]
    pub fn needs(&self) -> u32 {
        if self.state == RsvpState::Waiting { self.seats() } else { u32::from(self.guests_waiting) }
    }

    /// Whether the last question about fewer guests can still be answered.
    #[must_use]
    pub fn can_accept_fewer(&self, now: Instant) -> bool {
        self.state == RsvpState::Waiting && self.fewer_offer.is_some_and(|asked| now < asked.until)
    }
}
