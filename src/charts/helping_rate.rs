//! How many helped, per condition, and beside it how many were overwhelmed and how many left: the main question.

use super::axis;
use super::estimate::{Estimate, check_share};
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::number::percent;
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{Dash, Hatch, INK, Look, PARAMETERS, PURPLE, Shape, VERMILLION, WHITE};
use super::panel::Panel;
use super::row_points::{LANE, OBSERVED, RowPoints, SIMULATED};
use super::rows::{self, RowStyle, Rows};
use super::sheet::{Anchor, Rect, Sheet, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};

const CHART: &str = "helping_rate";
const OVERWHELMED: Look = Look {
    rgb: PURPLE,
    shape: Shape::Triangle,
    hollow: false,
    dash: Dash::Full,
};
const LEFT: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Square,
    hollow: false,
    dash: Dash::Full,
};
/// Height of the bar over plausible parameter sets.
const BAR: f64 = 20.0;
/// Part of the width that each of the two panels beside the main one takes.
const ASIDE: f64 = 0.21;
/// Between two panels.
const BETWEEN: f64 = 56.0;
/// Names are wrapped earlier where two panels stand beside the main one.
const NAMES: f64 = 460.0;

/// The helping rates to draw, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct HelpingRateData {
    /// One row per condition, at least one.
    pub rows: Vec<HelpingRateRow>,
    /// Who helped or left: `people`, `groups`.
    pub who: String,
}

/// The helping rate of one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct HelpingRateRow {
    /// Name of the condition.
    pub name: String,
    /// Header over neighbouring rows that carry the same one, for crossed factors.
    pub group: Option<String>,
    /// Share of the simulated who helped, in \[0, 1\], with its interval.
    pub simulated: Estimate,
    /// Lower and upper end, in \[0, 1\], of what plausible parameter sets predict.
    pub parameters: Option<[f64; 2]>,
    /// Share of the simulated people who were overwhelmed, in \[0, 1\]; none leaves the place empty.
    pub overwhelmed: Option<f64>,
    /// Share of the simulated who left, in \[0, 1\]; none leaves the place empty.
    pub left: Option<f64>,
    /// Share of people who helped in the published study, in \[0, 1\], with its 95 % Wilson interval.
    pub observed: Option<Estimate>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, or an estimate is not a share with an interval around it.
pub fn draw(data: &HelpingRateData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let observed = data.rows.iter().any(|it| it.observed.is_some());
    let scale = rows::scale(data.rows.len());
    let lane = LANE * scale;
    let beside = asides(data);
    let mut style = RowStyle::for_count(data.rows.len(), if observed { 2.0 * lane } else { lane });
    if !beside.is_empty() {
        style.limit = style.limit.min(NAMES);
    }
    let parameters = data.rows.iter().any(|it| it.parameters.is_some());
    let mut entries = vec![(Sample::Interval(SIMULATED, 4.0), "simulated")];
    if parameters {
        let bar = Sample::Area(PARAMETERS, Hatch::None, Stroke::grid());
        entries.push((bar, "simulated with 95 % of plausible parameter sets"));
    }
    if observed {
        entries.push((Sample::Interval(OBSERVED, 3.0), "observed (95 % Wilson interval)"));
    }
    let explained = entries.len() > 1;
    let legend = Legend::new(entries, BODY_WIDTH);
    let head = if explained { legend.flow_height() + 18.0 } else { 0.0 };

    let values = TextStyle::bold((TICK * scale).round()).on_ground(WHITE);

    let names = data.rows.iter().map(|it| (it.name.as_str(), it.group.as_deref()));
    let room = Page::room(frame) - head - axis::BOTTOM;
    let rows = Rows::fitted(&names.collect::<Vec<_>>(), style, room);
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        // The value of a row at 100 % stands outside.
        right: page.body.right - values.width(&percent(0.999)) - 28.0 * scale,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let aside = (page.body.right - at.left) * ASIDE;
    let at = Rect {
        right: at.right - beside.len() as f64 * (aside + BETWEEN)
            + if beside.is_empty() { 0.0 } else { BETWEEN - 28.0 },
        ..at
    };
    let panel = Panel::new(&page, at, (0.0, 1.0), (0.0, 1.0));
    let steps = if at.width() < 900.0 { 5 } else { 10 };
    axis::bottom(
        &page,
        &panel,
        &axis::share_ticks(steps),
        &format!("{} who helped", data.who),
    );
    let asides: Vec<(Panel, &Aside)> = beside
        .iter()
        .enumerate()
        .map(|(index, it)| {
            let right = page.body.right - 40.0 - (beside.len() - 1 - index) as f64 * (aside + BETWEEN);
            let at = Rect {
                left: right - aside + 40.0,
                right,
                ..at
            };
            let panel = Panel::new(&page, at, (0.0, 1.0), (0.0, 1.0));
            axis::bottom(&page, &panel, &axis::share_ticks(2), it.title);
            (panel, *it)
        })
        .collect();

    let points = RowPoints {
        panel: &panel,
        values,
        scale,
    };
    let mut sheet = page.sheet();
    if explained {
        legend.draw_flow(&mut sheet, (at.left - 4.0, page.body.top));
    }
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    for (row, place) in data.rows.iter().zip(places) {
        let shift = if row.observed.is_some() { lane / 2.0 } else { 0.0 };
        let (y, observed_y) = (place.centre() - shift, place.centre() + shift);
        sheet.line((at.left, y), (at.right, y), Stroke::grid());
        let mut bar_end = f64::NEG_INFINITY;
        if let Some(ends) = row.parameters {
            let [left, right] = ends.map(|it| panel.place(it, 0.0).0);
            let half = BAR * scale / 2.0;
            let bar = Rect {
                left,
                top: y - half,
                right,
                bottom: y + half,
            };
            sheet.cell(bar, PARAMETERS);
            bar_end = right;
        }
        points.simulated(&mut sheet, row.simulated, &percent(row.simulated.value), y, bar_end);
        if let Some(it) = row.observed {
            points.observed(&mut sheet, it, &percent(it.value), observed_y);
        }
        for (panel, aside) in &asides {
            draw_aside(&mut sheet, panel, aside, row, place.centre(), values);
        }
    }
    drop(sheet);
    page.finish()
}

