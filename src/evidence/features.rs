//! The situation keys as columns of numbers, for models that know nothing of psychology.

use crate::model::situation::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective};
use crate::scenario::{Condition, Dominant};

/// Columns that differ between conditions, one row for each condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// Names of the columns.
    pub names: Vec<&'static str>,
    /// One row for each condition.
    pub rows: Vec<Vec<f64>>,
}

impl Features {
    /// Main effects: every situation key, what is counted, who is selected and whether they were trained.
    ///
    /// Counts enter as ln(1 + count), times as ln seconds, words as one indicator for each word but the usual one. Columns that are the
    /// same in all conditions are left out.
    pub fn of(conditions: &[&Condition]) -> Self {
        let all: Vec<Vec<(&'static str, f64)>> = conditions.iter().map(|it| columns(it)).collect();
        let Some(first) = all.first() else {
            return Self {
                names: Vec::new(),
                rows: Vec::new(),
            };
        };
        let varied: Vec<usize> = (0..first.len())
            .filter(|it| all.iter().any(|row| row[*it].1 != first[*it].1))
            .collect();
        Self {
            names: varied.iter().map(|it| first[*it].0).collect(),
            rows: all
                .iter()
                .map(|row| varied.iter().map(|it| row[*it].1).collect())
                .collect(),
        }
    }

    /// Names of the columns that differ among some of the rows.
    pub fn varied_among(&self, rows: &[usize]) -> Vec<&'static str> {
        let differs = |column: &usize| {
            let mut values = rows.iter().map(|it| self.rows[*it][*column]);
            let first = values.next();
            values.any(|it| Some(it) != first)
        };
        (0..self.names.len()).filter(differs).map(|it| self.names[it]).collect()
    }
}

fn columns(condition: &Condition) -> Vec<(&'static str, f64)> {
    let s = &condition.situation;
    let is = |it: bool| f64::from(u8::from(it));
    let count = |it: u32| libm::log1p(f64::from(it));
    let group = condition.unit.size();
    let behaves = |it| is(s.bystanders + group > 1 && s.bystander_behaviour == it);
    vec![
        ("need", s.need),
        ("vividness", s.vividness),
        ("ambiguity", s.ambiguity),
        ("closeness", s.closeness),
        ("blame", s.blame),
        ("objective", is(s.perspective == Perspective::Objective)),
        ("imagine_other", is(s.perspective == Perspective::ImagineOther)),
        ("imagine_self", is(s.perspective == Perspective::ImagineSelf)),
        ("escape", s.escape),
        ("cost", s.cost),
        ("efficacy", s.efficacy),
        ("bystanders", count(s.bystanders)),
        ("passive", behaves(BystanderBehaviour::Passive)),
        ("free", behaves(BystanderBehaviour::Free)),
        ("hidden", behaves(BystanderBehaviour::Hidden)),
        ("urging", s.urging),
        ("occupied", s.occupied),
        ("haste", s.haste),
        ("mood", s.mood),
        ("guilt", s.guilt),
        ("responsibility", s.responsibility),
        ("evaluation", s.evaluation),
        ("victims", count(s.victims)),
        ("distress_salient", is(s.emotion_label == EmotionLabel::DistressSalient)),
        ("concern_salient", is(s.emotion_label == EmotionLabel::ConcernSalient)),
        ("exclusion", s.exclusion),
        ("window_s", libm::log(s.window_s)),
        ("perpetrator", s.perpetrator),
        ("punishing_possible", is(s.punishing_possible)),
        (
            "witness_closeness",
            if group > 1 { s.witness_closeness - 0.3 } else { 0.0 },
        ),
        ("graded", is(s.help == HelpKind::Graded)),
        ("group_size", count(group)),
        (
            "distress_prevails",
            is(condition.select == Some(Dominant::PersonalDistress)),
        ),
        (
            "concern_prevails",
            is(condition.select == Some(Dominant::EmpathicConcern)),
        ),
        ("trained", is(condition.training.iter().any(|it| it.hours > 0.0))),
    ]
}
