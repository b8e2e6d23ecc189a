//! The assignment problem on a full matrix, without a graph.
//!
//! This is the algorithm of Jonker and Volgenant (1987): columns take their cheapest rows, the remaining
//! rows bid for columns, and the last few enter along shortest paths (Dijkstra's search over costs reduced
//! by prices), each of which looks at whole rows. There are at least as many columns as rows, and every row
//! gets one.

use std::ops::{Add, Sub};

/// The number type of the costs.
pub(crate) trait Cell: Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> {
    /// More than every cost and price.
    const INFINITE: Self;
    /// Costs and prices are below this, so that a sum of four of them is below [`Cell::INFINITE`].
    const LIMIT: Self;
}

impl Cell for i32 {
    const INFINITE: Self = Self::MAX;
    const LIMIT: Self = 1 << 28;
}

impl Cell for i64 {
    const INFINITE: Self = Self::MAX;
    const LIMIT: Self = 1 << 60;
}

/// A matrix of costs, row by row. The lowest possible cost is 0.
pub(crate) struct Matrix<C> {
    columns: usize,
    cells: Vec<C>,
}

/// The best assignment, with prices that prove it.
pub(crate) struct Assigned<C> {
    /// The price of each column, with which each row has its cheapest column. 0 for free columns, at least
    /// 0 for others.
    pub(crate) prices: Vec<C>,
    /// The total that each row pays.
    pub(crate) dues: Vec<C>,
}

const NONE: u32 = u32::MAX;
/// The number of bidding rounds, and the highest number of bids for each row over all rounds.
const ROUNDS: usize = 2;
const MAX_BIDS_PER_ROW: usize = 8;
/// How many sums a loop computes at once.
const LANES: usize = 8;

impl<C: Cell> Matrix<C> {
    /// A matrix from its rows, one after the other. It has at most as many rows as columns.
    pub(crate) fn new(columns: usize, cells: Vec<C>) -> Self {
        Self { columns, cells }
    }

    pub(crate) fn row(&self, row: u32) -> &[C] {
        &self.cells[row as usize * self.columns..][..self.columns]
    }

    /// The assignment with the lowest total; `None` if prices grow over [`Cell::LIMIT`].
    pub(crate) fn assign(&self) -> Option<Assigned<C>> {
        let mut search = Search::new(self);
        if search.unassigned.len() == self.columns {
            search.reduce_columns();
        }
        for _ in 0..ROUNDS {
            search.bid();
        }
        for row in std::mem::take(&mut search.unassigned) {
            if search.is_over_limit {
                return None;
            }
            search.enter(row);
        }
        if search.is_over_limit {
            return None;
        }
        let Search { mut values, columns, .. } = search;
        // All columns are taken, so the prices can start anywhere.
        if columns.len() == values.len() {
            let highest = values.iter().copied().max().unwrap_or_default();
            values.iter_mut().for_each(|value| *value = *value - highest);
        }
        let dues = (0..)
            .zip(&columns)
            .map(|(row, &column)| self.row(row)[column as usize] - values[column as usize]);
        Some(Assigned {
            dues: dues.collect(),
            prices: values.iter().map(|&value| C::default() - value).collect(),
        })
    }
}

struct Search<'m, C> {
    matrix: &'m Matrix<C>,
    /// The negated prices.
    values: Vec<C>,
    /// The row of each column, and the column of each row.
    rows: Vec<u32>,
    columns: Vec<u32>,
    /// The rows without a column.
    unassigned: Vec<u32>,
    /// For each column, its distance in this search and the row through which it was reached.
    distance: Vec<C>,
    via: Vec<u32>,
    /// [`Cell::INFINITE`] where the distance is final, else 0.
    finished: Vec<C>,
    /// Whether a price grew over [`Cell::LIMIT`].
    is_over_limit: bool,
}

impl<'m, C: Cell> Search<'m, C> {
    fn new(matrix: &'m Matrix<C>) -> Self {
        let count = matrix.columns;
        let rows = matrix.cells.len() / count.max(1);
        Self {
            matrix,
            values: vec![C::default(); count],
            rows: vec![NONE; count],
            columns: vec![NONE; rows],
            unassigned: (0..rows as u32).collect(),
            distance: vec![C::default(); count],
            via: vec![0; count],
            finished: vec![C::default(); count],
            is_over_limit: false,
        }
    }

