//! What people do around a session of an agenda: they ask its speakers questions (D14), and speakers add slides (D8).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Instant, Problems, Refusal, checks::Checks, members::string_enum, text};

/// The most characters of a question to speakers.
pub const MAX_SESSION_QUESTION: usize = 300;
/// How many open questions one member can have in one session.
pub const MAX_OPEN_QUESTIONS: u64 = 5;
/// How many questions a session can have in all.
pub const MAX_SESSION_QUESTIONS: u64 = 1_000;
/// How long before the start and after the end of a session its questions are open, unless somebody decides otherwise.
pub const QUESTIONS_AROUND: Duration = Duration::days(1);

string_enum! {
    /// When members can ask questions to the speakers of a session.
    QuestionsOpen {
        /// From a day before the start until a day after the end.
        Around,
        /// Always.
        Always,
        /// Never. Questions that were asked stay visible.
        Closed,
    }
}

impl QuestionsOpen {
    /// Whether members can ask and vote now.
    #[must_use]
    pub fn is_open(self, starts: Instant, ends: Instant, now: Instant) -> bool {
        match self {
            Self::Around => starts - QUESTIONS_AROUND <= now && now < ends + QUESTIONS_AROUND,
            Self::Always => true,
            Self::Closed => false,
        }
    }
}

string_enum! {
    /// Where a question to speakers is.
    SessionQuestionState {
        /// It waits for an answer, and members vote for it.
        Open,
        /// A speaker answered it.
        Answered,
        /// A speaker or an organiser hid it. Its author and they still see it.
        Hidden,
    }
}

string_enum! {
    /// What a speaker or an organiser does with a question.
    QuestionChange {
        /// It was answered.
        Answer,
        /// Nobody else sees it any more.
        Hide,
        /// Back to the open questions.
        Reopen,
    }
}

impl QuestionChange {
    /// The state that it leads to, whatever the state before.
    #[must_use]
    pub fn state(self) -> SessionQuestionState {
        match self {
            Self::Answer => SessionQuestionState::Answered,
            Self::Hide => SessionQuestionState::Hidden,
            Self::Reopen => SessionQuestionState::Open,
        }
    }
}

/// Reads a question.
///
/// # Errors
/// A problem with the field `question`.
pub fn check_question(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let question = checks.text("question", text, 3, MAX_SESSION_QUESTION);
    checks.finish(Some(question))
}

/// Refuses one more question.
///
/// # Errors
/// `TooManySessionQuestions` when the member has too many open ones, `SessionQuestionsFull` when the session has too many.
pub fn may_ask(own_open: u64, all: u64) -> Result<(), Refusal> {
    if own_open >= MAX_OPEN_QUESTIONS {
        return Err(Refusal::TooManySessionQuestions { max: MAX_OPEN_QUESTIONS as i64 });
    }
    if all >= MAX_SESSION_QUESTIONS { Err(Refusal::SessionQuestionsFull) } else { Ok(()) }
}

/// The largest file with slides, in megabytes.
pub const MAX_SLIDES_MB: i64 = 20;
/// The largest file with slides, in bytes.
pub const MAX_SLIDES_BYTES: usize = 20 * 1024 * 1024;
/// How many files with slides a session can have.
pub const MAX_SLIDES_FILES: u64 = 5;
/// The most characters of the name of a file.
const MAX_FILE_NAME: usize = 100;
/// How many days before a session its speakers can be reminded of slides. The first one is used where nobody chose.
pub const SLIDES_REMINDER_DAYS: [u32; 4] = [3, 1, 7, 0];
/// How long after a session its speakers are reminded once more.
pub const SLIDES_REMINDER_AFTER: Duration = Duration::days(1);
/// From then on, it is too late for that.
pub const SLIDES_REMINDER_LATEST: Duration = Duration::days(7);

string_enum! {
    /// Who said that a session must not be recorded.
    NoRecording {
        /// A speaker. Only a speaker takes it back.
        Speaker,
        /// An organiser, for example because a speaker asked them.
        Organiser,
    }
}

string_enum! {
    /// The two reminders of slides, each sent at most once for a session.
    SlidesReminder {
        /// Some days before the session.
        Before,
        /// A day after it.
        After,
    }
}

/// Checks that a file is a PDF, by its content, and not too large. It can still be broken.
///
/// # Errors
/// `SlidesTooLarge` and `NotPdf`.
pub fn check_pdf(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MAX_SLIDES_BYTES {
        return Err(Refusal::SlidesTooLarge { max: MAX_SLIDES_MB });
    }
    // Programs that read PDF look for these marks near the start and the end.
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let end = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    let has = |part: &[u8], mark: &[u8]| part.windows(mark.len()).any(|window| window == mark);
    if has(start, b"%PDF-") && has(end, b"%%EOF") { Ok(()) } else { Err(Refusal::NotPdf) }
}

