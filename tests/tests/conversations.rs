//! The conversations of events and groups: who reads, writes and moderates, mentions, and emails (C16 to C19).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, CommentId, Locale, Refusal, Slug,
    comments::{Follow, Place, Target},
    emails::EmailPreference,
    events::EventForm,
    groups::{GroupForm, GroupRole},
    reports::{Decision, ReportKind},
};
use store::{StoreError, admin, blocks, comments, events, groups, notifications, preferences, reports};
use tests::{Guild, event_form, guild_test};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn is_absent<T: std::fmt::Debug>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::NotFound))
}

async fn target(g: &Guild, place: &Place) -> Target {
    comments::target(&g.store, &g.actor("ada").await, place).await.unwrap()
}

async fn write(g: &Guild, by: &Actor, target: Target, text: &str) -> Result<CommentId, StoreError> {
    let written = comments::post(&g.store, by, target, None, text, "").await;
    run_due(g).await;
    written
}

async fn texts(g: &Guild, reader: &Actor, target: Target) -> Vec<String> {
    let thread = comments::thread(&g.store, reader, target).await.unwrap();
    thread.comments.into_iter().map(|comment| comment.text).collect()
}

/// A private group that Ada organises, with Mei and Kofi as members.
async fn private_group(g: &Guild) -> (Slug, Target) {
    let ada = g.actor("ada").await;
    let form = GroupForm {
        name: "Canarygroup".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    for key in ["mei", "kofi"] {
        let member = g.actor(key).await.member().unwrap();
        groups::add(&g.store, &ada, &slug, member, GroupRole::Member).await.unwrap();
    }
    let target = target(g, &Place::Group(slug.clone())).await;
    (slug, target)
}

async fn emails_at_once(g: &Guild, actor: &Actor) {
    let choice = EmailPreference::check("comments - now").unwrap();
    preferences::save(&g.store, actor, vec![choice]).await.unwrap();
}

/// The members with an unread notification of a comment.
async fn notified(g: &Guild) -> Vec<String> {
    let sql = "SELECT m.demo_key FROM notifications n JOIN members m ON m.id = n.member_id \
         WHERE n.kind = 'comment_posted' ORDER BY m.demo_key";
    let keys = g.rows(sql).await.iter().map(|row| row.try_get("", "demo_key").unwrap()).collect();
    g.rows("DELETE FROM notifications WHERE kind = 'comment_posted' RETURNING id").await;
    keys
}

async fn run_due(g: &Guild) {
    while store::runner::run_due(&g.store).await.unwrap().is_some_and(|next| next <= g.now()) {}
}

#[guild_test]
async fn c16_members_who_see_an_event_talk_there(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let place = Place::Event(g.event(None).await);
    let event = target(&g, &place).await;
    let first = write(&g, &mei, event, "Is there tea?").await.unwrap();
    comments::post(&g.store, &kofi, event, Some(first), "There is.", "").await.unwrap();
    run_due(&g).await;
    let thread = comments::thread(&g.store, &mei, event).await.unwrap();
    assert_eq!(thread.comments[0].replies[0].text, "There is.");
    assert!(thread.may_write && !thread.may_close && !thread.may_moderate);
    // Visitors don't read it, not even of a public event.
    assert!(is_absent(&comments::target(&g.store, &Actor::Anonymous, &place).await));
    assert!(is_absent(&comments::thread(&g.store, &Actor::Anonymous, event).await));
    assert_eq!(refused(write(&g, &Actor::Anonymous, event, "Hello.").await), Refusal::SignInFirst);
    for n in 0..29 {
        write(&g, &mei, event, &format!("Number {n}.")).await.unwrap();
    }
    assert_eq!(refused(write(&g, &mei, event, "One more.").await), Refusal::SlowDown { seconds: 3600 });
    g.take_emails().await;
}

/// The addresses that got an email about a comment.
async fn emailed(g: &Guild) -> Vec<String> {
    let sql = "SELECT address FROM emails WHERE kind = 'comment_posted' ORDER BY address";
    g.rows(sql).await.iter().map(|row| row.try_get("", "address").unwrap()).collect()
}

/// C18: the author waits for nobody. A job notifies people in batches, and asks each of them again what they see.
#[guild_test]
async fn c18_a_job_notifies_many_people_and_asks_each_again(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let (slug, group) = private_group(&g).await;
    let crowd = g.crowd(230).await;
    for member in &crowd {
        groups::add(&g.store, &ada, &slug, member.member().unwrap(), GroupRole::Member).await.unwrap();
        emails_at_once(&g, member).await;
        comments::follow(&g.store, member, group, Some(Follow::Watch)).await.unwrap();
    }
    // The author watches too. A batch without them must not look like the last one.
    comments::follow(&g.store, &mei, group, Some(Follow::Watch)).await.unwrap();
    g.take_emails().await;
    comments::post(&g.store, &mei, group, None, "Canarycrowd is here.", "").await.unwrap();
    assert!(emailed(&g).await.is_empty(), "nobody is notified in the author's transaction");
    // A member who left before the job ran sees nothing of it.
    groups::remove(&g.store, &ada, &slug, crowd[7].member().unwrap()).await.unwrap();
    let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
    a.and(b).unwrap();
    again.close().await;
    run_due(&g).await;
    let mut to = emailed(&g).await;
    let all = to.len();
    to.dedup();
    assert_eq!((all, to.len()), (229, 229), "each of them once, and the one who left not at all");
    g.take_emails().await;
}

/// C18: two comments at once are one email an hour. The reader's row is the lock.
#[guild_test]
async fn c18_two_comments_at_once_are_one_email(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    emails_at_once(&g, &ines).await;
    comments::follow(&g.store, &ines, event, Some(Follow::Watch)).await.unwrap();
    g.take_emails().await;
    for by in [&mei, &kofi] {
        comments::post(&g.store, by, event, None, "At once.", "").await.unwrap();
    }
    let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
    a.and(b).unwrap();
    again.close().await;
    let to_ines = async || emailed(&g).await.iter().filter(|to| to.starts_with("ines")).count();
    assert_eq!(to_ines().await, 1);
    assert_eq!(g.number("SELECT COUNT(*) FROM comment_news").await, 1, "the other one waits");
    // Control: an hour later, the one that waited is an email of its own.
    g.advance(Duration::hours(1));
    run_due(&g).await;
    assert_eq!(to_ines().await, 2);
    g.take_emails().await;
}

/// C18: a comment emails at most 10 of the people whom it mentions, and its author at most 30 in a day. The others are
/// notified in the portal.
#[guild_test]
async fn c18_mentions_email_a_few_and_notify_all(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    let crowd = g.crowd(36).await;
    let mut slugs = Vec::new();
    for member in &crowd {
        emails_at_once(&g, member).await;
        let me = store::members::myself(&g.store, member).await.unwrap();
        slugs.push(format!("@{}", me.slug));
    }
    g.take_emails().await;
    g.rows("DELETE FROM notifications RETURNING id").await;
    // Muting keeps nobody from hearing of a mention, also without an email.
    comments::follow(&g.store, &crowd[11], event, Some(Follow::Mute)).await.unwrap();
    let mut counts = Vec::new();
    for part in slugs.chunks(12) {
        write(&g, &mei, event, &part.join(" ")).await.unwrap();
        let all = "SELECT COUNT(*) FROM notifications WHERE kind = 'comment_posted'";
        let host = 1;
        counts.push((emailed(&g).await.len(), g.number(all).await - host));
    }
    assert_eq!(counts, [(10, 12), (20, 24), (30, 36)]);
    // The limit of the day is used up. A day later it is free again.
    write(&g, &mei, event, &slugs[0]).await.unwrap();
    assert_eq!(emailed(&g).await.len(), 30);
    g.advance(Duration::hours(25));
    run_due(&g).await;
    g.take_emails().await;
    write(&g, &mei, event, &slugs[0]).await.unwrap();
    assert!(!emailed(&g).await.is_empty(), "control");
    g.take_emails().await;
}

/// C17: two organisers who pin at once leave one pinned comment.
#[guild_test]
async fn c17_one_comment_is_pinned_under_a_race(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let (_, group) = private_group(&g).await;
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(write(&g, &mei, group, &format!("Number {n}.")).await.unwrap());
    }
    let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    for pair in [[0, 1], [2, 3], [1, 2], [3, 0], [2, 1], [0, 3]] {
        let [a, b] = pair.map(|n| ids[n]);
        let (a, b) =
            futures::join!(comments::pin(&g.store, &ada, a, true), comments::pin(&again, &ada, b, true));
        a.and(b).unwrap();
        assert_eq!(g.number("SELECT COUNT(*) FROM comments WHERE pinned_at IS NOT NULL").await, 1);
    }
    again.close().await;
    g.take_emails().await;
}

