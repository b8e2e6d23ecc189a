//! Texts for people: Fluent catalogues in `locales/`, one file per feature.
//!
//! Pages, emails and refusals look texts up by key. `tests/tests/words.rs` checks that every key in the code
//! has a text, and that every text is used.

pub mod clocks;
pub mod format;
mod pseudo;

use std::{borrow::Cow, sync::LazyLock};

use domain::{Arg, Locale, Refusal, text::isolated};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

/// The catalogue, by file. English is the source. The pseudo-locales are generated from it.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("announcements.ftl", include_str!("../../locales/en/announcements.ftl")),
    ("admin.ftl", include_str!("../../locales/en/admin.ftl")),
    ("board.ftl", include_str!("../../locales/en/board.ftl")),
    ("circles.ftl", include_str!("../../locales/en/circles.ftl")),
    ("speed_rounds.ftl", include_str!("../../locales/en/speed_rounds.ftl")),
    ("tokens.ftl", include_str!("../../locales/en/tokens.ftl")),
    ("common.ftl", include_str!("../../locales/en/common.ftl")),
    ("comments.ftl", include_str!("../../locales/en/comments.ftl")),
    ("data.ftl", include_str!("../../locales/en/data.ftl")),
    ("mailbox.ftl", include_str!("../../locales/en/mailbox.ftl")),
    ("events.ftl", include_str!("../../locales/en/events.ftl")),
    ("groups.ftl", include_str!("../../locales/en/groups.ftl")),
    ("hellos.ftl", include_str!("../../locales/en/hellos.ftl")),
    ("kudos.ftl", include_str!("../../locales/en/kudos.ftl")),
    ("demands.ftl", include_str!("../../locales/en/demands.ftl")),
    ("emails.ftl", include_str!("../../locales/en/emails.ftl")),
    ("members.ftl", include_str!("../../locales/en/members.ftl")),
    ("mentoring.ftl", include_str!("../../locales/en/mentoring.ftl")),
    ("mentoring_runs.ftl", include_str!("../../locales/en/mentoring_runs.ftl")),
    ("mentorships.ftl", include_str!("../../locales/en/mentorships.ftl")),
    ("proposals.ftl", include_str!("../../locales/en/proposals.ftl")),
    ("questions.ftl", include_str!("../../locales/en/questions.ftl")),
    ("notifications.ftl", include_str!("../../locales/en/notifications.ftl")),
    ("preferences.ftl", include_str!("../../locales/en/preferences.ftl")),
    ("refusals.ftl", include_str!("../../locales/en/refusals.ftl")),
    ("series.ftl", include_str!("../../locales/en/series.ftl")),
    ("sessions.ftl", include_str!("../../locales/en/sessions.ftl")),
    ("speakers.ftl", include_str!("../../locales/en/speakers.ftl")),
    ("reports.ftl", include_str!("../../locales/en/reports.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(None));
static PSEUDO: LazyLock<Bundle> = LazyLock::new(|| bundle(Some(pseudo::accented)));
static PSEUDO_RTL: LazyLock<Bundle> = LazyLock::new(|| bundle(Some(pseudo::mirrored)));

fn bundle(transform: Option<fn(&str) -> Cow<'_, str>>) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
    // Isolating all arguments would put invisible characters into every text, so `text_with` isolates only
    // right-to-left ones.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    // Counts are written as "12,345". All bundles are English so far.
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(format::number(Locale::En, number.value as i64))
        }
        _ => None,
    }));
    for (file, source) in CATALOGUE {
        match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => {
                if let Err(errors) = bundle.add_resource(resource) {
                    tracing::error!(file, ?errors, "the catalogue has a key twice");
                }
            }
            Err((_, errors)) => tracing::error!(file, ?errors, "the catalogue cannot be read"),
        }
    }
    bundle
}

/// The text of a key. A key without a text is returned itself; a test keeps that from happening.
#[must_use]
pub fn text(locale: Locale, key: &str) -> String {
    text_with(locale, key, &[])
}

/// The text of a key, with its arguments.
#[must_use]
pub fn text_with(locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
    let bundle: &Bundle = match locale {
        Locale::En => &ENGLISH,
        Locale::Pseudo => &PSEUDO,
        Locale::PseudoRtl => &PSEUDO_RTL,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, "no text for this key");
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, arg) in args {
        let value = match arg {
            Arg::Text(text) => FluentValue::from(isolated(text)),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set((*name).to_owned(), value);
    }
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

/// Whether the catalogue has this key.
#[must_use]
pub fn has(key: &str) -> bool {
    ENGLISH.has_message(key)
}

/// The text of a refusal.
#[must_use]
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    text_with(locale, refusal.key(), &refusal.args())
}

/// A number argument.
#[must_use]
pub fn number(number: impl Into<i64>) -> Arg {
    Arg::Number(number.into())
}

/// A text argument.
#[must_use]
pub fn quote(text: impl Into<String>) -> Arg {
    Arg::Text(text.into())
}
