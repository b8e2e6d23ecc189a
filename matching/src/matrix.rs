//! The assignment problem over a full matrix, without a graph.
//!
//! The algorithm of Jonker and Volgenant (1987): columns take their cheapest rows, rows that are left bid for
//! columns, and the last few come in by shortest paths (Dijkstra's over costs reduced by prices), each of which
//! looks at whole rows. There are at least as many columns as rows, and every row gets one.

use std::ops::{Add, Sub};

/// A number that costs are counted in.
pub(crate) trait Cell: Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> {
    /// More than anything.
    const FAR: Self;
    /// Costs and prices are under this, so that a sum of four of them is under [`Cell::FAR`].
    const LIMIT: Self;
}

impl Cell for i32 {
    const FAR: Self = Self::MAX;
    const LIMIT: Self = 1 << 28;
}

impl Cell for i64 {
    const FAR: Self = Self::MAX;
    const LIMIT: Self = 1 << 60;
}

/// A matrix of costs from 0, row by row.
pub(crate) struct Matrix<C> {
    columns: usize,
    cells: Vec<C>,
}

/// The best assignment, with prices that prove it.
pub(crate) struct Assigned<C> {
    /// What each column costs on top: each row has the cheapest, and the price of a free column is 0, that of any
    /// other at least 0.
    pub(crate) prices: Vec<C>,
    /// What each row pays in all.
    pub(crate) dues: Vec<C>,
}

const NOBODY: u32 = u32::MAX;
/// Rows bid in so many rounds, and so many bids by row in all.
const ROUNDS: usize = 2;
const MAX_ROUNDS_WITHOUT_PROGRESS: usize = 8;
/// How many sums a loop makes at once.
const LANES: usize = 8;

impl<C: Cell> Matrix<C> {
    /// Rows one after the other; at most as many as columns.
    pub(crate) fn new(columns: usize, cells: Vec<C>) -> Self {
        Self { columns, cells }
    }

    pub(crate) fn row(&self, row: u32) -> &[C] {
        &self.cells[row as usize * self.columns..][..self.columns]
    }

