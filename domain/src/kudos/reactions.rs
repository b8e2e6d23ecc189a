//! Reactions to kudos (K8).

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// A reaction. A member can give each kind once.
    Reaction {
        /// Well done.
        Applause,
        /// This is close to my heart.
        Heart,
        /// Let's celebrate.
        Celebrate,
        /// I learned something.
        Insight,
        /// That took strength.
        Strength,
        /// It helped me too.
        HelpedMe,
    }
}
