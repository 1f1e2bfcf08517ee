//! Who may name whom: one list of rooms in order, and nobody names a later one; and no crate needs a system library.
//!
//! A search for words, crude and enough. What does not hold yet stands among the exceptions with its reason; one that is no longer needed is an error,
//! so that the list can only shrink.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the library, each a folder or a file of `src`, from tools upwards: those of today and those that are being built.
const ROOMS: &[&str] = &[
    // Tools.
    "lanes",
    "random",
    "threads",
    "statistics",
    "wording",
    "charts",
    "document",
    // What there is.
    "registry",
    "model",
    "population",
    "parameters",
    "programs",
    "scenario",
    // What happens.
    "engine",
    "community",
    "neural",
    "observe",
    // What it says.
    "analysis",
    "contrast",
    "comparison",
    "story",
    "summary",
    "sweep",
    "evidence",
    "fit",
    "study",
    "present",
    "report",
    // The world outside.
    "files",
    "lab",
    "command",
    "main",
];

/// Words that belong to some rooms and files alone, with the reason.
const RESERVED: &[Reserved] = &[
    Reserved {
        words: &["std::fs", "tempfile::"],
        places: &["src/files", "src/command"],
        because: "a library that touches no file runs in a browser and in a test",
    },
    Reserved {
        words: &["clap::", "println!", "eprintln!", "print!", "indicatif::", "ctrlc::"],
        places: &["src/command", "src/main.rs"],
        because: "only the program of the terminal speaks on it",
    },
    Reserved {
        words: &["std::time", "Instant", "SystemTime"],
        places: &["src/command"],
        because: "no clock in anything that reaches a result",
    },
    Reserved {
        words: &["rayon::", "std::thread"],
        places: &["src/threads.rs", "src/engine/driver.rs"],
        because: "what runs on threads is decided in one place, and a browser has none",
    },
    Reserved {
        words: &["use plotters"],
        places: &["src/charts/surface/through_plotters.rs"],
        because: "it brings a browser's whole interface along to a web page",
    },
    Reserved {
        words: &[
            "seed_from",
            "from_seed",
            "from_entropy",
            "from_os_rng",
            "thread_rng",
            "rand::rng(",
        ],
        places: &["src/random.rs"],
        because: "random numbers have an address, not a state",
    },
];

/// What does not hold yet: a file, what it names, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "src/command/stop.rs",
        "std::thread",
        "waits before it ends a program that was asked to stop",
    ),
    (
        "src/document/source.rs",
        "std::fs",
        "reads the file that it shows, behind the feature `files`",
    ),
    (
        "src/evidence/studies.rs",
        "std::fs",
        "lists folders of scenario files, behind the feature `files`",
    ),
];

/// Rooms that take random numbers but are told the seed come before this one.
const CHOOSES_SEEDS: &str = "engine";

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

/// Words that only some places may use.
struct Reserved {
    words: &'static [&'static str],
    places: &'static [&'static str],
    because: &'static str,
}

/// A file that names what it should not.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Offence {
    file: String,
    line: usize,
    word: String,
    because: String,
}

#[test]
fn nobody_names_a_later_room_or_what_is_reserved_to_others() {
    let files = sources("src");
    let mut offences = Vec::new();
    for (file, text) in &files {
        offences.extend(arrows_upward(file, text));
        for reserved in RESERVED {
            if !reserved.places.iter().any(|place| file.starts_with(place)) {
                offences.extend(offences_in(file, text, reserved.words, reserved.because));
            }
        }
    }
    let excepted = |offence: &Offence| {
        EXCEPTIONS
            .iter()
            .position(|(file, word, _)| *file == offence.file && *word == offence.word)
    };
    let needed: BTreeSet<usize> = offences.iter().filter_map(excepted).collect();
    let unexcused: Vec<String> = offences
        .iter()
        .filter(|offence| excepted(offence).is_none())
        .map(|it| format!("{}:{}: `{}` ({})", it.file, it.line, it.word, it.because))
        .collect();
    assert!(unexcused.is_empty(), "{}", unexcused.join("\n"));
    let spare: Vec<_> = (0..EXCEPTIONS.len())
        .filter(|number| !needed.contains(number))
        .map(|number| EXCEPTIONS[number])
        .collect();
    assert!(spare.is_empty(), "no longer needed, take them out: {spare:#?}");
}

#[test]
fn every_room_stands_in_the_list_once() {
    let known: BTreeSet<&str> = ROOMS.iter().copied().collect();
    assert_eq!(known.len(), ROOMS.len());
    let rooms: BTreeSet<String> = sources("src").iter().filter_map(|(file, _)| room_of(file)).collect();
    let unknown: Vec<&String> = rooms.iter().filter(|room| !known.contains(room.as_str())).collect();
    assert!(unknown.is_empty(), "where do these rooms belong? {unknown:?}");
}

#[test]
fn the_search_sees_every_way_to_name_a_room() {
    let named = |text: &str| -> Vec<String> {
        let offences = arrows_upward("src/engine/a.rs", text);
        offences
            .into_iter()
            .map(|it| format!("{}:{}", it.line, it.word))
            .collect()
    };
    assert_eq!(named("use crate::model::x;\nuse crate::summary::y;\n"), ["2:summary"]);
    assert_eq!(named("fn f() {}\nlet x = crate::report::g();\n"), ["2:report"]);
    assert_eq!(
        named("use crate::{\n    model::{a, report},\n    summary::b,\n    story,\n};\n"),
        ["1:story", "1:summary"]
    );
    assert_eq!(
        named("use crate::engine::x;\nuse crate::population::report;\n"),
        [""; 0]
    );
    assert_eq!(
        named("// crate::report\n#[cfg(test)]\nuse crate::report::x;\n"),
        [""; 0]
    );
}

