//! Permissions: one file for each feature, with its actions, its relations and its tables.
//!
//! A verb in `store` loads the relation inside its transaction and asks [`permit`]. The write step names the
//! [`Permit`] that it needs in its signature, so a permit for one action never opens another.

pub mod admin;
pub mod circles;
pub mod comments;
pub mod data;
pub mod demands;
pub mod events;
pub mod groups;
pub mod hellos;
pub mod kudos;
pub mod members;
pub mod mentoring;
pub mod mentorships;
pub mod notifications;
pub mod proposals;
pub mod questions;
pub mod reports;
pub mod seats;
pub mod series;
pub mod sessions;
pub mod speakers;
pub mod speed_rounds;
pub mod teams;
pub mod tokens;

use std::{fmt::Debug, marker::PhantomData};

use crate::{Actor, MemberId, Refusal, Role};

mod sealed {
    /// Keeps other crates from adding actions of their own.
    pub trait Sealed {}
}

/// Something that needs a permission. Each action is a type of its own.
pub trait Action: sealed::Sealed + Copy + Debug {
    /// What the answer depends on besides the role.
    type Relation: Relation;

    /// The table for signed-in members.
    fn allows(role: Role, relation: Self::Relation) -> bool;
}

/// The actor's relation to the record, with only those relations that matter for a feature.
pub trait Relation: Copy + Debug + 'static {
    /// Every relation, in the order of the columns of the reviewed tables.
    const ALL: &'static [Self];
}

/// The relation of actions that exist for the actor's own records only, such as their seat or their profile.
#[derive(Clone, Copy, Debug)]
pub struct Own;

impl Relation for Own {
    const ALL: &'static [Self] = &[Self];
}

/// The relation of actions that depend on the role alone.
#[derive(Clone, Copy, Debug)]
pub struct NoRelation;

impl Relation for NoRelation {
    const ALL: &'static [Self] = &[Self];
}

/// Says that an action includes another one, or a write step that several actions share.
pub trait Includes<Step>: Action {}

/// Proof that policy allowed the action `A` to one actor.
///
/// Only [`permit`] makes one:
///
/// ```
/// use domain::{Actor, policy::{Permit, events::{EditEvent, EventRelation}, permit}};
/// let permit: Permit<EditEvent> = permit(&Actor::Operator, EditEvent, EventRelation::Other)?;
/// # Ok::<(), domain::Refusal>(())
/// ```
///
/// ```compile_fail,E0451
/// use domain::{Actor, policy::{Permit, events::{EditEvent, EventRelation}, permit}};
/// let permit: Permit<EditEvent> = Permit { by: None, action: std::marker::PhantomData };
/// # Ok::<(), domain::Refusal>(())
/// ```
///
/// A permit for one action does not pass for another:
///
/// ```
/// use domain::{Actor, policy::{Permit, events::{EditEvent, EventRelation, SeeDraftEvent}, permit}};
/// fn save(_: &Permit<EditEvent>) {}
/// save(&permit(&Actor::Operator, EditEvent, EventRelation::Other)?);
/// # Ok::<(), domain::Refusal>(())
/// ```
///
/// ```compile_fail,E0308
/// use domain::{Actor, policy::{Permit, events::{EditEvent, EventRelation, SeeDraftEvent}, permit}};
/// fn save(_: &Permit<EditEvent>) {}
/// save(&permit(&Actor::Operator, SeeDraftEvent, EventRelation::Other)?);
/// # Ok::<(), domain::Refusal>(())
/// ```
#[derive(Debug)]
#[must_use = "a write needs its permit"]
pub struct Permit<A> {
    by: Option<MemberId>,
    // A function pointer, so that a permit may be kept across an `await` whatever its action is.
    action: PhantomData<fn() -> A>,
}

impl<A> Permit<A> {
    fn new(by: Option<MemberId>) -> Self {
        Self { by, action: PhantomData }
    }

    /// The member it is allowed to; `None` for the operator.
    #[must_use]
    pub fn by(&self) -> Option<MemberId> {
        self.by
    }
}

impl<A: Action> Permit<A> {
    /// The permit for an action or a write step that the permitted action includes.
    ///
    /// ```
    /// use domain::{Actor, policy::{NoRelation, Permit, events::{EditEvent, EventRelation, ImportSchedule}, permit}};
    /// let import = permit(&Actor::Operator, ImportSchedule, NoRelation)?;
    /// let edit: Permit<EditEvent> = import.step();
    /// # Ok::<(), domain::Refusal>(())
    /// ```
    ///
    /// ```compile_fail,E0308
    /// use domain::{Actor, policy::{NoRelation, Permit, events::{EditEvent, EventRelation, ImportSchedule}, permit}};
    /// let edit = permit(&Actor::Operator, EditEvent, EventRelation::Other)?;
    /// let import: Permit<ImportSchedule> = edit.step();
    /// # Ok::<(), domain::Refusal>(())
    /// ```
    pub fn step<Step>(&self) -> Permit<Step>
    where
        A: Includes<Step>,
    {
        Permit::new(self.by)
    }
}

