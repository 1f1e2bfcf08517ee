//! Whatever the bytes: a scenario, or problems that lie inside the file. Never a panic.

use super::{bibliography, builtin};
use compassion::document::{Source, Unreadable};
use compassion::scenario::{self, to_toml};
use proptest::prelude::*;

const EVERY_KEY: &str = include_str!("../../scenarios/every_key.toml");

/// Reads, and checks what must hold of any answer.
fn check(text: &str) -> Result<(), TestCaseError> {
    let source = Source::new("a.toml", text);
    match scenario::read(&source, &builtin(), Some(&bibliography())) {
        Ok((scenario, _)) => {
            let written = to_toml(&scenario);
            let again = scenario::read(&Source::new("b.toml", &*written), &builtin(), Some(&bibliography()));
            let (again, _) = again.map_err(|it| TestCaseError::fail(format!("{it}\n{written}")))?;
            prop_assert_eq!(again, scenario);
        }
        Err(problems) => {
            prop_assert!(!problems.list().is_empty());
            for it in problems.list() {
                prop_assert!(it.span.start <= it.span.end, "{:?}", it);
                prop_assert!(it.span.end <= text.len(), "{:?}", it);
                let place = source.place(it.span.start);
                let line = text.split('\n').nth(place.line - 1);
                let length = line.map(|it| it.chars().count());
                prop_assert!(length.is_some_and(|it| place.column <= it + 1), "{:?}", it);
                let rendered = it.render(&source, compassion::document::Colour::Never);
                let shown = format!("a.toml:{}:{}", place.line, place.column);
                prop_assert!(rendered.contains(&shown), "{} is not in\n{}", shown, rendered);
            }
        }
    }
    Ok(())
}

/// Pieces of which files are made, right and wrong.
const PIECES: &[&str] = &[
    "\n",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "\\",
    "\r\n",
    "\t",
    " ",
    "0.5",
    "-1",
    "1e999",
    "nan",
    "inf",
    "true",
    "1979-05-27",
    "0x1F",
    "99999999999999999999999",
    "\"text\"",
    "title",
    "situation",
    "condition",
    "need",
    "run",
    "agents",
    "[[condition]]\n",
    "[situation]\n",
    "name = 'a'\n",
    "population",
    "training",
    "observed",
    "one_of",
    "é",
    "🙂",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        match Source::from_bytes("a.toml", bytes) {
            Ok(source) => check(source.text())?,
            Err(Unreadable::NotText(problems)) => prop_assert!(problems.to_string().contains("a.toml:")),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn a_file_with_pieces_replaced(
        changes in prop::collection::vec((0..EVERY_KEY.len(), 0..12_usize, prop::sample::select(PIECES)), 1..6)
    ) {
        let mut text = EVERY_KEY.to_owned();
        for (at, length, piece) in changes {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, piece);
            }
        }
        check(&text)?;
    }

    #[test]
    fn a_file_with_lines_removed_doubled_and_moved(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3), 1..8)
    ) {
        let mut lines: Vec<&str> = EVERY_KEY.lines().collect();
        for (from, to, what) in changes {
            if lines.is_empty() {
                break;
            }
            let line = lines[from.index(lines.len())];
            if what != 1 {
                lines.remove(from.index(lines.len()));
            }
            if what != 0 {
                lines.insert(to.index(lines.len() + 1), line);
            }
        }
        check(&lines.join("\n"))?;
    }

    #[test]
    fn a_file_cut_anywhere(end in 0..EVERY_KEY.len()) {
        if EVERY_KEY.is_char_boundary(end) {
            check(&EVERY_KEY[..end])?;
        }
    }

    #[test]
    fn numbers_are_read_and_written_without_loss(need in 0.0..=1.0_f64, mean in -10.0..=10.0_f64, seed: u64) {
        check(&format!(
            "title = 't'\n[run]\nseed = {seed}\n[situation]\nneed = {need:?}\n[[condition]]\nname = 'a'\n\
             population = {{ low_mood = {{ mean = {mean:?} }} }}\n"
        ))?;
    }

    #[test]
    fn arguments_never_panic(argument in "[a-z.\"'=0-9\\[\\]{} é-]{0,40}") {
        let mut source = Source::new("a.toml", EVERY_KEY);
        source.push_argument("--set", &argument);
        if let Err(problems) = scenario::read(&source, &builtin(), None) {
            prop_assert!(problems.to_string().contains("--set:1:"), "{}", problems);
        }
    }
}
