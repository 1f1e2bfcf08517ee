//! Every chart with the inputs that break charts: long names, one condition, twelve, none and all.

mod comparisons;

use super::estimate::Estimate;
use super::{ChartError, Frame, Picture, inspect};
use super::{effects_forest, helping_rate, latency, observed_predicted, outcomes, sweet_spot, timecourse, trace};
use crate::statistics::squared;

const NAMES: [&str; 12] = [
    "easy escape, victim similar in attitudes, asked to imagine how the other feels",
    "low",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "a < b & \"c\" > d",
    "waiting list",
    "compassion training, eight weeks, two hours a week, taught by an experienced teacher who does it daily",
    "memory training (active control)",
    "Mitgefühl – çà et là, Ψυχή, состра́дание",
    "慈悲 (compassion)",
    "with two passive confederates who do nothing at all while smoke fills the room",
    "alone",
    "mindfulness, cost ≥ 0.5, −1 SD",
];

/// Counts of conditions: one, the usual, the many.
const COUNTS: [usize; 3] = [1, 4, 12];

fn frames() -> [Frame; 2] {
    let long = "People who feel with her stay; people who are distressed leave if they can. Is it true? ".repeat(3);
    [
        Frame {
            title: "Who helps?".into(),
            subtitle: None,
            foot: "n = 10,000 · seed 1981".into(),
        },
        Frame {
            title: long.clone(),
            subtitle: Some(long.clone()),
            foot: long,
        },
    ]
}

/// Draws with each frame and inspects, and draws once more to compare.
fn every(names: &[&str], draw: impl Fn(&Frame) -> Result<Picture, ChartError>) {
    let [short, long] = frames().map(|frame| {
        let picture = draw(&frame).expect("the data is in order");
        inspect::check(&picture, &[names, &[&frame.title, &frame.foot]].concat());
        picture
    });
    assert_ne!(short, long);
    assert_eq!(
        short,
        draw(&frames()[0]).expect("the data is in order"),
        "same data, same bytes"
    );
}

/// Shares that include none, all and nearly so.
fn share(index: usize) -> f64 {
    [0.0, 1.0, 0.5, 0.001, 0.999, 0.24, 0.97, 0.03, 0.62, 0.6, 0.58, 0.9][index % 12]
}

fn around(value: f64, half: f64) -> Estimate {
    Estimate {
        value,
        lower: (value - half).max(0.0),
        upper: (value + half).min(1.0),
    }
}

fn helping_rates(count: usize) -> helping_rate::HelpingRateData {
    let row = |index: usize| helping_rate::HelpingRateRow {
        name: NAMES[index].into(),
        group: (count == 12).then(|| format!("group {} with a long header that has to be wrapped", index / 4)),
        simulated: around(share(index), 0.01),
        parameters: index
            .is_multiple_of(2)
            .then(|| [(share(index) - 0.3).max(0.0), (share(index) + 0.3).min(1.0)]),
        overwhelmed: (count != 2).then(|| share(index + 3)),
        left: (index != 1).then(|| 1.0 - share(index)),
        observed: (index % 3 != 2).then(|| around(share(index + 5), 0.2)),
    };
    helping_rate::HelpingRateData {
        rows: (0..count).map(row).collect(),
        who: "people".into(),
    }
}

#[test]
fn helping_rate() {
    for count in COUNTS {
        every(&NAMES[..count], |frame| {
            helping_rate::draw(&helping_rates(count), frame)
        });
    }
}

#[test]
fn a_helping_rate_that_is_no_share_is_refused() {
    for wrong in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
        let mut data = helping_rates(4);
        data.rows[2].simulated.value = wrong;
        let error = helping_rate::draw(&data, &frames()[0])
            .expect_err("not a share")
            .to_string();
        assert!(
            error.starts_with("cannot draw `helping_rate`: ") && error.contains(NAMES[2]),
            "{error}"
        );
    }
    let mut data = helping_rates(4);
    data.rows[2].left = Some(1.1);
    assert!(matches!(
        helping_rate::draw(&data, &frames()[0]),
        Err(ChartError::Value { .. })
    ));
    let none = helping_rate::HelpingRateData {
        rows: Vec::new(),
        who: "people".into(),
    };
    assert!(matches!(
        helping_rate::draw(&none, &frames()[0]),
        Err(ChartError::Empty { .. })
    ));
}

