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
events-for = For
events-any-discipline = Everybody
events-topic = Topic
events-any-topic = Any topic
events-stage = Stage
events-any-stage = Any stage
events-free = With a free seat
events-mine = Mine
events-none-then = Nothing is on then. Look earlier or later.
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
event-badge-waiting = On the waitlist
event-badge-offered = A seat is held for you
event-badge-pending = You requested a seat
event-badge-had = You had a seat
event-badge-full = Full
event-badge-room-full = Room full, online open
event-badge-now = On now

card-seats = { $going } of { $capacity } seats
card-seats-over = { $going } of { $capacity } seats, over capacity by { $over }
card-seats-open =
    { $going ->
        [one] 1 going
       *[other] { $going } going
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
event-join-later = The link appears here for people who join online.
event-host = Hosted by { $name }
event-about = Topics
event-for = Above all for
form-session-about = What this session is about
events-not-all = There are more events than this calendar shows. Narrow them down to see the others.
event-asking =
    { $n ->
        [one] 1 person is asking for a seat.
       *[other] { $n } people are asking for a seat.
    }
form-event-about = Topics, stages, disciplines
form-event-set = Set these
field-stages = Stages of the work
help-event-disciplines = Whom it is for above all; none for everybody.
help-event-topics = Five at most.
event-draft = This is a draft: only its hosts and administrators see it.
event-cancelled = This event is cancelled.
event-tools = For hosts
event-publish = Publish
event-reinstate = Reinstate
event-edit = Edit
event-people = People
event-cancel = Cancel this event
event-over-host =
    { $over ->
        [one] Over capacity by 1 seat. Everyone keeps their seat, and the waitlist pauses until there is room.
       *[other] Over capacity by { $over } seats. Everyone keeps their seat, and the waitlist pauses until there is room.
    }
## My seat

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
seat-going-online = You have a seat online
seat-offered = A seat is held for you
seat-held-until = Until
seat-claim = Take the seat
seat-decline = Decline the seat
seat-pending = You requested a seat
seat-pending-age =
    { $days ->
        [0] You asked today. A seat isn’t reserved until the organiser approves.
        [one] You asked yesterday. A seat isn’t reserved until the organiser approves.
       *[other] You asked { $days } days ago. A seat isn’t reserved until the organiser approves.
    }
seat-withdraw = Withdraw my request
seat-rejected = No seat this time
seat-frozen = This event starts soon. If a seat frees up now, we hold it for you and ask you by email.
seat-fewer =
    { $free ->
        [one] You asked for { $seats } seats. 1 seat is free now, but it isn’t reserved. Take it, or keep your place and wait for all { $seats }.
       *[other] You asked for { $seats } seats. { $free } seats are free now, but they aren’t reserved. Take them, or keep your place and wait for all { $seats }.
    }
seat-fewer-until = Answer by
seat-fewer-take = Take fewer seats
seat-fewer-choose = Save my choice
seat-some-free =
    { $free ->
        [one] 1 seat is free now. For more seats, join the waitlist.
       *[other] { $free } seats are free now. For more seats, join the waitlist.
    }
seat-sign-up = Sign up
seat-party = Number of seats
seat-choice-now =
    { $seats ->
        [one] 1 seat: now
       *[other] { $seats } seats: now
    }
seat-choice-wait =
    { $seats ->
        [one] 1 seat: join the waitlist
       *[other] { $seats } seats: join the waitlist
    }
seat-choice-guests-wait =
    { $seats ->
        [one] 1 seat: join the waitlist
       *[other] { $seats } seats: the extra guests join the waitlist
    }
seat-choice-same =
    { $seats ->
        [one] 1 seat: as now
       *[other] { $seats } seats: as now
    }
seat-online-meanwhile = You have a seat online while you wait.
seat-online-offer = A seat online is free. Take it and keep your place in line for the room.
seat-online-take = Take the seat online
seat-extra =
    { $extra ->
        [one] Your seat stays. 1 more guest is number { $position } on the waitlist.
       *[other] Your seat stays. { $extra } more guests are number { $position } on the waitlist.
    }
seat-closes = Sign-up closes
seat-in-days = (in { $n } days)
seat-in-hours = (in { $n } hours)
seat-in-minutes =
    { $n ->
        [0] (now)
        [one] (in one minute)
       *[other] (in { $n } minutes)
    }
seat-by-approval = The organiser approves each request. A seat isn’t reserved until then.
seat-request = Request a seat
seat-full-room = Room full, online open. Join online, or wait for a seat in the room.
seat-full-offer = This event is full. When a seat frees up, we hold it for the next person on the waitlist and email them.
seat-way = How you come
seat-way-room = In the room
seat-way-online = Online
seats-online = Online: { $seats }
seat-with-guests =
    { $guests ->
        [one] One guest comes with you.
       *[other] { $guests } guests come with you.
    }
seat-full = This event is full. Join the waitlist, and we’ll email you when a seat is yours.
seat-take = Take a seat
seat-wait = Join the waitlist
seat-change = Change
seat-leave = Give up my seat
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
seat-opens = Sign-up opens
seat-over =
    { $over ->
        [one] Over capacity by 1 seat.
       *[other] Over capacity by { $over } seats.
    }
# Set in by the browser: no plural forms here.
seats-limited = { $going } of { $capacity } seats taken
seats-over = over capacity by { $over }
seats-unlimited = { $going } going, no limit
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
seat-link-event = The event’s page
seat-link-none = You have no seat here and do not wait for one.

## The people of an event, for its hosts

people-title = People
people-which = Whose answers
people-going = With a seat: { $n }
people-waiting = Waiting: { $n }
people-pending = Asking: { $n }
people-rejected = Not accepted: { $n }
people-nobody = Nobody is on this list.
people-unreachable = { $n } of { $all } cannot be reached by mail.
people-unreachable-do = Mail to their addresses comes back. They are told so on every page once they sign in. What they must know, tell them in another way, or write it on the event’s page.
people-name = Name
people-says = Answer
people-since = Since
people-do = What to do
people-nameless = Nameless
people-age =
    { $days ->
        [0] (today)
        [one] (one day)
       *[other] ({ $days } days)
    }
people-online-too = Waits for the room, online meanwhile
people-extra =
    { $extra ->
        [one] one more guest waits
       *[other] { $extra } more guests wait
    }
people-held = held until
people-skipped = passed over { $n } times, because fewer seats came free than they need
people-accept = Accept
people-accept-waitlist = Accept to the waitlist
people-accept-override = A seat all the same
people-reject = Say no…
people-words = Words to them
people-reject-send = Send
people-over-title = More people than seats
people-bump = Move the last to the waitlist…
people-bump-who = These took their seats last. They go back to the top of the waitlist, and get a mail with an apology:
people-bump-type =
    { $over ->
        [one] Type 1, the seat that is over:
       *[other] Type { $over }, the seats that are over:
    }
people-bump-send = Move them
people-seats-count =
    { $seats ->
        [one] one seat
       *[other] { $seats } seats
    }

## Agenda

agenda-title = Agenda
agenda-days = Days
agenda-zone = Times as clocks on site show them: { $there }.
agenda-zone-differs = Times as clocks on site show them: { $there }. Yours: { $here }.
agenda-for-you = { $time } for you
agenda-until = until { $time }
agenda-do-not-record = Not recorded, at the speakers’ wish.
agenda-session = Page of this session
agenda-its-page = Its page at the publisher

## The forms of hosts

form-event-new = New event
form-event-new-text = It stays a draft, seen by you and administrators alone, until you publish it.
form-event-create = Save as a draft
form-event-edit = Edit the event
form-event-edit-text = A new time or place is told to everybody who comes or waits.
form-event-where = Where
form-event-seats = Seats
form-event-seating = How seats are given
seating-open = To everybody, while there are some
seating-approval = To those whose request I accept
seating-automatic = The next in line has it at once
seating-offer = It is held for the next in line, who takes it or not
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
    } After two minutes, everyone concerned gets an email with your reason, and the event leaves their calendars.
