//! The rules of the architecture: which crate may use which, and where each kind of code belongs.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The allowed dependencies between our crates. Those that only tests need are left out.
const DEPENDENCIES: &[(&str, &str)] = &[
    ("frontend", "app"),
    ("app", "domain"),
    ("app", "markup"),
    ("app", "store"),
    ("store", "domain"),
    ("store", "markup"),
    ("store", "matching"),
    ("server", "app"),
    ("server", "domain"),
    ("server", "markup"),
    ("server", "matching"),
    ("server", "store"),
    ("server", "migrations"),
    ("tests", "app"),
    ("tests", "domain"),
    ("tests", "store"),
    ("tests", "server"),
    ("tests", "migrations"),
    ("tests", "tests-macros"),
];

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let ours: BTreeSet<_> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut arrows = BTreeSet::new();
    for package in packages {
        for dependency in package["dependencies"].as_array().unwrap() {
            let to = dependency["name"].as_str().unwrap();
            if ours.contains(to) && dependency["kind"].is_null() {
                arrows.insert((package["name"].as_str().unwrap(), to));
            }
        }
    }
    assert_eq!(arrows, DEPENDENCIES.iter().copied().collect());
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The files below `folders` that contain `needle`, except those listed in `except`.
fn holding(needle: &str, folders: &[&str], except: &[&str]) -> Vec<String> {
    let all = folders.iter().flat_map(|folder| sources(folder));
    all.filter(|(name, text)| text.contains(needle) && !except.iter().any(|may| name.starts_with(may)))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn only_store_and_migrations_contain_sql() {
    let nobody: Vec<String> = Vec::new();
    assert_eq!(holding("sea_orm", &["domain/src", "app/src", "server/src", "frontend/src"], &[]), nobody);
    // Control: the search finds sea_orm where it is used.
    assert!(!holding("sea_orm", &["store/src"], &[]).is_empty());
}

#[test]
fn a_text_area_is_written_only_where_it_is_escaped() {
    let raw = holding("<textarea", &["app/src"], &["app/src/ui/"]);
    assert!(raw.is_empty(), "use ui::TextArea, the raw tag lets stored scripts run: {raw:?}");
}

#[test]
fn pages_have_no_inline_styles() {
    let styled = holding(" style=", &["app/src"], &[]);
    assert!(styled.is_empty(), "the content security policy forbids it: {styled:?}");
}

#[test]
fn every_server_function_names_its_endpoint_and_reads_a_form() {
    let mut seen = 0;
    for (name, text) in sources("app/src") {
        for attribute in text.split("#[server").skip(1).filter(|rest| rest.starts_with("(prefix")) {
            let attribute = attribute.split(']').next().unwrap();
            assert!(attribute.contains("endpoint"), "{name}: {attribute}");
            assert!(
                !attribute.contains("Get") && !attribute.contains("input"),
                "a mutation over GET can be forged: {name}: {attribute}"
            );
            seen += 1;
        }
    }
    assert!(seen >= 5, "the test finds the server functions");
}

#[test]
fn every_module_has_a_description() {
    for folder in [
        "domain/src",
        "matching/src",
        "markup/src",
        "store/src",
        "app/src",
        "server/src",
        "migrations/src",
        "xtask/src",
        "tests/macros/src",
    ] {
        for (name, text) in sources(folder) {
            assert!(text.starts_with("//!"), "{name} begins without a //! line");
        }
    }
}

/// Code that reads events or groups in a query.
const READS_RECORDS: [&str; 10] = [
    "event::Entity::find",
    "group::Entity::find",
    "agenda_session::Entity::find",
    "Relation::Event.def()",
    "Relation::Group.def()",
    "related(event::Entity)",
    "related(group::Entity)",
    "join(event::Entity)",
    "events::find(",
    " find(actor)",
];
/// The ways in which a query checks that its reader may see the rows.
const READER_CHECKS: [&str; 8] = [
    "seen_by(",
    "visible(",
    "visible_any(",
    "visible_id(",
    "seen(",
    "readers(",
    "by_name(actor)",
    "lock(tx, actor",
];

/// Functions that read events or groups without a reader, and why that is right.
const WITHOUT_READER: &[(&str, &[&str], &str)] = &[
    ("store/src/admin/growth.rs", &["growth"], "figures for administrators, without any title"),
    ("store/src/admin/people.rs", &["person"], "for administrators, who see every group"),
    ("store/src/admin/subjects.rs", &["seats"], "for administrators. Reports check other readers"),
    ("store/src/announcements/send.rs", &["cohosts_of"], "jobs. `segment` and `news` check their readers"),
    ("store/src/backup.rs", &["contents"], "for the operator"),
    ("store/src/events/promoted_dates.rs", &["tell_later"], "emails about seats that their readers have"),
    ("store/src/events/notices.rs", &["due_notices"], "ids for jobs. The emails go to people of each event"),
    (
        "store/src/events/questions.rs",
        &["needs_answers", "answer_other_dates", "series_of"],
        "dates at which the member takes part, after the reader was checked",
    ),
    (
        "store/src/events/question_news.rs",
        &["planned_dates", "answered_elsewhere", "due_questions"],
        "a job for people with a seat. `missing_answers` checks them as readers",
    ),
    ("store/src/comments/target.rs", &["people"], "ids of people to notify. Each is asked what they see"),
    ("store/src/data/deletion.rs", &["sole_organiser_of"], "groups that the member organises"),
    (
        "store/src/demands/claim.rs",
        &["decline_host"],
        "the group that was asked, and whether it hosts the draft",
    ),
    ("store/src/demands/invite.rs", &["due_invitations"], "ids for jobs. `invited` checks their readers"),
    ("store/src/doctor.rs", &["wrong_counts"], "for the operator"),
    (
        "store/src/events/change.rs",
        &["create_in", "free_slug"],
        "the organiser's repeated form, and whether a slug is free",
    ),
    ("store/src/kudos/occasions.rs", &["first_time_host"], "whether there is an earlier event, and no more"),
    ("store/src/kudos/give.rs", &["session_id"], "a part of `give`, which checks the event of the session"),
    ("store/src/kudos/rows.rs", &["session_links"], "for cards, which show a session only with its event"),
    ("store/src/events/hosting.rs", &["oldest"], "requests for the events of a list that checks its reader"),
    ("store/src/events/list.rs", &["hosted_by"], "a condition of a list that checks its reader"),
    (
        "store/src/events/registrations.rs",
        &["title_of"],
        "the visitor's own registration, for an event that they saw",
    ),
    ("store/src/events/badges.rs", &["speakers"], "of an event that `managed` has checked"),
    ("store/src/schedule/board/details.rs", &["tracks"], "of an event that `open` has checked"),
    ("store/src/events/release.rs", &["release", "give_up_workshops"], "gives up the member's own seats"),
    (
        "store/src/events/reminders.rs",
        &["due_reminders"],
        "ids and times for jobs. `remind` checks its readers",
    ),
    ("store/src/events/rows.rs", &["find", "locked"], "parts of `find` and `lock`, whose callers check"),
    ("store/src/events/seats.rs", &["owner"], "the holder of the link. The action locks as that member"),
    (
        "store/src/events/visibility.rs",
        &["group_of", "cohosts_of_event", "relation"],
        "parts of the condition, and the parent of a workshop",
    ),
    (
        "store/src/events/workshops.rs",
        &[
            "remove_workshop",
            "of_event",
            "follow_details",
            "workshops_of",
            "save_session",
            "booking",
            "overlapping",
        ],
        "workshops of an event that was checked, and the member's own ones",
    ),
    (
        "store/src/events/cohosting.rs",
        &["cohosts_and_invited", "find_link", "end_own_cohosting", "end_private_cohosting"],
        "groups that are not private, and links behind a lock",
    ),
    ("store/src/events/dates.rs", &["event_with_group"], "the group of an event that was read before"),
    (
        "store/src/proposals/pool.rs",
        &["without_speaker"],
        "takes a speaker out of the session of their own proposal",
    ),
    ("store/src/proposals/rows.rs", &["goes_on"], "a part of conditions that check the reader"),
    ("store/src/series/rows.rs", &["template"], "the event that new dates copy, and no reader"),
    (
        "store/src/series/edit.rs",
        &["has_like", "start"],
        "numbers, after the verb or the preview has checked the actor",
    ),
    (
        "store/src/series/edit_job.rs",
        &["run_edit"],
        "the id of the next date. `edit_permit` checks the actor",
    ),
    (
        "store/src/events/series_news.rs",
        &["dates_of", "due_news", "is_gathering", "run_news"],
        "ids for jobs. `participants_among` checks the readers",
    ),
    (
        "store/src/series/ask.rs",
        &["run_ask", "standing_by_link"],
        "the member's own seats, and the holder of the link",
    ),
    (
        "store/src/series/questions.rs",
        &["same_questions"],
        "the id of the date that others follow. `edit_permit` checks the actor",
    ),
    ("store/src/series/end.rs", &["ending"], "numbers, after `manageable` has checked the actor"),
    (
        "store/src/series/always.rs",
        &["due_seats", "run_seats"],
        "ids for jobs. `take_standing` checks each member",
    ),
    ("store/src/groups/membership.rs", &["remove_member"], "the member's own standing RSVPs"),
    ("store/src/schedule/speakers.rs", &["session_of"], "a session of an event that the caller has checked"),
    ("store/src/mentoring/programmes.rs", &["group_slug"], "the group of a programme that the actor sees"),
    ("store/src/mentoring/rows.rs", &["programme_cards"], "the groups of programmes that the reader sees"),
    ("store/src/groups/outsiders.rs", &["refuse_outsiders", "upcoming"], "rules, which return yes or no"),
    (
        "store/src/groups/rows.rs",
        &["id_of", "is_private", "private_ids", "refuse_closed"],
        "rules, which return yes or no",
    ),
    ("store/src/groups/change.rs", &["create"], "the organiser's repeated form, and whether a slug is free"),
    ("store/src/groups/invite.rs", &["behind_link"], "the holder of the link was invited by the group"),
    (
        "store/src/groups/visibility.rs",
        &["private", "cohosted_by", "lock_if_invited"],
        "parts of the condition",
    ),
    ("store/src/members/people.rs", &["shared_names"], "groups that the reader belongs to"),
    ("store/src/email/preferences.rs", &["group_of"], "the group's name in emails to its members"),
    (
        "store/src/proposals/pool.rs",
        &["remove"],
        "whether the session of a speaker's own proposal has a slot",
    ),
    ("store/src/schedule/agenda.rs", &["agenda"], "of an event that was checked"),
    ("store/src/schedule/board/rooms.rs", &["is_used"], "of a room of an event that was checked"),
    ("store/src/schedule/saved.rs", &["saved_with_clashes"], "of an event that was checked"),
    (
        "store/src/schedule/board/rows.rs",
        &["load", "load_board", "session_of"],
        "of an event that `open` or `lock` has checked",
    ),
    ("store/src/schedule/import.rs", &["import", "event_of", "import_key"], "the organiser's import"),
    ("store/src/sessions/reminders.rs", &["due_reminders"], "ids for jobs. `remind` checks each speaker"),
    ("store/src/search.rs", &["times_of"], "of hits that were checked"),
    (
        "store/src/search/index.rs",
        &["sessions", "rebuild_groups", "rebuild_events", "missing", "without_event"],
        "the index, which is read through `seen_by`",
    ),
];

/// The functions of a file, each with its text, without tests.
fn functions(text: &str) -> Vec<(String, String)> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        let line = lines[at];
        let indent = &line[..line.len() - line.trim_start().len()];
        let words = line.split_whitespace().take_while(|word| *word != "fn").count();
        let starts = line.split_whitespace().nth(words) == Some("fn")
            && line
                .split_whitespace()
                .take(words)
                .all(|word| word.starts_with("pub") || word == "async" || word == "const");
        if starts {
            let name = line.split("fn ").nth(1).unwrap_or_default();
            let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let end = format!("{indent}}}");
            let length = lines[at..].iter().take_while(|line| **line != end).count();
            let one_line = line.trim_end().ends_with('}');
            let length = if one_line { 0 } else { length };
            found.push((name.to_owned(), lines[at..(at + length + 1).min(lines.len())].join("\n")));
            at += length;
        }
        at += 1;
    }
    found
}

