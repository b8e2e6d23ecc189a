## Header and footer

site-skip = Skip to content
site-menu = Menu
site-navigation = Main
site-me = Your account
site-search = Search
site-crumbs = Breadcrumb
site-card = A hall at night with lit windows and an open door
site-events = Events
site-members = Members
site-groups = Groups
site-admin = Admin
site-sign-in = Sign in
site-sign-out = Sign out
site-rules = Rules and privacy
site-notice = About this site
site-demo = This is a demo.
site-mailbox = This server doesn’t send real emails.
site-mailbox-open = Open the mailbox
site-about = An open community for people who build, test, secure and run software.
site-about-invite = A community for people who build, test, secure and run software.
site-times = Times are in your time zone ({ $city }), unless another time zone is shown.
site-times-anonymous = Times are local to each event, with your local time alongside.

## The community’s texts

conduct-title = Code of conduct
conduct-lead = How we treat each other.
conduct-agree = When you take part, you agree to follow our rules.
privacy-title = Privacy
privacy-lead = What { $community } keeps about you, who sees it, and what you can do.
privacy-data = What we keep
privacy-data-text = We keep your name, email address, time zone and language. We also keep what you add yourself, such as your profile, seats, groups, kudos and messages. Fields of your profile are optional, apart from your name.
privacy-readers = Who sees it
privacy-readers-text = You choose who sees each part of your profile. Other members never see your email address unless you share it. Private groups and their events are visible to their members and admins only.
privacy-admins = What admins see
privacy-admins-text = Admins see your email address and your role. They also see emails that we sent you, but not sign-in links, messages between members, or what you write in a mentorship. Their changes are recorded in the audit log.
privacy-cookies = Cookies
privacy-cookies-text = We use cookies to sign you in, to keep forms that you didn’t finish, and to show short messages. We don’t track you. Our pages load nothing from other sites.
privacy-rights = What you can do
privacy-rights-text = You can download everything we keep about you, and you can delete your account. Both are on the page about your data.

## Home page

home-title = Home
home-about = About us
home-lead = Talks, workshops and good company. Everyone here has something to learn and something to teach.
home-size = { $count } members
home-join = Join the community
home-by-invitation = Invitation only
home-request = Request an invitation
home-sign-in = Sign in
home-browse = Browse events
home-next = Upcoming events
home-all = All events
home-more-seats =
    { $count ->
        [one] See one more
       *[other] See { $count } more
    }
home-more-seats-at-least = See at least { $count } more
home-none-else = No other upcoming events
home-nothing-next = Events you can join will appear here.
home-first-host = Upcoming events will appear here. To get started:
home-first-group = Create group
home-first-event = Create event
home-first-invite = Invite people
home-first-member = Upcoming events will appear here. You’ll be able to take a seat with one click.
home-hello = Good to see you, { $name }
home-hello-nameless = Good to see you
home-seats = Your seats
home-no-seats = You don’t have a seat yet. Pick an event below and take one.
home-no-seats-yet = You don’t have a seat at any upcoming event.
home-waiting = Waiting for a seat
home-host = Events you host
home-host-people = People
home-host-continue = Continue
home-host-delete = Delete…
home-host-requests =
    { $n ->
        [one] 1 seat request needs your answer.
       *[other] { $n } seat requests need your answer.
    }
home-host-questions =
    { $n ->
        [one] 1 question has no answer yet.
       *[other] { $n } questions have no answer yet.
    }
home-host-event-requests =
    { $n ->
        [one] Answer 1 request
       *[other] Answer { $n } requests
    }
home-people = People in your groups
home-no-people = When you join a group, you’ll see its members here.
home-people-alone = There are no other members in your groups to show yet.
home-kudos = Recent kudos
home-groups = Groups
home-how = How it works
home-step-1 = Sign in with your email address
home-step-1-text = We email you a link and a code. You don’t need a password.
home-step-invite = Request an invitation
home-step-invite-text = Tell us who you are. An admin will answer by email. If you’re invited, one click in the email creates your account.
home-step-2 = Take a seat
home-step-2-text = It takes one click. We email you a calendar invitation and update it when the time changes.
home-step-3 = Change your plans
home-step-3-text = If you can’t come, give up your seat. It goes to the next person on the waitlist.

## Forms

form-summary =
    { $count ->
        [one] Please fix 1 problem
       *[other] Please fix { $count } problems
    }
editor-tools = Formatting
editor-bold = Bold
editor-italic = Italic
editor-link = Link
editor-list = List
editor-preview = Preview
editor-failed = The preview could not be loaded. Try again.
form-optional = optional
form-save = Save changes
form-back = Back
form-kept = We kept what you typed last time.
form-start-over = Start over
form-unsaved = Your last changes here weren’t saved.
form-look-again = Continue editing

## Lists and dialogs

pager-label = Pages
pager-before = ← Previous
pager-after = Next →
picker-selected = Selected
picker-search = Search this list
picker-none = No results.
undo = Undo
undo-leave = Sign up again
chart-table = Show as table
chart-item = Item
chart-none = No data yet.
dialog-close = Close

## Time

time-yours = Same as your local time
date-range = { $first } – { $last }
time-zone = { $city } ({ $offset })
time-zone-yours = your time ({ $city })
time-zone-yours-short = your time

## Errors

error-sign-in = Please sign in
error-forbidden = You don’t have permission to do this
error-not-found = Page not found
error-not-found-text = This page may have moved, or you may not have permission to see it. Check the address, or go to the home page.
error-refused = That didn’t work
error-too-large = This form is too large
error-too-large-text = A form can have up to { $max } kB, so nothing was saved. Go back, shorten the longest text and send it again.
error-slow-down = Too many attempts
error-busy = The site is busy
error-busy-text = Too many people are using it right now. Try again in a few seconds.
error-unavailable = Temporarily unavailable
error-unavailable-text = We can’t reach our database right now. Nothing was changed. Try again in a minute.
error-internal = Something went wrong
error-internal-incident = Something went wrong on our side, and we’ve logged it. Try again. If it keeps happening, send an organiser this number: { $incident }
error-home = Go to the home page
error-again = Try again
error-events = Browse events
