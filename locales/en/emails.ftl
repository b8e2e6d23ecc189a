## mail: the sentences of every letter

# What every letter has.
email-hello = Hello { $name },
email-home = Open { $community }
email-why-event = You get this mail from { $community } because you asked for a seat at this event.
email-why-announcement = You get this mail from { $community } because the organisers of this event wrote to you.
email-why-belong = You get this mail from { $community } because you belong to { $group }.
email-why-digest = You get this mail from { $community } because you asked for a summary instead of single mails.
email-mute = Unsubscribe from mails like this
email-never-again = Never email this address again
email-mute-group = Unsubscribe from mails like this of { $group }
email-preferences = Choose which mails you get
email-why-address = You get this mail because somebody typed this address at { $community }.
email-open-page = Open the event page
email-free-seat =
    { $reply ->
        [yes] To give your seat back, answer “No” in your calendar or use the link “Your seat”. The link works without signing in.
       *[no] To give your seat back, use the link “Your seat”: it works without signing in. Answering “No” in your calendar does not free it.
    }
email-why-host = You get this email because you look after this event.

# Facts of an event.
email-label-when = When
email-label-place = Where
email-label-seats = Seats
email-label-join = Join at
email-label-page = Event page
email-label-seat = Your seat
email-label-was = It was
email-when-there = { $span } in { $city }
email-when-same = { $span } in { $city } ({ $offset })
email-when-here = { $span } for you ({ $offset })
email-seats =
    { $guests ->
        [0] One, yours
        [one] Two: yours, and one for your guest
       *[other] Yours, and { $guests } for your guests
    }
email-seats-offered =
    { $guests ->
        [0] One, held for you
        [one] Two, held: for you and your guest
       *[other] Held for you and { $guests } guests
    }
email-seats-waiting =
    { $guests ->
        [0] None yet; you asked for one
        [one] None yet; you asked for two
       *[other] None yet; you asked for yours and { $guests } for your guests
    }
email-ics-join = Join at: { $url }
email-ics-page = Event page: { $url }

# Signing in.
email-sign-in-subject = Sign in to { $community }: { $code }
email-sign-in-heading = Sign in to { $community }
email-sign-in-lead = This link signs you in. It works in the browser that you asked from:
email-sign-in-button = Sign in
email-sign-in-code = Are you reading this somewhere else? Then type this code in the browser that you asked from:
email-sign-in-how-long =
    { $minutes ->
        [one] The link and the code work once, for one minute from when you asked.
       *[other] The link and the code work once, for { $minutes } minutes from when you asked.
    }
email-sign-in-not-you = If you did not ask to sign in, you need not do anything. Give the code to nobody.

email-no-account-subject = You asked to sign in to { $community }
email-no-account-heading = There is no account with this address
email-no-account-lead = Somebody, probably you, asked to sign in to { $community } with this address. No account has it.
email-no-account-what = If you have an account, sign in with the address it uses. If you don't, you can request an invitation.
email-no-account-button = Request an invitation
email-no-account-not-you = If you did not ask, ignore this email.

email-prove-subject = Your code for { $community }: { $code }
email-prove-heading = Confirm your email address
email-prove-lead = Use this code to confirm that this email address is yours:
email-prove-where = Sign in to { $community }, open your profile, and enter the code under “Email address”. The code works for 24 hours.
email-prove-button = Enter the code
email-prove-not-you = If you don’t have an account there, ignore this email. Don’t share the code with anyone.

email-address-changed-subject = Your email address at { $community } has changed
email-address-changed-heading = Your email address has changed
email-address-changed-lead = Your account at { $community } now uses a different email address. We won’t send any more emails to this one.
email-address-changed-not-you = If you didn’t change it, ask an organiser for help.
email-why-address-changed = You’re receiving this email because your account at { $community } used this address.

# Seats.
email-confirmed-subject = You have a seat: { $title }
email-confirmed-heading = You have a seat
email-confirmed-lead =
    { $guests ->
        [0] Your seat at “{ $title }” is taken for you.
        [one] Your seat at “{ $title }” is taken for you, and one for your guest.
       *[other] Your seat at “{ $title }” is taken for you, and { $guests } for your guests.
    }

email-guests-changed-subject =
    { $guests ->
        [0] You now come without guests: { $title }
        [one] You now have 1 guest: { $title }
       *[other] You now have { $guests } guests: { $title }
    }
email-guests-changed-heading =
    { $guests ->
        [0] You now come without guests
        [one] You now have 1 guest
       *[other] You now have { $guests } guests
    }
