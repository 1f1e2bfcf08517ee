//! Every key of a scenario file, in the order a reader should meet them.
//!
//! Reader, `simulate keys`, JSON Schema and template follow from this one list, so none can drift; the keys of the situation and the meanings of
//! traits and mechanisms are rows of [`crate::registry`].
//! `<trait>` stands for `regulation` or any of the twelve traits, which have the same keys below them, `<scale>` for a questionnaire.

use super::choice::{NetworkWord, UnitWord};
use super::{Direction, Dominant, Partner, Subjects, Who};
use crate::document::{Choice, Interval, Key, Kind};
use crate::model::training::Onset;
use crate::registry::{Measure, Mechanism, Situation, Trait};

/// The most people of a condition, over all replicates (2³¹).
pub const MOST_PEOPLE: u64 = 1 << 31;

/// The largest seed (2⁵³ − 1): every reader of JSON and every spreadsheet keeps whole numbers up to here, and none further.
pub const LARGEST_SEED: u64 = (1 << 53) - 1;

/// The most conditions, contrasts or programs of one file.
pub const MOST_TABLES: usize = 4_096;

/// The most weeks of a community: as many as have an address of their own (two centuries of days are beyond any of its questions).
pub const MOST_COMMUNITY_WEEKS: u64 = 1_000;

/// The most weeks of a timeline: a hundred years.
pub const MOST_WEEKS: f64 = 5_200.0;

/// The most encounters in a row.
pub const MOST_EXPOSURES: u64 = 1_000;

/// The most rounds of an exchange.
pub const MOST_ROUNDS: u64 = 200;

/// The most measurements of a timeline.
pub const MOST_MEASUREMENTS: usize = 200;

const SHARE: Kind = Kind::Number(Interval::closed(0.0, 1.0));
/// Beyond 10 standard deviations there is nobody, and exponentials of scores overflow.
const SCORE: Kind = Kind::Number(Interval::closed(-10.0, 10.0));
const SPREAD: Kind = Kind::Number(Interval::closed(0.0, 10.0));
const WEEKS: Interval = Interval::closed(0.0, MOST_WEEKS);
const HOURS: Interval = Interval::closed(0.0, 5_200.0 * 168.0);
/// Larger than any mean of any measure.
const ANY: f64 = 1e9;
const PEOPLE: Kind = Kind::Count(1, 1_000_000_000);

/// How a population differs in a trait.
const fn a_trait(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, Kind::Like("population.<trait>"), meaning)
}

/// What people score on a questionnaire.
const fn a_scale(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, Kind::Like("population.<scale>"), meaning)
}

/// What a program does to a trait.
const fn an_effect(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, Kind::Like("program.<trait>"), meaning)
}

/// The keys before those of the situation.
#[rustfmt::skip]
const BEFORE: &[Key] = &[
    Key::new("title", Kind::Line, "what charts and tables are headed with").required(),
    Key::new("question", Kind::Prose, "the question the file asks, in words").default("\"\""),
    Key::new("citation", Kind::Line, "key into the literature.bib of this folder or the one above"),
    //
    Key::new("run", Kind::Table, "seed and numbers of people"),
    Key::new("run.seed", Kind::Count(0, LARGEST_SEED), "seed of everything random").default("1"),
    Key::new("run.agents", Kind::Count(1, MOST_PEOPLE), "people per condition; the same people in every condition")
        .unit("people")
        .default("10_000"),
    Key::new("run.replicates", Kind::Count(1, 1_000_000), "fresh populations; matters for communities")
        .unit("populations")
        .default("1"),
    //
    Key::new("population", Kind::Table, "who there is; without it the published norms"),
    a_trait("population.regulation", "attention_regulation, reappraisal and vagal_tone together; one of these set beside it goes before it"),
    a_trait("population.affective_sharing", Trait::AffectiveSharing.row().meaning),
    a_trait("population.motor_resonance", Trait::MotorResonance.row().meaning),
    a_trait("population.perspective_taking", Trait::PerspectiveTaking.row().meaning),
    a_trait("population.self_other_distinction", Trait::SelfOtherDistinction.row().meaning),
    a_trait("population.attention_regulation", Trait::AttentionRegulation.row().meaning),
    a_trait("population.reappraisal", Trait::Reappraisal.row().meaning),
    a_trait("population.vagal_tone", Trait::VagalTone.row().meaning),
    a_trait("population.compassion_motive", Trait::CompassionMotive.row().meaning),
    a_trait("population.malleability_belief", Trait::MalleabilityBelief.row().meaning),
    a_trait("population.low_mood", Trait::LowMood.row().meaning),
    a_trait("population.need_threshold", Trait::NeedThreshold.row().meaning),
    a_trait("population.readiness_to_act", Trait::ReadinessToAct.row().meaning),
    a_scale("population.iri_pt", "what they score on the IRI's Perspective Taking (norm 17.37, SD 4.82), from which traits follow by regression; a trait set beside it goes before it"),
    a_scale("population.iri_ec", "what they score on the IRI's Empathic Concern (norm 20.36, SD 4.23)"),
    a_scale("population.iri_pd", "what they score on the IRI's Personal Distress (norm 10.87, SD 4.99)"),
    a_scale("population.erq_reappraisal", "what they score on the ERQ's Reappraisal (norm 4.605, SD 0.981)"),
    Key::new("population.people_from", Kind::Line, "file of people, seen from this file, a row each: columns iri_pt, iri_ec, iri_pd, erq_reappraisal, of which means and spreads are taken"),
    Key::new("population.<trait>.mean", SCORE, "mean of the trait").unit("population SD from the norm").default("0.0"),
    Key::new("population.<trait>.sd", SPREAD, "spread of the trait; 0 makes everybody alike").unit("population SD").default("1.0"),
    Key::new("population.<scale>.mean", Kind::Number(Interval::closed(0.0, 28.0)), "mean score").unit("points"),
    Key::new("population.<scale>.sd", Kind::Number(Interval::above(0.0, 14.0)), "standard deviation of scores, the form's own error in it").unit("points"),
    //
    Key::new("situation", Kind::Table, "the scene, shared by all conditions; a condition overrides single keys"),
];

