//! The charts of communities: which numbers go into which chart.

use super::super::findings;
use super::super::pictures::{Draw, Drawing, PictureError, chart_estimate, frame, named};
use super::layout::places;
use crate::charts::change::{self, ChangeCourse, ChangeData, ChangePanel};
use crate::charts::community::{self, CommunityData, CommunityMoment};
use crate::charts::effects_by_group::{self, EffectsByGroupData, EffectsByGroupPanel};
use crate::community::effects::{Communities, EffectKind};
use crate::community::run::{MOST_PORTRAYED, Portrait};
use crate::community::sums::{CommunityMeasure, Group};
use crate::engine::life::{main, moments};
use crate::registry::{Measure, Readout};
use crate::scenario::Scenario;
use crate::study::Results;
use crate::wording::{decimal, signed, thousands, week};

/// How long each picture of a film is shown.
#[cfg(feature = "pixels")]
const MILLISECONDS: u16 = 800;

/// Lines that a chart shows at most.
const MOST_LINES: usize = 8;

/// Steps from the trained that are drawn, from near to far.
const GROUPS: [(Group, &str); 5] = [
    (Group::Trained, "the trained"),
    (Group::OneStep, "tied to one of them"),
    (Group::TwoSteps, "two steps away"),
    (Group::ThreeSteps, "three steps away"),
    (Group::Farther, "farther away"),
];

/// What is drawn of a community unless the file asks for something else.
const DRAWN: [CommunityMeasure; 6] = [
    CommunityMeasure::Helped,
    CommunityMeasure::NeedsMet,
    CommunityMeasure::HelpingPerWitness,
    CommunityMeasure::Mean(Readout::Burnout),
    CommunityMeasure::Mean(Readout::PositiveMood),
    CommunityMeasure::Mean(Readout::Connectedness),
];

/// The charts of a run with communities, to be drawn in any order.
pub(in super::super) fn community_charts(results: &Results) -> Vec<Draw<'_>> {
    let Some(communities) = &results.communities else {
        return Vec::new();
    };
    let scenario = &results.scenario;
    let mut charts: Vec<Draw<'_>> = Vec::new();
    if moments(&scenario.conditions[0]).len() > 2 {
        charts.push(Box::new(move || weeks(scenario, communities)));
    }
    if !partly_trained(scenario).is_empty() {
        charts.push(Box::new(move || spill_over(scenario, communities)));
    }
    if scenario.conditions.len() > 2 {
        charts.push(Box::new(move || whom_to_train(scenario, communities)));
    }
    let portraits = communities.each.first().map(|community| &community.portraits[..]);
    if let Some(portraits) =
        portraits.filter(|portraits| !portraits.is_empty() && scenario.run.agents <= MOST_PORTRAYED)
    {
        charts.push(Box::new(move || portrait(scenario, portraits)));
    }
    charts
}

/// The conditions beside the first that train a part of the people.
fn partly_trained(scenario: &Scenario) -> Vec<usize> {
    let conditions = scenario.conditions.iter().enumerate().skip(1);
    let partly = conditions.filter(|(_, condition)| {
        let community = condition.protocol.community.as_ref();
        community.is_some_and(|community| community.trained.is_some_and(|trained| trained.share < 1.0))
    });
    partly.map(|(number, _)| number).collect()
}

fn title(measure: CommunityMeasure) -> String {
    match measure {
        CommunityMeasure::Helped => "help in the scene".to_owned(),
        CommunityMeasure::NeedsMet => "needs in which anybody helped".to_owned(),
        CommunityMeasure::HelpingPerWitness => "those at hand who helped".to_owned(),
        CommunityMeasure::Mean(_) => measure
            .questionnaire()
            .map_or(String::new(), |own| own.label().to_owned()),
    }
}

/// Shares are drawn of a hundred.
fn factor(measure: CommunityMeasure) -> f64 {
    if measure.is_share() { 100.0 } else { 1.0 }
}

/// How many communities and people a chart stands for.
fn everybody(scenario: &Scenario) -> String {
    let run = scenario.run;
    let communities = match run.replicates {
        1 => "1 community".to_owned(),
        several => format!("{} communities", thousands(several.into())),
    };
    format!("{communities} of {} simulated people", thousands(run.agents.into()))
}

