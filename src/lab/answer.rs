//! From a request to an answer.

use super::everybody::{Everybody, everybody};
use super::request::{Ask, Request};
use super::{brain, community, comparison, courses, map, person, scene, take_home};
use crate::document::{Colour, Source};
use crate::engine::LONGEST_STEP_S;
use crate::engine::norm_scene::NormScene;
use crate::engine::run::Experiment;
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::report::ParameterSet;
use crate::scenario::{self, Scenario};
use crate::{parameters, programs};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// What is the same for all requests, made for the first.
struct Shipped {
    parameters: Parameters,
    set: ParameterSet,
    norm: NormScene,
}

impl Shipped {
    fn once() -> &'static Self {
        static SHIPPED: OnceLock<Shipped> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let read = parameters::builtin();
            Self {
                norm: NormScene::new(&read.values, LONGEST_STEP_S, Level::best()),
                set: ParameterSet {
                    assumptions: read.assumptions().len(),
                    of: parameters::count(&read.entries),
                    file: read.file,
                    sha256: read.sha256,
                },
                parameters: read.values,
            }
        })
    }
}

/// The answer to a request, as JSON: a field for each thing that is asked, under its name; what is wrong is in `error`, as it would be told in
/// the terminal.
///
/// # Example
///
/// ```
/// use compassion::lab;
///
/// let scene = "title = 'Who helps?'\nrun.agents = 100\n[[condition]]\nname = 'a stranger'\n";
/// let request = serde_json::json!({ "scenario": scene, "set": ["situation.need=0.9"], "ask": [{ "what": "rates" }] });
/// let answer: serde_json::Value = serde_json::from_str(&lab::answer(&request.to_string())).unwrap();
/// assert_eq!(answer["rates"]["conditions"][0]["n"], 100);
/// ```
pub fn answer(request: &str) -> String {
    match answered(request) {
        Ok(answer) => answer.to_string(),
        Err(error) => json!({ "error": error }).to_string(),
    }
}

fn answered(request: &str) -> Result<Value, String> {
    let request: Request = serde_json::from_str(request).map_err(|error| format!("not a request: {error}"))?;
    let mut source = Source::new("scenario", &*request.scenario);
    for change in &request.set {
        source.push_argument("--set", change);
    }
    let (scenario, notes) =
        scenario::read(&source, programs::builtin(), None).map_err(|problems| problems.render(Colour::Never))?;
    for ask in &request.ask {
        asks_what_there_is(ask, &scenario)?;
    }
    if scenario.has_exchange() {
        return Err("the lab shows scenes, and cannot show an `[exchange]` yet; run the file in the terminal, which draws its rounds".to_owned());
    }
    let shipped = Shipped::once();
    let experiment = Experiment {
        scenario: &scenario,
        parameters: &shipped.parameters,
        norm: shipped.norm,
        level: Level::best(),
        encounters: None,
        returning: None,
    };
    let notes: Vec<String> = notes.iter().map(|note| note.render(&source, Colour::Never)).collect();
    let mut answer = Map::new();
    answer.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    answer.insert("notes".to_owned(), json!(notes));
    let wanted = Everybody::wanted(&request.ask);
    let all = wanted.map(|wanted| everybody(&experiment, &wanted));
    for ask in &request.ask {
        let (name, value) = match ask {
            Ask::Codebook => ("codebook", scene::codebook()),
            Ask::Scene => ("scene", scene::scene(&scenario, &request.scenario)),
            Ask::Rates => (
                "rates",
                all.as_ref()
                    .map_or(Value::Null, |all| all.rates(&scenario, &shipped.set)),
            ),
            Ask::People { .. } => ("people", all.as_ref().map_or(Value::Null, Everybody::people)),
            Ask::Courses => ("courses", courses::courses(&experiment)),
            Ask::Map { condition } => ("map", map::map(&experiment, place(&scenario, *condition)?)),
            Ask::Person {
                agent,
                condition,
                against,
            } => {
                let against = against.map(|there| place(&scenario, there)).transpose()?;
                let person = person::person(&experiment, *agent, place(&scenario, *condition)?, against)?;
                ("person", person)
            }
            Ask::Brain { treatment, control } => {
                let [treatment, control] = [place(&scenario, *treatment)?, place(&scenario, *control)?];
                ("brain", brain::brain(&experiment, treatment, control))
            }
            Ask::Comparison { treatment, control } => {
                let [treatment, control] = [place(&scenario, *treatment)?, place(&scenario, *control)?];
                let compared = comparison::comparison(&experiment, treatment, control);
                ("comparison", compared.map_err(|stopped| stopped.to_string())?)
            }
            Ask::Community { condition } => {
                let condition = place(&scenario, *condition)?;
                let communities = all.as_ref().and_then(Everybody::communities);
                let seen = communities.map_or(Value::Null, |it| community::community(&scenario, it, condition));
                ("community", seen)
            }
            Ask::CommunityEffects => {
                let communities = all.as_ref().and_then(Everybody::communities);
                let told = communities.map_or(Value::Null, |it| community::effects(&scenario, it));
                ("community_effects", told)
            }
            Ask::TakeHome { people } => ("take_home", take_home::take_home(&experiment, *people)?),
        };
        answer.insert(name.to_owned(), value);
    }
    Ok(Value::Object(answer))
}

