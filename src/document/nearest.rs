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
    let most = (word.len() / 3).clamp(1, 4);
    choices
        .into_iter()
        .filter(|it| it.len() <= LONGEST)
        .filter_map(|it| Some((distance(&word, &plain(it), most)?, it)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// How many letters two words are apart (optimal string alignment), if that are at most so many.
///
/// Only so many places beside the diagonal are looked at: what lies farther away costs more.
fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let far = most + 1;
    let first: Vec<usize> = (0..=other.len()).collect();
    let (mut before, mut above) = (vec![far; other.len() + 1], first);
    for (row, letter) in (1..).zip(one) {
        let mut here = vec![far; other.len() + 1];
        here[0] = row;
        for column in row.saturating_sub(most).max(1)..=(row + most).min(other.len()) {
            let replaced = above[column - 1] + usize::from(*letter != other[column - 1]);
            let least = replaced.min(above[column] + 1).min(here[column - 1] + 1);
            let is_swap = row > 1 && column > 1 && *letter == other[column - 2] && one[row - 2] == other[column - 1];
            here[column] = if is_swap {
                least.min(before[column - 2] + 1)
            } else {
                least
            };
        }
        if here.iter().all(|it| *it > most) {
            return None;
        }
        (before, above) = (above, here);
    }
    Some(above[other.len()]).filter(|it| *it <= most)
}

fn plain(word: &str) -> Vec<char> {
    word.trim()
        .chars()
        .map(|it| if matches!(it, '-' | ' ') { '_' } else { it })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn what_is_near_is_as_near_as_a_search_everywhere_finds(one in "[a-d_]{0,12}", other in "[a-d_]{0,12}", most in 1..5_usize) {
            let everywhere = strsim::osa_distance(&one, &other);
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            let near = distance(&letters(&one), &letters(&other), most);
            prop_assert_eq!(near, Some(everywhere).filter(|it| *it <= most));
        }
    }
}
