//! Saves the sections of a member's own profile.

use domain::{
    Actor, MemberId, Problem, Refusal, Slug,
    members::{About, Details, Language, Level, MAX_LINKS, Part, ProfileInput, Visibility, Work},
    policy::{Permit, members::EditProfile},
    text::lookalike_key,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    by_page_or_name, names::update_distinct_names, own, profiles::profiles_of, visibility::audience_column,
};
use crate::{
    Store, StoreError, audit,
    email::digest_queue,
    entities::{
        discipline, member, member_discipline, member_language, member_link, member_topic, profile, team,
        topic,
    },
    search, secrets,
    write::{Tx, verb},
};

/// Prefix of the slugs of members who have not given a name.
const NAMELESS: &str = "m-";

/// Creates the profile of a new member.
pub(crate) async fn create_profile(tx: &Tx, member: &member::Model) -> Result<(), StoreError> {
    let slug = free_slug(tx, member.id, &member.name).await?;
    let row =
        profile::ActiveModel { member_id: Set(member.id), slug: Set(slug.to_string()), ..Default::default() };
    profile::Entity::insert(row).exec_without_returning(tx.db()).await?;
    update_distinct_names(tx, &member.lookalike_key).await?;
    search::members(tx, &[member.id]).await
}

/// A slug for a member's page that no other member has.
async fn free_slug(tx: &Tx, id: Uuid, name: &str) -> Result<Slug, StoreError> {
    let wanted = if name.is_empty() {
        let random: String = (0..3).map(|_| secrets::suffix()).collect();
        Slug::parse(&format!("{NAMELESS}{random}")).ok_or_else(|| StoreError::Corrupt("no slug".into()))?
    } else {
        Slug::of_title(name, "member")
    };
    let mut slug = wanted.clone();
    let taken = |slug: &Slug| {
        profile::Entity::find()
            .filter(profile::Column::Slug.eq(slug.as_str()))
            .filter(profile::Column::MemberId.ne(id))
            .count(tx.db())
    };
    while taken(&slug).await? > 0 {
        slug = wanted.with_suffix(&secrets::suffix());
    }
    Ok(slug)
}

/// The actor's own profile row, locked, so that two sections saved at once do not overwrite each other.
async fn lock_own_profile(
    tx: &Tx,
    actor: &Actor,
) -> Result<(profile::Model, Permit<EditProfile>), StoreError> {
    let (id, permit) = own(actor, EditProfile)?;
    let row = profile::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    Ok((row.ok_or(StoreError::NotFound)?, permit))
}

/// Updates the search index and writes the audit log after a section was saved.
async fn finish_section(tx: &Tx, permit: &Permit<EditProfile>, id: Uuid) -> Result<(), StoreError> {
    search::members(tx, &[id]).await?;
    audit::record(tx, permit, "member.profile", id).await
}

fn invalid(field: &str, why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: field.into(), why }])
}

