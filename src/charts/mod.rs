//! Numbers into pictures: one file per chart, and under them the parts that charts share.
//!
//! Every chart is a pure function from its own plain data and a [`Frame`] to a [`Picture`]: it reads
//! no file, knows no model, and gives the same bytes for the same data.
//!
//! ```
//! use compassion::charts::{Frame, estimate::Estimate, helping_rate::{self, HelpingRateData, HelpingRateRow}};
//!
//! let row = HelpingRateRow {
//!     name: "easy escape, high empathy".into(),
//!     group: None,
//!     simulated: Estimate { value: 0.82, lower: 0.81, upper: 0.83 },
//!     parameters: None,
//!     overwhelmed: Some(0.12),
//!     left: Some(0.04),
//!     observed: None,
//! };
//! let frame = Frame {
//!     title: "Does a way out change who helps?".into(),
//!     subtitle: None,
//!     foot: "n = 10,000 per condition · seed 1981 · 95 % Wilson intervals".into(),
//! };
//! let picture = helping_rate::draw(&HelpingRateData { rows: vec![row], who: "people".into() }, &frame)?;
//! assert!(picture.svg.contains("easy escape, high empathy"));
//! # Ok::<(), compassion::charts::ChartError>(())
//! ```
//!
//! # Layout
//!
//! | layer | modules |
//! |---|---|
//! | charts | [`helping_rate`] [`amount`] [`outcomes`] [`timecourse`] [`sweet_spot`] [`latency`] [`trace`] [`observed_predicted`] [`effects_forest`] [`effects_by_group`] [`community`] [`change`] [`before_after`] [`dose_response`] [`flow`] [`path_shares`] [`studies`] [`curves`] [`heat_map`] [`tornado`] |
//! | furniture | `page` (title, body, foot) `panel` (coordinates) `axis` `colour_scale` `rows` `legend` `place` `contour` |
//! | vocabulary | `palette` (colours, markers, hatches) `number` (shares in per cent, round ticks) `text` (wrapping) `font` (measuring, outlines) `truetype` (what the vendored faces hold) |
//! | paper | `sheet` (what was drawn) `surface` (ranges on a sheet, through `plotters`) `svg` and `raster` (a sheet becomes a file) |
//!
//! Both files of a picture are made from the same sheet, so they cannot differ.

pub mod estimate;

pub mod amount;
pub mod before_after;
pub mod change;
pub mod community;
pub mod curves;
pub mod dose_response;
pub mod effects_by_group;
pub mod effects_forest;
pub mod flow;
pub mod heat_map;
pub mod helping_rate;
pub mod latency;
pub mod observed_predicted;
pub mod outcomes;
pub mod path_shares;
pub mod studies;
pub mod sweet_spot;
pub mod timecourse;
pub mod tornado;
pub mod trace;

mod axis;
mod colour_scale;
mod contour;
mod legend;
mod page;
mod panel;
mod place;
mod row_points;
mod rows;

mod font;
mod number;
mod palette;
mod text;
mod truetype;

#[cfg(feature = "pixels")]
mod raster;
mod sheet;
mod small_multiples;
mod surface;
mod svg;

#[cfg(all(test, feature = "pixels"))]
mod inspect;
#[cfg(all(test, feature = "pixels"))]
mod ugly;

/// Letters of these texts that the pixel form shows as boxes, because the fonts lack them; the vector form leaves them to the viewer's fonts.
pub fn missing_letters<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<char> {
    font::missing(texts)
}

/// A finished chart, in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The vector form: text stays text, so that it can be searched, edited and read aloud.
    pub svg: String,
    /// The pixel form, 1920 × 1080 px, or larger in the same shape.
    #[cfg(feature = "pixels")]
    pub png: Vec<u8>,
}

/// What stands around a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The question that the chart answers; wrapped if long.
    pub title: String,
    /// What a reader needs to know beforehand, such as the situation.
    pub subtitle: Option<String>,
    /// n, seed, interval method and version.
    pub foot: String,
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("cannot draw `{chart}`: it needs at least one {what}")]
    Empty {
        /// The chart.
        chart: &'static str,
        /// What is missing.
        what: &'static str,
    },
    /// A number is not finite or outside its range.
    #[error("cannot draw `{chart}`: {what} of `{of}` is {value}, but must be {allowed}")]
    Value {
        /// The chart.
        chart: &'static str,
        /// Which quantity.
        what: &'static str,
        /// Whose quantity: a condition, study or line.
        of: String,
        /// The number that was given.
        value: f64,
        /// What would have been accepted.
        allowed: &'static str,
    },
    /// Two lists that belong together differ in length.
    #[error("cannot draw `{chart}`: `{of}` has {found} values where {expected} are needed")]
    Length {
        /// The chart.
        chart: &'static str,
        /// Whose values.
        of: String,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// `plotters` refused to draw.
    #[cfg(feature = "plotters")]
    #[error("cannot draw the chart: {0}")]
    Drawing(String),
    /// The pixels could not be stored.
    #[cfg(feature = "pixels")]
    #[error("cannot make the png: {0}")]
    Png(String),
}
