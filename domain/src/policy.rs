//! Who may do what: one table, action × role × relation, without wildcard arms.
//!
//! A verb in `store` loads the relation inside its transaction and asks [`permit`]; only the
//! [`Permit`] that comes back lets it write.

use crate::{Actor, MemberId, Refusal, Role};

/// Everything that somebody may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Make an event.
    CreateEvent,
    /// See an event that is not published.
    SeeDraftEvent,
    /// Change, publish, reschedule, cancel or reinstate an event.
    EditEvent,
    /// Take a seat, change it, leave it.
    Rsvp,
    /// Change a profile.
    EditProfile,
    /// See and end sessions.
    ManageSessions,
    /// Read a schedule file into an event.
    ImportSchedule,
    /// Thank somebody in front of everybody.
    GiveKudos,
    /// Make groups and say who belongs to them.
    ManageGroups,
}

impl Action {
    /// Every action, for the tests that walk the table.
    pub const ALL: &[Self] = &[
        Self::CreateEvent,
        Self::SeeDraftEvent,
        Self::EditEvent,
        Self::Rsvp,
        Self::EditProfile,
        Self::ManageSessions,
        Self::ImportSchedule,
        Self::GiveKudos,
        Self::ManageGroups,
    ];
}

/// How the actor stands to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It is theirs: their own profile, session, seat, or an event they host.
    Own,
    /// It is somebody else's, or nobody's yet.
    Other,
}

/// Proof that policy allowed one action to one actor. Only [`permit`] makes it.
#[derive(Debug)]
#[must_use = "a permit is there to be handed to the write step"]
pub struct Permit {
    action: Action,
    by: Option<MemberId>,
}

impl Permit {
    /// What is allowed.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// To whom; the operator is nobody.
    #[must_use]
    pub fn by(&self) -> Option<MemberId> {
        self.by
    }
}

/// Asks the table.
///
/// # Errors
/// `SignInFirst` for the anonymous, `Suspended` for the suspended, else `NotAllowed`.
pub fn permit(actor: &Actor, action: Action, relation: Relation) -> Result<Permit, Refusal> {
    let by = actor.member();
    match actor {
        Actor::Anonymous => Err(Refusal::SignInFirst),
        Actor::Operator => Ok(Permit { action, by }),
        Actor::Member { role, .. } if allows(action, *role, relation) => Ok(Permit { action, by }),
        Actor::Member { role: Role::Suspended, .. } => Err(Refusal::Suspended),
        Actor::Member { .. } => Err(Refusal::NotAllowed),
    }
}

/// The table for signed-in members.
fn allows(action: Action, role: Role, relation: Relation) -> bool {
    use Relation::{Other, Own};
    use Role::{Administrator, Member, Organiser, Suspended};
    match (action, role, relation) {
        (Action::CreateEvent, Organiser | Administrator, Own | Other) => true,
        (Action::CreateEvent, Member | Suspended, Own | Other) => false,

        (Action::SeeDraftEvent | Action::EditEvent, Organiser, Own) => true,
        (Action::SeeDraftEvent | Action::EditEvent, Administrator, Own | Other) => true,
        (Action::SeeDraftEvent | Action::EditEvent, Organiser, Other) => false,
        (Action::SeeDraftEvent | Action::EditEvent, Member | Suspended, Own | Other) => false,

        (Action::Rsvp, Member | Organiser | Administrator, Own) => true,
        (Action::Rsvp, Member | Organiser | Administrator, Other) => false,
        (Action::Rsvp, Suspended, Own | Other) => false,

        (Action::EditProfile, Member | Organiser | Administrator, Own) => true,
        (Action::EditProfile, Member | Organiser | Administrator, Other) => false,
        (Action::EditProfile, Suspended, Own | Other) => false,

        // Whoever is suspended may still see and end their own sessions.
        (Action::ManageSessions, Member | Organiser | Administrator | Suspended, Own) => true,
        (Action::ManageSessions, Member | Organiser | Administrator | Suspended, Other) => false,

        (Action::ImportSchedule, Administrator, Own | Other) => true,
        (Action::ImportSchedule, Member | Organiser | Suspended, Own | Other) => false,

        // That thanks to oneself are none is a rule of kudos, not a right.
        (Action::GiveKudos, Member | Organiser | Administrator, Own | Other) => true,
        (Action::GiveKudos, Suspended, Own | Other) => false,

        (Action::ManageGroups, Administrator, Own | Other) => true,
        (Action::ManageGroups, Member | Organiser | Suspended, Own | Other) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionId;
    use uuid::Uuid;

    fn actor(role: Role) -> Actor {
        Actor::Member { id: MemberId(Uuid::nil()), role, session: SessionId(Uuid::nil()) }
    }

    /// The whole table, written once more by hand: rows are actions, columns are member, organiser,
    /// administrator, suspended, each `own other`.
    #[test]
    fn the_table_is_as_reviewed() {
        let mut table = String::new();
        for action in Action::ALL {
            table += &format!("{action:?}:");
            for role in [Role::Member, Role::Organiser, Role::Administrator, Role::Suspended] {
                let cell = |relation| if permit(&actor(role), *action, relation).is_ok() { 'y' } else { '-' };
                table += &format!(" {}{}", cell(Relation::Own), cell(Relation::Other));
            }
            table += "\n";
        }
        assert_eq!(
            table,
            "CreateEvent: -- yy yy --\n\
             SeeDraftEvent: -- y- yy --\n\
             EditEvent: -- y- yy --\n\
             Rsvp: y- y- y- --\n\
             EditProfile: y- y- y- --\n\
             ManageSessions: y- y- y- y-\n\
             ImportSchedule: -- -- yy --\n\
             GiveKudos: yy yy yy --\n\
             ManageGroups: -- -- yy --\n"
        );
    }

    #[test]
    fn the_anonymous_may_do_nothing_and_are_asked_to_sign_in() {
        for action in Action::ALL {
            for relation in [Relation::Own, Relation::Other] {
                assert_eq!(permit(&Actor::Anonymous, *action, relation).unwrap_err(), Refusal::SignInFirst);
            }
        }
    }

    #[test]
    fn a_refusal_says_which_kind() {
        let refused = |role| permit(&actor(role), Action::CreateEvent, Relation::Other).unwrap_err();
        assert_eq!(refused(Role::Suspended), Refusal::Suspended);
        assert_eq!(refused(Role::Member), Refusal::NotAllowed);
    }
}