    fn lower(&mut self, column: usize, by: C) {
        let value = self.values[column] - by;
        if C::default() - value < C::LIMIT {
            self.values[column] = value;
        } else {
            self.is_over_limit = true;
        }
    }

    fn take(&mut self, row: u32, column: u32) {
        self.rows[column as usize] = row;
        self.columns[row as usize] = column;
    }

    /// The value of each column becomes the cost of its cheapest row, which takes the column if it has none
    /// yet. After that, each row that is cheapest for exactly one column raises the price of that column as
    /// far as its second choice allows.
    fn reduce_columns(&mut self) {
        let mut cheapest = vec![0_u32; self.matrix.columns];
        self.values.fill(C::INFINITE);
        for row in 0..self.columns.len() as u32 {
            let pair = self.values.iter_mut().zip(&mut cheapest);
            for (&cell, (value, cheapest)) in self.matrix.row(row).iter().zip(pair) {
                let is_less = cell < *value;
                *value = if is_less { cell } else { *value };
                *cheapest = if is_less { row } else { *cheapest };
            }
        }
        let mut wanted = vec![0_u32; self.columns.len()];
        for (column, &row) in (0..).zip(&cheapest) {
            wanted[row as usize] += 1;
            if wanted[row as usize] == 1 {
                self.take(row, column);
            }
        }
        for row in (0..).take(wanted.len()).filter(|&row: &u32| wanted[row as usize] == 1) {
            let column = self.columns[row as usize] as usize;
            let (_, second) = self.two_cheapest(row);
            // The row pays nothing over the price here. A matrix with one column has no second choice.
            if second < C::INFINITE {
                self.lower(column, second);
            }
        }
        let columns = &self.columns;
        self.unassigned.retain(|&row| columns[row as usize] == NONE);
    }

    /// The costs of a row's two cheapest columns.
    fn two_cheapest(&self, row: u32) -> (C, C) {
        let (mut first, mut second) = ([C::INFINITE; LANES], [C::INFINITE; LANES]);
        let consider = |total: C, first: &mut C, second: &mut C| {
            *second = (*second).min(total.max(*first));
            *first = (*first).min(total);
        };
        let cells = self.matrix.row(row).chunks_exact(LANES);
        let values = self.values.chunks_exact(LANES);
        for (&cell, &value) in cells.remainder().iter().zip(values.remainder()) {
            consider(cell - value, &mut first[0], &mut second[0]);
        }
        for (cells, values) in cells.zip(values) {
            for lane in 0..LANES {
                consider(cells[lane] - values[lane], &mut first[lane], &mut second[lane]);
            }
        }
        let mut pair = (C::INFINITE, C::INFINITE);
        for total in first.into_iter().chain(second) {
            consider(total, &mut pair.0, &mut pair.1);
        }
        pair
    }

    /// Unassigned rows take their cheapest column and raise its price to that of the second. A row that
    /// loses its column bids again, at once if the price rose.
    fn bid(&mut self) {
        let mut bids_left = MAX_BIDS_PER_ROW * self.columns.len();
        let mut queue = std::mem::take(&mut self.unassigned);
        queue.reverse();
        while let Some(row) = queue.pop() {
            if bids_left == 0 {
                self.unassigned.push(row);
                continue;
            }
            bids_left -= 1;
            let (first, second) = self.two_cheapest(row);
            let totals = || self.matrix.row(row).iter().zip(&self.values).map(|(&cell, &value)| cell - value);
            let Some(mut column) = totals().position(|total| total == first) else { continue };
            let price_rises = first < second && second < C::INFINITE;
            if price_rises {
                self.lower(column, second - first);
            } else if self.rows[column] != NONE {
                // Of equally cheap columns a free one is better.
                let other = (column + 1..self.rows.len())
                    .filter(|&other| self.matrix.row(row)[other] - self.values[other] == first);
                column =
                    other.clone().find(|&other| self.rows[other] == NONE).or(other.max()).unwrap_or(column);
            }
            let previous = self.rows[column];
            self.take(row, column as u32);
            if previous != NONE {
                self.columns[previous as usize] = NONE;
                if price_rises { queue.push(previous) } else { self.unassigned.push(previous) }
            }
        }
    }

