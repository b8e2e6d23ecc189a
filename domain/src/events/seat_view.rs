//! What a reader can do about their seat now, and why, so that pages only choose sentences.

use super::{Availability, Event, EventStatus, Mode, Outlook, Rsvp, RsvpRequest, RsvpState, outlook};
use crate::{Instant, Refusal};

/// The most free seats that are worth a warning to people who may bring guests.
const FEW_SEATS: u32 = 5;

/// A reader's seat at an event, and what they can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatView<'a> {
    /// The event is a draft. Nobody can take a seat yet.
    Draft,
    /// The event is cancelled. `had_seat` when the reader would have come.
    Cancelled {
        /// Whether the reader had a seat.
        had_seat: bool,
    },
    /// The event is over.
    Over {
        /// Whether the reader had a seat.
        had_seat: bool,
    },
    /// Registration has not opened yet.
    NotOpen {
        /// When it opens.
        opens: Instant,
    },
    /// The reader has no RSVP and can't get one, for this reason.
    Closed(Refusal),
    /// The reader has no RSVP and can get one.
    Open(NewSeat),
    /// The reader has an RSVP.
    Own(&'a Rsvp, OwnSeat),
}

/// How a reader without an RSVP gets a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeat {
    /// Whether they have to sign in first.
    pub sign_in_first: bool,
    /// What their first click does.
    pub step: FirstStep,
    /// Number of free seats, when they are enough for some parties and too few for others.
    pub few_left: Option<u32>,
    /// What they can choose.
    pub choice: SeatChoice,
    /// When registration closes.
    pub closes: Option<Instant>,
}

/// What a member without guests does with their first click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// Request a seat, which a host approves or declines (A11).
    Request,
    /// Take a seat.
    Take,
    /// Take a seat online, because the room is full (A12).
    TakeOnline,
    /// Join the waitlist, because every seat is taken. Free seats then go to the next member at once.
    Wait,
    /// Join the waitlist. Free seats are then held for the next member until they accept (A8, A9).
    WaitForOffer,
}

/// The choices of a form that requests seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatChoice {
    /// The request that is chosen at first.
    pub first: RsvpRequest,
    /// The highest number of guests.
    pub max_guests: u8,
    /// Whether the room or online can be chosen (A12).
    pub has_modes: bool,
    /// What each number of guests from 0 leads to, if that differs between them. `None` too when it also depends
    /// on the mode.
    pub outlooks: Option<Vec<Outlook>>,
}

/// What the owner of an RSVP can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSeat {
    /// How they can change it, if they can.
    pub change: Option<ChangeSeat>,
    /// How they end it, if there is something to end.
    pub withdraw: Option<Withdraw>,
    /// Until when the offered seat is held for them (A8).
    pub offer: Option<Instant>,
    /// The open question whether they come with fewer guests (A6).
    pub fewer: Option<FewerSeats>,
    /// Whether they can attend online while they wait for the room (A12).
    pub online: OnlineMeanwhile,
    /// Whether free seats are only offered now, because the event starts soon (A9).
    pub is_frozen: bool,
}

/// How an RSVP can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSeat {
    /// What can be chosen.
    pub choice: SeatChoice,
    /// Whether the first choice is the seats that are free now, after the question about fewer guests (A6).
    pub accepts_fewer: bool,
}

/// What ending an RSVP means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdraw {
    /// Give up a seat.
    GiveUpSeat,
    /// Decline an offered seat (A8).
    DeclineOffer,
    /// Leave the waitlist.
    LeaveWaitlist,
    /// Withdraw a request (A11).
    WithdrawRequest,
}

/// Seats that are free for a party that needs more of them (A6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FewerSeats {
    /// Number of free seats.
    pub free: u32,
    /// When the question expires.
    pub until: Instant,
    /// The highest number of guests that fits. At least one fewer than requested.
    pub max_guests: u8,
}

/// Whether a member who waits for the room of a hybrid event attends online until then (A12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnlineMeanwhile {
    /// They don't, and can't.
    No,
    /// They can.
    Free,
    /// They do.
    Taken,
}