/// The same without the lock: each transaction unpins what it sees, and both comments stay pinned. SQLite has one
/// writer, so only PostgreSQL can show it.
#[guild_test]
async fn c17_negative_control_without_the_lock_two_comments_are_pinned(g: Guild) {
    use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
    g.demo().await;
    let mei = g.actor("mei").await;
    let (_, group) = private_group(&g).await;
    let mut ids = Vec::new();
    for n in 0..2 {
        ids.push(write(&g, &mei, group, &format!("Number {n}.")).await.unwrap());
    }
    g.take_emails().await;
    if g.store.engine() == store::Engine::Sqlite {
        return;
    }
    let unpin = "UPDATE comments SET pinned_at = NULL WHERE pinned_at IS NOT NULL";
    let pin = |id: CommentId| format!("UPDATE comments SET pinned_at = now() WHERE id = '{}'", id.0);
    let first = g.raw().begin().await.unwrap();
    first.execute_unprepared(unpin).await.unwrap();
    first.execute_unprepared(&pin(ids[0])).await.unwrap();
    g.raw().execute_unprepared(unpin).await.unwrap();
    g.raw().execute_unprepared(&pin(ids[1])).await.unwrap();
    first.commit().await.unwrap();
    assert_eq!(g.number("SELECT COUNT(*) FROM comments WHERE pinned_at IS NOT NULL").await, 2);
}

