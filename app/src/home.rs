//! `/`, the home page. Visitors see what the community is, upcoming events, recent kudos and how to join.
//! Members first see the events they host, their waitlists and seats, and people from their groups.

use domain::{
    Instant,
    community::CommunityText,
    events::RsvpState,
    policy::{NoRelation, admin::InvitePeople, groups::CreateGroup, permit},
};
use leptos::prelude::*;
use store::{
    comments,
    events::{EventCard, Filter, MY_SEATS, hosting, list, my_seats},
    groups::{self, GroupCard},
    kudos::{self, Kudos},
    members::{self, Companion},
    settings,
};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    demands::card::BOARD,
    error::AppError,
    events::pages::{
        card::{cards, posters},
        hosting::you_host,
        list::may_host,
    },
    groups::pages::panels,
    i18n,
    kudos::card::kudos_list,
    members::card::{member_path, picture_path},
    mentoring::to_do::{Waiting, to_do},
    ui::{Avatar, Badge, ButtonLink, Empty, Hall, Look, Markdown, Marks, Title, Tone, load},
};

/// Upcoming events on the home page.
const MAX_UPCOMING: usize = 5;
/// Upcoming events for visitors, who see them with large covers.
const MAX_POSTERS: usize = 3;
/// The member's own seats on the home page.
const MAX_SEATS: usize = 4;
/// People who share a group with the member.
const MAX_PEOPLE: u64 = 6;
/// Groups on the home page.
const MAX_GROUPS: usize = 6;
/// Recent kudos for visitors.
const MAX_KUDOS: u64 = 6;
/// Recent kudos for members, beside their seats.
const MAX_KUDOS_BESIDE: u64 = 5;

/// From how many members on the front page says how many there are.
const MIN_SIZE: u64 = 5;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let lead = if visit.tagline.is_empty() { tr("home-lead") } else { visit.tagline.clone() };
        let page = match &visit.member {
            Some(_) => member_view(&visit).await?,
            None => visitor_view(&visit, lead.clone()).await?,
        };
        Ok::<_, AppError>(view! {
            <Title text=tr("home-title") about=lead />
            {page}
        })
    })
}

/// Upcoming events without those in `seats`, and whether there are more than shown.
async fn upcoming(visit: &Visit, seats: &[EventCard]) -> Result<(Vec<EventCard>, bool), AppError> {
    let (mut events, _) = list(&store(), &visit.actor, &Filter::default(), 0).await?;
    events.retain(|event| !seats.iter().any(|seat| seat.slug == event.slug));
    let more = events.len() > MAX_UPCOMING;
    events.truncate(MAX_UPCOMING);
    Ok((events, more))
}

async fn visitor_view(visit: &Visit, lead: String) -> Result<AnyView, AppError> {
    let store = store();
    let (mut events, _) = upcoming(visit, &[]).await?;
    let more = events.len() > MAX_POSTERS;
    events.truncate(MAX_POSTERS);
    let disciplines = members::disciplines(&store).await?;
    let members = members::size(&store).await?;
    let welcome = settings::text(&store, CommunityText::Welcome).await?;
    let recent = kudos::latest(&store, &visit.actor, MAX_KUDOS).await?;
    let (groups, _) = groups::find(&store, &visit.actor, &groups::Filter::default(), 0).await?;
    Ok(view! {
        <section class="hero">
            <div class="wide">
                <div class="hero-text">
                    <h1>{visit.community.clone()}</h1>
                    <p class="lead">{lead}</p>
                    {size(members)}
                    {join_links(visit)}
                    <Marks disciplines />
                </div>
                <Hall />
            </div>
        </section>
        <div class="page">
            {upcoming_view(visit, events, more, store.now())}
            {kudos_view(visit, recent)}
            {welcome_view(welcome)}
            {groups_view(groups)}
            {how_to_join(visit)}
        </div>
    }
    .into_any())
}

/// How many people there are. A community of a few people says nothing about its size.
fn size(members: u64) -> Option<AnyView> {
    (members >= MIN_SIZE).then(|| {
        let count = i18n::number(i64::try_from(members).unwrap_or(i64::MAX));
        let text = tr_with("home-size", &[("count", count)]);
        view! { <p class="home-size">{text}</p> }.into_any()
    })
}

/// How a visitor joins: by signing in, or by requesting an invitation.
fn join_links(visit: &Visit) -> AnyView {
    let look = || view! { <ButtonLink href="/events" look=Look::Plain>{tr("home-browse")}</ButtonLink> };
    if visit.invite_only {
        view! {
            <p><Badge tone=Tone::Brass>{tr("home-by-invitation")}</Badge></p>
            <p class="row">
                <ButtonLink href="/request-invitation">{tr("home-request")}</ButtonLink>
                <ButtonLink href="/sign-in" look=Look::Plain>{tr("home-sign-in")}</ButtonLink>
                {look()}
            </p>
        }
        .into_any()
    } else {
        view! {
            <p class="row"><ButtonLink href="/sign-in">{tr("home-join")}</ButtonLink> {look()}</p>
        }
        .into_any()
    }
}

