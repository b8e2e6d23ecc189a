//! The admin area: roles, suspensions, invitations, lists, settings and the audit log.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    Actor, Locale, MemberId, Refusal, Role, Slug, Zone,
    events::RsvpState,
    invitations::{InvitationState, Invite, RequestForm},
    kudos::KudosForm,
    lists::{Entry, List},
    members::Address,
};
use futures::future::join_all;
use store::{
    StoreError, admin, events, groups,
    jobs::JobState,
    kudos, members, runner,
    settings::{self, Community, SignUp},
    sign_in,
};
use tests::{Guild, guild_test};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn id(g: &Guild, key: &str) -> MemberId {
    g.actor(key).await.member().unwrap()
}

async fn role(g: &Guild, actor: &Actor, id: MemberId) -> Role {
    admin::person(&g.store, actor, id).await.unwrap().person.role
}

fn invite(addresses: &str) -> Invite {
    Invite::check(addresses, "Come and see.").unwrap()
}

async fn invite_only(g: &Guild) {
    settings::set_sign_up(&g.store, SignUp::Invite).await.unwrap();
}

/// Requests a sign-in link. Returns the kind of the email that was posted, and the token of the browser.
async fn request_link(g: &Guild, address: &str) -> (String, String) {
    let browser = sign_in::new_token();
    let parsed = Address::parse(address).unwrap();
    sign_in::request_email(&g.store, sign_in::EmailRequest::new(&parsed, &browser)).await.unwrap();
    let rows = g.rows(&format!("SELECT kind FROM emails WHERE address = '{address}' ORDER BY id DESC")).await;
    (rows[0].try_get_by_index(0).unwrap(), browser)
}

#[guild_test]
async fn a_change_of_role_ends_sessions_and_one_administrator_always_remains(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, id(&g, "mei").await);
    let token = {
        let browser = sign_in::Browser { token: "", device: "test" };
        sign_in::as_demo(&g.store, "mei", browser).await.unwrap().token
    };
    admin::set_role(&g.store, &ada, mei, Role::Organiser).await.unwrap();
    assert_eq!(role(&g, &ada, mei).await, Role::Organiser);
    assert!(
        members::sign_in_session(&g.store, &token).await.unwrap().is_none(),
        "a change of role ends her sessions"
    );
    let me = ada.member().unwrap();
    assert_eq!(refused(admin::set_role(&g.store, &ada, me, Role::Member).await), Refusal::LastAdministrator);
    admin::set_role(&g.store, &ada, mei, Role::Administrator).await.unwrap();
    assert_eq!(refused(admin::set_role(&g.store, &ada, me, Role::Member).await), Refusal::OwnRights);
    assert_eq!(refused(admin::suspend(&g.store, &ada, me, "I am tired of this").await), Refusal::OwnRights);
    let mei_now = g.actor("mei").await;
    admin::set_role(&g.store, &mei_now, me, Role::Member).await.unwrap();
    assert_eq!(role(&g, &mei_now, me).await, Role::Member);
    assert_eq!(refused(admin::set_role(&g.store, &mei_now, me, Role::Suspended).await), Refusal::BadChoice);
    let operator =
        members::set_role(&g.store, &Address::parse("mei@guild.example").unwrap(), Role::Member).await;
    assert_eq!(refused(operator), Refusal::LastAdministrator, "the command line refuses it too");
}

/// Two administrators remove each other's role at the same time. One of the changes is refused.
#[guild_test]
async fn two_administrators_cannot_demote_each_other_at_once(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, id(&g, "mei").await);
    for _ in 0..8 {
        admin::set_role(&g.store, &ada, mei, Role::Administrator).await.unwrap();
        let mei_now = g.actor("mei").await;
        let (one, other) = futures::join!(
            admin::set_role(&g.store, &ada, mei, Role::Member),
            admin::set_role(&g.store, &mei_now, ada.member().unwrap(), Role::Member)
        );
        assert_eq!([&one, &other].into_iter().filter(|done| done.is_ok()).count(), 1, "{one:?} {other:?}");
        let left = "SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE role = 'administrator'";
        assert_eq!(g.number(left).await, 1);
        if one.is_err() {
            admin::set_role(&g.store, &mei_now, ada.member().unwrap(), Role::Administrator).await.unwrap();
        }
        let ada = g.actor("ada").await;
        admin::set_role(&g.store, &ada, mei, Role::Member).await.unwrap();
    }
}

