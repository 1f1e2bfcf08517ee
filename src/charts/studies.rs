//! What real studies would have found: the spread of their results, how many reach p < .05, and what was published.

use super::axis;
use super::estimate::{Estimate, check_finite, check_share};
use super::legend::{Legend, Sample};
use super::number::{percent, round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, DARK_VERMILLION, Dash, GREY, Hatch, INK, Look, Rgb, Shape, VERMILLION};
use super::panel::Panel;
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};

const CHART: &str = "studies";
/// Studies that do not reach p < .05.
const FAINT: Rgb = [176, 196, 214];
const PUBLISHED: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Diamond,
    hollow: true,
    dash: Dash::Full,
};
/// Bins from one edge of the axis to the other.
const BINS: usize = 60;

/// Questions, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct StudiesData {
    /// What the axis measures, in words with unit.
    pub axis: String,
    /// One row per question, at least one.
    pub rows: Vec<StudiesRow>,
}

/// What studies found about one question.
#[derive(Debug, Clone, PartialEq)]
pub struct StudiesRow {
    /// What was asked.
    pub name: String,
    /// Header over neighbouring rows that carry the same one.
    pub group: Option<String>,
    /// The result of each study, and whether it reached p < .05; at least one.
    pub studies: Vec<(f64, bool)>,
    /// The middle one of the results.
    pub median: f64,
    /// Share of studies that reach p < .05.
    pub power: f64,
    /// The published result with its interval.
    pub published: Option<Estimate>,
    /// The published result in words, where it is no number.
    pub stated: String,
}

/// Draws the chart.
///
/// # Errors
///
/// If there is nothing to draw, or a number is not finite, not a share or outside its own interval.
pub fn draw(data: &StudiesData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let few = data.rows.len() <= 6;
    let style = RowStyle {
        size: TICK,
        limit: 560.0,
        least: if few { 92.0 } else { 66.0 },
    };
    let rows = Rows::new(
        data.rows.iter().map(|it| (it.name.as_str(), it.group.as_deref())),
        style,
    );
    let line = Stroke::new(INK, 2.5);
    let legend = Legend::new(
        [
            (Sample::Area(FAINT, Hatch::None, line), "studies"),
            (Sample::Area(BLUE, Hatch::None, line), "of them with p < .05"),
            (Sample::Stroke(line), "median"),
            (
                Sample::Interval(PUBLISHED, 2.5),
                "published, with 95 % interval where known",
            ),
        ],
        BODY_WIDTH,
    );
    let (plain, bold) = (TextStyle::plain(TICK), TextStyle::bold(TICK));
    let widest = |texts: &mut dyn Iterator<Item = f64>, head: &str| texts.fold(bold.width(head), f64::max);
    let power_width = widest(&mut data.rows.iter().map(|it| plain.width(&percent(it.power))), "power");
    let stated_width = widest(&mut data.rows.iter().map(|it| plain.width(&it.stated)), "published");
    let head = legend.flow_height() + 46.0;
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let stated_right = page.body.right;
    let power_right = stated_right - stated_width - 36.0;
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: power_right - power_width - 36.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let (low, high) = range(data);
    let panel = Panel::new(&page, at, (low, high), (0.0, 1.0));
    axis::bottom(&page, &panel, &ticks(low, high, 6), &data.axis);
    panel.segment((0.0, 0.0), (0.0, 1.0), Stroke::new(GREY, 3.0))?;
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    sheet.text("power", (power_right, at.top - 10.0), Anchor::End, bold.in_colour(BLUE));
    let published = bold.in_colour(DARK_VERMILLION);
    sheet.text("published", (stated_right, at.top - 10.0), Anchor::End, published);
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    let x = |value: f64| panel.place(value, 0.0).0;
    for (row, place) in data.rows.iter().zip(places) {
        let floor = place.bottom - place.height() * 0.14;
        let tall = place.height() * 0.72;
        let bins = bins(&row.studies, low, high);
        let most = bins.iter().map(|(all, _)| *all).max().unwrap_or(1).max(1) as f64;
        let wide = (high - low) / BINS as f64;
        for (number, (all, significant)) in bins.iter().enumerate() {
            let (from, to) = (low + number as f64 * wide, low + (number + 1) as f64 * wide);
            // Significant ones below, so that their heights can be compared.
            for (count, rgb) in [(*all, FAINT), (*significant, BLUE)] {
                if count > 0 {
                    let bar = Rect {
                        left: x(from).round(),
                        top: (floor - tall * count as f64 / most).round(),
                        right: x(to).round(),
                        bottom: floor.round(),
                    };
                    sheet.cell(bar, rgb);
                }
            }
        }
        let median = x(row.median);
        sheet.line((median, floor - tall), (median, floor), line);
        sheet.line((at.left, floor), (at.right, floor), Stroke::grid());
        if let Some(it) = row.published {
            let y = floor - tall * 0.5;
            if it.upper > it.lower {
                interval(
                    &mut sheet,
                    x(it.lower),
                    x(it.upper),
                    y,
                    8.0,
                    Stroke::new(VERMILLION, 2.5),
                );
            }
            sheet.marker((x(it.value), y), PUBLISHED, 10.0);
        }
        sheet.text_beside(&percent(row.power), (power_right, place.centre()), Anchor::End, plain);
        sheet.text_beside(&row.stated, (stated_right, place.centre()), Anchor::End, plain);
    }
    drop(sheet);
    page.finish()
}

