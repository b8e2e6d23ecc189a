//! The model: what an event with a room and seats online does, in a hundred lines.

use chrono::Duration;
use domain::{Instant, events::WhenFull};

use super::Operation;

/// One person's answer.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) state: &'static str,
    pub(crate) online: bool,
    pub(crate) too: bool,
    pub(crate) guests: u32,
    pub(crate) extra: u32,
    pub(crate) place: i64,
    pub(crate) order: i64,
    pub(crate) until: Option<Instant>,
    pub(crate) asked: Option<(u32, Instant)>,
}

impl Default for Seat {
    fn default() -> Self {
        let (state, place, order) = ("left", 0, 0);
        Self { state, online: false, too: false, guests: 0, extra: 0, place, order, until: None, asked: None }
    }
}

impl Seat {
    /// Whether both say the same to their person.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let of = |seat: &Self| (seat.state, seat.online, seat.too, seat.guests, seat.extra);
        let gone = |seat: &Self| ["left", "declined"].contains(&seat.state);
        of(self) == of(other) || (gone(self) && self.state == other.state)
    }

    pub(crate) fn size(&self) -> u32 {
        1 + self.guests
    }

    pub(crate) fn holds(&self) -> bool {
        ["going", "offered"].contains(&self.state)
    }

    /// Seats it waits for; none when it does not wait.
    pub(crate) fn needs(&self) -> u32 {
        match self.state {
            "waiting" => self.size(),
            "going" => self.extra,
            _ => 0,
        }
    }
}

/// An event.
pub(crate) struct Model {
    /// The room's, and those online.
    pub(crate) capacity: [Option<u32>; 2],
    pub(crate) offer: bool,
    pub(crate) approval: bool,
    pub(crate) cancelled: bool,
    pub(crate) starts: Instant,
    pub(crate) now: Instant,
    pub(crate) seats: Vec<Seat>,
    pub(crate) places: i64,
    pub(crate) orders: i64,
    /// On purpose wrong, to see whether it is noticed.
    pub(crate) youngest_first: bool,
}

impl Model {
    fn free(&self, online: bool) -> u32 {
        let here = |seat: &&Seat| (seat.holds() && seat.online == online) || (online && seat.too);
        let taken: u32 = self.seats.iter().filter(here).map(Seat::size).sum();
        self.capacity[usize::from(online)].map_or(1_000, |capacity| capacity.saturating_sub(taken))
    }

    fn over(&self, online: bool) -> u32 {
        let here = |seat: &&Seat| (seat.holds() && seat.online == online) || (online && seat.too);
        let taken: u32 = self.seats.iter().filter(here).map(Seat::size).sum();
        self.capacity[usize::from(online)].map_or(0, |capacity| taken.saturating_sub(capacity))
    }

    /// Gives somebody another state, the way of coming, and so many guests.
    fn put(&mut self, who: usize, state: &'static str, online: bool, guests: u32) {
        let seat = &mut self.seats[who];
        let kept = seat.holds() && seat.online == online;
        if seat.state != state || seat.guests != guests {
            seat.asked = None;
        }
        *seat = Seat { state, online, guests, extra: 0, too: false, until: None, ..seat.clone() };
        if seat.holds() && !kept {
            self.orders += 1;
            self.seats[who].order = self.orders;
        }
    }

    fn go_last(&mut self, who: usize) {
        self.places += 1;
        self.seats[who].place = self.places;
    }

    fn enter(&mut self, who: usize, online: bool, guests: u32) {
        if self.free(online) > guests {
            self.put(who, "going", online, guests);
        } else {
            self.put(who, "waiting", online, guests);
            self.go_last(who);
        }
    }

