## Admin

admin-places = Admin sections
admin-overview = Needs attention
admin-members = Members
admin-invitations = Invitations
admin-requests = Requests
admin-reports = Reports
admin-outbox = Outbox
admin-jobs = Jobs
admin-kudos = Kudos to review
admin-lists = Lists
admin-settings = Settings
admin-audit = Audit log
admin-nothing = Nothing needs your attention
admin-newcomers = Newcomers
admin-newcomers-none = Nobody joined in the last { $days } days.
admin-growth = Growth
admin-growth-members = { $members ->
    [one] { $members } member. The charts show the last { $weeks } weeks.
   *[other] { $members } members. The charts show the last { $weeks } weeks.
}
admin-growth-joined = New members
admin-growth-events = Events
admin-growth-seats = Seats taken
admin-growth-kudos = Kudos
admin-nothing-text = Open reports, requests, failed jobs and email problems will appear here.
admin-attention-reports =
    { $count ->
        [one] 1 report needs a decision
       *[other] { $count } reports need a decision
    }
admin-attention-requests =
    { $count ->
        [one] 1 person has requested an invitation
       *[other] { $count } people have requested an invitation
    }
admin-attention-failed =
    { $count ->
        [one] 1 email couldn’t be sent
       *[other] { $count } emails couldn’t be sent
    }
admin-attention-unknown =
    { $count ->
        [one] 1 email with unknown delivery status
       *[other] { $count } emails with unknown delivery status
    }
admin-attention-held =
    { $count ->
        [one] 1 email is on hold
       *[other] { $count } emails are on hold
    }
admin-attention-jobs =
    { $count ->
        [one] 1 background job failed
       *[other] { $count } background jobs failed
    }
admin-attention-unreachable =
    { $count ->
        [one] Emails to 1 member bounce
       *[other] Emails to { $count } members bounce
    }
admin-any = Any
admin-show = Apply
admin-who = Name or email
admin-name = Name
admin-address = Email
admin-role = Role
admin-standing = Status
admin-joined = Joined
admin-nameless = No name yet
admin-no-address = No email address
admin-members-caption = Members, sorted by name
admin-no-match = No members found
admin-no-match-text = Remove a filter, or shorten your search.
bulk-action = With the selected members
bulk-continue = Continue
bulk-select = Select { $name }
bulk-select-all = Select all on this page
bulk-select-none = Select nobody
bulk-back = Back to the members
bulk-nobody = Nobody to change
bulk-nobody-text = Go back to the members, select some of them, and choose what to do.
bulk-unchanged = Not changed
bulk-sign-in-email = Email a link to the sign-in page
bulk-sign-in-email-text =
    { $count ->
        [one] We’ll email 1 member a link to the sign-in page.
       *[other] We’ll email { $count } members a link to the sign-in page.
    }
bulk-remove-role = Remove role
bulk-remove-role-text =
    { $count ->
        [one] 1 person becomes an ordinary member. They are signed out everywhere.
       *[other] { $count } people become ordinary members. They are signed out everywhere.
    }
bulk-suspend = Suspend members
bulk-suspend-text =
    { $count ->
        [one] We’ll suspend 1 member, sign them out everywhere and release their upcoming seats.
       *[other] We’ll suspend { $count } members, sign them out everywhere and release their upcoming seats.
    }
bulk-lift = Lift suspensions
bulk-lift-text =
    { $count ->
        [one] We’ll lift the suspension of 1 member. They can take part again.
       *[other] We’ll lift the suspensions of { $count } members. They can take part again.
    }
bulk-left-oneself = This is your own account.
bulk-left-suspended = They are suspended.
bulk-left-not-suspended = They aren’t suspended.
bulk-left-no-role = They have no role to remove.
bulk-left-no-address = They have no email address.
bulk-left-emailed-lately = They got this email within the last day.
flash-bulk-suspend =
    { $count ->
        [one] 1 member suspended.
       *[other] { $count } members suspended.
    }
flash-bulk-lift =
    { $count ->
        [one] 1 suspension lifted.
       *[other] { $count } suspensions lifted.
    }
flash-bulk-sign-in-email =
    { $count ->
        [one] Email sent to 1 member.
       *[other] Emails sent to { $count } members.
    }
flash-bulk-remove-role =
    { $count ->
        [one] 1 role removed.
       *[other] { $count } roles removed.
    }
