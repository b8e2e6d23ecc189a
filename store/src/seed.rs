//! The demo community: sample people and events, used by `guildhall demo` and by the tests.
//!
//! It is made through the same verbs that members use, relative to the store's clock.

mod events;
mod people;

use domain::{Actor, Locale, Slug, Zone, members::Address};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use crate::{
    Fault, Store,
    entities::{letter, member},
    events as verbs,
    settings::{self, Settings, SignUp},
    sign_in::{Browser, Newcomer, as_demo, join},
    write::Tx,
};

/// What the seed made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// People; 0 when the database was not empty, and then nothing was made.
    pub members: u32,
    /// Events.
    pub events: u32,
}

/// Fills an empty database with the demo community; a database with members stays as it is.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn demo(store: &Store) -> Result<Report, Fault> {
    if member::Entity::find().count(store.db()).await? > 0 {
        return Ok(Report::default());
    }
    store.write((), |tx, ()| Box::pin(people_in(tx))).await?;
    let mut report = Report { members: u32::try_from(people::PEOPLE.len()).unwrap_or(u32::MAX), events: 0 };
    for sample in events::SAMPLES {
        make(store, sample).await?;
        report.events += 1;
    }
    // Nobody wants the letters of the demo's past.
    store.write((), |tx, ()| Box::pin(quiet(tx))).await?;
    Ok(report)
}

async fn people_in(tx: &Tx) -> Result<(), Fault> {
    settings::save(tx, &Settings { community: people::COMMUNITY.into(), sign_up: SignUp::Open, demo: true })
        .await?;
    for (place, person) in (0..).zip(people::PEOPLE) {
        let address = Address::parse(&format!("{}@guild.example", person.key));
        let new = Newcomer {
            name: person.name,
            address: address.as_ref(),
            role: person.role,
            zone: person.zone.parse().unwrap_or(Zone::UTC),
            locale: Locale::En,
            demo_key: Some(person.key),
            at: tx.now() - chrono::Duration::days(400 - place * 11),
        };
        join(tx, new).await?;
    }
    Ok(())
}

async fn quiet(tx: &Tx) -> Result<(), Fault> {
    letter::Entity::delete_many().exec(tx.db()).await?;
    crate::entities::session::Entity::delete_many().exec(tx.db()).await?;
    Ok(())
}

async fn make(store: &Store, sample: &events::Sample) -> Result<(), Fault> {
    let host = actor(store, sample.host).await?;
    let details = sample.form(store.now()).check()?;
    let slug = verbs::create(store, &host, details, sample.title).await?;
    if sample.draft {
        return Ok(());
    }
    verbs::publish(store, &host, &slug).await?;
    answer(store, &slug, sample).await?;
    if !sample.cancelled.is_empty() {
        verbs::cancel(store, &host, &slug, sample.cancelled).await?;
    }
    Ok(())
}

async fn answer(store: &Store, slug: &Slug, sample: &events::Sample) -> Result<(), Fault> {
    for person in people::PEOPLE.iter().filter(|person| person.key != sample.host).take(sample.answers) {
        let who = actor(store, person.key).await?;
        verbs::rsvp(store, &who, slug, 0).await?;
    }
    Ok(())
}

/// One of the demo's people as an actor.
async fn actor(store: &Store, key: &str) -> Result<Actor, Fault> {
    let opened = as_demo(store, key, Browser { token: "", device: "demo" }).await?;
    crate::members::session(store, &opened.token).await?.map(|found| found.actor).ok_or(Fault::NotFound)
}
