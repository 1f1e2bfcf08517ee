//! `simulate sweep`: what it writes, how it goes on, and what it refuses.

use crate::{Desk, SMALL, done, refused};
use std::fs;
use std::process::Stdio;
use std::time::Duration;

const TABLE: &str = "output/sweep/small/sweep.csv";

fn small() -> Desk {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    desk
}

#[test]
fn a_sweep_has_every_point_and_its_charts() {
    let desk = small();
    let said = done(&desk.simulate(&[
        "sweep",
        "small.toml",
        "--vary",
        "situation.escape=0:1:0.25",
        "--vary",
        "seed=1..2",
        "--agents",
        "300",
    ]));
    assert!(said.contains("10 points × 2 conditions × 300 people"), "{said}");
    assert!(said.contains("from "), "{said}");
    let table = String::from_utf8(desk.read(TABLE)).unwrap();
    let header = table.lines().next().unwrap();
    assert!(header.starts_with("point,situation.escape,seed,condition,"), "{header}");
    let points: Vec<&str> = table
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(points.first().copied(), Some("0"));
    assert_eq!(points.last().copied(), Some("9"));
    let names = desk.names("output/sweep/small");
    for name in [
        "helped.png",
        "helped.svg",
        "helped_difference.svg",
        "sweep_codebook.csv",
        "how_to_read_sweep.txt",
    ] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    assert_eq!(desk.json("output/sweep/small/provenance.json")["finished"], true);
    // A page to hand in, named last.
    assert!(said.trim_end().ends_with("report.html"), "{said}");
    let page = String::from_utf8(desk.read("output/sweep/small/report.html")).unwrap();
    for part in [
        "Print or save this page as PDF and hand it in.",
        "The answer",
        "<figure><svg",
        "10 points",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

/// However many threads there are, and wherever a table was torn, its bytes are the same in the end.
#[test]
fn a_torn_sweep_goes_on_and_ends_with_the_same_bytes() {
    let desk = small();
    let sweep = |threads: &str| {
        done(&desk.simulate(&[
            "sweep",
            "small.toml",
            "--vary",
            "situation.escape=0:1:0.05",
            "--agents",
            "100",
            "--charts",
            "none",
            "--quiet",
            "--threads",
            threads,
        ]))
    };
    sweep("2");
    let whole = desk.read(TABLE);
    for part in [0, 1, 30, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
        fs::write(desk.path().join(TABLE), &whole[..part]).unwrap();
        sweep("1");
        assert!(desk.read(TABLE) == whole, "torn after {part} of {} bytes", whole.len());
    }
}

#[cfg(unix)]
#[test]
fn a_killed_sweep_goes_on_and_ends_with_the_same_bytes() {
    let desk = small();
    let arguments = [
        "sweep",
        "small.toml",
        "--vary",
        "seed=1..400",
        "--agents",
        "400",
        "--charts",
        "none",
        "--out",
    ];
    let with = |out: &'static str| arguments.iter().copied().chain([out]).collect::<Vec<&str>>();
    done(&desk.simulate(&with("whole")));
    let whole = desk.read("whole/sweep/small/sweep.csv");
    let mut kills = 0;
    for pause in [60, 90, 130, 170] {
        let mut child = desk
            .command(&with("torn"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        kills += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let said = desk.simulate(&with("torn"));
    done(&said);
    assert!(kills > 0, "a sweep that ends before it can be killed shows nothing");
    assert!(desk.read("torn/sweep/small/sweep.csv") == whole);
}

#[cfg(unix)]
#[test]
fn a_killed_sensitivity_goes_on_and_ends_with_the_same_bytes() {
    let desk = small();
    let arguments = "sensitivity small.toml --over situation --agents 400 --rows 64 --quiet --out";
    let with = |out: &'static str| arguments.split(' ').chain([out]).collect::<Vec<&str>>();
    done(&desk.simulate(&with("whole")));
    let mut kills = 0;
    for pause in [60, 100, 150] {
        let mut child = desk
            .command(&with("torn"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        kills += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(kills > 0, "one that ends before it can be killed shows nothing");
    let other = [&with("torn")[..], &["--ways", "3"]].concat();
    assert!(
        refused(&desk.simulate(&other)).contains("--force"),
        "what was begun is not lost"
    );
    done(&desk.simulate(&with("torn")));
    let [torn, whole] = ["torn", "whole"].map(|out| desk.read(&format!("{out}/sensitivity/small/sensitivity.csv")));
    assert!(torn == whole);
    assert_eq!(
        desk.names("torn/sensitivity"),
        ["small"],
        "nothing is left of the way there"
    );
}

#[test]
fn one_point_that_cannot_be_run_is_told() {
    let desk = small();
    let vary = [
        "sweep",
        "small.toml",
        "--vary",
        "situation.need=0.5,7",
        "--agents",
        "50",
    ];
    let said = done(&desk.simulate(&vary));
    assert!(
        said.contains("1 points could not be run") && said.contains("situation.need=7"),
        "{said}"
    );
    let table = String::from_utf8(desk.read(TABLE)).unwrap();
    assert!(table.lines().last().unwrap().starts_with("1,7,,,,,,,,,,"), "{table}");
}

#[test]
fn what_cannot_be_varied_is_refused_before_anything_is_written() {
    let desk = small();
    for (vary, told) in [
        ("situation.escpe=0,1", "did you mean `escape`?"),
        ("situation.escape=1..0", "0 is not above 1"),
        ("situation.escape=0..1", "--points N"),
        (
            "parameters.compassion.spred=1",
            "did you mean `parameters.compassion.spread`?",
        ),
        ("situation.escape", "KEY=VALUES"),
    ] {
        let errors = refused(&desk.simulate(&["sweep", "small.toml", "--vary", vary]));
        assert!(errors.contains(told), "{vary}: {errors}");
    }
    let many = ["need", "cost", "efficacy", "haste"].map(|key| format!("situation.{key}=0.001:1:0.001"));
    let mut arguments = vec!["sweep", "small.toml"];
    many.iter().for_each(|vary| arguments.extend(["--vary", vary.as_str()]));
    let errors = refused(&desk.simulate(&arguments));
    assert!(errors.contains("1,000,000,000,000 points"), "{errors}");
    assert!(!desk.path().join("output").exists());
}

#[test]
fn another_sweep_is_not_replaced_unasked() {
    let desk = small();
    let sweep = |vary: &str, force: &[&str]| {
        let mut all = vec![
            "sweep",
            "small.toml",
            "--vary",
            vary,
            "--agents",
            "50",
            "--charts",
            "none",
        ];
        all.extend(force);
        desk.simulate(&all)
    };
    done(&sweep("situation.escape=0,1", &[]));
    let before = desk.read(TABLE);
    let errors = refused(&sweep("situation.need=0,1", &[]));
    assert!(
        errors.contains("holds other results") && errors.contains("--force"),
        "{errors}"
    );
    assert_eq!(desk.read(TABLE), before);
    done(&sweep("situation.need=0,1", &["--force"]));
    assert_ne!(desk.read(TABLE), before);
    let text = String::from_utf8(desk.read(TABLE)).unwrap().replace("\n1,", "\n4,");
    fs::write(desk.path().join(TABLE), text).unwrap();
    let errors = refused(&sweep("situation.need=0,1", &[]));
    assert!(errors.contains("does not go on where"), "{errors}");
}

/// Three shards, run in any order, are the sweep that was run in one go: table and charts, to the byte.
#[test]
fn shards_merge_into_the_whole_and_into_nothing_else() {
    let desk = small();
    let sweep = |out: &str, more: &[&str]| {
        let mut all = vec![
            "sweep",
            "small.toml",
            "--vary",
            "situation.escape=0:1:0.2",
            "--agents",
            "60",
        ];
        all.extend(["--charts", "svg", "--quiet", "--out", out]);
        all.extend(more);
        done(&desk.simulate(&all))
    };
    sweep("whole", &[]);
    for shard in ["3/3", "1/3", "2/3"] {
        sweep("parts", &["--shard", shard]);
    }
    let parts = [
        "parts/sweep/small-2of3",
        "parts/sweep/small-1of3",
        "parts/sweep/small-3of3",
    ];
    let merge = |parts: &[&str]| {
        let mut all = vec!["merge"];
        all.extend(parts);
        all.extend(["--charts", "svg", "--out", "merged"]);
        desk.simulate(&all)
    };
    let errors = refused(&merge(&parts[..2]));
    assert!(errors.contains("of 3 shards one is missing: 3"), "{errors}");
    let errors = refused(&merge(&[parts[0], parts[1], parts[2], parts[1]]));
    assert!(errors.contains("are both shard 1/3"), "{errors}");
    sweep("other", &["--shard", "3/3", "--seed", "8"]);
    let errors = refused(&merge(&[parts[0], parts[1], "other/sweep/small-3of3"]));
    assert!(
        errors.contains("not parts of one whole") && errors.contains("seed"),
        "{errors}"
    );
    assert!(!desk.path().join("merged").exists());
    done(&merge(&parts));
    let names = desk.names("whole/sweep/small");
    assert_eq!(names, desk.names("merged/sweep/small"));
    for name in names.iter().filter(|name| *name != "provenance.json") {
        let [whole, merged] = ["whole", "merged"].map(|out| desk.read(&format!("{out}/sweep/small/{name}")));
        assert!(whole == merged, "{name}");
    }
    let torn = desk.path().join("parts/sweep/small-2of3/sweep.csv");
    let text = fs::read(&torn).unwrap();
    fs::write(&torn, &text[..text.len() - 9]).unwrap();
    let errors = refused(&merge(&parts));
    assert!(errors.contains("does not hold all of its shard"), "{errors}");
}

/// An `sbatch` that runs at once what it is given: the emitted file alone makes all shards and their merge.
#[cfg(unix)]
#[test]
fn the_slurm_workflow_runs_all_shards_and_merges_them() {
    use std::os::unix::fs::PermissionsExt;
    let desk = small();
    let sweep = [
        "sweep",
        "small.toml",
        "--vary",
        "situation.escape=0:1:0.25",
        "--agents",
        "50",
    ];
    let with = |more: &[&str]| desk.simulate(&[&sweep[..], more].concat());
    done(&with(&["--charts", "none", "--out", "whole"]));
    let workflow = done(&with(&["--emit", "slurm", "--shards", "2"]));
    let file = desk.with("workflow.sh", &workflow);
    let sbatch = "#!/bin/sh\ncat > job.sh\ncase \"$*\" in\n\
        *--array=1-2*) for task in 1 2; do SLURM_ARRAY_TASK_ID=$task sh job.sh >&2 || exit 1; done; echo 17;;\n\
        *--dependency=afterok:17*) sh job.sh >&2;;\n*) exit 1;;\nesac\n";
    let place = desk.path().join(desk.with("bin/sbatch", sbatch));
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_simulate")).parent().unwrap();
    let path = format!(
        "{}:{}:/usr/bin:/bin",
        desk.path().join("bin").display(),
        program.display()
    );
    let run = std::process::Command::new("sh")
        .arg(file)
        .current_dir(desk.path())
        .env("PATH", path)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{workflow}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(desk.read(TABLE) == desk.read("whole/sweep/small/sweep.csv"));
    for engine in ["slurm", "snakemake", "hyperqueue"] {
        let more = ["--charts=svg", "--format", "parquet", "--excel", "--threads", "2"];
        let text = done(&with(&[&["--emit", engine, "--shards", "3"], &more[..]].concat()));
        let merge = text
            .lines()
            .rfind(|line| line.contains("simulate merge"))
            .expect("a merge");
        assert!(merge.contains("--charts=svg --format parquet --excel"), "{merge}");
        let shard = text.lines().find(|line| line.contains("--shard ")).expect("a shard");
        for flag in ["--charts", "--quiet", "--threads"] {
            assert_eq!(shard.matches(flag).count(), 1, "{shard}");
        }
        assert!(!shard.contains("--excel") && !shard.contains("parquet"), "{shard}");
        let text = done(&with(&["--emit", engine, "--shards", "3"]));
        assert!(
            text.contains("simulate merge output/sweep/small-1of3 output/sweep/small-2of3"),
            "{text}"
        );
    }
}

#[test]
fn what_carries_an_answer_is_told_and_written() {
    let desk = small();
    let arguments = [
        "sensitivity",
        "small.toml",
        "--over",
        "situation.need=0.2..0.9",
        "--over",
    ];
    let rest = [
        "situation.mood=-0.5..0.5",
        "--agents",
        "40",
        "--ways",
        "2",
        "--rows",
        "4",
    ];
    let said = done(&desk.simulate(&[&arguments[..], &rest].concat()));
    assert!(said.contains("friend, of old − stranger in helping"), "{said}");
    assert!(said.contains("keeps its direction in"), "{said}");
    let names = desk.names("output/sensitivity/small");
    for name in [
        "sensitivity.csv",
        "sensitivity.svg",
        "sensitivity_codebook.csv",
        "provenance.json",
    ] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    let over = |over: &str, more: &[&str]| {
        refused(&desk.simulate(&[&["sensitivity", "small.toml", "--over", over], more].concat()))
    };
    assert!(over("asumptions", &[]).contains("did you mean `assumptions`?"));
    assert!(over("situation.need=1..0", &[]).contains("0 is not above 1"));
    assert!(over("situation.escape=0.5..2", &[]).contains("`situation.escape` cannot be 2"));
    assert!(over("situation.ned=0..1", &[]).contains("did you mean `need`?"));
    assert!(over("traits", &["--of", "strangr", "stranger"]).contains("did you mean `stranger`?"));
}

/// A disk that is full in the middle of a sweep, or of a shard: it is said, what was written stays, and with room again all bytes are the same.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_in_the_middle_is_said_and_gone_on_with() {
    let desk = small();
    let sweep = "sweep small.toml --vary situation.escape=0:1:0.01 --agents 40 --charts none --quiet";
    let shard = "small.toml --agents 30000 --people all --shard 1/2 --quiet --threads 1";
    for (command, file, kilobytes) in [
        (sweep, "sweep/small/sweep.csv", 8),
        (shard, "small-1of2/pieces.bin", 700),
    ] {
        let words = |out: &str| -> Vec<String> {
            let more = ["--out", out].map(str::to_owned);
            command.split(' ').map(str::to_owned).chain(more).collect()
        };
        let run = |out: &str| {
            let words = words(out);
            desk.simulate(&words.iter().map(String::as_str).collect::<Vec<_>>())
        };
        done(&run("whole"));
        // A limit on the size of files is a disk of that size: the write that goes beyond is refused. One file after the other is shorter than it.
        let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
        let full = std::process::Command::new("sh")
            .args(["-c", &limit, env!("CARGO_BIN_EXE_simulate")])
            .args(words("parts"))
            .current_dir(desk.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let errors = refused(&full);
        assert!(errors.contains(file) && errors.contains("too large"), "{errors}");
        let kept = desk.read(&format!("parts/{file}")).len();
        assert!(kept > 0 && kept <= kilobytes * 1024, "{kept} bytes");
        done(&run("parts"));
        assert!(
            desk.read(&format!("whole/{file}")) == desk.read(&format!("parts/{file}")),
            "{file}"
        );
    }
}
