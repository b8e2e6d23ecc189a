//! Slides and recordings of sessions (D8).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Locale, Refusal, Slug, sessions::MAX_SLIDES_FILES};
use store::{
    StoreError, runner, schedule,
    sessions::{self, Material},
};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// A file that counts as PDF.
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n%%EOF\n";

/// A session of a published event that Ada imported. Kofi is its speaker, and the only one who confirmed.
struct Session {
    event: Slug,
    id: Uuid,
    path: String,
}

async fn session(g: &Guild) -> Session {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ada = g.actor("ada").await;
    let event = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    let sql = "SELECT s.session_id, s.speaker_id FROM session_speakers s JOIN agenda_sessions a ON a.id = s.session_id \
               WHERE s.position = 0 AND a.content LIKE '%\"do_not_record\":false%' ORDER BY s.session_id LIMIT 1";
    let row = &g.rows(sql).await[0];
    let (id, speaker): (Uuid, Uuid) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
    schedule::propose_speaker(&g.store, &ada, &event, id, speaker, "kofi-mensah").await.unwrap();
    schedule::answer_speaker(&g.store, &g.actor("kofi").await, &event, speaker, true).await.unwrap();
    let path = format!("/events/{event}/sessions/{id}");
    g.take_emails().await;
    Session { event, id, path }
}

impl Session {
    async fn add(&self, g: &Guild, actor: &Actor, name: &str) -> Result<(), StoreError> {
        sessions::add_slides(&g.store, actor, &self.event, self.id, name, PDF.to_vec()).await
    }

    async fn record(&self, g: &Guild, actor: &Actor, link: Option<&str>) -> Result<(), StoreError> {
        let link = link.map(str::to_owned);
        sessions::set_recording(&g.store, actor, &self.event, self.id, link).await
    }

    async fn forbid(&self, g: &Guild, actor: &Actor, forbidden: bool) -> Result<(), StoreError> {
        sessions::set_no_recording(&g.store, actor, &self.event, self.id, forbidden).await
    }

    async fn material(&self, g: &Guild, actor: &Actor) -> Material {
        let page = schedule::session(&g.store, actor, &self.event, self.id).await.unwrap();
        sessions::material(&g.store, actor, &page).await.unwrap()
    }

    async fn starts_at(&self, g: &Guild) -> domain::Instant {
        let page = schedule::session(&g.store, &Actor::Anonymous, &self.event, self.id).await.unwrap();
        page.item.session.starts_at
    }

    /// The session as the schedule for other programs has it.
    async fn exported(&self, g: &Guild) -> domain::schedule::ScheduleSession {
        let page = schedule::session(&g.store, &Actor::Anonymous, &self.event, self.id).await.unwrap();
        let whole = schedule::whole(&g.store, &Actor::Anonymous, &self.event).await.unwrap();
        let mut sessions = whole.days.into_iter().flat_map(|day| day.sessions);
        sessions.find(|session| session.guid == page.item.session.guid).unwrap()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn d8_speakers_and_organisers_add_slides_that_readers_download(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei) = (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await);
    let nobody = Actor::Anonymous;
    assert_eq!(refusal(session.add(&g, &mei, "a.pdf").await), Refusal::NotAllowed);
    assert_eq!(refusal(session.add(&g, &nobody, "a.pdf").await), Refusal::SignInFirst);
    for n in 0..MAX_SLIDES_FILES {
        session.add(&g, if n == 0 { &ada } else { &kofi }, &format!("{n}.pdf")).await.unwrap();
    }
    let max = MAX_SLIDES_FILES as i64;
    assert_eq!(refusal(session.add(&g, &kofi, "a.pdf").await), Refusal::TooManySlides { max });
    let slides = session.material(&g, &nobody).await.slides;
    assert_eq!((slides[0].name.as_str(), slides[0].bytes), ("0.pdf", PDF.len() as u64));
    let download = async |actor: &Actor, event: &Slug| {
        sessions::slides(&g.store, actor, event, session.id, slides[0].id).await
    };
    assert_eq!(download(&nobody, &session.event).await.unwrap(), ("0.pdf".to_owned(), PDF.to_vec()));
    // What is not there and what is hidden get the same answer.
    let other = g.event(None).await;
    assert!(matches!(download(&ada, &other).await, Err(StoreError::NotFound)));
    let hide = format!("UPDATE events SET status = 'draft' WHERE slug = '{}'", session.event);
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &hide).await.unwrap();
    for actor in [&nobody, &mei] {
        assert!(matches!(download(actor, &session.event).await, Err(StoreError::NotFound)));
    }
    assert!(download(&ada, &session.event).await.is_ok());
    let remove = async |actor: &Actor| {
        sessions::remove_slides(&g.store, actor, &session.event, session.id, slides[0].id).await
    };
    for _ in 0..2 {
        remove(&ada).await.unwrap();
    }
    assert!(matches!(download(&ada, &session.event).await, Err(StoreError::NotFound)));
}

