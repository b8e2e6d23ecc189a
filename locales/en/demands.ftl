# Learning requests
demands-title = What people want to learn
demands-lead = Say what you would like to learn. Others can want the same, and somebody who knows it can teach it.
demands-views = Parts of the board
demands-open = On the board
demands-scheduled = Became events
demands-mine = Yours
demands-list = Learning requests
demands-filter = Sort and filter
demands-sort = Sort by
demands-popular = Most wanted
demands-newest = Newest
demands-any-topic = Any topic
demands-any-group = Any group
demands-first-page = First page
demands-next-page = Next page
demands-none = No learning requests yet
demands-none-text = What members want to learn will appear here. Post the first request.
demands-none-scheduled = No events yet
demands-none-scheduled-text = Learning requests that became an event will appear here.
demands-none-mine = Nothing of yours yet
demands-none-mine-text = Requests that you post, want too or offer to teach will appear here.
demands-no-results = No requests found
demands-no-results-text = Try another topic or group.
demands-all = Show all requests
demands-link = See what people want to learn

demand-ask = Post a learning request
demand-ask-lead = One request is about one thing. When an event comes of it, we email everybody who wants it.
demand-title = What do you want to learn?
help-demand-title = For example “Threat models for small teams”.
demand-text = More about it
help-demand-text = One or two sentences. What do you know already, and what do you want to be able to do?
demand-topic = Topic
demand-no-topic = No topic
demand-group = Group
demand-no-group = All members
help-demand-group = Choose a group if this is for its members. Requests for a private group are seen by the group only.
demand-place = Where?
demand-place-anywhere = Online or in person
demand-place-online = Online
demand-place-city = In person, in a city
demand-place-in = In person in { $city }
demand-place-open = Place to be announced
demand-city = City
help-demand-city = Only for “In person, in a city”.
demand-post = Post request
demand-post-anyway = Post mine anyway
demands-alike = These look alike.
demands-alike-typing = Maybe one of them is what you want.
demands-alike-text = Choose “Me too” at one of them, or post yours anyway.
demand-wanted =
    { $count ->
        [one] { $count } person wants this
       *[other] { $count } people want this
    }
demand-others =
    { $count ->
        [one] { $count } other member
       *[other] { $count } other members
    }
demand-me-too = Me too
demand-me-too-on = ✓ Me too
demand-by = Asked by { $name }
demand-by-you = Asked by you
demand-by-somebody = Asked by a member
demand-taught-by = { $name } can teach this.
demand-taught-by-you = You can teach this.
demand-taught-by-somebody = A member can teach this.
demand-state-claimed = Somebody can teach this
demand-state-scheduled = Became an event
demand-state-withdrawn = Withdrawn
demand-state-removed = Removed
demand-state-hidden = Hidden
demand-hidden = Somebody reported this request. Only you can see it until an admin decides.
demand-withdrawn = You withdrew this request. Nobody else can see it.
demand-removed = This request was removed from the board.
demand-draft = An event is being prepared:
demand-became = This became an event:
demand-became-cancelled = This became an event, which was cancelled:
demand-became-hidden = This became an event that you can’t see.
demand-teaching = Who can teach this?
demand-nobody = Nobody has offered to teach this yet.
demand-note = What would you cover?
help-demand-note = One or two sentences. The people who want this can read them.
demand-claim = Offer to teach this
demand-change-note = Save changes
demand-give-back = Withdraw my offer
demand-put-back = Look for another speaker
demand-host-asked = { $group } was asked to host it.
demand-schedule = Make it an event
demand-schedule-text = Create a draft event. Title and text are filled in, and nobody sees the event until you publish it. Then we invite everybody who wants this.
demand-schedule-host-text = The speaker asks your group to host this. Create a draft event. Nobody sees it until you publish it. Then we invite everybody who wants this.
demand-hosting-group = Hosted by
demand-make-event = Create draft event
demand-ask-group = Another group as host
help-demand-ask-group = We email its organisers, and one of them can create the event.
demand-ask-host = Ask this group
demand-withdraw = Withdraw request
demand-reopen = Post it again
demand-remove = Remove from the board
demand-restore = Restore request

flash-demand-asked = Request posted.
flash-demand-supported = You want this too. We’ll email you when it becomes an event.
flash-demand-unsupported = You no longer want this.
flash-demand-claimed = Thank you. The author was told.
flash-demand-released = The request is back on the board, without a speaker.
flash-demand-host-asked = The organisers were emailed.
flash-demand-event-made = Draft event created. Choose a date and a place, then publish it.
flash-demand-withdrawn = Request withdrawn.
flash-demand-reopened = Request posted again.
flash-demand-removed = Request removed.
flash-demand-restored = Request restored.
