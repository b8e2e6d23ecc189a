//! A server process of its own on a test's database, and browsers that visit it over HTTP.

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

/// A running portal.
pub struct Portal {
    running: Running,
    guild_store: Store,
}

impl Guild {
    /// Starts a portal on this database, with its clock. `settings` are configuration keys.
    pub async fn portal(&self, settings: &[(&'static str, &str)]) -> Portal {
        self.portal_without(settings, |_| {}).await
    }

    /// The same with some guards taken away.
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
        take(&mut with.guards);
        let running = start(with).await.unwrap();
        Portal { running, guild_store: self.store.clone() }
    }
}

impl Portal {
    /// Where it listens: `http://127.0.0.1:port`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.running.addr)
    }

    /// A fresh browser.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::at(&self.address())
    }

    /// The newest mail to an address, as the built-in mailbox got it; waits for the worker.
    pub async fn mail_to(&self, address: &str) -> SignInMail {
        for _ in 0..200 {
            let mails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if let Some(mail) = mails.into_iter().find(|mail| mail.to.contains(address)) {
                return SignInMail::read(&mail);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no mail came to {address}");
    }

    /// The newest mail to an address once so many have come there.
    pub async fn next_mail_to(&self, address: &str, count: usize) -> SignInMail {
        for _ in 0..200 {
            let mails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if mails.iter().filter(|mail| mail.to.contains(address)).count() >= count {
                return self.mail_to(address).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} mails did not come to {address}");
    }

    /// The newest email to an address as a whole, lines unfolded; waits for the worker.
    pub async fn text_to(&self, address: &str) -> String {
        for _ in 0..200 {
            let mails = mailbox::newest(&self.guild_store, 50).await.unwrap();
            if let Some(mail) = mails.into_iter().find(|mail| mail.to.contains(address)) {
                return String::from_utf8_lossy(&mail.raw).replace("=\r\n", "").replace("=3D", "=");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no email came to {address}");
    }

    /// How many mails the mailbox has.
    pub async fn mails(&self) -> usize {
        mailbox::newest(&self.guild_store, 1000).await.unwrap().len()
    }

    /// Stops it.
    pub async fn stop(self) {
        assert_eq!(self.running.stop().await, 0, "answers were cut off");
    }
}

/// What a sign-in mail holds.
#[derive(Debug)]
pub struct SignInMail {
    /// The path of the link; empty in a letter that has none.
    pub link: String,
    /// The code as it is written.
    pub code: String,
}

impl SignInMail {
    fn read(mail: &mailbox::Mail) -> Self {
        // Long lines are folded as quoted-printable does it.
        let text = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "");
        let link =
            text.lines().find_map(|line| line.find("/sign-in/link/").map(|at| line[at..].trim().to_owned()));
        let code = mail.subject.rsplit(": ").next().unwrap_or_default().to_owned();
        Self { link: link.unwrap_or_default(), code }
    }
}

/// A browser: keeps cookies, follows no redirect by itself, and says where its forms come from.
pub struct Browser {
    home: String,
    client: reqwest::Client,
    /// By origin and name.
    cookies: Mutex<BTreeMap<(String, String), String>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its address.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// Where it leads; empty when it leads nowhere.
    pub location: String,
    /// Its headers.
    pub headers: header::HeaderMap,
    /// Its text.
    pub body: String,
}

impl Answer {
    /// A header, empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    /// A browser whose paths begin at an origin.
    #[must_use]
    pub fn at(home: &str) -> Self {
        // Fails only when the process has one already.
        _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Self { home: home.to_owned(), client, cookies: Mutex::default() }
    }

    /// The origin its paths begin at.
    #[must_use]
    pub fn home(&self) -> &str {
        &self.home
    }

    /// Reads a page, by path or whole address.
    pub async fn get(&self, url: &str) -> Answer {
        self.send(Method::GET, url, &[], None).await
    }

    /// Posts a form as a page of the portal would.
    pub async fn post(&self, url: &str, form: &[(&str, &str)]) -> Answer {
        let whole = self.whole(url);
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let origin = origin_of(&whole);
        let headers = [("origin", origin.as_str()), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, &whole, &headers, Some(body.finish())).await
    }

    /// Posts a file as a page of the portal would.
    pub async fn upload(&self, url: &str, field: &str, bytes: &[u8]) -> Answer {
        let url = self.whole(url);
        let origin = origin_of(&url);
        let mut body = format!(
            "--part\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"x\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
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

    /// Any request.
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

    /// Follows redirects until a page comes, or until one leads to an address that begins with `stop`.
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
        panic!("a circle of redirects at {}", answer.url);
    }

    /// The value of a cookie at home.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(&(self.home.clone(), name.to_owned())).cloned()
    }

    /// Puts a cookie, as if it had been stolen or planted.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert((self.home.clone(), name.to_owned()), value.to_owned());
    }

    fn keep(&self, origin: &str, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let key = (origin.to_owned(), name.to_owned());
        let gone = attributes.contains("Max-Age=0") || attributes.contains("1970");
        let mut cookies = self.cookies.lock().unwrap();
        if gone {
            cookies.remove(&key)
        } else {
            cookies.insert(key, value.to_owned())
        };
    }

    fn cookie_header(&self, origin: &str) -> String {
        let cookies = self.cookies.lock().unwrap();
        let mine = cookies.iter().filter(|((at, _), _)| at == origin);
        mine.map(|((_, name), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn whole(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.home) } else { url.to_owned() }
    }
}

fn origin_of(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}
