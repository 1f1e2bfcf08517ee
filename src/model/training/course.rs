//! A sequence of practices in time: what a person has gained by a given week.

use super::learning::{Parameters, Skill, boost, rate};
use super::{Onset, Practice, Program};
use crate::model::agent::Trait;

/// Practice within this many weeks (a day) is a single session, after which people are met on the spot.
pub const ONE_DAY_WEEKS: f64 = 1.0 / 7.0 + 1e-9;

/// How a person learns, whatever they practise; the same in every condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learner {
    /// Share of the assigned hours that the person practises.
    pub share_practised: f64,
    /// How much an hour teaches the person before any practice, relative to the median: [`rate`] with the belief that the person came with.
    pub rate: f64,
    /// How readily the person is transported by a story, in SD.
    pub transportation: f64,
}

/// What practice has given to a person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gained {
    /// Change of each trait, in SD of the single encounter, indexed by `Trait as usize`.
    pub traits: [f64; Trait::COUNT],
    /// What a questionnaire of compassion shows beside that, in its SD.
    pub self_report: f64,
    /// Hours practised.
    pub hours: f64,
}

/// What a person has gained of a program, and since when.
struct Learnt {
    program: usize,
    skill: Skill,
    /// Week in which practice began, and week for which the skill holds.
    began: f64,
    now: f64,
    /// Being transported while reading, in SD.
    transported: f64,
    /// Boost of a session that has just ended.
    boost: f64,
}

/// What a person has gained `week` weeks after the first practice began.
///
/// Practices follow one another without a break; a program that comes again goes on where it was, after what was forgotten in between.
/// `picked[i]` is the place in `practices[i].programs` of the program that the lot gave to the person in practice `i`; 0 where there is only one.
/// `believes` says whether what earlier programs added to belief speeds learning ([`learning::rate`](super::learning::rate)).
///
/// The boost of the day counts where the last practice was a single session that ends at `week`: people are then met right after it. A course
/// is spread over days, and people are met on another day than the last session's.
///
/// # Panics
///
/// If `picked` is shorter than `practices`, or a place or a program does not exist; a checked scenario excludes it.
pub fn gained(
    parameters: &Parameters,
    programs: &[Program],
    practices: &[Practice],
    picked: &[usize],
    learner: &Learner,
    believes: bool,
    week: f64,
) -> Gained {
    let mut gained = Gained::default();
    if practices.is_empty() {
        return gained;
    }
    let mut known: Vec<Learnt> = Vec::with_capacity(practices.len());
    let mut start = 0.0;
    for (practice, picked) in practices.iter().zip(picked) {
        let done = part_done(start, practice.weeks, week);
        if done <= 0.0 {
            break;
        }
        let end = start + practice.weeks * done;
        let number = practice.programs[*picked];
        let program = &programs[number];
        let hours = learner.share_practised * practice.hours * done;
        gained.hours += hours;
        if program.moves() && hours > 0.0 {
            let faster = if believes && !known.is_empty() {
                rate(
                    0.0,
                    0.0,
                    parameters.belief_weight,
                    belief_gained(&known, programs, parameters),
                )
            } else {
                1.0
            };
            // Somebody whom an hour teaches nothing learns nothing, however much faster others would.
            let x = if learner.rate > 0.0 {
                learner.rate * faster * hours / program.hours_to_63_percent
            } else {
                0.0
            };
            let at = known.iter().position(|it| it.program == number).unwrap_or_else(|| {
                known.push(Learnt {
                    program: number,
                    skill: Skill::default(),
                    began: start,
                    now: start,
                    transported: 0.0,
                    boost: 0.0,
                });
                known.len() - 1
            });
            let learnt = &mut known[at];
            learnt.rest_until(start, program.half_life_weeks);
            learnt.skill = learnt.skill.practised(x);
            learnt.now = end;
            learnt.transported = learner.transportation + practice.transportation;
            let session = practice.weeks <= ONE_DAY_WEEKS && done >= 1.0 && (week - end).abs() <= ONE_DAY_WEEKS / 7.0;
            learnt.boost = if session {
                boost(parameters, 60.0 * hours, (week - end).max(0.0) * 168.0)
            } else {
                0.0
            };
        }
        start += practice.weeks;
    }
    for learnt in &mut known {
        let program = &programs[learnt.program];
        learnt.rest_until(week, program.half_life_weeks);
        let shown = learnt.shown(parameters);
        for (which, effect) in program.effects.iter().enumerate() {
            let mut shift = effect.shift;
            if which == Trait::AffectiveSharing as usize {
                shift += program.transportation * learnt.transported;
            }
            gained.traits[which] += shift * shown(effect.onset);
        }
        let said = &program.self_report;
        gained.self_report += said.shift * shown(said.onset);
    }
    gained
}

