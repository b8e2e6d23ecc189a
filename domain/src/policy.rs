//! Permissions as one table: action × role × relation, without wildcard arms.
//!
//! A verb in `store` loads the relation inside its transaction and asks [`permit`]. It keeps the returned
//! [`Permit`] as its proof before it writes.

use crate::{Actor, MemberId, Refusal, Role, groups::GroupRole};

/// Everything that needs a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Create an event.
    CreateEvent,
    /// See a draft event.
    SeeDraftEvent,
    /// Change, publish, reschedule, cancel or reinstate an event.
    EditEvent,
    /// Take, change or give up a seat.
    Rsvp,
    /// Edit a profile.
    EditProfile,
    /// See and end sign-in sessions.
    ManageSessions,
    /// Import a schedule file into an event.
    ImportSchedule,
    /// Give kudos, which are public.
    GiveKudos,
    /// Set the members and roles of any group.
    ManageGroups,
    /// Create a group.
    CreateGroup,
    /// Know that a private group exists: see its page, its members and its events.
    SeePrivateGroup,
    /// Edit or close a group, and choose its organisers.
    EditGroup,
    /// Run a group: answer requests to join, invite and remove members, co-host events with other groups.
    TendGroup,
    /// Join a group, request to join it, or answer an invitation to it.
    JoinGroup,
    /// Leave a group.
    LeaveGroup,
    /// Create and revoke the private feed of one's own calendar.
    KeepFeed,
    /// Create and edit teams.
    ManageTeams,
    /// See a member's manager.
    SeeManager,
    /// See every member with their address, change roles, and suspend members.
    ManageMembers,
    /// Invite people to the community by email.
    Invite,
    /// Change the community's name, its sign-up policy and its lists.
    ManageSettings,
    /// Read the audit log.
    ReadAudit,
    /// See the outbox, retry emails and cancel them.
    ManageOutbox,
    /// Decide reports and appeals.
    DecideReports,
    /// Report content, and appeal a decision.
    Report,
    /// Export one's own data, request deletion of the account, and cancel that request.
    ManageOwnData,
    /// Block another member.
    Block,
}

impl Action {
    /// Every action, in the order of the enum. Tests use it to check the whole table.
    pub const ALL: &[Self] = &[
        Self::CreateEvent,
        Self::SeeDraftEvent,
        Self::EditEvent,
        Self::Rsvp,
        Self::EditProfile,
        Self::ManageSessions,
        Self::ImportSchedule,
        Self::GiveKudos,
        Self::ManageGroups,
        Self::CreateGroup,
        Self::SeePrivateGroup,
        Self::EditGroup,
        Self::TendGroup,
        Self::JoinGroup,
        Self::LeaveGroup,
        Self::KeepFeed,
        Self::ManageTeams,
        Self::SeeManager,
        Self::ManageMembers,
        Self::Invite,
        Self::ManageSettings,
        Self::ReadAudit,
        Self::ManageOutbox,
        Self::DecideReports,
        Self::Report,
        Self::ManageOwnData,
        Self::Block,
    ];
}

/// The actor's relation to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The record is the actor's own: their profile, session or seat, an event they host, a group they
    /// organise.
    Own,
    /// The actor is an organiser or co-organiser of the group that the record belongs to. For a group
    /// itself: the actor is its co-organiser.
    Organises,
    /// The actor is a member of the group that the record belongs to, or of the group itself.
    Belongs,
    /// The record belongs to somebody else or does not exist yet.
    Other,
}

impl Relation {
    /// Every relation, in the order of the enum. Tests use it to check the whole table.
    pub const ALL: &[Self] = &[Self::Own, Self::Organises, Self::Belongs, Self::Other];

    /// The relation to a group in which the actor has `role`; `None` for people outside the group.
    #[must_use]
    pub fn to_group(role: Option<GroupRole>) -> Self {
        match role {
            Some(GroupRole::Organiser) => Self::Own,
            Some(GroupRole::CoOrganiser) => Self::Organises,
            Some(GroupRole::Member) => Self::Belongs,
            None => Self::Other,
        }
    }

