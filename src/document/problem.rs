//! What is wrong with a file, shown where it is wrong.

use super::{Source, Span};
use crate::wording::printable;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the [`Source`].
    pub span: Span,
    /// What is wrong with which value.
    pub message: String,
    /// What stands beside the caret; may be empty.
    pub label: String,
    /// What to do next.
    pub help: Option<String>,
    /// Whether something is *absent*; after a syntax error that may only seem so.
    pub absence: bool,
}

/// Something a person should know, although nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where, if it is about a place.
    pub span: Option<Span>,
    /// What there is to know.
    pub message: String,
}

/// Everything that is wrong with a source; displayed as rendered messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    source_text: Source,
    list: Vec<Problem>,
    shown: usize,
    advice: Option<&'static str>,
}

/// Whether messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// With the escape codes of a terminal.
    Terminal,
}

impl Problem {
    /// A problem without label and help.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            absence: false,
        }
    }

    /// Says beside the caret what is there.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As [`Problem::help`], where there may be nothing to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Marks that something is absent, which is not reported beside syntax errors.
    #[must_use]
    pub fn from_absence(mut self) -> Self {
        self.absence = true;
        self
    }

    /// The message with file, line, column, the line and a caret.
    pub fn render(&self, source: &Source, colour: Colour) -> String {
        let help = self.help.as_deref();
        render(
            source,
            Level::ERROR,
            &self.message,
            Some((&self.span, &self.label)),
            help,
            colour,
        )
    }
}

impl Note {
    /// The message, with the line it is about if there is one.
    pub fn render(&self, source: &Source, colour: Colour) -> String {
        let at = self.span.as_ref().map(|it| (it, ""));
        render(source, Level::NOTE, &self.message, at, None, colour)
    }
}

impl Problems {
    /// More problems than these are counted, not shown; a search for help beyond them is wasted.
    pub const SHOWN: usize = 100;

    /// The problems of a source, put into the order of the file.
    pub fn new(source: Source, mut list: Vec<Problem>) -> Self {
        list.sort_by_key(|it| it.span.start);
        Self {
            source_text: source,
            list,
            shown: Self::SHOWN,
            advice: None,
        }
    }

    /// Adds a last line that says where to read more.
    #[must_use]
    pub fn advice(mut self, advice: &'static str) -> Self {
        self.advice = Some(advice);
        self
    }

    /// Shows the first so many problems and counts the others.
    #[must_use]
    pub fn at_most(mut self, shown: usize) -> Self {
        self.shown = shown;
        self
    }

    /// The problems, in the order of the file.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// The command-line arguments that are wrong, each once; none if something is wrong with the file itself.
    pub fn only_arguments(&self) -> Option<Vec<String>> {
        let wrong = self.list.iter().map(|it| self.source_text.argument(it.span.start));
        let mut wrong: Vec<String> = wrong.collect::<Option<_>>()?;
        wrong.dedup();
        Some(wrong)
    }

    /// The text they are about.
    pub fn source_text(&self) -> &Source {
        &self.source_text
    }

    /// All messages, separated by empty lines.
    pub fn render(&self, colour: Colour) -> String {
        let mut parts: Vec<String> = self
            .list
            .iter()
            .take(self.shown)
            .map(|it| it.render(&self.source_text, colour))
            .collect();
        let more = self.list.len().saturating_sub(self.shown);
        if more > 0 {
            let plural = if more == 1 { "" } else { "s" };
            parts.push(format!(
                "and {more} more problem{plural} in `{}`",
                self.source_text.path()
            ));
        }
        parts.extend(self.advice.map(|it| format!("help: {it}")));
        parts.join("\n\n")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(Colour::Never))
    }
}

/// A message in the form of rustc's.
fn render(
    source: &Source,
    level: Level<'_>,
    message: &str,
    at: Option<(&Span, &str)>,
    help: Option<&str>,
    colour: Colour,
) -> String {
    // Colours are the only escape codes that come out of here: texts of the file have none.
    let message = printable(message);
    let label = at.map_or_else(String::new, |(_, label)| printable(label));
    let mut group = match at {
        None => Group::with_title(level.primary_title(&message)),
        Some((span, _)) => show_line(source, level.primary_title(&message), span, &label),
    };
    if let Some(help) = help {
        group = group.element(Level::HELP.message(wrapped(&printable(help))));
    }
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Terminal => Renderer::styled(),
    };
    let shown = |letter: char| match letter {
        '\n' | '\t' | '\u{1b}' => letter,
        _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
        _ => letter,
    };
    // The renderer lets no escape of the line through, and other control characters of it.
    renderer.render(&[group]).chars().map(shown).collect()
}

