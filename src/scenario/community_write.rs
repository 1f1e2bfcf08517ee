//! A community back as a file, and in words.

use super::choice::NetworkWord;
use super::write::{Pairs, braces, number, pairs_as_lines, situation, table, text};
use super::{Community, Layer, Need, Timeline};
use crate::document::Choice;
use crate::model::situation::{BystanderBehaviour, Situation};
use crate::population::networks::Network;

/// The table of a file that the conditions begin with.
pub(super) fn community_tables(community: &Community, timeline: &Timeline) -> String {
    let every = timeline
        .measure_at
        .get(1)
        .map_or(timeline.weeks, |second| second - timeline.measure_at[0]);
    let mut file = String::from("\n[community]\n");
    file += &pairs_as_lines(&[
        ("weeks", format!("{:.0}", timeline.weeks)),
        ("measure_every_weeks", format!("{every:.0}")),
    ]);
    for number in 0..community.layers.len() {
        file += "\n[[community.layer]]\n";
        file += &pairs_as_lines(&layer(community, number));
    }
    for need in &community.needs {
        file += "\n[[community.need]]\n";
        file += &pairs_as_lines(&need_pairs(community, need));
    }
    file
}

/// What a condition says of its community, where the file begins with that of the first condition.
pub(super) fn community_pairs(own: &Community, first: &Community) -> Pairs {
    let mut changes: Vec<String> = Vec::new();
    let mut note = |name: &str, pairs: Pairs, usual: &Pairs| {
        let changed: Pairs = pairs.into_iter().filter(|pair| !usual.contains(pair)).collect();
        if !changed.is_empty() {
            changes.push(format!("{} = {}", text(name), table(&changed)));
        }
    };
    for number in 0..own.layers.len() {
        note(&own.layers[number].name, layer(own, number), &layer(first, number));
    }
    for (need, usual) in own.needs.iter().zip(&first.needs) {
        note(&need.name, need_pairs(own, need), &need_pairs(first, usual));
    }
    let mut pairs = Pairs::new();
    if let Some(trained) = own.trained {
        let trained = [("share", number(trained.share)), ("who", text(trained.who.word()))];
        pairs.push(("trained", table(&trained)));
    }
    if !changes.is_empty() {
        pairs.push(("community", braces(changes.into_iter())));
    }
    pairs
}

impl Layer {
    /// The name under which its ties, if they came from a file, are written beside a scenario as it was run; layers are counted from 0.
    pub fn ties_file(number: usize) -> String {
        format!("ties_{}.csv", number + 1)
    }
}

fn layer(community: &Community, place: usize) -> Pairs {
    let layer = &community.layers[place];
    let (word, own): (NetworkWord, Pairs) = match &layer.network {
        Network::Ring { degree } => (NetworkWord::Ring, vec![("degree", degree.to_string())]),
        Network::SmallWorld { degree, rewire } => (
            NetworkWord::SmallWorld,
            vec![("degree", degree.to_string()), ("rewire", number(*rewire))],
        ),
        Network::Random { degree } => (NetworkWord::Random, vec![("degree", number(*degree))]),
        Network::Blocks { degree, size, within } => (
            NetworkWord::Blocks,
            vec![
                ("degree", number(*degree)),
                ("size", size.to_string()),
                ("within", number(*within)),
            ],
        ),
        Network::ScaleFree { degree } => (NetworkWord::ScaleFree, vec![("degree", degree.to_string())]),
        Network::Groups { size } => (NetworkWord::Groups, vec![("size", size.to_string())]),
        Network::Complete => (NetworkWord::Complete, Vec::new()),
        Network::Observed(_) => (NetworkWord::File, vec![("path", text(&Layer::ties_file(place)))]),
        Network::Strangers => (NetworkWord::Strangers, Vec::new()),
    };
    let mut pairs = vec![("name", text(&layer.name)), ("network", text(word.word()))];
    pairs.extend(own);
    pairs.push(("closeness", number(layer.closeness)));
    if word != NetworkWord::Strangers {
        pairs.push(("contacts_per_day", number(layer.contacts_per_day)));
    }
    pairs
}

