//! The database schema of Guildhall, with one file for each change. A release normally only adds to
//! the schema, and a later release removes what is no longer used. `m20261126_000023_names` renames tables and
//! columns, so every instance has to be stopped for it.
//!
//! Types: ids are UUIDs, times are `timestamp with time zone` (RFC 3339 text in UTC on SQLite), wall times
//! are timestamps without a zone, lists and payloads are JSON in text columns. No column has a time as its
//! default, because only `store` reads the clock.

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

pub mod up;

mod m20261121_000001_members;
mod m20261121_000002_sign_in;
mod m20261121_000003_events;
mod m20261121_000004_letters;
mod m20261121_000005_agenda;
mod m20261121_000006_trust;
mod m20261122_000007_community;
mod m20261122_000008_seats;
mod m20261122_000009_groups;
mod m20261122_000010_profiles;
mod m20261122_000011_administration;
mod m20261122_000012_letters;
mod m20261122_000013_attendees;
mod m20261126_000014_write_probe;
mod m20261126_000015_addresses;
mod m20261126_000016_invitations;
mod m20261126_000017_email_secrets;
mod m20261126_000018_event_notices;
mod m20261126_000020_text;
mod m20261126_000021_audit_changes;
mod m20261126_000022_installation;
mod m20261126_000023_names;

/// All migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_members::Migration),
            Box::new(m20261121_000002_sign_in::Migration),
            Box::new(m20261121_000003_events::Migration),
            Box::new(m20261121_000004_letters::Migration),
            Box::new(m20261121_000005_agenda::Migration),
            Box::new(m20261121_000006_trust::Migration),
            Box::new(m20261122_000007_community::Migration),
            Box::new(m20261122_000008_seats::Migration),
            Box::new(m20261122_000009_groups::Migration),
            Box::new(m20261122_000010_profiles::Migration),
            Box::new(m20261122_000011_administration::Migration),
            Box::new(m20261122_000012_letters::Migration),
            Box::new(m20261122_000013_attendees::Migration),
            Box::new(m20261126_000014_write_probe::Migration),
            Box::new(m20261126_000015_addresses::Migration),
            Box::new(m20261126_000016_invitations::Migration),
            Box::new(m20261126_000017_email_secrets::Migration),
            Box::new(m20261126_000018_event_notices::Migration),
            Box::new(m20261126_000020_text::Migration),
            Box::new(m20261126_000021_audit_changes::Migration),
            Box::new(m20261126_000022_installation::Migration),
            Box::new(m20261126_000023_names::Migration),
        ]
    }
}
