//! The list of HTML elements and attributes that may reach a page.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

/// The elements that texts may use. Headings are not among them, because they would mix with the headings
/// of the page.
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

/// Removes scripts, pictures, styles and everything else that is not on the list. Links are marked as
/// coming from users.
pub(crate) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
