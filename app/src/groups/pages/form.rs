//! `/groups/new` and `/groups/{slug}/edit`: one form.

use domain::{
    groups::{GroupForm, GroupKind, Joining, Visibility},
    members::Discipline,
    policy::{NoRelation, groups::CreateGroup, permit},
};
use leptos::prelude::*;
use store::{groups, members};

use super::{fields_of, group::crumbs, group_path, kind_label, slug_from_path};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    events::pages::cover::{CoverOf, CoverPicture, cover_form},
    refill::refilled,
    ui::{Choice, Crumbs, Sheet, Title, load, preview_button},
};

/// The highest number of people needed per discipline that the form offers.
const MAX_WANTED: u32 = 9;

/// The form for a new group.
#[component]
pub fn NewGroupPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let _permit = permit(&visit.actor, CreateGroup, NoRelation)?;
        let defaults = GroupForm {
            kind: GroupKind::Chapter.name().to_owned(),
            visibility: Visibility::Public.name().to_owned(),
            joining: Joining::Open.name().to_owned(),
            ..GroupForm::default()
        };
        let (sheet, _) = refilled(&visit, "groups/new", fields_of(&defaults)).await?;
        let disciplines = members::disciplines(&store()).await?;
        Ok(view! {
            <Title text=tr("groups-new") />
            <div class="page narrow">
                <Crumbs above=vec![("/groups".to_owned(), tr("groups-title"))] />
                <h1>{tr("groups-new")}</h1>
                <form method="post" action="/api/groups/create">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {fields(&sheet, disciplines)}
                    <div class="row">
                        <button class="button">{tr("group-create")}</button>
                        {preview_button("description", "groups/new", "/groups/new")}
                        <a class="button plain" href="/groups">{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// The form for changing a group, and for closing or reopening it.
#[component]
pub fn EditGroupPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = groups::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_edit {
            return Err(AppError::Forbidden);
        }
        let fields_now = fields_of(&loaded.details.to_form(loaded.version));
        let (sheet, _) = refilled(&visit, &format!("groups/edit/{slug}"), fields_now).await?;
        let disciplines = members::disciplines(&store).await?;
        let open = loaded.card.archived;
        let (title, text, act) = if open {
            ("group-open-again", "group-open-again-text", "group-open-again")
        } else {
            ("group-close", "group-close-text", "group-close")
        };
        let of = CoverOf::Group(slug.clone());
        let picture = CoverPicture::of_group(loaded.card.kind, &slug, loaded.card.cover.as_ref());
        let cover = cover_form(&visit, &of, loaded.card.cover.as_ref(), picture).await?;
        let class = if open { "button plain" } else { "button danger" };
        Ok(view! {
            <Title text=tr("group-edit") />
            <div class="page narrow">
                {crumbs(&loaded)}
                <h1>{tr("group-edit")}</h1>
                <form method="post" action="/api/groups/edit">
                    <input type="hidden" name="group" value=slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {fields(&sheet, disciplines)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        {preview_button("description", &format!("groups/edit/{slug}"), &format!("{}/edit", group_path(&slug)))}
                        <a class="button plain" href=group_path(&slug)>{tr("form-back")}</a>
                    </div>
                </form>
                {cover}
                <section class="part" aria-labelledby="close">
                    <h2 id="close">{tr(title)}</h2>
                    <p>{tr(text)}</p>
                    <form method="post" action="/api/groups/archive">
                        <input type="hidden" name="slug" value=slug.to_string() />
                        {open.then(|| view! { <input type="hidden" name="open" value="yes" /> })}
                        <button class=class>{tr(act)}</button>
                    </form>
                </section>
            </div>
        })
    })
}

fn fields(sheet: &Sheet, disciplines: Vec<Discipline>) -> AnyView {
    let kinds = GroupKind::ALL.iter().map(|kind| Choice::new(kind.name(), kind_label(*kind))).collect();
    let visible =
        |choice: &Visibility| Choice::new(choice.name(), tr(&format!("group-visibility-{}", choice.name())));
    let joining =
        |choice: &Joining| Choice::new(choice.name(), tr(&format!("group-joining-{}", choice.name())));
    let visible = Visibility::ALL.iter().map(visible).collect();
    let joining = Joining::ALL.iter().map(joining).collect();
    view! {
        {sheet.summary()}
        {sheet.field("name", "field-name").needed().max(80).input("text")}
        {sheet.field("kind", "field-kind").needed().radios(kinds)}
        {sheet.field("purpose", "field-purpose").help("help-purpose").max(500).area(3)}
        {sheet.field("description", "field-description").help("help-description").max(10_000).editor(8)}
        {sheet.field("visibility", "field-visibility").help("help-visibility").needed().radios(visible)}
        {sheet.field("joining", "field-joining").help("help-joining").needed().radios(joining)}
        <fieldset>
            <legend>{tr("group-form-team")}</legend>
            <p class="help">{tr("group-form-team-text")}</p>
            {sheet.field("goal", "field-goal").max(2_000).area(4)}
            {sheet.field("out_of_scope", "field-out-of-scope").max(2_000).area(3)}
            {sheet.field("ends_on", "field-ends-on").input("date")}
            {wants(sheet, disciplines)}
        </fieldset>
    }
    .into_any()
}

/// A number of people needed for each discipline. It is sent as a list of `discipline count`.
fn wants(sheet: &Sheet, disciplines: Vec<Discipline>) -> AnyView {
    let value = sheet.value("wants");
    let chosen = |slug: &str| {
        let line = value.lines().find_map(|line| line.trim().strip_prefix(slug)?.strip_prefix(' '));
        line.and_then(|count| count.trim().parse::<u32>().ok()).unwrap_or(0)
    };
    let rows = disciplines.into_iter().map(|discipline| {
        let slug = discipline.slug.to_string();
        let now = chosen(&slug);
        let id = format!("want-{slug}");
        let counts = (0..=MAX_WANTED.max(now)).map(|count| {
            let value = if count == 0 { String::new() } else { format!("{slug} {count}") };
            view! { <option value=value selected=count == now>{count}</option> }
        });
        let counts = counts.collect_view();
        view! {
            <div class="field">
                <label for=id.clone()>{discipline.name}</label>
                <select id=id name="wanted[]">{counts}</select>
            </div>
        }
    });
    view! {
        <fieldset class="field" id="f-wants">
            <legend>{tr("field-wants")}</legend>
            <div class="columns">{rows.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
