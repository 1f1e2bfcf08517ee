//! `simulate check`: reads and checks, and says in plain words what will be run.

use super::failure::Failure;
use super::options::Changes;
use super::output;
use clap::Args;
use compassion::community::day::PLAN;
use compassion::scenario::describe;
use std::path::PathBuf;

/// Files and flags of a check.
#[derive(Debug, Args)]
pub struct Check {
    /// Scenario files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    changes: Changes,
}

/// Checks all files; reports every problem of every file.
pub fn run(check: &Check) -> Result<(), Failure> {
    check.changes.parameters()?;
    let mut failed = Vec::new();
    let mut described = String::new();
    for file in &check.files {
        match check.changes.load(file) {
            Ok(loaded) => {
                output::notes(&loaded);
                if !described.is_empty() {
                    described.push('\n');
                }
                described += &format!("`{}` is a valid scenario\n", file.display());
                described += describe(&loaded.scenario).trim_end();
                described.push('\n');
                if loaded.scenario.has_community() {
                    described += "\na day in the community:\n";
                    for (number, (step, meaning)) in PLAN.iter().enumerate() {
                        described += &format!("   {}. {step}: {meaning}\n", number + 1);
                    }
                }
            }
            Err(error) => failed.push(error),
        }
    }
    output::result(&described)?;
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Scenarios(failed))
    }
}
