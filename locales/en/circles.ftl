# Group circles
circles-title = Group circles
circles-lead = A mentor meets a small group about one topic. Join a circle to learn together, with less time than a mentorship needs.
circles-none = No circles yet
circles-none-text = Circles that you can join will appear here.
circles-mine = Your circles
circles-open = Open circles
circles-how-1 = A mentor opens a circle
circles-how-1-text = Members who teach a topic choose what it is about, how many can join, and when it meets.
circles-how-2 = You join
circles-how-2-text = Join while there is room. You can leave at any time, without giving a reason.
circles-how-3 = You meet
circles-how-3-text = The people of the circle see each other and where it meets. The mentor closes it at the end.
circle-open = Open a circle
circle-open-lead = Meet several members about one topic. They join until the circle is full.
circle-no-topics = You can’t open a circle yet
circle-no-topics-text = Mentors are members whose profile says that they teach a topic.
circle-name = Title
help-circle-name = For example “Threat models for small teams”.
circle-about = What will you do?
help-circle-about = Say who it is for and what people will learn.
circle-places = Places
circle-dates = When does it meet?
help-circle-dates = For example “Thursdays at 16:00 UTC from 3 December, four times”.
circle-place = Where does it meet?
help-circle-place = A room or the link of a call. Only people of the circle can see it.
circle-free =
    { $free ->
        [0] No free places
        [one] { $free } free place
       *[other] { $free } free places
    }
circle-state-open = Open
circle-state-full = Full
circle-state-closed = Closed
circle-people = Members
circle-nobody = Nobody has joined yet.
circle-join = Join circle
help-circle-join = The people of the circle will see your name.
circle-leave = Leave circle
circle-close = Close circle
help-circle-close = Nobody can join after that. We email the members.

flash-circle-opened = Circle opened.
flash-circle-joined = You’ve joined the circle.
flash-circle-left = You’ve left the circle.
flash-circle-closed = Circle closed.
