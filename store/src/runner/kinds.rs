//! The list of all kinds of jobs.

use std::sync::Arc;

use domain::events::Reminder;

use super::{
    Kind,
    Lane::{Long, Prompt},
    Trigger::{self, Recurring, Verb},
};
use crate::{
    Store, StoreError, admin, announcements, comments, data, demands, digest,
    events::{self, moved, notices, notices::Notice, question_news, reminders, series_news},
    groups, hellos,
    jobs::Due,
    kudos,
    mentoring::{self, proposals, run},
    mentorships, proposals as calls, questions, retention, schedule, search, series, sessions, speed_rounds,
};

/// Every kind of job. `run_due` runs them in this order, so emails about changes go out before other emails
/// about the same event, and digests come last, because other jobs may add items to them.
#[must_use]
pub fn standard() -> Vec<Kind> {
    let notice = |notice: Notice| {
        let trigger = due(move |store| notices::due_notices(store, notice));
        Kind::new(notice.job(), Prompt, trigger, move |store, job| notices::run_notice(store, job, notice))
    };
    let reminder = |reminder: Reminder| {
        let trigger = due(move |store| reminders::due_reminders(store, reminder));
        let run = move |store, job| reminders::run_reminder(store, job, reminder);
        Kind::new(reminders::job(reminder), Prompt, trigger, run)
    };
    vec![
        Kind::new(events::OFFERS, Prompt, due(events::due_offers), events::run_offers),
        Kind::new(series::SERIES_EDIT, Long, Verb, series::run_edit),
        Kind::new(series_news::SERIES_NEWS, Prompt, due(series_news::due_news), series_news::run_news),
        Kind::new(series::SERIES_ASK, Long, due(series::due_asks), series::run_ask),
        Kind::new(moved::CHANGES, Prompt, due(moved::due_changes), moved::run_changes),
        Kind::new(
            question_news::NEW_QUESTIONS,
            Prompt,
            due(question_news::due_questions),
            question_news::run_questions,
        ),
        Kind::new(series::SERIES_DATES, Long, due(series::due_dates), series::run_dates),
        Kind::new(series::SERIES_SEATS, Prompt, due(series::due_seats), series::run_seats),
        notice(Notice::Requests),
        notice(Notice::Cancellation),
        reminder(Reminder::Day),
        reminder(Reminder::Hour),
        Kind::new(
            announcements::ANNOUNCEMENT,
            Long,
            due(announcements::due_announcements),
            announcements::run_announcement,
        ),
        Kind::new(proposals::PROPOSALS, Prompt, due(proposals::due_proposals), proposals::run_proposals),
        Kind::new(
            mentorships::MENTORSHIP,
            Prompt,
            due(mentorships::due_mentorships),
            mentorships::run_mentorship,
        ),
        Kind::new(
            mentorships::MENTOR_REQUESTS,
            Prompt,
            due(mentorships::due_requests),
            mentorships::run_request,
        ),
        Kind::new(run::MENTORING_REMATCH, Long, due(run::due_rematches), run::run_rematch),
        Kind::new(mentoring::ROUND_EMAIL, Long, due(mentoring::due_round_emails), mentoring::run_round_email),
        Kind::new(questions::QUESTIONS, Prompt, due(questions::due_questions), questions::run_question),
        Kind::new(demands::DEMAND_INVITATIONS, Long, due(demands::due_invitations), demands::run_invitations),
        Kind::new(calls::CALL_DECISIONS, Prompt, Verb, calls::run_decisions),
        Kind::new(calls::CONFIRM_REMINDERS, Prompt, due(calls::due_reminders), calls::run_reminder),
        Kind::new(speed_rounds::SPEED_PLAN, Long, Verb, speed_rounds::run_plan),
        Kind::new(sessions::SLIDES_REMINDERS, Prompt, due(sessions::due_reminders), sessions::run_reminder),
        Kind::new(schedule::AGENDA_NEWS, Prompt, Verb, schedule::run_news),
        Kind::new(run::MENTORING_RUN, Long, Verb, run::run_mentoring),
        Kind::new(run::MENTORING_PRICING, Long, Verb, run::run_pricing),
        Kind::new(mentoring::CLOSE, Prompt, due(mentoring::due_to_close), mentoring::run_close),
        Kind::new(mentoring::CANCELLED, Long, Verb, mentoring::run_cancelled),
        Kind::new(mentoring::REVIEW, Long, due(mentoring::due_reviews), mentoring::run_review),
        Kind::new(data::DELETION, Long, due(data::due_deletions), data::run_deletion),
        Kind::new(data::ERASED_QUOTES, Long, Verb, data::run_erase_quotes),
        Kind::new(data::SCRUB, Long, Verb, data::run_scrub),
        Kind::new(groups::PRUNE_INVITATIONS, Long, Recurring, groups::prune_invitations),
        Kind::new(admin::PRUNE_REQUESTS, Long, Recurring, admin::prune_requests),
        Kind::new(retention::PRUNE_EMAILS, Long, Recurring, retention::prune_emails),
        Kind::new(retention::PRUNE_SIGN_INS, Long, Recurring, retention::prune_sign_ins),
        Kind::new(retention::PRUNE_NOTIFICATIONS, Long, Recurring, retention::prune_notifications),
        Kind::new(hellos::PRUNE_HELLOS, Long, Recurring, hellos::prune_hellos),
        Kind::new(retention::PRUNE_JOBS, Long, Recurring, retention::prune_jobs),
        Kind::new(search::SEARCH_INDEX, Long, Verb, search::run_rebuild),
        Kind::new(kudos::WEEKLY_KUDOS, Long, Recurring, kudos::run_weekly),
        Kind::new(comments::COMMENT_NOTICE, Prompt, Verb, comments::run_notice),
        Kind::new(comments::COMMENT_NEWS, Prompt, due(comments::due_news), comments::run_news),
        Kind::new(digest::DIGEST, Long, due(digest::due_digests), digest::run_digest),
    ]
}

/// A trigger for records that are due.
fn due<F>(look: impl Fn(Store) -> F + Send + Sync + 'static) -> Trigger
where
    F: Future<Output = Result<Due, StoreError>> + Send + 'static,
{
    Trigger::Due(Arc::new(move |store| Box::pin(look(store))))
}
