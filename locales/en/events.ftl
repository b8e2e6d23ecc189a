## Lists

events-title = Events
events-about = What is on: talks, demos, workshops, security reviews, office hours.
events-which = Which events
events-coming = Coming
events-month = Month
events-week = Week
events-past = Past
events-turn = Other weeks
events-earlier = ← Earlier
events-later = Later →
events-today = Today
events-narrow = Narrow down
events-narrowed = Only these are shown
events-without = Without
events-show = Show
events-all = Show all
events-any-kind = Any kind
events-any-group = Any group
events-any-place = Anywhere
events-place = Place
events-on-site = On site
events-free = With a free seat
events-mine = Mine
events-none-then = Nothing is on in these weeks. Look earlier or later.
events-none-more = The list ends before this page
events-none-more-text = Start again from its first page.
events-first = First page
events-none-such = Nothing fits
events-none-such-text = Take one of the conditions back, or look at all of them.
events-new = New event
events-none = Nothing is planned yet
events-none-text = As soon as an organiser plans something, it stands here. Have a look at what there was.
events-none-host-text = Plan the first one: it stays a draft until you publish it.
events-none-past = Nothing was here yet
events-none-past-text = When an event is over, it stays here with its agenda.

## Kinds and badges

event-kind-talk = Talk
event-kind-demo = Demo
event-kind-workshop = Workshop
event-kind-security-review = Security review
event-kind-office-hours = Office hours
event-kind-social = Social
event-badge-draft = Draft
event-badge-cancelled = Cancelled
event-badge-going = You have a seat
event-badge-waiting = You wait
event-badge-had = You had a seat
event-badge-full = Full
event-badge-now = On now

card-seats = { $going } of { $capacity } seats
card-seats-open =
    { $going ->
        [one] One comes
       *[other] { $going } come
    }
card-seats-were =
    { $going ->
        [one] One seat taken
       *[other] { $going } seats taken
    }
card-waiting = { $waiting } waiting

## An event

event-when = When
event-where = Where
event-seat = My seat
event-online = Online
event-rooms = Several rooms: see the agenda
event-join = Join online
event-join-later = The link is shown here to those who have a seat.
event-host = Hosted by { $name }
event-draft = This is a draft: only its hosts and administrators see it.
event-cancelled = This event is cancelled.
event-tools = For hosts
event-publish = Publish
event-reinstate = Reinstate
event-edit = Edit
event-cancel = Cancel this event
event-over-host =
    { $over ->
        [one] One seat more is taken than there are now. Nobody loses theirs; nobody moves up until one is free.
       *[other] { $over } seats more are taken than there are now. Nobody loses theirs; nobody moves up until some are free.
    }

## My seat

seat-draft = Seats can be taken once this is published.
seat-cancelled = There are no seats to take.
seat-past = This is over.
seat-past-mine = This is over. You had a seat.
seat-going = You have a seat
seat-waiting =
    { $position ->
        [one] You are next on the waitlist
       *[other] You are number { $position } on the waitlist
    }
seat-with-guests =
    { $guests ->
        [one] One guest comes with you.
       *[other] { $guests } guests come with you.
    }
seat-full = All seats are taken. When one is given back, the waitlist moves up by itself and you get a mail.
seat-take = Take a seat
seat-wait = Join the waitlist
seat-change = Change guests
seat-leave = Give my seat back
seat-leave-waitlist = Leave the waitlist
seat-guests = Guests
seat-guests-choice =
    { $guests ->
        [0] Just me
        [one] Me and one guest
       *[other] Me and { $guests } guests
    }
seat-sign-in = Sign in to take a seat
seat-sign-in-wait = Sign in to join the waitlist
seat-opens = Seats can be taken from
seat-over =
    { $over ->
        [one] One seat more is taken than there are.
       *[other] { $over } seats more are taken than there are.
    }
# Set in by the browser: no plural forms here.
seats-limited = { $going } of { $capacity } seats taken
seats-unlimited = Seats taken: { $going }, without a limit
seats-waiting = { $waiting } waiting

## Who comes

attendees-title = Who comes
attendees-some =
    { $count ->
        [one] One member
       *[other] { $count } members
    }
attendees-guests =
    { $guests ->
        [one] With one guest
       *[other] With { $guests } guests
    }
