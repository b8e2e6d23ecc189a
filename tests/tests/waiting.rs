//! What may wait for a member. The home page reads only the lists that `may_wait` names, so it must name each list in which
//! something waits.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, Role};
use store::{
    events, mentoring, mentorships, proposals, questions, schedule,
    waiting::{MayWait, may_wait},
};
use tests::{Guild, guild_test};

/// The lists in which something waits for a member.
async fn waits(g: &Guild, actor: &Actor) -> MayWait {
    let calls = proposals::to_do(&g.store, actor).await.unwrap();
    MayWait {
        sign_ups: !mentoring::proposals::to_do(&g.store, actor).await.unwrap().is_empty()
            || !mentoring::unfinished(&g.store, actor).await.unwrap().is_empty(),
        pairs: !mentorships::to_do(&g.store, actor).await.unwrap().is_empty(),
        requests: !mentorships::requests_to_answer(&g.store, actor).await.unwrap().is_empty(),
        questions: !questions::to_do(&g.store, actor).await.unwrap().is_empty(),
        speakers: !schedule::speakers_to_confirm(&g.store, actor).await.unwrap().is_empty(),
        cohosting: !events::cohost_invitations(&g.store, actor).await.unwrap().is_empty(),
        calls: !calls.is_empty(),
    }
}

fn flags(it: MayWait) -> [bool; 7] {
    [it.sign_ups, it.pairs, it.requests, it.questions, it.speakers, it.cohosting, it.calls]
}

#[guild_test(empty)]
async fn every_list_in_which_something_waits_is_named(g: Guild) {
    store::seed::demo_to_serve(&g.store).await.unwrap();
    let (mut waiting, mut named) = ([0; 7], [0; 7]);
    let keys = g.rows("SELECT demo_key FROM members WHERE demo_key IS NOT NULL ORDER BY demo_key").await;
    let members = keys.len();
    for row in keys {
        let key: String = row.try_get("", "demo_key").unwrap();
        let actor = g.actor(&key).await;
        let (waits, may) = (flags(waits(&g, &actor).await), flags(may_wait(&g.store, &actor).await.unwrap()));
        for (at, (waits, may)) in waits.into_iter().zip(may).enumerate() {
            assert!(may || !waits, "list {at} of {key} is left out");
            waiting[at] += usize::from(waits);
            named[at] += usize::from(may);
        }
    }
    // Controls: something waits in several lists of the demo, and no list is named for everybody.
    assert!(waiting.iter().filter(|count| **count > 0).count() >= 3, "{waiting:?}");
    assert!(named.iter().all(|count| *count < members), "{named:?} of {members}");
    let visitor = Actor::Anonymous;
    assert_eq!(may_wait(&g.store, &visitor).await.unwrap(), MayWait::default());
    let nobody = Actor::Member {
        id: domain::MemberId(uuid::Uuid::nil()),
        role: Role::Member,
        session: domain::SignInSessionId(uuid::Uuid::nil()),
    };
    assert_eq!(may_wait(&g.store, &nobody).await.unwrap(), MayWait::default());
    g.take_emails().await;
}
