//! What was visible once and is not any more: events that moved into a private group, groups that were left,
//! names that were hidden. Each place asks again, as the reader of now.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Role, Slug, Zone,
    announcements::AnnouncementForm,
    emails::{EmailCategory, EmailPreference},
    events::EventForm,
    groups::{GroupForm, GroupRole},
    members::ProfileInput,
};
use store::{StoreError, admin, announcements, blocks, data, events, groups, members, preferences};
use tests::{Guild, event_form, guild_test};

const CANARY: &str = "xanthorhiza";

/// A group of Ada's with these members.
async fn group(g: &Guild, name: &str, visibility: &str, with: &[&Actor]) -> Slug {
    let ada = g.actor("ada").await;
    let form = GroupForm {
        name: name.into(),
        kind: "chapter".into(),
        visibility: visibility.into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    for who in with {
        groups::add(&g.store, &ada, &slug, who.member().unwrap(), GroupRole::Member).await.unwrap();
    }
    slug
}

/// A published event of a group.
async fn event_of(g: &Guild, host: &Actor, group: &Slug, title: &str) -> Slug {
    let form = EventForm { title: title.into(), group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, host, form.check().unwrap(), title).await.unwrap();
    events::publish(&g.store, host, &slug).await.unwrap();
    slug
}

async fn leave(g: &Guild, who: &Actor, group: &Slug) {
    groups::remove(&g.store, &Actor::Operator, group, who.member().unwrap()).await.unwrap();
}

async fn group_id(g: &Guild, who: &Actor, slug: &Slug) -> domain::GroupId {
    let mine = preferences::mine(&g.store, who).await.unwrap();
    mine.groups.iter().find(|group| group.slug == *slug).unwrap().id
}

/// Leaves one event with its answers, so that nobody shares another.
async fn only(g: &Guild, event: &Slug) {
    let others = format!("(SELECT id FROM events WHERE slug <> '{event}')");
    for sql in [
        format!("DELETE FROM rsvps WHERE event_id IN {others}"),
        format!(
            "UPDATE events SET going = 0, waiting = 0, online_going = 0, online_waiting = 0 WHERE id IN {others}"
        ),
    ] {
        sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &sql).await.unwrap();
    }
}

/// Lets two days pass, in which everybody's eight o'clock comes.
async fn two_days(g: &Guild) {
    g.advance(Duration::days(2));
    store::chores::run(&g.store).await.unwrap();
}

