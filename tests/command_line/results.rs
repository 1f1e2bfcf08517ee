//! What a run leaves.

use crate::{Desk, SMALL, done, told};

const FILES: [&str; 25] = [
    "comparison.csv",
    "comparison_codebook.csv",
    "flow.png",
    "flow.svg",
    "helping_rate.png",
    "helping_rate.svg",
    "how_to_read_people.txt",
    "latency.png",
    "latency.svg",
    "outcomes.png",
    "outcomes.svg",
    "people.csv",
    "people_codebook.csv",
    "provenance.json",
    "report.html",
    "scenario.toml",
    "summary.csv",
    "summary.json",
    "summary_codebook.csv",
    "sweet_spot.png",
    "sweet_spot.svg",
    "timecourse.csv",
    "timecourse.png",
    "timecourse.svg",
    "timecourse_codebook.csv",
];

fn rows(text: &[u8]) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text);
    reader
        .records()
        .map(|it| it.expect("every row has every cell"))
        .collect()
}

fn columns(text: &[u8]) -> Vec<String> {
    let header = csv::Reader::from_reader(text).headers().expect("a header").clone();
    header.iter().map(str::to_owned).collect()
}

/// The main job of the project, with few people.
#[test]
fn the_main_scene_leaves_charts_and_data() {
    let desk = Desk::new();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/distress.toml");
    let screen = done(&desk.simulate(&[scenario, "--agents", "2000"]));
    assert_eq!(desk.names("output/distress"), FILES);
    assert!(
        screen.contains("Who helps, who is overwhelmed, who leaves?"),
        "{screen}"
    );
    assert!(told(&screen).contains("more with “compassion training” (+"), "{screen}");
    assert!(screen.contains("parameters are assumptions"), "{screen}");
    assert!(
        screen.trim_end().ends_with("report.html"),
        "the report is named last: {screen}"
    );
    let page = String::from_utf8(desk.read("output/distress/report.html")).unwrap();
    assert!(page.contains("Print or save this page as PDF and hand it in."));
    // Works are named by their authors, parameters in words.
    for key in ["klimecki2014", "condon2013", "luberto2018", "affective_sharing.time_s"] {
        assert!(!page.contains(key), "{key}");
    }
    // The answer comes first, then one table that no terminal breaks, then where to look; every condition shows who is gained and lost.
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    let place = |part: &str| screen.find(part).unwrap_or_else(|| panic!("{part}: {screen}"));
    assert!(place("All 9 claims") < place("of 100 people   ") && place("of 100 people   ") < place("report.html"));
    assert!(screen.lines().count() < 40, "{screen}");
    let shown = screen.lines().skip_while(|line| !line.starts_with("no training"));
    let numbers = |line: &str| line.matches('.').count();
    assert!(shown.skip(1).take(4).all(|row| numbers(row) == 8), "{screen}");
    let full = done(&desk.simulate(&[scenario, "--agents", "2000", "--full"]));
    assert!(
        full.contains("Positive affect (rated from 0 to 10)") && full.contains("95 % interval"),
        "{full}"
    );

    let summary = desk.json("output/distress/summary.json");
    let names: Vec<&str> = summary["conditions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names.len(), 5);
    for it in summary["conditions"].as_array().expect("a list") {
        let share = |name: &str| it[name].as_f64().unwrap_or_else(|| panic!("{name} of {it}"));
        let whole = share("helped") + share("left") + share("undecided") + share("punished");
        assert!((whole - 1.0).abs() < 1e-9, "outcomes add up to everybody: {it}");
        assert_eq!(share("helped"), share("helping_rate"));
        assert!(share("lower") < share("helping_rate") && share("helping_rate") < share("upper"));
        let states = it["empathy_states"].as_object().expect("states");
        let whole: f64 = states.values().map(|it| it.as_f64().expect("a share")).sum();
        assert!((whole - 1.0).abs() < 1e-9, "{it}");
        assert_eq!(it["n"], 2000);
    }
    assert!(summary["conditions"][0]["difference"].is_null());
    assert_eq!(summary["conditions"][1]["paired"], true);

    let table = desk.read("output/distress/summary.csv");
    assert_eq!(rows(&table).len(), 5);
    for name in [
        "name",
        "unit",
        "n",
        "helping_rate",
        "difference_lower",
        "cohens_h",
        "overwhelmed",
    ] {
        assert!(columns(&table).iter().any(|it| it == name), "{name}");
    }
    let provenance = desk.json("output/distress/provenance.json");
    assert_eq!(provenance["seed"], 20_140_509);
    assert_eq!(provenance["parameters"]["sha256"].as_str().map(str::len), Some(64));

    let again = done(&desk.simulate(&["output/distress/scenario.toml", "--out", "again"]));
    assert!(told(&again).contains("more with “compassion training” (+"), "{again}");
    assert_eq!(
        desk.json("again/scenario/summary.json")["conditions"],
        summary["conditions"]
    );
}

#[test]
fn a_row_for_each_person_and_condition_says_what_the_summary_says() {
    let desk = Desk::new();
    let file = desk.with("small.toml", SMALL);
    done(&desk.simulate(&[file.to_str().expect("text"), "--quiet"]));
    let (text, codebook) = (
        desk.read("output/small/people.csv"),
        desk.read("output/small/people_codebook.csv"),
    );
    let explained: Vec<String> = rows(&codebook).iter().map(|it| it[0].to_owned()).collect();
    assert_eq!(explained, columns(&text));

    let (people, columns) = (rows(&text), columns(&text));
    let at = |name: &str| {
        columns
            .iter()
            .position(|it| it == name)
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(people.len(), 3_000);
    let summary = desk.json("output/small/summary.json");
    for (number, name) in ["stranger", "friend, of old"].into_iter().enumerate() {
        let own: Vec<_> = people.iter().filter(|it| &it[0] == name).collect();
        let helped = own.iter().filter(|it| &it[at("outcome")] == "helped").count();
        let rate = summary["conditions"][number]["helping_rate"].as_f64().expect("a rate");
        // The reader of JSON may miss the last bit.
        assert!((helped as f64 / own.len() as f64 - rate).abs() < 1e-12);
    }
    // Half of the friends have practised compassion, each with a gain of their own, half mindfulness, and the strangers nothing.
    let gains: std::collections::BTreeMap<(&str, bool), u32> =
        people.iter().fold(Default::default(), |mut counts, it| {
            let gained = it[at("gain_compassion_motive")].parse::<f64>().expect("a number") > 0.0;
            *counts.entry((&it[0], gained)).or_default() += 1;
            counts
        });
    assert_eq!(gains.len(), 3, "{gains:?}");
    assert!(gains.values().all(|it| *it > 600), "{gains:?}");
    // The same agent is the same person.
    let first = |name: &str| {
        people
            .iter()
            .find(|it| &it[0] == name && &it[1] == "7")
            .expect("person 7")
    };
    let trait_of = |name: &str| first(name)[at("compassion_motive")].to_owned();
    assert_eq!(trait_of("stranger"), trait_of("friend, of old"));
    for person in &people {
        let flag = |name: &str| person[at(name)].to_owned();
        assert_eq!(flag("helped") == "1", &person[at("outcome")] == "helped");
        assert!(["0", "1"].contains(&flag("overwhelmed").as_str()));
        assert_eq!(flag("week"), "", "a single encounter has no week");
    }
}

#[test]
fn so_many_rows_as_wanted_are_written() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    for (people, expected) in [("all", 3_000), ("20", 40), ("1100", 2_200)] {
        done(&desk.simulate(&["small.toml", "--people", people]));
        assert_eq!(rows(&desk.read("output/small/people.csv")).len(), expected, "{people}");
    }
    done(&desk.simulate(&["small.toml", "--people", "none"]));
    assert!(!desk.names("output/small").contains(&"people.csv".to_owned()));
}

#[test]
fn json_is_one_object_for_each_file() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    desk.with("b.toml", SMALL);
    let text = done(&desk.simulate(&["a.toml", "b.toml", "--json", "--set", "situation.escape=0.1"]));
    let objects: Vec<serde_json::Value> = text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0], desk.json("output/a+situation.escape=0.1/summary.json"));
    let as_run = String::from_utf8(desk.read("output/a+situation.escape=0.1/scenario.toml")).expect("text");
    assert!(as_run.contains("escape = 0.1"), "{as_run}");
    // A changed run names its change, and leaves what the unchanged one has written alone.
    assert_eq!(objects[0]["title"], "A small scene (situation.escape=0.1)");
    done(&desk.simulate(&["a.toml"]));
    let plain = desk.read("output/a/helping_rate.svg");
    done(&desk.simulate(&["a.toml", "--set", "situation.escape = 0.2"]));
    assert!(plain == desk.read("output/a/helping_rate.svg"));
    assert_ne!(plain, desk.read("output/a+situation.escape=0.2/helping_rate.svg"));
}

