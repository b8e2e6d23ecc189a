//! The check of an answer. It shares no code with the solver and believes nothing it says.

use std::fmt;

use crate::{
    answer::{Answer, Certificate},
    instance::{Instance, Mode, Order},
};

/// Why an answer does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The pairs are not sorted by mentee, or a mentee stands twice among them.
    Unsorted(u32),
    /// A matched pair is no candidate pair.
    NoCandidate(u32, u32),
    /// A matched pair is banned, or scores under the minimum.
    Forbidden(u32, u32),
    /// The mentee's pin is not among the pairs.
    Pin(u32, u32),
    /// A mentor has more mentees than places.
    Full(u32),
    /// A figure of the answer is not what its pairs add up to: its name, what it says, what is true.
    Figure(&'static str, i128, i128),
    /// The answer has no certificate, or one of the wrong length.
    NoCertificate,
    /// The certificate has a number that is too large to be one of a proof.
    TooLarge,
    /// The deficient set is not sorted, or somebody in it is unknown, pinned, or not of the class.
    Set(u32),
    /// More mentees could be matched, as far as the deficient set proves: so many, so many are.
    Number(i128, i128),
    /// More mentees of class 0 could be matched, as far as the deficient set proves: so many, so many are.
    NumberClass0(i128, i128),
    /// The weights do not put one level before the other.
    Weights,
    /// In best-score mode staying unmatched costs what the floor says.
    Multiplier,
    /// The last mentee of the mentor is not worth its price.
    Price(u32),
    /// The mentor has a free place for less than its price.
    FreePlace(u32),
    /// The mentee has a cheaper choice: another mentor, or to stay unmatched.
    Cheaper(u32, Option<u32>),
    /// In stable mode: these two would leave for each other.
    Unstable(u32, u32),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsorted(mentee) => write!(f, "mentee {mentee} stands twice or out of order"),
            Self::NoCandidate(mentee, mentor) => write!(f, "{mentee} and {mentor} are no candidate pair"),
            Self::Forbidden(mentee, mentor) => {
                write!(f, "{mentee} and {mentor} are banned or under the minimum")
            }
            Self::Pin(mentee, mentor) => write!(f, "the pin of {mentee} to {mentor} is not kept"),
            Self::Full(mentor) => write!(f, "mentor {mentor} has more mentees than places"),
            Self::Figure(name, says, is) => write!(f, "{name} says {says} and is {is}"),
            Self::NoCertificate => write!(f, "there is no certificate for an instance of this size"),
            Self::TooLarge => write!(f, "a number of the certificate is too large"),
            Self::Set(mentee) => write!(f, "mentee {mentee} cannot stand where it does in the deficient set"),
            Self::Number(could, are) => {
                write!(f, "{are} are matched, and nothing proves that {could} cannot be")
            }
            Self::NumberClass0(could, are) => {
                write!(f, "{are} of class 0 are matched, and nothing proves that {could} cannot be")
            }
            Self::Weights => write!(f, "the weights of cost and kept pairs do not part the levels"),
            Self::Multiplier => write!(f, "the price of staying unmatched is not that of the floor"),
            Self::Price(mentor) => write!(f, "the last mentee of mentor {mentor} is not worth the price"),
            Self::FreePlace(mentor) => write!(f, "mentor {mentor} has a free place for less than its price"),
            Self::Cheaper(mentee, Some(mentor)) => {
                write!(f, "mentor {mentor} is cheaper for mentee {mentee}")
            }
            Self::Cheaper(mentee, None) => write!(f, "staying unmatched is cheaper for mentee {mentee}"),
            Self::Unstable(mentee, mentor) => write!(f, "{mentee} and {mentor} would leave for each other"),
        }
    }
}

impl std::error::Error for Flaw {}

