//! Groups: their kinds, their members' roles, and how people join.

mod details;

pub use details::{Charter, GroupDetails, GroupForm, Want};

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Instant, Refusal, members::string_enum};

string_enum! {
    /// The kind of a group.
    GroupKind {
        /// Members in one place or of one discipline.
        Chapter,
        /// Members who work on one question.
        WorkingGroup,
        /// Members of several disciplines who build something together for a limited time.
        VirtualTeam,
    }
}

string_enum! {
    /// The role of a member in a group.
    GroupRole {
        /// Edits the group and chooses its organisers.
        Organiser,
        /// Runs its events and manages its members.
        CoOrganiser,
        /// Takes part, without further rights.
        Member,
    }
}

impl GroupRole {
    /// Whether this role runs the group: organisers and co-organisers.
    #[must_use]
    pub fn manages(self) -> bool {
        match self {
            Self::Organiser | Self::CoOrganiser => true,
            Self::Member => false,
        }
    }
}

string_enum! {
    /// Who can see a group.
    Visibility {
        /// Everybody.
        Public,
        /// Only its members and administrators. For everybody else it does not seem to exist.
        Private,
    }
}

string_enum! {
    /// How people join a group.
    Joining {
        /// With one click.
        Open,
        /// By request, which an organiser approves or declines.
        Request,
        /// Only with an invitation.
        Invitation,
    }
}

/// How many group invitations to email addresses one member may send in a day. The limit prevents bulk
/// email to strangers.
pub const MAX_ADDRESSES_PER_DAY: u32 = 20;
/// How many group invitations to members one member may send in a day.
pub const MAX_MEMBERS_PER_DAY: u32 = 100;
/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: Duration = Duration::days(30);
/// How long somebody must wait after a declined request before they can ask again.
pub const REQUEST_AGAIN_AFTER: Duration = Duration::days(30);

/// Whether somebody may join with one click.
///
/// # Errors
/// `GroupClosed`, `AskFirst` or `ByInvitation`.
pub fn may_join(joining: Joining, archived: bool, invited: bool) -> Result<(), Refusal> {
    match joining {
        _ if archived => Err(Refusal::GroupClosed),
        _ if invited => Ok(()),
        Joining::Open => Ok(()),
        Joining::Request => Err(Refusal::AskFirst),
        Joining::Invitation => Err(Refusal::ByInvitation),
    }
}

/// Whether somebody may request to join. `declined_at`: when their last request was declined.
///
/// # Errors
/// `GroupClosed`, `ByInvitation`, or `AskedAlready` within [`REQUEST_AGAIN_AFTER`].
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

/// Whether somebody may stop being an organiser. An open group keeps at least one, even if that is its only
/// member: nobody could run it otherwise, or find it if it is private.
///
/// # Errors
/// `LastOrganiser`: another member must become organiser first, or the group must be closed.
pub fn may_step_down(role: GroupRole, organisers: u32, archived: bool) -> Result<(), Refusal> {
    match role {
        GroupRole::Organiser if organisers <= 1 && !archived => Err(Refusal::LastOrganiser),
        GroupRole::Organiser | GroupRole::CoOrganiser | GroupRole::Member => Ok(()),
    }
}

/// Whether a member may send one more invitation after `sent` in a day.
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
    fn each_group_has_one_way_to_join() {
        assert_eq!(may_join(Joining::Open, false, false), Ok(()));
        assert_eq!(may_join(Joining::Request, false, false), Err(Refusal::AskFirst));
        assert_eq!(may_join(Joining::Invitation, false, false), Err(Refusal::ByInvitation));
        for joining in Joining::ALL {
            assert_eq!(may_join(*joining, false, true), Ok(()), "people with an invitation may join");
            assert_eq!(may_join(*joining, true, true), Err(Refusal::GroupClosed));
        }
    }

    #[test]
    fn a_declined_request_can_be_repeated_after_thirty_days() {
        let now: Instant = "2026-11-21T12:00:00Z".parse().unwrap();
        let ask = |ago: i64| may_ask(Joining::Request, false, Some(now - Duration::days(ago)), now);
        assert_eq!((ask(29), ask(30)), (Err(Refusal::AskedAlready), Ok(())));
        assert_eq!(may_ask(Joining::Request, false, None, now), Ok(()));
        assert_eq!(may_ask(Joining::Invitation, false, None, now), Err(Refusal::ByInvitation));
        assert_eq!(may_ask(Joining::Open, true, None, now), Err(Refusal::GroupClosed));
    }

    #[test]
    fn the_last_organiser_of_an_open_group_must_stay() {
        assert_eq!(may_step_down(GroupRole::Organiser, 1, false), Err(Refusal::LastOrganiser));
        assert_eq!(may_step_down(GroupRole::Organiser, 2, false), Ok(()));
        assert_eq!(may_step_down(GroupRole::Organiser, 1, true), Ok(()), "it is closed");
        assert_eq!(may_step_down(GroupRole::CoOrganiser, 0, false), Ok(()));
    }

    #[test]
    fn invitations_are_limited_by_day() {
        assert_eq!(may_invite(19, MAX_ADDRESSES_PER_DAY), Ok(()));
        assert_eq!(may_invite(20, MAX_ADDRESSES_PER_DAY), Err(Refusal::EnoughInvited { max: 20 }));
    }
}