impl<'a> SeatView<'a> {
    /// The view of a reader whose RSVP is `rsvp`, according to the counts in the event's row.
    #[must_use]
    pub fn of(event: &Event, rsvp: Option<&'a Rsvp>, signed_in: bool, now: Instant) -> Self {
        let rsvp = rsvp.filter(|rsvp| rsvp.state != RsvpState::Left);
        let had_seat = rsvp.is_some_and(Rsvp::is_seated);
        match event.status {
            EventStatus::Draft => return Self::Draft,
            EventStatus::Cancelled => return Self::Cancelled { had_seat },
            EventStatus::Published if now >= event.ends_at => return Self::Over { had_seat },
            EventStatus::Published => {}
        }
        if let Some(rsvp) = rsvp {
            return Self::Own(rsvp, OwnSeat::of(event, rsvp, now));
        }
        match (event.registration(now), event.opens_at()) {
            (Ok(()), _) => Self::Open(NewSeat::of(event, signed_in, now)),
            (Err(Refusal::RegistrationNotOpen), Some(opens)) => Self::NotOpen { opens },
            (Err(why), _) => Self::Closed(why),
        }
    }
}

impl NewSeat {
    fn of(event: &Event, signed_in: bool, now: Instant) -> Self {
        let choice = SeatChoice::of(event, None, RsvpRequest::default(), now);
        let free = event.free(Mode::OnSite, event.taken());
        let few_left = free.filter(|free| (1..=FEW_SEATS).contains(free) && choice.outlooks.is_some());
        Self {
            sign_in_first: !signed_in,
            step: FirstStep::of(event, now),
            few_left,
            choice,
            closes: event.closes_at(),
        }
    }
}

impl FirstStep {
    fn of(event: &Event, now: Instant) -> Self {
        match event.availability() {
            _ if event.details.seating.approval => Self::Request,
            Availability::Free => Self::Take,
            Availability::RoomFull => Self::TakeOnline,
            Availability::Full if event.offers(Mode::OnSite, now) => Self::WaitForOffer,
            Availability::Full => Self::Wait,
        }
    }

    /// Whether it leads to the waitlist.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Wait | Self::WaitForOffer)
    }
}

impl SeatChoice {
    fn of(event: &Event, rsvp: Option<&Rsvp>, first: RsvpRequest, now: Instant) -> Self {
        Self {
            first,
            max_guests: event.details.guests_max,
            has_modes: event.is_hybrid(),
            outlooks: outlooks(event, rsvp, first.mode, now),
        }
    }
}

/// The outcome for each party size, if some get seats and others wait.
fn outlooks(event: &Event, rsvp: Option<&Rsvp>, mode: Mode, now: Instant) -> Option<Vec<Outlook>> {
    if event.is_hybrid() {
        return None;
    }
    let of = |guests| outlook(event, rsvp, RsvpRequest { guests, mode }, now);
    let outlooks = (0..=event.details.guests_max).map(of).collect::<Result<Vec<_>, _>>().ok()?;
    let waits = |outlook: &Outlook| matches!(outlook, Outlook::Waitlist | Outlook::GuestsWait);
    let mixed = outlooks.iter().any(waits) && outlooks.contains(&Outlook::Seat);
    mixed.then_some(outlooks)
}

impl OwnSeat {
    /// What the owner of an RSVP for a published event can do. While registration is closed, they can still
    /// withdraw, and accept what was offered.
    #[must_use]
    pub fn of(event: &Event, rsvp: &Rsvp, now: Instant) -> Self {
        let is_open = event.registration(now).is_ok();
        let fewer = FewerSeats::of(rsvp, now);
        let waits = rsvp.state == RsvpState::Waiting;
        Self {
            change: is_open.then(|| ChangeSeat::of(event, rsvp, fewer, now)).flatten(),
            withdraw: Withdraw::of(rsvp),
            offer: (rsvp.state == RsvpState::Offered).then(|| rsvp.holds_until.unwrap_or(now)),
            fewer,
            online: OnlineMeanwhile::of(event, rsvp, is_open),
            is_frozen: waits && event.is_frozen(rsvp.mode, now),
        }
    }
}

