//! What is printed: results to standard output, everything else to standard error.

use super::failure::Failure;
use compassion::document::{Colour, Problems, Unreadable};
use compassion::evidence::studies::EvidenceError;
use compassion::parameters::ParameterError;
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
    let text = match failure {
        Failure::Scenarios(files) | Failure::Evidence(EvidenceError::Scenarios(files)) => {
            files.iter().map(of_file).collect::<Vec<_>>().join("\n\n")
        }
        Failure::Parameters(ParameterError::Invalid(it)) => invalid("parameter file", it),
        Failure::Parameters(ParameterError::Unreadable(Unreadable::NotText(it))) => it.render(colour()),
        Failure::Priors(it) => invalid("file of priors", it),
        other => with_causes(other),
    };
    remark(&text);
}

fn of_file(error: &LoadError) -> String {
    match error {
        LoadError::Invalid(it) => invalid("scenario", it),
        LoadError::Unreadable(Unreadable::NotText(it)) => it.render(colour()),
        other => with_causes(other),
    }
}

fn invalid(kind: &str, problems: &Problems) -> String {
    let (file, shown) = (problems.source_text().path(), problems.render(colour()));
    match problems.only_arguments() {
        Some(arguments) if !arguments.is_empty() => {
            format!(
                "error: `{}` does not fit `{file}`\n\n{shown}",
                arguments.join("` and `")
            )
        }
        _ => format!("error: `{file}` is not a valid {kind}\n\n{shown}"),
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
