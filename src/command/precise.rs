//! How precisely differences are known, and how many people that took, in words.

use super::comparing::MOST_PEOPLE;
use compassion::comparison::precision::{Reach, Search};
use compassion::scenario::Scenario;
use compassion::statistics::power_of_ten;
use compassion::wording::thousands;

/// How many people it took.
pub fn precision(scenario: &Scenario, search: &Search) -> String {
    let replicates = scenario.run.replicates;
    let people = thousands(u64::from(search.people()) * u64::from(replicates));
    let [reach, wanted] = [search.reach, search.wanted].map(|it| number_apart(it, search.unit));
    let unit = unit(search.unit);
    if search.reached() {
        let looks: Vec<String> = search.looks.iter().map(|it| thousands((*it).into())).collect();
        format!(
            "It took {people} people per condition to know every difference to ±{reach} {unit} (±{wanted} wanted; looked at {}).\n",
            looks.join(", ")
        )
    } else {
        let way_out = if search.enough() <= f64::from(MOST_PEOPLE / replicates) {
            "raise it with `--at-most N`"
        } else {
            "that takes more people than any run can have"
        };
        format!(
            "{people} people per condition, the limit, leave ±{reach} {unit} where ±{wanted} are wanted; {way_out}.\n"
        )
    }
}

/// How far an interval reaches, with its unit.
pub fn apart(reach: f64, counted: Reach) -> String {
    format!("±{} {}", number_apart(reach, counted), unit(counted))
}

fn number_apart(reach: f64, counted: Reach) -> String {
    match counted {
        Reach::People | Reach::Either => points_apart(reach),
        Reach::Sd => digits(reach, 3),
    }
}

fn unit(counted: Reach) -> &'static str {
    match counted {
        Reach::People => "points",
        Reach::Sd => "SD",
        Reach::Either => "points, or hundredths of an SD,",
    }
}

/// How far an interval reaches, in points of a hundred: with two decimals, or as many as it takes to tell its first two digits.
fn points_apart(share: f64) -> String {
    digits(share * 100.0, 2)
}

/// A number with so many decimals, or as many as it takes to tell its first two digits.
fn digits(number: f64, least: i32) -> String {
    let decimals = (least..8).find(|it| number * power_of_ten(*it) >= 9.95).unwrap_or(8);
    let text = format!("{number:.*}", decimals.unsigned_abs() as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_precisions_are_readable() {
        for (share, expected) in [
            (0.07, "7"),
            (0.002, "0.2"),
            (0.018_34, "1.83"),
            (0.000_73, "0.073"),
            (1e-6, "0.0001"),
        ] {
            assert_eq!(points_apart(share), expected);
        }
        assert_eq!(apart(0.009_87, Reach::Sd), "±0.0099 SD");
        assert_eq!(apart(0.05, Reach::Sd), "±0.05 SD");
    }
}
