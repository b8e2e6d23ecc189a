## Emails

# In every email
email-hello = Hello { $name },
email-home = Open { $community }
email-why-event = You’re receiving this email from { $community } because you signed up for this event.
email-why-announcement = You’re receiving this email from { $community } because the organisers of this event wrote to you.
email-why-new-event = You’re receiving this email from { $community } because you’re a member of { $group }.
email-why-digest = You’re receiving this email from { $community } because you chose a digest instead of separate emails.
email-mute = Unsubscribe from emails like this
email-never-again = Never email this address again
email-mute-group = Unsubscribe from { $group } emails like this
email-preferences = Change your email preferences
email-why-address = You’re receiving this email because someone entered this address at { $community }.
email-open-page = View event
email-give-up-seat =
    { $reply ->
        [yes] To give up your seat, answer “No” in your calendar or use the “Your seat” link. The link works without signing in.
       *[no] To give up your seat, use the “Your seat” link. It works without signing in. Answering “No” in your calendar doesn’t give up your seat.
    }
email-why-host = You’re receiving this email because you help organise this event.

# Facts about an event
email-label-when = When
email-label-place = Where
email-label-seats = Seats
email-label-join = Join online
email-label-page = Event page
email-label-seat = Your seat
email-label-before = Before
email-label-now = Now
email-seats =
    { $guests ->
        [0] 1, for you
        [one] 2, for you and 1 guest
       *[other] { $seats }, for you and { $guests } guests
    }
email-seats-offered =
    { $guests ->
        [0] 1, held for you
        [one] 2, held for you and 1 guest
       *[other] { $seats }, held for you and { $guests } guests
    }
email-seats-waiting =
    { $guests ->
        [0] None yet. You asked for 1.
        [one] None yet. You asked for 2, for you and 1 guest.
       *[other] None yet. You asked for { $seats }, for you and { $guests } guests.
    }
email-ics-join = Join online: { $url }
email-ics-page = Event page: { $url }
email-ics-give-up =
    { $reply ->
        [yes] To give up your seat, answer “No” in your calendar or use the “Your seat” link in our email.
       *[no] To give up your seat, use the “Your seat” link in our email. Answering “No” in your calendar doesn’t give up your seat.
    }

# Signing in
email-kind-sign-in = Sign-in link
email-sign-in-subject = Sign in to { $community }: { $code }
email-sign-in-heading = Sign in to { $community }
email-sign-in-lead = This link signs you in. Open it in the browser where you asked to sign in:
email-sign-in-button = Sign in
email-sign-in-code = Are you reading this on another device? Then enter this code in the browser where you asked to sign in:
email-sign-in-how-long =
    { $minutes ->
        [one] The link and the code work once. They expire 1 minute after you asked for them.
       *[other] The link and the code work once. They expire { $minutes } minutes after you asked for them.
    }
email-sign-in-not-you = If you didn’t ask to sign in, ignore this email. Don’t share the code with anyone.

email-kind-confirm-seat = Confirmation of a seat
email-confirm-seat-subject = Confirm your seat: { $title }
email-confirm-seat-subject-waitlist = Join the waitlist: { $title }
email-confirm-seat-heading = Confirm your seat
email-confirm-seat-heading-waitlist = Join the waitlist
email-confirm-seat-held = We’re holding a seat for you until { $until } { $zone }. Confirm it with this button:
email-confirm-seat-not-held = You can take a seat at this event. We can’t hold it for you, so somebody else may take it first. Confirm it with this button:
email-confirm-seat-waitlist = This event is full. Join the waitlist with this button, and we’ll email you when you get a seat:
email-confirm-seat-button = Confirm my seat
email-confirm-seat-button-waitlist = Join the waitlist
email-confirm-seat-signs-in = In the browser where you filled in the form, this also signs you in to { $community }.
email-confirm-seat-code = You can also enter this code in the browser where you filled in the form:
email-confirm-seat-not-you = If you didn’t ask for a seat, ignore this email. Nothing happens, and you won’t get reminders. Don’t share the code with anyone.

email-kind-no-account = No account for this address
email-no-account-subject = There’s no { $community } account with this address
email-no-account-heading = There’s no account with this address
email-no-account-lead = Someone, probably you, tried to sign in to { $community } with this email address, but no account uses it.
email-no-account-what = If you have an account, sign in with the address it uses. If you don’t have one, you can request an invitation.
email-no-account-button = Request an invitation
email-no-account-not-you = If this wasn’t you, ignore this email.

email-kind-prove-address = Code for an email address
email-prove-subject = Your code for { $community }: { $code }
email-prove-heading = Confirm your email address
email-prove-lead = Use this code to confirm that this email address is yours:
email-prove-where = Sign in to { $community }, open your profile, and enter the code under “Email address”. The code works for 24 hours.
email-prove-button = Enter the code
email-prove-not-you = If you don’t have an account there, ignore this email. Don’t share the code with anyone.

email-kind-address-changed = Email address changed
email-address-changed-subject = Your email address at { $community } has changed
email-address-changed-heading = Your email address has changed
email-address-changed-lead = Your account at { $community } now uses a different email address. We won’t send any more emails to this one.
email-address-changed-not-you = If you didn’t change it, reply to this email as soon as you can.
email-why-address-changed = You’re receiving this email because your account at { $community } used this address.

# Seats
email-kind-confirmed = Seat confirmed
email-confirmed-subject = Seat confirmed: { $title }
email-confirmed-heading = Seat confirmed
email-confirmed-lead =
    { $guests ->
        [0] You have a seat at “{ $title }”.
        [one] You have 2 seats at “{ $title }”, for you and your guest.
       *[other] You have { $seats } seats at “{ $title }”, for you and your { $guests } guests.
    }

email-guests-changed-subject =
    { $guests ->
        [0] You’re now coming without guests: { $title }
        [one] You’re now bringing 1 guest: { $title }
       *[other] You’re now bringing { $guests } guests: { $title }
    }
email-guests-changed-heading =
    { $guests ->
        [0] You’re now coming without guests
        [one] You’re now bringing 1 guest
       *[other] You’re now bringing { $guests } guests
    }
email-guests-changed-lead =
    { $guests ->
        [0] You still have your seat at “{ $title }”, and you’re now coming without guests.
        [one] You still have your seat at “{ $title }”, and you’re now bringing 1 guest.
       *[other] You still have your seat at “{ $title }”, and you’re now bringing { $guests } guests.
    }
email-guests-changed-before =
    { $before ->
        [0] Before, you had no guests.
        [one] Before, you had 1 guest.
       *[other] Before, you had { $before } guests.
    }

email-confirmed-on-waitlist = This is an online seat. You’re still on the waitlist for a seat in person. If you get one, it replaces your online seat.

email-kind-requested = Seat requested
email-requested-subject = Seat requested: { $title }
email-requested-heading = Seat requested
email-requested-lead =
    { $guests ->
        [0] You requested a seat at “{ $title }”. The organiser will approve or decline your request.
        [one] You requested 2 seats at “{ $title }”, for you and your guest. The organiser will approve or decline your request.
       *[other] You requested { $seats } seats at “{ $title }”, for you and your { $guests } guests. The organiser will approve or decline your request.
    }
email-requested-next = We’ll email you the answer. Until then no seat is reserved for you, so please don’t book any travel yet.

email-kind-approved = Seat request approved
email-approved-subject = Your seat request was approved: { $title }
email-approved-heading = Your seat request was approved
email-approved-lead =
    { $guests ->
        [0] The organiser approved your request. You have a seat at “{ $title }”.
        [one] The organiser approved your request. You have 2 seats at “{ $title }”, for you and your guest.
       *[other] The organiser approved your request. You have { $seats } seats at “{ $title }”, for you and your { $guests } guests.
    }

email-kind-seat-declined = Seat request declined
email-seat-declined-subject = Your seat request was declined: { $title }
email-seat-declined-heading = Your seat request was declined
email-seat-declined-lead = The organiser declined your request for a seat at “{ $title }”.
email-seat-declined-next = You don’t need to do anything.

