//! Every kind of email that Guildhall sends. An email holds copies of its facts as they were when it was
//! queued, so later changes do not alter it.
//!
//! Each kind is a file of its own with its facts and an implementation of [`Kind`]. The list in this file makes
//! everything that needs all kinds: the enum [`Email`], [`Email::KINDS`] and [`Email::samples`].

use serde::{Deserialize, Serialize};

mod address_changed;
mod agenda_changed;
mod announcement;
mod approved;
mod calendar;
mod cancelled;
mod categories;
mod check_in_asked;
mod circle_news;
mod co_speaker_invited;
mod cohost_invited;
mod cohost_removed;
mod comment_posted;
mod confirm_seat;
mod confirmed;
mod content;
mod deletion_done;
mod deletion_planned;
mod deletion_waits;
mod demand_news;
mod demand_scheduled;
mod digest;
mod email_confirmed;
mod facts;
mod fewer_offered;
mod group_invitation;
mod group_left;
mod hello_answered;
mod hello_said;
mod host_message;
mod invitation;
mod invitation_requested;
mod join_decided;
mod join_requested;
mod kind;
mod kudos_reacted;
mod kudos_received;
mod left;
mod matching_paused;
mod measure_taken;
mod meeting_agreed;
mod meeting_cancelled;
mod meeting_facts;
mod meeting_proposed;
mod mentor_message;
mod mentor_request_answered;
mod mentor_requested;
mod mentor_wanted;
mod mentorship_ended;
mod mentorship_started;
mod moved_back;
mod new_event;
mod new_requests;
mod no_account;
mod no_mentee;
mod not_matched;
mod offer;
mod offer_expired;
mod pair_alert;
mod pair_news;
mod prelude;
mod promoted;
mod proposal_ended;
mod proposal_reminder;
mod proposal_to_mentee;
mod proposal_to_mentor;
mod prove_address;
mod question_news;
mod questions_added;
mod recipients;
mod reinstated;
mod reminder;
mod report_decided;
mod report_received;
mod reported_decided;
mod request_declined;
mod request_waits;
mod requested;
mod rescheduled;
mod role_changed;
mod round_cancelled;
mod round_email;
mod samples;
mod seat_declined;
mod seat_moved;
mod seat_removed;
mod seat_still_wanted;
mod series_cancelled;
mod series_rescheduled;
mod series_seats;
mod sign_in;
mod sign_in_reminder;
mod sign_up_review;
mod slides_wanted;
mod speaker_proposed;
mod speed_round_news;
mod submission_news;
mod suspended;
mod suspension_lifted;
mod waitlisted;
mod weekly_kudos;

pub use agenda_changed::{MovedSession, SessionSlot};
pub use calendar::{Calendar, CalendarEntry, Method};
pub use categories::{Delivery, EmailCategory, EmailPreference, EmailPreferences};
pub use circle_news::CircleEvent;
pub use comment_posted::NewComment;
pub use content::{Content, Facts, Part, Preview, Target, Value};
pub use demand_news::DemandEvent;
pub use facts::{
    AcceptLink, Changed, EndedBecause, EventFacts, FreeNow, GivenUp, GroupFacts, KudosFacts, Mailing, Moved,
    ProposalFacts, Quote, Recipient, ThankedFacts, WaitlistReason,
};
pub use kind::Kind;
pub use meeting_facts::{CancelledMeeting, MeetingFacts};
pub use pair_news::PairEvent;
pub use question_news::QuestionEvent;
pub use recipients::{MAX_RSVP_EMAILS, RSVP_EMAILS_WINDOW};
pub use samples::Sample;
pub use speed_round_news::SpeedRoundEvent;
pub use submission_news::SubmissionEvent;

use crate::{Instant, RsvpId};

/// Makes everything that needs all kinds from one list.
macro_rules! kinds {
    ($($(#[$attribute:meta])* $kind:ident: $Type:ident),+ $(,)?) => {
        $(pub use $kind::$Type;)+

        /// One email: its kind and its facts. Stored as JSON in the outbox until it is sent.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Email {
            $(
                $(#[$attribute])*
                #[doc = concat!("See [`", stringify!($Type), "`].")]
                $Type($Type),
            )+
        }

        $(impl From<$Type> for Email {
            fn from(facts: $Type) -> Self {
                Self::$Type(facts)
            }
        })+

        impl Email {
            /// The name of every kind.
            pub const KINDS: &[&str] = &[$(stringify!($kind)),+];

            /// The name of the kind: the tag of its JSON and a column of the outbox.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$Type(_) => stringify!($kind),)+
                }
            }

            /// Samples of every kind. Each has a name that starts with its kind.
            #[must_use]
            pub fn samples(sample: &Sample) -> Vec<(String, Self)> {
                let mut samples = Vec::new();
                $(
                    samples.push((stringify!($kind).to_owned(), $Type::sample(sample).into()));
                    for (variant, facts) in $Type::variants(sample) {
                        samples.push((format!("{}_{variant}", stringify!($kind)), facts.into()));
                    }
                )+
                samples
            }

            fn facts(&self) -> &dyn Kind {
                match self {
                    $(Self::$Type(facts) => facts,)+
                }
            }
        }
    };
}

