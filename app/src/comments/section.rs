//! The section of a page with the comments below its record. Replying and editing are links to the same page, which then
//! shows the form at its place. So everything works without JavaScript.

use domain::{
    comments::{TEXT_LENGTH, Target},
    forms::Fields,
    reports::ReportKind,
};
use leptos::prelude::*;
use store::comments::{self, Author, Comment, Thread};

use crate::{
    call::sign_in_path,
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    members::{
        card::{member_path, picture_path_of},
        sections::fields,
    },
    refill::refilled,
    reports::pages::Report,
    ui::{Avatar, Markdown, Reader, Shape, Sheet, Size},
};

/// The page of the record, or the home page if it is unknown.
#[must_use]
pub fn page_path(target: Option<Target>) -> String {
    target.map_or_else(|| "/".to_owned(), Target::path)
}

/// The page with a form: `reply` or `edit` and the id of a comment, or the form for a new comment.
#[must_use]
pub fn form_path(target: Option<Target>, form: &str, id: &str) -> String {
    let page = page_path(target);
    match id.parse().ok().map(domain::CommentId) {
        Some(id) => format!("{page}?{form}={id}#comment-form"),
        None => format!("{page}#comment-form"),
    }
}

/// The key of a draft: of a comment on a record, of a reply, or of a change.
#[must_use]
pub fn draft_key(target: &str, comment: &str) -> String {
    format!("comments/{target}/{comment}")
}

/// The form that the page shows: for a new comment, for a reply, or for a change.
#[derive(Clone, PartialEq)]
enum Form {
    New,
    Reply(String),
    Edit(String),
}

impl Form {
    fn of(visit: &Visit) -> Self {
        match (visit.query("reply"), visit.query("edit")) {
            (Some(id), _) => Self::Reply(id),
            (None, Some(id)) => Self::Edit(id),
            (None, None) => Self::New,
        }
    }

    fn comment(&self) -> &str {
        match self {
            Self::New => "",
            Self::Reply(id) | Self::Edit(id) => id,
        }
    }
}

/// What all parts of the section need.
struct Section<'a> {
    visit: &'a Visit,
    target: Target,
    is_off: bool,
    form: Form,
    /// The fields of the form that is shown.
    sheet: Sheet,
}

/// The section.
///
/// # Errors
/// `NotFound` when the reader doesn't see the record.
pub async fn section(visit: &Visit, target: Target) -> Result<AnyView, AppError> {
    let thread = comments::thread(&store(), &visit.actor, target).await?;
    let form = Form::of(visit);
    let all = || thread.comments.iter().flat_map(|one| std::iter::once(one).chain(&one.replies));
    let known = |id: &str| all().find(|one| one.id.to_string() == id);
    let form = match &form {
        Form::Reply(id) if known(id).is_none() => Form::New,
        Form::Edit(id) if known(id).is_none_or(|one| !one.may_edit) => Form::New,
        _ => form,
    };
    let now = match &form {
        Form::Edit(id) => fields([("text", known(id).map(|one| one.text.as_str()).unwrap_or_default())]),
        Form::New | Form::Reply(_) => Fields::new(),
    };
    let (sheet, _) = refilled(visit, &draft_key(&target.id.to_string(), form.comment()), now).await?;
    let sheet = sheet.with_label("text", "comments-text");
    let section = Section { visit, target, is_off: thread.is_off, form, sheet };
    Ok(section.view(thread))
}