    /// The relation to an event. `hosts`: the actor hosts it. `role`: their role in the event's group.
    /// Organisers and co-organisers of the group may do at least what the host may.
    #[must_use]
    pub fn to_event(hosts: bool, role: Option<GroupRole>) -> Self {
        match (role, hosts) {
            (Some(GroupRole::Organiser | GroupRole::CoOrganiser), _) => Self::Organises,
            (Some(GroupRole::Member) | None, true) => Self::Own,
            (Some(GroupRole::Member), false) => Self::Belongs,
            (None, false) => Self::Other,
        }
    }

    /// The relation to an event that is about to be created. `None` for an event without a group, which is
    /// the actor's own. `Some(role)` for one of a group.
    #[must_use]
    pub fn to_new_event(group: Option<Option<GroupRole>>) -> Self {
        group.map_or(Self::Own, |role| Self::to_event(false, role))
    }
}

/// Proof that policy allowed one action to one actor. Only [`permit`] creates it.
#[derive(Debug)]
#[must_use = "a write needs its permit"]
pub struct Permit {
    action: Action,
    by: Option<MemberId>,
}

impl Permit {
    /// The action that is allowed.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// The member it is allowed to; `None` for the operator.
    #[must_use]
    pub fn by(&self) -> Option<MemberId> {
        self.by
    }
}

/// Looks up whether `actor` may do `action` to a record with this `relation`.
///
/// # Errors
/// `SignInFirst` for anonymous visitors, `Suspended` for suspended members, `NotAllowed` for everybody
/// else.
pub fn permit(actor: &Actor, action: Action, relation: Relation) -> Result<Permit, Refusal> {
    let by = actor.member();
    match actor {
        Actor::Anonymous => Err(Refusal::SignInFirst),
        Actor::Operator => Ok(Permit { action, by }),
        Actor::Member { role, .. } if allows(action, *role, relation) => Ok(Permit { action, by }),
        Actor::Member { role: Role::Suspended, .. } => Err(Refusal::Suspended),
        Actor::Member { .. } => Err(Refusal::NotAllowed),
    }
}

