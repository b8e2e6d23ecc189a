//! The cover of an event: the picture that its hosts uploaded, or a generated one.

use domain::{
    Slug,
    events::{COVER_SIZE, Cover, CoverSize, Event, EventKind, MAX_ALTERNATIVE, UploadedCover},
    forms::Fields,
};
use leptos::prelude::*;

use super::event_path;
use crate::{
    context::{Visit, tr},
    error::AppError,
    refill::refilled,
};

/// Where the pictures of a cover are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverPicture {
    /// The path for lists.
    pub small: String,
    /// The path for the event's page, if there is a larger picture.
    pub large: Option<String>,
    /// The path for link previews, which show no SVG.
    pub preview: String,
    /// What it shows. Empty for a picture that only decorates.
    pub alternative: String,
}

impl CoverPicture {
    /// The cover of an event.
    #[must_use]
    pub fn of(kind: EventKind, slug: &Slug, uploaded: Option<&UploadedCover>) -> Self {
        let Some(uploaded) = uploaded else {
            let generated = Cover::of(kind, slug).name();
            return Self {
                small: format!("/covers/{generated}.svg"),
                large: None,
                preview: format!("/covers/{generated}.jpg"),
                alternative: String::new(),
            };
        };
        let path = |size| format!("{}/cover/{}", event_path(slug), uploaded.file(size));
        Self {
            small: path(CoverSize::Small),
            large: Some(path(CoverSize::Large)),
            preview: path(CoverSize::Large),
            alternative: uploaded.alternative.clone(),
        }
    }

    /// The picture on the event's page, where it loads at once.
    #[must_use]
    pub fn large(self) -> AnyView {
        let (width, height) = COVER_SIZE;
        let set = self.large.as_ref().map(|large| format!("{} {width}w, {large} {}w", self.small, 2 * width));
        let sizes = set.as_ref().map(|_| "(width >= 62rem) 45rem, 100vw");
        let class = if set.is_some() { "cover uploaded" } else { "cover" };
        view! {
            <img
                class=class
                src=self.large.unwrap_or(self.small)
                srcset=set
                sizes=sizes
                alt=self.alternative
                width=width
                height=height
            />
        }
        .into_any()
    }
}

/// The name of the draft of an event's cover form.
#[must_use]
pub fn draft_name(slug: &Slug) -> String {
    format!("events/cover/{slug}")
}

/// The forms for the cover. They are saved independently of the other forms. A refused upload keeps the alternative text.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn cover_form(visit: &Visit, event: &Event) -> Result<AnyView, AppError> {
    let slug = &event.slug;
    let has_own = event.cover.is_some();
    let alternative = event.cover.as_ref().map_or_else(String::new, |cover| cover.alternative.clone());
    let fields = Fields::from([("alternative".to_owned(), alternative)]);
    let (sheet, _) = refilled(visit, &draft_name(slug), fields).await?;
    let picture = CoverPicture::of(event.details.kind, slug, event.cover.as_ref());
    let remove = has_own.then(|| {
        view! {
            <form method="post" action="/api/events/remove_cover">
                <input type="hidden" name="slug" value=slug.to_string() />
                <button class="button small plain">{tr("cover-remove")}</button>
            </form>
        }
    });
    Ok(view! {
        <section class="part" aria-labelledby="cover">
            <h2 id="cover">{tr("cover-title")}</h2>
            <p class="help">{tr(if has_own { "cover-own" } else { "cover-generated" })}</p>
            <img class="cover" src=picture.small alt=picture.alternative width=COVER_SIZE.0 height=COVER_SIZE.1 loading="lazy" />
            <form method="post" action=format!("{}/cover", event_path(slug)) enctype="multipart/form-data">
                {sheet.summary()}
                <div class="field">
                    <label for="f-picture">{tr("cover-file")}</label>
                    <input id="f-picture" type="file" name="picture" accept="image/jpeg,image/png,image/webp" required=!has_own aria-describedby="h-picture" />
                    <p class="help" id="h-picture">{tr("cover-file-help")}</p>
                </div>
                {sheet.field("alternative", "field-alternative").help("help-alternative").max(MAX_ALTERNATIVE).input("text")}
                <button class="button">{tr("cover-save")}</button>
            </form>
            {remove}
        </section>
    }
    .into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uploaded_cover_replaces_the_generated_one() {
        let slug = Slug::parse("guild-night").unwrap();
        let generated = CoverPicture::of(EventKind::Talk, &slug, None);
        assert!(generated.small.ends_with(".svg") && generated.preview.ends_with(".jpg"));
        let own = UploadedCover { hash: "c0ffee".into(), alternative: "People around a table".into() };
        let own = CoverPicture::of(EventKind::Talk, &slug, Some(&own));
        assert_eq!(own.small, "/events/guild-night/cover/c0ffee-640.jpg");
        assert_eq!(own.large.as_deref(), Some("/events/guild-night/cover/c0ffee-1280.jpg"));
        let html = own.large().to_html();
        assert!(html.contains("width=\"640\"") && html.contains("alt=\"People around a table\""), "{html}");
    }
}
