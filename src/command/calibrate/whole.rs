//! The best set over all cells, its uncertainty, and a parameter file.

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::super::shards::{Part, of_shard, without_shard, written};
use super::super::{fitted, output};
use super::Calibrate;
use super::prepared::Prepared;
use compassion::engine;
use compassion::evidence::score::ScoredCell;
use compassion::evidence::studies::hexadecimal;
use compassion::files::{MergeError, Others, PartOf, PartWork, Shards, replace, replaceable};
use compassion::fit::cma_es::CmaEs;
use compassion::fit::left_out;
use compassion::fit::objective::{FittedCell, Objective, Setup};
use compassion::fit::parameter_file::{rounded, write};
use compassion::fit::posterior::{Ensemble, Posterior};
use compassion::fit::refine::Refined;
use compassion::fit::search::{Fit, fit};
use compassion::fit::state::{Asked, State, StateError, fingerprint};
use compassion::fit::walkers::Walkers;
use compassion::parameters::record::Record;
use compassion::report::Provenance;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

/// The state of a calibration, in the folder for results.
const STATE: &str = "calibrate.state.json";

/// A state file larger than this is not one.
const LARGEST_STATE: u64 = 4 << 30;

/// What a calibration has found.
struct Found {
    refined: Refined,
    evaluations: u64,
    walkers: Option<Walkers>,
}

/// Fits all cells and writes the parameters.
pub(super) fn calibrated(options: &Calibrate, prepared: &Prepared, cells: &[FittedCell]) -> Result<(), Failure> {
    let folder = prepared.folder(options, "calibrate")?;
    let objective = prepared.objective(cells);
    let found = found(options, prepared, &objective)?;

    let priors = &prepared.priors;
    let posterior = found
        .walkers
        .as_ref()
        .and_then(|walkers| Posterior::of(priors, walkers));
    let intervals = posterior.as_ref().map(|posterior| posterior.intervals.as_slice());
    let of_place = |(prior, x): (&compassion::fit::priors::Prior, &f64)| rounded(prior.value(*x));
    let values: Vec<f64> = priors.list.iter().zip(&found.refined.place).map(of_place).collect();
    let record = record(
        options,
        prepared,
        cells,
        &objective,
        &found,
        &values,
        posterior.as_ref(),
    );
    let (base, entries) = (&prepared.base_text, &prepared.base.entries);
    let text = write(base, entries, priors, &values, intervals, &record)?;

    folder.write("parameters.toml", text.as_bytes())?;
    folder.write("provenance.json", &prepared.provenance())?;
    if let Some(file) = &options.ensemble {
        let sha256 = hexadecimal(&Sha256::digest(&text));
        plausible(options, prepared, &objective, found.walkers.as_ref(), sha256, file)?;
    }
    folder.finish()?;

    let elsewhere = Setup {
        seed: prepared.setup.seed.wrapping_add(1),
        people: prepared.setup.people.max(4096),
        constrained: false,
        longest_step_s: engine::LONGEST_STEP_S,
    };
    let parameters = priors.with_values(&prepared.base.values, &values);
    let shown = fitted::Calibrated {
        priors,
        values: &values,
        record: &record,
        intervals,
        acceptance: found.walkers.as_ref().map(Walkers::acceptance),
        surprise: found.refined.surprise,
        on_others: Objective::new(cells, &prepared.base.values, priors, elsewhere).scored(&parameters),
        measured: fitted::measured(&parameters, elsewhere),
    };
    let place = options.out.join("calibrate");
    output::result(&format!(
        "{}wrote {}/parameters.toml\n",
        shown.screen(),
        place.display()
    ))
}

/// The search, the emulator and the walkers, as far as they have not been gone through before.
fn found(options: &Calibrate, prepared: &Prepared, objective: &Objective) -> Result<Found, Failure> {
    let file = options.out.join(STATE);
    replaceable(&file)?;
    let (asked, search) = asked(options, prepared, objective);
    let mut state = begun(options, &file, &asked)?.unwrap_or_else(|| anew(&asked, search));
    let walkers = 0..u32::try_from(options.walkers).unwrap_or(u32::MAX);
    let (evaluations, refined) = gone_through(options, prepared, objective, &mut state, &file, walkers)?;
    Ok(Found {
        evaluations,
        refined,
        walkers: state.walkers,
    })
}

