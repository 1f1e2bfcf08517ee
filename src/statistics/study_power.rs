//! How often a study of a given size would find a difference that is there, and how far it would then exaggerate it.

use super::{Count, SharesTest, student_p};

/// Steps of the integral over the spread that a study finds.
const STEPS: usize = 2_000;

/// Standard deviations of a count beyond which it is not looked at: less than 10⁻¹⁰ of the studies.
const FAR: f64 = 6.5;

/// Sizes of the two sides of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// On the side that is expected to differ.
    pub treatment: u64,
    /// On the side that it is compared with.
    pub control: u64,
}

/// The share of studies in which a two-sided t test finds a standardised difference.
///
/// ```text
/// λ = d √(n₁ n₂ / (n₁ + n₂)),  ν = n₁ + n₂ − 2,  power = ∫ f(s) [Φ(λ − t s) + Φ(−λ − t s)] ds
/// ```
///
/// | symbol   | argument     | meaning                                                              |
/// |----------|--------------|----------------------------------------------------------------------|
/// | `d`      | `difference` | in pooled standard deviations                                        |
/// | `n₁, n₂` | `sizes`      | people on each side                                                  |
/// | `t`      | `alpha`      | the two-sided critical value of Student's t with ν degrees of freedom |
/// | `f`      |              | density of s = √(χ²/ν), the spread that a study finds over the true one |
///
/// None where a side is empty or ν is below 1.
///
/// # Source
///
/// The noncentral t distribution: Johnson, Kotz & Balakrishnan (1995) Continuous Univariate Distributions 2, 31.2.
pub fn t_power(difference: f64, sizes: Sizes, alpha: f64) -> Option<f64> {
    let (first, second) = (sizes.treatment as f64, sizes.control as f64);
    if sizes.treatment == 0 || sizes.control == 0 || first + second < 3.0 {
        return None;
    }
    let shift = difference * (first * second / (first + second)).sqrt();
    Some(beyond_critical(shift, first + second - 2.0, alpha))
}

/// The share of studies in which a two-sided paired t test finds a change.
///
/// ```text
/// λ = d_z √n,  ν = n − 1,  power as in [`t_power`]
/// ```
///
/// | symbol | argument | meaning                                              |
/// |--------|----------|------------------------------------------------------|
/// | `d_z`  | `change` | mean change over the standard deviation of changes   |
/// | `n`    | `people` | people who are measured twice                        |
///
/// None of fewer than two people.
///
/// # Source
///
/// As [`t_power`].
pub fn paired_t_power(change: f64, people: u64, alpha: f64) -> Option<f64> {
    let people = people as f64;
    (people >= 2.0).then(|| beyond_critical(change * people.sqrt(), people - 1.0, alpha))
}

/// The chance that a noncentral t lies beyond the two-sided critical value of the central one.
fn beyond_critical(shift: f64, freedom: f64, alpha: f64) -> f64 {
    let critical = critical_t(freedom, alpha);
    let width = 10.0 / (2.0 * freedom).sqrt();
    let (low, high) = ((1.0 - width).max(0.0), 1.0 + width);
    let step = (high - low) / STEPS as f64;
    let constant = std::f64::consts::LN_2 + 0.5 * freedom * libm::log(freedom / 2.0) - libm::lgamma(freedom / 2.0);
    let at = |number: usize| {
        let spread = low + step * number as f64;
        if spread <= 0.0 {
            return 0.0;
        }
        let density = libm::exp(constant + (freedom - 1.0) * libm::log(spread) - 0.5 * freedom * spread * spread);
        density * (normal(shift - critical * spread) + normal(-shift - critical * spread))
    };
    // Simpson's rule.
    let inner: f64 = (1..STEPS)
        .map(|number| if number % 2 == 1 { 4.0 } else { 2.0 } * at(number))
        .sum();
    ((at(0) + inner + at(STEPS)) * step / 3.0).clamp(0.0, 1.0)
}

/// The share of studies in which a test of two shares falls below a level: exact, by going through what studies can find.
///
/// | argument | meaning                                    |
/// |----------|--------------------------------------------|
/// | `shares` | of treatment and control, in \[0, 1\]      |
/// | `sizes`  | people on each side                        |
/// | `alpha`  | the two-sided level                        |
/// | `test`   | the test                                   |
///
/// None where a side is empty.
pub fn shares_power_by(shares: [f64; 2], sizes: Sizes, alpha: f64, test: SharesTest) -> Option<f64> {
    if sizes.treatment == 0 || sizes.control == 0 {
        return None;
    }
    let [treatment, control] = [(shares[0], sizes.treatment), (shares[1], sizes.control)].map(counts);
    let mut power = 0.0;
    for (here, chance) in &treatment {
        for (there, other) in &control {
            let count = |successes, trials| Count { successes, trials };
            let p = test.p(count(*here, sizes.treatment), count(*there, sizes.control));
            if p.is_some_and(|p| p < alpha) {
                power += chance * other;
            }
        }
    }
    Some(power.clamp(0.0, 1.0))
}

