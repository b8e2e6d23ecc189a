//! `guildhall admin`: commands that only the operator can run.

use std::net::SocketAddr;

use domain::{
    Role,
    emails::{self, Email},
    members::Address,
};
use store::settings::SignUp;

use super::failed;
use crate::{
    config::{Config, PublicUrl},
    database,
    failure::Failure,
    installation,
    output::{counted, say},
};

/// How many of the newest emails in the mailbox are searched for a sign-in email.
const NEWEST: u64 = 200;

/// Lists all members with role and email address.
pub(super) async fn list(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let members = store::members::list(&store).await.map_err(failed)?;
    store.close().await;
    for member in &members {
        let address = member.address.as_deref().unwrap_or("-");
        // Names can contain control sequences for terminals.
        let name: String = member.name.chars().filter(|c| !c.is_control()).collect();
        say!("{:<14} {address:<40} {name}", member.role.name())?;
    }
    say!("{}", counted(members.len() as u64, "member", "members"))?;
    Ok(())
}

/// Allows an email address to join.
pub(super) async fn invite(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let store = database::open(config).await?;
    let done = store::members::invite(&store, &address).await;
    store.close().await;
    done.map_err(failed)?;
    say!("Invited. They can now sign in with this address at /sign-in.")?;
    Ok(())
}

/// Sets whether anybody can join or only invited people.
pub(super) async fn sign_up(config: &Config, who: &str) -> Result<(), Failure> {
    let sign_up = match who {
        "open" => SignUp::Open,
        "invite" => SignUp::Invite,
        _ => return Err(Failure::usage("Use open or invite.")),
    };
    let store = database::open(config).await?;
    let done = store::settings::set_sign_up(&store, sign_up).await;
    store.close().await;
    match done {
        Ok(()) => {
            say!("Changed who can join to {who}.")?;
            Ok(())
        }
        Err(store::StoreError::NotFound) => {
            Err(Failure::usage("The community isn't set up yet. Open its setup link first."))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Makes the database accept the current secret. Links in earlier emails stop working.
pub(super) async fn accept_secret(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let done = installation::accept_secret(config, &store).await;
    store.close().await;
    done?;
    say!("Secret accepted. Links in emails sent before now no longer work.")
}

/// Gives a member another role.
pub(super) async fn role(config: &Config, address: &str, role: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let role: Role = role
        .parse()
        .map_err(|()| Failure::usage("Unknown role. Use member, organiser, administrator or suspended."))?;
    let store = database::open(config).await?;
    let done = store::members::set_role(&store, &address, role).await;
    store.close().await;
    match done {
        Ok(()) => {
            say!("Role changed. It applies the next time they sign in.")?;
            Ok(())
        }
        Err(store::StoreError::NotFound) => Err(Failure::usage(
            "No member has this email address. Run guildhall admin list to see all members.",
        )),
        Err(error) => Err(failed(error)),
    }
}

/// Shows the newest sign-in email to an address. It may still wait in the outbox, because the mail server is
/// unavailable. Otherwise it is in the built-in mailbox.
pub(super) async fn sign_in_link(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let store = database::open(config).await?;
    let waiting = store::outbox::waiting_sign_in(&store, &address).await.map_err(failed)?;
    let mails = store::mailbox::newest(&store, NEWEST).await.map_err(failed)?;
    store.close().await;
    if let Some(Email::SignIn(emails::SignIn { link, code, .. })) = waiting.map(|envelope| envelope.email) {
        let here = || PublicUrl::loopback(SocketAddr::new(config.listen, config.port));
        let home = config.public_url.clone().unwrap_or_else(here).origin();
        say!("Link: {home}{link}\nCode: {code}")?;
        return Ok(());
    }
    let to_address = mails.iter().filter(|mail| mail.to.eq_ignore_ascii_case(address.as_str()));
    let text = to_address
        .filter_map(|mail| crate::mailbox::text(&mail.raw))
        .find(|text| text.contains("/sign-in/link/"));
    match text {
        Some(text) => {
            say!("{text}")?;
            Ok(())
        }
        None => Err(Failure::usage(
            "There is no sign-in email to this address, neither waiting nor in the built-in mailbox. Ask for one at /sign-in first.",
        )),
    }
}

pub(super) fn read_address(text: &str) -> Result<Address, Failure> {
    Address::parse(text).ok_or_else(|| Failure::usage("This is not a valid email address."))
}
