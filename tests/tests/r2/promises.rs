//! The promises, checked on the rows before and after one operation, without the model.

use domain::{Actor, RsvpId, Slug, events::WhenFull};
use tests::Guild;

use super::{Operation, model::Seat};

/// The RSVPs for an event as stored.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) seats: Vec<Seat>,
    pub(crate) ids: Vec<Option<RsvpId>>,
    pub(crate) capacity: [Option<u32>; 2],
    /// The stored counts: going and waiting in the room, then going and waiting online.
    pub(crate) columns: [u32; 4],
    /// Whether the event is published. A cancelled event doesn't give seats away.
    pub(crate) open: bool,
    /// The number of emails to each person about their own RSVP.
    pub(crate) emails: Vec<usize>,
}

fn sum(seats: &[Seat], of: impl Fn(&Seat) -> u32) -> u32 {
    seats.iter().map(of).sum()
}

fn going(seats: &[Seat], online: bool) -> u32 {
    sum(seats, |seat| {
        let here = (seat.holds() && seat.online == online) || (online && seat.online_meanwhile);
        if here { seat.size() } else { 0 }
    })
}

fn waiting(seats: &[Seat], online: bool) -> u32 {
    sum(seats, |seat| if seat.online == online { seat.needs() } else { 0 })
}

impl Snapshot {
    /// A snapshot whose counts agree with its rows.
    pub(crate) fn of(seats: Vec<Seat>, capacity: [Option<u32>; 2], emails: Vec<usize>) -> Self {
        let columns =
            [going(&seats, false), waiting(&seats, false), going(&seats, true), waiting(&seats, true)];
        Self { ids: vec![None; seats.len()], seats, capacity, columns, open: true, emails }
    }

    pub(crate) fn over(&self, online: bool) -> u32 {
        self.capacity[usize::from(online)]
            .map_or(0, |capacity| going(&self.seats, online).saturating_sub(capacity))
    }
}

/// The promise that was broken between two snapshots, or `None`.
pub(crate) fn broken(was: &Snapshot, is: &Snapshot, operation: Operation) -> Option<String> {
    let columns = Snapshot::of(is.seats.clone(), is.capacity, Vec::new()).columns;
    if columns != is.columns {
        return Some(format!("the columns say {:?}, the rows {columns:?}", is.columns));
    }
    for online in [false, true] {
        let (before, after) = (going(&was.seats, online), going(&is.seats, online));
        let capacity = is.capacity[usize::from(online)].unwrap_or(u32::MAX);
        let is_allowed = matches!(operation, Operation::Accept(_, WhenFull::Override));
        if after > capacity && after > before && !is_allowed {
            return Some(format!("{after} seats are over its capacity of {capacity}"));
        }
        let people_in_mode = || (0..is.seats.len()).filter(|person| is.seats[*person].online == online);
        let free = capacity.saturating_sub(after);
        let fits = people_in_mode().find(|person| (1..=free).contains(&is.seats[*person].needs()));
        if let Some(person) = fits.filter(|_| is.open) {
            return Some(format!("person {person} waits beside a free seat"));
        }
        let moved = |person: &usize| was.seats[*person].state == "waiting" && is.seats[*person].holds();
        let own = actor(operation);
        for younger in people_in_mode().filter(moved).filter(|person| Some(*person) != own) {
            let passed = people_in_mode().find(|older| {
                let (old, new) = (&was.seats[*older], &is.seats[*older]);
                old.state == "waiting"
                    && new.state == "waiting"
                    && old.online == online
                    && old.waitlist_seq < was.seats[younger].waitlist_seq
                    && new.waitlist_seq == old.waitlist_seq
                    && new.size() <= is.seats[younger].size()
            });
            if let Some(older) = passed {
                return Some(format!("person {younger} got a seat before person {older}, who fits too"));
            }
        }
    }
    (!matches!(operation, Operation::Reinstate)).then(|| one_email_each(was, is)).flatten()
}

