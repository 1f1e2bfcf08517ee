//! `simulate trace`: one person's encounter, second by second, as a chart and as a story in words.

use super::failure::Failure;
use super::options::Changes;
use super::output;
use super::simulate::{provenance, warn_of_missing_letters};
use clap::Args;
use compassion::document::nearest;
use compassion::engine::block::Participants;
use compassion::engine::records::Outcome;
use compassion::engine::run::Experiment;
use compassion::engine::trajectory::{Trajectory, trajectory};
use compassion::files::Folder;
use compassion::model::agent::Trait;
use compassion::report::{self, Against};
use compassion::scenario::{Condition, Scenario, Unit};
use compassion::story::{Others, parting, person, story, story_of_parting, turning_points};
use compassion::wording::{person_or_people, thousands};
use std::path::{Path, PathBuf};

/// People who are looked at in search of one who changes.
const MOST_LOOKED_AT: u32 = 2_000;

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
    #[arg(
        long,
        value_name = "N",
        required_unless_present = "changer",
        default_value_t = 0,
        hide_default_value = true
    )]
    agent: u32,
    /// The first person who helps in only one of the two conditions, instead of a number
    #[arg(long, conflicts_with = "agent", requires = "against")]
    changer: bool,
    /// Fresh population that the person belongs to, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replicate: u32,
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
    /// Write into a folder with results of another scenario, or from elsewhere
    #[arg(long)]
    force: bool,
}

