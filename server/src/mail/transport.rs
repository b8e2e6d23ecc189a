//! SMTP over one connection that is kept open.
//!
//! lettre writes the end of a message separately. With Nagle's algorithm, that costs 40 ms for each email, so
//! this module opens the TCP stream itself and turns the algorithm off. (For `smtps://`, lettre connects.)
//! lettre's timeout only covers connecting, so each step has its own timeout here. Errors are named after the
//! safe next step. Their texts contain neither addresses nor the server's words, which may contain an address.

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

// The sum of these timeouts has to be shorter than the outbox's claim on an email: see `worker`.
/// Timeout for connecting, including TLS and authentication.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Timeout for sender, recipient and DATA together.
const ENVELOPE_TIMEOUT: Duration = Duration::from_secs(15);
/// Timeout from the first byte of a message to the server's confirmation.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection that was used within this time is assumed to work. An older one is tested first. It is also
/// the timeout of that test.
const FRESH: Duration = Duration::from_secs(5);
/// A connection that was unused for longer is replaced without a test, because servers and firewalls drop it.
const IDLE: Duration = Duration::from_secs(60);

/// Why an email was not sent, named after the safe next step. The texts say the cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryError {
    /// It was not tried, because there is no connection.
    NotConnected(String),
    /// The server did not accept it. Try again later.
    Retry(String),
    /// The server will never accept it.
    Failed(String),
    /// The server may have accepted it, so trying again could send it twice.
    Unknown(String),
}

/// One connection to the mail server.
pub struct Transport {
    server: Server,
    hello: ClientId,
    connection: Option<Connection>,
    /// True between the first byte of a message and the server's confirmation.
    in_message: bool,
}

struct Connection {
    smtp: AsyncSmtpConnection,
    used: Instant,
}

/// Why an email could not be handed in, and what happened to the connection.
struct SendFailure {
    error: DeliveryError,
    connection: ConnectionState,
}

/// The state of the connection after an email was not accepted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ConnectionState {
    /// It still works.
    Open,
    /// The server closed it.
    Closed,
    /// The server doesn't respond.
    Hung,
}

impl Transport {
    /// Creates a transport for an `smtp://` or `smtps://` address. It doesn't connect yet. `hello` is the host
    /// name for EHLO.
    ///
    /// # Errors
    /// `Address` if the address is not valid, `Certificates` if no root certificates can be read.
    pub fn new(address: &SecretString, hello: &str) -> Result<Self, ServerError> {
        let hello = ClientId::Domain(hello.to_owned());
        Ok(Self { server: Server::read(address)?, hello, connection: None, in_message: false })
    }

    /// Whether there is a connection that worked when it was last used.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// Whether a message is being transferred. A caller that stops now can't know whether it arrived.
    #[must_use]
    pub fn in_message(&self) -> bool {
        self.in_message
    }

    /// Makes sure that there is a working connection.
    ///
    /// # Errors
    /// The cause, if the server can't be reached. No email can be sent until that is solved.
    pub async fn ready(&mut self) -> Result<(), String> {
        if let Some(connection) = &mut self.connection {
            let unused = connection.used.elapsed();
            let alive = unused < FRESH
                || (unused < IDLE && timeout(FRESH, connection.smtp.test_connected()).await == Ok(true));
            if alive {
                return Ok(());
            }
            self.connection = None;
        }
        let smtp = match timeout(CONNECT_TIMEOUT, connect(&self.server, &self.hello)).await {
            Ok(connected) => connected?,
            Err(_) => return Err("the mail server did not answer while connecting".to_owned()),
        };
        self.connection = Some(Connection { smtp, used: Instant::now() });
        Ok(())
    }

    /// Sends one email.
    ///
    /// # Errors
    /// Why the email was not sent, named after the safe next step.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), DeliveryError> {
        let reused = self.connection.is_some();
        self.ready().await.map_err(DeliveryError::NotConnected)?;
        match self.hand_in(envelope, message).await {
            // Servers close a connection after some number of emails. Connect again, and try this email again.
            Err(SendFailure { error: DeliveryError::Retry(_), connection: ConnectionState::Closed })
                if reused =>
            {
                self.ready().await.map_err(DeliveryError::NotConnected)?;
                self.hand_in(envelope, message).await
            }
            done => done,
        }
        .map_err(|failure| failure.error)
    }

    /// Ends the connection with QUIT, if there is one.
    pub async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // The server's reply doesn't matter.
            let _ = timeout(Duration::from_millis(200), connection.smtp.quit()).await;
        }
    }

    async fn hand_in(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), SendFailure> {
        let Some(mut connection) = self.connection.take() else {
            let error = DeliveryError::Retry("there is no connection to the mail server".to_owned());
            return Err(SendFailure { error, connection: ConnectionState::Hung });
        };
        let announced = match timeout(ENVELOPE_TIMEOUT, announce(&mut connection.smtp, envelope)).await {
            Ok(announced) => announced,
            Err(_) => Err(SendFailure {
                error: DeliveryError::Retry("the mail server did not answer in time".to_owned()),
                connection: ConnectionState::Hung,
            }),
        };
        let result = match announced {
            Ok(()) => {
                self.in_message = true;
                let handed = timeout(MESSAGE_TIMEOUT, connection.smtp.message(message)).await;
                self.in_message = false;
                match handed {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(after_message(&error)),
                    Err(_) => Err(SendFailure {
                        error: DeliveryError::Unknown("the mail server did not confirm in time".to_owned()),
                        connection: ConnectionState::Hung,
                    }),
                }
            }
            Err(failure) => Err(failure),
        };
        // ConnectionState a refusal the server still expects the rest of the email. RSET starts over.
        let keep = match &result {
            Ok(()) => true,
            Err(failure) if failure.connection != ConnectionState::Open => false,
            Err(_) => matches!(timeout(FRESH, connection.smtp.command(Rset)).await, Ok(Ok(_))),
        };
        if keep {
            connection.used = Instant::now();
            self.connection = Some(connection);
        }
        result
    }
}