email-kind-seat-moved = Moved to another date
email-seat-moved-subject = The organiser moved you to another date: { $title }
email-seat-moved-heading = The organiser moved you to another date
email-seat-moved-lead = The organiser of “{ $title }” moved you from { $before } to { $time }.
email-seat-moved-waiting =
    { $position ->
        [1] All seats on the new date are taken. You’re next on its waitlist.
       *[other] All seats on the new date are taken. You’re number { $position } on its waitlist.
    }
email-seat-moved-held = A seat is held for you until { $until } { $zone }. Answer the organiser’s questions to confirm it.
email-seat-moved-next = If the new date doesn’t suit you, give it up with the “Your seat” link. The link works without signing in.
email-seat-moved-calendar = This email also updates your calendar.

email-kind-seat-removed = Removed from an event
email-seat-removed-subject = You were removed from { $title }
email-seat-removed-heading = You were removed from this event
email-seat-removed-lead = The organiser removed you from “{ $title }”. This email also removes the event from your calendar.
email-seat-removed-lead-waiting = The organiser removed you from the waitlist of “{ $title }”.
email-seat-removed-next = You don’t need to do anything.

email-kind-hello-said = A member says hello
email-hello-said-subject = { $from } says hello
email-hello-said-heading = { $from } says hello
email-hello-said-lead = { $from } wrote to you through { $community }:
email-hello-said-button = Read and answer
email-hello-said-profile = Open their profile
email-hello-said-hidden = Neither of you sees the other’s email address. If you answer, you choose whether to share yours. A reply to this email goes to { $community }.
email-hello-said-block = You don’t have to answer. You can block or report this member on their profile.
email-why-hello = You’re receiving this email from { $community } because a member wrote to you.
email-kind-hello-answered = Answer to a hello
email-hello-answered-subject = { $from } answered you
email-hello-answered-heading = { $from } answered you
email-hello-answered-lead = You said hello to { $from }. This is the answer:
email-hello-answered-hidden = { $from } didn’t share an email address. A reply to this email goes to { $community }.
email-why-hello-answered = You’re receiving this email from { $community } because you said hello to this member.

email-kind-cohost-removed = No longer a co-host
email-cohost-removed-subject = You no longer co-host { $title }
email-cohost-removed-heading = You’re no longer a co-host
email-cohost-removed-lead = A host removed you as a co-host of “{ $title }”.
email-cohost-removed-what = You can’t change the event or see its requests any more. If you have a seat, you keep it.
email-cohost-removed-button = View event
email-why-cohost-removed = You’re receiving this email from { $community } because you were a co-host of this event.
email-kind-cohost-invited = Invitation to co-host
email-cohost-invited-subject = Co-host { $title }?
email-cohost-invited-heading = Would you like to co-host?
email-cohost-invited-lead = { $from } invites you to co-host “{ $title }”.
email-cohost-invited-what = Co-hosts can change the event, answer requests and email its people. The group stays as it is.
email-cohost-invited-button = Accept or decline
email-why-cohost = You’re receiving this email from { $community } because a host of this event invited you.

email-kind-host-message = Message from a host
email-host-message-subject = Message from { $from } about { $title }
email-host-message-heading = Message from { $from }
email-host-message-lead = { $from } wrote to you about “{ $title }”. Only you got this message:
email-reply-to-author = If you reply to this email, your reply goes to { $from }, who then sees your email address.

email-kind-new-requests = New seat requests
email-new-requests-subject =
    { $requests ->
        [one] 1 new seat request: { $title }
       *[other] { $requests } new seat requests: { $title }
    }
email-new-requests-heading =
    { $requests ->
        [one] 1 new seat request
       *[other] { $requests } new seat requests
    }
email-new-requests-lead =
    { $requests ->
        [one] Someone requested a seat at “{ $title }”.
       *[other] { $requests } people requested seats at “{ $title }”.
    }
email-new-requests-more =
    { $more ->
        [one] and 1 more
       *[other] and { $more } more
    }
email-new-requests-next =
    { $requests ->
        [one] No seat is reserved until you approve the request.
       *[other] No seats are reserved until you approve the requests.
    }
email-new-requests-button =
    { $requests ->
        [one] Review request
       *[other] Review requests
    }

email-kind-request-waits = Seat requests to answer
email-request-waits-subject =
    { $requests ->
        [one] 1 seat request needs your answer: { $title }
       *[other] { $requests } seat requests need your answer: { $title }
    }
email-request-waits-heading =
    { $requests ->
        [one] 1 seat request needs your answer
       *[other] { $requests } seat requests need your answer
    }
email-request-waits-lead =
    { $requests ->
        [one] Someone requested a seat at “{ $title }” three days ago and is still waiting for an answer.
       *[other] { $requests } people requested seats at “{ $title }” three days ago and are still waiting for an answer.
    }
email-request-waits-button =
    { $requests ->
        [one] Review request
       *[other] Review requests
    }

email-kind-offer = Seat offered
email-offer-subject =
    { $guests ->
        [0] A seat is held for you until { $until } { $zone }: { $title }
       *[other] Seats are held for you until { $until } { $zone }: { $title }
    }
email-offer-heading =
    { $guests ->
        [0] A seat is held for you
       *[other] Seats are held for you
    }
email-offer-lead =
    { $guests ->
        [0] A seat at “{ $title }” is free, and it’s your turn.
        [one] 2 seats at “{ $title }” are free, for you and your guest. It’s your turn.
       *[other] { $seats } seats at “{ $title }” are free, for you and your { $guests } guests. It’s your turn.
    }
email-offer-button =
    { $guests ->
        [0] Accept or decline the seat
       *[other] Accept or decline the seats
    }
email-offer-until =
    { $guests ->
        [0] We’re holding the seat for you until { $until } { $zone }. After that, we offer it to the next person on the waitlist.
       *[other] We’re holding the seats for you until { $until } { $zone }. After that, we offer them to the next person on the waitlist.
    }
email-offer-questions = A seat at “{ $title }” is held for you. Answer the organiser’s questions to confirm it.
email-offer-questions-button = Answer the questions
email-offer-questions-until = We’re holding the seat for you until { $until } { $zone }. After that, somebody else can have it.
email-offer-next = If you can’t come, please decline, so that someone else can come.

email-kind-questions-added = New questions to people with a seat
email-questions-added-subject = Please answer the organiser’s questions: { $title }
email-questions-added-heading = The organiser has new questions
email-questions-added-lead = The organiser of “{ $title }” added questions that everyone with a seat needs to answer. You keep your seat. Please answer before the event starts.
email-questions-added-dates = The organiser of “{ $title }” added questions that everyone with a seat needs to answer. You keep your seats. Please answer before the first of these dates. Your answers count for all of them.

email-kind-offer-expired = Seat offer expired
email-offer-expired-subject = Your seat offer has expired: { $title }
email-offer-expired-heading = Your seat offer has expired
email-offer-expired-lead = We held a seat for you at “{ $title }”, but you didn’t accept it in time. It’s no longer reserved for you.
email-offer-expired-next = You’re no longer on the waitlist. If you still want to come, sign up again on the event page.
email-offer-expired-online = You still have your online seat. If you’d still like a seat in person, ask for one again on the event page.

email-kind-fewer-offered = Fewer seats offered
email-fewer-offered-subject =
    { $free ->
        [one] 1 seat is free, but you asked for { $wanted }: { $title }
       *[other] { $free } seats are free, but you asked for { $wanted }: { $title }
    }
email-fewer-offered-heading = Would you like to come with fewer guests?
email-fewer-offered-lead =
    { $free ->
        [one] You’re on the waitlist for { $wanted } seats at “{ $title }”. 1 seat is free now, and you can take it.
       *[other] You’re on the waitlist for { $wanted } seats at “{ $title }”. { $free } seats are free now, and you can take them.
    }
