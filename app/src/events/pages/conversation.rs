//! The conversation on the page of an event.

use domain::{
    comments::Place,
    events::{Event, EventStatus},
};
use leptos::prelude::*;

use crate::{comments::section::section, context::Visit, error::AppError};

/// The conversation. A draft has none yet.
///
/// # Errors
/// When the database does not answer.
pub async fn conversation(visit: &Visit, event: &Event) -> Result<Option<AnyView>, AppError> {
    match event.status {
        EventStatus::Draft => Ok(None),
        EventStatus::Published | EventStatus::Cancelled => {
            section(visit, Place::Event(event.slug.clone())).await.map(Some)
        }
    }
}
