## What organisers write to those around an event

announce-title = Write to those around the event
announce-link = Write a mail
announce-lead = Each gets a mail of their own, in which nobody else’s address stands. It waits for its time below, and until then you can change it or take it back.
announce-listed = What you wrote
announce-draft = Nobody knows of this event yet. Publish it, then write to those who answer.
announce-event-cancelled = The event is cancelled. Everyone who had a seat or waited is told why.
announce-zone = The time is that of clocks in { $city }.
announce-send = Send
announce-trial = Send a test to me
announce-segment-going = Those with a seat ({ $count })
announce-segment-in-the-room = Those who come to the room ({ $count })
announce-segment-online = Those who come online ({ $count })
announce-segment-waiting = Those on the waitlist ({ $count })
announce-segment-unanswered = Members of the group who have not answered ({ $count })
announce-segment-not-going = Those who gave their seat back ({ $count })
announce-segment-going-plain = Those with a seat
announce-segment-in-the-room-plain = Those who come to the room
announce-segment-online-plain = Those who come online
announce-segment-waiting-plain = Those on the waitlist
announce-segment-unanswered-plain = Members of the group who have not answered
announce-segment-not-going-plain = Those who gave their seat back
announce-held = Waits
announce-going-out = Goes out
announce-sent =
    { $count ->
        [one] Sent to one person
       *[other] Sent to { $count } people
    }
announce-taken-back = Taken back
announce-change = Change
announce-take-back = Take back
announce-show = Show what it says

field-segments = To whom
field-subject = Subject
announce-words = What you write
field-at = When
help-segments = Who has muted such mails gets none, or gets it in a summary.
help-announce-words = Paragraphs between empty lines. Addresses of pages are shown, but are no links.
help-at = Leave this empty to send it now: it goes out in two minutes.

said-email-held = Your mail waits below until it goes out.
said-email-trial = A test is on its way to you.
said-email-cancelled = Your mail was taken back.
