//! exp, ln, logistic and normal quantile over their whole domain, with the bounds that their docstrings state.

use compassion::lanes::functions::{exp, ln, logistic, normal_quantile};
use compassion::lanes::{Job, Level, Real};

/// A function of one number.
#[derive(Debug, Clone, Copy)]
pub enum Function {
    Exp,
    Ln,
    Logistic,
    NormalQuantile,
}

/// Applies a function to every number of a list, whose length is a multiple of 16.
struct Apply<'a> {
    function: Function,
    inputs: &'a [f32],
}

impl Job for Apply<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<R: Real>(self) -> Vec<f32> {
        let mut outputs = vec![0.0; self.inputs.len()];
        for at in (0..self.inputs.len()).step_by(R::WIDTH) {
            let x = R::load(&self.inputs[at..]);
            let y = match self.function {
                Function::Exp => exp(x),
                Function::Ln => ln(x),
                Function::Logistic => logistic(x),
                Function::NormalQuantile => normal_quantile(x),
            };
            y.store(&mut outputs[at..]);
        }
        outputs
    }
}

/// The values of a function, which are the same to the bit at every level.
fn values(function: Function, mut inputs: Vec<f32>) -> Vec<(f32, f32)> {
    let last = *inputs.last().unwrap();
    inputs.resize(inputs.len().next_multiple_of(16), last);
    let of = |level: Level| {
        level.run(Apply {
            function,
            inputs: &inputs,
        })
    };
    let plain = of(Level::Plain);
    for level in Level::available() {
        let same = plain
            .iter()
            .zip(of(level))
            .all(|(one, other)| one.to_bits() == other.to_bits());
        assert!(same, "{function:?} differs between Plain and {level:?}");
    }
    inputs.into_iter().zip(plain).collect()
}

/// Every `stride`-th single-precision number from `low` to `high`, both positive, and both ends.
fn positive(low: f32, high: f32, stride: usize) -> Vec<f32> {
    let mut numbers: Vec<f32> = (low.to_bits()..high.to_bits())
        .step_by(stride)
        .map(f32::from_bits)
        .collect();
    numbers.push(high);
    numbers
}

/// The largest error and the input at which it occurs.
fn worst(values: &[(f32, f32)], error: impl Fn(f64, f64) -> f64) -> (f64, f32) {
    let errors = values.iter().map(|(x, y)| (error(f64::from(*x), f64::from(*y)), *x));
    errors.fold((0.0, 0.0), |worst, it| if it.0 > worst.0 { it } else { worst })
}

#[test]
fn the_exponential_keeps_its_bound() {
    let mut inputs = positive(1e-30, 88.0, 601);
    inputs.extend(positive(1e-30, 87.0, 601).into_iter().map(|it| -it));
    inputs.push(0.0);
    let values = values(Function::Exp, inputs);
    let (error, at) = worst(&values, |x, y| (y / libm::exp(x) - 1.0).abs());
    assert!(error < 3e-7, "relative error {error:e} at {at}");
    assert!(error > 3e-8, "the bound says nothing: {error:e}");
}

#[test]
fn beyond_its_limits_the_exponential_stands_still() {
    let values = values(
        Function::Exp,
        vec![-1e9, -88.0, -87.0, 88.0, 89.0, 1e9, f32::NEG_INFINITY, f32::INFINITY],
    );
    let of = |x: f32| values.iter().find(|it| it.0 == x).unwrap().1;
    assert_eq!(
        (of(-1e9), of(-88.0), of(f32::NEG_INFINITY)),
        (of(-87.0), of(-87.0), of(-87.0))
    );
    assert_eq!((of(1e9), of(89.0), of(f32::INFINITY)), (of(88.0), of(88.0), of(88.0)));
    assert!(of(-87.0) > 0.0 && of(88.0).is_finite());
}

#[test]
fn the_logarithm_keeps_its_bound() {
    let mut inputs = positive(f32::MIN_POSITIVE, f32::MAX, 1201);
    inputs.extend(positive(0.99, 1.01, 3));
    let values = values(Function::Ln, inputs);
    let (error, at) = worst(&values, |x, y| (y - libm::log(x)).abs() / libm::log(x).abs().max(1.0));
    assert!(error < 2e-7, "error {error:e} at {at}");
    assert!(error > 2e-8, "the bound says nothing: {error:e}");
}

#[test]
fn the_logistic_function_keeps_its_bound() {
    let mut inputs = positive(1e-30, 100.0, 601);
    inputs.extend(positive(1e-30, 100.0, 601).into_iter().map(|it| -it));
    inputs.push(0.0);
    let values = values(Function::Logistic, inputs);
    let (error, at) = worst(&values, |x, y| (y - 1.0 / (1.0 + libm::exp(-x))).abs());
    assert!(error < 2e-7, "error {error:e} at {at}");
    assert!(values.iter().all(|(_, y)| (0.0..=1.0).contains(y)));
}

/// Every cell of the uniform numbers near the ends, and every 37th between.
#[test]
fn the_normal_quantile_keeps_its_bound() {
    const CELLS: u32 = 1 << 23;
    let cells = (0..4096)
        .chain((4096..CELLS - 4096).step_by(37))
        .chain(CELLS - 4096..CELLS);
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    let inputs = cells
        .map(|it| ((f64::from(it) + 0.5) / f64::from(CELLS)) as f32)
        .collect();
    let values = values(Function::NormalQuantile, inputs);
    let error = |x: f64, y: f64| (y - quantile(x)).abs();
    let (error, at) = worst(&values, error);
    assert!(error < 2e-6, "error {error:e} at {at}");
    assert!(error > 2e-7, "the bound says nothing: {error:e}");
    let farthest = values.iter().fold(0.0_f32, |farthest, it| farthest.max(it.1.abs()));
    assert!((5.2..5.4).contains(&farthest), "draws reach to {farthest} SD");
}

/// The standard normal quantile, by halving an interval.
fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    while high - low > 1e-11 {
        let middle = 0.5 * (low + high);
        if 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
