//! Where helping is most likely: a map over affective sharing and regulation.

mod marks;

pub use marks::in_one_piece;

use super::axis;
use super::colour_scale::{Colours, SCALE_HEIGHT};
use super::contour::{Grid, contour, outside};
use super::estimate::{check_finite, check_share};
use super::legend::{Legend, Sample};
use super::number::{percent, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{Dash, INK, WHITE, ink_on};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Point, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};
use marks::{clusters, direct_labels, draw_named, draw_numbered, pill, square};

const CHART: &str = "sweet_spot";
/// Room between the name of a mark and the share on a line beside it.
const BESIDE_A_NAME: f64 = 30.0;
/// Width of the column at the right with the names of numbered conditions, where they do not fit beside their marks.
const SIDE: f64 = 470.0;
const BEST: Stroke = Stroke {
    paint: Paint { rgb: INK, alpha: 1.0 },
    width: 4.5,
    dash: Dash::Dashed,
};

/// A map of helping.
#[derive(Debug, Clone, PartialEq)]
pub struct SweetSpotData {
    /// Affective sharing of each column of the map: SD from the norm, rising evenly, at least two.
    pub sharing: Vec<f64>,
    /// Regulation of each row of the map: SD from the norm, rising evenly, at least two.
    pub regulation: Vec<f64>,
    /// Share who help, in \[0, 1\], row by row: `helped[row * sharing.len() + column]`.
    pub helped: Vec<f64>,
    /// The conditions, marked where their people stand on average.
    pub marks: Vec<SweetSpotMark>,
    /// For rows of the map, the sharing (first) at which most help, and the regulation (second);
    /// drawn as a line, empty for none.
    pub best: Vec<(f64, f64)>,
    /// Who help: `people`, `groups of 3`.
    pub who: String,
}

/// Where the people of one condition stand on average.
#[derive(Debug, Clone, PartialEq)]
pub struct SweetSpotMark {
    /// Name of the condition.
    pub name: String,
    /// Mean affective sharing: SD from the norm. A mark outside the map is drawn at its edge.
    pub sharing: f64,
    /// Mean regulation: SD from the norm. A mark outside the map is drawn at its edge.
    pub regulation: f64,
}

/// Draws the chart.
///
/// # Errors
///
/// If the map has fewer than two rows or columns, lists do not fit together, or numbers are not finite
/// or (helping) not in \[0, 1\].
pub fn draw(data: &SweetSpotData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let colours = Colours::new(&data.helped);
    let best = (Sample::Stroke(BEST), meaning_of_best(data));
    let keys = Legend::new((!data.best.is_empty()).then_some(best), BODY_WIDTH);
    let marks = data.marks.iter().enumerate();
    let marks: Vec<(Sample, &str)> = marks
        .map(|(index, it)| (Sample::Number(index + 1), it.name.as_str()))
        .collect();
    let room = Page::room(frame) - SCALE_HEIGHT - axis::LEFT_TITLE;
    let names = Legend::fitted(&marks, SIDE, room);
    let page = Page::new(
        frame,
        SCALE_HEIGHT + axis::LEFT_TITLE + names.column_height().max(600.0),
    );
    let (x_edges, y_edges) = (edges(&data.sharing), edges(&data.regulation));
    let y_ticks = ticks(y_edges[0], y_edges[y_edges.len() - 1], 6);
    let whole = Rect {
        left: page.body.left + axis::left_width(&y_ticks),
        top: page.body.top + SCALE_HEIGHT + axis::LEFT_TITLE,
        right: page.body.right - 20.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let ends = |it: &[f64]| (it[0], it[it.len() - 1]);
    let over = |at: Rect| Panel::new(&page, at, ends(&x_edges), ends(&y_edges));
    // The map takes the whole width if the names of the conditions find room on it.
    let panel = over(whole);
    let line = along_best(&panel, data);
    let direct = direct_labels(&panel, &data.marks, line);
    let panel = match direct {
        Some(_) => panel,
        None => over(Rect {
            right: whole.right - SIDE - 30.0,
            ..whole
        }),
    };
    let at = panel.at;
    axis::left(&page, &panel, &y_ticks);
    axis::left_title(&page, &panel, &y_ticks, "regulation (SD from the norm)");
    axis::bottom(
        &page,
        &panel,
        &ticks(panel.x.0, panel.x.1, 8),
        "affective sharing (SD from the norm)",
    );
    for (row, y) in y_edges.windows(2).enumerate() {
        for (column, x) in x_edges.windows(2).enumerate() {
            let share = data.helped[row * data.sharing.len() + column];
            panel.bar((x[0], y[0]), (x[1], y[1]), colours.of(share))?;
        }
    }

    let clusters = clusters(&panel, &data.marks);
    let pills: Vec<(String, Rect)> = clusters.iter().map(|it| pill(it, &at)).collect();
    let mut taken: Vec<Rect> = pills.iter().map(|it| it.1).collect();
    // A share right beside a name would read as part of it.
    taken.extend(direct.iter().flatten().map(|(_, it)| Rect {
        left: it.left - BESIDE_A_NAME,
        right: it.right + BESIDE_A_NAME,
        ..*it
    }));
    taken.extend(along_best(&panel, data));
    draw_levels(&page, &panel, data, &colours, &taken);
    if !data.best.is_empty() {
        panel.line(
            data.best.iter().copied(),
            Stroke {
                paint: Paint {
                    rgb: WHITE,
                    alpha: 0.75,
                },
                width: 9.0,
                dash: Dash::Full,
            },
        )?;
        panel.line(data.best.iter().copied(), BEST)?;
    }

    let mut sheet = page.sheet();
    let side = page.body.right - SIDE;
    let after_scale = colours.draw(&mut sheet, (page.body.left, page.body.top), &data.who);
    keys.draw_flow(&mut sheet, (after_scale + 70.0, page.body.top));
    match direct {
        Some(labels) => draw_named(&mut sheet, &clusters, labels),
        None => {
            draw_numbered(&mut sheet, pills);
            names.draw_column(&mut sheet, (side, at.top));
        }
    }
    drop(sheet);
    page.finish()
}

/// What the line of best amounts says, and why it ends where it does not cross the whole map.
fn meaning_of_best(data: &SweetSpotData) -> &'static str {
    if data.best.len() < data.regulation.len() {
        "sharing at which most help (no line: no peak between the edges)"
    } else {
        "sharing at which most help"
    }
}

