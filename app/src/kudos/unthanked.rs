//! `/kudos/unthanked`: which disciplines and groups got no kudos lately, for organisers.

use leptos::prelude::*;
use store::kudos;

use crate::{
    context::{store, tr, visit},
    ui::{Crumbs, Title, load},
};

/// The page.
#[component]
pub fn UnthankedPage() -> impl IntoView {
    load(async {
        let found = kudos::unthanked(&store(), &visit().actor).await?;
        Ok(view! {
            <Title text=tr("kudos-unthanked") />
            <div class="page narrow">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
                <h1>{tr("kudos-unthanked")}</h1>
                <p class="lead">{tr("kudos-unthanked-text")}</p>
                {list("kudos-unthanked-disciplines", found.disciplines)}
                {list("kudos-unthanked-groups", found.groups)}
            </div>
        })
    })
}

fn list(title: &'static str, names: Vec<String>) -> AnyView {
    let none = names.is_empty().then(|| view! { <p class="quiet">{tr("kudos-unthanked-none")}</p> });
    let items = names.into_iter().map(|name| view! { <li><bdi>{name}</bdi></li> }).collect_view();
    view! { <section class="part"><h2>{tr(title)}</h2>{none}<ul>{items}</ul></section> }.into_any()
}
