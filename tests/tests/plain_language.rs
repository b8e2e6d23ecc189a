//! The language test: sentences in `locales/en` are plain and short, and code doesn't use names that were
//! replaced. Reads files only. CONTRIBUTING.md has the language rules.
//!
//! If the test refuses a good sentence, reword it. If that is impossible, add an exception with its words to
//! the entry.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

/// A sentence with this many words is too long. A placeable counts as one word.
const TOO_LONG: usize = 30;

/// Words that a sentence must not contain, the phrases in which they are allowed, and what to write instead.
type Banned = (&'static str, &'static [&'static str], &'static str);

const BANNED: &[Banned] = &[
    // One word for each thing.
    ("mail", &["mail server"], "what a person gets is an email"),
    ("mails", &[], "what a person gets is an email"),
    ("mailing", &[], "say email, or announcement"),
    (
        "letter",
        &["least one letter", "letter or", "first letter", "each letter"],
        "what a person gets is an email",
    ),
    (
        "letters",
        &["letters and", "and letters", "capital letters", "first letters", "letters or"],
        "what a person gets is an email",
    ),
    ("administration", &[], "the place is Admin"),
    ("administrator", &[], "the person is an admin"),
    ("administrators", &[], "the people are admins"),
    ("administrator’s", &[], "the person is an admin"),
    ("log in", &[], "say sign in"),
    ("login", &[], "say sign in"),
    ("log out", &[], "say sign out"),
    ("waiting list", &[], "say waitlist"),
    ("wait list", &[], "say waitlist"),
    ("spot", &[], "say seat"),
    ("spots", &[], "say seats"),
    ("organizer", &[], "British spelling: organiser"),
    ("organizers", &[], "British spelling: organisers"),
    ("canceled", &[], "British spelling: cancelled"),
    ("timezone", &[], "say time zone"),
    ("reject", &[], "requests and offers are declined"),
    ("rejected", &[], "requests and offers are declined"),
    ("narrow down", &[], "say filter"),
    ("call back", &[], "say cancel"),
    ("called back", &[], "say cancelled"),
    ("take back", &[], "say cancel, or undo"),
    ("taken back", &[], "say cancelled, or undone"),
    ("held together", &[], "say co-hosted"),
    ("hold together", &[], "say co-host"),
    // "Thanks" is a polite word. What members give each other is kudos.
    ("thanks", &["thanks for", "no thanks"], "what one gives, counts and reports are kudos"),
    // Words that make sentences hard to read.
    ("stand", &[], "things appear, or are shown"),
    ("stands", &[], "things appear, or are shown"),
    ("stood", &[], "things appear, or are shown"),
    ("lie", &[], "say where something is"),
    ("lies", &[], "say where something is"),
    ("invitee", &[], "start a new sentence, or name the people"),
    ("for who", &[], "name the people: for people who …"),
    ("of who", &[], "name the people: of people who …"),
    ("to who", &[], "name the people: to people who …"),
    ("by who", &[], "name the people: by people who …"),
    ("with who", &[], "name the people: with people who …"),
    ("from who", &[], "name the people: from people who …"),
    ("those who", &[], "name the people: attendees, members, people who …"),
    ("who comes", &[], "say attendees, or people who are going"),
    ("who come", &[], "say attendees, or people who are going"),
    ("whose doing", &[], "say who did it"),
    ("of theirs", &[], "say their"),
    ("meanwhile", &[], "say until then, or leave it out"),
    ("in charge of", &[], "name the role: organiser, host, admin"),
    ("is so", &[], "say what is the case"),
    ("all that", &[], "say everything, or name it"),
    ("comes back", &[], "emails bounce, cancelled events are reinstated"),
    ("came back", &[], "emails bounce, cancelled events are reinstated"),
    ("coming back", &[], "emails bounce, cancelled events are reinstated"),
    ("nobody is moved", &[], "say what happens to the waitlist"),
    ("nobody moves", &[], "say what happens to the waitlist"),
    ("think better of", &[], "say change your mind"),
    ("thinks better of", &[], "say changes their mind"),
    ("oneself", &[], "say yourself, or themselves"),
    ("not yours to", &[], "say you don’t have permission to"),
    ("are the most", &[], "say the limit: up to 20, at most 20"),
];

/// Every text that a pattern can produce: one for each variant of each selector, with a placeable as one word.
fn texts(pattern: &Pattern<&str>) -> Vec<String> {
    let mut all = vec![String::new()];
    for element in &pattern.elements {
        let pieces = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => variants_of(expression),
        };
        all = all.iter().flat_map(|text| pieces.iter().map(move |piece| format!("{text}{piece}"))).collect();
    }
    all
}

fn variants_of(expression: &Expression<&str>) -> Vec<String> {
    match expression {
        Expression::Select { variants, .. } => {
            variants.iter().flat_map(|variant| texts(&variant.value)).collect()
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => variants_of(expression),
        Expression::Inline(
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value },
        ) => vec![(*value).to_owned()],
        Expression::Inline(InlineExpression::VariableReference { id }) => vec![format!("{{${}}}", id.name)],
        Expression::Inline(_) => vec!["{…}".to_owned()],
    }
}

