//! Names: no member can be mistaken for an administrator, and every name is visible.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Locale, Role, Slug,
    members::{Address, ProfileInput},
};
use sea_orm::ConnectionTrait as _;
use store::{members, search::search};
use tests::{Guild, guild_test};

const LOOK_ALIKE: &str = "Аda Okаfor"; // The first and the second А are Cyrillic.

/// Renames one of the demo's people. Returns the slug of their page.
async fn rename(g: &Guild, key: &str, name: &str) -> Slug {
    let who = g.actor(key).await;
    let profile = ProfileInput::check(name, "UTC", "en", "", &[]).unwrap();
    members::save_profile(&g.store, &who, profile).await.unwrap();
    members::myself(&g.store, &who).await.unwrap().slug
}

/// The name that other people read.
async fn read(g: &Guild, slug: &Slug) -> String {
    let grace = g.actor("grace").await;
    members::page(&g.store, &grace, slug).await.unwrap().shown.name
}

#[guild_test]
async fn names_that_resemble_an_administrators_are_shown_with_a_handle(g: Guild) {
    g.demo().await;
    rename(&g, "ada", "Ada Okafor").await;
    let slug = rename(&g, "mei", LOOK_ALIKE).await;
    let with_handle = format!("{LOOK_ALIKE} (@{slug})");
    assert_eq!(read(&g, &slug).await, with_handle);
    // Their own form shows the name as they typed it.
    let mei = g.actor("mei").await;
    assert_eq!(members::myself(&g.store, &mei).await.unwrap().name, LOOK_ALIKE);
    let grace = g.actor("grace").await;
    let hit = search(&g.store, &grace, slug.as_str(), None, 0).await.unwrap().hits.remove(0);
    assert_eq!(hit.title.iter().map(|piece| piece.text.as_str()).collect::<String>(), with_handle);
    let visit = g.visit(Some("grace"), &format!("/members/{slug}"), Locale::En).await;
    assert!(g.page(&visit).await.html.contains(&format!("<bdi>{with_handle}</bdi>")));
    // The administrator gets no handle, and neither do members with other names.
    let ada = g.actor("ada").await;
    let mei_slug = members::myself(&g.store, &ada).await.unwrap().slug;
    assert_eq!(read(&g, &mei_slug).await, "Ada Okafor");
    let other = rename(&g, "tomas", "Ada Okonjo").await;
    assert_eq!(read(&g, &other).await, "Ada Okonjo");
    // After choosing a different name, the member is shown without a handle.
    let slug = rename(&g, "mei", "Mei Tanaka").await;
    assert_eq!(read(&g, &slug).await, "Mei Tanaka");
}

#[guild_test]
async fn the_handle_depends_on_the_role(g: Guild) {
    g.demo().await;
    let slug = rename(&g, "mei", "Same Name").await;
    rename(&g, "tomas", "SAME NAME").await;
    assert_eq!(read(&g, &slug).await, "Same Name");
    let tomas = Address::parse("tomas@guild.example").unwrap();
    members::set_role(&g.store, &tomas, Role::Administrator).await.unwrap();
    assert_eq!(read(&g, &slug).await, format!("Same Name (@{slug})"));
    // Missing values in rows of older versions are filled in.
    g.raw().execute_unprepared("UPDATE members SET lookalike_key = '', distinct_name = NULL").await.unwrap();
    assert_eq!(read(&g, &slug).await, "Same Name");
    members::fill_in_lookalike_keys(&g.store).await.unwrap();
    assert_eq!(read(&g, &slug).await, format!("Same Name (@{slug})"));
    members::set_role(&g.store, &tomas, Role::Member).await.unwrap();
    assert_eq!(read(&g, &slug).await, "Same Name");
}

#[guild_test]
async fn a_right_to_left_name_does_not_reorder_the_sentence(g: Guild) {
    g.demo().await;
    rename(&g, "mei", "שלום").await;
    let visit = g.visit(Some("mei"), "/", Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("\u{2068}שלום\u{2069}") && html.contains("<bdi>שלום</bdi>"), "{html}");
}
