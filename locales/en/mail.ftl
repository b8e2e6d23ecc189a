## mail: the sentences of every letter

# What every letter has.
mail-hello = Hello { $name },
mail-home = Open { $community }
mail-why-event = You get this mail from { $community } because you asked for a seat at this event.
mail-why-announcement = You get this mail from { $community } because the organisers of this event wrote to you.
mail-why-belong = You get this mail from { $community } because you belong to { $group }.
mail-why-digest = You get this mail from { $community } because you asked for a summary instead of single mails.
mail-mute = Unsubscribe from mails like this
mail-never-again = Never email this address again
mail-mute-group = Unsubscribe from mails like this of { $group }
mail-wishes = Choose which mails you get
mail-why-address = You get this mail because somebody typed this address at { $community }.
mail-open-page = Open the event page
mail-free-seat =
    { $reply ->
        [yes] To give your seat back, answer “No” in your calendar or use the link “Your seat”. The link works without signing in.
       *[no] To give your seat back, use the link “Your seat”: it works without signing in. Answering “No” in your calendar does not free it.
    }
mail-why-host = You get this email because you look after this event.

# Facts of an event.
mail-label-when = When
mail-label-place = Where
mail-label-seats = Seats
mail-label-join = Join at
mail-label-page = Event page
mail-label-seat = Your seat
mail-label-was = It was
mail-when-there = { $span } in { $city }
mail-when-same = { $span } in { $city } ({ $offset })
mail-when-here = { $span } for you ({ $offset })
mail-seats =
    { $guests ->
        [0] One, yours
        [one] Two: yours, and one for your guest
       *[other] Yours, and { $guests } for your guests
    }
mail-seats-offered =
    { $guests ->
        [0] One, held for you
        [one] Two, held: for you and your guest
       *[other] Held for you and { $guests } guests
    }
mail-seats-waiting =
    { $guests ->
        [0] None yet; you asked for one
        [one] None yet; you asked for two
       *[other] None yet; you asked for yours and { $guests } for your guests
    }
mail-ics-join = Join at: { $url }
mail-ics-page = Event page: { $url }

# Signing in.
mail-sign-in-subject = Sign in to { $community }: { $code }
mail-sign-in-heading = Sign in to { $community }
mail-sign-in-lead = This link signs you in. It works in the browser that you asked from:
mail-sign-in-button = Sign in
mail-sign-in-code = Are you reading this somewhere else? Then type this code in the browser that you asked from:
mail-sign-in-how-long =
    { $minutes ->
        [one] The link and the code work once, for one minute from when you asked.
       *[other] The link and the code work once, for { $minutes } minutes from when you asked.
    }
mail-sign-in-not-you = If you did not ask to sign in, you need not do anything. Give the code to nobody.

mail-no-account-subject = You asked to sign in to { $community }
mail-no-account-heading = There is no account with this address
mail-no-account-lead = Somebody, probably you, asked to sign in to { $community } with this address. No account has it.
mail-no-account-what = If you have an account, sign in with the address it uses. If you don't, you can request an invitation.
mail-no-account-button = Request an invitation
mail-no-account-not-you = If you did not ask, ignore this email.

mail-prove-subject = Your code for { $community }: { $code }
mail-prove-heading = Confirm your email address
mail-prove-lead = Use this code to confirm that this email address is yours:
mail-prove-where = Sign in to { $community }, open your profile, and enter the code under “Email address”. The code works for 24 hours.
mail-prove-button = Enter the code
mail-prove-not-you = If you don’t have an account there, ignore this email. Don’t share the code with anyone.

mail-address-changed-subject = Your email address at { $community } has changed
mail-address-changed-heading = Your email address has changed
mail-address-changed-lead = Your account at { $community } now uses a different email address. We won’t send any more emails to this one.
mail-address-changed-not-you = If you didn’t change it, ask an organiser for help.
mail-why-address-changed = You’re receiving this email because your account at { $community } used this address.

