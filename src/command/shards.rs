//! `--shard I/N` of whatever is run with people: what its part is written to, and what is made of all parts.

use super::failure::Failure;
use super::output;
use compassion::engine::driver::{Ended, Observation};
use compassion::engine::monitor::Monitor;
use compassion::files::{
    MergeError, Others, PartFolder, PartWork, Shards, SweepFolderError, pieces_of, sweep_progress,
};
use compassion::model::parameters::Parameters;
use compassion::report::Provenance;
use compassion::scenario::Scenario;
use compassion::study::shards::{JoinError, run_joined, run_part};
use compassion::study::{Options, Results, run_keeping};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The folder of a shard: that of the whole, with its number.
pub fn of_shard(mut place: PathBuf, shard: Option<[u32; 2]>) -> PathBuf {
    if let (Some([number, of]), Some(name)) = (shard, place.file_name()) {
        let mut name = name.to_owned();
        name.push(format!("-{number}of{of}"));
        place.set_file_name(name);
    }
    place
}

/// The command of the whole, in place of that of a part.
pub fn without_shard(provenance: Provenance) -> Provenance {
    let mut command = Vec::new();
    let mut words = provenance.command.into_iter();
    while let Some(word) = words.next() {
        if word == "--shard" {
            words.next();
        } else if !word.starts_with("--shard=") {
            command.push(word);
        }
    }
    Provenance { command, ..provenance }
}

/// A part that is being run.
pub struct Part {
    folder: PartFolder,
    place: PathBuf,
    range: Range<u64>,
}

impl Part {
    /// Begins it, or goes on with it.
    pub fn begin(place: &Path, work: PartWork, others: Others, quiet: bool) -> Result<Self, Failure> {
        let range = work.range();
        let folder = PartFolder::begin(place, work, others)?;
        let missing = folder.missing();
        if missing.start > range.start && !quiet {
            output::remark(&format!("going on: {}", sweep_progress("pieces", &missing, &range)));
        }
        Ok(Self {
            folder,
            place: place.to_owned(),
            range,
        })
    }

    /// What is still to be run.
    pub fn missing(&self) -> Range<u64> {
        self.folder.missing()
    }

    /// Writes what some pieces have yielded.
    pub fn append(&mut self, pieces: Range<u64>, bytes: &[u8]) -> Result<(), SweepFolderError> {
        self.folder.append(pieces, bytes)
    }

    /// Lets its people live, and says that it is whole, or how far it is.
    pub fn run<K: Serialize + Send>(
        mut self,
        (scenario, parameters): (&Scenario, &Parameters),
        asked: &Options,
        monitor: &dyn Monitor,
        keep: impl Fn(&Observation) -> K + Sync,
    ) -> Result<(), Failure> {
        let missing = self.missing();
        let write = |pieces, bytes: &[u8]| self.append(pieces, bytes);
        let done = run_part(scenario, parameters, asked, missing, monitor, keep, write);
        self.finish(done)
    }

    /// Says that it is whole, or how far it is.
    pub fn finish(self, done: Result<(), Ended<SweepFolderError>>) -> Result<(), Failure> {
        match done {
            Ok(()) => {}
            Err(Ended::Kept(error)) => return Err(error.into()),
            Err(Ended::Stopped(_)) => {
                let progress = sweep_progress("pieces", &self.folder.missing(), &self.range);
                return Err(Failure::Stopped(format!("`{}`: {progress}", self.place.display())));
            }
        }
        let place = self.folder.finish()?;
        output::result(&format!(
            "wrote {}/ ({} pieces of work); `simulate merge` joins it with the other shards\n",
            place.display(),
            self.range.end - self.range.start
        ))
    }
}

/// Lets people live here and now, or joins what shards have written of them.
pub fn lived<K: Send + DeserializeOwned>(
    shards: Option<&Shards>,
    (scenario, parameters): (&Scenario, &Parameters),
    asked: &Options,
    monitor: &dyn Monitor,
    keep: impl Fn(&Observation) -> K + Sync,
    take: impl FnMut(K) -> Result<(), Failure>,
) -> Result<Results, Ended<Failure>> {
    let Some(shards) = shards else {
        return run_keeping(scenario, parameters, asked, monitor, keep, take);
    };
    let written = written(shards).map_err(Ended::Kept)?;
    let joined = run_joined(scenario, parameters, asked, written, monitor, take);
    joined.map_err(|error| match error {
        JoinError::Stopped(stopped) => Ended::Stopped(stopped),
        JoinError::Kept(failure) => Ended::Kept(failure),
        JoinError::NotOfThisRun(_) => Ended::Kept(MergeError::Damaged(shards.places[0].clone()).into()),
    })
}

/// What all shards have written, in order.
pub fn written(shards: &Shards) -> Result<impl Iterator<Item = Result<Vec<u8>, Failure>>, Failure> {
    let written = pieces_of(&shards.places, &shards.first)?;
    Ok(written.map(|bytes| bytes.map_err(Failure::from)))
}

/// Where the results of shards come from: as if all had been run in one go. Refuses a scenario or parameters that are not those of the shards.
pub fn joined_provenance(shards: &Shards, now: Provenance) -> Result<Provenance, Failure> {
    let then = provenance_of(shards)?;
    let changed = |what, path: &str, then: String, now: String| {
        let path = PathBuf::from(path);
        Err(MergeError::Changed { path, what, then, now }.into())
    };
    if then.version != now.version {
        let this = std::env::args().next().unwrap_or_default();
        return changed("by version", &this, then.version, now.version);
    }
    for (what, path, then, now) in [
        (
            "on a scenario file with the SHA-256",
            &then.scenario,
            &then.scenario_sha256,
            &now.scenario_sha256,
        ),
        (
            "with parameters with the SHA-256",
            &now.parameters.file,
            &then.parameters.sha256,
            &now.parameters.sha256,
        ),
    ] {
        if then != now {
            return changed(what, path, then.clone(), now.clone());
        }
    }
    Ok(then)
}

/// What the first shard says of itself.
pub fn provenance_of(shards: &Shards) -> Result<Provenance, Failure> {
    let provenance = serde_json::from_value(shards.first.clone());
    Ok(provenance.map_err(|_| MergeError::NoCommand(shards.places[0].clone()))?)
}
