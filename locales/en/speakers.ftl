# Speakers of sessions
speakers-title = Speakers
speaker-are-you = An organiser says that you’re the speaker “{ $speaker }”. Is that you?
speaker-are-you-help = If you confirm, the name links to your profile. You can remove the link at any time.
speaker-confirm = Confirm
speaker-not-me = That’s not me
speaker-is-you = The name “{ $speaker }” links to your profile.
speaker-remove = Remove link
speaker-ask = Ask { $speaker } to mentor you on this
speaker-who = Link { $speaker } to a member
speaker-person = Member
help-speaker-person = Their name or the address of their profile. We’ll ask them to confirm.
speaker-propose = Propose member
speaker-state-confirmed = Confirmed
speaker-state-proposed = Waiting for them to confirm
to-do-speaker = Are you a speaker of “{ $session }”?
ask-about-session = After “{ $session }”, I’d like to learn more about this topic.

flash-speaker-proposed = Member proposed. We’ve asked them to confirm.
flash-speaker-confirmed = Confirmed. Your name here links to your profile.
flash-speaker-removed = Link removed.
