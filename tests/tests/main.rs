//! Every test of a feature, in one program: linking the portal once is what makes a cold run short.

mod announcements;
mod architecture;
mod attendees;
mod demo;
mod digest;
mod directory;
mod event_lists;
mod events;
mod forms;
mod groups;
mod kudos;
mod mail;
mod matrix;
mod members;
mod preferences;
mod profiles;
mod reminders;
mod reschedule;
mod schedule;
mod search;
mod sign_in;
mod sign_in_providers;
mod sign_in_secrets;
mod trust;
mod words;
