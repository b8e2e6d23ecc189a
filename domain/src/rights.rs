//! Rules for changing the roles of other members, one or several at a time, and for deleting one's own account.

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

/// The most members that an admin changes at once.
pub const MAX_SELECTED: usize = 100;

/// How long a member gets no second email that asks them to sign in.
pub const SIGN_IN_EMAIL_EVERY: Duration = Duration::hours(24);

/// What an admin does with several members at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAction {
    /// Suspends them with one reason.
    Suspend,
    /// Lifts their suspensions.
    Lift,
    /// Emails them a link to the sign-in page.
    SignInEmail,
    /// Makes organisers and admins ordinary members.
    RemoveRole,
}

impl BulkAction {
    /// Every variant, in the order of the form.
    pub const ALL: &[Self] = &[Self::SignInEmail, Self::RemoveRole, Self::Suspend, Self::Lift];

    /// The name in forms and in Fluent keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Lift => "lift",
            Self::SignInEmail => "sign-in-email",
            Self::RemoveRole => "remove-role",
        }
    }

    /// Reads a [`name`](Self::name).
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// Why the action leaves a member out. `None` when it changes them.
    #[must_use]
    pub fn leaves_out(self, member: &Selected) -> Option<LeftOut> {
        let is_suspended = member.role == Role::Suspended;
        match self {
            Self::SignInEmail if !member.has_address => Some(LeftOut::NoAddress),
            Self::SignInEmail if member.was_emailed => Some(LeftOut::EmailedLately),
            Self::SignInEmail => None,
            _ if member.is_oneself => Some(LeftOut::Oneself),
            Self::Suspend if is_suspended => Some(LeftOut::Suspended),
            Self::Lift if !is_suspended => Some(LeftOut::NotSuspended),
            Self::RemoveRole if is_suspended => Some(LeftOut::Suspended),
            Self::RemoveRole if member.role == Role::Member => Some(LeftOut::NoRole),
            Self::Suspend | Self::Lift | Self::RemoveRole => None,
        }
    }
}

/// What [`BulkAction::leaves_out`] needs to know about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Their role.
    pub role: Role,
    /// Whether the admin selected their own account.
    pub is_oneself: bool,
    /// Whether they have an email address.
    pub has_address: bool,
    /// Whether they were asked to sign in within [`SIGN_IN_EMAIL_EVERY`].
    pub was_emailed: bool,
}

/// Why a bulk action leaves out a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It is the admin's own account.
    Oneself,
    /// They are suspended, and that stays.
    Suspended,
    /// There is no suspension to lift.
    NotSuspended,
    /// They have no role to remove.
    NoRole,
    /// They have no email address.
    NoAddress,
    /// They got such an email lately.
    EmailedLately,
}

impl LeftOut {
    /// Every variant.
    pub const ALL: &[Self] = &[
        Self::Oneself,
        Self::Suspended,
        Self::NotSuspended,
        Self::NoRole,
        Self::NoAddress,
        Self::EmailedLately,
    ];

    /// The last part of its Fluent key.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Oneself => "oneself",
            Self::Suspended => "suspended",
            Self::NotSuspended => "not-suspended",
            Self::NoRole => "no-role",
            Self::NoAddress => "no-address",
            Self::EmailedLately => "emailed-lately",
        }
    }
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
    fn a_bulk_action_leaves_out_members_whom_it_would_not_change() {
        let mei = Selected { role: Role::Member, is_oneself: false, has_address: true, was_emailed: false };
        let with = |role| Selected { role, ..mei };
        use BulkAction::{Lift, RemoveRole, SignInEmail, Suspend};
        assert_eq!(Suspend.leaves_out(&mei), None);
        assert_eq!(Suspend.leaves_out(&with(Role::Suspended)), Some(LeftOut::Suspended));
        assert_eq!(Lift.leaves_out(&mei), Some(LeftOut::NotSuspended));
        assert_eq!(Lift.leaves_out(&with(Role::Suspended)), None);
        assert_eq!(RemoveRole.leaves_out(&mei), Some(LeftOut::NoRole));
        assert_eq!(RemoveRole.leaves_out(&with(Role::Administrator)), None);
        for action in [Suspend, RemoveRole, Lift] {
            let own = Selected { is_oneself: true, ..with(Role::Administrator) };
            assert_eq!(action.leaves_out(&own), Some(LeftOut::Oneself));
        }
        assert_eq!(SignInEmail.leaves_out(&mei), None);
        assert_eq!(SignInEmail.leaves_out(&Selected { has_address: false, ..mei }), Some(LeftOut::NoAddress));
        assert_eq!(
            SignInEmail.leaves_out(&Selected { was_emailed: true, ..mei }),
            Some(LeftOut::EmailedLately)
        );
    }

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