/// What the community tells newcomers about itself.
fn welcome_view(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| {
        view! {
            <section class="narrow" aria-labelledby="about">
                <h2 id="about">{tr("home-about")}</h2>
                <Markdown text />
            </section>
        }
        .into_any()
    })
}

async fn member_view(visit: &Visit) -> Result<AnyView, AppError> {
    let store = store();
    let seats = my_seats(&store, &visit.actor).await?;
    let (events, more) = upcoming(visit, &seats).await?;
    let companions = members::companions(&store, &visit.actor, MAX_PEOPLE).await?;
    let recent = kudos::latest(&store, &visit.actor, MAX_KUDOS_BESIDE).await?;
    let can_host = may_host(visit).await?;
    let hosted = hosting(&store, &visit.actor).await?;
    let questions = match hosted.upcoming.is_empty() {
        true => Vec::new(),
        false => comments::questions_to_host(&store, &visit.actor).await?,
    };
    let waiting_for_me = Waiting::read(&store, &visit.actor).await?;
    let now = store.now();
    let alone = companions.is_empty() && is_in_a_group(visit).await?;
    let nothing = seats.is_empty() && events.is_empty();
    let steps = nothing.then(|| first_steps_view(visit, can_host));
    let is_cut = seats.len() >= MY_SEATS;
    let (going, waiting): (Vec<_>, Vec<_>) =
        seats.into_iter().partition(|seat| seat.my_rsvp == Some(RsvpState::Going));
    let name = visit.member.as_ref().map(|member| member.name.clone()).filter(|name| !name.is_empty());
    let hello = match name {
        Some(name) => tr_with("home-hello", &[("name", i18n::quote(first_name(&name)))]),
        None => tr("home-hello-nameless"),
    };
    Ok(view! {
        <div class="page">
            <div class="page-head">
                <h1>{hello}</h1>
                {(can_host && !nothing).then(|| view! { <ButtonLink href="/events/new" look=Look::Plain>{tr("events-new")}</ButtonLink> })}
            </div>
            <div class="with-sidebar home">
                <div>
                    {to_do(visit, &waiting_for_me)}
                    {steps}
                    {you_host(visit, hosted, &questions, now)}
                    {waitlists(visit, waiting, now)}
                    {(!nothing).then(|| my_seats_view(visit, going, is_cut, events.is_empty(), now))}
                </div>
                {kudos_view(visit, recent)}
                <div>
                    {(!nothing).then(|| upcoming_view(visit, events, more, now))}
                    <p><a href=BOARD>{tr("demands-link")}</a></p>
                </div>
            </div>
            <section aria-labelledby="people">{people_view(companions, alone)}</section>
        </div>
    }
    .into_any())
}

/// Whether the reader is a member of any group.
async fn is_in_a_group(visit: &Visit) -> Result<bool, AppError> {
    let mine = groups::Filter { mine: true, ..groups::Filter::default() };
    Ok(!groups::find(&store(), &visit.actor, &mine, 0).await?.0.is_empty())
}

/// Shown when there are no events: what the reader can do about it.
fn first_steps_view(visit: &Visit, may_host: bool) -> AnyView {
    let steps = [
        (permit(&visit.actor, CreateGroup, NoRelation).is_ok(), "/groups/new", "home-first-group"),
        (may_host, "/events/new", "home-first-event"),
        (permit(&visit.actor, InvitePeople, NoRelation).is_ok(), "/admin/invitations", "home-first-invite"),
    ];
    let steps: Vec<_> = steps.into_iter().filter(|(can_host, ..)| *can_host).collect();
    let text = if steps.is_empty() { "home-first-member" } else { "home-first-host" };
    let links = steps.into_iter().map(|(_, to, key)| {
        view! { <ButtonLink href=to look=Look::Plain>{tr(key)}</ButtonLink> }
    });
    view! {
        <Empty title=tr("events-none") text=tr(text)><div class="row">{links.collect_view()}</div></Empty>
    }
    .into_any()
}

/// The name for a greeting: the first word of the full name.
fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

fn waitlists(visit: &Visit, waiting: Vec<EventCard>, now: Instant) -> Option<AnyView> {
    (!waiting.is_empty()).then(|| {
        view! {
            <section aria-labelledby="waiting">
                <h2 id="waiting">{tr("home-waiting")}</h2>
                {cards(visit, waiting, now)}
            </section>
        }
        .into_any()
    })
}

