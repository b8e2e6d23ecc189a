//! The middleware that every request passes before its handler, outermost first:
//!
//! 1. `outer`: sets the request ID and the headers, logs the request, and catches panics last.
//! 2. `host`: accepts our own host names only, against DNS rebinding and poisoned links.
//! 3. `networks`: limits the requests in progress per network, where proxies hide its connections.
//!    Behind it, `page_cache` (beside this folder) answers visitors from finished pages.
//! 4. `overload`: refuses what can't be answered soon.
//! 5. `visit` (beside this folder): finds out who is signed in.
//! 6. `errors` (beside this folder): turns errors and panics into pages, and sets the deadline of responses.
//! 7. `origin`: accepts changes from our own pages only.
//! 8. `policy`: admits only the routes of `app::routes::ROUTES`, each for the people its row admits.
//! 9. `account`: limits the forms per member.
//! 10. `limit`: limits the use of the sign-in routes per client address.
//! 11. `body`: accepts small, well-formed forms only. The guards before it decide from the headers, so a body
//!     is only read if its sender is allowed to send one.
//!
//! Tests can switch each guard off, to prove that a refusal comes from that guard.

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
pub mod overload;
pub mod policy;

/// Switches for the guards. All are on, except in tests.
#[derive(Clone, Copy, Debug)]
pub struct Guards {
    /// Refuses foreign `Host` headers.
    pub host: bool,
    /// Refuses forms from other sites and removes foreign `Referer` headers.
    pub origin: bool,
    /// Refuses posts that are not a small, well-formed form.
    pub form: bool,
    /// Enforces the access column of `app::routes::ROUTES`.
    pub policy: bool,
    /// Limits the use of the sign-in routes per client address.
    pub limit: bool,
    /// Limits the forms per member.
    pub account: bool,
    /// Fetches pages of other sites over https and from public addresses only.
    pub outbound: bool,
    /// Answers visitors from finished pages, and keeps the settings in memory. Not a guard, but tests compare the portal with and without it.
    pub page_cache: bool,
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
            page_cache: true,
        }
    }
}