/// Everybody, the trained and the others over the weeks.
fn weeks(scenario: &Scenario, communities: &Communities) -> Result<Drawing, PictureError> {
    let partly = partly_trained(scenario);
    let mut lines: Vec<(usize, Group, String)> = Vec::new();
    for (number, condition) in scenario.conditions.iter().enumerate() {
        if partly.contains(&number) {
            lines.push((number, Group::Trained, format!("{}: the trained", condition.name)));
            lines.push((number, Group::Untrained, format!("{}: the others", condition.name)));
        } else {
            lines.push((number, Group::All, condition.name.clone()));
        }
    }
    lines.truncate(MOST_LINES);
    let times = moments(&scenario.conditions[0]);
    // Nothing has happened yet at the first measurement.
    let shown = 1..times.len();
    let course = |(condition, group, _): &(usize, Group, String), measure| {
        let told = shown.clone().map(|moment| {
            let told = communities.mean(*condition, *condition, moment, *group, measure)?;
            Some(told.estimate.times(factor(measure)))
        });
        let told = told.collect::<Option<Vec<crate::statistics::Estimate>>>()?;
        Some(ChangeCourse {
            mean: told.iter().map(|it| it.value).collect(),
            interval: (
                told.iter().map(|it| it.lower).collect(),
                told.iter().map(|it| it.upper).collect(),
            ),
        })
    };
    let panel = |measure: CommunityMeasure| {
        let courses: Option<Vec<ChangeCourse>> = lines.iter().map(|line| course(line, measure)).collect();
        Some(ChangePanel {
            measure: format!(
                "{} ({})",
                title(measure),
                if measure.is_share() { "%" } else { measure.unit() }
            ),
            range: None,
            least: if measure.is_share() { 10.0 } else { 0.2 },
            courses: courses?,
        })
    };
    let data = ChangeData {
        at: times[shown.clone()].iter().map(|moment| moment.week).collect(),
        axis: "weeks since practice began".to_owned(),
        follow_up_from: None,
        conditions: lines.iter().map(|(_, _, name)| name.clone()).collect(),
        panels: DRAWN.into_iter().filter_map(panel).collect(),
    };
    let ends = data.panels.first().map_or_else(String::new, |panel| {
        let last = panel.courses.iter().zip(&data.conditions).filter_map(|(course, name)| {
            Some(findings::Of {
                name,
                value: *course.mean.last()?,
            })
        });
        findings::means(
            &format!("At the end, {}", panel.measure),
            &last.collect::<Vec<_>>(),
            &|value| decimal(value, 0),
        )
    });
    let frame = frame(scenario, ends, &everybody(scenario), "");
    named("community_weeks", change::draw(&data, &frame))
}

/// The measures of the effects that are drawn: helping in the scene, and what the file's first contrast asks about, or burnout and positive mood.
fn asked(scenario: &Scenario) -> Vec<CommunityMeasure> {
    let mut measures = vec![CommunityMeasure::Helped];
    let asked = scenario.contrasts.iter().map(|contrast| contrast.measure);
    for measure in asked.chain([Measure::Burnout, Measure::PositiveMood]) {
        let known = CommunityMeasure::all().find(|own| own.questionnaire() == Some(measure));
        measures.extend(known.filter(|own| !measures.contains(own)));
    }
    measures.truncate(3);
    measures
}

fn effects_panel(
    measure: CommunityMeasure,
    rows: usize,
    series: usize,
    effect: impl Fn(usize, usize) -> Option<crate::statistics::Estimate>,
) -> EffectsByGroupPanel {
    let factor = factor(measure);
    let unit = if measure.is_share() { "points" } else { measure.unit() };
    EffectsByGroupPanel {
        measure: format!("{} ({unit})", title(measure)),
        effects: (0..rows)
            .map(|row| {
                let each = (0..series).map(|series| Some(chart_estimate(effect(row, series)?.times(factor))));
                each.collect()
            })
            .collect(),
    }
}

/// In whom the first of the measures changes most and least, in the first of the series.
fn largest_effect(data: &EffectsByGroupData) -> String {
    let (Some(panel), Some(series)) = (data.panels.first(), data.series.first()) else {
        return String::new();
    };
    let rows = panel.effects.iter().zip(&data.rows).filter_map(|(effects, name)| {
        Some(findings::Of {
            name,
            value: effects.first()?.as_ref()?.value,
        })
    });
    let what = format!("Change in {}, {series}", panel.measure);
    findings::means(&what, &rows.collect::<Vec<_>>(), &|value| signed(value, 1))
}

/// What training a part does by the distance to the nearest trained person.
fn spill_over(scenario: &Scenario, communities: &Communities) -> Result<Drawing, PictureError> {
    let mut treatments = partly_trained(scenario);
    treatments.truncate(MOST_LINES);
    let moment = main(&scenario.conditions[0]);
    let here = |(group, _): &&(Group, &str)| {
        treatments
            .iter()
            .any(|number| communities.people(0, *number, *group) > 0.0)
    };
    let rows: Vec<(Group, &str)> = GROUPS.iter().filter(here).copied().collect();
    let panels = asked(scenario).into_iter().map(|measure| {
        effects_panel(measure, rows.len(), treatments.len(), |row, series| {
            let kind = EffectKind::Of(rows[row].0);
            Some(communities.effect(treatments[series], moment, kind, measure)?.estimate)
        })
    });
    let name = |number: &usize| scenario.conditions[*number].name.clone();
    let data = EffectsByGroupData {
        rows: rows.iter().map(|(_, name)| (*name).to_owned()).collect(),
        series: treatments.iter().map(name).collect(),
        panels: panels.collect(),
        reading: format!(
            "difference from “{}” in the same people, {}, with its 95 % interval over communities",
            scenario.conditions[0].name,
            week(moments(&scenario.conditions[0])[moment].week)
        ),
    };
    let frame = frame(scenario, largest_effect(&data), &everybody(scenario), "");
    named("spill_over", effects_by_group::draw(&data, &frame))
}

