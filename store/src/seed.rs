//! The demo community: sample people, groups, events and kudos, used by `guildhall demo` and by the tests.
//!
//! It is created through the same verbs that members use. Each verb runs at the time it would have happened,
//! relative to the store's clock. Events are created at the same time, so that SQLite's writer commits many
//! verbs at once. Within an event the verbs run one after another, because the order of the RSVPs matters.

mod board;
mod conversation;
mod crowd;
mod demands;
mod events_coming;
mod events_past;
mod groups;
mod kudos_given;
mod lock;
mod mentoring;
mod mentoring_people;
mod mentorships;
mod open_work;
mod people;
mod profiles;
mod proposals;
mod questions;
mod series;
mod shape;
mod speed_rounds;
#[cfg(test)]
mod tests;
mod times;
mod unfinished;

use std::collections::HashMap;

use chrono::Duration;
use domain::{
    Actor, Locale, MemberId, Refusal, SignInSessionId, Slug, Zone,
    events::{Mode, Reminder, RsvpRequest},
    groups::GroupRole,
    kudos::KudosForm,
    members::{About, Address, ProfileInput, Work, check_languages, check_link, check_topics},
    teams::TeamDetails,
};
use futures::future::try_join_all;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};

pub use self::{
    crowd::{crowd, crowd_kudos, crowd_rsvps, crowd_sessions},
    lock::DEMO_LOCK,
};
use self::{
    lock::DemoLock,
    shape::{Group, Person, SampleEvent, SampleKudos, SampleProfile},
    times::Times,
};
use crate::{
    Store, StoreError,
    entities::{announcement, digest_item, email, event_notice, notification},
    events, groups as group_verbs, kudos, members,
    runner::{self, Kind},
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
    pub kudos: u32,
}

/// The sample people as actors, by key.
type People = HashMap<&'static str, Actor>;

/// All sample events, past ones first.
fn sample_events() -> impl Iterator<Item = &'static SampleEvent> {
    events_past::PAST.iter().chain(events_coming::COMING)
}

/// Fills an empty database with the demo community. Does nothing if there are members, unless they are half a demo,
/// which is made again.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn demo(store: &Store) -> Result<Report, StoreError> {
    make(store, false).await
}

/// Like [`demo`], with an email that the mail server refused, so that the outbox has something to look into.
///
/// # Errors
/// The same as for [`demo`].
pub async fn demo_to_serve(store: &Store) -> Result<Report, StoreError> {
    make(store, true).await
}

/// `refused` adds the refused email. `guildhall doctor` reports it, so only a demo that is served has it.
async fn make(store: &Store, refused: bool) -> Result<Report, StoreError> {
    let lock = DemoLock::take(store).await?;
    let report = make_locked(store, refused).await;
    lock.release().await;
    report
}

async fn make_locked(store: &Store, refused: bool) -> Result<Report, StoreError> {
    if !store.write((), |tx, ()| Box::pin(unfinished::make_room(tx))).await? {
        return Ok(Report::default());
    }
    let times = Times::of(store.now());
    let people = (0..).zip(people::PEOPLE).map(|(index, person)| add_member(store, &times, index, person));
    let actors: People = try_join_all(people).await?.into_iter().collect();
    complete_profiles(store, &times, &actors).await?;
    try_join_all(groups::GROUPS.iter().map(|group| create_group(store, &times, &actors, group))).await?;
    try_join_all(sample_events().map(|event| create_event(store, &times, &actors, event))).await?;
    try_join_all(kudos_given::KUDOS.iter().map(|sample| give_kudos(store, &times, &actors, sample))).await?;
    mentoring::add_mentoring(store, &actors, refused).await?;
    match refused {
        true => {
            mentorships::add_mentorships(store, &actors).await?;
            questions::add_questions(store, &actors).await?;
            demands::add_demands(store, &actors).await?;
            series::add_series(store, &actors).await?;
            speed_rounds::add_speed_rounds(store, &actors).await?;
            conversation::add_conversation(store, &actors).await?;
            proposals::add_proposals(store, &actors).await?;
            board::add_board(store, &actors).await?;
        }
        false => store.write((), |tx, ()| Box::pin(mentorships::stop_clocks(tx))).await?,
    }
    open_work::add_open_work(store, &actors).await?;
    // The demo must not send emails about its past, nor all of today's reminders at once.
    let is_reminder = |kind: &Kind| Reminder::ALL.iter().any(|one| kind.name == events::reminders::job(*one));
    let reminders: Vec<Kind> = runner::standard().into_iter().filter(is_reminder).collect();
    runner::run_kinds(store, &reminders).await?;
    store.write(refused, |tx, refused| Box::pin(finish(tx, *refused))).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Report {
        members: count(people::PEOPLE.len()),
        groups: count(groups::GROUPS.len()),
        events: count(sample_events().count()),
        kudos: count(kudos_given::KUDOS.len()),
    })
}

/// How old the notifications of the demo are at most.
const RECENT_NOTIFICATIONS: Duration = Duration::days(3);

/// The last change. Before it is committed, `unfinished` regards the demo as half made.
async fn finish(tx: &Tx, refused: bool) -> Result<(), StoreError> {
    email::Entity::delete_many().exec(tx.db()).await?;
    announcement::Entity::delete_many().exec(tx.db()).await?;
    // Of a year of notifications, those about the last days are left.
    notification::Entity::delete_many()
        .filter(
            Condition::any()
                .add(notification::Column::Kind.is_not_in(conversation::KINDS))
                .add(notification::Column::CreatedAt.lt(tx.now() - RECENT_NOTIFICATIONS)),
        )
        .exec(tx.db())
        .await?;
    digest_item::Entity::delete_many().exec(tx.db()).await?;
    event_notice::Entity::delete_many().exec(tx.db()).await?;
    mentoring::remove_jobs(tx).await?;
    if refused {
        open_work::add_refused_email(tx).await?;
    }
    let settings = Settings { demo: true, ..Settings::of(people::COMMUNITY, SignUp::Open) };
    settings::save(tx, &settings).await?;
    for (kind, text) in people::TEXTS {
        settings::add_text(tx, *kind, text, 1).await?;
    }
    Ok(())
}

