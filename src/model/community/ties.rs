//! Ties: how strong they are, and how close people are by them.

/// Strength that no tie exceeds, where 1 is a tie as it was formed.
pub const STRONGEST: f64 = 2.0;

/// Share of the way to the strongest that an act of help goes.
pub const GROWTH: f64 = 0.1;

/// Half-life of what separates a tie from where it belongs, in weeks.
pub const HALF_LIFE_WEEKS: f64 = 13.0;

/// Closeness of strangers.
pub const STRANGER: f64 = 0.4;

/// Strength of a tie after an act of help between the two.
///
/// ```text
/// s' = s + g (s_max − s)   below s_max
/// ```
///
/// # Source
///
/// Relationships deepen with what people do for each other (Roberts & Dunbar 2011, an 18-month panel). Form and size are assumptions.
pub fn after_help(strength: f64) -> f64 {
    strength + GROWTH * (STRONGEST - strength).max(0.0)
}

/// What is left over a week of what separates a tie from where it belongs.
pub fn kept_over_a_week() -> f64 {
    libm::exp2(-1.0 / HALF_LIFE_WEEKS)
}

/// Strength of a tie a week later; `formed` is what it was when it was formed, `met` whether the two have met in the week, and `kept` is
/// [`kept_over_a_week`].
///
/// ```text
/// s' = t + (s − t) 2^(−1/h),   t = s₀ where the two met, 0 where not
/// ```
///
/// # Source
///
/// Friends who are not met become less close within months (Roberts & Dunbar 2011). The half-life is an assumption.
pub fn a_week_later(strength: f64, formed: f64, met: bool, kept: f64) -> f64 {
    let target = if met { formed } else { 0.0 };
    target + (strength - target) * kept
}

/// What of a person's ties is left when they grow beyond what one person can hold.
///
/// ```text
/// s_j' = s_j · min(1, C / Σ s)
/// ```
///
/// # Source
///
/// People keep as many ties as they let go (Miritello, Lara, Cebrian & Moro 2013). That the capacity is the sum of one's ties as they were formed is
/// an assumption.
pub fn held(total: f64, capacity: f64) -> f64 {
    if total > capacity { capacity / total } else { 1.0 }
}

/// Closeness to somebody whose tie has this strength, in a layer of this closeness, in \[0, 1\].
///
/// ```text
/// c(s) = c + |c − .4| (s − 1)   between the smaller of c and .4, and 1
/// ```
///
/// # Limits
///
/// The layer's closeness for a tie as it was formed; a stranger's (.4) where nothing is left of a friendship; those less close than strangers come
/// nearer as help passes between them.
///
/// # Source
///
/// An assumption, on the anchors of the codebook.
pub fn closeness(layer: f64, strength: f64) -> f64 {
    let moved = layer + (layer - STRANGER).abs() * (strength - 1.0);
    moved.clamp(layer.min(STRANGER), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_strengthens_up_to_the_strongest() {
        assert!(after_help(1.0) > 1.0);
        assert_eq!((after_help(STRONGEST), after_help(5.0)), (STRONGEST, 5.0));
    }

    #[test]
    fn ties_return_where_people_meet_and_fade_where_not() {
        let kept = kept_over_a_week();
        assert_eq!(a_week_later(1.0, 1.0, true, kept), 1.0);
        assert!(a_week_later(1.5, 1.0, true, kept) < 1.5 && a_week_later(0.5, 1.0, true, kept) > 0.5);
        let mut strength = 1.0;
        for _ in 0..13 {
            strength = a_week_later(strength, 1.0, false, kept);
        }
        assert!((strength - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nobody_holds_more_than_they_can() {
        assert_eq!((held(3.0, 4.0), held(4.0, 4.0), held(8.0, 4.0)), (1.0, 1.0, 0.5));
    }

    #[test]
    fn closeness_grows_with_the_tie_from_either_side_of_a_stranger() {
        for layer in [0.1, 0.4, 0.6, 1.0] {
            assert_eq!(closeness(layer, 1.0), layer);
            assert!(closeness(layer, 1.5) >= layer && closeness(layer, 0.5) <= layer);
        }
        assert!((closeness(0.8, 0.0) - STRANGER).abs() < 1e-12);
        assert_eq!((closeness(0.1, 0.0), closeness(0.8, 9.0)), (0.1, 1.0));
    }
}
