//! Whether what is written is well-formed, and holds no number that is none.

use serde_json::Value;

/// Words that stand where a number should.
const NO_NUMBERS: [&str; 5] = ["nan", "-nan", "inf", "-inf", "infinity"];

/// A table: rows of one length, and no cell that is no number.
pub fn csv(name: &str, content: &[u8]) -> Result<usize, String> {
    let mut reader = csv::Reader::from_reader(content);
    let mut rows = 0;
    for row in reader.records() {
        let row = row.map_err(|error| format!("{name}: {error}"))?;
        rows += 1;
        for cell in &row {
            if NO_NUMBERS.contains(&cell.to_lowercase().as_str()) {
                return Err(format!("{name}, row {rows}: `{cell}`"));
            }
            let plain = cell.parse::<f64>().is_ok();
            if !plain && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                return Err(format!("{name}, row {rows}: `{cell}` is a formula"));
            }
        }
    }
    Ok(rows)
}

/// JSON: read again, and the same to the last digit.
pub fn json(name: &str, value: &Value) -> Result<(), String> {
    let text = format!("{value:#}");
    let again: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    match apart(name, value, &again) {
        None => Ok(()),
        Some(place) => Err(format!("what is read is not what was written: {place}")),
    }
}

/// The first place where two values differ.
fn apart(at: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(these), Value::Object(those)) if these.keys().eq(those.keys()) => these
            .iter()
            .zip(those.values())
            .find_map(|((key, this), that)| apart(&format!("{at}/{key}"), this, that)),
        (Value::Array(these), Value::Array(those)) if these.len() == those.len() => {
            let mut pairs = these.iter().zip(those).enumerate();
            pairs.find_map(|(number, (this, that))| apart(&format!("{at}/{number}"), this, that))
        }
        _ => (one != other).then(|| format!("{at} is {one}, then {other}")),
    }
}

/// A picture of lines: tags that close, attributes in quotes, no letters that XML forbids, and no number that is none.
pub fn svg(name: &str, text: &str) -> Result<(), String> {
    let forbidden = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
    if let Some(letter) = text.chars().find(|letter| forbidden(*letter)) {
        return Err(format!("{name}: {letter:?}"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        if rest[..start].contains('>') {
            return Err(format!("{name}: a stray `>`"));
        }
        entities(name, &rest[..start])?;
        let end = rest[start..]
            .find('>')
            .ok_or_else(|| format!("{name}: a tag without end"))?
            + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(closed) = tag.strip_prefix('/') {
            if open.pop() != Some(closed.trim()) {
                return Err(format!("{name}: `</{closed}>` closes nothing"));
            }
            continue;
        }
        let label = tag.split_whitespace().next().unwrap_or_default();
        if tag.matches('"').count() % 2 == 1 {
            return Err(format!("{name}: quotes of `<{tag}>`"));
        }
        entities(name, tag)?;
        for value in tag.split('"').skip(1).step_by(2) {
            let words = value.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
            if !tag.starts_with("text") && words.into_iter().any(|word| matches!(word, "NaN" | "inf" | "-inf")) {
                return Err(format!("{name}: `<{tag}>`"));
            }
        }
        if !tag.ends_with('/') {
            open.push(label);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{name}: {open:?} stay open"))
    }
}

fn entities(name: &str, text: &str) -> Result<(), String> {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "apos;", "#"];
        if !known.iter().any(|entity| part.starts_with(entity)) {
            return Err(format!("{name}: a bare `&`"));
        }
    }
    Ok(())
}

/// A page: from its first tag to its last, without letters that no page may have, and with no element that a name initial in.
pub fn html(name: &str, text: &str) -> Result<(), String> {
    let forbidden = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
    if let Some(letter) = text.chars().find(|letter| forbidden(*letter)) {
        return Err(format!("{name}: {letter:?}"));
    }
    let whole = text.to_lowercase().starts_with("<!doctype html>") && text.trim_end().ends_with("</html>");
    if !whole || text.contains("<b>&amp;</b>") {
        return Err(format!("{name} is not whole, or a name is an element in it"));
    }
    Ok(())
}

/// A picture of pixels: from its first bytes to its last.
pub fn png(name: &str, content: &[u8]) -> Result<(), String> {
    let whole = content.starts_with(b"\x89PNG\r\n\x1a\n") && content.ends_with(b"IEND\xae\x42\x60\x82");
    if whole {
        Ok(())
    } else {
        Err(format!("{name} is not whole"))
    }
}
