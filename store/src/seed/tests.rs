//! Checks the demo's data: every key is known, every text is within its limits, and the times fit together.

use std::collections::BTreeSet;

use domain::{
    Slug, Zone,
    kudos::{check_text, may_give},
    members::{About, ProfileInput, Visibility, Work, check_languages, check_link, check_topics},
};

use super::{
    groups::GROUPS,
    people::PEOPLE,
    profiles::{SAID, TEAMS},
    samples,
    shape::Team,
    thanks::THANKS,
    times::Times,
};

fn keys() -> BTreeSet<&'static str> {
    PEOPLE.iter().map(|person| person.key).collect()
}

/// Checks that a text contains no indentation from the source, no double spaces and no empty lines.
fn tidy(text: &str) {
    assert_eq!(text, text.trim(), "{text}");
    assert!(!text.contains("  "), "two spaces: {text}");
    for paragraph in text.split("\n\n") {
        assert_eq!(paragraph, paragraph.trim(), "{text}");
        assert!(!paragraph.is_empty(), "{text}");
    }
}

#[test]
fn the_people_are_whole() {
    assert!((58..=80).contains(&PEOPLE.len()), "{}", PEOPLE.len());
    assert_eq!(keys().len(), PEOPLE.len(), "every key once");
    for person in PEOPLE {
        assert!(person.zone.parse::<Zone>().is_ok(), "{}", person.key);
        assert!(!person.disciplines.is_empty(), "{}", person.key);
        tidy(person.headline);
        let disciplines: Vec<String> = person.disciplines.iter().map(|slug| (*slug).to_owned()).collect();
        let profile = ProfileInput::check(person.name, person.zone, "en", person.headline, &disciplines);
        assert!(profile.is_ok(), "{}: {profile:?}", person.key);
    }
}

#[test]
fn what_people_say_is_whole() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let slug = |team: &Team| Slug::of_title(team.name, "team").to_string();
    for (place, team) in TEAMS.iter().enumerate() {
        assert!(team.parent.is_empty() || TEAMS[..place].iter().any(|above| slug(above) == team.parent));
        tidy(team.purpose);
    }
    for said in SAID {
        let key = said.key;
        assert!(keys().contains(key) && TEAMS.iter().any(|team| slug(team) == said.team), "{key}");
        if !said.bio.is_empty() {
            tidy(said.bio);
        }
        assert!(About::check(said.pronouns, said.bio).is_ok(), "{key}");
        assert!(Work::check(said.team, "", said.seniority).is_ok(), "{key}");
        assert!(check_topics(&texts(said.topics)).is_ok(), "{key}");
        assert!(check_languages(&texts(said.languages)).is_ok(), "{key}");
        assert!(said.links.iter().all(|link| check_link(link).is_ok()), "{key}");
        assert!(Visibility::default().changed(&texts(said.see)).is_ok(), "{key}");
    }
}

#[test]
fn the_groups_are_whole() {
    assert!(GROUPS.len() >= 5);
    for group in GROUPS {
        tidy(group.purpose);
        if !group.description.is_empty() {
            tidy(group.description);
        }
        let details = group.form().check();
        assert_eq!(details.map(|details| details.slug.to_string()).ok().as_deref(), Some(group.slug));
        let all: Vec<_> = group.organisers.iter().chain(group.members).collect();
        assert!(all.iter().all(|key| keys().contains(**key)), "{}", group.slug);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}: somebody twice", group.slug);
        assert!(!group.organisers.is_empty(), "{}", group.slug);
    }
}

#[test]
fn the_events_are_whole() {
    let today = "2026-11-21T12:00:00Z".parse().unwrap();
    assert!(samples().count() >= 30);
    let titles: BTreeSet<_> = samples().map(|sample| sample.title).collect();
    assert_eq!(titles.len(), samples().count(), "every title once");
    for sample in samples() {
        let title = sample.title;
        let details = sample.form(today).check().unwrap_or_else(|problems| panic!("{title}: {problems:?}"));
        tidy(sample.summary);
        tidy(sample.description);
        if !sample.cancelled.is_empty() {
            tidy(sample.cancelled);
        }
        assert_eq!(sample.days < 0, details.instants().1 < today, "{title}: past or not");
        assert!(sample.group.is_empty() || GROUPS.iter().any(|group| group.slug == sample.group), "{title}");
        assert!(keys().contains(sample.host), "{title}");
        let answers: Vec<_> = sample.answers.iter().map(|(key, _)| *key).collect();
        assert!(answers.iter().all(|key| keys().contains(key) && *key != sample.host), "{title}");
        assert_eq!(answers.iter().collect::<BTreeSet<_>>().len(), answers.len(), "{title}: somebody twice");
        assert!(sample.answers.iter().all(|(_, guests)| *guests <= details.guests_most), "{title}");
        assert!(sample.left.iter().all(|key| answers.contains(key)), "{title}: left what they had not");
        assert!(!sample.draft || answers.is_empty(), "{title}");
    }
}

#[test]
fn the_thanks_are_whole() {
    let id = |key: &str| {
        let place = PEOPLE.iter().position(|person| person.key == key);
        domain::MemberId(uuid::Uuid::from_u128(place.unwrap_or_else(|| panic!("{key}")) as u128))
    };
    for thank in THANKS {
        tidy(thank.text);
        assert!(may_give(id(thank.from), id(thank.to)).is_ok(), "{}", thank.text);
        assert!(check_text(thank.text).is_ok(), "{}", thank.text);
        assert!(Slug::parse(thank.value).is_some() && thank.days > 0, "{}", thank.text);
    }
}

#[test]
fn nobody_acts_before_they_joined_and_nothing_is_in_the_future() {
    let today = "2026-11-21T12:00:00Z".parse().unwrap();
    let times = Times::of(today);
    let joined = |key: &str| times.joined(PEOPLE.iter().position(|person| person.key == key).unwrap());
    for (place, person) in PEOPLE.iter().enumerate().skip(1) {
        assert!(times.joined(place - 1) < times.joined(place), "{}", person.key);
    }
    for group in GROUPS {
        for key in group.organisers.iter().chain(group.members) {
            let at = times.gathered(group, key);
            assert!(joined(key) < at && times.founded(group) < at && at < today, "{} {key}", group.slug);
        }
        assert!(joined(PEOPLE[0].key) < times.founded(group));
    }
    for sample in samples() {
        let details = sample.form(today).check().unwrap();
        let starts = details.instants().0;
        let count = 3 + sample.answers.len() + sample.left.len();
        let moments: Vec<_> = times.of_event(sample, starts).take(count).collect();
        assert!(moments.is_sorted() && moments[count - 1] < starts.min(today), "{}", sample.title);
        let group = GROUPS.iter().find(|group| group.slug == sample.group);
        assert!(group.is_none_or(|group| times.founded(group) < moments[0]), "{}", sample.title);
        for key in sample.answers.iter().map(|(key, _)| *key).chain([sample.host]) {
            assert!(joined(key) < moments[0], "{}: {key}", sample.title);
        }
    }
    for thank in THANKS {
        assert!(joined(thank.from).max(joined(thank.to)) < times.given(thank), "{}", thank.text);
    }
}
