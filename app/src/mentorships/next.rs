//! What is next, as one line with one link. The page of a mentorship begins with it, and lists show it.

use domain::{MentorshipId, mentorships::NextStep};

use super::paths::{below, mentorship_path};
use crate::{
    context::{Visit, locale, tr_with},
    i18n::{self, format},
    ui::{Reader, Shape},
};

/// The sentence about the next step. `partner` is the name of the other one.
#[must_use]
pub fn next_sentence(visit: &Visit, next: NextStep, partner: &str) -> String {
    let key = match next {
        NextStep::CheckIn(..) => "next-check-in",
        NextStep::AnswerMeeting(_) => "next-answer-meeting",
        NextStep::AnswerExtension => "next-answer-extension",
        NextStep::GiveFeedback => "next-give-feedback",
        NextStep::Graduated => "next-graduated",
        NextStep::Over => "next-over",
        NextStep::Resume => "next-resume",
        NextStep::Agree => "next-agree",
        NextStep::ChooseEnd => "next-choose-end",
        NextStep::Meet(_) => "next-meet",
        NextStep::WaitForAnswer(_) => "next-wait",
        NextStep::SetGoal => "next-set-goal",
        NextStep::ProposeMeeting => "next-propose",
    };
    let mut args = vec![("partner", i18n::quote(partner.to_owned()))];
    if let NextStep::Meet(at) = next {
        let zone = Reader::of(visit, visit.zone).zone();
        args.push(("time", i18n::quote(format::at(locale(), at, zone, Shape::DateTime))));
    }
    tr_with(key, &args)
}

/// Where the next step is done, and the key of its button. `None` when there is nothing to press.
#[must_use]
pub fn next_link(id: MentorshipId, next: NextStep) -> Option<(String, &'static str)> {
    let page = mentorship_path(id);
    match next {
        NextStep::CheckIn(..) => Some((format!("{page}#check-in"), "next-check-in-button")),
        NextStep::AnswerMeeting(_) => Some((format!("{page}#meetings"), "next-answer-meeting-button")),
        NextStep::AnswerExtension | NextStep::ChooseEnd => Some((below(id, "end"), "next-choose-end-button")),
        NextStep::GiveFeedback => Some((below(id, "feedback"), "next-give-feedback-button")),
        NextStep::Agree => Some((format!("{page}#agreement"), "next-agree-button")),
        NextStep::SetGoal => Some((below(id, "goal"), "next-set-goal-button")),
        NextStep::ProposeMeeting => Some((below(id, "meet"), "next-propose-button")),
        NextStep::Resume => Some((below(id, "end"), "next-resume-button")),
        NextStep::Graduated | NextStep::Over | NextStep::Meet(_) | NextStep::WaitForAnswer(_) => None,
    }
}