#[test]
fn check_keys_schema_and_new_speak() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    assert!(done(&desk.simulate(&["check", "small.toml"])).contains("2 conditions"));
    assert!(done(&desk.simulate(&["keys"])).contains("situation.escape"));
    // A word finds keys, measures and programs by name and meaning, and what it does not find it says.
    let found = done(&desk.simulate(&["keys", "burnout"]));
    assert!(
        found.contains("\nburnout\n") && found.contains("Measures") && !found.contains("situation.need\n"),
        "{found}"
    );
    let program = done(&desk.simulate(&["keys", "mindfulness"]));
    assert!(
        program.contains("\nmindfulness\n") && program.contains("readiness_to_act +"),
        "{program}"
    );
    assert!(crate::refused(&desk.simulate(&["keys", "burnuot"])).contains("did you mean `burnout`?"));
    let schema = done(&desk.simulate(&["schema"]));
    assert!(serde_json::from_str::<serde_json::Value>(&schema).is_ok());
    done(&desk.simulate(&["new", "mine.toml"]));
    done(&desk.simulate(&["check", "mine.toml"]));
    assert!(crate::refused(&desk.simulate(&["new", "mine.toml"])).contains("exists and is not overwritten"));
    // The first line names a schema only where there is one.
    let begins = |file: &str, with: &str| {
        let text = String::from_utf8(desk.read(file)).expect("text");
        assert!(text.starts_with(with), "{text}");
    };
    begins(
        "mine.toml",
        "# For help in an editor, save what `simulate schema` prints",
    );
    std::fs::create_dir(desk.path().join("scenarios")).expect("it can be made");
    desk.with("scenarios/scenario.schema.json", done(&desk.simulate(&["schema"])));
    for (file, schema) in [
        ("other.toml", "./scenarios/scenario.schema.json"),
        ("scenarios/a b.toml", "./scenario.schema.json"),
    ] {
        let run = desk.simulate(&["new", file]);
        begins(file, &format!("#:schema {schema}\n"));
        let remark = String::from_utf8_lossy(&run.stderr).into_owned();
        let pasted = if file.contains(' ') {
            format!("\"{file}\"")
        } else {
            file.to_owned()
        };
        assert!(
            remark.contains(&format!("simulate {pasted}`"))
                && remark.contains(&format!("`{}", env!("CARGO_BIN_EXE_simulate"))),
            "{remark}"
        );
    }
    assert!(done(&desk.simulate(&["--help"])).contains("simulate scenarios/distress.toml"));
}

