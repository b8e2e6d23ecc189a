//! Text columns that accept a fixed list of values only. The schema has a check for each of them. Its values are
//! written in the migrations, and the tests compare them with these.

use domain::{
    announcements::AnnouncementState,
    circles::CircleState,
    comments::{Follow, Reason, TargetKind},
    community::CommunityText,
    demands::{DemandPlace, DemandState},
    emails::Delivery,
    events::{AnswerKind, AttendeeList, EventKind, EventStatus, Mode, Promotion, Reminder, RsvpState},
    groups::{GroupKind, GroupRole, Joining, Visibility},
    invitations::RequestState,
    kudos::{KudosVisibility, Reaction},
    members::{Audience, Level, Mark, Part, Role, Seniority},
    mentoring::{
        Answer, DecisionKind, MentorshipState, PreferenceKind, PricingState, ProposalState, RoundAudience,
        RoundEmailState, RoundState, RunOrder, RunStage, RunState, SignUpRole, SignUpState,
    },
    mentorships::{
        Cadence, CheckInKind, MeasureKind, MeetingState, Outcome, Pulse, RequestKind,
        RequestState as MentorRequestState,
    },
    proposals::{Decision as ProposalDecision, SubmissionState},
    questions::QuestionState,
    reports::{Decision, ReportKind, ReportState},
    search::HitKind,
    series::{Cadence as SeriesCadence, ShortMonth},
    sessions::{NoRecording, QuestionsOpen, SessionQuestionState, SlidesReminder},
    speakers::SpeakerLinkState,
    speed_rounds::SpeedRoundState,
    tokens::TokenScope,
};

use crate::{
    announcements,
    email::outbox,
    events,
    jobs::JobState,
    kudos::EntryKind,
    series::EditKind,
    settings::{Colour, SignUp},
};

/// A table, a column, and the values that it accepts.
pub type Choice = (&'static str, String, Vec<&'static str>);

