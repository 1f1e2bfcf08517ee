//! How much of a program's change a person has gained after so many hours.

use super::{Practice, Program};
use crate::model::agent::Trait;

/// Share of the assigned hours that people practise, when asked to practise at home.
///
/// Parsons et al. (2017), 43 studies of mindfulness courses: 64 %. Everybody practises that share here.
pub const SHARE_PRACTISED: f64 = 0.64;

/// The change of a trait after assigned hours of a program.
///
/// ```text
/// gain = shift · (1 − exp(−0.64 · hours / τ))
/// ```
///
/// | symbol  | argument              | meaning                                                | unit | range |
/// |---------|-----------------------|--------------------------------------------------------|------|-------|
/// | `shift` | `shift`               | change at full dose                                    | SD   | any   |
/// | `hours` | `hours`               | assigned hours                                         | h    | ≥ 0   |
/// | `τ`     | `hours_to_63_percent` | practised hours after which 63 % of `shift` is reached | h    | > 0   |
/// | 0.64    | [`SHARE_PRACTISED`]   | share of assigned hours that are practised             | 1    |       |
///
/// # Limits
///
/// 0 without practice; `shift` after very many hours; nearly linear, `0.64 · shift · hours / τ`, after few.
/// 90 % of `shift` takes 3.6 τ assigned hours.
///
/// # Source
///
/// Share practised: `parsons2017`. Saturation: hours do not moderate effects beyond a short course
/// (`tvbm2016`, `strohmaier2020`), while one day already changes affect (`klimecki2014`). The exponential
/// form and τ = 7 h for most programs are our own choice, so they are assumptions. [`Onset`](super::Onset) does not enter.
///
/// # Example
///
/// ```
/// use compassion::model::training::learning::gain;
///
/// // Eight weeks of compassion training, two assigned hours a week.
/// assert_eq!(format!("{:.2}", gain(0.5, 16.0, 7.0)), "0.38");
/// assert_eq!(gain(0.5, 0.0, 7.0), 0.0);
/// ```
pub fn gain(shift: f64, hours: f64, hours_to_63_percent: f64) -> f64 {
    debug_assert!(
        hours >= 0.0 && hours_to_63_percent > 0.0,
        "{hours} h, τ {hours_to_63_percent} h"
    );
    shift * (1.0 - libm::exp(-SHARE_PRACTISED * hours / hours_to_63_percent))
}

/// What a sequence of practices has changed in each trait, in SD, indexed by `Trait as usize`.
///
/// `picked[i]` is the place in `practices[i].programs` of the program that the lot gave to the person in practice `i`;
/// 0 where there is only one.
///
/// Hours of the same program add up before [`gain`] saturates, so that two halves of a course make one course.
/// Gains of different programs add up, in the order in which the programs first occur.
///
/// # Panics
///
/// If `picked` is shorter than `practices`, or a place or a program does not exist; a checked scenario excludes it.
pub fn trait_shifts(programs: &[Program], practices: &[Practice], picked: &[usize]) -> [f64; Trait::COUNT] {
    let mut hours_by_program: Vec<(usize, f64)> = Vec::with_capacity(practices.len());
    for (it, practice) in practices.iter().enumerate() {
        let program = practice.programs[picked[it]];
        match hours_by_program.iter_mut().find(|(known, _)| *known == program) {
            Some((_, hours)) => *hours += practice.hours,
            None => hours_by_program.push((program, practice.hours)),
        }
    }

    let mut shifts = [0.0; Trait::COUNT];
    for (program, hours) in hours_by_program {
        let program = &programs[program];
        for (sum, effect) in shifts.iter_mut().zip(&program.effects) {
            *sum += gain(effect.shift, hours, program.hours_to_63_percent);
        }
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::super::{Effect, Onset};
    use super::*;

    fn program(shift: f64) -> Program {
        let effect = Effect {
            shift,
            onset: Onset::Early,
        };
        Program {
            name: "test".to_owned(),
            effects: [effect; Trait::COUNT],
            hours_to_63_percent: 7.0,
            half_life_weeks: 52.0,
        }
    }

    fn practice(programs: &[usize], hours: f64) -> Practice {
        Practice {
            programs: programs.to_vec(),
            hours,
            weeks: 8.0,
        }
    }

    /// By hand: where 0.64 · hours = τ the gain is (1 − 1/e) · shift = .632 121 of it.
    #[test]
    fn reaches_63_percent_where_its_name_says() {
        let assigned = 7.0 / SHARE_PRACTISED;
        assert!((gain(1.0, assigned, 7.0) - 0.632_120_558_828_557_7).abs() < 1e-15);
        assert!((gain(-0.4, assigned, 7.0) + 0.4 * 0.632_120_558_828_557_7).abs() < 1e-15);
    }

    #[test]
    fn has_the_limits_that_the_docs_state() {
        assert_eq!(gain(0.5, 0.0, 7.0), 0.0);
        assert_eq!(gain(0.5, 1e6, 7.0), 0.5);
        assert!((gain(0.5, 0.01, 7.0) - 0.5 * 0.64 * 0.01 / 7.0).abs() < 1e-6);
        assert!((gain(1.0, 3.6 * 7.0, 7.0) - 0.9).abs() < 0.001);
    }

    #[test]
    fn more_practice_never_gains_less() {
        let gains: Vec<f64> = (0..200).map(|it| gain(0.5, f64::from(it), 7.0)).collect();
        assert!(gains.is_sorted() && gains[199] <= 0.5);
    }

    #[test]
    fn two_halves_of_a_course_make_one_course() {
        let programs = [program(0.5), program(0.2)];
        let halves = [practice(&[0], 8.0), practice(&[1], 3.0), practice(&[0], 8.0)];
        let whole = [practice(&[0], 16.0), practice(&[1], 3.0)];
        assert_eq!(
            trait_shifts(&programs, &halves, &[0, 0, 0]),
            trait_shifts(&programs, &whole, &[0, 0])
        );
    }

    #[test]
    fn different_programs_add_up_and_the_lot_decides_which() {
        let programs = [program(0.5), program(-0.2)];
        let one_of = [practice(&[0, 1], 16.0)];
        let both = [practice(&[0], 16.0), practice(&[1], 16.0)];
        let first = trait_shifts(&programs, &one_of, &[0])[0];
        let second = trait_shifts(&programs, &one_of, &[1])[0];
        assert_eq!((first, second), (gain(0.5, 16.0, 7.0), gain(-0.2, 16.0, 7.0)));
        assert_eq!(trait_shifts(&programs, &both, &[0, 0]), [first + second; Trait::COUNT]);
        assert_eq!(trait_shifts(&programs, &[], &[]), [0.0; Trait::COUNT]);
    }
}
