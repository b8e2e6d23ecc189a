//! Groups as panels in a grid.

use domain::{
    events::COVER_SIZE,
    groups::{GroupKind, Visibility},
};
use leptos::prelude::*;
use store::groups::GroupCard;

use super::group_path;
use crate::{
    context::{tr, tr_with},
    events::pages::cover::CoverPicture,
    i18n,
    ui::{Badge, Tone},
};

/// The label of a group kind.
#[must_use]
pub fn kind_label(kind: GroupKind) -> String {
    tr(&format!("group-kind-{}", kind.name().replace('_', "-")))
}

/// A grid of group panels.
#[must_use]
pub fn panels(groups: Vec<GroupCard>) -> AnyView {
    let panels = groups.into_iter().map(|group| view! { <li>{panel(group)}</li> });
    view! { <ul class="grid groups" role="list">{panels.collect_view()}</ul> }.into_any()
}

/// Badges: membership, private, closed.
#[must_use]
pub fn badges(group: &GroupCard) -> AnyView {
    let badge = |tone: Tone, key: &str| {
        let text = tr(key);
        view! { <Badge tone>{text}</Badge> }
    };
    let mine = group.is_member.then(|| badge(Tone::Brass, "group-mine"));
    let private = (group.visibility == Visibility::Private).then(|| badge(Tone::Draft, "group-private"));
    let closed = group.archived.then(|| badge(Tone::Quiet, "group-closed"));
    view! { {mine} " " {private} " " {closed} }.into_any()
}

fn panel(group: GroupCard) -> AnyView {
    let members = tr_with("group-members", &[("members", i18n::number(group.members))]);
    let cover = CoverPicture::of_group(group.kind, &group.slug, group.cover.as_ref());
    let (width, height) = COVER_SIZE;
    view! {
        <article class="panel with-cover">
            <img class="cover" src=cover.small alt="" width=width height=height loading="lazy" />
            <p class="row"><span class="eyebrow">{kind_label(group.kind)}</span>{badges(&group)}</p>
            <h3><a href=group_path(&group.slug)><bdi>{group.name}</bdi></a></h3>
            <p>{group.purpose}</p>
            <p class="help">{members}</p>
        </article>
    }
    .into_any()
}
