//! `/profile/emails`: which notifications and emails a member gets, and how often.

use domain::{
    GroupId, Slug,
    emails::{Delivery, EmailCategory, EmailPreference, EmailPreferences, GroupFacts},
    notifications::NotificationPreference,
};
use leptos::prelude::*;
use store::preferences::{self, OwnPreferences};

use crate::{
    context::{store, tr, visit},
    error::AppError,
    members::card::profile_tabs,
    ui::{Column, Table, Title, load},
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
        let optional = EmailCategory::ALL.iter().copied().filter(|category| category.is_optional());
        let rows = optional.map(|category| {
            let name = category_label(category);
            let help = tr(&format!("email-category-help-{}", category.name()));
            let head = view! { <div><div>{name.clone()}</div><div class="help">{help}</div></div> };
            let in_guildhall = match category.has_notifications() {
                true => notification_choice(category, !loaded.muted.contains(&category)),
                false => view! { <span class="quiet">{tr("email-preferences-email-only")}</span> }.into_any(),
            };
            let label = tr("email-preferences-by-email");
            vec![head.into_any(), in_guildhall, choice(&loaded.preferences, category, None, &name, &label)]
        });
        let columns =
            ["email-preferences-category", "email-preferences-in-guildhall", "email-preferences-by-email"];
        let columns = columns.map(|key| Column::text(tr(key))).into();
        let rows = rows.collect();
        let of_groups = groups(&loaded);
        Ok(view! {
            <Title text=tr("email-preferences-title") />
            <div class="page">
                {profile_tabs("/profile/emails")}
                <h1>{tr("email-preferences-title")}</h1>
                <p class="lead">{tr("email-preferences-lead")}</p>
                <form method="post" action="/api/members/email_preferences" id="notifications">
                    <Table caption=tr("email-preferences-caption-all") columns=columns rows=rows />
                    <p class="help">{tr("email-preferences-digest-times")}</p>
                    {of_groups}
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

/// The table of the member's groups, in which a group can differ from the choice for all groups.
fn groups(loaded: &OwnPreferences) -> Option<AnyView> {
    let categories: Vec<EmailCategory> =
        EmailCategory::ALL.iter().copied().filter(|category| category.is_of_groups()).collect();
    let columns = std::iter::once(Column::text(tr("email-preferences-group")))
        .chain(categories.iter().map(|category| Column::text(category_label(*category))))
        .collect();
    let row = |group: &GroupFacts| {
        let cells = categories.iter().map(|category| {
            let of = Some((group.id, group.slug.clone()));
            choice(&loaded.preferences, *category, of, &group.name, &category_label(*category))
        });
        std::iter::once(group.name.clone().into_any()).chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<_> = loaded.groups.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <Table caption=tr("email-preferences-caption") columns=columns rows=rows /> }.into_any()
    })
}

/// Whether notifications of a category are shown.
fn notification_choice(category: EmailCategory, is_on: bool) -> AnyView {
    let options = [(true, "email-preferences-on"), (false, "email-preferences-off")].map(|(choice, key)| {
        let value = NotificationPreference { category, is_on: choice }.text();
        view! { <option value=value selected=choice == is_on>{tr(key)}</option> }
    });
    let label = format!("{}: {}", tr("email-preferences-in-guildhall"), category_label(category));
    view! { <select name="notifications[]" aria-label=label>{options.collect_view()}</select> }.into_any()
}

/// The select in a table cell. Its accessible name combines column and row.
fn choice(
    preferences: &EmailPreferences,
    category: EmailCategory,
    group: Option<(GroupId, Slug)>,
    row: &str,
    column: &str,
) -> AnyView {
    let label = format!("{column}: {row}");
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
    view! { <select name="choices[]" aria-label=label>{choices}</select> }.into_any()
}
