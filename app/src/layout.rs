//! The document around every page: head, header, footer.

use domain::Role;
use leptos::prelude::*;

use crate::{
    call::sign_in_path,
    context::{Visit, tr, tr_with},
    data::pages::banners,
    error::AppError,
    flash::Flash,
    i18n,
    members::card::picture_path_of,
    notifications::bell::bell,
    ui::{Avatar, ErrorView, Size, brand, escape},
};

/// A whole document around a view, for the few routes that are not pages of [`App`](crate::App). `title` is escaped here.
#[must_use]
pub fn plain_page(visit: &Visit, title: &str, view: impl IntoView + 'static) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = format!("{} · {}", title, visit.community);
        let head = view! { <title inner_html=escape(&title)></title> }.into_any();
        without_markers(document(visit, head, view.into_any()))
    })
}

/// The page behind a signed link in an email. `flash` is the result of the last button.
#[must_use]
pub fn signed_page(visit: &Visit, title: &str, flash: Option<&Flash>, body: AnyView) -> String {
    let notice = flash.map(|flash| {
        let class = if flash.is_good() { "notice good" } else { "notice bad" };
        view! { <div class=class role="status"><p>{flash.sentence(visit)}</p></div> }
    });
    let heading = title.to_owned();
    plain_page(visit, title, view! { <div class="page narrow">{notice}<h1>{heading}</h1>{body}</div> })
}

/// Like [`plain_page`], without the header and the footer of the site, for screens that nobody operates.
#[must_use]
pub fn bare_page(visit: &Visit, title: &str, view: impl IntoView + 'static) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = format!("{} · {}", title, visit.community);
        let head = view! {
            <title inner_html=escape(&title)></title>
            <meta name="robots" content="noindex" />
        };
        without_markers(whole(visit, head.into_any(), view! { <main id="main">{view}</main> }.into_any()))
    })
}

/// A page without islands as HTML, without the empty comments by which a browser would find the parts of its views.
fn without_markers(page: impl IntoView) -> String {
    page.to_html().replace("<!>", "")
}

/// The error as one line of text, for clients that accept neither HTML nor JSON.
#[must_use]
pub fn error_text(visit: &Visit, error: &AppError) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        format!("{}\n", crate::ui::error_sentence(visit, error))
    })
}

/// The error as a whole document, for errors that happen outside [`App`](crate::App).
#[must_use]
pub fn error_document(visit: &Visit, error: &AppError) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = tr(crate::ui::error_title(error));
        plain_page(visit, &title, view! { <ErrorView error=error.clone() /> })
    })
}

/// Whether a page has islands and so loads the wasm module: the board of an agenda, and the form for learning requests.
pub(crate) fn has_islands(path: &str) -> bool {
    let event = path.strip_prefix("/events/").and_then(|rest| rest.strip_suffix("/board"));
    event.is_some_and(|slug| !slug.is_empty() && !slug.contains('/')) || path == "/demands/new"
}

/// The document with a head and the content of its `main` element.
pub(crate) fn document(visit: &Visit, head: AnyView, main: AnyView) -> impl IntoView + use<> {
    let body = view! {
        <a class="skip-link" href="#main">{tr("site-skip")}</a>
        {site_header(visit)}
        <main id="main" tabindex="-1">{banners(visit)}{main}</main>
        {site_footer(visit)}
    };
    whole(visit, head, body.into_any())
}

/// The document with a head and a body.
fn whole(visit: &Visit, head: AnyView, body: AnyView) -> impl IntoView + use<> {
    let asset = |name: &str| format!("{}/{name}", visit.assets);
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.lang() dir=visit.locale.dir() data-colour=visit.colour>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#141820" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href=asset("icon.svg") type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="stylesheet" href=asset("guildhall.css") />
                // Asynchronous and low priority: nothing on the page depends on it.
                <script src=asset("time.js") async fetchpriority="low"></script>
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}

