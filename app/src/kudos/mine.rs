//! `/kudos/mine`: the kudos that a member got and gave, as a page that prints well. The same as a table is at
//! `/kudos/mine.csv`.

use leptos::prelude::*;
use store::{
    kudos::{self, Filter},
    members,
};

use super::{board::choice, card::kudos_list, wall::script};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    ui::{ButtonLink, Crumbs, Empty, Look, Tab, Tabs, Title, load},
};

/// The path of the page with this list.
fn path(given: bool) -> &'static str {
    if given { "/kudos/mine?show=given" } else { "/kudos/mine" }
}

/// The page.
#[component]
pub fn MyKudosPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let given = visit.query("show").as_deref() == Some("given");
        let me = Some(members::myself(&store, &visit.actor).await?.slug);
        let filter = match given {
            true => Filter { from: me, ..Filter::default() },
            false => Filter { to: me, ..Filter::default() },
        };
        let after = visit.query("after").and_then(|id| id.parse().ok()).map(domain::KudosId);
        let page = kudos::list(&store, &visit.actor, &filter, after).await?;
        let tab = |to_given: bool, key: &str| Tab {
            href: path(to_given).to_owned(),
            text: tr(key).into_any(),
            current: to_given == given,
        };
        let tabs = vec![tab(false, "kudos-mine-received"), tab(true, "kudos-mine-given")];
        let older = page.next.map(|next| {
            let to = format!("/kudos/mine?show={}&after={next}", if given { "given" } else { "received" });
            view! {
                <nav class="pager" aria-label=tr("kudos-pages")>
                    <a rel="next" href=to>{tr("kudos-older")}</a>
                </nav>
            }
        });
        let empty = page.kudos.is_empty().then(|| {
            let key = if given { "kudos-mine-none-given" } else { "kudos-mine-none-received" };
            view! {
                <Empty title=tr("kudos-none") text=tr(key)>
                    <ButtonLink href="/kudos/new">{tr("kudos-give")}</ButtonLink>
                </Empty>
            }
        });
        let heading = tr(if given { "kudos-mine-given" } else { "kudos-mine-received" });
        let cards = kudos_list(&visit, page.kudos);
        let board = choice(&visit).await?;
        Ok(view! {
            <Title text=tr("kudos-mine") />
            <div class="page">
                <Crumbs above=vec![("/kudos".to_owned(), tr("kudos-title"))] />
                <h1>{tr("kudos-mine")}</h1>
                <Tabs label=tr("kudos-mine-lists") tabs=tabs />
                <section aria-labelledby="list">
                    <h2 id="list" class="sr-only">{heading}</h2>
                    {cards}
                    {empty}
                </section>
                {older}
                {board}
                <div class="row no-print">
                    <button class="button plain small" type="button" data-print="" hidden>{tr("kudos-print")}</button>
                    <ButtonLink href="/kudos/mine.csv" look=Look::Plain>{tr("kudos-csv")}</ButtonLink>
                </div>
            </div>
            {script()}
        })
    })
}
