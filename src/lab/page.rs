//! The page: its parts, which lie in the folder `page`, put into one file with the engine and the runs inside.
//!
//! Text that somebody wrote stands in data blocks only, in which nothing can end the block: JSON without `<`, and packed bytes. A policy in the
//! page names the one script by its hash, so that no other script runs in it, and allows no request.

use super::runs::{NoScene, runs};
use super::script::linked;
use super::teaching::Scene;
use crate::engine::monitor::Monitor;
use crate::report::escaped;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");
const WORKER: &str = include_str!("page/worker.js");

/// The engine for `wasm32`, which the script `.ci/lab build` makes of these sources.
pub const ENGINE: &[u8] = include_bytes!("engine.wasm");

/// What a page that is a lab has in its head, so that nothing else is taken for one.
pub const MARK: &str = "<meta name=\"generator\" content=\"compassion lab";

/// The words of the page in every language, by its tag.
pub const WORDS: &[(&str, &str)] = &[
    ("en", include_str!("page/words/en.json")),
    ("de", include_str!("page/words/de.json")),
    ("es", include_str!("page/words/es.json")),
];

/// The page with these scenarios; the monitor is told how many of them have been run.
///
/// # Errors
///
/// [`NoScene`] if a scenario is wrong.
///
/// # Panics
///
/// If the parts that the program was built with do not fit together, which tests exclude.
pub fn page(scenes: &[Scene], language: &str, monitor: &dyn Monitor) -> Result<String, NoScene> {
    let runs = runs(scenes, monitor)?;
    let code = linked();
    let title = match &runs["scenarios"].as_array().map(Vec::as_slice) {
        Some([only]) => only["scene"]["title"].as_str().unwrap_or_default().to_owned(),
        _ => "Compassion lab".to_owned(),
    };
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; style-src {}; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(&code),
        hash(STYLE)
    );
    let words: Vec<String> = WORDS
        .iter()
        .map(|(tag, words)| format!("\"{tag}\":{}", compact(words)))
        .collect();
    let parts = [
        ("policy", policy),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("title", escaped(&title)),
        ("style", STYLE.to_owned()),
        ("language", language.to_owned()),
        ("plain", plain(&runs, language)),
        ("start", in_script(&json!({ "language": language }).to_string())),
        ("words", packed(format!("{{{}}}", words.join(",")).as_bytes())),
        ("worker", WORKER.to_owned()),
        ("runs", packed(runs.to_string().as_bytes())),
        ("engine", packed(ENGINE)),
        ("code", code),
    ];
    Ok(filled(PAGE, &parts))
}

/// A template with its parts in their places; what stands in a part is not looked at again.
fn filled(template: &str, parts: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("[[") {
        let (name, left) = after.split_once("]]").expect("a part has an end");
        let part = parts
            .iter()
            .find(|(part, _)| *part == name)
            .expect("a part of every name");
        page.push_str(before);
        page.push_str(&part.1);
        rest = left;
    }
    page.push_str(rest);
    page
}

/// JSON on one line.
fn compact(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("words are JSON");
    value.to_string()
}

/// JSON as it may stand in a script block: nothing in it can end the block.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// The words at a path, in a language that there is.
fn word(language: &str, path: &str) -> String {
    let words = WORDS.iter().find(|(tag, _)| *tag == language).unwrap_or(&WORDS[0]).1;
    let words: Value = serde_json::from_str(words).expect("words are JSON");
    let found = path.split('.').fold(&words, |place, key| &place[key]);
    found.as_str().unwrap_or_default().to_owned()
}

