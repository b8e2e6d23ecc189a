//! Disciplines, groups, and kudos with their values.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::prelude::Uuid};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Slug, name and mark of the default disciplines, in order. Administrators can change them later.
const DISCIPLINES: [(&str, &str, &str); 7] = [
    ("developer", "Developer", "diamond"),
    ("quality-assurance", "Quality assurance", "circle"),
    ("operations", "Operations", "square"),
    ("security", "Security", "shield"),
    ("project-management", "Project management", "triangle"),
    ("product-management", "Product management", "star"),
    ("design", "Design", "plus"),
];

/// Slug and name of the default values, in order. Administrators can change them later.
const VALUES: [(&str, &str); 10] = [
    ("collaborative-excellence", "Collaborative excellence"),
    ("innovative-practices", "Innovative practices"),
    ("cross-disciplinary-engagement", "Cross-disciplinary engagement"),
    ("continuous-innovation", "Continuous innovation"),
    ("automation-and-efficiency", "Automation and efficiency"),
    ("resilience-and-reliability", "Resilience and reliability"),
    ("end-to-end-pipeline-mastery", "End-to-end pipeline mastery"),
    ("mentorship-and-support", "Mentorship and support"),
    ("measurable-impact", "Measurable impact"),
    ("community-wide-recognition", "Community-wide recognition"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        disciplines(manager).await?;
        groups(manager).await?;
        kudos(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("events_group").table("events").to_owned()).await?;
        manager.alter_table(Table::alter().table("events").drop_column("group_id").to_owned()).await?;
        manager.alter_table(Table::alter().table("members").drop_column("headline").to_owned()).await?;
        for table in ["kudos", "kudos_values", "group_members", "groups", "member_disciplines", "disciplines"]
        {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn disciplines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("disciplines")
                .col(uuid("id").primary_key())
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(integer("position"))
                .col(text("mark"))
                .to_owned(),
        )
        .await?;
    let mut shipped = Query::insert();
    shipped.into_table("disciplines").columns(["id", "slug", "name", "position", "mark"]);
    for (position, (slug, name, mark)) in (1..).zip(DISCIPLINES) {
        shipped
            .values([id(1, position), slug.into(), name.into(), position.into(), mark.into()])
            .map_err(wrong)?;
    }
    manager.exec_stmt(shipped).await?;
    manager
        .create_table(
            Table::create()
                .table("member_disciplines")
                .col(uuid("member_id"))
                .col(uuid("discipline_id"))
                .primary_key(Index::create().col("member_id").col("discipline_id"))
                .foreign_key(ForeignKey::create().from("member_disciplines", "member_id").to("members", "id"))
                .foreign_key(
                    ForeignKey::create().from("member_disciplines", "discipline_id").to("disciplines", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "member_disciplines_discipline", "member_disciplines", &["discipline_id"]).await?;
    manager
        .alter_table(Table::alter().table("members").add_column(text("headline").default("")).to_owned())
        .await
}

async fn groups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("groups")
                .col(uuid("id").primary_key())
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(text("kind"))
                .col(text("purpose"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("group_members")
                .col(uuid("group_id"))
                .col(uuid("member_id"))
                .col(text("role"))
                .col(timestamp_with_time_zone("joined_at"))
                .primary_key(Index::create().col("group_id").col("member_id"))
                .foreign_key(ForeignKey::create().from("group_members", "group_id").to("groups", "id"))
                .foreign_key(ForeignKey::create().from("group_members", "member_id").to("members", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "group_members_member", "group_members", &["member_id"]).await?;
    // SQLite cannot add a constraint to an existing table, but a new column may include one.
    let of_group = uuid_null("group_id").extra("REFERENCES \"groups\" (\"id\")").to_owned();
    manager.alter_table(Table::alter().table("events").add_column(of_group).to_owned()).await?;
    index(manager, "events_group", "events", &["group_id"]).await
}

async fn kudos(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("kudos_values")
                .col(uuid("id").primary_key())
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(integer("position"))
                .to_owned(),
        )
        .await?;
    let mut shipped = Query::insert();
    shipped.into_table("kudos_values").columns(["id", "slug", "name", "position"]);
    for (position, (slug, name)) in (1..).zip(VALUES) {
        shipped.values([id(2, position), slug.into(), name.into(), position.into()]).map_err(wrong)?;
    }
    manager.exec_stmt(shipped).await?;
    manager
        .create_table(
            Table::create()
                .table("kudos")
                .col(uuid("id").primary_key())
                .col(uuid("from_id"))
                .col(uuid("to_id"))
                .col(uuid("value_id"))
                .col(text("text"))
                .col(uuid_null("event_id"))
                .col(timestamp_with_time_zone("given_at"))
                .foreign_key(ForeignKey::create().from("kudos", "from_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("kudos", "to_id").to("members", "id"))
                .foreign_key(ForeignKey::create().from("kudos", "value_id").to("kudos_values", "id"))
                .foreign_key(ForeignKey::create().from("kudos", "event_id").to("events", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "kudos_given", "kudos", &["given_at"]).await?;
    index(manager, "kudos_from", "kudos", &["from_id"]).await?;
    index(manager, "kudos_to", "kudos", &["to_id"]).await
}

/// The id of a default entry. It is the same in every database, so that databases can be compared. It has
/// the form of a version 7 UUID and sorts before all that are created later.
fn id(table: u128, position: i32) -> Expr {
    const VERSION_7: u128 = 0x7000_8000_0000_0000_0000;
    Expr::value(Uuid::from_u128(VERSION_7 | table << 32 | u128::from(position.unsigned_abs())))
}

fn wrong(error: error::Error) -> DbErr {
    DbErr::Custom(error.to_string())
}
