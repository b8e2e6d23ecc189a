//! The demo's past events over a year, oldest first. Two are cancelled.

use super::{
    events_coming::without_guests,
    shape::{DEFAULT_EVENT, SampleEvent},
};

pub(super) const PAST: &[SampleEvent] = &[
    SampleEvent {
        host: "ada",
        title: "First evening: what we would tell each other anyway",
        summary: "Four true stories from four jobs, then a vote on whether there should be a second \
                  evening.",
        description: "Every place with more than one team has the same conversation in the corridor. The \
                      build is slow, the scanner shouts, nobody knows whose certificate that is. We thought \
                      we might have it sitting down for once, with people who do not report to each \
                      other.\n\nFour of us tell one true story each, ten minutes, no slides. Ravi on a \
                      build that waited for a printer. Hannah on a project plan that everybody admired and \
                      nobody opened. Kofi on the holiday weekend that found the one server without a twin. \
                      Inês on an error message that made a customer cry, and on the version that did \
                      not.\n\nAfter that, tea, and a vote.\n\nAdded afterwards: eleven came, some by video \
                      from places where it was long past midnight. The vote was eleven to nil for a second \
                      evening, with one amendment about the biscuits.",
        place: "The Lantern Works, 27 Tanner Street, London",
        join_url: "https://meet.example.org/first-evening",
        days: -326,
        time: "18:30",
        zone: "Europe/London",
        capacity: "20",
        rsvps: &without_guests([
            "grace", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "Reading a stranger’s pipeline aloud",
        kind: "workshop",
        summary: "212 lines of build instructions, one voice per line. We stop where somebody says ‘wait, \
                  why?’.",
        description: "A pipeline is a text that ten people edit and nobody reads from the top. So we read \
                      one from the top, aloud, each line in a different voice, and stop wherever somebody \
                      says ‘wait, why?’.\n\nIt is a real one, lent by a team that joins us only for the \
                      last half hour. They asked for honesty and chocolate. There are two tables in the \
                      room and one on the screen; those on the screen read every third line, so that nobody \
                      can drift off.\n\nRules: no repairs while reading, no sighing, and whoever says \
                      ‘legacy’ puts a coin in the jar.\n\nAdded afterwards: thirty-eight stops. Nine were \
                      steps that had outlived their reason, among them a pause of forty seconds for a \
                      machine switched off two years ago. The jar paid for the chocolate.",
        place: "Studio 3, Götgatan 14, Stockholm",
        join_url: "https://meet.example.org/aloud",
        days: -298,
        capacity: "12",
        rsvps: &without_guests([
            "ada", "ravi", "mei", "tomas", "ines", "kofi", "hannah", "liam", "sofia", "noor", "jonas",
            "wanjiru", "diego", "marek",
        ]),
        left: &["tomas"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "supply-chain",
        title: "Secrets amnesty",
        kind: "office_hours",
        summary: "Bring the password you’ve been meaning to change. Nobody asks how it got there.",
        description: "Somewhere in your repository is a password. We say so because somewhere in ours there \
                      was one too, for six years, under the name ‘temp’.\n\nWe sit in pairs, one who has \
                      the secret and one who has done this before, and take the same five steps: who uses \
                      it, what breaks, new one in, old one out, whom to ask next time. Never paste the \
                      thing itself into the call. Its shape is enough.\n\nNobody is asked how it got there. \
                      That is what the word means.\n\nAdded afterwards: nine changed on the spot, two \
                      turned out to have expired in an earlier decade, and one opens a door in a building \
                      that has since been pulled down.",
        join_url: "https://meet.example.org/amnesty",
        days: -271,
        time: "17:30",
        zone: "Asia/Kolkata",
        minutes: "75",
        capacity: "16",
        rsvps: &without_guests([
            "ada", "grace", "mei", "tomas", "kofi", "sofia", "noor", "wanjiru", "diego", "marek", "zsofia",
            "bishal",
        ]),
        left: &["noor"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "supply-chain",
        title: "Security review: the car park’s plate reader",
        kind: "security_review",
        summary: "A hospital replaces paper tickets with a camera. The team asks what they’ve missed.",
        description: "A team is replacing the paper tickets of a hospital car park with a camera and a \
                      barrier. They bring the design: what the camera keeps, who may look it up, what the \
                      barrier does when the network is gone.\n\nBefore you come, think of three people. A \
                      nurse after a night shift whose number plate is covered in mud. Somebody who would \
                      like to know when a certain car is usually there. And whoever sits in the booth and \
                      has to explain it all.\n\nForty minutes of design, fifty of questions. We write each \
                      as a question, never as a verdict; the team decides. Notes go back the same \
                      day.\n\nAdded afterwards: plates are kept for three days now instead of ninety, the \
                      barrier fails open, and the booth keeps its chair. The hardest question came from a \
                      designer: what does the sign say?",
        join_url: "https://meet.example.org/review-plates",
        days: -250,
        time: "14:00",
        zone: "Europe/Berlin",
        capacity: "20",
        rsvps: &without_guests([
            "ada", "mei", "ines", "hannah", "sofia", "wanjiru", "diego", "marek", "zsofia", "aino",
            "olayinka",
        ]),
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "A walk round the water, with flasks",
        kind: "social",
        summary: "Two hours at the pace of the slowest dog. Bring something hot and one cup too many.",
        description: "Two hours along the water at the pace of the slowest dog. No topics and no badges. If \
                      you need an opening, ask what the other person’s job is like on the worst day of the \
                      month, and then what they would change if they were let.\n\nBring a flask with \
                      something hot and one cup more than you need. We start whatever the sky does; the \
                      last stretch has a bench with a roof. Prams and wheelchairs can do the whole round. \
                      We walked it to be sure.\n\nAdded afterwards: fourteen people and Grace, three dogs, \
                      one broken umbrella, and a pair who found out that they have been waiting for each \
                      other’s release since last year.",
        place: "The kiosk at Norr Mälarstrand 30, Stockholm",
        days: -236,
        time: "14:00",
        minutes: "150",
        guests_max: "2",
        rsvps: &[
            ("ada", 0),
            ("hannah", 1),
            ("liam", 0),
            ("ines", 0),
            ("sofia", 0),
            ("jonas", 2),
            ("marek", 0),
            ("zsofia", 0),
            ("aino", 1),
            ("yusuf", 0),
        ],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        group: "train-crew",
        title: "A rollback, live, in front of everybody",
        kind: "demo",
        summary: "A bad deploy at five past five, rolled back at ten past. You hold the stopwatch.",
        description: "Everyone has a rollback plan. Fewer have tried it on a good day with people watching. \
                      At five past five I deploy a version with a mistake in it (all prices in the wrong \
                      currency), and at ten past I roll it back.\n\nThen the part that usually stays in the \
                      drawer: the wrong version has already written to the database. Tomás Herrera shows \
                      what he does with the rows written in those five minutes, and which changes to a table \
                      he refuses to ship together with the code that needs them.\n\nYou will see two \
                      terminals, one graph and, with luck, nobody running. Bring your own instructions for \
                      going back; we compare the number of steps.\n\nAdded afterwards: four minutes and \
                      eleven seconds, three minutes of which were me looking for the window. The shortest \
                      instructions had two steps. The longest had nineteen, and a telephone number that rang \
                      in a bakery.",
        place: "Taller Aguacero, Calle 57 #9-30, Bogotá",
        join_url: "https://meet.example.org/rollback",
        days: -221,
        time: "17:00",
        zone: "America/Bogota",
        minutes: "75",
        capacity: "40",
        rsvps: &without_guests([
            "tomas", "ada", "grace", "mei", "kofi", "hannah", "liam", "diego", "priya", "leila", "oscar",
            "zsofia", "olayinka", "maeve", "noemie", "hemi",
        ]),
        left: &["oscar"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        group: "on-call",
        title: "Four hundred alerts and one quiet pager",
        summary: "From four hundred alerts a week to nineteen, every one of them answered.",
        description: "Thandeka Sibanyoni’s team used to get four hundred alerts a week. Now it gets \
                      nineteen and answers them all. Nothing clever was bought.\n\nIt took three months and \
                      one rule: an alert has to name somebody’s next action. An alert that says ‘high’ is a \
                      mood. Those that could not name an action became graphs, and the graphs that nobody \
                      opened for a month were switched off.\n\nShe also tells us about the two alerts they \
                      should have kept, how they found out, and what that cost. Bring your loudest one, \
                      worded as it is at three in the morning. We rewrite three of them together.\n\nAdded \
                      afterwards: the recording and the three rewritten alerts are with the notes. The \
                      favourite: ‘CRITICAL disk’ became ‘Orders stop in about two hours; delete last week’s \
                      exports first’.",
        place: "The Lantern Works, 27 Tanner Street, London",
        join_url: "https://meet.example.org/quiet-pager",
        days: -205,
        zone: "Europe/London",
        capacity: "60",
        rsvps: &without_guests([
            "thandeka", "grace", "ravi", "mei", "tomas", "kofi", "hannah", "liam", "sofia", "jonas", "diego",
            "priya", "marek", "oscar", "camila", "hemi", "bishal", "yusuf", "maeve", "kirra", "signe",
        ]),
        left: &["tomas"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "on-call",
        title: "Draw the night: a map of who is awake",
        kind: "workshop",
        summary: "Pens, a wall, and the twenty-four hours in which your service can wake someone up.",
        description: "Take one service and draw its whole night on the wall: who is awake, who is paid to \
                      be, who is woken, and who finds out at breakfast. Every team has a stretch of that \
                      wall which is blank, and has never looked at it.\n\nThere is one wall in the ferry \
                      shed and one on the screen. Bring the rota as it is written and the rota as it is \
                      lived; the workshop is about the difference.",
        place: "Ferry Shed, 9 Tinley Walk, Auckland",
        join_url: "https://meet.example.org/night-map",
        days: -190,
        zone: "Pacific/Auckland",
        minutes: "120",
        capacity: "24",
        rsvps: &without_guests([
            "oscar", "kirra", "mei", "bishal", "kofi", "grace", "jonas", "thandeka", "priya", "leila",
        ]),
        cancelled: "The exercise does not work yet. I tried it on two colleagues and all three of us got \
                    lost. I’d rather cancel than waste your evening. I’ll try again when it works.",
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "on-call",
        title: "Time zones are a dependency",
        summary: "One team in three time zones: two years of what ‘tomorrow’ cost us, and the fixes that \
                  worked.",
        description: "When a team in three zones says ‘tomorrow’, it means three different days, and one of \
                      them is today. I kept two years of notes on what that cost us: a certificate renewed \
                      a day late, a release frozen for a holiday that nobody else keeps, a hand-over that \
                      took place twice.\n\nThe talk is about small repairs. Write offsets, not \
                      abbreviations. Keep the zone with the appointment and not only the hour, because \
                      governments move clocks with less notice than you need. And share the bad hours by \
                      rota, in public, with a count beside each name: people will take a call at five in \
                      the morning when they can see that it is their turn.\n\nThe last repair met the most \
                      resistance and worked best. I bring the figures, including the month in which it made \
                      things worse.\n\nTwenty minutes of talk, forty of questions. For a change the hour is \
                      a decent one in Auckland. I apologise to Lisbon, and will do so again when it is my \
                      turn to get up.",
        join_url: "https://meet.example.org/tomorrow",
        days: -176,
        time: "20:00",
        zone: "Pacific/Auckland",
        minutes: "60",
        rsvps: &without_guests([
            "ada",
            "grace",
            "ravi",
            "mei",
            "ines",
            "kofi",
            "hannah",
            "liam",
            "noor",
            "jonas",
            "wanjiru",
            "oscar",
            "bishal",
            "yusuf",
            "kirra",
            "arundhati",
            "thandeka",
            "thordis",
            "parisa",
            "signe",
            "jiho",
            "lukasz",
        ]),
        left: &["ines", "hannah"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "supply-chain",
        title: "Pinning day: every dependency gets a name beside it",
        kind: "workshop",
        summary: "By lunch, each dependency has a version. By three o’clock, it has an owner.",
        description: "Bring one repository and its list of dependencies, however long. By lunch each of \
                      them is pinned to a version; by three o’clock each has a name beside it. Not a team’s \
                      name: a person’s.\n\nThe morning is mechanical, and we have scripts for the usual \
                      package managers. The afternoon is the interesting half. For every name you answer \
                      three questions: what would we notice if it vanished, who would tell us if it went \
                      bad, and could we write the part we use in an afternoon? The third removes about a \
                      tenth of any list. Zsófia Bártfai keeps the tally on the wall.\n\nMei Tanaka brings \
                      the test that nobody writes: the one that fails when a dependency turns up that was \
                      not there yesterday.\n\nLunch is idli, and as much coffee as the fire regulations \
                      allow. If you join by video, have a second pair of eyes from your own team beside \
                      you. It goes better.\n\nAdded afterwards: 1,914 pinned, 203 removed, and one \
                      developer in Warsaw discovered that he is the maintainer of one of them.",
        place: "Filter House, 9 Nandidurga Cross Road, Bengaluru",
        join_url: "https://meet.example.org/pinning",
        days: -160,
        time: "10:00",
        zone: "Asia/Kolkata",
        minutes: "300",
        capacity: "24",
        rsvps: &without_guests([
            "mei",
            "zsofia",
            "ada",
            "grace",
            "tomas",
            "kofi",
            "sofia",
            "noor",
            "wanjiru",
            "diego",
            "marek",
            "leila",
            "bishal",
            "olayinka",
            "arundhati",
            "lukasz",
            "jiho",
            "dubravka",
            "nuwan",
            "parisa",
            "yusuf",
            "kirra",
            "oscar",
            "camila",
            "hannah",
            "thordis",
        ]),
        left: &["diego", "camila", "tomas"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "What a designer sees in a stack trace",
        summary: "640 error messages from nine teams, sorted into four heaps. The last heap was the \
                  tallest.",
        description: "Inês Carvalho and Aino Väänänen spent three weeks reading other people’s error \
                      messages: 640 of them, from nine teams, in the order in which customers meet them. \
                      They made four heaps. Says what happened. Says what to do. Says whose fault it is. \
                      Says nothing, at length.\n\nThe last heap was the tallest.\n\nThey take six real ones \
                      (names changed, punctuation not) and rebuild each with the developer who wrote it. \
                      You will see the arguments, including the two that the developers won; why the \
                      security people were right to remove details, and wrong about which; where the \
                      telephone number belongs; and why ‘Oops’ does not.\n\nFor developers who write \
                      messages at five to six, testers who read them for a living, and designers who are \
                      shown them last.\n\nAdded afterwards: the heaps have become a checklist of four \
                      lines. Three teams keep it in their review template.",
        place: "Studio 3, Götgatan 14, Stockholm",
        join_url: "https://meet.example.org/stack-trace",
        days: -147,
        capacity: "30",
        rsvps: &without_guests([
            "ines",
            "aino",
            "ada",
            "ravi",
            "mei",
            "tomas",
            "hannah",
            "liam",
            "sofia",
            "jonas",
            "wanjiru",
            "priya",
            "marek",
            "leila",
            "noemie",
            "zsofia",
            "lukasz",
            "signe",
            "thordis",
            "beatriz",
            "ondrej",
            "selam",
            "camila",
            "arundhati",
        ]),
        left: &["ravi"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        group: "train-crew",
        title: "From commit to customer, with a stopwatch",
        kind: "demo",
        summary: "One changed word, followed until a customer could read it: 47 minutes in one team, nine \
                  days in another.",
        description: "One commit, one changed word on a page, followed in real time until a customer could \
                      read it. Maeve Kielly holds the stopwatch; I hold my tongue.\n\nWe did this in three \
                      of the train crew’s teams. The fastest took 47 minutes, the slowest nine days, and \
                      the surprise is where. In the slow one the machines worked for 52 minutes altogether. \
                      The rest was a change waiting for somebody to look at it, and that somebody did not \
                      know.\n\nThe demo shows the fastest path, live, and then lays the three timelines \
                      over each other on one sheet. Bring your own: note the hour of every step for one \
                      change, by hand, this week. Do not automate it before you have done it once.\n\nAdded \
                      afterwards: eleven people brought a timeline. The median was four days, and in nine \
                      of the eleven the longest wait was for a person who would have said yes.",
        join_url: "https://meet.example.org/stopwatch",
        days: -131,
        time: "09:00",
        zone: "America/Bogota",
        minutes: "75",
        rsvps: &without_guests([
            "maeve", "liam", "hannah", "grace", "tomas", "priya", "zsofia", "noemie", "signe", "joaquin",
            "beatriz", "nuwan", "ilze", "kulli", "diego", "thandeka", "yusuf", "sofia",
        ]),
        left: &["diego"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        title: "Guild day: one roof, seven disciplines",
        summary: "Six sessions, an hour of short ones, and half an hour between everything, on purpose.",
        description: "A whole day, twice a year, for people who otherwise meet by the hour. Three sessions \
                      before lunch, three after, and half an hour between all of them, because the corridor \
                      is part of the programme.\n\nMorning: Sofia Petrova on what she learnt from tests \
                      that fail one time in fifty. Dubravka Šimić chalks a tram network’s trust boundaries \
                      on the floor, and you stand on the side you believe you are on. Nuwan Jayakody on \
                      promises between teams, with string.\n\nAfternoon: Leila Amiri and an unplugged \
                      mouse. Ondřej Jeřábek restores a database from last night’s backup while telling us \
                      how the first four attempts went, when nobody was watching. Beatriz Conceição \
                      interviews a customer she has never met, for twenty minutes, and then asks the room \
                      what was said. The room is usually wrong.\n\nAt the end, an hour of short ones: five \
                      minutes, a bell, anybody. First-timers go to the front of the queue and get a friend \
                      in the first row. The house is step-free, there is a quiet room on the first floor, \
                      and lunch is labelled properly. Those on video have a host of their own, Liam \
                      O’Rourke, who asks their questions first, not last.\n\nAdded afterwards: eleven short \
                      ones, seven of them by people who had never spoken before. The string is still up.",
        place: "Cooper’s Hall, 60 Lavington Street, London",
        join_url: "https://meet.example.org/guild-day",
        days: -104,
        time: "09:30",
        zone: "Europe/London",
        minutes: "480",
        capacity: "60",
        rsvps: &without_guests([
            "grace",
            "ravi",
            "mei",
            "tomas",
            "ines",
            "kofi",
            "hannah",
            "liam",
            "sofia",
            "noor",
            "jonas",
            "wanjiru",
            "diego",
            "priya",
            "marek",
            "leila",
            "oscar",
            "camila",
            "hemi",
            "zsofia",
            "bishal",
            "aino",
            "yusuf",
            "olayinka",
            "maeve",
            "arundhati",
            "noemie",
            "lukasz",
            "signe",
            "thandeka",
            "joaquin",
            "dubravka",
            "thordis",
            "beatriz",
            "jiho",
            "nuwan",
            "ondrej",
            "selam",
            "ilze",
            "yuchen",
            "kulli",
            "anouk",
            "sanjida",
            "shanelle",
            "ioana",
        ]),
        left: &["oscar", "jiho", "priya"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        title: "Test data clinic: why does staging know my birthday?",
        kind: "office_hours",
        summary: "Real people don’t belong in a test system. Bring your column names, and take home better \
                  fake data.",
        description: "If your test system holds real people, it is not a test system. It is production with \
                      worse locks. Most of us have one.\n\nBring the table you are least proud of, as \
                      column names only; no rows, please. Parisa Golshan and I go through three things with \
                      you: which columns a test truly needs, how to make believable values that belong to \
                      nobody, and how to keep the awkward ones. The surname of one letter, the address \
                      without a street, the person born on 29 February.\n\nMade-up data is too polite; that \
                      is its chief fault. We keep a list of rude values and you may take a copy \
                      home.\n\nAdded afterwards: the list has grown to 212 entries. The newest is a village \
                      whose registered name is a full stop.",
        join_url: "https://meet.example.org/test-data",
        days: -89,
        time: "08:00",
        zone: "Pacific/Auckland",
        minutes: "60",
        capacity: "12",
        rsvps: &without_guests([
            "parisa", "mei", "sofia", "leila", "yusuf", "joaquin", "jiho", "sanjida", "priya", "ondrej",
            "noor", "yasmine", "gulnora",
        ]),
        left: &["jiho"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        group: "train-crew",
        title: "Estimating with your hands in your pockets",
        kind: "workshop",
        summary: "No cards, no points. Estimate by asking what would have to be true.",
        description: "Nobody holds up a card in this workshop. For each piece of work we ask one question, \
                      ‘what would have to be true for this to be done by the end of next week?’, and write \
                      the answers in a column. When the column is longer than a hand, it is two pieces of \
                      work.\n\nBring three items from your own backlog: one small, one that everybody calls \
                      small, and one that nobody dares to look at.",
        place: "Taller Aguacero, Calle 57 #9-30, Bogotá",
        join_url: "https://meet.example.org/pockets",
        days: -75,
        time: "17:30",
        zone: "America/Bogota",
        capacity: "30",
        rsvps: &without_guests([
            "maeve", "tomas", "hannah", "liam", "priya", "joaquin", "beatriz", "noemie", "signe", "nuwan",
            "shanelle", "rosalia",
        ]),
        cancelled: "The house had promised the room to a choir for the same evening. They’ve been rehearsing \
                    for a year, so they keep it. I should have got it in writing, sorry.",
        ..DEFAULT_EVENT
    },
    SampleEvent {
        group: "north",
        title: "The tests we deleted",
        summary: "6,300 tests, 2,100 too many, and the eleven that were put back.",
        description: "Sofia Petrova’s team had 6,300 automated tests and a rule that none may be removed. \
                      The rule was nobody’s; it had just never been broken. A run took 71 minutes, so \
                      people ran it at lunch, then at night, then when asked to.\n\nIn three months they \
                      deleted 2,100. Not the slow ones and not the flaky ones, which is where most of us \
                      would start. They took those that had never once failed alone: whenever they went \
                      red, another test said the same thing sooner and more plainly.\n\nSofia shows how \
                      they found them (two queries and a spreadsheet), what the auditors asked, and which \
                      eleven they put back. Then Yusuf Demirkıran argues the other side for ten minutes, \
                      since somebody should: he has a test that slept for four years and then saved the \
                      launch of a ship.\n\nThe run takes 24 minutes now. They still have lunch during it, \
                      but together, and because they like to.",
        place: "Studio 3, Götgatan 14, Stockholm",
        join_url: "https://meet.example.org/deleted",
        days: -61,
        capacity: "40",
        rsvps: &without_guests([
            "sofia",
            "yusuf",
            "ada",
            "ravi",
            "mei",
            "tomas",
            "ines",
            "hannah",
            "liam",
            "noor",
            "jonas",
            "diego",
            "marek",
            "leila",
            "zsofia",
            "aino",
            "olayinka",
            "arundhati",
            "lukasz",
            "signe",
            "joaquin",
            "dubravka",
            "thordis",
            "parisa",
            "jiho",
            "ondrej",
            "ilze",
            "kulli",
            "sanjida",
            "dechen",
            "gwen",
            "rosalia",
        ]),
        left: &["ravi", "ines"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ravi",
        group: "supply-chain",
        title: "The same binary twice",
        kind: "demo",
        summary: "Two machines, one source, two different files. We hunt the differences down, live.",
        description: "Build a program on two machines and compare the files. They differ. They nearly always \
                      differ, and hardly anybody looks.\n\nŁukasz Wrzosek builds one small service on his \
                      own laptop and on a borrowed one, and we go after the differences in turn: a date, the \
                      name of a folder, the order in which a disk lists its files, somebody’s user name. \
                      Each needs a line or two. When the last is gone, Lin Yu-chen signs one of the builds, \
                      and Łukasz uses the other to prove that she signed what the source says.\n\nWhy \
                      bother? If two strangers get the same bytes, an intruder has to break in twice, on the \
                      same day, in the same way. As a bonus, your build cache starts to work.\n\nAdded \
                      afterwards: the signature did not match at first, because of a clock. Seven \
                      differences in fifty-two minutes. The last was a build number that counted upwards \
                      because it made a manager happy. It has been replaced by a weekly email, which does \
                      the same.",
        join_url: "https://meet.example.org/twice",
        days: -45,
        time: "16:30",
        zone: "Asia/Kolkata",
        minutes: "75",
        capacity: "24",
        rsvps: &without_guests([
            "lukasz",
            "yuchen",
            "ada",
            "grace",
            "mei",
            "kofi",
            "sofia",
            "wanjiru",
            "diego",
            "marek",
            "zsofia",
            "olayinka",
            "arundhati",
            "dubravka",
            "jiho",
            "yasmine",
            "rosalia",
            "dechen",
            "khanh",
            "ondrej",
            "gwen",
            "leilani",
        ]),
        left: &["sofia"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "ada",
        title: "The post-mortem pub quiz",
        kind: "social",
        summary: "Six incidents, names filed off. Your table writes down what it was.",
        description: "Six rounds, all of them true. We read out how an incident began, with people and \
                      firms filed off, and your table writes down what it was. Typical answers: the \
                      certificate, the other certificate, a full disk, a helpful trainee, a helpful \
                      director.\n\nTables are mixed by discipline at the door, since a table of operators \
                      would win and mention it for months. Guests who do none of this for a living are \
                      welcome, and an advantage: they guess the plain cause first.\n\nThe prize is a brass \
                      padlock without a key. The winners keep it until the next quiz, or until they get it \
                      open.\n\nAdded afterwards: won by a table of two designers, a tester, a network \
                      engineer and a dentist. The dentist had round four.",
        place: "Back room, The Plumb Line, 41 Webber Row, London",
        days: -33,
        time: "19:00",
        zone: "Europe/London",
        minutes: "150",
        capacity: "36",
        guests_max: "3",
        rsvps: &[
            ("grace", 1),
            ("liam", 1),
            ("ines", 0),
            ("hannah", 0),
            ("jonas", 0),
            ("sofia", 2),
            ("marek", 0),
            ("aino", 0),
            ("zsofia", 0),
            ("gwen", 1),
            ("anouk", 0),
            ("signe", 1),
            ("lukasz", 0),
            ("dubravka", 0),
            ("ondrej", 0),
            ("ioana", 0),
            ("myrto", 0),
            ("yasmine", 0),
            ("kofi", 0),
        ],
        left: &["kofi"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "hemi",
        group: "on-call",
        title: "Handing over the pager across the date line",
        kind: "workshop",
        summary: "One made-up incident, three regions, and nothing but notes between them.",
        description: "A hand-over note is a letter to somebody tired.\n\nWe run one made-up incident \
                      through three regions in ninety minutes. Auckland has it first and hands it to \
                      Kathmandu, Kathmandu hands it to Moncton, and at the end Auckland gets it back. A \
                      shift lasts twenty minutes and knows only what the last one wrote. No talking across \
                      the border. Then we read all the notes in a row and look for the place where the \
                      truth fell out.\n\nIt tends to fall out in one spot: between what was tried and what \
                      was ruled out. Kirra Maddern has a form for that, four lines long, and we test it \
                      against the free text most of us use. Bishal Gurung and Noémie Gagnon-Côté run the \
                      other two regions; it will be deep in the night in Moncton, which Noémie insists is \
                      the point. Bring nothing; designers and product people are as welcome as anybody who \
                      carries a pager.\n\nAdded afterwards: the tables with the four lines lost nothing in \
                      three hand-overs. Those without lost the cause once and the customer twice. The best \
                      note of the day had no sentences in it.",
        join_url: "https://meet.example.org/date-line",
        days: -19,
        time: "19:00",
        zone: "Pacific/Auckland",
        capacity: "16",
        rsvps: &without_guests([
            "kirra", "bishal", "noemie", "oscar", "mei", "kofi", "jonas", "priya", "thandeka", "sina",
            "thiri", "khanh", "leilani", "grace", "ravi", "gwen", "sanjida", "shanelle", "ondrej", "diego",
        ]),
        left: &["ravi", "sanjida"],
        ..DEFAULT_EVENT
    },
    SampleEvent {
        host: "camila",
        title: "‘Not this quarter’ and other kind sentences",
        summary: "Two product managers on refusing well: short, early, and with a date to ask again.",
        description: "Shanelle Braithwaite answered support calls for six years before she became the \
                      person who says no to them. Signe Højbjerg keeps her backlog under forty items, which \
                      means that she says no about twice a day. Between them they have collected the \
                      sentences that work.\n\nThose that do not are well known: ‘we will look into it’, ‘it \
                      is on the list’, ‘great idea’. They are kind for a minute and cost a year. Those that \
                      do have three parts: what I understood, what I shall do or not do, and when you may \
                      ask again. They are short, and feel rude the first five times.\n\nDevelopers, \
                      testers, security people: half of the talk is about being told no, and about the \
                      finding that has to be told ‘yes, this quarter, and this is what it pushes out’. \
                      There is an exercise in pairs, in which you refuse something reasonable to somebody \
                      nice.\n\nThe recording is with the notes, for the zones that were asleep.",
        join_url: "https://meet.example.org/kind-no",
        days: -8,
        time: "11:00",
        zone: "America/Bogota",
        minutes: "75",
        capacity: "100",
        rsvps: &without_guests([
            "shanelle", "signe", "ada", "grace", "tomas", "ines", "kofi", "hannah", "liam", "noor", "jonas",
            "diego", "priya", "leila", "zsofia", "aino", "olayinka", "maeve", "noemie", "thandeka",
            "joaquin", "dubravka", "beatriz", "ondrej", "selam", "ilze", "kulli", "anouk", "ioana",
            "yasmine", "putu", "myrto", "rosalia", "gwen", "sina", "leilani", "ase", "hemi",
        ]),
        left: &["jonas", "hemi", "putu"],
        ..DEFAULT_EVENT
    },
];