/// Counts that a study can find, each with its chance.
fn counts((share, people): (f64, u64)) -> Vec<(u64, f64)> {
    let n = people as f64;
    let (mean, reach) = (n * share, FAR * (n * share * (1.0 - share)).sqrt() + 12.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and a count"
    )]
    let [low, high] = [(mean - reach).max(0.0) as u64, (mean + reach).min(n) as u64];
    let log_chance = |count: u64| {
        let k = count as f64;
        let part = |count: f64, share: f64| if count == 0.0 { 0.0 } else { count * libm::log(share) };
        let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        ways + part(k, share) + part(n - k, 1.0 - share)
    };
    (low..=high)
        .map(|count| (count, libm::exp(log_chance(count))))
        .collect()
}

/// What is published if only significant results are: how often the sign is wrong, and how many times too large the size is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exaggeration {
    /// Of the significant results, the share with the wrong sign (type S).
    pub wrong_sign: f64,
    /// Their mean size over the true one (type M).
    pub times: f64,
}

/// How a study exaggerates whose true difference is so many standard errors; none of no difference.
///
/// ```text
/// type S = Φ(−z − λ) / (Φ(−z − λ) + Φ(λ − z)),   type M = E[|x|; |x| > z] / (λ · power),  x ~ N(λ, 1)
/// ```
///
/// | symbol | argument   | meaning                                     |
/// |--------|------------|---------------------------------------------|
/// | `λ`    | `errors`   | the true difference over its standard error |
/// | `z`    | `alpha`    | the two-sided critical value                |
///
/// # Source
///
/// Gelman & Carlin (2014) Perspectives on Psychological Science 9:641; closed form of Lu, Qiu & Deng (2019).
pub fn exaggeration(errors: f64, alpha: f64) -> Option<Exaggeration> {
    let true_size = errors.abs();
    if true_size == 0.0 {
        return None;
    }
    let z = critical_t(1e9, alpha);
    let (right, wrong) = (normal(true_size - z), normal(-z - true_size));
    let density = |x: f64| libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
    let size = true_size * right + density(z - true_size) - true_size * wrong + density(z + true_size);
    Some(Exaggeration {
        wrong_sign: wrong / (right + wrong),
        times: size / (true_size * (right + wrong)),
    })
}

