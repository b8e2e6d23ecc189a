//! Who may give kudos.

use super::{NoRelation, actions, active};
use crate::Role;

actions! {
    /// Give kudos, which are public.
    GiveKudos(NoRelation) = may_give;
}

/// That members can't give kudos to themselves is a rule of kudos, not a permission.
fn may_give(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "GiveKudos: y y y -\n");
    }
}
