//! Who knocks, on which records, with which forms.

use std::{cell::OnceCell, collections::BTreeMap};

use domain::{
    Slug,
    events::EventForm,
    groups::{GroupForm, GroupRole},
    members::Address,
};
use store::{events, groups, sign_in};
use tests::{Guild, event_form};

use super::snapshot;

/// The columns of the table, and the demo's person behind each.
pub(super) const ACTORS: [(&str, Option<&str>); 8] = [
    ("nobody", None),
    // Asked for a sign-in email and has not proved the address: a stranger, as `nobody` is.
    (UNVERIFIED, None),
    ("member", Some("mei")),
    // Belonged to the private groups and left them.
    ("ex-member", Some("sofia")),
    ("host", Some("grace")),
    ("organiser", Some("ravi")),
    ("suspended", Some("tomas")),
    ("admin", Some("ada")),
];

/// The actor whose browser waits for a sign-in email.
pub(super) const UNVERIFIED: &str = "unverified";

/// A word that stands in one hidden record only.
pub(super) struct Secret {
    /// The word.
    pub(super) canary: &'static str,
    /// Who may read it.
    pub(super) seen_by: &'static [&'static str],
}

/// A page to read.
pub(super) struct Target {
    /// What is looked at.
    pub(super) label: String,
    /// Where.
    pub(super) path: String,
}

/// A form to post.
pub(super) struct Form {
    /// At what.
    pub(super) label: String,
    /// Where to.
    pub(super) path: String,
    /// What it says.
    pub(super) fields: Vec<(&'static str, String)>,
}

/// The demo community with hidden records, and everybody signed in.
pub(super) struct World {
    /// The cookie of each actor who has one: its name and its value.
    pub(super) cookies: BTreeMap<&'static str, (&'static str, String)>,
    /// What must not leak.
    pub(super) secrets: Vec<Secret>,
    pub(super) published: Slug,
    pub(super) draft: Slug,
    pub(super) circle: Slug,
    pub(super) inner: Slug,
    pub(super) session: (Slug, uuid::Uuid),
    /// The query behind [`World::everything`].
    snapshot: OnceCell<String>,
}

