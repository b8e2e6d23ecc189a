## Administration

admin-places = Parts of administration
admin-overview = What waits
admin-members = Members
admin-invitations = Invitations
admin-requests = Requests
admin-reports = Reports
admin-outbox = Outbox
admin-lists = Lists
admin-settings = Settings
admin-audit = Audit log
admin-nothing = Nothing waits for you
admin-nothing-text = No report is open and every letter went out. Have a look at what is on.
admin-wait-reports =
    { $count ->
        [one] One report waits for a decision
       *[other] { $count } reports wait for a decision
    }
admin-wait-requests =
    { $count ->
        [one] One person asks for an invitation
       *[other] { $count } people ask for an invitation
    }
admin-wait-failed =
    { $count ->
        [one] 1 email could not be sent
       *[other] { $count } emails could not be sent
    }
admin-wait-unknown =
    { $count ->
        [one] 1 email with unknown delivery status
       *[other] { $count } emails with unknown delivery status
    }
admin-wait-held =
    { $count ->
        [one] 1 email is on hold
       *[other] { $count } emails are on hold
    }
admin-wait-unreachable =
    { $count ->
        [one] Mail to one member comes back
       *[other] Mail to { $count } members comes back
    }
admin-any = Any
admin-show = Show
admin-who = Name or address
admin-name = Name
admin-address = Mail address
admin-role = Role
admin-standing = Standing
admin-joined = Joined
admin-nameless = No name yet
admin-no-address = No mail address
admin-members-caption = Members by name
admin-nobody = Nobody like that
admin-nobody-text = Leave out a filter, or look for fewer words.
standing-active = Taking part
standing-suspended = Suspended
standing-leaving = To be deleted
standing-unreachable = Mail comes back
admin-sessions = Signed-in browsers
admin-seats = Seats to come
admin-groups = Groups
admin-no-groups = None
admin-done-to = What was done to this membership
admin-own-rights = This is you. Another administrator can change what you may do.
admin-role-help = Saving signs them out everywhere. What the new role allows is theirs as soon as they sign in again.
admin-suspend = Suspend
admin-suspend-text =
    { $seats ->
        [0] They are signed out everywhere and cannot take part until you lift it. They can still read, and get a copy of their data.
        [one] They are signed out everywhere and cannot take part until you lift it. Their one seat to come goes to somebody else.
       *[other] They are signed out everywhere and cannot take part until you lift it. Their { $seats } seats to come go to others.
    }
admin-reason-help = At least 10 characters. They read it in a letter.
admin-suspended-since = Suspended since
admin-lift = Lift the suspension
said-role-changed = They have the new role from their next sign-in.
said-suspended =
    { $count ->
        [0] Suspended. They had no seats to come.
        [one] Suspended. Their seat went to others.
       *[other] Suspended. Their { $count } seats went to others.
    }
said-lifted = The suspension is lifted. They can take part again.

## Invitations

admin-invite-text = Each address gets an email with a link that makes an account, once, within 14 days. An address gets at most three such emails in 30 days.
admin-invite = Invite
field-addresses = Mail addresses
help-addresses = One in a line; at most fifty at once.
field-note = A word of your own
help-note = It stands in the letter, with your name.
admin-no-invitations = Nobody was invited yet
admin-no-invitations-text = Write an address above, and they get a letter.
admin-invitations-caption = Who was invited
admin-state = State
admin-invited = Written to
admin-until = Until
admin-do = What to do
admin-by = by { $name }
admin-again = Write again
admin-revoke = Call back
invitation-open = Open
invitation-claimed = Used
invitation-revoked = Called back
invitation-expired = Expired
said-invited =
    { $count ->
        [one] One letter is on its way.
       *[other] { $count } letters are on their way.
    }
said-invited-none = No email was sent. These people are members, were invited already, or want no emails from us.
said-invited-again = Written to once more; the fourteen days begin again.
said-invitation-revoked = Called back. The letter no longer opens anything.

## Settings

admin-open = Everybody who proves a mail address
admin-invite-only = Only people who are invited
field-organisers-invite = May group organisers invite people who are not members?
help-organisers-invite = Only matters while joining needs an invitation. If they may, each organiser can bring new people into the community.
admin-organisers-invite-no = No, administrators only
admin-organisers-invite-yes = Yes, into their groups

## Requests for an invitation

