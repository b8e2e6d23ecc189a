//! `/profile/tokens`: a member's personal access tokens, and the form of a new one.

use domain::{
    forms::Fields,
    tokens::{MAX_TOKEN_NAME, MAX_TOKENS, TOKEN_DAYS, TokenForm, TokenScope},
};
use leptos::prelude::*;
use store::tokens::{self, Token};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::sections::fields,
    refill::refilled,
    ui::{Badge, Crumbs, Reader, Shape, Sheet, Title, Tone, load},
};

/// Its path.
pub const PAGE: &str = "/profile/tokens";
/// The name of the form's draft.
pub(super) const FORM: &str = "tokens/create";

/// The form as fields.
pub(super) fn fields_of(form: &TokenForm) -> Fields {
    fields([("name", &form.name), ("scope", &form.scope), ("days", &form.days)])
}

/// The page.
#[component]
pub fn TokensPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let tokens = tokens::list(&store(), &visit.actor).await?;
        let start = TokenForm {
            scope: TokenScope::GiveKudos.name().to_owned(),
            days: "90".to_owned(),
            ..TokenForm::default()
        };
        let (sheet, _) = refilled(&visit, FORM, fields_of(&start)).await?;
        let form = match tokens.len() as u64 >= MAX_TOKENS {
            true => {
                let max = i64::try_from(MAX_TOKENS).unwrap_or(i64::MAX);
                view! { <p class="notice">{tr_with("refusal-too-many-tokens", &[("max", i18n::number(max))])}</p> }
                    .into_any()
            }
            false => new_token(&sheet),
        };
        let list = match tokens.is_empty() {
            true => view! { <p class="help">{tr("tokens-none")}</p> }.into_any(),
            false => {
                let items = tokens.iter().map(|token| item(&visit, token)).collect_view();
                view! { <ul class="rows" role="list">{items}</ul> }.into_any()
            }
        };
        Ok(view! {
            <Title text=tr("tokens-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile".to_owned(), tr("member-profile"))] />
                <h1>{tr("tokens-title")}</h1>
                <p class="lead">{tr("tokens-lead")}</p>
                <section class="part" aria-labelledby="tokens">
                    <h2 id="tokens">{tr("tokens-yours")}</h2>
                    {list}
                </section>
                <section class="part" aria-labelledby="new">
                    <h2 id="new">{tr("tokens-new")}</h2>
                    {form}
                </section>
                <section class="part" aria-labelledby="use">
                    <h2 id="use">{tr("tokens-use")}</h2>
                    <p>{tr("tokens-use-text")}</p>
                    <pre tabindex="0"><code>{example(&visit)}</code></pre>
                </section>
            </div>
        })
    })
}

fn item(visit: &Visit, token: &Token) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let is_over = token.expires_at <= store().now();
    let badge = is_over.then(|| view! { <Badge tone=Tone::Quiet>{tr("tokens-expired")}</Badge> });
    let used = match token.last_used_at {
        Some(at) => view! { {tr("tokens-used")} " " {reader.time(at, Shape::DateTimeYear)} }.into_any(),
        None => tr("tokens-unused").into_any(),
    };
    let until = if is_over { "tokens-until-past" } else { "tokens-until" };
    let label = tr_with("tokens-revoke-name", &[("name", i18n::quote(token.name.clone()))]);
    view! {
        <li>
            <div>
                <strong><bdi>{token.name.clone()}</bdi></strong> " " {badge}
                <p class="help">
                    {tr(scope_key(token.scope))} " · " {tr(until)} " " {reader.time(token.expires_at, Shape::DateYear)} " · " {used}
                </p>
            </div>
            <form method="post" action="/api/tokens/revoke">
                <input type="hidden" name="id" value=token.id.to_string() />
                <button class="button small plain" aria-label=label>{tr("tokens-revoke")}</button>
            </form>
        </li>
    }
    .into_any()
}

const fn scope_key(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::GiveKudos => "token-scope-give-kudos",
    }
}

fn new_token(sheet: &Sheet) -> AnyView {
    let scopes =
        TokenScope::ALL.iter().map(|scope| (scope.name().to_owned(), tr(scope_key(*scope)))).collect();
    let days =
        TOKEN_DAYS.map(|days| (days.to_string(), tr_with("tokens-days", &[("days", i18n::number(days))])));
    let sheet = sheet
        .clone()
        .with_label("name", "tokens-name")
        .with_label("scope", "tokens-scope")
        .with_label("days", "tokens-expiry");
    view! {
        <form method="post" action="/api/tokens/create">
            <input type="hidden" name="key" value=store::sign_in::new_token() />
            {sheet.summary()}
            {sheet.field("name", "tokens-name").help("help-tokens-name").needed().max(MAX_TOKEN_NAME).input("text")}
            {sheet.field("scope", "tokens-scope").help("help-tokens-scope").needed().select(scopes)}
            {sheet.field("days", "tokens-expiry").needed().select(days.into())}
            <button class="button">{tr("tokens-create")}</button>
        </form>
    }
    .into_any()
}

/// A request to copy. Its words are those of the interface, so they are not translated.
fn example(visit: &Visit) -> String {
    format!(
        "curl {}/api/kudos \\\n  -H 'Authorization: Bearer YOUR_TOKEN' \\\n  -H 'Content-Type: application/json' \\\n  \
         -d '{{\"to\": [\"kofi-mensah\"], \"values\": [\"mentorship-and-support\"], \"text\": \"…\"}}'",
        visit.origin
    )
}
