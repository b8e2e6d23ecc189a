//! The report of a round for its coordinators: how many signed up, met and finished. Numbers from one to four are left out.
//! Others may follow from sums, and coordinators read the list of pairs anyway.

use domain::{
    Actor, Slug,
    mentoring::{MentorshipState, ProposalState, SignUpRole, SignUpState},
    mentorships::{CheckInKind, MeetingState, Outcome, Pulse},
    policy::{mentorships::SeePairs, permit},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};

use crate::{
    Store, StoreError,
    entities::{mentoring_proposal, mentoring_sign_up, mentorship, mentorship_check, mentorship_meeting},
    mentoring::visibility::{relation, seen_round},
};

/// The smallest number that is shown.
const MIN_SHOWN: u64 = 5;

/// A number of a report. `None` when it is below five and not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name, the end of a key of the catalogue and the name of its row in the CSV file.
    pub name: &'static str,
    /// The number.
    pub number: Option<u64>,
}

/// The report of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Name of the round.
    pub round: String,
    /// The numbers, in order.
    pub figures: Vec<Figure>,
}

fn shown(name: &'static str, number: u64) -> Figure {
    Figure { name, number: (number == 0 || number >= MIN_SHOWN).then_some(number) }
}

/// The report of a round, for its coordinators.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for everybody but coordinators.
pub async fn report(store: &Store, actor: &Actor, slug: &Slug) -> Result<Report, StoreError> {
    let (db, now) = (store.db(), store.now());
    let (round, programme) = seen_round(db, actor, slug).await?;
    let _permit = permit(actor, SeePairs, relation(db, actor, programme.id).await?)?;
    let sign_ups = async |role: SignUpRole| {
        mentoring_sign_up::Entity::find()
            .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
            .filter(mentoring_sign_up::Column::Role.eq(role.name()))
            .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
            .count(db)
            .await
    };
    let proposals = async |state: ProposalState| {
        mentoring_proposal::Entity::find()
            .filter(mentoring_proposal::Column::RoundId.eq(round.id))
            .filter(mentoring_proposal::Column::State.eq(state.name()))
            .count(db)
            .await
    };
    let pairs = || mentorship::Entity::find().filter(mentorship::Column::RoundId.eq(round.id));
    let ids = || pairs().select_only().column(mentorship::Column::Id).into_query();
    let met = mentorship_meeting::Entity::find()
        .select_only()
        .column(mentorship_meeting::Column::MentorshipId)
        .filter(mentorship_meeting::Column::State.eq(MeetingState::Agreed.name()))
        .filter(mentorship_meeting::Column::StartsAt.lt(now))
        .into_query();
    let ended = async |outcome: Outcome| {
        pairs().filter(mentorship::Column::Outcome.eq(outcome.name())).count(db).await
    };
    let meetings = async |state: MeetingState| {
        mentorship_meeting::Entity::find()
            .filter(mentorship_meeting::Column::MentorshipId.in_subquery(ids()))
            .filter(mentorship_meeting::Column::State.eq(state.name()))
            .filter(mentorship_meeting::Column::StartsAt.lt(now))
            .count(db)
            .await
    };
    let pulses = async |answer: Pulse| {
        mentorship_check::Entity::find()
            .filter(mentorship_check::Column::MentorshipId.in_subquery(ids()))
            .filter(mentorship_check::Column::Kind.ne(CheckInKind::Connected.name()))
            .filter(mentorship_check::Column::Answer.eq(answer.name()))
            .count(db)
            .await
    };
    let active = [MentorshipState::Active, MentorshipState::Paused].map(MentorshipState::name);
    let figures = vec![
        shown("mentees", sign_ups(SignUpRole::Mentee).await?),
        shown("mentors", sign_ups(SignUpRole::Mentor).await?),
        shown("declined", proposals(ProposalState::Declined).await?),
        shown("expired", proposals(ProposalState::Expired).await?),
        shown("pairs", pairs().count(db).await?),
        shown("met", pairs().filter(mentorship::Column::Id.in_subquery(met)).count(db).await?),
        shown("running", pairs().filter(mentorship::Column::State.is_in(active)).count(db).await?),
        shown("finished", ended(Outcome::Finished).await? + ended(Outcome::Peers).await?),
        shown("left", ended(Outcome::Left).await?),
        shown("meetings", meetings(MeetingState::Agreed).await?),
        shown("missed", meetings(MeetingState::Missed).await?),
        shown("good", pulses(Pulse::Good).await?),
        shown("mixed", pulses(Pulse::Mixed).await?),
        shown("bad", pulses(Pulse::Bad).await?),
    ];
    Ok(Report { round: round.name, figures })
}

impl Report {
    /// The report as a CSV file: a name and a number in each row. A number below five is written as `<5`.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.figures.iter().map(|figure| {
            let number = figure.number.map_or_else(|| "<5".to_owned(), |number| number.to_string());
            format!("{},{number}\r\n", figure.name)
        });
        std::iter::once("figure,number\r\n".to_owned()).chain(rows).collect()
    }
}
