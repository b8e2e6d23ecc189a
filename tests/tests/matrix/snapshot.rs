//! One query that reads the whole database on either engine.

use std::collections::BTreeMap;

use store::Engine;
use tests::Guild;

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

/// The query for every row that should stay the same. It returns one text with sorted lines.
pub(super) async fn query(g: &Guild) -> String {
    let sqlite = g.store.engine() == Engine::Sqlite;
    let tables = columns(g).await.into_iter().filter(|(table, _)| !VOLATILE_TABLES.contains(&table.as_str()));
    let tables = tables.map(|(table, columns)| {
        let some: Option<&[&str]> = match table.as_str() {
            // Requests update the other columns of a session.
            "sign_in_sessions" => Some(&["id", "member_id"]),
            // The mail worker updates the other columns of an email.
            "emails" => Some(&["id", "kind", "address"]),
            _ => None,
        };
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
