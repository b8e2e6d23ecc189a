//! What waits for the reader, for the home page: invitations to co-host, proposals to answer, mentorships, and sign-ups to
//! finish.

use domain::{Actor, MentorRequestId, mentoring::SignUpRole, mentorships::RequestKind};
use leptos::prelude::*;
use store::{
    Store,
    events::{self, CohostToDo},
    mentoring::{
        self, RoundCard,
        proposals::{self, ProposalToDo},
    },
    mentorships::{self, PairToDo},
    proposals as calls,
    questions::{self, QuestionToDo},
    schedule::{self, SpeakerToDo},
    waiting::may_wait,
};

use super::{run_paths::proposal_path, unfinished::unfinished_items};
use crate::{
    context::{Visit, tr, tr_with},
    error::AppError,
    events::pages::{event_path, speakers::to_do_items as speaker_items},
    i18n,
    mentorships::lists::{request_items, to_do_items},
    proposals::to_do::to_do_items as call_items,
    questions::page::question_path,
    ui::{Reader, Shape},
};

/// What waits for the reader.
#[derive(Default)]
pub struct Waiting {
    proposals: Vec<ProposalToDo>,
    pairs: Vec<PairToDo>,
    requests: Vec<(MentorRequestId, RequestKind, String)>,
    unfinished: Vec<(RoundCard, SignUpRole)>,
    speakers: Vec<SpeakerToDo>,
    questions: Vec<QuestionToDo>,
    cohosting: Vec<CohostToDo>,
    calls: calls::ToDo,
}

impl Waiting {
    /// Reads it.
    ///
    /// # Errors
    /// `Unavailable` or `Internal` when the store can't be read.
    pub async fn read(store: &Store, actor: &Actor) -> Result<Self, AppError> {
        let may = may_wait(store, actor).await?;
        let mut waiting = Self::default();
        if may.sign_ups {
            waiting.proposals = proposals::to_do(store, actor).await?;
            waiting.unfinished = mentoring::unfinished(store, actor).await?;
        }
        if may.pairs {
            waiting.pairs = mentorships::to_do(store, actor).await?;
        }
        if may.requests {
            waiting.requests = mentorships::requests_to_answer(store, actor).await?;
        }
        if may.speakers {
            waiting.speakers = schedule::speakers_to_confirm(store, actor).await?;
        }
        if may.questions {
            waiting.questions = questions::to_do(store, actor).await?;
        }
        if may.cohosting {
            waiting.cohosting = events::cohost_invitations(store, actor).await?;
        }
        if may.calls {
            waiting.calls = calls::to_do(store, actor).await?;
        }
        Ok(waiting)
    }

    fn is_empty(&self) -> bool {
        self.proposals.is_empty()
            && self.pairs.is_empty()
            && self.requests.is_empty()
            && self.unfinished.is_empty()
            && self.speakers.is_empty()
            && self.questions.is_empty()
            && self.cohosting.is_empty()
            && self.calls.is_empty()
    }
}

/// The section "To do". Nothing when nothing waits.
#[must_use]
pub fn to_do(visit: &Visit, waiting: &Waiting) -> Option<AnyView> {
    (!waiting.is_empty()).then(|| {
        let items = waiting.proposals.iter().map(|it| proposal_item(visit, it));
        view! {
            <section aria-labelledby="to_do">
                <h2 id="to_do">{tr("to-do-title")}</h2>
                <ul class="rows" role="list">
                    {cohost_items(&waiting.cohosting)}
                    {items.collect_view()}
                    {to_do_items(visit, &waiting.pairs)}
                    {request_items(&waiting.requests)}
                    {question_items(&waiting.questions)}
                    {speaker_items(&waiting.speakers)}
                    {call_items(visit, &waiting.calls)}
                    {unfinished_items(visit, &waiting.unfinished)}
                </ul>
            </section>
        }
        .into_any()
    })
}

/// Invitations to co-host an event.
fn cohost_items(invitations: &[CohostToDo]) -> AnyView {
    let items = invitations.iter().map(|it| {
        let text = tr_with("to-do-cohost", &[("event", i18n::quote(it.title.clone()))]);
        view! { <li><strong><a href=event_path(&it.slug)>{text}</a></strong></li> }
    });
    items.collect_view().into_any()
}

/// Questions that wait for the reader.
fn question_items(questions: &[QuestionToDo]) -> AnyView {
    let items = questions.iter().map(|it| {
        let key = if it.is_mentor { "to-do-question-mentor" } else { "to-do-question-asker" };
        let text = tr_with(key, &[("partner", i18n::quote(it.partner.clone()))]);
        view! { <li><strong><a href=question_path(it.id)>{text}</a></strong></li> }
    });
    items.collect_view().into_any()
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
