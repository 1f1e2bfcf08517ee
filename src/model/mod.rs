//! The psychology, pure: no files, no clock, no seeding, no printing.
//!
//! Start with [`step`], then read one process after the other in the order of its lines.
//!
//! To add a process: a file with its equation and `Parameters`, a field of [`parameters::Parameters`] and its entries in `parameters.toml`,
//! its constants in [`scene::Scene`], a line in [`step`], a heading in the ODD, and a test of its limits and directions.

pub mod affective_sharing;
pub mod agent;
pub mod anger;
pub mod bystanders;
pub mod community;
pub mod compassion;
pub mod decision;
pub mod distress;
pub mod exchange;
pub mod fatigue;
pub mod giving;
pub mod mechanism;
pub mod milieu;
pub mod motor_resonance;
pub mod parameters;
pub mod perception;
pub mod person;
pub mod perspective_taking;
pub mod ratings;
pub mod regulation;
pub mod scene;
pub mod self_other;
pub mod situation;
pub mod slow;
pub mod training;

/// The model description by the ODD protocol.
#[doc = include_str!("ODD.md")]
pub mod odd {}

use crate::lanes::Real;
use person::Person;
use scene::Scene;

/// What changes in a person during an encounter.
#[derive(Clone, Copy)]
pub struct State<R> {
    /// Attention to the one in need, in \[0, 1\].
    pub attention: R,
    /// Affective sharing, ≥ 0.
    pub affective_sharing: R,
    /// Understanding reached by perspective-taking, ≥ 0.
    pub perspective_taking: R,
    /// Reappraisal at work, ≥ 0.
    pub reappraisal: R,
    /// Personal distress, ≥ 0.
    pub personal_distress: R,
    /// Compassion, ≥ 0.
    pub compassion: R,
    /// Indignation, ≥ 0.
    pub indignation: R,
    /// Tendency to help; decides at 1.
    pub help: R,
    /// Tendency to leave; decides at 1.
    pub leave: R,
    /// Tendency to punish; decides at 1.
    pub punish: R,
}

/// The tendencies that race.
#[derive(Clone, Copy)]
pub struct Tendencies<R> {
    /// To help.
    pub help: R,
    /// To leave.
    pub leave: R,
    /// To punish.
    pub punish: R,
}

/// The shocks of one step: bit `index` of a number says for each tendency whether its shock is downward.
#[derive(Clone, Copy)]
pub struct Shocks<R: Real> {
    /// To the tendency to help.
    pub help: R::Bits,
    /// To the tendency to leave.
    pub leave: R::Bits,
    /// To the tendency to punish.
    pub punish: R::Bits,
    /// Which bit, 0 the lowest.
    pub index: u32,
}

impl<R: Real> Tendencies<R> {
    /// `yes` where the mask holds, `no` elsewhere.
    #[inline(always)]
    pub fn select(mask: R::Mask, yes: &Self, no: &Self) -> Self {
        Self {
            help: R::select(mask, yes.help, no.help),
            leave: R::select(mask, yes.leave, no.leave),
            punish: R::select(mask, yes.punish, no.punish),
        }
    }
}

/// Number of quantities of a [`State`].
pub const STATES: usize = 10;

/// Where indignation stands among [`State::columns`].
pub const INDIGNATION: usize = 6;

/// Where the tendency to punish stands among [`State::columns`].
pub const PUNISH: usize = 9;

impl<R> State<R> {
    /// The quantities in the order of their fields.
    #[inline(always)]
    pub fn columns(self) -> [R; STATES] {
        let Self {
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        } = self;
        [
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        ]
    }

    /// A state of its quantities, in the order of [`State::columns`].
    #[inline(always)]
    pub fn from_columns(columns: [R; STATES]) -> Self {
        let [
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        ] = columns;
        Self {
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        }
    }
}

impl<R: Real> State<R> {
    /// Before anything is noticed.
    #[inline(always)]
    pub fn start() -> Self {
        Self::from_columns([R::zero(); STATES])
    }

    /// The tendencies alone.
    #[inline(always)]
    pub fn tendencies(&self) -> Tendencies<R> {
        Tendencies {
            help: self.help,
            leave: self.leave,
            punish: self.punish,
        }
    }
}

