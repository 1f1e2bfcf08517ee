//! Tables for a terminal: rows under headings, in lines that no terminal breaks.

/// Characters of a line: what a terminal has unless somebody widens it.
pub const LINE: usize = 80;

/// Space before the first column.
const MARGIN: usize = 2;

/// Heading of the interval of the number before it.
pub const INTERVAL: &str = "95 % interval";

/// Heading of what plausible parameter sets say of the number before it.
pub const OVER_PARAMETERS: &str = "over parameters";

/// Heading of those who stay undecided, which stands behind those who leave.
pub const UNDECIDED: &str = "undecided";

/// The same where help is a gift.
pub const GAVE_NOTHING: &str = "gave nothing";

/// Longest name before its numbers where they are more than a line holds; longer ones have a line of their own.
const NAME: usize = 26;

/// Fewest characters for names, where some of them are longer and stand above their numbers.
const SHORTEST_NAME: usize = 14;

/// A column of a table.
pub struct Column {
    /// Its heading; may have several lines.
    head: String,
    /// Columns of rank 0 always stand in the table, the others while there is room, those of the lowest rank first.
    rank: u8,
    cells: Vec<String>,
}

impl Column {
    /// A column of a rank.
    pub fn new(head: &str, rank: u8, cells: Vec<String>) -> Self {
        Self {
            head: head.to_owned(),
            rank,
            cells,
        }
    }

    /// A cell, the heading in one line first.
    pub fn cell(&self, row: usize) -> String {
        match row.checked_sub(1) {
            None => self.head.replace("-\n", "").replace('\n', " "),
            Some(row) => self.cells.get(row).cloned().unwrap_or_default(),
        }
    }

    fn width(&self) -> usize {
        let cells = self.cells.iter().chain([&self.head]);
        cells.flat_map(|cell| cell.lines()).map(letters).max().unwrap_or(0)
    }

    /// Its place in a line, with what keeps it apart.
    fn room(&self) -> usize {
        GAP + self.width()
    }
}

/// Space between columns that fill a line.
const GAP: usize = 2;

/// A table in one piece: `names` in the first column, their heading first, and of the columns as many as a line of `width` holds.
///
/// Names that leave no room for the columns of rank 0 and 1 stand above their numbers.
pub fn chosen(names: &[String], columns: Vec<Column>, width: usize) -> String {
    // A line without numbers may be as long as it likes.
    let has_numbers = |row: usize| {
        let mut cells = columns
            .iter()
            .filter_map(|column| column.cells.get(row.checked_sub(1)?));
        row == 0 || cells.any(|cell| !cell.is_empty())
    };
    let numbered = names.iter().enumerate().filter(|(row, _)| has_numbers(*row));
    let longest = numbered.map(|(_, name)| letters(name)).max().unwrap_or(0);
    let rooms = |most: u8| -> usize {
        let wanted = columns.iter().filter(|column| column.rank <= most);
        wanted.map(Column::room).sum()
    };
    let left = |most: u8| width.saturating_sub(rooms(most));
    let name = match [left(1), left(0)].into_iter().find(|left| *left >= SHORTEST_NAME) {
        Some(left) => longest.min(left),
        None => longest.min(SHORTEST_NAME),
    };
    let mut used = name + rooms(0);
    let mut kept: Vec<bool> = columns.iter().map(|column| column.rank == 0).collect();
    let mut order: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].rank > 0).collect();
    order.sort_by_key(|place| columns[*place].rank);
    let mut full = None;
    for place in order {
        let (rank, room) = (columns[place].rank, columns[place].room());
        // Columns of one rank belong together: what is gained means little without what is lost.
        kept[place] = full != Some(rank) && used + room <= width;
        if kept[place] {
            used += room;
        } else {
            full = Some(rank);
        }
    }
    let kept: Vec<&Column> = columns
        .iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(it, _)| it)
        .collect();
    let mut text = String::new();
    let mut line = |name_here: &str, cell: &dyn Fn(&Column) -> String| {
        let numbers: String = kept
            .iter()
            .map(|column| {
                let cell = cell(column);
                " ".repeat(column.room() - letters(&cell)) + &cell
            })
            .collect();
        let gap = name.checked_sub(letters(name_here));
        let (above, here) = match gap {
            None if numbers.trim().is_empty() => (String::new(), cut(name_here)),
            None => (cut(name_here) + "\n", " ".repeat(name)),
            Some(gap) => (String::new(), format!("{name_here}{}", " ".repeat(gap))),
        };
        text += &format!("{above}{}\n", format!("{here}{numbers}").trim_end());
    };
    let lines = kept.iter().map(|column| column.head.lines().count()).max().unwrap_or(1);
    for number in 0..lines {
        let name = if number + 1 == lines {
            names.first().map_or("", String::as_str)
        } else {
            ""
        };
        line(name, &|column| {
            let own = column.head.lines().count();
            let place = (number + own).checked_sub(lines);
            let head = place.and_then(|place| column.head.lines().nth(place));
            head.unwrap_or_default().to_owned()
        });
    }
    for (row, name) in names.iter().skip(1).enumerate() {
        line(name, &|column| column.cells.get(row).cloned().unwrap_or_default());
    }
    text
}

