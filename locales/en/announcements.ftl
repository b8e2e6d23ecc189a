## Emails from organisers to the people of an event

announce-title = Email attendees
announce-link = Email attendees
announce-lead = Everyone gets their own email and can’t see the other recipients. Emails you schedule appear on this page, and you can edit or cancel them until they’re sent.
announce-listed = Your emails
announce-draft = This event isn’t published yet. Publish it first, then you can email attendees.
announce-event-cancelled = This event is cancelled. We email the reason to everyone who had a seat or was on the waitlist.
announce-zone = Enter the time in the event’s time zone ({ $city }).
announce-send = Send email
announce-test = Send me a test email
announce-segment-going = Everyone with a seat ({ $count })
announce-segment-in-the-room = Attendees in person ({ $count })
announce-segment-online = Attendees online ({ $count })
announce-segment-waiting = People on the waitlist ({ $count })
announce-segment-unanswered = Group members who haven’t signed up ({ $count })
announce-segment-not-going = People who gave up their seat ({ $count })
announce-segment-going-plain = Everyone with a seat
announce-segment-in-the-room-plain = Attendees in person
announce-segment-online-plain = Attendees online
announce-segment-waiting-plain = People on the waitlist
announce-segment-unanswered-plain = Group members who haven’t signed up
announce-segment-not-going-plain = People who gave up their seat
announce-scheduled = Scheduled
announce-sending = Sending
announce-sent =
    { $count ->
        [one] Sent to 1 person
       *[other] Sent to { $count } people
    }
announce-cancelled = Cancelled
announce-edit = Edit email
announce-cancel = Cancel email
announce-show = Show message

field-segments = Recipients
field-subject = Subject
announce-message = Message
field-at = Send at
help-segments = People who turned off messages from organisers won’t get this email. Some people get it in their digest.
help-announce-message = You can use Markdown: *emphasis*, **strong**, lists, links. Other web addresses stay text.
announce-reply = Replies go to my address, { $address }
announce-replies-to-author = Replies go to the author, and the recipients see the author’s address.
help-announce-reply = Everyone who gets this email will see your address. Otherwise, replies go to the community. Send yourself a test to see what the email says.
help-at = Leave empty to send the email in two minutes.

flash-email-scheduled = Email scheduled. You can edit or cancel it below until it’s sent.
flash-email-test = Test email sent to you.
flash-email-cancelled = Email cancelled.
