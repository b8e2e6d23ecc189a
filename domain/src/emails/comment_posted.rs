//! New comments on kudos, or in the conversation of an event or a group (K8, C18).

use super::prelude::*;
use crate::comments::{MAX_IN_EMAIL, Place, Reason, TargetKind};

/// New comments in one conversation, which concern the recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPosted {
    /// The record above the comments.
    pub place: Place,
    /// The title of the event or the name of the group. Empty for kudos.
    pub title: String,
    /// The comments, oldest first: at least one, at most [`MAX_IN_EMAIL`].
    pub comments: Vec<NewComment>,
    /// How many more there are.
    pub more: u32,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

/// A new comment as its recipient may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComment {
    /// The comment.
    pub comment: CommentId,
    /// The author's name; `None` when the recipient may not see it.
    pub from: Option<String>,
    /// Why the recipient hears of it.
    pub because: Reason,
    /// The text; `None` below private kudos, because no email contains what is private.
    pub text: Option<String>,
}

impl CommentPosted {
    fn path(&self) -> String {
        let page = self.place.path();
        let page = page.trim_start_matches('/');
        match self.comments.first() {
            Some(first) => format!("{page}#comment-{}", first.comment),
            None => page.to_owned(),
        }
    }
}

impl Kind for CommentPosted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Comments
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn quotes(&self) -> Vec<Quote> {
        let with_text = self.comments.iter().filter(|one| one.text.is_some());
        with_text.map(|one| Quote::Comment(one.comment)).collect()
    }

    fn content(&self) -> Content {
        let first = self.comments.first();
        let from = match first.and_then(|one| one.from.as_ref()) {
            Some(name) => Value::Typed(name.clone(), MAX_NAME),
            None => Value::Sentence("email-kudos-somebody"),
        };
        let count = u32::try_from(self.comments.len()).unwrap_or(u32::MAX).saturating_add(self.more);
        let why = match self.place.kind() {
            TargetKind::Kudos => "email-why-comment",
            TargetKind::Event | TargetKind::Group => "email-why-conversation",
        };
        let mut content = Content::new("email-comment-posted-subject", "email-comment-posted-heading")
            .arg("from", from)
            .typed("title", &self.title, MAX_TITLE)
            .choice("kind", self.place.kind().name())
            .choice("because", first.map_or(Reason::Own, |one| one.because).name())
            .number("count", count)
            .say("email-comment-posted-lead")
            .why(why);
        let has_text = first.is_some_and(|one| one.text.is_some());
        content = match has_text {
            true => content.preview_of(Preview::Message),
            false => content.preview(&["email-comment-posted-private"]).say("email-comment-posted-private"),
        };
        for one in self.comments.iter().take(MAX_IN_EMAIL) {
            let Some(text) = &one.text else { continue };
            if self.comments.len() > 1 {
                content = match &one.from {
                    Some(name) => content.part(Part::Typed(name.clone())),
                    None => content.part(Part::Sentences(vec!["email-kudos-somebody"])),
                };
            }
            content = content.part(Part::Message(text.clone()));
        }
        content.button("email-comment-open", Target::Path(self.path()))
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            place: Place::Kudos(Sample::kudos()),
            title: String::new(),
            comments: vec![NewComment {
                comment: CommentId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0006)),
                from: Some(sample.text("Kofi Mensah")),
                because: Reason::Own,
                text: Some(sample.text("I was there.\nIt was the quietest night of the year.")),
            }],
            more: 0,
            mailing: sample.mailing(),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let own = Self::sample(sample);
        let with = |change: &dyn Fn(&mut NewComment)| {
            let mut email = own.clone();
            email.comments.iter_mut().for_each(change);
            email
        };
        let event = sample.event();
        let conversation = Self { place: Place::Event(event.slug), title: event.title, ..own.clone() };
        let second = NewComment {
            from: Some("Ines Carvalho".to_owned()),
            because: Reason::Watch,
            text: Some("Is the room on the ground floor?".to_owned()),
            ..own.comments[0].clone()
        };
        let group = sample.group("Quality circle");
        vec![
            (
                "reply",
                with(&|one| {
                    one.because = Reason::Reply;
                    one.from = None;
                }),
            ),
            // The name is short, so that a test finds what comes after it.
            (
                "private",
                with(&|one| {
                    one.from = Some("Kofi Mensah".to_owned());
                    one.text = None;
                }),
            ),
            ("event", conversation.clone()),
            (
                "mention",
                Self {
                    place: Place::Group(group.slug),
                    title: group.name,
                    ..with(&|one| one.because = Reason::Mention)
                },
            ),
            ("several", Self { comments: vec![own.comments[0].clone(), second], more: 3, ..conversation }),
        ]
    }
}
