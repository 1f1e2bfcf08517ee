//! A community as a picture: everybody in the same place at several moments, who is trained, who is exhausted, and who helped whom.

use super::estimate::check_finite;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{BLUE, Dash, GREEN, GREY, Hatch, INK, Look, Rgb, Shape, VERMILLION, WHITE};
use super::sheet::{Anchor, Paint, Point, Rect, Sheet, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "community";
const TITLE: f64 = 50.0;
const BETWEEN: f64 = 36.0;
const HEIGHT: f64 = 760.0;
/// The colour of a tie.
const TIE: Rgb = [205, 205, 205];
/// A community to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityData {
    /// Where each person stands, in a square of side 1; at least one.
    pub places: Vec<Point>,
    /// Who is tied to whom.
    pub ties: Vec<(u32, u32)>,
    /// Who is trained.
    pub trained: Vec<bool>,
    /// What the shade of a person shows: `burnout (0–10)`.
    pub measure: String,
    /// The values at which a person is white, and at which they have the full colour.
    pub range: (f64, f64),
    /// Moments from left to right, at least one.
    pub moments: Vec<CommunityMoment>,
}

/// A community at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityMoment {
    /// When.
    pub title: String,
    /// The measure of each person.
    pub values: Vec<f64>,
    /// Who helped whom, the helper first.
    pub helped: Vec<(u32, u32)>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there is nobody or no moment, lists differ in length, or a number is not finite.
pub fn draw(data: &CommunityData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    page(data, &data.moments, frame).finish()
}

/// Draws a film, a picture for each moment; each is shown for some milliseconds.
///
/// # Errors
///
/// As [`draw`].
#[cfg(feature = "pixels")]
pub fn film(data: &CommunityData, frame: &Frame, milliseconds: u16) -> Result<Vec<u8>, ChartError> {
    check(data)?;
    let moments = data.moments.iter();
    let sheets: Vec<Sheet> = moments
        .map(|moment| page(data, std::slice::from_ref(moment), frame).into_sheet())
        .collect();
    super::raster::film(&sheets, milliseconds)
}

/// The page with some moments side by side.
fn page(data: &CommunityData, moments: &[CommunityMoment], frame: &Frame) -> Page {
    let scale = format!(
        "{}: white {:.1}, full colour {:.1}",
        data.measure, data.range.0, data.range.1
    );
    let trained = Look {
        rgb: BLUE,
        shape: Shape::Circle,
        hollow: true,
        dash: Dash::Full,
    };
    let entries = [
        (Sample::Marker(trained), "trained"),
        (
            Sample::Area(VERMILLION, Hatch::None, Stroke::new(INK, 1.5)),
            scale.as_str(),
        ),
        (
            Sample::Stroke(Stroke::new(GREEN, 4.0)),
            "help, thick end: the one who helped",
        ),
        (Sample::Stroke(Stroke::new(TIE, 3.0)), "tie"),
    ];
    let legend = Legend::new(entries, BODY_WIDTH);
    let head = legend.flow_height() + 20.0 + TITLE;
    let room = Page::room(frame).max(head + 500.0);
    let page = Page::new(frame, room.min(head + HEIGHT));
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    let count = moments.len() as f64;
    let width = (page.body.width() - BETWEEN * (count - 1.0)) / count;
    let top = page.body.top + head;
    for (number, moment) in moments.iter().enumerate() {
        let left = page.body.left + number as f64 * (width + BETWEEN);
        let at = Rect {
            left,
            top,
            right: left + width,
            bottom: page.body.bottom,
        };
        let title = Block::wrap(&moment.title, LABEL, Weight::Bold, width);
        sheet.block(
            &title,
            (left + width / 2.0, top - 8.0 - title.height()),
            Anchor::Middle,
            INK,
        );
        people(&mut sheet, data, moment, at);
    }
    let style = TextStyle::plain(TICK).in_colour(GREY);
    if data.ties.is_empty() {
        sheet.text(
            "nobody is tied",
            (page.body.left, page.body.bottom),
            Anchor::Start,
            style,
        );
    }
    drop(sheet);
    page
}

/// Everybody at a moment, in a rectangle.
fn people(sheet: &mut Sheet, data: &CommunityData, moment: &CommunityMoment, at: Rect) {
    let radius = (0.30 * (at.width() * at.height() / data.places.len() as f64).sqrt()).clamp(5.0, 16.0);
    let margin = 2.0 * radius;
    let place = |person: u32| {
        let (x, y) = data.places[person as usize];
        (
            at.left + margin + x * (at.width() - 2.0 * margin),
            at.top + margin + y * (at.height() - 2.0 * margin),
        )
    };
    let thin = Stroke {
        paint: Paint { rgb: TIE, alpha: 0.6 },
        width: 1.0,
        dash: Dash::Full,
    };
    let ties = data.ties.iter().map(|(one, other)| vec![place(*one), place(*other)]);
    sheet.path(ties.collect(), thin);
    let green = Paint {
        rgb: GREEN,
        alpha: 0.75,
    };
    for (helper, helped) in &moment.helped {
        wedge(sheet, place(*helper), place(*helped), radius, green);
    }
    for (person, value) in (0_u32..).zip(&moment.values) {
        let (low, high) = data.range;
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        let edge = if data.trained[person as usize] {
            Stroke::new(BLUE, 0.38 * radius)
        } else {
            Stroke::new(INK, 1.2)
        };
        sheet.circle(place(person), radius, Some(shade(share).into()), Some(edge));
    }
}

/// A line that is thick where it begins.
fn wedge(sheet: &mut Sheet, from: Point, to: Point, radius: f64, paint: Paint) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    if length < 1e-9 {
        return;
    }
    let across = (-dy / length * 0.28 * radius, dx / length * 0.28 * radius);
    let corners = vec![
        (from.0 + across.0, from.1 + across.1),
        (from.0 - across.0, from.1 - across.1),
        to,
    ];
    sheet.polygon(
        corners,
        Some(paint),
        Some(Stroke {
            paint,
            width: 1.2,
            dash: Dash::Full,
        }),
    );
}

/// From white to the full colour.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two shades of 0 to 255"
)]
fn shade(share: f64) -> Rgb {
    std::array::from_fn(|part| {
        let (from, to) = (f64::from(WHITE[part]), f64::from(VERMILLION[part]));
        (from + share * (to - from)).round() as u8
    })
}

fn check(data: &CommunityData) -> Result<(), ChartError> {
    for (empty, what) in [(data.places.is_empty(), "person"), (data.moments.is_empty(), "moment")] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    let people = data.places.len();
    for (of, found) in std::iter::once(("trained", data.trained.len())).chain(
        data.moments
            .iter()
            .map(|moment| (moment.title.as_str(), moment.values.len())),
    ) {
        if found != people {
            return Err(ChartError::Length {
                chart: CHART,
                of: of.to_owned(),
                found,
                expected: people,
            });
        }
    }
    for moment in &data.moments {
        for value in &moment.values {
            check_finite(CHART, "measure", &moment.title, *value)?;
        }
    }
    Ok(())
}