email-guests-changed-lead =
    { $guests ->
        [0] You keep your seat at “{ $title }” and come without guests.
        [one] You keep your seat at “{ $title }” and bring one guest.
       *[other] You keep your seat at “{ $title }” and bring { $guests } guests.
    }
email-guests-changed-before =
    { $before ->
        [0] Before, you had no guests.
        [one] Before, you had one guest.
       *[other] Before, you had { $before } guests.
    }

email-confirmed-in-line = This seat is online. You keep your place in line for the room, and move there when a seat is free.

email-requested-subject = You asked for a seat: { $title }
email-requested-heading = You asked for a seat
email-requested-lead =
    { $guests ->
        [0] Your request for a seat at “{ $title }” is with the organiser.
        [one] Your request for a seat at “{ $title }”, and one for your guest, is with the organiser.
       *[other] Your request for a seat at “{ $title }”, and { $guests } for your guests, is with the organiser.
    }
email-requested-next = You get another mail with the answer. Until then no seat is held for you; do not plan your journey yet.

email-approved-subject = The organiser said yes, you have a seat: { $title }
email-approved-heading = The organiser said yes
email-approved-lead =
    { $guests ->
        [0] Your request was accepted: your seat at “{ $title }” is taken for you.
        [one] Your request was accepted: your seat at “{ $title }” is taken for you, and one for your guest.
       *[other] Your request was accepted: your seat at “{ $title }” is taken for you, and { $guests } for your guests.
    }

email-rejected-subject = No seat this time: { $title }
email-rejected-heading = No seat this time
email-rejected-lead = The organiser did not accept your request for a seat at “{ $title }”.
email-rejected-next = You need not do anything.

email-new-requests-subject =
    { $requests ->
        [one] 1 new request to attend: { $title }
       *[other] { $requests } new requests to attend: { $title }
    }
email-new-requests-heading =
    { $requests ->
        [one] 1 new request to attend
       *[other] { $requests } new requests to attend
    }
email-new-requests-lead =
    { $requests ->
        [one] Somebody asked to attend “{ $title }”.
       *[other] { $requests } people asked to attend “{ $title }”.
    }
email-new-requests-more =
    { $more ->
        [one] and one more
       *[other] and { $more } more
    }
email-new-requests-next =
    { $requests ->
        [one] No seat is reserved until you approve the request.
       *[other] No seats are reserved until you approve the requests.
    }
email-new-requests-button =
    { $requests ->
        [one] Answer the request
       *[other] Answer the requests
    }

email-request-waits-subject =
    { $requests ->
        [one] A request waits for your answer: { $title }
       *[other] { $requests } requests wait for your answer: { $title }
    }
email-request-waits-heading =
    { $requests ->
        [one] A request waits for your answer
       *[other] { $requests } requests wait for your answer
    }
email-request-waits-lead =
    { $requests ->
        [one] Somebody asked three days ago for a seat at “{ $title }” and has had no answer.
       *[other] { $requests } people asked three days ago for a seat at “{ $title }” and have had no answer.
    }
email-request-waits-button = Answer

email-offer-subject = A seat is held for you until { $until }: { $title }
email-offer-heading = A seat is held for you
email-offer-lead =
    { $guests ->
        [0] A seat at “{ $title }” came free, and it is your turn.
        [one] Two seats at “{ $title }” came free: for you and your guest.
       *[other] Seats at “{ $title }” came free: for you and your { $guests } guests.
    }
email-offer-button = Take it, or let it go
email-offer-until = It is held until { $until } ({ $offset }). Then it is offered to who is next.
email-offer-next = If you cannot come, say so with the same link: somebody else is waiting.

email-offer-expired-subject = The seat has passed on: { $title }
email-offer-expired-heading = The seat has passed on
email-offer-expired-lead = The seat at “{ $title }” that was held for you was not taken in time.
email-offer-expired-next = You are no longer on the waitlist. If you still want to come, ask again on the event page.
email-offer-expired-online = You keep your seat online. If you still want one in the room, ask again on the event page.

email-fewer-subject = Come with fewer? { $title }
email-fewer-heading = Come with fewer?
email-fewer-lead =
    { $free ->
        [one] You wait for { $wanted } seats at “{ $title }”. One is free now.
       *[other] You wait for { $wanted } seats at “{ $title }”. { $free } are free now.
    }
email-fewer-button = Choose
email-fewer-until = Nothing is held: who comes first has it. After { $until } ({ $offset }) we ask the next.
email-fewer-next = If you would rather wait for all your seats, you need not do anything: you keep your place in line.

