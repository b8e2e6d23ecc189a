## Groups

group-kind-chapter = Chapter
group-kind-working-group = Working group
group-kind-virtual-team = Virtual team
group-mine = You’re a member
group-members =
    { $members ->
        [one] 1 member
       *[other] { $members } members
    }
group-private = Private
group-closed = Closed
group-role-organiser = Organiser
group-role-co-organiser = Co-organiser
group-role-member = Member

## Group list

groups-title = Groups
groups-about = Join a chapter, a working group or a virtual team.
groups-which = Group lists
groups-open = All groups
groups-mine = My groups
groups-closed = Closed groups
groups-list = Group list
groups-all = All groups
groups-new = Create group
groups-none = No groups yet
groups-none-text = Groups will appear here.
groups-none-mine = You aren’t in any groups yet
groups-none-mine-text = Groups you join will appear here. You can join many of them with one click.

## Group page

group-is-closed = This group is closed. Its description and past events are still available.
group-tools = Group tools
group-new-event = Create event
group-manage-members = Manage members
group-edit = Edit group
group-leave = Leave group
group-join = Join group
group-sign-in = Sign in to join
group-request = Request to join
group-request-send = Send request
group-requested = You’ve requested to join. We’ll email you the organisers’ answer.
group-withdraw = Withdraw request
group-invitation = Invitation
group-invited = You’re invited to join this group.
group-accept = Accept invitation
group-decline = Decline invitation
group-no-invitation = You have no open invitation to this group. You may have answered it already, or it has expired.
group-view = View group
group-charter = Charter
group-ends = This team ends on
group-people-needed = People needed
group-filled = { $filled } of { $wanted } filled
group-vacancies =
    { $open ->
        [one] 1 vacancy
       *[other] { $open } vacancies
    }
group-no-vacancy = Filled
group-next = Upcoming events
group-past = Past events
group-all-events = All events
group-no-events = This group’s upcoming events will appear here.
group-people = Members
group-people-hidden = Sign in to see the members of this group.
group-nobody = No members yet.
group-no-name = No name yet

## Leaving a group

group-leave-back-open = You can join again at any time.
group-leave-back-asking = To join again, you’ll have to send a request.
group-leave-back-invited = To join again, you’ll need an invitation.
group-leave-organiser = You’re an organiser of this group. If you’re the only one, make another member an organiser first, or close the group.
group-leave-speed = Speed rounds you’ll withdraw from
group-leave-speed-text = Only members of this group can take part in them. Somebody you would have met gets a break instead.
group-leave-seats = Seats you’ll lose
group-leave-seats-text = This group’s events are private. If you leave, you also give up your seats at these events and leave their waitlists:
group-stay = Stay in group
group-step-down = Stay as a regular member

## Group forms

group-create = Create group
group-form-team = Virtual team
group-form-team-text = Only for virtual teams. Leave these fields empty for other groups.
group-visibility-public = Public: everyone can see this group and its events
group-visibility-private = Private: only its members and admins can see this group and its events
group-joining-open = Anyone can join
group-joining-request = People request to join, and an organiser decides
group-joining-invitation = By invitation only
group-close = Close group
group-close-text = Nobody can join a closed group or create events in it. Its page and past events stay, and you can reopen it later.
group-open-again = Reopen group
group-open-again-text = People can join the group and create events in it again.
field-purpose = Purpose
field-visibility = Visibility
field-joining = How people join
field-goal = Goal
field-out-of-scope = Out of scope
field-ends-on = End date
field-wants = People needed, by discipline
group-request-message = Message
field-invitee = Member or email address
help-purpose = One or two sentences for lists and invitations.
help-visibility = Private groups don’t appear in lists, search or feeds, except for their members and admins.
help-joining = People can only join a private group by invitation.
help-group-request-message = Introduce yourself, or say why you’d like to join.
help-invitee = A member’s full name, or an email address. You can invite up to 20 email addresses a day.

## Managing members, for organisers

