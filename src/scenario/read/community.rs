//! `[community]`, and what a condition changes in it.

use super::same_name;
use crate::document::{Data, Problem, Section, Source, nearest, shown, spelling};
use crate::model::situation::{BystanderBehaviour, HelpKind, Situation};
use crate::model::training::Practice;
use crate::population::networks::{Network, contacts};
use crate::scenario::choice::NetworkWord;
use crate::scenario::keys::{KEYS, MOST_MEASUREMENTS, MOST_TABLES};
use crate::scenario::{Community, Layer, Need, Timeline, TrainedShare, Who};

/// People among whom everybody may be tied to everybody: beyond this the ties fill memory.
const MOST_COMPLETE: u32 = 5_000;

/// Ties of all people in a layer, counted at both ends, at most.
const MOST_TIES: f64 = 1e9;

/// The table of a file, read once; conditions begin with it.
pub(super) struct Table<'t> {
    layers: Vec<(Section<'t>, Option<Layer>)>,
    needs: Vec<(Section<'t>, Option<Need>)>,
    timeline: Option<Timeline>,
    around: Around<'t>,
}

/// What the keys of a community depend on.
#[derive(Clone, Copy)]
struct Around<'t> {
    people: u32,
    source: &'t Source,
}

/// Reads what is the same for all conditions.
pub(super) fn read_table<'t>(
    top: &Section<'t>,
    people: u32,
    source: &'t Source,
    problems: &mut Vec<Problem>,
) -> Option<Table<'t>> {
    let section = top.table("community", problems)?;
    let around = Around { people, source };
    if top.entry("timeline").is_some() {
        let message = "a file has a `[community]` or a `[timeline]`: a community has weeks and measurements of its own";
        problems.push(Problem::new(section.span(), message).help("take the `[timeline]` out"));
    }
    let layers: Vec<(Section<'t>, Option<Layer>)> = section
        .tables("layer", MOST_TABLES, problems)
        .into_iter()
        .map(|table| {
            let layer = read_layer(&table, None, around, problems);
            (table, layer)
        })
        .collect();
    let known: Vec<Layer> = layers.iter().filter_map(|(_, layer)| layer.clone()).collect();
    let names: Vec<String> = layers.iter().map(|(table, _)| name_of(table)).collect();
    let needs: Vec<(Section<'t>, Option<Need>)> = section
        .tables("need", MOST_TABLES, problems)
        .into_iter()
        .map(|table| {
            let need = read_need(&table, None, &names, problems);
            if let Some(need) = &need
                && let Some(layer) = known.iter().find(|layer| layer.name == names[need.layer])
            {
                report_too_many_witnesses(&table, need, layer, problems);
            }
            (table, need)
        })
        .collect();
    report_names(
        layers.iter().map(|it| it.0).chain(needs.iter().map(|it| it.0)),
        problems,
    );
    Some(Table {
        timeline: read_weeks(&section, problems),
        layers,
        needs,
        around,
    })
}

impl Table<'_> {
    /// The weeks and the measurements in them.
    pub(super) fn timeline(&self) -> Option<&Timeline> {
        self.timeline.as_ref()
    }

    /// The community of a condition with this training.
    pub(super) fn of_condition(
        &self,
        section: &Section<'_>,
        training: &[Practice],
        problems: &mut Vec<Problem>,
    ) -> Community {
        let changes = section.named("community", problems);
        let change = |name: &str| changes.iter().find(|(entry, _)| entry.key == name);
        for (entry, _) in &changes {
            let names: Vec<String> = self.names().collect();
            if !names.contains(&entry.key) {
                let message = format!("the community has no layer and no need `{}`", shown(&entry.key));
                let near = nearest(&entry.key, names.iter().map(String::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", names.join(", ")),
                };
                problems.push(Problem::new(entry.key_span.clone(), message).help(help));
            }
        }
        let mut layers = Vec::new();
        for (table, layer) in &self.layers {
            let changed = change(&name_of(table))
                .map(|(entry, own)| Section::part(own, &entry.value.span, "community.layer", KEYS, problems));
            layers.extend(match (&changed, layer) {
                (Some(changed), Some(_)) => read_layer(table, Some(changed), self.around, problems),
                (_, layer) => layer.clone(),
            });
        }
        let names: Vec<String> = self.layers.iter().map(|(table, _)| name_of(table)).collect();
        let mut needs = Vec::new();
        for (table, need) in &self.needs {
            let changed = change(&name_of(table))
                .map(|(entry, own)| Section::part(own, &entry.value.span, "community.need", KEYS, problems));
            let need = match (&changed, need) {
                (Some(changed), Some(_)) => read_need(table, Some(changed), &names, problems),
                (_, need) => need.clone(),
            };
            if let Some(need) = &need
                && let Some(layer) = layers.iter().find(|layer| layer.name == names[need.layer])
                && !changes.is_empty()
            {
                report_too_many_witnesses(changed.as_ref().unwrap_or(section), need, layer, problems);
            }
            needs.extend(need);
        }
        Community {
            layers,
            needs,
            trained: read_trained(section, training, self.around.people, problems),
        }
    }

    /// The names of layers and needs, as far as they have one.
    fn names(&self) -> impl Iterator<Item = String> + '_ {
        let layers = self.layers.iter().map(|(table, _)| name_of(table));
        layers.chain(self.needs.iter().map(|(table, _)| name_of(table)))
    }
}

