//! The directory of members: which filters find a member, and for which readers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, Slug,
    groups::{GroupForm, GroupRole},
    members::{Work, check_languages, check_topics},
};
use store::{
    Engine, groups,
    members::{self, Filter, Shares, directory},
};
use tests::{Guild, guild_test};

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

async fn names(g: &Guild, actor: &Actor, filter: Filter) -> Vec<String> {
    directory(&g.store, actor, &filter, 0)
        .await
        .unwrap()
        .people
        .into_iter()
        .map(|person| person.name)
        .collect()
}

fn slug(text: &str) -> Option<Slug> {
    Slug::parse(text)
}

#[guild_test]
async fn members_are_found_by_the_fields_that_they_show(g: Guild) {
    g.demo().await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    members::save_topics(&g.store, &mei, check_topics(&texts(&["rust:teaching"])).unwrap(), Vec::new())
        .await
        .unwrap();
    members::save_languages(&g.store, &mei, check_languages(&texts(&["cy"])).unwrap()).await.unwrap();
    members::save_work(&g.store, &mei, Work::check("payments", "", "").unwrap()).await.unwrap();
    let filters = || {
        [
            Filter { words: "tanaka".into(), ..Filter::default() },
            Filter { discipline: slug("quality-assurance"), ..Filter::default() },
            Filter { topic: slug("rust"), ..Filter::default() },
            Filter { team: slug("payments"), ..Filter::default() },
            Filter { language: "cy".parse().ok(), ..Filter::default() },
            Filter { shares: Some(Shares::Team), ..Filter::default() },
        ]
    };
    for filter in filters() {
        assert!(names(&g, &sofia, filter.clone()).await.contains(&"Mei Tanaka".to_owned()), "{filter:?}");
    }
    let hidden = ["disciplines:me", "topics:me", "team:me", "languages:me"];
    members::save_visibility(&g.store, &mei, texts(&hidden)).await.unwrap();
    for filter in filters().into_iter().skip(1) {
        assert!(!names(&g, &sofia, filter.clone()).await.contains(&"Mei Tanaka".to_owned()), "{filter:?}");
    }
    for words in ["rust", "cymraeg", "payments"] {
        let filter = Filter { words: words.into(), ..Filter::default() };
        assert!(!names(&g, &sofia, filter).await.contains(&"Mei Tanaka".to_owned()), "{words}");
    }
    let everything = Filter { words: "mei".into(), ..Filter::default() };
    assert_eq!(names(&g, &sofia, everything).await, ["Mei Tanaka"]);
}

#[guild_test]
async fn the_filter_for_shared_things_uses_what_both_members_show(g: Guild) {
    g.demo().await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    // Mei shares something with many members, so the filter looks for one name.
    let shares = |shares| Filter { shares: Some(shares), words: "mei".into(), ..Filter::default() };
    members::save_topics(&g.store, &sofia, check_topics(&texts(&["rust:learning"])).unwrap(), Vec::new())
        .await
        .unwrap();
    members::save_topics(&g.store, &mei, check_topics(&texts(&["rust:teaching"])).unwrap(), Vec::new())
        .await
        .unwrap();
    assert!(names(&g, &sofia, shares(Shares::Topic)).await.contains(&"Mei Tanaka".to_owned()));
    let event = g.event(None).await;
    g.rsvp(&mei, &event, 0).await.unwrap();
    g.rsvp(&sofia, &event, 0).await.unwrap();
    let with_me = names(&g, &sofia, shares(Shares::Event)).await;
    assert!(with_me.contains(&"Mei Tanaka".to_owned()) && !with_me.contains(&"Sofia Petrova".to_owned()));
    members::save_visibility(&g.store, &mei, texts(&["events:me"])).await.unwrap();
    assert!(!names(&g, &sofia, shares(Shares::Event)).await.contains(&"Mei Tanaka".to_owned()));
    assert!(names(&g, &Actor::Anonymous, shares(Shares::Event)).await.is_empty());
    g.expect_emails("confirmed=2").await;
}

