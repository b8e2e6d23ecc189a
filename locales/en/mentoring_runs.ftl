## Matching a round: runs, drafts, and publishing

mentoring-run-title = Matching
mentoring-run-people = Signed up: mentees { $mentees }, mentors { $mentors }
mentoring-run-list = Runs
mentoring-run-none = No runs yet
mentoring-run-none-text = Each run makes a draft that you can look at and change. No one is notified until you publish one.
mentoring-run-start = Match people
mentoring-run-again = Run again
mentoring-run-start-help = This makes a draft. No one is notified until you publish it.
mentoring-run-rematch = Match again
mentoring-run-rematch-help = Accepted pairs stay as they are. A proposal that waits for an answer moves only if one more mentee gets a mentor. The draft shows who moves before anyone is told.
mentoring-run-nightly = Turn on nightly matching
mentoring-run-nightly-off = Turn off nightly matching
mentoring-run-nightly-help = Every night after you publish a draft, people who are still waiting get a proposal if there is a mentor for them. Late sign-ups are included. A draft that would withdraw a proposal isn’t published. It waits here until you decide.
mentoring-run-nightly-next = Nightly matching is on. Next time:
flash-nightly-on = Nightly matching is on. It runs while the round is published.
flash-nightly-off = Nightly matching is off.
mentoring-run-open = Close sign-up first. Then you can match people.
mentoring-run-over = This round is over, so its people can’t be matched again.
mentoring-run-going = A run is working. Wait for its draft, or cancel it.
mentoring-run-number = Run { $number }
mentoring-run-matched = { $matched } of { $mentees } mentees matched
mentoring-run-state-waiting = Waiting
mentoring-run-state-running = Working
mentoring-run-state-draft = Draft
mentoring-run-state-failed = Failed
mentoring-run-state-cancelled = Cancelled
mentoring-run-state-published = Published
mentoring-run-stage-waiting = Waiting for its turn.
mentoring-run-stage-reading = Reading the sign-ups.
mentoring-run-stage-candidates = Scoring pairs.
mentoring-run-stage-solving = Looking for the best match.
mentoring-run-stage-verifying = Checking the result.
mentoring-run-stage-saving = Saving the draft.
mentoring-run-refresh = Check again
mentoring-run-cancel = Cancel run
mentoring-run-overtaken = People changed their sign-ups while this run was working. Run it again.
mentoring-run-failed = This run failed. Run it again. If it fails again, tell an admin.
mentoring-run-cancelled = This run was cancelled, so it has no draft.
mentoring-run-publish = Publish this draft
mentoring-run-publish-help =
    { $pairs ->
        [0] This draft has no new pair, so nobody gets a proposal. You can’t undo this.
        [one] We propose 1 new pair and email both people. They have seven days to answer. You can’t undo this.
       *[other] We propose { $pairs } new pairs and email everyone in them. They have seven days to answer. You can’t undo this.
    }
