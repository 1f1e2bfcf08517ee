//! What a sweep shows over one key, in words: how far each line goes, and where it turns.

use super::{Arranged, Kind, SweepOf};
use crate::wording::capital;

/// How far beyond both ends, as a part of what lies between them, a place must lie to be told.
const PEAK: f64 = 0.25;

/// What a line does over the only key that is varied.
struct Course {
    line: usize,
    from: f64,
    to: f64,
    /// The place that lies furthest beyond both ends, if one lies far.
    peak: Option<(usize, f64)>,
}

impl SweepOf<'_> {
    /// The answer over the only key, in a sentence: the difference that goes furthest, and where it changes its sign; none where nothing is compared.
    pub fn answer(&self) -> Option<String> {
        let arranged = Arranged::new(self, Kind::Difference)?;
        let course = arranged.furthest()?;
        let unit = match self.measure.is_share() {
            true => " points".to_owned(),
            false => format!(" ({})", self.measure.row().unit),
        };
        let turn = arranged.turns(course.line).map_or_else(String::new, |[before, after]| {
            format!("; the sign changes between {before} and {after}")
        });
        let [axis] = &arranged.keys[..] else {
            return None;
        };
        Some(format!(
            "Over {}, {} ({}): from {} at {} to {}{unit} at {}{turn}.",
            axis.name,
            arranged.lines[course.line],
            self.measure.in_a_sentence(),
            arranged.number(course.from, true),
            axis.values[0],
            arranged.number(course.to, true),
            axis.values[axis.values.len() - 1],
        ))
    }

    /// What the sweep shows, in words: how far each condition and each difference goes over one key; empty where several are varied.
    pub fn in_words(&self) -> Vec<String> {
        let told = |kind| Arranged::new(self, kind).map_or_else(Vec::new, |arranged| arranged.in_words());
        [told(Kind::Level), told(Kind::Difference)].concat()
    }
}

impl Arranged {
    fn in_words(&self) -> Vec<String> {
        let [axis] = &self.keys[..] else {
            return Vec::new();
        };
        let last = axis.values.len() - 1;
        let sentence = |line: usize| {
            let Course { from, to, .. } = self.course(line)?;
            let signed = self.kind == Kind::Difference;
            let number = |value: f64| self.number(value, signed);
            let turn = self
                .turns(line)
                .filter(|_| signed)
                .map_or_else(String::new, |[before, after]| {
                    format!("; changes sign between {before} and {after}")
                });
            Some(format!(
                "{}: {} from {} at {} {} to {} at {}{turn}",
                self.lines[line],
                self.answer(),
                number(from),
                axis.name,
                axis.values[0],
                number(to),
                axis.values[last],
            ))
        };
        (0..self.lines.len()).filter_map(sentence).collect()
    }

    /// What is to be seen over the only key: of differences the one that is the other way round at the other end, else the line that goes furthest.
    pub(super) fn finding(&self) -> Option<String> {
        let [axis] = &self.keys[..] else {
            return None;
        };
        let Course { line, from, to, peak } = self.furthest()?;
        let last = axis.values.len() - 1;
        let (name, signed) = match self.kind {
            Kind::Difference => {
                let unit = if self.measure.is_share() { "points of " } else { "" };
                let measure = self.measure.in_a_sentence();
                (format!("{}, {unit}{measure}", capital(&self.lines[line])), true)
            }
            Kind::Level => (format!("{}, “{}”", capital(&self.answer()), self.lines[line]), false),
        };
        let at = |place: usize, value: f64| {
            format!("{} at {} {}", self.number(value, signed), axis.name, axis.values[place])
        };
        let ends = format!("{}, {}", at(0, from), at(last, to));
        Some(match peak {
            Some((place, value)) => format!("{name}: {}; {ends}", at(place, value)),
            None => format!("{name}: {ends}"),
        })
    }

    /// The course of the line that goes furthest from one end of the only key to the other, or to a place between them; of differences those that
    /// change their sign go before, by their smaller end.
    fn furthest(&self) -> Option<Course> {
        let courses = || (0..self.lines.len()).filter_map(|line| self.course(line));
        let turned = courses().filter(|course| self.kind == Kind::Difference && course.from * course.to < 0.0);
        let least = |course: &Course| course.from.abs().min(course.to.abs());
        let far = |course: &Course| {
            let peak = course.peak.map_or(course.to, |(_, value)| value);
            (course.to - course.from).abs().max((peak - course.from).abs())
        };
        let most = |of: &dyn Fn(&Course) -> f64, one: Course, other: Course| {
            if of(&other) > of(&one) { other } else { one }
        };
        turned
            .reduce(|one, other| most(&least, one, other))
            .or_else(|| courses().reduce(|one, other| most(&far, one, other)))
    }

    /// What a line does over the only key.
    fn course(&self, line: usize) -> Option<Course> {
        let [axis] = &self.keys[..] else {
            return None;
        };
        let last = axis.values.len() - 1;
        let at = |place: usize| self.answer_at(&[place], line).map(|answer| answer.value);
        let (from, to) = (at(0)?, at(last)?);
        let (low, high) = (from.min(to), from.max(to));
        let beyond = |value: f64| (low - value).max(value - high);
        let between = (1..last).filter_map(|place| Some((place, at(place)?)));
        let peak = between.reduce(|one, other| if beyond(other.1) > beyond(one.1) { other } else { one });
        Some(Course {
            line,
            from,
            to,
            peak: peak.filter(|(_, value)| beyond(*value) > PEAK * (high - low).max(self.least())),
        })
    }

    /// The smallest difference that is worth a word.
    fn least(&self) -> f64 {
        if self.measure.is_share() { 2.0 } else { 0.05 }
    }

    /// Where a line changes its sign.
    fn turns(&self, line: usize) -> Option<[&str; 2]> {
        let [axis] = &self.keys[..] else {
            return None;
        };
        let at = |place: usize| self.answer_at(&[place], line).map(|answer| answer.value);
        let turn = (0..axis.values.len() - 1).find(|place| {
            let two = at(*place).zip(at(place + 1));
            two.is_some_and(|(one, other)| one.min(other) < 0.0 && one.max(other) > 0.0)
        })?;
        Some([axis.values[turn].as_str(), axis.values[turn + 1].as_str()])
    }

    fn number(&self, value: f64, signed: bool) -> String {
        let places = if self.measure.is_share() { 1 } else { 2 };
        if signed {
            crate::wording::signed(value, places)
        } else {
            crate::wording::decimal(value, places)
        }
    }
}
