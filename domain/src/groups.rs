//! Groups: what one is, who belongs to it and how one comes in.

mod details;

pub use details::{Charter, GroupDetails, GroupForm, Want};

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Instant, Refusal, members::string_enum};

string_enum! {
    /// What a group is.
    GroupKind {
        /// Members of one place or one discipline.
        Chapter = "chapter",
        /// Members who work on one question.
        WorkingGroup = "working_group",
        /// Members of many disciplines who build one thing, for a time.
        VirtualTeam = "virtual_team",
    }
}

string_enum! {
    /// How a member belongs to a group.
    GroupRole {
        /// It is theirs: they say what it is and who looks after it.
        Organiser = "organiser",
        /// Looks after its events and its members.
        CoOrganiser = "co_organiser",
        /// Takes part.
        Member = "member",
    }
}

impl GroupRole {
    /// Whether one looks after the group.
    #[must_use]
    pub fn manages(self) -> bool {
        match self {
            Self::Organiser | Self::CoOrganiser => true,
            Self::Member => false,
        }
    }
}

string_enum! {
    /// Who may know of a group.
    Visibility {
        /// Everybody.
        Public = "public",
        /// Its members and administrators: to everybody else it is not there.
        Private = "private",
    }
}

string_enum! {
    /// How one comes into a group.
    Joining {
        /// By a click.
        Open = "open",
        /// By asking; an organiser answers.
        Request = "request",
        /// When one is invited.
        Invitation = "invitation",
    }
}

/// Invitations to mail addresses that one member may send in a day: strangers cannot be written to in bulk.
pub const MAX_ADDRESSES_PER_DAY: u32 = 20;
/// Invitations to members that one member may send in a day.
pub const MAX_MEMBERS_PER_DAY: u32 = 100;
/// How long an invitation holds.
pub const INVITATION_LIFETIME: Duration = Duration::days(30);
/// How long one waits before asking again after a no.
pub const REQUEST_AGAIN_AFTER: Duration = Duration::days(30);

/// Whether one may come in by one's own click.
///
/// # Errors
/// `GroupClosed`, `AskFirst`, `ByInvitation`.
pub fn may_join(joining: Joining, archived: bool, invited: bool) -> Result<(), Refusal> {
    match joining {
        _ if archived => Err(Refusal::GroupClosed),
        _ if invited => Ok(()),
        Joining::Open => Ok(()),
        Joining::Request => Err(Refusal::AskFirst),
        Joining::Invitation => Err(Refusal::ByInvitation),
    }
}

/// Whether one may ask to come in; `declined_at` is when the last no was said.
///
/// # Errors
/// `GroupClosed`, `ByInvitation`, `AskedAlready`.
pub fn may_ask(
    joining: Joining,
    archived: bool,
    declined_at: Option<Instant>,
    now: Instant,
) -> Result<(), Refusal> {
    match joining {
        _ if archived => Err(Refusal::GroupClosed),
        Joining::Invitation => Err(Refusal::ByInvitation),
        Joining::Open | Joining::Request if declined_at.is_some_and(|at| now < at + REQUEST_AGAIN_AFTER) => {
            Err(Refusal::AskedAlready)
        }
        Joining::Open | Joining::Request => Ok(()),
    }
}

/// Whether somebody may stop being an organiser: one stays, as long as the group is open. Also who is alone
/// stays its organiser: a group that nobody looks after helps nobody, and a private one nobody would find.
///
/// # Errors
/// `LastOrganiser`: another member must be made organiser, or the group be closed, first.
pub fn may_step_down(role: GroupRole, organisers: u32, archived: bool) -> Result<(), Refusal> {
    match role {
        GroupRole::Organiser if organisers <= 1 && !archived => Err(Refusal::LastOrganiser),
        GroupRole::Organiser | GroupRole::CoOrganiser | GroupRole::Member => Ok(()),
    }
}

/// Whether one more invitation may go out, after so many in a day.
///
/// # Errors
/// `EnoughInvited`.
pub fn may_invite(sent: u32, max: u32) -> Result<(), Refusal> {
    if sent < max { Ok(()) } else { Err(Refusal::EnoughInvited { max: i64::from(max) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_in_is_one_way() {
        assert_eq!(may_join(Joining::Open, false, false), Ok(()));
        assert_eq!(may_join(Joining::Request, false, false), Err(Refusal::AskFirst));
        assert_eq!(may_join(Joining::Invitation, false, false), Err(Refusal::ByInvitation));
        for joining in Joining::ALL {
            assert_eq!(may_join(*joining, false, true), Ok(()), "who is invited may come in");
            assert_eq!(may_join(*joining, true, true), Err(Refusal::GroupClosed));
        }
    }

    #[test]
    fn a_no_holds_for_a_while() {
        let now: Instant = "2026-11-21T12:00:00Z".parse().unwrap();
        let ask = |ago: i64| may_ask(Joining::Request, false, Some(now - Duration::days(ago)), now);
        assert_eq!((ask(29), ask(30)), (Err(Refusal::AskedAlready), Ok(())));
        assert_eq!(may_ask(Joining::Request, false, None, now), Ok(()));
        assert_eq!(may_ask(Joining::Invitation, false, None, now), Err(Refusal::ByInvitation));
        assert_eq!(may_ask(Joining::Open, true, None, now), Err(Refusal::GroupClosed));
    }

    #[test]
    fn the_last_organiser_hands_over_first() {
        assert_eq!(may_step_down(GroupRole::Organiser, 1, false), Err(Refusal::LastOrganiser));
        assert_eq!(may_step_down(GroupRole::Organiser, 2, false), Ok(()));
        assert_eq!(may_step_down(GroupRole::Organiser, 1, true), Ok(()), "it is closed");
        assert_eq!(may_step_down(GroupRole::CoOrganiser, 0, false), Ok(()));
    }

    #[test]
    fn invitations_are_counted() {
        assert_eq!(may_invite(19, MAX_ADDRESSES_PER_DAY), Ok(()));
        assert_eq!(may_invite(20, MAX_ADDRESSES_PER_DAY), Err(Refusal::EnoughInvited { max: 20 }));
    }
}
