## The frame of every page

site-skip = Skip to the content
site-menu = Menu
site-navigation = Main
site-me = Your account
site-search = Search
site-crumbs = Where you are
site-card = A hall at night with lit windows and an open door
site-events = Events
site-members = Members
site-groups = Groups
site-admin = Administration
site-sign-in = Sign in
site-sign-out = Sign out
site-notice = About this portal
site-demo = This is a demo.
site-mailbox = No mail leaves this machine:
site-mailbox-open = open the mailbox
site-about = An open house for people who build, test, secure and run software.
site-about-invite = A community for people who build, test, secure and run software.
site-times = Times are shown for { $city }.
site-times-anonymous = Times are the place’s; yours stand beside them.

## Home

home-title = Home
home-about = About us
home-lead = Talks, workshops, reviews and good company for people who build, test, secure and run software. Everybody here has something to learn and something to teach.
home-join = Join in
home-by-invitation = By invitation
home-request = Request an invitation
home-sign-in = Sign in
home-look = See what is on
home-next = What is on next
home-all = All events
home-all-mine = All of yours
home-none-else = Nothing else is planned yet
home-nothing-next = Upcoming events will appear here.
home-first-host = Upcoming events will appear here. These are good first steps:
home-first-group = Make a group
home-first-event = Plan an event
home-first-invite = Invite people
home-first-member = Upcoming events will appear here. You can take a seat with one click.
home-hello = Good to see you, { $name }
home-hello-nameless = Good to see you
home-seats = Your seats
home-no-seats = You have no seat yet. Pick an event below and take one; it is one click.
home-no-seats-yet = You have no seat at what is to come.
home-waiting = What you wait for
home-host = You host
home-host-requests =
    { $n ->
        [one] 1 request for a seat is waiting for your answer.
       *[other] { $n } requests for a seat are waiting for your answer.
    }
home-host-event-requests =
    { $n ->
        [one] Answer 1 request
       *[other] Answer { $n } requests
    }
home-people = Your people
home-no-people = When you are in a group, the people you share it with stand here.
home-people-alone = Nobody else whom you can see is in your groups yet.
home-thanked = Thanked lately
home-groups = Groups
home-how = How it works
home-step-1 = Sign in with your mail address
home-step-1-text = We send you a link and a code. There is no password to remember.
home-step-invite = Request an invitation
home-step-invite-text = Tell us who you are. An administrator answers by email, and one click in it makes your account.
home-step-2 = Take a seat
home-step-2-text = One click. The invitation lands in your calendar, and follows when a time changes.
home-step-3 = Plans change
home-step-3-text = Give your seat back, and the next person on the waitlist has it at once.

## Forms

form-summary = Please look at this again
form-optional = optional
form-when = When
form-save = Save
form-back = Back
form-kept = This is what you typed before.
form-start-over = Start over
form-unsaved = What you typed here before was not saved.
form-look-again = Look at it again

## Lists that go on

pager-label = More pages
pager-before = ← Before
pager-after = More →
picker-chosen = Chosen
picker-search = Search the list
picker-none = Nothing in the list fits.
undo = Undo
undo-leave = Ask for it again
chart-table = The figures
chart-of = Of
chart-none = There are no figures yet.
dialog-close = Close

## Time

time-for-you = { $time } for you
time-yours = the same for you
time-in-place = { $time } in { $city }
time-zone = { $city }, UTC{ $offset }

## Errors

error-sign-in = Please sign in
error-forbidden = This is not yours to do
error-not-found = There is nothing here
error-not-found-text = The page has moved, was never here, or is not for you to see. Check the address, or start from the front page.
error-refused = That did not work
error-too-large = That is too much at once
error-too-large-text = A form holds at most { $most } kB, and nothing was saved. Go back, shorten the longest text, and send it again.
error-slow-down = A little slower, please
error-unavailable = Back in a moment
error-unavailable-text = The portal cannot reach its data right now. Nothing was changed. Try again in a minute.
error-internal = Something broke
error-internal-incident = Something broke on our side, and it is in our log. Try again; if it breaks again, tell an organiser this number: { $incident }
error-home = Go to the front page
error-again = Try again
error-events = See what is on
