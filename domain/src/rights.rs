//! What a member may do to another's rights, and with their own data.

use chrono::Duration;

use crate::{MemberId, Problems, Refusal, Role, checks::Checks};

/// How long somebody may think better of being deleted (F1).
pub const DELETION_DELAY: Duration = Duration::days(7);

/// Whether somebody's role may become another one. `administrators` are all there are.
///
/// # Errors
/// `OwnRights`, `LastAdministrator`.
pub fn may_change_role(
    by: Option<MemberId>,
    whose: MemberId,
    from: Role,
    to: Role,
    administrators: u64,
) -> Result<(), Refusal> {
    if from == Role::Administrator && to != Role::Administrator && administrators <= 1 {
        return Err(Refusal::LastAdministrator);
    }
    if by == Some(whose) && from != to {
        return Err(Refusal::OwnRights);
    }
    Ok(())
}

/// Reads why somebody is suspended: they read it.
///
/// # Errors
/// What is wrong with `reason`.
pub fn check_reason(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("reason", text, 10, 1000);
    checks.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn somebody_is_left_who_may_do_everything() {
        let (ada, bea) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        use Role::{Administrator, Member, Suspended};
        let may = |by, whose, from, to, n| may_change_role(by, whose, from, to, n);
        assert_eq!(may(Some(ada), bea, Administrator, Member, 2), Ok(()));
        assert_eq!(may(None, bea, Administrator, Suspended, 1), Err(Refusal::LastAdministrator));
        assert_eq!(may(Some(ada), ada, Administrator, Member, 2), Err(Refusal::OwnRights));
        assert_eq!(may(Some(ada), ada, Administrator, Administrator, 1), Ok(()));
        assert_eq!(may(Some(ada), bea, Member, Administrator, 1), Ok(()));
    }
}
