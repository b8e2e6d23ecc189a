//! Members' choices about emails, and the links that unsubscribe (C8, C9).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, GroupId, Locale, MemberId, Refusal, Slug, Zone,
    emails::{Delivery, EmailCategory, EmailPreference},
    groups::GroupRole,
    links::Link,
};
use reqwest::Method;
use server::links::Links;
use store::{StoreError, announcements, data, events, groups, preferences};
use tests::{Guild, event_form, guild_test};

/// The secret with which a portal under test signs its links.
const SECRET: &str = "q7Zk2vN9xW4mR8tY1pL6sD3fH5jG0bCe";

fn preferences(texts: &[&str]) -> Vec<EmailPreference> {
    texts.iter().map(|text| EmailPreference::check(text).unwrap()).collect()
}

async fn preference(g: &Guild, actor: &Actor, texts: &[&str]) {
    preferences::save(&g.store, actor, preferences(texts)).await.unwrap();
}

/// The first group of a member, with its slug.
async fn group_of(g: &Guild, actor: &Actor) -> (GroupId, Slug) {
    let group = preferences::mine(&g.store, actor).await.unwrap().groups.remove(0);
    (group.id, group.slug)
}

/// A published event of a group: one hour in Berlin, three days from now.
async fn event_of(g: &Guild, group: &Slug) -> Slug {
    let host = g.actor("ada").await;
    let form = domain::events::EventForm { group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, &host, form.check().unwrap(), "event").await.unwrap();
    events::publish(&g.store, &host, &slug).await.unwrap();
    slug
}

async fn announce(g: &Guild, slug: &Slug, segments: &[&str]) {
    let form = domain::announcements::AnnouncementForm {
        subject: "Bring a laptop".into(),
        message: "And a charger.".into(),
        segments: segments.iter().map(|name| (*name).to_owned()).collect(),
        at: String::new(),
        reply: String::new(),
    };
    let host = g.actor("ada").await;
    let key = store::sign_in::new_token();
    announcements::schedule(&g.store, &host, slug, form.check().unwrap(), &key).await.unwrap();
    g.advance(chrono::Duration::minutes(3));
    store::runner::run_due(&g.store).await.unwrap();
}

#[guild_test]
async fn c9_a_choice_for_a_group_overrides_the_general_choice(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let (_, group) = group_of(&g, &mei).await;
    let slug = event_of(&g, &group).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    announce(&g, &slug, &["going"]).await;
    assert_eq!(g.emails_of("announcement").await.len(), 1, "without a choice, emails are sent at once");
    preference(&g, &mei, &["announcements - off"]).await;
    announce(&g, &slug, &["going"]).await;
    assert_eq!(g.emails_of("announcement").await.len(), 1, "muted");
    preference(&g, &mei, &[&format!("announcements {group} now")]).await;
    announce(&g, &slug, &["going"]).await;
    assert_eq!(g.emails_of("announcement").await.len(), 2, "the group has its own choice");
    preference(&g, &mei, &[&format!("announcements {group} as-all")]).await;
    announce(&g, &slug, &["going"]).await;
    assert_eq!(g.emails_of("announcement").await.len(), 2);
    preference(&g, &mei, &["announcements - weekly"]).await;
    announce(&g, &slug, &["going"]).await;
    assert_eq!(g.emails_of("announcement").await.len(), 2);
    let later = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items WHERE delivery = 'weekly' AND member_id = {}",
        id(&g, &mei)
    );
    assert_eq!(g.number(&later).await, 1, "it waits for Monday's digest");
    g.expect_emails("announcement=2").await;
}

/// The number of a member's notifications of a kind.
async fn notifications(g: &Guild, actor: &Actor, kind: &str) -> i64 {
    let member = id(g, actor);
    g.number(&format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE kind = '{kind}' AND member_id = {member}"
    ))
    .await
}

