//! What an organiser asks people who register for an event, and their answers (B11).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Problem, Problems, Refusal, checks::Checks, members::string_enum};

/// The most questions of one event.
pub const MAX_EVENT_QUESTIONS: usize = 10;
/// The most options of a question.
pub const MAX_EVENT_OPTIONS: usize = 12;
/// The most characters of a question, and of an option.
pub const MAX_EVENT_QUESTION: usize = 200;
/// The most characters of an answer of one line.
pub const MAX_LINE: usize = 200;
/// The most characters of a long answer.
pub const MAX_LONG: usize = 2_000;

string_enum! {
    /// How a question is answered.
    AnswerKind {
        /// A line of text.
        Line,
        /// Several lines of text.
        Text,
        /// One of the options.
        One,
        /// Any of the options.
        Several,
        /// Yes or no.
        YesNo,
    }
}

impl AnswerKind {
    /// Whether the organiser writes options for it.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::One | Self::Several)
    }
}

string_enum! {
    /// What an organiser does with a question.
    EventQuestionChange {
        /// It moves up by one place.
        Up,
        /// It moves down by one place.
        Down,
        /// It is removed. Answers stay, with its wording.
        Remove,
    }
}

/// A question that an organiser wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEventQuestion {
    /// The question.
    pub text: String,
    /// How it is answered.
    pub kind: AnswerKind,
    /// What people choose from.
    pub options: Vec<String>,
    /// Whether nobody gets a seat without an answer.
    pub required: bool,
}

/// A question of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventQuestion {
    /// Its id.
    pub id: Uuid,
    /// Rises with each change of the question.
    pub version: i32,
    /// What it asks.
    pub question: NewEventQuestion,
}

impl EventQuestion {
    /// Whether an answer, as it is saved, answers this question. Answers of several options have a line each.
    #[must_use]
    pub fn accepts(&self, answer: &str) -> bool {
        let question = &self.question;
        match question.kind {
            AnswerKind::Line => answer.chars().count() <= MAX_LINE && !answer.contains('\n'),
            AnswerKind::Text => true,
            AnswerKind::One => question.options.iter().any(|option| option == answer),
            AnswerKind::Several => answer.lines().all(|line| question.options.iter().any(|one| one == line)),
            AnswerKind::YesNo => matches!(answer, "yes" | "no"),
        }
    }
}

/// What a form says about the questions that it shows: their ids and versions, with spaces between them.
#[must_use]
pub fn shown_questions(questions: &[EventQuestion]) -> String {
    let shown: Vec<String> = questions.iter().map(|one| format!("{}.{}", one.id, one.version)).collect();
    shown.join(" ")
}

/// The form of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventQuestionForm {
    /// See [`NewEventQuestion::text`].
    #[serde(default)]
    pub text: String,
    /// A name of an [`AnswerKind`].
    #[serde(default)]
    pub kind: String,
    /// The options, one in each line.
    #[serde(default)]
    pub options: String,
    /// `yes` when it is required.
    #[serde(default)]
    pub required: String,
}

impl EventQuestionForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<NewEventQuestion, Problems> {
        let mut checks = Checks::default();
        let text = checks.line("text", &self.text, 3, MAX_EVENT_QUESTION);
        let kind: Option<AnswerKind> = checks.choice("kind", &self.kind);
        let mut options: Vec<String> = Vec::new();
        if kind.is_some_and(AnswerKind::has_options) {
            for line in self.options.lines().filter(|line| !line.trim().is_empty()) {
                let option = checks.line("options", line, 1, MAX_EVENT_QUESTION);
                if !options.contains(&option) {
                    options.push(option);
                }
            }
            if options.len() < 2 {
                checks.problem("options", Refusal::TwoOptions);
            } else if options.len() > MAX_EVENT_OPTIONS {
                checks.problem("options", Refusal::TooManyOptions { max: MAX_EVENT_OPTIONS as i64 });
            }
        }
        let required = self.required == "yes";
        checks.finish(kind.map(|kind| NewEventQuestion { text, kind, options, required }))
    }
}

