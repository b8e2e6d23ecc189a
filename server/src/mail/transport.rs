//! SMTP: one connection, kept open, over a stream of our own.
//!
//! lettre writes the end of a message separately; with Nagle's algorithm on, that waits 40 ms for each
//! mail. So the stream is ours, without it. (Only where TLS starts with the first byte, lettre connects.)
//! Its timeout covers connecting alone, so each step has one here. Errors are named by the safe next
//! step, and their texts hold neither addresses nor what the server said, which may hold one.

use std::time::Duration;

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
    },
};
use secrecy::SecretString;
use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};

use super::{
    refusal::{Stage, enhanced_status, is_dead_mailbox, is_enhanced},
    server::{Server, ServerError, Tls},
};

// All of them together must end before the outbox gives the letter to another worker: see `worker`.
/// To connect, with TLS and signing in.
const CONNECT: Duration = Duration::from_secs(10);
/// For sender, recipient and DATA together.
const ENVELOPE: Duration = Duration::from_secs(15);
/// From the first byte of a message to the server's word that it has it.
const MESSAGE: Duration = Duration::from_secs(30);
/// A connection used this lately is taken to be alive; an older one is asked first.
const FRESH: Duration = Duration::from_secs(5);
/// A connection unused for longer is not asked any more: servers and firewalls forget it.
const IDLE: Duration = Duration::from_secs(60);

/// What went wrong with a mail, named by the safe next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Not tried, for there is no connection.
    Away(String),
    /// Certainly not accepted; may be another time.
    Retry(String),
    /// Never will be.
    Failed(String),
    /// The server may have accepted it.
    Unknown(String),
}

/// One connection to the mail server.
pub struct Transport {
    server: Server,
    hello: ClientId,
    line: Option<Line>,
    /// Between the first byte of a message and the server's word on it.
    in_message: bool,
}

struct Line {
    connection: AsyncSmtpConnection,
    used: Instant,
}

/// Where handing in a mail stopped.
struct Stop {
    trouble: Trouble,
    line: After,
}

/// What is left of the connection when a mail did not go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// It is there.
    Open,
    /// The server closed it.
    Closed,
    /// The server does not answer on it.
    Hung,
}

impl Transport {
    /// The way to the server of an `smtp://` or `smtps://` address. Does not connect yet. `hello` is the
    /// name we give.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(address: &SecretString, hello: &str) -> Result<Self, ServerError> {
        let hello = ClientId::Domain(hello.to_owned());
        Ok(Self { server: Server::read(address)?, hello, line: None, in_message: false })
    }

    /// Whether there is a connection that was alive when it was last used.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.line.is_some()
    }

    /// Whether a message is on its way this moment: who gives up now cannot know whether it arrived.
    #[must_use]
    pub fn in_message(&self) -> bool {
        self.in_message
    }

    /// Makes sure that there is a connection.
    ///
    /// # Errors
    /// Why there is none. No mail can go until that changes.
    pub async fn ready(&mut self) -> Result<(), String> {
        if let Some(line) = &mut self.line {
            let unused = line.used.elapsed();
            let alive = unused < FRESH
                || (unused < IDLE && timeout(FRESH, line.connection.test_connected()).await == Ok(true));
            if alive {
                return Ok(());
            }
            self.line = None;
        }
        let connection = match timeout(CONNECT, connect(&self.server, &self.hello)).await {
            Ok(connected) => connected?,
            Err(_) => return Err("the mail server did not answer while connecting".to_owned()),
        };
        self.line = Some(Line { connection, used: Instant::now() });
        Ok(())
    }

    /// Hands one mail in.
    ///
    /// # Errors
    /// What went wrong, named by the safe next step.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), Trouble> {
        let reused = self.line.is_some();
        self.ready().await.map_err(Trouble::Away)?;
        match self.hand_in(envelope, message).await {
            // Servers close a connection after so many mails: that is no trouble of this mail.
            Err(Stop { trouble: Trouble::Retry(_), line: After::Closed }) if reused => {
                self.ready().await.map_err(Trouble::Away)?;
                self.hand_in(envelope, message).await
            }
            done => done,
        }
        .map_err(|stop| stop.trouble)
    }

    /// Says goodbye, if there is anybody to say it to.
    pub async fn close(&mut self) {
        if let Some(mut line) = self.line.take() {
            // Nothing depends on the answer.
            let _ = timeout(Duration::from_millis(200), line.connection.quit()).await;
        }
    }

    async fn hand_in(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), Stop> {
        let Some(mut line) = self.line.take() else {
            let trouble = Trouble::Retry("there is no connection to the mail server".to_owned());
            return Err(Stop { trouble, line: After::Hung });
        };
        let announced = match timeout(ENVELOPE, announce(&mut line.connection, envelope)).await {
            Ok(announced) => announced,
            Err(_) => Err(Stop {
                trouble: Trouble::Retry("the mail server did not answer in time".to_owned()),
                line: After::Hung,
            }),
        };
        let result = match announced {
            Ok(()) => {
                self.in_message = true;
                let handed = timeout(MESSAGE, line.connection.message(message)).await;
                self.in_message = false;
                match handed {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(after_message(&error)),
                    Err(_) => Err(Stop {
                        trouble: Trouble::Unknown("the mail server did not confirm in time".to_owned()),
                        line: After::Hung,
                    }),
                }
            }
            Err(stop) => Err(stop),
        };
        // After a refusal the server waits for the rest of that mail; RSET makes it forget.
        let keep = match &result {
            Ok(()) => true,
            Err(stop) if stop.line != After::Open => false,
            Err(_) => matches!(timeout(FRESH, line.connection.command(Rset)).await, Ok(Ok(_))),
        };
        if keep {
            line.used = Instant::now();
            self.line = Some(line);
        }
        result
    }
}

