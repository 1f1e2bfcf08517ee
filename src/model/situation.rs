//! The situation: what the scene is like for a person who could help.
//!
//! One field for each situation key of a scenario file, of the same name.
//! The anchors of each key are written once, in [`crate::scenario::keys`].

use serde::Serialize;

/// A scene in which somebody is in need. All shares lie in \[0, 1\] unless a field says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Situation {
    /// How badly off the other is, if things are as they appear.
    pub need: f64,
    /// How directly the need reaches the person: 0 not at all, 1 addressed within reach.
    pub vividness: f64,
    /// How readily the cues allow "nothing is wrong".
    pub ambiguity: f64,
    /// Closeness of the one in need, from a rival group (0.1) to one's own child (1).
    pub closeness: f64,
    /// How far the need is the victim's own doing.
    pub blame: f64,
    /// How the person was asked to look at the scene.
    pub perspective: Perspective,
    /// How easily exposure to this person ends without helping.
    pub escape: f64,
    /// Cost of the cheapest act that counts as helping.
    pub cost: f64,
    /// How sure it is that the act helps.
    pub efficacy: f64,
    /// Others believed aware and able, besides the person and the members of the group (a count).
    pub bystanders: u32,
    /// What can be seen of those others.
    pub bystander_behaviour: BystanderBehaviour,
    /// What another who is present says about it, in \[−1, 1\]: waves it off, or urges to act.
    pub urging: f64,
    /// How far something else takes attention.
    pub occupied: f64,
    /// Pressure from another engagement.
    pub haste: f64,
    /// Mood before the scene, in \[−1, 1\].
    pub mood: f64,
    /// Guilt before the scene.
    pub guilt: f64,
    /// Responsibility laid on this person.
    pub responsibility: f64,
    /// How far others would know, and judge.
    pub evaluation: f64,
    /// Number of people in need (a count, at least 1).
    pub victims: u32,
    /// The feeling that the setting makes people notice in themselves.
    pub emotion_label: EmotionLabel,
    /// How far the person has just been shut out by others.
    pub exclusion: f64,
    /// Time from the first cue until helping is impossible, in seconds.
    pub window_s: f64,
    /// How far a person is to blame for the other's suffering: 1 seen harming on purpose.
    pub perpetrator: f64,
    /// Whether the person can punish the perpetrator.
    pub punishing_possible: bool,
    /// Closeness of the members of a group of witnesses to each other (friends 0.8).
    pub witness_closeness: f64,
    /// Whether help is an act or a quantity.
    pub help: HelpKind,
    /// What a person could give at most, where help is a quantity, in `endowment_unit`.
    pub endowment: f64,
    /// The least that counts as help, where help is a quantity, in `endowment_unit`; 0: anything above nothing.
    pub counts_from: f64,
    /// The unit of `endowment`.
    pub endowment_unit: String,
}

impl Default for Situation {
    /// The codebook's defaults: a stranger in moderate, fairly clear need.
    fn default() -> Self {
        Self {
            need: 0.5,
            vividness: 0.6,
            ambiguity: 0.2,
            closeness: 0.4,
            blame: 0.0,
            perspective: Perspective::Natural,
            escape: 0.5,
            cost: 0.3,
            efficacy: 0.8,
            bystanders: 0,
            bystander_behaviour: BystanderBehaviour::Unseen,
            urging: 0.0,
            occupied: 0.0,
            haste: 0.0,
            mood: 0.0,
            guilt: 0.0,
            responsibility: 0.0,
            evaluation: 0.3,
            victims: 1,
            emotion_label: EmotionLabel::None,
            exclusion: 0.0,
            window_s: 30.0,
            perpetrator: 0.0,
            punishing_possible: false,
            witness_closeness: 0.3,
            help: HelpKind::YesNo,
            endowment: 1.0,
            counts_from: 0.0,
            endowment_unit: String::from("units"),
        }
    }
}

/// How a person was asked to look at the one in need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// No instruction.
    Natural,
    /// Asked to stay detached.
    Objective,
    /// Asked to imagine how the other feels.
    ImagineOther,
    /// Asked to imagine how they themselves would feel.
    ImagineSelf,
}

/// What a person sees of the others present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BystanderBehaviour {
    /// Known to be there, but neither seen nor heard.
    Unseen,
    /// Seen doing nothing.
    Passive,
    /// Real others who decide, their reactions visible.
    Free,
    /// Real others who decide, their reactions not visible.
    Hidden,
}

/// The feeling that the setting makes people notice in themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmotionLabel {
    /// No feeling is pointed out.
    None,
    /// Personal distress is what people notice.
    DistressSalient,
    /// Empathic concern is what people notice.
    ConcernSalient,
}

/// Whether help is an act or a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpKind {
    /// One helps or does not.
    YesNo,
    /// One gives some part of an endowment.
    Graded,
}
