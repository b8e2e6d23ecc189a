//! What mails are about, and how each member wants to get those that can be put off or muted (C9).

use serde::{Deserialize, Serialize};

use crate::{GroupId, Problem, Problems, Refusal, Slug, members::string_enum};

string_enum! {
    /// What a mail is about.
    EmailCategory {
        /// Signing in and the account. Always told at once.
        Security = "security",
        /// What becomes of one's own answers and requests. Always told at once.
        Own = "own",
        /// An event is moved, cancelled, or takes place after all. Always told at once.
        Changes = "changes",
        /// A seat is used soon.
        Reminders = "reminders",
        /// Organisers write about an event.
        Announcements = "announcements",
        /// A group has a new event.
        NewEvents = "new_events",
        /// One mail for all that was put off.
        Digest = "digest",
    }
}

string_enum! {
    /// How mails of a topic come.
    Delivery {
        /// Each at once.
        Now = "now",
        /// In one mail a day.
        Daily = "daily",
        /// In one mail a week.
        Weekly = "weekly",
        /// Not at all.
        Off = "off",
    }
}

impl EmailCategory {
    /// How its mails may come; one way means that nobody chooses.
    #[must_use]
    pub fn choices(self) -> &'static [Delivery] {
        match self {
            Self::Security | Self::Own | Self::Changes => &[Delivery::Now],
            // A reminder that comes later reminds of nothing.
            Self::Reminders | Self::Digest => &[Delivery::Now, Delivery::Off],
            Self::Announcements | Self::NewEvents => Delivery::ALL,
        }
    }

    /// Whether members choose how its mails come.
    #[must_use]
    pub fn is_optional(self) -> bool {
        self.choices().len() > 1
    }

    /// Whether they choose it for each group.
    #[must_use]
    pub fn is_of_groups(self) -> bool {
        matches!(self, Self::Announcements | Self::NewEvents)
    }

    /// How its mails come to who has chosen nothing.
    #[must_use]
    pub fn standard(self) -> Delivery {
        match self {
            Self::NewEvents => Delivery::Daily,
            Self::Security
            | Self::Own
            | Self::Changes
            | Self::Reminders
            | Self::Announcements
            | Self::Digest => Delivery::Now,
        }
    }
}

/// What one member has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailPreferences {
    chosen: Vec<(EmailCategory, Option<GroupId>, Delivery)>,
}

impl EmailPreferences {
    /// From what was chosen: for a group, or for all of them.
    #[must_use]
    pub fn new(chosen: Vec<(EmailCategory, Option<GroupId>, Delivery)>) -> Self {
        Self { chosen }
    }

    /// What was chosen for exactly this; none where nothing was.
    #[must_use]
    pub fn chosen(&self, category: EmailCategory, group: Option<GroupId>) -> Option<Delivery> {
        let preference =
            self.chosen.iter().find(|preference| (preference.0, preference.1) == (category, group))?;
        category.choices().contains(&preference.2).then_some(preference.2)
    }

    /// How a mail comes: as chosen for its group, else as chosen for all, else as is usual. What cannot be
    /// muted comes at once, whatever stands in the database.
    #[must_use]
    pub fn delivery(&self, category: EmailCategory, group: Option<GroupId>) -> Delivery {
        let of_group = group.and_then(|group| self.chosen(category, Some(group)));
        of_group.or_else(|| self.chosen(category, None)).unwrap_or(category.standard())
    }
}

/// One choice of the form: for all groups or for one, a way or none of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailPreference {
    /// About what.
    pub category: EmailCategory,
    /// Of which group; none for all of them.
    pub group: Option<Slug>,
    /// How; none to go by what is chosen for all groups.
    pub delivery: Option<Delivery>,
}

impl EmailPreference {
    /// Reads a choice as the form writes it: `announcements - daily`, `new_events design-guild as-all`.
    ///
    /// # Errors
    /// `BadChoice` when there is no such choice.
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

    /// The same as the form writes it.
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
    fn c9_a_group_goes_before_all_groups_and_those_before_what_is_usual() {
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
    fn c8_nothing_mutes_what_must_be_told() {
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
        // A reminder cannot be put off.
        let late = EmailPreferences::new(vec![(EmailCategory::Reminders, None, Delivery::Weekly)]);
        assert_eq!(late.delivery(EmailCategory::Reminders, None), Delivery::Now);
    }

    #[test]
    fn a_choice_is_read_as_it_was_written() {
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
