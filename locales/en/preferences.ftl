## Which mails members get

wish-title = Your mails
wish-lead = Choose which mails you get, and whether each comes at once or in a summary.
wish-caption = Mails of your groups
wish-of = Group
wish-all-groups = All groups
wish-topic-announcements = What organisers write
wish-topic-new-events = New events
wish-topic-reminders = Reminders of your events
wish-topic-digest = Summaries
wish-now = At once
wish-daily = Once a day
wish-weekly = Once a week
wish-off = Not at all
wish-on = Yes
wish-as-all = As for all groups
wish-help-digests = Once a day is at eight in the morning where you are, once a week is on Monday. When there is nothing to say, there is no mail.
wish-help-reminders = A day before, and an hour before what is online only.
wish-help-digest = Without them, you do not hear of what would come once a day or once a week.
wish-always = What always comes
wish-always-text = These mails come at once and cannot be turned off, because you would miss something that is yours:
wish-always-security = when you sign in;
wish-always-own = when you get a seat, wait for one, or give it back;
wish-always-changes = when an event of yours has another time or place, or is cancelled.
wish-link = Choose which mails you get

unsubscribe-title = Unsubscribe
unsubscribe-of = { $what } ({ $group })
unsubscribe-ask = You will no longer get: { $what }.
unsubscribe-done = You no longer get: { $what }.
unsubscribe-go = Unsubscribe
unsubscribe-undo = Get them again
unsubscribe-still = Mails about your own seats, and about events that change or are cancelled, still come.
unsubscribe-choose = Choose which mails you get

said-email-saved = Your choices are saved.

## Emails to people who are not members

unsubscribe-invitations-title = Stop emails
unsubscribe-invitations-ask = Stop all emails about invitations to { $community } to this address?
unsubscribe-invitations-done = Done. We won't send this address any more invitations to { $community }.
unsubscribe-invitations-go = Never email me again
unsubscribe-invitations-undo = Allow invitations again
