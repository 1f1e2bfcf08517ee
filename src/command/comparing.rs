//! The flags that compare conditions, and what is printed of the comparison.

use super::failure::Failure;
use clap::Args;
use compassion::comparison::pairs::PairTally;
use compassion::comparison::words::{flow, of_hundred, who};
use compassion::comparison::{Pair, usual_pairs};
use compassion::document::nearest;
use compassion::scenario::Scenario;
use compassion::statistics::half_up;

/// Pairs that are printed; the files have all of them.
const MOST_PAIRS: usize = 12;

/// Flags of the comparison.
#[derive(Debug, Args)]
#[command(next_help_heading = "Comparison of the same people")]
pub struct Comparing {
    /// Compare these two conditions, instead of every condition with the first; may be given several times
    #[arg(long, num_args = 2, value_names = ["CONDITION", "WITH"])]
    pub compare: Vec<String>,
}

impl Comparing {
    /// The pairs to compare.
    ///
    /// # Errors
    ///
    /// If a name is not that of a condition, or two conditions do not count the same people.
    pub fn pairs(&self, scenario: &Scenario) -> Result<Vec<Pair>, Failure> {
        if self.compare.is_empty() {
            return Ok(usual_pairs(scenario));
        }
        let place = |name: &str| {
            let names = || scenario.conditions.iter().map(|it| it.name.as_str());
            names().position(|it| it == name).ok_or_else(|| Failure::NoCondition {
                name: name.to_owned(),
                help: match nearest(name, names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
                },
            })
        };
        let named = self.compare.chunks(2).map(|it| match it {
            [treatment, control] => {
                let pair = Pair {
                    treatment: place(treatment)?,
                    control: place(control)?,
                };
                pair.check(scenario).map_err(|reason| Failure::NotTheSame {
                    treatment: treatment.clone(),
                    control: control.clone(),
                    reason,
                })?;
                Ok(pair)
            }
            _ => Err(Failure::Start("`--compare` takes two conditions".to_owned())),
        });
        named.collect()
    }
}

/// What the same people did in two conditions, pair by pair, and who they are; empty if nothing is compared.
pub fn shown(scenario: &Scenario, tallies: &[PairTally]) -> String {
    let told: Vec<&PairTally> = tallies.iter().filter(|it| it.joint.people() > 0).collect();
    let Some(largest) = told.iter().max_by(|one, other| reach(one).total_cmp(&reach(other))) else {
        return String::new();
    };
    if let [only] = told[..] {
        let parts = [flow(scenario, only), who(scenario, only)];
        return format!("{}\n", parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let head = [
        "the same people, of 100",
        "help either way",
        "only in it",
        "only in the other",
        "never",
        "difference",
        "95 % interval",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    rows.extend(told.iter().take(MOST_PAIRS).filter_map(|it| row(scenario, it)));
    let mut text = set(&rows);
    if told.len() > MOST_PAIRS {
        text += &format!("  … and {} more pairs, in comparison.csv\n", told.len() - MOST_PAIRS);
    }
    if let Some(who) = who(scenario, largest) {
        text += &format!("\n{who}\n");
    }
    text
}

/// How far two conditions stand apart.
fn reach(tally: &PairTally) -> f64 {
    tally.difference().map_or(0.0, |it| it.value.abs())
}

fn row(scenario: &Scenario, tally: &PairTally) -> Option<Vec<String>> {
    let name = |it: usize| scenario.conditions[it].name.as_str();
    let difference = tally.difference()?;
    let mut cells = vec![format!(
        "{}, and {}",
        name(tally.pair.treatment),
        name(tally.pair.control)
    )];
    cells.extend(of_hundred(tally)?.map(|it| it.to_string()));
    cells.push(points(difference.value));
    cells.push(format!("[{}, {}]", points(difference.lower), points(difference.upper)));
    Some(cells)
}

/// Rows of a table, the first column flush left and the others flush right.
pub fn set(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| {
        rows.iter()
            .filter_map(|it| it.get(column))
            .map(|it| it.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            line += &if column == 0 {
                format!("{cell}{gap}")
            } else {
                format!("   {gap}{cell}")
            };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// A difference of shares in points of a hundred.
pub fn points(difference: f64) -> String {
    let text = format!("{:+.1}", half_up(difference * 100.0, 1));
    if text == "-0.0" {
        "+0.0".to_owned()
    } else {
        text.replace('-', "−")
    }
}
