//! Looks at a finished picture the way a reader's program would: is it well formed, does every text
//! lie on the page, does no text cover another?

use super::Picture;
use super::font::{self, Weight};
use super::sheet::Rect;

/// One line of text as it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) at: Rect,
}

/// Checks all that must hold of every picture; `names` must be readable in it.
pub(super) fn check(picture: &Picture, names: &[&str]) {
    let tags = tags(&picture.svg);
    let (width, height) = png_size(&picture.png);
    assert!(width >= 1920 && height >= 1080, "{width} × {height}");
    assert!(
        (f64::from(width) / f64::from(height) - 16.0 / 9.0).abs() < 1e-3,
        "every slide is 16 : 9: {width} × {height}"
    );
    assert_eq!(
        tags[0].attribute("viewBox"),
        Some(format!("0 0 {width} {height}").as_str())
    );

    let lines = lines(&tags);
    let page = Rect {
        left: 0.0,
        top: 0.0,
        right: f64::from(width),
        bottom: f64::from(height),
    };
    for (index, line) in lines.iter().enumerate() {
        assert!(page.holds(&line.at), "off the page: {line:?}");
        for other in &lines[..index] {
            assert!(!line.at.overlaps(&other.at), "{line:?} covers {other:?}");
        }
    }
    // A long word is broken without a hyphen, so compare letters only.
    let letters = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    let all = letters(&lines.iter().map(|it| it.text.as_str()).collect::<String>());
    for name in names {
        assert!(all.contains(&letters(name)), "`{name}` cannot be read in the picture");
    }
    for wrong in ["NaN", "inf", "−0\u{A0}%", "−0.0 "] {
        assert!(!all.contains(wrong), "`{wrong}` in the picture");
    }
}

/// The lines of text in the order in which they were drawn.
pub(super) fn lines(tags: &[Tag]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut text = None;
    for tag in tags {
        match tag.name.as_str() {
            "text" => text = Some(tag),
            "tspan" => {
                let style = text.expect("a tspan stands in a text");
                let number = |tag: &Tag, name: &str| -> f64 {
                    tag.attribute(name)
                        .and_then(|it| it.parse().ok())
                        .expect("texts have place and size")
                };
                let (x, y, size) = (number(tag, "x"), number(tag, "y"), number(style, "font-size"));
                let bold = style.attribute("font-weight") == Some("bold");
                let width = font::width(&tag.content, size, if bold { Weight::Bold } else { Weight::Regular });
                let left = match style.attribute("text-anchor") {
                    None => x,
                    Some("middle") => x - width / 2.0,
                    Some("end") => x - width,
                    Some(other) => panic!("unknown anchor {other}"),
                };
                let at = Rect {
                    left,
                    top: y - size * font::ASCENT,
                    right: left + width,
                    bottom: y + size * font::DESCENT,
                };
                lines.push(Line {
                    text: tag.content.clone(),
                    at,
                });
            }
            _ => {}
        }
    }
    lines
}

/// An opened tag with the text up to the next tag.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    content: String,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// Reads the tags and panics where they are not balanced, quoted or escaped as XML wants it.
pub(super) fn tags(svg: &str) -> Vec<Tag> {
    let mut open = Vec::new();
    let mut tags = Vec::new();
    let mut pieces = svg.split('<');
    assert_eq!(pieces.next(), Some(""), "starts with a tag");
    for piece in pieces {
        let (tag, content) = piece.split_once('>').expect("every `<` has its `>`");
        assert!(!content.contains('>'), "an unescaped `>` in `{content}`");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the order opened");
            continue;
        }
        let single = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !rest.trim_start().is_empty() {
            let (key, after) = rest.trim_start().split_once("=\"").expect("attributes are quoted");
            let (value, after) = after.split_once('"').expect("quotes are closed");
            assert!(!attributes.iter().any(|(it, _)| it == key), "`{key}` twice");
            attributes.push((key.to_owned(), unescape(value)));
            rest = after;
        }
        if !single {
            open.push(name.to_owned());
        }
        tags.push(Tag {
            name: name.to_owned(),
            attributes,
            content: unescape(content),
        });
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    tags
}

fn unescape(text: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let escapes = text.matches("&lt;").count()
        + text.matches("&gt;").count()
        + text.matches("&quot;").count()
        + text.matches("&amp;").count();
    assert_eq!(text.matches('&').count(), escapes, "an unescaped `&` in `{text}`");
    plain
}

/// Decodes the whole file, not only its head.
pub(super) fn png_size(png: &[u8]) -> (u32, u32) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png))
        .read_info()
        .expect("the png has a head");
    let mut pixels = vec![0; reader.output_buffer_size().expect("the png has a size")];
    let info = reader.next_frame(&mut pixels).expect("the png can be decoded");
    assert!(pixels.iter().any(|&it| it < 128), "something is drawn");
    (info.width, info.height)
}

/// The inspection itself must be able to fail.
mod tests {
    use super::super::sheet::{Anchor, Sheet, TextStyle};
    use super::super::{Picture, raster, svg};

    fn inspected(places: &[(f64, f64)]) {
        let mut sheet = Sheet::new(1920, 1080);
        for &place in places {
            sheet.text("compassion", place, Anchor::Start, TextStyle::plain(24.0));
        }
        let png = raster::write(&sheet).expect("a page fits into memory");
        super::check(
            &Picture {
                svg: svg::write(&sheet, "", ""),
                png,
            },
            &["compassion"],
        );
    }

    #[test]
    fn texts_apart_pass() {
        inspected(&[(100.0, 100.0), (100.0, 130.0)]);
    }

    #[test]
    #[should_panic(expected = "covers")]
    fn texts_on_each_other_are_seen() {
        inspected(&[(100.0, 100.0), (200.0, 110.0)]);
    }

    #[test]
    #[should_panic(expected = "off the page")]
    fn texts_off_the_page_are_seen() {
        inspected(&[(1850.0, 100.0)]);
    }

    #[test]
    #[should_panic(expected = "closed in the order opened")]
    fn unbalanced_tags_are_seen() {
        super::tags("<svg><g></svg></g>");
    }
}
