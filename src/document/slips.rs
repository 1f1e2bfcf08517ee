//! What people of offices and word processors write where TOML wants something else: decimal commas, separated thousands, curly quotes.

use super::Problem;
use super::tree::TWICE;

/// Gives the syntax problems of a line that such a slip explains one message with the line as it should be; the line's other problems
/// follow from the slip and go.
pub(super) fn explain(text: &str, problems: Vec<Problem>) -> Vec<Problem> {
    let mut explained: Vec<Problem> = Vec::with_capacity(problems.len());
    let mut last_line = None;
    for problem in problems {
        let start = line_start(text, problem.span.start);
        let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        match slip(line) {
            Some(_) if last_line == Some(start) => {}
            Some(slip) => {
                last_line = Some(start);
                explained.push(Problem {
                    span: start + slip.at..start + slip.at + slip.length,
                    message: format!("not valid TOML: {}", slip.what),
                    label: String::new(),
                    help: Some(format!("write {}`{}`", slip.how, slip.right.trim())),
                    absence: false,
                });
            }
            None => {
                let help = several(line).filter(|_| problem.message == TWICE);
                explained.push(problem.maybe_help(help));
            }
        }
    }
    explained
}

/// How the header of a table is written that may stand several times.
fn several(line: &str) -> Option<String> {
    let name = line.trim().strip_prefix('[')?.split(']').next()?;
    let help = format!("a table of which there may be several has double brackets each time: `[[{name}]]`");
    (!name.starts_with('[')).then_some(help)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// A slip in a line.
struct Slip {
    what: &'static str,
    /// Where it stands in the line, in bytes.
    at: usize,
    length: usize,
    how: &'static str,
    /// The whole line as it should be.
    right: String,
}

/// The first slip of a line, and the line without any.
fn slip(line: &str) -> Option<Slip> {
    /// Beyond this nobody typed it.
    const LONGEST: usize = 500;

    if line.len() > LONGEST {
        return None;
    }
    let mut first: Option<(&'static str, usize, usize, &'static str)> = None;
    let mut right = String::with_capacity(line.len());
    let mut quote: Option<char> = None;
    let mut lists = 0_u32;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let at = line.len() - rest.len();
        let length = character.len_utf8();
        rest = &rest[length..];
        let mut found = |what, length, how| {
            first.get_or_insert((what, at, length, how));
        };
        match (quote, character) {
            (None, '#') => {
                right.push(character);
                right.push_str(rest);
                break;
            }
            (None, '"' | '\'') => {
                quote = Some(character);
                right.push(character);
            }
            (None | Some('"'), '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
            | (None | Some('\''), '\u{2018}'..='\u{201b}') => {
                let is_double = matches!(character, '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
                let straight = if is_double { '"' } else { '\'' };
                // Within a text a curly one belongs to it, unless it is the one that closes it.
                let closes = rest.trim_start().is_empty() || rest.trim_start().starts_with([',', '}', ']', '#']);
                let is_text = quote.is_some() && (!closes || rest.contains(straight));
                if is_text {
                    right.push(character);
                } else {
                    found("this is a curly quote of a word processor", length, "straight quotes: ");
                    quote = if quote.is_some() { None } else { Some(straight) };
                    right.push(straight);
                }
            }
            (Some(open), _) => {
                if open == character {
                    quote = None;
                }
                right.push(character);
            }
            (None, '\u{2212}' | '\u{2013}') if rest.starts_with(|next: char| next.is_ascii_digit()) => {
                found("this is a dash and not a minus sign", length, "a minus sign: ");
                right.push('-');
            }
            (None, '\u{a0}' | '\u{202f}' | '\u{2007}') => {
                found("this is a no-break space", length, "an ordinary one: ");
                right.push(' ');
            }
            (None, '[') => {
                lists += 1;
                right.push(character);
            }
            (None, ']') => {
                lists = lists.saturating_sub(1);
                right.push(character);
            }
            (None, ',') if lists == 0 => match comma(&right, rest) {
                Some(Comma::Thousands) => {
                    found("a comma within a number", length, "the number without commas: ");
                    right.push('_');
                }
                Some(Comma::Decimal) => {
                    found("a decimal comma", length, "a decimal point: ");
                    right.push('.');
                }
                None => right.push(character),
            },
            _ => right.push(character),
        }
    }
    let (what, at, length, how) = first?;
    Some(Slip {
        what,
        at,
        length,
        how,
        right,
    })
}

enum Comma {
    Thousands,
    Decimal,
}

/// What a comma between two digits stands for: before three digits, and after up to three that are not a lone 0, for thousands.
fn comma(before: &str, after: &str) -> Option<Comma> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let following = digits(after);
    let preceding = before.chars().rev().take_while(char::is_ascii_digit).count();
    if following == 0 || preceding == 0 {
        return None;
    }
    let (earlier, number) = before.split_at(before.len() - preceding);
    if earlier.ends_with('.') {
        return None;
    }
    let is_thousands = following == 3 && (earlier.ends_with('_') || preceding <= 3 && !number.starts_with('0'));
    Some(if is_thousands { Comma::Thousands } else { Comma::Decimal })
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn the_line_is_shown_as_it_should_be() {
        for (wrong, right) in [
            ("need = 0,6", "need = 0.6"),
            ("need = 0,625 # 0,6", "need = 0.625 # 0,6"),
            ("agents = 10,000", "agents = 10_000"),
            ("agents = 1,250,000", "agents = 1_250_000"),
            (
                "situation = { escape = 0,0, cost = 0,25 }",
                "situation = { escape = 0.0, cost = 0.25 }",
            ),
            ("title = “Base, 0,5”", "title = \"Base, 0,5\""),
            ("title = „Base“", "title = \"Base\""),
            ("title = \"Base”", "title = \"Base\""),
            ("mood = ‘low’", "mood = 'low'"),
            ("mood = −0,3", "mood = -0.3"),
            ("need\u{a0}= 0.3", "need = 0.3"),
            ("endowment = 1,200.5", "endowment = 1_200.5"),
            ("title = ‘Latané’s smoke’", "title = 'Latané’s smoke'"),
        ] {
            assert_eq!(slip(wrong).expect(wrong).right, right);
        }
        for fine in [
            "need = 0.6",
            "measure_at = [0,8]",
            "title = \"10,000 “people”\" x",
            "# 0,6",
            "a = { b = 1, c = 2 }",
            "title = 'Latané’s smoke",
        ] {
            assert!(slip(fine).is_none_or(|slip| slip.right != fine), "{fine}");
        }
    }
}
