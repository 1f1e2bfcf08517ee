//! A sheet as SVG.

use std::fmt::Write;

use super::font::Weight;
use super::palette::Rgb;
use super::sheet::{Anchor, Mark, Paint, Point, Rect, Sheet, Stroke};

/// The families to try, the one that was measured first.
const FAMILY: &str = "'DejaVu Sans',Verdana,sans-serif";

/// Writes the sheet; `title` and `description` are for those who have the picture read to them.
pub(crate) fn write(sheet: &Sheet, title: &str, description: &str) -> String {
    let (width, height) = (sheet.width, sheet.height);
    let mut out = String::with_capacity(64 * 1024);
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n"
        ),
    );
    out.push_str("<title>");
    escape(&mut out, title);
    out.push_str("</title>\n<desc>");
    escape(&mut out, description);
    out.push_str("</desc>\n");
    put(
        &mut out,
        format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"),
    );
    for mark in &sheet.marks {
        draw(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Path {
            pieces,
            closed,
            fill,
            stroke,
        } => {
            out.push_str("<path d=\"");
            for piece in pieces {
                path_data(out, piece, *closed);
            }
            out.push('"');
            ink(out, *fill, *stroke);
            out.push_str("/>\n");
        }
        Mark::Cell { at, fill } => {
            let Rect { left, top, .. } = *at;
            out.push_str("<rect");
            for (name, value) in [("x", left), ("y", top), ("width", at.width()), ("height", at.height())] {
                attribute(out, name, value);
            }
            out.push_str(" shape-rendering=\"crispEdges\"");
            ink(out, Some(*fill), None);
            out.push_str("/>\n");
        }
        Mark::Circle {
            centre,
            radius,
            fill,
            stroke,
        } => {
            out.push_str("<circle");
            for (name, value) in [("cx", centre.0), ("cy", centre.1), ("r", *radius)] {
                attribute(out, name, value);
            }
            ink(out, *fill, *stroke);
            out.push_str("/>\n");
        }
        Mark::Text {
            lines,
            size,
            weight,
            anchor,
            rgb,
        } => {
            out.push_str("<text");
            attribute(out, "font-size", *size);
            if *weight == Weight::Bold {
                out.push_str(" font-weight=\"bold\"");
            }
            match anchor {
                Anchor::Start => {}
                Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
                Anchor::End => out.push_str(" text-anchor=\"end\""),
            }
            colour(out, "fill", *rgb);
            out.push('>');
            for ((x, y), line) in lines {
                out.push_str("<tspan");
                attribute(out, "x", *x);
                attribute(out, "y", *y);
                out.push('>');
                escape(out, line);
                out.push_str("</tspan>");
            }
            out.push_str("</text>\n");
        }
    }
}

fn path_data(out: &mut String, piece: &[Point], closed: bool) {
    for (index, &(x, y)) in piece.iter().enumerate() {
        out.push(if index == 0 { 'M' } else { 'L' });
        number(out, x);
        out.push(' ');
        number(out, y);
    }
    if closed {
        out.push('Z');
    }
}

fn ink(out: &mut String, fill: Option<Paint>, stroke: Option<Stroke>) {
    match fill {
        Some(paint) => {
            colour(out, "fill", paint.rgb);
            if paint.alpha < 1.0 {
                attribute(out, "fill-opacity", paint.alpha);
            }
        }
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = stroke {
        colour(out, "stroke", stroke.paint.rgb);
        attribute(out, "stroke-width", stroke.width);
        if stroke.paint.alpha < 1.0 {
            attribute(out, "stroke-opacity", stroke.paint.alpha);
        }
        if let Some([on, off]) = stroke.dash.lengths(stroke.width) {
            out.push_str(" stroke-dasharray=\"");
            number(out, on);
            out.push(' ');
            number(out, off);
            out.push('"');
        }
    }
}

fn colour(out: &mut String, name: &str, [r, g, b]: Rgb) {
    put(out, format_args!(" {name}=\"#{r:02x}{g:02x}{b:02x}\""));
}

fn attribute(out: &mut String, name: &str, value: f64) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    number(out, value);
    out.push('"');
}

/// At most two decimals, no trailing zeros, no negative zero.
fn number(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    put(out, format_args!("{whole}"));
    if part % 10 != 0 {
        put(out, format_args!(".{part:02}"));
    } else if part != 0 {
        put(out, format_args!(".{}", part / 10));
    }
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no way to write these, escaped or not.
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        let all = [0.0, -0.0, -0.001, 3.0, 3.5, 3.125, -12.07, 1919.999].map(written);
        assert_eq!(
            all,
            ["0", "0", "0", "3", "3.5", "3.13", "-12.07", "1920"].map(String::from)
        );
    }

    #[test]
    fn names_cannot_break_out_of_the_text() {
        let svg = write(&Sheet::new(10, 10), "a < b & \"c\"\u{0}", "</desc><script>");
        assert!(svg.contains("<title>a &lt; b &amp; &quot;c&quot; </title>"), "{svg}");
        assert!(!svg.contains("<script"), "{svg}");
    }
}