email-bumped-subject = We are sorry, you are back on the waitlist: { $title }
email-bumped-heading = We are sorry: there are fewer seats now
email-bumped-lead = There are fewer seats at “{ $title }” than were promised. Yours was one of the last to be taken, and the organiser had to move you back to the waitlist.
email-bumped-next =
    { $guests ->
        [0] You stand at its top: the next seat that comes free goes to you first. We apologise for the trouble.
       *[other] You stand at its top: as soon as there are seats for all of you, they go to you first. With fewer guests there may be one sooner. We apologise for the trouble.
    }
email-bumped-calendar = The entry in your calendar goes with the seat.

email-waitlisted-subject = You are on the waitlist: { $title }
email-waitlisted-heading = You are on the waitlist
email-waitlisted-lead =
    { $position ->
        [1] All seats at “{ $title }” are taken. You are next on the waitlist.
       *[other] All seats at “{ $title }” are taken. You are number { $position } on the waitlist.
    }
email-waitlisted-next =
    { $offers ->
        [yes] As soon as there is a seat for you, we hold it for you and write to you: then you take it or let it go. If you no longer want one, use the link “Your seat”.
       *[no] As soon as there is a seat for you, we take it for you and write to you. If you no longer want one, use the link “Your seat”.
    }
email-waitlisted-free-subject =
    { $free ->
        [one] On the waitlist for { $wanted } seats, 1 seat is free now: { $title }
       *[other] On the waitlist for { $wanted } seats, { $free } seats are free now: { $title }
    }
email-waitlisted-free-heading = You’re on the waitlist for { $wanted } seats
email-waitlisted-free-lead =
    { $free ->
        [one] You’re on the waitlist for { $wanted } seats at “{ $title }”. 1 seat is free now, and you can take it.
       *[other] You’re on the waitlist for { $wanted } seats at “{ $title }”. { $free } seats are free now, and you can take them.
    }
email-waitlisted-free-button =
    { $free ->
        [one] Take 1 seat
       *[other] Take up to { $free } seats
    }
email-waitlisted-free-until = Not reserved: first come, first served. After { $until } ({ $offset }), we ask the next person.
email-waitlisted-free-next =
    { $position ->
        [1] If you would rather wait for { $wanted } seats, you need not do anything. You are next on the waitlist.
       *[other] If you would rather wait for { $wanted } seats, you need not do anything. You are number { $position } on the waitlist.
    }
email-waitlisted-accepted = The organiser accepted your request.
email-waitlisted-online = Until then you keep your seat online.

email-promoted-subject =
    { $host ->
        [yes] The organiser gives you a seat: { $title }
       *[no] A seat is free and it is yours: { $title }
    }
email-promoted-heading =
    { $host ->
        [yes] The organiser gives you a seat
       *[no] A seat is free and it is yours
    }
email-promoted-lead =
    { $guests ->
        [0] You moved from the waitlist to a seat at “{ $title }”.
        [one] You moved from the waitlist to a seat at “{ $title }”, and so did your guest.
       *[other] You moved from the waitlist to a seat at “{ $title }”, and so did your { $guests } guests.
    }
email-promoted-cannot = If you cannot come any more, somebody else is waiting for the seat.

email-left-subject = Your seat is given back: { $title }
email-left-subject-waiting = You left the waitlist: { $title }
email-left-heading = Your seat is given back
email-left-heading-waiting = You left the waitlist
email-left-lead = You no longer have a seat at “{ $title }”. The entry in your calendar goes with it.
email-left-lead-waiting = You are no longer on the waitlist of “{ $title }”.
email-left-again = If you change your mind, answer again on the event page.

# Changes of an event.
email-rescheduled-subject =
    { $changed ->
        [time] New time: { $time }: { $title }
        [place] New place: { $title }
        [link] New link to join: { $title }
       *[title] New title: { $title }
    }
email-rescheduled-heading =
    { $changed ->
        [time] The event has a new time
        [place] The event has a new place
        [link] The event has a new link to join
       *[title] The event has a new title
    }
email-rescheduled-lead =
    { $changed ->
        [time] “{ $title }” has a new time.
        [place] “{ $title }” has a new place.
        [link] “{ $title }” has a new link to join.
       *[title] “{ $before }” is now called “{ $title }”. The time and the place are the same.
    }
email-renamed = It was called “{ $before }” before.
email-rescheduled-next-title = You keep your seat. The entry in your calendar gets the new title.
email-rescheduled-next = You keep your seat. If you can still come, you need not do anything.
email-can = I can still come
email-cannot-any-more = I can’t come
email-rescheduled-next-waiting = You keep your place on the waitlist. If the change does not suit you, leave it on the event page.

