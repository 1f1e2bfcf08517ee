//! Folders of results: replaced whole or not at all, and nothing of the user's lost.

use super::*;

fn fill(place: &Path, scenario: &str, content: &str, force: bool) -> Result<(), FolderError> {
    let folder = Folder::begin(place, Path::new(scenario), force)?;
    folder.write("data", content.as_bytes())?;
    let provenance = serde_json::json!({ "scenario": scenario }).to_string();
    folder.write(PROVENANCE, provenance.as_bytes())?;
    folder.finish().map(|_| ())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn only_results_of_the_same_scenario_are_replaced_without_force() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("deep").join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    fill(&place, "a.toml", "2", false).unwrap();
    assert_eq!(fs::read(place.join("data")).unwrap(), b"2");

    let refused = fill(&place, "b.toml", "3", false).unwrap_err();
    assert!(
        matches!(&refused, FolderError::OtherScenario { other, .. } if other == "a.toml"),
        "{refused}"
    );
    assert_eq!(fs::read(place.join("data")).unwrap(), b"2");
    fill(&place, "b.toml", "3", true).unwrap();
    assert_eq!(fs::read(place.join("data")).unwrap(), b"3");

    fs::remove_file(place.join(PROVENANCE)).unwrap();
    assert!(matches!(
        fill(&place, "b.toml", "4", false),
        Err(FolderError::Unknown { .. })
    ));
    assert_eq!(names(place.parent().unwrap()), ["run"]);
}

#[test]
fn what_the_user_added_to_results_stays() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    fs::write(place.join("my_analysis.R"), "mine").unwrap();
    fill(&place, "a.toml", "2", false).unwrap();
    fill(&place, "a.toml", "3", false).unwrap();
    assert_eq!(fs::read(place.join("data")).unwrap(), b"3");
    assert_eq!(fs::read(place.join("my_analysis.R")).unwrap(), b"mine");
    assert_eq!(names(&place), ["data", "my_analysis.R", PROVENANCE]);
}

#[test]
fn what_is_not_finished_leaves_no_trace() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    folder.write("data", b"2").unwrap();
    drop(folder);
    assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
    assert_eq!(names(above.path()), ["run"]);
}

/// A workshop as a killed run leaves it: on disk, its lock let go.
fn killed(place: &Path) -> PathBuf {
    let folder = Folder::begin(place, Path::new("a.toml"), true).unwrap();
    folder.write("data", b"half").unwrap();
    let_go(folder)
}

fn let_go(folder: Folder) -> PathBuf {
    let Folder { mut workshop, .. } = folder;
    workshop.keep(true);
    workshop.path().to_owned()
}

#[test]
fn what_killed_runs_left_is_cleaned_up_and_what_living_ones_write_is_not() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    let dead = killed(&place);
    assert!(dead.join(LOCK).exists());
    let foreign = above.path().join(".run-mine");
    fs::create_dir(&foreign).unwrap();
    let alive = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    let other = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    assert!(!dead.exists() && foreign.exists());
    assert!(alive.inside.exists(), "a run that lives is left alone");
    drop((alive, other));
    assert_eq!(names(above.path()), [".run-mine"]);
}

/// What is left of a workshop when its run is killed at each step of making it and of removing it.
#[test]
fn what_is_left_of_a_workshop_is_cleaned_up_after_a_kill_at_any_step() {
    let steps: [&[&str]; 9] = [
        &[],
        &[NEW],
        &[NEW, LOCKING],
        &[NEW, LOCK],
        &[SPENT, LOCK],
        &[NEW, SPENT, LOCK],
        &[OLD, LOCK],
        &[LOCKING, LOCK],
        &[LOCK],
    ];
    for left in steps {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        let workshop = above.path().join(".run-abc123");
        fs::create_dir(&workshop).unwrap();
        for name in left {
            match *name {
                LOCK | LOCKING => fs::write(workshop.join(name), "").unwrap(),
                _ => fs::create_dir(workshop.join(name)).unwrap(),
            }
        }
        fill(&place, "a.toml", "2", false).unwrap();
        assert_eq!(names(above.path()), ["run"], "{left:?}");
        assert_eq!(fs::read(place.join("data")).unwrap(), b"2");
    }
}

