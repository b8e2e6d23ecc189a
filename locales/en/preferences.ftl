## Which emails members get

email-preferences-title = Notifications and emails
email-preferences-lead = Choose what you hear about, in Guildhall and by email. An email can come immediately, or together with others in a digest.
email-preferences-caption-all = What you hear about
email-preferences-category = News
email-preferences-in-guildhall = In Guildhall
email-preferences-by-email = By email
email-preferences-email-only = Email only
email-category-help-announcements = When organisers write to people of an event.
email-category-help-new_events = When your groups publish an event.
email-preferences-caption = Emails about single groups
email-preferences-group = Group
email-category-announcements = Messages from organisers
email-category-new-events = New events
email-category-reminders = Event reminders
email-category-kudos = Kudos for you
email-category-comments = Comments
email-category-reactions = Reactions to kudos
email-category-wall = Kudos of the week
email-category-mentoring = Mentoring news
email-category-hellos = Members who say hello
email-category-demands = Learning requests
email-category-mentor-messages = Messages from your mentor or mentee
email-category-digest = Digests
email-preferences-immediately = Immediately
email-preferences-daily = Daily digest
email-preferences-weekly = Weekly digest
email-preferences-off = Off
email-preferences-on = On
email-preferences-same-as-all = Same as all groups
email-preferences-digest-times = Daily digests arrive at 08:00 your time, and weekly digests on Mondays. If there’s nothing new, you don’t get one.
email-category-help-reminders = One day before your events, and again one hour before events that are online only.
email-category-help-kudos = When somebody gives kudos to you or your team.
email-category-help-comments = When somebody replies to you, mentions you, or comments on your kudos, events and groups. You get at most one email an hour about each conversation.
email-category-help-reactions = When somebody reacts to kudos you gave or received. Reactions appear only in digests.
email-category-help-wall = Every Monday at 08:00 your time. If nobody gave kudos, you don’t get one.
email-category-help-mentoring = News about your questions and group circles, messages from coordinators, and rounds that need mentors for your topics.
email-category-help-hellos = When a member you don’t know says hello. Choose “Never” to take no such messages.
email-category-help-demands = When somebody can teach what you asked for, and when something you want to learn becomes an event.
email-category-help-mentor_messages = When the other person of a mentoring pair writes to you.
email-category-help-digest = If you turn digests off, you won’t get the emails that are set to a daily or weekly digest.
email-preferences-always = Emails you always get
email-preferences-always-text = These emails are about your account, your seats and your mentoring. They arrive immediately, and you can’t turn them off:
email-preferences-always-security = Sign-in links and codes
email-preferences-always-own = Seats you get or give up, and your place on waitlists
email-preferences-always-changes = Cancellations, new times and new venues of your events

unsubscribe-title = Unsubscribe
unsubscribe-of = { $what } ({ $group })
unsubscribe-ask = Do you want to stop these emails: { $what }?
unsubscribe-done = You’ve unsubscribed from these emails: { $what }.
unsubscribe-button = Unsubscribe
unsubscribe-undo = Subscribe again
unsubscribe-still = You’ll still get emails about your own seats, and when an event you signed up for changes or is cancelled.
unsubscribe-choose = Change your email preferences

flash-email-saved = Email preferences saved.

## Emails to people who are not members

unsubscribe-invitations-title = Unsubscribe from invitations
unsubscribe-invitations-ask = Do you want to stop all emails to this address about invitations to { $community }?
unsubscribe-invitations-done = This address won’t get any more invitations to { $community }.
unsubscribe-invitations-button = Never email me again
unsubscribe-invitations-undo = Allow invitations again
