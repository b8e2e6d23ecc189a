## Reports

report-this = Report
report-kind-member = Report this member
report-kind-event = Report this event
report-kind-group = Report this group
report-kind-thanks = Report these thanks
report-of-member = A report about a member
report-of-event = A report about an event
report-of-group = A report about a group
report-of-thanks = A report about thanks
report-new-text = Say what is wrong. Somebody who runs the community looks at it, decides, and writes to you with the reason. Nobody else learns that it was you.
report-send = Send the report
field-words = Words
report-what = What is wrong
help-report-words = A sentence or two. What you name here only administrators read.
reports-title = Your reports
reports-none = You have reported nothing
reports-none-text = Where something is wrong, its page has a link to report it.
reports-by-you = You reported it
reports-about-you = Somebody reported it
reports-appeal = Ask for a second look
field-appeal = Why it was wrong
help-appeal = You can ask once. The second decision is the last.
said-reported = Thank you. We look at it, and write to you.
said-appealed = Somebody looks at it again, and writes to you.

## Reports, for who decides

report-which = Which reports
report-waiting = Waiting
report-open = open
report-decided = decided
report-appealed = second look
report-closed = closed
report-none = No reports here
report-none-text = When somebody reports something, it stands here until it is decided.
report-caption = Reports, the one that waits longest first
report-about = What it is about
report-words = In their words
report-when = Reported
report-by = Reported by
report-whose = Whose doing
report-decision = Decision
report-appeal = Asked for a second look
report-decide = Decide
report-decide-text = Both sides get a letter with your reason. Whom the decision touches may ask for a second look, once.
report-decide-last = This is the second look. What you decide now is the last word.
report-reason-help = Both sides read it. It names nobody.
field-decision = Decision
decision-nothing = It stays as it is
decision-warning = It stays, but was not right
decision-hidden = Nobody sees it any more
said-decided = Decided. The letters are on their way.
