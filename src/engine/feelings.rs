//! Whose feelings decide: what people would do in one condition if they had the distress, or the compassion, of another.
//!
//! Both conditions are lived to the end of the scene, whatever is decided on the way; then the tendencies race once more for every mixture:
//! distress from the one condition or from the other, compassion likewise, likewise the need that is noticed, and likewise everything else that
//! bears on the decision (what helping costs, how easy it is to leave, readiness to act, indignation). With all of it from one condition the outcome is that condition's own.

use super::Encounter;
use super::STEPS_PER_BLOCK;
use super::decided::decided;
use super::onlookers::Onlookers;
use super::people::PADDING;
use super::persons::{InitialState, bearing};
use super::readings::{counts_from, gift};
use super::shocks::ShockBits;
use crate::lanes::{Bits, Job, Level, Mask, Real};
use crate::model::person::Person;
use crate::model::scene::Scene;
use crate::model::{Motives, Shocks, State, decide, decision, giving, step};

/// What bears on a decision, as the bits of a mixture: the bit is set where it comes from the second condition.
pub const BEARING: [&str; 4] = ["personal_distress", "compassion", "noticing", "everything_else"];

/// Mixtures of [`BEARING`].
const MIXTURES: usize = 1 << BEARING.len();

/// What the people of a block do with each mixture.
pub struct Mixed {
    /// Whether they help.
    pub helped: Vec<Vec<bool>>,
    /// Where help is a quantity, their tendency to help when the scene ends; empty elsewhere.
    pub help: Vec<Vec<f32>>,
}

/// What each person of a block does, for each mixture of two conditions; none where the scenes do not last equally long, or only one of them
/// has help or punishing of a kind.
///
/// Both sides must be the same people; none too if their scenes have not the same luck.
pub fn mixtures(
    level: Level,
    first: (&Encounter, &InitialState),
    second: (&Encounter, &InitialState),
) -> Option<Mixed> {
    let same_streams = first.0.streams == second.0.streams;
    same_streams.then(|| level.run(Mix { first, second })).flatten()
}

struct Mix<'a> {
    first: (&'a Encounter<'a>, &'a InitialState<'a>),
    second: (&'a Encounter<'a>, &'a InitialState<'a>),
}

impl Job for Mix<'_> {
    type Output = Option<Mixed>;

    #[inline(always)]
    fn run<R: Real>(self) -> Self::Output {
        let scene = |encounter: &Encounter| {
            Scene::<R>::new(
                encounter.parameters,
                encounter.situation,
                encounter.knockout,
                0,
                encounter.longest_step_s,
            )
        };
        let scenes = [scene(self.first.0), scene(self.second.0)];
        let kind = |it: &Scene<R>| (it.steps, it.step_s.to_bits(), it.graded, it.punishing);
        if kind(&scenes[0]) != kind(&scenes[1]) {
            return None;
        }
        let people = self.first.1.people;
        let mut helped: Vec<Vec<bool>> = vec![Vec::new(); MIXTURES];
        let mut help: Vec<Vec<f32>> = vec![Vec::new(); if scenes[0].graded { MIXTURES } else { 0 }];
        for at in (0..people.agents.len()).step_by(R::WIDTH) {
            let agents = R::Bits::load(&people.agents[at..]);
            let mut lives = [
                Life::new(&scenes[0], self.first, agents, at),
                Life::new(&scenes[1], self.second, agents, at),
            ];
            let (helping, tendencies) = race(&scenes, &mut lives, self.first.0, agents);
            for (helped, lanes) in helped.iter_mut().zip(helping) {
                helped.extend((0..R::WIDTH).map(|lane| lanes >> lane & 1 == 1));
            }
            for (help, tendency) in help.iter_mut().zip(&tendencies) {
                help.extend(&lanes_of(tendency.help)[..R::WIDTH]);
            }
        }
        for it in &mut helped {
            it.truncate(people.count);
        }
        for it in &mut help {
            it.truncate(people.count);
        }
        Some(Mixed { helped, help })
    }
}

/// People side by side in one of the two conditions.
struct Life<R: Real> {
    person: Person<R>,
    state: State<R>,
    onlookers: Onlookers<R>,
}

