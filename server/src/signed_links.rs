//! The pages behind signed links in emails: a seat, a standing RSVP, a proposal, and a check-in.

use app::{
    context::Visit,
    error::AppError,
    events::pages::{read_guests, seat_link::seat_link, series::still_wanted::still_wanted},
    mentoring::{proposal::proposal_link, run_api::answered_key},
    mentorships::check_in::check_in_link,
};
use axum::Router;
use domain::{
    CheckInId, ProposalId, RsvpId, SeriesRsvpId,
    forms::Fields,
    links::Link,
    mentoring::{Answer, SignUpRole},
    mentorships::Pulse,
};
use leptos::prelude::AnyView;
use store::{
    Store, StoreError,
    events::{self, ByLink, SeatCard},
    mentoring::proposals::{self, ProposalPage},
    mentorships::{self, AskedCheckIn},
    series::{self, StandingRsvp},
};

use crate::{
    signed_page::{SignedPage, route},
    state::State,
};

/// The routes of all of them.
pub(crate) fn routes() -> Router<State> {
    route::<Seat>()
        .merge(route::<StandingSeat>())
        .merge(route::<MentoringProposal>())
        .merge(route::<CheckIn>())
}

fn field<'a>(form: &'a Fields, name: &str) -> &'a str {
    form.get(name).map_or("", String::as_str)
}

/// One seat (A10).
struct Seat;

impl SignedPage for Seat {
    const PATH: &'static str = "/seat";
    type Id = RsvpId;
    type Record = SeatCard;

    fn named(link: &Link) -> Option<RsvpId> {
        if let Link::Seat(id) = link { Some(*id) } else { None }
    }

    async fn load(store: &Store, id: RsvpId) -> Result<SeatCard, StoreError> {
        events::seat_card(store, id).await
    }

    fn view(visit: &Visit, card: &SeatCard, action: &str) -> (String, AnyView) {
        seat_link(visit, card, action)
    }

    async fn act(store: &Store, id: RsvpId, form: &Fields) -> Result<&'static str, AppError> {
        let (act, done) = match field(form, "act") {
            "leave" => (ByLink::Leave, "flash-event-left"),
            "claim" => (ByLink::Claim, "flash-rsvp-going"),
            "fewer" => (ByLink::Fewer(read_guests(field(form, "guests"))?), "flash-rsvp-going"),
            _ => return Err(AppError::NotFound),
        };
        events::by_link(store, id, act).await?;
        Ok(done)
    }
}

/// A standing RSVP (B9).
struct StandingSeat;

impl SignedPage for StandingSeat {
    const PATH: &'static str = "/standing-seat";
    type Id = SeriesRsvpId;
    type Record = Option<StandingRsvp>;

    fn named(link: &Link) -> Option<SeriesRsvpId> {
        if let Link::StandingRsvp(id) = link { Some(*id) } else { None }
    }

    async fn load(store: &Store, id: SeriesRsvpId) -> Result<Option<StandingRsvp>, StoreError> {
        series::standing_by_link(store, id).await
    }

    fn view(_: &Visit, standing: &Option<StandingRsvp>, action: &str) -> (String, AnyView) {
        still_wanted(standing.as_ref(), action)
    }

    async fn act(store: &Store, id: SeriesRsvpId, form: &Fields) -> Result<&'static str, AppError> {
        match field(form, "answer") {
            "keep" => Ok("flash-series-kept"),
            "stop" => {
                series::stop_by_link(store, id).await?;
                Ok("flash-series-stopped")
            }
            _ => Err(AppError::NotFound),
        }
    }
}

/// A proposal, for the person on one side of it (M10).
struct MentoringProposal;

impl SignedPage for MentoringProposal {
    const PATH: &'static str = "/proposal";
    type Id = (ProposalId, SignUpRole);
    type Record = ProposalPage;

    fn named(link: &Link) -> Option<Self::Id> {
        if let Link::Proposal(id, side) = link { Some((*id, *side)) } else { None }
    }

    async fn load(store: &Store, (id, side): Self::Id) -> Result<ProposalPage, StoreError> {
        proposals::by_link(store, id, side).await
    }

    fn view(visit: &Visit, proposal: &ProposalPage, action: &str) -> (String, AnyView) {
        proposal_link(visit, proposal, action)
    }

    async fn act(store: &Store, (id, side): Self::Id, form: &Fields) -> Result<&'static str, AppError> {
        let answer: Answer = field(form, "act").parse().map_err(|()| AppError::NotFound)?;
        Ok(answered_key(proposals::answer_by_link(store, id, side, answer).await?))
    }
}

/// A check-in of a mentorship (M15, M18).
struct CheckIn;

impl SignedPage for CheckIn {
    const PATH: &'static str = "/check-in";
    type Id = CheckInId;
    type Record = AskedCheckIn;

    fn named(link: &Link) -> Option<CheckInId> {
        if let Link::CheckIn(id) = link { Some(*id) } else { None }
    }

    async fn load(store: &Store, id: CheckInId) -> Result<AskedCheckIn, StoreError> {
        mentorships::check_in_by_link(store, id).await
    }

    fn view(_: &Visit, asked: &AskedCheckIn, action: &str) -> (String, AnyView) {
        check_in_link(asked, action)
    }

    async fn act(store: &Store, id: CheckInId, form: &Fields) -> Result<&'static str, AppError> {
        let answer: Pulse = field(form, "answer").parse().map_err(|_| AppError::NotFound)?;
        mentorships::answer_check_in_by_link(store, id, answer).await?;
        Ok("flash-check-in-answered")
    }
}
