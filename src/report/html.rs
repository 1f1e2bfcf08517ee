//! `report.html`: a run on one page, to read, print and hand in. No script, no engine, nothing from elsewhere.

use super::key_words::key_in_words;
use super::over_key::OVER;
use super::provenance::Provenance;
use crate::document::{Choice, Works, in_words};
use crate::engine::records::Outcome;
use crate::scenario::{Observed, Scenario, Unit, describe};
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{person_or_people, thousands};
use std::fmt::Write as _;

/// What a report is made of.
pub struct Report<'a> {
    /// The scenario as it was run.
    pub scenario: &'a Scenario,
    /// The comments at the head of its file, as paragraphs.
    pub comments: &'a [String],
    /// What came out.
    pub summary: &'a Summary,
    /// The answer, sentence by sentence.
    pub answer: &'a [String],
    /// Where it comes from.
    pub provenance: &'a Provenance,
    /// Names of the parameters that are assumptions.
    pub assumed: &'a [String],
    /// Names and SVGs of the charts.
    pub charts: Vec<(&'a str, &'a str)>,
}

const STYLE: &str = "body{font:16px/1.55 system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;color:#222;max-width:60rem;margin:2rem auto;padding:0 1.2rem}\
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-bottom:.2rem;border-bottom:1px solid #ccc}\
.question{font-size:1.25rem;font-weight:600;line-height:1.35;border-left:5px solid #e69f00;padding-left:.9rem}.answer p:first-child{font-size:1.15rem;font-weight:600}\
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem;width:100%}caption{text-align:left;font-size:.9rem;color:#595959;padding-bottom:.3rem}\
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}td{font-variant-numeric:tabular-nums}thead th{border-bottom:2px solid #595959}\
figure{margin:1.2rem 0}figure svg{width:100%;height:auto;border:1px solid #e5e2dc;border-radius:.4rem}figcaption{font-size:.92rem;color:#444}\
pre{white-space:pre-wrap;background:#f6f4f0;padding:.8rem 1rem;font-size:.85rem;border-radius:.4rem;overflow-wrap:anywhere}.small{font-size:.9rem;color:#595959}.by{display:flex;gap:2rem}.by span{flex:1;border-bottom:1px solid #595959;padding-bottom:.1rem}\
@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}figure,tr{break-inside:avoid}a{color:inherit}}";

/// The charts of a report in their order, each with how it is read.
const CHARTS: &[(&str, &str)] = &[
    (
        "helping_rate",
        "Share that helped in each condition with its 95 % interval, who was overwhelmed and who left; hollow marks are what people did.",
    ),
    ("amount", "What was given on average, with 95 % intervals of the means."),
    ("outcomes", "How the encounter ended for everybody."),
    (
        "flow",
        "The same people in two conditions: who helps either way, only in the one, only in the other, never.",
    ),
    (
        "timecourse",
        "How attention, feelings and tendencies go on average, second by second; bands hold the middle half of people.",
    ),
    (
        "sweet_spot",
        "Helping over how much is shared and how well that is regulated: with little feeling fewer help, with too much people are mired unless they regulate it.",
    ),
    ("change", "Measures over the weeks."),
    ("dose_response", "Effects over the hours of practice."),
    ("path_shares", "By which faculty the difference enters."),
    ("feeling_shares", "Through which feeling the difference acts."),
];

