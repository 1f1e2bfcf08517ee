//! Giving: how much of what one has goes to others, where help is a quantity.

use crate::lanes::Real;
use serde::{Deserialize, Serialize};

/// Parameters of giving.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Tendency to help up to which nothing is given.
    pub reluctance: f64,
}

/// The share of an endowment that a person gives who has not refused.
///
/// ```text
/// ½ · min(1, [h − h₀]₊ / (1 − h₀)) + ½ · min(1, [h − 1]₊)
/// ```
///
/// | symbol | argument     | meaning                                            | range   |
/// |--------|--------------|----------------------------------------------------|---------|
/// | `h`    | `tendency`   | tendency to help when the time is over             | ≥ 0     |
/// | `h₀`   | `reluctance` | tendency up to which one keeps everything          | \[0, 1) |
///
/// # Limits
///
/// Nothing up to `h₀`; half, the equal split, at the tendency that decides a yes-or-no question (1); everything at twice that. Who refuses, because the
/// tendency to leave reaches its bound first, gives nothing.
///
/// # Source
///
/// Asked to share without being seen, about a third give nothing, many half and few all (`engel2011`). The form is an assumption; `h₀` is set so that
/// about three in ten give nothing to an anonymous stranger.
#[inline(always)]
pub fn share<R: Real>(tendency: R, reluctance: R) -> R {
    let (one, half) = (R::one(), R::splat(0.5));
    let up_to_half = ((tendency - reluctance).positive_part() / (one - reluctance)).min(one);
    half * (up_to_half + (tendency - one).positive_part().min(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_half_and_all_are_given_at_their_tendencies() {
        let of = |tendency| share(tendency, 0.4);
        assert_eq!((of(0.0), of(0.4), of(1.0), of(2.0), of(9.0)), (0.0, 0.0, 0.5, 1.0, 1.0));
        assert!((of(0.7) - 0.25_f64).abs() < 1e-12 && (of(1.5) - 0.75).abs() < 1e-12);
        assert!(share(0.5, 0.6) == 0.0 && share(0.5, 0.0) == 0.25);
    }
}
