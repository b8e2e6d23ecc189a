//! Who may say hello to other members, and answer them (F8).

use super::{Own, actions, for_active_members};

actions! {
    /// Say hello to another member.
    SayHello(Own) = for_active_members;
    /// Answer a member who said hello to the actor.
    AnswerHello(Own) = for_active_members;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "SayHello: y y y -\n\
             AnswerHello: y y y -\n"
        );
    }
}