/// Splits a text into sentences. They end with a full stop, a question mark or an exclamation mark, followed by
/// a space.
fn sentences(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for word in text.split_whitespace() {
        let sentence = found.last_mut().unwrap();
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.trim_end_matches(['”', '’', ')', '"']).ends_with(['.', '!', '?', '…']) {
            found.push(String::new());
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The words of a text in lower case and without punctuation, with a space on both sides of each.
fn words(text: &str) -> String {
    let of_a_word = |c: char| c.is_alphanumeric() || "’'{}$-_".contains(c);
    let words: Vec<_> = text.split(|c| !of_a_word(c)).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" ").to_lowercase())
}

/// Whether the text contains the phrase outside its exceptions.
fn contains_phrase(text: &str, (phrase, except, _): &Banned) -> bool {
    let mut text = words(text);
    for except in *except {
        text = text.replace(&format!(" {except} "), " … ");
    }
    text.contains(&format!(" {phrase} "))
}

/// Everything that is wrong with a catalogue, one line for each problem.
fn problems(name: &str, catalogue: &str) -> Vec<String> {
    let resource = match parser::parse(catalogue) {
        Ok(resource) => resource,
        Err((_, errors)) => return vec![format!("{name}: {errors:?}")],
    };
    let mut found = Vec::new();
    for entry in &resource.body {
        let (key, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name, message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (term.id.name, Some(&term.value), &term.attributes),
            _ => continue,
        };
        let patterns = value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value));
        for sentence in patterns.flat_map(texts).flat_map(|text| sentences(&text)) {
            let mut fault = |what: String| {
                let line = format!("{name}: {key}: {what}: {sentence}");
                if !found.contains(&line) {
                    found.push(line);
                }
            };
            for banned in BANNED.iter().filter(|banned| contains_phrase(&sentence, banned)) {
                fault(format!("“{}” ({})", banned.0, banned.2));
            }
            if sentence.starts_with("Who ") && sentence.ends_with('.') {
                fault("begins with “Who” (name the people)".into());
            }
            if sentence.contains(';') {
                fault("has a semicolon (make two sentences)".into());
            }
            let length = sentence.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count();
            if length >= TOO_LONG {
                fault(format!("has {length} words (make two sentences)"));
            }
        }
    }
    found
}

#[test]
fn sentences_are_plain_and_short() {
    let folder = root().join("locales/en");
    let mut found = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        found.extend(problems(name, &fs::read_to_string(&path).unwrap()));
        files += 1;
    }
    assert!(files >= 10, "the test finds the sentences");
    found.sort();
    assert!(found.is_empty(), "{} sentences are not plain:\n{}", found.len(), found.join("\n"));
}

#[test]
fn negative_control_each_problem_of_a_sentence_is_found() {
    for banned in BANNED {
        for sentence in [format!("{}.", banned.0), format!("Look, {} (again).", banned.0.to_uppercase())] {
            let found = problems("made-up.ftl", &format!("key = {sentence}\n"));
            assert!(found.iter().any(|fault| fault.contains(banned.2)), "{sentence}");
        }
        for fine in banned.1 {
            assert!(!contains_phrase(fine, banned), "{fine}");
        }
    }
    let long = |words: usize| vec!["word"; words].join(" ");
    let problems = |catalogue: &str| problems("made-up.ftl", catalogue);
    assert_eq!(problems(&format!("key = {}. {}.\n", long(29), long(29))), [""; 0]);
    assert_eq!(problems(&format!("key = {}\n", long(30))).len(), 1);
    assert_eq!(problems(&format!("key =\n    .label = {}\n", long(30))).len(), 1, "an attribute");
    assert_eq!(problems(&format!("-term = {}\n", long(30))).len(), 1, "a term");
    // A placeable is one word, each variant is a sentence, and a problem in the last variant is found too.
    let catalogue = "key = { $n ->
        [0] {28} { $name }.
        [one] {28} { $name } word.
       *[other] {14} { $name ->
            [a] word
           *[b] {14} mails
        }
    }\n";
    let catalogue = catalogue.replace("{28}", &long(28)).replace("{14}", &long(14));
    let found = problems(&catalogue);
    assert!(
        found.len() == 2 && found[0].contains("has 30 words") && found[1].contains("“mails”"),
        "{found:?}"
    );
    for (sentence, fault) in [
        ("Who takes a seat appears here.", "begins with “Who”"),
        ("It is full; join the waitlist.", "semicolon"),
    ] {
        let found = problems(&format!("key = {sentence}\n"));
        assert!(found.len() == 1 && found[0].contains(fault), "{found:?}");
    }
    assert_eq!(problems("key = Who can see this?\n"), [""; 0]);
    assert_eq!(
        problems("key = The newsletter is an email. You’ll understand it. Thanks for reading!\n"),
        [""; 0]
    );
    assert!(!problems("key = { $open\n").is_empty(), "a file that cannot be parsed is a problem");
}

