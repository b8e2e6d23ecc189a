//! The ID of a request.

/// Appears in the log lines of the request and on the error page, so that people can report it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);
