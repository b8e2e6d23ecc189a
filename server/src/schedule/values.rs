//! How the format writes dates, times and durations; `None` is "not one".

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{Instant, Zone};

/// Years outside are a slip of the pen, and far from where arithmetic on dates ends.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// `2026-06-05`
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| YEARS.contains(&date.year()))
}

/// `2026-06-05T09:30:00+02:00`, also without seconds or the colon in the offset; without an offset it is
/// the wall time of `zone`.
pub(super) fn instant(text: &str, zone: Zone) -> Option<Instant> {
    let exact = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%z"));
    if let Ok(at) = exact {
        return YEARS.contains(&at.year()).then(|| at.to_utc());
    }
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .ok()
        .filter(|wall| YEARS.contains(&wall.year()))?;
    Some(zone.resolve(wall).at)
}

/// `09:30` or `09:30:00`
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

/// `1:30`, `01:30` or, with days, `1:01:30`, in minutes.
pub(super) fn duration(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let (days, hours, minutes) = match parts.as_slice() {
        [hours, minutes] => (0, number(hours, 99)?, minutes),
        [days, hours, minutes] => (number(days, 99)?, number(hours, 23)?, minutes),
        _ => return None,
    };
    if minutes.len() != 2 {
        return None;
    }
    Some((days * 24 + hours) * 60 + number(minutes, 59)?)
}

/// One or two digits.
fn number(text: &str, most: u32) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|value| *value <= most)
}

/// XML's own booleans; nothing is "no".
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_minutes() {
        for (text, minutes) in [
            ("00:05", Some(5)),
            ("1:30", Some(90)),
            ("99:59", Some(5999)),
            ("1:01:30", Some(1530)),
            ("90", None),
            ("01:60", None),
            ("1:5", None),
            ("-1:30", None),
            ("+1:30", None),
            ("1:24:00", None),
            ("٣:00", None),
            ("", None),
        ] {
            assert_eq!(duration(text), minutes, "{text}");
        }
    }

    #[test]
    fn instants_have_an_offset_or_take_the_zone() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        for text in [
            "2026-06-05T09:30:00+02:00",
            "2026-06-05T07:30:00Z",
            "2026-06-05T09:30:00+0200",
            "2026-06-05T09:30+02:00",
            "2026-06-05T09:30:00",
            "2026-06-05T09:30",
        ] {
            assert_eq!(instant(text, berlin), Some("2026-06-05T07:30:00Z".parse().unwrap()), "{text}");
        }
        for text in
            ["2026-06-05", "2026-06-31T09:30:00Z", "+262142-12-31T23:59:59", "0000-01-01T00:00:00Z", ""]
        {
            assert_eq!(instant(text, berlin), None, "{text}");
        }
    }
}
