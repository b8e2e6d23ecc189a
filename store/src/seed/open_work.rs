//! Work for the demo's admin: an open report, an open invitation and, when the demo is served, an email that
//! was refused.

use domain::{
    MemberId,
    emails::{self, Email},
    invitations::Invite,
    reports::ReportKind,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::{People, actor_of, people};
use crate::{
    Store, StoreError, admin,
    entities::{email, member},
    kudos, members, outbox, reports,
    write::Tx,
};

/// The text of the report.
const REPORT: &str = "This lets people guess two of our customers. Could it be reworded without them?";
/// The note in the invitation.
const NOTE: &str = "You asked about our review evenings. Come and see one!";

/// Adds a report without a decision and an invitation that nobody has accepted.
pub(super) async fn add_open_work(store: &Store, actors: &People) -> Result<(), StoreError> {
    let (ada, mei) = (actor_of(actors, people::PEOPLE[0].key)?, actor_of(actors, "mei")?);
    // Mei must not report kudos that she gave herself.
    let kudos = kudos::latest(store, &mei, 2).await?;
    if let Some(received) = kudos.iter().find(|kudos| !kudos.mine) {
        reports::report(store, &mei, ReportKind::Kudos, &received.id.to_string(), REPORT).await?;
    }
    admin::invite(store, &ada, Invite::check("noa.keller@guild.example", NOTE)?).await?;
    Ok(())
}

/// Adds an email that the mail server refused.
pub(super) async fn add_refused_email(tx: &Tx) -> Result<(), StoreError> {
    let mei = member::Entity::find().filter(member::Column::DemoKey.eq("mei")).one(tx.db()).await?;
    let Some((mei, to)) = mei.and_then(|mei| members::recipient(&mei).map(|to| (mei, to))) else {
        return Ok(());
    };
    let email = Email::from(emails::ReportReceived { words: REPORT.to_owned() });
    outbox::post(tx, Some(MemberId(mei.id)), &to, &email).await?;
    email::Entity::update_many()
        .col_expr(email::Column::State, Expr::value("failed"))
        .col_expr(email::Column::Undeliverable, Expr::value(true))
        .col_expr(email::Column::Attempts, Expr::value(1))
        .col_expr(email::Column::SettledAt, Expr::value(Some(tx.now())))
        .col_expr(email::Column::Cause, Expr::value("the mail server refused the message: 554 5.7.1"))
        .filter(email::Column::Kind.eq(email.kind()))
        .exec(tx.db())
        .await?;
    Ok(())
}
