//! The right word for a misspelt one.

/// The choice that a word is most likely a misspelling of; `None` if nothing is near.
///
/// Near means: the same but for case, hyphens and blanks, or at most a third of its letters away
/// (insertions, deletions, replacements and swaps of neighbours; at least one, at most four).
pub fn nearest<'c>(word: &str, choices: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 80;
    if word.len() > LONGEST {
        return None;
    }
    let word = plain(word);
    let length = word.chars().count();
    let most = (length / 3).clamp(1, 4);
    choices
        .into_iter()
        .filter(|it| it.len() <= LONGEST)
        .map(|it| (plain(it), it))
        // Words whose lengths differ by more are farther apart than that.
        .filter(|(plain, _)| plain.chars().count().abs_diff(length) <= most)
        .map(|(plain, it)| (strsim::damerau_levenshtein(&word, &plain), it))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

fn plain(word: &str) -> String {
    word.trim()
        .chars()
        .map(|it| if matches!(it, '-' | ' ') { '_' } else { it })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const KEYS: [&str; 5] = ["need", "vividness", "window_s", "bystanders", "bystander_behaviour"];

    #[test]
    fn slips_of_the_finger_and_other_spellings_find_their_key() {
        for (word, meant) in [
            ("nede", "need"),
            ("Need", "need"),
            ("vivdness", "vividness"),
            ("window-s", "window_s"),
            ("window", "window_s"),
            ("bystander", "bystanders"),
            ("bystander_behavior", "bystander_behaviour"),
        ] {
            assert_eq!(nearest(word, KEYS), Some(meant), "{word}");
        }
    }

    #[test]
    fn what_is_far_from_every_key_finds_none() {
        for word in ["", "x", "cost", "temperature", &"need".repeat(1_000)] {
            assert_eq!(nearest(word, KEYS), None, "{word}");
        }
    }
}
