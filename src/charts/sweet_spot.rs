//! Where helping is most likely: a map over affective sharing and regulation.

use super::axis;
use super::colour_scale::{Colours, SCALE_HEIGHT};
use super::contour::{Grid, contour, outside};
use super::estimate::{check_finite, check_share};
use super::font::Weight;
use super::legend::{BADGE, Legend, Sample};
use super::number::{percent, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{Dash, INK, WHITE, ink_on};
use super::panel::Panel;
use super::place::beside;
use super::sheet::{Anchor, Paint, Point, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "sweet_spot";
/// Width of the column at the right with the names of numbered conditions, where they do not fit beside their marks.
const SIDE: f64 = 470.0;
/// From this many conditions on, marks on one spot are named together.
const TOGETHER: usize = 4;
/// Up to this many names are tried beside their marks; more go to the side.
const DIRECT: usize = 6;
const DOT: f64 = 11.0;
/// How many times farther a name stands from the marks of others than from its own, at least.
const NEARER: f64 = 1.5;
/// From how far on a line leads from a mark to its name.
const NEAR: f64 = 30.0;
/// Letter size of the numbers on the map.
const PILL: f64 = 22.0;
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
    let direct = direct_labels(&panel, data);
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
    taken.extend(direct.iter().flatten().map(|it| it.1));
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
    if let Some(labels) = direct {
        for (cluster, (block, place)) in clusters.iter().zip(labels) {
            if distance(&place, cluster.at) > NEAR {
                sheet.line(cluster.at, nearest(&place, cluster.at), Stroke::new(INK, 2.0));
            }
            sheet.circle(cluster.at, DOT, Some(WHITE.into()), Some(Stroke::new(INK, 4.0)));
            let ground = Rect {
                left: place.left - 6.0,
                right: place.right + 6.0,
                ..place
            };
            sheet.cell(
                ground,
                Paint {
                    rgb: WHITE,
                    alpha: 0.85,
                },
            );
            sheet.block(&block, (place.left, place.top), Anchor::Start, INK);
        }
    } else {
        for (text, place) in pills {
            let corners = [
                (place.left, place.top),
                (place.right, place.top),
                (place.right, place.bottom),
                (place.left, place.bottom),
            ];
            sheet.polygon(corners.to_vec(), Some(INK.into()), Some(Stroke::new(WHITE, 2.5)));
            let centre = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            sheet.text_beside(&text, centre, Anchor::Middle, TextStyle::bold(PILL).in_colour(WHITE));
        }
        names.draw_column(&mut sheet, (side, at.top));
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

/// Marks that would cover each other, drawn as one.
struct Cluster {
    at: Point,
    /// Numbers of the marks, from 0, rising.
    marks: Vec<usize>,
}

/// Joins marks until no numbers overlap.
fn clusters(panel: &Panel, marks: &[SweetSpotMark]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = marks
        .iter()
        .enumerate()
        .map(|(index, mark)| Cluster {
            at: panel.place(mark.sharing, mark.regulation),
            marks: vec![index],
        })
        .collect();
    let overlap = |clusters: &[Cluster]| {
        let boxes: Vec<Rect> = clusters.iter().map(|it| pill(it, &panel.at).1).collect();
        let pairs = (0..boxes.len()).flat_map(|a| (a + 1..boxes.len()).map(move |b| (a, b)));
        pairs.into_iter().find(|&(a, b)| boxes[a].overlaps(&boxes[b]))
    };
    while let Some((a, b)) = overlap(&clusters) {
        let joined = clusters.remove(b);
        clusters[a].marks.extend(joined.marks);
        clusters[a].marks.sort_unstable();
    }
    clusters
}

/// Names beside their marks, if there are few and all find room: clear of the line of best amounts if that can be.
fn direct_labels(panel: &Panel, data: &SweetSpotData) -> Option<Vec<(Block, Rect)>> {
    let clusters = clusters(panel, &data.marks);
    let together = clusters.len() == 1 && data.marks.len() >= TOGETHER;
    if data.marks.len() > DIRECT && !together {
        return None;
    }
    let line = along_best(panel, data);
    let name = |cluster: &Cluster| {
        if together {
            return "all conditions".to_owned();
        }
        let names: Vec<&str> = cluster.marks.iter().map(|&it| data.marks[it].name.as_str()).collect();
        names.join(" · ")
    };
    place_labels(&clusters, &name, &panel.at, line).or_else(|| place_labels(&clusters, &name, &panel.at, Vec::new()))
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

/// A place for the name of each cluster, clear of all marks and of what is taken, and nearer to its own mark than to any other;
/// none if one finds no place.
fn place_labels(
    clusters: &[Cluster],
    name: &dyn Fn(&Cluster) -> String,
    at: &Rect,
    mut taken: Vec<Rect>,
) -> Option<Vec<(Block, Rect)>> {
    taken.extend(clusters.iter().map(|it| square(it.at, DOT + 4.0)));
    let mut labels = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let block = Block::wrap(&name(cluster), TICK, Weight::Regular, 420.0);
        let size = (block.width, block.height());
        let others = || clusters.iter().map(|it| it.at).filter(|it| *it != cluster.at);
        let own = |place: &Rect| {
            let own = distance(place, cluster.at);
            others().all(|it| distance(place, it) >= own * NEARER)
        };
        let place = beside(cluster.at, size, DOT + 8.0, at, |it| {
            own(it) && !taken.iter().any(|other| other.overlaps(it))
        })?;
        taken.push(place);
        labels.push((block, place));
    }
    Some(labels)
}

/// The numbers of a cluster (`1–4, 7`) and the box around them, kept on the map.
fn pill(cluster: &Cluster, at: &Rect) -> (String, Rect) {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in cluster.marks.iter().map(|it| it + 1) {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == number => run.1 = number,
            _ => runs.push((number, number)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(from, to)| match to - from {
            0 => from.to_string(),
            1 => format!("{from}, {to}"),
            _ => format!("{from}–{to}"),
        })
        .collect();
    let text = words.join(", ");
    let half = TextStyle::bold(PILL).width(&text) / 2.0 + 9.0;
    let (x, y) = (
        cluster
            .at
            .0
            .clamp(at.left + half, (at.right - half).max(at.left + half)),
        cluster.at.1.clamp(at.top + BADGE, at.bottom - BADGE),
    );
    (
        text,
        Rect {
            left: x - half,
            top: y - BADGE,
            right: x + half,
            bottom: y + BADGE,
        },
    )
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

/// How far a point lies from a rectangle.
fn distance(from: &Rect, (x, y): Point) -> f64 {
    let near = nearest(from, (x, y));
    (x - near.0).hypot(y - near.1)
}

/// The point of a rectangle that is nearest to a point.
fn nearest(of: &Rect, (x, y): Point) -> Point {
    (x.clamp(of.left, of.right), y.clamp(of.top, of.bottom))
}

fn square((x, y): Point, half: f64) -> Rect {
    Rect {
        left: x - half,
        top: y - half,
        right: x + half,
        bottom: y + half,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The flagship's map: one mark close above another, and a third at the side, all with names of two lines.
    #[test]
    fn a_name_stands_by_its_own_mark() {
        let at = Rect {
            left: 0.0,
            top: 0.0,
            right: 1700.0,
            bottom: 300.0,
        };
        let places = [(450.0, 150.0), (450.0, 93.0), (800.0, 150.0)];
        let clusters: Vec<Cluster> = (0..3)
            .map(|it| Cluster {
                at: places[it],
                marks: vec![it],
            })
            .collect();
        let name = |_: &Cluster| "as before; compassion training moves along neither axis".to_owned();
        let labels = place_labels(&clusters, &name, &at, Vec::new()).expect("there is room");
        for (own, (_, label)) in places.iter().zip(&labels) {
            let others = places.iter().filter(|it| *it != own);
            assert!(
                others.clone().all(|it| distance(label, *it) > distance(label, *own)),
                "{label:?}"
            );
        }
    }
}
