//! The community's settings, kept in one row.

mod colour;
mod logo;
mod texts;

use std::ops::RangeInclusive;

use domain::{Actor, Problems, Refusal, checks::Checks, community::Logo, policy::admin::ManageSettings};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, EntityTrait as _, QuerySelect as _};

pub use colour::Colour;
pub use logo::{logo, may_save_logo, remove_logo, save_logo};
pub(crate) use texts::add as add_text;
pub use texts::{TextVersion, change_text, text, text_version, text_versions};

use crate::{
    Store, StoreError,
    admin::may,
    audit::{self, Changes},
    entities::settings,
    write::{Tx, verb},
};

/// The id of the only row.
const ROW: i32 = 1;

/// Who may become a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// Anyone with a proven email address or identity.
    Open,
    /// Only people who are invited. This is the default on a first run.
    Invite,
}

impl SignUp {
    /// Every variant.
    pub const ALL: &[Self] = &[Self::Open, Self::Invite];

    /// The name in the database and in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
        }
    }
}

/// The community's name, texts and sign-up rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The community's name, 1 to 80 characters.
    pub community: String,
    /// A description in one line. May be empty.
    pub tagline: String,
    /// Who may become a member.
    pub sign_up: SignUp,
    /// Whether group organisers may invite people who are not members, where newcomers need an invitation. Off
    /// by default: otherwise an organiser of one group decides who can join the whole community.
    pub organisers_invite: bool,
    /// Whether members see whom most others thanked lately (K12). Off by default.
    pub kudos_board: bool,
    /// The colour that the community recognises itself by.
    pub colour: Colour,
    /// The logo, if an admin uploaded one.
    pub logo: Option<Logo>,
    /// Whether there is a code of conduct.
    pub has_conduct: bool,
    /// How long finished emails and old sign-ins are kept.
    pub retention: Retention,
    /// Whether this is the demo, with sample people. Anyone on the same machine can sign in as them.
    pub demo: bool,
    /// Goes up with each change, so that nobody overwrites changes they have not seen.
    pub version: u32,
}

impl Settings {
    /// Settings for a new community with this name and no descriptions.
    #[must_use]
    pub fn of(community: &str, sign_up: SignUp) -> Self {
        Self {
            community: community.to_owned(),
            tagline: String::new(),
            sign_up,
            organisers_invite: false,
            kudos_board: false,
            colour: Colour::default(),
            logo: None,
            has_conduct: false,
            retention: Retention::default(),
            demo: false,
            version: 1,
        }
    }
}

/// How long data is kept that nobody needs any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Days after which an email is deleted that was sent or has ended in another way.
    pub emails_days: u16,
    /// Days after which a sign-in is deleted that has expired.
    pub sign_ins_days: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Self { emails_days: 90, sign_ins_days: 7 }
    }
}

impl Retention {
    /// The days that an admin can choose for emails. Problems with delivery are noticed within a week.
    pub const EMAILS_DAYS: RangeInclusive<u16> = 7..=730;
    /// The days that an admin can choose for expired sign-ins.
    pub const SIGN_INS_DAYS: RangeInclusive<u16> = 1..=90;

    fn check(checks: &mut Checks, emails_days: &str, sign_ins_days: &str) -> Option<Self> {
        let emails_days = days(checks, "keep_emails_days", emails_days, &Self::EMAILS_DAYS);
        let sign_ins_days = days(checks, "keep_sign_ins_days", sign_ins_days, &Self::SIGN_INS_DAYS);
        Some(Self { emails_days: emails_days?, sign_ins_days: sign_ins_days? })
    }

    fn of_row(emails_days: i32, sign_ins_days: i32) -> Self {
        let days = |n: i32, default: u16| u16::try_from(n).unwrap_or(default);
        let default = Self::default();
        Self {
            emails_days: days(emails_days, default.emails_days),
            sign_ins_days: days(sign_ins_days, default.sign_ins_days),
        }
    }
}

fn days(checks: &mut Checks, field: &str, typed: &str, range: &RangeInclusive<u16>) -> Option<u16> {
    if typed.trim().is_empty() {
        checks.problem(field, Refusal::Missing);
    }
    let days = checks.number(field, typed, (*range.start()).into(), (*range.end()).into())?;
    u16::try_from(days).ok()
}

