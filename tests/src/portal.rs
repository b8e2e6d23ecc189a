//! A portal that serves a test's database over HTTP, and browsers that visit it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
    time::Duration,
};

use reqwest::{Method, header};
use server::{
    Running, Start,
    config::{Config, Sources},
    guard::Guards,
    start,
};
use store::{Store, mailbox};

use crate::Guild;

/// A running portal. It shares the test's clock.
pub struct Portal {
    running: Running,
    guild_store: Store,
}

impl Guild {
    /// Starts a portal on this database, with its clock. `settings` are configuration keys and their values.
    pub async fn portal(&self, settings: &[(&'static str, &str)]) -> Portal {
        self.portal_without(settings, |_| {}).await
    }

    /// Starts a portal whose guards `take` has switched off. Used by negative controls.
    pub async fn portal_without(
        &self,
        settings: &[(&'static str, &str)],
        take: impl FnOnce(&mut Guards),
    ) -> Portal {
        let folder = self.folder.path().display().to_string();
        let mut flags: HashMap<&'static str, String> = HashMap::from([
            ("port", "0".to_owned()),
            ("data", folder),
            ("database_url", self.url.clone()),
            ("sign_in_per_minute", "10000".to_owned()),
            ("posts_per_minute", "10000".to_owned()),
        ]);
        flags.extend(settings.iter().map(|(key, value)| (*key, (*value).to_owned())));
        let config = Config::load(&Sources { env: HashMap::new(), flags }).unwrap();
        let store = Store::open(&self.url, self.clock.clone()).await.unwrap();
        let mut with = Start { store: Some(store), ..Start::new(config) };
        // Tests change the database through a store of their own, which is like another process. Its changes would
        // show up after a second.
        with.guards.page_cache = false;
        take(&mut with.guards);
        let running = start(with).await.unwrap();
        Portal { running, guild_store: self.store.clone() }
    }
}

impl Portal {
    /// The address of the portal: `http://127.0.0.1:port`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.running.addr)
    }

    /// The store of the portal's process.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.running.store
    }

