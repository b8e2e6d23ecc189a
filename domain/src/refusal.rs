//! Why something was not done: a key of the catalogue with its arguments, never a sentence.

use serde::{Deserialize, Serialize};

/// An argument of a sentence in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// Set as it is.
    Text(String),
    /// Set by the rules of the reader's language, plural forms too.
    Number(i64),
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($arg:ident),+ })? = $key:literal),+ $(,)?) => {
        /// Why something was not done. Small, without secrets or personal data: it may travel in a cookie.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Refusal {
            $(
                $(#[$doc])*
                $name $({ $(#[doc = "A number of the sentence."] $arg: i64),+ })?,
            )+
        }

        impl Refusal {
            /// The key of its sentence in the catalogue.
            #[must_use]
            pub fn key(&self) -> &'static str {
                match self { $(Self::$name { .. } => $key,)+ }
            }

            /// The arguments of its sentence.
            #[must_use]
            pub fn args(&self) -> Vec<(&'static str, Arg)> {
                if let Self::SlowDown { seconds } = self {
                    return wait(*seconds);
                }
                match self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), Arg::Number(*$arg))),+)?],)+
                }
            }

            /// Every key there is, so that a test can look for its sentence.
            pub const KEYS: &[&str] = &[$($key),+];
        }
    };
}