#[test]
fn outcomes() {
    for count in COUNTS {
        let row = |index: usize| {
            let helped = share(index);
            let rest = 1.0 - helped;
            outcomes::OutcomesRow {
                name: NAMES[index].into(),
                group: None,
                helped,
                left: rest * 0.6,
                undecided: rest * 0.2,
                relieved: rest * 0.15,
                punished: rest * 0.05,
            }
        };
        let data = outcomes::OutcomesData {
            rows: (0..count).map(row).collect(),
            names: [
                "helped",
                "relieved (another helped)",
                "undecided, or gave nothing",
                "punished",
                "left",
            ],
        };
        every(&NAMES[..count], |frame| outcomes::draw(&data, frame));

        let mut wrong = data;
        wrong.rows[0].left += 0.1;
        assert!(matches!(
            outcomes::draw(&wrong, &frames()[0]),
            Err(ChartError::Value { .. })
        ));
    }
}

fn courses(count: usize) -> timecourse::TimecourseData {
    let time_s: Vec<f64> = (0..=401).map(|it| f64::from(it) / 10.0).collect();
    let quantities = [
        "attention",
        "affective sharing",
        "personal distress",
        "compassion",
        "tendency to help",
        "tendency to leave",
    ];
    let course = |condition: usize, scale: f64| {
        let centre: Vec<f64> = time_s.iter().map(|it| scale * share(condition) * it / 41.0).collect();
        timecourse::TimecourseSpread {
            lower: centre.clone(),
            upper: centre.iter().map(|it| it + 0.1).collect(),
            centre,
        }
    };
    let panel = |(index, quantity): (usize, &&str)| timecourse::TimecoursePanel {
        quantity: (*quantity).into(),
        scale: match index {
            0 => timecourse::Scale::Fixed(0.0, 1.0),
            _ => timecourse::Scale::Own,
        },
        courses: (0..count)
            .map(|it| course(it, if index < 4 { 1.0 } else { -3.0 }))
            .collect(),
    };
    let condition = |(index, name): (usize, &&str)| timecourse::TimecourseCondition {
        name: (*name).into(),
        end_s: if index == 1 { 12.34 } else { 40.1 },
    };
    timecourse::TimecourseData {
        conditions: NAMES[..count].iter().enumerate().map(condition).collect(),
        panels: quantities.iter().enumerate().map(panel).collect(),
        time_s: time_s.clone(),
        centre: "mean".into(),
        spread: "middle half of people".into(),
    }
}

#[test]
fn timecourse() {
    for count in COUNTS {
        let data = courses(count);
        let names = [&NAMES[..count], &["personal distress", "tendency to leave"]].concat();
        every(&names, |frame| timecourse::draw(&data, frame));
    }
}

#[test]
fn a_course_of_the_wrong_length_is_refused() {
    let mut data = courses(4);
    data.panels[3].courses[1].upper.pop();
    let error = timecourse::draw(&data, &frames()[0])
        .expect_err("one value is missing")
        .to_string();
    assert_eq!(
        error,
        "cannot draw `timecourse`: `compassion` has 401 values where 402 are needed"
    );
}

#[test]
fn latency() {
    for count in COUNTS {
        let line = |index: usize| latency::LatencyLine {
            name: NAMES[index].into(),
            end_s: 40.0,
            of: 1000,
            helped_at_s: (0..(1000.0 * share(index)) as u32)
                .map(|it| f64::from(it * 7 % 400) / 10.0)
                .collect(),
        };
        let data = latency::LatencyData {
            window_s: 45.0,
            lines: (0..count).map(line).collect(),
            who: "people".into(),
        };
        every(&NAMES[..count], |frame| latency::draw(&data, frame));

        let mut wrong = data;
        wrong.lines[0].helped_at_s.push(40.5);
        assert!(matches!(
            latency::draw(&wrong, &frames()[0]),
            Err(ChartError::Value { .. })
        ));
    }
}

/// A map with marks on one spot, spread out, or beyond the edges.
fn map(count: usize, spread: f64) -> sweet_spot::SweetSpotData {
    let axis: Vec<f64> = (-12..=12).map(|it| f64::from(it) / 4.0).collect();
    let helped = axis
        .iter()
        .flat_map(|y| axis.iter().map(move |x| libm::exp(-squared(x - y / 2.0))));
    let mark = |index: usize| sweet_spot::SweetSpotMark {
        name: NAMES[index].into(),
        sharing: spread * (index as f64 * 0.9 - 3.0),
        regulation: spread * ((index * 5 % 12) as f64 * 0.6 - 3.0),
    };
    sweet_spot::SweetSpotData {
        helped: helped.collect(),
        best: axis.iter().map(|y| (y / 2.0, *y)).collect(),
        regulation: axis.clone(),
        sharing: axis,
        marks: (0..count).map(mark).collect(),
        who: "people".into(),
    }
}

