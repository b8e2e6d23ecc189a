//! Template databases: the schema and the demo community are made once for each build of the tests and copied
//! for each test. Playing the demo takes about a thousand store calls, and nearly every test starts with it.
//!
//! A template outlives its run, so that a single test starts fast. It goes when a newer build makes its own.

use std::{
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    sync::OnceLock,
    thread,
    time::UNIX_EPOCH,
};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait as _;
use store::{Clock, Engine, Store};

use crate::{START, demo::SKIP_WEEKLY_KUDOS};

/// The content of a template.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    Schema,
    Demo,
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Schema => "schema",
            Self::Demo => "demo",
        })
    }
}

/// Makes a template unless it exists. Returns the name of the database, or the path of the file.
pub(crate) async fn template(engine: Engine, content: Content) -> &'static str {
    static MADE: [OnceLock<String>; 4] = [const { OnceLock::new() }; 4];
    let made = &MADE[2 * usize::from(engine == Engine::Postgres) + content as usize];
    match made.get() {
        Some(name) => name,
        // Making it blocks its thread, so it has a thread of its own: this test's runtime must not wait for
        // another test's.
        None => {
            tokio::task::spawn_blocking(move || made.get_or_init(|| make(engine, content))).await.unwrap()
        }
    }
}

fn make(engine: Engine, content: Content) -> String {
    let made = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            match engine {
                Engine::Sqlite => make_file(content).await.display().to_string(),
                Engine::Postgres => make_database(content).await,
            }
        })
    });
    made.join().unwrap()
}

/// The program of these tests, its hash, and the number of this build.
fn build() -> (PathBuf, u64, u64) {
    let program = std::env::current_exe().unwrap();
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    let built = program.metadata().unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    (program, hasher.finish(), u64::try_from(built.as_millis()).unwrap())
}

/// Migrates an empty database, and fills it.
async fn fill(url: &str, content: Content) {
    let raw = store::connect_for_migrations(url).await.unwrap();
    migrations::Migrator::up(&raw, None).await.unwrap();
    if matches!(content, Content::Demo) {
        let store = Store::open(url, Clock::fixed(START.parse().unwrap())).await.unwrap();
        assert!(store::seed::demo(&store).await.unwrap().members > 0);
        raw.execute_unprepared(SKIP_WEEKLY_KUDOS).await.unwrap();
        store.close().await;
    }
    raw.close().await.unwrap();
}

async fn make_file(content: Content) -> PathBuf {
    let (program, _, build) = build();
    let name = program.file_name().unwrap().to_str().unwrap();
    let file = program.with_file_name(format!("{name}.{build}.{content}.db"));
    if file.exists() {
        return file;
    }
    let folder = crate::scratch();
    let (made, copy) = (folder.path().join("made.db"), folder.path().join("copy.db"));
    let url = format!("sqlite://{}", made.display());
    fill(&url, content).await;
    let raw = store::connect_for_migrations(&url).await.unwrap();
    raw.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.unwrap();
    raw.close().await.unwrap();
    // Renaming makes the file appear at once, also for another run of the tests.
    let ours = file.with_extension(std::process::id().to_string());
    std::fs::copy(copy, &ours).unwrap();
    std::fs::rename(ours, &file).unwrap();
    remove_older_files(&file, name, build);
    file
}

fn remove_older_files(file: &Path, program: &str, build: u64) {
    for entry in file.parent().unwrap().read_dir().unwrap() {
        let other = entry.unwrap().file_name().into_string().unwrap();
        let of_program = other.strip_prefix(program).is_some_and(|rest| rest.starts_with('.'));
        if of_program && other.ends_with(".db") && !other.contains(&build.to_string()) {
            _ = std::fs::remove_file(file.with_file_name(other));
        }
    }
}

async fn make_database(content: Content) -> String {
    let (_, program, build) = build();
    let name = format!("template_{program:x}_{build}_{content}");
    let admin = admin().await;
    if databases(&admin, &name).await.is_empty() {
        let ours = format!("{name}_{}", std::process::id());
        admin.execute_unprepared(&format!("CREATE DATABASE {ours}")).await.unwrap();
        fill(&database_url(&ours), content).await;
        // Another run of the tests may have made it meanwhile.
        if admin.execute_unprepared(&format!("ALTER DATABASE {ours} RENAME TO {name}")).await.is_err() {
            admin.execute_unprepared(&format!("DROP DATABASE {ours}")).await.unwrap();
        }
        for other in databases(&admin, &format!("template_{program:x}_%")).await {
            if !other.contains(&format!("_{build}_")) {
                _ = admin.execute_unprepared(&format!("DROP DATABASE {other}")).await;
            }
        }
    }
    admin.close().await.unwrap();
    name
}

/// The names of the databases like a pattern.
async fn databases(admin: &DatabaseConnection, pattern: &str) -> Vec<String> {
    let sql = format!("SELECT CAST(datname AS TEXT) AS name FROM pg_database WHERE datname LIKE '{pattern}'");
    let rows = admin.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// Makes a database that is a copy of a template.
pub(crate) async fn copy_database(name: &str, content: Content) {
    let template = template(Engine::Postgres, content).await;
    let admin = admin().await;
    // Since version 15, PostgreSQL writes a copy to its log by default, which takes four times as long.
    let strategy = if version(&admin).await >= 15 { "STRATEGY FILE_COPY" } else { "" };
    let copy = format!("CREATE DATABASE {name} TEMPLATE {template} {strategy}");
    admin.execute_unprepared(&copy).await.unwrap();
    admin.close().await.unwrap();
}

/// The major version of PostgreSQL.
async fn version(admin: &DatabaseConnection) -> i32 {
    let sql = "SELECT CAST(current_setting('server_version_num') AS INTEGER) / 10000 AS version";
    let row = admin.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get("", "version").unwrap()
}

/// A connection with which databases are made and dropped.
pub(crate) async fn admin() -> DatabaseConnection {
    Database::connect(postgres_url()).await.unwrap()
}

fn postgres_url() -> String {
    std::env::var("GUILDHALL_TEST_POSTGRES")
        .expect("GUILDHALL_TEST_POSTGRES names no PostgreSQL: run these tests with `cargo xtask test`")
}

/// The address of a database in the PostgreSQL of the tests.
pub(crate) fn database_url(name: &str) -> String {
    format!("{}/{name}", postgres_url().rsplit_once('/').unwrap().0)
}
