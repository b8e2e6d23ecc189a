## Why something was not done, and what to do next

refusal-sign-in-first = Sign in first. You’ll then return to this page.
refusal-not-allowed = You don’t have permission to do this. If you need it, ask an organiser.
refusal-suspended = Your account is suspended. Contact an organiser to sort it out.
refusal-not-published = This event is still a draft. It has to be published first.
refusal-too-many-cohosts = An event can have { $max } co-hosts at most.
refusal-hosts-already = This member hosts the event already.
refusal-no-hellos = This member doesn’t take messages from members they don’t know.
refusal-hello-waits = You’ve said hello to this member, and they haven’t answered yet. You can try again after 30 days.
refusal-hello-name = Members don’t see your name, so they wouldn’t know who says hello. Show your name to members first.
refusal-hello-answered = You’ve already answered this message.
refusal-not-draft = Only drafts can be deleted. You can cancel a published event.
refusal-event-over = This event is over. Have a look at the upcoming events.
refusal-event-cancelled = This event is cancelled. The event page says why.
refusal-event-not-cancelled = This event isn’t cancelled, so there’s nothing to reinstate.
refusal-registration-not-open = Sign-up isn’t open yet. The event page says when it opens.
refusal-registration-closed = Sign-up has closed. If you still want to come, ask the host.
refusal-too-many-guests =
    { $max ->
        [0] You can’t bring guests this time. Take a seat just for yourself.
        [one] You can bring at most 1 guest. Choose fewer guests.
       *[other] You can bring at most { $max } guests. Choose fewer guests.
    }
refusal-no-seat-there = There’s no free seat right now. You keep your seat, or your place on the waitlist.
refusal-not-waiting = You’re not on the waitlist for a seat in person. Check your seat on the event page.
refusal-offer-expired = This offer has ended, so the seat is no longer held for you. Check the event page for free seats.
refusal-request-declined = The organiser declined your request. If something has changed, contact them.
refusal-not-asking = This request was withdrawn, or has already been answered. Reload the page to see its status.
refusal-full-choose = All seats are taken. Add this person to the waitlist, or give them a seat anyway.
refusal-number-differs =
    { $over ->
        [0] The event is no longer over capacity, so nobody was moved.
        [one] The number you typed doesn’t match, so nobody was moved. The event is over capacity by 1 seat now.
       *[other] The number you typed doesn’t match, so nobody was moved. The event is over capacity by { $over } seats now.
    }
refusal-changed-meanwhile = Someone else saved a change while you were editing. Your version is below. Compare it with the current page, then save again to replace their change.
refusal-code-wrong =
    { $left ->
        [one] That code isn’t right. You can try once more.
       *[other] That code isn’t right. You can try { $left } more times.
    }
refusal-too-many-announcements = You can send at most { $max } emails a day about one event. Choose another day, or cancel one of the emails.
refusal-announcement-gone = This email is already being sent, or it was cancelled. Reload the page to see its status.
refusal-sign-in-expired = This link or code was already used, has expired, or was tried too often. Ask for a new one.
refusal-other-browser = Open the link in the browser where you asked for it, or enter the code from the email there.
refusal-slow-down =
    { $hours ->
        [0] { $minutes ->
            [one] You’ve tried too often. Wait a minute, then try again.
           *[other] You’ve tried too often. Wait { $minutes } minutes, then try again.
        }
       *[other] You’ve tried too often. Wait { $hours } hours, then try again.
    }
refusal-invite-only = New members need an invitation. You can request one.
refusal-setup-token-wrong = This setup link is wrong or was already used. Restart the server, and use the new link in its log.
refusal-provider-refused = The other service didn’t sign you in. Try again, or sign in by email.
refusal-provider-down = The other service isn’t responding. Try again in a few minutes, or sign in by email.
refusal-address-taken = Another account already has this email address. If it’s yours, sign in to it by email. You can then connect other ways to sign in from your profile.
refusal-identity-taken = That account is already connected to another member here. Sign in with it, or connect a different one.
refusal-kudos-per-day =
    You’ve given { $max } kudos in the last 24 hours, which is the limit. { $hours ->
        [one] You can give more in an hour.
       *[other] You can give more in { $hours } hours.
    }
refusal-kudos-per-person =
    You’ve given one of these people { $max } kudos in the last 7 days, which is the limit. { $days ->
        [one] Try again tomorrow.
       *[other] Try again in { $days } days.
    }
refusal-kudos-per-team =
    You’ve given this team { $max } kudos in the last 7 days, which is the limit. { $days ->
        [one] You can give it more tomorrow.
       *[other] You can give it more in { $days } days.
    }
