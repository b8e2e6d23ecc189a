//! The demo's conversation below the next event, with a question, an answer and a mention, and requests to join a group.

use chrono::Duration;
use domain::{Actor, CommentId, Slug, comments::Place};

use super::{People, actor_of};
use crate::{Store, StoreError, comments, groups, runner};

/// The event, which Grace hosts.
const EVENT: &str = "Threat modelling with a pencil";
/// The group that members ask to join.
const GROUP: &str = "train-crew";
/// Members who ask to join the group, and why.
const REQUESTS: [(&str, &str); 2] = [
    ("sofia", "Our team shares your timetable from January. I’d like to hear about delays first."),
    ("kofi", "I can run the rehearsals in Accra before departure days."),
];
/// The kinds of notifications that the conversation and the requests lead to.
pub(super) const KINDS: [&str; 2] = ["comment_posted", "join_requested"];

/// Writes the conversation of the last day, and the requests.
pub(super) async fn add_conversation(store: &Store, actors: &People) -> Result<(), StoreError> {
    let (mei, grace, kofi) =
        (actor_of(actors, "mei")?, actor_of(actors, "grace")?, actor_of(actors, "kofi")?);
    let place = Place::Event(Slug::of_title(EVENT, "event"));
    let target = comments::target(store, &mei, &place).await?;
    let write = async |hours: i64, by: &Actor, parent: Option<CommentId>, text: &str| {
        let at = store.at(store.now() - Duration::hours(hours));
        comments::post(&at, by, target, parent, text, "").await
    };
    let question =
        write(26, &mei, None, "Does the diagram have to be of a live system? Ours is still on a whiteboard.")
            .await?;
    let answer = "A whiteboard is perfect. Take a photo, and bring whoever drew it.";
    write(25, &grace, Some(question), answer).await?;
    let offer = "I can share our payment flow with @mei-tanaka if somebody wants a second one to compare.";
    write(20, &kofi, None, offer).await?;
    comments::pin(store, &grace, question, true).await?;
    let group = Slug::of_title(GROUP, "group");
    for (hours, (key, message)) in [(18, REQUESTS[0]), (6, REQUESTS[1])] {
        let at = store.at(store.now() - Duration::hours(hours));
        groups::request_to_join(&at, &actor_of(actors, key)?, &group, message).await?;
    }
    let notices: Vec<_> =
        runner::standard().into_iter().filter(|kind| kind.name == comments::COMMENT_NOTICE).collect();
    runner::run_kinds(store, &notices).await?;
    Ok(())
}