/// The runs as tables, for those who read without scripts.
fn plain(runs: &Value, language: &str) -> String {
    let of_100 = word(language, "of_100");
    let interval = word(language, "interval");
    let heads = [
        "reveal.condition",
        "outcome.helped",
        "reveal.interval_head",
        "outcome.left",
    ];
    let heads = heads
        .map(|path| format!("<th>{}</th>", escaped(&word(language, path))))
        .concat();
    let mut markup = format!("<p>{}</p>", escaped(&word(language, "no_script")));
    for scenario in runs["scenarios"].as_array().into_iter().flatten() {
        let rates = &scenario["answers"]["{\"what\":\"rates\"}"]["rates"];
        let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
        let _ = write!(
            markup,
            "<h2>{}</h2><p>{}</p><p>{}</p><table><thead><tr>{heads}</tr></thead><tbody>",
            text(&rates["title"]),
            text(&rates["question"]),
            text(&rates["answer"])
        );
        for condition in rates["conditions"].as_array().into_iter().flatten() {
            let share = |key: &str| {
                let share = condition[key].as_f64();
                share.map_or("–".to_owned(), |share| format!("{:.0}", share * 100.0))
            };
            let of_hundred = |key: &str| of_100.replace("{n}", &share(key));
            let bounds = interval
                .replace("{low}", &share("lower"))
                .replace("{high}", &share("upper"));
            let _ = write!(
                markup,
                "<tr><td>{}</td><td>{}</td><td>{bounds}</td><td>{}</td></tr>",
                text(&condition["name"]),
                of_hundred("helped"),
                of_hundred("left")
            );
        }
        markup.push_str("</tbody></table>");
    }
    markup
}

/// Bytes as gzip in letters.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let gzip = encoder.write_all(bytes).and_then(|()| encoder.finish());
    base64(&gzip.expect("memory takes everything"))
}

