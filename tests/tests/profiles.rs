//! Profiles: what members write about themselves, and who sees which part.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use app::flash::Flash;
use domain::{
    Actor, Locale, Problem, Refusal, Slug,
    groups::GroupRole,
    members::{About, Audience, Level, Part, Work, check_languages, check_topics},
    teams::TeamDetails,
};
use sea_orm::ConnectionTrait as _;
use store::{Engine, StoreError, events, groups, kudos, lists, members, teams};
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};

const FORM: &str = "text/html,application/xhtml+xml";

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

/// Fills every field of Mei's profile with a canary and sets who can see it.
async fn canaries(g: &Guild, mei: &Actor) {
    members::save_about(&g.store, mei, About::check("canarypronouns", "canarybio **bold**").unwrap())
        .await
        .unwrap();
    members::save_work(&g.store, mei, Work::check("payments", "grace-lindqvist", "lead").unwrap())
        .await
        .unwrap();
    members::save_topics(&g.store, mei, check_topics(&texts(&["rust:teaching"])).unwrap(), Vec::new())
        .await
        .unwrap();
    members::save_languages(&g.store, mei, check_languages(&texts(&["cy"])).unwrap()).await.unwrap();
    members::add_link(&g.store, mei, "https://canarylink.example/me".into()).await.unwrap();
    members::save_picture(&g.store, mei, b"canarypicture".to_vec()).await.unwrap();
}

async fn set_visibility(g: &Guild, actor: &Actor, audience: Audience) {
    let all: Vec<String> = Part::ALL
        .iter()
        .filter(|part| **part != Part::Name)
        .map(|part| format!("{}:{}", part.name(), audience.name()))
        .collect();
    members::save_visibility(&g.store, actor, all).await.unwrap();
}

fn mei() -> Slug {
    Slug::parse("mei-tanaka").unwrap()
}

#[guild_test]
async fn a_profile_is_saved_section_by_section(g: Guild) {
    g.demo().await;
    let actor = g.actor("mei").await;
    canaries(&g, &actor).await;
    let me = members::myself(&g.store, &actor).await.unwrap();
    assert_eq!(
        (me.slug.as_str(), me.pronouns.as_str(), me.bio.as_str()),
        ("mei-tanaka", "canarypronouns", "canarybio **bold**")
    );
    assert_eq!(me.team.as_ref().map(|team| team.name.as_str()), Some("Payments"));
    assert_eq!(me.manager.as_ref().map(|manager| manager.name.as_str()), Some("Grace Lindqvist"));
    assert_eq!(
        me.topics.iter().map(|(topic, level)| (topic.slug.as_str(), *level)).collect::<Vec<_>>(),
        [("rust", Level::Teaching)]
    );
    assert_eq!(me.languages[0].name(), "Cymraeg");
    // Saving one section doesn't change the others.
    members::save_about(&g.store, &actor, About::default()).await.unwrap();
    let again = members::myself(&g.store, &actor).await.unwrap();
    assert_eq!((again.bio.as_str(), again.topics.len(), again.links.len()), ("", 1, 2));
    // Values that don't exist are refused.
    let unknown = members::save_topics(
        &g.store,
        &actor,
        check_topics(&texts(&["alchemy:working"])).unwrap(),
        Vec::new(),
    )
    .await;
    assert!(matches!(unknown, Err(StoreError::Invalid(problems)) if problems[0].field == "topics"));
    let work = |team: &str, manager: &str| Work::check(team, manager, "").unwrap();
    for (work, field, why) in [
        (work("nowhere", ""), "team", Refusal::BadChoice),
        (work("", "nobody at all"), "manager", Refusal::NobodyCalled),
        (work("", "Mei Tanaka"), "manager", Refusal::ManagerOneself),
    ] {
        let refused = members::save_work(&g.store, &actor, work).await;
        assert!(
            matches!(refused, Err(StoreError::Invalid(problems)) if problems == [Problem { field: field.into(), why }])
        );
    }
    let same = members::add_link(&g.store, &actor, "https://canarylink.example/me".into()).await;
    assert!(matches!(same, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::AlreadyThere));
    let link = again.links[1].id;
    members::record_verified_link(&g.store, &actor, link, "https://canarylink.example/me").await.unwrap();
    assert!(members::myself(&g.store, &actor).await.unwrap().links[1].verified_at.is_some());
    let other = g.actor("ada").await;
    assert!(matches!(
        members::record_verified_link(&g.store, &other, link, "https://canarylink.example/me").await,
        Err(StoreError::NotFound)
    ));
    members::remove_link(&g.store, &other, link).await.unwrap();
    assert_eq!(
        members::myself(&g.store, &actor).await.unwrap().links.len(),
        2,
        "a member cannot remove another member's link"
    );
    members::remove_link(&g.store, &actor, link).await.unwrap();
    assert_eq!(members::myself(&g.store, &actor).await.unwrap().links.len(), 1);
}

