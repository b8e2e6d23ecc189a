//! Reactions to kudos (K8).

use serde::{Deserialize, Serialize};

use crate::members::string_enum;

string_enum! {
    /// A reaction. A member can give each kind once.
    Reaction {
        /// Well done.
        Applause = "applause",
        /// This is close to my heart.
        Heart = "heart",
        /// Let's celebrate.
        Celebrate = "celebrate",
        /// I learned something.
        Insight = "insight",
        /// That took strength.
        Strength = "strength",
        /// It helped me too.
        HelpedMe = "helped_me",
    }
}
