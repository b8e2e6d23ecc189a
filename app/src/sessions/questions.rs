//! The questions on the page of a session.

use domain::{
    forms::Fields,
    reports::ReportKind,
    sessions::{MAX_SESSION_QUESTION, QuestionsOpen, SessionQuestionState},
};
use leptos::prelude::*;
use store::{
    schedule::SessionPage,
    sessions::{self, QuestionsPage, SessionQuestion},
};

use super::session_path;
use crate::{
    call::sign_in_path,
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    members::card::member_path,
    refill::refilled,
    reports::pages::Report,
    ui::{Badge, Reader, Shape, Sheet, Tone},
};

/// The key that the draft of a question is saved under. Each session has its own.
#[must_use]
pub fn question_draft(session: &str) -> String {
    format!("sessions/ask/{session}")
}

/// The questions of a session, and the form that asks one.
///
/// # Errors
/// `Unavailable` or `Internal` when the questions can't be read.
pub async fn section(visit: &Visit, page: &SessionPage) -> Result<AnyView, AppError> {
    let questions = sessions::questions(&store(), &visit.actor, page).await?;
    let form = match questions.may_ask {
        true => Some(ask_form(visit, page).await?),
        false => None,
    };
    let view = View { visit, page, questions: &questions };
    let path = session_path(&page.event.slug, page.item.id);
    let sign_in = visit.member.is_none().then(|| {
        view! { <p><a href=sign_in_path(&format!("{path}#questions"))>{tr("session-questions-sign-in")}</a></p> }
    });
    let renew = (form.is_some() && !questions.open.is_empty()).then(|| {
        view! { <p><a class="quiet" href=format!("{path}?renew=1#questions")>{tr("session-questions-renew")}</a></p> }
    });
    let state = (!questions.is_open).then(|| {
        let key = match questions.opens {
            QuestionsOpen::Closed => "session-questions-closed",
            QuestionsOpen::Around | QuestionsOpen::Always => "session-questions-around",
        };
        view! { <p class="help">{tr(key)}</p> }
    });
    let empty = (form.is_some() && questions.open.is_empty())
        .then(|| view! { <p class="help">{tr("session-questions-none")}</p> });
    Ok(view! {
        <section class="part" id="questions" aria-labelledby="questions-title">
            <h2 id="questions-title">{tr("session-questions-title")}</h2>
            {state}
            {sign_in}
            {form}
            {empty}
            {renew}
            {view.list(&questions.open)}
            {view.folded("session-questions-answered", &questions.answered)}
            {view.folded("session-questions-hidden", &questions.hidden)}
            {view.opening()}
        </section>
    }
    .into_any())
}

async fn ask_form(visit: &Visit, page: &SessionPage) -> Result<AnyView, AppError> {
    let (sheet, _) = refilled(visit, &question_draft(&page.item.id.to_string()), Fields::new()).await?;
    let sheet = sheet.with_label("question", "session-questions-ask");
    let key = store::sign_in::new_token();
    Ok(view! {
        <form method="post" action="/api/sessions/ask">
            {hidden(page)}
            <input type="hidden" name="key" value=key />
            {sheet.summary()}
            {sheet.field("question", "session-questions-ask").help("help-session-questions-ask").needed().max(MAX_SESSION_QUESTION).area(2)}
            <button class="button">{tr("session-questions-send")}</button>
        </form>
    }
    .into_any())
}

/// The fields that name the session in each form about it.
pub(super) fn hidden(page: &SessionPage) -> AnyView {
    view! {
        <input type="hidden" name="slug" value=page.event.slug.to_string() />
        <input type="hidden" name="session" value=page.item.id.to_string() />
    }
    .into_any()
}

/// What the items of the section need.
struct View<'a> {
    visit: &'a Visit,
    page: &'a SessionPage,
    questions: &'a QuestionsPage,
}

