//! The configuration. It is read once at the start and checked as a whole. A wrong setting is reported in one
//! sentence that says what to do.

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

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// An OpenID Connect provider.
#[derive(Clone, Debug)]
pub struct Oidc {
    /// The issuer URL, exactly as it is in the provider's tokens.
    pub issuer: String,
    /// The client ID that the provider gave this portal.
    pub client_id: String,
    /// The client secret that the provider gave this portal.
    pub client_secret: SecretString,
    /// The label of the sign-in button.
    pub label: String,
    /// Whether to trust the provider's email addresses if it doesn't send `email_verified`.
    pub trusts_addresses: bool,
}

/// GitHub, or a GitHub Enterprise server.
#[derive(Clone, Debug)]
pub struct GitHub {
    /// The client ID of the OAuth app.
    pub client_id: String,
    /// The client secret of the OAuth app.
    pub client_secret: SecretString,
    /// The URL of the website where people sign in, without a trailing slash.
    pub base_url: String,
    /// The URL of the API, without a trailing slash.
    pub api_url: String,
}

/// All settings of an operator, after they were checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub listen: IpAddr,
    /// The port to listen on. 0 means any free port.
    pub port: u16,
    /// The address that people type. `None` means the loopback address and the port.
    pub public_url: Option<PublicUrl>,
    /// The absolute path of the data folder, with the database and the secret.
    pub data: PathBuf,
    /// The settings file that was read, if there is one.
    pub settings_file: Option<PathBuf>,
    /// The URL of the database. It can contain a password.
    pub database_url: SecretString,
    /// The URL of the mail server. Without one, emails go to the built-in mailbox.
    pub smtp_url: Option<SecretString>,
    /// The mailbox that emails are sent from.
    pub mail_from: String,
    /// Whether the mail server pipes replies to `mail_from` into `guildhall mail reply`.
    pub mail_reply: bool,
    /// The installation's own secret. Without the setting, it is generated and stored in the data folder.
    pub secret: Option<SecretString>,
    /// The format of log lines.
    pub log: LogFormat,
    /// The lowest level that is logged.
    pub log_level: tracing::Level,
    /// The number of our own proxies in front of the server. Their entries in `X-Forwarded-For` are trusted.
    pub trusted_proxies: usize,
    /// The most sign-ins per minute that one client address can ask for.
    pub sign_in_per_minute: NonZeroU32,
    /// The most forms per minute that one member can send, with bursts of twice as many.
    pub posts_per_minute: NonZeroU32,
    /// Sign-in with OpenID Connect, if it is set up.
    pub oidc: Option<Oidc>,
    /// Sign-in with GitHub, if it is set up.
    pub github: Option<GitHub>,
    /// The address of an incoming webhook of a chat that is told of public kudos. Whoever knows it can post there.
    pub kudos_webhook: Option<SecretString>,
    /// Whether anybody on this machine can sign in as a sample member.
    pub demo: bool,
}

impl Config {
    /// Reads and checks all settings.
    ///
    /// # Errors
    /// `config` for the first setting that is wrong, `usage` for a flag that can't be read.
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
            kudos_webhook: set.parse(
                "kudos_webhook",
                None,
                |text| is_web_address(text).then(|| Some(text.into())),
                "is not an https address. Use the address of an incoming webhook of Mattermost or Slack",
            )?,
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

/// Refuses plain http on public addresses, because anybody on the network could read sign-in links and cookies.
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

/// Reads settings that only work together. Fails if some are set and others are missing.
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

/// Checks the URL of a provider. It has to be https or on loopback, because secrets are sent there.
fn web_address(key: &'static str, text: &str) -> Result<(), Failure> {
    is_web_address(text)
        .then_some(())
        .ok_or_else(|| wrong(key, "is not an https address. Start it with https://"))
}

/// Whether a text is the URL of an https address, or of any address on this machine.
fn is_web_address(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok_and(|uri| match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_loopback_host(host),
        _ => false,
    })
}
