//! The dependency rule: psychology knows no files, statistics no scenarios, charts no model, words no pictures; and no crate needs a system library.
//!
//! A search for words, crude and enough.

use std::fs;
use std::path::{Path, PathBuf};

/// For each layer, what its source may not mention.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "src/model",
        &[
            "std::fs",
            "std::io",
            "std::time",
            "toml::",
            "println!",
            "crate::scenario",
            "crate::engine",
            "crate::statistics",
            "crate::charts",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/lanes",
        &[
            "std::fs",
            "std::io",
            "crate::model",
            "crate::engine",
            "crate::scenario",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/population",
        &[
            "std::fs",
            "std::io",
            "crate::engine",
            "crate::scenario",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/statistics",
        &[
            "std::fs",
            "std::io",
            "crate::scenario",
            "crate::charts",
            "crate::engine",
            "crate::model",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/charts",
        &[
            "crate::model",
            "crate::engine",
            "crate::scenario",
            "crate::report",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/engine",
        &[
            "std::fs",
            "std::io",
            "std::time",
            "crate::report",
            "crate::charts",
            "crate::summary",
            "crate::story",
            "crate::comparison",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/comparison",
        &[
            "std::fs",
            "std::io",
            "std::time",
            "println!",
            "crate::report",
            "crate::charts",
            "crate::summary",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/scenario",
        &[
            "crate::engine",
            "crate::charts",
            "crate::report",
            "crate::evidence",
            "crate::fit",
        ],
    ),
    (
        "src/summary",
        &[
            "std::fs",
            "std::io",
            "std::time",
            "println!",
            "crate::report",
            "crate::charts",
            "crate::comparison",
            "crate::evidence",
            "crate::fit",
            "crate::story",
        ],
    ),
    (
        "src/story",
        &[
            "std::fs",
            "std::io",
            "std::time",
            "println!",
            "crate::report",
            "crate::charts",
            "crate::comparison",
            "crate::evidence",
            "crate::fit",
            "crate::summary",
        ],
    ),
    (
        "src/wording.rs",
        &[
            "crate::model",
            "crate::engine",
            "crate::scenario",
            "crate::charts",
            "crate::report",
            "crate::summary",
            "crate::story",
            "crate::comparison",
        ],
    ),
    ("src/report", &["println!", "crate::evidence", "crate::fit"]),
    ("src/document", ABOVE_THE_DOCUMENT),
    (
        "src/parameters.rs",
        &[
            "crate::evidence",
            "crate::fit",
            "crate::engine",
            "crate::scenario",
            "crate::report",
        ],
    ),
    (
        "src/parameters",
        &[
            "crate::evidence",
            "crate::fit",
            "crate::engine",
            "crate::scenario",
            "crate::report",
        ],
    ),
    (
        "src/programs",
        &[
            "crate::evidence",
            "crate::fit",
            "crate::engine",
            "crate::scenario",
            "crate::report",
        ],
    ),
    (
        "src/random.rs",
        &["crate::model", "crate::engine", "crate::scenario", "crate::report"],
    ),
    (
        "src/evidence",
        &[
            "std::time",
            "println!",
            "crate::report",
            "crate::story",
            "crate::comparison",
            "crate::fit",
        ],
    ),
    (
        "src/fit",
        &[
            "std::time",
            "println!",
            "crate::report",
            "crate::charts",
            "crate::story",
            "crate::comparison",
        ],
    ),
];

/// All that reads documents.
const ABOVE_THE_DOCUMENT: &[&str] = &[
    "crate::model",
    "crate::parameters",
    "crate::programs",
    "crate::scenario",
    "crate::engine",
    "crate::report",
];

/// How files and folders are created, changed or removed.
const WRITING: &[&str] = &[
    "fs::write",
    "File::create",
    "create_dir",
    "OpenOptions",
    "fs::rename",
    "fs::remove",
    "fs::copy",
    "tempfile::",
    "TempDir",
];

/// Layers that take random numbers but are told the seed.
const BELOW_THE_ENGINE: &[&str] = &[
    "src/model",
    "src/lanes",
    "src/population",
    "src/statistics",
    "src/charts",
    "src/programs",
];

/// How a stream of random numbers gets a seed.
const SEEDING: &[&str] = &[
    "Stream::new(",
    "seed_from",
    "from_seed",
    "from_entropy",
    "from_os_rng",
    "thread_rng",
    "rand::rng(",
];

/// Crates that look for, or build, a library outside Rust.
const SYSTEM_LIBRARIES: &[&str] = &[
    "font-kit",
    "freetype",
    "freetype-sys",
    "yeslogic-fontconfig-sys",
    "servo-fontconfig-sys",
    "fontconfig",
    "openssl-sys",
    "libz-sys",
    "bzip2-sys",
    "lzma-sys",
    "zstd-sys",
    "libsqlite3-sys",
    "pkg-config",
    "cmake",
    "openblas-src",
    "intel-mkl-src",
    "nlopt",
    "hdf5-sys",
    "curl-sys",
    "libgit2-sys",
    "pyo3-ffi",
];

/// `-sys` crates that only declare what every system of their kind has, and link nothing that must be installed.
const DECLARATIONS: &[&str] = &[
    "windows-sys",
    "js-sys",
    "web-sys",
    "linux-raw-sys",
    "core-foundation-sys",
];

#[test]
fn no_layer_mentions_what_lies_above_it() {
    let mut offences = Vec::new();
    for (layer, words) in FORBIDDEN {
        offences.extend(mentions(layer, words));
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn only_the_report_creates_files() {
    let elsewhere = mentions("src", WRITING);
    let offences: Vec<&String> = elsewhere.iter().filter(|it| !it.starts_with("src/report")).collect();
    assert!(offences.is_empty(), "{offences:#?}");
    assert!(
        !mentions("src/report", WRITING).is_empty(),
        "the search finds nothing at all"
    );
}

#[test]
fn nothing_below_the_engine_chooses_a_seed() {
    let offences: Vec<String> = BELOW_THE_ENGINE
        .iter()
        .flat_map(|layer| mentions(layer, SEEDING))
        .collect();
    assert!(offences.is_empty(), "{offences:#?}");
    assert!(
        !mentions("src/engine", SEEDING).is_empty(),
        "the search finds nothing at all"
    );
}

#[test]
fn no_crate_needs_a_system_library() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let names: Vec<&str> = lock
        .lines()
        .filter_map(|it| it.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(
        names.contains(&"compassion") && names.contains(&"serde"),
        "Cargo.lock is not read as it should be"
    );
    let needs =
        |name: &&&str| SYSTEM_LIBRARIES.contains(*name) || name.ends_with("-sys") && !DECLARATIONS.contains(*name);
    let needing: Vec<&&str> = names.iter().filter(needs).collect();
    assert!(needing.is_empty(), "{needing:?}");
}

#[test]
fn the_search_skips_tests_and_comments_and_nothing_else() {
    let text = "use std::fs;\n// std::fs in words\n#[cfg(test)]\nuse std::fs;\nfn f() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\nuse std::fs;\n";
    assert_eq!(
        offences_in(Path::new("a.rs"), text, &["std::fs"]),
        ["a.rs:1: `std::fs`", "a.rs:10: `std::fs`"]
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Where the source of a layer mentions one of the words, tests and comments left aside.
fn mentions(layer: &str, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    let path = root().join(layer);
    if path.is_file() {
        files.push(path);
    } else {
        collect(&path, &mut files);
    }
    assert!(!files.is_empty(), "`{layer}` has no source files");
    files.sort();
    let texts = files
        .iter()
        .map(|it| (it.strip_prefix(root()).unwrap(), fs::read_to_string(it).unwrap()));
    texts.flat_map(|(path, text)| offences_in(path, &text, words)).collect()
}

fn offences_in(path: &Path, text: &str, words: &[&str]) -> Vec<String> {
    let mut within_tests = false;
    let mut for_tests = false;
    let code = text.lines().enumerate().filter(move |(_, line)| {
        // A module for tests ends with a brace at the margin; what is not a module ends with its own line.
        let is_test = within_tests || for_tests || line.starts_with("#[cfg(test)]");
        if within_tests {
            within_tests = !matches!(*line, "}" | "};");
        } else if for_tests {
            within_tests = line.ends_with('{');
        }
        for_tests = line.starts_with("#[cfg(test)]") || for_tests && line.starts_with("#[");
        !is_test && !line.trim_start().starts_with("//")
    });
    let found = code.flat_map(|(number, line)| {
        let words = words.iter().filter(move |it| line.contains(**it));
        words.map(move |word| format!("{}:{}: `{word}`", path.display(), number + 1))
    });
    found.collect()
}

/// Rust files under a folder; files of tests alone are left aside.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}
