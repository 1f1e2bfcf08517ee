//! `[situation]` and `condition.situation`.

use crate::document::{Problem, Section};
use crate::model::situation::Situation;

/// Replaces in a situation what a table says about it.
pub(super) fn override_keys(table: &Section<'_>, situation: &mut Situation, problems: &mut Vec<Problem>) {
    let it = situation;
    let mut number = |name, field: &mut f64| {
        if let Some(value) = table.number(name, problems) {
            *field = value;
        }
    };
    number("need", &mut it.need);
    number("vividness", &mut it.vividness);
    number("ambiguity", &mut it.ambiguity);
    number("closeness", &mut it.closeness);
    number("blame", &mut it.blame);
    number("escape", &mut it.escape);
    number("cost", &mut it.cost);
    number("efficacy", &mut it.efficacy);
    number("urging", &mut it.urging);
    number("occupied", &mut it.occupied);
    number("haste", &mut it.haste);
    number("mood", &mut it.mood);
    number("guilt", &mut it.guilt);
    number("responsibility", &mut it.responsibility);
    number("evaluation", &mut it.evaluation);
    number("exclusion", &mut it.exclusion);
    number("window_s", &mut it.window_s);
    number("perpetrator", &mut it.perpetrator);
    number("witness_closeness", &mut it.witness_closeness);
    number("endowment", &mut it.endowment);
    number("counts_from", &mut it.counts_from);

    set(&mut it.bystanders, table.count_u32("bystanders", problems));
    set(&mut it.victims, table.count_u32("victims", problems));
    set(&mut it.perspective, table.choice("perspective", problems));
    set(
        &mut it.bystander_behaviour,
        table.choice("bystander_behaviour", problems),
    );
    set(&mut it.emotion_label, table.choice("emotion_label", problems));
    set(&mut it.help, table.choice("help", problems));
    set(&mut it.punishing_possible, table.flag("punishing_possible", problems));
    let unit = table.text("endowment_unit", problems);
    set(&mut it.endowment_unit, unit.map(str::to_owned));
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
