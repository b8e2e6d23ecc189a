//! What the templates of a letter see: its facts as texts in the recipient's language and zone.

use app::words;
use domain::{
    Arg, Instant,
    letters::{EventFacts, Letter, Recipient},
};

use super::{MailConfig, clean};

/// A letter, ready to be set into its templates.
pub(super) struct View<'a> {
    to: &'a Recipient,
    /// What sentences may name, the same for all sentences of the letter.
    args: Vec<(&'static str, Arg)>,
    quote: fn(&str) -> String,
    /// What the community is called.
    pub community: String,
    /// Where the portal is.
    pub home: String,
    /// Whether the recipient has a name to greet.
    pub named: bool,
    /// The event it tells of.
    pub event: Option<EventView>,
    /// The event as it was before.
    pub was: Option<EventView>,
    /// Whether the recipient has (or had) a seat; else they wait for one.
    pub seated: bool,
    /// How many come along.
    pub guests: u8,
    /// The organiser's words, line by line.
    pub reason: Vec<String>,
    /// The link that signs in.
    pub link: String,
    /// The code that signs in, in two groups of four.
    pub code: String,
}

/// An event as texts.
pub(super) struct EventView {
    /// The address of its page.
    pub page: String,
    /// When it starts, there and for the recipient.
    pub starts: String,
    /// When it ends, there and for the recipient.
    pub ends: String,
    /// Where; may be empty.
    pub place: String,
    /// Where to join.
    pub join: Option<String>,
}

/// How typed text stands in plain text: as it is, so that it can be copied.
pub(super) fn as_it_is(text: &str) -> String {
    text.to_owned()
}

impl<'a> View<'a> {
    /// The view of a letter. `at` is when it was posted; `quote` prepares what people typed.
    pub(super) fn new(
        letter: &Letter,
        to: &'a Recipient,
        config: &MailConfig,
        at: Instant,
        quote: fn(&str) -> String,
    ) -> Self {
        let community = quote(&clean::short_line(&config.community, 100));
        let name = quote(&clean::short_line(&to.name, 100));
        let mut view = Self {
            to,
            named: !name.is_empty(),
            args: vec![("community", Arg::Text(community.clone())), ("name", Arg::Text(name))],
            quote,
            community,
            home: config.address_of(""),
            event: None,
            was: None,
            seated: letter.calendar().is_some(),
            guests: 0,
            reason: Vec::new(),
            link: String::new(),
            code: String::new(),
        };
        match letter {
            Letter::NoAccount => {}
            Letter::SignIn { link, code, expires_at } => {
                view.link = config.address_of(link);
                view.code = grouped(code);
                let minutes = (*expires_at - at).num_seconds().max(0).div_euclid(60);
                view.args.push(("minutes", Arg::Number(minutes)));
                view.args.push(("code", Arg::Text(view.code.clone())));
            }
            Letter::Confirmed { event, guests, .. } | Letter::Promoted { event, guests, .. } => {
                view.tell(event, config);
                view.bring(*guests);
            }
            Letter::Waitlisted { event, guests, position } => {
                view.tell(event, config);
                view.bring(*guests);
                view.args.push(("position", Arg::Number(i64::from(*position))));
            }
            Letter::Left { event, .. } | Letter::Reinstated { event, .. } => view.tell(event, config),
            Letter::Rescheduled { event, was, .. } => {
                view.tell(event, config);
                view.was = Some(view.event_view(was, config));
            }
            Letter::Cancelled { event, reason, .. } => {
                view.tell(event, config);
                view.reason = clean::lines(reason).iter().map(|line| quote(line)).collect();
            }
        }
        view
    }

    /// A sentence of the catalogue in the recipient's language.
    pub(super) fn say(&self, key: &str) -> String {
        words::text_with(self.to.locale, key, &self.args)
    }

    /// The recipient's language.
    pub(super) fn lang(&self) -> &'static str {
        self.to.locale.tag()
    }

    fn tell(&mut self, event: &EventFacts, config: &MailConfig) {
        let title = (self.quote)(&clean::short_line(&event.title, 200));
        self.args.push(("title", Arg::Text(title)));
        self.event = Some(self.event_view(event, config));
    }

    fn bring(&mut self, guests: u8) {
        self.guests = guests;
        self.args.push(("guests", Arg::Number(i64::from(guests))));
    }

    fn event_view(&self, event: &EventFacts, config: &MailConfig) -> EventView {
        EventView {
            page: config.address_of(&format!("events/{}", event.slug)),
            starts: self.time(event, event.starts_at, None),
            ends: self.time(event, event.ends_at, Some(event.starts_at)),
            place: (self.quote)(&clean::line(&event.place)),
            join: event.join_url.as_deref().and_then(clean::web_address).map(str::to_owned),
        }
    }

    /// `Tue 24 Nov 2026, 18:00 in London · 19:00 for you (+01:00)`. The day is left out where it is the
    /// one that was just named: that of `after`, and in the second half that of the first.
    fn time(&self, event: &EventFacts, at: Instant, after: Option<Instant>) -> String {
        let (there, here) = (event.zone, self.to.zone);
        let (wall_there, wall_here) = (there.wall(at), here.wall(at));
        let on = |day_known: bool, zone| {
            if day_known { words::time(at, zone) } else { words::day_and_time(at, zone) }
        };
        let known_there = after.is_some_and(|after| there.wall(after).date() == wall_there.date());
        // Who reads the second half alone must find the day in it whenever it is another one.
        let known_here = wall_here.date() == wall_there.date();
        let args = [
            ("there", Arg::Text(on(known_there, there))),
            ("city", Arg::Text(there.city())),
            ("here", Arg::Text(on(known_here, here))),
            ("offset", Arg::Text(here.offset(at))),
        ];
        let key = if wall_there == wall_here { "mail-time-same" } else { "mail-time" };
        words::text_with(self.to.locale, key, &args)
    }
}

/// `1234 5678`: groups of four are read and typed with fewer slips.
fn grouped(code: &str) -> String {
    let digits: Vec<char> = clean::line(code).chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