    /// Gives a row a column, along the shortest path to a free column.
    fn enter(&mut self, newcomer: u32) {
        self.distance.fill(C::INFINITE);
        self.finished.fill(C::default());
        let (first, _) = self.two_cheapest(newcomer);
        // Distances are relative to the cheapest choice, so none is negative.
        self.scan(newcomer, C::default() - first);
        let free: Vec<usize> = (0..self.rows.len()).filter(|&column| self.rows[column] == NONE).collect();
        let mut near = Vec::new();
        let (end, best) = 'found: loop {
            let open =
                self.distance.iter().zip(&self.finished).map(|(&distance, &finished)| distance.max(finished));
            let Some(best) = open.min().filter(|&best| best < C::INFINITE) else { return };
            if let Some(&end) = free.iter().find(|&&column| self.distance[column] == best) {
                break (end, best);
            }
            near.extend(
                (0..self.distance.len())
                    .filter(|&column| self.distance[column].max(self.finished[column]) == best),
            );
            for column in near.drain(..) {
                let row = self.rows[column];
                self.finished[column] = C::INFINITE;
                self.scan(row, best - (self.matrix.row(row)[column] - self.values[column]));
                if let Some(&end) = free.iter().find(|&&column| self.distance[column] == best) {
                    break 'found (end, best);
                }
            }
        };
        for column in 0..self.distance.len() {
            if self.finished[column] == C::INFINITE {
                self.lower(column, best - self.distance[column]);
            }
        }
        let mut column = end as u32;
        loop {
            let row = self.via[column as usize];
            let next = self.columns[row as usize];
            self.take(row, column);
            if row == newcomer {
                return;
            }
            column = next;
        }
    }

    /// Updates the distances of all columns from a row. `base` is the row's distance less what it pays.
    fn scan(&mut self, row: u32, base: C) {
        let cells = self.matrix.row(row).iter().zip(&self.values);
        for ((&cell, &value), (distance, via)) in cells.zip(self.distance.iter_mut().zip(&mut self.via)) {
            let total = cell - value + base;
            // The total is never less than a final distance, so final distances do not change.
            let is_nearer = total < *distance;
            *distance = if is_nearer { total } else { *distance };
            *via = if is_nearer { row } else { *via };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mix;

    impl Cell for i16 {
        const INFINITE: Self = Self::MAX;
        const LIMIT: Self = 1 << 12;
    }

    /// Costs below a bound. With a low bound many are equal.
    fn cells(seed: u64, count: u64) -> Vec<i16> {
        let bound = [4000, 3, 100, 1][(seed % 4) as usize];
        (0..count).map(|at| (mix(mix(seed + 1) ^ at) % bound) as i16).collect()
    }

    #[test]
    fn prices_prove_the_answer_or_there_is_none() {
        let mut over = 0;
        for seed in 0..2000 {
            let rows = 1 + mix(seed) % 12;
            let columns = rows + mix(seed + 7) % 3;
            let narrow = cells(seed, rows * columns);
            let wide = narrow.iter().map(|&cell| i64::from(cell)).collect();
            let wide = Matrix::new(columns as usize, wide).assign().unwrap();
            // Duality: the total of what rows pay, less the prices, equals the lowest total cost.
            let worth = wide.dues.iter().sum::<i64>() - wide.prices.iter().sum::<i64>();
            match Matrix::new(columns as usize, narrow.clone()).assign() {
                Some(found) => {
                    let sum = |numbers: &[i16]| numbers.iter().map(|&number| i64::from(number)).sum::<i64>();
                    assert_eq!(sum(&found.dues) - sum(&found.prices), worth);
                    assert!(found.prices.iter().all(|&price| price >= 0));
                    for (row, &due) in found.dues.iter().enumerate() {
                        let cells = &narrow[row * columns as usize..][..columns as usize];
                        let least = cells.iter().zip(&found.prices).map(|(cell, price)| cell + price).min();
                        assert_eq!(least, Some(due));
                    }
                }
                None => over += 1,
            }
        }
        assert!((1..1000).contains(&over), "{over}");
    }
}
