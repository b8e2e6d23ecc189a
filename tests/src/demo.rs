//! The demo community for tests. Building it takes about a thousand store calls and nearly every test starts
//! with it, so it is built once for each engine and copied into each test's database.

use std::{sync::OnceLock, thread};

use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait as _};
use store::Engine;

use crate::{Guild, START};

/// The finished demo, ready to be copied.
enum Played {
    /// The bytes of the database file.
    Sqlite(Vec<u8>),
    /// Each table with its rows as JSON.
    Postgres(Vec<(String, String)>),
}

impl Guild {
    /// Fills the database with the demo community: the same rows that [`store::seed::demo`] creates.
    pub async fn demo(&self) {
        assert_eq!(
            self.now(),
            START.parse::<domain::Instant>().unwrap(),
            "the demo is made before time passes"
        );
        static PLAYED: [OnceLock<Played>; 2] = [OnceLock::new(), OnceLock::new()];
        let engine = self.store.engine();
        let played = &PLAYED[usize::from(engine == Engine::Postgres)];
        // Building blocks its thread, so it runs on one of its own: this test's runtime must not wait for
        // another test's.
        let played = match played.get() {
            Some(played) => played,
            None => tokio::task::spawn_blocking(move || played.get_or_init(|| play(engine))).await.unwrap(),
        };
        match played {
            Played::Sqlite(file) => self.copy_file(file).await,
            Played::Postgres(tables) => self.copy_rows(tables).await,
        }
    }

    async fn copy_file(&self, file: &[u8]) {
        let path = self.folder.path().join("demo.db");
        std::fs::write(&path, file).unwrap();
        let run = async |sql: String| self.raw.execute_unprepared(&sql).await.unwrap();
        run(format!("PRAGMA foreign_keys = OFF; ATTACH '{}' AS demo", path.display())).await;
        let tables = self
            .rows(
                "SELECT name FROM demo.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                   AND name NOT LIKE 'search_index%'",
            )
            .await;
        // The triggers of `search_documents` fill the search index.
        let mut copy = String::from("BEGIN IMMEDIATE;");
        for table in tables {
            let name: String = table.try_get("", "name").unwrap();
            // The migrations have inserted some of these rows already.
            copy += &format!("INSERT OR IGNORE INTO main.\"{name}\" SELECT * FROM demo.\"{name}\";");
        }
        run(copy + "COMMIT; DETACH demo; PRAGMA foreign_keys = ON").await;
        std::fs::remove_file(&path).unwrap();
    }

    async fn copy_rows(&self, tables: &[(String, String)]) {
        let tx = self.raw.begin().await.unwrap();
        // Skips foreign keys, so that tables can be copied in any order. The source database has checked them.
        tx.execute_unprepared("SET LOCAL session_replication_role = replica").await.unwrap();
        for (table, rows) in tables {
            let columns = self.written_columns(table).await;
            let copy = format!(
                "INSERT INTO \"{table}\" ({columns}) SELECT {columns} \
                 FROM json_populate_recordset(NULL::\"{table}\", $1::json) ON CONFLICT DO NOTHING"
            );
            let copy = Statement::from_sql_and_values(DbBackend::Postgres, copy, [rows.as_str().into()]);
            tx.execute_raw(copy).await.unwrap();
        }
        // New rows continue the numbering after the copied ones.
        let numbers = "SELECT setval(pg_get_serial_sequence('search_documents', 'number'), \
                       (SELECT COALESCE(MAX(number), 1) FROM search_documents))";
        tx.execute_unprepared(numbers).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The columns of a table that can be written, without the generated ones.
    async fn written_columns(&self, table: &str) -> String {
        let rows = self
            .rows(&format!(
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' AND is_generated = 'NEVER'"
            ))
            .await;
        let names = rows.iter().map(|row| format!("\"{}\"", row.try_get::<String>("", "name").unwrap()));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// Builds the demo in a new database and reads it out.
fn play(engine: Engine) -> Played {
    let played = thread::spawn(move || {
        let mut played = None;
        crate::run(engine, async |guild: Guild| {
            assert!(store::seed::demo(&guild.store).await.unwrap().members > 0);
            played = Some(match engine {
                Engine::Sqlite => Played::Sqlite(file(&guild).await),
                Engine::Postgres => Played::Postgres(rows(&guild).await),
            });
        });
        played.unwrap()
    });
    played.join().unwrap()
}

async fn file(guild: &Guild) -> Vec<u8> {
    let path = guild.folder.path().join("copy.db");
    guild.raw.execute_unprepared(&format!("VACUUM INTO '{}'", path.display())).await.unwrap();
    std::fs::read(path).unwrap()
}

async fn rows(guild: &Guild) -> Vec<(String, String)> {
    let tables = guild
        .rows("SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = 'public'")
        .await;
    let mut all = Vec::new();
    for table in tables {
        let name: String = table.try_get("", "name").unwrap();
        let found = guild.rows(&format!("SELECT CAST(json_agg(t) AS TEXT) AS rows FROM \"{name}\" t")).await;
        let rows: Option<String> = found[0].try_get("", "rows").unwrap();
        if let Some(rows) = rows {
            all.push((name, rows));
        }
    }
    all
}
