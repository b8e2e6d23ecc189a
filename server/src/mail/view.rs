//! An email as texts in the recipient's language and time zone, for its templates.

use app::{
    i18n::{self, clocks, format},
    ui::Shape,
};
use domain::{
    Arg, Instant,
    emails::{
        Email, EventFacts, Facts, KudosFacts, Mailing, MovedSession, Offer, Part, Preview, Recipient,
        SessionSlot, Target, Value,
    },
    events::Venue,
    links::Link,
};

use markup::markdown;

use super::{
    MailConfig, clean,
    colours::{self, Head, Palette},
};

/// The longest subject, in characters.
const MAX_SUBJECT: usize = 180;

/// An email, prepared for its templates.
pub(super) struct View<'a> {
    to: &'a Recipient,
    config: &'a MailConfig,
    /// The arguments of the catalogue's sentences, the same for all sentences of the email.
    args: Vec<(&'static str, Arg)>,
    quote: fn(&str) -> String,
    /// The colours of the light scheme.
    pub light: &'static Palette,
    /// The colours of the dark scheme.
    pub dark: &'static Palette,
    /// The colours of the email's header.
    pub head: &'static Head,
    /// The name of the community.
    pub community: String,
    /// The community's logo.
    pub logo: Option<LogoView>,
    /// The address of the portal's home page.
    pub home: String,
    /// Whether the recipient has a name to greet them with.
    pub has_name: bool,
    /// The subject.
    pub subject: String,
    /// The heading above the text.
    pub heading: String,
    /// What mail programs show after the subject in a list.
    pub preview: String,
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Why the recipient gets this email.
    pub why: String,
    /// The unsubscribe link. `None` for emails that can't be turned off.
    pub mute: Option<Mute>,
}

/// The logo in an email's header.
pub(super) struct LogoView {
    /// The address of the picture.
    pub address: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Whether it is shown in place of the community's name.
    pub replaces_name: bool,
}

impl LogoView {
    /// The largest size in an email, in pixels.
    const MAX_SIZE: (u32, u32) = (200, 44);

    fn of(config: &MailConfig) -> Option<Self> {
        let logo = config.logo.as_ref()?;
        let (width, height) = logo.fitted(Self::MAX_SIZE.0, Self::MAX_SIZE.1);
        let address = config.address_of(&logo.path());
        Some(Self { address, width, height, replaces_name: logo.replaces_name() })
    }
}

/// A part of the text.
pub(super) enum Block {
    /// Sentences of one paragraph. In HTML each is a paragraph of its own.
    Sentences(Vec<String>),
    /// A line that somebody typed.
    Typed(String),
    /// Text that somebody typed, line by line.
    Quote(Vec<String>),
    /// A whole message: paragraphs, each line by line.
    Message(Vec<Vec<String>>),
    /// A whole message in Markdown.
    Markdown(Prose),
    /// A list.
    List(Vec<String>),
    /// A code, in groups of four digits.
    Code(String),
    /// A button.
    Button(Labelled),
    /// A link.
    Link(Labelled),
    /// What an event is, when and where.
    Facts(Box<FactsView>),
    /// Sessions of an agenda with their old and new slots.
    Sessions(Vec<SessionView>),
    /// Titles and times of events.
    Events(Vec<EventView>),
    /// Seats that are held.
    Offers(Vec<OfferView>),
    /// Each event before and after, and whether its place changed.
    Moves(Vec<(EventView, EventView, bool)>),
    /// Kudos.
    Kudos(Vec<KudosView>),
    /// The emails in a digest.
    Emails(Vec<Item>),
    /// A section with upcoming events.
    Upcoming(String, Vec<EventView>),
}

/// A message in Markdown, for each part of an email.
pub(super) struct Prose {
    /// Clean HTML with styles, because mail programs ignore most style sheets.
    pub html: String,
    /// The lines of the plain part.
    pub lines: Vec<String>,
}

