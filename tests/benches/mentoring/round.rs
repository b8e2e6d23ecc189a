//! The sign-ups of a realistic round. The same seed gives the same round.

use domain::{
    Zone,
    members::Seniority,
    mentoring::{
        Calendar, Fact, LocalWeek, MatchingRules, Mentee, Mentor, PairFact, Person, PoolInput, reporting_lines,
    },
};

/// The random number generator SplitMix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    /// A random number from 0 to `below - 1`.
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }
}

const ZONES: [&str; 30] = [
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Toronto",
    "America/Halifax",
    "America/Mexico_City",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
];
const TOPICS: usize = 200;

/// Topics with a popularity as in Zipf's law.
struct Topics {
    /// The popularity of each topic and all before it.
    upto: Vec<usize>,
}

impl Topics {
    fn new() -> Self {
        let mut sum = 0;
        let upto = (1..=TOPICS).map(|rank| {
            sum += 1_000_000 / rank;
            sum
        });
        Self { upto: upto.collect() }
    }

    /// This many different topics.
    fn choose(&self, dice: &mut Dice, count: usize) -> Vec<u16> {
        let mut chosen = Vec::new();
        while chosen.len() < count {
            let at = dice.roll(self.upto[TOPICS - 1]);
            let topic = self.upto.partition_point(|&upto| upto <= at) as u16;
            if !chosen.contains(&topic) {
                chosen.push(topic);
            }
        }
        chosen
    }
}

/// A few evenings, and sometimes a lunch break.
fn week(dice: &mut Dice) -> LocalWeek {
    let mut hours = Vec::new();
    for day in 0..7 {
        if dice.percent(if day < 5 { 60 } else { 20 }) {
            let (start, length) = (16 + dice.roll(4), 1 + dice.roll(4));
            hours.extend((start..(start + length).min(24)).map(|hour| (day * 24 + hour) as u8));
        }
        if day < 5 && dice.percent(25) {
            hours.push((day * 24 + 12) as u8);
        }
    }
    LocalWeek::from_hours(hours)
}

/// A round with this many people. Two thirds are mentees, and there are about as many places as mentees.
pub(crate) fn input(people: usize, seed: u64) -> PoolInput {
    let mut dice = Dice(seed);
    let topics = Topics::new();
    let zones: Vec<Zone> = ZONES.iter().filter_map(|name| name.parse().ok()).collect();
    let managers: Vec<_> = (0..people).map(|person| (person > 0).then_some(person / 8)).collect();
    let lines = reporting_lines(&managers);
    let person = |dice: &mut Dice, number: usize, levels: &[Seniority]| Person {
        member: (dice.roll(usize::MAX) as u128) << 64 | number as u128,
        zone: zones[dice.roll(zones.len())],
        week: week(dice),
        languages: u128::from(dice.percent(85)) | 1 << dice.roll(5),
        seniority: Some(levels[dice.roll(levels.len())]),
        disciplines: 1 << dice.roll(7),
        team: Some(number as u32 / 8),
        line: lines[number],
        answers: std::array::from_fn(|question| if question < 4 { 1 + dice.roll(4) as u8 } else { 0 }),
        out: None,
    };
    let mentee_count = people - people / 3;
    // A random member of the organisation for each sign-up.
    let mut members: Vec<usize> = (0..people).collect();
    for at in (1..people).rev() {
        members.swap(at, dice.roll(at + 1));
    }
    let (mentees, mentors) = members.split_at(mentee_count);
    let mentees: Vec<Mentee> = mentees
        .iter()
        .map(|&number| {
            let count = [1, 2, 2, 3, 3, 3][dice.roll(6)];
            let person = person(&mut dice, number, &Seniority::ALL[..3]);
            Mentee { person, topics: topics.choose(&mut dice, count) }
        })
        .collect();
    let mentors: Vec<Mentor> = mentors
        .iter()
        .map(|&number| {
            let count = 2 + dice.roll(5);
            let person = person(&mut dice, number, &Seniority::ALL[1..]);
            let chosen = topics.choose(&mut dice, count);
            let topics = chosen.into_iter().map(|topic| (topic, 1 + dice.roll(3) as u8)).collect();
            Mentor { person, topics, places: 1 + dice.roll(3) as u32 }
        })
        .collect();
    let facts = facts(&mut dice, &mentees, &mentors);
    let (first, last) = ("2027-02-01".parse(), "2027-07-31".parse());
    let calendar = Calendar::new(first.unwrap(), last.unwrap(), zones.iter().copied());
    PoolInput { rules: MatchingRules::default(), calendar, mentees, mentors, facts }
}

/// Wishes for mentors who teach the first topic, opinions of mentors, and blocks.
fn facts(dice: &mut Dice, mentees: &[Mentee], mentors: &[Mentor]) -> Vec<PairFact> {
    let mut teachers = vec![Vec::new(); TOPICS];
    for (at, mentor) in mentors.iter().enumerate() {
        for (topic, _) in &mentor.topics {
            teachers[usize::from(*topic)].push(at as u32);
        }
    }
    let mut facts = Vec::new();
    for (at, mentee) in mentees.iter().enumerate() {
        let choice = &teachers[usize::from(mentee.topics[0])];
        let mut fact = |mentor: u32, fact| facts.push(PairFact { mentee: at as u32, mentor, fact });
        if !choice.is_empty() && dice.percent(60) {
            for rank in 1..=1 + dice.roll(5) as u8 {
                // Some mentors are far more popular than others.
                let popular = dice.roll(choice.len()) * dice.roll(choice.len()) / choice.len();
                fact(choice[popular], Fact::Wish(rank));
            }
        }
        for (percent, kind) in [(5, Fact::WouldLike), (2, Fact::RatherNot), (1, Fact::Blocked), (1, Fact::CoolDown)] {
            if dice.percent(percent) {
                fact(dice.roll(mentors.len()) as u32, kind);
            }
        }
    }
    facts
}
