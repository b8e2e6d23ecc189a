//! Who may read notifications: each member their own.

use super::{Own, actions, for_every_member};

actions! {
    /// Read one's own notifications and mark them as read. Suspended members still can.
    ReadNotifications(Own) = for_every_member;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "ReadNotifications: y y y y\n");
    }
}
