//! Runs that are killed, that write into one folder together, and whose disk is full: what is there afterwards is old or new, and whole.

use crate::generator::Chance;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A small run; the seed tells two of them apart in every file.
const SCENARIO: &str = "title = \"small\"\n[run]\nagents = 40\n[[condition]]\nname = \"one\"\n[[condition]]\nname = \"other\"\nsituation = { closeness = 0.9 }\n";

/// The content of each file.
type Files = BTreeMap<String, Vec<u8>>;

/// A folder with a scenario and its results.
pub struct Desk {
    folder: tempfile::TempDir,
    /// What the runs with either seed write.
    whole: [Files; 2],
    /// How long a run takes.
    takes: Duration,
}

impl Desk {
    /// Runs both once.
    pub fn new() -> Result<Self, String> {
        let mut desk = Self {
            folder: tempfile::tempdir().map_err(said)?,
            whole: [Files::new(), Files::new()],
            takes: Duration::ZERO,
        };
        std::fs::write(desk.folder.path().join("small.toml"), SCENARIO).map_err(said)?;
        for seed in 0..2 {
            let start = Instant::now();
            desk.ends(desk.begins(seed)?, true)?;
            desk.takes = start.elapsed();
            desk.whole[seed] = desk.files()?;
        }
        // Their charts may be others: one is drawn only where there is something to see.
        let [one, other] = &desk.whole;
        let differs = ["people.csv", "summary.json", "provenance.json"]
            .iter()
            .all(|name| one.get(*name) != other.get(*name));
        if !differs {
            return Err("two runs with two seeds cannot be told apart".to_owned());
        }
        Ok(desk)
    }

    fn place(&self) -> std::path::PathBuf {
        self.folder.path().join("output").join("small")
    }

    fn command(&self, seed: usize) -> Vec<String> {
        let arguments = ["small.toml", "--quiet", "--seed", &seed.to_string()];
        let program = [env!("CARGO_BIN_EXE_simulate")];
        program
            .iter()
            .chain(&arguments)
            .map(|text| (*text).to_owned())
            .collect()
    }

    fn begins(&self, seed: usize) -> Result<Child, String> {
        self.spawn(&self.command(seed))
    }

    fn spawn(&self, command: &[String]) -> Result<Child, String> {
        Command::new(&command[0])
            .args(&command[1..])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(said)
    }

    /// Waits for a run; `done` says that it must have done its work.
    fn ends(&self, mut child: Child, done: bool) -> Result<(), String> {
        let code = child.wait().map_err(said)?.code();
        match code {
            Some(0) => Ok(()),
            Some(2) if !done => Ok(()),
            other => Err(format!("a run ended with {other:?}")),
        }
    }

    fn files(&self) -> Result<Files, String> {
        let mut files = Files::new();
        for entry in std::fs::read_dir(self.place()).map_err(said)? {
            let entry = entry.map_err(said)?;
            let content = std::fs::read(entry.path()).map_err(said)?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), content);
        }
        Ok(files)
    }

    /// What stands in the place: the results of one seed, whole.
    fn stands(&self, when: &str) -> Result<usize, String> {
        let files = self.files().map_err(|error| format!("{when}: no results: {error}"))?;
        let found = self.whole.iter().position(|whole| *whole == files);
        found.ok_or_else(|| format!("{when}: neither the old results nor the new ones: {:?}", files.keys()))
    }

    /// Nothing but the results is left beside them.
    fn is_clean(&self, when: &str) -> Result<(), String> {
        let beside = std::fs::read_dir(self.folder.path().join("output"))
            .map_err(said)?
            .count();
        if beside == 1 {
            Ok(())
        } else {
            Err(format!("{when}: {beside} things beside the results"))
        }
    }

    /// Kills runs at random moments; how many of them had written their results.
    pub fn killed(&self, chance: &mut Chance, count: u64) -> Result<u64, String> {
        let mut written = 0;
        for number in 0..count {
            let before = self.stands("before a kill")?;
            let mut child = self.begins(1 - before)?;
            // Most at any moment of the run, many near its end, where folders change places.
            let most = self.takes.as_micros() as u64 + 1;
            let wait = if chance.one_in(2) {
                chance.below(most * 5 / 4)
            } else {
                most * 3 / 4 + chance.below(most / 2)
            };
            std::thread::sleep(Duration::from_micros(wait));
            child.kill().map_err(said)?;
            child.wait().map_err(said)?;
            written += u64::from(self.stands(&format!("kill {number} after {wait} µs"))? != before);
        }
        // The next run clears away what they have left.
        self.ends(self.begins(0)?, true)?;
        self.is_clean("after kills").map(|()| written)
    }

    /// Two runs at once into one place.
    pub fn together(&self, count: u64) -> Result<(), String> {
        for number in 0..count {
            let (one, other) = (self.begins(0)?, self.begins(1)?);
            self.ends(one, true)?;
            self.ends(other, true)?;
            let when = format!("pair {number}");
            self.stands(&when)?;
            self.is_clean(&when)?;
        }
        Ok(())
    }

    /// A disk that takes no file larger than so many blocks of 512 bytes: whatever file is cut, everything stays as it was. How many runs had
    /// to give up.
    pub fn full(&self, sizes: impl Iterator<Item = u64>) -> Result<u64, String> {
        let mut gave_up = 0;
        for blocks in sizes {
            let before = self.stands("before a full disk")?;
            let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let mut command = ["sh".to_owned(), "-c".to_owned(), limited].to_vec();
            command.extend(self.command(1 - before));
            let when = format!("with files of {blocks} blocks");
            let code = self.spawn(&command)?.wait().map_err(said)?.code();
            let after = self.stands(&when)?;
            match (code, after == before) {
                (Some(0), false) => {}
                (Some(2), true) => gave_up += 1,
                other => return Err(format!("{when}: exit code and whether results stayed: {other:?}")),
            }
            self.is_clean(&when)?;
        }
        Ok(gave_up)
    }

    /// A template on such a disk: whole or not there.
    pub fn templates(&self) -> Result<(), String> {
        let file = self.folder.path().join("mine.toml");
        for blocks in 0..16 {
            let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" new mine.toml");
            let command = ["sh", "-c", &limited, env!("CARGO_BIN_EXE_simulate")].map(str::to_owned);
            let code = self.spawn(&command)?.wait().map_err(said)?.code();
            match (code, Path::exists(&file)) {
                (Some(0), true) => std::fs::remove_file(&file).map_err(said)?,
                (Some(2), false) => {}
                other => return Err(format!("a template of {blocks} blocks: {other:?}")),
            }
        }
        Ok(())
    }
}

fn said(error: std::io::Error) -> String {
    error.to_string()
}
