//! The data for the templates of an email, as texts in the recipient's language and time zone.

use app::{
    i18n::{self, clocks, format},
    ui::Shape,
};
use domain::{
    Arg, Instant, Slug,
    emails::{self, Changed, Email, EventFacts, GivenUp, GroupFacts, Mailing, Recipient, WaitlistReason},
    events::Venue,
    links::Link,
};

use super::{
    MailConfig, clean,
    colours::{self, Head, Palette},
    notice::{self, Notice},
};

/// An email, prepared for its templates. Fields that an email doesn't need are empty.
pub(super) struct View<'a> {
    to: &'a Recipient,
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
    /// The address of the portal's home page.
    pub home: String,
    /// Whether the recipient has a name to greet them with.
    pub has_name: bool,
    /// The event that the email is about.
    pub event: Option<EventView>,
    /// The event before it was changed.
    pub before: Option<EventView>,
    /// Whether the recipient has (or had) a seat. Otherwise they are on the waitlist.
    pub seated: bool,
    /// The sentence about how many seats the recipient has or wants. Empty where it doesn't matter.
    pub seats: String,
    /// Whether the time, the place, the link or the title changed.
    pub changed: bool,
    /// Whether only the title changed.
    pub title_only: bool,
    /// Whether the title changed together with something else.
    pub renamed: bool,
    /// Whether the recipient already had the seat, and only the number of guests changed.
    pub guests_changed: bool,
    /// Whether fewer seats are free now than the recipient wants.
    pub free_now: bool,
    /// Whether the email asks for a decision, which its button leads to.
    pub needs_decision: bool,
    /// Whether the recipient has a seat online and is on the waitlist for the room (A12).
    pub waits_for_room: bool,
    /// Whether the recipient keeps their seat online.
    pub keeps_online: bool,
    /// Whether the host or the group approved the request.
    pub accepted: bool,
    /// The message that somebody wrote, line by line.
    pub reason: Vec<String>,
    /// The address of the group's page that the email links to.
    pub group_page: String,
    /// Whether the recipient was removed from a group. Otherwise they left.
    pub removed: bool,
    /// The events for which the recipient lost their seat when they left a group.
    pub given_up: Vec<EventView>,
    /// The sign-in link, or the link of the button.
    pub link: String,
    /// The sign-in code, in groups of four digits.
    pub code: String,
    /// The organiser's message in an announcement: paragraphs, each line by line.
    pub message: Vec<Vec<String>>,
    /// The summary of a new event. It can be empty.
    pub summary: String,
    /// The emails that a digest contains.
    pub items: Vec<Item<'a>>,
    /// How many more emails there were than the digest contains.
    pub more: u32,
    /// The recipient's upcoming events, in a digest.
    pub upcoming: Vec<EventView>,
    /// The unsubscribe link. `None` for emails that can't be turned off.
    pub mute: Option<Mute>,
    /// The sentences of the email, if it is a notice.
    pub notice: Option<Notice>,
}

