//! Finding room for labels.

use super::sheet::{Point, Rect};

/// Moves labels of the given heights up or down just as far as they must to stand clear of each
/// other between `top` and `bottom`, in the order of the places they want; returns their centres.
///
/// If they cannot all fit they run past `bottom`: measure first.
pub(crate) fn dodge(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));

    // Neighbours that touch are merged into a stack, which stands where its members want on average.
    let mut stacks: Vec<Stack> = Vec::new();
    for &label in &order {
        let mut stack = Stack {
            labels: vec![label],
            height: heights[label],
            pull: wanted[label],
            top: 0.0,
        };
        stack.settle(top, bottom);
        while let Some(above) = stacks.pop_if(|it| it.top + it.height > stack.top) {
            stack = above.joined(stack);
            stack.settle(top, bottom);
        }
        stacks.push(stack);
    }

    let mut centres = vec![0.0; wanted.len()];
    for stack in stacks {
        let mut at = stack.top;
        for label in stack.labels {
            centres[label] = at + heights[label] / 2.0;
            at += heights[label];
        }
    }
    centres
}

struct Stack {
    labels: Vec<usize>,
    height: f64,
    /// Sum over the labels of where each wants the centre of its stack.
    pull: f64,
    top: f64,
}

impl Stack {
    fn settle(&mut self, top: f64, bottom: f64) {
        let wish = self.pull / self.labels.len() as f64 - self.height / 2.0;
        self.top = wish.min(bottom - self.height).max(top);
    }

    fn joined(mut self, below: Self) -> Self {
        // The centre of the new stack lies lower than that of the upper part, higher than that of the lower.
        self.pull += self.labels.len() as f64 * below.height / 2.0;
        self.pull += below.pull - below.labels.len() as f64 * self.height / 2.0;
        self.height += below.height;
        self.labels.extend(below.labels);
        self
    }
}

/// A place for a label of the given size beside a point: the first of right, left, above, below and
/// the corners and between, near before far, that lies within `bounds` and is `free`.
pub(crate) fn beside(
    (x, y): Point,
    (width, height): (f64, f64),
    clearance: f64,
    bounds: &Rect,
    free: impl Fn(&Rect) -> bool,
) -> Option<Rect> {
    const DIRECTIONS: [(f64, f64); 16] = [
        (1.0, 0.0),
        (-1.0, 0.0),
        (0.0, -1.0),
        (0.0, 1.0),
        (1.0, -1.0),
        (1.0, 1.0),
        (-1.0, -1.0),
        (-1.0, 1.0),
        (1.0, -0.5),
        (1.0, 0.5),
        (-1.0, -0.5),
        (-1.0, 0.5),
        (0.5, -1.0),
        (-0.5, -1.0),
        (0.5, 1.0),
        (-0.5, 1.0),
    ];
    for far in [1.0, 1.8, 2.8, 4.0, 6.0, 9.0] {
        for (dx, dy) in DIRECTIONS {
            let reach = clearance * far;
            let centre_x = x + dx * (reach + width / 2.0);
            let centre_y = y + dy * (reach + height / 2.0);
            let at = Rect {
                left: centre_x - width / 2.0,
                top: centre_y - height / 2.0,
                right: centre_x + width / 2.0,
                bottom: centre_y + height / 2.0,
            };
            if bounds.holds(&at) && free(&at) {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(dodge(&[90.0, 10.0], &[10.0, 10.0], 0.0, 100.0), [90.0, 10.0]);
    }

    #[test]
    fn labels_that_want_the_same_place_share_the_way() {
        assert_eq!(
            dodge(&[50.0, 50.0, 50.0], &[10.0, 10.0, 10.0], 0.0, 100.0),
            [40.0, 50.0, 60.0]
        );
    }

    #[test]
    fn labels_stay_inside_and_apart() {
        let wanted = [0.0, 1.0, 99.0, 100.0, 100.0, 55.0];
        let heights = [20.0, 10.0, 20.0, 10.0, 10.0, 20.0];
        let centres = dodge(&wanted, &heights, 0.0, 100.0);
        let mut edges: Vec<(f64, f64)> = centres
            .iter()
            .zip(&heights)
            .map(|(centre, height)| (centre - height / 2.0, centre + height / 2.0))
            .collect();
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(edges[0].0 >= 0.0 && edges[5].1 <= 100.0 + 1e-9, "{edges:?}");
        assert!(edges.windows(2).all(|it| it[0].1 <= it[1].0 + 1e-9), "{edges:?}");
    }

    #[test]
    fn a_label_avoids_what_is_there() {
        let bounds = Rect {
            left: 0.0,
            top: 0.0,
            right: 100.0,
            bottom: 100.0,
        };
        let right = Rect {
            left: 52.0,
            top: 40.0,
            right: 100.0,
            bottom: 60.0,
        };
        let place = |taken: &[Rect]| {
            let free = |it: &Rect| !taken.iter().any(|other| other.overlaps(it));
            beside((50.0, 50.0), (30.0, 10.0), 5.0, &bounds, free)
        };
        let free = place(&[]).expect("an empty panel has room");
        assert!(free.left > 50.0);
        let moved = place(&[right]).expect("the left is free");
        assert!(moved.right < 50.0);
        assert_eq!(place(&[bounds]), None);
    }
}
