//! `simulate trace`: one person's encounter, second by second, as a chart and as a story in words.

use super::failure::Failure;
use super::options::Changes;
use super::output;
use super::simulate::{pretty, provenance};
use clap::Args;
use compassion::document::nearest;
use compassion::engine::run::Experiment;
use compassion::engine::trajectory::{Trajectory, trajectory};
use compassion::report::{self, Folder};
use compassion::scenario::Scenario;
use compassion::story::{self, parting, story, story_of_parting, turning_points};
use std::path::PathBuf;

/// File and flags of a trace.
#[derive(Debug, Args)]
pub struct Trace {
    /// Scenario file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Name of the condition
    #[arg(long, value_name = "NAME")]
    condition: String,
    /// Number of the person, from 0
    #[arg(long, value_name = "N")]
    agent: u32,
    /// Another condition, in which the same person with the same luck is shown beside it
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    #[command(flatten)]
    changes: Changes,
    /// Folder for the chart, which goes to `DIR/<file stem>-trace/`
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Print a JSON object instead of the story
    #[arg(long)]
    json: bool,
    /// Print only results and errors
    #[arg(long, short)]
    quiet: bool,
    /// Replace a folder that comes from another scenario or from elsewhere
    #[arg(long)]
    force: bool,
}

/// Traces one person.
pub fn run(trace: &Trace) -> Result<(), Failure> {
    let (parameters, set, _) = trace.changes.parameters()?;
    let loaded = trace
        .changes
        .load(&trace.file)
        .map_err(|it| Failure::Scenarios(vec![it]))?;
    let scenario = &loaded.scenario;
    let here = place_of(scenario, &trace.condition)?;
    let there = trace.against.as_deref().map(|it| place_of(scenario, it)).transpose()?;
    let experiment = Experiment::new(scenario, &parameters);
    let course = encounter(&experiment, here, trace.agent)?;
    let other = there.map(|it| encounter(&experiment, it, trace.agent)).transpose()?;

    let turns = turning_points(&course, &experiment.norm);
    let mut text = format!("Person {} in “{}”\n{}\n", trace.agent, trace.condition, story(&turns));
    let mut json = report::trace_json(scenario, here, trace.agent, &course, &turns);
    if let (Some(name), Some(other)) = (&trace.against, &other) {
        let other_turns = turning_points(other, &experiment.norm);
        let moment = parting(&course, other);
        let apart = story_of_parting(moment.as_ref(), &trace.condition, name);
        text += &format!("\nThe same person in “{name}”\n{}\n\n{apart}\n", story(&other_turns));
        let against = report::trace_json(scenario, there.unwrap_or(here), trace.agent, other, &other_turns);
        json["against"] = against;
        json["parting_s"] = serde_json::json!(moment.map(|it| it.time_s));
    }

    let mut stem = trace
        .file
        .file_stem()
        .ok_or_else(|| Failure::NoStem(trace.file.clone()))?
        .to_owned();
    stem.push("-trace");
    let folder = Folder::begin(&trace.out.join(stem), &trace.file, trace.force)?;
    let labels: Vec<(f64, String)> = turns.iter().map(|it| (it.time_s, story::label(it))).collect();
    let against = trace.against.as_deref().zip(other.as_ref());
    let drawing = report::trace_chart(scenario, trace.agent, (&trace.condition, &course), against, &labels)?;
    folder.write("trace.png", &drawing.picture.png)?;
    folder.write("trace.svg", drawing.picture.svg.as_bytes())?;
    folder.write("trace.csv", &report::trace_csv((&trace.condition, &course), against))?;
    folder.write("story.txt", text.as_bytes())?;
    folder.write(
        "provenance.json",
        &pretty(&serde_json::json!(provenance(&set, &trace.file, &loaded))),
    )?;
    let place = folder.finish()?;
    if trace.json {
        return output::result(&format!("{json}\n"));
    }
    output::result(&text)?;
    if !trace.quiet {
        output::remark(&format!(
            "\nwrote {}/ (trace.png, trace.svg, trace.csv, story.txt)",
            place.display()
        ));
    }
    Ok(())
}

/// The index of a condition.
fn place_of(scenario: &Scenario, name: &str) -> Result<usize, Failure> {
    let names = || scenario.conditions.iter().map(|it| it.name.as_str());
    names().position(|it| it == name).ok_or_else(|| Failure::NoCondition {
        name: name.to_owned(),
        help: match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "the conditions are `{}`",
                names().take(20).collect::<Vec<_>>().join("`, `")
            ),
        },
    })
}

fn encounter(experiment: &Experiment, condition: usize, agent: u32) -> Result<Trajectory, Failure> {
    let scenario = experiment.scenario;
    let (condition, agents) = (&scenario.conditions[condition], scenario.run.agents);
    let beyond = || Failure::NoAgent {
        agent,
        condition: condition.name.clone(),
        agents: report::thousands(u64::from(agents)),
    };
    if agent >= agents {
        return Err(beyond());
    }
    trajectory(&experiment.world(), condition, 0, agent, agents).ok_or_else(beyond)
}
