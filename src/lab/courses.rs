//! How people are in the course of the scene.

use super::everybody::hundredths;
use crate::engine::block::BLOCK;
use crate::engine::driver::Observed;
use crate::engine::monitor::Unwatched;
use crate::engine::run::Experiment;
use crate::engine::timecourse::{Course, CourseObserver, Quantity, TimeCourses};
use serde_json::{Value, json};

/// Mean and quartiles of what is followed, in the first conditions.
pub(super) fn courses(experiment: &Experiment) -> Value {
    let observer = CourseObserver::new(experiment);
    // The first block holds all who are followed.
    let observed = Observed {
        people: 0..experiment.scenario.run.agents.min(BLOCK),
        replicates: 0..1,
        ..Observed::everybody(experiment, &observer)
    };
    let mut seen = Vec::new();
    observed
        .run_to_end(&Unwatched, |courses| seen.extend(courses))
        .expect("nobody stops it");
    let TimeCourses { times_s, conditions } = observer.courses(seen);
    let rounded = |values: &[f64]| values.iter().map(|value| thousandths(*value)).collect::<Vec<f64>>();
    let told = |course: &Course| {
        json!({
            "mean": rounded(&course.mean),
            "lower": rounded(&course.lower),
            "upper": rounded(&course.upper),
        })
    };
    let by_condition = conditions.iter().map(|courses| {
        let quantities = Quantity::ALL.iter().zip(courses);
        let named = quantities.map(|(quantity, course)| (key(*quantity).to_owned(), told(course)));
        Value::Object(named.collect())
    });
    json!({
        "times_s": times_s.iter().map(|time| hundredths(*time)).collect::<Vec<_>>(),
        "conditions": by_condition.collect::<Vec<_>>(),
    })
}

/// The name of what is followed, as in tables.
const fn key(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Attention => "attention",
        Quantity::AffectiveSharing => "affective_sharing",
        Quantity::PersonalDistress => "personal_distress",
        Quantity::Compassion => "compassion",
        Quantity::Help => "help_tendency",
        Quantity::Leave => "leave_tendency",
    }
}

/// Rounded to thousandths: shorter, and finer than a screen.
pub(super) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
