//! The reader against a fixture of our own, against every slip we can think of, and against noise.

use domain::{
    Instant, Zone,
    schedule::{Schedule, ScheduleLink, ScheduleSession},
};
use proptest::prelude::*;

use super::{MOST_BYTES, read};

const FILE: &str = include_str!("../../../tests/fixtures/schedule.xml");

fn file() -> Schedule {
    read(FILE, None).unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn session<'a>(schedule: &'a Schedule, code: &str) -> &'a ScheduleSession {
    schedule.days.iter().flat_map(|day| &day.sessions).find(|session| session.code == code).unwrap()
}

/// The fixture with every `from` made `to`.
fn with(from: &str, to: &str) -> String {
    assert!(FILE.contains(from), "{from}");
    FILE.replace(from, to)
}

fn refusal(xml: &str) -> String {
    read(xml, None).unwrap_err().to_string()
}

/// The fixture without the lines that hold one of `words`.
fn without(words: &[&str]) -> String {
    FILE.lines().filter(|line| !words.iter().any(|word| line.contains(word))).collect::<Vec<_>>().join("\n")
}

#[test]
fn d9_a_conference_is_read() {
    let read = file();
    assert_eq!(read.title, "Gildentage für Werkzeug & Handwerk");
    assert_eq!((read.acronym.as_str(), read.version.as_str()), ("gildentage26", "0.7 „Feinschliff“"));
    assert_eq!(read.zone.name(), "Europe/Berlin");
    assert_eq!(read.about.conference_url, "https://gildentage.example/2026");
    assert_eq!((read.about.starts.as_str(), read.about.timeslot.as_str()), ("2026-06-05", "00:05"));
    assert_eq!(read.about.colours[0], ("primary".to_owned(), "#205040".to_owned()));
    assert_eq!(read.about.tracks[1].name, "Forge & Field");
    let counts: Vec<_> =
        read.days.iter().map(|day| (day.index, day.rooms.len(), day.sessions.len())).collect();
    assert_eq!(counts, [(1, 3, 4), (2, 3, 4)]);
    assert_eq!(read.days[0].ends_at, Some(at("2026-06-06T01:00:00Z")));
    // A room where nothing happens stays.
    assert_eq!(read.days[0].rooms[2].name, "Dachboden");
}

#[test]
fn d9_a_session_is_read_whole() {
    let read = file();
    let opening = session(&read, "101");
    assert_eq!((opening.title.as_str(), opening.room.as_str()), ("Eröffnung", "Große Halle"));
    assert_eq!((opening.starts_at, opening.minutes), (at("2026-06-05T07:00:00Z"), 45));
    assert_eq!(opening.summary, "Ein Gruß – und eine Frage.");
    assert_eq!(opening.description, "<p>Wer <b>zusammen</b> arbeitet, lernt & lehrt.</p>");
    assert_eq!((opening.short_code.as_str(), opening.licence.as_str()), ("AB12CD", "CC BY 4.0"));
    assert_eq!(opening.recording_link, "https://media.example/v/101");
    assert_eq!(opening.feedback_url, "https://gildentage.example/talk/101/feedback");
    let speakers: Vec<_> =
        opening.speakers.iter().map(|who| (who.code.as_str(), who.name.as_str())).collect();
    assert_eq!(speakers, [("7", "Jürgen Weiß"), ("6f1c4b7a-90cd-4c53-b2b8-0a0d2d9b0008", "Zoë O'Neill")]);
    let link = |href: &str, text: &str, kind: &str, service: &str| ScheduleLink {
        href: href.into(),
        text: text.into(),
        kind: kind.into(),
        service: service.into(),
    };
    assert_eq!(
        opening.links,
        [
            link("https://example.org/gilden?a=1&b=2", "Zum Nachlesen", "", ""),
            link("fedi.example/@juergen", "Jürgen <im Netz>", "social", "fediverse"),
        ]
    );
    assert_eq!(opening.attachments, [link("https://gildentage.example/101.pdf", "Folien", "slides", "")]);
    assert!(!opening.do_not_record);
    assert!(session(&read, "102").do_not_record);
    assert_eq!(session(&read, "105").summary, "First line.\n\nSecond paragraph.");
    assert_eq!(session(&read, "107").minutes, 8 * 60);
}

#[test]
fn d9_guids_are_opaque_and_made_of_the_id_where_there_is_none() {
    assert_eq!(session(&file(), "104").guid, "HuGo7x_old-style");
    assert_eq!(session(&file(), "106").guid, "id:106");
}

