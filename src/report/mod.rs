//! Results as files: the only module that writes any.
//!
//! A run's folder is written beside its final place and renamed when it is whole, so that nothing half-written is ever seen.

mod artifacts;
mod codebook;
mod community;
mod comparison;
mod comparison_codebook;
mod comparison_json;
mod comparison_pictures;
mod decimal;
mod doses;
mod effects;
#[cfg(feature = "files")]
mod exchange;
mod findings;
#[cfg(feature = "files")]
mod folder;
mod html;
mod key_words;
mod over_key;
mod over_time;
#[cfg(feature = "files")]
mod parquet;
#[cfg(feature = "files")]
mod part_folder;
mod people;
mod pictures;
mod plan;
mod preregistration;
mod provenance;
#[cfg(feature = "files")]
mod replace;
mod rounds;
mod sensitivity;
#[cfg(feature = "files")]
mod shards;
mod summary_columns;
#[cfg(feature = "files")]
mod sweep_folder;
mod sweep_pictures;
mod sweep_table;
mod sweet_spot;
mod tables;
mod time_courses;
mod timeline;
mod trace;
#[cfg(feature = "files")]
mod workshop;
#[cfg(feature = "files")]
mod write_new;

pub use artifacts::{Artifact, Artifacts, artifacts, pretty, results_json};
pub use codebook::people_codebook;
pub(crate) use community::community_data;
pub use community::{
    community_codebook, community_csv, community_effects_csv, community_people_csv, community_ties_csv, ties_csv,
};
pub use comparison::{comparison_csv, pair_in_words, published_in_words, question_in_words, subjects_in_words};
pub use comparison_codebook::comparison_codebook;
pub use comparison_json::comparison_json;
pub use effects::{effects_codebook, effects_csv, effects_json};
#[cfg(feature = "files")]
pub use folder::{Folder, FolderError};
pub use html::{Report, comments, escaped};
pub use over_key::over_key_in_words;
pub use over_time::moment_label;
#[cfg(feature = "files")]
pub use part_folder::{PartFolder, PartOf, PartWork, pieces_of};
pub use people::{Layout, People, people_header, rows};
pub use pictures::{Draw, Drawing, PictureError, charts};
pub use plan::{plan_chart, plan_codebook, plan_csv};
pub use preregistration::preregistration;
pub use provenance::{ParameterSet, Provenance, path_text};
#[cfg(feature = "files")]
pub use replace::{replace, replaceable};
pub use rounds::{exchange_codebook, exchange_csv};
pub use sensitivity::{sensitivity_chart, sensitivity_codebook, sensitivity_csv, sensitivity_in_words};
#[cfg(feature = "files")]
pub use shards::{MergeError, Shards};
pub use summary_columns::summary_codebook;
#[cfg(feature = "files")]
pub use sweep_folder::{Others, SweepFolder, SweepFolderError, SweepWork, sweep_progress};
pub use sweep_pictures::{sweep_charts, sweep_of};
pub use sweep_table::{SWEEP_TABLE, SweepRead, sweep_codebook, sweep_header, sweep_read, sweep_rows};
pub use tables::{summary_csv, summary_json};
pub use time_courses::{timecourse_codebook, timecourse_csv};
pub use timeline::{Seen, seen, timeline_codebook, timeline_csv};
pub use trace::{Against, trace_chart, trace_csv, trace_json};
#[cfg(feature = "files")]
pub use workshop::abandon_unfinished;
#[cfg(feature = "files")]
pub use write_new::write_new;
