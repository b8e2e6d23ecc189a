## The built-in mailbox, only in the demo and on this machine

mailbox-title = Mailbox
mailbox-about = Every email that this portal has sent, exactly as the recipient gets it. The emails stay on this machine, and only people on this machine can see them.
mailbox-empty = No emails yet. Sign in by email or take a seat, then reload this page.
mailbox-line = To { $to }, { $at }
mailbox-text = Plain text
mailbox-html = HTML
mailbox-calendar = Calendar entry
mailbox-calendar-file = Download calendar entry
mailbox-raw = Download email
