//! A sheet as PNG.

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint as SkiaPaint, Path, PathBuilder, Pixmap, Rect as SkiaRect,
    Stroke as SkiaStroke, StrokeDash, Transform,
};

use super::ChartError;
use super::font;
use super::sheet::{Anchor, Mark, Paint, Point, Sheet, Stroke};
use super::truetype::Pen;

/// Paints the sheet and packs the pixels.
pub(crate) fn write(sheet: &Sheet) -> Result<Vec<u8>, ChartError> {
    encode(&paint_all(sheet)?)
}

/// Paints sheets of one size as a film (APNG) of half their width and height, each shown for some milliseconds, over and over.
pub(crate) fn film(sheets: &[Sheet], milliseconds: u16) -> Result<Vec<u8>, ChartError> {
    let refused = |error: png::EncodingError| ChartError::Png(error.to_string());
    let frames: Vec<(u32, u32, Vec<u8>)> = sheets
        .iter()
        .map(|sheet| Ok(halved(&paint_all(sheet)?)))
        .collect::<Result<_, ChartError>>()?;
    let Some((width, height, _)) = frames.first() else {
        return Err(ChartError::Png("a film without pictures".to_owned()));
    };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, *width, *height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    #[expect(clippy::cast_possible_truncation, reason = "a film has some hundred pictures")]
    encoder.set_animated(frames.len() as u32, 0).map_err(refused)?;
    encoder.set_frame_delay(milliseconds, 1_000).map_err(refused)?;
    let mut writer = encoder.write_header().map_err(refused)?;
    for (.., rgb) in &frames {
        writer.write_image_data(rgb).map_err(refused)?;
    }
    writer.finish().map_err(refused)?;
    Ok(file)
}

/// Every pixel the mean of four.
#[expect(clippy::cast_possible_truncation, reason = "the mean of four bytes")]
fn halved(pixels: &Pixmap) -> (u32, u32, Vec<u8>) {
    let (width, height) = (pixels.width() / 2, pixels.height() / 2);
    let (data, row) = (pixels.data(), 4 * pixels.width() as usize);
    let mut rgb = Vec::with_capacity(3 * (width * height) as usize);
    for y in 0..height as usize {
        for x in 0..width as usize {
            let at = 2 * y * row + 8 * x;
            for part in 0..3 {
                let four = [at, at + 4, at + row, at + row + 4].map(|place| u32::from(data[place + part]));
                rgb.push(((four.iter().sum::<u32>() + 2) / 4) as u8);
            }
        }
    }
    (width, height, rgb)
}

fn paint_all(sheet: &Sheet) -> Result<Pixmap, ChartError> {
    let mut pixels = Pixmap::new(sheet.width, sheet.height)
        .ok_or_else(|| ChartError::Png(format!("no room for {} × {} pixels", sheet.width, sheet.height)))?;
    pixels.fill(Color::WHITE);
    for mark in &sheet.marks {
        draw(&mut pixels, mark);
    }
    Ok(pixels)
}

/// Nothing shines through a white page, so the fourth channel is left out; fast, because flat
/// colours pack well at any setting.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, ChartError> {
    let rgb: Vec<u8> = pixels
        .data()
        .chunks_exact(4)
        .flat_map(|it| [it[0], it[1], it[2]])
        .collect();
    let mut file = Vec::with_capacity(256 * 1024);
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let refused = |error: png::EncodingError| ChartError::Png(error.to_string());
    let mut writer = encoder.write_header().map_err(refused)?;
    writer.write_image_data(&rgb).map_err(refused)?;
    writer.finish().map_err(refused)?;
    Ok(file)
}

fn draw(pixels: &mut Pixmap, mark: &Mark) {
    match mark {
        Mark::Path {
            pieces,
            closed,
            fill,
            stroke,
        } => {
            if let Some(path) = path(pieces, *closed) {
                ink(pixels, &path, *fill, *stroke);
            }
        }
        Mark::Cell { at, fill } => {
            let [left, top, right, bottom] = [at.left, at.top, at.right, at.bottom].map(|it| it.round() as f32);
            // Less than half a pixel rounds to nothing, as it does in the SVG.
            if let Some(rect) = SkiaRect::from_ltrb(left, top, right, bottom) {
                let mut paint = paint(*fill);
                paint.anti_alias = false;
                pixels.fill_rect(rect, &paint, Transform::identity(), None);
            }
        }
        Mark::Circle {
            centre,
            radius,
            fill,
            stroke,
        } => {
            if let Some(path) = PathBuilder::from_circle(centre.0 as f32, centre.1 as f32, *radius as f32) {
                ink(pixels, &path, *fill, *stroke);
            }
        }
        Mark::Text {
            lines,
            size,
            weight,
            anchor,
            rgb,
        } => {
            let mut letters = Letters(PathBuilder::new());
            for ((x, y), line) in lines {
                let width = font::width(line, *size, *weight);
                let x = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                font::outline(line, *size, *weight, x, *y, &mut letters);
            }
            if let Some(path) = letters.0.finish() {
                ink(pixels, &path, Some((*rgb).into()), None);
            }
        }
    }
}

fn path(pieces: &[Vec<Point>], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for piece in pieces {
        for (index, &(x, y)) in piece.iter().enumerate() {
            if index == 0 {
                builder.move_to(x as f32, y as f32);
            } else {
                builder.line_to(x as f32, y as f32);
            }
        }
        if closed {
            builder.close();
        }
    }
    builder.finish()
}

fn ink(pixels: &mut Pixmap, path: &Path, fill: Option<Paint>, stroke: Option<Stroke>) {
    if let Some(fill) = fill {
        pixels.fill_path(path, &paint(fill), FillRule::Winding, Transform::identity(), None);
    }
    if let Some(stroke) = stroke {
        let pen = SkiaStroke {
            width: stroke.width as f32,
            line_join: LineJoin::Round,
            line_cap: LineCap::Butt,
            dash: stroke
                .dash
                .lengths(stroke.width)
                .and_then(|it| StrokeDash::new(it.map(|it| it as f32).to_vec(), 0.0)),
            ..SkiaStroke::default()
        };
        pixels.stroke_path(path, &paint(stroke.paint), &pen, Transform::identity(), None);
    }
}

fn paint(paint: Paint) -> SkiaPaint<'static> {
    let mut skia = SkiaPaint::default();
    let [r, g, b] = paint.rgb;
    skia.set_color_rgba8(r, g, b, (paint.alpha * 255.0).round() as u8);
    skia
}

/// Collects outlines into one path.
struct Letters(PathBuilder);

impl Pen for Letters {
    fn move_to(&mut self, (x, y): (f32, f32)) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, (x, y): (f32, f32)) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, off: (f32, f32), (x, y): (f32, f32)) {
        self.0.quad_to(off.0, off.1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
