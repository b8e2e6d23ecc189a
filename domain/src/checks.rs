//! Validates form fields one at a time and collects every problem.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::{Problem, Problems, Refusal, Slug, Zone, text, time};

/// Validates fields and collects their problems. [`Checks::finish`] returns them.
#[derive(Debug, Default)]
pub struct Checks {
    problems: Problems,
}

impl Checks {
    /// Records a problem with a field.
    pub fn problem(&mut self, field: &str, why: Refusal) {
        self.problems.push(Problem { field: field.to_owned(), why });
    }

    /// A text of one line, from `min` to `max` characters. At least one character must be visible, and none
    /// may change the direction of the line.
    pub fn line(&mut self, field: &str, typed: &str, min: usize, max: usize) -> String {
        self.length(field, text::line(typed), min, max)
    }

    /// A text of several lines, without control characters and direction overrides.
    pub fn text(&mut self, field: &str, typed: &str, min: usize, max: usize) -> String {
        self.length(field, text::block(typed), min, max)
    }

    fn length(&mut self, field: &str, text: String, min: usize, max: usize) -> String {
        let length = text.chars().count();
        if length == 0 && min > 0 {
            self.problem(field, Refusal::Missing);
        } else if length < min {
            self.problem(field, Refusal::TooShort { min: min as i64 });
        } else if length > max {
            self.problem(field, Refusal::TooLong { max: max as i64 });
        }
        text
    }