email-fewer-offered-button =
    { $free ->
        [one] Take 1 seat
       *[other] Take up to { $free } seats
    }
email-fewer-offered-until =
    { $free ->
        [one] This seat isn’t reserved: first come, first served. After { $until } { $zone }, we ask the next person on the waitlist.
       *[other] These seats aren’t reserved: first come, first served. After { $until } { $zone }, we ask the next person on the waitlist.
    }
email-fewer-offered-next = If you’d rather wait for { $wanted } seats, you don’t need to do anything. You keep your place on the waitlist.

email-kind-moved-back = Moved back to the waitlist
email-moved-back-subject = Sorry, you’re back on the waitlist: { $title }
email-moved-back-heading = Sorry, you’re back on the waitlist
email-moved-back-lead = “{ $title }” now has fewer seats than planned. You were one of the last people to get a seat, so the organiser had to move you back to the waitlist.
email-moved-back-next =
    { $guests ->
        [0] You’re at the top of the waitlist, so you’ll be among the first to get a free seat. We’re sorry for the trouble.
       *[other] You’re at the top of the waitlist. When there are enough seats for all of you, you’ll be among the first to get them. With fewer guests, you may get a seat sooner. We’re sorry for the trouble.
    }
email-moved-back-chosen =
    { $position ->
        [1] The organiser moved you to the waitlist of “{ $title }”. You’re next.
       *[other] The organiser moved you to the waitlist of “{ $title }”. You’re number { $position }.
    }
email-moved-back-chosen-next = When it’s your turn, we’ll email you. If you no longer want a seat, use the “Your seat” link to leave the waitlist.
email-moved-back-calendar = This email also removes the event from your calendar.

email-kind-waitlisted = On the waitlist
email-waitlisted-subject = You’re on the waitlist: { $title }
email-waitlisted-heading = You’re on the waitlist
email-waitlisted-lead =
    { $position ->
        [1] All seats at “{ $title }” are taken. You’re next on the waitlist.
       *[other] All seats at “{ $title }” are taken. You’re number { $position } on the waitlist.
    }
email-waitlisted-next =
    { $offers ->
        [yes] When it’s your turn, we’ll hold a seat for you and email you. You can then accept or decline it. If you no longer want a seat, use the “Your seat” link to leave the waitlist.
       *[no] When it’s your turn, you’ll get a seat automatically, and we’ll email you. If you no longer want a seat, use the “Your seat” link to leave the waitlist.
    }