#[test]
fn groups_count_as_one_and_some_are_relieved() {
    let desk = Desk::new();
    desk.with(
        "groups.toml",
        "title = \"groups\"\n[run]\nagents = 1000\n[situation]\nneed = 0.7\n[[condition]]\nname = \"alone\"\n[[condition]]\n\
         name = \"three\"\nunit = \"group\"\ngroup_size = 3\nsituation = { bystander_behaviour = \"free\" }\n",
    );
    done(&desk.simulate(&["groups.toml"]));
    let three = &desk.json("output/groups/summary.json")["conditions"][1];
    assert_eq!(
        (three["n"].as_u64(), three["paired"].as_bool()),
        (Some(333), Some(false))
    );
    assert!(three["relieved"].as_f64().expect("a share") > 0.0, "{three}");
    let people = rows(&desk.read("output/groups/people.csv"));
    assert_eq!(people.iter().filter(|it| &it[0] == "three").count(), 999);
    assert!(people.iter().filter(|it| &it[0] == "three").all(|it| !it[3].is_empty()));
}

/// A group in the first condition gives its size to the people of the sweet-spot map, and need not divide their number.
#[test]
fn a_group_may_stand_first() {
    let desk = Desk::new();
    desk.with(
        "first.toml",
        "title = \"first\"\n[run]\nagents = 700\n[situation]\nneed = 0.7\nbystander_behaviour = \"free\"\n\
         [[condition]]\nname = \"five\"\nunit = \"group\"\ngroup_size = 5\n",
    );
    done(&desk.simulate(&["first.toml"]));
    assert_eq!(desk.json("output/first/summary.json")["conditions"][0]["n"], 140);
}

