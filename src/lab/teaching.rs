//! The teaching scenarios, which a lab has unless it is given others.

/// A scenario as a lab holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Name of its file without ending.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The group under which it stands among others, if it has one.
    pub group: Option<&'static str>,
}

/// A group of scenarios under a heading of its own: its name, and names and texts of the scenarios in it.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// The scenarios that ship with the program, in groups; the flagship first, with which to begin.
const SHIPPED: &[Group] = &[
    ("start", &[("distress", include_str!("../../scenarios/distress.toml"))]),
    (
        "situations",
        &[
            ("way_out", include_str!("../../scenarios/way_out.toml")),
            (
                "escape_and_empathy",
                include_str!("../../scenarios/escape_and_empathy.toml"),
            ),
            ("perspectives", include_str!("../../scenarios/perspectives.toml")),
            ("bystanders", include_str!("../../scenarios/bystanders.toml")),
            ("good_samaritan", include_str!("../../scenarios/good_samaritan.toml")),
            ("in_group", include_str!("../../scenarios/in_group.toml")),
        ],
    ),
    (
        "feelings",
        &[
            ("sweet_spot", include_str!("../../scenarios/sweet_spot.toml")),
            ("contagion", include_str!("../../scenarios/contagion.toml")),
            (
                "feeling_without_understanding",
                include_str!("../../scenarios/feeling_without_understanding.toml"),
            ),
            ("empathic_anger", include_str!("../../scenarios/empathic_anger.toml")),
            (
                "compassion_without_sharing",
                include_str!("../../scenarios/compassion_without_sharing.toml"),
            ),
        ],
    ),
    (
        "training",
        &[
            (
                "empathy_then_compassion",
                include_str!("../../scenarios/empathy_then_compassion.toml"),
            ),
            (
                "compassion_or_reappraisal",
                include_str!("../../scenarios/compassion_or_reappraisal.toml"),
            ),
            ("three_modules", include_str!("../../scenarios/three_modules.toml")),
            ("dose_response", include_str!("../../scenarios/dose_response.toml")),
            (
                "coaching_and_feedback",
                include_str!("../../scenarios/coaching_and_feedback.toml"),
            ),
            ("malleability", include_str!("../../scenarios/malleability.toml")),
        ],
    ),
    (
        "lasting",
        &[
            (
                "everyday_cultivation",
                include_str!("../../scenarios/everyday_cultivation.toml"),
            ),
            ("fiction", include_str!("../../scenarios/fiction.toml")),
            (
                "after_practice_stops",
                include_str!("../../scenarios/after_practice_stops.toml"),
            ),
            (
                "crutches_after_eight_weeks",
                include_str!("../../scenarios/crutches_after_eight_weeks.toml"),
            ),
            ("isolation", include_str!("../../scenarios/isolation.toml")),
            ("nurses", include_str!("../../scenarios/nurses.toml")),
        ],
    ),
    (
        "communities",
        &[
            ("kindness", include_str!("../../scenarios/community/kindness.toml")),
            ("ward", include_str!("../../scenarios/community/ward.toml")),
        ],
    ),
];

/// The teaching scenarios.
pub fn teaching() -> Vec<Scene> {
    let of_group = |(group, scenes): &Group| {
        let scene = |(id, text): &(&str, &str)| Scene {
            id: (*id).to_owned(),
            text: (*text).to_owned(),
            group: Some(*group),
        };
        scenes.iter().map(scene).collect::<Vec<_>>()
    };
    SHIPPED.iter().flat_map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_teaching_scenario_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut stems: Vec<String> = files
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            // It uses every key and asks nothing.
            .filter(|stem| stem != "every_key")
            .collect();
        // Of communities, which take longer, there are two.
        stems.extend(["kindness", "ward"].map(str::to_owned));
        let mut shipped: Vec<String> = teaching().into_iter().map(|scene| scene.id).collect();
        stems.sort();
        shipped.sort();
        assert_eq!(stems, shipped);
    }
}