refusals! {
    /// Nobody is signed in.
    SignInFirst = "refusal-sign-in-first",
    /// Signed in, but not allowed.
    NotAllowed = "refusal-not-allowed",
    /// The member is suspended.
    Suspended = "refusal-suspended",
    /// The event is a draft.
    NotPublished = "refusal-not-published",
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
    /// The event allows fewer guests.
    TooManyGuests { max } = "refusal-too-many-guests",
    /// There is no free seat where one wants to go; what one has stays.
    NoSeatThere = "refusal-no-seat-there",
    /// Only who waits can do that.
    NotWaiting = "refusal-not-waiting",
    /// The offer has expired, or there never was one.
    OfferExpired = "refusal-offer-expired",
    /// The host said no to the request.
    RequestRejected = "refusal-request-rejected",
    /// Who was to be accepted or rejected does not ask any more.
    NotAsking = "refusal-not-asking",
    /// All seats are taken: the host has to say what then.
    FullChoose = "refusal-full-choose",
    /// The number that was typed is not the one that was asked for; it may have changed meanwhile.
    NumberDiffers { over } = "refusal-number-differs",
    /// Somebody else saved a change since the form was opened.
    ChangedMeanwhile { version } = "refusal-changed-meanwhile",
    /// The sign-in code is wrong; so many attempts are left.
    CodeWrong { left } = "refusal-code-wrong",
    /// The sign-in code or link has expired, was used, or had too many attempts.
    SignInExpired = "refusal-sign-in-expired",
    /// The link was opened in another browser than the one that asked.
    OtherBrowser = "refusal-other-browser",
    /// Too many attempts; wait so many seconds.
    SlowDown { seconds } = "refusal-slow-down",
    /// Newcomers need an invitation.
    InviteOnly = "refusal-invite-only",
    /// The setup link is wrong or was used.
    SetupTokenWrong = "refusal-setup-token-wrong",
    /// The provider's answer cannot be trusted or the person declined.
    ProviderRefused = "refusal-provider-refused",
    /// The provider cannot be reached; sign-in by mail still works.
    ProviderDown = "refusal-provider-down",
    /// A member with this address exists: sign in by mail, then connect the provider.
    AddressTaken = "refusal-address-taken",
    /// The provider's account belongs to another member.
    IdentityTaken = "refusal-identity-taken",
    /// Thanks are for others.
    KudosToOneself = "refusal-kudos-oneself",
    /// The group is closed.
    GroupClosed = "refusal-group-closed",
    /// One comes into this group by asking.
    AskFirst = "refusal-ask-first",
    /// One comes into this group by invitation.
    ByInvitation = "refusal-by-invitation",
    /// The group said no not long ago.
    AskedAlready = "refusal-asked-already",
    /// The group would be left without an organiser.
    LastOrganiser = "refusal-last-organiser",
    /// So many invitations went out today.
    EnoughInvited { max } = "refusal-enough-invited",
    /// The group holds events that have not taken place.
    GroupHasEvents = "refusal-group-has-events",
    /// People outside the group have seats at its coming events.
    OutsidersHaveSeats = "refusal-outsiders-have-seats",
    /// A private group holds no events together with others.
    PrivateHoldsAlone = "refusal-private-holds-alone",
    /// An event has had its announcements of the day (C10).
    TooManyAnnouncements { max } = "refusal-too-many-announcements",
    /// An announcement goes out already, or was taken back.
    AnnouncementGone = "refusal-announcement-gone",
    /// Nobody reports to themself.
    ManagerOneself = "refusal-manager-oneself",
    /// A team cannot be below itself.
    TeamInItself = "refusal-team-in-itself",
    /// Teams go no deeper.
    TeamsTooDeep { max } = "refusal-teams-too-deep",
    /// The picture is larger than is read, in MB.
    PictureTooLarge { max } = "refusal-picture-too-large",
    /// The picture has more pixels than are read, in millions.
    PictureTooManyPixels { max } = "refusal-picture-too-many-pixels",
    /// The file is no picture, or not all of it.
    PictureUnreadable = "refusal-picture-unreadable",
    /// No file was chosen.
    PictureMissing = "refusal-picture-missing",
    /// The page does not link back.
    NoLinkBack = "refusal-no-link-back",
    /// The page could not be read.
    PageUnreachable = "refusal-page-unreachable",
    /// The address leads into a private network.
    PagePrivate = "refusal-page-private",
    /// Somebody must be left who may do everything.
    LastAdministrator = "refusal-last-administrator",
    /// Nobody changes what they themselves may do.
    OwnRights = "refusal-own-rights",
    /// More invitations at once, or in a day, than are sent.
    TooManyInvitations { max } = "refusal-too-many-invitations",
    /// The invitation was used, called back, or sent too often.
    InvitationOver = "refusal-invitation-over",
    /// The invitation link is unknown: replaced, withdrawn, or answered.
    InvitationGone = "refusal-invitation-gone",
    /// The invitation has expired.
    InvitationExpired = "refusal-invitation-expired",
    /// An administrator withdrew the invitation.
    InvitationRevoked = "refusal-invitation-revoked",
    /// The invitation was used, or its address has an account already.
    InvitationUsed = "refusal-invitation-used",
    /// The address got enough emails lately, or wants none.
    CannotEmail = "refusal-cannot-email",
    /// Organisers may not invite people by email address here.
    InviteByName = "refusal-invite-by-name",
    /// Too many requests for an invitation wait or arrived today.
    TooManyRequests = "refusal-too-many-requests",
    /// Everybody may join, so nobody needs to ask.
    NoRequestNeeded = "refusal-no-request-needed",
    /// The letter was sent or ended meanwhile.
    EmailAlreadySettled = "refusal-email-settled",
    /// What was typed is not what confirms it.
    NotConfirmed = "refusal-not-confirmed",
    /// So many groups would be left without an organiser.
    HandOverFirst { groups } = "refusal-hand-over-first",
    /// Nobody blocks or reports themself.
    Oneself = "refusal-oneself",
    /// The same was reported by the same member, and nobody has looked at it yet.
    ReportedAlready = "refusal-reported-already",
    /// Nothing was decided yet, or it was appealed already, or it is not theirs to appeal.
    NoAppeal = "refusal-no-appeal",
    /// It was decided meanwhile.
    DecidedAlready = "refusal-decided-already",
    /// What somebody has, or others wrote, stays in the list.
    LastOfList = "refusal-last-of-list",
    /// The request came from another site.
    ForeignOrigin = "refusal-foreign-origin",
    /// A field that must be filled is empty.
    Missing = "problem-missing",
    /// A text is too long.
    TooLong { max } = "problem-too-long",
    /// A text is too short.
    TooShort { min } = "problem-too-short",
    /// More were chosen than fit.
    TooMany { max } = "problem-too-many",
    /// Not a mail address.
    BadAddress = "problem-bad-address",
    /// What stands on that line is not a mail address.
    BadAddressAt { line } = "problem-bad-address-at",
    /// Not a known time zone.
    BadZone = "problem-bad-zone",
    /// Not a date.
    BadDate = "problem-bad-date",
    /// The date is in a year that calendars cannot hold.
    YearOutOfRange = "problem-year-out-of-range",
    /// Not a time of day.
    BadTime = "problem-bad-time",
    /// Not a whole number in the range.
    BadNumber { min, max } = "problem-bad-number",
    /// Nobody is called that, or more than one.
    NobodyCalled = "problem-nobody-called",
    /// It stands there already.
    AlreadyThere = "problem-already-there",
    /// Not one of the choices.
    BadChoice = "problem-bad-choice",
    /// Not an https address.
    BadUrl = "problem-bad-url",
    /// An address that means something else on each machine.
    NoPublicUrl = "problem-no-public-url",
    /// Neither a place nor a link.
    PlaceOrLink = "problem-place-or-link",
    /// Nothing of several was chosen.
    ChooseOne = "problem-choose-one",
    /// After the event there is nobody to tell any more.
    AfterTheEnd = "problem-after-the-end",
    /// Several members are called that.
    SeveralCalled = "problem-several-called",
    /// That member is in the group.
    AlreadyIn = "problem-already-in",
    /// The time has passed.
    InThePast = "problem-in-the-past",
    /// Closes before it opens, or opens after the start.
    WindowBackwards = "problem-window-backwards",
}

/// A wait as people count it: whole minutes, rounded up, and hours once there are two of them.
fn wait(seconds: i64) -> Vec<(&'static str, Arg)> {
    let minutes = (seconds.max(1) + 59) / 60;
    let hours = if minutes < 120 { 0 } else { (minutes + 59) / 60 };
    vec![("minutes", Arg::Number(minutes)), ("hours", Arg::Number(hours))]
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name, as in the form.
    pub field: String,
    /// What is wrong with it.
    pub why: Refusal,
}

/// What is wrong with a form, in the order of its fields; never empty when returned as an error.
pub type Problems = Vec<Problem>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_minutes_and_hours() {
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