    /// The least total. Nothing if prices grow over [`Cell::LIMIT`].
    pub(crate) fn assign(&self) -> Option<Assigned<C>> {
        let mut search = Search::new(self);
        if search.lone.len() == self.columns {
            search.reduce_columns();
        }
        for _ in 0..ROUNDS {
            search.bid();
        }
        for row in std::mem::take(&mut search.lone) {
            if search.is_over {
                return None;
            }
            search.enter(row);
        }
        if search.is_over {
            return None;
        }
        let Search { mut values, columns, .. } = search;
        // All columns are taken: the prices can start anywhere.
        if columns.len() == values.len() {
            let most = values.iter().copied().max().unwrap_or_default();
            values.iter_mut().for_each(|value| *value = *value - most);
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
    /// The prices, under 0.
    values: Vec<C>,
    /// The row of each column, the column of each row.
    rows: Vec<u32>,
    columns: Vec<u32>,
    /// The rows that have no column yet.
    lone: Vec<u32>,
    /// By column: how far it is in this search, and through which row it was reached.
    far: Vec<C>,
    via: Vec<u32>,
    /// [`Cell::FAR`] where the distance is final, else 0.
    done: Vec<C>,
    /// A price grew over [`Cell::LIMIT`].
    is_over: bool,
}

impl<'m, C: Cell> Search<'m, C> {
    fn new(matrix: &'m Matrix<C>) -> Self {
        let count = matrix.columns;
        let rows = matrix.cells.len() / count.max(1);
        Self {
            matrix,
            values: vec![C::default(); count],
            rows: vec![NOBODY; count],
            columns: vec![NOBODY; rows],
            lone: (0..rows as u32).collect(),
            far: vec![C::default(); count],
            via: vec![0; count],
            done: vec![C::default(); count],
            is_over: false,
        }
    }

    fn lower(&mut self, column: usize, by: C) {
        let value = self.values[column] - by;
        if C::default() - value < C::LIMIT {
            self.values[column] = value;
        } else {
            self.is_over = true;
        }
    }

    fn take(&mut self, row: u32, column: u32) {
        self.rows[column as usize] = row;
        self.columns[row as usize] = column;
    }

    /// Each column costs what its cheapest row pays, and takes it if it is free; then each row that was taken
    /// once pays as much less as the second choice would cost it.
    fn reduce_columns(&mut self) {
        let mut cheapest = vec![0_u32; self.matrix.columns];
        self.values.fill(C::FAR);
        for row in 0..self.columns.len() as u32 {
            let both = self.values.iter_mut().zip(&mut cheapest);
            for (&cell, (value, cheapest)) in self.matrix.row(row).iter().zip(both) {
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
            // The pair costs the row nothing over the price; alone in the world it has no second choice.
            if second < C::FAR {
                self.lower(column, second);
            }
        }
        let columns = &self.columns;
        self.lone.retain(|&row| columns[row as usize] == NOBODY);
    }

    /// What the two cheapest columns of a row cost it.
    fn two_cheapest(&self, row: u32) -> (C, C) {
        let (mut first, mut second) = ([C::FAR; LANES], [C::FAR; LANES]);
        let see = |total: C, first: &mut C, second: &mut C| {
            *second = (*second).min(total.max(*first));
            *first = (*first).min(total);
        };
        let cells = self.matrix.row(row).chunks_exact(LANES);
        let values = self.values.chunks_exact(LANES);
        for (&cell, &value) in cells.remainder().iter().zip(values.remainder()) {
            see(cell - value, &mut first[0], &mut second[0]);
        }
        for (cells, values) in cells.zip(values) {
            for lane in 0..LANES {
                see(cells[lane] - values[lane], &mut first[lane], &mut second[lane]);
            }
        }
        let mut both = (C::FAR, C::FAR);
        for total in first.into_iter().chain(second) {
            see(total, &mut both.0, &mut both.1);
        }
        both
    }

    /// Lone rows take their cheapest column and make it as dear as the second; who is ousted bids again, at
    /// once if the price rose.
    fn bid(&mut self) {
        let mut patience = MAX_ROUNDS_WITHOUT_PROGRESS * self.columns.len();
        let mut queue = std::mem::take(&mut self.lone);
        queue.reverse();
        while let Some(row) = queue.pop() {
            if patience == 0 {
                self.lone.push(row);
                continue;
            }
            patience -= 1;
            let (first, second) = self.two_cheapest(row);
            let totals = || self.matrix.row(row).iter().zip(&self.values).map(|(&cell, &value)| cell - value);
            let Some(mut column) = totals().position(|total| total == first) else { continue };
            let is_dearer = first < second && second < C::FAR;
            if is_dearer {
                self.lower(column, second - first);
            } else if self.rows[column] != NOBODY {
                // Another one as cheap, rather a free one.
                let other = (column + 1..self.rows.len())
                    .filter(|&other| self.matrix.row(row)[other] - self.values[other] == first);
                column =
                    other.clone().find(|&other| self.rows[other] == NOBODY).or(other.max()).unwrap_or(column);
            }
            let was = self.rows[column];
            self.take(row, column as u32);
            if was != NOBODY {
                self.columns[was as usize] = NOBODY;
                if is_dearer { queue.push(was) } else { self.lone.push(was) }
            }
        }
    }

    /// Brings a row in by the shortest path to a free column.
    fn enter(&mut self, newcomer: u32) {
        self.far.fill(C::FAR);
        self.done.fill(C::default());
        let (first, _) = self.two_cheapest(newcomer);
        // Distances count from the cheapest choice, so none is under 0.
        self.scan(newcomer, C::default() - first);
        let free: Vec<usize> = (0..self.rows.len()).filter(|&column| self.rows[column] == NOBODY).collect();
        let mut near = Vec::new();
        let (end, best) = 'found: loop {
            let open = self.far.iter().zip(&self.done).map(|(&far, &done)| far.max(done));
            let Some(best) = open.min().filter(|&best| best < C::FAR) else { return };
            if let Some(&end) = free.iter().find(|&&column| self.far[column] == best) {
                break (end, best);
            }
            near.extend(
                (0..self.far.len()).filter(|&column| self.far[column].max(self.done[column]) == best),
            );
            for column in near.drain(..) {
                let row = self.rows[column];
                self.done[column] = C::FAR;
                self.scan(row, best - (self.matrix.row(row)[column] - self.values[column]));
                if let Some(&end) = free.iter().find(|&&column| self.far[column] == best) {
                    break 'found (end, best);
                }
            }
        };
        for column in 0..self.far.len() {
            if self.done[column] == C::FAR {
                self.lower(column, best - self.far[column]);
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

    /// Looks at all columns from a row that is as far as `base` and what it pays.
    fn scan(&mut self, row: u32, base: C) {
        let cells = self.matrix.row(row).iter().zip(&self.values);
        for ((&cell, &value), (far, via)) in cells.zip(self.far.iter_mut().zip(&mut self.via)) {
            let total = cell - value + base;
            // Never less than a final distance.
            let is_nearer = total < *far;
            *far = if is_nearer { total } else { *far };
            *via = if is_nearer { row } else { *via };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mix;

    impl Cell for i16 {
        const FAR: Self = Self::MAX;
        const LIMIT: Self = 1 << 12;
    }

    /// Costs under a bound; often only a few different ones.
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
            // Duals of one worth prove each other: what rows pay less what columns get is the least total.
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