guild_test! {
    /// Security report 7: what waits for a digest is told only to those who may see it when it is sent.
    async fn a_digest_tells_nothing_of_an_event_that_moved_into_a_private_group(g: Guild) {
        g.demo().await;
        let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
        let open = group(&g, "Open house", "public", &[&mei, &kofi]).await;
        let inner = group(&g, "Inner circle", "private", &[&kofi]).await;
        for who in [&mei, &kofi] {
            preferences::save(&g.store, who, vec![EmailPreference::check("announcements - daily").unwrap()]).await.unwrap();
        }
        let form = EventForm { date: "2026-12-01".into(), title: CANARY.into(), group: open.to_string(), ..event_form(None) };
        let event = events::create(&g.store, &ada, form.check().unwrap(), "k").await.unwrap();
        events::publish(&g.store, &ada, &event).await.unwrap();
        let words = AnnouncementForm { subject: CANARY.into(), words: "All".into(), segments: vec!["unanswered".into()], at: String::new() };
        announcements::schedule(&g.store, &ada, &event, words.check().unwrap(), "k").await.unwrap();
        g.advance(Duration::minutes(11));
        store::chores::run(&g.store).await.unwrap();
        let waits = |who: &Actor| format!("SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items WHERE payload LIKE '%{CANARY}%' AND {}", is("member_id", &g, who));
        for who in [&mei, &kofi] {
            assert_eq!(g.number(&waits(who)).await, 2, "control: the news and the announcement were put off");
        }
        let now = events::page(&g.store, &ada, &event).await.unwrap().event;
        let moved = EventForm { group: inner.to_string(), ..now.details.to_form(now.version) };
        events::edit(&g.store, &ada, &event, moved.check().unwrap(), now.version).await.unwrap();
        g.clear_emails().await;
        two_days(&g).await;
        let told = async |who: &Actor| {
            let all = g.emails_of("digest").await;
            let mine = all.iter().filter(|email| email["mailing"]["member"] == who.member().unwrap().to_string());
            mine.filter(|email| email.to_string().contains(CANARY)).count()
        };
        assert_eq!((told(&mei).await, told(&kofi).await), (0, 1), "the control belongs to both groups");
        g.clear_emails().await;
    }

    /// Security report 7: a seat at a past event outlives membership; seeing the event does not.
    async fn a_former_member_sees_no_past_private_event_on_anothers_page(g: Guild) {
        g.demo().await;
        let (mei, sofia, kofi) = (g.actor("mei").await, g.actor("sofia").await, g.actor("kofi").await);
        let inner = group(&g, "Inner circle", "private", &[&mei, &sofia, &kofi]).await;
        let event = event_of(&g, &g.actor("ada").await, &inner, CANARY).await;
        for who in [&mei, &sofia, &kofi] {
            g.rsvp(who, &event, 0).await.unwrap();
        }
        g.advance(Duration::days(10));
        leave(&g, &mei, &inner).await;
        members::save_visibility(&g.store, &sofia, vec!["events:members".to_owned()]).await.unwrap();
        members::save_visibility(&g.store, &mei, vec!["events:members".to_owned()]).await.unwrap();
        only(&g, &event).await;
        let sofias = members::myself(&g.store, &sofia).await.unwrap().slug;
        let shared = async |who: &Actor| {
            let page = members::page(&g.store, who, &sofias).await.unwrap();
            page.events.iter().any(|event| event.title == CANARY)
        };
        assert!(shared(&kofi).await, "control: who stayed sees what they share");
        assert!(!shared(&mei).await);
        // Nor is anybody found for sharing it.
        let filter = members::Filter { shares: Some(members::Shares::Event), ..Default::default() };
        let found = async |who: &Actor| members::directory(&g.store, who, &filter, 0).await.unwrap().total;
        assert_eq!((found(&kofi).await, found(&mei).await), (2, 0), "Kofi shares it with Mei and Sofia");
        g.clear_emails().await;
    }

    /// Security report 7: an old link and the page of one's emails do not show what a left group is called now.
    async fn a_former_member_learns_no_name_of_a_private_group_from_their_email_choices(g: Guild) {
        g.demo().await;
        let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
        let inner = group(&g, "Inner circle", "private", &[&mei, &kofi]).await;
        let id = group_id(&g, &mei, &inner).await;
        let choice = EmailPreference::check(&format!("announcements {inner} weekly")).unwrap();
        preferences::save(&g.store, &mei, vec![choice]).await.unwrap();
        leave(&g, &mei, &inner).await;
        let now = groups::page(&g.store, &ada, &inner).await.unwrap();
        let renamed = GroupForm { name: CANARY.into(), ..now.details.to_form(now.version) };
        groups::edit(&g.store, &ada, &inner, renamed.check().unwrap(), now.version).await.unwrap();
        let link = async |who: &Actor| preferences::subscription(&g.store, who.member().unwrap(), Some(id), EmailCategory::Announcements).await;
        assert_eq!(link(&kofi).await.unwrap().group.as_deref(), Some(CANARY), "control");
        assert!(matches!(link(&mei).await, Err(StoreError::NotFound)));
        let absent = preferences::subscription(&g.store, mei.member().unwrap(), Some(domain::GroupId(uuid::Uuid::now_v7())), EmailCategory::Announcements).await;
        assert!(matches!(absent, Err(StoreError::NotFound)), "hidden and absent answer alike");
        let off = domain::emails::Delivery::Off;
        assert!(matches!(preferences::subscribe(&g.store, mei.member().unwrap(), Some(id), EmailCategory::Announcements, off).await, Err(StoreError::NotFound)));
        let named = async |who: &Actor| preferences::mine(&g.store, who).await.unwrap().groups.iter().any(|group| group.name == CANARY);
        assert_eq!((named(&kofi).await, named(&mei).await), (true, false));
        g.clear_emails().await;
    }

    /// A host who left a private group gets nothing of what became of their event there.
    async fn a_copy_of_everything_holds_no_event_that_its_host_may_not_see(g: Guild) {
        g.demo().await;
        let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
        let inner = group(&g, "Inner circle", "private", &[]).await;
        groups::add(&g.store, &ada, &inner, mei.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
        let event = event_of(&g, &mei, &inner, CANARY).await;
        let hosted = async || {
            let copy = data::copy_of(&g.store, &mei).await.unwrap();
            let table = copy.tables.into_iter().find(|table| table.name == "events").unwrap();
            (table.rows.len(), serde_json::to_string(&table.rows).unwrap().contains(CANARY))
        };
        let before = hosted().await;
        assert!(before.1, "control");
        assert!(events::page(&g.store, &mei, &event).await.is_ok());
        leave(&g, &mei, &inner).await;
        assert_eq!(hosted().await, (before.0, false), "that she hosts it is hers, what it is now is not");
        g.clear_emails().await;
    }

    /// Emails to many go to those of them who may see the event now.
    async fn a_former_administrator_is_not_reminded_of_what_they_may_not_see(g: Guild) {
        g.demo().await;
        let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
        let mei = g.actor("mei").await.member().unwrap();
        let inner = group(&g, "Inner circle", "private", &[&kofi]).await;
        let event = event_of(&g, &ada, &inner, CANARY).await;
        admin::set_role(&g.store, &ada, mei, Role::Administrator).await.unwrap();
        for who in [&g.actor("mei").await, &kofi] {
            g.rsvp(who, &event, 0).await.unwrap();
        }
        admin::set_role(&g.store, &ada, mei, Role::Member).await.unwrap();
        g.clear_emails().await;
        g.advance(Duration::days(2) + Duration::hours(12));
        store::chores::run(&g.store).await.unwrap();
        let reminded: Vec<_> = g.emails_of("reminder").await.into_iter().filter(|email| email["event"]["title"] == CANARY).collect();
        assert_eq!(reminded.len(), 1, "Kofi, the control: {reminded:?}");
        g.clear_emails().await;
        assert_eq!(events::cancel(&g.store, &ada, &event, "").await.unwrap(), 1);
        g.clear_emails().await;
    }

    /// Security report 14, the same elsewhere: an invitation that waits names nobody who hides their name by now.
    async fn an_invitation_that_waits_does_not_name_who_hides_their_name(g: Guild) {
        g.demo().await;
        let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
        let inner = group(&g, "Inner circle", "private", &[]).await;
        groups::invite(&g.store, &ada, &inner, "Mei Tanaka").await.unwrap();
        let grace = g.actor("grace").await;
        groups::add(&g.store, &ada, &inner, grace.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
        let to = async || groups::inbox(&g.store, &grace, &inner).await.unwrap().invitations.remove(0).to;
        assert_eq!(to().await.as_deref(), Some("Mei Tanaka"), "control");
        members::save_visibility(&g.store, &mei, vec!["name:me".to_owned()]).await.unwrap();
        assert_eq!(to().await, None);
        let visit = g.visit(Some("grace"), &format!("/groups/{inner}/members"), Locale::En).await;
        assert!(g.page(&visit).await.html.contains("Member with a hidden name"));
        g.clear_emails().await;
    }

    /// Security report 14: a block is no way to learn a name that its owner hides, nor what they are called now.
    async fn whoever_hides_their_name_is_blocked_without_it(g: Guild) {
        g.demo().await;
        let (mei, tomas) = (g.actor("mei").await, g.actor("tomas").await);
        blocks::block(&g.store, &mei, tomas.member().unwrap()).await.unwrap();
        g.clear_emails().await;
        let profile = ProfileInput::check(CANARY, Zone::UTC.name(), "en", "", &["developer".into()]).unwrap();
        members::save_profile(&g.store, &tomas, profile).await.unwrap();
        let reads = async || {
            let visit = g.visit(Some("mei"), "/profile/data", Locale::En).await;
            let copy = data::copy_of(&g.store, &mei).await.unwrap();
            let copy = app::data::copy::document(&visit, &copy);
            (g.page(&visit).await.html.contains(CANARY), copy.contains(CANARY))
        };
        assert_eq!(reads().await, (true, false), "control: shown as long as he shows it; the copy names nobody else");
        members::save_visibility(&g.store, &tomas, vec!["name:me".to_owned()]).await.unwrap();
        assert_eq!(reads().await, (false, false));
        let mine = blocks::list(&g.store, &mei).await.unwrap();
        assert_eq!((mine.len(), &mine[0].name), (1, &None), "she can unblock him all the same");
        blocks::unblock(&g.store, &mei, mine[0].id).await.unwrap();
        assert!(blocks::list(&g.store, &mei).await.unwrap().is_empty());
    }
}

/// A column that holds the member's id, as a condition that the engine understands.
fn is(column: &str, g: &Guild, who: &Actor) -> String {
    let id = who.member().unwrap().0;
    match g.store.engine() {
        store::Engine::Sqlite => format!("{column} = x'{}'", id.simple()),
        store::Engine::Postgres => format!("{column} = '{id}'"),
    }
}
