//! Tables once more, in the forms of other programs: every table of a folder that has a codebook.
//!
//! A column that the codebook calls text is text even where nothing stands in it, so that tables of several scenarios stack.

use super::parquet::write_parquet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Mark of UTF-8 at the head of a file, without which Excel takes it for the page of codes of the machine.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A form of a table beside CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableForm {
    /// `NAME.parquet`: Apache Parquet.
    Parquet,
    /// `NAME_excel.csv`: UTF-8 with its mark, semicolons between cells, decimal commas, as Excel opens by a double click where commas are decimal.
    Excel,
}

impl TableForm {
    fn name(self, stem: &str) -> String {
        match self {
            Self::Parquet => format!("{stem}.parquet"),
            Self::Excel => format!("{stem}_excel.csv"),
        }
    }
}

/// Writes every table of a folder that has a codebook once more.
///
/// # Errors
///
/// If the system refuses.
pub fn write_tables(folder: &Path, form: TableForm) -> io::Result<()> {
    let mut stems: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        stems.extend(name.strip_suffix("_codebook.csv").map(str::to_owned));
    }
    stems.sort();
    for stem in stems {
        let [table, codebook] = ["", "_codebook"].map(|end| folder.join(format!("{stem}{end}.csv")));
        if table.exists() {
            let mut file = BufWriter::new(fs::File::create(folder.join(form.name(&stem)))?);
            let texts = texts(&codebook)?;
            match form {
                TableForm::Parquet => write_parquet(&table, &texts, &mut file)?,
                TableForm::Excel => write_excel(&table, &texts, &mut file)?,
            }
            file.flush()?;
        }
    }
    Ok(())
}

/// The columns that a codebook calls text.
pub(super) fn texts(codebook: &Path) -> io::Result<Vec<String>> {
    let mut texts = Vec::new();
    for row in csv::Reader::from_path(codebook)?.records() {
        let row = row?;
        if row.get(2).is_some_and(|range| range.starts_with("text")) {
            texts.push(row[0].to_owned());
        }
    }
    Ok(texts)
}

fn write_excel(table: &Path, texts: &[String], to: &mut impl Write) -> io::Result<()> {
    to.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let mut reader = csv::Reader::from_path(table)?;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(to);
    let header = reader.headers()?.clone();
    let is_text: Vec<bool> = header
        .iter()
        .map(|name| texts.iter().any(|text| text == name))
        .collect();
    writer.write_record(&header)?;
    for record in reader.records() {
        for (cell, is_text) in record?.iter().zip(&is_text) {
            if *is_text || cell.parse::<f64>().is_err() {
                writer.write_field(cell)?;
            } else {
                writer.write_field(cell.replace('.', ","))?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_gets_decimal_commas_in_numbers_and_none_in_texts() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(
            at("t_codebook.csv"),
            "column,unit,range,meaning\nname,,text,n\nversion,,text,v\nrate,,0 … 1,r\n",
        )
        .unwrap();
        fs::write(at("t.csv"), "name,version,rate\n\"so; \"\"ä\"\"\",1.5,0.25\nb,2,\n").unwrap();
        write_tables(folder.path(), TableForm::Excel).unwrap();
        let written = fs::read_to_string(at("t_excel.csv")).unwrap();
        assert_eq!(
            written,
            "\u{feff}name;version;rate\r\n\"so; \"\"ä\"\"\";1.5;0,25\r\nb;2;\r\n"
        );
        write_tables(folder.path(), TableForm::Excel).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no table of a table");
    }
}
