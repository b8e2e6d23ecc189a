//! The table of the load.

use std::fmt::{Display, Formatter, Result};

use super::wrk::Load;

/// One line of the table.
pub(super) struct Line<'a> {
    pub(super) what: &'a str,
    pub(super) connections: usize,
    /// Bytes of the response body, as the browser gets it.
    pub(super) bytes: usize,
    /// Queries for the page when it is rendered.
    pub(super) queries: u64,
    pub(super) load: Load,
}

impl Line<'_> {
    pub(super) const HEAD: &'static str =
        "                          connections   requests/s       p50       p99  CPU/request    bytes  queries";
}

impl Display for Line<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Load { per_second, median, slowest, processor } = &self.load;
        write!(
            f,
            "{:<28}{:>9}{per_second:>13.0}{median:>10}{slowest:>10}{:>10.3} ms{:>9}{:>9}",
            self.what,
            self.connections,
            processor.as_secs_f64() * 1000.0,
            self.bytes,
            self.queries
        )
    }
}
