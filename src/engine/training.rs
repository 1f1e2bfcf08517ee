//! What training has given to the people of a block, by plan or by lot.

use super::Gains;
use super::people::People;
use crate::model::agent::Trait;
use crate::model::training::learning::trait_shifts;
use crate::model::training::{Practice, Program};
use crate::random::{Process, Stream};

/// What a sequence of practices adds to the traits of these people.
///
/// Where a practice is one of several programs, the lot gives each person one of them, with equal chances; the lot of a person depends on
/// who and which practice (counted from 0), and on no other condition.
pub fn gains(programs: &[Program], practices: &[Practice], people: &People, seed: u64, replicate: u32) -> Gains {
    if practices.iter().all(|it| it.programs.len() == 1) {
        return Gains::Same(trait_shifts(programs, practices, &vec![0; practices.len()]));
    }
    let lot = Stream::new(seed, replicate, Process::Lot, 0);
    let mut columns: Box<[Vec<f32>; Trait::COUNT]> =
        Box::new(std::array::from_fn(|_| Vec::with_capacity(people.agents.len())));
    let mut known: Vec<(Vec<usize>, [f64; Trait::COUNT])> = Vec::new();
    for agent in &people.agents {
        let picked = picked(lot, practices, *agent);
        let at = known.iter().position(|(it, _)| *it == picked).unwrap_or_else(|| {
            let shifts = trait_shifts(programs, practices, &picked);
            known.push((picked, shifts));
            known.len() - 1
        });
        for (column, gain) in columns.iter_mut().zip(known[at].1) {
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            column.push(gain as f32);
        }
    }
    Gains::Each(columns)
}

/// Which program of each practice the lot gives to a person.
pub fn picked(lot: Stream, practices: &[Practice], agent: u32) -> Vec<usize> {
    (0_u32..)
        .zip(practices)
        .map(|(number, practice)| {
            let [bits, ..] = lot.bits(agent, number);
            // The upper half of the product is uniform over 0 … n − 1.
            ((u64::from(bits) * practice.programs.len() as u64) >> 32) as usize
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Level;
    use crate::population::Population;
    use crate::programs::builtin;

    fn practice(programs: &[usize]) -> Practice {
        Practice {
            programs: programs.to_vec(),
            hours: 16.0,
            weeks: 8.0,
        }
    }

    #[test]
    fn the_lot_is_fair_and_belongs_to_the_person() {
        let stream = Stream::new(3, 0, Process::People, 0);
        let people = People::draw(Level::best(), stream, Population::norm().factor(), 0, 9_000);
        let practices = [practice(&[0, 1, 2])];
        let lot = Stream::new(3, 0, Process::Lot, 0);
        let mut counts = [0_u32; 3];
        for agent in &people.agents[..9_000] {
            counts[picked(lot, &practices, *agent)[0]] += 1;
        }
        // χ² with 2 degrees of freedom exceeds 13.8 once in a thousand seeds.
        let distance: f64 = counts
            .iter()
            .map(|it| (f64::from(*it) - 3_000.0).powi(2) / 3_000.0)
            .sum();
        assert!(distance < 13.8, "{counts:?}");

        let Gains::Each(all) = gains(builtin(), &practices, &people, 3, 0) else {
            panic!("different people practise different programs");
        };
        let Gains::Each(part) = gains(builtin(), &practices, &people.part(100, 50), 3, 0) else {
            panic!("different people practise different programs");
        };
        for (all, part) in all.iter().zip(part.iter()) {
            assert_eq!(all[100..150], part[..50]);
        }
    }

    #[test]
    fn one_program_is_the_same_for_everybody() {
        let stream = Stream::new(3, 0, Process::People, 0);
        let people = People::draw(Level::best(), stream, Population::norm().factor(), 0, 16);
        let Gains::Same(shifts) = gains(builtin(), &[practice(&[1])], &people, 3, 0) else {
            panic!("everybody practises the same");
        };
        assert_eq!(shifts, trait_shifts(builtin(), &[practice(&[1])], &[0]));
    }
}
