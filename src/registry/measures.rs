//! What can be measured of a person or a group: the only list of measures.
//!
//! A new measure is a row here and its equation: a reading after the scene in [`crate::engine`], a readout of slow states in
//! [`crate::model::slow::readouts`]. Everything else follows.

use super::list::list;
use super::states::{Outcome, State};

/// What the registry says of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureRow {
    /// The word used in files.
    pub key: &'static str,
    /// Its name on axes and in tables.
    pub label: &'static str,
    /// Its name in a sentence, where that is another.
    pub in_a_sentence: Option<&'static str>,
    /// Its unit.
    pub unit: &'static str,
    /// The values it can have.
    pub range: &'static str,
    /// Unit and range in words, beside its name at the head of its numbers; empty for what has none.
    pub told: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What it is read from.
    pub source: Source,
    /// Whether it changes from day to day only, so that encounters in a row without a timeline leave it as it is.
    pub takes_days: bool,
    /// The charts in which it is drawn without being asked for, and its place among the measures drawn there.
    pub drawn: (u8, &'static [Chart]),
}

/// What a measure is read from, which says who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Yes or no, of each person or group: whether the encounter ended so.
    Outcome(Outcome),
    /// What is given, of each person, where help is a quantity.
    Amount,
    /// When help was decided on, of those who help.
    Latency,
    /// A state at the decision or a reading after the scene, of each person.
    State(State),
    /// A questionnaire on slow states, of each person, where weeks or encounters lie around the scene.
    SlowStates(Readout),
    /// What a person says of their own compassion, after training.
    SelfReport,
    /// A questionnaire on traits, of each person.
    Questionnaire(Questionnaire),
}

/// What a scene or a protocol must have for a measure to be there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: every encounter has it.
    Nothing,
    /// Help as a quantity.
    GradedHelp,
    /// Somebody whom one can punish.
    Punishing,
    /// Weeks or encounters around the scene.
    Weeks,
}

/// A chart that draws some measures without being asked for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Means over weeks or over encounters in a row.
    OverTime,
    /// Single people, from moment to moment.
    OfPeople,
    /// Effects over hours of practice.
    OverHours,
}

/// Something that is read out of the slow states: see [`crate::model::slow::readouts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
#[expect(missing_docs, reason = "each is the measure of its name")]
pub enum Readout {
    Burnout,
    CompassionSatisfaction,
    Fatigue,
    Connectedness,
    Belonging,
    PositiveMood,
    DepressiveSymptoms,
    Stress,
    Resilience,
    Meaning,
    PhysicalHealth,
    SupportReceived,
}

impl Readout {
    /// Number of readouts.
    pub const COUNT: usize = Self::ALL.len();

    /// Every readout, in order.
    pub const ALL: [Self; 12] = [
        Self::Burnout,
        Self::CompassionSatisfaction,
        Self::Fatigue,
        Self::Connectedness,
        Self::Belonging,
        Self::PositiveMood,
        Self::DepressiveSymptoms,
        Self::Stress,
        Self::Resilience,
        Self::Meaning,
        Self::PhysicalHealth,
        Self::SupportReceived,
    ];
}

/// A questionnaire on traits: see [`crate::population`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the measure of its name")]
pub enum Questionnaire {
    IriFs,
    IriPt,
    IriEc,
    IriPd,
    ErqReappraisal,
    ErqSuppression,
}

impl Questionnaire {
    /// Every questionnaire, in the order of tables.
    pub const ALL: [Self; 6] = [
        Self::IriFs,
        Self::IriPt,
        Self::IriEc,
        Self::IriPd,
        Self::ErqReappraisal,
        Self::ErqSuppression,
    ];

    /// The measure that is read from it.
    pub const fn measure(self) -> Measure {
        match self {
            Self::IriFs => Measure::IriFs,
            Self::IriPt => Measure::IriPt,
            Self::IriEc => Measure::IriEc,
            Self::IriPd => Measure::IriPd,
            Self::ErqReappraisal => Measure::ErqReappraisal,
            Self::ErqSuppression => Measure::ErqSuppression,
        }
    }
}

