//! `simulate validate PATH…`: how well a parameter set agrees with what people did.

use super::failure::Failure;
use super::options::{Changes, shard};
use super::output;
use super::progress::{Progress, Watched};
use super::scores;
use super::shards::{Part, joined_provenance, of_shard, without_shard, written};
use super::stop::on_ctrl_c;
use super::uncertain::Uncertain;
use clap::Args;
use compassion::engine::LONGEST_STEP_S;
use compassion::evidence::bench::Bench;
use compassion::evidence::export::{Background, charts, common_seed, report_json};
use compassion::evidence::jitter::{Jitter, jitter};
use compassion::evidence::knockouts::knockouts;
use compassion::evidence::predictive::PlausibleCells;
use compassion::evidence::requirement::Requirement;
use compassion::evidence::run::{StudyRun, blocks, run as run_all, run_joined, run_part};
use compassion::evidence::score::Score;
use compassion::evidence::studies::{Evidence, hexadecimal};
use compassion::evidence::validation::{NAMES, Validation};
use compassion::files::{Folder, MergeError, Others, PartOf, PartWork, Shards};
use compassion::fit::priors::Priors;
use compassion::model::mechanism::Mechanism;
use compassion::model::parameters::Parameters;
use compassion::parameters;
use compassion::report::{ParameterSet, Provenance};
use compassion::statistics::Count;
use compassion::study::PlausibleSets;
use compassion::wording::thousands;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    /// Only the I-th of N parts of the people; `simulate merge` joins them. Writes DIR/validate-IofN/
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<[u32; 2]>,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, visible_alias = "jobs", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
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
    run_with(options, None)
}

/// A validation whose shards are joined.
pub(super) fn merged(options: Validate, merge: (PathBuf, bool), shards: &Shards) -> Result<(), Failure> {
    let (out, force) = merge;
    run_with(&Validate { out, force, ..options }, Some(shards))
}

/// As [`run`], with the people that shards have written instead of people who live here and now.
fn run_with(options: &Validate, shards: Option<&Shards>) -> Result<(), Failure> {
    let required = match &options.require {
        Some(text) => Requirement::list(text, NAMES)?,
        None => Vec::new(),
    };
    let (values, set, _) = options.changes.parameters()?;
    let asked = Asked {
        sets: options.uncertain.sets(&values, &set)?,
        evidence: Evidence::load(&options.paths, |file| options.changes.load(file))?,
        place: options.out.join("validate"),
        stop: on_ctrl_c()?,
        values,
        set,
    };
    if let Some(shard) = options.shard {
        return asked.part(options, shard);
    }
    let command = match shards {
        None => asked.provenance().command,
        Some(shards) => joined_provenance(shards, asked.provenance())?.command,
    };
    let folder = Folder::begin(&asked.place, Path::new(VALIDATION), options.force)?;
    let start = Instant::now();
    let found = asked.scored(options, shards)?;
    let seconds = start.elapsed().as_secs_f64();

    let background = asked.background(&found);
    let report = report_json(&asked.evidence, &found.validation, &background);
    asked.write(options, folder, &found, &report, command)?;
    if options.json {
        output::json(&report)?;
    } else {
        let (evidence, validation) = (&asked.evidence, &found.validation);
        output::result(&scores::screen(
            evidence,
            validation,
            &background,
            &asked.place,
            seconds,
        ))?;
    }
    if !options.quiet {
        remarks(&asked.evidence);
    }
    let missed = Requirement::missed(&required, &found.validation.named_scores());
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Required(missed))
    }
}

/// Everything that is read before the first person is simulated.
struct Asked {
    values: Parameters,
    set: ParameterSet,
    sets: Option<PlausibleSets>,
    evidence: Evidence,
    place: PathBuf,
    stop: Arc<AtomicBool>,
}

/// Everything that was simulated and compared.
struct Found {
    validation: Validation,
    knockouts: Vec<(Option<Mechanism>, Score)>,
    jitter: Option<Jitter>,
    plausible: Option<PlausibleCells>,
}

impl Asked {
    fn stopped(&self) -> Failure {
        Failure::Stopped(format!("`{}` was not written", self.place.display()))
    }

