//! The section of a page with the comments below its record. Replying, editing and removing are links to the same page, which then
//! shows the form at its place. So everything works without JavaScript.

use domain::{
    comments::{Follow, Place, REASON_LENGTH, TEXT_LENGTH, TargetKind},
    forms::Fields,
    reports::ReportKind,
};
use leptos::prelude::*;
use store::comments::{self, Author, Comment, Removal, Thread};

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
    ui::{Avatar, Badge, MentioningMarkdown, Reader, Shape, Sheet, Size, Tone},
};

/// The page of the record, or the home page if it is unknown.
#[must_use]
pub fn page_path(place: Option<&Place>) -> String {
    place.map_or_else(|| "/".to_owned(), Place::path)
}

/// The page with a form: `reply`, `edit` or `remove` and the id of a comment, or the form for a new comment.
#[must_use]
pub fn form_path(place: Option<&Place>, form: &str, id: &str) -> String {
    let page = page_path(place);
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

/// The form that the page shows: for a new comment, for a reply, for a change, or for removing one.
#[derive(Clone, PartialEq)]
enum Form {
    New,
    Reply(String),
    Edit(String),
    Remove(String),
}

impl Form {
    fn of(visit: &Visit) -> Self {
        match (visit.query("reply"), visit.query("edit"), visit.query("remove")) {
            (Some(id), ..) => Self::Reply(id),
            (None, Some(id), _) => Self::Edit(id),
            (None, None, Some(id)) => Self::Remove(id),
            (None, None, None) => Self::New,
        }
    }

    /// The last part of the key of its draft.
    fn key(&self) -> String {
        match self {
            Self::New => String::new(),
            Self::Reply(id) | Self::Edit(id) => id.clone(),
            Self::Remove(id) => format!("remove-{id}"),
        }
    }
}

/// What all parts of the section need.
struct Section<'a> {
    visit: &'a Visit,
    place: Place,
    thread: Thread,
    form: Form,
    /// The fields of the form that is shown.
    sheet: Sheet,
}

/// How many of the latest comments a page shows before the reader asks for all.
const SHOWN: usize = 20;

/// The section. Visitors see it below kudos only, because the conversations of events and groups are for members (C16).
///
/// # Errors
/// `NotFound` when the reader doesn't see the record.
pub async fn section(visit: &Visit, place: Place) -> Result<AnyView, AppError> {
    if visit.member.is_none() && place.kind() != TargetKind::Kudos {
        return Ok(for_visitors(&place));
    }
    let store = store();
    let target = comments::target(&store, &visit.actor, &place).await?;
    let thread = comments::thread(&store, &visit.actor, target).await?;
    let form = Form::of(visit);
    let all = || thread.comments.iter().flat_map(|one| std::iter::once(one).chain(&one.replies));
    let known = |id: &str| all().find(|one| one.id.to_string() == id);
    let form = match &form {
        Form::Reply(id) if known(id).is_none() => Form::New,
        Form::Edit(id) if known(id).is_none_or(|one| !one.may_edit) => Form::New,
        Form::Remove(id) if !thread.may_moderate || known(id).is_none_or(|one| one.removal.is_some()) => {
            Form::New
        }
        _ => form,
    };
    let now = match &form {
        Form::Edit(id) => fields([("text", known(id).map(|one| one.text.as_str()).unwrap_or_default())]),
        Form::New | Form::Reply(_) | Form::Remove(_) => Fields::new(),
    };
    let (sheet, _) = refilled(visit, &draft_key(&place.name(), &form.key()), now).await?;
    let sheet = sheet.with_label("text", "comments-text").with_label("reason", "comments-remove-reason");
    Ok(Section { visit, place, thread, form, sheet }.view())
}

fn title(place: &Place) -> &'static str {
    match place.kind() {
        TargetKind::Kudos => "comments-title",
        TargetKind::Event | TargetKind::Group => "comments-conversation",
    }
}

fn for_visitors(place: &Place) -> AnyView {
    let to = sign_in_path(&place.path());
    view! {
        <section class="part comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{tr(title(place))}</h2>
            <p><a href=to>{tr("comments-sign-in-read")}</a></p>
        </section>
    }
    .into_any()
}

