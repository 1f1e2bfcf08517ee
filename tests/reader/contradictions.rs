//! What is refused because two parts of a file do not fit each other.

use super::refused::{after, at_the_top, check, in_condition};
use super::{RIGHT, accept, read, refuse};

#[test]
fn a_key_that_nothing_can_be_drawn_over() {
    at_the_top(&[
        ("[vary]\nfrom = 0.2", "2:1", "`vary` has no `key`", "missing"),
        (
            "[vary]\nkey = 'situation.escpe'",
            "3:7",
            "unknown key `escpe` in `situation`",
            "did you mean `escape`?",
        ),
        (
            "[vary]\nkey = 'situaton.escape'",
            "3:7",
            "unknown key `situaton`",
            "did you mean `situation`?",
        ),
        (
            "[vary]\nkey = 'situation.escape'\nfrom = 0.8\nto = 0.2",
            "5:6",
            "ends before it begins: 0.2 is not above 0.8",
            "`from` is the smaller number",
        ),
        (
            "[vary]\nkey = 'situation.escape'\nfrom = 1",
            "4:8",
            "1 is not above 1",
            "without `to` the range ends at 1",
        ),
        (
            "[vary]\nkey = 'situation.mood'\nfrom = -2",
            "4:8",
            "`mood` must be a number in [-1, 1], and is -2",
            "outside",
        ),
        (
            "[vary]\nkey = 'situation.perspective'",
            "3:7",
            "`situation.perspective` is no number",
            "simulate sweep",
        ),
        (
            "[vary]\nkey = 'parameters.compassion.pushh'",
            "3:7",
            "there is no parameter `compassion.pushh`",
            "",
        ),
        (
            "[vary]\nkey = 'parameters.compassion.spread'\nfrom = -5",
            "4:8",
            "`-5` is not a number in",
            "",
        ),
        ("[vary]\nkey = '= ='", "3:7", "is not a key", ""),
        (
            "[vary]\nkey = 'situation.need'\npoints = 1",
            "4:10",
            "`points`",
            "outside",
        ),
    ]);
}

/// A file with tables of people beside it.
fn with_people(text: &str, csv: &str) -> Result<compassion::scenario::Scenario, String> {
    let mut source = compassion::document::Source::new("a.toml", text);
    source.put_beside("p.csv", Ok(csv.to_owned()));
    let read = compassion::scenario::read(&source, &super::builtin(), None);
    read.map(|(scenario, _)| scenario)
        .map_err(|problems| problems.to_string())
}

#[test]
fn studies_that_cannot_be() {
    at_the_top(&[
        (
            "[study]\ndesign = 'withn'",
            "3:10",
            "`withn` is not a choice for `design`",
            "did you mean `within`?",
        ),
        (
            "[study]\nallocation = [1]",
            "3:14",
            "1 numbers for 2 conditions",
            "[2, 1]",
        ),
        ("[study]\nallocation = [1.5, 1]", "3:14", "1.5 is no whole number", ""),
        ("[study]\nallocation = [0, 1]", "3:15", "`allocation`", "outside"),
        (
            "[study]\nattrition = { depends_on = 'helped' }",
            "3:13",
            "has no `share`",
            "missing",
        ),
        ("[study]\nattrition = { share = 1.0 }", "3:23", "`share`", "outside"),
        (
            "[study]\nclusters = { size = 1, icc = 0.1 }",
            "3:21",
            "`size`",
            "outside",
        ),
        (
            "[study]\ndesign = 'within'\nallocation = [2, 1]",
            "4:14",
            "none can have more of them",
            "",
        ),
        (
            "[study]\ndesign = 'within'\nclusters = { size = 5, icc = 0.1 }",
            "4:12",
            "clusters say nothing",
            "",
        ),
    ]);
    let within = "title = 't'\n[study]\ndesign = 'within'\n[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n";
    assert!(accept(within).study.is_within());
    let trained = format!("{within}training = [{{ program = 'empathy', hours = 1, weeks = 1 }}]\n");
    assert!(refuse(&trained).concat().contains("nobody can unlearn a course"));
    let other = format!("{within}population = {{ low_mood = {{ mean = 1 }} }}\n");
    assert!(refuse(&other).concat().contains("cannot differ in their population"));
    let group =
        format!("{within}unit = 'group'\ngroup_size = 3\n").replace("design = 'within'", "attrition = { share = 0.1 }");
    assert!(refuse(&group).concat().contains("who of a group is lost"));
}

