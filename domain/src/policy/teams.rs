//! Who may shape the tree of teams.

use super::{NoRelation, actions};
use crate::Role;

actions! {
    /// Create and edit teams.
    ManageTeams(NoRelation) = may_manage;
}

fn may_manage(role: Role, NoRelation: NoRelation) -> bool {
    match role {
        Role::Organiser | Role::Administrator => true,
        Role::Member | Role::Suspended => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "ManageTeams: - y y -\n");
    }
}
