//! Other files than scenarios are read with the same parts: here one of parameters, freely named.

use compassion::document::{Data, Interval, Key, Kind, Problem, Problems, Section, Source, parse};

const ENTRY: &[Key] = &[
    Key::new("<parameter>.value", Kind::Number(Interval::FINITE), "its value").required(),
    Key::new(
        "<parameter>.range",
        Kind::Numbers(Interval::FINITE),
        "the values it may have",
    ),
    Key::new("<parameter>.unit", Kind::Line, "its unit"),
    Key::new("<parameter>.source", Kind::Line, "where it comes from").required(),
];

/// The values and ranges of a parameter file.
fn read(text: &str) -> Result<Vec<(String, f64, Vec<f64>)>, Problems> {
    let source = Source::new("parameters.toml", text);
    let (table, mut problems) = parse(&source);
    let mut parameters = Vec::new();
    for entry in &table.entries {
        let Data::Table(table) = &entry.value.data else {
            problems.push(Problem::new(entry.value.span.clone(), "a parameter is a table"));
            continue;
        };
        let section = Section::open(table, &entry.value.span, "<parameter>", ENTRY, &mut problems);
        let value = section.number("value", &mut problems).unwrap_or_default();
        let range = section.numbers("range", &mut problems);
        section.text("unit", &mut problems);
        section.text("source", &mut problems);
        parameters.push((entry.key.clone(), value, range));
    }
    if problems.is_empty() {
        Ok(parameters)
    } else {
        Err(Problems::new(source, problems))
    }
}

#[test]
fn a_right_file_is_read() {
    let text = "steepness = { value = 8, range = [1, 2.5e1], unit = '1', source = 'assumption' }\n\
                [leak]\nvalue = 0.09\nsource = 'calibrated'\n";
    let parameters = read(text).expect("it is right");
    assert_eq!(
        parameters,
        [
            ("steepness".to_owned(), 8.0, vec![1.0, 25.0]),
            ("leak".to_owned(), 0.09, vec![])
        ]
    );
}

#[test]
fn a_wrong_file_is_explained() {
    let text = "steepness = { value = nan, range = [1, 'x', inf], sorce = 'assumption' }\nleak = 3\n";
    insta::assert_snapshot!(read(text).expect_err("it is wrong"));
}
