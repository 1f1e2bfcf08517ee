//! `simulate validate PATH…`: how well a parameter set agrees with what people did.

use super::failure::Failure;
use super::options::Changes;
use super::output;
use super::progress::Progress;
use super::scores;
use super::stop::on_ctrl_c;
use super::uncertain::Uncertain;
use clap::Args;
use compassion::engine::LONGEST_STEP_S;
use compassion::evidence::bench::Bench;
use compassion::evidence::export::{Background, charts, common_seed, report_json};
use compassion::evidence::jitter::jitter;
use compassion::evidence::knockouts::knockouts;
use compassion::evidence::predictive::PlausibleCells;
use compassion::evidence::requirement::Requirement;
use compassion::evidence::run::run as run_all;
use compassion::evidence::studies::Evidence;
use compassion::evidence::validation::{NAMES, Validation};
use compassion::fit::priors::Priors;
use compassion::parameters;
use compassion::report::{Folder, ParameterSet};
use compassion::statistics::Count;
use compassion::wording::thousands;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// People of each cell in a recoding: each has 1/50 of the people, and there are many.
const JITTER_PEOPLE: u32 = 1_000;

/// People of each cell without a mechanism.
const KNOCKOUT_PEOPLE: u32 = 2_000;

/// People of each cell under each plausible parameter set.
const PLAUSIBLE_PEOPLE: u32 = 1_000;

/// What a folder of results says that it comes from. The same for all files: a validation takes seconds, its report names its files,
/// and somebody who scores one folder after the other must not be refused.
const VALIDATION: &str = "simulate validate";

/// Files and flags of a validation.
#[derive(Debug, Args)]
pub struct Validate {
    /// Scenario files, or folders of them; files without `observed` and `contrast`, and those with a line `# not evidence: …`, are skipped
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    /// Folder for results; writes DIR/validate/, in the place of an earlier validation
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// What the score must reach, else exit code 1: for instance 'inside>=0.92,deviance_per_cell<=1.4'
    #[arg(long, value_name = "LIST")]
    require: Option<String>,
    /// Show the spread of the score when the situations are coded otherwise, with this SD for each study and key
    #[arg(long, value_name = "SD", value_parser = sd)]
    jitter: Option<f64>,
    /// Recodings
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    repeats: u32,
    /// Also score the model with each mechanism switched off; nothing is refitted
    #[arg(long)]
    knockouts: bool,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print report.json instead of the table
    #[arg(long)]
    json: bool,
    /// Print only results and errors
    #[arg(long, short)]
    quiet: bool,
    /// Write into a folder that does not come from a validation
    #[arg(long)]
    force: bool,
    // Behind the others: its heading holds for all flags that follow.
    #[command(flatten)]
    uncertain: Uncertain,
}