/// A connection over which mails may be handed in at once.
async fn connect(server: &Server, hello: &ClientId) -> Result<AsyncSmtpConnection, String> {
    let place = (server.host.as_str(), server.port);
    let mut connection = match &server.tls {
        Tls::Implicit(tls) => {
            AsyncSmtpConnection::connect_tokio1(place, Some(CONNECT), hello, Some(tls.clone()), None).await
        }
        Tls::Offered(_) | Tls::Upgraded(_) => {
            let stream = TcpStream::connect(place)
                .await
                .map_err(|e| format!("cannot connect to the mail server: {}", e.kind()))?;
            stream.set_nodelay(true).map_err(|e| format!("cannot set up the connection: {}", e.kind()))?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello).await
        }
    }
    // No mail is in play yet, so what the server says holds nobody's address.
    .map_err(|e| format!("the mail server did not greet: {e}"))?;
    let upgrade = match &server.tls {
        Tls::Upgraded(_) if !connection.can_starttls() => {
            return Err("the mail server offers no STARTTLS, so nothing is sent to it".to_owned());
        }
        Tls::Upgraded(tls) => Some(tls),
        Tls::Offered(tls) => Some(tls).filter(|_| connection.can_starttls()),
        Tls::Implicit(_) => None,
    };
    if let Some(tls) = upgrade {
        connection
            .starttls(tls.clone(), hello)
            .await
            .map_err(|e| format!("STARTTLS with the mail server failed: {e}"))?;
    }
    if let Some(credentials) = &server.credentials {
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if connection.server_info().get_auth_mechanism(&mechanisms).is_none() {
            let offered = if upgrade.is_some() { "" } else { " and no STARTTLS" };
            return Err(format!(
                "the mail server offers no sign-in with name and password{offered} on this port, so use its submission port, or remove the user name and password from smtp_url"
            ));
        }
        connection
            .auth(&mechanisms, credentials)
            .await
            .map_err(|e| format!("the mail server did not take our name and password: {}", said(&e)))?;
    }
    Ok(connection)
}

/// Sender, recipient, DATA.
async fn announce(connection: &mut AsyncSmtpConnection, envelope: &Envelope) -> Result<(), Stop> {
    let ascii = |address: &lettre::Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut options = Vec::new();
    if !envelope.to().iter().chain(envelope.from()).all(ascii) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let trouble =
                Trouble::Failed("the mail server does not support these characters in addresses".to_owned());
            return Err(Stop { trouble, line: After::Open });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    // A refused sender is a matter of this installation and not of this mail: it keeps.
    connection
        .command(Mail::new(envelope.from().cloned(), options))
        .await
        .map_err(|e| refused("our sender", &e, None))?;
    for to in envelope.to() {
        connection
            .command(Rcpt::new(to.clone(), Vec::new()))
            .await
            .map_err(|e| refused("the recipient", &e, Some(Stage::Recipient)))?;
    }
    connection.command(Data).await.map_err(|e| refused("the message", &e, Some(Stage::Message)))?;
    Ok(())
}

/// What a refusal means for this email. `stage` is where its recipient could be the reason.
fn refused(what: &str, error: &Error, stage: Option<Stage>) -> Stop {
    let Some(code) = error.status() else {
        let trouble = Trouble::Retry(format!("no answer to {what}: {}", said(error)));
        return Stop { trouble, line: After::Closed };
    };
    let code = code.to_string();
    let cause = format!("the mail server refused {what}: {}", said(error));
    // 421: the server closes the connection.
    let line = if code == "421" { After::Closed } else { After::Open };
    let text = answer(error);
    let status = enhanced_status(&text).unwrap_or_default();
    // Everything but a dead mailbox (relaying, our quota, our sender, the content) is fixed by an operator,
    // so the email waits. Many servers say it only as an answer to the recipient.
    let is_final = error.is_permanent() && stage.is_some_and(|at| is_dead_mailbox(at, &code, status, &text));
    Stop { trouble: if is_final { Trouble::Failed(cause) } else { Trouble::Retry(cause) }, line }
}

fn after_message(error: &Error) -> Stop {
    if error.status().is_some() {
        return refused("the message", error, Some(Stage::Message));
    }
    let cause = format!("the connection ended before the mail server confirmed: {}", said(error));
    Stop { trouble: Trouble::Unknown(cause), line: After::Closed }
}

/// All that the server said behind the code. It may hold addresses, so it is never kept.
fn answer(error: &Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// What an error says that is safe to keep: a code (`550 5.1.1`) or the kind of the failure.
fn said(error: &Error) -> String {
    if let Some(code) = error.status() {
        let text = answer(error);
        let first = text.split_whitespace().next().unwrap_or("");
        return if is_enhanced(first) { format!("{code} {first}") } else { code.to_string() };
    }
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io.kind().to_string();
        }
        cause = inner.source();
    }
    if error.is_tls() { "TLS failed" } else { "the connection ended" }.to_owned()
}
