//! The situation: what the scene is like for a person who could help, one row for each key.
//!
//! Struct, default, reader, file, reference, schema and features of a regression follow from this list; what a key does stands with the equations.

use crate::document::{Choice, Interval, Key, Kind, Problem, Section, Settable, Setting};
use serde::Serialize;

const SHARE: Kind = Kind::Number(Interval::closed(0.0, 1.0));
/// From the one extreme to the other, with none of both between them.
const BALANCE: Kind = Kind::Number(Interval::closed(-1.0, 1.0));
/// Larger than any amount.
const LARGEST: f64 = 1e9;

/// What the registry says of a key of the situation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SituationRow {
    /// Path, type, range, unit, default, meaning and anchors.
    pub key: Key,
    /// What it is called in a sentence.
    pub words: &'static str,
}

/// The struct and its rows, in one list: `field: type = default, "default as TOML" => { ... }`.
macro_rules! situation {
    ($($field:ident: $type:ty = $default:expr, $toml:literal => {
        kind: $kind:expr,
        unit: $unit:literal,
        words: $words:literal,
        meaning: $meaning:literal,
        anchors: $anchors:literal,
    })+) => {
        /// A scene in which somebody is in need; one field for each key of a scenario file, of the same name.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub struct Situation {
            $(#[doc = $meaning] pub $field: $type,)+
        }

        impl Default for Situation {
            /// A stranger in moderate, fairly clear need.
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Situation {
            /// The keys, in the order a reader should meet them.
            pub const ROWS: &'static [SituationRow] = &[$(SituationRow {
                key: Key::new(concat!("situation.", stringify!($field)), $kind, $meaning)
                    .unit($unit)
                    .default($toml)
                    .anchors($anchors),
                words: $words,
            },)+];

            /// Replaces what a table says something about.
            pub fn read(&mut self, table: &Section<'_>, problems: &mut Vec<Problem>) {
                $(if let Some(value) = Settable::read(table, stringify!($field), problems) {
                    self.$field = value;
                })+
            }

            /// Every key with what it is set to.
            pub fn settings(&self) -> Vec<(&'static str, Setting<'_>)> {
                vec![$((stringify!($field), self.$field.setting()),)+]
            }
        }
    };
}

