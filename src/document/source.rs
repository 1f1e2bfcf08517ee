//! The text that is read, and where in it an offset lies.

use super::{Problem, Problems, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A file's text, followed by the texts of command-line arguments that change it.
///
/// All share one space of byte offsets, so that a span says where its value came from:
/// the file has the offsets from 0 to its length, each argument the next ones, with a gap of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    parts: Vec<Part>,
    /// Files that the text names, each with its text or why it could not be read.
    beside: BTreeMap<String, Result<String, String>>,
}

/// A file or an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    name: String,
    text: String,
    start: usize,
    /// Where in the text begins what somebody wrote: a flag of its own (`--seed 1`) stands for a key that nobody wrote (`run.seed=1`).
    written: usize,
}

/// Where an offset lies, as a person counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path of the file, or name of the argument.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The operating system refused.
    #[error("cannot read `{}`", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The path names a folder.
    #[error("cannot read `{}`: it is a folder", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is larger than any that makes sense.
    #[error(
        "cannot read `{}`: it is larger than {} MiB, and a file of this kind has a few kB; is it the right file?",
        path.display(),
        Source::LARGEST >> 20
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The file is not UTF-8; the problem shows where.
    #[error(transparent)]
    NotText(Box<Problems>),
}

impl Source {
    /// The largest file that is read, in bytes (16 MiB).
    pub const LARGEST: u64 = 16 << 20;

    /// A text and the name under which messages show it.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            parts: vec![Part {
                name: path.into(),
                text: text.into(),
                start: 0,
                written: 0,
            }],
            beside: BTreeMap::new(),
        }
    }

    /// Adds a file that the text names: its text, or why it could not be read.
    pub fn put_beside(&mut self, path: &str, text: Result<String, String>) {
        self.beside.insert(path.to_owned(), text);
    }

    /// A file that the text names, if it was put beside it.
    pub fn beside(&self, path: &str) -> Option<&Result<String, String>> {
        self.beside.get(path)
    }

    /// Reads a UTF-8 file of at most [`Source::LARGEST`] bytes; a larger one is refused by its size.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], which names the file.
    #[cfg(feature = "files")]
    pub fn open(path: &std::path::Path) -> Result<Self, Unreadable> {
        let system = |source| Unreadable::System {
            path: path.to_owned(),
            source,
        };
        let too_large = || Unreadable::TooLarge { path: path.to_owned() };

        let metadata = std::fs::metadata(path).map_err(system)?;
        if metadata.is_dir() {
            return Err(Unreadable::Folder { path: path.to_owned() });
        }
        if metadata.len() > Self::LARGEST {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // A pipe or a device has no size until it was read.
        std::fs::File::open(path)
            .and_then(|file| std::io::Read::read_to_end(&mut std::io::Read::take(file, Self::LARGEST + 1), &mut bytes))
            .map_err(system)?;
        if bytes.len() as u64 > Self::LARGEST {
            return Err(too_large());
        }
        Self::from_bytes(&path.to_string_lossy(), bytes)
    }

    /// Takes bytes for UTF-8 text.
    ///
    /// # Errors
    ///
    /// [`Unreadable::NotText`], which shows the first byte that is not UTF-8.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, Unreadable> {
        String::from_utf8(bytes)
            .map(|text| Self::new(name, text))
            .map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
                let problem = Problem::new(at..end, "the file is not UTF-8 text")
                    .label(format!("byte 0x{byte:02X}"))
                    .help("save the file with the encoding UTF-8");
                let source = Self::new(name, text);
                Unreadable::NotText(Box::new(Problems::new(source, vec![problem])))
            })
    }

    /// Adds a command-line argument, a `key=value`, and returns the offset at which its text begins.
    ///
    /// Of any flag but `--set` and `--vary` messages show the value alone.
    pub fn push_argument(&mut self, name: &str, text: &str) -> usize {
        let start = self.parts.last().map_or(0, |it| it.start + it.text.len() + 1);
        self.parts.push(Part {
            name: name.to_owned(),
            text: text.to_owned(),
            start,
            written: match name {
                "--set" | "--vary" => 0,
                _ => text.find('=').map_or(0, |it| it + 1),
            },
        });
        start
    }

    /// The path under which messages show the file.
    pub fn path(&self) -> &str {
        self.parts.first().map_or("", |it| &it.name)
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        self.parts.first().map_or("", |it| &it.text)
    }

    /// The arguments, each with the offset at which it begins.
    pub fn arguments(&self) -> impl Iterator<Item = (usize, &str)> {
        self.parts.iter().skip(1).map(|it| (it.start, it.text.as_str()))
    }

    /// The argument in which an offset lies, as it was given; none if it lies in the file.
    pub fn argument(&self, offset: usize) -> Option<String> {
        let part = self.parts.iter().skip(1).rfind(|it| it.start <= offset)?;
        Some(format!("{} {}", part.name, &part.text[part.written..]))
    }

    /// Whether an offset lies in an argument rather than in the file.
    pub fn is_argument(&self, offset: usize) -> bool {
        offset > self.text().len()
    }

    /// Where an offset lies.
    pub fn place(&self, offset: usize) -> Place {
        let excerpt = self.excerpt(&(offset..offset));
        let before = &excerpt.line[..excerpt.span.start];
        Place {
            name: excerpt.name.to_owned(),
            line: excerpt.line_number,
            column: before.chars().count() + 1,
        }
    }

    /// The line in which a span begins, and what of the span lies in it.
    pub(super) fn excerpt(&self, span: &Span) -> Excerpt<'_> {
        let part = self.parts.iter().rfind(|it| it.start <= span.start);
        let (name, text, start) = part.map_or(("", "", 0), |it| {
            (&*it.name, &it.text[it.written..], it.start + it.written)
        });
        let begin = floor_char_boundary(text, span.start.saturating_sub(start));
        let end = floor_char_boundary(text, span.end.saturating_sub(start)).max(begin);

        let line_start = text[..begin].rfind('\n').map_or(0, |it| it + 1);
        let line_end = text[begin..].find('\n').map_or(text.len(), |it| begin + it);
        let line = &text[line_start..line_end];
        let line = line.strip_suffix('\r').unwrap_or(line);
        Excerpt {
            name,
            line,
            line_number: text[..line_start].matches('\n').count() + 1,
            span: (begin - line_start).min(line.len())..(end - line_start).min(line.len()),
        }
    }
}

