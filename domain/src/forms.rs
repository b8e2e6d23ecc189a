//! Form drafts: the input of a form that was not valid, kept so that people need not type it again.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{MemberId, Problems};

/// How long a draft is kept.
pub const DRAFT_LIFETIME: Duration = Duration::hours(1);
/// How many drafts one member or browser can have. Older ones are deleted first.
pub const MAX_DRAFTS: u64 = 20;

/// The texts of a form by field name.
pub type Fields = BTreeMap<String, String>;

/// The input of a form and its problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The input, unchanged.
    pub fields: Fields,
    /// What must be corrected.
    pub problems: Problems,
}

/// The owner of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOwner {
    /// A signed-in member.
    Member(MemberId),
    /// An anonymous browser, by the value of its cookie. The store keeps only a hash.
    Browser(String),
}
