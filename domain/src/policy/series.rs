//! Who may make a series of an event, and end it. Changing its dates is [`EditEvent`](super::events::EditEvent), and
//! having a seat at each of them is [`ManageSeat`](super::seats::ManageSeat).

use super::{
    Includes, actions,
    events::{CreateEvent, EventRelation, may_manage},
};

actions! {
    /// Repeat an event, which creates further events like it. Also end such a series.
    ManageSeries(EventRelation) = may_manage;
}

impl Includes<CreateEvent> for ManageSeries {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended, each with `hosts organises co-hosts belongs
    /// other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "ManageSeries: -y--- yy--- yyyyy -----\n");
    }
}
