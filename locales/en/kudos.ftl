## Kudos

kudos-for = For
kudos-from = from { $name }
