//! `cargo xtask run`: builds everything and starts the server.

use crate::{
    child,
    progress::Report,
    site, wasm_target,
    workspace::{Workspace, program},
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::{
    env, io,
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt as _,
    path::{PathBuf, absolute},
    process::Command,
};

/// The arguments of `run` and `dev`.
#[derive(Args)]
pub(crate) struct Options {
    /// Build with optimisations. This takes several minutes.
    #[arg(long)]
    pub(crate) release: bool,
    /// The port to listen on.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The data folder [default: data/demo, or data/community with --empty].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start without the demo community.
    #[arg(long)]
    empty: bool,
}

/// Builds everything, then replaces this process with the server, so that signals go directly to the server.
pub(crate) fn run(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    check(options)?;
    build(workspace, report, options.release, false)?;
    let error = serve(workspace, options)?.exec();
    Err(error).context("Cannot start the server")
}

/// Checks the port and the compiler first, because both would only fail after minutes of building.
pub(crate) fn check(options: &Options) -> Result<()> {
    let port = options.port;
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let other = if port == u16::MAX { 3000 } else { port + 1 };
            bail!("Port {port} is in use. Choose another one, for example with `--port {other}`.")
        }
        Err(error) => {
            bail!("Cannot use port {port} ({error}). Choose another one with `--port`.")
        }
    }
    compiler()
}

/// Checks that there is a C compiler, which SQLite and the cryptography need.
pub(crate) fn compiler() -> Result<()> {
    if env::var_os("CC").is_none() && program("cc").is_none() {
        bail!(
            "A C compiler is missing. Install one (`gcc` or `clang`, on Debian `build-essential`) and try again."
        );
    }
    Ok(())
}

/// Builds the site, then the server that embeds it.
pub(crate) fn build(workspace: &Workspace, report: &mut Report, release: bool, keep_old: bool) -> Result<()> {
    wasm_target::ensure(workspace, report)?;
    site::build(workspace, report, site::Options { release, keep_old })?;
    report.step("build the server", |line| {
        // The same packages as in `cargo test`, so that both share the compiled dependencies.
        let mut cargo = workspace.cargo(["build", "--bin", "guildhall"]);
        if release {
            cargo.arg("--release");
        }
        child::run(cargo, line)
    })?;
    Ok(())
}

/// The command that starts the server.
pub(crate) fn serve(workspace: &Workspace, options: &Options) -> Result<Command> {
    let data = match &options.data {
        Some(folder) => absolute(folder).context("Cannot resolve the data folder")?,
        None => workspace.root.join(if options.empty { "data/community" } else { "data/demo" }),
    };
    let mut command = Command::new(workspace.server(if options.release { "release" } else { "debug" }));
    command.arg("serve").arg("--port").arg(options.port.to_string()).arg("--data").arg(data);
    if !options.empty {
        command.arg("--demo");
    }
    Ok(command)
}
