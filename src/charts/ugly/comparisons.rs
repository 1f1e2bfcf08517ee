//! Charts of comparisons, with the inputs that break charts.

use super::{COUNTS, NAMES, around, every, frames, share};
use crate::charts::estimate::Estimate;
use crate::charts::{ChartError, flow, path_shares, studies};

/// Nobody, everybody and slivers, in turn.
fn pair(index: usize) -> flow::FlowPair {
    let (either, rest) = (share(index), 1.0 - share(index));
    flow::FlowPair {
        before: NAMES[(index + 1) % NAMES.len()].into(),
        after: NAMES[index].into(),
        either,
        gained: rest * 0.01,
        lost: if index.is_multiple_of(2) { rest * 0.01 } else { 0.0 },
        never: if index.is_multiple_of(2) {
            rest * 0.98
        } else {
            rest * 0.99
        },
        of_hundred: [100, 0, 0, 0],
    }
}

#[test]
fn flows() {
    for count in [1, 2, 4, 5, flow::MOST_PAIRS] {
        let data = flow::FlowData {
            pairs: (0..count).map(pair).collect(),
        };
        every(&NAMES[..count], |frame| flow::draw(&data, frame));
        let told_once = |data: &flow::FlowData| {
            let picture = flow::draw(data, &frames()[0]).expect("the data is in order");
            picture.svg.matches("always on the left").count() == 1
        };
        assert!(!told_once(&data), "they differ, or there is only one");
        let mut alike = data.clone();
        for it in &mut alike.pairs {
            it.before = "left alike".into();
        }
        assert_eq!(told_once(&alike), count > 1);
        let shared: &str = if count > 1 {
            "always on the left: left alike"
        } else {
            "left alike"
        };
        every(&[&NAMES[..count], &[shared]].concat(), |frame| {
            let picture = flow::draw(&alike, frame);
            let drawn = picture.as_ref().map_or(0, |it| it.svg.matches("left alike").count());
            assert_eq!(drawn, 1, "what all share stands there once");
            picture
        });
        let mut wrong = data.clone();
        wrong.pairs[0].never += 0.1;
        assert!(matches!(
            flow::draw(&wrong, &frames()[0]),
            Err(ChartError::Value { .. })
        ));
    }
    let many = flow::FlowData {
        pairs: (0..=flow::MOST_PAIRS).map(pair).collect(),
    };
    assert!(matches!(
        flow::draw(&many, &frames()[0]),
        Err(ChartError::Length { .. })
    ));
}

/// An estimate that may be nothing, negative or huge.
fn estimate(index: usize) -> Estimate {
    let value = [0.0, -3.2, 41.0, 0.04, 7.0][index % 5];
    let half = [0.0, 1.5, 0.01, 6.0][index % 4];
    Estimate {
        value,
        lower: value - half,
        upper: value + half,
    }
}

#[test]
fn paths() {
    for count in COUNTS {
        let row = |it: usize| path_shares::PathRow {
            name: format!("enters by {}", NAMES[it]),
            mean: estimate(it),
            alone: estimate(it + 1).value,
            back: estimate(it + 2).value,
            share: (it != 1).then(|| estimate(it + 3).value),
        };
        let effect = |it: usize| path_shares::PathSharesEffect {
            name: format!("{} against {}", NAMES[it], NAMES[it + 1]),
            whole: estimate(it + 2),
            paths: (0..count).map(row).collect(),
        };
        let data = path_shares::PathSharesData {
            paths: "the feeling that decides".into(),
            axis: "difference in people who help (points of 100)".into(),
            decimals: 1,
            effects: (0..2).map(effect).collect(),
        };
        every(&NAMES[..count], |frame| path_shares::draw(&data, frame));
        let mut wrong = data;
        wrong.effects[0].paths[0].alone = f64::NAN;
        assert!(matches!(
            path_shares::draw(&wrong, &frames()[0]),
            Err(ChartError::Value { .. })
        ));
    }
    // Nothing differs: an axis around nothing.
    let still = Estimate {
        value: 0.0,
        lower: 0.0,
        upper: 0.0,
    };
    let nothing = path_shares::PathSharesData {
        paths: "the feeling that decides".into(),
        axis: "points".into(),
        decimals: 2,
        effects: vec![path_shares::PathSharesEffect {
            name: "a".into(),
            whole: still,
            paths: Vec::new(),
        }],
    };
    assert!(matches!(
        path_shares::draw(&nothing, &frames()[0]),
        Err(ChartError::Empty { .. })
    ));
}

#[test]
fn spreads_of_studies() {
    for count in COUNTS {
        let row = |it: usize| studies::StudiesRow {
            name: format!("helped {}", NAMES[it]),
            group: Some(NAMES[11 - it].into()),
            studies: (0..[1, 40, 1_000][it % 3])
                .map(|study| (share(it) * f64::from(study % 17 - 8), study % 5 == 0))
                .collect(),
            median: share(it),
            power: share(it),
            published: it.is_multiple_of(2).then(|| around(share(it), 0.9)),
            stated: "+0.92 [+0.09, +1.76]".into(),
        };
        let data = studies::StudiesData {
            axis: "d".into(),
            rows: (0..count).map(row).collect(),
        };
        every(&NAMES[..count], |frame| studies::draw(&data, frame));
        let mut wrong = data;
        wrong.rows[0].studies.clear();
        assert!(matches!(
            studies::draw(&wrong, &frames()[0]),
            Err(ChartError::Empty { .. })
        ));
    }
}
