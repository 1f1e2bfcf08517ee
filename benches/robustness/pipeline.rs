//! A scenario file on its whole way: read, described, run, compared, told, drawn and written; and what must hold of all that comes out.

use crate::forms;
use compassion::comparison::usual_pairs;
use compassion::document::{Colour, Problems, Source};
use compassion::engine::monitor::Unwatched;
use compassion::engine::run::Experiment;
use compassion::engine::tally::Tally;
use compassion::engine::trajectory::trajectory;
use compassion::files::{Folder, FolderError};
use compassion::model::parameters::Parameters;
use compassion::report::{self, Layout, ParameterSet, People, Provenance};
use compassion::scenario::{self, Scenario, describe, to_toml};
use compassion::statistics::Moments;
use compassion::story::{Others, story, turning_points};
use compassion::study::{self, Options};
use compassion::summary::answer::answer;
use std::path::Path;

/// What is the same for all files.
pub struct Bench {
    parameters: Parameters,
}

/// How far a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Read, described, run, and all tables made.
    Tables,
    /// Also compared, told, drawn and written.
    Whole,
}

/// What became of a file.
pub enum Came {
    /// Refused, with problems that were rendered.
    Refused,
    /// Run; so many charts had nothing to draw.
    Run {
        /// Charts that were left out.
        left_out: usize,
    },
}

impl Bench {
    /// The shipped parameters.
    pub fn new() -> Self {
        Self {
            parameters: compassion::parameters::shipped(),
        }
    }

    /// Takes a file on its way.
    ///
    /// # Errors
    ///
    /// Says what does not hold.
    pub fn goes(&self, text: &str, way: Way, folder: &Path) -> Result<Came, String> {
        let source = Source::new("a.toml", text);
        let (scenario, notes) = match scenario::read(&source, compassion::programs::builtin(), None) {
            Ok(read) => read,
            Err(problems) => return refused(&source, &problems),
        };
        for note in &notes {
            printable("a note", &note.render(&source, Colour::Never))?;
        }
        printable("the description", &compassion::wording::printable(&describe(&scenario)))?;
        written_and_read(&scenario)?;
        if is_large(&scenario) {
            return Ok(Came::Refused);
        }
        run(&scenario, &self.parameters, way, folder)
    }
}

/// Too many people, or too long lives, for one of many files; mutations may ask for any number.
fn is_large(scenario: &Scenario) -> bool {
    let people = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates) * scenario.conditions.len() as u64;
    let days = |condition: &scenario::Condition| {
        let protocol = &condition.protocol;
        let weeks = protocol.timeline.as_ref().map_or(0.0, |timeline| {
            timeline.measure_at.iter().copied().fold(timeline.weeks, f64::max)
        });
        weeks
            * (1.0
                + protocol
                    .exposures
                    .as_ref()
                    .map_or(0.0, |exposures| f64::from(exposures.count)))
    };
    people > 6_000 || scenario.conditions.iter().any(|condition| days(condition) > 200.0)
}

fn refused(source: &Source, problems: &Problems) -> Result<Came, String> {
    if problems.list().is_empty() {
        return Err("refused without a problem".to_owned());
    }
    for problem in problems.list().iter().take(Problems::SHOWN) {
        printable("a problem", &problem.render(source, Colour::Never))?;
    }
    Ok(Came::Refused)
}

/// What is printed commands no terminal.
fn printable(what: &str, text: &str) -> Result<(), String> {
    match text
        .chars()
        .find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t'))
    {
        Some(letter) => Err(format!("{what} holds {letter:?}")),
        None => Ok(()),
    }
}

fn written_and_read(scenario: &Scenario) -> Result<(), String> {
    let written = to_toml(scenario);
    let again = scenario::read(&Source::new("b.toml", &*written), compassion::programs::builtin(), None)
        .map_err(|problems| format!("what is written is refused:\n{problems}"))?;
    if again.0 == *scenario {
        Ok(())
    } else {
        Err(format!("what is written is another scenario:\n{written}"))
    }
}

