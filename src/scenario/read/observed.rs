//! `condition.observed` and `[[contrast]]`: what people did.

use crate::document::{Choice, Note, Problem, Problems, Section, in_words, nearest, shown, spelling};
use crate::model::situation::HelpKind;
use crate::registry::{Measure, Need};
use crate::scenario::{Condition, Contrast, Direction, Observed, ObservedContrast, ObservedMean, Protocol, Timeline};
use std::collections::BTreeMap;

/// Observations of one condition at most: one for each measure.
const MOST: usize = Measure::WORDS.len();

/// Reads what people did in a condition: counts, means of measures, or both.
pub(super) fn read_observed(
    section: &Section<'_>,
    condition: &Condition,
    problems: &mut Vec<Problem>,
) -> Vec<Observed> {
    let mut found: Vec<Observed> = Vec::new();
    for table in section.table_or_tables("observed", MOST, problems) {
        let Some(observed) = read_one(&table, condition, problems) else {
            continue;
        };
        let of = |observed: &Observed| match observed {
            Observed::Helped { .. } => Measure::Helped,
            Observed::Mean(mean) => mean.measure,
        };
        if found.iter().any(|earlier| of(earlier) == of(&observed)) {
            let message = format!("`{}` is observed twice in one condition", of(&observed).word());
            let help = "what is observed of others, or at another time, is another condition";
            problems.push(Problem::new(table.span(), message).label("the second time").help(help));
        }
        found.push(observed);
    }
    found
}

/// Reads counts, or a mean on a measure.
fn read_one(section: &Section<'_>, condition: &Condition, problems: &mut Vec<Problem>) -> Option<Observed> {
    let helped = section.count_u32("helped", problems);
    let of = section.count_u32("of", problems);
    let measure = section.choice("measure", problems);
    let mean = section.number("mean", problems);
    let sd = section.number("sd", problems);
    let n = section.count_u32("n", problems);
    let calibrate = section.flag("calibrate", problems).unwrap_or_default();

    let has = |names: &[&str]| names.iter().find_map(|it| section.entry(it));
    match (
        has(&["helped", "of"]),
        has(&["measure", "mean", "sd", "n", "calibrate"]),
    ) {
        // Only `sd` or `n` of the other form: that they say nothing without `mean` is reported.
        (Some(_), Some(_)) if has(&["measure", "mean"]).is_none() => None,
        (Some(_), Some(other)) => {
            let message = "`observed` is either `{ helped, of }` or `{ measure, mean, sd, n }`";
            problems.push(Problem::new(other.key_span.clone(), message).label("this belongs to the other form"));
            None
        }
        (None, None) => {
            let message = "`observed` is empty";
            let help = "write `{ helped = 2, of = 11 }` or `{ measure = \"amount\", mean = 3.2, sd = 1.1, n = 20 }`";
            problems.push(Problem::new(section.span(), message).help(help).from_absence());
            None
        }
        (Some(_), None) => {
            let (helped, of) = (helped?, of?);
            if helped > of {
                let message = format!("{helped} helped of {of}");
                let problem = Problem::new(section.span_of("helped"), message);
                problems.push(problem.label(format!("more than {of}")));
            }
            Some(Observed::Helped { helped, of })
        }
        (None, Some(_)) => {
            let (measure, mean) = (measure?, mean?);
            if measure == Measure::Helped {
                let message = "helping is observed as counts";
                let problem = Problem::new(section.span_of("measure"), message);
                problems.push(problem.help("write `{ helped = 2, of = 11 }`"));
            }
            problems.extend(not_measured(section, measure, &[condition]));
            let observed = ObservedMean {
                measure,
                mean,
                sd,
                n,
                calibrate,
            };
            if calibrate {
                problems.extend(not_fitted(section, &observed, condition));
            }
            Some(Observed::Mean(observed))
        }
    }
}

