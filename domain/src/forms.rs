//! Drafts: what was typed into a form that did not pass, kept so that nothing is typed twice.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{MemberId, Problems};

/// How long a draft is kept.
pub const DRAFT_LIFETIME: Duration = Duration::hours(1);
/// How many drafts one member or browser has at most. The newest stay.
pub const MAX_DRAFTS: u64 = 20;

/// A form's texts by the names of its fields.
pub type Fields = BTreeMap<String, String>;

/// What was typed and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// As typed.
    pub fields: Fields,
    /// What is wrong with it.
    pub problems: Problems,
}

/// Whose draft it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOwner {
    /// A signed-in member's.
    Member(MemberId),
    /// An anonymous browser's, by the value of its cookie (kept hashed).
    Browser(String),
}