    /// What makes a validation another one: its files and parameters.
    fn provenance(&self) -> Provenance {
        let runs = || self.evidence.studies.iter().map(|study| study.scenario.run);
        let mut files = Sha256::new();
        for study in &self.evidence.studies {
            files.update(format!("{} {} {:?}\n", study.name, study.sha256, study.scenario.run));
        }
        Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: VALIDATION.to_owned(),
            scenario_sha256: hexadecimal(&files.finalize()),
            seed: self.seed(),
            agents: runs().map(|run| run.agents).max().unwrap_or_default(),
            replicates: runs().map(|run| run.replicates).max().unwrap_or_default(),
            parameters: self.set.clone(),
            command: std::env::args_os()
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
        }
    }

    /// Runs a part of the people of all files.
    fn part(&self, options: &Validate, shard: [u32; 2]) -> Result<(), Failure> {
        let work = PartWork {
            of: PartOf::Validation,
            provenance: without_shard(self.provenance()),
            asked: format!(
                "{:?} {:?} {} {} {:?} {:?}",
                options.require,
                options.jitter,
                options.repeats,
                options.knockouts,
                options.uncertain,
                options.changes.set
            ),
            pieces: blocks(&self.evidence),
            shard,
        };
        let others = if options.force { Others::Replaced } else { Others::Stay };
        let mut part = Part::begin(
            &of_shard(self.place.clone(), options.shard),
            work,
            others,
            options.quiet,
        )?;
        let (missing, watched) = (part.missing(), Watched::new(&self.stop, options.quiet));
        let done = run_part(&self.evidence, &self.values, missing, &watched, |pieces, bytes| {
            part.append(pieces, bytes)
        });
        part.finish(done)
    }

    /// Simulates, or reads what shards have written, and compares.
    fn scored(&self, options: &Validate, shards: Option<&Shards>) -> Result<Found, Failure> {
        let evidence = &self.evidence;
        let runs = match shards {
            None => self.simulated(options)?,
            Some(shards) => {
                run_joined(evidence, written(shards)?)?.ok_or_else(|| MergeError::Damaged(shards.places[0].clone()))?
            }
        };
        let mut found = Found {
            validation: Validation::new(evidence, &runs),
            knockouts: Vec::new(),
            jitter: None,
            plausible: None,
        };
        let cells: Vec<(usize, Count)> = evidence
            .cells()
            .into_iter()
            .map(|(study, _, count)| (study, count))
            .collect();
        if cells.is_empty() {
            return Ok(found);
        }
        if options.knockouts {
            let bench = self.bench(KNOCKOUT_PEOPLE);
            let scores = knockouts(&bench, &cells, &self.values, &self.stop);
            found.knockouts = scores.ok_or_else(|| self.stopped())?;
        }
        if let Some(sd) = options.jitter {
            let bench = self.bench(JITTER_PEOPLE);
            let spread = jitter(
                &bench,
                &cells,
                &self.values,
                sd,
                options.repeats,
                self.seed(),
                &self.stop,
            );
            found.jitter = Some(spread.ok_or_else(|| self.stopped())?);
        }
        if let Some(sets) = &self.sets {
            let (bench, between) = (self.bench(PLAUSIBLE_PEOPLE), &sets.between_study_sd);
            let file = sets.file.clone();
            let plausible =
                PlausibleCells::new(&bench, &cells, &sets.list, between, file, PLAUSIBLE_PEOPLE, &self.stop);
            found.plausible = Some(plausible.ok_or_else(|| self.stopped())?);
        }
        Ok(found)
    }

    /// What everybody does.
    fn simulated(&self, options: &Validate) -> Result<Vec<StudyRun>, Failure> {
        let evidence = &self.evidence;
        let progress = Progress::new(evidence.studies.len(), options.quiet);
        let finished = AtomicUsize::new(0);
        let runs = run_all(evidence, &self.values, &self.stop, &|| {
            progress.reached(finished.fetch_add(1, Ordering::Relaxed) + 1)
        });
        runs.ok_or_else(|| self.stopped())
    }

    fn seed(&self) -> u64 {
        common_seed(&self.evidence).unwrap_or(1)
    }

    /// The conditions with counts, each with so many people.
    fn bench(&self, people: u32) -> Bench {
        let evidence = &self.evidence;
        let conditions = evidence.cells().into_iter().map(|(study, condition, _)| {
            let scenario = &evidence.studies[study].scenario;
            (&scenario.conditions[condition], scenario.programs.as_slice())
        });
        Bench::new(conditions, people, self.seed(), LONGEST_STEP_S)
    }

    fn background<'a>(&'a self, found: &'a Found) -> Background<'a> {
        Background {
            parameters_sha256: &self.set.sha256,
            free_parameters: Priors::shipped(parameters::shipped_entries()).map_or(0, |priors| priors.free()),
            knockouts: &found.knockouts,
            jitter: found.jitter.as_ref(),
            plausible: found.plausible.as_ref(),
        }
    }

    /// Writes the report, where it comes from, and the charts.
    fn write(
        &self,
        options: &Validate,
        folder: Folder,
        found: &Found,
        report: &serde_json::Value,
        command: Vec<String>,
    ) -> Result<(), Failure> {
        let given: Vec<String> = options.paths.iter().map(|path| path.display().to_string()).collect();
        let pretty = |json: &serde_json::Value| format!("{json:#}\n").into_bytes();
        folder.write("report.json", &pretty(report))?;
        folder.write(
            "provenance.json",
            &pretty(&provenance(&given.join(" "), &self.set, report, command)),
        )?;
        let foot = foot(&self.evidence, &self.set);
        for (name, picture) in charts(&self.evidence, &found.validation, found.plausible.as_ref(), &foot) {
            match picture {
                Ok(picture) => {
                    folder.write(&format!("{name}.png"), &picture.png)?;
                    folder.write(&format!("{name}.svg"), picture.svg.as_bytes())?;
                }
                Err(error) => output::left_out(&error),
            }
        }
        if self.stop.load(Ordering::Relaxed) {
            return Err(self.stopped());
        }
        folder.finish()?;
        Ok(())
    }
}

/// What was not scored.
fn remarks(evidence: &Evidence) {
    if !evidence.skipped.is_empty() {
        let names: Vec<String> = evidence
            .skipped
            .iter()
            .map(|file| format!("`{}`", file.display()))
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

fn provenance(given: &str, set: &ParameterSet, report: &serde_json::Value, command: Vec<String>) -> serde_json::Value {
    serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": VALIDATION,
        "paths": given,
        "files": report["files"],
        "seed": report["seed"],
        "parameters": set,
        "command": command,
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
