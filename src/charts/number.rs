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

/// Round values in `[low, high]`, about `wanted` of them, a step of 1, 2 or 5 times a power of ten apart.
pub(crate) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<Tick> {
    let span = high - low;
    if span <= 0.0 || !span.is_finite() {
        return vec![Tick {
            value: low,
            label: decimal(low, 1),
        }];
    }
    let raw = span / wanted.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|it| it * power)
        .min_by(|a, b| (a / raw).ln().abs().total_cmp(&(b / raw).ln().abs()))
        .unwrap_or(power);
    let decimals = (-(step * 1.000_001).log10().floor()).max(0.0) as usize;
    let slack = step * 1e-6;
    let first = ((low - slack) / step).ceil() as i64;
    let last = ((high + slack) / step).floor() as i64;
    (first..=last)
        .map(|it| it as f64 * step)
        .map(|value| Tick {
            value,
            label: decimal(value, decimals),
        })
        .collect()
}

/// Widens `[low, high]` to round numbers, so that an axis ends on a tick.
pub(crate) fn round_out(low: f64, high: f64, wanted: usize) -> (f64, f64) {
    let marks = ticks(low, high, wanted);
    let step = match marks.as_slice() {
        [a, b, ..] => b.value - a.value,
        _ => (high - low).abs().max(f64::MIN_POSITIVE),
    };
    ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step)
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

    #[test]
    fn a_range_is_widened_to_ticks() {
        assert_eq!(round_out(-0.13, 0.87, 5), (-0.2, 1.0));
        assert_eq!(round_out(0.0, 1.0, 5), (0.0, 1.0));
    }
}
