//! How the latent scores of people go together.
//!
//! `correlations.csv` holds one line for each pair of latent scores: value, source (a key of `literature.bib`, or
//! `guess`) and a note.
//!
//! # How the values were found
//!
//! Studies correlate questionnaires, the model needs correlations between traits.
//! A pair of scores that each have a questionnaire of their own got the published correlation divided by the
//! reliability, .78.
//! The other pairs behind Empathic Concern and Personal Distress, which are mixtures of traits, were fitted: least
//! squares (SLSQP) on the differences between correlations implied for the questionnaires and the published matrix,
//! weight 400 for cells with data behind them, 3 for cells that the matrix itself marks as guesses, plus 1 times the
//! squared distance of each fitted cell from a stated starting guess, within bounds that keep signs plausible; then
//! rounded to two decimals, self–other distinction × suppression set to 0 and compassion motive × reappraisal to .15.
//! Traits without a questionnaire have 0, or a small value where an arrow of the theory or a study gives its sign.
//! The smallest eigenvalue is .309.
//!
//! # What misfits
//!
//! All ten published cells with data are met within .005. Of the eighteen guessed cells two are not met, both because of
//! how Personal Distress is made up: with reappraisal (−.15 suggested, −.37 obtained) and with depressive symptoms (.30
//! suggested, .40 obtained). Nonreactive acceptance has no trait and is left out.

use ndarray::Array2;

use super::{FANTASY, LATENTS, SUPPRESSION};
use crate::model::agent::Trait;

/// One line of the table: how two latent scores go together, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Row of the first score.
    pub first: usize,
    /// Row of the second score.
    pub second: usize,
    /// The correlation.
    pub r: f64,
    /// Key of `literature.bib`, or `guess`.
    pub source: String,
    /// What was done to get from the source to the value.
    pub note: String,
}

/// Why a table of correlations cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CorrelationError {
    /// The line cannot be read.
    #[error("correlations, line {line}: {reason}")]
    Line {
        /// Line of the file, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// A pair has no line.
    #[error("correlations: no line for `{first}` with `{second}`")]
    Missing {
        /// Name of the first score.
        first: &'static str,
        /// Name of the second score.
        second: &'static str,
    },
}

/// The table that the program was built with.
const TABLE: &str = include_str!("correlations.csv");

/// The 14 × 14 matrix of the norm population.
///
/// # Errors
///
/// If the table the program was built with is damaged; a test excludes it.
pub fn norm() -> Result<Array2<f64>, CorrelationError> {
    matrix(&parse(TABLE)?)
}

/// The lines of the norm population's table, with their sources.
///
/// # Errors
///
/// If the table the program was built with is damaged; a test excludes it.
pub fn entries() -> Result<Vec<Correlation>, CorrelationError> {
    parse(TABLE)
}

/// Name of a latent score in files and columns.
pub fn name(latent: usize) -> &'static str {
    match latent {
        FANTASY => "fantasy",
        SUPPRESSION => "suppression",
        _ => Trait::ALL[latent].key(),
    }
}

/// The matrix of a table in which every pair stands once.
fn matrix(entries: &[Correlation]) -> Result<Array2<f64>, CorrelationError> {
    let mut matrix = Array2::from_elem((LATENTS, LATENTS), f64::NAN);
    for it in 0..LATENTS {
        matrix[[it, it]] = 1.0;
    }
    for it in entries {
        matrix[[it.first, it.second]] = it.r;
        matrix[[it.second, it.first]] = it.r;
    }
    match matrix.indexed_iter().find(|(_, r)| r.is_nan()) {
        Some(((first, second), _)) => Err(CorrelationError::Missing {
            first: name(first),
            second: name(second),
        }),
        None => Ok(matrix),
    }
}

/// Reads `first,second,r,source,note` below a header line; lines that start with `#` are comments.
fn parse(text: &str) -> Result<Vec<Correlation>, CorrelationError> {
    let mut entries: Vec<Correlation> = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| CorrelationError::Line {
            line: error.position().map_or(0, csv::Position::line),
            reason: error.to_string(),
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let problem = |reason: String| CorrelationError::Line { line, reason };
        let cell = |it: usize| record.get(it).unwrap_or_default();

        let latent = |key: &str| {
            (0..LATENTS)
                .find(|it| name(*it) == key)
                .ok_or_else(|| problem(format!("`{key}` is not a latent score")))
        };
        let r: f64 = cell(2)
            .parse()
            .ok()
            .filter(|r: &f64| r.abs() < 1.0)
            .ok_or_else(|| problem(format!("`{}` is not a correlation", cell(2))))?;
        let entry = Correlation {
            first: latent(cell(0))?,
            second: latent(cell(1))?,
            r,
            source: cell(3).to_owned(),
            note: cell(4).to_owned(),
        };
        let pair = [entry.first, entry.second];
        if entry.first == entry.second {
            return Err(problem(format!("`{}` with itself", cell(0))));
        }
        if entries
            .iter()
            .any(|it| pair == [it.first, it.second] || pair == [it.second, it.first])
        {
            return Err(problem(format!("`{}` with `{}` stands twice", cell(0), cell(1))));
        }
        if entry.source.is_empty() || entry.note.is_empty() {
            return Err(problem("source and note must not be empty".to_owned()));
        }
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "first,second,r,source,note\n";

    fn reason(line: &str) -> String {
        parse(&format!("{HEADER}{line}")).unwrap_err().to_string()
    }

    #[test]
    fn every_pair_stands_once_with_a_source() {
        let entries = entries().unwrap();
        assert_eq!(entries.len(), LATENTS * (LATENTS - 1) / 2);
        let without_information = entries.iter().filter(|it| it.note == "no information");
        for it in without_information {
            assert_eq!((it.r, it.source.as_str()), (0.0, "guess"), "{it:?}");
        }
    }

    /// All eigenvalues exceed .3 just when the matrix stays positive definite after .3 is taken off its diagonal.
    #[test]
    fn the_matrix_is_far_from_singular() {
        let mut matrix = norm().unwrap();
        for it in 0..LATENTS {
            matrix[[it, it]] -= 0.3;
        }
        assert!(crate::population::cholesky::cholesky(&matrix).is_ok());
    }

    #[test]
    fn a_damaged_line_is_named() {
        assert_eq!(
            reason("empathy,low_mood,0.1,guess,x"),
            "correlations, line 2: `empathy` is not a latent score"
        );
        assert_eq!(
            reason("low_mood,fantasy,1.4,guess,x"),
            "correlations, line 2: `1.4` is not a correlation"
        );
        assert_eq!(
            reason("low_mood,fantasy,NaN,guess,x"),
            "correlations, line 2: `NaN` is not a correlation"
        );
        assert_eq!(
            reason("low_mood,fantasy,0.1,,x"),
            "correlations, line 2: source and note must not be empty"
        );
        assert_eq!(
            reason("low_mood,fantasy,0.1,guess,x\nfantasy,low_mood,0.1,guess,x"),
            "correlations, line 3: `fantasy` with `low_mood` stands twice"
        );
        assert_eq!(
            reason("fantasy,fantasy,0.1,guess,x"),
            "correlations, line 2: `fantasy` with itself"
        );
        assert!(reason("low_mood,fantasy").starts_with("correlations, line 2"));
    }

    #[test]
    fn a_missing_pair_is_named() {
        let mut entries = entries().unwrap();
        entries.pop();
        assert_eq!(
            matrix(&entries).unwrap_err().to_string(),
            "correlations: no line for `fantasy` with `suppression`"
        );
    }
}
