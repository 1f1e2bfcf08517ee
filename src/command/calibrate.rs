//! `simulate calibrate PATH…`: the parameters that fit what people did, and how sure they are.

mod unseen;

use super::failure::Failure;
use super::fitted;
use super::output;
use super::progress::Progress;
use super::stop::on_ctrl_c;
use clap::Args;
use compassion::document::Source;
use compassion::engine;
use compassion::evidence::score::ScoredCell;
use compassion::evidence::studies::{Evidence, hexadecimal};
use compassion::fit::left_out;
use compassion::fit::objective::{FittedCell, Objective, Setup, fitted_cells};
use compassion::fit::parameter_file::{rounded, write};
use compassion::fit::posterior::{Ensemble, Posterior};
use compassion::fit::priors::{self, Priors};
use compassion::fit::search::{self, Fit, fit, search, search_from};
use compassion::fit::state::{State, fingerprint};
use compassion::fit::walkers::Walkers;
use compassion::parameters::record::Record;
use compassion::parameters::{self, ParameterFile};
use compassion::programs;
use compassion::report::{Folder, replace};
use compassion::scenario::load;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rounds of the walkers of which one is kept.
const KEPT_EVERY: u32 = 10;

/// Files and flags of a calibration.
#[derive(Debug, Args)]
pub struct Calibrate {
    /// Scenario files with counts (`observed = { helped, of }`), or folders of them; contrasts and patterns never enter a fit
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// A parameter file whose other parameters are kept, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// What was believed before, instead of the built-in priors; the parameters named there are free
    #[arg(long, value_name = "FILE")]
    priors: Option<PathBuf>,
    /// Begin at the values that the parameters have now instead of the centres of the priors
    #[arg(long, conflicts_with_all = ["leave_one_out", "hold_out", "recover"])]
    from_here: bool,
    /// Seed of the people, their luck and the search
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// People of each cell; the same in every evaluation
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..=1_000_000))]
    people: u32,
    /// Evaluations of the search, after which it stops
    #[arg(long, value_name = "N", default_value_t = 12_000)]
    evaluations: u64,
    /// Rounds of the walkers that show the uncertainty; 0 for none
    #[arg(long, value_name = "N", default_value_t = 600)]
    rounds: u32,
    /// Walkers, an even number
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = walkers)]
    walkers: usize,
    /// Also write this many plausible parameter sets to a file
    #[arg(long, value_name = "FILE")]
    ensemble: Option<PathBuf>,
    /// Plausible parameter sets
    #[arg(long, value_name = "N", default_value_t = 40)]
    sets: usize,
    /// Fit without these studies (names of files) and predict them; given several times, without all of them at once
    #[arg(long, value_name = "STUDY", conflicts_with_all = ["leave_one_out", "recover"])]
    hold_out: Vec<String>,
    /// Fit without each study in turn and predict it
    #[arg(long, conflicts_with = "recover")]
    leave_one_out: bool,
    /// Make counts from parameters drawn with this seed, fit them, and compare
    #[arg(long, value_name = "SEED")]
    recover: Option<u64>,
    /// Do not ask for the constraints (sweet spot, contributory mechanisms, …)
    #[arg(long)]
    unconstrained: bool,
    /// Folder for results; writes DIR/calibrate/, and DIR/calibrate.state.json from which a fit (not --leave-one-out, --hold-out or --recover) goes on after an interruption
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Begin anew where an interrupted calibration could be gone on with
    #[arg(long)]
    fresh: bool,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print only results and errors
    #[arg(long, short)]
    quiet: bool,
    /// Write into a folder with results of other files, or from elsewhere
    #[arg(long)]
    force: bool,
}

/// Everything that is read before the first evaluation.
struct Prepared {
    evidence: Evidence,
    base: ParameterFile,
    base_text: String,
    priors: Priors,
    priors_sha256: String,
    setup: Setup,
    given: String,
    stop: Arc<AtomicBool>,
}

/// Fits, leaves out, or recovers.
pub fn run(options: &Calibrate) -> Result<(), Failure> {
    let prepared = prepare(options)?;
    let cells = fitted_cells(&prepared.evidence);
    if cells.is_empty() {
        return Err(Failure::NothingToFit);
    }
    if let Some(seed) = options.recover {
        return unseen::recovered(options, &prepared, &cells, seed);
    }
    if options.leave_one_out || !options.hold_out.is_empty() {
        return unseen::held_out(options, &prepared, &cells);
    }
    calibrated(options, &prepared, &cells)
}

