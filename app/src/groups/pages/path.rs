//! Where groups are found.

use domain::Slug;

/// Path of a group's page.
#[must_use]
pub fn group_path(slug: &Slug) -> String {
    format!("/groups/{slug}")
}