impl Learnt {
    /// Forgets from `now` until a week.
    fn rest_until(&mut self, week: f64, half_life_weeks: f64) {
        if week > self.now {
            self.skill = self.skill.rested(week - self.now, half_life_weeks);
            self.now = week;
        }
    }

    /// The share of a full change that shows, by when it comes.
    fn shown(&self, parameters: &Parameters) -> impl Fn(Onset) -> f64 + use<> {
        let weeks = self.now - self.began;
        let of_skill = |onset| self.skill.shown(onset, weeks, parameters.consolidation_weeks);
        let (early, late) = (of_skill(Onset::Early), of_skill(Onset::Late));
        let early = early + (1.0 - early) * self.boost;
        move |onset| match onset {
            Onset::Early => early,
            Onset::Late => late,
        }
    }
}

/// What programs practised so far have added to the belief that empathy can be cultivated.
fn belief_gained(known: &[Learnt], programs: &[Program], parameters: &Parameters) -> f64 {
    let of = |it: &Learnt| {
        let effect = &programs[it.program].effects[Trait::MalleabilityBelief as usize];
        effect.shift * it.shown(parameters)(effect.onset)
    };
    known.iter().map(of).sum()
}

/// How much of a practice that begins at `start` is done by `week`, from 0 to 1; one without duration is done at once.
fn part_done(start: f64, weeks: f64, week: f64) -> f64 {
    if weeks > 0.0 {
        ((week - start) / weeks).clamp(0.0, 1.0)
    } else if week >= start {
        1.0
    } else {
        0.0
    }
}