/// Proves that an answer is feasible, that its figures are true, and that no other matching is better on levels
/// 1 to 3; in stable mode, that no two would leave for each other. Integers only, one look at each pair.
///
/// # Errors
/// The first flaw found.
pub fn verify(instance: &Instance, answer: &Answer) -> Result<(), Flaw> {
    let matched = Matched::of(instance, answer)?;
    matched.figures(instance, answer)?;
    if instance.options.mode == Mode::Stable {
        return matched.stable(instance);
    }
    let proof = answer.certificate.as_ref().ok_or(Flaw::NoCertificate)?;
    if proof.prices.len() != instance.places.len() {
        return Err(Flaw::NoCertificate);
    }
    if instance.options.mode == Mode::Participation {
        matched.most(instance, proof)?;
    }
    matched.cheapest(instance, proof)
}

/// A matching that was found feasible.
struct Matched {
    /// By mentee, the index of its pair.
    pair: Vec<Option<usize>>,
    /// By mentor, how many mentees it has.
    load: Vec<u32>,
}

impl Matched {
    fn of(instance: &Instance, answer: &Answer) -> Result<Self, Flaw> {
        let mut pair = vec![None; instance.classes.len()];
        let mut load = vec![0_u32; instance.places.len()];
        let mut last = None;
        for &(mentee, mentor) in &answer.pairs {
            if last.is_some_and(|last| last >= mentee) {
                return Err(Flaw::Unsorted(mentee));
            }
            last = Some(mentee);
            if mentee as usize >= pair.len() {
                return Err(Flaw::NoCandidate(mentee, mentor));
            }
            let from = instance.starts[mentee as usize] as usize;
            let to = instance.starts[mentee as usize + 1] as usize;
            let found = instance.pairs[from..to].iter().position(|pair| pair.mentor == mentor);
            let at = from + found.ok_or(Flaw::NoCandidate(mentee, mentor))?;
            match instance.pins[mentee as usize] {
                Some(pin) if pin != mentor => return Err(Flaw::Pin(mentee, pin)),
                None if !instance.pairs[at].open => return Err(Flaw::Forbidden(mentee, mentor)),
                _ => {}
            }
            pair[mentee as usize] = Some(at);
            load[mentor as usize] += 1;
            if load[mentor as usize] > instance.places[mentor as usize] {
                return Err(Flaw::Full(mentor));
            }
        }
        for (mentee, pin) in instance.pins.iter().enumerate() {
            if let (Some(pin), None) = (pin, pair[mentee]) {
                return Err(Flaw::Pin(mentee as u32, *pin));
            }
        }
        Ok(Self { pair, load })
    }

    /// Adds everything up again.
    fn figures(&self, instance: &Instance, answer: &Answer) -> Result<(), Flaw> {
        let (mut matched, mut class0, mut cost, mut kept) = (0_i128, 0_i128, 0_i128, 0_i128);
        // By mentor: the least score among the mentees it could part from.
        let mut worst: Vec<Option<u16>> = vec![None; instance.places.len()];
        for at in self.pair.iter().flatten() {
            let pair = instance.pairs[*at];
            let miss = i128::from(1000 - pair.score);
            matched += 1;
            class0 += i128::from(instance.classes[pair.mentee as usize] == 0);
            cost += miss * miss;
            kept += i128::from(pair.kept);
            if instance.pins[pair.mentee as usize].is_none() {
                let worst = &mut worst[pair.mentor as usize];
                *worst = Some(worst.map_or(pair.score, |least| least.min(pair.score)));
            }
        }
        for &load in &self.load {
            let load = i128::from(load);
            cost += i128::from(instance.options.load) * (load * (load - 1) / 2);
        }
        let mut blocking = 0_i128;
        for pair in instance.pairs.iter().filter(|pair| pair.open) {
            let mentor = pair.mentor as usize;
            let mentee_wants = match self.pair[pair.mentee as usize] {
                Some(at) => instance.pairs[at].score < pair.score,
                None => true,
            };
            let mentor_wants = self.load[mentor] < instance.places[mentor]
                || worst[mentor].is_some_and(|worst| worst < pair.score);
            blocking += i128::from(mentee_wants && mentor_wants);
        }
        for (name, says, is) in [
            ("matched", i128::from(answer.matched), matched),
            ("matched_class0", i128::from(answer.matched_class0), class0),
            ("cost", answer.cost, cost),
            ("kept", i128::from(answer.kept), kept),
            ("blocking", i128::from(answer.blocking), blocking),
        ] {
            if says != is {
                return Err(Flaw::Figure(name, says, is));
            }
        }
        Ok(())
    }