/// The files of ties that a file names, in its layers and in what conditions change of them.
pub fn files_named(top: &crate::document::Table) -> Vec<String> {
    let mut paths = Vec::new();
    let mut note = |data: &Data| {
        if let Data::Table(layer) = data
            && let Some(Data::Text(path)) = layer.get("path").map(|entry| &entry.value.data)
            && !paths.contains(path)
        {
            paths.push(path.clone());
        }
    };
    let table = |data: &Data, key: &str| match data {
        Data::Table(table) => table.get(key).map(|entry| entry.value.data.clone()),
        _ => None,
    };
    if let Some(Data::List(layers)) = top.get("community").and_then(|entry| table(&entry.value.data, "layer")) {
        layers.iter().for_each(|layer| note(&layer.data));
    }
    if let Some(Data::List(conditions)) = top.get("condition").map(|entry| &entry.value.data) {
        for condition in conditions {
            if let Some(Data::Table(changes)) = table(&condition.data, "community") {
                changes.entries.iter().for_each(|change| note(&change.value.data));
            }
        }
    }
    paths
}

/// The name in a table as it is written; nothing where there is none.
fn name_of(table: &Section<'_>) -> String {
    match table.entry("name").map(|entry| &entry.value.data) {
        Some(Data::Text(name)) => name.clone(),
        _ => String::new(),
    }
}

/// Layers and needs are called by their names, so that no two may share one.
fn report_names<'t>(tables: impl Iterator<Item = Section<'t>>, problems: &mut Vec<Problem>) {
    let mut earlier: Vec<String> = Vec::new();
    for table in tables {
        let name = name_of(&table);
        let known = earlier.iter().find(|known| spelling(known) == spelling(&name));
        if let (Some(known), false) = (known, name.is_empty()) {
            let what = "two layers or needs of the community are called";
            problems.push(same_name(table.span_of("name"), what, known, &name));
        }
        earlier.push(name);
    }
}

/// Measurements from the beginning to the end, so many weeks apart.
fn read_weeks(section: &Section<'_>, problems: &mut Vec<Problem>) -> Option<Timeline> {
    let weeks = section.count_u32("weeks", problems)?;
    let every = section.count_u32("measure_every_weeks", problems).unwrap_or(1);
    let mut measure_at: Vec<f64> = (0..=weeks).step_by(every as usize).map(f64::from).collect();
    if !weeks.is_multiple_of(every) {
        measure_at.push(f64::from(weeks));
    }
    if measure_at.len() > MOST_MEASUREMENTS {
        let message = format!(
            "{} measurements in {weeks} weeks: at most {MOST_MEASUREMENTS} are taken",
            measure_at.len()
        );
        let problem = Problem::new(section.span_of("measure_every_weeks"), message);
        problems.push(problem.help("raise `measure_every_weeks`"));
        return None;
    }
    Some(Timeline {
        weeks: f64::from(weeks),
        measure_at,
    })
}