#[guild_test]
async fn c9_a_notification_is_written_whatever_the_member_chose_for_the_email(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let (_, group) = group_of(&g, &mei).await;
    let slug = event_of(&g, &group).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    assert_eq!(notifications(&g, &mei, "confirmed").await, 0, "nobody is notified of what they just did");
    let before = notifications(&g, &mei, "announcement").await;
    for (i, choice) in ["now", "weekly", "off"].into_iter().enumerate() {
        preference(&g, &mei, &[&format!("announcements - {choice}")]).await;
        announce(&g, &slug, &["going"]).await;
        let expected = before + 1 + i64::try_from(i).unwrap();
        assert_eq!(notifications(&g, &mei, "announcement").await, expected, "{choice}");
    }
    let rows = g.rows("SELECT link FROM notifications WHERE kind = 'announcement' ORDER BY id DESC").await;
    let link: String = rows[0].try_get("", "link").unwrap();
    assert_eq!(link, format!("events/{slug}"));
    let all =
        format!("SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE member_id = {}", id(&g, &mei));
    let copy = data::copy_of(&g.store, &mei).await.unwrap();
    let copied = copy.tables.iter().find(|table| table.name == "notifications").unwrap().rows.len();
    assert_eq!(i64::try_from(copied).unwrap(), g.number(&all).await, "the member's copy has them all");
    g.expect_emails("announcement=1 confirmed=1").await;
}

#[guild_test]
async fn a_notification_is_rolled_back_together_with_its_email(g: Guild) {
    use sea_orm::ConnectionTrait as _;
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let (_, slug) = group_of(&g, &mei).await;
    let member = mei.member().unwrap();
    let before = notifications(&g, &mei, "role_changed").await;
    let set = async |role| groups::set_role(&g.store, &ada, &slug, member, role).await;
    // The notification is written first, and then the outbox is missing.
    g.raw().execute_unprepared("ALTER TABLE emails RENAME TO emails_elsewhere").await.unwrap();
    let result = set(GroupRole::CoOrganiser).await;
    g.raw().execute_unprepared("ALTER TABLE emails_elsewhere RENAME TO emails").await.unwrap();
    assert!(result.is_err());
    assert_eq!(notifications(&g, &mei, "role_changed").await, before);
    set(GroupRole::CoOrganiser).await.unwrap();
    assert_eq!(notifications(&g, &mei, "role_changed").await, before + 1, "control");
    g.expect_emails("role_changed=1").await;
}

