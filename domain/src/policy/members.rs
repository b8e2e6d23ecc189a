//! What members may do with their own account, and what they may see of others.

use super::{Own, Relation, actions, for_active_members, for_every_member, steps};
use crate::{Role, policy::admin::ManageMembers};

actions! {
    /// Edit one's own profile.
    EditProfile(Own) = for_active_members;
    /// See and end one's own sign-in sessions. Suspended members still can.
    ManageSessions(Own) = for_every_member;
    /// Block another member, and end that.
    BlockMember(Own) = for_every_member;
    /// See a member's manager.
    SeeManager(MemberRelation) = may_see_manager;
}

steps! {
    /// Send a code that proves an email address. Admins can start it for a member.
    ProveAddress: EditProfile, ManageMembers;
}

/// The actor's relation to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberRelation {
    /// The actor is that member.
    Own,
    /// It is somebody else.
    Other,
}

impl Relation for MemberRelation {
    const ALL: &'static [Self] = &[Self::Own, Self::Other];
}

/// Nothing changes, so suspended members still see their own manager.
fn may_see_manager(role: Role, relation: MemberRelation) -> bool {
    match (role, relation) {
        (Role::Member | Role::Organiser | Role::Administrator | Role::Suspended, MemberRelation::Own) => true,
        (Role::Administrator, MemberRelation::Other) => true,
        (Role::Member | Role::Organiser | Role::Suspended, MemberRelation::Other) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. Where a relation matters, each has `own other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "EditProfile: y y y -\n\
             ManageSessions: y y y y\n\
             BlockMember: y y y y\n\
             SeeManager: y- y- yy y-\n"
        );
    }
}