#[guild_test]
async fn a_suspension_ends_sessions_frees_seats_and_can_be_lifted(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    assert_eq!(g.rsvp(&kofi, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    let over = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps WHERE state = 'left'").await;
    let moved_up = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'rsvp.promote'";
    let earlier = g.number(moved_up).await;
    let given = admin::suspend(&g.store, &ada, mei.member().unwrap(), "Words that hurt, again and again.")
        .await
        .unwrap();
    assert!(given >= 1);
    let now = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps WHERE state = 'left'").await;
    assert_eq!(now - over, i64::from(given), "only seats at upcoming events are given up");
    let page = events::page(&g.store, &kofi, &slug).await.unwrap();
    assert_eq!(page.rsvp.unwrap().state, RsvpState::Going, "promoted");
    assert_eq!(g.emails_of("suspended").await[0]["reason"], "Words that hurt, again and again.");
    let promoted = g.emails_of("promoted").await;
    assert!(promoted.iter().any(|email| email["event"]["slug"] == slug.as_str()), "Kofi is emailed");
    assert_eq!(promoted.len() as i64, g.number(moved_up).await - earlier, "one email for each who moved up");
    let again = g.actor("mei").await;
    assert_eq!(
        refused(g.rsvp(&again, &slug, 0).await),
        Refusal::Suspended,
        "a suspended member can still sign in and read"
    );
    let seen = admin::person(&g.store, &ada, mei.member().unwrap()).await.unwrap();
    assert_eq!(seen.suspension.unwrap().role_before, Role::Member);
    // A second suspension changes nothing.
    assert_eq!(
        admin::suspend(&g.store, &ada, mei.member().unwrap(), "Once more, for the record").await.unwrap(),
        0
    );
    admin::lift(&g.store, &ada, mei.member().unwrap()).await.unwrap();
    assert_eq!(role(&g, &ada, mei.member().unwrap()).await, Role::Member);
    assert_eq!(g.emails_of("suspension_lifted").await.len(), 1);
    assert_eq!(
        g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap().state,
        RsvpState::Waiting,
        "at the end of the waitlist"
    );
    g.expect_emails("left=13 offer=1 promoted=4 suspended=1 suspension_lifted=1 waitlisted=2").await;
}

#[guild_test]
async fn members_are_found_by_text_role_and_status(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let find = async |words: &str, role: Option<Role>, status: Option<admin::AccountStatus>| {
        let filter = admin::PeopleFilter { words: words.to_owned(), role, status };
        let (rows, _) = admin::people(&g.store, &ada, &filter, 0).await.unwrap();
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(find("mei tan", None, None).await, ["Mei Tanaka"]);
    assert_eq!(find("MEI@guild", None, None).await, ["Mei Tanaka"]);
    assert_eq!(find("", Some(Role::Administrator), None).await, ["Ada Okonkwo"]);
    assert!(find("100%", None, None).await.is_empty());
    assert!(find("", None, Some(admin::AccountStatus::Unreachable)).await.is_empty());
    let address = Address::parse("Mei@guild.example").unwrap();
    sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, "browser")).await.unwrap();
    let email = g.email_to("mei@guild.example").await;
    store::suppressions::record_bounce(&g.store, &address, email, "550 5.1.1").await.unwrap();
    assert_eq!(find("", None, Some(admin::AccountStatus::Unreachable)).await, ["Mei Tanaka"]);
    let all = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members").await;
    let (first, more) = admin::people(&g.store, &ada, &admin::PeopleFilter::default(), 0).await.unwrap();
    assert_eq!((first.len() as i64, more), (all.min(admin::PAGE as i64), all > admin::PAGE as i64));
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn only_invited_people_can_join(g: Guild) {
    g.demo().await;
    invite_only(&g).await;
    let ada = g.actor("ada").await;
    assert_eq!(request_link(&g, "new@guild.example").await.0, "no_account", "control");
    let done =
        admin::invite(&g.store, &ada, invite("New@guild.example\nother@guild.example\nmei@guild.example"))
            .await
            .unwrap();
    assert_eq!((done.sent, done.skipped), (2, 1));
    let emails = g.emails_of("invitation").await;
    assert_eq!(
        (emails.len(), &emails[0]["by"], &emails[0]["note"]),
        (2, &"Ada Okonkwo".into(), &"Come and see.".into())
    );
    // A second invitation to the same address sends no second email.
    let again = admin::invite(&g.store, &ada, invite("new@guild.example")).await.unwrap();
    assert_eq!((again.sent, again.skipped), (0, 1));
    let actor = g.joined(&Address::parse("new@guild.example").unwrap()).await;
    assert!(actor.member().is_some());
    let (rows, _) = admin::invitations(&g.store, &ada, 0).await.unwrap();
    let state =
        |address: &str| rows.iter().find(|row| row.address.eq_ignore_ascii_case(address)).unwrap().state;
    assert_eq!(state("new@guild.example"), InvitationState::Claimed);
    assert_eq!(state("other@guild.example"), InvitationState::Open);
    let other = rows.iter().find(|row| row.address == "other@guild.example").unwrap().id;
    assert!(matches!(refused(admin::resend(&g.store, &ada, other).await), Refusal::SlowDown { .. }));
    admin::revoke(&g.store, &ada, other).await.unwrap();
    assert_eq!(request_link(&g, "other@guild.example").await.0, "no_account");
    assert_eq!(refused(admin::resend(&g.store, &ada, other).await), Refusal::InvitationOver);
    let used = rows.iter().find(|row| row.state == InvitationState::Claimed).unwrap().id;
    assert_eq!(refused(admin::revoke(&g.store, &ada, used).await), Refusal::InvitationOver);
    // A withdrawn address asks for a link, and is invited again later. An invitation expires after two
    // weeks.
    assert_eq!(admin::invite(&g.store, &ada, invite("other@guild.example")).await.unwrap().sent, 0);
    g.advance(Duration::hours(1));
    assert_eq!(admin::invite(&g.store, &ada, invite("other@guild.example")).await.unwrap().sent, 1);
    g.advance(Duration::days(13));
    assert_eq!(request_link(&g, "other@guild.example").await.0, "sign_in");
    g.advance(Duration::days(2));
    assert_eq!(request_link(&g, "other@guild.example").await.0, "no_account", "expired");
    admin::resend(&g.store, &ada, other).await.unwrap();
    assert_eq!(request_link(&g, "other@guild.example").await.0, "sign_in", "a new invitation works");
    g.expect_emails("invitation=4 no_account=3 sign_in=2").await;
}

/// An invitation that was withdrawn between the email and the click lets nobody in.
#[guild_test]
async fn an_invitation_must_be_valid_when_it_is_used(g: Guild) {
    g.demo().await;
    invite_only(&g).await;
    let ada = g.actor("ada").await;
    admin::invite(&g.store, &ada, invite("late@guild.example")).await.unwrap();
    let (kind, browser) = request_link(&g, "late@guild.example").await;
    assert_eq!(kind, "sign_in");
    let secret = g.newest_secret().await;
    let invitation = admin::invitations(&g.store, &ada, 0).await.unwrap().0[0].id;
    admin::revoke(&g.store, &ada, invitation).await.unwrap();
    let browser = sign_in::Browser { token: &browser, device: "test" };
    assert_eq!(refused(sign_in::by_link(&g.store, &secret, browser).await), Refusal::InviteOnly);
    g.expect_emails("invitation=1 sign_in=1").await;
}

/// R3 in small: sixty-four browsers use one invitation at once. It makes one member and is claimed once.
#[guild_test]
async fn r3_an_invitation_is_claimed_once(g: Guild) {
    g.demo().await;
    invite_only(&g).await;
    let ada = g.actor("ada").await;
    admin::invite(&g.store, &ada, invite("race@guild.example")).await.unwrap();
    let address = Address::parse("race@guild.example").unwrap();
    let mut links = Vec::new();
    for i in 0..64 {
        let browser = sign_in::new_token();
        sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, &browser)).await.unwrap();
        links.push((g.newest_secret().await, browser));
        if i % 5 == 4 {
            // One address gets a limited number of emails a day. This test is about their links, so the
            // counters are reset.
            g.rows("DELETE FROM code_emails RETURNING id").await;
        }
    }
    let opened = join_all(links.iter().map(async |(secret, token)| {
        sign_in::by_link(&g.store, secret, sign_in::Browser { token, device: "test" }).await
    }))
    .await;
    assert_eq!(
        opened.iter().filter(|opened| opened.is_ok()).count(),
        64,
        "all browsers sign in to the same account"
    );
    assert_eq!(
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE address_key = 'race@guild.example'")
            .await,
        1
    );
    assert_eq!(
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'invitation.claim'").await,
        1
    );
    g.expect_emails("invitation=1 sign_in=64").await;
}

