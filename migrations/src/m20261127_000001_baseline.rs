//! The schema of the first release. Until then it is changed in place.

mod agenda;
mod comments;
mod demands;
mod emails;
mod events;
mod groups;
mod hellos;
mod jobs;
mod kudos;
mod lists;
mod members;
mod mentoring;
mod mentorships;
mod proposals;
mod questions;
mod search;
mod series;
mod sign_in;
mod speed_rounds;
mod tokens;
mod trust;

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::schema::NewTable;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// All tables. A table stands behind those that it references.
fn tables() -> Vec<NewTable> {
    [
        members::tables,
        sign_in::tables,
        lists::tables,
        members::profile_tables,
        groups::tables,
        series::tables,
        events::tables,
        agenda::tables,
        emails::tables,
        jobs::tables,
        kudos::tables,
        comments::tables,
        hellos::tables,
        mentoring::tables,
        mentorships::tables,
        proposals::tables,
        questions::tables,
        demands::tables,
        speed_rounds::tables,
        tokens::tables,
        trust::tables,
        search::tables,
    ]
    .into_iter()
    .flat_map(|tables| tables())
    .collect()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            table.create(manager).await?;
        }
        lists::insert_defaults(manager).await?;
        kudos::insert_lock(manager).await?;
        search::create_index(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        search::drop_index(manager).await?;
        for table in tables().into_iter().rev() {
            table.drop(manager).await?;
        }
        Ok(())
    }
}