    /// The same seat with other guests: what does not fit waits beside it.
    fn resize(&mut self, who: usize, guests: u32) {
        let seat = self.seats[who].clone();
        let more = guests.saturating_sub(seat.guests);
        if more == 0 || self.free(seat.online) >= more {
            return self.put(who, "going", seat.online, guests);
        }
        self.put(who, "going", seat.online, seat.guests);
        self.seats[who].extra = more;
        if seat.extra == 0 {
            self.go_last(who);
        }
    }

    fn switch(&mut self, who: usize, online: bool, guests: u32) {
        let seat = self.seats[who].clone();
        let more = guests.saturating_sub(seat.guests);
        let fits_online = more == 0 || self.free(true) >= more;
        if online && seat.too {
            if fits_online {
                self.put(who, "going", true, guests);
            }
        } else if !seat.holds() || self.free(online) > guests {
            self.enter(who, online, guests);
        } else if seat.state == "going" && !online && fits_online {
            self.enter(who, false, guests);
            self.seats[who].too = true;
            self.orders += 1;
            self.seats[who].order = self.orders;
        }
    }

    fn rsvp(&mut self, who: usize, guests: u32, online: bool) {
        let seat = self.seats[who].clone();
        match seat.state {
            "declined" => {}
            "pending" | "left" if self.approval => self.put(who, "pending", online, guests),
            "pending" | "left" => self.enter(who, online, guests),
            _ if seat.online != online => self.switch(who, online, guests),
            "waiting" if seat.too && guests > seat.guests && self.free(true) < guests - seat.guests => {}
            "waiting" if self.takes_fewer(&seat, guests) => self.put(who, "going", online, guests),
            "waiting" => {
                self.put(who, "waiting", online, guests);
                self.seats[who].too = seat.too;
            }
            "going" if guests == seat.guests + seat.extra => {}
            _ => self.resize(who, guests),
        }
    }

    /// Whether the question "come with fewer?" stands, and this is a yes to it.
    fn takes_fewer(&self, seat: &Seat, guests: u32) -> bool {
        let asked = seat.asked.is_some_and(|(_, until)| self.now < until);
        asked && guests < seat.guests && self.free(seat.online) > guests
    }

    fn accept(&mut self, who: usize, when: WhenFull) {
        let seat = self.seats[who].clone();
        let asks = ["pending", "declined"].contains(&seat.state);
        let above = when == WhenFull::Override && ["waiting", "offered"].contains(&seat.state);
        if (asks && (self.free(seat.online) >= seat.size() || when == WhenFull::Override)) || above {
            self.put(who, "going", seat.online, seat.guests);
        } else if asks && when == WhenFull::Waitlist {
            self.put(who, "waiting", seat.online, seat.guests);
            self.go_last(who);
        }
    }

    fn bump(&mut self, online: bool) {
        let over = self.over(online);
        let mut last: Vec<usize> = (0..self.seats.len())
            .filter(|who| {
                let seat = &self.seats[*who];
                (seat.holds() && seat.online == online) || (online && seat.too)
            })
            .collect();
        last.sort_by_key(|who| -self.seats[*who].order);
        let mut out = Vec::new();
        let mut freed = 0;
        for who in last {
            if freed < over {
                freed += self.seats[who].size();
                out.push(who);
            }
        }
        // Nobody moves for nothing: who fits into what is too much stays, the one who came first first.
        let mut spare = freed.saturating_sub(over);
        for who in out.clone().into_iter().rev() {
            if self.seats[who].size() <= spare {
                spare -= self.seats[who].size();
                out.retain(|other| *other != who);
            }
        }
        let line = |seat: &&Seat| seat.needs() > 0;
        let mut top = self.seats.iter().filter(line).map(|seat| seat.place).min().unwrap_or(self.places + 1);
        for who in out {
            top -= 1;
            if online && self.seats[who].too {
                self.seats[who].too = false;
            } else {
                // Who joins online while a seat in the room is held for them goes on joining.
                let Seat { guests, too, .. } = self.seats[who].clone();
                self.put(who, "waiting", online, guests);
                self.seats[who].too = too;
                self.seats[who].place = top;
            }
        }
    }

