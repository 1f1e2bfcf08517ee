//! What the same people show on the measure that is asked about two conditions: by how much it differs, and in whom.

use super::profile::{FEATURES, Profile};
use crate::contrast::Asked;
use crate::engine::block::Participants;
use crate::statistics::{Estimate, Joint, Moments, Z_95, mean_interval, paired_difference, pooled_sd};
use serde::{Deserialize, Serialize};

/// By how many SD of the measure it must differ for a person to count as one in whom it does.
pub const LEAST_SD: f64 = 0.2;

/// What two conditions do to the measure of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// It is higher in the treatment by more than [`LEAST_SD`]; of a yes or no: only there.
    Higher,
    /// It is lower by as much; of a yes or no: only in the control.
    Lower,
    /// It is about the same.
    Same,
}

impl Shift {
    /// Every shift.
    pub const ALL: [Self; 3] = [Self::Higher, Self::Lower, Self::Same];
}

/// The measure that is asked about, of the same people in two conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasuredContrast {
    /// What is asked.
    pub asked: Asked,
    /// How much a person must differ by, in the unit of the measure; none: by anything.
    least: f64,
    /// Of a yes or no, who does in the treatment (first) and in the control (second).
    pub joint: Joint,
    /// The measure in the treatment, in the control, and the difference within people.
    treatment: Moments,
    control: Moments,
    difference: Moments,
    counts: [u64; 3],
    /// Who they are, in the order of [`Shift::ALL`]; empty where groups are counted.
    profiles: [Profile; 3],
}

impl MeasuredContrast {
    /// Nobody's measure; `sd` is that of the measure between people, as far as it is known beforehand.
    pub fn new(asked: Asked, sd: Option<f64>) -> Self {
        let least = if asked.is_share() {
            0.5
        } else {
            LEAST_SD * sd.unwrap_or(0.0)
        };
        Self {
            asked,
            least,
            joint: Joint::default(),
            treatment: Moments::default(),
            control: Moments::default(),
            difference: Moments::default(),
            counts: [0; 3],
            profiles: [Profile::default(); 3],
        }
    }

    /// Adds the people, or units, of a block; `participants` is who they are, where persons are counted.
    pub fn push(&mut self, treatment: &[f64], control: &[f64], participants: Option<&Participants>) {
        for (place, (there, here)) in treatment.iter().zip(control).enumerate() {
            let difference = there - here;
            self.treatment.push(*there);
            self.control.push(*here);
            self.difference.push(difference);
            if self.asked.is_share() {
                self.joint.push(*there > 0.0, *here > 0.0);
            }
            let shift = if difference > self.least {
                Shift::Higher
            } else if difference < -self.least {
                Shift::Lower
            } else {
                Shift::Same
            };
            self.counts[shift as usize] += 1;
            if let Some(participants) = participants {
                self.profiles[shift as usize].push(participants, place);
            }
        }
    }

    /// Adds later people.
    pub fn merge(&mut self, later: &Self) {
        self.joint += later.joint;
        self.treatment.merge(&later.treatment);
        self.control.merge(&later.control);
        self.difference.merge(&later.difference);
        for (own, later) in self.counts.iter_mut().zip(later.counts) {
            *own += later;
        }
        for (own, later) in self.profiles.iter_mut().zip(&later.profiles) {
            own.merge(later);
        }
    }

    /// How many people, or units.
    pub fn people(&self) -> u64 {
        self.difference.count()
    }

    /// Of how many the measure shifts so.
    pub fn count(&self, shift: Shift) -> u64 {
        self.counts[shift as usize]
    }

    /// The mean, or the share, in the control.
    pub fn control(&self) -> f64 {
        self.control.mean()
    }

    /// Treatment minus control within people, in the unit of the measure, with its 95 % interval; none of fewer than two people.
    pub fn difference(&self) -> Option<Estimate> {
        if self.asked.is_share() {
            paired_difference(self.joint, Z_95)
        } else {
            mean_interval(&self.difference, Z_95)
        }
    }

    /// SD of the measure between people, pooled over both conditions; none of a yes or no, and where nobody differs from anybody.
    pub fn sd(&self) -> Option<f64> {
        if self.asked.is_share() {
            return None;
        }
        pooled_sd(&self.treatment, &self.control)
    }

    /// The unit in which differences are told: SD of a measure, or people of one.
    pub fn unit(&self) -> f64 {
        self.sd().unwrap_or(1.0)
    }

    /// Decimals that tell the difference in SD: one more where it is small.
    pub fn decimals(&self) -> usize {
        let is_small = self.standardised().is_some_and(|it| it.value.abs() < 0.1);
        2 + usize::from(is_small)
    }

    /// The difference in SD between people, or, of a yes or no, as a share of people.
    pub fn standardised(&self) -> Option<Estimate> {
        let unit = self.unit();
        self.difference().map(|it| it.times(1.0 / unit))
    }

    /// By how many SD those whose measure shifts so exceed all others, in each trait and scale.
    pub fn who(&self, shift: Shift) -> [Option<Estimate>; FEATURES] {
        let mut others = Profile::default();
        for it in Shift::ALL.into_iter().filter(|it| *it != shift) {
            others.merge(&self.profiles[it as usize]);
        }
        self.profiles[shift as usize].against(&others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::place::Place;
    use crate::registry::Measure;

    fn told(measure: Measure, treatment: &[f64], control: &[f64]) -> MeasuredContrast {
        let place = |condition| Place { condition, moment: 0 };
        let asked = Asked {
            measure,
            treatment: place(1),
            control: place(0),
        };
        let mut told = MeasuredContrast::new(asked, Some(2.0));
        told.push(treatment, control, None);
        told
    }

    /// A fifth of an SD of 2 is .4: who differs by just as much does not count.
    #[test]
    fn who_hardly_differs_is_about_the_same() {
        let it = told(Measure::Burnout, &[1.0, 1.5, 0.0, 3.5], &[1.4, 1.0, 1.0, 3.5]);
        assert_eq!(Shift::ALL.map(|shift| it.count(shift)), [1, 1, 2]);
        let mean = it.difference().unwrap();
        assert!((mean.value - (-0.4 + 0.5 - 1.0) / 4.0).abs() < 1e-12 && mean.lower < mean.value);
        // Sums of squares 6.5 (around 1.5) and 4.3075 (around 1.725), over 6.
        let sd = it.sd().unwrap();
        assert!((sd * sd - (6.5 + 4.3075) / 6.0).abs() < 1e-12, "{sd}");
    }

    #[test]
    fn a_yes_or_no_is_a_share_of_people() {
        let it = told(Measure::Helped, &[1.0, 1.0, 0.0, 0.0], &[1.0, 0.0, 0.0, 1.0]);
        assert_eq!(Shift::ALL.map(|shift| it.count(shift)), [1, 1, 2]);
        assert_eq!((it.difference().unwrap().value, it.sd(), it.unit()), (0.0, None, 1.0));
    }
}
