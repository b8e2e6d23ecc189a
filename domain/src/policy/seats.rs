//! Who may take seats at events.

use super::{Own, actions, for_active_members};

actions! {
    /// Take, change or give up one's own seat.
    ManageSeat(Own) = for_active_members;
    /// Create and revoke the private feed of one's own calendar.
    KeepFeed(Own) = for_active_members;
    /// Save sessions for one's own agenda, and remove them (D11).
    SaveSession(Own) = for_active_members;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "ManageSeat: y y y -\n\
             KeepFeed: y y y -\n\
             SaveSession: y y y -\n"
        );
    }
}
