//! Categories of emails, and each member's choice of how to get those that are optional (C9).

use serde::{Deserialize, Serialize};

use crate::{GroupId, Problem, Problems, Refusal, Slug, members::string_enum};

string_enum! {
    /// The category of an email.
    EmailCategory {
        /// Signing in and account security. Always sent at once.
        Security,
        /// The member's own RSVPs, requests and account. Always sent at once.
        Own,
        /// An event was rescheduled, cancelled or reinstated. Always sent at once.
        Changes,
        /// Reminders before an event.
        Reminders,
        /// Messages from organisers to people of an event.
        Announcements,
        /// New events of the member's groups.
        NewEvents,
        /// Kudos that the member got.
        Kudos,
        /// Comments on kudos that the member gave or got, and replies to the member's comments.
        Comments,
        /// Reactions to kudos that the member gave or got. Only in a digest.
        Reactions,
        /// The kudos wall of the last week.
        Wall,
        /// News about questions to mentors, and invitations to become a mentor.
        Mentoring,
        /// Members who say hello. Turning it off opts out.
        Hellos,
        /// Learning requests: offers to teach, and events that came of them.
        Demands,
        /// Messages from the member's mentor or mentee.
        MentorMessages,
        /// One email with everything that was collected for it.
        Digest,
    }
}

string_enum! {
    /// How a member gets the emails of a category.
    Delivery {
        /// Each email at once.
        Now,
        /// Collected in a daily digest.
        Daily,
        /// Collected in a weekly digest.
        Weekly,
        /// Never sent.
        Off,
    }
}

impl EmailCategory {
    /// The possible choices. A single one means that members can't choose.
    #[must_use]
    pub fn choices(self) -> &'static [Delivery] {
        match self {
            Self::Security | Self::Own | Self::Changes => &[Delivery::Now],
            // A reminder in a digest would be too late.
            Self::Reminders | Self::Mentoring | Self::Hellos | Self::Demands | Self::Digest | Self::Wall => {
                &[Delivery::Now, Delivery::Off]
            }
            Self::Announcements | Self::NewEvents | Self::Kudos | Self::Comments | Self::MentorMessages => {
                Delivery::ALL
            }
            Self::Reactions => &[Delivery::Daily, Delivery::Weekly, Delivery::Off],
        }
    }

    /// Whether members choose how they get its emails.
    #[must_use]
    pub fn is_optional(self) -> bool {
        self.choices().len() > 1
    }

    /// Whether its emails can wait for a digest.
    #[must_use]
    pub fn has_digest(self) -> bool {
        self.choices().contains(&Delivery::Daily)
    }

    /// Whether members choose it for each group separately.
    #[must_use]
    pub fn is_of_groups(self) -> bool {
        matches!(self, Self::Announcements | Self::NewEvents)
    }

    /// Whether some of its kinds write notifications (C13). They are on for members who have chosen nothing, and members
    /// can turn those of optional categories off (C14).
    #[must_use]
    pub fn has_notifications(self) -> bool {
        match self {
            Self::Own
            | Self::Changes
            | Self::Reminders
            | Self::Announcements
            | Self::NewEvents
            | Self::Kudos
            | Self::Comments
            | Self::Hellos
            | Self::Demands
            | Self::Mentoring
            | Self::MentorMessages => true,
            // Reactions and the wall are news in bulk, which only a digest collects.
            Self::Security | Self::Reactions | Self::Wall | Self::Digest => false,
        }
    }

    /// The delivery for members who have chosen nothing.
    #[must_use]
    pub fn standard(self) -> Delivery {
        match self {
            Self::NewEvents | Self::Comments | Self::Reactions => Delivery::Daily,
            Self::Security
            | Self::Own
            | Self::Changes
            | Self::Reminders
            | Self::Announcements
            | Self::Mentoring
            | Self::Hellos
            | Self::Demands
            | Self::MentorMessages
            | Self::Kudos
            | Self::Wall
            | Self::Digest => Delivery::Now,
        }
    }
}

/// The choices of one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailPreferences {
    chosen: Vec<(EmailCategory, Option<GroupId>, Delivery)>,
}

impl EmailPreferences {
    /// From the stored choices. `None` as the group means all groups.
    #[must_use]
    pub fn new(chosen: Vec<(EmailCategory, Option<GroupId>, Delivery)>) -> Self {
        Self { chosen }
    }

    /// The choice for exactly this category and group; `None` if there is none.
    #[must_use]
    pub fn chosen(&self, category: EmailCategory, group: Option<GroupId>) -> Option<Delivery> {
        let preference =
            self.chosen.iter().find(|preference| (preference.0, preference.1) == (category, group))?;
        category.choices().contains(&preference.2).then_some(preference.2)
    }

