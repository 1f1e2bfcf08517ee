//! Reading from the file system.

use super::{RIGHT, builtin};
use compassion::document::Unreadable;
use compassion::scenario::{LoadError, load};
use std::fs::{self, File};

fn unreadable(error: LoadError) -> Unreadable {
    match error {
        LoadError::Unreadable(it) => it,
        LoadError::Invalid(it) => panic!("it could be read: {it}"),
    }
}

#[test]
fn a_citation_is_looked_up_beside_the_file_and_one_above() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inner = folder.path().join("published");
    fs::create_dir(&inner).expect("a new folder");
    let path = inner.join("a.toml");
    fs::write(&path, format!("citation = 'batson1982'\n{RIGHT}")).expect("a new file");

    let loaded = load(&path, &builtin(), &[]).expect("no bibliography is only a note");
    assert_eq!(loaded.notes.len(), 1);
    assert!(loaded.notes[0].message.contains("literature.bib"));

    fs::write(folder.path().join("literature.bib"), "@article{batson1981,\n}\n").expect("a new file");
    let error = load(&path, &builtin(), &[])
        .expect_err("the key is misspelt")
        .to_string();
    assert!(error.contains("did you mean `batson1981`?"), "{error}");

    // The one beside the file goes first.
    fs::write(inner.join("literature.bib"), "@article{batson1982,\n}\n").expect("a new file");
    let loaded = load(&path, &builtin(), &[]).expect("the key is there");
    assert_eq!(loaded.notes, []);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_by_its_size() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.toml");
    let file = File::create(&path).expect("a new file");
    file.set_len(100 << 20).expect("a sparse file");
    let error = unreadable(load(&path, &builtin(), &[]).expect_err("it is too large"));
    assert!(matches!(error, Unreadable::TooLarge { .. }), "{error}");
    assert!(error.to_string().contains("16 MiB"), "{error}");
}

#[test]
fn a_missing_file_and_a_folder_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let error = unreadable(load(folder.path(), &builtin(), &[]).expect_err("it is a folder"));
    assert!(error.to_string().ends_with("it is a folder"), "{error}");
    let error = unreadable(load(&folder.path().join("nope.toml"), &builtin(), &[]).expect_err("nothing"));
    assert!(error.to_string().contains("nope.toml"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_file_in_another_encoding_is_shown_where_it_is_not_utf8() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.toml");
    fs::write(&path, b"title = 'caf\xe9'\n").expect("a new file");
    let error = load(&path, &builtin(), &[]).expect_err("it is Latin-1").to_string();
    assert!(error.contains("a.toml:1:13"), "{error}");
}