/// The size of study from which on the power is at least so much, of those up to `most`; none where it is not reached.
///
/// Exact power of shares goes up and down by a little from one size to the next; what is found is a size that reaches it.
pub fn smallest(power: impl Fn(u64) -> Option<f64>, wanted: f64, most: u64) -> Option<u64> {
    let reaches = |size: u64| power(size).is_some_and(|power| power >= wanted);
    let mut high = 2;
    while !reaches(high) {
        if high >= most {
            return None;
        }
        high = (high * 2).min(most);
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reaches(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// The value that Student's t exceeds, on either side, with this chance.
fn critical_t(freedom: f64, alpha: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while student_p(high * high, freedom) > alpha {
        high *= 2.0;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if student_p(middle * middle, freedom) > alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The standard normal distribution function.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn shares_power(shares: [f64; 2], sizes: Sizes, alpha: f64) -> Option<f64> {
        shares_power_by(shares, sizes, alpha, SharesTest::Campbell)
    }

    /// The noncentral t of SciPy with n − 1 degrees of freedom.
    #[test]
    fn the_power_of_a_paired_test_is_that_of_the_noncentral_t() {
        for (change, people, alpha, power) in PAIRED_TABLE {
            assert_close(paired_t_power(change, people, alpha).unwrap(), power, 1e-6);
        }
        assert_eq!(paired_t_power(1.0, 1, 0.05), None);
    }

    /// All tables of two binomials, with SciPy's distributions and its tests.
    #[test]
    fn other_tests_of_shares_have_their_own_exact_power() {
        for (p, q, n, m, fisher, chi_squared) in TESTS_TABLE {
            let power = |test| shares_power_by([p, q], sizes(n, m), 0.05, test).unwrap();
            assert_close(power(SharesTest::Fisher), fisher, 1e-6);
            assert_close(power(SharesTest::ChiSquared), chi_squared, 1e-6);
        }
    }

    fn sizes(treatment: u64, control: u64) -> Sizes {
        Sizes { treatment, control }
    }

    /// The noncentral t of SciPy.
    #[test]
    fn the_power_of_a_t_test_is_that_of_the_noncentral_t() {
        for (d, n, m, alpha, power) in T_TABLE {
            assert_close(t_power(d, sizes(n, m), alpha).unwrap(), power, 1e-6);
        }
        assert_close(t_power(0.0, sizes(9, 7), 0.05).unwrap(), 0.05, 1e-6);
        assert_eq!(t_power(1.0, sizes(1, 1), 0.05), None);
    }

    /// All tables of two binomials, with SciPy's distributions and Fisher's test.
    #[test]
    fn the_power_of_two_shares_is_exact() {
        for (p, q, n, m, alpha, power) in SHARES_TABLE {
            assert_close(shares_power([p, q], sizes(n, m), alpha).unwrap(), power, 1e-6);
        }
        assert_eq!(shares_power([0.5, 0.5], sizes(0, 9), 0.05), None);
        assert_eq!(shares_power([0.0, 0.0], sizes(9, 9), 0.05), Some(0.0));
    }

    /// Gelman & Carlin (2014), the example of beauty and sex ratio: a true difference of 0.3 with a standard error of 3.3 has a power of about
    /// 5 %, the wrong sign in 40 % and an exaggeration of 25.
    #[test]
    fn a_weak_study_exaggerates_as_was_published() {
        let found = exaggeration(0.3 / 3.3, 0.05).unwrap();
        assert_close(found.wrong_sign, 0.40, 0.01);
        assert!((25.0..26.5).contains(&found.times), "{found:?}");
        let strong = exaggeration(6.0, 0.05).unwrap();
        assert_close(strong.times, 1.0, 1e-3);
        assert!(strong.wrong_sign < 1e-12);
        assert_eq!(exaggeration(0.0, 0.05), None);
    }

    #[test]
    fn the_smallest_size_is_the_first_that_reaches_the_power() {
        let power = |size: u64| t_power(0.5, sizes(size, size), 0.05);
        let size = smallest(power, 0.8, 1 << 20).unwrap();
        assert_eq!(size, 64, "the textbook's 64 people per group for d = .5");
        assert!(power(size).unwrap() >= 0.8 && power(size - 1).unwrap() < 0.8);
        assert_eq!(smallest(|_| Some(0.05), 0.8, 1 << 20), None);
    }

    /// Difference, sizes, level, power.
    const T_TABLE: [(f64, u64, u64, f64, f64); 5] = [
        (0.5, 20, 20, 0.05, 0.337939029),
        (0.2, 400, 200, 0.05, 0.635236031),
        (0.8, 10, 12, 0.01, 0.195137246),
        (1.2, 5, 5, 0.05, 0.386437261),
        (0.1, 1500, 1500, 0.05, 0.781649428),
    ];

    /// Mean change over its standard deviation, people, level, power.
    const PAIRED_TABLE: [(f64, u64, f64, f64); 5] = [
        (0.5, 20, 0.05, 0.564504418),
        (0.2, 200, 0.05, 0.803666661),
        (0.8, 8, 0.01, 0.207304803),
        (1.0, 5, 0.05, 0.401389917),
        (0.05, 3000, 0.05, 0.781649515),
    ];

    /// Shares, sizes, power of Fisher's test and of Pearson's at a level of .05.
    const TESTS_TABLE: [(f64, f64, u64, u64, f64, f64); 3] = [
        (0.7, 0.4, 30, 30, 0.560813580, 0.663117399),
        (0.15, 0.5, 20, 40, 0.744771523, 0.804748600),
        (0.3, 0.3, 50, 50, 0.030660920, 0.049793239),
    ];

    /// Shares, sizes, level, power.
    const SHARES_TABLE: [(f64, f64, u64, u64, f64, f64); 5] = [
        (0.7, 0.4, 30, 30, 0.05, 0.663117399),
        (0.15, 0.5, 20, 40, 0.05, 0.790867613),
        (0.55, 0.45, 300, 300, 0.05, 0.682809169),
        (0.05, 0.2, 40, 40, 0.01, 0.256358760),
        (0.3, 0.3, 50, 50, 0.05, 0.049776419),
    ];
}