impl Prose {
    fn of(text: &str, quote: fn(&str) -> String, start: &str) -> Self {
        let cleaned = |part: &str| quote(&clean::keep_spaces(part));
        let lines = markdown::text_for_email(text, cleaned);
        let mut html = markdown::html_for_email(text, cleaned);
        for (tag, style) in [
            ("p", "margin: 0 0 12px;".to_owned()),
            ("ul", format!("margin: 0 0 12px; padding: 0; padding-{start}: 24px;")),
            ("ol", format!("margin: 0 0 12px; padding: 0; padding-{start}: 24px;")),
            ("pre", "margin: 0 0 12px; white-space: pre-wrap;".to_owned()),
            ("blockquote", format!("margin: 0 0 12px; padding-{start}: 16px;")),
        ] {
            html = html.replace(&format!("<{tag}>"), &format!("<{tag} style=\"{style}\">"));
        }
        let link = format!("<a class=\"brass\" style=\"color: {};\" href=", colours::LIGHT.brass_ink);
        Self { html: html.replace("<a href=", &link), lines: lines.lines().map(str::to_owned).collect() }
    }
}

/// The address and label of a button or link.
pub(super) struct Labelled {
    /// Where it leads.
    pub to: String,
    /// Its label.
    pub label: String,
}

/// The part of an email that shows an event.
pub(super) struct FactsView {
    /// The event.
    pub event: EventView,
    /// The event before it was changed.
    pub before: Option<EventView>,
    /// The sentence about the recipient's seats; may be empty.
    pub seats: String,
    /// Whether the email asks for a decision, which its button leads to.
    pub asks: bool,
}

/// A session whose slot changed, as texts.
pub(super) struct SessionView {
    /// The title, cleaned and quoted.
    pub title: String,
    /// The old and the new slot. One of them may be empty.
    pub lines: Vec<String>,
}

/// A seat that is held, as texts.
pub(super) struct OfferView {
    /// The event.
    pub event: EventView,
    /// Until when, and how many seats if there are guests.
    pub lines: Vec<String>,
    /// Where the member accepts it.
    pub accept: Labelled,
}

/// Kudos as texts.
pub(super) struct KudosView {
    /// To whom they are, and from whom.
    pub line: String,
    /// The text, line by line.
    pub text: Vec<String>,
    /// The address of their page.
    pub page: String,
}

/// An email in a digest. Only what people typed and the event is shown of it.
pub(super) struct Item {
    /// The subject that the email would have by itself.
    pub subject: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The unsubscribe link of an email.
pub(super) struct Mute {
    /// The address of the unsubscribe page.
    pub link: String,
    /// The text of the link.
    pub label: String,
    /// The address of the page with all email preferences. Empty for people without an account.
    pub preferences: String,
}

/// The address of the page that turns off emails like this, if there is one.
pub(super) fn unsubscribe_link(email: &Email, to: &Recipient, config: &MailConfig) -> Option<String> {
    if email.is_to_stranger() {
        let link = Link::NoInvitations(store::recipients::hash(&to.address));
        return Some(config.address_of(&format!("unsubscribe/{}", config.links.sign(&link))));
    }
    email.mailing().and_then(|mailing| mailing_link(email, mailing, config))
}

/// The address of the page that turns off a category of emails. `None` for categories that can't be turned off.
fn mailing_link(email: &Email, mailing: &Mailing, config: &MailConfig) -> Option<String> {
    let category = email.category();
    let group = mailing.group.as_ref().filter(|_| category.is_of_groups()).map(|group| group.id);
    let link = Link::Unsubscribe { member: mailing.member, group, category };
    category.is_optional().then(|| config.address_of(&format!("unsubscribe/{}", config.links.sign(&link))))
}

/// An event as texts.
pub(super) struct EventView {
    /// The address of the event's page.
    pub page: String,
    /// The address of the event's cover.
    pub cover: String,
    /// The address of the recipient's seat page, which works without signing in. Empty without a seat (A10).
    pub seat: String,
    /// The title, cleaned and quoted.
    pub title: String,
    /// The time in the more important time zone: the event's, or the recipient's for an online event.
    pub first: String,
    /// The time in the other time zone. Empty if both zones show the same time.
    pub second: String,
    /// Whether both times are equally important, as for a hybrid event.
    pub are_equal: bool,
    /// The place, or empty.
    pub place: String,
    /// The address to join online.
    pub join: Option<String>,
}

/// Keeps typed text unchanged, so that it can be copied from a plain-text email.
pub(super) fn unchanged(text: &str) -> String {
    text.to_owned()
}

impl<'a> View<'a> {
    /// The view of an email. `at` is when it was posted. `quote` prepares text that people typed.
    pub(super) fn new(
        email: &Email,
        to: &'a Recipient,
        config: &'a MailConfig,
        at: Instant,
        quote: fn(&str) -> String,
    ) -> Self {
        let content = email.content();
        let community = quote(&clean::short_line(&config.community, 100));
        let name = quote(&clean::short_line(&to.name, 100));
        let mut view = Self {
            to,
            config,
            has_name: !name.is_empty(),
            args: vec![
                ("community", Arg::Text(community.clone())),
                ("name", Arg::Text(name)),
                ("reply", yes_or_no(config.mail_reply)),
            ],
            quote,
            community,
            logo: LogoView::of(config),
            light: &colours::LIGHT,
            dark: &colours::DARK,
            head: &colours::HEAD,
            home: config.address_of(""),
            subject: String::new(),
            heading: String::new(),
            preview: String::new(),
            blocks: Vec::new(),
            why: String::new(),
            mute: None,
        };
        view.set_mute_link(email);
        for (name, value) in content.args {
            let value = view.arg(value, at);
            view.args.push((name, value));
        }
        view.subject = clean::short_line(&view.text(content.subject), MAX_SUBJECT);
        view.heading = view.text(content.heading);
        view.blocks = content.parts.into_iter().map(|part| view.block(part, at)).collect();
        view.preview = view.preview(&content.preview);
        view.why = view.text(content.why);
        view
    }

