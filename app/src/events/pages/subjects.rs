//! What an event is about: on its page, in its form, and among the filters of the list.

use domain::{Slug, forms::Fields};
use leptos::prelude::*;
use store::{Store, events::About, lists, members};

use super::form::refilled;
use crate::{
    context::{Visit, tr},
    error::AppError,
    ui::{Choice, Marks},
};

/// The lists to choose from, in the community's order.
pub struct Lists {
    disciplines: Vec<Choice>,
    topics: Vec<Choice>,
    stages: Vec<Choice>,
}

impl Lists {
    /// Reads them: three queries.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        let named = |one: domain::members::Named| Choice::new(one.slug.to_string(), one.name);
        Ok(Self {
            disciplines: members::disciplines(store).await?.into_iter().map(Choice::from).collect(),
            topics: lists::topics(store).await?.into_iter().map(named).collect(),
            stages: lists::stages(store).await?.into_iter().map(named).collect(),
        })
    }

    fn of(&self, list: &str) -> &[Choice] {
        match list {
            "discipline" => &self.disciplines,
            "topic" => &self.topics,
            _ => &self.stages,
        }
    }

    /// The choices of a filter, and first of all none.
    #[must_use]
    pub fn choices(&self, list: &str, any: &'static str) -> Vec<(String, String)> {
        let entries = self.of(list).iter().map(|choice| (choice.value.clone(), choice.text.clone()));
        std::iter::once((String::new(), tr(any))).chain(entries).collect()
    }

    /// What an entry is called; an unknown one as it was written.
    #[must_use]
    pub fn name(&self, list: &str, slug: &str) -> String {
        let known = self.of(list).iter().find(|choice| choice.value == slug);
        known.map_or_else(|| slug.to_owned(), |choice| choice.text.clone())
    }
}

/// What an event is about; each entry leads to the events that share it.
#[must_use]
pub fn about(about: &About) -> Option<AnyView> {
    let link = |part: &'static str, slug: &Slug, name: &str| {
        let to = format!("/events?{part}={slug}");
        let name = name.to_owned();
        view! { <li><a href=to>{name}</a></li> }
    };
    let topics = about.topics.iter().map(|one| link("topic", &one.slug, &one.name));
    let stages = about.stages.iter().map(|one| link("stage", &one.slug, &one.name));
    let subjects = topics.chain(stages).collect_view();
    let some = !about.topics.is_empty() || !about.stages.is_empty();
    let whom = (!about.disciplines.is_empty()).then(|| {
        view! { <p class="help">{tr("event-for")}</p> <Marks disciplines=about.disciplines.clone() /> }
    });
    (some || whom.is_some()).then(|| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">{tr("event-about")}</h2>
                {some.then(|| view! { <ul class="marks" role="list">{subjects}</ul> })}
                {whom}
            </section>
        }
        .into_any()
    })
}

/// The form that says what an event is about; it is saved by itself.
///
/// # Errors
/// When the store cannot be asked.
pub async fn about_form(
    visit: &Visit,
    store: &Store,
    slug: &Slug,
    about: &About,
) -> Result<AnyView, AppError> {
    let joined = |slugs: Vec<String>| slugs.join(" ");
    let fields: Fields = [
        ("disciplines", joined(about.disciplines.iter().map(|one| one.slug.to_string()).collect())),
        ("topics", joined(about.topics.iter().map(|one| one.slug.to_string()).collect())),
        ("stages", joined(about.stages.iter().map(|one| one.slug.to_string()).collect())),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into();
    let (sheet, _) = refilled(visit, &format!("events/subjects/{slug}"), fields).await?;
    let lists = Lists::load(store).await?;
    Ok(view! {
        <section class="part" aria-labelledby="subjects">
            <h2 id="subjects">{tr("form-event-about")}</h2>
            <form method="post" action="/api/events/subjects">
                <input type="hidden" name="slug" value=slug.to_string() />
                {sheet.summary()}
                {sheet.field("disciplines", "event-for").help("help-event-disciplines").checks(lists.disciplines)}
                {sheet.field("topics", "field-topics").help("help-event-topics").checks(lists.topics)}
                {sheet.field("stages", "field-stages").checks(lists.stages)}
                <button class="button">{tr("form-event-set")}</button>
            </form>
        </section>
    }
    .into_any())
}
