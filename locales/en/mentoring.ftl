## Mentoring

mentoring-title = Mentoring
mentoring-lead = Learn from someone who has done it before, or share what you know. Sign up for a round, and we’ll propose a match and tell you why.
mentoring-new-programme = Create programme
mentoring-none = No open rounds
mentoring-none-text = Rounds that you can sign up for will appear here.
mentoring-none-organiser = Rounds that members can sign up for will appear here. Create a programme first, then a round.
mentoring-programmes = Programmes
mentoring-how = How it works
mentoring-other-ways = Other ways to learn and teach
mentoring-how-1 = Sign up
mentoring-how-1-text = It takes about five minutes. Tell us your topics, when you have time, and who you’d like to be matched with.
mentoring-how-2 = Check your answers
mentoring-how-2-text = Before sign-up closes, we email you what we have about you. You can change it until then.
mentoring-how-3 = Get a proposal
mentoring-how-3-text = You see who it is and why you fit. You both accept or decline. Declining needs no reason.
mentoring-how-4 = Meet
mentoring-how-4-text = When both have accepted, you see each other’s contact details.

# Rounds
mentoring-rounds = Rounds
mentoring-no-rounds = No rounds yet
mentoring-no-rounds-text = Rounds of this programme will appear here.
mentoring-new-round = Create round
mentoring-state-draft = Draft
mentoring-state-open = Open for sign-up
mentoring-state-closed = Sign-up closed
mentoring-state-published = Running
mentoring-state-finished = Finished
mentoring-state-cancelled = Cancelled
mentoring-closes = Sign-up closes
mentoring-runs = Mentoring period
mentoring-zone = { $city } time
mentoring-window-not-yet = Only coordinators can see this round. Open it when members can sign up.
mentoring-window-open = You can sign up as a mentee, as a mentor, or as both. You’re never matched with yourself.
mentoring-window-late = Sign-up has closed for the first match. You can still sign up, and you’ll join the queue for the next one.
mentoring-window-over = This round takes no more sign-ups.
mentoring-start-mentee = Find a mentor
mentoring-start-mentor = Become a mentor
mentoring-finish-mentee = Finish signing up as a mentee
mentoring-finish-mentor = Finish signing up as a mentor
mentoring-see-mentee = Your mentee sign-up
mentoring-see-mentor = Your mentor sign-up
mentoring-mine-mentee-draft = Mentee: not sent yet
mentoring-mine-mentee-submitted = Mentee: signed up
mentoring-mine-mentee-withdrawn = Mentee: withdrawn
mentoring-mine-mentor-draft = Mentor: not sent yet
mentoring-mine-mentor-submitted = Mentor: signed up
mentoring-mine-mentor-withdrawn = Mentor: withdrawn
mentoring-coordinate = For coordinators
mentoring-change-open = Open sign-up
mentoring-change-close = Close sign-up
mentoring-change-reopen = Reopen sign-up
mentoring-change-finish = Finish round
mentoring-change-cancel = Cancel round
mentoring-change-finish-text = Unanswered proposals are withdrawn, and we email the people in them. Mentorships continue. You can’t undo this.
mentoring-change-cancel-text = Nobody will be matched in this round. We email everyone who signed up. You can’t undo this.

# Programmes
mentoring-for-group = For members of
mentoring-for-everybody = For all members
mentoring-edit-programme = Edit programme
mentoring-coordinators = Coordinators
mentoring-coordinators-text = Coordinators can read sign-ups, including goals. They can’t see wishes or who someone wants to avoid.
mentoring-person = Add a coordinator
help-mentoring-person = Their name, or the last part of the address of their page, for example mei-tanaka.
mentoring-add-coordinator = Add coordinator
mentoring-remove = Remove
mentoring-remove-name = Remove { $name }
mentoring-new-programme-lead = A programme says what the mentoring is for and how people are matched. You then create its rounds.
mentoring-create-programme = Create programme
help-mentoring-purpose = What members get out of it. Shown on the programme’s page.
mentoring-group = Who can sign up?
help-mentoring-group = All members, or the members of one group.
mentoring-all-members = All members
mentoring-questions = Questions
mentoring-questions-text = Mentees and mentors choose the same option if they fit. Leave a question empty to remove it.
mentoring-question = Question { $number }
mentoring-question-mentee = Text for mentees
mentoring-question-mentor = Text for mentors (empty: the same)
mentoring-question-options = 2 to 6 options, with semicolons between them
mentoring-advanced = Points and rules
mentoring-weights = Points
mentoring-weights-text = How much each part counts. The points add up to 1000.
field-topics-weight = Topics
field-answers-weight = Answers
field-wishes-weight = Wishes
field-hours-weight = Shared hours
field-seniority-weight = Seniority
field-language-weight = Language
field-variety-weight = Other team or discipline
mentoring-rules = Rules
field-min-overlap-hours = Shared hours a week, at least
field-min-seniority-gap = Mentor’s levels above the mentee, at least
field-max-seniority-gap = Mentor’s levels above the mentee, at most
help-seniority-gap = Levels are junior, mid, senior, lead and principal. Use a negative number for reverse mentoring, or leave it empty.
field-same-team = People who work together
mentoring-same-team-no = Never match people of one team or reporting line
mentoring-same-team-yes = Can be matched
field-load = Cost of a second mentee
help-load = A higher number spreads mentees over more mentors.
field-cool-down = Rounds before a pair can be matched again
help-cool-down = 0 allows the same pair in the next round.

