## Why something was not done, and what to do next

refusal-sign-in-first = Sign in first; then you come back here.
refusal-not-allowed = Your role does not include this. Ask an organiser if it should.
refusal-suspended = Your membership is suspended. Write to an organiser to sort it out.
refusal-not-published = This event is still a draft. Wait until its host publishes it.
refusal-event-over = This event is over. Have a look at what comes next.
refusal-event-cancelled = This event is cancelled. Its page says why.
refusal-event-not-cancelled = This event is not cancelled, so there is nothing to take back.
refusal-registration-not-open = Seats cannot be taken yet. The event’s page says from when.
refusal-registration-closed = Sign-up has closed. Ask the host if you still want to come.
refusal-too-many-guests =
    { $most ->
        [0] Guests cannot come along this time. Take a seat for yourself.
        [one] One guest can come along at most. Choose fewer.
       *[other] { $most } guests can come along at most. Choose fewer.
    }
refusal-no-seat-there = There is no free seat there now. What you have stays yours.
refusal-not-waiting = You do not wait for a seat there.
refusal-offer-expired = No seat is held for you any more: the offer has passed on.
refusal-request-rejected = The organiser said no to your request. Write to them if something has changed.
refusal-not-asking = There is no request of theirs any more.
refusal-full-choose = All seats are taken. Choose: the waitlist, or a seat all the same.
refusal-number-differs =
    { $over ->
        [0] No seat is over any more, so nobody was moved.
        [one] That is not the number: one seat is over now. Nobody was moved.
       *[other] That is not the number: { $over } seats are over now. Nobody was moved.
    }
refusal-changed-meanwhile = Somebody else saved a change in the meantime. Below is what you typed; compare it with the page itself, then save again to put yours in its place.
refusal-code-wrong =
    { $left ->
        [one] That code isn’t right. You can try once more.
       *[other] That code isn’t right. You can try { $left } more times.
    }
refusal-too-many-announcements = An event has at most { $most } mails a day. Choose another day, or take one of them back.
refusal-announcement-gone = This mail goes out already, or was taken back.
refusal-sign-in-expired = This link or code was used, is too old, or was tried too often. Ask for a new one.
refusal-other-browser = Open the link in the browser that asked for it, or enter the code from the email there.
refusal-slow-down =
    { $hours ->
        [0] { $minutes ->
            [one] You’ve tried too often. Wait a minute, then try again.
           *[other] You’ve tried too often. Wait { $minutes } minutes, then try again.
        }
       *[other] You’ve tried too often. Wait { $hours } hours, then try again.
    }
refusal-invite-only = New members need an invitation. You can request one.
refusal-setup-token-wrong = This setup link is wrong or was used. Start the server again to get a new one in its log.
refusal-provider-refused = The other service did not sign you in. Try again, or sign in by email.
refusal-provider-down = The other service isn’t responding. Try again in a few minutes, or sign in by email.
refusal-address-taken = Another account already has this email address. Sign in to it by email, then connect this service in your profile.
refusal-identity-taken = That account belongs to another member here. Sign in with it, or connect a different one.
refusal-kudos-oneself = Thanks are for others. Choose somebody else; who saw your work can thank you.
refusal-group-closed = This group is closed. Look for another one, or ask its organisers what came after it.
refusal-ask-first = This group wants to be asked first. Use the button on its page.
refusal-by-invitation = Members of this group are invited. Ask one of its organisers.
refusal-asked-already = You have asked this group already. Wait for its answer; after a no, ask again in a month.
refusal-last-organiser = This group would have no organiser left. Make somebody else an organiser first, or close the group.
refusal-enough-invited =
    { $most ->
        [one] One invitation a day is the most. Send the next one tomorrow.
       *[other] { $most } invitations a day are the most. Send the next ones tomorrow.
    }
