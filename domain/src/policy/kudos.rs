//! Who may give, change and hide kudos.

use super::{
    NoRelation, Own, actions, active, for_active_members,
    reports::{DecideReports, ReportContent},
    steps,
};
use crate::Role;

actions! {
    /// Give kudos.
    GiveKudos(NoRelation) = may_give;
    /// Edit and retract one's own kudos.
    ChangeKudos(Own) = for_active_members;
    /// React to kudos.
    React(NoRelation) = may_give;
    /// See which disciplines and groups got no kudos.
    SeeUnthanked(NoRelation) = for_organisers;
}

steps! {
    /// Hide kudos from everybody, or show them again: while a report waits, and as it is decided.
    HideKudos: ReportContent, DecideReports;
}

/// That members can't give kudos to themselves is a rule of kudos, not a permission.
fn may_give(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

/// It is about many people at once, so it is for those who run the community.
fn for_organisers(role: Role, NoRelation: NoRelation) -> bool {
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
        assert_eq!(
            table(),
            "GiveKudos: y y y -\n\
             ChangeKudos: y y y -\n\
             React: y y y -\n\
             SeeUnthanked: - y y -\n"
        );
    }
}
