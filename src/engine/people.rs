//! People: who they are, drawn in lanes.

use crate::lanes::{Bits, Job, Level, Real};
use crate::model::agent::{PopulationShift, Trait};
use crate::population::{DRAWS, FANTASY, LATENTS, Latent, Population, SCALES, SUPPRESSION, Scales};
use crate::random::Stream;

/// Lanes read whole registers: columns are padded to a multiple of the widest two.
pub const PADDING: usize = 32;

/// Consecutive people, one column for each latent score.
#[derive(Debug, Clone)]
pub struct People {
    /// Number of the first person.
    pub first: u32,
    /// How many people are wanted; columns are longer.
    pub count: usize,
    /// Agent numbers.
    pub agents: Vec<u32>,
    /// Latent scores in SD from the norm.
    pub latents: [Vec<f32>; LATENTS],
    /// Errors of the questionnaires where they are filled in once, standard normal.
    pub errors: [Vec<f32>; SCALES],
}

impl People {
    /// Draws people `first .. first + count` with correlated scores.
    ///
    /// `factor` is the lower triangular factor of the correlation matrix.
    pub fn draw(level: Level, stream: Stream, factor: &[[f64; LATENTS]; LATENTS], first: u32, count: usize) -> Self {
        let padded = count.next_multiple_of(PADDING);
        let mut people = Self {
            first,
            count,
            agents: (first..).take(padded).collect(),
            latents: std::array::from_fn(|_| vec![0.0; padded]),
            errors: std::array::from_fn(|_| vec![0.0; padded]),
        };
        level.run(Draw {
            stream,
            factor,
            people: &mut people,
        });
        people
    }

    /// The scores of one trait after the population was shifted and narrowed: `mean + sd · z`.
    pub fn shifted(&self, shift: &PopulationShift) -> [Vec<f32>; Trait::COUNT] {
        std::array::from_fn(|it| {
            #[expect(clippy::cast_possible_truncation, reason = "scores are kept in single precision")]
            let (mean, sd) = (shift[it].mean as f32, shift[it].sd as f32);
            self.latents[it].iter().map(|z| mean + sd * z).collect()
        })
    }

    /// `count` of these people from place `start` on, as a block of their own.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn part(&self, start: usize, count: usize) -> Self {
        assert!(
            start + count <= self.count,
            "{start} + {count} of {} people",
            self.count
        );
        let padded = count.next_multiple_of(PADDING);
        Self {
            first: self.agents[start],
            count,
            agents: (self.agents[start]..).take(padded).collect(),
            latents: std::array::from_fn(|it| repeat_last(&self.latents[it][start..start + count], padded)),
            errors: std::array::from_fn(|it| repeat_last(&self.errors[it][start..start + count], padded)),
        }
    }

    /// These people, with the errors of other fillings-in.
    pub fn filled_in_as(self, other: Self) -> Self {
        Self {
            errors: other.errors,
            ..self
        }
    }

    /// What the questionnaires show of the person at `place`, whose traits are given, where they are filled in once.
    pub fn scales(&self, population: &Population, place: usize, traits: [f64; Trait::COUNT]) -> Scales {
        let errors = std::array::from_fn(|it| f64::from(self.errors[it][place]));
        self.scales_with(population, place, traits, &errors)
    }

    /// As [`People::scales`], with the errors of another filling-in.
    pub fn scales_with(
        &self,
        population: &Population,
        place: usize,
        traits: [f64; Trait::COUNT],
        errors: &[f64; SCALES],
    ) -> Scales {
        let latent = Latent {
            traits,
            fantasy: f64::from(self.latents[FANTASY][place]),
            suppression: f64::from(self.latents[SUPPRESSION][place]),
        };
        population.scales(&latent, errors)
    }
}

/// The values, and the last of them again until there are `length`.
fn repeat_last(values: &[f32], length: usize) -> Vec<f32> {
    let mut column = values.to_vec();
    column.resize(length, values.last().copied().unwrap_or_default());
    column
}

struct Draw<'a> {
    stream: Stream,
    factor: &'a [[f64; LATENTS]; LATENTS],
    people: &'a mut People,
}

impl Job for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn run<R: Real>(self) {
        for at in (0..self.people.agents.len()).step_by(R::WIDTH) {
            let agents = R::Bits::load(&self.people.agents[at..]);
            let mut independent = [R::zero(); DRAWS];
            for (draw, four) in independent.chunks_exact_mut(4).enumerate() {
                #[expect(clippy::cast_possible_truncation, reason = "four draws")]
                four.copy_from_slice(&self.stream.normals::<R>(agents, draw as u32));
            }
            for (row, column) in self.factor.iter().zip(&mut self.people.latents) {
                let mut score = R::zero();
                for (weight, draw) in row.iter().zip(&independent) {
                    score = score + R::splat(*weight) * *draw;
                }
                score.store(&mut column[at..]);
            }
            for (error, column) in independent[LATENTS..].iter().zip(&mut self.people.errors) {
                error.store(&mut column[at..]);
            }
        }
    }
}
