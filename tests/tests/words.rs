//! Texts: every key has a sentence, every sentence is used, and pages show no text that is not in the
//! catalogue.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use app::i18n::{CATALOGUE, has};
use domain::{
    Locale, Refusal, Role,
    announcements::Segment,
    community::CommunityText,
    emails::{Email, EmailCategory, Sample},
    events::{AttendeeList, EventKind},
    groups::{GroupKind, Joining, Visibility},
    kudos::{KudosVisibility, Reaction},
    lists::List,
    members::{Audience, Level, Part, Region, Seniority},
    mentoring::{
        ChangedBy, MAX_CONFIDENCE, MissingPart, PreferenceKind, RoundChange, RoundState, SignUpRole,
        SignUpState,
    },
    rights::{BulkAction, LeftOut},
    series::{DateOutcome, EditScope},
};
use store::Engine;
use tests::Guild;

/// The first parts of the catalogue's keys. A literal in the sources that starts with one of them and is a
/// whole key must have a sentence.
fn key_prefixes() -> BTreeSet<String> {
    keys().iter().filter_map(|key| Some(format!("{}-", key.split_once('-')?.0))).collect()
}

fn keys() -> BTreeSet<String> {
    let lines = CATALOGUE.iter().flat_map(|(_, source)| source.lines());
    lines
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_key_char))
        .map(str::to_owned)
        .collect()
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "html" || end == "txt") {
            let text = fs::read_to_string(&path).unwrap();
            // Tests may name keys that must not exist.
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            found.push((path, text));
        }
    }
}

fn all_sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for folder in ["app/src", "domain/src", "server/src", "server/templates", "store/src"] {
        if root.join(folder).exists() {
            sources(&root.join(folder), &mut found);
        }
    }
    found
}

/// Every literal that could be a key. Class names look similar, so they are removed first.
fn literals(text: &str) -> BTreeSet<String> {
    let mut text = text.to_owned();
    while let Some(start) = text.find("class=\"") {
        let end = text[start + 7..].find('"').map_or(text.len(), |end| start + 7 + end + 1);
        text.replace_range(start..end, "");
    }
    text.split('"')
        .map(str::to_owned)
        .filter(|word| !word.is_empty() && word.chars().all(is_key_char))
        .collect()
}

