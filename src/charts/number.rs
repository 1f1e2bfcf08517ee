//! Shares in per cent, and the round numbers of an axis.

use crate::wording::decimal;

/// A share as whole per cent: `62 %`. What is not exactly none or all is not printed as such.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        return "<1\u{A0}%".to_owned();
    }
    if (99.5..100.0).contains(&percent) {
        return ">99\u{A0}%".to_owned();
    }
    format!("{}\u{A0}%", decimal(percent, 0))
}

/// Steps from zero to a tick beyond which a number no longer tells two neighbours apart.
const FARTHEST: f64 = 1e12;

/// Decimals that a label has at most, and the value from which on digits before the point are too many: beyond, it is a power of ten.
const MOST_DECIMALS: usize = 6;
const MOST_DIGITS: f64 = 1e9;

/// Round values in `[low, high]`, about `wanted` of them, a step of 1, 2 or 5 times a power of ten apart; the ends alone where numbers are too
/// coarse to tell values between them apart.
pub(crate) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<Tick> {
    let span = high - low;
    let raw = span / wanted.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|it| it * power)
        .min_by(|a, b| (a / raw).ln().abs().total_cmp(&(b / raw).ln().abs()))
        .unwrap_or(power);
    let farthest = low.abs().max(high.abs()) / step;
    if span <= 0.0 || !span.is_finite() || !step.is_normal() || !(farthest <= FARTHEST) {
        let mut ends = vec![low, high];
        ends.retain(|it| it.is_finite());
        ends.dedup();
        return ends
            .into_iter()
            .map(|value| Tick {
                value,
                label: label(value, 1),
            })
            .collect();
    }
    let decimals = (-(step * 1.000_001).log10().floor()).max(0.0) as usize;
    let first = (low / step - 1e-6).ceil() as i64;
    let last = (high / step + 1e-6).floor() as i64;
    (first..=last)
        .map(|it| it as f64 * step)
        .map(|value| Tick {
            value,
            label: label(value, decimals),
        })
        .collect()
}

/// A value on an axis: in decimals, or, where these would be very many, as `2e−9`.
fn label(value: f64, decimals: usize) -> String {
    if value == 0.0 && decimals > MOST_DECIMALS {
        return "0".to_owned();
    }
    let is_tiny = value != 0.0 && (decimals > MOST_DECIMALS || value.abs() < 1e-6);
    if is_tiny || value.abs() >= MOST_DIGITS {
        let text = format!("{value:.1e}").replace(".0e", "e");
        return text.replace('-', "−");
    }
    decimal(value, decimals.min(MOST_DECIMALS))
}

/// Widens `[low, high]` to round numbers, so that an axis ends on a tick.
pub(crate) fn round_out(low: f64, high: f64, wanted: usize) -> (f64, f64) {
    let marks = ticks(low, high, wanted);
    let step = match marks.as_slice() {
        [a, b, ..] => b.value - a.value,
        _ => (high - low).abs().max(f64::MIN_POSITIVE),
    };
    let (from, to) = ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step);
    // Where numbers are too coarse to be rounded by steps, they stay.
    if from.is_finite() && to.is_finite() && from < to {
        (from, to)
    } else {
        (low, high)
    }
}

/// A place on an axis that carries a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64, wanted: usize) -> Vec<String> {
        ticks(low, high, wanted).into_iter().map(|it| it.label).collect()
    }

    #[test]
    fn none_and_all_are_said_only_where_true() {
        assert_eq!(percent(0.0), "0\u{A0}%");
        assert_eq!(percent(-0.0), "0\u{A0}%");
        assert_eq!(percent(0.001), "<1\u{A0}%");
        assert_eq!(percent(0.005), "1\u{A0}%");
        assert_eq!(percent(0.62), "62\u{A0}%");
        assert_eq!(percent(0.565), "57\u{A0}%");
        assert_eq!(percent(0.996), ">99\u{A0}%");
        assert_eq!(percent(1.0), "100\u{A0}%");
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(labels(0.0, 1.0, 5), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(-2.0, 2.0, 4), ["−2", "−1", "0", "1", "2"]);
        assert_eq!(labels(0.0, 40.0, 4), ["0", "10", "20", "30", "40"]);
        assert_eq!(labels(-0.3, 0.3, 3), ["−0.2", "0.0", "0.2"]);
        assert_eq!(labels(3.0, 3.0, 3), ["3.0"]);
    }

    /// What the widest keys allow and beyond: from the least number to the greatest.
    #[test]
    fn ticks_are_few_finite_and_short_in_any_range() {
        let magnitudes = [
            0.0,
            5e-324,
            f64::MIN_POSITIVE,
            1e-300,
            1e-12,
            0.3,
            1.0,
            7e5,
            9.007_199_254_740_993e15,
            1e300,
            f64::MAX,
        ];
        let ends = || magnitudes.into_iter().flat_map(|it| [-it, it]);
        for (low, high) in ends().flat_map(|low| ends().map(move |high| (low, high))) {
            for wanted in [0, 1, 4, 8] {
                let ticks = ticks(low, high, wanted);
                assert!(ticks.len() <= 2 * wanted.max(1) + 3, "{low} to {high}: {}", ticks.len());
                for tick in ticks {
                    assert!(tick.value.is_finite(), "{low} to {high}");
                    assert!(tick.label.chars().count() <= 20, "{low} to {high}: {}", tick.label);
                }
                let (from, to) = round_out(low, high, wanted);
                assert!(from.is_finite() && to.is_finite(), "{low} to {high}");
            }
        }
        assert_eq!(labels(0.0, 4e-9, 4), ["0", "1e−9", "2e−9", "3e−9", "4e−9"]);
    }

    #[test]
    fn a_range_is_widened_to_ticks() {
        assert_eq!(round_out(-0.13, 0.87, 5), (-0.2, 1.0));
        assert_eq!(round_out(0.0, 1.0, 5), (0.0, 1.0));
    }
}
