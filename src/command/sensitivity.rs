//! `simulate sensitivity FILE --over …`: which inputs carry the answer of a file.

use super::failure::Failure;
use super::options::{Changes, Writing};
use super::output;
use super::progress::Watched;
use super::simulate::provenance;
use super::stop::on_ctrl_c;
use super::sweep::a_measure;
use clap::Args;
use compassion::analysis::vary::Varied;
use compassion::document::nearest;
use compassion::files::{Folder, Others, PartFolder, PartOf, PartWork};
use compassion::registry::Measure;
use compassion::report::{
    Provenance, pretty, sensitivity_chart, sensitivity_codebook, sensitivity_csv, sensitivity_in_words,
};
use compassion::scenario::Scenario;
use compassion::sweep::sensitivity::{Answered, Effort, Input, Over, Question, SensitivityError, Studied, inputs};
use compassion::wording::thousands;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// People per condition where nothing else is said: the same at every point, so that their chance hardly enters.
const PEOPLE: u32 = 2_000;

/// Answers that are kept together: what an interruption loses at most.
const BATCH: usize = 16;

/// The file, the inputs and the answer.
#[derive(Debug, Args)]
pub struct SensitivityOptions {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What is varied: assumptions, parameters, situation, traits, or a key with its range; may be given several times
    #[arg(long, value_name = "WHAT|KEY=low..high", required = true, value_parser = over)]
    pub over: Vec<Over>,
    /// The answer: the difference between these two conditions; without it what the first contrast of the file asks
    #[arg(long, num_args = 2, value_names = ["TREATMENT", "CONTROL"])]
    pub of: Option<Vec<String>>,
    /// On which measure; without it that of the first contrast
    #[arg(long, value_name = "MEASURE", value_parser = a_measure)]
    pub measure: Option<Measure>,
    /// Ways through all inputs for the screening
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u32).range(2..=1_000))]
    pub ways: u32,
    /// How many of the inputs that matter most get Sobol' indices
    #[arg(long, value_name = "N", default_value = "8")]
    pub keep: usize,
    /// Rows of the samples for them; 0 leaves it at the screening
    #[arg(long, value_name = "N", default_value = "256", value_parser = clap::value_parser!(u32).range(0..=65_536))]
    pub rows: u32,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub writing: Writing,
}

/// Says which inputs carry the answer.
pub fn run(options: &SensitivityOptions) -> Result<(), Failure> {
    let start = Instant::now();
    let place = options
        .changes
        .place(&options.writing.out.join("sensitivity"), &options.file);
    let place = place.ok_or_else(|| Failure::NoStem(options.file.clone()))?;
    let mut loaded = options.changes.load(&options.file)?;
    let (_, set, _) = options.changes.parameters()?;
    let entries = options.changes.entries()?;
    if options.changes.agents.is_none() && loaded.scenario.run.agents > PEOPLE {
        loaded.source.push_argument("--agents", &format!("run.agents={PEOPLE}"));
        loaded.scenario.run.agents = PEOPLE;
    }
    let folder = Folder::begin(&place, &options.file, options.writing.force)?;
    let question = question(options, &loaded.scenario)?;
    let inputs = inputs(&options.over, &entries);
    let studied = Studied {
        source: loaded.source.clone(),
        scenario: loaded.scenario.clone(),
        entries,
    };
    let effort = Effort {
        ways: options.ways,
        kept: options.keep,
        rows: options.rows,
    };
    let provenance = provenance(&set, &options.file, &loaded);
    let (mut part, known) = begun(options, &place, &provenance, (&inputs, &question, effort))?;
    let stop = on_ctrl_c()?;
    let watched = Watched::new(&stop, options.writing.quiet);
    let mut batch = Vec::new();
    let mut next = part.missing();
    let mut keep = |answer: Option<f64>| {
        batch.push(answer);
        let until = next.start + batch.len() as u64;
        if batch.len() == BATCH || until == next.end {
            part.append(next.start..until, &written(&batch))?;
            next.start = until;
            batch.clear();
        }
        Ok(())
    };
    let answered = Answered {
        known: &known,
        keep: &mut keep,
    };
    let found = studied.going_on(&inputs, question, effort, &watched, answered);
    drop(watched);
    let found = match found {
        Ok(found) => found,
        Err(SensitivityError::Kept(error)) => return Err(error),
        Err(SensitivityError::Stopped(_)) => {
            return Err(Failure::Stopped(format!(
                "{} of {} runs are kept; the same command goes on",
                thousands(next.start),
                thousands(next.end)
            )));
        }
        Err(refused) => {
            // Nothing can be gone on with.
            part.remove()?;
            return Err(match refused {
                SensitivityError::Sweep(error) => error.into(),
                SensitivityError::Beyond { key, value, problem } => {
                    Failure::Sensitivity(SensitivityError::Beyond { key, value, problem })
                }
                _ => Failure::Sensitivity(SensitivityError::NoInputs),
            });
        }
    };
    folder.write("sensitivity.csv", sensitivity_csv(&found).as_bytes())?;
    let (name, codebook) = sensitivity_codebook();
    folder.write(name, codebook.as_bytes())?;
    match sensitivity_chart(&loaded.scenario, &found) {
        Ok(picture) => {
            folder.write("sensitivity.png", &picture.png)?;
            folder.write("sensitivity.svg", picture.svg.as_bytes())?;
        }
        Err(error) => output::left_out(&error),
    }
    folder.write("provenance.json", &pretty(&serde_json::json!(provenance)))?;
    for form in options.writing.tables.forms() {
        folder.also_as(form)?;
    }
    let place = folder.finish()?;
    part.remove()?;
    output::result(&format!(
        "{}\n{} runs in {:.2} s\n\n{}\n\nwrote {}/ (sensitivity.csv, its codebook, a chart)\n",
        loaded.scenario.title,
        found.runs,
        start.elapsed().as_secs_f64(),
        sensitivity_in_words(&found).join("\n"),
        place.display()
    ))
}