/// Whether there is in a scenario what is asked: some things there are of people who live among others, some of those who meet the scene by
/// themselves.
fn asks_what_there_is(ask: &Ask, scenario: &Scenario) -> Result<(), String> {
    let of_a_community = match ask {
        Ask::Community { .. } | Ask::CommunityEffects => true,
        Ask::Courses | Ask::Map { .. } | Ask::Person { .. } | Ask::Brain { .. } | Ask::Comparison { .. } => false,
        Ask::Codebook | Ask::Scene | Ask::Rates | Ask::People { .. } | Ask::TakeHome { .. } => return Ok(()),
    };
    match (of_a_community, scenario.has_community()) {
        (true, false) => Err("nobody lives among others here: the scenario has no `[community]`".to_owned()),
        (false, true) => Err(
            "this is told of people who meet a scene by themselves, and those of a `[community]` live among others"
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

/// A condition that there is.
fn place(scenario: &Scenario, number: usize) -> Result<usize, String> {
    let count = scenario.conditions.len();
    if number < count {
        Ok(number)
    } else {
        Err(format!(
            "there is no condition {number}: the scenario has {count}, counted from 0"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENE: &str = "title = 'Who helps?'\nquestion = 'Many?'\nrun.agents = 300\nsituation.need = 0.8\n\
                         [[condition]]\nname = 'plain'\n\
                         [[condition]]\nname = 'trained'\ntraining = [{ program = 'compassion', hours = 20, weeks = 8 }]\n";

    fn asked(set: &[&str], ask: &Value) -> Value {
        let request = json!({ "scenario": SCENE, "set": set, "ask": ask });
        serde_json::from_str(&answer(&request.to_string())).unwrap()
    }

    #[test]
    fn everything_that_is_asked_is_answered_under_its_name() {
        let all = asked(
            &[],
            &json!([
                { "what": "codebook" }, { "what": "scene" }, { "what": "rates" }, { "what": "people", "count": 50 }, { "what": "courses" },
                { "what": "map", "condition": 1 }, { "what": "person", "agent": 3, "condition": 0, "against": 1 },
                { "what": "brain", "treatment": 1, "control": 0 }, { "what": "comparison", "treatment": 1, "control": 0 },
                { "what": "take_home", "people": 5 },
            ]),
        );
        assert_eq!(all.get("error"), None, "{all}");
        for name in [
            "scene",
            "rates",
            "people",
            "courses",
            "map",
            "person",
            "brain",
            "comparison",
            "take_home",
        ] {
            assert!(all[name].is_object(), "{name}");
        }
        // How people ended is what the person shows who is followed.
        for (place, key) in [(0, "here"), (1, "there")] {
            let letters = all["people"]["outcomes"][place].as_str().unwrap();
            let outcome = all["person"][key]["outcome"].as_str().unwrap();
            assert!(outcome.starts_with(&letters[3..4]), "{letters} {outcome}");
        }
    }

    /// Over weeks people are seen many times; they end once.
    #[test]
    fn of_weeks_everybody_has_one_end() {
        let weeks = ["timeline={ weeks = 8, measure_at = [0, 4, 8] }", "run.agents=30"];
        let all = asked(&weeks, &json!([{ "what": "rates" }, { "what": "people", "count": 30 }]));
        let outcomes = all["people"]["outcomes"].as_array().unwrap_or_else(|| panic!("{all}"));
        assert_eq!(outcomes.len(), 2);
        assert!(
            outcomes.iter().all(|letters| letters.as_str().unwrap().len() == 30),
            "{all}"
        );
    }

    /// People who live among others are not run as if each lived alone: they are those that the terminal has, and their picture is of each week.
    #[test]
    fn people_of_a_community_live_among_others() {
        let kindness = include_str!("../../scenarios/community/kindness.toml");
        let set = [
            "run.agents=40",
            "run.replicates=2",
            "community.weeks=8",
            "community.measure_every_weeks=1",
        ];
        let asked = |ask: Value| -> Value {
            let request = json!({ "scenario": kindness, "set": set, "ask": ask });
            serde_json::from_str(&answer(&request.to_string())).unwrap()
        };
        let all = asked(json!([
            { "what": "scene" }, { "what": "rates" }, { "what": "people", "count": 40 }, { "what": "community", "condition": 1 },
            { "what": "community_effects" }, { "what": "take_home", "people": 5 },
        ]));
        assert_eq!(all.get("error"), None, "{all}");
        assert_eq!(all["scene"]["conditions"][1]["trained"]["share"], 0.2);
        let community = &all["community"];
        assert_eq!(community["weeks"].as_array().unwrap().len(), 9);
        assert_eq!(community["trained"].as_array().unwrap().len(), 8);
        for week in 0..9 {
            assert_eq!(community["burnout"][week].as_array().unwrap().len(), 40);
        }
        assert!(!community["helped"][8].as_array().unwrap().is_empty());
        let effects = &all["community_effects"]["conditions"];
        assert!(effects[0]["effects"]["helped"].is_null());
        assert!(
            effects[1]["effects"]["helped"]["spill_over"]["value"].is_number(),
            "{effects}"
        );

        let mut source = Source::new("scenario", kindness);
        for change in set {
            source.push_argument("--set", change);
        }
        let (scenario, _) = scenario::read(&source, programs::builtin(), None).unwrap();
        let parameters = parameters::builtin().values;
        let options = crate::study::Options::default();
        let run = crate::study::run(&scenario, &parameters, &options, &crate::engine::monitor::Unwatched).unwrap();
        let table = crate::report::summary_csv(&run.summary).unwrap();
        assert_eq!(all["take_home"]["summary.csv"], String::from_utf8(table).unwrap());

        for ask in [
            json!([{ "what": "map", "condition": 0 }]),
            json!([{ "what": "person", "agent": 0, "condition": 0 }]),
        ] {
            let error = asked(ask)["error"].to_string();
            assert!(error.contains("live among others"), "{error}");
        }
    }

    #[test]
    fn a_scene_without_a_community_has_no_picture_of_one() {
        let error = asked(&[], &json!([{ "what": "community", "condition": 0 }]))["error"].to_string();
        assert!(error.contains("has no `[community]`"), "{error}");
    }

    #[test]
    fn a_change_changes_the_answer_and_a_wrong_one_is_told_as_in_the_terminal() {
        let ask = json!([{ "what": "rates" }]);
        let rate = |answer: &Value| answer["rates"]["conditions"][0]["helped"].as_f64().unwrap();
        let (plain, costly) = (asked(&[], &ask), asked(&["situation.cost=0.9"], &ask));
        assert!(rate(&costly) < rate(&plain));
        let wrong = asked(&["situation.cots=0.9"], &ask);
        let error = wrong["error"].as_str().unwrap();
        assert!(
            error.contains("did you mean `situation.cost`?") || error.contains("did you mean `cost`?"),
            "{error}"
        );
        let beyond = asked(&[], &json!([{ "what": "map", "condition": 2 }]));
        assert!(beyond["error"].as_str().unwrap().contains("there is no condition 2"));
        let no_request = answer("[1");
        assert!(no_request.contains("not a request"), "{no_request}");
    }
}
