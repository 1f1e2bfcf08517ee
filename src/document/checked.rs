//! Single values against the type and range that they must have.

use super::{Data, Key, Kind, Problem, Span, Value, nearest, shown, spelling};

/// The most characters of one line: longer ones fit neither a chart nor a table.
pub const LONGEST_LINE: usize = 500;

/// The problem of a value of the wrong type.
pub(super) fn type_problem(kind: Kind, name: &str, value: &Value) -> Problem {
    let name = shown(name);
    let help = match (&value.data, kind) {
        (Data::Text(text), Kind::Number(_) | Kind::Count(..) | Kind::Flag) => {
            let is_right = text.trim().parse::<f64>().is_ok() || matches!(&**text, "true" | "false");
            is_right.then(|| format!("without quotes: `{name} = {}`", shown(text.trim())))
        }
        (Data::Float(it), Kind::Count(..)) if it.fract() == 0.0 && it.abs() < 1e15 => {
            Some(format!("without decimal point: `{name} = {it:.0}`"))
        }
        (Data::Integer(it), Kind::Line | Kind::Prose | Kind::Choice(_)) => Some(format!("in quotes: `\"{it}\"`")),
        (Data::Float(it), Kind::Line | Kind::Prose | Kind::Choice(_)) => Some(format!("in quotes: `\"{it:?}\"`")),
        (Data::Text(text), Kind::Choices(_) | Kind::Lines) => {
            Some(format!("in brackets: `{name} = [\"{}\"]`", shown(text)))
        }
        (Data::Table(_), Kind::Tables) => Some(format!(
            "a header in double brackets, `[[{name}]]`, or braces in a list, `[{{ … }}]`"
        )),
        (Data::List(_), Kind::Table | Kind::Like(_)) => {
            Some(format!("a header in single brackets, `[{name}]`, or braces, `{{ … }}`"))
        }
        _ => None,
    };
    Problem::new(value.span.clone(), format!("`{name}` must be {kind}"))
        .label(format!("this is {}", value.data.name()))
        .maybe_help(help)
}

pub(super) fn range_problem(kind: Kind, name: &str, value: &Value, is_finite: bool) -> Problem {
    let name = shown(name);
    let written = match value.data {
        Data::Integer(it) => it.to_string(),
        Data::Float(it) => it.to_string().to_lowercase(),
        _ => String::new(),
    };
    let label = match kind {
        _ if !is_finite => "not a finite number".to_owned(),
        Kind::Number(interval) => format!("outside {interval}"),
        Kind::Count(low, high) => format!("outside [{low}, {high}]"),
        _ => String::new(),
    };
    let message = format!("`{name}` must be {kind}, and is {}", shown(&written));
    Problem::new(value.span.clone(), message).label(label)
}

pub(super) fn choice_problem(name: &str, word: &str, span: &Span, words: &'static [&'static str]) -> Problem {
    let list = words.join(", ");
    let help = match nearest(word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? the choices are {list}"),
        None => format!("the choices are {list}"),
    };
    let message = format!("`{}` is not a choice for `{}`", shown(word), shown(name));
    Problem::new(span.clone(), message).help(help)
}

pub(super) fn checked_number(key: &Key, name: &str, value: &Value, problems: &mut Vec<Problem>) -> Option<f64> {
    let number = match value.data {
        // Exact up to 2⁵³; beyond that every range has ended.
        Data::Integer(it) => it as f64,
        Data::Float(it) => it,
        _ => {
            problems.push(type_problem(key.kind, name, value));
            return None;
        }
    };
    match key.kind {
        Kind::Number(interval) if interval.contains(number) => Some(number),
        _ => {
            problems.push(range_problem(key.kind, name, value, number.is_finite()));
            None
        }
    }
}

pub(super) fn checked_text<'t>(
    kind: Kind,
    name: &str,
    value: &'t Value,
    problems: &mut Vec<Problem>,
) -> Option<&'t str> {
    let Data::Text(text) = &value.data else {
        problems.push(type_problem(Kind::Line, name, value));
        return None;
    };
    if kind == Kind::Prose || is_line(text) {
        return Some(text);
    }
    let (message, label) = if text.chars().count() > LONGEST_LINE {
        let message = format!("`{}` must have at most {LONGEST_LINE} characters", shown(name));
        (message, "too long")
    } else if spelling(text).is_empty() {
        (format!("`{}` must not be empty", shown(name)), "")
    } else {
        let message = format!("`{}` must be one line without invisible characters", shown(name));
        (message, "holds a line break, a tab or another control character")
    };
    problems.push(Problem::new(value.span.clone(), message).label(label));
    None
}

pub(super) fn is_line(text: &str) -> bool {
    !spelling(text).is_empty() && !text.chars().any(char::is_control) && text.chars().count() <= LONGEST_LINE
}
