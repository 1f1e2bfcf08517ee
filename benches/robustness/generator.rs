//! Scenario files by chance: valid ones, with every key now and then at its limits, and mutations of them.

use compassion::document::{Interval, Key, Kind};
use compassion::model::agent::Trait;
use compassion::scenario::keys::KEYS;
use std::fmt::Write as _;

/// Texts that something may stumble over: tables, spreadsheets, pictures, terminals, shells.
const TEXTS: [&str; 14] = [
    "plain",
    "with, commas; and \\\"quotes\\\"",
    "=1+2",
    "+49 30",
    "-2",
    "@SUM(A1)",
    "'apostrophe",
    "<b>&amp;</b> ]]>",
    "Mitgefühl – 慈悲 – شفقة",
    "🙂🙃",
    "$HOME `ls` %s {} \\\\",
    "a name that is longer than the others, so that it has to be broken into several lines wherever there is little room for it",
    "0",
    "1e5",
];

/// Built-in programs.
const PROGRAMS: [&str; 4] = ["compassion", "empathy", "mindfulness", "reading_fiction"];

/// Pieces that mutations put into a file.
const PIECES: [&str; 22] = [
    "\n",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "'''",
    "#",
    "\\",
    "-1",
    "1e999",
    "nan",
    "0x1F",
    "99999999999999999999",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "é",
];

/// Chance, the same for the same seed (SplitMix64, Steele, Lea & Flood 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The chance of file `number` under a seed.
    pub fn of(seed: u64, number: u64) -> Self {
        let mut chance = Self(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// A number of an interval: at or next to its ends, of any magnitude, or anywhere.
    fn number(&mut self, interval: Interval) -> f64 {
        let Interval { low, high, above_low } = interval;
        let least = if above_low { low + f64::MIN_POSITIVE } else { low };
        let any = match self.below(10) {
            0 => least,
            1 => high,
            2 if above_low => low + 1e-12,
            3 | 4 => low + (high - low) * libm::exp10(-12.0 * self.unit()),
            _ => low + (high - low) * self.unit(),
        };
        if interval.contains(any) { any } else { high }
    }

    /// A value of a key that stands for itself.
    fn value(&mut self, kind: Kind) -> Option<String> {
        Some(match kind {
            Kind::Line => format!("\"{}\"", self.pick(&TEXTS)),
            Kind::Flag => self.one_in(2).to_string(),
            Kind::Number(interval) => format!("{:?}", self.number(interval)),
            Kind::Choice(words) => format!("\"{}\"", self.pick(words)),
            _ => return None,
        })
    }

    /// Some of the keys of a table.
    fn keys(&mut self, table: &str, one_in: u64) -> Vec<String> {
        let keys: Vec<&Key> = KEYS.iter().filter(|key| key.parent() == table).collect();
        let mut lines = Vec::new();
        for key in keys {
            if self.one_in(one_in)
                && let Some(value) = self.value(key.kind)
            {
                lines.push(format!("{} = {value}", key.name()));
            }
        }
        lines
    }

    fn situation(&mut self, one_in: u64) -> Vec<String> {
        let mut lines = self.keys("situation", one_in);
        // A punishable nobody and what others are seen to do where nobody is there are refused; so is what needs another kind of help.
        let has = |name: &str| lines.iter().any(|line| line.starts_with(&format!("{name} =")));
        let lacks_others = !has("bystanders") || lines.iter().any(|line| line == "bystanders = 0.0");
        if lacks_others {
            lines.retain(|line| !line.starts_with("bystander_behaviour"));
        }
        // The longest scenes take the longest time and are rare.
        if !self.one_in(20) {
            lines.retain(|line| !line.starts_with("window_s") || line.contains("e-"));
            if self.one_in(2) {
                lines.retain(|line| !line.starts_with("window_s"));
                lines.push(format!("window_s = {:?}", 0.1 + 30.0 * self.unit()));
            }
        }
        lines
    }

    fn population(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for which in Trait::ALL {
            if self.one_in(8) {
                let keys = self.keys("population.<trait>", 2);
                if !keys.is_empty() {
                    lines.push(format!("{} = {{ {} }}", which.key(), keys.join(", ")));
                }
            }
        }
        lines
    }
}

fn table(out: &mut String, header: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(out, "{header}\n{}", lines.join("\n"));
    }
}

