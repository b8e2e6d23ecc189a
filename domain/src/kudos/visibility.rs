//! Who can see kudos (K6).

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// Who can see kudos. The giver and the recipients always can.
    KudosVisibility {
        /// Everyone, also visitors who are not signed in.
        Public,
        /// Members of the community.
        Members,
        /// People in the team of the giver or of a recipient, or in the team that got the kudos.
        Team,
        /// The recipients only.
        Private,
    }
}
