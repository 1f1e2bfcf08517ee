//! Who helps in one condition and in the other: the same people, flowing from left to right.

use super::estimate::check_share;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::number::percent;
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, DARK_VERMILLION, GREEN, GREY, Hatch, INK, Rgb, VERMILLION};
use super::place::dodge;
use super::sheet::{Anchor, Paint, Point, Rect, Sheet, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "flow";

/// Pairs that one picture can show.
pub const MOST_PAIRS: usize = 8;

/// Width of the stacks at both ends.
const STACK: f64 = 30.0;
/// Steps of a band from left to right.
const STEPS: usize = 32;
/// Least height of a panel's stacks.
const LEAST_HEIGHT: f64 = 300.0;
/// Space above the name that all panels share.
const SHARED_GAP: f64 = 16.0;
/// Height of the names under a panel for which their letters are made smaller.
const NAMES_HEIGHT: f64 = 100.0;

/// The pairs to draw, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowData {
    /// At least one pair, at most [`MOST_PAIRS`].
    pub pairs: Vec<FlowPair>,
}

/// What the same people do in two conditions, as shares in \[0, 1\] that add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowPair {
    /// Name of the condition on the left.
    pub before: String,
    /// Name of the condition on the right.
    pub after: String,
    /// Help in both.
    pub either: f64,
    /// Help only on the right.
    pub gained: f64,
    /// Help only on the left.
    pub lost: f64,
    /// Help in neither.
    pub never: f64,
    /// The same as whole people of 100 that add up to 100, in the order of the fields.
    pub of_hundred: [u32; 4],
}

/// Colours of the four flows, in the order from top to bottom at the right end.
const FLOWS: [(&str, Rgb); 4] = [
    ("help either way", BLUE),
    ("help only on the right", GREEN),
    ("help only on the left", VERMILLION),
    ("help in neither", [196, 196, 196]),
];

/// The same colours for letters, which need more contrast than areas.
const LETTERS: [Rgb; 4] = [BLUE, [0, 112, 82], DARK_VERMILLION, GREY];

/// Draws the chart.
///
/// # Errors
///
/// If there are no pairs or too many, or the shares of a pair are not in \[0, 1\] or do not add up to 1.
pub fn draw(data: &FlowData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let columns = match data.pairs.len() {
        few @ 0..=4 => few,
        5..=6 => 3,
        _ => 4,
    };
    let lines = data.pairs.len().div_ceil(columns);
    let legend = Legend::new(
        FLOWS.map(|(name, rgb)| (Sample::Area(rgb, Hatch::None, Stroke::new(rgb, 1.0)), name)),
        BODY_WIDTH,
    );
    let shared = shared_left(data);
    let shared_height = shared.as_ref().map_or(0.0, |it| it.height() + SHARED_GAP);
    let head = legend.flow_height() + shared_height + 30.0;
    let gap = if columns > 1 { 56.0 } else { 0.0 };
    // A single pair would otherwise be stretched over the whole page.
    let width = ((BODY_WIDTH - gap * (columns - 1) as f64) / columns as f64).min(1200.0);
    let names = names(data, width, shared.is_some());
    let below = names.iter().map(Block::height).fold(0.0, f64::max) + 22.0;
    let page = Page::new(frame, head + lines as f64 * (LEAST_HEIGHT + below));
    let left = page.body.left + (BODY_WIDTH - width * columns as f64 - gap * (columns - 1) as f64) / 2.0;
    let height = (page.body.height() - head) / lines as f64;
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    if let Some(shared) = &shared {
        let top = page.body.top + legend.flow_height() + SHARED_GAP;
        sheet.block(shared, (page.body.left, top), Anchor::Start, INK);
    }
    let names = names.chunks(if shared.is_some() { 1 } else { 2 });
    for (index, (pair, names)) in data.pairs.iter().zip(names).enumerate() {
        let (line, column) = (index / columns, index % columns);
        let x = left + column as f64 * (width + gap);
        let y = page.body.top + head + line as f64 * height;
        let at = Rect {
            left: x,
            top: y,
            right: x + width,
            bottom: y + height - below,
        };
        panel(&mut sheet, at, pair, names);
    }
    drop(sheet);
    page.finish()
}

/// What all pairs have on the left, told once above them; none if they differ or there is only one.
fn shared_left(data: &FlowData) -> Option<Block> {
    let [first, others @ ..] = &data.pairs[..] else {
        return None;
    };
    let alike = !others.is_empty() && others.iter().all(|it| it.before == first.before);
    let text = format!("always on the left: {}", first.before);
    alike.then(|| Block::wrap(&text, TICK, Weight::Bold, BODY_WIDTH))
}

/// The names to stand under the panels: left and right of each, or only the right ones where the left one is shared.
fn names(data: &FlowData, width: f64, shared: bool) -> Vec<Block> {
    let mut texts: Vec<&str> = Vec::new();
    for it in &data.pairs {
        texts.extend((!shared).then_some(it.before.as_str()));
        texts.push(&it.after);
    }
    let limit = if shared { width } else { width / 2.0 - 14.0 };
    let low = |it: &[Block]| it.iter().all(|it| it.height() <= NAMES_HEIGHT);
    Block::fitted(&texts, Weight::Bold, limit, low)
}

