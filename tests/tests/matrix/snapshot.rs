//! The content of the whole database, on either engine.
//!
//! Reading all of it takes longer than most requests, and most requests of the matrix change nothing. So triggers note
//! that a row changed, and the content is only read again after that.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use sea_orm::ConnectionTrait as _;
use store::Engine;
use tests::Guild;

/// Where triggers note changes.
const CHANGES: &str = "matrix_changes";

/// Tables that change just by using the portal. Records about a change don't count as a change.
const VOLATILE_TABLES: [&str; 11] = [
    "audit",
    // A picture is drawn and kept when it is first asked for.
    "kudos_cards",
    "audit_changes",
    "drafts",
    "reminders",
    "reschedules",
    "event_notices",
    "mails",
    "mailbox",
    "seaql_migrations",
    "write_probe",
];

/// The columns of every table, without generated ones and full-text indexes.
pub(super) async fn columns(g: &Guild) -> BTreeMap<String, Vec<String>> {
    let sql = match g.store.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_index%' \
             ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c \
             FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' \
             ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in g.rows(sql).await {
        let (table, column): (String, String) =
            (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
        tables.entry(table).or_default().push(column);
    }
    tables
}

/// Reads the database when it has changed.
pub(super) struct Snapshot {
    query: String,
    last: Mutex<Option<Arc<str>>>,
}

impl Snapshot {
    /// Creates the triggers.
    pub(super) async fn new(g: &Guild) -> Self {
        let tables = columns(g).await;
        let query = query(g.store.engine(), &tables);
        g.raw().execute_unprepared(&triggers(g.store.engine(), &tables)).await.unwrap();
        Self { query, last: Mutex::new(None) }
    }

    /// Every row that should stay the same, as sorted lines.
    pub(super) async fn content(&self, g: &Guild) -> Arc<str> {
        let changed = !g.rows(&format!("SELECT 1 FROM {CHANGES} LIMIT 1")).await.is_empty();
        let last = self.last.lock().unwrap().clone();
        if let (false, Some(last)) = (changed, last) {
            return last;
        }
        // Before reading, so that a change in between is noted for the next time.
        g.raw().execute_unprepared(&format!("DELETE FROM {CHANGES}")).await.unwrap();
        let rows = g.rows(&self.query).await;
        let content = rows[0].try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default();
        let content = Arc::<str>::from(content);
        *self.last.lock().unwrap() = Some(Arc::clone(&content));
        content
    }
}

/// The columns of a table that should stay the same, where these are not all.
fn stable_columns(table: &str) -> Option<&'static [&'static str]> {
    match table {
        // Requests update the other columns of a session.
        "sign_in_sessions" => Some(&["id", "member_id"]),
        // The mail worker updates the other columns of an email.
        "emails" => Some(&["id", "kind", "address"]),
        _ => None,
    }
}

fn is_stable(table: &str) -> bool {
    !VOLATILE_TABLES.contains(&table)
}

/// The statements for the table of changes and for its triggers.
fn triggers(engine: Engine, tables: &BTreeMap<String, Vec<String>>) -> String {
    let mut sql = format!("CREATE TABLE {CHANGES} (name TEXT NOT NULL);\n");
    if engine == Engine::Postgres {
        sql += &format!(
            "CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN INSERT INTO {CHANGES} VALUES (TG_TABLE_NAME); RETURN NULL; END $$;\n"
        );
    }
    for table in tables.keys().filter(|table| is_stable(table)) {
        let update = match stable_columns(table) {
            Some(columns) => format!("UPDATE OF {}", columns.join(", ")),
            None => "UPDATE".to_owned(),
        };
        for change in ["INSERT", "DELETE", &update] {
            let name = format!("{table}_{}", &change[..6]);
            let action = match engine {
                Engine::Sqlite => format!("BEGIN INSERT INTO {CHANGES} VALUES ('{table}'); END"),
                Engine::Postgres => "FOR EACH ROW EXECUTE FUNCTION note_change()".to_owned(),
            };
            writeln!(sql, "CREATE TRIGGER {name} AFTER {change} ON \"{table}\" {action};").unwrap();
        }
    }
    sql
}

/// The query for every row that should stay the same. It returns one text with sorted lines.
fn query(engine: Engine, tables: &BTreeMap<String, Vec<String>>) -> String {
    let sqlite = engine == Engine::Sqlite;
    let tables = tables.iter().filter(|(table, _)| is_stable(table)).map(|(table, columns)| {
        let some = stable_columns(table);
        let all: Vec<&str> = columns.iter().map(String::as_str).collect();
        // PostgreSQL can write any row as JSON. SQLite has no JSON for bytes.
        let value = |column: &&str| match sqlite {
            true => format!("'{column}', quote(\"{column}\")"),
            false => format!("'{column}', \"{column}\""),
        };
        let fields = some.unwrap_or(&all).iter().map(value).collect::<Vec<_>>().join(", ");
        let object = match (sqlite, some) {
            (true, _) => format!("json_object({fields})"),
            (false, Some(_)) => format!("jsonb_build_object({fields})"),
            (false, None) => "to_jsonb(x)".to_owned(),
        };
        format!("SELECT '{table} ' || CAST({object} AS TEXT) AS r FROM \"{table}\" AS x")
    });
    let all = tables.collect::<Vec<_>>().join(" UNION ALL ");
    match sqlite {
        true => format!("SELECT group_concat(r, char(10)) FROM (SELECT r FROM ({all}) ORDER BY r)"),
        false => format!("SELECT string_agg(r, chr(10) ORDER BY r) FROM ({all}) AS every"),
    }
}
