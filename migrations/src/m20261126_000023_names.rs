//! Renames tables, columns and stored values to the names that the pages and the code use.

use sea_orm_migration::prelude::*;

/// Contains renames only, of tables, columns and values.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Old and new name of a table.
const TABLES: &[(&str, &str)] =
    &[("letters", "emails"), ("mail_preferences", "email_preferences"), ("sessions", "sign_in_sessions")];

/// Table (with its new name), and the old and new name of a column.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("mailbox", "letter_id", "email_id"),
    ("email_preferences", "topic", "category"),
    ("rsvps", "place", "waitlist_seq"),
    ("rsvps", "seat", "seat_seq"),
    ("rsvps", "extra", "guests_waiting"),
    ("rsvps", "online_too", "online_meanwhile"),
    ("rsvps", "asked_until", "fewer_offer_until"),
    ("rsvps", "asked_seats", "fewer_offer_seats"),
    ("rsvps", "words", "message"),
    ("announcements", "told", "sent_count"),
    ("announcements", "words", "message"),
    ("deletions", "asked_at", "requested_at"),
    ("event_groups", "asked_at", "invited_at"),
    ("events", "guests_most", "guests_max"),
    ("events", "next_place", "next_waitlist_seq"),
    ("events", "next_seat", "next_seat_seq"),
    ("feeds", "made_at", "created_at"),
    ("group_requests", "asked_at", "requested_at"),
    ("group_requests", "words", "message"),
    ("invitation_requests", "asked_at", "requested_at"),
    ("members", "look", "lookalike_key"),
    ("reports", "words", "message"),
    ("sign_ins", "asked_at", "requested_at"),
    ("profiles", "see_name", "name_audience"),
    ("profiles", "see_headline", "headline_audience"),
    ("profiles", "see_pronouns", "pronouns_audience"),
    ("profiles", "see_bio", "bio_audience"),
    ("profiles", "see_picture", "picture_audience"),
    ("profiles", "see_team", "team_audience"),
    ("profiles", "see_seniority", "seniority_audience"),
    ("profiles", "see_disciplines", "disciplines_audience"),
    ("profiles", "see_topics", "topics_audience"),
    ("profiles", "see_languages", "languages_audience"),
    ("profiles", "see_zone", "zone_audience"),
    ("profiles", "see_links", "links_audience"),
    ("profiles", "see_events", "events_audience"),
];

/// Old and new name of an action in the audit log.
const ACTIONS: &[(&str, &str)] = &[
    ("announcement.hold", "announcement.schedule"),
    ("announcement.trial", "announcement.test"),
    ("event.accept_together", "event.accept_cohosting"),
    ("event.hold_together", "event.invite_cohost"),
    ("event.part", "event.end_cohosting"),
    ("feed.make", "feed.create"),
    ("group.accept", "group.approve_request"),
    ("group.ask", "group.request"),
    ("group.decline", "group.decline_request"),
    ("group.unask", "group.withdraw_request"),
    ("group.uninvite", "group.revoke_invitation"),
    ("letter.cancel", "email.cancel"),
    ("letter.hold", "email.hold"),
    ("letter.retry", "email.retry"),
    ("mail.bounce", "email.bounce"),
    ("mail.works", "email.clear_bounce"),
    ("member.address_ask", "member.request_address"),
    ("member.lift", "member.lift_suspension"),
    ("member.mail", "member.email_preferences"),
    ("member.stay", "member.cancel_deletion"),
    ("rsvp.accept", "rsvp.approve"),
    ("rsvp.ask", "rsvp.offer_fewer"),
    ("rsvp.bump", "rsvp.move_back"),
    ("rsvp.fewer", "rsvp.accept_fewer"),
    ("rsvp.reject", "rsvp.decline"),
    ("session.end", "sign_in_session.end"),
    ("session.start", "sign_in_session.start"),
];

/// Table, column, and the old and new text of a value that the code uses.
const VALUES: &[(&str, &str, &str, &str)] = &[
    ("rsvps", "state", "rejected", "declined"),
    ("emails", "kind", "rejected", "seat_declined"),
    ("emails", "kind", "fewer", "fewer_offered"),
    ("emails", "kind", "bumped", "moved_back"),
    ("emails", "kind", "mail_works", "email_confirmed"),
    ("announcements", "kind", "words", "message"),
    ("reports", "kind", "thanks", "kudos"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for &(old, new) in TABLES {
            rename_table(manager, old, new).await?;
        }
        for &(table, old, new) in COLUMNS {
            rename_column(manager, table, old, new).await?;
        }
        for (table, column, old, new) in values() {
            replace_value(manager, table, column, old, new).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, old, new) in values() {
            replace_value(manager, table, column, new, old).await?;
        }
        for &(table, old, new) in COLUMNS {
            rename_column(manager, table, new, old).await?;
        }
        for &(old, new) in TABLES {
            rename_table(manager, new, old).await?;
        }
        Ok(())
    }
}

fn values() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    ACTIONS.iter().map(|&(old, new)| ("audit", "action", old, new)).chain(VALUES.iter().copied())
}

async fn rename_table(manager: &SchemaManager<'_>, from: &str, to: &str) -> Result<(), DbErr> {
    manager.rename_table(Table::rename().table(Alias::new(from), Alias::new(to)).to_owned()).await
}

async fn rename_column(manager: &SchemaManager<'_>, table: &str, from: &str, to: &str) -> Result<(), DbErr> {
    let mut change = Table::alter();
    change.table(Alias::new(table)).rename_column(Alias::new(from), Alias::new(to));
    manager.alter_table(change).await
}

async fn replace_value(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    from: &str,
    to: &str,
) -> Result<(), DbErr> {
    let mut update = Query::update();
    update
        .table(Alias::new(table))
        .value(Alias::new(column), to)
        .and_where(Expr::col(Alias::new(column)).eq(from));
    manager.execute(update).await
}
