## Event lists

events-title = Events
events-about = Talks, demos, workshops, security reviews, office hours and more.
events-views = Event views
events-upcoming = Upcoming
events-month = Month
events-week = Week
events-past = Past
events-navigation = Calendar navigation
events-earlier = ← Earlier
events-later = Later →
events-today = Today
events-filter = Filter
events-active-filters = Active filters
events-remove-filter = Remove filter:
events-apply-filters = Apply filters
events-clear-filters = Clear filters
events-any-kind = Any type
events-any-group = Any group
events-any-place = Any venue
events-place = Venue
events-in-person = In person
events-discipline = Discipline
events-any-discipline = Any discipline
events-topic = Topic
events-any-topic = Any topic
events-stage = Stage
events-any-stage = Any stage
events-seats-available = Seats available
events-mine = My events
events-none-in-period = No events in this period. Try an earlier or later one.
events-no-such-page = No more events
events-no-such-page-text = There are no events on this page of the list.
events-first-page = Go to first page
events-no-results = No results
events-no-results-text = Remove a filter, or shorten your search.
events-new = Create event
events-none = No upcoming events
events-none-text = Events you can join will appear here. Until then, you can browse past events.
events-none-host-text = Create the first event. It stays a draft until you publish it.
events-none-past = No past events yet
events-none-past-text = When an event is over, you’ll find it here with its agenda.
events-not-all = This calendar doesn’t show all events. Use filters to find the others.

## Types and badges

event-kind-talk = Talk
event-kind-demo = Demo
event-kind-workshop = Workshop
event-kind-security-review = Security review
event-kind-office-hours = Office hours
event-kind-social = Social
event-badge-draft = Draft
event-badge-cancelled = Cancelled
event-badge-going = You have a seat
event-badge-waiting = On the waitlist
event-badge-offered = A seat is held for you
event-badge-pending = Seat requested
event-badge-had = You had a seat
event-badge-full = Full
event-badge-room-full = Online seats only
event-badge-now = Happening now

card-seats =
    { $capacity ->
        [one] { $going } of 1 seat taken
       *[other] { $going } of { $capacity } seats taken
    }
card-seats-over =
    { $capacity ->
        [one] { $going } of 1 seat taken, over capacity by { $over }
       *[other] { $going } of { $capacity } seats taken, over capacity by { $over }
    }
card-seats-open = { $going } going
card-seats-past =
    { $going ->
        [one] 1 seat taken
       *[other] { $going } seats taken
    }
card-waiting = { $waiting } on the waitlist

## Event page

event-when = When
event-where = Where
event-seat = Your seat
event-online = Online
event-rooms = See the agenda for rooms
event-join = Join online
event-join-later = People with an online seat will see the meeting link here.
event-map = Show on a map
event-keep = Add to calendar
event-share = Share
event-share-copied = Link copied.
event-keep-file = Calendar file (.ics)
event-address = Link to this page
event-host = Hosted by { $name }
event-about = Topics
event-disciplines = Especially for
event-draft = This is a draft. Only its hosts and admins can see it.
event-cancelled = This event is cancelled.
event-tools = Host tools
event-publish = Publish
event-reinstate = Reinstate event
event-edit = Edit event
event-people = Manage attendees
event-cancel = Cancel event
event-requests =
    { $n ->
        [one] 1 seat request needs your answer.
       *[other] { $n } seat requests need your answer.
    }
event-over-capacity =
    { $over ->
        [one] Over capacity by 1 seat. Everyone keeps their seat, and the waitlist pauses until there is room.
       *[other] Over capacity by { $over } seats. Everyone keeps their seat, and the waitlist pauses until there is room.
    }

## Your seat

seat-draft = People can take a seat once this event is published.
seat-cancelled = This event won’t take place.
seat-cancelled-mine = Your seat is cancelled too. You don’t need to do anything.
seat-past = This event is over.
seat-past-mine = This event is over. You had a seat.
seat-going = You have a seat
seat-waiting =
    { $position ->
        [one] You’re next on the waitlist
       *[other] You’re number { $position } on the waitlist
    }
