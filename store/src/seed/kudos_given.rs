//! The demo's kudos, oldest first.

use domain::kudos::Reaction;

use super::shape::{KUDOS as SAMPLE, SampleKudos};

pub(super) const KUDOS: &[SampleKudos] = &[
    SampleKudos {
        from: "dubravka",
        to: &["yasmine"],
        values: "end-to-end-pipeline-mastery",
        text: "You followed one passenger’s row through our whole tram system, from the ticket machine to \
               the backup tape, and asked at each stop what we would tell her. Two copies are gone now, and \
               the third has a date on which it goes.",
        days: 59,
        ..SAMPLE
    },
    SampleKudos {
        from: "liam",
        to: &["anouk"],
        values: "continuous-innovation",
        text: "You took the word ‘simply’ out of our release guide eleven times and asked what each \
               sentence had been hiding. Two of them hid a missing step. The last two trains left without a \
               phone call to me.",
        days: 55,
        ..SAMPLE
    },
    SampleKudos {
        from: "rosalia",
        to: &["dechen"],
        values: "cross-disciplinary-engagement",
        text: "You showed me how you write log lines in the laboratory: what happened, to which sample, \
               what to do next. I stole the pattern for the cattle registry, and our vets can now read \
               their own errors.",
        days: 51,
        ..SAMPLE
    },
    SampleKudos {
        from: "beatriz",
        to: &["joaquin"],
        values: "measurable-impact",
        text: "You rode line 14 for a day with four old phones and came back with the place where tickets \
               vanish: the tunnel, not the app. We now keep the ticket on the phone first. Refund requests \
               fell from 130 a week to 22.",
        days: 47,
        ..SAMPLE
    },
    SampleKudos {
        from: "maeve",
        to: &["nuwan"],
        values: "end-to-end-pipeline-mastery",
        text: "Your string board looked like a craft project until the red thread showed that four teams \
               were all waiting for the same test licence. One phone call, nine days back in the plan. I \
               have bought string.",
        days: 43,
        ..SAMPLE
    },
    SampleKudos {
        from: "grace",
        to: &["sofia"],
        values: "continuous-innovation",
        text: "After your talk you spent two evenings helping three other teams to run your queries on \
               their own tests. Between them they removed 900 and put back seven. Thank you most of all for \
               telling them about the seven.",
        days: 40,
        ..SAMPLE
    },
    SampleKudos {
        from: "lukasz",
        to: &["yuchen"],
        values: "innovative-practices",
        text: "You let me prove in front of everybody that your signature matched the source, and did not \
               mind that the first try failed. Because you explained why it failed, two teams have found \
               the same clock in their own builds.",
        days: 36,
        ..SAMPLE
    },
    SampleKudos {
        from: "sanjida",
        to: &["khanh"],
        values: "automation-and-efficiency",
        text: "You turned my forty-line load-test ritual into one button and left the forty lines beside \
               it, so that I can still see what it does. We rehearsed results morning six times instead of \
               once, and found the slow query on the fourth.",
        days: 31,
        ..SAMPLE
    },
    SampleKudos {
        from: "kofi",
        to: &["ondrej"],
        values: "resilience-and-reliability",
        text: "You stayed on the line while I did my first full restore. You corrected me twice and let me \
               be slow. It took 3 hours 10; the second time took 55 minutes, and I did that one with the \
               ferry office watching.",
        days: 28,
        ..SAMPLE
    },
    SampleKudos {
        from: "marek",
        to: &["arundhati"],
        values: "collaborative-excellence",
        text: "Your review of our report template had nineteen comments and every one was a question. I \
               answered fourteen by changing the text. The next team to get a report fixed everything \
               within a week and, for once, wrote back.",
        days: 25,
        ..SAMPLE
    },
    SampleKudos {
        from: "hemi",
        to: &["noemie"],
        values: "cross-disciplinary-engagement",
        text: "Your hand-over note was a drawing: three boxes, one crossed out, an arrow to the one still \
               warm. The next shift needed nine seconds to understand it. There is now room for a sketch on \
               the form.",
        days: 18,
        ..SAMPLE
    },
    SampleKudos {
        from: "bishal",
        to: &["hemi"],
        values: "continuous-innovation",
        text: "You cancelled the first version of your night-map workshop because it did not work, and said \
               so. The hand-over one, which grew out of it, did. My team now knows what ‘ruled out’ means, \
               and it was worth the late lunch.",
        days: 17,
        ..SAMPLE
    },
    SampleKudos {
        from: "thandeka",
        to: &["diego"],
        values: "resilience-and-reliability",
        text: "You watch our switch at night, and I came on shift to your summary: what is broken, who \
               knows, what not to touch, when to look again. Four lines, written at the end of eleven \
               hours. We had the switch back before the shops opened.",
        days: 15,
        ..SAMPLE
    },
    SampleKudos {
        from: "ada",
        to: &["gwen"],
        values: "community-wide-recognition",
        text: "You took the notes at three evenings before anybody noticed that it was always you. Because \
               of them, people who could not come have asked better questions than some of us who did. We \
               now have a rota; you are not on it this month.",
        days: 13,
        ..SAMPLE
    },
    SampleKudos {
        from: "yusuf",
        to: &["parisa"],
        values: "measurable-impact",
        text: "The two totals had been one apart for a month and we had agreed to live with it. You found \
               the row: a refund, booked at midnight in two time zones. Closing the books takes us a \
               morning now, not three days.",
        days: 12,
        ..SAMPLE
    },
    SampleKudos {
        from: "tomas",
        to: &["zsofia"],
        values: "automation-and-efficiency",
        text: "Your script that writes a name beside each dependency ran on our largest service while we \
               had coffee. It found six with no owner; two were mine. The weekly ‘who knows this one?’ \
               thread has had nothing to do since.",
        days: 10,
        ..SAMPLE
    },
    SampleKudos {
        from: "noor",
        to: &["leila"],
        values: "measurable-impact",
        text: "You tried our booking page with a keyboard and a stopwatch: 74 seconds to reach the first \
               free slot. It is eleven now. The clinic says that the phone rings less before nine, and two \
               patients wrote to say they had managed alone.",
        days: 9,
        ..SAMPLE
    },
    SampleKudos {
        from: "leilani",
        to: &["camila"],
        values: "community-wide-recognition",
        text: "You turned your whole morning round so that Honolulu was up and Apia nearly was. Sina and I \
               could ask our questions ourselves, instead of watching other people ask them in the \
               recording.",
        days: 7,
        ..SAMPLE
    },
    SampleKudos {
        from: "ines",
        to: &["selam"],
        values: "cross-disciplinary-engagement",
        text: "You showed me, on paper, where our form turns round in the middle of a street name. I had \
               designed that for two years without seeing it. The new one went out on a Thursday, and the \
               corrections queue was empty by the weekend.",
        days: 6,
        ..SAMPLE
    },
    SampleKudos {
        from: "gulnora",
        to: &["mei"],
        values: "mentorship-and-support",
        text: "You never told me what to test. You asked what a careful pharmacist would worry about, and \
               then waited. I found my first bug that would have hurt somebody, and I wrote the report \
               alone.",
        days: 4,
        ..SAMPLE
    },
    SampleKudos {
        from: "shanelle",
        to: &["signe"],
        values: "collaborative-excellence",
        text: "You halved my slides and gave me the better half of the time. Two support leads have written \
               since the talk to say that they no longer answer ‘it is on the list’. One of them has closed \
               the list.",
        days: 2,
        ..SAMPLE
    },
    SampleKudos {
        from: "oscar",
        to: &["kirra"],
        values: "resilience-and-reliability",
        text: "I used your four-line hand-over form on a real incident last night. The next shift, in \
               Dublin, read it once and acted on line three. Nobody rang me. I slept, which is a feature.",
        days: 2,
        ..SAMPLE
    },
    SampleKudos {
        from: "hannah",
        to: &["liam"],
        values: "innovative-practices",
        text: "You drew one change on a single sheet, from ticket to customer, with the waiting in red. My \
               steering group understood in four minutes what I had been writing about for a year, and gave \
               us a second reviewer.",
        days: 1,
        ..SAMPLE
    },
    SampleKudos {
        from: "thiri",
        to: &["bishal"],
        values: "mentorship-and-support",
        text: "You stayed on the phone for my first night shift. Instead of telling me the answer you asked \
               what the graph would look like if I were right. It did not look like that, so I looked \
               elsewhere and found it. The question is in the runbook now.",
        days: 1,
        ..SAMPLE
    },
    SampleKudos {
        from: "grace",
        to: &["mei", "kofi", "ines"],
        values: "collaborative-excellence resilience-and-reliability",
        text: "The three of you took the pager so that our newest colleague could sleep before her first \
               release. She shipped at ten, and nobody had to be brave.",
        days: 3,
        reactions: &[
            ("ada", Reaction::Heart),
            ("tomas", Reaction::Heart),
            ("ravi", Reaction::Applause),
            ("sofia", Reaction::Applause),
            ("leila", Reaction::Applause),
            ("noor", Reaction::Strength),
        ],
        ..SAMPLE
    },
    SampleKudos {
        from: "hannah",
        team: "payments",
        values: "measurable-impact automation-and-efficiency innovative-practices",
        text: "You deleted the nightly batch that everybody was afraid of. Refunds now arrive in a minute, and \
               support has one question less to answer.",
        days: 1,
        reactions: &[
            ("grace", Reaction::Celebrate),
            ("kofi", Reaction::Celebrate),
            ("mei", Reaction::HelpedMe),
            ("yusuf", Reaction::Insight),
        ],
        ..SAMPLE
    },
];
