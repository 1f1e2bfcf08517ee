//! How people are in the course of a scene: mean and middle half of a few hundred of them.

use super::cohort::Cohort;
use super::driver::{Observation, Observer};
use super::monitor::Stopped;
use super::place::Place;
use super::run::Experiment;
use super::watch::Watch;
use crate::model::State;
use crate::model::scene;
use crate::scenario::Condition;
use crate::statistics::quantile;
use serde::{Deserialize, Serialize};

/// People who are followed: enough for smooth bands.
const PEOPLE: u32 = 400;

/// Points in time at which they are looked at, after the start, at most; always at the end of a step.
const POINTS: u32 = 80;

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Quantity {
    /// Attention to the one in need, 0–1.
    Attention,
    /// Affective sharing.
    AffectiveSharing,
    /// Personal distress.
    PersonalDistress,
    /// Compassion.
    Compassion,
    /// Tendency to help; decides at 1.
    Help,
    /// Tendency to leave; decides at 1.
    Leave,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: [Self; 6] = [
        Self::Attention,
        Self::AffectiveSharing,
        Self::PersonalDistress,
        Self::Compassion,
        Self::Help,
        Self::Leave,
    ];

    /// The word in tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::AffectiveSharing => "affective_sharing",
            Self::PersonalDistress => "personal_distress",
            Self::Compassion => "compassion",
            Self::Help => "help",
            Self::Leave => "leave",
        }
    }

    fn of(self, state: &State<f64>) -> f64 {
        match self {
            Self::Attention => state.attention,
            Self::AffectiveSharing => state.affective_sharing,
            Self::PersonalDistress => state.personal_distress,
            Self::Compassion => state.compassion,
            Self::Help => state.help,
            Self::Leave => state.leave,
        }
    }
}

/// One quantity in the course of a scene, one value for each point in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Mean over people.
    pub mean: Vec<f64>,
    /// Median.
    pub median: Vec<f64>,
    /// First quartile.
    pub lower: Vec<f64>,
    /// Third quartile.
    pub upper: Vec<f64>,
}

/// Conditions of which the course is taken at most, the first ones.
pub const MOST_CONDITIONS: usize = 12;

/// The courses of the scenes of some conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeCourses {
    /// Points in time from 0 to the end of the longest of the scenes, in seconds.
    pub times_s: Vec<f64>,
    /// The courses of all quantities in each condition, indexed by `Quantity as usize`.
    pub conditions: Vec<[Course; Quantity::ALL.len()]>,
}

/// Observes the course of the scene in the first conditions, at the moment that stands for the whole: of the first 400 people of the first
/// population, or as many as there are, as they come into it. After the decision people are shown as at the decision.
pub struct CourseObserver<'a> {
    experiment: &'a Experiment<'a>,
    times_s: Vec<f64>,
}

impl<'a> CourseObserver<'a> {
    /// Of an experiment.
    pub fn new(experiment: &'a Experiment<'a>) -> Self {
        let shown = experiment.scenario.conditions.iter().take(MOST_CONDITIONS);
        Self {
            times_s: times_s(shown, experiment.world().longest_step_s),
            experiment,
        }
    }

    /// The courses that were observed in each condition.
    pub fn courses(self, conditions: Vec<[Course; Quantity::ALL.len()]>) -> TimeCourses {
        TimeCourses {
            times_s: self.times_s,
            conditions,
        }
    }
}

impl Observer for CourseObserver<'_> {
    type Sight = Option<[Course; Quantity::ALL.len()]>;
    /// Nothing in blocks beside the first.
    type State = Vec<[Course; Quantity::ALL.len()]>;

    fn wants(&self, place: Place) -> bool {
        place.condition < MOST_CONDITIONS && place.is_main(self.experiment.scenario)
    }

    fn sight(&self, _: usize) -> Self::Sight {
        None
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        if !seen.is_of_the_first_block() {
            return;
        }
        let (condition, world) = (seen.condition, &self.experiment.world());
        // Whole groups, at least one.
        let size = condition.unit.size();
        let wanted = PEOPLE.max(size).min(self.experiment.scenario.run.agents) / size * size;
        let participants = seen.participants.first(wanted as usize);
        let steps = scene::steps(&condition.situation, world.longest_step_s);
        let mut watch = Album {
            step_s: condition.situation.window_s / f64::from(steps),
            times_s: &self.times_s,
            people: participants.people.count,
            values: vec![[0.0; Quantity::ALL.len()]; participants.people.count * self.times_s.len()],
            seen: vec![0; participants.people.count],
        };
        participants.watch(world, condition, &mut watch);
        watch.hold();
        *sight = Some(Quantity::ALL.map(|quantity| watch.course(quantity as usize)));
    }

    fn gather(&self, _: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        Ok(sights.into_iter().flatten().collect())
    }
}

