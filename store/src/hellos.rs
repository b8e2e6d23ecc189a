//! "Say hello": emails between members that hide both addresses (F8). The audit log records them without their text,
//! and no list shows them to anybody but the two.

use domain::{
    Actor, HelloId, Instant, MemberId, Refusal, Role, Slug,
    emails::{self, Delivery, Email, EmailCategory, Mailing},
    hellos::{HELLO_AGAIN, HELLO_WINDOW, KEEP_HELLOS, MAX_HELLOS},
    members::{Viewer, VisibleProfile},
    policy::{
        Own,
        hellos::{AnswerHello, SayHello},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use crate::{
    Store, StoreError, audit,
    blocks::{between, hidden_from},
    entities::{hello, profile},
    jobs::{self, Job, Next},
    members::{self, findable, own},
    outbox, preferences,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// The kind of job that deletes old hellos.
pub(crate) const PRUNE_HELLOS: &str = "prune_hellos";

/// A hello, as the person sees it who got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Its id.
    pub id: HelloId,
    /// The member who wrote it, as the reader sees them.
    pub from: VisibleProfile,
    /// The text, paragraphs of plain text.
    pub text: String,
    /// When it was written.
    pub at: Instant,
    /// Whether the reader has answered it.
    pub is_answered: bool,
    /// The reader's own address, which they can share. `None` when they have none.
    pub own_address: Option<String>,
}

/// Whether the actor can say hello to a member whose page they see: somebody else who did not opt out.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn may_say_hello(store: &Store, actor: &Actor, to: MemberId) -> Result<bool, StoreError> {
    let may = permit(actor, SayHello, Own).is_ok() && actor.member().is_some_and(|me| me != to);
    Ok(may && takes_hellos(store.db(), to).await?)
}

async fn takes_hellos(db: &impl ConnectionTrait, member: MemberId) -> Result<bool, StoreError> {
    let chosen = preferences::preferences(db, member).await?;
    Ok(chosen.delivery(EmailCategory::Hellos, None) != Delivery::Off)
}

/// The member with this page, if the actor may open it. Blocks, hidden pages and absent ones look the same.
async fn recipient(db: &impl ConnectionTrait, actor: &Actor, slug: &Slug) -> Result<MemberId, StoreError> {
    let row = profile::Entity::find()
        .filter(profile::Column::Slug.eq(slug.as_str()))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .one(db)
        .await?;
    Ok(MemberId(row.ok_or(StoreError::NotFound)?.member_id))
}

/// Refuses a hello from somebody whose name members don't see. The recipient must be able to block and report them.
async fn check_author(db: &impl ConnectionTrait, actor: &Actor) -> Result<(), StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let seen = profile::Entity::find_by_id(me.0).filter(findable(profile::Column::MemberId, Viewer::Member));
    match seen.count(db).await? {
        0 => Err(Refusal::HelloNeedsName.into()),
        _ => Ok(()),
    }
}

/// The member that the actor is about to say hello to.
///
/// # Errors
/// `NotFound` when the actor may not open their page, `Refused` when they opted out, or for oneself.
pub async fn hello_to(store: &Store, actor: &Actor, slug: &Slug) -> Result<VisibleProfile, StoreError> {
    let _permit = permit(actor, SayHello, Own)?;
    let to = recipient(store.db(), actor, slug).await?;
    check_author(store.db(), actor).await?;
    if actor.member() == Some(to) {
        return Err(Refusal::Oneself.into());
    }
    if !takes_hellos(store.db(), to).await? {
        return Err(Refusal::NoHellos.into());
    }
    members::shown_briefly(store.db(), actor, &[to.0]).await?.pop().ok_or(StoreError::NotFound)
}

/// Says hello to the member with this page. The same `key` sends it once.
///
/// # Errors
/// `NotFound` when the actor may not open the page: it is absent or hidden, or there is a block between the two.
/// `Refused` for oneself, when the other one opted out, when the last hello waits for an answer, and `SlowDown`
/// beyond [`MAX_HELLOS`] a day.
pub async fn say_hello(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    text: &str,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, text, key| {
        let (me, permit) = own(actor, SayHello)?;
        // Locked, so that two hellos at once are both counted.
        let author = members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let sent = hello::Entity::find().filter(hello::Column::CreateKey.eq(key));
            if sent.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        let to = recipient(tx.db(), actor, slug).await?;
        if to == me {
            return Err(Refusal::Oneself.into());
        }
        check_author(tx.db(), actor).await?;
        if !takes_hellos(tx.db(), to).await? {
            return Err(Refusal::NoHellos.into());
        }
        check_limits(tx, me, to).await?;
        let id = new_id();
        let row = hello::ActiveModel {
            id: Set(id),
            from_id: Set(me.0),
            to_id: Set(to.0),
            text: Set(text.clone()),
            created_at: Set(tx.now()),
            answered_at: Set(None),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "hello.say", id).await?;
        let recipient = members::load(tx.db(), to).await?;
        let Some(address) = members::recipient(&recipient) else { return Ok(()) };
        let email = Email::from(emails::HelloSaid {
            mailing: Mailing { member: to, group: None },
            hello: HelloId(id),
            author: me,
            page: page_of(tx.db(), me).await?,
            from: author.shown_name(),
            message: text.clone(),
        });
        outbox::post(tx, Some(to), &address, &email).await
    })
}

