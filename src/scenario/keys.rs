//! Every key of a scenario file, in the order a reader should meet them.
//!
//! Reader, `simulate keys`, JSON Schema and template follow from this one list, so none can drift.
//! `<trait>` stands for `regulation` or any of the twelve traits, which have the same keys below them.

use super::choice::{MECHANISMS, NetworkWord, UnitWord};
use super::{Direction, Dominant, Who};
use crate::document::{Choice, Interval, Key, Kind};
use crate::model::situation::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective};
use crate::model::training::Onset;
use crate::registry::Measure;

/// The most people of a condition, over all replicates (2³¹).
pub const MOST_PEOPLE: u64 = 1 << 31;

/// The largest seed (2⁵³ − 1): every reader of JSON and every spreadsheet keeps whole numbers up to here, and none further.
pub const LARGEST_SEED: u64 = (1 << 53) - 1;

/// The most conditions, contrasts or programs of one file.
pub const MOST_TABLES: usize = 4_096;

/// The most weeks of a community: as many as have an address of their own (two centuries of days are beyond any of its questions).
pub const MOST_COMMUNITY_WEEKS: u64 = 1_000;

/// The most encounters in a row.
pub const MOST_EXPOSURES: u64 = 1_000;

/// The most measurements of a timeline.
pub const MOST_MEASUREMENTS: usize = 200;

const SHARE: Kind = Kind::Number(Interval::closed(0.0, 1.0));
/// Beyond 10 standard deviations there is nobody, and exponentials of scores overflow.
const SCORE: Kind = Kind::Number(Interval::closed(-10.0, 10.0));
const SPREAD: Kind = Kind::Number(Interval::closed(0.0, 10.0));
/// A hundred years.
const WEEKS: Interval = Interval::closed(0.0, 5_200.0);
const HOURS: Interval = Interval::closed(0.0, 5_200.0 * 168.0);
/// Larger than any mean of any measure.
const ANY: f64 = 1e9;
const PEOPLE: Kind = Kind::Count(1, 1_000_000_000);

/// A share with default 0.
const fn share(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, SHARE, meaning).unit("1").default("0.0")
}

/// How a population differs in a trait.
const fn a_trait(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, Kind::Like("population.<trait>"), meaning)
}

/// What a program does to a trait.
const fn an_effect(path: &'static str, meaning: &'static str) -> Key {
    Key::new(path, Kind::Like("program.<trait>"), meaning)
}

