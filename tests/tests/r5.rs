//! R5: no email is lost and almost none is sent twice, although the server is killed again and again.
//!
//! A server process is killed with SIGKILL while people request sign-in emails and the process sends them to a
//! real mail server. `GUILDHALL_R5_KILLS=200` is the long run.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures::future::join_all;
use reqwest::header;
use store::{Clock, outbox};
use tests::{Guild, guild_test, process::Process};

use crate::mail::{self, Running, Smtp, until};

/// Kills between two checks. The emails are checked before their sign-in links expire.
const KILLS_PER_ROUND: u64 = 12;
/// The number of people who request an email in each round.
const PEOPLE: usize = 48;
/// Connections to the mail server. Each has at most one email in progress.
const LANES: usize = 2;

/// Requests a sign-in email. Returns whether the server confirmed the request.
async fn request_sign_in(client: &reqwest::Client, home: &str, address: &str) -> bool {
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("address", address).finish();
    let asked = client
        .post(format!("{home}/sign-in"))
        .header("origin", home)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let Ok(answer) = asked.send().await else { return false };
    let leads_to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap());
    leads_to.is_some_and(|to| to.starts_with("/sign-in/code"))
}

/// The addresses that a query returns.
async fn addresses(g: &Guild, sql: &str) -> BTreeSet<String> {
    g.rows(sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// The Message-IDs of the emails that arrived, by address.
fn arrived(smtp: &Smtp) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for email in smtp.emails() {
        let to = mail::header(&email, "To").trim_matches(['<', '>']).to_owned();
        all.entry(to).or_default().push(mail::header(&email, "Message-ID"));
    }
    all
}

/// What is wrong with the emails that arrived, if anything. `asked` are the addresses whose request was
/// confirmed, `posted` those with a committed email.
fn wrong(
    arrived: &BTreeMap<String, Vec<String>>,
    asked: &BTreeSet<String>,
    posted: &BTreeSet<String>,
    in_flight: usize,
) -> Option<String> {
    let got: BTreeSet<String> = arrived.keys().cloned().collect();
    if let Some(lost) = asked.union(posted).find(|address| !got.contains(*address)) {
        return Some(format!("the email to {lost} is lost"));
    }
    if let Some(extra) = got.difference(posted).next() {
        return Some(format!("{extra} got an email about a change that was rolled back"));
    }
    let other = arrived.iter().find(|(_, ids)| ids.iter().any(|id| *id != ids[0]));
    if let Some((address, ids)) = other {
        return Some(format!("{address} got different emails: {ids:?}"));
    }
    let twice: usize = arrived.values().map(|ids| ids.len() - 1).sum();
    (twice > in_flight)
        .then(|| format!("{twice} emails arrived twice, but at most {in_flight} were in progress"))
}

fn kills() -> u64 {
    std::env::var("GUILDHALL_R5_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS_PER_ROUND)
}

#[guild_test(empty)]
async fn r5_no_email_is_lost_and_almost_none_is_sent_twice(g: Guild) {
    let (smtp, folder, system) = (Smtp::start().await, tempfile::tempdir().unwrap(), Clock::system());
    // Fails only when the process has a provider already.
    _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let client = client.timeout(Duration::from_secs(10)).build().unwrap();
    let settings = [
        ("database_url", g.url.as_str()),
        ("smtp_url", smtp.address.as_str()),
        ("mail_from", "guild@guild.example"),
        ("sign_in_per_minute", "100000"),
    ];
    let (total, mut done, mut acknowledged, mut cut) = (kills(), 0, BTreeSet::new(), 0);
    while done < total {
        for _ in 0..KILLS_PER_ROUND.min(total - done) {
            let server = Process::serve(folder.path(), &settings).await;
            let home = server.address.clone();
            let people: Vec<String> = (0..PEOPLE).map(|n| format!("r{done}n{n}@guild.example")).collect();
            let load = join_all(people.iter().map(|address| request_sign_in(&client, &home, address)));
            // The delay grows, so that some kills happen during requests and some while emails are sent.
            let kill = async {
                tokio::time::sleep(Duration::from_millis(20 + 40 * (done % KILLS_PER_ROUND))).await;
                server.kill().await;
            };
            let (confirmed, ()) = futures::join!(load, kill);
            acknowledged.extend(
                people.iter().zip(confirmed).filter(|(_, confirmed)| *confirmed).map(|(to, _)| to.clone()),
            );
            done += 1;
            cut += outbox::waiting(&g.store).await.unwrap().pending;
        }
        // After two minutes, emails that the killed servers had claimed can be claimed again.
        g.clock.set(system.now() + chrono::Duration::minutes(3));
        let worker = Running::of_portal(&g, Some(&smtp.address), "http://127.0.0.1");
        until(&g, "sent", g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails").await).await;
        worker.stop().await;
    }
    let (arrived, posted) = (arrived(&smtp), addresses(&g, "SELECT address FROM emails").await);
    let in_flight = LANES * usize::try_from(total).unwrap();
    let twice = arrived.values().map(|ids| ids.len() - 1).sum::<usize>();
    println!(
        "{total} kills: {} acknowledged, {} sent, {twice} twice, {cut} waited",
        acknowledged.len(),
        arrived.len()
    );
    assert_eq!(wrong(&arrived, &acknowledged, &posted, in_flight), None);
    assert!(
        cut > 0 && !acknowledged.is_empty(),
        "{cut} emails waited at the kills, {} people were answered",
        acknowledged.len()
    );
    g.expect_emails("no_account").await;
}

/// Negative controls: each kind of broken promise is noticed.
#[test]
fn r5_every_broken_promise_is_noticed() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let got = |emails: &[(&str, &[&str])]| {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        emails.iter().map(|(to, of)| ((*to).to_owned(), ids(of))).collect::<BTreeMap<_, _>>()
    };
    let both = set(&["a", "b"]);
    assert_eq!(wrong(&got(&[("a", &["1"]), ("b", &["2", "2"])]), &set(&["a"]), &both, 1), None);
    let says = |emails: &[(&str, &[&str])], posted: &BTreeSet<String>, word: &str| {
        wrong(&got(emails), &set(&["a"]), posted, 1).is_some_and(|wrong| wrong.contains(word))
    };
    assert!(says(&[("b", &["2"])], &both, "lost"));
    assert!(says(&[("a", &["1"])], &both, "lost"));
    assert!(says(&[("a", &["1"]), ("b", &["2"])], &set(&["a"]), "rolled back"));
    assert!(says(&[("a", &["1", "3"]), ("b", &["2"])], &both, "different"));
    assert!(says(&[("a", &["1", "1"]), ("b", &["2", "2"])], &both, "twice"));
}