impl ChangeSeat {
    fn of(event: &Event, rsvp: &Rsvp, fewer: Option<FewerSeats>, now: Instant) -> Option<Self> {
        let has_choice = event.details.guests_max > 0 || event.is_hybrid();
        match rsvp.state {
            RsvpState::Going | RsvpState::Waiting | RsvpState::Pending if has_choice => {}
            RsvpState::Going | RsvpState::Waiting | RsvpState::Pending => return None,
            RsvpState::Offered | RsvpState::Left | RsvpState::Declined => return None,
        }
        // After the question about fewer guests, most people want the seats that are free now.
        let guests = fewer.map_or(rsvp.guests + rsvp.guests_waiting, |fewer| fewer.max_guests);
        let first = RsvpRequest { guests, mode: rsvp.mode };
        let choice = SeatChoice::of(event, Some(rsvp), first, now);
        Some(Self { choice, accepts_fewer: fewer.is_some() })
    }
}

impl Withdraw {
    fn of(rsvp: &Rsvp) -> Option<Self> {
        match rsvp.state {
            RsvpState::Going => Some(Self::GiveUpSeat),
            RsvpState::Offered => Some(Self::DeclineOffer),
            RsvpState::Waiting => Some(Self::LeaveWaitlist),
            RsvpState::Pending => Some(Self::WithdrawRequest),
            RsvpState::Declined | RsvpState::Left => None,
        }
    }
}

impl FewerSeats {
    fn of(rsvp: &Rsvp, now: Instant) -> Option<Self> {
        let offer = rsvp.fewer_offer.filter(|_| rsvp.can_accept_fewer(now))?;
        let fits = u8::try_from(offer.seats.saturating_sub(1)).unwrap_or(u8::MAX);
        let max_guests = fits.min(rsvp.guests.saturating_sub(1));
        Some(Self { free: offer.seats, until: offer.until, max_guests })
    }
}