#[test]
fn what_people_did_one_by_one_is_summarised() {
    let text = "title = 't'\n[study]\nobserved_from = 'p.csv'\n[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n";
    let csv = "\u{feff}who,condition,helped,negative_affect\n1,a,1,3\n2,a,0,5\n3,a,1,NA\n4,b,0,2\n";
    let scenario = with_people(text, csv).unwrap();
    let [a, b] = &scenario.conditions[..] else {
        panic!("two conditions were written");
    };
    let count = a.observed_count().unwrap();
    assert_eq!((count.successes, count.trials), (2, 3));
    let mean = a.observed_mean(compassion::registry::Measure::NegativeAffect).unwrap();
    assert_eq!((mean.mean, mean.n), (4.0, Some(2)));
    assert!((mean.sd.unwrap() - 2.0_f64.sqrt()).abs() < 1e-12);
    assert_eq!(b.observed_count().unwrap().trials, 1);
    for (csv, message) in [
        ("", "no row below"),
        ("condition,helped\n", "no row below"),
        (
            "Condition,helped\na,1\n",
            "there is no column `condition`; did you mean `Condition`?",
        ),
        ("condition,help\na,1\n", "no column is a measure such as `helped`"),
        ("condition,helped\na,1\nc,0\n", "line 3: there is no condition `c`"),
        ("condition,helped\na,2\n", "line 2, `helped`: `2` lies outside [0, 1]"),
        ("condition,helped\na,0.5\n", "line 2, `helped`: neither 0 nor 1"),
        ("condition,helped\na,yes\n", "line 2, `helped`: `yes` is no number"),
        (
            "condition;negative_affect\na;3,5\n",
            "`3,5` is no number: decimals have a point",
        ),
        ("condition,helped\na\n", "line 2: a row has not as many cells"),
        ("condition,amount\na,3\n", "`a` has no `amount`"),
    ] {
        let told = with_people(text, csv).unwrap_err();
        assert!(
            told.contains(message) && told.contains("a.toml:3:17"),
            "{message}:\n{told}"
        );
    }
    let twice = text.replace("name = 'a'\n", "name = 'a'\nobserved = { helped = 1, of = 2 }\n");
    assert!(
        with_people(&twice, csv)
            .unwrap_err()
            .contains("stands in the scenario as well")
    );
    assert!(refuse(text).concat().contains("from files on a computer only"));
}

#[test]
fn a_population_from_questionnaires_or_a_file_of_people() {
    use compassion::model::agent::Trait;
    let text =
        "title = 't'\n[population]\npeople_from = 'p.csv'\nlow_mood = { mean = 0.5 }\n[[condition]]\nname = 'a'\n";
    let scenario = with_people(text, "iri_pt,age\n18,31\n24,20\n27,44\n").unwrap();
    let population = scenario.conditions[0].population;
    assert!(population[Trait::PerspectiveTaking as usize].mean > 0.9);
    assert!(population[Trait::PerspectiveTaking as usize].sd < 1.0);
    assert_eq!(population[Trait::LowMood as usize].mean, 0.5);
    for (csv, message) in [
        ("age\n31\n", "no column is one of iri_pt"),
        ("iri_pt\n31\n20\n20\n", "line 2, `iri_pt`: `31` lies outside [0, 28]"),
        ("iri_pt\n20\n", "a spread takes at least 3"),
        ("iri_pt\n20\n20\n20\n", "less than the form's own error makes"),
        (
            "erq_reappraisal\n5\nx\n5\n",
            "line 3, `erq_reappraisal`: `x` is no number",
        ),
    ] {
        let told = with_people(text, csv).unwrap_err();
        assert!(
            told.contains(message) && told.contains("a.toml:3:15"),
            "{message}:\n{told}"
        );
    }
    at_the_top(&[
        ("[population]\niri_ec = { mean = 29 }", "3:19", "`mean`", "outside"),
        (
            "[population]\nerq_reappraisal = { mean = 8 }",
            "3:28",
            "within [0, 7]",
            "",
        ),
        (
            "[population]\niri_ec = { sd = 1.0 }",
            "3:10",
            "at least 1.98",
            "all alike",
        ),
    ]);
}

