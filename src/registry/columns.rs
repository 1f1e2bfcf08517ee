//! Columns of tables: one description of each, from which its header, its cells and its row of the codebook follow.

use std::borrow::Cow;

/// A column of a table; `Cell` is how its cells are had.
#[derive(Debug, Clone)]
pub struct Column<Cell> {
    /// Name at the head of the column.
    pub name: Cow<'static, str>,
    /// Unit of its cells; empty for what has none.
    pub unit: &'static str,
    /// The values they can have.
    pub range: &'static str,
    /// What they mean.
    pub meaning: Cow<'static, str>,
    /// How a cell is had.
    pub cell: Cell,
}

impl<Cell> Column<Cell> {
    /// A column.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        (unit, range): (&'static str, &'static str),
        meaning: impl Into<Cow<'static, str>>,
        cell: Cell,
    ) -> Self {
        Self {
            name: name.into(),
            unit,
            range,
            meaning: meaning.into(),
            cell,
        }
    }
}

/// The first line of a table, with its line break.
pub fn header<Cell>(columns: &[Column<Cell>]) -> String {
    let names: Vec<Cow<'_, str>> = columns.iter().map(|column| quoted(&column.name)).collect();
    names.join(",") + "\n"
}

/// What the columns of a table mean, as a table with a row for each.
pub fn codebook<Cell>(columns: &[Column<Cell>]) -> String {
    let rows = columns.iter().map(|column| {
        let cells = [&*column.name, column.unit, column.range, &*column.meaning];
        cells.map(quoted).join(",") + "\n"
    });
    format!("column,unit,range,meaning\n{}", rows.collect::<String>())
}

/// A text as a cell: in quotes where it would break the table.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_and_codebook_say_the_same_columns() {
        let columns = [
            Column::new("age", ("years", "0 …"), "age, in full years", ()),
            Column::new("name", ("", "text"), "called \"so\"", ()),
        ];
        assert_eq!(header(&columns), "age,name\n");
        assert_eq!(
            codebook(&columns),
            "column,unit,range,meaning\nage,years,0 …,\"age, in full years\"\nname,,text,\"called \"\"so\"\"\"\n"
        );
    }
}
