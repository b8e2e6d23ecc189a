//! `/groups/{slug}`: description, events and members of a group, and how to join it. Also the page of an
//! invitation.

use domain::{
    Refusal,
    comments::Place,
    groups::{GroupKind, GroupRole, Joining},
};
use leptos::prelude::*;
use store::{
    events::{self, EventCard, Filter, Span},
    groups::{self, GroupPage as Loaded, GroupPerson, Vacancy},
};

use super::{breadcrumbs, card::badges, group_path, kind_label, role_label, slug_from_path};
use crate::{
    call::sign_in_path,
    comments::section::section,
    context::{Visit, locale, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{card::cards, cover::CoverPicture},
    i18n::{self, format},
    members::card::{member_link, picture_path_of},
    refill::refilled,
    ui::{
        Avatar, Badge, ButtonLink, Crumbs, DisciplineMark, Empty, Look, Markdown, Marks, Meter, Pager,
        Paragraphs, Shape, Tab as TabLink, Tabs, Title, Tone, feeds, load,
    },
};

/// Upcoming events on the group's page.
const MAX_UPCOMING: usize = 6;
/// Past events on the group's page.
const MAX_PAST: usize = 3;
/// Members beside the events.
const MAX_FACES: usize = 8;

/// The page of one group.
#[component]
pub fn GroupPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = groups::page(&store, &visit.actor, &slug).await?;
        if loaded.only_invited {
            return Ok(invitation_page(&loaded));
        }
        let tab = Tab::of(&visit);
        let body = match tab {
            Tab::Events => events_tab(&visit, &loaded).await?,
            Tab::People => people_tab(&visit, &loaded).await?,
            Tab::About => about_tab(&loaded),
        };
        let join_view = join_view(&visit, &loaded).await?;
        let name = loaded.card.name.clone();
        let about = loaded.card.purpose.clone();
        let cover = CoverPicture::of_group(loaded.card.kind, &slug, loaded.card.cover.as_ref());
        let shown = if cover.alternative.is_empty() { &name } else { &cover.alternative };
        let preview = (cover.preview.clone(), shown.clone());
        Ok(view! {
            <Title text=name.clone() about picture=preview />
            <article class="page group-page">
                <Crumbs above=vec![("/groups".to_owned(), tr("groups-title"))] />
                {cover.large()}
                <header>
                    <p class="eyebrow">{kind_label(loaded.card.kind)} " " {badges(&loaded.card)}</p>
                    <h1><bdi>{name}</bdi></h1>
                    {(!loaded.card.purpose.is_empty()).then(|| view! { <p class="lead">{loaded.card.purpose.clone()}</p> })}
                </header>
                {loaded.card.archived.then(|| view! { <div class="notice"><p>{tr("group-is-closed")}</p></div> })}
                {join_view}
                {tools(&loaded)}
                {tabs(&loaded, tab)}
                {body}
            </article>
        }
        .into_any())
    })
}

/// What the page shows below the group's name. A tab is a link, `?tab=people`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Events,
    People,
    About,
}

impl Tab {
    fn of(visit: &Visit) -> Self {
        match visit.query("tab").as_deref() {
            Some("people") => Self::People,
            Some("about") => Self::About,
            _ => Self::Events,
        }
    }
}

fn tabs(loaded: &Loaded, current: Tab) -> AnyView {
    let path = group_path(&loaded.card.slug);
    let tab = |tab: Tab, query: &str, key: &str| TabLink {
        href: format!("{path}{query}"),
        text: tr(key).into_any(),
        current: tab == current,
    };
    let tabs = vec![
        tab(Tab::Events, "", "group-tab-events"),
        tab(Tab::People, "?tab=people", "group-people"),
        tab(Tab::About, "?tab=about", "group-tab-about"),
    ];
    view! { <Tabs label=tr("group-tabs") tabs /> }.into_any()
}

/// Events and the conversation, with some faces beside them.
async fn events_tab(visit: &Visit, loaded: &Loaded) -> Result<AnyView, AppError> {
    let (store, slug) = (store(), &loaded.card.slug);
    let filter = |span| Filter { span, group: Some(slug.clone()), ..Filter::default() };
    let (upcoming, _) = events::list(&store, &visit.actor, &filter(Span::Coming), 0).await?;
    let (past, _) = events::list(&store, &visit.actor, &filter(Span::Past), 0).await?;
    let people = match visit.member {
        Some(_) => groups::people(&store, &visit.actor, slug, 0).await?.0,
        None => Vec::new(),
    };
    let conversation = section(visit, Place::Group(slug.clone())).await?;
    Ok(view! {
        <div class="with-sidebar">
            <div>
                {events_view(visit, loaded, upcoming, past, store.now())}
                {conversation}
            </div>
            <aside aria-labelledby="people">{faces(visit, loaded, people)}</aside>
        </div>
    }
    .into_any())
}