fn site_header(visit: &Visit) -> AnyView {
    view! {
        <header class="site-header">
            {demo_strip(visit)}
            <div class="wide">
                {brand(visit)}
                {bell(visit)}
                <button class="menu-button" type="button" popovertarget="menu">{tr("site-menu")}</button>
                <div class="menu" id="menu" popover>
                    <nav aria-label=tr("site-navigation")>
                        <a href="/events" aria-current=here(visit, "/events")>{tr("site-events")}</a>
                        {visit.member.is_some().then(|| {
                            let at = here(visit, "/members").or_else(|| here(visit, "/teams"));
                            view! { <a href="/members" aria-current=at>{tr("site-members")}</a> }
                        })}
                        <a href="/groups" aria-current=here(visit, "/groups")>{tr("site-groups")}</a>
                        {visit.member.is_some().then(|| {
                            view! { <a href="/mentoring" aria-current=here(visit, "/mentoring")>{tr("mentoring-title")}</a> }
                        })}
                        <a href="/kudos" aria-current=here(visit, "/kudos")>{tr("kudos-title")}</a>
                        {admin_link(visit)}
                    </nav>
                    {search_form(visit)}
                    <nav aria-label=tr("site-me")>{account(visit)}</nav>
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// The link to the admin area, for administrators.
fn admin_link(visit: &Visit) -> Option<AnyView> {
    let is_admin = visit.member.as_ref().is_some_and(|member| member.role == Role::Administrator);
    is_admin.then(|| {
        view! { <a href="/admin" aria-current=here(visit, "/admin")>{tr("site-admin")}</a> }.into_any()
    })
}

/// The strip above the header: says that this is a demo, and links to the built-in mailbox.
fn demo_strip(visit: &Visit) -> Option<AnyView> {
    let mailbox = visit.mailbox.then(|| {
        view! { {tr("site-mailbox")} " " <a href="/dev/mailbox">{tr("site-mailbox-open")}</a> }
    });
    (visit.demo || visit.mailbox).then(|| {
        let demo = visit.demo.then(|| tr("site-demo"));
        view! { <aside class="strip" aria-label=tr("site-notice")>{demo} " " {mailbox}</aside> }.into_any()
    })
}

fn search_form(visit: &Visit) -> AnyView {
    let query = visit.query("q").filter(|_| visit.path() == "/search").unwrap_or_default();
    view! {
        <search>
            <form action="/search">
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                    <path
                        d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm3.3 7.8 3.2 3.2"
                        fill="none"
                        stroke="currentColor"
                        stroke-width="1.6"
                        stroke-linecap="round"
                    />
                </svg>
                <input
                    type="search"
                    name="q"
                    value=query
                    maxlength="100"
                    aria-label=tr("site-search")
                    placeholder=tr("site-search")
                />
            </form>
        </search>
    }
    .into_any()
}

/// The reader's profile and sign-out button, or the sign-in link.
fn account(visit: &Visit) -> AnyView {
    match &visit.member {
        Some(member) => {
            let name = if member.name.is_empty() { tr("member-nameless") } else { member.name.clone() };
            let face = visit.notices.face.as_ref();
            let picture = face.and_then(|(slug, hash)| picture_path_of(slug, Some(hash)));
            view! {
                <a class="me" href="/profile" aria-current=here(visit, "/profile")>
                    <Avatar name=member.name.clone() size=Size::Small picture />
                    <bdi>{name}</bdi>
                </a>
                <form method="post" action="/sign-out">
                    <button class="quiet">{tr("site-sign-out")}</button>
                </form>
            }
            .into_any()
        }
        None => {
            let to = if visit.path().starts_with("/sign-in") {
                "/sign-in".to_owned()
            } else {
                sign_in_path(&visit.path_and_query)
            };
            view! { <a href=to aria-current=here(visit, "/sign-in")>{tr("site-sign-in")}</a> }.into_any()
        }
    }
}

fn site_footer(visit: &Visit) -> AnyView {
    let times = if visit.member.is_some() {
        tr_with("site-times", &[("city", i18n::quote(visit.zone.city()))])
    } else {
        tr("site-times-anonymous")
    };
    let about = match (visit.tagline.is_empty(), visit.invite_only) {
        (true, false) => tr("site-about"),
        (true, true) => tr("site-about-invite"),
        (false, _) => visit.tagline.clone(),
    };
    view! {
        <footer class="site-footer">
            <div class="wide">
                <p>{visit.community.clone()} " · " {about}</p>
                <p>{times}</p>
                <nav aria-label=tr("site-rules")>
                    {visit.has_conduct.then(|| view! { <a href="/conduct">{tr("conduct-title")}</a> })}
                    <a href="/privacy">{tr("privacy-title")}</a>
                </nav>
            </div>
        </footer>
    }
    .into_any()
}

/// The `aria-current` value of a link: `page` on that page, `true` on a page below it.
fn here(visit: &Visit, path: &str) -> Option<&'static str> {
    let at = visit.path();
    if at == path {
        Some("page")
    } else {
        at.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')).then_some("true")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_with_islands_load_the_module() {
        for path in ["/events/threat-modelling/board", "/demands/new"] {
            assert!(has_islands(path), "{path}");
        }
        let others =
            ["/", "/events", "/events/", "/events/a", "/events/a/b/board", "/events/a/edit", "/demands"];
        for path in others {
            assert!(!has_islands(path), "{path}");
        }
    }

    #[test]
    fn a_page_names_its_language_and_direction() {
        let page = |locale| plain_page(&Visit { locale, ..Visit::anonymous() }, "Events", ());
        assert!(page(domain::Locale::En).contains("<html lang=\"en-GB\" dir=\"ltr\""));
        let mirrored = page(domain::Locale::PseudoRtl);
        assert!(mirrored.contains("dir=\"rtl\"") && mirrored.contains('\u{202e}'), "{mirrored}");
    }

    #[test]
    fn a_title_is_escaped() {
        let page = plain_page(&Visit::anonymous(), "</title><script>x</script>", view! { <p>"<i>"</p> });
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        assert!(page.contains("&lt;/title&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("<p>&lt;i&gt;</p>"), "{page}");
        assert!(!page.contains("<script>x"), "{page}");
    }
}
