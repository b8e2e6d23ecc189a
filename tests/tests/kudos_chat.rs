//! The webhook that tells a chat about public kudos (K11), with a real server in the place of the chat.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use chrono::Duration;
use domain::{Actor, KudosId, kudos::KudosForm};
use serde_json::Value;
use server::kudos::webhook;
use store::{kudos, runner};
use tests::{Guild, guild_test};

const TEXT: &str = "You **calmed** the room, and <!channel> @here & everywhere.";

/// A chat that keeps what it is sent, or refuses it.
#[derive(Clone, Default)]
struct Chat {
    messages: Arc<Mutex<Vec<String>>>,
    is_down: Arc<AtomicBool>,
}

impl Chat {
    async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hooks/canarytoken", listener.local_addr().unwrap());
        let answers = Router::new().route("/hooks/canarytoken", post(receive)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, answers).await });
        address
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.messages.lock().unwrap())
    }
}

async fn receive(State(chat): State<Chat>, Json(body): Json<Value>) -> StatusCode {
    if chat.is_down.load(Ordering::Relaxed) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    chat.messages.lock().unwrap().push(body["text"].as_str().unwrap().to_owned());
    StatusCode::OK
}

async fn give(g: &Guild, from: &Actor, to: &Actor, text: &str, visibility: &str) -> KudosId {
    let form = KudosForm { visibility: visibility.into(), ..g.kudos_form(&[to], text).await };
    kudos::give(&g.store, from, form.check().unwrap(), "").await.unwrap()
}

#[guild_test]
async fn k11_a_chat_is_told_of_public_kudos(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    for person in [&mei, &kofi] {
        let shown = vec!["name:everyone".to_owned()];
        store::members::save_visibility(&g.store, person, shown).await.unwrap();
    }
    g.advance(Duration::hours(2));
    let chat = Chat::default();
    let kind = webhook::kind(chat.start().await.into(), "https://guild.example".into());
    let post = async || runner::run_kinds(&g.store, std::slice::from_ref(&kind)).await;
    post().await.unwrap();
    assert!(chat.take().is_empty(), "older kudos are not sent");
    let id = give(&g, &mei, &kofi, TEXT, "public").await;
    give(&g, &mei, &kofi, "Canarymembers is for the members only.", "members").await;
    give(&g, &mei, &ines, "Canaryprivate is for the recipient only.", "private").await;
    let slip = give(&g, &mei, &ines, "Canaryslip was written too quickly.", "public").await;
    post().await.unwrap();
    assert!(chat.take().is_empty(), "the giver has two minutes");
    kudos::retract(&g.store, &mei, slip).await.unwrap();
    g.advance(Duration::minutes(2));
    post().await.unwrap();
    let expected = format!(
        "Kudos to Kofi Mensah from Mei Tanaka\n> You calmed the room, and &lt;!channel&gt; @\u{200b}here &amp; \
         everywhere.\nhttps://guild.example/kudos/{id}"
    );
    assert_eq!(chat.take(), [expected]);
    post().await.unwrap();
    assert!(chat.take().is_empty(), "each is sent once");
    g.take_emails().await;
}

/// A chat that is down gets the kudos later, and its secret address is in no error.
#[guild_test]
async fn k11_a_chat_that_is_down_is_told_later(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    // Nobody shows a name to strangers, so the message has none.
    for person in [&mei, &kofi] {
        let shown = vec!["name:members".to_owned()];
        store::members::save_visibility(&g.store, person, shown).await.unwrap();
    }
    g.advance(Duration::hours(2));
    let chat = Chat::default();
    let kind = webhook::kind(chat.start().await.into(), "https://guild.example".into());
    let post = async || runner::run_kinds(&g.store, std::slice::from_ref(&kind)).await;
    give(&g, &mei, &kofi, TEXT, "public").await;
    g.advance(Duration::minutes(2));
    chat.is_down.store(true, Ordering::Relaxed);
    let error = post().await.unwrap_err().to_string();
    assert!(error.contains("500") && !error.contains("canarytoken"), "{error}");
    let row = &g.rows("SELECT last_error FROM jobs WHERE kind = 'kudos_webhook'").await[0];
    assert!(!row.try_get::<String>("", "last_error").unwrap().contains("canarytoken"));
    chat.is_down.store(false, Ordering::Relaxed);
    g.advance(Duration::minutes(1));
    post().await.unwrap();
    let messages = chat.take();
    assert_eq!(messages.len(), 1);
    assert!(!messages[0].contains("Mei") && !messages[0].contains("Kofi"), "{messages:?}");
    g.take_emails().await;
}
