//! One table of a file, read against the keys that it may have.

use super::{Choice, Data, Entry, Key, Kind, Problem, Span, Table, Value, nearest, shown};

/// One table of a file and the keys that it may have.
///
/// Opening it reports unknown, reserved and missing keys; reading a key reports a wrong type or range.
/// A reader gets `None` both for what is absent and for what is wrong: the second has been reported.
#[derive(Debug, Clone, Copy)]
pub struct Section<'t> {
    table: &'t Table,
    span: &'t Span,
    path: &'static str,
    keys: &'static [Key],
}

impl<'t> Section<'t> {
    /// A table at `path`, whose header or braces are at `span`.
    pub fn open(
        table: &'t Table,
        span: &'t Span,
        path: &'static str,
        keys: &'static [Key],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let section = Self {
            table,
            span,
            path,
            keys,
        };
        section.report_unknown(problems);
        section.report_missing(problems);
        section
    }

    /// Where the table stands.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// What the file says under a key.
    pub fn entry(&self, name: &str) -> Option<&'t Entry> {
        self.table.get(name)
    }

    /// Where the value of a key stands; the table where there is none.
    pub fn span_of(&self, name: &str) -> Span {
        self.entry(name).map_or_else(|| self.span(), |it| it.value.span.clone())
    }

    /// The keys in the order of the file, known ones only.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.table
            .entries
            .iter()
            .filter_map(|it| self.key(&it.key))
            .map(|it| it.name())
    }

    /// A finite number in the key's range.
    pub fn number(&self, name: &str, problems: &mut Vec<Problem>) -> Option<f64> {
        let (key, entry) = self.known(name)?;
        let value = match entry.value.data {
            // Exact up to 2⁵³; beyond that every range has ended.
            Data::Integer(it) => it as f64,
            Data::Float(it) => it,
            _ => {
                problems.push(type_problem(key.kind, entry));
                return None;
            }
        };
        match key.kind {
            Kind::Number(interval) if interval.contains(value) => Some(value),
            _ => {
                problems.push(range_problem(key.kind, entry, value.is_finite()));
                None
            }
        }
    }

    /// A whole number in the key's range.
    pub fn count(&self, name: &str, problems: &mut Vec<Problem>) -> Option<u64> {
        let (key, entry) = self.known(name)?;
        let Data::Integer(value) = entry.value.data else {
            problems.push(type_problem(key.kind, entry));
            return None;
        };
        match (key.kind, u64::try_from(value)) {
            (Kind::Count(low, high), Ok(value)) if (low..=high).contains(&value) => Some(value),
            _ => {
                problems.push(range_problem(key.kind, entry, true));
                None
            }
        }
    }

    /// As [`Section::count`], for ranges that end at or before 2³² − 1.
    pub fn count_u32(&self, name: &str, problems: &mut Vec<Problem>) -> Option<u32> {
        let value = self.count(name, problems)?;
        let narrow = u32::try_from(value).ok();
        if narrow.is_none()
            && let Some((key, entry)) = self.known(name)
        {
            problems.push(range_problem(key.kind, entry, true));
        }
        narrow
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str, problems: &mut Vec<Problem>) -> Option<bool> {
        let (key, entry) = self.known(name)?;
        match entry.value.data {
            Data::Flag(it) => Some(it),
            _ => {
                problems.push(type_problem(key.kind, entry));
                None
            }
        }
    }

    /// Text; one line and not empty if the key says so.
    pub fn text(&self, name: &str, problems: &mut Vec<Problem>) -> Option<&'t str> {
        let (key, entry) = self.known(name)?;
        checked_text(key.kind, &entry.key, &entry.value, problems)
    }

    /// One word of a closed set.
    pub fn choice<C: Choice>(&self, name: &str, problems: &mut Vec<Problem>) -> Option<C> {
        let (key, entry) = self.known(name)?;
        let Data::Text(word) = &entry.value.data else {
            problems.push(type_problem(key.kind, entry));
            return None;
        };
        let choice = C::from_word(word);
        if choice.is_none() {
            problems.push(choice_problem(&entry.key, word, &entry.value.span, C::WORDS));
        }
        choice
    }

    /// A list of words of the key's closed set, none twice, each with its place.
    pub fn choices(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<&'t str> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let words = match key.kind {
            Kind::Choices(words) => words,
            _ => &[],
        };
        let mut found: Vec<&str> = Vec::new();
        for (word, span) in self.texts(key, entry, problems) {
            if found.contains(&word) {
                let message = format!("`{}` stands twice in `{}`", shown(word), entry.key);
                problems.push(Problem::new(span, message));
            } else if words.contains(&word) {
                found.push(word);
            } else {
                problems.push(choice_problem(&entry.key, word, &span, words));
            }
        }
        found
    }

    /// A list of lines, each with its place.
    pub fn lines(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<(&'t str, Span)> {
        self.known(name).map_or_else(Vec::new, |(key, entry)| self.texts(key, entry, problems))
    }

    /// A table of freely named lines, in the order of the file.
    pub fn labels(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let Data::Table(table) = &entry.value.data else {
            problems.push(type_problem(key.kind, entry));
            return Vec::new();
        };
        let mut labels = Vec::new();
        for it in &table.entries {
            if is_line(&it.key) {
                let text = checked_text(Kind::Line, &it.key, &it.value, problems);
                labels.extend(text.map(|text| (it.key.clone(), text.to_owned())));
            } else {
                let message = format!("a name in `{name}` is empty or holds invisible characters");
                problems.push(Problem::new(it.key_span.clone(), message));
            }
        }
        labels
    }

    /// A table under a key.
    pub fn table(&self, name: &str, problems: &mut Vec<Problem>) -> Option<Section<'t>> {
        let (key, entry) = self.known(name)?;
        match &entry.value.data {
            Data::Table(table) => {
                let path = match key.kind {
                    Kind::Like(other) => other,
                    _ => key.path,
                };
                Some(Section::open(table, &entry.value.span, path, self.keys, problems))
            }
            _ => {
                problems.push(type_problem(key.kind, entry));
                None
            }
        }
    }

    /// The tables of a list, at most `most`; more are one problem and are not read.
    pub fn tables(
        &self,
        name: &str,
        most: usize,
        problems: &mut Vec<Problem>,
    ) -> Vec<Section<'t>> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let Data::List(list) = &entry.value.data else {
            problems.push(type_problem(key.kind, entry));
            return Vec::new();
        };
        if list.len() > most {
            let span = list.get(most).map_or(self.span(), |it| it.span.clone());
            let message = format!("{} times `{}`: at most {most} are read", list.len(), key.path);
            problems.push(
                Problem::new(span, message)
                    .label(format!("number {}", most + 1))
                    .help("split the file into several"),
            );
        }
        let mut sections = Vec::new();
        for value in list.iter().take(most) {
            if let Data::Table(table) = &value.data {
                sections.push(Section::open(table, &value.span, key.path, self.keys, problems));
            } else {
                let message =
                    format!("`{}` must be {}, and this is {}", key.name(), key.kind, value.data.name());
                problems.push(Problem::new(value.span.clone(), message));
            }
        }
        sections
    }

    /// The keys that this table may have.
    fn children(&self) -> impl Iterator<Item = &'static Key> {
        let path = self.path;
        self.keys.iter().filter(move |it| it.parent() == path)
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.children().find(|it| it.name() == name)
    }

    fn known(&self, name: &str) -> Option<(&'static Key, &'t Entry)> {
        let key = self.key(name);
        debug_assert!(key.is_some(), "`{name}` is not a key of `{}`", self.path);
        Some((key?, self.entry(name)?))
    }

    fn texts(
        &self,
        key: &Key,
        entry: &'t Entry,
        problems: &mut Vec<Problem>,
    ) -> Vec<(&'t str, Span)> {
        let Data::List(list) = &entry.value.data else {
            problems.push(type_problem(key.kind, entry));
            return Vec::new();
        };
        list.iter()
            .filter_map(|it| {
                let text = checked_text(Kind::Line, &entry.key, it, problems)?;
                Some((text, it.span.clone()))
            })
            .collect()
    }

    fn report_unknown(&self, problems: &mut Vec<Problem>) {
        /// A table full of unknown keys is a table of something else.
        const MOST: usize = 20;

        let unknown = self.table.entries.iter().filter(|it| {
            self.key(&it.key).is_none_or(|key| key.kind == Kind::Reserved)
        });
        for (count, entry) in unknown.enumerate() {
            if count == MOST {
                let message = format!("and more keys that are not known in {}", self.title());
                problems.push(Problem::new(entry.key_span.clone(), message));
                return;
            }
            problems.push(match self.key(&entry.key) {
                Some(_) => {
                    let message = format!("`{}` is not in this version", entry.key);
                    Problem::new(entry.key_span.clone(), message)
                        .label("reserved for a later version")
                        .help("take it out to run the rest of the file")
                }
                None => {
                    let message = format!("unknown key `{}` in {}", shown(&entry.key), self.title());
                    Problem::new(entry.key_span.clone(), message)
                        .maybe_help(self.suggestion(&entry.key))
                }
            });
        }
    }

    /// The nearest key of this table, or the table in which the key would be right.
    fn suggestion(&self, word: &str) -> Option<String> {
        let home = || self.keys.iter().find(|it| it.name() == word && !it.path.contains('<'));
        if let Some(near) = nearest(word, self.children().map(Key::name)) {
            return Some(format!("did you mean `{near}`?"));
        }
        if let Some(home) = home() {
            return Some(match home.parent() {
                "" => format!("`{word}` belongs at the top of the file, before the first table"),
                parent => format!("`{word}` belongs in `{parent}`"),
            });
        }
        let names: Vec<&str> = self.children().map(Key::name).collect();
        Some(format!("the keys here are {}", names.join(", ")))
    }

    fn report_missing(&self, problems: &mut Vec<Problem>) {
        for key in self.children() {
            let present = self.entry(key.name());
            if key.required && present.is_none() {
                let message = format!("{} has no `{}`: {}", self.title(), key.name(), key.meaning);
                problems.push(
                    Problem::new(self.span(), message)
                        .label(format!("`{}` is missing", key.name()))
                        .from_absence(),
                );
            }
            if let (Some(entry), Some(other)) = (present, key.needs)
                && self.entry(other).is_none()
            {
                let message = format!("`{}` says nothing without `{other}`", key.name());
                problems.push(
                    Problem::new(entry.key_span.clone(), message)
                        .label(format!("`{other}` is missing"))
                        .from_absence(),
                );
            }
        }
    }

    /// How messages call the table.
    fn title(&self) -> String {
        if self.path.is_empty() {
            return "the file".to_owned();
        }
        format!("`{}`", self.path)
    }
}