/// Why a calibration cannot count a mean, if so.
fn not_fitted(section: &Section<'_>, observed: &ObservedMean, condition: &Condition) -> Option<Problem> {
    let refused = |message: String, help: &str| Some(Problem::new(section.span_of("calibrate"), message).help(help));
    let Some([low, high]) = condition.bounds(observed.measure) else {
        let message = format!("a calibration cannot count a mean of `{}`", observed.measure.word());
        return refused(
            message,
            "it counts what one encounter shows within bounds: amount, latency, ratings, accuracy",
        );
    };
    if observed.standard_error().is_none_or(|error| error <= 0.0) {
        let message = "how sure the mean is cannot be known".to_owned();
        return refused(message, "give `sd`, above 0, and `n`");
    }
    if !(low < observed.mean && observed.mean < high) {
        let message = format!("a mean of {} lies not between {low} and {high}", observed.mean);
        return refused(message, "leave `calibrate` out");
    }
    None
}

/// Reads a contrast; `None` if its conditions or its measure are not known.
pub(super) fn read_contrast(
    section: &Section<'_>,
    conditions: &[Condition],
    by_name: &BTreeMap<String, usize>,
    timeline: Option<&Timeline>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Option<Contrast> {
    let treatment = find_condition(section, "treatment", by_name, problems);
    let control = find_condition(section, "control", by_name, problems);
    let measure = section.choice("measure", problems);
    let observed = section
        .table("observed", problems)
        .map(|it| read_observed_contrast(&it, problems));
    let week = find_week(section, "week", timeline, problems);
    let from_week = find_week(section, "from_week", timeline, problems);
    let (treatment, control, measure) = (treatment?, control?, measure?);
    if treatment == control && (from_week.is_none() || from_week == week) {
        let message = "a condition cannot be compared with itself";
        problems.push(Problem::new(section.span_of("control"), message));
    }
    if let (Some(treatment), Some(control)) = (conditions.get(treatment), conditions.get(control)) {
        problems.extend(not_measured(section, measure, &[treatment, control]));
        notes.extend(takes_weeks(section, measure, &treatment.protocol));
    }
    Some(Contrast {
        treatment,
        control,
        measure,
        week,
        from_week,
        observed: observed.unwrap_or_default(),
    })
}

/// A week of a contrast, which must be one in which something is measured.
fn find_week(
    section: &Section<'_>,
    key: &str,
    timeline: Option<&Timeline>,
    problems: &mut Vec<Problem>,
) -> Option<f64> {
    let week = section.number(key, problems)?;
    let known = match timeline {
        None => {
            let message = format!("`{key}` says nothing without a `[timeline]`");
            problems.push(Problem::new(section.span_of(key), message).from_absence());
            return None;
        }
        Some(it) => it,
    };
    if known.measured_in(week).is_none() {
        let weeks: Vec<String> = known.measure_at.iter().map(f64::to_string).collect();
        let message = format!("nothing is measured in week {week}");
        let help = format!("`timeline.measure_at` has {}", weeks.join(", "));
        problems.push(Problem::new(section.span_of(key), message).help(help).from_absence());
    }
    Some(week)
}

fn find_condition(
    section: &Section<'_>,
    role: &str,
    by_name: &BTreeMap<String, usize>,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let name = section.text(role, problems)?;
    let found = by_name.get(&spelling(name)).copied();
    if found.is_none() {
        let message = format!("there is no condition `{}`", shown(name));
        // Among thousands of conditions a search takes milliseconds.
        let near = if problems.len() < Problems::SHOWN {
            nearest(name, by_name.keys().map(String::as_str))
        } else {
            None
        };
        let help = near.map(|it| format!("did you mean `{it}`?"));
        let problem = Problem::new(section.span_of(role), message).maybe_help(help);
        problems.push(problem.from_absence());
    }
    found
}

fn read_observed_contrast(section: &Section<'_>, problems: &mut Vec<Problem>) -> ObservedContrast {
    let observed = ObservedContrast {
        direction: section.choice("direction", problems),
        d: section.number("d", problems),
        se: section.number("se", problems),
        ratio: section.number("ratio", problems),
        low: section.number("low", problems),
        high: section.number("high", problems),
        r: section.number("r", problems),
        n: section.count_u32("n", problems),
    };
    if ["direction", "d", "ratio", "r"]
        .iter()
        .all(|it| section.entry(it).is_none())
    {
        let message = "`observed` of a contrast has at least one of direction, d, ratio, r";
        let help = "write `{ direction = \"rises\" }` or `{ d = 0.5, se = 0.2 }`";
        problems.push(Problem::new(section.span(), message).help(help).from_absence());
    }
    if let Some(ratio) = observed.ratio {
        let mut outside = |name, is_outside: bool, relation| {
            if is_outside {
                let message = format!("the {relation} limit must not lie beyond the ratio {ratio}");
                problems.push(Problem::new(section.span_of(name), message));
            }
        };
        outside("low", observed.low.is_some_and(|it| it > ratio), "lower");
        outside("high", observed.high.is_some_and(|it| it < ratio), "upper");
    }
    report_contradictions(section, &observed, problems);
    observed
}

/// A direction and sizes of which one says "more" and another "less".
fn report_contradictions(section: &Section<'_>, observed: &ObservedContrast, problems: &mut Vec<Problem>) {
    let stated = match observed.direction {
        Some(Direction::Rises) => Some(("direction", 1.0)),
        Some(Direction::Falls) => Some(("direction", -1.0)),
        _ => None,
    };
    let sizes = [
        ("d", observed.d),
        ("ratio", observed.ratio.map(libm::log)),
        ("r", observed.r),
    ];
    let sizes = sizes.into_iter().filter_map(|(name, size)| Some((name, size?)));
    let mut signs = stated.into_iter().chain(sizes).filter(|(_, it)| *it != 0.0);
    let Some((first, sign)) = signs.next() else {
        return;
    };
    for (name, size) in signs {
        if size.signum() != sign {
            let message = format!("`{first}` and `{name}` point in opposite directions");
            problems.push(Problem::new(section.span_of(name), message));
        }
    }
}

/// The problem of a measure that one of these conditions does not have: what it is about cannot happen in the scene, or takes weeks or
/// encounters in a row.
pub(super) fn not_measured(section: &Section<'_>, measure: Measure, conditions: &[&Condition]) -> Option<Problem> {
    let (what, key) = match measure.needs() {
        Need::Nothing => return None,
        Need::GradedHelp => ("there is an amount", "`help = \"graded\"`"),
        Need::Punishing => ("there is punishing", "`punishing_possible = true`"),
        Need::Weeks => ("it is measured", "a `[timeline]` or `[exposures]`"),
    };
    let lacks = |condition: &&&Condition| match measure.needs() {
        Need::Nothing => false,
        Need::GradedHelp => condition.situation.help != HelpKind::Graded,
        Need::Punishing => !condition.situation.punishing_possible,
        Need::Weeks => condition.protocol.is_single(),
    };
    let condition = conditions.iter().find(lacks)?;
    let message = format!("`{}` has no `{}`", shown(&condition.name), measure.word());
    let problem = Problem::new(section.span_of("measure"), message);
    Some(problem.help(format!("{what} only with {key}")))
}

/// A note if a measure changes over weeks, and encounters in a row are all that happens.
fn takes_weeks(section: &Section<'_>, measure: Measure, protocol: &Protocol) -> Option<Note> {
    (measure.row().takes_days && protocol.timeline.is_none() && protocol.exposures.is_some()).then(|| Note {
        span: Some(section.span_of("measure")),
        message: format!(
            "{} takes weeks to change, and no day passes in `[exposures]` alone; a `[timeline]` lets them pass",
            in_words(measure.word())
        ),
    })
}
