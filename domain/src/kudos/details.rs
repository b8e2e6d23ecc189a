//! The form for giving kudos and its rules (K1, K2).

use uuid::Uuid;

use crate::{Problems, Refusal, Slug, checks::Checks, kudos::KudosVisibility};

/// The minimum and maximum length of kudos, in characters.
pub const TEXT_LENGTH: (usize, usize) = (20, 500);
/// The most people who get the same kudos.
pub const MAX_RECIPIENTS: usize = 10;
/// The most values that kudos praise.
pub const MAX_VALUES: usize = 3;

/// The form as it was typed. Lists are slugs with spaces between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KudosForm {
    /// Slugs of the recipients.
    pub to: String,
    /// Slug of a team, instead of people or in addition to them. May be empty.
    pub team: String,
    /// Slugs of the values.
    pub values: String,
    /// What the recipients did, and what it changed.
    pub text: String,
    /// The name of a [`KudosVisibility`].
    pub visibility: String,
    /// Slug of the event that the kudos are about. May be empty.
    pub event: String,
    /// The session that the kudos are about: the slug of its event, a slash and the session's id. May be empty.
    pub session: String,
}

/// Valid kudos. The store checks that the records exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KudosDetails {
    /// Slugs of up to [`MAX_RECIPIENTS`] different people. Not empty when there is no team.
    pub to: Vec<Slug>,
    /// Slug of the team that gets the kudos.
    pub team: Option<Slug>,
    /// Slugs of 1 to [`MAX_VALUES`] different values.
    pub values: Vec<Slug>,
    /// The text, cleaned.
    pub text: String,
    /// Who can see the kudos.
    pub visibility: KudosVisibility,
    /// Slug of the event that the kudos are about, or that the session belongs to.
    pub event: Option<Slug>,
    /// The session of that event that the kudos are about.
    pub session: Option<Uuid>,
}

/// A valid change of kudos that were given. Recipients and visibility stay as they are, because people were
/// notified of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KudosEdit {
    /// Slugs of 1 to [`MAX_VALUES`] different values.
    pub values: Vec<Slug>,
    /// The text, cleaned.
    pub text: String,
}

impl KudosForm {
    /// Validates the form.
    ///
    /// # Errors
    /// Problems with the fields `to`, `team`, `text`, `values`, `visibility`, `event` and `session`.
    pub fn check(&self) -> Result<KudosDetails, Problems> {
        let mut checks = Checks::default();
        let team = checks.slug("team", &self.team);
        let to = slugs(&mut checks, "to", &self.to, MAX_RECIPIENTS);
        if to.is_empty() && team.is_none() {
            checks.problem("to", Refusal::KudosToNobody);
        }
        let text = checks.text("text", &self.text, TEXT_LENGTH.0, TEXT_LENGTH.1);
        let values = values(&mut checks, &self.values);
        let visibility = if self.visibility.trim().is_empty() {
            Some(KudosVisibility::Public)
        } else {
            checks.choice("visibility", &self.visibility)
        };
        let (event, session) = match self.session.trim() {
            "" => (checks.slug("event", &self.event), None),
            typed => match read_session(typed) {
                Some((event, session)) => (Some(event), Some(session)),
                None => {
                    checks.problem("session", Refusal::BadChoice);
                    (None, None)
                }
            },
        };
        let details = |visibility| KudosDetails { to, team, values, text, visibility, event, session };
        checks.finish(visibility.map(details))
    }
}

/// The event and the session in a value of the field `session`.
#[must_use]
pub fn read_session(typed: &str) -> Option<(Slug, Uuid)> {
    let (event, session) = typed.split_once('/')?;
    Some((Slug::parse(event)?, session.parse().ok()?))
}

/// Validates a change.
///
/// # Errors
/// Problems with the fields `text` and `values`.
pub fn check_edit(text: &str, chosen: &str) -> Result<KudosEdit, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("text", text, TEXT_LENGTH.0, TEXT_LENGTH.1);
    let values = values(&mut checks, chosen);
    checks.finish(Some(KudosEdit { values, text }))
}

fn values(checks: &mut Checks, chosen: &str) -> Vec<Slug> {
    let values = slugs(checks, "values", chosen, MAX_VALUES);
    if values.is_empty() {
        checks.problem("values", Refusal::ChooseOne);
    }
    values
}

