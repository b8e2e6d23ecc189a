//! The schema: alike on both engines, with an index for every foreign key and a check for every list of values.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use sea_orm::{ConnectionTrait as _, QueryResult};
use sea_orm_migration::MigratorTrait as _;
use store::{Engine, inventory};
use tests::{Guild, guild_test};

/// A table and one of its columns.
type Column = (String, String);

/// Deleting a row looks for the rows that point at it. Without an index, erasing a member reads whole tables.
#[guild_test(empty)]
async fn every_foreign_key_has_an_index(g: Guild) {
    assert_eq!(without_index(&g).await, []);
    // Control: a foreign key without an index, and one with an index for some rows only.
    for sql in [
        "CREATE TABLE hikes (id INTEGER PRIMARY KEY, group_id INTEGER REFERENCES write_probe (id), \
         leader_id INTEGER REFERENCES write_probe (id))",
        "CREATE INDEX hikes_leader ON hikes (leader_id) WHERE leader_id IS NULL",
    ] {
        g.raw().execute_unprepared(sql).await.unwrap();
    }
    let found = without_index(&g).await;
    assert_eq!(found, ["group_id", "leader_id"].map(|column| ("hikes".to_owned(), column.to_owned())));
}

/// The list of our tables is complete. Only these are emptied when half a demo is made again.
#[guild_test(empty)]
async fn every_table_is_listed(g: Guild) {
    let tables = async || columns(&g).await.into_iter().map(|(table, _)| table).collect::<BTreeSet<_>>();
    let listed: BTreeSet<String> = inventory::TABLES.iter().map(|table| (*table).to_owned()).collect();
    let mut found = tables().await;
    found.remove("seaql_migrations");
    assert_eq!(found, listed);
    // Control: a table of another program is found, and isn't ours.
    g.raw().execute_unprepared("CREATE TABLE hikes (id INTEGER PRIMARY KEY)").await.unwrap();
    assert!(tables().await.contains("hikes") && !listed.contains("hikes"));
}

/// The checks of the schema have the values of `domain` and `store`, and every column that sounds like a list
/// of values has a check.
#[guild_test(empty)]
async fn every_list_of_values_is_checked(g: Guild) {
    let expected: BTreeMap<Column, BTreeSet<String>> = inventory::choices()
        .into_iter()
        .map(|(table, column, values)| {
            ((table.to_owned(), column), values.into_iter().map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(checks(&g).await, expected);
    let open: BTreeSet<Column> = inventory::OPEN_COLUMNS
        .iter()
        .map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned()))
        .collect();
    let sounds_fixed = |column: &str| {
        ["state", "status", "mode", "kind", "level", "delivery", "visibility", "list"].contains(&column)
            || ["role", "_audience"].iter().any(|part| column.contains(part))
    };
    let unchecked: BTreeSet<Column> = columns(&g)
        .await
        .into_iter()
        .filter(|column| sounds_fixed(&column.1) && !expected.contains_key(column))
        .collect();
    assert_eq!(unchecked, open);
}

/// Each check refuses another value, in every table in which the demo has a row.
#[guild_test]
async fn a_wrong_value_is_refused(g: Guild) {
    g.demo().await;
    let mut tried = 0;
    for (table, column, _) in inventory::choices() {
        let rows = g
            .number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table} WHERE {column} IS NOT NULL"))
            .await;
        if rows == 0 {
            continue;
        }
        let set = async |value: &str| {
            g.raw().execute_unprepared(&format!("UPDATE {table} SET {column} = {value}")).await
        };
        // Control: setting the column as such is possible.
        set(&column).await.unwrap();
        let error = set("'wrong'").await.unwrap_err().to_string().to_lowercase();
        assert!(error.contains("check"), "{table}.{column}: {error}");
        tried += 1;
    }
    assert!(tried >= 30, "the demo has rows for {tried} of the columns only");
}

/// A null means "none" in these columns, and is unique like every other value.
#[guild_test]
async fn a_null_in_a_key_is_unique_too(g: Guild) {
    g.demo().await;
    let of_member = "SELECT {id}, id, 'digest', NULL, 'off' FROM members WHERE demo_key = 'mei'";
    let of_event = "SELECT {id}, id, NULL, 'topic', 'no-such-topic' FROM events ORDER BY id LIMIT 1";
    for (table, columns, select) in [
        ("email_preferences", "id, member_id, category, group_id, delivery", of_member),
        ("event_subjects", "id, event_id, session_id, list, slug", of_event),
    ] {
        let insert = async || {
            let id = uuid::Uuid::now_v7();
            let id = match g.store.engine() {
                Engine::Sqlite => format!("x'{}'", id.simple()),
                Engine::Postgres => format!("CAST('{id}' AS UUID)"),
            };
            let sql = format!("INSERT INTO {table} ({columns}) {}", select.replace("{id}", &id));
            g.raw().execute_unprepared(&sql).await
        };
        insert().await.unwrap();
        let error = insert().await.unwrap_err().to_string().to_lowercase();
        assert!(error.contains("unique"), "{table}: {error}");
    }
}

/// R11: both engines have the same schema, and every migration can be reverted and applied again on a database
/// with a community.
#[test]
fn r11_both_engines_have_one_schema() {
    let schema = |engine| {
        let found = Arc::new(Mutex::new(BTreeSet::new()));
        let kept = found.clone();
        tests::run(engine, async move |g: Guild| {
            g.demo().await;
            let before = describe(&g).await;
            assert!(before.len() > 500, "the description has {} lines only", before.len());
            migrations::Migrator::down(g.raw(), None).await.unwrap();
            assert!(columns(&g).await.iter().all(|(table, _)| table == "seaql_migrations"));
            migrations::Migrator::up(g.raw(), None).await.unwrap();
            assert_eq!(describe(&g).await, before);
            *kept.lock().unwrap() = before;
        });
        std::mem::take(&mut *found.lock().unwrap())
    };
    let (sqlite, postgres) = (schema(Engine::Sqlite), schema(Engine::Postgres));
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
    assert_eq!((only(&sqlite, &postgres), only(&postgres, &sqlite)), (Vec::new(), Vec::new()));
}

