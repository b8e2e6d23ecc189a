//! What only admins may do. Each verb checks what people must not do to themselves, such as removing their own
//! role.

use super::{NoRelation, actions, for_administrators};

actions! {
    /// See every member with their address, change roles, and suspend members.
    ManageMembers(NoRelation) = for_administrators;
    /// Invite people to the community by email.
    InvitePeople(NoRelation) = for_administrators;
    /// Change the community's name, its sign-up policy and its lists.
    ManageSettings(NoRelation) = for_administrators;
    /// Read the audit log.
    ReadAudit(NoRelation) = for_administrators;
    /// See the outbox, retry emails and cancel them.
    ManageOutbox(NoRelation) = for_administrators;
    /// See the background jobs, retry them and cancel them.
    ManageJobs(NoRelation) = for_administrators;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "ManageMembers: - - y -\n\
             InvitePeople: - - y -\n\
             ManageSettings: - - y -\n\
             ReadAudit: - - y -\n\
             ManageOutbox: - - y -\n\
             ManageJobs: - - y -\n"
        );
    }
}