# Seats.
mail-confirmed-subject = You have a seat: { $title }
mail-confirmed-heading = You have a seat
mail-confirmed-lead =
    { $guests ->
        [0] Your seat at “{ $title }” is taken for you.
        [one] Your seat at “{ $title }” is taken for you, and one for your guest.
       *[other] Your seat at “{ $title }” is taken for you, and { $guests } for your guests.
    }

mail-guests-changed-subject =
    { $guests ->
        [0] You now come without guests: { $title }
        [one] You now have 1 guest: { $title }
       *[other] You now have { $guests } guests: { $title }
    }
mail-guests-changed-heading =
    { $guests ->
        [0] You now come without guests
        [one] You now have 1 guest
       *[other] You now have { $guests } guests
    }
mail-guests-changed-lead =
    { $guests ->
        [0] You keep your seat at “{ $title }” and come without guests.
        [one] You keep your seat at “{ $title }” and bring one guest.
       *[other] You keep your seat at “{ $title }” and bring { $guests } guests.
    }
mail-guests-changed-before =
    { $before ->
        [0] Before, you had no guests.
        [one] Before, you had one guest.
       *[other] Before, you had { $before } guests.
    }

mail-confirmed-in-line = This seat is online. You keep your place in line for the room, and move there when a seat is free.

mail-requested-subject = You asked for a seat: { $title }
mail-requested-heading = You asked for a seat
mail-requested-lead =
    { $guests ->
        [0] Your request for a seat at “{ $title }” is with the organiser.
        [one] Your request for a seat at “{ $title }”, and one for your guest, is with the organiser.
       *[other] Your request for a seat at “{ $title }”, and { $guests } for your guests, is with the organiser.
    }
mail-requested-next = You get another mail with the answer. Until then no seat is held for you; do not plan your journey yet.

mail-approved-subject = The organiser said yes, you have a seat: { $title }
mail-approved-heading = The organiser said yes
mail-approved-lead =
    { $guests ->
        [0] Your request was accepted: your seat at “{ $title }” is taken for you.
        [one] Your request was accepted: your seat at “{ $title }” is taken for you, and one for your guest.
       *[other] Your request was accepted: your seat at “{ $title }” is taken for you, and { $guests } for your guests.
    }

mail-rejected-subject = No seat this time: { $title }
mail-rejected-heading = No seat this time
mail-rejected-lead = The organiser did not accept your request for a seat at “{ $title }”.
mail-rejected-next = You need not do anything.

mail-new-requests-subject =
    { $requests ->
        [one] 1 new request to attend: { $title }
       *[other] { $requests } new requests to attend: { $title }
    }
mail-new-requests-heading =
    { $requests ->
        [one] 1 new request to attend
       *[other] { $requests } new requests to attend
    }
mail-new-requests-lead =
    { $requests ->
        [one] Somebody asked to attend “{ $title }”.
       *[other] { $requests } people asked to attend “{ $title }”.
    }
mail-new-requests-more =
    { $more ->
        [one] and one more
       *[other] and { $more } more
    }
mail-new-requests-next =
    { $requests ->
        [one] No seat is reserved until you approve the request.
       *[other] No seats are reserved until you approve the requests.
    }
mail-new-requests-button =
    { $requests ->
        [one] Answer the request
       *[other] Answer the requests
    }

mail-request-waits-subject =
    { $requests ->
        [one] A request waits for your answer: { $title }
       *[other] { $requests } requests wait for your answer: { $title }
    }
mail-request-waits-heading =
    { $requests ->
        [one] A request waits for your answer
       *[other] { $requests } requests wait for your answer
    }
mail-request-waits-lead =
    { $requests ->
        [one] Somebody asked three days ago for a seat at “{ $title }” and has had no answer.
       *[other] { $requests } people asked three days ago for a seat at “{ $title }” and have had no answer.
    }
mail-request-waits-button = Answer