#[guild_test]
async fn the_page_moves_when_the_name_changes(g: Guild) {
    g.demo().await;
    let actor = g.actor("mei").await;
    let named = |name: &str| domain::members::ProfileInput::check(name, "UTC", "en", "", &[]).unwrap();
    members::save_profile(&g.store, &actor, named("Mei T.")).await.unwrap();
    assert!(
        matches!(members::page(&g.store, &actor, &mei()).await, Err(StoreError::NotFound)),
        "the page of an old name doesn't exist"
    );
    members::save_profile(&g.store, &actor, named("Ada Okonkwo")).await.unwrap();
    let slug = members::myself(&g.store, &actor).await.unwrap().slug;
    assert!(slug.as_str().starts_with("ada-okonkwo-"), "{slug}");
}

/// A field that only its owner can see is hidden from everybody else, on every page.
#[guild_test]
async fn hidden_fields_are_seen_by_nobody_else(g: Guild) {
    g.demo().await;
    let actor = g.actor("mei").await;
    canaries(&g, &actor).await;
    let (stranger, member, admin) = (Actor::Anonymous, g.actor("tomas").await, g.actor("ada").await);
    let hash = members::myself(&g.store, &actor).await.unwrap().picture.unwrap();
    for (audience, to_stranger, to_member) in
        [(Audience::Me, false, false), (Audience::Members, false, true), (Audience::Everyone, true, true)]
    {
        set_visibility(&g, &actor, audience).await;
        members::save_visibility(&g.store, &actor, texts(&["name:everyone"])).await.unwrap();
        for (reader, expected) in [(&stranger, to_stranger), (&member, to_member), (&admin, to_member)] {
            let shown = members::page(&g.store, reader, &mei()).await.unwrap().shown;
            let text = format!("{shown:?}");
            for canary in
                ["canarypronouns", "canarybio", "Payments", "rust", "cy\"", "canarylink", &hash, "Tokyo"]
            {
                assert_eq!(text.contains(canary), expected, "{audience:?} {canary}: {text}");
            }
            let picture = members::picture(&g.store, reader, &mei(), &hash).await;
            assert_eq!(picture.is_ok(), expected, "{audience:?}");
            let filter = members::Filter { words: "canarybio".into(), ..Default::default() };
            let found = members::directory(&g.store, reader, &filter, 0).await.unwrap();
            assert_eq!(found.total == 1, expected, "{audience:?}");
            let found = store::search::search(&g.store, reader, "canarybio", None, 0).await.unwrap();
            assert_eq!(found.count(None) == 1, expected, "{audience:?}");
        }
        // The manager is only visible to the member and to administrators, whatever else is shown.
        let manager = async |reader: &Actor| {
            members::page(&g.store, reader, &mei()).await.unwrap().shown.manager.is_some()
        };
        assert!(manager(&actor).await && manager(&admin).await);
        assert!(!manager(&member).await && !manager(&stranger).await);
    }
    // A member with a hidden name has no page and is neither in the directory nor in search.
    members::save_visibility(&g.store, &actor, texts(&["name:me"])).await.unwrap();
    assert!(matches!(members::page(&g.store, &member, &mei()).await, Err(StoreError::NotFound)));
    assert!(members::picture(&g.store, &member, &mei(), &hash).await.is_err());
    let found = store::search::search(&g.store, &member, "mei tanaka", None, 0).await.unwrap();
    assert!(found.hits.iter().all(|hit| hit.person.is_none()));
    assert!(members::page(&g.store, &actor, &mei()).await.unwrap().own);
}

