//! Many conditions: a row for each, a column per quantity, and the first condition in grey behind all others.

use super::{TimecourseData, extent, moments};
use crate::charts::font::Weight;
use crate::charts::number::{Tick, ticks};
use crate::charts::page::{BODY_WIDTH, LABEL, Page};
use crate::charts::palette::{Dash, GREY, INK, look};
use crate::charts::panel::Panel;
use crate::charts::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use crate::charts::text::Block;
use crate::charts::{ChartError, Frame, Picture};

/// Width of the column of names, at most.
const NAMES: f64 = 440.0;
/// From the margin, where the marker stands, to the name.
const NAME: f64 = 34.0;
/// Letter size of the titles of columns.
const TITLE: f64 = 22.0;
/// Rows lower than this have a tick at either end of their axis only.
const LOW: f64 = 90.0;
/// Between rows, and between the names and the panels.
const GAP: f64 = 11.0;
/// Least height of a row.
const LEAST: f64 = 36.0;
/// Letter size of ticks.
const TICK: f64 = 18.0;
/// From the end of a row to the middle of the label there.
const INSIDE: f64 = 8.0;
/// Room below the last row for ticks and the title of the axis.
const BELOW: f64 = 66.0;

pub(super) fn draw(data: &TimecourseData, frame: &Frame) -> Result<Picture, ChartError> {
    let reading = format!(
        "line: {}; band: {}; grey dashes: the line of “{}”",
        data.centre, data.spread, data.conditions[0].name
    );
    let reading = Block::wrap(&reading, LABEL - 4.0, Weight::Regular, BODY_WIDTH);
    // Titles of columns may need two lines.
    let head = reading.height() + 14.0 + 2.0 * TITLE * 1.25 + 8.0;

    let names: Vec<&str> = data.conditions.iter().map(|it| it.name.as_str()).collect();
    let rows = names.len() as f64;
    let usual = (Page::room(frame) - head - BELOW) / rows - GAP;
    let fits = |blocks: &[Block]| blocks.iter().all(|it| it.height() <= usual);
    let names = Block::fitted(&names, Weight::Regular, NAMES, fits);
    let least = names.iter().map(Block::height).fold(LEAST, f64::max);
    let wide = names.iter().map(|it| it.width).fold(0.0, f64::max) + NAME;
    let page = Page::new(frame, head + rows * (least + GAP) + BELOW);

    let columns = Column::all(data, page.body.left + wide + GAP, page.body.right);
    let top = page.body.top + head;
    let pitch = (page.body.bottom - BELOW - top) / rows;
    {
        let mut sheet = page.sheet();
        sheet.block(&reading, (page.body.left, page.body.top), Anchor::Start, GREY);
        for it in &columns {
            let bottom = top - 8.0 - it.title.height();
            sheet.block(&it.title, (it.left, bottom), Anchor::Start, INK);
        }
        let middle = (columns[0].left + page.body.right) / 2.0;
        sheet.text(
            "seconds since the first cue",
            (middle, page.body.bottom - 4.0),
            Anchor::Middle,
            TextStyle::plain(LABEL),
        );
    }
    for (number, name) in names.iter().enumerate() {
        let row_top = top + pitch * number as f64;
        let (row, last) = ((row_top, row_top + pitch - GAP), number + 1 == names.len());
        let middle = (row.0 + row.1) / 2.0;
        page.sheet().marker((page.body.left + 10.0, middle), look(number), 9.0);
        let place = (page.body.left + NAME, middle - name.height() / 2.0);
        page.sheet().block(name, place, Anchor::Start, INK);
        for column in &columns {
            column.draw_cell(&page, data, number, row, last)?;
        }
    }
    page.finish()
}

/// One quantity, from the top to the bottom of the page.
struct Column {
    index: usize,
    title: Block,
    left: f64,
    right: f64,
    range: (f64, f64),
}

impl Column {
    fn all(data: &TimecourseData, left: f64, right: f64) -> Vec<Self> {
        let wide = (right - left) / data.panels.len() as f64;
        let ranges = data.panels.iter().map(|it| extent(data, it)).enumerate();
        ranges
            .map(|(index, range)| {
                let labels = ticks(range.0, range.1, 2);
                let style = TextStyle::plain(TICK);
                let axis = labels.iter().map(|it| style.width(&it.label)).fold(0.0, f64::max) + 10.0;
                let from = left + wide * index as f64 + axis;
                let to = left + wide * (index + 1) as f64 - 16.0;
                Self {
                    index,
                    title: Block::wrap(&data.panels[index].quantity, TITLE, Weight::Bold, to - from),
                    left: from,
                    right: to,
                    range,
                }
            })
            .collect()
    }

    fn draw_cell(
        &self,
        page: &Page,
        data: &TimecourseData,
        number: usize,
        (top, bottom): (f64, f64),
        last: bool,
    ) -> Result<(), ChartError> {
        let at = Rect {
            left: self.left,
            top,
            right: self.right,
            bottom,
        };
        let (start, end) = (data.time_s[0], data.time_s[data.time_s.len() - 1]);
        let panel = Panel::new(page, at, (start, end), self.range);
        self.axes(page, &panel, &ticks(start, end, 2), last);

        let quantity = &data.panels[self.index];
        let course = moments(data, quantity, number);
        let band: Vec<_> = course
            .iter()
            .map(|(time, [_, low, high])| (*time, *low, *high))
            .collect();
        let (rgb, alpha) = (look(number).rgb, 0.25);
        panel.band(&band, Paint { rgb, alpha })?;
        let centre = |it: &[(f64, [f64; 3])]| -> Vec<(f64, f64)> { it.iter().map(|it| (it.0, it.1[0])).collect() };
        panel.line(centre(&course), Stroke::new(rgb, 3.5))?;
        if number > 0 {
            // On top, so that it shows where the two are alike.
            let first = moments(data, quantity, 0);
            panel.line(centre(&first), Stroke::new(GREY, 2.0).dashed(Dash::Dashed))?;
        }
        Ok(())
    }

    fn axes(&self, page: &Page, panel: &Panel, seconds: &[Tick], last: bool) {
        let mut sheet = page.sheet();
        let (at, style) = (panel.at, TextStyle::plain(TICK).in_colour(GREY));
        let all = ticks(self.range.0, self.range.1, 2);
        let ends = at.height() < LOW;
        let last_tick = all.len().saturating_sub(1);
        let all = all.into_iter().enumerate();
        for (_, tick) in all.filter(|(place, _)| !ends || *place == 0 || *place == last_tick) {
            let (_, y) = panel.place(panel.x.0, tick.value);
            sheet.line((at.left - 4.0, y), (at.right, y), Stroke::grid());
            // The ends are written inside, clear of the rows above and below.
            let beside = y.clamp(at.top + INSIDE, at.bottom - INSIDE);
            sheet.text_beside(&tick.label, (at.left - 8.0, beside), Anchor::End, style);
        }
        for tick in seconds {
            let (x, _) = panel.place(tick.value, panel.y.0);
            sheet.line(
                (x, at.top),
                (x, at.bottom + if last { 5.0 } else { 0.0 }),
                Stroke::grid(),
            );
            if last {
                sheet.text_beside(&tick.label, (x, at.bottom + 18.0), Anchor::Middle, style);
            }
        }
    }
}
