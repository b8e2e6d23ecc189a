//! Comments: who reads and writes them, replies, changes, reports, and turning them off (K8).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, CommentId, KudosId, Refusal,
    comments::Target,
    kudos::KudosForm,
    reports::{Decision, ReportKind},
};
use store::{StoreError, blocks, comments, data, kudos, reports};
use tests::{Guild, guild_test};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn is_absent<T: std::fmt::Debug>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::NotFound))
}

async fn write(
    g: &Guild,
    by: &Actor,
    id: KudosId,
    parent: Option<CommentId>,
    text: &str,
) -> Result<CommentId, StoreError> {
    let written = comments::post(&g.store, by, id.into(), parent, text, "").await;
    store::runner::run_due(&g.store).await.unwrap();
    written
}

/// The thread as lines, replies with an indent.
async fn lines(g: &Guild, reader: &Actor, id: KudosId) -> Vec<String> {
    let thread = comments::thread(&g.store, reader, id.into()).await.unwrap();
    let mut lines = Vec::new();
    for comment in thread.comments {
        lines.push(if comment.is_deleted { "(deleted)".to_owned() } else { comment.text });
        lines.extend(comment.replies.into_iter().map(|reply| format!("  {}", reply.text)));
    }
    lines
}

#[guild_test]
async fn k8_comments_have_one_level_of_replies(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let first = write(&g, &ines, id, None, "I was there!").await.unwrap();
    let reply = write(&g, &kofi, id, Some(first), "And you laughed, too.").await.unwrap();
    write(&g, &ines, id, None, "Which page was it?").await.unwrap();
    write(&g, &mei, id, Some(reply), "Loudest of all.").await.unwrap();
    let expected = ["I was there!", "  And you laughed, too.", "  Loudest of all.", "Which page was it?"];
    for reader in [&mei, &Actor::Anonymous] {
        assert_eq!(lines(&g, reader, id).await, expected);
    }
    let once = comments::post(&g.store, &ines, id.into(), None, "Once.", "key").await.unwrap();
    assert_eq!(comments::post(&g.store, &ines, id.into(), None, "Once.", "key").await.unwrap(), once);
    let other = g.give_kudos(&mei, &ines, &format!("{TEXT} Again.")).await.unwrap();
    assert!(
        is_absent(&write(&g, &mei, other, Some(first), "Not here.").await),
        "a reply stays below its record"
    );
    assert_eq!(refused(write(&g, &Actor::Anonymous, id, None, "Hello.").await), Refusal::SignInFirst);
    g.expect_emails("kudos_received=2").await;
}

/// K8: a card on the wall says how many comments its reader sees, and open walls hear of each change.
#[guild_test]
async fn k8_a_card_counts_the_comments_that_its_reader_sees(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines, ada) =
        (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await, g.actor("ada").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let count = async |reader: &Actor| kudos::get(&g.store, reader, id).await.unwrap().comments;
    // Each change is an entry of the feed, with the card as it is now.
    let seen = std::cell::Cell::new(kudos::latest_seq(&g.store).await.unwrap());
    let on_wall = async |reader: &Actor| {
        let filter = kudos::Filter::default();
        let news = kudos::since(&g.store, reader, &filter, seen.get()).await.unwrap().unwrap();
        seen.set(news.seq);
        match news.changes.as_slice() {
            [kudos::Change::Show(card)] => Some(card.comments),
            _ => None,
        }
    };
    assert_eq!((count(&ada).await, on_wall(&ada).await), (0, None), "control: nothing happened");
    let first = write(&g, &ines, id, None, "I was there!").await.unwrap();
    assert_eq!(on_wall(&ada).await, Some(1));
    let reply = write(&g, &kofi, id, Some(first), "You were.").await.unwrap();
    assert_eq!(on_wall(&Actor::Anonymous).await, Some(2));
    assert_eq!(count(&Actor::Anonymous).await, 2);
    // A block hides the comment, and the reply to it with it.
    blocks::block(&g.store, &ada, ines.member().unwrap()).await.unwrap();
    assert_eq!((count(&ada).await, count(&mei).await), (0, 2));
    assert_eq!(lines(&g, &ada, id).await.len(), 0, "as many as the page shows");
    let until = kudos::latest_seq(&g.store).await.unwrap();
    let concerned = kudos::concerned(&g.store, 0, until).await.unwrap();
    assert!(concerned.is_none_or(|members| members.contains(&ada.member().unwrap())));
    blocks::unblock(&g.store, &ada, ines.member().unwrap()).await.unwrap();
    seen.set(kudos::latest_seq(&g.store).await.unwrap());
    comments::delete(&g.store, &kofi, reply).await.unwrap();
    assert_eq!(on_wall(&ada).await, Some(1));
    reports::report(&g.store, &ada, ReportKind::Comment, &first.to_string(), "It says too much.")
        .await
        .unwrap();
    assert_eq!(on_wall(&mei).await, Some(0), "what is hidden does not count");
    // The wall says it, with a link to the conversation.
    let other = g.give_kudos(&mei, &ines, &format!("{TEXT} Again.")).await.unwrap();
    for text in ["One.", "Two."] {
        write(&g, &kofi, other, None, text).await.unwrap();
    }
    let html = g.page(&g.visit(None, "/kudos", domain::Locale::En).await).await.html;
    assert!(html.contains("2 comments") && html.contains(&format!("/kudos/{other}#comments")));
    g.take_emails().await;
}

