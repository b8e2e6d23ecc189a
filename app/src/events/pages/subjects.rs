//! What an event is about: on its page, in its form, and among the filters of the list.

use domain::{Slug, forms::Fields, members::Named};
use leptos::prelude::*;
use store::{Store, events::About, lists, members};
use uuid::Uuid;

use super::form::refilled;
use crate::{
    context::{Visit, tr},
    error::AppError,
    ui::{Choice, Marks, with_own},
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
        Self::with(store, About::default()).await
    }

    /// The same with what was chosen before it was retired.
    async fn with(store: &Store, own: About) -> Result<Self, AppError> {
        let named = |one: Named| Choice::new(one.slug.to_string(), one.name);
        let disciplines = with_own(members::disciplines(store).await?, own.disciplines);
        let topics = with_own(lists::topics(store).await?, own.topics);
        let stages = with_own(lists::stages(store).await?, own.stages);
        Ok(Self {
            disciplines: disciplines.into_iter().map(Choice::from).collect(),
            topics: topics.into_iter().map(named).collect(),
            stages: stages.into_iter().map(named).collect(),
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

/// Topics and stages, each as a link to the events that share it.
#[must_use]
pub fn tags(about: &About) -> Option<AnyView> {
    let link = |part: &'static str, one: &Named| {
        view! { <li><a href=format!("/events?{part}={}", one.slug)>{one.name.clone()}</a></li> }
    };
    let topics = about.topics.iter().map(|one| link("topic", one));
    let links: Vec<_> = topics.chain(about.stages.iter().map(|one| link("stage", one))).collect();
    (!links.is_empty()).then(|| view! { <ul class="marks" role="list">{links}</ul> }.into_any())
}

/// What an event or a session is about.
#[must_use]
pub fn about(about: &About) -> Option<AnyView> {
    let tags = tags(about);
    let whom = (!about.disciplines.is_empty()).then(|| {
        view! { <p class="help">{tr("event-disciplines")}</p> <Marks disciplines=about.disciplines.clone() /> }
    });
    (tags.is_some() || whom.is_some()).then(|| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">{tr("event-about")}</h2>
                {tags}
                {whom}
            </section>
        }
        .into_any()
    })
}

/// The form that says what an event or one of its sessions is about; it is saved by itself.
///
/// # Errors
/// When the store cannot be asked.
pub async fn about_form(
    visit: &Visit,
    store: &Store,
    slug: &Slug,
    session: Option<Uuid>,
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
    let (sheet, _) = refilled(visit, &subjects_draft(slug.as_str(), session), fields).await?;
    let sheet = sheet.called("disciplines", "event-disciplines");
    let lists = Lists::with(store, about.clone()).await?;
    let title = if session.is_some() { "form-session-about" } else { "form-event-about" };
    Ok(view! {
        <section class="part" aria-labelledby="subjects">
            <h2 id="subjects">{tr(title)}</h2>
            <form method="post" action="/api/events/subjects">
                <input type="hidden" name="slug" value=slug.to_string() />
                {session.map(|id| view! { <input type="hidden" name="session" value=id.to_string() /> })}
                {sheet.summary()}
                {sheet.field("disciplines", "event-disciplines").help("help-event-disciplines").checks(lists.disciplines)}
                {sheet.field("topics", "field-topics").help("help-event-topics").checks(lists.topics)}
                {sheet.field("stages", "field-stages").checks(lists.stages)}
                <button class="button">{tr("form-event-save-topics")}</button>
            </form>
        </section>
    }
    .into_any())
}

/// What the form is kept under while it is not right.
#[must_use]
pub fn subjects_draft(slug: &str, session: Option<Uuid>) -> String {
    session.map_or_else(|| format!("events/subjects/{slug}"), |id| format!("events/subjects/{slug}/{id}"))
}