/// What the flags ask for, and the search before its first generation.
fn asked(options: &Calibrate, prepared: &Prepared, objective: &Objective) -> (Asked, CmaEs) {
    let search = prepared.search(options);
    let asked = Asked {
        fingerprint: fingerprint(
            &prepared.evidence,
            &prepared.priors_sha256,
            &prepared.base.sha256,
            prepared.setup,
            &search,
            objective.loss(search.mean()).total(),
        ),
        dimension: prepared.priors.len(),
        seed: options.seed,
        evaluations: options.evaluations,
        walkers: options.walkers,
        rounds: options.rounds,
    };
    (asked, search)
}

fn anew(asked: &Asked, search: CmaEs) -> State {
    State {
        fingerprint: asked.fingerprint.clone(),
        search,
        walkers: None,
    }
}

/// Search, emulator, and walkers of these numbers; how many evaluations that has taken, and the best place.
fn gone_through(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    state: &mut State,
    file: &Path,
    walkers: Range<u32>,
) -> Result<(u64, Refined), Failure> {
    let best = searched(options, prepared, objective, state, file)?;
    let (refined, archive) = prepared.refined(options, objective, &best.place)?;
    if options.rounds > 0 {
        walked(options, prepared, objective, &refined, state, file, walkers)?;
    }
    Ok((best.evaluations + archive.places.len() as u64, refined))
}

/// Lets some of the walkers walk, and leaves them to `simulate merge`. The search is taken from a calibration in the same place, if there is one:
/// `--rounds 0` makes it, so that not every shard has to.
pub(super) fn part(
    options: &Calibrate,
    prepared: &Prepared,
    cells: &[FittedCell],
    shard: [u32; 2],
) -> Result<(), Failure> {
    let objective = prepared.objective(cells);
    let (asked, search) = asked(options, prepared, &objective);
    let work = PartWork {
        of: PartOf::Calibration,
        provenance: without_shard(Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: "simulate calibrate".to_owned(),
            scenario_sha256: asked.fingerprint.clone(),
            seed: options.seed,
            agents: options.people,
            command: prepared.command.clone(),
            ..Provenance::default()
        }),
        asked: options.command(),
        pieces: options.walkers as u64,
        shard,
    };
    let walkers = work.range();
    let place = of_shard(options.out.join("calibrate"), options.shard);
    let others = if options.force { Others::Replaced } else { Others::Stay };
    let mut part = Part::begin(&place, work, others, options.quiet)?;
    if !part.missing().is_empty() {
        let file = place.join("state.json");
        let own = Asked {
            walkers: part.missing().count(),
            ..asked.clone()
        };
        let mut state = match begun(options, &file, &own)? {
            Some(state) => state,
            None => {
                let whole = begun(
                    options,
                    &options.out.join(STATE),
                    &Asked {
                        rounds: 0,
                        ..asked.clone()
                    },
                );
                match whole {
                    Ok(Some(state)) => State { walkers: None, ..state },
                    _ => anew(&asked, search),
                }
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "at most 10,000 walkers")]
        let numbers = walkers.start as u32..walkers.end as u32;
        gone_through(options, prepared, &objective, &mut state, &file, numbers)?;
        part.append(walkers, &state.write())?;
    }
    part.finish(Ok(()))
}

/// Writes the state in which all walkers have arrived, from which the calibration goes on.
pub(super) fn joined(options: &Calibrate, shards: &Shards) -> Result<(), Failure> {
    let damaged = || MergeError::Damaged(shards.places[0].clone());
    let mut all: Option<State> = None;
    let mut walkers = Vec::new();
    for bytes in written(shards)? {
        let mut state: State = serde_json::from_slice(&bytes?).map_err(|_| damaged())?;
        walkers.extend(state.walkers.take());
        if all
            .as_ref()
            .is_some_and(|all| (&all.fingerprint, &all.search) != (&state.fingerprint, &state.search))
        {
            return Err(damaged().into());
        }
        all.get_or_insert(state);
    }
    let state = State {
        walkers: Some(Walkers::joined(walkers).ok_or_else(damaged)?),
        ..all.ok_or_else(damaged)?
    };
    let file = options.out.join(STATE);
    replaceable(&file)?;
    let standing = read(&file).ok();
    let standing = standing.map(|bytes| serde_json::from_slice::<State>(&bytes).map(|state| state.fingerprint));
    match standing {
        Some(standing) if !options.force && standing.as_ref().ok() != Some(&state.fingerprint) => {
            Err(Failure::State(file, StateError::Other))
        }
        _ => Ok(replace(&file, &state.write())?),
    }
}