/// A file that cannot be locked looks like one that another holds.
#[test]
fn a_workshop_whose_run_may_live_is_left_alone_where_there_are_no_locks() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    let alive = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    let workshop = alive.workshop.path();
    fs::rename(workshop.join(LOCK), workshop.join(LOCKING)).unwrap();
    for held in [false, true] {
        clean_up(above.path(), ".run-", &place, held);
        assert_eq!(names(workshop), [LOCKING, NEW], "held: {held}");
    }
    // No folder can be locked either: nobody can tell whether somebody is making this one just now.
    let making = above.path().join(".run-abc123");
    fs::create_dir(&making).unwrap();
    clean_up(above.path(), ".run-", &place, false);
    assert!(making.exists());
    clean_up(above.path(), ".run-", &place, true);
    assert!(!making.exists());
    alive.write("data", b"1").unwrap();
    alive.finish().unwrap();
    assert_eq!(names(above.path()), ["run"]);
}

/// Runs that begin and end all the time clean up after others and never lose what they write.
#[test]
fn runs_that_clean_up_together_remove_no_workshop_of_a_living_run() {
    let above = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for runner in 0..4 {
            let place = above.path().join(format!("run{}", runner / 2));
            scope.spawn(move || {
                for number in 0..60 {
                    fill(&place, "a.toml", &number.to_string(), false).unwrap();
                }
            });
        }
    });
    assert_eq!(names(above.path()), ["run0", "run1"]);
}

#[test]
fn results_that_a_killed_run_was_replacing_are_put_back() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    let dead = killed(&place);
    fs::rename(&place, dead.join(OLD)).unwrap();
    drop(Folder::begin(&place, Path::new("a.toml"), false).unwrap());
    assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
    assert_eq!(names(above.path()), ["run"]);
}

/// Results to which something was added, and what a run leaves that is killed while it replaces them: the old folder in its workshop.
fn killed_while_replacing(above: &Path) -> (PathBuf, PathBuf) {
    let place = above.join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    fs::write(place.join("notes.txt"), "mine").unwrap();
    let dead = killed(&place);
    fs::rename(&place, dead.join(OLD)).unwrap();
    (place, dead)
}

#[test]
fn what_was_added_survives_a_run_killed_before_the_new_results_stand() {
    let above = tempfile::tempdir().unwrap();
    let (place, _) = killed_while_replacing(above.path());
    fill(&place, "a.toml", "2", false).unwrap();
    assert_eq!(fs::read(place.join("data")).unwrap(), b"2");
    assert_eq!(fs::read(place.join("notes.txt")).unwrap(), b"mine");
    assert_eq!(names(above.path()), ["run"]);
}

/// The run was killed after its results stood and before what was added to the old ones had been moved, or while it was.
#[test]
fn what_was_added_survives_a_run_killed_after_the_new_results_stand() {
    let above = tempfile::tempdir().unwrap();
    let (place, dead) = killed_while_replacing(above.path());
    fs::write(dead.join(OLD).join("moved.txt"), "mine").unwrap();
    fs::rename(dead.join("new"), &place).unwrap();
    fs::rename(dead.join(OLD).join("moved.txt"), place.join("moved.txt")).unwrap();
    drop(Folder::begin(&place, Path::new("a.toml"), true).unwrap());
    assert_eq!(names(&place), ["data", "moved.txt", "notes.txt"]);
    assert_eq!(
        fs::read(place.join("data")).unwrap(),
        b"half",
        "old results stay replaced"
    );
    assert_eq!(names(above.path()), ["run"]);
}

#[test]
fn old_results_do_not_come_back_from_a_workshop_that_was_being_removed() {
    let above = tempfile::tempdir().unwrap();
    let (place, dead) = killed_while_replacing(above.path());
    fs::rename(dead.join("new"), &place).unwrap();
    fs::rename(dead.join(OLD), dead.join(SPENT)).unwrap();
    fs::remove_file(dead.join(SPENT).join(PROVENANCE)).unwrap();
    drop(Folder::begin(&place, Path::new("a.toml"), true).unwrap());
    assert_eq!(
        (names(&place), names(above.path())),
        (vec!["data".to_owned()], vec!["run".to_owned()])
    );
}

