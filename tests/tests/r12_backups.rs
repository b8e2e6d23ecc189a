//! R12, backups can be restored: backups are made while members take seats, checked, and restored.
//!
//! `GUILDHALL_R12_BACKUPS` sets the number of backups.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex},
    time::Instant,
};

use sea_orm::ConnectionTrait as _;
use store::mailbox;
use tests::{
    load::{Answers, Community, Load, Seat, StoredSeats, client, times},
    portal::Browser,
    process::{Process, guildhall},
};

/// An address without a mail server: emails stay pending, so that each backup contains some.
const NO_MAIL: &[(&str, &str)] = &[("smtp_url", "smtp://127.0.0.1:1"), ("mail_from", "guild@guild.example")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_a_backup_under_load_is_consistent_and_restores_without_repeated_emails() {
    let backups = times("GUILDHALL_R12_BACKUPS", 3);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let url = format!("sqlite://{}", data.join("guildhall.db").display());
    let community = Community::create(&url, 16, 20 + 10 * backups).await;
    let session = community.members[0].1.clone();
    let server = Process::serve(&data, NO_MAIL).await;
    let load = Load::start(&community, &Arc::new(Mutex::new(vec![server.address.clone()])));
    let mut made = Vec::new();
    for i in 0..backups {
        load.progress(20).await;
        let file = folder.path().join(format!("backup{i}.db"));
        let begun = Instant::now();
        run(&data, &["backup", file.to_str().unwrap()]).await;
        made.push((file, begun, Instant::now()));
    }
    load.progress(20).await;
    let answers = load.stop().await;
    assert!(server.stop().await.success());

    let mut newest = BTreeSet::new();
    for (file, begun, ended) in &made {
        run(&data, &["restore", file.to_str().unwrap(), "--verify"]).await;
        let kept = read(file).await;
        assert_eq!(kept.half_done(), Vec::<String>::new());
        assert_eq!(not_a_prefix(&kept.seats, &answers, *begun, *ended), Vec::<String>::new());
        newest = kept.seats;
    }
    // Negative control: a backup with a missing seat is not a state of one moment.
    let (file, begun, ended) = made.last().unwrap();
    let mut torn = newest.clone();
    torn.remove(&answers.taken[0].seat);
    assert!(!not_a_prefix(&torn, &answers, *begun, *ended).is_empty());

    let restored = folder.path().join("restored");
    let output_text = run(&restored, &["restore", file.to_str().unwrap()]).await;
    assert!(output_text.contains("on hold") && output_text.contains("Restored the secret"), "{output_text}");
    assert_eq!(read(&restored.join("guildhall.db")).await.seats, newest);
    let (signed_in, sent) = first_minutes(&restored, &session).await;
    assert_eq!((signed_in, sent), (false, 0), "sessions have ended, and nothing is sent twice");

    // Negative control: the same backup, put back by hand without `guildhall restore`.
    let by_hand = folder.path().join("by-hand");
    std::fs::create_dir(&by_hand).unwrap();
    std::fs::copy(file, by_hand.join("guildhall.db")).unwrap();
    std::fs::copy(data.join("secret"), by_hand.join("secret")).unwrap();
    let (signed_in, sent) = first_minutes(&by_hand, &session).await;
    assert!(signed_in && sent > 0, "{signed_in} {sent}");
}

/// Runs a command that must succeed.
async fn run(data: &Path, args: &[&str]) -> String {
    let output = guildhall(data, args, &[]).await;
    let output_text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{args:?}: {output_text}");
    output_text
}

async fn read(file: &Path) -> StoredSeats {
    let db = store::backup::open(file).await.unwrap();
    let kept = StoredSeats::read(&db).await;
    db.close().await.unwrap();
    kept
}

/// Why the seats in a backup cannot be the state of one moment while it was made.
fn not_a_prefix(seats: &BTreeSet<Seat>, answers: &Answers, begun: Instant, ended: Instant) -> Vec<String> {
    let is_in = |seat: &Seat| seats.contains(seat);
    let mut wrong = Vec::new();
    for taken in &answers.taken {
        if taken.answered < begun && !is_in(&taken.seat) {
            wrong.push(format!("{:?} was acknowledged before", taken.seat));
        }
        if taken.sent > ended && is_in(&taken.seat) {
            wrong.push(format!("{:?} was asked for afterwards", taken.seat));
        }
    }
    // A confirmed seat must be in the backup when the backup has a seat that was requested later.
    let newest = answers.taken.iter().filter(|taken| is_in(&taken.seat)).map(|taken| taken.sent).max();
    let earlier = |taken: &&tests::load::Taken| newest.is_some_and(|newest| taken.answered < newest);
    for taken in answers.taken.iter().filter(earlier) {
        if !is_in(&taken.seat) {
            wrong.push(format!("{:?} is older than others in it", taken.seat));
        }
    }
    wrong
}

/// Whether an old session still works on a restored installation, and how many old emails it sends. New sign-in
/// emails are not counted.
async fn first_minutes(data: &Path, session: &str) -> (bool, usize) {
    let url = format!("sqlite://{}", data.join("guildhall.db").display());
    let db = store::connect_for_migrations(&url).await.unwrap();
    // Makes every email due, as after a long time.
    db.execute_unprepared("UPDATE emails SET due_at = posted_at").await.unwrap();
    db.close().await.unwrap();
    let server = Process::serve(data, &[]).await;
    let request = client().get(format!("{}/profile", server.address)).header("accept", "text/html");
    let answer = request.header("cookie", format!("guildhall={session}")).send().await.unwrap();
    let signed_in = !answer.url().path().starts_with("/sign-in");
    // Two sign-ins, one after the other. The first would also send the old emails.
    let store = store::Store::open(&url, store::Clock::system()).await.unwrap();
    for asked in ["first", "second"] {
        let address = format!("{asked}@guild.example");
        let form = [("address", address.as_str())];
        let answer = Browser::at(&server.address).post("/sign-in", &form).await;
        assert!(answer.status < 400, "{} {}", answer.status, answer.body);
        for _ in 0..1000 {
            let emails = mailbox::newest(&store, 1000).await.unwrap();
            if emails.iter().any(|mail| mail.to.contains(&address)) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    let emails = mailbox::newest(&store, 1000).await.unwrap();
    store.close().await;
    assert!(server.stop().await.success());
    let asked = emails.iter().filter(|mail| mail.to.starts_with("first@") || mail.to.starts_with("second@"));
    assert_eq!(asked.count(), 2);
    (signed_in, emails.len() - 2)
}
