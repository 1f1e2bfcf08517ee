//! `simulate plan FILE`: how many people it takes to find what the file predicts.

use super::columns::columns;
use super::failure::Failure;
use super::options::{Changes, Writing, shard};
use super::output;
use super::progress::Watched;
use super::shards::{Part, joined_provenance, lived, of_shard, without_shard};
use super::simulate::provenance;
use super::stop::on_ctrl_c;
use super::uncertain::Uncertain;
use clap::Args;
use compassion::document::nearest;
use compassion::engine::driver::Ended;
use compassion::files::{Folder, Others, PartOf, PartWork, Shards, write_new};
use compassion::report::{plan_chart, plan_codebook, plan_csv, preregistration, pretty};
use compassion::scenario::{Clusters, StudyDesign};
use compassion::statistics::SharesTest;
use compassion::study::Options;
use compassion::study::plan::{Allocation, Asked, MeansTest, Planned, Tests, over_parameters, plan};
use compassion::study::shards::pieces;
use compassion::wording::{decimal, signed, thousands};
use std::path::PathBuf;

/// The file, and what the study is to be like.
#[derive(Debug, Args)]
pub struct PlanOptions {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The share of studies that are to find each difference
    #[arg(long, value_name = "SHARE", default_value = "0.8", value_parser = share)]
    pub power: f64,
    /// The two-sided level of the test
    #[arg(long, value_name = "SHARE", default_value = "0.05", value_parser = share)]
    pub alpha: f64,
    /// People of the treatment for those of the control; without it as the file says, or 1:1
    #[arg(long, value_name = "T:C", value_parser = allocation)]
    pub allocation: Option<Allocation>,
    /// The share of people who are lost before the outcome is measured
    #[arg(long, value_name = "SHARE", value_parser = lost)]
    pub attrition: Option<f64>,
    /// People come in clusters (classes, wards) of this size that are alike by this intraclass correlation
    #[arg(long, value_name = "SIZE,ICC", value_parser = clusters)]
    pub clusters: Option<Clusters>,
    /// A test, for shares or for means; may be given once for each. Whoever is measured twice is compared by the paired t test
    #[arg(long, value_name = "campbell|fisher|chi_squared|t|mann_whitney", value_parser = test)]
    pub test: Vec<Test>,
    /// Write hypotheses, design, sizes, tests and what would count against them into this file
    #[arg(long, value_name = "FILE.md")]
    pub preregister: Option<PathBuf>,
    #[command(flatten)]
    pub changes: Changes,
    /// Only the I-th of N parts of the people; `simulate merge` joins them. Writes `DIR/plan/<file stem>-IofN/`
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<[u32; 2]>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub uncertain: Uncertain,
}

/// A test that a study may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// For shares.
    Shares(SharesTest),
    /// For means.
    Means(MeansTest),
}

/// Plans a study.
pub fn run(options: &PlanOptions) -> Result<(), Failure> {
    run_with(options, None)
}

/// As [`run`], with the people that shards have written instead of people who live here and now.
pub(super) fn run_with(options: &PlanOptions, shards: Option<&Shards>) -> Result<(), Failure> {
    let place = options.changes.place(&options.writing.out.join("plan"), &options.file);
    let place = place.ok_or_else(|| Failure::NoStem(options.file.clone()))?;
    let loaded = options.changes.load(&options.file)?;
    let (parameters, set, _) = options.changes.parameters()?;
    if !options.writing.quiet {
        output::notes(&loaded);
    }
    let plausible = options.uncertain.sets(&parameters, &set)?;
    if let Some(file) = options.preregister.as_ref().filter(|file| file.exists()) {
        return Err(Failure::Exists(file.clone()));
    }
    let now = provenance(&set, &options.file, &loaded);
    let ran = (&loaded.scenario, &parameters);
    let asked_of_a_run = Options::default();
    let stop = on_ctrl_c()?;
    let watched = Watched::new(&stop, options.writing.quiet);
    if let Some(shard) = options.shard {
        let work = PartWork {
            of: PartOf::Plan,
            provenance: without_shard(now),
            asked: format!("{:?}", asked(options, &loaded.scenario.study)),
            pieces: pieces(&loaded.scenario),
            shard,
        };
        let others = if options.writing.force {
            Others::Replaced
        } else {
            Others::Stay
        };
        let part = Part::begin(&of_shard(place, options.shard), work, others, options.writing.quiet)?;
        return part.run(ran, &asked_of_a_run, &watched, |_| ());
    }
    let provenance = match shards {
        None => now,
        Some(shards) => joined_provenance(shards, now)?,
    };
    let folder = Folder::begin(&place, &options.file, options.writing.force)?;
    let results = lived(shards, ran, &asked_of_a_run, &watched, |_| (), |()| Ok(()));
    let results = results.map_err(|error| match error {
        Ended::Stopped(_) => Failure::Stopped("nothing was written".to_owned()),
        Ended::Kept(failure) => failure,
    })?;
    let scenario = &loaded.scenario;
    let stopped = |_| Failure::Stopped("nothing was written".to_owned());
    let asked = asked(options, &scenario.study);
    let mut planned = plan(&results, &parameters, &asked, &watched).map_err(stopped)?;
    if let Some(sets) = &plausible {
        over_parameters(&mut planned, scenario, &sets.list, &asked, &watched).map_err(stopped)?;
    }
    drop(watched);
    if planned.is_empty() {
        return Err(Failure::NothingToCompare {
            flag: "plan",
            title: loaded.scenario.title.clone(),
        });
    }
    folder.write("plan.csv", plan_csv(&planned).as_bytes())?;
    let (name, codebook) = plan_codebook();
    folder.write(name, codebook.as_bytes())?;
    match plan_chart(&loaded.scenario, &planned, &asked) {
        Ok(picture) => {
            folder.write("power.png", &picture.png)?;
            folder.write("power.svg", picture.svg.as_bytes())?;
        }
        Err(error) => output::left_out(&error),
    }
    folder.write("provenance.json", &pretty(&serde_json::json!(provenance)))?;
    if let Some(file) = &options.preregister {
        let text = preregistration(scenario, &planned, &asked, &set);
        write_new(file, text.as_bytes())?;
    }
    for form in options.writing.tables.forms() {
        folder.also_as(form)?;
    }
    let place = folder.finish()?;
    output::result(&format!(
        "{}\n{} power, α = {}\n\n{}\nwrote {}/ (plan.csv, its codebook, power curves)\n",
        loaded.scenario.title,
        percent(options.power),
        options.alpha,
        table(&planned),
        place.display()
    ))
}