impl World {
    /// Makes it.
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
        let (circle, inner) = circle(g).await;
        let session = session(g).await;
        manager(g).await;
        // What time has made due is done before anybody looks.
        store::chores::run(&g.store).await.unwrap();
        g.clear_emails().await;
        let secrets = vec![
            Secret { canary: "Zanzibarquartz", seen_by: &["host", "admin"] },
            Secret { canary: "Quetzalhedron", seen_by: &["member", "admin"] },
            Secret { canary: "Xylophonemoth", seen_by: &["member", "admin"] },
            Secret { canary: "Kaleidovole", seen_by: &["host"] },
            Secret { canary: "Umbralithic", seen_by: &["admin"] },
        ];
        Self { cookies, secrets, published, draft, circle, inner, session, snapshot: OnceCell::new() }
    }

    /// The pages to read behind a door.
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
            path if path.starts_with("/events/{slug}") => [
                ("published", self.published.as_str()),
                ("draft", self.draft.as_str()),
                ("of a private group", self.inner.as_str()),
                ("absent", "no-such-event"),
            ]
            .map(|(label, slug)| target(label, path.replace("{slug}", slug)))
            .into(),
            // The words of a search are said again on its page, so it is not for the canary itself.
            "/events" => vec![
                target("", path.to_owned()),
                target("words", "/events?q=Ultramarinefox".to_owned()),
                target("mine", "/events?mine=1".to_owned()),
            ],
            "/search" => ["Ultramarinefox", "inner", "circle", "Mei"]
                .map(|words| target(words, format!("/search?q={words}")))
                .into(),
            path if path.starts_with("/groups/{slug}") => {
                [("open", "on-call"), ("private", self.circle.as_str()), ("absent", "no-such-group")]
                    .map(|(label, slug)| target(label, path.replace("{slug}", slug)))
                    .into()
            }
            "/members/{slug}" => vec![
                target("member", "/members/mei-tanaka".to_owned()),
                target("host", "/members/grace-lindqvist".to_owned()),
                target("absent", "/members/nobody-at-all".to_owned()),
            ],
            path if path.starts_with("/teams/{slug}") => vec![
                target("", path.replace("{slug}", "payments")),
                target("absent", path.replace("{slug}", "no-such-team")),
            ],
            "/admin/lists/{list}" => vec![target("", "/admin/lists/topics".to_owned())],
            path if path.starts_with("/admin/") && path.contains("{id}") => {
                vec![target("absent", path.replace("{id}", &uuid::Uuid::nil().to_string()))]
            }
            // What is behind these is a secret of its own; their tests knock with the right one.
            "/members/{slug}/picture/{hash}" | "/feeds/{file}" | "/unsubscribe/{token}" | "/seat/{token}" => {
                let wrong = path.replace("{slug}", "mei-tanaka").replace("{hash}", "0000");
                vec![target("wrong", wrong.replace("{file}", "wrong.ics").replace("{token}", "wrong"))]
            }
            path if !path.contains('{') => vec![target("", path.to_owned())],
            other => panic!("{other} is a new door: say in tests/matrix/world.rs what to look at behind it"),
        }
    }

    /// Every row of every table as a line of its table and JSON, but what using the portal moves by itself:
    /// sessions are seen, drafts of forms are kept, letters are on their way, and everything is noted in the
    /// audit log.
    pub(super) async fn everything(&self, g: &Guild) -> String {
        if self.snapshot.get().is_none() {
            _ = self.snapshot.set(snapshot::query(g).await);
        }
        let query = self.snapshot.get().unwrap();
        g.rows(query).await[0].try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default()
    }
}

pub(super) async fn uuid(g: &Guild, sql: &str) -> uuid::Uuid {
    g.rows(sql).await[0].try_get_by_index(0).unwrap()
}

/// A private group of Mei and Ada, which Sofia was in, and an event of its.
async fn circle(g: &Guild) -> (Slug, Slug) {
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Quetzalhedron inner circle".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        purpose: "Quetzalhedron matters".into(),
        ..GroupForm::default()
    };
    let circle = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &circle, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let form = EventForm {
        title: "Xylophonemoth inner evening".into(),
        summary: "Xylophonemoth in short".into(),
        group: circle.to_string(),
        ..event_form(Some(5))
    };
    let inner = events::create(&g.store, &ada, form.check().unwrap(), &sign_in::new_token()).await.unwrap();
    events::publish(&g.store, &ada, &inner).await.unwrap();
    let sofia = g.actor("sofia").await;
    groups::add(&g.store, &ada, &circle, sofia.member().unwrap(), GroupRole::Member).await.unwrap();
    g.rsvp(&sofia, &inner, 0).await.unwrap();
    groups::leave(&g.store, &sofia, &circle).await.unwrap();
    (circle, inner)
}

/// A session of a schedule that is not public yet.
async fn session(g: &Guild) -> (Slug, uuid::Uuid) {
    let mut file =
        server::schedule::read(include_bytes!("../../fixtures/schedule.xml"), None).unwrap().schedule;
    file.days[0].sessions[0].title = "Umbralithic findings".into();
    let slug = store::schedule::import(&g.store, &g.actor("ada").await, &file, &[]).await.unwrap().slug;
    let hide = format!("UPDATE events SET status = 'draft' WHERE slug = '{slug}'");
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &hide).await.unwrap();
    (slug, uuid(g, "SELECT id FROM agenda_sessions WHERE title = 'Umbralithic findings'").await)
}

/// Grace shows her bio to nobody but herself.
async fn manager(g: &Guild) {
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
        ("guests_most", form.guests_most.clone()),
        ("version", form.version.clone()),
    ]
}
