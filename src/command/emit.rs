//! `simulate sweep … --emit ENGINE`: a workflow of shards and their merge for an engine that is there already.

use std::path::Path;

/// Engines for which a workflow is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Snakemake,
    Slurm,
    HyperQueue,
}

/// What the shards of a sweep have in common.
pub struct Workflow<'a> {
    /// The arguments of the sweep, without those of the workflow.
    pub arguments: &'a [String],
    /// Those of its merge.
    pub merging: &'a [String],
    /// How many shards.
    pub shards: u32,
    /// Folder for results.
    pub out: &'a Path,
    /// Name of the folder of the whole sweep.
    pub name: &'a str,
}

impl Workflow<'_> {
    /// The workflow as the engine reads it.
    pub fn text(&self, engine: Engine) -> String {
        let shards = self.shards;
        let sweep = self
            .arguments
            .iter()
            .map(|word| quoted(word))
            .collect::<Vec<_>>()
            .join(" ");
        let place = self.out.join("sweep");
        let out = quoted(&self.out.display().to_string());
        let shard = |number: &str| quoted(&format!("{}/{}-{number}of{shards}", place.display(), self.name));
        let all: Vec<String> = (1..=shards).map(|number| shard(&number.to_string())).collect();
        let told: String = self.merging.iter().map(|word| format!(" {}", quoted(word))).collect();
        let merge = format!("simulate merge {} --out {out}{told}", all.join(" "));
        match engine {
            Engine::Slurm => format!(
                "#!/bin/sh\n# {shards} shards as an array of jobs, and their merge when all are done: `sh FILE` on a machine that has sbatch.\n\
                 # A shard that was lost goes on where it was: submit the array again.\nset -e\n\
                 array=$(sbatch --parsable --job-name=sweep --array=1-{shards} --cpus-per-task=1 <<'JOB'\n#!/bin/sh\n\
                 simulate {sweep} --threads \"${{SLURM_CPUS_PER_TASK:-1}}\" --charts none --quiet --shard \"$SLURM_ARRAY_TASK_ID/{shards}\"\nJOB\n)\n\
                 sbatch --job-name=merge --dependency=\"afterok:${{array%%;*}}\" <<'JOB'\n#!/bin/sh\n{merge}\nJOB\n"
            ),
            Engine::HyperQueue => format!(
                "#!/bin/sh\n# {shards} shards as an array of tasks, and their merge: `sh FILE` where a HyperQueue server and workers run.\nset -e\n\
                 hq submit --wait --array 1-{shards} --cpus 1 -- sh -c {}\n{merge}\n",
                quoted(&format!(
                    "simulate {sweep} --threads 1 --charts none --quiet --shard \"$HQ_TASK_ID/{shards}\""
                ))
            ),
            Engine::Snakemake => {
                let folder = format!("{}/{}", place.display(), self.name);
                format!(
                    "# {shards} shards and their merge: `snakemake --snakefile FILE --cores all`.\n\
                     SHARDS = range(1, {shards} + 1)\n\n\
                     rule all:\n    input: {merged}\n\n\
                     rule shard:\n    output: touch({done})\n    threads: 1\n    shell: {run}\n\n\
                     rule merge:\n    input: expand({done}, shard=SHARDS)\n    output: {merged}\n    shell: {merge}\n",
                    merged = python(&format!("{folder}/sweep.csv")),
                    done = python(&format!("{folder}-{{shard}}of{shards}.done")),
                    run = python(&format!(
                        "simulate {} --threads {{threads}} --charts none --quiet --shard {{wildcards.shard}}/{shards}",
                        braces(&sweep)
                    )),
                    merge = python(&format!("{} --force", braces(&merge))),
                )
            }
        }
    }
}

/// A word as a shell reads it as one.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,+@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// A text as Python reads it.
fn python(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Braces that stand for themselves in Snakemake.
fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
