//! Explains a matching to one mentee.

use crate::{
    instance::{Instance, Pair},
    result::{Certificate, Matching},
};

/// The explanation for one mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The mentor it is matched with; `None` if it is unmatched.
    pub mentor: Option<u32>,
    /// Whether the pair is a pin. Then there are no alternatives.
    pub is_pinned: bool,
    /// All its open candidate pairs, including its own, the cheapest first.
    pub alternatives: Vec<Alternative>,
    /// For an unmatched mentee: the people it competes with, and their places.
    pub shortage: Option<Competition>,
}

/// A mentor that the mentee could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Index of the mentor.
    pub mentor: u32,
    /// Score of the pair, 0 to 1000.
    pub score: u16,
    /// The reduced cost of the pair, in the unit of the [`Certificate`]. A matching with this pair (and as
    /// many mentees of each class) is worse by at least this much. 0 for the mentee's own pair, and for
    /// pairs that are equally good at the certificate's prices. `None` in stable mode, which has no prices.
    pub reduced_cost: Option<i128>,
    /// Number of places of this mentor that other mentees have.
    pub taken: u32,
    /// Number of places of this mentor.
    pub places: u32,
}

/// A group of mentees that compete with each other, directly or through others, and the places they could
/// have. The group has fewer places than mentees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competition {
    /// The mentees, sorted, including the one that was asked about.
    pub mentees: Vec<u32>,
    /// All mentors that they could have, sorted.
    pub mentors: Vec<u32>,
    /// Number of places of these mentors, without pinned ones.
    pub places: u64,
}

impl Competition {
    /// Number of missing places. As many of these mentees stay unmatched in every matching.
    pub fn missing(&self) -> u64 {
        (self.mentees.len() as u64).saturating_sub(self.places)
    }
}

/// Explains to one mentee a matching that [`verify`](crate::verify) accepts; `None` for an unknown mentee.
///
/// Looks at each pair at most twice.
pub fn explain(instance: &Instance, matching: &Matching, mentee: u32) -> Option<Explanation> {
    if mentee as usize >= instance.mentees() {
        return None;
    }
    let mentor = mentor_of(matching, mentee);
    let mut taken = vec![0_u32; instance.mentors()];
    for &(other, mentor) in &matching.pairs {
        if let Some(taken) = taken.get_mut(mentor as usize).filter(|_| other != mentee) {
            *taken += 1;
        }
    }
    let proof = matching.certificate.as_ref().filter(|proof| proof.prices.len() == instance.mentors());
    let open = || instance.pairs_of(mentee).iter().filter(|pair| pair.open);
    // What the mentee pays in this matching.
    let due = proof.map(|proof| {
        let own = open().find(|pair| Some(pair.mentor) == mentor);
        let unmatched = proof.multipliers[usize::from(instance.classes[mentee as usize])];
        own.map_or(unmatched, |pair| total(proof, pair))
    });
    let mut alternatives: Vec<Alternative> = open()
        .map(|pair| Alternative {
            mentor: pair.mentor,
            score: pair.score,
            reduced_cost: proof.zip(due).map(|(proof, due)| total(proof, pair) - due),
            taken: taken[pair.mentor as usize],
            places: instance.places[pair.mentor as usize],
        })
        .collect();
    alternatives.sort_by_key(|it| (it.reduced_cost, Some(it.mentor) != mentor, 1000 - it.score, it.mentor));
    let shortage = match (mentor, proof) {
        (None, Some(proof)) => competition(instance, proof, mentee),
        _ => None,
    };
    Some(Explanation { mentor, is_pinned: instance.pins[mentee as usize].is_some(), alternatives, shortage })
}

fn mentor_of(matching: &Matching, mentee: u32) -> Option<u32> {
    let at = matching.pairs.binary_search_by_key(&mentee, |pair| pair.0).ok()?;
    Some(matching.pairs[at].1)
}

/// The cost of a pair, plus the price of the place.
fn total(proof: &Certificate, pair: &Pair) -> i128 {
    let miss = 1000 - i128::from(pair.score);
    let [cost, kept] = proof.weights;
    let bonus = if pair.kept { kept } else { 0 };
    (miss * miss)
        .saturating_mul(cost)
        .saturating_sub(bonus)
        .saturating_add(proof.prices[pair.mentor as usize])
}

/// The mentees of the deficient set that are connected with this one through shared mentors.
fn competition(instance: &Instance, proof: &Certificate, mentee: u32) -> Option<Competition> {
    let set = [&proof.deficient_class0, &proof.deficient]
        .into_iter()
        .find(|set| set.binary_search(&mentee).is_ok())?;
    let set: Vec<u32> =
        set.iter().copied().filter(|&mentee| (mentee as usize) < instance.mentees()).collect();
    let open = |mentee: u32| instance.pairs_of(mentee).iter().filter(|pair| pair.open);
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
