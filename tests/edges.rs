//! The 44 arrows of Mascaro, Darcher, Negi & Raison (2015): every arrow that the table calls implemented is nudged at its cause, and its
//! effect has to move as the table says.
//!
//! The same people with the same luck meet the scene before and after the nudge.

#[path = "edges/effects.rs"]
mod effects;
#[path = "edges/nudge.rs"]
mod nudge;
#[path = "edges/table.rs"]
mod table;
mod trial;

use effects::effects;
use std::collections::BTreeSet;
use table::{Edge, edges};

/// Fewest arrows that have to be implemented.
const FEWEST: usize = 30;

#[test]
fn every_implemented_arrow_moves_its_effect_as_the_table_says() {
    let mut refused = Vec::new();
    for edge in edges().iter().filter(|it| it.status == "implemented") {
        let moved = effects(edge.id).unwrap_or_else(|| panic!("arrow {} has no nudge", edge.id));
        for (number, effect) in moved.iter().enumerate() {
            // The second effect of an arrow that goes either way goes the other way.
            let wanted = match edge.sign.as_str() {
                "+" | "moderator" => 1.0,
                "-" => -1.0,
                _ if number == 0 => 1.0,
                _ => -1.0,
            };
            let line = format!(
                "{:2} {} → {}: {} moves by {:+.4}",
                edge.id, edge.from, edge.to, effect.what, effect.size
            );
            println!("{line}");
            if wanted * effect.size < effect.at_least {
                refused.push(format!("{line}, not by {:+.4} or more", wanted * effect.at_least));
            }
        }
        let either_way = ["+/-", "inverted_u"].contains(&edge.sign.as_str());
        assert!(
            !either_way || moved.len() >= 2,
            "arrow {} goes either way and is nudged one way",
            edge.id
        );
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn the_table_has_every_arrow_once_and_says_why_some_are_left_out() {
    let edges = edges();
    assert_eq!(
        edges.iter().map(|it| it.id).collect::<Vec<u32>>(),
        (1..=44).collect::<Vec<u32>>()
    );
    let known = |value: &str, choices: &[&str]| choices.contains(&value);
    for it in &edges {
        assert!(known(&it.sign, &["+", "-", "+/-", "inverted_u", "moderator"]), "{it:?}");
        assert!(
            known(&it.evidence, &["stated", "hypothesis", "paraphrased", "abstract"]),
            "{it:?}"
        );
        assert!(
            known(&it.status, &["implemented", "read_out", "not_modelled"]),
            "{it:?}"
        );
        assert!(!it.section.is_empty() && !it.scene_or_why.is_empty(), "{it:?}");
        assert_eq!(it.file.is_empty(), it.status == "not_modelled", "{it:?}");
        let path = format!("{}/src/model/{}", env!("CARGO_MANIFEST_DIR"), it.file);
        assert!(
            it.file.is_empty() || std::path::Path::new(&path).is_file(),
            "{it:?} names no file"
        );
    }
    let implemented: Vec<&Edge> = edges.iter().filter(|it| it.status == "implemented").collect();
    assert!(
        implemented.len() >= FEWEST,
        "only {} arrows are implemented",
        implemented.len()
    );
    let tested: BTreeSet<u32> = (1..=44).filter(|it| effects(*it).is_some()).collect();
    assert_eq!(
        tested,
        implemented.iter().map(|it| it.id).collect(),
        "nudged, and called implemented"
    );
}
