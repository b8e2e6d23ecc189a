//! The configuration: read once, checked whole, wrong settings named in one sentence.

mod database_url;
mod keys;
mod public_url;
pub mod secret;

use std::{net::IpAddr, num::NonZeroU32, path::PathBuf};

use lettre::message::Mailbox;
use secrecy::SecretString;

use crate::failure::Failure;
pub use keys::{KEYS, Sources};
use keys::{Settings, wrong};
pub use public_url::{PublicUrl, is_loopback_host};

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// A provider that speaks OpenID Connect.
#[derive(Clone, Debug)]
pub struct Oidc {
    /// Its issuer, exactly as its tokens spell it.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// How we prove it.
    pub client_secret: SecretString,
    /// What its button says.
    pub label: String,
    /// Whether its email addresses count when it sends no `email_verified`.
    pub trusts_addresses: bool,
}

/// GitHub, or a GitHub Enterprise server.
#[derive(Clone, Debug)]
pub struct GitHub {
    /// Who we are there.
    pub client_id: String,
    /// How we prove it.
    pub client_secret: SecretString,
    /// Where people sign in, without a slash behind it.
    pub base_url: String,
    /// Where we ask who they are, without a slash behind it.
    pub api_url: String,
}

/// Everything an operator decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub listen: IpAddr,
    /// The port to listen on; 0 for any free one.
    pub port: u16,
    /// The address people type; the loopback address and the port when it is not set.
    pub public_url: Option<PublicUrl>,
    /// The folder of the database and the secret.
    pub data: PathBuf,
    /// The settings file that was read.
    pub settings_file: Option<PathBuf>,
    /// Where the data is; it may hold a password.
    pub database_url: SecretString,
    /// The mail server; without one, mails go to the mailbox at `/dev/mailbox`.
    pub smtp_url: Option<SecretString>,
    /// Who emails come from.
    pub mail_from: String,
    /// Whether the mail server hands replies to `mail_from` to `guildhall mail reply`.
    pub mail_reply: bool,
    /// The installation's own secret; made and kept in the data folder when it is not set.
    pub secret: Option<SecretString>,
    /// How log lines are written.
    pub log: LogFormat,
    /// From which level on.
    pub log_level: tracing::Level,
    /// How many proxies of ours are in front; their entries in `X-Forwarded-For` are believed.
    pub trusted_proxies: usize,
    /// How many sign-ins a minute one client address may ask for.
    pub sign_in_per_minute: NonZeroU32,
    /// How many forms a minute one member may send; twice as many at once.
    pub posts_per_minute: NonZeroU32,
    /// Sign-in with OpenID Connect.
    pub oidc: Option<Oidc>,
    /// Sign-in with GitHub.
    pub github: Option<GitHub>,
    /// Sample people who may be signed in as by anybody on this machine.
    pub demo: bool,
}

impl Config {
    /// Reads and checks it.
    ///
    /// # Errors
    /// The first setting that cannot stay, and what to do.
    pub fn load(sources: &Sources) -> Result<Self, Failure> {
        let set = sources.read()?;
        let listen = set.parse(
            "listen",
            IpAddr::from([127, 0, 0, 1]),
            |text| text.parse().ok(),
            "is not an IP address. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all networks",
        )?;
        let port =
            set.parse("port", 3000, |text| text.parse().ok(), "is not a port. Use a number up to 65535")?;
        let public_url = set.parse(
            "public_url",
            None,
            |text| text.parse().ok().map(Some),
            "is not a valid address. Use https:// and the host name that people type, without a path",
        )?;
        refuse_plain_http(listen, public_url.as_ref())?;
        let data = std::path::absolute(set.get("data").map_or_else(|| sources.data(), PathBuf::from))
            .map_err(|error| {
                Failure::config(format!("Cannot resolve the path of the data folder: {error}."))
            })?;
        let smtp_url = smtp_url(&set)?;
        Ok(Self {
            listen,
            port,
            database_url: database_url::read(&set, &data)?,
            mail_from: mail_from(&set, smtp_url.is_some())?,
            mail_reply: set.parse(
                "mail_reply",
                false,
                |text| text.parse().ok(),
                "must be true or false",
            )?,
            smtp_url,
            secret: secret::from_setting(set.get("secret"))?,
            log: set.parse(
                "log",
                LogFormat::Text,
                log_format,
                "must be text or json",
            )?,
            log_level: set.parse(
                "log_level",
                tracing::Level::INFO,
                |text| text.parse().ok(),
                "is not a log level. Use error, warn, info, debug or trace",
            )?,
            trusted_proxies: set.parse(
                "trusted_proxies",
                0,
                |text| text.parse().ok().filter(|hops| *hops <= 8),
                "is not a number from 0 to 8. Use the number of your own proxies in front of Guildhall, or 0 for none",
            )?,
            sign_in_per_minute: set.parse(
                "sign_in_per_minute",
                NonZeroU32::MIN.saturating_add(4),
                |text| text.parse().ok(),
                "is not a whole number above 0. Use the number of sign-ins one client address may ask for per minute",
            )?,
            posts_per_minute: set.parse(
                "posts_per_minute",
                NonZeroU32::MIN.saturating_add(59),
                |text| text.parse().ok(),
                "is not a whole number above 0. Use the number of forms one member may send per minute",
            )?,
            oidc: oidc(&set)?,
            github: github(&set)?,
            demo: set.parse(
                "demo",
                false,
                |text| text.parse().ok(),
                "must be true or false",
            )?,
            public_url,
            data,
            settings_file: sources.file()?,
        })
    }
}

