//! The tally of a condition: all that is kept of its people when they have gone.

use super::block::Participants;
use super::exchange::Giving;
use super::measured::{measured, said_of_oneself};
use super::norm_scene::NormScene;
use super::records::{Column, Outcome, Records};
use crate::model::agent::Trait;
use crate::model::parameters::Parameters;
use crate::population::Scales;
use crate::registry::{Measure, Source};
use crate::scenario::Condition;
use crate::statistics::{Count, Histogram, Joint, Moments};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bins of decision times: medians are exact within 1/600 of the window.
const LATENCY_BINS: usize = 600;

/// People of whom everything is kept at every moment of a timeline: enough for quartiles.
const SAMPLE: usize = 400;

/// How many ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcomes([u64; Outcome::ALL.len()]);

/// Which of the three states that the articles tell apart a person was in, or neither of their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EmpathyStates {
    /// Sharing and understanding.
    pub empathy: u64,
    /// Sharing alone.
    pub contagion: u64,
    /// Understanding alone.
    pub theory_of_mind_alone: u64,
    /// Neither.
    pub neither: u64,
}

/// All that is kept of the people in a condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Outcomes of what is counted: persons, or groups. A group helped if one of them did, punished if one of them did, left if all
    /// of them did, and is undecided otherwise.
    pub units: Outcomes,
    /// Outcomes of persons.
    pub people: Outcomes,
    /// How many units had somebody in them who was relieved by another's help.
    pub with_relieved: u64,
    /// Who helped here, and in the first condition; none where these are not the same people, each counted in both.
    pub joint: Option<Joint>,
    /// When those who helped decided to, in seconds; the first of a group.
    pub latency: Histogram,
    /// Mean and spread of each measure between people.
    pub measures: BTreeMap<Measure, Moments>,
    /// How many people were overwhelmed.
    pub overwhelmed: u64,
    /// How many people felt with the other, understood them, or both.
    pub empathy_states: EmpathyStates,
    /// Sum over people of each trait, training included.
    pub traits: [Moments; Trait::COUNT],
    /// Where weeks or other encounters lie around the scene, the tallies of all its [moments](super::life::moments), in order.
    pub course: Vec<Tally>,
    /// Hours practised.
    pub hours: Moments,
    /// What was given after what had happened, in a round of an exchange.
    pub exchange: Giving,
    /// What some people showed on each measure, the same people at every moment of a [`Tally::course`]; empty elsewhere.
    pub sample: BTreeMap<Measure, Vec<f64>>,
}

impl Outcomes {
    /// How many ended like this.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// How many ended somehow.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many of all ended like this.
    pub fn count(&self, outcome: Outcome) -> Count {
        Count {
            successes: self.of(outcome),
            trials: self.total(),
        }
    }

    /// The share that ended like this; none of nobody.
    pub fn share(&self, outcome: Outcome) -> Option<f64> {
        self.count(outcome).share()
    }

    fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    fn merge(&mut self, other: &Self) {
        for (own, others) in self.0.iter_mut().zip(other.0) {
            *own += others;
        }
    }
}

impl Tally {
    /// The tally of nobody.
    pub fn new(condition: &Condition) -> Self {
        Self {
            units: Outcomes::default(),
            people: Outcomes::default(),
            with_relieved: 0,
            joint: None,
            latency: Histogram::new(0.0, condition.situation.window_s, LATENCY_BINS)
                .expect("a checked window is positive"),
            measures: BTreeMap::new(),
            overwhelmed: 0,
            empathy_states: EmpathyStates::default(),
            traits: [Moments::default(); Trait::COUNT],
            course: Vec::new(),
            hours: Moments::default(),
            exchange: Giving::default(),
            sample: BTreeMap::new(),
        }
    }

