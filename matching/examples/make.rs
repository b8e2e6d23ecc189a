//! `make FAMILY PEOPLE [SEED]`: prints an instance to measure with. Families: sparse, scarce, equal, dense.
//!
//! Two thirds of the people are mentees. `sparse`: places 1 to 3, up to 20 candidates each, some mentors
//! more popular than others. `scarce`: the same with half as many places as mentees. `equal`: the same as
//! sparse with all scores equal. `dense`: half mentees, half mentors with one place, all pairs.

use std::{
    collections::BTreeSet,
    io::{BufWriter, Write},
};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let family = words.first().map_or("sparse", String::as_str);
    let people: u64 = words.get(1).and_then(|word| word.parse().ok()).unwrap_or(1000);
    let mut dice = Dice(words.get(2).and_then(|word| word.parse().ok()).unwrap_or(1));
    let mentees = if family == "dense" { people / 2 } else { people * 2 / 3 };
    let mentors = people - mentees;
    let mut pairs = Vec::new();
    for mentee in 0..mentees {
        if family == "dense" {
            pairs.extend((0..mentors).map(|mentor| (mentee, mentor, dice.roll(1001))));
            continue;
        }
        let mut chosen = BTreeSet::new();
        for _ in 0..20 {
            // The square of a uniform number prefers the first mentors, with a long tail.
            let lot = dice.roll(1 << 24);
            chosen.insert((((lot * lot) >> 24) * mentors) >> 24);
        }
        for mentor in chosen {
            let score = if family == "equal" { 700 } else { 300 + dice.roll(701) };
            pairs.push((mentee, mentor, score));
        }
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "p guildhall-match {mentees} {mentors} {}", pairs.len())?;
    for mentee in (0..mentees).step_by(10) {
        writeln!(out, "n {mentee} 0")?;
    }
    let mut left = mentees / 2;
    for mentor in 0..mentors {
        let places = match family {
            "dense" => 1,
            "scarce" => {
                let places = (1 + dice.roll(2)).min(left);
                left -= places;
                places
            }
            _ => 1 + dice.roll(3),
        };
        writeln!(out, "c {mentor} {places}")?;
    }
    for (mentee, mentor, score) in pairs {
        writeln!(out, "a {mentee} {mentor} {score}")?;
    }
    out.flush()
}