# The form of a round
mentoring-new-round-lead = A new round is a draft. Only coordinators see it until you open sign-up.
mentoring-create-round = Create round
mentoring-edit-round = Edit round
help-mentoring-round-name = For example “Spring 2027”.
help-mentoring-closes = Members get an email two days before, with what we have about them.
mentoring-starts-on = First day
mentoring-ends-on = Last day

# The sign-up
mentoring-sign-up-mentee = Sign up as a mentee
mentoring-sign-up-mentor = Sign up as a mentor
mentoring-steps = Steps
mentoring-step-about-mentee = Topics and goal
mentoring-step-about-mentor = Topics and places
mentoring-step-hours = Weekly hours
mentoring-step-people-mentee = Wishes
mentoring-step-people-mentor = Preferences
mentoring-step-check = Check and send
mentoring-save-next = Save and continue
mentoring-save-later = Save for later
mentoring-saved-text = Every step is saved, so you can come back later. Nothing is sent until the last step.
mentoring-prefilled = We filled in what your profile says. You can change it here without changing your profile.
mentoring-topic-1 = What do you want to learn most?
mentoring-topic-2 = Second topic
mentoring-topic-3 = Third topic
help-mentoring-topic = The first topic counts most.
mentoring-choose-topic = Choose a topic
mentoring-no-topic = None
mentoring-goal = Your goal in one sentence
help-mentoring-goal = For example “I want to lead my first threat modelling session by June.” Only coordinators and a mentor we propose to you can read it.
mentoring-places = How many mentees can you take?
help-mentoring-places = Mentees you already have don’t count.
mentoring-hours-a-month = Hours a month
help-mentoring-hours-a-month = For all of your mentees together.
mentoring-topics = What can you teach?
help-mentoring-topics = Choose at least one topic. Beside each one you can say how confident you are.
mentoring-confidence-of = How confident are you with { $name }?
mentoring-confidence-1 = I know the basics
mentoring-confidence-2 = I’m confident
mentoring-confidence-3 = I’m an expert
mentoring-paused-until = Take no mentees until
help-mentoring-paused = Only if you’re away for a while.
mentoring-languages = Languages you’d meet in
mentoring-hours-lead = Tick the hours in which you could meet, at least { $min }. Two people need an hour in common, so more choice means a better match. Ticking every hour gives no extra points.
help-mentoring-zone = The hours are in this time zone.
mentoring-hours-legend = When could you meet?
mentoring-hours-day = Hours during the day
mentoring-hours-more = Early and late hours
mentoring-hours-night = Early and late hours
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
day-short-monday = Mo
day-short-tuesday = Tu
day-short-wednesday = We
day-short-thursday = Th
day-short-friday = Fr
day-short-saturday = Sa
day-short-sunday = Su

# People
mentoring-people-lead-mentee = Choose up to five mentors in the order you’d like them. This step is optional.
mentoring-people-lead-mentor = Say who you’d like to mentor, and who you’d rather not. This step is optional.
mentoring-people-private = Only you can see this. It’s never shown to the people you choose, to coordinators or to admins.
mentoring-people-mentee = Mentors in this round
mentoring-people-mentor = Mentees in this round
mentoring-nobody-mentee = No mentors here yet. Mentors who have signed up will appear here.
mentoring-nobody-mentor = No mentees here yet. Mentees who have signed up will appear here.
mentoring-people-next = Continue to the last step
mentoring-kind-wish = Your wishes
mentoring-kind-would-like = You’d like to mentor
mentoring-kind-rather-not = You’d rather not mentor
mentoring-kind-never = Never match me with
mentoring-no-wishes = No wishes yet. Choose mentors from the list below.
mentoring-move-up = Move { $name } up
mentoring-move-down = Move { $name } down
mentoring-reason-topics-mentee =
    { $asked ->
        [0] Choose your topics to see what you have in common.
        [one] { $shared ->
            [0] Doesn’t teach your topic, so adding them to your wishes has no effect
           *[other] Teaches your topic
        }
       *[other] { $shared ->
            [0] Teaches none of your { $asked } topics, so adding them to your wishes has no effect
           *[other] Teaches { $shared } of your { $asked } topics
        }
    }