/// C16: the conversation of a private group reaches nobody outside it, and no former member.
#[guild_test]
async fn c16_a_conversation_follows_the_visibility_of_its_record(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi, ines) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let (slug, group) = private_group(&g).await;
    emails_at_once(&g, &kofi).await;
    comments::follow(&g.store, &kofi, group, Some(Follow::Watch)).await.unwrap();
    let text = format!("Canarycomment is for us, @{}.", slug_of(&g, "ines").await);
    let comment = write(&g, &mei, group, &text).await.unwrap();
    assert_eq!(texts(&g, &kofi, group).await.len(), 1, "control");
    for reader in [&ines, &Actor::Anonymous] {
        assert!(is_absent(&comments::thread(&g.store, reader, group).await));
    }
    assert!(is_absent(&write(&g, &ines, group, "Let me in.").await));
    assert!(is_absent(&comments::follow(&g.store, &ines, group, Some(Follow::Watch)).await));
    let report =
        reports::report(&g.store, &ines, ReportKind::Comment, &comment.to_string(), "Let me see it.").await;
    assert!(is_absent(&report));
    let keys = notified(&g).await;
    assert_eq!(keys, ["ada", "kofi"], "a mention of somebody outside reaches nobody");
    // What waits for an email is asked again after the member has left.
    write(&g, &mei, group, "Canarylater is for us.").await.unwrap();
    let about_comments = async || {
        let list = notifications::list(&g.store, &kofi, None).await.unwrap().notifications;
        list.into_iter().filter(|one| one.kind == "comment_posted").collect::<Vec<_>>()
    };
    let before = about_comments().await;
    assert!(!before.is_empty() && before.iter().all(|one| one.can_open && one.title.is_some()), "control");
    groups::remove(&g.store, &ada, &slug, kofi.member().unwrap()).await.unwrap();
    g.advance(Duration::hours(2));
    run_due(&g).await;
    let sent = g.emails_of("comment_posted").await;
    assert!(sent.iter().any(|email| email.to_string().contains("Canarycomment")), "control");
    assert!(sent.iter().all(|email| !email.to_string().contains("Canarylater")), "{sent:?}");
    let after = about_comments().await;
    assert_eq!(after.len(), before.len());
    assert!(after.iter().all(|one| !one.can_open && one.title.is_none() && one.by.is_none()), "{after:?}");
    assert!(is_absent(&comments::thread(&g.store, &kofi, group).await));
    g.take_emails().await;
}