standing-active = Active
standing-suspended = Suspended
standing-leaving = Deletion scheduled
standing-unreachable = Emails bounce
admin-sessions = Signed-in devices
admin-seats = Upcoming seats
admin-groups = Groups
admin-no-groups = None
admin-member-history = View this member’s history
admin-own-rights = This is your own account. Only another admin can change your role or suspend you.
admin-role-help = Changing the role signs this member out everywhere. The new role applies when they sign in again.
admin-suspend = Suspend member
admin-suspend-text =
    { $seats ->
        [0] We’ll sign this member out everywhere. They can’t take part until you lift the suspension, but they can still read pages and download their data.
        [one] We’ll sign this member out everywhere, and release their upcoming seat. They can’t take part until you lift the suspension, but they can still read pages and download their data.
       *[other] We’ll sign this member out everywhere, and release their { $seats } upcoming seats. They can’t take part until you lift the suspension, but they can still read pages and download their data.
    }
admin-reason-help = At least 10 characters. We’ll email your reason to the member.
admin-suspended-since = Suspended since
admin-lift = Lift suspension
flash-role-changed = Role changed. It applies the next time they sign in.
flash-suspended =
    { $count ->
        [0] Member suspended. They had no upcoming seats.
        [one] Member suspended, and their upcoming seat released.
       *[other] Member suspended, and their { $count } upcoming seats released.
    }
flash-lifted = Suspension lifted. They can take part again.

## Invitations

admin-invite-text = We’ll email each person a link to create an account. The link works once and expires after 14 days. We send at most three of these emails to one address in 30 days.
admin-invite = Send invitations
field-addresses = Email addresses
help-addresses = One per line, up to 50 at a time.
field-note = Personal message
help-note = Appears in the email, with your name.
admin-no-invitations = No invitations yet
admin-no-invitations-text = People you invite will appear here.
admin-invitations-caption = Invitations
admin-state = Status
admin-invited = Sent
admin-until = Expires
admin-actions = Actions
admin-by = by { $name }
admin-resend = Send again
admin-revoke = Withdraw invitation
invitation-open = Pending
invitation-claimed = Accepted
invitation-revoked = Withdrawn
invitation-expired = Expired
flash-invited =
    { $count ->
        [one] 1 invitation sent.
       *[other] { $count } invitations sent.
    }
flash-invited-none = No invitations sent. These people are members, were already invited, or don’t want emails from us.
flash-invited-again = Invitation sent again. The link works for another 14 days.
flash-invitation-revoked = Invitation withdrawn. Its link no longer works.

## Settings

admin-open = Anyone with an email address
admin-invite-only = Only people who are invited
field-organisers-invite = Can group organisers invite people who aren’t members?
help-organisers-invite = This only applies while people need an invitation to join. If you choose yes, every group organiser can invite new people into the community.
admin-organisers-invite-no = No, only admins can
admin-organisers-invite-yes = Yes, into their groups
field-kudos-board = Show who receives kudos from many people?
help-kudos-board = Members see up to five people who received kudos from many others in the last 90 days. There are no numbers. Only people who agreed are shown, once five have agreed.
admin-kudos-board-no = No
admin-kudos-board-yes = Yes
field-keep-emails-days = Days to keep emails
help-keep-emails-days = Emails are deleted this many days after they were sent, cancelled or failed.
field-keep-sign-ins-days = Days to keep expired sign-ins
help-keep-sign-ins-days = Sign-in links and signed-in devices are deleted this many days after they expire. Members see both numbers on the page about their data.

## Requests for an invitation