/// The functions that read events or groups without checking their reader.
fn without_reader(files: &[(String, String)]) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (file, text) in files {
        for (name, body) in functions(text) {
            let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
            if has(&READS_RECORDS) && !has(&READER_CHECKS) {
                found.insert((file.clone(), name));
            }
        }
    }
    found
}

/// Each kind of record has one condition for visibility. Every query for a reader applies it: pages, lists,
/// feeds, search, digests, data exports and emails.
#[test]
fn every_query_of_events_and_groups_checks_its_reader() {
    let of_readers = |(file, _): &(String, String)| !file.contains("/seed") && !file.contains("/entities");
    let files: Vec<_> = sources("store/src").into_iter().filter(of_readers).collect();
    let declared: BTreeSet<_> = WITHOUT_READER
        .iter()
        .flat_map(|(file, names, _)| names.iter().map(|name| ((*file).to_owned(), (*name).to_owned())))
        .collect();
    let found = without_reader(&files);
    let forgotten: Vec<_> = found.difference(&declared).collect();
    assert!(
        forgotten.is_empty(),
        "use `seen_by` with the reader, or say in WITHOUT_READER why not: {forgotten:?}"
    );
    let stale: Vec<_> = declared.difference(&found).collect();
    assert!(stale.is_empty(), "these check their reader now, or no longer exist: {stale:?}");
    // Control: each place that once leaked is found when its check is removed.
    let leaked = [
        ("store/src/digest.rs", "visible_events"),
        ("store/src/members/page.rs", "shared_events"),
        ("store/src/email/preferences.rs", "visible_group"),
        ("store/src/feeds.rs", "private"),
        ("store/src/events/read.rs", "page"),
    ];
    for (file, name) in leaked {
        let (_, text) = files.iter().find(|(known, _)| known == file).unwrap();
        let careless = READER_CHECKS.iter().fold(text.clone(), |text, ask| text.replace(ask, "nobody("));
        assert!(
            without_reader(&[(file.to_owned(), careless)]).contains(&(file.to_owned(), name.to_owned())),
            "{file} {name}"
        );
        assert!(!found.contains(&(file.to_owned(), name.to_owned())), "{file} {name}");
    }
}