/// The different slugs in a list, in the order of the list.
fn slugs(checks: &mut Checks, field: &str, list: &str, max: usize) -> Vec<Slug> {
    let mut slugs = Vec::new();
    // One more than allowed is enough to refuse the list.
    for word in list.split_whitespace().take(2 * max) {
        match Slug::parse(word) {
            Some(slug) if slugs.contains(&slug) => {}
            Some(slug) => slugs.push(slug),
            None => checks.problem(field, Refusal::BadChoice),
        }
    }
    if slugs.len() > max {
        checks.problem(field, Refusal::TooMany { max: i64::try_from(max).unwrap_or(i64::MAX) });
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> KudosForm {
        KudosForm {
            to: "mei-tanaka".into(),
            values: "mentorship-and-support".into(),
            text: "x".repeat(20),
            ..KudosForm::default()
        }
    }

    fn problems(form: &KudosForm) -> Vec<(String, Refusal)> {
        let problems = form.check().unwrap_err();
        problems.into_iter().map(|problem| (problem.field, problem.why)).collect()
    }

    #[test]
    fn k1_kudos_go_to_one_to_ten_people_or_a_team() {
        let many = |n: usize| (0..n).map(|i| format!("member-{i}")).collect::<Vec<_>>().join(" ");
        assert_eq!(KudosForm { to: many(10), ..form() }.check().unwrap().to.len(), 10);
        let eleven = KudosForm { to: many(11), ..form() };
        assert_eq!(problems(&eleven), [("to".to_owned(), Refusal::TooMany { max: 10 })]);
        let nobody = KudosForm { to: String::new(), ..form() };
        assert_eq!(problems(&nobody), [("to".to_owned(), Refusal::KudosToNobody)]);
        let team = KudosForm { team: "payments".into(), ..nobody };
        assert_eq!(team.check().unwrap().team, Slug::parse("payments"));
        let twice = KudosForm { to: "mei-tanaka kofi-mensah mei-tanaka".into(), ..form() };
        assert_eq!(twice.check().unwrap().to.len(), 2, "a person is named once");
    }

    #[test]
    fn k2_the_text_has_20_to_500_characters() {
        let why = |text: String| {
            KudosForm { text, ..form() }.check().map(|_| ()).map_err(|problems| problems[0].why.clone())
        };
        assert_eq!(why("é".repeat(20)), Ok(()));
        assert_eq!(why("x".repeat(500)), Ok(()));
        assert_eq!(why("x".repeat(501)), Err(Refusal::TooLong { max: 500 }));
        assert_eq!(why(format!("{}   ", "x".repeat(19))), Err(Refusal::TooShort { min: 20 }));
        assert_eq!(why(" ".into()), Err(Refusal::Missing));
    }

    #[test]
    fn k2_kudos_praise_one_to_three_values() {
        let with = |values: &str| KudosForm { values: values.into(), ..form() };
        assert_eq!(with("a b c").check().unwrap().values.len(), 3);
        assert_eq!(problems(&with("a b c d")), [("values".to_owned(), Refusal::TooMany { max: 3 })]);
        assert_eq!(problems(&with(" ")), [("values".to_owned(), Refusal::ChooseOne)]);
        assert_eq!(problems(&with("<b>"))[0], ("values".to_owned(), Refusal::BadChoice));
        assert_eq!(check_edit(&"x".repeat(30), "a").unwrap().values.len(), 1);
        assert!(check_edit("short", "").unwrap_err().len() == 2);
    }

    #[test]
    fn k2_kudos_are_about_an_event_or_one_of_its_sessions() {
        let id = Uuid::from_u128(7);
        let about = |event: &str, session: &str| {
            KudosForm { event: event.into(), session: session.into(), ..form() }
                .check()
                .map(|details| (details.event, details.session))
        };
        assert_eq!(about("a-talk", ""), Ok((Slug::parse("a-talk"), None)));
        assert_eq!(about("", &format!("a-day/{id}")), Ok((Slug::parse("a-day"), Some(id))));
        for bad in ["a-day", "a-day/7", "/", "<b>/00000000-0000-0000-0000-000000000007"] {
            assert_eq!(about("", bad).unwrap_err()[0].field, "session", "{bad}");
        }
    }

    #[test]
    fn k6_kudos_are_public_unless_the_giver_chooses_otherwise() {
        assert_eq!(form().check().unwrap().visibility, KudosVisibility::Public);
        let private = KudosForm { visibility: "private".into(), ..form() };
        assert_eq!(private.check().unwrap().visibility, KudosVisibility::Private);
        let unknown = KudosForm { visibility: "everybody".into(), ..form() };
        assert_eq!(problems(&unknown), [("visibility".to_owned(), Refusal::BadChoice)]);
    }
}