/// Mentions follow the visibility of the name too: hosts, members of groups, and kudos.
#[guild_test]
async fn mentions_of_a_name_follow_its_visibility(g: Guild) {
    g.demo().await;
    let (ada, grace, tomas) = (g.actor("ada").await, g.actor("grace").await, g.actor("tomas").await);
    let (event, name) = (g.event(None).await, "Grace Lindqvist");
    let group = groups::create(&g.store, &ada, tests::group_details("Named"), "").await.unwrap();
    for actor in [&grace, &tomas] {
        groups::add(&g.store, &ada, &group, actor.member().unwrap(), GroupRole::Member).await.unwrap();
    }
    let text = "You asked the one question that nobody had dared to ask.";
    g.give_kudos(&grace, &tomas, text).await.unwrap();
    let profile =
        domain::members::ProfileInput::check(name, "UTC", "en", "canaryheadline", &["design".into()])
            .unwrap();
    members::save_profile(&g.store, &grace, profile).await.unwrap();
    let everywhere = async |reader: &Actor| {
        let page = events::page(&g.store, reader, &event).await.unwrap();
        let filter = events::Filter { words: "An evening".into(), ..Default::default() };
        let cards = events::list(&g.store, reader, &filter, 0).await.unwrap().0;
        let thanks = kudos::latest(&g.store, reader, 1).await.unwrap().remove(0);
        let card = cards.into_iter().find(|card| card.slug == event).unwrap();
        let mut seen = vec![page.host, card.host, thanks.from.map(|giver| giver.name)];
        if reader != &Actor::Anonymous {
            let people = groups::people(&g.store, reader, &group, 0).await.unwrap().0;
            let one = people.into_iter().find(|one| Some(one.id) == grace.member()).unwrap();
            seen.push(Some(one.name).filter(|name| !name.is_empty()));
        }
        seen
    };
    for (audience, to_stranger, to_member) in
        [(Audience::Me, false, false), (Audience::Members, false, true), (Audience::Everyone, true, true)]
    {
        members::save_visibility(&g.store, &grace, vec![format!("name:{}", audience.name())]).await.unwrap();
        for (reader, expected) in [(&Actor::Anonymous, to_stranger), (&tomas, to_member), (&grace, true)] {
            let seen = everywhere(reader).await;
            assert!(
                seen.iter().all(|one| one.as_deref() == expected.then_some(name)),
                "{audience:?} {reader:?}: {seen:?}"
            );
        }
        // Organisers of a group see the names of its members.
        assert_eq!(everywhere(&ada).await[3].as_deref(), Some(name), "{audience:?}");
        for path in ["/".to_owned(), format!("/events/{event}")] {
            let html = g.page(&g.visit(None, &path, Locale::En).await).await.html;
            assert_eq!(html.contains(name), to_stranger, "{audience:?} {path}");
        }
    }
    // The other fields have their own visibility.
    for (headline, expected) in [("headline:members", true), ("headline:me", false)] {
        members::save_visibility(&g.store, &grace, texts(&["name:everyone", headline])).await.unwrap();
        for reader in [&tomas, &ada] {
            let people = groups::people(&g.store, reader, &group, 0).await.unwrap().0;
            assert_eq!(format!("{people:?}").contains("canaryheadline"), expected, "{headline}");
        }
    }
    g.expect_emails("kudos_received=1").await;
}

