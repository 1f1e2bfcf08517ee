//! Why a command could not do its work.

use compassion::analysis::vary::VaryError;
use compassion::comparison::NotTheSame;
use compassion::document::{Problems, Unreadable};
use compassion::evidence::requirement::RequirementError;
use compassion::evidence::studies::EvidenceError;
use compassion::files::{FolderError, MergeError, SweepFolderError};
use compassion::fit::ensemble::EnsembleError;
use compassion::fit::state::StateError;
use compassion::scenario::LoadError;
use compassion::sweep::SweepError;
use compassion::sweep::sensitivity::SensitivityError;
use std::io;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Files are not valid scenarios, or cannot be read; all of them.
    #[error("{}", files(.0))]
    Scenarios(Vec<LoadError>),
    /// A parameter file is not valid or cannot be read.
    #[error(transparent)]
    Parameters(#[from] compassion::parameters::ParameterError),
    /// Results cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A sweep cannot be written or gone on with.
    #[error(transparent)]
    SweepFolder(SweepFolderError),
    /// Shards cannot be joined.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// What is to be varied cannot be read.
    #[error(transparent)]
    Vary(#[from] VaryError),
    /// It cannot be said what carries an answer.
    #[error(transparent)]
    Sensitivity(SensitivityError),
    /// A key cannot be varied.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// A file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// There is no evidence to score or fit.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// A requirement cannot be read.
    #[error(transparent)]
    Requirement(#[from] RequirementError),
    /// Requirements that were not reached: the only failure of a command that could do its work.
    #[error("{}", .0.join("\n"))]
    Required(Vec<String>),
    /// No cell with counts.
    #[error("no file carries counts (`observed = {{ helped, of }}`), and only they enter a fit")]
    NothingToFit,
    /// Priors are wrong; every place.
    #[error(transparent)]
    Priors(Box<Problems>),
    /// An ensemble is wrong.
    #[error("`{}` is not an ensemble of plausible parameter sets", .0)]
    Ensemble(String, #[source] EnsembleError),
    /// An ensemble would overwrite something else.
    #[error(
        "`{}` exists and is not an ensemble of plausible parameter sets; choose another name, or replace it with `--force`",
        .0.display()
    )]
    OtherFile(PathBuf),
    /// An ensemble belongs to other parameters than those of the run.
    #[error(
        "the {ensemble} ensemble of plausible parameter sets does not belong to the parameters `{parameters}`; give the one that was written with them with `--ensemble FILE` (`simulate calibrate PATH --ensemble FILE` writes one), or use the built-in parameters with the built-in ensemble"
    )]
    OtherEnsemble {
        /// The ensemble: a file, or "built-in".
        ensemble: String,
        /// The parameters: a file, or "built-in".
        parameters: String,
    },
    /// A study to be left out is not among the files.
    #[error("there is no study `{}` with counts; there are {}", .0, .1.join(", "))]
    NoStudy(String, Vec<String>),
    /// Kinds are to be left out, and nobody says which study is of which.
    #[error(
        "no two kinds of study are known, so none can be left out; a table `kinds.csv` beside the files, with the columns `study` and `kind`, says which is which"
    )]
    NoKinds,
    /// A calibration cannot be gone on with.
    #[error("`{}` cannot be gone on with; begin anew with `--fresh`, or choose another `--out DIR`", .0.display())]
    State(PathBuf, #[source] StateError),
    /// A parameter file cannot be written as TOML.
    #[error("cannot write the parameters as TOML")]
    Toml(#[from] toml::ser::Error),
    /// Two inputs would write to the same folder.
    #[error("`{}` and `{}` would both write to `{}`; rename one, or run them with different `--out DIR`", .0.display(), .1.display(), .2.display())]
    SameStem(PathBuf, PathBuf, PathBuf),
    /// Two scenarios of a lab would have the same name.
    #[error("`{}` and `{}` have the same name, by which a lab tells its scenes apart; rename one", .0.display(), .1.display())]
    SameScene(PathBuf, PathBuf),
    /// A file that is no lab page stands where the page is to be written.
    #[error("`{}` is no lab page and is left as it is; choose another `--out FILE`, or replace it with `--force`", .0.display())]
    NoLab(PathBuf),
    /// A scenario cannot stand in a lab.
    #[error(transparent)]
    NoScene(#[from] compassion::lab::NoScene),
    /// Nothing that may stand in a scenario file has these words.
    #[error(
        "no key, measure, program or mechanism has `{words}` in its name or meaning; {}",
        near.as_ref().map_or_else(|| "without a word all are shown".to_owned(), |near| format!("did you mean `{near}`?"))
    )]
    NoKey {
        /// What was looked for.
        words: String,
        /// The nearest name.
        near: Option<String>,
    },
    /// Nobody changes between two conditions.
    #[error(
        "of the first {of} people nobody helps in only one of “{condition}” and “{against}”; choose somebody with `--agent N`"
    )]
    NoChanger {
        /// How many were looked at.
        of: String,
        /// The one condition.
        condition: String,
        /// The other.
        against: String,
    },
    /// A command that is not known.
    #[error("`{word}` is neither a file nor a command; did you mean `simulate {near}`?")]
    Misspelt {
        /// What was written.
        word: String,
        /// The nearest command.
        near: String,
    },
    /// A path without a file name.
    #[error("`{}` is not the path of a file", .0.display())]
    NoStem(PathBuf),
    /// More rows than a disk holds.
    #[error("people.csv of `{file}` would have {rows} rows, about {gigabytes} GB; keep fewer with `--people N`")]
    TooManyRows {
        /// The scenario.
        file: String,
        /// Rows.
        rows: String,
        /// Size.
        gigabytes: u64,
    },
    /// No condition of that name.
    #[error("there is no condition `{name}`; {help}")]
    NoCondition {
        /// What was asked for.
        name: String,
        /// What there is.
        help: String,
    },
    /// Two conditions that do not count the same people.
    #[error("cannot compare `{treatment}` with `{control}` person by person: {reason}")]
    NotTheSame {
        /// The condition that is expected to differ.
        treatment: String,
        /// The condition that it is compared with.
        control: String,
        /// Why not.
        reason: NotTheSame,
    },
    /// A flag that needs scenes that stand by themselves.
    #[error("`{flag}` does not go with an `[exchange]` (`{title}`): {reason}")]
    InExchange {
        /// The flag.
        flag: &'static str,
        /// The scenario.
        title: String,
        /// Why not, and what to do instead.
        reason: &'static str,
    },
    /// A flag that needs people who live by themselves.
    #[error("`{flag}` does not go with a `[community]` (`{title}`): {reason}")]
    InCommunity {
        /// The flag.
        flag: &'static str,
        /// The scenario.
        title: String,
        /// Why not, and what to do instead.
        reason: &'static str,
    },
    /// There is no pair of conditions with the same people.
    #[error("`{flag}` compares the same people in two conditions, and `{title}` has no two that count the same people")]
    NothingToCompare {
        /// The flag that needs a pair.
        flag: &'static str,
        /// The scenario.
        title: String,
    },
    /// Fewer people may be taken than make one group.
    #[error("`--at-most {most}` allows fewer people than one group of {size} has; allow at least {size}")]
    FewerThanAGroup {
        /// How many may be taken.
        most: u32,
        /// How many a group has.
        size: u32,
    },
    /// More people in studies than can be held.
    #[error(
        "{studies} studies with {people} per condition have more than {most} people per condition; take fewer with `--as-study` or `--repeats`"
    )]
    TooManyStudies {
        /// How many studies.
        studies: String,
        /// How large.
        people: String,
        /// How many people there may be.
        most: String,
    },
    /// Studies drawn person by person, of people who come in clusters.
    #[error(
        "`--as-study` draws people one by one, and `[study]` has clusters; `simulate plan FILE` counts with them, `--set study.clusters.icc=0` takes away what they do"
    )]
    StudyOfClusters,
    /// No person of that number.
    #[error("there is no person {agent} in `{condition}`: it has {people}, numbered from 0")]
    NoAgent {
        /// The number.
        agent: u32,
        /// The condition.
        condition: String,
        /// How many people there are, in words.
        people: String,
    },
    /// No population of that number.
    #[error("there is no replicate {replicate}: the file asks for {replicates}, numbered from 0")]
    NoReplicate {
        /// The number.
        replicate: u32,
        /// How many there are.
        replicates: u32,
    },
    /// A template would overwrite something.
    #[error("`{}` exists and is not overwritten; choose another name", .0.display())]
    Exists(PathBuf),
    /// Somebody pressed Ctrl-C.
    #[error("stopped: {0}")]
    Stopped(String),
    /// Threads or the signal handler could not be set up.
    #[error("cannot start: {0}")]
    Start(String),
    /// A table could not be written to memory.
    #[error("cannot write summary.csv")]
    Table(#[from] csv::Error),
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Scenarios(vec![error])
    }
}

fn files(errors: &[LoadError]) -> String {
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    texts.join("\n\n")
}
