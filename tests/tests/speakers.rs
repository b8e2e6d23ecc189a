//! Speakers of a session, and the members they are (M28).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, Locale, Refusal, Slug, mentoring::SignUpRole, speakers::SpeakerLinkState};
use store::{StoreError, blocks, schedule};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// A session with one speaker in a published event that Ada imported.
struct Session {
    event: Slug,
    id: Uuid,
    speaker: Uuid,
    path: String,
}

async fn session(g: &Guild) -> Session {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let event = schedule::import(&g.store, &g.actor("ada").await, &file, &[]).await.unwrap().slug;
    let sql =
        "SELECT session_id, speaker_id FROM session_speakers WHERE position = 0 ORDER BY session_id LIMIT 1";
    let row = &g.rows(sql).await[0];
    let (id, speaker): (Uuid, Uuid) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
    g.take_emails().await;
    let path = format!("/events/{event}/sessions/{id}");
    Session { event, id, speaker, path }
}

impl Session {
    async fn propose(&self, g: &Guild, actor: &Actor, person: &str) -> Result<(), StoreError> {
        schedule::propose_speaker(&g.store, actor, &self.event, self.id, self.speaker, person).await
    }

    async fn unlink(&self, g: &Guild, actor: &Actor) -> Result<(), StoreError> {
        schedule::unlink_speaker(&g.store, actor, &self.event, self.id, self.speaker).await
    }

    async fn answer(&self, g: &Guild, actor: &Actor, confirms: bool) -> Result<(), StoreError> {
        schedule::answer_speaker(&g.store, actor, &self.event, self.speaker, confirms).await
    }

    async fn link(&self, g: &Guild, actor: &Actor) -> Option<SpeakerLinkState> {
        let page = schedule::session(&g.store, actor, &self.event, self.id).await.unwrap();
        let speaker = page.speakers.into_iter().find(|speaker| speaker.id == self.speaker).unwrap();
        speaker.link.map(|link| link.state)
    }
}

#[guild_test]
async fn m28_a_speaker_is_proposed_and_confirms(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei) = (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await);
    for _ in 0..2 {
        session.propose(&g, &ada, "kofi-mensah").await.unwrap();
    }
    g.expect_emails("speaker_proposed=1").await;
    // Before the answer, only organisers and the member know.
    assert_eq!(session.link(&g, &ada).await, Some(SpeakerLinkState::Proposed));
    assert_eq!(session.link(&g, &kofi).await, Some(SpeakerLinkState::Proposed));
    assert_eq!(session.link(&g, &mei).await, None);
    assert_eq!(session.link(&g, &Actor::Anonymous).await, None);
    assert_eq!(schedule::speakers_to_confirm(&g.store, &kofi).await.unwrap()[0].session, session.id);
    let home = g.page(&g.visit(Some("kofi"), "/", Locale::En).await).await.html;
    assert!(home.contains(&session.path), "the home page asks");
    assert!(matches!(session.answer(&g, &mei, true).await, Err(StoreError::NotFound)));
    session.answer(&g, &kofi, true).await.unwrap();
    assert!(schedule::speakers_to_confirm(&g.store, &kofi).await.unwrap().is_empty());
    assert_eq!(session.link(&g, &mei).await, Some(SpeakerLinkState::Confirmed));
    let page = async |key| g.page(&g.visit(Some(key), &session.path, Locale::En).await).await.html;
    assert!(page("mei").await.contains("/members/kofi-mensah"));
    // After a block, the two do not find each other here either.
    blocks::block(&g.store, &kofi, mei.member().unwrap()).await.unwrap();
    assert!(!page("mei").await.contains("/members/kofi-mensah"));
    assert!(page("sofia").await.contains("/members/kofi-mensah"));
    g.take_emails().await;
}