#[guild_test]
async fn two_members_see_their_shared_groups_and_events(g: Guild) {
    g.demo().await;
    let (mei_is, other) = (g.actor("mei").await, g.actor("sofia").await);
    members::save_work(&g.store, &mei_is, Work::check("payments", "", "").unwrap()).await.unwrap();
    members::save_topics(
        &g.store,
        &mei_is,
        check_topics(&texts(&["test-automation:learning", "rust:working"])).unwrap(),
        Vec::new(),
    )
    .await
    .unwrap();
    let event = g.event(None).await;
    g.rsvp(&mei_is, &event, 0).await.unwrap();
    g.rsvp(&other, &event, 0).await.unwrap();
    let page = members::page(&g.store, &other, &mei()).await.unwrap();
    assert_eq!(page.team.unwrap().name, "Payments");
    assert_eq!(page.topics.iter().map(|topic| topic.slug.as_str()).collect::<Vec<_>>(), ["test-automation"]);
    assert!(!page.events.is_empty(), "both have a seat at {event}");
    members::save_visibility(&g.store, &mei_is, texts(&["events:me", "team:me", "topics:me"])).await.unwrap();
    let page = members::page(&g.store, &other, &mei()).await.unwrap();
    assert!(page.events.is_empty() && page.team.is_none() && page.topics.is_empty());
    let alone =
        members::page(&g.store, &Actor::Anonymous, &Slug::parse("ada-okonkwo").unwrap()).await.unwrap();
    assert!(alone.events.is_empty());
    g.expect_emails("confirmed=2").await;
}

#[guild_test]
async fn teams_form_a_tree(g: Guild) {
    g.demo().await;
    let (grace, mei_is) = (g.actor("grace").await, g.actor("mei").await);
    let details = |name: &str, parent: &str| TeamDetails::check(name, parent, "").unwrap();
    let slug = teams::create(&g.store, &grace, details("Fraud", "payments"), "").await.unwrap();
    let page = teams::page(&g.store, &mei_is, &slug, 0).await.unwrap();
    assert_eq!(
        page.above.iter().map(|team| team.name.as_str()).collect::<Vec<_>>(),
        ["Engineering", "Payments"]
    );
    assert!(!page.may_edit);
    let payments = Slug::parse("payments").unwrap();
    let circle = teams::edit(&g.store, &grace, &payments, details("Payments", "fraud")).await;
    assert!(matches!(circle, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::TeamInItself));
    assert!(matches!(
        teams::create(&g.store, &mei_is, details("Mine", ""), "").await,
        Err(StoreError::Refused(Refusal::NotAllowed))
    ));
    assert!(matches!(
        teams::list(&g.store, &Actor::Anonymous).await,
        Err(StoreError::Refused(Refusal::SignInFirst))
    ));
    // A team moves with its subteams. A tree of three levels does not fit below level six.
    let mut deep = details("Level 1", "");
    let mut slugs = Vec::new();
    for level in 2..=7 {
        slugs.push(teams::create(&g.store, &grace, deep, "").await.unwrap());
        deep = details(&format!("Level {level}"), slugs[slugs.len() - 1].as_str());
    }
    let small = teams::create(&g.store, &grace, details("Small", ""), "").await.unwrap();
    let below = teams::create(&g.store, &grace, details("Smaller", small.as_str()), "").await.unwrap();
    teams::create(&g.store, &grace, details("Smallest", below.as_str()), "").await.unwrap();
    let to =
        async |n: usize| teams::edit(&g.store, &grace, &small, details("Small", slugs[n].as_str())).await;
    assert!(
        matches!(to(5).await, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::TeamsTooDeep { max: 8 })
    );
    to(4).await.unwrap();
    // A renamed team is found by its new name.
    teams::edit(&g.store, &grace, &payments, details("Cashflow", "")).await.unwrap();
    let found = store::search::search(&g.store, &mei_is, "cashflow", None, 0).await.unwrap();
    assert!(found.count(None) >= 3, "its members");
    let tree = teams::list(&g.store, &mei_is).await.unwrap();
    let fraud = tree.iter().position(|team| team.slug == slug).unwrap();
    assert_eq!((tree[fraud].depth, tree[fraud - 1].name.as_str()), (1, "Cashflow"));
    // Only members who show their team are counted.
    let before = tree.iter().find(|team| team.slug == payments).unwrap().people;
    let tomas = g.actor("tomas").await;
    members::save_visibility(&g.store, &tomas, texts(&["team:me"])).await.unwrap();
    let after = teams::list(&g.store, &mei_is).await.unwrap();
    assert_eq!(after.iter().find(|team| team.slug == payments).unwrap().people, before - 1);
}