/// One line of a source with a span in it.
pub(super) struct Excerpt<'s> {
    pub name: &'s str,
    pub line: &'s str,
    pub line_number: usize,
    pub span: Span,
}

/// The nearest character boundary at or before an offset.
fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &Source, offset: usize) -> (String, usize, usize) {
        let it = source.place(offset);
        (it.name, it.line, it.column)
    }

    #[test]
    fn columns_count_characters_and_lines_end_at_either_line_break() {
        let source = Source::new("a.toml", "é = 1\r\nbü = 2\n");
        assert_eq!(place(&source, 0), ("a.toml".to_owned(), 1, 1));
        assert_eq!(place(&source, 2), ("a.toml".to_owned(), 1, 2));
        let b = source.text().find("= 2").expect("it is there");
        assert_eq!(place(&source, b), ("a.toml".to_owned(), 2, 4));
        assert_eq!(place(&source, source.text().len()), ("a.toml".to_owned(), 3, 1));
    }

    #[test]
    fn arguments_have_offsets_of_their_own() {
        let mut source = Source::new("a.toml", "x = 1");
        let start = source.push_argument("--set", "run.seed=2");
        assert_eq!(start, 6);
        assert!(!source.is_argument(5) && source.is_argument(6));
        assert_eq!(place(&source, start + 9), ("--set".to_owned(), 1, 10));
        assert_eq!(source.arguments().collect::<Vec<_>>(), [(6, "run.seed=2")]);
    }

    #[test]
    fn bytes_that_are_not_text_are_shown_where_they_stand() {
        let error =
            Source::from_bytes("a.toml", b"title = \"\nx = \"caf\xe9\"".to_vec()).expect_err("0xE9 alone is Latin-1");
        let message = error.to_string();
        assert!(message.contains("a.toml:2:9"), "{message}");
        assert!(message.contains("byte 0xE9"), "{message}");
    }

    #[test]
    fn an_offset_outside_the_text_is_its_end() {
        assert_eq!(place(&Source::new("a", "é"), 99), ("a".to_owned(), 1, 2));
        assert_eq!(place(&Source::new("a", "é"), 1), ("a".to_owned(), 1, 1));
    }
}
