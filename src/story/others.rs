//! How other people fare in the same scene: what a person's course is held against.

use crate::engine::run::Experiment;
use crate::engine::trajectory::{Trajectory, trajectory};
use crate::model::State;
use crate::statistics::squared;

/// People who are looked at: enough for quartiles.
const PEOPLE: u32 = 200;

/// Where a value lies among those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the lowest quarter.
    Low,
    /// In the middle half.
    Middle,
    /// In the highest quarter.
    High,
}

/// Courses of other people in the same condition.
pub struct Others {
    courses: Vec<Trajectory>,
}

impl Others {
    /// Others whose courses these are.
    pub fn new(courses: Vec<Trajectory>) -> Self {
        Self { courses }
    }

    /// The courses.
    #[cfg(test)]
    pub(super) fn courses(self) -> Vec<Trajectory> {
        self.courses
    }

    /// The first two hundred people of a condition, or as many as there are.
    pub fn of(experiment: &Experiment, condition: usize, replicate: u32) -> Self {
        let scenario = experiment.scenario;
        let (condition, agents) = (&scenario.conditions[condition], scenario.run.agents);
        let one = |agent| trajectory(experiment, condition, replicate, agent);
        Self::new((0..PEOPLE.min(agents)).filter_map(one).collect())
    }

    /// Where a state lies at a step; in the middle where it differs from the quartile by less than `least`.
    pub fn place_at(&self, step: usize, value: f64, least: f64, read: impl Fn(&State<f64>) -> f64) -> Place {
        let all = self.courses.iter().filter_map(|it| it.states.get(step));
        place(value, least, all.map(read).collect())
    }

    /// Where something that can be read from a course lies among those of the others of whom it can be read.
    pub fn place_of(&self, value: f64, least: f64, read: impl Fn(&Trajectory) -> Option<f64>) -> Place {
        place(value, least, self.courses.iter().filter_map(read).collect())
    }

    /// Standard deviation between people of what can be read from their states at a time.
    pub fn spread(&self, time_s: f64, read: impl Fn(&State<f64>) -> f64) -> f64 {
        let all = self.courses.iter().filter_map(|it| it.at(time_s));
        let values: Vec<f64> = all.map(read).collect();
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        (values.iter().map(|it| squared(it - mean)).sum::<f64>() / count).sqrt()
    }

    /// The part of the others of whom something is true.
    pub fn share(&self, holds: impl Fn(&Trajectory) -> bool) -> f64 {
        let those = self.courses.iter().filter(|it| holds(it)).count();
        those as f64 / self.courses.len().max(1) as f64
    }
}

/// Below the first quartile, above the third, or neither.
fn place(value: f64, least: f64, mut all: Vec<f64>) -> Place {
    if all.is_empty() {
        return Place::Middle;
    }
    all.sort_by(f64::total_cmp);
    let last = all.len() - 1;
    let (low, high) = (all[last / 4], all[last - last / 4]);
    if value < low - least {
        Place::Low
    } else if value > high + least {
        Place::High
    } else {
        Place::Middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_quarters() {
        let all: Vec<f64> = (0..=100).map(f64::from).collect();
        for (value, expected) in [
            (10.0, Place::Low),
            (24.0, Place::Low),
            (50.0, Place::Middle),
            (76.0, Place::High),
        ] {
            assert_eq!(place(value, 0.5, all.clone()), expected, "{value}");
        }
        assert_eq!(place(24.0, 2.0, all), Place::Middle);
        assert_eq!(place(1.0, 0.0, Vec::new()), Place::Middle);
    }
}
