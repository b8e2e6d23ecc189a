//! Which members and which parts of their profiles a reader may see, as SQL conditions.

use domain::{
    Role,
    members::{Part, Viewer},
};
use sea_orm::{
    ColumnTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement},
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

/// The condition that a reader may find the member with this id: the member has a name that the reader may see, and is
/// not suspended. It looks up one member for each row. A subquery of all ids would read every member for each query.
pub(crate) fn findable(member: impl ColumnTrait, to: Viewer) -> Expr {
    let (row, person) = (Alias::new("findable_profile"), Alias::new("findable_member"));
    let of_row = |column: profile::Column| Expr::col((row.clone(), column));
    let of_person = |column: member::Column| Expr::col((person.clone(), column));
    let audiences = to.audiences().iter().map(|audience| audience.name());
    let found = Query::select()
        .expr(Expr::value(1))
        .from_as(profile::Entity, row.clone())
        .join_as(
            JoinType::InnerJoin,
            member::Entity,
            person.clone(),
            of_person(member::Column::Id).eq(of_row(profile::Column::MemberId)),
        )
        .and_where(of_row(profile::Column::MemberId).eq(Expr::col(member.as_column_ref())))
        .and_where(of_row(audience_column(Part::Name)).is_in(audiences))
        .and_where(of_person(member::Column::Name).ne(""))
        .and_where(of_person(member::Column::Role).ne(Role::Suspended.name()))
        .to_owned();
    Expr::exists(found)
}
