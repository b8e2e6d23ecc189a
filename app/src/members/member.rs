//! `/members/{slug}`: the parts of a member's profile that the reader may see.

use domain::{
    members::{Level, Named, VisibleProfile, WebLink},
    reports::ReportKind,
};
use leptos::prelude::*;
use store::{
    hellos,
    members::{self, Activity, MemberPage as Loaded},
    mentorships,
};

use super::card::{level_label, picture_path, seniority_label, site_name};
use crate::{
    context::{store, tr, tr_with, visit},
    data::pages::block_button,
    events::pages::{event_path, session_path, slug_from_path},
    hellos::pages::hello_form_path,
    i18n,
    kudos::wall,
    reports::pages::Report,
    ui::{Avatar, Badge, ButtonLink, Look, Markdown, Marks, Size, Title, Tone, load, zone_label},
};

/// The page of one member.
#[component]
pub fn MemberPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let page = members::page(&store, &visit.actor, &slug).await?;
        let in_common_view = common_view(&page);
        let may_give = visit.member.is_some() && !page.own;
        let kudos = wall::section(&visit, "to", &page.shown.slug, may_give).await?;
        let offered = match page.own {
            true => None,
            false => mentorships::offered(&store, &visit.actor, &slug).await?,
        };
        let ask = offered.map(|mentor| {
            let to = format!("/mentoring/ask/{}", mentor.person.slug);
            view! { <ButtonLink href=to look=Look::Plain>{tr("ask-open")}</ButtonLink> }
        });
        let hello = hellos::may_say_hello(&store, &visit.actor, page.shown.member).await?.then(|| {
            let to = hello_form_path(page.shown.slug.as_str());
            view! { <ButtonLink href=to look=Look::Plain>{tr("hello-open")}</ButtonLink> }
        });
        let activity = activity(&page.activity);
        let own = page.own;
        let shown = page.shown;
        let name = if shown.name.is_empty() { tr("member-profile") } else { shown.name.clone() };
        let pronouns = shown.pronouns.clone();
        let note = own.then(|| {
            view! { <p class="help">{tr("member-own-page")} " " <a href="/profile/privacy">{tr("profile-visibility")}</a></p> }
        });
        let headline = match (own, shown.headline.is_empty()) {
            (false, true) => None,
            (_, false) => Some(view! { <p class="lead">{shown.headline.clone()} " " {edit(own, "headline", "part-headline")}</p> }.into_any()),
            (true, true) => Some(view! { <p>{add("headline", "member-add-headline")}</p> }.into_any()),
        };
        let bio = match (own, shown.bio.is_empty()) {
            (false, true) => None,
            (_, false) => Some(view! {
                <section class="part">
                    <h2>{tr("member-bio")} " " {edit(own, "bio", "part-bio")}</h2>
                    <Markdown text=shown.bio.clone() />
                </section>
            }.into_any()),
            (true, true) => Some(view! { <section class="part"><h2>{tr("member-bio")}</h2><p>{add("bio", "member-add-bio")}</p></section> }.into_any()),
        };
        Ok(view! {
            <Title text=name.clone() />
            <div class="page narrow">
                <div class="profile-head">
                    <Avatar name=shown.name.clone() size=Size::Big picture=picture_path(&shown) />
                    <div>
                        <h1><bdi>{name}</bdi></h1>
                        {(!pronouns.is_empty()).then(|| view! { <p class="help">{pronouns}</p> })}
                        {headline}
                        <div class="row">
                            <Marks disciplines=shown.disciplines.clone() />
                            {edit(own, "disciplines", "part-disciplines")}
                            {own.then(|| edit_link("/profile#picture", "part-picture"))}
                        </div>
                    </div>
                </div>
                {note}
                <div class="row">{hello} {ask}</div>
                {in_common_view}
                {facts(&shown, own, store.now())}
                {bio}
                {topics(&shown.topics, own)}
                {activity}
                {links(&shown.links, &shown.name, own)}
                {kudos}
                {(!own).then(|| view! { <p><Report kind=ReportKind::Member id=shown.member.to_string() /></p> })}
                {(!own && visit.member.is_some()).then(|| block(&shown.member.to_string()))}
            </div>
        })
    })
}

/// On one's own page, a link that leads straight to the field of a part.
fn edit(own: bool, field: &str, part: &str) -> Option<AnyView> {
    own.then(|| edit_link(&format!("/profile?edit={field}"), part))
}

fn edit_link(to: &str, part: &str) -> AnyView {
    let label = tr_with("member-edit-part", &[("part", i18n::quote(tr(part)))]);
    view! { <a class="edit" href=to.to_owned() aria-label=label>{tr("member-edit")}</a> }.into_any()
}

/// A link to the field of a part that is empty.
fn add(field: &str, key: &str) -> AnyView {
    view! { <a href=format!("/profile?edit={field}")>{tr(key)}</a> }.into_any()
}

/// Blocks the member. The button is folded away, so it takes two clicks.
fn block(member: &str) -> AnyView {
    view! {
        <details class="disclosure">
            <summary>{tr("block-member")}</summary>
            <p>{tr("block-text")}</p>
            {block_button(member)}
        </details>
    }
    .into_any()
}

/// A link to the directory, filtered by this entry.
fn filter_link(part: &str, of: &Named) -> impl IntoView + use<> {
    view! { <a href=format!("/members?{part}={}", of.slug)><bdi>{of.name.clone()}</bdi></a> }
}