/// Reads a layer, of which a condition may change single keys.
fn read_layer(
    base: &Section<'_>,
    change: Option<&Section<'_>>,
    around: Around<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Layer> {
    let before = problems.len();
    let of = |key: &str| *change.filter(|own| own.entry(key).is_some()).unwrap_or(base);
    if let Some(entry) = change.and_then(|own| own.entry("name")) {
        let message = "a condition changes what a layer is like, not its name";
        problems.push(Problem::new(entry.key_span.clone(), message));
    }
    let name = base.text("name", problems)?.to_owned();
    let word: NetworkWord = of("network").choice("network", problems)?;
    let closeness = of("closeness").number("closeness", problems).unwrap_or(0.4);
    let contacts_per_day = of("contacts_per_day")
        .number("contacts_per_day", problems)
        .unwrap_or(1.0);
    report_idle_keys(word, change.unwrap_or(base), problems);
    let network = read_network(word, &of, base, around, problems)?;
    if let Some(ties) = ties_of(&network, around.people).filter(|ties| *ties > MOST_TIES) {
        let message = format!("{ties:.0} ties do not fit into memory");
        problems.push(Problem::new(of("network").span(), message).help("lower `run.agents`, `degree` or `size`"));
    }
    (problems.len() == before).then(|| Layer {
        name,
        network,
        file: (word == NetworkWord::File).then(|| text_of(&of("path"), "path")),
        closeness,
        contacts_per_day,
    })
}

fn text_of(section: &Section<'_>, key: &str) -> String {
    section.text(key, &mut Vec::new()).unwrap_or_default().to_owned()
}

/// Keys that a network of this form does not have.
fn report_idle_keys(word: NetworkWord, section: &Section<'_>, problems: &mut Vec<Problem>) {
    let used: &[&str] = match word {
        NetworkWord::SmallWorld => &["degree", "rewire"],
        NetworkWord::Random | NetworkWord::ScaleFree | NetworkWord::Ring => &["degree"],
        NetworkWord::Groups => &["size"],
        NetworkWord::Blocks => &["degree", "size", "within"],
        NetworkWord::Complete => &[],
        NetworkWord::File => &["path"],
        NetworkWord::Strangers => &[],
    };
    for key in ["degree", "rewire", "size", "within", "path"] {
        if let (Some(entry), false) = (section.entry(key), used.contains(&key)) {
            use crate::document::Choice as _;
            let message = format!("`{key}` says nothing where `network` is \"{}\"", word.word());
            problems.push(Problem::new(entry.key_span.clone(), message));
        }
    }
    if word == NetworkWord::Strangers
        && let Some(entry) = section.entry("contacts_per_day")
    {
        let message = "`contacts_per_day` says nothing among strangers, who do not meet again: `witnesses` of a need says how many are at hand";
        problems.push(Problem::new(entry.key_span.clone(), message));
    }
}

fn read_network<'s>(
    word: NetworkWord,
    of: &dyn Fn(&str) -> Section<'s>,
    base: &Section<'s>,
    around: Around<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Network> {
    let missing = |key: &str, problems: &mut Vec<Problem>| {
        use crate::document::Choice as _;
        let message = format!("a network `{}` needs a `{key}`", word.word());
        let problem = Problem::new(base.span(), message).label(format!("`{key}` is missing"));
        problems.push(problem.from_absence());
    };
    let degree = |problems: &mut Vec<Problem>| {
        let section = of("degree");
        if section.entry("degree").is_none() {
            missing("degree", problems);
        }
        let degree = section.number("degree", problems)?;
        if degree >= f64::from(around.people) {
            let message = format!(
                "{degree} ties for each of {} people: nobody is tied to themselves, or twice to another",
                around.people
            );
            problems
                .push(Problem::new(section.span_of("degree"), message).help("raise `run.agents`, or lower `degree`"));
            return None;
        }
        Some(degree)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and below the number of people"
    )]
    let even = |problems: &mut Vec<Problem>| {
        let number = degree(problems)?;
        if number % 2.0 != 0.0 {
            let message = format!("`degree` must be an even number here, and is {number}");
            let help = match word {
                NetworkWord::ScaleFree => "a newcomer brings half as many ties, each of which has two ends",
                _ => "people on a circle have as many ties to either side",
            };
            problems.push(Problem::new(of("degree").span_of("degree"), message).help(help));
            return None;
        }
        Some(number as u32)
    };
    let size = |problems: &mut Vec<Problem>| {
        let section = of("size");
        if section.entry("size").is_none() {
            missing("size", problems);
        }
        let size = section.count_u32("size", problems)?;
        if size > around.people {
            let message = format!("{} people do not fill one group of {size}", around.people);
            problems.push(Problem::new(section.span_of("size"), message).help("raise `run.agents`, or lower `size`"));
            return None;
        }
        Some(size)
    };
    let share = |key: &str, usual: f64, problems: &mut Vec<Problem>| of(key).number(key, problems).unwrap_or(usual);
    match word {
        NetworkWord::Ring => Some(Network::Ring {
            degree: even(problems)?,
        }),
        NetworkWord::SmallWorld => Some(Network::SmallWorld {
            degree: even(problems)?,
            rewire: share("rewire", 0.1, problems),
        }),
        NetworkWord::Random => Some(Network::Random {
            degree: degree(problems)?,
        }),
        NetworkWord::ScaleFree => Some(Network::ScaleFree {
            degree: even(problems)?,
        }),
        NetworkWord::Groups => Some(Network::Groups { size: size(problems)? }),
        NetworkWord::Blocks => {
            let (degree, size, within) = (degree(problems), size(problems), share("within", 0.8, problems));
            let (degree, size) = (degree?, size?);
            if within * degree > f64::from(size - 1) {
                let message = format!(
                    "a share of {within} of {degree} ties is more than the {} others of a block of {size}",
                    size - 1
                );
                problems
                    .push(Problem::new(of("size").span_of("size"), message).help("raise `size`, or lower `within`"));
                return None;
            }
            Some(Network::Blocks { degree, size, within })
        }
        NetworkWord::Complete if around.people > MOST_COMPLETE => {
            let message = format!(
                "everybody is tied to everybody among at most {MOST_COMPLETE} people, and there are {}",
                around.people
            );
            problems.push(Problem::new(of("network").span_of("network"), message));
            None
        }
        NetworkWord::Complete => Some(Network::Complete),
        NetworkWord::Strangers => Some(Network::Strangers),
        NetworkWord::File => {
            if of("path").entry("path").is_none() {
                missing("path", problems);
            }
            read_ties(&of("path"), around, problems)
        }
    }
}

