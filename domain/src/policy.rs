//! Who may do what: one table, action × role × relation, without wildcard arms.
//!
//! A verb in `store` loads the relation inside its transaction and asks [`permit`]; only the
//! [`Permit`] that comes back lets it write.

use crate::{Actor, MemberId, Refusal, Role, groups::GroupRole};

/// Everything that somebody may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Make an event.
    CreateEvent,
    /// See an event that is not published.
    SeeDraftEvent,
    /// Change, publish, reschedule, cancel or reinstate an event.
    EditEvent,
    /// Take a seat, change it, leave it.
    Rsvp,
    /// Change a profile.
    EditProfile,
    /// See and end sessions.
    ManageSessions,
    /// Read a schedule file into an event.
    ImportSchedule,
    /// Thank somebody in front of everybody.
    GiveKudos,
    /// Say who belongs to any group.
    ManageGroups,
    /// Make a group.
    CreateGroup,
    /// Know of a private group: its page, its people, its events.
    SeePrivateGroup,
    /// Change what is said of a group, close it, say who looks after it.
    EditGroup,
    /// Look after a group: answer requests, invite, remove members, hold events together with others.
    TendGroup,
    /// Join a group, ask to, answer an invitation.
    JoinGroup,
    /// Leave a group.
    LeaveGroup,
    /// Make and revoke the private feed of one's own calendar.
    KeepFeed,
    /// Make and change teams.
    ManageTeams,
    /// See whom a member reports to.
    SeeManager,
    /// See every member with their address, change what they may do, suspend them.
    ManageMembers,
    /// Invite people by mail.
    Invite,
    /// Change what the community is called, who may join, and its lists.
    ManageSettings,
    /// Read the audit log.
    ReadAudit,
    /// Look into the outbox, send again, call back.
    ManageOutbox,
    /// Decide reports.
    DecideReports,
    /// Report something, and appeal.
    Report,
    /// Get a copy of what is kept about a member, have it deleted, think better of it.
    ManageOwnData,
    /// Block somebody.
    Block,
}

impl Action {
    /// Every action, for the tests that walk the table.
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

/// How the actor stands to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It is theirs: their own profile, session, seat, an event they host, a group they organise.
    Own,
    /// They look after the group that holds it, as organiser or co-organiser; of a group itself, as
    /// co-organiser.
    Organises,
    /// They are a member of the group that holds it, or of the group itself.
    Belongs,
    /// It is somebody else's, or nobody's yet.
    Other,
}

impl Relation {
    /// Every relation, for the tests that walk the table.
    pub const ALL: &[Self] = &[Self::Own, Self::Organises, Self::Belongs, Self::Other];

    /// To a group.
    #[must_use]
    pub fn to_group(role: Option<GroupRole>) -> Self {
        match role {
            Some(GroupRole::Organiser) => Self::Own,
            Some(GroupRole::CoOrganiser) => Self::Organises,
            Some(GroupRole::Member) => Self::Belongs,
            None => Self::Other,
        }
    }

    /// To an event of a group where the actor has that role. Who looks after its group may do at least
    /// what its host may.
    #[must_use]
    pub fn to_event(hosts: bool, role: Option<GroupRole>) -> Self {
        match (role, hosts) {
            (Some(GroupRole::Organiser | GroupRole::CoOrganiser), _) => Self::Organises,
            (Some(GroupRole::Member) | None, true) => Self::Own,
            (Some(GroupRole::Member), false) => Self::Belongs,
            (None, false) => Self::Other,
        }
    }

    /// To an event that is about to be made. Without a group it is the actor's own.
    #[must_use]
    pub fn to_new_event(group: Option<Option<GroupRole>>) -> Self {
        group.map_or(Self::Own, |role| Self::to_event(false, role))
    }
}

/// Proof that policy allowed one action to one actor. Only [`permit`] makes it.
#[derive(Debug)]
#[must_use = "a permit is there to be handed to the write step"]
pub struct Permit {
    action: Action,
    by: Option<MemberId>,
}

impl Permit {
    /// What is allowed.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// To whom; the operator is nobody.
    #[must_use]
    pub fn by(&self) -> Option<MemberId> {
        self.by
    }
}

/// Asks the table.
///
/// # Errors
/// `SignInFirst` for the anonymous, `Suspended` for the suspended, else `NotAllowed`.
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
        // Own: for no group. Only who looks after a group makes its events, whatever they are elsewhere.
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

        // Whoever is suspended may still see and end their own sessions.
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

        // That thanks to oneself are none is a rule of kudos, not a right.
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

        // Reading, so the suspended still see what they said themselves.
        (Action::SeeManager, Member | Organiser | Administrator | Suspended, Own) => true,
        (Action::SeeManager, Administrator, Organises | Belongs | Other) => true,
        (Action::SeeManager, Member | Organiser | Suspended, Organises | Belongs | Other) => false,

        // What oneself may not do to oneself, as ending one's own rights, is a rule of each verb.
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

        // Whoever is suspended may still say that something is wrong, above all with that.
        (
            Action::Report,
            Member | Organiser | Administrator | Suspended,
            Own | Organises | Belongs | Other,
        ) => true,

        // The law gives it to everybody, the suspended too.
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

    /// The whole table, written once more by hand: rows are actions, columns are member, organiser,
    /// administrator, suspended, each `own organises belongs other`.
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
    fn who_looks_after_a_group_looks_after_its_events() {
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
    fn the_anonymous_may_do_nothing_and_are_asked_to_sign_in() {
        for action in Action::ALL {
            for relation in Relation::ALL {
                assert_eq!(permit(&Actor::Anonymous, *action, *relation).unwrap_err(), Refusal::SignInFirst);
            }
        }
    }

    #[test]
    fn a_refusal_says_which_kind() {
        let refused = |role| permit(&actor(role), Action::CreateEvent, Relation::Other).unwrap_err();
        assert_eq!(refused(Role::Suspended), Refusal::Suspended);
        assert_eq!(refused(Role::Member), Refusal::NotAllowed);
    }
}
