//! `[population]` and `condition.population`.

use crate::document::{Problem, Section};
use crate::model::agent::{PopulationShift, Trait, TraitShift};
use crate::scenario::choice::REGULATION;

/// Replaces in a population what a table says about it; what a trait leaves out stays as it was.
pub(super) fn override_traits(table: &Section<'_>, population: &mut PopulationShift, problems: &mut Vec<Problem>) {
    let mut set = |name: &str, traits: &[Trait]| {
        let Some(section) = table.table(name, problems) else {
            return;
        };
        let mean = section.number("mean", problems);
        let sd = section.number("sd", problems);
        for it in traits {
            let old = population[*it as usize];
            population[*it as usize] = TraitShift {
                mean: mean.unwrap_or(old.mean),
                sd: sd.unwrap_or(old.sd),
            };
        }
    };
    // First the three together, so that one of them set beside it goes before it.
    set("regulation", &REGULATION);
    for it in Trait::ALL {
        set(it.key(), &[it]);
    }
}