/// Ties from a file that was read along with the scenario.
fn read_ties(section: &Section<'_>, around: Around<'_>, problems: &mut Vec<Problem>) -> Option<Network> {
    let path = section.text("path", problems)?;
    let span = section.span_of("path");
    match around.source.beside(path) {
        None => {
            let message = format!(
                "`{}` was not read: ties come from files on a computer only",
                shown(path)
            );
            problems.push(Problem::new(span, message));
            None
        }
        Some(Err(reason)) => {
            problems.push(Problem::new(span, reason.clone()));
            None
        }
        Some(Ok(text)) => match contacts::read(text, around.people) {
            Ok(ties) => Some(Network::Observed(ties)),
            Err(faults) => {
                for fault in faults {
                    let message = format!("`{}`, {fault}", shown(path));
                    problems.push(Problem::new(span.clone(), message).label("in this file"));
                }
                None
            }
        },
    }
}

/// About how many ties a network has, counted at both ends.
fn ties_of(network: &Network, people: u32) -> Option<f64> {
    let each = match network {
        Network::Ring { degree } | Network::SmallWorld { degree, .. } | Network::ScaleFree { degree } => {
            f64::from(*degree)
        }
        Network::Random { degree } | Network::Blocks { degree, .. } => *degree,
        Network::Groups { size } => f64::from(*size),
        Network::Complete | Network::Observed(_) | Network::Strangers => return None,
    };
    Some(each * f64::from(people))
}

