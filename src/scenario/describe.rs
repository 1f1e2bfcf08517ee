//! What a scenario will do, in plain words.

use super::community_write::{community_in_words, differences_in_words};
use super::reference::wrapped;
use super::write::{Pairs, exposed, situation};
use super::{
    Condition, Contrast, Dominant, Exchange, Length, Observed, ObservedMean, Partner, Scenario, StudyDesign, Subjects,
    Unit,
};
use crate::document::{Choice, in_words};
use crate::model::agent::{Trait, TraitShift};
use crate::model::situation::Situation;
use crate::model::training::{Practice, Program};

/// What will be run: people, conditions and how they differ, what is counted and compared.
///
/// Values that all conditions share stand once; under each condition stands the rest.
pub fn describe(scenario: &Scenario) -> String {
    let mut out = format!("{}\n", scenario.title);
    for line in scenario.question.trim().lines() {
        out += &wrapped(line, "  ");
    }
    if let Some(citation) = &scenario.citation {
        out += &format!("  after {citation}\n");
    }
    out += &format!("\n{}\n", people(scenario));

    let scenes = Differences::new(
        scenario.conditions.iter().map(|it| situation(&it.situation)).collect(),
        &situation(&Situation::default()),
    );
    let shifts = Differences::new(scenario.conditions.iter().map(shifts).collect(), &norm());
    out += &wrapped(
        &scenes.shared("scene", "every key that no condition changes has its default"),
        "",
    );
    out += &wrapped(
        &shifts.shared(
            "people, in SD from the norm",
            "as in the published norms, where no condition says otherwise",
        ),
        "",
    );

    for it in around(scenario) {
        out += &wrapped(&it, "");
    }
    if scenario.study != StudyDesign::default() {
        out += &wrapped(&studied(&scenario.study), "");
    }
    if let Some(vary) = &scenario.vary {
        out += &wrapped(
            &format!(
                "drawn over {} from {} to {}, {} points, the same people at each",
                vary.key, vary.from, vary.to, vary.points
            ),
            "",
        );
    }
    for it in scenario.own_programs() {
        out += &wrapped(&program(it, scenario.changed_program(it)), "");
    }
    for (number, condition) in scenario.conditions.iter().enumerate() {
        out += &format!("\n{}. {}\n", number + 1, condition.name);
        let mut lines: Vec<String> = scenes
            .own(number)
            .map(|it| format!("scene: {it}"))
            .into_iter()
            .collect();
        lines.extend(
            shifts
                .own(number)
                .map(|it| format!("people, in SD from the norm: {it}")),
        );
        lines.extend(about(condition, &scenario.programs));
        let first = scenario
            .conditions
            .first()
            .and_then(|first| first.protocol.community.as_ref());
        if let (Some(own), Some(first)) = (&condition.protocol.community, first) {
            lines.extend(differences_in_words(own, first));
        }
        let first = scenario
            .conditions
            .first()
            .and_then(|first| first.protocol.exchange.as_ref());
        if let (Some(own), Some(first)) = (&condition.protocol.exchange, first)
            && own != first
        {
            lines.push(exchange_in_words(own));
        }
        if lines.is_empty() {
            lines.push("nothing changed".to_owned());
        }
        out.extend(lines.iter().map(|it| wrapped(it, "   ")));
    }

    let claimed = |contrast: &&Contrast| contrast.observed.makes_claim();
    let (claims, asked): (Vec<&Contrast>, Vec<&Contrast>) = scenario.contrasts.iter().partition(claimed);
    for (title, contrasts) in [
        ("to be compared with these differences", claims),
        ("asked, without a claim", asked),
    ] {
        if !contrasts.is_empty() {
            out += &format!("\n{title}:\n");
        }
        for contrast in contrasts {
            out += &wrapped(&comparison(contrast, scenario), "   ");
        }
    }
    out
}