/// What the line of best amounts covers.
fn along_best(panel: &Panel, data: &SweetSpotData) -> Vec<Rect> {
    let line: Vec<Point> = data.best.iter().map(|&(x, y)| panel.place(x, y)).collect();
    let steps = line.windows(2).flat_map(|it| {
        let ((x0, y0), (x1, y1)) = (it[0], it[1]);
        let parts = (0..=4).map(|part| f64::from(part) / 4.0);
        parts.map(move |part| (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part))
    });
    steps.map(|it| square(it, 8.0)).collect()
}

/// Lines of equal helping, each interrupted by its share where there is room.
fn draw_levels(page: &Page, panel: &Panel, data: &SweetSpotData, colours: &Colours, taken: &[Rect]) {
    let mut taken = taken.to_vec();
    let grid = Grid {
        xs: &data.sharing,
        ys: &data.regulation,
        values: &data.helped,
    };
    let mut sheet = page.sheet();
    for level in colours.levels.iter().map(|it| it.value) {
        let rgb = ink_on(colours.of(level));
        let text = percent(level);
        let style = TextStyle::plain(TICK).in_colour(rgb);
        let half = (style.width(&text) / 2.0 + 5.0, TICK * 0.55);
        let mut lines: Vec<Vec<Point>> = contour(grid, level)
            .into_iter()
            .map(|line| line.into_iter().map(|(x, y)| panel.place(x, y)).collect())
            .collect();
        lines.sort_by_key(|it| std::cmp::Reverse(it.len()));
        // The longest line carries the number, tried from its middle outwards.
        let Some(longest) = lines.first() else {
            continue;
        };
        let middle = longest.len() / 2;
        let label = (0..=middle)
            .flat_map(|off| [middle - off, (middle + off).min(longest.len() - 1)])
            .map(|it| longest[it])
            .map(|(x, y)| Rect {
                left: x - half.0,
                top: y - half.1,
                right: x + half.0,
                bottom: y + half.1,
            })
            .find(|it| panel.at.holds(it) && !taken.iter().any(|other| other.overlaps(it)));
        let pieces = lines.iter().flat_map(|it| outside(it, label.as_ref())).collect();
        sheet.path(pieces, Stroke::new(rgb, 2.0));
        if let Some(place) = label {
            let centre = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            sheet.text_beside(&text, centre, Anchor::Middle, style);
            taken.push(place);
        }
    }
}

/// The borders of cells around these centres.
fn edges(centres: &[f64]) -> Vec<f64> {
    let last = centres.len() - 1;
    let first_half = (centres[1] - centres[0]) / 2.0;
    let last_half = (centres[last] - centres[last - 1]) / 2.0;
    std::iter::once(centres[0] - first_half)
        .chain(centres.windows(2).map(|it| (it[0] + it[1]) / 2.0))
        .chain(std::iter::once(centres[last] + last_half))
        .collect()
}

fn check(data: &SweetSpotData) -> Result<(), ChartError> {
    for (axis, of) in [(&data.sharing, "affective sharing"), (&data.regulation, "regulation")] {
        if axis.len() < 2 {
            return Err(ChartError::Empty {
                chart: CHART,
                what: "row and column beside the first",
            });
        }
        for &value in axis {
            check_finite(CHART, "axis", of, value)?;
        }
        if let Some(pair) = axis.windows(2).find(|it| it[0] >= it[1]) {
            let (of, value) = (of.to_owned(), pair[1]);
            return Err(ChartError::Value {
                chart: CHART,
                what: "axis",
                of,
                value,
                allowed: "above the value before it",
            });
        }
    }
    let expected = data.sharing.len() * data.regulation.len();
    if data.helped.len() != expected {
        let (of, found) = ("helping".to_owned(), data.helped.len());
        return Err(ChartError::Length {
            chart: CHART,
            of,
            found,
            expected,
        });
    }
    for &share in &data.helped {
        check_share(CHART, "share", "the map", share)?;
    }
    for mark in &data.marks {
        check_finite(CHART, "affective sharing", &mark.name, mark.sharing)?;
        check_finite(CHART, "regulation", &mark.name, mark.regulation)?;
    }
    for &(sharing, regulation) in &data.best {
        check_finite(CHART, "affective sharing", "the best amount", sharing)?;
        check_finite(CHART, "regulation", "the best amount", regulation)?;
    }
    Ok(())
}
