//! Who may open and run a call for proposals, propose, speak and review (D1, D2).

use super::{NoRelation, Relation, actions, active};
use crate::Role;

actions! {
    /// Open a call, change it, read what was sent, decide, and choose reviewers.
    RunCall(CallRelation) = may_run;
    /// Write a proposal.
    WriteProposal(NoRelation) = may_write;
    /// Read a submission whatever its state, with what was asked and answered.
    SeeOwnSubmission(SpeakerRelation) = may_see;
    /// Change the text of a submission.
    EditSubmission(SpeakerRelation) = may_edit;
    /// Send, withdraw, confirm or decline a submission, and invite co-speakers.
    SettleSubmission(SpeakerRelation) = may_settle;
    /// Accept an invitation to speak together.
    JoinSpeakers(SpeakerRelation) = may_join;
    /// Decline such an invitation, or stop being a co-speaker. Suspended members can.
    LeaveSpeakers(SpeakerRelation) = may_leave;
    /// Read and score a submission as a reviewer.
    ReviewSubmission(ReviewRelation) = may_review;
}

/// The actor's relation to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallRelation {
    /// The actor may edit the event of the call, or runs its group.
    Organises,
    /// Everybody else.
    Other,
}

/// The actor's relation to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerRelation {
    /// The actor wrote it.
    Speaker,
    /// The actor accepted to speak together.
    CoSpeaker,
    /// The actor was invited to speak together.
    Invited,
    /// Everybody else.
    Other,
}

/// The actor's relation to a submission as a reviewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewRelation {
    /// The actor reviews the call.
    Reviewer,
    /// The actor reviews the call, and this is their own proposal, a co-speaker's, their mentee's or their mentor's.
    Conflicted,
    /// Everybody else.
    Other,
}

impl Relation for CallRelation {
    const ALL: &'static [Self] = &[Self::Organises, Self::Other];
}

impl Relation for SpeakerRelation {
    const ALL: &'static [Self] = &[Self::Speaker, Self::CoSpeaker, Self::Invited, Self::Other];
}

impl Relation for ReviewRelation {
    const ALL: &'static [Self] = &[Self::Reviewer, Self::Conflicted, Self::Other];
}

fn may_run(role: Role, relation: CallRelation) -> bool {
    match relation {
        CallRelation::Organises => active(role),
        CallRelation::Other => false,
    }
}

fn may_write(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

fn may_see(_: Role, relation: SpeakerRelation) -> bool {
    match relation {
        SpeakerRelation::Speaker | SpeakerRelation::CoSpeaker | SpeakerRelation::Invited => true,
        SpeakerRelation::Other => false,
    }
}

fn may_edit(role: Role, relation: SpeakerRelation) -> bool {
    match relation {
        SpeakerRelation::Speaker | SpeakerRelation::CoSpeaker => active(role),
        SpeakerRelation::Invited | SpeakerRelation::Other => false,
    }
}

fn may_settle(role: Role, relation: SpeakerRelation) -> bool {
    match relation {
        SpeakerRelation::Speaker => active(role),
        SpeakerRelation::CoSpeaker | SpeakerRelation::Invited | SpeakerRelation::Other => false,
    }
}

fn may_join(role: Role, relation: SpeakerRelation) -> bool {
    match relation {
        SpeakerRelation::CoSpeaker | SpeakerRelation::Invited => active(role),
        SpeakerRelation::Speaker | SpeakerRelation::Other => false,
    }
}

fn may_leave(_: Role, relation: SpeakerRelation) -> bool {
    match relation {
        SpeakerRelation::CoSpeaker | SpeakerRelation::Invited => true,
        SpeakerRelation::Speaker | SpeakerRelation::Other => false,
    }
}

fn may_review(role: Role, relation: ReviewRelation) -> bool {
    match relation {
        ReviewRelation::Reviewer => active(role),
        ReviewRelation::Conflicted | ReviewRelation::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended, each with the relations in their order.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "RunCall: y- y- y- --\n\
             WriteProposal: y y y -\n\
             SeeOwnSubmission: yyy- yyy- yyy- yyy-\n\
             EditSubmission: yy-- yy-- yy-- ----\n\
             SettleSubmission: y--- y--- y--- ----\n\
             JoinSpeakers: -yy- -yy- -yy- ----\n\
             LeaveSpeakers: -yy- -yy- -yy- -yy-\n\
             ReviewSubmission: y-- y-- y-- ---\n"
        );
    }
}
