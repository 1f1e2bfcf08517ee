//! Every level of vector instructions gives the same bits: masks, random numbers, people, encounters.

use crate::trial::alone;
use compassion::engine::block::{Participants, World};
use compassion::engine::people::People;
use compassion::engine::records::{Outcome, Records};
use compassion::engine::{Encounter, Gains, LONGEST_STEP_S, RandomStreams, persons, witnesses};
use compassion::lanes::{Bits, Job, Level, Mask, Real, Twice};
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Knockout;
use compassion::model::situation::{BystanderBehaviour, HelpKind, Perspective, Situation};
use compassion::parameters::shipped;
use compassion::population::Population;
use compassion::random::{Process, Stream};

/// What masks say about pairs of numbers, one word for each operation.
struct Compare<'a> {
    left: &'a [f32; 16],
    right: &'a [f32; 16],
}

impl Job for Compare<'_> {
    type Output = [u32; 5];

    #[inline(always)]
    fn run<R: Real>(self) -> [u32; 5] {
        let mut words = [0; 5];
        for at in (0..16).step_by(R::WIDTH) {
            let (left, right) = (R::load(&self.left[at..]), R::load(&self.right[at..]));
            let (less, small) = (left.less(right), left.less(R::one()));
            let mut selected = [0.0; 16];
            R::select(less, left, right).store(&mut selected);
            let lower = (0..R::WIDTH).filter(|it| selected[*it] == self.left[at + it]);
            let selected = lower.fold(0, |bits, it| bits | 1_u32 << it);
            let here = [
                less.bits(),
                less.and(small).bits(),
                less.and_not(small).bits(),
                less.or(small).bits(),
                selected,
            ];
            for (word, here) in words.iter_mut().zip(here) {
                *word |= here << at;
            }
        }
        words
    }
}

#[test]
fn masks_say_of_each_lane_what_is_true_of_it() {
    let mut left: [f32; 16] = std::array::from_fn(|it| it as f32 / 4.0 - 1.0);
    let mut right = left;
    right.rotate_left(5);
    (left[3], right[9]) = (f32::INFINITY, f32::NEG_INFINITY);
    let word = |holds: &dyn Fn(f32, f32) -> bool| {
        (0..16).fold(0_u32, |bits, it| bits | u32::from(holds(left[it], right[it])) << it)
    };
    let expected = [
        word(&|a, b| a < b),
        word(&|a, b| a < b && a < 1.0),
        word(&|a, b| a < b && a >= 1.0),
        word(&|a, b| a < b || a < 1.0),
        word(&|a, b| a < b),
    ];
    assert!(
        expected.iter().all(|it| *it != 0 && *it != 0xffff),
        "{expected:x?} tells nothing apart"
    );
    for level in Level::available() {
        let words = level.run(Compare {
            left: &left,
            right: &right,
        });
        assert_eq!(words, expected, "{level:?}");
    }
}

/// Keeps the lanes of a mask, by every mask of sixteen lanes: moved together, and alone where they are.
struct Keep;

impl Job for Keep {
    type Output = ();

    #[inline(always)]
    fn run<R: Real>(self) {
        for mask in 0..=u32::from(u16::MAX) {
            keep::<R>(mask);
            keep::<Twice<R>>(mask);
        }
    }
}

