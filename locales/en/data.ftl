## A member’s own data

data-title = Your data
data-link = Download your data, manage blocked members or delete your account
data-copy = Download your data
data-copy-text = One ZIP file with everything about you: a page to read, and the same data as JSON. The file is made when you download it, and no copy is kept.
data-copy-download = Download my data
data-blocked = Blocked members
data-nobody-blocked = You haven’t blocked anyone. You can block a member on their profile. You then won’t see each other in lists.
data-unblock = Unblock
block-title = Block this member
block-text = You won’t see each other in lists and can’t send each other kudos. They won’t be notified.
hidden-name = Member with a hidden name
block-since = Blocked on
block-member = Block member
data-kept = How long we keep your data
data-kept-emails =
    { $days ->
        [one] We delete emails to you 1 day after they were sent, cancelled or failed.
       *[other] We delete emails to you { $days } days after they were sent, cancelled or failed.
    }
data-kept-sign-ins =
    { $days ->
        [one] We delete sign-in links and signed-in devices 1 day after they expire.
       *[other] We delete sign-in links and signed-in devices { $days } days after they expire.
    }
data-kept-notifications = We delete notifications 180 days after you read them. We delete unread ones after 365 days.
data-delete = Delete your account
data-delete-text = If you delete your account, you have seven days to change your mind. Until then nothing changes. After that, your seats go to other people. Your profile, event history, emails, and the kudos you gave and received are permanently deleted. Events you hosted stay, without your name.
data-delete-account = Delete account
data-hand-over = You’re the only organiser of these groups. Before you can delete your account, make someone else an organiser of each group:
data-deletion-on = Your account will be deleted on
data-keep-account = Keep my account
data-bounced = Emails to you have been bouncing since
data-send-test-email = Send test email
confirm-text = Type “{ $word }” to confirm
confirm-delete = delete
confirm-cancel = cancel
flash-deletion-planned = Your account will be deleted in seven days. You can change your mind until then.
flash-deletion-cancelled = Deletion cancelled. You keep your account.
flash-blocked = Member blocked. You won’t see each other in lists.
flash-unblocked = Member unblocked.
flash-test-email-sent = Test email sent. From now on, you’ll get all your emails again.

## The copy

copy-title = Your data at { $community }
copy-text = This is everything this portal keeps about you. The “tables” folder has the same data as JSON, and the “files” folder has pictures and emails. Other people’s names are left out.
copy-empty = There is no data about you in:
data-members = Your account
data-sign-in-sessions = Your signed-in devices
data-identities = Other services you sign in with
data-rsvps = Your seats and requests
data-emails = Emails to you
data-drafts = Forms you didn’t finish
data-member-disciplines = Your disciplines
data-group-members = Your groups
data-kudos = Kudos you gave and received
data-kudos-recipients = Where you received kudos
data-comments = Your comments
data-comment-follows = Conversations you watch or mute
data-comment-news = Comments that wait for your next email
data-comments-off = Where you turned comments off
data-kudos-givers = Kudos that you added your name to
data-kudos-reactions = Your reactions to kudos
data-audit = Your actions
data-audit-changes = Your changes
data-events = Events you host
data-invitations = Your invitation
data-suspensions = Your suspensions
data-deletions = Your account deletion
data-blocks = Members you blocked
data-reports = Your reports
data-sign-ins = Sign-in links you asked for
data-suppressions = Your emails that bounced
data-mailbox = Emails in the built-in mailbox
data-profiles = Your profile
data-member-topics = Your topics
data-member-languages = Your languages
data-member-links = Your links
data-member-pictures = Your profile picture
data-group-requests = Your requests to join groups
data-group-invitations = Your group invitations
data-feeds = Your calendar feeds
data-email-preferences = Your email preferences
data-notifications = Your notifications
data-muted-notifications = News you turned off in Guildhall
data-digest-items = Updates for your next digest
data-digests = Your last digest
data-announcements = Emails you sent to attendees
data-address-proofs = Email addresses you haven’t confirmed
data-invitation-requests = Your request for an invitation
data-code-emails = Emails with codes sent to you
