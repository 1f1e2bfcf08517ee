//! Communities: what is read, and what is refused at its line.

use super::refused::check;
use compassion::document::Source;
use compassion::population::networks::Network;
use compassion::programs::builtin;
use compassion::scenario::{self, Scenario, Who, to_toml};

/// The head of a community of 100 people, five lines.
const HEAD: &str = "title = 't'\n[run]\nagents = 100\n[community]\nweeks = 4\n";

/// A layer and a need, eight lines.
const WHOLE: &str = "[[community.layer]]\nname = 'ward'\nnetwork = 'groups'\nsize = 10\n\
    [[community.need]]\nname = 'falls'\nper_person_per_week = 1\nlayer = 'ward'\nwitnesses = 0.5\n";

const CONDITION: &str = "[[condition]]\nname = 'a'\n";

fn read(text: &str, files: &[(&str, Result<&str, &str>)]) -> Result<Scenario, String> {
    let mut source = Source::new("a.toml", text);
    for (path, file) in files {
        source.put_beside(path, file.map(str::to_owned).map_err(str::to_owned));
    }
    match scenario::read(&source, builtin(), None) {
        Ok((scenario, _)) => Ok(scenario),
        Err(problems) => Err(problems.to_string()),
    }
}

#[test]
fn a_community_is_read_with_what_conditions_change() {
    let text = format!(
        "{HEAD}measure_every_weeks = 3\n{WHOLE}{CONDITION}[[condition]]\nname = 'b'\n\
         training = [{{ program = 'compassion', hours = 4, weeks = 2 }}]\n\
         trained = {{ share = 0.25, who = 'together' }}\n\
         community = {{ ward = {{ size = 20 }}, falls = {{ situation = {{ cost = 0.5 }} }} }}\n"
    );
    let scenario = read(&text, &[]).unwrap();
    let [first, second] = &scenario.conditions[..] else {
        panic!("two conditions");
    };
    let timeline = first.protocol.timeline.as_ref().unwrap();
    assert_eq!((timeline.weeks, &timeline.measure_at[..]), (4.0, &[0.0, 3.0, 4.0][..]));
    let (one, other) = (
        first.protocol.community.as_ref().unwrap(),
        second.protocol.community.as_ref().unwrap(),
    );
    assert_eq!(one.layers[0].network, Network::Groups { size: 10 });
    assert_eq!(other.layers[0].network, Network::Groups { size: 20 });
    assert_eq!((one.needs[0].situation.cost, other.needs[0].situation.cost), (0.3, 0.5));
    let trained = other.trained.unwrap();
    assert_eq!((trained.of(100), trained.who), (25, Who::Together));
    assert_eq!(one.trained, None);
    // Written down and read again it is the same.
    let again = read(&to_toml(&scenario), &[]).unwrap();
    assert!(again == scenario, "{}", to_toml(&scenario));
}

#[test]
fn every_network_can_be_written_and_read_again() {
    for (network, keys) in [
        ("small_world", "degree = 6\nrewire = 0.3"),
        ("random", "degree = 5.5"),
        ("scale_free", "degree = 4"),
        ("groups", "size = 12"),
        ("blocks", "degree = 5\nsize = 20\nwithin = 0.6"),
        ("ring", "degree = 4"),
        ("complete", ""),
        ("strangers", ""),
    ] {
        let layer = format!("[[community.layer]]\nname = 'l'\nnetwork = '{network}'\n{keys}\n");
        let scenario = read(&format!("{HEAD}{layer}{CONDITION}"), &[]).unwrap();
        let again = read(&to_toml(&scenario), &[]).unwrap();
        assert!(again == scenario, "{network}");
    }
}

#[test]
fn ties_come_from_files() {
    let layer = "[[community.layer]]\nname = 'seen'\nnetwork = 'file'\npath = 'ties.csv'\n";
    let text = format!("{HEAD}{layer}{CONDITION}");
    let scenario = read(&text, &[("ties.csv", Ok("from,to\n0,1\n1,2\n"))]).unwrap();
    let community = scenario.conditions[0].protocol.community.as_ref().unwrap();
    assert!(matches!(&community.layers[0].network, Network::Observed(ties) if ties.directed() == 4));
    for (file, message) in [
        (
            Ok("from,to\n0,1\n5,100\n"),
            "line 3: `100` is not the number of one of the people",
        ),
        (Ok("from,to\n7,7\n"), "line 2: person 7 is tied to themselves"),
        (Ok("from,to,weight\n0,1,-2\n"), "line 2: `-2` is not a weight"),
        (Ok("from,to\n0,1\n1,0\n"), "line 3: 0 and 1 are tied already, in line 2"),
        (Ok("a,b\n0,1\n"), "line 1: is neither a tie"),
        (
            Err("cannot read `ties.csv`: no such file"),
            "cannot read `ties.csv`: no such file",
        ),
    ] {
        let told = read(&text, &[("ties.csv", file)]).unwrap_err();
        assert!(told.contains(message) && told.contains("a.toml:9:8"), "{told}");
    }
    let told = read(&text, &[]).unwrap_err();
    assert!(told.contains("was not read"), "{told}");
}

