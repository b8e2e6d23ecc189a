//! The check of an answer. It shares no code with the solver and believes nothing it says.

use std::ops::{Add, Mul, Sub};

use crate::{
    answer::{Answer, Certificate},
    flaw::Flaw,
    instance::{Instance, Mode, Order, Pair},
};

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

    /// The candidate pairs of a mentee.
    fn candidates<'i>(&self, instance: &'i Instance, mentee: usize) -> &'i [Pair] {
        &instance.pairs[instance.starts[mentee] as usize..instance.starts[mentee + 1] as usize]
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
        // From which score on each mentor would gain.
        let wants: Vec<u16> = (self.load.iter().zip(&instance.places).zip(&worst))
            .map(|((load, places), worst)| match worst {
                _ if load < places => 0,
                Some(worst) => worst + 1,
                None => u16::MAX,
            })
            .collect();
        let mut blocking = 0_i128;
        for (mentee, pair) in self.pair.iter().enumerate() {
            let wanted = pair.map_or(0, |at| instance.pairs[at].score + 1);
            let gains = self.candidates(instance, mentee).iter().filter(|pair| {
                pair.open & (pair.score >= wanted) & (pair.score >= wants[pair.mentor as usize])
            });
            blocking += gains.count() as i128;
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
        // Mostly 64 bits are enough, and much faster.
        let numbers = || proof.prices.iter().chain(&proof.multipliers).chain([&fold.cost, &fold.kept]);
        if fold.cost < 1 << 40 && numbers().all(|number| number.abs() < 1 << 60) {
            self.choices(instance, proof, &fold, |number| number as i64)
        } else {
            self.choices(instance, proof, &fold, |number| number)
        }
    }

    /// Everybody has the cheapest choice.
    fn choices<N: Copy + Ord + Add<Output = N> + Sub<Output = N> + Mul<Output = N>>(
        &self,
        instance: &Instance,
        proof: &Certificate,
        fold: &Fold,
        number: impl Fn(i128) -> N,
    ) -> Result<(), Flaw> {
        let prices: Vec<N> = proof.prices.iter().map(|&price| number(price)).collect();
        let costs: Vec<N> =
            (0..=1000).map(|score| number((1000 - score) * (1000 - score) * fold.cost)).collect();
        let bonus = [number(0), number(fold.kept)];
        let total = |pair: &Pair| {
            costs[usize::from(pair.score)] - bonus[usize::from(pair.kept)] + prices[pair.mentor as usize]
        };
        for mentee in (0..instance.classes.len()).filter(|&mentee| instance.pins[mentee].is_none()) {
            let multiplier = number(proof.multipliers[usize::from(instance.classes[mentee])]);
            let pays = self.pair[mentee].map_or(multiplier, |at| total(&instance.pairs[at]));
            if pays > multiplier {
                return Err(Flaw::Cheaper(mentee as u32, None));
            }
            let cheaper = |pair: &&Pair| (total(pair) < pays) & pair.open;
            if let Some(pair) = self.candidates(instance, mentee).iter().find(cheaper) {
                return Err(Flaw::Cheaper(mentee as u32, Some(pair.mentor)));
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
        let open_kept = instance.pairs.iter().filter(|pair| pair.open & pair.kept).count() as i128;
        let (first, second, range) = match instance.options.order {
            Order::Cost => (cost, kept, open_kept),
            Order::Kept => (kept, cost, most(instance)),
        };
        let is_apart = second > 0 && second.checked_mul(range).is_some_and(|all| first > all);
        if (open_kept == 0 && cost > 0 && kept >= 0) || is_apart {
            Ok(Self { cost, kept })
        } else {
            Err(Flaw::Weights)
        }
    }
}

/// What the dearest matching costs at most: every mentee at score 0, every mentor full.
fn most(instance: &Instance) -> i128 {
    let mut wanted = vec![0_i128; instance.places.len()];
    for pair in instance.pairs.iter().filter(|pair| pair.open) {
        wanted[pair.mentor as usize] += 1;
    }
    let mut most = 1_000_000 * instance.classes.len() as i128;
    for (mentor, &wanted) in wanted.iter().enumerate() {
        let pinned = i128::from(instance.pinned[mentor]);
        let more = wanted.min(i128::from(instance.places[mentor]) - pinned);
        most += i128::from(instance.options.load) * (more * pinned + more * (more - 1) / 2);
    }
    most
}