/// The folder beside the results in which answers are kept until all are there, and those that an interruption has left in it.
fn begun(
    options: &SensitivityOptions,
    place: &Path,
    provenance: &Provenance,
    asked: (&[Input], &Question, Effort),
) -> Result<(PartFolder, Vec<Option<f64>>), Failure> {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let work = PartWork {
        of: PartOf::Sensitivity,
        provenance: provenance.clone(),
        asked: format!("{asked:?}"),
        pieces: asked.2.points(asked.0.len()),
        shard: [1, 1],
    };
    let others = if options.writing.force {
        Others::Replaced
    } else {
        Others::Stay
    };
    let part = PartFolder::begin(&place.with_file_name(name), work, others)?;
    let known: Vec<Option<f64>> = part.yielded()?.iter().flat_map(|bytes| read(bytes)).collect();
    if !known.is_empty() && !options.writing.quiet {
        output::remark(&format!("going on: {} runs are there", thousands(known.len() as u64)));
    }
    Ok((part, known))
}

/// Answers as bytes, those that are missing as no number.
fn written(answers: &[Option<f64>]) -> Vec<u8> {
    let bytes = |answer: &Option<f64>| answer.unwrap_or(f64::NAN).to_le_bytes();
    answers.iter().flat_map(bytes).collect()
}

fn read(bytes: &[u8]) -> impl Iterator<Item = Option<f64>> {
    let numbers = bytes
        .chunks_exact(8)
        .map(|bytes| f64::from_le_bytes(bytes.try_into().expect("eight bytes")));
    numbers.map(|number| (!number.is_nan()).then_some(number))
}

/// What is asked: the two conditions that were named, or what the file asks first.
fn question(options: &SensitivityOptions, scenario: &Scenario) -> Result<Question, Failure> {
    let first = Question::first(scenario);
    let measure = options
        .measure
        .or(first.as_ref().map(|first| first.measure))
        .unwrap_or(Measure::Helped);
    let named = match &options.of {
        None => first,
        Some(names) => {
            for name in names {
                if !scenario.conditions.iter().any(|condition| condition.name == *name) {
                    let all = || scenario.conditions.iter().map(|condition| condition.name.as_str());
                    let help = match nearest(name, all()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("there are `{}`", all().collect::<Vec<_>>().join("`, `")),
                    };
                    return Err(Failure::NoCondition {
                        name: name.clone(),
                        help,
                    });
                }
            }
            Some(Question {
                treatment: names[0].clone(),
                control: names[1].clone(),
                measure: options.measure.unwrap_or(Measure::Helped),
            })
        }
    };
    let named = named.ok_or_else(|| Failure::NothingToCompare {
        flag: "sensitivity",
        title: scenario.title.clone(),
    })?;
    Ok(match options.of {
        Some(_) => named,
        None => Question { measure, ..named },
    })
}

fn over(text: &str) -> Result<Over, String> {
    const WORDS: [&str; 4] = ["assumptions", "parameters", "situation", "traits"];
    match text {
        "assumptions" => Ok(Over::Assumptions),
        "parameters" => Ok(Over::Parameters),
        "situation" => Ok(Over::Situation),
        "traits" => Ok(Over::Traits),
        range if range.contains("..") => Varied::read(range, true)
            .map(Over::Key)
            .map_err(|error| error.to_string()),
        other => {
            let near = nearest(other, WORDS);
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(format!(
                "`{other}` is neither one of {} nor KEY=low..high{near}",
                WORDS.join(", ")
            ))
        }
    }
}
