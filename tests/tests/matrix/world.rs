//! The actors of the matrix, the records that they request, and the forms that they post.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Actor, KudosId, Slug,
    events::EventForm,
    groups::{GroupForm, GroupRole},
    kudos::KudosForm,
    members::Address,
    mentoring::SignUpRole,
};
use store::{events, groups, sign_in};
use tests::{Guild, event_form};

use super::snapshot::{Rows, Snapshot};

/// The columns of the table, and the demo's person behind each.
pub(super) const ACTORS: [(&str, Option<&str>); 8] = [
    ("nobody", None),
    // Asked for a sign-in email and hasn't proved the address, so has no more access than `nobody`.
    (UNVERIFIED, None),
    ("member", Some("mei")),
    // A former member of the private groups.
    ("ex-member", Some("sofia")),
    ("host", Some("grace")),
    ("organiser", Some("ravi")),
    ("suspended", Some("tomas")),
    ("admin", Some("ada")),
];

/// The actor whose browser waits for a sign-in email.
pub(super) const UNVERIFIED: &str = "unverified";

/// A word that occurs in a single hidden record.
pub(super) struct Secret {
    /// The word.
    pub(super) canary: &'static str,
    /// The actors that may read it.
    pub(super) seen_by: &'static [&'static str],
}

/// A page to request.
pub(super) struct Target {
    /// Which record the page shows.
    pub(super) label: String,
    /// Path of the page.
    pub(super) path: String,
}

/// A form to post.
pub(super) struct Form {
    /// Which record the form is about.
    pub(super) label: String,
    /// Path of the route.
    pub(super) path: String,
    /// Names and values of the fields.
    pub(super) fields: Vec<(&'static str, String)>,
}

/// The demo community with hidden records, and a session for each actor.
pub(super) struct World {
    /// The cookie of each actor that has one: its name and its value.
    pub(super) cookies: BTreeMap<&'static str, (&'static str, String)>,
    /// The canaries that must not leak.
    pub(super) secrets: Vec<Secret>,
    pub(super) published: Slug,
    pub(super) draft: Slug,
    pub(super) private_group: Slug,
    pub(super) inner: Slug,
    pub(super) session: (Slug, uuid::Uuid),
    /// A series of Grace's, and one of a private group.
    pub(super) series: Slug,
    pub(super) inner_series: Slug,
    /// Public kudos from Mei, and private ones from Grace to Mei.
    pub(super) kudos: KudosId,
    pub(super) private_kudos: KudosId,
    /// Grace's mentoring programme, its open round with Mei's sign-up, and a draft of a round.
    pub(super) programme: Slug,
    pub(super) round: Slug,
    pub(super) draft_round: Slug,
    pub(super) sign_up: domain::SignUpId,
    /// A proposal between Ada and a mentee.
    pub(super) proposal: uuid::Uuid,
    /// A mentorship of two members who are not actors.
    pub(super) mentorship: uuid::Uuid,
    /// A learning request of Mei's for a private group.
    pub(super) demand: domain::DemandId,
    /// A question of Mei's that waits for a mentor.
    pub(super) question: domain::QuestionId,
    /// A call of Grace's for the published event, with a draft of Mei's and a proposal that she sent.
    pub(super) call: Slug,
    pub(super) draft_submission: domain::SubmissionId,
    pub(super) submission: domain::SubmissionId,
    /// A speed round of Grace's, for which Mei signed up.
    pub(super) speed_round: domain::SpeedRoundId,
    /// The source of [`World::everything`].
    snapshot: Snapshot,
}

