//! The command line: `guildhall serve | migrate | demo | import | doctor | backup | restore | match | mail | member | admin`.

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

/// The portal of an engineering community.
///
/// Settings come from flags, then GUILDHALL_* in the environment, then guildhall.toml in the data folder.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version)]
pub struct Cli {
    /// The folder of the database and the settings file.
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the portal.
    Serve {
        /// The port to listen on.
        #[arg(long)]
        port: Option<u16>,
        /// Fill an empty database with sample people, and let anybody on this machine be one of them.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database up to date. `serve` does it too.
    Migrate,
    /// Fill an empty database with sample people and events.
    Demo,
    /// Read data from a file.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Look for what is wrong with the data.
    Doctor,
    /// Copy the database to a new file while the portal runs, with the secret and the settings beside it.
    Backup {
        /// The file to write. It must not exist.
        file: PathBuf,
    },
    /// Put a backup in the place of the database, end all sessions, and hold emails that may have been sent since.
    Restore {
        /// The file that guildhall backup wrote.
        #[arg(required_unless_present = "in_place")]
        file: Option<PathBuf>,
        /// Only check the backup, and change nothing.
        #[arg(long)]
        verify: bool,
        /// Replace a database that has members. It is kept beside the new one.
        #[arg(long)]
        replace: bool,
        /// Clean up the database that is already in place, after pg_restore for example.
        #[arg(long, conflicts_with_all = ["file", "verify", "replace"])]
        in_place: bool,
    },
    /// Solve a matching instance from a file, and prove the answer.
    Match {
        /// The file; its format is described at matching::read.
        file: PathBuf,
        /// Print JSON, which is the only form there is.
        #[arg(long)]
        json: bool,
        /// Print the matched pairs too.
        #[arg(long)]
        pairs: bool,
    },
    /// What a mail server hands over, and what it refused.
    Mail {
        #[command(subcommand)]
        what: Mail,
    },
    /// A member's right over their data.
    Member {
        #[command(subcommand)]
        what: Member,
    },
    /// What only the operator may do.
    Admin {
        #[command(subcommand)]
        what: Admin,
    },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// A conference schedule, frab/pentabarf schedule.xml; the same file again updates.
    Schedule {
        /// The file.
        file: PathBuf,
        /// The zone of the venue, if the file does not name it, e.g. Europe/Berlin.
        #[arg(long, value_parser = zone)]
        zone: Option<Zone>,
        /// Import nothing from a file that does not follow the format in everything.
        #[arg(long)]
        strict: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Mail {
    /// Read a mail from standard input: a calendar that declines gives the seat back.
    Reply,
    /// Read an email from standard input: a report that an email of ours bounced for good stops optional
    /// emails to its address.
    Bounce,
    /// Put every email that waits on hold, for example before the portal starts on a restored database.
    Hold,
    /// Send the emails that failed or are on hold, once the cause is fixed.
    Retry,
}

#[derive(Debug, Subcommand)]
enum Member {
    /// Write everything about a member to standard output, as a ZIP file.
    Export {
        /// The member's mail address.
        address: String,
    },
    /// Delete everything about a member, at once and for good.
    Delete {
        /// The member's mail address.
        address: String,
    },
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Everybody, with address and role.
    List,
    /// Let somebody in: they sign in by mail with this address.
    Invite {
        /// Their mail address.
        address: String,
    },
    /// Say who may join: whoever proves a mail address (open), or only who is invited (invite).
    SignUp {
        /// open or invite.
        who: String,
    },
    /// Keep using the secret that is set now, or make a new one. Links in emails sent so far stop working.
    AcceptSecret,
    /// Give a member another role; their sessions end.
    Role {
        /// The member's mail address.
        address: String,
        /// member, organiser, administrator or suspended.
        role: String,
    },
    /// Show the link and the code of the newest sign-in email that is waiting or in the built-in mailbox, for
    /// somebody who is locked out while the mail server does not work. Ask for it in the browser first.
    SignInLink {
        /// The member's mail address.
        address: String,
    },
}

/// Runs a command to its end on threads of its own, and leaves behind what still works on other threads:
/// a picture that is being decoded must not keep the process alive.
///
/// # Errors
/// Those of the command, or that no threads can be started.
pub fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Runtime::new();
    let runtime =
        runtime.map_err(|error| Failure::internal(format!("No threads can be started: {error}.")))?;
    let done = runtime.block_on(command);
    runtime.shutdown_background();
    done
}

fn zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|()| format!("{text} is not a zone of the IANA list; write one like Europe/Berlin"))
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

    /// Does what was asked for.
    ///
    /// # Errors
    /// One sentence and the code to exit with.
    pub async fn run(self) -> Result<(), Failure> {
        if let Command::Match { file, json: _json, pairs } = &self.command {
            // Needs no portal, so no settings can stop it.
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
                say!("The database is up to date ({applied} changes applied).")?;
                Ok(())
            }
            Command::Demo => demo(&config).await,
            Command::Import { what: Import::Schedule { file, zone, strict } } => {
                import::schedule(&config, &file, zone, strict).await
            }
            Command::Match { file, json: _json, pairs } => solver::run(&file, pairs),
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
    let made = store::seed::demo(&store).await.map_err(failed)?;
    store.close().await;
    if made.members == 0 {
        return Err(Failure::usage("The database is not empty: name an empty folder with --data."));
    }
    say!(
        "Made {} people and {} events. Now start it with guildhall serve --demo.",
        made.members,
        made.events
    )?;
    Ok(())
}

/// A verb's fault at the command line, where the operator may read causes.
fn failed(fault: store::Fault) -> Failure {
    match &fault {
        store::Fault::Refused(refusal) => Failure::usage(app::i18n::refusal(domain::Locale::En, refusal)),
        store::Fault::Unavailable(_) => Failure::unavailable(database::sentence(&fault)),
        _ => Failure::internal(database::sentence(&fault)),
    }
}