/// A rating in whole points from 0 to 10.
const RATED: MeasureRow = MeasureRow {
    key: "",
    label: "",
    in_a_sentence: None,
    unit: "points",
    range: "0–10",
    told: "rated from 0 to 10",
    meaning: "",
    source: Source::SelfReport,
    takes_days: false,
    drawn: (0, &[]),
};

/// A score in SD from the norm.
const FROM_THE_NORM: MeasureRow = MeasureRow {
    unit: "SD from the norm",
    range: "any",
    told: "in SD from the norm",
    ..RATED
};

/// A state of the model, without a unit.
const STATE: MeasureRow = MeasureRow {
    unit: "1",
    range: "0 …",
    told: "",
    ..RATED
};

/// A share of persons or groups.
const SHARE: MeasureRow = MeasureRow {
    unit: "1",
    range: "0–1",
    told: "of 100",
    ..RATED
};

/// A scale of the Interpersonal Reactivity Index.
const IRI: MeasureRow = MeasureRow {
    unit: "points",
    range: "0–28",
    told: "from 0 to 28",
    ..RATED
};

/// A scale of the Emotion Regulation Questionnaire.
const ERQ: MeasureRow = MeasureRow {
    unit: "points",
    range: "1–7",
    told: "from 1 to 7",
    ..RATED
};

