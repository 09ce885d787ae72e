// SPDX-License-Identifier: Apache-2.0
//! Files on disk and what happens to them, blocking and as futures.

mod support;

use reseau::aio;
use reseau::{
    file_info, load_file, store_file, watch, watch_gathering, ChangeKind, Error, File, FileKind, FileOptions,
};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::{Duration, SystemTime};
use support::{block_on, content, folder, poll_once};

const LONG: Duration = Duration::from_secs(60);

#[test]
fn reading_and_writing_at_offsets() {
    let path = folder("files").join("file");
    let file = FileOptions::new().read().write().create_new().mode(0o600).open(&path).unwrap();
    assert_eq!(FileOptions::new().write().create_new().open(&path).unwrap_err(), Error::Exists);
    file.write_at(b"world", 6).unwrap();
    file.write_at(b"hello ", 0).unwrap();
    let mut buffer = [0; 20];
    assert_eq!(file.read_at(&mut buffer, 0), Ok(11));
    assert_eq!(&buffer[..11], b"hello world");
    assert_eq!(file.read_at(&mut buffer, 11), Ok(0));
    file.sync().unwrap();
    file.truncate(5).unwrap();
    let info = file.info().unwrap();
    assert_eq!((info.length, info.kind, info.mode & 0o777), (5, FileKind::Regular, 0o600));
    assert!(info.modified > SystemTime::now() - LONG && info.modified < SystemTime::now() + LONG);
    assert_eq!(file_info(&path), Ok(info));
    drop(file);
    assert_eq!(File::open(&path).unwrap().write_at(b"x", 0), Err(Error::File));
    assert_eq!(File::create(&path).unwrap().info().unwrap().length, 0);
    assert_eq!(File::open("/nowhere").unwrap_err(), Error::NotFound);
    assert_eq!(file_info("/").unwrap().kind, FileKind::Folder);
    assert_eq!(File::open("with\0nul").unwrap_err(), Error::BadAddress);
}

#[test]
fn whole_files() {
    let path = folder("whole").join("file");
    let all = content(300_000);
    store_file(&path, &all, Some(0o640)).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(load_file(&path, usize::MAX).unwrap() == all);
    assert_eq!(load_file(&path, 100_000).unwrap_err(), Error::TooLarge);
    store_file(&path, b"", None).unwrap();
    assert_eq!(load_file(&path, 100).unwrap(), b"");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(load_file("/nowhere", 100).unwrap_err(), Error::NotFound);
}

#[test]
fn changes_in_a_folder() {
    let folder = folder("watched");
    let watch = watch_gathering(&folder, Duration::from_millis(1)).unwrap();
    let next = || watch.next_change_timeout(LONG).unwrap().unwrap();
    fs::write(folder.join("one"), "content").unwrap();
    let change = next();
    assert_eq!((change.kind, change.name.as_deref()), (ChangeKind::Created, Some("one".as_ref())));
    fs::create_dir(folder.join("folder")).unwrap();
    let mut change = next();
    while change.name.as_deref() == Some("one".as_ref()) {
        change = next();
    }
    assert!(change.is_folder && change.kind == ChangeKind::Created, "{change:?}");
    fs::rename(folder.join("one"), folder.join("two")).unwrap();
    let change = next();
    assert_eq!((change.kind, change.old_name.as_deref()), (ChangeKind::Renamed, Some("one".as_ref())));
    assert_eq!(watch.next_change_timeout(Duration::from_millis(20)), Err(Error::TimedOut));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| watch.changes().count());
        thread::sleep(Duration::from_millis(10));
        watch.close().unwrap();
        assert_eq!(waiting.join().unwrap(), 0);
    });
    assert_eq!(reseau::watch("/nowhere/at/all").unwrap_err(), Error::NotFound);
}

#[test]
fn a_watch_ends_with_its_folder() {
    let folder = folder("ends");
    let watch = watch(&folder).unwrap();
    fs::remove_dir(&folder).unwrap();
    let change = watch.next_change_timeout(LONG).unwrap().unwrap();
    assert_eq!((change.kind, change.name), (ChangeKind::Removed, None));
    assert_eq!(watch.next_change_timeout(LONG), Ok(None));
    assert_eq!(watch.next_change(), None);
}

#[test]
fn files_as_futures() {
    let path = folder("futures").join("file");
    block_on(async {
        let file = FileOptions::new().read().write().create().open_async(&path).await.unwrap();
        assert_eq!(file.write_at("hello world", 0).await.unwrap(), b"hello world");
        assert_eq!(file.read_at(5, 6).await.unwrap(), b"world");
        assert_eq!(file.read_at(50, 6).await.unwrap(), b"world");
        assert_eq!(file.read_into_at(vec![1; 3], 11).await.unwrap(), b"");
        file.truncate(5).await.unwrap();
        file.sync().await.unwrap();
        assert_eq!(file.info().await.unwrap().length, 5);
        assert_eq!(aio::File::open("/nowhere").await.unwrap_err(), Error::NotFound);
        let all = content(300_000);
        aio::store_file(&path, all.clone(), None).await.unwrap();
        assert!(aio::load_file(&path, usize::MAX).await.unwrap() == all);
        assert_eq!(aio::load_file(&path, 10).await.unwrap_err(), Error::TooLarge);
        assert_eq!(aio::File::create(&path).await.unwrap().info().await.unwrap().length, 0);
    });
}

/// Who does not wait any more leaves the memory to the library until it is done.
#[test]
fn futures_that_are_dropped() {
    let path = folder("dropped").join("file");
    block_on(async {
        let file = FileOptions::new().read().write().create().open_async(&path).await.unwrap();
        for _ in 0..200 {
            let mut writing = Box::pin(file.write_at(vec![1; 10_000], 0));
            let _ = poll_once(&mut writing);
            drop(writing);
            let mut reading = Box::pin(file.read_at(10_000, 0));
            let _ = poll_once(&mut reading);
            drop(reading);
            let mut opening = Box::pin(aio::File::open(&path));
            let _ = poll_once(&mut opening);
            drop(opening);
            let mut loading = Box::pin(aio::load_file(&path, usize::MAX));
            let _ = poll_once(&mut loading);
            drop(loading);
        }
        assert_eq!(file.read_at(1, 0).await.unwrap().len(), 1);
    });
}

#[test]
fn a_watch_of_tasks() {
    let folder = folder("tasks");
    block_on(async {
        let watch = aio::watch(&folder).unwrap();
        fs::write(folder.join("one"), "content").unwrap();
        assert_eq!(watch.next_change().await.unwrap().name.as_deref(), Some("one".as_ref()));
        fs::remove_file(folder.join("one")).unwrap();
        assert_eq!(watch.next_change().await.unwrap().kind, ChangeKind::Removed);
        watch.close().unwrap();
        assert_eq!(watch.next_change().await, None);
    });
}