/// Where help is a quantity it is given at the very end, which the charts of decision times have to bear.
#[test]
fn help_as_a_quantity_is_drawn_and_counted() {
    let desk = Desk::new();
    desk.with(
        "gift.toml",
        "title = \"gift\"\n[run]\nagents = 500\n[situation]\nneed = 0.8\nhelp = \"graded\"\nendowment = 10.0\nwindow_s = 31.7\n\
         [[condition]]\nname = \"gift\"\n",
    );
    done(&desk.simulate(&["gift.toml"]));
    let gift = &desk.json("output/gift/summary.json")["conditions"][0];
    assert!(gift["helped"].as_f64().expect("a share") > 0.2, "{gift}");
    let people = rows(&desk.read("output/gift/people.csv"));
    let amount = columns(&desk.read("output/gift/people.csv"))
        .iter()
        .position(|it| it == "amount")
        .expect("a column");
    let given: Vec<f64> = people.iter().map(|it| it[amount].parse().expect("a number")).collect();
    assert!(given.iter().all(|it| (0.0..=10.0).contains(it)) && given.iter().any(|it| *it > 1.0));
    // The chart shows the mean of what the table has.
    let mean = given.iter().sum::<f64>() / given.len() as f64;
    let chart = String::from_utf8(desk.read("output/gift/amount.svg")).expect("text");
    assert!(chart.contains("mean amount given (units, of 10)"));
    assert!(chart.contains(&format!(">{mean:.2}<")), "{mean}");
}

/// Where weeks lie before the scene there is a row for each week, with what it has left behind, and the means are those of the timeline.
#[test]
fn people_carry_what_weeks_have_left_behind() {
    let desk = Desk::new();
    desk.with(
        "weeks.toml",
        "title = \"weeks\"\n[run]\nagents = 300\n[timeline]\nweeks = 2\nmeasure_at = [0, 2, 4]\n\
         [[condition]]\nname = \"waiting\"\n[[condition]]\nname = \"trained\"\n\
         training = [{ program = \"compassion\", hours = 10, weeks = 2 }]\n",
    );
    desk.with("scene.toml", SMALL);
    done(&desk.simulate(&["weeks.toml", "scene.toml"]));
    let table = desk.read("output/weeks/people.csv");
    let people = rows(&table);
    let timeline = rows(&desk.read("output/weeks/timeline.csv"));
    let measures = [
        ("burnout", "burnout"),
        ("compassion_satisfaction", "compassion_satisfaction"),
        ("positive_mood", "positive_mood"),
        ("depressive_symptoms", "depressive_symptoms"),
        ("self_reported_compassion", "self_reported_compassion"),
        ("theory_of_mind", "theory_of_mind"),
        ("iri_ec", "iri_ec"),
        ("helped", "helped"),
    ];
    let week = columns(&table).iter().position(|it| it == "week").expect("a column");
    assert_eq!(people.len(), 300 * 2 * 3);
    for (column, measure) in measures {
        let at = columns(&table).iter().position(|it| it == column).expect("a column");
        for (condition, when) in ["waiting", "trained"]
            .into_iter()
            .flat_map(|it| [0.0, 2.0, 4.0].map(|when| (it, when)))
        {
            let values: Vec<f64> = people
                .iter()
                .filter(|it| &it[0] == condition && it[week].parse() == Ok(when))
                .map(|it| it[at].parse().expect("a number"))
                .collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let row = timeline
                .iter()
                .find(|it| &it[0] == condition && it[1].parse() == Ok(when) && &it[4] == measure)
                .expect("a row");
            let expected: f64 = row[5].parse().expect("a number");
            assert!(
                (mean - expected).abs() < 1e-3,
                "{column} of {condition} in week {when}: {mean}, not {expected}"
            );
        }
    }
    assert!(!columns(&desk.read("output/scene/people.csv")).contains(&"burnout".to_owned()));
}