seat-going-online = You have an online seat
seat-offered = A seat is held for you
seat-held-until = Held until
seat-accept = Accept seat
seat-decline = Decline seat
seat-pending = You requested a seat
seat-pending-age =
    { $days ->
        [0] You sent the request today, { $date }. You don’t have a seat until the organiser approves it.
        [one] You sent the request yesterday, { $date }. You don’t have a seat until the organiser approves it.
       *[other] You sent the request { $days } days ago, on { $date }. You don’t have a seat until the organiser approves it.
    }
seat-withdraw = Withdraw my request
seat-declined = Your request was declined
seat-frozen = This event starts soon. If a seat frees up, we’ll hold it for you and email you.
seat-fewer =
    { $free ->
        [one] You’re waiting for { $seats } seats. 1 seat is free now, but it isn’t reserved. Take it, or stay on the waitlist for { $seats } seats.
       *[other] You’re waiting for { $seats } seats. { $free } seats are free now, but they aren’t reserved. Take them, or stay on the waitlist for { $seats } seats.
    }
seat-fewer-until = Answer by
seat-fewer-take = Take fewer seats
seat-fewer-choose = Save my choice
seat-some-free =
    { $free ->
        [one] 1 seat is free now. To bring guests, join the waitlist.
       *[other] { $free } seats are free now. For more seats, join the waitlist.
    }
seat-sign-up = Sign up
seat-party = Number of seats
seat-choice-now =
    { $seats ->
        [one] 1 seat: available now
       *[other] { $seats } seats: available now
    }
seat-choice-wait =
    { $seats ->
        [one] 1 seat: join the waitlist
       *[other] { $seats } seats: join the waitlist
    }
seat-choice-guests-wait =
    { $seats ->
        [one] 1 seat: join the waitlist
       *[other] { $seats } seats: your extra guests join the waitlist
    }
seat-choice-same =
    { $seats ->
        [one] 1 seat: no change
       *[other] { $seats } seats: no change
    }
seat-online-meanwhile = You have an online seat while you wait for one in person.
seat-online-offer = An online seat is free. You can take it and stay on the waitlist for a seat in person.
seat-online-take = Take online seat
seat-guests-waiting =
    { $extra ->
        [one] You keep your seat. 1 more guest is number { $position } on the waitlist.
       *[other] You keep your seat. { $extra } more guests are number { $position } on the waitlist.
    }
seat-closes = Sign-up closes
seat-in-days = (in { $n } days)
seat-in-hours = (in { $n } hours)
seat-in-minutes =
    { $n ->
        [0] (now)
        [one] (in 1 minute)
       *[other] (in { $n } minutes)
    }
seat-by-approval = The organiser approves each request. You don’t have a seat until then.
seat-request = Request a seat
seat-full-room = All in-person seats are taken. Join online, or wait for a seat in person.
seat-full-offer = This event is full. When a seat frees up, we hold it for the next person on the waitlist and email them.
seat-way = How you’ll attend
seat-way-room = In person
seat-way-online = Online
seats-online = Online: { $seats }
seat-with-guests =
    { $guests ->
        [one] You’re bringing 1 guest.
       *[other] You’re bringing { $guests } guests.
    }
seat-full = This event is full. Join the waitlist, and we’ll email you when you get a seat.
seat-take = Take a seat
seat-wait = Join the waitlist
seat-change = Save changes
seat-leave = Give up my seat
seat-leave-waitlist = Leave the waitlist
seat-guests = Guests
seat-guests-choice =
    { $guests ->
        [0] Just me
        [one] Me and 1 guest
       *[other] Me and { $guests } guests
    }
seat-sign-in = Sign in to take a seat
seat-sign-in-wait = Sign in to join the waitlist
seat-register-help = We’ll email you a link to confirm. You don’t need a password.
seat-register-member = Already a member? Sign in
seat-opens = Sign-up opens
seat-over =
    { $over ->
        [one] Over capacity by 1 seat.
       *[other] Over capacity by { $over } seats.
    }
# The browser fills in these numbers. Only the capacity when the page was loaded chooses "seat" or "seats".
seats-limited =
    { $seats ->
        [one] { $going } of { $capacity } seat taken
       *[other] { $going } of { $capacity } seats taken
    }
