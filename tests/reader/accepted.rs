//! What valid files mean.

use super::{RIGHT, accept, builtin};
use compassion::document::Source;
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Mechanism;
use compassion::model::situation::Situation;
use compassion::registry::Measure;
use compassion::scenario::{Observed, ObservedMean, Unit, describe, keys, to_toml};
use std::time::{Duration, Instant};

const EVERY_KEY: &str = include_str!("../../scenarios/every_key.toml");

fn shift(mean: f64, sd: f64) -> TraitShift {
    TraitShift { mean, sd }
}

#[test]
fn what_a_file_leaves_out_has_its_default() {
    let scenario = accept("title = 't'\n[[condition]]\nname = 'a'\n");
    assert_eq!(scenario.question, "");
    assert_eq!(scenario.citation, None);
    assert_eq!(
        (scenario.run.seed, scenario.run.agents, scenario.run.replicates),
        (1, 10_000, 1)
    );
    let condition = &scenario.conditions[0];
    assert_eq!(condition.situation, Situation::default());
    assert_eq!(condition.population, [TraitShift::default(); Trait::COUNT]);
    assert_eq!(condition.unit, Unit::Person);
    assert_eq!(scenario.programs, builtin());
}

#[test]
fn a_condition_overrides_single_keys_of_the_shared_scene() {
    let scenario = accept(
        "title = 't'\n[situation]\nneed = 0.8\ncost = 0.1\n\
         [[condition]]\nname = 'a'\nsituation = { cost = 0.9 }\n[[condition]]\nname = 'b'\n",
    );
    let [a, b] = &scenario.conditions[..] else {
        panic!("two conditions were written");
    };
    assert_eq!((a.situation.need, a.situation.cost), (0.8, 0.9));
    assert_eq!((b.situation.need, b.situation.cost), (0.8, 0.1));
}

#[test]
fn regulation_sets_three_traits_and_one_of_them_beside_it_goes_before_it() {
    let scenario = accept(
        "title = 't'\n[population]\nreappraisal = { mean = 1.0 }\nregulation = { mean = -1.0, sd = 0.5 }\n\
         [[condition]]\nname = 'a'\n\
         [[condition]]\nname = 'b'\npopulation = { regulation = { mean = 2 }, vagal_tone = { sd = 0 } }\n",
    );
    let of = |condition: usize, it: Trait| scenario.conditions[condition].population[it as usize];
    assert_eq!(of(0, Trait::AttentionRegulation), shift(-1.0, 0.5));
    assert_eq!(of(0, Trait::Reappraisal), shift(1.0, 0.5));
    assert_eq!(of(0, Trait::VagalTone), shift(-1.0, 0.5));
    // A condition's `regulation` goes before the shared single trait; what it leaves out stays.
    assert_eq!(of(1, Trait::Reappraisal), shift(2.0, 0.5));
    assert_eq!(of(1, Trait::VagalTone), shift(2.0, 0.0));
    assert_eq!(of(1, Trait::LowMood), shift(0.0, 1.0));
}

#[test]
fn every_key_arrives_where_it_belongs() {
    let scenario = accept(EVERY_KEY);
    let [trained, group] = &scenario.conditions[..] else {
        panic!("two conditions were written");
    };
    assert_eq!(trained.training[0].programs, [1]);
    assert_eq!(trained.training[1].programs, [2, builtin().len()]);
    assert_eq!(
        trained.observed,
        [Observed::Mean(ObservedMean {
            measure: Measure::Amount,
            mean: 4.2,
            sd: Some(2.1),
            n: Some(40),
            calibrate: true
        })]
    );
    assert_eq!(trained.factors[0], ("escape".to_owned(), "easy".to_owned()));
    assert_eq!(group.unit, Unit::Group(3));
    assert!(group.knockout.lacks(Mechanism::SelfOtherDistinction));
    assert_eq!(group.observed, [Observed::Helped { helped: 10, of: 26 }]);
    assert_eq!((scenario.contrasts[0].treatment, scenario.contrasts[0].control), (0, 1));
    assert_eq!(trained.situation.escape, 0.9);
    assert_eq!(trained.population[Trait::VagalTone as usize].mean, 0.2);
}

/// The values of the reference file are all different, so none can be read into another's place.
#[test]
fn no_value_takes_the_place_of_another() {
    let scenario = accept(EVERY_KEY);
    let file: toml::Table = EVERY_KEY.parse().expect("it is TOML");
    let json = |it: &toml::Value| serde_json::to_value(it).expect("plain data");
    let group = &scenario.conditions[1];

    let situation = serde_json::to_value(&group.situation).expect("plain data");
    let fields = situation.as_object().expect("a struct");
    for (key, value) in fields {
        assert_eq!(*value, json(&file["situation"][key]), "{key}");
    }
    assert_eq!(fields.len(), file["situation"].as_table().map_or(0, toml::Table::len));

    let own = &scenario.programs[scenario.built_in_programs];
    for it in Trait::ALL {
        let shift = serde_json::to_value(group.population[it as usize]).expect("plain data");
        assert_eq!(shift, json(&file["population"][it.key()]), "{}", it.key());
        let effect = serde_json::to_value(own.effects[it as usize]).expect("plain data");
        assert_eq!(effect, json(&file["program"][0][it.key()]), "{}", it.key());
    }
    assert_eq!((own.hours_to_63_percent, own.half_life_weeks), (10.0, 26.0));
}

