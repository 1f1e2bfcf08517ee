//! How numbers, weeks and lists stand in sentences, tables and charts: once, so that all say the same.

use crate::statistics::half_up;

/// A number with a fixed count of decimals: halves rounded up, a true minus sign, and none before zero.
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", half_up(value, decimals));
    match text.strip_prefix('-') {
        Some(digits) if is_zero(digits) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// A difference, with its sign also where it is positive; what rounds to zero has none.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = decimal(value, decimals);
    if is_zero(&text) || text.starts_with('−') {
        text
    } else {
        format!("+{text}")
    }
}

/// Whether a number in digits is zero.
pub fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|it| matches!(it, b'0' | b'.'))
}

/// A count with a comma before every third digit: 10,000.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text as a terminal may have it: characters that command a terminal, or that turn the direction of what follows, are replaced; line
/// breaks and tabs stay.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
            _ => letter,
        })
        .collect()
}

/// What so many are.
pub fn person_or_people(count: u64) -> &'static str {
    if count == 1 { "person" } else { "people" }
}

/// A week of a timeline: `week 12`; of the days after practice began and before the first week is over: `day 1`.
pub fn week(week: f64) -> String {
    let day = (week * 7.0).round();
    if day > 0.0 && week < 1.0 {
        format!("day {day}")
    } else {
        format!("week {week}")
    }
}

/// When something was: `in week 12`, `on day 1`.
pub fn in_week(number: f64) -> String {
    let week = week(number);
    let preposition = if week.starts_with("day") { "on" } else { "in" };
    format!("{preposition} {week}")
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[String]) -> String {
    listed_with(items, " and ")
}

/// A list whose last item is joined by something else than a comma.
pub fn listed_with(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
    }
}

/// The text with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_printed_commands_a_terminal() {
        assert_eq!(
            printable("plain · 10 %\n\tand – “more”"),
            "plain · 10 %\n\tand – “more”"
        );
        let hostile = printable("\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\r\u{8}\u{7f}\u{202e}gpj");
        assert!(
            hostile
                .chars()
                .all(|letter| !letter.is_control() && letter != '\u{202e}'),
            "{hostile:?}"
        );
    }

    #[test]
    fn minus_is_the_real_sign_and_never_stands_before_zero() {
        assert_eq!(decimal(-1.25, 1), "−1.3");
        assert_eq!(decimal(0.125, 2), "0.13");
        assert_eq!(decimal(-0.0, 1), "0.0");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(decimal(-0.4, 0), "0");
        assert_eq!(signed(0.5, 2), "+0.50");
        assert_eq!(signed(-0.5, 2), "−0.50");
        assert_eq!(signed(-0.001, 2), "0.00");
        assert_eq!(signed(0.001, 2), "0.00");
    }

    #[test]
    fn every_third_digit_has_a_comma() {
        for (count, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(thousands(count), expected);
        }
    }

    #[test]
    fn days_are_told_before_the_first_week_is_over() {
        for (number, expected) in [
            (0.0, "in week 0"),
            (0.01, "in week 0.01"),
            (0.14, "on day 1"),
            (0.5, "on day 4"),
            (1.0, "in week 1"),
            (7.5, "in week 7.5"),
        ] {
            assert_eq!(in_week(number), expected);
        }
    }

    #[test]
    fn lists_end_with_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(
            [0, 1, 2, 3].map(|it| listed(&items[..it])),
            ["", "a", "a and b", "a, b and c"]
        );
        assert_eq!(listed_with(&items, ", and "), "a, b, and c");
        assert_eq!((capital("über"), capital("")), ("Über".to_owned(), String::new()));
    }
}
