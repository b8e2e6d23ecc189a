//! Verifies a matching. Shares no code with the solver and relies on nothing that it computed.

use std::ops::{Add, Mul, Sub};

use crate::{
    instance::{Instance, Mode, Order, Pair},
    result::{Certificate, Matching},
    verify_error::VerifyError,
};

/// Proves that a matching is feasible, that its figures are true, and that no other matching is better on
/// levels 1 to 3. In stable mode it proves that no pair blocks the matching. Uses integers only, and looks
/// at each pair once.
///
/// # Errors
/// The first error found.
pub fn verify(instance: &Instance, matching: &Matching) -> Result<(), VerifyError> {
    let matched = Feasible::of(instance, matching)?;
    matched.check_figures(instance, matching)?;
    if instance.options.mode == Mode::Stable {
        return matched.check_stable(instance);
    }
    let proof = matching.certificate.as_ref().ok_or(VerifyError::NoCertificate)?;
    if proof.prices.len() != instance.places.len() {
        return Err(VerifyError::NoCertificate);
    }
    if instance.options.mode == Mode::Participation {
        matched.check_number(instance, proof)?;
    }
    matched.check_prices(instance, proof)
}

/// A matching that is known to be feasible.
struct Feasible {
    /// For each mentee, the index of its pair.
    pair: Vec<Option<usize>>,
    /// For each mentor, its number of mentees.
    load: Vec<u32>,
}

impl Feasible {
    fn of(instance: &Instance, matching: &Matching) -> Result<Self, VerifyError> {
        let mut pair = vec![None; instance.classes.len()];
        let mut load = vec![0_u32; instance.places.len()];
        let mut last = None;
        for &(mentee, mentor) in &matching.pairs {
            if last.is_some_and(|last| last >= mentee) {
                return Err(VerifyError::Unsorted(mentee));
            }
            last = Some(mentee);
            if mentee as usize >= pair.len() {
                return Err(VerifyError::NotACandidate(mentee, mentor));
            }
            let from = instance.starts[mentee as usize] as usize;
            let to = instance.starts[mentee as usize + 1] as usize;
            let found = instance.pairs[from..to].iter().position(|pair| pair.mentor == mentor);
            let at = from + found.ok_or(VerifyError::NotACandidate(mentee, mentor))?;
            match instance.pins[mentee as usize] {
                Some(pin) if pin != mentor => return Err(VerifyError::MissingPin(mentee, pin)),
                None if !instance.pairs[at].open => return Err(VerifyError::Forbidden(mentee, mentor)),
                _ => {}
            }
            pair[mentee as usize] = Some(at);
            load[mentor as usize] += 1;
            if load[mentor as usize] > instance.places[mentor as usize] {
                return Err(VerifyError::OverCapacity(mentor));
            }
        }
        for (mentee, pin) in instance.pins.iter().enumerate() {
            if let (Some(pin), None) = (pin, pair[mentee]) {
                return Err(VerifyError::MissingPin(mentee as u32, *pin));
            }
        }
        Ok(Self { pair, load })
    }