#[test]
fn weeks_that_do_not_hold_together() {
    at_the_top(&[
        ("[timeline]\nmeasure_at = [0]", "2:1", "has no `weeks`", "missing"),
        ("[timeline]\nweeks = 8", "2:1", "has no `measure_at`", "missing"),
        (
            "[timeline]\nweeks = 0\nmeasure_at = [0]",
            "3:9",
            "`weeks` must be a number in (0, 5200]",
            "outside",
        ),
        (
            "[timeline]\nweeks = 8\nmeasure_at = []",
            "4:14",
            "nothing would be measured",
            "[0, 8]",
        ),
        (
            "[timeline]\nweeks = 8\nmeasure_at = [0, 8, 4]",
            "4:14",
            "must rise, and 4 follows 8",
            "",
        ),
        ("[timeline]\nweeks = 8\nmeasure_at = [-1]", "4:15", "-1", "outside"),
        (
            "[exposures]\ncount = 0\nspacing_hours = 1",
            "3:9",
            "`count` must be a whole number in [1, 1000]",
            "outside [1, 1000]",
        ),
        (
            "[exposures]\ncount = 3\nspacing_hours = -1",
            "4:17",
            "`spacing_hours` must be a number in [0, 8760]",
            "outside",
        ),
        ("[exposures]\ncount = 3", "2:1", "has no `spacing_hours`", "missing"),
        (
            "[timeline]\nweeks = 1\nmeasure_at = [1]\n[exposures]\ncount = 13\nspacing_hours = 2",
            "7:17",
            "are a shift of 26 hours: longer than the day",
            "lower `count` or `spacing_hours`",
        ),
        (
            "[exposures]\ncount = 3\nspacing_hours = 1\nsituation = { ned = 0.3 }",
            "5:15",
            "unknown key `ned`",
            "did you mean `need`?",
        ),
    ]);
    in_condition(&[(
        "network = -1",
        "8:11",
        "`network` says nothing without a `[timeline]`",
        "",
    )]);
    // Without days a row of encounters may be as long as it likes.
    accept("title = 't'\nexposures = { count = 10, spacing_hours = 168 }\n[[condition]]\nname = 'a'\n");
    // Encounters in a row alone bring no week in which a network could matter.
    let alone = "title = 't'\nexposures = { count = 1, spacing_hours = 1 }\n[[condition]]\nname = 'a'\nnetwork = -1\n";
    let problems = read(alone).expect_err("no week passes").to_string();
    assert!(
        problems.contains("`network` says nothing without a `[timeline]`"),
        "{problems}"
    );
}

/// A condition with some training under a timeline of eight weeks.
fn trained(more: &str) -> String {
    format!(
        "title = 't'\n[timeline]\nweeks = 8\nmeasure_at = [0, 8, 12]\n[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n{more}"
    )
}

