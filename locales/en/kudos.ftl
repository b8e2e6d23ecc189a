## Kudos cards

kudos-for = For
kudos-from = from { $name }
kudos-from-somebody = from a member
kudos-between = from one member to another
