//! What a pair agrees on before it begins (M15).

use serde::{Deserialize, Serialize};

use super::Cadence;
use crate::{Problems, checks::Checks};

const MAX_LINE: usize = 200;
const MAX_TEXT: usize = 600;

/// What a pair agrees on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// How often they meet.
    pub cadence: Cadence,
    /// Where they meet and write: a link, a room, a chat.
    pub channel: String,
    /// What stays between them.
    pub confidentiality: String,
    /// How they see that it is time to end.
    pub ending: String,
}

/// The form of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementForm {
    /// See [`Agreement::cadence`].
    #[serde(default)]
    pub cadence: String,
    /// See [`Agreement::channel`].
    #[serde(default)]
    pub channel: String,
    /// See [`Agreement::confidentiality`].
    #[serde(default)]
    pub confidentiality: String,
    /// See [`Agreement::ending`].
    #[serde(default)]
    pub ending: String,
    /// The version that was edited; 0 for a new agreement.
    #[serde(default)]
    pub version: String,
}

impl AgreementForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<Agreement, Problems> {
        let mut checks = Checks::default();
        let cadence = checks.choice("cadence", &self.cadence);
        let channel = checks.line("channel", &self.channel, 1, MAX_LINE);
        let confidentiality = checks.text("confidentiality", &self.confidentiality, 1, MAX_TEXT);
        let ending = checks.text("ending", &self.ending, 0, MAX_TEXT);
        checks.finish(cadence.map(|cadence| Agreement { cadence, channel, confidentiality, ending }))
    }
}

impl Agreement {
    /// The form that shows it.
    #[must_use]
    pub fn to_form(&self, version: i32) -> AgreementForm {
        AgreementForm {
            cadence: self.cadence.name().to_owned(),
            channel: self.channel.clone(),
            confidentiality: self.confidentiality.clone(),
            ending: self.ending.clone(),
            version: version.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m15_an_agreement_names_how_often_where_and_what_stays_private() {
        let form = AgreementForm {
            cadence: "fortnightly".into(),
            channel: "Video".into(),
            confidentiality: "It stays between us.".into(),
            ending: String::new(),
            version: "2".into(),
        };
        assert_eq!(form.check().unwrap().to_form(2), form);
        let fields = |form: AgreementForm| -> Vec<String> {
            form.check().unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(AgreementForm::default()), ["cadence", "channel", "confidentiality"]);
    }
}
