//! Morris screening: which inputs move the answer, told with few runs.

use crate::random::{Process, Stream};

/// Levels of each input; a step is half their range, as Morris recommends.
const LEVELS: u32 = 4;

/// What screening says of an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screened {
    /// Mean of the elementary effects: with a sign.
    pub mean: f64,
    /// Mean of their absolute values: how much the input matters (Campolongo, Cariboni & Saltelli 2007).
    pub mean_absolute: f64,
    /// Their standard deviation: how far the effect depends on the input's own place and on other inputs.
    pub deviation: f64,
}

/// Ways through the unit cube: each begins at a random corner of a grid and moves one input after the other, in random order.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectories {
    inputs: usize,
    /// All points, way after way, `inputs` + 1 to a way.
    points: Vec<Vec<f64>>,
    /// Which input moved to each point but the first of a way, and whether upwards.
    moves: Vec<(usize, bool)>,
}

impl Trajectories {
    /// `count` ways for so many inputs.
    pub fn new(inputs: usize, count: u32, seed: u64) -> Self {
        let mut this = Self {
            inputs,
            points: Vec::with_capacity(count as usize * (inputs + 1)),
            moves: Vec::with_capacity(count as usize * inputs),
        };
        for way in 0..count {
            this.add(way, seed);
        }
        this
    }

    /// Where the model is to be run, in this order.
    pub fn points(&self) -> &[Vec<f64>] {
        &self.points
    }

    fn add(&mut self, way: u32, seed: u64) {
        const STEP: f64 = LEVELS as f64 / (2.0 * (LEVELS - 1) as f64);
        let stream = Stream::new(seed, 0, Process::Design, way);
        let mut point = Vec::with_capacity(self.inputs);
        let mut order: Vec<(u32, usize, bool)> = Vec::with_capacity(self.inputs);
        for input in 0..self.inputs {
            #[expect(clippy::cast_possible_truncation, reason = "inputs are counted in hundreds")]
            let [level, place, direction, _] = stream.bits(input as u32, 0);
            // The lower half of the levels can go up by a step; mirrored, the upper half can go down.
            let low = f64::from(level % (LEVELS / 2)) / f64::from(LEVELS - 1);
            let up = direction & 1 == 0;
            point.push(if up { low } else { 1.0 - low });
            order.push((place, input, up));
        }
        order.sort_unstable();
        self.points.push(point.clone());
        for (_, input, up) in order {
            point[input] += if up { STEP } else { -STEP };
            self.points.push(point.clone());
            self.moves.push((input, up));
        }
    }

    /// What the answers at [`Trajectories::points`] say of each input: effects of moving it through its whole range.
    ///
    /// A way with an answer that is missing counts for the inputs whose two answers are there.
    pub fn screen(&self, answers: &[Option<f64>]) -> Vec<Option<Screened>> {
        const STEP: f64 = LEVELS as f64 / (2.0 * (LEVELS - 1) as f64);
        let mut effects: Vec<Vec<f64>> = vec![Vec::new(); self.inputs];
        let ways = answers
            .chunks(self.inputs + 1)
            .zip(self.moves.chunks(self.inputs.max(1)));
        for (answers, moves) in ways {
            for (two, (input, up)) in answers.windows(2).zip(moves) {
                if let [Some(before), Some(after)] = two {
                    let change = if *up { after - before } else { before - after };
                    effects[*input].push(change / STEP);
                }
            }
        }
        effects.iter().map(|effects| screened(effects)).collect()
    }
}

fn screened(effects: &[f64]) -> Option<Screened> {
    if effects.len() < 2 {
        return None;
    }
    let count = effects.len() as f64;
    let mean = effects.iter().sum::<f64>() / count;
    let squares: f64 = effects.iter().map(|effect| (effect - mean) * (effect - mean)).sum();
    Some(Screened {
        mean,
        mean_absolute: effects.iter().map(|effect| effect.abs()).sum::<f64>() / count,
        deviation: (squares / (count - 1.0)).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_moves_each_input_once_and_stays_in_the_cube() {
        let ways = Trajectories::new(7, 20, 1);
        assert_eq!(ways.points().len(), 20 * 8);
        for way in ways.points().chunks(8) {
            assert!(way.iter().flatten().all(|place| (-1e-12..=1.0 + 1e-12).contains(place)));
            let mut moved: Vec<usize> = way
                .windows(2)
                .map(|two| {
                    (0..7)
                        .filter(|input| two[0][*input] != two[1][*input])
                        .collect::<Vec<_>>()
                })
                .map(|moved| {
                    if let [one] = moved[..] {
                        one
                    } else {
                        panic!("{moved:?}")
                    }
                })
                .collect();
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5, 6]);
        }
    }

    /// `3 x₁ − 2 x₂ + x₃ x₄`: the effects of the first two are exact and do not scatter; those of the product lie between 0 and 1; the fifth is nothing.
    #[test]
    fn effects_of_a_plain_function_are_exact() {
        let ways = Trajectories::new(5, 40, 1);
        let answers: Vec<Option<f64>> = ways
            .points()
            .iter()
            .map(|x| Some(3.0 * x[0] - 2.0 * x[1] + x[2] * x[3]))
            .collect();
        let screened: Vec<Screened> = ways.screen(&answers).into_iter().flatten().collect();
        assert!((screened[0].mean - 3.0).abs() < 1e-12 && screened[0].deviation < 1e-12);
        assert!((screened[1].mean + 2.0).abs() < 1e-12 && (screened[1].mean_absolute - 2.0).abs() < 1e-12);
        assert!((0.3..0.7).contains(&screened[2].mean) && screened[2].deviation > 0.2);
        assert_eq!(screened[4].mean_absolute, 0.0);
    }

    #[test]
    fn a_missing_answer_costs_two_effects() {
        let ways = Trajectories::new(2, 3, 1);
        let mut answers: Vec<Option<f64>> = ways.points().iter().map(|x| Some(x[0])).collect();
        answers[1] = None;
        assert!(ways.screen(&answers).iter().all(Option::is_some));
        assert_eq!(ways.screen(&[None; 9]), [None, None]);
    }
}