/// The first members, organisers before others, and a link to all of them.
fn faces(visit: &Visit, loaded: &Loaded, people: Vec<GroupPerson>) -> AnyView {
    let to = format!("{}?tab=people", group_path(&loaded.card.slug));
    let all = tr_with("group-all-members", &[("members", i18n::number(loaded.card.members))]);
    let rest = match visit.member {
        Some(_) => view! { <p><a href=to>{all}</a></p> }.into_any(),
        None => people_view(visit, loaded, None, 0),
    };
    let shown = people.into_iter().take(MAX_FACES);
    let items: Vec<_> = shown.map(|member| view! { <li>{person(member)}</li> }).collect();
    let heading = visit.member.is_some().then(|| view! { <h2 id="people">{tr("group-people")}</h2> });
    let list = (!items.is_empty()).then(|| view! { <ul class="people" role="list">{items}</ul> });
    view! { {heading} {list} {rest} }.into_any()
}

/// All members, one page at a time.
async fn people_tab(visit: &Visit, loaded: &Loaded) -> Result<AnyView, AppError> {
    let page: u32 = visit.query("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 500) - 1;
    let people = match visit.member {
        Some(_) => Some(groups::people(&store(), &visit.actor, &loaded.card.slug, page).await?),
        None => None,
    };
    Ok(view! { <section class="part">{people_view(visit, loaded, people, page)}</section> }.into_any())
}

/// The description and the charter.
fn about_tab(loaded: &Loaded) -> AnyView {
    let nothing = loaded.details.description.is_empty() && loaded.card.kind != GroupKind::VirtualTeam;
    view! {
        <section class="part narrow" aria-labelledby="about">
            <h2 id="about">{tr("group-tab-about")}</h2>
            {(!loaded.details.description.is_empty())
                .then(|| view! { <Markdown text=loaded.details.description.clone() /> })}
            {nothing.then(|| view! { <p class="help">{tr("group-about-none")}</p> })}
            {charter(loaded)}
        </section>
    }
    .into_any()
}

/// `/groups/{slug}/invitation`: accept or decline. The invitation email links here.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit) = (store(), visit());
        let loaded = groups::page(&store, &visit.actor, &slug?).await?;
        Ok::<_, AppError>(invitation_page(&loaded))
    })
}

fn invitation_page(loaded: &Loaded) -> AnyView {
    let body = if loaded.invited {
        invitation_form(loaded)
    } else {
        let to = group_path(&loaded.card.slug);
        view! {
            <p>{tr("group-no-invitation")}</p>
            <p><ButtonLink href=to look=Look::Plain>{tr("group-view")}</ButtonLink></p>
        }
        .into_any()
    };
    view! {
        <Title text=tr("group-invitation") />
        <div class="page narrow">
            <Crumbs above=vec![("/groups".to_owned(), tr("groups-title"))] />
            <p class="eyebrow">{kind_label(loaded.card.kind)}</p>
            <h1><bdi>{loaded.card.name.clone()}</bdi></h1>
            <p class="lead">{loaded.card.purpose.clone()}</p>
            {body}
        </div>
    }
    .into_any()
}

fn invitation_form(loaded: &Loaded) -> AnyView {
    view! {
        <section class="panel" aria-label=tr("group-invitation")>
            <p><strong>{tr("group-invited")}</strong></p>
            <div class="row">
                {button("/api/groups/join", loaded, "group-accept", "button")}
                {button("/api/groups/decline_invitation", loaded, "group-decline", "button plain")}
            </div>
        </section>
    }
    .into_any()
}

/// A form with one button.
fn button(action: &'static str, loaded: &Loaded, key: &str, class: &'static str) -> AnyView {
    view! {
        <form class="row" method="post" action=action>
            <input type="hidden" name="slug" value=loaded.card.slug.to_string() />
            <button class=class>{tr(key)}</button>
        </form>
    }
    .into_any()
}

