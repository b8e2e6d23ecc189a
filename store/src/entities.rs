//! The tables, with one file each. Private to this crate.

pub(crate) mod address_proof;
pub(crate) mod agenda_session;
pub(crate) mod announcement;
pub(crate) mod audit;
pub(crate) mod audit_change;
pub(crate) mod block;
pub(crate) mod code_email;
pub(crate) mod deletion;
pub(crate) mod digest;
pub(crate) mod digest_item;
pub(crate) mod discipline;
pub(crate) mod draft;
pub(crate) mod email;
pub(crate) mod email_preference;
pub(crate) mod event;
pub(crate) mod event_group;
pub(crate) mod event_notice;
pub(crate) mod event_subject;
pub(crate) mod feed;
pub(crate) mod group;
pub(crate) mod group_invitation;
pub(crate) mod group_member;
pub(crate) mod group_request;
pub(crate) mod group_want;
pub(crate) mod identity;
pub(crate) mod installation;
pub(crate) mod invitation;
pub(crate) mod invitation_recipient;
pub(crate) mod invitation_request;
pub(crate) mod job;
pub(crate) mod kudos;
pub(crate) mod kudos_feed;
pub(crate) mod kudos_feed_lock;
pub(crate) mod kudos_praised_value;
pub(crate) mod kudos_reaction;
pub(crate) mod kudos_recipient;
pub(crate) mod kudos_value;
pub(crate) mod mailbox_message;
pub(crate) mod member;
pub(crate) mod member_discipline;
pub(crate) mod member_language;
pub(crate) mod member_link;
pub(crate) mod member_picture;
pub(crate) mod member_topic;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_answer;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_coordinator;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_decision;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_option;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_pair;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_preference;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_programme;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_proposal;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_question;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_round;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_run;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_sign_up;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_sign_up_language;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_sign_up_topic;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentoring_unmatched;
#[expect(dead_code, reason = "mentoring reads it soon")]
pub(crate) mod mentorship;
pub(crate) mod notification;
pub(crate) mod profile;
pub(crate) mod provider_sign_in;
pub(crate) mod reminder;
pub(crate) mod report;
pub(crate) mod reschedule;
pub(crate) mod room;
pub(crate) mod rsvp;
pub(crate) mod schedule;
pub(crate) mod search_document;
pub(crate) mod session_speaker;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod sign_in_session;
pub(crate) mod speaker;
pub(crate) mod stage;
pub(crate) mod suppression;
pub(crate) mod suspension;
pub(crate) mod team;
pub(crate) mod topic;
pub(crate) mod track;
pub(crate) mod write_probe;
