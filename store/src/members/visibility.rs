//! Which members and which parts of their profiles a reader may see, as SQL conditions.

use domain::{
    Role,
    members::{Part, Viewer},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    RelationTrait as _,
    sea_query::{Expr, Func, SelectStatement},
};

use crate::entities::{member, profile};

/// A member's name as others see it, as an SQL expression over `members`.
pub(crate) fn shown_name() -> Expr {
    let (distinct, name) = (member::Column::DistinctName, member::Column::Name);
    Func::coalesce([Expr::col((member::Entity, distinct)), Expr::col((member::Entity, name))]).into()
}

impl member::Model {
    /// The member's name as others see it.
    pub(crate) fn shown_name(self) -> String {
        self.distinct_name.unwrap_or(self.name)
    }
}

/// The column with the audience of a part.
pub(crate) fn audience_column(part: Part) -> profile::Column {
    use profile::Column;
    match part {
        Part::Name => Column::NameAudience,
        Part::Headline => Column::HeadlineAudience,
        Part::Pronouns => Column::PronounsAudience,
        Part::Bio => Column::BioAudience,
        Part::Picture => Column::PictureAudience,
        Part::Team => Column::TeamAudience,
        Part::Seniority => Column::SeniorityAudience,
        Part::Disciplines => Column::DisciplinesAudience,
        Part::Topics => Column::TopicsAudience,
        Part::Languages => Column::LanguagesAudience,
        Part::Zone => Column::ZoneAudience,
        Part::Links => Column::LinksAudience,
        Part::Events => Column::EventsAudience,
    }
}

/// The condition over `profiles` that a reader may see a part.
pub(crate) fn shows(part: Part, to: Viewer) -> Expr {
    audience_column(part).is_in(to.audiences().iter().map(|audience| audience.name()))
}

/// The ids of suspended members.
pub(crate) fn suspended() -> SelectStatement {
    member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Role.eq(Role::Suspended.name()))
        .into_query()
}

/// The ids of the members that a reader may find: they have a name that the reader may see, and are not
/// suspended.
pub(crate) fn findable(to: Viewer) -> SelectStatement {
    profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .filter(shows(Part::Name, to))
        .filter(member::Column::Name.ne(""))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query()
}
