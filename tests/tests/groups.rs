//! Groups: creating them, membership, and running their events.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Problem, Refusal, Role, Slug,
    events::{EventForm, RsvpState},
    groups::{GroupForm, GroupKind, GroupRole},
    members::Address,
};
use store::{
    StoreError, events,
    groups::{self, GroupCard},
    members,
};
use tests::{Guild, event_form, guild_test};

fn form() -> GroupForm {
    GroupForm {
        name: "Release notes".into(),
        kind: "working_group".into(),
        purpose: "What changed, in words.".into(),
        ..GroupForm::default()
    }
}

/// A group that Kofi organises. He has no role in the community beyond member.
async fn kofis_group(g: &Guild, change: impl FnOnce(&mut GroupForm)) -> (Slug, Actor) {
    let kofi = g.actor("kofi").await;
    let mut form = form();
    change(&mut form);
    let slug = groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap();
    let id = kofi.member().unwrap();
    groups::add(&g.store, &Actor::Operator, &slug, id, GroupRole::Organiser).await.unwrap();
    (slug, kofi)
}

async fn set_role(g: &Guild, slug: &Slug, actor: &Actor, role: GroupRole) {
    groups::add(&g.store, &Actor::Operator, slug, actor.member().unwrap(), role).await.unwrap();
}

async fn card(g: &Guild, actor: &Actor, slug: &Slug) -> GroupCard {
    groups::find(&g.store, actor, &Default::default(), 0)
        .await
        .unwrap()
        .0
        .into_iter()
        .find(|card| card.slug == *slug)
        .unwrap()
}

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

fn for_group(group: &Slug) -> EventForm {
    EventForm { group: group.to_string(), ..event_form(Some(2)) }
}

async fn create_event(g: &Guild, actor: &Actor, form: EventForm) -> Result<Slug, StoreError> {
    events::create(&g.store, actor, form.check().unwrap(), &store::sign_in::new_token()).await
}

async fn publish(g: &Guild, actor: &Actor, form: EventForm) -> Slug {
    let slug = create_event(g, actor, form).await.unwrap();
    events::publish(&g.store, actor, &slug).await.unwrap();
    slug
}

async fn change(
    g: &Guild,
    actor: &Actor,
    slug: &Slug,
    edit: impl FnOnce(&mut EventForm),
) -> Result<(), StoreError> {
    let event = events::page(&g.store, actor, slug).await?.event;
    let mut form = event.details.to_form(event.version);
    edit(&mut form);
    events::edit(&g.store, actor, slug, form.check().unwrap(), event.version).await.map(drop)
}

