//! Notices: the flash message of the last form.

use leptos::prelude::*;

use crate::{
    context::{tr, visit},
    flash::{self, Flash},
};

/// Shows the flash message of this request, if there is one.
#[component]
pub fn Notice() -> impl IntoView {
    let visit = visit();
    flash::take().map(|flash| {
        let text = flash.sentence(&visit);
        if let Flash::Undoable { undo, .. } = &flash {
            let (action, slug, key) = undo.form();
            let slug = slug.to_owned();
            let field =
                undo.field().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
            return view! {
                <Toast text>
                    <form method="post" action=action>
                        <input type="hidden" name="slug" value=slug />
                        {field}
                        <button>{tr(key)}</button>
                    </form>
                </Toast>
            }
            .into_any();
        }
        if let Flash::Feed { token } = &flash {
            let address = format!("{}/feeds/{token}.ics", visit.origin);
            return view! {
                <div class="notice good" role="status"><p>{text}</p><p><code>{address}</code></p></div>
            }
            .into_any();
        }
        if let Flash::Token { token } = &flash {
            return view! {
                <div class="notice good" role="status"><p>{text}</p><p><code>{token.clone()}</code></p></div>
            }
            .into_any();
        }
        let class = if flash.is_good() { "notice good" } else { "notice bad" };
        view! { <div class=class role="status"><p>{text}</p></div> }.into_any()
    })
}

/// A success message with an undo button.
#[component]
pub fn Toast(
    /// The message.
    text: String,
    /// A form or a link that undoes it.
    children: Children,
) -> impl IntoView {
    view! { <div class="toast" role="status"><p>{text}</p>{children()}</div> }
}
