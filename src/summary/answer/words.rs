//! Numbers, names and lists in words.

use crate::scenario::Unit;
use crate::statistics::{Estimate, half_up};
use crate::summary::together::Deed;

/// Names that are told one by one; more are counted.
const TOLD: usize = 4;

/// A share in whole points of a hundred; what is not exactly none or all is not called so.
pub fn points(share: f64) -> String {
    let points = share * 100.0;
    if points > 0.0 && points < 0.5 {
        "fewer than 1".to_owned()
    } else if (99.5..100.0).contains(&points) {
        "more than 99".to_owned()
    } else {
        format!("{:.0}", half_up(points, 0))
    }
}

/// A size in points of a hundred, without its sign.
pub fn size(share: f64) -> String {
    format!("{:.1}", half_up(share.abs() * 100.0, 1))
}

/// A difference in points of a hundred, with its sign.
pub fn signed(difference: f64) -> String {
    let points = format!("{:+.1}", half_up(difference * 100.0, 1));
    if points == "-0.0" {
        "+0.0".to_owned()
    } else {
        points.replace('-', "−")
    }
}

/// `+7.6 points, 95 % interval +7.1 to +8.2`, and shorter where the words have been said.
pub fn with_interval(it: Estimate, in_full: bool) -> String {
    let (value, lower, upper) = (signed(it.value), signed(it.lower), signed(it.upper));
    if in_full {
        format!("{value} points, 95 % interval {lower} to {upper}")
    } else {
        format!("{value}, {lower} to {upper}")
    }
}

/// What is counted.
pub fn counted(unit: Unit, deed: Deed) -> &'static str {
    match (unit, deed) {
        (Unit::Group(_), Deed::Helped | Deed::Left | Deed::Punished) => "groups",
        _ => "people",
    }
}

/// What people do, of several.
pub fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Helped => "help",
        Deed::Left => "leave",
        Deed::Punished => "punish",
        Deed::Overwhelmed => "are overwhelmed",
    }
}

/// The heading of numbers about what people do.
pub fn heading(deed: Deed) -> &'static str {
    match deed {
        Deed::Helped => "Helping, of 100",
        Deed::Left => "Leaving, of 100",
        Deed::Punished => "Punishing, of 100",
        Deed::Overwhelmed => "Overwhelmed at the decision, of 100 people",
    }
}

/// The identifier of a factor as words.
pub fn factor(name: &str) -> String {
    name.replace('_', " ")
}

/// `a`, `a and b`, `a, b and c`; more than four are counted.
pub fn listed(mut items: Vec<String>) -> String {
    if items.len() > TOLD + 1 {
        let more = items.len() - TOLD;
        items.truncate(TOLD);
        items.push(format!("{more} more"));
    }
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

/// The text with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