/// The keys after those of the situation.
const AFTER: &[Key] = &[
    Key::new("condition", Kind::Tables, "one condition of the experiment; at least one").required(),
    Key::new("condition.name", Kind::Line, "name, unique in the file").required(),
    Key::new("condition.factors", Kind::Labels, "how charts and tables cross the conditions: factor = \"level\""),
    Key::new("condition.situation", Kind::Like("situation"), "what is different in this scene"),
    Key::new("condition.population", Kind::Like("population"), "shifts or narrows traits in this condition only"),
    Key::new("condition.training", Kind::Tables, "practice before the scene, in order"),
    Key::new("condition.training.program", Kind::Line, "a built-in program or one of the file's own"),
    Key::new("condition.training.one_of", Kind::Lines, "several programs: each person gets one of them by lot"),
    Key::new("condition.training.hours", Kind::Number(HOURS), "assigned hours; practised hours are fewer").unit("h").required(),
    Key::new("condition.training.weeks", Kind::Number(WEEKS), "weeks over which they are spread").unit("weeks").required(),
    Key::new("condition.training.transportation", SCORE, "how much more than usually people are transported by what they read; matters for reading_fiction only").unit("SD").default("0.0"),
    Key::new("condition.knockout", Kind::Choices(&Mechanism::KEYS), "mechanisms of the model that are switched off"),
    Key::new("condition.network", SCORE, "how much more connectedness people's network gives from the first week on than it did before; negative: isolation; with [timeline]")
        .unit("SD")
        .default("0.0"),
    Key::new("condition.trained", Kind::Table, "which people of a [community] get the training; without it everybody does"),
    Key::new("condition.trained.share", Kind::Number(Interval::above(0.0, 1.0)), "share of them").unit("1").required(),
    Key::new("condition.trained.who", Kind::Choice(Who::WORDS), "who they are")
        .default("\"random\"")
        .anchors("random: by lot · most_connected: those with the most ties · least_connected: those with the fewest ties · together: whole groups, or neighbourhoods"),
    Key::new("condition.community", Kind::Named(&["community.layer", "community.need"]), "what is different in this condition: single keys of layers and needs, by their names, for instance { ward = { size = 6 } }"),
    Key::new("condition.exchange", Kind::Like("exchange"), "what is different in the [exchange] of this condition: benefit, noise or partner"),
    Key::new("condition.unit", Kind::Choice(UnitWord::WORDS), "whether a person is counted, or a group of which at least one helped").default("\"person\""),
    Key::new("condition.group_size", Kind::Count(2, 10_000), "people in a group of witnesses").unit("people").needs("unit"),
    Key::new("condition.select", Kind::Table, "counts only some of the people"),
    Key::new("condition.select.dominant", Kind::Choice(Dominant::WORDS), "those in whom this feeling prevails at the decision").required(),
    Key::new("condition.observed", Kind::TableOrTables, "what people did: { helped, of }, or { measure, mean, sd, n }; a list of several where more was observed"),
    Key::new("condition.observed.helped", Kind::Count(0, 1_000_000_000), "how many people or groups helped").needs("of"),
    Key::new("condition.observed.of", PEOPLE, "of how many").needs("helped"),
    Key::new("condition.observed.measure", Kind::Choice(&Measure::KEYS), "a measure other than helping").needs("mean"),
    Key::new("condition.observed.mean", Kind::Number(Interval::closed(-ANY, ANY)), "its mean").unit("the measure's").needs("measure"),
    Key::new("condition.observed.sd", Kind::Number(Interval::closed(0.0, ANY)), "its standard deviation between people").unit("the measure's").needs("mean"),
    Key::new("condition.observed.n", PEOPLE, "number of people behind it").unit("people").needs("mean"),
    Key::new("condition.observed.calibrate", Kind::Flag, "whether `simulate calibrate` counts this mean as it counts helping; of amounts, latencies, ratings and accuracy, with sd and n").default("false").needs("mean"),
    //
    Key::new("contrast", Kind::Tables, "a difference between two conditions that was published, is claimed, or is only asked for"),
    Key::new("contrast.treatment", Kind::Line, "name of the condition that is expected to differ").required(),
    Key::new("contrast.control", Kind::Line, "name of the condition it is compared with").required(),
    Key::new("contrast.measure", Kind::Choice(&Measure::KEYS), "on which measure").required(),
    Key::new("contrast.week", Kind::Number(WEEKS), "when it is measured, one of timeline.measure_at; without it the last measurement that is no follow-up").unit("weeks"),
    Key::new("contrast.from_week", Kind::Number(WEEKS), "when the control is measured, if not in the same week; the two may then be one condition").unit("weeks").needs("week"),
    Key::new("contrast.observed", Kind::Table, "what was found or is claimed; at least one of direction, d, ratio, r; without it the difference is shown and nothing is claimed"),
    Key::new("contrast.observed.direction", Kind::Choice(Direction::WORDS), "whether the treatment is higher or lower"),
    Key::new("contrast.observed.d", Kind::Number(Interval::closed(-10.0, 10.0)), "standardised mean difference").unit("pooled SD"),
    Key::new("contrast.observed.se", Kind::Number(Interval::above(0.0, 10.0)), "its standard error").unit("pooled SD").needs("d"),
    Key::new("contrast.observed.ratio", Kind::Number(Interval::above(0.0, ANY)), "ratio of the two means or rates").unit("1"),
    Key::new("contrast.observed.low", Kind::Number(Interval::closed(0.0, ANY)), "lower limit of the ratio").unit("1").needs("ratio"),
    Key::new("contrast.observed.high", Kind::Number(Interval::above(0.0, ANY)), "upper limit of the ratio").unit("1").needs("ratio"),
    Key::new("contrast.observed.r", Kind::Number(Interval::closed(-1.0, 1.0)), "correlation").unit("1"),
    Key::new("contrast.observed.n", PEOPLE, "number of people behind it").unit("people"),
    //
    Key::new("study", Kind::Table, "how real people would be studied: `--as-study` and `plan` follow it; everything else compares the same people with the same luck"),
    Key::new("study.design", Kind::Choice(Subjects::WORDS), "who meets the conditions").default("\"between\"").anchors("between: different people in each · within: the same people in all of them, each time with new luck and new error, and nothing left behind by the one before"),
    Key::new("study.allocation", Kind::Numbers(Interval::closed(1.0, 100.0)), "people of each condition for those of the others, in the order of the file: [2, 1]"),
    Key::new("study.attrition", Kind::Table, "people who are lost before the outcome is measured"),
    Key::new("study.attrition.share", Kind::Number(Interval::closed(0.0, 0.95)), "share of each condition").unit("1").required(),
    Key::new("study.attrition.depends_on", Kind::Choice(Measure::WORDS), "measure by which they are lost: the higher somebody's rank u on it, the likelier, with u to the power (1 − share) / share; without it by lot"),
    Key::new("study.clusters", Kind::Table, "clusters in which people come and are assigned, such as classes or wards"),
    Key::new("study.clusters.size", Kind::Count(2, 10_000), "people of a cluster").unit("people").required(),
    Key::new("study.clusters.icc", SHARE, "intraclass correlation of the outcome").unit("1").required(),
    Key::new("study.carry_over", SHARE, "order effect where the same people meet all conditions, in an order drawn for each: share who do in a condition what they did in the one before it").unit("1").default("0"),
    Key::new("study.observed_from", Kind::Line, "file of what people did, seen from this file, a row for each person: a column `condition` with names of conditions, and measures such as helped (0 or 1); summarised as `condition.observed`"),
    //
    Key::new("vary", Kind::Table, "a key that the answer is drawn over: the same people at every point, charts, sweep.csv and a sentence"),
    Key::new("vary.key", Kind::Line, "the key, for instance \"situation.escape\", '\"compassion training\".hours' or \"parameters.compassion.push\"").required(),
    Key::new("vary.from", Kind::Number(Interval::closed(-ANY, ANY)), "where it begins").unit("the key's").default("0.0"),
    Key::new("vary.to", Kind::Number(Interval::closed(-ANY, ANY)), "where it ends").unit("the key's").default("1.0"),
    Key::new("vary.points", Kind::Count(2, 1_000), "points from one end to the other").unit("points").default("11"),
    //
    Key::new("program", Kind::Tables, "a training program of one's own, or a built-in one changed for this file"),
    Key::new("program.name", Kind::Line, "its name; with the name of a built-in program, that program with the keys given here changed").required(),
    an_effect("program.regulation", "attention_regulation, reappraisal and vagal_tone together; one of these set beside it goes before it"),
    an_effect("program.affective_sharing", "what the program does to affective sharing"),
    an_effect("program.motor_resonance", "what the program does to motor resonance"),
    an_effect("program.perspective_taking", "what the program does to perspective taking"),
    an_effect("program.self_other_distinction", "what the program does to self–other distinction"),
    an_effect("program.attention_regulation", "what the program does to attention regulation"),
    an_effect("program.reappraisal", "what the program does to reappraisal"),
    an_effect("program.vagal_tone", "what the program does to vagal tone"),
    an_effect("program.compassion_motive", "what the program does to compassion motive"),
    an_effect("program.malleability_belief", "what the program does to malleability belief"),
    an_effect("program.low_mood", "what the program does to low mood"),
    an_effect("program.need_threshold", "what the program does to need threshold"),
    an_effect("program.readiness_to_act", "what the program does to readiness to act"),
    Key::new("program.<trait>.shift", SCORE, "change at full dose").unit("SD of the single-encounter state").required(),
    Key::new("program.<trait>.onset", Kind::Choice(Onset::WORDS), "whether the change comes with the first hours or only with extensive practice; in a built-in program as there").default("\"early\""),
    Key::new("program.hours_to_63_percent", Kind::Number(Interval::above(0.0, 100_000.0)), "practised hours after which 63 % of the change is reached").unit("h").default("7.0"),
    Key::new("program.half_life_weeks", Kind::Number(Interval::above(0.0, 100_000.0)), "time without practice after which half of the change is lost").unit("weeks").default("52.0"),
    //
    Key::new("timeline", Kind::Table, "weeks with measurements before, during and after training; everyday life goes on between them"),
    Key::new("timeline.weeks", Kind::Number(Interval::above(0.0, MOST_WEEKS)), "weeks of the study, from the first practice on, without follow-ups").unit("weeks").required(),
    Key::new("timeline.measure_at", Kind::Numbers(WEEKS), "when the scene is met, rising: 0 before practice; later than `weeks`, a follow-up")
        .unit("weeks")
        .required(),
    //
    Key::new("exposures", Kind::Table, "encounters in a row before the scene, such as a shift on a ward; with [timeline], on every working day; without it no day passes, so that they tire and nothing that takes weeks (burnout, satisfaction, connectedness) changes"),
    Key::new("exposures.count", Kind::Count(1, MOST_EXPOSURES), "how many").unit("encounters").required(),
    Key::new("exposures.spacing_hours", Kind::Number(Interval::closed(0.0, 8_760.0)), "from one to the next, and from the last to the scene").unit("h").required(),
    Key::new("exposures.situation", Kind::Like("situation"), "what is different in them from the scene of the condition"),
    //
    Key::new("community", Kind::Table, "people who know each other, day after day: `run.agents` people in each of `run.replicates` communities; instead of [timeline]"),
    Key::new("community.weeks", Kind::Count(1, MOST_COMMUNITY_WEEKS), "weeks that are lived, from the first practice on; a quarter of a year lies before them").unit("weeks").required(),
    Key::new("community.measure_every_weeks", Kind::Count(1, MOST_COMMUNITY_WEEKS), "how often everybody meets the scene and fills in questionnaires").unit("weeks").default("1"),
    Key::new("community.layer", Kind::Tables, "who knows whom: friends, a ward, a street"),
    Key::new("community.layer.name", Kind::Line, "name, unique among layers and needs").required(),
    Key::new("community.layer.network", Kind::Choice(NetworkWord::WORDS), "how its ties come about")
        .required()
        .anchors("small_world: a ring, some ties of which are led elsewhere · random: each pair with the same chance · scale_free: newcomers tie themselves to those who have many ties · groups: everybody within groups of one size · blocks: each pair with a chance that is larger within a block · ring: to the nearest on a circle · complete: everybody with everybody · file: as observed · strangers: no ties; those at hand are anybody"),
    Key::new("community.layer.degree", Kind::Number(Interval::above(0.0, 1e6)), "ties of a person, on average; of small_world, ring and scale_free an even number").unit("ties").needs("network"),
    Key::new("community.layer.rewire", SHARE, "share of the ties of a small world that are led elsewhere").unit("1").default("0.1"),
    Key::new("community.layer.size", Kind::Count(2, 1_000_000), "people in a group, or in a block").unit("people").needs("network"),
    Key::new("community.layer.within", SHARE, "share of the ties of blocks that stay within the block").unit("1").default("0.8"),
    Key::new("community.layer.path", Kind::Line, "file of ties, seen from this file: the columns from, to and, if wanted, weight, people numbered from 0; or contacts `time person person`").needs("network"),
    Key::new("community.layer.closeness", SHARE, "closeness of two who are tied, with the anchors of situation.closeness; of strangers, to whoever they meet").unit("1").default("0.4"),
    Key::new("community.layer.contacts_per_day", Kind::Number(Interval::closed(0.0, 1_000.0)), "ties of this layer that a person meets on a day, on average").unit("people").default("1.0"),
    Key::new("community.need", Kind::Tables, "what happens to people, how often, and who is at hand"),
    Key::new("community.need.name", Kind::Line, "name, unique among layers and needs").required(),
    Key::new("community.need.per_person_per_week", Kind::Number(Interval::closed(0.0, 7.0)), "how often it happens to a person; at most once a day").unit("1/week").required(),
    Key::new("community.need.layer", Kind::Line, "the layer from which those at hand come: some of those whom the person meets on that day").required(),
    Key::new("community.need.witnesses", Kind::Number(Interval::closed(0.0, 1_000.0)), "how many are at hand, on average; it may be that nobody is").unit("people").required(),
    Key::new("community.need.situation", Kind::Like("situation"), "what they meet; its closeness is that of each tie, and those at hand see each other unless bystander_behaviour says otherwise"),
    //
    Key::new("exchange", Kind::Table, "giving and taking: two meet round after round, each round is the scene, and to help is to give; instead of [timeline], [exposures] and [community]"),
    Key::new("exchange.rounds", Kind::Count(1, MOST_ROUNDS), "how many rounds; the contrasts of the file compare the last of them").unit("rounds"),
    Key::new("exchange.continue", Kind::Number(Interval::closed(0.01, 0.97)), "or the chance with which each round is followed by another; a round counts as often as it is played").unit("1"),
    Key::new("exchange.benefit", Kind::Number(Interval::closed(1.0, 100.0)), "what a gift brings the other, for 1 given").unit("1").default("2.0"),
    Key::new("exchange.noise", Kind::Number(Interval::closed(0.0, 0.5)), "how often a decision comes out as its opposite, as everybody knows").unit("1").default("0.0"),
    Key::new("exchange.partner", Kind::Choice(Partner::WORDS), "with whom")
        .default("\"same\"")
        .anchors("same: with another person of the condition · tit_for_tat: does what one did in the round before · generous_tit_for_tat: and gives after a refusal in one of three rounds · win_stay_lose_shift: goes on as before where one gave, otherwise does the opposite · always_give · never_give"),
];

const COUNT: usize = BEFORE.len() + Situation::ROWS.len() + AFTER.len();

/// Every key of a scenario file.
pub const KEYS: &[Key] = &{
    let mut keys = [BEFORE[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        keys[at] = if at < BEFORE.len() {
            BEFORE[at]
        } else if at < BEFORE.len() + Situation::ROWS.len() {
            Situation::ROWS[at - BEFORE.len()].key
        } else {
            AFTER[at - BEFORE.len() - Situation::ROWS.len()]
        };
        at += 1;
    }
    keys
};
