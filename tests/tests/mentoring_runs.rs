//! Runs of the solver: drafts, pins, publishing, and matching again (M7 to M9, M12, M14, M22).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    Actor, ProposalId, Refusal, Slug,
    mentoring::{Answer, DecisionKind, RoundState, RunOrder, RunState, SignUpRole},
};
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError, blocks,
    mentoring::{
        proposals,
        run::{self, Board},
    },
    runner,
};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// The demo's round with a draft.
fn matched() -> Slug {
    Slug::parse("devsecops-mentoring-round-2").unwrap()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn board(g: &Guild, number: i32) -> Board {
    run::board(&g.store, &g.actor("grace").await, &matched(), number, 0).await.unwrap()
}

/// Starts a run and does it, as the server's jobs do.
async fn run_again(g: &Guild) -> i32 {
    let number = run::start(&g.store, &g.actor("grace").await, &matched()).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    number
}

fn pairs(board: &Board) -> BTreeSet<(String, String)> {
    board.pairs.iter().map(|pair| (pair.mentee.name.clone(), pair.mentor.name.clone())).collect()
}

#[guild_test]
async fn m7_a_run_is_a_draft_with_figures_and_reasons(g: Guild) {
    g.demo().await;
    let board = board(&g, 1).await;
    let figures = board.run.figures.clone().unwrap();
    assert_eq!(board.run.state, RunState::Draft);
    assert_eq!((figures.mentees, figures.mentors, figures.places), (12, 6, 9));
    assert_eq!(figures.matched as usize, board.pairs.len());
    assert_eq!(figures.mentees as usize, board.pairs.len() + board.unmatched.len());
    assert!(figures.lowest <= figures.tenth_percentile && figures.tenth_percentile.is_some());
    for pair in &board.pairs {
        let parts = pair.parts;
        assert_eq!(parts.topics + parts.answers + parts.hours + parts.other, pair.score);
    }
    let hannah = board.free_mentors.iter().any(|mentor| mentor.mentor.name == "Hannah Weiss");
    assert!(hannah, "nobody asked for what Hannah teaches");
    // Nobody was told anything.
    assert_eq!(board.round.state, RoundState::Closed);
}