/// The settings, or the defaults of a first run when none are saved yet.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn load(store: &Store) -> Result<Settings, StoreError> {
    load_in(store.db()).await
}

pub(crate) async fn load_in(db: &impl ConnectionTrait) -> Result<Settings, StoreError> {
    let row = row(db).await?;
    Ok(row.map_or_else(
        || Settings::of("Guildhall", SignUp::Invite),
        |row| Settings {
            version: u32::try_from(row.version).unwrap_or(1),
            tagline: row.tagline,
            sign_up: if row.sign_up == SignUp::Open.name() { SignUp::Open } else { SignUp::Invite },
            community: row.community,
            organisers_invite: row.organisers_invite,
            kudos_board: row.kudos_board,
            colour: Colour::of(&row.colour).unwrap_or_default(),
            logo: row.logo.as_deref().and_then(Logo::parse),
            has_conduct: row.has_conduct,
            retention: Retention::of_row(row.keep_emails_days, row.keep_sign_ins_days),
            demo: row.demo,
        },
    ))
}

/// Whether the community was set up.
pub(crate) async fn are_saved(tx: &Tx) -> Result<bool, StoreError> {
    Ok(row(tx.db()).await?.is_some())
}

async fn row(db: &impl ConnectionTrait) -> Result<Option<settings::Model>, StoreError> {
    Ok(settings::Entity::find_by_id(ROW).one(db).await?)
}

/// Changes who may become a member. For the operator at the command line.
///
/// # Errors
/// `NotFound` before the community is set up.
pub async fn set_sign_up(store: &Store, sign_up: SignUp) -> Result<(), StoreError> {
    verb!(store, |tx, sign_up| {
        lock(tx).await?;
        let before = row(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let name = Set(sign_up.name().to_owned());
        settings::ActiveModel { id: Set(ROW), sign_up: name, ..Default::default() }.update(tx.db()).await?;
        let facts = Changes::default().and("sign_up", &before.sign_up, sign_up.name());
        audit::record_operator(tx, "settings.sign_up", uuid::Uuid::nil(), facts).await
    })
}

/// The settings that an admin can edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// The community's name, 1 to 80 characters.
    pub community: String,
    /// A description in one line, at most 160 characters.
    pub tagline: String,
    /// Who may become a member.
    pub sign_up: SignUp,
    /// Whether group organisers may invite people who are not members, where newcomers need an invitation.
    pub organisers_invite: bool,
    /// Whether members see whom most others thanked lately (K12). Off by default.
    pub kudos_board: bool,
    /// The colour that the community recognises itself by.
    pub colour: Colour,
    /// How long finished emails and old sign-ins are kept.
    pub retention: Retention,
}

impl SignUp {
    /// Parses the value of a form field.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        [Self::Open, Self::Invite].into_iter().find(|choice| choice.name() == name)
    }
}

impl Community {
    /// Checks the submitted fields.
    ///
    /// # Errors
    /// The problems with each field, under its name in the form.
    pub fn check(
        community: &str,
        tagline: &str,
        sign_up: &str,
        organisers_invite: bool,
        keep_emails_days: &str,
        keep_sign_ins_days: &str,
    ) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let community = checks.line("community", community, 1, 80);
        let tagline = checks.line("tagline", tagline, 0, 160);
        let sign_up = SignUp::of(sign_up);
        if sign_up.is_none() {
            checks.problem("sign_up", Refusal::BadChoice);
        }
        let retention = Retention::check(&mut checks, keep_emails_days, keep_sign_ins_days);
        let community = sign_up.zip(retention).map(|(sign_up, retention)| Self {
            community,
            tagline,
            sign_up,
            organisers_invite,
            kudos_board: false,
            colour: Colour::default(),
            retention,
        });
        checks.finish(community)
    }

    /// The same with the list of people whom most others thanked, which is off otherwise.
    #[must_use]
    pub fn with_kudos_board(self, kudos_board: bool) -> Self {
        Self { kudos_board, ..self }
    }

    /// The same with another colour than the default one.
    #[must_use]
    pub fn with_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// Saves an admin's changes to the settings. `version` is the one that the admin saw.
