//! Writes every page of the demo as a file, to be looked at; a second argument names a schedule to read:
//! `cargo run -p tests --example gallery -- target/gallery [schedule.xml]`.
#![expect(clippy::unwrap_used, reason = "a tool that cannot go on says where")]

use std::fs;

use domain::{Actor, Locale};
use store::Engine;
use tests::{Guild, pages::of_the_demo};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "target/gallery".to_owned());
    fs::create_dir_all(&folder).unwrap();
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    if let Some(file) = arguments.next() {
        let schedule = server::schedule::read(&fs::read_to_string(file).unwrap(), None).unwrap();
        store::schedule::import(&g.store, &Actor::Operator, &schedule).await.unwrap();
    }
    for (who, path) in of_the_demo(&g).await {
        let page = g.page(&g.visit(who, &path, Locale::En).await).await;
        let name = format!("{}{}", who.unwrap_or("nobody"), path.replace(['/', '?', '='], "_"));
        println!("{} {name} {} bytes", page.status.as_u16(), page.html.len());
        fs::write(format!("{folder}/{name}.html"), page.html).unwrap();
    }
}
