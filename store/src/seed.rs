//! The demo community: sample people, groups, events and kudos, used by `guildhall demo` and by the tests.
//!
//! It is created through the same verbs that members use. Each verb runs at the time it would have happened,
//! relative to the store's clock. Events are created at the same time, so that SQLite's writer commits many
//! verbs at once. Within an event the verbs run one after another, because the order of the RSVPs matters.

mod crowd;
mod events_coming;
mod events_past;
mod groups;
mod people;
mod profiles;
mod shape;
#[cfg(test)]
mod tests;
mod thanks;
mod times;
mod waits;

pub use waits::mishap;

use std::collections::HashMap;

use domain::{
    Actor, Locale, MemberId, Refusal, SignInSessionId, Slug, Zone,
    events::{Mode, RsvpRequest},
    groups::GroupRole,
    members::{About, Address, ProfileInput, Work, check_languages, check_link, check_topics},
    teams::TeamDetails,
};
use futures::future::try_join_all;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

pub use self::crowd::crowd;
use self::{
    shape::{Group, Person, Said, Sample, Thank},
    times::Times,
};
use crate::{
    Store, StoreError,
    entities::{announcement, email, event_notice, member},
    events, groups as group_verbs, kudos, members,
    settings::{self, Settings, SignUp},
    sign_in::{Newcomer, join},
    teams,
    write::Tx,
};

/// The number of records that the seed created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Members. 0 when the database already had members, and then nothing was created.
    pub members: u32,
    /// Groups of all kinds.
    pub groups: u32,
    /// Events, including drafts and cancelled ones.
    pub events: u32,
    /// Kudos between the members.
    pub thanks: u32,
}

/// The sample people as actors, by key.
type Cast = HashMap<&'static str, Actor>;

/// All sample events, past ones first.
fn samples() -> impl Iterator<Item = &'static Sample> {
    events_past::PAST.iter().chain(events_coming::COMING)
}

/// Fills an empty database with the demo community. Does nothing if there are members.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn demo(store: &Store) -> Result<Report, StoreError> {
    if member::Entity::find().count(store.db()).await? > 0 {
        return Ok(Report::default());
    }
    let times = Times::of(store.now());
    store.write((), |tx, ()| Box::pin(found(tx))).await?;
    let people = (0..).zip(people::PEOPLE).map(|(place, person)| arrive(store, &times, place, person));
    let cast: Cast = try_join_all(people).await?.into_iter().collect();
    settle_in(store, &times, &cast).await?;
    try_join_all(groups::GROUPS.iter().map(|group| gather(store, &times, &cast, group))).await?;
    try_join_all(samples().map(|sample| play(store, &times, &cast, sample))).await?;
    try_join_all(thanks::THANKS.iter().map(|thank| give(store, &times, &cast, thank))).await?;
    waits::wait(store, &cast).await?;
    // The demo must not send emails about its past, nor all of today's reminders at once.
    events::reminders::chores(store).await?;
    store.write((), |tx, ()| Box::pin(quiet(tx))).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Report {
        members: count(people::PEOPLE.len()),
        groups: count(groups::GROUPS.len()),
        events: count(samples().count()),
        thanks: count(thanks::THANKS.len()),
    })
}

async fn found(tx: &Tx) -> Result<(), StoreError> {
    let settings = Settings { demo: true, ..Settings::of(people::COMMUNITY, SignUp::Open) };
    settings::save(tx, &settings).await
}

async fn quiet(tx: &Tx) -> Result<(), StoreError> {
    email::Entity::delete_many().exec(tx.db()).await?;
    announcement::Entity::delete_many().exec(tx.db()).await?;
    event_notice::Entity::delete_many().exec(tx.db()).await?;
    Ok(())
}

/// Creates a member at the time they joined, and saves their profile.
async fn arrive(
    store: &Store,
    times: &Times,
    place: usize,
    person: &'static Person,
) -> Result<(&'static str, Actor), StoreError> {
    let store = store.at(times.joined(place));
    let id = store.write(person, |tx, person| Box::pin(join_as(tx, person))).await?;
    // An actor without a session, as for links in emails.
    let actor = Actor::Member { id, role: person.role, session: SignInSessionId(uuid::Uuid::nil()) };
    let disciplines: Vec<String> = person.disciplines.iter().map(|slug| (*slug).to_owned()).collect();
    let profile =
        ProfileInput::check(person.name, person.zone, Locale::En.tag(), person.headline, &disciplines)?;
    members::save_profile(&store, &actor, profile).await?;
    Ok((person.key, actor))
}

/// Creates the teams and completes the members' profiles.
async fn settle_in(store: &Store, times: &Times, cast: &Cast) -> Result<(), StoreError> {
    let first = one_of(cast, people::PEOPLE[0].key)?;
    let store = store.at(times.joined(people::PEOPLE.len() - 1));
    for team in profiles::TEAMS {
        let details = TeamDetails::check(team.name, team.parent, team.purpose)?;
        teams::create(&store, &first, details, "").await?;
    }
    try_join_all(profiles::SAID.iter().map(|said| say(&store, cast, said))).await?;
    Ok(())
}

