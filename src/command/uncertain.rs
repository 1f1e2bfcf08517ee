//! The flags that ask how far predictions lie open because the parameters are not known exactly.

use super::failure::Failure;
use clap::Args;
use compassion::document::Source;
use compassion::fit::ensemble::SHIPPED;
use compassion::fit::posterior::Ensemble;
use compassion::model::parameters::Parameters;
use compassion::report::ParameterSet;
use compassion::study::PlausibleSets;
use std::path::PathBuf;

/// Flags of the uncertainty.
#[derive(Debug, Args)]
#[command(next_help_heading = "Uncertainty of the parameters")]
pub struct Uncertain {
    /// Also show the interval that holds 95 % of what plausible parameter sets predict, beside that of chance; fewer people meet the scene under each set (at most 2,000 in a run, 1,000 in a validation)
    #[arg(long, alias = "uncertain")]
    uncertainty: bool,
    /// The plausible sets that belong to `--parameters`, as `simulate calibrate PATH --ensemble FILE` wrote them, instead of the built-in ones
    #[arg(long, value_name = "FILE", requires = "uncertainty")]
    ensemble: Option<PathBuf>,
}

impl Uncertain {
    /// Whether it is asked for.
    pub fn is_asked(&self) -> bool {
        self.uncertainty
    }

    /// The plausible sets; none if they were not asked for.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not an ensemble, or belongs to other parameters than those of the run.
    pub fn sets(&self, base: &Parameters, set: &ParameterSet) -> Result<Option<PlausibleSets>, Failure> {
        if !self.uncertainty {
            return Ok(None);
        }
        let (file, text) = match &self.ensemble {
            Some(path) => (path.display().to_string(), Source::open(path)?.text().to_owned()),
            None => ("built-in".to_owned(), SHIPPED.to_owned()),
        };
        let ensemble = Ensemble::read(&text).map_err(|it| Failure::Ensemble(file.clone(), it))?;
        if ensemble.parameters_sha256 != set.sha256 {
            return Err(Failure::OtherEnsemble {
                ensemble: file,
                parameters: set.file.clone(),
            });
        }
        Ok(Some(PlausibleSets {
            file,
            list: ensemble.parameters(base),
            between_study_sd: ensemble.between_study_sd,
        }))
    }
}