fn run(scenario: &Scenario, parameters: &Parameters, way: Way, place: &Path) -> Result<Came, String> {
    let layout = Layout::new(scenario, People::All);
    let mut people = report::people_header(&layout).into_bytes();
    let whole = way == Way::Whole;
    let options = Options {
        pairs: if whole { None } else { Some(Vec::new()) },
        paths: whole && !usual_pairs(scenario).is_empty(),
        time_course: whole,
        map: whole,
        ..Options::default()
    };
    let results = study::run_keeping(
        scenario,
        parameters,
        &options,
        &Unwatched,
        |played| report::rows(played, &layout),
        |rows| {
            people.extend_from_slice(&rows);
            Ok::<(), std::convert::Infallible>(())
        },
    )
    .map_err(|error| error.to_string())?;
    let (tallies, summary, comparison) = (&results.tallies, &results.summary, &results.comparison);
    let rows = forms::csv("people.csv", &people)?;
    everybody_is_counted(scenario, tallies, rows)?;
    let answer = answer(scenario, summary, &results.joint_outcomes);
    let set = ParameterSet {
        file: "built-in".to_owned(),
        sha256: String::new(),
        assumptions: 0,
        of: 0,
    };
    let mut json = report::summary_json(scenario, summary, &set, &answer.join(" "));
    json["comparison"] = report::comparison_json(scenario, comparison);
    forms::json("summary.json", &json)?;
    let failed = |error: csv::Error| error.to_string();
    let mut tables = vec![
        ("people.csv", people),
        ("summary.csv", report::summary_csv(summary).map_err(failed)?),
        (
            "comparison.csv",
            report::comparison_csv(scenario, comparison, &summary.differences).map_err(failed)?,
        ),
    ];
    tables.extend(report::timeline_csv(scenario, tallies).map(|table| ("timeline.csv", table)));
    for (name, table) in &tables {
        forms::csv(name, table)?;
    }
    if way < Way::Whole {
        return Ok(Came::Run { left_out: 0 });
    }
    told(&Experiment::new(scenario, parameters))?;
    let folder = Folder::begin(place, Path::new("a.toml"), true).map_err(said)?;
    for (name, table) in &tables {
        folder.write(name, table).map_err(said)?;
    }
    folder
        .write("summary.json", json.to_string().as_bytes())
        .map_err(said)?;
    let mut names: Vec<String> = tables.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (mut left_out, mut drawn) = (0, Vec::new());
    for draw in report::charts(&results) {
        let Ok(drawing) = draw() else {
            left_out += 1;
            continue;
        };
        let name = drawing.name;
        forms::svg(&name, &drawing.picture.svg)?;
        forms::png(&name, &drawing.picture.png)?;
        folder
            .write(&format!("{name}.svg"), drawing.picture.svg.as_bytes())
            .map_err(said)?;
        folder
            .write(&format!("{name}.png"), &drawing.picture.png)
            .map_err(said)?;
        names.extend([format!("{name}.svg"), format!("{name}.png")]);
        drawn.push((name, drawing.picture.svg));
    }
    let provenance = Provenance {
        version: String::new(),
        scenario: "a.toml".to_owned(),
        scenario_sha256: String::new(),
        seed: scenario.run.seed,
        agents: scenario.run.agents,
        replicates: scenario.run.replicates,
        parameters: set,
        command: Vec::new(),
    };
    let page = report::Report {
        scenario,
        comments: &[],
        summary,
        answer: &answer,
        provenance: &provenance,
        assumed: &[],
        charts: drawn.iter().map(|(name, svg)| (name.as_str(), &**svg)).collect(),
    };
    let page = page.html();
    forms::html("report.html", &page)?;
    folder.write("report.html", page.as_bytes()).map_err(said)?;
    let provenance = serde_json::json!(provenance).to_string();
    folder.write("provenance.json", provenance.as_bytes()).map_err(said)?;
    let place = folder.finish().map_err(said)?;
    names.extend(["summary.json", "report.html", "provenance.json"].map(str::to_owned));
    stands(&place, &names)?;
    Ok(Came::Run { left_out })
}

fn said(error: FolderError) -> String {
    format!("{error:?}")
}

/// Every person has a row for each moment, and no mean is no number.
fn everybody_is_counted(scenario: &Scenario, tallies: &[Tally], rows: usize) -> Result<(), String> {
    let mut expected = 0;
    for (condition, tally) in scenario.conditions.iter().zip(tallies) {
        let whole = scenario.run.agents / condition.unit.size() * condition.unit.size();
        let most = u64::from(whole) * u64::from(scenario.run.replicates);
        let counted = tally.people.total();
        if counted > most || condition.select.is_none() && counted != most {
            return Err(format!(
                "{counted} of {most} people are counted in `{}`",
                condition.name
            ));
        }
        // A row for each week in which people are seen.
        expected += match &condition.protocol.timeline {
            Some(_) => tally.course.iter().map(|week| week.people.total()).sum(),
            None => counted,
        };
        for tally in std::iter::once(tally).chain(&tally.course) {
            let of_measures = tally.measures.values();
            let is_number = |moments: &Moments| moments.count() == 0 || moments.mean().is_finite();
            if !of_measures.chain(&tally.traits).chain([&tally.hours]).all(is_number) {
                return Err(format!("no number in `{}`: {tally:?}", condition.name));
            }
        }
    }
    if rows as u64 == expected {
        Ok(())
    } else {
        Err(format!("{rows} rows of {expected} people"))
    }
}

/// The first person of each condition, in words.
fn told(experiment: &Experiment) -> Result<(), String> {
    for (number, condition) in experiment.scenario.conditions.iter().enumerate() {
        let Some(course) = trajectory(experiment, condition, 0, 0) else {
            return Err(format!("there is no first person in `{}`", condition.name));
        };
        let turns = turning_points(&course, &experiment.norm, &Others::of(experiment, number, 0));
        printable("a story", &story(&turns))?;
        forms::csv("trace.csv", &report::trace_csv((&condition.name, &course), None))?;
    }
    Ok(())
}

/// What was written is there, and nothing else beside the folder.
fn stands(place: &Path, names: &[String]) -> Result<(), String> {
    for name in names {
        if !place.join(name).is_file() {
            return Err(format!("`{name}` was not written"));
        }
    }
    let above = place.parent().ok_or("a folder has one above")?;
    let beside = std::fs::read_dir(above).map_err(|error| error.to_string())?.count();
    if beside == 1 {
        Ok(())
    } else {
        Err(format!("{beside} things beside the results"))
    }
}
