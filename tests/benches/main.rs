//! Benchmarks: `cargo xtask bench NAME` runs one of them on SQLite and on PostgreSQL, in a release build.
//!
//! A benchmark is a file beside this one, with a name in [`benches!`]. It fills a database with `bench.size` records
//! of its kind and calls [`Bench::measure`] for each thing that it measures. The first one is the baseline: the table
//! shows by which factor the others are slower in the same run, so that runs on different machines can be compared.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says where")]

mod measure;

use measure::Bench;
use sea_orm::ConnectionTrait as _;
use tests::{Engine, Guild};

/// Declares the benchmarks: for each file, its name, its default size, and its code.
macro_rules! benches {
    ($($name:ident),+) => {
        $(mod $name;)+

        const NAMES: &[&str] = &[$(stringify!($name)),+];

        fn default_size(name: &str) -> Option<usize> {
            $(if name == stringify!($name) { return Some($name::SIZE); })+
            None
        }

        async fn run(name: &str, bench: &mut Bench, guild: &Guild) {
            $(if name == stringify!($name) { $name::run(bench, guild).await; })+
        }
    };
}

benches!(claim, directory, emails, growth, kudos, load, mentoring, overload, rsvp, rush, wall, walls);

fn main() {
    // Cargo adds `--bench`.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let name = args.first().map_or("", String::as_str);
    let Some(default) = default_size(name) else {
        eprintln!("Name a benchmark: {}.", NAMES.join(", "));
        std::process::exit(2);
    };
    let size = args.get(1).map_or(default, |text| text.parse().unwrap());
    let both = [Engine::Sqlite, Engine::Postgres].map(|engine| {
        let mut bench = Bench::new(size);
        for size in if name == "growth" { vec![growth::SMALL, size] } else { vec![size] } {
            bench.size = size;
            tests::run(engine, async |guild: Guild| {
                run(name, &mut bench, &guild).await;
                // The harness fails if emails are left.
                guild.raw().execute_unprepared("DELETE FROM emails").await.unwrap();
            });
        }
        bench.finish()
    });
    // The load has a table of its own.
    if both.iter().any(|measured| !measured.is_empty()) {
        println!("\n{name}, size {size}\n{}", measure::table(&both));
    }
}
