//! The reader's conversations in a speed round, one line for each wave.

use domain::mentoring::SignUpRole;
use leptos::prelude::*;
use store::speed_rounds::{Meeting, Place, Slot, SpeedRoundPage as Round};

use super::paths::place_view;
use crate::{
    context::{Visit, store, tr, tr_with},
    i18n,
    members::card::member_path,
    ui::{Reader, Shape},
};

/// The list, once it is published.
pub(super) fn section(visit: &Visit, round: &Round) -> Option<AnyView> {
    (!round.slots.is_empty()).then(|| {
        let is_over = round.card.times.ends_at() <= store().now();
        let asks = is_over && round.card.role == Some(SignUpRole::Mentee);
        let items = round.slots.iter().map(|slot| item(visit, slot, asks)).collect_view();
        view! {
            <section aria-labelledby="slots">
                <h2 id="slots">{tr("speed-slots")}</h2>
                <ol class="speed-slots" role="list">{items}</ol>
            </section>
        }
        .into_any()
    })
}

fn item(visit: &Visit, slot: &Slot, asks: bool) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let what = match &slot.meeting {
        None => view! { <p class="help">{tr("speed-break")}</p> }.into_any(),
        Some(meeting) => conversation(meeting, asks),
    };
    view! { <li>{reader.time(slot.begins_at, Shape::Time)} <div>{what}</div></li> }.into_any()
}

fn conversation(meeting: &Meeting, asks: bool) -> AnyView {
    let place = match &meeting.place {
        Place::Link(link) => place_view(link),
        Place::Table(number) => tr_with("speed-table", &[("number", i18n::number(*number))]).into_any(),
    };
    let partner = &meeting.partner;
    let ask = asks.then(|| {
        let text = tr_with("ask-mentor", &[("mentor", i18n::quote(partner.name.clone()))]);
        view! { <p><a href=format!("/mentoring/ask/{}", partner.slug)>{text}</a></p> }
    });
    view! {
        <p><strong><a href=member_path(&partner.slug)><bdi>{partner.name.clone()}</bdi></a></strong> " · " {place}</p>
        <p class="help">{tr("speed-in-common")} " " <bdi>{meeting.topics.join(", ")}</bdi></p>
        {ask}
    }
    .into_any()
}
