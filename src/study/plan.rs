//! A plan: how many people a real study needs to find each difference that a run predicts.
//!
//! Power is exact for shares (the test of [`crate::comparison::study`], gone through over all results) and that of the noncentral t for means.
//! Clusters multiply sizes by the design effect `1 + (m − 1) ρ`, attrition divides them by the share who stay.

use super::Results;
use crate::comparison::study::questions;
use crate::comparison::usual_pairs;
use crate::contrast::Pair;
use crate::engine::place::Place;
use crate::registry::Measure;
use crate::statistics::{Exaggeration, Sizes, exaggeration, shares_power, smallest, t_power};
use crate::summary::predicted_d;

/// People of the control beyond which nobody plans a study.
const MOST: u64 = 1 << 20;

/// People per condition of the small study that is told of.
const SMALL: u64 = 20;

/// Sizes at which the power is told, people of the control.
const CURVE: [u64; 14] = [5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 500];

/// People of the treatment for people of the control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// Of the treatment.
    pub treatment: u32,
    /// Of the control.
    pub control: u32,
}

/// Clusters of people who are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clusters {
    /// How many people a cluster has.
    pub size: u32,
    /// Their intraclass correlation.
    pub correlation: f64,
}

/// What the study is to be like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The share of studies that are to find a difference.
    pub power: f64,
    /// The two-sided level.
    pub alpha: f64,
    /// How people are divided.
    pub allocation: Allocation,
    /// The share who are lost.
    pub attrition: f64,
    /// Clusters, where people come in some.
    pub clusters: Option<Clusters>,
}

/// What a small study would make of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Small {
    /// The share of such studies that find it.
    pub power: f64,
    /// Of those, the share with the wrong sign.
    pub wrong_sign: f64,
    /// How many times too large they are, on average.
    pub times: f64,
}

/// The plan for one difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The condition that is expected to differ.
    pub treatment: String,
    /// The condition it is compared with.
    pub control: String,
    /// In what.
    pub measure: Measure,
    /// The shares of treatment and control, where it is a yes or no.
    pub shares: Option<[f64; 2]>,
    /// The standardised difference.
    pub d: f64,
    /// How many people to recruit; none where a million are not enough.
    pub needed: Option<Sizes>,
    /// What studies with 20 people per condition make of it, everything else as asked.
    pub small: Option<Small>,
    /// The power at some sizes of the control, as recruited.
    pub curve: Vec<(u64, f64)>,
}

impl Asked {
    /// People of either side who count, of so many people recruited for the control.
    fn counting(&self, control: u64) -> Sizes {
        let effect = self.clusters.map_or(1.0, |clusters| {
            1.0 + f64::from(clusters.size - 1) * clusters.correlation
        });
        let count = |people: f64| {
            let counting = people * (1.0 - self.attrition) / effect;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most some millions"
            )]
            let counting = (counting + 1e-9).floor() as u64;
            counting
        };
        let sizes = self.recruited(control);
        Sizes {
            treatment: count(sizes.treatment as f64),
            control: count(sizes.control as f64),
        }
    }

    /// People recruited on either side, of so many for the control.
    fn recruited(&self, control: u64) -> Sizes {
        let Allocation {
            treatment,
            control: per,
        } = self.allocation;
        Sizes {
            treatment: (control * u64::from(treatment)).div_ceil(u64::from(per)),
            control,
        }
    }
}

