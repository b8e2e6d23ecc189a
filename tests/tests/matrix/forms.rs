//! The forms that the matrix posts to each route. Every actor posts the same form, about a record that some
//! actor may change.

use domain::{
    Actor, Locale, Slug, Zone,
    announcements::AnnouncementForm,
    board::{NewSession, Slot},
    community::CommunityText,
    events::{EventForm, EventQuestionForm, RsvpState},
    groups::{GroupForm, GroupRole},
    invitations::{Invite, RequestForm},
    reports::{Decision, ReportKind},
    sessions::QuestionsOpen,
};
use store::{
    admin, announcements,
    events::{self, CoverFiles},
    groups, kudos, members, reports, schedule, sessions,
    settings::{self, SignUp},
    sign_in,
};
use tests::{Guild, event_form};
use uuid::Uuid;

use super::world::{Form, World, draft, fields, proposal_text, uuid};

/// Routes on which no actor's form changes anything in this test, and the tests that post to them instead.
pub(super) const TESTED_ELSEWHERE: &[(&str, &str)] = &[
    ("/api/events/seats", "it reads"),
    ("/api/board/state", "it reads"),
    ("/events/{slug}/export", "event_people.rs: it reads"),
    ("/events/{slug}/badges", "event_people.rs: it reads"),
    ("/api/admin/select_members", "bulk.rs: it keeps a draft, and drafts are left out here"),
    ("/api/kudos/find", "kudos_pages.rs: it keeps a draft, and drafts are left out here"),
    ("/request-invitation", "invitations.rs, where newcomers need an invitation"),
    ("/api/admin/emails_retry", "outbox_page.rs: emails change their state, which is left out here"),
    ("/api/admin/emails_cancel", "outbox_page.rs, the same"),
    ("/api/admin/job_retry", "jobs_page.rs: the portal's workers would run the job too"),
    ("/api/admin/job_cancel", "jobs_page.rs, the same"),
    ("/api/data/clear_bounce", "admin.rs, with an address that bounces"),
    ("/profile/picture", "profiles.rs, with a picture"),
    ("/events/{slug}/cover", "covers.rs, with a picture"),
    ("/groups/{slug}/cover", "covers.rs, with a picture"),
    ("/events/{slug}/sessions/{id}/slides", "session_material.rs, with a file"),
    ("/api/sessions/swap", "workshops.rs, with two workshops"),
    ("/admin/logo", "community.rs, with a picture"),
    ("/preview", "event_forms.rs: it keeps a draft, and drafts are left out here"),
    ("/profile/links/verify", "profiles.rs, with a page that links back"),
    ("/profile/data/copy", "member_data.rs: it reads"),
    ("/mentoring/rounds/{slug}/export", "mentoring_coordinator.rs: it reads"),
    ("/mentoring/rounds/{slug}/import", "mentoring_coordinator.rs, with a file"),
    ("/seat/{token}", "seats.rs, with the link of a email"),
    ("/proposal/{token}", "mentoring_pages.rs, with the link of an email"),
    ("/check-in/{token}", "mentorships.rs, with the check-in of a pair"),
    ("/api/events/no_show", "series_asks.rs, after the start"),
    ("/standing-seat/{token}", "series_asks.rs, with a standing RSVP"),
    ("/api/mentoring/email_round", "round_emails.rs, with people who have not answered"),
    ("/api/mentoring/cancel_email", "round_emails.rs, with an email that is held"),
    ("/api/speakers/propose", "speakers.rs, with a speaker"),
    ("/api/speakers/answer", "speakers.rs, with a speaker"),
    ("/api/proposals/change", "proposals.rs, with each state"),
    ("/api/proposals/send_to", "proposals.rs, with a second call"),
    ("/api/proposals/join", "proposals.rs, with an invitation"),
    ("/api/proposals/answer", "proposals.rs, with a question"),
    ("/api/proposals/send", "proposals.rs: its job goes on while others post"),
    ("/api/proposals/review", "proposals.rs, with a reviewer"),
    ("/api/proposals/add_to_event", "proposals.rs, with a rolling call"),
    ("/api/events/answer", "event_questions.rs, with a question"),
    ("/api/demands/similar", "it reads"),
    ("/api/demands/claim", "demands.rs, with a speaker"),
    ("/api/demands/release", "demands.rs, with a speaker"),
    ("/api/demands/ask_host", "demands.rs, with a speaker"),
    ("/api/demands/decline_host", "demands.rs, with a speaker"),
    ("/api/demands/make_event", "demands.rs, with a speaker"),
    ("/api/questions/reply", "questions.rs, with a question that was picked"),
    ("/api/mentorships/measure", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/appeal", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/decide", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/guide", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/request", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/settle", "mentorships_coordinator.rs, about a pair of its own"),
    ("/api/mentorships/propose", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/accept", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/meeting", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/agreement", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/agree", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/goal", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/note", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/remove_note", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/message", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/check_in", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/change", "mentorships.rs, with a pair of its own"),
    ("/api/mentorships/feedback", "mentorships.rs, with a pair of its own"),
    ("/api/mentoring/start_run", "mentoring_runs.rs: its job goes on while others post"),
    ("/api/mentoring/cancel_run", "mentoring_runs.rs, with a run that works"),
    ("/api/mentoring/publish", "mentoring_pages.rs: it can be done once"),
    ("/api/mentoring/answer", "mentoring_pages.rs, with a proposal to the actor"),
    ("/api/mentoring/resume", "mentoring_proposals.rs, after two proposals without an answer"),
];

fn form(path: &str, label: &str, fields: &[(&'static str, &str)]) -> Form {
    let fields = fields.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    Form { label: label.to_owned(), path: path.to_owned(), fields }
}

/// A published event of Grace's from this form.
async fn create_event(g: &Guild, change: EventForm) -> Slug {
    let grace = g.actor("grace").await;
    let slug =
        events::create(&g.store, &grace, change.check().unwrap(), &sign_in::new_token()).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    slug
}

/// A group that Ada organises. A private one has Mei as a member, and Sofia as a former member.
async fn group(g: &Guild, visibility: &str, joining: &str) -> Slug {
    let form = GroupForm {
        name: format!("Group {}", sign_in::new_token()),
        kind: "chapter".into(),
        visibility: visibility.into(),
        joining: joining.into(),
        ..GroupForm::default()
    };
    let ada = g.actor("ada").await;
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    if visibility == "private" {
        let mei = g.actor("mei").await.member().unwrap();
        groups::add(&g.store, &ada, &slug, mei, GroupRole::Member).await.unwrap();
        let sofia = g.actor("sofia").await;
        groups::add(&g.store, &ada, &slug, sofia.member().unwrap(), GroupRole::Member).await.unwrap();
        groups::leave(&g.store, &sofia, &slug).await.unwrap();
    }
    slug
}

/// A published event of a group that Ada organises.
async fn group_event(g: &Guild, group: &Slug) -> Slug {
    let ada = g.actor("ada").await;
    let form = EventForm { group: group.to_string(), ..event_form(Some(5)) };
    let slug = events::create(&g.store, &ada, form.check().unwrap(), &sign_in::new_token()).await.unwrap();
    events::publish(&g.store, &ada, &slug).await.unwrap();
    slug
}

/// Forms about the board of an event of Grace's. It has two rooms, a session with a speaker in the pool, one that was
/// released, and one that was moved since.
async fn about_boards(g: &Guild, path: &str) -> Vec<Form> {
    let grace = g.actor("grace").await;
    let event = create_event(g, event_form(None)).await;
    let starts = g.now() + chrono::Duration::days(30);
    let starts = chrono::DurationRound::duration_trunc(starts, chrono::Duration::hours(1)).unwrap();
    for name in ["Hall", "Cellar"] {
        schedule::add_room(&g.store, &grace, &event, name, None).await.unwrap();
    }
    let add = async |title: &str| {
        let speakers = vec!["Nora Quist".to_owned()];
        let new = NewSession { title: title.to_owned(), speakers, minutes: 30, text: String::new() };
        schedule::add_session(&g.store, &grace, &event, &new, "").await.unwrap()
    };
    let (placed, moved, waiting) = (add("Placed").await, add("Moved").await, add("Waiting").await);
    let room = schedule::board(&g.store, &grace, &event).await.unwrap().board.rooms[0].id;
    let slot = |hours| Some(Slot { room, starts_at: starts + chrono::Duration::hours(hours) });
    schedule::place(&g.store, &grace, &event, placed, 0, slot(0), 30).await.unwrap();
    let seen = schedule::place(&g.store, &grace, &event, moved, 0, slot(1), 30).await.unwrap();
    let version = schedule::board(&g.store, &grace, &event).await.unwrap().revision;
    schedule::release(&g.store, &grace, &event, version, "").await.unwrap();
    let seen = schedule::place(&g.store, &grace, &event, moved, seen, slot(2), 30).await.unwrap();
    let loaded = schedule::board_session(&g.store, &grace, &event, waiting).await.unwrap();
    let speaker = loaded.speakers[0].id.to_string();
    let (version, seen) = (loaded.page.revision.to_string(), seen.to_string());
    let details = loaded.details_version.to_string();
    let empty = loaded.page.board.rooms[1].id.to_string();
    let (room, moved, waiting) = (room.to_string(), moved.to_string(), waiting.to_string());
    let placed = placed.to_string();
    let day = loaded.page.days[0].to_string();
    let instant = (starts + chrono::Duration::hours(5)).to_rfc3339();
    let slug = event.as_str();
    let more: &[(&'static str, &str)] = match path {
        "/api/board/place" => &[
            ("session", &moved),
            ("version", &seen),
            ("day", &day),
            ("time", "18:05"),
            ("minutes", "45"),
            ("room", &room),
        ],
        "/api/board/move" => &[
            ("session", &moved),
            ("version", &seen),
            ("starts", &instant),
            ("minutes", "45"),
            ("room", &room),
        ],
        "/api/board/state" => &[("version", "0")],
        "/api/board/add_session" => {
            &[("title", "Another"), ("minutes", "30"), ("speakers", "A, B"), ("text", "")]
        }
        "/api/board/edit_session" => &[
            ("session", &waiting),
            ("version", &details),
            ("title", "Waiting longer"),
            ("speakers", "A\nB"),
            ("track", "Water"),
            ("summary", ""),
            ("text", "Another text"),
        ],
        "/api/board/remove_session" => &[("session", &waiting)],
        "/api/board/available" => &[
            ("session", &waiting),
            ("speaker", &speaker),
            ("from", "2027-03-01T09:00"),
            ("until", "2027-03-01T12:00"),
        ],
        "/api/board/add_room" => &[("name", "Attic"), ("capacity", "40")],
        "/api/board/edit_room" => &[("room", &empty), ("name", "Attic"), ("capacity", "40")],
        "/api/board/remove_room" => &[("room", &empty)],
        "/api/board/buffer" => &[("minutes", "10")],
        "/api/board/end_screens" => &[("room", &empty), ("number", "0")],
        "/api/agenda/save" => &[("save", &placed), ("back", "mine")],
        "/api/board/release" => &[("version", &version), ("note", "Second try")],
        "/api/board/bring_back" => &[("number", "1")],
        _ => &[],
    };
    vec![form(path, "of grace", &[&[("slug", slug)], more].concat())]
}

/// Forms about a question of Mei's in a session of an event of Grace's.
async fn about_sessions(g: &Guild, path: &str) -> Vec<Form> {
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = create_event(g, event_form(None)).await;
    let starts = schedule::board(&g.store, &grace, &event).await.unwrap().event.starts_at;
    schedule::add_room(&g.store, &grace, &event, "Hall", None).await.unwrap();
    let new = NewSession { title: "A talk".into(), speakers: vec![], minutes: 30, text: String::new() };
    let session = schedule::add_session(&g.store, &grace, &event, &new, "").await.unwrap();
    let room = schedule::board(&g.store, &grace, &event).await.unwrap().board.rooms[0].id;
    let slot = Some(Slot { room, starts_at: starts });
    schedule::place(&g.store, &grace, &event, session, 0, slot, 30).await.unwrap();
    let version = schedule::board(&g.store, &grace, &event).await.unwrap().revision;
    schedule::release(&g.store, &grace, &event, version, "").await.unwrap();
    let open = QuestionsOpen::Always;
    sessions::set_open(&g.store, &grace, &event, session, open, true).await.unwrap();
    let question = sessions::ask(&g.store, &mei, &event, session, "Why?", "").await.unwrap().to_string();
    let pdf = b"%PDF-1.7\n%%EOF".to_vec();
    sessions::add_slides(&g.store, &grace, &event, session, "talk.pdf", pdf).await.unwrap();
    let slides = uuid(g, "SELECT id FROM session_slides ORDER BY id DESC LIMIT 1").await.to_string();
    let session = session.to_string();
    let more: &[(&'static str, &str)] = match path {
        "/api/sessions/ask" => &[("question", "How?")],
        "/api/sessions/vote" => &[("id", &question), ("wanted", "yes")],
        "/api/sessions/question" => &[("id", &question), ("act", "answer")],
        "/api/sessions/questions_open" => &[("open", "closed")],
        "/api/sessions/seats" => &[("seats", "12")],
        "/api/sessions/swap" => &[("workshop", "no-such-workshop")],
        "/api/sessions/remove_slides" => &[("id", &slides)],
        "/api/sessions/recording" => &[("recording", "https://video.example/1")],
        "/api/sessions/no_recording" => &[("forbidden", "yes")],
        "/api/sessions/slides_days" => &[("days", "7")],
        other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
    };
    let about: [(&'static str, &str); 2] = [("slug", event.as_str()), ("session", &session)];
    vec![form(path, "of grace", &[&about[..], more].concat())]
}

async fn id(g: &Guild, key: &str) -> String {
    g.actor(key).await.member().unwrap().to_string()
}

impl World {
    /// Forms about a call of Grace's and a proposal that Mei sent to it.
    fn about_proposals(&self, path: &str) -> Vec<Form> {
        let (call, id) = (self.call.as_str(), self.submission.to_string());
        // Sending starts a job, which would go on while others post.
        let call = if path == "/api/proposals/send" { "no-such-call" } else { call };
        let about: [(&'static str, &str); 2] = [("call", call), ("id", id.as_str())];
        let version = store::proposals::version_of(&proposal_text("Falconetchard")).to_string();
        let more: &[(&'static str, &str)] = match path {
            "/api/proposals/open" => &[
                ("event", self.published.as_str()),
                ("title", "Another call"),
                ("text", "Tell us."),
                ("kinds", "Talk, 30"),
                ("zone", "UTC"),
            ],
            "/api/proposals/edit_call" => {
                &[("title", "The same call"), ("text", "Tell us."), ("kinds", "Talk, 30"), ("zone", "UTC")]
            }
            "/api/proposals/write" => &[
                ("act", "submit"),
                ("title", "A talk"),
                ("summary", "About talks"),
                ("kind", "Talk"),
                ("language", "English"),
                ("notes", ""),
                ("do_not_record", ""),
            ],
            "/api/proposals/save" => &[
                ("act", "draft"),
                ("version", version.as_str()),
                ("title", "Falconetchard, edited"),
                ("summary", "About falcons"),
                ("kind", "Talk"),
                ("language", "English"),
                ("notes", ""),
                ("do_not_record", ""),
            ],
            "/api/proposals/change" => &[("act", "submit")],
            "/api/proposals/speakers" => &[("person", "kofi-mensah")],
            "/api/proposals/ask" => &[("question", "How long is it?")],
            "/api/proposals/decide" => &[("decision", "accept")],
            "/api/proposals/reviewers" => &[("person", "kofi-mensah")],
            _ => &[],
        };
        vec![form(path, "of grace and mei", &[&about[..], more].concat())]
    }

    /// The forms to post to a route. Each has a record of its own, so that no post affects another cell.
    pub(super) async fn forms(&self, g: &Guild, path: &str) -> Vec<Form> {
        match path {
            path if path.starts_with("/api/events/") || path.starts_with("/api/series/") => {
                self.about_events(g, path).await
            }
            path if path.starts_with("/api/announcements/") => self.about_mail(g, path).await,
            path if path.starts_with("/api/groups/") => self.about_groups(g, path).await,
            path if path.starts_with("/api/members/") || path.starts_with("/api/tokens/") => {
                about_oneself(g, path).await
            }
            path if path.starts_with("/api/admin/") => about_the_portal(g, path).await,
            path if path.starts_with("/api/reports/") || path.starts_with("/api/data/") => {
                self.about_others(g, path).await
            }
            path if path.starts_with("/api/sessions/") => about_sessions(g, path).await,
            "/api/teams/create" => vec![form(path, "", &[("name", "Newcomers"), ("purpose", "Settling in")])],
            "/api/teams/edit" => {
                // The name is always new, so that each post is a change.
                let name = sign_in::new_token();
                vec![form(path, "", &[("slug", "payments"), ("name", &name[..20])])]
            }
            path if path.starts_with("/api/kudos/") => about_kudos(g, path).await,
            "/api/mentoring/start_run"
            | "/api/mentoring/nightly"
            | "/api/mentoring/cancel_run"
            | "/api/mentoring/decide"
            | "/api/mentoring/swap"
            | "/api/mentoring/publish"
            | "/api/mentoring/answer"
            | "/api/mentoring/resume" => about_runs(g, path).await,
            "/api/mentorships/offer" => {
                let sentence = "I could show you how my team uses property tests.";
                vec![form(path, "to Kofi", &[("person", "kofi-mensah"), ("sentence", sentence), ("key", "")])]
            }
            // An absent mentorship. Nobody but the two can change one, and none of the actors is one of two.
            path if path.starts_with("/api/mentorships/") => {
                let nil = Uuid::nil().to_string();
                vec![form(path, "absent", &[("id", &nil), ("act", "leave")])]
            }
            path if path.starts_with("/api/board/") || path == "/api/agenda/save" => {
                about_boards(g, path).await
            }
            path if path.starts_with("/api/speakers/") => {
                let nil = Uuid::nil().to_string();
                vec![form(path, "absent", &[("slug", "none"), ("session", &nil), ("speaker", &nil)])]
            }
            "/api/circles/open" => {
                let fields = [
                    ("topic", "databases"),
                    ("title", "Rust for reviewers"),
                    ("about", "We read one crate together."),
                    ("places", "5"),
                    ("dates", "Thursdays at 16:00"),
                    ("place", ""),
                    ("key", ""),
                ];
                vec![form(path, "", &fields)]
            }
            "/api/circles/change" => {
                let ada = g.actor("ada").await;
                let circle = domain::circles::Circle {
                    topic: Slug::parse("databases").unwrap(),
                    title: "Rust for reviewers".into(),
                    about: "We read one crate together.".into(),
                    places: 9,
                    dates: "Thursdays".into(),
                    place: String::new(),
                };
                let close = "UPDATE mentor_circles SET state = 'closed' WHERE state = 'open' RETURNING id";
                g.rows(close).await;
                let id = store::circles::open(&g.store, &ada, circle, "").await.unwrap().to_string();
                vec![form(path, "ada's", &[("id", &id), ("act", "join")])]
            }
            "/api/speed_rounds/edit" => {
                let (id, starts) = (self.speed_round.to_string(), g.now() + chrono::Duration::days(2));
                let starts = starts.format("%Y-%m-%dT%H:%M").to_string();
                let fields = [
                    ("id", id.as_str()),
                    ("programme", self.programme.as_str()),
                    ("title", "Meet a mentor"),
                    ("about", "Three short conversations."),
                    ("starts", &starts),
                    ("zone", "UTC"),
                    ("waves", "4"),
                    ("minutes", "10"),
                    ("place", ""),
                    ("version", "1"),
                ];
                vec![form(path, "grace's", &fields)]
            }
            "/api/speed_rounds/create" => {
                let starts = (g.now() + chrono::Duration::days(1)).format("%Y-%m-%dT%H:%M").to_string();
                let fields = [
                    ("programme", self.programme.as_str()),
                    ("title", "Meet a mentor"),
                    ("about", "Three short conversations."),
                    ("starts", &starts),
                    ("zone", "UTC"),
                    ("waves", "3"),
                    ("minutes", "15"),
                    ("place", ""),
                    ("key", ""),
                ];
                vec![form(path, "grace's", &fields)]
            }
            "/api/speed_rounds/sign_up" => {
                let id = self.speed_round.to_string();
                vec![form(path, "grace's", &[("id", &id), ("role", "mentee"), ("topic_1", "databases")])]
            }
            "/api/speed_rounds/withdraw" => {
                vec![form(path, "mei's", &[("id", &self.speed_round.to_string())])]
            }
            "/api/speed_rounds/change" => {
                vec![form(path, "grace's", &[("id", &self.speed_round.to_string()), ("act", "cancel")])]
            }
            path if path.starts_with("/api/proposals/") => self.about_proposals(path),
            "/api/demands/ask" => {
                let fields = [
                    ("title", "Sealing wax by hand"),
                    ("text", ""),
                    ("group", ""),
                    ("topic", ""),
                    ("place", "online"),
                    ("city", ""),
                    ("anyway", "yes"),
                    ("key", ""),
                ];
                vec![form(path, "", &fields)]
            }
            "/api/demands/edit" => {
                let fields = [
                    ("id", self.demand.to_string()),
                    ("title", "Sealing wax at home".to_owned()),
                    ("text", String::new()),
                    ("topic", String::new()),
                    ("place", "online".to_owned()),
                    ("city", String::new()),
                ];
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                vec![form(path, "mei's", &fields)]
            }
            "/api/demands/support" => {
                vec![form(path, "mei's", &[("id", &self.demand.to_string()), ("wanted", "yes")])]
            }
            "/api/demands/change" => {
                vec![form(path, "mei's", &[("id", &self.demand.to_string()), ("act", "withdraw")])]
            }
            path if path.starts_with("/api/demands/") => {
                vec![form(path, "absent", &[("id", &Uuid::nil().to_string()), ("note", "I can teach this.")])]
            }
            "/api/questions/ask" => {
                let text = "How do I test a parser without mocks?";
                vec![form(path, "", &[("topic", "databases"), ("text", text), ("free", ""), ("key", "")])]
            }
            "/api/questions/change" => {
                vec![form(path, "mei's", &[("id", &self.question.to_string()), ("act", "withdraw")])]
            }
            "/api/questions/reply" => {
                vec![form(path, "mei's", &[("id", &self.question.to_string()), ("text", "Try it.")])]
            }
            path if path.starts_with("/api/mentoring/") || path.starts_with("/mentoring/") => {
                about_mentoring(g, path).await
            }
            "/api/hellos/say" => {
                // Each round starts without the hellos of the one before.
                g.rows("DELETE FROM hellos RETURNING id").await;
                let to = |label: &str, slug: &str| {
                    form(path, label, &[("slug", slug), ("text", "Hello"), ("key", "")])
                };
                vec![to("to kofi", "kofi-mensah"), to("absent", "nobody-at-all")]
            }
            "/api/hellos/answer" => {
                g.rows("DELETE FROM hellos RETURNING id").await;
                let (kofi, mei) = (g.actor("kofi").await, Slug::parse("mei-tanaka").unwrap());
                store::hellos::say_hello(&g.store, &kofi, &mei, "Hello", "").await.unwrap();
                let hello = uuid(g, "SELECT id FROM hellos").await.to_string();
                vec![form(path, "to mei", &[("id", &hello), ("text", "Hello back")])]
            }
            path if path.starts_with("/api/comments/") => about_comments(g, path).await,
            "/api/notifications/open" | "/api/notifications/read" => {
                g.rows("UPDATE notifications SET read_at = NULL RETURNING id").await;
                let mei = "SELECT n.id FROM notifications n JOIN members m ON m.id = n.member_id \
                           WHERE m.demo_key = 'mei' AND n.kind = 'kudos_received' ORDER BY n.id LIMIT 1";
                vec![form(path, "mei's", &[("id", &uuid(g, mei).await.to_string())])]
            }
            "/request-invitation" => {
                vec![form(
                    path,
                    "",
                    &[("name", "Noa"), ("address", "noa@example.org"), ("reason", "Curious")],
                )]
            }
            "/events/{slug}/export" | "/events/{slug}/badges" => {
                let path = path.replace("{slug}", g.event(None).await.as_str());
                vec![form(&path, "another's", &[])]
            }
            "/events/{slug}/register" => {
                let path = path.replace("{slug}", g.event(Some(20)).await.as_str());
                vec![form(&path, "published", &[("name", "Noa"), ("address", "noa@example.org")])]
            }
            // These routes need a picture, a fetch, a file or a signed link. They have their own tests.
            "/profile/picture"
            | "/events/{slug}/cover"
            | "/groups/{slug}/cover"
            | "/events/{slug}/sessions/{id}/slides"
            | "/admin/logo"
            | "/profile/links/verify"
            | "/preview"
            | "/profile/data/copy"
            | "/seat/{token}"
            | "/check-in/{token}"
            | "/standing-seat/{token}"
            | "/proposal/{token}" => {
                let path = path.replace("{token}", "wrong").replace("{slug}", self.published.as_str());
                vec![form(&path, "nothing", &[])]
            }
            other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
        }
    }

    async fn about_events(&self, g: &Guild, path: &str) -> Vec<Form> {
        let (mei, kofi, grace) = (g.actor("mei").await, g.actor("kofi").await, g.actor("grace").await);
        let absent = form(path, "absent", &[("slug", "no-such-event")]);
        let at = |label: &str, slug: &Slug, more: &[(&'static str, &str)]| {
            form(path, label, &[&[("slug", slug.as_str())], more].concat())
        };
        let inner = |more: &[(&'static str, &str)]| at("of a private group", &self.inner, more);
        match path {
            "/api/events/create" => {
                let mut fields = fields(&EventForm { title: "A new one".into(), ..event_form(None) });
                fields.push(("key", sign_in::new_token()));
                vec![Form { label: String::new(), path: path.to_owned(), fields }]
            }
            "/api/events/edit" => {
                let edit = EventForm { title: "Renamed".into(), version: "2".into(), ..event_form(None) };
                let mut fields = fields(&edit);
                fields.push(("slug", g.event(None).await.to_string()));
                vec![Form { label: "another's".to_owned(), path: path.to_owned(), fields }, absent]
            }
            "/api/events/remove_cover" => {
                let event = g.event(None).await;
                let files = CoverFiles { small: b"small".to_vec(), large: b"large".to_vec() };
                events::save_cover(&g.store, &grace, &event, Some(files), "").await.unwrap();
                vec![at("another's", &event, &[]), absent]
            }
            "/api/events/publish" => vec![at("another's", &draft(g, "Draft").await, &[]), absent],
            "/api/events/delete" => {
                let published = at("published", &g.event(None).await, &[]);
                vec![at("another's", &draft(g, "Draft").await, &[]), published, absent]
            }
            "/api/series/repeat" => {
                let rule = [
                    ("cadence", "weekly"),
                    ("short_month", "skip"),
                    ("ends", "after"),
                    ("count", "3"),
                    ("until", ""),
                    ("times", ""),
                ];
                vec![at("another's", &g.event(None).await, &rule), inner(&rule), absent]
            }
            "/api/series/always" | "/api/series/stop" => {
                let series = super::world::series(g, &grace, &g.event(None).await).await;
                if path.ends_with("stop") {
                    store::series::always(&g.store, &mei, &series).await.unwrap();
                }
                let of_others = at("of a private group", &self.inner_series, &[]);
                vec![at("grace's", &series, &[]), of_others, absent]
            }
            "/api/series/edit" | "/api/series/cancel" => {
                let event = g.event(None).await;
                super::world::series(g, &grace, &event).await;
                let edit = EventForm { title: "Renamed".into(), version: "2".into(), ..event_form(None) };
                let mut fields = fields(&edit);
                fields.push(("scope", "following".to_owned()));
                let at = |label: &str, slug: &Slug| {
                    let mut fields = fields.clone();
                    fields.push(("slug", slug.to_string()));
                    Form { label: label.to_owned(), path: path.to_owned(), fields }
                };
                vec![
                    at("another's", &event),
                    at("of a private group", &self.inner),
                    at("absent", &Slug::parse("no-such-event").unwrap()),
                ]
            }
            "/api/series/questions" => {
                let event = g.event(None).await;
                super::world::series(g, &grace, &event).await;
                vec![at("another's", &event, &[]), at("of a private group", &self.inner, &[]), absent]
            }
            "/api/series/end" => {
                let series = super::world::series(g, &grace, &g.event(None).await).await;
                vec![at("another's", &series, &[("dates", "cancel")]), absent]
            }
            "/api/events/cancel" => vec![at("another's", &g.event(None).await, &[]), inner(&[]), absent],
            "/api/events/reinstate" => {
                let event = g.event(None).await;
                events::cancel(&g.store, &grace, &event, "").await.unwrap();
                vec![at("another's", &event, &[]), absent]
            }
            "/api/events/rsvp" => {
                let seat = [("guests", "0")];
                vec![at("published", &g.event(None).await, &seat), at("draft", &self.draft, &seat), absent]
            }
            "/api/events/leave" | "/api/events/set_listed" => {
                let event = g.event(None).await;
                g.rsvp(&mei, &event, 0).await.unwrap();
                vec![at("mei's seat", &event, &[("shown", "no")]), absent]
            }
            "/api/events/claim" => {
                let event =
                    create_event(g, EventForm { promotion: "offer".into(), ..event_form(Some(1)) }).await;
                g.rsvp(&kofi, &event, 0).await.unwrap();
                g.rsvp(&mei, &event, 0).await.unwrap();
                events::leave(&g.store, &kofi, &event).await.unwrap();
                vec![at("mei's offer", &event, &[]), inner(&[])]
            }
            "/api/events/accept_fewer" => {
                let event = create_event(g, event_form(Some(2))).await;
                g.rsvp(&kofi, &event, 0).await.unwrap();
                let rsvp = g.rsvp(&mei, &event, 1).await.unwrap();
                assert!(rsvp.fewer_offer.is_some(), "{rsvp:?}");
                vec![at("mei is asked", &event, &[("guests", "0")]), inner(&[("guests", "0")])]
            }
            "/api/events/join_online" => {
                let hybrid =
                    EventForm { join_url: "https://meet.example.org/x".into(), ..event_form(Some(1)) };
                let event = create_event(g, hybrid).await;
                g.rsvp(&kofi, &event, 0).await.unwrap();
                g.rsvp(&mei, &event, 0).await.unwrap();
                vec![at("mei waits", &event, &[]), inner(&[])]
            }
            "/api/events/invite_cohost" => {
                let person = [("person", "kofi-mensah")];
                vec![at("another's", &g.event(None).await, &person), inner(&person), absent]
            }
            "/api/events/answer_cohosting" | "/api/events/remove_cohost" => {
                let event = g.event(None).await;
                events::invite_cohost_person(&g.store, &grace, &event, "mei-tanaka").await.unwrap();
                let mei = mei.member().unwrap().to_string();
                let more = [("answer", "yes"), ("member", mei.as_str())];
                vec![at("mei is invited", &event, &more), inner(&more)]
            }
            "/api/events/approve_selected" => {
                let event = create_event(g, EventForm { approval: "on".into(), ..event_form(Some(1)) }).await;
                let asked = g.rsvp(&mei, &event, 0).await.unwrap().id.to_string();
                let more = [("rsvps[0]", asked.as_str())];
                vec![at("mei asks", &event, &more), inner(&more)]
            }
            "/api/events/move_people" => {
                let event = create_event(g, event_form(Some(1))).await;
                g.rsvp(&mei, &event, 0).await.unwrap();
                let waits = g.rsvp(&kofi, &event, 0).await.unwrap().id.to_string();
                let more = [("rsvps[0]", waits.as_str()), ("to", "seats"), ("over", "yes")];
                vec![at("kofi waits", &event, &more), inner(&more)]
            }
            "/api/events/move_on_waitlist" => {
                let event = create_event(g, event_form(Some(1))).await;
                g.rsvp(&mei, &event, 0).await.unwrap();
                g.rsvp(&kofi, &event, 0).await.unwrap();
                let waits = g.rsvp(&g.actor("sofia").await, &event, 0).await.unwrap().id.to_string();
                let more = [("rsvp", waits.as_str()), ("position", "1")];
                vec![
                    at("sofia waits", &event, &more),
                    at("of another event", &self.published, &more),
                    inner(&more),
                ]
            }
            "/api/events/no_show" => {
                let event = g.event(None).await;
                let seat = g.rsvp(&mei, &event, 0).await.unwrap().id.to_string();
                let more = [("rsvp", seat.as_str()), ("absent", "yes")];
                vec![at("mei's seat", &event, &more), inner(&more), absent]
            }
            "/api/events/remove_person" | "/api/events/message" => {
                let event = g.event(None).await;
                let seat = g.rsvp(&mei, &event, 0).await.unwrap().id.to_string();
                let more = [("rsvp", seat.as_str()), ("message", "Sorry")];
                vec![
                    at("mei's seat", &event, &more),
                    at("of another event", &self.published, &more),
                    inner(&more),
                ]
            }
            "/api/events/approve" | "/api/events/decline_request" => {
                let event = create_event(g, EventForm { approval: "on".into(), ..event_form(Some(1)) }).await;
                let asked = g.rsvp(&mei, &event, 0).await.unwrap();
                assert_eq!(asked.state, RsvpState::Pending);
                let more = [("rsvp", asked.id.to_string()), ("when_full", "ask".to_owned())];
                let more: Vec<_> = more.iter().map(|(name, text)| (*name, text.as_str())).collect();
                vec![
                    at("mei asks", &event, &more),
                    at("of another event", &self.published, &more),
                    inner(&more),
                ]
            }
            "/api/events/move_back" => {
                let event = create_event(g, event_form(Some(2))).await;
                for who in [&mei, &kofi] {
                    g.rsvp(who, &event, 0).await.unwrap();
                }
                let less = EventForm { version: "2".into(), ..event_form(Some(1)) };
                events::edit(&g.store, &grace, &event, less.check().unwrap(), 2).await.unwrap();
                let more = [("mode", "on_site"), ("over", "1")];
                vec![at("one too many", &event, &more), inner(&more)]
            }
            "/api/events/seats" => vec![at("draft", &self.draft, &[]), absent],
            "/api/events/save_question" => {
                let question = [("text", "What do you want to learn?"), ("kind", "text")];
                vec![at("another's", &g.event(None).await, &question), inner(&question), absent]
            }
            "/api/events/change_question" => {
                let event = g.event(None).await;
                let form = EventQuestionForm {
                    text: "What do you eat?".into(),
                    kind: "text".into(),
                    ..EventQuestionForm::default()
                };
                events::save_question(&g.store, &grace, &event, None, form.check().unwrap()).await.unwrap();
                let find = format!(
                    "SELECT q.id FROM event_questions q JOIN events e ON e.id = q.event_id WHERE e.slug = '{event}'"
                );
                let id: Uuid = g.rows(&find).await[0].try_get("", "id").unwrap();
                vec![at("another's", &event, &[("id", &id.to_string()), ("act", "remove")]), absent]
            }
            "/api/events/answer" => vec![at("published", &g.event(None).await, &[]), absent],
            "/api/events/subjects" => {
                let (event, session) = (&self.session.0, self.session.1.to_string());
                // No session has this topic yet, so each post is a change.
                let topics = [("topics[]", "rust")];
                vec![
                    at("another's", &g.event(None).await, &topics),
                    at("draft", &draft(g, "Draft").await, &topics),
                    at("session of a draft", event, &[("session", &session), ("topics[]", "rust")]),
                    absent,
                ]
            }
            other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
        }
    }

    async fn about_mail(&self, g: &Guild, path: &str) -> Vec<Form> {
        let (event, grace) = (g.event(None).await, g.actor("grace").await);
        let absent = form(path, "absent", &[("slug", "no-such-event")]);
        if path == "/api/announcements/schedule" {
            let with = |label: &str, slug: &Slug| {
                let key = sign_in::new_token();
                let fields =
                    [("slug", slug.as_str()), ("key", &key), ("subject", "To all"), ("message", "All")];
                form(path, label, &[&fields[..], &[("segments[0]", "going")]].concat())
            };
            return vec![with("another's", &event), with("draft", &self.draft), absent];
        }
        let content = AnnouncementForm {
            subject: "To all".into(),
            message: "All".into(),
            segments: vec!["going".into()],
            at: String::new(),
            reply: String::new(),
        };
        let content = content.check().unwrap();
        announcements::schedule(&g.store, &grace, &event, content, &sign_in::new_token()).await.unwrap();
        let group_event = announcements::announcements_page(&g.store, &grace, &event)
            .await
            .unwrap()
            .listed
            .remove(0)
            .id
            .to_string();
        let with =
            |label: &str, slug: &Slug| form(path, label, &[("slug", slug.as_str()), ("id", &group_event)]);
        vec![with("another's", &event), with("of another event", &self.published), absent]
    }

    /// Most groups here are organised by Ada. Only she and Mei may see the private ones.
    async fn about_groups(&self, g: &Guild, path: &str) -> Vec<Form> {
        let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
        let at = |label: &str, slug: &Slug, more: &[(&'static str, &str)]| {
            form(path, label, &[&[("slug", slug.as_str())], more].concat())
        };
        let private_circle = group(g, "private", "invitation").await;
        let private = |more: &[(&'static str, &str)]| at("private", &private_circle, more);
        match path {
            "/api/groups/create" => {
                let key = sign_in::new_token();
                vec![form(path, "", &[("name", "Another"), ("kind", "chapter"), ("key", &key)])]
            }
            "/api/groups/edit" => {
                let report =
                    [("name", "Renamed"), ("kind", "chapter"), ("visibility", "private"), ("version", "1")];
                vec![form(path, "private", &[&[("group", private_circle.as_str())], &report[..]].concat())]
            }
            "/api/groups/remove_cover" => {
                let (ada, open) = (g.actor("ada").await, group(g, "public", "open").await);
                let files = CoverFiles { small: b"small".to_vec(), large: b"large".to_vec() };
                groups::save_cover(&g.store, &ada, &open, Some(files), "").await.unwrap();
                vec![at("another's", &open, &[]), private(&[])]
            }
            "/api/groups/archive" => vec![private(&[("open", "no")])],
            "/api/groups/join" => vec![at("open", &group(g, "public", "open").await, &[]), private(&[])],
            "/api/groups/request_to_join" => {
                let words = [("message", "Let me in")];
                vec![at("by request", &group(g, "public", "request").await, &words), private(&words)]
            }
            "/api/groups/withdraw_request" => {
                let asked = group(g, "public", "request").await;
                groups::request_to_join(&g.store, &mei, &asked, "").await.unwrap();
                vec![at("mei asks", &asked, &[])]
            }
            "/api/groups/leave" => vec![private(&[])],
            "/api/groups/decline_invitation" => {
                let hidden = group(g, "private", "invitation").await;
                groups::remove(&g.store, &ada, &hidden, mei.member().unwrap()).await.unwrap();
                groups::invite(&g.store, &ada, &hidden, "mei@guild.example").await.unwrap();
                vec![at("mei is invited", &hidden, &[])]
            }
            "/api/groups/decide_request" => {
                let asked = group(g, "public", "request").await;
                groups::request_to_join(&g.store, &kofi, &asked, "").await.unwrap();
                vec![at("kofi asks", &asked, &[("member", &id(g, "kofi").await), ("answer", "yes")])]
            }
            "/api/groups/invite" => vec![private(&[("invitee", "kofi@guild.example")])],
            "/api/groups/revoke_invitation" => {
                // Each round invites the same member again, so the counter of invitations is reset.
                let forget = "DELETE FROM invitation_recipients";
                sea_orm::ConnectionTrait::execute_unprepared(g.raw(), forget).await.unwrap();
                groups::invite(&g.store, &ada, &private_circle, "kofi@guild.example").await.unwrap();
                let inbox = groups::inbox(&g.store, &ada, &private_circle).await.unwrap();
                vec![private(&[("invitation", &inbox.invitations[0].id.to_string())])]
            }
            "/api/groups/role" => {
                vec![private(&[("member", &id(g, "mei").await), ("role", "co_organiser")])]
            }
            "/api/groups/remove" => vec![private(&[("member", &id(g, "mei").await)])],
            "/api/groups/invite_cohost" | "/api/groups/end_cohosting" | "/api/groups/answer_cohosting" => {
                let (own, other) = (group(g, "public", "open").await, group(g, "public", "open").await);
                let event = group_event(g, &own).await;
                // An inviter who organises both groups has accepted already. So the form accepts for a group of
                // Kofi's.
                groups::add(&g.store, &ada, &other, kofi.member().unwrap(), GroupRole::Organiser)
                    .await
                    .unwrap();
                let more = [("group", other.as_str()), ("answer", "no")];
                if path != "/api/groups/invite_cohost" {
                    events::invite_cohost(&g.store, &ada, &event, &other).await.unwrap();
                }
                vec![at("of two groups", &event, &more), at("of a private group", &self.inner, &more)]
            }
            other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
        }
    }

    async fn about_others(&self, g: &Guild, path: &str) -> Vec<Form> {
        let mei = g.actor("mei").await;
        match path {
            "/api/reports/report" => {
                let report = |key: &Slug, label: &str| {
                    let words = "This is not what we agreed on.";
                    form(path, label, &[("kind", "event"), ("key", key.as_str()), ("message", words)])
                };
                vec![report(&g.event(None).await, "an event"), report(&self.inner, "of a private group")]
            }
            "/api/reports/appeal" => {
                let ada = g.actor("ada").await;
                let event = g.event(None).await;
                let words = "This is not what we agreed on.";
                let report =
                    reports::report(&g.store, &mei, ReportKind::Event, event.as_str(), words).await.unwrap();
                let decided = reports::decide(&g.store, &ada, report, Decision::Nothing, "It is as agreed.");
                decided.await.unwrap();
                vec![form(
                    path,
                    "mei's",
                    &[("report", &report.to_string()), ("message", "Please look again.")],
                )]
            }
            "/api/data/request_deletion" => vec![form(path, "", &[("confirm", "delete")])],
            "/api/data/cancel_deletion" | "/api/data/clear_bounce" => vec![form(path, "", &[])],
            "/api/data/block" | "/api/data/unblock" => {
                vec![form(path, "kofi", &[("member", &id(g, "kofi").await)])]
            }
            other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
        }
    }
}

/// Forms about the round of the demo that has a draft. Grace coordinates it.
async fn about_runs(g: &Guild, path: &str) -> Vec<Form> {
    let round = "devsecops-mentoring-round-2";
    let pair = "SELECT {} FROM mentoring_pairs p JOIN mentoring_runs r ON r.id = p.run_id \
                WHERE r.state = 'draft' ORDER BY p.mentee_id";
    let rows = g.rows(&pair.replace("{}", "p.mentee_id, p.mentor_id")).await;
    let id = |row: usize, column: usize| rows[row].try_get_by_index::<Uuid>(column).unwrap().to_string();
    let base = [("round", round), ("number", "1")];
    match path {
        "/api/mentoring/decide" => {
            let more = [("mentee", id(0, 0)), ("mentor", id(0, 1))];
            let more = more.iter().map(|(name, value)| (*name, value.as_str()));
            let fields: Vec<_> = base.into_iter().chain(more).chain([("decision", "forbid")]).collect();
            vec![form(path, "", &fields)]
        }
        "/api/mentoring/nightly" => {
            let rows =
                "UPDATE mentoring_rounds SET rematch_at = NULL WHERE rematch_at IS NOT NULL RETURNING id";
            g.rows(rows).await;
            vec![form(path, "", &[("round", round), ("nightly", "on")])]
        }
        "/api/mentoring/swap" => {
            let other = (1..rows.len()).find(|row| id(*row, 1) != id(0, 1)).unwrap();
            let (one, other) = (id(0, 0), id(other, 0));
            let fields: Vec<_> = base.into_iter().chain([("one", one.as_str()), ("other", &other)]).collect();
            vec![form(path, "", &fields)]
        }
        _ => vec![form(
            path,
            "nothing",
            &[("round", "none"), ("number", "1"), ("id", "none"), ("act", "accept")],
        )],
    }
}

/// A comment of Mei below her kudos to Grace, and one below private kudos to Grace.
async fn about_comments(g: &Guild, path: &str) -> Vec<Form> {
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    if matches!(
        path,
        "/api/comments/pin" | "/api/comments/remove" | "/api/comments/restore" | "/api/comments/follow"
    ) {
        return about_conversation(g, path).await;
    }
    g.rows("UPDATE kudos SET given_at = '2026-01-01T00:00:00.000000+00:00' RETURNING id").await;
    g.rows("UPDATE comments SET written_at = '2026-01-01T00:00:00.000000+00:00' RETURNING id").await;
    let mut forms = Vec::new();
    for (label, visibility) in [("open", "public"), ("private", "private")] {
        let text = format!("You kept the minutes of evening {}.", sign_in::new_token());
        let given = g.kudos_form(&[&grace], &text).await;
        let given = domain::kudos::KudosForm { visibility: visibility.into(), ..given };
        let given = kudos::give(&g.store, &mei, given.check().unwrap(), "").await.unwrap();
        let (target, key) = (given.to_string(), sign_in::new_token());
        let id = store::comments::post(&g.store, &mei, given.into(), None, "So they were.", "").await;
        let id = id.unwrap().to_string();
        let more: Vec<(&'static str, &str)> = match path {
            "/api/comments/post" => vec![("text", "And short."), ("key", &key)],
            "/api/comments/edit" => vec![("text", "So they were, and short."), ("id", &id)],
            "/api/comments/close" => vec![("off", "yes")],
            _ => vec![("id", &id)],
        };
        let about = [("kind", "kudos"), ("target", target.as_str())];
        forms.push(form(path, label, &[about.as_slice(), more.as_slice()].concat()));
    }
    forms
}

/// A comment of Mei in the conversation of an event of Grace.
async fn about_conversation(g: &Guild, path: &str) -> Vec<Form> {
    g.rows("UPDATE comments SET written_at = '2026-01-01T00:00:00.000000+00:00' RETURNING id").await;
    let (mei, grace, event) = (g.actor("mei").await, g.actor("grace").await, g.event(None).await);
    let place = domain::comments::Place::Event(event.clone());
    let target = store::comments::target(&g.store, &mei, &place).await.unwrap();
    let comment = store::comments::post(&g.store, &mei, target, None, "Is there tea?", "").await.unwrap();
    let id = comment.to_string();
    let more: Vec<(&'static str, &str)> = match path {
        "/api/comments/pin" => vec![("id", &id), ("pinned", "yes")],
        "/api/comments/remove" => vec![("id", &id), ("reason", "It is about something else.")],
        "/api/comments/restore" => {
            store::comments::remove(&g.store, &grace, comment, "It was a mistake.").await.unwrap();
            vec![("id", &id)]
        }
        _ => vec![("follow", "watch")],
    };
    let about = [("kind", "event"), ("target", event.as_str())];
    vec![form(path, "of an event", &[about.as_slice(), more.as_slice()].concat())]
}

/// Kudos from Mei to Grace, and private ones to Grace.
async fn about_kudos(g: &Guild, path: &str) -> Vec<Form> {
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    // Texts differ, because nobody can give the same kudos twice. Limits do not matter here.
    g.rows("UPDATE kudos SET given_at = '2026-01-01T00:00:00.000000+00:00' RETURNING id").await;
    let text = format!("You kept the minutes of evening {}.", sign_in::new_token());
    let values = "mentorship-and-support";
    if path == "/api/kudos/give" {
        let fields = [("to[]", "kofi-mensah"), ("values[]", values), ("text", &text), ("key", &text[..40])];
        return vec![form(path, "to kofi", &fields)];
    }
    if path == "/api/kudos/find" {
        return vec![form(path, "", &[("add", "kofi-mensah")])];
    }
    let open = g.give_kudos(&mei, &grace, &text).await.unwrap().to_string();
    let private = g.kudos_form(&[&grace], &format!("{text} Again.")).await;
    let private = domain::kudos::KudosForm { visibility: "private".into(), ..private };
    let private = kudos::give(&g.store, &mei, private.check().unwrap(), "").await.unwrap().to_string();
    let more: Vec<(&'static str, &str)> = match path {
        "/api/kudos/edit" => {
            vec![("text", "You kept the minutes, and they were short."), ("values[]", values)]
        }
        "/api/kudos/board" => vec![("wanted", "yes")],
        "/api/kudos/hide" => vec![("hidden", "yes")],
        "/api/kudos/thank" => vec![("wanted", "yes")],
        "/api/kudos/react" => vec![("reaction", "heart:on")],
        _ => Vec::new(),
    };
    [
        ("mei's", open.as_str()),
        ("private", private.as_str()),
        ("absent", "00000000-0000-0000-0000-000000000000"),
    ]
    .map(|(label, id)| form(path, label, &[&[("id", id)], more.as_slice()].concat()))
    .into()
}

/// A new round of Grace's, in which Mei and Kofi started to sign up.
async fn about_mentoring(g: &Guild, path: &str) -> Vec<Form> {
    let (grace, ravi) = (g.actor("grace").await, g.actor("ravi").await);
    let name = sign_in::new_token();
    let round = g.round(&grace).await;
    let page = store::mentoring::round(&g.store, &grace, &round).await.unwrap();
    let programme = page.programme.slug;
    let form_of = |label: &str, key: &'static str, slug: &str, more: &[(&'static str, String)]| Form {
        label: label.to_owned(),
        path: path.to_owned(),
        fields: [&[(key, slug.to_owned())], more].concat(),
    };
    let programme_fields = || {
        let form = domain::mentoring::ProgrammeForm::default();
        vec![
            ("name", name.clone()),
            ("topics_weight", form.topics_weight),
            ("answers_weight", form.answers_weight),
            ("wishes_weight", form.wishes_weight),
            ("hours_weight", form.hours_weight),
            ("seniority_weight", form.seniority_weight),
            ("language_weight", form.language_weight),
            ("variety_weight", form.variety_weight),
            ("min_overlap_hours", form.min_overlap_hours),
            ("load", form.load),
            ("cool_down", form.cool_down),
            ("version", "1".to_owned()),
            ("purpose", "To learn".to_owned()),
            ("group", String::new()),
            ("min_seniority_gap", String::new()),
            ("max_seniority_gap", String::new()),
            ("same_team", String::new()),
        ]
    };
    let round_fields = || {
        let form = g.round_form();
        vec![
            ("name", name.clone()),
            ("closes", form.closes),
            ("zone", form.zone),
            ("starts_on", form.starts_on),
            ("ends_on", form.ends_on),
            ("version", "2".to_owned()),
        ]
    };
    let text = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        pairs.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
    };
    let mentee = |more: &[(&'static str, &str)]| text(&[&[("role", "mentee")], more].concat());
    match path {
        // Nobody in this round waits for an answer.
        "/api/mentoring/email_round" => {
            let more = text(&[("audience", "invited"), ("text", "Please answer your proposal.")]);
            vec![form_of("grace's", "slug", round.as_str(), &more)]
        }
        "/api/mentoring/cancel_email" => {
            vec![form_of("grace's", "slug", round.as_str(), &text(&[("id", &Uuid::nil().to_string())]))]
        }
        "/api/mentoring/create_programme" => vec![Form {
            label: String::new(),
            path: path.to_owned(),
            fields: [programme_fields(), text(&[("key", &name)])].concat(),
        }],
        "/api/mentoring/edit_programme" => vec![
            form_of("grace's", "slug", programme.as_str(), &programme_fields()),
            form_of("absent", "slug", "no-such-programme", &programme_fields()),
        ],
        "/api/mentoring/add_coordinator" => {
            vec![form_of("grace's", "slug", programme.as_str(), &text(&[("person", "kofi-mensah")]))]
        }
        "/api/mentoring/remove_coordinator" => {
            let person = Slug::parse("kofi-mensah").unwrap();
            store::mentoring::add_coordinator(&g.store, &grace, &programme, person.as_str()).await.unwrap();
            vec![form_of("grace's", "slug", programme.as_str(), &text(&[("person", "kofi-mensah")]))]
        }
        "/api/mentoring/create_round" => {
            let fields = [round_fields(), text(&[("key", &name)])].concat();
            vec![form_of("grace's", "programme", programme.as_str(), &fields)]
        }
        "/api/mentoring/edit_round" => vec![form_of("grace's", "slug", round.as_str(), &round_fields())],
        "/api/mentoring/change_round" => {
            vec![form_of("grace's", "slug", round.as_str(), &text(&[("change", "close")]))]
        }
        "/api/mentoring/save_about" => {
            let about = mentee(&[("topic_1", "rust"), ("goal", "Learn"), ("languages[]", "en")]);
            vec![
                form_of("open", "slug", round.as_str(), &about),
                form_of("absent", "slug", "no-such-round", &about),
            ]
        }
        "/api/mentoring/save_hours" => {
            let hours = mentee(&[("zone", "UTC"), ("hours[]", "18")]);
            vec![form_of("open", "slug", round.as_str(), &hours)]
        }
        "/api/mentoring/prefer" => {
            let never = mentee(&[("person", "kofi-mensah"), ("change", "never"), ("back", "/mentoring")]);
            vec![form_of("open", "slug", round.as_str(), &never)]
        }
        "/api/mentoring/submit" | "/api/mentoring/withdraw" => {
            // Everybody has a complete sign-up, which they withdrew or sent.
            for key in ["mei", "sofia", "grace", "ada"] {
                let actor = g.actor(key).await;
                g.sign_up(&actor, &round, domain::mentoring::SignUpRole::Mentee, &["rust"], "Learn").await;
                if path == "/api/mentoring/submit" {
                    let role = domain::mentoring::SignUpRole::Mentee;
                    store::mentoring::withdraw(&g.store, &actor, &round, role).await.unwrap();
                }
            }
            g.sign_up(&ravi, &round, domain::mentoring::SignUpRole::Mentee, &["rust"], "Learn").await;
            vec![form_of("open", "slug", round.as_str(), &mentee(&[("consent", "yes")]))]
        }
        "/api/mentoring/invite" => {
            vec![form_of("grace's", "slug", round.as_str(), &text(&[("topic", "agile-practices")]))]
        }
        "/api/mentoring/import" => {
            let csv = "member,role\nkofi-mensah,mentee\nmei-tanaka,mentor\n";
            let digest = store::mentoring::import_digest(csv);
            let fields = text(&[("csv", csv), ("confirm", "yes"), ("digest", &digest)]);
            vec![form_of("grace's", "slug", round.as_str(), &fields)]
        }
        "/mentoring/rounds/{slug}/export" | "/mentoring/rounds/{slug}/import" => vec![Form {
            label: "grace's".to_owned(),
            path: path.replace("{slug}", round.as_str()),
            fields: Vec::new(),
        }],
        other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
    }
}

async fn about_oneself(g: &Guild, path: &str) -> Vec<Form> {
    let mei = g.actor("mei").await;
    let form_with = |fields: &[(&'static str, &str)]| vec![form(path, "", fields)];
    match path {
        "/api/members/profile" => {
            let texts =
                [("name", "Another"), ("zone", "Europe/Berlin"), ("locale", "en"), ("headline", "New")];
            form_with(&texts)
        }
        "/api/members/address" => form_with(&[("address", "another@guild.example")]),
        "/api/members/confirm_address" => form_with(&[("code", "1234 5678")]),
        "/api/members/email_preferences" => form_with(&[("choices[0]", "reminders - off")]),
        "/api/members/details" => {
            let texts = [
                ("name", "Another"),
                ("headline", "New"),
                ("pronouns", "they"),
                ("bio", "Words"),
                ("team", "payments"),
                ("seniority", ""),
                ("manager", ""),
                ("zone", "Europe/Berlin"),
                ("locale", "en"),
            ];
            form_with(&texts)
        }
        "/api/members/topics" => form_with(&[("topics[]", "rust:learning")]),
        "/api/members/visibility" => form_with(&[("visible_to[]", "headline:me")]),
        "/api/members/add_link" => form_with(&[("url", "https://example.org/me")]),
        "/api/members/remove_link" => {
            let url = format!("https://example.org/{}", Uuid::now_v7());
            members::add_link(&g.store, &mei, url.clone()).await.unwrap();
            let link = members::myself(&g.store, &mei).await.unwrap().links;
            let link = link.into_iter().find(|link| link.url == url).unwrap().id.to_string();
            vec![form(path, "mei's", &[("link", &link)])]
        }
        "/api/members/remove_picture" => {
            members::save_picture(&g.store, &mei, b"a picture".to_vec()).await.unwrap();
            vec![form(path, "mei's", &[])]
        }
        "/api/members/sign_out_device" => {
            let Actor::Member { session, .. } = g.actor("mei").await else { panic!("mei is signed in") };
            vec![form(path, "mei's", &[("session", &session.to_string())])]
        }
        "/api/tokens/create" => {
            form_with(&[("name", "Release bot"), ("scope", "give_kudos"), ("days", "30"), ("key", "")])
        }
        "/api/tokens/revoke" => {
            let lasts = chrono::Duration::days(30);
            let scope = domain::tokens::TokenScope::GiveKudos;
            let new = domain::tokens::NewToken { name: "Release bot".to_owned(), scope, lasts };
            store::tokens::create(&g.store, &mei, new, "").await.unwrap();
            let id = store::tokens::list(&g.store, &mei).await.unwrap()[0].id.to_string();
            vec![form(path, "mei's", &[("id", &id)])]
        }
        "/api/members/sign_out_other_devices" | "/api/members/create_feed" | "/api/members/end_feed" => {
            form_with(&[])
        }
        other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
    }
}

async fn about_the_portal(g: &Guild, path: &str) -> Vec<Form> {
    let ada = g.actor("ada").await;
    let one = |fields: &[(&'static str, &str)]| vec![form(path, "", fields)];
    let nil = Uuid::nil().to_string();
    match path {
        "/api/admin/role" => one(&[("member", &id(g, "kofi").await), ("role", "organiser")]),
        "/api/admin/suspend" => {
            one(&[("member", &id(g, "leila").await), ("reason", "A reason of some length.")])
        }
        "/api/admin/address" => {
            one(&[("member", &id(g, "leila").await), ("address", "leila@another.example")])
        }
        "/api/admin/lift_suspension" => one(&[("member", &id(g, "leila").await)]),
        "/api/admin/invite" => {
            one(&[("addresses", &format!("{}@guild.example", Uuid::now_v7())), ("note", "")])
        }
        "/api/admin/resend_invitation" | "/api/admin/revoke_invitation" => {
            let invite = Invite::check(&format!("{}@guild.example", Uuid::now_v7()), "").unwrap();
            admin::invite(&g.store, &ada, invite).await.unwrap();
            // An invitation can be sent again after an hour.
            let earlier = "UPDATE invitations SET sent_at = '2026-11-20 12:00:00+00:00'";
            sea_orm::ConnectionTrait::execute_unprepared(g.raw(), earlier).await.unwrap();
            let newest = uuid(g, "SELECT id FROM invitations ORDER BY id DESC LIMIT 1").await.to_string();
            one(&[("invitation", &newest)])
        }
        "/api/admin/request_approve" | "/api/admin/request_decline" => {
            let address = format!("{}@guild.example", Uuid::now_v7());
            let request = RequestForm::check("Noa", &address, "I read your notes.").unwrap();
            settings::set_sign_up(&g.store, SignUp::Invite).await.unwrap();
            admin::request(&g.store, request, Locale::En, Zone::UTC).await.unwrap();
            settings::set_sign_up(&g.store, SignUp::Open).await.unwrap();
            let newest =
                uuid(g, "SELECT id FROM invitation_requests ORDER BY id DESC LIMIT 1").await.to_string();
            one(&[("request", &newest)])
        }
        "/api/admin/settings" => {
            let version = settings::load(&g.store).await.unwrap().version.to_string();
            let kept = [("keep_emails_days", "30"), ("keep_sign_ins_days", "7")];
            let settings = [("community", "Taken over"), ("sign_up", "open"), ("version", &version)];
            one(&[&settings[..], &kept].concat())
        }
        "/api/admin/select_members" => {
            let mei = g.actor("mei").await.member().unwrap().to_string();
            one(&[("members[]", &mei), ("action", "sign-in-email")])
        }
        "/api/admin/change_members" => {
            let newest = uuid(g, "SELECT id FROM members ORDER BY id DESC LIMIT 1").await.to_string();
            one(&[("members", &newest), ("action", "sign-in-email")])
        }
        "/api/admin/text" => {
            let kind = CommunityText::Privacy;
            let versions = settings::text_versions(&g.store, &g.actor("ada").await, kind).await.unwrap();
            let version = versions.first().map_or(0, |now| now.version).to_string();
            one(&[("kind", "privacy"), ("text", &Uuid::now_v7().to_string()), ("version", &version)])
        }
        "/api/admin/remove_logo" => {
            let (ada, png) = (g.actor("ada").await, b"a picture".to_vec());
            settings::save_logo(&g.store, &ada, png, (4, 3)).await.unwrap();
            one(&[])
        }
        "/api/admin/list_add" => one(&[("list", "topics"), ("name", &Uuid::now_v7().to_string())]),
        "/api/admin/list_change" => {
            one(&[("list", "topics"), ("slug", "rust"), ("name", &Uuid::now_v7().to_string())])
        }
        "/api/admin/list_move" => one(&[("list", "topics"), ("slug", "rust"), ("up", "yes")]),
        "/api/admin/list_retire" => one(&[("list", "topics"), ("slug", "rust"), ("retired", "yes")]),
        "/api/admin/emails_retry" | "/api/admin/emails_cancel" => {
            one(&[("email", &nil), ("confirm", "cancel")])
        }
        "/api/admin/job_retry" | "/api/admin/job_cancel" => one(&[("job", &nil)]),
        "/api/admin/decide" => {
            let event = g.event(None).await;
            let (mei, words) = (g.actor("mei").await, "This is not what we agreed on.");
            let report =
                reports::report(&g.store, &mei, ReportKind::Event, event.as_str(), words).await.unwrap();
            let reason = "It is as agreed.";
            one(&[("report", &report.to_string()), ("decision", "nothing"), ("reason", reason)])
        }
        other => panic!("{other} is a new route: say in tests/matrix/forms.rs what to post to it"),
    }
}