#[guild_test]
async fn invitations_are_limited_by_day(g: Guild) {
    g.demo().await;
    // The demo data already contains an invitation.
    g.advance(Duration::days(2));
    let ada = g.actor("ada").await;
    for form in 0..4 {
        let lines: Vec<String> = (0..50).map(|i| format!("stranger{form}-{i}@guild.example")).collect();
        assert_eq!(admin::invite(&g.store, &ada, invite(&lines.join("\n"))).await.unwrap().sent, 50);
    }
    let one_more = admin::invite(&g.store, &ada, invite("one-more@guild.example")).await;
    assert_eq!(refused(one_more), Refusal::TooManyInvitations { max: 200 });
    assert_eq!(g.emails_of("invitation").await.len(), 200);
    g.advance(Duration::days(1) + Duration::seconds(1));
    assert_eq!(admin::invite(&g.store, &ada, invite("one-more@guild.example")).await.unwrap().sent, 1);
    for key in ["grace", "mei"] {
        let refusal = refused(admin::invite(&g.store, &g.actor(key).await, invite("x@guild.example")).await);
        assert_eq!(refusal, Refusal::NotAllowed);
    }
    g.expect_emails("invitation=201").await;
}

/// Withdrawing and inviting again doesn't get around the limit of three emails to a stranger.
#[guild_test]
async fn a_stranger_gets_three_emails_even_when_invitations_are_withdrawn(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let mut sent = Vec::new();
    for _ in 0..5 {
        sent.push(admin::invite(&g.store, &ada, invite("stranger@guild.example")).await.unwrap().sent);
        let (rows, _) = admin::invitations(&g.store, &ada, 0).await.unwrap();
        let id = rows.iter().find(|row| row.address == "stranger@guild.example").unwrap().id;
        admin::revoke(&g.store, &ada, id).await.unwrap();
        g.advance(Duration::hours(2));
    }
    assert_eq!(sent, [1, 1, 1, 0, 0]);
    assert_eq!(g.emails().await, "invitation=3");
    g.expect_emails("invitation=3").await;
}

