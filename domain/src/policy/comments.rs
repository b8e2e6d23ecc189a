//! Who may write, change and hide comments. Whether somebody sees the record decides its own feature.

use super::{
    NoRelation, Own, actions, active, for_active_members,
    reports::{DecideReports, ReportContent},
    steps,
};
use crate::Role;

actions! {
    /// Write a comment.
    WriteComment(NoRelation) = may_write;
    /// Edit and delete one's own comment.
    ChangeComment(Own) = for_active_members;
    /// Turn comments off below one's own record, and on again.
    CloseComments(Own) = for_active_members;
}

steps! {
    /// Hide a comment from everybody, or show it again: while a report waits, and as it is decided.
    HideComment: ReportContent, DecideReports;
}

fn may_write(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "WriteComment: y y y -\n\
             ChangeComment: y y y -\n\
             CloseComments: y y y -\n"
        );
    }
}
