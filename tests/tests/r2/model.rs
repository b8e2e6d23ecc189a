//! The model: what an event with a room and online seats does, in about a hundred lines.

use chrono::Duration;
use domain::{Instant, events::WhenFull};

use super::Operation;

/// One person's RSVP.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) state: &'static str,
    pub(crate) online: bool,
    pub(crate) online_meanwhile: bool,
    pub(crate) guests: u32,
    pub(crate) guests_waiting: u32,
    pub(crate) waitlist_seq: i64,
    pub(crate) seat_seq: i64,
    pub(crate) until: Option<Instant>,
    pub(crate) fewer_offer: Option<(u32, Instant)>,
}

impl Default for Seat {
    fn default() -> Self {
        let (state, waitlist_seq, seat_seq) = ("left", 0, 0);
        Self {
            state,
            online: false,
            online_meanwhile: false,
            guests: 0,
            guests_waiting: 0,
            waitlist_seq,
            seat_seq,
            until: None,
            fewer_offer: None,
        }
    }
}

impl Seat {
    /// Whether both are the same to their person. Sequence numbers may differ.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let of =
            |seat: &Self| (seat.state, seat.online, seat.online_meanwhile, seat.guests, seat.guests_waiting);
        let gone = |seat: &Self| ["left", "declined"].contains(&seat.state);
        of(self) == of(other) || (gone(self) && self.state == other.state)
    }

    pub(crate) fn size(&self) -> u32 {
        1 + self.guests
    }

    pub(crate) fn holds(&self) -> bool {
        ["going", "offered"].contains(&self.state)
    }

    /// The seats that it waits for, or 0.
    pub(crate) fn needs(&self) -> u32 {
        match self.state {
            "waiting" => self.size(),
            "going" => self.guests_waiting,
            _ => 0,
        }
    }
}

/// The model of an event.
pub(crate) struct Model {
    /// The capacity of the room and of the online seats.
    pub(crate) capacity: [Option<u32>; 2],
    pub(crate) offer: bool,
    pub(crate) approval: bool,
    pub(crate) cancelled: bool,
    pub(crate) starts: Instant,
    pub(crate) now: Instant,
    pub(crate) seats: Vec<Seat>,
    pub(crate) last_waitlist_seq: i64,
    pub(crate) last_seat_seq: i64,
    /// Serves the waitlist in the wrong order. Used by the negative control.
    pub(crate) youngest_first: bool,
}

impl Model {
    fn free(&self, online: bool) -> u32 {
        let here =
            |seat: &&Seat| (seat.holds() && seat.online == online) || (online && seat.online_meanwhile);
        let taken: u32 = self.seats.iter().filter(here).map(Seat::size).sum();
        self.capacity[usize::from(online)].map_or(1_000, |capacity| capacity.saturating_sub(taken))
    }

    fn over(&self, online: bool) -> u32 {
        let here =
            |seat: &&Seat| (seat.holds() && seat.online == online) || (online && seat.online_meanwhile);
        let taken: u32 = self.seats.iter().filter(here).map(Seat::size).sum();
        self.capacity[usize::from(online)].map_or(0, |capacity| taken.saturating_sub(capacity))
    }

    /// Changes a person's state, mode and number of guests.
    fn set(&mut self, person: usize, state: &'static str, online: bool, guests: u32) {
        let seat = &mut self.seats[person];
        let kept = seat.holds() && seat.online == online;
        if seat.state != state || seat.guests != guests {
            seat.fewer_offer = None;
        }
        *seat = Seat {
            state,
            online,
            guests,
            guests_waiting: 0,
            online_meanwhile: false,
            until: None,
            ..seat.clone()
        };
        if seat.holds() && !kept {
            self.last_seat_seq += 1;
            self.seats[person].seat_seq = self.last_seat_seq;
        }
    }

    fn go_last(&mut self, person: usize) {
        self.last_waitlist_seq += 1;
        self.seats[person].waitlist_seq = self.last_waitlist_seq;
    }

    fn enter(&mut self, person: usize, online: bool, guests: u32) {
        if self.free(online) > guests {
            self.set(person, "going", online, guests);
        } else {
            self.set(person, "waiting", online, guests);
            self.go_last(person);
        }
    }

    /// Changes the number of guests of a seat. Guests who don't fit wait while the member keeps the seat.
    fn resize(&mut self, person: usize, guests: u32) {
        let seat = self.seats[person].clone();
        let more = guests.saturating_sub(seat.guests);
        if more == 0 || self.free(seat.online) >= more {
            return self.set(person, "going", seat.online, guests);
        }
        self.set(person, "going", seat.online, seat.guests);
        self.seats[person].guests_waiting = more;
        if seat.guests_waiting == 0 {
            self.go_last(person);
        }
    }