#[test]
fn sweet_spot() {
    for count in COUNTS {
        for spread in [0.0, 0.15, 1.0] {
            // Where all stand on one spot, naming each would say nothing.
            let names = if count >= 4 && spread == 0.0 {
                &["all conditions"]
            } else {
                &NAMES[..count]
            };
            every(names, |frame| sweet_spot::draw(&map(count, spread), frame));
            let mut half = map(count, spread);
            half.best.truncate(6);
            every(&["no line: no peak between the edges"], |frame| {
                sweet_spot::draw(&half, frame)
            });
        }
    }
    for level in [0.0, 1.0] {
        let mut flat = map(0, 0.0);
        flat.helped.fill(level);
        flat.best.clear();
        every(&[], |frame| sweet_spot::draw(&flat, frame));
    }
}

#[test]
fn a_map_that_does_not_fit_its_axes_is_refused() {
    let mut data = map(2, 1.0);
    data.helped.pop();
    assert!(matches!(
        sweet_spot::draw(&data, &frames()[0]),
        Err(ChartError::Length { .. })
    ));
    let mut data = map(2, 1.0);
    data.sharing.reverse();
    assert!(matches!(
        sweet_spot::draw(&data, &frames()[0]),
        Err(ChartError::Value { .. })
    ));
}

#[test]
fn trace() {
    let time_s: Vec<f64> = (0..=80).map(|it| f64::from(it) / 2.0).collect();
    for (turns, other) in [(0, false), (1, true), (9, true)] {
        let line = |quantity: &str, end: f64| trace::TraceLine {
            quantity: quantity.into(),
            values: time_s.iter().map(|it| end * it / 40.0).collect(),
            other: other.then(|| vec![end / 2.0; time_s.len()]),
        };
        let feelings = ["attention", "affective sharing", "personal distress", "compassion"];
        let data = trace::TraceData {
            condition: NAMES[0].into(),
            other_condition: other.then(|| NAMES[5].into()),
            panels: vec![
                trace::TracePanel {
                    title: "what the person feels".into(),
                    range: None,
                    lines: feelings.iter().map(|it| line(it, 0.0)).collect(),
                },
                trace::TracePanel {
                    title: "what the person tends to do".into(),
                    range: None,
                    lines: vec![line("help", 2.0), line("leave", -2.0)],
                },
            ],
            turning_points: (0..turns)
                .map(|it| trace::TurningPoint {
                    time_s: 39.0 + f64::from(it) * 0.1,
                    text: "distress turns to compassion".into(),
                })
                .collect(),
            other_turning_points: (0..if other { turns } else { 0 })
                .map(|it| trace::TurningPoint {
                    time_s: f64::from(it) * 4.5,
                    text: "leans towards leaving".into(),
                })
                .collect(),
            parting_s: other.then_some(12.5),
            time_s: time_s.clone(),
        };
        let nothing = "what the person feels: none at any time";
        every(&[NAMES[0], "affective sharing", "leave", nothing], |frame| {
            trace::draw(&data, frame)
        });
        if other {
            every(&[NAMES[5], "distress turns to compassion"], |frame| {
                trace::draw(&data, frame)
            });
        }
    }
}

#[test]
fn observed_predicted() {
    for count in [1, 12, 90] {
        let cell = |index: usize| observed_predicted::ObservedPredictedCell {
            name: format!("study{index} {}", NAMES[index % 12]),
            observed: around(share(index), 0.1),
            predicted: share(index / 3 + 5),
            parameters: index.is_multiple_of(2).then_some([0.1, 0.9]),
        };
        let data = observed_predicted::ObservedPredictedData {
            cells: (0..count).map(cell).collect(),
            summary: vec!["81 of 85 predictions inside".into(), "r = 0.86".into()],
        };
        every(&["worst misfits", "81 of 85 predictions inside"], |frame| {
            observed_predicted::draw(&data, frame)
        });
    }
}

#[test]
fn effects_forest() {
    for count in [1, 12, 40] {
        let row = |index: usize| effects_forest::EffectsForestRow {
            study: format!("study {}, {}", index / 3, NAMES[index % 5]),
            contrast: format!("{} against {}", NAMES[index % 12], NAMES[(index + 5) % 12]),
            observed: Estimate {
                value: share(index) - 0.5,
                lower: share(index) - 0.9,
                upper: share(index) + 0.2,
            },
            predicted: 0.4 - share(index),
        };
        let data = effects_forest::EffectsForestData {
            axis: "difference in people who helped (percentage points)".into(),
            decimals: 2,
            rows: (0..count).map(row).collect(),
        };
        every(&[NAMES[0]], |frame| effects_forest::draw(&data, frame));
    }
    let nothing = effects_forest::EffectsForestRow {
        study: "s".into(),
        contrast: "c".into(),
        observed: Estimate {
            value: 0.0,
            lower: 0.0,
            upper: 0.0,
        },
        predicted: -0.0,
    };
    let data = effects_forest::EffectsForestData {
        axis: "d".into(),
        decimals: 1,
        rows: vec![nothing],
    };
    every(&["0.0 [0.0, 0.0]"], |frame| effects_forest::draw(&data, frame));
}
