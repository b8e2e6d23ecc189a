//! What an email says, as data. The server turns it into text and HTML in the recipient's language and time
//! zone. All sentences are keys of the catalogue.

use super::{
    Changed, Email, EventFacts, GroupFacts, KudosFacts, MeetingFacts, MovedSession, Offer, ProposalFacts,
};
use crate::{CheckInId, Instant, ProposalId, RsvpId, SeriesRsvpId, Slug, mentoring::SignUpRole};

/// The maximum length of a person's name in a sentence, in characters.
pub(super) const MAX_NAME: usize = 100;
/// The maximum length of a title or a group's name in a sentence, in characters.
pub(super) const MAX_TITLE: usize = 200;

/// What an email says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The subject.
    pub subject: &'static str,
    /// The heading above the text.
    pub heading: &'static str,
    /// What mail programs show after the subject in a list.
    pub preview: Preview,
    /// The text, in order.
    pub parts: Vec<Part>,
    /// Why the recipient gets this email, for the footer.
    pub why: &'static str,
    /// The arguments of all sentences.
    pub args: Vec<(&'static str, Value)>,
}

/// What mail programs show after the subject in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// The time and place of the event; nothing in an email without one.
    Event,
    /// Sentences.
    Sentences(Vec<&'static str>),
    /// The message that somebody wrote.
    Message,
    /// The subjects of the emails in a digest.
    Emails,
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sentences of one paragraph. In HTML each is a paragraph of its own.
    Sentences(Vec<&'static str>),
    /// A line that somebody typed.
    Typed(String),
    /// Text that somebody typed, quoted line by line.
    Quote(String),
    /// A whole message that somebody wrote, quoted in paragraphs.
    Message(String),
    /// A whole message in Markdown.
    Markdown(String),
    /// A list of typed lines, and a sentence about further ones.
    List {
        /// The lines.
        lines: Vec<String>,
        /// The sentence about further ones.
        more: Option<&'static str>,
    },
    /// A code to type.
    Code(String),
    /// A button with its label.
    Button(&'static str, Target),
    /// A link with its label.
    Link(&'static str, Target),
    /// What an event is, when and where.
    Facts(Box<Facts>),
    /// Sessions of an agenda with their old and new slots.
    Sessions(Vec<MovedSession>),
    /// Titles and times of events.
    Events(Vec<EventFacts>),
    /// Seats that are held, each with its deadline and its link.
    Offers(Vec<Offer>),
    /// Events, each as the recipient knew it and as it is now.
    Moves(Vec<(EventFacts, EventFacts)>),
    /// Kudos, each with a line of names, the text and a link.
    Kudos(Vec<KudosFacts>),
    /// The emails in a digest.
    Emails(Vec<Email>),
    /// A section with upcoming events.
    Upcoming {
        /// The heading of the section.
        heading: &'static str,
        /// The events.
        events: Vec<EventFacts>,
    },
}

/// Where a button or a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of the portal.
    Path(String),
    /// The page of the recipient's seat, which works without signing in (A10).
    Seat(RsvpId),
    /// The page of a proposal for the person on one side, which works without signing in (M10).
    Proposal(ProposalId, SignUpRole),
    /// The page of a check-in, which works without signing in (M18).
    CheckIn(CheckInId),
    /// The page of a standing RSVP, which works without signing in (B9).
    StandingRsvp(SeriesRsvpId),
}

impl Target {
    pub(super) fn path(path: &str) -> Self {
        Self::Path(path.to_owned())
    }
}

/// The part of an email that shows an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The event.
    pub event: EventFacts,
    /// The event as the recipient knew it, if its time or place changed.
    pub before: Option<EventFacts>,
    /// The sentence about the recipient's seats.
    pub seats: Option<&'static str>,
    /// Whether it links to the recipient's seat page.
    pub has_seat_link: bool,
    /// Whether the email asks for a decision, so that its one button leads there.
    pub asks: bool,
}

impl Facts {
    pub(super) fn of(event: &EventFacts) -> Self {
        Self { event: event.clone(), before: None, seats: None, has_seat_link: true, asks: false }
    }

    pub(super) fn with_seats(self, sentence: &'static str) -> Self {
        Self { seats: Some(sentence), ..self }
    }

    /// For recipients whose seat is gone.
    pub(super) fn without_seat_link(self) -> Self {
        Self { has_seat_link: false, ..self }
    }

    pub(super) fn asking(self, asks: bool) -> Self {
        Self { asks, ..self }
    }

    /// Shows the old event too, if the time or place changed.
    pub(super) fn before(self, was: &EventFacts) -> Self {
        let moved = matches!(self.event.changed_from(was), Changed::Time | Changed::Place);
        Self { before: moved.then(|| was.clone()), ..self }
    }
}

/// The value of an argument in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// What somebody typed, cut to a number of characters.
    Typed(String, usize),
    /// A number, which also chooses the plural.
    Number(i64),
    /// A name that the sentence selects by.
    Choice(&'static str),
    /// Another sentence.
    Sentence(&'static str),
    /// A code to type.
    Code(String),
    /// The number of whole minutes from when the email was posted.
    MinutesUntil(Instant),
    /// A day, in the recipient's time zone.
    Day(Instant),
    /// A time without the year, in the recipient's time zone.
    Time(Instant),
    /// A time with the year, in the recipient's time zone.
    FullTime(Instant),
    /// The name of the recipient's time zone at some time.
    ZoneAt(Instant),
    /// The city of the recipient's time zone.
    City,
    /// The time of an event, in the more important zone.
    TimeOf(Box<EventFacts>),
}

impl Content {
    pub(super) fn new(subject: &'static str, heading: &'static str) -> Self {
        let (parts, args) = (Vec::new(), Vec::new());
        Self { subject, heading, preview: Preview::Event, parts, why: "email-why-event", args }
    }

    pub(super) fn part(mut self, part: Part) -> Self {
        if let Part::Facts(facts) = &part {
            let title = Value::Typed(facts.event.title.clone(), MAX_TITLE);
            self.args.push(("title", title));
        }
        self.parts.push(part);
        self
    }

    /// A paragraph of one sentence.
    pub(super) fn say(self, sentence: &'static str) -> Self {
        self.paragraph(&[sentence])
    }

    pub(super) fn say_if(self, condition: bool, sentence: &'static str) -> Self {
        if condition { self.say(sentence) } else { self }
    }

    /// A paragraph for each sentence.
    pub(super) fn say_all(self, sentences: &[&'static str]) -> Self {
        sentences.iter().fold(self, |content, sentence| content.say(sentence))
    }

    /// One paragraph of several sentences.
    pub(super) fn paragraph(self, sentences: &[&'static str]) -> Self {
        self.part(Part::Sentences(sentences.to_vec()))
    }

    /// Quotes what somebody wrote, unless it is blank.
    pub(super) fn quote(self, text: &str) -> Self {
        if text.trim().is_empty() { self } else { self.part(Part::Quote(text.to_owned())) }
    }

    /// Quotes what somebody wrote after a sentence that says who. Blank text adds nothing.
    pub(super) fn message(self, lead: &'static str, text: &str) -> Self {
        self.say_if(!text.trim().is_empty(), lead).quote(text)
    }

    pub(super) fn button(self, label: &'static str, to: Target) -> Self {
        self.part(Part::Button(label, to))
    }

    pub(super) fn link(self, label: &'static str, to: Target) -> Self {
        self.part(Part::Link(label, to))
    }

    pub(super) fn facts(self, facts: Facts) -> Self {
        self.part(Part::Facts(Box::new(facts)))
    }

    pub(super) fn preview(self, sentences: &[&'static str]) -> Self {
        self.preview_of(Preview::Sentences(sentences.to_vec()))
    }

    pub(super) fn preview_of(self, preview: Preview) -> Self {
        Self { preview, ..self }
    }

    pub(super) fn why(self, why: &'static str) -> Self {
        Self { why, ..self }
    }

    pub(super) fn arg(mut self, name: &'static str, value: Value) -> Self {
        self.args.push((name, value));
        self
    }

    pub(super) fn number(self, name: &'static str, number: impl Into<i64>) -> Self {
        self.arg(name, Value::Number(number.into()))
    }

    pub(super) fn choice(self, name: &'static str, choice: &'static str) -> Self {
        self.arg(name, Value::Choice(choice))
    }

    pub(super) fn yes_or_no(self, name: &'static str, yes: bool) -> Self {
        self.choice(name, if yes { "yes" } else { "no" })
    }

    pub(super) fn typed(self, name: &'static str, text: &str, max: usize) -> Self {
        self.arg(name, Value::Typed(text.to_owned(), max))
    }

    pub(super) fn about_group(self, group: &GroupFacts) -> Self {
        self.typed("group", &group.name, MAX_TITLE)
    }

    /// A proposed pair: the programme, the other one, and the deadline.
    pub(super) fn about_proposal(self, facts: &ProposalFacts) -> Self {
        self.typed("programme", &facts.programme, MAX_TITLE)
            .typed("partner", &facts.partner, MAX_NAME)
            .until(facts.until)
    }

    /// A meeting: the other one, and when it starts.
    pub(super) fn about_meeting(self, meeting: &MeetingFacts) -> Self {
        self.typed("partner", &meeting.partner, MAX_TITLE)
            .arg("time", Value::FullTime(meeting.starts_at))
            .arg("zone", Value::ZoneAt(meeting.starts_at))
    }

    /// The number of guests, and of seats together with the member's own.
    pub(super) fn party(self, guests: u8) -> Self {
        self.number("guests", guests).number("seats", 1 + i64::from(guests))
    }

    /// The deadline, in the recipient's time zone.
    pub(super) fn until(self, until: Instant) -> Self {
        self.arg("until", Value::Time(until)).arg("zone", Value::ZoneAt(until))
    }

    /// How many seats are free for a party that wants more, and until when.
    pub(super) fn free_seats(self, free: u32, guests: u8, until: Instant) -> Self {
        self.number("free", free).number("wanted", 1 + i64::from(guests)).until(until)
    }

    /// What changed about an event.
    pub(super) fn changes(self, event: &EventFacts, was: &EventFacts) -> Self {
        let changed = match event.changed_from(was) {
            Changed::Time => "time",
            Changed::Place => "place",
            Changed::Link => "link",
            Changed::Title => "title",
        };
        self.choice("changed", changed)
            .arg("time", Value::TimeOf(Box::new(event.clone())))
            .typed("before", &was.title, MAX_TITLE)
    }
}

/// The path of the page where hosts decide on requests for a seat.
pub(super) fn requests_path(event: &Slug) -> String {
    format!("events/{event}/people?show=pending")
}
