//! The tables, one file each; private to this crate.

pub(crate) mod agenda_session;
pub(crate) mod audit;
pub(crate) mod discipline;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod group;
pub(crate) mod group_member;
pub(crate) mod identity;
pub(crate) mod kudos;
pub(crate) mod kudos_value;
pub(crate) mod letter;
pub(crate) mod mail;
pub(crate) mod member;
pub(crate) mod member_discipline;
pub(crate) mod provider_sign_in;
pub(crate) mod room;
pub(crate) mod rsvp;
pub(crate) mod schedule;
pub(crate) mod session;
pub(crate) mod session_speaker;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod speaker;
pub(crate) mod track;
