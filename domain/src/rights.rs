//! Rules for changing another member's role, and for deleting one's own account.

use chrono::Duration;

use crate::{MemberId, Problems, Refusal, Role, checks::Checks};

/// How long a member can cancel the deletion of their account (F1).
pub const DELETION_DELAY: Duration = Duration::days(7);

/// Whether an administrator may change a member's role. `administrators` is their number, including the
/// member if they are one.
///
/// # Errors
/// `OwnRights` or `LastAdministrator`.
pub fn may_change_role(
    by: Option<MemberId>,
    member: MemberId,
    from: Role,
    to: Role,
    administrators: u64,
) -> Result<(), Refusal> {
    if from == Role::Administrator && to != Role::Administrator && administrators <= 1 {
        return Err(Refusal::LastAdministrator);
    }
    if by == Some(member) && from != to {
        return Err(Refusal::OwnRights);
    }
    Ok(())
}

/// Reads the reason for a suspension, which the member reads.
///
/// # Errors
/// A problem with the field `reason`.
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
    fn the_last_administrator_keeps_their_role() {
        let (ada, bea) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        use Role::{Administrator, Member, Suspended};
        let may = |by, member, from, to, n| may_change_role(by, member, from, to, n);
        assert_eq!(may(Some(ada), bea, Administrator, Member, 2), Ok(()));
        assert_eq!(may(None, bea, Administrator, Suspended, 1), Err(Refusal::LastAdministrator));
        assert_eq!(may(Some(ada), ada, Administrator, Member, 2), Err(Refusal::OwnRights));
        assert_eq!(may(Some(ada), ada, Administrator, Administrator, 1), Ok(()));
        assert_eq!(may(Some(ada), bea, Member, Administrator, 1), Ok(()));
    }
}