impl Section<'_> {
    fn view(&self, thread: Thread) -> AnyView {
        let none = thread.comments.is_empty().then(|| view! { <p class="quiet">{tr("comments-none")}</p> });
        let items = thread.comments.iter().map(|comment| self.item(comment)).collect_view();
        let switch = thread.may_close.then(|| self.switch());
        view! {
            <section class="part comments" id="comments" aria-labelledby="comments-title">
                <h2 id="comments-title">{tr("comments-title")}</h2>
                {none}
                <ul class="rows" role="list">{items}</ul>
                {self.below()}
                {switch}
            </section>
        }
        .into_any()
    }

    /// What comes after the comments: the form for a new one, or why there is none.
    fn below(&self) -> AnyView {
        if self.is_off {
            return view! { <p class="help">{tr("comments-off")}</p> }.into_any();
        }
        if self.visit.member.is_none() {
            let to = sign_in_path(&self.target.path());
            return view! { <p><a href=to>{tr("comments-sign-in")}</a></p> }.into_any();
        }
        if self.form == Form::New {
            return self.form("/api/comments/post", "", "comments-send");
        }
        let to = format!("{}#comment-form", self.target.path());
        view! { <p><a href=to>{tr("comments-write")}</a></p> }.into_any()
    }

    fn item(&self, comment: &Comment) -> AnyView {
        let replies = comment.replies.iter().map(|reply| self.item(reply)).collect_view();
        let replies = (!comment.replies.is_empty())
            .then(|| view! { <ul class="rows replies" role="list">{replies}</ul> });
        let id = comment.id.to_string();
        let body = if comment.is_deleted {
            view! { <p class="quiet">{tr("comments-deleted")}</p> }.into_any()
        } else if self.form == Form::Edit(id.clone()) {
            self.form("/api/comments/edit", &id, "form-save")
        } else {
            view! { {self.head(comment)} <Markdown text=comment.text.clone() /> {self.tools(comment)} }
                .into_any()
        };
        let reply = (!self.is_off && self.form == Form::Reply(id.clone()))
            .then(|| self.form("/api/comments/post", &id, "comments-reply-send"));
        view! { <li class="comment" id=format!("comment-{id}")>{body} {reply} {replies}</li> }.into_any()
    }

    fn head(&self, comment: &Comment) -> AnyView {
        let reader = Reader::of(self.visit, self.visit.zone);
        let edited = comment.edited_at.map(|_| view! { " · " {tr("comments-edited")} });
        let author = match &comment.author {
            Some(author) => self.author(author),
            None => tr("comments-somebody").into_any(),
        };
        view! {
            <p class="comment-head">
                {author} " · " {reader.time(comment.written_at, Shape::DateTime)} {edited}
            </p>
        }
        .into_any()
    }

    fn author(&self, author: &Author) -> AnyView {
        let picture = picture_path_of(&author.slug, author.picture.as_deref());
        let name = view! { <bdi>{author.name.clone()}</bdi> };
        let name = match self.visit.member {
            Some(_) => view! { <a href=member_path(&author.slug)>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! { <Avatar name=author.name.clone() size=Size::Small picture=picture /> " " {name} }.into_any()
    }

    /// What the reader can do about a comment.
    fn tools(&self, comment: &Comment) -> Option<AnyView> {
        self.visit.member.as_ref()?;
        let id = comment.id.to_string();
        let path = |form: &str| format!("{}?{form}={id}#comment-form", self.target.path());
        let reply = (!self.is_off).then(|| {
            let name =
                comment.author.as_ref().map_or_else(|| tr("comments-somebody"), |one| one.name.clone());
            let label = tr_with("comments-reply-to", &[("name", i18n::quote(name))]);
            view! { <a class="quiet" href=path("reply") aria-label=label>{tr("comments-reply")}</a> }
        });
        let edit =
            comment.may_edit.then(|| view! { <a class="quiet" href=path("edit")>{tr("comments-edit")}</a> });
        let delete = comment.mine.then(|| {
            view! {
                <details>
                    <summary class="quiet">{tr("comments-delete")}</summary>
                    <form method="post" action="/api/comments/delete">
                        {self.hidden()}
                        <input type="hidden" name="id" value=id.clone() />
                        <p>{tr("comments-delete-ask")}</p>
                        <button class="button danger small">{tr("comments-delete-button")}</button>
                    </form>
                </details>
            }
        });
        let report =
            (!comment.mine).then(|| view! { <Report kind=ReportKind::Comment id=comment.id.to_string() /> });
        Some(view! { <div class="row comment-tools">{reply} {edit} {delete} {report}</div> }.into_any())
    }

    /// The form with a text. `comment` is the one that is answered or changed.
    fn form(&self, action: &'static str, comment: &str, button: &'static str) -> AnyView {
        let is_edit = matches!(self.form, Form::Edit(_));
        let is_new = self.form == Form::New;
        let label = if is_new { "comments-write" } else { "comments-text" };
        let help = is_edit.then(|| view! { <p class="help">{tr("comments-edit-help")}</p> });
        let cancel = (!is_new).then(|| {
            let to = format!("{}#comments", self.target.path());
            view! { <a class="button plain small" href=to>{tr("comments-cancel")}</a> }
        });
        let name = if is_edit { "id" } else { "parent" };
        let key = store::sign_in::new_token();
        view! {
            <form method="post" action=action id="comment-form">
                {self.hidden()}
                <input type="hidden" name=name value=comment.to_owned() />
                <input type="hidden" name="key" value=key />
                {self.sheet.summary()}
                {self.sheet.field("text", label).needed().max(TEXT_LENGTH.1).area(3)}
                {help}
                <div class="row"><button class="button small">{tr(button)}</button> {cancel}</div>
            </form>
        }
        .into_any()
    }

    fn hidden(&self) -> AnyView {
        view! {
            <input type="hidden" name="kind" value=self.target.kind.name() />
            <input type="hidden" name="target" value=self.target.id.to_string() />
        }
        .into_any()
    }

    fn switch(&self) -> AnyView {
        let (off, key) = if self.is_off { ("no", "comments-turn-on") } else { ("yes", "comments-turn-off") };
        let help = (!self.is_off).then(|| view! { <p class="help">{tr("comments-turn-off-help")}</p> });
        view! {
            <form method="post" action="/api/comments/close">
                {self.hidden()}
                <input type="hidden" name="off" value=off />
                <button class="button plain small">{tr(key)}</button>
                {help}
            </form>
        }
        .into_any()
    }
}
