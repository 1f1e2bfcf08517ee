//! One table of a file, read against the keys that it may have.

use super::checked::{checked_number, checked_text, choice_problem, is_line, range_problem, type_problem};
use super::{Choice, Data, Entry, Key, Kind, Problem, Span, Table, nearest, shown, spelling};
use std::collections::BTreeSet;

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
        let section = Self::part(table, span, path, keys, problems);
        section.report_missing(problems);
        section
    }

    /// A table that changes single keys of another: unknown keys are reported, and none is missed.
    pub fn part(
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
        checked_number(key, &entry.key, &entry.value, problems)
    }

    /// A whole number in the key's range.
    pub fn count(&self, name: &str, problems: &mut Vec<Problem>) -> Option<u64> {
        let (key, entry) = self.known(name)?;
        let Data::Integer(value) = entry.value.data else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
            return None;
        };
        match (key.kind, u64::try_from(value)) {
            (Kind::Count(low, high), Ok(value)) if (low..=high).contains(&value) => Some(value),
            _ => {
                problems.push(range_problem(key.kind, &entry.key, &entry.value, true));
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
            problems.push(range_problem(key.kind, &entry.key, &entry.value, true));
        }
        narrow
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str, problems: &mut Vec<Problem>) -> Option<bool> {
        let (key, entry) = self.known(name)?;
        match entry.value.data {
            Data::Flag(it) => Some(it),
            _ => {
                problems.push(type_problem(key.kind, &entry.key, &entry.value));
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
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
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
        self.known(name)
            .map_or_else(Vec::new, |(key, entry)| self.texts(key, entry, problems))
    }

    /// A list of finite numbers in the key's range; without those that are not.
    pub fn numbers(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<f64> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let (Data::List(list), Kind::Numbers(interval)) = (&entry.value.data, key.kind) else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
            return Vec::new();
        };
        let each = Key {
            kind: Kind::Number(interval),
            ..*key
        };
        list.iter()
            .filter_map(|it| checked_number(&each, &entry.key, it, problems))
            .collect()
    }

    /// A table of freely named lines, in the order of the file.
    pub fn labels(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let Data::Table(table) = &entry.value.data else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
            return Vec::new();
        };
        let (mut labels, mut spelt) = (Vec::new(), BTreeSet::new());
        for it in &table.entries {
            if !spelt.insert(spelling(&it.key)) {
                let message = format!("two names in `{name}` look the same");
                problems.push(
                    Problem::new(it.key_span.clone(), message)
                        .label("differs in blanks or in characters that cannot be seen"),
                );
            } else if is_line(&it.key) {
                let text = checked_text(Kind::Line, &it.key, &it.value, problems);
                labels.extend(text.map(|text| (it.key.clone(), text.to_owned())));
            } else {
                let message = format!("a name in `{name}` is empty, too long or holds invisible characters");
                problems.push(Problem::new(it.key_span.clone(), message));
            }
        }
        labels
    }

    /// The freely named tables under a key, in the order of the file: name, where the name stands, and the table.
    pub fn named(&self, name: &str, problems: &mut Vec<Problem>) -> Vec<(&'t Entry, &'t Table)> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let Data::Table(named) = &entry.value.data else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for each in &named.entries {
            match &each.value.data {
                Data::Table(table) => tables.push((each, table)),
                _ => problems.push(type_problem(Kind::Table, &each.key, &each.value)),
            }
        }
        tables
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
                let problem = type_problem(key.kind, &entry.key, &entry.value);
                problems.push(problem.maybe_help(self.in_braces(key, entry)));
                None
            }
        }
    }

    /// How the value of a key that must be a table is written: in braces, under the first of the table's keys that it could be meant for.
    fn in_braces(&self, key: &Key, entry: &Entry) -> Option<String> {
        let number = match entry.value.data {
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            _ => return None,
        };
        let path = match key.kind {
            Kind::Like(other) => other,
            _ => key.path,
        };
        let meant = self.keys.iter().filter(|child| child.is_child_of(path));
        let meant: Vec<&str> = meant
            .filter(|child| matches!(child.kind, Kind::Number(_)))
            .map(Key::name)
            .collect();
        let first = meant.first()?;
        let name = shown(&entry.key);
        Some(match meant.len() {
            // A table of many keys: the number may be meant for any of them.
            4.. => format!("name the key that it is for, in braces: `{name} = {{ {first} = … }}`"),
            _ => format!("in braces, with the key that it is for: `{name} = {{ {first} = {number} }}`"),
        })
    }

    /// The tables of a list, at most `most`; more are one problem and are not read.
    pub fn tables(&self, name: &str, most: usize, problems: &mut Vec<Problem>) -> Vec<Section<'t>> {
        let Some((key, entry)) = self.known(name) else {
            return Vec::new();
        };
        let Data::List(list) = &entry.value.data else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
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
                let message = format!(
                    "`{}` must be {}, and this is {}",
                    key.name(),
                    key.kind,
                    value.data.name()
                );
                problems.push(Problem::new(value.span.clone(), message));
            }
        }
        sections
    }

    /// The table under a key, or those of a list of at most `most`.
    pub fn table_or_tables(&self, name: &str, most: usize, problems: &mut Vec<Problem>) -> Vec<Section<'t>> {
        let is_list = |entry: &Entry| matches!(entry.value.data, Data::List(_));
        if self.entry(name).is_some_and(is_list) {
            self.tables(name, most, problems)
        } else {
            self.table(name, problems).into_iter().collect()
        }
    }

    /// The keys that this table may have.
    fn children(&self) -> impl Iterator<Item = &'static Key> {
        let path = self.path;
        self.keys.iter().filter(move |it| it.is_child_of(path))
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.children().find(|it| it.name() == name)
    }

    fn known(&self, name: &str) -> Option<(&'static Key, &'t Entry)> {
        let key = self.key(name);
        debug_assert!(key.is_some(), "`{name}` is not a key of `{}`", self.path);
        Some((key?, self.entry(name)?))
    }

    fn texts(&self, key: &Key, entry: &'t Entry, problems: &mut Vec<Problem>) -> Vec<(&'t str, Span)> {
        let Data::List(list) = &entry.value.data else {
            problems.push(type_problem(key.kind, &entry.key, &entry.value));
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

        let unknown = self.table.entries.iter().filter(|entry| self.key(&entry.key).is_none());
        for (count, entry) in unknown.enumerate() {
            if count == MOST {
                let message = format!("and more keys that are not known in {}", self.title());
                problems.push(Problem::new(entry.key_span.clone(), message));
                return;
            }
            let message = format!("unknown key `{}` in {}", shown(&entry.key), self.title());
            problems.push(Problem::new(entry.key_span.clone(), message).maybe_help(self.suggestion(&entry.key)));
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
        match self.path {
            "" => "the file".to_owned(),
            // `<name>` in a path says nothing about which of them it is; the line shows it.
            path if path.contains('<') => "this table".to_owned(),
            path => format!("`{path}`"),
        }
    }
}