    fn switch(&mut self, person: usize, online: bool, guests: u32) {
        let seat = self.seats[person].clone();
        let more = guests.saturating_sub(seat.guests);
        let fits_online = more == 0 || self.free(true) >= more;
        if online && seat.online_meanwhile {
            if fits_online {
                self.set(person, "going", true, guests);
            }
        } else if !seat.holds() || self.free(online) > guests {
            self.enter(person, online, guests);
        } else if seat.state == "going" && !online && fits_online {
            self.enter(person, false, guests);
            self.seats[person].online_meanwhile = true;
            self.last_seat_seq += 1;
            self.seats[person].seat_seq = self.last_seat_seq;
        }
    }

    fn rsvp(&mut self, person: usize, guests: u32, online: bool) {
        let seat = self.seats[person].clone();
        match seat.state {
            "declined" => {}
            "pending" | "left" if self.approval => self.set(person, "pending", online, guests),
            "pending" | "left" => self.enter(person, online, guests),
            _ if seat.online != online => self.switch(person, online, guests),
            "waiting"
                if seat.online_meanwhile
                    && guests > seat.guests
                    && self.free(true) < guests - seat.guests => {}
            "waiting" if self.takes_fewer(&seat, guests) => self.set(person, "going", online, guests),
            "waiting" => {
                self.set(person, "waiting", online, guests);
                self.seats[person].online_meanwhile = seat.online_meanwhile;
            }
            "going" if guests == seat.guests + seat.guests_waiting => {}
            _ => self.resize(person, guests),
        }
    }

    /// Whether the person was asked to come with fewer guests, and this request accepts that.
    fn takes_fewer(&self, seat: &Seat, guests: u32) -> bool {
        let is_asked = seat.fewer_offer.is_some_and(|(_, until)| self.now < until);
        is_asked && guests < seat.guests && self.free(seat.online) > guests
    }

    fn accept(&mut self, person: usize, when: WhenFull) {
        let seat = self.seats[person].clone();
        let is_request = ["pending", "declined"].contains(&seat.state);
        let overrides = when == WhenFull::Override && ["waiting", "offered"].contains(&seat.state);
        if (is_request && (self.free(seat.online) >= seat.size() || when == WhenFull::Override)) || overrides
        {
            self.set(person, "going", seat.online, seat.guests);
        } else if is_request && when == WhenFull::Waitlist {
            self.set(person, "waiting", seat.online, seat.guests);
            self.go_last(person);
        }
    }

    fn bump(&mut self, online: bool) {
        let over = self.over(online);
        let mut newest_first: Vec<usize> = (0..self.seats.len())
            .filter(|person| {
                let seat = &self.seats[*person];
                (seat.holds() && seat.online == online) || (online && seat.online_meanwhile)
            })
            .collect();
        newest_first.sort_by_key(|person| -self.seats[*person].seat_seq);
        let mut moved = Vec::new();
        let mut freed = 0;
        for person in newest_first {
            if freed < over {
                freed += self.seats[person].size();
                moved.push(person);
            }
        }
        // Nobody moves without need: parties that fit into the spare seats stay, the earliest ones first.
        let mut spare_seats = freed.saturating_sub(over);
        for person in moved.clone().into_iter().rev() {
            if self.seats[person].size() <= spare_seats {
                spare_seats -= self.seats[person].size();
                moved.retain(|other| *other != person);
            }
        }
        let waitlist = |seat: &&Seat| seat.needs() > 0;
        let mut top_seq = self
            .seats
            .iter()
            .filter(waitlist)
            .map(|seat| seat.waitlist_seq)
            .min()
            .unwrap_or(self.last_waitlist_seq + 1);
        for person in moved {
            top_seq -= 1;
            if online && self.seats[person].online_meanwhile {
                self.seats[person].online_meanwhile = false;
            } else {
                // People with an offer of a room seat keep their online seat.
                let Seat { guests, online_meanwhile, .. } = self.seats[person].clone();
                self.set(person, "waiting", online, guests);
                self.seats[person].online_meanwhile = online_meanwhile;
                self.seats[person].waitlist_seq = top_seq;
            }
        }
    }

