# Calls for proposals
proposals-title = Calls for proposals
proposals-lead = Propose a talk or a workshop. Each call says what the organisers are looking for, and how proposals are reviewed.
proposals-next = What to do next
proposals-mine = Your proposals
proposals-none = You haven’t proposed anything yet. Proposals that you start will appear here.
calls-open = Open calls
calls-none = No open calls
calls-none-text = Calls that take proposals will appear here.
calls-mine = Calls that you opened

# A call
call-open = Open
call-closed = Closed
call-closed-text = This call is closed. You can still read what it asked for.
call-deadline = Deadline:
call-no-deadline = No deadline
call-anywhere = anywhere on earth
call-zone = in { $city }
call-for-you = For you:
call-grace = If you start a draft before the deadline, you have { $minutes } more minutes to submit it.
call-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
call-about = Call for proposals of { $name }
call-kinds-title = Kinds of sessions
call-how = How proposals are chosen
call-how-anonymous = Reviewers read your proposal without your name. Organisers see who you are.
call-how-named = Reviewers and organisers read your proposal with your name.
call-how-decide = The organisers send all decisions at the same time. If yours is accepted, we ask you to confirm that you’re coming.
call-tools = For organisers and reviewers
call-manage = Manage proposals
call-review = Review proposals
call-new = Open a call for proposals
call-new-lead = For { $name }. Confirmed proposals become sessions of the event.
call-new-rolling = For { $name }. Confirmed proposals wait until you add them to an event.
call-title-of = Call for proposals: { $name }
call-open-button = Open call
call-edit = Edit call
call-text = What you’re looking for
help-call-text = Topics, audience and what speakers can expect. Markdown works.
call-kinds = Kinds of sessions
call-kinds-default =
    Talk, 30
    Lightning talk, 10
help-call-kinds = One on each line: the name, a comma and the length in minutes, for example “Talk, 30”.
call-closes = Deadline
help-call-closes = Leave it empty for a call that stays open. A draft that was started in time gets 15 more minutes.
call-anywhere-field = Anywhere on earth
help-call-anywhere = The call closes when the deadline has passed in every time zone. The time zone above is then ignored.
call-anonymous-field = Anonymous review
help-call-anonymous = Reviewers don’t see who proposes. Organisers do, unless they review too.
flash-call-opened = Call opened.
flash-call-saved = Call saved.

# A proposal
proposal-start = Submit a proposal
proposal-new = New proposal
proposal-new-lead = Save a draft at any time. Nobody else reads it until you submit it.
proposal-edit = Edit proposal
proposal-too-late = This call has closed
proposal-both = Another speaker of this proposal saved a newer text. Their text is below, and yours is in the form. Save yours to replace theirs, or go back to keep theirs.
proposal-too-late-text = The deadline passed before your text was sent, so it wasn’t saved. Here is what you typed. Copy it within an hour.
proposal-submit = Submit proposal
proposal-save-draft = Save draft
proposal-withdraw = Withdraw proposal
proposal-abstract = Abstract
help-proposal-abstract = What people will learn. The audience reads it if your proposal is accepted. Markdown works.
help-proposal-abstract-anonymous = What people will learn. Leave out your name and your employer, because reviewers don’t see who you are. Markdown works.
proposal-no-abstract = This draft has no abstract yet.
proposal-kind = Kind of session
proposal-choose-kind = Choose a kind
proposal-language = Language
help-proposal-language = The language that you will speak, for example “English”.
proposal-notes = Notes for reviewers
help-proposal-notes = Organisers, reviewers and your co-speakers can read these notes. Leave out your name if the review is anonymous.
proposal-do-not-record = Do not record my session
help-proposal-do-not-record = Organisers will not record it and will not publish a recording.
proposal-not-recorded = Do not record
proposal-somebody = A member
flash-proposal-submitted = Proposal submitted.
flash-proposal-saved = Draft saved.
flash-proposal-changed = Proposal saved.
flash-proposal-withdrawn = Proposal withdrawn.
flash-proposal-confirmed = You’re confirmed as a speaker.
flash-session-declined = Session declined. We’ve told the organisers.

# States
submission-state-draft = Draft
submission-state-submitted = Submitted
submission-state-info-needed = Needs an answer
submission-state-accepted = Accepted
submission-state-confirmed = Confirmed
submission-state-declined = Declined by the speaker
submission-state-rejected = Not accepted
submission-state-withdrawn = Withdrawn
submission-next-draft = Your draft isn’t submitted. Only its speakers can read it.
submission-next-submitted = There’s nothing to do now. We’ll email you when the organisers have decided.
submission-next-info-needed = The organisers asked a question. Answer it here. You can edit the proposal too.
submission-next-accepted = Your proposal is accepted. Please confirm that you’re coming.
submission-next-confirmed = You’re confirmed. The organisers will find a slot for your session.
submission-next-declined = You declined this session.
submission-next-rejected = The organisers didn’t choose this proposal. You can send it to another call.
submission-next-withdrawn = You withdrew this proposal. You can submit it again while the call is open.
submission-next-invited = You’re invited to speak in this session. Read the proposal, then accept or decline.
submission-too-late = This call has closed. You can no longer submit this draft.
submission-confirm-by = Confirm by
submission-confirm = Confirm session
submission-decline = Decline session
submission-submit-again = Submit again
submission-asked = Question from the organisers,
submission-answered = Answer
submission-answer = Your answer
submission-answer-send = Send answer
submission-history = History
submission-other-call = Send to another call
help-submission-other-call = This starts a draft with the same text and the same speakers.
submission-other-call-start = Start a draft
flash-submission-answered = Answer sent.

