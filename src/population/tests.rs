//! The drawn people against the published norms and correlations.

use super::scales::{NORMS, observed_correlation};
use super::*;
use crate::model::agent::TraitShift;
use crate::statistics::squared;

/// The cells of the suggested matrix with data behind them, and who reported them.
const WITH_DATA: [(Scale, Scale, f64, &str); 10] = [
    (Scale::IriPt, Scale::IriEc, 0.32, "davis1983"),
    (Scale::IriPt, Scale::IriPd, -0.22, "davis1983"),
    (Scale::IriEc, Scale::IriPd, 0.06, "davis1983"),
    (Scale::IriFs, Scale::IriPt, 0.11, "davis1983"),
    (Scale::IriFs, Scale::IriEc, 0.30, "davis1983"),
    (Scale::IriFs, Scale::IriPd, 0.10, "davis1983"),
    (Scale::ErqReappraisal, Scale::ErqSuppression, -0.01, "gross2003"),
    (Scale::IriPt, Scale::MindfulAttention, 0.35, "borghi2023, shrunk"),
    (Scale::IriPt, Scale::DepressiveSymptoms, -0.10, "yan2021, near"),
    (Scale::IriEc, Scale::DepressiveSymptoms, 0.05, "yan2021, near"),
];

/// The cells that are guesses, and whether the model meets them.
const GUESSED: [(Scale, Scale, f64, bool); 18] = [
    (Scale::ErqReappraisal, Scale::IriPt, 0.20, true),
    (Scale::ErqReappraisal, Scale::IriEc, 0.10, true),
    (Scale::ErqReappraisal, Scale::IriPd, -0.15, false),
    (Scale::ErqReappraisal, Scale::IriFs, 0.05, true),
    (Scale::ErqSuppression, Scale::IriPt, -0.05, true),
    (Scale::ErqSuppression, Scale::IriEc, -0.20, true),
    (Scale::ErqSuppression, Scale::IriPd, 0.05, true),
    (Scale::ErqSuppression, Scale::IriFs, -0.08, true),
    (Scale::MindfulAttention, Scale::IriEc, 0.15, true),
    (Scale::MindfulAttention, Scale::IriPd, -0.20, true),
    (Scale::MindfulAttention, Scale::IriFs, 0.15, true),
    (Scale::MindfulAttention, Scale::ErqReappraisal, 0.20, true),
    (Scale::MindfulAttention, Scale::ErqSuppression, -0.15, true),
    (Scale::DepressiveSymptoms, Scale::IriPd, 0.30, false),
    (Scale::DepressiveSymptoms, Scale::IriFs, 0.05, true),
    (Scale::DepressiveSymptoms, Scale::ErqReappraisal, -0.20, true),
    (Scale::DepressiveSymptoms, Scale::ErqSuppression, 0.20, true),
    (Scale::DepressiveSymptoms, Scale::MindfulAttention, -0.20, true),
];

const PEOPLE: usize = 100_000;

#[test]
fn questionnaires_go_together_as_published() {
    let correlation = Population::norm().correlation();
    for (first, second, published, source) in WITH_DATA {
        let r = observed_correlation(correlation, first, second);
        assert!(
            (r - published).abs() < 0.005,
            "{first:?} with {second:?}: {published:+.2} published ({source}), {r:+.3} here"
        );
    }
}

#[test]
fn the_guessed_cells_that_are_missed_are_the_ones_that_the_docs_name() {
    let correlation = Population::norm().correlation();
    for (first, second, guess, met) in GUESSED {
        let r = observed_correlation(correlation, first, second);
        assert_eq!(
            (r - guess).abs() < 0.05,
            met,
            "{first:?} with {second:?}: {guess:+.2} guessed, {r:+.3} here"
        );
    }
}

/// With 100,000 people the standard error of a mean is .003 SD, of an SD .2 % and of a correlation at most .003; the
/// tolerances are five of these and more, so on the fixed stream a failure is a change and not bad luck.
#[test]
fn drawn_people_have_the_published_norms_and_correlations() {
    let people = people(PEOPLE);
    for (it, norm) in NORMS.iter().enumerate() {
        let scale = Scale::MEASURED[it];
        let scores: Vec<f64> = people.iter().map(|person| points(&person.scales)[it]).collect();
        let (mean, sd) = mean_and_sd(&scores);
        assert!(
            (mean - norm.mean).abs() < 0.015 * norm.sd,
            "{scale:?}: mean {mean} of {}",
            norm.mean
        );
        assert!((sd / norm.sd - 1.0).abs() < 0.015, "{scale:?}: SD {sd} of {}", norm.sd);
        assert!(scores.iter().all(|it| (norm.lowest..=norm.highest).contains(it)));
    }
    for (first, second, published, source) in WITH_DATA {
        let r = correlation(&seen(&people, first), &seen(&people, second));
        assert!(
            (r - published).abs() < 0.03,
            "{first:?} with {second:?}: {published:+.2} published ({source}), {r:+.3} drawn"
        );
    }
}