/// Text broken into lines of at most 90 characters, where there are spaces.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 90;
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 {
            let fits = width + 1 + length <= WIDTH;
            out.push(if fits { ' ' } else { '\n' });
            width = if fits { width + 1 } else { 0 };
        }
        out.push_str(word);
        width += length;
    }
    out
}

/// The line with its caret, or only its number where the line is too long to be of use.
fn show_line<'a>(source: &'a Source, title: annotate_snippets::Title<'a>, span: &Span, label: &'a str) -> Group<'a> {
    const LONGEST_LINE: usize = 2_000;

    let excerpt = source.excerpt(span);
    if excerpt.line.len() > LONGEST_LINE {
        let place = source.place(span.start);
        let origin = Origin::path(printable(&place.name))
            .line(place.line)
            .char_column(place.column);
        return title.element(origin);
    }
    let mut annotation = AnnotationKind::Primary.span(excerpt.span);
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    title.element(
        Snippet::source(excerpt.line)
            .line_start(excerpt.line_number)
            .path(printable(excerpt.name))
            .annotation(annotation),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_come_in_the_order_of_the_file_and_end_with_the_advice() {
        let source = Source::new("a.toml", "need = 1.4\nvivdness = 0.2\n");
        let problems = Problems::new(
            source,
            vec![
                Problem::new(11..19, "unknown key `vivdness`").help("did you mean `vividness`?"),
                Problem::new(7..10, "`need` is 1.4, outside [0, 1]").label("outside [0, 1]"),
            ],
        )
        .advice("read the manual");
        insta::assert_snapshot!(problems, @r"
        error: `need` is 1.4, outside [0, 1]
         --> a.toml:1:8
          |
        1 | need = 1.4
          |        ^^^ outside [0, 1]

        error: unknown key `vivdness`
         --> a.toml:2:1
          |
        2 | vivdness = 0.2
          | ^^^^^^^^
          |
          = help: did you mean `vividness`?

        help: read the manual
        ");
    }

    #[test]
    fn a_very_long_line_is_named_but_not_shown() {
        let source = Source::new("a.toml", format!("x = \"{}\"", "y".repeat(1_000_000)));
        let rendered = Problem::new(4..1_000_006, "too long").render(&source, Colour::Never);
        assert_eq!(rendered, "error: too long\n--> a.toml:1:5");
    }

    #[test]
    fn a_thousand_problems_are_counted_after_the_first_hundred() {
        let source = Source::new("a.toml", "x\n".repeat(1_000));
        let list = (0..1_000).map(|it| Problem::new(2 * it..2 * it + 1, "no")).collect();
        let rendered = Problems::new(source, list).to_string();
        assert!(rendered.ends_with("and 900 more problems in `a.toml`"));
    }

    #[test]
    fn no_text_of_a_file_commands_the_terminal() {
        let hostile = "\u{1b}]0;mine\u{7}\u{9b}2J\u{1b}[8m";
        let source = Source::new(format!("{hostile}.toml"), format!("x = \"{hostile}\""));
        let problem = Problem::new(4..9, hostile).label(hostile).help(hostile);
        let rendered = problem.render(&source, Colour::Never);
        assert!(
            rendered.chars().all(|letter| letter == '\n' || !letter.is_control()),
            "{rendered:?}"
        );
        let coloured = problem.render(&source, Colour::Terminal);
        let codes = coloured.matches('\u{1b}').count();
        let plain = Problem::new(4..9, "no").label("no").help("no");
        let plain = plain.render(&Source::new("a.toml", "x = 12345678"), Colour::Terminal);
        assert_eq!(codes, plain.matches('\u{1b}').count(), "{coloured:?}");
    }

    #[test]
    fn colour_is_only_used_where_asked_for() {
        let source = Source::new("a.toml", "x");
        let problem = Problem::new(0..1, "no");
        assert!(!problem.render(&source, Colour::Never).contains('\u{1b}'));
        assert!(problem.render(&source, Colour::Terminal).contains('\u{1b}'));
    }
}
