//! The document as a tree in which every key and value has its span, in the order of the text.

use super::nesting::deepest_key;
use super::slips::explain;
use super::{Problem, Source, Span, shown};
use toml::de::{DeArray, DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Where it stands; for a table with a header, the header.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A string.
    Text(String),
    /// A whole number; one beyond 128 bits becomes the largest or smallest.
    Integer(i128),
    /// A number with a decimal point or exponent; may be infinite or NaN.
    Float(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or a time.
    Date,
    /// An array, including an array of tables.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

/// A table, in the order of the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The keys and values; no key twice.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|it| it.key == key)
    }

    /// The entry of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|it| it.key == key)
    }
}

impl Data {
    /// What a person would call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// The file of a source as a table, with all syntax problems in its order.
///
/// Where there are problems the table holds what could be understood; things may be absent from it.
pub fn parse(source: &Source) -> (Table, Vec<Problem>) {
    /// Collecting all errors of a long file that is no TOML at all would take gigabytes.
    const LONGEST_FOR_ALL_ERRORS: usize = 1 << 20;

    let text = source.text();
    if let Some(span) = deepest_key(text) {
        return (Table::default(), vec![too_deep(span)]);
    }
    match DeTable::parse(text) {
        Ok(table) => (table_of(table.get_ref(), 0), Vec::new()),
        Err(error) if text.len() > LONGEST_FOR_ALL_ERRORS => {
            (Table::default(), vec![syntax_problem(&error, 0, text.len())])
        }
        Err(_) => {
            let (table, errors) = DeTable::parse_recoverable(text);
            let problems = errors.iter().map(|it| syntax_problem(it, 0, text.len()));
            let mut problems: Vec<Problem> = problems.collect();
            problems.sort_by_key(|it| it.span.start);
            // One slip makes several errors at one place.
            problems.dedup_by_key(|it| it.span.start);
            (table_of(table.get_ref(), 0), explain(text, problems))
        }
    }
}

/// An argument `key.key=value` that begins at `offset`, as the parts of its key and its value.
///
/// A value that is not TOML and does not begin like a string, list or table is taken as text, so
/// that nobody has to quote quotes for a shell.
///
/// # Errors
///
/// The problem that makes it neither.
pub fn key_and_value(argument: &str, offset: usize) -> Result<(Vec<(String, Span)>, Value), Problem> {
    let whole = offset..offset + argument.len();
    if let Some(span) = deepest_key(argument) {
        return Err(too_deep(span.start + offset..span.end + offset));
    }
    let form = "the form is `key=value`, for instance `situation.escape=0.1`";
    let Some(equals) = equals_sign(argument) else {
        return Err(Problem::new(whole, "there is no `=`").help(form));
    };
    let key_span = offset..offset + equals;
    // A key alone is no TOML document; with a value behind it, it is.
    let key_text = format!("{} = 0", &argument[..equals]);
    let parts = match DeTable::parse(&key_text) {
        Ok(table) => key_parts(table.get_ref(), offset),
        Err(_) => {
            let message = format!("`{}` is not a key", shown(&argument[..equals]));
            return Err(Problem::new(key_span, message).help(form));
        }
    };

    let text = &argument[equals + 1..];
    let start = equals + 1 + (text.len() - text.trim_start().len());
    let text = text.trim();
    let start = offset + start;
    let span = start..start + text.len();
    if text.is_empty() {
        return Err(Problem::new(whole, "there is no value behind `=`").help(form));
    }
    let value = match DeValue::parse(text) {
        Ok(value) => value_of(value.get_ref(), span, start),
        Err(error) if text.starts_with(['"', '\'', '[', '{']) => {
            return Err(syntax_problem(&error, start, text.len()));
        }
        Err(_) => Value {
            span,
            data: Data::Text(text.to_owned()),
        },
    };
    Ok((parts, value))
}

/// The first `=` outside quotes.
fn equals_sign(argument: &str) -> Option<usize> {
    let mut quote = None;
    for (at, it) in argument.char_indices() {
        match (quote, it) {
            (None, '=') => return Some(at),
            (None, '"' | '\'') => quote = Some(it),
            (Some(open), _) if open == it => quote = None,
            _ => {}
        }
    }
    None
}

/// The parts of a dotted key: the one path through a table that holds nothing else.
fn key_parts(table: &DeTable<'_>, offset: usize) -> Vec<(String, Span)> {
    let mut parts = Vec::new();
    let mut next = Some(table);
    while let Some((key, value)) = next.and_then(|it| it.iter().next()) {
        parts.push((key.get_ref().to_string(), moved(key.span(), offset)));
        next = value.get_ref().as_table();
    }
    parts
}

fn too_deep(span: Span) -> Problem {
    Problem::new(span, "this key has more parts than any key of a file has").label("too many dots")
}

/// What is said of a key that was there before.
pub(super) const TWICE: &str = "this key stands here twice";

fn syntax_problem(error: &toml::de::Error, offset: usize, length: usize) -> Problem {
    let span = error.span().unwrap_or(length..length);
    let message = match error.message() {
        "duplicate key" => TWICE.to_owned(),
        // The parser takes the missing value for a string without quotes.
        it if it.starts_with("string values must be quoted") && span.is_empty() => {
            "there is no value behind `=`".to_owned()
        }
        it => format!("not valid TOML: {it}"),
    };
    Problem::new(moved(span, offset), message)
}

fn table_of(table: &DeTable<'_>, offset: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: moved(key.span(), offset),
            value: value_of(value.get_ref(), moved(value.span(), offset), offset),
        })
        .collect();
    entries.sort_by_key(|it| it.key_span.start);
    Table { entries }
}