/// An invitation that has expired is deleted with its address, and is not kept until the next one.
#[guild_test]
async fn expired_invitations_are_deleted(g: Guild) {
    g.demo().await;
    let group = g.night_owls(&[]).await;
    let ada = g.actor("ada").await;
    groups::invite(&g.store, &ada, &group, "first@guild.example").await.unwrap();
    g.advance(chrono::Duration::days(10));
    groups::invite(&g.store, &ada, &group, "second@guild.example").await.unwrap();
    let kept = async || {
        store::runner::run_due(&g.store).await.unwrap();
        let rows = g
            .rows(
                "SELECT address FROM group_invitations WHERE address LIKE '%@guild.example' ORDER BY address",
            )
            .await;
        rows.iter()
            .map(|row| row.try_get_by_index::<String>(0).unwrap().replace("@guild.example", ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(kept().await, ["first", "second"]);
    g.advance(domain::groups::INVITATION_LIFETIME - chrono::Duration::days(10));
    assert_eq!(kept().await, ["second"]);
    g.advance(chrono::Duration::days(10));
    assert!(kept().await.is_empty());
    g.expect_emails("group_invitation=2 reminder=34").await;
}

#[guild_test]
async fn organisers_of_the_community_create_groups(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let slug = groups::create(&g.store, &grace, form().check().unwrap(), "").await.unwrap();
    assert_eq!(slug.as_str(), "release-notes");
    let again = groups::create(&g.store, &grace, form().check().unwrap(), "").await.unwrap();
    assert!(again != slug && again.as_str().starts_with("release-notes-"), "{again}");
    let made = card(&g, &mei, &slug).await;
    assert_eq!(
        (made.name.as_str(), made.kind, made.purpose.as_str()),
        ("Release notes", GroupKind::WorkingGroup, "What changed, in words.")
    );
    assert_eq!(
        (made.members, made.is_member, card(&g, &grace, &slug).await.is_member),
        (1, false, true),
        "its creator becomes its organiser"
    );
    assert_eq!(groups::page(&g.store, &grace, &slug).await.unwrap().role, Some(GroupRole::Organiser));
    let names: Vec<_> = groups::find(&g.store, &grace, &Default::default(), 0)
        .await
        .unwrap()
        .0
        .into_iter()
        .map(|group| group.name)
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}

/// R4: a form that creates something carries a key.
#[guild_test]
async fn a_form_that_is_sent_twice_creates_one_record(g: Guild) {
    g.demo().await;
    let (grace, ravi) = (g.actor("grace").await, g.actor("ravi").await);
    let form = |name: &str| tests::group_details(name);
    let first = groups::create(&g.store, &grace, form("Twice"), "key").await.unwrap();
    assert_eq!(groups::create(&g.store, &grace, form("Twice"), "key").await.unwrap(), first);
    assert_eq!(
        groups::create(&g.store, &grace, form("Twice"), "another").await.unwrap(),
        first,
        "by the Back button"
    );
    assert_ne!(groups::create(&g.store, &grace, form("Thrice"), "thrice").await.unwrap(), first);
    assert_ne!(
        groups::create(&g.store, &ravi, form("Twice"), "key").await.unwrap(),
        first,
        "keys of different members are independent"
    );
    let team = |name: &str| domain::teams::TeamDetails::check(name, "", "").unwrap();
    let first = store::teams::create(&g.store, &grace, team("Twice"), "key").await.unwrap();
    assert_eq!(store::teams::create(&g.store, &grace, team("Twice"), "key").await.unwrap(), first);
    assert_eq!(
        store::teams::create(&g.store, &grace, team("Twice"), "another").await.unwrap(),
        first,
        "by the Back button"
    );
    g.advance(chrono::Duration::minutes(2));
    assert_ne!(store::teams::create(&g.store, &grace, team("Twice"), "later").await.unwrap(), first);
    let group = groups::create(&g.store, &grace, form("Twice"), "later").await.unwrap();
    assert_ne!(group.as_str(), "twice");
}

#[guild_test]
async fn a_closed_group_lists_no_upcoming_events(g: Guild) {
    g.demo().await;
    let kofi = g.actor("kofi").await;
    let (group, _) = kofis_group(&g, |_| ()).await;
    let draft =
        create_event(&g, &kofi, EventForm { group: group.to_string(), ..event_form(None) }).await.unwrap();
    let cancelled = publish(&g, &kofi, EventForm { group: group.to_string(), ..event_form(None) }).await;
    events::cancel(&g.store, &kofi, &cancelled, "").await.unwrap();
    groups::archive(&g.store, &kofi, &group).await.unwrap();
    assert_eq!(refusal(events::publish(&g.store, &kofi, &draft).await), Refusal::GroupClosed);
    assert_eq!(refusal(events::reinstate(&g.store, &kofi, &cancelled).await), Refusal::GroupClosed);
    groups::reopen(&g.store, &kofi, &group).await.unwrap();
    events::publish(&g.store, &kofi, &draft).await.unwrap();
    events::reinstate(&g.store, &kofi, &cancelled).await.unwrap();
}

#[guild_test]
async fn other_members_cannot_create_or_fill_groups(g: Guild) {
    g.demo().await;
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM groups";
    let before = (g.number(count).await, g.number(&count.replace("groups", "group_members")).await);
    let north = Slug::parse("north").unwrap();
    let mei = g.actor("mei").await;
    assert_eq!(
        refusal(groups::create(&g.store, &mei, form().check().unwrap(), "").await),
        Refusal::NotAllowed
    );
    for key in ["mei", "grace"] {
        let actor = g.actor(key).await;
        let refused =
            groups::add(&g.store, &actor, &north, actor.member().unwrap(), GroupRole::Organiser).await;
        assert_eq!(refusal(refused), Refusal::NotAllowed, "{key}");
    }
    let refused = groups::create(&g.store, &Actor::Anonymous, form().check().unwrap(), "").await;
    assert_eq!(refusal(refused), Refusal::SignInFirst);
    assert_eq!((g.number(count).await, g.number(&count.replace("groups", "group_members")).await), before);
}

#[guild_test]
async fn suspended_members_are_not_counted(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| ()).await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    for role in [GroupRole::Member, GroupRole::Member, GroupRole::CoOrganiser] {
        set_role(&g, &slug, &mei, role).await;
    }
    let now = card(&g, &mei, &slug).await;
    assert_eq!((now.members, now.is_member), (2, true), "adding a member twice changes nothing");
    assert_eq!(
        (card(&g, &ada, &slug).await.is_member, card(&g, &Actor::Anonymous, &slug).await.is_member),
        (false, false)
    );
    members::set_role(&g.store, &Address::parse("kofi@guild.example").unwrap(), Role::Suspended)
        .await
        .unwrap();
    assert_eq!(card(&g, &mei, &slug).await.members, 1);
    let nobody = domain::MemberId(uuid::Uuid::now_v7());
    assert!(is_not_found(groups::add(&g.store, &ada, &slug, nobody, GroupRole::Member).await));
    let nowhere = Slug::parse("nowhere").unwrap();
    assert!(is_not_found(
        groups::add(&g.store, &ada, &nowhere, kofi.member().unwrap(), GroupRole::Member).await
    ));
    g.expect_emails("left=9 offer=1 promoted=2 role_changed=1").await;
}

/// Organisers and co-organisers of a group run its events, whatever their role elsewhere is. Nobody else
/// does.
#[guild_test]
async fn organisers_of_a_group_run_its_events(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| ()).await;
    let (mei, leila, grace) = (g.actor("mei").await, g.actor("leila").await, g.actor("grace").await);
    set_role(&g, &slug, &mei, GroupRole::CoOrganiser).await;
    set_role(&g, &slug, &leila, GroupRole::Member).await;
    // Regression: anybody who could create events could once name any group.
    for actor in [&leila, &grace, &g.actor("sofia").await] {
        assert_eq!(refusal(create_event(&g, actor, for_group(&slug)).await), Refusal::NotAllowed);
    }
    for actor in [&kofi, &mei] {
        assert_eq!(
            refusal(create_event(&g, actor, event_form(None)).await),
            Refusal::NotAllowed,
            "for no group"
        );
        assert_eq!(
            groups::for_new_event(&g.store, actor)
                .await
                .unwrap()
                .iter()
                .filter(|group| group.slug == slug)
                .count(),
            1
        );
    }
    assert!(groups::for_new_event(&g.store, &leila).await.unwrap().is_empty());
    assert!(groups::for_new_event(&g.store, &Actor::Anonymous).await.unwrap().is_empty());
    let event = create_event(&g, &kofi, for_group(&slug)).await.unwrap();
    // A draft is visible to organisers and co-organisers of the group, and to administrators.
    for (actor, sees) in [
        (&kofi, true),
        (&mei, true),
        (&g.actor("ada").await, true),
        (&leila, false),
        (&grace, false),
        (&Actor::Anonymous, false),
    ] {
        assert_eq!(!is_not_found(events::page(&g.store, actor, &event).await), sees, "{actor:?}");
        let listed = events::list(
            &g.store,
            actor,
            &events::Filter { group: Some(slug.clone()), ..Default::default() },
            0,
        )
        .await
        .unwrap()
        .0;
        assert_eq!(listed.len(), usize::from(sees), "{actor:?}");
    }
    // The co-organiser publishes, edits and cancels it. A member can do none of that.
    events::publish(&g.store, &mei, &event).await.unwrap();
    change(&g, &mei, &event, |form| form.title = "Another".into()).await.unwrap();
    for actor in [&leila, &grace] {
        assert_eq!(
            refusal(change(&g, actor, &event, |form| form.title = "Mine".into()).await),
            Refusal::NotAllowed
        );
        assert_eq!(refusal(events::cancel(&g.store, actor, &event, "").await), Refusal::NotAllowed);
    }
    events::cancel(&g.store, &mei, &event, "Snow").await.unwrap();
    events::reinstate(&g.store, &mei, &event).await.unwrap();
    // People who lose their role in the group can no longer run its events, even as their host.
    set_role(&g, &slug, &mei, GroupRole::Organiser).await;
    groups::set_role(&g.store, &kofi, &slug, kofi.member().unwrap(), GroupRole::Member).await.unwrap();
    assert_eq!(
        refusal(change(&g, &kofi, &event, |form| form.title = "Back".into()).await),
        Refusal::NotAllowed
    );
    members::set_role(&g.store, &Address::parse("mei@guild.example").unwrap(), Role::Suspended)
        .await
        .unwrap();
    let mei = g.actor("mei").await;
    assert_eq!(
        refusal(change(&g, &mei, &event, |form| form.title = "Back".into()).await),
        Refusal::Suspended
    );
    g.expect_emails("left=13 offer=1 promoted=3 role_changed=1").await;
}

#[guild_test]
async fn events_move_only_between_groups_that_their_editor_organises(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| ()).await;
    let grace = g.actor("grace").await;
    let event = publish(&g, &kofi, for_group(&slug)).await;
    let to = |group: &str| {
        let group = group.to_owned();
        move |form: &mut EventForm| form.group = group
    };
    assert_eq!(
        refusal(change(&g, &kofi, &event, to("north")).await),
        Refusal::NotAllowed,
        "not a group of theirs"
    );
    assert_eq!(
        refusal(change(&g, &kofi, &event, to("")).await),
        Refusal::NotAllowed,
        "an event without a group"
    );
    assert_eq!(
        refusal(change(&g, &grace, &event, to("north")).await),
        Refusal::NotAllowed,
        "an event of another group"
    );
    set_role(&g, &slug, &grace, GroupRole::CoOrganiser).await;
    change(&g, &grace, &event, to("north")).await.unwrap();
    assert_eq!(refusal(change(&g, &kofi, &event, to(slug.as_str())).await), Refusal::NotAllowed);
    let unknown = change(&g, &grace, &event, to("nobody")).await;
    assert!(
        matches!(unknown, Err(StoreError::Invalid(problems)) if problems == [Problem { field: "group".into(), why: Refusal::BadChoice }])
    );
}

