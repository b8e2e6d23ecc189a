//! A coordinator warned, paused or excluded a person in a programme, or decided their appeal (M20).

use super::prelude::*;
use crate::{MeasureId, mentorships::MeasureKind};

/// A coordinator warned, paused or excluded a person in a programme, or decided their appeal (M20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureTaken {
    /// The measure.
    pub measure: MeasureId,
    /// Name of the programme.
    pub programme: String,
    /// What it is.
    pub measure_kind: MeasureKind,
    /// The coordinator's reason. Empty after a decision.
    pub reason: String,
    /// Whether the measure was lifted after an appeal, or stays. `None` for a new measure.
    pub lifted: Option<bool>,
}

impl Kind for MeasureTaken {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let (subject, lead) = match (self.lifted, self.measure_kind) {
            (Some(true), _) => ("email-measure-lifted-subject", "email-measure-lifted"),
            (Some(false), _) => ("email-measure-stays-subject", "email-measure-stays"),
            (None, MeasureKind::Warn) => ("email-measure-warn-subject", "email-measure-warn"),
            (None, MeasureKind::Pause) => ("email-measure-pause-subject", "email-measure-pause"),
            (None, MeasureKind::Exclude) => ("email-measure-exclude-subject", "email-measure-exclude"),
        };
        Content::new(subject, "email-measure-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .message("email-measure-reason", &self.reason)
            .say_if(self.lifted.is_none(), "email-measure-appeal")
            .button("email-measure-button", Target::Path(self.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            measure: MeasureId(sample.meeting().uid.0),
            programme: sample.programme(),
            measure_kind: MeasureKind::Warn,
            reason: sample.reason(),
            lifted: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let first = || Self::sample(sample);
        let decided = |lifted| Self { reason: String::new(), lifted: Some(lifted), ..first() };
        vec![
            ("pause", Self { measure_kind: MeasureKind::Pause, ..first() }),
            ("exclude", Self { measure_kind: MeasureKind::Exclude, ..first() }),
            ("lifted", decided(true)),
            ("stays", decided(false)),
        ]
    }
}

impl MeasureTaken {
    fn path(&self) -> String {
        format!("mentoring/measures/{}", self.measure)
    }
}