macro_rules! answer_form {
    ($(($answer:ident, $picked:ident)),+) => {
        /// The answers as a browser posts them: a field for each question, by its place.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct AnswerForm {
            /// See [`shown_questions`]. Empty when the form showed none.
            pub questions: String,
            $(
                /// A text, the number of an option, or `yes` or `no`.
                pub $answer: String,
                /// The numbers of several options.
                pub $picked: Vec<String>,
            )+
        }

        /// The names of the fields of each question: for one value and for several.
        pub const ANSWER_FIELDS: [(&str, &str); MAX_EVENT_QUESTIONS] =
            [$((stringify!($answer), stringify!($picked))),+];

        impl AnswerForm {
            fn values(&self) -> [(&String, &Vec<String>); MAX_EVENT_QUESTIONS] {
                [$((&self.$answer, &self.$picked)),+]
            }
        }
    };
}

answer_form! {
    (answer_0, picked_0), (answer_1, picked_1), (answer_2, picked_2), (answer_3, picked_3), (answer_4, picked_4),
    (answer_5, picked_5), (answer_6, picked_6), (answer_7, picked_7), (answer_8, picked_8), (answer_9, picked_9)
}

/// What somebody typed or picked for one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed {
    /// The version of the question that they read.
    version: i32,
    text: String,
    picked: Vec<String>,
}

/// What somebody typed or picked, by the id of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Uuid, Typed>);

impl AnswerForm {
    /// The answers by question. `None` when the form showed no questions.
    #[must_use]
    pub fn read(&self) -> Option<Answers> {
        let shown = self.questions.split_whitespace().zip(self.values());
        let read = shown.filter_map(|(shown, (text, picked))| {
            let (id, version) = shown.split_once('.')?;
            let version = version.parse().ok()?;
            Some((id.parse().ok()?, Typed { version, text: text.clone(), picked: picked.clone() }))
        });
        let answers: BTreeMap<Uuid, Typed> = read.collect();
        (!answers.is_empty()).then_some(Answers(answers))
    }

    /// The fields of the draft.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let fields =
            ANSWER_FIELDS.iter().zip(self.values()).flat_map(|((answer, picked), (text, numbers))| {
                [((*answer).to_owned(), text.clone()), ((*picked).to_owned(), numbers.join(" "))]
            });
        fields.filter(|(_, text)| !text.is_empty()).collect()
    }
}