/// Two moves that are each valid would form a cycle together.
#[guild_test]
async fn two_changes_at_once_cannot_form_a_cycle(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let details = |name: &str, parent: &str| TeamDetails::check(name, parent, "").unwrap();
    for round in 0..10 {
        let (a, b) = (format!("A{round}"), format!("B{round}"));
        let first = teams::create(&g.store, &grace, details(&a, ""), "").await.unwrap();
        let second = teams::create(&g.store, &grace, details(&b, ""), "").await.unwrap();
        let done = futures::future::join(
            teams::edit(&g.store, &grace, &first, details(&a, second.as_str())),
            teams::edit(&g.store, &grace, &second, details(&b, first.as_str())),
        );
        let done = done.await;
        assert!(done.0.is_ok() != done.1.is_ok(), "round {round}: {done:?}");
    }
}

#[guild_test(empty)]
async fn the_lists_are_predefined(g: Guild) {
    let topics = lists::topics(&g.store).await.unwrap();
    assert!(topics.len() >= 30 && topics.iter().any(|topic| topic.slug.as_str() == "threat-modelling"));
    let stages: Vec<_> =
        lists::stages(&g.store).await.unwrap().into_iter().map(|stage| stage.slug.to_string()).collect();
    assert_eq!(stages.join(" "), "plan code build test release deploy operate observe");
}

/// Each tab keeps its own input and doesn't take values from other tabs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tabs_save_one_by_one() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let visit = g.visit(Some("mei"), "/profile", Locale::En).await;
    let long = "x".repeat(5000);
    let before = members::myself(&g.store, &visit.actor).await.unwrap();
    let details = |bio: &str| {
        let fields = [
            ("name", "Mei Tanaka"),
            ("zone", "Asia/Tokyo"),
            ("locale", "en"),
            ("headline", "Breaks releases on purpose"),
            ("pronouns", "ze/zir"),
            ("bio", bio),
            ("team", "platform"),
            ("seniority", "mid"),
            ("manager", ""),
            ("languages[]", "ja"),
            ("languages[]", "cy"),
            ("visible_to[]", "bio:everyone"),
            ("visible_to[]", "name:everyone"),
        ];
        fields.map(|(name, value)| (name, value.to_owned()))
    };
    let post = async |path: &str, fields: &[(&str, String)]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        g.post(&visit, path, &fields, FORM).await
    };
    let answer = post("/api/members/details", &details(&long)).await;
    assert_eq!(answer.location, "/profile?typed=details");
    // One problem refuses the whole tab.
    assert_eq!(members::myself(&g.store, &visit.actor).await.unwrap(), before);
    let led = g.visit(Some("mei"), &answer.location, Locale::En).await;
    let html = g.page(&led).await.html;
    assert!(html.contains("ze/zir") && html.contains("#f-bio"), "the form keeps its input");
    assert!(html.contains("value=\"bio:everyone\" selected"), "the choice who sees it stays too");
    assert!(html.contains("/profile?fresh=1"), "the page has a link to the saved profile");
    // Opening the tab later shows neither the error nor the draft.
    let html = g.page(&visit).await.html;
    assert!(!html.contains("ze/zir") && !html.contains("Please fix"));
    assert!(html.contains("/profile?typed=details"));
    let saved = Some(Flash::success("flash-profile-saved"));
    let text = |fields: &[(&'static str, &str)]| {
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
    };
    let topics = [("topics[]", "rust:working"), ("topics[]", "on-call:"), ("visible_to[]", "topics:me")];
    for (path, fields, at) in [
        ("/api/members/details", details("Short").to_vec(), "/profile"),
        ("/api/members/topics", text(&topics), "/profile/topics"),
        ("/api/members/add_link", text(&[("url", "https://github.com/mei")]), "/profile#links"),
        ("/api/members/visibility", text(&[("visible_to[]", "picture:me")]), "/profile/privacy"),
    ] {
        let answer = post(path, &fields).await;
        assert_eq!((answer.flash, answer.location), (saved.clone(), at.to_owned()), "{path}");
    }
    let me = members::myself(&g.store, &visit.actor).await.unwrap();
    let see = [Part::Bio, Part::Topics, Part::Picture].map(|part| me.see.of(part));
    assert_eq!(see, [Audience::Everyone, Audience::Me, Audience::Me]);
    // The own page leads straight to each field, and others get no such link.
    let own = g.visit(Some("mei"), "/members/mei-tanaka", Locale::En).await;
    let html = g.page(&own).await.html;
    assert!(html.contains("/profile?edit=headline") && html.contains("/profile?edit=bio"), "{html}");
    let edit = g.visit(Some("mei"), "/profile?edit=headline", Locale::En).await;
    let html = g.page(&edit).await.html;
    let field = html.split("id=\"f-headline\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(field.contains("autofocus"), "{field}");
    let other = g.visit(Some("tomas"), "/members/mei-tanaka", Locale::En).await;
    assert!(!g.page(&other).await.html.contains("?edit="));
    assert_eq!((me.bio.as_str(), me.topics.len(), me.languages.len(), me.links.len()), ("Short", 1, 2, 2));
    let stranger = g.visit(None, "/members/mei-tanaka", Locale::En).await;
    let html = g.page(&stranger).await.html;
    assert!(html.contains("Short") && !html.contains("ze/zir") && !html.contains("github.com/mei"), "{html}");
}

/// Hostile Markdown stays text on the page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_in_a_bio_do_not_run() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let mei_is = g.actor("mei").await;
    let hostile =
        "<script>alert('canary')</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n**fine**";
    members::save_about(&g.store, &mei_is, About::check("", hostile).unwrap()).await.unwrap();
    let visit = g.visit(Some("tomas"), "/members/mei-tanaka", Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("<strong>fine</strong>"));
    assert!(
        !html.contains("<script>alert")
            && !html.contains("<img src=\"x\"")
            && !html.contains("href=\"javascript"),
        "{html}"
    );
    let me = members::myself(&g.store, &mei_is).await.unwrap();
    assert_eq!(me.bio, hostile, "the text is stored as it was typed");
}

