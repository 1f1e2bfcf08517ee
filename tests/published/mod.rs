//! The tables and the scenario files of the folder of published studies, read plainly.

pub mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

/// One line of a table, by column name.
pub type Row = BTreeMap<String, String>;

/// The rows of both tables, joined, by the stem of the file that holds them.
pub fn experiments() -> BTreeMap<String, Vec<Row>> {
    let mut experiments: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let (seen, codes) = (table("helping_experiments.csv"), table("codes.csv"));
    let later = table("codes_of_later_keys.csv");
    assert_eq!(seen.len(), codes.len(), "the tables have the same rows");
    assert_eq!(later.len(), codes.len(), "the tables have the same rows");
    for ((seen, codes), later) in seen.into_iter().zip(codes).zip(later) {
        for key in ["study_id", "study", "condition", "helped", "of", "use", "unit"] {
            assert_eq!(seen[key], codes[key], "the two tables differ in `{key}`: {codes:?}");
        }
        let study = match seen["study"].as_str() {
            "I" => "1",
            "II" => "2",
            arabic => arabic,
        };
        let stem = format!("{}_{study}", seen["study_id"]);
        // `escape` and `cost` are words in the first table and codes in the second.
        let row = seen.into_iter().chain(codes).chain(later).collect();
        experiments.entry(stem).or_default().push(row);
    }
    experiments
}

/// A table of this folder.
pub fn table(name: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(folder().join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A scenario of this folder as plain TOML.
pub fn scenario(stem: &str) -> Table {
    let path = folder().join(format!("{stem}.toml"));
    read(&path)
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The stems of all scenarios of this folder, in order.
pub fn scenario_stems() -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).expect("the folder of published scenarios");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_string()))
        .collect()
}

/// The text of a file.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folder of the published scenarios.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/published")
}
