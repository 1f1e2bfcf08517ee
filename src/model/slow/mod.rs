//! Slow states: what encounters and days leave behind, and what that does to the next encounter.
//!
//! Start with [`day`], the schedule, a line for each link; every link stands in a file of its own. The vicious circle runs through
//! [`inflammation`], felt isolation ([`connectedness`]) and [`low_mood`]; the virtuous one through [`positive_mood`], [`connectedness`] and [`vagal_tone`].
//! Fatigue has its own file beside the processes of an encounter, [`crate::model::fatigue`].

pub mod connectedness;
pub mod everyday;
pub mod inflammation;
pub mod low_mood;
pub mod oxytocin;
pub mod positive_mood;
pub mod readouts;
pub mod vagal_tone;

use crate::model::fatigue;
use crate::model::mechanism::{Knockout, Mechanism};
use crate::model::parameters::Parameters;
use everyday::Load;

/// The slow states of a person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Slow {
    /// Empathic distress fatigue, in \[0, 1\].
    pub fatigue: f64,
    /// Fatigue as the past weeks have left it, in \[0, 1\].
    pub exhaustion: f64,
    /// Warm acts of help a day, as the past weeks have left them.
    pub satisfaction: f64,
    /// Personal distress times minutes a day, as the past weeks have left it.
    pub distress: f64,
    /// Positive mood, in SD from the norm.
    pub positive_mood: f64,
    /// Connectedness, in SD from the norm.
    pub connectedness: f64,
    /// Inflammation, in SD from the norm.
    pub inflammation: f64,
    /// Oxytocin tone, in SD from the norm.
    pub oxytocin: f64,
    /// How low mood departs from the trait, in SD.
    pub low_mood: f64,
    /// How vagal tone departs from the trait, in SD.
    pub vagal_tone: f64,
}

/// What a person's slow states come back to, in SD from the norm.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SetPoints {
    /// Positive mood of an ordinary day.
    pub mood: f64,
    /// Connectedness that the network gives.
    pub network: f64,
    /// Inflammation.
    pub inflammation: f64,
    /// Oxytocin tone.
    pub oxytocin: f64,
    /// The trait low mood, training included.
    pub low_mood: f64,
    /// The trait vagal tone, training included.
    pub vagal_tone: f64,
}

/// What a day brings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Day {
    /// What its encounters leave behind.
    pub load: Load,
    /// Hours of practice times what the compassion motive has gained by training, in SD.
    pub kindness_practice: f64,
}

/// The links between slow states, made ready for steps of some length; a knocked-out mechanism is switched off here, once.
#[derive(Debug, Clone, Copy)]
pub struct Links {
    parameters: Parameters,
    tires: bool,
    /// How much felt connectedness takes off what distress tires.
    support: f64,
    /// Length of a step, in days.
    days: f64,
    rest_kept: f64,
    memory_kept: f64,
    positive_mood_kept: f64,
    connectedness_kept: f64,
    inflammation_kept: f64,
    oxytocin_kept: f64,
    low_mood_kept: f64,
    vagal_tone_kept: f64,
}

