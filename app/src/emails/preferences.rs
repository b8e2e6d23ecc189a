//! `/profile/emails`: which emails a member gets, and how often.

use domain::{
    GroupId, Slug,
    emails::{Delivery, EmailCategory, EmailPreference, EmailPreferences},
};
use leptos::prelude::*;
use store::preferences;

use crate::{
    context::{store, tr, visit},
    error::AppError,
    ui::{Column, Crumbs, Table, Title, load},
};

/// The label of an email category.
#[must_use]
pub fn category_label(category: EmailCategory) -> String {
    tr(&format!("email-category-{}", category.name().replace('_', "-")))
}

/// The email preferences page.
#[component]
pub fn EmailPreferencesPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let loaded = preferences::mine(&store(), &visit.actor).await?;
        let group_categories: Vec<EmailCategory> =
            EmailCategory::ALL.iter().copied().filter(|category| category.is_of_groups()).collect();
        let others =
            EmailCategory::ALL.iter().filter(|category| category.is_optional() && !category.is_of_groups());
        let columns = std::iter::once(Column::text(tr("email-preferences-group")))
            .chain(group_categories.iter().map(|category| Column::text(category_label(*category))))
            .collect();
        let row = |name: String, group: Option<(GroupId, Slug)>| {
            let cells = group_categories
                .iter()
                .map(|category| choice(&loaded.preferences, *category, group.clone(), &name));
            std::iter::once(name.clone().into_any()).chain(cells.collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        let mut rows = vec![row(tr("email-preferences-all-groups"), None)];
        rows.extend(
            loaded.groups.iter().map(|group| row(group.name.clone(), Some((group.id, group.slug.clone())))),
        );
        let others = others.map(|category| {
            let name = category_label(*category);
            let id = format!("category-{}", category.name());
            let help = tr(&format!("email-category-help-{}", category.name()));
            view! {
                <div class="field">
                    <label for=id.clone()>{name.clone()}</label>
                    {choice_with(&loaded.preferences, *category, None, Some(id), None)}
                    <p class="help">{help}</p>
                </div>
            }
        });
        let others = others.collect_view();
        Ok(view! {
            <Title text=tr("email-preferences-title") />
            <div class="page">
                <Crumbs above=vec![("/profile".to_owned(), tr("member-profile"))] />
                <h1>{tr("email-preferences-title")}</h1>
                <p class="lead">{tr("email-preferences-lead")}</p>
                <form method="post" action="/api/members/email_preferences">
                    <Table caption=tr("email-preferences-caption") columns=columns rows=rows />
                    <p class="help">{tr("email-preferences-digest-times")}</p>
                    <div class="columns">{others}</div>
                    <button class="button">{tr("form-save")}</button>
                </form>
                <section class="part">
                    <h2>{tr("email-preferences-always")}</h2>
                    <p>{tr("email-preferences-always-text")}</p>
                    <ul>
                        <li>{tr("email-preferences-always-security")}</li>
                        <li>{tr("email-preferences-always-own")}</li>
                        <li>{tr("email-preferences-always-changes")}</li>
                    </ul>
                </section>
            </div>
        })
    })
}

/// The select in a table cell. Its accessible name combines column and row.
fn choice(
    preferences: &EmailPreferences,
    category: EmailCategory,
    group: Option<(GroupId, Slug)>,
    of: &str,
) -> AnyView {
    let label = format!("{}: {of}", category_label(category));
    choice_with(preferences, category, group, None, Some(label))
}

fn choice_with(
    preferences: &EmailPreferences,
    category: EmailCategory,
    group: Option<(GroupId, Slug)>,
    id: Option<String>,
    label: Option<String>,
) -> AnyView {
    let (group, slug) = group.unzip();
    let chosen = match group {
        Some(group) => preferences.chosen(category, Some(group)),
        None => Some(preferences.delivery(category, None)),
    };
    let own = category.choices().iter().map(|delivery| Some(*delivery));
    let choices = group.map(|_| None).into_iter().chain(own).map(|delivery: Option<Delivery>| {
        let text = match (delivery, category.has_digest()) {
            (None, _) => tr("email-preferences-same-as-all"),
            (Some(Delivery::Now), false) => tr("email-preferences-on"),
            (Some(Delivery::Now), true) => tr("email-preferences-immediately"),
            (Some(Delivery::Daily), _) => tr("email-preferences-daily"),
            (Some(Delivery::Weekly), _) => tr("email-preferences-weekly"),
            (Some(Delivery::Off), _) => tr("email-preferences-off"),
        };
        let value = EmailPreference { category, group: slug.clone(), delivery }.text();
        view! { <option value=value selected=delivery == chosen>{text}</option> }
    });
    let choices = choices.collect_view();
    view! { <select name="choices[]" id=id aria-label=label>{choices}</select> }.into_any()
}