/// K8: who reads and writes comments is whoever sees the record, now.
#[guild_test]
async fn k8_comments_follow_the_visibility_of_their_record(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let form = KudosForm { visibility: "private".into(), ..g.kudos_form(&[&kofi], TEXT).await };
    let private = kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
    let comment = write(&g, &kofi, private, None, "Canarycomment is between us.").await.unwrap();
    assert_eq!(lines(&g, &mei, private).await.len(), 1, "control");
    let target = Target::from(private);
    for reader in [&ines, &Actor::Anonymous, &g.actor("ada").await] {
        assert!(is_absent(&comments::thread(&g.store, reader, target).await));
    }
    assert!(is_absent(&write(&g, &ines, private, None, "Let me in.").await));
    let report =
        reports::report(&g.store, &ines, ReportKind::Comment, &comment.to_string(), "Let me see it.").await;
    assert!(is_absent(&report), "nobody reports what they cannot see");
    kudos::retract(&g.store, &mei, private).await.unwrap();
    assert!(is_absent(&comments::thread(&g.store, &mei, target).await));
    assert!(is_absent(&comments::edit(&g.store, &kofi, comment, "Too late.").await));
    g.expect_emails("kudos_received=1").await;
}

#[guild_test]
async fn k8_the_author_edits_for_15_minutes_and_deletes_at_any_time(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let first = write(&g, &ines, id, None, "I was their!").await.unwrap();
    assert!(is_absent(&comments::edit(&g.store, &mei, first, "Mine now.").await));
    assert!(is_absent(&comments::delete(&g.store, &mei, first).await));
    comments::edit(&g.store, &ines, first, "I was there!").await.unwrap();
    write(&g, &kofi, id, Some(first), "You were.").await.unwrap();
    let alone = write(&g, &ines, id, None, "Nobody answers this.").await.unwrap();
    g.advance(Duration::minutes(15));
    let late = comments::edit(&g.store, &ines, first, "I was not.").await;
    assert_eq!(refused(late), Refusal::CommentEditOver { minutes: 15 });
    comments::delete(&g.store, &ines, first).await.unwrap();
    comments::delete(&g.store, &ines, alone).await.unwrap();
    assert_eq!(lines(&g, &mei, id).await, ["(deleted)", "  You were."], "replies stay");
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM comments WHERE text LIKE 'I was%'").await, 0);
    assert!(is_absent(&comments::delete(&g.store, &ines, alone).await));
    g.expect_emails("kudos_received=1").await;
}

/// K8: the giver and the recipients turn comments off, and nobody else does.
#[guild_test]
async fn k8_comments_can_be_turned_off(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    write(&g, &ines, id, None, "I was there!").await.unwrap();
    assert!(is_absent(&comments::close(&g.store, &ines, id.into(), true).await));
    for owner in [&kofi, &mei] {
        comments::close(&g.store, owner, id.into(), true).await.unwrap();
        comments::close(&g.store, owner, id.into(), true).await.unwrap();
        assert_eq!(refused(write(&g, &ines, id, None, "Again!").await), Refusal::CommentsOff);
        assert_eq!(lines(&g, &ines, id).await.len(), 1, "what is there stays");
        comments::close(&g.store, owner, id.into(), false).await.unwrap();
    }
    write(&g, &ines, id, None, "Again!").await.unwrap();
    g.expect_emails("kudos_received=1").await;
}