/// The table for signed-in members.
fn allows(action: Action, role: Role, relation: Relation) -> bool {
    use Relation::{Belongs, Organises, Other, Own};
    use Role::{Administrator, Member, Organiser, Suspended};
    match (action, role, relation) {
        // `Own` is an event without a group. For a group only its organisers may create events, whatever
        // role they have in the community.
        (Action::CreateEvent, Member | Organiser | Administrator, Organises) => true,
        (Action::CreateEvent, Organiser, Own) => true,
        (Action::CreateEvent, Administrator, Own | Belongs | Other) => true,
        (Action::CreateEvent, Organiser, Belongs | Other) => false,
        (Action::CreateEvent, Member, Own | Belongs | Other) => false,
        (Action::CreateEvent, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::SeeDraftEvent | Action::EditEvent, Member | Organiser | Administrator, Organises) => true,
        (Action::SeeDraftEvent | Action::EditEvent, Organiser, Own) => true,
        (Action::SeeDraftEvent | Action::EditEvent, Administrator, Own | Belongs | Other) => true,
        (Action::SeeDraftEvent | Action::EditEvent, Organiser, Belongs | Other) => false,
        (Action::SeeDraftEvent | Action::EditEvent, Member, Own | Belongs | Other) => false,
        (Action::SeeDraftEvent | Action::EditEvent, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::Rsvp, Member | Organiser | Administrator, Own) => true,
        (Action::Rsvp, Member | Organiser | Administrator, Organises | Belongs | Other) => false,
        (Action::Rsvp, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::EditProfile, Member | Organiser | Administrator, Own) => true,
        (Action::EditProfile, Member | Organiser | Administrator, Organises | Belongs | Other) => false,
        (Action::EditProfile, Suspended, Own | Organises | Belongs | Other) => false,

        // Suspended members can still see and end their own sessions.
        (Action::ManageSessions, Member | Organiser | Administrator | Suspended, Own) => true,
        (
            Action::ManageSessions,
            Member | Organiser | Administrator | Suspended,
            Organises | Belongs | Other,
        ) => false,
        (Action::KeepFeed, Member | Organiser | Administrator, Own) => true,
        (Action::KeepFeed, Member | Organiser | Administrator, Organises | Belongs | Other) => false,
        (Action::KeepFeed, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::ImportSchedule, Administrator, Own | Organises | Belongs | Other) => true,
        (Action::ImportSchedule, Member | Organiser | Suspended, Own | Organises | Belongs | Other) => false,

        // That members can't give kudos to themselves is a rule of kudos, not a permission.
        (Action::GiveKudos, Member | Organiser | Administrator, Own | Organises | Belongs | Other) => true,
        (Action::GiveKudos, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::ManageGroups, Administrator, Own | Organises | Belongs | Other) => true,
        (Action::ManageGroups, Member | Organiser | Suspended, Own | Organises | Belongs | Other) => false,

        (Action::CreateGroup, Organiser | Administrator, Own | Organises | Belongs | Other) => true,
        (Action::CreateGroup, Member | Suspended, Own | Organises | Belongs | Other) => false,

        (Action::SeePrivateGroup, Administrator, Own | Organises | Belongs | Other) => true,
        (Action::SeePrivateGroup, Member | Organiser, Own | Organises | Belongs) => true,
        (Action::SeePrivateGroup, Member | Organiser, Other) => false,
        (Action::SeePrivateGroup, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::EditGroup, Administrator, Own | Organises | Belongs | Other) => true,
        (Action::EditGroup, Member | Organiser, Own) => true,
        (Action::EditGroup, Member | Organiser, Organises | Belongs | Other) => false,
        (Action::EditGroup, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::TendGroup, Administrator, Own | Organises | Belongs | Other) => true,
        (Action::TendGroup, Member | Organiser, Own | Organises) => true,
        (Action::TendGroup, Member | Organiser, Belongs | Other) => false,
        (Action::TendGroup, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::JoinGroup, Member | Organiser | Administrator, Own | Organises | Belongs | Other) => true,
        (Action::JoinGroup, Suspended, Own | Organises | Belongs | Other) => false,

        (Action::LeaveGroup, Member | Organiser | Administrator, Own | Organises | Belongs) => true,
        (Action::LeaveGroup, Member | Organiser | Administrator, Other) => false,
        (Action::LeaveGroup, Suspended, Own | Organises | Belongs | Other) => false,
        (Action::ManageTeams, Organiser | Administrator, Own | Organises | Belongs | Other) => true,
        (Action::ManageTeams, Member | Suspended, Own | Organises | Belongs | Other) => false,

        // Read-only, so suspended members still see their own manager.
        (Action::SeeManager, Member | Organiser | Administrator | Suspended, Own) => true,
        (Action::SeeManager, Administrator, Organises | Belongs | Other) => true,
        (Action::SeeManager, Member | Organiser | Suspended, Organises | Belongs | Other) => false,

        // Each verb checks what people must not do to themselves, such as removing their own role.
        (
            Action::ManageMembers
            | Action::Invite
            | Action::ManageSettings
            | Action::ReadAudit
            | Action::ManageOutbox
            | Action::DecideReports,
            Administrator,
            Own | Organises | Belongs | Other,
        ) => true,
        (
            Action::ManageMembers
            | Action::Invite
            | Action::ManageSettings
            | Action::ReadAudit
            | Action::ManageOutbox
            | Action::DecideReports,
            Member | Organiser | Suspended,
            Own | Organises | Belongs | Other,
        ) => false,

        // Suspended members can still report and appeal, above all against their suspension.
        (
            Action::Report,
            Member | Organiser | Administrator | Suspended,
            Own | Organises | Belongs | Other,
        ) => true,

        // The law gives this right to everybody, including suspended members.
        (Action::ManageOwnData, Member | Organiser | Administrator | Suspended, Own) => true,
        (
            Action::ManageOwnData,
            Member | Organiser | Administrator | Suspended,
            Organises | Belongs | Other,
        ) => false,

        (Action::Block, Member | Organiser | Administrator | Suspended, Own) => true,
        (Action::Block, Member | Organiser | Administrator | Suspended, Organises | Belongs | Other) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SignInSessionId;
    use uuid::Uuid;

    fn actor(role: Role) -> Actor {
        Actor::Member { id: MemberId(Uuid::nil()), role, session: SignInSessionId(Uuid::nil()) }
    }

    /// The whole table, written a second time by hand. Rows are actions. Columns are member, organiser,
    /// administrator, suspended, each with `own organises belongs other`.
    #[test]
    fn the_table_is_as_reviewed() {
        let mut table = String::new();
        for action in Action::ALL {
            table += &format!("{action:?}:");
            for role in [Role::Member, Role::Organiser, Role::Administrator, Role::Suspended] {
                table += " ";
                for relation in Relation::ALL {
                    table += if permit(&actor(role), *action, *relation).is_ok() { "y" } else { "-" };
                }
            }
            table += "\n";
        }
        assert_eq!(
            table,
            "CreateEvent: -y-- yy-- yyyy ----\n\
             SeeDraftEvent: -y-- yy-- yyyy ----\n\
             EditEvent: -y-- yy-- yyyy ----\n\
             Rsvp: y--- y--- y--- ----\n\
             EditProfile: y--- y--- y--- ----\n\
             ManageSessions: y--- y--- y--- y---\n\
             ImportSchedule: ---- ---- yyyy ----\n\
             GiveKudos: yyyy yyyy yyyy ----\n\
             ManageGroups: ---- ---- yyyy ----\n\
             CreateGroup: ---- yyyy yyyy ----\n\
             SeePrivateGroup: yyy- yyy- yyyy ----\n\
             EditGroup: y--- y--- yyyy ----\n\
             TendGroup: yy-- yy-- yyyy ----\n\
             JoinGroup: yyyy yyyy yyyy ----\n\
             LeaveGroup: yyy- yyy- yyy- ----\n\
             KeepFeed: y--- y--- y--- ----\n\
             ManageTeams: ---- yyyy yyyy ----\n\
             SeeManager: y--- y--- yyyy y---\n\
             ManageMembers: ---- ---- yyyy ----\n\
             Invite: ---- ---- yyyy ----\n\
             ManageSettings: ---- ---- yyyy ----\n\
             ReadAudit: ---- ---- yyyy ----\n\
             ManageOutbox: ---- ---- yyyy ----\n\
             DecideReports: ---- ---- yyyy ----\n\
             Report: yyyy yyyy yyyy yyyy\n\
             ManageOwnData: y--- y--- y--- y---\n\
             Block: y--- y--- y--- y---\n"
        );
    }

    #[test]
    fn organisers_of_a_group_can_edit_its_events() {
        for role in [GroupRole::Organiser, GroupRole::CoOrganiser] {
            assert_eq!(Relation::to_event(true, Some(role)), Relation::Organises);
            assert_eq!(Relation::to_new_event(Some(Some(role))), Relation::Organises);
        }
        assert_eq!(Relation::to_event(true, Some(GroupRole::Member)), Relation::Own);
        assert_eq!(Relation::to_event(false, Some(GroupRole::Member)), Relation::Belongs);
        assert_eq!(Relation::to_new_event(None), Relation::Own);
        assert_eq!(Relation::to_new_event(Some(None)), Relation::Other);
        assert_eq!(Relation::to_group(Some(GroupRole::CoOrganiser)), Relation::Organises);
    }

    #[test]
    fn visitors_are_asked_to_sign_in_for_every_action() {
        for action in Action::ALL {
            for relation in Relation::ALL {
                assert_eq!(permit(&Actor::Anonymous, *action, *relation).unwrap_err(), Refusal::SignInFirst);
            }
        }
    }

    #[test]
    fn suspended_members_get_their_own_refusal() {
        let refused = |role| permit(&actor(role), Action::CreateEvent, Relation::Other).unwrap_err();
        assert_eq!(refused(Role::Suspended), Refusal::Suspended);
        assert_eq!(refused(Role::Member), Refusal::NotAllowed);
    }
}
