//! `simulate lab`: one page with scenarios and the engine inside.

use super::failure::Failure;
use super::output;
use super::progress::Watched;
use clap::Args;
use compassion::document::nearest;
use compassion::files::replace;
use compassion::lab::{self, MARK, Scene, WORDS};
use compassion::programs;
use compassion::scenario::load;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Files and flags of a lab.
#[derive(Debug, Args)]
pub struct Lab {
    /// Scenario files; without any the teaching scenarios that ship with the program
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The page to write
    #[arg(long, value_name = "FILE", default_value = "lab.html")]
    out: PathBuf,
    /// Language in which the page opens; it can be changed there
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language)]
    language: String,
    /// Replace a file that is no lab page
    #[arg(long)]
    force: bool,
    /// Print only errors
    #[arg(long, short)]
    quiet: bool,
}

/// Writes the page.
pub fn run(lab: &Lab) -> Result<(), Failure> {
    let scenes = if lab.files.is_empty() {
        lab::teaching()
    } else {
        scenes(&lab.files)?
    };
    refuse_other_file(&lab.out, lab.force)?;
    // Ctrl-C ends the program: nothing is written before the page is whole.
    let stop = AtomicBool::new(false);
    let page = lab::page(&scenes, &lab.language, &Watched::new(&stop, lab.quiet))?;
    replace(&lab.out, page.as_bytes())?;
    if !lab.quiet {
        let size = page.len() as f64 / 1e6;
        output::remark(&format!(
            "wrote `{}` ({size:.2} MB): open it in a browser; it needs no network and no installation",
            lab.out.display()
        ));
    }
    Ok(())
}

/// Reads and checks all files before anything is written.
fn scenes(files: &[PathBuf]) -> Result<Vec<Scene>, Failure> {
    let (mut scenes, mut failed): (Vec<Scene>, _) = (Vec::new(), Vec::new());
    for file in files {
        let stem = file.file_stem().ok_or_else(|| Failure::NoStem(file.clone()))?;
        let id = stem.to_string_lossy().into_owned();
        if let Some(place) = scenes.iter().position(|scene| scene.id == id) {
            return Err(Failure::SameScene(files[place].clone(), file.clone()));
        }
        match load(file, programs::builtin(), &[]) {
            Ok(loaded) => scenes.push(Scene {
                id,
                text: loaded.source.text().to_owned(),
                group: None,
            }),
            Err(error) => failed.push(error),
        }
    }
    if failed.is_empty() {
        Ok(scenes)
    } else {
        Err(Failure::Scenarios(failed))
    }
}

/// Refuses to replace what is no lab page.
fn refuse_other_file(out: &Path, force: bool) -> Result<(), Failure> {
    if force || !out.exists() {
        return Ok(());
    }
    let is_lab = std::fs::read(out).is_ok_and(|bytes| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
        head.contains(MARK)
    });
    if is_lab {
        Ok(())
    } else {
        Err(Failure::NoLab(out.to_owned()))
    }
}

/// The tag of a language that there is.
fn language(tag: &str) -> Result<String, String> {
    let tags = || WORDS.iter().map(|(tag, _)| *tag);
    if tags().any(|known| known == tag) {
        return Ok(tag.to_owned());
    }
    let known = tags().collect::<Vec<_>>().join(", ");
    let near = nearest(tag, tags()).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("there are {known}{near}"))
}