email-waitlisted-free-subject =
    { $free ->
        [one] You’re on the waitlist for { $wanted } seats, and 1 seat is free now: { $title }
       *[other] You’re on the waitlist for { $wanted } seats, and { $free } seats are free now: { $title }
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
email-waitlisted-free-until =
    { $free ->
        [one] This seat isn’t reserved: first come, first served. After { $until } { $zone }, we ask the next person on the waitlist.
       *[other] These seats aren’t reserved: first come, first served. After { $until } { $zone }, we ask the next person on the waitlist.
    }
email-waitlisted-free-next =
    { $position ->
        [1] If you’d rather wait for { $wanted } seats, you don’t need to do anything. You’re next on the waitlist.
       *[other] If you’d rather wait for { $wanted } seats, you don’t need to do anything. You’re number { $position } on the waitlist.
    }
email-waitlisted-approved = The organiser approved your request.
email-waitlisted-online = You keep your online seat until you get a seat in person.

email-kind-promoted = Seat from the waitlist
email-promoted-subject =
    { $host ->
        [yes] The organiser gave you a seat: { $title }
       *[no] A seat is free, and it’s yours: { $title }
    }
email-promoted-heading =
    { $host ->
        [yes] The organiser gave you a seat
       *[no] A seat is free, and it’s yours
    }
email-promoted-lead =
    { $guests ->
        [0] You’re off the waitlist: you now have a seat at “{ $title }”.
        [one] You’re off the waitlist: you now have 2 seats at “{ $title }”, for you and your guest.
       *[other] You’re off the waitlist: you now have { $seats } seats at “{ $title }”, for you and your { $guests } guests.
    }
email-promoted-cannot = If you can no longer come, please let someone else have your seat.

email-kind-left = Seat given up
email-left-subject = You gave up your seat: { $title }
email-left-subject-waiting = You left the waitlist: { $title }
email-left-heading = You gave up your seat
email-left-heading-waiting = You left the waitlist
email-left-lead = You no longer have a seat at “{ $title }”. This email also removes the event from your calendar.
email-left-lead-waiting = You’re no longer on the waitlist for “{ $title }”.
email-left-again = If you change your mind, sign up again on the event page.

# Changes to an event
email-kind-rescheduled = Event rescheduled
email-rescheduled-subject =
    { $changed ->
        [time] New time ({ $time }): { $title }
        [place] New venue: { $title }
        [link] New link to join: { $title }
       *[title] New title: { $title }
    }
email-rescheduled-heading =
    { $changed ->
        [time] The event has a new time
        [place] The event has a new venue
        [link] The event has a new link to join
       *[title] The event has a new title
    }
email-rescheduled-lead =
    { $changed ->
        [time] “{ $title }” has a new time.
        [place] “{ $title }” has a new venue.
        [link] “{ $title }” has a new link to join.
       *[title] “{ $before }” is now called “{ $title }”. The time and the venue haven’t changed.
    }
email-renamed = The old title was “{ $before }”.
email-rescheduled-next-title = You still have your seat. This email also changes the title in your calendar.
email-rescheduled-next = You still have your seat. If you can still come, you don’t need to do anything.
email-can-still-come = I can still come
email-cannot-come = I can’t come
email-rescheduled-next-waiting = You keep your place on the waitlist. If you can no longer come, please leave the waitlist.

email-kind-cancelled = Event cancelled
email-cancelled-subject = Cancelled: { $title }
email-cancelled-heading = This event is cancelled
email-cancelled-lead = “{ $title }” has been cancelled.
email-message-from-organiser = Message from the organiser:
email-cancelled-calendar = You don’t need to do anything. This email also removes the event from your calendar.
email-cancelled-waiting = You were on the waitlist. You don’t need to do anything.

email-kind-reinstated = Event reinstated
email-reinstated-subject =
    { $changed ->
        [time] Going ahead after all, at a new time ({ $time }): { $title }
        [place] Going ahead after all, at a new venue: { $title }
       *[no] Going ahead after all: { $title }
    }
email-reinstated-heading = The event is going ahead after all
email-reinstated-lead = “{ $title }” was cancelled, but it’s going ahead after all.
email-reinstated-changed =
    { $changed ->
        [time] It has a new time.
        [place] It has a new venue.
        [link] It has a new link to join.
       *[title] The old title was “{ $before }”.
    }
email-reinstated-next = You still have your seat. If you can come, you don’t need to do anything.
email-reinstated-next-waiting = You’re still on the waitlist.

# Groups
email-why-group-member = You’re receiving this email from { $community } because you were a member of { $group }.
email-why-group-organiser = You’re receiving this email from { $community } because you’re an organiser of { $group }.
email-why-group-request = You’re receiving this email from { $community } because you asked to join { $group }.
email-why-invited = You’re receiving this email because someone at { $community } invited you by name or email address.
email-open-group = View group
email-organiser-message = Message from an organiser:
email-kind-join-requested = Request to join a group
email-join-requested-subject = { $who } wants to join { $group }
email-join-requested-heading = New request to join
email-join-requested-lead = { $who } asked to join “{ $group }”.
email-join-requested-message = Message from { $who }:
email-join-requested-button = Review request
email-kind-join-decided = Answer to a request to join a group
email-join-accepted-subject = You’re now a member of { $group }
email-join-accepted-heading = You’re now a member
email-join-accepted-lead = Your request to join “{ $group }” was approved.
email-join-declined-subject = Your request to join { $group } was declined
email-join-declined-heading = Your request was declined
email-join-declined-lead = Your request to join “{ $group }” was declined. You can ask again in 30 days.
email-kind-group-invitation = Group invitation
email-group-invitation-subject = You’re invited to join { $group }
email-group-invitation-heading = You’re invited to join a group
email-group-invitation-lead = { $who } invited you to join “{ $group }” at { $community }.
email-group-invitation-about = About the group:
email-group-invitation-button = View invitation
email-group-invitation-no = If you don’t want to join, ignore this email. The invitation expires after 30 days.
email-kind-series-seats = Seats at a series
email-kind-seat-still-wanted = Question after missed dates of a series
email-still-wanted-subject = Do you still want a seat? { $title }
email-still-wanted-heading = Do you still want the seat?
email-still-wanted-lead = You had a seat at the last two dates of “{ $title }”, and the hosts did not see you there:
email-still-wanted-ask = We save you a seat at each date. Do you still want it? If you don’t answer, nothing changes.
email-still-wanted-button = Keep or stop my seat
email-still-wanted-private = Only the hosts know that you weren’t there. We won’t ask again unless you miss two more dates.
email-kind-series-rescheduled = Several dates of a series changed
email-series-rescheduled-subject = { $dates } dates changed: { $title }
email-series-rescheduled-heading = Several dates have changed
email-series-rescheduled-lead = { $dates } dates of “{ $title }” have changed.
email-series-rescheduled-next = You still have your seats, and this email updates your calendar. If you can’t come on one of these dates, give up your seat there.
email-series-rescheduled-waits = Where you are on the waitlist or asked for a seat, you keep your place.
email-kind-series-cancelled = Several dates of a series cancelled
email-series-cancelled-subject = { $dates } dates cancelled: { $title }
email-series-cancelled-heading = These dates are cancelled
email-series-cancelled-lead = { $dates } dates of “{ $title }” have been cancelled.
email-series-cancelled-calendar = The attached files remove these dates from your calendar.
email-kind-group-left = Left or removed from a group
email-group-left-subject = You left { $group } and gave up your seats
email-group-left-subject-removed = You were removed from { $group }
email-group-left-heading = You left the group
email-group-left-heading-removed = You were removed from the group
email-group-left-lead = You left “{ $group }”, which is a private group.
email-group-left-lead-removed = An organiser removed you from “{ $group }”.
email-group-left-seats = Only its members can come to these events, so you no longer have a seat or a place on the waitlist:
email-group-left-calendar = This email also removes these events from your calendar.

email-series-seats-subject = Your seats at { $title }
email-series-seats-heading = We always save you a seat
email-series-seats-lead = You asked us to always save you a seat at “{ $title }”.
email-series-free-heading = You have seats now
email-series-free-lead = Seats have become free on several dates of “{ $title }”.
email-series-free-stop = If you can’t come on one of them, please give up your seat on its page, so that someone else can come.
email-series-held-subject = Confirm your seats at { $title }
email-series-held-heading = Seats are held for you
email-series-held-stop = If you can’t come on one of them, please decline, so that someone else can come.
email-series-held = We’re holding a seat for you on these dates. Confirm each one before its deadline. After that, someone else can have it.
email-series-held-until = Held for you until { $until } { $zone }
email-series-seats-taken = You have a seat on these dates:
email-series-seats-waits = You’re on the waitlist for these dates, or the hosts decide about your request:
email-series-seats-calendar = The attached files add these dates to your calendar.
email-series-seats-stop = If you can’t come on one of them, give up your seat on its page. We save you a seat on the other dates until you stop it.
email-series-seats-open = See all dates
email-why-series-seats = You’re receiving this email from { $community } because you asked for a seat at each date of this series.

email-kind-role-changed = Role in a group changed
email-role-changed-subject =
    { $role ->
        [organiser] You’re now an organiser of { $group }
        [co_organiser] You’re now a co-organiser of { $group }
       *[member] You no longer help organise { $group }
    }
email-role-changed-heading = Your role has changed
email-role-changed-lead =
    { $role ->
        [organiser] You’re now an organiser of “{ $group }”.
        [co_organiser] You’re now a co-organiser of “{ $group }”.
       *[member] You’re no longer an organiser or co-organiser of “{ $group }”. You’re still a member.
    }
email-role-changed-next =
    { $role ->
        [organiser] You can edit the group, create its events, answer requests to join, and choose other organisers.
        [co_organiser] You can create the group’s events and answer requests to join.
       *[member] If you think this is a mistake, ask an organiser of the group.
    }
email-why-role-changed = You’re receiving this email from { $community } because you’re a member of { $group }.

# Reminders
email-kind-reminder = Reminder
email-reminder-subject =
    { $hours ->
        [1] Starts in 1 hour: { $title }
       *[other] Starts in { $hours } hours: { $title }
    }
email-reminder-heading =
    { $hours ->
        [1] This event starts in 1 hour
       *[other] This event starts in { $hours } hours
    }
email-reminder-lead = You have a seat at “{ $title }”.
email-reminder-cannot-come = If you can’t come, please give up your seat, so that someone else can have it:
email-give-up-button = Give up my seat

# Emails from organisers
email-kind-announcement = Email from an organiser
email-announcement-subject =
    { $trial ->
        [yes] Test: { $subject } ({ $title })
       *[no] { $subject } ({ $title })
    }
email-announcement-heading = { $subject }
email-announcement-lead = { $from } wrote to you about “{ $title }”:
email-announcement-reply = If you reply to this email, your reply goes to { $community }, not to the person who wrote it.
email-organisers = The organisers

# New events in groups
email-kind-new-event = New event
email-new-event-subject = New in { $group }: { $title }
email-new-event-heading = New event in { $group }
email-new-event-lead = There’s a new event in { $group }: “{ $title }”.
email-new-event-next = If you’d like to come, sign up on the event page.

# Digest
email-kind-digest = Digest
email-digest-subject =
    { $count ->
        [one] 1 update from { $community }
       *[other] { $count } updates from { $community }
    }
email-digest-heading = What’s new
email-digest-lead = Here’s what’s new at { $community } since your last digest.
email-digest-more =
    { $more ->
        [one] There’s 1 more update at { $community }.
       *[other] There are { $more } more updates at { $community }.
    }
email-digest-coming = Upcoming events in your groups

# Invitations, accounts and data
email-why-member = You’re receiving this email because you’re a member of { $community }.
email-why-invitation = You’re receiving this email because an admin of { $community } invited this address.
email-why-deleted = You’re receiving this email because you were a member of { $community }.

email-kind-invitation = Invitation
email-invitation-subject = You’re invited to join { $community }
email-invitation-heading = You’re invited
email-invitation-lead = You’re invited to join { $community }.
email-invitation-by = { $by } invited you to join { $community }.
email-invitation-what = Our members meet at talks, workshops and reviews, and help each other learn.
email-invitation-message = A message for you:
email-invitation-how = To join, use the link below and accept the invitation. This creates your account and signs you in, without a password. The link works once, until { $until }.
email-invitation-not = If you don’t want to join, ignore this email. The invitation will expire on its own.
email-invitation-button = Accept invitation

# Requests for an invitation

email-why-requested = You’re receiving this email because someone requested an invitation to { $community } with this address.
email-requested-by-you = Someone, probably you, requested an invitation to { $community } with this email address.
email-requested-not-you = If this wasn’t you, ignore this email.
email-kind-invitation-requested = Invitation request received
email-requested-invitation-subject = We’ve received your request to join { $community }
email-requested-invitation-heading = We’ve received your request
email-requested-invitation-next = An admin will review the request and answer by email.
email-requested-member-subject = You already have an account at { $community }
email-requested-member-heading = You already have an account
email-requested-member-lead = This address already has an account, so you don’t need an invitation. Use it to sign in.
email-requested-member-button = Sign in
email-kind-request-declined = Invitation request declined
email-declined-subject = Your request to join { $community } was declined
email-declined-heading = Your request was declined
email-declined-lead = An admin of { $community } declined your request for an invitation.
email-declined-message = Message from the admin:
email-declined-again = You can ask again in 30 days.

email-kind-suspended = Account suspended
email-suspended-subject = Your { $community } account is suspended
email-suspended-heading = Your account is suspended
email-suspended-lead = You can’t take part in { $community } for now. Here’s why:
email-suspended-means = You’ve been signed out everywhere, and you no longer have seats at upcoming events. You can still sign in, read pages and download your data.
email-suspended-answer = If you think this is a mistake, reply to this email.

email-kind-sign-in-reminder = Reminder to sign in
email-sign-in-reminder-subject = Your { $community } account
email-sign-in-reminder-heading = Your account is waiting for you
email-sign-in-reminder-lead = You have an account at { $community } with this email address.
email-sign-in-reminder-how = Enter your email address on the sign-in page, and we’ll send you a link.
email-sign-in-reminder-button = Sign in
email-kind-suspension-lifted = Suspension lifted
email-lifted-subject = Your { $community } account is no longer suspended
email-lifted-heading = Your account is no longer suspended
email-lifted-lead = You can sign in and take part again.
email-lifted-seats = We released any seats you had. Please sign up again for the events you still want to come to.

email-kind-email-confirmed = Emails reach the member again
email-confirmed-again-subject = Emails from { $community } reach you again
email-confirmed-again-heading = Our emails reach you again
email-confirmed-again-lead = Our emails to you were bouncing for a while. You’re reading this one, so they reach you again.
email-confirmed-again-next = From now on, you’ll get all the emails you’ve chosen.

email-kind-deletion-planned = Account deletion scheduled
email-deletion-subject = Your { $community } account will be deleted on { $at }
email-deletion-heading = Your account will be deleted
email-deletion-lead = As you asked, we’ll delete your account on { $at } ({ $city } time).
email-deletion-until = Until then you can sign in, and you keep your seats. After that, your seats go to other people. Your profile, event history, emails, and the kudos you gave and received are permanently deleted.
email-deletion-undo = If you didn’t ask for this, or you’ve changed your mind, sign in and choose “Keep my account”.
email-deletion-button = Keep my account

email-kind-deletion-waits = Account deletion postponed
email-deletion-waits-subject = Your { $community } account isn’t deleted yet
email-deletion-waits-heading = Your account isn’t deleted yet
email-deletion-waits-groups = You asked us to delete your account, but these groups have no other organiser:
email-deletion-waits-last = You asked us to delete your account, but you’re the only admin.
email-deletion-waits-next = Please find someone else to take over and give them that role. We’ll then delete your account within a day.
email-deletion-waits-button = View account deletion

email-kind-deletion-done = Account deleted
email-deleted-subject = Your { $community } account has been deleted
email-deleted-heading = Your account has been deleted
email-deleted-lead = As you asked, we’ve deleted your profile, your seats and all other data about you. Any events you hosted stay, without your name.
email-deleted-last = This is our last email to you, and we’ve deleted your address too. If you ever want to come back, you can join again like anyone else. Thank you for being part of the community.

email-kind-report-received = Report received
email-report-received-subject = We’ve received your report
email-report-received-heading = We’ve received your report
email-report-received-lead = Thank you for your report. You wrote:
email-report-received-next = An admin of { $community } will review it and email you the decision and the reason. Only admins can see who sent the report.

email-kind-report-decided = Report decided
email-report-decided-subject = Decision on your report
email-report-decided-heading = Decision on your report
email-report-acted = We reviewed your report and took action. Here’s why:
email-report-not-acted = We reviewed your report and took no action. Here’s why:
email-report-appeal = If you think this decision is wrong, you can appeal once.
email-report-last = This decision followed an appeal, so it’s final.
email-report-button = View decision

email-kind-reported-decided = Decision for the reported member
email-reported-subject = Decision on a report about something you did
email-reported-heading = Decision on a report about something you did
email-reported-hidden = Something you wrote was reported, and it’s now hidden. Here’s why:
email-reported-warned = Something you did was reported, and this is a warning. Nothing of yours was removed. Here’s why:
email-reported-cleared = After the appeal, we withdrew the decision against you. Nothing of yours is hidden. Here’s why:
email-reported-appeal = If you think this decision is wrong, you can appeal once.

## Mentoring
email-why-mentoring = You’re receiving this email because you take part in mentoring at { $community }.
email-proposal-button = View proposal
email-proposal-until = Please answer by { $until } ({ $zone }).
email-proposal-hours =
    { $hours ->
        [one] You share 1 hour a week.
       *[other] You share { $hours } hours a week.
    }
email-proposal-decline = If it doesn’t suit you, decline it on the same page. You don’t need to give a reason.

email-kind-round-cancelled = Mentoring round cancelled
email-kind-proposal-to-mentee = Mentor proposed
email-proposal-mentee-subject = A mentor for you in { $programme }: { $partner }
email-proposal-mentee-heading = We’ve found a mentor for you
email-proposal-mentee-lead = We suggest { $partner } as your mentor in { $programme }.
email-proposal-mentee-topics = { $partner } can help you with:
email-proposal-mentee-next = When you both accept, you get each other’s email address.

email-kind-proposal-to-mentor = Mentee proposed
email-proposal-mentor-subject = Would you mentor { $partner } in { $programme }?
email-proposal-mentor-heading = We’ve found a mentee for you
email-proposal-mentor-lead = { $partner } is looking for a mentor in { $programme }, and we think you’d be a good match.
email-proposal-mentor-topics = { $partner } wants to learn about:
email-proposal-mentor-goal = The proposal page shows what { $partner } would like to achieve.
email-proposal-mentor-next = { $partner } gets your email address only if you both accept.

email-kind-proposal-reminder = Proposal reminder
email-proposal-reminder-subject = Reminder: your mentoring proposal with { $partner }
email-proposal-reminder-heading = A proposal is waiting for your answer
email-proposal-reminder-mentee = We suggested { $partner } as your mentor in { $programme }, and you haven’t answered yet.
email-proposal-reminder-mentor = We suggested { $partner } as your mentee in { $programme }, and you haven’t answered yet.

email-kind-proposal-ended = Proposal ended
email-proposal-ended-subject = Your mentoring proposal with { $partner } has ended
email-proposal-ended-heading = This proposal has ended
email-proposal-ended-lead = The proposal with { $partner } in { $programme } won’t go ahead.
email-proposal-ended-expired = The proposal with { $partner } in { $programme } wasn’t answered by both of you in time.
email-proposal-ended-full = The proposal with { $partner } in { $programme } can’t go ahead, because the place has been taken.
email-proposal-ended-over = { $programme } has ended the round, so the proposal with { $partner } is no longer open.
email-proposal-ended-rematched = We’ve matched { $programme } again. You’ll get a different proposal instead of the one with { $partner } where that’s possible.
email-proposal-ended-nothing = There’s nothing you need to do.
email-proposal-ended-mentee = There’s nothing you need to do. You come first when we look for mentors again.
email-proposal-ended-mentor = There’s nothing you need to do. Your place stays open for another mentee.

email-kind-not-matched = No mentor yet
email-kind-no-mentee = No mentee this time
email-no-mentee-subject = No mentee this time in { $programme }
email-no-mentee-heading = No mentee this time
email-no-mentee-lead = We’ve matched { $round } of { $programme }, and this time we have no mentee for you. Sometimes more mentors than mentees sign up for a topic.
email-no-mentee-next = You stay in the round. If somebody signs up late or a proposal is declined, we look again and email you.
email-no-mentee-stay = You don’t have to do anything to stay available. Another topic or more hours make a match more likely. You can also withdraw at any time.
email-no-mentee-button = View the round
email-round-cancelled-subject = { $programme }: { $round } was cancelled
email-round-cancelled-heading = { $round } was cancelled
email-round-cancelled-lead = You signed up for { $round } of { $programme }. The coordinators have cancelled it, so there won’t be a match.
email-round-cancelled-next = There’s nothing you need to do. When sign-up for another round opens, you can sign up again.
email-not-matched-subject = We haven’t found a mentor for you yet
email-not-matched-heading = We haven’t found a mentor for you yet
email-not-matched-lead = In { $programme }, we couldn’t match you with a mentor this time. There weren’t enough mentors for your topics or hours.
email-not-matched-next = You come first when we look again. Adding hours or another topic helps.
email-not-matched-enough = In { $programme }, none of our proposals to you led to a mentorship this time.
email-not-matched-another-way = A coordinator of the programme can offer you something else, for example a group or office hours.
email-not-matched-button = Open mentoring

email-kind-matching-paused = Matching paused
email-matching-paused-subject = We’ve paused your mentoring in { $programme }
email-matching-paused-heading = We’ve paused your mentoring
email-matching-paused-lead = Two proposals in { $programme } ended without your answer, so we don’t propose anyone to you for now.
email-matching-paused-next = That’s fine if you’re busy. To get proposals again, resume at any time.
email-matching-paused-button = Resume mentoring

email-kind-mentorship-started = Mentorship started
email-mentorship-started-subject = You and { $partner } are a mentoring pair
email-mentorship-started-heading = You both accepted
email-mentorship-started-lead = You and { $partner } are now a mentoring pair in { $programme }.
email-mentorship-started-address = Write to { $partner } at:
email-mentorship-started-mentee = Suggest two or three times for a first meeting. Say what you’d like to talk about.
email-mentorship-started-mentor = { $partner } will suggest a first meeting. If you hear nothing within a week, write first.
email-mentorship-started-button = View your mentorship

email-kind-mentorship-ended = Mentorship ended
email-mentorship-ended-subject =
    { $begun ->
        [yes] Your mentorship in { $programme } has ended
       *[no] A mentoring proposal in { $programme } has ended
    }
email-mentorship-ended-heading = This has ended
email-mentorship-ended-lead = Your mentorship in { $programme } has ended. There’s nothing you need to do.
email-mentorship-ended-proposal = A proposal that you had in { $programme } has ended. There’s nothing you need to do.

## Kudos

email-kind-kudos-received = Kudos for a member
email-kind-weekly-kudos = Kudos of the week
email-why-kudos = You’re receiving this email from { $community } because somebody gave kudos to you or your team.
email-kudos-somebody = a member
email-kudos-received-subject = { $to ->
    [team] Kudos to { $team } from { $from }
    [added] { $from } joined your kudos
   *[you] Kudos from { $from }
}
email-kudos-received-heading = { $to ->
    [team] Kudos for your team
    [added] Somebody joined your kudos
   *[you] You received kudos
}
email-kudos-received-lead = { $to ->
    [team] You and your team { $team } received kudos from { $from }.
    [added] These kudos for you are now from { $from } too.
   *[you] You received kudos from { $from }.
}
email-kudos-received-private = These kudos are private, so this email doesn’t contain the message.
email-kudos-open = Open kudos
email-kind-comment-posted = New comments
email-kind-kudos-reacted = Reactions to kudos
email-why-comment = You’re receiving this email from { $community } because these kudos have your name on them, or you commented on them.
email-why-conversation = You’re receiving this email from { $community } because you run or watch this conversation, or somebody answered or mentioned you there.
email-comment-posted-subject = { $count ->
    [one] { $because ->
        [mention] { $from } mentioned you in a comment
        [reply] { $from } replied to a comment
       *[other] { $kind ->
            [kudos] { $from } commented on kudos
           *[other] { $from } commented on { $title }
        }
    }
   *[other] { $kind ->
        [kudos] { $count } new comments on kudos
       *[other] { $count } new comments on { $title }
    }
}
email-comment-posted-heading = { $count ->
    [one] { $because ->
        [reply] New reply
       *[other] New comment
    }
   *[other] New comments
}
email-comment-posted-lead = { $count ->
    [one] { $because ->
        [mention] { $from } mentioned you in a comment:
        [reply] A new reply from { $from }, below a comment in your thread:
       *[other] { $kind ->
            [kudos] A new comment from { $from }, below kudos you gave or received:
           *[other] A new comment from { $from }, in the conversation of { $title }:
        }
    }
   *[other] { $kind ->
        [kudos] There are { $count } new comments below kudos you gave or received. The first ones:
       *[other] There are { $count } new comments in the conversation of { $title }. The first ones:
    }
}
email-comment-posted-private = These kudos are private, so this email doesn’t contain the comment.
email-comment-open = Open the comment
email-kudos-reacted-subject = { $count ->
    [one] 1 reaction to kudos
   *[other] { $count } reactions to kudos
}
email-kudos-reacted-heading = Reactions to kudos
email-kudos-reacted-lead = { $count ->
    [one] There is 1 reaction to kudos you gave or received.
   *[other] There are { $count } reactions to kudos you gave or received.
}
email-kudos-line = { $names ->
    [yes] { $others ->
        [0] To { $to } from { $from }
        [one] To { $to } and one more, from { $from }
       *[other] To { $to } and { $others } more, from { $from }
    }
   *[no] { $others ->
        [0] To a team from { $from }
        [one] To a member from { $from }
       *[other] To { $others } members from { $from }
    }
}
email-weekly-kudos-subject = Kudos of the week in { $community }
email-weekly-kudos-heading = Kudos of the week
email-weekly-kudos-lead = This is what people in { $community } thanked each other for last week.
email-weekly-kudos-more = There are more kudos on the wall.
email-weekly-kudos-open = Open the kudos wall

# Mentoring: before the match
email-kind-sign-up-review = Mentoring sign-up to check
email-sign-up-review-subject = Check your mentoring sign-up: { $programme }
email-sign-up-finish-subject = Finish your mentoring sign-up: { $programme }
email-sign-up-review-heading = What we have about you
email-sign-up-review-lead = You’re signed up for { $programme }. This is what the match will use.
email-sign-up-finish-lead = You started to sign up for { $programme }, but you haven’t sent it yet. Without it, you won’t be matched.
email-sign-up-review-topics = Your topics:
email-sign-up-review-hours =
    { $hours ->
        [0] You haven’t chosen any weekly hours yet.
        [one] You have 1 weekly hour.
       *[other] You have { $hours } weekly hours.
    }
email-sign-up-review-more = Your other answers are on the page behind the button.
email-sign-up-review-button = Check your sign-up
email-sign-up-finish-button = Finish your sign-up
email-sign-up-review-until = Sign-up closes on { $until } { $zone }.
email-kind-mentor-wanted = Mentors wanted
email-mentor-wanted-subject = Could you mentor someone in { $topic }?
email-mentor-wanted-heading = Mentors wanted
email-mentor-wanted-lead = People in { $programme } want to learn { $topic }, and your profile says that you teach it.
email-mentor-wanted-what = You decide how many people you take and how many hours you have. We propose a match, and you accept or decline.
email-mentor-wanted-button = Become a mentor
email-why-mentor-wanted = You’re receiving this email from { $community } because your profile says that you teach this topic.

# Mentorships
email-ics-meeting = Mentoring with { $partner }
email-ics-meeting-ended = Mentoring meeting
email-ics-mentorship = Mentorship page: { $url }
email-why-coordinator = You’re receiving this email because you coordinate this mentoring programme at { $community }.
email-mentorship-button = View your mentorship
email-mentorship-ended-calendar = We’ve removed its meetings from your calendar.

email-kind-meeting-proposed = Mentoring meeting proposed
email-meeting-proposed-subject =
    { $moves ->
        [yes] { $partner } would like to move your meeting
       *[no] When can you meet { $partner }?
    }
email-meeting-proposed-heading = Choose a time
email-meeting-proposed-lead = { $partner } would like to meet you at one of these times:
email-meeting-proposed-move = { $partner } would like to move your meeting of { $was } to one of these times:
email-meeting-proposed-time-1 = { $time1 } { $zone1 }
email-meeting-proposed-time-2 = { $time2 } { $zone2 }
email-meeting-proposed-time-3 = { $time3 } { $zone3 }
email-meeting-proposed-button = Choose a time

email-kind-meeting-agreed = Mentoring meeting agreed
email-meeting-agreed-subject =
    { $moved ->
        [yes] Your meeting with { $partner } has moved
       *[no] Your meeting with { $partner }
    }
email-meeting-agreed-heading = It’s in your calendar
email-meeting-when = You meet { $partner } on { $time } { $zone }.
email-meeting-was = Before, it was on { $was }.
email-meeting-place = Where:
email-meeting-change = To move or cancel it, open your mentorship.

email-kind-meeting-cancelled = Mentoring meeting cancelled
email-meeting-cancelled-subject = Cancelled: your meeting with { $partner }
email-meeting-cancelled-heading = Your meeting is cancelled
email-meeting-cancelled-by-you = You cancelled your meeting with { $partner } on { $time } { $zone }.
email-meeting-cancelled-by-other = { $partner } cancelled your meeting on { $time } { $zone }.
email-meeting-cancelled-next = We’ve removed it from your calendar. You can propose new times whenever you like.

email-kind-pair-news = News about a mentorship
email-pair-heading = Your mentorship
email-pair-quiet-subject = Time to meet { $partner }?
email-pair-quiet = You and { $partner } haven’t met for a week, and no meeting is planned.
email-pair-quiet-next = Propose two or three times. The other person only has to choose one.
email-pair-times-subject = { $partner } cancelled the proposed times
email-pair-times = { $partner } has cancelled the times that were proposed for your meeting.
email-pair-times-next = You can propose new times whenever you like.
email-pair-paused-subject = Your mentorship with { $partner } is paused
email-pair-paused = Your mentorship with { $partner } is paused.
email-pair-paused-next = We won’t send reminders while it’s paused. If you can’t make a meeting that you agreed on, cancel it on the page of your mentorship.
email-pair-resumed-subject = Your mentorship with { $partner } goes on
email-pair-resumed = { $partner } has resumed your mentorship.
email-pair-resumed-next = Propose a time for your next meeting.
email-pair-extend-subject = { $partner } would like to extend your mentorship
email-pair-extend = { $partner } would like to go on for eight more weeks.
email-pair-extend-next = If you agree, extend it too. If not, there’s nothing you need to do.
email-pair-extended-subject = Your mentorship with { $partner } is extended
email-pair-extended = You and { $partner } go on for eight more weeks.
email-pair-extended-next = Check your goals, and plan the next meeting.
email-pair-term-subject = The end date of your mentorship with { $partner } has passed
email-pair-term = The end date of your mentorship with { $partner } has passed.
email-pair-term-next = Choose what happens next on the page of your mentorship.
email-pair-finished-subject = Your mentorship with { $partner } is finished
email-pair-finished = Your mentorship with { $partner } is finished. Well done!
email-pair-peers-subject = You and { $partner } go on as peers
email-pair-peers = Your mentorship is finished, and you and { $partner } go on as peers.
email-pair-feedback-next = Tell each other what helped. You both see it when you’ve both written, or after 14 days.
email-pair-released-subject = { $partner } has written feedback for you
email-pair-released = You can now read what { $partner } wrote about your mentorship.
email-pair-released-next = You can also thank { $partner } with kudos.

email-kind-check-in-asked = Mentoring check-in
email-check-in-heading = A short question
email-check-in-connected-subject = Did you connect with { $partner }?
email-check-in-connected = Ten days ago, you and { $partner } became a mentoring pair. Did you connect?
email-check-in-subject = How is your mentorship with { $partner }?
email-check-in-lead = How is your mentorship with { $partner } going? It takes two taps.
email-check-in-button = Answer
email-check-in-private = Your partner never sees your answer. Coordinators do. If you choose “Not working”, we email them.
email-check-in-private-connected = Your partner never sees your answer. Coordinators do.

email-kind-pair-alert = Mentoring pair may need help
email-pair-alert-subject = A pair in { $programme } may need your help
email-pair-alert-heading = A pair may need your help
email-pair-alert-pulse = { $mentee } and { $mentor }: one of them says that the mentorship isn’t working.
email-pair-alert-missed = Two meetings of { $mentee } and { $mentor } were missed.
email-pair-alert-next = Talk to each of them separately. Don’t mention their answers.
email-pair-alert-button = View pairs

email-kind-mentor-message = Message from a mentor or mentee
email-mentor-message-subject = { $partner } wrote to you
email-mentor-message-heading = You have a message
email-mentor-message-lead = { $partner } wrote you a message. Only the two of you can read it.
email-mentor-message-button = Read the message

email-kind-measure-taken = Decision of a mentoring coordinator
email-measure-heading = About mentoring in { $programme }
email-measure-warn-subject = A warning from the coordinators of { $programme }
email-measure-warn = The coordinators of { $programme } ask you to change something.
email-measure-pause-subject = Your mentorships in { $programme } are paused
email-measure-pause = The coordinators of { $programme } have paused your mentorships.
email-measure-exclude-subject = You’ve been excluded from { $programme }
email-measure-exclude = The coordinators of { $programme } have excluded you, and your mentorships there have ended.
email-measure-lifted-subject = The decision about you in { $programme } was lifted
email-measure-lifted = The coordinators of { $programme } have lifted their decision. You can take part again. If your mentorship was paused, resume it on its page.
email-measure-stays-subject = Your appeal in { $programme }
email-measure-stays = The coordinators of { $programme } have read your appeal. Their decision stays.
email-measure-reason = The reason:
email-measure-appeal = If you think that this is wrong, you can appeal.
email-measure-button = View the decision

email-kind-mentor-requested = Direct request to a mentor
email-mentor-requested-subject = Would you mentor { $partner }?
email-mentor-requested-heading = Somebody would like to learn from you
email-mentor-requested-lead = { $partner } asks you to be their mentor in { $programme }. The page shows what they would like to learn.
email-mentor-requested-until = Accept, decline, or invite them to your office hours by { $until } { $zone }.
email-mentor-requested-button = View the request

email-mentor-offered-subject = { $partner } offers to teach you
email-mentor-offered-heading = Somebody would like to teach you
email-mentor-offered-lead = { $partner } offers to be your mentor in { $programme }. The page shows what you could learn.
email-mentor-offered-until = Accept or decline by { $until } { $zone }.

email-kind-round-email = Message from a mentoring coordinator
email-coordinators = the coordinators
email-round-subject = About your mentoring in { $programme }
email-round-heading = About your mentoring
email-round-lead = A message from { $from }:

email-kind-co-speaker-invited = Invitation to be a co-speaker
email-co-speaker-subject = { $from } invites you to speak in “{ $session }”
email-co-speaker-heading = Invitation to be a co-speaker
email-co-speaker-lead = { $from } would like you to be a co-speaker of “{ $session }”.
email-co-speaker-next = Read the proposal, then accept or decline. You won’t be listed as a speaker until you accept.
email-co-speaker-button = View the proposal
email-why-co-speaker = You’re receiving this email because a member of { $community } invited you to speak.

email-kind-submission-news = News about a proposal
email-submission-heading = About a proposal
email-submission-button = View the proposal
email-submission-received-subject = We have your proposal “{ $session }”
email-submission-received = Your proposal “{ $session }” was submitted to “{ $call }”.
email-submission-received-next = You can edit it while the call is open. We’ll email you when the organisers have decided.
email-submission-info-needed-subject = A question about your proposal “{ $session }”
email-submission-info-needed = The organisers of “{ $call }” have a question about “{ $session }”.
email-submission-info-needed-next = Please answer it on the page of the proposal.
email-submission-accepted-subject = Accepted: “{ $session }”
email-submission-accepted = Good news! Your proposal “{ $session }” was accepted for “{ $call }”.
email-submission-confirm = Please confirm by { $until } { $zone } that you’re coming, or decline the session.
email-submission-confirm-soon-subject = Please confirm “{ $session }”
email-submission-confirm-soon = You haven’t confirmed that you’re coming to “{ $call }” with “{ $session }”.
email-submission-rejected-subject = Your proposal “{ $session }” was not accepted
email-submission-rejected = The organisers of “{ $call }” could not choose “{ $session }” this time.
email-submission-rejected-next = Thank you for proposing it. You can send the same proposal to another call.
email-submission-answered-subject = An answer about “{ $session }”
email-submission-answered = A speaker answered your question about “{ $session }”.
email-submission-answered-next = The answer is on the page of the proposal.
email-submission-declined-subject = A speaker can’t come: “{ $session }”
email-submission-declined = The speaker of “{ $session }” isn’t coming to “{ $call }”.
email-submission-declined-next = You can accept another proposal instead.
email-why-submission = You’re receiving this email because you’re a speaker of a proposal at { $community }.
email-why-call = You’re receiving this email because you opened a call for proposals at { $community }.

email-kind-slides-wanted = Reminder of slides
email-slides-subject = Add your slides: { $session }
email-slides-heading = Your slides
email-slides-before = Your session “{ $session }” is soon, and has no slides yet. If you have some, add them as PDF before it starts.
email-slides-after = Thank you for your session “{ $session }”. If you have slides, add them as PDF, so that people can read them again.
email-slides-optional = You don’t need to. This is the only reminder before the session, and there is one after it.
email-slides-last = You don’t need to. We won’t remind you again.
email-slides-button = Add slides
email-why-slides = You’re receiving this email because you’re a speaker of a session at { $community }.
email-kind-speaker-proposed = Speaker of a session
email-speaker-subject = Are you a speaker of “{ $session }”?
email-speaker-heading = Are you this speaker?
email-speaker-lead = An organiser says that you are a speaker of “{ $session }”.
email-speaker-next = If you confirm, your name there links to your profile. You can remove the link at any time.
email-speaker-button = View the session
email-why-speaker = You’re receiving this email because an organiser at { $community } linked you to a session.

email-kind-circle-news = News about a group circle
email-circle-heading = About a group circle
email-circle-button = View the circle
email-circle-joined-subject = { $partner } joined “{ $circle }”
email-circle-joined = { $partner } has joined your circle “{ $circle }”.
email-circle-left-subject = { $partner } left “{ $circle }”
email-circle-left = { $partner } has left your circle “{ $circle }”.
email-circle-closed-subject = “{ $circle }” is closed
email-circle-closed = { $partner } has closed the circle “{ $circle }”.

email-kind-demand-news = News about a learning request
email-demand-heading = What people want to learn
email-demand-button = View the request
email-demand-claimed-subject = { $partner } can teach “{ $demand }”
email-demand-claimed = { $partner } can teach what you asked for: “{ $demand }”.
email-demand-released-subject = Looking for a speaker again: { $demand }
email-demand-released = { $partner } can’t teach “{ $demand }” after all. Your request is back on the board.
email-demand-taken-back-subject = Not needed any more: { $demand }
email-demand-taken-back = You offered to teach “{ $demand }”. Another speaker is wanted, or the request is not on the board any more. Thank you for offering.
email-demand-host-asked-subject = Can your group host “{ $demand }”?
email-demand-host-asked = { $partner } can teach “{ $demand }” and asks your group to host it.
email-demand-host-declined-subject = { $partner } can’t host “{ $demand }”
email-demand-host-declined = { $partner } can’t host “{ $demand }”.
email-demand-host-declined-next = You can ask another group, or create the event in a group of your own.
email-why-demand = You’re receiving this email from { $community } because of a learning request.
email-kind-demand-scheduled = Event for a learning request
email-demand-scheduled-subject = You asked for it: { $title }
email-demand-scheduled-heading = An event for what you want to learn
email-demand-scheduled-lead = You want to learn “{ $demand }”. Now there’s an event about it: “{ $title }”.
email-demand-scheduled-next = If you’d like to come, sign up on the event page.

email-kind-speed-round-news = News about a speed round
email-speed-heading = About a speed round
email-speed-button = View your conversations
email-speed-view = View speed round
email-speed-published-subject = Your conversations at “{ $round }”
email-speed-published =
    { $count ->
        [0] “{ $round }” begins on { $time } { $zone }. Sorry, we found no conversation for you this time.
        [one] “{ $round }” begins on { $time } { $zone }. You have { $count } conversation.
       *[other] “{ $round }” begins on { $time } { $zone }. You have { $count } conversations, one after another.
    }
email-speed-break-subject = A conversation at “{ $round }” was cancelled
email-speed-break =
    { $count ->
        [0] Somebody withdrew from “{ $round }” on { $time } { $zone }. You have no conversations left.
        [one] Somebody withdrew from “{ $round }” on { $time } { $zone }. You have a break instead, and { $count } conversation.
       *[other] Somebody withdrew from “{ $round }” on { $time } { $zone }. You have a break instead, and { $count } conversations.
    }
email-speed-moved-subject = New time: “{ $round }”
email-speed-moved = The coordinators have changed the time of “{ $round }”. It now begins on { $time } { $zone }.
email-speed-cancelled-subject = Cancelled: “{ $round }”
email-speed-cancelled = The coordinators have cancelled “{ $round }” on { $time } { $zone }.
email-speed-withdraw = If you can’t come, withdraw on the page of the round, so that nobody waits for you.

email-kind-question-news = News about a mentoring question
email-question-heading = About a question
email-question-button = View the question
email-question-picked-subject = { $partner } has picked your question
email-question-picked = { $partner } has picked your question and will write to you. Only the two of you can read what you write.
email-question-replied-subject = { $partner } has replied about a question
email-question-replied = { $partner } has replied. Only the two of you can read it.
email-question-requeued-subject = Your question is back in the queue
email-question-requeued = Your question is back in the queue. It keeps its place, so another mentor can pick it soon.
email-question-answered-subject = { $partner } says that you answered their question
email-question-answered = { $partner } has closed the question as answered. Thank you for your time.
email-question-released-subject = You’re no longer answering the question of { $partner }
email-question-released = { $partner } has put the question back or withdrawn it. There’s nothing you need to do.
email-question-expired-subject = Your question hasn’t found a mentor
email-question-expired = Your question closed without an answer. You can ask it again, or ask a mentor directly.

email-kind-mentor-request-answered = Answer to a direct request
email-mentor-request-subject = { $partner } and your request
email-mentor-request-heading = An answer to your request
email-mentor-request-accepted = { $partner } is now your mentor. Propose a first meeting.
email-mentor-request-declined = { $partner } can’t be your mentor now. You can ask somebody else.
email-mentor-request-office-hours = { $partner } invites you to their office hours. The page says when and where.
email-mentor-request-expired = { $partner } hasn’t answered in time. You can ask somebody else.
email-mentor-offer-subject = Your offer to teach { $partner }
email-mentor-offer-heading = Your offer to teach
email-mentor-offer-accepted = { $partner } has accepted your offer. You’re their mentor now. Propose a first meeting.
email-mentor-offer-declined = { $partner } can’t accept your offer now. You can make it to somebody else.
email-mentor-offer-expired = { $partner } hasn’t answered in time. You can make your offer to somebody else.
email-mentor-request-button = View the request

email-kind-agenda-changed = Agenda changed
email-agenda-subject = New time or room at { $event }
email-agenda-heading = The agenda has changed
email-agenda-lead =
    { $count ->
        [one] One of your sessions at “{ $event }” has a new time or room.
       *[other] { $count } of your sessions at “{ $event }” have a new time or room.
    }
email-agenda-before = Before: { $time } { $zone }, { $room }
email-agenda-after = Now: { $time } { $zone }, { $room }
email-agenda-new = New in the agenda: { $time } { $zone }, { $room }
email-agenda-gone = Now: no longer in the agenda
email-agenda-more =
    { $more ->
        [one] Another session changed too. You’ll find it in the agenda.
       *[other] { $more } more sessions changed too. You’ll find them in the agenda.
    }
email-agenda-button = View the agenda
email-why-agenda = You’re receiving this email from { $community } because you speak in these sessions or saved them for your agenda.