    /// A whole number from `min` to `max`. An empty field is `None`.
    pub fn number(&mut self, field: &str, text: &str, min: i64, max: i64) -> Option<i64> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|n| (min..=max).contains(n));
        if number.is_none() {
            self.problem(field, Refusal::BadNumber { min, max });
        }
        number
    }

    /// One of the values of a type that parses them.
    pub fn choice<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        let choice = text.trim().parse().ok();
        if choice.is_none() {
            self.problem(field, Refusal::BadChoice);
        }
        choice
    }

    /// The slug of a record; empty is `None`. The store checks that the record exists.
    pub fn slug(&mut self, field: &str, text: &str) -> Option<Slug> {
        let text = text.trim();
        let slug = Slug::parse(text);
        if slug.is_none() && !text.is_empty() {
            self.problem(field, Refusal::BadChoice);
        }
        slug
    }

    /// A time zone by its IANA name.
    pub fn zone(&mut self, field: &str, text: &str) -> Option<Zone> {
        let zone = text.trim().parse().ok();
        if zone.is_none() {
            self.problem(field, Refusal::BadZone);
        }
        zone
    }

    /// A date as HTML forms send it, in a year that calendars can represent.
    pub fn date(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
        if day.is_none() {
            self.problem(field, Refusal::BadDate);
        }
        self.in_years(field, day)
    }

    /// Refuses years that calendars, time zone rules and file formats cannot represent.
    pub fn in_years<T: Datelike>(&mut self, field: &str, day: Option<T>) -> Option<T> {
        let (day, outside) = match day {
            Some(day) if time::YEARS.contains(&day.year()) => (Some(day), false),
            day => (None, day.is_some()),
        };
        if outside {
            self.problem(field, Refusal::YearOutOfRange);
        }
        day
    }

    /// A wall time from a date field and a time field, as HTML forms send them.
    pub fn wall(
        &mut self,
        (date_field, date): (&str, &str),
        (time_field, time): (&str, &str),
    ) -> Option<NaiveDateTime> {
        let day = self.date(date_field, date);
        let clock = NaiveTime::parse_from_str(time.trim(), "%H:%M")
            .or_else(|_| NaiveTime::parse_from_str(time.trim(), "%H:%M:%S"))
            .ok();
        if clock.is_none() {
            self.problem(time_field, Refusal::BadTime);
        }
        Some(day?.and_time(clock?))
    }

    /// A wall time from a `datetime-local` field; empty is `None`.
    pub fn local_time(&mut self, field: &str, text: &str) -> Option<NaiveDateTime> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
            .ok();
        if wall.is_none() {
            self.problem(field, Refusal::BadDate);
        }
        self.in_years(field, wall)
    }

    /// An https address that a page may link to; empty is `None`. An address without a scheme gets
    /// `https://`. Every other scheme is refused, above all `javascript:`.
    pub fn https_url(&mut self, field: &str, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let text = if is_bare(text) { format!("https://{text}") } else { text.to_owned() };
        let rest = text.strip_prefix("https://").unwrap_or("");
        let fits = text.len() <= 500
            && !rest.is_empty()
            && !rest.starts_with(['.', '/'])
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`{}|^".contains(c));
        if !fits {
            self.problem(field, Refusal::BadUrl);
            return None;
        }
        // `localhost` and names in a local network lead somewhere else for each reader.
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        if !host.contains('.') {
            self.problem(field, Refusal::NoPublicUrl);
            return None;
        }
        Some(text)
    }

    /// `value` if every field is valid.
    ///
    /// # Errors
    /// Every problem recorded so far, in the order of the checks.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Problems> {
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(self.problems),
        }
    }
}

/// Whether a text looks like an address without its scheme, such as `github.com/ada`: a host name with a
/// dot, then a path or nothing. A colon would belong to a scheme or a port.
fn is_bare(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or("");
    let fits = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    host.contains('.') && !host.starts_with('.') && host.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_scheme_is_completed() {
        let check = |text: &str| Checks::default().https_url("url", text);
        assert_eq!(check(" github.com/kit "), Some("https://github.com/kit".to_owned()));
        assert_eq!(check("example.org"), Some("https://example.org".to_owned()));
        for bad in ["example.org:80/x", "kit", "ada@example.org", "./x", "javascript:alert(1).x"] {
            assert_eq!(check(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_link_must_have_a_public_address() {
        let mut checks = Checks::default();
        assert_eq!(checks.https_url("url", "https://localhost/x.y"), None);
        assert_eq!(checks.problems[0].why, Refusal::NoPublicUrl);
    }

    #[test]
    fn only_https_addresses_are_links() {
        let check = |text: &str| Checks::default().https_url("url", text);
        assert!(check("https://meet.example.org/abc?x=1").is_some());
        for bad in [
            "javascript:alert(1)",
            "http://example.org",
            "https://",
            "https:///evil.example",
            "https://example.org/\"onload=",
            "https://exa mple.org",
            "JAVASCRIPT://example.org",
            "data:text/html,x",
        ] {
            assert!(check(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn years_are_bounded() {
        for bad in ["+262142-12-31", "9999-12-31", "2200-01-01", "1969-12-31", "0000-01-01"] {
            let mut checks = Checks::default();
            assert_eq!(checks.date("date", bad), None, "{bad}");
            assert_eq!(checks.local_time("at", &format!("{bad}T23:59")), None, "{bad}");
            assert_eq!(checks.wall(("date", bad), ("time", "23:59")), None, "{bad}");
            assert!(checks.problems.iter().all(|problem| problem.why == Refusal::YearOutOfRange), "{bad}");
            assert_eq!(checks.problems.len(), 3, "{bad}");
        }
        for good in ["1970-01-01", "2199-12-31"] {
            assert!(Checks::default().date("date", good).is_some(), "{good}");
        }
        let mut checks = Checks::default();
        assert_eq!(checks.date("date", "tomorrow"), None);
        assert_eq!(checks.problems[0].why, Refusal::BadDate);
    }

    #[test]
    fn a_line_has_a_visible_character() {
        let mut checks = Checks::default();
        assert_eq!(checks.line("name", "\u{200B}\u{3164}", 1, 80), "");
        assert_eq!(checks.problems[0].why, Refusal::Missing);
    }

    #[test]
    fn a_line_has_no_line_breaks() {
        let mut checks = Checks::default();
        assert_eq!(checks.line("t", " a\r\nBcc: x ", 1, 80), "a  Bcc: x");
        assert_eq!(checks.text("t", "a\r\nb\u{7}", 1, 80), "a\nb");
        assert!(checks.finish(Some(())).is_ok());
    }
}