    /// The candidate pairs of a mentee.
    fn candidates<'i>(&self, instance: &'i Instance, mentee: usize) -> &'i [Pair] {
        &instance.pairs[instance.starts[mentee] as usize..instance.starts[mentee + 1] as usize]
    }

    /// Recomputes all figures and compares them.
    fn check_figures(&self, instance: &Instance, matching: &Matching) -> Result<(), VerifyError> {
        let (mut matched, mut class0, mut cost, mut kept) = (0_i128, 0_i128, 0_i128, 0_i128);
        // For each mentor, the lowest score among the mentees that it could give up.
        let mut lowest: Vec<Option<u16>> = vec![None; instance.places.len()];
        for at in self.pair.iter().flatten() {
            let pair = instance.pairs[*at];
            let miss = i128::from(1000 - pair.score);
            matched += 1;
            class0 += i128::from(instance.classes[pair.mentee as usize] == 0);
            cost += miss * miss;
            kept += i128::from(pair.kept);
            if instance.pins[pair.mentee as usize].is_none() {
                let lowest = &mut lowest[pair.mentor as usize];
                *lowest = Some(lowest.map_or(pair.score, |least| least.min(pair.score)));
            }
        }
        for &load in &self.load {
            let load = i128::from(load);
            cost += i128::from(instance.options.load) * (load * (load - 1) / 2);
        }
        // The lowest score with which each mentor would gain.
        let thresholds: Vec<u16> = (self.load.iter().zip(&instance.places).zip(&lowest))
            .map(|((load, places), lowest)| match lowest {
                _ if load < places => 0,
                Some(lowest) => lowest + 1,
                None => u16::MAX,
            })
            .collect();
        let mut blocking = 0_i128;
        for (mentee, pair) in self.pair.iter().enumerate() {
            let wanted = pair.map_or(0, |at| instance.pairs[at].score + 1);
            let gains = self.candidates(instance, mentee).iter().filter(|pair| {
                pair.open & (pair.score >= wanted) & (pair.score >= thresholds[pair.mentor as usize])
            });
            blocking += gains.count() as i128;
        }
        for (name, stated, actual) in [
            ("matched", i128::from(matching.matched), matched),
            ("matched_class0", i128::from(matching.matched_class0), class0),
            ("cost", matching.cost, cost),
            ("kept", i128::from(matching.kept), kept),
            ("blocking", i128::from(matching.blocking), blocking),
        ] {
            if stated != actual {
                return Err(VerifyError::WrongFigure(name, stated, actual));
            }
        }
        Ok(())
    }

    /// Level 1. Of a set of mentees, at most as many can be matched as their mentors have places. If the
    /// set has too few places by the number of unmatched mentees, no more can be matched.
    fn check_number(&self, instance: &Instance, proof: &Certificate) -> Result<(), VerifyError> {
        let (allowed, matched) = self.bound(instance, &proof.deficient, false)?;
        if allowed != matched {
            return Err(VerifyError::TooFewMatched(allowed, matched));
        }
        let (allowed, matched) = self.bound(instance, &proof.deficient_class0, true)?;
        if allowed != matched {
            return Err(VerifyError::TooFewMatchedClass0(allowed, matched));
        }
        Ok(())
    }

    /// The number of mentees that can be matched at most according to a deficient set, and the number that
    /// is matched. Pinned mentees and their places are left out of both.
    fn bound(
        &self,
        instance: &Instance,
        set: &[u32],
        only_class0: bool,
    ) -> Result<(i128, i128), VerifyError> {
        let counts = |mentee: usize| {
            instance.pins[mentee].is_none() && (!only_class0 || instance.classes[mentee] == 0)
        };
        let mut is_reached = vec![false; instance.places.len()];
        let mut missing = 0_i128;
        let mut last = None;
        for &mentee in set {
            if last.is_some_and(|last| last >= mentee)
                || mentee as usize >= instance.classes.len()
                || !counts(mentee as usize)
            {
                return Err(VerifyError::InvalidSet(mentee));
            }
            last = Some(mentee);
            missing += 1;
            let from = instance.starts[mentee as usize] as usize;
            let to = instance.starts[mentee as usize + 1] as usize;
            for pair in instance.pairs[from..to].iter().filter(|pair| pair.open) {
                let mentor = pair.mentor as usize;
                if !is_reached[mentor] {
                    is_reached[mentor] = true;
                    missing -= i128::from(instance.places[mentor] - instance.pinned[mentor]);
                }
            }
        }
        let (mut all, mut matched) = (0_i128, 0_i128);
        for mentee in (0..instance.classes.len()).filter(|&mentee| counts(mentee)) {
            all += 1;
            matched += i128::from(self.pair[mentee].is_some());
        }
        Ok((all - missing.max(0), matched))
    }

    /// Levels 2 and 3: at these prices nobody has a cheaper choice, and every mentor fills exactly the
    /// places that its price covers. Then every other matching with as many mentees of each class costs at
    /// least as much.
    fn check_prices(&self, instance: &Instance, proof: &Certificate) -> Result<(), VerifyError> {
        let weights = CombinedWeights::of(instance, proof.weights)?;
        // The limit keeps all sums below from overflowing.
        let limit = 1_i128 << 120;
        if proof.prices.iter().chain(&proof.multipliers).any(|number| !(-limit..=limit).contains(number)) {
            return Err(VerifyError::TooLarge);
        }
        if instance.options.mode == Mode::BestScore {
            let floor = i128::from(1000 - instance.options.floor);
            if proof.multipliers != [floor * floor * weights.cost; 2] {
                return Err(VerifyError::WrongMultiplier);
            }
        }
        for (mentor, &price) in proof.prices.iter().enumerate() {
            let filled = self.load[mentor];
            let seat = |taken: u32| i128::from(instance.options.load) * i128::from(taken) * weights.cost;
            if filled > instance.pinned[mentor] && seat(filled - 1) > price {
                return Err(VerifyError::PriceTooLow(mentor as u32));
            }
            if filled < instance.places[mentor] && seat(filled) < price {
                return Err(VerifyError::PriceTooHigh(mentor as u32));
            }
        }
        // 64 bits are mostly enough and much faster.
        let numbers = || proof.prices.iter().chain(&proof.multipliers).chain([&weights.cost, &weights.kept]);
        if weights.cost < 1 << 40 && numbers().all(|number| number.abs() < 1 << 60) {
            self.check_choices(instance, proof, &weights, |number| number as i64)
        } else {
            self.check_choices(instance, proof, &weights, |number| number)
        }
    }

    /// Checks that every mentee has its cheapest choice.
    fn check_choices<N: Copy + Ord + Add<Output = N> + Sub<Output = N> + Mul<Output = N>>(
        &self,
        instance: &Instance,
        proof: &Certificate,
        weights: &CombinedWeights,
        number: impl Fn(i128) -> N,
    ) -> Result<(), VerifyError> {
        let prices: Vec<N> = proof.prices.iter().map(|&price| number(price)).collect();
        let costs: Vec<N> =
            (0..=1000).map(|score| number((1000 - score) * (1000 - score) * weights.cost)).collect();
        let bonus = [number(0), number(weights.kept)];
        let total = |pair: &Pair| {
            costs[usize::from(pair.score)] - bonus[usize::from(pair.kept)] + prices[pair.mentor as usize]
        };
        for mentee in (0..instance.classes.len()).filter(|&mentee| instance.pins[mentee].is_none()) {
            let multiplier = number(proof.multipliers[usize::from(instance.classes[mentee])]);
            let pays = self.pair[mentee].map_or(multiplier, |at| total(&instance.pairs[at]));
            if pays > multiplier {
                return Err(VerifyError::CheaperChoice(mentee as u32, None));
            }
            let cheaper = |pair: &&Pair| (total(pair) < pays) & pair.open;
            if let Some(pair) = self.candidates(instance, mentee).iter().find(cheaper) {
                return Err(VerifyError::CheaperChoice(mentee as u32, Some(pair.mentor)));
            }
        }
        Ok(())
    }

    /// Checks that there is no open pair in which both strictly prefer each other to what they have.
    fn check_stable(&self, instance: &Instance) -> Result<(), VerifyError> {
        let mut worst_rank: Vec<Option<u32>> = vec![None; instance.places.len()];
        for at in self.pair.iter().flatten() {
            let pair = instance.pairs[*at];
            if instance.pins[pair.mentee as usize].is_none() {
                let worst_rank = &mut worst_rank[pair.mentor as usize];
                *worst_rank = (*worst_rank).max(Some(instance.ranks[*at].1));
            }
        }
        for (at, pair) in instance.pairs.iter().enumerate().filter(|(_, pair)| pair.open) {
            let (mentee_rank, mentor_rank) = instance.ranks[at];
            let mentor = pair.mentor as usize;
            let mentee_wants =
                self.pair[pair.mentee as usize].is_none_or(|now| mentee_rank < instance.ranks[now].0);
            let mentor_wants = self.load[mentor] < instance.places[mentor]
                || worst_rank[mentor].is_some_and(|worst| mentor_rank < worst);
            if mentee_wants && mentor_wants {
                return Err(VerifyError::BlockingPair(pair.mentee, pair.mentor));
            }
        }
        Ok(())
    }
}

