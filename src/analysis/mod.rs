//! What carries an answer: designs of many runs, and what is read out of them.
//!
//! Designs and what is read out of them work on plain numbers: points in the unit cube go out, answers at these points come back in the same order.
//!
//! | question                                            | module      |
//! |-----------------------------------------------------|-------------|
//! | which keys are varied, and what that makes          | [`vary`]    |
//! | where to run a model that is varied in many ways    | [`designs`] |
//! | which inputs matter at all                          | [`morris`]  |
//! | which share of the variance each input carries      | [`sobol`]   |

pub mod designs;
pub mod morris;
pub mod sobol;
pub mod vary;

/// A function with known indices, to test estimators on.
#[cfg(test)]
pub(crate) mod ishigami {
    use std::f64::consts::PI;

    /// `sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁`, each input from −π to π (Ishigami & Homma 1990).
    pub fn answer(point: &[f64]) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|input| PI * (2.0 * point[input] - 1.0));
        let (sin_x, sin_y, square) = (libm::sin(x), libm::sin(y), z * z);
        sin_x + 7.0 * sin_y * sin_y + 0.1 * square * square * sin_x
    }

    /// First-order and total indices in closed form, with a = 7 and b = .1.
    pub fn indices() -> ([f64; 3], [f64; 3]) {
        let (a, b) = (7.0, 0.1);
        let quarter = PI * PI * PI * PI;
        let first = 0.5 * (1.0 + b * quarter / 5.0) * (1.0 + b * quarter / 5.0);
        let second = a * a / 8.0;
        let both = b * b * quarter * quarter * 8.0 / 225.0;
        let all = first + second + both;
        (
            [first / all, second / all, 0.0],
            [(first + both) / all, second / all, both / all],
        )
    }
}
