//! Links in mails that work signed out: each for one purpose and one record. `server::links` signs them.

use std::{fmt, str::FromStr};

use crate::RsvpId;

/// What a link in a mail is for. Following it shows a page; only its button acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The page of one answer: leave, claim what is offered, come with fewer (A6, A8, A10).
    Seat(RsvpId),
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(id) => write!(f, "seat {}", id.0.simple()),
        }
    }
}

impl FromStr for Link {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.split(' ');
        let link = match (words.next(), words.next()) {
            (Some("seat"), Some(id)) => Self::Seat(RsvpId(id.parse().map_err(|_| ())?)),
            _ => return Err(()),
        };
        if words.next().is_some() { Err(()) } else { Ok(link) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_link_is_read_as_it_was_written() {
        let link = Link::Seat(RsvpId(Uuid::from_u128(7)));
        assert_eq!(link.to_string().parse(), Ok(link.clone()));
        for wrong in ["", "seat", "seat 7 8", "door 7", &format!("{link} more")] {
            assert_eq!(wrong.parse::<Link>(), Err(()), "{wrong}");
        }
    }
}
