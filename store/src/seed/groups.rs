//! The demo's groups: two chapters, two working groups, one virtual team, and one that is private.

use domain::groups::GroupKind;

use super::shape::{GATHERED, Group};

pub(super) const GROUPS: &[Group] = &[
    Group {
        slug: "north",
        name: "Stockholm and the North",
        kind: GroupKind::Chapter,
        purpose: "Meets in Stockholm about once a month and lends its screen to whoever sits further out. \
                  For people around the Baltic and the North Sea who would rather disagree at a table than \
                  in a thread. Newcomers get the seat in the middle.",
        organisers: &["grace", "aino"],
        members: &[
            "ada", "hannah", "liam", "sofia", "jonas", "marek", "lukasz", "signe", "thordis", "ondrej",
            "ilze", "kulli", "anouk", "gwen", "ase",
        ],
        ..GATHERED
    },
    Group {
        slug: "south-asia",
        name: "South Asia",
        kind: GroupKind::Chapter,
        purpose: "Four half-hour offsets, one of three quarters, and a shared dislike of calls at dinner \
                  time. We run clinics and hands-on days in Bengaluru and Kathmandu, always with a screen \
                  for those a flight away. Nobody has to present in their first three months; asking \
                  counts.",
        organisers: &["ravi", "bishal"],
        members: &[
            "mei",
            "noor",
            "priya",
            "oscar",
            "kirra",
            "arundhati",
            "parisa",
            "nuwan",
            "sanjida",
            "dechen",
            "khanh",
            "gulnora",
            "putu",
            "thiri",
        ],
        ..GATHERED
    },
    Group {
        slug: "supply-chain",
        name: "Supply chain",
        kind: GroupKind::WorkingGroup,
        purpose: "What goes into the things we ship, who vouches for it, and how we would notice if it \
                  changed overnight. We pin, sign, rebuild and write down what it cost. The design reviews \
                  live here too, since the cheapest dependency to remove is the one not yet added.",
        organisers: &["ada", "ravi", "mei"],
        members: &[
            "grace",
            "tomas",
            "kofi",
            "sofia",
            "noor",
            "wanjiru",
            "diego",
            "marek",
            "leila",
            "zsofia",
            "olayinka",
            "arundhati",
            "lukasz",
            "dubravka",
            "jiho",
            "yuchen",
            "yasmine",
            "rosalia",
            "ase",
        ],
        ..GATHERED
    },
    Group {
        slug: "on-call",
        name: "On call",
        kind: GroupKind::WorkingGroup,
        purpose: "For everybody who carries a pager, and for those whose code makes it ring. We collect \
                  alerts that name the next action, runbooks that a stranger can follow, and rotas on which \
                  each of the bad hours has somebody’s turn written beside it.",
        organisers: &["grace", "ravi", "hemi"],
        members: &[
            "ada", "mei", "kofi", "liam", "jonas", "diego", "priya", "oscar", "camila", "bishal", "yusuf",
            "maeve", "kirra", "noemie", "thandeka", "thordis", "ondrej", "sanjida", "shanelle", "khanh",
            "thiri", "sina", "leilani",
        ],
        ..GATHERED
    },
    Group {
        slug: "train-crew",
        name: "Train crew",
        kind: GroupKind::VirtualTeam,
        purpose: "Charter: three programmes release by timetable, so that a late team misses its own train \
                  and stops nobody else’s. All seven disciplines, four hours a week each. Dissolves after \
                  the tenth departure or twelve months, and leaves a closing report and a board with four \
                  columns.",
        organisers: &["grace", "camila"],
        members: &[
            "ada", "ravi", "mei", "tomas", "hannah", "liam", "priya", "zsofia", "maeve", "noemie", "signe",
            "joaquin", "beatriz", "nuwan", "ilze", "kulli", "khanh", "putu",
        ],
        description: "We meet on Mondays for half an hour and on departure days for as long as it takes. \
                      Every decision has a name and a date beside it on the board.\n\nNew to trains? Ask \
                      whoever left late last time; they know the most.",
        joining: "request",
        goal: "Three programmes leave by one timetable for ten departures in a row, and a late team moves \
               nobody but itself.",
        out_of_scope: "Rewriting anybody’s pipeline. Deciding what is on board.",
        wants: "developer 6\nquality-assurance 3\noperations 4\nsecurity 3\nproject-management 3\ndesign 2",
        ..GATHERED
    },
    Group {
        slug: "quiet-room",
        name: "The quiet room",
        kind: GroupKind::WorkingGroup,
        purpose: "For those who had a very bad night on call. What is said here stays here, and there are \
                  no minutes.",
        private: true,
        joining: "invitation",
        organisers: &["hemi", "ravi"],
        members: &["mei", "kofi", "maeve", "thandeka", "ondrej"],
        ..GATHERED
    },
];
