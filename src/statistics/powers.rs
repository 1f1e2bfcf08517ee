//! Whole powers by squaring, and the decimal order of a number: the same bits on every system.

/// The square, `x²`.
///
/// ```
/// assert_eq!(compassion::statistics::squared(-1.5), 2.25);
/// ```
pub fn squared(x: f64) -> f64 {
    x * x
}

/// A whole power, `xⁿ`, by repeated squaring (binary exponentiation); 1 for `n = 0`.
///
/// The order of the products is fixed, so that the last digit is, too: that of a system's own power function is not.
///
/// # Source
///
/// Knuth (1997) The Art of Computer Programming 2, 4.6.3, algorithm A.
///
/// ```
/// assert_eq!(compassion::statistics::power(10.0, 22), 1e22);
/// ```
pub fn power(x: f64, n: u32) -> f64 {
    let (mut product, mut square, mut left) = (1.0, x, n);
    loop {
        if left % 2 == 1 {
            product *= square;
        }
        left /= 2;
        if left == 0 {
            return product;
        }
        square *= square;
    }
}

/// A power of ten, `10ⁿ`; the nearest number there is for `n` between −22 and 22.
///
/// ```
/// assert_eq!(compassion::statistics::power_of_ten(-3), 0.001);
/// ```
pub fn power_of_ten(n: i32) -> f64 {
    let power = power(10.0, n.unsigned_abs());
    if n < 0 { 1.0 / power } else { power }
}

/// The order of magnitude: the greatest whole `n` with `10ⁿ ≤ |x|`; 0 of 0 and of what is not finite.
///
/// It is read off the decimal digits of the number, because a logarithm can come out on the wrong side of a power of ten.
///
/// ```
/// use compassion::statistics::order_of_magnitude;
///
/// assert_eq!([999.999, 1000.0, 0.01].map(order_of_magnitude), [2, 3, -2]);
/// ```
pub fn order_of_magnitude(x: f64) -> i32 {
    let written = format!("{x:e}");
    let exponent = written.split_once('e').and_then(|(_, exponent)| exponent.parse().ok());
    exponent.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_are_exact_where_they_can_be() {
        for n in 0..=52 {
            assert_eq!(power(2.0, n), (1_u64 << n) as f64);
            assert_eq!(power(-2.0, n), if n % 2 == 0 { power(2.0, n) } else { -power(2.0, n) });
        }
        assert_eq!(power(0.0, 0), 1.0);
        assert_eq!(power(0.5, u32::MAX), 0.0);
        let (x, fourth) = (0.3, (0.3 * 0.3) * (0.3 * 0.3));
        assert_eq!(power(x, 4), fourth);
    }

    /// Written as digits, a power of ten is the nearest number there is.
    #[test]
    fn powers_of_ten_are_what_their_digits_say() {
        for n in -22..=22 {
            assert_eq!(power_of_ten(n), format!("1e{n}").parse::<f64>().unwrap(), "{n}");
        }
    }

    #[test]
    fn the_order_turns_exactly_at_a_power_of_ten() {
        for n in -22..=22 {
            let ten = power_of_ten(n);
            assert_eq!(order_of_magnitude(ten), n);
            assert_eq!(order_of_magnitude(-ten.next_down()), n - 1);
        }
        assert_eq!(order_of_magnitude(0.0), 0);
        assert_eq!(order_of_magnitude(f64::NAN), 0);
    }
}
