//! `guildhall admin`: what only the operator may do.

use std::net::SocketAddr;

use domain::{Role, emails::Email, members::Address};
use store::settings::SignUp;

use super::failed;
use crate::{
    config::{Config, PublicUrl},
    database,
    failure::Failure,
    installation,
    output::{counted, say},
};

/// How many mails are looked through for a sign-in.
const NEWEST: u64 = 200;

/// Everybody, with address and role.
pub(super) async fn list(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let members = store::members::list(&store).await.map_err(failed)?;
    store.close().await;
    for member in &members {
        let address = member.address.as_deref().unwrap_or("-");
        // A name may hold what a terminal obeys.
        let name: String = member.name.chars().filter(|c| !c.is_control()).collect();
        say!("{:<14} {address:<40} {name}", member.role.name())?;
    }
    say!("{}", counted(members.len() as u64, "member", "members"))?;
    Ok(())
}

/// Lets somebody in.
pub(super) async fn invite(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let store = database::open(config).await?;
    let done = store::members::invite(&store, &address).await;
    store.close().await;
    done.map_err(failed)?;
    say!("Invited. They can now sign in with this address at /sign-in.")?;
    Ok(())
}

/// Says who may join.
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
        Err(fault) => Err(failed(fault)),
    }
}

/// Keeps using the secret that is there.
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
        Err(fault) => Err(failed(fault)),
    }
}

/// Shows the newest sign-in email to an address: one that waits in the outbox, because the mail server does
/// not take it, or else the one in the built-in mailbox.
pub(super) async fn sign_in_link(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let store = database::open(config).await?;
    let waiting = store::outbox::waiting_sign_in(&store, &address).await.map_err(failed)?;
    let mails = store::mailbox::newest(&store, NEWEST).await.map_err(failed)?;
    store.close().await;
    if let Some(Email::SignIn { link, code, .. }) = waiting.map(|envelope| envelope.email) {
        let here = || PublicUrl::loopback(SocketAddr::new(config.listen, config.port));
        let home = config.public_url.clone().unwrap_or_else(here).origin();
        say!("Link: {home}{link}\nCode: {code}")?;
        return Ok(());
    }
    let mine = mails.iter().filter(|mail| mail.to.eq_ignore_ascii_case(address.as_str()));
    let text =
        mine.filter_map(|mail| crate::mailbox::text(&mail.raw)).find(|text| text.contains("/sign-in/link/"));
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
