## members

member-nameless = My profile
member-welcome = Welcome
member-welcome-to = Welcome to { $community }
member-welcome-text = Your name and where you are, and you are in. The rest can wait, and everything can be changed later.
member-welcome-go = Go on
member-profile = Profile
member-profile-text = What others see of you, and how times are shown to you.
member-ways = How you sign in
member-address = By mail to { $address }. Nobody else sees this address.
member-no-address = No mail address yet: sign in through a provider that knows one, or ask an organiser.
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

## Sign-in

sign-in-title = Sign in
sign-in-lead = Write your mail address: you get a link and a code. There is no password to remember.
sign-in-send = Send me a link
sign-in-already = You are signed in as { $name }. Signing in again replaces that.
sign-in-otherwise = Or sign in another way
sign-in-with = Sign in with { $provider }
sign-in-demo = Or look around as somebody
sign-in-demo-help = These people exist in this demo only.
sign-in-demo-rest = Everybody else
sign-in-code-title = Look into your mail
sign-in-wrote = We wrote to { $address }.
sign-in-either = Open the link in this browser, or type the code here. Both work for ten minutes.
sign-in-code-help = Eight digits; spaces do not matter.
sign-in-enter = Sign in
sign-in-again = Ask for a new link
sign-in-nothing-asked = No sign-in waits in this browser. Ask for a new link, and open it in the same browser.
sign-in-link-ready = One more step, so that nothing but you can use this link.
field-address = Mail address
field-code = Code from the mail
said-signed-out = You are signed out.
said-provider-connected = Connected. You can sign in that way from now on.
role-member = member
role-organiser = organiser
role-administrator = administrator
role-suspended = suspended
device-browser-on-system = { $browser } on { $system }
device-unknown = Unknown device

## Setup

setup-title = Set up your community
setup-lead = You are its first administrator. Everything here can be changed later.
setup-community-help = What people call it; it stands at the top of every page.
setup-address-help = You sign in with it from now on.
setup-save = Open the doors
field-community = Name of the community
