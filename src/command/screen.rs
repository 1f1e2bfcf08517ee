//! What is printed of a run: the answer first, then one table, then where to look.

use super::columns::LINE;
use super::compared;
use super::pairs;
use super::table;
use super::weeks;
use compassion::comparison::words::{change, who};
use compassion::report::over_key_in_words;
use compassion::scenario::Scenario;
use compassion::study::Results;
use compassion::summary::answer::{answer, in_short};
use compassion::summary::community::community_in_words;
use compassion::summary::exchange::exchange_in_words;
use compassion::wording::{person_or_people, thousands};
use std::io::{IsTerminal, stdout};
use std::path::Path;

/// Characters of a line of prose at most: longer ones are hard to read.
const PROSE: usize = 100;

/// A run and what is to be shown of it.
pub struct Screen<'a> {
    /// What came out.
    pub results: &'a Results,
    /// Whether pairs were asked for, instead of every condition with the first.
    pub pairs: Pairs,
    /// How much is shown.
    pub detail: Detail,
    /// How long it took.
    pub seconds: f64,
    /// Its folder.
    pub place: &'a Path,
    /// Names of the charts in it.
    pub charts: &'a [&'a str],
    /// Of how many parameters how many are assumptions.
    pub assumptions: (usize, usize),
    /// What people.csv leaves out, if it does.
    pub people: Option<String>,
}

/// Which pairs of conditions are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairs {
    /// Every condition with the first.
    Usual,
    /// Those of `--compare`.
    Chosen,
}

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The answer, one table, where to look.
    Answer,
    /// Everything that is compared.
    Full,
}

impl Screen<'_> {
    /// The text.
    pub fn text(&self) -> String {
        let Results {
            scenario, comparison, ..
        } = self.results;
        let width = width();
        let mut sections = vec![self.head(width), self.answer(width), self.table(width)];
        if self.detail == Detail::Full {
            sections.push(compared::comparison(scenario, comparison).trim_end().to_owned() + "\n");
        } else {
            sections.push(compared::asked_for(scenario, comparison));
        }
        sections.push(self.where_to_look(width));
        sections.retain(|section| !section.trim().is_empty());
        sections.join("\n")
    }

    fn head(&self, width: usize) -> String {
        let Results { scenario, .. } = self.results;
        let mut text = wrapped(&scenario.title, width);
        text += &wrapped(scenario.question.trim(), width);
        let people = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates);
        let plural = if scenario.conditions.len() == 1 { "" } else { "s" };
        text + &format!(
            "{} condition{plural} × {} {} in {:.2} s (seed {})\n",
            scenario.conditions.len(),
            thousands(people),
            person_or_people(people),
            self.seconds,
            scenario.run.seed
        )
    }

    fn answer(&self, width: usize) -> String {
        let Results {
            scenario,
            summary,
            joint_outcomes,
            comparison,
            ..
        } = self.results;
        let sentences = match (self.detail, self.pairs) {
            (Detail::Full, _) => answer(scenario, summary, joint_outcomes),
            (Detail::Answer, Pairs::Usual) => in_short(scenario, summary, joint_outcomes),
            (Detail::Answer, Pairs::Chosen) => {
                let told = comparison.pairs.iter();
                let told = told.flat_map(|tally| [change(scenario, tally), who(scenario, tally)]);
                told.flatten().collect()
            }
        };
        let communities = self.results.communities.iter();
        let in_communities = communities.flat_map(|communities| community_in_words(scenario, communities));
        let over = self.results.over.iter();
        let over = over.filter_map(|over| over_key_in_words(scenario, over));
        sentences
            .into_iter()
            .chain(in_communities)
            .chain(over)
            .chain(exchange_in_words(scenario, &self.results.tallies))
            .map(|sentence| wrapped(&sentence, width))
            .collect()
    }

    fn table(&self, width: usize) -> String {
        let (table, legend) = if self.pairs == Pairs::Chosen {
            (pairs::table(self.results, width), pairs::legend(self.results))
        } else if let Some(table) = weeks::conditions(self.results, width) {
            (table, weeks::legend(self.results))
        } else if self.detail == Detail::Full {
            return table::in_full(self.results) + &wrapped(&table::legend(self.results), width);
        } else {
            (table::conditions(self.results, width), table::legend(self.results))
        };
        let mut text = table + &wrapped(&legend, width);
        // Beside weeks and pairs, everything else about the conditions.
        if self.detail == Detail::Full {
            text += &format!("\n{}", table::in_full(self.results));
        }
        text
    }

    fn where_to_look(&self, width: usize) -> String {
        let mut text = String::new();
        if let Some(people) = &self.people {
            text += &wrapped(people, width);
        }
        if let Some(chart) = first_chart(&self.results.scenario, self.charts) {
            let more = match self.charts.len() {
                0 | 1 => String::new(),
                all => format!(" ({} more beside it)", all - 1),
            };
            text += &format!("chart    {}{more}\n", self.place.join(format!("{chart}.png")).display());
        }
        if self.detail == Detail::Answer {
            text += "more     the same command with `--full` prints every comparison and interval\n";
        }
        let (assumptions, of) = self.assumptions;
        text += &format!("report   {assumptions} of {of} parameters are assumptions; it names them\n");
        // Last, so that it is what is seen.
        text + &format!("         {}\n", self.place.join("report.html").display())
    }
}

/// The chart that answers first: over weeks or hours where there are any, of gifts where help is a quantity, else of helping.
fn first_chart<'c>(scenario: &Scenario, charts: &[&'c str]) -> Option<&'c str> {
    let has_weeks = scenario.conditions.iter().any(|it| it.protocol.timeline.is_some());
    let wanted = [
        "community",
        "giving",
        "change",
        "dose_response",
        "amount",
        "helping_rate",
    ];
    let mut wanted = wanted.into_iter().filter(|name| *name != "change" || has_weeks);
    wanted
        .find_map(|name| charts.iter().find(|chart| **chart == name))
        .copied()
}

/// How many characters a line of the terminal has.
fn width() -> usize {
    if !stdout().is_terminal() {
        return LINE;
    }
    terminal_size::terminal_size().map_or(LINE, |(width, _)| usize::from(width.0).max(40))
}

/// A text in lines that break between words.
pub fn wrapped(text: &str, width: usize) -> String {
    let width = width.min(PROSE);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