/// One step of an encounter: the processes in the order in which one feeds the next.
///
/// Each state approaches its target exponentially, which is exact while the target stands still; a process sees the mean of what came
/// before it over the step (second order). `need_seen` is the need as it is understood while others do what they do, `inhibition` how strongly
/// their inaction holds back those who fear to stand out. Only attention deployment looks back, at the arousal of the step before. Nothing changes in those who
/// are no longer `undecided`.
#[inline(always)]
pub fn step<R: Real>(
    before: &State<R>,
    person: &Person<R>,
    scene: &Scene<R>,
    need_seen: R,
    inhibition: R,
    shocks: Shocks<R>,
    undecided: R::Mask,
) -> State<R> {
    let toward = |now: R, target: R, share: R| now + ((target - now) * share).only(undecided);
    let mean = |a: R, b: R| (a + b) * R::splat(0.5);

    // Regulation comes first because it decides how much is let in.
    let attention = toward(before.attention, person.free_attention, scene.attention_step);
    let attending = mean(before.attention, attention);

    let excess = (before.affective_sharing - scene.bearable_arousal).positive_part();
    let exposed = regulation::deployed_attention(attending, person.deployment_gain, excess);
    let sharing_target = affective_sharing::target(person.sharing_gain, exposed, need_seen);
    let falling = sharing_target.less(before.affective_sharing);
    let sharing_step = R::select(falling, person.recovery_step, scene.sharing_step);
    let sharing = toward(before.affective_sharing, sharing_target, sharing_step);
    let shared = mean(before.affective_sharing, sharing);

    let understanding_target = perspective_taking::target(person.understanding_gain, attending);
    let understanding = toward(before.perspective_taking, understanding_target, scene.perspective_step);
    let understood = mean(before.perspective_taking, understanding);

    let excess = (shared - scene.bearable_arousal).positive_part();
    let reappraisal_target = regulation::reappraisal_target(person.reappraisal_gain, excess);
    let reappraisal = toward(before.reappraisal, reappraisal_target, scene.reappraisal_step);
    let reappraised = mean(before.reappraisal, reappraisal);

    let distress_target = scene.distress_kept * distress::target(shared, person.overlap, reappraised);
    let distress = toward(before.personal_distress, distress_target, scene.distress_step);
    let distressed = mean(before.personal_distress, distress);

    let need = attending * need_seen;
    // Compassion needs whose pain it is (understanding), the pain (sharing) or the motive alone (top down), and room (distress).
    let compassion_target = compassion::target(
        person.appraisal * (scene.without_understanding + (R::one() - scene.without_understanding) * understood),
        person.bottom_up,
        shared,
        reappraised,
        person.top_down * need,
        distressed * scene.per_halving_distress,
    );
    let compassion = toward(before.compassion, compassion_target, scene.compassion_step);
    let compassionate = mean(before.compassion, compassion);

    let indignation = if scene.angering {
        let anger_target = anger::target(scene.perpetrator, distressed, scene.mired_distress);
        toward(before.indignation, anger_target, scene.anger_step)
    } else {
        before.indignation
    };
    let indignant = mean(before.indignation, indignation);

    let motives = Motives {
        compassion: compassionate,
        personal_distress: distressed,
        indignation: indignant,
        prompted: decision::prompted(need, scene.prompting_need),
        inhibition,
    };
    let felt = State {
        attention,
        affective_sharing: sharing,
        perspective_taking: understanding,
        reappraisal,
        personal_distress: distress,
        compassion,
        indignation,
        ..*before
    };
    decide(&felt, person.help_drift, scene, &motives, shocks, undecided)
}

/// What bears on the decision in one step, as its mean over the step.
#[derive(Clone, Copy)]
pub struct Motives<R> {
    /// Compassion.
    pub compassion: R,
    /// Personal distress.
    pub personal_distress: R,
    /// Indignation.
    pub indignation: R,
    /// What part of habit, readiness and pressure the need that is seen prompts.
    pub prompted: R,
    /// How strongly the inaction of others who are seen holds back those who fear to stand out.
    pub inhibition: R,
}

/// The last part of a [`step`]: what the motives make of the tendencies to help, to leave and to punish.
///
/// `help_drift` is what moves a person who feels nothing. Only the tendencies change, and only of those who are `undecided`.
#[inline(always)]
pub fn decide<R: Real>(
    before: &State<R>,
    help_drift: R,
    scene: &Scene<R>,
    motives: &Motives<R>,
    shocks: Shocks<R>,
    undecided: R::Mask,
) -> State<R> {
    let self_concern = decision::self_concern(motives.compassion, scene.compassion_against_self_concern);
    let resolve = bystanders::resolve(motives.inhibition * self_concern);
    let for_oneself =
        scene.help_from_standing_by * motives.prompted + resolve * scene.help_from_distress * motives.personal_distress;
    let mut help_drift = help_drift * motives.prompted
        + resolve * scene.help_from_compassion * motives.compassion
        + for_oneself * self_concern;
    if scene.angering {
        help_drift = help_drift + scene.help_from_anger * motives.indignation;
    }
    let leave_drift = scene.leave_from_haste
        + (scene.leave_drift + scene.leave_from_distress * motives.personal_distress) * self_concern;
    let race = Race {
        scene,
        index: shocks.index,
        undecided,
    };
    State {
        help: race.step(before.help, help_drift, shocks.help),
        leave: race.step(before.leave, leave_drift, shocks.leave),
        punish: if scene.punishing {
            race.step(
                before.punish,
                scene.punish_from_anger * motives.indignation,
                shocks.punish,
            )
        } else {
            before.punish
        },
        ..*before
    }
}

/// What is the same for all tendencies in one step of the race.
struct Race<'a, R: Real> {
    scene: &'a Scene<R>,
    /// Which bit holds the sign of the shock.
    index: u32,
    undecided: R::Mask,
}

impl<R: Real> Race<'_, R> {
    /// One step of a tendency; nothing moves in those who have decided.
    ///
    /// A function and not a closure: what the compiler does not inline has no vector instructions.
    #[inline(always)]
    fn step(&self, tendency: R, drift: R, bits: R::Bits) -> R {
        let scene = self.scene;
        let shock = scene.shock.flip_sign(bits, self.index);
        let (kept, gained) = (scene.tendency_kept, scene.tendency_gained);
        let moved = decision::accumulate(tendency, kept, drift, gained, shock, scene.floor);
        R::select(self.undecided, moved, tendency)
    }
}
