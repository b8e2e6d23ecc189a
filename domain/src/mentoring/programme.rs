//! Programmes: what a coordinator enters about one, and the validated details.

use serde::{Deserialize, Serialize};

use super::{MAX_QUESTIONS, MatchingRules, Weights};
use crate::{Problems, Refusal, Slug, checks::Checks};

/// The fewest and the most options of a question.
pub const OPTIONS: (usize, usize) = (2, 6);
/// The cost of a second mentee for a mentor, unless the programme says otherwise.
pub const DEFAULT_LOAD: i32 = 2_500;
/// Rounds in which a pair is not proposed again, unless the programme says otherwise (M22).
pub const DEFAULT_COOL_DOWN: i32 = 2;

/// The form of a programme as a browser posts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeForm {
    /// A single line of text.
    pub name: String,
    /// What the programme is for. Paragraphs of plain text.
    pub purpose: String,
    /// Slug of the group whose members may sign up. Empty for all members.
    pub group: String,
    /// The most points for topics.
    pub topics_weight: String,
    /// The most points for answers.
    pub answers_weight: String,
    /// The most points for wishes.
    pub wishes_weight: String,
    /// The most points for hours in common.
    pub hours_weight: String,
    /// The most points for the difference in seniority.
    pub seniority_weight: String,
    /// The most points for languages in common.
    pub language_weight: String,
    /// The most points for another team and another discipline.
    pub variety_weight: String,
    /// Hours a week that a pair shares, at least.
    pub min_overlap_hours: String,
    /// How many levels a mentor may be above the mentee, at least. May be empty or negative.
    pub min_seniority_gap: String,
    /// How many levels a mentor may be above the mentee, at most. May be empty.
    pub max_seniority_gap: String,
    /// `yes` when people of one team, and people who report to each other, can be matched.
    pub same_team: String,
    /// What a second mentee costs a mentor in the objective of the solver.
    pub load: String,
    /// Rounds in which a pair is not proposed again.
    pub cool_down: String,
    /// Version of the programme that the form was filled from. Empty for a new programme.
    pub version: String,
}

impl Default for ProgrammeForm {
    fn default() -> Self {
        ProgrammeDetails {
            name: String::new(),
            purpose: String::new(),
            group: None,
            rules: MatchingRules::default(),
            load: DEFAULT_LOAD,
            cool_down: DEFAULT_COOL_DOWN,
            questions: Vec::new(),
        }
        .to_form(None)
    }
}

/// A question as typed: the id that it has, or nothing for a new one, both texts, and the options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionForm {
    /// Id of the question. Empty for a new one.
    pub id: String,
    /// The question for mentees.
    pub mentee_text: String,
    /// The question for mentors.
    pub mentor_text: String,
    /// The options with semicolons between them.
    pub options: String,
}

/// A question of a programme. Mentee and mentor answer it with one of the same options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id. `None` for a new question.
    pub id: Option<uuid::Uuid>,
    /// The question for mentees, 1 to 160 characters.
    pub mentee_text: String,
    /// The question for mentors, 1 to 160 characters.
    pub mentor_text: String,
    /// The options, in order.
    pub options: Vec<QuestionOption>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionOption {
    /// Its id. `None` for a new option.
    pub id: Option<uuid::Uuid>,
    /// 1 to 80 characters.
    pub text: String,
}

/// What a coordinator entered about a programme, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeDetails {
    /// 1 to 80 characters.
    pub name: String,
    /// At most 2,000 characters.
    pub purpose: String,
    /// The group whose members may sign up. All members may when it is `None`.
    pub group: Option<Slug>,
    /// How pairs are scored and which are possible.
    pub rules: MatchingRules,
    /// What a second mentee costs a mentor in the objective of the solver.
    pub load: i32,
    /// Rounds in which a pair is not proposed again (M22).
    pub cool_down: i32,
    /// At most [`MAX_QUESTIONS`].
    pub questions: Vec<Question>,
}

/// Names that have their own pages below `/mentoring/programmes/`.
const TAKEN: &[&str] = &["new"];