/// A panel beside the main one.
struct Aside {
    title: &'static str,
    what: &'static str,
    look: Look,
    share: fn(&HelpingRateRow) -> Option<f64>,
}

const ASIDES: [Aside; 2] = [
    Aside {
        title: "were overwhelmed",
        what: "share of the overwhelmed",
        look: OVERWHELMED,
        share: |it| it.overwhelmed,
    },
    Aside {
        title: "left",
        what: "share of those who left",
        look: LEFT,
        share: |it| it.left,
    },
];

/// The panels beside the main one for which there is something to show.
fn asides(data: &HelpingRateData) -> Vec<&'static Aside> {
    let shown = |it: &&Aside| data.rows.iter().any(|row| (it.share)(row).is_some());
    ASIDES.iter().filter(shown).collect()
}

/// The share of a row as a mark with its value, on whichever side of the mark there is room.
fn draw_aside(sheet: &mut Sheet, panel: &Panel, aside: &Aside, row: &HelpingRateRow, y: f64, values: TextStyle) {
    let Some(share) = (aside.share)(row) else { return };
    let (left, right) = (panel.at.left, panel.at.right);
    sheet.line((left, y), (right, y), Stroke::grid());
    let (x, _) = panel.place(share, 0.0);
    let style = TextStyle {
        weight: Weight::Regular,
        ..values.in_colour(INK)
    };
    let (text, size, clear) = (percent(share), values.size * 0.31, values.size * 0.6);
    sheet.marker((x, y), aside.look, size);
    let (place, anchor) = if x + clear + style.width(&text) <= right {
        (x + clear, Anchor::Start)
    } else {
        (x - clear, Anchor::End)
    };
    sheet.text_beside(&text, (place, y), anchor, style);
}

fn check(data: &HelpingRateData) -> Result<(), ChartError> {
    if data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "condition",
        });
    }
    for row in &data.rows {
        row.simulated.check_share(CHART, &row.name)?;
        for end in row.parameters.into_iter().flatten() {
            check_share(CHART, "end over parameter sets", &row.name, end)?;
        }
        if let Some(observed) = row.observed {
            observed.check_share(CHART, &row.name)?;
        }
        for aside in &ASIDES {
            if let Some(share) = (aside.share)(row) {
                check_share(CHART, aside.what, &row.name, share)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::inspect::tags;
    use super::*;

    /// Left end and width of each bar over parameter sets.
    fn bars(ends: &[Option<[f64; 2]>]) -> Vec<(f64, f64)> {
        let row = |parameters: &Option<[f64; 2]>| HelpingRateRow {
            name: "a".to_owned(),
            group: None,
            simulated: Estimate {
                value: 0.5,
                lower: 0.49,
                upper: 0.51,
            },
            parameters: *parameters,
            overwhelmed: None,
            left: None,
            observed: None,
        };
        let data = HelpingRateData {
            rows: ends.iter().map(row).collect(),
            who: "people".to_owned(),
        };
        let frame = Frame {
            title: "Who helps?".to_owned(),
            subtitle: None,
            foot: String::new(),
        };
        let picture = draw(&data, &frame).expect("the data is in order");
        let [r, g, b] = PARAMETERS;
        let pale = format!("#{r:02x}{g:02x}{b:02x}");
        let tags = tags(&picture.svg);
        let bars = tags
            .iter()
            .filter(|it| it.name == "rect" && it.attribute("fill") == Some(&pale));
        let number = |text: Option<&str>| -> f64 { text.and_then(|it| it.parse().ok()).expect("a number") };
        bars.map(|it| (number(it.attribute("x")), number(it.attribute("width"))))
            .collect()
    }

    #[test]
    fn a_bar_reaches_from_end_to_end_of_what_parameter_sets_predict() {
        let found = bars(&[Some([0.2, 0.8]), None, Some([0.4, 0.6]), Some([0.5, 0.5])]);
        let [_, wide, narrow, point] = found[..] else {
            panic!("a bar for each row that has one, and one that explains them: {found:?}");
        };
        assert!((wide.1 - 3.0 * narrow.1).abs() < 0.5 && narrow.1 > 50.0, "{found:?}");
        assert_eq!(point.1, 0.0);
        for (left, width) in [wide, narrow] {
            assert!((left + width / 2.0 - point.0).abs() < 0.5, "{found:?}");
        }
        assert_eq!(bars(&[None, None]), []);
    }
}
