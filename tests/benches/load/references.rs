//! What the portal is compared with: the same framework without a portal around it.

use std::time::Duration;

use askama::Template;
use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use domain::Actor;
use store::{
    Store,
    events::{EventCard, Filter, list},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{server, wrk::Target};

/// A server in this process. While it is under load, this process does nothing else.
pub(super) struct References {
    pub(super) address: String,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

impl References {
    /// Starts it. The bare handler sends this many bytes.
    pub(super) async fn start(store: &Store, bytes: usize) -> Self {
        let body = axum::body::Bytes::from(vec![b'x'; bytes]);
        let bare = move || {
            let body = body.clone();
            async move { ([(header::CONTENT_TYPE, "text/html")], body) }
        };
        let router = Router::new().route("/bare", get(bare)).route("/events", get(events));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = axum::serve(listener, router.with_state(store.clone()));
        let server = tokio::spawn(async move {
            serve.with_graceful_shutdown(async move { _ = stopped.await }).await.unwrap();
        });
        Self { address, stop, server }
    }

    pub(super) async fn stop(self) {
        _ = self.stop.send(());
        self.server.await.unwrap();
    }
}

impl Target for References {
    fn processor(&self) -> Duration {
        server::processor("self")
    }
}

/// The list of events as a template, with the same queries as the portal's page.
#[derive(Template)]
#[template(path = "bench_events.html")]
struct EventsPage {
    events: Vec<EventCard>,
}

async fn events(State(store): State<Store>) -> impl IntoResponse {
    let (events, _) = list(&store, &Actor::Anonymous, &Filter::default(), 0).await.unwrap();
    ([(header::CONTENT_TYPE, "text/html")], EventsPage { events }.render().unwrap())
}
