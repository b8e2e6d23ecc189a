//! Checks whether a page on another site links back with `rel="me"`. The page is read under strict limits, and
//! never from a private network.

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

/// How long a whole check may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How many bytes of the page are read.
const MAX_BYTES: usize = 512 * 1024;
/// How many redirects are followed.
const MAX_REDIRECTS: usize = 3;

/// Allows few checks at a time, so that nobody can use this server to attack other sites.
static CONCURRENT_CHECKS: Semaphore = Semaphore::const_new(4);

/// Why a page does not count as the member's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkBackError {
    /// The page could not be read.
    Unreachable,
    /// The page is in a private network.
    Private,
    /// The page redirects to another site.
    Elsewhere,
    /// The page does not link back.
    NoLink,
}

impl From<LinkBackError> for Refusal {
    fn from(error: LinkBackError) -> Self {
        match error {
            LinkBackError::Unreachable | LinkBackError::Elsewhere => Self::PageUnreachable,
            LinkBackError::Private => Self::PagePrivate,
            LinkBackError::NoLink => Self::NoLinkBack,
        }
    }
}

/// Checks that the page at `url` has a `rel="me"` link to `page`. `guarded` is only false in tests, where pages
/// on this machine and without TLS are allowed.
pub(super) async fn check(url: &str, page: &str, guarded: bool) -> Result<(), LinkBackError> {
    // The semaphore is never closed.
    let _permit = CONCURRENT_CHECKS.acquire().await;
    let read = timeout(TIMEOUT, read(url, guarded)).await.map_err(|_| LinkBackError::Unreachable)?;
    let (at, html) = read?;
    let page = Url::parse(page).map_err(|_| LinkBackError::NoLink)?;
    let links_back =
        rel_me(&html).iter().filter_map(|href| at.join(href).ok()).any(|href| is_same_page(&href, &page));
    links_back.then_some(()).ok_or(LinkBackError::NoLink)
}

/// Whether two addresses are the same page. The query, the fragment and a trailing slash don't matter.
fn is_same_page(a: &Url, b: &Url) -> bool {
    a.origin() == b.origin() && a.path().trim_end_matches('/') == b.path().trim_end_matches('/')
}

async fn read(url: &str, guarded: bool) -> Result<(Url, String), LinkBackError> {
    let mut url = Url::parse(url).map_err(|_| LinkBackError::Unreachable)?;
    for _ in 0..=MAX_REDIRECTS {
        let response = request(&url, guarded).await?;
        if response.status().is_redirection() {
            let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            let to = to.and_then(|to| url.join(to).ok());
            // On a site with open redirects, a redirect to another site doesn't prove who owns the page.
            url = to.filter(|to| to.origin() == url.origin()).ok_or(LinkBackError::Elsewhere)?;
            continue;
        }
        return match response.status().is_success() {
            true => Ok((url, first_bytes(response).await?)),
            false => Err(LinkBackError::Unreachable),
        };
    }
    Err(LinkBackError::Unreachable)
}

/// Sends one request, to exactly the addresses that were checked. A host name that resolves to another address
/// a moment later makes no difference.
async fn request(url: &Url, guarded: bool) -> Result<reqwest::Response, LinkBackError> {
    if guarded && url.scheme() != "https" || !url.username().is_empty() {
        return Err(LinkBackError::Unreachable);
    }
    let host = url.host_str().ok_or(LinkBackError::Unreachable)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().ok_or(LinkBackError::Unreachable)?;
    let addresses: Vec<SocketAddr> =
        lookup_host((bare, port)).await.map_err(|_| LinkBackError::Unreachable)?.collect();
    if guarded && !addresses.iter().all(|address| is_public(address.ip())) {
        return Err(LinkBackError::Private);
    }
    // This only fails if the process already has a provider, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(TIMEOUT)
        .resolve_to_addrs(host, &addresses)
        .build()
        .map_err(|_| LinkBackError::Unreachable)?;
    client
        .get(url.clone())
        .header(header::ACCEPT, "text/html")
        .send()
        .await
        .map_err(|_| LinkBackError::Unreachable)
}

/// The first [`MAX_BYTES`] of the page.
async fn first_bytes(mut response: reqwest::Response) -> Result<String, LinkBackError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| LinkBackError::Unreachable)? {
        let room = MAX_BYTES - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_BYTES {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// Whether an address is on the public internet.
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
        // The range of assigned addresses, without tunnelled IPv4 addresses and documentation ranges.
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
    // The tokenizer only stops for scripts, and our sink never asks it to.
    _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Collects the targets of `rel="me"` links.
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
            // The content of these elements is text, so links in it don't count.
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
    fn only_addresses_on_the_internet_are_public() {
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
    async fn a_private_address_gets_no_request() {
        for url in
            ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/latest"]
        {
            assert_eq!(
                check(url, "https://guild.example/members/a", true).await,
                Err(LinkBackError::Private),
                "{url}"
            );
        }
        for url in ["http://127.0.0.1/", "https://a:b@example.org/", "file:///etc/passwd", "nonsense"] {
            assert_eq!(
                check(url, "https://guild.example/members/a", true).await,
                Err(LinkBackError::Unreachable),
                "{url}"
            );
        }
    }
}