/// All columns with a fixed list of values.
#[must_use]
pub fn choices() -> Vec<Choice> {
    macro_rules! names {
        ($type:ident) => {
            $type::ALL.iter().map(|value| value.name()).collect::<Vec<_>>()
        };
    }
    let decisions = [""].into_iter().chain(names!(Decision)).collect();
    let mut choices = vec![
        ("access_tokens", "scope", names!(TokenScope)),
        ("announcements", "kind", announcements::KINDS.to_vec()),
        ("announcements", "state", names!(AnnouncementState)),
        ("comment_follows", "follow", names!(Follow)),
        ("comment_follows", "kind", names!(TargetKind)),
        ("comment_news", "kind", names!(TargetKind)),
        ("comment_news", "reason", names!(Reason)),
        ("comments", "kind", names!(TargetKind)),
        ("comments_off", "kind", names!(TargetKind)),
        ("community_texts", "kind", names!(CommunityText)),
        ("demands", "place", names!(DemandPlace)),
        ("demands", "state", names!(DemandState)),
        ("digest_items", "delivery", names!(Delivery)),
        ("disciplines", "mark", names!(Mark)),
        ("email_preferences", "delivery", names!(Delivery)),
        ("emails", "state", outbox::STATES.to_vec()),
        ("event_notices", "kind", events::notice_kinds()),
        ("event_questions", "kind", names!(AnswerKind)),
        ("event_subjects", "list", events::subject_lists()),
        ("events", "attendee_list", names!(AttendeeList)),
        ("events", "kind", names!(EventKind)),
        ("events", "promotion", names!(Promotion)),
        ("events", "status", names!(EventStatus)),
        ("group_members", "role", names!(GroupRole)),
        ("groups", "joining", names!(Joining)),
        ("groups", "kind", names!(GroupKind)),
        ("groups", "visibility", names!(Visibility)),
        ("invitation_requests", "state", names!(RequestState)),
        ("jobs", "state", names!(JobState)),
        ("series", "cadence", names!(SeriesCadence)),
        ("series", "short_month", names!(ShortMonth)),
        ("series_edits", "kind", EditKind::ALL.map(EditKind::name).to_vec()),
        ("kudos", "visibility", names!(KudosVisibility)),
        ("kudos_feed", "kind", EntryKind::ALL.map(EntryKind::name).to_vec()),
        ("kudos_reactions", "kind", names!(Reaction)),
        ("member_topics", "level", names!(Level)),
        ("members", "role", names!(Role)),
        ("mentoring_decisions", "kind", names!(DecisionKind)),
        ("mentoring_preferences", "kind", names!(PreferenceKind)),
        ("mentoring_proposals", "mentee_answer", names!(Answer)),
        ("mentoring_proposals", "mentor_answer", names!(Answer)),
        ("mentoring_proposals", "state", names!(ProposalState)),
        ("mentoring_rounds", "state", names!(RoundState)),
        ("mentoring_runs", "pricing", names!(PricingState)),
        ("mentoring_runs", "run_order", names!(RunOrder)),
        ("mentoring_runs", "stage", names!(RunStage)),
        ("mentoring_runs", "state", names!(RunState)),
        ("mentoring_sign_ups", "role", names!(SignUpRole)),
        ("mentoring_sign_ups", "state", names!(SignUpState)),
        ("mentoring_round_emails", "audience", names!(RoundAudience)),
        ("mentoring_round_emails", "state", names!(RoundEmailState)),
        ("agenda_sessions", "no_recording", names!(NoRecording)),
        ("slides_reminders", "kind", names!(SlidesReminder)),
        ("session_questions", "state", names!(SessionQuestionState)),
        ("session_questions_open", "open", names!(QuestionsOpen)),
        ("speaker_links", "state", names!(SpeakerLinkState)),
        ("mentor_circles", "state", names!(CircleState)),
        ("speed_rounds", "state", names!(SpeedRoundState)),
        ("speed_sign_ups", "role", names!(SignUpRole)),
        ("mentor_questions", "state", names!(QuestionState)),
        ("submission_changes", "state", names!(SubmissionState)),
        ("submissions", "decision", names!(ProposalDecision)),
        ("submissions", "state", names!(SubmissionState)),
        ("mentor_requests", "kind", names!(RequestKind)),
        ("mentor_requests", "state", names!(MentorRequestState)),
        ("mentoring_measures", "kind", names!(MeasureKind)),
        ("mentorship_agreements", "cadence", names!(Cadence)),
        ("mentorship_checks", "answer", names!(Pulse)),
        ("mentorship_checks", "kind", names!(CheckInKind)),
        ("mentorship_meetings", "asked_by", names!(SignUpRole)),
        ("mentorship_meetings", "missed_by", names!(SignUpRole)),
        ("mentorship_meetings", "state", names!(MeetingState)),
        ("mentorships", "extension_asked_by", names!(SignUpRole)),
        ("mentorships", "outcome", names!(Outcome)),
        ("mentorships", "state", names!(MentorshipState)),
        ("profiles", "seniority", names!(Seniority)),
        ("registrations", "mode", names!(Mode)),
        ("reminders", "kind", names!(Reminder)),
        ("reports", "decision", decisions),
        ("reports", "kind", names!(ReportKind)),
        ("reports", "state", names!(ReportState)),
        ("rsvps", "mode", names!(Mode)),
        ("rsvps", "state", names!(RsvpState)),
        ("search_documents", "audience", names!(Audience)),
        ("search_documents", "kind", names!(HitKind)),
        ("search_words", "audience", names!(Audience)),
        ("settings", "colour", names!(Colour)),
        ("settings", "sign_up", names!(SignUp)),
        ("suspensions", "role_before", names!(Role)),
    ]
    .into_iter()
    .map(|(table, column, values)| (table, column.to_owned(), values))
    .collect::<Vec<_>>();
    let parts = Part::ALL.iter().map(|part| format!("{}_audience", part.name()));
    choices.extend(parts.map(|column| ("profiles", column, names!(Audience))));
    choices
}

/// Columns whose names sound like a fixed list of values, but that accept any text, and the reason.
pub const OPEN_COLUMNS: &[(&str, &str, &str)] = &[
    ("emails", "kind", "each feature adds kinds, and an email of an unknown kind fails when it is read"),
    ("jobs", "kind", "each feature adds kinds, and a job of an unknown kind stays in the queue"),
    ("submissions", "kind", "each call names its own kinds of sessions"),
    ("notifications", "kind", "the kind of the email that was posted with it"),
];