/// A million ties are read in a moment, and the one bad line is told.
#[test]
fn one_bad_line_among_a_million_is_found() {
    let mut file = String::from("from,to\n");
    for line in 0..1_000_000_u32 {
        file += &format!("{},{}\n", line / 2_000, 1_000 + line % 2_000);
    }
    file += "1,x\n";
    let layer = "[[community.layer]]\nname = 'seen'\nnetwork = 'file'\npath = 'ties.csv'\n";
    let text = format!("{HEAD}{layer}{CONDITION}").replace("agents = 100", "agents = 5_000");
    let told = read(&text, &[("ties.csv", Ok(&file))]).unwrap_err();
    assert!(told.contains("line 1000002: `x` is not the number"), "{told}");
}

#[test]
fn what_makes_no_community_is_refused() {
    let layer = |keys: &str| format!("{HEAD}[[community.layer]]\nname = 'l'\n{keys}\n{CONDITION}");
    let need = |keys: &str| format!("{HEAD}{WHOLE}[[community.need]]\nname = 'n'\n{keys}\n{CONDITION}");
    let condition = |keys: &str| format!("{HEAD}{WHOLE}{CONDITION}{keys}\n");
    let course = "training = [{ program = 'compassion', hours = 4, weeks = 2 }]\n";
    for (text, place, message, hint) in [
        (
            layer("network = 'groups'\nsize = 101"),
            "9:8",
            "100 people do not fill one group of 101",
            "agents",
        ),
        (
            layer("network = 'random'\ndegree = 100"),
            "9:10",
            "100 ties for each of 100 people",
            "twice",
        ),
        (
            layer("network = 'ring'\ndegree = 5"),
            "9:10",
            "`degree` must be an even number",
            "either side",
        ),
        (
            layer("network = 'scale_free'\ndegree = 3"),
            "9:10",
            "`degree` must be an even number",
            "two ends",
        ),
        (
            layer("network = 'ring'"),
            "6:1",
            "a network `ring` needs a `degree`",
            "missing",
        ),
        (
            layer("network = 'blocks'\ndegree = 40\nsize = 20"),
            "10:8",
            "more than the 19 others",
            "raise `size`",
        ),
        (
            layer("network = 'groups'\nsize = 5\nrewire = 0.1"),
            "10:1",
            "`rewire` says nothing",
            "",
        ),
        (
            layer("network = 'rings'\ndegree = 4"),
            "8:11",
            "`rings` is not a choice",
            "did you mean `ring`?",
        ),
        (
            layer("network = 'groups'\nsize = 5\ncloseness = 1.5"),
            "10:13",
            "`closeness` must be",
            "outside",
        ),
        (
            need("per_person_per_week = 1\nlayer = 'wart'\nwitnesses = 0.5"),
            "18:9",
            "the community has no layer `wart`",
            "did you mean `ward`?",
        ),
        (
            need("per_person_per_week = 1\nlayer = 'ward'\nwitnesses = 3"),
            "19:13",
            "`n` has 3 at hand on average, and a person meets only 1",
            "contacts_per_day",
        ),
        (
            need("per_person_per_week = 8\nlayer = 'ward'\nwitnesses = 0.5"),
            "17:23",
            "`per_person_per_week` must be",
            "outside [0, 7]",
        ),
        (
            need("per_person_per_week = 1\nlayer = 'ward'\nwitnesses = 0.5\nsituation = { closeness = 0.5 }"),
            "20:15",
            "closeness in a need is that of each tie",
            "[[community.layer]]",
        ),
        (
            need("per_person_per_week = 1\nlayer = 'ward'\nwitnesses = 0.5").replace("name = 'n'", "name = 'ward'"),
            "16:8",
            "two layers or needs of the community are called `ward`",
            "the second of this name",
        ),
        (
            condition("trained = { share = 0.5 }"),
            "17:11",
            "this condition has none",
            "`training` is missing",
        ),
        (
            condition(&format!("{course}trained = {{ share = 1.5 }}")),
            "18:21",
            "`share` must be",
            "outside (0, 1]",
        ),
        (
            condition(&format!("{course}trained = {{ share = 0.001 }}")),
            "18:21",
            "a share of 0.001 of 100 people is nobody",
            "raise `share`",
        ),
        (
            condition("community = { wart = { size = 5 } }"),
            "17:15",
            "no layer and no need `wart`",
            "did you mean `ward`?",
        ),
        (
            condition("community = { ward = { sizes = 5 } }"),
            "17:24",
            "unknown key `sizes`",
            "did you mean `size`?",
        ),
        (
            condition("unit = 'group'\ngroup_size = 2"),
            "17:8",
            "everybody meets the scene alone",
            "need",
        ),
        (
            format!("{HEAD}{WHOLE}[timeline]\nweeks = 1\nmeasure_at = [0]\n{CONDITION}"),
            "4:1",
            "a file has a `[community]` or a `[timeline]`",
            "take the `[timeline]` out",
        ),
        (
            format!("title = 't'\n{CONDITION}trained = {{ share = 0.5 }}\n"),
            "4:1",
            "`trained` says nothing without a `[community]`",
            "",
        ),
        (
            format!("title = 't'\n{CONDITION}knockout = ['contagion']\n"),
            "4:12",
            "`contagion` acts between people who meet again",
            "",
        ),
    ] {
        check(&[(&text, place, message, hint)]);
    }
}
