//! The one list of elements and attributes that may reach a page.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

/// The elements that a text needs, without headings: those of the text would mix with those of the page.
pub(crate) const ALLOWED: &[&str] =
    &["p", "br", "em", "strong", "del", "ul", "ol", "li", "a", "code", "pre", "blockquote", "sub", "sup"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(ALLOWED.iter().copied().collect())
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into())
        .url_schemes(HashSet::from(["https", "http"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("ugc nofollow noopener"));
    cleaner
});

/// The HTML without scripts, pictures, styles and anything else that is not on the list. Links say that they
/// are not ours.
pub(crate) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
