//! `/mentoring/programmes/new` and `/mentoring/programmes/{slug}/edit`: one form.

use domain::{
    mentoring::{MAX_QUESTIONS, ProgrammeForm, QuestionForm},
    policy::{NoRelation, mentoring::CreateProgramme, permit},
};
use leptos::prelude::*;
use store::{groups, mentoring};

use super::{
    paths::{fields_of, programme_path, question_fields, slug_from_path},
    sheet::stylesheet,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Choice, Crumbs, Sheet, Title, load},
};

/// Empty questions that the form offers in addition to those that exist.
const SPARE_QUESTIONS: usize = 2;

/// The form for a new programme.
#[component]
pub fn NewProgrammePage() -> impl IntoView {
    load(async {
        let visit = visit();
        let _permit = permit(&visit.actor, CreateProgramme, NoRelation)?;
        let (sheet, _) =
            refilled(&visit, "mentoring/programmes/new", fields_of(&ProgrammeForm::default())).await?;
        let fields = fields(&visit, &sheet).await?;
        stylesheet();
        Ok(view! {
            <Title text=tr("mentoring-new-programme") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                <h1>{tr("mentoring-new-programme")}</h1>
                <p class="lead">{tr("mentoring-new-programme-lead")}</p>
                <form method="post" action="/api/mentoring/create_programme">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {fields}
                    <div class="row">
                        <button class="button">{tr("mentoring-create-programme")}</button>
                        <a class="button plain" href="/mentoring">{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// The form that changes a programme.
#[component]
pub fn EditProgrammePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = mentoring::programme(&store(), &visit.actor, &slug).await?;
        if !page.may_edit {
            return Err(AppError::Forbidden);
        }
        let mut now = fields_of(&page.details.to_form(Some(page.version)));
        let questions: Vec<QuestionForm> =
            page.details.questions.iter().map(domain::mentoring::Question::to_form).collect();
        now.extend(question_fields(&questions));
        let (sheet, _) = refilled(&visit, &format!("mentoring/programmes/{slug}"), now).await?;
        let fields = fields(&visit, &sheet).await?;
        stylesheet();
        let path = programme_path(slug.as_str());
        Ok(view! {
            <Title text=tr("mentoring-edit-programme") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), page.card.name)] />
                <h1>{tr("mentoring-edit-programme")}</h1>
                <form method="post" action="/api/mentoring/edit_programme">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {fields}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=path>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

async fn fields(visit: &Visit, sheet: &Sheet) -> Result<AnyView, AppError> {
    let sheet =
        sheet.clone().with_label("questions", "mentoring-questions").with_label("group", "mentoring-group");
    let (found, _) = groups::find(&store(), &visit.actor, &groups::Filter::default(), 0).await?;
    let mut groups: Vec<(String, String)> =
        found.into_iter().map(|group| (group.slug.to_string(), group.name)).collect();
    let chosen = sheet.value("group");
    if !chosen.is_empty() && !groups.iter().any(|(slug, _)| *slug == chosen) {
        groups.push((chosen.clone(), chosen));
    }
    groups.insert(0, (String::new(), tr("mentoring-all-members")));
    let weights = [
        ("topics_weight", "field-topics-weight"),
        ("answers_weight", "field-answers-weight"),
        ("wishes_weight", "field-wishes-weight"),
        ("hours_weight", "field-hours-weight"),
        ("seniority_weight", "field-seniority-weight"),
        ("language_weight", "field-language-weight"),
        ("variety_weight", "field-variety-weight"),
    ];
    let weights =
        weights.map(|(name, label)| sheet.field(name, label).needed().range(0, 1_000).input("number"));
    let same_team = vec![
        Choice::new("", tr("mentoring-same-team-no")),
        Choice::new("yes", tr("mentoring-same-team-yes")),
    ];
    Ok(view! {
        {sheet.summary()}
        {sheet.field("name", "field-name").needed().max(80).input("text")}
        {sheet.field("purpose", "field-purpose").help("help-mentoring-purpose").max(2_000).area(4)}
        {sheet.field("group", "mentoring-group").help("help-mentoring-group").select(groups)}
        {questions(&sheet)}
        <details class="mentoring-advanced" open=sheet.has_problem("topics_weight")>
            <summary>{tr("mentoring-advanced")}</summary>
            <fieldset>
                <legend>{tr("mentoring-weights")}</legend>
                <p class="help">{tr("mentoring-weights-text")}</p>
                <div class="columns">{weights.collect_view()}</div>
            </fieldset>
            <fieldset>
                <legend>{tr("mentoring-rules")}</legend>
                {sheet.field("min_overlap_hours", "field-min-overlap-hours").needed().range(1, 10).input("number")}
                {sheet
                    .field("min_seniority_gap", "field-min-seniority-gap")
                    .help("help-seniority-gap")
                    .range(-4, 4)
                    .input("number")}
                {sheet.field("max_seniority_gap", "field-max-seniority-gap").range(-4, 4).input("number")}
                {sheet.field("same_team", "field-same-team").needed().radios(same_team)}
                {sheet.field("load", "field-load").help("help-load").needed().range(0, 1_000_000).input("number")}
                {sheet.field("cool_down", "field-cool-down").help("help-cool-down").needed().range(0, 20).input("number")}
            </fieldset>
        </details>
    }
    .into_any())
}

/// The questions that exist, and some empty ones. All of them are sent, and the empty ones are left out.
fn questions(sheet: &Sheet) -> AnyView {
    let value = |at: usize, part: &str| sheet.value(&format!("question_{at}_{part}"));
    let filled = (0..MAX_QUESTIONS)
        .rev()
        .find(|at| ["mentee", "mentor", "options"].iter().any(|part| !value(*at, part).is_empty()))
        .map_or(0, |last| last + 1);
    let count = (filled + SPARE_QUESTIONS).min(MAX_QUESTIONS);
    let rows = (0..count).map(|at| {
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let line = |part: &'static str, label: &'static str| {
            let id = format!("question-{at}-{part}");
            view! {
                <div class="field">
                    <label for=id.clone()>{tr(label)}</label>
                    <input id=id name=format!("question_{part}[]") maxlength="600" value=value(at, part) />
                </div>
            }
        };
        view! {
            <fieldset class="mentoring-question">
                <legend>{tr_with("mentoring-question", &[("number", i18n::number(number))])}</legend>
                <input type="hidden" name="question_id[]" value=value(at, "id") />
                {line("mentee", "mentoring-question-mentee")}
                {line("mentor", "mentoring-question-mentor")}
                {line("options", "mentoring-question-options")}
            </fieldset>
        }
    });
    let problem = sheet.field("questions", "mentoring-questions").problem_line();
    view! {
        <fieldset class="field" class:wrong=sheet.has_problem("questions") id="f-questions" tabindex="-1">
            <legend>{tr("mentoring-questions")}</legend>
            {problem}
            <p class="help">{tr("mentoring-questions-text")}</p>
            {rows.collect_view()}
        </fieldset>
    }
    .into_any()
}
