//! Intervals, contrasts and effect sizes.
