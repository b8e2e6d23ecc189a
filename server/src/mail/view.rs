//! What the templates of a letter see: its facts as texts in the recipient's language and zone.

use app::{
    i18n::{self, clocks, format},
    ui::Shape,
};
use domain::{
    Arg, Instant, Slug,
    emails::{Changed, Email, EventFacts, GivenUp, GroupFacts, Mailing, Recipient, WaitlistReason},
    events::Venue,
    links::Link,
};

use super::{
    MailConfig, clean,
    look::{self, Head, Palette},
    notice::{self, Notice},
};

/// A letter, ready to be set into its templates.
pub(super) struct View<'a> {
    to: &'a Recipient,
    /// What sentences may name, the same for all sentences of the letter.
    args: Vec<(&'static str, Arg)>,
    quote: fn(&str) -> String,
    /// The colours by day.
    pub light: &'static Palette,
    /// The colours by night.
    pub dark: &'static Palette,
    /// The colours of its head.
    pub head: &'static Head,
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
    /// How many seats they have or asked for; empty where it does not matter.
    pub seats: String,
    /// Whether the time, the place, the link or the title changed.
    pub changed: bool,
    /// Whether only the title changed.
    pub title_only: bool,
    /// Whether the title changed together with something else.
    pub renamed: bool,
    /// Whether the seat is not new and only the number of guests changed.
    pub guests_changed: bool,
    /// Whether fewer seats than asked for are free now.
    pub free_now: bool,
    /// Whether it asks for something: then that is its button.
    pub asks: bool,
    /// Whether the recipient comes online and waits for the room (A12).
    pub in_line: bool,
    /// Whether a seat online stays.
    pub keeps_online: bool,
    /// Whether the host, or a group, said yes.
    pub accepted: bool,
    /// The organiser's words, line by line.
    pub reason: Vec<String>,
    /// Where a letter about a group leads to.
    pub group_page: String,
    /// Whether somebody else took the recipient out of a group.
    pub removed: bool,
    /// What is given up with a group.
    pub given_up: Vec<EventView>,
    /// The link that signs in, or leads to what the letter is about.
    pub link: String,
    /// The code that signs in, in two groups of four.
    pub code: String,
    /// An organiser's words, paragraph by paragraph, each line by line.
    pub words: Vec<Vec<String>>,
    /// What an event is about; may be empty.
    pub summary: String,
    /// The letters that a digest tells of.
    pub items: Vec<Item<'a>>,
    /// How many more there were than a digest tells of.
    pub more: u32,
    /// What comes next.
    pub coming: Vec<EventView>,
    /// What ends mails like this, where there is something that does.
    pub mute: Option<Mute>,
    /// Its sentences, if it is a letter of words alone.
    pub notice: Option<Notice>,
}

/// A letter in a digest.
pub(super) struct Item<'a> {
    /// Its subject.
    pub subject: String,
    /// What its templates would see.
    pub view: View<'a>,
}

/// What ends mails like this.
pub(super) struct Mute {
    /// The page that does.
    pub link: String,
    /// What the link says.
    pub words: String,
    /// The page that shows all that can be chosen; empty for people who are not members.
    pub wishes: String,
}

/// The page that ends emails like this, if there is one.
pub(super) fn end_link(email: &Email, to: &Recipient, config: &MailConfig) -> Option<String> {
    if email.is_to_stranger() {
        let link = Link::NoInvitations(store::recipients::hash(&to.address));
        return Some(config.address_of(&format!("unsubscribe/{}", config.links.sign(&link))));
    }
    email.mailing().and_then(|mailing| mute_link(email, mailing, config))
}

/// The page that ends emails of a topic; none for what must be told.
fn mute_link(email: &Email, mailing: &Mailing, config: &MailConfig) -> Option<String> {
    let category = email.category();
    let group = mailing.group.as_ref().filter(|_| category.is_of_groups()).map(|group| group.id);
    let link = Link::Unsubscribe { member: mailing.member, group, category };
    category.is_optional().then(|| config.address_of(&format!("unsubscribe/{}", config.links.sign(&link))))
}

