## members

member-nameless = My profile
member-welcome = Welcome
member-welcome-to = Welcome to { $community }
member-welcome-text = Tell us your name and time zone to get started. You can add more and change everything later.
member-welcome-go = Continue
member-profile = Profile
member-profile-text = Tell others about yourself, and choose who sees each part. Times are shown in your time zone.
member-ways = How you sign in
member-address = By email at { $address }. Only you and admins can see this address.
member-no-address = You haven’t added an email address yet.
address-title = Email address
address-none = You haven’t added an email address yet.
address-now = Your email address is { $address }.
address-help = We email you about your seats and groups. Only you and admins can see your address.
address-send = Send code
address-sent = We’ve sent a code to { $address }. Enter it here within 24 hours.
address-confirm = Confirm address
address-another = Use a different address
address-skip = Skip for now
address-add = Add an email address
address-change = Change email address
address-missing = We can’t email you about your seats and groups, because you haven’t added an email address yet.
flash-address-proved = Email address confirmed.
member-connect = Connect { $provider }
member-devices = Your devices
member-devices-link = See your devices and sign them out
member-devices-text = You’re signed in on these devices. Sign out any device that you don’t recognise.
member-unknown-device = Unknown device
member-session-since = Signed in
member-session-seen = last used
member-this-device = This device
member-end-device = Sign out this device
member-end-other-devices = Sign out all other devices
field-name = Name
field-locale = Language
field-headline = Headline
field-disciplines = Disciplines
help-name = The name other people see.
help-disciplines = Choose what you work on. Each discipline has a symbol, which appears next to your name.
help-headline = What you work on, in one line. It appears next to your name.
help-own-zone = A large city in your time zone, for example Berlin or New York.
locale-en = English
locale-pseudo = Ƥšéúđó (for testing)
locale-pseudo-rtl = Right to left (for testing)
flash-profile-saved = Changes saved.
flash-welcome = Welcome! Have a look at the upcoming events.
flash-session-ended = Device signed out.
flash-sessions-ended = All other devices signed out.

## Profile

profile-page = View your profile page
profile-tabs = Your profile
profile-tab-profile = Profile
profile-tab-topics = Topics
profile-tab-privacy = Privacy
profile-tab-emails = Emails
profile-tab-account = Account
profile-who-sees = Who sees this
profile-who-sees-part = Who sees this: { $part }
profile-topics-add = Add topics
profile-topics-none = You haven’t chosen any topics yet.
profile-blocked-link = See the members you’ve blocked
profile-picture = Profile picture
profile-picture-help = JPEG, PNG or WebP, up to 5 MB. We crop it to a square, and remove hidden data such as where it was taken.
profile-picture-file = Choose a picture
profile-picture-send = Upload picture
profile-picture-remove = Remove picture
profile-work = Team and work
profile-no-team = No team
profile-no-answer = Prefer not to say
profile-topics = Topics
profile-topics-help = What you want to learn, what you work with, and what you can teach.
profile-links = Links
profile-links-help = Your website, and your profiles on other sites. We show well-known sites by name.
profile-link-add = Add link
profile-link-remove = Remove link
profile-verify = Verify link
profile-verify-help = To prove that a page is yours, add a link to your profile page there, with rel="me". Then choose “Verify link”. Your profile page:
profile-verified = Verified
profile-website = Website
profile-visibility = Who can see what?
profile-visibility-help = Your name also appears when you do something others can see, such as hosting an event or giving kudos. Only you and admins can see your email address.
profile-hidden = Your name is visible only to you, so nobody can find your profile.
field-pronouns = Pronouns
field-bio = About you
field-team = Team
field-seniority = Experience
field-manager = Line manager
field-topics = Topics
field-topic = Topic
field-languages = Languages
field-language = Language
field-discipline = Discipline
field-url = Web address
field-visible-to = Who can see what?
help-pronouns = How people should refer to you, for example “she/her”.
help-bio = You can use Markdown: *emphasis*, lists, links.
help-seniority = We use this to match mentors and mentees. It doesn’t have to be your job title.
help-manager = A member’s name, or the address of their profile page. Only you and admins can see this. We won’t match you with your line manager.
help-url = For example https://github.com/ada.
seniority-junior = Junior
seniority-mid = Experienced
seniority-senior = Senior
seniority-lead = Lead
seniority-principal = Principal
topic-level-none = –
topic-level-learning = Wants to learn
topic-level-working = Works with it
topic-level-teaching = Can teach it
audience-everyone = Everyone
audience-members = Members
audience-me = Only me
part-name = Name and profile page
part-headline = Headline
part-pronouns = Pronouns
part-bio = About you
part-picture = Profile picture
part-team = Team
part-seniority = Experience
part-disciplines = Disciplines
part-topics = Topics
part-languages = Languages
part-zone = Time zone
part-links = Links
part-events = Events you attend
flash-picture-saved = Profile picture updated.
flash-link-verified = Link verified.

## A member’s page

member-own-page = This is your page as you see it.
member-edit = Edit
member-edit-part = Edit: { $part }
member-add-headline = Add a headline
member-add-bio = Introduce yourself
member-common = In common with you
member-common-events = Events
member-bio = About
member-get-mentored = Get mentored by { $name }
member-groups = Groups
member-events = Upcoming events
member-talks = Talks
member-links = Links
member-manager-private = (only you and admins can see this)

## Directory

directory-title = Members
directory-which = Members and teams
directory-count =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
directory-show = Apply
directory-filters =
    { $count ->
        [0] Filters
        [one] Filters: { $count } active
       *[other] Filters: { $count } active
    }
