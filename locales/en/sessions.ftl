# Sessions of an agenda

## Workshops (D7)

workshop-title = Seats at this workshop
workshop-needs-seat = This workshop has its own seats. You need a seat at the event first.
workshop-event = View event
workshop-overlaps = You have a seat or wait at the same time: { $others }.
workshop-overlaps-now = This workshop overlaps with another one where you have a seat or wait: { $others }. Give up one of them.
workshop-swap = Swap for this workshop
workshop-swap-help = You give up the other one only if there is a free seat here.
workshop-people = People of this workshop
workshop-seats-form = Number of seats
workshop-seats-give = Give this session its own seats
workshop-seats = Seats
help-workshop-seats = People with a seat at the event can take one here, and join the waitlist when it’s full. Leave it empty if everyone at the event can come. If people already have seats here, we email them.

flash-workshop-seats = Changes saved.
flash-workshop-swapped = Swapped. You have a seat here.

## Slides and recordings (D8)

material-title = Material
material-none = No slides yet. Slides and a recording will appear here.
material-kilobytes = PDF, { $count } kB
material-megabytes = PDF, { $count } MB
material-remove = Remove
material-remove-label = Remove { $file }
material-file = Slides
material-file-help = One PDF, up to 20 MB. Everybody who sees the event can download it.
material-add = Add slides
material-recording = Watch the recording
material-recording-form = Link to the recording
material-recording-link = Address of the recording
help-material-recording = An https address. Leave it empty to remove the link.
material-recording-save = Save link
material-forbid = Don’t record this session
material-forbid-help = The page and the schedule for other programs will say so. The session can’t have a recording then.
material-allow = Allow recording
material-allow-help = The page now says that this session must not be recorded.
material-forbidden = This session must not be recorded. Only a speaker, or the file that the schedule came from, can change that.
material-reminders = Reminders to speakers
material-reminder = When to remind
help-material-reminder = For all sessions of this event. A speaker without slides gets one email before the session, and one a day after it.
material-days =
    { $count ->
        [one] { $count } day before
       *[other] { $count } days before
    }
material-days-never = Never

flash-slides-added = Slides added.
flash-slides-removed = Slides removed.
flash-slides-days = Changes saved.
flash-recording-saved = Changes saved.
flash-recording-forbidden = The page now says that this session must not be recorded.
flash-recording-allowed = This session can be recorded again.

## Questions to speakers (D14)

session-questions-title = Questions to the speakers
session-questions-ask = Your question
help-session-questions-ask = Up to 300 characters. Others see it with your name.
session-questions-send = Ask question
session-questions-none = No questions yet. Questions from members will appear here.
session-questions-renew = Show new questions
session-questions-sign-in = Sign in to read questions and to ask one
session-questions-closed = Questions are closed.
session-questions-around = Members can ask from a day before the session until a day after it.
session-questions-somebody = A member
session-questions-votes =
    { $count ->
        [one] { $count } vote
       *[other] { $count } votes
    }
session-questions-vote = Vote for this
session-questions-unvote = Remove my vote
session-questions-answer = Mark as answered
session-questions-hide = Hide question
session-questions-reopen = Reopen question
session-questions-show = Show question
session-questions-withdraw = Delete question
session-questions-reported = This question is hidden until an admin has decided about a report.
session-questions-answered =
    { $count ->
        [one] { $count } answered question
       *[other] { $count } answered questions
    }
session-questions-hidden =
    { $count ->
        [one] { $count } hidden question
       *[other] { $count } hidden questions
    }
session-questions-when = When members can ask
session-questions-when-label = Questions are open
session-questions-open-around = From a day before until a day after
session-questions-open-always = Always
session-questions-open-closed = Never
session-questions-save = Save for this session
session-questions-save-everywhere = Save for all sessions

flash-session-question-asked = Question asked.
flash-session-question-deleted = Question deleted.
flash-session-question-answered = Question marked as answered.
flash-session-question-hidden = Question hidden. You can find it below the others.
flash-session-question-reopened = Question reopened.
flash-session-questions-open = Changes saved.
