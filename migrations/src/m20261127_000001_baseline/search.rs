//! The search index. `search_documents` has a row for each record and each kind of reader that may find it, with
//! the text to show and the normalised text to compare. SQLite has an additional full-text index of these
//! rows, PostgreSQL an additional column.

use sea_orm_migration::{
    prelude::{DbErr, SchemaManager},
    sea_orm::{ConnectionTrait as _, DbBackend},
};

use super::members::AUDIENCES;
use crate::schema::{NewTable, big_integer, choice, text, uuid};

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("search_documents")
            .columns([
                // The full-text index refers to rows by this number. A rowid without a column may change in a
                // VACUUM.
                big_integer("number").primary_key().auto_increment().take(),
                choice("kind", &["member", "group", "event", "session", "kudos", "demand"]),
                // A record of the table that `kind` names, so not a foreign key.
                uuid("subject_id"),
                choice("audience", AUDIENCES),
                text("slug"),
                text("title"),
                text("body"),
                text("title_words"),
                text("body_words"),
            ])
            .unique(&["kind", "subject_id", "audience"]),
        // The most important words of each document. Mistyped words are corrected to one of them.
        NewTable::new("search_words")
            .columns([
                // The record of a document, as above.
                uuid("subject_id"),
                choice("audience", AUDIENCES),
                text("word"),
            ])
            .primary_key(&["subject_id", "audience", "word"])
            .index(&["word"]),
        // The trigrams of these words, which find similar ones.
        NewTable::new("search_trigrams")
            .columns([text("trigram"), text("word")])
            .primary_key(&["trigram", "word"])
            .index(&["word"]),
    ]
}

/// Creates the full-text index of the engine.
pub(super) async fn create_index(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Sqlite => SQLITE_INDEX,
        _ => POSTGRES_INDEX,
    };
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// Drops what is not dropped with the table: on SQLite the index is a table of its own.
pub(super) async fn drop_index(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        manager.get_connection().execute_unprepared("DROP TABLE search_index").await?;
    }
    Ok(())
}

/// The text is normalised already, so the tokenizer does not change it. `secure_delete` removes deleted
/// text from the file, so nothing of an erased member stays in it.
const SQLITE_INDEX: &str = "
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

const POSTGRES_INDEX: &str = "
    ALTER TABLE search_documents ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('pg_catalog.simple', title_words), 'A') ||
        setweight(to_tsvector('pg_catalog.simple', body_words), 'B')
    ) STORED;
    CREATE INDEX search_documents_words ON search_documents USING gin (words);";
