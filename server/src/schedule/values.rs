//! Parses the dates, times and durations of the format. `None` means that the text is not valid.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{Instant, Zone, time::YEARS};

/// A date such as `2026-06-05`, within the supported years.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| YEARS.contains(&date.year()))
}

/// An instant such as `2026-06-05T09:30:00+02:00`, also without seconds or without the colon in the offset.
/// Without an offset, it is the local time of `zone`.
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

/// A time of day such as `09:30` or `09:30:00`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

/// A duration in minutes, and how it was understood if it is ambiguous.
///
/// The format has `1:30`, `01:30` and, with days, `1:01:30`. Many files write hours, minutes and seconds in the
/// same form: `00:45:00`. It is read that way if it isn't valid with days, or if the last part is zero and
/// either the first part has two digits or days would make the session longer than eight hours. A single
/// number is in minutes.
pub(super) fn duration(text: &str) -> Option<(u32, Option<&'static str>)> {
    const LONG: u32 = 8 * 60;
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        [minutes] => {
            let plain = (1..=4).contains(&minutes.len()) && minutes.bytes().all(|b| b.is_ascii_digit());
            let minutes = minutes.parse().ok().filter(|minutes| plain && (1..=1440).contains(minutes))?;
            Some((minutes, Some("minutes")))
        }
        [hours, minutes] if minutes.len() == 2 => {
            Some((number(hours, 99)? * 60 + number(minutes, 59)?, None))
        }
        [first, second, third] if second.len() == 2 && third.len() == 2 => {
            let third = number(third, 59)?;
            let with_days = number(first, 99)
                .zip(number(second, 23))
                .map(|(days, hours)| (days * 24 + hours) * 60 + third);
            let with_seconds = number(first, 23)
                .zip(number(second, 59))
                .map(|(hours, minutes)| hours * 60 + minutes + u32::from(third > 0));
            match (with_days, with_seconds) {
                (Some(days), Some(seconds)) if third == 0 && (first.len() == 2 || days > LONG) => {
                    Some((seconds, Some("hours, minutes and seconds")))
                }
                (Some(days), _) => Some((days, None)),
                (None, Some(seconds)) => Some((seconds, Some("hours, minutes and seconds"))),
                (None, None) => None,
            }
        }
        _ => None,
    }
}

/// A number of one or two digits, at most `max`.
fn number(text: &str, max: u32) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|value| *value <= max)
}

/// A boolean of XML. Empty means false.
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
            ("0:01:30", Some(90)),
            ("0:08:00", Some(480)),
            ("01:60", None),
            ("1:5", None),
            ("1:5:00", None),
            ("-1:30", None),
            ("+1:30", None),
            ("0", None),
            ("-45", None),
            ("90000", None),
            ("٣:00", None),
            ("", None),
        ] {
            assert_eq!(duration(text), minutes.map(|minutes| (minutes, None)), "{text}");
        }
    }

    #[test]
    fn an_ambiguous_duration_is_read_plausibly() {
        for (text, minutes) in [
            ("00:45:00", 45),
            ("01:20:00", 80),
            ("1:20:00", 80),
            ("0:20:00", 20),
            ("00:05:00", 5),
            ("1:30:00", 90),
            ("00:45:30", 46),
            ("1:24:00", 84),
        ] {
            assert_eq!(duration(text), Some((minutes, Some("hours, minutes and seconds"))), "{text}");
        }
        assert_eq!(duration("45"), Some((45, Some("minutes"))));
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
        for text in [
            "2026-06-05",
            "2026-06-31T09:30:00Z",
            "+262142-12-31T23:59:59",
            "2200-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "",
        ] {
            assert_eq!(instant(text, berlin), None, "{text}");
        }
    }
}