admin-requests-text = People who want to join can request an invitation. If you approve a request, we’ll email them an invitation. Unanswered requests are deleted after 90 days.
admin-no-requests = No requests
admin-no-requests-text = People who request an invitation will appear here.
admin-request-approve = Approve
admin-request-decline = Decline
admin-request-message = Message to { $name } (optional)
flash-request-approved = Request approved. An invitation is on its way.
flash-request-declined = Request declined.
field-tagline = Tagline
field-colour = Colour
help-colour = Used for badges, marks and highlights. Each one is easy to read in light and dark.
colour-brass = Brass
colour-teal = Teal
colour-moss = Moss green
colour-sky = Sky blue
colour-plum = Plum
colour-rose = Rose
help-tagline = One line that tells newcomers what the community is about.
field-sign-up = Who can join?
flash-settings-saved = Settings saved.
logo-title = Logo
logo-own = Your logo appears in the header of every page and email. A wide logo replaces the name of the community, and a square one appears beside it.
logo-none = Without a logo of your own, the hall appears beside the name of the community.
logo-file = New logo
logo-file-help = JPEG, PNG or WebP, at most 5 MB. A width of 480 pixels is enough. Transparent parts get a white background, or a dark one if the logo is light.
logo-save = Save logo
logo-remove = Remove logo
flash-logo-saved = Logo saved.
flash-logo-removed = Logo removed.
texts-title = Texts
text-welcome = Welcome text
text-welcome-help = Visitors see it on the home page, and newcomers when they sign in for the first time.
text-conduct = Code of conduct
text-conduct-help = It has a page of its own. The footer, the sign-in page and the form to register for an event link to it.
text-privacy = Privacy text
text-privacy-help = It appears at the top of the privacy page, above what we say about every community.
help-text-markdown = You can use Markdown: *emphasis*, **strong**, lists, links. To remove the text, leave this empty.
text-versions = Versions
text-version = Version { $version }
text-no-versions = No versions yet
text-no-versions-text = Each version that you save will appear here.
text-before = Before
text-after = After
text-empty = No text
text-use-again = Edit this version
text-back = Newest version
flash-text-saved = Text saved.

## Lists

list-disciplines = Disciplines
list-disciplines-text = What members do. Each discipline has its own symbol.
list-stages = Stages
list-stages-text = The stages of software delivery, for events and sessions.
list-topics = Topics
list-topics-text = What people learn and teach, for members, events and sessions.
list-values = Values
list-values-text = What members give each other kudos for.
list-text = You can’t delete entries, but you can retire them. A retired entry stays wherever it’s already used.
list-count =
    { $count ->
        [one] 1 entry
       *[other] { $count } entries
    }
list-new = New entry
list-add = Add entry
list-change = Edit
list-rename = New name for { $name }
list-retire = Retire entry
list-offer = Restore entry
list-retired = Retired
list-up = Move { $name } up
list-down = Move { $name } down
field-mark = Symbol
mark-diamond = Diamond
mark-circle = Circle
mark-square = Square
mark-shield = Shield
mark-triangle = Triangle
mark-star = Star
mark-plus = Plus
flash-list-added = Entry added at the end of the list.
flash-list-saved = Changes saved.
flash-list-retired = Entry retired. It stays wherever it’s already used.
flash-list-offered = Entry restored at the end of the list.

## A member’s email address

admin-new-address = New email address
admin-new-address-help = We’ll email a code to this address. The member enters the code in their profile.
flash-address-asked = Code sent. The member has 24 hours to enter it.

## Audit log

audit-text = Every change is recorded here. Entries can’t be edited.
audit-none = No matching entries
audit-none-text = Remove a filter, or choose other dates.
audit-who = Who
audit-action = Action
audit-from = From
audit-until = To
audit-one-record = Showing the history of one record.
audit-all = Show all entries
audit-history = history
audit-text-versions = Compare both versions
audit-field-welcome = Version of the welcome text
audit-field-conduct = Version of the code of conduct
audit-field-privacy = Version of the privacy text
audit-portal = System
audit-hidden-speaker = A speaker, hidden by the anonymous review
audit-deleted-member = Deleted member
report-not-visible = Not visible at the moment
report-kudos-to = To
audit-deleted-record = Deleted record
audit-change = { $field }: { $before } → { $after }
audit-change-set = { $field } set to { $after }
audit-change-removed = { $field } removed (was { $before })
audit-change-only = { $field } changed
audit-field-approval = How people get a seat
audit-field-reply = Replies reach the author
audit-field-at = Send time
audit-field-attendee-list = Who can see the attendees
audit-field-capacity = Seats
audit-field-closes = Sign-up closes
audit-field-community = Community name
audit-field-date = Date
audit-field-description = Description
audit-field-ends-on = End date
audit-field-freeze-minutes = Stop filling seats automatically (minutes before start)
audit-field-goal = Goal
audit-field-group = Group
audit-field-guests-max = Guests per person
audit-field-hold-minutes = Hold a seat for (minutes)
audit-field-join-url = Online meeting link
audit-field-joining = How people join
audit-field-keep-emails-days = Days to keep emails
audit-field-keep-sign-ins-days = Days to keep expired sign-ins
audit-field-kind = Type
audit-field-mark = Symbol
audit-field-minutes = Length in minutes
audit-field-name = Name
audit-field-online-capacity = Online seats
audit-field-organisers-invite = Organisers can invite people who aren’t members
audit-field-kudos-board = Members see who receives kudos from many people
audit-field-opens = Sign-up opens
audit-field-out-of-scope = Out of scope
audit-field-parent = Parent team
audit-field-place = Venue
audit-field-position = Position
audit-field-promotion = How seats are filled from the waitlist
audit-field-purpose = Purpose
audit-field-role = Role
audit-field-segments = Recipients
audit-field-colour = Colour
audit-field-sign-up = Who can join
audit-field-status = Status
audit-field-subject = Subject
audit-field-summary = Summary
audit-field-tagline = Tagline
audit-field-time = Time
audit-field-title = Title
audit-field-visibility = Visibility
audit-field-wants = People needed, by discipline
audit-field-message = Message
audit-field-zone = Time zone
subject-member = Member
subject-event = Event
subject-group = Group
subject-kudos = Kudos
subject-comment = Comment
subject-demand = Learning request
subject-question = Question in a session
subject-seat = Seat at
subject-email = Email to
subject-job = Background job
subject-invitation = Invitation to
subject-request = Invitation request from
subject-session = Device
subject-announcement = Email to attendees
subject-team = Team
subject-report = Report
subject-identity = Sign-in service
subject-entry = List entry
subject-settings = Settings

