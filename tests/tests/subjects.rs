//! What events are about, and finding them by it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Slug, events::Subjects};
use store::{
    Fault,
    events::{self, Filter, SubjectList},
};
use tests::guild_test;

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

guild_test! {
    async fn an_event_is_found_by_what_it_is_about(g: Guild) {
        g.demo().await;
        let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
        let event = g.event(None).await;
        let said = |topics: &[&str]| {
            let topics: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
            Subjects::check(&["security".to_owned()], &topics, &["deploy".to_owned()]).unwrap()
        };
        for _ in 0..2 {
            events::set_subjects(&g.store, &grace, &event, said(&["on-call", "rust"])).await.unwrap();
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
        assert!(!found(&[(SubjectList::Topics, "deploy")]).await, "an entry of another list");
        // What is said anew replaces what was said.
        events::set_subjects(&g.store, &grace, &event, said(&[])).await.unwrap();
        assert!(!found(&[(SubjectList::Topics, "rust")]).await);
        // Only who looks after the event says it, and only what there is.
        let refused = events::set_subjects(&g.store, &mei, &event, said(&["rust"])).await.unwrap_err();
        assert!(matches!(refused, Fault::Refused(_)), "{refused:?}");
        let unknown = events::set_subjects(&g.store, &grace, &event, said(&["no-such-topic"])).await.unwrap_err();
        assert!(matches!(unknown, Fault::Invalid(_)), "{unknown:?}");
        assert!(events::page(&g.store, &mei, &event).await.unwrap().about.topics.is_empty(), "nothing half done");
    }
}
