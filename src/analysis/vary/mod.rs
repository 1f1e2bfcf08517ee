//! What is varied: keys, each with values or a range, and the points that come of them.

mod points;
mod read;

pub use points::{Layout, Points};

use super::designs;

/// Most points of a sweep.
pub const MOST_POINTS: u128 = 10_000_000;

/// A key and what it is set to.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// The key as it was written, also the name of its column.
    pub key: String,
    /// What it is set to.
    pub values: Values,
}

/// What a key is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// One of these, as text.
    Listed(Vec<String>),
    /// Anything in a range, as a design has it.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether only whole numbers are meant.
        whole: bool,
    },
}

/// Why something cannot be varied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum VaryError {
    /// There is no key or no value.
    #[error(
        "`{0}` does not say what is varied; the form is KEY=VALUES, for instance `situation.escape=0:1:0.1`, `situation.escape=0,0.5,1` or `seed=1..50`"
    )]
    Form(String),
    /// A range that ends before it begins.
    #[error("`{key}={text}` ends before it begins: {high} is not above {low}; write the smaller number first")]
    UpsideDown {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// The lower end as written.
        low: String,
        /// The upper end as written.
        high: String,
    },
    /// Something that is no number.
    #[error("`{part}` in `{key}={text}` is not a number; a range is `low..high`, and steps are `low:high:step`")]
    NotANumber {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// What is no number.
        part: String,
    },
    /// A step that leads nowhere.
    #[error("`{key}={text}` never gets from {low} to {high}: the step must be above 0")]
    NoStep {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// The lower end as written.
        low: String,
        /// The upper end as written.
        high: String,
    },
    /// A range without a number of points.
    #[error(
        "`{key}` is a range, and nothing says how many points of it are run; add `--points N`, or give steps as in `{key}=0:1:0.1`"
    )]
    NoPoints {
        /// The key.
        key: String,
    },
    /// A number of points, and nothing that they could be chosen from.
    #[error("`--points` and `--design` choose from ranges, and no key has one; write `KEY=low..high`")]
    NoRange,
    /// One key twice.
    #[error("`{0}` is varied twice; give all its values at once")]
    Twice(String),
    /// One value twice.
    #[error("`{key}` is set to `{value}` twice")]
    SameValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Too many points.
    #[error("that makes {points} points, and at most {most} are run; take fewer values, or choose from ranges with `--points N --design lhs`", most = MOST_POINTS)]
    TooMany {
        /// How many.
        points: String,
    },
    /// Too many points, or keys, for a Sobol' sequence.
    #[error(
        "a Sobol' sequence has at most {most} points in {dimensions} dimensions; `--design lhs` has no such limit",
        most = designs::MOST_SOBOL_POINTS,
        dimensions = designs::MOST_SOBOL_DIMENSIONS
    )]
    TooLongForSobol,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::designs::Design;

    fn values(text: &str) -> Vec<String> {
        match Varied::read(text, false).expect(text).values {
            Values::Listed(values) => values,
            range => panic!("{range:?}"),
        }
    }

    #[test]
    fn values_are_listed_stepped_or_counted() {
        assert_eq!(values("situation.escape=0,0.5, 1"), ["0", "0.5", "1"]);
        assert_eq!(values("a=0:1:0.25"), ["0", "0.25", "0.5", "0.75", "1"]);
        assert_eq!(values("a=0:1:0.1")[3], "0.3", "and not 0.30000000000000004");
        assert_eq!(values("a=-1:1:1"), ["-1", "0", "1"]);
        assert_eq!(values("seed=1..4"), ["1", "2", "3", "4"]);
        assert_eq!(values("situation.bystanders=0..2"), ["0", "1", "2"]);
        assert_eq!(
            values("situation.perspective=natural,objective"),
            ["natural", "objective"]
        );
        assert_eq!(values("timeline.measure_at=[0, 6],[0, 12]"), ["[0, 6]", "[0, 12]"]);
        let named = Varied::read("condition.\"a, b = c\".situation.need=0,1", false).unwrap();
        assert_eq!(named.key, "condition.\"a, b = c\".situation.need");
        let range = Varied::read("situation.need=0.2..0.8", true).unwrap().values;
        assert_eq!(
            range,
            Values::Range {
                low: 0.2,
                high: 0.8,
                whole: false
            }
        );
    }

    #[test]
    fn what_cannot_be_varied_is_told_with_what_to_write() {
        let error = |text: &str| Varied::read(text, true).unwrap_err().to_string();
        assert!(error("situation.need").contains("KEY=VALUES"));
        assert!(error("situation.need=").contains("KEY=VALUES"));
        assert!(error("need=1..0").contains("0 is not above 1"));
        assert!(error("need=1:0:0.1").contains("0 is not above 1"));
        assert!(error("need=0:1:0").contains("the step must be above 0"));
        assert!(error("need=0..x").contains("`x`"));
        assert!(error("need=0..inf").contains("`inf`"));
        assert!(error("need=0.5,0.5").contains("twice"));
        assert!(error("need=0:1e9:1e-9").contains("points"));
        let key = |text: &str| Varied::read(text, true).unwrap();
        let points = |keys: Vec<Varied>, layout| Points::new(keys, layout).unwrap_err().to_string();
        assert!(points(vec![key("a=0..1")], None).contains("--points N"));
        let layout = Layout {
            points: 9,
            design: None,
            seed: 1,
        };
        assert!(points(vec![key("a=0,1")], Some(layout)).contains("low..high"));
        assert!(points(vec![key("a=0,1"), key("a=2,3")], None).contains("varied twice"));
        let thousands = ["a=1:10000:1", "b=1:10000:1", "c=1:10000:1"].map(key).to_vec();
        assert!(points(thousands, None).contains("1,000,000,000,000 points"));
        let long = Layout {
            points: 70_000,
            design: Some(Design::Sobol),
            seed: 1,
        };
        assert!(points(vec![key("a=0..1")], Some(long)).contains("Sobol'"));
    }

    #[test]
    fn points_are_all_combinations_the_last_key_fastest() {
        let keys = ["a=1,2", "b=x,y,z"].map(|text| Varied::read(text, false).unwrap());
        let points = Points::new(keys.to_vec(), None).unwrap();
        let all: Vec<String> = (0..points.count()).map(|number| points.at(number).concat()).collect();
        assert_eq!(all, ["1x", "1y", "1z", "2x", "2y", "2z"]);
    }

    #[test]
    fn a_design_is_crossed_with_what_is_listed() {
        let keys = ["seed=1..3", "situation.need=0.2..0.8", "situation.bystanders=0..4"];
        let keys = keys.map(|text| Varied::read(text, true).unwrap());
        let layout = Layout {
            points: 50,
            design: Some(Design::Sobol),
            seed: 4,
        };
        let points = Points::new(keys.to_vec(), Some(layout)).unwrap();
        assert_eq!(points.count(), 150);
        assert_eq!(points.at(0)[1], points.at(2)[1], "the same place for every seed");
        assert_eq!((points.at(0)[0].as_str(), points.at(2)[0].as_str()), ("1", "3"));
        let mut bystanders = [0; 5];
        for number in 0..50 {
            let place = points.at(3 * number);
            assert!((0.2..=0.8).contains(&place[1].parse::<f64>().unwrap()));
            bystanders[place[2].parse::<usize>().unwrap()] += 1;
        }
        assert!(
            bystanders.iter().all(|count| (9..=11).contains(count)),
            "{bystanders:?}"
        );
    }

    #[test]
    fn one_range_is_gone_through_evenly() {
        let keys = vec![Varied::read("situation.need=0..1", true).unwrap()];
        let layout = Layout {
            points: 5,
            design: None,
            seed: 1,
        };
        let points = Points::new(keys, Some(layout)).unwrap();
        let all: Vec<String> = (0..5).map(|number| points.at(number)[0].clone()).collect();
        assert_eq!(all, ["0", "0.25", "0.5", "0.75", "1"]);
    }
}