const PNG: &[u8] = include_bytes!("../../assets/card.png");

/// A browser that is signed in to a portal as Mei.
async fn as_mei(portal: &Portal) -> Browser {
    let browser = portal.browser();
    let answer = browser.post("/sign-in/demo", &[("key", "mei")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    browser
}

/// The message that the next page shows.
fn flash_of(answer: &Answer) -> Option<Flash> {
    let cookies = answer.headers.get_all("set-cookie").iter();
    cookies.filter_map(|cookie| app::flash::find(cookie.to_str().unwrap().split(';').next().unwrap())).next()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_resized_and_shown_to_its_audience() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let mei_is = as_mei(&portal).await;
    let flash = async |bytes: &[u8]| flash_of(&mei_is.upload("/profile/picture", "picture", bytes).await);
    let refused = |why| Some(Flash::Refused(why));
    assert_eq!(flash(b"").await, refused(Refusal::PictureMissing));
    assert_eq!(flash(b"no picture").await, refused(Refusal::PictureUnreadable));
    assert_eq!(flash(&PNG[..PNG.len() / 2]).await, refused(Refusal::PictureUnreadable));
    assert_eq!(flash(PNG).await, Some(Flash::success("flash-picture-saved")));
    // Only this route accepts a large form, and it has a limit too.
    let large = vec![0; 5 * 1024 * 1024 + 1];
    assert_eq!(flash(&large).await, refused(Refusal::PictureTooLarge { max: 5 }));
    assert_eq!(mei_is.upload("/profile/picture", "picture", &vec![0; 6 * 1024 * 1024]).await.status, 413);
    assert_eq!(mei_is.upload("/api/members/about", "bio", PNG).await.status, 415);
    let actor = g.actor("mei").await;
    let hash = members::myself(&g.store, &actor).await.unwrap().picture.unwrap();
    let path = format!("/members/mei-tanaka/picture/{hash}");
    let shown = mei_is.get(&path).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert_eq!(shown.header("cache-control"), "private, max-age=600");
    assert!(mei_is.get("/profile").await.body.contains(&path));
    let stranger = portal.browser();
    assert_eq!(stranger.get(&path).await.status, 404);
    members::save_visibility(&g.store, &actor, texts(&["name:everyone", "picture:everyone"])).await.unwrap();
    assert_eq!(
        stranger.get(&path).await.header("cache-control"),
        "private, max-age=600",
        "the owner may hide it again later"
    );
    assert_eq!(stranger.get("/members/mei-tanaka/picture/0123").await.status, 404);
    mei_is.post("/api/members/remove_picture", &[]).await;
    assert_eq!(mei_is.get(&path).await.status, 404);
    portal.stop().await;
}

/// Permission is checked before the file is received: a suspended member is refused whatever the file is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_member_is_refused_before_the_picture_is_read() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let browser = portal.browser();
    assert_eq!(browser.post("/sign-in/demo", &[("key", "mei")]).await.status, 303);
    g.raw()
        .execute_unprepared("UPDATE members SET role = 'suspended' WHERE name = 'Mei Tanaka'")
        .await
        .unwrap();
    for bytes in [&b"no picture"[..], PNG] {
        let answer = browser.upload("/profile/picture", "picture", bytes).await;
        assert_eq!(flash_of(&answer), Some(Flash::Refused(Refusal::Suspended)));
    }
    portal.stop().await;
}

/// A link back is only fetched from public addresses. With that guard off, this machine's address works too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_verified_by_a_link_back() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let actor = g.actor("mei").await;
    members::add_link(&g.store, &actor, "https://127.0.0.1/mei".into()).await.unwrap();
    let link = members::myself(&g.store, &actor).await.unwrap().links.pop().unwrap();
    let form = [("link", link.id.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let guarded = g.portal(&[("demo", "true")]).await;
    let answer = as_mei(&guarded).await.post("/profile/links/verify", &form).await;
    assert_eq!(flash_of(&answer), Some(Flash::Refused(Refusal::PagePrivate)));
    guarded.stop().await;
    let open = g.portal_without(&[("demo", "true")], |guards| guards.outbound = false).await;
    let browser = as_mei(&open).await;
    let verify = async |path: &str, html: &str, leads_to: &str| {
        let page = Elsewhere::start(html.to_owned(), leads_to.to_owned()).await;
        let sql = format!("UPDATE member_links SET url = '{}{path}' WHERE url LIKE '%127.0.0.1%'", page.0);
        sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &sql).await.unwrap();
        flash_of(&browser.post("/profile/links/verify", &form).await)
    };
    let none = verify("/mei", "<a href=\"https://guild.example\">no</a>", "").await;
    assert_eq!(none, Some(Flash::Refused(Refusal::NoLinkBack)));
    let mine =
        format!("<p>Hello</p><a rel=\"me nofollow\" href=\"{}/members/mei-tanaka/\">me</a>", open.address());
    // A site that redirects to another site doesn't verify the other one. Redirects within one site are
    // followed.
    let other = Elsewhere::start(mine.clone(), String::new()).await;
    let sent_on = verify("/old", "", &format!("{}/mei", other.0)).await;
    assert_eq!(sent_on, Some(Flash::Refused(Refusal::PageUnreachable)));
    assert_eq!(verify("/old", &mine, "/mei").await, Some(Flash::success("flash-link-verified")));
    assert_eq!(verify("/mei", &mine, "").await, Some(Flash::success("flash-link-verified")));
    let me = members::myself(&g.store, &actor).await.unwrap();
    assert!(me.links.iter().any(|link| link.verified_at.is_some()));
    open.stop().await;
}

/// A web site elsewhere: one page for everybody, and an old address that redirects.
struct Elsewhere(String);

impl Elsewhere {
    async fn start(html: String, leads_to: String) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let old = move || async move { axum::response::Redirect::to(&leads_to) };
        let page = move || async move { axum::response::Html(html) };
        let app = axum::Router::new().route("/old", axum::routing::get(old)).fallback(page);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self(format!("http://{address}"))
    }
}
