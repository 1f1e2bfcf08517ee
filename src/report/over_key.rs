//! The answer over a key, as `[vary]` asks for it: the table and charts of a sweep, beside what else is written of a run.

use super::artifacts::Artifact;
use super::pictures::{Draw, Drawing, PictureError};
use super::sweep_pictures::{SweepOf, sweep_charts, sweep_of};
use super::sweep_table::{SWEEP_TABLE, SweepRead, sweep_codebook, sweep_header, sweep_rows};
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::sweep::{Answer, Answers};

/// What the names of its charts begin with.
pub(super) const OVER: &str = "over_";

/// Measures that are drawn at most; the table has all of them.
const MOST_MEASURES: usize = 4;

/// The table, its codebook and how it is read.
pub(super) fn over_key_tables(over: &Answers) -> Vec<Artifact> {
    let keys: Vec<&str> = over.keys.iter().map(|key| key.key.as_str()).collect();
    let mut table = sweep_header(&keys).into_bytes();
    over.answers.iter().for_each(|answer| table.extend(sweep_rows(answer)));
    let mut files = vec![Artifact::new(SWEEP_TABLE, table)];
    let about = sweep_codebook(&keys);
    files.extend(about.map(|(name, content)| Artifact::new(name, content)));
    files
}

/// What the answers say of one measure.
fn of_measure(over: &Answers, measure: Measure) -> SweepRead {
    let of = |answer: &Answer| {
        let rows = answer.found.as_ref().ok()?;
        Some(Answer {
            found: Ok(rows.iter().filter(|row| row.measure == measure).cloned().collect()),
            ..answer.clone()
        })
    };
    SweepRead {
        answers: over.answers.iter().filter_map(of).collect(),
        ..SweepRead::default()
    }
}

/// The charts: of the first measure the conditions and the differences between them, of others the differences where there are some.
pub(super) fn over_key_charts<'a>(scenario: &'a Scenario, over: &'a Answers) -> Vec<Draw<'a>> {
    let draw = |(number, measure): (usize, &'a Measure)| -> Vec<Draw<'a>> {
        let read = of_measure(over, *measure);
        let mut charts = sweep_charts(&sweep_of(scenario, &over.keys, *measure, &read));
        if number > 0 && charts.len() > 1 {
            drop(charts.remove(0));
        }
        let named = charts.into_iter().map(|(name, picture)| -> Draw<'a> {
            let name = format!("{OVER}{name}");
            Box::new(move || match picture {
                Ok(picture) => Ok(Drawing { name, picture }),
                Err(source) => Err(PictureError { name, source }),
            })
        });
        named.collect()
    };
    over.measures
        .iter()
        .take(MOST_MEASURES)
        .enumerate()
        .flat_map(draw)
        .collect()
}

/// What the answer does over the key, in a sentence; none where nothing is compared or the answer has no ends.
pub fn over_key_in_words(scenario: &Scenario, over: &Answers) -> Option<String> {
    let measure = *over.measures.first()?;
    let read = of_measure(over, measure);
    SweepOf::answer(&sweep_of(scenario, &over.keys, measure, &read))
}
