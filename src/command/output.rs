//! What is printed: results to standard output, everything else to standard error.

use super::failure::Failure;
use compassion::calibration::evidence::EvidenceError;
use compassion::document::{Colour, Unreadable};
use compassion::scenario::LoadError;
use std::error::Error;
use std::io::{self, IsTerminal, Write};

/// Prints a result.
///
/// # Errors
///
/// [`Failure::ClosedPipe`] if nobody reads any more; [`Failure::Output`] if the system refuses.
pub fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints a remark; nobody may be listening, and that is no reason to stop.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Colour if standard error is a terminal that wants it.
pub fn colour() -> Colour {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    if io::stderr().is_terminal() && !plain {
        Colour::Terminal
    } else {
        Colour::Never
    }
}

/// Prints why a command failed, with all causes.
pub fn error(failure: &Failure) {
    match failure {
        Failure::Scenarios(files) | Failure::Evidence(EvidenceError::Scenarios(files)) => {
            let texts: Vec<String> = files.iter().map(of_file).collect();
            remark(&texts.join("\n\n"));
        }
        Failure::Parameters(compassion::parameters::ParameterError::Invalid(it)) => remark(&it.render(colour())),
        Failure::Priors(it) => remark(&it.render(colour())),
        other => remark(&with_causes(other)),
    }
}

fn of_file(error: &LoadError) -> String {
    match error {
        LoadError::Invalid(it) => format!(
            "error: `{}` is not a valid scenario\n\n{}",
            it.source_text().path(),
            it.render(colour())
        ),
        LoadError::Unreadable(Unreadable::NotText(it)) => it.render(colour()),
        other => with_causes(other),
    }
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = format!("error: {error}");
    let mut cause = error.source();
    while let Some(it) = cause {
        text += &format!("\n  caused by: {it}");
        cause = it.source();
    }
    text
}