/// How to join: one of joining, requesting, withdrawing a request, or answering an invitation.
async fn join_view(visit: &Visit, loaded: &Loaded) -> Result<AnyView, AppError> {
    let slug = &loaded.card.slug;
    let path = group_path(slug);
    if loaded.role.is_some() {
        return Ok(().into_any());
    }
    if loaded.invited {
        return Ok(invitation_form(loaded));
    }
    if loaded.has_requested {
        return Ok(view! {
            <section class="panel">
                <p>{tr("group-requested")}</p>
                {button("/api/groups/withdraw_request", loaded, "group-withdraw", "button plain small")}
            </section>
        }
        .into_any());
    }
    let reason =
        |refusal: &Refusal| view! { <p class="help">{i18n::refusal(visit.locale, refusal)}</p> }.into_any();
    Ok(match (&loaded.may_join, &loaded.may_ask) {
        _ if visit.member.is_none()
            && loaded.details.joining != Joining::Invitation
            && !loaded.card.archived =>
        {
            view! { <p><ButtonLink href=sign_in_path(&path)>{tr("group-sign-in")}</ButtonLink></p> }
                .into_any()
        }
        (Ok(()), _) => button("/api/groups/join", loaded, "group-join", "button"),
        (Err(Refusal::AskFirst), Ok(())) => {
            let (sheet, _) = refilled(visit, &format!("groups/ask/{slug}"), Default::default()).await?;
            view! {
                <details class="disclosure" open=sheet.has_problem("message")>
                    <summary>{tr("group-request")}</summary>
                    <form method="post" action="/api/groups/request_to_join">
                        <input type="hidden" name="slug" value=slug.to_string() />
                        {sheet.field("message", "group-request-message").help("help-group-request-message").max(500).area(3)}
                        <button class="button">{tr("group-request-send")}</button>
                    </form>
                </details>
            }
            .into_any()
        }
        (Err(Refusal::AskFirst), Err(refusal)) | (Err(refusal), _) => match refusal {
            Refusal::GroupClosed | Refusal::SignInFirst => ().into_any(),
            other => reason(other),
        },
    })
}

/// The tools of the group's members and organisers.
fn tools(loaded: &Loaded) -> Option<AnyView> {
    let path = group_path(&loaded.card.slug);
    let link = |to: String, key: &str| view! { <a class="button small plain" href=to>{tr(key)}</a> };
    let new_event = loaded
        .may_create_event
        .then(|| link(format!("/events/new?group={}", loaded.card.slug), "group-new-event"));
    let manage = loaded.may_manage.then(|| link(format!("{path}/members"), "group-manage-members"));
    let call =
        loaded.may_manage.then(|| link(format!("/proposals/new?group={}", loaded.card.slug), "call-new"));
    let edit = loaded.may_edit.then(|| link(format!("{path}/edit"), "group-edit"));
    let leave = loaded.role.is_some().then(|| link(format!("{path}/leave"), "group-leave"));
    let own_role = loaded.role.map(|role| view! { <p class="eyebrow">{role_label(role)}</p> });
    let has_tools = loaded.role.is_some() || loaded.may_manage;
    has_tools.then(|| {
        view! {
            <section class="tools" aria-label=tr("group-tools")>
                {own_role}
                <div class="row">{new_event} {call} {manage} {edit} {leave}</div>
            </section>
        }
        .into_any()
    })
}

fn charter(loaded: &Loaded) -> Option<AnyView> {
    if loaded.card.kind != GroupKind::VirtualTeam {
        return None;
    }
    let charter = &loaded.details.charter;
    let charter_part = |key: &str, text: &str| {
        (!text.is_empty()).then(|| view! { <h3>{tr(key)}</h3> <Paragraphs text=text.to_owned() /> })
    };
    let ends = charter.ends_on.map(|date| {
        view! { <p>{tr("group-ends")} " " <time datetime=date.to_string()>{format::date(locale(), date, Shape::ShortDateYear)}</time></p> }
    });
    let has_tools = !charter.goal.is_empty() || !charter.out_of_scope.is_empty() || charter.ends_on.is_some();
    let text = has_tools.then(|| {
        view! {
            <section class="part" aria-labelledby="charter">
                <h2 id="charter">{tr("group-charter")}</h2>
                {charter_part("field-goal", &charter.goal)}
                {charter_part("field-out-of-scope", &charter.out_of_scope)}
                {ends}
            </section>
        }
    });
    let wanted = (!loaded.vacancies.is_empty()).then(|| {
        let rows = loaded.vacancies.iter().map(|vacancy| view! { <li>{vacancy_view(vacancy)}</li> });
        view! {
            <section class="part" aria-labelledby="vacancies">
                <h2 id="vacancies">{tr("group-people-needed")}</h2>
                <ul class="rows" role="list">{rows.collect_view()}</ul>
            </section>
        }
    });
    Some(view! { {text} {wanted} }.into_any())
}