impl Report<'_> {
    /// The page.
    pub fn html(&self) -> String {
        let Self { scenario, answer, .. } = self;
        let works = Works::shipped();
        let mut page = begin(&scenario.title, scenario.question.trim(), &self.provenance.version);
        for comment in self.comments {
            // What a file marks for its readers is said in words.
            paragraph(
                &mut page,
                "",
                &works.in_words(&comment.replace("NOT_SHOWN:", "Not shown by any study:")),
            );
        }
        section(&mut page, "The answer");
        page.push_str("<div class=\"answer\">");
        for sentence in *answer {
            paragraph(&mut page, "", sentence);
        }
        page.push_str("</div>\n");
        section(&mut page, "The numbers");
        self.table(&mut page);
        self.charts(&mut page);
        section(&mut page, "How sure is that?");
        self.how_sure(&mut page);
        section(&mut page, "What was run");
        let _ = writeln!(
            page,
            "<pre>{}</pre>",
            escaped(&works.in_words(describe(scenario).trim_end()))
        );
        section(&mut page, "Settings");
        settings(&mut page, self.provenance);
        page.push_str("</body>\n</html>\n");
        page
    }

    fn table(&self, page: &mut String) {
        let has_observed = self.summary.conditions.iter().any(|it| !it.observed.is_empty());
        page.push_str("<div class=\"scroll\"><table><caption>Of 100. A difference is from the first condition; same people, same luck.</caption><thead><tr>");
        let gifts = self.scenario.gifts();
        let heads = [
            "condition",
            Outcome::Helped.words(gifts),
            "95 % interval",
            "difference",
            Outcome::Left.words(gifts),
            Outcome::Undecided.words(gifts),
            "overwhelmed",
            "half of the helpers by",
        ];
        for head in heads.into_iter().chain(has_observed.then_some("people did")) {
            let _ = write!(page, "<th scope=\"col\">{head}</th>");
        }
        page.push_str("</tr></thead><tbody>\n");
        for condition in &self.summary.conditions {
            let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escaped(&condition.name));
            let cells = cells(condition)
                .into_iter()
                .chain(has_observed.then(|| observed(condition)));
            for cell in cells {
                let _ = write!(page, "<td>{}</td>", escaped(&cell));
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</tbody></table></div>\n");
    }

    fn charts(&self, page: &mut String) {
        for (name, how) in CHARTS {
            if let Some((_, svg)) = self.charts.iter().find(|(chart, _)| chart == name) {
                let _ = writeln!(page, "<figure>{svg}<figcaption>{how}</figcaption></figure>");
            }
            let further: Vec<&str> = (self.charts.iter())
                .filter(|(chart, _)| is_further_slide(chart, name))
                .map(|(_, svg)| *svg)
                .collect();
            if !further.is_empty() {
                let count = further.len();
                let _ = writeln!(
                    page,
                    "<details><summary>Further slides of this chart: {count}</summary>"
                );
                for svg in further {
                    let _ = writeln!(page, "<figure>{svg}</figure>");
                }
                page.push_str("</details>\n");
            }
            if *name == "helping_rate" {
                self.over_key(page);
            }
        }
    }

    /// What is drawn over a key: differences before levels.
    fn over_key(&self, page: &mut String) {
        let is_difference = |chart: &&(&str, &str)| chart.0.ends_with("_difference");
        let over = self.charts.iter().filter(|(name, _)| name.starts_with(OVER));
        let (differences, levels): (Vec<_>, Vec<_>) = over.partition(is_difference);
        for (_, svg) in differences.into_iter().chain(levels) {
            let _ = writeln!(
                page,
                "<figure>{svg}<figcaption>The same people at every point; bands are 95 % intervals.</figcaption></figure>"
            );
        }
    }

    fn how_sure(&self, page: &mut String) {
        let run = self.scenario.run;
        let people = u64::from(run.agents) * u64::from(run.replicates);
        let mut items = vec![format!(
            "The intervals show chance among {} simulated {} alone.",
            thousands(people),
            person_or_people(people)
        )];
        if let Some(it) = &self.summary.uncertainty {
            items.push(format!(
                "Over {} plausible sets of parameters: {}.",
                it.sets,
                self.over_parameters().unwrap_or_else(|| "see the chart".to_owned())
            ));
        } else {
            items.push("How far the answer lies open because the parameters are not known exactly was not asked; `--uncertainty` asks it.".to_owned());
        }
        let set = &self.provenance.parameters;
        items.push(format!("{} of {} parameters are assumptions.", set.assumptions, set.of));
        let broken: Vec<String> = self
            .summary
            .contrasts
            .iter()
            .filter(|it| it.agrees == Some(false))
            .map(|it| format!("“{}” against “{}”", it.treatment, it.control))
            .collect();
        if !broken.is_empty() {
            items.push(format!(
                "Claims of the file that do not hold in this run: {}.",
                broken.join("; ")
            ));
        }
        items.push(
            "It is a model of published experiments. It shows what follows if its assumptions hold, and cannot judge a single person.".to_owned(),
        );
        page.push_str("<ul>");
        for item in items {
            let _ = write!(page, "<li>{}</li>", escaped(&item));
        }
        page.push_str("</ul>\n");
        if !self.assumed.is_empty() {
            let named = self
                .assumed
                .iter()
                .map(|name| key_in_words(&format!("parameters.{name}")));
            let named: Vec<String> = named.collect();
            page.push_str("<details><summary>Which parameters are assumptions</summary>");
            paragraph(page, "class=\"small\"", &format!("{}.", named.join(" · ")));
            page.push_str("</details>\n");
        }
    }

    /// The range of helping in each condition over plausible parameters.
    fn over_parameters(&self) -> Option<String> {
        let told: Vec<String> = self
            .summary
            .conditions
            .iter()
            .filter_map(|it| {
                let rate = it.over_parameters?.rate?;
                Some(format!(
                    "{} to {} of 100 in “{}”",
                    of_100(rate.lower),
                    of_100(rate.upper),
                    it.name
                ))
            })
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// The head of a page, and what stands above everything: the title, how it is handed in, and the question.
pub(super) fn begin(title: &str, question: &str, version: &str) -> String {
    let title = escaped(title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"compassion report {}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        escaped(version)
    );
    paragraph(
        &mut page,
        "class=\"small\"",
        "Print or save this page as PDF and hand it in.",
    );
    page.push_str("<p class=\"by\"><span>Name:</span> <span>Date:</span></p>\n");
    if !question.is_empty() {
        paragraph(&mut page, "class=\"question\"", question);
    }
    page
}

/// With what the numbers can be had again.
pub(super) fn settings(page: &mut String, it: &Provenance) {
    let rows = [
        ("seed", it.seed.to_string()),
        ("people per condition", thousands(u64::from(it.agents))),
        ("populations", it.replicates.to_string()),
        ("program", format!("compassion {}", it.version)),
        (
            "parameters",
            format!("{} (SHA-256 {})", it.parameters.file, it.parameters.sha256),
        ),
        ("scenario file", format!("SHA-256 {}", it.scenario_sha256)),
    ];
    page.push_str("<table><tbody>");
    for (name, value) in rows {
        let _ = write!(
            page,
            "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>",
            escaped(&value)
        );
    }
    page.push_str("</tbody></table>\n<p class=\"small\">The same file with the same program gives the same numbers to the last digit.</p>\n");
}

/// The numbers of a condition, in the order of the table.
fn cells(it: &ConditionSummary) -> Vec<String> {
    let share = |value: Option<f64>| value.map_or("–".to_owned(), of_100);
    let difference = it.difference.map_or("–".to_owned(), |it| {
        format!(
            "{} ({} to {})",
            signed_100(it.value),
            signed_100(it.lower),
            signed_100(it.upper)
        )
    });
    let interval = it.helping_rate.map_or("–".to_owned(), |_| {
        format!("{} to {}", of_100(it.interval.lower), of_100(it.interval.upper))
    });
    vec![
        share(it.helping_rate),
        interval,
        difference,
        share(it.share(Outcome::Left)),
        share(it.share(Outcome::Undecided)),
        share(it.overwhelmed),
        it.latency_median_s
            .map_or("–".to_owned(), |seconds| format!("{seconds:.1} s")),
    ]
}

fn observed(it: &ConditionSummary) -> String {
    let who = if it.unit == Unit::Person { "" } else { " groups" };
    let told = it.observed.iter().map(|observed| match observed {
        Observed::Helped { helped, of } => format!("{helped} of {of}{who}"),
        Observed::Mean(mean) => format!("{} {}", in_words(mean.measure.word()), mean.mean),
    });
    match told.collect::<Vec<_>>() {
        none if none.is_empty() => "–".to_owned(),
        some => some.join("; "),
    }
}

fn of_100(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

fn signed_100(share: f64) -> String {
    let text = format!("{:+.1}", share * 100.0);
    if text == "-0.0" {
        "+0.0".to_owned()
    } else {
        text.replace('-', "−")
    }
}

pub(super) fn section(page: &mut String, title: &str) {
    let _ = writeln!(page, "<h2>{title}</h2>");
}

pub(super) fn paragraph(page: &mut String, attributes: &str, text: &str) {
    let _ = writeln!(page, "<p {attributes}>{}</p>", escaped(text));
}

/// A text as it may stand in markup: what somebody wrote is always text.
pub fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            // Escape codes and other controls have no place in markup.
            it if it.is_control() && it != '\n' && it != '\t' => markup.push(char::REPLACEMENT_CHARACTER),
            it => markup.push(it),
        }
    }
    markup
}

