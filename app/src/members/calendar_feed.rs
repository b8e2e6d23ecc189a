//! `/profile/calendar`: create and end the private calendar feed.

use leptos::prelude::*;
use store::feeds;

use crate::{
    context::{store, tr, visit},
    error::AppError,
    ui::{Crumbs, Reader, Shape, Title, load},
};

/// The member's private calendar feed.
#[component]
pub fn CalendarFeedPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let created_at = feeds::created_at(&store(), &visit.actor).await?;
        let reader = Reader::of(&visit, visit.zone);
        let state = match created_at {
            Some(at) => view! {
                <p>{tr("feed-made")} " " {reader.time(at, Shape::DateTimeYear)} "."</p>
                <p class="help">{tr("feed-again-text")}</p>
                <div class="row">
                    <form method="post" action="/api/members/create_feed">
                        <button class="button plain">{tr("feed-again")}</button>
                    </form>
                    <form method="post" action="/api/members/end_feed">
                        <button class="button danger">{tr("feed-end")}</button>
                    </form>
                </div>
            }
            .into_any(),
            None => view! {
                <form method="post" action="/api/members/create_feed">
                    <button class="button">{tr("feed-make")}</button>
                </form>
            }
            .into_any(),
        };
        Ok::<_, AppError>(view! {
            <Title text=tr("feed-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile/account".to_owned(), tr("profile-tab-account"))] />
                <h1>{tr("feed-title")}</h1>
                <p class="lead">{tr("feed-text")}</p>
                {state}
            </div>
        })
    })
}
