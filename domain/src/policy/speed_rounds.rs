//! Who may hold a speed round, sign up for it, and see who signed up (M31). Coordinating one is
//! [`CoordinateRound`](super::mentoring::CoordinateRound), as for every other round of the programme.

use super::{Own, actions, for_active_members, for_every_member};

actions! {
    /// Sign up for a speed round.
    JoinSpeedRound(Own) = for_active_members;
    /// Withdraw from a speed round. Suspended members can.
    LeaveSpeedRound(Own) = for_every_member;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "JoinSpeedRound: y y y -\nLeaveSpeedRound: y y y y\n");
    }
}
