//! Reasons for refusing an action: the key of a message in the catalogue and its arguments, never the
//! message itself.

use serde::{Deserialize, Serialize};

/// An argument of a message in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// Inserted unchanged.
    Text(String),
    /// Formatted for the reader's language, and used to choose the plural form.
    Number(i64),
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($arg:ident),+ })? = $key:literal),+ $(,)?) => {
        /// Why an action was refused. Small and without secrets or personal data, because it may travel in
        /// a cookie.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Refusal {
            $(
                $(#[$doc])*
                $name $({ $(#[doc = "A number of the sentence."] $arg: i64),+ })?,
            )+
        }

        impl Refusal {
            /// The key of its message in the catalogue.
            #[must_use]
            pub fn key(&self) -> &'static str {
                match self { $(Self::$name { .. } => $key,)+ }
            }

            /// The arguments of its message.
            #[must_use]
            pub fn args(&self) -> Vec<(&'static str, Arg)> {
                if let Self::SlowDown { seconds } = self {
                    return wait(*seconds);
                }
                match self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), Arg::Number(*$arg))),+)?],)+
                }
            }

            /// Every key, so that a test can check that each has a message.
            pub const KEYS: &[&str] = &[$($key),+];
        }
    };
}

refusals! {
    /// The visitor is not signed in.
    SignInFirst = "refusal-sign-in-first",
    /// The member is signed in but lacks the permission.
    NotAllowed = "refusal-not-allowed",
    /// The member is suspended.
    Suspended = "refusal-suspended",
    /// The event is a draft.
    NotPublished = "refusal-not-published",
    /// The member declined to co-host this event less than `days` days ago.
    CohostDeclined { days } = "refusal-cohost-declined",
    /// The member has the most access tokens that they can have (K1).
    TooManyTokens { max } = "refusal-too-many-tokens",
    /// The event has the most co-hosts that it can have (F9).
    TooManyCohosts { max } = "refusal-too-many-cohosts",
    /// The member hosts the event already (F9).
    HostsAlready = "refusal-hosts-already",
    /// The member opted out of hellos (F8).
    NoHellos = "refusal-no-hellos",
    /// Members don't see the name of somebody who says hello.
    HelloNeedsName = "refusal-hello-name",
    /// The actor's last hello to this member waits for an answer (F8).
    HelloWaits = "refusal-hello-waits",
    /// The hello was answered before (F8).
    HelloAnswered = "refusal-hello-answered",
    /// The event was published before, so it can't be deleted.
    NotDraft = "refusal-not-draft",
    /// The event is over.
    EventOver = "refusal-event-over",
    /// The event is cancelled.
    EventCancelled = "refusal-event-cancelled",
    /// The event is not cancelled, so it cannot be reinstated.
    EventNotCancelled = "refusal-event-not-cancelled",
    /// Registration has not opened (A13).
    RegistrationNotOpen = "refusal-registration-not-open",
    /// Registration has closed (A13).
    RegistrationClosed = "refusal-registration-closed",
    /// The event allows at most `max` guests for each member.
    TooManyGuests { max } = "refusal-too-many-guests",
    /// There is no free seat in the mode the member wants to switch to. They keep the seat they have.
    NoSeatThere = "refusal-no-seat-there",
    /// The member is not on the waitlist, and the action needs that.
    NotWaiting = "refusal-not-waiting",
    /// The offer has expired, was withdrawn, or never existed.
    OfferExpired = "refusal-offer-expired",
    /// The host declined this member's request.
    RequestDeclinedByHost = "refusal-request-declined",
    /// The request that the host wants to approve or decline was withdrawn.
    NotAsking = "refusal-not-asking",
    /// All seats are taken, and the host must choose between the waitlist and going over capacity.
    FullChoose = "refusal-full-choose",
    /// The host typed another number than the seats to free, which is now `over`.
    NumberDiffers { over } = "refusal-number-differs",
    /// Somebody else saved a change since the form was opened. `version` is the current one.
    ChangedMeanwhile { version } = "refusal-changed-meanwhile",
    /// The sign-in code is wrong. `left` is the number of attempts that are left.
    CodeWrong { left } = "refusal-code-wrong",
    /// The sign-in code or link has expired, was used, or had too many attempts.
    SignInExpired = "refusal-sign-in-expired",
    /// The sign-in link was opened in another browser than the one that requested it.
    OtherBrowser = "refusal-other-browser",
    /// Too many attempts: try again after `seconds`.
    SlowDown { seconds } = "refusal-slow-down",
    /// New people need an invitation to join.
    InviteOnly = "refusal-invite-only",
    /// The setup link is wrong or was used already.
    SetupTokenWrong = "refusal-setup-token-wrong",
    /// The sign-in provider's response is not valid, or the person declined to sign in there.
    ProviderRefused = "refusal-provider-refused",
    /// The sign-in provider cannot be reached. Sign-in by email still works.
    ProviderDown = "refusal-provider-down",
    /// A member with this address exists. They must sign in by email and then connect the provider.
    AddressTaken = "refusal-address-taken",
    /// The provider's account is connected to another member.
    IdentityTaken = "refusal-identity-taken",
    /// Members can't give kudos to themselves.
    KudosToOneself = "refusal-kudos-oneself",
    /// The member gave `max` kudos in 24 hours, and can give more in `hours` hours (K4).
    KudosPerDay { max, hours } = "refusal-kudos-per-day",
    /// The member gave `max` kudos to this person in seven days, and can give more in `days` days (K4).
    KudosPerPerson { max, days } = "refusal-kudos-per-person",
    /// The member gave `max` kudos to this team in seven days, and can give more in `days` days (K4).
    KudosPerTeam { max, days } = "refusal-kudos-per-team",
    /// Comments are turned off below this record.
    CommentsOff = "refusal-comments-off",
    /// There is no room for more comments below this record.
    CommentsFull = "refusal-comments-full",
    /// A comment can be edited for `minutes` minutes.
    CommentEditOver { minutes } = "refusal-comment-edit-over",
    /// As many members as possible added their thanks to these kudos.
    KudosAddedFull = "refusal-kudos-added-full",
    /// Kudos can't be changed once somebody added their thanks to them.
    KudosEditAdded = "refusal-kudos-edit-added",
    /// Members can't give kudos to the team that they work in (K1).
    KudosToOwnTeam = "refusal-kudos-own-team",
    /// The member gave kudos with the same text before (K4).
    KudosSameText = "refusal-kudos-same-text",
    /// Kudos can be changed for `minutes` minutes (K6).
    KudosEditOver { minutes } = "refusal-kudos-edit-over",
    /// Neither a person nor a team was chosen.
    KudosToNobody = "problem-kudos-to-nobody",
    /// Another run of this round is not finished.
    RunGoing = "refusal-run-going",
    /// The round is being published right now, and can't change meanwhile.
    RoundBusy = "refusal-round-busy",
    /// The round is not closed for sign-up, so its people cannot be matched.
    RoundNotClosed = "refusal-round-not-closed",
    /// The run has no draft, or its draft was published or cancelled.
    RunNotDraft = "refusal-run-not-draft",
    /// Sign-ups or decisions changed after the run read them.
    RunOutdated = "refusal-run-outdated",
    /// The check of the certificate failed.
    RunNotVerified = "refusal-run-not-verified",
    /// The proposal was answered, withdrawn, or has expired.
    ProposalOver = "refusal-proposal-over",
    /// Sign-up for the mentoring round has not opened.
    MentoringNotOpen = "refusal-mentoring-not-open",
    /// The mentoring round is over or cancelled.
    MentoringClosed = "refusal-mentoring-closed",
    /// The mentorship has ended.
    MentorshipOver = "refusal-mentorship-over",
    /// The mentorship is paused.
    MentorshipPaused = "refusal-mentorship-paused",
    /// The mentorship has another state than the form assumed.
    MentorshipChanged = "refusal-mentorship-changed",
    /// The mentorship was extended before.
    ExtendedBefore = "refusal-extended-before",
    /// The meeting is over or was cancelled, or the time is no longer proposed.
    MeetingOver = "refusal-meeting-over",
    /// The other person has to accept one's own proposal.
    NotYourAnswer = "refusal-not-your-answer",
    /// The meeting began less than ten minutes ago, or has not begun.
    NotMissedYet = "refusal-not-missed-yet",
    /// A check-in or feedback can't be given any more, or was given.
    CheckInOver = "refusal-check-in-over",
    /// The mentor has no free place.
    MentorFull = "refusal-mentor-full",
    /// The mentee has as many open requests as are allowed.
    TooManyMentorRequests { max } = "refusal-mentor-requests",
    /// The mentee has an open request to this mentor, or works with them.
    MentorRequestExists = "refusal-mentor-request-exists",
    /// No programme is running in which both members can take part.
    NoSharedProgramme = "refusal-no-shared-programme",
    /// The request was answered, withdrawn, or has expired.
    MentorRequestOver = "refusal-mentor-request-over",
    /// These people of a round got an email of a coordinator in the last day.
    RoundEmailToday = "refusal-round-email-today",
    /// Nobody is in the chosen audience.
    NobodyToEmail = "refusal-nobody-to-email",
    /// The email to people of a round is being sent already.
    RoundEmailSent = "refusal-round-email-gone",
    /// The member said that they are not this speaker, or removed the link.
    SpeakerLinkRemoved = "refusal-speaker-removed",
    /// The member can't see the event.
    CannotSeeEvent = "problem-cannot-see-event",
    /// The circle has no free place.
    CircleFull = "refusal-circle-full",
    /// The circle was closed.
    CircleClosed = "refusal-circle-closed",
    /// The mentor has as many open circles as are allowed.
    TooManyCircles { max } = "refusal-circle-many",
    /// Members can't sign up for the speed round any more, or its plan was published.
    SpeedRoundClosed = "refusal-speed-closed",
    /// The speed round was cancelled.
    SpeedRoundCancelled = "refusal-speed-cancelled",
    /// The speed round is over.
    SpeedRoundOver = "refusal-speed-over",
    /// As many people as are allowed signed up for the speed round.
    SpeedRoundFull { max } = "refusal-speed-full",
    /// The member signed up for another speed round at the same time.
    SpeedRoundOverlaps = "refusal-speed-overlaps",
    /// Somebody who signed up for a speed round is in another one at the new time.
    SpeedRoundOverlapsOthers = "refusal-speed-overlaps-others",
    /// The speed round has no plan yet.
    SpeedPlanMissing = "refusal-speed-plan-missing",
    /// Somebody signed up or withdrew since the plan was made.
    SpeedPlanOutdated = "refusal-speed-plan-outdated",
    /// Another mentor has picked the question.
    QuestionTaken = "refusal-question-taken",
    /// The question was answered or withdrawn, or has expired.
    QuestionOver = "refusal-question-over",
    /// A mentor answers one question at a time.
    OneQuestionAtATime = "refusal-question-one",
    /// The member has as many open questions as are allowed.
    TooManyQuestions { max } = "refusal-question-many",
    /// A required question of the event has no answer (A8).
    AnswersNeeded = "refusal-answers-needed",
    /// The event has started, so answers to its questions can't change any more (B11).
    AnswersTooLate = "refusal-answers-too-late",
    /// The start times of a rotating series are unreadable or too many (B8).
    BadTurns { max } = "problem-bad-turns",
    /// A question was changed while somebody answered it (B11).
    QuestionChanged = "problem-question-changed",
    /// A member who always wants a seat has not answered the questions of the next date (A8, B6).
    SeriesAnswersNeeded = "refusal-series-answers-needed",
    /// The event has as many questions as are allowed (B11).
    TooManyEventQuestions { max } = "refusal-event-questions",
    /// A question with options has fewer than two (B11).
    TwoOptions = "problem-two-options",
    /// A question has more options than are allowed (B11).
    TooManyOptions { max } = "problem-many-options",
    /// The learning request was taken back or removed, or became an event (B10).
    DemandOver = "refusal-demand-over",
    /// Open learning requests look like this one (B10).
    DemandsAlike = "refusal-demands-alike",
    /// Somebody else offered to teach it (B10).
    DemandClaimed = "refusal-demand-claimed",
    /// The group has declined to host it (B10).
    DemandHostDeclined = "refusal-demand-host-declined",
    /// The member has as many open learning requests as are allowed (B10).
    TooManyDemands { max } = "refusal-demand-many",
    /// The member offered to teach as many learning requests as are allowed (B10).
    TooManyClaims { max } = "refusal-demand-claims",
    /// Members of a hybrid series choose at each date how they come (A12, B6).
    SeriesIsHybrid = "refusal-series-is-hybrid",
    /// An earlier change of the series is still being saved (B5).
    SeriesBusy = "refusal-series-busy",
    /// The date has begun, and the past of a series never changes (B5).
    SeriesDateBegun = "refusal-series-date-begun",
    /// Before the start, nobody is known to be missing (E3).
    EventNotBegun = "refusal-event-not-begun",
    /// The form's access token was revoked, and the form cannot bring it back (K1).
    TokenRevoked = "refusal-token-revoked",
    /// An earlier request with the same key gave kudos with another text (K1).
    KeyOfOtherKudos = "refusal-key-of-other-kudos",
    /// A time or a length is not a multiple of five minutes (D4).
    NotOnGrid = "problem-not-on-grid",
    /// A list of speakers is too long, or one of its names is.
    BadSpeakers { max } = "problem-speakers",
    /// The event has a room of this name.
    RoomExists = "problem-room-exists",
    /// The room is used in the draft or in the released agenda.
    RoomInUse = "refusal-room-in-use",
    /// The event has `max` rooms.
    TooManyRooms { max } = "refusal-rooms-many",
    /// The event has `max` sessions.
    TooManySessions { max } = "refusal-sessions-many",
    /// The session has a slot or a proposal, so it can't be removed.
    SessionInUse = "refusal-session-in-use",
    /// A seat at a workshop needs one at its event (D7).
    WorkshopNeedsSeat = "refusal-workshop-needs-seat",
    /// The member has a seat at another workshop at the same time (D7).
    WorkshopOverlaps = "refusal-workshop-overlaps",
    /// There is no free seat to swap to, so the member keeps the old one (D7).
    WorkshopFull = "refusal-workshop-full",
    /// Fewer people wait than seats would become free, so some would go back to the same people (A16).
    SeatsComeBack = "refusal-seats-come-back",
    /// People move to later dates of the same series only (A16).
    NotSameSeries = "refusal-not-same-series",
    /// A workshop needs a room and a start in the released agenda.
    WorkshopNeedsSlot = "refusal-workshop-needs-slot",
    /// The file is no PDF (D8).
    NotPdf = "problem-not-pdf",
    /// The file is larger than `max` megabytes.
    SlidesTooLarge { max } = "problem-slides-large",
    /// No file was chosen.
    SlidesMissing = "problem-slides-missing",
    /// The session has `max` files with slides.
    TooManySlides { max } = "refusal-slides-many",
    /// The session must not be recorded (D8).
    DoNotRecord = "refusal-do-not-record",
    /// The member has `max` open questions in this session (D14).
    TooManySessionQuestions { max } = "refusal-session-questions-many",
    /// The session has as many questions as a session can have.
    SessionQuestionsFull = "refusal-session-questions-full",
    /// Questions to the speakers are closed.
    SessionQuestionsClosed = "refusal-session-questions-closed",
    /// The draft of an agenda changed since the page of its release was opened (D6).
    BoardChanged = "refusal-board-changed",
    /// The draft of an agenda has `count` conflicts that block its release (D5).
    AgendaConflicts { count } = "refusal-agenda-conflicts",
    /// The draft of an agenda is the same as the released one (D6).
    NothingToRelease = "refusal-nothing-to-release",
    /// The deadline of the call has passed (D3).
    CallClosed = "refusal-call-closed",
    /// Speakers were promised that reviewers don't see their names (D2).
    AnonymityPromised = "refusal-anonymity-promised",
    /// The call got as many submissions as it can take.
    CallFull = "refusal-call-full",
    /// The member has `max` proposals for this call.
    TooManyProposals { max } = "refusal-proposals-many",
    /// The proposal's state does not allow the change (D1).
    SubmissionOver = "refusal-submission-over",
    /// The proposal was sent to this call before.
    ProposalSentBefore = "refusal-proposal-sent-before",
    /// The proposal has `max` co-speakers.
    TooManyCoSpeakers { max } = "refusal-co-speakers-many",
    /// The member declined to speak in this proposal, or stopped.
    SpokeBefore = "refusal-spoke-before",
    /// The member speaks already in this proposal.
    SpeaksAlready = "refusal-speaks-already",
    /// The call has `max` reviewers.
    TooManyReviewers { max } = "refusal-reviewers-many",
    /// The lines about kinds of sessions can't be read.
    BadSessionKinds = "problem-session-kinds",
    /// A coordinator has excluded the member from the programme.
    ExcludedFromProgramme = "refusal-excluded",
    /// A coordinator has paused the member in the programme.
    PausedInProgramme = "refusal-paused-in-programme",
    /// A coordinator decides neither about themselves nor about somebody they are or were in a mentorship with (M20).
    MeasureOwnPair = "refusal-measure-own-pair",
    /// The measure was lifted, or its appeal was decided.
    MeasureOver = "refusal-measure-over",
    /// The mentoring round has another state than the form assumed.
    RoundStateChanged = "refusal-round-state",
    /// The sign-up has another state than the form assumed.
    SignUpStateChanged = "refusal-sign-up-state",
    /// Sign-up has closed, so a sign-up that was sent stays as it is (M5).
    SignUpIsFixed = "refusal-sign-up-fixed",
    /// The sign-up has `parts` parts without an answer.
    SignUpIncomplete { parts } = "refusal-sign-up-incomplete",
    /// The member has such a sign-up already.
    SignedUpAlready = "problem-signed-up-already",
    /// The text of the import is not the one that was checked.
    ImportChanged = "refusal-import-changed",
    /// The import has `problems` cells that are not valid.
    ImportHasProblems { problems } = "refusal-import-problems",
    /// The member has not agreed to how the sign-up is used.
    ConsentMissing = "refusal-consent-missing",
    /// The programme is for the members of a group.
    OtherGroupOnly = "refusal-mentoring-group-only",
    /// The programme would be left without a coordinator.
    LastCoordinator = "refusal-last-coordinator",
    /// The weights of a programme add up to `total` instead of 1000.
    WeightsDiffer { total } = "problem-weights",
    /// A question has fewer than `min` or more than `max` options.
    OptionsMissing { min, max } = "problem-options",
    /// The round starts before its sign-up closes.
    StartsBeforeSignUpCloses = "problem-starts-before-sign-up-closes",
    /// The round ends on or before its first day, or more than two years later.
    RoundTooShortOrLong = "problem-round-length",
    /// The group is closed.
    GroupClosed = "refusal-group-closed",
    /// People join this group by request.
    AskFirst = "refusal-ask-first",
    /// People join this group by invitation.
    ByInvitation = "refusal-by-invitation",
    /// The group declined this person's request to join a short time ago.
    AskedAlready = "refusal-asked-already",
    /// The group would be left without an organiser.
    LastOrganiser = "refusal-last-organiser",
    /// The daily limit of `max` invitations to groups is reached.
    EnoughInvited { max } = "refusal-enough-invited",
    /// The group has events that are not over.
    GroupHasEvents = "refusal-group-has-events",
    /// People outside the group have seats at its upcoming events.
    OutsidersHaveSeats = "refusal-outsiders-have-seats",
    /// A private group cannot co-host events with other groups.
    PrivateHoldsAlone = "refusal-private-holds-alone",
    /// The event has reached its daily limit of `max` announcements (C10).
    TooManyAnnouncements { max } = "refusal-too-many-announcements",
    /// The announcement is being sent already, or was cancelled.
    AnnouncementGone = "refusal-announcement-gone",
    /// A member can't be their own manager.
    ManagerOneself = "refusal-manager-oneself",
    /// A team can't be inside itself.
    TeamInItself = "refusal-team-in-itself",
    /// Teams can be nested `max` levels deep.
    TeamsTooDeep { max } = "refusal-teams-too-deep",
    /// The picture's file is larger than `max` MB.
    PictureTooLarge { max } = "refusal-picture-too-large",
    /// The picture has more than `max` million pixels.
    PictureTooManyPixels { max } = "refusal-picture-too-many-pixels",
    /// The file is not a picture, or is incomplete.
    PictureUnreadable = "refusal-picture-unreadable",
    /// No picture was chosen.
    PictureMissing = "refusal-picture-missing",
    /// The file with sign-ups is larger than `max` MB.
    SheetTooLarge { max } = "refusal-sheet-too-large",
    /// The file is not text in UTF-8.
    SheetUnreadable = "refusal-sheet-unreadable",
    /// No file was chosen, or it is empty.
    SheetMissing = "refusal-sheet-missing",
    /// The page does not link back to the profile.
    NoLinkBack = "refusal-no-link-back",
    /// The page could not be fetched.
    PageUnreachable = "refusal-page-unreachable",
    /// The page's address leads into a private network.
    PagePrivate = "refusal-page-private",
    /// The last administrator must keep their role.
    LastAdministrator = "refusal-last-administrator",
    /// Administrators can't change their own role.
    OwnRights = "refusal-own-rights",
    /// More than `max` invitations at once or in a day.
    TooManyInvitations { max } = "refusal-too-many-invitations",
    /// The invitation was used or cancelled, or has been sent too often.
    InvitationOver = "refusal-invitation-over",
    /// The invitation link is unknown: the invitation was replaced, withdrawn or answered.
    InvitationGone = "refusal-invitation-gone",
    /// The invitation has expired.
    InvitationExpired = "refusal-invitation-expired",
    /// An administrator withdrew the invitation.
    InvitationRevoked = "refusal-invitation-revoked",
    /// The invitation was used, or its address has an account already.
    InvitationUsed = "refusal-invitation-used",
    /// The address got too many emails recently, or opted out of them.
    CannotEmail = "refusal-cannot-email",
    /// Organisers can't invite people by email address in this community.
    InviteByName = "refusal-invite-by-name",
    /// The limit of open requests for an invitation, or of requests in a day, is reached.
    TooManyRequests = "refusal-too-many-requests",
    /// Everybody can join, so there is no need to request an invitation.
    NoRequestNeeded = "refusal-no-request-needed",
    /// The email was sent or cancelled in the meantime.
    EmailAlreadySettled = "refusal-email-settled",
    /// The background job is running, or has ended in the meantime.
    JobStarted = "refusal-job-started",
    /// The background job has ended in the meantime.
    JobEnded = "refusal-job-ended",
    /// There is always a background job of this kind, so it can't be cancelled.
    JobRecurs = "refusal-job-recurs",
    /// The text typed to confirm the action does not match.
    NotConfirmed = "refusal-not-confirmed",
    /// `groups` groups would be left without an organiser.
    HandOverFirst { groups } = "refusal-hand-over-first",
    /// Members can't block or report themselves.
    Oneself = "refusal-oneself",
    /// The member reported the same content before, and that report is still open.
    ReportedAlready = "refusal-reported-already",
    /// There is no decision to appeal, it was appealed already, or it is not the member's to appeal.
    NoAppeal = "refusal-no-appeal",
    /// Another administrator has decided it already.
    DecidedAlready = "refusal-decided-already",
    /// The last entry of a list cannot be removed.
    LastOfList = "refusal-last-of-list",
    /// The request came from another site.
    ForeignOrigin = "refusal-foreign-origin",
    /// A required field is empty.
    Missing = "problem-missing",
    /// The text is longer than `max` characters.
    TooLong { max } = "problem-too-long",
    /// The text is shorter than `min` characters.
    TooShort { min } = "problem-too-short",
    /// Nobody was selected.
    NobodySelected = "refusal-nobody-selected",
    /// More than `max` entries were chosen.
    TooMany { max } = "problem-too-many",
    /// Not a valid email address.
    BadAddress = "problem-bad-address",
    /// The text on line `line` is not a valid email address.
    BadAddressAt { line } = "problem-bad-address-at",
    /// Not a known time zone.
    BadZone = "problem-bad-zone",
    /// Not a valid date.
    BadDate = "problem-bad-date",
    /// The date is in a year that calendars cannot hold.
    YearOutOfRange = "problem-year-out-of-range",
    /// Not a valid time of day.
    BadTime = "problem-bad-time",
    /// Not a whole number from `min` to `max`.
    BadNumber { min, max } = "problem-bad-number",
    /// No member has this name.
    NobodyCalled = "problem-nobody-called",
    /// The entry is in the list already.
    AlreadyThere = "problem-already-there",
    /// A mentee chose a topic twice.
    TopicChosenTwice = "problem-topic-chosen-twice",
    /// No time was chosen.
    ChooseTimes = "problem-choose-times",
    /// More than three times were chosen.
    TooManyTimes = "problem-too-many-times",
    /// A time does not suit both people, or has passed.
    TimesDoNotSuit = "problem-times-do-not-suit",
    /// Not one of the choices.
    BadChoice = "problem-bad-choice",
    /// Not a valid https address.
    BadUrl = "problem-bad-url",
    /// The address means something different on each computer, for example `localhost`.
    NoPublicUrl = "problem-no-public-url",
    /// Neither a place nor a link to join was given.
    PlaceOrLink = "problem-place-or-link",
    /// At least one option must be chosen.
    ChooseOne = "problem-choose-one",
    /// The time is after the end of the event, when nobody is left to notify.
    AfterTheEnd = "problem-after-the-end",
    /// Several members have this name.
    SeveralCalled = "problem-several-called",
    /// The member is in the group already.
    AlreadyIn = "problem-already-in",
    /// The time has passed.
    InThePast = "problem-in-the-past",
    /// Registration closes before it opens, or opens after the event ends.
    WindowBackwards = "problem-window-backwards",
    /// A series would have one date only.
    SeriesTooShort = "problem-series-too-short",
    /// A series would have more dates than one may have.
    SeriesTooLong { max } = "problem-series-too-long",
    /// Dates of a series would move by more than `max` days together (B5).
    SeriesMovesTooFar { max } = "problem-series-moves-too-far",
    /// The event is not on the last such weekday of its month.
    NotLastWeekday = "problem-not-last-weekday",
    /// The event would end before it starts, or take too short or too long.
    BadEnd = "problem-bad-end",
    /// The end is before the start, and too far for an event that ends after midnight.
    EndBeforeStart = "problem-end-before-start",
}

/// A wait in units that people use: whole minutes, rounded up, and hours from two hours on. `hours` is 0
/// below that.
fn wait(seconds: i64) -> Vec<(&'static str, Arg)> {
    let minutes = (seconds.max(1) + 59) / 60;
    let hours = if minutes < 120 { 0 } else { (minutes + 59) / 60 };
    vec![("minutes", Arg::Number(minutes)), ("hours", Arg::Number(hours))]
}

/// A problem with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name in the form.
    pub field: String,
    /// The reason, whose message is shown at the field.
    pub why: Refusal,
}

/// The problems of a form, in the order of its fields. Never empty when returned as an error.
pub type Problems = Vec<Problem>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_given_in_minutes_and_hours() {
        for (seconds, minutes, hours) in [
            (0, 1, 0),
            (1, 1, 0),
            (60, 1, 0),
            (61, 2, 0),
            (594, 10, 0),
            (7140, 119, 0),
            (7200, 120, 2),
            (7201, 121, 3),
        ] {
            let args = Refusal::SlowDown { seconds }.args();
            let expected = vec![("minutes", Arg::Number(minutes)), ("hours", Arg::Number(hours))];
            assert_eq!(args, expected, "{seconds}");
        }
    }
}