impl Links {
    /// The links for steps of so many days.
    pub fn new(parameters: &Parameters, knockout: Knockout, days: f64) -> Self {
        let mut p = *parameters;
        let lacks = |link| knockout.lacks(link) || knockout.lacks(Mechanism::Milieu);
        if lacks(Mechanism::Connectedness) {
            (p.connectedness.mood_weight, p.connectedness.helping_weight) = (0.0, 0.0);
            (p.inflammation.isolation_weight, p.low_mood.isolation_weight) = (0.0, 0.0);
            p.vagal_tone.connectedness_weight = 0.0;
        }
        if lacks(Mechanism::Inflammation) {
            (p.inflammation.isolation_weight, p.inflammation.low_mood_weight) = (0.0, 0.0);
            p.inflammation.oxytocin_weight = 0.0;
            (p.connectedness.inflammation_weight, p.low_mood.inflammation_weight) = (0.0, 0.0);
        }
        if lacks(Mechanism::Oxytocin) {
            (p.oxytocin.contact_weight, p.inflammation.oxytocin_weight) = (0.0, 0.0);
        }
        if lacks(Mechanism::LowMood) {
            (p.low_mood.inflammation_weight, p.low_mood.isolation_weight) = (0.0, 0.0);
            (p.low_mood.positive_mood_weight, p.low_mood.distress_weight) = (0.0, 0.0);
            p.inflammation.low_mood_weight = 0.0;
        }
        // Vagal tone and positive mood are moved by the milieu, and no part of it.
        if lacks(Mechanism::VagalTone) {
            (p.vagal_tone.connectedness_weight, p.vagal_tone.compassion_weight) = (0.0, 0.0);
        }
        if knockout.lacks(Mechanism::VagalTone) {
            p.positive_mood.vagal_moderation = 0.0;
        }
        if knockout.lacks(Mechanism::PositiveMood) {
            (p.positive_mood.helping_weight, p.positive_mood.warmth_weight) = (0.0, 0.0);
            p.positive_mood.practice_weight = 0.0;
            (p.connectedness.mood_weight, p.low_mood.positive_mood_weight) = (0.0, 0.0);
        }
        if knockout.lacks(Mechanism::KindnessPractice) {
            p.positive_mood.practice_weight = 0.0;
        }
        let kept = |half_life_days: f64| libm::exp2(-days / half_life_days);
        Self {
            tires: !knockout.lacks(Mechanism::Fatigue),
            support: if lacks(Mechanism::Connectedness) {
                0.0
            } else {
                fatigue::SUPPORT
            },
            days,
            rest_kept: kept(p.fatigue.half_life_hours / 24.0),
            memory_kept: kept(p.everyday.memory_half_life_days),
            positive_mood_kept: kept(p.positive_mood.half_life_days),
            connectedness_kept: kept(p.connectedness.half_life_days),
            inflammation_kept: kept(p.inflammation.half_life_days),
            oxytocin_kept: kept(p.oxytocin.half_life_days),
            low_mood_kept: kept(p.low_mood.half_life_days),
            vagal_tone_kept: kept(p.vagal_tone.half_life_days),
            parameters: p,
        }
    }

    /// Connectedness as it is felt.
    pub fn felt_connectedness(&self, slow: &Slow) -> f64 {
        connectedness::felt(&self.parameters.connectedness, slow.connectedness, slow.inflammation)
    }

    /// What vagal tone adds to the compassion motive, in SD.
    pub fn warmth(&self, slow: &Slow) -> f64 {
        vagal_tone::warmth(&self.parameters.vagal_tone, slow.vagal_tone)
    }

    /// Fatigue after an encounter, and what is left of it after the rest until the end of the step, of somebody who feels so connected.
    pub fn tired(&self, fatigue: f64, load: &Load, felt_connectedness: f64) -> [f64; 2] {
        if !self.tires {
            return [0.0; 2];
        }
        let p = &self.parameters.fatigue;
        let borne = fatigue::unsupported(self.support, felt_connectedness);
        let distress = p.per_distress_minute * load.distress_minutes * borne;
        let compassion = p.recovery_per_compassion_minute * load.compassion_minutes;
        let before_rest = fatigue::after(fatigue, distress, compassion, 1.0);
        [before_rest, before_rest * self.rest_kept]
    }
}