    /// How an email is delivered: by the choice for its group, else for all groups, else by default. Emails
    /// that are not optional are sent at once, whatever is stored.
    #[must_use]
    pub fn delivery(&self, category: EmailCategory, group: Option<GroupId>) -> Delivery {
        let of_group = group.and_then(|group| self.chosen(category, Some(group)));
        of_group.or_else(|| self.chosen(category, None)).unwrap_or(category.standard())
    }
}

/// One choice in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailPreference {
    /// The category it applies to.
    pub category: EmailCategory,
    /// The group; `None` for all groups.
    pub group: Option<Slug>,
    /// The delivery; `None` to follow the choice for all groups.
    pub delivery: Option<Delivery>,
}

impl EmailPreference {
    /// Reads a choice as the form writes it, for example `announcements - daily` or `new_events
    /// design-guild as-all`.
    ///
    /// # Errors
    /// `BadChoice` for the field `choices` when there is no such choice.
    pub fn check(text: &str) -> Result<Self, Problems> {
        let words: Vec<&str> = text.split(' ').collect();
        let read = || {
            let [category, group, delivery] = words[..] else { return None };
            let category: EmailCategory = category.parse().ok()?;
            let group = if group == "-" { None } else { Some(Slug::parse(group)?) };
            let delivery = match delivery {
                "as-all" if group.is_some() => None,
                name => Some(name.parse().ok().filter(|chosen| category.choices().contains(chosen))?),
            };
            let fits = category.is_optional() && (group.is_none() || category.is_of_groups());
            fits.then_some(Self { category, group, delivery })
        };
        read().ok_or_else(|| vec![Problem { field: "choices".into(), why: Refusal::BadChoice }])
    }

    /// The choice as the form writes it, which [`Self::check`] reads.
    #[must_use]
    pub fn text(&self) -> String {
        let group = self.group.as_ref().map_or("-", Slug::as_str);
        let delivery = self.delivery.map_or("as-all", Delivery::name);
        [self.category.name(), group, delivery].join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const GROUP: GroupId = GroupId(Uuid::from_u128(7));
    const OTHER: GroupId = GroupId(Uuid::from_u128(8));

    #[test]
    fn c9_a_choice_for_one_group_overrides_the_one_for_all_groups_and_the_default() {
        let category = EmailCategory::Announcements;
        let none = EmailPreferences::default();
        assert_eq!(none.delivery(category, Some(GROUP)), Delivery::Now);
        assert_eq!(none.delivery(EmailCategory::NewEvents, None), Delivery::Daily);
        let all = EmailPreferences::new(vec![(category, None, Delivery::Weekly)]);
        assert_eq!(all.delivery(category, Some(GROUP)), Delivery::Weekly);
        let both = EmailPreferences::new(vec![
            (category, None, Delivery::Off),
            (category, Some(GROUP), Delivery::Now),
        ]);
        assert_eq!(both.delivery(category, Some(GROUP)), Delivery::Now);
        assert_eq!(both.delivery(category, Some(OTHER)), Delivery::Off);
        assert_eq!(both.delivery(category, None), Delivery::Off);
    }

    #[test]
    fn c8_required_emails_cannot_be_turned_off() {
        for category in [EmailCategory::Security, EmailCategory::Own, EmailCategory::Changes] {
            for delivery in Delivery::ALL {
                let preferences = EmailPreferences::new(vec![
                    (category, None, *delivery),
                    (category, Some(GROUP), *delivery),
                ]);
                assert_eq!(preferences.delivery(category, Some(GROUP)), Delivery::Now);
                assert!(
                    EmailPreference::check(&format!("{} - {}", category.name(), delivery.name())).is_err()
                );
            }
        }
        // Reminders have no digest.
        let late = EmailPreferences::new(vec![(EmailCategory::Reminders, None, Delivery::Weekly)]);
        assert_eq!(late.delivery(EmailCategory::Reminders, None), Delivery::Now);
    }

    #[test]
    fn a_choice_is_read_back_as_written() {
        for text in
            ["announcements - daily", "new_events design-guild as-all", "reminders - off", "digest - now"]
        {
            assert_eq!(EmailPreference::check(text).map(|preference| preference.text()), Ok(text.to_owned()));
        }
        for wrong in [
            "",
            "announcements",
            "announcements - as-all",
            "announcements - often",
            "reminders - daily",
            "reminders design-guild off",
            "announcements ../x now",
            "announcements - now more",
        ] {
            assert!(EmailPreference::check(wrong).is_err(), "{wrong}");
        }
    }
}