fn need_pairs(community: &Community, need: &Need) -> Pairs {
    vec![
        ("name", text(&need.name)),
        ("per_person_per_week", number(need.per_person_per_week)),
        ("layer", text(&community.layers[need.layer].name)),
        ("witnesses", number(need.witnesses)),
        ("situation", table(&met(need))),
    ]
}

/// The keys in which what is met differs from the codebook's defaults; those at hand see each other as a rule.
fn met(need: &Need) -> Pairs {
    let usual = situation(&Situation {
        bystander_behaviour: BystanderBehaviour::Free,
        ..Situation::default()
    });
    let met = situation(&need.situation).into_iter();
    met.filter(|pair| !usual.contains(pair)).collect()
}

/// What a community is like, a line each.
pub(super) fn community_in_words(community: &Community, timeline: &Timeline) -> Vec<String> {
    let mut lines = vec![format!(
        "community: {} weeks day by day, after a quarter of a year; the scene is met and questionnaires are filled in {} times, from week 0 to week {}",
        timeline.weeks,
        timeline.measure_at.len(),
        timeline.measure_at.last().copied().unwrap_or_default()
    )];
    for layer in &community.layers {
        lines.push(format!("layer {}: {}", layer.name, layer_in_words(layer)));
    }
    for need in &community.needs {
        lines.push(need_in_words(community, need));
    }
    lines
}

fn layer_in_words(layer: &Layer) -> String {
    let form = match &layer.network {
        Network::Ring { degree } => format!("{degree} ties to the nearest on a circle"),
        Network::SmallWorld { degree, rewire } => {
            format!(
                "a small world of {degree} ties, {} % of them led elsewhere",
                100.0 * rewire
            )
        }
        Network::Random { degree } => format!("{degree} ties by chance"),
        Network::Blocks { degree, size, within } => {
            format!("{degree} ties, {} % of them within blocks of {size}", 100.0 * within)
        }
        Network::ScaleFree { degree } => format!("{degree} ties on average, many of a few"),
        Network::Groups { size } => format!("groups of {size}, everybody tied to everybody"),
        Network::Complete => "everybody tied to everybody".to_owned(),
        Network::Observed(ties) => format!(
            "{} ties from `{}`",
            ties.directed() / 2,
            layer.file.as_deref().unwrap_or_default()
        ),
        Network::Strangers => "strangers, who are anybody".to_owned(),
    };
    let met = match layer.network {
        Network::Strangers => String::new(),
        _ => format!(", {} of them met on a day", layer.contacts_per_day),
    };
    format!("{form}{met}; closeness {}", layer.closeness)
}

fn need_in_words(community: &Community, need: &Need) -> String {
    let situation: Vec<String> = met(need).iter().map(|(key, value)| format!("{key} {value}")).collect();
    let situation = if situation.is_empty() {
        String::new()
    } else {
        format!(": {}", situation.join(", "))
    };
    format!(
        "need {}: {} a week for each person, with {} of `{}` at hand on average{situation}",
        need.name, need.per_person_per_week, need.witnesses, community.layers[need.layer].name
    )
}

/// How the community of a condition differs from that of the first one, a line each.
pub(super) fn differences_in_words(own: &Community, first: &Community) -> Vec<String> {
    let mut lines: Vec<String> = own.trained.iter().map(trained_in_words).collect();
    for number in 0..own.layers.len() {
        if layer(own, number) != layer(first, number) {
            let layer = &own.layers[number];
            lines.push(format!("layer {}: {}", layer.name, layer_in_words(layer)));
        }
    }
    for (need, usual) in own.needs.iter().zip(&first.needs) {
        if need_pairs(own, need) != need_pairs(first, usual) {
            lines.push(need_in_words(own, need));
        }
    }
    lines
}

fn trained_in_words(trained: &super::TrainedShare) -> String {
    let who = match trained.who {
        super::Who::Random => "by lot",
        super::Who::MostConnected => "those with the most ties",
        super::Who::LeastConnected => "those with the fewest ties",
        super::Who::Together => "whole groups or neighbourhoods",
    };
    format!("trained: {} % of the people, {who}", 100.0 * trained.share)
}
