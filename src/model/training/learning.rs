//! How much of a program's change a person has gained: practice, learning, the boost of the day, forgetting.
//!
//! People differ in how much of what is assigned they practise, and in how much an hour teaches them.

use super::Onset;
use crate::lanes::Real;
use crate::lanes::functions::{exp, logistic};
use serde::{Deserialize, Serialize};

/// Parameters of learning.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Share of the assigned hours that people practise on average.
    pub share_practised: f64,
    /// How much people differ in that share, as a logit.
    pub adherence_spread: f64,
    /// How much people differ in what an hour teaches them, as a logarithm.
    pub rate_spread: f64,
    /// Gain of what an hour teaches for each SD of the belief that empathy can be cultivated, as a logarithm.
    pub belief_weight: f64,
    /// Weeks after which 63 % of a late change shows, however much was practised.
    pub consolidation_weeks: f64,
    /// Share of a program's change that one session brings at once.
    pub boost: f64,
    /// Minutes of a session after which 63 % of that boost is reached.
    pub boost_minutes: f64,
    /// Half-life of the boost, in hours.
    pub boost_half_life_hours: f64,
}

/// What a person has learnt of a program, as shares of its full changes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Skill {
    /// Of the changes that come with the first hours.
    pub early: f64,
    /// Of the changes that are built on them.
    pub late: f64,
}

/// The share of assigned hours that a person practises.
///
/// ```text
/// a = σ(logit(mean) · √(1 + π s²/8) + s z)
/// ```
///
/// | symbol | argument | meaning                                    | unit  | range  |
/// |--------|----------|--------------------------------------------|-------|--------|
/// | `mean` | `mean`   | average over people                        | 1     | (0, 1) |
/// | `s`    | `spread` | how much people differ                     | logit | ≥ 0    |
/// | `z`    | `z`      | where the person stands, standard normal   | SD    | any    |
///
/// The root keeps the average where it should be (the logistic-normal integral by its probit approximation, within .005).
///
/// # Source
///
/// `parsons2017`: people practise 64 % of what is assigned; the spread is an assumption.
#[inline(always)]
pub fn adherence<R: Real>(mean: f64, spread: f64, z: R) -> R {
    let centre = libm::log(mean / (1.0 - mean)) * (1.0 + std::f64::consts::PI * spread * spread / 8.0).sqrt();
    logistic(R::splat(centre) + R::splat(spread) * z)
}

/// How much an hour teaches a person, relative to the median.
///
/// ```text
/// rate = exp(s z + w b)
/// ```
///
/// `b` is the person's belief that empathy can be cultivated, in SD; `w` is 0 where that mechanism is switched off.
///
/// # Source
///
/// Practised hours and outcomes go together with r = .26 within studies (`parsons2017`): with `s` = 1 the model's gains do, too.
/// Belief speeds learning: `mascaro2015` (arrow 44), `schumann2014`; `w` is an assumption.
#[inline(always)]
pub fn rate<R: Real>(spread: f64, z: R, belief_weight: f64, belief: R) -> R {
    exp(R::splat(spread) * z + R::splat(belief_weight) * belief)
}

impl Skill {
    /// The skill after so much more practice.
    ///
    /// ```text
    /// early' = 1 − (1 − early) e⁻ˣ
    /// late'  = 1 − ((1 − late) + (1 − early) x) e⁻ˣ
    /// ```
    ///
    /// `x` is the person's rate times the hours practised, in units of the program's hours to 63 %. Two stages in a row, exactly solved:
    /// what comes late grows out of what came early.
    ///
    /// # Limits
    ///
    /// From nothing: `early` ≈ x and `late` ≈ x²/2 after few hours, both 1 after very many. Two halves of a course make one course.
    ///
    /// # Source
    ///
    /// Saturation: hours do not moderate effects beyond a short course (`tvbm2016`, `strohmaier2020`), while one day already changes
    /// affect (`klimecki2014`). Late changes: `mascaro2015`, accuracy first, affect and motivation with more extensive practice. The form is an assumption.
    #[must_use]
    pub fn practised(self, x: f64) -> Self {
        debug_assert!(x >= 0.0, "{x}");
        let kept = libm::exp(-x);
        // x e⁻ˣ is nothing in the limit, also where no number holds x.
        let missing = if kept > 0.0 {
            ((1.0 - self.late) + (1.0 - self.early) * x) * kept
        } else {
            0.0
        };
        Self {
            early: 1.0 - (1.0 - self.early) * kept,
            late: 1.0 - missing,
        }
    }

    /// The skill after a time without practice: half is left after each half-life.
    ///
    /// # Source
    ///
    /// No loss within six months (`tvbm2016`), resources kept at fifteen (`cohn2010`): half-lives of about a year, an assumption.
    #[must_use]
    pub fn rested(self, weeks: f64, half_life_weeks: f64) -> Self {
        let kept = libm::exp2(-weeks / half_life_weeks);
        Self {
            early: self.early * kept,
            late: self.late * kept,
        }
    }

