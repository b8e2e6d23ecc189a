## The built-in mailbox, in the demo and on this machine only

mailbox-title = Mailbox
mailbox-about = Every mail that this portal has sent, as its reader got it. None of it leaves this machine, and only this machine can look at it.
mailbox-empty = No mail yet. Sign in by mail or take a seat, and look again.
mailbox-line = To { $to }, { $at }
mailbox-text = As text
mailbox-html = As a page
mailbox-calendar = For the calendar
mailbox-calendar-file = Download the calendar file
mailbox-raw = Download the whole mail
