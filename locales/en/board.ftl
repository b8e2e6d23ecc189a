# The agenda board: planning and releasing the agenda of an event.

board-title = Plan the agenda
board-plan = Plan the agenda
board-lead = This is a draft that only the organisers of this event can see. Everyone else sees the agenda that you released last.
board-state-empty = No agenda is released yet.
board-state-first =
    { $n ->
        [one] No agenda is released yet. One session has a room and a start.
       *[other] No agenda is released yet. { $n } sessions have a room and a start.
    }
board-state-same = Everyone sees this agenda. It is version { $release }.
board-state-changed =
    { $n ->
        [one] Everyone sees version { $release }. One session has changed since.
       *[other] Everyone sees version { $release }. { $n } sessions have changed since.
    }
board-release-go = Release…
board-add-session = Add a session
board-add-session-lead = The session waits in the pool until you give it a room and a start.
board-rooms = Rooms
board-releases = Versions
board-conflicts =
    { $n ->
        [one] One conflict
       *[other] { $n } conflicts
    }
board-conflicts-title = Conflicts
board-more-conflicts =
    { $n ->
        [one] One more conflict isn’t listed.
       *[other] { $n } more conflicts aren’t listed.
    }
board-blocks = Blocks the release
board-warns = Warning
board-known = Already released
board-known-title =
    { $n ->
        [one] One conflict of the released version
       *[other] { $n } conflicts of the released version
    }
board-known-text = Everyone sees these conflicts already, so they don’t block this release.
board-conflict-room = “{ $title }” and “{ $other }” are in { $room } at the same time.
board-conflict-person = { $person } speaks in “{ $title }” and “{ $other }” at the same time.
board-conflict-elsewhere = { $person } speaks at “{ $event }” during “{ $title }”.
board-conflict-unavailable = { $person } can’t be there for “{ $title }”.
board-conflict-buffer = The break between “{ $title }” and “{ $other }” is shorter than planned. It is { $minutes } min.
board-conflict-capacity = More people saved “{ $title }” ({ $sign_ups }) than fit into { $room } ({ $capacity }).
board-no-rooms = No rooms yet
board-no-rooms-text = Sessions take place in rooms. Add the first one.
board-add-room = Add a room
board-room-capacity =
    { $n ->
        [one] One person
       *[other] { $n } people
    }
board-room-empty = No sessions on this day.
board-pool = Sessions without a slot
board-pool-text = Choose a session to give it a room and a start. Confirmed proposals appear here by themselves.
board-pool-empty = Every session has a room and a start. New sessions and confirmed proposals will appear here.
board-in-pool = No room and no start
board-not-released = Not in the agenda
board-draft = Draft
board-released = Released
board-last-change = Last change
board-moved-by = { $name } moved it
board-moved = Moved
board-slot = { $time } · { $room }
board-slot-title = Room and start
board-both = Somebody else moved this session in the meantime. Their version is above, and yours is in the form. Save yours to replace theirs, or go back to keep theirs.
board-field-room = Room
help-board-room = Without a room, the session goes back to the sessions without a slot.
board-pool-choice = No room yet
board-field-day = Day
board-field-time = Start
help-board-time = In steps of five minutes, such as 10:05. Times before 04:00 are in the night after that day.
board-field-minutes = Length in minutes
board-place = Save slot
board-field-speakers = Speakers
help-board-speakers = Names, separated by commas.
board-field-text = What is it about?
board-edit-session = Edit session
board-details-title = Title, text, track and speakers
board-details-lead = Everyone who sees this session sees your changes at once.
board-details-both = Somebody else changed these details in the meantime. Their version is below, and yours is in the form. Save yours to replace theirs, or go back to keep theirs.
help-board-speakers-lines = One name per line.
board-field-track = Track
help-board-track = The same name for all sessions of a track. You can leave it empty.
board-field-summary = Short summary
help-board-text = If you change it, links and formatting that came from a file are replaced by what you type.
board-available = When can the speakers be there?
board-available-always = no limits
board-available-span = { $time }
board-available-from = From
board-available-until = Until
help-board-available = Leave both empty if they can always be there.
board-remove-session = Remove session
board-remove-help = It isn’t in the agenda, so nobody else will notice.
board-rooms-lead = Rooms appear in this order. A new name is shown to everyone with the next release.
board-room-name = Name
board-room-seats = How many people fit in?
help-board-room-seats = Only organisers see this. You can leave it empty.
board-room-sessions =
    { $n ->
        [0] no sessions
        [one] one session
       *[other] { $n } sessions
    }
board-remove-room = Remove room
board-screen = Open the room screen
board-screen-help = The screen shows what runs now and next in large type and updates itself. Open it on the device at the door, which needs no account. Anyone with its link can see it.
board-screen-private = Only public events have room screens, because anyone with the link can see them.
board-screen-end = Stop all screens of this room
board-buffer = Breaks between sessions
board-buffer-minutes = Minutes between two sessions of a room
help-board-buffer = You’ll see a warning where a break is shorter.
board-release-title = Release the agenda
board-release-lead = Everyone who sees the event will see this agenda. If a session moves or is removed, its speakers and people who saved it get one email each.
board-changes = What changes
board-changes-none = Nothing changes.
board-change-before = Before: { $slot }
board-change-after = After: { $slot }
board-change-new = New: { $slot }
board-change-gone = After: not in the agenda
board-change-renamed = Before: “{ $title }”
board-release-blocked = A person or a room is in two places at once. Move the sessions marked “Blocks the release” first.
board-release-note = Note
help-board-release-note = For the other organisers, in the list of versions.
board-release-button = Release agenda
releases-lead = Each release is kept as it was. You can bring any version back.
releases-none = No versions yet
releases-none-text = When you release the agenda, you’ll find each version here.
releases-name = Version { $number }
releases-by = released by { $name }
releases-by-nobody = released by a former organiser
releases-imported = imported from a file
releases-imported-by = imported from a file by { $name }
releases-sessions =
    { $n ->
        [0] This version has no sessions.
        [one] This version has one session.
       *[other] This version has { $n } sessions.
    }
releases-bring-back = Bring this version back
releases-bring-back-help = This changes the draft only. You check it and release it afterwards.

board-grid-label = Sessions by room and time
board-grid-help = Drag a session, or choose it with Enter and move it with the arrow keys. Plus and minus change its length. Enter saves, and Escape cancels.
board-grid-slot = { $room }, { $from } to { $until }
board-grid-chosen = “{ $title }” is chosen.
board-grid-saved = Saved: “{ $title }”, { $slot }.
board-grid-cancelled = Nothing was moved.
board-grid-failed = The move wasn’t saved. Check your connection and try again.
board-grid-undo = Undo last move
board-grid-both = Somebody else moved “{ $title }” in the meantime. Their version: { $theirs }. Your version: { $mine }.
board-grid-keep = Keep their version
board-grid-replace = Use my version

flash-board-placed = Slot saved.
flash-board-pooled = The session has no slot now.
flash-board-session-added = Session added. Now choose its room and start.
flash-board-session-removed = Session removed.
flash-board-room-added = Room added.
flash-board-room-removed = Room removed.
flash-board-saved = Changes saved.
flash-board-screens-ended = The old links to this room’s screen no longer work.
flash-board-released = Version { $count } is released.
flash-board-brought-back = The draft is back at this version. Check it, then release it.
flash-board-brought-back-some =
    { $count ->
        [one] The draft is back at this version, except one session that was removed since. Check it, then release it.
       *[other] The draft is back at this version, except { $count } sessions that were removed since. Check it, then release it.
    }
