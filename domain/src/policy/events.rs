//! Who may see drafts of events, and create, change and import events.

use super::{Includes, NoRelation, Relation, actions, for_administrators, steps};
use crate::{Role, groups::GroupRole, policy::groups::TendGroup};

actions! {
    /// Create an event.
    CreateEvent(EventRelation) = may_create;
    /// See a draft event.
    SeeDraftEvent(EventRelation) = may_run;
    /// Change, publish, reschedule, cancel or reinstate an event.
    EditEvent(EventRelation) = may_run;
    /// Delete a draft event.
    DeleteDraft(EventRelation) = may_run;
    /// Import a schedule file into an event, which creates or changes the event.
    ImportSchedule(NoRelation) = for_administrators;
}

impl Includes<CreateEvent> for ImportSchedule {}
impl Includes<EditEvent> for ImportSchedule {}

steps! {
    /// Plan the news that another group co-hosts an event. Organisers of either group can start it (F6).
    PlanCohostNews: EditEvent, TendGroup;
}

/// The actor's relation to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventRelation {
    /// The actor hosts the event, and does not organise its group. For a new event: it belongs to no group.
    Hosts,
    /// The actor is an organiser or co-organiser of a group that the event belongs to.
    Organises,
    /// The actor is a member of a group that the event belongs to.
    Belongs,
    /// None of these.
    Other,
}

impl Relation for EventRelation {
    const ALL: &'static [Self] = &[Self::Hosts, Self::Organises, Self::Belongs, Self::Other];
}

impl EventRelation {
    /// The relation to an event. `hosts`: the actor hosts it. `role`: their role in the event's group.
    /// Organisers and co-organisers of the group may do at least what the host may.
    #[must_use]
    pub fn of(hosts: bool, role: Option<GroupRole>) -> Self {
        match (role, hosts) {
            (Some(GroupRole::Organiser | GroupRole::CoOrganiser), _) => Self::Organises,
            (Some(GroupRole::Member) | None, true) => Self::Hosts,
            (Some(GroupRole::Member), false) => Self::Belongs,
            (None, false) => Self::Other,
        }
    }

    /// The relation to an event that is about to be created. `None` for an event without a group.
    /// `Some(role)` for an event of a group in which the actor has that role.
    #[must_use]
    pub fn of_new(group: Option<Option<GroupRole>>) -> Self {
        group.map_or(Self::Hosts, |role| Self::of(false, role))
    }
}

/// For a group only its organisers may create events, whatever role they have in the community.
fn may_create(role: Role, relation: EventRelation) -> bool {
    use EventRelation::{Belongs, Hosts, Organises, Other};
    match (role, relation) {
        (Role::Member | Role::Organiser | Role::Administrator, Organises) => true,
        (Role::Organiser, Hosts) => true,
        (Role::Administrator, Hosts | Belongs | Other) => true,
        (Role::Organiser, Belongs | Other) => false,
        (Role::Member, Hosts | Belongs | Other) => false,
        (Role::Suspended, Hosts | Organises | Belongs | Other) => false,
    }
}

fn may_run(role: Role, relation: EventRelation) -> bool {
    use EventRelation::{Belongs, Hosts, Organises, Other};
    match (role, relation) {
        (Role::Member | Role::Organiser | Role::Administrator, Organises) => true,
        (Role::Organiser, Hosts) => true,
        (Role::Administrator, Hosts | Belongs | Other) => true,
        (Role::Organiser, Belongs | Other) => false,
        (Role::Member, Hosts | Belongs | Other) => false,
        (Role::Suspended, Hosts | Organises | Belongs | Other) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended, each with `hosts organises belongs other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "CreateEvent: -y-- yy-- yyyy ----\n\
             SeeDraftEvent: -y-- yy-- yyyy ----\n\
             EditEvent: -y-- yy-- yyyy ----\n\
             DeleteDraft: -y-- yy-- yyyy ----\n\
             ImportSchedule: - - y -\n"
        );
    }

    #[test]
    fn organisers_of_a_group_can_edit_its_events() {
        for role in [GroupRole::Organiser, GroupRole::CoOrganiser] {
            assert_eq!(EventRelation::of(true, Some(role)), EventRelation::Organises);
            assert_eq!(EventRelation::of_new(Some(Some(role))), EventRelation::Organises);
        }
        assert_eq!(EventRelation::of(true, Some(GroupRole::Member)), EventRelation::Hosts);
        assert_eq!(EventRelation::of(false, Some(GroupRole::Member)), EventRelation::Belongs);
        assert_eq!(EventRelation::of_new(None), EventRelation::Hosts);
        assert_eq!(EventRelation::of_new(Some(None)), EventRelation::Other);
    }
}
