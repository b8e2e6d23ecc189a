//! `/admin/settings/{text}`: a longer text of the community, with its versions.

use domain::{community::CommunityText, forms::Fields};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::settings::{self, TextVersion};

use super::{check_admin, frame_below};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Empty, Reader, Shape, load, preview_button},
};

/// The editor of a text, or one of its versions with `?version=`.
#[component]
pub fn TextPage() -> impl IntoView {
    let name = use_params_map().with_untracked(|params| params.get("text").unwrap_or_default());
    load(async move {
        let visit = visit();
        check_admin(&visit)?;
        let kind = CommunityText::of(&name).ok_or(AppError::NotFound)?;
        let title = tr(&format!("text-{}", kind.name()));
        let body = match visit.query("version") {
            Some(version) => one_version(&visit, kind, version.parse().unwrap_or(0)).await?,
            None => editor(&visit, kind).await?,
        };
        let crumbs = vec![("/admin/settings".to_owned(), tr("admin-settings"))];
        Ok::<_, AppError>(frame_below(&visit, crumbs, title, body))
    })
}

/// The path of the editor.
#[must_use]
pub(crate) fn text_path(kind: CommunityText) -> String {
    format!("/admin/settings/{}", kind.name())
}

async fn editor(visit: &Visit, kind: CommunityText) -> Result<AnyView, AppError> {
    let versions = settings::text_versions(&store(), &visit.actor, kind).await?;
    let (now, text) = versions.first().map_or((0, String::new()), |now| (now.version, now.text.clone()));
    // `?from=` puts the text of an earlier version into the form.
    let from = visit.query("from").and_then(|from| from.parse::<u32>().ok());
    let text = match from.and_then(|from| versions.iter().find(|one| one.version == from)) {
        Some(earlier) => earlier.text.clone(),
        None => text,
    };
    let fields = [("text", text), ("version", now.to_string())];
    let fields: Fields = fields.map(|(name, text)| (name.to_owned(), text)).into();
    let (page, draft) = (text_path(kind), format!("admin/text/{}", kind.name()));
    let (sheet, _) = refilled(visit, &draft, fields).await?;
    let label = match kind {
        CommunityText::Welcome => "text-welcome",
        CommunityText::Conduct => "text-conduct",
        CommunityText::Privacy => "text-privacy",
    };
    let sheet = sheet.with_label("text", label);
    Ok(view! {
        <p class="help">{tr(&format!("text-{}-help", kind.name()))}</p>
        <form class="narrow" method="post" action="/api/admin/text">
            <input type="hidden" name="kind" value=kind.name() />
            <input type="hidden" name="version" value=sheet.value("version") />
            {sheet.summary()}
            {sheet.field("text", label).help("help-text-markdown").max(kind.max()).editor(14)}
            <p class="row">
                <button class="button">{tr("form-save")}</button>
                {preview_button("text", &draft, &page)}
            </p>
        </form>
        <section class="part" aria-labelledby="versions">
            <h2 id="versions">{tr("text-versions")}</h2>
            {list(visit, kind, versions)}
        </section>
    }
    .into_any())
}

fn list(visit: &Visit, kind: CommunityText, versions: Vec<TextVersion>) -> AnyView {
    if versions.is_empty() {
        return view! { <Empty title=tr("text-no-versions") text=tr("text-no-versions-text") /> }.into_any();
    }
    let reader = Reader::of(visit, visit.zone);
    let rows = versions.into_iter().map(|one| {
        let to = format!("{}?version={}", text_path(kind), one.version);
        view! {
            <li>
                <a href=to>{version_title(one.version)}</a>
                <span class="help">{reader.time(one.saved_at, Shape::DateTimeYear)}</span>
            </li>
        }
    });
    view! { <ul class="rows" role="list">{rows.collect_view()}</ul> }.into_any()
}

/// "Version 3".
fn version_title(version: u32) -> String {
    tr_with("text-version", &[("version", i18n::number(version))])
}

/// A version beside the one before it, as Markdown.
async fn one_version(visit: &Visit, kind: CommunityText, version: u32) -> Result<AnyView, AppError> {
    let (before, this) = settings::text_version(&store(), &visit.actor, kind, version).await?;
    let saved = Reader::of(visit, visit.zone).time(this.saved_at, Shape::DateTimeYear);
    let side = |title: &str, text: String| {
        let text = if text.is_empty() { tr("text-empty") } else { text };
        view! { <section><h2>{tr(title)}</h2><p class="plain-text">{text}</p></section> }
    };
    let again = format!("{}?from={version}&fresh=1", text_path(kind));
    Ok(view! {
        <p>{version_title(version)} " · " {saved}</p>
        <div class="versions">{side("text-before", before)} {side("text-after", this.text)}</div>
        <p class="row">
            <a class="button plain" href=again>{tr("text-use-again")}</a>
            <a href=text_path(kind)>{tr("text-back")}</a>
        </p>
    }
    .into_any())
}