/// How real people would be studied.
fn studied(study: &StudyDesign) -> String {
    let mut told = match study.design {
        Subjects::Between => "a study of it: different people in each condition".to_owned(),
        Subjects::Within => {
            let left = match study.carry_over {
                0.0 => "nothing left behind by the one before".to_owned(),
                share => format!(
                    "in an order drawn for each, {} of 100 doing what they did in the one before",
                    crate::wording::decimal(100.0 * share, 0)
                ),
            };
            format!("a study of it: the same people in all conditions, with new luck and new error each time, {left}")
        }
    };
    if !study.allocation.is_empty() {
        let weights: Vec<String> = study.allocation.iter().map(u32::to_string).collect();
        told += &format!(", {} in the order of the file", weights.join(" : "));
    }
    if let Some(attrition) = &study.attrition {
        told += &format!(", {} of 100 lost", crate::wording::decimal(100.0 * attrition.share, 0));
        if let Some(measure) = attrition.depends_on {
            told += &format!(", those high in {} first", in_words(measure.word()));
        }
    }
    if let Some(clusters) = &study.clusters {
        told += &format!(
            ", clusters of {} with an intraclass correlation of {}",
            clusters.size, clusters.icc
        );
    }
    told
}

/// What lies around the scene, a line each.
fn around(scenario: &Scenario) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(first) = scenario.conditions.first() else {
        return lines;
    };
    let protocol = &first.protocol;
    if let (Some(community), Some(timeline)) = (&protocol.community, &protocol.timeline) {
        lines.extend(community_in_words(community, timeline));
    } else if let Some(it) = &protocol.timeline {
        let moment = |week: &f64| match *week {
            0.0 => "before practice".to_owned(),
            week if week > it.weeks => format!("week {week} (follow-up)"),
            week => format!("week {week}"),
        };
        let moments: Vec<String> = it.measure_at.iter().map(moment).collect();
        let main = it.measure_at.get(it.main()).map_or(String::new(), moment);
        lines.push(format!(
            "timeline: {} weeks with everyday life; the scene is met {}; tables and charts of one moment show {main}",
            it.weeks,
            moments.join(", ")
        ));
    }
    if let Some(exchange) = &protocol.exchange {
        lines.push(exchange_in_words(exchange));
    }
    if let Some(it) = &protocol.exposures {
        let differing = listed(exposed(&scenario.conditions).iter());
        let like = if differing.is_empty() {
            "like the scene".to_owned()
        } else {
            format!("with {differing}")
        };
        let when = if protocol.timeline.is_some() {
            "on every working day, and before the scene"
        } else {
            "before the scene"
        };
        let times = if it.count == 1 {
            "1 encounter".to_owned()
        } else {
            format!("{} encounters in a row", it.count)
        };
        lines.push(format!(
            "exposures: {times}, {} h apart, {like}, {when}",
            it.spacing_hours
        ));
        if protocol.timeline.is_none() {
            lines.push(
                "no day passes: the encounters tire, and what takes weeks (burnout, satisfaction, connectedness) stays as everyday life left it; a `[timeline]` lets them pass"
                    .to_owned(),
            );
        }
    }
    lines
}

/// Rounds of giving and taking in a sentence.
fn exchange_in_words(exchange: &Exchange) -> String {
    let length = match exchange.length {
        Length::Rounds(rounds) => format!("{rounds} rounds"),
        Length::Continue(chance) => format!(
            "each round is followed by another with a chance of {chance}; {} are played, each counts as often as it is reached",
            exchange.length.rounds()
        ),
    };
    let noise = match exchange.noise {
        0.0 => "decisions come out as they are meant".to_owned(),
        noise => format!(
            "{} % of decisions come out as their opposite, as everybody knows",
            100.0 * noise
        ),
    };
    let partner = match exchange.partner {
        Partner::Same => "another person of the condition".to_owned(),
        Partner::Machine(_) => format!("a machine, {}", in_words(exchange.partner.word())),
    };
    format!(
        "exchange: with {partner}; {length}; a gift of 1 brings the other {}; {noise}; each round is the scene, and to help is to give; charts and contrasts of one moment show the last round",
        exchange.benefit
    )
}

