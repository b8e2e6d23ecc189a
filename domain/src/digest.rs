//! The digest: when the email is sent that collects a member's less urgent emails (C9).

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};

use crate::{Instant, Zone, emails::Delivery};

/// The most items that one digest lists. It also says how many more there were.
pub const MAX_ITEMS: usize = 40;
/// How far ahead it looks for upcoming events.
pub const LOOK_AHEAD: chrono::Duration = chrono::Duration::days(14);
/// The most upcoming events that it lists.
pub const MAX_UPCOMING: u64 = 5;

/// When an email that was put off is sent: at 08:00 of the member's next day, or of their next Monday for a
/// weekly digest. `last` is the member's day of the last digest, because there is at most one a day.
#[must_use]
pub fn due(zone: Zone, delivery: Delivery, posted_at: Instant, last: Option<NaiveDate>) -> Instant {
    let mut day = zone.wall(posted_at).date();
    loop {
        let fits = delivery != Delivery::Weekly || day.weekday() == Weekday::Mon;
        let at = eight_o_clock(zone, day);
        // A member who travels across the date line may have the same day twice.
        if fits && at > posted_at && last.is_none_or(|last| day > last) {
            return at;
        }
        day = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        if day == NaiveDate::MAX {
            return Instant::MAX_UTC;
        }
    }
}

/// The latest Monday whose 08:00 has passed in a time zone, and 08:00 of the Monday after it. The email with the
/// kudos of the last week is sent then (K10).
#[must_use]
pub fn last_monday(zone: Zone, now: Instant) -> (NaiveDate, Instant) {
    let mut day = zone.wall(now).date();
    while day.weekday() != Weekday::Mon || eight_o_clock(zone, day) > now {
        day = day.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN);
    }
    (day, eight_o_clock(zone, day.checked_add_days(Days::new(7)).unwrap_or(NaiveDate::MAX)))
}

/// 08:00 of a day in a time zone. Where the clocks skip 08:00, the time is as much later as they skip (B2).
fn eight_o_clock(zone: Zone, day: NaiveDate) -> Instant {
    let clock = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or(NaiveTime::MIN);
    zone.resolve(day.and_time(clock)).at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    #[test]
    fn c9_a_digest_is_sent_at_eight_in_its_readers_time_zone() {
        let posted = at("2026-11-21T12:00:00Z");
        for (place, then) in [
            ("Europe/Berlin", "2026-11-22T07:00:00Z"),
            ("America/Los_Angeles", "2026-11-21T16:00:00Z"),
            ("Asia/Kathmandu", "2026-11-22T02:15:00Z"),
            ("Pacific/Auckland", "2026-11-21T19:00:00Z"),
        ] {
            assert_eq!(due(zone(place), Delivery::Daily, posted, None), at(then), "{place}");
        }
        // The email is put off on a Saturday.
        let week = due(zone("Europe/Berlin"), Delivery::Weekly, posted, None);
        assert_eq!(week, at("2026-11-23T07:00:00Z"));
        let monday = due(zone("Europe/Berlin"), Delivery::Weekly, at("2026-11-23T07:00:00Z"), None);
        assert_eq!(monday, at("2026-11-30T07:00:00Z"), "what comes on the stroke waits for the next");
    }

    #[test]
    fn c9_a_digest_is_sent_at_eight_when_the_clocks_change() {
        let berlin = zone("Europe/Berlin");
        let day = |posted: &str| due(berlin, Delivery::Daily, at(posted), None);
        assert_eq!(day("2026-03-28T12:00:00Z"), at("2026-03-29T06:00:00Z"));
        assert_eq!(day("2026-10-24T12:00:00Z"), at("2026-10-25T07:00:00Z"));
        // Samoa skipped 30 December 2011, so 08:00 of that day is 08:00 of the next one.
        let apia = due(zone("Pacific/Apia"), Delivery::Daily, at("2011-12-29T20:00:00Z"), None);
        assert_eq!(apia, at("2011-12-30T18:00:00Z"));
    }

    #[test]
    fn k10_a_week_begins_on_monday_at_eight() {
        let berlin = zone("Europe/Berlin");
        let monday = |day: &str| day.parse::<NaiveDate>().unwrap();
        for (now, last, next) in [
            ("2026-11-23T06:59:59Z", "2026-11-16", "2026-11-23T07:00:00Z"),
            ("2026-11-23T07:00:00Z", "2026-11-23", "2026-11-30T07:00:00Z"),
            ("2026-11-29T23:00:00Z", "2026-11-23", "2026-11-30T07:00:00Z"),
        ] {
            assert_eq!(last_monday(berlin, at(now)), (monday(last), at(next)), "{now}");
        }
        // Samoa skipped a Friday, and the week still has one Monday.
        let apia = last_monday(zone("Pacific/Apia"), at("2011-12-31T12:00:00Z"));
        assert_eq!(apia, (monday("2011-12-26"), at("2012-01-01T18:00:00Z")));
    }

    #[test]
    fn c9_there_is_one_digest_a_day() {
        let berlin = zone("Europe/Berlin");
        let posted = at("2026-11-22T06:00:00Z");
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        assert_eq!(due(berlin, Delivery::Daily, posted, None), at("2026-11-22T07:00:00Z"));
        assert_eq!(due(berlin, Delivery::Daily, posted, Some(today)), at("2026-11-23T07:00:00Z"));
        let monday: NaiveDate = "2026-11-23".parse().unwrap();
        assert_eq!(due(berlin, Delivery::Weekly, posted, Some(monday)), at("2026-11-30T07:00:00Z"));
    }
}
