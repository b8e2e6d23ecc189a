//! The content of the whole database, on either engine.
//!
//! Reading all of it takes longer than most requests, and most requests of the matrix change a few tables or none. So
//! triggers note the tables whose rows changed, and only these are read again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use sea_orm::ConnectionTrait as _;
use store::Engine;
use tests::Guild;

/// Where triggers note changes.
const CHANGES: &str = "matrix_changes";

/// Tables that change just by using the portal. Records about a change don't count as a change.
const VOLATILE_TABLES: [&str; 13] = [
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
    // They follow from `search_documents`, and have more rows than all other tables together.
    "search_trigrams",
    "search_words",
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

/// The rows of the tables that should stay the same: the sorted lines of each table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(BTreeMap<String, Arc<str>>);

impl Rows {
    /// The lines that are only here. Tables with equal rows are not compared line by line.
    pub(super) fn without<'a>(&'a self, others: &'a Self) -> BTreeSet<&'a str> {
        let changed = self.0.iter().filter(|(table, rows)| others.0.get(*table) != Some(*rows));
        changed
            .flat_map(|(table, _)| {
                let known = others.lines_of(table);
                self.lines_of(table).into_iter().filter(move |line| !known.contains(line))
            })
            .collect()
    }

    fn lines_of(&self, table: &str) -> BTreeSet<&str> {
        self.0.get(table).map_or_else(BTreeSet::new, |rows| rows.lines().collect())
    }
}

/// Reads the tables that have changed.
pub(super) struct Snapshot {
    /// The query for each table.
    queries: BTreeMap<String, String>,
    last: Mutex<Option<Arc<Rows>>>,
}

impl Snapshot {
    /// Creates the triggers.
    pub(super) async fn new(g: &Guild) -> Self {
        let (engine, mut tables) = (g.store.engine(), columns(g).await);
        tables.retain(|table, _| is_stable(table));
        g.raw().execute_unprepared(&triggers(engine, &tables)).await.unwrap();
        let queries =
            tables.iter().map(|(table, columns)| (table.clone(), query(engine, table, columns))).collect();
        Self { queries, last: Mutex::new(None) }
    }

    /// Every row that should stay the same.
    pub(super) async fn content(&self, g: &Guild) -> Arc<Rows> {
        // Before reading, so that a change in between is noted for the next time.
        let noted = g.rows(&format!("DELETE FROM {CHANGES} RETURNING name")).await;
        let mut changed: BTreeSet<String> =
            noted.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        let last = self.last.lock().unwrap().clone();
        let mut rows = match last {
            Some(last) if changed.is_empty() => return last,
            Some(last) => Rows::clone(&last),
            None => {
                changed.extend(self.queries.keys().cloned());
                Rows::default()
            }
        };
        for table in changed {
            let read = g.rows(&self.queries[&table]).await;
            let lines = read[0].try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default();
            rows.0.insert(table, lines.into());
        }
        let rows = Arc::new(rows);
        *self.last.lock().unwrap() = Some(Arc::clone(&rows));
        rows
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
    for table in tables.keys() {
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

/// The query for the rows of a table. It returns one text with sorted lines, each with the table and JSON.
fn query(engine: Engine, table: &str, columns: &[String]) -> String {
    let sqlite = engine == Engine::Sqlite;
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
    let rows = format!("SELECT '{table} ' || CAST({object} AS TEXT) AS r FROM \"{table}\" AS x");
    match sqlite {
        true => format!("SELECT group_concat(r, char(10)) FROM (SELECT r FROM ({rows}) ORDER BY r)"),
        false => format!("SELECT string_agg(r, chr(10) ORDER BY r) FROM ({rows}) AS every"),
    }
}
