//! Secrets of signing in are never logged, not even at the lowest level or after errors.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    io::Write,
    sync::{Mutex, Once},
};

use sea_orm::ConnectionTrait as _;
use tests::{Guild, guild_test};
use tracing_subscriber::EnvFilter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn log_everything() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Libraries log as in the server, our own crates log everything.
        let filter =
            EnvFilter::new("warn,guildhall=trace,server=trace,app=trace,store=trace,migrations=trace");
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Log).init();
    });
}

#[guild_test]
async fn nothing_secret_is_logged(g: Guild) {
    log_everything();
    g.demo().await;
    let settings = [
        ("oidc_issuer", "http://127.0.0.1:9"),
        ("oidc_client_id", "us"),
        ("oidc_client_secret", "canary-client-secret-0123456789"),
    ];
    let portal = g.portal(&settings).await;
    let browser = portal.browser();
    let mut secrets = Vec::new();
    let mut secret = |text: &str| {
        secrets.push(text.to_owned());
        text.to_owned()
    };
    let address = secret("canary-address@guild.example");
    let typo = secret("canary-typo@nowhere");
    browser.post("/sign-in", &[("address", &typo), ("next", &secret("/canary-next"))]).await;
    browser.post("/sign-in", &[("address", &address)]).await;
    let mail = portal.sign_in_email_to(&address).await;
    secret(mail.link.rsplit('/').next().unwrap());
    secret(&mail.code.replace(' ', ""));
    secret(&mail.code);
    secret(&browser.cookie("guildhall-browser").unwrap());
    browser.post("/sign-in/code", &[("code", &secret("99998888"))]).await;
    let stranger = portal.browser();
    stranger.get(&mail.link).await;
    stranger.post(&mail.link, &[]).await;
    stranger.get(&format!("/sign-in/link/{}", secret("canary-link"))).await;
    stranger.post(&format!("/sign-in/link/{}/more", secret("canary-longer-link")), &[]).await;
    browser.get("/sign-in/with/oidc").await;
    let (code, state) = (secret("canary-provider-code"), secret("canary-provider-state"));
    let error = secret("canary-provider-error");
    browser.get(&format!("/sign-in/with/oidc/callback?code={code}&state={state}&error={error}")).await;
    let token = secret("canary-setup-token");
    browser.get(&format!("/setup?token={token}")).await;
    let form =
        [("token", &*token), ("community", "x"), ("name", "x"), ("address", &address), ("zone", "UTC")];
    browser.post("/setup", &form).await;
    stranger.set_cookie("guildhall", &secret("canary-session-AAAAAAAAAAAAAAAAAAAAAAAA"));
    stranger.get("/profile/devices").await;
    browser.post(&mail.link, &[]).await;
    secret(&browser.cookie("guildhall").unwrap());
    // The database fails in the middle of a sign-in.
    g.raw().execute_unprepared("ALTER TABLE sign_ins RENAME TO gone").await.unwrap();
    browser.post("/sign-in", &[("address", &address)]).await;
    browser.get(&mail.link).await;
    g.raw().execute_unprepared("ALTER TABLE gone RENAME TO sign_ins").await.unwrap();
    portal.stop().await;
    secret("canary-client-secret-0123456789");

    let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
    assert!(log.contains("answered") && log.contains("/sign-in/link/{secret}"), "{log}");
    assert!(
        log.contains("could not reach an identity provider") && log.contains("a sign-in failed"),
        "{log}"
    );
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
    g.expect_emails("sign_in=1").await;
}
