//! The database schema of Guildhall, with one file for each change. A release only adds to the schema, and a
//! later release removes what is no longer used.

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

pub mod up;

mod m20261127_000001_baseline;
mod schema;

/// All migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261127_000001_baseline::Migration)]
    }
}