#[test]
fn drawn_traits_have_the_correlations_of_the_table() {
    let people = people(PEOPLE);
    let table = Population::norm().correlation();
    for first in Trait::ALL {
        let of_first: Vec<f64> = people.iter().map(|it| it.latent.traits[first as usize]).collect();
        let (mean, sd) = mean_and_sd(&of_first);
        assert!(mean.abs() < 0.015 && (sd - 1.0).abs() < 0.015, "{first:?} {mean} {sd}");
        for second in Trait::ALL {
            let of_second: Vec<f64> = people.iter().map(|it| it.latent.traits[second as usize]).collect();
            let r = correlation(&of_first, &of_second);
            let expected = table[[first as usize, second as usize]];
            assert!((r - expected).abs() < 0.016, "{first:?} {second:?}: {r} of {expected}");
        }
    }
}

#[test]
fn the_factor_multiplies_back_to_the_table() {
    let population = Population::norm();
    let lower = Array2::from_shape_fn((LATENTS, LATENTS), |(i, j)| population.factor()[i][j]);
    for (at, r) in lower.dot(&lower.t()).indexed_iter() {
        assert!((r - population.correlation()[at]).abs() < 1e-14, "{at:?}");
    }
}

#[test]
fn a_shifted_population_shows_it_on_the_questionnaires_that_see_the_trait() {
    let population = Population::norm();
    let mut lower_mood = PopulationShift::default();
    lower_mood[Trait::LowMood as usize] = TraitShift { mean: 1.0, sd: 0.0 };

    let errors = [0.0; SCALES];
    let before = population.latent(&[0.0; LATENTS]);
    let after = Latent {
        traits: shift(&before.traits, &lower_mood),
        ..before
    };

    let (before, after) = (population.scales(&before, &errors), population.scales(&after, &errors));
    // A form has whole points: a little more than one of them shows as one or two.
    assert!(after.iri_pd >= before.iri_pd + 1.0);
    assert_eq!((after.iri_pt, after.iri_ec), (before.iri_pt, before.iri_ec));
}

#[test]
fn nobody_scores_beyond_the_form() {
    let population = Population::norm();
    let scales = population.scales(&population.latent(&[9.0; LATENTS]), &[9.0; SCALES]);
    assert_eq!((scales.iri_fs, scales.erq_suppression), (28.0, 7.0));
}

/// Exact bits: only `+ − × /` and square roots go in, so every machine must agree. A second implementation, in Python,
/// gave the same four numbers, the last of them 14.315, of which a form shows the whole points.
#[test]
fn the_same_draws_make_the_same_person_to_the_last_bit() {
    let draws: [f64; DRAWS] = std::array::from_fn(|it| (it as f64 - 9.5) / 8.0);
    let population = Population::norm();
    let (latent, scales) = person(population, &draws);
    assert_eq!(
        [latent.traits[11], latent.fantasy, latent.suppression, scales.iri_pd].map(f64::to_bits),
        [
            4_591_333_873_501_207_767,
            13_821_790_314_721_184_503,
            4_604_647_850_897_450_668,
            14.0_f64.to_bits()
        ]
    );
}

/// One person from all their draws.
fn person(population: &Population, draws: &[f64; DRAWS]) -> (Latent, Scales) {
    let latent = population.latent(draws.first_chunk().unwrap());
    let scales = population.scales(&latent, draws.last_chunk().unwrap());
    (latent, scales)
}

struct Person {
    latent: Latent,
    scales: Scales,
    unreported_errors: [f64; 2],
}

/// People from a fixed stream of normals.
fn people(n: usize) -> Vec<Person> {
    let mut stream = Normals(1980);
    let population = Population::norm();
    (0..n)
        .map(|_| {
            let draws: [f64; DRAWS] = std::array::from_fn(|_| stream.next());
            let (latent, scales) = person(population, &draws);
            Person {
                latent,
                scales,
                unreported_errors: [stream.next(), stream.next()],
            }
        })
        .collect()
}

/// What a scale shows of each person; the two without a norm in SD.
fn seen(people: &[Person], scale: Scale) -> Vec<f64> {
    let standardised = |person: &Person, which: Trait, error: f64| {
        scales::RELIABILITY.sqrt() * person.latent.traits[which as usize] + (1.0 - scales::RELIABILITY).sqrt() * error
    };
    people
        .iter()
        .map(|it| match scale {
            Scale::MindfulAttention => standardised(it, Trait::AttentionRegulation, it.unreported_errors[0]),
            Scale::DepressiveSymptoms => standardised(it, Trait::LowMood, it.unreported_errors[1]),
            _ => points(&it.scales)[Scale::MEASURED.iter().position(|at| *at == scale).unwrap()],
        })
        .collect()
}

fn points(scales: &Scales) -> [f64; 6] {
    [
        scales.iri_fs,
        scales.iri_pt,
        scales.iri_ec,
        scales.iri_pd,
        scales.erq_reappraisal,
        scales.erq_suppression,
    ]
}

fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|it| squared(it - mean)).sum();
    (mean, (squares / (values.len() - 1) as f64).sqrt())
}

fn correlation(first: &[f64], second: &[f64]) -> f64 {
    let ((mean_1, sd_1), (mean_2, sd_2)) = (mean_and_sd(first), mean_and_sd(second));
    let products: f64 = first.iter().zip(second).map(|(a, b)| (a - mean_1) * (b - mean_2)).sum();
    products / (first.len() - 1) as f64 / (sd_1 * sd_2)
}

/// Standard normals for tests: SplitMix64 (Steele, Lea & Flood 2014) through the Box–Muller transform.
struct Normals(u64);

impl Normals {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 12) as f64 / (1_u64 << 52) as f64
    }

    fn next(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}
