//! The topics that a mentee asks for and their mentor teaches.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Alias, Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{mentoring_pair, mentoring_sign_up_topic, topic},
};

/// The shared topics of each pair of a run, or of those with these mentees, by mentee, the mentee's most important
/// first.
pub(in crate::mentoring) async fn shared_topics(
    db: &impl ConnectionTrait,
    run: Uuid,
    mentees: Option<Vec<Uuid>>,
) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    let (asked, taught) = (Alias::new("asked"), Alias::new("taught"));
    let column = |table: &Alias, column: mentoring_sign_up_topic::Column| Expr::col((table.clone(), column));
    let mentee = || Expr::col((mentoring_pair::Entity, mentoring_pair::Column::MenteeId));
    let query = Query::select()
        .column((mentoring_pair::Entity, mentoring_pair::Column::MenteeId))
        .column((topic::Entity, topic::Column::Name))
        .from(mentoring_pair::Entity)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            mentoring_sign_up_topic::Entity,
            asked.clone(),
            column(&asked, mentoring_sign_up_topic::Column::SignUpId).eq(mentee()),
        )
        .join_as(
            sea_orm::JoinType::InnerJoin,
            mentoring_sign_up_topic::Entity,
            taught.clone(),
            column(&taught, mentoring_sign_up_topic::Column::SignUpId)
                .eq(Expr::col((mentoring_pair::Entity, mentoring_pair::Column::MentorId)))
                .and(
                    column(&taught, mentoring_sign_up_topic::Column::TopicId)
                        .eq(column(&asked, mentoring_sign_up_topic::Column::TopicId)),
                ),
        )
        .inner_join(
            topic::Entity,
            Expr::col((topic::Entity, topic::Column::Id))
                .eq(column(&asked, mentoring_sign_up_topic::Column::TopicId)),
        )
        .and_where(Expr::col((mentoring_pair::Entity, mentoring_pair::Column::RunId)).eq(run))
        .and_where_option(mentees.map(|mentees| mentee().is_in(mentees)))
        .order_by((asked, mentoring_sign_up_topic::Column::Position), sea_orm::Order::Asc)
        .take();
    let mut shared: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in db.query_all(&query).await? {
        shared.entry(row.try_get("", "mentee_id")?).or_default().push(row.try_get("", "name")?);
    }
    Ok(shared)
}

/// The topics of one mentee, each with whether the mentor teaches it.
pub(super) async fn topics_of(
    db: &impl ConnectionTrait,
    mentee: Uuid,
    mentor: Uuid,
) -> Result<Vec<(String, bool)>, StoreError> {
    let of = |sign_up: Uuid| {
        mentoring_sign_up_topic::Entity::find()
            .select_only()
            .column(mentoring_sign_up_topic::Column::TopicId)
            .filter(mentoring_sign_up_topic::Column::SignUpId.eq(sign_up))
            .order_by_asc(mentoring_sign_up_topic::Column::Position)
            .into_tuple::<Uuid>()
    };
    let (asked, taught) = (of(mentee).all(db).await?, of(mentor).all(db).await?);
    let names: Vec<(Uuid, String)> = topic::Entity::find()
        .select_only()
        .columns([topic::Column::Id, topic::Column::Name])
        .filter(topic::Column::Id.is_in(asked.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let names: HashMap<Uuid, String> = names.into_iter().collect();
    let named = |id: &Uuid| names.get(id).map(|name| (name.clone(), taught.contains(id)));
    Ok(asked.iter().filter_map(named).collect())
}