fn list_of(list: &DeArray<'_>, offset: usize) -> Vec<Value> {
    list.iter()
        .map(|it| value_of(it.get_ref(), moved(it.span(), offset), offset))
        .collect()
}

fn value_of(value: &DeValue<'_>, span: Span, offset: usize) -> Value {
    let data = match value {
        DeValue::String(it) => Data::Text(it.to_string()),
        DeValue::Integer(it) => Data::Integer(i128::from_str_radix(it.as_str(), it.radix()).unwrap_or(
            if it.as_str().starts_with('-') {
                i128::MIN
            } else {
                i128::MAX
            },
        )),
        DeValue::Float(it) => Data::Float(it.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(it) => Data::Flag(*it),
        DeValue::Datetime(_) => Data::Date,
        DeValue::Array(it) => Data::List(list_of(it, offset)),
        DeValue::Table(it) => Data::Table(table_of(it, offset)),
    };
    Value { span, data }
}

fn moved(span: Span, offset: usize) -> Span {
    span.start + offset..span.end + offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Table {
        let (table, problems) = parse(&Source::new("a.toml", text));
        assert_eq!(problems, []);
        table
    }

    #[test]
    fn entries_keep_the_order_and_place_of_the_text() {
        let table = tree("z = 1_000\na = 'x'\n[m]\nb = -0\n");
        let keys: Vec<&str> = table.entries.iter().map(|it| &*it.key).collect();
        assert_eq!(keys, ["z", "a", "m"]);
        assert_eq!(table.entries[0].value.data, Data::Integer(1_000));
        assert_eq!(table.entries[1].value.span, 14..17);
        assert_eq!(table.entries[2].value.span, 18..21);
    }

    #[test]
    fn numbers_keep_their_value_however_written() {
        let table = tree(
            "a = 0xFF\nb = 1e999\nc = nan\nd = -170141183460469231731687303715884105729\ne = 18446744073709551615\nf = -1_0.5e-1",
        );
        let data: Vec<&Data> = table.entries.iter().map(|it| &it.value.data).collect();
        assert_eq!(data[0], &Data::Integer(255));
        assert_eq!(data[1], &Data::Float(f64::INFINITY));
        assert!(matches!(data[2], Data::Float(it) if it.is_nan()));
        assert_eq!(data[3], &Data::Integer(i128::MIN));
        assert_eq!(data[4], &Data::Integer(u64::MAX.into()));
        assert_eq!(data[5], &Data::Float(-1.05));
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let source = Source::new("a.toml", "a = \nb = 'x\nd = 1\nd = 2\n[c\n");
        let (table, problems) = parse(&source);
        let messages: Vec<&str> = problems.iter().map(|it| &*it.message).collect();
        assert_eq!(
            messages,
            [
                "there is no value behind `=`",
                "not valid TOML: invalid literal string, expected `'`",
                "this key stands here twice",
                "not valid TOML: unclosed table, expected `]`",
            ]
        );
        assert!(table.get("d").is_some(), "what is right is still understood");
    }

    #[test]
    fn deep_nesting_is_refused_and_not_a_stack_overflow() {
        for text in [
            format!("{}a = 1", "a.".repeat(1_000_000)),
            format!("[{}a]", "a.".repeat(1_000_000)),
            format!("a = {}", "[".repeat(1_000_000)),
            format!("a = {}", "{ a = ".repeat(1_000_000)),
            format!("a = {}{}", "[".repeat(300_000), "]".repeat(300_000)),
        ] {
            let (_, problems) = parse(&Source::new("a.toml", text));
            assert!(!problems.is_empty());
        }
        // The deepest that is let through: the parser's limit, times the longest key.
        let key = ["a"; 12].join(".");
        let text = format!("a = {}1{}", format!("{{ {key} = ").repeat(79), "}".repeat(79));
        parse(&Source::new("a.toml", text));
    }

    #[test]
    fn an_argument_is_a_key_and_a_value_with_their_places() {
        let (key, value) = key_and_value("condition.\"a = b\".cost = 0.5", 100).expect("it is right");
        let key: Vec<(&str, Span)> = key.iter().map(|(it, span)| (&**it, span.clone())).collect();
        assert_eq!(key, [("condition", 100..109), ("a = b", 110..117), ("cost", 118..122)]);
        assert_eq!(value.data, Data::Float(0.5));
        assert_eq!(value.span, 125..128);
    }

    #[test]
    fn bare_words_are_text_and_broken_toml_is_not() {
        let text = |it| key_and_value(it, 0).map(|(_, value)| value.data);
        assert_eq!(text("title=Who helps?"), Ok(Data::Text("Who helps?".to_owned())));
        assert_eq!(text("title='x'"), Ok(Data::Text("x".to_owned())));
        assert_eq!(text("a=true"), Ok(Data::Flag(true)));
        for wrong in ["title='x", "title=", "=3", "title", "a..b=1", "a b=1", "a=[1,", ""] {
            assert!(key_and_value(wrong, 0).is_err(), "{wrong}");
        }
    }
}
