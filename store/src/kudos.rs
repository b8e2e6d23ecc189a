//! Kudos, which everyone can see.

use domain::{
    Actor, Instant, MemberId, Problem, Refusal, Role, Slug, kudos as rules,
    members::Discipline,
    policy::{NoRelation, Permit, kudos::GiveKudos, permit},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    blocks::{between, hidden_from},
    entities::{kudos, kudos_value, member},
    members, secrets,
    write::{Tx, verb},
};

/// A value of the community that kudos are given for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its key in forms.
    pub slug: Slug,
    /// Its name on pages.
    pub name: String,
}

/// The values that are offered, in the community's order.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn values(store: &Store) -> Result<Vec<Value>, StoreError> {
    let rows = kudos_value::Entity::find()
        .filter(kudos_value::Column::RetiredAt.is_null())
        .order_by_asc(kudos_value::Column::Position)
        .order_by_asc(kudos_value::Column::Slug)
        .all(store.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            let slug = Slug::parse(&row.slug)
                .ok_or_else(|| StoreError::Corrupt(format!("value {}: unreadable slug", row.id)))?;
            Ok(Value { slug, name: row.name })
        })
        .collect()
}

/// Kudos as pages show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kudos {
    /// The kudos' id, used to report them.
    pub id: Uuid,
    /// Whether the reader gave them.
    pub mine: bool,
    /// The giver's name, if the reader may see it.
    pub from: Option<String>,
    /// The receiver's name, if the reader may see it.
    pub to: Option<String>,
    /// The disciplines on the receiver's profile that everyone may see.
    pub to_disciplines: Vec<Discipline>,
    /// The name of the value that they were given for.
    pub value: String,
    /// The giver's message, as plain text.
    pub text: String,
    /// When they were given.
    pub given_at: Instant,
}

/// One kudos with the name of its value.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    from_id: Uuid,
    to_id: Uuid,
    value: String,
    text: String,
    given_at: Instant,
}

/// The latest kudos, newest first. Kudos from or to suspended members, and members with a block between them
/// and the reader, are left out. Four queries.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn latest(store: &Store, actor: &Actor, max: u64) -> Result<Vec<Kudos>, StoreError> {
    let (giver, receiver) = (Alias::new("giver"), Alias::new("receiver"));
    let active = |alias: &Alias| Expr::col((alias.clone(), member::Column::Role)).ne(Role::Suspended.name());
    let rows: Vec<Row> = kudos::Entity::find()
        .select_only()
        .columns([
            kudos::Column::Id,
            kudos::Column::Text,
            kudos::Column::GivenAt,
            kudos::Column::FromId,
            kudos::Column::ToId,
        ])
        .column_as(kudos_value::Column::Name, "value")
        .join(JoinType::InnerJoin, kudos::Relation::Value.def())
        .join_as(JoinType::InnerJoin, kudos::Relation::From.def(), giver.clone())
        .join_as(JoinType::InnerJoin, kudos::Relation::To.def(), receiver.clone())
        .filter(active(&giver))
        .filter(active(&receiver))
        .filter(kudos::Column::HiddenAt.is_null())
        .filter(hidden_from(actor, Expr::col((kudos::Entity, kudos::Column::FromId))))
        .filter(hidden_from(actor, Expr::col((kudos::Entity, kudos::Column::ToId))))
        .order_by_desc(kudos::Column::GivenAt)
        .order_by_desc(kudos::Column::Id)
        .limit(max)
        .into_model()
        .all(store.db())
        .await?;
    let disciplines = members::disciplines_seen(store.db(), rows.iter().map(|row| row.to_id)).await?;
    let people = rows.iter().flat_map(|row| [row.from_id, row.to_id]);
    let names = members::names(store.db(), actor, people).await?;
    let shown = |row: Row| Kudos {
        id: row.id,
        mine: actor.member() == Some(MemberId(row.from_id)),
        to_disciplines: disciplines.get(&row.to_id).cloned().unwrap_or_default(),
        from: names.get(&row.from_id).cloned(),
        to: names.get(&row.to_id).cloned(),
        value: row.value,
        text: row.text,
        given_at: row.given_at,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Gives kudos to a member for a value.
///
/// # Errors
/// `Refused` when the actor may not give kudos or gives them to themselves. `Invalid` when the message is too
/// short or too long, or the value is not offered. `NotFound` when the receiver does not exist, is suspended,
/// or has a block with the giver.
pub async fn give(
    store: &Store,
    actor: &Actor,
    to: MemberId,
    value: &Slug,
    text: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &to, value, text| {
        let permit = permit(actor, GiveKudos, NoRelation)?;
        // Kudos need a giver, and the operator is not a member.
        let from = permit.by().ok_or(Refusal::NotAllowed)?;
        rules::may_give(from, to)?;
        let text = rules::check_text(text)?;
        let value = kudos_value::Entity::find()
            .filter(kudos_value::Column::Slug.eq(value.as_str()))
            .filter(kudos_value::Column::RetiredAt.is_null());
        let Some(value) = value.one(tx.db()).await? else {
            return Err(StoreError::Invalid(vec![Problem {
                field: "value".into(),
                why: Refusal::BadChoice,
            }]));
        };
        let to_row = members::load(tx.db(), to).await?;
        if members::from_row(to_row)?.role == Role::Suspended || between(tx.db(), from, to).await? {
            return Err(StoreError::NotFound);
        }
        insert(tx, &permit, (from, to), value.id, text).await
    })
}

/// Inserts the kudos. The permit proves that the giver may give them.
async fn insert(
    tx: &Tx,
    permit: &Permit<GiveKudos>,
    (from, to): (MemberId, MemberId),
    value: Uuid,
    text: String,
) -> Result<(), StoreError> {
    let row = kudos::ActiveModel {
        id: Set(secrets::new_id()),
        from_id: Set(from.0),
        to_id: Set(to.0),
        value_id: Set(value),
        text: Set(text),
        event_id: Set(None),
        given_at: Set(tx.now()),
        hidden_at: Set(None),
    };
    let kudos = row.insert(tx.db()).await?;
    audit::record(tx, permit, "kudos.give", kudos.id).await
}
