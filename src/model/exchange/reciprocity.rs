//! Reciprocity: what is expected of the other brings them closer and makes a gift cheaper; a refusal is held against them.

use crate::model::situation::Situation;

/// How much closer somebody is of whom everything is expected than somebody of whom nothing is.
pub const CLOSENESS: f64 = 1.75;

/// How much more a gift costs where nothing comes back, as a share of what it costs.
pub const RISK: f64 = 2.54;

/// What a return that is sure and doubles what was given takes from the cost, as a share of it.
pub const RETURN: f64 = 1.24;

/// Responsibility to somebody of whom everything is expected.
pub const OWED: f64 = 0.2;

/// The scene of a round in which so much is expected of the other, who is to blame for a refusal as far as `refused` says.
///
/// ```text
/// closeness' = closeness + w_c (e − ½)                                  between .1 (a rival) and 1
/// blame'     = blame + (1 − blame) r
/// cost'      = cost · (1 + w_k − w_r log₂ b · e · (1 − 2ε)²)            between 0 and 1
/// responsibility' = responsibility + w_o e                              at most 1
/// ```
///
/// | symbol | argument   | meaning                                                   | range    |
/// |--------|------------|-----------------------------------------------------------|----------|
/// | `b`    | `benefit`  | what a gift brings the other, for 1 given                 | ≥ 1      |
/// | `ε`    | `noise`    | how often a decision comes out as its opposite            | \[0, ½\] |
/// | `e`    | `expected` | what is expected of the other                             | \[0, 1\] |
/// | `r`    | `refused`  | how sure it is that the other has just meant to refuse    | \[0, 1\] |
///
/// A decision makes a gift likelier by `1 − 2ε`; for something to come back, mine must come out and theirs.
///
/// # Limits
///
/// With noise of ½ nothing that is decided brings a return. A gift that is worth no more to the other than to oneself (`b = 1`) is only
/// ever cost.
///
/// # Source
///
/// That giving grows with benefit, falls after a refusal and falls with noise: Fudenberg, Rand & Dreber 2012; that a gift obliges: Gouldner 1960. The keys are
/// those of the codebook, and how they act is fitted to single encounters; a meant refusal is its full blame (“has just wronged me”). The four weights, with the
/// beginning and the rate of what is expected, are calibrated on sixteen cells of Fudenberg et al. (`tests/exchange.rs`); the forms are assumptions.
pub fn in_round(scene: &Situation, benefit: f64, noise: f64, expected: f64, refused: f64) -> Situation {
    let reach = 1.0 - 2.0 * noise;
    let back = RETURN * libm::log2(benefit) * expected * reach * reach;
    Situation {
        closeness: (scene.closeness + CLOSENESS * (expected - 0.5)).clamp(0.1, 1.0),
        blame: scene.blame + (1.0 - scene.blame) * refused,
        cost: (scene.cost * (1.0 + RISK - back)).clamp(0.0, 1.0),
        responsibility: (scene.responsibility + OWED * expected).min(1.0),
        ..scene.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_of_one_half_leaves_no_return() {
        let scene = Situation::default();
        let round = |benefit, expected| in_round(&scene, benefit, 0.5, expected, 0.0);
        assert_eq!(round(4.0, 1.0).cost, round(1.0, 0.0).cost);
    }

    #[test]
    fn what_is_expected_brings_closer_and_makes_giving_cheaper() {
        let scene = Situation::default();
        let round = |expected| in_round(&scene, 2.0, 0.0, expected, 0.0);
        assert_eq!(
            (round(0.5).closeness, round(0.5).blame, round(0.5).efficacy),
            (scene.closeness, 0.0, scene.efficacy)
        );
        assert!(round(0.6).closeness > scene.closeness && round(0.4).closeness < scene.closeness);
        assert!(round(1.0).cost < round(0.5).cost && round(1.0).responsibility > round(0.5).responsibility);
        assert_eq!((round(0.0).closeness, round(1.0).closeness), (0.1, 1.0));
        let cheap = Situation { cost: 0.1, ..scene };
        let of_benefit = |benefit| in_round(&cheap, benefit, 0.0, 0.5, 0.0).cost;
        assert!(of_benefit(1.0) > of_benefit(1.5) && of_benefit(1.5) > of_benefit(4.0));
        let with_noise = in_round(&cheap, 2.0, 0.125, 0.5, 0.0);
        assert!(with_noise.cost > of_benefit(2.0));
    }

    #[test]
    fn a_refusal_is_held_against_whoever_meant_it() {
        let to_blame = |blame, refused| {
            let scene = Situation {
                blame,
                ..Situation::default()
            };
            in_round(&scene, 2.0, 0.0, 0.5, refused).blame
        };
        assert_eq!(
            (to_blame(0.0, 0.0), to_blame(0.0, 1.0), to_blame(1.0, 1.0)),
            (0.0, 1.0, 1.0)
        );
        assert!(to_blame(0.5, 0.5) > 0.5);
    }
}
