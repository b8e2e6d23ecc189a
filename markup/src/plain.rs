//! Converts clean HTML into the text that a reader sees.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

/// The text of clean HTML, with a line for each paragraph, item and line of code. Numbered items keep their
/// numbers. White space is collapsed as in browsers.
pub(crate) fn plain(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

#[derive(Default)]
struct Reader(RefCell<Text>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut text = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(characters) => text.push_text(&characters),
            Token::TagToken(tag) => text.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Text {
    lines: Vec<String>,
    line: String,
    /// The next number of each open list; `None` for lists without numbers.
    lists: Vec<Option<u64>>,
    /// Whether the position is inside `pre`, where line breaks are kept.
    is_preformatted: bool,
}

impl Text {
    fn push_text(&mut self, text: &str) {
        if !self.is_preformatted {
            self.line.push_str(text);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.line.push_str(line);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let opens = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "br" | "p" | "blockquote" => self.end_line(),
            "pre" => {
                self.end_line();
                self.is_preformatted = opens;
            }
            "ul" | "ol" if !opens => {
                self.end_line();
                self.lists.pop();
            }
            "ul" => {
                self.end_line();
                self.lists.push(None);
            }
            "ol" => {
                self.end_line();
                let start = tag.attrs.iter().find(|attribute| &*attribute.name.local == "start");
                self.lists.push(Some(start.and_then(|start| start.value.parse().ok()).unwrap_or(1)));
            }
            "li" => {
                self.end_line();
                if opens && let Some(Some(number)) = self.lists.last_mut() {
                    self.line = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    /// Ends the line, unless it contains only the number of an item whose paragraph follows.
    fn end_line(&mut self) {
        let text = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        let number =
            text.strip_suffix('.').is_some_and(|digits| self.line.ends_with(". ") && is_number(digits));
        if number {
            return;
        }
        if !text.is_empty() {
            self.lines.push(text);
        }
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.lines.join("\n")
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
