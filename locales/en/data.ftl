## One's own data

data-title = Your data
data-link = Get a copy of everything, delete it, see whom you have blocked
data-copy = A copy of everything about you
data-copy-text = One ZIP file: a page to read, and the same as JSON for machines. It is made now, for you alone, and we keep nothing of it.
data-copy-get = Get the copy
data-blocked = Whom you have blocked
data-nobody-blocked = Nobody. You can block a member on their page; neither of you sees the other from then on.
data-unblock = Unblock
block-title = Or never see them again
block-text = You won't see each other in lists and can't send each other kudos. They won't be notified.
hidden-name = A member who hides their name
block-since = Blocked on
block-do = Block
data-delete = Delete everything about you
data-delete-text = It happens seven days from now. Until then nothing changes, and one button takes it back. Then your seats go to others, and your profile, your answers, your letters, and thanks from you and to you are gone for good. Events that you hosted stay, without your name.
data-delete-do = Delete me in seven days
data-hand-over = You are the only organiser of these groups. Make somebody else an organiser first, then come back:
data-leaving = Everything about you will be deleted on
data-keep = Keep my membership
data-bounced = Mail to you comes back since
data-email-works = It works again
confirm-text = Type “{ $word }” to confirm
confirm-delete = delete
confirm-cancel = cancel
said-deletion-planned = You will be deleted in seven days. Until then one button takes it back.
said-deletion-undone = You stay. Nothing was changed.
said-blocked = Blocked. Neither of you sees the other any more.
said-unblocked = Unblocked.
said-email-works = Good. A letter is on its way to try it.

## The copy

copy-title = Everything about you at { $community }
copy-text = This is what the portal keeps about you, table by table. The same stands in the folder “tables” as JSON, and pictures and mails in the folder “files”. Other people’s names are left out.
copy-empty = Nothing is kept of you in:
data-members = You
data-sessions = Where you are signed in
data-identities = Other services that you sign in with
data-rsvps = Your answers to events
data-letters = Letters to you
data-drafts = What you typed and did not send yet
data-member-disciplines = What you do
data-group-members = Your groups
data-kudos = Thanks from you and to you
data-audit = What you did
data-audit-changes = What you changed
data-events = Events that you host
data-invitations = How you were invited
data-suspensions = Your suspension
data-deletions = Your deletion
data-blocks = Whom you have blocked
data-reports = What you reported
data-sign-ins = Links that you asked for
data-suppressions = Mail to you that came back
data-mailbox = Mails in the built-in mailbox
