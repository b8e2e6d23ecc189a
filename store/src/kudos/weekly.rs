//! The email with the kudos of the last week (K10). It goes out on Mondays at eight o'clock in each member's time
//! zone, a batch of members per transaction. Each member's row has the Monday of their last one.

use chrono::{Duration, NaiveDate};
use domain::{
    Actor, KudosId, MemberId, Role, Zone,
    digest::last_monday,
    emails::{Delivery, Email, EmailCategory, KudosFacts, Mailing, ThankedFacts, WeeklyKudos},
    kudos::KudosVisibility,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::{
    list::{Filter, matching, newest_first},
    rows::{Kudos, complete},
};
use crate::{
    Store, StoreError,
    entities::{kudos, member},
    jobs::{BATCH, Job, Next},
    members, outbox, preferences,
    write::Tx,
};

/// The most kudos in one email.
const MAX_CARDS: usize = 5;
/// How often members are looked for who have come from a zone where it is not Monday yet.
const LOOK_AGAIN: Duration = Duration::hours(1);
/// An email that could not be posted for this long is left out.
const LATEST: Duration = Duration::days(2);

/// The kind of job that sends these emails.
pub(crate) const WEEKLY_KUDOS: &str = "weekly_kudos";

/// Emails the next batch of members whose Monday has come.
pub(crate) async fn run_weekly(store: Store, _: Job) -> Result<Next, StoreError> {
    let now = store.now();
    let zones: Vec<String> = member::Entity::find()
        .select_only()
        .column(member::Column::Zone)
        .distinct()
        .into_tuple()
        .all(store.db())
        .await?;
    // A member may move to another zone at any time.
    let mut next = now + LOOK_AGAIN;
    for name in zones {
        let (monday, due) = last_monday(name.parse().unwrap_or(Zone::UTC), now);
        next = next.min(due);
        let too_late = now > due - Duration::days(7) + LATEST;
        if too_late || next_people(&name, monday).one(store.db()).await?.is_none() {
            continue;
        }
        let args = (name, monday);
        if store.write(args, |tx, (zone, monday)| Box::pin(send_batch(tx, zone, *monday))).await? {
            return Ok(Next::More);
        }
    }
    Ok(Next::At(next))
}

/// The members of a zone whose last email was not for this Monday, in the order of the index.
fn next_people(zone: &str, monday: NaiveDate) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::Zone.eq(zone))
        .filter(member::Column::KudosWeek.lt(monday))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .order_by_asc(member::Column::KudosWeek)
        .order_by_asc(member::Column::Id)
}

/// Emails the next members of a zone. Returns whether there may be more. The week is kept with each member, so a change
/// of time zone neither repeats nor skips an email.
async fn send_batch(tx: &Tx, zone: &str, monday: NaiveDate) -> Result<bool, StoreError> {
    let people = next_people(zone, monday).limit(BATCH).lock_exclusive().all(tx.db()).await?;
    let more = people.len() as u64 == BATCH;
    member::Entity::update_many()
        .set(member::ActiveModel { kudos_week: Set(monday), ..Default::default() })
        .filter(member::Column::Id.is_in(people.iter().map(|person| person.id)))
        .exec(tx.db())
        .await?;
    for person in people {
        email(tx, person).await?;
    }
    Ok(more)
}

/// Emails one member what they may see of the last week, unless that is nothing.
async fn email(tx: &Tx, person: member::Model) -> Result<(), StoreError> {
    let id = MemberId(person.id);
    let chosen = preferences::preferences(tx.db(), id).await?.delivery(EmailCategory::Wall, None);
    let Some(to) = members::recipient(&person).filter(|_| chosen != Delivery::Off) else { return Ok(()) };
    let mut cards = of_last_week(tx, &members::as_actor(person)?).await?;
    let more = cards.len() > MAX_CARDS;
    cards.truncate(MAX_CARDS);
    if cards.is_empty() {
        return Ok(());
    }
    let mailing = Mailing { member: id, group: None };
    let email = WeeklyKudos { cards: cards.into_iter().map(facts).collect(), more, mailing };
    outbox::post(tx, Some(id), &to, &Email::from(email)).await
}

/// The latest kudos of the last seven days, one more than an email lists. Those for a team or for the recipients only
/// are left out, although the reader may see some of them.
async fn of_last_week(tx: &Tx, reader: &Actor) -> Result<Vec<Kudos>, StoreError> {
    let open = [KudosVisibility::Public.name(), KudosVisibility::Members.name()];
    let rows = newest_first(matching(reader, &Filter::default()))
        .filter(kudos::Column::Visibility.is_in(open))
        .filter(kudos::Column::GivenAt.gte(tx.now() - Duration::days(7)))
        .limit(MAX_CARDS as u64 + 1)
        .all(tx.db())
        .await?;
    complete(tx.db(), reader, rows).await
}

fn facts(card: Kudos) -> KudosFacts {
    let people = card.to.into_iter().map(|person| ThankedFacts { who: person.name });
    let team = card.team.map(|team| ThankedFacts { who: team.name });
    KudosFacts {
        kudos: KudosId(card.id.0),
        from: card.from.map(|giver| giver.name),
        to: people.chain(team).collect(),
        others: card.to_others,
        text: markup::markdown::text(&card.text),
    }
}