seats-over = over capacity by { $over }
seats-unlimited = { $going } going, no limit
seats-waiting = { $waiting } on the waitlist
seat-link-event = Open event page
seat-link-none = You don’t have a seat at this event, and you aren’t on the waitlist.

## Attendees

attendees-title = Attendees
attendees-count =
    { $count ->
        [one] 1 attendee
       *[other] { $count } attendees
    }
attendees-count-groups =
    { $count ->
        [one] 1 attendee, from your groups
       *[other] { $count } attendees, { $groups } from your groups
    }
attendees-guests =
    { $guests ->
        [one] With 1 guest
       *[other] With { $guests } guests
    }
attendees-none = No attendees to show
attendees-none-text = People with a seat will appear here, unless they hide themselves.
attendees-visible-hosts = Visible to hosts only.
attendees-visible-attendees = Visible to attendees. People who opted out aren’t shown.
attendees-visible-members = Visible to all members. People who opted out aren’t shown.
attendees-shown = Others can see that you’re going.
attendees-hidden = Only the hosts can see that you’re going.
attendees-hide-me = Hide me from the list
attendees-show-me = Show me in the list
field-attendee-list = Who can see the attendees
help-attendee-list = Attendees can still hide themselves from the list.
attendee-list-nobody = Hosts only
attendee-list-attendees = Attendees
attendee-list-members = All members
flash-attendee-shown = You’re shown in the attendee list.
flash-attendee-hidden = You’re hidden from the attendee list. Only the hosts can see your seat.

## Managing attendees, for hosts

people-title = Manage attendees
people-which = Attendee lists
people-going = With a seat: { $n }
people-waiting = On the waitlist: { $n }
people-pending = Requests: { $n }
people-declined = Declined or removed: { $n }
people-left = Left: { $n }
people-all = All: { $n }
people-seats-taken =
    { $going ->
        [one] 1 seat taken, with guests
       *[other] { $going } seats taken, with guests
    }
people-seats-wanted = { $waiting } wanted on the waitlist
people-search = Name
people-search-send = Search
people-search-clear = Clear search
people-nobody-found = Nobody in this list has this name.
people-state-pending = Request
people-state-going = Going
people-state-offered = Offered a seat
people-state-waiting = On the waitlist
people-state-left = Left
people-state-declined = Declined or removed
people-select = Select { $name }
people-approve-selected = Approve selected
people-move = Move selected people
people-move-select-help = Select people in the list first. We’ll email everyone who moves.
people-move-seats = Give seats
people-move-over = Even if no seat is free
people-move-waitlist = Move to the waitlist
people-move-date = Date
people-move-date-send = Move to this date
people-move-date-free =
    { $free ->
        [0] full
        [one] 1 seat free
       *[other] { $free } seats free
    }
people-position = Number { $position } on the waitlist
people-position-change = Move on the waitlist…
people-position-label = New position
people-position-send = Move
people-approve-selected-help = When the event is full, people join the waitlist.
people-message-link = Message
people-message-to = Message { $name }
people-no-show = Did not come
people-no-show-of = { $name } did not come
people-was-there = Was there
people-was-there-of = { $name } was there
people-is-no-show = Did not come
people-remove = Remove…
people-remove-reason = Reason, for the email (optional)
people-remove-send = Remove from event
people-export = Download as CSV
people-export-help = A spreadsheet with names, status, guests and messages. It has no email addresses.
people-badges = Download name badges
people-badges-help = A spreadsheet with the names, pronouns, headlines and roles of hosts, speakers, attendees and guests. It only has what people show to members.
people-badges-most = The file has the first { $count } people only.
badges-csv-name = Name
badges-csv-pronouns = Pronouns
badges-csv-headline = Headline
badges-csv-role = Role
badges-guest-of = Guest of { $name }
badges-role-host = Host
badges-role-speaker = Speaker
badges-role-attendee = Attendee
badges-role-guest = Guest
people-csv-name = Name
people-csv-status = Status
people-csv-guests = Guests
people-csv-attends = Attends
people-csv-since = Since
people-csv-message = Message
host-message-title = Message { $name }
host-message-lead = Write an email to
host-message-text = Message
host-message-replies = Replies
host-message-reply = Send replies to { $address }. Only then can this person see your address.
host-message-send = Send message
people-nobody = This list is empty.
people-unreachable =
    { $all ->
        [one] Emails to the only person on your lists bounce.
       *[other] Emails to { $n } of { $all } people bounce.
    }
