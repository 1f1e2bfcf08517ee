//! The command line: one file for each command.

mod calibrate;
mod check;
mod columns;
mod compared;
mod comparing;
mod emit;
mod failure;
mod fitted;
mod keys;
mod lab;
mod merge;
mod new;
mod options;
mod output;
mod pairs;
mod pasted;
mod plan;
mod precise;
mod progress;
mod scores;
mod screen;
mod sensitivity;
mod shards;
mod simulate;
mod stop;
mod sweep;
mod table;
mod trace;
mod uncertain;
mod validate;
mod weeks;

use clap::{CommandFactory, Parser, Subcommand};
use compassion::threads::with_threads;
use failure::Failure;
use options::RunOptions;
use std::path::PathBuf;
use std::process::ExitCode;

/// When does feeling with somebody turn into helping? Simulates people who meet somebody in need, and shows who helps, who is overwhelmed,
/// and who leaves.
#[derive(Debug, Parser)]
#[command(
    name = "simulate",
    version,
    about,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    max_term_width = 80,
    after_help = "Examples:
  simulate scenarios/distress.toml          run; results in output/distress/
  simulate scenarios/*.toml --agents 2000   run all, with fewer people
  simulate FILE --set situation.escape=0.1  change one key, and not the file
  simulate FILE --paths                     through what a difference comes
  simulate FILE --compare \"after\" \"before\"  compare only these two conditions
  simulate FILE --precision 0.005           know differences to half a point
  simulate FILE --as-study 20               what studies of 20 people would find
  simulate FILE --uncertainty               the range over plausible parameters
  simulate FILE --json --quiet              numbers for another program
  simulate new my_question.toml             a commented template to start from
  simulate keys WORD                        keys, measures, programs about it

Exit codes: 0 done, 1 ran but a check asked for failed, 2 could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read and check scenario files, and say in plain words what will be run
    #[command(after_help = "Example:\n  simulate check scenarios/*.toml")]
    Check(check::Check),
    /// Show keys, measures, training programs and mechanisms, with unit, range, default and meaning
    #[command(after_help = "Examples:\n  simulate keys | less\n  simulate keys burnout")]
    Keys {
        /// Show only what has all these words in its name or meaning
        #[arg(value_name = "WORD")]
        words: Vec<String>,
    },
    /// Show the JSON Schema of scenario files, for editors
    #[command(after_help = "Example:\n  simulate schema > scenario.schema.json")]
    Schema,
    /// Score the model against what people did, as files say by `observed` and `contrast`
    #[command(after_help = "Example:\n  simulate validate scenarios/published --require 'inside>=0.92'")]
    Validate(validate::Validate),
    /// Fit the parameters to what people did, and write a parameter file with their uncertainty
    #[command(after_help = "Example:\n  simulate calibrate scenarios/published --leave-one-out")]
    Calibrate(calibrate::Calibrate),
    /// Run a file at many points: every value of a key with every value of others
    #[command(after_help = "Examples:
  simulate sweep FILE --vary situation.escape=0:1:0.1
  simulate sweep FILE --vary situation.perspective=natural,objective
  simulate sweep FILE --vary situation.escape=0:1:0.1 --vary seed=1..20
  simulate sweep FILE --vary situation.need=0..1 \\
      --vary parameters.compassion.spread=0.5..1.5 --points 200 --design sobol
A sweep that was interrupted goes on where it was: give the command again.")]
    Sweep(sweep::SweepOptions),
    /// Say which inputs carry the answer: which assumptions, keys or traits
    #[command(after_help = "Examples:
  simulate sensitivity FILE --over assumptions
  simulate sensitivity FILE --over situation --over traits
  simulate sensitivity FILE --over situation.escape=0..1 \\
      --over parameters.compassion.spread=0.5..1.5 --of \"after\" \"before\"
All inputs are screened (Morris), the --keep that matter most get Sobol'
indices. An assumption is varied by half its value to either side. One that was
interrupted goes on where it was: give the command again.")]
    Sensitivity(sensitivity::SensitivityOptions),
    /// Plan a study: how many people it takes to find each difference
    #[command(after_help = "Examples:
  simulate plan FILE
  simulate plan FILE --power 0.9 --attrition 0.2 --allocation 2:1
  simulate plan FILE --clusters 25,0.1 --test fisher
  simulate plan FILE --uncertainty --preregister my_study.md
`[study]` in the file gives the design: the same people in all conditions,
unequal arms, attrition, clusters; flags go before it.")]
    Plan(plan::PlanOptions),
    /// Join the shards of a sweep into what it would have been in one go
    #[command(after_help = "Example:
  simulate sweep FILE --vary seed=1..1000 --shard 1/2
  simulate sweep FILE --vary seed=1..1000 --shard 2/2   (on another machine)
  simulate merge output/sweep/STEM-1of2 output/sweep/STEM-2of2")]
    Merge(merge::MergeOptions),
    /// Write a commented template of a scenario file
    #[command(after_help = "Example:\n  simulate new my_question.toml && simulate my_question.toml")]
    New {
        /// The file to write; one that exists is never overwritten
        file: PathBuf,
        /// A community: people who know each other, day after day
        #[arg(long, conflicts_with = "exchange")]
        community: bool,
        /// An exchange: giving and taking round after round, with noise
        #[arg(long)]
        exchange: bool,
    },
    /// Write one page with scenarios and the engine inside, for any browser
    #[command(after_help = "Examples:
  simulate lab                              the teaching scenarios
  simulate lab my_scene.toml --out my_lab.html --language de")]
    Lab(lab::Lab),
    /// Tell one person's encounter, second by second, as a chart and as a story in words
    #[command(after_help = "Examples:
  simulate trace FILE --condition \"no training\" --agent 17
  simulate trace FILE --condition \"before\" --agent 17 --against \"after\"
  simulate trace FILE --condition \"before\" --against \"after\" --changer")]
    Trace(trace::Trace),
}

impl Cli {
    fn run(&self) -> Result<(), Failure> {
        match &self.command {
            None => {
                let commands = Self::command();
                let names = commands.get_subcommands().map(|it| it.get_name().to_owned());
                simulate::run(&self.run, &names.collect::<Vec<_>>())
            }
            Some(Command::Check(it)) => check::run(it),
            Some(Command::Keys { words }) => keys::keys(words),
            Some(Command::Schema) => keys::schema(),
            Some(Command::Validate(it)) => validate::run(it),
            Some(Command::Calibrate(it)) => calibrate::run(it),
            Some(Command::Sweep(it)) => sweep::run(it),
            Some(Command::Merge(it)) => merge::run(it),
            Some(Command::Plan(it)) => plan::run(it),
            Some(Command::Sensitivity(it)) => sensitivity::run(it),
            Some(Command::New {
                file,
                community,
                exchange,
            }) => new::run(
                file,
                match (community, exchange) {
                    (true, _) => compassion::scenario::community_template,
                    (_, true) => compassion::scenario::exchange_template,
                    _ => compassion::scenario::template,
                },
            ),
            Some(Command::Lab(page)) => lab::run(page),
            Some(Command::Trace(it)) => trace::run(it),
        }
    }
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let threads = match &cli.command {
        Some(Command::Validate(options)) => options.threads,
        Some(Command::Calibrate(options)) => options.threads,
        Some(Command::Sweep(options)) => options.writing.threads,
        Some(Command::Plan(options)) => options.writing.threads,
        Some(Command::Sensitivity(options)) => options.writing.threads,
        _ => cli.run.threads,
    };
    match with_threads(threads, || cli.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::error(&failure);
            ExitCode::from(if matches!(failure, Failure::Required(_)) { 1 } else { 2 })
        }
    }
}
