//! The words of the page in every language, and what the teaching scenarios say in other languages than English.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The words of the page in every language, by its tag.
pub const WORDS: &[(&str, &str)] = &[
    ("en", include_str!("page/words/en.json")),
    ("de", include_str!("page/words/de.json")),
    ("es", include_str!("page/words/es.json")),
];

/// What the teaching scenarios say in other languages than English, by the tag of the language: each text with its translation.
const TEXTS: &[(&str, &str)] = &[
    ("de", include_str!("page/words/texts.de.json")),
    ("es", include_str!("page/words/texts.es.json")),
];

/// All words of a page with these runs: the texts of its scenarios once, and the words of each language with its translations of these in their
/// order, null where there is none.
pub(super) fn words_of(runs: &Value) -> Value {
    let said = texts_of(runs);
    let words = WORDS.iter().map(|(tag, words)| {
        let mut words: Value = serde_json::from_str(words).expect("words are JSON");
        let known = translated(tag, &said);
        words["texts"] = said
            .iter()
            .map(|text| known.get(text).cloned().unwrap_or_default())
            .collect();
        ((*tag).to_owned(), words)
    });
    json!({ "texts": said, "languages": words.collect::<Map<_, _>>() })
}

/// What the scenarios of a page say: titles, questions, explanations, and the names of conditions, layers and needs.
pub(super) fn texts_of(runs: &Value) -> BTreeSet<&str> {
    let mut texts = BTreeSet::new();
    for scenario in runs["scenarios"].as_array().into_iter().flatten() {
        let scene = &scenario["scene"];
        let named = [
            &scene["conditions"],
            &scene["community"]["layers"],
            &scene["community"]["needs"],
        ];
        let names = named.into_iter().filter_map(Value::as_array).flatten();
        let comments = scene["comments"].as_array().into_iter().flatten();
        let own = [&scene["title"], &scene["question"]];
        let all = own.into_iter().chain(comments).chain(names.map(|entry| &entry["name"]));
        texts.extend(all.filter_map(Value::as_str));
    }
    texts
}

/// The translations of texts into a language, as far as there are any.
pub(super) fn translated(tag: &str, texts: &BTreeSet<&str>) -> Value {
    let known = TEXTS.iter().find(|(language, _)| *language == tag);
    let known: Map<String, Value> = known.map_or_else(Map::new, |(_, known)| {
        serde_json::from_str(known).expect("texts are JSON")
    });
    known
        .into_iter()
        .filter(|(text, _)| texts.contains(text.as_str()))
        .collect()
}

/// The words at a path, in a language that there is.
pub(super) fn word(language: &str, path: &str) -> String {
    let words = WORDS.iter().find(|(tag, _)| *tag == language).unwrap_or(&WORDS[0]).1;
    let words: Value = serde_json::from_str(words).expect("words are JSON");
    let found = path.split('.').fold(&words, |place, key| &place[key]);
    found.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::script::linked;
    use super::super::teaching::teaching;
    use super::*;
    use crate::comparison::paths::Path;
    use crate::document::Choice;
    use crate::engine::records::Outcome;
    use crate::registry::Measure;
    use crate::report::comments;

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

    /// German and Spanish are complete: the anchors of all keys of a situation, and the regions.
    #[test]
    fn every_anchor_and_region_has_words_in_every_language() {
        let codebook = super::super::scene::codebook();
        for (tag, words) in &WORDS[1..] {
            let words: Value = serde_json::from_str(words).unwrap();
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
                    if is_shown && !words["anchor"][key][&value].is_string() {
                        missing.push(format!("anchor.{key}.{value}: {}", anchor[1]));
                    }
                }
            }
            for region in crate::neural::regions() {
                for group in ["region", "says"] {
                    if !words[group][&region.key].is_string() {
                        missing.push(format!("{group}.{}", region.key));
                    }
                }
            }
            assert!(missing.is_empty(), "{tag} lacks {missing:#?}");
        }
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
            ("mechanism", "between_people"),
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
        for word in crate::scenario::Who::WORDS {
            has("who", word);
        }
        for path in Path::ALL {
            has("path", path.key());
        }
        for outcome in Outcome::ALL {
            has("outcome", outcome.key());
        }
    }

    /// Whoever changes a scenario need not speak German or Spanish: the page then shows its explanation in English. The few words on cards, axes and buttons
    /// are all there, and translations that nobody sees any more are not kept.
    #[test]
    fn the_teaching_scenarios_speak_every_language() {
        let (mut short, mut long) = (BTreeSet::new(), BTreeSet::new());
        for scene in teaching() {
            let file: toml::Table = scene.text.parse().unwrap();
            let mut texts = vec![&file["title"], &file["question"]];
            let community = file.get("community").and_then(toml::Value::as_table);
            let lists = [
                file.get("condition"),
                community.and_then(|it| it.get("layer")),
                community.and_then(|it| it.get("need")),
            ];
            for entry in lists.into_iter().flatten().filter_map(toml::Value::as_array).flatten() {
                texts.push(&entry["name"]);
            }
            short.extend(texts.into_iter().map(|it| it.as_str().unwrap().to_owned()));
            long.extend(comments(&scene.text));
        }
        for (tag, texts) in TEXTS {
            let texts: Map<String, Value> = serde_json::from_str(texts).unwrap();
            let known: BTreeSet<String> = texts.into_iter().map(|(text, _)| text).collect();
            let missing: Vec<&String> = short.difference(&known).collect();
            assert!(missing.is_empty(), "texts.{tag}.json lacks {missing:#?}");
            let told = long.intersection(&known).count();
            let all = long.len();
            assert!(10 * told >= 8 * all, "{tag} has {told} of {all} explanations");
            let stale: Vec<&String> = known
                .iter()
                .filter(|text| !short.contains(*text) && !long.contains(*text))
                .collect();
            assert!(
                stale.len() <= 5,
                "texts.{tag}.json has what no scenario says: {stale:#?}"
            );
        }
    }
}