# What was done, in the past tense.
audit-database-restore = Restored a backup
audit-event-cancel = Cancelled an event
audit-group-cover = Changed the cover of a group
audit-event-cover = Changed the cover of an event
audit-event-accept-cohost = Accepted to co-host an event
audit-event-decline-cohost = Declined to co-host an event, or stopped
audit-event-invite-person = Invited a member to co-host an event
audit-event-remove-person = Removed a co-host from an event
audit-series-questions = Let the following dates of a series ask the same questions
audit-series-create = Repeated an event
audit-series-always = Asked for a seat at each date of a series
audit-series-stop = Stopped asking for a seat at each date of a series
audit-series-end = Ended a series
audit-rsvp-no-show = Marked a person as a no-show
audit-rsvp-was-there = Took back the mark of a no-show
audit-series-edit = Changed several dates of a series
audit-series-cancel = Cancelled several dates of a series
audit-event-create = Created an event
audit-event-delete = Deleted a draft event
audit-event-edit = Edited an event
audit-event-export-badges = Downloaded the name badges of an event
audit-event-export-people = Downloaded the people of an event
audit-event-message = Wrote to one person of an event
audit-event-publish = Published an event
audit-event-reinstate = Reinstated an event
audit-event-subjects = Changed an event’s topics, stages or disciplines
audit-group-add = Added a member to a group
audit-group-create = Created a group
audit-hello-answer = Answered a member who said hello
audit-hello-say = Said hello to another member
audit-identity-connect = Connected a sign-in service
audit-invitation-approve = Approved an invitation request
audit-invitation-decline = Declined an invitation request
audit-invitation-claim = Accepted an invitation
audit-invitation-revoke = Withdrew an invitation
audit-invitation-send = Sent an invitation
audit-mentoring-run = Started a mentoring match
audit-mentoring-cancel-run = Cancelled a mentoring match
audit-mentoring-nightly-on = Turned on nightly matching for a mentoring round
audit-mentoring-nightly-off = Turned off nightly matching for a mentoring round
audit-mentoring-pin = Pinned a mentoring pair
audit-mentoring-forbid = Ruled out a mentoring pair
audit-mentoring-undecide = Removed a decision about a mentoring pair
audit-mentoring-publish = Published mentoring proposals
audit-mentoring-accept = Accepted a mentoring proposal
audit-mentoring-decline = Declined a mentoring proposal
audit-mentoring-measure = Warned, paused or excluded a person in a mentoring programme
audit-mentoring-appeal = Appealed against a decision in mentoring
audit-mentoring-decide-measure = Decided about a measure in mentoring
audit-mentoring-guide = Changed the guide of a mentoring programme
audit-mentoring-request = Asked a mentor directly
audit-mentoring-offer = Offered to teach a member
audit-mentoring-settle-request = Answered a direct request to a mentor
audit-mentoring-email-round = Emailed people of a mentoring round
audit-mentoring-cancel-round-email = Cancelled an email to people of a mentoring round
audit-event-link-speaker = Proposed a member as a speaker
audit-event-unlink-speaker = Removed a speaker’s link to a member
audit-event-confirm-speaker = Confirmed that they are a speaker
audit-event-remove-speaker = Said that they are not a speaker, or removed the link
audit-event-add-workshop = Gave a session seats of its own
audit-session-add-slides = Added slides to a session
audit-session-remove-slides = Removed slides from a session
audit-session-set-recording = Changed the recording of a session
audit-session-forbid-recording = Said that a session must not be recorded
audit-session-allow-recording = Allowed to record a session again
audit-agenda-set-slides-days = Changed when speakers are reminded of slides
audit-session-question-ask = Asked a question in a session
audit-session-question-withdraw = Deleted a question in a session
audit-session-question-vote = Voted for a question in a session
audit-session-question-unvote = Removed a vote for a question in a session
audit-session-question-answer = Marked a question in a session as answered
audit-session-question-remove = Hid a question in a session
audit-session-question-reopen = Reopened a question in a session
audit-session-question-set-open = Changed when questions in a session are open
audit-session-question-hide = Hid a reported question in a session
audit-session-question-show = Showed a reported question in a session again
audit-event-question = Changed the questions of an event
audit-event-answer = Answered the questions of an event
audit-demand-ask = Posted a learning request
audit-demand-support = Wanted a learning request too
audit-demand-unsupport = No longer wanted a learning request
audit-demand-claim = Offered to teach a learning request
audit-demand-release = Put a learning request back without a speaker
audit-demand-ask-host = Asked a group to host a learning request
audit-demand-decline-host = Declined to host a learning request
audit-demand-edit = Changed a learning request
audit-demand-make-event = Created a draft event for a learning request
audit-demand-withdraw = Withdrew a learning request
audit-demand-reopen = Posted a learning request again
audit-demand-remove = Removed a learning request
audit-demand-restore = Restored a learning request
audit-demand-hide = Hid a learning request
audit-demand-show = Showed a learning request again
audit-circle-open = Opened a group circle
audit-circle-join = Joined a group circle
audit-circle-leave = Left a group circle
audit-circle-close = Closed a group circle
audit-speed-round-create = Created a speed round
audit-speed-round-sign-up = Signed up for a speed round
audit-speed-round-withdraw = Withdrew from a speed round
audit-speed-round-plan = Started a plan for a speed round
audit-speed-round-publish = Published the plan of a speed round
audit-speed-round-edit = Changed a speed round
audit-speed-round-cancel = Cancelled a speed round
audit-call-open = Opened a call for proposals
audit-call-edit = Changed a call for proposals
audit-call-add-reviewer = Added a reviewer to a call
audit-call-remove-reviewer = Removed a reviewer from a call
audit-call-send-decisions = Sent the decisions of a call
audit-proposal-write = Started a proposal
audit-proposal-edit = Changed a proposal
audit-proposal-submit = Submitted a proposal
audit-proposal-withdraw = Withdrew a proposal
audit-proposal-confirm = Confirmed a session
audit-proposal-decline = Declined to give an accepted session
audit-proposal-send-to = Started a draft of a proposal for another call
audit-proposal-invite-speaker = Invited a co-speaker
audit-proposal-remove-speaker = Removed a co-speaker
audit-proposal-join = Became a co-speaker
audit-proposal-leave = Declined to be a co-speaker
audit-proposal-ask = Asked a speaker a question
audit-proposal-answer = Answered a question about a proposal
audit-proposal-decide = Decided about a proposal
audit-proposal-review = Reviewed a proposal
audit-proposal-add-to-event = Added a proposal to an event
audit-question-ask = Asked mentors a question
audit-question-pick = Picked a question
audit-question-walk-away = Walked away from a question
audit-question-put-back = Put a question back into the queue
audit-question-close = Marked a question as answered
audit-question-withdraw = Withdrew a question
audit-mentorship-change = Paused, resumed or ended a mentorship
audit-mentorship-extend = Asked to extend a mentorship, or extended it
audit-job-cancel = Cancelled a background job
audit-job-retry = Ran a background job again
audit-kudos-give = Gave kudos
audit-token-create = Created an access token
audit-token-revoke = Revoked an access token
audit-token-use = Used an access token
audit-token-give-kudos = Gave kudos with an access token
audit-kudos-edit = Edited kudos
audit-kudos-retract = Retracted kudos
audit-comment-write = Wrote a comment
audit-comment-edit = Edited a comment
audit-comment-delete = Deleted a comment
audit-comment-close = Turned comments off
audit-comment-open = Turned comments on
audit-comment-hide = Hid a comment
audit-comment-show = Unhid a comment
audit-comment-pin = Pinned a comment
audit-comment-unpin = Unpinned a comment
audit-comment-remove = Removed a comment
audit-comment-restore = Restored a comment
audit-kudos-join-board = Chose to be shown among people thanked by many
audit-kudos-leave-board = Chose not to be shown among people thanked by many
audit-kudos-thank = Added their name to kudos
audit-kudos-unthank = Removed their name from kudos
audit-kudos-hide-me = Hid themselves on kudos
audit-kudos-show-me = Unhid themselves on kudos
audit-kudos-hide = Hid kudos
audit-kudos-show = Unhid kudos
audit-email-cancel = Cancelled emails
audit-email-hold = Put waiting emails on hold
audit-email-retry = Sent emails again
audit-list-add = Added a list entry
audit-list-change = Edited a list entry
audit-list-move = Moved a list entry
audit-list-offer = Restored a list entry
audit-list-retire = Retired a list entry
audit-email-bounce = Email bounced
audit-email-clear-bounce = Asked for a test email after a bounce
audit-member-address = Confirmed an email address
audit-member-request-address = Sent a code to an email address
audit-member-block = Blocked a member
audit-member-copy = Downloaded a member’s data
audit-member-deletion = Scheduled their account’s deletion
audit-member-erase = Deleted an account
audit-member-join = Joined the community
audit-member-sign-in-email = Emailed a link to the sign-in page
audit-member-lift-suspension = Lifted a suspension
audit-member-profile = Edited a profile
audit-member-role = Changed a member’s role
audit-member-cancel-deletion = Cancelled their account’s deletion
audit-member-suspend = Suspended a member
audit-member-unblock = Unblocked a member
audit-report-appeal = Appealed a decision
audit-report-decide = Decided a report
audit-report-open = Sent a report
audit-rsvp-remove = Removed somebody from an event
audit-rsvp-hide = Hid themselves from the attendee list
audit-rsvp-leave = Gave up a seat
audit-rsvp-promote = Got a seat from the waitlist
audit-rsvp-release = Lost a seat when their account was suspended or deleted
audit-rsvp-show = Showed themselves in the attendee list
audit-rsvp-take = Signed up for an event
audit-secret-accept = Accepted a new secret
audit-schedule-import = Imported a schedule
audit-agenda-add-room = Added a room to an agenda
audit-agenda-add-session = Added a session to an agenda
audit-agenda-edit-session = Changed the title, text, track or speakers of a session
audit-agenda-bring-back = Brought back an earlier version of an agenda
audit-agenda-edit-room = Changed a room of an agenda
audit-agenda-end-screens = Stopped the screens of a room
audit-agenda-release = Released an agenda
audit-agenda-remove-room = Removed a room from an agenda
audit-agenda-remove-session = Removed a session from an agenda
audit-agenda-set-available = Set when a speaker is available
audit-sign-in-session-end = Signed out
audit-sign-in-session-start = Signed in
audit-settings-change = Changed the settings
audit-settings-text = Changed a text of the community
audit-settings-logo = Changed the logo
audit-settings-logo-removed = Removed the logo
audit-settings-sign-up = Changed who can join
audit-announcement-cancel = Cancelled an email to attendees
audit-announcement-edit = Edited an email to attendees
audit-announcement-schedule = Scheduled an email to attendees
audit-announcement-test = Sent themselves a test email
audit-event-accept-cohosting = Accepted an invitation to co-host an event
audit-event-invite-cohost = Invited another group to co-host an event
audit-event-end-cohosting = Ended co-hosting an event
audit-feed-create = Created their calendar feed
audit-feed-revoke = Deleted their calendar feed
audit-group-approve-request = Approved a request to join a group
audit-group-archive = Closed a group
audit-group-request = Requested to join a group
audit-group-decline-request = Declined a request to join a group
audit-group-decline-invitation = Declined a group invitation
audit-group-edit = Edited a group
audit-group-invite = Invited a member to a group
audit-group-invite-address = Invited someone to a group by email
audit-group-join = Joined a group
audit-group-leave = Left a group
audit-group-remove = Removed a member from a group
audit-group-reopen = Reopened a group
audit-group-role = Changed a member’s role in a group
audit-group-withdraw-request = Withdrew a request to join a group
audit-group-revoke-invitation = Withdrew a group invitation
audit-member-link = Changed their profile links
audit-member-email-preferences = Changed their email preferences
audit-member-picture = Changed their profile picture
audit-rsvp-approve = Approved a seat request
audit-rsvp-offer-fewer = Was offered fewer seats
audit-rsvp-claim = Took an offered seat
audit-rsvp-expire = Let a seat offer expire
audit-rsvp-accept-fewer = Took fewer seats
audit-rsvp-offer = Was offered a seat
audit-rsvp-online = Took an online seat while on the waitlist
audit-rsvp-move-back = Moved a member back to the waitlist
audit-rsvp-to-waitlist = Moved a member to the end of the waitlist
audit-rsvp-reorder = Moved a member along the waitlist
audit-rsvp-move-date = Moved a member to another date
audit-rsvp-override = Gave a seat above the capacity
audit-rsvp-decline = Declined a seat request
audit-mentoring-create-programme = Created a mentoring programme
audit-mentoring-edit-programme = Edited a mentoring programme
audit-mentoring-add-coordinator = Made a member a mentoring coordinator
audit-mentoring-remove-coordinator = Removed a mentoring coordinator
audit-mentoring-create-round = Created a mentoring round
audit-mentoring-edit-round = Edited a mentoring round
audit-mentoring-change-round = Opened, closed or cancelled a mentoring round
audit-mentoring-sign-up = Signed up for mentoring
audit-mentoring-withdraw = Withdrew a mentoring sign-up
audit-mentoring-invite = Invited members to become mentors
audit-mentoring-export = Exported mentoring sign-ups
audit-mentoring-import = Imported mentoring sign-ups
audit-team-create = Created a team
audit-team-edit = Edited a team