mail-offer-subject = A seat is held for you until { $until }: { $title }
mail-offer-heading = A seat is held for you
mail-offer-lead =
    { $guests ->
        [0] A seat at “{ $title }” came free, and it is your turn.
        [one] Two seats at “{ $title }” came free: for you and your guest.
       *[other] Seats at “{ $title }” came free: for you and your { $guests } guests.
    }
mail-offer-button = Take it, or let it go
mail-offer-until = It is held until { $until } ({ $offset }). Then it is offered to who is next.
mail-offer-next = If you cannot come, say so with the same link: somebody else is waiting.

mail-offer-expired-subject = The seat has passed on: { $title }
mail-offer-expired-heading = The seat has passed on
mail-offer-expired-lead = The seat at “{ $title }” that was held for you was not taken in time.
mail-offer-expired-next = You are no longer on the waitlist. If you still want to come, ask again on the event page.
mail-offer-expired-online = You keep your seat online. If you still want one in the room, ask again on the event page.

mail-fewer-subject = Come with fewer? { $title }
mail-fewer-heading = Come with fewer?
mail-fewer-lead =
    { $free ->
        [one] You wait for { $wanted } seats at “{ $title }”. One is free now.
       *[other] You wait for { $wanted } seats at “{ $title }”. { $free } are free now.
    }
mail-fewer-button = Choose
mail-fewer-until = Nothing is held: who comes first has it. After { $until } ({ $offset }) we ask the next.
mail-fewer-next = If you would rather wait for all your seats, you need not do anything: you keep your place in line.

mail-bumped-subject = We are sorry, you are back on the waitlist: { $title }
mail-bumped-heading = We are sorry: there are fewer seats now
mail-bumped-lead = There are fewer seats at “{ $title }” than were promised. Yours was one of the last to be taken, and the organiser had to move you back to the waitlist.
mail-bumped-next =
    { $guests ->
        [0] You stand at its top: the next seat that comes free goes to you first. We apologise for the trouble.
       *[other] You stand at its top: as soon as there are seats for all of you, they go to you first. With fewer guests there may be one sooner. We apologise for the trouble.
    }
mail-bumped-calendar = The entry in your calendar goes with the seat.

mail-waitlisted-subject = You are on the waitlist: { $title }
mail-waitlisted-heading = You are on the waitlist
mail-waitlisted-lead =
    { $position ->
        [1] All seats at “{ $title }” are taken. You are next on the waitlist.
       *[other] All seats at “{ $title }” are taken. You are number { $position } on the waitlist.
    }
mail-waitlisted-next =
    { $offers ->
        [yes] As soon as there is a seat for you, we hold it for you and write to you: then you take it or let it go. If you no longer want one, use the link “Your seat”.
       *[no] As soon as there is a seat for you, we take it for you and write to you. If you no longer want one, use the link “Your seat”.
    }
mail-waitlisted-free-subject =
    { $free ->
        [one] On the waitlist for { $wanted } seats, 1 seat is free now: { $title }
       *[other] On the waitlist for { $wanted } seats, { $free } seats are free now: { $title }
    }
mail-waitlisted-free-heading = You’re on the waitlist for { $wanted } seats
mail-waitlisted-free-lead =
    { $free ->
        [one] You’re on the waitlist for { $wanted } seats at “{ $title }”. 1 seat is free now, and you can take it.
       *[other] You’re on the waitlist for { $wanted } seats at “{ $title }”. { $free } seats are free now, and you can take them.
    }
mail-waitlisted-free-button =
    { $free ->
        [one] Take 1 seat
       *[other] Take up to { $free } seats
    }
mail-waitlisted-free-until = Not reserved: first come, first served. After { $until } ({ $offset }), we ask the next person.
mail-waitlisted-free-next =
    { $position ->
        [1] If you would rather wait for { $wanted } seats, you need not do anything. You are next on the waitlist.
       *[other] If you would rather wait for { $wanted } seats, you need not do anything. You are number { $position } on the waitlist.
    }
