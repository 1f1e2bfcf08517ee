//! Slow states over months: still without a cause, turning with one.

use super::{d, scenario, tallies};
use compassion::scenario::Measure;

/// Half a year of everyday life changes nothing on average: people begin in the life that they lead. 10,000 people: a difference between
/// moments has a standard error of .014.
#[test]
fn everyday_life_stands_still() {
    let arms = tallies(&scenario(
        "[run]\nseed = 3\nagents = 10_000\n[timeline]\nweeks = 26\nmeasure_at = [0, 26]\n[[condition]]\nname = 'life'\n",
    ));
    for measure in [
        Measure::Burnout,
        Measure::CompassionSatisfaction,
        Measure::Fatigue,
        Measure::Connectedness,
        Measure::Belonging,
        Measure::PositiveMood,
        Measure::LowMood,
        Measure::Stress,
        Measure::Resilience,
        Measure::Meaning,
        Measure::PhysicalHealth,
        Measure::SupportReceived,
        Measure::Compassion,
    ] {
        let moved = d(&arms[0].course[1], &arms[0].course[0], measure);
        assert!(moved.abs() < 0.06, "{measure:?} {moved:+.3}");
    }
}

/// The vicious circle starts with isolation, grows over the weeks, runs through inflammation, and stops with the milieu.
#[test]
fn isolation_starts_the_vicious_circle() {
    let arms = tallies(&scenario(
        "[run]\nseed = 4\nagents = 10_000\n[timeline]\nweeks = 26\nmeasure_at = [0, 4, 26]\n\
         [[condition]]\nname = 'connected'\n[[condition]]\nname = 'isolated'\nnetwork = -2.0\n\
         [[condition]]\nname = 'without milieu'\nnetwork = -2.0\nknockout = ['milieu']\n",
    ));
    let of = |arm: usize, moment: usize, measure| d(&arms[arm].course[moment], &arms[0].course[moment], measure);
    assert!(of(1, 0, Measure::LowMood).abs() < 1e-9, "nothing before it begins");
    for (measure, sign) in [
        (Measure::LowMood, 1.0),
        (Measure::PhysicalHealth, -1.0),
        (Measure::Belonging, -1.0),
        (Measure::Compassion, -1.0),
    ] {
        let (early, late) = (sign * of(1, 1, measure), sign * of(1, 2, measure));
        assert!(late > 0.1 && late > early, "{measure:?}: {early:.3}, then {late:.3}");
    }
    let lost = |measure| {
        let mean = |arm: usize| arms[arm].course[2].measures[&measure].mean();
        mean(0) - mean(1)
    };
    assert!(
        lost(Measure::Belonging) > lost(Measure::Connectedness) + 0.01,
        "more is felt to be lost than is: {:.3} of {:.3}",
        lost(Measure::Belonging),
        lost(Measure::Connectedness)
    );
    assert!((of(2, 2, Measure::LowMood) - of(2, 0, Measure::LowMood)).abs() < 0.05);
}

/// The virtuous circle: kindness practice lifts mood, mood ties, and it is more than half gone some weeks after practice stops.
#[test]
fn practice_starts_the_virtuous_circle_and_it_fades() {
    let arms = tallies(&scenario(
        "[run]\nseed = 6\nagents = 10_000\n[timeline]\nweeks = 8\nmeasure_at = [0, 8, 12, 34]\n\
         [[condition]]\nname = 'waiting'\n\
         [[condition]]\nname = 'kindness'\ntraining = [{ program = 'compassion', hours = 40, weeks = 8 }]\n",
    ));
    let of = |moment: usize, measure| d(&arms[1].course[moment], &arms[0].course[moment], measure);
    let mood = [1, 2, 3].map(|it| of(it, Measure::PositiveMood));
    assert!(
        mood[0] > 0.2 && mood[1] < 0.5 * mood[0] && mood[2].abs() < 0.1,
        "{mood:?}"
    );
    assert!(of(1, Measure::Connectedness) > 0.02 && of(1, Measure::LowMood) < -0.05);
    let helping = [1, 3].map(|it| of(it, Measure::Helped));
    assert!(
        helping[1] > 0.5 * helping[0] && helping[1] < helping[0],
        "the skill outlasts the mood: {helping:?}"
    );
}