/// What the conditions have in common, and what each has of its own.
struct Differences {
    all: Vec<Pairs>,
    shared: Pairs,
    unusual: Pairs,
}

impl Differences {
    fn new(all: Vec<Pairs>, usual: &Pairs) -> Self {
        let shared = super::write::shared(&all);
        let unusual = shared.iter().filter(|it| !usual.contains(it)).cloned().collect();
        Self { all, shared, unusual }
    }

    /// What is the same in all conditions and not the default.
    fn shared(&self, title: &str, otherwise: &str) -> String {
        match &*self.unusual {
            [] => format!("{title}: {otherwise}"),
            unusual => format!("{title}: {}; the rest as usual", listed(unusual.iter())),
        }
    }

    /// What is not the same in all conditions.
    fn own(&self, condition: usize) -> Option<String> {
        let own = self.all.get(condition)?.iter().filter(|it| !self.shared.contains(it));
        let own = listed(own);
        (!own.is_empty()).then_some(own)
    }
}

fn listed<'p>(pairs: impl Iterator<Item = &'p (&'static str, String)>) -> String {
    let pairs: Vec<String> = pairs.map(|(key, value)| format!("{} {value}", plain(key))).collect();
    pairs.join(", ")
}

/// A key in plain words, with the key in parentheses where the words are others.
fn plain(key: &str) -> String {
    let row = Situation::ROWS.iter().find(|row| row.key.name() == key);
    let words = row.map_or_else(|| in_words(key), |row| row.words.to_owned());
    if words == key {
        words
    } else {
        format!("{words} ({key})")
    }
}

fn people(scenario: &Scenario) -> String {
    let run = &scenario.run;
    let conditions = match scenario.conditions.len() {
        1 => "1 condition".to_owned(),
        n => format!("{n} conditions"),
    };
    let replicates = match run.replicates {
        1 => String::new(),
        n => format!(" × {n} replicates"),
    };
    let same = match scenario.conditions.len() {
        1 => "",
        _ if run.agents == 1 && run.replicates == 1 => ", the same person with the same luck in each",
        _ => ", the same people with the same luck in each: what they would have done there, and no repeated measures",
    };
    let people = match run.agents {
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    };
    format!("{conditions} × {people}{replicates} (seed {}){same}", run.seed)
}

/// What a condition has beside its scene and its people, a line each.
fn about(condition: &Condition, programs: &[Program]) -> Vec<String> {
    let mut lines: Vec<String> = condition.training.iter().map(|it| practice(it, programs)).collect();
    let knocked_out: Vec<String> = condition.knockout.mechanisms().map(|it| plain(it.key())).collect();
    if !knocked_out.is_empty() {
        lines.push(format!("switched off: {}", knocked_out.join(", ")));
    }
    if condition.protocol.network != 0.0 {
        lines.push(format!(
            "network from the first week on: {:+} SD",
            condition.protocol.network
        ));
    }
    if let Unit::Group(size) = condition.unit {
        lines.push(format!("counted: groups of {size}, of which at least one helped"));
    }
    lines.extend(condition.select.map(|it| match it {
        Dominant::PersonalDistress => "counted: only those more distressed than compassionate".to_owned(),
        Dominant::EmpathicConcern => "counted: only those more compassionate than distressed".to_owned(),
    }));
    lines.extend(
        condition
            .observed
            .iter()
            .map(|one| format!("observed: {}", what_people_did(one))),
    );
    lines
}

/// How the people of a condition differ from the norm, trait by trait.
fn shifts(condition: &Condition) -> Pairs {
    let shifts = Trait::ALL.into_iter().zip(&condition.population);
    shifts.map(|(which, it)| (which.key(), shift(*it))).collect()
}

fn norm() -> Pairs {
    Trait::ALL.map(|it| (it.key(), shift(TraitShift::default()))).to_vec()
}

fn shift(shift: TraitShift) -> String {
    format!("{:+} (SD {})", shift.mean, shift.sd)
}