/// Looks up whether `actor` may do `action` to a record with this `relation`.
///
/// # Errors
/// `SignInFirst` for anonymous visitors, `Suspended` for suspended members, `NotAllowed` for everybody
/// else.
pub fn permit<A: Action>(actor: &Actor, _action: A, relation: A::Relation) -> Result<Permit<A>, Refusal> {
    match actor {
        Actor::Anonymous => Err(Refusal::SignInFirst),
        Actor::Operator => Ok(Permit::new(None)),
        Actor::Member { id, role, .. } if A::allows(*role, relation) => Ok(Permit::new(Some(*id))),
        Actor::Member { role: Role::Suspended, .. } => Err(Refusal::Suspended),
        Actor::Member { .. } => Err(Refusal::NotAllowed),
    }
}

/// Declares the actions of a feature, each with its relation and the function that holds its table. Tests get
/// `table()`, which writes out every one of them.
macro_rules! actions {
    ($($(#[$meta:meta])* $action:ident($relation:ty) = $allows:path;)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug)]
            pub struct $action;

            impl crate::policy::sealed::Sealed for $action {}

            impl crate::policy::Action for $action {
                type Relation = $relation;

                fn allows(role: crate::Role, relation: $relation) -> bool {
                    $allows(role, relation)
                }
            }
        )+

        #[cfg(test)]
        fn table() -> String {
            [$(crate::policy::tests::row($action)),+].concat()
        }
    };
}

/// Declares write steps that several actions share. Nobody asks for a step: its permit comes from the permit of
/// an action.
macro_rules! steps {
    ($($(#[$meta:meta])* $step:ident: $($action:ty),+;)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug)]
            pub enum $step {}

            $(impl crate::policy::Includes<$step> for $action {})+
        )+
    };
}

use {actions, steps};

/// Every member who is not suspended may.
fn active(role: Role) -> bool {
    match role {
        Role::Member | Role::Organiser | Role::Administrator => true,
        Role::Suspended => false,
    }
}

/// Only administrators may.
fn administrators(role: Role) -> bool {
    match role {
        Role::Administrator => true,
        Role::Member | Role::Organiser | Role::Suspended => false,
    }
}

/// The table of actions that depend on the role alone and are for administrators.
fn for_administrators(role: Role, NoRelation: NoRelation) -> bool {
    administrators(role)
}

/// The table of actions on one's own records that suspended members may not do.
fn for_active_members(role: Role, Own: Own) -> bool {
    active(role)
}

/// The table of actions on one's own records that suspended members may do too.
fn for_every_member(role: Role, Own: Own) -> bool {
    match role {
        Role::Member | Role::Organiser | Role::Administrator | Role::Suspended => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{events::CreateEvent, events::EventRelation, *};
    use crate::SignInSessionId;
    use uuid::Uuid;

    fn actor(role: Role) -> Actor {
        Actor::Member { id: MemberId(Uuid::nil()), role, session: SignInSessionId(Uuid::nil()) }
    }

    /// One action as a line of the reviewed table. Columns are member, organiser, administrator, suspended,
    /// each with the relations in their order. Visitors and the operator are the same for every action.
    pub(super) fn row<A: Action>(action: A) -> String {
        let mut row = format!("{action:?}:");
        for role in [Role::Member, Role::Organiser, Role::Administrator, Role::Suspended] {
            row += " ";
            for relation in A::Relation::ALL {
                row += if permit(&actor(role), action, *relation).is_ok() { "y" } else { "-" };
            }
        }
        for relation in A::Relation::ALL {
            assert_eq!(permit(&Actor::Anonymous, action, *relation).unwrap_err(), Refusal::SignInFirst);
            assert_eq!(permit(&Actor::Operator, action, *relation).unwrap().by(), None);
        }
        row + "\n"
    }

    #[test]
    fn suspended_members_get_their_own_refusal() {
        let refused = |role| permit(&actor(role), CreateEvent, EventRelation::Other).unwrap_err();
        assert_eq!(refused(Role::Suspended), Refusal::Suspended);
        assert_eq!(refused(Role::Member), Refusal::NotAllowed);
    }

    #[test]
    fn a_permit_and_its_steps_name_the_member() {
        use super::groups::{AddGroupMember, GroupRelation, JoinGroup};
        let permit = permit(&actor(Role::Member), JoinGroup, GroupRelation::Outside).unwrap();
        assert_eq!(permit.by(), Some(MemberId(Uuid::nil())));
        assert_eq!(permit.step::<AddGroupMember>().by(), permit.by());
    }
}
