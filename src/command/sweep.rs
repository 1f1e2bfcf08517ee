//! `simulate sweep FILE --vary KEY=VALUES`: a file at many points.

use super::emit::{Engine, Workflow};
use super::failure::Failure;
use super::merge;
use super::options::{Changes, Writing, folder_name, shard};
use super::output;
use super::progress::Watched;
use super::shards::of_shard;
use super::simulate::provenance;
use super::stop::on_ctrl_c;
use clap::Args;
use compassion::analysis::designs::Design;
use compassion::analysis::vary::{Layout, Points, Varied};
use compassion::document::{Choice, nearest};
use compassion::engine::driver::Ended;
use compassion::files::{Others, SweepFolder, SweepFolderError, SweepWork, sweep_progress};
use compassion::registry::Measure;
use compassion::report::{
    SweepRead, SweepReport, sweep_charts, sweep_codebook, sweep_header, sweep_of, sweep_read, sweep_rows,
};
use compassion::scenario::{Scenario, to_toml};
use compassion::sweep::{Measures, Sweep};
use compassion::wording::{person_or_people, thousands};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Charts of so many measures are drawn.
const MOST_DRAWN: usize = 6;

/// The file, what is varied in it, and where answers go.
#[derive(Debug, Args)]
pub struct SweepOptions {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A key and its values: 0,0.5,1 or 0:1:0.1 (steps) or 0..1 (with --points); may be given several times, and every value is run with every other
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub vary: Vec<String>,
    /// How many points are chosen from ranges such as KEY=0..1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub points: Option<u32>,
    /// How they are chosen: a Latin hypercube or a Sobol' sequence; without it evenly, or a Latin hypercube where several keys have ranges
    #[arg(long, value_name = "lhs|sobol", value_parser = design, requires = "points")]
    pub design: Option<Design>,
    /// A measure to answer with, or `all`; may be given several times. Without it helping and what the contrasts of the file name
    #[arg(long, value_name = "MEASURE", value_parser = measure)]
    pub measure: Vec<Wanted>,
    #[command(flatten)]
    pub changes: Changes,
    /// Only the I-th of N parts of the points; `simulate merge` joins them
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<[u32; 2]>,
    /// Print a workflow of shards and their merge instead of running anything
    #[arg(long, value_name = "snakemake|slurm|hyperqueue", value_parser = engine, conflicts_with = "shard")]
    pub emit: Option<Engine>,
    /// How many shards the workflow has
    #[arg(long, value_name = "N", default_value = "8", requires = "emit", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub shards: u32,
    #[command(flatten)]
    pub writing: Writing,
    /// Which charts are written
    #[arg(long, value_name = "none|png|svg|all", default_value = "all", value_parser = charts)]
    pub charts: Charts,
}

/// A measure that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    All,
    One(Measure),
}

/// Which charts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charts {
    None,
    Png,
    Svg,
    All,
}

impl Charts {
    /// Whether a file is written.
    pub(super) fn want(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => !(name.ends_with(".png") || name.ends_with(".svg")),
            Self::Png => !name.ends_with(".svg"),
            Self::Svg => !name.ends_with(".png"),
        }
    }
}

/// Runs a sweep, or goes on with it.
pub fn run(options: &SweepOptions) -> Result<(), Failure> {
    let start = Instant::now();
    let (sweep, work, place) = prepared(options)?;
    if let Some(engine) = options.emit {
        return emitted(options, engine);
    }
    let keys: Vec<&str> = sweep.points().keys().iter().map(|key| key.key.as_str()).collect();
    let others = if options.writing.force {
        Others::Replaced
    } else {
        Others::Stay
    };
    let mut folder = SweepFolder::begin(&place, work.clone(), &sweep_header(&keys), others)?;
    let stop = on_ctrl_c()?;
    let missing = folder.missing();
    if missing.start > work.range().start && !options.writing.quiet {
        output::remark(&format!(
            "going on: {}",
            sweep_progress("points", &missing, &work.range())
        ));
    }
    let watched = Watched::new(&stop, options.writing.quiet);
    let done = sweep.run(missing, &watched, |answer| folder.append(&sweep_rows(&answer)));
    drop(watched);
    match done {
        Ok(()) => {}
        Err(Ended::Kept(error)) => return Err(error.into()),
        Err(Ended::Stopped(_)) => {
            let progress = sweep_progress("points", &folder.missing(), &work.range());
            return Err(Failure::Stopped(format!("`{}`: {progress}", place.display())));
        }
    }
    for (name, content) in sweep_codebook(&keys) {
        folder.write(name, content.as_bytes())?;
    }
    folder.write(merge::SCENARIO, to_toml(sweep.base()).as_bytes())?;
    let (scenario, keys) = (sweep.base(), sweep.points().keys());
    let (failed, sentences, charts) = shown(options.charts, scenario, keys, &work, &folder)?;
    for form in options.writing.tables.forms() {
        folder.also_as(form)?;
    }
    let place = folder.finish()?;
    output::result(&screen(&sweep, &work, start, (&failed, &sentences, charts), &place))
}