/// The problem of a value of the wrong type.
pub fn type_problem(kind: Kind, entry: &Entry) -> Problem {
    let Entry { key, value, .. } = entry;
    let name = shown(key);
    let help = match (&value.data, kind) {
        (Data::Text(text), Kind::Number(_) | Kind::Count(..) | Kind::Flag) => {
            let is_right = text.trim().parse::<f64>().is_ok() || matches!(&**text, "true" | "false");
            is_right.then(|| format!("without quotes: `{name} = {}`", shown(text.trim())))
        }
        (Data::Float(it), Kind::Count(..)) if it.fract() == 0.0 && it.abs() < 1e15 => {
            Some(format!("without decimal point: `{name} = {it:.0}`"))
        }
        (Data::Integer(it), Kind::Line | Kind::Prose | Kind::Choice(_)) => {
            Some(format!("in quotes: `\"{it}\"`"))
        }
        (Data::Float(it), Kind::Line | Kind::Prose | Kind::Choice(_)) => {
            Some(format!("in quotes: `\"{it:?}\"`"))
        }
        (Data::Text(text), Kind::Choices(_) | Kind::Lines) => {
            Some(format!("in brackets: `{name} = [\"{}\"]`", shown(text)))
        }
        (Data::Table(_), Kind::Tables) => {
            Some(format!("a header in double brackets, `[[{name}]]`, or braces in a list, `[{{ … }}]`"))
        }
        (Data::List(_), Kind::Table | Kind::Like(_)) => {
            Some(format!("a header in single brackets, `[{name}]`, or braces, `{{ … }}`"))
        }
        _ => None,
    };
    Problem::new(value.span.clone(), format!("`{name}` must be {kind}"))
        .label(format!("this is {}", value.data.name()))
        .maybe_help(help)
}