refusal-comments-off = Comments are turned off here.
refusal-comments-full = There are so many comments here that there is no room for more.
refusal-comment-edit-over = Comments can be edited for { $minutes } minutes. You can still delete yours.
refusal-kudos-added-full = There is no room for more names on these kudos. You can give kudos of your own.
refusal-kudos-edit-added = Somebody added their name to these kudos, so you can’t edit them any more. You can still retract them.
refusal-kudos-own-team = You can’t give kudos to your own team. Add the people you want to thank by name.
refusal-kudos-same-text = You’ve given kudos with this text before. Write what was special this time.
refusal-kudos-edit-over = Kudos can be changed for { $minutes } minutes. You can still retract them.
refusal-kudos-oneself = You can’t give kudos to yourself. Choose someone else.
refusal-group-closed = This group is closed. Choose another group, or ask its organisers.
refusal-ask-first = You need approval to join this group. Request to join on the group’s page.
refusal-by-invitation = You need an invitation to join this group. Ask one of its organisers.
refusal-asked-already = The group declined your last request to join. You can ask again 30 days after that.
refusal-last-organiser = This would leave the group without an organiser. Make someone else an organiser first, or close the group.
refusal-enough-invited =
    { $max ->
        [one] You’ve reached today’s limit of 1 invitation. Try again tomorrow.
       *[other] You’ve reached today’s limit of { $max } invitations. Try again tomorrow.
    }
refusal-group-has-events = This group has upcoming events. Cancel them first, or wait until they’re over.
refusal-outsiders-have-seats = People outside this group have seats, or are on a waitlist. Invite them to the group first, or cancel the event.
refusal-private-holds-alone = Private groups can’t co-host events. Make the group public first.
refusal-manager-oneself = You can’t be your own line manager. Name someone else, or leave this empty.
refusal-team-in-itself = A team can’t be part of itself. Choose a different parent team.
refusal-teams-too-deep = Teams can be at most { $max } levels deep. Choose a parent team further up.
refusal-picture-too-large = That file is larger than { $max } MB. Choose a smaller one.
refusal-picture-too-many-pixels = That picture has more than { $max } million pixels. Make it smaller, then try again.
refusal-picture-unreadable = We couldn’t read that file. Choose a complete JPEG, PNG or WebP picture.
refusal-sheet-too-large = That file is larger than { $max } MB. Split it, or leave columns out.
refusal-sheet-unreadable = That file isn’t CSV text in UTF-8. Save it as “CSV UTF-8” and upload it again.
refusal-sheet-missing = No file was uploaded, or it is empty. Choose a CSV file first.
refusal-picture-missing = No file was uploaded. Choose a picture first.
refusal-no-link-back = That page has no link with rel="me" to your profile page. Add one, then try again.
refusal-page-unreachable = We couldn’t read that page. Check that it opens in a browser, then try again.
refusal-page-private = That address is on a private network, so we can’t check it. Only public pages can be verified.
refusal-last-administrator = The community needs at least one admin. Make someone else an admin first.
refusal-own-rights = You can’t change your own role or suspend yourself. Ask another admin.
refusal-too-many-invitations =
    { $max ->
        [one] That’s over the limit of 1 invitation. Try again tomorrow.
       *[other] That’s over the limit of { $max } invitations. Enter fewer addresses, or send the rest tomorrow.
    }
refusal-invitation-over = This invitation was accepted, withdrawn, or sent three times already. To invite this person again, enter their address in the form.
refusal-invitation-gone = This invitation link no longer works. It was replaced, withdrawn or answered. Look for a newer email, or request an invitation.
refusal-invitation-expired = This invitation has expired. Request a new one, and an admin will answer by email.
refusal-invitation-revoked = This invitation was withdrawn. You can request a new one.
refusal-invitation-used = This address already has an account. Sign in with it.
refusal-cannot-email = We can’t email this address right now. It got several invitations recently, or its owner doesn’t want any. Contact them another way.
refusal-invite-by-name = Enter a member’s name. Only admins can invite people by email address here.
refusal-too-many-requests = We can’t take more requests today. Try again tomorrow.
refusal-no-request-needed = Anyone can join, so you don’t need an invitation. Sign in with your email address.
refusal-email-settled = This email has already been sent or cancelled. Reload the page to see its status.
refusal-job-started = This job is running or has already ended. Reload the page to see its state.
refusal-job-ended = This job has already ended. Reload the page to see its state.
refusal-job-recurs = This job runs regularly, so you can’t cancel it.
refusal-not-confirmed = That doesn’t match. Type the word exactly as shown.
refusal-hand-over-first =
    { $groups ->
        [one] This would leave 1 group without an organiser. Make someone else its organiser first.
       *[other] This would leave { $groups } groups without an organiser. Make someone else an organiser of each first.
    }