/// Plans a study of everything that a run is asked about between different people; what compares one condition with itself is left out.
pub fn plan(results: &Results, asked: &Asked) -> Vec<Planned> {
    let scenario = &results.scenario;
    let pairs: Vec<Pair> = usual_pairs(scenario);
    let between = questions(scenario, &pairs)
        .into_iter()
        .filter(|question| !question.is_within());
    let planned = between.filter_map(|question| {
        let place = |condition, week| Place::new(scenario, condition, week).tally(&results.tallies);
        let [week, from_week] = question.weeks;
        let (treatment, control) = (
            place(question.pair.treatment, week),
            place(question.pair.control, from_week),
        );
        let shares = match question.measure.outcome() {
            Some(outcome) => Some([treatment.units.share(outcome)?, control.units.share(outcome)?]),
            None => None,
        };
        let d = predicted_d(treatment, control, question.measure)?;
        let power = |control: u64| {
            let sizes = asked.counting(control);
            match shares {
                Some(shares) => shares_power(shares, sizes, asked.alpha),
                None => t_power(d, sizes, asked.alpha),
            }
        };
        let small = power(SMALL).and_then(|power| {
            let Exaggeration { wrong_sign, times } =
                exaggeration(errors(d, shares, asked.counting(SMALL)), asked.alpha)?;
            Some(Small {
                power,
                wrong_sign,
                times,
            })
        });
        Some(Planned {
            treatment: scenario.conditions[question.pair.treatment].name.clone(),
            control: scenario.conditions[question.pair.control].name.clone(),
            measure: question.measure,
            shares,
            d,
            needed: reachable(d, shares)
                .then(|| smallest(power, asked.power, MOST))
                .flatten()
                .map(|control| asked.recruited(control)),
            small,
            curve: CURVE
                .iter()
                .filter_map(|control| Some((*control, power(*control)?)))
                .collect(),
        })
    });
    planned.collect()
}

/// Whether a million people could tell the difference; what they could not, nobody looks for.
fn reachable(d: f64, shares: Option<[f64; 2]>) -> bool {
    let size = shares.map_or(d.abs(), |[treatment, control]| (treatment - control).abs());
    size > 0.003
}

/// A difference over its standard error in a study of this size.
fn errors(d: f64, shares: Option<[f64; 2]>, sizes: Sizes) -> f64 {
    let (n, m) = (sizes.treatment.max(1) as f64, sizes.control.max(1) as f64);
    match shares {
        Some([p, q]) => (p - q) / (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt().max(1e-9),
        None => d * (n * m / (n + m)).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;
    use crate::study::{Options, run};

    const USUAL: Asked = Asked {
        power: 0.8,
        alpha: 0.05,
        allocation: Allocation {
            treatment: 1,
            control: 1,
        },
        attrition: 0.0,
        clusters: None,
    };

    fn planned(asked: &Asked) -> Planned {
        let mut scenario = test_scenario(&["far", "near"]);
        scenario.run.agents = 600;
        scenario.conditions[0].situation.closeness = 0.1;
        scenario.conditions[1].situation.closeness = 0.8;
        let results = run(&scenario, &shipped(), &Options::default(), &Unwatched).unwrap();
        plan(&results, asked).remove(0)
    }

    #[test]
    fn a_plan_reaches_its_power_and_no_smaller_one_does() {
        let plan = planned(&USUAL);
        let needed = plan.needed.unwrap();
        let shares = plan.shares.unwrap();
        assert!(shares_power(shares, needed, 0.05).unwrap() >= 0.8);
        let fewer = Sizes {
            treatment: needed.treatment - 2,
            control: needed.control - 2,
        };
        assert!(shares_power(shares, fewer, 0.05).unwrap() < 0.81);
        assert!(
            plan.curve.windows(2).all(|two| two[1].1 > two[0].1 - 0.02),
            "{:?}",
            plan.curve
        );
    }

    #[test]
    fn attrition_clusters_and_allocation_cost_people() {
        let plain = planned(&USUAL).needed.unwrap();
        let lost = planned(&Asked {
            attrition: 0.5,
            ..USUAL
        })
        .needed
        .unwrap();
        assert!(lost.control.abs_diff(2 * plain.control) <= 4, "{lost:?} {plain:?}");
        let clusters = Clusters {
            size: 11,
            correlation: 0.1,
        };
        let alike = planned(&Asked {
            clusters: Some(clusters),
            ..USUAL
        });
        assert!(
            alike.needed.unwrap().control.abs_diff(2 * plain.control) <= 4,
            "design effect of 2"
        );
        let allocation = Allocation {
            treatment: 2,
            control: 1,
        };
        let uneven = planned(&Asked { allocation, ..USUAL }).needed.unwrap();
        assert_eq!(uneven.treatment, 2 * uneven.control);
        assert!(uneven.control < plain.control && uneven.treatment + uneven.control > 2 * plain.control);
    }
}