/// One condition has nothing to differ from.
#[test]
fn the_table_of_one_condition_compares_nothing() {
    let desk = Desk::new();
    let (one, _) = SMALL.rsplit_once("[[condition]]").expect("two conditions");
    desk.with("one.toml", one);
    let screen = done(&desk.simulate(&["one.toml", "--people", "none"]));
    assert!(
        screen.contains("undecided") && !screen.to_lowercase().contains("difference"),
        "{screen}"
    );
}

/// A quantity is given when the scene ends: nobody can be early, so there is no chart of decision times.
#[test]
fn decision_times_are_drawn_where_somebody_can_be_early() {
    let desk = Desk::new();
    desk.with("act.toml", SMALL);
    desk.with("amount.toml", SMALL.replace("escape = 0.9", "help = \"graded\""));
    done(&desk.simulate(&["act.toml", "amount.toml", "--people", "none"]));
    let drawn = |name: &str| {
        desk.names(&format!("output/{name}"))
            .contains(&"latency.svg".to_owned())
    };
    assert!(drawn("act") && !drawn("amount"));
}

/// Examples are lines to copy: none is broken, even on a narrow terminal.
#[test]
fn help_fits_a_terminal_and_its_examples_are_whole_lines() {
    let desk = Desk::new();
    for command in ["", "check", "keys", "schema", "new", "trace", "validate", "calibrate"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
        let help = done(&desk.simulate(&arguments));
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "`simulate {command} --help`: {line}");
        }
        let Some((_, examples)) = help.split_once("Example") else {
            continue;
        };
        for line in examples.lines().skip(1).take_while(|it| !it.is_empty()) {
            assert!(line.starts_with("  simulate "), "broken: {line}");
        }
    }
}

