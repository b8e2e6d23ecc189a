//! `/conduct` and `/privacy`.

use domain::community::CommunityText;
use leptos::prelude::*;
use store::settings;

use crate::{
    context::{store, tr, tr_with, visit},
    data::pages::kept_text,
    error::AppError,
    i18n,
    ui::{Markdown, Title, load},
};

/// The code of conduct. Without a text there is no such page.
#[component]
pub fn ConductPage() -> impl IntoView {
    load(async {
        let text = settings::text(&store(), CommunityText::Conduct).await?;
        if text.is_empty() {
            return Err(AppError::NotFound);
        }
        Ok(view! {
            <Title text=tr("conduct-title") about=tr("conduct-lead") />
            <div class="page narrow">
                <h1>{tr("conduct-title")}</h1>
                <Markdown text />
            </div>
        })
    })
}

/// What the portal keeps about people, below what the community adds.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let text = settings::text(&store, CommunityText::Privacy).await?;
        let kept = settings::load(&store).await?.retention;
        let lead = tr_with("privacy-lead", &[("community", i18n::quote(visit.community))]);
        let parts = [
            ("privacy-data", "privacy-data-text"),
            ("privacy-readers", "privacy-readers-text"),
            ("privacy-admins", "privacy-admins-text"),
            ("privacy-cookies", "privacy-cookies-text"),
        ];
        let parts = parts.map(|(title, text)| {
            view! { <section class="part"><h2>{tr(title)}</h2><p>{tr(text)}</p></section> }
        });
        Ok::<_, AppError>(view! {
            <Title text=tr("privacy-title") about=lead.clone() />
            <div class="page narrow">
                <h1>{tr("privacy-title")}</h1>
                <p class="lead">{lead}</p>
                {(!text.is_empty()).then(|| view! { <Markdown text /> })}
                {parts.into_iter().collect_view()}
                <section class="part"><h2>{tr("data-kept")}</h2>{kept_text(kept)}</section>
                <section class="part">
                    <h2>{tr("privacy-rights")}</h2>
                    <p>{tr("privacy-rights-text")}</p>
                    <p><a href="/profile/data">{tr("data-link")}</a></p>
                </section>
            </div>
        })
    })
}