async fn say(store: &Store, cast: &Cast, said: &Said) -> Result<(), StoreError> {
    let actor = one_of(cast, said.key)?;
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    members::save_about(store, &actor, About::check(said.pronouns, said.bio)?).await?;
    members::save_work(store, &actor, Work::check(said.team, "", said.seniority)?).await?;
    members::save_topics(store, &actor, check_topics(&texts(said.topics))?).await?;
    members::save_languages(store, &actor, check_languages(&texts(said.languages))?).await?;
    for link in said.links {
        members::add_link(store, &actor, check_link(link)?).await?;
    }
    members::save_visibility(store, &actor, texts(said.see)).await
}

async fn join_as(tx: &Tx, person: &Person) -> Result<MemberId, StoreError> {
    let address = Address::parse(&format!("{}@guild.example", person.key));
    let new = Newcomer {
        name: person.name,
        address: address.as_ref(),
        role: person.role,
        zone: person.zone.parse().unwrap_or(Zone::UTC),
        locale: Locale::En,
        demo_key: Some(person.key),
        at: tx.now(),
    };
    Ok(MemberId(join(tx, new).await?.id))
}

/// Creates a group and adds its members.
async fn gather(store: &Store, times: &Times, cast: &Cast, group: &Group) -> Result<(), StoreError> {
    let founder = one_of(cast, people::PEOPLE[0].key)?;
    // The operator creates the group, because a member would become an organiser of it.
    let made = store.at(times.founded(group));
    let slug = group_verbs::create(&made, &Actor::Operator, group.form().check()?, "").await?;
    let slug = &slug;
    try_join_all(group.organisers.iter().map(async |key| {
        let id = one_of(cast, key)?.member().ok_or(StoreError::NotFound)?;
        let store = store.at(times.gathered(group, key));
        group_verbs::add(&store, &founder, slug, id, GroupRole::Organiser).await
    }))
    .await?;
    let organiser = match group.organisers.first() {
        Some(key) => one_of(cast, key)?,
        None => founder,
    };
    let members = group.members.iter().map(async |key| {
        come_in(&store.at(times.gathered(group, key)), slug, &organiser, &one_of(cast, key)?).await
    });
    try_join_all(members).await?;
    Ok(())
}

/// Adds a member to a group in the way that the group allows.
async fn come_in(store: &Store, group: &Slug, organiser: &Actor, actor: &Actor) -> Result<(), StoreError> {
    let me = actor.member().ok_or(StoreError::NotFound)?;
    match group_verbs::join(store, actor, group).await {
        Err(StoreError::Refused(Refusal::AskFirst)) => {
            group_verbs::request_to_join(store, actor, group, "").await?;
            group_verbs::decide_request(store, organiser, group, me, true, "").await
        }
        Err(StoreError::NotFound) => {
            let name = members::myself(store, actor).await?.name;
            group_verbs::invite(store, organiser, group, &name).await?;
            group_verbs::join(store, actor, group).await
        }
        joined => joined,
    }
}

/// Creates an event and everything that happened to it, up to the last RSVP.
async fn play(store: &Store, times: &Times, cast: &Cast, sample: &Sample) -> Result<(), StoreError> {
    let host = one_of(cast, sample.host)?;
    let details = sample.form(times.today()).check()?;
    let mut moments = times.of_event(sample, details.instants().0);
    let mut next = || store.at(moments.next().unwrap_or(times.today()));
    let slug = events::create(&next(), &host, details, sample.title).await?;
    if sample.draft {
        return Ok(());
    }
    events::publish(&next(), &host, &slug).await?;
    for (key, guests) in sample.answers {
        let mode = if sample.online.contains(key) { Mode::Online } else { Mode::OnSite };
        events::rsvp(&next(), &one_of(cast, key)?, &slug, RsvpRequest { guests: *guests, mode }).await?;
    }
    for key in sample.left {
        events::leave(&next(), &one_of(cast, key)?, &slug).await?;
    }
    if !sample.cancelled.is_empty() {
        events::cancel(&next(), &host, &slug, sample.cancelled).await?;
    }
    Ok(())
}

async fn give(store: &Store, times: &Times, cast: &Cast, thank: &Thank) -> Result<(), StoreError> {
    let (from, to) =
        (one_of(cast, thank.from)?, one_of(cast, thank.to)?.member().ok_or(StoreError::NotFound)?);
    let value = Slug::parse(thank.value).ok_or(StoreError::NotFound)?;
    kudos::give(&store.at(times.given(thank)), &from, to, &value, thank.text).await
}

fn one_of(cast: &Cast, key: &str) -> Result<Actor, StoreError> {
    cast.get(key).copied().ok_or_else(|| StoreError::Corrupt(format!("the demo knows nobody called {key}")))
}