impl OnlineMeanwhile {
    fn of(event: &Event, rsvp: &Rsvp, is_open: bool) -> Self {
        let can_take = is_open
            && rsvp.state == RsvpState::Waiting
            && event.is_hybrid()
            && rsvp.mode == Mode::OnSite
            && event.fits(Mode::Online, event.taken(), rsvp.seats());
        match rsvp.state {
            RsvpState::Waiting | RsvpState::Offered if rsvp.online_meanwhile => Self::Taken,
            _ if can_take => Self::Free,
            _ => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{super::tests::event, *};
    use crate::{
        MemberId, RsvpId,
        events::{FewerOffer, Promotion},
    };

    /// A full event, or one with free seats, on the morning of its day. It starts at 17:00 UTC.
    fn with_taken(capacity: u32, going: u32) -> Event {
        let mut event = event(Some(capacity));
        event.status = EventStatus::Published;
        event.going = going;
        event
    }

    fn hybrid(going: u32, online_capacity: u32, online_going: u32) -> Event {
        let mut event = with_taken(2, going);
        event.details.join_url = Some("https://meet.example.com/1".into());
        event.details.seating.online_capacity = Some(online_capacity);
        event.online_going = online_going;
        event
    }

    fn at(time: &str) -> Instant {
        format!("2026-11-24T{time}:00Z").parse().unwrap()
    }

    fn own(event: &Event, state: RsvpState, guests: u8) -> Rsvp {
        let rsvp = Rsvp::unanswered(RsvpId(Uuid::nil()), event.id, MemberId(Uuid::nil()), at("08:00"));
        Rsvp { state, guests, mode: event.effective_mode(Mode::OnSite), ..rsvp }
    }

    fn new_seat(event: &Event) -> NewSeat {
        match SeatView::of(event, None, true, at("08:00")) {
            SeatView::Open(new) => new,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn drafts_cancelled_and_past_events_have_no_seat_to_take() {
        let mut event = with_taken(2, 1);
        let going = own(&event, RsvpState::Going, 0);
        let left = own(&event, RsvpState::Left, 0);
        assert_eq!(SeatView::of(&event, Some(&going), true, at("21:00")), SeatView::Over { had_seat: true });
        assert_eq!(SeatView::of(&event, Some(&left), true, at("21:00")), SeatView::Over { had_seat: false });
        event.status = EventStatus::Cancelled;
        assert_eq!(
            SeatView::of(&event, Some(&going), true, at("08:00")),
            SeatView::Cancelled { had_seat: true }
        );
        assert_eq!(SeatView::of(&event, None, true, at("08:00")), SeatView::Cancelled { had_seat: false });
        event.status = EventStatus::Draft;
        assert_eq!(SeatView::of(&event, None, true, at("08:00")), SeatView::Draft);
    }

    #[test]
    fn registration_that_is_not_open_says_why() {
        let mut event = with_taken(2, 1);
        event.details.opens = Some("2026-11-24T12:00:00".parse().unwrap());
        // Berlin is one hour ahead of UTC.
        assert_eq!(SeatView::of(&event, None, true, at("08:00")), SeatView::NotOpen { opens: at("11:00") });
        event.details.opens = None;
        event.details.closes = Some("2026-11-24T12:00:00".parse().unwrap());
        assert_eq!(
            SeatView::of(&event, None, true, at("12:00")),
            SeatView::Closed(Refusal::RegistrationClosed)
        );
        assert_eq!(new_seat(&event).closes, Some(at("11:00")));
    }

    #[test]
    fn the_first_step_follows_from_the_free_seats() {
        assert_eq!(new_seat(&with_taken(2, 1)).step, FirstStep::Take);
        assert_eq!(new_seat(&with_taken(2, 2)).step, FirstStep::Wait);
        assert_eq!(new_seat(&hybrid(2, 5, 0)).step, FirstStep::TakeOnline);
        assert_eq!(new_seat(&hybrid(2, 5, 5)).step, FirstStep::Wait);
        let mut event = with_taken(2, 2);
        event.details.seating.promotion = Promotion::Offer;
        assert_eq!(new_seat(&event).step, FirstStep::WaitForOffer);
        assert!(new_seat(&event).step.waits());
        event.details.seating.approval = true;
        assert_eq!(new_seat(&event).step, FirstStep::Request);
        assert!(!new_seat(&event).step.waits());
    }

    #[test]
    fn visitors_sign_in_first() {
        let event = with_taken(2, 1);
        let SeatView::Open(new) = SeatView::of(&event, None, false, at("08:00")) else { panic!() };
        assert!(new.sign_in_first && !new_seat(&event).sign_in_first);
    }

    #[test]
    fn a_few_seats_are_enough_for_some_parties_only() {
        use Outlook::{Seat, Waitlist};
        let new = new_seat(&with_taken(10, 8));
        assert_eq!((new.few_left, new.choice.outlooks), (Some(2), Some(vec![Seat, Seat, Waitlist])));
        let new = new_seat(&with_taken(10, 7));
        assert_eq!((new.few_left, new.choice.outlooks), (None, None));
        let mut alone = with_taken(10, 9);
        alone.details.guests_max = 0;
        assert_eq!(new_seat(&alone).few_left, None);
        assert_eq!(new_seat(&hybrid(1, 5, 0)).few_left, None);
    }

    #[test]
    fn each_state_can_be_changed_and_withdrawn_as_it_should() {
        let event = with_taken(2, 2);
        let rows = [
            (RsvpState::Going, true, Some(Withdraw::GiveUpSeat)),
            (RsvpState::Waiting, true, Some(Withdraw::LeaveWaitlist)),
            (RsvpState::Pending, true, Some(Withdraw::WithdrawRequest)),
            (RsvpState::Offered, false, Some(Withdraw::DeclineOffer)),
            (RsvpState::Declined, false, None),
            (RsvpState::Left, false, None),
        ];
        for (state, changes, withdraw) in rows {
            let seat = OwnSeat::of(&event, &own(&event, state, 1), at("08:00"));
            assert_eq!((seat.change.is_some(), seat.withdraw), (changes, withdraw), "{state:?}");
            assert_eq!(seat.offer.is_some(), state == RsvpState::Offered);
        }
        let mut alone = event.clone();
        alone.details.guests_max = 0;
        assert_eq!(OwnSeat::of(&alone, &own(&alone, RsvpState::Going, 0), at("08:00")).change, None);
    }

    #[test]
    fn after_registration_closed_a_seat_can_only_be_given_up() {
        let mut event = with_taken(2, 2);
        event.details.closes = Some("2026-11-24T08:00:00".parse().unwrap());
        let going = own(&event, RsvpState::Going, 1);
        let SeatView::Own(_, seat) = SeatView::of(&event, Some(&going), true, at("08:00")) else { panic!() };
        assert_eq!((seat.change, seat.withdraw), (None, Some(Withdraw::GiveUpSeat)));
    }

    #[test]
    fn a_party_that_is_asked_starts_from_the_free_seats() {
        let event = with_taken(10, 8);
        let asked = |seats, guests| {
            let fewer_offer = Some(FewerOffer { seats, until: at("10:00") });
            Rsvp { fewer_offer, ..own(&event, RsvpState::Waiting, guests) }
        };
        let seat = OwnSeat::of(&event, &asked(2, 2), at("08:00"));
        assert_eq!(seat.fewer, Some(FewerSeats { free: 2, until: at("10:00"), max_guests: 1 }));
        let change = seat.change.unwrap();
        assert_eq!((change.choice.first.guests, change.accepts_fewer), (1, true));
        // More seats than they need became free since. They are still asked to come with fewer.
        assert_eq!(OwnSeat::of(&event, &asked(9, 2), at("08:00")).fewer.unwrap().max_guests, 1);
        let late = OwnSeat::of(&event, &asked(2, 2), at("10:00"));
        assert_eq!((late.fewer, late.change.unwrap().choice.first.guests), (None, 2));
    }

    #[test]
    fn a_seat_with_waiting_guests_starts_from_the_whole_party() {
        let event = with_taken(2, 2);
        let rsvp = Rsvp { guests_waiting: 1, ..own(&event, RsvpState::Going, 1) };
        let change = OwnSeat::of(&event, &rsvp, at("08:00")).change.unwrap();
        assert_eq!((change.choice.first.guests, change.accepts_fewer), (2, false));
    }

    #[test]
    fn people_who_wait_for_the_room_can_attend_online() {
        let online = |event: &Event, rsvp: &Rsvp| OwnSeat::of(event, rsvp, at("08:00")).online;
        let free = hybrid(2, 5, 0);
        let waiting = own(&free, RsvpState::Waiting, 1);
        assert_eq!(online(&free, &waiting), OnlineMeanwhile::Free);
        assert_eq!(online(&hybrid(2, 5, 4), &waiting), OnlineMeanwhile::No);
        assert_eq!(online(&with_taken(2, 2), &waiting), OnlineMeanwhile::No);
        assert_eq!(online(&free, &own(&free, RsvpState::Offered, 0)), OnlineMeanwhile::No);
        for state in [RsvpState::Waiting, RsvpState::Offered] {
            let both = Rsvp { online_meanwhile: true, ..own(&free, state, 0) };
            assert_eq!(online(&free, &both), OnlineMeanwhile::Taken);
        }
    }

    #[test]
    fn shortly_before_the_start_waiting_people_only_get_offers() {
        let event = with_taken(2, 2);
        let waiting = own(&event, RsvpState::Waiting, 0);
        assert!(!OwnSeat::of(&event, &waiting, at("13:00")).is_frozen);
        assert!(OwnSeat::of(&event, &waiting, at("15:00")).is_frozen);
        assert!(!OwnSeat::of(&event, &own(&event, RsvpState::Going, 0), at("15:00")).is_frozen);
    }
}