mentoring-reason-topics-mentor =
    { $asked ->
        [one] { $shared ->
            [0] You don’t teach their topic, so choosing them has no effect
           *[other] You teach their topic
        }
       *[other] { $shared ->
            [0] You teach none of their { $asked } topics, so choosing them has no effect
           *[other] You teach { $shared } of their { $asked } topics
        }
    }
mentoring-reason-hours =
    { $hours ->
        [0] No shared hour in every week
        [one] 1 shared hour a week
       *[other] { $hours } shared hours a week
    }
mentoring-reason-language = No language in common
mentoring-set-wish = Add to wishes
mentoring-set-wish-name = Add { $name } to your wishes
mentoring-set-would-like = Would like
mentoring-set-would-like-name = Say that you’d like to mentor { $name }
mentoring-set-rather-not = Rather not
mentoring-set-rather-not-name = Say that you’d rather not mentor { $name }
mentoring-set-never = Never match
mentoring-set-never-name = Never match me with { $name }
mentoring-is-wish = Your wish
mentoring-is-would-like = You’d like to
mentoring-is-rather-not = You’d rather not
mentoring-is-never = Never

# The whole sign-up
mentoring-whole-check = This is what we have about you. Check it, then send your sign-up.
mentoring-whole-sent = You’re signed up. This is what we have about you. You can change it until sign-up closes.
mentoring-whole-fixed = You’re signed up. This is what we have about you. Sign-up has closed, so it can’t be changed now.
mentoring-whole-late = Sign-up has closed for the first match. If you send this now, you join the queue for the next one.
mentoring-whole-over = This round takes no sign-ups now.
mentoring-missing = These parts are missing before you can send your sign-up:
mentoring-missing-topics = Choose at least one topic
mentoring-missing-goal = Write your goal
mentoring-missing-answers = Answer every question
mentoring-missing-hours-a-month = Say how many hours a month you have
mentoring-missing-languages = Choose a language
mentoring-missing-hours = Tick at least three hours of the week
mentoring-change = Change
mentoring-change-step = Change: { $step }
mentoring-topics-label = Topics
mentoring-sees = Who can see this?
mentoring-sees-public-mentee = Mentors in this round see your name and topics.
mentoring-sees-public-mentor = Mentees in this round see your name, topics and places, and how many hours you have in common.
mentoring-sees-coordinator-mentee = Coordinators also see your goal, answers, languages and hours.
mentoring-sees-coordinator-mentor = Coordinators also see your answers, languages and hours.
mentoring-sees-proposed-mentee = A mentor we propose to you also sees your goal.
mentoring-sees-proposed-mentor = You see the goal of a mentee we propose to you.
mentoring-sees-nobody-mentee = Only you see your wishes and who you don’t want to be matched with. Your contact details are shared after you both accept.
mentoring-sees-nobody-mentor = Only you see who you’d like, rather not or never mentor. Your contact details are shared after you both accept.
mentoring-consent = I agree that my answers are used to find a match in this round, and are shown as described above.
mentoring-send = Send sign-up
mentoring-withdraw = Withdraw sign-up
mentoring-withdraw-text = If you withdraw, you won’t be matched in this round. You can undo it.

flash-programme-created = Programme created.
flash-programme-saved = Programme saved.
flash-coordinator-added = Coordinator added.
flash-coordinator-removed = Coordinator removed.
flash-round-created = Round created. Open sign-up when you’re ready.
flash-round-saved = Round saved.
flash-round-open = Sign-up is open.
flash-round-close = Sign-up is closed.
flash-round-reopen = Sign-up is open again.
flash-round-finish = Round finished.
flash-round-cancel = Round cancelled.
flash-sign-up-saved = Saved.
flash-sign-up-sent = You’re signed up.
flash-sign-up-withdrawn = You’ve withdrawn your sign-up.

# The coordinator's dashboard
mentoring-sign-ups = Sign-ups
mentoring-export = Export as CSV
mentoring-import = Import sign-ups
mentoring-count-mentees = Mentees
mentoring-count-mentors = Mentors
mentoring-count-places = Places
mentoring-count-unfinished = Not sent yet
mentoring-no-sign-ups = No sign-ups yet
mentoring-no-sign-ups-text = Sign-ups that were sent will appear here.
mentoring-by-topics = Topics
mentoring-by-topics-text = A mentor’s places count for each of their topics.
mentoring-by-regions = Regions
mentoring-by-disciplines = Disciplines
mentoring-lacks =
    { $places ->
        [one] 1 place missing
       *[other] { $places } places missing
    }
