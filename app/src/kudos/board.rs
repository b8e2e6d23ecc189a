//! The list of people whom most others thanked (K12), where an admin has switched it on.

use domain::kudos::BOARD_DAYS;
use leptos::prelude::*;
use store::kudos;

use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    members::card::{member_path, picture_path_of},
    ui::{Avatar, Size},
};

/// The names, for the wall. By name, and without numbers.
///
/// # Errors
/// `Unavailable` or `Internal` when the names can't be read.
pub async fn list(visit: &Visit) -> Result<Option<AnyView>, AppError> {
    let people = kudos::board(&store(), &visit.actor).await?.filter(|people| !people.is_empty());
    Ok(people.map(|people| {
        let items = people.into_iter().map(|person| {
            let picture = picture_path_of(&person.slug, person.picture.as_deref());
            view! {
                <li class="chip">
                    <Avatar name=person.name.clone() size=Size::Small picture=picture />
                    <a href=member_path(&person.slug)><bdi>{person.name}</bdi></a>
                </li>
            }
        });
        let days = i18n::number(u32::try_from(BOARD_DAYS).unwrap_or_default());
        view! {
            <section class="part" aria-labelledby="board">
                <h2 id="board">{tr("kudos-board")}</h2>
                <p class="help">{tr_with("kudos-board-text", &[("days", days)])}</p>
                <ul class="chips" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    }))
}

/// The form with which members join the list and leave it.
///
/// # Errors
/// `Unavailable` or `Internal` when the choice can't be read.
pub async fn choice(visit: &Visit) -> Result<Option<AnyView>, AppError> {
    let is_on = kudos::on_board(&store(), &visit.actor).await?;
    Ok(is_on.map(|is_on| {
        let (wanted, button) = if is_on { ("no", "kudos-board-leave") } else { ("yes", "kudos-board-join") };
        view! {
            <section class="part no-print" aria-labelledby="board">
                <h2 id="board">{tr("kudos-board")}</h2>
                <p>{tr(if is_on { "kudos-board-on" } else { "kudos-board-off" })}</p>
                <form method="post" action="/api/kudos/board">
                    <input type="hidden" name="wanted" value=wanted />
                    <button class="button plain">{tr(button)}</button>
                </form>
            </section>
        }
        .into_any()
    }))
}
