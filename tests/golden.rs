//! Golden numbers: what six scenarios give, to the last bit.
//!
//! A step that is not meant to change numbers leaves this table as it is. One that is renews it (`INSTA_UPDATE=always cargo test --test golden`)
//! and says so in the changelog.

use compassion::document::Choice;
use compassion::engine::records::Outcome;
use compassion::engine::run::Experiment;
use compassion::engine::tally::Tally;
use compassion::parameters::shipped;
use compassion::programs;
use compassion::registry::Measure;
use compassion::scenario::load;
use std::fmt::Write;
use std::path::Path;

/// One scenario for each kind of run, with people per condition.
const SCENARIOS: [(&str, u32); 6] = [
    ("distress.toml", 2_500),
    ("bystanders.toml", 1_500),
    ("nurses.toml", 200),
    ("published/pattern_helping_game.toml", 1_500),
    ("published/batson1983_1.toml", 1_500),
    ("empathy_then_compassion.toml", 1_500),
];

/// Measures of which mean and standard deviation stand in the table.
const MEASURES: [Measure; 6] = [
    Measure::PersonalDistress,
    Measure::Compassion,
    Measure::NegativeAffect,
    Measure::Latency,
    Measure::Amount,
    Measure::Burnout,
];

#[test]
fn numbers_are_what_they_were() {
    let mut table = String::new();
    for (name, agents) in SCENARIOS {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let people = [("--agents", format!("run.agents={agents}"))];
        let scenario = load(&file, programs::builtin(), &people).unwrap().scenario;
        let tallies = Experiment::new(&scenario, &shipped()).tallies();
        for (condition, tally) in scenario.conditions.iter().zip(&tallies) {
            writeln!(table, "{name}: {}", condition.name).unwrap();
            describe(&mut table, tally);
        }
    }
    insta::assert_snapshot!(table);
}

/// The numbers of one condition, a line each, with all digits that a number has.
fn describe(table: &mut String, tally: &Tally) {
    let outcomes = Outcome::ALL.map(|outcome| format!("{} {}", tally.units.of(outcome), outcome.key()));
    writeln!(table, "  {}", outcomes.join(", ")).unwrap();
    writeln!(table, "  {} overwhelmed", tally.overwhelmed).unwrap();
    if let Some(joint) = tally.joint {
        writeln!(table, "  gained {}, lost {}", joint.first_only, joint.second_only).unwrap();
    }
    for moment in std::iter::once(tally).chain(tally.course.last()) {
        for measure in MEASURES {
            let Some(moments) = moment.measures.get(&measure).filter(|moments| moments.count() > 1) else {
                continue;
            };
            let (mean, sd) = (moments.mean(), moments.sd().unwrap());
            writeln!(table, "  {} {mean:?} ± {sd:?}", measure.word()).unwrap();
        }
    }
}