/// What each condition does to everybody, the trained and the others.
fn whom_to_train(scenario: &Scenario, communities: &Communities) -> Result<Drawing, PictureError> {
    let treatments: Vec<usize> = (1..scenario.conditions.len()).take(12).collect();
    let moment = main(&scenario.conditions[0]);
    let groups = [
        (Group::All, "everybody"),
        (Group::Trained, "the trained"),
        (Group::Untrained, "the others"),
    ];
    let partly = !partly_trained(scenario).is_empty();
    let groups = if partly { &groups[..] } else { &groups[..1] };
    let panels = asked(scenario).into_iter().map(|measure| {
        effects_panel(measure, treatments.len(), groups.len(), |row, series| {
            let kind = EffectKind::Of(groups[series].0);
            let effect = communities.effect(treatments[row], moment, kind, measure)?;
            (communities.people(0, treatments[row], groups[series].0) > 0.0).then_some(effect.estimate)
        })
    });
    let name = |number: &usize| scenario.conditions[*number].name.clone();
    let data = EffectsByGroupData {
        rows: treatments.iter().map(name).collect(),
        series: groups.iter().map(|(_, name)| (*name).to_owned()).collect(),
        panels: panels.collect(),
        reading: format!(
            "difference from “{}” in the same people, {}, with its 95 % interval over communities",
            scenario.conditions[0].name,
            week(moments(&scenario.conditions[0])[moment].week)
        ),
    };
    let frame = frame(scenario, largest_effect(&data), &everybody(scenario), "");
    named("community_effects", effects_by_group::draw(&data, &frame))
}

/// The first community before and after.
fn portrait(scenario: &Scenario, portraits: &[Portrait]) -> Result<Drawing, PictureError> {
    let mut data = community_data(scenario, portraits, portrayed(scenario));
    let last = data.moments.pop();
    data.moments.truncate(1);
    data.moments.extend(last);
    named(
        "community",
        community::draw(&data, &portrait_frame(scenario, portraits)),
    )
}

/// The film of the first community, as a PNG that moves: a picture for each measurement.
#[cfg(feature = "pixels")]
pub(in super::super) fn community_film(results: &Results) -> Option<Result<Vec<u8>, crate::charts::ChartError>> {
    let scenario = &results.scenario;
    let portraits = &results.communities.as_ref()?.each.first()?.portraits;
    if portraits.is_empty() || scenario.run.agents > MOST_PORTRAYED || moments(&scenario.conditions[0]).len() < 3 {
        return None;
    }
    let frame = portrait_frame(scenario, portraits);
    Some(community::film(
        &community_data(scenario, portraits, portrayed(scenario)),
        &frame,
        MILLISECONDS,
    ))
}

/// The condition of which a portrait is shown: the first that trains somebody, or else the first.
fn portrayed(scenario: &Scenario) -> usize {
    let trains = |number: &usize| !scenario.conditions[*number].training.is_empty();
    (0..scenario.conditions.len()).find(trains).unwrap_or(0)
}

fn portrait_frame(scenario: &Scenario, portraits: &[Portrait]) -> crate::charts::Frame {
    let shown = portrayed(scenario);
    let notes = format!(
        " · the first community in “{}”, each person in the same place",
        scenario.conditions[shown].name
    );
    let people = format!("{} simulated people", thousands(portraits[shown].classes.len() as u64));
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let burnout = &portraits[shown].burnout;
    let ends = burnout.first().zip(burnout.last());
    let finding = ends.map_or_else(String::new, |(before, after)| {
        let [before, after] = [before, after].map(|values| decimal(mean(values), 2));
        format!("One community: mean burnout is {before} at first and {after} in the end")
    });
    frame(scenario, finding, &people, &notes)
}

/// The first community in a condition, at every measurement.
pub(crate) fn community_data(scenario: &Scenario, portraits: &[Portrait], shown: usize) -> CommunityData {
    let (condition, portrait) = (&scenario.conditions[shown], &portraits[shown]);
    let community = condition.protocol.community.as_ref();
    let people = portrait.classes.len();
    let times = moments(condition);
    let mut ties: Vec<(u32, u32)> = portrait.ties.concat();
    ties.sort_unstable();
    ties.dedup();
    let high = portrait.burnout.iter().flatten().copied().fold(1.0, f64::max);
    let moment = |(number, when): (usize, &crate::engine::life::Moment)| CommunityMoment {
        title: match number {
            0 => week(when.week),
            _ => format!("{}; lines: help in the week before", week(when.week)),
        },
        values: portrait.burnout[number].clone(),
        helped: portrait.helped[number].clone(),
    };
    CommunityData {
        places: community.map_or_else(Vec::new, |community| places(community, &portrait.ties, people)),
        ties,
        trained: portrait.classes.iter().map(|class| *class == 0).collect(),
        measure: "burnout".to_owned(),
        range: (0.0, high),
        moments: times.iter().enumerate().map(moment).collect(),
    }
}
