//! Tabs, pages of a list, and the way here: all of them links.

use leptos::prelude::*;

use crate::context::tr;

/// One of several views of the same thing.
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its words.
    pub text: AnyView,
    /// Whether it is the one shown.
    pub current: bool,
}

/// Tabs as links; `label` names them for who does not see them.
#[component]
pub fn Tabs(
    /// What they choose.
    label: String,
    /// Each.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| view! { <a href=tab.href aria-current=tab.current.then_some("page")>{tab.text}</a> });
    view! { <nav class="tabs" aria-label=label>{tabs.collect_view()}</nav> }
}

/// The pages before and after, where there are any.
#[component]
pub fn Pager(
    /// The address of the page before.
    before: Option<String>,
    /// The address of the page after.
    after: Option<String>,
) -> impl IntoView {
    (before.is_some() || after.is_some()).then(|| {
        let before = before.map(|to| view! { <a rel="prev" href=to>{tr("pager-before")}</a> });
        let after = after.map(|to| view! { <a rel="next" href=to>{tr("pager-after")}</a> });
        view! { <nav class="pager" aria-label=tr("pager-label")>{before}{after}</nav> }
    })
}

/// Where this page stands: the pages above it.
#[component]
pub fn Crumbs(
    /// Address and name of each, the topmost first.
    above: Vec<(String, String)>,
) -> impl IntoView {
    let items = above.into_iter().map(|(to, name)| view! { <li><a href=to><bdi>{name}</bdi></a></li> });
    view! { <nav class="crumbs" aria-label=tr("site-crumbs")><ol role="list">{items.collect_view()}</ol></nav> }
}