fn prepare(options: &Calibrate) -> Result<Prepared, Failure> {
    let (base, base_text) = match &options.parameters {
        Some(file) => (parameters::load(file)?, Source::open(file)?.text().to_owned()),
        None => (parameters::builtin(), parameters::SHIPPED.to_owned()),
    };
    let priors_source = match &options.priors {
        Some(file) => Source::open(file)?,
        None => Source::new("priors.toml", priors::SHIPPED),
    };
    let priors = Priors::read(&priors_source, &base.entries).map_err(|it| Failure::Priors(Box::new(it)))?;
    let evidence = Evidence::load(&options.paths, |it| load(it, programs::builtin(), &[]))?;
    if let Some(threads) = options.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|it| Failure::Start(it.to_string()))?;
    }
    let stop = on_ctrl_c()?;
    Ok(Prepared {
        priors_sha256: hexadecimal(&Sha256::digest(priors_source.text())),
        given: options
            .paths
            .iter()
            .map(|it| it.display().to_string())
            .collect::<Vec<_>>()
            .join(" "),
        setup: Setup {
            people: options.people,
            seed: options.seed,
            longest_step_s: search::LONGEST_STEP_S,
            constrained: !options.unconstrained,
        },
        evidence,
        base,
        base_text,
        priors,
        stop,
    })
}

impl Prepared {
    /// A folder for results of this kind.
    fn folder(&self, options: &Calibrate, name: &str) -> Result<Folder, Failure> {
        Ok(Folder::begin(
            &options.out.join(name),
            Path::new(&self.given),
            options.force,
        )?)
    }

    fn stopped(&self, what: &str) -> Result<(), Failure> {
        if self.stop.load(Ordering::Relaxed) {
            Err(Failure::Stopped(what.to_owned()))
        } else {
            Ok(())
        }
    }

    fn provenance(&self) -> Vec<u8> {
        let files: Vec<_> = self
            .evidence
            .studies
            .iter()
            .map(|it| (it.path.display().to_string(), &it.sha256))
            .collect();
        let json = serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"),
            "scenario": self.given,
            "files": files,
            "seed": self.setup.seed,
            "people": self.setup.people,
            "base_sha256": self.base.sha256,
            "priors_sha256": self.priors_sha256,
            "command": std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect::<Vec<_>>(),
        });
        format!("{json:#}\n").into_bytes()
    }
}

/// The best set, its uncertainty, and a parameter file.
fn calibrated(options: &Calibrate, prepared: &Prepared, cells: &[FittedCell]) -> Result<(), Failure> {
    let folder = prepared.folder(options, "calibrate")?;
    let priors = &prepared.priors;
    let objective = Objective::new(cells, &prepared.base.values, priors, prepared.setup);
    let start = if options.from_here {
        priors.place(&prepared.base.values)
    } else {
        vec![0.0; priors.len()]
    };
    let at_start = objective.loss(&start);
    let mark = fingerprint(
        &prepared.evidence,
        &prepared.priors_sha256,
        &prepared.base.sha256,
        prepared.setup,
        at_start,
    );
    let state_file = options.out.join("calibrate.state.json");
    let mut state = begun(options, &state_file, mark, &start)?;

    let found = searched(options, prepared, &objective, &mut state, &state_file)?;
    if options.rounds > 0 {
        walked(options, prepared, &objective, &found, &mut state, &state_file)?;
    }

    let walkers = state.walkers.as_ref();
    let posterior = walkers.and_then(|it| Posterior::of(priors, it));
    let values: Vec<f64> = priors
        .list
        .iter()
        .zip(&found.place)
        .map(|(prior, x)| rounded(prior.value(*x)))
        .collect();
    let parameters = priors.with_values(&prepared.base.values, &values);
    let place = priors.place(&parameters);
    let in_fit = objective.scored(&parameters);
    let record = Record {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: prepared.setup.seed,
        people: prepared.setup.people,
        longest_step_s: prepared.setup.longest_step_s,
        evaluations: found.evaluations,
        free_parameters: priors.free(),
        n_cells: cells.len(),
        deviance: in_fit.iter().map(ScoredCell::deviance).sum(),
        prior: priors.distance(&place),
        penalty: objective.loss(&place).penalty,
        base_sha256: prepared.base.sha256.clone(),
        priors_sha256: prepared.priors_sha256.clone(),
        kept_rounds: walkers.map(|it| u32::try_from(it.kept().len() / it.count()).unwrap_or(u32::MAX)),
        largest_r_hat: walkers
            .and_then(Walkers::convergence)
            .map(|it| it.into_iter().fold(0.0, f64::max)),
        evidence: evidence_hashes(&prepared.evidence, cells),
        correlations: posterior.as_ref().map(|it| it.correlations.clone()),
    };
    let intervals = posterior.as_ref().map(|it| it.intervals.as_slice());
    let text = write(
        &prepared.base_text,
        &prepared.base.entries,
        priors,
        &values,
        intervals,
        &record,
    )?;
    let sha256 = hexadecimal(&Sha256::digest(&text));
    folder.write("parameters.toml", text.as_bytes())?;
    folder.write("provenance.json", &prepared.provenance())?;
    if let Some(file) = &options.ensemble {
        let ensemble = walkers.map(|it| Ensemble::of(priors, it, options.sets, sha256));
        match ensemble.filter(|it| !it.sets.is_empty()) {
            Some(ensemble) => replace(file, toml::to_string(&ensemble)?.as_bytes())?,
            None => output::remark(&format!(
                "`{}` was not written: so few rounds of walkers leave no plausible sets; raise --rounds",
                file.display()
            )),
        }
    }
    folder.finish()?;
    let elsewhere = Setup {
        seed: prepared.setup.seed.wrapping_add(1),
        people: prepared.setup.people.max(4096),
        constrained: false,
        longest_step_s: engine::LONGEST_STEP_S,
    };
    let on_others = Objective::new(cells, &prepared.base.values, priors, elsewhere).scored(&parameters);
    let measured = fitted::measured(&parameters, elsewhere);
    let acceptance = walkers.map(Walkers::acceptance);
    let mut screen = fitted::screen(priors, &values, &record, intervals, acceptance, &on_others, &measured);
    screen += &format!("wrote {}/parameters.toml\n", options.out.join("calibrate").display());
    output::result(&screen)
}