# Co-speakers
co-speakers-title = Co-speakers
co-speaker-person = Name or profile address
help-co-speaker-person = They get an email and can accept or decline.
co-speaker-invite = Invite co-speaker
co-speaker-invited = Invited
co-speaker-remove = Remove
co-speaker-accept = Accept invitation
co-speaker-decline = Decline invitation
co-speaker-leave = Leave this proposal
flash-co-speaker-invited = Invitation sent.
flash-co-speaker-removed = Co-speaker removed.
flash-co-speaker-joined = You’re a co-speaker now.
flash-co-speaker-left = You’re no longer part of that proposal.

# Organisers
submission-organisers = For organisers
submission-question = Question to the speaker
help-submission-question = The speaker gets an email and answers on this page. Reviewers can’t see the question or the answer.
submission-ask = Ask the speaker
submission-being-sent = We’re sending the decision to the speaker.
submission-no-reviews = No reviews yet.
submission-event = Event
help-submission-event = The address of the event’s page.
submission-add-to-event = Add to event
flash-submission-asked = Question sent.
flash-added-to-event = Session added to the event.
decision-accept = Accept
decision-reject = Decline
decision-clear = Clear decision
decision-now-none = No decision yet.
decision-now-accept = You decided to accept it. The speaker doesn’t know until you send the decisions.
decision-now-reject = You decided to decline it. The speaker doesn’t know until you send the decisions.
decision-badge-accept = To accept
decision-badge-reject = To decline
flash-decision-saved = Decision saved. The speaker doesn’t know yet.
manage-csv = Download as CSV
manage-csv-title = Title
manage-csv-speakers = Speakers
manage-csv-kind = Kind
manage-csv-minutes = Minutes
manage-csv-language = Language
manage-csv-state = State
manage-csv-decision = Decision
manage-csv-median = Median score
manage-csv-reviews = Scores
manage-csv-abstentions = Abstentions
manage-send-title = Send decisions
manage-unsent =
    { $n ->
        [one] One decision hasn’t been sent. The speaker doesn’t know it yet.
       *[other] { $n } decisions haven’t been sent. The speakers don’t know them yet.
    }
manage-days = Days to confirm
help-manage-days = Speakers of accepted proposals are asked to confirm within this time.
manage-send = Send decisions
manage-sending = We’re sending the decisions to the speakers.
flash-decisions-sent = Decisions are on their way to the speakers.
manage-all = All
manage-states = Filter by state
manage-none = No proposals
manage-none-text = Proposals that members submit will appear here. Drafts stay private.
manage-names-hidden = You review this anonymous call, so names are hidden from you.
manage-caption = Proposals
manage-column-title = Title
manage-column-speakers = Speakers
manage-column-kind = Kind
manage-column-state = State
manage-column-median = Median
manage-column-reviews = Scores
reviewers-title = Reviewers
reviewers-lead = Reviewers see who proposes. They can’t review proposals of their own, of co-speakers, mentees or mentors.
reviewers-lead-anonymous = Reviewers don’t see who proposes. They can’t review proposals of their own, of co-speakers, mentees or mentors.
reviewer-person = Name or profile address
help-reviewer-person = The member finds the proposals on their home page.
reviewer-add = Add reviewer
reviewer-remove = Remove
reviewer-count =
    { $n ->
        [0] no reviews yet
        [one] 1 review
       *[other] { $n } reviews
    }
flash-reviewer-added = Reviewer added.
flash-reviewer-removed = Reviewer removed.

# Reviews
review-lead = Proposals with the fewest reviews come first. Among those, each reviewer has an order of their own.
review-lead-anonymous = Names are hidden. Proposals with the fewest reviews come first. Among those, each reviewer has an order of their own.
review-open = Waiting for your review
review-done = Reviewed by you
review-more = { $count } more follow when you’ve reviewed some of these.
review-none = Nothing to review
review-none-text = Proposals that wait for your review will appear here.
review-title = Your review
review-score = Score
review-score-1 = 1 · No
review-score-2 = 2 · Rather not
review-score-3 = 3 · Maybe
review-score-4 = 4 · Good
review-score-5 = 5 · Excellent
review-abstain = Abstain (no score)
review-abstained = Abstained
review-comment = Comment
help-review-comment = Other reviewers and the organisers read it. The speakers never do.
review-save = Save review
review-your-score = Your score: { $score }
review-score-of = { $score } of { $max }
review-others-hidden = You’ll see the reviews of others after you give a score.
review-no-others = No other reviews yet.
reviews-title = Reviews
flash-review-saved = Review saved.

# Events
event-proposals = Proposals
event-propose = Submit a proposal
event-pool = Sessions without a slot
event-pool-text = Confirmed proposals wait here for a room and a time. Only hosts see them.

# Home
to-do-submission-question = The organisers have a question about “{ $title }”
to-do-submission-confirm = Confirm your session “{ $title }”
to-do-co-speaker = Answer the invitation to speak in “{ $title }”
to-do-reviews =
    { $count ->
        [one] Review 1 proposal: { $call }
       *[other] Review { $count } proposals: { $call }
    }
