//! `guildhall doctor`: checks the database and the files of the installation for problems.

use store::doctor::Finding;

use super::failed;
use crate::{
    config::Config,
    database,
    failure::Failure,
    files,
    output::{counted, say},
};

/// Runs every check and prints its result. Fails with exit code 1 if a check finds a problem.
pub(super) async fn doctor(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let mut findings = store::doctor::examine(&store).await.map_err(failed)?;
    store.close().await;
    let database = config.sqlite_file();
    findings.push(Finding::new(
        "the data folder and its files are private to their owner",
        files::exposed(&config.data, database.as_deref(), config.settings_file.as_deref()),
    ));
    let mut wrong = 0;
    for finding in findings {
        if let Some(note) = &finding.note {
            say!("note   {}: {note}", finding.check)?;
        }
        match finding.problem {
            None => say!("ok     {}", finding.check)?,
            Some(problem) => {
                wrong += 1;
                say!("FAILED {}: {problem}", finding.check)?;
            }
        }
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(Failure::new(1, format!("{} failed.", counted(wrong, "check", "checks"))))
    }
}
