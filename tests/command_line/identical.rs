//! The same numbers, however they are computed.

use crate::{Desk, SMALL, done};

#[test]
fn threads_do_not_change_a_byte() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL.replace("agents = 1500", "agents = 20_000"));
    let mut all = Vec::new();
    for threads in ["1", "2", "5"] {
        done(&desk.simulate(&["small.toml", "--threads", threads, "--people", "all"]));
        let files = [
            "summary.json",
            "summary.csv",
            "people.csv",
            "outcomes.svg",
            "timecourse.svg",
            "latency.png",
        ];
        all.push(files.map(|it| desk.read(&format!("output/small/{it}"))));
    }
    assert!(all[0] == all[1] && all[0] == all[2]);
}

#[test]
fn conditions_may_come_and_go_in_any_order() {
    let desk = Desk::new();
    let head = "title = \"order\"\n[run]\nagents = 3000\n[situation]\nneed = 0.7\nescape = 0.9\n";
    let condition = |name: &str| {
        let closeness = match name {
            "a" => 0.3,
            "b" => 0.5,
            "c" => 0.7,
            _ => 0.9,
        };
        format!("[[condition]]\nname = \"{name}\"\nsituation = {{ closeness = {closeness} }}\n")
    };
    let numbers = |names: &[&str]| {
        let text: String = names.iter().map(|it| condition(it)).collect();
        desk.with("order.toml", head.to_owned() + &text);
        done(&desk.simulate(&["order.toml"]));
        let json = desk.json("output/order/summary.json");
        let people = String::from_utf8(desk.read("output/order/people.csv")).expect("text");
        let mut own: Vec<(String, serde_json::Value, Vec<String>)> = Vec::new();
        for it in json["conditions"].as_array().expect("a list") {
            let name = it["name"].as_str().expect("a name").to_owned();
            let mut it = it.clone();
            // The first condition is what the others are compared with.
            for compared in [
                "difference",
                "difference_lower",
                "difference_upper",
                "paired",
                "risk_ratio",
                "odds_ratio",
                "cohens_h",
            ] {
                it[compared] = serde_json::Value::Null;
            }
            let rows = people.lines().filter(|it| it.starts_with(&format!("{name},")));
            let rows = rows.map(str::to_owned).collect();
            own.push((name, it, rows));
        }
        own.sort_by(|one, other| one.0.cmp(&other.0));
        own
    };
    let all = numbers(&["a", "b", "c"]);
    assert_eq!(numbers(&["c", "a", "b"]), all);
    assert_eq!(numbers(&["c", "a"]), [all[0].clone(), all[2].clone()]);
    assert_eq!(numbers(&["a", "d", "b", "c"])[..3], all[..]);
}
