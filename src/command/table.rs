//! The table on the terminal.

use super::columns::{INTERVAL, OVER_PARAMETERS, UNDECIDED, columns};
use compassion::engine::records::Outcome;
use compassion::registry::Measure;
use compassion::statistics::Interval;
use compassion::summary::{ConditionSummary, OverParameters, Summary};
use compassion::wording::{self, decimal};

/// Rows that are printed; the files have all of them.
const MOST_ROWS: usize = 60;

/// Conditions in rows: helping rate, its interval, the difference from the first condition, and what else became of people; where plausible
/// parameter sets were asked, their intervals beside those of chance.
pub fn table(summary: &Summary) -> String {
    // Punishing, which few scenes allow, stands in the table where it happened.
    let rare: Vec<Outcome> = [Outcome::Punished]
        .into_iter()
        .filter(|outcome| {
            summary
                .conditions
                .iter()
                .any(|it| it.share(*outcome).is_some_and(|share| share > 0.0))
        })
        .collect();
    let over = summary.uncertainty.as_ref().map(|_| OVER_PARAMETERS);
    let mut head: Vec<&str> = vec!["", "helped", INTERVAL];
    head.extend(over);
    let compared = summary.conditions.len() > 1;
    if compared {
        head.extend(["difference", INTERVAL]);
        head.extend(over);
    }
    head.extend(["left", UNDECIDED]);
    head.extend(rare.iter().map(|it| it.key()));
    head.extend(["distress", "compassion"]);
    let mut rows: Vec<Vec<String>> = vec![head.into_iter().map(str::to_owned).collect()];
    rows.extend(
        summary
            .conditions
            .iter()
            .take(MOST_ROWS)
            .map(|it| row(it, &rare, compared)),
    );
    let mut text = columns(&rows);
    let more = summary.conditions.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        text += &format!("  … and {more} more conditions, in summary.csv\n");
    }
    text
}

fn row(it: &ConditionSummary, rare: &[Outcome], compared: bool) -> Vec<String> {
    let number = |value: Option<f64>, places: usize| value.map_or("–".to_owned(), |it| decimal(it, places));
    let percent = |value: Option<f64>| value.map_or("–".to_owned(), |it| format!("{} %", decimal(it * 100.0, 1)));
    let interval = |lower: f64, upper: f64, sign: bool| {
        let bound = |it: f64| {
            if sign { signed(it) } else { decimal(it * 100.0, 1) }
        };
        format!("[{}, {}]", bound(lower), bound(upper))
    };
    let mut cells = vec![
        it.name.clone(),
        percent(it.helping_rate),
        it.helping_rate.map_or("–".to_owned(), |_| {
            interval(it.interval.lower, it.interval.upper, false)
        }),
    ];
    let over = |of: fn(&OverParameters) -> Option<Interval>, unknown: &str, sign: bool| {
        let cell = |it: Interval| interval(it.lower, it.upper, sign);
        it.over_parameters.map(|it| of(&it).map_or(unknown.to_owned(), cell))
    };
    cells.extend(over(|it| it.rate, "–", false));
    if compared {
        cells.extend([
            it.difference.map_or(String::new(), |it| signed(it.value)),
            it.difference
                .map_or(String::new(), |it| interval(it.lower, it.upper, true)),
        ]);
        cells.extend(over(|it| it.difference, "", true));
    }
    cells.extend([percent(it.share(Outcome::Left)), percent(it.share(Outcome::Undecided))]);
    cells.extend(rare.iter().map(|outcome| percent(it.share(*outcome))));
    cells.push(number(it.mean(Measure::PersonalDistress), 2));
    cells.push(number(it.mean(Measure::Compassion), 2));
    cells
}

/// A difference of shares in points of a hundred.
fn signed(difference: f64) -> String {
    wording::signed(difference * 100.0, 1)
}
