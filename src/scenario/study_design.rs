//! `[study]`: how real people would be studied.

use crate::document::Choice;
use crate::registry::Measure;

/// How a real study of the scenario would be run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudyDesign {
    /// Who meets the conditions.
    pub design: Subjects,
    /// How many people each condition gets for those of the others; empty where all get as many.
    pub allocation: Vec<u32>,
    /// Who is lost before the outcome is measured.
    pub attrition: Option<Attrition>,
    /// Clusters in which people come.
    pub clusters: Option<Clusters>,
    /// Where the same people meet all conditions, in an order drawn for each: the share who do in a condition what they did in the one before it.
    pub carry_over: f64,
}

/// Who meets the conditions of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Subjects {
    /// Different people in each.
    #[default]
    Between,
    /// The same people in all of them, each time with new luck and new error.
    Within,
}

impl Choice for Subjects {
    const WORDS: &'static [&'static str] = &["between", "within"];
    const VALUES: &'static [Self] = &[Self::Between, Self::Within];
}

/// The loss of people before the outcome is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attrition {
    /// The share of each condition that is lost.
    pub share: f64,
    /// The measure by which people are lost, those high on it first; by lot where there is none.
    pub depends_on: Option<Measure>,
}

/// Clusters of people who are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clusters {
    /// How many people a cluster has.
    pub size: u32,
    /// Their intraclass correlation.
    pub icc: f64,
}

impl StudyDesign {
    /// People of a condition for each one of a condition that counts single.
    pub fn weight(&self, condition: usize) -> u32 {
        self.allocation.get(condition).copied().unwrap_or(1)
    }

    /// Whether the same people meet all conditions.
    pub fn is_within(&self) -> bool {
        self.design == Subjects::Within
    }
}

impl Attrition {
    /// The chance that somebody is lost whose rank on the measure is so high, from 0 (lowest) to 1; its mean over all ranks is the share.
    ///
    /// ```text
    /// p = u^((1 − s) / s)
    /// ```
    pub fn chance(&self, rank: f64) -> f64 {
        if self.share <= 0.0 {
            return 0.0;
        }
        match self.depends_on {
            None => self.share,
            Some(_) => libm::pow(rank, (1.0 - self.share) / self.share),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_lost_as_is_said_whatever_it_depends_on() {
        for share in [0.05, 0.2, 0.5, 0.8] {
            let attrition = Attrition {
                share,
                depends_on: Some(Measure::PersonalDistress),
            };
            let ranks = (0..10_000).map(|number| (f64::from(number) + 0.5) / 10_000.0);
            let chances: Vec<f64> = ranks.map(|rank| attrition.chance(rank)).collect();
            let mean = chances.iter().sum::<f64>() / 10_000.0;
            assert!((mean - share).abs() < 1e-3, "{mean} and {share}");
            assert!(chances.windows(2).all(|two| two[0] <= two[1]));
        }
        let nobody = Attrition {
            share: 0.0,
            depends_on: None,
        };
        assert_eq!(nobody.chance(0.7), 0.0);
    }
}
