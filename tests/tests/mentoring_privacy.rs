//! Who can read what a sign-up says (M23): canaries in goals, wishes and blocks, and the pages, searches, copies and
//! emails that must not contain them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, SignUpId, Slug,
    mentoring::{PreferenceKind, SignUpRole},
};
use store::{
    StoreError,
    mentoring::{self, PreferenceChange},
};
use tests::{Guild, guild_test};

const GOAL: &str = "Perihelionvole is my goal";

/// Mei's sign-up with a goal, a wish and a block, in a round of Grace's.
async fn secrets(g: &Guild) -> (Slug, SignUpId) {
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    let say = async |person: &str, kind| {
        let person = Slug::parse(person).unwrap();
        let change = PreferenceChange::Set(kind);
        mentoring::set_preference(&g.store, &mei, &round, SignUpRole::Mentee, &person, change).await.unwrap();
    };
    say("kofi-mensah", PreferenceKind::Wish).await;
    say("sofia-petrova", PreferenceKind::Never).await;
    g.sign_up(&mei, &round, SignUpRole::Mentee, &["rust"], GOAL).await;
    let id = mentoring::form(&g.store, &mei, &round, SignUpRole::Mentee).await.unwrap().sign_up.id;
    (round, id)
}

async fn can_read(g: &Guild, actor: &Actor, id: SignUpId) -> bool {
    match mentoring::shown(&g.store, actor, id).await {
        Ok(shown) => {
            assert_eq!(shown.sign_up.goal, GOAL);
            true
        }
        Err(StoreError::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// M23: the goal is for its author, the coordinator and a proposed mentor. The control makes each of the others one
/// of them.
#[guild_test]
async fn m23_a_goal_is_for_its_author_the_coordinator_and_a_proposed_mentor(g: Guild) {
    g.demo().await;
    let (round, id) = secrets(&g).await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    assert!(can_read(&g, &mei, id).await && can_read(&g, &grace, id).await);
    // Kofi becomes Mei's line manager.
    let kofi = g.actor("kofi").await;
    let manager = "UPDATE profiles SET manager_id = (SELECT id FROM members WHERE demo_key = 'kofi') \
                   WHERE member_id = (SELECT id FROM members WHERE demo_key = 'mei') RETURNING member_id";
    g.rows(manager).await;
    for key in ["kofi", "ravi", "ada", "sofia"] {
        assert!(!can_read(&g, &g.actor(key).await, id).await, "{key}");
    }
    // Control: a coordinator can, and each of them can become one.
    let programme = mentoring::round(&g.store, &grace, &round).await.unwrap().programme.slug;
    let person = Slug::parse("kofi-mensah").unwrap();
    mentoring::add_coordinator(&g.store, &grace, &programme, person.as_str()).await.unwrap();
    assert!(can_read(&g, &kofi, id).await);
}

/// M23: what somebody has not sent is for nobody else. A coordinator sees that they began. Control: then they send it.
#[guild_test]
async fn m23_a_sign_up_that_was_not_sent_is_for_its_author_only(g: Guild) {
    g.demo().await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    let (round, id) = secrets(&g).await;
    let states = ["draft", "submitted"];
    for state in states {
        let change =
            format!("UPDATE mentoring_sign_ups SET state = '{state}' WHERE goal = '{GOAL}' RETURNING id");
        g.rows(&change).await;
        let is_sent = state == "submitted";
        assert!(can_read(&g, &mei, id).await);
        assert_eq!(can_read(&g, &grace, id).await, is_sent);
        let sheet = mentoring::export(&g.store, &grace, &round).await.unwrap();
        assert_eq!(sheet.contains(GOAL), is_sent, "{sheet}");
        let page = mentoring::dashboard(&g.store, &grace, &round, 0).await.unwrap();
        assert!(page.sign_ups.iter().any(|row| row.name == "Mei Tanaka"));
    }
    g.take_emails().await;
}

/// M23: no page, search or copy of member data shows another member's goal, wishes or blocks.
#[guild_test]
async fn m23_no_page_search_or_copy_shows_goals_wishes_or_blocks(g: Guild) {
    g.demo().await;
    let (round, _) = secrets(&g).await;
    let pages = [
        "/".to_owned(),
        "/mentoring".to_owned(),
        format!("/mentoring/rounds/{round}"),
        format!("/mentoring/rounds/{round}/sign-up/mentor/people"),
        format!("/mentoring/rounds/{round}/sign-up/mentee"),
        "/members/mei-tanaka".to_owned(),
        "/members/kofi-mensah".to_owned(),
        "/search?q=Perihelionvole+goal".to_owned(),
        "/profile/data".to_owned(),
    ];
    let mut own = String::new();
    for path in &pages {
        let visit = g.visit(Some("mei"), path, Locale::En).await;
        own += &g.page(&visit).await.html;
    }
    // Control: the author sees all of it, so the pages do show it to somebody.
    assert!(own.contains("Perihelionvole") && own.contains("Never match me with"));
    for key in ["kofi", "ravi", "ada", "sofia", "grace"] {
        for path in &pages {
            let visit = g.visit(Some(key), path, Locale::En).await;
            let html = g.page(&visit).await.html;
            let is_query = path.starts_with("/search");
            assert!(is_query || !html.contains("Perihelionvole"), "{key} {path}");
            // Sofia's own name is in the header of her pages.
            let whole = path.ends_with("/sign-up/mentee") && key != "sofia";
            assert!(!whole || !html.contains("sofia-petrova") && !html.contains("Sofia"), "{key} {path}");
        }
        let found =
            store::search::search(&g.store, &g.actor(key).await, "Perihelionvole", None, 0).await.unwrap();
        assert_eq!(found.count(None), 0, "{key}");
    }
    assert!(!g.emails().await.contains("Perihelionvole"));
}

/// What the people on a member's lists can see of it: nothing. Neither their copy of their data nor the database's
/// rows about them name the author.
#[guild_test]
async fn a_copy_of_member_data_leaves_out_what_others_say(g: Guild) {
    g.demo().await;
    let (_, _) = secrets(&g).await;
    let copy = async |key: &str| {
        let copy = store::data::copy_of(&g.store, &g.actor(key).await).await.unwrap();
        let filled = copy.tables.into_iter().filter(|table| !table.rows.is_empty());
        filled.map(|table| format!("{} {:?}\n", table.name, table.rows)).collect::<String>()
    };
    let kofi = copy("kofi").await;
    assert!(!kofi.contains("mentoring_preferences") && !kofi.contains("Perihelionvole"));
    let own = copy("mei").await;
    assert!(own.contains("Perihelionvole"), "the author's own copy has the goal");
    // It has what the author says about others, with the names of their pages and without their ids.
    for said in ["\"wish\"", "\"never\"", "kofi-mensah", "sofia-petrova"] {
        assert!(own.contains(said), "{said} {own}");
    }
    assert!(own.contains("mentoring_sign_up_topics"));
}