/// Bytes as letters (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, place| {
            bits << 8 | u32::from(three.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let sextet = bits >> (18 - 6 * place) & 63;
            text.push(if place > three.len() {
                '='
            } else {
                char::from(LETTERS[sextet as usize])
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::paths::Path;
    use crate::document::Choice;
    use crate::engine::records::Outcome;
    use crate::registry::Measure;

    #[test]
    fn letters_are_those_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn what_somebody_wrote_ends_no_block() {
        assert_eq!(in_script("\"</script><b>\""), "\"\\u003c/script>\\u003cb>\"");
        assert_eq!(
            escaped("a<b & \"c\"\u{1b}[31m"),
            "a&lt;b &amp; &quot;c&quot;\u{fffd}[31m"
        );
    }

    #[test]
    fn a_part_is_not_searched_for_parts() {
        assert_eq!(
            filled("a[[x]]b[[y]]", &[("x", "[[y]]".to_owned()), ("y", "1".to_owned())]),
            "a[[y]]b1"
        );
    }

    /// The keys of words, with their paths.
    fn paths(value: &Value, above: &str, all: &mut Vec<String>) {
        match value {
            Value::Object(map)
                if !map
                    .keys()
                    .all(|key| ["one", "few", "many", "other"].contains(&key.as_str()))
                    || map.is_empty() =>
            {
                for (key, inner) in map {
                    paths(inner, &format!("{above}.{key}"), all);
                }
            }
            _ => all.push(above.to_owned()),
        }
    }

    #[test]
    fn every_language_has_every_word_of_english() {
        let read = |words: &str| -> Value { serde_json::from_str(words).unwrap() };
        let mut english = Vec::new();
        paths(&read(WORDS[0].1), "", &mut english);
        for (tag, words) in &WORDS[1..] {
            let mut own = Vec::new();
            paths(&read(words), "", &mut own);
            let missing: Vec<&String> = english.iter().filter(|path| !own.contains(path)).collect();
            assert!(missing.is_empty(), "{tag} lacks {missing:?}");
            let unknown: Vec<&String> = own
                .iter()
                .filter(|path| {
                    let groups = [".anchor.", ".region.", ".says."];
                    !english.contains(path) && !groups.iter().any(|group| path.starts_with(group))
                })
                .collect();
            assert!(unknown.is_empty(), "{tag} has {unknown:?}, which English lacks");
        }
    }

    /// No word is kept that nobody reads: its path, or what its path begins with, stands in a module or here.
    #[test]
    fn every_word_is_used() {
        let code = format!("{}{}", linked(), include_str!("page.rs"));
        let mut english = Vec::new();
        paths(&serde_json::from_str(WORDS[0].1).unwrap(), "", &mut english);
        let is_used = |path: &str| {
            let begins = path.match_indices('.').map(|(end, _)| &path[..end]);
            code.contains(&format!("\"{path}\""))
                || begins.into_iter().any(|begin| {
                    code.contains(&format!("`{begin}.${{")) || code.contains(&format!("named(\"{begin}\""))
                })
        };
        let unused: Vec<&str> = english
            .iter()
            .map(|path| &path[1..])
            .filter(|path| !is_used(path))
            .collect();
        assert!(unused.is_empty(), "nobody reads {unused:?}");
    }

    /// German is complete: the anchors of all keys of a situation, and the regions.
    #[test]
    fn german_has_words_for_every_anchor_and_region() {
        let german: Value = serde_json::from_str(WORDS[1].1).unwrap();
        let codebook = super::super::scene::codebook();
        let mut missing = Vec::new();
        for (key, entry) in codebook["situation"].as_object().unwrap() {
            // A scale with anchors, as a page has it; other numbers are seconds and amounts.
            if entry["kind"] != "number" || entry["range"][1].as_f64().unwrap() > 1.0 {
                continue;
            }
            for anchor in entry["anchors"].as_array().unwrap() {
                let value = anchor[0].as_str().unwrap();
                // Words for both ends at once are not shown.
                let is_shown = value.parse::<f64>().is_ok();
                let value = value.replace('.', "_");
                if is_shown && !german["anchor"][key][&value].is_string() {
                    missing.push(format!("anchor.{key}.{value}: {}", anchor[1]));
                }
            }
        }
        for region in crate::neural::regions() {
            for group in ["region", "says"] {
                if !german[group][&region.key].is_string() {
                    missing.push(format!("{group}.{}", region.key));
                }
            }
        }
        assert!(missing.is_empty(), "German lacks {missing:#?}");
    }

    /// Every `{name}` of an English text stands in its translations.
    #[test]
    fn translations_fill_in_what_english_fills_in() {
        fn names(text: &str) -> Vec<&str> {
            let mut found: Vec<&str> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split('}').next())
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        }
        fn compare(tag: &str, path: &str, english: &Value, other: &Value) {
            match (english, other) {
                (Value::Object(one), Value::Object(two)) => {
                    for (key, inner) in one {
                        compare(tag, &format!("{path}.{key}"), inner, &two[key]);
                    }
                }
                (Value::String(one), Value::String(two)) => assert_eq!(names(one), names(two), "{tag}{path}"),
                _ => panic!("{tag}{path} is not of the same kind"),
            }
        }
        let read = |words: &str| -> Value { serde_json::from_str(words).unwrap() };
        for (tag, words) in &WORDS[1..] {
            compare(tag, "", &read(WORDS[0].1), &read(words));
        }
    }

    /// Whatever the engine names has a word.
    #[test]
    fn every_key_has_a_word() {
        let english: Value = serde_json::from_str(WORDS[0].1).unwrap();
        let codebook = super::super::scene::codebook();
        let has = |group: &str, key: &str| assert!(english[group][key].is_string(), "{group} `{key}`");
        // One measure is there in tests only.
        for measure in Measure::WORDS.iter().filter(|measure| **measure != "scratch") {
            has("measure", measure);
        }
        for key in codebook["situation"].as_object().unwrap().keys() {
            has("situation", key);
        }
        for (group, list) in [
            ("trait", "traits"),
            ("mechanism", "mechanisms"),
            ("program", "programs"),
        ] {
            for key in codebook[list].as_array().unwrap() {
                has(group, key.as_str().unwrap());
            }
        }
        for (key, entry) in codebook["situation"].as_object().unwrap() {
            has("situation", key);
            if entry["kind"] == "choice" {
                for word in entry["range"].as_array().unwrap() {
                    has("choice", word.as_str().unwrap());
                }
            }
        }
        for path in Path::ALL {
            has("path", path.key());
        }
        for outcome in Outcome::ALL {
            has("outcome", outcome.key());
        }
    }

    /// Anchors and regions have English names in the codebook and the table of regions; the other languages have them all.
    #[test]
    fn every_anchor_and_region_has_words_in_german() {
        let german: Value = serde_json::from_str(WORDS[1].1).unwrap();
        let codebook = super::super::scene::codebook();
        for (key, entry) in codebook["situation"].as_object().unwrap() {
            for anchor in entry["anchors"].as_array().unwrap() {
                let value = anchor[0].as_str().unwrap();
                if value.parse::<f64>().is_ok() && key != "window_s" {
                    assert!(
                        german["anchor"][key][value.replace('.', "_")].is_string(),
                        "{key} {value}"
                    );
                }
            }
        }
        for region in crate::neural::regions() {
            assert!(german["region"][&region.key].is_string(), "{}", region.key);
        }
    }
}