#[guild_test]
async fn d8_do_not_record_overrides_every_recording(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei) = (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await);
    let link = Some("https://video.example/1");
    session.record(&g, &ada, link).await.unwrap();
    assert_eq!(session.material(&g, &mei).await.recording.as_deref(), link);
    let page = async || g.page(&g.visit(None, &session.path, Locale::En).await).await.html;
    assert!(page().await.contains("https://video.example/1"));
    // The speaker says no: the link is neither shown nor accepted, and the export says so.
    session.forbid(&g, &kofi, true).await.unwrap();
    assert_eq!(refusal(session.record(&g, &ada, link).await), Refusal::DoNotRecord);
    let html = page().await;
    assert!(
        !html.contains("https://video.example/1") && html.contains("Not recorded, at the speakers’ request.")
    );
    let exported = session.exported(&g).await;
    assert!(exported.do_not_record);
    assert_eq!([exported.recording_link, exported.recording_url, exported.video_url], ["", "", ""]);
    // Nobody else takes it back, and a new import of the file does not either.
    assert_eq!(refusal(session.forbid(&g, &mei, false).await), Refusal::NotAllowed);
    assert_eq!(refusal(session.forbid(&g, &ada, false).await), Refusal::NotAllowed);
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let report = schedule::import(&g.store, &ada, &file, &[]).await.unwrap();
    assert_eq!((report.changed, report.added, report.removed), (0, 0, 0));
    let mut changed = file.clone();
    changed.days.iter_mut().flat_map(|day| &mut day.sessions).for_each(|session| session.title += ", again");
    schedule::import(&g.store, &ada, &changed, &[]).await.unwrap();
    assert!(session.material(&g, &mei).await.do_not_record, "a changed file does not override it");
    // Control: the speaker takes it back, and the link is there again.
    session.forbid(&g, &kofi, false).await.unwrap();
    assert_eq!(session.material(&g, &mei).await.recording.as_deref(), link);
    // An organiser takes back what an organiser said.
    session.forbid(&g, &ada, true).await.unwrap();
    session.forbid(&g, &ada, false).await.unwrap();
    assert!(!session.exported(&g).await.do_not_record);
    g.take_emails().await;
}

#[guild_test]
async fn d8_a_file_that_says_do_not_record_wins_too(g: Guild) {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ada = g.actor("ada").await;
    let event = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    let row =
        &g.rows("SELECT id FROM agenda_sessions WHERE content LIKE '%\"do_not_record\":true%'").await[0];
    let id: Uuid = row.try_get_by_index(0).unwrap();
    let link = Some("https://video.example/1".to_owned());
    let record = sessions::set_recording(&g.store, &ada, &event, id, link).await;
    assert_eq!(refusal(record), Refusal::DoNotRecord);
}

