//! Candidate pairs: the pairs that the solver may choose from.
//!
//! A pair is a candidate if it is not excluded and
//!
//! - it shares a topic, and it is among the best of the mentee or among the best of the mentor, or
//! - it shares a topic, and the mentee wishes for the mentor or the mentor would like to have the mentee, or
//! - it has to be kept.
//!
//! The last two come in addition to the best.
//!
//! The best are those with the highest scores without anybody's wishes. So wishes add candidates and change
//! scores, but they decide about no other pair. Figures that count the best alone tell nobody what somebody
//! wished for.
//!
//! The best are found exactly, without scoring most pairs: see `search`.

use super::{
    pool::Pool,
    search::{Search, score_of},
    topic_index::TopicIndex,
};

/// How many candidates a person has unless the programme says otherwise.
pub const DEFAULT_LIMIT: usize = 20;
/// How many people are searched for between two reports of progress.
pub(super) const REPORT_EVERY: usize = 1000;

/// A mentee and a mentor that could be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    /// Index of the mentee.
    pub mentee: u32,
    /// Index of the mentor.
    pub mentor: u32,
    /// Score of the pair, 0 to 1000. It is private, because it contains wishes.
    pub score: u16,
    /// The total of the pair's [`ShownParts`](super::ShownParts).
    pub shown: u16,
    /// Whether the pair is among the best. Others are candidates only because somebody stated them.
    pub is_best: bool,
}

/// The candidates of a pool, sorted by mentee and mentor. `limit` is how many of the best pairs everybody gets.
/// `keep_going` is told how many people are done, of how many, and stops the search by returning false. The
/// result is then `None`.
pub fn candidates(
    pool: &Pool,
    limit: usize,
    mut keep_going: impl FnMut(usize, usize) -> bool,
) -> Option<Vec<Candidate>> {
    let (mentees, mentors) = (pool.mentee_count(), pool.mentor_count());
    let mut report = |done: usize| !done.is_multiple_of(REPORT_EVERY) || keep_going(done, mentees + mentors);
    let index = TopicIndex::new(pool);
    let mut search = Search::new(pool, &index, limit);
    // What a mentor without an opinion adds to the score.
    let neutral = pool.points.mentor_wish(false, false);
    // People with the same topics come one after the other, because a search reads what the last one read.
    let mut order: Vec<u32> = (0..mentors as u32).collect();
    order.sort_by_key(|&mentor| pool.taught.get(mentor));
    let mut chosen: Vec<Vec<(u32, u16)>> = vec![Vec::new(); mentees];
    for (done, &mentor) in order.iter().enumerate() {
        if !report(done) {
            return None;
        }
        for &(rank, mentee) in search.best_mentees(mentor) {
            chosen[mentee as usize].push((mentor, score_of(rank)));
        }
    }
    let mut order: Vec<u32> = (0..mentees as u32).collect();
    order.sort_by_key(|&mentee| pool.asked.get(mentee));
    for (done, &mentee) in (mentors..).zip(&order) {
        if !report(done) {
            return None;
        }
        let best = search.best_mentors(mentee).iter();
        chosen[mentee as usize].extend(best.map(|&(rank, mentor)| (mentor, score_of(rank))));
    }
    let mut all = Vec::new();
    for (mentee, mut found) in (0..).zip(chosen) {
        found.sort_unstable();
        found.dedup();
        let first = all.len();
        all.extend(found.into_iter().map(|(mentor, score)| Candidate {
            mentee,
            mentor,
            score,
            shown: score - neutral,
            is_best: true,
        }));
        let best = first..all.len();
        for &(mentor, _) in pool.opinions.get(mentee) {
            let parts = pool.parts(mentee, mentor);
            let (score, shown) = (parts.total(), parts.shown().total());
            match all[best.clone()].binary_search_by_key(&mentor, |it| it.mentor) {
                Ok(at) => all[first + at].score = score,
                Err(_) if pool.is_stated(mentee, mentor) && pool.exclusion(mentee, mentor).is_none() => {
                    all.push(Candidate { mentee, mentor, score, shown, is_best: false });
                }
                Err(_) => {}
            }
        }
        all[first..].sort_unstable();
    }
    Some(all)
}
