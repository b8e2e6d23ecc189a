//! Tests the reader with a fixture, with files that break the format, and with random changes.

use domain::{
    Instant, Zone,
    schedule::{Schedule, ScheduleLink, ScheduleSession},
};
use proptest::prelude::*;

use super::{MAX_BYTES, ScheduleError};

const FILE: &str = include_str!("../../../tests/fixtures/schedule.xml");

fn read(xml: &str, zone: Option<Zone>) -> Result<Schedule, ScheduleError> {
    super::read(xml.as_bytes(), zone).map(|read| read.schedule)
}

/// The schedule of a file and its notes.
fn noted(xml: &str) -> (Schedule, Vec<String>) {
    let read = super::read(xml.as_bytes(), None).unwrap();
    (read.schedule, read.notes.iter().map(ToString::to_string).collect())
}

fn file() -> Schedule {
    let (schedule, notes) = noted(FILE);
    assert!(notes.is_empty(), "{notes:?}");
    schedule
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn session<'a>(schedule: &'a Schedule, code: &str) -> &'a ScheduleSession {
    schedule.days.iter().flat_map(|day| &day.sessions).find(|session| session.code == code).unwrap()
}

/// The fixture with every `from` replaced by `to`.
fn with(from: &str, to: &str) -> String {
    assert!(FILE.contains(from), "{from}");
    FILE.replace(from, to)
}

fn refusal(xml: &str) -> String {
    read(xml, None).unwrap_err().to_string()
}

/// The fixture without the lines that contain one of `words`.
fn without(words: &[&str]) -> String {
    FILE.lines().filter(|line| !words.iter().any(|word| line.contains(word))).collect::<Vec<_>>().join("\n")
}

#[test]
fn d9_a_conference_is_read() {
    let schedule = file();
    assert_eq!(schedule.title, "Gildentage für Werkzeug & Handwerk");
    assert_eq!((schedule.acronym.as_str(), schedule.version.as_str()), ("gildentage26", "0.7 „Feinschliff“"));
    assert_eq!(schedule.zone.name(), "Europe/Berlin");
    assert_eq!(schedule.about.conference_url, "https://gildentage.example/2026");
    assert_eq!((schedule.about.starts.as_str(), schedule.about.timeslot.as_str()), ("2026-06-05", "00:05"));
    assert_eq!(schedule.about.colours[0], ("primary".to_owned(), "#205040".to_owned()));
    assert_eq!(schedule.about.tracks[1].name, "Forge & Field");
    let counts: Vec<_> =
        schedule.days.iter().map(|day| (day.index, day.rooms.len(), day.sessions.len())).collect();
    assert_eq!(counts, [(1, 3, 4), (2, 3, 4)]);
    assert_eq!(schedule.days[0].ends_at, Some(at("2026-06-06T01:00:00Z")));
    // A room without sessions is kept.
    assert_eq!(schedule.days[0].rooms[2].name, "Dachboden");
}

#[test]
fn d9_a_session_is_read_whole() {
    let schedule = file();
    let opening = session(&schedule, "101");
    assert_eq!((opening.title.as_str(), opening.room.as_str()), ("Eröffnung", "Große Halle"));
    assert_eq!((opening.starts_at, opening.minutes), (at("2026-06-05T07:00:00Z"), 45));
    assert_eq!(opening.summary, "Ein Gruß – und eine Frage.");
    assert_eq!(opening.description, "<p>Wer <b>zusammen</b> arbeitet, lernt & lehrt.</p>");
    assert_eq!((opening.short_code.as_str(), opening.licence.as_str()), ("AB12CD", "CC BY 4.0"));
    assert_eq!(opening.recording_link, "https://media.example/v/101");
    assert_eq!(opening.feedback_url, "https://gildentage.example/talk/101/feedback");
    let speakers: Vec<_> =
        opening.speakers.iter().map(|speaker| (speaker.code.as_str(), speaker.name.as_str())).collect();
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
    assert!(session(&schedule, "102").do_not_record);
    assert_eq!(session(&schedule, "105").summary, "First line.\n\nSecond paragraph.");
    assert_eq!(session(&schedule, "107").minutes, 8 * 60);
}