attendees-none = Nobody is on this list
attendees-none-text = Who takes a seat stands here, unless they keep themselves out.
attendees-seen-nobody = Only who looks after this event sees this list.
attendees-seen-attendees = Those who come see this list, but for who keeps out of it.
attendees-seen-members = Every member sees this list, but for who keeps out of it.
attendees-shown = Others see that you come.
attendees-hidden = Others do not see that you come; the hosts do.
attendees-hide-me = Keep me out
attendees-show-me = Show me
field-attendee-list = Who sees who comes
help-attendee-list = Each of them may still keep themself out of the list.
attendee-list-nobody = Only the hosts
attendee-list-attendees = Those who come
attendee-list-members = Every member
said-attendee-shown = Others see that you come.
said-attendee-hidden = You are not on the list any more. The hosts still see your seat.

## Agenda

agenda-title = Agenda
agenda-days = Days
agenda-zone = Times as clocks on site show them: { $there }.
agenda-zone-differs = Times as clocks on site show them: { $there }. Yours: { $here }.
agenda-for-you = { $time } for you
agenda-until = until { $time }
agenda-do-not-record = Not recorded, at the speakers’ wish.
agenda-its-page = Its page at the publisher

## The forms of hosts

form-event-new = New event
form-event-new-text = It stays a draft, seen by you and administrators alone, until you publish it.
form-event-create = Save as a draft
form-event-edit = Edit the event
form-event-edit-text = A new time or place is told to everybody who comes or waits.
form-event-where = Where
form-event-seats = Seats
form-cancel-title = Cancel this event?
form-cancel-told =
    { $going ->
        [0] Nobody has a seat yet
        [one] One seat is taken
       *[other] { $going } seats are taken
    } and { $waiting ->
        [0] nobody waits.
        [one] one is waited for.
       *[other] { $waiting } are waited for.
    } Everybody concerned gets a mail with your reason, and their calendars are cleared.
form-cancel-undo = You can take it back afterwards.
form-cancel = Cancel the event
form-cancel-keep = Keep it
field-q = Words
field-title = Title
field-kind = Kind
field-summary = In one line
field-description = What it is about
field-group = Group
field-group-none = No group
field-date = Date
field-time = Starts at
field-minutes = Minutes
field-zone = Time zone
field-place = Place
field-join-url = Link to join online
field-capacity = Seats
field-guests-most = Guests each
field-opens = Sign-up opens
field-closes = Sign-up closes
field-reason = Reason
help-summary = It stands in lists and invitations.
help-description = Leave an empty line between paragraphs.
help-zone = Where the clock hangs: a city, as in Europe/London. The event keeps its time there when clocks change.
help-place = An address, a room. Leave it empty if it is online only.
help-join-url = An https address. Only those who have a seat see it.
help-capacity = Leave it empty for no limit.
help-guests-most = How many guests a member may bring. Guests take seats.
help-opens = Leave it empty to open at once.
help-closes = Leave it empty to close when the event ends.
help-reason = It stands in the mail and on the page.

## What was done

said-event-created = Your draft is saved. Publish it when it is ready.
said-event-saved = Saved.
said-event-moved =
    { $count ->
        [0] Saved. Nobody had to be told of the new time or place.
        [one] Saved. One person is told of the new time or place, within minutes.
       *[other] Saved. { $count } people are told of the new time or place, within minutes.
    }
said-event-saved-gap = Saved. Clocks there jump over that time, so the event starts as much later; look whether that is right.
said-event-saved-fold = Saved. Clocks there show that time twice, and the first one counts; look whether that is right.
said-event-published = Published. Everybody can see it and take a seat.
said-event-cancelled =
    { $count ->
        [0] Cancelled. Nobody had to be told.
        [one] Cancelled. One person is being told.
       *[other] Cancelled. { $count } people are being told.
    }
said-event-reinstated =
    { $count ->
        [0] It takes place after all. Nobody had to be told.
        [one] It takes place after all. One person is being told.
       *[other] It takes place after all. { $count } people are being told.
    }
said-rsvp-going = You have a seat. A mail with the invitation is on its way.
said-rsvp-waiting = You are on the waitlist. A mail says so, and another one comes when a seat is yours.
said-event-left = Given back. Thank you for saying so: somebody else can have it now.