#[test]
fn d9_after_midnight_is_the_next_date() {
    let read = file();
    assert_eq!(session(&read, "103").starts_at, at("2026-06-05T22:30:00Z"));
    assert_eq!(read.days[0].date.to_string(), "2026-06-05");
    // The same without the dates: by the day's start, by the file's day change, by custom.
    let no_dates = without(&["<date>"]);
    assert_eq!(super::read(&no_dates, None).unwrap(), read);
    for change in ["", "<day_change>09:00:00</day_change>", "<day_change>00:45</day_change>"] {
        let xml = no_dates
            .replace(r#" start="2026-06-05T09:00:00+02:00" end="2026-06-06T03:00:00+02:00""#, "")
            .replace("<days>2</days>", change);
        let bare = super::read(&xml, None).unwrap();
        assert_eq!(bare.days[0].starts_at, None);
        assert_eq!(bare.days[0].sessions, read.days[0].sessions, "{change}");
    }
    // A breakfast before the day's own start stays on its day: its end has passed a day later.
    let early = no_dates.replace("<start>10:00</start>", "<start>08:00</start>");
    assert_eq!(session(&super::read(&early, None).unwrap(), "104").starts_at, at("2026-06-05T06:00:00Z"));
}

#[test]
fn d9_a_day_without_date_has_the_one_it_starts_on() {
    assert_eq!(read(&with(r#"index="1" date="2026-06-05""#, ""), None).unwrap(), file());
}

#[test]
fn d9_a_file_without_zone_needs_one() {
    let bare = without(&["time_zone_name"]);
    assert_eq!(
        refusal(&bare),
        "line 7, column 3: the conference names no time zone; give `--zone`, for example `--zone Europe/Berlin`"
    );
    let berlin = "Europe/Berlin".parse().unwrap();
    assert_eq!(read(&bare, Some(berlin)).unwrap(), file());
    // The file knows better.
    assert_eq!(read(FILE, Some(Zone::UTC)).unwrap(), file());
}

#[test]
fn d9_line_ends_and_a_byte_order_mark_change_nothing() {
    assert_eq!(read(&FILE.replace('\n', "\r\n"), None).unwrap(), file());
    assert_eq!(read(&format!("\u{feff}{FILE}"), None).unwrap(), file());
}

#[test]
fn d9_what_is_wrong_is_said_with_its_place() {
    let opening = r#"guid="0c9a8f5e-1d1b-4a53-8a53-2f0e6f3f0001" id="101""#;
    for (from, to, says) in [
        ("<title>Eröffnung</title>", "<title> </title>", "line 24, column 7: the session has no title; add"),
        ("<duration>00:45</duration>", "", "line 24, column 7: the session has no duration; add"),
        (
            "<duration>00:45</duration>",
            "<duration>45</duration>",
            "line 24, column 7: the session's duration “45”",
        ),
        ("<start>11:15</start>", "", "line 128, column 7: the session has no start; add"),
        (
            "<start>11:15</start>",
            "<start>25:00</start>",
            "line 128, column 7: the session's start “25:00” is not",
        ),
        ("T09:00:00+02:00</date>", "</date>", "line 24, column 7: the session's date “2026-06-05” is not"),
        (opening, "", "line 24, column 7: the session has neither guid nor id;"),
        (
            "f3f0002",
            "f3f0001",
            "line 59, column 7: the guid “0c9a8f5e-1d1b-4a53-8a53-2f0e6f3f0001” is that of the \
             session “Eröffnung” as well;",
        ),
        ("<optout>true", "<optout>ja", "line 59, column 7: the session's optout is neither true nor false;"),
        (
            "<title>Eröffnung",
            "<title>Eröffnung<br/>",
            "line 26, column 25: <title> holds text, but here is the \
             element <br> in it;",
        ),
        ("<title>Closing</title>", "<title/><title/>", "line 153, column 17: <event> has a second <title>;"),
        ("Ein Gruß", "Ein Gruß &nbsp;", "line 32, column 28: the entity “&nbsp;” is none of XML's own;"),
        ("Ein Gruß", "Ein Gruß &#0;", "line 32, column 28: the entity “&#0;” is no character of XML;"),
        ("Ein Gruß", "Ein & Gruß", "line 32, column 23: this is not well-formed XML ("),
        ("Ein Gruß", "Ein \u{1} Gruß", "line 32, column 23: the character U+0001 may not stand in XML;"),
        ("id=\"102\"", "id=\"&x;\"", "line 59, column 7: the attribute id of <event> cannot be read ("),
        ("id=\"102\"", "id=\"1\" id=\"2\"", "line 59, column 7: <event> has an attribute that is not XML ("),
        ("</links>", "</lynx>", "this is not well-formed XML ("),
        ("</schedule>", "", "line 3, column 1: <schedule> is not closed when the file ends;"),
        ("</schedule>", "</schedule><schedule/>", "there is a second root element;"),
        ("</schedule>", "</schedule>!", "there is text outside of <schedule>;"),
        ("schedule>", "html>", "line 3, column 1: the root is “<html>”, not <schedule>;"),
        ("conference>", "congress>", "line 3, column 1: the schedule has no <conference>;"),
        ("<acronym>gildentage26</acronym>", "", "line 7, column 3: the conference has no acronym;"),
        (
            "<start>2026-06-05</start>",
            "<start>June</start>",
            "line 7, column 3: the conference's start “June” is not",
        ),
        ("Europe/Berlin", "Europa/Berlin", "line 17, column 5: the time zone “Europa/Berlin” is not one;"),
        ("index=\"2\"", "index=\"1\"", "line 107, column 3: another day has the index 1 as well;"),
        (
            "date=\"2026-06-05\"",
            "date=\"2026-06-31\"",
            "line 22, column 3: the day's date “2026-06-31” is not a date;",
        ),
        ("<room name=\"Werkstatt\">", "<room>", "line 89, column 5: the room has no name;"),
    ] {
        let said = refusal(&with(from, to));
        assert!(said.contains(says), "{from} → {to}:\n{said}");
        assert!(said.starts_with("line "), "{said}");
    }
}

#[test]
fn d9_no_file_at_all_is_refused() {
    for xml in ["", " ", "<", "<schedule", "{\"schedule\": {}}", "<?xml version='1.0'?>", "<!DOCTYPE"] {
        assert!(refusal(xml).starts_with("line 1, column "), "{xml}");
    }
}

#[test]
fn d9_a_file_cannot_explode() {
    let bomb = r#"<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><schedule><version>&b;</version></schedule>"#;
    assert!(refusal(bomb).contains("the entity “&b;” is none of XML's own"), "{}", refusal(bomb));
    let deep = "<schedule>".repeat(100_000);
    assert!(refusal(&deep).contains("nest more than 32 deep"), "{}", refusal(&deep));
    let wide = format!("<schedule>{}</schedule>", "<a/>".repeat(600_000));
    assert!(refusal(&wide).contains("more elements than any schedule"), "{}", refusal(&wide));
    let large = read(&" ".repeat(MOST_BYTES + 1), None).unwrap_err();
    assert_eq!(large.place(), None);
    assert!(large.to_string().starts_with("the file has 20971521 bytes;"), "{large}");
}

/// Pieces that turn up in files, to be put where they do not belong.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[<>&;/!\\[\\]'\"=?#-]{1,6}",
        "[0-9T:+-]{1,25}",
        (0..FILE.len(), 0..400_usize).prop_map(|(from, length)| {
            let bytes = FILE.as_bytes();
            String::from_utf8_lossy(&bytes[from..(from + length).min(bytes.len())]).into_owned()
        }),
        prop::sample::select(vec![
            "<event>",
            "</event>",
            "<event id='1'>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE a [",
            "&#x10FFFF;",
            "&amp;",
            "<date>",
            "2999-12-31T23:59:60-23:59",
            "99:23:59",
            "<day date='1900-01-01' start='1'>",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn d9_noise_is_refused_without_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, piece()), 1..6),
        zone in any::<bool>(),
    ) {
        let mut bytes = FILE.as_bytes().to_vec();
        for (from, length, piece) in cuts {
            let from = from.index(bytes.len() + 1);
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, piece.into_bytes());
        }
        let text = String::from_utf8_lossy(&bytes);
        let zone = zone.then_some(Zone::UTC);
        match read(&text, zone) {
            Ok(schedule) => prop_assert_eq!(read(&text, zone), Ok(schedule)),
            Err(error) => prop_assert!(error.to_string().contains(';'), "{}", error),
        }
    }

    #[test]
    fn d9_any_text_is_refused(text in any::<String>()) {
        prop_assert!(read(&text, None).is_err());
    }

    #[test]
    fn d9_any_time_is_read_or_refused(date in "[0-9T:+Z-]{0,26}", time in "[0-9:]{0,9}", long in "[0-9:]{0,9}") {
        let xml = FILE
            .replace("2026-06-05T14:30:00+02:00", &date)
            .replace("<start>11:15", &format!("<start>{time}"))
            .replace("<duration>01:30", &format!("<duration>{long}"))
            .replace("end=\"2026-06-06T03:00:00+02:00\"", &format!("end=\"{date}\""));
        let _ = read(&xml, None);
    }
}
