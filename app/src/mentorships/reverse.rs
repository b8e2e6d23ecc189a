//! `/mentoring/reverse`: what reverse mentoring is, and the form of an offer (M32).

use domain::forms::Fields;
use leptos::prelude::*;
use store::mentorships;

use crate::{
    context::{store, tr, visit},
    error::AppError,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{Crumbs, Title, load},
};

/// Path of the page.
pub const REVERSE: &str = "/mentoring/reverse";

/// The page. `?to=` names the member to start with.
#[component]
pub fn ReversePage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let offers = mentorships::open_offers(&store(), &visit.actor).await?;
        let start: Fields = visit.query("to").map(|to| ("person".to_owned(), to)).into_iter().collect();
        let (sheet, _) = refilled(&visit, "mentoring/offer", start).await?;
        let sheet = sheet.with_label("person", "offer-person").with_label("sentence", "offer-sentence");
        stylesheet();
        let items = offers.iter().map(|(id, name)| {
            view! { <li><a href=format!("/mentoring/requests/{id}")><bdi>{name.clone()}</bdi></a></li> }
        });
        let waiting = (!offers.is_empty()).then(|| {
            view! {
                <section aria-labelledby="offers">
                    <h2 id="offers">{tr("offer-open")}</h2>
                    <ul class="rows" role="list">{items.collect_view()}</ul>
                </section>
            }
        });
        let steps = [
            (tr("reverse-how-1"), tr("reverse-how-1-text")),
            (tr("reverse-how-2"), tr("reverse-how-2-text")),
            (tr("reverse-how-3"), tr("reverse-how-3-text")),
        ];
        let steps = steps.map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> });
        Ok(view! {
            <Title text=tr("reverse-title") about=tr("reverse-lead") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                <h1>{tr("reverse-title")}</h1>
                <p class="lead">{tr("reverse-lead")}</p>
                {waiting}
                <section aria-labelledby="offer">
                    <h2 id="offer">{tr("offer-title")}</h2>
                    <form method="post" action="/api/mentorships/offer">
                        <input type="hidden" name="key" value=store::sign_in::new_token() />
                        {sheet.summary()}
                        {sheet.field("person", "offer-person").help("help-offer-person").needed().max(200).input("text")}
                        {sheet.field("sentence", "offer-sentence").help("help-offer-sentence").needed().max(300).area(3)}
                        <div class="row">
                            <button class="button">{tr("offer-send")}</button>
                            <a class="button plain" href="/members">{tr("offer-find")}</a>
                        </div>
                    </form>
                </section>
                <section aria-labelledby="how">
                    <h2 id="how">{tr("questions-how")}</h2>
                    <ol class="mentoring-how" role="list">{steps.collect_view()}</ol>
                </section>
            </div>
        })
    })
}