/// C16: everybody who sees a public group reads its conversation, and only its members write.
#[guild_test]
async fn c16_only_members_of_a_group_write_there(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm { name: "Tea circle".into(), kind: "chapter".into(), ..GroupForm::default() };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    let group = target(&g, &Place::Group(slug.clone())).await;
    write(&g, &ada, group, "Welcome!").await.unwrap();
    let thread = comments::thread(&g.store, &mei, group).await.unwrap();
    assert!(thread.comments.len() == 1 && !thread.may_write);
    assert_eq!(refused(write(&g, &mei, group, "Hello.").await), Refusal::NotAllowed);
    groups::add(&g.store, &ada, &slug, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    write(&g, &mei, group, "Hello.").await.unwrap();
    g.take_emails().await;
}

#[guild_test]
async fn c17_organisers_pin_close_and_remove(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi, tomas) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await, g.actor("tomas").await);
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    let first = write(&g, &mei, event, "First.").await.unwrap();
    let second = write(&g, &kofi, event, "Second.").await.unwrap();
    for id in [first, second] {
        assert_eq!(refused(comments::pin(&g.store, &tomas, id, true).await), Refusal::NotAllowed);
        comments::pin(&g.store, &ada, id, true).await.unwrap();
    }
    assert_eq!(texts(&g, &mei, event).await, ["Second.", "First."], "one is pinned, the latest");
    comments::pin(&g.store, &ada, second, false).await.unwrap();
    assert_eq!(texts(&g, &mei, event).await, ["First.", "Second."]);
    // Closing.
    assert!(is_absent(&comments::close(&g.store, &mei, event, true).await));
    comments::close(&g.store, &ada, event, true).await.unwrap();
    assert_eq!(refused(write(&g, &mei, event, "Third.").await), Refusal::CommentsOff);
    comments::close(&g.store, &ada, event, false).await.unwrap();
    // Removing: the text is gone for everybody, and only the author and organisers read why.
    let reason = "Canaryreason is about another event.";
    assert_eq!(refused(comments::remove(&g.store, &kofi, first, reason).await), Refusal::NotAllowed);
    comments::remove(&g.store, &ada, first, reason).await.unwrap();
    assert!(is_absent(&comments::edit(&g.store, &mei, first, "Back again.").await));
    let reason_for = async |reader: &Actor| {
        let thread = comments::thread(&g.store, reader, event).await.unwrap();
        let removed = thread.comments.into_iter().find(|comment| comment.id == first);
        removed.map(|comment| (comment.text, comment.removal.unwrap().reason))
    };
    for reader in [&mei, &ada] {
        assert_eq!(reason_for(reader).await, Some((String::new(), Some(reason.to_owned()))));
    }
    assert_eq!(reason_for(&kofi).await, None);
    let audited = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN \
                   ('comment.pin', 'comment.unpin', 'comment.close', 'comment.open', 'comment.remove')";
    assert_eq!(g.number(audited).await, 6);
    comments::restore(&g.store, &ada, first).await.unwrap();
    assert_eq!(texts(&g, &kofi, event).await, ["First.", "Second."]);
    // Reports work as below kudos.
    let key = second.to_string();
    let report = reports::report(&g.store, &mei, ReportKind::Comment, &key, "Not nice.").await.unwrap();
    assert_eq!(texts(&g, &kofi, event).await, ["First."]);
    reports::decide(&g.store, &ada, report, Decision::Nothing, "It is fine after all.").await.unwrap();
    assert_eq!(texts(&g, &kofi, event).await.len(), 2);
    g.take_emails().await;
}