refusal-oneself = You can’t report or block yourself. Choose someone else.
refusal-reported-already = You’ve already reported this. An admin will look at it and email you.
refusal-no-appeal = This decision can’t be appealed, or it was appealed already.
refusal-decided-already = Someone else has already decided this. Reload the page to see the decision.
refusal-last-of-list = A list needs at least one entry. Add another one first.
refusal-foreign-origin = This request came from another site, so we ignored it. Open the page here, then try again.

## What is wrong with a field

problem-missing = Fill this in.
problem-too-long = Use at most { $max } characters.
problem-too-short = Use at least { $min } characters.
refusal-nobody-selected = Select at least one person.
problem-too-many =
    { $max ->
        [one] Choose at most 1.
       *[other] Choose at most { $max }.
    }
problem-bad-address = Enter an email address, for example ada@example.org.
problem-bad-address-at = Line { $line } contains something that isn’t an email address. Write each address in this form: ada@example.org.
problem-bad-zone = Enter a large city in the time zone, for example Berlin or New York, or choose one from the list.
problem-year-out-of-range = Enter a date between 1970 and 2199.
problem-bad-date = Enter a date, for example 2026-11-24.
problem-bad-time = Enter a time, for example 18:00.
problem-bad-number = Enter a whole number from { $min } to { $max }.
problem-series-too-short = Choose a later end. The series would have no second date.
problem-series-too-long = Choose an earlier end. A series can have { $max } dates.
problem-series-moves-too-far = Several dates can move by { $max } days together. To move further, change this date only.
problem-not-last-weekday = Choose another one. The event isn’t on the last such weekday of its month.
problem-bad-choice = Choose one of the options.
problem-bad-url = Enter an address that starts with https://.
problem-no-public-url = Enter a public address, for example https://example.org. This one leads to a different place on each computer.
problem-place-or-link = Enter a venue, an online meeting link, or both.
problem-choose-one = Choose at least one.
problem-kudos-to-nobody = Add at least one person, or choose a team.
problem-after-the-end = The event is over by then. Choose a time before it ends.
problem-in-the-past = This time has passed. Choose a later one.
problem-window-backwards = Sign-up must open before it closes, and before the event ends. Choose other times.
problem-end-before-start = The event would end before it starts. Choose a later end time, or a last day.
problem-bad-end = An event must last between 5 minutes and 14 days. Choose another end time.
problem-nobody-called = We couldn’t match this name to one member. Check the spelling, or enter the address of their profile.
problem-several-called = Several members have this name. Enter the address of the profile of the one you mean.
problem-already-in = This member is already in the group. Choose someone else.
problem-topic-chosen-twice = You’ve chosen this topic twice. Choose another one, or none.
problem-already-there = You’ve already added this link.
refusal-run-going = Another run of this round is still working. Wait for it to finish, or cancel it.
refusal-round-not-closed = Close sign-up before you match people. The round’s page has a button for it.
refusal-run-not-draft = This draft was already published, or the run was cancelled. Look at the newest run.
refusal-round-busy = The coordinators are publishing this round right now. Try again in a minute.
refusal-run-outdated = Sign-ups or decisions have changed since this draft was made. Run the matching again.
refusal-run-not-verified = The check of this draft failed, so it can’t be published. Run the matching again.
refusal-proposal-over = This proposal has ended, so it can’t be answered any more.

# Mentoring
refusal-mentoring-not-open = Sign-up for this round isn’t open yet. Come back when it opens.
refusal-mentoring-closed = This round is over or was cancelled. Look for an open round on the mentoring page.
refusal-round-state = This round has changed since you opened the page. Reload the page to see its state.
refusal-sign-up-state = Your sign-up has changed since you opened the page. Reload the page to see its state.
refusal-sign-up-fixed = Sign-up has closed, so your answers can’t be changed now. You can still withdraw, or ask a coordinator.
refusal-sign-up-incomplete =
    { $parts ->
        [one] One part is missing. It’s marked below.
       *[other] { $parts } parts are missing. They’re marked below.
    }