    /// Level 1: of a set of mentees at most as many can be matched as their mentors have places, so a set that
    /// is short by the number of the unmatched proves that nobody more can be.
    fn most(&self, instance: &Instance, proof: &Certificate) -> Result<(), Flaw> {
        let (could, are) = self.bound(instance, &proof.deficient, false)?;
        if could != are {
            return Err(Flaw::Number(could, are));
        }
        let (could, are) = self.bound(instance, &proof.deficient_class0, true)?;
        if could != are {
            return Err(Flaw::NumberClass0(could, are));
        }
        Ok(())
    }

    /// How many a deficient set lets match, and how many are; pinned mentees and their places aside.
    fn bound(&self, instance: &Instance, set: &[u32], only_class0: bool) -> Result<(i128, i128), Flaw> {
        let counts = |mentee: usize| {
            instance.pins[mentee].is_none() && (!only_class0 || instance.classes[mentee] == 0)
        };
        let mut is_reached = vec![false; instance.places.len()];
        let mut short = 0_i128;
        let mut last = None;
        for &mentee in set {
            if last.is_some_and(|last| last >= mentee)
                || mentee as usize >= instance.classes.len()
                || !counts(mentee as usize)
            {
                return Err(Flaw::Set(mentee));
            }
            last = Some(mentee);
            short += 1;
            let from = instance.starts[mentee as usize] as usize;
            let to = instance.starts[mentee as usize + 1] as usize;
            for pair in instance.pairs[from..to].iter().filter(|pair| pair.open) {
                let mentor = pair.mentor as usize;
                if !is_reached[mentor] {
                    is_reached[mentor] = true;
                    short -= i128::from(instance.places[mentor] - instance.pinned[mentor]);
                }
            }
        }
        let (mut all, mut are) = (0_i128, 0_i128);
        for mentee in (0..instance.classes.len()).filter(|&mentee| counts(mentee)) {
            all += 1;
            are += i128::from(self.pair[mentee].is_some());
        }
        Ok((all - short.max(0), are))
    }

    /// Levels 2 and 3: at these prices nobody has a cheaper choice, and every mentor fills just the places that
    /// its price covers. Then any other matching of as many of each class costs at least as much.
    fn cheapest(&self, instance: &Instance, proof: &Certificate) -> Result<(), Flaw> {
        let fold = Fold::of(instance, proof.weights)?;
        // So that no sum below can overflow.
        let limit = 1_i128 << 120;
        if proof.prices.iter().chain(&proof.multipliers).any(|number| !(-limit..=limit).contains(number)) {
            return Err(Flaw::TooLarge);
        }
        if instance.options.mode == Mode::BestScore {
            let floor = i128::from(1000 - instance.options.floor);
            if proof.multipliers != [floor * floor * fold.cost; 2] {
                return Err(Flaw::Multiplier);
            }
        }
        for (mentor, &price) in proof.prices.iter().enumerate() {
            let filled = self.load[mentor];
            let seat = |taken: u32| i128::from(instance.options.load) * i128::from(taken) * fold.cost;
            if filled > instance.pinned[mentor] && seat(filled - 1) > price {
                return Err(Flaw::Price(mentor as u32));
            }
            if filled < instance.places[mentor] && seat(filled) < price {
                return Err(Flaw::FreePlace(mentor as u32));
            }
        }
        let costs = |at: usize| {
            let pair = instance.pairs[at];
            let miss = i128::from(1000 - pair.score);
            let bonus = if pair.kept { fold.kept } else { 0 };
            miss * miss * fold.cost - bonus + proof.prices[pair.mentor as usize]
        };
        for mentee in (0..instance.classes.len()).filter(|&mentee| instance.pins[mentee].is_none()) {
            let multiplier = proof.multipliers[usize::from(instance.classes[mentee])];
            let pays = self.pair[mentee].map_or(multiplier, costs);
            if pays > multiplier {
                return Err(Flaw::Cheaper(mentee as u32, None));
            }
            let from = instance.starts[mentee] as usize;
            let to = instance.starts[mentee + 1] as usize;
            for at in (from..to).filter(|&at| instance.pairs[at].open) {
                if costs(at) < pays {
                    return Err(Flaw::Cheaper(mentee as u32, Some(instance.pairs[at].mentor)));
                }
            }
        }
        Ok(())
    }