#[test]
fn d9_guids_are_opaque_and_a_missing_one_is_made_from_the_id() {
    assert_eq!(session(&file(), "104").guid, "HuGo7x_old-style");
    assert_eq!(session(&file(), "106").guid, "id:106");
}

#[test]
fn d9_after_midnight_is_the_next_date() {
    let schedule = file();
    assert_eq!(session(&schedule, "103").starts_at, at("2026-06-05T22:30:00Z"));
    assert_eq!(schedule.days[0].date.to_string(), "2026-06-05");
    // The same without dates: from the day's start, from the file's day change, and by default.
    let no_dates = without(&["<date>"]);
    assert_eq!(read(&no_dates, None).unwrap(), schedule);
    for change in ["", "<day_change>09:00:00</day_change>", "<day_change>00:45</day_change>"] {
        let xml = no_dates
            .replace(r#" start="2026-06-05T09:00:00+02:00" end="2026-06-06T03:00:00+02:00""#, "")
            .replace("<days>2</days>", change);
        let bare = read(&xml, None).unwrap();
        assert_eq!(bare.days[0].starts_at, None);
        assert_eq!(bare.days[0].sessions, schedule.days[0].sessions, "{change}");
    }
    // A session before the day's own start stays on its date, because a day later would be after the end.
    let early = no_dates.replace("<start>10:00</start>", "<start>08:00</start>");
    assert_eq!(session(&read(&early, None).unwrap(), "104").starts_at, at("2026-06-05T06:00:00Z"));
}

#[test]
fn d9_a_day_without_a_date_has_the_date_of_its_start() {
    assert_eq!(read(&with(r#"index="1" date="2026-06-05""#, ""), None).unwrap(), file());
}

#[test]
fn d9_a_file_without_a_time_zone_needs_one_as_an_argument() {
    let bare = without(&["time_zone_name"]);
    assert_eq!(
        refusal(&bare),
        "line 7, column 3: the conference names no time zone. Use --zone, for example --zone Europe/Berlin"
    );
    let berlin = "Europe/Berlin".parse().unwrap();
    assert_eq!(read(&bare, Some(berlin)).unwrap(), file());
    // The file's own time zone wins.
    assert_eq!(read(FILE, Some(Zone::UTC)).unwrap(), file());
}

#[test]
fn d9_line_ends_and_a_byte_order_mark_change_nothing() {
    assert_eq!(read(&FILE.replace('\n', "\r\n"), None).unwrap(), file());
    assert_eq!(read(&format!("\u{feff}{FILE}"), None).unwrap(), file());
}

#[test]
fn d9_a_file_that_cannot_be_read_is_refused_with_line_and_column() {
    for (from, to, says) in [
        ("</links>", "</lynx>", "this is not well-formed XML ("),
        ("</schedule>", "", "line 3, column 1: <schedule> is not closed at the end of the file."),
        ("</schedule>", "</schedule><schedule/>", "there is a second root element."),
        ("</schedule>", "</schedule>!", "there is text outside of <schedule>."),
        ("schedule>", "html>", "line 3, column 1: the root is “<html>”, not <schedule>."),
        ("conference>", "congress>", "line 3, column 1: the schedule has no <conference>."),
        ("Europe/Berlin", "Europa/Berlin", "line 7, column 3: the time zone “Europa/Berlin” is unknown."),
    ] {
        let message = refusal(&with(from, to));
        assert!(message.contains(says), "{from} → {to}:\n{message}");
        assert!(message.starts_with("line "), "{message}");
    }
    let nameless = without(&["<acronym>", "<title>Gildentage"]);
    assert!(refusal(&nameless).contains("neither an acronym nor a title."), "{}", refusal(&nameless));
}

/// A single problem doesn't refuse a file. The rest is read, and everything guessed or left out is noted.
#[test]
fn d9_what_can_be_read_is_read_and_the_rest_is_noted() {
    let opening = r#"guid="0c9a8f5e-1d1b-4a53-8a53-2f0e6f3f0001" id="101""#;
    let whole = file();
    // What is replaced, with what, the note, and the number of sessions that are left.
    for (from, to, says, sessions) in [
        (
            "<title>Eröffnung</title>",
            "<title> </title>",
            "line 24, column 7: the session was left out: it has no title.",
            7,
        ),
        (
            "<duration>00:45</duration>",
            "",
            "line 24, column 7: the session was left out: it has no duration.",
            6,
        ),
        ("<duration>01:00</duration>", "<duration>long</duration>", "its duration “long” cannot be read.", 7),
        ("<start>11:15</start>", "", "line 128, column 7: the session was left out: it has no start.", 7),
        ("<start>11:15</start>", "<start>25:00</start>", "its start “25:00” is not a time.", 7),
        (
            opening,
            "",
            "line 24, column 7: the session has neither guid nor id, so it is identified by its title",
            8,
        ),
        ("f3f0002", "f3f0001", "2 sessions have the guid “0c9a8f5e-1d1b-4a53-8a53-2f0e6f3f0001”", 8),
        (
            "<optout>true",
            "<optout>ja",
            "line 59, column 7: the session's optout “ja” is neither true nor false, so the session is marked as not recorded",
            8,
        ),
        (
            "<title>Eröffnung",
            "<title>Eröffnung<br/>",
            "line 26, column 25: <title> contains the element <br> in its text, so",
            8,
        ),
        (
            "<title>Closing</title>",
            "<title>Closing</title><title/>",
            "<event> has a second <title>. The first one was used",
            8,
        ),
        (
            "Ein Gruß",
            "Ein Gruß &nbsp;",
            "line 32, column 28: the entity “&nbsp;” is unknown, so it was kept as it is written",
            8,
        ),
        (
            "Ein Gruß",
            "Ein Gruß &#0;",
            "line 32, column 28: “&#0;” is not a valid XML character, so it was left out",
            8,
        ),
        ("Ein Gruß", "Ein & Gruß", "an ampersand is not escaped and was kept as it is. Write it as &amp;", 8),
        (
            "Ein Gruß",
            "Ein \u{1} Gruß",
            "line 32, column 23: XML forbids the character U+0001, so it was left out",
            8,
        ),
        (
            "id=\"102\"",
            "id=\"&x;\"",
            "line 59, column 7: the attribute id of <event> was read as it is written (",
            8,
        ),
        (
            "id=\"102\"",
            "id=\"102\" id=\"2\"",
            "line 59, column 7: <event> has an attribute that cannot be read (",
            8,
        ),
        (
            "<start>2026-06-05</start>",
            "<start>June</start>",
            "line 7, column 3: the conference's start “June” is not a date, so",
            8,
        ),
        ("index=\"2\"", "index=\"1\"", "two days have the same index, so the days were numbered from 1", 8),
        (
            "date=\"2026-06-05\"",
            "date=\"2026-06-31\"",
            "line 22, column 3: the day's date “2026-06-31” is not a date.",
            8,
        ),
        ("<room name=\"Werkstatt\">", "<room>", "line 89, column 5: the room has no name.", 8),
        (
            "<room>Werkstatt</room>",
            "<room>Keller</room>",
            "the session says that it is in “Keller”, but it is listed in “Werkstatt”",
            8,
        ),
        (
            "<language>de</language>",
            "<language>de</language><mood>good</mood>",
            "<mood> in <event> is unknown and was left out (4 times)",
            8,
        ),
        (
            "<person id=\"12\">",
            "<person id=\"12\" star=\"3\">",
            "the attribute star of <person> is unknown and was left out (2 times)",
            8,
        ),
        ("<persons>", "<persons>and guests", "the text “and guests” in <persons> was left out", 8),
        ("<persons>", "<persons><person id=\"9\"/>", "a <person> without a name was left out (4 times)", 8),
        (
            "<acronym>gildentage26</acronym>",
            "",
            "line 7, column 3: the conference has no acronym, so it is identified by its title",
            8,
        ),
        (
            "<title>Gildentage für Werkzeug &amp; Handwerk</title>",
            "",
            "the conference has no title, so its acronym was used",
            8,
        ),
        ("T09:00:00+02:00</date>", "</date>", "", 8),
    ] {
        let (schedule, notes) = noted(&with(from, to));
        assert!(notes.iter().any(|note| note.contains(says)) || says.is_empty(), "{from} → {to}:\n{notes:?}");
        let read: usize = schedule.days.iter().map(|day| day.sessions.len()).sum();
        assert_eq!(read, sessions, "{from} → {to}: {notes:?}");
        assert!(!says.is_empty() || (notes.is_empty() && schedule == whole), "{from} → {to}: {notes:?}");
    }
    let lost = super::read(with("<start>11:15</start>", "").as_bytes(), None).unwrap();
    assert_eq!(lost.unread, ["id:106"]);
}

/// A conference of one day and one room, with these elements in the conference and in the room.
fn small(conference: &str, day: &str, events: &str) -> String {
    format!(
        "<schedule><version>1</version><conference><title>Small</title>{conference}</conference>\
         <day index='1' {day}><room name='Dome'>{events}</room></day></schedule>"
    )
}

const BERLIN: &str = "<acronym>small</acronym><time_zone_name>Europe/Berlin</time_zone_name>";
const KOLKATA: &str = "<acronym>small</acronym><time_zone_name>Asia/Kolkata</time_zone_name>";

fn event(guid: &str, date: &str, rest: &str) -> String {
    format!(
        "<event guid='{guid}'><date>{date}</date><duration>01:00</duration><title>Workshop</title>{rest}</event>"
    )
}

#[test]
fn d9_acronyms_are_kept_as_written_and_a_title_replaces_a_missing_one() {
    let acronym = |acronym: &str| {
        let conference = format!("<acronym>{acronym}</acronym><time_zone_name>UTC</time_zone_name>");
        noted(&small(&conference, "date='2026-12-05'", "")).0.acronym
    };
    assert_eq!((acronym("C++ Days").as_str(), acronym("C# Days").as_str()), ("C++ Days", "C# Days"));
    let old = "<schedule><conference><title>Free gathering 2021</title><day_change>00:00:00</day_change>\
               <timeslot_duration>00:05:00</timeslot_duration></conference><day index='1' date='2021-02-06'>\
               <room name='Main'><event id='1'><start>09:00</start><duration>00:25</duration><room>Main</room>\
               <title>Welcome</title><persons/></event></room></day></schedule>";
    let schedule = read(old, Some(Zone::UTC)).unwrap();
    assert_eq!(
        (schedule.acronym.as_str(), schedule.days[0].sessions.len()),
        ("title:Free gathering 2021", 1)
    );
}

#[test]
fn d9_a_repeated_session_gets_its_start_and_room_as_guid() {
    let first = event("81f5", "2026-12-05T16:10:00+01:00", "");
    let second = event("81f5", "2026-12-05T17:15:00+01:00", "");
    let guids = |events: &str| {
        let (schedule, notes) = noted(&small(BERLIN, "date='2026-12-05'", events));
        assert_eq!(notes.len(), 1, "{notes:?}");
        schedule.days[0].sessions.iter().map(|session| session.guid.clone()).collect::<Vec<_>>()
    };
    let apart = "81f5 2026-12-05T16:15Z Dome".to_owned();
    assert_eq!(guids(&format!("{first}{second}")), ["81f5".to_owned(), apart.clone()]);
    // The order in the file does not matter.
    assert_eq!(guids(&format!("{second}{first}")), [apart, "81f5".to_owned()]);
    let twice = guids(&format!("{first}{first}"));
    assert!(twice[0] != twice[1], "{twice:?}");
}

#[test]
fn d9_sessions_decide_the_date_of_their_day() {
    // The day is written in UTC: 03:00 in Kolkata on the 10th is 21:30 on the 9th.
    let day = "date='2026-12-09' start='2026-12-09T21:30:00+00:00' end='2026-12-10T21:29:59+00:00'";
    let night = event("2", "2026-12-10T20:30:00+00:00", "");
    let (schedule, notes) =
        noted(&small(KOLKATA, day, &(event("1", "2026-12-10T01:30:00+00:00", "") + &night)));
    assert_eq!(schedule.days[0].date.to_string(), "2026-12-10");
    assert!(
        notes[0].contains("the day's date is 2026-12-09, but its sessions are on 2026-12-10"),
        "{notes:?}"
    );
    // The night after a day belongs to the day.
    let (schedule, notes) =
        noted(&small(BERLIN, "date='2026-12-05'", &event("1", "2026-12-06T01:30:00+01:00", "")));
    assert_eq!((schedule.days[0].date.to_string().as_str(), notes.len()), ("2026-12-05", 0));
    // Without a date, the date of the sessions is used.
    let (schedule, _) = noted(&small(BERLIN, "", &event("1", "2026-12-06T11:30:00+01:00", "")));
    assert_eq!(schedule.days[0].date.to_string(), "2026-12-06");
    // A start that is only a date is the date.
    let alone = small(BERLIN, "start='2026-12-05' end='2026-12-05'", &event("1", "2026-12-05T09:00:00Z", ""));
    let (schedule, notes) = noted(&alone);
    assert_eq!((schedule.days[0].date.to_string().as_str(), notes.len()), ("2026-12-05", 0), "{notes:?}");
}

#[test]
fn d9_a_schedule_without_sessions_has_the_dates_of_the_conference() {
    let dates = format!("{BERLIN}<start>2027-03-01</start><end>2027-03-02</end>");
    let (schedule, notes) = noted(&small(&dates, "date='2026-12-05'", ""));
    assert_eq!(schedule.span(), Some((at("2027-02-28T23:00:00Z"), at("2027-03-02T23:00:00Z"))));
    assert!(notes[0].contains("no sessions"), "{notes:?}");
    let nothing = format!("<schedule><conference><title>X</title>{BERLIN}</conference></schedule>");
    assert!(refusal(&nothing).contains("no sessions and no dates."), "{}", refusal(&nothing));
}

#[test]
fn d9_people_links_and_files_are_kept_wherever_they_are() {
    let rest = "<person id='4'>Sören Example</person><link href='https://example.org'>Notes</link>\
                <attachment href='https://example.org/a.pdf'>Slides</attachment>";
    let (schedule, notes) =
        noted(&small(BERLIN, "date='2026-12-05'", &event("1", "2026-12-05T16:10:00+01:00", rest)));
    let session = &schedule.days[0].sessions[0];
    assert_eq!(
        (session.speakers[0].name.as_str(), session.speakers[0].code.as_str()),
        ("Sören Example", "4")
    );
    assert_eq!((session.links.len(), session.attachments.len(), notes.len()), (1, 1, 3));
    assert!(notes[0].contains("<person> is directly in <event>"), "{notes:?}");
}

#[test]
fn d9_hours_minutes_and_seconds_are_a_duration() {
    let (schedule, notes) = noted(&with("<duration>00:45</duration>", "<duration>00:45:00</duration>"));
    assert_eq!(schedule.days, file().days);
    assert!(
        notes[0].contains("a duration like “00:45:00” was read as hours, minutes and seconds (2 times)"),
        "{notes:?}"
    );
}

#[test]
fn d9_sessions_with_dates_out_of_range_are_left_out() {
    for far in
        ["9999-12-31T23:59:00Z", "+262142-12-31T00:00:00Z", "1800-01-01T00:00:00Z", "2199-12-31T23:30:00Z"]
    {
        let read =
            super::read(small(BERLIN, "date='2026-12-05'", &event("1", far, "")).as_bytes(), None).unwrap();
        assert_eq!((read.schedule.days[0].sessions.len(), read.unread.len()), (0, 1), "{far}");
    }
}

#[test]
fn d9_direction_overrides_are_removed() {
    let turned = with("Eröffnung", "Er\u{202E}öff&#x202E;nung")
        .replace("name=\"Werkstatt\"", "name=\"Werk&#x2066;statt\"");
    assert_eq!(noted(&turned).0.days, file().days);
}

#[test]
fn d9_other_files_are_refused() {
    for xml in ["", " ", "<", "<schedule", "<?xml version='1.0'?>", "<!DOCTYPE"] {
        assert!(refusal(xml).starts_with("line 1, column "), "{xml}");
    }
    assert!(refusal("{\"schedule\": {}}").contains("names no time zone"));
}

#[test]
fn d9_entities_and_nesting_are_limited() {
    let bomb = r#"<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><schedule><version>&b;</version></schedule>"#;
    assert!(refusal(bomb).contains("the schedule has no <conference>"), "{}", refusal(bomb));
    let harmless = FILE
        .replace("<schedule>", "<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><schedule>")
        .replace("Ein Gruß", "&b;");
    let (schedule, notes) = noted(&harmless);
    assert!(session(&schedule, "101").summary.starts_with("&b; –"), "{}", session(&schedule, "101").summary);
    assert!(notes[0].contains("the entity “&b;” is unknown"), "{notes:?}");
    let deep = "<schedule>".repeat(100_000);
    assert!(refusal(&deep).contains("nested more than 32 levels deep"), "{}", refusal(&deep));
    let wide = format!("<schedule>{}</schedule>", "<a/>".repeat(600_000));
    assert!(refusal(&wide).contains("more elements than any schedule"), "{}", refusal(&wide));
    let large = read(&" ".repeat(MAX_BYTES + 1), None).unwrap_err();
    assert_eq!(large.position(), None);
    assert!(large.to_string().starts_with("the file has 20971521 bytes, but"), "{large}");
}

/// Fragments of files, to insert in wrong places.
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
            Ok(schedule) => {
                for session in schedule.days.iter().flat_map(|day| &day.sessions) {
                    prop_assert!(domain::time::YEARS.contains(&chrono::Datelike::year(&session.starts_at)));
                }
                prop_assert_eq!(read(&text, zone), Ok(schedule));
            }
            Err(error) => prop_assert!(error.to_string().contains(['.', '(']), "{}", error),
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

/// What the schema has no place for, or demands in another form.
fn as_exported(mut schedule: Schedule) -> Schedule {
    for session in schedule.days.iter_mut().flat_map(|day| &mut day.sessions) {
        session.guid = store::schedule::uuid_of(&session.guid).to_string();
    }
    schedule
}

#[test]
fn d9_a_written_file_says_the_same() {
    let schedule = file();
    let xml = super::xml::write(&schedule, "https://guild.example/events/x/schedule.xml").unwrap();
    let again = super::read(&xml, None).unwrap();
    assert_eq!(again.unread, Vec::<String>::new());
    let (mut read, mut written) = (again.schedule, as_exported(schedule));
    // Sessions without a number get one, and people whose only identifier is no number keep their GUID.
    for session in read.days.iter_mut().chain(&mut written.days).flat_map(|day| &mut day.sessions) {
        session.code.clear();
        session.speakers.iter_mut().for_each(|speaker| speaker.url.clear());
        if !session.slug.is_empty() && session.slug.split_once('-').is_none() {
            session.slug.clear();
        }
    }
    assert_eq!(read, written);
}

#[test]
fn d9_the_json_form_keeps_what_it_has_a_place_for() {
    let schedule = file();
    let json = super::json::write(&schedule, "https://guild.example/events/x").to_string();
    let again = super::read(json.as_bytes(), None).unwrap();
    assert_eq!((again.notes.len(), again.unread.len()), (0, 0));
    let facts = |schedule: &Schedule| -> Vec<_> {
        let mut all: Vec<_> = schedule
            .days
            .iter()
            .flat_map(|day| &day.sessions)
            .map(|one| {
                let names: Vec<_> = one.speakers.iter().map(|speaker| speaker.name.clone()).collect();
                let texts = (one.title.clone(), one.summary.clone(), one.description.clone());
                (
                    store::schedule::uuid_of(&one.guid),
                    one.starts_at,
                    one.minutes,
                    one.room.clone(),
                    texts,
                    names,
                )
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(facts(&again.schedule), facts(&schedule));
    assert_eq!(again.schedule.zone, schedule.zone);
    // Control: a session without a date is left out and named.
    let broken = json.replacen("\"date\":\"2026-06-05T09:00:00+02:00\"", "\"date\":\"soon\"", 1);
    assert_ne!(broken, json);
    let left = super::read(broken.as_bytes(), None).unwrap();
    assert_eq!((left.notes.len(), left.unread.len()), (1, 1));
    assert!(super::read(b"{\"schedule\": 3}", None).unwrap_err().to_string().contains("schedule.json"));
}
