//! Refuses keys of very many parts, which would overflow the stack when their tables are dropped.
//!
//! The TOML parser limits how deep arrays and inline tables nest, but not how many tables one key
//! like `a.a.a.…` opens. Strings and comments are skipped by the rules of its lexer.

use super::Span;

/// The most dots between two parts of a key.
const MOST_DOTS: usize = 12;

/// The first key with more than [`MOST_DOTS`] dots.
pub(super) fn deepest_key(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let (mut at, mut start, mut dots) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'#' => find(bytes, at, |it| matches!(it, b'\n' | b'\r')).unwrap_or(bytes.len()),
            b'\'' if bytes[at..].starts_with(b"'''") => end_of_long(bytes, at, b'\''),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => end_of_long(bytes, at, b'"'),
            b'\'' | b'"' => end_of_short(bytes, at, *byte),
            b'.' => {
                dots += 1;
                if dots > MOST_DOTS {
                    return Some(start..at + 1);
                }
                at + 1
            }
            b'=' | b',' | b'[' | b']' | b'{' | b'}' | b'\n' | b'\r' => {
                (start, dots) = (at + 1, 0);
                at + 1
            }
            _ => at + 1,
        };
    }
    None
}

/// The end of a one-line string; without a closing quote, the end of its line.
fn end_of_short(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => return at,
            b'\\' if quote == b'"' => at = after_escape(bytes, at),
            _ if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// The end of a string in triple quotes; without closing quotes, the end of the text.
fn end_of_long(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 3;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' && quote == b'"' {
            at = after_escape(bytes, at);
        } else if bytes[at..].starts_with(&[quote; 3]) {
            at += 3;
            // Up to two quotes may belong to the text itself.
            let more = bytes[at..].iter().take(2).take_while(|it| **it == quote);
            return at + more.count();
        } else {
            at += 1;
        }
    }
    at
}

fn after_escape(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at + 1) {
        Some(b'\\' | b'"') => at + 2,
        _ => at + 1,
    }
}

fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let found = bytes[from..].iter().position(|it| wanted(*it))?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_in_text_comments_and_numbers_do_not_count() {
        let dots = ".".repeat(50);
        let text = format!(
            "a = \"{dots} \\\" {dots}\" # {dots}\nb = '{dots}'\nc = \"\"\"{dots}\n{dots}\\\"\"\"\"\"\nd = '''{dots}''{dots}'''\n\
             e = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]\n"
        );
        assert_eq!(deepest_key(&text), None);
    }

    #[test]
    fn a_key_of_many_parts_is_found_wherever_it_stands() {
        let key = ["a"; 14].join(".");
        for text in [
            format!("{key} = 1"),
            format!("[{key}]"),
            format!("x = {{ {key} = 1 }}"),
            format!("x = \"open\n{key} = 1"),
            format!("\"=\".{key} = 1"),
        ] {
            assert!(deepest_key(&text).is_some(), "{text}");
        }
    }
}