/// C18, C19: whom a comment reaches, with a control for each of them.
#[guild_test]
async fn c18_a_comment_reaches_the_people_it_concerns(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines, sofia) =
        (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await, g.actor("sofia").await);
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    let host = notified_by(&g, &mei, event, "Is there tea?").await;
    assert_eq!(host.len(), 1, "the host only: {host:?}");
    comments::follow(&g.store, &sofia, event, Some(Follow::Watch)).await.unwrap();
    assert!(notified_by(&g, &mei, event, "And cake?").await.contains(&"sofia".to_owned()));
    let mention = format!("Ask @Kofi-Mensah, `@{}` or @nobody-at-all.", slug_of(&g, "ines").await);
    let reached = notified_by(&g, &mei, event, &mention).await;
    assert!(reached.contains(&"kofi".to_owned()) && !reached.contains(&"ines".to_owned()), "{reached:?}");
    // Muting leaves mentions.
    comments::follow(&g.store, &sofia, event, Some(Follow::Mute)).await.unwrap();
    assert!(!notified_by(&g, &mei, event, "Cake!").await.contains(&"sofia".to_owned()));
    let sofia_slug = slug_of(&g, "sofia").await;
    assert!(notified_by(&g, &mei, event, &format!("@{sofia_slug}?")).await.contains(&"sofia".to_owned()));
    // A block ends mentions in both directions.
    blocks::block(&g.store, &kofi, mei.member().unwrap()).await.unwrap();
    assert!(!notified_by(&g, &mei, event, "@kofi-mensah?").await.contains(&"kofi".to_owned()));
    let mei_slug = slug_of(&g, "mei").await;
    assert!(!notified_by(&g, &kofi, event, &format!("@{mei_slug}?")).await.contains(&"mei".to_owned()));
    assert!(
        notified_by(&g, &ines, event, &format!("@{mei_slug}?")).await.contains(&"mei".to_owned()),
        "control"
    );
    g.take_emails().await;
}

async fn notified_by(g: &Guild, by: &Actor, target: Target, text: &str) -> Vec<String> {
    write(g, by, target, text).await.unwrap();
    notified(g).await
}

async fn slug_of(g: &Guild, key: &str) -> String {
    let sql = format!(
        "SELECT p.slug FROM profiles p JOIN members m ON m.id = p.member_id WHERE m.demo_key = '{key}'"
    );
    g.rows(&sql).await[0].try_get("", "slug").unwrap()
}

