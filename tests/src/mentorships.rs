//! Mentorships for tests: a pair that accepted each other in a round of the demo.

use domain::{
    Actor, Instant, MeetingId, MentorshipId, ProposalId, Slug,
    mentoring::{Answer, SignUpRole},
    mentorships::MeetingPlan,
};
use store::{
    mentoring::{proposals, run},
    mentorships,
};
use uuid::Uuid;

use crate::Guild;

/// A pair of the demo's second round, which Grace coordinates.
pub struct TestPair {
    /// The mentorship.
    pub id: MentorshipId,
    /// The mentee.
    pub mentee: Actor,
    /// The demo key of the mentee.
    pub mentee_key: String,
    /// The mentor.
    pub mentor: Actor,
    /// The demo key of the mentor.
    pub mentor_key: String,
}

impl Guild {
    /// A pair that began now. Grace, Hannah and Ada are not one of the two. All other proposals of the round are
    /// deleted, and its emails forgotten.
    pub async fn pair(&self) -> TestPair {
        self.demo().await;
        let round = Slug::parse("devsecops-mentoring-round-2").expect("a slug");
        run::publish(&self.store, &self.actor("grace").await, &round, 1).await.expect("it is published");
        let sql = "SELECT p.id, a.demo_key, b.demo_key FROM mentoring_proposals p \
                   JOIN mentoring_sign_ups s ON s.id = p.mentee_id JOIN members a ON a.id = s.member_id \
                   JOIN mentoring_sign_ups t ON t.id = p.mentor_id JOIN members b ON b.id = t.member_id \
                   WHERE p.state = 'pending' AND b.demo_key NOT IN ('grace', 'hannah', 'ada', 'ravi') ORDER BY b.demo_key, a.demo_key";
        let row = &self.rows(sql).await[0];
        let text = |at: usize| row.try_get_by_index::<String>(at).expect("a key");
        let proposal: Uuid = row.try_get_by_index(0).expect("an id");
        let (mentee_key, mentor_key) = (text(1), text(2));
        for side in SignUpRole::ALL {
            let answer = proposals::answer_by_link(&self.store, ProposalId(proposal), *side, Answer::Accept);
            answer.await.expect("it is accepted");
        }
        let others = "DELETE FROM mentoring_proposals WHERE state = 'pending'";
        sea_orm::ConnectionTrait::execute_unprepared(self.raw(), others).await.expect("they are deleted");
        self.take_emails().await;
        let sql = "SELECT id FROM mentorships ORDER BY id DESC LIMIT 1";
        let id = MentorshipId(self.rows(sql).await[0].try_get_by_index(0).expect("an id"));
        let (mentee, mentor) = (self.actor(&mentee_key).await, self.actor(&mentor_key).await);
        TestPair { id, mentee, mentee_key, mentor, mentor_key }
    }

    /// The mentee proposes the first hour that suits both, and the mentor accepts it.
    pub async fn agree_on_a_meeting(&self, pair: &TestPair) -> (MeetingId, Instant) {
        let times = mentorships::common_times_of(&self.store, &pair.mentee, pair.id, 60).await;
        let time = times.expect("hours that suit both")[0];
        let plan = MeetingPlan { times: vec![time], minutes: 60, place: "Room 4".into() };
        mentorships::propose_meeting(&self.store, &pair.mentee, pair.id, plan, "")
            .await
            .expect("it is proposed");
        let page = mentorships::page(&self.store, &pair.mentee, pair.id).await.expect("the page of the pair");
        let meeting = page.meetings[0].id;
        mentorships::accept_meeting(&self.store, &pair.mentor, pair.id, meeting, time)
            .await
            .expect("it is agreed");
        (meeting, time)
    }
}