/// The rows of a table, the first column flush left and the others flush right. The first row is the heading.
///
/// Where a name leaves no room for its numbers it stands on a line above them; numbers that are too many for one line
/// stand in several tables, one below the other. An interval stays with what it is about, and leaving with staying undecided.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|it| it.get(column))
            .map(|it| letters(it))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let Some((&names, numbers)) = widths.split_first() else {
        return String::new();
    };
    let taken = |gap: usize| MARGIN + numbers.iter().map(|it| gap + it).sum::<usize>();
    if names + taken(3) <= LINE {
        return block(rows, &widths, 1..count, names, 3);
    }
    if let Some(left) = LINE.checked_sub(taken(2)) {
        return block(rows, &widths, 1..count, names.min(left), 2);
    }
    let name = names.min(NAME);
    let mut text = String::new();
    let mut start = 1;
    while start < count {
        let mut end = start;
        let mut used = MARGIN + name;
        while end < count {
            let next = (end + 1..count)
                .find(|it| !belongs_to_the_one_before(&rows[0], *it))
                .unwrap_or(count);
            used += widths[end..next].iter().map(|it| 2 + it).sum::<usize>();
            if used > LINE && end > start {
                break;
            }
            end = next;
        }
        if start > 1 {
            text.push('\n');
        }
        text += &block(rows, &widths, start..end, name, 2);
        start = end;
    }
    text
}

fn belongs_to_the_one_before(head: &[String], column: usize) -> bool {
    let head = head.get(column);
    head.is_some_and(|it| [INTERVAL, OVER_PARAMETERS, UNDECIDED, GAVE_NOTHING].contains(&it.as_str()))
}

/// Some columns of the rows, each after the names.
fn block(rows: &[Vec<String>], widths: &[usize], shown: std::ops::Range<usize>, names: usize, gap: usize) -> String {
    let mut text = String::new();
    let mut put = |line: String| {
        text += line.trim_end();
        text.push('\n');
    };
    let margin = " ".repeat(MARGIN);
    for row in rows {
        let cells = |column: usize| row.get(column).map_or("", String::as_str);
        let numbers: String = shown
            .clone()
            .map(|it| " ".repeat(gap + widths[it] - letters(cells(it))) + cells(it))
            .collect();
        let name = cut(cells(0));
        if letters(&name) <= names {
            put(format!("{margin}{name}{}{numbers}", " ".repeat(names - letters(&name))));
            continue;
        }
        put(format!("{margin}{name}"));
        if !numbers.trim().is_empty() {
            put(format!("{margin}{}{numbers}", " ".repeat(names)));
        }
    }
    text
}

/// A name that fits on a line. Long names often differ only at their end, which is therefore kept.
fn cut(name: &str) -> String {
    const END: usize = 24;
    let all = letters(name);
    if all <= LINE - MARGIN {
        return name.to_owned();
    }
    let start: String = name.chars().take(LINE - MARGIN - END - 1).collect();
    let end: String = name.chars().skip(all - END).collect();
    format!("{}…{}", start.trim_end(), end.trim_start())
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(name: &str, numbers: &[(&str, &str)]) -> Vec<Vec<String>> {
        let row = |first: &str, it: &dyn Fn(&(&str, &str)) -> String| {
            std::iter::once(first.to_owned())
                .chain(numbers.iter().map(it))
                .collect()
        };
        vec![row("", &|it| it.0.to_owned()), row(name, &|it| it.1.to_owned())]
    }

    #[test]
    fn what_fits_is_one_line_for_each_row() {
        let text = columns(&rows("stranger", &[("helped", "5.1 %"), ("never", "3")]));
        assert_eq!(text, "             helped   never\n  stranger    5.1 %       3\n");
    }

    #[test]
    fn a_long_name_stands_above_its_numbers() {
        let name = "with two passive confederates who do nothing at all while smoke fills the room";
        let text = columns(&rows(
            name,
            &[
                ("helped", "5.1 %"),
                ("a heading that takes up most of a line of text", "3"),
            ],
        ));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[1].trim(), name);
        assert!(lines.iter().all(|it| letters(it) <= LINE), "{text}");
    }

    #[test]
    fn names_that_differ_at_their_end_stay_apart() {
        let name = |number: u32| {
            format!("after eight weeks of compassion training, met by somebody wearing the same shirt ({number})")
        };
        let [one, other] = [1, 12].map(|it| cut(&name(it)));
        assert!(
            one.ends_with("the same shirt (1)") && other.ends_with("the same shirt (12)"),
            "{one}, {other}"
        );
        assert!(
            letters(&one) <= LINE - MARGIN && one.starts_with("after eight weeks"),
            "{one}"
        );
    }

    #[test]
    fn a_line_holds_the_columns_of_the_lowest_rank() {
        let names = ["", "no training", "training"].map(str::to_owned);
        let column = |head: &str, rank: u8| Column::new(head, rank, vec!["5.1".to_owned(), "10.2".to_owned()]);
        let all = || {
            vec![
                column("helped", 0),
                column("undecided", 3),
                column("left", 2),
                column("over-\nwhelmed", 1),
            ]
        };
        let heads = |width: usize| {
            let text = chosen(&names, all(), width);
            assert!(text.lines().all(|line| letters(line) <= width), "{text}");
            let head: Vec<String> = text
                .lines()
                .take_while(|line| !line.starts_with("no"))
                .map(str::to_owned)
                .collect();
            head.join(" ").split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(heads(80), ["over-", "helped", "undecided", "left", "whelmed"]);
        assert_eq!(heads(40), ["over-", "helped", "left", "whelmed"]);
        assert_eq!(heads(20), ["helped"]);
    }

    #[test]
    fn an_interval_stays_with_its_number() {
        let pair = ("difference of the two", "+1.0");
        let interval = (INTERVAL, "[-1.0, +3.0]");
        let text = columns(&rows(
            "a name of usual length",
            &[pair, interval, pair, interval, pair, interval],
        ));
        let tables: Vec<&str> = text.split("\n\n").collect();
        assert_eq!(tables.len(), 3, "{text}");
        assert!(tables.iter().all(|it| it.matches("95 %").count() == 1), "{text}");
        assert!(text.lines().all(|it| letters(it) <= LINE), "{text}");
    }
}