/// Reads a need, of which a condition may change single keys.
fn read_need(
    base: &Section<'_>,
    change: Option<&Section<'_>>,
    layers: &[String],
    problems: &mut Vec<Problem>,
) -> Option<Need> {
    let before = problems.len();
    let of = |key: &str| *change.filter(|own| own.entry(key).is_some()).unwrap_or(base);
    if let Some(entry) = change.and_then(|own| own.entry("name")) {
        let message = "a condition changes what a need is like, not its name";
        problems.push(Problem::new(entry.key_span.clone(), message));
    }
    let name = base.text("name", problems).map(str::to_owned);
    let per_person_per_week = of("per_person_per_week").number("per_person_per_week", problems);
    let witnesses = of("witnesses").number("witnesses", problems);
    let layer = of("layer").text("layer", problems);
    let found = layer.and_then(|layer| layers.iter().position(|name| name == layer));
    if let (Some(layer), None) = (layer, found) {
        let message = format!("the community has no layer `{}`", shown(layer));
        let help = match nearest(layer, layers.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if layers.is_empty() => "a layer stands under `[[community.layer]]`".to_owned(),
            None => format!("there are {}", layers.join(", ")),
        };
        problems.push(
            Problem::new(of("layer").span_of("layer"), message)
                .help(help)
                .from_absence(),
        );
    }
    let mut met = Situation {
        bystander_behaviour: BystanderBehaviour::Free,
        ..Situation::default()
    };
    for section in std::iter::once(base).chain(change) {
        let Some(table) = section.table("situation", problems) else {
            continue;
        };
        if let Some(entry) = table.entry("closeness") {
            let message = "closeness in a need is that of each tie: it belongs to the layer";
            problems
                .push(Problem::new(entry.key_span.clone(), message).help("write `closeness` in `[[community.layer]]`"));
        }
        met.read(&table, problems);
        if met.help == HelpKind::Graded {
            let message = "help in a need is an act: `graded` is for the scene";
            problems.push(Problem::new(table.span_of("help"), message));
        }
        if met.bystander_behaviour == BystanderBehaviour::Passive {
            let message = "those at hand decide for themselves: they cannot be `passive`";
            let help = "`free` if they see each other, `hidden` or `unseen` if not";
            problems.push(Problem::new(table.span_of("bystander_behaviour"), message).help(help));
        }
    }
    if problems.len() > before {
        return None;
    }
    Some(Need {
        name: name?,
        per_person_per_week: per_person_per_week?,
        layer: found?,
        witnesses: witnesses?,
        situation: met,
    })
}

/// Those at hand are some of those whom a person meets on that day.
fn report_too_many_witnesses(section: &Section<'_>, need: &Need, layer: &Layer, problems: &mut Vec<Problem>) {
    if layer.network == Network::Strangers || need.witnesses <= layer.contacts_per_day {
        return;
    }
    let message = format!(
        "`{}` has {} at hand on average, and a person meets only {} of `{}` on a day",
        shown(&need.name),
        need.witnesses,
        layer.contacts_per_day,
        shown(&layer.name)
    );
    let problem = Problem::new(section.span_of("witnesses"), message);
    problems.push(problem.help("lower `witnesses`, or raise the layer's `contacts_per_day`"));
}

fn read_trained(
    section: &Section<'_>,
    training: &[Practice],
    people: u32,
    problems: &mut Vec<Problem>,
) -> Option<TrainedShare> {
    let table = section.table("trained", problems)?;
    let trained = TrainedShare {
        share: table.number("share", problems)?,
        who: table.choice("who", problems).unwrap_or(Who::Random),
    };
    if training.is_empty() {
        let message = "`trained` says who gets the training, and this condition has none";
        problems.push(
            Problem::new(table.span(), message)
                .label("`training` is missing")
                .from_absence(),
        );
    } else if trained.of(people) == 0 {
        let message = format!("a share of {} of {people} people is nobody", trained.share);
        problems.push(Problem::new(table.span_of("share"), message).help("raise `share` or `run.agents`"));
    }
    Some(trained)
}