mail-waitlisted-accepted = The organiser accepted your request.
mail-waitlisted-online = Until then you keep your seat online.

mail-promoted-subject =
    { $host ->
        [yes] The organiser gives you a seat: { $title }
       *[no] A seat is free and it is yours: { $title }
    }
mail-promoted-heading =
    { $host ->
        [yes] The organiser gives you a seat
       *[no] A seat is free and it is yours
    }
mail-promoted-lead =
    { $guests ->
        [0] You moved from the waitlist to a seat at “{ $title }”.
        [one] You moved from the waitlist to a seat at “{ $title }”, and so did your guest.
       *[other] You moved from the waitlist to a seat at “{ $title }”, and so did your { $guests } guests.
    }
mail-promoted-cannot = If you cannot come any more, somebody else is waiting for the seat.

mail-left-subject = Your seat is given back: { $title }
mail-left-subject-waiting = You left the waitlist: { $title }
mail-left-heading = Your seat is given back
mail-left-heading-waiting = You left the waitlist
mail-left-lead = You no longer have a seat at “{ $title }”. The entry in your calendar goes with it.
mail-left-lead-waiting = You are no longer on the waitlist of “{ $title }”.
mail-left-again = If you change your mind, answer again on the event page.

# Changes of an event.
mail-rescheduled-subject =
    { $changed ->
        [time] New time: { $time }: { $title }
        [place] New place: { $title }
        [link] New link to join: { $title }
       *[title] New title: { $title }
    }
mail-rescheduled-heading =
    { $changed ->
        [time] The event has a new time
        [place] The event has a new place
        [link] The event has a new link to join
       *[title] The event has a new title
    }
mail-rescheduled-lead =
    { $changed ->
        [time] “{ $title }” has a new time.
        [place] “{ $title }” has a new place.
        [link] “{ $title }” has a new link to join.
       *[title] “{ $before }” is now called “{ $title }”. The time and the place are the same.
    }
mail-renamed = It was called “{ $before }” before.
mail-rescheduled-next-title = You keep your seat. The entry in your calendar gets the new title.
mail-rescheduled-next = You keep your seat. If you can still come, you need not do anything.
mail-can = I can still come
mail-cannot-any-more = I can’t come
mail-rescheduled-next-waiting = You keep your place on the waitlist. If the change does not suit you, leave it on the event page.

mail-cancelled-subject = Cancelled: { $title }
mail-cancelled-heading = The event is cancelled
mail-cancelled-lead = “{ $title }” will not take place.
mail-cancelled-reason = The organiser writes:
mail-cancelled-calendar = The entry in your calendar goes with it. You need not do anything.
mail-cancelled-waiting = You were on the waitlist. You need not do anything.

mail-reinstated-subject =
    { $changed ->
        [time] It takes place after all, at a new time ({ $time }): { $title }
        [place] It takes place after all, at a new place: { $title }
       *[no] It takes place after all: { $title }
    }
mail-reinstated-heading = It takes place after all
mail-reinstated-lead = “{ $title }” was cancelled. Now it takes place after all.
mail-reinstated-changed =
    { $changed ->
        [time] It has a new time.
        [place] It has a new place.
        [link] It has a new link to join.
       *[title] It was called “{ $before }” before.
    }
mail-reinstated-next = You still have your seat. If you can come, you need not do anything.
mail-reinstated-next-waiting = You are still on the waitlist.

