//! Every test of a feature, in one program: linking the portal once is what makes a cold run short.

mod architecture;
mod events;
mod forms;
mod mail;
mod schedule;
mod sign_in;
mod sign_in_providers;
mod sign_in_secrets;
mod trust;
mod words;