/// A scenario that should be valid, of few people.
pub fn scenario(chance: &mut Chance) -> String {
    let mut out = format!("title = \"{}\"\n", chance.pick(&TEXTS));
    if chance.one_in(2) {
        let _ = writeln!(out, "question = \"\"\"{}?\"\"\"", chance.pick(&TEXTS));
    }
    // Blocks of people end at 1,024.
    let agents = if chance.one_in(400) {
        1_020 + chance.below(40)
    } else {
        1 + chance.below(24)
    };
    let replicates = if chance.one_in(10) { 2 } else { 1 };
    let _ = writeln!(
        out,
        "[run]\nagents = {agents}\nreplicates = {replicates}\nseed = {}",
        chance.below(1 << 53)
    );
    let situation = chance.situation(6);
    table(&mut out, "[situation]", &situation);
    let population = chance.population();
    table(&mut out, "[population]", &population);
    let own = programs(chance, &mut out);
    let weeks = timeline(chance, &mut out);
    if chance.one_in(8) {
        let _ = writeln!(
            out,
            "[exposures]\ncount = {}\nspacing_hours = {:?}",
            1 + chance.below(3),
            8_760.0 * chance.unit() * chance.unit()
        );
    }
    let names: Vec<String> = (0..=chance.below(4))
        .map(|number| format!("{} {number}", chance.pick(&TEXTS)))
        .collect();
    for name in &names {
        condition(chance, &mut out, name, &own, agents, weeks.is_some());
    }
    contrasts(chance, &mut out, &names);
    out
}

fn programs(chance: &mut Chance, out: &mut String) -> Vec<String> {
    let mut names: Vec<String> = PROGRAMS.map(str::to_owned).to_vec();
    if !chance.one_in(4) {
        return names;
    }
    let name = if chance.one_in(3) { "compassion" } else { "my program" };
    let mut lines = vec![format!("name = \"{name}\"")];
    for key in ["program.hours_to_63_percent", "program.half_life_weeks"] {
        let known = KEYS.iter().find(|known| known.path == key);
        if let (true, Some(key)) = (chance.one_in(2), known) {
            let value = chance.value(key.kind).unwrap_or_default();
            lines.push(format!("{} = {value}", key.name()));
        }
    }
    for which in Trait::ALL {
        if chance.one_in(5) {
            let shift = 20.0 * chance.unit() - 10.0;
            let onset = if chance.one_in(2) { ", onset = \"late\"" } else { "" };
            lines.push(format!("{} = {{ shift = {shift:?}{onset} }}", which.key()));
        }
    }
    table(out, "[[program]]", &lines);
    names.push(name.to_owned());
    names.dedup();
    names
}

fn timeline(chance: &mut Chance, out: &mut String) -> Option<f64> {
    if !chance.one_in(12) {
        return None;
    }
    let weeks = if chance.one_in(10) {
        20.0 * chance.unit()
    } else {
        0.1 + 2.0 * chance.unit()
    };
    let mut at: Vec<f64> = (0..=chance.below(3)).map(|_| weeks * 1.2 * chance.unit()).collect();
    if chance.one_in(2) {
        at.push(0.0);
    }
    at.push(weeks);
    at.sort_by(f64::total_cmp);
    at.dedup();
    let _ = writeln!(out, "[timeline]\nweeks = {weeks:?}\nmeasure_at = {at:?}");
    Some(weeks)
}

