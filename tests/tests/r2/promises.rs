//! The promises, read off the rows before and after one operation; nothing here knows the model.

use domain::{Actor, RsvpId, Slug, events::WhenFull};
use tests::Guild;

use super::{Operation, model::Seat};

/// An event's answers as its rows say.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) seats: Vec<Seat>,
    pub(crate) ids: Vec<Option<RsvpId>>,
    pub(crate) capacity: [Option<u32>; 2],
    /// Going and waiting in the room, then online, as the columns say.
    pub(crate) columns: [u32; 4],
    /// Whether it takes place: a cancelled event gives nothing on.
    pub(crate) open: bool,
    /// How many letters tell each person of their own answer.
    pub(crate) emails: Vec<usize>,
}

fn sum(seats: &[Seat], of: impl Fn(&Seat) -> u32) -> u32 {
    seats.iter().map(of).sum()
}

fn going(seats: &[Seat], online: bool) -> u32 {
    sum(seats, |seat| {
        let here = (seat.holds() && seat.online == online) || (online && seat.too);
        if here { seat.size() } else { 0 }
    })
}

fn waiting(seats: &[Seat], online: bool) -> u32 {
    sum(seats, |seat| if seat.online == online { seat.needs() } else { 0 })
}

impl Snapshot {
    /// One whose columns agree with its rows.
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

/// Which promise was broken between two snapshots; `None` when all were kept.
pub(crate) fn broken(was: &Snapshot, is: &Snapshot, operation: Operation) -> Option<String> {
    let columns = Snapshot::of(is.seats.clone(), is.capacity, Vec::new()).columns;
    if columns != is.columns {
        return Some(format!("the columns say {:?}, the rows {columns:?}", is.columns));
    }
    for online in [false, true] {
        let (before, after) = (going(&was.seats, online), going(&is.seats, online));
        let capacity = is.capacity[usize::from(online)].unwrap_or(u32::MAX);
        let may = matches!(operation, Operation::Accept(_, WhenFull::Override));
        if after > capacity && after > before && !may {
            return Some(format!("{after} seats are over its capacity of {capacity}"));
        }
        let pool = || (0..is.seats.len()).filter(|who| is.seats[*who].online == online);
        let free = capacity.saturating_sub(after);
        let fits = pool().find(|who| (1..=free).contains(&is.seats[*who].needs()));
        if let Some(who) = fits.filter(|_| is.open) {
            return Some(format!("person {who} waits beside a free seat"));
        }
        let moved = |who: &usize| was.seats[*who].state == "waiting" && is.seats[*who].holds();
        let own = actor(operation);
        for younger in pool().filter(moved).filter(|who| Some(*who) != own) {
            let passed = pool().find(|older| {
                let (old, new) = (&was.seats[*older], &is.seats[*older]);
                old.state == "waiting"
                    && new.state == "waiting"
                    && old.online == online
                    && old.place < was.seats[younger].place
                    && new.place == old.place
                    && new.size() <= is.seats[younger].size()
            });
            if let Some(older) = passed {
                return Some(format!("{younger} got a seat before {older}, the oldest that fits"));
            }
        }
    }
    (!matches!(operation, Operation::Reinstate)).then(|| one_email_each(was, is)).flatten()
}

/// Whose own operation it is: they may overtake, by coming with fewer or by a host's word.
fn actor(operation: Operation) -> Option<usize> {
    match operation {
        Operation::Rsvp(who, ..)
        | Operation::Leave(who)
        | Operation::AlsoOnline(who)
        | Operation::Claim(who)
        | Operation::Fewer(who, _)
        | Operation::Accept(who, _)
        | Operation::Reject(who) => Some(who),
        _ => None,
    }
}

/// Whoever has another seat or none is told, once; nobody else is told anything. Who only waits with
/// another number of people sees it on the page.
fn one_email_each(was: &Snapshot, is: &Snapshot) -> Option<String> {
    (0..is.seats.len()).find_map(|who| {
        let (old, new) = (&was.seats[who], &is.seats[who]);
        let resized = new.state == "going" && old.guests != new.guests;
        let told = old.state != new.state
            || (new.state != "pending" && old.state != "left" && old.online != new.online)
            || old.too != new.too
            || resized;
        let emails = is.emails[who];
        (emails != usize::from(told)).then(|| format!("{emails} emails to person {who}: {old:?} to {new:?}"))
    })
}

/// Reads an event's rows and columns, and the letters since they were last forgotten.
pub(crate) async fn look(g: &Guild, slug: &Slug, crowd: &[Actor]) -> Snapshot {
    let event = &g.rows(&format!("SELECT * FROM events WHERE slug = '{slug}'")).await[0];
    let number = |name: &str| event.try_get::<i32>("", name).unwrap().unsigned_abs();
    let limit = |name: &str| event.try_get::<Option<i32>>("", name).unwrap().map(i32::unsigned_abs);
    let columns = ["going", "waiting", "online_going", "online_waiting"].map(number);
    let capacity = [limit("capacity"), limit("online_capacity")];
    let index =
        |member: uuid::Uuid| crowd.iter().position(|who| who.member().is_some_and(|id| id.0 == member));
    let (mut seats, mut ids) = (vec![Seat::default(); crowd.len()], vec![None; crowd.len()]);
    let answers =
        format!("SELECT r.* FROM rsvps r JOIN events e ON e.id = r.event_id WHERE e.slug = '{slug}'");
    for row in g.rows(&answers).await {
        let Some(who) = index(row.try_get("", "member_id").unwrap()) else { continue };
        let text = |name: &str| row.try_get::<String>("", name).unwrap();
        let number = |name: &str| row.try_get::<i32>("", name).unwrap().unsigned_abs();
        ids[who] = Some(RsvpId(row.try_get("", "id").unwrap()));
        let states = ["pending", "going", "offered", "waiting", "left", "declined"];
        seats[who] = Seat {
            state: states.into_iter().find(|state| *state == text("state")).unwrap(),
            online: text("mode") == "online",
            too: row.try_get("", "online_meanwhile").unwrap(),
            guests: number("guests"),
            extra: number("guests_waiting"),
            place: row.try_get("", "waitlist_seq").unwrap(),
            order: row.try_get("", "seat_seq").unwrap(),
            until: None,
            asked: None,
        };
    }
    let mut emails = vec![0; crowd.len()];
    // The question to come with fewer and news of the event itself change nobody's answer; chores tell of
    // the events before, too.
    let told = format!(
        "SELECT member_id FROM emails WHERE kind NOT IN ('fewer_offered', 'cancelled', 'reinstated', 'sign_in', 'reminder', 'new_event', 'rescheduled', 'digest') \
         AND payload LIKE '%\"slug\":\"{slug}\"%'"
    );
    for row in g.rows(&told).await {
        let member: Option<uuid::Uuid> = row.try_get("", "member_id").unwrap();
        if let Some(who) = member.and_then(index) {
            emails[who] += 1;
        }
    }
    let open = event.try_get::<String>("", "status").unwrap() == "published";
    Snapshot { seats, ids, capacity, columns, open, emails }
}