directory-facets = Narrow by
directory-facet-count = ({ $count })
directory-facet-more = (at least { $count })
directory-mentors = Offers mentoring
directory-region = Time zone
region-africa = Africa
region-america = America
region-asia = Asia
region-atlantic = Atlantic
region-australia = Australia
region-europe = Europe
region-indian = Indian Ocean
region-pacific = Pacific
directory-any-topic = Any topic
directory-any-team = Any team
directory-any-language = Any language
directory-any-shares = Any member
directory-shares = In common with you
directory-shares-team = Your team
directory-shares-topic = A topic
directory-shares-event = An event
directory-all = Show all members
directory-no-match = No members found
directory-no-match-text = Remove a filter, or try the start of a name. We only search what you’re allowed to see.
directory-none-more = No more members
directory-none-more-text = You’ve passed the end of the list.
directory-empty = No members yet
directory-empty-text = Members will appear here once they’ve added their name.

## Teams

teams-title = Teams
teams-new = Create team
teams-none = No teams yet
teams-none-text = Teams show who works together. Organisers can create them here.
teams-none-manage = Create the first team. Members can then choose it in their profile.
team-people = Members
team-empty = Members who choose this team in their profile will appear here.
team-subteams = Subteams
team-edit = Edit team
team-top = None (top level)
field-team-name = Team name
field-parent = Parent team
help-team-purpose = One or two sentences.
flash-team-saved = Team saved.

## Search

search-title = Search
search-title-for = Search for “{ $words }”
search-go = Search
search-kinds = Types of results
search-all = All
search-members = Members
search-groups = Groups
search-events = Events
search-sessions = Sessions
search-all-kudos = Kudos
search-demands = Learning requests
search-demand = Learning request
search-member = Member
search-group = Group
search-event = Event
search-session = Session
search-kudos = Kudos
search-over = Past
search-nothing-asked = What are you looking for?
search-nothing-asked-text = Search for a name, a topic, a venue or a word from a title. You don’t need to finish the last word.
search-corrected = Showing results for “{ $words }”.
search-exactly = Search for “{ $words }” instead
search-none = Nothing found
search-none-text = Try fewer words, or just the start of one. Accents and capital letters don’t matter.
search-none-stranger = Try fewer words, or just the start of one. To search for members, sign in.
search-everything = Search everything

## Sign-in

sign-in-title = Sign in
sign-in-lead = Enter your email address. We’ll email you a link and a code, so there’s no password to remember.
sign-in-send = Email me a link
sign-in-no-account = No account yet?
sign-in-already = You’re signed in as { $name }. You can sign in as someone else, or connect another way to sign in.
sign-in-otherwise = Or sign in another way
sign-in-with = Sign in with { $provider }
sign-in-demo = Or explore the demo as one of these people
sign-in-demo-help = They exist only in this demo.
sign-in-demo-rest = Everyone else
sign-in-code-title = Check your email
sign-in-sent = We’ve sent an email to { $address }.
sign-in-either = Open its link in this browser, or enter its code here. Both work for ten minutes.
sign-in-either-seat = To confirm your seat at { $event }, open the link in the email, or enter the code here. Both work for 15 minutes.
sign-in-code-help = Eight digits. Spaces don’t matter.
sign-in-opened = I’ve opened the link. Continue
sign-in-no-email = No email after a few minutes? Look in your spam folder, or ask again in ten minutes. We send only a few of these emails to one address.
sign-in-enter = Sign in
sign-in-again = Ask for a new link
sign-in-nothing-asked = You haven’t asked for a link in this browser in the last ten minutes. Ask for a new one, and open it in this browser.
sign-in-done = You’re signed in.
sign-in-continue = Continue
confirm-seat-title = Confirm your seat
confirm-seat-ready = One more step: confirm that you want to come to { $event }. This also signs you in.
confirm-seat-elsewhere = One more step: confirm that you want to come to { $event }. You filled in the form in another browser, so this one isn’t signed in.
confirm-seat-button = Confirm my seat
confirm-seat-done = Seat confirmed. We’ve emailed you the details.
confirm-seat-held = A seat is held for you. The organiser asks a few questions first, and we’ve emailed you a link to them.
confirm-seat-waiting = You’re on the waitlist. We’ll email you when you get a seat.
confirm-seat-sign-in = To sign in, use the browser where you filled in the form.
sign-in-link-ready = Choose “Sign in” to finish. This extra step stops email scanners from using your link.
field-address = Email address
field-code = Code from the email
flash-signed-out = You’re signed out.
flash-provider-connected = Connected. You can now sign in this way too.
role-member = Member
role-organiser = Organiser
role-administrator = Admin
role-suspended = Suspended
device-browser-on-system = { $browser } on { $system }
device-unknown = Unknown device

## Setup

setup-title = Set up your community
setup-lead = You’ll be its first admin. You can change everything here later.
setup-community-help = Appears at the top of every page.
setup-address-help = You’ll sign in with this address.
setup-save = Create community
setup-tagline = What is the community for?
setup-name = Your name

## Requests for an invitation, and the link of one

request-title = Request an invitation
request-lead = New members of { $community } need an invitation. Tell us who you are, and an admin will answer by email.
request-reason = Why would you like to join?
request-reason-help = One sentence is enough.
request-send = Send request
request-have-account = Already have an account?
request-sent = Thank you. We’ve received your request.
request-sent-next = Check your email. If you already have an account, it says how to sign in. Otherwise, an admin will answer you.
request-member = You’re already a member, so you don’t need an invitation.
request-open = Anyone can join, so you don’t need an invitation.
invited-title = Accept your invitation
invited-lead = You’re invited to join { $community }.
invited-group = You’re invited to join the group “{ $group }” at { $community }.
invited-what = Accepting creates an account for { $address } and signs you in here.
invited-button = Accept and sign in
invited-signed-in = You’re signed in as { $name }. To accept this invitation, sign out first, then open the link again.
field-community = Community name