/// An event as texts.
pub(super) struct EventView {
    /// The address of its page.
    pub page: String,
    /// The address of the recipient's seat, which works signed out; empty where there is none left (A10).
    pub seat: String,
    /// Its title.
    pub title: String,
    /// When, on the clock that matters most.
    pub first: String,
    /// When, on the other clock; empty if that shows the same.
    pub second: String,
    /// Whether both clocks matter the same.
    pub are_equal: bool,
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
        email: &Email,
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
            args: vec![
                ("community", Arg::Text(community.clone())),
                ("name", Arg::Text(name)),
                ("reply", yes_or_no(config.mail_reply)),
            ],
            quote,
            community,
            light: &look::LIGHT,
            dark: &look::DARK,
            head: &look::HEAD,
            home: config.address_of(""),
            event: None,
            was: None,
            seated: !email.calendars().is_empty(),
            seats: String::new(),
            changed: false,
            title_only: false,
            renamed: false,
            guests_changed: false,
            free_now: false,
            asks: matches!(
                email,
                Email::Offer { .. } | Email::FewerOffered { .. } | Email::Waitlisted { free: Some(_), .. }
            ),
            in_line: false,
            keeps_online: false,
            accepted: false,
            reason: Vec::new(),
            group_page: String::new(),
            removed: false,
            given_up: Vec::new(),
            link: String::new(),
            code: String::new(),
            words: Vec::new(),
            summary: String::new(),
            items: Vec::new(),
            more: 0,
            coming: Vec::new(),
            mute: None,
            notice: None,
        };
        view.offer_to_mute(email, config);
        match email {
            Email::NoAccount => view.link = config.address_of("/request-invitation"),
            Email::SignIn { link, code, expires_at } => {
                view.link = config.address_of(link);
                view.code = grouped(code);
                let minutes = (*expires_at - at).num_seconds().max(0).div_euclid(60);
                view.args.push(("minutes", Arg::Number(minutes)));
                view.args.push(("code", Arg::Text(view.code.clone())));
            }
            Email::ProveAddress { code, .. } => {
                view.link = config.address_of("profile/address");
                view.code = grouped(code);
                view.args.push(("code", Arg::Text(view.code.clone())));
            }
            Email::Confirmed { event, guests, in_line, guests_before, .. } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats", *guests);
                view.in_line = *in_line;
                view.guests_changed = guests_before.is_some();
                view.args.push(("before", Arg::Number(i64::from(guests_before.unwrap_or(*guests)))));
            }
            Email::Promoted { event, guests, by_host, .. } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats", *guests);
                view.args.push(("host", yes_or_no(*by_host)));
            }
            Email::Approved { event, guests, .. } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats", *guests);
            }
            Email::Waitlisted { event, guests, position, because, offers, free } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats-waiting", *guests);
                view.args.push(("position", Arg::Number(i64::from(*position))));
                view.args.push(("offers", yes_or_no(*offers)));
                if let Some(free) = free {
                    view.free_now = true;
                    view.free(free.seats, *guests, free.until);
                }
                view.accepted = *because == WaitlistReason::Accepted;
                view.keeps_online = *because == WaitlistReason::KeepsOnline;
            }
            Email::Requested { event, guests } | Email::MovedBack { event, guests, .. } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats-waiting", *guests);
            }
            Email::Offer { event, guests, until } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats-offered", *guests);
                view.until(*until);
            }
            Email::FewerOffered { event, guests, free, until } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats-waiting", *guests);
                view.free(*free, *guests, *until);
            }
            Email::OfferExpired { event, keeps_online } => {
                view.tell(event, config);
                view.keeps_online = *keeps_online;
                view.seat_is_gone(!keeps_online);
            }
            Email::SeatDeclined { event, words } => {
                view.tell(event, config);
                view.seat_is_gone(true);
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::NewRequests { slug, title, requests, names } => {
                view.requests(slug, title, *requests, config);
                view.reason = names.iter().map(|name| quote(&clean::short_line(name, 100))).collect();
                view.more = requests.saturating_sub(u32::try_from(names.len()).unwrap_or(u32::MAX));
                view.args.push(("more", Arg::Number(i64::from(view.more))));
            }
            Email::RequestWaits { slug, title, requests } => {
                view.requests(slug, title, *requests, config);
            }
            Email::Left { event, .. } => {
                view.tell(event, config);
                view.seat_is_gone(true);
            }
            Email::Reinstated { event, was, .. } => {
                view.tell(event, config);
                match was {
                    Some(was) => view.changed_from(event, was, config),
                    None => view.args.push(("changed", Arg::Text("no".to_owned()))),
                }
            }
            Email::Rescheduled { event, was, .. } => {
                view.tell(event, config);
                view.changed_from(event, was, config);
            }
            Email::Cancelled { event, reason, .. } => {
                view.tell(event, config);
                view.seat_is_gone(true);
                view.reason = clean::lines(reason).iter().map(|line| quote(line)).collect();
            }
            Email::JoinRequested { group, name: who, words } => {
                view.tell_group(group, "/members", config);
                view.args.push(("who", Arg::Text(quote(&clean::short_line(who, 100)))));
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::JoinDecided { group, accepted, words } => {
                view.tell_group(group, "", config);
                view.accepted = *accepted;
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::GroupInvitation { group, purpose, from, link } => {
                view.tell_group(group, "/invitation", config);
                if let Some(link) = link {
                    view.group_page = config.address_of(&link.path);
                }
                view.args.push(("who", Arg::Text(quote(&clean::short_line(from, 100)))));
                view.reason = clean::lines(purpose).iter().map(|line| quote(line)).collect();
            }
            Email::GroupLeft { group, removed, events } => {
                view.tell_group(group, "", config);
                view.removed = *removed;
                view.given_up =
                    events.iter().map(|GivenUp { event, .. }| view.event_view(event, config)).collect();
            }
            Email::Reminder { event, guests, hours, .. } => {
                view.tell(event, config);
                view.seats = view.seats("email-seats", *guests);
                view.args.push(("hours", Arg::Number(i64::from(*hours))));
            }
            Email::Announcement { event, from, subject, words, trial, .. } => {
                view.tell(event, config);
                view.named_sender(from);
                view.args.push(("subject", Arg::Text(quote(&clean::short_line(subject, 120)))));
                view.args.push(("trial", yes_or_no(*trial)));
                view.words = paragraphs(words, quote);
            }
            Email::NewEvent { event, summary, .. } => {
                view.tell(event, config);
                view.summary = quote(&clean::line(summary));
            }
            Email::Digest { items, more, coming, .. } => {
                view.more = *more;
                let count = items.len().saturating_add(usize::try_from(*more).unwrap_or(0));
                view.args.push(("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))));
                view.args.push(("more", Arg::Number(i64::from(*more))));
                view.coming = coming.iter().map(|event| view.event_view(event, config)).collect();
            }
            _ => view.notice(email, config),
        }
        view
    }

    fn tell_group(&mut self, group: &GroupFacts, page: &str, config: &MailConfig) {
        let name = (self.quote)(&clean::short_line(&group.name, 200));
        self.args.push(("group", Arg::Text(name)));
        self.group_page = config.address_of(&format!("groups/{}{page}", group.slug));
    }

    /// The sentences of a letter of words alone, and what they name.
    fn notice(&mut self, email: &Email, config: &MailConfig) {
        let mut by_somebody = false;
        match email {
            Email::Invitation { by, note, until, .. } => {
                let by = (self.quote)(&clean::short_line(by, 100));
                by_somebody = !by.is_empty();
                self.args.push(("by", Arg::Text(by)));
                self.args.push(("until", Arg::Text(self.at(*until, Shape::FullDate))));
                self.cite(note);
            }
            Email::DeletionPlanned { at } => {
                self.args.push(("at", Arg::Text(self.at(*at, Shape::DateTimeYear))));
                self.args.push(("city", Arg::Text(self.to.zone.city())));
            }
            Email::DeletionWaits { groups } => self.cite(&groups.join("\n")),
            Email::Suspended { reason }
            | Email::RequestDeclined { words: reason }
            | Email::ReportReceived { words: reason }
            | Email::ReportDecided { reason, .. }
            | Email::ReportedDecided { reason, .. } => self.cite(reason),
            _ => {}
        }
        self.link = config.address_of(&notice::path(email));
        self.notice = notice::notice(email, by_somebody);
    }

    /// What somebody wrote, line by line.
    fn cite(&mut self, text: &str) {
        self.reason = clean::lines(text).iter().map(|line| (self.quote)(line)).collect();
    }

    /// A sentence of the catalogue in the recipient's language.
    pub(super) fn say(&self, key: &str) -> String {
        i18n::text_with(self.to.locale, key, &self.args)
    }

    /// The recipient's language.
    pub(super) fn lang(&self) -> &'static str {
        self.to.locale.lang()
    }

    /// The direction of its script.
    pub(super) fn dir(&self) -> &'static str {
        self.to.locale.dir()
    }

    /// The side where lines start: mail programs do not know `text-align: start`.
    pub(super) fn start(&self) -> &'static str {
        if self.dir() == "rtl" { "right" } else { "left" }
    }

    /// The side where lines end.
    pub(super) fn end(&self) -> &'static str {
        if self.dir() == "rtl" { "left" } else { "right" }
    }

    /// A link that ends mails like this, where one may.
    fn offer_to_mute(&mut self, email: &Email, config: &MailConfig) {
        let Some(link) = end_link(email, self.to, config) else { return };
        let Some(mailing) = email.mailing() else {
            let words = self.say("email-never-again");
            self.mute = Some(Mute { link, words, wishes: String::new() });
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
        self.mute = Some(Mute { link, words: self.say(key), wishes: config.address_of("profile/emails") });
    }

    /// Who writes, if they have a name; else the organisers.
    fn named_sender(&mut self, from: &str) {
        let name = clean::short_line(from, 100);
        let name = if name.is_empty() {
            i18n::text(self.to.locale, "email-organisers")
        } else {
            (self.quote)(&name)
        };
        self.args.push(("from", Arg::Text(name)));
    }

    fn tell(&mut self, event: &EventFacts, config: &MailConfig) {
        let title = (self.quote)(&clean::short_line(&event.title, 200));
        self.args.push(("title", Arg::Text(title)));
        self.event = Some(self.event_view(event, config));
    }

    /// What changed of an event. What it was is shown beside what it is, where that is more than a title.
    fn changed_from(&mut self, event: &EventFacts, was: &EventFacts, config: &MailConfig) {
        let changed = event.changed_from(was);
        let name = match changed {
            Changed::Time => "time",
            Changed::Place => "place",
            Changed::Link => "link",
            Changed::Title => "title",
        };
        let time = clocks::short_line(self.to.locale, &event.time(), Some(self.to.zone), Shape::DateTime);
        self.args.push(("changed", Arg::Text(name.to_owned())));
        self.args.push(("time", Arg::Text(time)));
        self.args.push(("before", Arg::Text((self.quote)(&clean::short_line(&was.title, 200)))));
        self.changed = true;
        self.title_only = changed == Changed::Title;
        self.renamed = event.title != was.title && !self.title_only;
        self.was = matches!(changed, Changed::Time | Changed::Place).then(|| self.event_view(was, config));
    }

    /// How many seats are free for somebody who waits for more, and until when they are asked.
    fn free(&mut self, free: u32, guests: u8, until: Instant) {
        self.args.push(("free", Arg::Number(i64::from(free))));
        self.args.push(("wanted", Arg::Number(1 + i64::from(guests))));
        self.until(until);
    }

    /// Requests that wait for an answer, and where hosts give it.
    fn requests(&mut self, slug: &Slug, title: &str, requests: u32, config: &MailConfig) {
        let title = (self.quote)(&clean::short_line(title, 200));
        self.args.push(("title", Arg::Text(title)));
        self.args.push(("requests", Arg::Number(i64::from(requests))));
        self.link = config.address_of(&format!("events/{slug}/people?show=pending"));
    }

    /// The lead says how many come along, too.
    fn seats(&mut self, key: &str, guests: u8) -> String {
        self.args.push(("guests", Arg::Number(i64::from(guests))));
        self.args.push(("seats", Arg::Number(1 + i64::from(guests))));
        self.say(key)
    }

    /// A link to what one no longer has leads nowhere.
    fn seat_is_gone(&mut self, gone: bool) {
        if let Some(event) = self.event.as_mut().filter(|_| gone) {
            event.seat.clear();
        }
    }

    /// Until when something counts, on the recipient's clock.
    fn until(&mut self, until: Instant) {
        self.args.push(("until", Arg::Text(self.at(until, Shape::DateTime))));
        let zone = clocks::zone_name(self.to.locale, self.to.zone, until);
        self.args.push(("zone", Arg::Text(zone)));
    }

    /// A time on the recipient's clock.
    fn at(&self, at: Instant, shape: Shape) -> String {
        format::at(self.to.locale, at, self.to.zone, shape)
    }

    fn event_view(&self, event: &EventFacts, config: &MailConfig) -> EventView {
        let time = event.time();
        let (first, second) = clocks::lines(self.to.locale, &time, Some(self.to.zone), Shape::DateTimeYear);
        EventView {
            page: config.address_of(&format!("events/{}", event.slug)),
            // Who has not answered has no seat, and its page would lead nowhere.
            seat: match event.uid.0.is_nil() {
                true => String::new(),
                false => config.address_of(&format!("seat/{}", config.links.sign(&Link::Seat(event.uid)))),
            },
            title: (self.quote)(&clean::short_line(&event.title, 200)),
            first,
            second: second.unwrap_or_default(),
            are_equal: time.venue == Venue::Hybrid,
            place: (self.quote)(&clean::line(&event.place)),
            join: event.join_url.as_deref().and_then(clean::web_address).map(str::to_owned),
        }
    }
}

/// A choice of a sentence.
pub(super) fn yes_or_no(yes: bool) -> Arg {
    Arg::Text(if yes { "yes" } else { "no" }.to_owned())
}

/// What was typed in paragraphs between empty lines, each line clean in itself.
fn paragraphs(text: &str, quote: fn(&str) -> String) -> Vec<Vec<String>> {
    let lines = clean::lines(text);
    let split = lines.split(String::is_empty).filter(|paragraph| !paragraph.is_empty());
    split.map(|paragraph| paragraph.iter().map(|line| quote(line)).collect()).collect()
}

/// `1234 5678`: groups of four are read and typed with fewer slips.
fn grouped(code: &str) -> String {
    let digits: Vec<char> = clean::line(code).chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
