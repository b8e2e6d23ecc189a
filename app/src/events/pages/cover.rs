//! The cover of an event or a group: the picture that somebody uploaded, or a generated one.

use domain::{
    Slug,
    events::{COVER_SIZE, Cover, CoverSize, EventKind, MAX_ALTERNATIVE, UploadedCover},
    forms::Fields,
    groups::GroupKind,
};
use leptos::prelude::*;

use super::event_path;
use crate::{
    context::{Visit, tr},
    error::AppError,
    groups::pages::path::group_path,
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
        let generated = Cover::of(kind, slug).name();
        let cover = match uploaded {
            Some(uploaded) => Self::uploaded(&event_path(slug), uploaded),
            None => Self::generated(&generated),
        };
        // With the community's logo.
        Self { preview: format!("/covers/{generated}/{slug}/card.jpg"), ..cover }
    }

    fn generated(name: &str) -> Self {
        Self {
            small: format!("/covers/{name}.svg"),
            large: None,
            preview: format!("/covers/{name}.jpg"),
            alternative: String::new(),
        }
    }

    /// The cover of a group.
    #[must_use]
    pub fn of_group(kind: GroupKind, slug: &Slug, uploaded: Option<&UploadedCover>) -> Self {
        match uploaded {
            Some(uploaded) => Self::uploaded(&group_path(slug), uploaded),
            // Groups share the patterns of events.
            None => {
                let kind = match kind {
                    GroupKind::Chapter => EventKind::Social,
                    GroupKind::WorkingGroup => EventKind::Talk,
                    GroupKind::VirtualTeam => EventKind::Workshop,
                };
                Self::generated(&Cover::of(kind, slug).name())
            }
        }
    }

    fn uploaded(page: &str, cover: &UploadedCover) -> Self {
        let path = |size| format!("{page}/cover/{}", cover.file(size));
        Self {
            small: path(CoverSize::Small),
            large: Some(path(CoverSize::Large)),
            preview: path(CoverSize::Large),
            alternative: cover.alternative.clone(),
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

/// A record with a cover, for the form that changes it.
#[derive(Clone, Debug)]
pub enum CoverOf {
    /// An event.
    Event(Slug),
    /// A group.
    Group(Slug),
}

impl CoverOf {
    /// The name of the draft of its cover form.
    #[must_use]
    pub fn draft_name(&self) -> String {
        match self {
            Self::Event(slug) => format!("events/cover/{slug}"),
            Self::Group(slug) => format!("groups/cover/{slug}"),
        }
    }

    /// Its page.
    #[must_use]
    pub fn page(&self) -> String {
        match self {
            Self::Event(slug) => event_path(slug),
            Self::Group(slug) => group_path(slug),
        }
    }

    fn slug(&self) -> &Slug {
        match self {
            Self::Event(slug) | Self::Group(slug) => slug,
        }
    }
}

/// The forms for a cover, which shows `picture` now. They are saved independently of the other forms. A refused upload keeps the alternative text.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn cover_form(
    visit: &Visit,
    of: &CoverOf,
    cover: Option<&UploadedCover>,
    picture: CoverPicture,
) -> Result<AnyView, AppError> {
    let slug = of.slug();
    let has_own = cover.is_some();
    let alternative = cover.map_or_else(String::new, |cover| cover.alternative.clone());
    let fields = Fields::from([("alternative".to_owned(), alternative)]);
    let (sheet, _) = refilled(visit, &of.draft_name(), fields).await?;
    let (remove_action, help) = match (of, has_own) {
        (CoverOf::Event(_), true) => ("/api/events/remove_cover", "cover-own"),
        (CoverOf::Event(_), false) => ("/api/events/remove_cover", "cover-generated"),
        (CoverOf::Group(_), true) => ("/api/groups/remove_cover", "cover-own-group"),
        (CoverOf::Group(_), false) => ("/api/groups/remove_cover", "cover-generated-group"),
    };
    let remove = has_own.then(|| {
        view! {
            <form method="post" action=remove_action>
                <input type="hidden" name="slug" value=slug.to_string() />
                <button class="button small plain">{tr("cover-remove")}</button>
            </form>
        }
    });
    Ok(view! {
        <section class="part" aria-labelledby="cover">
            <h2 id="cover">{tr("cover-title")}</h2>
            <p class="help">{tr(help)}</p>
            <img class="cover" src=picture.small alt=picture.alternative width=COVER_SIZE.0 height=COVER_SIZE.1 loading="lazy" />
            <form method="post" action=format!("{}/cover", of.page()) enctype="multipart/form-data">
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