people-unreachable-do = They’ll see a warning when they sign in. Until then, reach them another way or update the event page.
people-name = Name
people-details = Details
people-since = Since
people-actions = Actions
people-no-name = No name yet
people-age =
    { $days ->
        [0] (today)
        [one] (1 day ago)
       *[other] ({ $days } days ago)
    }
people-guests =
    { $guests ->
        [0] No guests
        [one] 1 guest
       *[other] { $guests } guests
    }
people-online-too = Online until a seat in person is free
people-guests-waiting =
    { $extra ->
        [one] 1 more guest on the waitlist
       *[other] { $extra } more guests on the waitlist
    }
people-held = held until
people-skipped = skipped { $n } times, because too few seats were free
people-approve = Approve
people-approve-name = Approve { $name }
people-approve-waitlist = Add to waitlist
people-approve-override = Give a seat anyway
people-decline = Decline…
people-message = Message (optional)
people-decline-send = Decline request
people-over-title = Over capacity
people-bump = Move people to the waitlist…
people-bump-who = These people were the last to get a seat. They’ll move to the top of the waitlist, and we’ll email them an apology:
people-bump-type =
    { $over ->
        [one] To confirm, type 1 (the number of seats over capacity):
       *[other] To confirm, type { $over } (the number of seats over capacity):
    }
people-bump-send = Move to waitlist
people-seats-count =
    { $seats ->
        [one] 1 seat
       *[other] { $seats } seats
    }

## Agenda

agenda-title = Agenda
agenda-calendars = Subscribe in your calendar
agenda-calendars-help = Copy one of these addresses into your calendar app. Sessions move there when the agenda changes.
agenda-calendar-all = The whole agenda
agenda-files = For conference apps:
agenda-days = Days
agenda-zone = Times are in the event’s time zone: { $there }.
agenda-zone-yours = Times are in your time zone: { $here }.
agenda-until = until { $time }
agenda-do-not-record = Not recorded, at the speakers’ request.
agenda-session = View session
agenda-save = Save
agenda-save-label = Save “{ $title }” for my agenda
agenda-saved = Saved
agenda-saved-label = Saved: “{ $title }”. Remove it from my agenda
agenda-overlaps = Overlaps with “{ $title }”, which you saved too.
agenda-sign-in = Sign in to save sessions
agenda-mine = My agenda
agenda-mine-count =
    { $n ->
        [0] No sessions saved yet
        [one] One saved session
       *[other] { $n } saved sessions
    }
agenda-mine-lead = Only you can see which sessions you saved. If one of them moves, we’ll email you.
agenda-mine-none = No saved sessions yet
agenda-mine-none-text = Save sessions in the agenda, and they’ll appear here and in your private calendar.
agenda-mine-no-agenda-text = This event has no agenda yet. When it has one, you can save sessions and find them here.
agenda-mine-calendar = Add my agenda to my calendar
agenda-view = View the agenda
agenda-view-event = View the event
now-title = Now and next
now-mine = Your sessions
now-now = Now
now-next = Next
now-until = Until
now-left =
    { $n ->
        [one] 1 minute left
       *[other] { $n } minutes left
    }
now-ahead =
    { $n ->
        [one] in 1 minute
       *[other] in { $n } minutes
    }
screen-empty = No more sessions in this room.
agenda-clashes =
    { $n ->
        [one] Two sessions overlap
       *[other] { $n } pairs of sessions overlap
    }
agenda-clashes-more =
    { $n ->
        [one] One more pair overlaps.
       *[other] { $n } more pairs overlap.
    }
agenda-its-page = Session page on the organiser’s website

## Event forms