#[guild_test]
async fn organisers_edit_a_group_only_over_the_version_that_they_read(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| ()).await;
    let mei = g.actor("mei").await;
    set_role(&g, &slug, &mei, GroupRole::CoOrganiser).await;
    let page = groups::page(&g.store, &kofi, &slug).await.unwrap();
    assert!(page.may_edit && page.may_manage && page.may_create_event);
    let save = async |actor: &Actor, version, change: fn(&mut GroupForm)| {
        let mut form = page.details.to_form(version);
        change(&mut form);
        groups::edit(&g.store, actor, &slug, form.check().unwrap(), version).await
    };
    assert_eq!(refusal(save(&mei, 1, |form| form.name = "Mine".into()).await), Refusal::NotAllowed);
    save(&kofi, 1, |form| {
        (form.name, form.kind, form.wants) =
            ("Notes".into(), "virtual_team".into(), "security 2\ndeveloper 1".into())
    })
    .await
    .unwrap();
    assert_eq!(
        refusal(save(&kofi, 1, |form| form.name = "Late".into()).await),
        Refusal::ChangedMeanwhile { version: 2 }
    );
    assert_eq!(
        refusal(
            save(&kofi, 2, |form| (form.kind, form.wants) = ("virtual_team".into(), "juggling 2".into()))
                .await
        ),
        Refusal::BadChoice
    );
    let now = groups::page(&g.store, &mei, &slug).await.unwrap();
    assert_eq!((now.card.name.as_str(), now.version, now.card.slug.as_str()), ("Notes", 2, "release-notes"));
    let wants: Vec<_> =
        now.vacancies.iter().map(|vacancy| (vacancy.discipline.slug.as_str(), vacancy.wanted)).collect();
    assert_eq!(wants, [("developer", 1), ("security", 2)], "in the community’s order");
    // A closed group takes no members and no new events. Existing events and members stay.
    let event = publish(&g, &kofi, for_group(&slug)).await;
    assert_eq!(refusal(groups::archive(&g.store, &kofi, &slug).await), Refusal::GroupHasEvents);
    events::cancel(&g.store, &kofi, &event, "").await.unwrap();
    assert_eq!(refusal(groups::archive(&g.store, &mei, &slug).await), Refusal::NotAllowed);
    for _ in 0..2 {
        groups::archive(&g.store, &kofi, &slug).await.unwrap();
    }
    assert_eq!(refusal(create_event(&g, &kofi, for_group(&slug)).await), Refusal::GroupClosed);
    assert_eq!(refusal(groups::join(&g.store, &g.actor("sofia").await, &slug).await), Refusal::GroupClosed);
    assert!(
        groups::find(&g.store, &mei, &Default::default(), 0)
            .await
            .unwrap()
            .0
            .iter()
            .all(|card| card.slug != slug)
    );
    groups::reopen(&g.store, &kofi, &slug).await.unwrap();
    groups::join(&g.store, &g.actor("sofia").await, &slug).await.unwrap();
}

