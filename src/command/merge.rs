//! `simulate merge DIR…`: joins shards to what they are parts of.

use super::failure::Failure;
use super::options::{Tables, folder_name};
use super::shards::provenance_of;
use super::sweep::{Charts, charts, shown};
use super::{Cli, Command, calibrate, output, plan, simulate, validate};
use clap::{Args, Parser};
use compassion::analysis::vary::Varied;
use compassion::files::{MergeError, Others, PartOf, Shards, SweepFolder};
use compassion::programs;
use compassion::report::{sweep_codebook, sweep_header};
use compassion::scenario::load;
use compassion::wording::thousands;
use std::path::{Path, PathBuf};

/// Name of the scenario as it was run, beside the table.
pub(super) const SCENARIO: &str = "scenario.toml";

/// Which shards, and where to.
#[derive(Debug, Args)]
pub struct MergeOptions {
    /// Folders that a run, a sweep, a plan, a validation or a calibration has written with `--shard I/N`, all N of them
    #[arg(value_name = "DIR", required = true)]
    pub shards: Vec<PathBuf>,
    /// Folder for results; what is written there is what the command writes without shards
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Which charts of a sweep are written
    #[arg(long, value_name = "none|png|svg|all", default_value = "all", value_parser = charts)]
    pub charts: Charts,
    #[command(flatten)]
    pub tables: Tables,
    /// Replace other results in the same place
    #[arg(long)]
    pub force: bool,
}

/// Joins shards into what they are parts of.
pub fn run(options: &MergeOptions) -> Result<(), Failure> {
    let shards = Shards::find(&options.shards)?;
    let no_command = || MergeError::NoCommand(shards.places[0].clone());
    let Some(part) = PartOf::from_json(&shards.first) else {
        return sweep(options, &shards);
    };
    let then = provenance_of(&shards)?;
    let command = Cli::try_parse_from(&then.command).map_err(|_| no_command())?;
    match (part, command.command) {
        (PartOf::Run, None) => {
            let mut run = command.run;
            run.files = vec![PathBuf::from(&then.scenario)];
            (run.out, run.force) = (options.out.clone(), options.force);
            run.tables = run.tables.or(options.tables);
            simulate::run_with(&run, Some(&shards))
        }
        (PartOf::Plan, Some(Command::Plan(mut of_all))) => {
            of_all.file = PathBuf::from(&then.scenario);
            (of_all.writing.out, of_all.writing.force) = (options.out.clone(), options.force);
            of_all.writing.tables = of_all.writing.tables.or(options.tables);
            plan::run_with(&of_all, Some(&shards))
        }
        (PartOf::Validation, Some(Command::Validate(of_all))) => {
            validate::merged(of_all, (options.out.clone(), options.force), &shards)
        }
        (PartOf::Calibration, Some(Command::Calibrate(of_all))) => {
            calibrate::merged(of_all, (options.out.clone(), options.force), &shards)
        }
        _ => Err(no_command().into()),
    }
}

/// Joins the shards of a sweep.
fn sweep(options: &MergeOptions, shards: &Shards) -> Result<(), Failure> {
    let mut work = shards.sweep().ok_or_else(|| MergeError::NoShard {
        place: shards.places[0].clone(),
        what: "provenance.json of a shard",
    })?;
    let name = folder_name(Path::new(&work.provenance.scenario), &work.set).unwrap_or_default();
    work.provenance.command = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let loaded = load(&shards.places[0].join(SCENARIO), programs::builtin(), &[])?;
    let has_points = work.design.is_some();
    let keys: Vec<Varied> = work
        .vary
        .iter()
        .map(|text| Varied::read(text, has_points))
        .collect::<Result<_, _>>()?;
    let names: Vec<&str> = keys.iter().map(|key| key.key.as_str()).collect();
    let header = sweep_header(&names);
    let others = if options.force { Others::Replaced } else { Others::Stay };
    let place = options.out.join("sweep").join(name);
    let mut folder = SweepFolder::begin(&place, work.clone(), &header, others)?;
    folder.clear(&header)?;
    for at in 0..shards.places.len() {
        folder.append(&shards.rows(&work, at, &header)?)?;
    }
    for (name, content) in sweep_codebook(&names) {
        folder.write(name, content.as_bytes())?;
    }
    folder.write(SCENARIO, loaded.source.text().as_bytes())?;
    let (failed, sentences, drawn) = shown(options.charts, &loaded.scenario, &keys, &work, &folder)?;
    for form in options.tables.forms() {
        folder.also_as(form)?;
    }
    let place = folder.finish()?;
    let mut text = sentences.join("\n");
    if !text.is_empty() {
        text += "\n\n";
    }
    if failed.failed > 0 {
        text += &format!("{} points could not be run\n", thousands(failed.failed));
    }
    output::result(&format!(
        "{text}wrote {}/ ({} points of {} shards, {drawn} charts)\nreport {}\n",
        place.display(),
        thousands(work.points),
        shards.places.len(),
        place.join("report.html").display()
    ))
}