#[guild_test]
async fn visitors_find_members_who_show_themselves(g: Guild) {
    g.demo().await;
    let found = names(&g, &Actor::Anonymous, Filter::default()).await;
    let has = |found: &[String], name: &str| found.iter().any(|one| one == name);
    assert!(has(&found, "Ada Okonkwo") && has(&found, "Grace Lindqvist") && !has(&found, "Mei Tanaka"));
    let grace = domain::members::Address::parse("grace@guild.example").unwrap();
    members::set_role(&g.store, &grace, domain::Role::Suspended).await.unwrap();
    let found = names(&g, &Actor::Anonymous, Filter::default()).await;
    assert!(has(&found, "Ada Okonkwo") && !has(&found, "Grace Lindqvist"));
    g.expect_emails("left=6 promoted=2").await;
}

/// Pages, counts and filters with a thousand members and five hundred events.
#[guild_test]
async fn a_directory_of_a_thousand_members_has_pages(g: Guild) {
    g.demo().await;
    store::seed::crowd(&g.store, 1000, 500).await.unwrap();
    let ada = g.actor("ada").await;
    let first = directory(&g.store, &ada, &Filter::default(), 0).await.unwrap();
    assert!(first.total > 1000 && first.more && first.people.len() == 24);
    let last = first.total.div_ceil(24) - 1;
    let end = directory(&g.store, &ada, &Filter::default(), last).await.unwrap();
    assert!(!end.more && !end.people.is_empty());
    assert!(directory(&g.store, &ada, &Filter::default(), last + 1).await.unwrap().people.is_empty());
    let found = store::search::search(&g.store, &ada, "secure cod", None, 0).await.unwrap();
    assert!(found.count(None) > 100 && found.more && found.hits.len() == 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_directory_page_shows_its_results() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let page = async |path: &str| {
        let visit = g.visit(Some("mei"), path, Locale::En).await;
        g.page(&visit).await
    };
    let all = page("/members").await;
    assert!(all.status.is_success() && all.html.contains("Ada Okonkwo") && all.html.contains("page=2"));
    let few = page("/members?q=okonk&discipline=security").await.html;
    assert!(
        few.contains("Ada Okonkwo") && !few.contains("Grace Lindqvist") && few.contains("“okonk”"),
        "{few}"
    );
    assert!(page("/members?q=nobodyiscalledthis").await.html.contains("No members found"));
    assert!(page("/members?page=400").await.html.contains("No more members"));
    assert!(page("/teams").await.html.contains("Release train"));
    assert!(page("/teams/payments").await.html.contains("Tomás Herrera"));
    assert_eq!(page("/teams/new").await.status, 403);
    let nobody = g.visit(None, "/members", Locale::En).await;
    assert_eq!(g.page(&nobody).await.status, 401);
}

/// How many members each entry of a facet would show to a reader, by slug.
async fn counts(g: &Guild, actor: &Actor) -> Vec<(String, u32)> {
    let facets = members::facets(&g.store, actor, &Filter::default()).await.unwrap();
    let named = [facets.disciplines, facets.topics, facets.groups].concat();
    let named = named.into_iter().map(|(named, count)| (named.slug.to_string(), count));
    let regions = facets.regions.into_iter().map(|(region, count)| (region.name().to_owned(), count));
    named.chain(regions).chain([("mentors".to_owned(), facets.mentors)]).collect()
}

/// The members that a filter finds, on all pages.
async fn found(g: &Guild, actor: &Actor, filter: Filter) -> u32 {
    directory(&g.store, actor, &filter, 0).await.unwrap().total
}

/// A count is what the filter finds, and nothing that the reader may not see is counted.
#[guild_test]
async fn facets_count_what_the_reader_may_see(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let facets = members::facets(&g.store, &sofia, &Filter::default()).await.unwrap();
    assert!(!facets.disciplines.is_empty() && !facets.topics.is_empty() && !facets.groups.is_empty());
    assert!(facets.regions.len() > 3 && facets.mentors > 0, "{facets:?}");
    for (named, count) in &facets.disciplines {
        let filter = Filter { discipline: Some(named.slug.clone()), ..Filter::default() };
        assert_eq!(found(&g, &sofia, filter).await, *count, "{named:?}");
    }
    for (named, count) in facets.topics.iter().take(5) {
        let filter = Filter { topic: Some(named.slug.clone()), ..Filter::default() };
        assert_eq!(found(&g, &sofia, filter).await, *count, "{named:?}");
    }
    for (named, count) in &facets.groups {
        let filter = Filter { group: Some(named.slug.clone()), ..Filter::default() };
        assert_eq!(found(&g, &sofia, filter).await, *count, "{named:?}");
    }
    for (region, count) in &facets.regions {
        let filter = Filter { region: Some(*region), ..Filter::default() };
        assert_eq!(found(&g, &sofia, filter).await, *count, "{region:?}");
    }
    let mentors = Filter { mentors: true, ..Filter::default() };
    assert_eq!(found(&g, &sofia, mentors).await, facets.mentors);
    // A private group and a hidden part are counted for the people who see them, and for nobody else.
    let form = GroupForm {
        name: "Canarygroup".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &slug, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let of = async |actor: &Actor, entry: &str| {
        counts(&g, actor).await.into_iter().find(|(name, _)| name == entry).map_or(0, |(_, count)| count)
    };
    assert_eq!(of(&ada, slug.as_str()).await, 2, "control");
    assert_eq!(of(&sofia, slug.as_str()).await, 0);
    let by_group = Filter { group: Some(slug.clone()), ..Filter::default() };
    assert_eq!((found(&g, &ada, by_group.clone()).await, found(&g, &sofia, by_group).await), (2, 0));
    let before = (of(&sofia, "quality-assurance").await, of(&sofia, "asia").await);
    let hidden = texts(&["disciplines:me", "zone:me"]);
    members::save_visibility(&g.store, &mei, hidden).await.unwrap();
    let after = (of(&sofia, "quality-assurance").await, of(&sofia, "asia").await);
    assert_eq!(
        after,
        (before.0 - 1, before.1 - 1),
        "control and guard: Mei was counted, and is not any more"
    );
    store::blocks::block(&g.store, &sofia, ada.member().unwrap()).await.unwrap();
    let security = of(&mei, "security").await;
    assert_eq!(of(&sofia, "security").await, security - 1, "a blocked member is not counted");
    g.take_emails().await;
}

/// F13: a chosen group has its name, also when the facet lists only larger ones. A hidden group has none.
#[guild_test]
async fn f13_a_chosen_group_beyond_the_facet_has_its_name(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let create = async |name: String, visibility: &str| {
        let kind = "chapter".to_owned();
        let form = GroupForm { name, kind, visibility: visibility.into(), ..GroupForm::default() };
        groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap()
    };
    let mut last = None;
    for number in 0..41 {
        last = Some(create(format!("Small {number:02}"), "public").await);
    }
    let last = last.unwrap();
    let facets = members::facets(&g.store, &mei, &Filter::default()).await.unwrap();
    assert!(facets.groups.iter().all(|(group, _)| group.slug != last), "control: the facet is cut");
    assert_eq!(members::group_name(&g.store, &mei, &last).await.unwrap().as_deref(), Some("Small 40"));
    let hidden = create("A canary".into(), "private").await;
    assert_eq!(members::group_name(&g.store, &mei, &hidden).await.unwrap(), None);
    assert!(members::group_name(&g.store, &ada, &hidden).await.unwrap().is_some(), "control");
    let visit = g.visit(Some("mei"), &format!("/members?group={last}"), Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Small 40"), "{html}");
}