/// Keys that the sources build from a name.
fn composed_keys() -> BTreeSet<String> {
    let mentoring = mentoring_keys();
    let kinds = EventKind::ALL.iter().map(|kind| format!("event-kind-{}", kind.name().replace('_', "-")));
    let roles = Role::ALL.iter().map(|role| format!("role-{}", role.name()));
    let fields =
        ["address", "at", "code", "community", "disciplines", "headline", "locale", "name", "reason"]
            .into_iter()
            .chain(["segments", "subject", "message", "zone"])
            .chain([
                "pronouns",
                "bio",
                "team",
                "manager",
                "seniority",
                "topics",
                "languages",
                "url",
                "visible_to",
            ])
            .chain([
                "parent",
                "purpose",
                "invitee",
                "visibility",
                "joining",
                "goal",
                "out_of_scope",
                "ends_on",
                "wants",
            ])
            .chain([
                "stages",
                "addresses",
                "note",
                "tagline",
                "sign_up",
                "organisers_invite",
                "kudos_board",
                "keep_emails_days",
                "keep_sign_ins_days",
                "mark",
                "decision",
            ])
            .map(String::from);
    let form = serde_json::to_value(domain::events::EventForm::default()).unwrap();
    let event = form
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| !["version", "from"].contains(&name.as_str()))
        .cloned();
    let fields = event.chain(fields).map(|name| format!("field-{}", name.replace('_', "-")));
    let refusals = Refusal::KEYS.iter().map(|key| (*key).to_owned());
    let named = [
        ("standing", store::admin::AccountStatus::ALL.map(|one| one.name()).to_vec()),
        ("invitation", domain::invitations::InvitationState::ALL.iter().map(|one| one.name()).collect()),
        ("bulk", BulkAction::ALL.iter().map(|one| one.name()).collect()),
        ("flash-bulk", BulkAction::ALL.iter().map(|one| one.name()).collect()),
        ("bulk-left", LeftOut::ALL.iter().map(|one| one.name()).collect()),
        ("text", CommunityText::ALL.iter().map(|one| one.name()).collect()),
        ("list", List::ALL.iter().map(|one| one.name()).collect()),
        ("mark", domain::members::Mark::ALL.iter().map(|one| one.name()).collect()),
        ("report", domain::reports::ReportState::ALL.iter().map(|one| one.name()).collect()),
        ("report-kind", domain::reports::ReportKind::ALL.iter().map(|one| one.name()).collect()),
        ("report-of", domain::reports::ReportKind::ALL.iter().map(|one| one.name()).collect()),
        ("decision", domain::reports::Decision::ALL.iter().map(|one| one.name()).collect()),
        ("outbox", store::outbox::admin::DeliveryStatus::ALL.map(|one| one.name()).to_vec()),
        ("job-state", store::jobs::JobState::ALL.map(|one| one.name()).to_vec()),
        ("subject", store::admin::Subject::KINDS.to_vec()),
        ("kudos-visibility", KudosVisibility::ALL.iter().map(|one| one.name()).collect()),
        ("kudos-choice", KudosVisibility::ALL.iter().map(|one| one.name()).collect()),
        (
            "session-questions-open",
            domain::sessions::QuestionsOpen::ALL.iter().map(|one| one.name()).collect(),
        ),
        ("kudos-filter", vec!["person", "event", "team"]),
        ("submission-state", submission_states()),
        ("submission-next", submission_states()),
        ("review-score", vec!["1", "2", "3", "4", "5"]),
        (
            "manage-csv",
            vec![
                "title",
                "speakers",
                "kind",
                "minutes",
                "language",
                "state",
                "decision",
                "median",
                "reviews",
                "abstentions",
            ],
        ),
        ("badges-csv", vec!["name", "pronouns", "headline", "role"]),
        ("badges-role", vec!["host", "speaker", "attendee", "guest"]),
        ("people-csv", vec!["name", "status", "guests", "attends", "since", "message"]),
        ("people-state", domain::events::RsvpState::ALL.iter().map(|one| one.name()).collect()),
        ("kudos-csv", vec!["direction", "date", "from", "to", "values", "message", "visibility", "link"]),
    ];
    let named = named.into_iter().flat_map(|(family, names)| {
        names.into_iter().map(move |name| format!("{family}-{name}")).collect::<Vec<_>>()
    });
    let texts = List::ALL.iter().map(|list| format!("list-{}-text", list.name()));
    let community = CommunityText::ALL.iter().map(|text| format!("text-{}-help", text.name()));
    let bulk = BulkAction::ALL.iter().map(|action| format!("bulk-{}-text", action.name()));
    let texts = texts.chain(community).chain(bulk);
    // Keys for values of the database. They may be missing in the sources.
    let open = keys().into_iter().filter(|key| {
        ["audit-", "email-kind-", "job-kind-", "data-"].iter().any(|family| key.starts_with(family))
    });
    let named = named.chain(texts).chain(open).collect::<Vec<_>>();
    let scopes = EditScope::ALL.iter().map(|scope| format!("series-scope-{}", scope.name()));
    let outcomes =
        DateOutcome::ALL.iter().map(|one| format!("series-outcome-{}", one.name().replace('_', "-")));
    let named = named.into_iter().chain(scopes).chain(outcomes).collect::<Vec<_>>();
    let lists = AttendeeList::ALL.iter().map(|list| format!("attendee-list-{}", list.name()));
    let groups = GroupKind::ALL.iter().map(|kind| format!("group-kind-{}", kind.name().replace('_', "-")));
    let optional = EmailCategory::ALL.iter().filter(|topic| topic.is_optional());
    let topics = optional.clone().map(|topic| format!("email-category-{}", topic.name().replace('_', "-")));
    let helps = optional.map(|topic| format!("email-category-help-{}", topic.name()));
    let segments =
        Segment::ALL.iter().map(|one| format!("announce-segment-{}", one.name().replace('_', "-")));
    let segments = segments.flat_map(|key| [format!("{key}-plain"), key]);
    let notifications = Email::samples(&Sample { hostile: false })
        .into_iter()
        .filter(|(_, email)| email.notification().is_some())
        .map(|(_, email)| format!("notification-{}", email.kind().replace('_', "-")));
    let mail = topics.chain(helps).chain(segments).chain(notifications);
    let colours = store::settings::Colour::ALL.iter().map(|one| format!("colour-{}", one.name()));
    let seniority = Seniority::ALL.iter().map(|one| format!("seniority-{}", one.name()));
    let levels = Level::ALL.iter().map(|one| format!("topic-level-{}", one.name()));
    let audiences = Audience::ALL.iter().map(|one| format!("audience-{}", one.name()));
    let regions = Region::ALL.iter().map(|one| format!("region-{}", one.name()));
    let parts = Part::ALL.iter().map(|one| format!("part-{}", one.name()));
    let profile = seniority.chain(levels).chain(audiences).chain(parts).chain(regions).chain(colours);
    let reactions = Reaction::ALL.iter().map(|one| format!("reaction-{}", one.name().replace('_', "-")));
    let shares = ["team", "topic", "event"].map(|name| format!("directory-shares-{name}"));
    let all = kinds.chain(lists).chain(groups).chain(roles).chain(fields).chain(refusals).chain(mail);
    let visible = Visibility::ALL.iter().map(|one| format!("group-visibility-{}", one.name()));
    let joining = Joining::ALL.iter().map(|one| format!("group-joining-{}", one.name()));
    let all = all.chain(mentoring);
    all.chain(profile).chain(reactions).chain(shares).chain(visible).chain(joining).chain(named).collect()
}