impl Section<'_> {
    fn view(&self) -> AnyView {
        let thread = &self.thread;
        let none = thread.comments.is_empty().then(|| view! { <p class="quiet">{tr("comments-none")}</p> });
        // A link to one comment, and a form, may be about an early one.
        let is_all = self.visit.query("comments").is_some() || self.form != Form::New;
        let hidden = if is_all { 0 } else { thread.comments.len().saturating_sub(SHOWN) };
        let is_shown = |(index, comment): &(usize, &Comment)| *index >= hidden || comment.is_pinned;
        let shown = thread.comments.iter().enumerate().filter(is_shown);
        let items = shown.map(|(_, comment)| self.item(comment)).collect_view();
        let earlier = (hidden > 0).then(|| {
            let to = format!("{}?comments=all#comments", self.place.path());
            let count = i18n::number(i64::try_from(hidden).unwrap_or(i64::MAX));
            view! { <p><a href=to>{tr_with("comments-earlier", &[("count", count)])}</a></p> }
        });
        view! {
            <section class="part comments" id="comments" aria-labelledby="comments-title">
                <h2 id="comments-title">{tr(title(&self.place))}</h2>
                {none}
                {earlier}
                <ul class="rows" role="list">{items}</ul>
                {self.below()}
                <div class="row">{self.follow()} {thread.may_close.then(|| self.switch())}</div>
            </section>
        }
        .into_any()
    }

    /// What comes after the comments: the form for a new one, or why there is none.
    fn below(&self) -> AnyView {
        if self.thread.is_off {
            return view! { <p class="help">{tr("comments-off")}</p> }.into_any();
        }
        if self.visit.member.is_none() {
            let to = sign_in_path(&self.place.path());
            return view! { <p><a href=to>{tr("comments-sign-in")}</a></p> }.into_any();
        }
        if !self.thread.may_write {
            let text = match self.place.kind() {
                TargetKind::Group => tr("comments-members-only"),
                TargetKind::Kudos | TargetKind::Event => String::new(),
            };
            return view! { <p class="help">{text}</p> }.into_any();
        }
        if self.form == Form::New {
            return self.form("/api/comments/post", "", "comments-send");
        }
        let to = format!("{}#comment-form", self.place.path());
        view! { <p><a href=to>{tr("comments-write")}</a></p> }.into_any()
    }

    fn may_reply(&self) -> bool {
        !self.thread.is_off && self.thread.may_write
    }

    fn item(&self, comment: &Comment) -> AnyView {
        let replies = comment.replies.iter().map(|reply| self.item(reply)).collect_view();
        let replies = (!comment.replies.is_empty())
            .then(|| view! { <ul class="rows replies" role="list">{replies}</ul> });
        let id = comment.id.to_string();
        let body = if comment.is_deleted {
            view! { <p class="quiet">{tr("comments-deleted")}</p> }.into_any()
        } else if let Some(removal) = &comment.removal {
            self.removed(&id, removal)
        } else if self.form == Form::Edit(id.clone()) {
            self.form("/api/comments/edit", &id, "form-save")
        } else {
            view! { {self.head(comment)} {self.text(comment)} {self.tools(comment)} }.into_any()
        };
        let form = if self.form == Form::Reply(id.clone()) && self.may_reply() {
            Some(self.form("/api/comments/post", &id, "comments-reply-send"))
        } else if self.form == Form::Remove(id.clone()) {
            Some(self.removal_form(&id))
        } else {
            None
        };
        let class = if comment.is_pinned { "comment pinned" } else { "comment" };
        view! { <li class=class id=format!("comment-{id}")>{body} {form} {replies}</li> }.into_any()
    }

    /// The text, with links to the members that it mentions.
    fn text(&self, comment: &Comment) -> AnyView {
        let mentioned = self.thread.mentioned.iter().map(ToString::to_string).collect();
        view! { <MentioningMarkdown text=comment.text.clone() origin=self.visit.origin.clone() mentioned /> }
            .into_any()
    }

    /// What is in the place of a comment that an organiser removed. The author reads why, and organisers can restore it.
    fn removed(&self, id: &str, removal: &Removal) -> AnyView {
        let reason = removal.reason.as_ref().map(|reason| {
            view! { <p class="help">{tr("comments-removed-reason")} " " <bdi>{reason.clone()}</bdi></p> }
        });
        let restore = self.thread.may_moderate.then(|| {
            view! {
                <form method="post" action="/api/comments/restore">
                    {self.hidden()}
                    <input type="hidden" name="id" value=id.to_owned() />
                    <button class="quiet">{tr("comments-restore")}</button>
                </form>
            }
        });
        view! { <p class="quiet">{tr("comments-removed")}</p> {reason} {restore} }.into_any()
    }

    fn removal_form(&self, id: &str) -> AnyView {
        let cancel = format!("{}#comments", self.place.path());
        view! {
            <form method="post" action="/api/comments/remove" id="comment-form">
                {self.hidden()}
                <input type="hidden" name="id" value=id.to_owned() />
                {self.sheet.summary()}
                {self.sheet.field("reason", "comments-remove-reason").help("comments-remove-help").needed().max(REASON_LENGTH.1).input("text")}
                <div class="row">
                    <button class="button danger small">{tr("comments-remove-button")}</button>
                    <a class="button plain small" href=cancel>{tr("comments-cancel")}</a>
                </div>
            </form>
        }
        .into_any()
    }

    /// Whether the reader hears of everything, of what concerns them, or of nothing.
    fn follow(&self) -> Option<AnyView> {
        self.visit.member.as_ref()?;
        let button = |value: &'static str, key: &'static str| {
            view! {
                <form method="post" action="/api/comments/follow">
                    {self.hidden()}
                    <input type="hidden" name="follow" value=value />
                    <button class="button plain small">{tr(key)}</button>
                </form>
            }
        };
        let view = match self.thread.follow {
            None => {
                view! { {button("watch", "comments-watch")} {button("mute", "comments-mute")} }.into_any()
            }
            Some(Follow::Watch) => button("default", "comments-unwatch").into_any(),
            Some(Follow::Mute) => button("default", "comments-unmute").into_any(),
        };
        Some(view)
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
                {comment.is_pinned.then(|| view! { <Badge tone=Tone::Brass>{tr("comments-pinned")}</Badge> })}
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
        let path = |form: &str| format!("{}?{form}={id}#comment-form", self.place.path());
        let reply = self.may_reply().then(|| {
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
        let moderate = self.thread.may_moderate.then(|| self.moderate(comment, path("remove")));
        let view = view! { <div class="row comment-tools">{reply} {edit} {delete} {report} {moderate}</div> };
        Some(view.into_any())
    }

    /// What an organiser can do about a comment.
    fn moderate(&self, comment: &Comment, remove: String) -> AnyView {
        let (pinned, key) =
            if comment.is_pinned { ("no", "comments-unpin") } else { ("yes", "comments-pin") };
        let is_top = self.thread.comments.iter().any(|one| one.id == comment.id);
        let pin = is_top.then(|| {
            view! {
                <form method="post" action="/api/comments/pin">
                    {self.hidden()}
                    <input type="hidden" name="id" value=comment.id.to_string() />
                    <input type="hidden" name="pinned" value=pinned />
                    <button class="quiet">{tr(key)}</button>
                </form>
            }
        });
        view! { {pin} <a class="quiet" href=remove>{tr("comments-remove")}</a> }.into_any()
    }

    /// The form with a text. `comment` is the one that is answered or changed.
    fn form(&self, action: &'static str, comment: &str, button: &'static str) -> AnyView {
        let is_edit = matches!(self.form, Form::Edit(_));
        let is_new = self.form == Form::New;
        let label = if is_new { "comments-write" } else { "comments-text" };
        let help = tr(if is_edit { "comments-edit-help" } else { "comments-mention-help" });
        let cancel = (!is_new).then(|| {
            let to = format!("{}#comments", self.place.path());
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
                <p class="help">{help}</p>
                <div class="row"><button class="button small">{tr(button)}</button> {cancel}</div>
            </form>
        }
        .into_any()
    }

    fn hidden(&self) -> AnyView {
        view! {
            <input type="hidden" name="kind" value=self.place.kind().name() />
            <input type="hidden" name="target" value=self.place.name() />
        }
        .into_any()
    }

    fn switch(&self) -> AnyView {
        let is_kudos = self.place.kind() == TargetKind::Kudos;
        let (off, key) = match (self.thread.is_off, is_kudos) {
            (true, true) => ("no", "comments-turn-on"),
            (false, true) => ("yes", "comments-turn-off"),
            (true, false) => ("no", "comments-open"),
            (false, false) => ("yes", "comments-close"),
        };
        let help =
            (!self.thread.is_off).then(|| view! { <p class="help">{tr("comments-turn-off-help")}</p> });
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
