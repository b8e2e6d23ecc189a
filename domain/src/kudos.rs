//! Kudos: public thanks from one member to another for one of the community's values.

use crate::{MemberId, Problems, Refusal, checks::Checks};

/// The minimum and maximum length of kudos, in characters.
pub const TEXT_LENGTH: (usize, usize) = (20, 500);

/// Whether one member may give kudos to another.
///
/// # Errors
/// `KudosToOneself`.
pub fn may_give(from: MemberId, to: MemberId) -> Result<(), Refusal> {
    if from == to { Err(Refusal::KudosToOneself) } else { Ok(()) }
}

/// Reads the text of kudos.
///
/// # Errors
/// A problem with the field `text`.
pub fn check_text(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("text", text, TEXT_LENGTH.0, TEXT_LENGTH.1);
    checks.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn members_cannot_give_kudos_to_themselves() {
        let (a, b) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        assert_eq!(may_give(a, a), Err(Refusal::KudosToOneself));
        assert_eq!(may_give(a, b), Ok(()));
    }

    #[test]
    fn kudos_have_a_minimum_and_a_maximum_length() {
        let why = |text: &str| check_text(text).map_err(|problems| problems[0].why.clone());
        assert_eq!(why(&"é".repeat(20)), Ok("é".repeat(20)));
        assert!(why(&"x".repeat(500)).is_ok());
        assert_eq!(why(&"x".repeat(501)), Err(Refusal::TooLong { max: 500 }));
        assert_eq!(why(&format!("{}   ", "x".repeat(19))), Err(Refusal::TooShort { min: 20 }));
        assert_eq!(why(" "), Err(Refusal::Missing));
    }
}