## Outbox

outbox-text = Every email is kept here until it’s sent, and for a while afterwards.
outbox-statuses = Delivery status
outbox-kinds = Kinds of email
outbox-pending = Waiting
outbox-sending = Sending
outbox-held = On hold
outbox-failed = Failed
outbox-unknown = Delivery unknown
outbox-sent = Sent
outbox-expired = Expired
outbox-cancelled = Cancelled
outbox-none = No emails here
outbox-none-text = Emails with this status will appear here. You can choose another status above.
outbox-caption = Emails, newest first
outbox-email = Email
outbox-to = To
outbox-when = When
outbox-problem = Problem
outbox-due = Send time
outbox-completed = Completed
outbox-created = Created
outbox-tries =
    { $count ->
        [one] 1 attempt
       *[other] { $count } attempts
    }
outbox-retry = Send again
outbox-retry-all =
    { $count ->
        [one] Send 1 email again
       *[other] Send { $count } emails again
    }
outbox-cancel = Cancel email
outbox-cancel-all =
    { $count ->
        [one] Cancel 1 email
       *[other] Cancel { $count } emails
    }
outbox-cancel-title = Cancel sending?
outbox-cancel-text = A cancelled email is never sent, and its recipient isn’t notified.
outbox-secret = This email contains a sign-in link, so its content is hidden.
outbox-inside = Content
outbox-unreadable = The content of this email can no longer be read.
flash-emails-retried =
    { $count ->
        [0] None of these emails can be sent again.
        [one] 1 email will be sent again.
       *[other] { $count } emails will be sent again.
    }
