//! What stands between the network and the handlers, outermost first:
//!
//! 1. `outer`: request id, log line, headers, and the last net for panics;
//! 2. `host`: only our own names, against DNS rebinding and poisoned links;
//! 3. `visit` (beside this folder): who asks;
//! 4. `errors` (beside this folder): faults and panics become pages, answers have a deadline;
//! 5. `origin`: what changes something comes from our own pages, as a small form;
//! 6. `policy`: only doors of the POLICY table, for whom it says;
//! 7. `limit`: sign-in doors open only so often.
//!
//! Each can be taken away by a test, to prove that it is this guard that refuses.

pub mod address;
pub mod headers;
pub mod host;
pub mod limit;
pub mod origin;
pub mod outer;
pub mod policy;

/// Which guards stand.
#[derive(Clone, Copy, Debug)]
pub struct Guards {
    /// Foreign `Host` headers are refused.
    pub host: bool,
    /// Foreign posts are refused, foreign referers removed.
    pub origin: bool,
    /// Posts that are no small form are refused.
    pub form: bool,
    /// Doors open only for whom the POLICY table says.
    pub policy: bool,
    /// Doors of sign-in open only so often.
    pub limit: bool,
    /// Pages elsewhere are read over https and from public addresses only.
    pub outbound: bool,
}

impl Default for Guards {
    fn default() -> Self {
        Self { host: true, origin: true, form: true, policy: true, limit: true, outbound: true }
    }
}