#[test]
fn a_scenario_written_and_read_again_is_the_same() {
    for text in [RIGHT, EVERY_KEY] {
        let scenario = accept(text);
        let written = to_toml(&scenario);
        assert_eq!(accept(&written), scenario, "{written}");
        assert_eq!(to_toml(&accept(&written)), written);
    }
}

#[test]
fn names_survive_writing_whatever_they_hold() {
    for name in [
        "\"quoted\"",
        "back\\slash",
        "it's",
        "a = b # c",
        "naïve 感情 🙂",
        "'''",
        "\"\"\"",
    ] {
        let quoted = toml::Value::from(name).to_string();
        let text = format!(
            "title = {quoted}\nquestion = \"line\\nline\\ttab\\u0001\"\n[[condition]]\nname = {quoted}\nfactors = {{ {} = {quoted} }}\n",
            toml::Value::from(format!("{name}.x"))
        );
        let scenario = accept(&text);
        assert_eq!(scenario.conditions[0].name, name);
        assert_eq!(accept(&to_toml(&scenario)), scenario);
    }
}

#[test]
fn the_largest_seed_and_a_billion_people_are_accepted() {
    let text = "title = 't'\nrun = { seed = 9007199254740991, agents = 1_000_000, replicates = 1_000 }\n[[condition]]\nname = 'a'\n";
    let scenario = accept(text);
    let seed = scenario.run.seed;
    assert_eq!(seed, keys::LARGEST_SEED);
    assert_eq!(
        seed as f64 as u64, seed,
        "whatever reads JSON as floating point keeps it"
    );
    assert_eq!(accept(&to_toml(&scenario)), scenario);
}

/// What is written and does nothing is told, in plain words, with the name that may have been meant.
#[test]
fn what_says_nothing_gets_a_note() {
    let read = |text: &str| {
        let source = Source::new("a.toml", format!("title = 't'\n{text}"));
        compassion::scenario::read(&source, compassion::programs::builtin(), None)
            .expect("it is right")
            .1
    };
    let notes = |text: &str| read(text).into_iter().map(|it| it.message).collect::<Vec<_>>();
    let practised = |more: &str| {
        format!("[[condition]]\nname = 'a'\ntraining = [{{ program = 'compassion', hours = 8, weeks = 8{more} }}]\n")
    };
    assert_eq!(
        notes(&format!(
            "[[program]]\nname = 'compasion'\nlow_mood.shift = -1\n{}",
            practised("")
        )),
        ["no condition practises `compasion`, so it changes nothing; `compassion` is practised: is it the same?"]
    );
    assert_eq!(
        notes(&format!(
            "[[program]]\nname = 'yoga'\nlow_mood.shift = -1\n{}",
            practised("")
        )),
        ["no condition practises `yoga`, so it changes nothing"]
    );
    assert_eq!(
        notes(&practised(", transportation = 1")),
        ["`transportation` says nothing here: stories carry away, and `compassion` tells none"]
    );
    let quiet = [
        practised(""),
        format!(
            "[[program]]\nname = 'compassion'\nlow_mood.shift = -1\n{}",
            practised("")
        ),
        practised(", transportation = 1").replace("compassion", "reading_fiction"),
    ];
    for text in quiet {
        assert_eq!(notes(&text), [""; 0], "{text}");
    }
}

