//! The errors of pages and server functions.

use domain::{Problem, Problems, Refusal};
use leptos::{
    prelude::*,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a request failed. It is sent to the browser, so it holds no causes and no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// The request needs a signed-in member.
    SignIn,
    /// The member lacks the permission.
    Forbidden,
    /// The record doesn't exist, or this reader may not know that it does.
    NotFound,
    /// A domain rule refused the request.
    Refused(Refusal),
    /// Some form fields are wrong.
    Invalid(Problems),
    /// The request body is too large.
    TooLarge {
        /// The limit in KiB.
        max: u32,
    },
    /// Too many requests.
    SlowDown {
        /// Seconds to wait before trying again.
        seconds: u32,
    },
    /// More requests than the portal can answer soon.
    Busy,
    /// The database can't be reached at the moment.
    Unavailable,
    /// Something broke. The cause is in the log under this incident number.
    Internal {
        /// The incident number, a UUID.
        incident: String,
    },
}

impl AppError {
    /// An error in one field.
    #[must_use]
    pub fn field(field: &str, why: Refusal) -> Self {
        Self::Invalid(vec![Problem { field: field.to_owned(), why }])
    }

    /// Whether to save the typed fields as a draft. There is no point when the record doesn't exist or the
    /// sender may not change it.
    #[must_use]
    pub fn keeps_draft(&self) -> bool {
        !matches!(self, Self::SignIn | Self::Forbidden | Self::NotFound | Self::Refused(Refusal::Suspended))
    }

    /// The refusal to show for this error, if it has one.
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
            | Self::Busy
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

/// Errors of the framework itself. Unreadable arguments are a wrong form; everything else is a network problem.
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
mod server_side {
    use http::StatusCode;
    use leptos::prelude::*;
    use store::StoreError;

    use super::{AppError, Refusal};
    use crate::context::Visit;

    impl AppError {
        /// The HTTP status for this error.
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
                Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }

        /// An error without an explanation for the reader. Logs the cause once, under the incident number that
        /// the reader sees.
        #[must_use]
        pub fn internal(cause: &str) -> Self {
            let incident = with_context(|visit: &Visit| visit.incident.clone())
                .flatten()
                .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
            tracing::error!(incident, cause, "a request failed");
            Self::Internal { incident }
        }
    }

    /// Causes of store errors are logged here and nowhere else.
    impl From<StoreError> for AppError {
        fn from(error: StoreError) -> Self {
            match error {
                StoreError::Refused(refusal) => refusal.into(),
                StoreError::Invalid(problems) => Self::Invalid(problems),
                StoreError::NotFound => Self::NotFound,
                StoreError::Unavailable(cause) | StoreError::Conflict(cause) => {
                    tracing::warn!(cause, "the database is not available");
                    Self::Unavailable
                }
                StoreError::Remote(cause) | StoreError::Corrupt(cause) => Self::internal(&cause),
            }
        }
    }
}