#[guild_test]
async fn members_join_and_leave_an_open_group(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| ()).await;
    let mei = g.actor("mei").await;
    let event = publish(&g, &kofi, for_group(&slug)).await;
    for _ in 0..2 {
        groups::join(&g.store, &mei, &slug).await.unwrap();
    }
    assert_eq!(card(&g, &mei, &slug).await.members, 2);
    g.rsvp(&mei, &event, 0).await.unwrap();
    for _ in 0..2 {
        assert_eq!(
            groups::leave(&g.store, &mei, &slug).await.unwrap(),
            0,
            "seats at a public group’s events stay"
        );
    }
    assert_eq!(events::page(&g.store, &mei, &event).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    assert_eq!(g.emails().await, "confirmed=1");
    assert_eq!(refusal(groups::join(&g.store, &Actor::Anonymous, &slug).await), Refusal::SignInFirst);
    // The last organiser must hand over first.
    groups::join(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(refusal(groups::leave(&g.store, &kofi, &slug).await), Refusal::LastOrganiser);
    assert_eq!(
        refusal(groups::set_role(&g.store, &kofi, &slug, kofi.member().unwrap(), GroupRole::Member).await),
        Refusal::LastOrganiser
    );
    assert_eq!(
        refusal(groups::set_role(&g.store, &mei, &slug, mei.member().unwrap(), GroupRole::Organiser).await),
        Refusal::NotAllowed
    );
    groups::set_role(&g.store, &kofi, &slug, mei.member().unwrap(), GroupRole::Organiser).await.unwrap();
    groups::leave(&g.store, &kofi, &slug).await.unwrap();
    assert_eq!(groups::page(&g.store, &kofi, &slug).await.unwrap().role, None);
    g.expect_emails("confirmed=1 role_changed=1").await;
}

#[guild_test]
async fn a_member_is_emailed_when_somebody_else_changes_their_role(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |_| {}).await;
    let mei = g.actor("mei").await;
    groups::join(&g.store, &mei, &slug).await.unwrap();
    let member = mei.member().unwrap();
    for (actor, role, emails) in [
        (&kofi, GroupRole::CoOrganiser, 1),
        (&kofi, GroupRole::CoOrganiser, 1),
        (&kofi, GroupRole::Organiser, 2),
        (&mei, GroupRole::Member, 2),
    ] {
        groups::set_role(&g.store, actor, &slug, member, role).await.unwrap();
        assert_eq!(g.emails_of("role_changed").await.len(), emails, "{role:?}");
    }
    set_role(&g, &slug, &mei, GroupRole::CoOrganiser).await;
    let sent = g.emails_of("role_changed").await;
    assert_eq!((sent.len(), &sent[2]["role"]), (3, &"co_organiser".into()), "by an admin");
    g.expect_emails("role_changed=3").await;
}