impl View<'_> {
    fn list(&self, questions: &[SessionQuestion]) -> Option<AnyView> {
        let items = questions.iter().map(|question| self.item(question)).collect_view();
        (!questions.is_empty()).then(|| view! { <ul class="rows" role="list">{items}</ul> }.into_any())
    }

    fn folded(&self, key: &str, questions: &[SessionQuestion]) -> Option<AnyView> {
        let list = self.list(questions)?;
        let count = i18n::number(i64::try_from(questions.len()).unwrap_or(i64::MAX));
        let title = tr_with(key, &[("count", count)]);
        Some(view! { <details class="disclosure"><summary>{title}</summary>{list}</details> }.into_any())
    }

    fn item(&self, question: &SessionQuestion) -> AnyView {
        let reader = Reader::of(self.visit, self.visit.zone);
        let name = question.asker.clone().unwrap_or_else(|| tr("session-questions-somebody"));
        let name = match &question.page {
            Some(page) => view! { <a href=member_path(page)><bdi>{name}</bdi></a> }.into_any(),
            None => view! { <bdi>{name}</bdi> }.into_any(),
        };
        let reported =
            question.is_reported.then(|| view! { <p class="help">{tr("session-questions-reported")}</p> });
        let votes = i18n::number(i64::try_from(question.votes).unwrap_or(i64::MAX));
        view! {
            <li id=format!("question-{}", question.id)>
                <p class="plain-text"><bdi>{question.text.clone()}</bdi></p>
                <p class="help">
                    <Badge tone=Tone::Brass>{tr_with("session-questions-votes", &[("count", votes)])}</Badge>
                    " " {name} " · " {reader.time(question.written_at, Shape::DateTime)}
                </p>
                {reported}
                {self.tools(question)}
            </li>
        }
        .into_any()
    }

    /// What the reader can do about a question.
    fn tools(&self, question: &SessionQuestion) -> AnyView {
        let votes =
            self.questions.may_ask && !question.is_own && question.state == SessionQuestionState::Open;
        let vote = votes.then(|| {
            let (value, key) = if question.is_voted {
                ("no", "session-questions-unvote")
            } else {
                ("yes", "session-questions-vote")
            };
            view! {
                <form method="post" action="/api/sessions/vote">
                    {hidden(self.page)}
                    <input type="hidden" name="id" value=question.id.to_string() />
                    <button class="button plain small" name="wanted" value=value>{tr(key)}</button>
                </form>
            }
        });
        let acts: &[(&str, &str)] = match (self.questions.may_moderate, question.state) {
            (false, _) => &[],
            (true, SessionQuestionState::Open) => {
                &[("answer", "session-questions-answer"), ("hide", "session-questions-hide")]
            }
            (true, SessionQuestionState::Answered) => {
                &[("reopen", "session-questions-reopen"), ("hide", "session-questions-hide")]
            }
            (true, SessionQuestionState::Hidden) => &[("reopen", "session-questions-show")],
        };
        let own: &[(&str, &str)] = match question.is_own && !question.is_reported {
            true => &[("withdraw", "session-questions-withdraw")],
            false => &[],
        };
        let buttons: Vec<_> = acts
            .iter()
            .chain(own)
            .map(|(act, key)| {
                view! { <button class="button plain small" name="act" value=(*act).to_owned()>{tr(key)}</button> }
            })
            .collect();
        let change = (!buttons.is_empty()).then(|| {
            view! {
                <form class="row" method="post" action="/api/sessions/question">
                    {hidden(self.page)}
                    <input type="hidden" name="id" value=question.id.to_string() />
                    {buttons}
                </form>
            }
        });
        let report = (!question.is_own)
            .then(|| view! { <Report kind=ReportKind::Question id=question.id.to_string() /> });
        view! { <div class="row comment-tools">{vote} {change} {report}</div> }.into_any()
    }

    /// For speakers and organisers: when members can ask.
    fn opening(&self) -> Option<AnyView> {
        self.questions.may_moderate.then(|| {
            let now = [("open".to_owned(), self.questions.opens.name().to_owned())];
            let sheet = Sheet::filled(now.into(), self.visit.locale);
            let choices = QuestionsOpen::ALL
                .iter()
                .map(|open| (open.name().to_owned(), tr(&format!("session-questions-open-{}", open.name()))))
                .collect();
            let everywhere = self.questions.may_edit.then(|| {
                view! {
                    <button class="button plain" name="everywhere" value="yes">
                        {tr("session-questions-save-everywhere")}
                    </button>
                }
            });
            view! {
                <details class="disclosure">
                    <summary>{tr("session-questions-when")}</summary>
                    <form method="post" action="/api/sessions/questions_open">
                        {hidden(self.page)}
                        {sheet.field("open", "session-questions-when-label").needed().select(choices)}
                        <div class="row">
                            <button class="button">{tr("session-questions-save")}</button>
                            {everywhere}
                        </div>
                    </form>
                </details>
            }
            .into_any()
        })
    }
}
