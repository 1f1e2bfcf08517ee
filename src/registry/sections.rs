//! What the rows of `comparison.csv` are about, and where `summary.json` says the same.

use super::list::list;

/// What is said of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionRow {
    /// The word in the table.
    pub key: &'static str,
    /// Its place under `comparison` (or beside it: `differences`) in summary.json.
    pub in_json: &'static str,
    /// The unit of its values.
    pub unit: &'static str,
    /// What they mean.
    pub meaning: &'static str,
}

list! {
    /// What a row of comparison.csv can be about.
    Section: SectionRow {
        Share = SectionRow {
            key: "share",
            in_json: "pairs[].share",
            unit: "share of people",
            meaning: "people, or groups, who helped in both conditions, only in `condition`, only in `compared_with`, or in neither",
        },
        Difference = SectionRow {
            key: "difference",
            in_json: "pairs[].difference and pairs[].measures",
            unit: "unit of the measure",
            meaning: "`condition` minus `compared_with` within the same people: helped (share of people) and the means of the other measures",
        },
        WhoHelpsOnlyInCondition = SectionRow {
            key: "who_helps_only_in_condition",
            in_json: "pairs[].who_helps_only_in_condition",
            unit: "SD",
            meaning: "by how many pooled SD those who help only in `condition` exceed those for whom nothing changes, in a trait or questionnaire scale before training",
        },
        WhoHelpsOnlyInComparedWith = SectionRow {
            key: "who_helps_only_in_compared_with",
            in_json: "pairs[].who_helps_only_in_compared_with",
            unit: "SD",
            meaning: "the same for those who help only in `compared_with`",
        },
        MeasureShare = SectionRow {
            key: "measure_share",
            in_json: "pairs[].asked.share",
            unit: "share of people",
            meaning: "where the file's first contrast between the two names another measure, or another week, than helping at the moment that stands for the whole: people in whom it is higher in `condition` than in `compared_with` by more than 0.2 SD (of a yes or no: only there), lower, or about the same",
        },
        MeasureDifference = SectionRow {
            key: "measure_difference",
            in_json: "pairs[].asked.difference",
            unit: "unit of the measure",
            meaning: "that measure: `condition` minus `compared_with` within the same people",
        },
        MeasureSd = SectionRow {
            key: "measure_sd",
            in_json: "pairs[].asked.sd",
            unit: "unit of the measure",
            meaning: "its SD between people, pooled over the two conditions",
        },
        MeasureDifferenceInSd = SectionRow {
            key: "measure_difference_in_sd",
            in_json: "pairs[].asked.difference_in_sd",
            unit: "SD",
            meaning: "measure_difference over measure_sd",
        },
        WhoseMeasureIsHigher = SectionRow {
            key: "whose_measure_is_higher",
            in_json: "pairs[].asked.whose_measure_is_higher",
            unit: "SD",
            meaning: "by how many pooled SD those in whom the measure is higher in `condition` exceed all others, in a trait or questionnaire scale before training",
        },
        WhoseMeasureIsLower = SectionRow {
            key: "whose_measure_is_lower",
            in_json: "pairs[].asked.whose_measure_is_lower",
            unit: "SD",
            meaning: "the same for those in whom it is lower",
        },
        PathSwappedInAlone = SectionRow {
            key: "path_swapped_in_alone",
            in_json: "pairs[].paths.each.*.swapped_in_alone",
            unit: "share of people or unit of the measure",
            meaning: "what the difference would be (in helping, or in the measure named in the column `measure`) if only this path were as in `condition`",
        },
        PathSwappedBack = SectionRow {
            key: "path_swapped_back",
            in_json: "pairs[].paths.each.*.swapped_back",
            unit: "share of people or unit of the measure",
            meaning: "what is lost of the difference if this path alone is as in `compared_with`",
        },
        PathMeanOfOrders = SectionRow {
            key: "path_mean_of_orders",
            in_json: "pairs[].paths.each.*.mean_of_orders",
            unit: "share of people or unit of the measure",
            meaning: "what this path adds, averaged over all orders in which the paths could be swapped in; these add up to the difference",
        },
        PathShare = SectionRow {
            key: "path_share",
            in_json: "pairs[].paths.each.*.share",
            unit: "share of the difference",
            meaning: "path_mean_of_orders over the difference; empty where the difference cannot be told from 0",
        },
        PathInterplay = SectionRow {
            key: "path_interplay",
            in_json: "pairs[].paths.interplay",
            unit: "share of people or unit of the measure",
            meaning: "the difference minus all of path_swapped_in_alone: what the paths do only together, or twice over",
        },
        FeelingSwappedInAlone = SectionRow {
            key: "feeling_swapped_in_alone",
            in_json: "pairs[].feelings.each.*.swapped_in_alone",
            unit: "share of people or unit of the measure",
            meaning: "what the difference in helping, or in the amount given, would be if people decided with this feeling of `condition` and everything else of `compared_with`",
        },
        FeelingSwappedBack = SectionRow {
            key: "feeling_swapped_back",
            in_json: "pairs[].feelings.each.*.swapped_back",
            unit: "share of people or unit of the measure",
            meaning: "what is lost of the difference if people decide with this feeling of `compared_with` and everything else of `condition`",
        },
        FeelingMeanOfOrders = SectionRow {
            key: "feeling_mean_of_orders",
            in_json: "pairs[].feelings.each.*.mean_of_orders",
            unit: "share of people or unit of the measure",
            meaning: "what this feeling adds, averaged over all orders in which they could be swapped in; these add up to the difference",
        },
        FeelingShare = SectionRow {
            key: "feeling_share",
            in_json: "pairs[].feelings.each.*.share",
            unit: "share of the difference",
            meaning: "feeling_mean_of_orders over the difference; empty where the difference cannot be told from 0",
        },
        FeelingInterplay = SectionRow {
            key: "feeling_interplay",
            in_json: "pairs[].feelings.interplay",
            unit: "share of people or unit of the measure",
            meaning: "the difference minus all of feeling_swapped_in_alone",
        },
        DifferenceWithout = SectionRow {
            key: "difference_without",
            in_json: "pairs[].without.*.difference",
            unit: "share of people or unit of the measure",
            meaning: "the difference (in helping, or in the measure named) with this mechanism of the model knocked out in both conditions",
        },
        DifferenceWithoutMinusWhole = SectionRow {
            key: "difference_without_minus_whole",
            in_json: "pairs[].without.*.minus_whole",
            unit: "share of people or unit of the measure",
            meaning: "by how much that exceeds the difference of the whole model",
        },
        PartLeftWithout = SectionRow {
            key: "part_left_without",
            in_json: "pairs[].without.*.part_left",
            unit: "share of the difference",
            meaning: "difference_without over the difference of the whole model; empty where the latter cannot be told from 0",
        },
        AskedDifference = SectionRow {
            key: "asked_difference",
            in_json: "differences[]",
            unit: "unit of the measure",
            meaning: "`condition` minus `compared_with` within the same people, in a measure and at the moments that contrasts of the file name; conditions that contrasts link are all compared with one of them; of two weeks of one condition both names are the same; n is the number of people measured in both",
        },
        AskedDifferenceBetween = SectionRow {
            key: "asked_difference_between",
            in_json: "differences[]",
            unit: "unit of the measure",
            meaning: "the same where people are not the same (another selection or unit) or where groups do something: with the interval of two independent samples; n is the number of people or groups in `condition`",
        },
        StudyPower = SectionRow {
            key: "study_power",
            in_json: "studies.questions[].power",
            unit: "share of studies",
            meaning: "studies that reach p < .05 on the measure named; n is the number of studies, here and in the rows on d",
        },
        StudyD = SectionRow {
            key: "study_d",
            in_json: "studies.questions[].d",
            unit: "SD",
            meaning: "median standardised difference of the studies; lower and upper enclose the middle 95 % of them",
        },
        StudyDIfSignificant = SectionRow {
            key: "study_d_if_significant",
            in_json: "studies.questions[].mean_d_if_significant",
            unit: "SD",
            meaning: "mean standardised difference of the studies that reach p < .05",
        },
        PublishedD = SectionRow {
            key: "published_d",
            in_json: "studies.questions[].published.d",
            unit: "SD",
            meaning: "the published standardised difference with its 95 % interval where it can be told",
        },
        StudyAsLargeAsPublished = SectionRow {
            key: "study_as_large_as_published",
            in_json: "studies.questions[].as_large_as_published",
            unit: "share of studies",
            meaning: "studies that find at least the published standardised difference, in its direction",
        },
    }
}