admin-requests-text = These people ask to join. If you approve, they get an invitation by email. Unanswered requests are deleted after 90 days.
admin-no-requests = No requests
admin-no-requests-text = People who ask for an invitation will appear here.
admin-request-approve = Approve
admin-request-decline = Decline
admin-request-message = Message to { $name } (optional)
said-request-approved = Request approved. An invitation is on its way.
said-request-declined = Request declined.
field-tagline = In one line
help-tagline = What the community is, for who has never heard of it.
field-about = About the community
help-about = On the front page, for who wants to know more. Markdown: *emphasis*, **strong**, lists, links.
field-sign-up = Who may join
said-settings-saved = Saved. The portal says so from now on.

## Lists

list-disciplines = Disciplines
list-disciplines-text = What members do; each has a mark of its own.
list-stages = Stages
list-stages-text = The stages of delivering software, for events and sessions.
list-topics = Topics
list-topics-text = What is talked about, for members, events and sessions.
list-values = Values
list-values-text = What members thank each other for.
list-text = Nothing is ever deleted: what you stop offering stays with those who have it.
list-count =
    { $count ->
        [one] One entry
       *[other] { $count } entries
    }
list-new = A new entry
list-add = Add
list-change = Change
list-rename = New name of { $name }
list-retire = Stop offering
list-offer = Offer again
list-retired = No longer offered
list-up = Move { $name } up
list-down = Move { $name } down
field-mark = Mark
mark-diamond = diamond
mark-circle = circle
mark-square = square
mark-shield = shield
mark-triangle = triangle
mark-star = star
mark-plus = plus
said-list-added = Added at the end.
said-list-saved = Saved.
said-list-retired = No longer offered. Who has it keeps it.
said-list-offered = Offered again, at the end of the list.

## A member’s email address

admin-new-address = New email address
admin-new-address-help = We’ll email a code to this address. The member enters it in their profile.
said-address-asked = Code sent. The member has 24 hours to enter it.

## Audit log

audit-text = Every change is recorded here. Entries can't be edited.
audit-caption = What was done, the last first
audit-none = Nothing like that was done
audit-none-text = Leave out a filter, or name another day.
audit-who = Who
audit-action = What
audit-record = To what
audit-when = When
audit-from = From
audit-until = To
audit-one-record = Only what was done to one record.
audit-all = Show everything
audit-history = its history
audit-portal = The portal itself
audit-gone = Somebody who is gone
audit-nothing-left = A deleted record
audit-changes = Changes
audit-change = { $field }: { $before } → { $after }
audit-change-set = { $field } set to { $after }
audit-change-removed = { $field } removed, was { $before }
audit-change-only = { $field } changed
audit-field-about = About the community
audit-field-approval = Seats by request
audit-field-at = Sent at
audit-field-attendee-list = Who can see the attendees
audit-field-capacity = Seats
audit-field-closes = Registration closes
audit-field-community = Name of the community
audit-field-date = Date
audit-field-description = Description
audit-field-ends-on = End date
audit-field-freeze-minutes = Minutes before the start without changes to the waitlist
audit-field-goal = Goal
audit-field-group = Group
audit-field-guests-most = Guests per member
audit-field-hold-minutes = Minutes a seat is held
audit-field-join-url = Link to join
audit-field-joining = Joining
audit-field-kind = Kind
audit-field-mark = Mark
audit-field-minutes = Minutes
audit-field-name = Name
audit-field-online-capacity = Online seats
audit-field-organisers-invite = Organisers may invite people who are not members
audit-field-opens = Registration opens
audit-field-out-of-scope = Out of scope
audit-field-parent = Parent team
audit-field-place = Place
audit-field-position = Position
audit-field-promotion = How seats are filled from the waitlist
audit-field-purpose = Purpose
audit-field-role = Role
audit-field-segments = Recipients
audit-field-sign-up = Who can join
audit-field-status = Status
audit-field-subject = Subject
audit-field-summary = Summary
audit-field-tagline = Tagline
audit-field-time = Time
audit-field-title = Title
audit-field-visibility = Visibility
audit-field-wants = Wanted members
audit-field-words = Message
audit-field-zone = Time zone
subject-member = Member
subject-event = Event
subject-group = Group
subject-thanks = Kudos
subject-seat = A seat at
subject-letter = Email to
subject-invitation = Invitation of
subject-request = Request of
subject-session = A session
subject-announcement = Announcement
subject-team = Team
subject-report = A report
subject-identity = A sign-in service
subject-entry = List entry
subject-settings = Settings

