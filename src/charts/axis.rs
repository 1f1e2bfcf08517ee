//! Axes: grid lines, tick labels and a title in words. All text is horizontal.

use super::font::Weight;
use super::number::{Tick, percent};
use super::page::{LABEL, Page, TICK};
use super::palette::{GREY, INK};
use super::panel::Panel;
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::text::Block;

/// Height that [`bottom`] needs below a panel for tick labels.
pub(crate) const BOTTOM_TICKS: f64 = 44.0;
/// Height that [`bottom`] needs below a panel for tick labels and a title of one line.
pub(crate) const BOTTOM: f64 = BOTTOM_TICKS + 42.0;
/// Height that the title of [`left`] needs above a panel.
pub(crate) const LEFT_TITLE: f64 = 48.0;
const OFFSET: f64 = 12.0;

/// Vertical grid lines with labels below, and the title (none if empty) centred under them.
pub(crate) fn bottom(page: &Page, panel: &Panel, ticks: &[Tick], title: &str) {
    let mut sheet = page.sheet();
    let Rect {
        left,
        top,
        right,
        bottom,
    } = panel.at;
    let style = TextStyle::plain(TICK).in_colour(GREY);
    let mut free_from = f64::NEG_INFINITY;
    for tick in ticks {
        let (x, _) = panel.place(tick.value, panel.y.0);
        sheet.line((x, top), (x, bottom + 6.0), Stroke::grid());
        let half = style.width(&tick.label) / 2.0;
        // A label that would touch the one before is left out; its line stays.
        if x - half >= free_from {
            sheet.text_beside(&tick.label, (x, bottom + OFFSET + TICK * 0.5), Anchor::Middle, style);
            free_from = x + half + TICK * 0.5;
        }
    }
    if !title.is_empty() {
        let block = Block::wrap(title, LABEL, Weight::Regular, (right - left).max(900.0));
        sheet.block(
            &block,
            ((left + right) / 2.0, bottom + BOTTOM_TICKS),
            Anchor::Middle,
            INK,
        );
    }
}

/// Horizontal grid lines with labels to the left.
pub(crate) fn left(page: &Page, panel: &Panel, ticks: &[Tick]) {
    let mut sheet = page.sheet();
    let style = TextStyle::plain(TICK).in_colour(GREY);
    for tick in ticks {
        let (_, y) = panel.place(panel.x.0, tick.value);
        sheet.line((panel.at.left - 6.0, y), (panel.at.right, y), Stroke::grid());
        sheet.text_beside(&tick.label, (panel.at.left - OFFSET, y), Anchor::End, style);
    }
}

/// The title of a vertical axis, above its panel and flush with the tick labels.
pub(crate) fn left_title(page: &Page, panel: &Panel, ticks: &[Tick], title: &str) {
    let x = panel.at.left - left_width(ticks);
    page.sheet()
        .text(title, (x, panel.at.top - 24.0), Anchor::Start, TextStyle::plain(LABEL));
}

/// Room that the labels of a vertical axis need.
pub(crate) fn left_width(ticks: &[Tick]) -> f64 {
    let style = TextStyle::plain(TICK);
    ticks.iter().map(|it| style.width(&it.label)).fold(0.0, f64::max) + OFFSET
}

/// Ticks that divide an axis of shares into so many steps.
pub(crate) fn share_ticks(steps: usize) -> Vec<Tick> {
    (0..=steps)
        .map(|it| it as f64 / steps as f64)
        .map(|value| Tick {
            value,
            label: percent(value),
        })
        .collect()
}