/// One pair: stacks at both ends, bands between them, shares beside them.
fn panel(sheet: &mut Sheet, at: Rect, pair: &FlowPair, names: &[Block]) {
    let size = if at.width() > 700.0 { 34.0 } else { 28.0 };
    let bold = TextStyle::bold(size);
    let room = bold.width("100\u{A0}%") + 14.0;
    let (left, right) = (at.left + room, at.right - room);
    let height = at.height();
    let y = |share: f64| at.top + share * height;
    // From top to bottom, at the left and at the right end.
    let from = stacked([pair.either, pair.lost, pair.gained, pair.never]);
    let to = stacked([pair.either, pair.gained, pair.lost, pair.never]);
    // The same order as FLOWS: either, gained, lost, never; the thin ones are drawn last.
    let from = [from[0], from[2], from[1], from[3]];
    for flow in [3, 0, 1, 2] {
        let ((a, b), (c, d)) = (from[flow], to[flow]);
        if b - a < 1e-9 {
            continue;
        }
        let rgb = FLOWS[flow].1;
        let paint = Paint {
            rgb,
            alpha: if flow == 3 { 0.45 } else { 0.55 },
        };
        let band = band((left + STACK, y(a), y(b)), (right - STACK, y(c), y(d)));
        sheet.polygon(band, Some(paint), None);
        for (x, (top, bottom)) in [(left, (a, b)), (right - STACK, (c, d))] {
            let stack = Rect {
                left: x,
                top: y(top),
                right: x + STACK,
                bottom: y(bottom),
            };
            sheet.cell(stack, rgb);
        }
    }
    // Where helping ends, on both sides.
    for (x, share) in [
        (left, pair.either + pair.lost),
        (right - STACK, pair.either + pair.gained),
    ] {
        let stroke = Stroke::new(INK, 3.0);
        sheet.line((x - 6.0, y(share)), (x + STACK + 6.0, y(share)), stroke);
    }
    labels(sheet, right + 12.0, at, pair, to, bold);
    let helped = pair.either + pair.lost;
    let place = (left - 12.0, y(helped / 2.0).max(at.top + size / 2.0));
    sheet.text_beside(&percent(helped), place, Anchor::End, bold.in_colour(INK));
    let top = at.bottom + 12.0;
    if let [before, _] = names {
        sheet.block(before, (at.left, top), Anchor::Start, INK);
    }
    if let Some(after) = names.last() {
        sheet.block(after, (at.right, top), Anchor::End, INK);
    }
}

/// The share of each flow beside its end, moved as far as legibility needs; none for flows of nobody.
fn labels(sheet: &mut Sheet, x: f64, at: Rect, pair: &FlowPair, ends: [(f64, f64); 4], style: TextStyle) {
    let shares = [pair.either, pair.gained, pair.lost, pair.never];
    let shown: Vec<usize> = (0..4).filter(|it| shares[*it] > 0.0).collect();
    let centre = |it: &usize| at.top + (ends[*it].0 + ends[*it].1) / 2.0 * at.height();
    let wanted: Vec<f64> = shown.iter().map(centre).collect();
    let heights = vec![style.size * 1.15; shown.len()];
    for (flow, y) in shown.iter().zip(dodge(&wanted, &heights, at.top, at.bottom)) {
        let text = match pair.of_hundred[*flow] {
            0 => "<1\u{A0}%".to_owned(),
            some => format!("{some}\u{A0}%"),
        };
        sheet.text_beside(&text, (x, y), Anchor::Start, style.in_colour(LETTERS[*flow]));
    }
}

/// Where each of the shares begins and ends when they are put on top of each other.
fn stacked(shares: [f64; 4]) -> [(f64, f64); 4] {
    let mut top = 0.0;
    shares.map(|it| {
        let begin = top;
        top += it;
        (begin, top)
    })
}

/// A band with a smooth course between two vertical edges, given as x, top and bottom.
fn band((x0, a, b): (f64, f64, f64), (x1, c, d): (f64, f64, f64)) -> Vec<Point> {
    let course = |step: usize, from: f64, to: f64| {
        let share = step as f64 / STEPS as f64;
        let smooth = share * share * (3.0 - 2.0 * share);
        (x0 + (x1 - x0) * share, from + (to - from) * smooth)
    };
    let upper = (0..=STEPS).map(|it| course(it, a, c));
    let lower = (0..=STEPS).rev().map(|it| course(it, b, d));
    upper.chain(lower).collect()
}

fn check(data: &FlowData) -> Result<(), ChartError> {
    if data.pairs.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "pair",
        });
    }
    if data.pairs.len() > MOST_PAIRS {
        return Err(ChartError::Length {
            chart: CHART,
            of: "pairs".to_owned(),
            found: data.pairs.len(),
            expected: MOST_PAIRS,
        });
    }
    for it in &data.pairs {
        let shares = [it.either, it.gained, it.lost, it.never];
        for share in shares {
            check_share(CHART, "share", &it.after, share)?;
        }
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > 1e-6 {
            return Err(ChartError::Value {
                chart: CHART,
                what: "the sum of shares",
                of: it.after.clone(),
                value: sum,
                allowed: "1",
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_keeps_its_ends_and_never_turns_back() {
        let band = band((0.0, 10.0, 30.0), (100.0, 50.0, 70.0));
        assert_eq!((band[0], band[STEPS]), ((0.0, 10.0), (100.0, 50.0)));
        assert_eq!((band[STEPS + 1], band[2 * STEPS + 1]), ((100.0, 70.0), (0.0, 30.0)));
        assert!(
            band[..=STEPS]
                .windows(2)
                .all(|it| it[0].0 < it[1].0 && it[0].1 <= it[1].1)
        );
    }
}