    /// A sentence of the catalogue in the recipient's language.
    pub(super) fn text(&self, key: &str) -> String {
        i18n::text_with(self.to.locale, key, &self.args)
    }

    /// The recipient's language tag, for the `lang` attribute.
    pub(super) fn lang(&self) -> &'static str {
        self.to.locale.lang()
    }

    /// The direction of the recipient's script, for the `dir` attribute: `ltr` or `rtl`.
    pub(super) fn dir(&self) -> &'static str {
        self.to.locale.dir()
    }

    /// The side where lines start, because mail programs don't support `text-align: start`.
    pub(super) fn start(&self) -> &'static str {
        if self.dir() == "rtl" { "right" } else { "left" }
    }

    /// The side where lines end.
    pub(super) fn end(&self) -> &'static str {
        if self.dir() == "rtl" { "left" } else { "right" }
    }

    /// Sets the unsubscribe link, unless the email can't be turned off.
    fn set_mute_link(&mut self, email: &Email) {
        let Some(link) = unsubscribe_link(email, self.to, self.config) else { return };
        let Some(mailing) = email.mailing() else {
            let label = self.text("email-never-again");
            self.mute = Some(Mute { link, label, preferences: String::new() });
            return;
        };
        let key = match mailing.group.as_ref().filter(|_| email.category().is_of_groups()) {
            Some(group) => {
                let name = (self.quote)(&clean::short_line(&group.name, 80));
                self.args.push(("group", Arg::Text(name)));
                "email-mute-group"
            }
            None => "email-mute",
        };
        let preferences = self.config.address_of("profile/emails");
        self.mute = Some(Mute { link, label: self.text(key), preferences });
    }

    fn arg(&self, value: Value, posted_at: Instant) -> Arg {
        let (locale, zone) = (self.to.locale, self.to.zone);
        let at = |at, shape| format::at(locale, at, zone, shape);
        Arg::Text(match value {
            Value::Number(number) => return Arg::Number(number),
            Value::MinutesUntil(until) => {
                return Arg::Number((until - posted_at).num_seconds().max(0).div_euclid(60));
            }
            Value::Typed(text, max) => (self.quote)(&clean::short_line(&text, max)),
            Value::Choice(name) => name.to_owned(),
            Value::Sentence(key) => i18n::text(locale, key),
            Value::Code(code) => grouped(&code),
            Value::Day(day) => at(day, Shape::FullDate),
            Value::Time(time) => at(time, Shape::DateTime),
            Value::FullTime(time) => at(time, Shape::DateTimeYear),
            Value::ZoneAt(time) => clocks::zone_name(locale, zone, time),
            Value::City => zone.city(),
            Value::TimeOf(event) => clocks::short_line(locale, &event.time(), Some(zone), Shape::DateTime),
        })
    }

    fn block(&self, part: Part, at: Instant) -> Block {
        let events = |events: Vec<EventFacts>| events.iter().map(|event| self.event(event)).collect();
        match part {
            Part::Sentences(keys) => Block::Sentences(keys.into_iter().map(|key| self.text(key)).collect()),
            Part::Typed(line) => Block::Typed((self.quote)(&clean::line(&line))),
            Part::Quote(text) => Block::Quote(self.lines(&text)),
            Part::Message(text) => {
                let lines = self.lines(&text);
                let paragraphs = lines.split(String::is_empty).filter(|paragraph| !paragraph.is_empty());
                Block::Message(paragraphs.map(<[String]>::to_vec).collect())
            }
            Part::Markdown(text) => Block::Markdown(Prose::of(&text, self.quote, self.start())),
            Part::List { lines, more } => {
                let typed = lines.iter().map(|line| (self.quote)(&clean::short_line(line, 100)));
                Block::List(typed.chain(more.map(|key| self.text(key))).collect())
            }
            Part::Code(code) => Block::Code(grouped(&code)),
            Part::Button(label, target) => Block::Button(self.labelled(label, &target)),
            Part::Link(label, target) => Block::Link(self.labelled(label, &target)),
            Part::Facts(facts) => Block::Facts(Box::new(self.facts(&facts))),
            Part::Sessions(all) => Block::Sessions(all.iter().map(|moved| self.session(moved)).collect()),
            Part::Events(all) => Block::Events(events(all)),
            Part::Offers(all) => Block::Offers(all.iter().map(|offer| self.offer(offer)).collect()),
            Part::Moves(all) => {
                let pair = |(was, now): &(EventFacts, EventFacts)| {
                    let place = was.place != now.place;
                    (self.event(was), self.event(now), place)
                };
                Block::Moves(all.iter().map(pair).collect())
            }
            Part::Kudos(cards) => Block::Kudos(cards.iter().map(|card| self.kudos(card)).collect()),
            Part::Emails(emails) => {
                let item = |email| {
                    let view = View::new(email, self.to, self.config, at, self.quote);
                    Item { subject: view.subject, blocks: view.blocks }
                };
                Block::Emails(emails.iter().map(item).collect())
            }
            Part::Upcoming { heading, events: all } => Block::Upcoming(self.text(heading), events(all)),
        }
    }

    fn preview(&self, preview: &Preview) -> String {
        let shown: Vec<String> = match preview {
            Preview::Sentences(keys) => {
                return keys.iter().map(|key| self.text(key)).collect::<Vec<_>>().join(" ");
            }
            Preview::Message => {
                let lines = self.blocks.iter().filter_map(|block| match block {
                    Block::Message(paragraphs) => Some(paragraphs.iter().flatten().cloned().collect()),
                    Block::Markdown(prose) => Some(prose.lines.clone()),
                    _ => None,
                });
                let lines = lines.flat_map(|lines: Vec<String>| lines).filter(|line| !line.is_empty());
                return lines.collect::<Vec<_>>().join(" ");
            }
            Preview::Event => {
                let event = self.blocks.iter().find_map(|block| match block {
                    Block::Facts(facts) => Some(&facts.event),
                    _ => None,
                });
                event.map(|event| vec![event.first.clone(), event.place.clone()]).unwrap_or_default()
            }
            Preview::Emails => {
                let items = self.blocks.iter().filter_map(|block| match block {
                    Block::Emails(items) => Some(items.iter().map(|item| item.subject.clone())),
                    _ => None,
                });
                items.flatten().collect()
            }
        };
        shown.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What somebody wrote, line by line.
    fn lines(&self, text: &str) -> Vec<String> {
        clean::lines(text).iter().map(|line| (self.quote)(line)).collect()
    }

    fn labelled(&self, label: &str, target: &Target) -> Labelled {
        Labelled { to: self.target(target), label: self.text(label) }
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Path(path) => self.config.address_of(path),
            Target::Seat(rsvp) => self.seat(&Link::Seat(*rsvp)),
            Target::CheckIn(id) => {
                let token = self.config.links.sign(&Link::CheckIn(*id));
                self.config.address_of(&format!("check-in/{token}"))
            }
            Target::StandingRsvp(id) => {
                let token = self.config.links.sign(&Link::StandingRsvp(*id));
                self.config.address_of(&format!("standing-seat/{token}"))
            }
            Target::Proposal(id, side) => {
                let token = self.config.links.sign(&Link::Proposal(*id, *side));
                self.config.address_of(&format!("proposal/{token}"))
            }
        }
    }

    fn seat(&self, link: &Link) -> String {
        self.config.address_of(&format!("seat/{}", self.config.links.sign(link)))
    }

    fn facts(&self, facts: &Facts) -> FactsView {
        let mut event = self.event(&facts.event);
        if !facts.has_seat_link {
            event.seat.clear();
        }
        FactsView {
            event,
            before: facts.before.as_ref().map(|before| self.event(before)),
            seats: facts.seats.map(|key| self.text(key)).unwrap_or_default(),
            asks: facts.asks,
        }
    }

    fn session(&self, moved: &MovedSession) -> SessionView {
        let line = |key: &str, slot: &SessionSlot| {
            let ends_at = slot.starts_at + chrono::Duration::minutes(slot.minutes.into());
            let (locale, zone) = (self.to.locale, self.to.zone);
            let time = format::span(locale, slot.starts_at, ends_at, zone, Shape::DateTimeYear);
            let args = [
                ("time", Arg::Text(time)),
                ("zone", Arg::Text(clocks::zone_name(locale, zone, slot.starts_at))),
                ("room", Arg::Text((self.quote)(&clean::short_line(&slot.room, 100)))),
            ];
            i18n::text_with(locale, key, &args)
        };
        let lines = match (&moved.before, &moved.after) {
            (Some(before), Some(after)) => {
                vec![line("email-agenda-before", before), line("email-agenda-after", after)]
            }
            (None, Some(after)) => vec![line("email-agenda-new", after)],
            (Some(before), None) => vec![line("email-agenda-before", before), self.text("email-agenda-gone")],
            (None, None) => Vec::new(),
        };
        SessionView { title: (self.quote)(&clean::short_line(&moved.title, 200)), lines }
    }

    fn offer(&self, offer: &Offer) -> OfferView {
        let (locale, zone) = (self.to.locale, self.to.zone);
        let (label, target) = offer.accept();
        let until = [
            ("until", Arg::Text(format::at(locale, offer.until, zone, Shape::DateTime))),
            ("zone", Arg::Text(clocks::zone_name(locale, zone, offer.until))),
        ];
        let guests = [
            ("guests", Arg::Number(offer.guests.into())),
            ("seats", Arg::Number(1 + i64::from(offer.guests))),
        ];
        let seats = (offer.guests > 0).then(|| {
            format!(
                "{}: {}",
                self.text("email-label-seats"),
                i18n::text_with(locale, "email-seats-offered", &guests)
            )
        });
        let until = i18n::text_with(locale, "email-series-held-until", &until);
        // The label depends on the number of guests.
        let accept = Labelled { label: i18n::text_with(locale, label, &guests), to: self.target(&target) };
        OfferView {
            event: self.event(&offer.event),
            lines: seats.into_iter().chain([until]).collect(),
            accept,
        }
    }

    fn kudos(&self, card: &KudosFacts) -> KudosView {
        let name = |name: &str| (self.quote)(&clean::short_line(name, 100));
        let to: Vec<String> = card.to.iter().map(|thanked| name(&thanked.who)).collect();
        let names = yes_or_no(!to.is_empty());
        let from = card.from.as_deref().map_or_else(|| self.text("email-kudos-somebody"), name);
        let args = [
            ("from", Arg::Text(from)),
            ("names", names),
            ("to", Arg::Text(to.join(", "))),
            ("others", Arg::Number(card.others.into())),
        ];
        KudosView {
            line: i18n::text_with(self.to.locale, "email-kudos-line", &args),
            text: self.lines(&card.text),
            page: self.config.address_of(&format!("kudos/{}", card.kudos)),
        }
    }

    fn event(&self, event: &EventFacts) -> EventView {
        let time = event.time();
        let (first, second) = clocks::lines(self.to.locale, &time, Some(self.to.zone), Shape::DateTimeYear);
        EventView {
            page: self.config.address_of(&event.path()),
            cover: self.config.address_of(&event.cover_path()),
            // People without an RSVP have no seat page.
            seat: event.rsvp().map(|rsvp| self.seat(&Link::Seat(rsvp))).unwrap_or_default(),
            title: (self.quote)(&clean::short_line(&event.title, 200)),
            first,
            second: second.unwrap_or_default(),
            are_equal: time.venue == Venue::Hybrid,
            place: (self.quote)(&clean::line(&event.place)),
            join: event.join_url.as_deref().and_then(clean::web_address).map(str::to_owned),
        }
    }
}

/// The argument `yes` or `no`, which a sentence can select by.
pub(super) fn yes_or_no(yes: bool) -> Arg {
    Arg::Text(if yes { "yes" } else { "no" }.to_owned())
}

/// Formats a code as `1234 5678`, because groups of four are easier to read and type.
fn grouped(code: &str) -> String {
    let digits: Vec<char> = clean::line(code).chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
