//! The text format of an instance.

use std::fmt;

use crate::{
    draft_error::{DraftError, Location},
    instance::{Candidate, Draft, Instance, Mode, Order},
    limits::MAX_PEOPLE,
};

/// An error in an instance file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Line number from 1. One more than the last line if something is missing in the file as a whole.
    pub line: usize,
    /// What is wrong, as a message for people.
    pub message: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ReadError {}

/// The draft built so far, and the line number of each entry.
#[derive(Default)]
struct Reader {
    draft: Draft,
    pairs: Option<u64>,
    class_seen: Vec<bool>,
    class_lines: Vec<(usize, usize)>,
    place_seen: Vec<bool>,
    candidates: Vec<u32>,
    kept: Vec<u32>,
    bans: Vec<u32>,
    pins: Vec<u32>,
    options: Vec<&'static str>,
    option_lines: usize,
}

/// Reads an instance. Lines end with LF or CRLF, and blanks separate the words of a line.
///
/// ```text
/// p guildhall-match <mentees> <mentors> <pairs>
/// o <name> <value>       (load, floor, minimum, seed, order cost|kept, mode participation|best-score|stable)
/// n <mentee> <class>     (class 0 or 1; default 1)
/// c <mentor> <places>    (every mentor)
/// a <mentee> <mentor> <score 0..1000> [mentee-rank mentor-rank]
/// k <mentee> <mentor>    (a pair of the earlier proposal)
/// x <mentee> <mentor>    (ban)
/// f <mentee> <mentor>    (pin)
/// ```
///
/// Indices start at 0. Lines that start with `#` are comments. The `p` line comes first, and the others can
/// be in any order.
///
/// # Errors
/// The first error, with its line number.
pub fn read(text: &[u8]) -> Result<Instance, ReadError> {
    let mut reader = Reader::default();
    let mut lines = 0;
    // Some editors put a byte order mark at the start of a file.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
        lines = number + 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.first() == Some(&b'#') {
            continue;
        }
        let error_at = |message| ReadError { line: lines, message };
        let line = std::str::from_utf8(line).map_err(|_| error_at("this is not text in UTF-8".into()))?;
        reader.line(line, lines).map_err(error_at)?;
    }
    reader.finish(lines)
}

fn number<T: std::str::FromStr>(word: Option<&str>, name: &str) -> Result<T, String> {
    let word = word.ok_or_else(|| format!("{name} is missing"))?;
    // `parse` accepts a plus sign, but the format does not.
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{name} is not a whole number: {}", short(word)));
    }
    word.parse().map_err(|_| format!("{name} is too large: {}", short(word)))
}

/// A word from the file as error messages quote it: shortened and escaped.
fn short(word: &str) -> String {
    word.chars().take(40).flat_map(char::escape_default).collect()
}

impl Reader {
    fn line(&mut self, line: &str, number_of_line: usize) -> Result<(), String> {
        let mut words = line.split_ascii_whitespace();
        let Some(kind) = words.next() else { return Ok(()) };
        if self.pairs.is_none() && kind != "p" {
            return Err("the first line must be: p guildhall-match <mentees> <mentors> <pairs>".into());
        }
        let at = u32::try_from(number_of_line).map_err(|_| "the file has too many lines".to_owned())?;
        match kind {
            "p" => self.head(&mut words)?,
            "o" => self.option(&mut words, number_of_line)?,
            "n" => {
                let mentee: usize = number(words.next(), "the mentee")?;
                let class = number(words.next(), "the class")?;
                let seen =
                    self.class_seen.get_mut(mentee).ok_or_else(|| format!("there is no mentee {mentee}"))?;
                if std::mem::replace(seen, true) {
                    return Err(format!("the class of mentee {mentee} is given twice"));
                }
                self.draft.classes[mentee] = class;
                self.class_lines.push((mentee, number_of_line));
            }
            "c" => {
                let mentor: usize = number(words.next(), "the mentor")?;
                let places = number(words.next(), "the number of places")?;
                let seen =
                    self.place_seen.get_mut(mentor).ok_or_else(|| format!("there is no mentor {mentor}"))?;
                if std::mem::replace(seen, true) {
                    return Err(format!("the places of mentor {mentor} are given twice"));
                }
                self.draft.places[mentor] = places;
            }
            "a" => {
                let mentee = number(words.next(), "the mentee")?;
                let mentor = number(words.next(), "the mentor")?;
                let score = number(words.next(), "the score")?;
                let ranks = match words.next() {
                    None => None,
                    first => Some((
                        number(first, "the mentee's rank")?,
                        number(words.next(), "the mentor's rank")?,
                    )),
                };
                self.draft.candidates.push(Candidate { mentee, mentor, score, ranks });
                self.candidates.push(at);
            }
            "k" | "x" | "f" => {
                let pair = (number(words.next(), "the mentee")?, number(words.next(), "the mentor")?);
                let (list, lines) = match kind {
                    "k" => (&mut self.draft.kept, &mut self.kept),
                    "x" => (&mut self.draft.bans, &mut self.bans),
                    _ => (&mut self.draft.pins, &mut self.pins),
                };
                list.push(pair);
                lines.push(at);
            }
            other => return Err(format!("a line cannot begin with {}", short(other))),
        }
        match words.next() {
            Some(word) => Err(format!("unexpected text: {}", short(word))),
            None => Ok(()),
        }
    }