/// Thirty-two lanes in turn, the upper half by the opposite mask.
#[inline(always)]
fn keep<R: Real>(mask: u32) {
    let mask = mask | !mask << 16;
    let mut signs = [1.0_f32; 32];
    let mut numbers = [0_u32; 32];
    let mut values = [0.0_f32; 32];
    for lane in 0..32 {
        if mask >> lane & 1 == 1 {
            signs[lane] = -1.0;
        }
        (numbers[lane], values[lane]) = (lane as u32 + 1, lane as f32 + 1.0);
    }
    for at in (0..32).step_by(R::WIDTH) {
        let held = R::load(&signs[at..]).less(R::zero());
        let (mut together, mut numbers_together, mut alone) = ([0.0; 32], [0; 32], [0.0; 32]);
        R::load(&values[at..]).store_together(held, &mut together);
        R::Bits::load(&numbers[at..]).store_together(held, &mut numbers_together);
        R::load(&values[at..]).only(held).store(&mut alone);
        let mut kept = 0;
        for lane in 0..R::WIDTH {
            let holds = mask >> (at + lane) & 1 == 1;
            let value = values[at + lane];
            assert_eq!(alone[lane], if holds { value } else { 0.0 }, "lane {lane} of {mask:b}");
            if holds {
                assert_eq!(together[kept], value, "place {kept} of {mask:b}");
                assert_eq!(numbers_together[kept], numbers[at + lane], "place {kept} of {mask:b}");
                kept += 1;
            }
        }
        assert_eq!(kept, held.bits().count_ones() as usize);
    }
}

#[test]
fn every_mask_keeps_its_lanes_at_every_level() {
    for level in Level::available() {
        level.run(Keep);
    }
}

/// Bits, uniform numbers' signs and normals of 4,096 agents.
struct Draws(Stream);

impl Job for Draws {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<R: Real>(self) -> Vec<u32> {
        let agents: Vec<u32> = (0..4096).map(|it: u32| it.wrapping_mul(0x9e37_79b9)).collect();
        let mut numbers = vec![Vec::new(); 9];
        for at in (0..agents.len()).step_by(R::WIDTH) {
            let lanes = R::Bits::load(&agents[at..]);
            let bits = self.0.bits(lanes, 7);
            let mut words = [0_u32; 16];
            for (column, bits) in numbers[..4].iter_mut().zip(bits) {
                bits.store(&mut words);
                column.extend_from_slice(&words[..R::WIDTH]);
            }
            let [first, second, third, fourth] = self.0.normals::<R>(lanes, 8);
            let sign = R::one().flip_sign(bits[0], 13);
            for (column, value) in numbers[4..].iter_mut().zip([first, second, third, fourth, sign]) {
                let mut values = [0.0_f32; 16];
                value.store(&mut values);
                column.extend(values[..R::WIDTH].iter().map(|it| it.to_bits()));
            }
        }
        numbers.concat()
    }
}

#[test]
fn random_numbers_are_the_same_at_every_level() {
    let draws = |level: Level| level.run(Draws(Stream::new(3, 1, Process::People, 4)));
    let plain = draws(Level::Plain);
    for level in Level::available() {
        assert!(draws(level) == plain, "{level:?} draws other numbers");
    }
    // The sign is −1 where bit 13 of the first word is set.
    for (bits, sign) in plain[..4096].iter().zip(&plain[8 * 4096..]) {
        assert_eq!(f32::from_bits(*sign) < 0.0, bits >> 13 & 1 == 1);
    }
}

#[test]
fn people_are_the_same_at_every_level() {
    let draw = |level| {
        let stream = Stream::new(2015, 0, Process::People, 0);
        People::draw(level, stream, Population::norm().factor(), 1000, 3001)
    };
    let bits = |people: &People| -> Vec<u32> {
        let columns = people.latents.iter().chain(&people.errors);
        columns.flatten().map(|it| it.to_bits()).collect()
    };
    let plain = bits(&draw(Level::Plain));
    for level in Level::available() {
        assert!(bits(&draw(level)) == plain, "{level:?} draws other people");
    }
}

fn bits(records: &Records) -> (Vec<Outcome>, Vec<u32>) {
    let numbers = records.columns.iter().flatten().map(|it| it.to_bits()).collect();
    (records.outcomes.clone(), numbers)
}

