//! Who may see drafts of events, and create, change and import events.

use super::{Includes, NoRelation, Own, Relation, actions, for_active_members, for_administrators, steps};
use crate::{Role, groups::GroupRole, policy::groups::TendGroup};

actions! {
    /// Create an event.
    CreateEvent(EventRelation) = may_create;
    /// See a draft event.
    SeeDraftEvent(EventRelation) = may_run;
    /// Change, publish, reschedule, cancel or reinstate an event.
    EditEvent(EventRelation) = may_run;
    /// Delete a draft event.
    DeleteDraft(EventRelation) = may_manage;
    /// Decide who else hosts an event: members and groups (F6, F9).
    ManageCohosts(EventRelation) = may_manage;
    /// Accept or decline an invitation to co-host, and stop co-hosting (F9).
    AnswerCohosting(Own) = for_active_members;
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
    /// The actor is a co-host: a host invited them, and they accepted (F9). They run this event and nothing else of its
    /// group.
    CoHosts,
    /// The actor is a member of a group that the event belongs to.
    Belongs,
    /// None of these.
    Other,
}

impl Relation for EventRelation {
    const ALL: &'static [Self] = &[Self::Hosts, Self::Organises, Self::CoHosts, Self::Belongs, Self::Other];
}

impl EventRelation {
    /// The relation to an event. `hosts`: the actor hosts it. `co_hosts`: they accepted to co-host it. `role`: their
    /// role in the event's group. Organisers and co-organisers of the group may do at least what the host may.
    #[must_use]
    pub fn of(hosts: bool, co_hosts: bool, role: Option<GroupRole>) -> Self {
        match (role, hosts) {
            (Some(GroupRole::Organiser | GroupRole::CoOrganiser), _) => Self::Organises,
            (Some(GroupRole::Member) | None, true) => Self::Hosts,
            (Some(GroupRole::Member) | None, false) if co_hosts => Self::CoHosts,
            (Some(GroupRole::Member), false) => Self::Belongs,
            (None, false) => Self::Other,
        }
    }

    /// The relation to an event that is about to be created. `None` for an event without a group.
    /// `Some(role)` for an event of a group in which the actor has that role.
    #[must_use]
    pub fn of_new(group: Option<Option<GroupRole>>) -> Self {
        group.map_or(Self::Hosts, |role| Self::of(false, false, role))
    }
}

/// For a group only its organisers may create events, whatever role they have in the community.
fn may_create(role: Role, relation: EventRelation) -> bool {
    may_manage(role, relation)
}

/// Hosts and organisers decide about the event as a whole. Co-hosts don't.
pub(super) fn may_manage(role: Role, relation: EventRelation) -> bool {
    use EventRelation::{Belongs, CoHosts, Hosts, Organises, Other};
    match (role, relation) {
        (Role::Member | Role::Organiser | Role::Administrator, Organises) => true,
        (Role::Organiser, Hosts) => true,
        (Role::Administrator, Hosts | CoHosts | Belongs | Other) => true,
        (Role::Organiser, CoHosts | Belongs | Other) => false,
        (Role::Member, Hosts | CoHosts | Belongs | Other) => false,
        (Role::Suspended, Hosts | Organises | CoHosts | Belongs | Other) => false,
    }
}

fn may_run(role: Role, relation: EventRelation) -> bool {
    use EventRelation::{Belongs, CoHosts, Hosts, Organises, Other};
    match (role, relation) {
        (Role::Member | Role::Organiser | Role::Administrator, CoHosts) => true,
        (Role::Member | Role::Organiser | Role::Administrator, Hosts | Organises | Belongs | Other) => {
            may_manage(role, relation)
        }
        (Role::Suspended, Hosts | Organises | CoHosts | Belongs | Other) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended, each with `hosts organises co-hosts belongs
    /// other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "CreateEvent: -y--- yy--- yyyyy -----\n\
             SeeDraftEvent: -yy-- yyy-- yyyyy -----\n\
             EditEvent: -yy-- yyy-- yyyyy -----\n\
             DeleteDraft: -y--- yy--- yyyyy -----\n\
             ManageCohosts: -y--- yy--- yyyyy -----\n\
             AnswerCohosting: y y y -\n\
             ImportSchedule: - - y -\n"
        );
    }

    #[test]
    fn organisers_of_a_group_can_edit_its_events() {
        for role in [GroupRole::Organiser, GroupRole::CoOrganiser] {
            assert_eq!(EventRelation::of(true, true, Some(role)), EventRelation::Organises);
            assert_eq!(EventRelation::of_new(Some(Some(role))), EventRelation::Organises);
        }
        assert_eq!(EventRelation::of(true, true, Some(GroupRole::Member)), EventRelation::Hosts);
        assert_eq!(EventRelation::of(false, false, Some(GroupRole::Member)), EventRelation::Belongs);
        assert_eq!(EventRelation::of(false, true, None), EventRelation::CoHosts);
        assert_eq!(EventRelation::of_new(None), EventRelation::Hosts);
        assert_eq!(EventRelation::of_new(Some(None)), EventRelation::Other);
    }
}