/// A person who was invited by a group can become a member, however they sign in.
#[guild_test]
async fn a_group_invitation_works_with_every_way_to_sign_in(g: Guild) {
    g.demo().await;
    invite_only(&g).await;
    let ada = g.actor("ada").await;
    let comes = async |name: &str| {
        let identity = sign_in::ProvedIdentity {
            issuer: "https://id.example".into(),
            subject: name.into(),
            label: name.into(),
            name: name.into(),
            verified_address: Address::parse(&format!("{name}@guild.example")),
            locale: Locale::En,
        };
        let browser = sign_in::Browser { token: "", device: "test" };
        sign_in::by_provider(&g.store, &Actor::Anonymous, identity, "/", browser).await
    };
    assert_eq!(refused(comes("invited").await.map(drop)), Refusal::InviteOnly, "control");
    let group = groups::create(&g.store, &ada, tests::group_details("Doors"), "").await.unwrap();
    groups::invite(&g.store, &ada, &group, "invited@guild.example").await.unwrap();
    comes("invited").await.unwrap();
    assert_eq!(refused(comes("other").await.map(drop)), Refusal::InviteOnly);
    g.expect_emails("group_invitation=1").await;
}

/// When a list entry is renamed, search finds members by the new name. Other kinds of records are not
/// indexed again.
#[guild_test]
async fn a_renamed_entry_is_found_without_a_full_reindex(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let found =
        async |words: &str| store::search::search(&g.store, &mei, words, None, 0).await.unwrap().count(None);
    let slug = Slug::parse("design").unwrap();
    let before = found("quillwork").await;
    g.rows("DELETE FROM search_documents WHERE kind = 'event' RETURNING number").await;
    let entry = Entry::check(List::Disciplines, "Quillwork", "star").unwrap();
    admin::change(&g.store, &ada, List::Disciplines, &slug, entry).await.unwrap();
    assert!(before == 0 && found("quillwork").await > 0);
    let events = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM search_documents WHERE kind = 'event'").await;
    assert_eq!(events, 0, "events are not indexed again");
    store::search::rebuild(&g.store).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
}

