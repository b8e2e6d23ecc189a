//! Limits that keep kudos meaningful (K4), and the time for changes (K6).

use chrono::Duration;

use crate::{Instant, MemberId, Refusal};

/// The most kudos that a member gives in [`DAY`].
pub const MAX_PER_DAY: usize = 10;
/// The window of [`MAX_PER_DAY`]. It is not a calendar day, so no time zone matters.
pub const DAY: Duration = Duration::hours(24);
/// The most kudos that a member gives to the same person in [`WEEK`].
pub const MAX_PER_PERSON: usize = 3;
/// The window of [`MAX_PER_PERSON`].
pub const WEEK: Duration = Duration::days(7);
/// The most members who add their thanks to the same kudos.
pub const MAX_ADDED: u64 = 100;
/// The period of the list of people whom most others thanked, in days: at most a quarter (K12).
pub const BOARD_DAYS: i64 = 90;
/// The number of people on that list, and the fewest who must want to be on it.
pub const BOARD_PEOPLE: u64 = 5;
/// How long the giver can change the text and the values. They can retract the kudos at any time.
pub const EDIT_WINDOW: Duration = Duration::minutes(15);

/// Whether one member may give kudos to another.
///
/// # Errors
/// `KudosToOneself`.
pub fn may_give(from: MemberId, to: MemberId) -> Result<(), Refusal> {
    if from == to { Err(Refusal::KudosToOneself) } else { Ok(()) }
}

/// Whether the giver may give more today. `given` has the times of their kudos, also of retracted ones.
///
/// # Errors
/// `KudosPerDay`, with the hours until the next kudos are possible.
pub fn check_per_day(given: &[Instant], now: Instant) -> Result<(), Refusal> {
    match wait(given, now, DAY, MAX_PER_DAY) {
        Some(wait) => {
            Err(Refusal::KudosPerDay { max: MAX_PER_DAY as i64, hours: up(wait, Duration::hours(1)) })
        }
        None => Ok(()),
    }
}

/// Whether the giver may give more to one person. `given` has the times of their kudos to that person.
///
/// # Errors
/// `KudosPerPerson`, with the days until the next kudos to this person are possible.
pub fn check_per_person(given: &[Instant], now: Instant) -> Result<(), Refusal> {
    match wait(given, now, WEEK, MAX_PER_PERSON) {
        Some(wait) => {
            Err(Refusal::KudosPerPerson { max: MAX_PER_PERSON as i64, days: up(wait, Duration::days(1)) })
        }
        None => Ok(()),
    }
}

/// Whether the giver may give more to one team. `given` has the times of their kudos to that team.
///
/// # Errors
/// `KudosPerTeam`, with the days until the next kudos to this team are possible.
pub fn check_per_team(given: &[Instant], now: Instant) -> Result<(), Refusal> {
    match wait(given, now, WEEK, MAX_PER_PERSON) {
        Some(wait) => {
            Err(Refusal::KudosPerTeam { max: MAX_PER_PERSON as i64, days: up(wait, Duration::days(1)) })
        }
        None => Ok(()),
    }
}

/// How long to wait until fewer than `max` of these times are within the window; `None` if that is so now.
fn wait(given: &[Instant], now: Instant, window: Duration, max: usize) -> Option<Duration> {
    let mut recent: Vec<Instant> = given.iter().copied().filter(|at| now - *at < window).collect();
    recent.sort_unstable();
    let blocking = recent.len().checked_sub(max)?;
    recent.get(blocking).map(|at| *at + window - now)
}

/// A duration in whole units, rounded up.
fn up(wait: Duration, unit: Duration) -> i64 {
    let (wait, unit) = (wait.num_seconds(), unit.num_seconds());
    (wait + unit - 1).div_euclid(unit).max(1)
}

/// Whether the giver may still change kudos.
///
/// # Errors
/// `KudosEditOver`.
pub fn may_edit(given_at: Instant, now: Instant) -> Result<(), Refusal> {
    if now - given_at < EDIT_WINDOW {
        Ok(())
    } else {
        Err(Refusal::KudosEditOver { minutes: EDIT_WINDOW.num_minutes() })
    }
}

/// What two texts have in common that count as identical: their letters and digits, in lower case.
#[must_use]
pub fn text_key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn now() -> Instant {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn ago(hours: i64) -> Instant {
        now() - Duration::hours(hours)
    }

    #[test]
    fn k1_members_cannot_give_kudos_to_themselves() {
        let (a, b) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        assert_eq!(may_give(a, a), Err(Refusal::KudosToOneself));
        assert_eq!(may_give(a, b), Ok(()));
    }

    #[test]
    fn k4_ten_a_day_and_the_refusal_says_when_the_next_is_possible() {
        let given: Vec<Instant> = (1..=10).map(ago).collect();
        assert_eq!(check_per_day(&given, now()), Err(Refusal::KudosPerDay { max: 10, hours: 14 }));
        assert_eq!(check_per_day(&given[..9], now()), Ok(()));
        // The oldest leaves the window, and one more is possible.
        assert_eq!(check_per_day(&given, now() + Duration::hours(14)), Ok(()));
        let with_old: Vec<Instant> = given[..9].iter().copied().chain([ago(24), ago(30)]).collect();
        assert_eq!(check_per_day(&with_old, now()), Ok(()), "older ones do not count");
        let burst = vec![now(); 12];
        assert_eq!(check_per_day(&burst, now()), Err(Refusal::KudosPerDay { max: 10, hours: 24 }));
    }

    #[test]
    fn k4_three_to_the_same_person_in_seven_days() {
        let given = [ago(1), ago(30), ago(100)];
        assert_eq!(check_per_person(&given, now()), Err(Refusal::KudosPerPerson { max: 3, days: 3 }));
        assert_eq!(check_per_person(&given[..2], now()), Ok(()));
        assert_eq!(check_per_person(&[ago(1), ago(30), ago(168)], now()), Ok(()));
        assert_eq!(check_per_team(&given, now()), Err(Refusal::KudosPerTeam { max: 3, days: 3 }));
        assert_eq!(check_per_team(&given[..2], now()), Ok(()));
    }

    #[test]
    fn k4_punctuation_and_case_do_not_make_another_text() {
        assert_eq!(text_key("Thank you, Mei!"), text_key("thank  you Mei"));
        assert_ne!(text_key("Thank you, Mei!"), text_key("Thank you, Kofi!"));
        assert_eq!(text_key("Ünï 3"), "ünï3");
    }

    #[test]
    fn k6_kudos_can_be_edited_for_15_minutes() {
        assert_eq!(may_edit(now() - Duration::minutes(14), now()), Ok(()));
        assert_eq!(
            may_edit(now() - Duration::minutes(15), now()),
            Err(Refusal::KudosEditOver { minutes: 15 })
        );
    }
}
