//! The document around every page: head, header, footer.

use domain::Role;
use leptos::{hydration::HydrationScripts, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};

use crate::{
    App,
    answer::sign_in_path,
    context::{Visit, tr, tr_with, visit},
    data::pages::banners,
    error::AppError,
    i18n,
    members::card::picture_path_of,
    ui::{Avatar, ErrorView, Logo, Notice, Size, escape},
};

/// The document of a page of [`App`].
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    if let Some(shared) = Owner::current_shared_context() {
        // Nothing but islands is hydrated, so nothing else is numbered or serialised.
        shared.set_is_hydrating(false);
    }
    let visit = visit();
    let scripts =
        has_islands(visit.path()).then(|| view! { <HydrationScripts options=options islands=true /> });
    let head = view! { <MetaTags />{scripts} }.into_any();
    document(&visit, head, view! { <Notice /><App /> }.into_any())
}

/// A whole document around a view, for the few routes that are not pages of [`App`]. `title` may hold
/// anything; it is escaped.
#[must_use]
pub fn plain_page(visit: &Visit, title: &str, view: impl IntoView + 'static) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = format!("{} · {}", title, visit.community);
        let head = view! { <title inner_html=escape(&title)></title> }.into_any();
        document(visit, head, view.into_any()).to_html()
    })
}

/// The sentence that says what went wrong, for programs that read neither HTML nor JSON.
#[must_use]
pub fn error_text(visit: &Visit, error: &AppError) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        format!("{}\n", crate::ui::error_sentence(visit, error))
    })
}

/// The document that says what went wrong, for errors that happen outside [`App`].
#[must_use]
pub fn error_document(visit: &Visit, error: &AppError) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = tr(crate::ui::error_title(error));
        plain_page(visit, &title, view! { <ErrorView error=error.clone() /> })
    })
}

/// Only the page of one event has an island, so only it loads the wasm module.
fn has_islands(path: &str) -> bool {
    path.strip_prefix("/events/").is_some_and(|slug| !slug.is_empty() && slug != "new" && !slug.contains('/'))
}

fn document(visit: &Visit, head: AnyView, main: AnyView) -> impl IntoView + use<> {
    let asset = |name: &str| format!("{}/{name}", visit.assets);
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.lang() dir=visit.locale.dir()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#141820" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href=asset("icon.svg") type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="stylesheet" href=asset("guildhall.css") />
                // Async and of low priority: nothing on the page waits for it.
                <script src=asset("time.js") async fetchpriority="low"></script>
                {head}
            </head>
            <body>
                <a class="skip-link" href="#main">{tr("site-skip")}</a>
                {site_header(visit)}
                <main id="main" tabindex="-1">{banners(visit)}{main}</main>
                {site_footer(visit)}
            </body>
        </html>
    }
}

fn site_header(visit: &Visit) -> AnyView {
    view! {
        <header class="site-header">
            {strip(visit)}
            <div class="wide">
                <a class="brand" href="/"><Logo />{visit.community.clone()}</a>
                <button class="menu-button" type="button" popovertarget="menu">{tr("site-menu")}</button>
                <div class="menu" id="menu" popover>
                    <nav aria-label=tr("site-navigation")>
                        <a href="/events" aria-current=here(visit, "/events")>{tr("site-events")}</a>
                        {visit.member.is_some().then(|| {
                            let at = here(visit, "/members").or_else(|| here(visit, "/teams"));
                            view! { <a href="/members" aria-current=at>{tr("site-members")}</a> }
                        })}
                        <a href="/groups" aria-current=here(visit, "/groups")>{tr("site-groups")}</a>
                        {administration(visit)}
                    </nav>
                    {search(visit)}
                    <nav aria-label=tr("site-me")>{mine(visit)}</nav>
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// The way to administration, for who administers.
fn administration(visit: &Visit) -> Option<AnyView> {
    let administers = visit.member.as_ref().is_some_and(|member| member.role == Role::Administrator);
    administers.then(|| {
        view! { <a href="/admin" aria-current=here(visit, "/admin")>{tr("site-admin")}</a> }.into_any()
    })
}

/// Above everything: that this is a demo, and where its mails are.
fn strip(visit: &Visit) -> Option<AnyView> {
    let mailbox = visit.mailbox.then(|| {
        view! { {tr("site-mailbox")} " " <a href="/dev/mailbox">{tr("site-mailbox-open")}</a> }
    });
    (visit.demo || visit.mailbox).then(|| {
        let demo = visit.demo.then(|| tr("site-demo"));
        view! { <aside class="strip" aria-label=tr("site-notice")>{demo} " " {mailbox}</aside> }.into_any()
    })
}

fn search(visit: &Visit) -> AnyView {
    let words = visit.query("q").filter(|_| visit.path() == "/search").unwrap_or_default();
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
                    value=words
                    maxlength="100"
                    aria-label=tr("site-search")
                    placeholder=tr("site-search")
                />
            </form>
        </search>
    }
    .into_any()
}

/// Oneself, or the way in.
fn mine(visit: &Visit) -> AnyView {
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
            </div>
        </footer>
    }
    .into_any()
}

/// `aria-current` for a link to the place where the reader is.
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
    fn only_event_pages_load_the_module() {
        assert!(has_islands("/events/threat-modelling"));
        for path in ["/", "/events", "/events/", "/events/new", "/events/a/edit", "/profile"] {
            assert!(!has_islands(path), "{path}");
        }
    }

    #[test]
    fn a_page_says_its_language_and_direction() {
        let page = |locale| plain_page(&Visit { locale, ..Visit::of_nobody() }, "Events", ());
        assert!(page(domain::Locale::En).contains("<html lang=\"en-GB\" dir=\"ltr\">"));
        let mirrored = page(domain::Locale::PseudoRtl);
        assert!(mirrored.contains("dir=\"rtl\"") && mirrored.contains('\u{202e}'), "{mirrored}");
    }

    #[test]
    fn a_title_is_text() {
        let page = plain_page(&Visit::of_nobody(), "</title><script>x</script>", view! { <p>"<i>"</p> });
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        assert!(page.contains("&lt;/title&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("<p>&lt;i&gt;</p>"), "{page}");
        assert!(!page.contains("<script>x"), "{page}");
    }
}
