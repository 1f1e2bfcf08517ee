//! What holds whatever the fit: what no published cell manipulates, and the fit would otherwise push out of the model.
//!
//! | constraint            | measured                                                                                         | required |
//! |-----------------------|--------------------------------------------------------------------------------------------------|----------|
//! | `sweet_spot`          | P(help) at its highest between −3 and +3 SD of affective sharing, minus the higher end; 1 SD low in regulation | .05 |
//! | `moves_right`         | what sharing from −2 to +2 SD adds at +1 SD of regulation, minus what it adds at −1 SD            | .05      |
//! | `sharing_helps`       | loss of helping without affective sharing, in the codebook's ordinary scene                       | .05      |
//! | `regulation_helps`    | loss of helping without attention deployment, reappraisal and vagal brake, in a vivid and distressing scene | .05 |
//! | `contributory`        | smallest helping rate without one trait-bound mechanism, over the rate with all, in the ordinary scene | 1/3 |
//! | `training_helps`      | gain from a course of compassion training, in the ordinary scene                                  | .02      |
//! | `top_down_carries_it` | half of that gain minus the gain without the top-down path                                        | 0        |
//!
//! The sweet spot is asked for where leaving is easy and the pain is plain, as in `scenarios/published/pattern_sweet_spot.toml`.

use crate::evidence::bench::Bench;
use crate::evidence::pattern::interior_maximum;
use crate::model::agent::{PopulationShift, Trait, TraitShift};
use crate::model::mechanism::{Knockout, Mechanism};
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::model::training::Practice;
use crate::programs;
use crate::scenario::{Condition, Protocol, Unit};
use crate::statistics::predicted_share;

/// Deviance that each unit of a shortfall costs in the fit: a hundredth short costs ten.
pub const PRICE: f64 = 1000.0;

/// What the fit asks for beyond what is required, so that other people and other luck do not undo it: about two standard errors of a difference
/// between so many people and themselves.
pub const MARGIN: f64 = 0.01;

/// People of each scene, if a cell does not have more: what is required are small differences and a ratio of small rates.
const ENOUGH_PEOPLE: u32 = 8192;

/// Steps of affective sharing over which the sweet spot is looked for, in SD.
const SHARING: [f64; 7] = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0];

/// Mechanisms that a trait stands behind.
const TRAIT_BOUND: [Mechanism; 9] = [
    Mechanism::AffectiveSharing,
    Mechanism::MotorResonance,
    Mechanism::PerspectiveTaking,
    Mechanism::SelfOtherDistinction,
    Mechanism::AttentionDeployment,
    Mechanism::Reappraisal,
    Mechanism::VagalBrake,
    Mechanism::CompassionMotive,
    Mechanism::MalleabilityBelief,
];

/// A constraint, measured.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Measured {
    /// Name.
    pub name: &'static str,
    /// What was measured.
    pub amount: f64,
    /// What is required at least.
    pub required: f64,
}

impl Measured {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.amount >= self.required
    }
}

/// The scenes in which the constraints are measured, with their people.
pub struct Constraints {
    bench: Bench,
}

impl Constraints {
    /// Draws people for the scenes: four times as many as a cell has, between those of a cell and 8,192.
    pub fn new(people: u32, seed: u64, longest_step_s: f64) -> Self {
        let conditions = conditions();
        let bench = Bench::new(
            conditions.iter().map(|it| (it, programs::builtin())),
            people.max(people.saturating_mul(4).min(ENOUGH_PEOPLE)),
            seed,
            longest_step_s,
        );
        Self { bench }
    }

    /// Measures every constraint.
    pub fn measure(&self, parameters: &Parameters) -> Vec<Measured> {
        measured(&self.rates(parameters))
    }

    /// The helping rate in each scene.
    pub fn rates(&self, parameters: &Parameters) -> Vec<f64> {
        self.bench.helped(parameters).into_iter().map(predicted_share).collect()
    }
}

/// The constraints, of the helping rates in their scenes.
pub fn measured(rates: &[f64]) -> Vec<Measured> {
    let (low, rest) = rates.split_at(SHARING.len());
    let (high, rest) = rest.split_at(2);
    let (vivid, rest) = rest.split_at(2);
    let (without, training) = rest.split_at(1 + TRAIT_BOUND.len());
    let sweet_spot = interior_maximum(low).unwrap_or(f64::NAN);
    let least = without[1..].iter().copied().fold(f64::INFINITY, f64::min);
    let (gain, gain_without) = (training[0] - without[0], training[2] - training[1]);
    let one = |name, amount, required| Measured { name, amount, required };
    vec![
        one("sweet_spot", sweet_spot, 0.05),
        one("moves_right", (high[1] - high[0]) - (low[5] - low[1]), 0.05),
        one("sharing_helps", without[0] - without[1], 0.05),
        one("regulation_helps", vivid[0] - vivid[1], 0.05),
        one("contributory", least / without[0], 1.0 / 3.0),
        one("training_helps", gain, 0.02),
        one("top_down_carries_it", gain / 2.0 - gain_without, 0.0),
    ]
}

