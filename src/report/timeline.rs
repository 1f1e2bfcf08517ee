//! `timeline.csv`: one row for each condition, moment and measure.

use super::decimal::push_decimal;
use crate::engine::life::{Moment, moments};
use crate::engine::tally::Tally;
use crate::registry::{Column, Measure, NAME, codebook, header, name_cell};
use crate::scenario::Scenario;

/// File name of the codebook.
const CODEBOOK: &str = "timeline_codebook.csv";

/// What is known of a measure at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Mean over people, or the share of units.
    pub mean: f64,
    /// Standard deviation between people; of a share, √(p (1 − p)).
    pub sd: f64,
    /// Number of people or units.
    pub n: u64,
}

/// A measure of a tally; none if it has not been measured, or of nobody.
pub fn seen(tally: &Tally, measure: Measure) -> Option<Seen> {
    if let Some(outcome) = measure.outcome() {
        let mean = tally.units.share(outcome)?;
        return Some(Seen {
            mean,
            sd: (mean * (1.0 - mean)).sqrt(),
            n: tally.units.total(),
        });
    }
    let moments = tally.measures.get(&measure).filter(|it| it.count() > 0)?;
    Some(Seen {
        mean: moments.mean(),
        sd: moments.sd().unwrap_or_default(),
        n: moments.count(),
    })
}

/// A row of the table.
struct Row {
    condition: String,
    moment: Moment,
    follow_up: bool,
    measure: Measure,
    seen: Seen,
}

/// What writes a column of a row.
type Cell = fn(&Row, &mut Vec<u8>);

/// The columns of the table, in order.
fn columns() -> [Column<Cell>; 8] {
    [
        Column::new("condition", ("", NAME), "name of the condition", |row, text| {
            text.extend_from_slice(row.condition.as_bytes());
        }),
        Column::new(
            "week",
            ("weeks", "0 …"),
            "when people are seen, in weeks since the timeline began",
            |row, text| {
                push_decimal(text, row.moment.week, 3);
            },
        ),
        Column::new(
            "exposure",
            ("", "1 …"),
            "which of the encounters in a row; empty where there is one",
            |row, text| {
                let exposure = row
                    .moment
                    .exposure
                    .map_or(String::new(), |exposure| exposure.to_string());
                text.extend_from_slice(exposure.as_bytes());
            },
        ),
        Column::new(
            "follow_up",
            ("", "text: yes or no"),
            "whether the weeks of the timeline are over",
            |row, text| {
                text.extend_from_slice(if row.follow_up { b"yes" } else { b"no" });
            },
        ),
        Column::new(
            "measure",
            ("", "text: the names below"),
            "what was measured",
            |row, text| {
                text.extend_from_slice(row.measure.key().as_bytes());
            },
        ),
        Column::new(
            "mean",
            ("of the measure", "of the measure"),
            "mean over n; of an outcome the share of n",
            |row, text| push_decimal(text, row.seen.mean, 5),
        ),
        Column::new(
            "sd",
            ("of the measure", "0 …"),
            "standard deviation between people, none of the mean's error; of a share p, √(p (1 − p))",
            |row, text| push_decimal(text, row.seen.sd, 5),
        ),
        Column::new(
            "n",
            ("people or groups", "1 …"),
            "how many were measured",
            |row, text| {
                text.extend_from_slice(row.seen.n.to_string().as_bytes());
            },
        ),
    ]
}

/// The rows of the table; none where nothing lies around the scenes.
fn rows(scenario: &Scenario, tallies: &[Tally]) -> Vec<Row> {
    let mut rows = Vec::new();
    if scenario
        .conditions
        .iter()
        .all(|condition| condition.protocol.is_single())
    {
        return rows;
    }
    for (condition, tally) in scenario.conditions.iter().zip(tallies) {
        let name = name_cell(&condition.name);
        let weeks = condition.protocol.timeline.as_ref().map(|timeline| timeline.weeks);
        for (moment, tally) in moments(condition).iter().zip(&tally.course) {
            let measured = Measure::ALL
                .into_iter()
                .filter_map(|measure| Some((measure, seen(tally, measure)?)));
            rows.extend(measured.map(|(measure, seen)| Row {
                condition: name.clone(),
                moment: *moment,
                follow_up: weeks.is_some_and(|weeks| moment.week > weeks),
                measure,
                seen,
            }));
        }
    }
    rows
}

/// The table; none where nothing lies around the scenes.
pub fn timeline_csv(scenario: &Scenario, tallies: &[Tally]) -> Option<Vec<u8>> {
    if scenario
        .conditions
        .iter()
        .all(|condition| condition.protocol.is_single())
    {
        return None;
    }
    let columns = columns();
    let mut text = header(&columns).into_bytes();
    for row in rows(scenario, tallies) {
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                text.push(b',');
            }
            (column.cell)(&row, &mut text);
        }
        text.push(b'\n');
    }
    Some(text)
}

/// The file that explains the table, its columns and the measures that stand in it: name and content.
pub fn timeline_codebook(scenario: &Scenario, tallies: &[Tally]) -> (&'static str, String) {
    let mut measures: Vec<Measure> = Vec::new();
    for row in rows(scenario, tallies) {
        if !measures.contains(&row.measure) {
            measures.push(row.measure);
        }
    }
    measures.sort_unstable();
    let explained = columns().map(|column| Column::new(column.name, (column.unit, column.range), column.meaning, ()));
    let of_measures = measures.iter().map(|measure| {
        let row = measure.row();
        Column::new(format!("mean of {}", row.key), (row.unit, row.range), row.meaning, ())
    });
    (
        CODEBOOK,
        codebook(&explained.into_iter().chain(of_measures).collect::<Vec<_>>()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::scenario::Timeline;
    use crate::study::{self, Options};

    #[test]
    fn the_codebook_explains_every_column_and_every_measure_that_stands_in_the_table() {
        let mut scenario = crate::engine::test_scenario(&["one", "=other"]);
        scenario.run.agents = 20;
        for condition in &mut scenario.conditions {
            condition.protocol.timeline = Some(Timeline {
                weeks: 1.0,
                measure_at: vec![0.0, 1.0, 2.0],
            });
        }
        let results = study::run(
            &scenario,
            &crate::parameters::shipped(),
            &Options::default(),
            &Unwatched,
        )
        .unwrap();
        let table = timeline_csv(&scenario, &results.tallies).unwrap();
        let mut table = csv::Reader::from_reader(&table[..]);
        let (_, codebook) = timeline_codebook(&scenario, &results.tallies);
        let mut codebook = csv::Reader::from_reader(codebook.as_bytes());
        let mut explained: Vec<String> = codebook.records().map(|row| row.unwrap()[0].to_owned()).collect();
        let of_measures = explained.split_off(8);
        assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>(), explained);
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert!(
            rows.iter()
                .any(|row| &row[0] == "'=other" && &row[1] == "2.000" && &row[3] == "yes")
        );
        for name in &of_measures {
            assert!(rows.iter().any(|row| format!("mean of {}", &row[4]) == *name), "{name}");
        }
        for row in &rows {
            assert!(of_measures.contains(&format!("mean of {}", &row[4])), "{row:?}");
        }
    }
}
