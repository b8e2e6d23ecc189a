//! Every test of a feature, in one program: linking the portal once is what makes a cold run short.

mod architecture;
mod attendees;
mod demo;
mod event_lists;
mod events;
mod forms;
mod groups;
mod kudos;
mod mail;
mod matrix;
mod members;
mod schedule;
mod sign_in;
mod sign_in_providers;
mod sign_in_secrets;
mod trust;
mod words;
