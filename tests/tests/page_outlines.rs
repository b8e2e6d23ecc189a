//! Ten pages as outlines of their `<main>`: tags, texts, links and fields, without classes. A reviewer reads what
//! changed on a page, and a test needs no search for single sentences.

use std::cell::RefCell;

use domain::Locale;
use html5ever::{
    buffer_queue::BufferQueue,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use store::Engine;
use tests::Guild;

/// Attributes that matter to a reader or to a form.
const ATTRIBUTES: &[&str] = &[
    "action",
    "alt",
    "aria-current",
    "aria-describedby",
    "aria-label",
    "checked",
    "datetime",
    "disabled",
    "for",
    "href",
    "max",
    "maxlength",
    "method",
    "min",
    "name",
    "open",
    "required",
    "selected",
    "type",
    "value",
];
/// Tags without a meaning of their own.
const PLAIN: &[&str] = &["div", "span", "path", "circle", "rect", "g", "use"];
/// Tags without an end.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];

#[derive(Default)]
struct Outline(RefCell<Lines>);

#[derive(Default)]
struct Lines {
    text: String,
    depth: usize,
    is_in_main: bool,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text += &" ".repeat(self.depth);
        self.text += line;
        self.text.push('\n');
    }

    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.as_ref();
        if name == "main" {
            self.is_in_main = tag.kind == TagKind::StartTag;
        }
        if !self.is_in_main || PLAIN.contains(&name) {
            return;
        }
        if tag.kind == TagKind::EndTag {
            self.depth = self.depth.saturating_sub(1);
            return;
        }
        let mut line = format!("<{name}");
        // The key of a form is random, and some keys look like words.
        let is_key =
            tag.attrs.iter().any(|attribute| &*attribute.name.local == "name" && &*attribute.value == "key");
        for attribute in &tag.attrs {
            let key = attribute.name.local.as_ref();
            if is_key && key == "value" {
                line += " value=[id]";
            } else if ATTRIBUTES.contains(&key) {
                line += &format!(" {key}={}", without_secrets(&attribute.value));
            }
        }
        self.line(&line);
        if !tag.self_closing && !VOID.contains(&name) {
            self.depth += 1;
        }
    }
}

impl TokenSink for Outline {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => lines.tag(&tag),
            Token::CharacterTokens(text) if lines.is_in_main => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    lines.line(&without_secrets(&text));
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Replaces random ids and tokens: long runs of letters, digits, hyphens and underscores that contain both digits
/// and letters and no word.
fn without_secrets(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut out = String::new();
    for run in text.split_inclusive(|c| !is_part(c)) {
        let (run, end) = match run.char_indices().last() {
            Some((at, last)) if !is_part(last) => run.split_at(at),
            _ => (run, ""),
        };
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let is_random = run.len() >= 20 && digits >= 3 && !run.contains("202");
        out += if is_random || uuid::Uuid::parse_str(run).is_ok() { "[id]" } else { run };
        out += end;
    }
    out
}

fn outline(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Outline::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().text
}

/// The pages: a name for the snapshot, the reader, and the path.
const PAGES: [(&str, Option<&str>, &str); 10] = [
    ("home", Some("mei"), "/"),
    ("home-visitor", None, "/"),
    ("events", None, "/events"),
    ("event-form", Some("grace"), "/events/new"),
    ("group", Some("mei"), "/groups/on-call"),
    ("member", Some("mei"), "/members/ada-okonkwo"),
    ("kudos", Some("mei"), "/kudos"),
    ("give-kudos", Some("grace"), "/kudos/new?to=mei-tanaka"),
    ("emails", Some("mei"), "/profile/emails"),
    ("admin", Some("ada"), "/admin"),
];

/// Both engines show the same pages.
async fn ten_pages_are_as_reviewed(g: Guild) {
    g.demo().await;
    for (name, who, path) in PAGES {
        let visit = g.visit(who, path, Locale::En).await;
        let page = g.page(&visit).await;
        let outline = outline(&page.html);
        // Control: the page was read to its end.
        assert!(outline.starts_with("<main") && outline.lines().count() > 10, "{path}: {outline}");
        insta::assert_snapshot!(name, outline);
    }
    g.take_emails().await;
}

#[test]
fn sqlite() {
    tests::run(Engine::Sqlite, ten_pages_are_as_reviewed);
}

#[test]
fn postgres() {
    tests::run(Engine::Postgres, ten_pages_are_as_reviewed);
}

#[test]
fn random_ids_are_replaced_and_words_stay() {
    let text = "/kudos/0199f5a2-1111-7000-8000-0123456789ab/edit?key=Zx3_dd91KqLm20aPz77a9b";
    assert_eq!(without_secrets(text), "/kudos/[id]/edit?key=[id]");
    let text = "/events/threat-modelling-for-beginners-in-30-minutes 2026-11-24T18:00:00Z";
    assert_eq!(without_secrets(text), text);
}
