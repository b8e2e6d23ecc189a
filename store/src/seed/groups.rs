//! The demo's groups: two chapters, two working groups, a virtual team and a private group.

use domain::groups::GroupKind;

use super::shape::{DEFAULT_GROUP, Group};

pub(super) const GROUPS: &[Group] = &[
    Group {
        slug: "north",
        name: "Stockholm and the North",
        kind: GroupKind::Chapter,
        purpose: "We meet in Stockholm about once a month, and stream for everyone further away. For people \
                  around the Baltic and the North Sea who would rather disagree at a table than in a thread. \
                  Newcomers get the best seats.",
        organisers: &["grace", "aino"],
        members: &[
            "ada", "hannah", "liam", "sofia", "jonas", "marek", "lukasz", "signe", "thordis", "ondrej",
            "ilze", "kulli", "anouk", "gwen", "ase",
        ],
        ..DEFAULT_GROUP
    },
    Group {
        slug: "south-asia",
        name: "South Asia",
        kind: GroupKind::Chapter,
        purpose: "We live in many time zones and share a dislike of calls at dinner time. We run clinics and \
                  hands-on days in Bengaluru and Kathmandu, and everyone else can join by video. You don’t \
                  have to present anything in your first three months. Asking questions counts.",
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
        ..DEFAULT_GROUP
    },
    Group {
        slug: "supply-chain",
        name: "Supply chain",
        kind: GroupKind::WorkingGroup,
        purpose: "What goes into the software we ship, who vouches for it, and how we would notice if it \
                  changed overnight. We pin, sign and rebuild, and write down what it cost. We also run \
                  design reviews, because the cheapest dependency to remove is the one you haven’t added \
                  yet.",
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
        ..DEFAULT_GROUP
    },
    Group {
        slug: "on-call",
        name: "On call",
        kind: GroupKind::WorkingGroup,
        purpose: "For everyone who carries a pager, and everyone whose code sets it off. We collect alerts \
                  that name the next action, runbooks that a stranger can follow, and rotas that share the \
                  bad hours fairly.",
        organisers: &["grace", "ravi", "hemi"],
        members: &[
            "ada", "mei", "kofi", "liam", "jonas", "diego", "priya", "oscar", "camila", "bishal", "yusuf",
            "maeve", "kirra", "noemie", "thandeka", "thordis", "ondrej", "sanjida", "shanelle", "khanh",
            "thiri", "sina", "leilani",
        ],
        ..DEFAULT_GROUP
    },
    Group {
        slug: "train-crew",
        name: "Train crew",
        kind: GroupKind::VirtualTeam,
        purpose: "Three programmes release on one timetable, so that a late team misses its own train and \
                  holds up nobody else. All seven disciplines, four hours a week each. We finish after ten \
                  departures or twelve months, with a closing report.",
        organisers: &["grace", "camila"],
        members: &[
            "ada", "ravi", "mei", "tomas", "hannah", "liam", "priya", "zsofia", "maeve", "noemie", "signe",
            "joaquin", "beatriz", "nuwan", "ilze", "kulli", "khanh", "putu",
        ],
        description: "We meet on Mondays for half an hour, and on departure days for as long as it takes. \
                      Every decision is on the board, with a name and a date.\n\nNew to release trains? Ask \
                      the team that was late last time. They know the most.",
        joining: "request",
        goal: "Three programmes release on one timetable ten times in a row, and a late team delays only \
               itself.",
        out_of_scope: "Rewriting anyone’s pipeline. Deciding what goes into a release.",
        wants: "developer 6\nquality-assurance 3\noperations 4\nsecurity 3\nproject-management 3\ndesign 2",
        ..DEFAULT_GROUP
    },
    Group {
        slug: "quiet-room",
        name: "The quiet room",
        kind: GroupKind::WorkingGroup,
        purpose: "For people who have had a very bad night on call. What is said here stays here, and nobody \
                  takes minutes.",
        private: true,
        joining: "invitation",
        organisers: &["hemi", "ravi"],
        members: &["mei", "kofi", "maeve", "thandeka", "ondrej"],
        ..DEFAULT_GROUP
    },
];
