//! `simulate merge DIR…`: joins the shards of a sweep.

use super::failure::Failure;
use super::output;
use super::sweep::{Charts, charts, shown};
use clap::Args;
use compassion::analysis::vary::Varied;
use compassion::programs;
use compassion::report::{Others, Shards, SweepFolder, sweep_codebook, sweep_header};
use compassion::scenario::load;
use compassion::wording::thousands;
use std::path::{Path, PathBuf};

/// Name of the scenario as it was run, beside the table.
pub(super) const SCENARIO: &str = "scenario.toml";

/// Which shards, and where to.
#[derive(Debug, Args)]
pub struct MergeOptions {
    /// Folders that `simulate sweep … --shard I/N` has written, all N of them
    #[arg(value_name = "DIR", required = true)]
    pub shards: Vec<PathBuf>,
    /// Folder for results; `DIR/sweep/<file stem>/` is written, as `simulate sweep` does without shards
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Which charts are written
    #[arg(long, value_name = "none|png|svg|all", default_value = "all", value_parser = charts)]
    pub charts: Charts,
    /// Replace another sweep in the same place
    #[arg(long)]
    pub force: bool,
}

/// Joins shards into the sweep that they are parts of.
pub fn run(options: &MergeOptions) -> Result<(), Failure> {
    let mut shards = Shards::find(&options.shards)?;
    let stem = Path::new(&shards.work.provenance.scenario)
        .file_stem()
        .unwrap_or_default()
        .to_owned();
    shards.work.provenance.command = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let loaded = load(&shards.places[0].join(SCENARIO), programs::builtin(), &[])?;
    let has_points = shards.work.design.is_some();
    let keys: Vec<Varied> = shards
        .work
        .vary
        .iter()
        .map(|text| Varied::read(text, has_points))
        .collect::<Result<_, _>>()?;
    let names: Vec<&str> = keys.iter().map(|key| key.key.as_str()).collect();
    let header = sweep_header(&names);
    let others = if options.force { Others::Replaced } else { Others::Stay };
    let place = options.out.join("sweep").join(stem);
    let mut folder = SweepFolder::begin(&place, shards.work.clone(), &header, others)?;
    folder.clear(&header)?;
    for at in 0..shards.places.len() {
        folder.append(&shards.rows(at, &header)?)?;
    }
    for (name, content) in sweep_codebook(&names) {
        folder.write(name, content.as_bytes())?;
    }
    folder.write(SCENARIO, loaded.source.text().as_bytes())?;
    let (failed, sentences, drawn) = shown(options.charts, &loaded.scenario, &keys, &shards.work.measures, &folder)?;
    let place = folder.finish()?;
    let mut text = sentences.join("\n");
    if !text.is_empty() {
        text += "\n\n";
    }
    if failed.failed > 0 {
        text += &format!("{} points could not be run\n", thousands(failed.failed));
    }
    output::result(&format!(
        "{text}wrote {}/ ({} points of {} shards, {drawn} charts)\n",
        place.display(),
        thousands(shards.work.points),
        shards.places.len()
    ))
}
