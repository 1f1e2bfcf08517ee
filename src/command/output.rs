//! What is printed: results to standard output, everything else to standard error.

use super::failure::Failure;
use compassion::document::{Colour, Problems, Unreadable};
use compassion::evidence::studies::EvidenceError;
use compassion::parameters::ParameterError;
use compassion::scenario::{LoadError, Loaded};
use compassion::sweep::SweepError;
use compassion::wording::printable;
use std::error::Error;
use std::io::{self, IsTerminal, Write};

/// Prints a result. Whoever has stopped reading it has got what they wanted, and what the command was asked to find out still decides how
/// it ends.
///
/// # Errors
///
/// [`Failure::Output`] if the system refuses.
pub fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(printable(text).as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Prints a result as JSON, in one line.
///
/// # Errors
///
/// As [`result`].
pub fn json(value: &serde_json::Value) -> Result<(), Failure> {
    let mut text = String::new();
    // What the format leaves as it is, and a terminal may take for a command, can stand in strings only.
    for letter in value.to_string().chars() {
        if letter.is_control() {
            text += &format!("\\u{:04x}", u32::from(letter));
        } else {
            text.push(letter);
        }
    }
    result(&format!("{text}\n"))
}

/// Prints a remark; nobody may be listening, and that is no reason to stop.
pub fn remark(text: &str) {
    rendered(&printable(text));
}

/// Says that a chart cannot be drawn; everything else stays.
pub fn left_out(error: &dyn Error) {
    remark(&format!("warning: {error}; the chart is left out"));
}

/// Prints the notes about a file, each with the line that it is about, and counts those beyond the first hundred.
pub fn notes(loaded: &Loaded) {
    for note in loaded.notes.iter().take(Problems::SHOWN) {
        rendered(&note.render(&loaded.source, colour()));
    }
    let more = loaded.notes.len().saturating_sub(Problems::SHOWN);
    if more > 0 {
        let plural = if more == 1 { "" } else { "s" };
        remark(&format!("and {more} more note{plural} on `{}`", loaded.source.path()));
    }
}

/// Prints what may have colours: what the documents render, and what they quote is printable.
fn rendered(text: &str) {
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
        Failure::Sweep(SweepError::NoValue(it)) => invalid("scenario", it),
        Failure::Priors(it) => invalid("file of priors", it),
        other => with_causes(other),
    };
    rendered(&text);
}

fn of_file(error: &LoadError) -> String {
    match error {
        LoadError::Invalid(it) => invalid("scenario", it),
        LoadError::Unreadable(Unreadable::NotText(it)) => it.render(colour()),
        other => with_causes(other),
    }
}

fn invalid(kind: &str, problems: &Problems) -> String {
    let (file, shown) = (printable(problems.source_text().path()), problems.render(colour()));
    match problems.only_arguments() {
        Some(arguments) if !arguments.is_empty() => {
            format!(
                "error: `{}` does not fit `{file}`\n\n{shown}",
                printable(&arguments.join("` and `"))
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
    printable(&text)
}