/// An email in a digest.
pub(super) struct Item<'a> {
    /// The subject that the email would have by itself.
    pub subject: String,
    /// The view that its own templates would get.
    pub view: View<'a>,
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
        config: &MailConfig,
        at: Instant,
        quote: fn(&str) -> String,
    ) -> Self {
        let community = quote(&clean::short_line(&config.community, 100));
        let name = quote(&clean::short_line(&to.name, 100));
        let mut view = Self {
            to,
            has_name: !name.is_empty(),
            args: vec![
                ("community", Arg::Text(community.clone())),
                ("name", Arg::Text(name)),
                ("reply", yes_or_no(config.mail_reply)),
            ],
            quote,
            community,
            light: &colours::LIGHT,
            dark: &colours::DARK,
            head: &colours::HEAD,
            home: config.address_of(""),
            event: None,
            before: None,
            seated: !email.calendars().is_empty(),
            seats: String::new(),
            changed: false,
            title_only: false,
            renamed: false,
            guests_changed: false,
            free_now: false,
            needs_decision: matches!(
                email,
                Email::Offer(_)
                    | Email::FewerOffered(_)
                    | Email::Waitlisted(emails::Waitlisted { free: Some(_), .. })
            ),
            waits_for_room: false,
            keeps_online: false,
            accepted: false,
            reason: Vec::new(),
            group_page: String::new(),
            removed: false,
            given_up: Vec::new(),
            link: String::new(),
            code: String::new(),
            message: Vec::new(),
            summary: String::new(),
            items: Vec::new(),
            more: 0,
            upcoming: Vec::new(),
            mute: None,
            notice: None,
        };
        view.set_mute_link(email, config);
        match email {
            Email::NoAccount(_) => view.link = config.address_of("/request-invitation"),
            Email::SignIn(emails::SignIn { link, code, expires_at }) => {
                view.link = config.address_of(link);
                view.code = grouped(code);
                let minutes = (*expires_at - at).num_seconds().max(0).div_euclid(60);
                view.args.push(("minutes", Arg::Number(minutes)));
                view.args.push(("code", Arg::Text(view.code.clone())));
            }
            Email::ProveAddress(emails::ProveAddress { code, .. }) => {
                view.link = config.address_of("profile/address");
                view.code = grouped(code);
                view.args.push(("code", Arg::Text(view.code.clone())));
            }
            Email::Confirmed(emails::Confirmed { event, guests, in_line, guests_before, .. }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats", *guests);
                view.waits_for_room = *in_line;
                view.guests_changed = guests_before.is_some();
                view.args.push(("before", Arg::Number(i64::from(guests_before.unwrap_or(*guests)))));
            }
            Email::Promoted(emails::Promoted { event, guests, by_host, .. }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats", *guests);
                view.args.push(("host", yes_or_no(*by_host)));
            }
            Email::Approved(emails::Approved { event, guests, .. }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats", *guests);
            }
            Email::Waitlisted(emails::Waitlisted { event, guests, position, because, offers, free }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats-waiting", *guests);
                view.args.push(("position", Arg::Number(i64::from(*position))));
                view.args.push(("offers", yes_or_no(*offers)));
                if let Some(free) = free {
                    view.free_now = true;
                    view.set_free(free.seats, *guests, free.until);
                }
                view.accepted = *because == WaitlistReason::Accepted;
                view.keeps_online = *because == WaitlistReason::KeepsOnline;
            }
            Email::Requested(emails::Requested { event, guests })
            | Email::MovedBack(emails::MovedBack { event, guests, .. }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats-waiting", *guests);
            }
            Email::Offer(emails::Offer { event, guests, until }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats-offered", *guests);
                view.set_until(*until);
            }
            Email::FewerOffered(emails::FewerOffered { event, guests, free, until }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats-waiting", *guests);
                view.set_free(*free, *guests, *until);
            }
            Email::OfferExpired(emails::OfferExpired { event, keeps_online }) => {
                view.set_event(event, config);
                view.keeps_online = *keeps_online;
                if !keeps_online {
                    view.clear_seat_link();
                }
            }
            Email::SeatDeclined(emails::SeatDeclined { event, words }) => {
                view.set_event(event, config);
                view.clear_seat_link();
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::NewRequests(emails::NewRequests { slug, title, requests, names }) => {
                view.set_requests(slug, title, *requests, config);
                view.reason = names.iter().map(|name| quote(&clean::short_line(name, 100))).collect();
                view.more = requests.saturating_sub(u32::try_from(names.len()).unwrap_or(u32::MAX));
                view.args.push(("more", Arg::Number(i64::from(view.more))));
            }
            Email::RequestWaits(emails::RequestWaits { slug, title, requests }) => {
                view.set_requests(slug, title, *requests, config);
            }
            Email::Left(emails::Left { event, .. }) => {
                view.set_event(event, config);
                view.clear_seat_link();
            }
            Email::Reinstated(emails::Reinstated { event, was, .. }) => {
                view.set_event(event, config);
                match was {
                    Some(was) => view.set_changes(event, was, config),
                    None => view.args.push(("changed", Arg::Text("no".to_owned()))),
                }
            }
            Email::Rescheduled(emails::Rescheduled { event, was, .. }) => {
                view.set_event(event, config);
                view.set_changes(event, was, config);
            }
            Email::Cancelled(emails::Cancelled { event, reason, .. }) => {
                view.set_event(event, config);
                view.clear_seat_link();
                view.reason = clean::lines(reason).iter().map(|line| quote(line)).collect();
            }
            Email::JoinRequested(emails::JoinRequested { group, name: requester, words }) => {
                view.set_group(group, "/members", config);
                view.args.push(("who", Arg::Text(quote(&clean::short_line(requester, 100)))));
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::JoinDecided(emails::JoinDecided { group, accepted, words }) => {
                view.set_group(group, "", config);
                view.accepted = *accepted;
                view.reason = clean::lines(words).iter().map(|line| quote(line)).collect();
            }
            Email::GroupInvitation(emails::GroupInvitation { group, purpose, from, link }) => {
                view.set_group(group, "/invitation", config);
                if let Some(link) = link {
                    view.group_page = config.address_of(&link.path);
                }
                view.args.push(("who", Arg::Text(quote(&clean::short_line(from, 100)))));
                view.reason = clean::lines(purpose).iter().map(|line| quote(line)).collect();
            }
            Email::GroupLeft(emails::GroupLeft { group, removed, events }) => {
                view.set_group(group, "", config);
                view.removed = *removed;
                view.given_up =
                    events.iter().map(|GivenUp { event, .. }| view.event_view(event, config)).collect();
            }
            Email::Reminder(emails::Reminder { event, guests, hours, .. }) => {
                view.set_event(event, config);
                view.seats = view.set_seats("email-seats", *guests);
                view.args.push(("hours", Arg::Number(i64::from(*hours))));
            }
            Email::Announcement(emails::Announcement { event, from, subject, words, trial, .. }) => {
                view.set_event(event, config);
                view.set_sender(from);
                view.args.push(("subject", Arg::Text(quote(&clean::short_line(subject, 120)))));
                view.args.push(("trial", yes_or_no(*trial)));
                view.message = paragraphs(words, quote);
            }
            Email::NewEvent(emails::NewEvent { event, summary, .. }) => {
                view.set_event(event, config);
                view.summary = quote(&clean::line(summary));
            }
            Email::Digest(emails::Digest { items, more, coming, .. }) => {
                view.more = *more;
                let count = items.len().saturating_add(usize::try_from(*more).unwrap_or(0));
                view.args.push(("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))));
                view.args.push(("more", Arg::Number(i64::from(*more))));
                view.upcoming = coming.iter().map(|event| view.event_view(event, config)).collect();
            }
            _ => view.set_notice(email, config),
        }
        view
    }

    fn set_group(&mut self, group: &GroupFacts, page: &str, config: &MailConfig) {
        let name = (self.quote)(&clean::short_line(&group.name, 200));
        self.args.push(("group", Arg::Text(name)));
        self.group_page = config.address_of(&format!("groups/{}{page}", group.slug));
    }

    /// Sets the sentences of a notice and their arguments.
    fn set_notice(&mut self, email: &Email, config: &MailConfig) {
        let mut names_sender = false;
        match email {
            Email::Invitation(emails::Invitation { by, note, until, .. }) => {
                let by = (self.quote)(&clean::short_line(by, 100));
                names_sender = !by.is_empty();
                self.args.push(("by", Arg::Text(by)));
                self.args.push(("until", Arg::Text(self.at(*until, Shape::FullDate))));
                self.set_reason(note);
            }
            Email::DeletionPlanned(emails::DeletionPlanned { at }) => {
                self.args.push(("at", Arg::Text(self.at(*at, Shape::DateTimeYear))));
                self.args.push(("city", Arg::Text(self.to.zone.city())));
            }
            Email::DeletionWaits(emails::DeletionWaits { groups }) => self.set_reason(&groups.join("\n")),
            Email::Suspended(emails::Suspended { reason })
            | Email::RequestDeclined(emails::RequestDeclined { words: reason })
            | Email::ReportReceived(emails::ReportReceived { words: reason })
            | Email::ReportDecided(emails::ReportDecided { reason, .. })
            | Email::ReportedDecided(emails::ReportedDecided { reason, .. }) => self.set_reason(reason),
            _ => {}
        }
        self.link = config.address_of(&notice::path(email));
        self.notice = notice::notice(email, names_sender);
    }

    /// Sets the message that somebody wrote.
    fn set_reason(&mut self, text: &str) {
        self.reason = clean::lines(text).iter().map(|line| (self.quote)(line)).collect();
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
    fn set_mute_link(&mut self, email: &Email, config: &MailConfig) {
        let Some(link) = unsubscribe_link(email, self.to, config) else { return };
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
        self.mute =
            Some(Mute { link, label: self.text(key), preferences: config.address_of("profile/emails") });
    }

    /// Sets the sender's name in sentences. Without a name, it is "the organisers".
    fn set_sender(&mut self, from: &str) {
        let name = clean::short_line(from, 100);
        let name = if name.is_empty() {
            i18n::text(self.to.locale, "email-organisers")
        } else {
            (self.quote)(&name)
        };
        self.args.push(("from", Arg::Text(name)));
    }

    fn set_event(&mut self, event: &EventFacts, config: &MailConfig) {
        let title = (self.quote)(&clean::short_line(&event.title, 200));
        self.args.push(("title", Arg::Text(title)));
        self.event = Some(self.event_view(event, config));
    }

    /// Sets what changed in an event. If the time or place changed, the email shows the old event too.
    fn set_changes(&mut self, event: &EventFacts, was: &EventFacts, config: &MailConfig) {
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
        self.before = matches!(changed, Changed::Time | Changed::Place).then(|| self.event_view(was, config));
    }

    /// Sets how many seats are free for a recipient who wants more, and until when the offer is valid.
    fn set_free(&mut self, free: u32, guests: u8, until: Instant) {
        self.args.push(("free", Arg::Number(i64::from(free))));
        self.args.push(("wanted", Arg::Number(1 + i64::from(guests))));
        self.set_until(until);
    }

    /// Sets the number of pending requests and the link to the page where hosts decide on them.
    fn set_requests(&mut self, slug: &Slug, title: &str, requests: u32, config: &MailConfig) {
        let title = (self.quote)(&clean::short_line(title, 200));
        self.args.push(("title", Arg::Text(title)));
        self.args.push(("requests", Arg::Number(i64::from(requests))));
        self.link = config.address_of(&format!("events/{slug}/people?show=pending"));
    }

    /// Sets the number of guests and seats for the sentences, and returns the sentence about them.
    fn set_seats(&mut self, key: &str, guests: u8) -> String {
        self.args.push(("guests", Arg::Number(i64::from(guests))));
        self.args.push(("seats", Arg::Number(1 + i64::from(guests))));
        self.text(key)
    }

    /// Removes the link to the seat page, because the seat is gone.
    fn clear_seat_link(&mut self) {
        if let Some(event) = &mut self.event {
            event.seat.clear();
        }
    }

    /// Sets the deadline, in the recipient's time zone.
    fn set_until(&mut self, until: Instant) {
        self.args.push(("until", Arg::Text(self.at(until, Shape::DateTime))));
        let zone = clocks::zone_name(self.to.locale, self.to.zone, until);
        self.args.push(("zone", Arg::Text(zone)));
    }

    /// A time in the recipient's time zone.
    fn at(&self, at: Instant, shape: Shape) -> String {
        format::at(self.to.locale, at, self.to.zone, shape)
    }

    fn event_view(&self, event: &EventFacts, config: &MailConfig) -> EventView {
        let time = event.time();
        let (first, second) = clocks::lines(self.to.locale, &time, Some(self.to.zone), Shape::DateTimeYear);
        EventView {
            page: config.address_of(&format!("events/{}", event.slug)),
            // A nil UID means that the recipient has no RSVP, and so no seat page.
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

/// The argument `yes` or `no`, which a sentence can select by.
pub(super) fn yes_or_no(yes: bool) -> Arg {
    Arg::Text(if yes { "yes" } else { "no" }.to_owned())
}

/// Splits typed text into paragraphs at empty lines, and cleans each line.
fn paragraphs(text: &str, quote: fn(&str) -> String) -> Vec<Vec<String>> {
    let lines = clean::lines(text);
    let split = lines.split(String::is_empty).filter(|paragraph| !paragraph.is_empty());
    split.map(|paragraph| paragraph.iter().map(|line| quote(line)).collect()).collect()
}

/// Formats a code as `1234 5678`, because groups of four are easier to read and type.
fn grouped(code: &str) -> String {
    let digits: Vec<char> = clean::line(code).chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