/// The reader's next seats, and how many more there are. `is_cut` when not even all of those were read. If there are none,
/// a hint on how to get one.
fn my_seats_view(
    visit: &Visit,
    mut going: Vec<EventCard>,
    is_cut: bool,
    no_others: bool,
    now: Instant,
) -> AnyView {
    let more = u32::try_from(going.len().saturating_sub(MAX_SEATS)).unwrap_or(u32::MAX);
    let more = (more > 0).then(|| {
        let key = if is_cut { "home-more-seats-at-least" } else { "home-more-seats" };
        let text = tr_with(key, &[("count", i18n::number(more))]);
        view! { <a href="/events?mine=yes">{text}</a> }
    });
    going.truncate(MAX_SEATS);
    let body = if going.is_empty() {
        let text = if no_others { "home-no-seats-yet" } else { "home-no-seats" };
        view! { <p class="help">{tr(text)}</p> }.into_any()
    } else {
        cards(visit, going, now)
    };
    view! {
        <section aria-labelledby="seats">
            <div class="page-head">
                <h2 id="seats">{tr("home-seats")}</h2>
                {more}
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn upcoming_view(visit: &Visit, events: Vec<EventCard>, more: bool, now: Instant) -> AnyView {
    let body = if events.is_empty() {
        let title = if visit.member.is_some() { "home-none-else" } else { "events-none" };
        view! { <Empty title=tr(title) text=tr("home-nothing-next") /> }.into_any()
    } else if visit.member.is_some() {
        cards(visit, events, now)
    } else {
        posters(visit, &events, now)
    };
    view! {
        <section aria-labelledby="upcoming">
            <div class="page-head">
                <h2 id="upcoming">{tr("home-next")}</h2>
                {more.then(|| view! { <a href="/events">{tr("home-all")}</a> })}
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// People who share a group with the reader.
fn people_view(companions: Vec<Companion>, alone: bool) -> AnyView {
    let body = if companions.is_empty() {
        let text = if alone { "home-people-alone" } else { "home-no-people" };
        view! { <p class="help">{tr(text)}</p> }.into_any()
    } else {
        let items = companions.into_iter().map(|Companion { person, groups }| {
            let groups = groups.into_iter().map(|group| view! { <li>{group}</li> });
            view! {
                <li>
                    <Avatar name=person.name.clone() picture=picture_path(&person) />
                    <div>
                        <strong><a href=member_path(&person.slug)><bdi>{person.name}</bdi></a></strong>
                        <Marks disciplines=person.disciplines />
                        {(!person.headline.is_empty()).then(|| view! { <p class="help">{person.headline}</p> })}
                        <ul class="marks" role="list">{groups.collect_view()}</ul>
                    </div>
                </li>
            }
        });
        view! { <ul class="people grid" role="list">{items.collect_view()}</ul> }.into_any()
    };
    view! { <h2 id="people">{tr("home-people")}</h2> {body} }.into_any()
}

/// The newest kudos. On wide screens they are beside what a member has planned, and on phones before other events.
fn kudos_view(visit: &Visit, recent: Vec<Kudos>) -> Option<AnyView> {
    (!recent.is_empty()).then(|| {
        let give = visit.member.is_some().then(|| {
            view! { <p><ButtonLink href="/kudos/new" look=Look::Plain>{tr("kudos-give")}</ButtonLink></p> }
        });
        view! {
            <section aria-labelledby="kudos">
                <div class="page-head">
                    <h2 id="kudos">{tr("home-kudos")}</h2>
                    <a href="/kudos">{tr("kudos-all")}</a>
                </div>
                {kudos_list(visit, recent)}
                {give}
            </section>
        }
        .into_any()
    })
}

fn groups_view(mut groups: Vec<GroupCard>) -> Option<AnyView> {
    let more = groups.len() > MAX_GROUPS;
    groups.truncate(MAX_GROUPS);
    (!groups.is_empty()).then(|| {
        view! {
            <section aria-labelledby="groups">
                <div class="page-head">
                    <h2 id="groups">{tr("home-groups")}</h2>
                    {more.then(|| view! { <a href="/groups">{tr("groups-all")}</a> })}
                </div>
                {panels(groups)}
            </section>
        }
        .into_any()
    })
}

/// The steps to join, for visitors.
fn how_to_join(visit: &Visit) -> AnyView {
    let (first, to, button) = if visit.invite_only {
        (("home-step-invite", "home-step-invite-text"), "/request-invitation", "home-request")
    } else {
        (("home-step-1", "home-step-1-text"), "/sign-in", "home-join")
    };
    let steps = [first, ("home-step-2", "home-step-2-text"), ("home-step-3", "home-step-3-text")];
    let steps = steps.map(|(title, text)| view! { <li><h3>{tr(title)}</h3><p>{tr(text)}</p></li> });
    view! {
        <section aria-labelledby="how-to-join">
            <h2 id="how-to-join">{tr("home-how")}</h2>
            <ol class="steps" role="list">{steps.into_iter().collect_view()}</ol>
            <p><ButtonLink href=to>{tr(button)}</ButtonLink></p>
        </section>
    }
    .into_any()
}