fn scenes() -> Vec<(&'static str, Situation)> {
    let vivid = Situation {
        need: 0.85,
        vividness: 0.9,
        escape: 0.9,
        window_s: 40.0,
        ..Situation::default()
    };
    let free = Situation {
        need: 0.6,
        ambiguity: 0.5,
        bystanders: 2,
        bystander_behaviour: BystanderBehaviour::Free,
        window_s: 63.7,
        ..Situation::default()
    };
    vec![
        ("default", Situation::default()),
        (
            "imagine-self",
            Situation {
                perspective: Perspective::ImagineSelf,
                mood: 0.6,
                exclusion: 1.0,
                ..vivid.clone()
            },
        ),
        (
            "punishing",
            Situation {
                perpetrator: 1.0,
                punishing_possible: true,
                ..vivid.clone()
            },
        ),
        (
            "graded",
            Situation {
                help: HelpKind::Graded,
                ..vivid.clone()
            },
        ),
        ("vivid", vivid),
        ("free bystanders", free.clone()),
        (
            "passive bystanders",
            Situation {
                bystander_behaviour: BystanderBehaviour::Passive,
                ..free
            },
        ),
    ]
}

/// 1,003 people who differ in what they were trained for, in how tired they are and in their slow states.
#[test]
fn encounters_are_the_same_at_every_level() {
    let parameters = shipped();
    let stream = Stream::new(5, 0, Process::People, 0);
    let people = People::draw(Level::Plain, stream, Population::norm().factor(), 17, 1003);
    let traits = people.shifted(&[TraitShift::default(); Trait::COUNT]);
    let padded = people.agents.len();
    let gains = Gains::Each(Box::new(std::array::from_fn(|it| {
        (0..padded).map(|person| ((person + it) % 5) as f32 / 10.0).collect()
    })));
    let fatigue: Vec<f32> = (0..padded).map(|it| (it % 7) as f32 / 7.0).collect();
    let slow = |every: usize| (0..padded).map(|it| (it % every) as f32 / 2.0 - 1.0).collect();
    let milieu = persons::MilieuColumns {
        connectedness: slow(4),
        inflammation: slow(3),
        oxytocin: slow(5),
    };
    for (name, situation) in scenes() {
        let encounter = Encounter {
            parameters: &parameters,
            situation: &situation,
            knockout: Knockout::NONE,
            longest_step_s: LONGEST_STEP_S,
            streams: RandomStreams::new(5, 0, 3),
        };
        let initial = persons::InitialState {
            people: &people,
            traits: &traits,
            gains: &gains,
            fatigue: Some(&fatigue),
            milieu: Some(&milieu),
        };
        let one_by_one = |level| bits(&persons::meet(level, &encounter, &initial));
        let groups = |level| bits(&witnesses::meet(level, &encounter, &initial, 3));
        let (plain_one_by_one, plain_groups) = (one_by_one(Level::Plain), groups(Level::Plain));
        for level in Level::available() {
            assert!(
                one_by_one(level) == plain_one_by_one,
                "{name}: {level:?} differs, one by one"
            );
            assert!(groups(level) == plain_groups, "{name}: {level:?} differs, in groups");
        }
    }
}

/// A group of one is a person.
#[test]
fn a_person_alone_is_a_group_of_one() {
    let parameters = shipped();
    let world = World {
        parameters: &parameters,
        programs: &[],
        seed: 8,
        longest_step_s: LONGEST_STEP_S,
        level: Level::best(),
        encounters: None,
    };
    for (name, situation) in scenes() {
        if situation.bystander_behaviour == BystanderBehaviour::Free {
            continue; // Others beyond the group are taken to be like a person alone, and to be absent for a group.
        }
        let condition = alone(situation);
        let people = world.people(0, 0, 500);
        let participants = Participants::new(&world, &condition, 0, &people, 500, 500);
        let person = participants.meet(&world, &condition);
        let group = witnesses::meet(world.level, &world.encounter(&condition, 0), &participants.initial(), 1);
        assert!(bits(&person) == bits(&group), "{name}");
    }
}
