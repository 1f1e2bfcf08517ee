//! Results as files: the only module that writes any.
//!
//! A run's folder is written beside its final place and renamed when it is whole, so that nothing half-written is ever seen.

mod codebook;
mod comparison;
mod comparison_codebook;
mod comparison_json;
mod comparison_pictures;
mod decimal;
mod doses;
mod folder;
mod over_time;
mod people;
mod pictures;
mod provenance;
mod replace;
mod summary_codebook;
mod sweet_spot;
mod tables;
mod timeline;
mod trace;
mod workshop;

pub use codebook::codebook;
pub use comparison::{comparison_csv, pair_in_words, published_in_words, question_in_words};
pub use comparison_codebook::comparison_codebook;
pub use comparison_json::comparison_json;
pub use folder::{Folder, FolderError, write_new};
pub use people::{People, has_weeks, header, rows};
pub use pictures::{Draw, Drawing, PictureError, charts};
pub use provenance::{ParameterSet, Provenance};
pub use replace::{replace, replaceable};
pub use summary_codebook::summary_codebook;
pub use tables::{summary_csv, summary_json};
pub use timeline::timeline_csv;
pub use trace::{Against, trace_chart, trace_csv, trace_json};
