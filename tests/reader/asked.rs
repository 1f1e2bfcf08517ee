//! What a file asks: nothing of it vanishes, and one may ask without claiming.

use super::refused::{after, check};
use super::{RIGHT, accept, read};
use compassion::scenario::{Direction, describe, to_toml};

const CONTRAST: &str = "[[contrast]]\ntreatment = 'b'\ncontrol = 'a'\n";

#[test]
fn a_measure_that_the_protocol_cannot_have_is_refused() {
    for (measure, help) in [
        ("burnout", "it is measured only with a `[timeline]` or `[exposures]`"),
        ("low_mood", "it is measured only with a `[timeline]` or `[exposures]`"),
        ("amount", "there is an amount only with `help = \"graded\"`"),
        ("punished", "there is punishing only with `punishing_possible = true`"),
    ] {
        let contrast = format!("{CONTRAST}measure = '{measure}'\nobserved = {{ direction = 'falls' }}\n");
        let message = format!("`b` has no `{measure}`");
        check(&[(&after(7, &contrast), "11:11", &message, help)]);
    }
    let observed = "observed = { measure = 'amount', mean = 1 }";
    check(&[(
        &after(7, observed),
        "8:24",
        "`b` has no `amount`",
        "only with `help = \"graded\"`",
    )]);
    for around in [
        "[timeline]\nweeks = 1\nmeasure_at = [1]\n",
        "[exposures]\ncount = 1\nspacing_hours = 1\n",
    ] {
        accept(&format!("{RIGHT}{around}{CONTRAST}measure = 'burnout'\n"));
    }
}

#[test]
fn a_contrast_without_observed_only_asks() {
    let scenario = accept(&format!(
        "{RIGHT}{CONTRAST}measure = 'helped'\n[[contrast]]\ntreatment = 'b'\ncontrol = 'a'\nmeasure = 'latency'\nobserved = {{ direction = 'rises' }}\n"
    ));
    let claims: Vec<bool> = scenario
        .contrasts
        .iter()
        .map(|contrast| contrast.observed.makes_claim())
        .collect();
    assert_eq!(claims, [false, true]);
    assert_eq!(scenario.contrasts[1].observed.direction, Some(Direction::Rises));
    assert_eq!(accept(&to_toml(&scenario)), scenario);
    let said = describe(&scenario);
    assert!(
        said.contains("asked, without a claim:\n   helped: `b` against `a`\n"),
        "{said}"
    );
    // An empty `observed` is a slip.
    check(&[(
        &format!("{RIGHT}{CONTRAST}measure = 'helped'\nobserved = {{}}\n"),
        "12:12",
        "at least one of direction, d, ratio, r",
        "direction = \"rises\"",
    )]);
}

#[test]
fn keys_without_effect_are_told() {
    let notes = |text: &str| -> Vec<String> {
        let (_, notes) = read(text).unwrap_or_else(|problems| panic!("{problems}"));
        notes.into_iter().map(|note| note.message).collect()
    };
    let in_scene = |keys: &str| notes(&after(3, keys));
    for (keys, reason) in [
        (
            "bystander_behaviour = 'passive'",
            "`bystander_behaviour` says nothing in any condition: nobody else is there",
        ),
        (
            "endowment = 5",
            "`endowment` says nothing in any condition: help is no quantity",
        ),
        ("endowment_unit = 'dollars'", "`endowment_unit` says nothing"),
        (
            "witness_closeness = 0.8",
            "`witness_closeness` says nothing in any condition: no real others are seen",
        ),
        (
            "witness_closeness = 0.8\nbystanders = 3",
            "`witness_closeness` says nothing",
        ),
    ] {
        let told = in_scene(keys);
        assert_eq!(told.len(), 1, "{keys}: {told:?}");
        assert!(told[0].starts_with(reason), "{told:?}");
    }
    for keys in [
        "bystander_behaviour = 'passive'\nbystanders = 2",
        "endowment = 5\nhelp = 'graded'",
        "witness_closeness = 0.8\nbystanders = 3\nbystander_behaviour = 'free'",
    ] {
        assert_eq!(in_scene(keys), [""; 0], "{keys}");
    }
    let vagal = |around: &str| notes(&after(1, &format!("population.vagal_tone.mean = 1\n{around}")));
    assert!(vagal("")[0].starts_with("`vagal_tone` says nothing in any condition: it brings arousal down"));
    assert_eq!(vagal("timeline = { weeks = 1, measure_at = [1] }"), [""; 0]);
    // It matters in one of the conditions, and so it does in the shared scene.
    let somewhere = after(3, "bystander_behaviour = 'passive'") + "\nsituation = { bystanders = 2 }\n";
    assert_eq!(notes(&somewhere), [""; 0]);
    let own = notes(&format!("{RIGHT}situation = {{ bystander_behaviour = 'passive' }}\n"));
    assert!(
        own[0].starts_with("`bystander_behaviour` says nothing in `b`: nobody else is there"),
        "{own:?}"
    );
    let group = format!("{RIGHT}unit = 'group'\ngroup_size = 2\nsituation = {{ bystander_behaviour = 'free' }}\n");
    assert_eq!(notes(&group), [""; 0]);
}