#[guild_test]
async fn d8_speakers_are_reminded_once_before_and_once_after(g: Guild) {
    let session = session(&g).await;
    let starts_at = session.starts_at(&g).await;
    let at = |time: domain::Instant| g.advance(time - g.now());
    let run = async || runner::run_due(&g.store).await.unwrap();
    // Of this session only, because the same person may speak in others.
    let sent = async || {
        let mut sent = g.emails_of("slides_wanted").await;
        sent.retain(|email| email["session"] == session.id.to_string());
        sent
    };
    let reminders = async || sent().await.len();
    at(starts_at - Duration::days(4));
    run().await;
    assert_eq!(reminders().await, 0, "three days before is soon enough");
    at(starts_at - Duration::hours(71));
    for _ in 0..2 {
        run().await;
    }
    assert_eq!(reminders().await, 1);
    g.take_emails().await;
    at(starts_at + Duration::hours(23));
    run().await;
    assert_eq!(reminders().await, 0);
    for days in [1, 2, 8] {
        at(starts_at + Duration::days(days) + Duration::hours(1));
        run().await;
    }
    let sent = sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["is_over"], true);
    g.take_emails().await;
}

#[guild_test]
async fn d8_nobody_is_reminded_of_slides_that_are_there_or_not_wanted(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
    let starts_at = session.starts_at(&g).await;
    let set =
        async |actor: &Actor, days| schedule::set_slides_days(&g.store, actor, &session.event, days).await;
    assert_eq!(refusal(set(&kofi, 0).await), Refusal::NotAllowed);
    set(&ada, 0).await.unwrap();
    g.advance(starts_at - Duration::days(1) - g.now());
    let reminders = async || {
        runner::run_due(&g.store).await.unwrap();
        let mut sent = g.emails_of("slides_wanted").await;
        sent.retain(|email| email["session"] == session.id.to_string());
        g.take_emails().await;
        sent.len()
    };
    assert_eq!(reminders().await, 0);
    // Control: the organisers choose again, and then the slides are there.
    set(&ada, 1).await.unwrap();
    assert_eq!(reminders().await, 1);
    session.add(&g, &kofi, "talk.pdf").await.unwrap();
    g.advance(Duration::days(3));
    assert_eq!(reminders().await, 0);
}

/// D8: the upload checks who sends it and what it is, and the download is saved and not shown.
#[guild_test]
async fn d8_the_page_takes_a_pdf_and_serves_it_as_a_file(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let ada = portal.browser();
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let event = schedule::import(portal.store(), &Actor::Operator, &file, &[]).await.unwrap().slug;
    let id: Uuid =
        g.rows("SELECT id FROM agenda_sessions ORDER BY id LIMIT 1").await[0].try_get_by_index(0).unwrap();
    let page = format!("/events/{event}/sessions/{id}");
    let upload = format!("{page}/slides");
    assert_eq!(ada.post("/sign-in/demo", &[("key", "ada")]).await.status, 303);
    let mei = portal.browser();
    assert_eq!(mei.post("/sign-in/demo", &[("key", "mei")]).await.status, 303);
    assert_eq!(mei.upload(&upload, "slides", PDF).await.status, 403);
    // Not a PDF: the field says so.
    assert_eq!(ada.upload(&upload, "slides", b"<html><script>alert(1)</script>").await.status, 303);
    assert!(ada.get(&page).await.body.contains("isn’t a PDF"));
    assert_eq!(ada.upload(&upload, "slides", PDF).await.status, 303);
    let html = mei.get(&page).await.body;
    let path = html.split("href=\"").find(|rest| rest.starts_with(&upload)).unwrap();
    let path = path.split('"').next().unwrap();
    let answer = portal.browser().get(path).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(answer.body.as_bytes(), PDF);
    assert_eq!(portal.browser().get(&format!("{upload}/{}.pdf", Uuid::nil())).await.status, 404);
    portal.stop().await;
}