mentoring-run-publish-button = Publish and send emails
mentoring-run-publish-open = This draft can’t be published, because sign-up was opened again. Close it and run again.
mentoring-run-publish-again = You can’t publish this draft, because another draft was published first. Match again to make a new one.
mentoring-run-publish-over = This draft can’t be published, because the round is over.
mentoring-run-figures = Figures
mentoring-run-figure = Figure
mentoring-run-figure-value = Value
mentoring-run-figure-matched = Matched mentees
mentoring-run-figure-matched-of = { $matched } of { $mentees } ({ $percent } %)
mentoring-run-figure-first = Matched mentees with priority
mentoring-run-figure-of = { $part } of { $all }
mentoring-run-figure-tenth = Nine of ten pairs have at least
mentoring-run-figure-lowest = Lowest points of any pair
mentoring-run-figure-blocking = Pairs who would both have more points together
mentoring-run-figure-free = Mentors without a mentee
mentoring-run-figure-places = Places that mentors offer
mentoring-run-figure-kept = Pairs kept from the last draft
mentoring-run-pins-left-out = Not every pinned pair is in this draft. Places, rules, hours, languages or private choices can be the reason.
mentoring-run-moved = Proposals that will be withdrawn
mentoring-run-moved-text = If you publish this draft, these people lose a proposal that they haven’t both accepted. We email them.
mentoring-run-mentee = Mentee
mentoring-run-before = Before
mentoring-run-now = In this draft
mentoring-run-nobody = Nobody
mentoring-run-changes = Changes since run { $number }
mentoring-run-changes-caption = Mentees with another mentor
mentoring-run-no-changes = Everybody has the same mentor.
mentoring-run-compare-with = Compare with
mentoring-run-compare = Compare
mentoring-run-certificate = Proof
mentoring-run-verified = An independent check proved that no match is better. It ran on
mentoring-run-not-verified = This draft isn’t verified, so it can’t be published.
mentoring-run-proof-full = With the pairs that were compared, no draft could match more mentees.
mentoring-run-proof-shortage = { $people } mentees compete for { $places } places, so nobody could match more of them.
mentoring-run-proof-cost = No other match with as many mentees is better overall. Avoiding one very weak pair counts more than improving average pairs.
mentoring-run-seed = Seed
mentoring-run-pricing-going = Not every possible pair was compared. We’re checking the others now.
mentoring-run-pricing-complete = We checked the pairs that weren’t compared at first. None of them would make this draft better.
mentoring-run-pricing-improved = Some pairs that weren’t compared at first can make this draft better. Another run includes them.
mentoring-run-pricing-stopped = Some possible pairs weren’t compared. This draft is the best of those that were.
mentoring-run-proof-private = People’s wishes were used for this draft. They are private, so the points and figures on this page don’t include them.
mentoring-run-pairs = Pairs
mentoring-run-pairs-help = Pairs with the fewest points come first. “Other” is seniority, language and variety together. Wishes are private, so they aren’t in the points.
mentoring-run-pair-topics = Topics in common: { $topics }
mentoring-run-kept = Same as before
mentoring-run-pinned = Pinned
mentoring-run-forbidden = Ruled out
mentoring-run-proposal-pending = Waiting for answers
mentoring-run-proposal-accepted = Accepted
mentoring-run-proposal-declined = Declined
mentoring-run-proposal-expired = Expired
mentoring-run-proposal-withdrawn = Withdrawn
mentoring-run-pin = Pin
mentoring-run-unpin = Unpin
mentoring-run-forbid = Rule out
mentoring-run-allow = Allow again
mentoring-run-about-pair = { $action }: { $mentee } and { $mentor }
mentoring-run-swap = Swap mentors
mentoring-run-swap-help = Choose two mentees. The next run gives each the other’s mentor, if the rules allow it.
mentoring-run-swap-drag = With a mouse, you can also drag the names of a pair onto another pair.
mentoring-run-swap-one = Mentee
mentoring-run-swap-other = Other mentee
mentoring-run-swap-button = Swap mentors
mentoring-run-decisions = Other decisions for the next run
mentoring-run-unmatched = Mentees without a mentor
mentoring-run-unmatched-none = Every mentee has a mentor.
mentoring-run-reason-no-topic = Nobody who signed up teaches { $topics }. Invite a mentor for it.
mentoring-run-reason-competition =
    { $missing ->
        [one] { $people } people compete for { $places } places. They include people who asked for { $topics }. Ask 1 more mentor.
       *[other] { $people } people compete for { $places } places. They include people who asked for { $topics }. Ask { $missing } more mentors.
    }
mentoring-run-reason-hours =
    { $mentors ->
        [one] 1 mentor teaches these topics, but shares too few hours with { $zone }. Ask both for more hours, or invite a mentor nearby.
       *[other] { $mentors } mentors teach these topics, but none shares enough hours with { $zone }. Ask for more hours, or invite a mentor nearby.
    }
mentoring-run-reason-language =
    { $mentors ->
        [one] 1 mentor teaches these topics, but speaks none of this person’s languages.
       *[other] { $mentors } mentors teach these topics, but none speaks one of this person’s languages.
    }
mentoring-run-reason-rules =
    { $mentors ->
        [one] 1 mentor teaches these topics, but is in the same team or reporting line, or outside the seniority limits.
       *[other] { $mentors } mentors teach these topics, but all are in the same team or reporting line, or outside the seniority limits.
    }