#[test]
fn training_and_contrasts_fit_into_the_weeks() {
    let cases = [
        (
            "training = [{ program = 'compassion', hours = 16, weeks = 16 }]\n",
            "9:12",
            "week 12 is a follow-up, since the timeline has 8 weeks, but this training ends in week 16 only",
            "raise `timeline.weeks` to 16",
        ),
        (
            "training = [{ program = 'compassion', hours = 16, weeks = 9 }]\n",
            "9:12",
            "this training takes 9 weeks, and the timeline has 8",
            "raise `timeline.weeks` to 9",
        ),
        (
            "training = [{ program = 'compassion', hours = -1, weeks = 8 }]\n",
            "9:47",
            "must be a number in [0, 873600], and is -1",
            "outside",
        ),
        (
            "training = [{ program = 'compassion', hours = 169, weeks = 1 }]\n",
            "9:47",
            "169 hours of practice do not fit into 1 weeks",
            "at most 168 hours",
        ),
        (
            "[[contrast]]\ntreatment = 'a'\ncontrol = 'b'\nmeasure = 'burnout'\nweek = 6\nobserved = { direction = 'rises' }\n",
            "13:8",
            "nothing is measured in week 6",
            "`timeline.measure_at` has 0, 8, 12",
        ),
        (
            "[[contrast]]\ntreatment = 'a'\ncontrol = 'a'\nmeasure = 'burnout'\nweek = 8\nobserved = { direction = 'rises' }\n",
            "11:11",
            "cannot be compared with itself",
            "",
        ),
        (
            "[[contrast]]\ntreatment = 'a'\ncontrol = 'b'\nmeasure = 'burnout'\nfrom_week = 0\nobserved = { direction = 'rises' }\n",
            "13:1",
            "`from_week` says nothing without `week`",
            "missing",
        ),
    ];
    for (more, place, message, hint) in cases {
        check(&[(&trained(more), place, message, hint)]);
    }
    let before_after = "[[contrast]]\ntreatment = 'a'\ncontrol = 'a'\nmeasure = 'burnout'\nweek = 8\nfrom_week = 0\nobserved = { direction = 'rises' }\n";
    assert!(read(&trained(before_after)).is_ok());
    let follow_up = "training = [{ program = 'compassion', hours = 16, weeks = 8 }]\n";
    assert!(read(&trained(follow_up)).is_ok());
    let alone = "[[contrast]]\ntreatment = 'a'\ncontrol = 'a'\nmeasure = 'burnout'\nweek = 8\nobserved = { direction = 'rises' }\n";
    check(&[(
        &format!(
            "title = 't'\n[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n{}",
            alone
                .replace("control = 'a'", "control = 'b'")
                .replace("burnout", "helped")
        ),
        "10:8",
        "`week` says nothing without a `[timeline]`",
        "",
    )]);
}

#[test]
fn conditions_that_do_not_hold_together() {
    check(&[
        ("title = 't'\n", "1:1", "has no `condition`", "missing"),
        (
            "title = 't'\ncondition = []\n",
            "2:13",
            "there is no condition",
            "[[condition]]",
        ),
        ("[[condition]]\nname = 'a'\n", "1:1", "has no `title`", "missing"),
        (
            "title = 't'\n[[condition]]\n",
            "2:1",
            "`condition` has no `name`",
            "missing",
        ),
        (
            "title = ''\n[[condition]]\nname = 'a'\n",
            "1:9",
            "`title` must not be empty",
            "",
        ),
        ("", "1:1", "the file is empty", "simulate keys"),
        ("# only a comment\n\n", "1:1", "the file is empty", ""),
    ]);
    in_condition(&[
        (
            "[[condition]]\nname = 'a'",
            "9:8",
            "two conditions are called `a`",
            "the second of this name",
        ),
        ("unit = 'group'", "8:8", "needs a `group_size`", ""),
        ("group_size = 3", "8:1", "`group_size` says nothing without `unit`", ""),
        (
            "unit = 'person'\ngroup_size = 3",
            "9:1",
            "nothing without `unit = \"group\"`",
            "",
        ),
        (
            "unit = 'group'\ngroup_size = 1",
            "9:14",
            "`group_size`",
            "outside [2, 10000]",
        ),
        ("unit = 'groups'", "8:8", "is not a choice", "did you mean `group`?"),
        ("select = {}", "8:10", "has no `dominant`", ""),
        (
            "select = { dominant = 'distress' }",
            "8:23",
            "not a choice",
            "personal_distress, empathic_concern",
        ),
        ("knockout = ['perception', 'perception']", "8:27", "stands twice", ""),
        (
            "knockout = ['vagal_break']",
            "8:13",
            "not a choice",
            "did you mean `vagal_brake`?",
        ),
    ]);
    at_the_top(&[(
        "run.agents = 2\n[[condition]]\nname = 'g'\nunit = 'group'\ngroup_size = 3",
        "6:14",
        "2 people do not make one group of 3",
        "raise `run.agents`",
    )]);
}

