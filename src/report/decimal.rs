//! Decimal numbers in tables, written fast: a large table has millions of them.

/// Appends a number rounded to `places` decimals (at most 6), without a sign if it rounds to 0.
pub(super) fn push_decimal(text: &mut Vec<u8>, value: f64, places: u32) {
    let scale = 10_u64.pow(places);
    let scaled = (value * scale as f64).round();
    if scaled.is_nan() || scaled.abs() >= 9e15 {
        // Too large for this way, or not a number: rare, so it may be slow.
        text.extend_from_slice(value.to_string().as_bytes());
        return;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let whole = scaled.abs() as u64;
    if scaled < 0.0 {
        text.push(b'-');
    }
    push_whole(text, whole / scale, 1);
    if places > 0 {
        text.push(b'.');
        push_whole(text, whole % scale, places as usize);
    }
}

/// Appends a whole number with at least `digits` digits.
pub(super) fn push_whole(text: &mut Vec<u8>, mut value: u64, digits: usize) {
    let mut buffer = [b'0'; 20];
    let mut at = buffer.len();
    while value > 0 || buffer.len() - at < digits {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    text.extend_from_slice(&buffer[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_standard_library() {
        for value in [
            0.0,
            1.0,
            -1.25,
            0.000_04,
            -0.000_04,
            123.456_78,
            99_999.999_99,
            1e20,
            28.0,
        ] {
            let mut text = Vec::new();
            push_decimal(&mut text, value, 3);
            let standard: f64 = format!("{value:.3}").parse().unwrap();
            assert_eq!(
                String::from_utf8(text).unwrap().parse::<f64>().unwrap(),
                standard,
                "{value}"
            );
        }
        let mut text = Vec::new();
        push_decimal(&mut text, -0.000_1, 2);
        push_decimal(&mut text, -7.5, 0);
        push_whole(&mut text, 0, 1);
        assert_eq!(text, b"0.00-80");
    }
}