/// Prints a workflow; what it would run was read before.
fn emitted(options: &SweepOptions, engine: Engine) -> Result<(), Failure> {
    let (mut arguments, mut merging): (Vec<String>, Vec<String>) = Default::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let is = |flag: &&str| word == **flag || word.starts_with(&format!("{flag}="));
        // What the workflow says itself, what its merge is told, and what its shards are.
        let of_workflow = ["--emit", "--shards", "--threads", "--jobs"].iter().any(&is);
        let of_merge = ["--charts", "--format"].iter().any(&is);
        let value = (of_workflow || of_merge) && !word.contains('=');
        let value = value.then(|| words.next()).flatten();
        match &*word {
            _ if of_workflow => {}
            "--quiet" | "-q" => {}
            _ if of_merge || word == "--excel" => merging.extend([Some(word), value].into_iter().flatten()),
            _ => arguments.push(word),
        }
    }
    let name = folder_name(&options.file, &options.changes.set).unwrap_or_default();
    let workflow = Workflow {
        arguments: &arguments,
        merging: &merging,
        shards: options.shards,
        out: &options.writing.out,
        name: &name.to_string_lossy(),
    };
    output::result(&workflow.text(engine))
}

/// Reads everything that is asked for before anything is run.
fn prepared(options: &SweepOptions) -> Result<(Sweep, SweepWork, PathBuf), Failure> {
    let place = options.changes.place(&options.writing.out.join("sweep"), &options.file);
    let place = place.ok_or_else(|| Failure::NoStem(options.file.clone()))?;
    let place = of_shard(place, options.shard);
    let loaded = options.changes.load(&options.file)?;
    let (_, set, _) = options.changes.parameters()?;
    let entries = options.changes.entries()?;
    let vary = options.vary.iter();
    let keys: Vec<Varied> = vary
        .map(|text| Varied::read(text, options.points.is_some()))
        .collect::<Result<_, _>>()?;
    let layout = options.points.map(|points| Layout {
        points,
        design: options.design,
        seed: loaded.scenario.run.seed,
    });
    let work = SweepWork {
        provenance: provenance(&set, &options.file, &loaded),
        vary: options.vary.clone(),
        set: options.changes.set.clone(),
        design: options.points.map(|points| (points, format!("{:?}", options.design))),
        measures: Vec::new(),
        points: 0,
        shard: options.shard,
    };
    let points = Points::new(keys, layout)?;
    let measures = measures(&options.measure);
    if !options.writing.quiet {
        output::notes(&loaded);
    }
    let sweep = Sweep::new(loaded.source.clone(), loaded.scenario, entries, points, &measures)?;
    if !options.writing.quiet {
        for note in sweep.notes() {
            output::remark(&format!("note: {}", note.message));
        }
    }
    let work = SweepWork {
        measures: sweep
            .measures()
            .iter()
            .map(|measure| measure.key().to_owned())
            .collect(),
        points: sweep.points().count(),
        ..work
    };
    Ok((sweep, work, place))
}

fn measures(wanted: &[Wanted]) -> Measures {
    let one = |wanted: &Wanted| match wanted {
        Wanted::All => None,
        Wanted::One(measure) => Some(*measure),
    };
    match wanted {
        [] => Measures::Asked,
        some => some
            .iter()
            .map(one)
            .collect::<Option<Vec<Measure>>>()
            .map_or(Measures::All, Measures::These),
    }
}

