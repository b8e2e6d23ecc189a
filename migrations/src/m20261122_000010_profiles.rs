//! Profiles, teams, the lists of topics and stages, and the search index.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{DbBackend, prelude::Uuid},
};

use crate::m20261121_000002_sign_in::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Slug and name of the default stages, in the order of the work. Administrators can change them later.
const STAGES: [(&str, &str); 8] = [
    ("plan", "Plan"),
    ("code", "Code"),
    ("build", "Build"),
    ("test", "Test"),
    ("release", "Release"),
    ("deploy", "Deploy"),
    ("operate", "Operate"),
    ("observe", "Observe"),
];

/// Slug and name of the default topics, sorted by name. Administrators can change them later.
const TOPICS: [(&str, &str); 31] = [
    ("accessibility", "Accessibility"),
    ("agile-practices", "Agile practices"),
    ("api-design", "API design"),
    ("chaos-engineering", "Chaos engineering"),
    ("code-review", "Code review"),
    ("compliance-as-code", "Compliance as code"),
    ("containers-and-kubernetes", "Containers and Kubernetes"),
    ("continuous-delivery", "Continuous delivery"),
    ("databases", "Databases and migrations"),
    ("dependency-management", "Dependency management"),
    ("dynamic-testing", "Dynamic security testing (DAST)"),
    ("feature-flags", "Feature flags"),
    ("identity-and-access", "Identity and access"),
    ("incident-response", "Incident response"),
    ("infrastructure-as-code", "Infrastructure as code"),
    ("mentoring", "Mentoring"),
    ("observability", "Observability"),
    ("on-call", "On-call and postmortems"),
    ("performance-testing", "Performance testing"),
    ("platform-engineering", "Platform engineering"),
    ("product-discovery", "Product discovery"),
    ("release-management", "Release management"),
    ("rust", "Rust"),
    ("secrets-management", "Secrets management"),
    ("secure-coding", "Secure coding"),
    ("security-operations", "Security operations"),
    ("static-analysis", "Static analysis (SAST)"),
    ("supply-chain-security", "Supply-chain security and SBOMs"),
    ("technical-writing", "Technical writing"),
    ("test-automation", "Test automation"),
    ("threat-modelling", "Threat modelling"),
];