#[guild_test]
async fn list_entries_are_added_renamed_and_reordered_but_never_deleted(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let names = async |list| {
        let items = admin::items(&g.store, &ada, list).await.unwrap();
        items
            .into_iter()
            .map(|item| if item.retired { format!("({})", item.slug) } else { item.slug.to_string() })
            .collect::<Vec<_>>()
    };
    for list in List::ALL.iter().copied().filter(|list| admin::LISTS.contains(list)) {
        let entry = Entry::check(list, "Quiet Work!", "star").unwrap();
        let slug = admin::add(&g.store, &ada, list, entry.clone()).await.unwrap();
        assert_eq!((slug.as_str(), names(list).await.last().unwrap().as_str()), ("quiet-work", "quiet-work"));
        assert_eq!(
            admin::add(&g.store, &ada, list, entry).await.unwrap(),
            slug,
            "a form that is sent twice adds one entry"
        );
        let second = admin::add(&g.store, &ada, list, Entry::check(list, "Quiet work?", "star").unwrap())
            .await
            .unwrap();
        assert!(second.as_str().starts_with("quiet-work-"));
        let before = names(list).await;
        admin::move_by(&g.store, &ada, list, &second, true).await.unwrap();
        let after = names(list).await;
        assert_eq!((after[after.len() - 2].as_str(), after.len()), (second.as_str(), before.len()));
        let first = Slug::parse(&after[0]).unwrap();
        admin::move_by(&g.store, &ada, list, &first, true).await.unwrap();
        assert_eq!(names(list).await, after, "the first entry stays first");
        admin::change(&g.store, &ada, list, &slug, Entry::check(list, "Loud work", "plus").unwrap())
            .await
            .unwrap();
        admin::retire(&g.store, &ada, list, &second, true).await.unwrap();
        assert_eq!(names(list).await.last().unwrap(), &format!("({second})"));
        let items = admin::items(&g.store, &ada, list).await.unwrap();
        assert_eq!(items.iter().find(|item| item.slug == slug).unwrap().name, "Loud work");
        admin::retire(&g.store, &ada, list, &second, false).await.unwrap();
        assert_eq!(names(list).await.last().unwrap(), second.as_str(), "a restored entry comes last");
        assert!(matches!(
            admin::retire(&g.store, &ada, list, &Slug::parse("no-such").unwrap(), true).await,
            Err(StoreError::NotFound)
        ));
    }
}

#[guild_test]
async fn a_retired_entry_is_no_longer_offered_but_members_keep_it(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let slug = Slug::parse("quality-assurance").unwrap();
    admin::retire(&g.store, &ada, List::Disciplines, &slug, true).await.unwrap();
    assert!(members::disciplines(&g.store).await.unwrap().iter().all(|one| one.slug != slug));
    assert!(members::myself(&g.store, &mei).await.unwrap().disciplines.iter().any(|one| one.slug == slug));
    let value = Slug::parse("measurable-impact").unwrap();
    admin::retire(&g.store, &ada, List::Values, &value, true).await.unwrap();
    assert!(kudos::values(&g.store).await.unwrap().iter().all(|one| one.slug != value));
    let form = g.kudos_form(&[&mei], "Twenty characters and a few more.").await;
    let form = KudosForm { values: value.to_string(), ..form };
    let given = kudos::give(&g.store, &ada, form.check().unwrap(), "").await;
    assert!(matches!(given, Err(StoreError::Invalid(_))));
    for one in members::disciplines(&g.store).await.unwrap().iter().skip(1) {
        admin::retire(&g.store, &ada, List::Disciplines, &one.slug, true).await.unwrap();
    }
    let last = members::disciplines(&g.store).await.unwrap()[0].slug.clone();
    assert_eq!(
        refused(admin::retire(&g.store, &ada, List::Disciplines, &last, true).await),
        Refusal::LastOfList
    );
}

#[guild_test]
async fn settings_are_saved_only_over_the_version_that_was_read(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let now = settings::load(&g.store).await.unwrap();
    let new = Community::check("The Weavers", "We weave", "invite", false, "90", "7").unwrap();
    settings::change(&g.store, &ada, new.clone(), now.version).await.unwrap();
    let saved = settings::load(&g.store).await.unwrap();
    assert_eq!(
        (saved.community.as_str(), saved.tagline.as_str(), saved.sign_up),
        ("The Weavers", "We weave", SignUp::Invite)
    );
    assert!(saved.demo, "settings that are not on the form stay");
    let late = settings::change(&g.store, &ada, new.clone(), now.version).await;
    assert_eq!(refused(late), Refusal::ChangedMeanwhile { version: i64::from(saved.version) });
    let mei = g.actor("mei").await;
    assert_eq!(refused(settings::change(&g.store, &mei, new, saved.version).await), Refusal::NotAllowed);
    assert_eq!(Community::check("", "", "everybody", false, "6", "").unwrap_err().len(), 4);
}

