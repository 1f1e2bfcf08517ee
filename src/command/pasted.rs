//! Commands that can be typed as they stand.

/// The program as it was called: by its name where that is installed, else by its path.
pub fn program() -> String {
    let called = std::env::args_os().next();
    called.map_or_else(|| "simulate".to_owned(), |path| quoted(&path.to_string_lossy()))
}

/// A path as it can be pasted into a shell: in quotation marks if it has anything but letters, digits and what paths are made of.
pub fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || r"/\._-:+,=@".contains(letter);
    if path.chars().all(plain) {
        path.to_owned()
    } else if path.contains(['"', '$', '`', '!']) {
        format!("'{}'", path.replace('\'', r"'\''"))
    } else {
        format!("\"{path}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_can_be_pasted() {
        for (path, pasted) in [
            ("scenarios/mine.toml", "scenarios/mine.toml"),
            ("my scene.toml", "\"my scene.toml\""),
            ("it's mine.toml", "\"it's mine.toml\""),
            ("$HOME's.toml", r"'$HOME'\''s.toml'"),
        ] {
            assert_eq!(quoted(path), pasted);
        }
    }
}
