//! Where the values of a file stand, and how to change one of them.

use toml::{Table, Value};

/// Where a value stands in a file: keys, and indices of arrays.
pub type Place = Vec<String>;

/// Every value of a file that the tables speak about.
pub fn leaves(file: &Table) -> Vec<Place> {
    fn walk(value: &Value, here: &Place, found: &mut Vec<Place>) {
        let step = |it: &str| [here.as_slice(), &[it.to_string()]].concat();
        match value {
            Value::Table(table) => {
                for (key, value) in table.iter().filter(|(key, _)| *key != "factors") {
                    walk(value, &step(key), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &step(&index.to_string()), found);
                }
            }
            _ => found.push(here.clone()),
        }
    }
    let mut found = Vec::new();
    for key in ["run", "citation", "situation", "condition"] {
        if let Some(value) = file.get(key) {
            walk(value, &vec![key.to_string()], &mut found);
        }
    }
    found
}

/// Changes one value a little.
pub fn change(file: &mut Table, place: &Place) {
    let mut value = &mut file[place[0].as_str()];
    for step in &place[1..] {
        value = match value {
            Value::Array(items) => &mut items[step.parse::<usize>().expect("an index")],
            other => &mut other[step.as_str()],
        };
    }
    match value {
        Value::Integer(number) => *number += 1,
        Value::Float(number) => *number += 0.05,
        Value::String(word) => word.push('x'),
        other => panic!("{place:?} holds an unexpected value: {other}"),
    }
}
