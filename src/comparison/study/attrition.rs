//! Who is lost to a study before the outcome is measured.

use crate::random::Stream;
use crate::scenario::Attrition;

/// For each of the people of several studies whether they stay; `depends_on` has their values on the measure by which they are lost, by whose rank
/// within a study the chance goes ([`Attrition::chance`]). Who has no value there is lost by lot.
pub(super) fn stay(
    attrition: &Attrition,
    depends_on: &[Option<f64>],
    [people, count]: [usize; 2],
    stream: Stream,
) -> Vec<bool> {
    let mut all = Vec::with_capacity(count);
    for study in 0..count / people.max(1) {
        let values = depends_on.get(study * people..(study + 1) * people).unwrap_or_default();
        let mut order: Vec<usize> = (0..values.len()).filter(|person| values[*person].is_some()).collect();
        order.sort_by(|one, other| {
            let value = |person: usize| values[person].unwrap_or_default();
            value(*one).total_cmp(&value(*other))
        });
        let mut chances = vec![attrition.share; people];
        for (rank, person) in order.iter().enumerate() {
            chances[*person] = attrition.chance((rank as f64 + 0.5) / order.len() as f64);
        }
        for (person, chance) in chances.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "at most some millions of people")]
            let [bits, ..] = stream.bits((study * people + person) as u32, 0);
            let drawn = (f64::from(bits) + 0.5) / 4_294_967_296.0;
            all.push(drawn >= *chance);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Process;
    use crate::registry::Measure;

    /// Two studies of 1,000: a fifth is lost in each, those high on the measure more often.
    #[test]
    fn a_share_is_lost_and_those_who_are_high_first() {
        let attrition = Attrition {
            share: 0.2,
            depends_on: Some(Measure::PersonalDistress),
        };
        let values: Vec<Option<f64>> = (0..2_000).map(|person| Some(f64::from(person % 1_000))).collect();
        let stream = Stream::new(1, 2, Process::Attrition, 0);
        let stay = stay(&attrition, &values, [1_000, 2_000], stream);
        let lost = |from: usize, to: usize| stay[from..to].iter().filter(|stays| !**stays).count();
        for study in [0, 1_000] {
            assert!((160..=240).contains(&lost(study, study + 1_000)));
            // Half of the ranks from .871 on, since u⁴ = .5 there; hardly anybody of the lower half.
            assert!(lost(study, study + 500) < 30 && lost(study + 900, study + 1_000) > 60);
        }
    }
}