/// Names in code that were replaced, and what to write instead. A name that ends with `_` is a prefix.
const OLD_NAMES: &[(&str, &str)] = &[
    ("Letter", "Email: what a person gets"),
    ("Desk", "LockedEvent, or what the page shows"),
    ("Door", "Route"),
    ("POLICY", "ROUTES; policy says who may do what"),
    ("Shelf", "DeliveryStatus"),
    ("Slip", "OutboxRow"),
    ("Pile", "StatusCount"),
    ("OneWay", "collapse_to_one_mode"),
    ("one_way", "collapse_to_one_mode"),
    ("online_too", "online_meanwhile"),
    ("run_out", "expire_due"),
    ("to_the_end", "moves_to_back"),
    ("hold_together", "invite_cohost"),
    ("part_own", "end_cohosting, and whose"),
    ("part_all", "end_cohosting, and whose"),
    ("Holder", "Cohost"),
    ("Standing", "say whose status it is: AccountStatus, AccountNotices, InvitationStatus"),
    ("Found", "say what was found"),
    ("Shown", "say what is shown"),
    ("Mine", "say what of the member's it is"),
    ("came_back", "record_bounce"),
    ("works_again", "clear_bounce"),
    ("MailWorks", "EmailConfirmed"),
    ("PATIENCE", "say what the time is for: REQUEST_TIMEOUT"),
    ("AT_ONCE", "BATCH_SIZE, or MAX_ and what"),
    ("MOST", "MAX_ and what"),
    ("MOST_", "MAX_ and what"),
    ("LEAST_", "MIN_ and what"),
    ("Fault", "StoreError, or what is wrong"),
    ("Broken", "Corrupt"),
    ("LetterId", "EmailId"),
    ("Waits", "WaitlistReason"),
    ("Wishes", "EmailPreferences"),
    ("WholeProfile", "Profile"),
    ("Sight", "Viewer"),
    ("guests_most", "guests_max"),
    ("next_place", "next_waitlist_seq"),
    ("asked_at", "requested_at, or invited_at"),
    ("made_at", "created_at"),
    ("see_name", "name_audience"),
    ("check_trial", "check_test"),
];

/// The code without comments, strings and characters, which become spaces.
fn code_only(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let hashes = rest.strip_prefix('r').map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
        let raw = rest.starts_with('r')
            && rest[1 + hashes..].starts_with('"')
            && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if raw {
            let end = format!("\"{}", "#".repeat(hashes));
            let from = hashes + 2;
            rest[from..].find(&end).map_or(rest.len(), |at| from + at + end.len())
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].char_indices().find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |(at, _)| at + 2)
        } else if c == '\'' && rest[1..].starts_with('\\') {
            rest[3..].find('\'').map_or(rest.len(), |at| at + 4)
        } else if c == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at)
        } else {
            0
        };
        if skipped > 0 {
            code.push(' ');
            rest = &rest[skipped..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    code
}

/// The old names that a source uses.
fn old_names(source: &str) -> Vec<&'static str> {
    let code = code_only(source);
    let names: Vec<_> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let is_used =
        |old: &&str| names.iter().any(|name| name == old || (old.ends_with('_') && name.starts_with(*old)));
    OLD_NAMES.iter().map(|(old, _)| *old).filter(is_used).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn rust(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            rust(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|end| end == "rs") {
        found.push(path.to_owned());
    }
}

#[test]
fn replaced_names_do_not_come_back() {
    let mut files = Vec::new();
    for folder in
        ["app", "domain", "frontend", "markup", "matching", "migrations", "server", "store", "xtask"]
    {
        rust(&root().join(folder), &mut files);
    }
    for folder in ["src", "tests"] {
        rust(&root().join("tests").join(folder), &mut files);
    }
    assert!(files.len() > 300, "the test finds the sources");
    let mut found = Vec::new();
    for path in files {
        for old in old_names(&fs::read_to_string(&path).unwrap()) {
            let (_, better) = OLD_NAMES.iter().find(|(name, _)| *name == old).unwrap();
            found.push(format!("{old} ({better}): {}", path.strip_prefix(root()).unwrap().display()));
        }
    }
    found.sort();
    assert!(found.is_empty(), "{} old names:\n{}", found.len(), found.join("\n"));
}

#[test]
fn negative_control_each_replaced_name_is_found() {
    for (old, _) in OLD_NAMES {
        assert_eq!(old_names(&format!("fn a(x: &'a Vec<{old}>) -> b::{old} {{}}")), [*old]);
        let harmless = format!(
            "// {old}\n/* {old}\n */ const A: &str = \"\\\" {old}\"; let b = (r#\"{old} \" {old}\"#, '\"', '\\'', x{old});"
        );
        assert_eq!(old_names(&harmless), [""; 0], "{harmless}");
        assert_eq!(old_names(&format!("{harmless} {old}")), [*old], "after each of them");
    }
}
