//! The commented file that `simulate new` writes.

use super::keys::KEYS;
use super::reference::{facts, wrapped};
use crate::document::Key;

/// A commented scenario that runs as it is; every key of `[run]` and `[situation]` stands in it.
///
/// `schema` is the path of the JSON Schema as seen from the file; without one the file says how to come by it.
pub fn template(schema: Option<&str>) -> String {
    let mut out = heading(schema);
    out += "# One experiment. A `#` begins a comment; `simulate check` says what the file will do,\n\
         # `simulate keys` explains every key.\n\n\
         title = \"Does a way out change who helps?\"\n\
         question = \"People who feel with her stay; people who are distressed leave if they can. True?\"\n";
    out += &commented("citation", "\"batson1981\"");
    out += "\n[run]\n";
    out += &explained("run", &[]);
    out += "\n# [population]\n";
    out += &wrapped(
        "Who there is, in standard deviations from the published norms, for instance \
         regulation = { mean = -0.5, sd = 1.0 }. The traits:",
        "# ",
    );
    let traits = KEYS.iter().filter(|it| it.parent() == "population").map(Key::name);
    out += &wrapped(&traits.collect::<Vec<_>>().join(", "), "# ");
    out += "\n[situation]\n# The scene that all conditions share. What is left out has its default.\n";
    out += &explained(
        "situation",
        &[
            ("need", "0.8"),
            ("vividness", "0.8"),
            ("cost", "0.5"),
            ("window_s", "40"),
        ],
    );
    out += CONDITIONS;
    out
}

/// How the file gets help in an editor.
fn heading(schema: Option<&str>) -> String {
    match schema {
        Some(path) => format!("#:schema {path}\n"),
        None => "# For help in an editor, save what `simulate schema` prints as scenario.schema.json beside this\n\
                 # file, and begin the file with the line `#:schema ./scenario.schema.json`.\n"
            .to_owned(),
    }
}

/// Two conditions, and what else one may carry.
const CONDITIONS: &str = r#"
# A condition changes single keys of the scene; the same people meet it in every condition.

[[condition]]
name = "easy escape"
factors = { escape = "easy" }
situation = { escape = 0.9 }
# observed = { helped = 6, of = 11 }                                  # what people did
# training = [{ program = "compassion", hours = 16, weeks = 8 }]      # practice before the scene
# population = { regulation = { mean = -1.0 } }                       # other people
# knockout = ["self_other_distinction"]                               # a mechanism switched off
# unit = "group"                                                      # counted: at least one of the group
# group_size = 3

[[condition]]
name = "hard to escape"
factors = { escape = "hard" }
situation = { escape = 0.0 }

# A difference between two conditions that was published or is claimed; without `observed` it is only asked for.
# [[contrast]]
# treatment = "hard to escape"
# control = "easy escape"
# measure = "helped"
# observed = { direction = "rises" }

# A key that the answer is drawn over: the same people at every point.
# [vary]
# key = "situation.need"
# from = 0.0
# to = 1.0
"#;

/// The keys of a table with their explanations: set to a value where one is given, else a comment.
fn explained(table: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for key in KEYS.iter().filter(|it| it.parent() == table) {
        let value = values.iter().find(|(name, _)| *name == key.name());
        out.push('\n');
        out += &wrapped(&format!("{} ({})", key.meaning, facts(key)), "# ");
        if !key.anchors.is_empty() {
            out += &wrapped(key.anchors, "#   ");
        }
        out += &match (value, key.default) {
            (Some((name, value)), _) => format!("{name} = {value}\n"),
            (None, Some(default)) => format!("# {} = {default}\n", key.name()),
            (None, None) => String::new(),
        };
    }
    out
}

fn commented(path: &str, example: &str) -> String {
    let key = KEYS.iter().find(|it| it.path == path);
    let meaning = key.map_or("", |it| it.meaning);
    format!("# {path} = {example}   # {meaning}\n")
}

