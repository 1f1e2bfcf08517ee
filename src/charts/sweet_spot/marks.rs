//! The conditions on the map: marks, and their names beside them where there is room.

use super::SweetSpotMark;
use crate::charts::font::{self, Weight};
use crate::charts::legend::BADGE;
use crate::charts::page::TICK;
use crate::charts::palette::{INK, WHITE};
use crate::charts::panel::Panel;
use crate::charts::place::beside;
use crate::charts::sheet::{Anchor, Paint, Point, Rect, Sheet, Stroke, TextStyle};
use crate::charts::text::Block;

/// From this many conditions on, marks on one spot are named together.
const TOGETHER: usize = 4;
/// Up to this many names are tried beside their marks; more go to the side.
const DIRECT: usize = 6;
const DOT: f64 = 11.0;
/// How many times farther a name stands from the marks of others than from its own, at least.
const NEARER: f64 = 1.5;
/// From how far on a line leads from a mark to its name.
const NEAR: f64 = 30.0;
/// Widest name beside a mark.
const NAME: f64 = 420.0;
/// Letter size of the numbers on the map.
const PILL: f64 = 22.0;

/// The name of marks and where it stands.
pub(super) type Label = (Block, Rect);

/// A name whose words stay on one line, if a line holds them.
pub fn in_one_piece(name: &str) -> String {
    if font::width(name, TICK, Weight::Regular) <= NAME {
        name.replace(' ', "\u{A0}")
    } else {
        name.to_owned()
    }
}

/// Marks that would cover each other, drawn as one.
pub(super) struct Cluster {
    pub(super) at: Point,
    /// Numbers of the marks, from 0, rising.
    pub(super) marks: Vec<usize>,
}

/// Joins marks until no numbers overlap.
pub(super) fn clusters(panel: &Panel, marks: &[SweetSpotMark]) -> Vec<Cluster> {
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

/// Names beside their marks, if there are few and all find room: clear of the `line` of best amounts if that can be.
pub(super) fn direct_labels(panel: &Panel, marks: &[SweetSpotMark], line: Vec<Rect>) -> Option<Vec<Label>> {
    let clusters = clusters(panel, marks);
    let together = clusters.len() == 1 && marks.len() >= TOGETHER;
    if marks.len() > DIRECT && !together {
        return None;
    }
    let name = |cluster: &Cluster| {
        if together {
            return "all conditions".to_owned();
        }
        let names: Vec<String> = cluster.marks.iter().map(|&it| in_one_piece(&marks[it].name)).collect();
        names.join(" · ")
    };
    place_labels(&clusters, &name, &panel.at, line).or_else(|| place_labels(&clusters, &name, &panel.at, Vec::new()))
}

/// A place for the name of each cluster, clear of all marks and of what is taken, and nearer to its own mark than to any other;
/// none if one finds no place.
fn place_labels(
    clusters: &[Cluster],
    name: &dyn Fn(&Cluster) -> String,
    at: &Rect,
    mut taken: Vec<Rect>,
) -> Option<Vec<Label>> {
    taken.extend(clusters.iter().map(|it| square(it.at, DOT + 4.0)));
    let mut labels = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let block = Block::wrap(&name(cluster), TICK, Weight::Regular, NAME);
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
pub(super) fn pill(cluster: &Cluster, at: &Rect) -> (String, Rect) {
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

/// Marks with their names beside them.
pub(super) fn draw_named(sheet: &mut Sheet, clusters: &[Cluster], labels: Vec<Label>) {
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
}

/// Marks with their numbers in boxes.
pub(super) fn draw_numbered(sheet: &mut Sheet, pills: Vec<(String, Rect)>) {
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
}

/// How far a point lies from a rectangle.
fn distance(from: &Rect, (x, y): Point) -> f64 {
    let near = nearest(from, (x, y));
    libm::hypot(x - near.0, y - near.1)
}

/// The point of a rectangle that is nearest to a point.
fn nearest(of: &Rect, (x, y): Point) -> Point {
    (x.clamp(of.left, of.right), y.clamp(of.top, of.bottom))
}

pub(super) fn square((x, y): Point, half: f64) -> Rect {
    Rect {
        left: x - half,
        top: y - half,
        right: x + half,
        bottom: y + half,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One mark close above another, and a third at the side, all with names of two lines: the first place that is free
    /// would lie nearly as near to the one above.
    #[test]
    fn a_name_stands_by_its_own_mark() {
        let at = Rect {
            left: 0.0,
            top: 0.0,
            right: 1700.0,
            bottom: 300.0,
        };
        let places = [(450.0, 150.0), (450.0, 110.0), (800.0, 150.0)];
        let clusters: Vec<Cluster> = (0..3)
            .map(|it| Cluster {
                at: places[it],
                marks: vec![it],
            })
            .collect();
        let name = |_: &Cluster| "as before; compassion training moves along neither axis".to_owned();
        let labels = place_labels(&clusters, &name, &at, Vec::new()).expect("there is room");
        for (own, (_, label)) in places.iter().zip(&labels) {
            for other in places.iter().filter(|it| *it != own) {
                let (near, far) = (distance(label, *own), distance(label, *other));
                assert!(
                    far >= near * NEARER,
                    "{label:?} is {near} from {own:?} and {far} from {other:?}"
                );
            }
        }
    }

    #[test]
    fn names_break_between_and_not_within() {
        let names = [
            "compassion training",
            "empathy training",
            "memory training (active control)",
        ];
        let text = names.map(in_one_piece).join(" · ");
        let lines = Block::wrap(&text, TICK, Weight::Regular, NAME).lines;
        assert!(lines.len() > 1, "{lines:?}");
        for name in names {
            let whole = name.replace(' ', "\u{A0}");
            assert!(
                lines.iter().any(|it| it.contains(&whole)),
                "`{name}` is broken: {lines:?}"
            );
        }
        let long = "with two passive confederates who do nothing at all while smoke fills the room";
        assert_eq!(
            in_one_piece(long),
            long,
            "a name wider than a label is broken where it has spaces"
        );
    }
}
