//! What waits for the reader, for the home page: proposals to answer, mentorships, and sign-ups to finish.

use domain::{MentorRequestId, mentoring::SignUpRole};
use leptos::prelude::*;
use store::{
    mentoring::{RoundCard, proposals::ProposalToDo},
    mentorships::PairToDo,
    schedule::SpeakerToDo,
};

use super::{run_paths::proposal_path, unfinished::unfinished_items};
use crate::{
    context::{Visit, tr, tr_with},
    events::pages::speakers::to_do_items as speaker_items,
    i18n,
    mentorships::lists::{request_items, to_do_items},
    ui::{Reader, Shape},
};

/// The section "To do". Nothing when nothing waits.
#[must_use]
pub fn to_do(
    visit: &Visit,
    proposals: &[ProposalToDo],
    pairs: &[PairToDo],
    requests: &[(MentorRequestId, String)],
    unfinished: &[(RoundCard, SignUpRole)],
    speakers: &[SpeakerToDo],
) -> Option<AnyView> {
    (!speakers.is_empty() || !proposals.is_empty() || !pairs.is_empty() || !requests.is_empty() || !unfinished.is_empty()).then(|| {
        let items = proposals.iter().map(|it| proposal_item(visit, it));
        view! {
            <section aria-labelledby="to_do">
                <h2 id="to_do">{tr("to-do-title")}</h2>
                <ul class="rows" role="list">
                    {items.collect_view()} {to_do_items(visit, pairs)} {request_items(requests)} {speaker_items(speakers)} {unfinished_items(visit, unfinished)}
                </ul>
            </section>
        }
        .into_any()
    })
}

fn proposal_item(visit: &Visit, it: &ProposalToDo) -> AnyView {
    let key = match it.side {
        SignUpRole::Mentee => "to-do-proposal-mentee",
        SignUpRole::Mentor => "to-do-proposal-mentor",
    };
    let text = tr_with(key, &[("partner", i18n::quote(it.partner.clone()))]);
    let until = Reader::of(visit, visit.zone).time(it.expires_at, Shape::DateTime);
    view! {
        <li>
            <strong><a href=proposal_path(it.id)>{text}</a></strong>
            <span class="help">{tr("proposal-until")} " " {until}</span>
        </li>
    }
    .into_any()
}
