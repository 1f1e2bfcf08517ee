//! Communities: what must hold to the bit, and what a run shows.

use compassion::community::effects::EffectKind;
use compassion::community::run::MOST_PORTRAYED;
use compassion::community::sums::{CommunityMeasure, Group};
use compassion::document::Source;
use compassion::engine::monitor::Unwatched;
use compassion::model::slow::Slow;
use compassion::parameters::shipped;
use compassion::programs::builtin;
use compassion::scenario::{self, Scenario};
use compassion::study::{Options, Results, run, run_keeping};

fn read(text: &str) -> Scenario {
    let source = Source::new("community.toml", format!("title = 'test'\n{text}"));
    scenario::read(&source, builtin(), None)
        .unwrap_or_else(|it| panic!("{it}"))
        .0
}

fn lived(scenario: &Scenario) -> Results {
    run(scenario, &shipped(), &Options::default(), &Unwatched).expect("nobody stops it")
}

/// A little community with every link at work.
const SMALL: &str = "[run]\nseed = 5\nagents = 96\nreplicates = 2\n[community]\nweeks = 2\n\
    [[community.layer]]\nname = 'friends'\nnetwork = 'small_world'\ndegree = 6\ncloseness = 0.8\ncontacts_per_day = 2\n\
    [[community.layer]]\nname = 'team'\nnetwork = 'groups'\nsize = 8\ncontacts_per_day = 4\n\
    [[community.need]]\nname = 'falls'\nper_person_per_week = 2\nlayer = 'team'\nwitnesses = 2\n\
    situation = { need = 0.7, window_s = 30 }\n\
    [[community.need]]\nname = 'cries'\nper_person_per_week = 1\nlayer = 'friends'\nwitnesses = 1.5\n\
    situation = { need = 0.6, window_s = 30 }\n";

/// The slow states of everybody at each moment of each condition.
fn states(scenario: &Scenario) -> Vec<Vec<Vec<Slow>>> {
    let mut states = vec![Vec::new(); scenario.conditions.len()];
    let keep = |seen: &compassion::engine::driver::Observation| {
        let slow_states = seen.participants.slow_states.as_ref().expect("people live");
        (
            seen.number,
            seen.moment,
            slow_states.states[..seen.participants.people.count].to_vec(),
        )
    };
    let take = |(condition, moment, block): (usize, usize, Vec<Slow>)| {
        let moments: &mut Vec<Vec<Slow>> = &mut states[condition];
        moments.resize(moments.len().max(moment + 1), Vec::new());
        moments[moment].extend(block);
        Ok::<_, std::convert::Infallible>(())
    };
    run_keeping(scenario, &shipped(), &Options::default(), &Unwatched, keep, take).expect("nobody stops it");
    states
}

/// More people than one block, with and without a course.
#[test]
fn without_ties_and_needs_people_live_as_a_timeline_has_them() {
    let run = "[run]\nseed = 4\nagents = 1_100\n";
    let conditions = "[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n\
        training = [{ program = 'compassion', hours = 8, weeks = 2 }]\n";
    let alone = lived(&read(&format!(
        "{run}[timeline]\nweeks = 2\nmeasure_at = [0, 1, 2]\n{conditions}"
    )));
    let empty = "[community]\nweeks = 2\n";
    let strangers = "[[community.layer]]\nname = 'street'\nnetwork = 'strangers'\n\
        [[community.need]]\nname = 'falls'\nper_person_per_week = 0\nlayer = 'street'\nwitnesses = 2\n";
    for community in [empty.to_owned(), format!("{empty}{strangers}")] {
        let together = lived(&read(&format!("{run}{community}{conditions}")));
        assert!(together.tallies == alone.tallies, "{community}");
    }
}

#[test]
fn no_number_depends_on_threads_layers_or_other_conditions() {
    let conditions = "[[condition]]\nname = 'a'\n[[condition]]\nname = 'b'\n\
        training = [{ program = 'compassion', hours = 8, weeks = 2 }]\ntrained = { share = 0.25 }\n";
    let scenario = read(&format!("{SMALL}{conditions}"));
    let expected = states(&scenario);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| states(&scenario)) == expected, "{threads} threads");
    }
    let mut reversed = scenario.clone();
    reversed.conditions.reverse();
    let mut seen = states(&reversed);
    seen.reverse();
    assert!(seen == expected, "conditions in another order");
    let mut turned = scenario;
    for condition in &mut turned.conditions {
        let community = condition.protocol.community.as_mut().unwrap();
        community.layers.reverse();
        for need in &mut community.needs {
            need.layer = 1 - need.layer;
        }
    }
    assert!(states(&turned) == expected, "layers in another order");
}

