//! `report.html` of a sweep: what it says over the keys that were varied, on one page to read, print and hand in.

use super::html::{begin, paragraph, section, settings};
use super::provenance::Provenance;
use crate::analysis::vary::Varied;
use crate::document::Works;
use crate::report::escaped;
use crate::scenario::{Scenario, describe};
use crate::wording::{person_or_people, thousands};
use std::fmt::Write as _;

/// What a report on a sweep is made of.
pub struct SweepReport<'a> {
    /// The file that is run at every point.
    pub scenario: &'a Scenario,
    /// Its keys that are varied.
    pub keys: &'a [Varied],
    /// How many points there are, and how many of them could not be run.
    pub points: [u64; 2],
    /// What the table says of its first measure, sentence by sentence.
    pub sentences: &'a [String],
    /// SVGs of the charts.
    pub charts: &'a [String],
    /// Where it comes from.
    pub provenance: &'a Provenance,
}

impl SweepReport<'_> {
    /// The page.
    pub fn html(&self) -> String {
        let scenario = self.scenario;
        let mut page = begin(&scenario.title, scenario.question.trim(), &self.provenance.version);
        section(&mut page, "The answer");
        page.push_str("<div class=\"answer\">");
        for sentence in self.sentences {
            paragraph(&mut page, "", sentence);
        }
        page.push_str("</div>\n");
        for chart in self.charts {
            let _ = writeln!(page, "<figure>{chart}</figure>");
        }
        section(&mut page, "How sure is that?");
        let people = u64::from(scenario.run.agents) * u64::from(scenario.run.replicates);
        let [points, failed] = self.points;
        let _ = writeln!(
            page,
            "<ul><li>The same {} {} stand at each of {} points; the bands show chance among them alone.</li>",
            thousands(people),
            person_or_people(people),
            thousands(points)
        );
        if failed > 0 {
            let _ = writeln!(page, "<li>{} points could not be run.</li>", thousands(failed));
        }
        page.push_str("<li>It is a model of published experiments. It shows what follows if its assumptions hold, and cannot judge a single person.</li></ul>\n");
        section(&mut page, "What was run");
        let varied: Vec<&str> = self.keys.iter().map(|key| key.key.as_str()).collect();
        let what = format!("{}\nover {}", describe(scenario).trim_end(), varied.join(", "));
        let _ = writeln!(page, "<pre>{}</pre>", escaped(&Works::shipped().in_words(&what)));
        section(&mut page, "Settings");
        settings(&mut page, self.provenance);
        page.push_str("</body>\n</html>\n");
        page
    }
}
