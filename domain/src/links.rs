//! Links that work without signing in, most of them in emails. Each serves one purpose for one record. `server::links`
//! signs them.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{
    CheckInId, GroupId, MemberId, ProposalId, RsvpId, SeriesRsvpId, emails::EmailCategory,
    mentoring::SignUpRole,
};

/// The purpose of a link. Opening it shows a page, and only the button on that page acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The page of one RSVP: give up the seat, accept an offer, come with fewer guests (A6, A8, A10).
    Seat(RsvpId),
    /// The page of a proposal for the person on one side: accept or decline it (M10).
    Proposal(ProposalId, SignUpRole),
    /// The page of a check-in of a mentorship, for the person it asks (M15, M18).
    CheckIn(CheckInId),
    /// The page of a standing RSVP: keep or stop it (B9).
    StandingRsvp(SeriesRsvpId),
    /// Turns off the emails of a category, for one group or all of them (C8).
    Unsubscribe {
        /// The member who gets the email.
        member: MemberId,
        /// The group; `None` for all groups.
        group: Option<GroupId>,
        /// The category.
        category: EmailCategory,
    },
    /// The kudos wall for a screen that everybody sees. It shows public kudos and nothing else (K9).
    KudosScreen,
    /// The screen of a room of an event. The number says whether the link was ended (D13).
    RoomScreen {
        /// The room.
        room: Uuid,
        /// The room's number for screens when the link was made.
        number: i32,
    },
    /// Stops emails about invitations to an address, given by its hash: 64 hexadecimal digits.
    NoInvitations(String),
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(id) => write!(f, "seat {}", id.0.simple()),
            Self::Proposal(id, side) => write!(f, "proposal {} {}", id.0.simple(), side.name()),
            Self::CheckIn(id) => write!(f, "check-in {}", id.0.simple()),
            Self::StandingRsvp(id) => write!(f, "standing {}", id.0.simple()),
            Self::KudosScreen => f.write_str("kudos-screen"),
            Self::RoomScreen { room, number } => write!(f, "room-screen {} {number}", room.simple()),
            Self::NoInvitations(hash) => write!(f, "no-invitations {hash}"),
            Self::Unsubscribe { member, group, category } => {
                let group = group.map_or_else(|| "-".to_owned(), |group| group.0.simple().to_string());
                write!(f, "unsubscribe {} {group} {}", member.0.simple(), category.name())
            }
        }
    }
}

impl FromStr for Link {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let words: Vec<&str> = text.split(' ').collect();
        let id = |text: &str| text.parse().map_err(|_| ());
        Ok(match words[..] {
            ["kudos-screen"] => Self::KudosScreen,
            ["room-screen", room, number] => {
                Self::RoomScreen { room: id(room)?, number: number.parse().map_err(|_| ())? }
            }
            ["seat", answer] => Self::Seat(RsvpId(id(answer)?)),
            ["check-in", check_in] => Self::CheckIn(CheckInId(id(check_in)?)),
            ["standing", standing] => Self::StandingRsvp(SeriesRsvpId(id(standing)?)),
            ["proposal", proposal, side] => Self::Proposal(ProposalId(id(proposal)?), side.parse()?),
            ["no-invitations", hash] if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Self::NoInvitations(hash.to_owned())
            }
            ["unsubscribe", member, group, category] => Self::Unsubscribe {
                member: MemberId(id(member)?),
                group: if group == "-" { None } else { Some(GroupId(id(group)?)) },
                category: category
                    .parse()
                    .ok()
                    .filter(|category: &EmailCategory| category.is_optional())
                    .ok_or(())?,
            },
            _ => return Err(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_back_as_written() {
        let member = MemberId(Uuid::from_u128(8));
        let category = EmailCategory::Announcements;
        for link in [
            Link::Seat(RsvpId(Uuid::from_u128(7))),
            Link::Unsubscribe { member, group: None, category },
            Link::KudosScreen,
            Link::RoomScreen { room: Uuid::from_u128(3), number: 2 },
            Link::NoInvitations("0f".repeat(32)),
            Link::Proposal(ProposalId(Uuid::from_u128(6)), SignUpRole::Mentor),
            Link::CheckIn(CheckInId(Uuid::from_u128(5))),
            Link::StandingRsvp(SeriesRsvpId(Uuid::from_u128(4))),
            Link::Unsubscribe { member, group: Some(GroupId(Uuid::from_u128(9))), category },
        ] {
            assert_eq!(link.to_string().parse(), Ok(link.clone()));
            assert_eq!(format!("{link} more").parse::<Link>(), Err(()));
        }
        let id = Uuid::from_u128(8).simple();
        for wrong in [
            String::new(),
            "seat".into(),
            "seat 7 8".into(),
            "door 7".into(),
            "no-invitations 0f".into(),
            format!("proposal {id} coordinator"),
            format!("unsubscribe {id} -"),
            // Emails that are not optional cannot be turned off, even with a valid signature.
            format!("unsubscribe {id} - changes"),
            format!("unsubscribe {id} x reminders"),
        ] {
            assert_eq!(wrong.parse::<Link>(), Err(()), "{wrong}");
        }
    }
}
