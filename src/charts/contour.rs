//! Lines of equal value through a grid of numbers (marching squares).

use super::sheet::Point;

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

fn join(mut segments: Vec<(Point, Point)>) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    while let Some((from, to)) = segments.pop() {
        let mut line = std::collections::VecDeque::from([from, to]);
        // Extends the end of the line, then its start.
        for forwards in [true, false] {
            loop {
                let end = if forwards {
                    line[line.len() - 1]
                } else {
                    line[0]
                };
                let Some(index) = segments
                    .iter()
                    .position(|&(a, b)| near(a, end) || near(b, end))
                else {
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
            .flat_map(|y| axis.iter().map(move |x| x.hypot(*y)))
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
        assert!(
            near(lines[0][0], lines[0][lines[0].len() - 1]),
            "the circle is closed"
        );
        for &(x, y) in &lines[0] {
            assert!((x.hypot(y) - 1.03).abs() < 0.01, "({x}, {y})");
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
}
