//! Writes pages of the demo as files, to be looked at: `cargo run -p tests --example gallery -- <folder>`.
#![expect(clippy::unwrap_used, reason = "a tool for looking at pages")]
use domain::Locale;
use store::Engine;
use tests::Guild;

#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let (events, _) = store::events::list(&g.store, &domain::Actor::Operator, store::events::Span::Coming, 0)
        .await
        .unwrap();
    for e in &events {
        println!("{} {:?} {:?} {}/{}", e.slug, e.status, e.capacity, e.going, e.waiting);
    }
    let mut pages: Vec<(Option<&str>, String)> = vec![];
    for who in [None, Some("grace"), Some("mei")] {
        for path in ["/", "/events", "/events?when=past"] {
            pages.push((who, path.into()));
        }
        for e in &events {
            pages.push((who, format!("/events/{}", e.slug)));
        }
    }
    let first = events[0].slug.to_string();
    for path in [
        "/events/new".into(),
        format!("/events/{first}/edit"),
        format!("/events/{first}/cancel"),
        "/welcome".into(),
        "/profile".into(),
        "/sessions".into(),
        "/nothing".into(),
    ] {
        pages.push((Some("grace"), path));
    }
    for path in ["/sign-in", "/sign-in/code", "/profile"] {
        pages.push((None, path.into()));
    }
    for (who, path) in pages {
        let v = g.visit(who, &path, Locale::En).await;
        let page = g.page(&v).await;
        let name = format!("{}{}", who.unwrap_or("nobody"), path.replace(['/', '?', '='], "_"));
        println!("{} {} {} bytes", page.status.as_u16(), name, page.html.len());
        std::fs::write(format!("{folder}/{name}.html"), page.html).unwrap();
    }
}