/// Saves the actor's name, headline, disciplines, time zone and language. When the name changes, so does the
/// address of their page.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `Invalid` when there is no such discipline.
pub async fn save_profile(store: &Store, actor: &Actor, profile: ProfileInput) -> Result<(), StoreError> {
    verb!(store, |tx, actor, profile| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_profile(tx, &row, profile).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

async fn write_profile(tx: &Tx, row: &profile::Model, input: &ProfileInput) -> Result<(), StoreError> {
    let before = super::load(tx.db(), MemberId(row.member_id)).await?;
    let key = lookalike_key(&input.name);
    let change = member::ActiveModel {
        id: Set(row.member_id),
        name: Set(input.name.clone()),
        zone: Set(input.zone.name().to_owned()),
        locale: Set(input.locale.tag().to_owned()),
        headline: Set(input.headline.clone()),
        lookalike_key: Set(key.clone()),
        distinct_name: Set(None),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    if before.zone != input.zone.name() {
        digest_queue::reschedule(tx, MemberId(row.member_id), input.zone).await?;
    }
    if before.name != input.name || row.slug.starts_with(NAMELESS) {
        let slug = free_slug(tx, row.member_id, &input.name).await?;
        let change = profile::ActiveModel {
            member_id: Set(row.member_id),
            slug: Set(slug.to_string()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
    }
    for key in [&before.lookalike_key, &key] {
        update_distinct_names(tx, key).await?;
    }
    write_disciplines(tx, MemberId(row.member_id), input).await
}

async fn write_disciplines(tx: &Tx, id: MemberId, profile: &ProfileInput) -> Result<(), StoreError> {
    let wanted = discipline::Entity::find()
        .filter(discipline::Column::Slug.is_in(profile.disciplines.iter().map(|slug| slug.as_str())))
        .all(tx.db())
        .await?;
    if wanted.len() != profile.disciplines.len() {
        return Err(invalid("disciplines", Refusal::BadChoice));
    }
    member_discipline::Entity::delete_many()
        .filter(member_discipline::Column::MemberId.eq(id.0))
        .exec(tx.db())
        .await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let rows = wanted
        .into_iter()
        .map(|row| member_discipline::ActiveModel { member_id: Set(id.0), discipline_id: Set(row.id) });
    member_discipline::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Saves the actor's pronouns and bio.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub async fn save_about(store: &Store, actor: &Actor, about: About) -> Result<(), StoreError> {
    verb!(store, |tx, actor, about| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_about(tx, &row, about).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

async fn write_about(tx: &Tx, row: &profile::Model, about: &About) -> Result<(), StoreError> {
    let change = profile::ActiveModel {
        member_id: Set(row.member_id),
        pronouns: Set(about.pronouns.clone()),
        bio: Set(about.bio.clone()),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// Saves the actor's team, line manager and seniority. The manager is given as a page address or a name.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `Invalid` when there is no such team, the
/// actor names themselves as manager, or no member or more than one matches the manager's name.
pub async fn save_work(store: &Store, actor: &Actor, work: Work) -> Result<(), StoreError> {
    verb!(store, |tx, actor, work| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_work(tx, actor, &row, work).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

async fn write_work(tx: &Tx, actor: &Actor, row: &profile::Model, work: &Work) -> Result<(), StoreError> {
    let team = match &work.team {
        Some(slug) => {
            let query = team::Entity::find().filter(team::Column::Slug.eq(slug.as_str()));
            let row = query.one(tx.db()).await?;
            Some(row.ok_or_else(|| invalid("team", Refusal::BadChoice))?.id)
        }
        None => None,
    };
    let current = match row.manager_id {
        Some(manager) => profile::Entity::find_by_id(manager).one(tx.db()).await?.map(|row| row.slug),
        None => None,
    };
    let manager = match work.manager.as_str() {
        "" => None,
        // A manager who can no longer be found, for example after a block, stays until the member chooses another one.
        input if Some(input) == current.as_deref() => row.manager_id,
        input => Some(by_page_or_name(tx, actor, input, "manager").await?.0),
    };
    if manager == Some(row.member_id) {
        return Err(invalid("manager", Refusal::ManagerOneself));
    }
    let change = profile::ActiveModel {
        member_id: Set(row.member_id),
        team_id: Set(team),
        manager_id: Set(manager),
        seniority: Set(work.seniority.map(|seniority| seniority.name().to_owned())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// Saves the topics that the actor knows, learns and teaches, and who can see parts of the profile, as
/// [`save_visibility`] does.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `Invalid` when there is no such topic or
/// choice.
pub async fn save_topics(
    store: &Store,
    actor: &Actor,
    topics: Vec<(Slug, Level)>,
    visible_to: Vec<String>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, topics, visible_to| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        let offered = topic::Entity::find()
            .filter(topic::Column::Slug.is_in(topics.iter().map(|(slug, _)| slug.as_str())))
            .all(tx.db())
            .await?;
        if offered.len() != topics.len() {
            return Err(invalid("topics", Refusal::BadChoice));
        }
        member_topic::Entity::delete_many()
            .filter(member_topic::Column::MemberId.eq(row.member_id))
            .exec(tx.db())
            .await?;
        let rows: Vec<_> = offered
            .into_iter()
            .filter_map(|topic| {
                let (_, level) = topics.iter().find(|(slug, _)| slug.as_str() == topic.slug)?;
                Some(member_topic::ActiveModel {
                    member_id: Set(row.member_id),
                    topic_id: Set(topic.id),
                    level: Set(level.name().to_owned()),
                })
            })
            .collect();
        if !rows.is_empty() {
            member_topic::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
        }
        write_visibility(tx, &row, visible_to).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

/// Saves the languages that the actor speaks.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub async fn save_languages(
    store: &Store,
    actor: &Actor,
    languages: Vec<Language>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, languages| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_languages(tx, &row, languages).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

async fn write_languages(tx: &Tx, row: &profile::Model, languages: &[Language]) -> Result<(), StoreError> {
    member_language::Entity::delete_many()
        .filter(member_language::Column::MemberId.eq(row.member_id))
        .exec(tx.db())
        .await?;
    let rows: Vec<_> = languages
        .iter()
        .map(|language| member_language::ActiveModel {
            member_id: Set(row.member_id),
            tag: Set(language.tag().to_owned()),
        })
        .collect();
    if !rows.is_empty() {
        member_language::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Saves who can see which part of the profile. Each choice is `part:audience`. Parts without a choice keep
/// theirs.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `Invalid` for an unknown choice.
pub async fn save_visibility(store: &Store, actor: &Actor, input: Vec<String>) -> Result<(), StoreError> {
    verb!(store, |tx, actor, input| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_visibility(tx, &row, input).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

async fn write_visibility(tx: &Tx, row: &profile::Model, input: &[String]) -> Result<(), StoreError> {
    if input.is_empty() {
        return Ok(());
    }
    let profile = profiles_of(tx.db(), [row.member_id]).await?.remove(&row.member_id);
    let sees: Visibility = profile.ok_or(StoreError::NotFound)?.see.changed(input)?;
    let mut change = profile::ActiveModel { member_id: Set(row.member_id), ..Default::default() };
    for part in Part::ALL {
        change.set(audience_column(*part), sees.of(*part).name().to_owned().into());
    }
    change.update(tx.db()).await?;
    Ok(())
}

/// Saves the tab "Profile" at once: all of it, or nothing.
///
/// # Errors
/// The errors of [`save_profile`], [`save_work`] and [`save_visibility`].
pub async fn save_details(store: &Store, actor: &Actor, details: Details) -> Result<(), StoreError> {
    verb!(store, |tx, actor, details| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        write_profile(tx, &row, &details.basics).await?;
        write_about(tx, &row, &details.about).await?;
        write_work(tx, actor, &row, &details.work).await?;
        write_languages(tx, &row, &details.languages).await?;
        write_visibility(tx, &row, &details.visible_to).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

/// Adds a link to the actor's profile.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `Invalid` when the link is already there or
/// there are too many.
pub async fn add_link(store: &Store, actor: &Actor, url: String) -> Result<(), StoreError> {
    verb!(store, |tx, actor, url| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        let links = member_link::Entity::find()
            .filter(member_link::Column::MemberId.eq(row.member_id))
            .all(tx.db())
            .await?;
        if links.iter().any(|link| link.url == *url) {
            return Err(invalid("url", Refusal::AlreadyThere));
        }
        if links.len() >= MAX_LINKS {
            return Err(invalid("url", Refusal::TooMany { max: MAX_LINKS as i64 }));
        }
        let link = member_link::ActiveModel {
            id: Set(secrets::new_id()),
            member_id: Set(row.member_id),
            url: Set(url.clone()),
            verified_at: Set(None),
        };
        link.insert(tx.db()).await?;
        finish_section(tx, &permit, row.member_id).await
    })
}

/// Removes a link. Changes nothing when it is already gone.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended.
pub async fn remove_link(store: &Store, actor: &Actor, link: Uuid) -> Result<(), StoreError> {
    verb!(store, |tx, actor, link| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        let deleted = member_link::Entity::delete_many()
            .filter(member_link::Column::Id.eq(*link))
            .filter(member_link::Column::MemberId.eq(row.member_id))
            .exec(tx.db())
            .await?;
        match deleted.rows_affected {
            0 => Ok(()),
            _ => finish_section(tx, &permit, row.member_id).await,
        }
    })
}

/// Records that the page behind a link was found to link back to its owner's page.
///
/// # Errors
/// `Refused` when not signed in, or when the member is suspended. `NotFound` when the link is not the actor's
/// or its address has changed.
pub async fn record_verified_link(
    store: &Store,
    actor: &Actor,
    link: Uuid,
    url: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, link, url| {
        let (row, permit) = lock_own_profile(tx, actor).await?;
        let updated = member_link::Entity::update_many()
            .col_expr(member_link::Column::VerifiedAt, Expr::value(tx.now()))
            .filter(member_link::Column::Id.eq(*link))
            .filter(member_link::Column::MemberId.eq(row.member_id))
            .filter(member_link::Column::Url.eq(url))
            .exec(tx.db())
            .await?;
        if updated.rows_affected == 0 {
            return Err(StoreError::NotFound);
        }
        audit::record(tx, &permit, "member.link", row.member_id).await
    })
}