/// Traces one person.
pub fn run(trace: &Trace) -> Result<(), Failure> {
    let (parameters, set, _) = trace.changes.parameters()?;
    let loaded = trace.changes.load(&trace.file)?;
    let scenario = &loaded.scenario;
    if scenario.has_community() {
        return Err(Failure::InCommunity {
            flag: "trace",
            title: scenario.title.clone(),
            reason: "how somebody comes to a scene depends on everybody they know; trace the same scene in a file without a community",
        });
    }
    if scenario.has_exchange() {
        return Err(Failure::InExchange {
            flag: "trace",
            title: scenario.title.clone(),
            reason: "each round is a scene of its own, and hangs on those before; trace the scene in a file without an exchange",
        });
    }
    warn_of_missing_letters(scenario);
    let here = place_of(scenario, &trace.condition)?;
    let there = trace.against.as_deref().map(|it| place_of(scenario, it)).transpose()?;
    let experiment = Experiment::new(scenario, &parameters);
    if trace.replicate >= scenario.run.replicates {
        return Err(Failure::NoReplicate {
            replicate: trace.replicate,
            replicates: scenario.run.replicates,
        });
    }
    let replicate = trace.replicate;
    let agent = match there.filter(|_| trace.changer) {
        Some(there) => changer(&experiment, [here, there], replicate)?,
        None => trace.agent,
    };
    let course = encounter(&experiment, here, replicate, agent)?;
    let other = there
        .map(|it| encounter(&experiment, it, replicate, agent))
        .transpose()?;

    let others = |place: usize| Others::of(&experiment, place, trace.replicate);
    let people = others(here);
    let turns = turning_points(&course, &experiment.norm, &people);
    let who = |place: usize| person(&traits(&experiment, place, replicate, agent));
    let mut text = format!(
        "Person {} in “{}”\n{} {}\n",
        agent,
        trace.condition,
        who(here),
        story(&turns)
    );
    let mut json = report::trace_json(scenario, here, agent, &course, &turns);
    let mut against = None;
    if let (Some(name), Some(other), Some(there)) = (&trace.against, &other, there) {
        let other_people = others(there);
        let other_turns = turning_points(other, &experiment.norm, &other_people);
        let moment = parting(&course, other, [&people, &other_people]);
        let apart = story_of_parting(moment.as_ref(), [here, there].map(|it| &scenario.conditions[it]));
        text += &format!(
            "\nThe same person in “{name}”\n{} {}\n\n{apart}\n",
            who(there),
            story(&other_turns)
        );
        json["against"] = report::trace_json(scenario, there, agent, other, &other_turns);
        json["parting_s"] = serde_json::json!(moment.map(|it| it.time_s));
        against = Some(Against {
            condition: name,
            course: other,
            turns: other_turns,
            parting: moment,
        });
    }

    let place = trace.changes.place(&trace.out, &trace.file);
    let mut place = place
        .ok_or_else(|| Failure::NoStem(trace.file.clone()))?
        .into_os_string();
    place.push("-trace");
    let folder = Folder::begin(Path::new(&place), &trace.file, trace.force)?;
    let drawing = report::trace_chart(scenario, agent, (&trace.condition, &course), &turns, against.as_ref());
    let written = match drawing {
        Ok(drawing) => {
            folder.write("trace.png", &drawing.picture.png)?;
            folder.write("trace.svg", drawing.picture.svg.as_bytes())?;
            "trace.png, trace.svg, trace.csv, story.txt"
        }
        Err(error) => {
            output::left_out(&error);
            "trace.csv, story.txt"
        }
    };
    folder.write(
        "trace.csv",
        &report::trace_csv(
            (&trace.condition, &course),
            against.as_ref().map(|it| (it.condition, it.course)),
        ),
    )?;
    folder.write("story.txt", text.as_bytes())?;
    folder.write(
        "provenance.json",
        &report::pretty(&serde_json::json!(provenance(&set, &trace.file, &loaded))),
    )?;
    let place = folder.finish()?;
    if trace.json {
        return output::json(&json);
    }
    output::result(&text)?;
    if !trace.quiet {
        output::remark(&format!("\nwrote {}/ ({written})", place.display()));
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

/// The traits of the person in a condition, with what they have practised.
fn traits(experiment: &Experiment, condition: usize, replicate: u32, agent: u32) -> [f64; Trait::COUNT] {
    let world = experiment.world();
    // Alone: who somebody is does not depend on the group.
    let condition = Condition {
        unit: Unit::Person,
        ..experiment.scenario.conditions[condition].clone()
    };
    let people = world.people(replicate, agent, 1);
    let agents = experiment.scenario.run.agents;
    let participants = Participants::new(&world, &condition, replicate, &people, 1, agents);
    participants.trained_traits_of(0)
}

/// The first person who helps in only one of two conditions.
fn changer(experiment: &Experiment, [here, there]: [usize; 2], replicate: u32) -> Result<u32, Failure> {
    let scenario = experiment.scenario;
    let of = scenario.run.agents.min(MOST_LOOKED_AT);
    for agent in 0..of {
        let helps = |condition: usize| {
            let met = trajectory(experiment, &scenario.conditions[condition], replicate, agent);
            met.map(|it| it.outcome == Outcome::Helped)
        };
        if let (Some(one), Some(other)) = (helps(here), helps(there))
            && one != other
        {
            return Ok(agent);
        }
    }
    Err(Failure::NoChanger {
        of: thousands(u64::from(of)),
        condition: scenario.conditions[here].name.clone(),
        against: scenario.conditions[there].name.clone(),
    })
}

fn encounter(experiment: &Experiment, condition: usize, replicate: u32, agent: u32) -> Result<Trajectory, Failure> {
    let scenario = experiment.scenario;
    let (condition, agents) = (&scenario.conditions[condition], scenario.run.agents);
    let people = |it: u32| {
        let count = u64::from(it);
        format!("{} {}", thousands(count), person_or_people(count))
    };
    let beyond = || Failure::NoAgent {
        agent,
        condition: condition.name.clone(),
        people: match condition.unit {
            Unit::Person => people(agents),
            Unit::Group(size) => format!("{} in groups of {size}", people(agents - agents % size)),
        },
    };
    if agent >= agents {
        return Err(beyond());
    }
    trajectory(experiment, condition, replicate, agent).ok_or_else(beyond)
}
