## The built-in mailbox, in the demo and on this machine only

dev-mail-title = Mailbox
dev-mail-about = Every mail that this portal has sent, as its reader got it. None of it leaves this machine, and only this machine can look at it.
dev-mail-empty = No mail yet. Sign in by mail or take a seat, and look again.
dev-mail-line = To { $to }, { $at }
dev-mail-text = As text
dev-mail-html = As a page
dev-mail-calendar = For the calendar
dev-mail-calendar-file = Download the calendar file
dev-mail-raw = Download the whole mail
