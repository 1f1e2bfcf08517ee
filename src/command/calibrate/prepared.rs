//! Everything that is read before the first evaluation of a calibration.

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::super::stop::on_ctrl_c;
use super::Calibrate;
use compassion::document::Source;
use compassion::evidence::studies::{Evidence, hexadecimal};
use compassion::files::{Folder, replaceable};
use compassion::fit::cma_es::CmaEs;
use compassion::fit::emulator::Archive;
use compassion::fit::objective::{FittedCell, Objective, Setup};
use compassion::fit::posterior::Ensemble;
use compassion::fit::priors::{self, Priors};
use compassion::fit::refine::{Plan, Refined, refine};
use compassion::fit::search::{self, search, search_from};
use compassion::parameters::{self, ParameterFile};
use compassion::programs;
use compassion::scenario::load;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Files, priors and set-up of a calibration.
pub(super) struct Prepared {
    pub(super) evidence: Evidence,
    pub(super) base: ParameterFile,
    pub(super) base_text: String,
    pub(super) priors: Priors,
    pub(super) priors_sha256: String,
    pub(super) setup: Setup,
    /// The arguments that make it again.
    pub(super) command: Vec<String>,
    given: String,
    stop: Arc<AtomicBool>,
}

impl Prepared {
    /// Reads what the options name, and sees whether the results can be written.
    pub(super) fn new(options: &Calibrate) -> Result<Self, Failure> {
        let (base, base_text) = match &options.parameters {
            Some(file) => (parameters::load(file)?, Source::open(file)?.text().to_owned()),
            None => (parameters::builtin(), parameters::SHIPPED.to_owned()),
        };
        let priors_source = match &options.priors {
            Some(file) => Source::open(file)?,
            None => Source::new("priors.toml", priors::SHIPPED),
        };
        let priors = Priors::read(&priors_source, &base.entries).map_err(|it| Failure::Priors(Box::new(it)))?;
        let evidence = Evidence::load(&options.paths, |it| load(it, programs::builtin(), &[]))?;
        if let Some(file) = &options.ensemble {
            replaceable(file)?;
            let other = |standing: Vec<u8>| Ensemble::read(&String::from_utf8_lossy(&standing)).is_err();
            if !options.force && std::fs::read(file).is_ok_and(|standing| !standing.is_empty() && other(standing)) {
                return Err(Failure::OtherFile(file.clone()));
            }
        }
        let given: Vec<String> = options.paths.iter().map(|path| path.display().to_string()).collect();
        Ok(Self {
            priors_sha256: hexadecimal(&Sha256::digest(priors_source.text())),
            command: std::env::args_os()
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
            given: given.join(" "),
            setup: Setup {
                people: options.people,
                seed: options.seed,
                longest_step_s: search::LONGEST_STEP_S,
                constrained: !options.unconstrained,
            },
            evidence,
            base,
            base_text,
            priors,
            stop: on_ctrl_c()?,
        })
    }

    /// The fit to be made.
    pub(super) fn objective(&self, cells: &[FittedCell]) -> Objective<'_> {
        Objective::new(cells, &self.base.values, &self.priors, self.setup)
    }

    /// The search, before its first generation.
    pub(super) fn search(&self, options: &Calibrate) -> CmaEs {
        if options.from_here {
            search_from(&self.priors.place(&self.base.values), options.seed)
        } else {
            search(self.priors.len(), options.seed)
        }
    }

    /// The best place near the one that a search has found, by emulator and simulation, and what was simulated for that.
    pub(super) fn refined(
        &self,
        options: &Calibrate,
        objective: &Objective,
        start: &[f64],
    ) -> Result<(Refined, Archive), Failure> {
        let plan = Plan::whole(self.priors.len(), options.seed);
        let progress = Progress::new(plan.rounds as usize, options.quiet);
        progress.tell("emulator");
        let mut archive = Archive::default();
        let mut done = 0;
        let found = refine(objective, objective.criterion(), &mut archive, start, plan, || {
            done += 1;
            progress.reached(done);
            self.stopped("the same command goes on from the last generation")
        })?;
        Ok((found, archive))
    }

    /// A folder for results of this kind.
    pub(super) fn folder(&self, options: &Calibrate, name: &str) -> Result<Folder, Failure> {
        Ok(Folder::begin(
            &options.out.join(name),
            Path::new(&self.given),
            options.force,
        )?)
    }

    /// Whether somebody has pressed Ctrl-C.
    pub(super) fn stopped(&self, what: &str) -> Result<(), Failure> {
        if self.stop.load(Ordering::Relaxed) {
            Err(Failure::Stopped(what.to_owned()))
        } else {
            Ok(())
        }
    }

    /// `provenance.json`.
    pub(super) fn provenance(&self) -> Vec<u8> {
        let files: Vec<_> = self
            .evidence
            .studies
            .iter()
            .map(|study| (study.path.display().to_string(), &study.sha256))
            .collect();
        let json = serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"),
            "scenario": self.given,
            "files": files,
            "seed": self.setup.seed,
            "people": self.setup.people,
            "base_sha256": self.base.sha256,
            "priors_sha256": self.priors_sha256,
            "command": self.command,
        });
        format!("{json:#}\n").into_bytes()
    }
}