mentoring-run-reason-full =
    { $mentors ->
        [one] 1 mentor teaches { $topics }, but has no free place. Ask for another place, or invite a mentor.
       *[other] { $mentors } mentors teach { $topics }, but none has a free place. Ask for another place, or invite a mentor.
    }
mentoring-run-reason-several = Nobody who teaches these topics can be matched with this person now. Places, rules, hours, languages, your decisions or private choices can be the reason. Talk to this person about other topics or hours.
mentoring-run-reason-asked-enough =
    { $proposals ->
        [one] This person had 1 proposal in this round. Talk to them, or offer a group or office hours.
       *[other] This person had { $proposals } proposals in this round. Talk to them, or offer a group or office hours.
    }
mentoring-run-reason-out = This person has paused, or their sign-up is incomplete. Ask whether they still want a mentor.
mentoring-run-free = Mentors without a mentee
mentoring-run-free-none = Every mentor has a mentee.
mentoring-run-free-places =
    { $places ->
        [one] 1 place
       *[other] { $places } places
    }
flash-run-started = Run started.
flash-run-cancelled = Run cancelled.
flash-pair-pinned = Pair pinned. Run again to use it.
flash-pair-forbidden = Pair ruled out. Run again to use it.
flash-pair-undecided = Decision removed. Run again to use it.
flash-pairs-swapped = Mentors swapped for the next run. Run again to use it.
flash-run-published =
    { $count ->
        [one] Published. 1 pair has a new proposal.
       *[other] Published. { $count } pairs have a new proposal.
    }

## Why two people fit
fit-score = Fit: { $score } of { $max } points
fit-part = Part
fit-points = Points
fit-total = Total
fit-named = { $part } { $points }
fit-topics = Topics
fit-answers = Answers
fit-hours = Hours
fit-own-wish = Your wish
fit-other = Other

## A proposal
proposal-crumb = Mentoring
proposal-title-mentee = { $partner } as your mentor
proposal-title-mentor = { $partner } as your mentee
proposal-lead = We propose this match in { $programme }, { $round }.
proposal-who = Who is this?
proposal-why = Why you fit
proposal-why-help = “Other” is seniority, language and variety together. What other people wished for is private, so it isn’t in these points.
proposal-goal-mentee = Your goal
proposal-goal-mentor = What { $partner } wants to achieve
proposal-zone = Time zone: { $city }
proposal-topics-mentee = You asked for these topics:
proposal-topics-mentor = { $partner } asked for these topics:
proposal-topic-taught = Teaches it
proposal-topic-not-taught = Doesn’t teach it
proposal-hours =
    { $hours ->
        [0] You share less than 1 hour a week.
        [one] 1 shared hour a week
       *[other] { $hours } shared hours a week
    }
proposal-answer = Your answer
proposal-until = Answer by
proposal-accept = Accept
proposal-decline = Decline
proposal-decline-help = You don’t need to give a reason. We only say that this match won’t go ahead.
proposal-state-open = Do you want to work with { $partner }? When you both accept, you get each other’s email address.
proposal-state-waiting = You accepted. We’ll email you when { $partner } answers.
proposal-state-accepted = You both accepted. You’re a mentoring pair now.
proposal-state-declined-by-you = You declined this proposal. We won’t propose { $partner } to you again in this round.
proposal-state-ended = This proposal has ended.
proposal-state-expired = This proposal wasn’t answered by both of you in time.
proposal-state-withdrawn = This proposal was withdrawn.
proposal-contact = How to reach each other
proposal-contact-mentee = Write to { $partner } and suggest two or three times for a first meeting.
proposal-contact-mentor = { $partner } has your address too and will suggest a first meeting.
flash-proposal-waiting = Accepted. We’ll email you when the other person answers.
flash-proposal-started = You both accepted. Your mentorship has begun.
flash-proposal-declined = Proposal declined.
flash-proposal-late = The place has just been taken. You come first in the next match.
flash-matching-resumed = You’ll get proposals again.
resume-title = Resume mentoring
resume-text = We paused you because two proposals ended without your answer. Resume to get proposals again.
resume-button = Resume mentoring
to-do-proposal-mentee = { $partner } could be your mentor. Accept or decline.
to-do-proposal-mentor = You could be the mentor of { $partner }. Accept or decline.