#[guild_test]
async fn the_audit_log_names_the_actor_the_action_and_the_subject(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, id(&g, "mei").await);
    g.advance(Duration::hours(1));
    admin::set_role(&g.store, &ada, mei, Role::Organiser).await.unwrap();
    let read = async |filter: admin::LogFilter| admin::log(&g.store, &ada, &filter, 0).await.unwrap().0;
    let lines = read(admin::LogFilter { action: Some("member.role".into()), ..Default::default() }).await;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].actor, admin::LogActor::Member(ada.member().unwrap(), "Ada Okonkwo".into()));
    let subject = lines[0].subject.clone().unwrap();
    assert_eq!((subject.kind, subject.name.as_str()), ("member", "Mei Tanaka"));
    let of_mei = read(admin::LogFilter { record: Some(mei.0), ..Default::default() }).await;
    assert!(of_mei.iter().any(|line| line.action == "member.role"));
    let by_ada = read(admin::LogFilter { actor: "okonkwo".into(), ..Default::default() }).await;
    assert!(
        !by_ada.is_empty()
            && by_ada
                .iter()
                .all(|line| matches!(&line.actor, admin::LogActor::Member(_, name) if name == "Ada Okonkwo"))
    );
    let recent =
        read(admin::LogFilter { from: Some(g.now() - Duration::minutes(1)), ..Default::default() }).await;
    assert_eq!(recent.len(), 1);
    let before =
        read(admin::LogFilter { until: Some(g.now() - Duration::minutes(1)), ..Default::default() }).await;
    assert!(before.iter().all(|line| line.action != "member.role"));
    assert!(admin::actions(&g.store, &ada).await.unwrap().contains(&"rsvp.take".to_owned()));
    // Sessions are deleted when they end, but the log still names the device.
    let started =
        read(admin::LogFilter { action: Some("sign_in_session.start".into()), ..Default::default() }).await;
    assert!(
        started.iter().all(|line| line.subject.as_ref().is_some_and(|subject| subject.kind == "session"))
    );
    g.rows("DELETE FROM sign_in_sessions WHERE token_hash IS NOT NULL RETURNING id").await;
    let visit = g.visit(Some("ada"), "/admin/audit?action=sign_in_session.start", Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Device") && !html.contains("Deleted record") && !html.contains("No name yet"));
}

