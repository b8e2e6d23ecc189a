//! Members as cards in lists, and the labels of profile values.

use domain::{
    Slug,
    members::{Level, Part, Place, Seniority, VisibleProfile},
};
use leptos::prelude::*;

use crate::{
    context::tr,
    ui::{Avatar, Marks, Tab, Tabs},
};

/// The most topics that a card names.
const MAX_TAUGHT: usize = 3;

/// Path of a member's page.
#[must_use]
pub fn member_path(slug: &Slug) -> String {
    format!("/members/{slug}")
}

/// The tabs above the pages about one's own profile. `current` is the path of one of them.
#[must_use]
pub fn profile_tabs(current: &str) -> AnyView {
    let tabs = [
        ("/profile", "profile-tab-profile"),
        ("/profile/topics", "profile-tab-topics"),
        ("/profile/privacy", "profile-tab-privacy"),
        ("/profile/emails", "profile-tab-emails"),
        ("/profile/account", "profile-tab-account"),
    ];
    let tabs =
        tabs.map(|(to, key)| Tab { href: to.to_owned(), text: tr(key).into_any(), current: to == current });
    view! { <Tabs label=tr("profile-tabs") tabs=tabs.into() /> }.into_any()
}

/// A member's name as a link to their page, if the reader may open it.
#[must_use]
pub fn member_link(page: Option<&Slug>, name: &str) -> AnyView {
    let name = if name.is_empty() { tr("people-no-name") } else { name.to_owned() };
    match page {
        Some(slug) => view! { <a href=member_path(slug)><bdi>{name}</bdi></a> }.into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    }
}

/// Path of a member's picture, if they have one that the reader may see.
#[must_use]
pub fn picture_path(shown: &VisibleProfile) -> Option<String> {
    picture_path_of(&shown.slug, shown.picture.as_deref())
}

/// Path of the picture with this hash.
#[must_use]
pub fn picture_path_of(slug: &Slug, picture: Option<&str>) -> Option<String> {
    picture.map(|hash| format!("/members/{slug}/picture/{hash}"))
}

/// The label of a seniority.
#[must_use]
pub fn seniority_label(seniority: Seniority) -> String {
    tr(&format!("seniority-{}", seniority.name()))
}

/// The label of a topic level.
#[must_use]
pub fn level_label(level: Level) -> String {
    tr(&format!("topic-level-{}", level.name()))
}

/// The label of a part of the profile.
#[must_use]
pub fn part_label(part: Part) -> String {
    tr(&format!("part-{}", part.name()))
}

/// The name of the site that a link leads to.
#[must_use]
pub fn site_name(place: Place) -> String {
    place.brand().map_or_else(|| tr("profile-website"), str::to_owned)
}

/// A grid of member cards.
#[must_use]
pub fn people(people: Vec<VisibleProfile>) -> AnyView {
    let items = people.into_iter().map(|person| view! { <li>{card(person)}</li> });
    view! { <ul class="people grid cards" role="list">{items.collect_view()}</ul> }.into_any()
}

fn card(person: VisibleProfile) -> AnyView {
    let team = person
        .team
        .as_ref()
        .map(|team| view! { <p class="help">{tr("field-team")} ": " <bdi>{team.name.clone()}</bdi></p> });
    let taught = person.topics.iter().filter(|(_, level)| *level == Level::Teaching);
    let taught: Vec<String> = taught.take(MAX_TAUGHT).map(|(topic, _)| topic.name.clone()).collect();
    let taught = (!taught.is_empty()).then(|| {
        view! { <p class="help">{level_label(Level::Teaching)} ": " <bdi>{taught.join(", ")}</bdi></p> }
    });
    view! {
        <Avatar name=person.name.clone() picture=picture_path(&person) />
        <div>
            <strong><a href=member_path(&person.slug)><bdi>{person.name}</bdi></a></strong>
            {(!person.headline.is_empty()).then(|| view! { <p>{person.headline}</p> })}
            <Marks disciplines=person.disciplines />
            {taught}
            {team}
        </div>
    }
    .into_any()
}
