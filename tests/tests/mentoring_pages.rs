//! The pages of runs and proposals: the signed link, the two answers, and who reads a goal (M9, M10, M23).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::Slug;
use store::{mentoring::run, outbox};
use tests::{Guild, guild_test};

const ROUND: &str = "devsecops-mentoring-round-2";
/// Gwen's goal in the round with a draft. Grace and Hannah coordinate it.
const GOAL: &str = "abuse cases into our user stories";

async fn publish(g: &Guild) {
    let round = Slug::parse(ROUND).unwrap();
    run::publish(&g.store, &g.actor("grace").await, &round, 1).await.unwrap();
}

/// The path of the link to a proposal in the newest email to an address.
async fn link_to(g: &Guild, address: &str) -> String {
    for _ in 0..200 {
        let emails = store::mailbox::newest(&g.store, 200).await.unwrap();
        if let Some(mail) = emails.into_iter().find(|mail| mail.to.contains(address)) {
            let text = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "");
            let token = text.split_once("/proposal/").unwrap().1;
            let end = token.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
            return format!("/proposal/{}", &token[..end.unwrap_or(token.len())]);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no email arrived at {address}");
}

#[guild_test]
async fn m10_both_accept_by_the_links_in_their_emails(g: Guild) {
    g.demo().await;
    publish(&g).await;
    let portal = g.portal(&[]).await;
    let (mentee, mentor) = (link_to(&g, "dechen@").await, link_to(&g, "thordis@").await);
    let browser = portal.browser();
    let page = browser.get(&mentor).await;
    assert!(page.body.contains("Read other people’s Rust."), "the proposed mentor reads the goal");
    assert!(!page.body.contains("dechen@guild.example"), "no contact details yet");
    // Scanners open every link, and HEAD too. Nothing happens.
    for _ in 0..2 {
        browser.get(&mentee).await;
    }
    let answered = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals p JOIN mentoring_rounds r \
                    ON r.id = p.round_id WHERE r.slug = 'devsecops-mentoring-round-2' AND \
                    (p.mentee_answer IS NOT NULL OR p.mentor_answer IS NOT NULL)";
    assert_eq!(g.number(answered).await, 0);
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let refused = browser.send(reqwest::Method::POST, &mentor, &foreign, Some("act=accept".into())).await;
    assert_eq!(refused.status, 403);
    assert_eq!(browser.post(&mentor, &[("act", "accept")]).await.status, 303);
    let done = browser.follow(browser.post(&mentee, &[("act", "accept")]).await, None).await;
    assert!(done.body.contains("thordis@guild.example"), "{}", done.body);
    assert!(browser.get(&mentor).await.body.contains("dechen@guild.example"));
    assert_eq!(browser.get("/profile").await.status, 303, "nobody is signed in");
    for forged in ["/proposal/AAAA".to_owned(), format!("{mentee}A")] {
        assert_eq!(browser.get(&forged).await.status, 404);
        assert_eq!(browser.post(&forged, &[("act", "decline")]).await.status, 404);
    }
    portal.stop().await;
    g.take_emails().await;
}

#[guild_test]
async fn m9_a_crash_between_publishing_and_sending_loses_nothing(g: Guild) {
    g.demo().await;
    publish(&g).await;
    let posted = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails").await;
    // A process takes all of them and dies before it sends one.
    let taken = outbox::claim(&g.store, 1000).await.unwrap();
    assert_eq!(taken.len() as i64, posted);
    assert!(outbox::claim(&g.store, 1000).await.unwrap().is_empty(), "control: they are being sent");
    g.advance(chrono::Duration::minutes(3));
    let again = outbox::claim(&g.store, 1000).await.unwrap();
    let ids = |emails: &[outbox::Envelope]| {
        let mut ids: Vec<_> = emails.iter().map(|email| email.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&again), ids(&taken));
    g.take_emails().await;
}

/// The goal of a sign-up is read by the coordinators and the proposed mentor, and by nobody else.
#[guild_test]
async fn m23_a_goal_is_on_no_page_of_anybody_else(g: Guild) {
    g.demo().await;
    publish(&g).await;
    let sql = "SELECT b.demo_key, p.id FROM mentoring_proposals p JOIN mentoring_sign_ups s ON s.id = p.mentee_id \
               JOIN members a ON a.id = s.member_id JOIN mentoring_sign_ups t ON t.id = p.mentor_id \
               JOIN members b ON b.id = t.member_id WHERE a.demo_key = 'gwen'";
    let row = &g.rows(sql).await[0];
    let mentor: String = row.try_get_by_index(0).unwrap();
    let id: uuid::Uuid = row.try_get_by_index(1).unwrap();
    let paths = [
        format!("/mentoring/rounds/{ROUND}/runs/1"),
        format!("/mentoring/proposals/{id}"),
        "/".to_owned(),
        "/search?q=abuse+cases".to_owned(),
        "/members/gwenllian-prydderch".to_owned(),
        "/admin/outbox".to_owned(),
    ];
    let readers = async |key: &str| {
        let mut found = 0;
        for path in &paths {
            let visit = g.visit(Some(key), path, domain::Locale::En).await;
            found += usize::from(g.page(&visit).await.html.contains(GOAL));
        }
        found
    };
    // A member, another mentor, an organiser and an administrator.
    for key in ["mei", "thandeka", "marek", "ravi", "ada"].into_iter().filter(|key| *key != mentor) {
        assert_eq!(readers(key).await, 0, "{key}");
    }
    // Control: these three read it, each on one page.
    for key in ["gwen", mentor.as_str(), "grace"] {
        assert!(readers(key).await >= 1, "{key}");
    }
    // Administrators read emails and the audit log, operators read logs and exports.
    let texts = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%abuse cases%'";
    assert_eq!(g.number(texts).await, 0);
    let text = run::export(&g.store, &Slug::parse(ROUND).unwrap()).await.unwrap();
    assert!(!text.contains("abuse"));
    g.take_emails().await;
}

/// Wishes and "rather not" are in the score only, and every display of its parts mixes them with others.
#[guild_test]
async fn m23_the_board_shows_no_wish(g: Guild) {
    g.demo().await;
    let board = async |g: &Guild| {
        let path = format!("/mentoring/rounds/{ROUND}/runs/1");
        let visit = g.visit(Some("grace"), &path, domain::Locale::En).await;
        g.page(&visit).await.html
    };
    let html = board(&g).await;
    assert!(html.contains("Signe Højbjerg"), "control: the pair with a wish is on the board");
    for word in ["mentee_wish", "mentor_wish", "Your wish", "rather"] {
        assert!(!html.contains(word), "{word}");
    }
}