/// The weights that combine cost and kept pairs into one number.
struct CombinedWeights {
    cost: i128,
    kept: i128,
}

impl CombinedWeights {
    /// Accepts the weights of a certificate if the first level outweighs everything that the second can
    /// amount to.
    fn of(instance: &Instance, [cost, kept]: [i128; 2]) -> Result<Self, VerifyError> {
        // The limits keep sums from overflowing: there are up to 2^32 seats with a load of 2^32.
        if cost > 1 << 60 || kept > 1 << 120 {
            return Err(VerifyError::TooLarge);
        }
        let open_kept = instance.pairs.iter().filter(|pair| pair.open & pair.kept).count() as i128;
        let (first, second, range) = match instance.options.order {
            Order::Cost => (cost, kept, open_kept),
            Order::Kept => (kept, cost, max_cost(instance)),
        };
        let is_apart = second > 0 && second.checked_mul(range).is_some_and(|all| first > all);
        if (open_kept == 0 && cost > 0 && kept >= 0) || is_apart {
            Ok(Self { cost, kept })
        } else {
            Err(VerifyError::InvalidWeights)
        }
    }
}

/// An upper bound for the cost of a matching: every mentee at score 0, every mentor full.
fn max_cost(instance: &Instance) -> i128 {
    let mut wanted = vec![0_i128; instance.places.len()];
    for pair in instance.pairs.iter().filter(|pair| pair.open) {
        wanted[pair.mentor as usize] += 1;
    }
    let mut cost = 1_000_000 * instance.classes.len() as i128;
    for (mentor, &wanted) in wanted.iter().enumerate() {
        let pinned = i128::from(instance.pinned[mentor]);
        let more = wanted.min(i128::from(instance.places[mentor]) - pinned);
        cost += i128::from(instance.options.load) * (more * pinned + more * (more - 1) / 2);
    }
    cost
}
