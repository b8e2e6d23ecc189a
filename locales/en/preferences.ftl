## Which emails members get

wish-title = Email preferences
wish-lead = Choose which emails you get. You can get each one immediately, or together in a digest.
wish-caption = Emails about your groups
wish-of = Group
wish-all-groups = All groups
wish-topic-announcements = Messages from organisers
wish-topic-new-events = New events
wish-topic-reminders = Event reminders
wish-topic-digest = Digests
wish-now = Immediately
wish-daily = Daily digest
wish-weekly = Weekly digest
wish-off = Off
wish-on = On
wish-as-all = Same as all groups
wish-help-digests = Daily digests arrive at 08:00 your time, and weekly digests on Mondays. If there’s nothing new, you don’t get one.
wish-help-reminders = One day before your events, and again one hour before events that are online only.
wish-help-digest = If you turn digests off, you won’t get the emails that are set to a daily or weekly digest.
wish-always = Emails you always get
wish-always-text = These emails are about your account and your seats. They arrive immediately, and you can’t turn them off:
wish-always-security = Links and codes to sign in
wish-always-own = Seats you get, wait for or give up
wish-always-changes = Events of yours that are cancelled, or have a new time or venue
wish-link = Change your email preferences

unsubscribe-title = Unsubscribe
unsubscribe-of = { $what } ({ $group })
unsubscribe-ask = Do you want to stop these emails: { $what }?
unsubscribe-done = You’ve unsubscribed from these emails: { $what }.
unsubscribe-go = Unsubscribe
unsubscribe-undo = Subscribe again
unsubscribe-still = You’ll still get emails about your own seats, and when an event you signed up for changes or is cancelled.
unsubscribe-choose = Change your email preferences

said-email-saved = Email preferences saved.

## Emails to people who are not members

unsubscribe-invitations-title = Unsubscribe from invitations
unsubscribe-invitations-ask = Do you want to stop all emails to this address about invitations to { $community }?
unsubscribe-invitations-done = This address won’t get any more invitations to { $community }.
unsubscribe-invitations-go = Never email me again
unsubscribe-invitations-undo = Allow invitations again