/// A commented community that runs as it is; every key of a layer and a need stands in it.
///
/// `schema` as in [`template`].
pub fn community_template(schema: Option<&str>) -> String {
    let mut out = heading(schema);
    out += "# A community: people who know each other, day after day. A `#` begins a comment; `simulate check`\n\
         # says what the file will do and how a day goes, `simulate keys` explains every key.\n\n\
         title = \"A school of 300, and a course for one in five\"\n\
         question = \"One in five learns compassion. Does it reach the others?\"\n\n\
         [run]\n\
         seed = 1\n\
         agents = 300         # people of one community\n\
         replicates = 10      # communities, each with people and ties of its own: intervals are over them\n\n\
         [community]\n";
    out += &explained("community", &[("weeks", "12")]);
    out += "\n# Who knows whom. Several layers may stand below each other.\n\n[[community.layer]]\n";
    out += &explained(
        "community.layer",
        &[
            ("name", "\"class\""),
            ("network", "\"groups\""),
            ("size", "25"),
            ("closeness", "0.5"),
            ("contacts_per_day", "10.0"),
        ],
    );
    out += "\n[[community.layer]]\nname = \"friends\"\nnetwork = \"small_world\"\ndegree = 6\n\
         closeness = 0.8\ncontacts_per_day = 3.0\n";
    out += "\n# What happens to people, and who is at hand.\n\n[[community.need]]\n";
    out += &explained(
        "community.need",
        &[
            ("name", "\"a classmate is made fun of\""),
            ("per_person_per_week", "0.3"),
            ("layer", "\"class\""),
            ("witnesses", "3.0"),
            (
                "situation",
                "{ need = 0.5, vividness = 0.9, ambiguity = 0.2, cost = 0.4, window_s = 60 }",
            ),
        ],
    );
    out += COMMUNITIES;
    out
}

/// Conditions of a community.
const COMMUNITIES: &str = r#"
# The same people, ties, needs and luck in every condition; the first is what the others are compared with.

[[condition]]
name = "no course"

[[condition]]
name = "one in five"
training = [{ program = "compassion", hours = 16, weeks = 8 }]
trained = { share = 0.2, who = "random" }           # or most_connected, least_connected, together

# [[condition]]
# name = "smaller classes"
# community = { class = { size = 15 } }              # single keys of layers and needs, by their names
# knockout = ["contagion"]                           # or gratitude, modelling, ties: a link between people switched off
"#;

/// A commented exchange that runs as it is; every key of it stands in it.
///
/// `schema` as in [`template`].
pub fn exchange_template(schema: Option<&str>) -> String {
    let mut out = heading(schema);
    out += "# An exchange: two meet round after round, and in each round each of them gives or does not. A `#` begins a\n\
         # comment; `simulate check` says what the file will do, `simulate keys exchange` explains every key.\n\n\
         title = \"Giving and taking when things go wrong\"\n\
         question = \"One decision in eight comes out as its opposite. What becomes of giving, and does empathy help?\"\n\n\
         [run]\n\
         seed = 1\n\
         agents = 2_000       # people: each has a partner among them\n\n\
         [exchange]\n";
    out += &explained("exchange", &[("rounds", "20"), ("benefit", "4.0")]);
    out += EXCHANGES;
    out
}

/// Scene and conditions of an exchange.
const EXCHANGES: &str = r#"
# A round: an anonymous other at another screen to whom one may give.

[situation]
need = 0.3             # a favour without urgency
vividness = 0.5        # seen on a screen
ambiguity = 0.0        # what one may do is written there
closeness = 0.3        # anonymous
cost = 0.25            # a little money
efficacy = 1.0         # what is given arrives
evaluation = 0.1       # nobody looks on

# The same people and the same luck in every condition; single keys of [exchange] and [situation] may differ.

[[condition]]
name = "no noise"

[[condition]]
name = "noise"
exchange = { noise = 0.125 }

[[condition]]
name = "noise, imagining the other"
exchange = { noise = 0.125 }
situation = { perspective = "imagine_other" }

# [[condition]]
# name = "with tit for tat"
# exchange = { partner = "tit_for_tat" }
# knockout = ["reciprocity"]                           # what the other did changes nothing

[[contrast]]           # in the last round
treatment = "noise"
control = "no noise"
measure = "helped"
observed = { direction = "falls" }
"#;
