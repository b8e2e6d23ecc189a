//! Notifications (C13): a member's own list, and marking as read. `outbox::post` writes them. What they are about is
//! looked up for their reader each time (`about`).

mod about;

use domain::{
    Actor, Instant, NotificationId,
    notifications::PAGE_SIZE,
    policy::{Permit, notifications::ReadNotifications},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};

use self::about::Known;
use crate::{
    Store, StoreError,
    entities::notification,
    members::own,
    write::{Tx, verb},
};

/// A notification as its reader sees it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// The kind of the email that was written with it.
    pub kind: String,
    /// Name of the person behind it: the author of a comment or the giver of kudos, if the reader may see it.
    pub by: Option<String>,
    /// The title of the event, or the name of the group.
    pub title: Option<String>,
    /// Whether its page can be opened. It cannot when the reader may no longer see the record.
    pub can_open: bool,
    /// When it was written.
    pub at: Instant,
    /// Whether it was read.
    pub is_read: bool,
}

/// A page of notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationsPage {
    /// The notifications, newest first.
    pub notifications: Vec<Notification>,
    /// The id to continue after, if there are older ones.
    pub next: Option<NotificationId>,
}

/// A page of the actor's notifications, newest first, from the one after `after` on. An unknown id gives the first page.
///
/// # Errors
/// `Refused` when the actor isn't signed in.
pub async fn list(
    store: &Store,
    actor: &Actor,
    after: Option<NotificationId>,
) -> Result<NotificationsPage, StoreError> {
    let (me, _permit) = own(actor, ReadNotifications)?;
    let db = store.db();
    let mine = || {
        notification::Entity::find()
            .filter(notification::Column::MemberId.eq(me.0))
            .filter(notification::Column::Muted.eq(false))
    };
    let after = match after {
        Some(id) => mine().filter(notification::Column::Id.eq(id.0)).one(db).await?,
        None => None,
    };
    let older = after.map(|after| {
        let same_time = Condition::all()
            .add(notification::Column::CreatedAt.eq(after.created_at))
            .add(notification::Column::Id.lt(after.id));
        Condition::any().add(notification::Column::CreatedAt.lt(after.created_at)).add(same_time)
    });
    let mut rows = mine()
        .filter(Condition::all().add_option(older))
        .order_by_desc(notification::Column::CreatedAt)
        .order_by_desc(notification::Column::Id)
        .limit(PAGE_SIZE + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > PAGE_SIZE;
    rows.truncate(PAGE_SIZE as usize);
    let next = rows.last().filter(|_| more).map(|row| NotificationId(row.id));
    let known = Known::load(db, actor, store.now(), rows.iter().map(|row| row.link.as_str())).await?;
    let notifications = rows.into_iter().map(|row| shown(row, &known)).collect();
    Ok(NotificationsPage { notifications, next })
}

fn shown(row: notification::Model, known: &Known) -> Notification {
    let about = known.about(&row.link);
    let can_open = about.is_some();
    let about = about.unwrap_or_default();
    Notification {
        id: NotificationId(row.id),
        kind: row.kind,
        by: about.by,
        title: about.title,
        can_open,
        at: row.created_at,
        is_read: row.read_at.is_some(),
    }
}

/// Marks a notification as read. Returns the path of its page, or `None` when the actor may no longer see it.
///
/// # Errors
/// `NotFound` when it is not the actor's own.
pub async fn open(store: &Store, actor: &Actor, id: NotificationId) -> Result<Option<String>, StoreError> {
    verb!(store, |tx, actor, &id| {
        let (me, permit) = own(actor, ReadNotifications)?;
        let row = notification::Entity::find_by_id(id.0)
            .filter(notification::Column::MemberId.eq(me.0))
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        mark(tx, &permit, Condition::all().add(notification::Column::Id.eq(id.0))).await?;
        let known = Known::load(tx.db(), actor, tx.now(), [row.link.as_str()]).await?;
        let can_open = known.about(&row.link).is_some();
        Ok(can_open.then(|| format!("/{}", row.link)))
    })
}

/// Marks one of the actor's notifications as read, or all of them.
///
/// # Errors
/// `Refused` when the actor isn't signed in.
pub async fn mark_read(store: &Store, actor: &Actor, id: Option<NotificationId>) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (_, permit) = own(actor, ReadNotifications)?;
        let which = id.map(|id| notification::Column::Id.eq(id.0));
        mark(tx, &permit, Condition::all().add_option(which)).await
    })
}

/// Marks some of the member's own notifications. There is no audit entry, because what somebody reads is private.
async fn mark(tx: &Tx, permit: &Permit<ReadNotifications>, which: Condition) -> Result<(), StoreError> {
    let me = permit.by().ok_or(StoreError::NotFound)?;
    notification::Entity::update_many()
        .col_expr(notification::Column::ReadAt, Expr::value(tx.now()))
        .filter(notification::Column::MemberId.eq(me.0))
        .filter(notification::Column::ReadAt.is_null())
        .filter(which)
        .exec(tx.db())
        .await?;
    Ok(())
}
