//! Who may make and revoke personal access tokens (K1). What a token opens is decided by the policy of that feature, as
//! for the member themselves.

use super::{Own, actions, for_active_members, for_every_member};

actions! {
    /// Make a token for one's own programs.
    CreateToken(Own) = for_active_members;
    /// Revoke a token. Suspended members can.
    RevokeToken(Own) = for_every_member;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "CreateToken: y y y -\nRevokeToken: y y y y\n");
    }
}