/// Hours of practice in the week that begins at `week`, by program: index and assigned hours.
pub fn assigned_in_week<'p>(
    practices: &'p [Practice],
    picked: &'p [usize],
    week: f64,
) -> impl Iterator<Item = (usize, f64)> + 'p {
    let mut start = 0.0;
    practices.iter().zip(picked).map(move |(practice, picked)| {
        let done = part_done(start, practice.weeks, week + 1.0) - part_done(start, practice.weeks, week);
        start += practice.weeks;
        (practice.programs[*picked], practice.hours * done)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Effect;
    use super::*;

    const AVERAGE: Learner = Learner {
        share_practised: 0.64,
        rate: 1.0,
        transportation: 0.0,
    };

    fn program(shift: f64, onset: Onset) -> Program {
        let mut program = Program::without_effect("test");
        program.effects = [Effect { shift, onset }; Trait::COUNT];
        // Belief would speed the next program.
        program.effects[Trait::MalleabilityBelief as usize].shift = 0.0;
        program
    }

    fn practice(programs: &[usize], hours: f64, weeks: f64) -> Practice {
        Practice {
            programs: programs.to_vec(),
            hours,
            weeks,
            transportation: 0.0,
        }
    }

    fn parameters() -> Parameters {
        crate::parameters::shipped().learning
    }

    fn of(programs: &[Program], practices: &[Practice], week: f64) -> Gained {
        gained(
            &parameters(),
            programs,
            practices,
            &vec![0; practices.len()],
            &AVERAGE,
            true,
            week,
        )
    }

    #[test]
    fn nothing_before_practice_and_half_of_the_hours_half_way() {
        let (programs, course) = ([program(0.5, Onset::Early)], [practice(&[0], 16.0, 8.0)]);
        assert_eq!(of(&programs, &course, 0.0), Gained::default());
        let (half, whole) = (of(&programs, &course, 4.0), of(&programs, &course, 8.0));
        assert!((2.0 * half.hours - whole.hours).abs() < 1e-12 && half.hours > 0.0);
        assert!(half.traits[0] > 0.5 * whole.traits[0] && half.traits[0] < whole.traits[0]);
    }

    #[test]
    fn practice_ends_and_forgetting_begins() {
        let (programs, course) = ([program(0.5, Onset::Early)], [practice(&[0], 16.0, 8.0)]);
        let (end, later) = (of(&programs, &course, 8.0), of(&programs, &course, 60.0));
        assert!(
            (later.traits[0] - 0.5 * end.traits[0]).abs() < 1e-12,
            "52 weeks halve it"
        );
        assert_eq!(later.hours, end.hours);
    }

    #[test]
    fn halves_of_a_course_with_another_between_forget_in_between() {
        let programs = [program(0.5, Onset::Early), program(0.0, Onset::Early)];
        let apart = [
            practice(&[0], 8.0, 4.0),
            practice(&[1], 0.0, 26.0),
            practice(&[0], 8.0, 4.0),
        ];
        let together = [practice(&[0], 16.0, 8.0)];
        let (apart, together) = (of(&programs, &apart, 34.0), of(&programs, &together, 8.0));
        assert!(apart.traits[0] < together.traits[0] && apart.traits[0] > 0.8 * together.traits[0]);
    }

    #[test]
    fn different_programs_add_up_and_the_lot_decides_which() {
        let programs = [program(0.5, Onset::Early), program(-0.2, Onset::Early)];
        let one_of = [practice(&[0, 1], 16.0, 8.0)];
        let picked = |it| gained(&parameters(), &programs, &one_of, &[it], &AVERAGE, true, 8.0).traits[0];
        assert!((picked(1) + 0.4 * picked(0)).abs() < 1e-12);
        let both = [practice(&[0], 16.0, 8.0), practice(&[1], 16.0, 8.0)];
        let sum = of(&programs, &both, 16.0).traits[0];
        let first_rested = picked(0) * libm::exp2(-8.0 / 52.0);
        assert!((sum - (first_rested + picked(1))).abs() < 1e-12);
    }

    #[test]
    fn belief_from_one_program_speeds_the_next() {
        let mut believer = Program::without_effect("believing");
        believer.effects[Trait::MalleabilityBelief as usize].shift = 0.6;
        let programs = [program(0.5, Onset::Early), believer, program(0.0, Onset::Early)];
        let after = |first: usize, believes| {
            let practices = [practice(&[first], 16.0, 8.0), practice(&[0], 8.0, 4.0)];
            gained(&parameters(), &programs, &practices, &[0, 0], &AVERAGE, believes, 12.0).traits[0]
        };
        assert!(after(1, true) > after(2, true) + 1e-3);
        assert_eq!(after(1, false), after(2, false));
    }

    #[test]
    fn a_single_session_boosts_on_the_day_and_a_course_does_not() {
        let programs = [program(0.5, Onset::Early)];
        let session = [practice(&[0], 0.25, 0.14)];
        let course = [practice(&[0], 0.25, 1.0)];
        let (same_day, next_week) = (of(&programs, &session, 0.14), of(&programs, &session, 1.14));
        assert!(same_day.traits[0] > 2.0 * next_week.traits[0]);
        assert!((of(&programs, &course, 1.0).traits[0] - next_week.traits[0]).abs() < 0.002);
    }

    #[test]
    fn fiction_needs_transportation_and_a_week() {
        let mut fiction = Program::without_effect("fiction");
        fiction.hours_to_63_percent = 0.1;
        fiction.transportation = 0.2;
        fiction.effects[Trait::AffectiveSharing as usize] = Effect {
            shift: 0.05,
            onset: Onset::Late,
        };
        let sharing = |transportation, week| {
            let reading = Practice {
                transportation,
                ..practice(&[0], 0.5, 0.14)
            };
            of(std::slice::from_ref(&fiction), &[reading], week).traits[Trait::AffectiveSharing as usize]
        };
        assert!(sharing(1.0, 1.2) > 3.0 * sharing(1.0, 0.14) && sharing(1.0, 1.2) > 0.05);
        assert!(sharing(-1.0, 1.2) < -0.03);
    }

    /// Hours to 63 % of next to nothing teach all at once, and no change is more than the program's.
    #[test]
    fn the_fastest_program_teaches_what_it_has_to_teach() {
        for onset in [Onset::Early, Onset::Late] {
            let mut fast = program(0.5, onset);
            for hours in [f64::MIN_POSITIVE, 5e-324, 1e-9] {
                fast.hours_to_63_percent = hours;
                let courses = [practice(&[0], 16.0, 40.0), practice(&[0], 16.0, 40.0)];
                let gained = of(std::slice::from_ref(&fast), &courses, 80.0);
                let shown = gained.traits[Trait::CompassionMotive as usize];
                assert!((shown - 0.5).abs() < 1e-9, "{onset:?}, {hours} hours: {shown}");
            }
        }
    }

    #[test]
    fn a_week_has_its_share_of_the_hours() {
        let practices = [practice(&[0], 16.0, 8.0), practice(&[1], 6.0, 2.0)];
        let in_week = |week| assigned_in_week(&practices, &[0, 0], week).collect::<Vec<_>>();
        assert_eq!(in_week(0.0), [(0, 2.0), (1, 0.0)]);
        assert_eq!(in_week(8.0), [(0, 0.0), (1, 3.0)]);
        assert_eq!(in_week(10.0), [(0, 0.0), (1, 0.0)]);
    }
}
