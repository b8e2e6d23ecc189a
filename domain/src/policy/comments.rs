//! Who may write, change, moderate and hide comments. Whether somebody sees the record decides its own feature.

use super::{
    Own, Relation, actions, active, for_active_members,
    reports::{DecideReports, ReportContent},
    steps,
};
use crate::Role;

actions! {
    /// Write a comment.
    WriteComment(CommentRelation) = may_write;
    /// Edit and delete one's own comment.
    ChangeComment(Own) = for_active_members;
    /// Close the conversation below a record, and open it again.
    CloseComments(CommentRelation) = may_close;
    /// Pin a comment, and remove one with a reason (C17).
    ModerateComments(CommentRelation) = may_moderate;
    /// Watch or mute a conversation.
    FollowComments(Own) = for_active_members;
}

steps! {
    /// Hide a comment from everybody, or show it again: while a report waits, and as it is decided.
    HideComment: ReportContent, DecideReports;
}

/// The actor's relation to a record that they may see, as far as its conversation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentRelation {
    /// The actor may see the record, and no more: a visitor, or somebody outside the group.
    Reader,
    /// The actor takes part: a member who sees the kudos or the event, or a member of the group.
    Participant,
    /// The kudos have the actor's name on them.
    Owner,
    /// The actor runs the event or the group.
    Organiser,
}

impl Relation for CommentRelation {
    const ALL: &'static [Self] = &[Self::Reader, Self::Participant, Self::Owner, Self::Organiser];
}

fn may_write(role: Role, relation: CommentRelation) -> bool {
    use CommentRelation::{Organiser, Owner, Participant, Reader};
    match relation {
        Participant | Owner | Organiser => active(role),
        Reader => false,
    }
}

fn may_close(role: Role, relation: CommentRelation) -> bool {
    use CommentRelation::{Organiser, Owner, Participant, Reader};
    match relation {
        Owner | Organiser => active(role),
        Participant | Reader => false,
    }
}

fn may_moderate(role: Role, relation: CommentRelation) -> bool {
    use CommentRelation::{Organiser, Owner, Participant, Reader};
    match relation {
        Organiser => active(role),
        Owner | Participant | Reader => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. In each: reader, participant, owner, organiser.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "WriteComment: -yyy -yyy -yyy ----\n\
             ChangeComment: y y y -\n\
             CloseComments: --yy --yy --yy ----\n\
             ModerateComments: ---y ---y ---y ----\n\
             FollowComments: y y y -\n"
        );
    }
}
