//! The script of the page: its modules, each in a function of its own, in the order in which they need each other.
//!
//! The modules are plain JavaScript modules that a browser or Node loads as they are. To stand in one block, `import { a } from "./b.js"` becomes a
//! look into what `b` exports. Only that form of import is understood, on a line of its own, and `export` before a function, a class or a constant.

use std::fmt::Write as _;

/// Names and texts of the modules; each stands behind those that it imports.
const MODULES: &[(&str, &str)] = &[
    ("unpack", UNPACK),
    ("dom", include_str!("page/dom.js")),
    ("palette", include_str!("page/palette.js")),
    ("words", include_str!("page/words.js")),
    ("state", include_str!("page/state.js")),
    ("engine", include_str!("page/engine.js")),
    ("told", include_str!("page/told.js")),
    ("dots", include_str!("page/dots.js")),
    ("chart_rates", include_str!("page/chart_rates.js")),
    ("chart_lines", include_str!("page/chart_lines.js")),
    ("chart_map", include_str!("page/chart_map.js")),
    ("chart_brain", include_str!("page/chart_brain.js")),
    ("chart_community", include_str!("page/chart_community.js")),
    ("changes", include_str!("page/changes.js")),
    ("copy", include_str!("page/copy.js")),
    ("glossary", include_str!("page/glossary.js")),
    ("over", include_str!("page/over.js")),
    ("controls", include_str!("page/controls.js")),
    ("step_scene", include_str!("page/step_scene.js")),
    ("step_predict", include_str!("page/step_predict.js")),
    ("step_reveal", include_str!("page/step_reveal.js")),
    ("step_change", include_str!("page/step_change.js")),
    ("step_person", include_str!("page/step_person.js")),
    ("step_map", include_str!("page/step_map.js")),
    ("step_brain", include_str!("page/step_brain.js")),
    ("step_community", include_str!("page/step_community.js")),
    ("report", include_str!("page/report.js")),
    ("step_home", include_str!("page/step_home.js")),
    ("teacher", include_str!("page/teacher.js")),
    ("app", include_str!("page/app.js")),
];

/// How packed blocks are read.
const UNPACK: &str = include_str!("page/unpack.js");

/// The script that unpacks the others.
pub(super) fn first() -> String {
    let code = |text: &str| -> String {
        let lines = text.lines().map(|line| line.trim_start().trim_start_matches("export "));
        let lines = lines.filter(|line| !line.starts_with("//"));
        lines.flat_map(|line| [line, "\n"]).collect()
    };
    code(UNPACK) + &code(include_str!("page/start.js"))
}

/// All modules as one script.
///
/// # Panics
///
/// If a module imports what does not stand before it, which a test excludes.
pub(super) fn linked() -> String {
    let mut script = String::new();
    for (place, (name, text)) in MODULES.iter().enumerate() {
        let mut exported = Vec::new();
        let _ = writeln!(script, "const module_{name} = (() => {{");
        for line in text.lines() {
            if let Some(import) = line.strip_prefix("import ") {
                let (names, from) = import
                    .split_once(" from \"./")
                    .expect("an import names a module beside it");
                let from = from.trim_end_matches(".js\";");
                let known = MODULES[..place].iter().any(|(other, _)| *other == from);
                assert!(known, "{name} imports {from}, which does not stand before it");
                let _ = writeln!(script, "const {names} = module_{from};");
                continue;
            }
            let line = match line.strip_prefix("export ") {
                Some(declared) => {
                    exported.push(name_of(declared));
                    declared
                }
                None => line,
            };
            // Nobody reads it here: the modules themselves are in the repository.
            let line = line.trim_start();
            if !line.starts_with("//") {
                script.push_str(line);
                script.push('\n');
            }
        }
        let _ = writeln!(script, "return {{ {} }};\n}})();", exported.join(", "));
    }
    script
}

/// The name that a declaration declares.
fn name_of(declaration: &str) -> &str {
    let words = declaration.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let keyword = |word: &&str| ["async", "function", "class", "const"].contains(word);
    words
        .filter(|word| !word.is_empty())
        .find(|word| !keyword(word))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_of_what_is_exported() {
        let script = linked();
        assert!(!script.contains("import {") && !script.contains("\nexport "));
        for (name, text) in MODULES {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let (names, from) = line.trim_start_matches("import {").split_once("} from \"./").unwrap();
                let from = from.trim_end_matches(".js\";");
                let exporter = MODULES.iter().find(|(other, _)| *other == from).unwrap().1;
                let exports: Vec<&str> = exporter
                    .lines()
                    .filter_map(|line| Some(name_of(line.strip_prefix("export ")?)))
                    .collect();
                for wanted in names.split(',').map(str::trim) {
                    assert!(
                        exports.contains(&wanted),
                        "{name} imports {wanted}, which {from} does not export"
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_in_the_script_ends_its_block() {
        assert!(!linked().to_lowercase().contains("</script") && !linked().contains("<!--"));
    }

    #[test]
    fn a_declaration_has_a_name() {
        assert_eq!(name_of("async function ask(it) {"), "ask");
        assert_eq!(name_of("const INK = 1;"), "INK");
    }
}