list! {
    /// What can be measured of a person or a group.
    Measure: MeasureRow {
        Helped = MeasureRow {
            key: "helped",
            label: "helped",
            in_a_sentence: Some("helping"),
            meaning: "whether a person helped, or one of a group",
            source: Source::Outcome(Outcome::Helped),
            drawn: (1, &[Chart::OverTime, Chart::OverHours]),
            ..SHARE
        },
        Amount = MeasureRow {
            key: "amount",
            label: "amount",
            in_a_sentence: Some("amount given"),
            unit: "units of the endowment",
            range: "0 … endowment",
            told: "",
            meaning: "what was given; empty where help is not a quantity",
            source: Source::Amount,
            drawn: (2, &[Chart::OverTime]),
            ..RATED
        },
        Punished = MeasureRow {
            key: "punished",
            label: "punished",
            in_a_sentence: Some("punishing"),
            meaning: "whether a person punished, or one of a group of whom none helped",
            source: Source::Outcome(Outcome::Punished),
            ..SHARE
        },
        Latency = MeasureRow {
            key: "latency",
            label: "latency",
            unit: "s",
            range: "0 … window",
            told: "s",
            meaning: "time from the first cue to the decision, of those who help",
            source: Source::Latency,
            ..RATED
        },
        NegativeAffect = MeasureRow {
            key: "negative_affect",
            label: "negative affect",
            meaning: "rating of negative affect after the scene, in whole points from 0 to 10",
            source: Source::State(State::NegativeAffect),
            drawn: (5, &[Chart::OverTime, Chart::OfPeople, Chart::OverHours]),
            ..RATED
        },
        PositiveAffect = MeasureRow {
            key: "positive_affect",
            label: "positive affect",
            meaning: "rating of positive affect after the scene, in whole points from 0 to 10",
            source: Source::State(State::PositiveAffect),
            drawn: (6, &[Chart::OverTime, Chart::OfPeople, Chart::OverHours]),
            ..RATED
        },
        EmpathyRating = MeasureRow {
            key: "empathy_rating",
            label: "empathy rating",
            meaning: "rating of empathy after the scene, in whole points from 0 to 10",
            source: Source::State(State::EmpathyRating),
            drawn: (7, &[Chart::OfPeople]),
            ..RATED
        },
        Accuracy = MeasureRow {
            key: "accuracy",
            label: "accuracy",
            in_a_sentence: Some("empathic accuracy"),
            range: "0–1",
            told: "from 0 to 1",
            meaning: "empathic accuracy: how well the other's feeling is read",
            source: Source::State(State::Accuracy),
            drawn: (8, &[Chart::OverHours]),
            ..STATE
        },
        TheoryOfMind = MeasureRow {
            key: "theory_of_mind",
            label: "theory of mind",
            meaning: "rating of understanding after the scene, in whole points from 0 to 10",
            source: Source::State(State::TheoryOfMind),
            ..RATED
        },
        PersonalDistress = MeasureRow {
            key: "personal_distress",
            label: "personal distress",
            in_a_sentence: Some("personal distress at the decision"),
            meaning: "personal distress, at the decision",
            source: Source::State(State::PersonalDistress),
            drawn: (4, &[Chart::OverTime, Chart::OverHours]),
            ..STATE
        },
        Compassion = MeasureRow {
            key: "compassion",
            label: "compassion",
            in_a_sentence: Some("compassion at the decision"),
            meaning: "compassion, at the decision; no upper limit",
            source: Source::State(State::Compassion),
            drawn: (3, &[Chart::OverTime, Chart::OverHours]),
            ..STATE
        },
        Burnout = MeasureRow {
            key: "burnout",
            label: "burnout",
            meaning: "burnout: weeks of fatigue, and distress in caring",
            source: Source::SlowStates(Readout::Burnout),
            takes_days: true,
            drawn: (10, &[Chart::OverTime, Chart::OfPeople]),
            ..RATED
        },
        CompassionSatisfaction = MeasureRow {
            key: "compassion_satisfaction",
            label: "compassion satisfaction",
            meaning: "satisfaction from warm helping over the last weeks",
            source: Source::SlowStates(Readout::CompassionSatisfaction),
            takes_days: true,
            ..RATED
        },
        Fatigue = MeasureRow {
            key: "fatigue",
            label: "fatigue",
            meaning: "fatigue",
            source: Source::SlowStates(Readout::Fatigue),
            drawn: (9, &[Chart::OverTime, Chart::OfPeople]),
            ..RATED
        },
        Connectedness = MeasureRow {
            key: "connectedness",
            label: "connectedness",
            meaning: "connectedness: what one's network gives",
            source: Source::SlowStates(Readout::Connectedness),
            takes_days: true,
            drawn: (12, &[Chart::OverTime]),
            ..FROM_THE_NORM
        },
        Belonging = MeasureRow {
            key: "belonging",
            label: "belonging",
            meaning: "belonging: connectedness as it is felt",
            source: Source::SlowStates(Readout::Belonging),
            takes_days: true,
            ..FROM_THE_NORM
        },
        PositiveMood = MeasureRow {
            key: "positive_mood",
            label: "positive mood",
            meaning: "positive mood",
            source: Source::SlowStates(Readout::PositiveMood),
            takes_days: true,
            drawn: (11, &[Chart::OverTime, Chart::OfPeople]),
            ..FROM_THE_NORM
        },
        DepressiveSymptoms = MeasureRow {
            key: "depressive_symptoms",
            label: "depressive symptoms",
            meaning: "depressive symptoms as rated then",
            source: Source::SlowStates(Readout::DepressiveSymptoms),
            drawn: (13, &[Chart::OverTime, Chart::OfPeople]),
            ..FROM_THE_NORM
        },
        Stress = MeasureRow {
            key: "stress",
            label: "stress",
            meaning: "stress",
            source: Source::SlowStates(Readout::Stress),
            ..FROM_THE_NORM
        },
        Resilience = MeasureRow {
            key: "resilience",
            label: "resilience",
            meaning: "resilience: return after a bad day",
            source: Source::SlowStates(Readout::Resilience),
            ..FROM_THE_NORM
        },
        Meaning = MeasureRow {
            key: "meaning",
            label: "meaning",
            meaning: "meaning: helping in line with one's motive",
            source: Source::SlowStates(Readout::Meaning),
            takes_days: true,
            ..FROM_THE_NORM
        },
        PhysicalHealth = MeasureRow {
            key: "physical_health",
            label: "physical health",
            meaning: "physical health",
            source: Source::SlowStates(Readout::PhysicalHealth),
            takes_days: true,
            ..FROM_THE_NORM
        },
        SupportReceived = MeasureRow {
            key: "support_received",
            label: "support received",
            meaning: "support received",
            source: Source::SlowStates(Readout::SupportReceived),
            takes_days: true,
            ..FROM_THE_NORM
        },
        SelfReportedCompassion = MeasureRow {
            key: "self_reported_compassion",
            label: "self-reported compassion",
            meaning: "what one says of one's own compassion for others after training",
            source: Source::SelfReport,
            ..FROM_THE_NORM
        },
        IriPt = MeasureRow {
            key: "iri_pt",
            label: "IRI Perspective Taking",
            meaning: "Interpersonal Reactivity Index, Perspective Taking",
            source: Source::Questionnaire(Questionnaire::IriPt),
            ..IRI
        },
        IriEc = MeasureRow {
            key: "iri_ec",
            label: "IRI Empathic Concern",
            meaning: "Interpersonal Reactivity Index, Empathic Concern",
            source: Source::Questionnaire(Questionnaire::IriEc),
            ..IRI
        },
        IriPd = MeasureRow {
            key: "iri_pd",
            label: "IRI Personal Distress",
            meaning: "Interpersonal Reactivity Index, Personal Distress",
            source: Source::Questionnaire(Questionnaire::IriPd),
            ..IRI
        },
        IriFs = MeasureRow {
            key: "iri_fs",
            label: "IRI Fantasy",
            meaning: "Interpersonal Reactivity Index, Fantasy",
            source: Source::Questionnaire(Questionnaire::IriFs),
            ..IRI
        },
        ErqReappraisal = MeasureRow {
            key: "erq_reappraisal",
            label: "ERQ Reappraisal",
            meaning: "Emotion Regulation Questionnaire, Reappraisal",
            source: Source::Questionnaire(Questionnaire::ErqReappraisal),
            ..ERQ
        },
        ErqSuppression = MeasureRow {
            key: "erq_suppression",
            label: "ERQ Suppression",
            meaning: "Emotion Regulation Questionnaire, Suppression",
            source: Source::Questionnaire(Questionnaire::ErqSuppression),
            ..ERQ
        },
        // With its equation in `engine::readings` a measure is whole: `tests` finds it in every output.
        #[cfg(test)]
        Scratch = MeasureRow {
            key: "scratch",
            label: "scratch",
            meaning: "a measure that only tests have",
            source: Source::State(State::Scratch),
            drawn: (14, &[Chart::OverTime, Chart::OfPeople, Chart::OverHours]),
            ..RATED
        },
    }
}