/// Creates a member at the time they joined, and saves their profile.
async fn add_member(
    store: &Store,
    times: &Times,
    index: usize,
    person: &'static Person,
) -> Result<(&'static str, Actor), StoreError> {
    let store = store.at(times.joined(index));
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
async fn complete_profiles(store: &Store, times: &Times, actors: &People) -> Result<(), StoreError> {
    let first = actor_of(actors, people::PEOPLE[0].key)?;
    let store = store.at(times.joined(people::PEOPLE.len() - 1));
    for team in profiles::TEAMS {
        let details = TeamDetails::check(team.name, team.parent, team.purpose)?;
        teams::create(&store, &first, details, "").await?;
    }
    try_join_all(profiles::PROFILES.iter().map(|profile| complete_profile(&store, actors, profile))).await?;
    let name = ["name:everyone".to_owned()];
    let shown = profiles::KNOWN_TO_VISITORS
        .iter()
        .map(async |key| members::save_visibility(&store, &actor_of(actors, key)?, name.to_vec()).await);
    try_join_all(shown).await?;
    Ok(())
}

async fn complete_profile(store: &Store, actors: &People, profile: &SampleProfile) -> Result<(), StoreError> {
    let actor = actor_of(actors, profile.key)?;
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    members::save_about(store, &actor, About::check(profile.pronouns, profile.bio)?).await?;
    members::save_work(store, &actor, Work::check(profile.team, "", profile.seniority)?).await?;
    members::save_topics(store, &actor, check_topics(&texts(profile.topics))?, Vec::new()).await?;
    members::save_languages(store, &actor, check_languages(&texts(profile.languages))?).await?;
    for link in profile.links {
        members::add_link(store, &actor, check_link(link)?).await?;
    }
    members::save_visibility(store, &actor, texts(profile.see)).await
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
async fn create_group(
    store: &Store,
    times: &Times,
    actors: &People,
    group: &Group,
) -> Result<(), StoreError> {
    let founder = actor_of(actors, people::PEOPLE[0].key)?;
    // The operator creates the group, because a member would become an organiser of it.
    let made = store.at(times.group_created(group));
    let slug = group_verbs::create(&made, &Actor::Operator, group.form().check()?, "").await?;
    let slug = &slug;
    try_join_all(group.organisers.iter().map(async |key| {
        let id = actor_of(actors, key)?.member().ok_or(StoreError::NotFound)?;
        let store = store.at(times.joined_group(group, key));
        group_verbs::add(&store, &founder, slug, id, GroupRole::Organiser).await
    }))
    .await?;
    let organiser = match group.organisers.first() {
        Some(key) => actor_of(actors, key)?,
        None => founder,
    };
    let members = group.members.iter().map(async |key| {
        join_group(&store.at(times.joined_group(group, key)), slug, &organiser, &actor_of(actors, key)?).await
    });
    try_join_all(members).await?;
    Ok(())
}

/// Adds a member to a group in the way that the group allows.
async fn join_group(store: &Store, group: &Slug, organiser: &Actor, actor: &Actor) -> Result<(), StoreError> {
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
async fn create_event(
    store: &Store,
    times: &Times,
    actors: &People,
    event: &SampleEvent,
) -> Result<(), StoreError> {
    let host = actor_of(actors, event.host)?;
    let details = event.form(times.today()).check()?;
    let mut moments = times.of_event(event, details.instants().0);
    let mut next = || store.at(moments.next().unwrap_or(times.today()));
    let slug = events::create(&next(), &host, details, event.title).await?;
    if event.draft {
        return Ok(());
    }
    events::publish(&next(), &host, &slug).await?;
    for (key, guests) in event.rsvps {
        let mode = if event.online.contains(key) { Mode::Online } else { Mode::OnSite };
        events::rsvp(&next(), &actor_of(actors, key)?, &slug, RsvpRequest { guests: *guests, mode }).await?;
    }
    for key in event.left {
        events::leave(&next(), &actor_of(actors, key)?, &slug).await?;
    }
    if !event.cancelled.is_empty() {
        events::cancel(&next(), &host, &slug, event.cancelled).await?;
    }
    Ok(())
}

async fn give_kudos(
    store: &Store,
    times: &Times,
    actors: &People,
    sample: &SampleKudos,
) -> Result<(), StoreError> {
    let store = store.at(times.given(sample));
    let mut to = Vec::new();
    for key in sample.to {
        to.push(members::myself(&store, &actor_of(actors, key)?).await?.slug.to_string());
    }
    let form = KudosForm {
        to: to.join(" "),
        team: sample.team.into(),
        values: sample.values.into(),
        text: sample.text.into(),
        ..KudosForm::default()
    };
    let id = kudos::give(&store, &actor_of(actors, sample.from)?, form.check()?, "").await?;
    for (key, reaction) in sample.reactions {
        kudos::react(&store, &actor_of(actors, key)?, id, *reaction, true).await?;
    }
    Ok(())
}

fn actor_of(actors: &People, key: &str) -> Result<Actor, StoreError> {
    actors
        .get(key)
        .copied()
        .ok_or_else(|| StoreError::Corrupt(format!("the demo has no person with the key {key}")))
}