# Groups.
mail-why-group = You get this mail from { $community } because of a group that you are in, look after, or asked to come into.
mail-why-invited = You get this email because somebody at { $community } invited you by your name or this address.
mail-open-group = Open the group’s page
mail-organiser-writes = An organiser writes:
mail-join-requested-subject = { $who } would like to join { $group }
mail-join-requested-heading = Somebody would like to join
mail-join-requested-lead = { $who } asks to come into “{ $group }”, which you look after.
mail-join-requested-button = Answer
mail-join-accepted-subject = You are in: { $group }
mail-join-accepted-heading = You are in
mail-join-accepted-lead = You asked to come into “{ $group }”, and you are a member now.
mail-join-declined-subject = Not this time: { $group }
mail-join-declined-heading = Not this time
mail-join-declined-lead = You asked to come into “{ $group }”. Its organisers said no. You can ask again in a month.
mail-group-invitation-subject = You are invited: { $group }
mail-group-invitation-heading = You are invited
mail-group-invitation-lead = { $who } invites you into “{ $group }” at { $community }.
mail-group-invitation-button = See the invitation
mail-group-invitation-no = If you don't want to join, ignore this email. The invitation expires after a month.
mail-group-left-subject = Your seats are given back: { $group }
mail-group-left-subject-removed = You are no longer in { $group }
mail-group-left-heading = Your seats are given back
mail-group-left-heading-removed = You are no longer in the group
mail-group-left-lead = You left “{ $group }”, which is private.
mail-group-left-lead-removed = An organiser took you out of “{ $group }”.
mail-group-left-seats = What it holds is for its members, so this is given back:
mail-group-left-calendar = What stands of it in your calendar goes with this mail.
# Reminders.
mail-reminder-subject =
    { $hours ->
        [1] In an hour: { $title }
       *[other] In { $hours } hours: { $title }
    }
mail-reminder-heading =
    { $hours ->
        [1] It starts in an hour
       *[other] It starts in { $hours } hours
    }
mail-reminder-lead = You have a seat at “{ $title }”.
mail-cannot = Can’t you come? Then give your seat back, and somebody else can have it:
mail-give-back = Give your seat back

# What organisers write.
mail-announcement-subject =
    { $trial ->
        [yes] Test: { $subject } ({ $title })
       *[no] { $subject } ({ $title })
    }
mail-announcement-heading = { $subject }
mail-announcement-lead = { $from } writes about “{ $title }”:
mail-announcement-reply = An answer to this mail reaches { $community }, not the one who wrote it.
mail-organisers = The organisers

# News of groups.
mail-new-event-subject = New in { $group }: { $title }
mail-new-event-heading = A new event in { $group }
mail-new-event-lead = { $group } has a new event: “{ $title }”.
mail-new-event-next = Take a seat on the event page, if you would like to come.

# The digest.
mail-digest-subject =
    { $count ->
        [one] One thing that is new at { $community }
       *[other] { $count } things that are new at { $community }
    }
mail-digest-heading = What is new
mail-digest-lead = This happened at { $community } since your last summary.
mail-digest-more =
    { $more ->
        [one] And one more thing, which you find at { $community }.
       *[other] And { $more } more things, which you find at { $community }.
    }
mail-digest-coming = Coming up in your groups
# From who runs the community, and about one's own data.
mail-why-member = You get this mail because you are a member of { $community }.
mail-why-invitation = You get this email because an administrator of { $community } invited this address.
mail-why-deleted = You get this mail because you were a member of { $community }. It is the last one.

mail-invitation-subject = You are invited to { $community }
mail-invitation-heading = Come and join us
mail-invitation-lead = You are invited to join { $community }.
mail-invitation-by = { $by } invites you to join { $community }.
mail-invitation-what = Members meet at talks, workshops and reviews, and help each other learn.
mail-invitation-words = They write:
mail-invitation-how = The button opens a page where you accept. That makes your account and signs you in, without a password. It works once, until { $until }.
mail-invitation-not = If you don't want to join, ignore this email. The invitation expires by itself.
mail-invitation-button = Accept the invitation

## Requests for an invitation