    /// Expires offers, fills free seats and asks parties to come with fewer.
    fn settle(&mut self) {
        let now = self.now;
        let mut expired: Vec<usize> = (0..self.seats.len())
            .filter(|person| {
                self.seats[*person].state == "offered"
                    && self.seats[*person].until.is_some_and(|at| at <= now)
            })
            .collect();
        expired.sort_by_key(|person| (self.seats[*person].until, self.seats[*person].seat_seq));
        for person in expired {
            let Seat { online, online_meanwhile, guests, .. } = self.seats[person];
            if online_meanwhile {
                self.set(person, "going", true, guests)
            } else {
                self.set(person, "left", online, guests)
            }
        }
        for online in [false, true] {
            let mut waitlist: Vec<usize> = (0..self.seats.len())
                .filter(|person| self.seats[*person].needs() > 0 && self.seats[*person].online == online)
                .collect();
            waitlist.sort_by_key(|person| {
                self.seats[*person].waitlist_seq * if self.youngest_first { -1 } else { 1 }
            });
            let mut free = self.free(online);
            for person in waitlist.iter().copied() {
                let seat = self.seats[person].clone();
                if seat.needs() <= free {
                    free -= seat.needs();
                    self.promote(person, &seat);
                }
            }
            let waits = |person: &&usize| self.seats[**person].state == "waiting";
            let is_asked =
                |person: &usize| self.seats[*person].fewer_offer.is_some_and(|(_, until)| now < until);
            let can_be_asked =
                |person: &&usize| self.seats[**person].fewer_offer.is_none_or(|(seats, _)| seats < free);
            let is_nobody_asked = !waitlist.iter().filter(waits).any(is_asked);
            let first = waitlist.iter().filter(waits).find(can_be_asked).copied();
            if let Some(person) = first.filter(|_| is_nobody_asked && free > 0 && now < self.starts) {
                self.seats[person].fewer_offer = Some((free, now + Duration::hours(2)));
            }
        }
    }

    fn promote(&mut self, person: usize, seat: &Seat) {
        let frozen = !seat.online && self.now >= self.starts - Duration::hours(3);
        if seat.state == "going" {
            self.set(person, "going", seat.online, seat.guests + seat.guests_waiting);
        } else if self.offer || frozen || self.now >= self.starts {
            self.set(person, "offered", seat.online, seat.guests);
            let half =
                Duration::seconds((self.starts - self.now).num_seconds() / 2).max(Duration::minutes(10));
            let until = self.now + half.min(Duration::hours(12));
            self.seats[person].until = Some(until.min(self.starts + Duration::hours(1)));
            self.seats[person].online_meanwhile = seat.online_meanwhile;
        } else {
            self.set(person, "going", seat.online, seat.guests);
        }
    }

    pub(crate) fn play(&mut self, operation: Operation) {
        if let Operation::Pass(minutes) = operation {
            self.now += Duration::minutes(minutes);
        }
        match operation {
            Operation::Capacity(online, capacity) => self.capacity[usize::from(online)] = capacity,
            Operation::Cancel => self.cancelled = true,
            Operation::Reinstate if self.cancelled => {
                self.cancelled = false;
                for seat in &mut self.seats {
                    if seat.state == "offered" && seat.until.is_some_and(|until| until <= self.now) {
                        (seat.state, seat.until) = ("waiting", None);
                    }
                }
            }
            _ => {}
        }
        if self.cancelled {
            return;
        }
        match operation {
            Operation::Rsvp(person, guests, online) => self.rsvp(person, guests.into(), online),
            Operation::Leave(person) if !["left", "declined"].contains(&self.seats[person].state) => {
                let Seat { online, guests, .. } = self.seats[person];
                self.set(person, "left", online, guests);
            }
            Operation::AlsoOnline(person) => {
                let seat = self.seats[person].clone();
                let waits =
                    ["waiting", "offered"].contains(&seat.state) && !seat.online && !seat.online_meanwhile;
                if waits && self.free(true) >= seat.size() {
                    self.last_seat_seq += 1;
                    (self.seats[person].online_meanwhile, self.seats[person].seat_seq) =
                        (true, self.last_seat_seq);
                }
            }
            Operation::Claim(person) if self.seats[person].state == "offered" => {
                let Seat { online, guests, .. } = self.seats[person];
                self.set(person, "going", online, guests);
            }
            Operation::Fewer(person, guests) => {
                let seat = self.seats[person].clone();
                if seat.state == "waiting" && self.takes_fewer(&seat, guests.into()) {
                    self.set(person, "going", seat.online, guests.into());
                }
            }
            Operation::Accept(person, when) => self.accept(person, when),
            Operation::Reject(person) if self.seats[person].state == "pending" => {
                let Seat { online, guests, .. } = self.seats[person];
                self.set(person, "declined", online, guests);
            }
            Operation::Bump(online) => self.bump(online),
            _ => {}
        }
        self.settle();
    }
}