# What was done, in words.
audit-database-restore = Restored a backup
audit-event-cancel = Cancelled an event
audit-event-create = Made an event
audit-event-edit = Changed an event
audit-event-publish = Published an event
audit-event-reinstate = Took a cancellation back
audit-event-subjects = Said what an event is about
audit-group-add = Added somebody to a group
audit-group-create = Made a group
audit-identity-connect = Connected another service
audit-invitation-approve = Approved a request for an invitation
audit-invitation-decline = Declined a request for an invitation
audit-invitation-claim = Joined by an invitation
audit-invitation-revoke = Called an invitation back
audit-invitation-send = Invited somebody
audit-kudos-give = Thanked somebody
audit-kudos-hide = Hid thanks
audit-kudos-show = Showed thanks again
audit-letter-cancel = Called letters back
audit-letter-hold = Put waiting emails on hold
audit-letter-retry = Sent emails again
audit-list-add = Added to a list
audit-list-change = Changed an entry of a list
audit-list-move = Moved an entry of a list
audit-list-offer = Offered an entry of a list again
audit-list-retire = Stopped offering an entry of a list
audit-email-bounce = Mail came back
audit-email-works = Said that mail works again
audit-member-address = Confirmed an email address
audit-member-address-ask = Sent a code to an email address
audit-member-block = Blocked somebody
audit-member-copy = Got a copy of their data
audit-member-deletion = Asked to be deleted
audit-member-erase = Deleted a member
audit-member-join = Joined
audit-member-lift = Lifted a suspension
audit-member-profile = Changed a profile
audit-member-role = Gave somebody another role
audit-member-stay = Decided to stay
audit-member-suspend = Suspended somebody
audit-member-unblock = Unblocked somebody
audit-report-appeal = Asked for a second look
audit-report-decide = Decided a report
audit-report-open = Reported something
audit-rsvp-hide = Kept out of the list of attendees
audit-rsvp-leave = Gave a seat back
audit-rsvp-promote = Moved from the waitlist to a seat
audit-rsvp-release = Lost a seat with their membership
audit-rsvp-show = Came back into the list of attendees
audit-rsvp-take = Asked for a seat
audit-secret-accept = Accepted a new secret
audit-schedule-import = Read a schedule
audit-session-end = Signed out
audit-session-start = Signed in
audit-settings-change = Changed the settings
audit-settings-sign-up = Changed who may join
audit-announcement-cancel = Took a mail to the people of an event back
audit-announcement-edit = Changed a mail to the people of an event
audit-announcement-hold = Wrote to the people of an event
audit-announcement-trial = Sent a test email to themselves
audit-event-accept-together = Took an event on, together with another group
audit-event-hold-together = Asked another group to hold an event together
audit-event-part = Ended holding an event together
audit-feed-make = Made their calendar feed
audit-feed-revoke = Revoked their calendar feed
audit-group-accept = Let somebody into a group
audit-group-archive = Closed a group
audit-group-ask = Asked to come into a group
audit-group-decline = Said no to somebody who asked to come into a group
audit-group-decline-invitation = Declined an invitation into a group
audit-group-edit = Changed a group
audit-group-invite = Invited a member into a group
audit-group-invite-address = Invited somebody into a group by mail
audit-group-join = Joined a group
audit-group-leave = Left a group
audit-group-remove = Took somebody out of a group
audit-group-reopen = Opened a closed group again
audit-group-role = Changed what somebody is in a group
audit-group-unask = Took back that they asked to come into a group
audit-group-uninvite = Took an invitation into a group back
audit-member-link = Changed where else they are on the web
audit-member-email = Chose which mails they get
audit-member-picture = Changed their picture
audit-rsvp-accept = Accepted a request for a seat
audit-rsvp-ask = Was asked to come with fewer
audit-rsvp-claim = Took a seat that was offered
audit-rsvp-expire = Let an offered seat pass
audit-rsvp-fewer = Came with fewer
audit-rsvp-offer = Was offered a seat
audit-rsvp-online = Came online while waiting for the room
audit-rsvp-bump = Moved somebody from a seat back to the waitlist
audit-rsvp-override = Gave a seat above the capacity
audit-rsvp-reject = Said no to a request for a seat
audit-team-create = Made a team
audit-team-edit = Changed a team

