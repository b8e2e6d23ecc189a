//! Drafts: the contents of forms that did not pass, kept for an hour.

use domain::{
    MemberId,
    forms::{DRAFT_LIFETIME, Draft, DraftOwner, MAX_DRAFTS},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::OnConflict,
};

use crate::{Store, StoreError, entities::draft, secrets, write::Tx};

/// The key of a draft's owner: a member's id, or the hash of an anonymous browser's cookie. A browser without a
/// cookie has no drafts, because all such browsers would share them.
fn owner_key(owner: &DraftOwner) -> Option<String> {
    match owner {
        DraftOwner::Member(member) => Some(format!("member:{member}")),
        DraftOwner::Browser(token) if token.is_empty() => None,
        DraftOwner::Browser(token) => Some(format!("browser:{}", secrets::hex_hash(token))),
    }
}

/// Saves the draft of a form. It replaces an older draft of the same form.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn keep(store: &Store, owner: &DraftOwner, form: &str, draft: &Draft) -> Result<(), StoreError> {
    let member = match owner {
        DraftOwner::Member(member) => Some(*member),
        DraftOwner::Browser(_) => None,
    };
    let Some(key) = owner_key(owner) else { return Ok(()) };
    let args = (key, member, form.to_owned(), serde_json::to_string(draft)?);
    store
        .write(args, |tx, (owner, member, form, content)| {
            Box::pin(keep_in(tx, owner, *member, form, content))
        })
        .await
}

async fn keep_in(
    tx: &Tx,
    owner: &str,
    member: Option<MemberId>,
    form: &str,
    content: &str,
) -> Result<(), StoreError> {
    draft::Entity::delete_many().filter(draft::Column::ExpiresAt.lte(tx.now())).exec(tx.db()).await?;
    let model = draft::ActiveModel {
        owner: Set(owner.to_owned()),
        form: Set(form.to_owned()),
        member_id: Set(member.map(|member| member.0)),
        content: Set(content.to_owned()),
        expires_at: Set(tx.now() + DRAFT_LIFETIME),
    };
    let replace = OnConflict::columns([draft::Column::Owner, draft::Column::Form])
        .update_columns([draft::Column::Content, draft::Column::ExpiresAt])
        .to_owned();
    draft::Entity::insert(model).on_conflict(replace).exec_without_returning(tx.db()).await?;
    drop_oldest(tx, owner).await
}

/// Deletes an owner's oldest drafts beyond the limit.
async fn drop_oldest(tx: &Tx, owner: &str) -> Result<(), StoreError> {
    let too_many: Vec<String> = draft::Entity::find()
        .select_only()
        .column(draft::Column::Form)
        .filter(draft::Column::Owner.eq(owner))
        .order_by_desc(draft::Column::ExpiresAt)
        .offset(MAX_DRAFTS)
        // OFFSET needs a LIMIT on SQLite. There is never more than one draft too many.
        .limit(MAX_DRAFTS)
        .into_tuple()
        .all(tx.db())
        .await?;
    if !too_many.is_empty() {
        draft::Entity::delete_many()
            .filter(draft::Column::Owner.eq(owner))
            .filter(draft::Column::Form.is_in(too_many))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// The draft of a form, if it has not expired.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn find(store: &Store, owner: &DraftOwner, form: &str) -> Result<Option<Draft>, StoreError> {
    let Some(key) = owner_key(owner) else { return Ok(None) };
    let row = draft::Entity::find_by_id((key, form.to_owned()))
        .filter(draft::Column::ExpiresAt.gt(store.now()))
        .one(store.db())
        .await?;
    // A draft that another version wrote, and that this one cannot read, counts as none: the form is empty then.
    Ok(row.and_then(|row| serde_json::from_str(&row.content).ok()))
}

/// Deletes the draft of a form, after the form has passed.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn discard(store: &Store, owner: &DraftOwner, form: &str) -> Result<(), StoreError> {
    let Some(key) = owner_key(owner) else { return Ok(()) };
    let args = (key, form.to_owned());
    store
        .write(args, |tx, (owner, form)| {
            Box::pin(async move {
                draft::Entity::delete_by_id((owner.clone(), form.clone())).exec(tx.db()).await?;
                Ok(())
            })
        })
        .await
}
