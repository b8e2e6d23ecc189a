//! `guildhall member`: exports or deletes the data of a member, for members who can't sign in any more.

use std::io::{IsTerminal as _, stdout};

use app::context::Visit;
use store::data;

use super::{admin::read_address, failed};
use crate::{
    config::Config,
    database,
    export::pack,
    failure::Failure,
    output::{self, say},
};

/// Writes all data of a member to standard output, as a ZIP file.
pub(super) async fn export(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    if stdout().is_terminal() {
        return Err(Failure::usage(
            "This command writes a ZIP file. Redirect its output: guildhall member export ADDRESS > export.zip",
        ));
    }
    let store = database::open(config).await?;
    let copy = data::operator_copy(&store, &address).await;
    let settings = store::settings::load(&store).await.map_err(failed)?;
    store.close().await;
    let copy = known(copy)?;
    let visit = Visit { community: settings.community, ..Visit::anonymous() };
    let packed = pack(&visit, &copy).map_err(|error| Failure::internal(format!("{error}.")))?;
    output::bytes(&packed)
}

/// Deletes a member's account and data immediately, without the usual waiting time.
pub(super) async fn delete(config: &Config, address: &str) -> Result<(), Failure> {
    let address = read_address(address)?;
    let store = database::open(config).await?;
    let done = data::delete_now(&store, &address).await;
    store.close().await;
    known(done)?;
    say!("Account deleted. A last email to the member is sent while guildhall serve is running.")?;
    Ok(())
}

fn known<T>(done: Result<T, store::StoreError>) -> Result<T, Failure> {
    match done {
        Err(store::StoreError::NotFound) => Err(Failure::usage(
            "No member has this email address. Run guildhall admin list to see all members.",
        )),
        other => other.map_err(failed),
    }
}