/// Every action that the store writes to the audit log has a sentence.
#[test]
fn every_action_of_the_audit_log_has_a_sentence() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders = vec![root.join("store/src")];
    let mut actions = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            if path.ends_with("audit.rs") || !text.contains("audit::") && !text.contains("change_role(") {
                continue;
            }
            for literal in text.split('"').skip(1).step_by(2) {
                let word = |word: &str| {
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                };
                if literal.split_once('.').is_some_and(|(noun, method)| word(noun) && word(method)) {
                    actions.insert(literal.to_owned());
                }
            }
        }
    }
    assert!(actions.contains("member.suspend") && actions.len() > 30, "{actions:?}");
    let key = |action: &String| format!("audit-{}", action.replace(['.', '_'], "-"));
    let missing: Vec<_> = actions.iter().filter(|action| !app::i18n::has(&key(action))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Every page and server function of the admin area refuses other people, and changes nothing for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_administrators_use_the_admin_area() {
    use app::routes::{Access, LOGO, Method, ROUTES};
    use axum::http::StatusCode;
    let g = Guild::new(store::Engine::Sqlite).await;
    g.demo().await;
    let (ada, kofi) = (g.actor("ada").await, id(&g, "kofi").await);
    admin::suspend(&g.store, &ada, id(&g, "tomas").await, "So that one is suspended.").await.unwrap();
    let report = store::reports::queue(&g.store, &ada, None, 0).await.unwrap().0[0].id;
    let invitation = admin::invitations(&g.store, &ada, 0).await.unwrap().0[0].id;
    invite_only(&g).await;
    let form = RequestForm::check("Lee", "lee@guild.example", "I read your notes.").unwrap();
    admin::request(&g.store, form, Locale::En, Zone::UTC).await.unwrap();
    settings::set_sign_up(&g.store, SignUp::Open).await.unwrap();
    let request = admin::requests(&g.store, &ada, 0).await.unwrap().0[0].id.to_string();
    g.expect_emails("invitation_requested left offer promoted suspended").await;
    g.rsvp(&g.actor("mei").await, &g.event(None).await, 0).await.unwrap();
    let rows =
        store::outbox::admin::rows(&g.store, &ada, store::outbox::admin::DeliveryStatus::Pending, None, 0)
            .await
            .unwrap();
    let email = rows.0[0].id.to_string();
    store::search::rebuild(&g.store).await.unwrap();
    let jobs = runner::admin::rows(&g.store, &ada, JobState::Pending, 0).await.unwrap();
    let job = jobs.0.iter().find(|row| row.kind == "search_index").unwrap().id.to_string();
    let (kofi, report, invitation) = (kofi.to_string(), report.to_string(), invitation.to_string());
    let fields: Vec<(&str, &str)> = vec![
        ("member", &kofi),
        ("action", "suspend"),
        ("role", "administrator"),
        ("reason", "A reason of some length."),
        ("addresses", "x@guild.example"),
        ("address", "kofi@another.example"),
        ("invitation", &invitation),
        ("request", &request),
        ("community", "Taken over"),
        ("sign_up", "open"),
        ("version", "1"),
        ("list", "values"),
        ("slug", "measurable-impact"),
        ("name", "Taken over"),
        ("mark", "star"),
        ("up", "yes"),
        ("retired", "yes"),
        ("email", &email),
        ("confirm", "cancel"),
        ("job", &job),
        ("keep_emails_days", "30"),
        ("keep_sign_ins_days", "7"),
        ("report", &report),
        ("decision", "hidden"),
        ("kind", "conduct"),
        ("text", "Taken over"),
    ];
    // The state that a refused request must not change. Sessions and drafts of forms are left out.
    let state = async || {
        let mut all = String::new();
        for table in [
            "members",
            "invitations",
            "invitation_requests",
            "settings",
            "disciplines",
            "kudos_values",
            "kudos",
            "emails",
            "reports",
            "suspensions",
            "jobs",
        ] {
            let columns = g.rows(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
            let columns: Vec<String> = columns
                .iter()
                .map(|row| format!("quote(\"{}\")", row.try_get::<String>("", "name").unwrap()))
                .collect();
            let whole =
                format!("SELECT group_concat({}, ' ') AS whole FROM {table}", columns.join(" || ' ' || "));
            all += &format!(
                "{table}: {:?}\n",
                g.rows(&whole).await[0].try_get::<Option<String>>("", "whole").unwrap()
            );
        }
        all
    };
    let before = state().await;
    let routes = |method| {
        // The upload of a logo is no server function. community.rs tests it.
        let ours = ROUTES.iter().filter(|route| route.path != LOGO);
        ours.filter(move |route| route.method == method && route.access == Access::Administrator)
    };
    let mut knocked = 0;
    for actor in [None, Some("mei"), Some("grace"), Some("tomas")] {
        for route in routes(Method::Post) {
            let visit = g.visit(actor, "/admin", Locale::En).await;
            let answer = g.post(&visit, route.path, &fields, "application/json").await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
            assert!(
                refused.contains(&answer.status),
                "{actor:?} at {}: {} {}",
                route.path,
                answer.status,
                answer.body
            );
            knocked += 1;
        }
        for route in routes(Method::Get).filter(|route| !route.path.starts_with("/admin/outbox/")) {
            let path = route
                .path
                .replace("/reports/{id}", &format!("/reports/{report}"))
                .replace("{id}", &kofi)
                .replace("{text}", "welcome")
                .replace("{list}", "values");
            let page = g.page(&g.visit(actor, &path, Locale::En).await).await;
            assert!([401, 403].contains(&page.status.as_u16()), "{actor:?} at {path}: {}", page.status);
            assert!(!page.html.contains("@guild.example") && !page.html.contains("noa.keller"), "{path}");
            knocked += 1;
        }
    }
    assert!(knocked > 80, "{knocked}");
    assert_eq!(state().await, before, "a refused request changed something");
    // Control: an administrator gets through the same routes with the same fields.
    for route in routes(Method::Get).filter(|route| !route.path.starts_with("/admin/outbox/")) {
        let path = route
            .path
            .replace("/reports/{id}", &format!("/reports/{report}"))
            .replace("{id}", &kofi)
            .replace("{text}", "welcome")
            .replace("{list}", "values");
        let page = g.page(&g.visit(Some("ada"), &path, Locale::En).await).await;
        assert_eq!(page.status, 200, "{path}");
    }
    for route in routes(Method::Post) {
        let visit = g.visit(Some("ada"), "/admin", Locale::En).await;
        let answer = g.post(&visit, route.path, &fields, "application/json").await;
        // Some of these requests make later ones pointless, but none is refused for missing rights.
        assert!(
            ![401, 403, 404, 500].contains(&answer.status.as_u16()),
            "{}: {} {}",
            route.path,
            answer.status,
            answer.body
        );
    }
    assert_ne!(state().await, before);
}

/// The admin routes over HTTP, with their guards, and the two routes that are not pages.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_admin_area_over_http() {
    let g = Guild::new(store::Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let visitor = portal.browser();
    assert!(visitor.get("/admin").await.location.starts_with("/sign-in?next="));
    let mei = portal.browser();
    mei.get("/sign-in").await;
    mei.post("/sign-in/demo", &[("who", "mei"), ("key", "mei"), ("member", "mei")]).await;
    for path in
        ["/admin", "/admin/outbox", "/admin/outbox/00000000-0000-0000-0000-000000000000", "/admin/settings"]
    {
        assert_eq!(mei.get(path).await.status, 403, "{path}");
    }
    assert_eq!(mei.post("/api/admin/settings", &[("community", "Taken over")]).await.status, 403);
    let copy = mei.post("/profile/data/copy", &[]).await;
    assert_eq!((copy.status, copy.header("content-type")), (200, "application/zip"));
    assert!(
        copy.header("content-disposition").contains("attachment")
            && copy.header("cache-control") == "no-store"
    );
    g.rsvp(&g.actor("kofi").await, &g.event(None).await, 0).await.unwrap();
    let ada_herself = g.actor("ada").await;
    let emails = store::outbox::admin::rows(
        &g.store,
        &ada_herself,
        store::outbox::admin::DeliveryStatus::Pending,
        None,
        0,
    );
    // The portal's worker doesn't notice emails that another store posts, so this email stays pending.
    let email = emails.await.unwrap().0[0].id;
    let ada = portal.browser();
    ada.get("/sign-in").await;
    ada.post("/sign-in/demo", &[("who", "ada"), ("key", "ada"), ("member", "ada")]).await;
    let page = ada.get(&format!("/admin/outbox/{email}")).await;
    assert!(
        page.status == 200 && page.body.contains("Kofi") && page.body.contains("<iframe"),
        "{}",
        page.body
    );
    let html = ada.get(&format!("/admin/outbox/{email}/html")).await;
    assert!(html.status == 200 && html.header("content-security-policy").contains("sandbox"));
    assert_eq!(mei.get(&format!("/admin/outbox/{email}/html")).await.status, 403);
    assert_eq!(visitor.post("/profile/data/copy", &[]).await.status, 303);
    g.expect_emails("confirmed").await;
    portal.stop().await;
}

/// Admins see how the community grew, in figures.
#[guild_test]
async fn the_overview_counts_what_happened_in_each_week(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let before = admin::growth(&g.store, &ada).await.unwrap();
    let last = admin::WEEKS - 1;
    assert_eq!((before.weeks.len(), before.joined.len()), (admin::WEEKS, admin::WEEKS));
    g.crowd(3).await;
    let mei = g.actor("mei").await;
    g.give_kudos(&ada, &mei, "You stayed until the last test was green. Thank you for it.").await.unwrap();
    let slug = g.event(Some(5)).await;
    g.rsvp(&mei, &slug, 2).await.unwrap();
    g.advance(Duration::minutes(1));
    let after = admin::growth(&g.store, &ada).await.unwrap();
    assert_eq!(after.members, before.members + 3);
    let newcomers = admin::newcomers(&g.store, &ada).await.unwrap();
    assert!(newcomers.len() >= 3 && newcomers.len() <= 5);
    assert!(newcomers.is_sorted_by(|a, b| a.joined_at >= b.joined_at));
    assert!(matches!(admin::newcomers(&g.store, &mei).await, Err(StoreError::Refused(_))));
    assert_eq!(after.joined[last], before.joined[last] + 3);
    assert_eq!(after.kudos[last], before.kudos[last] + 1);
    // The event counts when it begins, with its seats. By then the others are a week older.
    assert_eq!(after.events[last], before.events[last]);
    g.skip_weekly_kudos().await;
    g.advance(Duration::days(7));
    let later = admin::growth(&g.store, &ada).await.unwrap();
    assert_eq!(later.joined[last - 1], after.joined[last]);
    assert!(admin::newcomers(&g.store, &ada).await.unwrap().is_empty(), "they are newcomers for a week");
    assert!(later.events[last] > 0 && later.seats[last] > 0);
    // Control: other members don't get these figures.
    assert!(matches!(admin::growth(&g.store, &mei).await, Err(StoreError::Refused(_))));
    g.take_emails().await;
}