form-event-new = Create event
form-event-like = We’ve copied the time, venue and settings of the last event. Change anything that’s different this time.
form-event-copy = This is a copy of { $title }. Choose a date, and change anything that’s different.
event-duplicate = Duplicate
event-delete = Delete draft
form-event-new-text = Save a draft to preview the event. Only its hosts and admins see it until you publish it.
form-event-create = Save draft
form-delete-title = Delete { $title }?
form-delete-text = It isn’t published. Once it’s deleted, you can’t get it back.
form-delete = Delete draft
form-delete-keep = Keep draft
form-event-edit = Edit event
form-event-edit-text = If you change the time or venue, we’ll email everyone with a seat or on the waitlist.
form-event-what = What
form-event-when = When and where
form-event-seats = Seats and guests
form-event-seating = More seat settings
form-event-about = Topics, stages and disciplines
form-session-about = Topics, stages and disciplines of this session
form-event-save-topics = Save topics
seating-open = First come, first served
seating-approval = The organiser approves each request
seating-automatic = Give it to the next person on the waitlist
seating-offer = Hold it until the next person on the waitlist accepts
form-cancel-title = Cancel this event?
form-cancel-told =
    { $going ->
        [0] Nobody has a seat yet
        [one] 1 seat is taken
       *[other] { $going } seats are taken
    } and { $waiting ->
        [0] nobody is on the waitlist.
        [one] 1 person is on the waitlist.
       *[other] { $waiting } are on the waitlist.
    } Two minutes after you cancel, we email everyone affected and remove the event from their calendars.
form-cancel-undo = If you undo it before then, nobody gets an email.
form-cancel = Cancel event
form-cancel-keep = Keep event
field-q = Search
field-title = Title
field-kind = Type
field-summary = Summary
field-description = Description
field-group = Group
field-group-none = No group
field-date = Date
field-time = Start time
field-minutes = Length in minutes
field-end-time = End time
field-end-date = Last day
help-end-date = Only if it ends on another day.
field-zone = Time zone
field-place = Venue
field-join-url = Online meeting link
field-capacity = Seats
field-guests-max = Guests per person
field-approval = How people get a seat
field-promotion = When a seat frees up
field-hold-minutes = Hold a seat for (minutes)
field-freeze-minutes = Stop filling seats automatically (minutes before start)
field-online-capacity = Online seats
field-opens = Sign-up opens
field-closes = Sign-up closes
field-reason = Reason
field-stages = Stages
card-faces = Going:
card-workshops = Your workshops
cover-title = Cover
cover-generated = This event has a generated cover. You can upload a picture instead.
cover-own = This event has your own picture as its cover.
cover-own-group = This group has your own picture as its cover.
cover-generated-group = This group has a generated cover. You can upload a picture instead.
cover-file = Choose a picture
cover-file-help = JPEG, PNG or WebP, up to 5 MB, best at 1,280 × 720 pixels or larger. We crop it to 16:9, and remove hidden data such as where it was taken.
cover-save = Save cover
cover-remove = Remove picture
field-alternative = What does the picture show?
help-alternative = For people who can’t see it, for example “Twenty people around a long table”. Leave empty if it’s only decoration.
help-event-disciplines = Choose the disciplines this is most useful for. Leave empty if it’s for everyone.
help-event-topics = Choose up to five.
help-summary = One sentence for lists and invitations.
help-description = You can use **bold**, *italic*, links and lists. Leave an empty line between paragraphs.
help-zone = A city or a time zone, for example Berlin or Europe/London. The start time stays the same when the clocks change.
help-place = An address or a room. Leave empty if the event is online only.
help-join-url = An https:// address. Only people with an online seat see it. If you also enter a venue, people choose how to attend.
help-capacity = Leave empty for no limit.
help-guests-max = How many guests each person can bring. Each guest takes a seat.
help-promotion = Shortly before the start, we always hold the seat, so that nobody gets one without noticing.
help-hold-minutes = Leave empty for 12 hours. We never hold a seat for more than half the time left until the start.
help-freeze-minutes = From then on, we hold each free seat until the next person on the waitlist accepts it. Leave empty for 180 minutes, or 0 for online seats.
help-online-capacity = In addition to in-person seats. Leave empty for no limit.
help-opens = Leave empty to open sign-up immediately.
help-closes = Leave empty to keep sign-up open until the event ends.
help-reason = People see this in the email and on the event page.