/// How many studies lie in each bin, and how many of them reach p < .05; what lies beyond the axis counts in its last bin.
fn bins(studies: &[(f64, bool)], low: f64, high: f64) -> Vec<(usize, usize)> {
    let mut bins = vec![(0, 0); BINS];
    for (value, significant) in studies {
        let place = ((value - low) / (high - low) * BINS as f64)
            .floor()
            .clamp(0.0, (BINS - 1) as f64);
        let bin = &mut bins[place as usize];
        bin.0 += 1;
        bin.1 += usize::from(*significant);
    }
    bins
}

/// Round limits that hold nearly all studies, what was published, and zero.
fn range(data: &StudiesData) -> (f64, f64) {
    let mut all: Vec<f64> = data
        .rows
        .iter()
        .flat_map(|it| it.studies.iter().map(|it| it.0))
        .collect();
    all.sort_by(f64::total_cmp);
    let last = all.len() - 1;
    let (first, last) = (all[last / 400], all[last - last / 400]);
    let published = data.rows.iter().filter_map(|it| it.published);
    let (low, high) = published.fold((first.min(0.0), last.max(0.0)), |(low, high), it| {
        // A published interval may be very wide; its middle must be seen.
        (low.min(it.value - 0.2), high.max(it.value + 0.2))
    });
    round_out(low.min(-0.2), high.max(0.2), 6)
}

fn check(data: &StudiesData) -> Result<(), ChartError> {
    if data.rows.is_empty() || data.rows.iter().any(|it| it.studies.is_empty()) {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "question with a study",
        });
    }
    for row in &data.rows {
        for (value, _) in &row.studies {
            check_finite(CHART, "result", &row.name, *value)?;
        }
        check_finite(CHART, "median", &row.name, row.median)?;
        check_share(CHART, "power", &row.name, row.power)?;
        if let Some(it) = row.published {
            it.check(CHART, &row.name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_study_is_in_one_bin() {
        let bins = bins(&[(-9.0, true), (0.0, false), (0.999, true), (9.0, false)], -1.0, 1.0);
        let all: usize = bins.iter().map(|it| it.0).sum();
        let significant: usize = bins.iter().map(|it| it.1).sum();
        assert_eq!((all, significant), (4, 2));
        assert_eq!((bins[0], bins[BINS / 2], bins[BINS - 1]), ((1, 1), (1, 0), (2, 1)));
    }
}
