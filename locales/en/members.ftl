## members

member-nameless = My profile
member-welcome = Welcome
member-welcome-to = Welcome to { $community }
member-welcome-text = Your name and where you are, and you are in. The rest can wait, and everything can be changed later.
member-welcome-go = Go on
member-profile = Profile
member-profile-text = What others see of you, and how times are shown to you. Each section is saved by itself.
member-ways = How you sign in
member-address = By email at { $address }. Only you and administrators see this address.
member-no-address = You have no email address here yet.
address-title = Email address
address-none = You have no email address here yet.
address-now = Your email address is { $address }.
address-help = We email you about your seats and groups. Only you and administrators see your address.
address-send = Send code
address-sent = We’ve sent a code to { $address }. Enter it here within 24 hours.
address-confirm = Confirm address
address-another = Use a different address
address-skip = Skip for now
address-add = Add an email address
address-change = Change email address
address-missing = We can’t email you about your seats and groups, because you have no email address here.
said-address-proved = Email address confirmed.
member-connect = Connect { $provider }
member-sessions = Where you are signed in
member-sessions-link = See your browsers, and sign them out
member-sessions-text = Every browser that is signed in as you. End what you do not know.
member-some-browser = Some browser
member-session-since = Since
member-session-seen = last seen
member-this-browser = This one
member-end-session = Sign out there
member-end-others = Sign out everywhere else
field-name = Name
field-locale = Language
field-headline = In one line
field-disciplines = What you do
help-name = What others call you.
help-disciplines = Tick what you work on; each has its mark, here and wherever you are shown.
help-headline = What you work on, as others see it beside your name.
help-own-zone = Where you are: a city, as in Europe/London.
locale-en = English
locale-pseudo = Ƥšéúđó (for testing)
said-profile-saved = Saved.
said-welcome = Welcome! Have a look at what is on.
said-session-ended = That browser is signed out.
said-sessions-ended = Every other browser is signed out.

## Profile

profile-page = See your page
profile-picture = Picture
profile-picture-help = JPEG, PNG or WebP, up to 5 MB. It is cut to a square, and what a camera writes into it is removed.
profile-picture-file = A picture of you
profile-picture-send = Use this picture
profile-picture-remove = Remove the picture
profile-about = About you
profile-about-help = What you would tell somebody over coffee.
profile-work = Where you work
profile-work-help = Helps mentors and mentees find each other across teams.
profile-no-team = No team
profile-unsaid = Not said
profile-topics = Topics
profile-topics-help = What you want to learn, what you work with, what you can show others.
profile-languages = Languages
profile-languages-help = What you can talk in; at most twelve.
profile-links = Elsewhere on the web
profile-links-help = Known places are shown by their names.
profile-link-add = Add this link
profile-link-remove = Remove
profile-verify = Verify
profile-verify-help = To show that a page is yours, put a link with rel="me" on it that leads to your page here, then press Verify. Your page here:
profile-verified = Verified
profile-website = Website
profile-see = Who sees what
profile-see-help = Your name also stands beside what you do in front of others, such as hosting an event or thanking somebody. Nobody else ever sees your mail address.
profile-hidden = Nobody finds you: your name is for you alone.
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
field-url = Address
field-see = Who sees what
help-pronouns = How others speak of you, for example “she/her”.
help-bio = Markdown works: *emphasis*, lists, links.
help-seniority = What matching goes by; not your title.
help-manager = The name or the page of a member. Only you and administrators see this; it keeps you from being matched with each other.
help-url = As in https://github.com/ada.
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
part-name = Name and page
part-headline = Your line
part-pronouns = Pronouns
part-bio = About you
part-picture = Picture
part-team = Team
part-seniority = Experience
part-disciplines = What you do
part-topics = Topics
part-languages = Languages
part-zone = Time zone
part-links = Links
part-events = Which events you come to
said-picture-saved = That is you now.
said-link-verified = Verified: that page is yours.

## A member’s page

member-own-page = This is your page as you see it. What others see of it, you say in your profile.
member-edit = Change it
member-common = You share
member-common-events = Events
member-bio = About
member-links = Elsewhere
member-manager-private = (only you and administrators see this)

## Directory