    /// A new browser without cookies.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::at(&self.address())
    }

    /// The newest sign-in email to an address in the built-in mailbox. Waits up to ten seconds for the mail
    /// worker.
    pub async fn sign_in_email_to(&self, address: &str) -> SignInEmail {
        for _ in 0..200 {
            let emails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if let Some(mail) = emails.into_iter().find(|mail| mail.to.contains(address)) {
                return SignInEmail::read(&mail);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no email arrived at {address}");
    }

    /// The newest sign-in email to an address, once that address has received `count` emails.
    pub async fn next_sign_in_email_to(&self, address: &str, count: usize) -> SignInEmail {
        for _ in 0..200 {
            let emails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if emails.iter().filter(|mail| mail.to.contains(address)).count() >= count {
                return self.sign_in_email_to(address).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} emails did not arrive at {address}");
    }

    /// The full text of the newest email to an address, with unfolded lines. Waits up to ten seconds for the
    /// worker.
    pub async fn email_text_to(&self, address: &str) -> String {
        for _ in 0..200 {
            let emails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if let Some(mail) = emails.into_iter().find(|mail| mail.to.contains(address)) {
                return String::from_utf8_lossy(&mail.raw).replace("=\r\n", "").replace("=3D", "=");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no email arrived at {address}");
    }

    /// The number of emails in the built-in mailbox.
    pub async fn emails(&self) -> usize {
        mailbox::newest(&self.guild_store, 1000).await.unwrap().len()
    }

    /// Stops the portal. Panics when it had to cut off responses.
    pub async fn stop(self) {
        assert_eq!(self.running.stop().await, 0, "answers were cut off");
    }
}

/// The secrets in a sign-in email.
#[derive(Debug)]
pub struct SignInEmail {
    /// The path of the sign-in link. Empty in an email without one.
    pub link: String,
    /// The code, written as in the email.
    pub code: String,
}

impl SignInEmail {
    fn read(mail: &mailbox::StoredEmail) -> Self {
        // Quoted-printable folds long lines.
        let text = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "");
        let link =
            text.lines().find_map(|line| line.find("/sign-in/link/").map(|at| line[at..].trim().to_owned()));
        let code = mail.subject.rsplit(": ").next().unwrap_or_default().to_owned();
        Self { link: link.unwrap_or_default(), code }
    }
}

/// An HTTP client that behaves like a browser: it keeps cookies and sends the origin of its forms. It doesn't
/// follow redirects by itself.
pub struct Browser {
    home: String,
    client: reqwest::Client,
    /// The value of each cookie, by origin and name.
    cookies: Mutex<BTreeMap<(String, String), String>>,
}

/// A response to a [`Browser`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The address of the request.
    pub url: String,
    /// The status of the response.
    pub status: u16,
    /// The target of the redirect. Empty without one.
    pub location: String,
    /// The headers of the response.
    pub headers: header::HeaderMap,
    /// The text of the response.
    pub body: String,
}

impl Answer {
    /// The value of a header. Empty when the header is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    /// A browser that resolves paths against this origin.
    #[must_use]
    pub fn at(home: &str) -> Self {
        // Fails only when the process has a provider already.
        _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // These requests are plain HTTP. Reading the system's certificates takes longer than many tests.
            .tls_certs_only([])
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Self { home: home.to_owned(), client, cookies: Mutex::default() }
    }

    /// The origin against which it resolves paths.
    #[must_use]
    pub fn home(&self) -> &str {
        &self.home
    }

    /// Requests a page by its path or full address.
    pub async fn get(&self, url: &str) -> Answer {
        self.send(Method::GET, url, &[], None).await
    }

    /// Posts a form with the headers that a page of the same origin sends.
    pub async fn post(&self, url: &str, form: &[(&str, &str)]) -> Answer {
        let whole = self.whole(url);
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let origin = origin_of(&whole);
        let headers = [("origin", origin.as_str()), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, &whole, &headers, Some(body.finish())).await
    }

    /// Uploads a file with the headers that a page of the same origin sends.
    pub async fn upload(&self, url: &str, field: &str, bytes: &[u8]) -> Answer {
        self.upload_with(url, field, bytes, &[]).await
    }

    /// Sends a form with a file and texts.
    pub async fn upload_with(&self, url: &str, field: &str, bytes: &[u8], texts: &[(&str, &str)]) -> Answer {
        let url = self.whole(url);
        let origin = origin_of(&url);
        let mut body = format!(
            "--part\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"x\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        for (name, text) in texts {
            let head = format!("\r\n--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}");
            body.extend_from_slice(head.as_bytes());
        }
        body.extend_from_slice(b"\r\n--part--\r\n");
        let request = self
            .client
            .post(&url)
            .header("accept", "text/html")
            .header("origin", &origin)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=part")
            .header("cookie", self.cookie_header(&origin))
            .body(body);
        Self::answer(url, request.send().await.unwrap()).await
    }

    async fn answer(url: String, response: reqwest::Response) -> Answer {
        let headers = response.headers().clone();
        Answer {
            url,
            status: response.status().as_u16(),
            location: headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned(),
            headers,
            body: String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned(),
        }
    }

    /// Sends any request. A relative `url` belongs to the home origin.
    pub async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        form: Option<String>,
    ) -> Answer {
        let url = self.whole(url);
        let origin = origin_of(&url);
        let mut request = self
            .client
            .request(method, &url)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        if !headers.iter().any(|(name, _)| *name == "accept") {
            request = request.header("accept", "text/html");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self.cookie_header(&origin);
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        if let Some(form) = form {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        }
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(&origin, cookie.to_str().unwrap());
        }
        Self::answer(url, response).await
    }

    /// Follows redirects to a page, or to an address that begins with `stop`. Panics after twelve redirects.
    pub async fn follow(&self, mut answer: Answer, stop: Option<&str>) -> Answer {
        for _ in 0..12 {
            if answer.location.is_empty() || stop.is_some_and(|stop| answer.location.starts_with(stop)) {
                return answer;
            }
            let next = match answer.location.as_str() {
                path if path.starts_with('/') => format!("{}{path}", origin_of(&answer.url)),
                whole => whole.to_owned(),
            };
            answer = self.get(&next).await;
        }
        panic!("too many redirects at {}", answer.url);
    }

    /// The value of a cookie of the home origin.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(&(self.home.clone(), name.to_owned())).cloned()
    }

    /// Sets a cookie of the home origin, as if it had been stolen or planted.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert((self.home.clone(), name.to_owned()), value.to_owned());
    }

    fn keep(&self, origin: &str, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let key = (origin.to_owned(), name.to_owned());
        let is_expired = attributes.contains("Max-Age=0") || attributes.contains("1970");
        let mut cookies = self.cookies.lock().unwrap();
        if is_expired {
            cookies.remove(&key)
        } else {
            cookies.insert(key, value.to_owned())
        };
    }

    fn cookie_header(&self, origin: &str) -> String {
        let cookies = self.cookies.lock().unwrap();
        let cookies_of_origin = cookies.iter().filter(|((at, _), _)| at == origin);
        cookies_of_origin.map(|((_, name), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn whole(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.home) } else { url.to_owned() }
    }
}

fn origin_of(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}
