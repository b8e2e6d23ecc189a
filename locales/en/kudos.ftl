## Kudos

kudos-for = For
kudos-from = from { $name }
kudos-from-somebody = from a member
kudos-somebody = A member
