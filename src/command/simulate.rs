//! `simulate FILE…`: runs scenarios, prints what came out, and writes charts and data.

use super::compared;
use super::failure::Failure;
use super::options::RunOptions;
use super::output;
use super::progress::Watched;
use super::stop::on_ctrl_c;
use super::table::table;

use compassion::charts;
use compassion::comparison::precision::Search;
use compassion::comparison::{Comparison, Pair};
use compassion::document::nearest;
use compassion::engine::driver::{Ended, each};
use compassion::engine::run::Experiment;
use compassion::model::parameters::Parameters;
use compassion::report::{self, Folder, FolderError, ParameterSet, People, Provenance};
use compassion::scenario::{Loaded, Scenario, to_toml};
use compassion::study::{self, Options, PlausibleSets, Results};
use compassion::summary::Summary;
use compassion::summary::answer::answer;
use compassion::wording::{person_or_people, thousands};
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
    set: ParameterSet,
    assumed: Vec<String>,
    plausible: Option<PlausibleSets>,
    stop: Arc<AtomicBool>,
}

/// Runs all files, one after the other.
pub fn run(options: &RunOptions, commands: &[String]) -> Result<(), Failure> {
    refuse_misspelt_command(&options.files, commands)?;
    let (parameters, set, assumed) = options.changes.parameters()?;
    let plausible = options.uncertain.sets(&parameters, &set)?;
    let mut prepared = prepare(options)?;
    if let Some(threads) = options.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
            .map_err(|it| Failure::Start(it.to_string()))?;
    }
    let stop = on_ctrl_c()?;
    let shared = Shared {
        options,
        parameters,
        set,
        assumed,
        plausible,
        stop,
    };
    let mut complete: Vec<String> = Vec::new();
    for it in &mut prepared {
        match one(&shared, it) {
            // Files are of use even if nobody reads the table.
            Ok(()) | Err(Failure::ClosedPipe) => complete.push(format!("`{}`", it.place.display())),
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
fn prepare(options: &RunOptions) -> Result<Vec<Prepared>, Failure> {
    let mut prepared: Vec<Prepared> = Vec::new();
    let mut failed = Vec::new();
    for file in &options.files {
        let stem = file.file_stem().ok_or_else(|| Failure::NoStem(file.clone()))?;
        let place = options.out.join(stem);
        if let Some(other) = prepared.iter().find(|it| it.place == place) {
            return Err(Failure::SameStem(other.file.clone(), file.clone(), place));
        }
        match options.changes.load(file) {
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
        refuse_too_many_rows(&it.loaded.scenario, options.people, &it.file)?;
        // Begun and dropped: says now, not after the run, that the folder cannot be written.
        drop(Folder::begin(&it.place, &it.file, options.force)?);
    }
    Ok(prepared)
}

fn refuse_too_many_rows(scenario: &Scenario, people: People, file: &Path) -> Result<(), Failure> {
    let everybody = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates);
    let rows = people
        .rows_of(everybody)
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
        for note in &prepared.loaded.notes {
            output::remark(&note.render(&prepared.loaded.source, output::colour()));
        }
    }
    let folder = Folder::begin(&prepared.place, &prepared.file, options.force)?;
    let start = Instant::now();
    let search = enough_people(shared, prepared)?;
    let prepared = &*prepared;
    let scenario = &prepared.loaded.scenario;
    warn_of_missing_letters(scenario);
    let asked = Options {
        pairs: Some(prepared.pairs.clone()),
        paths: options.comparing.paths,
        design: options.comparing.design(),
        search,
        plausible: shared.plausible.clone(),
        time_course: true,
        map: true,
    };
    let results = simulated(shared, scenario, &asked, &folder)?;
    let Results {
        tallies,
        summary,
        together,
        comparison,
        ..
    } = &results;
    let seconds = start.elapsed().as_secs_f64();

    let answer = answer(scenario, summary, together);
    let mut json = report::summary_json(scenario, summary, &shared.set, &answer.join(" "));
    if *comparison != Comparison::default() {
        json["comparison"] = report::comparison_json(scenario, comparison);
    }
    if *comparison != Comparison::default() || !summary.differences.is_empty() {
        let table = report::comparison_csv(scenario, comparison, &summary.differences)?;
        folder.write("comparison.csv", &table)?;
        let (name, codebook) = report::comparison_codebook();
        folder.write(name, codebook.as_bytes())?;
    }
    folder.write("summary.json", &pretty(&json))?;
    folder.write("summary.csv", &report::summary_csv(summary)?)?;
    let (name, codebook) = report::summary_codebook(summary);
    folder.write(name, codebook.as_bytes())?;
    if let Some(table) = report::timeline_csv(scenario, tallies) {
        folder.write("timeline.csv", &table)?;
    }
    folder.write("scenario.toml", to_toml(scenario).as_bytes())?;
    let provenance = provenance(&shared.set, &prepared.file, &prepared.loaded);
    folder.write("provenance.json", &pretty(&serde_json::json!(provenance)))?;
    let written: Vec<Result<(), Failure>> = each(report::charts(&results), |draw| {
        let drawing = draw()?;
        folder.write(&format!("{}.png", drawing.name), &drawing.picture.png)?;
        folder.write(&format!("{}.svg", drawing.name), drawing.picture.svg.as_bytes())?;
        Ok(())
    });
    let count = written.len();
    written.into_iter().collect::<Result<(), _>>()?;
    if shared.stop.load(Ordering::Relaxed) {
        return Err(Failure::Stopped(String::new()));
    }
    folder.finish()?;

    if options.json {
        return output::result(&format!("{json}\n"));
    }
    output::result(&screen(shared, prepared, summary, comparison, &answer, seconds, count))
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
    let agents = scenario.run.agents;
    let has_weeks = report::has_weeks(scenario);
    let mut table = if options.people == People::First(0) {
        None
    } else {
        let mut file = BufWriter::with_capacity(1 << 20, folder.create(NAME)?);
        file.write_all(&report::header(has_weeks))
            .map_err(|it| folder.failed(NAME, it))?;
        for (name, content) in report::codebook(has_weeks) {
            folder.write(name, content.as_bytes())?;
        }
        Some(file)
    };
    let wants_rows = table.is_some();
    let results = study::run_keeping(
        scenario,
        &shared.parameters,
        asked,
        &Watched::new(&shared.stop, options.quiet),
        |played| wants_rows.then(|| report::rows(played, agents, options.people, has_weeks)),
        |rows| match (&mut table, rows) {
            (Some(file), Some(rows)) => file.write_all(&rows).map_err(|it| folder.failed(NAME, it)),
            _ => Ok::<(), FolderError>(()),
        },
    );
    if let Some(mut file) = table {
        file.flush().map_err(|it| folder.failed(NAME, it))?;
    }
    match results {
        Ok(results) => Ok(results),
        Err(Ended::Stopped(_)) => Err(Failure::Stopped(String::new())),
        Err(Ended::Kept(error)) => Err(error.into()),
    }
}

/// JSON as a file.
pub(super) fn pretty(json: &serde_json::Value) -> Vec<u8> {
    format!("{json:#}\n").into_bytes()
}

/// Where the results of this process come from.
pub(super) fn provenance(set: &ParameterSet, file: &Path, loaded: &Loaded) -> Provenance {
    let run = loaded.scenario.run;
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // Absolute, so that a file of the same name elsewhere is not taken for this one.
        scenario: std::path::absolute(file)
            .unwrap_or_else(|_| file.to_owned())
            .display()
            .to_string(),
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

/// What is printed of one file.
fn screen(
    shared: &Shared,
    prepared: &Prepared,
    summary: &Summary,
    comparison: &Comparison,
    answer: &[String],
    seconds: f64,
    charts: usize,
) -> String {
    let scenario = &prepared.loaded.scenario;
    let mut text = format!("{}\n", scenario.title);
    if !scenario.question.is_empty() {
        text += &format!("{}\n", scenario.question.trim());
    }
    let people = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates);
    let plural = if scenario.conditions.len() == 1 { "" } else { "s" };
    text += &format!(
        "{} condition{plural} × {} {} in {seconds:.2} s (seed {})\n\n",
        scenario.conditions.len(),
        thousands(people),
        person_or_people(people),
        scenario.run.seed
    );
    text += &table(summary);
    if let Some(it) = &summary.uncertainty {
        text += &format!(
            "  over parameters: the middle 95 % of {} plausible parameter sets, {} {} under each\n",
            it.sets,
            thousands(it.people.into()),
            person_or_people(it.people.into())
        );
    }
    text.push('\n');
    for sentence in answer {
        text += &format!("{sentence}\n");
    }
    text.push('\n');
    text += &compared::comparison(scenario, comparison);
    let (set, assumed) = (&shared.set, &shared.assumed);
    let few: Vec<&str> = assumed.iter().take(3).map(String::as_str).collect();
    let more = if assumed.len() > few.len() { ", …" } else { "" };
    text += &format!(
        "{} of {} parameters are assumptions: {}{more}\n",
        set.assumptions,
        set.of,
        few.join(", ")
    );
    text += &format!(
        "wrote {}/ ({charts} charts, tables, provenance.json)\n",
        prepared.place.display()
    );
    text
}
