//! Checks the demo's data: every key is known, every text is within its limits, and the times fit together.

use std::collections::BTreeSet;

use domain::{
    Slug, Zone,
    kudos::{KudosForm, may_give},
    members::{About, ProfileInput, Visibility, Work, check_languages, check_link, check_topics},
};

use super::{
    groups::GROUPS,
    kudos_given::KUDOS,
    people::PEOPLE,
    profiles::{PROFILES, TEAMS},
    sample_events,
    shape::Team,
    times::Times,
};

fn keys() -> BTreeSet<&'static str> {
    PEOPLE.iter().map(|person| person.key).collect()
}

/// Checks that a text contains no indentation from the source, no double spaces and no empty lines.
fn assert_tidy(text: &str) {
    assert_eq!(text, text.trim(), "{text}");
    assert!(!text.contains("  "), "two spaces: {text}");
    for paragraph in text.split("\n\n") {
        assert_eq!(paragraph, paragraph.trim(), "{text}");
        assert!(!paragraph.is_empty(), "{text}");
    }
}

#[test]
fn the_people_are_complete() {
    assert!((58..=80).contains(&PEOPLE.len()), "{}", PEOPLE.len());
    assert_eq!(keys().len(), PEOPLE.len(), "every key once");
    for person in PEOPLE {
        assert!(person.zone.parse::<Zone>().is_ok(), "{}", person.key);
        assert!(!person.disciplines.is_empty(), "{}", person.key);
        assert_tidy(person.headline);
        let disciplines: Vec<String> = person.disciplines.iter().map(|slug| (*slug).to_owned()).collect();
        let profile = ProfileInput::check(person.name, person.zone, "en", person.headline, &disciplines);
        assert!(profile.is_ok(), "{}: {profile:?}", person.key);
    }
}

#[test]
fn the_profiles_and_teams_are_complete() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let slug = |team: &Team| Slug::of_title(team.name, "team").to_string();
    for (index, team) in TEAMS.iter().enumerate() {
        assert!(team.parent.is_empty() || TEAMS[..index].iter().any(|above| slug(above) == team.parent));
        assert_tidy(team.purpose);
    }
    for profile in PROFILES {
        let key = profile.key;
        assert!(keys().contains(key) && TEAMS.iter().any(|team| slug(team) == profile.team), "{key}");
        if !profile.bio.is_empty() {
            assert_tidy(profile.bio);
        }
        assert!(About::check(profile.pronouns, profile.bio).is_ok(), "{key}");
        assert!(Work::check(profile.team, "", profile.seniority).is_ok(), "{key}");
        assert!(check_topics(&texts(profile.topics)).is_ok(), "{key}");
        assert!(check_languages(&texts(profile.languages)).is_ok(), "{key}");
        assert!(profile.links.iter().all(|link| check_link(link).is_ok()), "{key}");
        assert!(Visibility::default().changed(&texts(profile.see)).is_ok(), "{key}");
    }
}

#[test]
fn the_groups_are_complete() {
    assert!(GROUPS.len() >= 5);
    for group in GROUPS {
        assert_tidy(group.purpose);
        if !group.description.is_empty() {
            assert_tidy(group.description);
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
fn the_events_are_complete() {
    let today = "2026-11-21T12:00:00Z".parse().unwrap();
    assert!(sample_events().count() >= 30);
    let titles: BTreeSet<_> = sample_events().map(|event| event.title).collect();
    assert_eq!(titles.len(), sample_events().count(), "every title once");
    for event in sample_events() {
        let title = event.title;
        let details = event.form(today).check().unwrap_or_else(|problems| panic!("{title}: {problems:?}"));
        assert_tidy(event.summary);
        assert_tidy(event.description);
        if !event.cancelled.is_empty() {
            assert_tidy(event.cancelled);
        }
        assert_eq!(event.days < 0, details.instants().1 < today, "{title}: past or not");
        assert!(event.group.is_empty() || GROUPS.iter().any(|group| group.slug == event.group), "{title}");
        assert!(keys().contains(event.host), "{title}");
        let rsvps: Vec<_> = event.rsvps.iter().map(|(key, _)| *key).collect();
        assert!(rsvps.iter().all(|key| keys().contains(key) && *key != event.host), "{title}");
        assert_eq!(rsvps.iter().collect::<BTreeSet<_>>().len(), rsvps.len(), "{title}: somebody twice");
        assert!(event.rsvps.iter().all(|(_, guests)| *guests <= details.guests_max), "{title}");
        assert!(event.left.iter().all(|key| rsvps.contains(key)), "{title}: left what they had not");
        assert!(!event.draft || rsvps.is_empty(), "{title}");
    }
}

#[test]
fn the_kudos_are_complete() {
    let id = |key: &str| {
        let index = PEOPLE.iter().position(|person| person.key == key);
        domain::MemberId(uuid::Uuid::from_u128(index.unwrap_or_else(|| panic!("{key}")) as u128))
    };
    for sample in KUDOS {
        assert_tidy(sample.text);
        for to in sample.to {
            assert!(may_give(id(sample.from), id(to)).is_ok(), "{}", sample.text);
        }
        let form = KudosForm {
            to: sample.to.join(" "),
            team: sample.team.into(),
            values: sample.values.into(),
            text: sample.text.into(),
            ..KudosForm::default()
        };
        assert!(form.check().is_ok() && sample.days > 0, "{}", sample.text);
        assert!(sample.reactions.iter().all(|(key, _)| keys().contains(key)), "{}", sample.text);
    }
}

#[test]
fn nobody_acts_before_they_joined_and_nothing_is_in_the_future() {
    let today = "2026-11-21T12:00:00Z".parse().unwrap();
    let times = Times::of(today);
    let joined = |key: &str| times.joined(PEOPLE.iter().position(|person| person.key == key).unwrap());
    for (index, person) in PEOPLE.iter().enumerate().skip(1) {
        assert!(times.joined(index - 1) < times.joined(index), "{}", person.key);
    }
    for group in GROUPS {
        for key in group.organisers.iter().chain(group.members) {
            let at = times.joined_group(group, key);
            assert!(
                joined(key) < at && times.group_created(group) < at && at < today,
                "{} {key}",
                group.slug
            );
        }
        assert!(joined(PEOPLE[0].key) < times.group_created(group));
    }
    for event in sample_events() {
        let details = event.form(today).check().unwrap();
        let starts = details.instants().0;
        let count = 3 + event.rsvps.len() + event.left.len();
        let moments: Vec<_> = times.of_event(event, starts).take(count).collect();
        assert!(moments.is_sorted() && moments[count - 1] < starts.min(today), "{}", event.title);
        let group = GROUPS.iter().find(|group| group.slug == event.group);
        assert!(group.is_none_or(|group| times.group_created(group) < moments[0]), "{}", event.title);
        for key in event.rsvps.iter().map(|(key, _)| *key).chain([event.host]) {
            assert!(joined(key) < moments[0], "{}: {key}", event.title);
        }
    }
    for sample in KUDOS {
        let people =
            sample.to.iter().chain([&sample.from]).chain(sample.reactions.iter().map(|(key, _)| key));
        for key in people {
            assert!(joined(key) < times.given(sample), "{key}: {}", sample.text);
        }
    }
}