/// A file that names so many measures lists them.
const A_LIST: usize = 8;

/// Files that list measures though they are not the registry, and why.
const LISTS_OF_MEASURES: &[(&str, &str)] = &[];

#[test]
fn only_the_registry_lists_measures() {
    let mut lists = BTreeSet::new();
    for (file, text) in sources("src") {
        let named = code(&text).flat_map(|(_, line)| line.split("Measure::").skip(1));
        let variants: BTreeSet<String> = named
            .map(word)
            .filter(|name| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase))
            .collect();
        if variants.len() >= A_LIST && room_of(&file).as_deref() != Some("registry") {
            lists.insert(file);
        }
    }
    let excepted = LISTS_OF_MEASURES.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(lists, excepted, "left: files that list measures; right: those that may");
}

#[test]
fn nothing_below_the_engine_chooses_a_seed() {
    let engine = place_of(CHOOSES_SEEDS);
    let (mut offences, mut seeds) = (Vec::new(), 0);
    for (file, text) in sources("src") {
        let found = offences_in(&file, &text, &["Stream::new("], "is told the seed");
        match room_of(&file) {
            Some(room) if place_of(&room) < engine => offences.extend(found),
            _ => seeds += found.len(),
        }
    }
    assert!(offences.is_empty(), "{offences:#?}");
    assert!(seeds > 0, "the search finds nothing at all");
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
    let lines: Vec<usize> = offences_in("a.rs", text, &["std::fs"], "")
        .iter()
        .map(|it| it.line)
        .collect();
    assert_eq!(lines, [1, 10]);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The room of a file; none for the front page.
fn room_of(file: &str) -> Option<String> {
    let inside = file.strip_prefix("src/")?;
    let room = inside.split('/').next()?.trim_end_matches(".rs");
    (room != "lib").then(|| room.to_owned())
}

fn place_of(room: &str) -> usize {
    let place = ROOMS.iter().position(|known| *known == room);
    place.unwrap_or_else(|| panic!("`{room}` is not in the list of rooms"))
}

/// Where a file names a room that comes later than its own.
fn arrows_upward(file: &str, text: &str) -> Vec<Offence> {
    let Some(room) = room_of(file) else {
        return Vec::new();
    };
    let here = place_of(&room);
    let code: Vec<(usize, &str)> = code(text).collect();
    let mut found = BTreeSet::new();
    for (place, (number, line)) in code.iter().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let named = if rest.starts_with('{') {
                let lines = code[place + 1..].iter().map(|(_, line)| *line);
                heads(&std::iter::once(rest).chain(lines).collect::<String>())
            } else {
                vec![word(rest)]
            };
            found.extend(named.into_iter().map(|name| (*number, name)));
        }
    }
    let later = |name: &str| {
        ROOMS
            .iter()
            .position(|known| *known == name)
            .is_some_and(|there| there > here)
    };
    let offences = found.into_iter().filter(|(_, name)| later(name));
    offences
        .map(|(line, word)| Offence {
            file: file.to_owned(),
            line,
            word,
            because: format!("`{room}` comes before it"),
        })
        .collect()
}

/// The word with which a text begins.
fn word(text: &str) -> String {
    text.chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect()
}

/// The first word of each part of a list in braces: of `{a::{b, c}, d}` it is `a` and `d`.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut fresh) = (0, Vec::new(), false);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => {
                depth += 1;
                fresh = depth == 1;
            }
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' => fresh = depth == 1,
            _ if fresh && !letter.is_whitespace() => {
                heads.push(word(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

/// Where a file mentions one of the words, tests and comments left aside.
fn offences_in(file: &str, text: &str, words: &[&str], because: &str) -> Vec<Offence> {
    let found = code(text).flat_map(|(line, content)| {
        let words = words.iter().filter(move |word| content.contains(**word));
        words.map(move |word| (line, *word))
    });
    found
        .map(|(line, word)| Offence {
            file: file.to_owned(),
            line,
            word: word.to_owned(),
            because: because.to_owned(),
        })
        .collect()
}

/// Lines with their numbers, tests and comments left aside.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut within_tests = false;
    let mut for_tests = false;
    let lines = text.lines().enumerate().filter(move |(_, line)| {
        // A module for tests ends with a brace at the margin; what is not a module ends with its own line.
        let begins = line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test,");
        let is_test = within_tests || for_tests || begins;
        if within_tests {
            within_tests = !matches!(*line, "}" | "};");
        } else if for_tests {
            within_tests = line.ends_with('{');
        }
        for_tests = begins || for_tests && line.starts_with("#[");
        !is_test && !line.trim_start().starts_with("//")
    });
    lines.map(|(number, line)| (number + 1, line))
}

/// Rust files under a folder with their text, by their path from the root; files of tests alone are left aside.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    assert!(!files.is_empty(), "`{folder}` has no source files");
    files.sort();
    let named = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    files
        .iter()
        .map(|path| (named(path), fs::read_to_string(path).unwrap()))
        .collect()
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