impl World {
    /// Adds the hidden records to the demo and signs the actors in.
    pub(super) async fn new(g: &Guild) -> Self {
        g.demo().await;
        let mut cookies = BTreeMap::new();
        for (actor, key) in ACTORS {
            let Some(key) = key else { continue };
            let browser = sign_in::Browser { token: "", device: "test" };
            let token = sign_in::as_demo(&g.store, key, browser).await.unwrap().token;
            cookies.insert(actor, ("guildhall", token));
        }
        let (asking, address) = (sign_in::new_token(), Address::parse("unverified@guild.example").unwrap());
        sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, &asking)).await.unwrap();
        cookies.insert(UNVERIFIED, ("guildhall-browser", asking));
        let published = g.event(Some(5)).await;
        let draft = draft(g, "Zanzibarquartz Ultramarinefox").await;
        sea_orm::ConnectionTrait::execute_unprepared(
            g.raw(),
            "UPDATE members SET role = 'suspended' WHERE demo_key = 'tomas'",
        )
        .await
        .unwrap();
        let (private_group, inner) = private_group(g).await;
        let session = session(g).await;
        let inner_series = series(g, &Actor::Operator, &inner).await;
        let series = series(g, &g.actor("grace").await, &g.event(None).await).await;
        hidden_bio(g).await;
        let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
        let kudos = g.give_kudos(&mei, &grace, "You kept the minutes of every evening.").await.unwrap();
        let form = g.kudos_form(&[&mei], "Wombatinesque is what only the two of us know.").await;
        let form = KudosForm { visibility: "private".into(), ..form };
        let private_kudos = store::kudos::give(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
        let (programme, round, draft_round) = mentoring(g).await;
        let own = store::mentoring::form(&g.store, &mei, &round, SignUpRole::Mentee).await.unwrap();
        let sign_up = own.sign_up.id;
        let form = domain::questions::QuestionForm {
            topic: "rust".into(),
            text: "Dragonsquash is what I would like to understand.".into(),
            free: String::new(),
        };
        let question = store::questions::ask(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
        let form = domain::demands::DemandForm {
            title: "Narwhalcantata for beginners".into(),
            group: private_group.to_string(),
            ..domain::demands::DemandForm::default()
        };
        let demand = store::demands::ask(&g.store, &mei, form.check().unwrap(), false, "").await.unwrap();
        let speed_round = speed_round(g, &programme).await;
        let (call, draft_submission, submission) = proposals(g, &published).await;
        // Chores run first, so that they change nothing between two snapshots.
        store::runner::run_due(&g.store).await.unwrap();
        g.expect_emails("confirmed group_left kudos_received sign_in submission_news").await;
        let secrets = vec![
            Secret { canary: "Zanzibarquartz", seen_by: &["host", "admin"] },
            Secret { canary: "Quetzalhedron", seen_by: &["member", "admin"] },
            Secret { canary: "Xylophonemoth", seen_by: &["member", "admin"] },
            Secret { canary: "Kaleidovole", seen_by: &["host"] },
            Secret { canary: "Umbralithic", seen_by: &["admin"] },
            Secret { canary: "Wombatinesque", seen_by: &["member", "host"] },
            Secret { canary: "Gossamerplinth", seen_by: &["member", "host"] },
            // Grace and Ada teach topics.
            Secret { canary: "Dragonsquash", seen_by: &["member", "host", "admin"] },
            // What members of a private group want to learn.
            Secret { canary: "Narwhalcantata", seen_by: &["member", "admin"] },
            // A draft of Mei's, and a proposal that she sent to Grace's call.
            Secret { canary: "Periwinkleoryx", seen_by: &["member"] },
            Secret { canary: "Falconetchard", seen_by: &["member", "host", "admin"] },
            // The place of a speed round.
            Secret { canary: "Ottermangrove", seen_by: &["member", "host"] },
            // A goal in a round that Grace coordinates. Ada is an administrator, and a mentor of the round.
            Secret { canary: "abuse cases into our user stories", seen_by: &["host"] },
        ];
        Self {
            cookies,
            secrets,
            published,
            draft,
            private_group,
            inner,
            session,
            series,
            inner_series,
            kudos,
            private_kudos,
            programme,
            round,
            draft_round,
            sign_up,
            proposal: proposal_to_ada(g).await,
            mentorship: mentorship_of_others(g).await,
            demand,
            question,
            call,
            draft_submission,
            submission,
            speed_round,
            snapshot: Snapshot::new(g).await,
        }
    }

    /// The pages to request on a route.
    pub(super) fn targets(&self, path: &str) -> Vec<Target> {
        let target = |label: &str, path: String| Target { label: label.to_owned(), path };
        match path {
            "/events/{slug}/sessions/{id}" => {
                let (slug, id) = &self.session;
                let at = |slug: &Slug, id| path.replace("{slug}", slug.as_str()).replace("{id}", id);
                vec![
                    target("of a draft", at(slug, &id.to_string())),
                    target("of another event", at(&self.published, &id.to_string())),
                    target("absent", at(slug, "1")),
                ]
            }
            "/events/{slug}/sessions/{id}/slides" | "/events/{slug}/sessions/{id}/slides/{file}" => {
                let (slug, id) = &self.session;
                let file = format!("{}.pdf", uuid::Uuid::nil());
                let path = path.replace("{file}", &file).replace("{id}", &id.to_string());
                let at = |slug: &Slug| path.replace("{slug}", slug.as_str());
                vec![target("of a draft", at(slug)), target("of another event", at(&self.published))]
            }
            "/events/{slug}/people/{id}" => {
                let nil = uuid::Uuid::nil().to_string();
                let at = |slug: &Slug| path.replace("{slug}", slug.as_str()).replace("{id}", &nil);
                vec![target("published", at(&self.published)), target("of a private group", at(&self.inner))]
            }
            "/events/{slug}/board/rooms/{room}/screen" => {
                let nil = uuid::Uuid::nil().to_string();
                let at = |slug: &Slug| path.replace("{slug}", slug.as_str()).replace("{room}", &nil);
                vec![target("published", at(&self.published)), target("of a private group", at(&self.inner))]
            }
            "/events/{slug}/board/sessions/{id}" => {
                let (slug, id) = &self.session;
                let at = |slug: &Slug, id: &str| path.replace("{slug}", slug.as_str()).replace("{id}", id);
                vec![
                    target("of a draft", at(slug, &id.to_string())),
                    target("of a private group", at(&self.inner, &id.to_string())),
                    target("absent", at(&self.published, "1")),
                ]
            }
            "/events/{slug}/releases/{number}" => {
                let at = |slug: &Slug| path.replace("{slug}", slug.as_str()).replace("{number}", "1");
                vec![target("published", at(&self.published)), target("of a private group", at(&self.inner))]
            }
            path if path.starts_with("/events/{slug}") => [
                ("published", self.published.as_str()),
                ("draft", self.draft.as_str()),
                ("of a private group", self.inner.as_str()),
                ("absent", "no-such-event"),
            ]
            .map(|(label, slug)| {
                target(label, path.replace("{slug}", slug).replace("{file}", "0000-640.jpg"))
            })
            .into(),
            path if path.starts_with("/series/{slug}") => [
                ("public", self.series.as_str()),
                ("of a private group", self.inner_series.as_str()),
                ("absent", "no-such-series"),
            ]
            .map(|(label, slug)| target(label, path.replace("{slug}", slug)))
            .into(),
            // The page of a search repeats its query, so the canary itself is not searched for.
            "/events" => vec![
                target("", path.to_owned()),
                target("message", "/events?q=Ultramarinefox".to_owned()),
                target("mine", "/events?mine=1".to_owned()),
            ],
            "/search" => ["Ultramarinefox", "inner", "circle", "Mei", "narwhalcantat"]
                .map(|words| target(words, format!("/search?q={words}")))
                .into(),
            path if path.starts_with("/groups/{slug}") => {
                [("open", "on-call"), ("private", self.private_group.as_str()), ("absent", "no-such-group")]
                    .map(|(label, slug)| target(label, path.replace("{slug}", slug)))
                    .into()
            }
            "/members/{slug}" => vec![
                target("member", "/members/mei-tanaka".to_owned()),
                target("host", "/members/grace-lindqvist".to_owned()),
                target("absent", "/members/nobody-at-all".to_owned()),
            ],
            "/members/{slug}/hello" => vec![
                target("to the host", "/members/grace-lindqvist/hello".to_owned()),
                target("absent", "/members/nobody-at-all/hello".to_owned()),
            ],
            "/hellos/{id}" => vec![target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string()))],
            path if path.starts_with("/teams/{slug}") => vec![
                target("", path.replace("{slug}", "payments")),
                target("absent", path.replace("{slug}", "no-such-team")),
            ],
            path if path.starts_with("/kudos/{id}") => [
                ("public", self.kudos),
                ("private", self.private_kudos),
                ("absent", KudosId(uuid::Uuid::nil())),
            ]
            .map(|(label, id)| target(label, path.replace("{id}", &id.to_string())))
            .into(),
            path if path.starts_with("/mentoring/rounds/{slug}/runs") => {
                let at = |slug: &str, number: &str| path.replace("{slug}", slug).replace("{number}", number);
                vec![
                    target("", at("devsecops-mentoring-round-2", "1")),
                    target("absent", at("no-such-round", "1")),
                ]
            }
            "/mentoring/proposals/{id}" => vec![
                target("to the admin", path.replace("{id}", &self.proposal.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            "/mentoring/programmes/{slug}/measure" => vec![target(
                "grace's",
                format!("{}?person=kofi-mensah", path.replace("{slug}", self.programme.as_str())),
            )],
            "/mentoring/measures/{id}" | "/mentoring/requests/{id}" => {
                vec![target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string()))]
            }
            "/mentoring/circles/{id}" => {
                vec![target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string()))]
            }
            path if path.starts_with("/mentoring/speed-rounds/{id}") => vec![
                target("grace's", path.replace("{id}", &self.speed_round.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            path if path.starts_with("/proposals/{call}") => {
                let at = |call: &str, id: domain::SubmissionId| {
                    path.replace("{call}", call).replace("{id}", &id.to_string())
                };
                let mut targets = vec![
                    target("of grace", at(self.call.as_str(), self.submission)),
                    target("absent", at("no-such-call", self.submission)),
                ];
                if path.contains("{id}") {
                    targets.push(target("draft", at(self.call.as_str(), self.draft_submission)));
                }
                targets
            }
            "/proposals/new" => vec![
                target("published", format!("{path}?event={}", self.published)),
                target("of a private group", format!("{path}?event={}", self.inner)),
            ],
            "/demands/{id}" | "/demands/{id}/edit" => vec![
                target("mei's", path.replace("{id}", &self.demand.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            "/mentoring/questions/{id}" => vec![
                target("mei's", path.replace("{id}", &self.question.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            "/mentoring/ask/{slug}" => vec![target("", path.replace("{slug}", "kofi-mensah"))],
            path if path.starts_with("/mentoring/mentorships/{id}") => vec![
                target("of others", path.replace("{id}", &self.mentorship.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            "/mentoring/resume/{id}" => {
                vec![target("", path.replace("{id}", &uuid::Uuid::nil().to_string()))]
            }
            path if path.starts_with("/mentoring/programmes/{slug}") => vec![
                target("grace's", path.replace("{slug}", self.programme.as_str())),
                target("absent", path.replace("{slug}", "no-such-programme")),
            ],
            path if path.starts_with("/mentoring/rounds/{slug}") => {
                let path = path.replace("{role}", "mentee").replace("{step}", "about");
                [
                    ("open", self.round.as_str()),
                    ("draft", self.draft_round.as_str()),
                    ("absent", "no-such-round"),
                ]
                .map(|(label, slug)| target(label, path.replace("{slug}", slug)))
                .into()
            }
            "/mentoring/sign-ups/{id}" => vec![
                target("mei's", path.replace("{id}", &self.sign_up.to_string())),
                target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string())),
            ],
            "/admin/settings/{text}" => vec![target("", "/admin/settings/welcome".to_owned())],
            "/logo/{file}" => vec![target("", "/logo/none-1x1.png".to_owned())],
            "/admin/lists/{list}" => vec![target("", "/admin/lists/topics".to_owned())],
            path if path.starts_with("/admin/") && path.contains("{id}") => {
                vec![target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string()))]
            }
            // These routes need a secret. Their own tests request them with the right one.
            "/members/{slug}/picture/{hash}"
            | "/feeds/{file}"
            | "/unsubscribe/{token}"
            | "/seat/{token}"
            | "/kudos/screen/{token}"
            | "/events/{slug}/screen/{token}"
            | "/check-in/{token}"
            | "/standing-seat/{token}"
            | "/proposal/{token}" => {
                let wrong = path.replace("{slug}", "mei-tanaka").replace("{hash}", "0000");
                vec![target("wrong", wrong.replace("{file}", "wrong.ics").replace("{token}", "wrong"))]
            }
            path if !path.contains('{') => vec![target("", path.to_owned())],
            other => panic!("{other} is a new route: say in tests/matrix/world.rs which pages to request"),
        }
    }

    /// Every row of every table, as a line with its table and JSON. It leaves out what merely using the portal
    /// changes: last visits, drafts of forms, emails in progress and the audit log.
    pub(super) async fn everything(&self, g: &Guild) -> Arc<Rows> {
        // Jobs notify people of a comment and change dates of a series. They must be done before the next form.
        let by_form = ["comment_notice", "series_edit"];
        let kinds: Vec<_> =
            store::runner::standard().into_iter().filter(|kind| by_form.contains(&kind.name)).collect();
        assert_eq!(kinds.len(), by_form.len(), "each is a kind of job");
        let names = by_form.map(|name| format!("'{name}'")).join(", ");
        let open = format!("SELECT COUNT(*) FROM jobs WHERE kind IN ({names}) AND finished_at IS NULL");
        while g.number(&open).await > 0 {
            store::runner::run_kinds(&g.store, &kinds).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        self.snapshot.content(g).await
    }
}

async fn proposal_to_ada(g: &Guild) -> uuid::Uuid {
    let find = "SELECT p.id FROM mentoring_proposals p JOIN mentoring_sign_ups s ON s.id = p.mentor_id \
                JOIN members m ON m.id = s.member_id WHERE m.demo_key = 'ada' ORDER BY p.id LIMIT 1";
    uuid(g, find).await
}

/// A mentorship of the demo in which no actor takes part.
async fn mentorship_of_others(g: &Guild) -> uuid::Uuid {
    let find = "SELECT p.id FROM mentorships p JOIN members a ON a.id = p.mentee_id JOIN members b ON b.id = p.mentor_id \
                WHERE p.state = 'active' AND a.demo_key NOT IN ('ada', 'mei', 'grace', 'sofia', 'kofi', 'ravi') \
                AND b.demo_key NOT IN ('ada', 'mei', 'grace', 'sofia', 'kofi', 'ravi') ORDER BY p.id LIMIT 1";
    uuid(g, find).await
}

pub(super) async fn uuid(g: &Guild, sql: &str) -> uuid::Uuid {
    g.rows(sql).await[0].try_get_by_index(0).unwrap()
}

/// The text of a proposal.
pub(super) fn proposal_text(title: &str) -> domain::proposals::ProposalText {
    domain::proposals::ProposalText {
        title: title.into(),
        summary: format!("{title} in detail"),
        kind: "Talk".into(),
        language: "English".into(),
        notes: String::new(),
        do_not_record: false,
    }
}

/// A call of Grace's for an event, a draft of Mei's for it, and a proposal that she sent.
async fn proposals(g: &Guild, event: &Slug) -> (Slug, domain::SubmissionId, domain::SubmissionId) {
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let call = domain::proposals::CallForm {
        title: "A call".into(),
        text: "Tell us.".into(),
        kinds: "Talk, 30".into(),
        zone: "UTC".into(),
        ..Default::default()
    };
    let place = store::proposals::CallPlace::Event(event.clone());
    let call = store::proposals::open(&g.store, &grace, &place, call.check().unwrap(), "").await.unwrap();
    let write =
        |title, submit| store::proposals::write(&g.store, &mei, &call, proposal_text(title), submit, "");
    let (draft, _) = write("Periwinkleoryx", false).await.unwrap();
    let (sent, _) = write("Falconetchard", true).await.unwrap();
    (call.clone(), draft, sent)
}

/// A private group of Mei and Ada, with Sofia as a former member, and an event of the group.
async fn private_group(g: &Guild) -> (Slug, Slug) {
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Quetzalhedron inner circle".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        purpose: "Quetzalhedron matters".into(),
        ..GroupForm::default()
    };
    let private_group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &private_group, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let form = EventForm {
        title: "Xylophonemoth inner evening".into(),
        summary: "Xylophonemoth in short".into(),
        group: private_group.to_string(),
        ..event_form(Some(5))
    };
    let inner = events::create(&g.store, &ada, form.check().unwrap(), &sign_in::new_token()).await.unwrap();
    events::publish(&g.store, &ada, &inner).await.unwrap();
    let sofia = g.actor("sofia").await;
    groups::add(&g.store, &ada, &private_group, sofia.member().unwrap(), GroupRole::Member).await.unwrap();
    g.rsvp(&sofia, &inner, 0).await.unwrap();
    groups::leave(&g.store, &sofia, &private_group).await.unwrap();
    (private_group, inner)
}

/// Repeats an event twice.
pub(super) async fn series(g: &Guild, host: &Actor, event: &Slug) -> Slug {
    let first = events::page(&g.store, host, event).await.unwrap().event.details.starts.date();
    let form = domain::series::SeriesForm { count: "3".into(), ..domain::series::SeriesForm::start(first) };
    store::series::repeat(&g.store, host, event, form.check(first.and_time(Default::default())).unwrap())
        .await
        .unwrap()
}

/// A speed round of Grace's tomorrow, for which Mei signed up.
async fn speed_round(g: &Guild, programme: &Slug) -> domain::SpeedRoundId {
    let form = domain::speed_rounds::SpeedRoundForm {
        programme: programme.to_string(),
        title: "Meet a mentor".into(),
        about: "Three short conversations.".into(),
        starts: (g.now() + chrono::Duration::days(1)).format("%Y-%m-%dT%H:%M").to_string(),
        place: "Room Ottermangrove".into(),
        ..domain::speed_rounds::SpeedRoundForm::start(domain::Zone::UTC)
    };
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = form.check(g.now()).unwrap();
    let id = store::speed_rounds::create(&g.store, &grace, round, "").await.unwrap();
    let topics = vec![Slug::parse("rust").unwrap()];
    let sign_up = domain::speed_rounds::SpeedSignUp { role: SignUpRole::Mentee, topics, link: String::new() };
    store::speed_rounds::sign_up(&g.store, &mei, id, sign_up).await.unwrap();
    id
}

/// A mentoring programme of Grace's with an open round, in which Mei signed up, and a draft of a round.
async fn mentoring(g: &Guild) -> (Slug, Slug, Slug) {
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    g.sign_up(&mei, &round, SignUpRole::Mentee, &["rust"], "Gossamerplinth by spring").await;
    let page = store::mentoring::round(&g.store, &grace, &round).await.unwrap();
    let programme = page.programme.slug;
    let details = g.round_form().check().unwrap();
    let draft = store::mentoring::create_round(&g.store, &grace, &programme, details, "").await.unwrap();
    (programme, round, draft)
}

/// A session of a schedule that is not published.
async fn session(g: &Guild) -> (Slug, uuid::Uuid) {
    let mut file =
        server::schedule::read(include_bytes!("../../fixtures/schedule.xml"), None).unwrap().schedule;
    file.days[0].sessions[0].title = "Umbralithic findings".into();
    let slug = store::schedule::import(&g.store, &g.actor("ada").await, &file, &[]).await.unwrap().slug;
    let hide = format!("UPDATE events SET status = 'draft' WHERE slug = '{slug}'");
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &hide).await.unwrap();
    (slug, uuid(g, "SELECT id FROM agenda_sessions WHERE title = 'Umbralithic findings'").await)
}

/// A bio that only Grace can see.
async fn hidden_bio(g: &Guild) {
    let grace = g.actor("grace").await;
    let about = domain::members::About::check("", "Kaleidovole is what nobody else should read").unwrap();
    store::members::save_about(&g.store, &grace, about).await.unwrap();
    store::members::save_visibility(&g.store, &grace, vec!["bio:me".to_owned()]).await.unwrap();
}

/// A draft event of Grace's.
pub(super) async fn draft(g: &Guild, title: &str) -> Slug {
    let form = EventForm { title: title.into(), summary: format!("{title} in short"), ..event_form(Some(5)) };
    let host = g.actor("grace").await;
    events::create(&g.store, &host, form.check().unwrap(), &sign_in::new_token()).await.unwrap()
}

pub(super) fn fields(form: &EventForm) -> Vec<(&'static str, String)> {
    vec![
        ("title", form.title.clone()),
        ("kind", form.kind.clone()),
        ("summary", form.summary.clone()),
        ("place", form.place.clone()),
        ("date", form.date.clone()),
        ("time", form.time.clone()),
        ("zone", form.zone.clone()),
        ("minutes", form.minutes.clone()),
        ("guests_max", form.guests_max.clone()),
        ("version", form.version.clone()),
    ]
}
