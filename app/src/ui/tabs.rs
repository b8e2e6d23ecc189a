//! Navigation: tabs, pages of a list, and breadcrumbs. All of them are links.

use leptos::prelude::*;

use crate::context::tr;

/// A tab.
pub struct Tab {
    /// The link's target.
    pub href: String,
    /// The label.
    pub text: AnyView,
    /// Whether this tab is shown now.
    pub current: bool,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// The accessible name of the navigation.
    label: String,
    /// The tabs, in order.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| view! { <a href=tab.href aria-current=tab.current.then_some("page")>{tab.text}</a> });
    view! { <nav class="tabs" aria-label=label>{tabs.collect_view()}</nav> }
}

/// Links to the previous and the next page. Renders nothing if there is neither.
#[component]
pub fn Pager(
    /// Address of the previous page.
    before: Option<String>,
    /// Address of the next page.
    after: Option<String>,
) -> impl IntoView {
    (before.is_some() || after.is_some()).then(|| {
        let before = before.map(|to| view! { <a rel="prev" href=to>{tr("pager-before")}</a> });
        let after = after.map(|to| view! { <a rel="next" href=to>{tr("pager-after")}</a> });
        view! { <nav class="pager" aria-label=tr("pager-label")>{before}{after}</nav> }
    })
}

/// Breadcrumbs to the pages above this one.
#[component]
pub fn Crumbs(
    /// Address and name of each page, the topmost first.
    above: Vec<(String, String)>,
) -> impl IntoView {
    let items = above.into_iter().map(|(to, name)| view! { <li><a href=to><bdi>{name}</bdi></a></li> });
    view! { <nav class="crumbs" aria-label=tr("site-crumbs")><ol role="list">{items.collect_view()}</ol></nav> }
}
