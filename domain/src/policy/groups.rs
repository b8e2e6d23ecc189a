//! Who may see, create, run, join and leave groups.

use super::{NoRelation, Relation, actions, active, for_administrators, steps};
use crate::{Role, groups::GroupRole};

actions! {
    /// Set the members and roles of any group.
    ManageGroups(NoRelation) = for_administrators;
    /// Create a group.
    CreateGroup(NoRelation) = may_create;
    /// Know that a private group exists: see its page, its members and its events.
    SeePrivateGroup(GroupRelation) = may_see_private;
    /// Edit or close a group, and choose its organisers.
    EditGroup(GroupRelation) = may_edit;
    /// Run a group: answer requests to join, invite and remove members, co-host events with other groups.
    TendGroup(GroupRelation) = may_tend;
    /// Join a group, request to join it, or answer an invitation to it.
    JoinGroup(GroupRelation) = may_join;
    /// Leave a group.
    LeaveGroup(GroupRelation) = may_leave;
}

steps! {
    /// Save a new member of a group.
    AddGroupMember: CreateGroup, JoinGroup, TendGroup, ManageGroups;
    /// Save another role of a member of a group.
    SaveGroupRole: EditGroup, LeaveGroup, ManageGroups;
    /// Remove a member from a group.
    RemoveGroupMember: EditGroup, TendGroup, LeaveGroup;
}

/// The actor's relation to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupRelation {
    /// The actor is an organiser of the group.
    Organiser,
    /// The actor is a co-organiser of the group.
    CoOrganiser,
    /// The actor is a member of the group without such a role.
    Member,
    /// The actor is not in the group.
    Outside,
}

impl Relation for GroupRelation {
    const ALL: &'static [Self] = &[Self::Organiser, Self::CoOrganiser, Self::Member, Self::Outside];
}

impl GroupRelation {
    /// The relation to a group in which the actor has `role`; `None` for people outside the group.
    #[must_use]
    pub fn of(role: Option<GroupRole>) -> Self {
        match role {
            Some(GroupRole::Organiser) => Self::Organiser,
            Some(GroupRole::CoOrganiser) => Self::CoOrganiser,
            Some(GroupRole::Member) => Self::Member,
            None => Self::Outside,
        }
    }
}

fn may_create(role: Role, NoRelation: NoRelation) -> bool {
    match role {
        Role::Organiser | Role::Administrator => true,
        Role::Member | Role::Suspended => false,
    }
}

fn may_see_private(role: Role, relation: GroupRelation) -> bool {
    use GroupRelation::{CoOrganiser, Member, Organiser, Outside};
    match (role, relation) {
        (Role::Administrator, Organiser | CoOrganiser | Member | Outside) => true,
        (Role::Member | Role::Organiser, Organiser | CoOrganiser | Member) => true,
        (Role::Member | Role::Organiser, Outside) => false,
        (Role::Suspended, Organiser | CoOrganiser | Member | Outside) => false,
    }
}

fn may_edit(role: Role, relation: GroupRelation) -> bool {
    use GroupRelation::{CoOrganiser, Member, Organiser, Outside};
    match (role, relation) {
        (Role::Administrator, Organiser | CoOrganiser | Member | Outside) => true,
        (Role::Member | Role::Organiser, Organiser) => true,
        (Role::Member | Role::Organiser, CoOrganiser | Member | Outside) => false,
        (Role::Suspended, Organiser | CoOrganiser | Member | Outside) => false,
    }
}

fn may_tend(role: Role, relation: GroupRelation) -> bool {
    use GroupRelation::{CoOrganiser, Member, Organiser, Outside};
    match (role, relation) {
        (Role::Administrator, Organiser | CoOrganiser | Member | Outside) => true,
        (Role::Member | Role::Organiser, Organiser | CoOrganiser) => true,
        (Role::Member | Role::Organiser, Member | Outside) => false,
        (Role::Suspended, Organiser | CoOrganiser | Member | Outside) => false,
    }
}

/// Whether a group takes new members, and on what conditions, is a rule of groups.
fn may_join(role: Role, relation: GroupRelation) -> bool {
    use GroupRelation::{CoOrganiser, Member, Organiser, Outside};
    match relation {
        Organiser | CoOrganiser | Member | Outside => active(role),
    }
}

fn may_leave(role: Role, relation: GroupRelation) -> bool {
    use GroupRelation::{CoOrganiser, Member, Organiser, Outside};
    match relation {
        Organiser | CoOrganiser | Member => active(role),
        Outside => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended of the community, each with `organiser
    /// co-organiser member outside` of the group.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "ManageGroups: - - y -\n\
             CreateGroup: - y y -\n\
             SeePrivateGroup: yyy- yyy- yyyy ----\n\
             EditGroup: y--- y--- yyyy ----\n\
             TendGroup: yy-- yy-- yyyy ----\n\
             JoinGroup: yyyy yyyy yyyy ----\n\
             LeaveGroup: yyy- yyy- yyy- ----\n"
        );
    }

    #[test]
    fn a_role_in_the_group_is_the_relation() {
        assert_eq!(GroupRelation::of(Some(GroupRole::Organiser)), GroupRelation::Organiser);
        assert_eq!(GroupRelation::of(Some(GroupRole::CoOrganiser)), GroupRelation::CoOrganiser);
        assert_eq!(GroupRelation::of(Some(GroupRole::Member)), GroupRelation::Member);
        assert_eq!(GroupRelation::of(None), GroupRelation::Outside);
    }
}