/// The states of submissions, as they are in keys.
fn submission_states() -> Vec<&'static str> {
    let states = domain::proposals::SubmissionState::ALL.iter();
    states.map(|one| if one.name() == "info_needed" { "info-needed" } else { one.name() }).collect()
}

/// Keys of mentoring that the sources build from a name.
fn mentoring_keys() -> Vec<String> {
    let dashed = |name: &str| name.replace('_', "-");
    let roles = SignUpRole::ALL.iter().flat_map(|role| {
        let role = role.name();
        let of_role = [
            "start",
            "finish",
            "see",
            "sign-up",
            "step-about",
            "step-people",
            "people-lead",
            "people",
            "nobody",
            "reason-topics",
            "sees-public",
            "sees-coordinator",
            "sees-proposed",
            "sees-nobody",
        ];
        let states =
            SignUpState::ALL.iter().map(move |state| format!("mentoring-mine-{role}-{}", state.name()));
        let to_do = std::iter::once(format!("to-do-sign-up-{role}"));
        states.chain(to_do).chain(of_role.map(move |key| format!("mentoring-{key}-{role}")))
    });
    let changes: BTreeSet<_> = RoundState::ALL
        .iter()
        .flat_map(|state| state.changes(ChangedBy::Coordinator))
        .filter(|change| *change != RoundChange::Publish)
        .map(RoundChange::name)
        .collect();
    let changes = changes
        .into_iter()
        .flat_map(|name| [format!("mentoring-change-{name}"), format!("flash-round-{name}")])
        .chain(["finish", "cancel"].map(|name| format!("mentoring-change-{name}-text")));
    let kinds = PreferenceKind::ALL.iter().flat_map(|kind| {
        let name = dashed(kind.name());
        [
            format!("mentoring-kind-{name}"),
            format!("mentoring-is-{name}"),
            format!("mentoring-set-{name}"),
            format!("mentoring-set-{name}-name"),
        ]
    });
    let parts = MissingPart::ALL.iter().map(|part| format!("mentoring-missing-{}", dashed(part.name())));
    let how =
        (1..=4).flat_map(|step| [format!("mentoring-how-{step}"), format!("mentoring-how-{step}-text")]);
    let confidence = (1..=MAX_CONFIDENCE).map(|number| format!("mentoring-confidence-{number}"));
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let days = days.into_iter().flat_map(|day| [format!("day-{day}"), format!("day-short-{day}")]);
    let region =
        domain::mentoring::Region::ALL.iter().map(|region| format!("region-{}", dashed(region.name())));
    let columns = domain::mentoring::EXPORT_COLUMNS.iter().chain(&domain::mentoring::IMPORT_COLUMNS);
    let columns = columns.map(|column| format!("mentoring-column-{}", dashed(column)));
    let counts = ["mentees", "mentors", "places", "unfinished"].map(|key| format!("mentoring-count-{key}"));
    let by = ["regions", "disciplines"].map(|key| format!("mentoring-by-{key}"));
    let figures = ["mentees", "mentors", "declined", "expired", "pairs", "met", "running"]
        .into_iter()
        .chain(["finished", "left", "meetings", "missed", "good", "mixed", "bad"])
        .map(|name| format!("report-figure-{name}"));
    let roles = roles.chain(region).chain(columns).chain(counts).chain(by).chain(figures);
    roles.chain(changes).chain(kinds).chain(parts).chain(how).chain(confidence).chain(days).collect()
}