email-cancelled-subject = Cancelled: { $title }
email-cancelled-heading = The event is cancelled
email-cancelled-lead = “{ $title }” will not take place.
email-cancelled-reason = The organiser writes:
email-cancelled-calendar = The entry in your calendar goes with it. You need not do anything.
email-cancelled-waiting = You were on the waitlist. You need not do anything.

email-reinstated-subject =
    { $changed ->
        [time] It takes place after all, at a new time ({ $time }): { $title }
        [place] It takes place after all, at a new place: { $title }
       *[no] It takes place after all: { $title }
    }
email-reinstated-heading = It takes place after all
email-reinstated-lead = “{ $title }” was cancelled. Now it takes place after all.
email-reinstated-changed =
    { $changed ->
        [time] It has a new time.
        [place] It has a new place.
        [link] It has a new link to join.
       *[title] It was called “{ $before }” before.
    }
email-reinstated-next = You still have your seat. If you can come, you need not do anything.
email-reinstated-next-waiting = You are still on the waitlist.

# Groups.
email-why-group = You get this mail from { $community } because of a group that you are in, look after, or asked to come into.
email-why-invited = You get this email because somebody at { $community } invited you by your name or this address.
email-open-group = Open the group’s page
email-organiser-writes = An organiser writes:
email-join-requested-subject = { $who } would like to join { $group }
email-join-requested-heading = Somebody would like to join
email-join-requested-lead = { $who } asks to come into “{ $group }”, which you look after.
email-join-requested-button = Answer
email-join-accepted-subject = You are in: { $group }
email-join-accepted-heading = You are in
email-join-accepted-lead = You asked to come into “{ $group }”, and you are a member now.
email-join-declined-subject = Not this time: { $group }
email-join-declined-heading = Not this time
email-join-declined-lead = You asked to come into “{ $group }”. Its organisers said no. You can ask again in a month.
email-group-invitation-subject = You are invited: { $group }
email-group-invitation-heading = You are invited
email-group-invitation-lead = { $who } invites you into “{ $group }” at { $community }.
email-group-invitation-button = See the invitation
email-group-invitation-no = If you don't want to join, ignore this email. The invitation expires after a month.
email-group-left-subject = Your seats are given back: { $group }
email-group-left-subject-removed = You are no longer in { $group }
email-group-left-heading = Your seats are given back
email-group-left-heading-removed = You are no longer in the group
email-group-left-lead = You left “{ $group }”, which is private.
email-group-left-lead-removed = An organiser took you out of “{ $group }”.
email-group-left-seats = What it holds is for its members, so this is given back:
email-group-left-calendar = What stands of it in your calendar goes with this mail.
# Reminders.
email-reminder-subject =
    { $hours ->
        [1] In an hour: { $title }
       *[other] In { $hours } hours: { $title }
    }
email-reminder-heading =
    { $hours ->
        [1] It starts in an hour
       *[other] It starts in { $hours } hours
    }
email-reminder-lead = You have a seat at “{ $title }”.
email-cannot = Can’t you come? Then give your seat back, and somebody else can have it:
email-give-back = Give your seat back

# What organisers write.
email-announcement-subject =
    { $trial ->
        [yes] Test: { $subject } ({ $title })
       *[no] { $subject } ({ $title })
    }
email-announcement-heading = { $subject }
email-announcement-lead = { $from } writes about “{ $title }”:
email-announcement-reply = An answer to this mail reaches { $community }, not the one who wrote it.
email-organisers = The organisers

# News of groups.
email-new-event-subject = New in { $group }: { $title }
email-new-event-heading = A new event in { $group }
email-new-event-lead = { $group } has a new event: “{ $title }”.
email-new-event-next = Take a seat on the event page, if you would like to come.

# The digest.
email-digest-subject =
    { $count ->
        [one] One thing that is new at { $community }
       *[other] { $count } things that are new at { $community }
    }
email-digest-heading = What is new
email-digest-lead = This happened at { $community } since your last summary.
email-digest-more =
    { $more ->
        [one] And one more thing, which you find at { $community }.
       *[other] And { $more } more things, which you find at { $community }.
    }
email-digest-coming = Coming up in your groups
# From who runs the community, and about one's own data.
email-why-member = You get this mail because you are a member of { $community }.
email-why-invitation = You get this email because an administrator of { $community } invited this address.
email-why-deleted = You get this mail because you were a member of { $community }. It is the last one.

