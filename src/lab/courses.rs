//! How people are in the course of the scene.

use super::everybody::hundredths;
use crate::engine::run::Experiment;
use crate::engine::timecourse::{Course, Quantity, TimeCourses, time_courses};
use serde_json::{Value, json};

/// Mean and quartiles of what is followed, in the first conditions.
pub(super) fn courses(experiment: &Experiment) -> Value {
    let TimeCourses { times_s, conditions } = time_courses(experiment);
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
