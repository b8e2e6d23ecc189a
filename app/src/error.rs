//! What a page or a server function answers when it does not do what was asked.

use domain::{Problem, Problems, Refusal};
use leptos::{
    prelude::*,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why something was not answered. Small, without causes or personal data: it travels to the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Nobody is signed in.
    SignIn,
    /// Signed in, but not allowed.
    Forbidden,
    /// There is no such thing, or not for this reader.
    NotFound,
    /// A rule says no.
    Refused(Refusal),
    /// Some fields are wrong.
    Invalid(Problems),
    /// More was sent than is read.
    TooLarge {
        /// How much is read, in KiB.
        max: u32,
    },
    /// Asked too often.
    SlowDown {
        /// When to come back.
        seconds: u32,
    },
    /// The database is away for a moment.
    Unavailable,
    /// Something broke; the cause is in the log under this number.
    Internal {
        /// The number.
        incident: String,
    },
}

impl AppError {
    /// One field is wrong.
    #[must_use]
    pub fn field(field: &str, why: Refusal) -> Self {
        Self::Invalid(vec![Problem { field: field.to_owned(), why }])
    }

    /// Whether what was typed is worth keeping: not where the form was for nobody, or not for its sender.
    #[must_use]
    pub fn keeps_draft(&self) -> bool {
        !matches!(self, Self::SignIn | Self::Forbidden | Self::NotFound | Self::Refused(Refusal::Suspended))
    }

    /// What a rule said, for those that are refusals.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::SignIn => Some(Refusal::SignInFirst),
            Self::Forbidden => Some(Refusal::NotAllowed),
            Self::Refused(refusal) => Some(refusal.clone()),
            Self::SlowDown { seconds } => Some(Refusal::SlowDown { seconds: i64::from(*seconds) }),
            Self::NotFound
            | Self::Invalid(_)
            | Self::TooLarge { .. }
            | Self::Unavailable
            | Self::Internal { .. } => None,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SignInFirst => Self::SignIn,
            Refusal::NotAllowed => Self::Forbidden,
            Refusal::SlowDown { seconds } => Self::SlowDown { seconds: u32::try_from(seconds).unwrap_or(60) },
            other => Self::Refused(other),
        }
    }
}

impl From<Problems> for AppError {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

/// What the framework cannot do by itself. A form that cannot be read is wrong; all else is the network.
impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::field("", Refusal::BadChoice)
            }
            _ => Self::Unavailable,
        }
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use http::StatusCode;
    use leptos::prelude::*;
    use store::StoreError;

    use super::{AppError, Refusal};
    use crate::context::Visit;

    impl AppError {
        /// The HTTP status that says the same.
        #[must_use]
        pub fn status(&self) -> StatusCode {
            match self {
                Self::SignIn => StatusCode::UNAUTHORIZED,
                Self::Forbidden | Self::Refused(Refusal::Suspended | Refusal::ForeignOrigin) => {
                    StatusCode::FORBIDDEN
                }
                Self::NotFound => StatusCode::NOT_FOUND,
                Self::Refused(_) => StatusCode::CONFLICT,
                Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                Self::SlowDown { .. } => StatusCode::TOO_MANY_REQUESTS,
                Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }

        /// Something broke: logs the cause once, under a number that the reader sees too.
        #[must_use]
        pub fn internal(cause: &str) -> Self {
            let incident = with_context(|visit: &Visit| visit.incident.clone())
                .flatten()
                .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
            tracing::error!(incident, cause, "a request failed");
            Self::Internal { incident }
        }
    }

    /// The boundary: here, and only here, the cause of a fault is logged.
    impl From<StoreError> for AppError {
        fn from(fault: StoreError) -> Self {
            match fault {
                StoreError::Refused(refusal) => refusal.into(),
                StoreError::Invalid(problems) => Self::Invalid(problems),
                StoreError::NotFound => Self::NotFound,
                StoreError::Unavailable(cause) | StoreError::Conflict(cause) => {
                    tracing::warn!(cause, "the database is not available");
                    Self::Unavailable
                }
                StoreError::Corrupt(cause) => Self::internal(&cause),
            }
        }
    }
}
