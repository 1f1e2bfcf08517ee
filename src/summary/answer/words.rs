//! Shares, deeds and lists of names in words.

use crate::scenario::Unit;
use crate::summary::joint_outcomes::Deed;
use crate::wording::{self, decimal};

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
        decimal(points, 0)
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

/// Names in a row; more than four are counted.
pub fn listed(items: Vec<String>) -> String {
    listed_up_to(TOLD, items)
}

/// Names in a row; where more than so many would be counted as one, each is told.
pub fn listed_up_to(most: usize, mut items: Vec<String>) -> String {
    if items.len() > most + 1 {
        let more = items.len() - most;
        items.truncate(most);
        items.push(format!("{more} more"));
    }
    wording::listed(&items)
}
