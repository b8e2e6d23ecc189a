//! The command line: `guildhall serve | migrate | demo | import | doctor | backup | restore | match | mail |
//! member | admin`.

mod admin;
mod backup;
mod doctor;
mod import;
mod mail;
mod member;
mod restore;
mod serve;
mod solver;

use std::{collections::HashMap, path::PathBuf};

use clap::{Parser, Subcommand};
use domain::Zone;

use crate::{
    config::{Config, Sources},
    database,
    failure::Failure,
    logs,
    output::say,
};

/// A portal for engineering communities.
///
/// Settings are read from flags, then from environment variables (GUILDHALL_*), then from guildhall.toml in the
/// data folder.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version)]
pub struct Cli {
    /// The folder that contains the database and the settings file.
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server.
    Serve {
        /// The port to listen on.
        #[arg(long)]
        port: Option<u16>,
        /// Fill an empty database with sample members. Anyone on this machine can sign in as one of them.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database schema up to date. guildhall serve does this too.
    Migrate,
    /// Fill an empty database with sample members and events.
    Demo,
    /// Import data from a file.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Check the database and the data folder for problems.
    Doctor,
    /// Back up the database to a new file, even while the server is running. The secret and the settings file
    /// are copied next to it.
    Backup {
        /// The file to write. It must not exist yet.
        file: PathBuf,
    },
    /// Restore a backup. This signs everyone out, and puts emails on hold that may have been sent since the
    /// backup.
    Restore {
        /// A file written by guildhall backup.
        #[arg(required_unless_present = "in_place")]
        file: Option<PathBuf>,
        /// Only check the backup, without changing anything.
        #[arg(long)]
        verify: bool,
        /// Replace a database that already has members. The old database is kept next to the new one.
        #[arg(long)]
        replace: bool,
        /// Clean up a database that was restored by other means, for example by pg_restore.
        #[arg(long, conflicts_with_all = ["file", "verify", "replace"])]
        in_place: bool,
    },
    /// Solve a mentor matching problem from a file, and verify that the solution is optimal.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Match {
        #[command(subcommand)]
        what: Option<MatchExport>,
        /// The file to read. The documentation of matching::read describes its format.
        #[arg(required = true)]
        file: Option<PathBuf>,
        /// Print JSON. This is the default, and the only format.
        #[arg(long)]
        json: bool,
        /// Print the matched pairs too.
        #[arg(long)]
        pairs: bool,
    },
    /// Process incoming emails, and manage outgoing ones.
    Mail {
        #[command(subcommand)]
        what: Mail,
    },
    /// Export or delete a member's data.
    Member {
        #[command(subcommand)]
        what: Member,
    },
    /// Manage members and settings from the command line.
    Admin {
        #[command(subcommand)]
        what: Admin,
    },
}

/// What `guildhall match` does besides solving a file.
#[derive(Debug, Subcommand)]
enum MatchExport {
    /// Write a mentoring round to standard output as a matching problem. It contains no names.
    Export {
        /// The name of the round in its address.
        #[arg(required_unless_present = "list")]
        round: Option<String>,
        /// List the rounds instead.
        #[arg(long, conflicts_with = "round")]
        list: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Import a conference schedule (frab/pentabarf schedule.xml). Importing it again updates the event.
    Schedule {
        /// The file to import.
        file: PathBuf,
        /// The time zone of the venue, for example Europe/Berlin. Needed if the file does not name it.
        #[arg(long, value_parser = zone)]
        zone: Option<Zone>,
        /// Import nothing if any part of the file does not follow the format.
        #[arg(long)]
        strict: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Mail {
    /// Read an email from standard input. If it declines a calendar invitation, the seat is given up.
    Reply,
    /// Read an email from standard input. If it reports that one of our emails bounced permanently, optional
    /// emails to that address stop.
    Bounce,
    /// Put all waiting emails on hold, for example before you start the server on a restored database.
    Hold,
    /// Send emails again that failed or are on hold, once you have fixed the cause.
    Retry,
}

#[derive(Debug, Subcommand)]
enum Member {
    /// Write all of a member's data to standard output, as a ZIP file.
    Export {
        /// The member's email address.
        address: String,
    },
    /// Delete a member's account and data immediately. This cannot be undone.
    Delete {
        /// The member's email address.
        address: String,
    },
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// List all members with their role and email address.
    List,
    /// Allow someone to join. They sign in with this email address.
    Invite {
        /// Their email address.
        address: String,
    },
    /// Change who can join: anyone with an email address (open), or only invited people (invite).
    SignUp {
        /// Either open or invite.
        who: String,
    },
    /// Use the current secret with this database, or create one. Links in emails sent before now stop working.
    AcceptSecret,
    /// Change a member's role. This signs the member out everywhere.
    Role {
        /// The member's email address.
        address: String,
        /// One of member, organiser, administrator and suspended.
        role: String,
    },
    /// Show the link and the code from a member's newest sign-in email. Use it when the mail server does not
    /// work. The member must first ask for the email in the browser. It has to be unsent or in the built-in
    /// mailbox.
    SignInLink {
        /// The member's email address.
        address: String,
    },
}

/// Runs a command to its end. Work that is still running on other threads is abandoned, because decoding a
/// picture must not keep the process alive.
///
/// # Errors
/// The command's failure, or `internal` if no threads can be started.
pub fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Runtime::new();
    let runtime = runtime.map_err(|error| Failure::internal(format!("Cannot start threads: {error}.")))?;
    let done = runtime.block_on(command);
    runtime.shutdown_background();
    done
}

fn zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|()| format!("{text} is not an IANA time zone. Use a name such as Europe/Berlin"))
}

