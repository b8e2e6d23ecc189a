//! Members who co-host an event (F9): what they may do, what they may not, and who sees what before they accept.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, Refusal, Slug,
    events::{EventForm, RsvpState},
    groups::GroupForm,
};
use store::{
    StoreError,
    events::{self, PeopleFilter},
    groups, members,
};
use tests::{Guild, event_form, guild_test};

async fn page(g: &Guild, who: &Actor) -> Slug {
    members::myself(&g.store, who).await.unwrap().slug
}

async fn invite(g: &Guild, by: &Actor, slug: &Slug, who: &Actor) -> Result<(), StoreError> {
    events::invite_cohost_person(&g.store, by, slug, page(g, who).await.as_str()).await
}

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> bool {
    matches!(answer.unwrap_err(), StoreError::Refused(Refusal::NotAllowed))
}

async fn rename(
    g: &Guild,
    who: &Actor,
    slug: &Slug,
    change: impl FnOnce(&mut EventForm),
) -> Result<(), StoreError> {
    let event = events::page(&g.store, who, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, who, slug, form.check().unwrap(), event.version).await.map(drop)
}

/// F9: from the moment they accept, a co-host edits the event and sees its people. Not before, and not after.
#[guild_test]
async fn f9_a_cohost_runs_the_event_once_they_accept(g: Guild) {
    g.demo().await;
    let (grace, kofi, mei) = (g.actor("grace").await, g.actor("kofi").await, g.actor("mei").await);
    let slug = g.event(Some(5)).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let filter = PeopleFilter { states: vec![RsvpState::Going], words: String::new() };
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    g.expect_emails("cohost_invited=1 confirmed=1").await;
    let of_kofi = |g: &Guild| {
        let (store, slug, filter) = (g.store.clone(), slug.clone(), filter.clone());
        async move { events::people(&store, &kofi, &slug, &filter, 0).await.map(|found| found.people.len()) }
    };
    assert!(refused(of_kofi(&g).await), "invited is not accepted");
    assert!(refused(rename(&g, &kofi, &slug, |form| form.title = "Mine".into()).await));
    // Nobody else can answer for him.
    let other = events::answer_cohost_invitation(&g.store, &mei, &slug, true).await.unwrap_err();
    assert!(matches!(other, StoreError::NotFound));
    events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap();
    assert_eq!(of_kofi(&g).await.unwrap(), 1);
    rename(&g, &kofi, &slug, |form| form.summary = "Also mine".into()).await.unwrap();
    let hosted = events::hosting(&g.store, &kofi).await.unwrap();
    assert!(hosted.upcoming.iter().any(|hosted| hosted.card.slug == slug), "it is on his home page");
    let shown = events::cohost_people(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(shown.people[0].name, "Kofi Mensah");
    assert!(shown.own_answer.is_none());
    assert!(refused(events::cohosts_to_manage(&g.store, &mei, &slug).await));
    events::answer_cohost_invitation(&g.store, &kofi, &slug, false).await.unwrap();
    assert!(refused(of_kofi(&g).await), "he stopped");
    g.take_emails().await;
}

/// F9: co-hosts don't decide who else hosts, don't delete drafts, and get nothing in the group.
#[guild_test]
async fn f9_a_cohost_has_no_rights_beyond_the_event(g: Guild) {
    g.demo().await;
    let (grace, kofi, mei) = (g.actor("grace").await, g.actor("kofi").await, g.actor("mei").await);
    let group = g.night_owls(&[&grace, &mei]).await;
    let form = EventForm { group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "of-group").await.unwrap();
    let hidden = events::page(&g.store, &kofi, &slug).await.unwrap_err();
    assert!(matches!(hidden, StoreError::NotFound), "control: drafts are hidden");
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    assert!(events::page(&g.store, &kofi, &slug).await.is_ok(), "he sees what he is asked for");
    events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap();
    // His page of the event offers only what he may do. Control: the host's page offers all.
    for (key, offers) in [("kofi", false), ("grace", true)] {
        let html = g.page(&g.visit(Some(key), &format!("/events/{slug}"), Locale::En).await).await.html;
        assert!(html.contains(&format!("/events/{slug}/edit")), "{key}");
        for tool in ["cohosts", "delete"] {
            assert_eq!(html.contains(&format!("/events/{slug}/{tool}")), offers, "{key} {tool}");
        }
    }
    for (actor, may_delete) in [(&kofi, false), (&grace, true)] {
        let drafts = events::hosting(&g.store, actor).await.unwrap().drafts;
        let draft = drafts.iter().find(|draft| draft.card.slug == slug).unwrap();
        assert_eq!(draft.may_delete, may_delete, "home offers only what works");
    }
    assert!(refused(invite(&g, &kofi, &slug, &g.actor("leila").await).await));
    let own = kofi.member().unwrap();
    assert!(refused(events::remove_cohost_person(&g.store, &kofi, &slug, own).await));
    assert!(refused(events::delete_draft(&g.store, &kofi, &slug).await));
    assert!(refused(events::invite_cohost(&g.store, &kofi, &slug, &Slug::parse("on-call").unwrap()).await));
    assert!(refused(rename(&g, &kofi, &slug, |form| form.group = String::new()).await), "he can't move it");
    let again = EventForm { title: "Another".into(), ..form };
    assert!(refused(events::create(&g.store, &kofi, again.check().unwrap(), "other").await));
    assert_eq!(groups::page(&g.store, &kofi, &group).await.unwrap().role, None);
    events::publish(&g.store, &kofi, &slug).await.unwrap();
    events::remove_cohost_person(&g.store, &grace, &slug, own).await.unwrap();
    assert!(refused(rename(&g, &kofi, &slug, |form| form.title = "Mine".into()).await));
    g.expect_emails("cohost_invited=1 cohost_removed=1").await;
    // Nobody hears of an invitation that was withdrawn.
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    let invited = async || events::cohost_invitations(&g.store, &kofi).await.unwrap();
    assert_eq!(invited().await.iter().map(|it| &it.slug).collect::<Vec<_>>(), [&slug]);
    let home = g.visit(Some("kofi"), "/", Locale::En).await;
    assert!(g.page(&home).await.html.contains("invited to co-host"));
    events::remove_cohost_person(&g.store, &grace, &slug, own).await.unwrap();
    assert!(invited().await.is_empty());
    g.expect_emails("cohost_invited=1").await;
}

/// F9: whoever declines is not asked again for 30 days to the same event. Another event is another question.
#[guild_test]
async fn f9_a_declined_invitation_is_not_repeated_for_30_days(g: Guild) {
    g.demo().await;
    let (grace, kofi) = (g.actor("grace").await, g.actor("kofi").await);
    let slug = g.event(Some(5)).await;
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    events::answer_cohost_invitation(&g.store, &kofi, &slug, false).await.unwrap();
    let lately = || Refusal::CohostDeclined { days: 30 };
    let again = invite(&g, &grace, &slug, &kofi).await.unwrap_err();
    assert!(matches!(again, StoreError::Refused(why) if why == lately()));
    // Removing what is not there does not reopen the question, and nobody sees the declined invitation.
    events::remove_cohost_person(&g.store, &grace, &slug, kofi.member().unwrap()).await.unwrap();
    assert!(events::cohosts_to_manage(&g.store, &grace, &slug).await.unwrap().people.is_empty());
    assert!(events::cohost_people(&g.store, &kofi, &slug).await.unwrap().own_answer.is_none());
    let accept = events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap_err();
    assert!(matches!(accept, StoreError::NotFound), "the answer stands");
    assert!(invite(&g, &grace, &slug, &kofi).await.is_err());
    // Control: another person, another event, and the same one after 30 days.
    invite(&g, &grace, &slug, &g.actor("leila").await).await.unwrap();
    let other = events::create(&g.store, &grace, event_form(None).check().unwrap(), "other").await.unwrap();
    invite(&g, &grace, &other, &kofi).await.unwrap();
    g.expect_emails("cohost_invited=3").await;
    g.advance(chrono::Duration::days(30));
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    g.expect_emails("cohost_invited=1").await;
    events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap();
    let hosted = events::cohosts_to_manage(&g.store, &grace, &slug).await.unwrap();
    assert!(hosted.people.iter().any(|person| person.is_accepted));
}

/// F9: a draft is hidden again from somebody who declined to co-host it.
#[guild_test]
async fn f9_a_draft_is_hidden_again_from_people_who_declined(g: Guild) {
    g.demo().await;
    let (grace, kofi) = (g.actor("grace").await, g.actor("kofi").await);
    let slug = events::create(&g.store, &grace, event_form(None).check().unwrap(), "draft").await.unwrap();
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    assert!(events::page(&g.store, &kofi, &slug).await.is_ok(), "control");
    events::answer_cohost_invitation(&g.store, &kofi, &slug, false).await.unwrap();
    assert!(matches!(events::page(&g.store, &kofi, &slug).await.unwrap_err(), StoreError::NotFound));
    g.take_emails().await;
}

/// F9: only people who may see the events of a private group co-host one, and leaving the group ends it.
#[guild_test]
async fn f9_an_event_of_a_private_group_is_co_hosted_by_its_members(g: Guild) {
    g.demo().await;
    let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
    let form = GroupForm {
        name: "Quiet circle".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    let form = EventForm { group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, &ada, form.check().unwrap(), "private").await.unwrap();
    let outside = invite(&g, &ada, &slug, &kofi).await.unwrap_err();
    assert!(matches!(outside, StoreError::Invalid(_)), "{outside}");
    let member = kofi.member().unwrap();
    groups::add(&g.store, &ada, &group, member, domain::groups::GroupRole::Member).await.unwrap();
    invite(&g, &ada, &slug, &kofi).await.unwrap();
    events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap();
    rename(&g, &kofi, &slug, |form| form.title = "A new title".into()).await.unwrap();
    groups::leave(&g.store, &kofi, &group).await.unwrap();
    assert!(matches!(events::page(&g.store, &kofi, &slug).await.unwrap_err(), StoreError::NotFound));
    g.take_emails().await;
}

/// A11, F9: co-hosts hear of requests too, because they answer them.
#[guild_test]
async fn f9_cohosts_are_told_of_requests(g: Guild) {
    g.demo().await;
    let (grace, kofi) = (g.actor("grace").await, g.actor("kofi").await);
    let form = EventForm { approval: "on".into(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "by-request").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    invite(&g, &grace, &slug, &kofi).await.unwrap();
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.take_emails().await;
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("new_requests=1").await;
    events::answer_cohost_invitation(&g.store, &kofi, &slug, true).await.unwrap();
    g.rsvp(&g.actor("leila").await, &slug, 0).await.unwrap();
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("new_requests=2 requested=1").await;
}