refusal-group-has-events = This group holds events that are still to come. Cancel them first, or wait until they are over.
refusal-outsiders-have-seats = People who are not in this group have seats at what is to come. Invite them into the group first, or cancel those events.
refusal-private-holds-alone = A private group holds its events alone. Make it public first.
refusal-manager-oneself = Nobody reports to themself. Name somebody else, or leave it empty.
refusal-team-in-itself = A team cannot be part of itself. Choose another team above it.
refusal-teams-too-deep = Teams go { $most } deep at most. Choose a team further up.
refusal-picture-too-large = That file is larger than { $most } MB. Choose a smaller one.
refusal-picture-too-many-pixels = That picture has more than { $most } million pixels. Make it smaller, then try again.
refusal-picture-unreadable = That file is not a whole JPEG, PNG or WebP picture. Choose another one.
refusal-picture-missing = No file came along. Choose a picture first.
refusal-no-link-back = That page has no link with rel="me" to your page here. Put one there, then try again.
refusal-page-unreachable = That page could not be read. See whether it opens in a browser, then try again.
refusal-page-private = That address leads into a private network, so it is not asked. Only public pages can be verified.
refusal-last-administrator = Somebody must be left who administers. Make somebody else an administrator first.
refusal-own-rights = Nobody changes their own rights. Ask another administrator.
refusal-too-many-invitations =
    { $most ->
        [one] No more than one invitation goes out. Try again tomorrow.
       *[other] No more than { $most } invitations go out. Write fewer addresses, or go on tomorrow.
    }
refusal-invitation-over = This invitation was used, called back, or sent three times. Invite the address anew.
refusal-invitation-gone = This invitation link doesn't work any more. It was replaced, withdrawn or answered. Look for a newer email, or request an invitation.
refusal-invitation-expired = This invitation has expired. Request a new one, and an administrator will answer by email.
refusal-invitation-revoked = This invitation was withdrawn. You can request a new one.
refusal-invitation-used = This address has an account already. Sign in with it.
refusal-cannot-email = We can't email this address now. It got several invitations lately, or its owner wants none.
refusal-invite-by-name = Write a member's name. Only administrators can invite people by email address here.
refusal-too-many-requests = We can't take more requests today. Try again tomorrow.
refusal-no-request-needed = Everybody can join, so you don't need an invitation. Sign in with your email address.
refusal-letter-ended = This letter was sent or ended meanwhile. Look where it lies now.
refusal-not-confirmed = That is not the word. Type it as it stands there.
refusal-hand-over-first =
    { $groups ->
        [one] One group would be left without an organiser. Make somebody else one first.
       *[other] { $groups } groups would be left without an organiser. Make somebody else one first.
    }
refusal-oneself = That is you. Choose somebody else.
refusal-reported-already = You have reported this, and somebody will look at it. You get a letter.
refusal-no-appeal = There is nothing to appeal here, or it was appealed already.
refusal-decided-already = Somebody decided this meanwhile. Look at what they decided.
refusal-last-of-list = The last entry stays. Add another one first.
refusal-foreign-origin = This request came from another site, so nothing was done. Open the page here and try again.

## What is wrong with a field

problem-missing = Fill this in.
problem-too-long = Write at most { $most } characters.
problem-too-short = Write at least { $least } characters.
problem-too-many =
    { $most ->
        [one] Choose one at most.
       *[other] Choose { $most } at most.
    }
problem-bad-address = Enter an email address, for example ada@example.org.
problem-bad-address-at = Line { $line } has something that is not a mail address, as in ada@example.org.
problem-bad-zone = Choose a time zone from the list, as in Europe/London.
problem-year-out-of-range = Enter a date between 1970 and 2199.
problem-bad-date = Write a date, as in 2026-11-24.
problem-bad-time = Write a time of day, as in 18:00.
problem-bad-number = Write a whole number from { $least } to { $most }.
problem-bad-choice = Choose one of the choices.
problem-bad-url = Write an address that begins with https://.
problem-no-public-url = Write a public address, as in https://example.org: this one leads somewhere else on each machine.
problem-place-or-link = Give a place or a link to join online.
problem-choose-one = Choose at least one.
problem-after-the-end = The event is over by then. Choose a time before it ends.
problem-in-the-past = This time has passed. Choose a later one.
problem-window-backwards = Sign-up must open before it closes and before the event ends. Choose other times.
problem-nobody-called = No one member is called exactly that. Look at the spelling, or name them by their address.
problem-several-called = Several members have this name. Write the mail address of the one you mean.
problem-already-in = This member is in the group already. Choose somebody else.
problem-already-there = This stands in your list already.