/// What the shortfalls cost in the fit, in units of deviance, of the helping rates in the scenes.
pub fn penalty(rates: &[f64]) -> f64 {
    let short = |one: Measured| (one.required + MARGIN - one.amount).max(0.0);
    PRICE * measured(rates).into_iter().map(short).sum::<f64>()
}

/// All conditions, in the order in which [`measured`] takes them apart.
fn conditions() -> Vec<Condition> {
    let plain_pain = Situation {
        need: 0.8,
        vividness: 0.8,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.5,
        efficacy: 1.0,
        responsibility: 0.3,
        evaluation: 0.2,
        window_s: 40.0,
        ..Situation::default()
    };
    // Blood and cries in the same room, and leaving is easy: arousal is high.
    let vivid = Situation {
        need: 0.85,
        vividness: 0.9,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.4,
        ..Situation::default()
    };
    let sweet = |regulation, sharing| Condition {
        population: narrowed(regulation, sharing),
        ..scene(plain_pain.clone())
    };
    let lacking = |situation: &Situation, knockout| Condition {
        knockout,
        ..scene(situation.clone())
    };
    let usual = Situation::default();
    let regulation = Knockout::NONE
        .with(Mechanism::AttentionDeployment)
        .with(Mechanism::Reappraisal)
        .with(Mechanism::VagalBrake);
    let mut all: Vec<Condition> = SHARING.iter().map(|it| sweet(-1.0, *it)).collect();
    all.extend([sweet(1.0, -2.0), sweet(1.0, 2.0)]);
    all.extend([scene(vivid.clone()), lacking(&vivid, regulation)]);
    all.push(scene(usual.clone()));
    all.extend(TRAIT_BOUND.iter().map(|it| lacking(&usual, Knockout::NONE.with(*it))));
    let course = |it: Condition| Condition {
        training: vec![compassion_course()],
        ..it
    };
    let no_top_down = || lacking(&usual, Knockout::NONE.with(Mechanism::TopDownCompassion));
    all.extend([course(scene(usual.clone())), no_top_down(), course(no_top_down())]);
    all
}

/// Eight weeks, two assigned hours a week.
fn compassion_course() -> Practice {
    let program = programs::builtin().iter().position(|it| it.name == "compassion");
    Practice {
        programs: program.into_iter().collect(),
        hours: 16.0,
        weeks: 8.0,
        transportation: 0.0,
    }
}

/// Everybody with the same regulation and the same sharing, in SD; the other traits keep their spread.
fn narrowed(regulation: f64, sharing: f64) -> PopulationShift {
    let mut population = PopulationShift::default();
    for it in [Trait::AttentionRegulation, Trait::Reappraisal, Trait::VagalTone] {
        population[it as usize] = TraitShift {
            mean: regulation,
            sd: 0.0,
        };
    }
    population[Trait::AffectiveSharing as usize] = TraitShift { mean: sharing, sd: 0.0 };
    population
}

/// A scene met by the norm population.
fn scene(situation: Situation) -> Condition {
    Condition {
        name: String::new(),
        factors: Vec::new(),
        situation,
        population: PopulationShift::default(),
        training: Vec::new(),
        knockout: Knockout::NONE,
        unit: Unit::Person,
        select: None,
        observed: None,
        protocol: Protocol::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LONGEST_STEP_S;
    use crate::parameters::shipped;

    /// Parameters that break a constraint on purpose are found out.
    #[test]
    fn broken_mechanisms_are_measured() {
        let constraints = Constraints::new(512, 1, LONGEST_STEP_S);
        let amount = |parameters: &Parameters, name: &str| {
            let all = constraints.measure(parameters);
            all.iter().find(|it| it.name == name).unwrap().amount
        };
        let usual = shipped();
        let mut no_feeling = usual;
        no_feeling.compassion.top_down_strength = 0.0;
        assert!(amount(&no_feeling, "top_down_carries_it") < amount(&usual, "top_down_carries_it"));
        let mut unmoved = usual;
        unmoved.decision.compassion_weight = 0.0;
        unmoved.decision.distress_weight = 0.0;
        assert!(amount(&unmoved, "sharing_helps").abs() < 0.01);
        // Nothing moves anybody: sweet spot, its shift, sharing, regulation and training each fall short of at least .02.
        let broken = constraints
            .measure(&unmoved)
            .into_iter()
            .filter(|it| !it.holds())
            .count();
        assert!(broken >= 4, "{:?}", constraints.measure(&unmoved));
        assert!(penalty(&constraints.rates(&unmoved)) > PRICE * 4.0 * 0.02);
    }
}