/// K7, K8: a reported comment is hidden until the decision, and a block hides comments in both directions.
#[guild_test]
async fn k8_reported_and_blocked_comments_are_hidden(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi, ines) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let comment = write(&g, &ines, id, None, "This is not nice.").await.unwrap();
    let key = comment.to_string();
    let report =
        reports::report(&g.store, &kofi, ReportKind::Comment, &key, "It is not nice.").await.unwrap();
    assert!(lines(&g, &mei, id).await.is_empty());
    assert!(
        is_absent(&comments::edit(&g.store, &ines, comment, "This is nice.").await),
        "it stays as reported"
    );
    let reason = "We read it again, and it is fine.";
    reports::decide(&g.store, &ada, report, Decision::Nothing, reason).await.unwrap();
    assert_eq!(lines(&g, &mei, id).await.len(), 1);
    let report =
        reports::report(&g.store, &mei, ReportKind::Comment, &key, "I don't like it.").await.unwrap();
    reports::decide(&g.store, &ada, report, Decision::Hidden, "It was not fine after all.").await.unwrap();
    assert!(lines(&g, &mei, id).await.is_empty());
    let other = write(&g, &ines, id, None, "Sorry about that.").await.unwrap();
    blocks::block(&g.store, &kofi, ines.member().unwrap()).await.unwrap();
    assert!(lines(&g, &kofi, id).await.is_empty());
    assert!(is_absent(&write(&g, &kofi, id, Some(other), "A reply.").await));
    assert_eq!(lines(&g, &mei, id).await.len(), 1, "control");
    g.take_emails().await;
}

#[guild_test]
async fn k8_comments_have_a_limit_in_an_hour(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    for n in 0..30 {
        write(&g, &mei, id, None, &format!("Number {n}.")).await.unwrap();
    }
    assert_eq!(refused(write(&g, &mei, id, None, "One more.").await), Refusal::SlowDown { seconds: 3600 });
    write(&g, &kofi, id, None, "Others can.").await.unwrap();
    g.advance(Duration::hours(1));
    write(&g, &mei, id, None, "One more.").await.unwrap();
    g.expect_emails("kudos_received=1").await;
}

/// F1: the text goes with its author, replies of others stay, and all goes with the record.
#[guild_test]
async fn k8_comments_are_erased_with_their_author_and_their_record(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let first = write(&g, &ines, id, None, "Canaryauthor wrote this.").await.unwrap();
    write(&g, &kofi, id, Some(first), "You did.").await.unwrap();
    write(&g, &ines, id, None, "Canaryauthor wrote this as well.").await.unwrap();
    let erase = async |actor: &Actor| {
        data::request_deletion(&g.store, actor).await.unwrap();
        g.advance(Duration::days(8));
        store::runner::run_due(&g.store).await.unwrap();
    };
    erase(&ines).await;
    assert_eq!(lines(&g, &mei, id).await, ["(deleted)", "  You did."]);
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM comments";
    assert_eq!(g.number(&format!("{count} WHERE text LIKE 'Canary%'")).await, 0);
    erase(&mei).await;
    assert_eq!(g.number(count).await, 0);
    g.take_emails().await;
}

/// K8: without JavaScript, replies and edits are links to the same page with a form, and nothing typed is lost.
#[guild_test]
async fn k8_comments_are_plain_forms(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("ines").await);
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let target = id.to_string();
    let about = [("kind", "kudos"), ("target", target.as_str())];
    let send = async |path: &str, more: &[(&str, &str)]| {
        let form = [about.as_slice(), more].concat();
        browser.follow(browser.post(path, &form).await, None).await.body
    };
    let page = send("/api/comments/post", &[("text", "I was <b>there</b>!"), ("key", "one")]).await;
    assert!(page.contains("I was &lt;b&gt;there&lt;/b&gt;!") && page.contains("Comment sent"), "{page}");
    let comment = comments::thread(&g.store, &mei, id.into()).await.unwrap().comments[0].id.to_string();
    let reply = browser.get(&format!("/kudos/{id}?reply={comment}")).await.body;
    assert!(reply.contains(&format!("name=\"parent\" value=\"{comment}\"")));
    let long = "x".repeat(2001);
    let refused = send("/api/comments/post", &[("text", &long), ("parent", &comment)]).await;
    assert!(refused.contains(&long) && refused.contains("id=\"p-text\""), "what was typed is kept");
    let edited = send("/api/comments/edit", &[("text", "I was here!"), ("id", &comment)]).await;
    assert!(edited.contains("I was here!") && edited.contains("Comment updated"));
    let deleted = send("/api/comments/delete", &[("id", &comment)]).await;
    assert!(!deleted.contains("I was here!") && deleted.contains("Comment deleted"));
    let visitor = portal.browser().get(&format!("/kudos/{id}")).await.body;
    assert!(visitor.contains("Sign in to write a comment") && !visitor.contains("comment-form"));
    portal.stop().await;
    g.expect_emails("kudos_received=1").await;
}

/// The members who were notified of comments, with the link.
async fn notified(g: &Guild) -> Vec<String> {
    let sql = "SELECT m.demo_key FROM notifications n JOIN members m ON m.id = n.member_id \
         WHERE n.kind = 'comment_posted' ORDER BY m.demo_key";
    g.rows(sql).await.iter().map(|row| row.try_get("", "demo_key").unwrap()).collect()
}

async fn forget_notifications(g: &Guild) {
    g.rows("DELETE FROM notifications RETURNING id").await;
}

