//! Disciplines, topics and stages of an event: on its page, in its form, and in the filters of the list.

use domain::{Slug, forms::Fields, members::Named};
use leptos::prelude::*;
use store::{Store, events::About, lists, members};
use uuid::Uuid;

use crate::{
    context::{Visit, tr},
    error::AppError,
    refill::refilled,
    ui::{Choice, Marks, with_retired},
};

/// The lists to choose from, in the community's order.
pub struct Lists {
    disciplines: Vec<Choice>,
    topics: Vec<Choice>,
    stages: Vec<Choice>,
}

impl Lists {
    /// Loads the three lists, with one query each.
    ///
    /// # Errors
    /// `Unavailable` or `Internal` when the lists can't be read.
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        Self::with(store, About::default()).await
    }

    /// Loads the lists, and adds entries that were chosen before they were retired.
    async fn with(store: &Store, own: About) -> Result<Self, AppError> {
        let named = |entry: Named| Choice::new(entry.slug.to_string(), entry.name);
        let disciplines = with_retired(members::disciplines(store).await?, own.disciplines);
        let topics = with_retired(lists::topics(store).await?, own.topics);
        let stages = with_retired(lists::stages(store).await?, own.stages);
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

    /// The options of a filter. The first one is "any".
    #[must_use]
    pub fn choices(&self, list: &str, any: &'static str) -> Vec<(String, String)> {
        let entries = self.of(list).iter().map(|choice| (choice.value.clone(), choice.text.clone()));
        std::iter::once((String::new(), tr(any))).chain(entries).collect()
    }

    /// The name of an entry; an unknown slug is returned as it is.
    #[must_use]
    pub fn name(&self, list: &str, slug: &str) -> String {
        let known = self.of(list).iter().find(|choice| choice.value == slug);
        known.map_or_else(|| slug.to_owned(), |choice| choice.text.clone())
    }
}

/// Topics and stages. Each links to the events that have it too.
#[must_use]
pub fn tags(about: &About) -> Option<AnyView> {
    let link = |part: &'static str, entry: &Named| {
        view! { <li><a href=format!("/events?{part}={}", entry.slug)>{entry.name.clone()}</a></li> }
    };
    let topics = about.topics.iter().map(|entry| link("topic", entry));
    let links: Vec<_> = topics.chain(about.stages.iter().map(|entry| link("stage", entry))).collect();
    (!links.is_empty()).then(|| view! { <ul class="marks" role="list">{links}</ul> }.into_any())
}

/// The topics, stages and disciplines of an event or a session.
#[must_use]
pub fn about(about: &About) -> Option<AnyView> {
    let tags = tags(about);
    let disciplines_view = (!about.disciplines.is_empty()).then(|| {
        view! { <p class="help">{tr("event-disciplines")}</p> <Marks disciplines=about.disciplines.clone() /> }
    });
    (tags.is_some() || disciplines_view.is_some()).then(|| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">{tr("event-about")}</h2>
                {tags}
                {disciplines_view}
            </section>
        }
        .into_any()
    })
}

/// The form for the topics of an event or a session. It is saved independently of the other forms.
///
/// # Errors
/// `Unavailable` or `Internal` when the lists or the draft can't be read.
pub async fn about_form(
    visit: &Visit,
    store: &Store,
    slug: &Slug,
    session: Option<Uuid>,
    about: &About,
) -> Result<AnyView, AppError> {
    let joined = |slugs: Vec<String>| slugs.join(" ");
    let fields: Fields = [
        ("disciplines", joined(about.disciplines.iter().map(|entry| entry.slug.to_string()).collect())),
        ("topics", joined(about.topics.iter().map(|entry| entry.slug.to_string()).collect())),
        ("stages", joined(about.stages.iter().map(|entry| entry.slug.to_string()).collect())),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into();
    let (sheet, _) = refilled(visit, &subjects_draft(slug.as_str(), session), fields).await?;
    let sheet = sheet.with_label("disciplines", "event-disciplines");
    let lists = Lists::with(store, about.clone()).await?;
    let title = if session.is_some() { "form-session-about" } else { "form-event-about" };
    Ok(view! {
        <section class="part" aria-labelledby="topics">
            <h2 id="topics">{tr(title)}</h2>
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

/// The key that the form's draft is saved under.
#[must_use]
pub fn subjects_draft(slug: &str, session: Option<Uuid>) -> String {
    session.map_or_else(|| format!("events/subjects/{slug}"), |id| format!("events/subjects/{slug}/{id}"))
}