/// Writes the charts, and of a whole sweep its report; which points could not be run, what the table says of its first measure, and how many charts there are.
pub(super) fn shown(
    charts: Charts,
    scenario: &Scenario,
    keys: &[Varied],
    work: &SweepWork,
    folder: &SweepFolder,
) -> Result<(SweepRead, Vec<String>, usize), Failure> {
    let (mut failed, mut sentences, mut drawn) = (SweepRead::default(), Vec::new(), Vec::new());
    let measures = work.measures.iter().filter_map(|word| Measure::from_word(word));
    for (number, measure) in measures.take(MOST_DRAWN).enumerate() {
        let read = sweep_read(folder.table()?, keys.len(), &[measure])?;
        let of = sweep_of(scenario, keys, measure, &read);
        if number == 0 {
            sentences = of.in_words();
        }
        if charts != Charts::None {
            for (name, picture) in sweep_charts(&of) {
                match picture {
                    Ok(picture) => {
                        let [png, svg] = ["png", "svg"].map(|end| format!("{name}.{end}"));
                        for (name, bytes) in [(png, &picture.png[..]), (svg, picture.svg.as_bytes())] {
                            if charts.want(&name) {
                                folder.write(&name, bytes)?;
                            }
                        }
                        drawn.push(picture.svg);
                    }
                    Err(error) => output::left_out(&error),
                }
            }
        }
        failed = SweepRead {
            answers: Vec::new(),
            ..read
        };
    }
    if work.shard.is_none() {
        let report = SweepReport {
            scenario,
            keys,
            points: [work.points, failed.failed],
            sentences: &sentences,
            charts: &drawn,
            provenance: &work.provenance,
        };
        folder.write("report.html", report.html().as_bytes())?;
    }
    Ok((failed, sentences, drawn.len()))
}

/// What is printed.
fn screen(
    sweep: &Sweep,
    work: &SweepWork,
    start: Instant,
    (failed, sentences, charts): (&SweepRead, &[String], usize),
    place: &Path,
) -> String {
    let scenario = sweep.base();
    let people = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates);
    let range = work.range();
    let mut text = format!(
        "{}\n{} points × {} conditions × {} {} in {:.2} s (seed {})\n\n",
        scenario.title,
        thousands(range.end - range.start),
        scenario.conditions.len(),
        thousands(people),
        person_or_people(people),
        start.elapsed().as_secs_f64(),
        scenario.run.seed
    );
    for sentence in sentences {
        text += &format!("{sentence}\n");
    }
    if !sentences.is_empty() {
        text.push('\n');
    }
    if failed.failed > 0 {
        text += &format!("{} points could not be run:\n", thousands(failed.failed));
        for (values, why) in &failed.first_failed {
            let keys = sweep.points().keys().iter().zip(values);
            let point: Vec<String> = keys.map(|(key, value)| format!("{}={value}", key.key)).collect();
            text += &format!("  {}: {why}\n", point.join(" "));
        }
        text += "\n";
    }
    text += &format!(
        "wrote {}/ (sweep.csv, its codebook, {charts} charts)\n",
        place.display()
    );
    if work.shard.is_none() {
        text += &format!("report {}\n", place.join("report.html").display());
    }
    text
}

fn design(text: &str) -> Result<Design, String> {
    match text {
        "lhs" => Ok(Design::LatinHypercube),
        "sobol" => Ok(Design::Sobol),
        other => Err(format!("`{other}` is neither `lhs` nor `sobol`")),
    }
}

pub(super) fn charts(text: &str) -> Result<Charts, String> {
    match text {
        "none" => Ok(Charts::None),
        "png" => Ok(Charts::Png),
        "svg" => Ok(Charts::Svg),
        "all" => Ok(Charts::All),
        other => Err(format!("`{other}` is none of `none`, `png`, `svg` and `all`")),
    }
}

fn engine(text: &str) -> Result<Engine, String> {
    match text {
        "snakemake" => Ok(Engine::Snakemake),
        "slurm" => Ok(Engine::Slurm),
        "hyperqueue" => Ok(Engine::HyperQueue),
        other => Err(format!("`{other}` is none of `snakemake`, `slurm` and `hyperqueue`")),
    }
}

fn measure(text: &str) -> Result<Wanted, String> {
    match text {
        "all" => Ok(Wanted::All),
        word => a_measure(word).map(Wanted::One),
    }
}

/// The measure of a word.
pub(super) fn a_measure(text: &str) -> Result<Measure, String> {
    Measure::from_word(text).ok_or_else(|| {
        let near = nearest(text, Measure::WORDS.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("there is no measure `{text}`{near}")
    })
}

impl From<SweepFolderError> for Failure {
    fn from(error: SweepFolderError) -> Self {
        match error {
            SweepFolderError::Folder(error) => Self::Folder(error),
            other => Self::SweepFolder(other),
        }
    }
}