#[test]
fn training_that_cannot_be() {
    in_condition(&[
        (
            "training = [{ program = 'compasion', hours = 1, weeks = 1 }]",
            "8:25",
            "no program `compasion`",
            "did you mean `compassion`?",
        ),
        (
            "training = [{ program = 'yoga', hours = 1, weeks = 1 }]",
            "8:25",
            "no program `yoga`",
            "[[program]]",
        ),
        (
            "training = [{ hours = 1, weeks = 1 }]",
            "8:13",
            "a practice has a `program`",
            "",
        ),
        (
            "training = [{ program = 'empathy', one_of = ['empathy', 'mindfulness'], hours = 1, weeks = 1 }]",
            "8:36",
            "cannot both",
            "",
        ),
        (
            "training = [{ one_of = ['empathy'], hours = 1, weeks = 1 }]",
            "8:24",
            "at least two",
            "",
        ),
        (
            "training = [{ one_of = ['empathy', 'empathy'], hours = 1, weeks = 1 }]",
            "8:36",
            "stands twice",
            "",
        ),
        (
            "training = [{ program = 'empathy', hours = -1, weeks = 1 }]",
            "8:44",
            "`hours`",
            "outside [0",
        ),
        (
            "training = [{ program = 'empathy', hours = 1, weeks = 0 }]",
            "8:44",
            "1 hours of practice need some weeks",
            "",
        ),
        (
            "training = [{ program = 'empathy', hours = 1, weeks = -2 }]",
            "8:55",
            "`weeks` must be a number in [0, 5200]",
            "outside",
        ),
        (
            "training = [{ program = 'empathy', hours = 169, weeks = 1 }]",
            "8:44",
            "do not fit into 1 weeks",
            "at most 168 hours",
        ),
        (
            "training = [{ program = 'empathy', weeks = 1 }]",
            "8:13",
            "has no `hours`",
            "",
        ),
    ]);
    at_the_top(&[
        (
            "[[program]]\nname = 'empathy'\n[[program]]\nname = 'empathy'",
            "5:8",
            "is the name of another program",
            "a name of its own",
        ),
        (
            "[[program]]\nname = 'x'\n[[program]]\nname = 'x'",
            "5:8",
            "is the name of another program",
            "",
        ),
        (
            "[[program]]\nname = 'empathy\u{200d}'",
            "3:8",
            "looks like the built-in program `empathy`",
            "a name of its own",
        ),
        ("[[program]]\nname = 'x'\nlow_mood = {}", "4:12", "has no `shift`", ""),
        (
            "[[program]]\nname = 'x'\nlow_mood = { shift = 1, onset = 'erly' }",
            "4:33",
            "not a choice",
            "did you mean `early`?",
        ),
        (
            "[[program]]\nname = 'x'\nhalf_life_weeks = 0",
            "4:19",
            "`half_life_weeks`",
            "outside (0",
        ),
    ]);
}

#[test]
fn what_people_cannot_have_done() {
    in_condition(&[
        (
            "observed = { helped = 12, of = 11 }",
            "8:23",
            "12 helped of 11",
            "more than 11",
        ),
        (
            "observed = { helped = 12 }",
            "8:14",
            "`helped` says nothing without `of`",
            "",
        ),
        ("observed = { helped = 0, of = 0 }", "8:31", "`of`", "outside [1"),
        (
            "observed = [{ helped = 1, of = 2 }, { helped = 2, of = 3 }]",
            "8:37",
            "`helped` is observed twice",
            "another condition",
        ),
        (
            "observed = {}",
            "8:12",
            "`observed` is empty",
            "{ helped = 2, of = 11 }",
        ),
        (
            "observed = { helped = 1, of = 2, n = 3 }",
            "8:34",
            "`n` says nothing without `mean`",
            "",
        ),
        (
            "observed = { helped = 1, of = 2, measure = 'latency', mean = 3 }",
            "8:34",
            "is either",
            "the other form",
        ),
        (
            "observed = { measure = 'helped', mean = 0.5 }",
            "8:24",
            "observed as counts",
            "{ helped = 2",
        ),
        (
            "observed = { measure = 'latency', mean = 3, sd = -1 }",
            "8:50",
            "`sd`",
            "outside",
        ),
        (
            "observed = { mean = 3 }",
            "8:14",
            "`mean` says nothing without `measure`",
            "",
        ),
        (
            "observed = { measure = 'fatige', mean = 3 }",
            "8:24",
            "not a choice",
            "did you mean `fatigue`?",
        ),
    ]);
}