/// C18: a busy conversation is one email an hour, one notification, and what its reader may see when it is sent.
#[guild_test]
async fn c18_a_busy_conversation_is_one_email_an_hour(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    emails_at_once(&g, &kofi).await;
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    comments::follow(&g.store, &kofi, event, Some(Follow::Watch)).await.unwrap();
    write(&g, &mei, event, "Canaryfirst.").await.unwrap();
    assert_eq!(g.emails_of("comment_posted").await.len(), 1, "the first one is sent at once");
    let second = write(&g, &mei, event, "Canarysecond.").await.unwrap();
    write(&g, &ines, event, "Canarythird.").await.unwrap();
    write(&g, &mei, event, "Canaryfourth.").await.unwrap();
    assert_eq!(g.emails_of("comment_posted").await.len(), 1, "the others wait");
    // Another conversation has an email of its own.
    let other = target(&g, &Place::Event(g.event(None).await)).await;
    comments::follow(&g.store, &kofi, other, Some(Follow::Watch)).await.unwrap();
    write(&g, &mei, other, "Elsewhere.").await.unwrap();
    assert_eq!(g.emails_of("comment_posted").await.len(), 2);
    // One comment is deleted meanwhile, and the author of another one is blocked.
    comments::delete(&g.store, &mei, second).await.unwrap();
    blocks::block(&g.store, &kofi, ines.member().unwrap()).await.unwrap();
    g.advance(Duration::minutes(59));
    run_due(&g).await;
    assert_eq!(g.emails_of("comment_posted").await.len(), 2, "not before an hour has passed");
    g.advance(Duration::minutes(2));
    run_due(&g).await;
    run_due(&g).await;
    let emails = g.emails_of("comment_posted").await;
    assert_eq!(emails.len(), 3);
    let last = emails.iter().find(|email| email.to_string().contains("Canaryfourth")).unwrap().to_string();
    assert!(!last.contains("Canarysecond") && !last.contains("Canarythird"), "{last}");
    let unread = notifications::list(&g.store, &kofi, None).await.unwrap().notifications;
    assert_eq!(unread.iter().filter(|one| one.kind == "comment_posted").count(), 2, "one a conversation");
    g.take_emails().await;
}

/// C18: a digest is asked again when it is sent. It leaves out a group that its reader left, what was deleted, and people in
/// a block with them.
#[guild_test]
async fn c18_a_digest_says_only_what_its_reader_still_sees(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi, ines) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let daily = EmailPreference::check("comments - daily").unwrap();
    preferences::save(&g.store, &kofi, vec![daily]).await.unwrap();
    let (slug, group) = private_group(&g).await;
    let event = target(&g, &Place::Event(g.event(None).await)).await;
    for place in [group, event] {
        comments::follow(&g.store, &kofi, place, Some(Follow::Watch)).await.unwrap();
    }
    write(&g, &mei, group, "Canaryleft is for the group.").await.unwrap();
    write(&g, &mei, event, "Canarystays is for all.").await.unwrap();
    let gone = write(&g, &mei, event, "Canarygone is a mistake.").await.unwrap();
    write(&g, &ines, event, "Canaryblocked is by somebody else.").await.unwrap();
    let waiting = "SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items d JOIN members m ON m.id = d.member_id \
                   WHERE m.demo_key = 'kofi' AND payload LIKE '%Canary%'";
    assert_eq!(g.number(waiting).await, 4, "control: all of them wait");
    groups::remove(&g.store, &ada, &slug, kofi.member().unwrap()).await.unwrap();
    comments::delete(&g.store, &mei, gone).await.unwrap();
    blocks::block(&g.store, &kofi, ines.member().unwrap()).await.unwrap();
    g.advance(Duration::days(2));
    run_due(&g).await;
    let me = kofi.member().unwrap().to_string();
    let sent = g.emails_of("digest").await;
    let sent: Vec<_> = sent.iter().filter(|email| email["mailing"]["member"] == me).collect();
    assert_eq!(sent.len(), 1);
    let text = sent[0].to_string().to_lowercase();
    assert!(text.contains("canarystays"), "control: {text}");
    for hidden in ["canaryleft", "canarygroup", "canarygone", "canaryblocked"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    g.take_emails().await;
}