/// Hashes of the files that have cells in the fit.
fn evidence_hashes(evidence: &Evidence, cells: &[FittedCell]) -> std::collections::BTreeMap<String, String> {
    left_out::studies(cells)
        .into_iter()
        .map(|it| {
            (
                format!("{}.toml", evidence.studies[it].name),
                evidence.studies[it].sha256.clone(),
            )
        })
        .collect()
}

/// The state to go on with, or a new one.
fn begun(options: &Calibrate, file: &Path, mark: String, start: &[f64]) -> Result<State, Failure> {
    if file.exists() && !options.fresh {
        let text = Source::open(file)?;
        let state = State::read(text.text(), &mark).map_err(|it| Failure::State(file.to_owned(), it))?;
        if !options.quiet {
            output::remark(&format!(
                "note: going on after {} evaluations, as `{}` says",
                state.search.evaluations(),
                file.display()
            ));
        }
        return Ok(state);
    }
    Ok(State {
        fingerprint: mark,
        search: if options.from_here {
            search_from(start, options.seed)
        } else {
            search(start.len(), options.seed)
        },
        walkers: None,
    })
}

fn searched(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    state: &mut State,
    file: &Path,
) -> Result<Fit, Failure> {
    let progress = Progress::new(
        usize::try_from(options.evaluations).unwrap_or(usize::MAX),
        options.quiet,
    );
    let mut search = state.search.clone();
    let found = fit(objective, &mut search, options.evaluations, |now| {
        state.search = now.clone();
        replace(file, &state.write())?;
        let (place, _) = now.best();
        progress.tell(&format!("weighted deviance {:.1}", objective.loss(place).deviance));
        progress.reached(usize::try_from(now.evaluations()).unwrap_or(usize::MAX));
        prepared.stopped("the same command goes on from here")
    })?;
    Ok(found)
}

fn walked(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    found: &Fit,
    state: &mut State,
    file: &Path,
) -> Result<(), Failure> {
    let mut walkers = state
        .walkers
        .take()
        .unwrap_or_else(|| Walkers::new(objective, &found.place, options.walkers, options.seed));
    let progress = Progress::new(options.rounds as usize, options.quiet);
    // A third of the rounds is forgotten: the walkers begin closer together than they stay.
    let forgotten = options.rounds / 3;
    while walkers.rounds() < options.rounds {
        let round = walkers.rounds();
        walkers.step(objective, round >= forgotten && round.is_multiple_of(KEPT_EVERY));
        state.walkers = Some(walkers.clone());
        replace(file, &state.write())?;
        progress.tell(&format!(
            "uncertainty, {:.0} % of jumps taken",
            walkers.acceptance() * 100.0
        ));
        progress.reached(walkers.rounds() as usize);
        prepared.stopped("the same command goes on from here")?;
    }
    state.walkers = Some(walkers);
    Ok(())
}

fn walkers(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(it) if it >= 6 && it.is_multiple_of(2) => Ok(it),
        _ => Err(format!("`{text}` is not an even number from 6 on")),
    }
}
