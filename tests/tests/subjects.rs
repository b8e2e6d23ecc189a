//! The topics and stages of events, and finding events by them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Slug, events::Subjects};
use store::{
    StoreError,
    events::{self, Filter, Span, SubjectList},
    schedule,
};
use tests::{Guild, guild_test};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

#[guild_test]
async fn an_event_is_found_by_its_subjects(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = g.event(None).await;
    let chosen = |topics: &[&str]| {
        let topics: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
        Subjects::check(&["security".to_owned()], &topics, &["deploy".to_owned()]).unwrap()
    };
    for _ in 0..2 {
        events::set_subjects(&g.store, &grace, &event, None, chosen(&["on-call", "rust"])).await.unwrap();
    }
    let about = events::page(&g.store, &mei, &event).await.unwrap().about;
    let names: Vec<_> = about.topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, ["On-call and postmortems", "Rust"]);
    assert_eq!((about.disciplines.len(), about.stages[0].name.as_str()), (1, "Deploy"));
    let found = async |about: &[(SubjectList, &str)]| {
        let about = about.iter().map(|(list, text)| (*list, slug(text))).collect();
        let filter = Filter { about, ..Filter::default() };
        let (cards, _) = events::list(&g.store, &mei, &filter, 0).await.unwrap();
        cards.iter().any(|card| card.slug == event)
    };
    assert!(found(&[(SubjectList::Topics, "rust"), (SubjectList::Stages, "deploy")]).await);
    assert!(!found(&[(SubjectList::Topics, "rust"), (SubjectList::Stages, "plan")]).await);
    assert!(!found(&[(SubjectList::Topics, "deploy")]).await, "an entry of another list finds nothing");
    // Saving replaces the earlier choice.
    events::set_subjects(&g.store, &grace, &event, None, chosen(&[])).await.unwrap();
    assert!(!found(&[(SubjectList::Topics, "rust")]).await);
    // Only people who can edit the event choose its subjects, and only existing ones.
    let refused = events::set_subjects(&g.store, &mei, &event, None, chosen(&["rust"])).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(_)), "{refused:?}");
    let unknown =
        events::set_subjects(&g.store, &grace, &event, None, chosen(&["no-such-topic"])).await.unwrap_err();
    assert!(matches!(unknown, StoreError::Invalid(_)), "{unknown:?}");
    assert!(
        events::page(&g.store, &mei, &event).await.unwrap().about.topics.is_empty(),
        "a refused choice changed something"
    );
}

#[guild_test]
async fn a_session_has_its_own_subjects(g: Guild) {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let event = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    let agenda = async || {
        let page = events::page(&g.store, &mei, &event).await.unwrap();
        page.agenda.into_iter().flat_map(|day| day.sessions).collect::<Vec<_>>()
    };
    let id = agenda().await[0].id;
    let chosen = Subjects::check(&[], &["rust".to_owned()], &[]).unwrap();
    let refused = events::set_subjects(&g.store, &mei, &event, Some(id), chosen.clone()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(_)), "{refused:?}");
    let other = g.event(None).await;
    let elsewhere = events::set_subjects(&g.store, &ada, &other, Some(id), chosen.clone()).await.unwrap_err();
    assert!(matches!(elsewhere, StoreError::NotFound), "{elsewhere:?}");
    events::set_subjects(&g.store, &ada, &event, Some(id), chosen).await.unwrap();
    let session = schedule::session(&g.store, &mei, &event, id).await.unwrap();
    assert_eq!((session.item.about.topics[0].name.as_str(), session.may_edit), ("Rust", false));
    // The agenda shows the topic at this session only, and the event is found by it.
    let about: Vec<_> = agenda().await.into_iter().map(|item| (item.id, item.about.topics.len())).collect();
    assert!(about.iter().all(|(other, topics)| *topics == usize::from(*other == id)), "{about:?}");
    let about = vec![(SubjectList::Topics, slug("rust"))];
    let filter = Filter { about, span: Span::Past, ..Filter::default() };
    let found = async || events::list(&g.store, &mei, &filter, 0).await.unwrap().0;
    assert!(found().await.iter().any(|card| card.slug == event));
    assert!(events::page(&g.store, &mei, &event).await.unwrap().about.topics.is_empty());
    // Importing the file again keeps the choice. A removed session loses its own.
    assert_eq!(schedule::import(&g.store, &ada, &file, &[]).await.unwrap().changed, 0);
    assert!(found().await.iter().any(|card| card.slug == event));
    let mut shorter = file;
    let guid = session.item.session.guid;
    shorter.days.iter_mut().for_each(|day| day.sessions.retain(|session| session.guid != guid));
    schedule::import(&g.store, &ada, &shorter, &[]).await.unwrap();
    assert!(!found().await.iter().any(|card| card.slug == event));
    assert!(matches!(schedule::session(&g.store, &mei, &event, id).await, Err(StoreError::NotFound)));
}
