//! Every teaching scenario claims something about the model, and the model as shipped has to agree.

use compassion::engine::monitor::Unwatched;
use compassion::engine::run::Experiment;
use compassion::model::situation::HelpKind;
use compassion::parameters::shipped;
use compassion::programs::builtin;
use compassion::report::charts;
use compassion::scenario::{Direction, Scenario, load};
use compassion::study::{Options, run};
use compassion::summary::{ContrastSummary, Summary};
use rayon::prelude::*;
use std::fs;
use std::path::PathBuf;

/// Claims are about differences of a tenth of a standard deviation and more, which so few people show: conditions share their luck.
const AGENTS: &str = "run.agents=4000";

/// The claims of communities are those of fewer of them: people and ties are the file's, since fewer would live another life.
const COMMUNITIES: &str = "run.replicates=3";

/// Uses every key and asks nothing.
const REFERENCE: &str = "every_key";

#[test]
fn the_model_agrees_with_every_claim() {
    let claiming = ["scenarios", "scenarios/exchange", "scenarios/community"]
        .map(files_in)
        .concat();
    let wrong: Vec<String> = claiming
        .par_iter()
        .flat_map(|file| {
            let stem = stem(file);
            let claims = contrasts(&scenario(file));
            let claims = claims.into_iter().filter(|it| it.observed.direction.is_some());
            let claims: Vec<ContrastSummary> = claims.collect();
            assert!(!claims.is_empty(), "{stem} claims nothing");
            claims
                .into_iter()
                .filter(|it| it.agrees != Some(true))
                .map(|it| format!("{stem}: {}", told(&it)))
                .collect::<Vec<String>>()
        })
        .collect();
    assert!(wrong.is_empty(), "the model says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn a_claim_turned_around_is_refuted() {
    let file = files().into_iter().find(|it| stem(it) == "distress");
    let mut flagship = scenario(&file.expect("the flagship"));
    for it in &mut flagship.contrasts {
        it.observed.direction = it.observed.direction.map(|direction| match direction {
            Direction::Rises => Direction::Falls,
            Direction::Falls | Direction::Unchanged => Direction::Rises,
        });
    }
    for it in contrasts(&flagship) {
        assert_eq!(it.agrees, Some(false), "{}", told(&it));
    }
}

#[test]
fn every_file_asks_a_question_and_explains_its_choices() {
    assert!(files().len() >= 10);
    for file in files() {
        let stem = stem(&file);
        let question = scenario(&file).question;
        assert!(question.ends_with('?'), "{stem} asks `{question}`");
        let text = fs::read_to_string(&file).expect("it was read before");
        let mut section = "";
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with('[') {
                section = line.split('#').next().unwrap_or_default().trim();
            }
            let choice = matches!(section, "[run]" | "[situation]") && line.contains('=') && !line.starts_with('#');
            assert!(
                !choice || line.contains("  # "),
                "{stem}.toml:{number} does not say why: {line}"
            );
            let claim = line.starts_with("[[contrast]]");
            let explained = line.contains("  # ");
            assert!(!claim || explained, "{stem}.toml:{number} does not say what is claimed");
        }
        let scene = text.lines().find(|it| it.starts_with("# The scene"));
        assert!(scene.is_some(), "{stem}.toml does not describe the scene");
    }
}

#[test]
fn every_file_is_drawn() {
    files().par_iter().for_each(|file| {
        let (stem, scenario) = (stem(file), scenario(file));
        let options = Options {
            pairs: Some(Vec::new()),
            time_course: true,
            map: true,
            ..Options::default()
        };
        let results = run(&scenario, &shipped(), &options, &Unwatched).expect("nobody stops it");
        let mut names: Vec<String> = charts(&results)
            .into_iter()
            .map(|draw| {
                let drawing = draw().unwrap_or_else(|error| panic!("{stem}: {error}"));
                assert!(drawing.picture.svg.contains("</svg>"), "{stem}: {}", drawing.name);
                drawing.name
            })
            .collect();
        // Further slides of a chart, and the map where helping has no peak.
        names.retain(|name| name != "sweet_spot" && !name.ends_with(|last: char| last.is_ascii_digit()));
        names.sort_unstable();
        let mut expected = vec!["helping_rate", "outcomes", "timecourse"];
        if !scenario.conditions[0].protocol.is_single() {
            expected.splice(0..0, ["before_after", "change"]);
        }
        if stem == "dose_response" {
            expected.insert(0, "dose_response");
        }
        let is_graded = |it: &compassion::scenario::Condition| it.situation.help == HelpKind::Graded;
        if scenario.conditions.iter().any(is_graded) {
            expected.push("amount");
        }
        if !scenario.conditions.iter().all(is_graded) {
            expected.push("latency");
        }
        expected.sort_unstable();
        assert_eq!(names, expected, "{stem}");
    });
}

/// A file can change a program for itself; the files that the model is held against leave the table as it is.
#[test]
fn the_table_of_programs_is_the_same_in_every_file() {
    let published = files_in("scenarios/published");
    assert!(published.len() > 60);
    for file in files().iter().chain(&published) {
        assert_eq!(scenario(file).own_programs(), [], "{}", stem(file));
    }
}

/// The teaching scenarios, in order of their names.
fn files() -> Vec<PathBuf> {
    files_in("scenarios")
}

fn files_in(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|it| it.extension().is_some_and(|it| it == "toml") && stem(it) != REFERENCE)
        .collect();
    files.sort();
    files
}

fn stem(file: &std::path::Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn scenario(file: &std::path::Path) -> Scenario {
    let is_community = file.parent().is_some_and(|folder| folder.ends_with("community"));
    let set = if is_community { COMMUNITIES } else { AGENTS };
    match load(file, builtin(), &[("--set", set.to_owned())]) {
        Ok(loaded) => loaded.scenario,
        Err(error) => panic!("{}: {error}", file.display()),
    }
}

fn contrasts(scenario: &Scenario) -> Vec<ContrastSummary> {
    let parameters = shipped();
    if scenario.has_community() {
        let results = run(scenario, &parameters, &Options::default(), &Unwatched).expect("nobody stops it");
        return results.summary.contrasts;
    }
    let tallies = Experiment::new(scenario, &parameters).tallies();
    Summary::new(scenario, &tallies).contrasts
}

/// What was claimed and what the model says.
fn told(it: &ContrastSummary) -> String {
    let direction = it.observed.direction;
    format!(
        "{:?} in “{}” against “{}” is claimed as {direction:?}, the model says d = {:?}",
        it.measure, it.treatment, it.control, it.predicted
    )
}
