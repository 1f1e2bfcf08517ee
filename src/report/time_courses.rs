//! `timecourse.csv`: one row for each condition, point in time and quantity of the course of a scene.

use super::decimal::push_decimal;
use crate::engine::timecourse::{Course, Quantity, TimeCourses};
use crate::registry::{Column, NAME, codebook, header, name_cell};
use crate::scenario::Scenario;

/// File name of the codebook.
const CODEBOOK: &str = "timecourse_codebook.csv";

/// A row of the table.
struct Row<'a> {
    condition: &'a str,
    time_s: f64,
    quantity: Quantity,
    course: &'a Course,
    point: usize,
}

/// What writes a column of a row.
type Cell = fn(&Row, &mut Vec<u8>);

/// The columns of the table, in order.
fn columns() -> [Column<Cell>; 7] {
    const OF_PEOPLE: (&str, &str) = ("of the quantity", "of the quantity");
    [
        Column::new("condition", ("", NAME), "name of the condition", |row, text| {
            text.extend_from_slice(row.condition.as_bytes());
        }),
        Column::new(
            "time_s",
            ("s", "0 …"),
            "time since the scene began; whoever has decided stays as they were then",
            |row, text| push_decimal(text, row.time_s, 3),
        ),
        Column::new(
            "quantity",
            (
                "",
                "text: attention, affective_sharing, personal_distress, compassion, help, leave",
            ),
            "what is followed; help and leave are tendencies, and decide at 1",
            |row, text| text.extend_from_slice(row.quantity.key().as_bytes()),
        ),
        Column::new("mean", OF_PEOPLE, "mean over the first 400 people", |row, text| {
            push_decimal(text, row.course.mean[row.point], 5);
        }),
        Column::new("median", OF_PEOPLE, "median of them", |row, text| {
            push_decimal(text, row.course.median[row.point], 5);
        }),
        Column::new(
            "lower_quartile",
            OF_PEOPLE,
            "a quarter of them lie below",
            |row, text| {
                push_decimal(text, row.course.lower[row.point], 5);
            },
        ),
        Column::new(
            "upper_quartile",
            OF_PEOPLE,
            "a quarter of them lie above",
            |row, text| {
                push_decimal(text, row.course.upper[row.point], 5);
            },
        ),
    ]
}

/// The table: conditions in their order, in them points in time, in them quantities.
pub fn timecourse_csv(scenario: &Scenario, courses: &TimeCourses) -> Vec<u8> {
    let columns = columns();
    let mut text = header(&columns).into_bytes();
    for (condition, of_condition) in scenario.conditions.iter().zip(&courses.conditions) {
        let name = name_cell(&condition.name);
        for (point, time_s) in courses.times_s.iter().enumerate() {
            for quantity in Quantity::ALL {
                let row = Row {
                    condition: &name,
                    time_s: *time_s,
                    quantity,
                    course: &of_condition[quantity as usize],
                    point,
                };
                for (number, column) in columns.iter().enumerate() {
                    if number > 0 {
                        text.push(b',');
                    }
                    (column.cell)(&row, &mut text);
                }
                text.push(b'\n');
            }
        }
    }
    text
}

/// The file that explains the table: name and content.
pub fn timecourse_codebook() -> (&'static str, String) {
    (CODEBOOK, codebook(&columns()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::study::{self, Options};

    #[test]
    fn every_condition_point_and_quantity_has_a_row() {
        let mut scenario = crate::engine::test_scenario(&["one", "=other"]);
        scenario.run.agents = 20;
        let options = Options {
            time_course: true,
            ..Options::default()
        };
        let results = study::run(&scenario, &crate::parameters::shipped(), &options, &Unwatched).unwrap();
        let courses = results.time_courses.unwrap();
        let table = timecourse_csv(&scenario, &courses);
        let mut table = csv::Reader::from_reader(&table[..]);
        let (_, codebook) = timecourse_codebook();
        let mut codebook = csv::Reader::from_reader(codebook.as_bytes());
        let explained: Vec<String> = codebook.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>(), explained);
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2 * courses.times_s.len() * Quantity::ALL.len());
        let last = rows.last().unwrap();
        assert_eq!((&last[0], &last[2]), ("'=other", "leave"));
        let quartiles = [5, 4, 6].map(|cell| last[cell].parse::<f64>().unwrap());
        assert!(quartiles.is_sorted(), "{last:?}");
    }
}