form-cancel-undo = If you undo it before then, nobody gets an email.
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
field-approval = Who gets a seat
field-promotion = When a seat comes free
field-hold-minutes = Held for, in minutes
field-freeze-minutes = Nobody is moved before the start, in minutes
field-online-capacity = Seats online
field-opens = Sign-up opens
field-closes = Sign-up closes
field-reason = Reason
help-summary = It stands in lists and invitations.
help-description = Leave an empty line between paragraphs.
help-zone = Where the clock hangs: a city, as in Europe/London. The event keeps its time there when clocks change.
help-place = An address, a room. Leave it empty if it is online only.
help-join-url = An https address. Only those who come online see it. With a place and a link, people choose.
help-capacity = Leave it empty for no limit.
help-guests-most = How many guests a member may bring. Guests take seats.
help-promotion = Shortly before the start it is always held: nobody is moved who might not know.
help-hold-minutes = Leave it empty for twelve hours. Never longer than half the time to the start.
help-freeze-minutes = Leave it empty for three hours, or none online.
help-online-capacity = Beside those in the room. Leave it empty for no limit.
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
said-event-renamed =
    { $count ->
        [one] Changes saved. One person gets the new title by email and in their calendar, within minutes.
       *[other] Changes saved. { $count } people get the new title by email and in their calendars, within minutes.
    }
said-event-saved-gap = Saved. Clocks there jump over that time, so the event starts as much later; look whether that is right.
said-event-saved-fold = Saved. Clocks there show that time twice, and the first one counts; look whether that is right.
said-event-published = Published. Everyone can see this event and take a seat.
said-event-published-approval = Published. Everyone can see this event and request a seat.
said-event-published-group = Published. Only the group’s members can see this event and take a seat.
said-event-published-group-approval = Published. Only the group’s members can see this event and request a seat.
said-event-cancelled =
    { $count ->
        [0] Cancelled. Nobody needs an email.
        [one] Cancelled. One person gets an email in two minutes, unless you undo it.
       *[other] Cancelled. { $count } people get an email in two minutes, unless you undo it.
    }
said-event-reinstated =
    { $count ->
        [0] The event takes place after all. Nobody was emailed.
        [one] The event takes place after all. One person gets an email.
       *[other] The event takes place after all. { $count } people get an email.
    }
said-rsvp-going = You have a seat. The invitation is in your email.
said-rsvp-waiting = You’re on the waitlist. We’ll email you when a seat is yours.
said-rsvp-waiting-some =
    { $count ->
        [one] You’re on the waitlist. 1 seat is free now: take it below, or wait for all the seats you asked for.
       *[other] You’re on the waitlist. { $count } seats are free now: take them below, or wait for all the seats you asked for.
    }
said-rsvp-requested = Your request is with the organiser. We’ll email you the answer.
said-rsvp-extra = Your seat stays. Your extra guests are on the waitlist until there are seats for all of them.
said-rsvp-online-too = You have a seat online and keep your place in line for the room.
said-accepted = Accepted. They have a seat and get a mail.
said-accepted-waiting = Accepted. They are on the waitlist and get a mail.
said-rejected = They get a mail.
said-bumped =
    { $count ->
        [0] Nobody had to be moved.
        [one] One person is back at the top of the waitlist and gets a mail.
       *[other] { $count } people are back at the top of the waitlist and get a mail.
    }
said-event-left = Given back. Thank you for saying so: somebody else can have it now.