/// A ring on which everybody meets their two neighbours. In a day a change reaches the next at most by contagion, and the next but one where both are at
/// hand when the one between them is in need: two steps. What is learnt counts from the second week on, so that after two weeks fourteen steps are reached.
#[test]
fn training_one_person_changes_nothing_where_it_cannot_have_reached() {
    let text = "[run]\nseed = 6\nagents = 80\n[community]\nweeks = 2\n\
        [[community.layer]]\nname = 'ring'\nnetwork = 'ring'\ndegree = 2\ncloseness = 0.8\ncontacts_per_day = 2\n\
        [[community.need]]\nname = 'falls'\nper_person_per_week = 6\nlayer = 'ring'\nwitnesses = 2\n\
        situation = { need = 0.7, window_s = 30 }\n\
        [[condition]]\nname = 'nobody'\n\
        [[condition]]\nname = 'one'\ntraining = [{ program = 'compassion', hours = 60, weeks = 2 }]\n\
        trained = { share = 0.0125 }\n";
    let scenario = read(text);
    let results = lived(&scenario);
    let classes = &results.communities.as_ref().unwrap().each[0].portraits[1].classes;
    let trained: Vec<usize> = (0..80).filter(|person| classes[*person] == 0).collect();
    assert_eq!(trained.len(), 1);
    let states = states(&scenario);
    let (mut reached, mut beyond) = (0, 0);
    let weeks = |condition: usize| states[condition][1].iter().zip(&states[condition][2]);
    for (person, (nobody, one)) in weeks(0).zip(weeks(1)).enumerate().take(80) {
        let steps = person.abs_diff(trained[0]).min(80 - person.abs_diff(trained[0]));
        let changed = nobody.1 != one.1;
        assert_eq!(nobody.0, one.0, "nothing is learnt before the second week");
        assert!(
            !changed || steps <= 14,
            "person {person}, {steps} steps away, is changed"
        );
        reached += usize::from(changed && steps > 0);
        beyond += usize::from(steps > 14);
    }
    assert!(
        reached > 4 && beyond > 40,
        "{reached} others are changed, {beyond} are out of reach"
    );
}

/// Each link changes somebody, and none does where it is switched off: the two conditions differ in it alone.
#[test]
fn every_link_between_people_can_be_switched_off() {
    for link in ["gratitude", "modelling", "contagion", "ties"] {
        let scenario = read(&format!(
            "{SMALL}[[condition]]\nname = 'whole'\n[[condition]]\nname = 'without'\nknockout = ['{link}']\n"
        ));
        let states = states(&scenario);
        assert!(states[0] != states[1], "{link} changes nobody");
    }
}

#[test]
fn effects_add_up_and_groups_are_whole() {
    let scenario = read(&format!(
        "{SMALL}[[condition]]\nname = 'nobody'\n[[condition]]\nname = 'some'\n\
         training = [{{ program = 'compassion', hours = 20, weeks = 2 }}]\ntrained = {{ share = 0.25 }}\n"
    ));
    let results = lived(&scenario);
    let communities = results.communities.as_ref().unwrap();
    assert_eq!(communities.each.len(), 2);
    let people = |group| communities.people(0, 1, group);
    assert_eq!(
        (people(Group::All), people(Group::Trained), people(Group::Untrained)),
        (96.0, 24.0, 72.0)
    );
    let steps = [Group::OneStep, Group::TwoSteps, Group::ThreeSteps, Group::Farther];
    assert_eq!(steps.into_iter().map(people).sum::<f64>(), 72.0);
    for measure in CommunityMeasure::all() {
        let effect = |kind| communities.effect(1, 2, kind, measure).map(|told| told.estimate.value);
        let [total, others, direct] = [
            effect(EffectKind::Of(Group::Trained)),
            effect(EffectKind::Of(Group::Untrained)),
            effect(EffectKind::Direct),
        ]
        .map(Option::unwrap);
        assert!((total - others - direct).abs() < 1e-9, "{}", measure.key());
        // Before the course there is no difference, to the bit.
        let before = communities.effect(1, 0, EffectKind::Of(Group::All), measure);
        assert!(
            before.is_none_or(|told| told.estimate.value == 0.0),
            "{}",
            measure.key()
        );
    }
    assert!(
        96 <= MOST_PORTRAYED && communities.each[0].portraits.len() == 2 && communities.each[1].portraits.is_empty()
    );
}

/// Where nobody is at hand nobody helps, and no trace is left of a need.
#[test]
fn a_need_that_nobody_sees_leaves_no_trace() {
    let none = SMALL
        .replace("witnesses = 2\n", "witnesses = 0\n")
        .replace("witnesses = 1.5\n", "witnesses = 0\n");
    let rare = none.replace("per_person_per_week = 2\n", "per_person_per_week = 0\n");
    let rare = rare.replace("per_person_per_week = 1\n", "per_person_per_week = 0\n");
    let condition = "[[condition]]\nname = 'a'\n";
    let (unseen, unneeded) = (read(&format!("{none}{condition}")), read(&format!("{rare}{condition}")));
    assert!(states(&unseen) == states(&unneeded));
    let results = lived(&unseen);
    let met = results
        .communities
        .unwrap()
        .mean(0, 0, 2, Group::All, CommunityMeasure::NeedsMet);
    assert_eq!(met.unwrap().estimate.value, 0.0);
}
