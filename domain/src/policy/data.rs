//! What members may do with their own data.

use super::{Own, actions, for_every_member};

actions! {
    /// Export one's own data, request deletion of the account, and cancel that request. The law gives this right
    /// to everybody, including suspended members.
    ManageOwnData(Own) = for_every_member;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "ManageOwnData: y y y y\n");
    }
}