/// Points in time from 0 to the end of the longest of the scenes, in seconds.
fn times_s<'a>(conditions: impl Iterator<Item = &'a Condition>, longest_step_s: f64) -> Vec<f64> {
    let longer = |one: &&Condition, other: &&Condition| one.situation.window_s.total_cmp(&other.situation.window_s);
    let Some(longest) = conditions.max_by(longer) else {
        return Vec::new();
    };
    let steps = scene::steps(&longest.situation, longest_step_s);
    let step_s = longest.situation.window_s / f64::from(steps);
    let stride = steps.div_ceil(POINTS) as usize;
    let points = (0..steps).step_by(stride).chain([steps]);
    points.map(|it| f64::from(it) * step_s).collect()
}

/// How each person was at each point in time.
struct Album<'a> {
    step_s: f64,
    times_s: &'a [f64],
    people: usize,
    /// By person and point in time.
    values: Vec<[f32; Quantity::ALL.len()]>,
    /// The last point in time that each person has reached.
    seen: Vec<usize>,
}

impl Watch for Album<'_> {
    fn see(&mut self, place: usize, steps: u32, state: &State<f64>) {
        if place >= self.people {
            return;
        }
        // The first point in time not before this step; a later step before that point overwrites it.
        let now = f64::from(steps) * self.step_s - 1e-9 * self.step_s;
        let point = self.times_s.partition_point(|it| *it < now).min(self.times_s.len() - 1);
        self.hold_until(place, point);
        #[expect(clippy::cast_possible_truncation, reason = "states are single precision")]
        let values = Quantity::ALL.map(|it| it.of(state) as f32);
        self.values[place * self.times_s.len() + point] = values;
    }
}

impl Album<'_> {
    /// Points in time up to this one show the person as last seen.
    fn hold_until(&mut self, person: usize, point: usize) {
        let own = &mut self.values[person * self.times_s.len()..][..self.times_s.len()];
        let last = own[self.seen[person]];
        for it in own.iter_mut().take(point + 1).skip(self.seen[person] + 1) {
            *it = last;
        }
        self.seen[person] = self.seen[person].max(point);
    }

    fn hold(&mut self) {
        for person in 0..self.people {
            self.hold_until(person, self.times_s.len() - 1);
        }
    }

    fn course(&self, quantity: usize) -> Course {
        let mut course = Course {
            mean: Vec::with_capacity(self.times_s.len()),
            median: Vec::with_capacity(self.times_s.len()),
            lower: Vec::with_capacity(self.times_s.len()),
            upper: Vec::with_capacity(self.times_s.len()),
        };
        for point in 0..self.times_s.len() {
            let people = self.values.iter().skip(point).step_by(self.times_s.len());
            let mut now: Vec<f32> = people.map(|it| it[quantity]).collect();
            now.sort_by(f32::total_cmp);
            course
                .mean
                .push(now.iter().map(|it| f64::from(*it)).sum::<f64>() / now.len() as f64);
            course.median.extend(quantile(&now, 0.5));
            course.lower.extend(quantile(&now, 0.25));
            course.upper.extend(quantile(&now, 0.75));
        }
        course
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::driver::Observed;
    use crate::engine::monitor::Unwatched;
    use crate::engine::trajectory::trajectory;
    use crate::parameters::shipped;

    /// The mean of ten people is the mean of their ten trajectories, at every point that is also a step.
    #[test]
    fn a_course_is_the_mean_of_trajectories() {
        let parameters = shipped();
        let mut scenario = crate::engine::test_scenario(&["test"]);
        scenario.conditions[0].situation.need = 0.7;
        scenario.run.agents = 10;
        let condition = &scenario.conditions[0];
        let experiment = Experiment::new(&scenario, &parameters);
        let observer = CourseObserver::new(&experiment);
        let times = observer.times_s.clone();
        assert_eq!((times[0], times.len(), times.last()), (0.0, 61, Some(&30.0)));
        let mut courses = Vec::new();
        let everybody = Observed::everybody(&experiment, &observer);
        everybody.run_to_end(&Unwatched, |block| courses.extend(block)).unwrap();
        let courses = &courses[0];
        let one = |agent| trajectory(&experiment, condition, 0, agent).unwrap();
        let people: Vec<_> = (0..10).map(one).collect();
        for quantity in Quantity::ALL {
            for (point, time) in times.iter().enumerate() {
                let at = |it: &crate::engine::trajectory::Trajectory| {
                    let step = it.times_s.iter().position(|it| (it - time).abs() < 1e-9).unwrap();
                    quantity.of(&it.states[step])
                };
                let mean = people.iter().map(at).sum::<f64>() / 10.0;
                let course = &courses[quantity as usize];
                assert!((course.mean[point] - mean).abs() < 1e-6, "{quantity:?} at {time} s");
                let quartiles = [course.lower[point], course.median[point], course.upper[point]];
                assert!(quartiles.is_sorted(), "{quartiles:?}");
            }
        }
    }
}
