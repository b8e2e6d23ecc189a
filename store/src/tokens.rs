//! Personal access tokens (K1). A token is a secret that is shown once. The database has its hash, so nobody can read it
//! there. It opens what its scope says and nothing else, and there its member's own rights and limits apply.

use chrono::Duration;
use domain::{
    Actor, Instant, KudosId, MemberId, Refusal,
    kudos::KudosDetails,
    policy::{
        Own, permit,
        tokens::{CreateToken, RevokeToken},
    },
    tokens::{MAX_TOKENS, NewToken, TOKEN_PREFIX, TokenScope},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    entities::{access_token, member},
    kudos, members,
    secrets::{self, new_id},
    write::{Tx, verb},
};

/// How exactly the time of the last use is kept, so that a busy program does not cause a write for each request.
const USE_PRECISION: Duration = Duration::minutes(1);

/// A token in its member's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id, for the form that revokes it.
    pub id: Uuid,
    /// What it is for, in the member's words.
    pub name: String,
    /// What it opens.
    pub scope: TokenScope,
    /// When it was made.
    pub created_at: Instant,
    /// When it stops working.
    pub expires_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
}

/// The member for whom a program acts, and the token with which it does.
#[derive(Clone, Copy, Debug)]
pub struct Bearer {
    /// The member, without a session.
    pub actor: Actor,
    /// The member's id.
    pub member: MemberId,
    token: Uuid,
}

/// The actor's tokens, the newest first. There are [`MAX_TOKENS`] at most.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Token>, StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let rows = access_token::Entity::find()
        .filter(access_token::Column::MemberId.eq(me.0))
        .filter(access_token::Column::RevokedAt.is_null())
        .order_by_desc(access_token::Column::CreatedAt)
        .order_by_desc(access_token::Column::Id)
        .all(store.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            let scope = row.scope.parse::<TokenScope>();
            let scope =
                scope.map_err(|()| StoreError::Corrupt(format!("token {}: unknown scope", row.id)))?;
            Ok(Token {
                id: row.id,
                name: row.name,
                scope,
                created_at: row.created_at,
                expires_at: row.expires_at,
                last_used_at: row.last_used_at,
            })
        })
        .collect()
}

/// Makes a token and returns it. It cannot be read again. The same `key`, which the form got from
/// [`new_token`](crate::sign_in::new_token), makes the same token, so sending the form twice makes one.
///
/// # Errors
/// `Refused` for suspended members, beyond [`MAX_TOKENS`], and when this form's token was revoked.
pub async fn create(store: &Store, actor: &Actor, new: NewToken, key: &str) -> Result<String, StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let key = if key.len() < MIN_KEY { secrets::token() } else { key.to_owned() };
    // The key is never stored, so nobody can make the token from what the database has.
    let token = format!("{TOKEN_PREFIX}{}", secrets::hex_hash(&format!("access token {me} {key}")));
    let hash = secrets::hash(&token);
    verb!(store, |tx, actor, new, hash| {
        let (me, permit) = members::own(actor, CreateToken)?;
        // The member's row is the lock, so that two forms at once cannot exceed the limit.
        members::lock(tx, me).await?;
        let of_me = || access_token::Entity::find().filter(access_token::Column::MemberId.eq(me.0));
        let known = of_me().filter(access_token::Column::TokenHash.eq(hash.clone()));
        if let Some(known) = known.one(tx.db()).await? {
            return match known.revoked_at {
                None => Ok(()),
                Some(_) => Err(Refusal::TokenRevoked.into()),
            };
        }
        let live = of_me().filter(access_token::Column::RevokedAt.is_null());
        if live.count(tx.db()).await? >= MAX_TOKENS {
            return Err(Refusal::TooManyTokens { max: MAX_TOKENS.cast_signed() }.into());
        }
        let row = access_token::ActiveModel {
            id: Set(new_id()),
            member_id: Set(me.0),
            name: Set(new.name.clone()),
            scope: Set(new.scope.name().to_owned()),
            token_hash: Set(hash.clone()),
            created_at: Set(tx.now()),
            expires_at: Set(tx.now() + new.lasts),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        let row = row.insert(tx.db()).await?;
        audit::record(tx, &permit, "token.create", row.id).await
    })?;
    Ok(token)
}

/// A key that is shorter than this could be guessed, so it is replaced.
const MIN_KEY: usize = 43;

/// Revokes a token of the actor, which stops working at once. Revoking it again changes nothing.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn revoke(store: &Store, actor: &Actor, id: Uuid) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = permit(actor, RevokeToken, Own)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let gone = access_token::Entity::update_many()
            .set(access_token::ActiveModel { revoked_at: Set(Some(tx.now())), ..Default::default() })
            .filter(access_token::Column::Id.eq(id))
            .filter(access_token::Column::MemberId.eq(me.0))
            .filter(access_token::Column::RevokedAt.is_null())
            .exec(tx.db())
            .await?;
        match gone.rows_affected {
            0 => Ok(()),
            _ => audit::record(tx, &permit, "token.revoke", id).await,
        }
    })
}

/// The member of a token with this scope. What they may do is asked of policy afterwards, as for every actor.
///
/// # Errors
/// `NotFound` for tokens that don't exist, were revoked, have expired or have another scope.
pub async fn bearer(store: &Store, token: &str, scope: TokenScope) -> Result<Bearer, StoreError> {
    let row = access_token::Entity::find()
        .filter(access_token::Column::TokenHash.eq(secrets::hash(token)))
        .filter(access_token::Column::Scope.eq(scope.name()))
        .filter(access_token::Column::RevokedAt.is_null())
        .filter(access_token::Column::ExpiresAt.gt(store.now()))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let Some((row, Some(owner))) = row else { return Err(StoreError::NotFound) };
    let (token, used) = (row.id, row.last_used_at);
    if used.is_none_or(|at| at + USE_PRECISION <= store.now()) {
        verb!(store, |tx, &token| { note_use(tx, token).await })?;
    }
    Ok(Bearer { member: MemberId(owner.id), actor: members::as_actor(owner)?, token })
}

async fn note_use(tx: &Tx, token: Uuid) -> Result<(), StoreError> {
    // It may have been revoked a moment ago, so this is no update of a known row.
    access_token::Entity::update_many()
        .col_expr(access_token::Column::LastUsedAt, sea_orm::sea_query::Expr::value(tx.now()))
        .filter(access_token::Column::Id.eq(token))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Gives kudos for the member of a token, and records the token, in one transaction. The same `key` gives them once.
///
/// # Errors
/// The same as for [`kudos::give`], and `Refused(KeyOfOtherKudos)` when the key was used for another text.
pub async fn give_kudos(
    store: &Store,
    bearer: &Bearer,
    details: KudosDetails,
    key: &str,
) -> Result<KudosId, StoreError> {
    let args = (*bearer, details, key.to_owned());
    store.write(args, |tx, (bearer, details, key)| Box::pin(give_in(tx, bearer, details, key))).await
}

async fn give_in(tx: &Tx, bearer: &Bearer, details: &KudosDetails, key: &str) -> Result<KudosId, StoreError> {
    let given = kudos::give_in(tx, &bearer.actor, details, key).await?;
    if given.is_new {
        audit::record_by(tx, Some(bearer.member), "token.give_kudos", Some(given.id.0)).await?;
        audit::record_by(tx, Some(bearer.member), "token.use", Some(bearer.token)).await?;
    } else if !given.has_same_text {
        return Err(Refusal::KeyOfOtherKudos.into());
    }
    Ok(given.id)
}