/// C18: a mention is a link for readers who may see the person, and plain text for others.
#[guild_test]
async fn c18_a_mention_links_nobody_whom_its_reader_does_not_see(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let slug = g.event(None).await;
    let event = target(&g, &Place::Event(slug.clone())).await;
    write(&g, &mei, event, "Ask @kofi-mensah about it.").await.unwrap();
    let is_linked = async |key: &str| {
        let visit = g.visit(Some(key), &format!("/events/{slug}"), Locale::En).await;
        let html = g.page(&visit).await.html;
        let (_, conversation) = html.split_once("id=\"comments\"").unwrap();
        assert!(conversation.contains("@kofi-mensah"), "the text stays: {conversation}");
        conversation.contains("/members/kofi-mensah\"")
    };
    assert!(is_linked("ines").await && is_linked("sofia").await, "control");
    blocks::block(&g.store, &kofi, g.actor("ines").await.member().unwrap()).await.unwrap();
    assert!(!is_linked("ines").await, "a block is between them");
    assert!(is_linked("sofia").await, "control: the others see the person");
    admin::suspend(&g.store, &ada, kofi.member().unwrap(), "A test of mentions.").await.unwrap();
    assert!(!is_linked("sofia").await, "suspended people are seen by nobody");
    g.take_emails().await;
}

/// C13, C18: the notification of a comment says nothing once its event has moved into a private group.
#[guild_test]
async fn c18_a_notification_follows_its_event_into_a_private_group(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let (inner, _) = private_group(&g).await;
    let form = EventForm { title: "Canaryevening".into(), group: String::new(), ..event_form(None) };
    let slug = events::create(&g.store, &ada, form.check().unwrap(), "k").await.unwrap();
    events::publish(&g.store, &ada, &slug).await.unwrap();
    let event = target(&g, &Place::Event(slug.clone())).await;
    for key in ["kofi", "ines"] {
        comments::follow(&g.store, &g.actor(key).await, event, Some(Follow::Watch)).await.unwrap();
    }
    write(&g, &mei, event, "Is there tea?").await.unwrap();
    let page = async |key: &str| {
        let html = g.page(&g.visit(Some(key), "/notifications", Locale::En).await).await.html;
        html.split_once("<main").unwrap().1.to_owned()
    };
    let says = |page: &str| page.contains("Canaryevening") && page.contains("Mei Tanaka");
    assert!(says(&page("kofi").await) && says(&page("ines").await), "control");
    let now = events::page(&g.store, &ada, &slug).await.unwrap().event;
    let moved = EventForm { group: inner.to_string(), ..now.details.to_form(now.version) };
    events::edit(&g.store, &ada, &slug, moved.check().unwrap(), now.version).await.unwrap();
    assert!(says(&page("kofi").await), "control: a member of the group");
    let hidden = page("ines").await;
    assert!(!hidden.to_lowercase().contains("canaryevening") && !hidden.contains("Mei Tanaka"), "{hidden}");
    assert!(is_absent(&comments::thread(&g.store, &g.actor("ines").await, event).await));
    g.take_emails().await;
}

/// C20: hosts find questions without an answer on their home page, of the conversations and people that they see.
#[guild_test]
async fn c20_hosts_find_questions_without_an_answer(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let (slug, host) = (g.event(None).await, g.actor("grace").await);
    let event = target(&g, &Place::Event(slug.clone())).await;
    let asked = async |reader: &Actor| {
        let questions = comments::questions_to_host(&g.store, reader).await.unwrap().into_iter();
        questions.filter(|one| one.event == slug).map(|one| one.text).collect::<Vec<_>>()
    };
    write(&g, &mei, event, "I look forward to it.").await.unwrap();
    let tea = write(&g, &mei, event, "Is there **tea**?").await.unwrap();
    g.advance(Duration::minutes(1));
    write(&g, &kofi, event, "And is there cake?").await.unwrap();
    assert_eq!(
        asked(&host).await,
        ["Is there tea?", "And is there cake?"],
        "the oldest first, and only questions"
    );
    for reader in [&mei, &ines, &Actor::Anonymous] {
        assert!(asked(reader).await.is_empty(), "others host nothing here");
    }
    let html = g.page(&g.visit(Some("grace"), "/", Locale::En).await).await.html;
    assert!(
        html.contains("Is there tea?") && html.contains(&format!("/events/{slug}?reply={}", tea.0)),
        "{html}"
    );
    // A reply of anybody is an answer, and so is a later comment of the reader.
    comments::post(&g.store, &ines, event, Some(tea), "There is.", "").await.unwrap();
    assert_eq!(asked(&host).await, ["And is there cake?"]);
    // A block hides a question, as it hides the comment.
    blocks::block(&g.store, &host, kofi.member().unwrap()).await.unwrap();
    assert!(asked(&host).await.is_empty());
    blocks::unblock(&g.store, &host, kofi.member().unwrap()).await.unwrap();
    assert_eq!(asked(&host).await.len(), 1, "control");
    g.advance(Duration::minutes(1));
    write(&g, &host, event, "There is cake for everybody.").await.unwrap();
    assert!(asked(&host).await.is_empty());
    g.take_emails().await;
}

