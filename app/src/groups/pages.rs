//! Groups as panels; each leads to its events.

use domain::groups::GroupKind;
use leptos::prelude::*;
use store::groups::GroupCard;

use crate::{
    context::{tr, tr_with},
    ui::{Badge, Tone},
    words,
};

/// The words of a kind.
#[must_use]
pub fn kind_words(kind: GroupKind) -> String {
    tr(&format!("group-kind-{}", kind.name().replace('_', "-")))
}

/// Groups beside each other.
#[must_use]
pub fn panels(groups: Vec<GroupCard>) -> AnyView {
    let panels = groups.into_iter().map(|group| view! { <li>{panel(group)}</li> });
    view! { <ul class="grid groups" role="list">{panels.collect_view()}</ul> }.into_any()
}

fn panel(group: GroupCard) -> AnyView {
    let members = tr_with("group-members", &[("members", words::number(group.members))]);
    let mine = group.mine.then(|| {
        let text = tr("group-mine");
        view! { <Badge tone=Tone::Brass>{text}</Badge> }
    });
    view! {
        <article class="panel">
            <p class="row"><span class="eyebrow">{kind_words(group.kind)}</span>{mine}</p>
            <h3><a href=format!("/events?group={}", group.slug)>{group.name}</a></h3>
            <p>{group.purpose}</p>
            <p class="help">{members}</p>
        </article>
    }
    .into_any()
}
