//! What the rows of `comparison.csv` mean, and where `summary.json` says the same.

/// File name of the codebook.
const CODEBOOK: &str = "comparison_codebook.csv";

/// What a row of comparison.csv can be about: section, place under `comparison` (or beside it: `differences`) in summary.json, unit, meaning.
pub(super) const SECTIONS: &[(&str, &str, &str, &str)] = &[
    (
        "share",
        "pairs[].share",
        "share of people",
        "people, or groups, who helped in both conditions, only in `condition`, only in `compared_with`, or in neither",
    ),
    (
        "difference",
        "pairs[].difference and pairs[].measures",
        "unit of the measure",
        "`condition` minus `compared_with` within the same people: helped (share of people) and the means of the other measures",
    ),
    (
        "who_helps_only_in_condition",
        "pairs[].who_helps_only_in_condition",
        "SD",
        "by how many pooled SD those who help only in `condition` exceed those for whom nothing changes, in a trait or questionnaire scale before training",
    ),
    (
        "who_helps_only_in_compared_with",
        "pairs[].who_helps_only_in_compared_with",
        "SD",
        "the same for those who help only in `compared_with`",
    ),
    (
        "measure_share",
        "pairs[].asked.share",
        "share of people",
        "where the file's first contrast between the two names another measure, or another week, than helping at the moment that stands for the whole: people in whom it is higher in `condition` than in `compared_with` by more than 0.2 SD (of a yes or no: only there), lower, or about the same",
    ),
    (
        "measure_difference",
        "pairs[].asked.difference",
        "unit of the measure",
        "that measure: `condition` minus `compared_with` within the same people",
    ),
    (
        "measure_sd",
        "pairs[].asked.sd",
        "unit of the measure",
        "its SD between people, pooled over the two conditions",
    ),
    (
        "measure_difference_in_sd",
        "pairs[].asked.difference_in_sd",
        "SD",
        "measure_difference over measure_sd",
    ),
    (
        "whose_measure_is_higher",
        "pairs[].asked.whose_measure_is_higher",
        "SD",
        "by how many pooled SD those in whom the measure is higher in `condition` exceed all others, in a trait or questionnaire scale before training",
    ),
    (
        "whose_measure_is_lower",
        "pairs[].asked.whose_measure_is_lower",
        "SD",
        "the same for those in whom it is lower",
    ),
    (
        "path_swapped_in_alone",
        "pairs[].paths.each.*.swapped_in_alone",
        "share of people or unit of the measure",
        "what the difference would be (in helping, or in the measure named in the column `measure`) if only this path were as in `condition`",
    ),
    (
        "path_swapped_back",
        "pairs[].paths.each.*.swapped_back",
        "share of people or unit of the measure",
        "what is lost of the difference if this path alone is as in `compared_with`",
    ),
    (
        "path_mean_of_orders",
        "pairs[].paths.each.*.mean_of_orders",
        "share of people or unit of the measure",
        "what this path adds, averaged over all orders in which the paths could be swapped in; these add up to the difference",
    ),
    (
        "path_share",
        "pairs[].paths.each.*.share",
        "share of the difference",
        "path_mean_of_orders over the difference; empty where the difference cannot be told from 0",
    ),
    (
        "path_interplay",
        "pairs[].paths.interplay",
        "share of people or unit of the measure",
        "the difference minus all of path_swapped_in_alone: what the paths do only together, or twice over",
    ),
    (
        "feeling_swapped_in_alone",
        "pairs[].feelings.each.*.swapped_in_alone",
        "share of people or unit of the measure",
        "what the difference in helping, or in the amount given, would be if people decided with this feeling of `condition` and everything else of `compared_with`",
    ),
    (
        "feeling_swapped_back",
        "pairs[].feelings.each.*.swapped_back",
        "share of people or unit of the measure",
        "what is lost of the difference if people decide with this feeling of `compared_with` and everything else of `condition`",
    ),
    (
        "feeling_mean_of_orders",
        "pairs[].feelings.each.*.mean_of_orders",
        "share of people or unit of the measure",
        "what this feeling adds, averaged over all orders in which they could be swapped in; these add up to the difference",
    ),
    (
        "feeling_share",
        "pairs[].feelings.each.*.share",
        "share of the difference",
        "feeling_mean_of_orders over the difference; empty where the difference cannot be told from 0",
    ),
    (
        "feeling_interplay",
        "pairs[].feelings.interplay",
        "share of people or unit of the measure",
        "the difference minus all of feeling_swapped_in_alone",
    ),
    (
        "difference_without",
        "pairs[].without.*.difference",
        "share of people or unit of the measure",
        "the difference (in helping, or in the measure named) with this mechanism of the model knocked out in both conditions",
    ),
    (
        "difference_without_minus_whole",
        "pairs[].without.*.minus_whole",
        "share of people or unit of the measure",
        "by how much that exceeds the difference of the whole model",
    ),
    (
        "part_left_without",
        "pairs[].without.*.part_left",
        "share of the difference",
        "difference_without over the difference of the whole model; empty where the latter cannot be told from 0",
    ),
    (
        "asked_difference",
        "differences[]",
        "unit of the measure",
        "`condition` minus `compared_with` within the same people, in a measure and at the moments that contrasts of the file name; conditions that contrasts link are all compared with one of them; of two weeks of one condition both names are the same; n is the number of people measured in both",
    ),
    (
        "asked_difference_between",
        "differences[]",
        "unit of the measure",
        "the same where people are not the same (another selection or unit) or where groups do something: with the interval of two independent samples; n is the number of people or groups in `condition`",
    ),
    (
        "study_power",
        "studies.questions[].power",
        "share of studies",
        "studies that reach p < .05 on the measure named; n is the number of studies, here and in the rows on d",
    ),
    (
        "study_d",
        "studies.questions[].d",
        "SD",
        "median standardised difference of the studies; lower and upper enclose the middle 95 % of them",
    ),
    (
        "study_d_if_significant",
        "studies.questions[].mean_d_if_significant",
        "SD",
        "mean standardised difference of the studies that reach p < .05",
    ),
    (
        "published_d",
        "studies.questions[].published.d",
        "SD",
        "the published standardised difference with its 95 % interval where it can be told",
    ),
    (
        "study_as_large_as_published",
        "studies.questions[].as_large_as_published",
        "share of studies",
        "studies that find at least the published standardised difference, in its direction",
    ),
];

/// The file that explains comparison.csv: name and content.
pub fn comparison_codebook() -> (&'static str, String) {
    let mut text = String::from("section,in_summary_json,unit,meaning\n");
    for (section, place, unit, meaning) in SECTIONS {
        let under = if place.starts_with("differences") {
            ""
        } else {
            "comparison."
        };
        text += &format!("{section},{under}{place},{unit},\"{meaning}\"\n");
    }
    (CODEBOOK, text)
}
