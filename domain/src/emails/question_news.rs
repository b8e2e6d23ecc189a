//! Something happened to a question to mentors (M27). The texts are on the page only, because admins read emails.

use super::prelude::*;
use crate::QuestionId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionEvent {
    /// To the member who asked: a mentor has picked it.
    Picked,
    /// To the other one of the two: there is a reply.
    Replied,
    /// To the member who asked: it is in the queue again.
    Requeued,
    /// To the mentor: the member has their answer.
    Answered,
    /// To the mentor: the member put it back or withdrew it.
    Released,
    /// To the member who asked: nobody answered in time.
    Expired,
}

/// Something happened to a question to mentors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionNews {
    /// The recipient.
    pub mailing: Mailing,
    /// The question.
    pub question: QuestionId,
    /// Name of the other one. Empty where the email names nobody.
    pub partner: String,
    /// What happened.
    pub what: QuestionEvent,
}

impl Kind for QuestionNews {
    fn category(&self) -> EmailCategory {
        EmailCategory::Mentoring
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let (subject, lead) = match self.what {
            QuestionEvent::Picked => ("email-question-picked-subject", "email-question-picked"),
            QuestionEvent::Replied => ("email-question-replied-subject", "email-question-replied"),
            QuestionEvent::Requeued => ("email-question-requeued-subject", "email-question-requeued"),
            QuestionEvent::Answered => ("email-question-answered-subject", "email-question-answered"),
            QuestionEvent::Released => ("email-question-released-subject", "email-question-released"),
            QuestionEvent::Expired => ("email-question-expired-subject", "email-question-expired"),
        };
        Content::new(subject, "email-question-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .button("email-question-button", Target::Path(self.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self {
            mailing: Mailing { group: None, ..sample.mailing() },
            question: QuestionId(meeting.uid.0),
            partner: meeting.partner,
            what: QuestionEvent::Picked,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("replied", QuestionEvent::Replied),
            ("requeued", QuestionEvent::Requeued),
            ("answered", QuestionEvent::Answered),
            ("released", QuestionEvent::Released),
            ("expired", QuestionEvent::Expired),
        ]
        .map(|(name, what)| {
            let email = Self { what, ..Self::sample(sample) };
            // These two name nobody.
            match what {
                QuestionEvent::Requeued | QuestionEvent::Expired => {
                    (name, Self { partner: String::new(), ..email })
                }
                _ => (name, email),
            }
        })
        .into()
    }
}

impl QuestionNews {
    /// The path of the question. The one who put it back or lost it goes to the queue, because the mentor can't read
    /// it any more.
    fn path(&self) -> String {
        match self.what {
            QuestionEvent::Released => "mentoring/questions".to_owned(),
            _ => format!("mentoring/questions/{}", self.question),
        }
    }
}
