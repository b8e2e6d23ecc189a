## Comments below a record

comments-title = Comments
comments-none = No comments yet.
comments-write = Write a comment
comments-text = Your comment
comments-send = Send comment
comments-reply = Reply
comments-reply-to = Reply to { $name }
comments-reply-send = Send reply
comments-cancel = Cancel
comments-edit = Edit
comments-edit-help = You can edit your comment for 15 minutes.
comments-delete = Delete
comments-delete-ask = Delete this comment? Nobody will see the text any more.
comments-delete-button = Delete comment
comments-deleted = This comment was deleted.
comments-somebody = A member
comments-edited = edited
comments-off = Comments are turned off.
comments-turn-off = Turn comments off
comments-turn-off-help = Comments that are here already stay visible.
comments-turn-on = Turn comments on
comments-sign-in = Sign in to write a comment
flash-comment-written = Comment sent.
flash-comment-saved = Comment updated.
flash-comment-deleted = Comment deleted.
flash-comments-off = Comments turned off.
flash-comments-on = Comments turned on.

## The conversation of an event or a group

comments-conversation = Conversation
comments-sign-in-read = Sign in to read and join the conversation
comments-members-only = Only members of the group can write here.
comments-earlier = { $count ->
    [one] Show { $count } earlier comment
   *[other] Show { $count } earlier comments
}
comments-mention-help = To mention somebody, type @ and the end of their profile’s address, for example @mei-tanaka.
comments-pinned = Pinned
comments-pin = Pin
comments-unpin = Unpin
comments-remove = Remove
comments-remove-reason = Reason for removing this comment
comments-remove-help = Only the author sees this reason.
comments-remove-button = Remove comment
comments-removed = An organiser removed this comment.
comments-removed-reason = Reason:
comments-restore = Restore comment
comments-close = Close conversation
comments-open = Open conversation
comments-watch = Watch
comments-unwatch = Stop watching
comments-mute = Mute
comments-unmute = Unmute
flash-comment-pinned = Comment pinned.
flash-comment-unpinned = Comment unpinned.
flash-comment-removed = Comment removed.
flash-comment-restored = Comment restored.
flash-comments-followed = Your choice for this conversation was saved.
