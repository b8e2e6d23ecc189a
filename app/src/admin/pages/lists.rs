//! `/admin/lists` and `/admin/lists/{list}`: disciplines, topics, kudos values and other lists.

use domain::{forms::Fields, lists::List, members::Mark};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::admin::{self, Item};

use super::{button, frame, frame_below};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Badge, DisciplineMark, Sheet, Tone, load},
};

fn title(list: List) -> String {
    tr(&format!("list-{}", list.name()))
}

/// An overview of all lists.
#[component]
pub fn ListsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let lists = admin::list_counts(&store, &visit.actor).await?;
        let rows = lists.into_iter().map(|(list, count)| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let count = tr_with("list-count", &[("count", i18n::number(count))]);
            let to = format!("/admin/lists/{}", list.name());
            let about = tr(&format!("list-{}-text", list.name()));
            view! { <li><div><a href=to>{title(list)}</a><p class="help">{about}</p></div><span>{count}</span></li> }
        });
        let body = view! { <ul class="rows" role="list">{rows.collect_view()}</ul> };
        Ok(frame(&visit, tr("admin-lists"), body.into_any()))
    })
}

/// One list: its entries in order, and a form for a new one.
#[component]
pub fn ListPage() -> impl IntoView {
    let name = use_params_map().with_untracked(|params| params.get("list").unwrap_or_default());
    load(async move {
        let (store, visit) = (store(), visit());
        let list: List = name.parse().map_err(|()| AppError::NotFound)?;
        if !admin::LISTS.contains(&list) {
            return Err(AppError::NotFound);
        }
        let items = admin::items(&store, &visit.actor, list).await?;
        let fields = Fields::from([("mark".to_owned(), Mark::Circle.name().to_owned())]);
        let (sheet, _) = refilled(&visit, &format!("admin/list/{name}"), fields).await?;
        let offered = items.iter().filter(|item| !item.retired).count();
        let rows = items.into_iter().enumerate().map(|(at, item)| row(list, item, at, offered, visit.locale));
        let rows = rows.collect_view();
        let marks = list.has_marks().then(|| sheet.field("mark", "field-mark").needed().select(marks()));
        let body = view! {
            <p class="lead">{tr(&format!("list-{}-text", list.name()))} " " {tr("list-text")}</p>
            <ul class="rows" role="list">{rows}</ul>
            <section class="part">
                <h2>{tr("list-new")}</h2>
                <form method="post" action="/api/admin/list_add">
                    <input type="hidden" name="list" value=list.name() />
                    {sheet.summary()}
                    {sheet.field("name", "field-name").needed().max(80).input("text")}
                    {marks}
                    <button class="button">{tr("list-add")}</button>
                </form>
            </section>
        };
        let above = vec![("/admin/lists".to_owned(), tr("admin-lists"))];
        Ok(frame_below(&visit, above, title(list), body.into_any()))
    })
}

fn marks() -> Vec<(String, String)> {
    Mark::ALL.iter().map(|mark| (mark.name().to_owned(), tr(&format!("mark-{}", mark.name())))).collect()
}

fn row(list: List, item: Item, at: usize, offered: usize, locale: domain::Locale) -> AnyView {
    let named = |more: &[(&'static str, &str)]| {
        let mut fields = vec![("list", list.name().to_owned()), ("slug", item.slug.to_string())];
        fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        fields
    };
    let small = "button small plain";
    let args = [("name", i18n::quote(&item.name))];
    let moved = |up: bool, key: &str, sign: &'static str| {
        let fields = named(&[("up", if up { "yes" } else { "no" })]);
        let hidden =
            fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        view! {
            <form method="post" action="/api/admin/list_move">
                {hidden.collect_view()}
                <button class=small aria-label=tr_with(key, &args)>{sign}</button>
            </form>
        }
    };
    let up = (!item.retired && at > 0).then(|| moved(true, "list-up", "↑"));
    let down = (!item.retired && at + 1 < offered).then(|| moved(false, "list-down", "↓"));
    let (retired, key) = if item.retired { ("no", "list-offer") } else { ("yes", "list-retire") };
    let retire = button("/api/admin/list_retire", named(&[("retired", retired)]), small, tr(key));
    let sheet = Sheet::filled(
        [("mark", item.mark.map_or("", Mark::name))]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into(),
        locale,
    );
    let hidden =
        named(&[]).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let label = tr_with("list-rename", &args);
    let choices = list.has_marks().then(|| {
        let options = marks().into_iter().map(|(value, text)| {
            let selected = value == sheet.value("mark");
            view! { <option value=value selected=selected>{text}</option> }
        });
        view! { <select name="mark" aria-label=tr("field-mark")>{options.collect_view()}</select> }
    });
    view! {
        <li>
            <div class="row">
                {item.mark.map(|mark| view! { <DisciplineMark mark /> })}
                <strong>{item.name.clone()}</strong>
                {item.retired.then(|| view! { <Badge tone=Tone::Quiet>{tr("list-retired")}</Badge> })}
            </div>
            <div class="row">
                {up}
                {down}
                {retire}
                <details>
                    <summary>{tr("list-change")}</summary>
                    <form class="row" method="post" action="/api/admin/list_change">
                        {hidden.collect_view()}
                        <input type="text" name="name" value=item.name.clone() maxlength="80" required aria-label=label />
                        {choices}
                        <button class="button small">{tr("form-save")}</button>
                    </form>
                </details>
            </div>
        </li>
    }
    .into_any()
}
