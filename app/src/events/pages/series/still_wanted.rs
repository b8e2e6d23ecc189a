//! `/standing-seat/{token}`: the page behind the link in an email. It keeps or stops a standing RSVP without signing in
//! (B9).

use leptos::prelude::*;
use store::series::StandingRsvp;

use super::paths::series_path;
use crate::{
    context::{tr, tr_with},
    i18n,
};

/// Title and body of the page. `action` is its own path, which its buttons post to.
#[must_use]
pub fn still_wanted(standing: Option<&StandingRsvp>, action: &str) -> (String, AnyView) {
    let body = match standing {
        None => view! { <p class="lead">{tr("series-still-none")}</p> }.into_any(),
        Some(standing) => {
            let text = tr_with("series-still-text", &[("title", i18n::quote(standing.title.clone()))]);
            view! {
                <p class="lead">{text}</p>
                <form class="row" method="post" action=action.to_owned()>
                    <button class="button" name="answer" value="keep">{tr("series-still-keep")}</button>
                    <button class="button plain" name="answer" value="stop">{tr("series-stop")}</button>
                </form>
                <p><a href=series_path(&standing.series)>{tr("series-all")}</a></p>
            }
            .into_any()
        }
    };
    (tr("series-still-wanted"), body)
}