#[test]
fn what_was_added_under_the_name_of_a_new_result_is_renamed() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    fs::write(place.join("timeline.csv"), "mine").unwrap();
    for _ in 0..2 {
        let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
        folder.write("timeline.csv", b"weeks").unwrap();
        folder.write(PROVENANCE, br#"{ "scenario": "a.toml" }"#).unwrap();
        folder.finish().unwrap();
        assert_eq!(names(&place), [PROVENANCE, "timeline.csv", "timeline_kept.csv"]);
        assert_eq!(fs::read(place.join("timeline.csv")).unwrap(), b"weeks");
        assert_eq!(fs::read(place.join("timeline_kept.csv")).unwrap(), b"mine");
    }
}

#[test]
fn force_replaces_no_more_than_the_names_of_results_where_nothing_tells_them_apart() {
    for provenance in [None, Some("no JSON"), Some(r#"{ "scenario": "a.toml" }"#)] {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fs::create_dir_all(place.join("thesis")).unwrap();
        fs::write(place.join("thesis").join("chapter.tex"), "mine").unwrap();
        fs::write(place.join("data"), "0").unwrap();
        if let Some(it) = provenance {
            fs::write(place.join(PROVENANCE), it).unwrap();
        }
        fill(&place, "a.toml", "1", true).unwrap();
        assert_eq!(names(&place), ["data", PROVENANCE, "thesis"], "{provenance:?}");
        assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
        assert_eq!(fs::read(place.join("thesis").join("chapter.tex")).unwrap(), b"mine");
    }
}

/// Another run has put its results into the place in the moment in which it was empty.
#[cfg(unix)]
#[test]
fn nothing_is_removed_when_neither_folder_can_be_put_into_the_place() {
    let above = tempfile::tempdir().unwrap();
    let (place, dead) = killed_while_replacing(above.path());
    let elsewhere = above.path().join("elsewhere").join("run");
    fill(&elsewhere, "a.toml", "3", false).unwrap();
    fs::rename(elsewhere, &place).unwrap();
    assert!(fs::rename(dead.join(OLD), &place).is_err());
    drop(Folder::begin(&place, Path::new("a.toml"), false).unwrap());
    assert_eq!(fs::read(place.join("data")).unwrap(), b"3");
    assert_eq!(fs::read(place.join("notes.txt")).unwrap(), b"mine");
}

/// No other name can be made of a name that is as long as names may be.
#[cfg(unix)]
#[test]
fn what_cannot_be_moved_waits_until_it_can() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    let longest = "x".repeat(255);
    fs::write(place.join(&longest), "mine").unwrap();
    let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    folder.write(&longest, b"a result").unwrap();
    folder.write(PROVENANCE, br#"{ "scenario": "a.toml" }"#).unwrap();
    let refused = folder.finish();
    let Err(FolderError::Stranded { kept, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(fs::read(kept.join(&longest)).unwrap(), b"mine");
    fill(&place, "a.toml", "2", false).unwrap();
    assert_eq!(fs::read(kept.join(&longest)).unwrap(), b"mine");
    fill(&place, "a.toml", "3", false).unwrap();
    assert_eq!(fs::read(place.join(&longest)).unwrap(), b"mine");
    assert_eq!(names(above.path()), ["run"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_stays_and_the_folder_behind_it_is_replaced() {
    let above = tempfile::tempdir().unwrap();
    let disk = tempfile::tempdir().unwrap();
    let (place, far) = (above.path().join("run"), disk.path().join("far"));
    fs::create_dir(&far).unwrap();
    fs::write(far.join("notes.txt"), "mine").unwrap();
    std::os::unix::fs::symlink(&far, &place).unwrap();
    fill(&place, "a.toml", "1", true).unwrap();
    fill(&place, "a.toml", "2", false).unwrap();
    assert!(place.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read(far.join("data")).unwrap(), b"2");
    assert_eq!(names(&far), ["data", "notes.txt", PROVENANCE]);
}

#[test]
fn a_file_in_the_place_is_never_replaced() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fs::write(&place, "mine").unwrap();
    assert!(matches!(
        fill(&place, "a.toml", "1", true),
        Err(FolderError::IsFile { .. })
    ));
}

/// The place always holds one whole folder or the other.
#[cfg(target_os = "linux")]
#[test]
fn the_place_is_never_empty_while_results_are_replaced() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "0", false).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let seen = scope.spawn(|| {
            let mut seen = 0_u32;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                assert!(place.join("data").exists(), "no results after {seen} looks");
                seen += 1;
            }
            seen
        });
        for number in 0..200 {
            fill(&place, "a.toml", &number.to_string(), false).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(seen.join().unwrap() > 0);
    });
    assert_eq!(names(above.path()), ["run"]);
}

#[test]
fn what_is_abandoned_leaves_no_trace_and_is_never_put_into_its_place() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    folder.write("data", b"2").unwrap();
    super::super::workshop::abandon(|it| it.starts_with(above.path()));
    assert_eq!(names(above.path()), ["run"]);
    assert!(folder.finish().is_err());
    assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
}

