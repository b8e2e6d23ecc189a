//! Who may ask for something to learn, want it too, offer to teach it, and moderate it (B10).

use super::{
    NoRelation, Relation, actions, active,
    reports::{DecideReports, ReportContent},
    steps,
};
use crate::Role;

actions! {
    /// Post a learning request.
    AskDemand(NoRelation) = may_ask;
    /// See a learning request.
    SeeDemand(DemandRelation) = may_see;
    /// Want it too, or no longer.
    SecondDemand(DemandRelation) = may_second;
    /// Offer to teach it.
    ClaimDemand(DemandRelation) = may_claim;
    /// Give the offer to teach it back, so that others can offer.
    ReleaseDemand(DemandRelation) = may_release;
    /// Make a draft event for it.
    ScheduleDemand(DemandRelation) = may_schedule;
    /// Decline to host it.
    DeclineDemand(DemandRelation) = may_decline;
    /// Change one's own request.
    EditDemand(DemandRelation) = may_edit;
    /// Take one's own request back. Suspended members can.
    WithdrawDemand(DemandRelation) = may_withdraw;
    /// Put one's own request back.
    ReopenDemand(DemandRelation) = may_reopen;
    /// Remove a request, and restore it.
    ModerateDemand(DemandRelation) = may_moderate;
}

steps! {
    /// Hide a request from everybody, or show it again: while a report waits, and as it is decided.
    HideDemand: ReportContent, DecideReports;
}

/// The actor's relation to a learning request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemandRelation {
    /// The actor wrote it.
    Asker,
    /// The actor offered to teach it.
    Claimant,
    /// The speaker asked a group to host it, and the actor organises this group.
    Host,
    /// The actor organises the group that it is for.
    Organises,
    /// None of these.
    Other,
    /// There is a block between the actor and the author, or an admin has not decided about a report.
    Hidden,
}

impl Relation for DemandRelation {
    const ALL: &'static [Self] =
        &[Self::Asker, Self::Claimant, Self::Host, Self::Organises, Self::Other, Self::Hidden];
}

use DemandRelation::{Asker, Claimant, Hidden, Host, Organises, Other};

fn may_ask(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

fn may_see(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Asker => true,
        Claimant | Host | Organises | Other => active(role),
        Hidden => false,
    }
}

/// The author wants it anyway.
fn may_second(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Claimant | Host | Organises | Other => active(role),
        Asker | Hidden => false,
    }
}

fn may_claim(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Claimant | Host | Organises | Other => active(role),
        Asker | Hidden => false,
    }
}

/// A speaker who doesn't get round to it must not stop others.
fn may_release(role: Role, relation: DemandRelation) -> bool {
    match (role, relation) {
        (_, Claimant) => true,
        (_, Asker | Organises) => active(role),
        (Role::Administrator, Host | Other) => true,
        (Role::Member | Role::Organiser | Role::Suspended, Host | Other) => false,
        (_, Hidden) => false,
    }
}

fn may_schedule(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Claimant | Host => active(role),
        Asker | Organises | Other | Hidden => false,
    }
}

fn may_decline(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Host => active(role),
        Asker | Claimant | Organises | Other | Hidden => false,
    }
}

fn may_edit(role: Role, relation: DemandRelation) -> bool {
    match relation {
        Asker => active(role),
        Claimant | Host | Organises | Other | Hidden => false,
    }
}

fn may_withdraw(_: Role, relation: DemandRelation) -> bool {
    match relation {
        Asker => true,
        Claimant | Host | Organises | Other | Hidden => false,
    }
}

fn may_reopen(role: Role, relation: DemandRelation) -> bool {
    active(role) && may_withdraw(role, relation)
}

fn may_moderate(role: Role, relation: DemandRelation) -> bool {
    match (role, relation) {
        (_, Organises) => active(role),
        (Role::Administrator, Claimant | Host | Other) => true,
        (Role::Member | Role::Organiser | Role::Suspended, Claimant | Host | Other) => false,
        (_, Asker | Hidden) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. Each with `asker claimant host organises other hidden`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "AskDemand: y y y -\n\
             SeeDemand: yyyyy- yyyyy- yyyyy- y-----\n\
             SecondDemand: -yyyy- -yyyy- -yyyy- ------\n\
             ClaimDemand: -yyyy- -yyyy- -yyyy- ------\n\
             ReleaseDemand: yy-y-- yy-y-- yyyyy- -y----\n\
             ScheduleDemand: -yy--- -yy--- -yy--- ------\n\
             DeclineDemand: --y--- --y--- --y--- ------\n\
             EditDemand: y----- y----- y----- ------\n\
             WithdrawDemand: y----- y----- y----- y-----\n\
             ReopenDemand: y----- y----- y----- ------\n\
             ModerateDemand: ---y-- ---y-- -yyyy- ------\n"
        );
    }
}
