## Groups

group-kind-chapter = Chapter
group-kind-working-group = Working group
group-kind-virtual-team = Virtual team
group-mine = You are in it
group-members =
    { $members ->
        [one] One member
       *[other] { $members } members
    }