// An alias is the name of a kind in emails that an older version queued.
kinds! {
    sign_in: SignIn,
    confirm_seat: ConfirmSeat,
    no_account: NoAccount,
    prove_address: ProveAddress,
    address_changed: AddressChanged,
    confirmed: Confirmed,
    waitlisted: Waitlisted,
    requested: Requested,
    approved: Approved,
    #[serde(alias = "rejected")]
    seat_declined: SeatDeclined,
    seat_removed: SeatRemoved,
    questions_added: QuestionsAdded,
    seat_moved: SeatMoved,
    series_seats: SeriesSeats,
    seat_still_wanted: SeatStillWanted,
    host_message: HostMessage,
    cohost_invited: CohostInvited,
    cohost_removed: CohostRemoved,
    hello_said: HelloSaid,
    hello_answered: HelloAnswered,
    new_requests: NewRequests,
    request_waits: RequestWaits,
    offer: Offer,
    offer_expired: OfferExpired,
    #[serde(alias = "fewer")]
    fewer_offered: FewerOffered,
    #[serde(alias = "bumped")]
    moved_back: MovedBack,
    promoted: Promoted,
    left: Left,
    rescheduled: Rescheduled,
    cancelled: Cancelled,
    series_rescheduled: SeriesRescheduled,
    series_cancelled: SeriesCancelled,
    reinstated: Reinstated,
    join_requested: JoinRequested,
    join_decided: JoinDecided,
    group_invitation: GroupInvitation,
    group_left: GroupLeft,
    role_changed: RoleChanged,
    reminder: Reminder,
    announcement: Announcement,
    new_event: NewEvent,
    digest: Digest,
    kudos_received: KudosReceived,
    kudos_reacted: KudosReacted,
    comment_posted: CommentPosted,
    weekly_kudos: WeeklyKudos,
    invitation: Invitation,
    invitation_requested: InvitationRequested,
    request_declined: RequestDeclined,
    suspended: Suspended,
    suspension_lifted: SuspensionLifted,
    sign_in_reminder: SignInReminder,
    #[serde(alias = "mail_works")]
    email_confirmed: EmailConfirmed,
    deletion_planned: DeletionPlanned,
    deletion_waits: DeletionWaits,
    deletion_done: DeletionDone,
    report_received: ReportReceived,
    report_decided: ReportDecided,
    reported_decided: ReportedDecided,
    sign_up_review: SignUpReview,
    mentor_wanted: MentorWanted,
    proposal_to_mentee: ProposalToMentee,
    proposal_to_mentor: ProposalToMentor,
    proposal_reminder: ProposalReminder,
    proposal_ended: ProposalEnded,
    not_matched: NotMatched,
    no_mentee: NoMentee,
    round_cancelled: RoundCancelled,
    matching_paused: MatchingPaused,
    mentorship_started: MentorshipStarted,
    mentorship_ended: MentorshipEnded,
    meeting_proposed: MeetingProposed,
    meeting_agreed: MeetingAgreed,
    meeting_cancelled: MeetingCancelled,
    pair_news: PairNews,
    check_in_asked: CheckInAsked,
    pair_alert: PairAlert,
    mentor_message: MentorMessage,
    measure_taken: MeasureTaken,
    mentor_requested: MentorRequested,
    mentor_request_answered: MentorRequestAnswered,
    question_news: QuestionNews,
    circle_news: CircleNews,
    round_email: RoundEmail,
    slides_wanted: SlidesWanted,
    speaker_proposed: SpeakerProposed,
    speed_round_news: SpeedRoundNews,
    co_speaker_invited: CoSpeakerInvited,
    submission_news: SubmissionNews,
    demand_news: DemandNews,
    demand_scheduled: DemandScheduled,
    agenda_changed: AgendaChanged,
}

impl Email {
    /// The category under which its recipient chooses how to get it (C9).
    #[must_use]
    pub fn category(&self) -> EmailCategory {
        self.facts().category()
    }

