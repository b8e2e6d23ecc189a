//! The demo's call for proposals: for an event, with a deadline and anonymous review.

use chrono::Duration;
use domain::{
    Slug, Zone,
    proposals::{ANYWHERE_ON_EARTH, CallDetails, ProposalText, SessionKind},
};

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    proposals::{self, CallPlace},
};

/// Opens the call, and lets a member propose.
pub(super) async fn add_proposals(store: &Store, actors: &People) -> Result<(), StoreError> {
    let then = store.at(store.now() - Duration::days(5));
    let ada = actor_of(actors, "ada")?;
    let event = Slug::of_title("Guild day in Accra: built to be mended", "event");
    let details = CallDetails {
        title: "Guild day in Accra: call for proposals".to_owned(),
        text: "We look for stories about **repair**: what broke, who mended it, and what you would do differently.\n\nYou \
               need no experience as a speaker. We help with slides, and with the microphone."
            .to_owned(),
        kinds: kinds(&[("Talk", 30), ("Lightning talk", 10), ("Workshop", 90)]),
        zone: zone(ANYWHERE_ON_EARTH)?,
        closes_at: Some(store.now() + Duration::days(12)),
        is_anonymous: true,
    };
    let call = proposals::open(&then, &ada, &CallPlace::Event(event), details, "").await?;
    proposals::add_reviewer(&then, &ada, &call, "grace-lindqvist").await?;
    let text = ProposalText {
        title: "The test that nobody dared to delete".to_owned(),
        summary: "One test failed every Thursday for two years. We deleted it, measured what happened, and wrote down how \
                  to decide about the next one.\n\n- What a flaky test costs in minutes\n- Who misses it\n- A rule of thumb \
                  that fits on a card"
            .to_owned(),
        kind: "Talk".to_owned(),
        language: "English".to_owned(),
        notes: "I have figures for one team. A second team follows next month.".to_owned(),
        do_not_record: false,
    };
    let mei = actor_of(actors, "mei")?;
    proposals::write(&then, &mei, &call, text, true, "").await.map(drop)
}

fn kinds(kinds: &[(&str, u32)]) -> Vec<SessionKind> {
    kinds.iter().map(|(name, minutes)| SessionKind { name: (*name).to_owned(), minutes: *minutes }).collect()
}

fn zone(name: &str) -> Result<Zone, StoreError> {
    name.parse().map_err(|_| StoreError::Corrupt(format!("the demo has an unknown zone {name}")))
}
