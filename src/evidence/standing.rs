//! Where the numbers of a file come from, as its comments say.

use serde::Serialize;

/// How many numbers of a file were read in a source, and how many not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Standing {
    /// Read in a source.
    pub read: usize,
    /// From memory, wholly or in part.
    pub from_memory: usize,
    /// Where the file does not say.
    pub unstated: usize,
    /// Remarks that something, for instance a sample size or how a total splits into cells, is assumed or inferred.
    pub assumed: usize,
}

impl Standing {
    /// Counts the lines `# standing…: …` and the remarks of assumed numbers in a text with so many counted cells and contrasts.
    ///
    /// Each cell has a line of its own; contrasts share one for each finding.
    pub fn of(text: &str, cells: usize, contrasts: usize) -> Self {
        let mut standing = Self::default();
        for line in text.lines() {
            let Some((head, rest)) = line.strip_prefix("# ").and_then(|it| it.split_once(':')) else {
                continue;
            };
            let rest = rest.to_lowercase();
            if ["assumed", "inferred", "equal split"]
                .iter()
                .any(|it| rest.contains(it))
            {
                standing.assumed += 1;
            }
            if head.starts_with("standing") {
                if ["memory", "mixed"].iter().any(|it| rest.contains(it)) {
                    standing.from_memory += 1;
                } else {
                    standing.read += 1;
                }
            }
        }
        let stated = standing.read + standing.from_memory;
        standing.unstated = cells.saturating_sub(stated) + if stated == 0 { contrasts } else { 0 };
        standing
    }

    /// With the numbers of another file.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            from_memory: self.from_memory + other.from_memory,
            unstated: self.unstated + other.unstated,
            assumed: self.assumed + other.assumed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_by_what_they_say() {
        let text = "# experiment: from memory, one would think\n\
            # standing: from memory, high confidence\n\
            # standing: read in a stored source\n\
            # note: n per cell inferred from the printed proportions\n\
            # standing (kirby2017): MIXED\n\
            # standing: read in a stored source (row totals; cells from equal split)\n\
            observed = 1 # standing: not at the start\n";
        let expected = Standing {
            read: 2,
            from_memory: 2,
            unstated: 1,
            assumed: 2,
        };
        assert_eq!(Standing::of(text, 5, 7), expected);
        assert_eq!(Standing::of("", 3, 2).unstated, 5);
        assert_eq!(expected.plus(expected).from_memory, 4);
    }
}