/// Sign-in over plain http can be read by everybody on the way.
fn refuse_plain_http(listen: IpAddr, public: Option<&PublicUrl>) -> Result<(), Failure> {
    let private = listen.is_loopback() && public.is_none_or(PublicUrl::is_loopback);
    match public {
        Some(url) if url.is_https() => Ok(()),
        _ if private => Ok(()),
        Some(_) => {
            Err(wrong("public_url", "is plain http on a public address. Use https:// and a proxy with TLS"))
        }
        None => Err(wrong(
            "public_url",
            "is required when listen is not 127.0.0.1. Use https:// and the host name that people type",
        )),
    }
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

fn smtp_url(set: &Settings) -> Result<Option<SecretString>, Failure> {
    set.parse(
        "smtp_url",
        None,
        |text| (text.starts_with("smtp://") || text.starts_with("smtps://")).then(|| Some(text.into())),
        "is not the address of a mail server. Use smtps://user:password@host or smtp://host:port",
    )
}

fn mail_from(set: &Settings, needed: bool) -> Result<String, Failure> {
    match set.get("mail_from") {
        Some(text) if text.parse::<Mailbox>().is_ok() => Ok(text.to_owned()),
        Some(_) => {
            Err(wrong("mail_from", "is not a valid mailbox. Use the form Guildhall <guild@example.org>"))
        }
        None if needed => {
            Err(wrong("mail_from", "is required with smtp_url. Use the mailbox that emails are sent from"))
        }
        None => Ok("Guildhall <guildhall@localhost>".to_owned()),
    }
}

fn oidc(set: &Settings) -> Result<Option<Oidc>, Failure> {
    let Some([issuer, client_id, client_secret]) =
        all_or_none(set, ["oidc_issuer", "oidc_client_id", "oidc_client_secret"])?
    else {
        return Ok(None);
    };
    let label = set.get("oidc_label").unwrap_or("Single sign-on").to_owned();
    web_address("oidc_issuer", &issuer)?;
    let trusts_addresses = set.parse(
        "oidc_trust_addresses",
        false,
        |text| text.parse().ok(),
        "must be true or false. Use true only if this provider verifies its email addresses",
    )?;
    Ok(Some(Oidc { issuer, client_id, client_secret: client_secret.into(), label, trusts_addresses }))
}

fn github(set: &Settings) -> Result<Option<GitHub>, Failure> {
    let Some([client_id, client_secret]) = all_or_none(set, ["github_client_id", "github_client_secret"])?
    else {
        return Ok(None);
    };
    let address = |key, default: &str| {
        let text = set.get(key).unwrap_or(default).trim_end_matches('/').to_owned();
        web_address(key, &text).map(|()| text)
    };
    Ok(Some(GitHub {
        client_id,
        client_secret: client_secret.into(),
        base_url: address("github_base_url", "https://github.com")?,
        api_url: address("github_api_url", "https://api.github.com")?,
    }))
}

/// Half a provider is a mistake.
fn all_or_none<const N: usize>(
    set: &Settings,
    keys: [&'static str; N],
) -> Result<Option<[String; N]>, Failure> {
    let values = keys.map(|key| set.get(key).map(str::to_owned));
    if values.iter().all(Option::is_none) {
        return Ok(None);
    }
    match keys.iter().zip(&values).find(|(_, value)| value.is_none()) {
        Some((missing, _)) => Err(wrong(missing, &format!("is missing. Set {} together", keys.join(", ")))),
        None => Ok(Some(values.map(Option::unwrap_or_default))),
    }
}

/// Secrets go there, so it is https, or this machine.
fn web_address(key: &'static str, text: &str) -> Result<(), Failure> {
    let uri = text.parse::<http::Uri>().ok();
    let fits = uri.is_some_and(|uri| match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_loopback_host(host),
        _ => false,
    });
    fits.then_some(()).ok_or_else(|| wrong(key, "is not an https address. Start it with https://"))
}
