## Groups

group-kind-chapter = Chapter
group-kind-working-group = Working group
group-kind-virtual-team = Virtual team
group-mine = You are in it
group-members =
    { $members ->
        [one] One member
       *[other] { $members } members
    }
group-private = Private
group-closed = Closed
group-role-organiser = Organiser
group-role-co-organiser = Co-organiser
group-role-member = Member

## The list

groups-title = Groups
groups-about = Chapters, working groups and virtual teams: find your people, or gather them.
groups-which = Which groups
groups-open = All
groups-mine = Mine
groups-closed = Closed
groups-list = The groups
groups-all = All groups
groups-new = New group
groups-none = There are no groups here yet
groups-none-text = As soon as somebody gathers one, it stands here.
groups-none-mine = You are in no group yet
groups-none-mine-text = Look around: many can be joined by a click.

## A group

group-is-closed = This group is closed. What it did stays here to be read.
group-tools = For you in this group
group-new-event = New event
group-desk = Members
group-edit = Edit
group-leave = Leave the group
group-join = Join
group-sign-in = Sign in to join
group-ask = Ask to join
group-ask-send = Send
group-asked = You have asked to join. Its organisers will answer, and a mail will tell you.
group-unask = Take it back
group-invitation = An invitation
group-invited = You are invited into this group.
group-accept = Join
group-decline = No, thank you
group-no-invitation = No invitation waits for you here. It was answered, or it is too old.
group-look = Look at the group
group-charter = Charter
group-ends = It dissolves on
group-wanted = Wanted
group-filled = { $filled } of { $wanted }
group-vacancies =
    { $open ->
        [one] One vacancy
       *[other] { $open } vacancies
    }
group-no-vacancy = Complete
group-next = What is on next
group-past = What was
group-all-events = All its events
group-no-events = Its next event will stand here.
group-people = People
group-people-hidden = Members see who is in it.
group-nobody = Nobody is in it yet.
group-nameless = A member

## Leaving

group-leave-back-open = You can come back by a click.
group-leave-back-asking = To come back you will have to ask.
group-leave-back-invited = To come back you will have to be invited.
group-leave-organiser = You are one of its organisers. If you are the only one, make somebody else an organiser first, or close the group.
group-leave-seats = What you give up
group-leave-seats-text = This group is private, and so are its events. Your seats and places at these go with it, to whoever waits for one.
group-stay = Stay
group-step-down = Stay as an ordinary member

## The form

group-create = Make the group
group-form-team = For a virtual team
group-form-team-text = Other groups leave this empty.
group-visibility-public = Public: everybody sees it and its events
group-visibility-private = Private: only its members and administrators know of it
group-joining-open = By a click
group-joining-request = By asking; an organiser answers
group-joining-invitation = By invitation
group-close = Close the group
group-close-text = Nobody can join it, and it makes no new events. What it did stays, and it can be opened again.
group-open-again = Open the group again
group-open-again-text = People can join it again, and it can make events.
field-purpose = Purpose
field-visibility = Who sees it
field-joining = How one joins
field-goal = Goal
field-out-of-scope = Out of scope
field-ends-on = Dissolves on
field-wants = Whom it wants
group-few-words = A few words
field-whom = Whom
help-purpose = A line or two. It stands in lists and invitations.
help-visibility = A private group is not there for others: not in lists, not in the search, not in any feed.
help-joining = Into a private group, people are always invited.
help-group-words = Who you are, or why. May stay empty.
help-whom = A member’s whole name, or anybody’s mail address. Twenty addresses a day are the most.

## Members of a group, for who looks after it

group-requests = Who asks to join
group-no-requests = Nobody asks at the moment.
group-words = A few words with the answer
group-let-in = Let in
group-say-no = Say no
group-invite = Invite
group-invite-send = Invite
group-uninvite = Take back
group-role = Role
group-role-set = Save
group-remove = Take out

## Events held together

together-title = Held together
together-text = Another group can hold this event too: it stands on both pages and in both feeds, and the organisers of both may change it. A private group holds its events alone.
together-no-group = This event belongs to no group. Give it one first, then ask another to hold it too.
together-which = Another group
together-ask = Ask this group
together-waits = Waits for an answer
together-part = End it
together-accept = Hold it too
together-asked = Events to hold together

## Feeds

feeds-follow = Follow along:
feeds-ics = calendar
feeds-atom = Atom
feeds-json = JSON
feed-title = Calendar feed
feed-link = See your events in your own calendar
feed-text = One address for your calendar program: the events you have a seat at or wait for, and what your groups hold. Whoever knows the address can read it, so keep it to yourself.
feed-make = Make my feed
feed-made = You have a feed. It was made on
feed-again = Make a new address
feed-again-text = Its address is shown only once. If it is lost, or somebody else knows it, make a new one: the old one ends at once.
feed-end = End the feed

## What was done

said-group-created = The group is there. Invite people, or plan its first event.
said-group-saved = Saved.
said-group-closed = The group is closed.
said-group-opened = The group is open again.
said-group-joined = Welcome to the group.
said-group-asked = Asked. A mail will tell you the answer.
said-group-unasked = Taken back.
said-group-left = You left the group.
said-group-left-seats =
    { $count ->
        [0] You left the group.
        [one] You left the group, and what you had at one event is given back.
       *[other] You left the group, and what you had at { $count } events is given back.
    }
said-invitation-declined = Declined. Nobody is told.
said-group-accepted = Let in. A mail tells them.
said-group-declined = Said no. A mail tells them.
said-group-invited = Invited. A mail is on its way.
said-group-uninvited = Taken back.
said-group-role = Saved.
said-group-removed = Taken out. A mail tells them.
said-together-asked = Asked. The other group’s organisers find it on their members’ page.
said-together-accepted = You hold this event too from now on.
said-together-parted = Ended.
said-feed-made = Your feed is made. Copy its address now: it is not shown again.
said-feed-ended = The feed has ended. Its address leads nowhere from now on.
