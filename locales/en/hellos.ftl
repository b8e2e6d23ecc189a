## Say hello: members write to members whose address they don’t know

hello-open = Say hello
hello-title = Say hello to { $name }
hello-lead = We’ll email your message. Neither of you sees the other’s email address. If they answer, they choose whether to share theirs.
hello-text = Message
hello-send = Send message
hello-from = { $name } says hello
hello-profile = Open their profile
hello-answer = Answer
hello-answer-text = Your answer
hello-address = Your email address
hello-share = Share { $address } with { $name }, so that you can email each other.
hello-answer-send = Send answer
hello-is-answered = You’ve answered this message.
hello-opt-out = Choose whether members can say hello to you

flash-hello-said = Message sent.
flash-hello-answered = Answer sent.