#[test]
fn every_key_has_a_sentence() {
    let key_prefixes = key_prefixes();
    let mut missing = BTreeSet::new();
    for (path, text) in all_sources() {
        for literal in literals(&text) {
            let is_key =
                literal.split_once('-').is_some_and(|(head, _)| key_prefixes.contains(&format!("{head}-")));
            if is_key && !has(&literal) && !NOT_KEYS.contains(&literal.as_str()) {
                missing.insert(format!("{literal} ({})", path.file_name().unwrap().display()));
            }
        }
    }
    missing.extend(composed_keys().into_iter().filter(|key| !has(key)));
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Every kind of email has a name for the outbox page.
#[test]
fn every_kind_of_email_has_a_name() {
    let key = |kind: &&&str| format!("email-kind-{}", kind.replace('_', "-"));
    let nameless: Vec<_> = Email::KINDS.iter().filter(|kind| !has(&key(kind))).collect();
    assert!(nameless.is_empty(), "{nameless:#?}");
}

/// Every kind of background job has a name for the page about jobs, and every name has its kind.
#[test]
fn every_kind_of_job_has_a_name() {
    let kinds = store::runner::standard();
    let names = kinds.iter().map(|kind| kind.name).chain([server::kudos::webhook::KUDOS_WEBHOOK]);
    let used: BTreeSet<_> = names.map(|name| format!("job-kind-{}", name.replace('_', "-"))).collect();
    let named: BTreeSet<_> = keys().into_iter().filter(|key| key.starts_with("job-kind-")).collect();
    assert_eq!(used, named);
}

/// Literals that only look like keys.
const NOT_KEYS: &[&str] = &[
    "check-in",
    "end-to-end-pipeline-mastery",
    "flash-",
    "mentorship-and-support",
    "sign-in",
    "sign-in-email",
    "sign-out",
];

#[test]
fn every_sentence_is_used() {
    let mut used = composed_keys();
    for (_, text) in all_sources() {
        used.extend(literals(&text));
    }
    let unused: Vec<_> = keys().into_iter().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

/// Leptos writes the text of a `<textarea>` and of `inner_html` unescaped, and our content security policy
/// forbids `style` attributes.
#[test]
fn unescaped_views_are_in_one_place() {
    for (path, text) in all_sources() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        if path.components().any(|part| part.as_os_str() == "app") && path.extension().unwrap() == "rs" {
            assert!(!code.contains("<textarea") || name == "field.rs", "{name}: use ui::Field::area");
            assert!(
                !code.contains("inner_html")
                    || ["field.rs", "layout.rs", "markdown.rs", "copy.rs"].contains(&name),
                "{name}"
            );
            assert!(!code.contains(" style=") && !code.contains("prop:value"), "{name}");
        }
    }
}

#[test]
fn no_key_is_defined_twice() {
    let lines = CATALOGUE.iter().flat_map(|(_, source)| source.lines());
    let mut seen = BTreeSet::new();
    for (key, _) in lines.filter_map(|line| line.split_once(" =")) {
        assert!(key.starts_with(' ') || key.starts_with('#') || seen.insert(key), "{key}");
    }
}

/// The pseudo-locale puts accents on every sentence. A word without accents is therefore data, or a text that
/// is missing in the catalogue. F4: every sentence of a page comes from the catalogue of the reader's language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_show_only_texts_of_the_catalogue() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let mut found = BTreeSet::new();
    for (key, path) in tests::pages::demo_pages(&g).await {
        let visit = g.visit(key, &path, Locale::Pseudo).await;
        let page = g.page(&visit).await;
        for word in plain_words(&page.html) {
            if !is_data(&word) {
                found.insert(format!("{path}: {word}"));
            }
        }
        for date in plain_dates(&page.html) {
            found.insert(format!("{path}: {date}"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Texts between tags that contain an unaccented word of three letters or more.
fn plain_words(html: &str) -> BTreeSet<String> {
    let body = html.split_once("<body").unwrap().1;
    let mut texts = BTreeSet::new();
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let skipped = ["script", "textarea", "option", "code"];
        if skipped.iter().any(|name| tag.starts_with(name)) {
            continue;
        }
        let english = text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase()));
        if english {
            texts.insert(text.trim().to_owned());
        }
    }
    texts
}

/// English names of days and months.
const DAYS_AND_MONTHS: [&str; 38] = [
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Dates that the locale's formatter did not write. The formatter puts accents on the names of days and months.
fn plain_dates(html: &str) -> BTreeSet<String> {
    let body = html.split_once("<body").unwrap().1;
    let mut dates = BTreeSet::new();
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let in_time =
            tag.split(' ').next() == Some("time") && text.contains(|c: char| c.is_ascii_alphabetic());
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        let elsewhere = words.windows(2).any(|pair| {
            (DAYS_AND_MONTHS.contains(&pair[0]) && is_number(pair[1]))
                || (is_number(pair[0]) && DAYS_AND_MONTHS.contains(&pair[1]))
        });
        if in_time || (elsewhere && !tag.starts_with("script") && !is_data(text)) {
            dates.insert(text.trim().to_owned());
        }
    }
    dates
}

/// B1: the control of the test above. A date from chrono is found, a date from the formatter is not.
#[test]
fn a_date_that_chrono_wrote_is_found() {
    let wall: chrono::NaiveDateTime = "2026-11-24T18:00:00".parse().unwrap();
    let raw = wall.format("%a %-d %b, %H:%M").to_string();
    let written = app::i18n::format::wall(Locale::Pseudo, wall, app::ui::Shape::DateTime);
    let page = |text: &str| format!("<body><p>{text}</p><time datetime=\"2026-11-24\">{text}</time></body>");
    assert_eq!(plain_dates(&page(&raw)).len(), 1, "{raw}");
    let only = |tag: &str| format!("<body><{tag}>{raw}</{tag}></body>");
    assert_eq!((plain_dates(&only("p")).len(), plain_dates(&only("time")).len()), (1, 1));
    assert!(plain_dates(&page(&written)).is_empty(), "{written}");
}

/// Whether the text was written by the demo's people.
fn is_data(text: &str) -> bool {
    static WRITTEN: LazyLock<String> = LazyLock::new(written);
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    text.lines().all(|line| WRITTEN.contains(line.trim()))
        // Names in a list, such as the topics on a member's card.
        || text.split(", ").all(|name| WRITTEN.contains(name.trim()))
        || text.contains("example")
        || (text.starts_with("http://localhost/") && !text.contains(' '))
}

/// All texts of the demo and of the predefined lists.
fn written() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![
        root.join("migrations/src/m20261127_000001_baseline/lists.rs"),
        root.join("domain/src/members/languages.rs"),
        root.join("domain/src/members/places.rs"),
    ];
    files.extend(fs::read_dir(root.join("store/src/seed")).unwrap().map(|entry| entry.unwrap().path()));
    let all: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    // A backslash at the end of a line continues a literal.
    let pieces: Vec<&str> = all.split("\\\n").map(str::trim_start).collect();
    pieces.concat().replace("\\n", "\n")
}