impl Measure {
    /// Its name on axes and in tables.
    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// Its name in a sentence.
    pub fn in_a_sentence(self) -> &'static str {
        self.row().in_a_sentence.unwrap_or(self.label())
    }

    /// The lowest and the highest value that it can have, where both are numbers that are the same for all scenes.
    pub fn bounds(self) -> Option<[f64; 2]> {
        let (low, high) = self.row().range.split_once('–')?;
        Some([low.parse().ok()?, high.parse().ok()?])
    }

    /// What it is read from.
    pub const fn source(self) -> Source {
        self.row().source
    }

    /// The outcome of which it is the share; none if it is a mean over people.
    pub const fn outcome(self) -> Option<Outcome> {
        match self.source() {
            Source::Outcome(outcome) => Some(outcome),
            Source::Amount
            | Source::Latency
            | Source::State(_)
            | Source::SlowStates(_)
            | Source::SelfReport
            | Source::Questionnaire(_) => None,
        }
    }

    /// Whether it is a yes or no, of which conditions have a share.
    pub const fn is_share(self) -> bool {
        self.outcome().is_some()
    }

    /// What a condition must have for it.
    pub const fn needs(self) -> Need {
        match self.source() {
            Source::Amount => Need::GradedHelp,
            Source::Outcome(Outcome::Punished) => Need::Punishing,
            Source::SlowStates(_) => Need::Weeks,
            Source::Outcome(Outcome::Helped | Outcome::Left | Outcome::Undecided | Outcome::Relieved)
            | Source::Latency
            | Source::State(_)
            | Source::SelfReport
            | Source::Questionnaire(_) => Need::Nothing,
        }
    }

    /// Whether it is read out of slow states, which only weeks or encounters in a row change.
    pub const fn is_of_slow_states(self) -> bool {
        matches!(self.source(), Source::SlowStates(_))
    }

    /// The measures that a chart draws without being asked for them, in its order.
    pub fn drawn(chart: Chart) -> Vec<Self> {
        let mut drawn: Vec<Self> = Self::ALL
            .into_iter()
            .filter(|measure| measure.row().drawn.1.contains(&chart))
            .collect();
        drawn.sort_by_key(|measure| measure.row().drawn.0);
        drawn
    }
}
