## Kudos cards

kudos-for = For
kudos-from = from
kudos-from-somebody = from a member
kudos-a-team = A team
kudos-members = { $count ->
    [one] A member
   *[other] { $count } members
}
kudos-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
kudos-edited = edited
kudos-badge-hidden = Hidden by you
kudos-about-event = About
kudos-visibility-members = Members only
kudos-visibility-team = Team only
kudos-visibility-private = Private
kudos-visibility-public = Public
kudos-react = React
reaction-applause = Applause
reaction-heart = Heart
reaction-celebrate = Celebrate
reaction-insight = I learned something
reaction-strength = That took strength
reaction-helped-me = It helped me too

## The wall

kudos-title = Kudos
kudos-about = What people in this community thank each other for.
kudos-lead = What people here thank each other for.
kudos-live = Live
kudos-give = Give kudos
kudos-comment = Comment
kudos-comments =
    { $count ->
        [one] { $count } comment
       *[other] { $count } comments
    }
kudos-on-hold = These kudos are hidden
kudos-on-hold-text = Somebody reported them. They are only shown again if an admin decides to keep them.
kudos-newest = Newest kudos
kudos-older = Older kudos
kudos-pages = Pages of kudos
kudos-all = All kudos
kudos-feed = Follow public kudos in a feed reader (Atom)
kudos-feed-json = JSON
kudos-value = Value
kudos-any-value = Any value
kudos-filter-person = To or from { $name }
kudos-filter-event = About { $name }
kudos-filter-team = To { $name }
# The browser replaces {"{count}"} with a number.
kudos-arrived = New kudos on this page: {"{count}"}
kudos-show-new = Show new kudos: {"{count}"}
kudos-none = No kudos yet
kudos-none-text = Kudos that people give each other will appear here.
kudos-no-results = No kudos match these filters
kudos-no-results-text = Give the first ones, or clear the filters.
kudos-feed-title = Kudos · { $community }
kudos-card-from = From { $name }
kudos-webhook-from = from { $name }
kudos-card-alt = { $title }: “{ $text }”
kudos-page-title = Kudos to { $name }

## Giving kudos

kudos-give-lead = Say what they did and what it changed.
kudos-give-to = Give kudos to { $name }
kudos-to = Who do you want to thank?
kudos-find = Find a person
help-kudos-find = You can add up to ten people. Type a name, or a part of one.
kudos-find-button = Search
kudos-suggested = People you worked with lately
kudos-occasions = Occasions to give kudos
kudos-occasion-attended = You attended
kudos-occasion-first-event = { $name } hosted their first event:
kudos-occasion-one-year = { $name } joined a year ago
kudos-nobody-found = Nobody found for “{ $words }”. Check the spelling, or try a part of the name.
kudos-add = Add
kudos-add-name = Add { $name }
kudos-remove = Remove { $name }
kudos-team = Team
kudos-no-team = No team
help-kudos-team = Thank a whole team instead, or in addition.
kudos-text = Your message
help-kudos-text = 20 to 500 characters. What did they do, and what did it change? You can use **bold**, *italic*, lists and links.
# The browser replaces {"{count}"} with a number.
kudos-counter = {"{count}"} of { $max } characters
kudos-values = Which values does this show?
help-kudos-values = Choose one to three.
kudos-visibility = Who can see this?
help-kudos-visibility = Their names appear to visitors only if their profiles allow it.
kudos-choice-public = Everyone
kudos-choice-members = Members of this community
kudos-choice-team = Your team and theirs
kudos-choice-private = Only them
kudos-preview = Preview
flash-kudos-given = Kudos given.

## One card

kudos-yours = Your kudos
kudos-edit = Edit kudos
kudos-edit-help = You can edit the message and the values for 15 minutes.
kudos-retract = Retract kudos
kudos-retract-text = Nobody will see them any more. They still count towards your limits.
kudos-to-you = These kudos are for you
kudos-hide = Hide kudos
kudos-hide-text = If you hide them, only you and the giver can see them.
kudos-hide-me = Remove me
kudos-hide-me-text = If you remove yourself, other people won’t see your name on this card.
kudos-show = Show kudos
kudos-hidden-text = You have hidden these kudos. Only you and the giver can see them.
kudos-show-me = Show me again
kudos-hidden-me-text = You have removed yourself. Other people don’t see your name on this card.
kudos-thank = Add my name
kudos-thank-undo = Remove my name
kudos-thank-help = Your name appears next to the giver’s. It counts towards your limits like kudos of your own.
flash-kudos-thanked = Your name was added.
flash-kudos-unthanked = Your name was removed.
flash-kudos-saved = Kudos updated.
flash-kudos-retracted = Kudos retracted.
flash-kudos-hidden = Kudos hidden.
flash-kudos-shown = Kudos visible again.

## My kudos

kudos-mine = My kudos
kudos-mine-lists = Lists of my kudos
kudos-mine-received = Received
kudos-mine-given = Given
kudos-mine-none-received = Kudos that people give you will appear here.
kudos-mine-none-given = Kudos that you give will appear here.
kudos-print = Print page
kudos-csv = Download as CSV
kudos-csv-direction = Direction
kudos-csv-date = Date
kudos-csv-from = From
kudos-csv-to = To
kudos-csv-values = Values
kudos-csv-message = Message
kudos-csv-visibility = Visibility
kudos-csv-link = Link

## Screens and meetings

kudos-screen = Show on a screen
kudos-shuffle = Shuffle kudos
kudos-shuffle-next = Next card
kudos-shuffle-back = Previous card
kudos-shuffle-place = Card { $place } of { $count }
kudos-shuffle-end = That’s all
kudos-shuffle-end-text = You’ve seen the kudos of the last 90 days.
kudos-shuffle-again = Shuffle again

## Thanked by many (K12)

kudos-board = Thanked by many
kudos-board-text = Up to five people who received kudos from the most people in the last { $days } days, in alphabetical order. Only people who agreed are shown.
kudos-board-off = This community shows up to five people who received kudos from many others. You’re shown only if you agree.
kudos-board-on = You chose to be among the people who can be shown.
kudos-board-join = Let my name be shown
kudos-board-leave = Stop showing my name
flash-kudos-board-joined = Your name can be shown now.
flash-kudos-board-left = Your name won’t be shown any more.

## For organisers

kudos-unthanked = Who gets no kudos
kudos-unthanked-text = Disciplines and groups with five people or more, where nobody received kudos in the last 90 days.
kudos-unthanked-disciplines = Disciplines
kudos-unthanked-groups = Groups
kudos-unthanked-none = Somebody in each of them received kudos.
