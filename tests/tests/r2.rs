//! R2, the waitlist is fair: random operations are compared with a small model that follows the behaviours, not
//! the code. The promises themselves are checked too.
//!
//! `GUILDHALL_R2_SEED` chooses other operations, and `GUILDHALL_R2_OPERATIONS` their number. The goal is 20,000
//! on each engine.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "r2/model.rs"]
mod model;
#[path = "r2/promises.rs"]
mod promises;

use chrono::Duration;
use domain::{
    Actor, RsvpId, Slug,
    events::{EventForm, Mode, RsvpRequest, WhenFull},
};
use model::{Model, Seat};
use promises::{Snapshot, broken};
use store::{StoreError, events};
use tests::{Guild, event_form, guild_test};

/// The seed of a run without `GUILDHALL_R2_SEED`. It is fixed, so that a change fails for its own faults only.
const SEED: u64 = 20_261_126;
/// The number of people who take part.
const PEOPLE: usize = 9;
/// The number of operations on an event before the next event begins.
const OPERATIONS_PER_EVENT: u64 = 60;

/// A xorshift generator: the same seed gives the same numbers on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn person(&mut self) -> usize {
        usize::try_from(self.below(PEOPLE as u64)).unwrap()
    }

    fn guests(&mut self) -> u8 {
        [0, 0, 1, 2][usize::try_from(self.below(4)).unwrap()]
    }
}

/// A change of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    Rsvp(usize, u8, bool),
    Leave(usize),
    AlsoOnline(usize),
    Claim(usize),
    Fewer(usize, u8),
    Accept(usize, WhenFull),
    Reject(usize),
    Capacity(bool, Option<u32>),
    Bump(bool),
    Cancel,
    Reinstate,
    Pass(i64),
}

fn roll(dice: &mut Dice) -> Operation {
    let (person, guests, online) = (dice.person(), dice.guests(), dice.below(3) == 0);
    match dice.below(100) {
        0..=33 => Operation::Rsvp(person, guests, online),
        34..=49 => Operation::Leave(person),
        50..=54 => Operation::AlsoOnline(person),
        55..=61 => Operation::Claim(person),
        62..=66 => Operation::Fewer(person, guests),
        67..=71 => Operation::Accept(person, WhenFull::Ask),
        72..=74 => Operation::Accept(person, WhenFull::Waitlist),
        75 => Operation::Accept(person, WhenFull::Override),
        76 => Operation::Reject(person),
        77..=84 => Operation::Capacity(online, (dice.below(8) > 0).then(|| 1 + dice.below(7) as u32)),
        85..=87 => Operation::Bump(online),
        88 => Operation::Cancel,
        89..=91 => Operation::Reinstate,
        _ => Operation::Pass([5, 60, 125, 400][usize::try_from(dice.below(4)).unwrap()]),
    }
}

fn mode(online: bool) -> Mode {
    if online { Mode::Online } else { Mode::OnSite }
}

/// The event under test, and its people.
struct Game {
    g: Guild,
    host: Actor,
    crowd: Vec<Actor>,
    slug: Slug,
    keys: u32,
}

impl Game {
    async fn new(g: Guild) -> Self {
        g.demo().await;
        let (host, crowd) = (g.actor("grace").await, g.crowd(PEOPLE).await);
        Self { g, host, crowd, slug: Slug::of_title("none", "none"), keys: 0 }
    }

    /// Creates the next event. Offers, approval, mode and start are random.
    async fn begin(&mut self, dice: &mut Dice) -> Model {
        let starts = self.g.now() + Duration::hours([5, 30, 90][usize::try_from(dice.below(3)).unwrap()]);
        let (offer, approval) = (dice.below(3) == 0, dice.below(4) == 0);
        let room = 1 + dice.below(6) as u32;
        let form = EventForm {
            date: starts.format("%Y-%m-%d").to_string(),
            time: starts.format("%H:%M").to_string(),
            zone: "UTC".into(),
            join_url: "https://meet.example.org/x".into(),
            online_capacity: "2".into(),
            promotion: if offer { "offer" } else { "automatic" }.into(),
            approval: if approval { "on" } else { "off" }.into(),
            ..event_form(Some(room))
        };
        self.keys += 1;
        let details = form.check().unwrap();
        let starts = details.instants().0;
        let store = &self.g.store;
        self.slug = events::create(store, &self.host, details, &self.keys.to_string()).await.unwrap();
        events::publish(store, &self.host, &self.slug).await.unwrap();
        self.g.take_emails().await;
        Model {
            capacity: [Some(room), Some(2)],
            offer,
            approval,
            cancelled: false,
            starts,
            now: self.g.now(),
            seats: vec![Seat::default(); PEOPLE],
            last_waitlist_seq: 0,
            last_seat_seq: 0,
            youngest_first: false,
        }
    }

    async fn play(&self, operation: Operation, was: &Snapshot) -> Result<(), StoreError> {
        let (store, slug) = (&self.g.store, &self.slug);
        let id = |person: usize| was.ids[person].unwrap_or(RsvpId(uuid::Uuid::nil()));
        match operation {
            Operation::Rsvp(person, guests, online) => {
                let wish = RsvpRequest { guests, mode: mode(online) };
                events::rsvp(store, &self.crowd[person], slug, wish).await.map(drop)
            }
            Operation::Leave(person) => events::leave(store, &self.crowd[person], slug).await.map(drop),
            Operation::AlsoOnline(person) => {
                events::also_online(store, &self.crowd[person], slug).await.map(drop)
            }
            Operation::Claim(person) => events::claim(store, &self.crowd[person], slug).await.map(drop),
            Operation::Fewer(person, guests) => {
                events::accept_fewer(store, &self.crowd[person], slug, guests).await.map(drop)
            }
            Operation::Accept(person, when) => {
                events::approve(store, &self.host, slug, id(person), when).await.map(drop)
            }
            Operation::Reject(person) => {
                events::decline_request(store, &self.host, slug, id(person), "").await
            }
            Operation::Capacity(online, capacity) => self.resize(online, capacity).await,
            Operation::Bump(online) => {
                let over = was.over(online);
                events::move_back(store, &self.host, slug, mode(online), over).await.map(drop)
            }
            Operation::Cancel => events::cancel(store, &self.host, slug, "").await.map(drop),
            Operation::Reinstate => events::reinstate(store, &self.host, slug).await.map(drop),
            Operation::Pass(minutes) => {
                self.g.advance(Duration::minutes(minutes));
                store::runner::run_due(store).await.map(drop)
            }
        }
    }