    fn head<'a>(&mut self, words: &mut impl Iterator<Item = &'a str>) -> Result<(), String> {
        if self.pairs.is_some() {
            return Err("there are two p lines".into());
        }
        if words.next() != Some("guildhall-match") {
            return Err("the format is not guildhall-match".into());
        }
        let mentees: u32 = number(words.next(), "the number of mentees")?;
        let mentors: u32 = number(words.next(), "the number of mentors")?;
        if mentees.max(mentors) > MAX_PEOPLE {
            return Err(format!("more than {MAX_PEOPLE} mentees or mentors"));
        }
        self.pairs = Some(number(words.next(), "the number of pairs")?);
        self.draft.classes = vec![1; mentees as usize];
        self.class_seen = vec![false; mentees as usize];
        self.draft.places = vec![0; mentors as usize];
        self.place_seen = vec![false; mentors as usize];
        Ok(())
    }

    fn option<'a>(&mut self, words: &mut impl Iterator<Item = &'a str>, line: usize) -> Result<(), String> {
        let options = &mut self.draft.options;
        let score = |word, name| match number(word, name)? {
            score if score > crate::MAX_SCORE => Err(format!("{name} {score} is over {}", crate::MAX_SCORE)),
            score => Ok(score),
        };
        let name = match words.next() {
            Some("load") => {
                options.load = number(words.next(), "load")?;
                "load"
            }
            Some("floor") => {
                options.floor = score(words.next(), "floor")?;
                "floor"
            }
            Some("minimum") => {
                options.minimum = score(words.next(), "minimum")?;
                "minimum"
            }
            Some("seed") => {
                options.seed = number(words.next(), "seed")?;
                "seed"
            }
            Some("order") => {
                options.order = match words.next() {
                    Some("cost") => Order::Cost,
                    Some("kept") => Order::Kept,
                    _ => return Err("order is cost or kept".into()),
                };
                "order"
            }
            Some("mode") => {
                options.mode = match words.next() {
                    Some("participation") => Mode::Participation,
                    Some("best-score") => Mode::BestScore,
                    Some("stable") => Mode::Stable,
                    _ => return Err("mode is participation, best-score or stable".into()),
                };
                "mode"
            }
            Some(other) => return Err(format!("there is no option {}", short(other))),
            None => return Err("the option is missing".into()),
        };
        if self.options.contains(&name) {
            return Err(format!("the option {name} is given twice"));
        }
        self.options.push(name);
        self.option_lines = line;
        Ok(())
    }

    fn finish(self, lines: usize) -> Result<Instance, ReadError> {
        let error_at_end = |message| ReadError { line: lines + 1, message };
        let Some(pairs) = self.pairs else {
            return Err(error_at_end("there is no p line".into()));
        };
        if pairs != self.draft.candidates.len() as u64 {
            let found = self.draft.candidates.len();
            return Err(error_at_end(format!("the p line says {pairs} pairs, there are {found}")));
        }
        if let Some(mentor) = self.place_seen.iter().position(|seen| !seen) {
            return Err(error_at_end(format!("the places of mentor {mentor} are missing")));
        }
        let Self { draft, class_lines, candidates, kept, bans, pins, option_lines, .. } = self;
        draft.check().map_err(|DraftError { kind, location }| ReadError {
            line: match location {
                Location::Candidate(at) => candidates[at] as usize,
                Location::Kept(at) => kept[at] as usize,
                Location::Ban(at) => bans[at] as usize,
                Location::Pin(at) => pins[at] as usize,
                Location::Mentee(mentee) => {
                    class_lines.iter().find(|(at, _)| *at == mentee).map_or(lines + 1, |(_, line)| *line)
                }
                Location::Mentor(_) => lines + 1,
                Location::Whole => option_lines.max(1),
            },
            message: kind.to_string(),
        })
    }
}