/// The state to go on with; none where a calibration begins.
fn begun(options: &Calibrate, file: &Path, asked: &Asked) -> Result<Option<State>, Failure> {
    if options.fresh || !file.exists() {
        return Ok(None);
    }
    let refused = |error| Failure::State(file.to_owned(), error);
    let bytes = read(file).map_err(|error| refused(StateError::Unreadable(error)))?;
    let state = State::read(&bytes, asked).map_err(refused)?;
    if !options.quiet {
        output::remark(&format!(
            "note: going on after {} evaluations and {} rounds of walkers, as `{}` says",
            state.search.evaluations(),
            state.walkers.as_ref().map_or(0, Walkers::rounds),
            file.display()
        ));
    }
    Ok(Some(state))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST_STATE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn searched(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    state: &mut State,
    file: &Path,
) -> Result<Fit, Failure> {
    let evaluations = usize::try_from(options.evaluations).unwrap_or(usize::MAX);
    let progress = Progress::new(evaluations, options.quiet);
    let mut search = state.search.clone();
    fit(objective, &mut search, options.evaluations, |now| {
        state.search = now.clone();
        replace(file, &state.write())?;
        let (_, loss) = now.best();
        progress.tell(&format!("loss {loss:.1}"));
        progress.reached(usize::try_from(now.evaluations()).unwrap_or(usize::MAX));
        prepared.stopped("the same command goes on from here")
    })
}

fn walked(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    found: &Refined,
    state: &mut State,
    file: &Path,
    numbers: Range<u32>,
) -> Result<(), Failure> {
    let progress = Progress::new(options.rounds as usize, options.quiet);
    let mut walkers = match state.walkers.take() {
        Some(walkers) => walkers,
        None => Walkers::new(objective, found, numbers, options.seed),
    };
    while walkers.rounds() < options.rounds {
        walkers.step(objective, found);
        state.walkers = Some(walkers.clone());
        replace(file, &state.write())?;
        progress.tell(&format!(
            "uncertainty, {:.0} % of places taken",
            walkers.acceptance() * 100.0
        ));
        progress.reached(walkers.rounds() as usize);
        prepared.stopped("the same command goes on from here")?;
    }
    state.walkers = Some(walkers);
    Ok(())
}

fn record(
    options: &Calibrate,
    prepared: &Prepared,
    cells: &[FittedCell],
    objective: &Objective,
    found: &Found,
    values: &[f64],
    posterior: Option<&Posterior>,
) -> Record {
    let (priors, evidence) = (&prepared.priors, &prepared.evidence);
    let parameters = priors.with_values(&prepared.base.values, values);
    let place = priors.place(&parameters);
    let response = objective.response_to(&parameters);
    let criterion = objective.criterion();
    let scored = criterion.scored(&response);
    let walkers = found.walkers.as_ref();
    let hashes: BTreeMap<String, String> = left_out::studies(cells)
        .into_iter()
        .map(|study| &evidence.studies[study])
        .map(|study| (format!("{}.toml", study.name), study.sha256.clone()))
        .collect();
    Record {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: prepared.setup.seed,
        people: prepared.setup.people,
        longest_step_s: prepared.setup.longest_step_s,
        evaluations: found.evaluations,
        free_parameters: priors.free(),
        n_cells: cells.len(),
        deviance: scored.iter().map(ScoredCell::deviance).sum(),
        prior: priors.distance(&place),
        penalty: criterion.loss(&place, &response).penalty,
        between_study_sd: Some(rounded(criterion.between_study_sd(&response))),
        command: Some(options.command()),
        base_sha256: prepared.base.sha256.clone(),
        priors_sha256: prepared.priors_sha256.clone(),
        kept_rounds: walkers.map(|it| u32::try_from(it.settled().len() / it.count()).unwrap_or(u32::MAX)),
        largest_r_hat: walkers
            .and_then(Walkers::convergence)
            .map(|it| it.into_iter().fold(0.0, f64::max)),
        evidence: hashes,
        correlations: posterior.map(|posterior| posterior.correlations.clone()),
    }
}

/// Writes the plausible sets, if walkers have left some.
fn plausible(
    options: &Calibrate,
    prepared: &Prepared,
    objective: &Objective,
    walkers: Option<&Walkers>,
    parameters_sha256: String,
    file: &Path,
) -> Result<(), Failure> {
    let of = |walkers| Ensemble::of(&prepared.priors, objective, walkers, options.sets, parameters_sha256);
    match walkers.map(of).filter(|ensemble| !ensemble.sets.is_empty()) {
        Some(ensemble) => Ok(replace(file, toml::to_string(&ensemble)?.as_bytes())?),
        None => {
            output::remark(&format!(
                "`{}` was not written: so few rounds of walkers leave no plausible sets; raise --rounds",
                file.display()
            ));
            Ok(())
        }
    }
}
