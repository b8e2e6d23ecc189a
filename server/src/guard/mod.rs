//! What every request passes before its handler, outermost first:
//!
//! 1. `outer`: request id, log line, headers, and the last catch for panics;
//! 2. `host`: only our own names, against DNS rebinding and poisoned links;
//! 3. `networks`: so many requests at once from one network, where proxies hide its connections;
//! 4. `visit` (beside this folder): who asks;
//! 5. `errors` (beside this folder): errors and panics become pages, answers have a deadline;
//! 6. `origin`: what changes something comes from our own pages;
//! 7. `policy`: only routes of the POLICY table, for whom it says;
//! 8. `account`: one member sends only so many forms;
//! 9. `limit`: sign-in routes only so often;
//! 10. `body`: only small, well-formed forms. All before it decide from the headers, so nobody's body is
//!     read who may not send one.
//!
//! Tests can switch each off, to prove that it is this guard that refuses.

pub mod account;
pub mod address;
pub mod body;
mod form;
pub mod headers;
pub mod host;
pub mod limit;
pub mod networks;
pub mod origin;
pub mod outer;
pub mod policy;

/// Which guards are on.
#[derive(Clone, Copy, Debug)]
pub struct Guards {
    /// Foreign `Host` headers are refused.
    pub host: bool,
    /// Foreign posts are refused, foreign referers removed.
    pub origin: bool,
    /// Posts that are not a small, well-formed form are refused.
    pub form: bool,
    /// Doors open only for whom the POLICY table says.
    pub policy: bool,
    /// Doors of sign-in open only so often.
    pub limit: bool,
    /// One member sends only so many forms.
    pub account: bool,
    /// Pages elsewhere are read over https and from public addresses only.
    pub outbound: bool,
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            host: true,
            origin: true,
            form: true,
            policy: true,
            limit: true,
            account: true,
            outbound: true,
        }
    }
}