#[test]
fn contrasts_that_say_nothing_or_two_things() {
    let with = |observed: &str| {
        format!("{RIGHT}[[contrast]]\ntreatment = 'a'\ncontrol = 'b'\nmeasure = 'latency'\nobserved = {observed}\n")
    };
    for (observed, column, message, hint) in [
        ("{}", 12, "at least one of", "direction = \"rises\""),
        ("{ n = 3 }", 12, "at least one of", ""),
        ("{ direction = 'rise' }", 26, "not a choice", "did you mean `rises`?"),
        ("{ direction = 'falls', d = 0.5 }", 39, "opposite directions", ""),
        ("{ direction = 'rises', ratio = 0.5 }", 43, "opposite directions", ""),
        ("{ d = 0.5, r = -0.5 }", 27, "opposite directions", ""),
        (
            "{ direction = 'rises', se = 0.5 }",
            35,
            "`se` says nothing without `d`",
            "",
        ),
        ("{ ratio = 2, low = 2.1, high = 3 }", 31, "lower limit", ""),
        ("{ ratio = 2, low = 1, high = 1.9 }", 41, "upper limit", ""),
        ("{ r = 1.1 }", 18, "`r`", "outside [-1, 1]"),
    ] {
        check(&[(&with(observed), &format!("12:{column}"), message, hint)]);
    }
    assert!(read(&with("{ direction = 'unchanged', d = 0.05 }")).is_ok());
    let text =
        format!("{RIGHT}[[contrast]]\ntreatment = 'a'\ncontrol = 'a'\nmeasure = 'latency'\nobserved = {{ d = 1 }}\n");
    check(&[(&text, "10:11", "compared with itself", "")]);
    let text = text.replace("control = 'a'", "control = 'bb'");
    check(&[(&text, "10:11", "there is no condition `bb`", "did you mean `b`?")]);
}

#[test]
fn citations_that_the_bibliography_lacks() {
    at_the_top(&[
        (
            "citation = 'batson1982'",
            "2:12",
            "`literature.bib` has no entry `batson1982`",
            "did you mean `batson1981`?",
        ),
        ("citation = 'klimecki'", "2:12", "has no entry", ""),
        ("citation = 1981", "2:12", "a line of text", "in quotes"),
    ]);
}

#[test]
fn all_problems_come_in_the_order_of_the_file() {
    let problems = refuse("title = 3\n[situation]\ncost = 2\nneed = 'x'\nfoo = 1\n[[condition]]\n");
    let places: Vec<&str> = problems.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(places, ["1:9", "3:8", "4:8", "5:1", "6:1"]);
}

#[test]
fn twenty_unknown_keys_are_enough() {
    let keys: String = (0..50).map(|it| format!("k{it} = 1\n")).collect();
    let problems = refuse(&after(3, &keys));
    assert_eq!(problems.len(), 21, "{problems:?}");
}

#[test]
fn nesting_as_deep_as_one_likes_is_refused_without_a_crash() {
    for text in [
        format!("a = {}", "[".repeat(1_000_000)),
        format!("{}a = 1", "a.".repeat(1_000_000)),
        format!("[situation{}]", ".a".repeat(500_000)),
        "[a]\n".repeat(100_000),
    ] {
        assert!(read(&text).is_err());
    }
}

/// What a syntax error swallowed is not missing.
#[test]
fn beside_a_syntax_error_nothing_is_called_missing() {
    for text in [
        "title\n[[condition]]\nname = 'a'\n",
        "title = 't'\n[[condition\nname = 'a'\n",
        "title = 't'\n[[condition]]\nname 'a'\nobserved = { helped = 1, of 2 }\n",
    ] {
        for problem in refuse(text) {
            assert!(problem.contains("not valid TOML"), "{problem}");
        }
    }
}