mail-why-requested = You get this email because this address was typed into the request form of { $community }.
mail-requested-by-you = Somebody, probably you, asked for an invitation to { $community } with this address.
mail-requested-not-you = If you did not ask, ignore this email.
mail-requested-invitation-subject = Your request to join { $community }
mail-requested-invitation-heading = Request received
mail-requested-invitation-next = An administrator will read your request and answer by email.
mail-requested-member-subject = You already have an account at { $community }
mail-requested-member-heading = You already have an account
mail-requested-member-lead = This address has an account, so you don't need an invitation. Sign in with it.
mail-requested-member-button = Sign in
mail-declined-subject = Your request to join { $community }
mail-declined-heading = Your request was declined
mail-declined-lead = An administrator of { $community } read your request for an invitation and declined it.
mail-declined-words = They write:
mail-declined-again = You can ask again in 30 days.

mail-suspended-subject = Your membership of { $community } is suspended
mail-suspended-heading = Your membership is suspended
mail-suspended-lead = From now on you cannot take part. This is why:
mail-suspended-means = You are signed out everywhere, and your seats at what is to come are given to others. You can still sign in, read, and get a copy of your data.
mail-suspended-answer = If you think that this is wrong, answer this mail.

mail-lifted-subject = You can take part in { $community } again
mail-lifted-heading = You can take part again
mail-lifted-lead = Your suspension is lifted. Sign in, and everything is as it was.
mail-lifted-seats = Seats that you had were given to others; take new ones where there are any.

mail-works-subject = Your mail from { $community } works again
mail-works-heading = Your mail works again
mail-works-lead = Mail to you came back for a while, and you said that it works again. You read this, so it does.
mail-works-next = From now on you get everything that you asked for.

mail-deletion-subject = You will be deleted from { $community } on { $at }
mail-deletion-heading = You asked us to delete everything about you
mail-deletion-lead = It happens on { $at } (the time in { $city }).
mail-deletion-until = Until then nothing changes: you can sign in, and you keep your seats. Then they are given to others, and your profile, your answers, thanks from you and to you, and your letters are gone for good.
mail-deletion-undo = Was it not you, or have you changed your mind? Sign in and press one button.
mail-deletion-button = Keep my membership

mail-deletion-waits-subject = You are not deleted from { $community } yet
mail-deletion-waits-heading = Somebody has to take over first
mail-deletion-waits-groups = You asked us to delete everything about you. Nobody else organises these groups:
mail-deletion-waits-last = You asked us to delete everything about you. You are the only administrator who is left.
mail-deletion-waits-next = Make somebody else an organiser or an administrator. Then it happens by itself, a day later at most.
mail-deletion-waits-button = See what stands in the way

mail-deleted-subject = You are deleted from { $community }
mail-deleted-heading = Everything about you is deleted
mail-deleted-lead = As you asked, your profile, your seats and everything else about you is gone. What is left says nothing of you.
mail-deleted-last = This is our last mail to you, and your address goes with it. If you ever want to come back, sign in as anybody would. Thank you for having been here.

mail-report-received-subject = We have your report
mail-report-received-heading = We have your report
mail-report-received-lead = Thank you for telling us. You wrote:
mail-report-received-next = Somebody who runs { $community } looks at it, decides, and writes to you with the reason. Nobody else learns that it was you.

mail-report-decided-subject = What was decided about your report
mail-report-decided-heading = Your report was decided
mail-report-acted = Something was done about what you reported. This is why:
mail-report-not-acted = Nothing was changed about what you reported. This is why:
mail-report-appeal = If you think that this is wrong, you can ask for a second look, once.
mail-report-last = This was the second look, and it is the last word.
mail-report-button = Look at it

mail-reported-subject = Something that you did was reported
mail-reported-heading = Something that you did was reported
mail-reported-hidden = Words that you wrote are hidden from now on. This is why:
mail-reported-warned = What you did was not right. Nothing of yours is taken away. This is why:
mail-reported-cleared = After a second look nothing is held against you, and nothing of yours is hidden. This is why:
mail-reported-appeal = If you think that this is wrong, you can ask for a second look, once.