## Confirmations

flash-event-created = Draft saved. Publish it when it’s ready.
flash-draft-deleted = Draft deleted.
flash-event-saved = Changes saved.
flash-cover-saved = Cover updated.
flash-cover-removed = Picture removed. The event has a generated cover again.
flash-event-moved =
    { $count ->
        [0] Changes saved. No emails are sent.
        [one] Changes saved. 1 person gets an email about the new time or venue within minutes.
       *[other] Changes saved. { $count } people get an email about the new time or venue within minutes.
    }
flash-event-renamed =
    { $count ->
        [one] Changes saved. 1 person gets the new title by email and in their calendar within minutes.
       *[other] Changes saved. { $count } people get the new title by email and in their calendars within minutes.
    }
flash-event-saved-gap = Saved. The clocks change that day and skip the time you entered, so the event starts later. Check the new start time.
flash-event-saved-fold = Saved. The clocks change that day, so this time happens twice. The event starts the first time. Check that this is right.
flash-event-published = Event published. Everyone can see it and take a seat.
flash-event-published-approval = Event published. Everyone can see it and request a seat.
flash-event-published-group = Event published. Only members of the group can see it and take a seat.
flash-event-published-group-approval = Event published. Only members of the group can see it and request a seat.
flash-event-cancelled =
    { $count ->
        [0] Event cancelled. No emails are sent.
        [one] Event cancelled. 1 person gets an email in two minutes, unless you undo it.
       *[other] Event cancelled. { $count } people get an email in two minutes, unless you undo it.
    }
flash-event-reinstated =
    { $count ->
        [0] Event reinstated. No emails are sent.
        [one] Event reinstated. 1 person gets an email.
       *[other] Event reinstated. { $count } people get an email.
    }
flash-rsvp-going = Seat confirmed. We’ve emailed you a calendar invitation.
flash-rsvp-waiting = You’re on the waitlist. We’ll email you when you get a seat.
flash-rsvp-waiting-some =
    { $count ->
        [one] You’re on the waitlist. 1 seat is free now. Take it below, or wait for all your seats.
       *[other] You’re on the waitlist. { $count } seats are free now. Take them below, or wait for all your seats.
    }
flash-rsvp-requested = Request sent. We’ll email you the organiser’s answer.
flash-rsvp-guests-waiting = You keep your seat. Your extra guests are on the waitlist until there are seats for all of them.
flash-rsvp-online-too = You have an online seat, and you’re still on the waitlist for a seat in person.
flash-approved = Seat confirmed. We’ll email this person.
flash-approved-held = Request approved. We’ll email this person. The seat is theirs when they have answered the questions.
flash-approved-waiting = Request approved. This person is on the waitlist, and we’ll email them.
flash-approved-none = Select at least one request.
flash-approved-gone =
    { $count ->
        [one] This request isn’t waiting any more. It was withdrawn or answered.
       *[other] These { $count } requests aren’t waiting any more. They were withdrawn or answered.
    }
flash-approved-selected =
    { $count ->
        [one] 1 seat confirmed. We’ll email this person.
       *[other] { $count } seats confirmed. We’ll email these people.
    }
flash-approved-selected-waiting =
    { $count ->
        [one] Requests approved. The event is full, so 1 person is on the waitlist.
       *[other] Requests approved. The event is full, so { $count } people are on the waitlist.
    }
flash-move-nobody = Select at least one person.
flash-move-no-seat =
    { $count ->
        [one] No seat is free for this person. To give a seat anyway, tick “Even if no seat is free”.
       *[other] No seat is free for these { $count } people. To give seats anyway, tick “Even if no seat is free”.
    }
flash-move-seats =
    { $count ->
        [one] 1 person has a seat now. We’ll email them.
       *[other] { $count } people have a seat now. We’ll email them.
    }
flash-move-seats-some =
    { $count ->
        [one] Seats given. 1 person is still on the waitlist, because no seat is free.
       *[other] Seats given. { $count } people are still on the waitlist, because no seat is free.
    }