## Outbox

outbox-text = Every letter that the portal sends lies here until it has gone, and for a while after.
outbox-shelves = Where letters lie
outbox-kinds = Kinds of letters
outbox-pending = Waiting
outbox-sending = On its way
outbox-held = On hold
outbox-failed = Failed
outbox-unknown = Not certain
outbox-sent = Sent
outbox-expired = Too late
outbox-cancelled = Called back
outbox-none = No letters here
outbox-none-text = Look at another place, or at every kind.
outbox-caption = Letters, the last first
outbox-letter = Letter
outbox-to = To
outbox-when = When
outbox-why = What went wrong
outbox-due = Goes out
outbox-ended = Ended
outbox-posted = Posted
outbox-tries =
    { $count ->
        [one] tried once
       *[other] tried { $count } times
    }
outbox-retry = Send it again
outbox-retry-all =
    { $count ->
        [one] Send this one again
       *[other] Send all { $count } again
    }
outbox-cancel = Call it back
outbox-cancel-all =
    { $count ->
        [one] Call this one back
       *[other] Call all { $count } back
    }
outbox-cancel-title = Call back?
outbox-cancel-text = What is called back is never sent. Nobody is told.
outbox-secret = This email contains a sign-in link, so its content is hidden.
outbox-inside = As its reader gets it
outbox-unreadable = The content of this email is no longer readable.
said-letters-again =
    { $count ->
        [0] No letter of that kind can be sent again.
        [one] One letter goes out again.
       *[other] { $count } letters go out again.
    }
said-letters-cancelled =
    { $count ->
        [0] No letter of that kind was left to call back.
        [one] One letter is called back.
       *[other] { $count } letters are called back.
    }
cause-recipient = The mail server refused this address.
cause-sender = The mail server does not take mail from our address. Look at the setting mail_from.
cause-refused = The mail server did not take the letter.
cause-password = The mail server did not accept our name and password. Check the setting smtp_url.
cause-tls = The mail server does not prove who it is, so nothing is sent to it.
cause-slow = The mail server did not answer in time.
cause-cut = The connection ended before the mail server said that it has the letter.
cause-stopped = The portal was stopped while it sent the letter.
cause-expired = It came too late to be of use.
cause-restored = It was waiting in a backup that was restored. It may have been sent before.
cause-hold = Email was put on hold at the command line.
cause-address = The address cannot be written to.
cause-broken = The letter itself cannot be made. That is a fault of the portal.
cause-other = Something else went wrong.
email-kind-sign-in = Sign-in
email-kind-no-account = No account
email-kind-prove-address = Code for an email address
email-kind-address-changed = Email address changed
email-kind-confirmed = Seat taken
email-kind-waitlisted = On the waitlist
email-kind-promoted = From the waitlist to a seat
email-kind-left = Seat given back
email-kind-rescheduled = Event moved
email-kind-cancelled = Event cancelled
email-kind-reinstated = Event takes place after all
email-kind-invitation = Invitation
email-kind-invitation-requested = Request for an invitation received
email-kind-request-declined = Request for an invitation declined
email-kind-suspended = Suspension
email-kind-suspension-lifted = Suspension lifted
email-kind-email-works = Mail works again
email-kind-deletion-planned = Deletion planned
email-kind-deletion-waits = Deletion put off
email-kind-deletion-done = Deletion done
email-kind-report-received = Report received
email-kind-report-decided = Report decided
email-kind-reported-decided = Decided about the other side
email-kind-requested = Asked for a seat
email-kind-approved = Request accepted
email-kind-rejected = Request turned down
email-kind-new-requests = New requests to attend
email-kind-request-waits = Requests wait for an answer
email-kind-offer = Seat offered
email-kind-offer-expired = Offer ran out
email-kind-fewer = Fewer seats than asked for
email-kind-bumped = Moved back to the waitlist
email-kind-join-requested = Somebody asks to join a group
email-kind-join-decided = A group has answered
email-kind-group-invitation = Invitation into a group
email-kind-group-left = Group left
email-kind-reminder = Reminder
email-kind-announcement = An organiser’s mail
email-kind-new-event = New event
email-kind-digest = Summary