async fn page_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Slug, StoreError> {
    let row = profile::Entity::find_by_id(member.0).one(db).await?.ok_or(StoreError::NotFound)?;
    Slug::parse(&row.slug).ok_or_else(|| StoreError::Corrupt("unreadable slug".into()))
}

/// Refuses a second hello to somebody who has not answered the last one, and more than [`MAX_HELLOS`] a day.
async fn check_limits(tx: &Tx, me: MemberId, to: MemberId) -> Result<(), StoreError> {
    let waiting = hello::Entity::find()
        .filter(hello::Column::FromId.eq(me.0))
        .filter(hello::Column::ToId.eq(to.0))
        .filter(hello::Column::AnsweredAt.is_null())
        .filter(hello::Column::CreatedAt.gt(tx.now() - HELLO_AGAIN))
        .count(tx.db())
        .await?;
    if waiting > 0 {
        return Err(Refusal::HelloWaits.into());
    }
    let recent: Vec<Instant> = hello::Entity::find()
        .select_only()
        .column(hello::Column::CreatedAt)
        .filter(hello::Column::FromId.eq(me.0))
        .filter(hello::Column::CreatedAt.gt(tx.now() - HELLO_WINDOW))
        .order_by_desc(hello::Column::CreatedAt)
        .limit(MAX_HELLOS)
        .into_tuple()
        .all(tx.db())
        .await?;
    match recent.last().filter(|_| recent.len() as u64 == MAX_HELLOS) {
        Some(oldest) => {
            let seconds = (*oldest + HELLO_WINDOW - tx.now()).num_seconds().max(1);
            Err(Refusal::SlowDown { seconds }.into())
        }
        None => Ok(()),
    }
}

/// A hello, for the member who got it.
///
/// # Errors
/// `NotFound` for everybody else, after a block between the two, and when its author can't be seen any more.
pub async fn hello(store: &Store, actor: &Actor, id: HelloId) -> Result<Hello, StoreError> {
    let _permit = permit(actor, AnswerHello, Own)?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    let row = received(store.db(), me, id).await?;
    let from =
        members::shown_briefly(store.db(), actor, &[row.from_id]).await?.pop().ok_or(StoreError::NotFound)?;
    Ok(Hello {
        id,
        from,
        text: row.text,
        at: row.created_at,
        is_answered: row.answered_at.is_some(),
        own_address: members::load(store.db(), me).await?.address,
    })
}

/// A hello to this member, unless there is a block between the two or its author is suspended.
async fn received(db: &impl ConnectionTrait, me: MemberId, id: HelloId) -> Result<hello::Model, StoreError> {
    let row = hello::Entity::find_by_id(id.0).filter(hello::Column::ToId.eq(me.0)).one(db).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let author = MemberId(row.from_id);
    if between(db, me, author).await? || members::load(db, author).await?.role == Role::Suspended.name() {
        return Err(StoreError::NotFound);
    }
    Ok(row)
}

/// Answers a hello, once. The other one sees the actor's address only with `shares_address`.
///
/// # Errors
/// `Refused` when it was answered before, `NotFound` for everybody but the member who got it.
pub async fn answer_hello(
    store: &Store,
    actor: &Actor,
    id: HelloId,
    text: &str,
    shares_address: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text, &shares_address| {
        let (me, permit) = own(actor, AnswerHello)?;
        // Locked, so that it is answered once.
        let author = members::lock(tx, me).await?;
        let row = received(tx.db(), me, id).await?;
        if row.answered_at.is_some() {
            return Err(Refusal::HelloAnswered.into());
        }
        let answered =
            hello::ActiveModel { id: Set(row.id), answered_at: Set(Some(tx.now())), ..Default::default() };
        answered.update(tx.db()).await?;
        audit::record(tx, &permit, "hello.answer", row.id).await?;
        let first = MemberId(row.from_id);
        let recipient = members::load(tx.db(), first).await?;
        let Some(address) = members::recipient(&recipient) else { return Ok(()) };
        let email = Email::from(emails::HelloAnswered {
            author: me,
            page: page_of(tx.db(), me).await?,
            reply_to: author.address.clone().filter(|_| shares_address),
            from: author.shown_name(),
            message: text.clone(),
        });
        outbox::post(tx, Some(first), &address, &email).await
    })
}

/// Deletes a batch of hellos that were written some time ago.
pub(crate) async fn prune_hellos(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| {
        let old = hello::Entity::find().filter(hello::Column::CreatedAt.lt(tx.now() - KEEP_HELLOS));
        jobs::delete_batch(tx, old, hello::Column::Id).await
    })
}