/// Opens a connection, with TLS and authentication, that is ready for emails.
async fn connect(server: &Server, hello: &ClientId) -> Result<AsyncSmtpConnection, String> {
    let endpoint = (server.host.as_str(), server.port);
    let mut connection = match &server.tls {
        Tls::Implicit(tls) => {
            AsyncSmtpConnection::connect_tokio1(
                endpoint,
                Some(CONNECT_TIMEOUT),
                hello,
                Some(tls.clone()),
                None,
            )
            .await
        }
        Tls::Offered(_) | Tls::Upgraded(_) => {
            let stream = TcpStream::connect(endpoint)
                .await
                .map_err(|e| format!("cannot connect to the mail server: {}", e.kind()))?;
            stream.set_nodelay(true).map_err(|e| format!("cannot set up the connection: {}", e.kind()))?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello).await
        }
    }
    // No recipient was named yet, so the server's text can't contain an address.
    .map_err(|e| format!("the mail server sent no greeting: {e}"))?;
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
                "the mail server offers no sign-in with username and password{offered} on this port, so use its submission port, or remove the user name and password from smtp_url"
            ));
        }
        connection.auth(&mechanisms, credentials).await.map_err(|e| {
            format!("the mail server did not accept our username and password: {}", safe_text(&e))
        })?;
    }
    Ok(connection)
}

/// Sends the envelope: sender, recipient and DATA.
async fn announce(connection: &mut AsyncSmtpConnection, envelope: &Envelope) -> Result<(), SendFailure> {
    let ascii = |address: &lettre::Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut options = Vec::new();
    if !envelope.to().iter().chain(envelope.from()).all(ascii) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let error = DeliveryError::Failed(
                "the mail server does not support these characters in addresses".to_owned(),
            );
            return Err(SendFailure { error, connection: ConnectionState::Open });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    // A refused sender is a problem of this installation, so the email is kept for another try.
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

/// What a refusal means for this email. `stage` is `None` if the recipient can't be the reason.
fn refused(what: &str, error: &Error, stage: Option<Stage>) -> SendFailure {
    let Some(code) = error.status() else {
        let error = DeliveryError::Retry(format!("no answer to {what}: {}", safe_text(error)));
        return SendFailure { error, connection: ConnectionState::Closed };
    };
    let code = code.to_string();
    let cause = format!("the mail server refused {what}: {}", safe_text(error));
    // 421 means that the server closes the connection.
    let connection = if code == "421" { ConnectionState::Closed } else { ConnectionState::Open };
    let text = reply_text(error);
    let status = enhanced_status(&text).unwrap_or_default();
    // An operator can fix everything but a dead mailbox (relaying, quota, sender, content), so the email is
    // kept for another try. Many servers report such problems only in reply to the recipient.
    let is_final = error.is_permanent() && stage.is_some_and(|at| is_dead_mailbox(at, &code, status, &text));
    SendFailure {
        error: if is_final { DeliveryError::Failed(cause) } else { DeliveryError::Retry(cause) },
        connection,
    }
}

fn after_message(error: &Error) -> SendFailure {
    if error.status().is_some() {
        return refused("the message", error, Some(Stage::Message));
    }
    let cause = format!("the connection ended before the mail server confirmed: {}", safe_text(error));
    SendFailure { error: DeliveryError::Unknown(cause), connection: ConnectionState::Closed }
}

/// The text of the server's reply after the code. It may contain addresses, so it is never stored or logged.
fn reply_text(error: &Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// The part of an error that is safe to store: a code (`550 5.1.1`) or the kind of the failure.
fn safe_text(error: &Error) -> String {
    if let Some(code) = error.status() {
        let text = reply_text(error);
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
