//! `simulate FILE…`: runs scenarios, prints what came out, and writes charts and data.

use super::failure::Failure;
use super::options::{Over, RunOptions};
use super::output;
use super::progress::Watched;
use super::screen::{Detail, Screen};
use super::shards::{Part, joined_provenance, lived, of_shard, without_shard};
use super::stop::on_ctrl_c;

use compassion::charts;
use compassion::comparison::Pair;
use compassion::comparison::precision::Search;
use compassion::document::nearest;
use compassion::engine::driver::Ended;
use compassion::engine::run::Experiment;
use compassion::files::{Folder, Others, PartOf, PartWork, Shards};
use compassion::model::parameters::Parameters;
use compassion::parameters::Entries;
use compassion::report::{self, Layout, ParameterSet, People, Provenance, Report, pretty};
use compassion::scenario::{Loaded, Scenario};
use compassion::study::shards::pieces;
use compassion::study::{Options, PlausibleSets, Results};
use compassion::summary::answer::answer;
use compassion::summary::community::community_in_words;
use compassion::summary::exchange::exchange_in_words;
use compassion::sweep::Sweep;
use compassion::wording::thousands;
use sha2::{Digest, Sha256};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Bytes of one row of people.csv, roughly, where it is longest.
const ROW_BYTES: u64 = 440;

/// The largest people.csv that is written, in bytes (100 GB).
const LARGEST: u64 = 100_000_000_000;

/// One file, checked and with its folder begun.
struct Prepared {
    file: PathBuf,
    place: PathBuf,
    loaded: Loaded,
    pairs: Vec<Pair>,
}

/// What all files of a run share.
struct Shared<'a> {
    options: &'a RunOptions,
    parameters: Parameters,
    entries: Entries,
    set: ParameterSet,
    assumed: Vec<String>,
    plausible: Option<PlausibleSets>,
    stop: Arc<AtomicBool>,
    /// Shards that have run it, where they are joined.
    shards: Option<&'a Shards>,
}

/// Runs all files, one after the other.
pub fn run(options: &RunOptions, commands: &[String]) -> Result<(), Failure> {
    refuse_misspelt_command(&options.files, commands)?;
    run_with(options, None)
}