/// The shortest of so many times that some work takes: what else the computer does only adds to it.
fn fastest(times: u32, work: impl Fn()) -> Duration {
    let times = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Measured against its text being parsed as TOML, which any reader has to do.
#[test]
fn a_normal_file_is_read_in_a_moment() {
    let read = fastest(50, || drop(accept(EVERY_KEY)));
    let parsed = fastest(50, || drop(EVERY_KEY.parse::<toml::Table>().expect("valid TOML")));
    println!("{read:?} to read a file, {parsed:?} to parse it");
    assert!(read < 20 * parsed, "{read:?} to read a file, {parsed:?} to parse it");
}

/// Eight times as many parts take about eight times as long to be read or refused; looking at every pair takes 64 times.
#[test]
fn a_file_of_many_parts_is_read_part_by_part() {
    let head = "title = 't'\nquestion = 'q'\n[[condition]]\nname = 'a'\n";
    let programs = |count: u32| {
        (0..count)
            .map(|number| format!("[[program]]\nname = 'own {number}'\n"))
            .collect::<String>()
    };
    let conditions = |rest: &str, count: u32| {
        let each = (0..count).map(|number| format!("[[condition]]\nname = 'c {number}'\n{rest}"));
        each.collect::<String>()
    };
    let parts: [(&str, &dyn Fn(u32) -> String); 5] = [
        ("programs", &|count| format!("{head}{}", programs(count))),
        ("conditions", &|count| format!("{head}{}", conditions("", count))),
        ("conditions with programs that do not exist", &|count| {
            let practice = "training = [{ program = 'owm', hours = 8, weeks = 8 }]\n";
            format!("{head}{}{}", conditions(practice, count), programs(count))
        }),
        ("levels", &|count| {
            let levels: Vec<String> = (0..count)
                .map(|number| format!("'factor {number}' = 'level'"))
                .collect();
            format!("{head}factors = {{ {} }}\n", levels.join(", "))
        }),
        ("keys that do not exist", &|count| {
            let keys: String = (0..count).map(|number| format!("key{number} = 1\n")).collect();
            format!("{keys}{head}")
        }),
    ];
    for (what, text) in parts {
        let [few, many] = [500, 4_000].map(|count| {
            let source = Source::new("a.toml", text(count));
            fastest(9, || {
                let _ = compassion::scenario::read(&source, &builtin(), None);
            })
        });
        println!("{what}: {few:?} for 500, {many:?} for 4,000");
        assert!(many < 32 * few, "{what}: {few:?} for 500, {many:?} for 4,000");
    }
}

/// A built-in program changed in a file is that program but for what the file says of it, and the one that conditions practise.
#[test]
fn a_file_can_change_a_built_in_program() {
    let text = "title = 't'\nquestion = 'q'\n[[program]]\nname = 'cbct'\nhalf_life_weeks = 4\nmotor_resonance = { shift = 0.0 }\n\
                compassion_motive = { shift = 0.2 }\n\
                [[condition]]\nname = 'a'\ntraining = [{ program = 'cbct', hours = 8, weeks = 8 }]\n";
    let builtin = compassion::programs::builtin;
    let accept = |text: &str| {
        let read = compassion::scenario::read(&Source::new("a.toml", text), builtin(), None);
        read.unwrap_or_else(|it| panic!("{it}")).0
    };
    let scenario = accept(text);
    let [own] = scenario.own_programs() else {
        panic!("one program is the file's");
    };
    let built_in = scenario.changed_program(own).expect("it changes one");
    assert_eq!(scenario.conditions[0].training[0].programs, [builtin().len()]);
    assert_eq!(own.half_life_weeks, 4.0);
    assert_eq!(own.hours_to_63_percent, built_in.hours_to_63_percent);
    for it in Trait::ALL {
        let (found, usual) = (own.effects[it as usize], built_in.effects[it as usize]);
        match it {
            Trait::MotorResonance => assert!(found.shift == 0.0 && usual.shift != 0.0),
            Trait::CompassionMotive => {
                assert!(found.shift == 0.2 && usual.shift != 0.2);
                assert_eq!(found.onset, usual.onset, "late, as built in");
            }
            _ => assert_eq!(found, usual, "{}", it.key()),
        }
    }
    assert_eq!(
        &scenario.programs[..builtin().len()],
        builtin(),
        "other files are not touched"
    );
    let written = to_toml(&scenario);
    assert_eq!(accept(&written), scenario, "{written}");
    let described = describe(&scenario);
    assert!(
        described.contains("program cbct (built in, and changed in this file)"),
        "{described}"
    );
}

/// Counts and means of one condition stand in a list; each measure once.
#[test]
fn a_condition_has_as_many_outcomes_as_were_observed() {
    let with = |observed: &str| format!("title = 't'\n[[condition]]\nname = 'a'\nobserved = {observed}\n");
    let one = "{ helped = 10, of = 30 }";
    let several = format!("[{one}, {{ measure = 'negative_affect', mean = 3.1, sd = 1.9, n = 30 }}]");
    let scenario = accept(&with(&several));
    let condition = &scenario.conditions[0];
    assert_eq!(condition.observed.len(), 2);
    assert_eq!(
        condition.observed_count().map(|count| (count.successes, count.trials)),
        Some((10, 30))
    );
    let mean = condition.observed_mean(Measure::NegativeAffect).expect("a mean");
    assert!((mean.standard_error().expect("an error") - 1.9 / 30_f64.sqrt()).abs() < 1e-12);
    assert_eq!(condition.observed_mean(Measure::Amount), None);
    // Written down and read again it is the same, and one in a list is as one alone.
    assert_eq!(accept(&to_toml(&scenario)), scenario);
    assert_eq!(accept(&with(&format!("[{one}]"))), accept(&with(one)));
    assert!(accept(&with("[]")).conditions[0].observed.is_empty());
}
