//! Personal access tokens: secrets with which a member's programs act for them, within one scope (K1).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Problems, checks::Checks, members::string_enum};

/// The most tokens of a member, expired ones included.
pub const MAX_TOKENS: u64 = 10;
/// The most characters of a token's name.
pub const MAX_TOKEN_NAME: usize = 60;
/// The days for which a token can work, from which a member chooses.
pub const TOKEN_DAYS: [i64; 4] = [30, 90, 180, 365];
/// What every token starts with, so that people and secret scanners recognise one.
pub const TOKEN_PREFIX: &str = "guildhall_";

string_enum! {
    /// What a token opens. A token opens nothing else.
    TokenScope {
        /// Give kudos in the member's name.
        GiveKudos,
    }
}

/// A token that a member wants to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for, in the member's words.
    pub name: String,
    /// What it opens.
    pub scope: TokenScope,
    /// For how long it works.
    pub lasts: Duration,
}

/// The form of a new token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// See [`NewToken::name`].
    pub name: String,
    /// The name of a [`TokenScope`].
    pub scope: String,
    /// One of [`TOKEN_DAYS`].
    pub days: String,
}

impl TokenForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Problems with the fields `name`, `scope` and `days`.
    pub fn check(&self) -> Result<NewToken, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name, 1, MAX_TOKEN_NAME);
        let scope = checks.choice::<TokenScope>("scope", &self.scope);
        let days = TOKEN_DAYS.into_iter().find(|days| days.to_string() == self.days.trim());
        if days.is_none() {
            checks.problem("days", crate::Refusal::BadChoice);
        }
        let token = scope.zip(days);
        checks.finish(token.map(|(scope, days)| NewToken { name, scope, lasts: Duration::days(days) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k1_a_token_has_a_name_a_scope_and_an_end_within_a_year() {
        let form = |name: &str, scope: &str, days: &str| TokenForm {
            name: name.into(),
            scope: scope.into(),
            days: days.into(),
        };
        let token = form("Release bot", "give_kudos", "365").check().unwrap();
        assert_eq!((token.scope, token.lasts), (TokenScope::GiveKudos, Duration::days(365)));
        let fields = |form: TokenForm| {
            form.check().unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(form("", "everything", "366")), ["name", "scope", "days"]);
        assert_eq!(fields(form("Bot", "give_kudos", "0")), ["days"]);
    }
}