group-requests = Requests to join
group-no-requests = There are no open requests.
group-answer-message = Message (optional)
group-approve = Approve
group-decline-request = Decline
group-invite = Invite people
group-invite-send = Send invitation
group-withdraw-invitation = Withdraw invitation
group-role = Role
group-role-set = Save role
group-remove = Remove member

## Co-hosted events

group-tabs = Parts of the group
group-tab-events = Events
group-tab-about = About
group-about-none = The organisers haven’t written about this group yet.
group-all-members =
    { $members ->
        [one] { $members } member
       *[other] All { $members } members
    }
group-member-manage = Manage
group-member-menu = Manage: { $name }
cohost-title = Co-hosts
cohost-people = People
cohost-people-text = A co-host can change this event, see its people, answer requests and write emails. They can’t change the group or add other co-hosts.
cohost-people-none = This event has no co-hosts yet.
cohost-person = Member
help-cohost-person = Their name or the address of their profile. We’ll ask them by email.
cohost-invite-person = Invite co-host
cohost-groups = Groups
cohost-asked = You’re invited to co-host this event. Co-hosts can change it, answer requests and email its people.
cohost-accept-person = Co-host event
cohost-decline-person = Decline
cohost-you = You co-host this event.
event-cohosts = with
flash-cohost-person-invited = Invitation sent. We’ll email this member.
flash-cohost-person-accepted = You’re a co-host now.
flash-cohost-person-declined = You’re not a co-host of this event.
cohost-text = Invite another group to co-host this event. It will appear on both groups’ pages and in both feeds, and organisers of both groups can edit it. Private groups can’t co-host.
cohost-no-group = This event doesn’t belong to a group. Choose a group for it first, then invite another group to co-host.
cohost-which = Group
cohost-invite = Invite group
cohost-invited = Invited
cohost-withdraw = Withdraw invitation
cohost-remove = Remove co-host
cohost-stop = Stop co-hosting
cohost-accept = Co-host event
cohost-events = Co-hosted events

## Feeds

feeds-follow = Subscribe:
feeds-webcal = in your calendar app
feeds-ics = calendar file
feeds-atom = Atom
feeds-json = JSON
feed-title = Calendar feed
feed-link = Subscribe to your events in your calendar app
feed-text = Add the address of this feed to your calendar app. It shows the events you have a seat at or are on the waitlist for, your groups’ events and the sessions you saved. Anyone who knows the address can read the feed, so keep it private.
feed-make = Create calendar feed
feed-made = You have a calendar feed. It was created on
feed-again = Create new address
feed-again-text = We show the address only once. If you lose it, or someone else finds it, create a new one. The old address stops working immediately.
feed-end = Delete feed

## Confirmations

flash-group-created = Group created. Invite people, or create its first event.
flash-group-saved = Changes saved.
flash-group-closed = Group closed.
flash-group-opened = Group reopened.
flash-group-joined = You joined the group. Welcome!
flash-group-requested = Request sent. We’ll email you the organisers’ answer.
flash-group-request-withdrawn = Request withdrawn.
flash-group-left = You left the group.
flash-group-left-seats =
    { $count ->
        [0] You left the group.
        [one] You left the group and 1 of its events.
       *[other] You left the group and { $count } of its events.
    }
flash-invitation-declined = Invitation declined. We won’t notify anyone.
flash-group-accepted = Request approved. We’ll email the new member.
flash-group-declined = Request declined. We’ll email this person.
flash-group-invited = Invitation sent.
flash-group-uninvited = Invitation withdrawn.
flash-group-role = Role saved.
flash-group-removed = Member removed. We’ll email them.
flash-cohost-invited = Invitation sent. The other group’s organisers can accept it on their page “Manage members”.
flash-cohost-accepted = Your group now co-hosts this event.
flash-cohost-declined = Invitation declined. Your group won’t co-host this event.
flash-cohost-removed = Co-host removed.
flash-feed-made = Calendar feed created. Copy its address now, because we won’t show it again.
flash-feed-ended = Calendar feed deleted. Its address no longer works.