fn range_problem(kind: Kind, entry: &Entry, is_finite: bool) -> Problem {
    let name = shown(&entry.key);
    let value = match entry.value.data {
        Data::Integer(it) => it.to_string(),
        Data::Float(it) => it.to_string(),
        _ => String::new(),
    };
    let label = match kind {
        _ if !is_finite => "not a finite number".to_owned(),
        Kind::Number(interval) => format!("outside {interval}"),
        Kind::Count(low, high) => format!("outside [{low}, {high}]"),
        _ => String::new(),
    };
    let message = format!("`{name}` must be {kind}, and is {}", shown(&value));
    Problem::new(entry.value.span.clone(), message).label(label)
}

fn choice_problem(name: &str, word: &str, span: &Span, words: &'static [&'static str]) -> Problem {
    let list = words.join(", ");
    let help = match nearest(word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? the choices are {list}"),
        None => format!("the choices are {list}"),
    };
    let message = format!("`{}` is not a choice for `{}`", shown(word), shown(name));
    Problem::new(span.clone(), message).help(help)
}

fn checked_text<'t>(
    kind: Kind,
    name: &str,
    value: &'t Value,
    problems: &mut Vec<Problem>,
) -> Option<&'t str> {
    let Data::Text(text) = &value.data else {
        let entry = Entry {
            key: name.to_owned(),
            key_span: value.span.clone(),
            value: value.clone(),
        };
        problems.push(type_problem(Kind::Line, &entry));
        return None;
    };
    if kind == Kind::Prose || is_line(text) {
        return Some(text);
    }
    let (message, label) = if text.trim().is_empty() {
        (format!("`{}` must not be empty", shown(name)), "")
    } else {
        let message = format!("`{}` must be one line without invisible characters", shown(name));
        (message, "holds a line break, a tab or another control character")
    };
    problems.push(Problem::new(value.span.clone(), message).label(label));
    None
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}