#[guild_test]
async fn m28_a_member_removes_the_link_and_is_not_proposed_again(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei) = (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await);
    assert!(matches!(session.propose(&g, &mei, "kofi-mensah").await, Err(StoreError::Refused(_))));
    assert!(matches!(session.propose(&g, &ada, "nobody-at-all").await, Err(StoreError::Invalid(_))));
    session.propose(&g, &ada, "kofi-mensah").await.unwrap();
    session.answer(&g, &kofi, true).await.unwrap();
    session.answer(&g, &kofi, false).await.unwrap();
    assert_eq!(session.link(&g, &ada).await, None);
    let again = session.propose(&g, &ada, "kofi-mensah").await;
    assert!(matches!(again, Err(StoreError::Refused(Refusal::SpeakerLinkRemoved))), "{again:?}");
    // Control: somebody else can be proposed, by name too, and organisers can remove that.
    session.propose(&g, &ada, "mei tanaka").await.unwrap();
    session.unlink(&g, &ada).await.unwrap();
    assert_eq!(session.link(&g, &mei).await, None);
    g.expect_emails("speaker_proposed=2").await;
    // What Kofi removed is remembered after somebody else was proposed.
    let again = session.propose(&g, &ada, "https://guild.example/members/kofi-mensah/").await;
    assert!(matches!(again, Err(StoreError::Refused(Refusal::SpeakerLinkRemoved))), "{again:?}");
    // Whoever proposes and removes again and again causes a few emails, and none without end.
    for _ in 0..12 {
        session.propose(&g, &ada, "mei-tanaka").await.unwrap();
        session.unlink(&g, &ada).await.unwrap();
    }
    g.expect_emails("speaker_proposed=9").await;
}

/// M25, M28: a speaker who takes direct requests can be asked, with the session as the topic.
#[guild_test]
async fn m25_a_speaker_can_be_asked_to_mentor_on_their_session(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
    session.propose(&g, &ada, "kofi-mensah").await.unwrap();
    session.answer(&g, &kofi, true).await.unwrap();
    let page = async |key, path: &str| g.page(&g.visit(Some(key), path, Locale::En).await).await.html;
    let ask = format!("/mentoring/ask/kofi-mensah?event={}", session.event);
    // Control: without an offer, nobody can ask.
    assert!(!page("mei", &session.path).await.contains(&ask));
    let round = g.round(&g.actor("grace").await).await;
    g.sign_up(&kofi, &round, SignUpRole::Mentor, &["rust"], "").await;
    assert!(page("mei", &session.path).await.contains(&ask));
    assert!(!page("kofi", &session.path).await.contains(&ask));
    let title =
        schedule::session(&g.store, &kofi, &session.event, session.id).await.unwrap().item.session.title;
    let form = page("mei", &format!("{ask}&session={}", session.id)).await;
    let start: String = title.chars().take(12).collect();
    let typed = form.split("<textarea").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(typed.contains("learn more") && typed.contains(start.split('&').next().unwrap()), "{typed}");
    g.take_emails().await;
}

/// M28: the forms on the page of a session work without JavaScript and keep what was typed.
#[guild_test]
async fn m28_an_organiser_proposes_with_the_form_of_the_page(g: Guild) {
    let session = session(&g).await;
    let visit = g.visit(Some("ada"), &session.path, Locale::En).await;
    let (id, speaker) = (session.id.to_string(), session.speaker.to_string());
    let mut fields = vec![("slug", session.event.as_str()), ("session", &id), ("speaker", &speaker)];
    fields.push(("person", "no such page"));
    g.post(&visit, "/api/speakers/propose", &fields, "text/html").await;
    assert!(g.page(&visit).await.html.contains("no such page"));
    fields.pop();
    fields.push(("person", "kofi-mensah"));
    g.post(&visit, "/api/speakers/propose", &fields, "text/html").await;
    fields.pop();
    fields.push(("act", "confirm"));
    let kofi = g.visit(Some("kofi"), &session.path, Locale::En).await;
    g.post(&kofi, "/api/speakers/answer", &fields, "text/html").await;
    assert_eq!(session.link(&g, &Actor::Anonymous).await, None, "visitors do not find Kofi");
    assert_eq!(session.link(&g, &g.actor("mei").await).await, Some(SpeakerLinkState::Confirmed));
    g.take_emails().await;
}
