//! Parts of the world, for advice to coordinators.

use serde::{Deserialize, Serialize};

use crate::{Zone, members::string_enum};

string_enum! {
    /// A part of the world in which people work at about the same time.
    Region {
        /// North and South America.
        Americas,
        /// Europe, Africa and the Atlantic.
        EuropeAfrica,
        /// Asia, Australia, and the Indian and Pacific Oceans.
        AsiaPacific,
        /// A zone without a place, for example `UTC`.
        Anywhere,
    }
}

impl Region {
    /// The region of a zone, from the first part of its name.
    #[must_use]
    pub fn of(zone: Zone) -> Self {
        let name = zone.name();
        match name.split('/').next().unwrap_or(name) {
            "America" | "US" | "Canada" | "Brazil" | "Mexico" | "Chile" => Self::Americas,
            "Europe" | "Africa" | "Atlantic" | "Arctic" => Self::EuropeAfrica,
            "Asia" | "Australia" | "Indian" | "Pacific" | "Antarctica" => Self::AsiaPacific,
            _ => Self::Anywhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_zones_have_a_region() {
        let of = |name: &str| Region::of(name.parse().unwrap());
        assert_eq!(of("America/Argentina/Buenos_Aires"), Region::Americas);
        assert_eq!(of("Africa/Nairobi"), Region::EuropeAfrica);
        assert_eq!(of("Asia/Kolkata"), Region::AsiaPacific);
        assert_eq!(of("UTC"), Region::Anywhere);
        let anywhere: Vec<_> = Zone::all().filter(|name| of(name) == Region::Anywhere).collect();
        assert!(anywhere.len() < 100, "{anywhere:?}");
    }
}