impl ProgrammeForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self, questions: &[QuestionForm]) -> Result<ProgrammeDetails, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name, 1, 80);
        let purpose = checks.text("purpose", &self.purpose, 0, 2_000);
        let group = checks.slug("group", &self.group);
        let weights = self.weights(&mut checks);
        let min_overlap_hours = needed(&mut checks, "min_overlap_hours", &self.min_overlap_hours, 1, 10);
        let min_seniority_gap = checks.number("min_seniority_gap", &self.min_seniority_gap, -4, 4);
        let max_seniority_gap = checks.number("max_seniority_gap", &self.max_seniority_gap, -4, 4);
        if let (Some(min), Some(max)) = (min_seniority_gap, max_seniority_gap)
            && min > max
        {
            checks.problem("max_seniority_gap", Refusal::BadNumber { min, max: 4 });
        }
        let load = needed(&mut checks, "load", &self.load, 0, 1_000_000);
        let cool_down = needed(&mut checks, "cool_down", &self.cool_down, 0, 20);
        let questions = check_questions(&mut checks, questions);
        let small = |number: i64| i8::try_from(number).unwrap_or(i8::MAX);
        let rules = MatchingRules {
            weights,
            min_overlap_hours: u8::try_from(min_overlap_hours).unwrap_or(1),
            min_seniority_gap: min_seniority_gap.map(small),
            max_seniority_gap: max_seniority_gap.map(small),
            same_team_allowed: self.same_team == "yes",
        };
        let int = |number: i64| i32::try_from(number).unwrap_or(0);
        let (load, cool_down) = (int(load), int(cool_down));
        checks.finish(Some(ProgrammeDetails { name, purpose, group, rules, load, cool_down, questions }))
    }

    fn weights(&self, checks: &mut Checks) -> Weights {
        let mut weight =
            |field, text: &str| u16::try_from(needed(checks, field, text, 0, 1_000)).unwrap_or(0);
        let weights = Weights {
            topics: weight("topics_weight", &self.topics_weight),
            answers: weight("answers_weight", &self.answers_weight),
            wishes: weight("wishes_weight", &self.wishes_weight),
            hours: weight("hours_weight", &self.hours_weight),
            seniority: weight("seniority_weight", &self.seniority_weight),
            language: weight("language_weight", &self.language_weight),
            variety: weight("variety_weight", &self.variety_weight),
        };
        if !weights.add_up() {
            checks.problem("topics_weight", Refusal::WeightsDiffer { total: i64::from(weights.total()) });
        }
        weights
    }
}

/// A number that must be there. 0 when it is not, with the problem recorded.
fn needed(checks: &mut Checks, field: &str, text: &str, min: i64, max: i64) -> i64 {
    if text.trim().is_empty() {
        checks.problem(field, Refusal::Missing);
    }
    checks.number(field, text, min, max).unwrap_or(0)
}

fn check_questions(checks: &mut Checks, typed: &[QuestionForm]) -> Vec<Question> {
    let mut questions = Vec::new();
    for form in typed {
        let QuestionForm { id, mentee_text, mentor_text, options } = form;
        if [mentee_text, mentor_text, options].iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        let mentee_text = checks.line("questions", mentee_text, 1, 160);
        let mentor_text = match mentor_text.trim() {
            // One text serves both sides.
            "" => mentee_text.clone(),
            text => checks.line("questions", text, 1, 160),
        };
        let mut texts: Vec<String> = Vec::new();
        for line in
            options.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()).take(OPTIONS.1 + 1)
        {
            let text = checks.line("questions", line, 1, 80);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        if !(OPTIONS.0..=OPTIONS.1).contains(&texts.len()) {
            checks.problem(
                "questions",
                Refusal::OptionsMissing { min: OPTIONS.0 as i64, max: OPTIONS.1 as i64 },
            );
        }
        let options = texts.into_iter().map(|text| QuestionOption { id: None, text }).collect();
        questions.push(Question { id: id.parse().ok(), mentee_text, mentor_text, options });
    }
    if questions.len() > MAX_QUESTIONS {
        checks.problem("questions", Refusal::TooMany { max: MAX_QUESTIONS as i64 });
    }
    questions
}