flash-move-waitlist =
    { $count ->
        [one] 1 person moved to the end of the waitlist. We’ll email them.
       *[other] { $count } people moved to the end of the waitlist. We’ll email them.
    }
flash-move-date =
    { $count ->
        [one] 1 person moved to the other date. We’ll email them.
       *[other] { $count } people moved to the other date. We’ll email them.
    }
flash-move-date-waiting =
    { $count ->
        [one] Moved to the other date. It’s full, so 1 person is on its waitlist.
       *[other] Moved to the other date. It’s full, so { $count } people are on its waitlist.
    }
flash-move-date-some =
    { $count ->
        [one] Moved to the other date, except for 1 person who already takes part there.
       *[other] Moved to the other date, except for { $count } people who already take part there.
    }
flash-move-date-stayed =
    { $count ->
        [one] This person already takes part on the other date.
       *[other] These { $count } people already take part on the other date.
    }
flash-waitlist-moved = Moved to position { $count } on the waitlist.
flash-no-show = Marked as a no-show. Only hosts see this.
flash-was-there = The mark is gone.
flash-removed = Removed from the event. We’ll email this person.
flash-host-message-sent = Message sent.
flash-declined = Request declined. We’ll email this person.
flash-moved-back =
    { $count ->
        [0] Nobody had to move.
        [one] 1 person moved to the top of the waitlist. We’ll email them.
       *[other] { $count } people moved to the top of the waitlist. We’ll email them.
    }
flash-session-saved = Session saved for your agenda.
flash-session-not-saved = Session removed from your agenda.
flash-event-left = You’re no longer signed up. Thanks for letting us know.

## Questions to people who register
event-questions-title = Questions
event-questions-lead = Ask people who register for this event. Only the hosts and each person themselves see the answers.
event-questions-none = No questions yet
event-questions-none-text = Questions that you add will appear here.
event-questions-full = This event has ten questions, which is the most. Remove one to add another.
question-new = New question
question-change = Change question
question-add = Add question
question-edit = Edit
question-up = Move up
question-down = Move down
question-remove = Remove
question-of-event = Question
help-question-of-event = For example “What do you eat?” or “What do you hope to learn?”
question-kind = Answer
question-kind-line = One line of text
question-kind-text = Several lines of text
question-kind-one = One of several options
question-kind-several = Any of several options
question-kind-yes-no = Yes or no
question-options = Options
help-question-options = Write each option on its own line.
question-needs = Does everybody have to answer?
question-is-required = Yes. A seat is held until it is answered.
question-is-optional = No
help-question-needs = People who have a seat already keep it. We email them once and ask for an answer.
questions-unanswered =
    { $people ->
        [one] 1 person with a seat hasn’t answered every required question.
       *[other] { $people } people with a seat haven’t answered every required question.
    }
questions-emailed-at = We’ll email them on
question-required = Required
question-optional = Optional
question-answers =
    { $count ->
        [0] No answers
        [one] { $count } answer
       *[other] { $count } answers
    }
question-answered = People have answered this. Their answers stay, with the wording that they read.
answers-title = Questions from the organiser
answers-lead = Only the hosts of the event and you see your answers. You can change them until the event starts.
answers-none = No questions
answers-none-text = The organiser hasn’t asked anything.
answers-over = The event has started, so answers can’t be changed any more.
answers-held-until = A seat is held for you. Answer the required questions to confirm it, before
answers-confirm = Confirm my seat
answers-save = Save answers
answers-yes = Yes
answers-no = No
answers-earlier = Earlier answers
answers-earlier-text = The organiser changed or removed these questions after you had answered.
answers-later = The organiser asks a few questions. You answer them in the next step.
answers-needed = Answer the organiser’s questions to confirm your seat.
answers-wanted = The organiser asks a few questions.
answers-go = Answer the questions
answers-change = See or change your answers
flash-question-saved = Questions saved.
flash-seat-held = A seat is held for you. Answer the organiser’s questions to confirm it.
flash-answers-seat = Seat confirmed.
flash-answers-saved = Answers saved.