/// Every key of a scenario file.
pub const KEYS: &[Key] = &[
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
    a_trait("population.affective_sharing", "how strongly another's feeling is shared"),
    a_trait("population.motor_resonance", "how well expressions are read"),
    a_trait("population.perspective_taking", "how well another's view is understood"),
    a_trait("population.self_other_distinction", "how well own and other's feeling are kept apart"),
    a_trait("population.attention_regulation", "how well attention is steered"),
    a_trait("population.reappraisal", "how well feelings are reframed"),
    a_trait("population.vagal_tone", "how fast arousal comes down"),
    a_trait("population.compassion_motive", "how readily compassion is felt"),
    a_trait("population.malleability_belief", "the belief that empathy can be cultivated"),
    a_trait("population.low_mood", "depressive symptoms"),
    a_trait("population.need_threshold", "how much evidence it takes to see a need"),
    a_trait("population.readiness_to_act", "how readily one acts, whatever one feels"),
    Key::new("population.<trait>.mean", SCORE, "mean of the trait").unit("population SD from the norm").default("0.0"),
    Key::new("population.<trait>.sd", SPREAD, "spread of the trait; 0 makes everybody alike").unit("population SD").default("1.0"),
    //
    Key::new("situation", Kind::Table, "the scene, shared by all conditions; a condition overrides single keys"),
    share("situation.need", "how badly off the other is, if things are as they appear")
        .default("0.5")
        .anchors("0.2 dropped pens, a lost letter · 0.3 favour without urgency, or for a cause · 0.4 favour with some urgency · 0.5 slumped, on crutches, books spilled by somebody with a cast · 0.55 sprain · 0.6 accident with months of catching up, a fall in the next room, smoke, a quarrel · 0.7 collapse, assault, injury with no sign of life · 0.8 repeated painful shocks, a fatal disease · 0.85 collapse with blood · 1 seizure, life at risk"),
    share("situation.vividness", "the channel by which the need (for a request: the asker) reaches the person")
        .default("0.6")
        .anchors("0 not at all · 0.3 a note · 0.5 a recording · 0.6 live voice through a wall or intercom · 0.8 on a screen, or seen within about 10 m · 0.9 in the same small room · 1 addressed directly, within reach"),
    share("situation.ambiguity", "how readily the cues allow \"nothing is wrong\"")
        .default("0.2")
        .anchors("0 need stated in words or explicit request · 0.1 visible injury and cry · 0.2 an intelligible plea among odd sounds · 0.3 a cry heard, nothing seen · 0.5 only a crash heard; may be drunk, may be ill · 0.7 smoke that may be steam · 0.8 a faint odd noise · 1 no sign of need"),
    share("situation.closeness", "closeness of the one in need, at the level of identity that the procedure makes salient")
        .default("0.4")
        .anchors("0.1 rival group, very dissimilar · 0.3 anonymous, neither seen nor heard · 0.4 stranger of one's own kind, unmarked · 0.5 one trivial likeness, same class; a salient common group with a rival subgroup · 0.65 in-group made salient, similar on many attitudes · 0.8 friend · 1 own child"),
    share("situation.blame", "how far the need is the victim's own doing")
        .anchors("0.3 mutual or unknown fault in a conflict · 0.5 partly (smells of alcohol) · 1 entirely, or has just wronged me"),
    Key::new("situation.perspective", Kind::Choice(Perspective::WORDS), "how the person was asked to look at the scene")
        .default("\"natural\"")
        .anchors("natural: no instruction · objective: asked to stay detached · imagine_other: asked to imagine how the other feels · imagine_self: asked to imagine how they themselves would feel"),
    share("situation.escape", "how easily exposure to this person, now and later, ends without helping")
        .default("0.5")
        .anchors("0 must stay to the end, or will go on meeting them · 0.2 confined together for a minute · 0.3 refuse to the face, or a session one may not simply leave · 0.5 unseen, can be ignored · 0.9 may leave after a short obligatory part · 1 walk on"),
    share("situation.cost", "cost of the cheapest act that counts; the largest component, not the sum; without lateness")
        .default("0.3")
        .anchors("0.1 a few seconds · 0.15 pick up, hold, post · 0.25 a minute, a seat, fetching somebody · 0.35 20–30 min · 0.4 30–60 min · 0.5 hours, or mild shocks · 0.6 disgust, verbal confrontation · 0.75 physical confrontation · 0.9 clearly painful shocks · 1 danger to life"),
    share("situation.efficacy", "how sure it is that the act helps")
        .default("0.8")
        .anchors("0.5 a drop in the ocean, may fail · 0.8 usual · 1 certain by design (taking the place, giving the seat)"),
    Key::new("situation.bystanders", Kind::Count(0, 10_000), "others believed aware and able, besides the person, the victim and the parties of a conflict; with unit = \"group\" those beyond the group")
        .unit("people")
        .default("0"),
    Key::new("situation.bystander_behaviour", Kind::Choice(BystanderBehaviour::WORDS), "what can be seen of those others; irrelevant if there are none")
        .default("\"unseen\"")
        .anchors("unseen: known to be there, recordings · passive: seen doing nothing · free: real others who decide, reactions visible · hidden: real others who decide, reactions not visible"),
    Key::new("situation.urging", Kind::Number(Interval::closed(-1.0, 1.0)), "what another who is present says about it: waves it off, or urges to act")
        .unit("1")
        .default("0.0")
        .anchors("-1 says that nothing is wrong, or that it is nobody's business here · -0.5 shrugs it off, or leaves it to others · 0 says nothing · 0.5 points it out · 1 calls it a duty, or urges to act"),
    share("situation.occupied", "how far something else takes attention; pressure of time is haste")
        .anchors("0.3 between two tasks, or in a conversation · 0.5 a questionnaire, a survey, driving · 0.8 hands full, or headphones on · 1 absorbed, so that hardly anything else comes through"),
    share("situation.haste", "pressure from another engagement")
        .anchors("0.2 time to spare, but what waits matters · 0.5 on time, should go · 0.6 wants to get away (noise, heat) · 0.7 hurried, nothing important waits · 1 late, and somebody waits"),
    Key::new("situation.mood", Kind::Number(Interval::closed(-1.0, 1.0)), "mood before the scene")
        .unit("1")
        .default("0.0")
        .anchors("±0.3 trivial · ±0.6 a small gift or setback (a coin, a cookie) · ±1 a major event"),
    share("situation.guilt", "guilt before the scene")
        .anchors("0.3 trivial · 0.6 harm done under orders · 1 believes to have caused real harm"),
    share("situation.responsibility", "responsibility laid on this person")
        .anchors("0.3 asked in writing or as one of many · 0.5 asked personally, or competent by training · 1 asked, and promised"),
    share("situation.evaluation", "how far others would know, and judge")
        .default("0.3")
        .anchors("0.1 anonymous · 0.2 a private form read later · 0.3 only the victim or an unseen experimenter · 0.5 visible others, or refusing to the face · 1 told that one is judged"),
    Key::new("situation.victims", Kind::Count(1, 1_000_000_000), "number of people in need").unit("people").default("1"),
    Key::new("situation.emotion_label", Kind::Choice(EmotionLabel::WORDS), "the feeling that the setting makes people notice in themselves, or by which a subgroup was selected")
        .default("\"none\""),
    share("situation.exclusion", "how far the person has just been shut out by others")
        .anchors("1 has just been shut out by a group"),
    Key::new("situation.window_s", Kind::Number(Interval::above(0.0, 3_600.0)), "time from the first cue until helping is impossible or recording ends")
        .unit("s")
        .default("30.0")
        .anchors("15–20 passing by (seconds in view) · 30 request · 40 decision form · 120 pooled studies"),
    share("situation.perpetrator", "how far somebody is to blame for the other's suffering")
        .anchors("0 nobody did it · 1 a person seen harming on purpose"),
    Key::new("situation.punishing_possible", Kind::Flag, "whether the person can punish the perpetrator").default("false"),
    share("situation.witness_closeness", "closeness of the members of a group of witnesses to each other")
        .default("0.3")
        .anchors("0.3 strangers · 0.8 friends"),
    Key::new("situation.help", Kind::Choice(HelpKind::WORDS), "whether help is an act or a quantity").default("\"yes_no\""),
    Key::new("situation.endowment", Kind::Number(Interval::above(0.0, ANY)), "what a person can give at most, where help is a quantity")
        .unit("endowment_unit")
        .default("1.0"),
    Key::new("situation.counts_from", Kind::Number(Interval::closed(0.0, ANY)), "the least that counts as help, where help is a quantity; 0: anything above nothing")
        .unit("endowment_unit")
        .default("0.0"),
    Key::new("situation.endowment_unit", Kind::Line, "the unit of endowment").default("\"units\""),
    //
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
    Key::new("condition.knockout", Kind::Choices(&MECHANISMS), "mechanisms of the model that are switched off"),
    Key::new("condition.network", SCORE, "how much more connectedness people's network gives from the first week on than it did before; negative: isolation; with [timeline]")
        .unit("SD")
        .default("0.0"),
    Key::new("condition.trained", Kind::Table, "which people of a [community] get the training; without it everybody does"),
    Key::new("condition.trained.share", Kind::Number(Interval::above(0.0, 1.0)), "share of them").unit("1").required(),
    Key::new("condition.trained.who", Kind::Choice(Who::WORDS), "who they are")
        .default("\"random\"")
        .anchors("random: by lot · most_connected: those with the most ties · least_connected: those with the fewest ties · together: whole groups, or neighbourhoods"),
    Key::new("condition.community", Kind::Named(&["community.layer", "community.need"]), "what is different in this condition: single keys of layers and needs, by their names, for instance { ward = { size = 6 } }"),
    Key::new("condition.unit", Kind::Choice(UnitWord::WORDS), "whether a person is counted, or a group of which at least one helped").default("\"person\""),
    Key::new("condition.group_size", Kind::Count(2, 10_000), "people in a group of witnesses").unit("people").needs("unit"),
    Key::new("condition.select", Kind::Table, "counts only some of the people"),
    Key::new("condition.select.dominant", Kind::Choice(Dominant::WORDS), "those in whom this feeling prevails at the decision").required(),
    Key::new("condition.observed", Kind::TableOrTables, "what people did: { helped, of }, or { measure, mean, sd, n }; a list of several where more was observed"),
    Key::new("condition.observed.helped", Kind::Count(0, 1_000_000_000), "how many people or groups helped").needs("of"),
    Key::new("condition.observed.of", PEOPLE, "of how many").needs("helped"),
    Key::new("condition.observed.measure", Kind::Choice(Measure::WORDS), "a measure other than helping").needs("mean"),
    Key::new("condition.observed.mean", Kind::Number(Interval::closed(-ANY, ANY)), "its mean").unit("the measure's").needs("measure"),
    Key::new("condition.observed.sd", Kind::Number(Interval::closed(0.0, ANY)), "its standard deviation between people").unit("the measure's").needs("mean"),
    Key::new("condition.observed.n", PEOPLE, "number of people behind it").unit("people").needs("mean"),
    //
    Key::new("contrast", Kind::Tables, "a difference between two conditions that was published, is claimed, or is only asked for"),
    Key::new("contrast.treatment", Kind::Line, "name of the condition that is expected to differ").required(),
    Key::new("contrast.control", Kind::Line, "name of the condition it is compared with").required(),
    Key::new("contrast.measure", Kind::Choice(Measure::WORDS), "on which measure").required(),
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
    Key::new("timeline.weeks", Kind::Number(Interval::above(0.0, 5_200.0)), "weeks of the study, from the first practice on, without follow-ups").unit("weeks").required(),
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
];