/// C16 to C19: everything works with plain forms, and nothing typed is lost.
#[guild_test]
async fn c16_conversations_are_plain_forms(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let portal = g.portal(&[]).await;
    let (mei, ada) = (portal.browser(), portal.browser());
    mei.set_cookie("guildhall", &g.session_of("mei").await);
    ada.set_cookie("guildhall", &g.session_of("ada").await);
    let about = [("kind", "event"), ("target", slug.as_str())];
    let form = |more: &[(&'static str, &'static str)]| [about.as_slice(), more].concat();
    let sent = form(&[("text", "Is <b>tea</b> there, @kofi-mensah?"), ("key", "one")]);
    let page = mei.follow(mei.post("/api/comments/post", &sent).await, None).await.body;
    assert!(
        page.contains("Is &lt;b&gt;tea&lt;/b&gt; there") && page.contains("/members/kofi-mensah\""),
        "{page}"
    );
    let event = target(&g, &Place::Event(slug.clone())).await;
    let id =
        comments::thread(&g.store, &g.actor("ada").await, event).await.unwrap().comments[0].id.to_string();
    let by_id = [("kind", "event"), ("target", slug.as_str()), ("id", id.as_str())];
    let with = |name, text| [by_id.as_slice(), [(name, text)].as_slice()].concat();
    let pinned = ada.follow(ada.post("/api/comments/pin", &with("pinned", "yes")).await, None).await.body;
    assert!(pinned.contains("Comment pinned.") && pinned.contains("Unpin"), "{pinned}");
    let empty = ada.post("/api/comments/remove", &with("reason", "")).await;
    let empty = ada.follow(empty, None).await.body;
    assert!(empty.contains("id=\"p-reason\""), "the form says what is missing: {empty}");
    let removed = ada.post("/api/comments/remove", &with("reason", "Canaryreason was it.")).await;
    let removed = ada.follow(removed, None).await.body;
    assert!(removed.contains("An organiser removed this comment.") && removed.contains("Canaryreason"));
    assert!(mei.get(&format!("/events/{slug}")).await.body.contains("Canaryreason"), "its author reads why");
    let restored = ada.follow(ada.post("/api/comments/restore", &by_id).await, None).await.body;
    assert!(restored.contains("Comment restored.") && !restored.contains("Canaryreason"));
    let watching = mei.post("/api/comments/follow", &form(&[("follow", "watch")])).await;
    assert!(mei.follow(watching, None).await.body.contains("Stop watching"));
    let closed = ada.post("/api/comments/close", &form(&[("off", "yes")])).await;
    assert!(ada.follow(closed, None).await.body.contains("Open conversation"));
    let visitor = portal.browser().get(&format!("/events/{slug}")).await.body;
    assert!(visitor.contains("Sign in to read and join") && !visitor.contains("tea"), "{visitor}");
    let group = g.page(&g.visit(Some("mei"), "/groups/on-call", Locale::En).await).await.html;
    assert!(group.contains("id=\"comments\""));
    portal.stop().await;
    g.take_emails().await;
}
