//! The link between a speaker of an agenda and a member (M28). An agenda names its speakers. An organiser proposes the
//! member, and the member confirms.

use serde::{Deserialize, Serialize};

use crate::{Refusal, members::string_enum};

string_enum! {
    /// Where the link of a speaker to a member is.
    SpeakerLinkState {
        /// An organiser proposed it, and the member has not answered.
        Proposed,
        /// The member confirmed it. The speaker's name links to their profile.
        Confirmed,
        /// The member said no, or removed it later. Organisers can't propose them again for this speaker.
        Removed,
    }
}

impl SpeakerLinkState {
    /// The member confirms or removes the link. The same answer again changes nothing.
    ///
    /// # Errors
    /// `SpeakerLinkRemoved` when they removed it before.
    pub fn answer(self, confirms: bool) -> Result<Self, Refusal> {
        match (self, confirms) {
            (Self::Proposed | Self::Confirmed, true) => Ok(Self::Confirmed),
            (Self::Proposed | Self::Confirmed | Self::Removed, false) => Ok(Self::Removed),
            (Self::Removed, true) => Err(Refusal::SpeakerLinkRemoved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m28_a_link_that_the_member_removed_stays_removed() {
        use SpeakerLinkState::{Confirmed, Proposed, Removed};
        assert_eq!(Proposed.answer(true), Ok(Confirmed));
        assert_eq!(Confirmed.answer(true), Ok(Confirmed));
        assert_eq!(Confirmed.answer(false), Ok(Removed));
        assert_eq!(Removed.answer(true), Err(Refusal::SpeakerLinkRemoved));
    }
}
