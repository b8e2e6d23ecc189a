//! The demo's upcoming events. Some are full with a waitlist, one is nearly full, one is cancelled and one is a
//! draft.

use super::shape::{DEFAULT_EVENT, SampleEvent};

/// RSVPs of people without guests.
pub(super) const fn without_guests<const N: usize>(keys: [&'static str; N]) -> [(&'static str, u8); N] {
    let mut rsvps = [("", 0); N];
    let mut at = 0;
    while at < N {
        rsvps[at].0 = keys[at];
        at += 1;
    }
    rsvps
}

pub(super) const COMING: &[SampleEvent] = &[
    SampleEvent {
        group: "north",
        title: "Threat modelling with a pencil",
        kind: "workshop",
        summary: "Bring one diagram of something you run. Leave with its five most likely failures.",
        description: "We draw data flows on paper, mark where trust changes hands, and ask what could go \
                      wrong there.\n\nNo tools, no slides. Developers, testers and operations people spot \
                      different problems in the same diagram. If your team can send two of you, send two who \
                      rarely talk.\n\nBring a diagram that fits on one page. It may be wrong. That’s half \
                      the fun. You keep the paper, so take a photo before the coffee gets to it.",
        place: "Studio 3, Götgatan 14, Stockholm",
        days: 3,
        capacity: "8",
        guests_max: "2",
        rsvps: &without_guests(["ada", "ravi", "mei", "tomas", "ines", "kofi", "hannah"]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "south-asia",
        title: "Pipeline clinic: why is this build slow?",
        kind: "office_hours",
        summary: "One build log on the big screen, six people with opinions.",
        description: "No need to send anything in advance. Whoever arrives first shows their build log. We \
                      find where the minutes go, and try one change live.\n\nLast month a team went from 31 \
                      minutes to 12 by moving two lines.\n\nThere are only six seats, because with a seventh \
                      opinion it becomes a meeting. If we don’t get to your log today, stay anyway. It’s \
                      nearly always the same four minutes.",
        join_url: "https://meet.example.org/pipeline-clinic",
        days: 5,
        time: "17:30",
        zone: "Asia/Kolkata",
        minutes: "60",
        capacity: "6",
        rsvps: &without_guests([
            "ada", "grace", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        group: "supply-chain",
        title: "What our SBOMs told us, and what they did not",
        summary: "A year of software bills of materials in forty services.",
        description: "Forty services, one year, and three incidents in which the bill of materials was the \
                      first thing we opened. Twice it helped. This talk is about the third time.\n\nFor \
                      everyone who was told to produce an SBOM and wonders who reads it.\n\nBring yours if \
                      you’re allowed to. We’ll open three of them and ask each the question from that third \
                      incident: is it in there, and since when?",
        place: "Library, Floor 2, 8 Shad Thames, London",
        join_url: "https://meet.example.org/sbom",
        days: 9,
        zone: "Europe/London",
        capacity: "60",
        online_capacity: "40",
        online: &["ravi", "kofi", "hannah", "wanjiru", "diego", "priya"],
        rsvps: &without_guests([
            "grace", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
            "wanjiru", "diego", "priya",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "supply-chain",
        title: "Security review: the new sign-in of the shop",
        kind: "security_review",
        summary: "The shop team shows its design before it writes the code. Ask hard questions kindly.",
        description: "Forty minutes of design, fifty minutes of questions. The team gets our notes the same \
                      day.\n\nTo prepare, look up how your own team resets a password.\n\nYou don’t have to \
                      work in security to be useful here. The best question about the car park came from a \
                      designer, who wanted to know what the sign would say.",
        join_url: "https://meet.example.org/review-shop",
        days: 12,
        time: "14:00",
        zone: "Europe/Berlin",
        capacity: "20",
        rsvps: &without_guests(["ada", "grace", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia"]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "on-call",
        title: "Chaos afternoon: unplug it and watch",
        kind: "demo",
        summary: "Every ten minutes we switch off one node and see who notices.",
        description: "We have a copy of the ordering system, a traffic generator and a list of plugs to \
                      pull. Testers choose what breaks, operations describe what they see, and developers \
                      guess why.\n\nNothing that matters gets hurt. The copy has three hundred made-up \
                      customers, who order the same lamp all afternoon.",
        place: "Lab 1, Karl-Marx-Allee 34, Berlin",
        days: 16,
        time: "15:00",
        zone: "Europe/Berlin",
        minutes: "120",
        capacity: "12",
        promotion: "offer",
        rsvps: &without_guests([
            "ada", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
            "wanjiru", "diego", "priya", "marek",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "Guild supper",
        kind: "social",
        summary: "No talks. A long table, soup, and people from seven disciplines.",
        description: "Bring someone who has never been. The food is vegetarian by default. If you need \
                      anything else, tell the kitchen when you arrive.\n\nWe cook for everyone who has a \
                      seat, so please give yours up if you can’t come.",
        place: "Kvarnen, Tjärhovsgatan 4, Stockholm",
        days: 20,
        time: "19:00",
        minutes: "180",
        guests_max: "3",
        rsvps: &without_guests([
            "ada", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "train-crew",
        title: "Release trains that leave on time",
        summary: "What one big programme changed so that a late team no longer stops the others.",
        description: "A talk about promises between teams, feature flags that really get removed, and a \
                      board that went from eleven columns to four.\n\nWith numbers from before and after, \
                      including those of the train that left empty.",
        place: "Auditorium, Praça do Comércio 12, Lisbon",
        join_url: "https://meet.example.org/trains",
        days: 27,
        zone: "Europe/Lisbon",
        capacity: "120",
        rsvps: &without_guests([
            "ada", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
            "wanjiru",
        ]),
        cancelled: "The speaker is ill. We’re looking for a new date in January.",
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "on-call",
        title: "Writing runbooks that somebody reads at three in the morning",
        kind: "workshop",
        summary: "Take a runbook, cut it in half, and try it on a stranger.",
        description: "Bring a runbook of your own. We swap, follow them to the letter, and note every place \
                      where we get stuck.\n\nAuthors may watch but not help. That’s the hardest part, and it \
                      lasts eleven minutes.",
        join_url: "https://meet.example.org/runbooks",
        days: 34,
        time: "11:00",
        zone: "Asia/Kolkata",
        capacity: "16",
        rsvps: &without_guests(["ada", "grace", "mei", "tomas"]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "Accessibility for people who own pipelines",
        summary: "Checks that belong in every build, and checks that never will.",
        description: "We’re still looking for a room.",
        place: "To be announced",
        days: 41,
        draft: true,
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "on-call",
        title: "What broke while you slept",
        kind: "office_hours",
        summary: "Forty-five minutes of other people’s nights on call, told by the people who had them.",
        description: "Half past seven in Auckland: first coffee here, lunch in the Americas, dinner in \
                      Europe, past midnight in Kathmandu, where Bishal Gurung is up anyway. If you had a bad \
                      night, you get five minutes to tell us about it. No slides, no blame, no product \
                      names, and you can stop when it gets embarrassing. Someone will ask.\n\nThen there’s \
                      one question for everyone: what would have warned you an hour earlier? We write the \
                      answers on one page and read them again a month later. By then, about a third have \
                      been built, which is better than most roadmaps.\n\nThere are ten seats, so that each \
                      story gets its five minutes. Someone nearly always oversleeps, so the waitlist is \
                      worth it.",
        join_url: "https://meet.example.org/bad-nights",
        days: 2,
        time: "07:30",
        zone: "Pacific/Auckland",
        minutes: "45",
        capacity: "10",
        rsvps: &without_guests([
            "oscar", "kirra", "leilani", "sina", "priya", "maeve", "camila", "diego", "mei", "noemie",
            "bishal", "thiri", "shanelle", "khanh",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "south-asia",
        title: "An afternoon without the mouse",
        kind: "workshop",
        summary: "Your own product, by keyboard and by ear. Bring a colleague who thinks it will be fine.",
        description: "Leave the mouse in the bag and do the three things your users do most. Then do them \
                      again with the screen off and the reader on. Most people get through the first round. \
                      The second round is where you’ll take notes.\n\nLeila Amiri leads from Toronto, at an \
                      hour she calls ‘technically morning’. Bishal Gurung is in the room with spare \
                      keyboards, headphones, and two batteries in case the power goes. You’ll work in pairs. \
                      One of you types, the other writes down every place where they get stuck.\n\nAt the \
                      end, every pair picks one finding and writes a check for it that a build can run, and \
                      one that no build ever could. The second kind goes on the wall, because someone has to \
                      remember it.\n\nYou can bring one guest who doesn’t work in tech. They find different \
                      things, and faster.",
        place: "Community hall, Jhamsikhel Marg 21, Lalitpur",
        join_url: "https://meet.example.org/no-mouse",
        days: 7,
        time: "16:15",
        zone: "Asia/Kathmandu",
        minutes: "150",
        capacity: "24",
        guests_max: "1",
        rsvps: &[
            ("bishal", 1),
            ("leila", 0),
            ("dechen", 1),
            ("thiri", 0),
            ("nuwan", 0),
            ("sanjida", 1),
            ("arundhati", 0),
            ("noor", 0),
            ("parisa", 0),
            ("gulnora", 0),
            ("selam", 0),
            ("ines", 0),
            ("wanjiru", 0),
            ("putu", 0),
            ("khanh", 0),
            ("myrto", 0),
        ],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        group: "train-crew",
        title: "Feature flags deserve a funeral",
        kind: "demo",
        summary: "Forty flags, eleven of them dead for a year. We remove three of them live, and nothing \
                  happens.",
        description: "A flag is a promise to come back. One of the crew’s programmes had forty of them, and \
                      nobody could say which were still alive, because finding out took longer than adding \
                      another one.\n\nTomás Herrera shows the small report that now goes out each week: \
                      flag, owner, removal date, and how often it was read since then. Then he removes three \
                      during the demo, in a live system. The exciting part is that there is no exciting \
                      part. We have prepared an exciting part in case.\n\nFor developers who add flags, \
                      product managers who ask for them, and testers whose work doubles every time.",
        place: "Taller Aguacero, Calle 57 #9-30, Bogotá",
        join_url: "https://meet.example.org/flags",
        days: 23,
        time: "16:00",
        zone: "America/Bogota",
        minutes: "75",
        capacity: "40",
        rsvps: &without_guests([
            "tomas", "priya", "liam", "hannah", "maeve", "joaquin", "beatriz", "noemie", "signe", "diego",
            "zsofia", "rosalia", "shanelle", "leila", "kulli",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        title: "Guild day in Accra: built to be mended",
        summary: "Eight hours, one hall, six sessions, and a half-hour break between all of them.",
        description: "The second guild day, and the first by the sea. The theme is repair: systems that the \
                      people on site can fix with what they have, on the day it matters.\n\nBefore lunch: \
                      Kofi Mensah on a ferry-booking system that sells paper tickets when the line is down, \
                      and reconciles the two lists by evening. Wanjiru Kamau on apps that expect the tunnel. \
                      Ọláyinká Adébísí on a fraud rule that explained itself to a customer, in a letter, and \
                      was right.\n\nAfter lunch, three workshops one after the other, so that you don’t have \
                      to choose: a restore from tape with Ondřej Jeřábek, by video and by stopwatch; \
                      interview questions for beginners with Beatriz Conceição, by video; \
                      and chalk on the floor with Thandeka Sibanyoni, who runs an incident with whoever \
                      walks in.\n\nStep-free, shaded, with a quiet room behind the stage. Childcare from \
                      nine to five if you tell us a week ahead. Lunch is kenkey, waakye or both. You can \
                      bring one guest, and you should.\n\nThe talks are on video as well, with their own \
                      host, Selam Woldeyes, who asks your questions first, not last.",
        place: "Harbour Hall, 9 Nii Okine Lane, Accra",
        join_url: "https://meet.example.org/guild-day-accra",
        days: 31,
        time: "09:00",
        zone: "Africa/Accra",
        minutes: "480",
        capacity: "80",
        guests_max: "1",
        rsvps: &[
            ("kofi", 1),
            ("olayinka", 1),
            ("wanjiru", 1),
            ("selam", 0),
            ("thandeka", 1),
            ("yasmine", 0),
            ("grace", 0),
            ("liam", 1),
            ("ravi", 0),
            ("mei", 0),
            ("ines", 0),
            ("hannah", 0),
            ("sofia", 0),
            ("noor", 0),
            ("diego", 0),
            ("marek", 0),
            ("leila", 0),
            ("hemi", 0),
            ("zsofia", 0),
            ("aino", 0),
            ("arundhati", 0),
            ("signe", 0),
            ("dubravka", 0),
            ("ondrej", 0),
            ("beatriz", 0),
            ("joaquin", 0),
            ("nuwan", 0),
            ("anouk", 0),
            ("shanelle", 0),
            ("ioana", 0),
            ("gwen", 1),
            ("rosalia", 0),
            ("myrto", 0),
            ("ase", 0),
        ],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "on-call",
        title: "A maintenance window without a window",
        summary: "How a desert’s worth of water meters gets patched while everyone keeps drinking.",
        description: "Kirra Maddern looks after nine thousand meters that wake for four seconds every half \
                      hour. There is no good time to patch them, so she stopped looking for one. Every \
                      change now comes in three parts that can coexist for a month: one that understands \
                      both protocols, one that speaks the new one, and one that forgets the old \
                      one.\n\nShe’ll tell us about the batch that understood neither, and about the farmer \
                      who noticed before the dashboard did.\n\nTwenty seats, video included, because it is \
                      meant as a conversation and Kirra prefers faces to a counter. The waitlist moves fast, \
                      because people give up their seats when the weather changes.",
        place: "Room 2, The Cooperage, 17 Sturtvale Street, Adelaide",
        join_url: "https://meet.example.org/no-window",
        days: 45,
        time: "18:30",
        zone: "Australia/Adelaide",
        capacity: "20",
        rsvps: &without_guests([
            "kirra", "oscar", "mei", "bishal", "sina", "jiho", "yuchen", "khanh", "putu", "kofi", "thiri",
            "sanjida", "thandeka", "jonas", "liam", "nuwan", "noor", "grace", "ondrej", "thordis", "dechen",
            "leilani", "ada", "gulnora", "yusuf",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        group: "train-crew",
        title: "Bring the estimate you regret",
        kind: "office_hours",
        summary: "Bring one number: what you estimated, and what it became. We’ll look for the question \
                  nobody asked.",
        description: "Maeve Kielly publishes her estimates next to what came of them, in a table that \
                      everyone can read, and has done so for three years. She is out by a factor of 1.6 on \
                      average, always in the same direction, and always for one of four reasons.\n\nBring \
                      one estimate of your own that went wrong, with the two numbers and the date on which \
                      you first knew. We find the question that nobody had asked, and write it on the next \
                      estimate. There are eight seats. We start at half past seven in St John’s, a time that \
                      suits nobody else.",
        join_url: "https://meet.example.org/regrets",
        days: 52,
        time: "19:30",
        zone: "America/St_Johns",
        minutes: "60",
        capacity: "8",
        rsvps: &without_guests(["maeve", "hannah", "beatriz", "priya", "joaquin", "noemie"]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "south-asia",
        title: "Breakfast before the traffic",
        kind: "social",
        summary: "Dosa at a quarter to seven, no agenda, at your desk before the rest of the city sets out.",
        description: "The chapter’s only event that has never run late, because the traffic starts at half \
                      past eight and everyone knows it. Long table, steel tumblers, a rule against \
                      laptops.\n\nBring up to two guests: a colleague from a discipline we don’t see enough \
                      of, or someone at home who would like to know what you do all day. Arundhati Kulkarni \
                      has the explanation down to one sentence and lends it out.\n\nA few of us come in by \
                      train and plane the night before. If you need a sofa, just ask. There are four.",
        place: "Filter House, 9 Nandidurga Cross Road, Bengaluru",
        days: 63,
        time: "06:45",
        zone: "Asia/Kolkata",
        minutes: "105",
        guests_max: "2",
        rsvps: &[
            ("arundhati", 2),
            ("priya", 1),
            ("nuwan", 0),
            ("sanjida", 0),
            ("bishal", 1),
            ("dechen", 0),
            ("noor", 0),
            ("thiri", 0),
            ("mei", 0),
        ],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        group: "supply-chain",
        title: "Security review: the badge that opens every door",
        kind: "security_review",
        summary: "One card for the building, the printer and the till. The team would like us to talk them \
                  out of part of it.",
        description: "A chain of libraries wants a single staff card: front door, book store, printer, cash \
                      drawer. The design is tidy and the team suspects that it is too tidy. They have asked \
                      us which door should have a different key.\n\nThink beforehand about the volunteer who \
                      helps on one afternoon a week, the card found in a coat at the cleaner’s, and the \
                      evening when the network is down and it is raining on forty people. Dubravka Šimić \
                      takes the notes, in chalk if the camera allows.\n\nForty minutes of design, fifty \
                      minutes of questions, and we write down every one of them. The team decides, and tells \
                      us at the next review what it decided and why.",
        join_url: "https://meet.example.org/review-badge",
        days: 74,
        time: "10:00",
        zone: "Europe/London",
        capacity: "20",
        rsvps: &without_guests([
            "dubravka",
            "mei",
            "marek",
            "ravi",
            "sofia",
            "yasmine",
            "lukasz",
            "arundhati",
            "gwen",
            "anouk",
            "ase",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "quiet-room",
        title: "Tea after the outage",
        kind: "social",
        summary: "No slides, no minutes, biscuits.",
        description: "We take turns, and nobody has to say anything. Whoever was paged that night speaks \
                      first if they want to.",
        place: "The small kitchen",
        join_url: "https://meet.example.org/quiet-room",
        days: 9,
        time: "16:00",
        zone: "Pacific/Auckland",
        minutes: "60",
        capacity: "8",
        rsvps: &[("mei", 0), ("ravi", 0), ("kofi", 0)],
        ..DEFAULT_EVENT
    },
];
