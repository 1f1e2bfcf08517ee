//! Lines of equal value through a grid of numbers (marching squares).

use super::sheet::{Point, Rect};

/// Numbers on a grid: `values[row * xs.len() + column]` belongs to (`xs[column]`, `ys[row]`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid<'a> {
    pub(crate) xs: &'a [f64],
    pub(crate) ys: &'a [f64],
    pub(crate) values: &'a [f64],
}

/// The line where the grid passes `level`, in pieces, each joined as far as it goes.
pub(crate) fn contour(grid: Grid<'_>, level: f64) -> Vec<Vec<Point>> {
    let Grid { xs, ys, values } = grid;
    let at = |column: usize, row: usize| values[row * xs.len() + column];
    let mut segments = Vec::new();
    for row in 0..ys.len().saturating_sub(1) {
        for column in 0..xs.len().saturating_sub(1) {
            // Corners in turn around the square, so that each edge joins neighbours in this list.
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(dx, dy)| {
                let (column, row) = (column + dx, row + dy);
                (xs[column], ys[row], at(column, row) - level)
            });
            let mut crossings = Vec::with_capacity(4);
            for edge in 0..4 {
                let (x0, y0, a) = corners[edge];
                let (x1, y1, b) = corners[(edge + 1) % 4];
                if (a < 0.0) != (b < 0.0) {
                    let part = a / (a - b);
                    crossings.push((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part));
                }
            }
            // At a saddle two lines cross the square; either pairing is right at this resolution.
            for pair in crossings.chunks_exact(2) {
                segments.push((pair[0], pair[1]));
            }
        }
    }
    join(segments)
}

/// The parts of a line that do not run through `hole`.
pub(crate) fn outside(line: &[Point], hole: Option<&Rect>) -> Vec<Vec<Point>> {
    let Some(hole) = hole else {
        return vec![line.to_vec()];
    };
    // Fine enough that the line ends within a pixel or two of the hole.
    const PARTS: u32 = 12;
    let mut pieces = vec![Vec::new()];
    for pair in line.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let around = Rect {
            left: x0.min(x1),
            top: y0.min(y1),
            right: x0.max(x1),
            bottom: y0.max(y1),
        };
        let parts = if around.touches(hole) { PARTS } else { 1 };
        for part in 0..=parts {
            let share = f64::from(part) / f64::from(parts);
            let point = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
            let last = pieces.len() - 1;
            if hole.contains(point) {
                if !pieces[last].is_empty() {
                    pieces.push(Vec::new());
                }
            } else if pieces[last].last() != Some(&point) {
                pieces[last].push(point);
            }
        }
    }
    pieces.retain(|it| it.len() > 1);
    pieces
}

fn join(mut segments: Vec<(Point, Point)>) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    while let Some((from, to)) = segments.pop() {
        let mut line = std::collections::VecDeque::from([from, to]);
        // Extends the end of the line, then its start.
        for forwards in [true, false] {
            loop {
                let end = if forwards { line[line.len() - 1] } else { line[0] };
                let Some(index) = segments.iter().position(|&(a, b)| near(a, end) || near(b, end)) else {
                    break;
                };
                let (a, b) = segments.swap_remove(index);
                let next = if near(a, end) { b } else { a };
                if forwards {
                    line.push_back(next)
                } else {
                    line.push_front(next)
                }
            }
        }
        lines.push(line.into());
    }
    lines
}

/// Both squares of an edge compute its crossing, from opposite ends, so the last bits may differ.
fn near(a: Point, b: Point) -> bool {
    (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contour_of_a_cone_is_one_circle() {
        let axis: Vec<f64> = (-20..=20).map(|it| f64::from(it) / 10.0).collect();
        let values: Vec<f64> = axis
            .iter()
            .flat_map(|y| axis.iter().map(move |x| libm::hypot(*x, *y)))
            .collect();
        let lines = contour(
            Grid {
                xs: &axis,
                ys: &axis,
                values: &values,
            },
            1.03,
        );
        assert_eq!(lines.len(), 1);
        assert!(near(lines[0][0], lines[0][lines[0].len() - 1]), "the circle is closed");
        for &(x, y) in &lines[0] {
            assert!((libm::hypot(x, y) - 1.03).abs() < 0.01, "({x}, {y})");
        }
    }

    #[test]
    fn a_flat_grid_has_no_contour() {
        let grid = Grid {
            xs: &[0.0, 1.0],
            ys: &[0.0, 1.0],
            values: &[0.5; 4],
        };
        assert!(contour(grid, 0.7).is_empty());
        assert!(contour(grid, 0.5).is_empty());
    }

    #[test]
    fn a_line_is_cut_where_it_runs_through_a_hole() {
        let line: Vec<Point> = (0..=10).map(|it| (f64::from(it) * 10.0, 50.0)).collect();
        let hole = Rect {
            left: 33.0,
            top: 40.0,
            right: 58.0,
            bottom: 60.0,
        };
        let pieces = outside(&line, Some(&hole));
        assert_eq!(pieces.len(), 2);
        assert!(pieces.iter().flatten().all(|&it| !hole.contains(it)));
        let (end, start) = (pieces[0][pieces[0].len() - 1].0, pieces[1][0].0);
        assert!(
            (31.0..33.0).contains(&end) && (58.0..60.0).contains(&start),
            "{end} {start}"
        );
        assert_eq!(outside(&line, None), [line]);
    }
}
