//! A difference of shares on the scale of Cohen's d.

/// The standardised mean difference that an odds ratio stands for.
///
/// ```text
/// d = ln OR · √3 / π
/// ```
///
/// The act is read as a logistic latent tendency that passes a bound: its SD is π/√3.
/// `odds_ratio` is above 0, which [`odds_ratio`](super::odds_ratio()) ensures by how it treats empty cells.
///
/// # Source
///
/// Hasselblad & Hedges (1995) Psychological Bulletin 117:167; Chinn (2000) Statistics in Medicine 19:3127.
pub fn log_odds_d(odds_ratio: f64) -> f64 {
    debug_assert!(odds_ratio > 0.0, "an odds ratio is above 0, got {odds_ratio}");
    libm::log(odds_ratio) * 3.0_f64.sqrt() / std::f64::consts::PI
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Chinn (2000): ln OR divided by 1.81 gives d.
    #[test]
    fn is_the_log_odds_over_1_81() {
        assert_close(log_odds_d(libm::exp(1.81)), 1.0, 0.003);
        assert_close(log_odds_d(1.0), 0.0, 0.0);
        assert_close(log_odds_d(0.5), -log_odds_d(2.0), 1e-15);
    }
}