/// What the study is to be like: flags go before the file.
fn asked(options: &PlanOptions, study: &StudyDesign) -> Asked {
    let mut tests = Tests::default();
    for test in &options.test {
        match *test {
            Test::Shares(shares) => tests.shares = shares,
            Test::Means(means) => tests.means = means,
        }
    }
    Asked {
        power: options.power,
        alpha: options.alpha,
        allocation: options.allocation,
        attrition: options
            .attrition
            .unwrap_or_else(|| study.attrition.map_or(0.0, |attrition| attrition.share)),
        clusters: options.clusters.or(study.clusters),
        tests,
    }
}

fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0))
}

/// The plan as it is printed.
fn table(planned: &[Planned]) -> String {
    let head = [
        "",
        "measure",
        "difference",
        "people",
        "studies of 20 find it",
        "and exaggerate",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for plan in planned {
        let difference = match plan.shares {
            Some([treatment, control]) => {
                format!("{} − {} %", decimal(100.0 * treatment, 1), decimal(100.0 * control, 1))
            }
            None => format!("d = {}", signed(plan.d, 2)),
        };
        let people = match plan.needed {
            Some(needed) if plan.is_within() => format!("{}, each twice", thousands(needed.control)),
            Some(needed) => format!("{} + {}", thousands(needed.treatment), thousands(needed.control)),
            None => "more than a million".to_owned(),
        };
        let small = plan.small.map_or_else(Default::default, |small| {
            [percent(small.power), format!("{} times", decimal(small.times, 1))]
        });
        let [found, times] = small;
        let name = format!("{} − {}", plan.treatment, plan.control);
        rows.push(vec![
            name,
            plan.measure.in_a_sentence().to_owned(),
            difference,
            people,
            found,
            times,
        ]);
    }
    columns(&rows)
}

fn test(text: &str) -> Result<Test, String> {
    const WORDS: [&str; 5] = ["campbell", "fisher", "chi_squared", "t", "mann_whitney"];
    match text {
        "campbell" => Ok(Test::Shares(SharesTest::Campbell)),
        "fisher" => Ok(Test::Shares(SharesTest::Fisher)),
        "chi_squared" => Ok(Test::Shares(SharesTest::ChiSquared)),
        "t" => Ok(Test::Means(MeansTest::T)),
        "mann_whitney" => Ok(Test::Means(MeansTest::MannWhitney)),
        other => {
            let near = nearest(other, WORDS).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(format!("`{other}` is none of {}{near}", WORDS.join(", ")))
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| (1e-6..1.0).contains(share))
        .ok_or_else(|| format!("`{text}` is no share between 0 and 1, such as 0.8"))
}

fn lost(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| (0.0..0.99).contains(share))
        .ok_or_else(|| format!("`{text}` is no share of people who may be lost, such as 0.2"))
}

fn allocation(text: &str) -> Result<Allocation, String> {
    let parts = text
        .split_once(':')
        .and_then(|(one, other)| Some((one.parse::<u32>().ok()?, other.parse::<u32>().ok()?)));
    match parts {
        Some((treatment @ 1..=100, control @ 1..=100)) => Ok(Allocation { treatment, control }),
        _ => Err(format!(
            "`{text}` is no allocation; two people of the treatment for one of the control are `2:1`"
        )),
    }
}

fn clusters(text: &str) -> Result<Clusters, String> {
    let parts = text
        .split_once(',')
        .and_then(|(size, icc)| Some((size.trim().parse::<u32>().ok()?, icc.trim().parse::<f64>().ok()?)));
    match parts {
        Some((size @ 1..=10_000, icc)) if (0.0..=1.0).contains(&icc) => Ok(Clusters { size, icc }),
        _ => Err(format!(
            "`{text}` is no size and intraclass correlation; classes of 25 that are alike by .1 are `25,0.1`"
        )),
    }
}
