//! Who may answer that they are a speaker of an agenda (M28). Organisers propose members with `EditEvent`.

use super::{Own, actions, for_active_members, for_every_member};

actions! {
    /// Confirm that one is this speaker.
    ConfirmSpeaker(Own) = for_active_members;
    /// Remove the link to oneself.
    RemoveSpeakerLink(Own) = for_every_member;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(table(), "ConfirmSpeaker: y y y -\nRemoveSpeakerLink: y y y y\n");
    }
}