fn vacancy_view(vacancy: &Vacancy) -> AnyView {
    let open = vacancy.wanted.saturating_sub(vacancy.filled);
    let label = tr_with(
        "group-filled",
        &[("filled", i18n::number(vacancy.filled)), ("wanted", i18n::number(vacancy.wanted))],
    );
    let badge = if open > 0 {
        let text = tr_with("group-vacancies", &[("open", i18n::number(open))]);
        view! { <Badge tone=Tone::Brass>{text}</Badge> }.into_any()
    } else {
        let text = tr("group-no-vacancy");
        view! { <Badge>{text}</Badge> }.into_any()
    };
    let shown = label.clone();
    view! {
        <div>
            <p class="row"><DisciplineMark mark=vacancy.discipline.mark /><strong>{vacancy.discipline.name.clone()}</strong></p>
            <Meter label used=vacancy.filled.min(vacancy.wanted) of=vacancy.wanted />
            <p class="help">{shown}</p>
        </div>
        {badge}
    }
    .into_any()
}

fn events_view(
    visit: &Visit,
    loaded: &Loaded,
    mut upcoming: Vec<EventCard>,
    mut past: Vec<EventCard>,
    now: domain::Instant,
) -> AnyView {
    upcoming.truncate(MAX_UPCOMING);
    past.truncate(MAX_PAST);
    let slug = &loaded.card.slug;
    let next = if upcoming.is_empty() {
        view! { <Empty title=tr("events-none") text=tr("group-no-events") /> }.into_any()
    } else {
        cards(visit, upcoming, now)
    };
    let past_section = (!past.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="past">
                <h2 id="past">{tr("group-past")}</h2>
                {cards(visit, past, now)}
            </section>
        }
    });
    let private = loaded.details.visibility == domain::groups::Visibility::Private;
    let feeds = (!private).then(|| feeds(&format!("/groups/{slug}")));
    view! {
        <section class="part" aria-labelledby="upcoming">
            <div class="page-head">
                <h2 id="upcoming">{tr("group-next")}</h2>
                <a href=format!("/events?group={slug}")>{tr("group-all-events")}</a>
            </div>
            {next}
        </section>
        {past_section}
        {feeds}
    }
    .into_any()
}

fn people_view(
    visit: &Visit,
    loaded: &Loaded,
    people: Option<(Vec<GroupPerson>, bool)>,
    page: u32,
) -> AnyView {
    let count = tr_with("group-members", &[("members", i18n::number(loaded.card.members))]);
    let path = group_path(&loaded.card.slug);
    let body = match people {
        None => {
            let to = sign_in_path(&visit.path_and_query);
            view! { <p class="help">{tr("group-people-hidden")} " " <a href=to>{tr("site-sign-in")}</a></p> }
                .into_any()
        }
        Some((people, _)) if people.is_empty() => {
            view! { <p class="help">{tr("group-nobody")}</p> }.into_any()
        }
        Some((people, more)) => {
            let items = people.into_iter().map(|member| view! { <li>{person(member)}</li> });
            let before = page.checked_sub(1).map(|before| format!("{path}?tab=people&page={}", before + 1));
            let after = more.then(|| format!("{path}?tab=people&page={}", page + 2));
            view! { <ul class="people grid cards" role="list">{items.collect_view()}</ul> <Pager before after /> }
                .into_any()
        }
    };
    view! { <h2 id="people">{tr("group-people")}</h2> <p class="help">{count}</p> {body} }.into_any()
}

/// A member of the group.
#[must_use]
pub fn person(member: GroupPerson) -> AnyView {
    let name = match member.name.is_empty() {
        true => tr("group-no-name").into_any(),
        false => member_link(member.page.as_ref(), &member.name),
    };
    let picture = member.page.as_ref().and_then(|page| picture_path_of(page, member.picture.as_deref()));
    let role = (member.role != GroupRole::Member).then(|| {
        let text = role_label(member.role);
        view! { <Badge tone=Tone::Brass>{text}</Badge> }
    });
    view! {
        <Avatar name=member.name picture />
        <div>
            <strong>{name} " " {role}</strong>
            <Marks disciplines=member.disciplines />
            {(!member.headline.is_empty()).then(|| view! { <p class="help">{member.headline}</p> })}
        </div>
    }
    .into_any()
}

/// Breadcrumbs to the pages of one group.
#[must_use]
pub fn crumbs(loaded: &Loaded) -> AnyView {
    view! { <Crumbs above=breadcrumbs(&loaded.card.slug, &loaded.card.name) /> }.into_any()
}
