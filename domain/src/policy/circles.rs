//! Who may open a circle, see it, join it and close it (M30).

use super::{Relation, actions, active};
use crate::Role;

actions! {
    /// Open a circle.
    OpenCircle(Teaches) = may_open;
    /// See a circle with its mentor and its free places.
    SeeCircle(CircleRelation) = may_see;
    /// See who is in a circle, and where it meets.
    SeeCirclePeople(CircleRelation) = may_see_people;
    /// Take a place.
    JoinCircle(CircleRelation) = may_join;
    /// Give one's place up. Suspended members can.
    LeaveCircle(CircleRelation) = may_leave;
    /// Close a circle.
    CloseCircle(CircleRelation) = may_close;
}

/// Whether the actor's profile says that they teach a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teaches {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Relation for Teaches {
    const ALL: &'static [Self] = &[Self::Yes, Self::No];
}

/// The actor's relation to a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CircleRelation {
    /// The actor opened it.
    Mentor,
    /// The actor has a place.
    Member,
    /// The actor has no place.
    Outside,
    /// There is a block between the actor and the mentor, or the mentor is suspended.
    Hidden,
}

impl Relation for CircleRelation {
    const ALL: &'static [Self] = &[Self::Mentor, Self::Member, Self::Outside, Self::Hidden];
}

use CircleRelation::{Hidden, Member, Mentor, Outside};

fn may_open(role: Role, relation: Teaches) -> bool {
    match relation {
        Teaches::Yes => active(role),
        Teaches::No => false,
    }
}

fn may_see(role: Role, relation: CircleRelation) -> bool {
    match relation {
        Mentor | Member => true,
        Outside => active(role),
        Hidden => false,
    }
}

fn may_see_people(role: Role, relation: CircleRelation) -> bool {
    match relation {
        Mentor | Member => active(role),
        Outside | Hidden => false,
    }
}

fn may_join(role: Role, relation: CircleRelation) -> bool {
    match relation {
        Member | Outside => active(role),
        Mentor | Hidden => false,
    }
}

fn may_leave(_: Role, relation: CircleRelation) -> bool {
    match relation {
        Member | Outside => true,
        Mentor | Hidden => false,
    }
}

fn may_close(_: Role, relation: CircleRelation) -> bool {
    match relation {
        Mentor => true,
        Member | Outside | Hidden => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. Each with `mentor member outside hidden`, and for a new
    /// circle with `teaches not`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "OpenCircle: y- y- y- --\n\
             SeeCircle: yyy- yyy- yyy- yy--\n\
             SeeCirclePeople: yy-- yy-- yy-- ----\n\
             JoinCircle: -yy- -yy- -yy- ----\n\
             LeaveCircle: -yy- -yy- -yy- -yy-\n\
             CloseCircle: y--- y--- y--- y---\n"
        );
    }
}