/// A step of the slow states, as a rule a day, with what it brings; `usual` is what a day brings to people at the norm.
///
/// Each state approaches its target exponentially, which is exact while the target stands still; all targets look at the states of the day before.
/// A step of another length brings its part of a day's load: `day` is always given for a whole day.
pub fn day(before: &Slow, set_points: &SetPoints, day: &Day, usual: &Load, links: &Links) -> Slow {
    let p = &links.parameters;
    let toward = |now: f64, target: f64, kept: f64| target + (now - target) * kept;
    let load = day.load;
    // The tenth patient of a day changes less than the first.
    let beyond = |today: f64, usual: f64| libm::log1p(today) - libm::log1p(usual);
    let help = beyond(load.help, usual.help);
    let warmth = beyond(load.compassion_minutes, usual.compassion_minutes);
    let distress = beyond(load.distress_minutes, usual.distress_minutes);
    let felt = links.felt_connectedness(before);
    let low_mood = set_points.low_mood + before.low_mood;
    let vagal_tone = set_points.vagal_tone + before.vagal_tone;

    let [evening, fatigue] = links.tired(before.fatigue, &load.times(links.days), felt);
    let positive_mood = positive_mood::target(
        &p.positive_mood,
        set_points.mood,
        help,
        warmth,
        day.kindness_practice,
        vagal_tone,
    );
    let connectedness = connectedness::target(&p.connectedness, set_points.network, before.positive_mood, help);
    let inflammation = inflammation::target(
        &p.inflammation,
        set_points.inflammation,
        felt,
        low_mood,
        before.oxytocin,
    );
    let oxytocin = oxytocin::target(&p.oxytocin, set_points.oxytocin, warmth);
    let mood = low_mood::target(&p.low_mood, before.inflammation, felt, before.positive_mood, distress);
    let vagal = vagal_tone::target(&p.vagal_tone, before.connectedness - set_points.network);

    Slow {
        fatigue,
        exhaustion: toward(before.exhaustion, evening, links.memory_kept),
        satisfaction: toward(before.satisfaction, load.warm_help, links.memory_kept),
        distress: toward(before.distress, load.distress_minutes, links.memory_kept),
        positive_mood: toward(before.positive_mood, positive_mood, links.positive_mood_kept),
        connectedness: toward(before.connectedness, connectedness, links.connectedness_kept),
        inflammation: toward(before.inflammation, inflammation, links.inflammation_kept),
        oxytocin: toward(before.oxytocin, oxytocin, links.oxytocin_kept),
        low_mood: toward(before.low_mood, mood, links.low_mood_kept),
        vagal_tone: toward(before.vagal_tone, vagal, links.vagal_tone_kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::shipped;

    /// A year of equal days.
    fn settled(set_points: &SetPoints, day: &Day, knockout: Knockout) -> Slow {
        let links = Links::new(&shipped(), knockout, 1.0);
        let mut slow = Slow::default();
        for _ in 0..365 {
            slow = super::day(&slow, set_points, day, &Load::default(), &links);
        }
        slow
    }

    #[test]
    fn at_home_with_usual_days_nothing_moves() {
        assert_eq!(
            settled(&SetPoints::default(), &Day::default(), Knockout::NONE),
            Slow::default()
        );
    }

    /// Isolation inflames, inflammation is felt as isolation, and mood sinks; each by a part of an SD, since every link is weak.
    #[test]
    fn the_vicious_circle_turns_and_does_not_run_away() {
        let isolated = SetPoints {
            network: -2.0,
            ..SetPoints::default()
        };
        let slow = settled(&isolated, &Day::default(), Knockout::NONE);
        let links = Links::new(&shipped(), Knockout::NONE, 1.0);
        assert!((0.05..1.5).contains(&slow.inflammation), "{slow:?}");
        assert!((0.05..1.5).contains(&slow.low_mood), "{slow:?}");
        assert!(links.felt_connectedness(&slow) < -2.01, "{slow:?}");
        let without = settled(&isolated, &Day::default(), Knockout::NONE.with(Mechanism::Milieu));
        assert_eq!((without.inflammation, without.low_mood), (0.0, 0.0));
    }

    #[test]
    fn the_virtuous_circle_turns_and_is_weak() {
        let practising = Day {
            kindness_practice: 0.2,
            ..Day::default()
        };
        let slow = settled(&SetPoints::default(), &practising, Knockout::NONE);
        for (what, size) in [
            ("positive mood", slow.positive_mood),
            ("connectedness", slow.connectedness),
            ("vagal tone", slow.vagal_tone),
        ] {
            assert!((0.001..1.5).contains(&size), "{what}: {slow:?}");
        }
        assert!(slow.low_mood < 0.0 && slow.inflammation < 0.0, "{slow:?}");
    }

    /// Whom a knock-out leaves out neither moves nor is moved: its state returns to its set point by itself, and what it is changes no other state.
    #[test]
    fn every_link_can_be_knocked_out_alone() {
        type Pick = fn(&mut Slow) -> &mut f64;
        let links: [(Mechanism, Pick); 6] = [
            (Mechanism::PositiveMood, |it| &mut it.positive_mood),
            (Mechanism::Connectedness, |it| &mut it.connectedness),
            (Mechanism::Inflammation, |it| &mut it.inflammation),
            (Mechanism::Oxytocin, |it| &mut it.oxytocin),
            (Mechanism::LowMood, |it| &mut it.low_mood),
            (Mechanism::VagalTone, |it| &mut it.vagal_tone),
        ];
        let hard = Day {
            load: Load {
                distress_minutes: 20.0,
                compassion_minutes: 20.0,
                help: 3.0,
                warm_help: 2.0,
            },
            kindness_practice: 0.5,
        };
        let stirred = Slow {
            fatigue: 0.3,
            positive_mood: 0.5,
            connectedness: -1.0,
            inflammation: 0.7,
            oxytocin: -0.4,
            low_mood: 0.6,
            vagal_tone: -0.3,
            ..Slow::default()
        };
        let after = |slow: &Slow, day: &Day, knockout| {
            super::day(
                slow,
                &SetPoints::default(),
                day,
                &Load::default(),
                &Links::new(&shipped(), knockout, 1.0),
            )
        };
        for (link, pick) in links {
            let knockout = Knockout::NONE.with(link);
            let mut alone = Slow::default();
            *pick(&mut alone) = *pick(&mut { stirred });
            let (mut hard_day, mut quiet_day) = (
                after(&stirred, &hard, knockout),
                after(&alone, &Day::default(), knockout),
            );
            assert_eq!(*pick(&mut hard_day), *pick(&mut quiet_day), "{} is moved", link.key());
            let mut with_it_at_home = stirred;
            *pick(&mut with_it_at_home) = 0.0;
            let mut other = after(&with_it_at_home, &hard, knockout);
            *pick(&mut other) = *pick(&mut hard_day);
            assert_eq!(other, hard_day, "{} moves others", link.key());
            let mut whole = after(&stirred, &hard, Knockout::NONE);
            *pick(&mut whole) = *pick(&mut hard_day);
            assert_ne!(whole, hard_day, "{} does nothing with it at work", link.key());
        }
    }

    #[test]
    fn without_its_link_practice_leaves_mood_alone() {
        let practising = Day {
            kindness_practice: 0.2,
            ..Day::default()
        };
        let without = settled(
            &SetPoints::default(),
            &practising,
            Knockout::NONE.with(Mechanism::KindnessPractice),
        );
        assert_eq!(without, Slow::default());
    }

    /// Those whom nobody holds tire more by the same distress; without the link nobody's ties matter.
    #[test]
    fn distress_tires_the_unsupported_more() {
        let load = Load {
            distress_minutes: 3.0,
            ..Load::default()
        };
        let tired = |knockout, felt| Links::new(&shipped(), knockout, 1.0).tired(0.0, &load, felt)[0];
        assert!(tired(Knockout::NONE, -2.0) > 1.2 * tired(Knockout::NONE, 0.0));
        let without = Knockout::NONE.with(Mechanism::Connectedness);
        assert_eq!(tired(without, -2.0), tired(Knockout::NONE, 0.0));
    }

    #[test]
    fn distress_tires_for_weeks_and_its_knock_out_keeps_people_fresh() {
        let hard = Day {
            load: Load {
                distress_minutes: 20.0,
                ..Load::default()
            },
            kindness_practice: 0.0,
        };
        let slow = settled(&SetPoints::default(), &hard, Knockout::NONE);
        assert!(slow.exhaustion > 0.05 && slow.low_mood > 0.0, "{slow:?}");
        assert_eq!(
            settled(&SetPoints::default(), &hard, Knockout::NONE.with(Mechanism::Fatigue)).exhaustion,
            0.0
        );
    }

    /// Half-lives hold whatever the length of a step.
    #[test]
    fn two_half_days_are_a_day() {
        let start = Slow {
            positive_mood: 1.0,
            oxytocin: 1.0,
            ..Slow::default()
        };
        let step = |days, slow| {
            day(
                slow,
                &SetPoints::default(),
                &Day::default(),
                &Load::default(),
                &Links::new(&shipped(), Knockout::NONE, days),
            )
        };
        let (whole, halves) = (step(1.0, &start), step(0.5, &step(0.5, &start)));
        assert!((whole.positive_mood - halves.positive_mood).abs() < 1e-12);
        assert!((whole.oxytocin - halves.oxytocin).abs() < 1e-12);
    }
}