#[guild_test]
async fn c8_necessary_emails_cannot_be_turned_off(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let all = ["announcements - off", "new_events - off", "reminders - off", "digest - off"];
    preference(&g, &mei, &all).await;
    // Not even when the preferences table is changed directly.
    use sea_orm::ConnectionTrait as _;
    for category in ["security", "own", "changes"] {
        // Any unused UUID serves as the id of the row, and members have some.
        let member = id(&g, &mei);
        let row = format!(
            "INSERT INTO email_preferences (id, member_id, category, delivery) \
             SELECT id, {member}, '{category}', 'off' FROM members \
             WHERE id NOT IN (SELECT id FROM email_preferences) LIMIT 1"
        );
        g.raw().execute_unprepared(&row).await.unwrap();
    }
    let slug = g.event(None).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let host = g.actor("grace").await;
    let mut form = event_form(None);
    form.time = "19:00".into();
    events::edit(&g.store, &host, &slug, form.check().unwrap(), 2).await.unwrap();
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    events::cancel(&g.store, &host, &slug, "").await.unwrap();
    g.advance(chrono::Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    let kinds =
        g.rows(&format!("SELECT kind FROM emails WHERE member_id = {} ORDER BY id", id(&g, &mei))).await;
    let kinds: Vec<String> = kinds.iter().map(|row| row.try_get("", "kind").unwrap()).collect();
    assert_eq!(kinds, ["confirmed", "rescheduled", "cancelled", "reinstated"]);
    g.expect_emails("cancelled=1 confirmed=1 reinstated=1 rescheduled=1").await;
}

#[guild_test]
async fn c9_members_choose_only_for_themselves_and_their_groups(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let saved = preferences::save(&g.store, &Actor::Anonymous, preferences(&["reminders - off"])).await;
    assert!(matches!(saved, Err(StoreError::Refused(Refusal::SignInFirst))));
    // A group that the member doesn't belong to is refused.
    let foreign = preferences::save(&g.store, &mei, preferences(&["announcements no-such-group off"])).await;
    assert!(matches!(foreign, Err(StoreError::Invalid(_))));
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM email_preferences").await, 0);
}

/// C8: a link only affects the member, group and category that it was made for.
#[guild_test]
async fn c8_an_unsubscribe_link_affects_one_category_of_one_group(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let (group, _) = group_of(&g, &mei).await;
    let member = mei.member().unwrap();
    let category = EmailCategory::Announcements;
    let was = preferences::subscribe(&g.store, member, Some(group), category, Delivery::Off).await.unwrap();
    assert_eq!(was, Delivery::Now);
    let of = async |actor: &Actor, group: Option<GroupId>, category: EmailCategory| {
        preferences::mine(&g.store, actor).await.unwrap().preferences.delivery(category, group)
    };
    assert_eq!(of(&mei, Some(group), category).await, Delivery::Off);
    assert_eq!(of(&mei, None, category).await, Delivery::Now);
    assert_eq!(of(&mei, Some(group), EmailCategory::NewEvents).await, Delivery::Daily);
    assert_eq!(of(&kofi, Some(group), category).await, Delivery::Now);
    // Using the link again changes nothing, and the member can subscribe again.
    assert_eq!(
        preferences::subscribe(&g.store, member, Some(group), category, Delivery::Off).await.unwrap(),
        Delivery::Off
    );
    preferences::subscribe(&g.store, member, Some(group), category, was).await.unwrap();
    assert_eq!(of(&mei, Some(group), category).await, Delivery::Now);
    for wrong in [EmailCategory::Security, EmailCategory::Own, EmailCategory::Changes] {
        assert!(preferences::subscribe(&g.store, member, None, wrong, Delivery::Off).await.is_err());
    }
    let nobody = MemberId(uuid::Uuid::now_v7());
    assert!(matches!(
        preferences::subscribe(&g.store, nobody, None, category, Delivery::Off).await,
        Err(StoreError::NotFound)
    ));
    let no_group = Some(GroupId(uuid::Uuid::now_v7()));
    assert!(matches!(
        preferences::subscribe(&g.store, member, no_group, category, Delivery::Off).await,
        Err(StoreError::NotFound)
    ));
}

#[guild_test]
async fn c8_the_unsubscribe_page_asks_first_and_can_be_undone(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let portal = g.portal(&[("secret", SECRET)]).await;
    let category = EmailCategory::NewEvents;
    let path = path(Link::Unsubscribe { member: mei.member().unwrap(), group: None, category });
    let now = async || preferences::mine(&g.store, &mei).await.unwrap().preferences.delivery(category, None);
    let browser = portal.browser();
    for _ in 0..3 {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Do you want to stop these emails"), "{}", page.body);
    }
    assert_eq!(now().await, Delivery::Daily, "opening the page changes nothing");
    let done = browser.post(&path, &[("page", "yes")]).await;
    assert_eq!((done.status, done.location.as_str()), (303, format!("{path}?was=daily").as_str()));
    assert_eq!(now().await, Delivery::Off);
    let page = browser.get(&done.location).await;
    assert!(
        page.body.contains("You’ve unsubscribed from these emails") && page.body.contains("value=\"daily\""),
        "{}",
        page.body
    );
    let back = browser.post(&done.location, &[("back", "daily")]).await;
    assert_eq!(back.status, 303);
    assert_eq!(now().await, Delivery::Daily);
    // Fixed categories cannot be chosen, and an unsigned path is not a link.
    assert_eq!(browser.get(&format!("{path}x")).await.status, 404);
    assert_eq!(browser.post(&format!("{path}x"), &[]).await.status, 404);
    let seat = path_of_seat();
    assert_eq!(browser.get(&seat).await.status, 404, "a link for another purpose");
    portal.stop().await;
}

/// C8: a mail program posts without a cookie, with no origin or a foreign one, as either kind of form. The
/// post takes effect at once. No other route allows this.
#[guild_test]
async fn c8_one_click_is_the_only_exemption_from_the_origin_guard(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let portal = g.portal(&[("secret", SECRET)]).await;
    let category = EmailCategory::Announcements;
    let path = path(Link::Unsubscribe { member: mei.member().unwrap(), group: None, category });
    let member = mei.member().unwrap();
    let program =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let urlencoded = ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
    let multipart = (
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
    );
    for (kind, body) in [urlencoded, multipart] {
        for origin in [None, Some("null"), Some("https://mail.example")] {
            preferences::subscribe(&g.store, member, None, category, Delivery::Now).await.unwrap();
            let mut post =
                program.post(format!("{}{path}", portal.address())).header("content-type", kind).body(body);
            if let Some(origin) = origin {
                post = post.header("origin", origin).header("sec-fetch-site", "cross-site");
            }
            let answer = post.send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 200, "{kind} {origin:?}: no redirect, no refusal");
            let now = preferences::mine(&g.store, &mei).await.unwrap().preferences.delivery(category, None);
            assert_eq!(now, Delivery::Off, "{kind} {origin:?}");
        }
    }
    // An endless body is cut off on this route too.
    let much =
        program.post(format!("{}{path}", portal.address())).body(vec![b'x'; 100_000]).send().await.unwrap();
    assert_eq!(much.status().as_u16(), 413);
    // Every other route refuses the same request.
    let browser = portal.browser();
    let headers = [("origin", "https://mail.example"), ("sec-fetch-site", "cross-site")];
    let mut tried = 0;
    for route in app::routes::ROUTES.iter().filter(|route| route.method == app::routes::Method::Post) {
        // Programs give kudos with a token instead of a cookie, so there is nothing that another site could misuse (K1).
        if [app::routes::ONE_CLICK, app::routes::KUDOS_API].contains(&route.path) {
            continue;
        }
        let path = route
            .path
            .replace("{secret}", "x")
            .replace("{token}", "x")
            .replace("{slug}", "x")
            .replace("{id}", "x");
        let answer =
            browser.send(Method::POST, &path, &headers, Some("List-Unsubscribe=One-Click".into())).await;
        assert_eq!(answer.status, 403, "{path}");
        tried += 1;
    }
    assert!(tried > 20);
    portal.stop().await;
}