flash-emails-cancelled =
    { $count ->
        [0] None of these emails could be cancelled.
        [one] 1 email cancelled.
       *[other] { $count } emails cancelled.
    }
cause-recipient = The mail server refused this address.
cause-sender = The mail server doesn’t accept email from our address. Check the setting mail_from.
cause-refused = The mail server refused this email.
cause-password = The mail server didn’t accept our username and password. Check the setting smtp_url.
cause-tls = We couldn’t make a secure connection to the mail server, so nothing was sent.
cause-slow = The mail server didn’t respond in time.
cause-cut = The connection was lost before the mail server confirmed this email.
cause-stopped = Guildhall was stopped while it was sending this email.
cause-expired = It’s too late for this email to be useful.
cause-restored = This email was waiting in a backup that was restored. It may have been sent before.
cause-hold = This email was put on hold from the command line.
cause-address = The email address isn’t valid.
cause-broken = This email couldn’t be created, because of a bug in Guildhall.
cause-other = Something else went wrong.

## Background jobs

jobs-text = Work that Guildhall does in the background. A failed job runs again after a day, or when you try it again. If the work of a cancelled job is still due a day later, it gets a new job.
jobs-states = State of the job
job-state-pending = Waiting
job-state-running = Running
job-state-failed = Failed
job-state-done = Finished
job-state-cancelled = Cancelled
jobs-none = No jobs here
jobs-none-text = Jobs in this state will appear here. You can choose another state above.
jobs-caption = Background jobs
jobs-job = Job
jobs-due = Runs next
jobs-started = Started
jobs-ended = Ended
jobs-attempts = Attempts
jobs-progress = Progress
jobs-done = { $done } done
jobs-done-of = { $done } of { $total } done
jobs-problem = Last error
jobs-retry = Try again
jobs-run-now = Run now
jobs-cancel = Cancel job
flash-job-retried = Job queued. It will run in a moment.
flash-job-cancelled = Job cancelled.
job-kind-comment-notice = Notify people of a comment
job-kind-comment-news = Send emails about busy conversations
job-kind-kudos-webhook = Post public kudos to the chat
job-kind-call-decisions = Tell speakers about decisions
job-kind-confirm-reminder = Remind speakers to confirm
job-kind-agenda-news = Email people about a new agenda
job-kind-speed-plan = Plan a speed round
job-kind-mentoring-cancelled = Send emails about a cancelled mentoring round
job-kind-series-seats = Give seats at the new date of a series
job-kind-series-ask = Ask members who missed dates of a series
job-kind-series-edit = Change several dates of a series
job-kind-series-news = Send emails about the changes of a series
job-kind-new-questions = Ask people with a seat to answer new questions
job-kind-series-dates = Create the next dates of a series
job-kind-offers = Give free seats to the waitlist
job-kind-changes = Send emails about event changes
job-kind-notice-requests = Tell hosts about seat requests
job-kind-notice-cancellation = Send emails about a cancelled event
job-kind-reminder-day = Send reminders a day before an event
job-kind-reminder-hour = Send reminders an hour before an event
job-kind-announcement = Send an email to attendees
job-kind-mentoring-proposal = Remind people of a mentoring proposal, or end it
job-kind-slides-reminder = Remind speakers of slides
job-kind-demand-invitations = Invite people to events that they asked for
job-kind-question = Close questions to mentors when their time is over
job-kind-round-email = Send emails of mentoring coordinators
job-kind-mentor-request = End direct requests to mentors that nobody answered
job-kind-mentorship = Remind mentoring pairs, and ask how they are
job-kind-mentoring-run = Match mentees with mentors
job-kind-mentoring-rematch = Match a mentoring round again at night
job-kind-mentoring-pricing = Check the pairs that a mentoring draft left out
job-kind-mentoring-close = Close sign-up for a mentoring round
job-kind-mentoring-review = Email people what a mentoring match will use
job-kind-deletion = Delete an account
job-kind-erased-quotes = Delete emails that quote deleted texts
job-kind-scrub = Remove deleted data from the database file
job-kind-prune-group-invitations = Delete expired group invitations
job-kind-prune-invitation-requests = Delete old invitation requests
job-kind-prune-emails = Delete old emails
job-kind-prune-sign-ins = Delete expired sign-ins
job-kind-prune-notifications = Delete old notifications
job-kind-prune-hellos = Delete old messages between members
job-kind-prune-jobs = Delete finished jobs from this list
job-kind-search-index = Rebuild the search index
job-kind-weekly-kudos = Send the kudos of the week
job-kind-digest = Send a digest

## Kudos to review

admin-kudos-text = These kudos of the last 90 days may have been arranged. Nothing happens to them by itself. Talk to the people first.
admin-kudos-none = Nothing to review
admin-kudos-none-text = Members who only give kudos to each other will appear here.
admin-kudos-ring = { $people } members gave { $count } kudos to each other, and hardly any to others.
admin-kudos-burst = { $name } received { $count } kudos within a day, from { $people ->
    [one] one member
   *[other] only { $people } members
}.