directory-title = Members
directory-which = Members or teams
directory-count =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
directory-narrow = Narrow down
directory-show = Show
directory-any-discipline = Any discipline
directory-any-topic = Any topic
directory-any-team = Any team
directory-any-language = Any language
directory-any-shares = Anybody
directory-shares = Shares with you
directory-shares-team = Your team
directory-shares-topic = A topic
directory-shares-event = An event
directory-all = Everybody
directory-none-such = Nobody fits
directory-none-such-text = Take a filter away, or try the beginning of a name. Only what members show you is searched.
directory-none-more = That was everybody
directory-none-more-text = This page lies behind the end of the list.
directory-nobody = Nobody to see yet
directory-nobody-text = Members stand here as soon as they have said their name.

## Teams

teams-title = Teams
teams-new = New team
teams-none = No teams yet
teams-none-text = Organisers write down here who works with whom.
teams-none-manage = Make the first one; members then choose theirs in their profile.
team-people = People
team-nobody = Nobody has chosen this team yet.
team-below = Teams within
team-edit = Change this team
team-top = None: it stands at the top
field-team-name = Name of the team
field-parent = Part of
help-team-purpose = A sentence or two.
said-team-saved = Saved.

## Search

search-title = Search
search-title-for = Search for “{ $words }”
search-go = Search
search-kinds = Kinds of things
search-all = All
search-members = Members
search-groups = Groups
search-events = Events
search-sessions = Sessions
search-member = Member
search-group = Group
search-event = Event
search-session = Session
search-over = Past
search-nothing-asked = What are you looking for?
search-nothing-asked-text = A name, a topic, a place, a word from a title: the beginning of the last word is enough.
search-none = Nothing found
search-none-text = Try fewer words, or only the beginning of one. Accents and capitals do not matter.
search-none-stranger = Try fewer words, or only the beginning of one. Members are found by members: sign in to look for people.
search-elsewhere = Look everywhere

## Sign-in

sign-in-title = Sign in
sign-in-lead = Enter your email address. We’ll email you a link and a code, so there is no password to remember.
sign-in-send = Email me a link
sign-in-no-account = No account yet?
sign-in-already = You are signed in as { $name }. Signing in again replaces that.
sign-in-otherwise = Or sign in another way
sign-in-with = Sign in with { $provider }
sign-in-demo = Or look around as somebody
sign-in-demo-help = These people exist in this demo only.
sign-in-demo-rest = Everybody else
sign-in-code-title = Check your email
sign-in-wrote = We’ve sent an email to { $address }.
sign-in-either = Open its link in this browser, or enter its code here. Both work for ten minutes.
sign-in-code-help = Eight digits. Spaces don’t matter.
sign-in-opened = I’ve opened the link. Continue
sign-in-no-email = No email after a few minutes? Look in your spam folder, or ask again in ten minutes. We send only a few of these emails to one address.
sign-in-enter = Sign in
sign-in-again = Ask for a new link
sign-in-nothing-asked = This browser hasn’t asked for a link in the last ten minutes. Ask for a new one, and open it in this browser.
sign-in-done = You’re signed in.
sign-in-continue = Continue
sign-in-link-ready = One more step, so that nothing but you can use this link.
field-address = Email address
field-code = Code from the email
said-signed-out = You are signed out.
said-provider-connected = Connected. You can sign in that way from now on.
role-member = Member
role-organiser = Organiser
role-administrator = Administrator
role-suspended = Suspended
device-browser-on-system = { $browser } on { $system }
device-unknown = Unknown device

## Setup

setup-title = Set up your community
setup-lead = You are its first administrator. Everything here can be changed later.
setup-community-help = What people call it; it stands at the top of every page.
setup-address-help = You sign in with it from now on.
setup-save = Create the community
setup-tagline = What is it for?
setup-name = Your name

## Requests for an invitation, and the link of one

request-title = Request an invitation
request-lead = New members of { $community } are invited. Tell us who you are, and an administrator will answer by email.
request-reason = Why would you like to join?
request-reason-help = One sentence is enough.
request-send = Send request
request-have-account = Already have an account?
request-sent = Thank you. We've received your request.
request-sent-next = Check your email. If you already have an account, it says how to sign in. Otherwise an administrator will answer you.
request-member = You're already a member, so you don't need an invitation.
request-open = Everybody can join, so you don't need an invitation.
invited-title = Accept your invitation
invited-lead = You're invited to join { $community }.
invited-group = You're invited to join the group “{ $group }” at { $community }.
invited-what = Accepting makes an account for { $address } and signs you in here.
invited-button = Accept and sign in
invited-signed-in = You're signed in as { $name }. Sign out first, then open the link again to accept this invitation.
field-community = Name of the community
