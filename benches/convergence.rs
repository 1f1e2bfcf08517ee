//! How far helping rates lie from the limit of ever shorter steps: `cargo bench --bench convergence` prints `convergence.md`.
//!
//! The same people with the same occasions meet each scene at each longest step. Shocks are drawn step by step, so that they differ between
//! step lengths; what is compared is a million people's helping rate, with the standard error of the difference between the two runs.

use compassion::engine::block::{BLOCK, Participants, World};
use compassion::engine::records::Outcome;
use compassion::lanes::Level;
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Knockout;
use compassion::model::situation::{BystanderBehaviour, HelpKind, Situation};
use compassion::parameters::shipped;
use compassion::scenario::{Condition, Protocol, Unit};
use rayon::prelude::*;

/// People in each scene, unless the first argument says otherwise.
const PEOPLE: u32 = 1 << 20;

/// Longest steps, in seconds; the last stands for the limit.
const STEPS_S: [f64; 6] = [1.0, 0.5, 0.25, 0.1, 0.05, 0.025];

fn main() {
    let people = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(PEOPLE);
    println!(
        "Share that helped, in %, of {people} people at each longest step, and the difference of the coarser ones from the limit"
    );
    println!(
        "(straight line through the three finest steps, weighted by their variances), in percentage points ± standard error.\n"
    );
    print!("| scene |");
    STEPS_S.iter().for_each(|it| print!(" {it} s |"));
    println!(" limit | 1 s | 0.5 s | 0.25 s |");
    println!("|---|{}", "---|".repeat(STEPS_S.len() + 4));
    for (name, condition) in scenes() {
        let helped: Vec<Vec<bool>> = STEPS_S.iter().map(|step| helpers(&condition, people, *step)).collect();
        let rates: Vec<f64> = helped.iter().map(|it| share(it)).collect();
        print!("| {name} |");
        rates.iter().for_each(|it| print!(" {:.2} |", 100.0 * it));
        let (limit, weights) = limit(&rates[3..], &STEPS_S[3..]);
        print!(" {:.2} |", 100.0 * limit);
        for coarse in 0..3 {
            // The error of the difference, person by person: coarse − Σ weight · fine.
            let each = (0..helped[0].len()).map(|person| {
                let of = |step: usize| f64::from(u8::from(helped[step][person]));
                of(coarse) - (0..3).map(|it| weights[it] * of(3 + it)).sum::<f64>()
            });
            let n = helped[0].len() as f64;
            let (sum, squares) = each.fold((0.0, 0.0), |(sum, squares), it| (sum + it, squares + it * it));
            let mean = sum / n;
            let error = ((squares / n - mean * mean) / n).sqrt();
            print!(" {:+.2} ± {:.2} |", 100.0 * mean, 100.0 * error);
        }
        println!();
    }
}

fn share(helped: &[bool]) -> f64 {
    helped.iter().filter(|it| **it).count() as f64 / helped.len() as f64
}

/// The value at step 0 of the least-squares line, and the weight that each rate has in it.
fn limit(rates: &[f64], steps: &[f64]) -> (f64, Vec<f64>) {
    let n = steps.len() as f64;
    let mean = steps.iter().sum::<f64>() / n;
    let spread: f64 = steps.iter().map(|it| (it - mean) * (it - mean)).sum();
    let weights: Vec<f64> = steps.iter().map(|it| 1.0 / n - mean * (it - mean) / spread).collect();
    (
        rates.iter().zip(&weights).map(|(rate, weight)| rate * weight).sum(),
        weights,
    )
}

/// Who helped, unit by unit.
fn helpers(condition: &Condition, people: u32, longest_step_s: f64) -> Vec<bool> {
    let parameters = shipped();
    let world = World {
        parameters: &parameters,
        programs: &[],
        seed: 2011,
        longest_step_s,
        level: Level::best(),
        encounters: None,
    };
    let size = match condition.unit {
        Unit::Person => 1,
        Unit::Group(size) => size,
    };
    let block = BLOCK / size * size;
    let blocks: Vec<Vec<bool>> = (0..people / block)
        .into_par_iter()
        .map(|it| {
            let drawn = world.people(0, it * block, block as usize);
            let participants = Participants::new(&world, condition, 0, &drawn, drawn.count, u32::MAX);
            let records = participants.meet(&world, condition);
            let units = records.outcomes.chunks(size as usize);
            units.map(|it| it.contains(&Outcome::Helped)).collect()
        })
        .collect();
    blocks.concat()
}

fn scenes() -> Vec<(&'static str, Condition)> {
    let default = Situation::default;
    let shocks = Situation {
        need: 0.8,
        vividness: 0.8,
        ambiguity: 0.1,
        cost: 0.5,
        efficacy: 1.0,
        responsibility: 0.3,
        evaluation: 0.2,
        window_s: 40.0,
        ..default()
    };
    let crash = Situation {
        need: 0.6,
        ambiguity: 0.5,
        bystander_behaviour: BystanderBehaviour::Free,
        window_s: 120.0,
        ..default()
    };
    let alone = |situation| condition(situation, Unit::Person);
    vec![
        ("the codebook's defaults", alone(default())),
        (
            "vivid and distressing, escape easy",
            alone(Situation {
                need: 0.85,
                vividness: 0.9,
                ambiguity: 0.1,
                escape: 0.9,
                cost: 0.4,
                window_s: 40.0,
                ..default()
            }),
        ),
        (
            "shocks: escape easy, dissimilar",
            alone(Situation {
                closeness: 0.1,
                escape: 0.9,
                ..shocks.clone()
            }),
        ),
        (
            "shocks: escape difficult, dissimilar",
            alone(Situation {
                closeness: 0.1,
                escape: 0.0,
                ..shocks.clone()
            }),
        ),
        (
            "shocks: escape easy, similar",
            alone(Situation {
                closeness: 0.65,
                escape: 0.9,
                ..shocks
            }),
        ),
        (
            "passing by in a hurry, 15 s",
            alone(Situation {
                haste: 1.0,
                escape: 1.0,
                ambiguity: 0.5,
                window_s: 15.0,
                ..default()
            }),
        ),
        (
            "good mood, a small favour, 20 s",
            alone(Situation {
                need: 0.3,
                vividness: 0.9,
                mood: 0.6,
                cost: 0.15,
                window_s: 20.0,
                ..default()
            }),
        ),
        (
            "life at risk, clear, 120 s",
            alone(Situation {
                need: 1.0,
                vividness: 0.6,
                ambiguity: 0.1,
                bystanders: 4,
                window_s: 120.0,
                ..default()
            }),
        ),
        (
            "a perpetrator who can be punished",
            alone(Situation {
                need: 0.8,
                vividness: 0.9,
                closeness: 0.65,
                perpetrator: 1.0,
                punishing_possible: true,
                ..default()
            }),
        ),
        (
            "a crash next door, one free bystander",
            alone(Situation {
                bystanders: 1,
                ..crash.clone()
            }),
        ),
        ("a crash next door, groups of three", condition(crash, Unit::Group(3))),
        (
            "graded: gave anything",
            alone(Situation {
                help: HelpKind::Graded,
                cost: 0.4,
                ..default()
            }),
        ),
    ]
}

fn condition(situation: Situation, unit: Unit) -> Condition {
    Condition {
        name: String::new(),
        factors: Vec::new(),
        situation,
        population: [TraitShift::default(); Trait::COUNT],
        training: Vec::new(),
        protocol: Protocol::default(),
        knockout: Knockout::NONE,
        unit,
        select: None,
        observed: Vec::new(),
    }
}