/// Everything that is stored of emails about comments, sent or not.
async fn stored(g: &Guild) -> String {
    let sql = "SELECT payload FROM emails UNION ALL SELECT payload FROM digest_items";
    g.rows(sql).await.iter().map(|row| row.try_get::<String>("", "payload").unwrap()).collect()
}

/// K8: a comment reaches the people of the card, and a reply the people of the thread, but nobody with a block.
#[guild_test]
async fn k8_comments_reach_the_people_of_the_card_and_of_the_thread(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let (grace, tomas) = (g.actor("grace").await, g.actor("tomas").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    kudos::thank(&g.store, &grace, id, true).await.unwrap();
    g.take_emails().await;
    forget_notifications(&g).await;
    let first = write(&g, &ines, id, None, "I was there!").await.unwrap();
    assert_eq!(notified(&g).await, ["grace", "kofi", "mei"]);
    forget_notifications(&g).await;
    write(&g, &kofi, id, Some(first), "And you laughed, too.").await.unwrap();
    assert_eq!(
        notified(&g).await,
        ["grace", "ines", "mei"],
        "the author of the thread, and not who wrote it"
    );
    forget_notifications(&g).await;
    blocks::block(&g.store, &kofi, tomas.member().unwrap()).await.unwrap();
    write(&g, &tomas, id, Some(first), "So did I.").await.unwrap_err();
    let other = g.give_kudos(&mei, &ines, &format!("{TEXT} Again.")).await.unwrap();
    kudos::thank(&g.store, &grace, other, true).await.unwrap();
    let blocked = write(&g, &kofi, other, None, "Well done.").await.unwrap();
    forget_notifications(&g).await;
    blocks::block(&g.store, &grace, kofi.member().unwrap()).await.unwrap();
    write(&g, &kofi, other, Some(blocked), "Very well.").await.unwrap();
    assert_eq!(notified(&g).await, ["ines", "mei"], "not the one who blocked the author");
    g.take_emails().await;
}

/// K8: emails about comments come as each member chose, and never contain what is private.
#[guild_test]
async fn k8_emails_about_comments_follow_preferences_and_keep_private_texts(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    for (actor, choice) in [(&mei, "comments - now"), (&kofi, "comments - off")] {
        let choice = domain::emails::EmailPreference::check(choice).unwrap();
        store::preferences::save(&g.store, actor, vec![choice]).await.unwrap();
    }
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    kudos::thank(&g.store, &ines, id, true).await.unwrap();
    g.take_emails().await;
    let comment = write(&g, &g.actor("grace").await, id, None, "Canaryopen is for everybody.").await.unwrap();
    let email = g.emails_of("comment_posted").await.pop().unwrap();
    let first = &email["comments"][0];
    assert_eq!((first["from"].as_str(), first["because"].as_str()), (Some("Grace Lindqvist"), Some("own")));
    g.expect_emails("comment_posted=1").await;
    comments::edit(&g.store, &g.actor("grace").await, comment, "Canaryedited is for everybody.")
        .await
        .unwrap();
    g.advance(Duration::days(1));
    while store::runner::run_due(&g.store).await.unwrap().is_some_and(|next| next <= g.now()) {}
    let digest = g.emails_of("digest").await.pop().unwrap().to_string();
    assert!(digest.contains("Canaryedited") && !digest.contains("Canaryopen"), "as it is now: {digest}");
    g.take_emails().await;
    let form =
        KudosForm { visibility: "private".into(), ..g.kudos_form(&[&kofi], "This one is between us.").await };
    let private = kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
    write(&g, &kofi, private, None, "Canaryprivate is between us.").await.unwrap();
    assert_eq!(g.emails_of("comment_posted").await.len(), 1, "the giver learns of it");
    assert!(!stored(&g).await.contains("Canaryprivate"));
    g.take_emails().await;
}

/// F1: the emails with a comment go with its author.
#[guild_test]
async fn f1_emails_with_the_comment_of_an_erased_member_are_deleted(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let choice = domain::emails::EmailPreference::check("comments - now").unwrap();
    store::preferences::save(&g.store, &mei, vec![choice]).await.unwrap();
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    write(&g, &ines, id, None, "Canaryerased is by somebody who leaves.").await.unwrap();
    write(&g, &kofi, id, None, "Canarystays is by somebody who stays.").await.unwrap();
    data::request_deletion(&g.store, &ines).await.unwrap();
    g.advance(Duration::days(7));
    assert!(stored(&g).await.contains("Canaryerased"), "control");
    while store::runner::run_due(&g.store).await.unwrap().is_some_and(|next| next <= g.now()) {}
    let all = stored(&g).await;
    assert!(!all.contains("Canaryerased") && all.contains("Canarystays"));
    g.take_emails().await;
}