/// Who can see each part of a profile by default: names of `see_` columns and audiences.
const DEFAULT_AUDIENCES: [(&str, &str); 13] = [
    ("see_name", "members"),
    ("see_headline", "members"),
    ("see_pronouns", "members"),
    ("see_bio", "members"),
    ("see_picture", "members"),
    ("see_team", "members"),
    ("see_seniority", "members"),
    ("see_disciplines", "everyone"),
    ("see_topics", "members"),
    ("see_languages", "members"),
    ("see_zone", "members"),
    ("see_links", "members"),
    ("see_events", "members"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        list(manager, "topics", 3, &TOPICS).await?;
        list(manager, "stages", 4, &STAGES).await?;
        teams(manager).await?;
        profiles(manager).await?;
        profile_parts(manager).await?;
        search(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            // Its triggers are removed with the table to which they belong.
            manager.get_connection().execute_unprepared("DROP TABLE search_index").await?;
        }
        for table in [
            "search_documents",
            "member_pictures",
            "member_links",
            "member_languages",
            "member_topics",
            "profiles",
            "teams",
            "stages",
            "topics",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// A list that administrators edit, with its default entries.
async fn list(
    manager: &SchemaManager<'_>,
    table: &'static str,
    number: u128,
    shipped: &[(&str, &str)],
) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(uuid("id").primary_key())
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(integer("position"))
                .to_owned(),
        )
        .await?;
    let mut rows = Query::insert();
    rows.into_table(table).columns(["id", "slug", "name", "position"]);
    for (position, (slug, name)) in (1..).zip(shipped) {
        rows.values([id(number, position), (*slug).into(), (*name).into(), position.into()])
            .map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    manager.exec_stmt(rows).await
}

async fn teams(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("teams")
                .col(uuid("id").primary_key())
                .col(text("slug").unique_key())
                .col(text("name"))
                .col(uuid_null("parent_id"))
                .col(text("purpose"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(ForeignKey::create().from("teams", "parent_id").to("teams", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "teams_parent", "teams", &["parent_id"]).await
}

async fn profiles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create()
        .table("profiles")
        .col(uuid("member_id").primary_key())
        .col(text("slug").unique_key())
        .col(text("pronouns").default(""))
        .col(text("bio").default(""))
        .col(text_null("seniority"))
        .col(uuid_null("team_id"))
        .col(uuid_null("manager_id"))
        .foreign_key(ForeignKey::create().from("profiles", "member_id").to("members", "id"))
        .foreign_key(ForeignKey::create().from("profiles", "team_id").to("teams", "id"))
        .foreign_key(ForeignKey::create().from("profiles", "manager_id").to("members", "id"))
        .to_owned();
    for (column, audience) in DEFAULT_AUDIENCES {
        table.col(text(column).default(audience));
    }
    manager.create_table(table).await?;
    index(manager, "profiles_team", "profiles", &["team_id"]).await?;
    index(manager, "profiles_manager", "profiles", &["manager_id"]).await?;
    // Existing members get a page too, with a random address.
    let random = match manager.get_database_backend() {
        DbBackend::Sqlite => "lower(hex(randomblob(6)))",
        _ => "substr(md5(random()::text || id::text), 1, 12)",
    };
    let of_members =
        format!("INSERT INTO profiles (member_id, slug) SELECT id, 'm-' || {random} FROM members");
    manager.get_connection().execute_unprepared(&of_members).await?;
    Ok(())
}

/// The parts of a profile that have more than one value for a member.
async fn profile_parts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let of_member =
        |table: &'static str| ForeignKey::create().from(table, "member_id").to("members", "id").to_owned();
    manager
        .create_table(
            Table::create()
                .table("member_topics")
                .col(uuid("member_id"))
                .col(uuid("topic_id"))
                .col(text("level"))
                .primary_key(Index::create().col("member_id").col("topic_id"))
                .foreign_key(&mut of_member("member_topics"))
                .foreign_key(ForeignKey::create().from("member_topics", "topic_id").to("topics", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "member_topics_topic", "member_topics", &["topic_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("member_languages")
                .col(uuid("member_id"))
                .col(text("tag"))
                .primary_key(Index::create().col("member_id").col("tag"))
                .foreign_key(&mut of_member("member_languages"))
                .to_owned(),
        )
        .await?;
    index(manager, "member_languages_tag", "member_languages", &["tag"]).await?;
    manager
        .create_table(
            Table::create()
                .table("member_links")
                .col(uuid("id").primary_key())
                .col(uuid("member_id"))
                .col(text("url"))
                .col(timestamp_with_time_zone_null("verified_at"))
                .foreign_key(&mut of_member("member_links"))
                .to_owned(),
        )
        .await?;
    index(manager, "member_links_member", "member_links", &["member_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("member_pictures")
                .col(uuid("member_id").primary_key())
                .col(text("hash"))
                .col(binary("bytes"))
                .foreign_key(&mut of_member("member_pictures"))
                .to_owned(),
        )
        .await
}

/// The search index: a row for each record and each kind of reader that may find it, with the text to show
/// and the normalised text to compare. SQLite has an additional full-text index of these rows, PostgreSQL
/// an additional column.
async fn search(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let number = match manager.get_database_backend() {
        // The index refers to rows by this number. A rowid without a column may change in a VACUUM.
        DbBackend::Sqlite => integer("number").primary_key().auto_increment().to_owned(),
        _ => big_integer("number").primary_key().auto_increment().to_owned(),
    };
    manager
        .create_table(
            Table::create()
                .table("search_documents")
                .col(number)
                .col(text("kind"))
                .col(uuid("subject_id"))
                .col(text("audience"))
                .col(text("slug"))
                .col(text("title"))
                .col(text("body"))
                .col(text("title_words"))
                .col(text("body_words"))
                .to_owned(),
        )
        .await?;
    let unique = Index::create()
        .name("search_documents_subject")
        .table("search_documents")
        .col("kind")
        .col("subject_id")
        .col("audience")
        .unique()
        .to_owned();
    manager.create_index(unique).await?;
    let words = match manager.get_database_backend() {
        DbBackend::Sqlite => SQLITE_WORDS,
        _ => POSTGRES_WORDS,
    };
    manager.get_connection().execute_unprepared(words).await?;
    Ok(())
}

/// The text is normalised already, so the tokenizer does not change it. `secure_delete` removes deleted
/// text from the file, so nothing of an erased member stays in it.
const SQLITE_WORDS: &str = "
    CREATE VIRTUAL TABLE search_index USING fts5(
        title_words, body_words, content='search_documents', content_rowid='number',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3'
    );
    INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
    CREATE TRIGGER search_added AFTER INSERT ON search_documents BEGIN
        INSERT INTO search_index (rowid, title_words, body_words)
        VALUES (new.number, new.title_words, new.body_words);
    END;
    CREATE TRIGGER search_removed AFTER DELETE ON search_documents BEGIN
        INSERT INTO search_index (search_index, rowid, title_words, body_words)
        VALUES ('delete', old.number, old.title_words, old.body_words);
    END;
    CREATE TRIGGER search_changed AFTER UPDATE ON search_documents BEGIN
        INSERT INTO search_index (search_index, rowid, title_words, body_words)
        VALUES ('delete', old.number, old.title_words, old.body_words);
        INSERT INTO search_index (rowid, title_words, body_words)
        VALUES (new.number, new.title_words, new.body_words);
    END;";

const POSTGRES_WORDS: &str = "
    ALTER TABLE search_documents ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('pg_catalog.simple', title_words), 'A') ||
        setweight(to_tsvector('pg_catalog.simple', body_words), 'B')
    ) STORED;
    CREATE INDEX search_documents_words ON search_documents USING gin (words);";

/// The id of a default entry. It is the same in every database, so that databases can be compared. It has
/// the form of a version 7 UUID and sorts before all that are created later.
fn id(table: u128, position: i32) -> Expr {
    const VERSION_7: u128 = 0x7000_8000_0000_0000_0000;
    Expr::value(Uuid::from_u128(VERSION_7 | table << 32 | u128::from(position.unsigned_abs())))
}