/// Programs that read a table take the types of its columns from the codebook: it begins with the columns, in order, and letters stand only in
/// those that it calls text. The same numbers stand in the table for Excel, with decimal commas.
#[test]
fn every_table_has_the_columns_and_the_types_of_its_codebook() {
    let desk = Desk::new();
    let scenario = |name: &str| format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let [scene, weeks, over, exchange] = [
        "compassion_or_reappraisal",
        "nurses",
        "way_out",
        "exchange/noise_and_empathy",
    ]
    .map(scenario);
    let few = ["--agents", "120", "--charts", "none", "--excel"];
    done(&desk.simulate(&[&[&*scene, &*weeks, &*over, &*exchange], &few[..]].concat()));
    let community = scenario("community/kindness");
    let small = [
        "--set",
        "run.agents=60",
        "--set",
        "run.replicates=2",
        "--charts",
        "none",
    ];
    done(&desk.simulate(&[&[&*community], &small[..]].concat()));
    done(&desk.simulate(&["plan", &scene, "--agents", "120", "--excel"]));
    let mut read = 0;
    for folder in desk.names("output") {
        let inside = if folder == "plan" {
            format!("output/plan/{}", desk.names("output/plan")[0])
        } else {
            format!("output/{folder}")
        };
        for book in desk.names(&inside) {
            let Some(table) = book.strip_suffix("_codebook.csv") else {
                continue;
            };
            let explained = rows(&desk.read(&format!("{inside}/{book}")));
            let table = desk.read(&format!("{inside}/{table}.csv"));
            let names = columns(&table);
            let head: Vec<&str> = explained.iter().take(names.len()).map(|row| &row[0]).collect();
            assert_eq!(names, head, "{inside}/{book}");
            for row in rows(&table) {
                for (cell, column) in row.iter().zip(&explained) {
                    let fits = cell.is_empty() || column[2].starts_with("text") || cell.parse::<f64>().is_ok();
                    assert!(fits, "{inside}/{book}: `{cell}` in `{}`", &column[0]);
                }
            }
            read += 1;
        }
    }
    assert!(read >= 20, "{read}");
    let plain = desk.read("output/plan/compassion_or_reappraisal/plan.csv");
    let excel = desk.read("output/plan/compassion_or_reappraisal/plan_excel.csv");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&excel[3..]);
    for (excel, plain) in reader.records().map(Result::unwrap).zip(rows(&plain)) {
        let commas: Vec<String> = plain.iter().map(|cell| cell.replace('.', ",")).collect();
        assert_eq!(excel.iter().collect::<Vec<_>>(), commas);
    }
}

/// Half of the wards are trained: whoever is has no step to go, whoever is not stands in a group of the same size all of whom are not.
#[test]
fn people_of_a_community_say_where_they_stand() {
    let desk = Desk::new();
    let file = |name: &str| format!("{}/scenarios/community/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let small = ["--set", "run.replicates=1", "--agents", "120", "--charts", "none"];
    done(&desk.simulate(&[&[&*file("ward")], &small[..]].concat()));
    let folder = &desk.names("output")[0];
    let table = desk.read(&format!("output/{folder}/people.csv"));
    let names = columns(&table);
    let at = |name: &str| {
        names
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| panic!("{name} in {names:?}"))
    };
    let [condition, agent, degree, trained, steps, group] = [
        "condition",
        "agent",
        "degree",
        "trained",
        "steps_to_trained",
        "group_in_ward",
    ]
    .map(at);
    let rows = rows(&table);
    let first = rows[0][condition].to_owned();
    let mut of_groups: std::collections::BTreeMap<(&str, &str), Vec<&csv::StringRecord>> = Default::default();
    for row in &rows {
        assert!(row[degree].parse::<u32>().expect("a number") > 0);
        assert_eq!(&row[trained] == "1", &row[steps] == "0", "{row:?}");
        assert_eq!(row[condition] == *first, row[steps].is_empty(), "{row:?}");
        let week = at("week");
        if &row[week] == "0.000" {
            of_groups.entry((&row[condition], &row[group])).or_default().push(row);
        }
    }
    for ((condition, group), people) in &of_groups {
        assert_eq!(
            people
                .iter()
                .map(|row| &row[agent])
                .min_by_key(|agent| agent.parse::<u32>().unwrap()),
            Some(*group)
        );
        let same = people.iter().all(|row| row[trained] == people[0][trained]);
        assert!(same, "{condition}: wards are trained whole");
    }
    let large = |more: &[&str]| {
        let all = [
            "--set",
            "run.replicates=1",
            "--set",
            "community.weeks=5",
            "--agents",
            "420",
            "--charts",
            "none",
            "--force",
        ];
        done(&desk.simulate(&[&[&*file("alone_amid_others")], &all[..], more].concat()));
        let folder = desk
            .names("output")
            .into_iter()
            .find(|name| name.starts_with("alone"))
            .expect("its results");
        desk.names(&format!("output/{folder}"))
            .contains(&"community_ties.csv".to_owned())
    };
    assert!(
        !large(&[]) && large(&["--ties"]),
        "ties of more than 400 people are written where they are asked for"
    );
}
