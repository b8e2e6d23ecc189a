//! Private groups: invitations into them, the seats that are lost with leaving them (A10), and that nobody else
//! learns that they exist. Also events with co-hosting groups (F6).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, Refusal, Slug,
    events::{EventForm, RsvpState},
    groups::{GroupForm, GroupRole},
    members::{Address, Audience, Part},
    reports::ReportKind,
};
use store::{
    StoreError,
    events::{self, Filter, Span},
    feeds, groups, reports,
};
use tests::{Guild, event_form, guild_test};

const CANARY: &str = "xanthorhiza";

fn refusal<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        StoreError::Invalid(problems) => problems[0].why.clone(),
        other => panic!("not a refusal: {other:?}"),
    }
}

fn is_not_found<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::NotFound))
}

/// A private group of Kofi's with the canary in every text, and a published event of it with one seat.
async fn private_group(g: &Guild) -> (Slug, Slug, Actor) {
    let kofi = g.actor("kofi").await;
    let text = || format!("{CANARY} here");
    let form = GroupForm {
        name: text(),
        kind: "virtual_team".into(),
        purpose: text(),
        description: text(),
        goal: text(),
        out_of_scope: text(),
        visibility: "private".into(),
        wants: "security 2".into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap();
    set_role(g, &group, &kofi, GroupRole::Organiser).await;
    let form = EventForm {
        title: text(),
        summary: text(),
        description: text(),
        place: text(),
        join_url: format!("https://{CANARY}.example.org/x"),
        group: group.to_string(),
        ..event_form(Some(1))
    };
    let event = create_event(g, &kofi, form).await;
    (group, event, kofi)
}

async fn create_event(g: &Guild, actor: &Actor, form: EventForm) -> Slug {
    let key = store::sign_in::new_token();
    let slug = events::create(&g.store, actor, form.check().unwrap(), &key).await.unwrap();
    events::publish(&g.store, actor, &slug).await.unwrap();
    slug
}

async fn set_role(g: &Guild, group: &Slug, actor: &Actor, role: GroupRole) {
    groups::add(&g.store, &Actor::Operator, group, actor.member().unwrap(), role).await.unwrap();
}

/// A hidden group gets the same response as a missing one, except for members and administrators.
#[guild_test]
async fn a_private_group_does_not_exist_for_others(g: Guild) {
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let (mei, leila, grace, ada) =
        (g.actor("mei").await, g.actor("leila").await, g.actor("grace").await, g.actor("ada").await);
    set_role(&g, &group, &mei, GroupRole::Member).await;
    let all = |span| Filter { span, words: CANARY.into(), ..Filter::default() };
    for (actor, sees) in [
        (&kofi, true),
        (&mei, true),
        (&ada, true),
        (&Actor::Operator, true),
        (&leila, false),
        (&grace, false),
        (&Actor::Anonymous, false),
    ] {
        assert_eq!(!is_not_found(groups::page(&g.store, actor, &group).await), sees, "{actor:?}");
        assert_eq!(
            groups::find(&g.store, actor, &Default::default(), 0)
                .await
                .unwrap()
                .0
                .iter()
                .any(|card| card.slug == group),
            sees
        );
        let found = groups::Filter { words: CANARY.into(), ..Default::default() };
        assert_eq!(!groups::find(&g.store, actor, &found, 0).await.unwrap().0.is_empty(), sees);
        assert_eq!(!is_not_found(events::page(&g.store, actor, &event).await), sees, "{actor:?}");
        assert_eq!(!is_not_found(events::seats(&g.store, actor, &event).await), sees);
        for filter in [
            all(Span::Coming),
            Filter { words: String::new(), group: Some(group.clone()), ..all(Span::Coming) },
        ] {
            assert_eq!(
                events::list(&g.store, actor, &filter, 0).await.unwrap().0.len(),
                usize::from(sees),
                "{actor:?}"
            );
        }
    }
    for actor in [&leila, &grace] {
        assert!(is_not_found(groups::people(&g.store, actor, &group, 0).await));
        assert!(is_not_found(groups::inbox(&g.store, actor, &group).await));
        assert!(is_not_found(groups::join(&g.store, actor, &group).await));
        assert!(is_not_found(groups::request_to_join(&g.store, actor, &group, "").await));
        assert!(is_not_found(groups::leave(&g.store, actor, &group).await));
        assert!(is_not_found(groups::decline_invitation(&g.store, actor, &group).await));
        assert!(is_not_found(groups::invite(&g.store, actor, &group, "Mei").await));
        assert!(is_not_found(groups::remove(&g.store, actor, &group, mei.member().unwrap()).await));
        assert!(is_not_found(groups::archive(&g.store, actor, &group).await));
        assert!(is_not_found(g.rsvp(actor, &event, 0).await));
        assert!(is_not_found(events::cancel(&g.store, actor, &event, "").await));
        assert!(is_not_found(events::cohosted_events(&g.store, actor, &group).await));
    }
    // Naming the group in a form fails like naming one that doesn't exist.
    let named = EventForm { group: group.to_string(), ..event_form(None) }.check().unwrap();
    assert_eq!(refusal(events::create(&g.store, &grace, named, "k").await), Refusal::BadChoice);
    assert!(is_not_found(feeds::public(&g.store, Some(&group)).await));
    assert!(
        feeds::public(&g.store, None).await.unwrap().entries.iter().all(|entry| entry.event.slug != event)
    );
    // A member takes a seat and sees the link to join. A hidden event gets a slug with a random suffix.
    g.rsvp(&mei, &event, 0).await.unwrap();
    assert_eq!(
        events::my_seats(&g.store, &mei).await.unwrap().iter().filter(|card| card.slug == event).count(),
        1
    );
    assert_ne!(event.as_str(), format!("{CANARY}-here"));
    let private = GroupForm {
        name: "Board".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let board = groups::create(&g.store, &grace, private.check().unwrap(), "").await.unwrap();
    assert!(board.as_str().starts_with("board-"), "{board}");
    g.expect_emails("confirmed=1").await;
}

/// Neither reporting a hidden record nor an earlier report reveals anything about it.
#[guild_test]
async fn reports_reveal_nothing_about_a_private_group(g: Guild) {
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let (mei, leila, ada) = (g.actor("mei").await, g.actor("leila").await, g.actor("ada").await);
    let report = async |actor: &Actor, kind, key: &str| {
        reports::report(&g.store, actor, kind, key, "It is not what it says.").await
    };
    for key in [group.as_str(), "no-such-group"] {
        assert!(is_not_found(report(&leila, ReportKind::Group, key).await), "{key}");
    }
    set_role(&g, &group, &mei, GroupRole::Member).await;
    report(&mei, ReportKind::Group, group.as_str()).await.unwrap();
    report(&mei, ReportKind::Event, event.as_str()).await.unwrap();
    let named = async |actor: &Actor| {
        let own_reports = reports::own(&g.store, actor).await.unwrap();
        own_reports
            .iter()
            .filter(|one| one.subject.as_ref().is_some_and(|subject| subject.name.contains(CANARY)))
            .count()
    };
    assert_eq!(named(&mei).await, 2, "control");
    let before = reports::own(&g.store, &mei).await.unwrap().len();
    groups::remove(&g.store, &kofi, &group, mei.member().unwrap()).await.unwrap();
    assert_eq!(named(&mei).await, 0);
    assert_eq!(reports::own(&g.store, &mei).await.unwrap().len(), before, "she still sees her own report");
    let (queue, _) = reports::queue(&g.store, &ada, None, 0).await.unwrap();
    assert!(
        queue.iter().any(|one| one.subject.as_ref().is_some_and(|subject| subject.name.contains(CANARY)))
    );
    g.expect_emails("group_left=1 report_received=2").await;
}

/// An old email still leads to the seat. A host without access to the event loses the host's rights.
#[guild_test]
async fn former_members_of_a_private_group_cannot_see_its_events(g: Guild) {
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    set_role(&g, &group, &mei, GroupRole::Member).await;
    set_role(&g, &group, &sofia, GroupRole::Organiser).await;
    let seat = g.rsvp(&mei, &event, 0).await.unwrap().id;
    assert!(events::seat_card(&g.store, seat).await.is_ok(), "control");
    assert!(events::unreachable(&g.store, &kofi, &event).await.is_ok(), "control");
    groups::leave(&g.store, &mei, &group).await.unwrap();
    groups::leave(&g.store, &kofi, &group).await.unwrap();
    assert!(is_not_found(events::seat_card(&g.store, seat).await));
    assert!(is_not_found(events::unreachable(&g.store, &kofi, &event).await), "also for its host");
    g.expect_emails("confirmed=1 group_left=1").await;
}

/// An invitation by name finds only members whom the inviter may find.
#[guild_test]
async fn an_invitation_by_name_finds_only_visible_members(g: Guild) {
    g.demo().await;
    let (group, _, kofi) = private_group(&g).await;
    let (mei, tomas) = (g.actor("mei").await, g.actor("tomas").await);
    store::members::save_visibility(&g.store, &mei, vec!["name:me".to_owned()]).await.unwrap();
    store::blocks::block(&g.store, &tomas, kofi.member().unwrap()).await.unwrap();
    for invitee in ["Mei Tanaka", "mei tanaka", "Tomás Herrera", "Nobody Atall"] {
        assert_eq!(
            refusal(groups::invite(&g.store, &kofi, &group, invitee).await),
            Refusal::NobodyCalled,
            "{invitee}"
        );
    }
    groups::invite(&g.store, &kofi, &group, "tomas@guild.example").await.unwrap();
    assert_eq!(g.emails().await, "", "members who blocked the inviter get no email");
    store::members::save_visibility(&g.store, &mei, vec!["name:members".to_owned()]).await.unwrap();
    groups::invite(&g.store, &kofi, &group, "Mei Tanaka").await.unwrap();
    assert_eq!(g.emails().await, "group_invitation=1", "control");
    g.expect_emails("group_invitation=1").await;
}

/// Leaving sends one email, the seat goes to the waitlist, and calendar entries are removed where an email
/// can do that.
#[guild_test]
async fn a10_leaving_a_private_group_gives_up_its_seats_with_one_email(g: Guild) {
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let other = create_event(
        &g,
        &kofi,
        EventForm {
            title: "Second".into(),
            date: "2026-12-01".into(),
            group: group.to_string(),
            ..event_form(None)
        },
    )
    .await;
    let elsewhere = g.event(None).await;
    for actor in [&mei, &sofia] {
        set_role(&g, &group, actor, GroupRole::Member).await;
        g.rsvp(actor, &event, 0).await.unwrap();
    }
    g.rsvp(&mei, &other, 0).await.unwrap();
    g.rsvp(&mei, &elsewhere, 0).await.unwrap();
    assert_eq!(events::seats_in_private_group(&g.store, &mei, &group).await.unwrap().len(), 2);
    g.expect_emails("confirmed waitlisted").await;
    assert_eq!(groups::leave(&g.store, &mei, &group).await.unwrap(), 2);
    assert_eq!(
        g.emails().await,
        "group_left=1 promoted=1",
        "one for the member who leaves, one for the promoted member"
    );
    let email = &g.emails_of("group_left").await[0];
    let given_up = email["events"].as_array().unwrap();
    assert_eq!(
        (given_up.len(), given_up[0]["sequence"].as_u64(), email["removed"].as_bool()),
        (2, Some(1), Some(false))
    );
    let email: domain::emails::Email = serde_json::from_value(email.clone()).unwrap();
    let cleared = email.calendars().len();
    assert_eq!(cleared, 2, "both calendar entries are cancelled");
    assert_eq!(events::page(&g.store, &sofia, &event).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    assert!(is_not_found(events::page(&g.store, &mei, &event).await));
    assert_eq!(
        events::page(&g.store, &mei, &elsewhere).await.unwrap().rsvp.unwrap().state,
        RsvpState::Going,
        "seats at other events stay"
    );
    // Being removed has the same effect, and a member without seats is emailed too.
    g.expect_emails("group_left promoted").await;
    groups::remove(&g.store, &kofi, &group, sofia.member().unwrap()).await.unwrap();
    assert_eq!(g.emails().await, "group_left=1");
    assert_eq!(g.emails_of("group_left").await[0]["events"].as_array().unwrap().len(), 1);
    let seats = events::seats(&g.store, &kofi, &event).await.unwrap();
    assert_eq!((seats.going, seats.waiting), (0, 0));
    // A co-organiser can remove members, but no organisers or co-organisers.
    set_role(&g, &group, &mei, GroupRole::CoOrganiser).await;
    assert_eq!(
        refusal(groups::remove(&g.store, &mei, &group, kofi.member().unwrap()).await),
        Refusal::NotAllowed
    );
    g.expect_emails("group_left=1").await;
}

#[guild_test]
async fn a_group_cannot_become_private_while_outsiders_have_seats(g: Guild) {
    g.demo().await;
    let kofi = g.actor("kofi").await;
    let form = GroupForm { name: "Open house".into(), kind: "chapter".into(), ..GroupForm::default() };
    let group = groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap();
    set_role(&g, &group, &kofi, GroupRole::Organiser).await;
    let event = create_event(&g, &kofi, EventForm { group: group.to_string(), ..event_form(None) }).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &event, 0).await.unwrap();
    let private = GroupForm { visibility: "private".into(), ..form };
    let save = async || groups::edit(&g.store, &kofi, &group, private.check().unwrap(), 1).await;
    assert_eq!(refusal(save().await), Refusal::OutsidersHaveSeats);
    groups::join(&g.store, &mei, &group).await.unwrap();
    save().await.unwrap();
    // An event with attendees from outside cannot move into the group either.
    let outside = g.event(None).await;
    g.rsvp(&g.actor("sofia").await, &outside, 0).await.unwrap();
    set_role(&g, &group, &g.actor("grace").await, GroupRole::CoOrganiser).await;
    let grace = g.actor("grace").await;
    let now = events::page(&g.store, &grace, &outside).await.unwrap().event;
    let mut form = now.details.to_form(now.version);
    form.group = group.to_string();
    assert_eq!(
        refusal(events::edit(&g.store, &grace, &outside, form.check().unwrap(), now.version).await),
        Refusal::OutsidersHaveSeats
    );
    g.expect_emails("confirmed=2").await;
}

#[guild_test]
async fn invitations_let_people_into_private_groups_within_limits(g: Guild) {
    g.demo().await;
    let (group, _, kofi) = private_group(&g).await;
    let (mei, leila) = (g.actor("mei").await, g.actor("leila").await);
    let name = |actor: &Actor| {
        let (store, actor) = (g.store.clone(), *actor);
        async move { store::members::myself(&store, &actor).await.unwrap().name }
    };
    let mei_is = name(&mei).await;
    for invitee in [mei_is.clone(), mei_is.to_uppercase()] {
        groups::invite(&g.store, &kofi, &group, &invitee).await.unwrap();
    }
    assert_eq!(g.emails().await, "group_invitation=1", "a second invitation changes nothing");
    for (invitee, why) in [
        ("Nobody Atall", Refusal::NobodyCalled),
        ("", Refusal::Missing),
        ("not an@address", Refusal::BadAddress),
    ] {
        assert_eq!(refusal(groups::invite(&g.store, &kofi, &group, invitee).await), why, "{invitee}");
    }
    // An invited member sees the group, but nothing that happens in it.
    let page = groups::page(&g.store, &mei, &group).await.unwrap();
    assert!(
        page.only_invited && page.invited && page.details.description.is_empty() && page.vacancies.is_empty()
    );
    assert!(is_not_found(groups::people(&g.store, &mei, &group, 0).await));
    groups::decline_invitation(&g.store, &mei, &group).await.unwrap();
    assert!(is_not_found(groups::join(&g.store, &mei, &group).await));
    groups::invite(&g.store, &kofi, &group, &mei_is).await.unwrap();
    groups::join(&g.store, &mei, &group).await.unwrap();
    assert_eq!(refusal(groups::invite(&g.store, &kofi, &group, &mei_is).await), Refusal::AlreadyIn);
    assert_eq!(refusal(groups::invite(&g.store, &mei, &group, "x@guild.example").await), Refusal::NotAllowed);
    // An invitation to an address works the same for members and strangers.
    g.expect_emails("group_invitation").await;
    groups::invite(&g.store, &kofi, &group, "Leila@guild.example").await.unwrap();
    groups::invite(&g.store, &kofi, &group, "stranger@guild.example").await.unwrap();
    assert_eq!(g.emails().await, "group_invitation=2");
    let inbox = groups::inbox(&g.store, &kofi, &group).await.unwrap();
    assert_eq!(inbox.invitations.len(), 2);
    assert!(
        inbox.invitations.iter().any(|one| one.to.as_deref() == Some("Leila@guild.example")),
        "the address is shown, not the member's name"
    );
    groups::join(&g.store, &leila, &group).await.unwrap();
    // A stranger can become a member with it, even where newcomers need an invitation.
    let stranger = g.joined(&Address::parse("stranger@guild.example").unwrap()).await;
    groups::join(&g.store, &stranger, &group).await.unwrap();
    for i in 0..18 {
        groups::invite(&g.store, &kofi, &group, &format!("s{i}@guild.example")).await.unwrap();
    }
    let last = groups::inbox(&g.store, &kofi, &group).await.unwrap().invitations.remove(0).id;
    groups::revoke_invitation(&g.store, &kofi, &group, last).await.unwrap();
    let one_more = async || groups::invite(&g.store, &kofi, &group, "more@guild.example").await;
    assert_eq!(
        refusal(one_more().await),
        Refusal::EnoughInvited { max: 20 },
        "withdrawing an invitation doesn't raise the limit"
    );
    g.advance(chrono::Duration::days(1) + chrono::Duration::minutes(1));
    one_more().await.unwrap();
    let late = g.joined(&Address::parse("s0@guild.example").unwrap()).await;
    g.advance(chrono::Duration::days(30));
    assert!(is_not_found(groups::join(&g.store, &late, &group).await), "an invitation ends after a month");
    g.expect_emails("group_invitation=21").await;
}

#[guild_test]
async fn f6_two_groups_co_host_an_event(g: Guild) {
    g.demo().await;
    let (private_group, ..) = private_group(&g).await;
    let (grace, ravi, mei) = (g.actor("grace").await, g.actor("ravi").await, g.actor("mei").await);
    let slug = |text: &str| Slug::parse(text).unwrap();
    let (north, asia) = (slug("north"), slug("south-asia"));
    let event = create_event(
        &g,
        &grace,
        EventForm { title: "Both zzz".into(), group: "north".into(), ..event_form(None) },
    )
    .await;
    let listed = async |group: &Slug| {
        let filter = Filter { group: Some(group.clone()), words: "zzz".into(), ..Filter::default() };
        events::list(&g.store, &mei, &filter, 0).await.unwrap().0.len()
    };
    let fed = async |group: &Slug| {
        feeds::public(&g.store, Some(group))
            .await
            .unwrap()
            .entries
            .iter()
            .any(|entry| entry.event.slug == event)
    };
    assert_eq!(
        refusal(events::invite_cohost(&g.store, &ravi, &event, &asia).await),
        Refusal::NotAllowed,
        "only people who run the event can invite a co-host"
    );
    events::invite_cohost(&g.store, &grace, &event, &asia).await.unwrap();
    assert_eq!((listed(&asia).await, fed(&asia).await), (0, false), "an invitation is not an acceptance yet");
    let edit = async |actor: &Actor, title: &str, group: &str| {
        let now = events::page(&g.store, actor, &event).await.unwrap().event;
        let mut form = now.details.to_form(now.version);
        (form.title, form.group) = (title.to_owned(), group.to_owned());
        events::edit(&g.store, actor, &event, form.check().unwrap(), now.version).await.map(drop)
    };
    let bishal = g.actor("bishal").await;
    assert_eq!(refusal(edit(&bishal, "Mine zzz", "north").await), Refusal::NotAllowed);
    assert_eq!(
        refusal(events::answer_cohosting(&g.store, &mei, &asia, &event, true).await),
        Refusal::NotAllowed
    );
    events::answer_cohosting(&g.store, &ravi, &asia, &event, true).await.unwrap();
    assert_eq!((listed(&asia).await, listed(&north).await, fed(&asia).await), (1, 1, true));
    assert_eq!(events::page(&g.store, &mei, &event).await.unwrap().cohosts.len(), 1);
    // An organiser of the co-hosting group can edit the event too, but cannot move it to their group.
    edit(&bishal, "Ours zzz", "north").await.unwrap();
    assert_eq!(refusal(edit(&bishal, "Ours zzz", "south-asia").await), Refusal::NotAllowed);
    // A member of both groups gets one email.
    set_role(&g, &north, &mei, GroupRole::Member).await;
    set_role(&g, &asia, &mei, GroupRole::Member).await;
    g.rsvp(&mei, &event, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    events::cancel(&g.store, &bishal, &event, "").await.unwrap();
    g.advance(chrono::Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("cancelled").await.len(), 1);
    events::answer_cohosting(&g.store, &ravi, &asia, &event, false).await.unwrap();
    assert_eq!(listed(&asia).await, 0);
    assert_eq!(refusal(edit(&bishal, "Mine zzz", "north").await), Refusal::NotAllowed);
    // A private group cannot co-host.
    set_role(&g, &private_group, &grace, GroupRole::CoOrganiser).await;
    assert_eq!(
        refusal(events::invite_cohost(&g.store, &grace, &event, &private_group).await),
        Refusal::PrivateHoldsAlone
    );
    g.expect_emails("cancelled=1").await;
}

/// Opens every page, list, filter, feed and server function that could show the group, as a stranger and as a
/// visitor. A member opens them too, as a control.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_members_see_the_canary_of_a_private_group() {
    let g = Guild::new(store::Engine::Sqlite).await;
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    set_role(&g, &group, &mei, GroupRole::Member).await;
    set_role(&g, &group, &sofia, GroupRole::Member).await;
    g.rsvp(&mei, &event, 0).await.unwrap();
    g.rsvp(&sofia, &event, 0).await.unwrap();
    groups::set_role(&g.store, &kofi, &group, sofia.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    let mut paths: Vec<String> =
        tests::pages::demo_pages(&g).await.into_iter().map(|(_, path)| path).collect();
    for query in [
        "when=month&from=2026-11-24",
        "when=week&from=2026-11-24",
        "mine=yes",
        "free=yes",
        "place=online",
        "place=site",
        "kind=talk",
    ] {
        paths.push(format!("/events?{query}"));
    }
    paths.push(format!("/events?group={group}"));
    for path in ["", "?tab=people", "?tab=about", "/edit", "/members", "/leave", "/invitation"] {
        paths.push(format!("/groups/{group}{path}"));
    }
    for path in ["", "/edit", "/cancel", "/cohosts"] {
        paths.push(format!("/events/{event}{path}"));
    }
    paths.extend(["/groups?which=mine", "/groups?kind=virtual_team", "/events/new"].map(String::from));
    paths.sort();
    paths.dedup();
    let mut seen_by_member = 0;
    for actor in [None, Some("leila"), Some("grace"), Some("sofia")] {
        for path in &paths {
            let visit = g.visit(actor, path, Locale::En).await;
            let html = g.page(&visit).await.html;
            // The address of a refused page contains the slug, and so does the link that returns after signing
            // in.
            let html = html.replace(group.as_str(), "").replace(event.as_str(), "");
            if actor == Some("sofia") {
                seen_by_member += usize::from(html.contains(CANARY));
            } else {
                assert!(!html.contains(CANARY), "{actor:?} {path}");
            }
        }
        let visit = g.visit(actor, "/", Locale::En).await;
        for (path, name) in [
            ("/api/events/seats", "slug"),
            ("/api/events/rsvp", "slug"),
            ("/api/groups/request_to_join", "slug"),
        ] {
            let slug = if path.contains("groups") { &group } else { &event };
            let (there, absent) = (
                g.post(&visit, path, &[(name, slug.as_str())], "application/json").await,
                g.post(&visit, path, &[(name, "no-such-thing")], "application/json").await,
            );
            assert!(!there.body.contains(CANARY) || actor == Some("sofia"));
            if actor != Some("sofia") {
                assert_eq!(
                    (there.status, there.body),
                    (absent.status, absent.body),
                    "hidden and missing records get the same response: {path}"
                );
            }
        }
    }
    assert!(seen_by_member >= 8, "control: a member sees the canary: {seen_by_member}");
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let strangers = feeds::make(&g.store, &g.actor("leila").await).await.unwrap();
    for kind in ["ics", "atom", "json"] {
        for path in [
            format!("/events.{kind}"),
            format!("/groups/{group}/events.{kind}"),
            format!("/feeds/{strangers}.ics"),
        ] {
            let body = browser.get(&path).await.body.replace(group.as_str(), "");
            assert!(!body.contains(CANARY), "{path}");
        }
    }
    let own = browser.get(&format!("/feeds/{token}.ics")).await.body;
    assert!(own.contains(CANARY) && !own.contains(&format!("{CANARY}.example.org")), "{own}");
    portal.stop().await;
}

/// A profile shows groups, coming events and talks only as far as the reader may see them.
#[guild_test]
async fn a_profile_does_not_reveal_private_groups_and_their_events(g: Guild) {
    g.demo().await;
    let (group, event, kofi) = private_group(&g).await;
    let sofia = g.actor("sofia").await;
    set_role(&g, &group, &sofia, GroupRole::Member).await;
    g.rsvp(&kofi, &event, 0).await.unwrap();
    let list = format!("UPDATE events SET attendee_list = 'members' WHERE slug = '{event}' RETURNING id");
    g.rows(&list).await;
    let slug = g.event(None).await;
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    let page =
        async |key: Option<&str>| g.page(&g.visit(key, "/members/kofi-mensah", Locale::En).await).await.html;
    let open = format!("/events/{slug}");
    for key in [Some("mei"), Some("jonas"), None] {
        assert!(!page(key).await.contains(CANARY), "{key:?}");
    }
    // Control: its members see both.
    for key in ["sofia", "kofi"] {
        let html = page(Some(key)).await;
        assert!(
            html.contains(&format!("/groups/{group}")) && html.contains(&format!("/events/{event}")),
            "{key}"
        );
    }
    let mei = g.actor("mei").await;
    assert!(!page(Some("mei")).await.contains(&open), "only attendees see the list of attendees");
    g.rsvp(&mei, &slug, 0).await.unwrap();
    assert!(page(Some("mei")).await.contains(&open));
    // Whoever hides on the list is not shown here either, not even as something in common.
    events::set_listed(&g.store, &kofi, &slug, false).await.unwrap();
    assert!(!page(Some("mei")).await.contains(&open));
    assert!(page(Some("kofi")).await.contains(&open));
    events::set_listed(&g.store, &kofi, &slug, true).await.unwrap();
    // Whoever hides their events hides these too.
    let hide = vec![format!("{}:{}", Part::Events.name(), Audience::Me.name())];
    store::members::save_visibility(&g.store, &kofi, hide).await.unwrap();
    assert!(!page(Some("mei")).await.contains(&open));
    assert!(!page(Some("sofia")).await.contains(&format!("/events/{event}")));
    g.take_emails().await;
}
