//! Files: the only room that writes any.
//!
//! A folder of results is written beside its final place and renamed when it is whole, so that nothing half-written is ever seen.

mod folder;
mod parquet;
mod part_folder;
mod replace;
mod shards;
mod swap;
mod sweep_folder;
mod tables;
mod whole_points;
mod workshop;
mod write_new;

pub use folder::{Folder, FolderError};
pub use part_folder::{PartFolder, PartOf, PartWork, pieces_of};
pub use replace::{replace, replaceable};
pub use shards::{MergeError, Shards};
pub use sweep_folder::{Others, SweepFolder, SweepFolderError, SweepWork, sweep_progress};
pub use tables::TableForm;
pub use workshop::abandon_unfinished;
pub use write_new::write_new;