fn condition(chance: &mut Chance, out: &mut String, name: &str, programs: &[String], agents: u64, has_weeks: bool) {
    let _ = writeln!(out, "[[condition]]\nname = \"{name}\"");
    if agents > 1 && chance.one_in(4) {
        let size = 2 + chance.below(agents.min(10_000) - 1);
        let _ = writeln!(out, "unit = \"group\"\ngroup_size = {size}");
    } else if chance.one_in(6) {
        let _ = writeln!(
            out,
            "select = {{ dominant = \"{}\" }}",
            chance.pick(&["personal_distress", "empathic_concern"])
        );
    }
    if has_weeks && chance.one_in(3) {
        let _ = writeln!(out, "network = {:?}", 20.0 * chance.unit() - 10.0);
    }
    if chance.one_in(3) {
        let _ = writeln!(
            out,
            "factors = {{ \"{}\" = \"{}\" }}",
            chance.pick(&TEXTS),
            chance.pick(&TEXTS)
        );
    }
    if chance.one_in(6)
        && let Some(Kind::Choices(words)) = KEYS
            .iter()
            .find(|key| key.path == "condition.knockout")
            .map(|key| key.kind)
    {
        let _ = writeln!(out, "knockout = [\"{}\"]", chance.pick(words));
    }
    if chance.one_in(4) {
        let of = 1 + chance.below(200);
        let _ = writeln!(out, "observed = {{ helped = {}, of = {of} }}", chance.below(of + 1));
    }
    let situation = chance.situation(12);
    table(out, "[condition.situation]", &situation);
    if chance.one_in(3) {
        let population = chance.population();
        table(out, "[condition.population]", &population);
    }
    while chance.one_in(3) {
        let weeks = if chance.one_in(4) {
            0.14
        } else {
            40.0 * chance.unit() + 0.01
        };
        let hours = weeks * chance.unit() * if chance.one_in(10) { 168.0 } else { 4.0 };
        let _ = writeln!(out, "[[condition.training]]\nhours = {hours:?}\nweeks = {weeks:?}");
        let one = chance.below(programs.len() as u64) as usize;
        let other = (one + 1) % programs.len();
        if chance.one_in(4) {
            let _ = writeln!(out, "one_of = [\"{}\", \"{}\"]", programs[one], programs[other]);
        } else {
            let _ = writeln!(out, "program = \"{}\"", programs[one]);
        }
    }
}

fn contrasts(chance: &mut Chance, out: &mut String, names: &[String]) {
    if names.len() < 2 {
        return;
    }
    let Some(Kind::Choice(measures)) = KEYS
        .iter()
        .find(|key| key.path == "contrast.measure")
        .map(|key| key.kind)
    else {
        return;
    };
    while chance.one_in(3) {
        let _ = writeln!(
            out,
            "[[contrast]]\ntreatment = \"{}\"\ncontrol = \"{}\"\nmeasure = \"{}\"\nobserved = {{ direction = \"{}\", d = {:?} }}",
            names[1],
            names[0],
            chance.pick(measures),
            if chance.one_in(2) { "higher" } else { "lower" },
            0.1 + chance.unit()
        );
    }
}

/// The file with some digits changed, or some pieces replaced, removed or put in.
pub fn mutated(chance: &mut Chance, text: &str) -> String {
    if chance.one_in(2) {
        let digit = |letter: char| {
            if letter.is_ascii_digit() && chance.one_in(30) {
                chance.pick(&['0', '1', '5', '9', '-', '.'])
            } else {
                letter
            }
        };
        return text.chars().map(digit).collect();
    }
    let mut text = text.to_owned();
    for _ in 0..=chance.below(4) {
        let at = floor(&text, chance.below(text.len() as u64 + 1) as usize);
        let end = floor(&text, (at + chance.below(12) as usize).min(text.len()));
        text.replace_range(at..end.max(at), chance.pick(&PIECES));
    }
    text
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