email-invitation-subject = You are invited to { $community }
email-invitation-heading = Come and join us
email-invitation-lead = You are invited to join { $community }.
email-invitation-by = { $by } invites you to join { $community }.
email-invitation-what = Members meet at talks, workshops and reviews, and help each other learn.
email-invitation-words = They write:
email-invitation-how = The button opens a page where you accept. That makes your account and signs you in, without a password. It works once, until { $until }.
email-invitation-not = If you don't want to join, ignore this email. The invitation expires by itself.
email-invitation-button = Accept the invitation

## Requests for an invitation

email-why-requested = You get this email because this address was typed into the request form of { $community }.
email-requested-by-you = Somebody, probably you, asked for an invitation to { $community } with this address.
email-requested-not-you = If you did not ask, ignore this email.
email-requested-invitation-subject = Your request to join { $community }
email-requested-invitation-heading = Request received
email-requested-invitation-next = An administrator will read your request and answer by email.
email-requested-member-subject = You already have an account at { $community }
email-requested-member-heading = You already have an account
email-requested-member-lead = This address has an account, so you don't need an invitation. Sign in with it.
email-requested-member-button = Sign in
email-declined-subject = Your request to join { $community }
email-declined-heading = Your request was declined
email-declined-lead = An administrator of { $community } read your request for an invitation and declined it.
email-declined-words = They write:
email-declined-again = You can ask again in 30 days.

email-suspended-subject = Your membership of { $community } is suspended
email-suspended-heading = Your membership is suspended
email-suspended-lead = From now on you cannot take part. This is why:
email-suspended-means = You are signed out everywhere, and your seats at what is to come are given to others. You can still sign in, read, and get a copy of your data.
email-suspended-answer = If you think that this is wrong, answer this mail.

email-lifted-subject = You can take part in { $community } again
email-lifted-heading = You can take part again
email-lifted-lead = Your suspension is lifted. Sign in, and everything is as it was.
email-lifted-seats = Seats that you had were given to others; take new ones where there are any.

email-works-subject = Your mail from { $community } works again
email-works-heading = Your mail works again
email-works-lead = Mail to you came back for a while, and you said that it works again. You read this, so it does.
email-works-next = From now on you get everything that you asked for.

email-deletion-subject = You will be deleted from { $community } on { $at }
email-deletion-heading = You asked us to delete everything about you
email-deletion-lead = It happens on { $at } (the time in { $city }).
email-deletion-until = Until then nothing changes: you can sign in, and you keep your seats. Then they are given to others, and your profile, your answers, thanks from you and to you, and your letters are gone for good.
email-deletion-undo = Was it not you, or have you changed your mind? Sign in and press one button.
email-deletion-button = Keep my membership

email-deletion-waits-subject = You are not deleted from { $community } yet
email-deletion-waits-heading = Somebody has to take over first
email-deletion-waits-groups = You asked us to delete everything about you. Nobody else organises these groups:
email-deletion-waits-last = You asked us to delete everything about you. You are the only administrator who is left.
email-deletion-waits-next = Make somebody else an organiser or an administrator. Then it happens by itself, a day later at most.
email-deletion-waits-button = See what stands in the way

email-deleted-subject = You are deleted from { $community }
email-deleted-heading = Everything about you is deleted
email-deleted-lead = As you asked, your profile, your seats and everything else about you is gone. What is left says nothing of you.
email-deleted-last = This is our last mail to you, and your address goes with it. If you ever want to come back, sign in as anybody would. Thank you for having been here.

email-report-received-subject = We have your report
email-report-received-heading = We have your report
email-report-received-lead = Thank you for telling us. You wrote:
email-report-received-next = Somebody who runs { $community } looks at it, decides, and writes to you with the reason. Nobody else learns that it was you.

email-report-decided-subject = What was decided about your report
email-report-decided-heading = Your report was decided
email-report-acted = Something was done about what you reported. This is why:
email-report-not-acted = Nothing was changed about what you reported. This is why:
email-report-appeal = If you think that this is wrong, you can ask for a second look, once.
email-report-last = This was the second look, and it is the last word.
email-report-button = Look at it

email-reported-subject = Something that you did was reported
email-reported-heading = Something that you did was reported
email-reported-hidden = Words that you wrote are hidden from now on. This is why:
email-reported-warned = What you did was not right. Nothing of yours is taken away. This is why:
email-reported-cleared = After a second look nothing is held against you, and nothing of yours is hidden. This is why:
email-reported-appeal = If you think that this is wrong, you can ask for a second look, once.
