//! Exchanges: what must hold to the bit, and what people do in a repeated dilemma with noise.

use compassion::document::Source;
use compassion::engine::run::Experiment;
use compassion::engine::tally::Tally;
use compassion::model::exchange::Happened;
use compassion::parameters::shipped;
use compassion::programs::builtin;
use compassion::registry::Outcome;
use compassion::scenario::{self, Scenario};
use compassion::summary::exchange::Giving;

/// An anonymous other at a screen, as in `scenarios/exchange`.
const SCENE: &str = "[situation]\nneed = 0.3\nvividness = 0.5\nambiguity = 0\ncloseness = 0.3\ncost = 0.25\nefficacy = 1\nevaluation = 0.1\n";

/// A note from the other, read with the instruction to imagine how they feel, as `scenarios/published/batsonahmad2001_1.toml` codes it.
const NOTE: &str = "situation = { need = 0.45, perspective = 'imagine_other' }\n";

fn read(text: &str) -> Scenario {
    let source = Source::new("exchange.toml", format!("title = 'test'\n{text}"));
    scenario::read(&source, builtin(), None)
        .unwrap_or_else(|it| panic!("{it}"))
        .0
}

fn tallies(scenario: &Scenario) -> Vec<Tally> {
    Experiment::new(scenario, &shipped()).tallies()
}

fn giving(scenario: &Scenario) -> Vec<Giving> {
    let tallies = tallies(scenario);
    let conditions = scenario.conditions.iter().zip(&tallies);
    conditions
        .map(|(condition, tally)| Giving::of(condition, tally).expect("they exchange"))
        .collect()
}

/// People with each other, who go on with 7/8, in conditions of these benefits, noises and further keys.
fn people(conditions: &[(f64, f64, &str)]) -> Scenario {
    let mut text = format!("[run]\nseed = 2012\nagents = 4_000\n[exchange]\ncontinue = 0.875\n{SCENE}");
    for (number, (benefit, noise, further)) in conditions.iter().enumerate() {
        text += &format!(
            "[[condition]]\nname = '{number}'\nexchange = {{ benefit = {benefit}, noise = {noise} }}\n{further}"
        );
    }
    read(&text)
}

/// Late games of a repeated dilemma (Fudenberg, Rand & Dreber 2012): overall, and after both, they alone, the other alone and neither had given.
const HUMAN: [(f64, [f64; 5]); 3] = [
    (1.5, [0.32, 0.86, 0.24, 0.33, 0.06]),
    (2.0, [0.49, 0.87, 0.42, 0.38, 0.11]),
    (4.0, [0.59, 0.93, 0.47, 0.45, 0.14]),
];

/// Each cell within .12, and giving in the order of the benefit. These rows were seen when the constants were set; other rows of the same table were not.
#[test]
fn people_give_as_in_the_repeated_dilemma() {
    let scenario = people(&[(1.5, 0.125, ""), (2.0, 0.125, ""), (4.0, 0.125, ""), (4.0, 0.0, "")]);
    let giving = giving(&scenario);
    let mut far = Vec::new();
    let mut hold = |what: &str, human: f64, model: f64| {
        if (human - model).abs() > 0.12 {
            far.push(format!("{what}: {human} of people, {model:.2} of the model"));
        }
    };
    for ((benefit, [overall, after @ ..]), giving) in HUMAN.iter().zip(&giving) {
        hold(&format!("benefit {benefit}, overall"), *overall, giving.overall.value);
        for ((happened, human), model) in Happened::ALL.into_iter().zip(after).zip(giving.after) {
            hold(
                &format!("benefit {benefit}, after {happened:?}"),
                *human,
                model.unwrap(),
            );
        }
    }
    hold("benefit 4 without noise", 0.78, giving[3].overall.value);
    assert!(far.is_empty(), "{}", far.join("\n"));
    assert!(
        giving
            .windows(2)
            .all(|pair| pair[0].overall.value < pair[1].overall.value),
        "{giving:?}"
    );
}