    /// No open pair where both rank each other strictly before what they have.
    fn stable(&self, instance: &Instance) -> Result<(), Flaw> {
        let mut worst: Vec<Option<u32>> = vec![None; instance.places.len()];
        for at in self.pair.iter().flatten() {
            let pair = instance.pairs[*at];
            if instance.pins[pair.mentee as usize].is_none() {
                let worst = &mut worst[pair.mentor as usize];
                *worst = (*worst).max(Some(instance.ranks[*at].1));
            }
        }
        for (at, pair) in instance.pairs.iter().enumerate().filter(|(_, pair)| pair.open) {
            let (mine, theirs) = instance.ranks[at];
            let mentor = pair.mentor as usize;
            let mentee_wants = self.pair[pair.mentee as usize].is_none_or(|now| mine < instance.ranks[now].0);
            let mentor_wants = self.load[mentor] < instance.places[mentor]
                || worst[mentor].is_some_and(|worst| theirs < worst);
            if mentee_wants && mentor_wants {
                return Err(Flaw::Unstable(pair.mentee, pair.mentor));
            }
        }
        Ok(())
    }
}

/// What one unit of cost and one kept pair weigh when both are one number.
struct Fold {
    cost: i128,
    kept: i128,
}

impl Fold {
    /// Takes the weights of a proof if the first level outweighs all that the second can differ by.
    fn of(instance: &Instance, [cost, kept]: [i128; 2]) -> Result<Self, Flaw> {
        // So that no sum can overflow: 2^32 seats at a load of 2^32.
        if cost > 1 << 60 || kept > 1 << 120 {
            return Err(Flaw::TooLarge);
        }
        let mut wanted = vec![0_i128; instance.places.len()];
        let mut open_kept = 0_i128;
        for pair in instance.pairs.iter().filter(|pair| pair.open) {
            wanted[pair.mentor as usize] += 1;
            open_kept += i128::from(pair.kept);
        }
        // The dearest matching: every mentee at score 0, every mentor full.
        let mut most = 1_000_000 * instance.classes.len() as i128;
        for (mentor, &wanted) in wanted.iter().enumerate() {
            let pinned = i128::from(instance.pinned[mentor]);
            let more = wanted.min(i128::from(instance.places[mentor]) - pinned);
            most += i128::from(instance.options.load) * (more * pinned + more * (more - 1) / 2);
        }
        let (first, second, range) = match instance.options.order {
            Order::Cost => (cost, kept, open_kept),
            Order::Kept => (kept, cost, most),
        };
        let is_apart = second > 0 && second.checked_mul(range).is_some_and(|all| first > all);
        if (open_kept == 0 && cost > 0 && kept >= 0) || is_apart {
            Ok(Self { cost, kept })
        } else {
            Err(Flaw::Weights)
        }
    }
}
