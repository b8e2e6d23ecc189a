//! Reads the settings in layers: flags override the environment, which overrides `guildhall.toml`. Unknown
//! keys are errors, so that a misspelled key isn't ignored.

use std::{collections::HashMap, fs, path::PathBuf};

use config::{Environment, File, FileFormat, Map, Value};

use crate::failure::Failure;

/// All keys, as they are written in the file. In the environment, a key is in capitals after `GUILDHALL_`.
pub const KEYS: &[&str] = &[
    "listen",
    "port",
    "public_url",
    "data",
    "database_url",
    "smtp_url",
    "mail_from",
    "mail_reply",
    "secret",
    "log",
    "log_level",
    "trusted_proxies",
    "sign_in_per_minute",
    "posts_per_minute",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_label",
    "oidc_trust_addresses",
    "github_client_id",
    "github_client_secret",
    "github_base_url",
    "github_api_url",
    "kudos_webhook",
    "demo",
];

/// Where the settings are read from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The environment variables.
    pub env: HashMap<String, String>,
    /// The flags of the command line, by key. They override the other sources.
    pub flags: HashMap<&'static str, String>,
}

impl Sources {
    /// The environment of this process, with these flags. Variables that aren't UTF-8 are ignored.
    #[must_use]
    pub fn of_process(flags: HashMap<&'static str, String>) -> Self {
        let env =
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)));
        Self { env: env.collect(), flags }
    }

    /// The data folder. It is read first, because it contains the settings file.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        let named = self.flags.get("data").or_else(|| self.env.get("GUILDHALL_DATA"));
        named.filter(|path| !path.is_empty()).map_or_else(|| PathBuf::from("data"), PathBuf::from)
    }

    /// The settings file, if there is one.
    pub(super) fn file(&self) -> Result<Option<PathBuf>, Failure> {
        if let Some(path) = self.env.get("GUILDHALL_CONFIG").filter(|path| !path.is_empty()) {
            let path = PathBuf::from(path);
            if !path.is_file() {
                let path = path.display();
                return Err(Failure::config(format!(
                    "GUILDHALL_CONFIG is set to {path}, which is not a file. Correct the path or remove the variable."
                )));
            }
            return Ok(Some(path));
        }
        Ok(Some(self.data().join("guildhall.toml")).filter(|path| path.is_file()))
    }

    /// All settings that are set, by key.
    pub(super) fn read(&self) -> Result<Settings, Failure> {
        let mut layers = config::Config::builder();
        if let Some(path) = self.file()? {
            let text = fs::read_to_string(&path)
                .map_err(|error| Failure::config(format!("Cannot read {}: {error}.", path.display())))?;
            // Some editors write a byte order mark at the start of a file.
            let text = text.trim_start_matches('\u{feff}');
            layers = layers.add_source(File::from_str(text, FileFormat::Toml));
        }
        let ours = self.env.iter().filter(|(name, _)| !is_reserved(name));
        let ours: Map<String, String> = ours.map(|(name, value)| (name.clone(), value.clone())).collect();
        layers =
            layers.add_source(Environment::with_prefix("GUILDHALL").ignore_empty(true).source(Some(ours)));
        for (key, value) in &self.flags {
            layers = layers
                .set_override(*key, value.as_str())
                .map_err(|error| Failure::usage(format!("Cannot read the flag --{key}: {error}.")))?;
        }
        let read = layers.build().and_then(config::Config::try_deserialize::<Map<String, Value>>);
        let values =
            read.map_err(|error| Failure::config(format!("Cannot read guildhall.toml: {error}.")))?;
        Settings::checked(values)
    }
}

/// Whether a variable isn't a setting: the path of the settings file, or a variable for tests.
fn is_reserved(name: &str) -> bool {
    name == "GUILDHALL_CONFIG" || name.starts_with("GUILDHALL_TEST_") || !name.starts_with("GUILDHALL_")
}

/// The values of the settings as text, without empty ones.
#[derive(Debug)]
pub(super) struct Settings(HashMap<String, String>);

impl Settings {
    fn checked(values: Map<String, Value>) -> Result<Self, Failure> {
        let mut settings = HashMap::new();
        for (key, value) in values {
            if !KEYS.contains(&key.as_str()) {
                let hint = nearest(&key).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                return Err(Failure::config(format!(
                    "Unknown setting {key} (GUILDHALL_{} in the environment).{hint} Correct or remove it.",
                    key.to_uppercase()
                )));
            }
            let Ok(text) = value.into_string() else {
                return Err(wrong(&key, "is neither text nor a number. Write it as key = \"value\""));
            };
            settings.insert(key, text.trim().to_owned());
        }
        settings.retain(|_, text| !text.is_empty());
        Ok(Self(settings))
    }

    /// The value of a setting. `None` if it isn't set.
    pub(super) fn get(&self, key: &'static str) -> Option<&str> {
        debug_assert!(KEYS.contains(&key));
        self.0.get(key).map(String::as_str)
    }

    /// The parsed value of a setting, or `default` if it isn't set. `wanted` completes the error's sentence.
    pub(super) fn parse<T>(
        &self,
        key: &'static str,
        default: T,
        parse: impl Fn(&str) -> Option<T>,
        wanted: &str,
    ) -> Result<T, Failure> {
        self.get(key).map_or(Ok(default), |text| parse(text).ok_or_else(|| wrong(key, wanted)))
    }
}

/// The failure for a wrong setting. It names the key and what to do, but never the value, which can be secret.
pub(super) fn wrong(key: &str, what_to_do: &str) -> Failure {
    Failure::config(format!("The setting {key} (GUILDHALL_{}) {what_to_do}.", key.to_uppercase()))
}

/// The most similar key, for a hint. It counts the characters that differ and accepts at most two, which covers
/// swapped, missing and doubled characters.
fn nearest(key: &str) -> Option<&'static str> {
    let sorted_bytes = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    let apart = |known: &str| {
        let (a, b) = (sorted_bytes(key), sorted_bytes(known));
        let count = |in_: &[u8], byte: u8| in_.iter().filter(|b| **b == byte).count();
        (0..=u8::MAX).map(|byte| count(&a, byte).abs_diff(count(&b, byte))).sum::<usize>()
    };
    KEYS.iter().copied().min_by_key(|known| apart(known)).filter(|known| apart(known) <= 2)
}