    /// What it says.
    #[must_use]
    pub fn content(&self) -> Content {
        self.facts().content()
    }

    /// The member and group for its unsubscribe link; `None` for emails that members can't turn off (C8).
    #[must_use]
    pub fn mailing(&self) -> Option<&Mailing> {
        self.facts().mailing().filter(|_| self.category().is_optional())
    }

    /// Whether it holds a link or a code that only its recipient may know. Nobody else may read such an
    /// email, and its facts are erased once it has ended. An email that expires need not be secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.facts().is_secret()
    }

    /// Every priority, the most urgent first.
    pub const PRIORITIES: [i32; 3] = [0, 1, 2];

    /// In which order due emails are sent: 0 for links and codes that somebody waits for, 1 for what concerns the
    /// member's own seats and groups and for what expires, 2 for emails to many, such as announcements.
    #[must_use]
    pub fn priority(&self) -> i32 {
        match self {
            _ if self.is_secret() => 0,
            _ if self.expires_at().is_some() || !self.category().is_optional() => 1,
            _ => 2,
        }
    }

    /// The time after which it must not be sent; `None` if it never expires.
    #[must_use]
    pub fn expires_at(&self) -> Option<Instant> {
        self.facts().expires_at()
    }

    /// Its calendar parts (C1, C2): one for each event, because each event has its own UID.
    #[must_use]
    pub fn calendars(&self) -> Vec<Calendar<'_>> {
        self.facts().calendars()
    }

    /// The event that it is about, if it is about one.
    #[must_use]
    pub fn event(&self) -> Option<&EventFacts> {
        self.facts().event()
    }

    /// The recipient's RSVPs that it is about; empty in emails to people without an RSVP.
    #[must_use]
    pub fn rsvps(&self) -> Vec<RsvpId> {
        self.facts().rsvps()
    }

    /// The names of the kinds that contain texts of other members, which are erased with their author.
    pub const QUOTING_KINDS: [&str; 9] = [
        "kudos_received",
        "weekly_kudos",
        "comment_posted",
        "host_message",
        "announcement",
        "hello_said",
        "hello_answered",
        "demand_news",
        "digest",
    ];

    /// The texts of other members that it contains and that are erased with their author.
    #[must_use]
    pub fn quotes(&self) -> Vec<Quote> {
        self.facts().quotes()
    }

    /// The address that replies go to, where its author chose to share theirs. Otherwise they go to the community.
    #[must_use]
    pub fn reply_to(&self) -> Option<&str> {
        self.facts().reply_to()
    }

    /// Whether it only confirms what the member just did with their own RSVP.
    #[must_use]
    pub fn confirms_own_change(&self) -> bool {
        self.facts().confirms_own_change()
    }

    /// Whether its recipient has no account. Text that people typed must not become a link there, and the
    /// email offers to stop such emails.
    #[must_use]
    pub fn is_to_stranger(&self) -> bool {
        self.facts().is_to_stranger()
    }

    /// The path that a notification about the same thing links to; `None` for kinds without a notification.
    #[must_use]
    pub fn notification(&self) -> Option<String> {
        self.facts().notification()
    }

    /// This email, as a replacement for one about the same RSVP that was never sent. The number of guests
    /// before the change comes from the last email that the recipient did get.
    #[must_use]
    pub fn in_place_of(mut self, unsent: &Self) -> Self {
        if let (Self::Confirmed(email), Self::Confirmed(unsent)) = (&mut self, unsent)
            && email.guests_before.is_some()
        {
            email.guests_before = unsent.guests_before.filter(|known| *known != email.guests);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F1: the job that deletes emails with erased texts reads these kinds only.
    #[test]
    fn f1_every_kind_with_a_text_of_another_member_is_listed() {
        let mut kinds: Vec<String> = Vec::new();
        let sample = Sample { hostile: false };
        let quoting = Email::samples(&sample).into_iter().filter(|(_, email)| !email.quotes().is_empty());
        kinds.extend(quoting.map(|(_, email)| email.kind().to_owned()));
        kinds.sort();
        kinds.dedup();
        // The sample of a digest contains no kudos.
        let mut expected = Email::QUOTING_KINDS.to_vec();
        expected.retain(|kind| *kind != "digest");
        expected.sort_unstable();
        assert_eq!(kinds, expected);
        let kudos = KudosReceived::sample(&sample);
        let digest = Digest { items: vec![kudos.clone().into()], ..Digest::sample(&sample) };
        assert_eq!(Email::from(digest).quotes(), [Quote::Kudos(kudos.kudos)]);
    }
}
