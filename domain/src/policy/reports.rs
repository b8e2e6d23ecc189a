//! Who may report content, and decide reports.

use super::{NoRelation, actions, for_administrators};
use crate::Role;

actions! {
    /// Report content, and appeal a decision.
    ReportContent(NoRelation) = may_report;
    /// Decide reports and appeals.
    DecideReports(NoRelation) = for_administrators;
}

/// Suspended members can still report and appeal, above all against their suspension.
fn may_report(role: Role, NoRelation: NoRelation) -> bool {
    match role {
        Role::Member | Role::Organiser | Role::Administrator | Role::Suspended => true,
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
            "ReportContent: y y y y\n\
             DecideReports: - - y -\n"
        );
    }
}