situation! {
    need: f64 = 0.5, "0.5" => {
        kind: SHARE,
        unit: "1",
        words: "how badly off the other is",
        meaning: "how badly off the other is, if things are as they appear",
        anchors: "0.2 dropped pens, a lost letter · 0.3 favour without urgency, or for a cause · 0.4 favour with some urgency · 0.5 slumped, on crutches, books spilled by somebody with a cast · 0.55 sprain · 0.6 accident with months of catching up, a fall in the next room, smoke, a quarrel · 0.7 collapse, assault, injury with no sign of life · 0.8 repeated painful shocks, a fatal disease · 0.85 collapse with blood · 1 seizure, life at risk",
    }
    vividness: f64 = 0.6, "0.6" => {
        kind: SHARE,
        unit: "1",
        words: "how vividly that is seen or heard",
        meaning: "the channel by which the need (for a request: the asker) reaches the person",
        anchors: "0 not at all · 0.3 a note · 0.5 a recording · 0.6 live voice through a wall or intercom · 0.8 on a screen, or seen within about 10 m · 0.9 in the same small room · 1 addressed directly, within reach",
    }
    ambiguity: f64 = 0.2, "0.2" => {
        kind: SHARE,
        unit: "1",
        words: "room for doubt",
        meaning: "how readily the cues allow \"nothing is wrong\"",
        anchors: "0 need stated in words or explicit request · 0.1 visible injury and cry · 0.2 an intelligible plea among odd sounds · 0.3 a cry heard, nothing seen · 0.5 only a crash heard; may be drunk, may be ill · 0.7 smoke that may be steam · 0.8 a faint odd noise · 1 no sign of need",
    }
    closeness: f64 = 0.4, "0.4" => {
        kind: SHARE,
        unit: "1",
        words: "closeness of the other",
        meaning: "closeness of the one in need, at the level of identity that the procedure makes salient",
        anchors: "0.1 rival group, very dissimilar · 0.3 anonymous, neither seen nor heard · 0.4 stranger of one's own kind, unmarked · 0.5 one trivial likeness, same class; a salient common group with a rival subgroup · 0.65 in-group made salient, similar on many attitudes · 0.8 friend · 1 own child",
    }
    blame: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "the other's own fault",
        meaning: "how far the need is the victim's own doing",
        anchors: "0.3 mutual or unknown fault in a conflict · 0.5 partly (smells of alcohol) · 1 entirely, or has just wronged me",
    }
    perspective: Perspective = Perspective::Natural, "\"natural\"" => {
        kind: Kind::Choice(Perspective::WORDS),
        unit: "",
        words: "asked to look at it",
        meaning: "how the person was asked to look at the scene",
        anchors: "natural: no instruction · objective: asked to stay detached · imagine_other: asked to imagine how the other feels · imagine_self: asked to imagine how they themselves would feel",
    }
    escape: f64 = 0.5, "0.5" => {
        kind: SHARE,
        unit: "1",
        words: "how easily one can leave",
        meaning: "how easily exposure to this person, now and later, ends without helping",
        anchors: "0 must stay to the end, or will go on meeting them · 0.2 confined together for a minute · 0.3 refuse to the face, or a session one may not simply leave · 0.5 unseen, can be ignored · 0.9 may leave after a short obligatory part · 1 walk on",
    }
    cost: f64 = 0.3, "0.3" => {
        kind: SHARE,
        unit: "1",
        words: "what helping costs",
        meaning: "cost of the cheapest act that counts; the largest component, not the sum; without lateness",
        anchors: "0.1 a few seconds · 0.15 pick up, hold, post · 0.25 a minute, a seat, fetching somebody · 0.35 20–30 min · 0.4 30–60 min · 0.5 hours, or mild shocks · 0.6 disgust, verbal confrontation · 0.75 physical confrontation · 0.9 clearly painful shocks · 1 danger to life",
    }
    efficacy: f64 = 0.8, "0.8" => {
        kind: SHARE,
        unit: "1",
        words: "how surely helping helps",
        meaning: "how sure it is that the act helps",
        anchors: "0.5 a drop in the ocean, may fail · 0.8 usual · 1 certain by design (taking the place, giving the seat)",
    }
    bystanders: u32 = 0, "0" => {
        kind: Kind::Count(0, 10_000),
        unit: "people",
        words: "others around",
        meaning: "others believed aware and able, besides the person, the victim and the parties of a conflict; with unit = \"group\" those beyond the group",
        anchors: "",
    }
    bystander_behaviour: BystanderBehaviour = BystanderBehaviour::Unseen, "\"unseen\"" => {
        kind: Kind::Choice(BystanderBehaviour::WORDS),
        unit: "",
        words: "what is seen of them",
        meaning: "what can be seen of those others; irrelevant if there are none",
        anchors: "unseen: known to be there, recordings · passive: seen doing nothing · free: real others who decide, reactions visible · hidden: real others who decide, reactions not visible",
    }
    urging: f64 = 0.0, "0.0" => {
        kind: BALANCE,
        unit: "1",
        words: "what another says, for it or against",
        meaning: "what another who is present says about it: waves it off, or urges to act",
        anchors: "-1 says that nothing is wrong, or that it is nobody's business here · -0.5 shrugs it off, or leaves it to others · 0 says nothing · 0.5 points it out · 1 calls it a duty, or urges to act",
    }
    occupied: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "busy with something else",
        meaning: "how far something else takes attention; pressure of time is haste",
        anchors: "0.3 between two tasks, or in a conversation · 0.5 a questionnaire, a survey, driving · 0.8 hands full, or headphones on · 1 absorbed, so that hardly anything else comes through",
    }
    haste: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "hurry",
        meaning: "pressure from another engagement",
        anchors: "0.2 time to spare, but what waits matters · 0.5 on time, should go · 0.6 wants to get away (noise, heat) · 0.7 hurried, nothing important waits · 1 late, and somebody waits",
    }
    mood: f64 = 0.0, "0.0" => {
        kind: BALANCE,
        unit: "1",
        words: "mood before",
        meaning: "mood before the scene",
        anchors: "±0.3 trivial · ±0.6 a small gift or setback (a coin, a cookie) · ±1 a major event",
    }
    guilt: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "guilt before",
        meaning: "guilt before the scene",
        anchors: "0.3 trivial · 0.6 harm done under orders · 1 believes to have caused real harm",
    }
    responsibility: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "responsibility laid on the person",
        meaning: "responsibility laid on this person",
        anchors: "0.3 asked in writing or as one of many · 0.5 asked personally, or competent by training · 1 asked, and promised",
    }
    evaluation: f64 = 0.3, "0.3" => {
        kind: SHARE,
        unit: "1",
        words: "how far others know and judge",
        meaning: "how far others would know, and judge",
        anchors: "0.1 anonymous · 0.2 a private form read later · 0.3 only the victim or an unseen experimenter · 0.5 visible others, or refusing to the face · 1 told that one is judged",
    }
    victims: u32 = 1, "1" => {
        kind: Kind::Count(1, 1_000_000_000),
        unit: "people",
        words: "people in need",
        meaning: "number of people in need",
        anchors: "",
    }
    emotion_label: EmotionLabel = EmotionLabel::None, "\"none\"" => {
        kind: Kind::Choice(EmotionLabel::WORDS),
        unit: "",
        words: "feeling that the setting points to",
        meaning: "the feeling that the setting makes people notice in themselves, or by which a subgroup was selected",
        anchors: "",
    }
    exclusion: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "shut out by others before",
        meaning: "how far the person has just been shut out by others",
        anchors: "1 has just been shut out by a group",
    }
    window_s: f64 = 30.0, "30.0" => {
        kind: Kind::Number(Interval::above(0.0, 3_600.0)),
        unit: "s",
        words: "seconds until it is too late",
        meaning: "time from the first cue until helping is impossible or recording ends",
        anchors: "15–20 passing by (seconds in view) · 30 request · 40 decision form · 120 pooled studies",
    }
    perpetrator: f64 = 0.0, "0.0" => {
        kind: SHARE,
        unit: "1",
        words: "somebody to blame for it",
        meaning: "how far somebody is to blame for the other's suffering",
        anchors: "0 nobody did it · 1 a person seen harming on purpose",
    }
    punishing_possible: bool = false, "false" => {
        kind: Kind::Flag,
        unit: "",
        words: "that one can be punished",
        meaning: "whether the person can punish the perpetrator",
        anchors: "",
    }
    witness_closeness: f64 = 0.3, "0.3" => {
        kind: SHARE,
        unit: "1",
        words: "how close witnesses are to each other",
        meaning: "closeness of the members of a group of witnesses to each other",
        anchors: "0.3 strangers · 0.8 friends",
    }
    help: HelpKind = HelpKind::YesNo, "\"yes_no\"" => {
        kind: Kind::Choice(HelpKind::WORDS),
        unit: "",
        words: "help is",
        meaning: "whether help is an act or a quantity",
        anchors: "",
    }
    endowment: f64 = 1.0, "1.0" => {
        kind: Kind::Number(Interval::above(0.0, LARGEST)),
        unit: "endowment_unit",
        words: "what one can give at most",
        meaning: "what a person can give at most, where help is a quantity",
        anchors: "",
    }
    counts_from: f64 = 0.0, "0.0" => {
        kind: Kind::Number(Interval::closed(0.0, LARGEST)),
        unit: "endowment_unit",
        words: "counts as help from",
        meaning: "the least that counts as help, where help is a quantity; 0: anything above nothing",
        anchors: "",
    }
    endowment_unit: String = String::from("units"), "\"units\"" => {
        kind: Kind::Line,
        unit: "",
        words: "given in",
        meaning: "the unit of endowment",
        anchors: "",
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

impl Choice for Perspective {
    const WORDS: &'static [&'static str] = &["natural", "objective", "imagine_other", "imagine_self"];
    const VALUES: &'static [Self] = &[Self::Natural, Self::Objective, Self::ImagineOther, Self::ImagineSelf];
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

impl Choice for BystanderBehaviour {
    const WORDS: &'static [&'static str] = &["unseen", "passive", "free", "hidden"];
    const VALUES: &'static [Self] = &[Self::Unseen, Self::Passive, Self::Free, Self::Hidden];
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

impl Choice for EmotionLabel {
    const WORDS: &'static [&'static str] = &["none", "distress_salient", "concern_salient"];
    const VALUES: &'static [Self] = &[Self::None, Self::DistressSalient, Self::ConcernSalient];
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

impl Choice for HelpKind {
    const WORDS: &'static [&'static str] = &["yes_no", "graded"];
    const VALUES: &'static [Self] = &[Self::YesNo, Self::Graded];
}
