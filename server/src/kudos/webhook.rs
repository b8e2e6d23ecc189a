//! Tells a chat of the community, such as Mattermost or Slack, about public kudos (K11). The operator sets the address
//! of an incoming webhook. It is a secret, so neither logs nor errors contain it.

use std::{sync::LazyLock, time::Duration};

use app::{context::Visit, i18n};
use domain::KudosId;
use markup::markdown;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use store::{
    Store, StoreError,
    jobs::{Job, Next},
    kudos::{self, Kudos},
    runner::{Kind, Lane, Trigger},
};

use super::atom::entry_title;

/// The name of this kind of job.
pub const KUDOS_WEBHOOK: &str = "kudos_webhook";
/// How long the chat may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

static CLIENT: LazyLock<Result<reqwest::Client, reqwest::Error>> = LazyLock::new(|| {
    // This only fails if the process already has a provider, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
        // A webhook answers itself. A redirect would send the text elsewhere.
        .redirect(reqwest::redirect::Policy::none())
        .timeout(TIMEOUT)
        .build()
});

/// The job that posts kudos to the webhook at `address`. `origin` is the address of this portal, for links. A chat that
/// does not answer gets the kudos later. If the server stops between posting and noting it, the chat gets them twice.
#[must_use]
pub fn kind(address: SecretString, origin: String) -> Kind {
    let due = |store: Store| -> store::runner::Looking {
        Box::pin(async move { kudos::due_for_chat(&store, KUDOS_WEBHOOK).await })
    };
    Kind::new(KUDOS_WEBHOOK, Lane::Long, Trigger::Due(std::sync::Arc::new(due)), move |store, job| {
        run(store, job, address.clone(), origin.clone())
    })
}

async fn run(store: Store, job: Job, address: SecretString, origin: String) -> Result<Next, StoreError> {
    let Some(id) = job.subject.map(KudosId) else { return Ok(Next::Done) };
    if let Some(card) = kudos::for_chat(&store, id).await? {
        let visit = Visit { origin, ..Visit::anonymous() };
        send(&address, &message(&visit, &card)).await.map_err(StoreError::Remote)?;
    }
    kudos::mark_posted(&store, id).await?;
    Ok(Next::Done)
}

async fn send(address: &SecretString, text: &str) -> Result<(), String> {
    let client = CLIENT.as_ref().map_err(ToString::to_string)?;
    let request = client.post(address.expose_secret()).json(&json!({ "text": text }));
    let response = request.send().await.map_err(|error| error.without_url().to_string())?;
    match response.status() {
        status if status.is_success() => Ok(()),
        status => Err(format!("the chat answered with {status}")),
    }
}

/// One line about the kudos, the text and a link.
fn message(visit: &Visit, card: &Kudos) -> String {
    let from = match &card.from {
        Some(person) => visit.tr_with("kudos-webhook-from", &[("name", i18n::quote(person.name.clone()))]),
        None => visit.tr("kudos-from-somebody"),
    };
    let text = markdown::text(&card.text);
    let quoted: String = text.lines().map(|line| format!("> {}\n", harmless(line))).collect();
    let title = harmless(&format!("{} {from}", entry_title(visit, card)));
    format!("{title}\n{quoted}{}/kudos/{}", visit.origin, card.id)
}

/// A text that notifies nobody in the chat, and has no pictures or hidden links. Slack reads commands between angle
/// brackets, and Mattermost reads names behind an @ and Markdown.
fn harmless(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('@', "@\u{200b}").replace("](", "]\u{200b}(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k11_a_text_notifies_nobody_in_the_chat() {
        assert_eq!(harmless("<!channel> @here & a > b"), "&lt;!channel&gt; @\u{200b}here &amp; a &gt; b");
        assert_eq!(harmless("![](https://evil.example/t.png)"), "![]\u{200b}(https://evil.example/t.png)");
        assert_eq!(harmless("Thank you!"), "Thank you!");
    }
}