/// As [`run`], with the people that shards have written instead of people who live here and now.
pub(super) fn run_with(options: &RunOptions, shards: Option<&Shards>) -> Result<(), Failure> {
    let (parameters, set, assumed) = options.changes.parameters()?;
    let plausible = options.uncertain.sets(&parameters, &set)?;
    let mut prepared = prepare(options, shards.map(|shards| (shards, &set)))?;
    let stop = on_ctrl_c()?;
    let shared = Shared {
        options,
        parameters,
        entries: options.changes.entries()?,
        set,
        assumed,
        plausible,
        stop,
        shards,
    };
    let mut complete: Vec<String> = Vec::new();
    for it in &mut prepared {
        match one(&shared, it) {
            Ok(()) => complete.push(format!("`{}`", it.place.display())),
            Err(Failure::Stopped(_)) => {
                let missing = format!("`{}` was not written", it.place.display());
                return Err(Failure::Stopped(match &complete[..] {
                    [] => missing,
                    some => format!("{} complete; {missing}", some.join(", ")),
                }));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// A command that is not known is taken for a file; if there is no such file, says which command is near.
fn refuse_misspelt_command(files: &[PathBuf], commands: &[String]) -> Result<(), Failure> {
    let Some(word) = files.first().filter(|it| it.components().count() == 1 && !it.exists()) else {
        return Ok(());
    };
    let (word, near) = (word.to_string_lossy(), |word: &str| {
        nearest(word, commands.iter().map(String::as_str)).map(str::to_owned)
    });
    match near(&word) {
        Some(near) => Err(Failure::Misspelt {
            word: word.into_owned(),
            near,
        }),
        None => Ok(()),
    }
}

/// Reads and checks everything before the first person is simulated.
fn prepare(options: &RunOptions, shards: Option<(&Shards, &ParameterSet)>) -> Result<Vec<Prepared>, Failure> {
    let mut prepared: Vec<Prepared> = Vec::new();
    let mut failed = Vec::new();
    for file in &options.files {
        let place = options.changes.place(&options.out, file);
        let place = of_shard(place.ok_or_else(|| Failure::NoStem(file.clone()))?, options.shard);
        if let Some(other) = prepared.iter().find(|it| it.place == place) {
            return Err(Failure::SameStem(other.file.clone(), file.clone(), place));
        }
        let over = options.over.as_ref().map_or_else(Vec::new, Over::changes);
        match options.changes.load_with(file, over) {
            Ok(loaded) => prepared.push(Prepared {
                file: file.clone(),
                place,
                pairs: options.comparing.pairs(&loaded.scenario)?,
                loaded,
            }),
            Err(error) => failed.push(error),
        }
    }
    if !failed.is_empty() {
        return Err(Failure::Scenarios(failed));
    }
    for it in &prepared {
        refuse_in_community(&it.loaded.scenario, options)?;
        refuse_in_exchange(&it.loaded.scenario, options)?;
        refuse_too_many_rows(&it.loaded.scenario, options.people, &it.file)?;
        if let Some((shards, set)) = shards {
            joined_provenance(shards, provenance(set, &it.file, &it.loaded))?;
        }
        if options.shard.is_none() {
            // Begun and dropped: says now, not after the run, that the folder cannot be written.
            drop(Folder::begin(&it.place, &it.file, options.force)?);
        }
    }
    Ok(prepared)
}

fn refuse_in_exchange(scenario: &Scenario, options: &RunOptions) -> Result<(), Failure> {
    let reason = "what happens in a round hangs on those before, and this is counted scene by scene; the file by itself answers with exchange.csv";
    let flags = options.comparing.apart().into_iter().map(|(flag, _)| flag);
    let uncertainty = options.uncertain.is_asked().then_some("--uncertainty");
    match flags.chain(uncertainty).next() {
        Some(flag) if scenario.has_exchange() => Err(Failure::InExchange {
            flag,
            title: scenario.title.clone(),
            reason,
        }),
        _ => Ok(()),
    }
}

fn refuse_in_community(scenario: &Scenario, options: &RunOptions) -> Result<(), Failure> {
    if !scenario.has_community() {
        return Ok(());
    }
    let uncertainty = options.uncertain.is_asked().then_some((
        "--uncertainty",
        "predictions are made scene by scene, and no published cell is a community; run the file with `--parameters FILE` instead",
    ));
    match options.comparing.apart().into_iter().chain(uncertainty).next() {
        None => Ok(()),
        Some((flag, reason)) => Err(Failure::InCommunity {
            flag,
            title: scenario.title.clone(),
            reason,
        }),
    }
}

fn refuse_too_many_rows(scenario: &Scenario, people: People, file: &Path) -> Result<(), Failure> {
    let rows = Layout::new(scenario, people)
        .rows_of_a_condition()
        .saturating_mul(scenario.conditions.len() as u64);
    let bytes = rows.saturating_mul(ROW_BYTES);
    if bytes > LARGEST {
        return Err(Failure::TooManyRows {
            file: file.display().to_string(),
            rows: thousands(rows),
            gigabytes: bytes / 1_000_000_000,
        });
    }
    Ok(())
}

/// Runs one file.
fn one(shared: &Shared, prepared: &mut Prepared) -> Result<(), Failure> {
    let options = shared.options;
    if !options.quiet {
        output::notes(&prepared.loaded);
    }
    if let Some(shard) = options.shard {
        return part(shared, prepared, shard);
    }
    let folder = Folder::begin(&prepared.place, &prepared.file, options.force)?;
    let start = Instant::now();
    let search = enough_people(shared, prepared)?;
    let prepared = &*prepared;
    let scenario = &prepared.loaded.scenario;
    warn_of_missing_letters(scenario);
    let asked = asked(shared, prepared, search)?;
    let provenance = match shared.shards {
        None => provenance(&shared.set, &prepared.file, &prepared.loaded),
        Some(shards) => joined_provenance(shards, provenance(&shared.set, &prepared.file, &prepared.loaded))?,
    };
    let results = simulated(shared, scenario, &asked, &folder)?;
    let seconds = start.elapsed().as_secs_f64();
    let mut answer = answer(scenario, &results.summary, &results.joint_outcomes);
    if let Some(communities) = &results.communities {
        answer.extend(community_in_words(scenario, communities));
    }
    if let Some(over) = &results.over {
        answer.extend(report::over_key_in_words(scenario, over));
    }
    answer.extend(exchange_in_words(scenario, &results.tallies));
    let json = report::results_json(&results, &shared.set, &answer);
    let artifacts = report::artifacts(&results, &json)?;
    for artifact in artifacts.files.iter().filter(|file| options.charts.want(&file.name)) {
        folder.write(&artifact.name, &artifact.bytes)?;
    }
    for error in &artifacts.left_out {
        output::left_out(error);
    }
    folder.write("provenance.json", &pretty(&serde_json::json!(provenance)))?;
    let page = Report {
        scenario,
        comments: &report::comments(prepared.loaded.source.text()),
        summary: &results.summary,
        answer: &answer,
        provenance: &provenance,
        assumed: &shared.assumed,
        charts: artifacts.pictures(),
    };
    folder.write("report.html", page.html().as_bytes())?;
    if shared.stop.load(Ordering::Relaxed) {
        return Err(Failure::Stopped(String::new()));
    }
    for form in options.tables.forms() {
        folder.also_as(form)?;
    }
    folder.finish()?;

    if options.json {
        return output::json(&json);
    }
    let charts: Vec<&str> = artifacts.pictures().into_iter().map(|(name, _)| name).collect();
    let screen = Screen {
        results: &results,
        pairs: options.comparing.which(),
        detail: if options.full { Detail::Full } else { Detail::Answer },
        seconds,
        place: &prepared.place,
        charts: &charts,
        assumptions: (shared.set.assumptions, shared.set.of),
        people: people_left_out(scenario, options.people),
    };
    output::result(&screen.text())
}

/// What is asked of a run.
fn asked(shared: &Shared, prepared: &Prepared, search: Option<Search>) -> Result<Options, Failure> {
    let comparing = &shared.options.comparing;
    let loaded = &prepared.loaded;
    Ok(Options {
        pairs: Some(prepared.pairs.clone()),
        paths: comparing.paths,
        design: comparing.design(),
        search,
        plausible: shared.plausible.clone(),
        ties: shared.options.ties,
        // In an exchange the scene differs from round to round, and from person to person.
        time_course: !loaded.scenario.has_exchange(),
        map: !loaded.scenario.has_exchange(),
        over: Sweep::over(loaded.source.clone(), &loaded.scenario, &shared.entries)?,
    })
}

/// Runs a part of the people of one file.
fn part(shared: &Shared, prepared: &Prepared, shard: [u32; 2]) -> Result<(), Failure> {
    let options = shared.options;
    let scenario = &prepared.loaded.scenario;
    let work = PartWork {
        of: PartOf::Run,
        provenance: without_shard(provenance(&shared.set, &prepared.file, &prepared.loaded)),
        asked: format!(
            "{:?} {:?} {:?} {}",
            options.people, options.comparing, options.uncertain, options.ties
        ),
        pieces: pieces(scenario),
        shard,
    };
    let others = if options.force { Others::Replaced } else { Others::Stay };
    let part = Part::begin(&prepared.place, work, others, options.quiet)?;
    let layout = Layout::new(scenario, options.people);
    let wants_rows = options.people != People::First(0);
    part.run(
        (scenario, &shared.parameters),
        &asked(shared, prepared, None)?,
        &Watched::new(&shared.stop, options.quiet),
        |played| wants_rows.then(|| report::rows(played, &layout)),
    )
}

/// Makes the run as large as the wanted precision takes; from here on it is a run of so many people.
fn enough_people(shared: &Shared, prepared: &mut Prepared) -> Result<Option<Search>, Failure> {
    let options = shared.options;
    let experiment = Experiment::new(&prepared.loaded.scenario, &shared.parameters);
    let search = options
        .comparing
        .search(&experiment, &prepared.pairs, &*shared.stop, options.quiet)?;
    if let Some(search) = &search {
        prepared.loaded.scenario.run.agents = search.people();
        refuse_too_many_rows(&prepared.loaded.scenario, options.people, &prepared.file)?;
    }
    Ok(search)
}

/// Says once which letters of the scenario the charts cannot show as pixels.
pub(super) fn warn_of_missing_letters(scenario: &Scenario) {
    let names = scenario.conditions.iter().map(|it| it.name.as_str());
    let missing = charts::missing_letters([&*scenario.title, &*scenario.question].into_iter().chain(names));
    if !missing.is_empty() {
        output::remark(&format!(
            "warning: the font of the charts has no `{}`: the PNG files show boxes there, the SVG files do not",
            missing.iter().collect::<String>()
        ));
    }
}

/// Simulates everybody; people.csv is written on the way.
fn simulated(shared: &Shared, scenario: &Scenario, asked: &Options, folder: &Folder) -> Result<Results, Failure> {
    const NAME: &str = "people.csv";
    let options = shared.options;
    let layout = Layout::new(scenario, options.people);
    let mut table = if options.people == People::First(0) {
        None
    } else {
        let mut file = BufWriter::with_capacity(1 << 20, folder.create(NAME)?);
        file.write_all(report::people_header(&layout).as_bytes())
            .map_err(|it| folder.failed(NAME, it))?;
        for (name, content) in report::people_codebook(&layout) {
            folder.write(name, content.as_bytes())?;
        }
        Some(file)
    };
    let wants_rows = table.is_some();
    let watched = Watched::new(&shared.stop, options.quiet);
    let take = |rows: Option<Vec<u8>>| match (&mut table, rows) {
        (Some(file), Some(rows)) => Ok(file.write_all(&rows).map_err(|it| folder.failed(NAME, it))?),
        _ => Ok::<(), Failure>(()),
    };
    let results = lived(
        shared.shards,
        (scenario, &shared.parameters),
        asked,
        &watched,
        |played| wants_rows.then(|| report::rows(played, &layout)),
        take,
    );
    if let Some(mut file) = table {
        file.flush().map_err(|it| folder.failed(NAME, it))?;
    }
    match results {
        Ok(results) => Ok(results),
        Err(Ended::Stopped(_)) => Err(Failure::Stopped(String::new())),
        Err(Ended::Kept(error)) => Err(error),
    }
}

/// Where the results of this process come from.
pub(super) fn provenance(set: &ParameterSet, file: &Path, loaded: &Loaded) -> Provenance {
    let run = loaded.scenario.run;
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // Absolute, so that a file of the same name elsewhere is not taken for this one.
        scenario: report::path_text(&std::path::absolute(file).unwrap_or_else(|_| file.to_owned())),
        scenario_sha256: hexadecimal(&Sha256::digest(loaded.source.text())),
        seed: run.seed,
        agents: run.agents,
        replicates: run.replicates,
        parameters: set.clone(),
        command: std::env::args_os()
            .map(|it| it.to_string_lossy().into_owned())
            .collect(),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// What people.csv leaves out, if it does.
fn people_left_out(scenario: &Scenario, people: People) -> Option<String> {
    let (left_out, everybody) = Layout::new(scenario, people).left_out()?;
    Some(match everybody - left_out {
        0 => "people.csv is not written; `--people all` writes everybody".to_owned(),
        kept => format!(
            "people.csv has the first {} of {} people of each condition; `--people all` writes everybody",
            thousands(kept),
            thousands(everybody)
        ),
    })
}
