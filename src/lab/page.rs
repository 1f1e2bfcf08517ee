//! The page: its parts, which lie in the folder `page`, put into one file with the engine and the runs inside.
//!
//! Text that somebody wrote stands in data blocks only, in which nothing can end the block: JSON without `<`, and packed bytes. A policy in the
//! page names the one script by its hash, so that no other script runs in it, and allows no request.

use super::runs::{NoScene, runs};
use super::script::{first, linked};
use super::teaching::Scene;
use super::words::{texts_of, translated, word, words_of};
use crate::document::Works;
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
    let (first, code) = (first(), linked());
    let title = match &runs["scenarios"].as_array().map(Vec::as_slice) {
        Some([only]) => only["scene"]["title"].as_str().unwrap_or_default().to_owned(),
        _ => "Compassion lab".to_owned(),
    };
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    let policy = format!(
        "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; worker-src blob:; style-src {}; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(&first),
        hash(&code),
        hash(STYLE)
    );
    let parts = [
        ("policy", policy),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("title", escaped(&title)),
        ("style", STYLE.to_owned()),
        ("language", language.to_owned()),
        ("plain", plain(&runs, language)),
        ("start", in_script(&json!({ "language": language }).to_string())),
        ("words", packed(words_of(&runs).to_string().as_bytes())),
        ("worker", WORKER.to_owned()),
        ("runs", packed(runs.to_string().as_bytes())),
        ("engine", packed(ENGINE)),
        ("code", packed(code.as_bytes())),
        ("old", escaped(&word(language, "old_browser"))),
        ("first", first),
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

/// JSON as it may stand in a script block: nothing in it can end the block.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// The runs as tables, for those who read without scripts.
fn plain(runs: &Value, language: &str) -> String {
    let known = translated(language, &texts_of(runs));
    let works = Works::shipped();
    let of_100 = word(language, "of_100");
    let interval = word(language, "interval");
    let heads = [
        "reveal.condition",
        "outcome.helped",
        "reveal.interval_head",
        "outcome.left",
    ];
    let heads = heads
        .map(|path| format!("<th>{}", escaped(&word(language, path))))
        .concat();
    let mut markup = format!("<p>{}</p>", escaped(&word(language, "no_script")));
    for scenario in runs["scenarios"].as_array().into_iter().flatten() {
        let rates = &scenario["answers"]["{\"what\":\"rates\"}"]["rates"];
        let text = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            escaped(&works.in_words(known.get(text).and_then(Value::as_str).unwrap_or(text)))
        };
        let _ = write!(
            markup,
            "<h2>{}</h2><p>{}<p>{}<table><tr>{heads}",
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
                "<tr><td>{}<td>{}<td>{bounds}<td>{}",
                text(&condition["name"]),
                of_hundred("helped"),
                of_hundred("left")
            );
        }
        markup.push_str("</table>");
    }
    markup
}

/// Bytes as gzip in letters.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let gzip = encoder.write_all(bytes).and_then(|()| encoder.finish());
    in_letters(&gzip.expect("memory takes everything"))
}

/// Bytes as letters that end no block: five for four bytes, where base 64 takes five and a third; a last group of fewer bytes has one letter more
/// than bytes.
fn in_letters(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 85] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_;|(){}[]@%$#";
    let mut text = String::with_capacity(bytes.len().div_ceil(4) * 5);
    for four in bytes.chunks(4) {
        let value = (0..4).fold(0_u32, |value, place| {
            value << 8 | u32::from(four.get(place).copied().unwrap_or(0))
        });
        let places = [52_200_625, 614_125, 7_225, 85, 1].into_iter().take(four.len() + 1);
        text.extend(places.map(|power| char::from(LETTERS[(value / power % 85) as usize])));
    }
    text
}

/// Bytes as letters (RFC 4648), for hashes in the policy.
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
    fn five_letters_are_four_bytes() {
        for (bytes, text) in [
            (&[][..], ""),
            (&[0], "00"),
            (&[255], "@@"),
            (&[0, 0, 0, 1], "00001"),
            (&[255, 255, 255, 255], "%nSc0"),
        ] {
            assert_eq!(in_letters(bytes), text);
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
}