/// Everything about the schema that both engines have, one line for each column, key, index and check.
async fn describe(g: &Guild) -> BTreeSet<String> {
    let mut lines: BTreeSet<String> = texts(g, SQLITE_LINES, POSTGRES_LINES).await.into_iter().collect();
    lines.extend(checks(g).await.iter().map(|(column, values)| format!("check {column:?} {values:?}")));
    lines
}

/// The first column of each foreign key that is not the first column of an index over all rows.
async fn without_index(g: &Guild) -> Vec<Column> {
    pairs(
        g,
        "SELECT m.name AS t, f.\"from\" AS c FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
         WHERE m.type = 'table' AND f.seq = 0 AND f.\"from\" NOT IN ( \
             SELECT i.name FROM pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i \
             WHERE i.seqno = 0 AND l.partial = 0) ORDER BY 1, 2",
        "SELECT CAST(k.relname AS TEXT) AS t, CAST(a.attname AS TEXT) AS c FROM pg_constraint f \
         JOIN pg_class k ON k.oid = f.conrelid \
         JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] \
         WHERE f.contype = 'f' AND NOT EXISTS ( \
             SELECT 1 FROM pg_index i \
             WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1] AND i.indpred IS NULL) ORDER BY 1, 2",
    )
    .await
}

/// Every table with its columns. Tables of the engine's full-text search are left out.
async fn columns(g: &Guild) -> Vec<Column> {
    pairs(
        g,
        "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_index%'",
        "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c \
         FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER'",
    )
    .await
}

/// The columns with a check, and the values that it accepts.
async fn checks(g: &Guild) -> BTreeMap<Column, BTreeSet<String>> {
    let quoted = |text: &str| text.split('\'').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let found = match g.store.engine() {
        Engine::Sqlite => g.rows("SELECT name AS t, '' AS c, sql AS d FROM sqlite_master WHERE type = 'table'").await,
        Engine::Postgres => {
            g.rows(
                "SELECT CAST(k.relname AS TEXT) AS t, CAST(a.attname AS TEXT) AS c, pg_get_constraintdef(f.oid) AS d \
                 FROM pg_constraint f JOIN pg_class k ON k.oid = f.conrelid \
                 JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = 'public' \
                 JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] WHERE f.contype = 'c'",
            )
            .await
        }
    };
    let mut checks = BTreeMap::new();
    for row in &found {
        let (table, definition) = (text(row, "t"), text(row, "d"));
        if g.store.engine() == Engine::Postgres {
            checks.insert((table, text(row, "c")), quoted(&definition));
            continue;
        }
        // SQLite keeps the text of the statement: `CHECK ("state" IN ('open', 'closed'))`.
        for check in definition.split("CHECK (\"").skip(1) {
            let (column, rest) = check.split_once('"').unwrap();
            checks.insert((table.clone(), column.to_owned()), quoted(rest.split(')').next().unwrap()));
        }
    }
    checks
}

const SQLITE_LINES: &str = "
    SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" THEN ' not null' ELSE '' END
        || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END AS line
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_index%'
    UNION ALL
    SELECT m.name || '.' || f.\"from\" || ' references ' || f.\"table\" || '.' || f.\"to\" || ' ' || f.on_delete
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
    UNION ALL
    SELECT 'index on ' || m.name || ' ' || (
            SELECT group_concat(i.name, ', ') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) i)
        || CASE WHEN l.\"unique\" THEN ' unique' ELSE '' END || CASE WHEN l.partial THEN ' partial' ELSE '' END
    FROM sqlite_master m JOIN pragma_index_list(m.name) l
    WHERE m.type = 'table' AND l.origin <> 'pk' AND m.name NOT LIKE 'search_index%'";

const POSTGRES_LINES: &str = "
    SELECT k.relname || '.' || a.attname || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || COALESCE(' key ' || array_position(CAST(p.conkey AS INT2[]), a.attnum), '') AS line
    FROM pg_class k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = 'public'
    LEFT JOIN pg_constraint p ON p.conrelid = k.oid AND p.contype = 'p'
    WHERE k.relkind = 'r' AND a.attgenerated = ''
    UNION ALL
    SELECT k.relname || '.' || a.attname || ' references ' || o.relname || '.' || b.attname || ' '
        || CASE f.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE '?' END
    FROM pg_constraint f JOIN pg_class k ON k.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
    JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1] WHERE f.contype = 'f'
    UNION ALL
    SELECT 'index on ' || k.relname || ' ' || (
            SELECT string_agg(a.attname, ', ' ORDER BY u.n) FROM unnest(i.indkey) WITH ORDINALITY AS u (attnum, n)
            JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = u.attnum)
        || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
        || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
    FROM pg_index i JOIN pg_class k ON k.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
    JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = 'public' WHERE NOT i.indisprimary";

async fn texts(g: &Guild, sqlite: &str, postgres: &str) -> Vec<String> {
    let sql = if g.store.engine() == Engine::Sqlite { sqlite } else { postgres };
    g.rows(sql).await.iter().map(|row| text(row, "line")).collect()
}

async fn pairs(g: &Guild, sqlite: &str, postgres: &str) -> Vec<Column> {
    let sql = if g.store.engine() == Engine::Sqlite { sqlite } else { postgres };
    g.rows(sql).await.iter().map(|row| (text(row, "t"), text(row, "c"))).collect()
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}