refusal-consent-missing = Tick the box to agree to how your answers are used, then send your sign-up.
refusal-mentoring-group-only = This programme is for members of its group. Join the group first, then sign up.
refusal-last-coordinator = A programme needs a coordinator. Add another one first.
problem-weights = The points add up to { $total }. Change them so that they add up to 1000.
problem-options = Give each question { $min } to { $max } different options, with semicolons between them.
problem-starts-before-sign-up-closes = The round starts before sign-up closes. Choose a later day.
problem-round-length = Choose a last day after the first day, at most two years later.
problem-signed-up-already = This member has a sign-up like this already, here or in another row.
refusal-cohost-declined = This member declined to co-host this event. You can invite them again { $days } days after their answer.
refusal-too-many-tokens = You can have { $max } access tokens. Revoke one first.
refusal-import-changed = This file changed after you checked it, so nothing was imported. Look at the new report, and then import it.
refusal-import-problems =
    { $problems ->
        [one] Nothing was imported, because 1 cell has a problem. It’s listed below.
       *[other] Nothing was imported, because { $problems } cells have problems. They’re listed below.
    }

# Mentorships
refusal-mentorship-over = This mentorship has ended.
refusal-mentorship-paused = This mentorship is paused. Resume it first.
refusal-mentorship-changed = This mentorship has changed since you opened the page. Reload the page to see its state.
refusal-extended-before = You can extend a mentorship once, and you already did.
refusal-meeting-over = This time is no longer available. Reload the page to see your meetings.
refusal-not-your-answer = You proposed these times, so the other person chooses one.
refusal-not-missed-yet = You can say this from ten minutes after the start.
refusal-check-in-over = You have already answered, or it’s too late to answer.
refusal-mentor-full = This mentor has no free place now. Try another mentor, or sign up for the next round.
refusal-mentor-requests =
    { $max ->
        [one] You already have { $max } open request. Wait for an answer, or withdraw it.
       *[other] You already have { $max } open requests. Wait for an answer, or withdraw one.
    }
refusal-mentor-request-exists = You already have an open request to this mentor, or you work together already.
refusal-round-email-today = You can email these people only once in 24 hours. Try again later.
refusal-nobody-to-email = There’s nobody in this group right now. Choose another group.
refusal-round-email-gone = This email has already been sent, so you can’t cancel it.
refusal-speaker-removed = This member removed the link to this speaker, so you can’t propose them again.
problem-cannot-see-event = This member can’t see the event yet. Check that it’s published and open to them, and propose them again.
refusal-circle-full = This circle is full. Check again later, in case somebody leaves.
refusal-circle-closed = This circle is closed.
refusal-circle-many =
    { $max ->
        [one] You have an open circle already.
       *[other] You have { $max } open circles, which is the most at a time. Close one before you open another.
    }
refusal-speed-closed = Sign-up for this speed round has closed.
refusal-speed-cancelled = This speed round is cancelled.
refusal-speed-over = This speed round is over.
refusal-speed-full =
    { $max ->
        [one] This speed round is full.
       *[other] This speed round is full: { $max } people signed up.
    }
refusal-speed-overlaps-others = Somebody who signed up is in another speed round at that time. Choose another time.
refusal-speed-overlaps = You’re signed up for another speed round at the same time. Withdraw from it first.
refusal-speed-plan-missing = There’s no plan yet. Make a plan before you publish.
refusal-speed-plan-outdated = Somebody signed up or withdrew since this plan was made. Make a new plan, and publish that one.
refusal-call-closed = This call no longer takes proposals.
refusal-call-full = This call can’t take more proposals. Contact its organisers.
refusal-proposals-many =
    { $max ->
        [one] You have a proposal for this call already.
       *[other] You’ve reached the limit of { $max } proposals for this call. Edit one of them instead.
    }
