## Notifications

notifications-title = Notifications
notifications-lead = What happened in your events, groups, kudos and mentoring.
notifications-bell = { $count ->
    [one] Notifications, { $count } unread
   *[other] Notifications, { $count } unread
}
notifications-bell-many = Notifications, more than { $count } unread
notifications-unread = New
notifications-read = Mark as read
notifications-read-all = Mark all as read
notifications-none = No notifications yet
notifications-none-text = News about your seats, groups, kudos and mentoring will appear here.
notifications-none-events = Find an event
notifications-newest = Newest notifications
notifications-older = Older notifications
notifications-gone = No longer available
notifications-choose = Choose your notifications
flash-notifications-read = All notifications marked as read.

## What happened, one sentence for each kind of email that also writes a notification. Names and titles follow separately.

notification-other = Something new for you
notification-announcement = The organisers sent a message
notification-approved = Your request was approved, and you have a seat
notification-cancelled = An event was cancelled
notification-check-in-asked = How is your mentorship going?
notification-circle-news = There’s news about your group circle
notification-cohost-invited = You’re invited to co-host an event
notification-cohost-removed = You no longer co-host an event
notification-demand-news = There’s news about a learning request
notification-demand-scheduled = Something you want to learn became an event
notification-comment-posted = Somebody wrote a comment
notification-deletion-planned = Your account will be deleted
notification-deletion-waits = Your account can’t be deleted yet
notification-fewer-offered = Fewer seats than you asked for are free
notification-group-invitation = You’re invited to join a group
notification-group-left = You’re no longer a member of a group
notification-hello-answered = A member answered your hello
notification-hello-said = A member says hello
notification-host-message = A host wrote to you
notification-join-decided = Your request to join was answered
notification-join-requested = Somebody asked to join your group
notification-kudos-received = You received kudos
notification-matching-paused = Your matching is paused
notification-measure-taken = A coordinator made a decision about you
notification-meeting-agreed = A mentoring meeting has a time
notification-meeting-cancelled = A mentoring meeting was cancelled
notification-meeting-proposed = Your mentoring partner proposed times to meet
notification-mentor-message = Your mentoring partner wrote to you
notification-mentor-request-answered = Your mentoring request or offer was answered
notification-mentor-requested = Somebody asked you to be their mentor, or offers to teach you
notification-mentor-wanted = A round needs mentors for your topics
notification-mentorship-ended = A mentorship has ended
notification-mentorship-started = A mentorship has begun
notification-moved-back = You moved back to the waitlist
notification-new-event = A new event in your groups
notification-new-requests = People asked for seats at your event
notification-no-mentee = No mentee this time
notification-not-matched = You have no match in this round
notification-offer = A seat is free for you
notification-offer-expired = Your offer of a seat has expired
notification-pair-alert = A mentorship needs your attention
notification-pair-news = There’s news about your mentorship
notification-promoted = You have a seat now
notification-proposal-ended = A proposed match has ended
notification-proposal-reminder = A proposed match waits for your answer
notification-proposal-to-mentee = A mentor is proposed for you
notification-proposal-to-mentor = A mentee is proposed for you
notification-co-speaker-invited = Will you speak together?
notification-submission-news = There’s news about a proposal
notification-question-news = There’s news about a question
notification-reinstated = An event takes place after all
notification-reminder = Your event starts soon
notification-report-decided = Your report was decided
notification-reported-decided = A report about you was decided
notification-request-waits = Requests for seats wait for your answer
notification-rescheduled = An event has new details
notification-role-changed = You have a new role in a group
notification-round-cancelled = A mentoring round was cancelled
notification-round-email = The coordinators of a round wrote to you
notification-seat-declined = Your request for a seat was declined
notification-seat-removed = A host removed you from an event
notification-sign-up-review = Please check your mentoring sign-up
notification-speaker-proposed = Are you the speaker of this session?
notification-speed-round-news = There’s news about your speed round
notification-waitlisted = Your request was approved, and you’re on the waitlist