    /// Counts those people of a block who are selected; with it, for each unit, whether it helped, unless a selection makes the units of two
    /// conditions differ.
    pub fn of(
        condition: &Condition,
        parameters: &Parameters,
        norm: &NormScene,
        participants: &Participants,
        records: &Records,
        selected: &[bool],
    ) -> (Self, Option<Vec<bool>>) {
        let mut tally = Self::new(condition);
        let mut helped = Vec::new();
        let size = condition.unit.size() as usize;
        let latencies = records.column(Column::LatencyS);
        for unit in (0..records.outcomes.len()).step_by(size) {
            let members = (unit..unit + size).filter(|it| selected[*it]);
            let Some(outcome) = outcome_of_unit(members.clone().map(|it| records.outcomes[it])) else {
                continue;
            };
            tally.units.add(outcome);
            let relieved = members.clone().any(|it| records.outcomes[it] == Outcome::Relieved);
            tally.with_relieved += u64::from(relieved);
            helped.push(outcome == Outcome::Helped);
            if outcome == Outcome::Helped {
                let helpers = members.filter(|it| records.outcomes[*it] == Outcome::Helped);
                let earliest = helpers.map(|it| latencies[it]).fold(f32::INFINITY, f32::min);
                // Help as a quantity is decided at the very end, which belongs to the last bin.
                let last = condition.situation.window_s * (1.0 - 1e-9);
                tally.latency.push(f64::from(earliest).min(last));
            }
        }
        tally.count_people(parameters, norm, records, selected);
        tally.measure(condition, participants, records, selected);
        if let Some(rounds) = &participants.rounds {
            tally.exchange = Giving::of(condition, rounds, &records.outcomes);
        }
        let helped = condition.select.is_none().then_some(helped);
        (tally, helped)
    }

    fn count_people(&mut self, parameters: &Parameters, norm: &NormScene, records: &Records, selected: &[bool]) {
        let ratings = &parameters.ratings;
        let value = |column, person: usize| f64::from(records.column(column)[person]);
        for person in (0..selected.len()).filter(|it| selected[*it]) {
            self.people.add(records.outcomes[person]);
            let distress = value(Column::PersonalDistress, person);
            let compassion = value(Column::Compassion, person);
            self.overwhelmed += u64::from(norm.overwhelmed(distress, compassion));
            let sharing = value(Column::AffectiveSharing, person) >= ratings.sharing_present;
            let understanding = value(Column::PerspectiveTaking, person) >= ratings.understanding_present;
            let states = &mut self.empathy_states;
            *match (sharing, understanding) {
                (true, true) => &mut states.empathy,
                (true, false) => &mut states.contagion,
                (false, true) => &mut states.theory_of_mind_alone,
                (false, false) => &mut states.neither,
            } += 1;
        }
    }

    fn measure(&mut self, condition: &Condition, participants: &Participants, records: &Records, selected: &[bool]) {
        let people = || (0..selected.len()).filter(|it| selected[*it]);
        let traits: Vec<[f64; Trait::COUNT]> = people().map(|it| participants.trained_traits_of(it)).collect();
        for (which, moments) in self.traits.iter_mut().enumerate() {
            *moments = traits.iter().map(|it| it[which]).collect();
        }
        self.hours = people()
            .map(|it| participants.trained.hours.get(it).copied().unwrap_or_default())
            .collect();
        let scales: Vec<Scales> = people().map(|person| participants.filled_in(person)).collect();
        for measure in Measure::ALL {
            let moments = match measure.source() {
                Source::Outcome(_) => None,
                Source::Amount => (condition.is_graded()).then(|| {
                    let tendencies = records.column(Column::Help);
                    people().map(|person| amount(condition, tendencies[person])).collect()
                }),
                Source::Latency => {
                    let latencies = records.column(Column::LatencyS);
                    let helpers = people().filter(|person| records.outcomes[*person] == Outcome::Helped);
                    Some(helpers.map(|person| f64::from(latencies[person])).collect())
                }
                Source::State(state) => {
                    let column = records.column(state);
                    Some(people().map(|person| f64::from(column[person])).collect())
                }
                Source::SlowStates(readout) => participants.slow_states.as_ref().map(|slow_states| {
                    let readouts = people().map(|person| slow_states.readouts[person][readout as usize]);
                    readouts.collect()
                }),
                Source::SelfReport => {
                    let reported = people().zip(&scales);
                    Some(
                        reported
                            .map(|(person, scales)| said_of_oneself(participants, person, scales))
                            .collect(),
                    )
                }
                Source::Questionnaire(questionnaire) => {
                    Some(scales.iter().map(|scales| scales.of(questionnaire)).collect())
                }
            };
            if let Some(moments) = moments {
                self.measures.insert(measure, moments);
            }
        }
        let measures = self.measures.values().chain(&self.traits).chain([&self.hours]);
        for moments in measures {
            assert!(
                moments.mean().is_finite(),
                "a mean of `{}` is no number",
                condition.name
            );
        }
    }

    /// Takes down what the first people of the first block show, for charts of single people.
    pub fn take_sample(&mut self, condition: &Condition, participants: &Participants, records: &Records) {
        if participants.replicate != 0 || participants.people.first != 0 {
            return;
        }
        let people = records.outcomes.len().min(SAMPLE);
        for measure in Measure::ALL {
            let values = (0..people).map(|it| measured(condition, participants, records, measure, it));
            if let Some(values) = values.collect() {
                self.sample.insert(measure, values);
            }
        }
    }

