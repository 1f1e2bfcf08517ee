//! How the encounters ended: helped, left, undecided and, where they happened, relieved or punished.

use super::axis;
use super::estimate::check_share;
use super::legend::{Legend, Sample};
use super::number::percent;
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, Hatch, PURPLE, Rgb, SKY, VERMILLION, ink_on};
use super::panel::Panel;
use super::rows::{self, RowStyle, Rows};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};

const CHART: &str = "outcomes";

/// The outcomes to draw, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomesData {
    /// One bar per condition, at least one.
    pub rows: Vec<OutcomesRow>,
    /// What the outcomes are called: helped, relieved, undecided, punished, left.
    pub names: [&'static str; 5],
}

/// How the encounters of one condition ended, as shares in \[0, 1\] that add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomesRow {
    /// Name of the condition.
    pub name: String,
    /// Header over neighbouring rows that carry the same one, for crossed factors.
    pub group: Option<String>,
    /// Helped the person in need.
    pub helped: f64,
    /// Left the scene.
    pub left: f64,
    /// Had not decided when the encounter ended.
    pub undecided: f64,
    /// Saw another help first.
    pub relieved: f64,
    /// Turned on the perpetrator.
    pub punished: f64,
}

/// One of the five outcomes: how it is drawn, and where its share is found.
struct Kind {
    rgb: Rgb,
    hatch: Hatch,
    /// Whether the legend names it even where it never happened.
    always: bool,
    share: fn(&OutcomesRow) -> f64,
}

/// From left to right: helping starts at one edge and leaving ends at the other, so that both can be
/// compared from bar to bar.
const KINDS: [Kind; 5] = [
    Kind {
        rgb: BLUE,
        hatch: Hatch::None,
        always: true,
        share: |it| it.helped,
    },
    Kind {
        rgb: SKY,
        hatch: Hatch::Rising,
        always: false,
        share: |it| it.relieved,
    },
    Kind {
        rgb: [208, 208, 208],
        hatch: Hatch::None,
        always: true,
        share: |it| it.undecided,
    },
    Kind {
        rgb: PURPLE,
        hatch: Hatch::Crossed,
        always: false,
        share: |it| it.punished,
    },
    Kind {
        rgb: VERMILLION,
        hatch: Hatch::Falling,
        always: true,
        share: |it| it.left,
    },
];

impl Kind {
    /// Hatch lines: lighter than the ground, so that letters in front stay legible.
    fn lines(&self) -> Stroke {
        let lighter = self.rgb.map(|it| it + ((255 - it) as f64 * 0.45) as u8);
        Stroke::new(lighter, 3.0)
    }
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, or the shares of a row are not in \[0, 1\] or do not add up to 1.
pub fn draw(data: &OutcomesData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let (kinds, names): (Vec<&Kind>, Vec<&str>) = KINDS
        .iter()
        .zip(data.names)
        .filter(|(kind, _)| kind.always || data.rows.iter().any(|row| (kind.share)(row) > 0.0))
        .unzip();
    let scale = rows::scale(data.rows.len());
    let style = RowStyle::for_count(data.rows.len(), 40.0 * scale);
    let legend = Legend::new(
        kinds
            .iter()
            .zip(names)
            .map(|(kind, name)| (Sample::Area(kind.rgb, kind.hatch, kind.lines()), name)),
        BODY_WIDTH,
    );
    let head = legend.flow_height() + 18.0;

    let names = data.rows.iter().map(|it| (it.name.as_str(), it.group.as_deref()));
    let room = Page::room(frame) - head - axis::BOTTOM;
    let rows = Rows::fitted(&names.collect::<Vec<_>>(), style, room);
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: page.body.right - 40.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let panel = Panel::new(&page, at, (0.0, 1.0), (0.0, 1.0));
    axis::bottom(&page, &panel, &axis::share_ticks(10), "share of people");
    let mut sheet = page.sheet();
    // Over the bars if there is room, else from the margin on.
    let legend_left = (at.left - 6.0)
        .min(page.body.right - legend.flow_width())
        .max(page.body.left);
    legend.draw_flow(&mut sheet, (legend_left, page.body.top));
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    for (row, place) in data.rows.iter().zip(places) {
        let half = (place.height() * 0.36).min(60.0);
        let mut start = 0.0;
        for kind in &kinds {
            let share = (kind.share)(row);
            // Rounding would leave a sliver of what did not happen.
            if share < 1e-9 {
                continue;
            }
            let end = start + share;
            let (y0, y1) = ((place.centre() - half).round(), (place.centre() + half).round());
            let segment = Rect {
                left: panel.place(start, 0.0).0,
                top: y0,
                right: panel.place(end, 0.0).0,
                bottom: y1,
            };
            sheet.cell(segment, kind.rgb);
            sheet.hatch(segment, kind.hatch, kind.lines());
            let text = percent(share);
            let style = TextStyle::bold((TICK * scale).round())
                .in_colour(ink_on(kind.rgb))
                .on_ground(kind.rgb);
            if style.width(&text) + 12.0 <= segment.width() {
                let centre = ((segment.left + segment.right) / 2.0, place.centre());
                sheet.text_beside(&text, centre, Anchor::Middle, style);
            }
            if start > 0.0 {
                sheet.line((segment.left, y0), (segment.left, y1), Stroke::new([255; 3], 2.0));
            }
            start = end;
        }
    }
    drop(sheet);
    page.finish()
}

fn check(data: &OutcomesData) -> Result<(), ChartError> {
    if data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "condition",
        });
    }
    for row in &data.rows {
        for (kind, name) in KINDS.iter().zip(data.names) {
            check_share(CHART, name, &row.name, (kind.share)(row))?;
        }
        let sum: f64 = KINDS.iter().map(|kind| (kind.share)(row)).sum();
        // Shares are counts divided by their sum, so they miss 1 by rounding only.
        if (sum - 1.0).abs() > 1e-6 {
            return Err(ChartError::Value {
                chart: CHART,
                what: "sum of outcomes",
                of: row.name.clone(),
                value: sum,
                allowed: "1",
            });
        }
    }
    Ok(())
}