impl Answers {
    /// Reads an answer to each question: `None` where there is none.
    ///
    /// # Errors
    /// The fields that are wrong, and those of required questions without an answer.
    pub fn check(&self, questions: &[EventQuestion]) -> Result<Vec<(Uuid, Option<String>)>, Problems> {
        let (mut read, mut problems) = (Vec::new(), Problems::new());
        for (question, (answer, picked)) in questions.iter().zip(ANSWER_FIELDS) {
            let several = question.question.kind == AnswerKind::Several;
            let field = if several { picked } else { answer };
            match self.one(question, field) {
                Ok(answer) if answer.is_none() && question.question.required => {
                    problems.push(Problem { field: field.to_owned(), why: Refusal::Missing });
                }
                Ok(answer) => read.push((question.id, answer)),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }

    fn one(&self, question: &EventQuestion, field: &str) -> Result<Option<String>, Problems> {
        let Some(Typed { version, text: typed, picked }) = self.0.get(&question.id) else { return Ok(None) };
        let mut checks = Checks::default();
        if *version != question.version {
            checks.problem(field, Refusal::QuestionChanged);
            return checks.finish(None);
        }
        let question = &question.question;
        let option = |number: &str| number.parse::<usize>().ok().and_then(|at| question.options.get(at));
        let text = match question.kind {
            AnswerKind::Line => checks.line(field, typed, 0, MAX_LINE),
            AnswerKind::Text => checks.text(field, typed, 0, MAX_LONG),
            AnswerKind::YesNo => match typed.as_str() {
                "" | "yes" | "no" => typed.clone(),
                _ => {
                    checks.problem(field, Refusal::BadChoice);
                    String::new()
                }
            },
            AnswerKind::One if typed.is_empty() => String::new(),
            AnswerKind::One => option(typed).cloned().unwrap_or_else(|| {
                checks.problem(field, Refusal::BadChoice);
                String::new()
            }),
            AnswerKind::Several => {
                let chosen: Vec<&String> =
                    picked.iter().take(MAX_EVENT_OPTIONS).filter_map(|n| option(n)).collect();
                if chosen.len() != picked.len() {
                    checks.problem(field, Refusal::BadChoice);
                }
                let chosen: Vec<&str> = chosen.into_iter().map(String::as_str).collect();
                chosen.join("\n")
            }
        };
        checks.finish(Some((!text.is_empty()).then_some(text)))
    }
}

/// The fields of a form that shows these answers again.
#[must_use]
pub fn answer_fields(questions: &[EventQuestion], answers: &BTreeMap<Uuid, String>) -> Vec<(String, String)> {
    let field = |(question, (answer, picked)): (&EventQuestion, (&str, &str))| {
        let text = answers.get(&question.id)?;
        let number = |option: &str| question.question.options.iter().position(|one| one == option);
        Some(match question.question.kind {
            AnswerKind::Line | AnswerKind::Text | AnswerKind::YesNo => (answer.to_owned(), text.clone()),
            AnswerKind::One => (answer.to_owned(), number(text).map_or_else(String::new, |n| n.to_string())),
            AnswerKind::Several => {
                let numbers: Vec<String> =
                    text.lines().filter_map(number).map(|number| number.to_string()).collect();
                (picked.to_owned(), numbers.join(" "))
            }
        })
    };
    questions.iter().zip(ANSWER_FIELDS).filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(n: u128, kind: &str, options: &str, required: &str) -> EventQuestion {
        let form = EventQuestionForm {
            text: "What do you eat?".into(),
            kind: kind.into(),
            options: options.into(),
            required: required.into(),
        };
        EventQuestion { id: Uuid::from_u128(n), version: 1, question: form.check().unwrap() }
    }

    #[test]
    fn b11_a_question_with_options_needs_two() {
        let form = EventQuestionForm { text: "Which?".into(), kind: "one".into(), ..Default::default() };
        assert_eq!(form.check().unwrap_err()[0].why, Refusal::TwoOptions);
        let twice = EventQuestionForm { options: "a\na\n\n".into(), ..form.clone() };
        assert_eq!(twice.check().unwrap_err()[0].why, Refusal::TwoOptions);
        let many = EventQuestionForm { options: ('a'..='z').map(|c| format!("{c}\n")).collect(), ..form };
        assert_eq!(many.check().unwrap_err()[0].field, "options");
    }

    #[test]
    fn b11_answers_are_read_by_question_and_not_by_place() {
        let questions = [
            question(1, "line", "", "yes"),
            question(2, "several", "a\nb\nc", ""),
            question(3, "one", "x\ny", "yes"),
        ];
        let form = AnswerForm {
            questions: shown_questions(&[questions[2].clone(), questions[0].clone(), questions[1].clone()]),
            answer_0: "1".into(),
            answer_1: " Soup ".into(),
            picked_2: vec!["0".into(), "2".into()],
            ..AnswerForm::default()
        };
        let read = form.read().unwrap().check(&questions).unwrap();
        let texts: Vec<_> = read.into_iter().map(|(_, text)| text.unwrap()).collect();
        assert_eq!(texts, ["Soup", "a\nc", "y"]);
        // A required question without an answer, and options that do not exist.
        let form = AnswerForm {
            questions: shown_questions(&questions),
            picked_1: vec!["7".into()],
            answer_2: "9".into(),
            ..AnswerForm::default()
        };
        let problems = form.read().unwrap().check(&questions).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["answer_0", "picked_1", "answer_2"]);
        assert_eq!(AnswerForm::default().read(), None);
        // A question that was changed while the form was open is asked again.
        let form = AnswerForm {
            questions: shown_questions(&questions),
            answer_0: "Soup".into(),
            answer_2: "0".into(),
            ..AnswerForm::default()
        };
        assert!(form.read().unwrap().check(&questions).is_ok(), "control");
        let mut changed = questions.clone();
        changed[2].version = 2;
        let problems = form.read().unwrap().check(&changed).unwrap_err();
        assert_eq!((problems.len(), &problems[0].why), (1, &Refusal::QuestionChanged));
    }

    #[test]
    fn b11_an_answer_is_copied_only_where_it_fits() {
        let several = question(1, "several", "a\nb", "");
        assert!(several.accepts("a\nb") && !several.accepts("a\nc"));
        let one = question(2, "one", "a\nb", "");
        assert!(one.accepts("b") && !one.accepts("c"));
        assert!(!question(3, "line", "", "").accepts("a\nb") && question(4, "text", "", "").accepts("a\nb"));
        assert!(
            question(5, "yes_no", "", "").accepts("yes") && !question(5, "yes_no", "", "").accepts("Soup")
        );
    }
}