/// What a run leaves that is killed after it has given its folder the name under which the old one waits, before they change places.
#[test]
fn results_stand_when_a_run_is_killed_before_they_change_places() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    fs::write(place.join("notes.txt"), "mine").unwrap();
    let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
    folder.write("data", b"2").unwrap();
    folder.write(PROVENANCE, br#"{ "scenario": "a.toml" }"#).unwrap();
    folder.list().unwrap();
    let inside = folder.inside.clone();
    let dead = let_go(folder);
    fs::rename(inside, dead.join(OLD)).unwrap();
    drop(Folder::begin(&place, Path::new("a.toml"), false).unwrap());
    assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
    assert_eq!(names(&place), ["data", "notes.txt", PROVENANCE]);
    assert_eq!(names(above.path()), ["run"]);
}

#[test]
fn what_was_killed_for_other_places_is_cleaned_up_if_it_is_ours() {
    let above = tempfile::tempdir().unwrap();
    let [here, there] = ["here", "there-2"].map(|name| above.path().join(name));
    fill(&there, "b.toml", "1", false).unwrap();
    let dead = killed(&there);
    fs::rename(&there, dead.join(OLD)).unwrap();
    let foreign = killed(&there);
    fs::write(foreign.join("thesis.tex"), "mine").unwrap();
    drop(Folder::begin(&here, Path::new("a.toml"), false).unwrap());
    assert_eq!(fs::read(there.join("data")).unwrap(), b"1", "put back");
    assert!(!dead.exists() && foreign.join("thesis.tex").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named_and_stays() {
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    std::os::unix::fs::symlink(above.path().join("unplugged"), &place).unwrap();
    for force in [false, true] {
        let refused = fill(&place, "a.toml", "1", force);
        assert!(matches!(refused, Err(FolderError::LinkToNowhere { .. })), "{refused:?}");
    }
    assert_eq!(names(above.path()), ["run"]);
    fs::create_dir(above.path().join("unplugged")).unwrap();
    fill(&place, "a.toml", "1", true).unwrap();
    assert!(place.symlink_metadata().unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_closed_to_others_stays_closed() {
    use std::os::unix::fs::PermissionsExt;
    let above = tempfile::tempdir().unwrap();
    let place = above.path().join("run");
    fill(&place, "a.toml", "1", false).unwrap();
    for mode in [0o700, 0o750, 0o755] {
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
        fill(&place, "a.toml", "2", false).unwrap();
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_scenario_whose_path_is_no_text_is_known_again() {
    use std::os::unix::ffi::OsStrExt;
    let above = tempfile::tempdir().unwrap();
    let file = |name: &[u8]| above.path().join(std::ffi::OsStr::from_bytes(name));
    let (one, other) = (file(b"\xff.toml"), file(b"\xfe.toml"));
    let place = file(b"\xff");
    let fill = |scenario: &Path| -> Result<(), FolderError> {
        let folder = Folder::begin(&place, scenario, false)?;
        let provenance = serde_json::json!({ "scenario": path_text(scenario) }).to_string();
        folder.write(PROVENANCE, provenance.as_bytes())?;
        folder.finish().map(|_| ())
    };
    fill(&one).unwrap();
    fill(&one).unwrap();
    assert!(matches!(fill(&other), Err(FolderError::OtherScenario { .. })));
}