    /// The share of a change that shows `weeks` after practice began.
    ///
    /// What comes late also needs time, `1 − exp(−(weeks / τ)²)`: nothing on the same day, 63 % after τ.
    ///
    /// # Source
    ///
    /// Fiction changes feeling with others after a week, not at once (`balveltkamp2013`). The square (what is to settle must first be rehearsed,
    /// so that both take time) is an assumption: with the plain exponential an eighth was there on the same day.
    pub fn shown(self, onset: Onset, weeks: f64, consolidation_weeks: f64) -> f64 {
        match onset {
            Onset::Early => self.early,
            Onset::Late => self.late * -libm::expm1(-(weeks / consolidation_weeks) * (weeks / consolidation_weeks)),
        }
    }
}

/// The boost of a session: a share of the full change that comes at once and is gone within a day.
///
/// ```text
/// boost · (1 − exp(−minutes / τ)) · 2^(−hours since / half-life)
/// ```
///
/// # Source
///
/// Seven minutes of loving-kindness raise warmth towards strangers (`hutcherson2008`), a single session of mindfulness helping (`berry2020`).
/// Size and times are assumptions.
pub fn boost(parameters: &Parameters, minutes: f64, hours_since: f64) -> f64 {
    parameters.boost
        * -libm::expm1(-minutes / parameters.boost_minutes)
        * libm::exp2(-hours_since / parameters.boost_half_life_hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Skill = Skill { early: 0.0, late: 0.0 };

    /// By hand: after x = 1, 1 − 1/e = .632 121 of what comes early and 1 − 2/e = .264 241 of what comes late.
    #[test]
    fn more_practice_than_any_number_holds_teaches_all() {
        let half = Skill { early: 0.5, late: 0.2 };
        for from in [Skill::default(), half, Skill { early: 1.0, late: 1.0 }] {
            for x in [800.0, 1e300, f64::INFINITY] {
                let all = from.practised(x);
                assert_eq!((all.early, all.late), (1.0, 1.0), "{x}");
                assert_eq!(all.practised(x), all);
            }
        }
        assert_eq!(half.rested(1.0, f64::MIN_POSITIVE), Skill::default());
    }

    #[test]
    fn an_hours_to_63_percent_teaches_63_percent() {
        let skill = NOTHING.practised(1.0);
        assert!((skill.early - 0.632_120_558_828_557_7).abs() < 1e-15);
        assert!((skill.late - 0.264_241_117_657_115_4).abs() < 1e-15);
        assert_eq!(NOTHING.practised(0.0), NOTHING);
        assert_eq!(NOTHING.practised(1e3), Skill { early: 1.0, late: 1.0 });
    }

    #[test]
    fn two_halves_of_a_course_make_one_course() {
        let (halves, whole) = (NOTHING.practised(0.8).practised(0.8), NOTHING.practised(1.6));
        assert!((halves.early - whole.early).abs() < 1e-15 && (halves.late - whole.late).abs() < 1e-15);
    }

    #[test]
    fn what_comes_late_is_never_ahead_and_more_practice_never_teaches_less() {
        let mut before = NOTHING;
        for step in 1..200 {
            let skill = NOTHING.practised(f64::from(step) * 0.05);
            assert!(skill.late < skill.early && skill.early > before.early && skill.late > before.late);
            before = skill;
        }
    }

    #[test]
    fn half_is_forgotten_in_a_half_life() {
        let skill = Skill { early: 0.8, late: 0.4 }.rested(52.0, 52.0);
        assert!((skill.early - 0.4).abs() < 1e-15 && (skill.late - 0.2).abs() < 1e-15);
    }

    #[test]
    fn late_changes_take_time_as_well_as_hours() {
        let skill = Skill { early: 1.0, late: 1.0 };
        assert_eq!(skill.shown(Onset::Late, 0.0, 1.0), 0.0);
        assert!(
            skill.shown(Onset::Late, 1.0 / 7.0, 1.0) < 0.025,
            "nothing on the same day"
        );
        assert!((skill.shown(Onset::Late, 1.0, 1.0) - 0.632_120_558_828_557_7).abs() < 1e-15);
        assert!(skill.shown(Onset::Late, 8.0, 1.0) > 0.999);
        assert_eq!(skill.shown(Onset::Early, 0.0, 1.0), 1.0);
    }

    /// The mean of the logistic normal, by the trapezoidal rule over ±8 SD.
    #[test]
    fn people_practise_the_average_share() {
        for spread in [0.0, 0.8, 1.5] {
            let (mut sum, mut mass) = (0.0, 0.0);
            for step in -800..=800 {
                let z = f64::from(step) / 100.0;
                let weight = libm::exp(-0.5 * z * z);
                sum += weight * adherence(0.64, spread, z);
                mass += weight;
            }
            assert!((sum / mass - 0.64).abs() < 0.006, "{spread}: {}", sum / mass);
        }
    }

    #[test]
    fn belief_speeds_learning_and_its_knock_out_does_not() {
        assert!(rate(1.0, 0.3, 0.2, 1.0) > rate(1.0, 0.3, 0.2, 0.0));
        assert_eq!(rate(1.0, 0.3, 0.0, 1.0), rate(1.0, 0.3, 0.0, -1.0));
        assert_eq!(rate(0.0, 2.0, 0.0, 2.0), 1.0);
    }

    #[test]
    fn a_boost_is_gone_within_a_day() {
        let parameters = crate::parameters::shipped().learning;
        let at = |hours| boost(&parameters, 30.0, hours);
        assert!(at(0.0) > 0.5 * parameters.boost && at(24.0) < 0.02 * parameters.boost);
        assert_eq!(boost(&parameters, 0.0, 0.0), 0.0);
    }
}