impl<R: Real> Life<R> {
    #[inline(always)]
    fn new(scene: &Scene<R>, (encounter, initial): (&Encounter, &InitialState), agents: R::Bits, at: usize) -> Self {
        let (person, _) = Person::new(scene, &bearing::<R>(encounter, initial, agents, at));
        Self {
            onlookers: Onlookers::start(scene, &person),
            person,
            state: State::start(),
        }
    }

    /// Lives one step on.
    #[inline(always)]
    fn go_on(&mut self, scene: &Scene<R>, shocks: Shocks<R>) -> Motives<R> {
        self.onlookers.go_on(scene, &self.person, self.state.help);
        let Onlookers {
            need_seen, inhibition, ..
        } = self.onlookers;
        let before = self.state;
        self.state = step(
            &before,
            &self.person,
            scene,
            need_seen,
            inhibition,
            shocks,
            everybody::<R>(),
        );
        let mean = |a: R, b: R| (a + b) * R::splat(0.5);
        let after = &self.state;
        Motives {
            personal_distress: mean(before.personal_distress, after.personal_distress),
            compassion: mean(before.compassion, after.compassion),
            indignation: mean(before.indignation, after.indignation),
            prompted: decision::prompted(
                mean(before.attention, after.attention) * need_seen,
                scene.prompting_need,
            ),
            inhibition,
        }
    }
}

/// Lets both lives go on to the end and the tendencies of every mixture race: one bit for each lane that helps, and where they end.
#[inline(always)]
fn race<R: Real>(
    scenes: &[Scene<R>; 2],
    lives: &mut [Life<R>; 2],
    encounter: &Encounter,
    agents: R::Bits,
) -> ([u32; MIXTURES], [State<R>; MIXTURES]) {
    let mut tendencies = [State::<R>::start(); MIXTURES];
    let mut undecided = [everybody::<R>(); MIXTURES];
    let mut helped = [0_u32; MIXTURES];
    let mut bits = ShockBits::draw(encounter, agents, 0);
    for now in 0..scenes[0].steps {
        if now % STEPS_PER_BLOCK == 0 {
            bits = ShockBits::draw(encounter, agents, now);
        }
        let shocks = bits.at(now);
        let [first, second] = lives;
        let felt = [first.go_on(&scenes[0], shocks), second.go_on(&scenes[1], shocks)];
        let mut anybody = 0;
        for mixture in 0..MIXTURES {
            let from = |place: usize| mixture >> place & 1;
            let (scene, else_from) = (&scenes[from(3)], &felt[from(3)]);
            let motives = Motives {
                personal_distress: felt[from(0)].personal_distress,
                compassion: felt[from(1)].compassion,
                prompted: felt[from(2)].prompted,
                inhibition: felt[from(2)].inhibition,
                indignation: else_from.indignation,
            };
            let help_drift = lives[from(3)].person.help_drift;
            let before = tendencies[mixture];
            let after = decide(&before, help_drift, scene, &motives, shocks, undecided[mixture]);
            if let Some(decided) = decided(scene, &before, &after, undecided[mixture]) {
                helped[mixture] |= decided.helped.bits();
                undecided[mixture] = undecided[mixture].and_not(decided.anybody);
            }
            tendencies[mixture] = after;
            anybody |= undecided[mixture].bits();
        }
        if anybody == 0 {
            break;
        }
    }
    if scenes[0].graded {
        let counts = counts_from(encounter.situation);
        for ((helped, tendency), undecided) in helped.iter_mut().zip(&mut tendencies).zip(&undecided) {
            let reluctance = R::splat(encounter.parameters.giving.reluctance);
            let mut shares = lanes_of(giving::share(tendency.help, reluctance));
            *helped = 0;
            for (lane, share) in shares.iter_mut().take(R::WIDTH).enumerate() {
                *share = gift(*share, undecided.bits() >> lane & 1 == 0);
                *helped |= u32::from(*share >= counts) << lane;
            }
            tendency.help = R::load(&shares);
        }
    }
    (helped, tendencies)
}

/// A mask of all lanes.
#[inline(always)]
fn everybody<R: Real>() -> R::Mask {
    R::zero().less(R::one())
}

/// Numbers side by side, one by one.
#[inline(always)]
fn lanes_of<R: Real>(numbers: R) -> [f32; PADDING] {
    let mut lanes = [0.0; PADDING];
    numbers.store(&mut lanes);
    lanes
}
