//! The names that most kinds of emails use.

pub(super) use chrono::Duration;
pub(super) use serde::{Deserialize, Serialize};
pub(super) use uuid::Uuid;

pub(super) use super::{
    AcceptLink, Calendar, CancelledMeeting, Changed, Content, Email, EmailCategory, EndedBecause, EventFacts,
    Facts, FreeNow, GivenUp, GroupFacts, Kind, KudosFacts, Mailing, MeetingFacts, Method, Moved, Part,
    Preview, ProposalFacts, Quote, Sample, Target, ThankedFacts, Value, WaitlistReason,
    content::{MAX_NAME, MAX_TITLE, requests_path},
    meeting_facts::mentorship_path,
};
pub(super) use crate::{
    AnnouncementId, CommentId, Instant, KudosId, MemberId, RoundId, RsvpId, Slug, mentoring::SignUpRole,
};
