//! `[community]`, and what a condition changes in it.

use super::network::{read_network, report_idle_keys, ties_of};
use super::same_name;
use crate::document::{Data, Problem, Section, Source, nearest, shown, spelling};
use crate::model::situation::{BystanderBehaviour, HelpKind, Situation};
use crate::model::training::Practice;
use crate::population::networks::Network;
use crate::scenario::choice::NetworkWord;
use crate::scenario::keys::{KEYS, MOST_MEASUREMENTS, MOST_TABLES};
use crate::scenario::{Community, Layer, Need, Timeline, TrainedShare, Who};

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
pub(super) struct Around<'t> {
    /// How many people there are.
    pub(super) people: u32,
    /// The file.
    pub(super) source: &'t Source,
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

/// A text that was checked before; nothing where there is none.
pub(super) fn text_of(section: &Section<'_>, key: &str) -> String {
    section.text(key, &mut Vec::new()).unwrap_or_default().to_owned()
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