#[guild_test]
async fn c9_the_page_of_email_preferences_saves_what_it_shows(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let (group, slug) = group_of(&g, &mei).await;
    let visit = g.visit(Some("mei"), "/profile/emails", Locale::En).await;
    let page = g.page(&visit).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.html.contains(&format!("announcements {slug} as-all")));
    let chosen = format!("announcements {slug} weekly");
    let fields = [("choices[0]", chosen.as_str()), ("choices[1]", "reminders - off")];
    let answer = g.post(&visit, "/api/members/email_preferences", &fields, "text/html").await;
    assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/profile/emails"));
    let preferences = preferences::mine(&g.store, &mei).await.unwrap().preferences;
    assert_eq!(preferences.delivery(EmailCategory::Announcements, Some(group)), Delivery::Weekly);
    assert_eq!(preferences.delivery(EmailCategory::Reminders, None), Delivery::Off);
    let page = g.page(&visit).await;
    assert!(page.html.contains(&format!("<option value=\"{chosen}\" selected")), "{}", page.html);
    let wrong = g
        .post(&visit, "/api/members/email_preferences", &[("choices[0]", "changes - off")], "text/html")
        .await;
    assert!(wrong.flash.is_some_and(|flash| !flash.is_good()));
    let _ = Zone::UTC;
}

/// A member's id as a literal in the engine's SQL.
fn id(g: &Guild, actor: &Actor) -> String {
    literal(g, actor.member().unwrap().0)
}

/// An id as SQL.
fn literal(g: &Guild, id: uuid::Uuid) -> String {
    match g.store.engine() {
        store::Engine::Postgres => format!("'{id}'"),
        store::Engine::Sqlite => format!("x'{}'", id.simple()),
    }
}

fn path(link: Link) -> String {
    format!("/unsubscribe/{}", Links::new(&SECRET.into()).sign(&link))
}

fn path_of_seat() -> String {
    path(Link::Seat(domain::RsvpId(uuid::Uuid::now_v7())))
}
