//! Why an answer is as it is, for one mentee.

use crate::{
    answer::{Answer, Certificate},
    instance::{Instance, Pair},
};

/// What there is to say about one mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Who it is matched with.
    pub mentor: Option<u32>,
    /// Whether that is a pin; then there are no alternatives.
    pub is_pinned: bool,
    /// All open candidate pairs, its own among them, the cheapest first.
    pub alternatives: Vec<Alternative>,
    /// If it is unmatched, who competes for what.
    pub shortage: Option<Competition>,
}

/// A mentor that the mentee could have had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// From 0.
    pub mentor: u32,
    /// 0 to 1000.
    pub score: u16,
    /// The reduced cost, in the unit of the [`Certificate`]: a matching with this pair in it (of as many of each
    /// class) is worse than the answer by at least so much. 0 for the mentee's own pair and for what is as good
    /// at the prices of the proof. Nothing in stable mode, which has no prices.
    pub reduced: Option<i128>,
    /// Mentees who hold the places of this mentor; the mentee itself is not counted.
    pub taken: u32,
    /// All places of this mentor.
    pub places: u32,
}

/// People who are tied together because each can take a place that another wants, and the places they reach.
/// There are fewer places than people: so many more are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competition {
    /// Mentees, sorted; the one asked about among them.
    pub mentees: Vec<u32>,
    /// All mentors they could have, sorted.
    pub mentors: Vec<u32>,
    /// How many places those have together, without pins.
    pub places: u64,
}

impl Competition {
    /// How many places are missing: so many of the people cannot be matched, whatever one does.
    pub fn missing(&self) -> u64 {
        (self.mentees.len() as u64).saturating_sub(self.places)
    }
}

/// Explains an answer that [`verify`](crate::verify) takes to one mentee; nothing for an unknown one.
///
/// Looks at each pair at most twice.
pub fn explain(instance: &Instance, answer: &Answer, mentee: u32) -> Option<Explanation> {
    if mentee as usize >= instance.mentees() {
        return None;
    }
    let mentor = mentor_of(answer, mentee);
    let mut taken = vec![0_u32; instance.mentors()];
    for &(other, mentor) in &answer.pairs {
        if let Some(taken) = taken.get_mut(mentor as usize).filter(|_| other != mentee) {
            *taken += 1;
        }
    }
    let proof = answer.certificate.as_ref().filter(|proof| proof.prices.len() == instance.mentors());
    let open = || instance.of(mentee).iter().filter(|pair| pair.open);
    // What the mentee pays now.
    let due = proof.map(|proof| {
        let own = open().find(|pair| Some(pair.mentor) == mentor);
        let out = proof.multipliers[usize::from(instance.classes[mentee as usize])];
        own.map_or(out, |pair| total(proof, pair))
    });
    let mut alternatives: Vec<Alternative> = open()
        .map(|pair| Alternative {
            mentor: pair.mentor,
            score: pair.score,
            reduced: proof.zip(due).map(|(proof, due)| total(proof, pair) - due),
            taken: taken[pair.mentor as usize],
            places: instance.places[pair.mentor as usize],
        })
        .collect();
    alternatives.sort_by_key(|it| (it.reduced, Some(it.mentor) != mentor, 1000 - it.score, it.mentor));
    let shortage = match (mentor, proof) {
        (None, Some(proof)) => competition(instance, proof, mentee),
        _ => None,
    };
    Some(Explanation { mentor, is_pinned: instance.pins[mentee as usize].is_some(), alternatives, shortage })
}

fn mentor_of(answer: &Answer, mentee: u32) -> Option<u32> {
    let at = answer.pairs.binary_search_by_key(&mentee, |pair| pair.0).ok()?;
    Some(answer.pairs[at].1)
}

/// What a pair costs with the price of the place.
fn total(proof: &Certificate, pair: &Pair) -> i128 {
    let miss = 1000 - i128::from(pair.score);
    let [cost, kept] = proof.weights;
    let bonus = if pair.kept { kept } else { 0 };
    (miss * miss)
        .saturating_mul(cost)
        .saturating_sub(bonus)
        .saturating_add(proof.prices[pair.mentor as usize])
}

/// The part of the deficient set that hangs together with the mentee: through mentors that two of them share.
fn competition(instance: &Instance, proof: &Certificate, mentee: u32) -> Option<Competition> {
    let set = [&proof.deficient_class0, &proof.deficient]
        .into_iter()
        .find(|set| set.binary_search(&mentee).is_ok())?;
    let set: Vec<u32> =
        set.iter().copied().filter(|&mentee| (mentee as usize) < instance.mentees()).collect();
    let open = |mentee: u32| instance.of(mentee).iter().filter(|pair| pair.open);
    let mut ends = vec![0_usize; instance.mentors() + 1];
    for pair in set.iter().flat_map(|&mentee| open(mentee)) {
        ends[pair.mentor as usize + 1] += 1;
    }
    for mentor in 0..instance.mentors() {
        ends[mentor + 1] += ends[mentor];
    }
    let starts = ends.clone();
    let mut rivals = vec![0_u32; starts[instance.mentors()]];
    for pair in set.iter().flat_map(|&mentee| open(mentee)) {
        rivals[ends[pair.mentor as usize]] = pair.mentee;
        ends[pair.mentor as usize] += 1;
    }
    let (mut is_in, mut is_reached) = (vec![false; instance.mentees()], vec![false; instance.mentors()]);
    let mut found = Competition { mentees: vec![mentee], mentors: Vec::new(), places: 0 };
    is_in[mentee as usize] = true;
    let mut next = 0;
    while let Some(&mentee) = found.mentees.get(next) {
        next += 1;
        for pair in open(mentee) {
            let mentor = pair.mentor as usize;
            if !std::mem::replace(&mut is_reached[mentor], true) {
                found.mentors.push(pair.mentor);
                found.places += u64::from(instance.places[mentor] - instance.pinned[mentor]);
                for &rival in &rivals[starts[mentor]..starts[mentor + 1]] {
                    if !std::mem::replace(&mut is_in[rival as usize], true) {
                        found.mentees.push(rival);
                    }
                }
            }
        }
    }
    found.mentees.sort_unstable();
    found.mentors.sort_unstable();
    Some(found)
}
