//! Tests of settings. A wrong setting is reported in one sentence, and the portal doesn't start.

use secrecy::ExposeSecret;

use crate::portal::config;

/// Wrong settings, and a part of the sentence that reports each.
const WRONG: &[(&[(&str, &str)], &str)] = &[
    (
        &[("PROT", "3001")],
        "Unknown setting prot (GUILDHALL_PROT in the environment). Did you mean port? Correct or remove it.",
    ),
    (&[("FLUX", "1")], "Unknown setting flux (GUILDHALL_FLUX in the environment). Correct or remove it."),
    (&[("PORT", "high")], "port (GUILDHALL_PORT) is not a port"),
    (&[("PORT", "65536")], "port (GUILDHALL_PORT) is not a port"),
    (&[("LISTEN", "localhost")], "listen (GUILDHALL_LISTEN) is not an IP address"),
    (&[("LISTEN", "0.0.0.0")], "public_url (GUILDHALL_PUBLIC_URL) is required"),
    (&[("PUBLIC_URL", "guild.example.org")], "public_url (GUILDHALL_PUBLIC_URL) is not a valid address"),
    (&[("PUBLIC_URL", "https://guild.example.org/portal")], "without a path"),
    (&[("PUBLIC_URL", "http://guild.example.org")], "is plain http on a public address"),
    (&[("PUBLIC_URL", "http://127.0.0.1:3000"), ("LISTEN", "0.0.0.0")], "is plain http on a public address"),
    (
        &[("DATABASE_URL", "mysql://host/guild")],
        "database_url (GUILDHALL_DATABASE_URL) does not name a supported database",
    ),
    (
        &[("DATABASE_URL", "postgres://guild:p@ss@db.example.org/guild")],
        "database_url (GUILDHALL_DATABASE_URL) has an unencoded special character in its user name or password. Write @ as %40",
    ),
    (
        &[("SMTP_URL", "mail.example.org")],
        "smtp_url (GUILDHALL_SMTP_URL) is not the address of a mail server",
    ),
    (&[("SMTP_URL", "smtp://127.0.0.1:25")], "mail_from (GUILDHALL_MAIL_FROM) is required with smtp_url"),
    (&[("MAIL_FROM", "nobody")], "mail_from (GUILDHALL_MAIL_FROM) is not a valid mailbox"),
    (&[("SECRET", "p4per")], "secret (GUILDHALL_SECRET) is too short"),
    (
        &[("SECRET", "change-me-change-me-change-me-change-me")],
        "secret (GUILDHALL_SECRET) looks like a placeholder",
    ),
    (&[("SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")], "looks like a placeholder"),
    (&[("LOG", "xml")], "log (GUILDHALL_LOG) must be text or json"),
    (&[("LOG_LEVEL", "loud")], "log_level (GUILDHALL_LOG_LEVEL) is not a log level"),
    (&[("TRUSTED_PROXIES", "-1")], "trusted_proxies (GUILDHALL_TRUSTED_PROXIES) is not a number"),
    (
        &[("SIGN_IN_PER_MINUTE", "0")],
        "sign_in_per_minute (GUILDHALL_SIGN_IN_PER_MINUTE) is not a whole number above 0",
    ),
    (&[("DEMO", "yes")], "demo (GUILDHALL_DEMO) must be true or false"),
    (&[("MAIL_REPLY", "yes")], "mail_reply (GUILDHALL_MAIL_REPLY) must be true or false"),
    (&[("OIDC_ISSUER", "https://id.example.org")], "oidc_client_id (GUILDHALL_OIDC_CLIENT_ID) is missing"),
    (
        &[("OIDC_ISSUER", "http://id.example.org"), ("OIDC_CLIENT_ID", "a"), ("OIDC_CLIENT_SECRET", "b")],
        "oidc_issuer (GUILDHALL_OIDC_ISSUER) is not an https address",
    ),
    (&[("GITHUB_CLIENT_ID", "a")], "github_client_secret (GUILDHALL_GITHUB_CLIENT_SECRET) is missing"),
    (
        &[("CONFIG", "/nowhere/guildhall.toml")],
        "GUILDHALL_CONFIG is set to /nowhere/guildhall.toml, which is not a file",
    ),
];

#[test]
fn wrong_settings_are_named() {
    for (env, sentence) in WRONG {
        let failure = config(env).expect_err(sentence);
        assert_eq!(failure.code, 78, "{env:?}");
        assert!(failure.sentence.contains(sentence), "{env:?}: {failure}");
        assert!(failure.sentence.ends_with('.') && !failure.sentence.contains('\n'), "{failure}");
        // The value may be a secret, so the sentence must not contain it.
        for (key, value) in env.iter().filter(|(key, _)| *key != "CONFIG" && value_is_long(key)) {
            assert!(!failure.sentence.contains(value), "{key}: {failure}");
        }
    }
}

fn value_is_long(key: &&str) -> bool {
    matches!(*key, "SECRET" | "DATABASE_URL" | "OIDC_CLIENT_SECRET")
}

#[test]
fn the_environment_overrides_the_file_and_flags_override_both() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("guildhall.toml"), "port = 4000\nlog = \"json\"\ndemo = true\n")
        .unwrap();
    let data = folder.path().display().to_string();
    let from_file = config(&[("DATA", &data)]).unwrap();
    // Some editors write a byte order mark at the start of a file.
    std::fs::write(folder.path().join("guildhall.toml"), "\u{feff}port = 4003\n").unwrap();
    assert_eq!(config(&[("DATA", &data)]).unwrap().port, 4003);
    assert_eq!((from_file.port, from_file.demo), (4000, true));
    assert_eq!(config(&[("DATA", &data), ("PORT", "4001")]).unwrap().port, 4001);
    let mut sources = server::config::Sources::default();
    sources.env.insert("GUILDHALL_PORT".into(), "4001".into());
    sources.flags.insert("port", "4002".into());
    sources.flags.insert("data", data);
    assert_eq!(server::config::Config::load(&sources).unwrap().port, 4002);

    std::fs::write(folder.path().join("guildhall.toml"), "prot = 4000\n").unwrap();
    let data = folder.path().display().to_string();
    assert!(config(&[("DATA", &data)]).unwrap_err().sentence.contains("Did you mean port?"));
    std::fs::write(folder.path().join("guildhall.toml"), "port = = 4\n").unwrap();
    assert!(config(&[("DATA", &data)]).unwrap_err().sentence.contains("guildhall.toml"));
}

#[test]
fn without_settings_the_portal_listens_on_this_machine_only() {
    let config = config(&[("SMTP_URL", ""), ("TEST_X", "1")]).unwrap();
    assert!(config.listen.is_loopback() && config.public_url.is_none() && config.smtp_url.is_none());
    assert!(config.database_url.expose_secret().ends_with("/data/guildhall.db"));
    assert!(!config.demo);
}