/// Noise lowers giving; with a note from the other, and imagining them, people give in noise as they do without noise and note (Rumble, Van Lange & Parks
/// 2010). That noise then costs less than half as much is not reached: it costs seven tenths (ODD, "What does not fit").
#[test]
fn noise_lowers_giving_and_empathy_takes_most_of_that_away() {
    let scenario = people(&[(4.0, 0.0, ""), (4.0, 0.125, ""), (4.0, 0.0, NOTE), (4.0, 0.125, NOTE)]);
    let [quiet, noisy, quiet_note, noisy_note] = giving(&scenario)[..] else {
        panic!("four conditions");
    };
    let [quiet, noisy, quiet_note, noisy_note] =
        [quiet, noisy, quiet_note, noisy_note].map(|giving| giving.overall.value);
    let told = format!("{quiet} and {noisy} in noise; with a note {quiet_note} and {noisy_note}");
    assert!(quiet - noisy >= 0.10, "{told}");
    assert!(quiet_note - noisy_note < 0.8 * (quiet - noisy), "{told}");
    assert!(noisy_note > quiet, "{told}");
}

/// What the other did changes nothing where reciprocity is switched off, and a great deal where it is not; before anybody has done anything it is no
/// different, to the bit.
#[test]
fn without_reciprocity_it_does_not_matter_who_the_partner_is() {
    let text = |further: &str| {
        let condition =
            |name: &str| format!("[[condition]]\nname = '{name}'\nexchange = {{ partner = '{name}' }}\n{further}");
        read(&format!(
            "[run]\nagents = 1_000\n[exchange]\nrounds = 6\n{SCENE}{}{}",
            condition("always_give"),
            condition("never_give")
        ))
    };
    let [always, never] = &tallies(&text(""))[..] else {
        panic!("two conditions")
    };
    let helped = |tally: &Tally, round: usize| tally.course[round].people.of(Outcome::Helped);
    assert_eq!(helped(always, 0), helped(never, 0));
    assert!(helped(always, 5) > helped(never, 5) + 100);
    let [always, never] = &tallies(&text("knockout = ['reciprocity']\n"))[..] else {
        panic!("two conditions")
    };
    for round in 0..6 {
        assert_eq!(helped(always, round), helped(never, round), "round {round}");
    }
}

/// A machine that always gives is seen to give as often as noise lets it: 1,000 people in 19 rounds, five standard deviations.
#[test]
fn a_machine_does_what_its_rule_and_noise_say() {
    let scenario = read(&format!(
        "[run]\nagents = 1_000\n[exchange]\nrounds = 20\nnoise = 0.2\npartner = 'always_give'\n{SCENE}[[condition]]\nname = 'a'\n"
    ));
    let tally = &tallies(&scenario)[0];
    let seen = |happened: Happened| {
        let rounds = tally.course.iter();
        rounds
            .map(|round| round.exchange.after[happened as usize].trials)
            .sum::<u64>() as f64
    };
    let (gave, all) = (
        seen(Happened::Both) + seen(Happened::OnlyThey),
        Happened::ALL.into_iter().map(seen).sum::<f64>(),
    );
    assert_eq!(all, 19_000.0);
    assert!(
        (gave / all - 0.8).abs() < 5.0 * (0.2 * 0.8 / all).sqrt(),
        "{}",
        gave / all
    );
}

#[test]
fn no_round_depends_on_threads_or_other_conditions() {
    let scenario = people(&[(2.0, 0.1, ""), (4.0, 0.1, NOTE)]);
    let expected = tallies(&scenario);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| tallies(&scenario)) == expected, "{threads} threads");
    }
    let mut alone = scenario;
    alone.conditions.remove(0);
    let mut own = tallies(&alone);
    // Whom a condition is compared with is all that may differ.
    own[0].joint = expected[1].joint;
    for (own, expected) in own[0].course.iter_mut().zip(&expected[1].course) {
        own.joint = expected.joint;
    }
    assert!(own[0] == expected[1]);
}

/// Two who play with each other see the same round from both ends: as often as one gave alone, the other did not.
#[test]
fn both_ends_of_a_pair_see_the_same_round() {
    let scenario = people(&[(4.0, 0.125, "")]);
    for round in &tallies(&scenario)[0].course[1..] {
        let seen = |happened: Happened| round.exchange.after[happened as usize].trials;
        assert_eq!(seen(Happened::OnlyI), seen(Happened::OnlyThey));
        assert_eq!(Happened::ALL.into_iter().map(seen).sum::<u64>(), 4_000);
        assert!(seen(Happened::Both) % 2 == 0 && seen(Happened::Neither) % 2 == 0);
    }
}