/// The person whose RSVP the operation is about. They may overtake, for example with fewer guests.
fn actor(operation: Operation) -> Option<usize> {
    match operation {
        Operation::Rsvp(person, ..)
        | Operation::Leave(person)
        | Operation::AlsoOnline(person)
        | Operation::Claim(person)
        | Operation::Fewer(person, _)
        | Operation::Accept(person, _)
        | Operation::Reject(person) => Some(person),
        _ => None,
    }
}

/// Checks that a person whose seat changed gets one email, and all others none. On the waitlist, a new party
/// size sends no email, because the page shows it.
fn one_email_each(was: &Snapshot, is: &Snapshot) -> Option<String> {
    (0..is.seats.len()).find_map(|person| {
        let (old, new) = (&was.seats[person], &is.seats[person]);
        let resized = new.state == "going" && old.guests != new.guests;
        let is_changed = old.state != new.state
            || (new.state != "pending" && old.state != "left" && old.online != new.online)
            || old.online_meanwhile != new.online_meanwhile
            || resized;
        let emails = is.emails[person];
        (emails != usize::from(is_changed))
            .then(|| format!("{emails} emails to person {person}: {old:?} to {new:?}"))
    })
}

/// Reads an event's rows, counts and the emails since they were last deleted.
pub(crate) async fn snapshot(g: &Guild, slug: &Slug, crowd: &[Actor]) -> Snapshot {
    let event = &g.rows(&format!("SELECT * FROM events WHERE slug = '{slug}'")).await[0];
    let number = |name: &str| event.try_get::<i32>("", name).unwrap().unsigned_abs();
    let limit = |name: &str| event.try_get::<Option<i32>>("", name).unwrap().map(i32::unsigned_abs);
    let columns = ["going", "waiting", "online_going", "online_waiting"].map(number);
    let capacity = [limit("capacity"), limit("online_capacity")];
    let index =
        |member: uuid::Uuid| crowd.iter().position(|person| person.member().is_some_and(|id| id.0 == member));
    let (mut seats, mut ids) = (vec![Seat::default(); crowd.len()], vec![None; crowd.len()]);
    let answers =
        format!("SELECT r.* FROM rsvps r JOIN events e ON e.id = r.event_id WHERE e.slug = '{slug}'");
    for row in g.rows(&answers).await {
        let Some(person) = index(row.try_get("", "member_id").unwrap()) else { continue };
        let text = |name: &str| row.try_get::<String>("", name).unwrap();
        let number = |name: &str| row.try_get::<i32>("", name).unwrap().unsigned_abs();
        ids[person] = Some(RsvpId(row.try_get("", "id").unwrap()));
        let states = ["pending", "going", "offered", "waiting", "left", "declined"];
        seats[person] = Seat {
            state: states.into_iter().find(|state| *state == text("state")).unwrap(),
            online: text("mode") == "online",
            online_meanwhile: row.try_get("", "online_meanwhile").unwrap(),
            guests: number("guests"),
            guests_waiting: number("guests_waiting"),
            waitlist_seq: row.try_get("", "waitlist_seq").unwrap(),
            seat_seq: row.try_get("", "seat_seq").unwrap(),
            until: None,
            fewer_offer: None,
        };
    }
    let mut emails = vec![0; crowd.len()];
    // Offers to come with fewer and news of the event are not about an RSVP, so they are left out. Chores may
    // send emails about earlier events.
    let is_changed = format!(
        "SELECT member_id FROM emails WHERE kind NOT IN ('fewer_offered', 'cancelled', 'reinstated', 'sign_in', 'reminder', 'new_event', 'rescheduled', 'digest') \
         AND payload LIKE '%\"slug\":\"{slug}\"%'"
    );
    for row in g.rows(&is_changed).await {
        let member: Option<uuid::Uuid> = row.try_get("", "member_id").unwrap();
        if let Some(person) = member.and_then(index) {
            emails[person] += 1;
        }
    }
    let open = event.try_get::<String>("", "status").unwrap() == "published";
    Snapshot { seats, ids, capacity, columns, open, emails }
}