/// A program of the file: what it moves, or what it changes in the built-in one.
fn program(own: &Program, changed: Option<&Program>) -> String {
    let nothing = Program::without_effect(&own.name);
    let base = changed.unwrap_or(&nothing);
    let effects = Trait::ALL.into_iter().zip(own.effects.iter().zip(&base.effects));
    let mut parts: Vec<String> = effects
        .filter(|(_, (own, base))| own != base)
        .map(|(it, (own, base))| {
            let built_in = changed.map_or(String::new(), |_| format!(", built in {:+}", base.shift));
            format!(
                "{} {:+} SD ({}{built_in})",
                in_words(it.key()),
                own.shift,
                own.onset.word()
            )
        })
        .collect();
    if changed.is_none() || own.hours_to_63_percent != base.hours_to_63_percent {
        parts.push(format!("63 % of it after {} practised hours", own.hours_to_63_percent));
    }
    if changed.is_none() || own.half_life_weeks != base.half_life_weeks {
        parts.push(format!("half of it lost after {} weeks", own.half_life_weeks));
    }
    let kind = match changed {
        None => "the file's own",
        Some(_) if parts.is_empty() => "built in, and repeated in the file without a change",
        Some(_) => "built in, and changed in this file",
    };
    let colon = if parts.is_empty() { "" } else { ": " };
    format!("program {} ({kind}){colon}{}", own.name, parts.join(", "))
}

fn practice(practice: &Practice, programs: &[Program]) -> String {
    let names = practice.programs.iter().filter_map(|it| programs.get(*it));
    let names: Vec<String> = names.map(|it| in_words(&it.name)).collect();
    let several = |count: f64, one: &str| {
        let plural = if count == 1.0 { "" } else { "s" };
        format!("{count} {one}{plural}")
    };
    let hours = match practice.hours {
        0.0 => String::new(),
        hours => format!(" for {}", several(hours, "hour")),
    };
    let transported = match practice.transportation {
        0.0 => String::new(),
        sd => format!(", transported {sd:+} SD"),
    };
    format!(
        "training: {}{hours} over {}{transported}",
        names.join(" or, by lot, "),
        several(practice.weeks, "week")
    )
}

fn what_people_did(observed: &Observed) -> String {
    match observed {
        Observed::Helped { helped, of } => {
            let percent = 100.0 * f64::from(*helped) / f64::from(*of);
            format!("{helped} of {of} helped ({percent:.0} %)")
        }
        Observed::Mean(ObservedMean {
            measure, mean, sd, n, ..
        }) => {
            let sd = sd.map_or(String::new(), |it| format!(" (SD {it})"));
            let n = n.map_or(String::new(), |it| format!(", n = {it}"));
            format!("mean {} {mean}{sd}{n}", in_words(measure.word()))
        }
    }
}

fn comparison(contrast: &Contrast, scenario: &Scenario) -> String {
    let name = |at: usize| scenario.conditions.get(at).map_or("", |it| &*it.name);
    let it = &contrast.observed;
    let limits = match (it.low, it.high) {
        (None, None) => String::new(),
        (low, high) => {
            let shown = |it: Option<f64>| it.map_or("?".to_owned(), |it| it.to_string());
            format!(" [{}, {}]", shown(low), shown(high))
        }
    };
    let parts = [
        it.direction.map(|it| it.word().to_owned()),
        it.d.map(|d| format!("d = {d}{}", it.se.map_or(String::new(), |se| format!(" (SE {se})")))),
        it.ratio.map(|ratio| format!("ratio {ratio}{limits}")),
        it.r.map(|r| format!("r = {r}")),
        it.n.map(|n| format!("n = {n}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let in_week = |week: Option<f64>| week.map_or(String::new(), |it| format!(" in week {it}"));
    let found = if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    };
    format!(
        "{}: `{}`{} against `{}`{}{found}",
        in_words(contrast.measure.word()),
        name(contrast.treatment),
        in_week(contrast.week),
        name(contrast.control),
        in_week(contrast.from_week),
    )
}