    /// How many have a value on a measure: units of what they do, people of what they show.
    pub fn count_on(&self, measure: Measure) -> u64 {
        if measure.is_share() {
            self.units.total()
        } else {
            self.measures.get(&measure).map_or(0, Moments::count)
        }
    }

    /// Adds the people of a later block.
    pub fn merge(&mut self, later: &Self) {
        self.units.merge(&later.units);
        self.people.merge(&later.people);
        self.with_relieved += later.with_relieved;
        if let Some(later) = later.joint {
            *self.joint.get_or_insert_default() += later;
        }
        let same = self.latency.merge(&later.latency);
        debug_assert!(same, "blocks of one condition have the same bins");
        for (measure, moments) in &later.measures {
            self.measures.entry(*measure).or_default().merge(moments);
        }
        self.overwhelmed += later.overwhelmed;
        self.empathy_states.empathy += later.empathy_states.empathy;
        self.empathy_states.contagion += later.empathy_states.contagion;
        self.empathy_states.theory_of_mind_alone += later.empathy_states.theory_of_mind_alone;
        self.empathy_states.neither += later.empathy_states.neither;
        for (own, later) in self.traits.iter_mut().zip(&later.traits) {
            own.merge(later);
        }
        self.hours.merge(&later.hours);
        self.exchange.merge(&later.exchange);
        if self.sample.is_empty() {
            self.sample.clone_from(&later.sample);
        }
        if self.course.is_empty() {
            self.course.clone_from(&later.course);
        } else {
            for (own, later) in self.course.iter_mut().zip(&later.course) {
                own.merge(later);
            }
        }
    }
}

/// How many units of a condition without selection helped.
pub fn helped(condition: &Condition, records: &Records) -> Count {
    let units = records.outcomes.chunks(condition.unit.size() as usize);
    Count {
        trials: units.len() as u64,
        successes: units.filter(|it| it.contains(&Outcome::Helped)).count() as u64,
    }
}

/// What somebody gives, in units of the endowment.
///
/// ```text
/// amount = endowment · share
/// ```
///
/// `share` stands in the column of the tendency to help, where help is a quantity ([`giving::share`](crate::model::giving::share)).
pub fn amount(condition: &Condition, share: f32) -> f64 {
    condition.situation.endowment * f64::from(share).clamp(0.0, 1.0)
}

/// Who is counted: everybody, or those in whom the wanted feeling prevails.
pub fn selected(condition: &Condition, norm: &NormScene, records: &Records) -> Vec<bool> {
    let Some(wanted) = condition.select else {
        return vec![true; records.outcomes.len()];
    };
    let feelings = records
        .column(Column::PersonalDistress)
        .iter()
        .zip(records.column(Column::Compassion));
    feelings
        .map(|(distress, compassion)| norm.dominant(f64::from(*distress), f64::from(*compassion)) == wanted)
        .collect()
}

/// How it ended for a unit; none if nobody of it is counted.
pub fn outcome_of_unit(members: impl Iterator<Item = Outcome> + Clone) -> Option<Outcome> {
    members.clone().next()?;
    let any = |outcome| members.clone().any(|it| it == outcome);
    Some(if any(Outcome::Helped) {
        Outcome::Helped
    } else if any(Outcome::Punished) {
        Outcome::Punished
    } else if members.clone().all(|it| it == Outcome::Left) {
        Outcome::Left
    } else {
        Outcome::Undecided
    })
}

/// Who helped in this condition, and in the other.
pub(super) fn joint(here: &[bool], there: &[bool]) -> Joint {
    debug_assert_eq!(here.len(), there.len());
    let mut joint = Joint::default();
    for (here, there) in here.iter().zip(there) {
        joint.push(*here, *there);
    }
    joint
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Helped, Left, Punished, Relieved, Undecided};

    #[test]
    fn a_group_helps_if_one_of_them_does_and_leaves_only_together() {
        let of = |members: &[Outcome]| outcome_of_unit(members.iter().copied());
        assert_eq!(of(&[Left, Helped, Relieved]), Some(Helped));
        assert_eq!(of(&[Left, Left]), Some(Left));
        assert_eq!(of(&[Left, Undecided]), Some(Undecided));
        assert_eq!(of(&[Left, Punished]), Some(Punished));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn pairs_are_told_apart() {
        let joint = joint(&[true, true, false, false, true], &[true, false, true, false, false]);
        let counts = [joint.both, joint.first_only, joint.second_only, joint.neither];
        assert_eq!(counts, [1, 2, 1, 1]);
    }
}
