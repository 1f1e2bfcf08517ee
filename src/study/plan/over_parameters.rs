//! A plan over plausible parameter sets: how far sizes lie open because the parameters are not known exactly.

use super::{Asked, Planned, predicted};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use crate::statistics::Sizes;
use crate::study::{Options, run};

/// People per condition under each set.
const PEOPLE: u32 = 4_000;

/// What plausible parameter sets say of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverParameters {
    /// How many sets there are.
    pub sets: usize,
    /// The size below which 2.5 % of the sets lie; none where a million are not enough.
    pub lower: Option<Sizes>,
    /// The size below which 97.5 % of the sets lie; none where a million are not enough.
    pub upper: Option<Sizes>,
    /// The chance that a study of the planned size finds the difference, over all sets (assurance); none where no size was planned.
    pub assurance: Option<f64>,
    /// The share of sets in which the difference has the planned sign.
    pub same_sign: f64,
}

/// Adds to each difference of a plan what these sets say of it.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn over_parameters(
    planned: &mut [Planned],
    scenario: &Scenario,
    sets: &[Parameters],
    asked: &Asked,
    monitor: &dyn Monitor,
) -> Result<(), Stopped> {
    let mut smaller = scenario.clone();
    smaller.run.agents = smaller.run.agents.min(PEOPLE);
    smaller.run.replicates = 1;
    let mut needed: Vec<Vec<Option<Sizes>>> = vec![Vec::new(); planned.len()];
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); planned.len()];
    let mut same: Vec<u32> = vec![0; planned.len()];
    for (number, set) in sets.iter().enumerate() {
        monitor.check()?;
        let silent = Silent(monitor);
        let results = run(&smaller, set, &Options::default(), &silent)?;
        for (question, predicted) in predicted(&results, set, &silent)? {
            let name = |condition: usize| scenario.conditions[condition].name.as_str();
            let is_it = |plan: &Planned| {
                plan.treatment == name(question.pair.treatment)
                    && plan.control == name(question.pair.control)
                    && plan.measure == question.measure
                    && plan.weeks == question.weeks
            };
            let Some(at) = planned.iter().position(is_it) else {
                continue;
            };
            let asked = asked.of(scenario, &question);
            needed[at].push(predicted.and_then(|predicted| asked.needed(predicted.effect)));
            let size = planned[at].needed.map(|sizes| sizes.control);
            let power = size
                .zip(predicted)
                .and_then(|(size, predicted)| asked.power_at(predicted.effect, size));
            found[at].push(power.unwrap_or(0.0));
            same[at] += u32::from(predicted.is_some_and(|predicted| predicted.d * planned[at].d > 0.0));
        }
        monitor.advanced("planning over parameter sets", number + 1, sets.len());
    }
    for (number, plan) in planned.iter_mut().enumerate() {
        let sizes = &mut needed[number];
        // Where a million are not enough comes last.
        sizes.sort_by_key(|sizes| sizes.map_or(u64::MAX, |sizes| sizes.control));
        let at = |share: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "below the length of a list"
            )]
            let place = (share * sizes.len() as f64) as usize;
            sizes.get(place.min(sizes.len().saturating_sub(1))).copied().flatten()
        };
        plan.over_parameters = (!sizes.is_empty()).then(|| OverParameters {
            sets: sizes.len(),
            lower: at(0.025),
            upper: at(0.975),
            assurance: plan
                .needed
                .map(|_| found[number].iter().sum::<f64>() / found[number].len() as f64),
            same_sign: f64::from(same[number]) / sizes.len() as f64,
        });
    }
    Ok(())
}
