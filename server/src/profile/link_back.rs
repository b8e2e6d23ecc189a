//! Whether a page elsewhere links back with `rel="me"`: read under strict limits, and never from inside
//! our own walls.

use std::{
    cell::RefCell,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use domain::Refusal;
use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};
use http::header;
use reqwest::Url;
use tokio::{net::lookup_host, sync::Semaphore, time::timeout};

/// How long all of it may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How much of the page is read.
const MAX_BYTES: usize = 512 * 1024;
/// How often it may send us on.
const REDIRECTS: usize = 3;

/// Few at a time: nobody uses us to knock at other people's doors.
static FEW: Semaphore = Semaphore::const_new(4);

/// Why a page proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It could not be read.
    Unreachable,
    /// It is within a private network.
    Private,
    /// It sends on to another site.
    Elsewhere,
    /// It does not link back.
    NoLink,
}

impl From<Wrong> for Refusal {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::Unreachable | Wrong::Elsewhere => Self::PageUnreachable,
            Wrong::Private => Self::PagePrivate,
            Wrong::NoLink => Self::NoLinkBack,
        }
    }
}

/// Whether the page at `url` has a `rel="me"` link to `page`. `guarded` is off in tests alone: then also
/// this machine is asked, and without TLS.
pub(super) async fn leads_to(url: &str, page: &str, guarded: bool) -> Result<(), Wrong> {
    // Never closed.
    let _turn = FEW.acquire().await;
    let read = timeout(TIMEOUT, read(url, guarded)).await.map_err(|_| Wrong::Unreachable)?;
    let (at, html) = read?;
    let page = Url::parse(page).map_err(|_| Wrong::NoLink)?;
    let leads = rel_me(&html).iter().filter_map(|href| at.join(href).ok()).any(|href| same(&href, &page));
    leads.then_some(()).ok_or(Wrong::NoLink)
}

/// The same page, whatever is behind `#` or `?` and with or without a slash at the end.
fn same(a: &Url, b: &Url) -> bool {
    a.origin() == b.origin() && a.path().trim_end_matches('/') == b.path().trim_end_matches('/')
}

async fn read(url: &str, guarded: bool) -> Result<(Url, String), Wrong> {
    let mut url = Url::parse(url).map_err(|_| Wrong::Unreachable)?;
    for _ in 0..=REDIRECTS {
        let answer = ask(&url, guarded).await?;
        if answer.status().is_redirection() {
            let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            let to = to.and_then(|to| url.join(to).ok());
            // Whoever has a page on a site that sends on to anywhere has not shown that the site is theirs.
            url = to.filter(|to| to.origin() == url.origin()).ok_or(Wrong::Elsewhere)?;
            continue;
        }
        return match answer.status().is_success() {
            true => Ok((url, beginning(answer).await?)),
            false => Err(Wrong::Unreachable),
        };
    }
    Err(Wrong::Unreachable)
}

/// One request, to the very addresses that were looked at: a name that resolves to another one a moment
/// later leads nowhere.
async fn ask(url: &Url, guarded: bool) -> Result<reqwest::Response, Wrong> {
    if guarded && url.scheme() != "https" || !url.username().is_empty() {
        return Err(Wrong::Unreachable);
    }
    let host = url.host_str().ok_or(Wrong::Unreachable)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().ok_or(Wrong::Unreachable)?;
    let addresses: Vec<SocketAddr> =
        lookup_host((bare, port)).await.map_err(|_| Wrong::Unreachable)?.collect();
    if guarded && !addresses.iter().all(|address| is_public(address.ip())) {
        return Err(Wrong::Private);
    }
    // Fails only when the process has one already, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(TIMEOUT)
        .resolve_to_addrs(host, &addresses)
        .build()
        .map_err(|_| Wrong::Unreachable)?;
    client.get(url.clone()).header(header::ACCEPT, "text/html").send().await.map_err(|_| Wrong::Unreachable)
}

/// As much of the page as is read.
async fn beginning(mut answer: reqwest::Response) -> Result<String, Wrong> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Wrong::Unreachable)? {
        let room = MAX_BYTES - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_BYTES {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// Whether an address is one of the wide world.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special =
                (a, b, c) == (192, 0, 0) || (a == 198 && (b == 18 || b == 19)) || a >= 240 || a == 0;
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_documentation()
                || shared
                || special)
        }
        // What is handed out, without the ranges that carry an IPv4 address or stand for examples.
        IpAddr::V6(v6) => {
            let [a, b, ..] = v6.segments();
            let tunnelled = a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x3fff;
            (0x2000..0x4000).contains(&a) && !tunnelled && v6 != Ipv6Addr::UNSPECIFIED
        }
    }
}

/// The targets of the `rel="me"` links of a page.
fn rel_me(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Links::default(), TokenizerOpts::default());
    // It stops for scripts only, and our sink asks it never to.
    _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Gathers the targets of links.
#[derive(Default)]
struct Links(RefCell<Vec<String>>);

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind != TagKind::StartTag {
            return TokenSinkResult::Continue;
        }
        match &*tag.name {
            "a" | "link" => self.0.borrow_mut().extend(target(&tag)),
            // What is in these is text, whoever wrote it.
            "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn target(tag: &Tag) -> Option<String> {
    let value =
        |name: &str| tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|a| &*a.value);
    let me = value("rel")?.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("me"));
    me.then(|| value("href").map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wide_world_is_public() {
        for public in ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "203.0.113.5",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn links_are_read_as_a_browser_reads_them() {
        let html = r#"<!doctype html><title><a rel=me href="https://no.example/title"></a></title>
            <LINK href=https://one.example REL="alternate ME">
            <a rel='nofollow me' href='/two'>x</a> <a href="https://no.example/rel">y</a>
            <!-- <a rel=me href="https://no.example/comment"> -->
            <script>"<a rel=me href='https://no.example/script'>"</script>
            <textarea><a rel=me href="https://no.example/textarea"></textarea>
            <a rel="mee" href="https://no.example/mee">z</a>"#;
        assert_eq!(rel_me(html), ["https://one.example", "/two"]);
        assert!(rel_me("<a rel=me").is_empty());
    }

    #[tokio::test]
    async fn a_private_address_is_not_asked() {
        for url in
            ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/latest"]
        {
            assert_eq!(
                leads_to(url, "https://guild.example/members/a", true).await,
                Err(Wrong::Private),
                "{url}"
            );
        }
        for url in ["http://127.0.0.1/", "https://a:b@example.org/", "file:///etc/passwd", "nonsense"] {
            assert_eq!(
                leads_to(url, "https://guild.example/members/a", true).await,
                Err(Wrong::Unreachable),
                "{url}"
            );
        }
    }
}