/// This includes the only member: nobody could find a private group without members.
#[guild_test]
async fn a_group_is_closed_before_its_last_organiser_leaves(g: Guild) {
    g.demo().await;
    for private in [false, true] {
        let (slug, kofi) = kofis_group(&g, |form| {
            if private {
                form.visibility = "private".into();
                form.joining = "invitation".into()
            }
        })
        .await;
        assert_eq!(card(&g, &kofi, &slug).await.members, 1, "alone");
        assert_eq!(refusal(groups::leave(&g.store, &kofi, &slug).await), Refusal::LastOrganiser);
        groups::archive(&g.store, &kofi, &slug).await.unwrap();
        groups::leave(&g.store, &kofi, &slug).await.unwrap();
    }
}

#[guild_test]
async fn a_request_to_join_is_answered_and_both_sides_get_emails(g: Guild) {
    g.demo().await;
    let (slug, kofi) = kofis_group(&g, |form| form.joining = "request".into()).await;
    let (mei, leila, sofia) = (g.actor("mei").await, g.actor("leila").await, g.actor("sofia").await);
    set_role(&g, &slug, &mei, GroupRole::CoOrganiser).await;
    assert_eq!(refusal(groups::join(&g.store, &leila, &slug).await), Refusal::AskFirst);
    for _ in 0..2 {
        groups::request_to_join(&g.store, &leila, &slug, "I write them anyway.").await.unwrap();
    }
    assert_eq!(g.emails().await, "join_requested=2", "one to each organiser and co-organiser");
    assert_eq!(g.emails_of("join_requested").await[0]["words"], "I write them anyway.");
    groups::request_to_join(&g.store, &sofia, &slug, "").await.unwrap();
    g.expect_emails("join_requested").await;
    // A person can withdraw a request and send it again, but organisers get no second email that day.
    for _ in 0..3 {
        groups::withdraw_request(&g.store, &leila, &slug).await.unwrap();
        groups::request_to_join(&g.store, &leila, &slug, "Please.").await.unwrap();
    }
    assert_eq!(g.emails().await, "");
    g.advance(chrono::Duration::days(1) + chrono::Duration::seconds(1));
    groups::withdraw_request(&g.store, &leila, &slug).await.unwrap();
    groups::request_to_join(&g.store, &leila, &slug, "Please.").await.unwrap();
    assert_eq!(g.emails().await, "join_requested=2", "they are emailed again the next day");
    g.expect_emails("join_requested").await;
    let inbox = groups::inbox(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(inbox.requests.len(), 2);
    assert_eq!(refusal(groups::inbox(&g.store, &leila, &slug).await), Refusal::NotAllowed);
    let (id, other) = (leila.member().unwrap(), sofia.member().unwrap());
    assert_eq!(
        refusal(groups::decide_request(&g.store, &leila, &slug, id, true, "").await),
        Refusal::NotAllowed
    );
    groups::decide_request(&g.store, &mei, &slug, id, true, "Welcome!").await.unwrap();
    assert!(
        is_not_found(groups::decide_request(&g.store, &kofi, &slug, id, false, "").await),
        "the request is answered already"
    );
    groups::decide_request(&g.store, &kofi, &slug, other, false, "Later perhaps.").await.unwrap();
    let decided: Vec<_> =
        g.emails_of("join_decided").await.into_iter().map(|email| email["accepted"].clone()).collect();
    assert_eq!(decided, [true, false]);
    assert!(groups::page(&g.store, &leila, &slug).await.unwrap().card.is_member);
    // After a declined request, the next one is possible after a month.
    assert_eq!(refusal(groups::request_to_join(&g.store, &sofia, &slug, "").await), Refusal::AskedAlready);
    groups::withdraw_request(&g.store, &sofia, &slug).await.unwrap();
    assert_eq!(
        refusal(groups::request_to_join(&g.store, &sofia, &slug, "").await),
        Refusal::AskedAlready,
        "withdrawing a request doesn't help"
    );
    g.advance(chrono::Duration::days(30));
    groups::request_to_join(&g.store, &sofia, &slug, "").await.unwrap();
    groups::withdraw_request(&g.store, &sofia, &slug).await.unwrap();
    assert!(groups::inbox(&g.store, &mei, &slug).await.unwrap().requests.is_empty());
    g.expect_emails("join_decided=2 join_requested=2").await;
}
