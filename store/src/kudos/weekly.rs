//! The email with the kudos of the last week (K10). It goes out on Mondays at eight o'clock in each member's time
//! zone, a batch of members per transaction. The row of the zone remembers how far it came.

use chrono::{Duration, NaiveDate};
use domain::{
    Actor, KudosId, MemberId, Role, Zone,
    digest::last_monday,
    emails::{Delivery, Email, EmailCategory, KudosFacts, Mailing, ThankedFacts, WeeklyKudos},
    kudos::KudosVisibility,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::OnConflict,
};

use super::{
    list::{Filter, matching, newest_first},
    rows::{Kudos, complete},
};
use crate::{
    Store, StoreError,
    entities::{kudos, kudos_week, member},
    jobs::{BATCH, Job, Next},
    members, outbox, preferences,
    write::Tx,
};

/// The most kudos in one email.
const MAX_CARDS: usize = 5;
/// How often new time zones are looked for.
const LOOK_AGAIN: Duration = Duration::days(1);
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
    let known = kudos_week::Entity::find().all(store.db()).await?;
    // A member may come from a new zone at any time.
    let mut next = now + LOOK_AGAIN;
    for name in zones {
        let (monday, due) = last_monday(name.parse().unwrap_or(Zone::UTC), now);
        next = next.min(due);
        let is_done = known.iter().any(|row| row.zone == name && row.is_done && row.week >= monday);
        if is_done {
            continue;
        }
        let args = (name, monday);
        if store.write(args, |tx, (zone, monday)| Box::pin(send_batch(tx, zone, *monday))).await? {
            return Ok(Next::More);
        }
    }
    Ok(Next::At(next))
}

/// Emails the next members of a zone. Returns whether there may be more.
async fn send_batch(tx: &Tx, zone: &str, monday: NaiveDate) -> Result<bool, StoreError> {
    let row = kudos_week::Entity::find_by_id(zone).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row else {
        // The first week that is known of a zone began before anybody could expect an email.
        let row = kudos_week::ActiveModel {
            zone: Set(zone.to_owned()),
            week: Set(monday),
            after_id: Set(None),
            is_done: Set(true),
        };
        let ignore_existing = OnConflict::column(kudos_week::Column::Zone).do_nothing().to_owned();
        kudos_week::Entity::insert(row).on_conflict(ignore_existing).exec_without_returning(tx.db()).await?;
        return Ok(false);
    };
    let is_begun = row.week >= monday;
    if is_begun && row.is_done {
        return Ok(false);
    }
    let (_, next) = last_monday(zone.parse().unwrap_or(Zone::UTC), tx.now());
    let too_late = tx.now() > next - Duration::days(7) + LATEST;
    let after = row.after_id.filter(|_| is_begun);
    let people = member::Entity::find()
        .filter(member::Column::Zone.eq(zone))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .filter(Condition::all().add_option(after.map(|after| member::Column::Id.gt(after))))
        .order_by_asc(member::Column::Id)
        .limit(if too_late { 0 } else { BATCH })
        .all(tx.db())
        .await?;
    let is_done = (people.len() as u64) < BATCH;
    let last = people.last().map(|person| person.id).or(after);
    for person in people {
        email(tx, person).await?;
    }
    let change = kudos_week::ActiveModel {
        zone: Set(zone.to_owned()),
        week: Set(monday),
        after_id: Set(last),
        is_done: Set(is_done),
    };
    change.update(tx.db()).await?;
    Ok(!is_done)
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
        text: card.text,
    }
}