/// The comments at the head of a scenario file, as paragraphs: what is written before the first key.
pub fn comments(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text
        .lines()
        .map(str::trim)
        .take_while(|line| line.is_empty() || line.starts_with('#'))
    {
        if line.starts_with("#:") {
            continue;
        }
        let words = line.trim_start_matches('#').trim();
        if words.is_empty() {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(words);
        }
    }
    paragraphs.retain(|it| !it.is_empty());
    paragraphs
}

/// Whether a chart is the second slide, or a later one, of another.
fn is_further_slide(chart: &str, first: &str) -> bool {
    let number = chart.strip_prefix(first).and_then(|rest| rest.strip_prefix('_'));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text() {
        assert_eq!(
            escaped("a<b & \"c\"\u{1b}[31m"),
            "a&lt;b &amp; &quot;c&quot;\u{fffd}[31m"
        );
    }

    #[test]
    fn the_comments_at_the_head_are_paragraphs() {
        let text = "#:schema ./x.json\n# One\n# two.\n#\n# Three.\n\ntitle = 'a'   # not this\n# nor this\n";
        assert_eq!(comments(text), ["One two.", "Three."]);
        assert!(comments("title = 'a'").is_empty());
    }

    #[test]
    fn further_slides_are_those_of_the_same_chart() {
        assert!(is_further_slide("change_2", "change") && is_further_slide("change_12", "change"));
        for other in ["change", "change_by_group", "changer_2", "outcomes_2"] {
            assert!(!is_further_slide(other, "change"), "{other}");
        }
    }

    #[test]
    fn a_difference_has_a_sign() {
        assert_eq!([0.123, -0.05, -0.0001].map(signed_100), ["+12.3", "−5.0", "+0.0"]);
    }
}