refusal-submission-over = This isn’t possible any more. Load the page again to see the current state of the proposal.
refusal-series-is-hybrid = People come to this series in person or online. Take a seat at each date, and choose how you come.
refusal-event-not-begun = This event hasn’t started. Mark people who didn’t come after the start.
refusal-series-busy = An earlier change of this series is still being saved. Try again in a minute.
refusal-series-date-begun = This date has begun, so it can’t change other dates. Edit the next date instead.
refusal-token-revoked = You revoked this access token. Load the page again to create a new one.
refusal-key-of-other-kudos = This key was already used for kudos with another text. Send the request with a new key.
refusal-anonymity-promised = Proposals were sent to this call while it was anonymous. Open a new call to show names to reviewers.
refusal-proposal-sent-before = You sent this proposal to that call already.
refusal-co-speakers-many = A proposal can have up to { $max } co-speakers.
refusal-spoke-before = This member declined to speak in this proposal, or stopped speaking in it. You can’t invite them again.
refusal-speaks-already = You’re the speaker of this proposal already.
refusal-reviewers-many = A call can have up to { $max } reviewers.
problem-session-kinds = Write up to 10 different kinds, each with a comma and its minutes, for example “Talk, 30”.
refusal-question-taken = Another mentor has picked this question.
refusal-question-over = This question is closed.
refusal-question-one = You’re already answering a question. You can pick another one when it’s closed, or after you walk away from it.
refusal-workshop-needs-seat = You need a seat at the event first. Take one there, then come back.
refusal-workshop-overlaps = You have another workshop at that time. Swap it for this one, or give it up first.
refusal-seats-come-back = Too few other people are on the waitlist, so the same people would get their seats back. Reduce the number of seats first, or remove these people.
refusal-not-same-series = This isn’t an upcoming date of the same series. Choose another date.
refusal-workshop-full = This workshop is full, so you keep the one that you have. Give it up first if you want to join the waitlist.
refusal-workshop-needs-slot = Release the agenda with a room and a start for this session first.
problem-not-pdf = This file isn’t a PDF. Export your slides as PDF, then choose that file.
problem-slides-large = The file is larger than { $max } MB. Export it with smaller pictures, then choose it again.
problem-slides-missing = Choose a file.
refusal-slides-many = A session can have up to { $max } files. Remove one first.
refusal-do-not-record = This session must not be recorded, so it can’t have a recording.
refusal-session-questions-many =
    { $max ->
        [one] You have an open question in this session already.
       *[other] You have { $max } open questions in this session. Delete one before you ask another, or wait for an answer.
    }
refusal-session-questions-full = This session has too many questions. Vote for one of them instead.
refusal-session-questions-closed = Questions are closed here.
refusal-answers-needed = Answer the organiser’s questions first. They confirm the seat.
refusal-answers-too-late = The event has started, so answers can’t be changed any more.
problem-bad-turns = Write up to { $max } times, such as 17:00, 01:00.
problem-question-changed = The organiser has changed this question. Please answer it again.
refusal-series-answers-needed = The organiser asks a few questions. Take a seat at the next date and answer them there. Then we can save you a seat at every date.
refusal-event-questions = An event can have { $max } questions at most.
problem-two-options = Write at least two different options, one in each line.
problem-many-options = Write { $max } options at most.
refusal-demand-over = This request is not on the board any more.
refusal-demands-alike = These requests look like yours. Choose “Me too” at one of them, or post yours anyway.
refusal-demand-claimed = Somebody else has offered to teach this.
refusal-demand-host-declined = This group has declined to host it. Ask another group.
refusal-demand-many =
    { $max ->
        [one] You have an open request already.
       *[other] You have { $max } open requests, which is the most at a time. Withdraw one before you post another.
    }
refusal-demand-claims =
    { $max ->
        [one] You have offered to teach something already.
       *[other] You have offered to teach { $max } requests, which is the most at a time. Withdraw one before you offer another.
    }
refusal-question-many =
    { $max ->
        [one] You have an open question already.
       *[other] You have { $max } open questions, which is the most at a time. Close one before you ask another.
    }
refusal-no-shared-programme = No mentoring programme is running that you both can join. Try again when a new round opens.
refusal-mentor-request-over = This request has been answered, or has expired.
refusal-excluded = A coordinator has excluded you from this programme. You can appeal from the page in our email.
refusal-paused-in-programme = This mentorship can’t begin or go on at the moment. Ask a coordinator of the programme.
refusal-measure-own-pair = You can’t decide about yourself, or about somebody you have had a mentorship with. Ask another coordinator.
refusal-measure-over = This decision has been lifted, or the appeal was decided.
problem-choose-times = Choose at least one time.
problem-too-many-times = Choose at most three times.
problem-times-do-not-suit = One of these times has passed, or doesn’t suit both of you. Choose again.

problem-not-on-grid = Use steps of five minutes.
problem-speakers = Enter at most { $max } names of up to 100 characters each.
problem-room-exists = There is a room with this name already. Choose another name.
refusal-room-in-use = This room has sessions in the draft or in the released agenda. Move them and release the agenda first.
refusal-rooms-many = An event can have up to { $max } rooms.
refusal-sessions-many = An event can have up to { $max } sessions.
refusal-session-in-use = This session has a slot or is a speaker’s proposal, so it can’t be removed.
refusal-board-changed = Somebody changed the draft since you opened this page. Check the changes again, then release.
refusal-agenda-conflicts =
    { $count ->
        [one] One conflict blocks the release. Move one of the sessions first.
       *[other] { $count } conflicts block the release. Move some of the sessions first.
    }
refusal-nothing-to-release = The draft is the same as the released agenda, so there is nothing to release.
