//! What a study is to be like.

use crate::comparison::study::Question;
use crate::scenario::{Clusters, Scenario};
use crate::statistics::{SharesTest, Sizes};

/// How much of Student's t the rank test of Mann and Whitney keeps where values are normal (its asymptotic relative efficiency, 3/π).
const RANKS_OF_T: f64 = 3.0 / std::f64::consts::PI;

/// People of the treatment for people of the control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// Of the treatment.
    pub treatment: u32,
    /// Of the control.
    pub control: u32,
}

/// How means of different people are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeansTest {
    /// By Student's t.
    #[default]
    T,
    /// By ranks.
    MannWhitney,
}

impl MeansTest {
    /// Sizes with which Student's t has the power that this test has with `sizes`.
    pub(super) fn as_t(self, sizes: Sizes) -> Sizes {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "less than a count"
        )]
        let part = |people: u64| (people as f64 * RANKS_OF_T) as u64;
        match self {
            Self::T => sizes,
            Self::MannWhitney => Sizes {
                treatment: part(sizes.treatment),
                control: part(sizes.control),
            },
        }
    }
}

/// The tests that a study uses. The same people are always compared by the paired t test of their changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tests {
    /// For shares.
    pub shares: SharesTest,
    /// For means.
    pub means: MeansTest,
}

/// What a study is to be like, beside its file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The share of studies that are to find a difference.
    pub power: f64,
    /// The two-sided level.
    pub alpha: f64,
    /// How people are divided; as the file says where nothing is asked.
    pub allocation: Option<Allocation>,
    /// The share who are lost.
    pub attrition: f64,
    /// Clusters, where people come in some.
    pub clusters: Option<Clusters>,
    /// The tests.
    pub tests: Tests,
}

impl Asked {
    /// The same, about one question: with the allocation of its two conditions.
    pub(super) fn of(&self, scenario: &Scenario, question: &Question) -> Self {
        let from_file = Allocation {
            treatment: scenario.study.weight(question.pair.treatment),
            control: scenario.study.weight(question.pair.control),
        };
        let is_within = scenario.study.is_within() || question.is_within();
        let equal = Allocation {
            treatment: 1,
            control: 1,
        };
        Self {
            allocation: Some(if is_within {
                equal
            } else {
                self.allocation.unwrap_or(from_file)
            }),
            ..*self
        }
    }

    /// People of either side who count, of so many people recruited for the control.
    pub(super) fn counting(&self, control: u64) -> Sizes {
        let effect = self
            .clusters
            .map_or(1.0, |clusters| 1.0 + f64::from(clusters.size - 1) * clusters.icc);
        let count = |people: u64| {
            let counting = people as f64 * (1.0 - self.attrition) / effect;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most some millions"
            )]
            let counting = (counting + 1e-9).floor() as u64;
            counting
        };
        let sizes = self.recruited(control);
        Sizes {
            treatment: count(sizes.treatment),
            control: count(sizes.control),
        }
    }

    /// People recruited on either side, of so many for the control.
    pub(super) fn recruited(&self, control: u64) -> Sizes {
        let [treatment, per] = self
            .allocation
            .map_or([1, 1], |allocation| [allocation.treatment, allocation.control]);
        Sizes {
            treatment: (control * u64::from(treatment)).div_ceil(u64::from(per)),
            control,
        }
    }
}