    /// Everything that follows by itself.
    fn settle(&mut self) {
        let now = self.now;
        let mut ran_out: Vec<usize> = (0..self.seats.len())
            .filter(|who| {
                self.seats[*who].state == "offered" && self.seats[*who].until.is_some_and(|at| at <= now)
            })
            .collect();
        ran_out.sort_by_key(|who| (self.seats[*who].until, self.seats[*who].order));
        for who in ran_out {
            let Seat { online, too, guests, .. } = self.seats[who];
            if too { self.put(who, "going", true, guests) } else { self.put(who, "left", online, guests) }
        }
        for online in [false, true] {
            let mut line: Vec<usize> = (0..self.seats.len())
                .filter(|who| self.seats[*who].needs() > 0 && self.seats[*who].online == online)
                .collect();
            line.sort_by_key(|who| self.seats[*who].place * if self.youngest_first { -1 } else { 1 });
            let mut free = self.free(online);
            for who in line.iter().copied() {
                let seat = self.seats[who].clone();
                if seat.needs() <= free {
                    free -= seat.needs();
                    self.promote(who, &seat);
                }
            }
            let waits = |who: &&usize| self.seats[**who].state == "waiting";
            let asked = |who: &usize| self.seats[*who].asked.is_some_and(|(_, until)| now < until);
            let could = |who: &&usize| self.seats[**who].asked.is_none_or(|(seats, _)| seats < free);
            let nobody = !line.iter().filter(waits).any(asked);
            let first = line.iter().filter(waits).find(could).copied();
            if let Some(who) = first.filter(|_| nobody && free > 0 && now < self.starts) {
                self.seats[who].asked = Some((free, now + Duration::hours(2)));
            }
        }
    }

    fn promote(&mut self, who: usize, seat: &Seat) {
        let frozen = !seat.online && self.now >= self.starts - Duration::hours(3);
        if seat.state == "going" {
            self.put(who, "going", seat.online, seat.guests + seat.extra);
        } else if self.offer || frozen || self.now >= self.starts {
            self.put(who, "offered", seat.online, seat.guests);
            let half =
                Duration::seconds((self.starts - self.now).num_seconds() / 2).max(Duration::minutes(10));
            let until = self.now + half.min(Duration::hours(12));
            self.seats[who].until = Some(until.min(self.starts + Duration::hours(1)));
            self.seats[who].too = seat.too;
        } else {
            self.put(who, "going", seat.online, seat.guests);
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
            Operation::Rsvp(who, guests, online) => self.rsvp(who, guests.into(), online),
            Operation::Leave(who) if !["left", "declined"].contains(&self.seats[who].state) => {
                let Seat { online, guests, .. } = self.seats[who];
                self.put(who, "left", online, guests);
            }
            Operation::AlsoOnline(who) => {
                let seat = self.seats[who].clone();
                let waits = ["waiting", "offered"].contains(&seat.state) && !seat.online && !seat.too;
                if waits && self.free(true) >= seat.size() {
                    self.orders += 1;
                    (self.seats[who].too, self.seats[who].order) = (true, self.orders);
                }
            }
            Operation::Claim(who) if self.seats[who].state == "offered" => {
                let Seat { online, guests, .. } = self.seats[who];
                self.put(who, "going", online, guests);
            }
            Operation::Fewer(who, guests) => {
                let seat = self.seats[who].clone();
                if seat.state == "waiting" && self.takes_fewer(&seat, guests.into()) {
                    self.put(who, "going", seat.online, guests.into());
                }
            }
            Operation::Accept(who, when) => self.accept(who, when),
            Operation::Reject(who) if self.seats[who].state == "pending" => {
                let Seat { online, guests, .. } = self.seats[who];
                self.put(who, "declined", online, guests);
            }
            Operation::Bump(online) => self.bump(online),
            _ => {}
        }
        self.settle();
    }
}