/// The name of a file as it is shown, from the name that a browser sends: one line without folders, which ends in `.pdf`.
#[must_use]
pub fn slides_name(typed: &str) -> String {
    let name = text::line(typed.rsplit(['/', '\\']).next().unwrap_or_default());
    let stem = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at));
    let stem = match stem {
        Some((stem, end)) if end.eq_ignore_ascii_case(".pdf") => stem,
        _ => &name,
    };
    let stem = stem.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem: String = stem.chars().take(MAX_FILE_NAME - 4).collect();
    if stem.is_empty() { "slides.pdf".to_owned() } else { format!("{stem}.pdf") }
}

/// The most seats of a workshop.
const MAX_SEATS: i64 = 10_000;

/// Reads the number of seats of a workshop. Empty is `None`: no seats of its own.
///
/// # Errors
/// A problem with the field `seats`.
pub fn check_seats(text: &str) -> Result<Option<u32>, Problems> {
    let mut checks = Checks::default();
    let seats = checks.number("seats", text, 1, MAX_SEATS).and_then(|seats| u32::try_from(seats).ok());
    checks.finish(Some(seats))
}

/// Reads the link to a recording. Empty is `None`.
///
/// # Errors
/// A problem with the field `recording`.
pub fn check_recording(text: &str) -> Result<Option<String>, Problems> {
    let mut checks = Checks::default();
    let recording = checks.https_url("recording", text);
    checks.finish(Some(recording))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d14_questions_open_a_day_before_and_close_a_day_after() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let (starts, ends) = (at("2026-12-10T10:00:00Z"), at("2026-12-10T11:00:00Z"));
        let open = |mode: QuestionsOpen, now| mode.is_open(starts, ends, at(now));
        for (now, expected) in [
            ("2026-12-09T09:59:59Z", false),
            ("2026-12-09T10:00:00Z", true),
            ("2026-12-11T10:59:59Z", true),
            ("2026-12-11T11:00:00Z", false),
        ] {
            assert_eq!(open(QuestionsOpen::Around, now), expected, "{now}");
            assert!(open(QuestionsOpen::Always, now));
            assert!(!open(QuestionsOpen::Closed, now));
        }
    }

    #[test]
    fn d8_slides_are_pdf_by_their_content() {
        assert_eq!(check_pdf(b"%PDF-1.7\n...\n%%EOF\n"), Ok(()));
        for other in [&b""[..], b"%PDF-1.7", b"<html>%%EOF", b"PK\x03\x04", b"\x89PNG %%EOF"] {
            assert_eq!(check_pdf(other), Err(Refusal::NotPdf), "{other:?}");
        }
        let mut large = b"%PDF-1.7\n".to_vec();
        large.resize(MAX_SLIDES_BYTES, b' ');
        large.extend(b"%%EOF");
        assert_eq!(check_pdf(&large), Err(Refusal::SlidesTooLarge { max: 20 }));
        large.drain(20..26);
        assert_eq!(check_pdf(&large), Ok(()));
    }

    #[test]
    fn d8_a_file_name_is_one_line_and_ends_in_pdf() {
        for (typed, name) in [
            ("Mending.PDF", "Mending.pdf"),
            ("C:\\talks\\final v2.pdf", "final v2.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("évil\r\nSet-Cookie: x.pdf", "évil Set-Cookie: x.pdf"),
            ("", "slides.pdf"),
            (".pdf", "slides.pdf"),
            ("日本.pdf", "日本.pdf"),
        ] {
            assert_eq!(slides_name(typed), name);
        }
        assert_eq!(slides_name(&"x".repeat(300)).chars().count(), 100);
    }

    #[test]
    fn d8_a_recording_is_an_https_link() {
        assert_eq!(check_recording(" ").unwrap(), None);
        assert_eq!(check_recording("https://v.example/1").unwrap().as_deref(), Some("https://v.example/1"));
        // As for other links, people may leave out the scheme.
        assert!(check_recording("v.example/1").unwrap().unwrap().starts_with("https://v.example/1"));
        for bad in ["http://v.example/1", "javascript:alert(1)"] {
            assert!(check_recording(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn d14_a_question_has_a_length_and_a_member_a_limit() {
        assert_eq!(check_question(" Why? ").unwrap(), "Why?");
        assert!(check_question("?").is_err());
        assert!(check_question(&"x".repeat(301)).is_err());
        assert_eq!(may_ask(4, 999), Ok(()));
        assert_eq!(may_ask(5, 5), Err(Refusal::TooManySessionQuestions { max: 5 }));
        assert_eq!(may_ask(0, 1_000), Err(Refusal::SessionQuestionsFull));
    }
}