impl Cli {
    fn flags(&self) -> HashMap<&'static str, String> {
        let mut flags = HashMap::new();
        if let Some(data) = &self.data {
            flags.insert("data", data.display().to_string());
        }
        if let Command::Serve { port, demo } = &self.command {
            flags.extend(port.map(|port| ("port", port.to_string())));
            flags.extend(demo.then(|| ("demo", "true".to_owned())));
        }
        flags
    }

    /// Runs the command that was given.
    ///
    /// # Errors
    /// The command's failure: one sentence and the exit code.
    pub async fn run(self) -> Result<(), Failure> {
        if let Command::Match { what: None, file: Some(file), json: _json, pairs } = &self.command {
            // This needs no portal, so wrong settings don't matter.
            return solver::run(file, *pairs);
        }
        if let Command::Restore { file: Some(file), verify: true, .. } = &self.command {
            return restore::verify(file).await;
        }
        let config = Config::load(&Sources::of_process(self.flags()))?;
        logs::start(&config);
        match self.command {
            Command::Serve { .. } => serve::serve(config).await,
            Command::Migrate => {
                let applied = database::migrate(&config).await?;
                say!("The database is up to date ({applied} migrations applied).")?;
                Ok(())
            }
            Command::Demo => demo(&config).await,
            Command::Import { what: Import::Schedule { file, zone, strict } } => {
                import::schedule(&config, &file, zone, strict).await
            }
            Command::Match { what: Some(MatchExport::Export { round, list: _list }), .. } => {
                solver::export(&config, round.as_deref()).await
            }
            Command::Match { what: None, file, json: _json, pairs } => {
                solver::run(&file.unwrap_or_default(), pairs)
            }
            Command::Doctor => doctor::doctor(&config).await,
            Command::Backup { file } => backup::backup(&config, &file).await,
            Command::Restore { file: Some(file), replace, .. } => {
                restore::restore(&config, &file, replace).await
            }
            Command::Restore { file: None, .. } => restore::in_place(&config).await,
            Command::Mail { what: Mail::Reply } => mail::reply(&config).await,
            Command::Mail { what: Mail::Bounce } => mail::bounce(&config).await,
            Command::Member { what: Member::Export { address } } => member::export(&config, &address).await,
            Command::Member { what: Member::Delete { address } } => member::delete(&config, &address).await,
            Command::Mail { what: Mail::Hold } => mail::hold(&config).await,
            Command::Mail { what: Mail::Retry } => mail::retry(&config).await,
            Command::Admin { what: Admin::AcceptSecret } => admin::accept_secret(&config).await,
            Command::Admin { what: Admin::List } => admin::list(&config).await,
            Command::Admin { what: Admin::Invite { address } } => admin::invite(&config, &address).await,
            Command::Admin { what: Admin::SignUp { who } } => admin::sign_up(&config, &who).await,
            Command::Admin { what: Admin::Role { address, role } } => {
                admin::role(&config, &address, &role).await
            }
            Command::Admin { what: Admin::SignInLink { address } } => {
                admin::sign_in_link(&config, &address).await
            }
        }
    }
}

async fn demo(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let lock = database::lock_migrations(&config.data)?;
    let made = store::seed::demo(&store).await.map_err(failed)?;
    drop(lock);
    store.close().await;
    if made.members == 0 {
        return Err(Failure::usage("The database is not empty. Use --data to name an empty folder."));
    }
    say!(
        "Created {} members and {} events. To start the demo, run guildhall serve --demo.",
        made.members,
        made.events
    )?;
    Ok(())
}

/// A store error at the command line. The operator may read its cause.
fn failed(error: store::StoreError) -> Failure {
    match &error {
        store::StoreError::Refused(refusal) => {
            Failure::usage(app::i18n::refusal(domain::Locale::En, refusal))
        }
        store::StoreError::Unavailable(_) => Failure::unavailable(database::sentence(&error)),
        _ => Failure::internal(database::sentence(&error)),
    }
}
