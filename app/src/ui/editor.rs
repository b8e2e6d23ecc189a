//! The parts of a field for Markdown: a toolbar and a preview of the text as pages show it.
//!
//! With the script, the toolbar has a button for the preview. Without it, [`preview_button`] sends the form to
//! `/preview`, which keeps everything that was typed as a draft and returns to the form.

use leptos::prelude::*;

use super::Markdown;
use crate::context::{tr, visit};

/// Sends the form to be shown again with a preview. It belongs behind the button that saves, because the first button of
/// a form is pressed by the Enter key. `draft` is the name of the form's draft, and `page` shows the form.
#[must_use]
pub fn preview_button(field: &str, draft: &str, page: &str) -> AnyView {
    let to = form_urlencoded::Serializer::new(String::new())
        .append_pair("field", field)
        .append_pair("draft", draft)
        .append_pair("page", page)
        .finish();
    view! {
        <button class="button plain without-script" formaction=format!("/preview?{to}") formnovalidate>
            {tr("editor-preview")}
        </button>
    }
    .into_any()
}

/// The toolbar above a text area. It is hidden until the script has found it.
pub(super) fn toolbar(field: &str) -> AnyView {
    let button = |act: &'static str, sign: &str, key: &'static str| {
        let (label, sign) = (tr(key), sign.to_owned());
        view! { <button type="button" data-act=act aria-label=label.clone() title=label><span class=act aria-hidden="true">{sign}</span></button> }
    };
    view! {
        <div
            class="toolbar"
            role="group"
            aria-label=tr("editor-tools")
            data-editor=format!("f-{field}")
            data-shown=format!("preview-{field}")
            data-failed=tr("editor-failed")
            hidden
        >
            {button("bold", "B", "editor-bold")}
            {button("italic", "I", "editor-italic")}
            {button("link", &tr("editor-link"), "editor-link")}
            {button("list", &tr("editor-list"), "editor-list")}
            <button type="button" aria-expanded="false" aria-controls=format!("preview-{field}")>{tr("editor-preview")}</button>
        </div>
        <script src=format!("{}/editor.js", visit().assets) async></script>
    }
    .into_any()
}

/// The preview of a field. It shows the text if this page was asked for it, and is hidden otherwise.
pub(super) fn preview(field: &str, text: &str) -> AnyView {
    let is_wanted = visit().query("preview").as_deref() == Some(field);
    let text = if is_wanted { text.to_owned() } else { String::new() };
    view! {
        <section class="preview" id=format!("preview-{field}") aria-label=tr("editor-preview") hidden=!is_wanted>
            <p class="eyebrow">{tr("editor-preview")}</p>
            <div aria-live="polite"><Markdown text /></div>
        </section>
    }
    .into_any()
}
