//! A member in a list, and the words for what members say.

use domain::{
    Slug,
    members::{Level, Part, Place, Seniority, VisibleProfile},
};
use leptos::prelude::*;

use crate::{
    context::tr,
    ui::{Avatar, Marks},
};

/// The page of a member.
#[must_use]
pub fn member_path(slug: &Slug) -> String {
    format!("/members/{slug}")
}

/// The address of a member's picture, if there is one that the reader may see.
#[must_use]
pub fn picture_path(shown: &VisibleProfile) -> Option<String> {
    picture_path_of(&shown.slug, shown.picture.as_deref())
}

/// The address of a picture by its name.
#[must_use]
pub fn picture_path_of(slug: &Slug, picture: Option<&str>) -> Option<String> {
    picture.map(|hash| format!("/members/{slug}/picture/{hash}"))
}

/// The words of a level of experience.
#[must_use]
pub fn seniority_words(seniority: Seniority) -> String {
    tr(&format!("seniority-{}", seniority.name()))
}

/// The words of how one stands to a topic.
#[must_use]
pub fn level_words(level: Level) -> String {
    tr(&format!("topic-level-{}", level.name()))
}

/// The words of a part of a profile.
#[must_use]
pub fn part_words(part: Part) -> String {
    tr(&format!("part-{}", part.name()))
}

/// The name of a place on the web.
#[must_use]
pub fn place_words(place: Place) -> String {
    place.brand().map_or_else(|| tr("profile-website"), str::to_owned)
}

/// Members below each other.
#[must_use]
pub fn people(people: Vec<VisibleProfile>) -> AnyView {
    let items = people.into_iter().map(|person| view! { <li>{card(person)}</li> });
    view! { <ul class="people grid" role="list">{items.collect_view()}</ul> }.into_any()
}

fn card(person: VisibleProfile) -> AnyView {
    let team = person
        .team
        .as_ref()
        .map(|team| view! { <p class="help">{tr("field-team")} ": " <bdi>{team.name.clone()}</bdi></p> });
    view! {
        <Avatar name=person.name.clone() picture=picture_path(&person) />
        <div>
            <strong><a href=member_path(&person.slug)><bdi>{person.name}</bdi></a></strong>
            {(!person.headline.is_empty()).then(|| view! { <p>{person.headline}</p> })}
            <Marks disciplines=person.disciplines />
            {team}
        </div>
    }
    .into_any()
}