/// Scores the files; says which requirements were missed.
pub fn run(options: &Validate) -> Result<(), Failure> {
    let required = match &options.require {
        Some(text) => Requirement::list(text, NAMES)?,
        None => Vec::new(),
    };
    let (values, set, _) = options.changes.parameters()?;
    let sets = options.uncertain.sets(&values, &set)?;
    let evidence = Evidence::load(&options.paths, |it| options.changes.load(it))?;
    let place = options.out.join("validate");
    let given = options
        .paths
        .iter()
        .map(|it| it.display().to_string())
        .collect::<Vec<_>>()
        .join(" ");
    let stop = on_ctrl_c()?;
    let folder = Folder::begin(&place, Path::new(VALIDATION), options.force)?;
    if let Some(threads) = options.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|it| Failure::Start(it.to_string()))?;
    }

    let stopped = || Failure::Stopped(format!("`{}` was not written", place.display()));
    let start = Instant::now();
    let progress = Progress::new(evidence.studies.len(), options.quiet);
    let finished = AtomicUsize::new(0);
    let runs = run_all(&evidence, &values, &stop, &|| {
        progress.reached(finished.fetch_add(1, Ordering::Relaxed) + 1)
    });
    drop(progress);
    let runs = runs.ok_or_else(stopped)?;
    let validation = Validation::new(&evidence, &runs);

    let cells: Vec<(usize, Count)> = evidence
        .cells()
        .into_iter()
        .map(|(study, _, count)| (study, count))
        .collect();
    let seed = common_seed(&evidence).unwrap_or(1);
    let bench = |people| {
        let conditions = evidence.cells().into_iter().map(|(study, condition, _)| {
            let scenario = &evidence.studies[study].scenario;
            (&scenario.conditions[condition], scenario.programs.as_slice())
        });
        Bench::new(conditions, people, seed, LONGEST_STEP_S)
    };
    let knockouts = if options.knockouts && !cells.is_empty() {
        knockouts(&bench(KNOCKOUT_PEOPLE), &cells, &values, &stop).ok_or_else(stopped)?
    } else {
        Vec::new()
    };
    let jitter = options
        .jitter
        .filter(|_| !cells.is_empty())
        .map(|sd| jitter(&bench(JITTER_PEOPLE), &cells, &values, sd, options.repeats, seed, &stop).ok_or_else(stopped))
        .transpose()?;
    let plausible = match sets.filter(|_| !cells.is_empty()) {
        None => None,
        Some(it) => {
            let observed: Vec<Count> = cells.iter().map(|it| it.1).collect();
            let bench = bench(PLAUSIBLE_PEOPLE);
            let found = PlausibleCells::new(&bench, &observed, &it.list, it.file, PLAUSIBLE_PEOPLE, &stop);
            Some(found.ok_or_else(stopped)?)
        }
    };
    let background = Background {
        parameters_sha256: &set.sha256,
        free_parameters: Priors::shipped(parameters::shipped_entries()).map_or(0, |it| it.free()),
        knockouts: &knockouts,
        jitter: jitter.as_ref(),
        plausible: plausible.as_ref(),
    };
    let report = report_json(&evidence, &validation, &background);
    let seconds = start.elapsed().as_secs_f64();

    let pretty = |it: &serde_json::Value| format!("{it:#}\n").into_bytes();
    folder.write("report.json", &pretty(&report))?;
    folder.write("provenance.json", &pretty(&provenance(&given, &set, &report)))?;
    let foot = foot(&evidence, &set);
    let pictures = charts(&evidence, &validation, plausible.as_ref(), &foot)?;
    pictures
        .par_iter()
        .map(|(name, picture)| {
            folder.write(&format!("{name}.png"), &picture.png)?;
            folder.write(&format!("{name}.svg"), picture.svg.as_bytes())
        })
        .collect::<Result<Vec<()>, _>>()?;
    if stop.load(Ordering::Relaxed) {
        return Err(stopped());
    }
    folder.finish()?;

    if options.json {
        output::result(&format!("{report}\n"))?;
    } else {
        output::result(&scores::screen(&evidence, &validation, &background, &place, seconds))?;
    }
    if !options.quiet {
        if !evidence.skipped.is_empty() {
            let names: Vec<String> = evidence
                .skipped
                .iter()
                .map(|it| format!("`{}`", it.display()))
                .collect();
            output::remark(&format!(
                "note: skipped, since they carry neither observed nor contrast, or say that they are not evidence: {}",
                names.join(", ")
            ));
        }
        for folder in &evidence.folders {
            output::remark(&format!(
                "note: `{}` holds scenario files too, and was not entered; give it as well to score them",
                folder.display()
            ));
        }
        if evidence.patterns_without_file > 0 {
            output::remark(&format!(
                "note: {} patterns are about files that were not given",
                evidence.patterns_without_file
            ));
        }
    }
    let missed = Requirement::missed(&required, &validation.named_scores());
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Required(missed))
    }
}

fn provenance(given: &str, set: &ParameterSet, report: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": VALIDATION,
        "paths": given,
        "files": report["files"],
        "seed": report["seed"],
        "parameters": set,
        "command": std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect::<Vec<_>>(),
    })
}

/// What stands under the charts.
fn foot(evidence: &Evidence, set: &ParameterSet) -> String {
    let agents = || evidence.studies.iter().map(|it| u64::from(it.scenario.run.agents));
    let (least, most) = (agents().min().unwrap_or_default(), agents().max().unwrap_or_default());
    let agents = if least == most {
        thousands(least)
    } else {
        format!("{} to {}", thousands(least), thousands(most))
    };
    let seed = common_seed(evidence).map_or_else(|| "seeds of the files".to_owned(), |it| format!("seed {it}"));
    format!(
        "n = {agents} per condition · {seed} · 95 % intervals of the observation (Wilson, Newcombe) · parameters {} · version {}",
        set.sha256.get(..8).unwrap_or_default(),
        env!("CARGO_PKG_VERSION"),
    )
}

fn sd(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(it) if (0.0..=1.0).contains(&it) => Ok(it),
        _ => Err(format!("`{text}` is not a number in [0, 1]")),
    }
}