/// What the reader and the member have in common.
fn common_view(page: &Loaded) -> Option<AnyView> {
    let team = page.team.iter().map(|team| {
        view! { <li><a href=format!("/teams/{}", team.slug)><bdi>{team.name.clone()}</bdi></a></li> }
            .into_any()
    });
    let topics = page.topics.iter().map(|topic| view! { <li>{filter_link("topic", topic)}</li> }.into_any());
    let events = page
        .events
        .iter()
        .map(|event| view! { <li><a href=event_path(&event.slug)>{event.title.clone()}</a></li> }.into_any());
    let kinds: [(&str, Vec<AnyView>); 3] = [
        ("field-team", team.collect()),
        ("field-topics", topics.collect()),
        ("member-common-events", events.collect()),
    ];
    let rows = kinds.into_iter().filter(|(_, items)| !items.is_empty());
    let rows: Vec<_> = rows
        .map(|(key, items)| {
            view! { <dt>{tr(key)}</dt><dd><ul class="marks" role="list">{items}</ul></dd> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="in-common">
                <h2 id="in-common">{tr("member-common")}</h2>
                <dl class="facts">{rows}</dl>
            </section>
        }
        .into_any()
    })
}

fn facts(shown: &VisibleProfile, own: bool, now: domain::Instant) -> Option<AnyView> {
    let mut rows: Vec<(&str, AnyView)> = Vec::new();
    if let Some(team) = &shown.team {
        rows.push((
            "field-team",
            view! { <a href=format!("/teams/{}", team.slug)><bdi>{team.name.clone()}</bdi></a> }.into_any(),
        ));
    }
    if let Some(seniority) = shown.seniority {
        rows.push(("field-seniority", seniority_label(seniority).into_any()));
    }
    if let Some(manager) = &shown.manager {
        let to = super::card::member_path(&manager.slug);
        rows.push(("field-manager", view! { <a href=to><bdi>{manager.name.clone()}</bdi></a> " " <span class="help">{tr("member-manager-private")}</span> }.into_any()));
    }
    if !shown.languages.is_empty() {
        let names: Vec<&str> = shown.languages.iter().map(|language| language.name()).collect();
        rows.push(("field-languages", names.join(", ").into_any()));
    }
    if let Some(zone) = shown.zone {
        rows.push(("field-zone", view! { <span class="zone">{zone_label(zone, now)}</span> }.into_any()));
    }
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|(key, view)| view! { <dt>{tr(key)}</dt><dd>{view}</dd> });
        view! { <dl class="facts">{rows.collect_view()}</dl> {edit(own, "team", "profile-work")} }.into_any()
    })
}

fn topics(topics: &[(Named, Level)], own: bool) -> Option<AnyView> {
    let of = |level: Level| {
        let topics_at_level: Vec<_> = topics.iter().filter(|(_, at)| *at == level).collect();
        (!topics_at_level.is_empty()).then(|| {
            let items = topics_at_level
                .into_iter()
                .map(|(topic, _)| view! { <li>{filter_link("topic", topic)}</li> });
            view! { <h3>{level_label(level)}</h3><ul class="marks" role="list">{items.collect_view()}</ul> }
        })
    };
    if topics.is_empty() && own {
        let add = view! { <p><a href="/profile/topics">{tr("profile-topics-add")}</a></p> };
        return Some(view! { <section class="part"><h2>{tr("field-topics")}</h2>{add}</section> }.into_any());
    }
    (!topics.is_empty()).then(|| {
        view! {
            <section class="part">
                <h2>{tr("field-topics")} " " {own.then(|| edit_link("/profile/topics", "part-topics"))}</h2>
                {[Level::Teaching, Level::Working, Level::Learning].map(of).into_iter().collect_view()}
            </section>
        }
        .into_any()
    })
}

/// The member's groups, coming events and talks, each only if there are any.
fn activity(of: &Activity) -> Vec<AnyView> {
    let link =
        |to: String, text: &str| view! { <li><a href=to><bdi>{text.to_owned()}</bdi></a></li> }.into_any();
    let groups = of.groups.iter().map(|group| link(format!("/groups/{}", group.slug), &group.name));
    let events = of.events.iter().map(|event| link(event_path(&event.slug), &event.title));
    let talks = of.sessions.iter().map(|talk| link(session_path(&talk.event, talk.id), &talk.title));
    let parts: [(&str, Vec<AnyView>); 3] = [
        ("member-groups", groups.collect()),
        ("member-events", events.collect()),
        ("member-talks", talks.collect()),
    ];
    let parts = parts.into_iter().filter(|(_, items)| !items.is_empty());
    let part = |(key, items): (&str, Vec<AnyView>)| {
        view! {
            <section class="part">
                <h2>{tr(key)}</h2>
                <ul class="marks" role="list">{items}</ul>
            </section>
        }
        .into_any()
    };
    parts.map(part).collect()
}

fn links(links: &[WebLink], name: &str, own: bool) -> Option<AnyView> {
    (!links.is_empty()).then(|| {
        let items = links.iter().map(|link| {
            // Only a verified link is an offer of this member.
            let shown = match link.place().is_mentoring() && link.verified_at.is_some() {
                true => tr_with("member-get-mentored", &[("name", i18n::quote(name.to_owned()))]),
                false => link.url.strip_prefix("https://").unwrap_or(&link.url).to_owned(),
            };
            let verified = link.verified_at.map(|_| view! { <Badge tone=Tone::Good>{tr("profile-verified")}</Badge> });
            // `rel="me"` only for verified links: other sites take it as our confirmation.
            let rel = if link.verified_at.is_some() { "me ugc nofollow noopener" } else { "ugc nofollow noopener" };
            view! {
                <li>
                    <div><strong>{site_name(link.place())}</strong> " " <a href=link.url.clone() rel=rel>{shown}</a></div>
                    {verified}
                </li>
            }
        });
        view! {
            <section class="part">
                <h2>{tr("member-links")} " " {edit(own, "url", "part-links")}</h2>
                <ul class="rows" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