mentoring-invite = Invite people who teach this
mentoring-invite-topic = Invite people who teach { $topic }
mentoring-demand = Mentors in demand
mentoring-demand-text = Shown from five wishes up, so that nobody’s wish can be guessed.
mentoring-no-demand = No mentor has five wishes yet.
mentoring-wishes = { $wishes } wishes
mentoring-people-all = People
mentoring-late = Late
mentoring-sign-up-state = Sign-up
mentoring-changed = Last change
mentoring-shown-text = Goals are for their author, coordinators and a proposed mentor. Please don’t share them.
region-americas = Americas
region-europe-africa = Europe and Africa
region-asia-pacific = Asia and Pacific
region-anywhere = No region
flash-mentors-invited =
    { $count ->
        [0] Nobody else teaches this topic, or everyone was invited already.
        [one] 1 member invited.
       *[other] { $count } members invited.
    }

# Import
mentoring-import-lead = Upload a CSV file with sign-ups, or paste its text. We check every row first, and import nothing if one has a problem.
mentoring-csv = Sign-ups as CSV
help-mentoring-csv = The first line names the columns. In most spreadsheets, choose “Save as CSV” and paste the file’s text.
mentoring-import-check = Check
mentoring-import-file = CSV file
mentoring-import-upload = Upload and check file
mentoring-import-long = This file is too long to edit here. Change it in your spreadsheet, then upload it again.
mentoring-import-now = Import sign-ups
mentoring-import-ready =
    Ready to import: { $mentees ->
        [one] 1 mentee
       *[other] { $mentees } mentees
    } and { $mentors ->
        [one] 1 mentor
       *[other] { $mentors } mentors
    }. { $drafts } of them must confirm first. Everyone gets an email with what we have about them.
mentoring-import-place = Line { $line }, column { $column }:
mentoring-import-nothing = Nothing was imported. Correct these cells and check again.
mentoring-columns = Columns
mentoring-columns-text = Only member and role are needed. Lists have semicolons between their entries. Wishes and people to avoid can be imported, and are never exported.
mentoring-column-member = The end of the address of their page, such as mei-tanaka, or their email address
mentoring-column-name = Their name (only in exports)
mentoring-column-role = mentee or mentor
mentoring-column-state = Where the sign-up is (only in exports)
mentoring-column-topics = Topics by their short names, such as rust. A mentor’s can have a confidence from 1 to 3: rust:3
mentoring-column-goal = A mentee’s goal
mentoring-column-places = A mentor’s places
mentoring-column-hours-a-month = A mentor’s hours a month
mentoring-column-paused-until = The day until which a mentor takes nobody, such as 2027-03-01
mentoring-column-languages = Language codes, such as en or fi
mentoring-column-zone = A time zone, such as Europe/London. Empty: the zone of their profile
mentoring-column-hours = Weekly hours, such as Mon 09-12
mentoring-column-answers = The texts of the chosen options, in the order of the questions
mentoring-column-submitted-at = When it was sent (only in exports)
mentoring-column-consented-on = The day on which they agreed to take part. Empty: they get an email and confirm it themselves
mentoring-column-wishes = A mentee’s wishes in order, by the ends of the addresses of their pages
mentoring-column-would-like = People a mentor would like
mentoring-column-rather-not = People a mentor would rather not have
mentoring-column-never = People they are never matched with
flash-mentoring-imported =
    { $count ->
        [one] 1 sign-up imported.
       *[other] { $count } sign-ups imported.
    }

# The to-do list on the home page
to-do-title = To do
to-do-sign-up-mentee = Finish signing up as a mentee: { $round }
to-do-sign-up-mentor = Finish signing up as a mentor: { $round }

# Emails of coordinators
round-email-title = Email people
round-email-lead = Write to people who haven’t answered or haven’t met. We hold each email for five minutes, so you can check it and cancel it.
round-email-audience = Who gets it?
round-audience-invited =
    { $people ->
        [one] People who haven’t answered a proposal: { $people } person
       *[other] People who haven’t answered a proposal: { $people } people
    }
round-audience-no-meeting =
    { $people ->
        [one] Pairs without a meeting yet: { $people } person
       *[other] Pairs without a meeting yet: { $people } people
    }
round-audience-silent =
    { $people ->
        [one] Pairs that haven’t met for three weeks: { $people } person
       *[other] Pairs that haven’t met for three weeks: { $people } people
    }
round-email-text = Message
help-round-email-text = 10 to 2,000 characters. Nobody gets more than one of these emails a day, and people who turned them off get none.
round-email-send = Send email
round-email-list = Emails of this round
round-email-held = Held until
round-email-sent = Sent
round-email-cancelled = Cancelled
round-email-cancel = Cancel email

flash-round-email-held = Email held for five minutes. Check it below.
flash-round-email-cancelled = Email cancelled.