    async fn resize(&self, online: bool, capacity: Option<u32>) -> Result<(), StoreError> {
        let event = events::page(&self.g.store, &self.host, &self.slug).await?.event;
        let mut form = event.details.to_form(event.version);
        let text = capacity.map_or_else(String::new, |n| n.to_string());
        *(if online { &mut form.online_capacity } else { &mut form.capacity }) = text;
        events::edit(&self.g.store, &self.host, &self.slug, form.check()?, event.version).await.map(drop)
    }

    async fn snapshot(&self) -> Snapshot {
        promises::snapshot(&self.g, &self.slug, &self.crowd).await
    }
}

/// Plays this many operations. Returns the first broken promise with the operation that caused it.
async fn run(game: &mut Game, seed: u64, operations: u64, youngest_first: bool) -> Result<(), String> {
    let mut dice = Dice(seed | 1);
    let mut model = game.begin(&mut dice).await;
    for n in 0..operations {
        let over = model.now + Duration::hours(7) >= model.starts + Duration::hours(1);
        if n % OPERATIONS_PER_EVENT == OPERATIONS_PER_EVENT - 1 || over {
            model = game.begin(&mut dice).await;
        }
        model.youngest_first = youngest_first;
        let operation = roll(&mut dice);
        let was = game.snapshot().await;
        game.g.take_emails().await;
        match game.play(operation, &was).await {
            Ok(()) | Err(StoreError::Refused(_) | StoreError::NotFound) => {}
            Err(other) => return Err(format!("operation {n}, {operation:?}: {other:?}")),
        }
        model.play(operation);
        let is = game.snapshot().await;
        if let Some(promise) = broken(&was, &is, operation) {
            return Err(format!("operation {n}, {operation:?}: {promise}\nbefore {was:?}\nafter {is:?}"));
        }
        for person in 0..PEOPLE {
            let (actual, expected) = (&is.seats[person], &model.seats[person]);
            if !actual.same(expected) {
                return Err(format!(
                    "operation {n}, {operation:?}, person {person}:\nrows  {actual:?}\nmodel {expected:?}\nbefore {was:?}"
                ));
            }
        }
    }
    Ok(())
}

fn variable(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[guild_test]
async fn r2_the_waitlist_is_fair(g: Guild) {
    let seed = variable("GUILDHALL_R2_SEED", SEED);
    let operations = variable("GUILDHALL_R2_OPERATIONS", 1_000);
    println!("GUILDHALL_R2_SEED={seed} GUILDHALL_R2_OPERATIONS={operations}");
    let mut game = Game::new(g).await;
    let began = std::time::Instant::now();
    if let Err(wrong) = run(&mut game, seed, operations, false).await {
        panic!("GUILDHALL_R2_SEED={seed}: {wrong}");
    }
    println!("{operations} operations in {:?}", began.elapsed());
    game.g.take_emails().await;
}

/// Negative control: a model with an unfair waitlist doesn't agree with the store.
#[guild_test]
async fn r2_an_unfair_order_is_noticed(g: Guild) {
    let mut game = Game::new(g).await;
    let caught = run(&mut game, 7, 2_000, true).await;
    assert!(caught.is_err(), "an unfair model agreed with the store");
    game.g.take_emails().await;
}

/// Negative controls: each kind of broken promise is noticed.
#[test]
fn r2_every_broken_promise_is_noticed() {
    let waits = |waitlist_seq| Seat { state: "waiting", waitlist_seq, ..Seat::default() };
    let seated = |waitlist_seq| Seat { state: "going", waitlist_seq, ..Seat::default() };
    let shot = |seats: Vec<Seat>, emails: Vec<usize>| Snapshot::of(seats, [Some(1), Some(1)], emails);
    let was = shot(vec![waits(1), waits(2), seated(0)], vec![0, 0, 0]);
    let left = Operation::Leave(2);
    let gone = Seat::default();
    let good = shot(vec![seated(1), waits(2), gone.clone()], vec![1, 0, 1]);
    assert_eq!(broken(&was, &good, left), None);
    let says = |is: &Snapshot, word: &str| broken(&was, is, left).unwrap_or_default().contains(word);
    assert!(says(&shot(vec![waits(1), seated(2), gone.clone()], vec![0, 1, 1]), "fits too"));
    assert!(says(&shot(vec![waits(1), waits(2), gone.clone()], vec![0, 0, 1]), "beside a free seat"));
    assert!(says(&shot(vec![seated(1), seated(2), gone.clone()], vec![1, 1, 1]), "over its capacity"));
    assert!(says(&shot(vec![seated(1), waits(2), gone.clone()], vec![2, 0, 1]), "emails"));
    assert!(says(&shot(vec![seated(1), waits(2), gone.clone()], vec![0, 0, 1]), "emails"));
    let mut shown = good.clone();
    shown.columns[0] = 7;
    assert!(says(&shown, "columns"));
}