///
/// # Errors
/// `Refused` when the actor is not an admin, or with `ChangedMeanwhile` when the settings have changed since
/// that version.
pub async fn change(store: &Store, actor: &Actor, new: Community, version: u32) -> Result<(), StoreError> {
    verb!(store, |tx, actor, new, version| {
        let permit = may(actor, ManageSettings)?;
        lock(tx).await?;
        let now = load_in(tx.db()).await?;
        if now.version != *version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(now.version) }.into());
        }
        let changed = settings::ActiveModel {
            id: Set(ROW),
            community: Set(new.community.clone()),
            tagline: Set(new.tagline.clone()),
            sign_up: Set(new.sign_up.name().to_owned()),
            organisers_invite: Set(new.organisers_invite),
            kudos_board: Set(new.kudos_board),
            colour: Set(new.colour.name().to_owned()),
            keep_emails_days: Set(new.retention.emails_days.into()),
            keep_sign_ins_days: Set(new.retention.sign_ins_days.into()),
            version: Set(i32::try_from(version + 1).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
        let facts = Changes::default()
            .and("community", &now.community, &new.community)
            .and("tagline", &now.tagline, &new.tagline)
            .and("sign_up", now.sign_up.name(), new.sign_up.name())
            .and("organisers_invite", yes_or_no(now.organisers_invite), yes_or_no(new.organisers_invite))
            .and("kudos_board", yes_or_no(now.kudos_board), yes_or_no(new.kudos_board))
            .and("colour", now.colour.name(), new.colour.name())
            .and(
                "keep_emails_days",
                &now.retention.emails_days.to_string(),
                &new.retention.emails_days.to_string(),
            )
            .and(
                "keep_sign_ins_days",
                &now.retention.sign_ins_days.to_string(),
                &new.retention.sign_ins_days.to_string(),
            );
        audit::record_changes(tx, &permit, "settings.change", uuid::Uuid::nil(), facts).await
    })
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Saves the settings and deletes the setup token.
pub(crate) async fn save(tx: &Tx, new: &Settings) -> Result<(), StoreError> {
    let model = settings::ActiveModel {
        id: Set(ROW),
        community: Set(new.community.clone()),
        sign_up: Set(new.sign_up.name().to_owned()),
        demo: Set(new.demo),
        setup_hash: Set(None),
        tagline: Set(new.tagline.clone()),
        version: Set(i32::try_from(new.version).unwrap_or(1)),
        organisers_invite: Set(new.organisers_invite),
        kudos_board: Set(new.kudos_board),
        colour: Set(new.colour.name().to_owned()),
        keep_emails_days: Set(new.retention.emails_days.into()),
        keep_sign_ins_days: Set(new.retention.sign_ins_days.into()),
        ..Default::default()
    };
    upsert(tx, model).await
}

/// Locks the row, so that only one of two setups at once succeeds.
pub(crate) async fn lock(tx: &Tx) -> Result<(), StoreError> {
    settings::Entity::find_by_id(ROW).lock_exclusive().one(tx.db()).await?;
    Ok(())
}

/// The hash of the setup token, if there is one.
pub(crate) async fn setup_hash(db: &impl ConnectionTrait) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(row(db).await?.and_then(|row| row.setup_hash))
}

/// Stores the hash of a new setup token. The previous token stops working.
pub(crate) async fn set_setup_hash(tx: &Tx, hash: Vec<u8>) -> Result<(), StoreError> {
    let now = load_in(tx.db()).await?;
    let model = settings::ActiveModel {
        id: Set(ROW),
        community: Set(now.community),
        sign_up: Set(now.sign_up.name().to_owned()),
        demo: Set(now.demo),
        setup_hash: Set(Some(hash)),
        tagline: Set(now.tagline),
        version: Set(i32::try_from(now.version).unwrap_or(1)),
        organisers_invite: Set(now.organisers_invite),
        kudos_board: Set(now.kudos_board),
        colour: Set(now.colour.name().to_owned()),
        keep_emails_days: Set(now.retention.emails_days.into()),
        keep_sign_ins_days: Set(now.retention.sign_ins_days.into()),
        ..Default::default()
    };
    upsert(tx, model).await
}

async fn upsert(tx: &Tx, model: settings::ActiveModel) -> Result<(), StoreError> {
    if row(tx.db()).await?.is_some() {
        model.update(tx.db()).await?;
    } else {
        model.insert(tx.db()).await?;
    }
    Ok(())
}