impl ProgrammeDetails {
    /// The slug that a new programme wants.
    #[must_use]
    pub fn slug(&self) -> Slug {
        let slug = Slug::of_title(&self.name, "programme");
        if TAKEN.contains(&slug.as_str()) { slug.with_suffix("programme") } else { slug }
    }

    /// The form with these details.
    #[must_use]
    pub fn to_form(&self, version: Option<i32>) -> ProgrammeForm {
        let weights = self.rules.weights;
        let text = |gap: Option<i8>| gap.map(|gap| gap.to_string()).unwrap_or_default();
        ProgrammeForm {
            name: self.name.clone(),
            purpose: self.purpose.clone(),
            group: self.group.as_ref().map(Slug::to_string).unwrap_or_default(),
            topics_weight: weights.topics.to_string(),
            answers_weight: weights.answers.to_string(),
            wishes_weight: weights.wishes.to_string(),
            hours_weight: weights.hours.to_string(),
            seniority_weight: weights.seniority.to_string(),
            language_weight: weights.language.to_string(),
            variety_weight: weights.variety.to_string(),
            min_overlap_hours: self.rules.min_overlap_hours.to_string(),
            min_seniority_gap: text(self.rules.min_seniority_gap),
            max_seniority_gap: text(self.rules.max_seniority_gap),
            same_team: if self.rules.same_team_allowed { "yes" } else { "" }.to_owned(),
            load: self.load.to_string(),
            cool_down: self.cool_down.to_string(),
            version: version.map(|version| version.to_string()).unwrap_or_default(),
        }
    }
}

impl Question {
    /// The question as the form shows it.
    #[must_use]
    pub fn to_form(&self) -> QuestionForm {
        let options: Vec<&str> = self.options.iter().map(|option| option.text.as_str()).collect();
        QuestionForm {
            id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            mentee_text: self.mentee_text.clone(),
            mentor_text: self.mentor_text.clone(),
            options: options.join("; "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ProgrammeForm {
        ProgrammeForm { name: "Craft mentoring".into(), ..ProgrammeForm::default() }
    }

    #[test]
    fn the_weights_add_up_to_1000() {
        assert_eq!(form().check(&[]).unwrap().rules.weights, Weights::default());
        let heavy = ProgrammeForm { topics_weight: "401".into(), ..form() };
        assert_eq!(heavy.check(&[]).unwrap_err()[0].why, Refusal::WeightsDiffer { total: 1001 });
        let empty = ProgrammeForm { topics_weight: String::new(), ..form() };
        assert_eq!(empty.check(&[]).unwrap_err()[0].why, Refusal::Missing);
    }

    #[test]
    fn a_form_is_read_back_as_written() {
        let form = ProgrammeForm {
            min_seniority_gap: "-1".into(),
            max_seniority_gap: "3".into(),
            same_team: "yes".into(),
            group: "on-call".into(),
            ..form()
        };
        assert_eq!(form.check(&[]).unwrap().to_form(None), form);
        let backwards = ProgrammeForm { min_seniority_gap: "4".into(), ..form };
        assert_eq!(backwards.check(&[]).unwrap_err()[0].field, "max_seniority_gap");
    }

    #[test]
    fn a_question_has_two_to_six_options() {
        let question = |options: &str| QuestionForm {
            mentee_text: "How do you like to learn?".into(),
            options: options.into(),
            ..QuestionForm::default()
        };
        let read =
            form().check(&[question("By doing; By talking ;;By doing"), QuestionForm::default()]).unwrap();
        assert_eq!(read.questions.len(), 1, "an empty question is left out");
        assert_eq!(read.questions[0].options.len(), 2, "an option is named once");
        assert_eq!(read.questions[0].mentor_text, "How do you like to learn?");
        assert_eq!(read.questions[0].to_form().options, "By doing; By talking");
        assert!(form().check(&[question("One")]).is_err());
        assert!(form().check(&[question("1;2;3;4;5;6;7")]).is_err());
        let many = vec![question("a;b"); MAX_QUESTIONS + 1];
        assert_eq!(form().check(&many).unwrap_err()[0].why, Refusal::TooMany { max: 8 });
    }
}
