//! Ties that were observed: a table of who is tied to whom, or a list of contacts.

use super::Ties;

/// What is wrong with a line of a file of ties.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct BadTie {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A fault of one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The number of columns is not that of the first line.
    #[error("has {found} columns where the file has {expected}")]
    Columns {
        /// Columns of this line.
        found: usize,
        /// Columns of the file.
        expected: usize,
    },
    /// Neither a header nor two or three numbers.
    #[error("is neither a tie `from,to` or `from,to,weight`, nor a contact `time person person`")]
    Form,
    /// Not the number of a person.
    #[error("`{0}` is not the number of one of the people, which are numbered from 0 to {1}")]
    Person(String, u32),
    /// Not a weight.
    #[error("`{0}` is not a weight: a number above 0")]
    Weight(String),
    /// Somebody is tied to themselves.
    #[error("person {0} is tied to themselves")]
    Oneself(u32),
    /// The pair has stood in an earlier line.
    #[error("{0} and {1} are tied already, in line {2}")]
    Again(u32, u32, usize),
}

/// How the lines of a file are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `from,to`
    Pairs,
    /// `from,to,weight`
    Weighted,
    /// `time person person`, each as often as they met
    Contacts,
}

/// Most faults that are told of one file.
const TOLD: usize = 10;

/// Reads ties from a table with the columns `from`, `to` and optionally `weight`, or from a list of contacts `time person person` without header.
///
/// Of contacts, the strength of a tie is the number of times that the two met, divided by the mean over ties. Weights are taken as they are.
///
/// # Errors
///
/// The first ten faulty lines, each with what is wrong.
pub fn read(text: &str, people: u32) -> Result<Ties, Vec<BadTie>> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.trim().trim_start_matches('\u{feff}')))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .peekable();
    let form = match lines.peek() {
        None => return Ok(Ties::new(people, Vec::new()).expect("no ties are ties")),
        Some((number, line)) => match cells(line)[..] {
            ["from", "to"] => Form::Pairs,
            ["from", "to", "weight"] => Form::Weighted,
            [_, _, _] if !line.contains([',', ';']) => Form::Contacts,
            _ => {
                return Err(vec![BadTie {
                    line: *number,
                    fault: Fault::Form,
                }]);
            }
        },
    };
    if form != Form::Contacts {
        lines.next();
    }
    let mut faults = Vec::new();
    let mut ties: Vec<(u32, u32, f32, usize)> = Vec::new();
    for (line, content) in lines {
        match tie(content, form, people) {
            Ok((a, b, weight)) => ties.push((a.min(b), a.max(b), weight, line)),
            Err(fault) => faults.push(BadTie { line, fault }),
        }
        if faults.len() == TOLD {
            return Err(faults);
        }
    }
    ties.sort_by_key(|(a, b, _, line)| (*a, *b, *line));
    if form == Form::Contacts {
        ties.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            kept.2 += if same { later.2 } else { 0.0 };
            same
        });
        let mean = ties.iter().map(|tie| f64::from(tie.2)).sum::<f64>() / ties.len().max(1) as f64;
        for tie in &mut ties {
            #[expect(clippy::cast_possible_truncation, reason = "strengths are kept in single precision")]
            {
                tie.2 = (f64::from(tie.2) / mean) as f32;
            }
        }
    }
    for two in ties.windows(2) {
        if (two[0].0, two[0].1) == (two[1].0, two[1].1) {
            let fault = Fault::Again(two[1].0, two[1].1, two[0].3);
            faults.push(BadTie { line: two[1].3, fault });
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|bad| bad.line);
        faults.truncate(TOLD);
        return Err(faults);
    }
    let ties = ties.iter().map(|(a, b, weight, _)| (*a, *b, *weight));
    Ok(Ties::weighted(people, ties).expect("every line has been checked"))
}

fn cells(line: &str) -> Vec<&str> {
    if line.contains([',', ';']) {
        line.split([',', ';'])
            .map(|cell| cell.trim().trim_matches('"'))
            .collect()
    } else {
        line.split_whitespace().collect()
    }
}

fn tie(line: &str, form: Form, people: u32) -> Result<(u32, u32, f32), Fault> {
    let cells = cells(line);
    let expected = if form == Form::Pairs { 2 } else { 3 };
    if cells.len() != expected {
        return Err(Fault::Columns {
            found: cells.len(),
            expected,
        });
    }
    let person = |cell: &str| {
        let number = cell.parse().ok().filter(|number| *number < people);
        number.ok_or_else(|| Fault::Person(cell.to_owned(), people.saturating_sub(1)))
    };
    let (from, to, weight) = match form {
        Form::Pairs => (cells[0], cells[1], 1.0),
        Form::Weighted => {
            let weight = cells[2].parse().ok().filter(|it: &f32| it.is_finite() && *it > 0.0);
            (
                cells[0],
                cells[1],
                weight.ok_or_else(|| Fault::Weight(cells[2].to_owned()))?,
            )
        }
        Form::Contacts => (cells[1], cells[2], 1.0),
    };
    let (from, to) = (person(from)?, person(to)?);
    if from == to {
        return Err(Fault::Oneself(from));
    }
    Ok((from, to, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_ties_is_read_with_and_without_weights() {
        let ties = read("from,to\n0,1\n2,1\n", 4).unwrap();
        assert_eq!(ties.pairs().collect::<Vec<_>>(), [(0, 1), (1, 2)]);
        let ties = read("from;to;weight\n0;1;0.5\n\n# a remark\n2;1;2\n", 4).unwrap();
        assert_eq!(ties.of(1).collect::<Vec<_>>(), [(0, 0.5), (2, 2.0)]);
    }

    /// Three contacts of one pair and one of another: 1.5 and .5 of the mean.
    #[test]
    fn contacts_are_counted() {
        let ties = read("20 0 1\n40 1 0\n40 1 2\n60 0 1\n", 3).unwrap();
        assert_eq!(ties.of(1).collect::<Vec<_>>(), [(0, 1.5), (2, 0.5)]);
    }

    #[test]
    fn each_bad_line_is_told_with_its_number() {
        let text = "from,to,weight\n0,1,1\n1,1,1\n0,9,1\n1,0,2\n0,2,-1\n0,2\n";
        let told: Vec<String> = read(text, 4).unwrap_err().iter().map(BadTie::to_string).collect();
        assert_eq!(
            told,
            [
                "line 3: person 1 is tied to themselves",
                "line 4: `9` is not the number of one of the people, which are numbered from 0 to 3",
                "line 5: 0 and 1 are tied already, in line 2",
                "line 6: `-1` is not a weight: a number above 0",
                "line 7: has 2 columns where the file has 3",
            ]
        );
        let mut long = String::from("from,to\n");
        for number in 0..200_000_u32 {
            long += &format!("{number},{}\n", number + 1);
        }
        long += "7,-3\n";
        assert_eq!(read(&long, 200_001).unwrap_err()[0].line, 200_002);
        assert_eq!(read("a,b,c\n1,2,3\n", 4).unwrap_err()[0].fault, Fault::Form);
    }
}
