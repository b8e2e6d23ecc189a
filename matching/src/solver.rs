//! A matching that is kept up to date: solved once, then changed together with its instance.

use crate::{
    change::{Change, ChangeError, Move},
    graph::Graph,
    instance::{Instance, Mode},
    result::{Certificate, Matching},
    scale::Scale,
    solution::{Solution, Width, settled_market, without_tie_break},
};

/// An instance and its best matching, with everything that makes solving after a change fast.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use matching::{Change, Solver};
/// let text = b"p guildhall-match 2 2 3\nc 0 1\nc 1 1\na 0 0 900\na 1 0 950\na 0 1 400\n";
/// let mut solver = Solver::new(matching::read(text)?);
/// assert_eq!(solver.matching().pairs, [(0, 1), (1, 0)]);
/// let moves = solver.resolve(Change::Decline { mentee: 1, mentor: 0 })?;
/// assert_eq!(moves.len(), 2);
/// assert_eq!(solver.matching().pairs, [(0, 0)]);
/// matching::verify(solver.instance(), &solver.matching())?;
/// # Ok(())
/// # }
/// ```
pub struct Solver {
    instance: Instance,
    solution: Solution,
}

impl Solver {
    /// Finds the best matching of an instance.
    pub fn new(instance: Instance) -> Self {
        let solution = Solution::new(&instance);
        Self { instance, solution }
    }

    /// The instance with all changes so far.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The best matching of the current instance, with its figures and its certificate. Looks at each pair
    /// once.
    pub fn matching(&self) -> Matching {
        self.solution.matching(&self.instance)
    }

    /// Applies a change and finds the best matching of the changed instance. The pairs are the same as when
    /// solving from scratch, but this takes only one or two searches near the change. (In stable mode, and
    /// after very many added places, it does solve from scratch.) Returns the moves, sorted by mentee.
    ///
    /// # Errors
    /// The reason why the change is not possible. The instance is then unchanged.
    pub fn resolve(&mut self, change: Change) -> Result<Vec<Move>, ChangeError> {
        self.validate(change)?;
        let candidates = match change {
            Change::MentorLeaves(mentor) | Change::PlaceAdded(mentor) => self.candidates(mentor),
            _ => Vec::new(),
        };
        let solution = &mut self.solution;
        solution.deficient = None;
        solution.slack -= self.instance.apply(change, &candidates);
        match &mut solution.market {
            Width::Narrow(market) if solution.slack >= 0 => Ok(market.change(change)),
            Width::Wide(market) if solution.slack >= 0 => Ok(market.change(change)),
            _ => Ok(self.solve_again()),
        }
    }

    /// Finds the best matching from the prices of an earlier one, which saves the auction. The earlier
    /// instance may differ. The more it differs, the longer this takes.
    pub fn resume(instance: Instance, earlier: &Certificate) -> Self {
        let scale = Scale::of(&instance);
        let is_compatible = earlier.prices.len() == instance.mentors()
            && earlier.multipliers == scale.unmatched
            && earlier.weights == [scale.cost, scale.kept]
            && earlier
                .prices
                .iter()
                .all(|price| (0..=2 * scale.unmatched[0].max(scale.bound)).contains(price));
        if instance.options.mode == Mode::Stable || !is_compatible {
            return Self::new(instance);
        }
        let graph = Graph::new(&instance);
        let market = if scale.is_narrow() {
            Width::Narrow(Box::new(settled_market(&scale, graph, without_tie_break(&earlier.prices))))
        } else {
            Width::Wide(Box::new(settled_market(&scale, graph, without_tie_break(&earlier.prices))))
        };
        let slack = scale.slack;
        Self { instance, solution: Solution { scale, market, deficient: None, slack } }
    }

    /// The mentees that are open candidates of the mentor.
    fn candidates(&self, mentor: u32) -> Vec<u32> {
        let graph = match &self.solution.market {
            Width::Stable(_) => {
                let open = self.instance.pairs.iter().filter(|pair| pair.mentor == mentor && pair.open);
                return open.map(|pair| pair.mentee).collect();
            }
            Width::Narrow(market) => &market.graph,
            Width::Wide(market) => &market.graph,
        };
        graph.mentor_edges(mentor).iter().map(|edge| edge.to).collect()
    }

    fn validate(&self, change: Change) -> Result<(), ChangeError> {
        let instance = &self.instance;
        let known = |index: u32, count: usize| (index as usize) < count;
        let (mentee, mentor) = match change {
            Change::Decline { mentee, mentor } => (Some(mentee), Some(mentor)),
            Change::MenteeLeaves(mentee) => (Some(mentee), None),
            Change::MentorLeaves(mentor) | Change::PlaceAdded(mentor) => (None, Some(mentor)),
        };
        if let Some(mentee) = mentee.filter(|&mentee| !known(mentee, instance.mentees())) {
            return Err(ChangeError::UnknownMentee(mentee));
        }
        if let Some(mentor) = mentor.filter(|&mentor| !known(mentor, instance.mentors())) {
            return Err(ChangeError::UnknownMentor(mentor));
        }
        let pin = match change {
            Change::PlaceAdded(mentor) if instance.places[mentor as usize] == u32::MAX => {
                return Err(ChangeError::TooManyPlaces(mentor));
            }
            Change::PlaceAdded(_) => None,
            Change::MentorLeaves(mentor) if instance.pinned[mentor as usize] > 0 => {
                (0..).zip(&instance.pins).find(|(_, pin)| **pin == Some(mentor)).map(|(mentee, _)| mentee)
            }
            Change::MentorLeaves(_) => None,
            Change::MenteeLeaves(mentee) => instance.pins[mentee as usize].map(|_| mentee),
            Change::Decline { mentee, .. } => {
                Some(mentee).filter(|&mentee| mentor == instance.pins[mentee as usize])
            }
        };
        match pin.and_then(|mentee| Some((mentee, instance.pins[mentee as usize]?))) {
            Some((mentee, mentor)) => Err(ChangeError::Pinned(mentee, mentor)),
            None => Ok(()),
        }
    }

    /// Solves from scratch.
    fn solve_again(&mut self) -> Vec<Move> {
        let before = std::mem::replace(&mut self.solution, Solution::new(&self.instance));
        let both = before.assignment().mentor.iter().zip(&self.solution.assignment().mentor);
        (0..).zip(both).filter_map(|(mentee, (&from, &to))| Move::of(mentee, from, to)).collect()
    }
}
