//! The demo's sign-ups for mentoring: three rounds of one programme.

use domain::mentoring::SignUpRole::{self, Mentee, Mentor};

use super::people::PEOPLE;

/// The hours in which a person has time on weekdays, in their own zone.
#[derive(Clone, Copy)]
pub(super) enum Time {
    Mornings,
    Lunch,
    Evenings,
    Office,
}

impl Time {
    pub(super) fn hours(self) -> std::ops::Range<u8> {
        match self {
            Self::Mornings => 7..10,
            Self::Lunch => 11..14,
            Self::Evenings => 17..21,
            Self::Office => 9..17,
        }
    }
}

/// The key of a coordinator.
pub(super) const COORDINATORS: [&str; 2] = ["grace", "hannah"];

/// The questions of the programme, in a mentee's and in a mentor's words, with their options.
pub(super) const QUESTIONS: [(&str, &str, [&str; 3]); 2] = [
    (
        "What should change most for you?",
        "What do you like to help people with?",
        ["Doing the work", "Explaining the work", "Choosing the work"],
    ),
    (
        "How do you like to work together?",
        "How do you like to work with people?",
        ["Talk things through", "Work on something together", "Get comments on what I did"],
    ),
];

/// A sample sign-up.
pub(super) struct SignUp {
    /// Key of the person.
    pub(super) key: &'static str,
    pub(super) role: SignUpRole,
    /// Slugs of topics. A mentee's most important comes first, and a mentor's most confident.
    pub(super) topics: &'static [&'static str],
    pub(super) goal: &'static str,
    pub(super) places: i32,
    pub(super) times: &'static [Time],
    /// The chosen option of each question, from 0.
    pub(super) answers: [usize; 2],
    /// Keys of people, the most wanted first.
    pub(super) wishes: &'static [&'static str],
    pub(super) is_draft: bool,
}

const BASE: SignUp = SignUp {
    key: "",
    role: Mentee,
    topics: &[],
    goal: "",
    places: 0,
    times: &[Time::Evenings, Time::Lunch],
    answers: [0, 0],
    wishes: &[],
    is_draft: false,
};

const fn mentee(key: &'static str, topics: &'static [&'static str], goal: &'static str) -> SignUp {
    SignUp { key, topics, goal, ..BASE }
}

const fn mentor(key: &'static str, topics: &'static [&'static str], places: i32) -> SignUp {
    SignUp { key, role: Mentor, topics, places, ..BASE }
}

/// The round whose proposals were sent.
pub(super) const PUBLISHED: &[SignUp] = &[
    SignUp {
        wishes: &["marek", "ada"],
        ..mentee("selam", &["threat-modelling", "secure-coding"], "Lead my first threat model by spring.")
    },
    SignUp {
        answers: [1, 0],
        ..mentee("jonas", &["observability", "on-call"], "Write alerts that people answer.")
    },
    mentee("wanjiru", &["supply-chain-security", "secrets-management"], "Know what our builds pull in."),
    SignUp {
        times: &[Time::Mornings, Time::Lunch],
        ..mentee("noor", &["release-management"], "Plan releases that don’t need a weekend.")
    },
    mentee("ioana", &["test-automation", "accessibility"], "Test our components without clicking."),
    SignUp {
        answers: [0, 2],
        ..mentee("lukasz", &["secure-coding", "dynamic-testing"], "Find the holes in my own code first.")
    },
    mentee("yusuf", &["databases", "test-automation"], "Understand the data that my tests leave behind."),
    mentee("yasmine", &["threat-modelling"], "Ask the right questions in a design review."),
    SignUp { answers: [0, 1], ..mentor("ada", &["threat-modelling", "supply-chain-security"], 2) },
    mentor("thandeka", &["on-call", "databases", "observability"], 1),
    SignUp { answers: [0, 2], ..mentor("marek", &["dynamic-testing", "secure-coding"], 2) },
    mentor("sofia", &["test-automation"], 1),
    SignUp { times: &[Time::Mornings, Time::Lunch], ..mentor("liam", &["release-management"], 1) },
    mentor("dubravka", &["threat-modelling", "secrets-management"], 1),
];

/// Takes part in the round whose proposals were sent, in a demo that is served. So whoever tries the demo as Mei has a
/// proposal to answer.
pub(super) const SERVED: SignUp = SignUp {
    times: &[Time::Evenings, Time::Office],
    ..mentee("mei", &["secure-coding", "threat-modelling"], "Write the abuse case before the test case.")
};

/// The round with a draft.
pub(super) const MATCHED: &[SignUp] = &[
    mentee("aino", &["accessibility", "technical-writing"], "Explain a design decision to engineers."),
    SignUp {
        wishes: &["grace"],
        ..mentee("signe", &["platform-engineering", "product-discovery"], "Treat our platform as a product.")
    },
    SignUp {
        answers: [1, 1],
        ..mentee("ondrej", &["observability", "platform-engineering"], "Move from dashboards to questions.")
    },
    SignUp {
        times: &[Time::Mornings],
        ..mentee("beatriz", &["product-discovery"], "Run an interview well.")
    },
    SignUp { times: &[Time::Lunch], ..mentee("leila", &["test-automation"], "Trust our tests again.") },
    SignUp {
        times: &[Time::Office],
        ..mentee("khanh", &["continuous-delivery", "infrastructure-as-code"], "Ship on a Friday, calmly.")
    },
    SignUp {
        times: &[Time::Evenings],
        ..mentee("dechen", &["rust", "databases"], "Read other people’s Rust.")
    },
    SignUp {
        times: &[Time::Evenings, Time::Office],
        ..mentee("thiri", &["incident-response", "on-call"], "Stay calm and write it down.")
    },
    mentee("gwen", &["threat-modelling", "product-discovery"], "Put abuse cases into our user stories."),
    mentee("ines", &["continuous-delivery"], "See my designs in production within a week."),
    mentee("anouk", &["accessibility"], "Review a page with a screen reader."),
    mentee("zsofia", &["threat-modelling", "rust"], "Model threats for a library, not a product."),
    SignUp {
        answers: [1, 1],
        wishes: &["signe"],
        ..mentor("grace", &["platform-engineering", "continuous-delivery", "observability"], 2)
    },
    mentor("ada", &["threat-modelling", "supply-chain-security"], 1),
    SignUp {
        times: &[Time::Mornings, Time::Office],
        ..mentor("ravi", &["continuous-delivery", "threat-modelling"], 2)
    },
    mentor("thordis", &["rust", "databases"], 1),
    SignUp { times: &[Time::Office], ..mentor("thandeka", &["on-call", "incident-response"], 2) },
    mentor("hannah", &["agile-practices"], 1),
];

/// The round that people can join.
pub(super) const OPEN: &[SignUp] = &[
    mentee("ilze", &["agile-practices", "release-management"], "Plan with fewer meetings."),
    mentee("kulli", &["product-discovery", "accessibility"], "Find out what people need, not what they say."),
    SignUp { times: &[Time::Office], ..mentee("putu", &["release-management"], "Keep eleven trains apart.") },
    mentee("myrto", &["accessibility"], "Make our forms work for everyone."),
    SignUp { is_draft: true, ..mentee("rosalia", &["databases"], "") },
    SignUp { is_draft: true, ..mentee("nuwan", &[], "") },
    SignUp { times: &[Time::Office], ..mentor("jiho", &["static-analysis", "secure-coding"], 2) },
    mentor("olayinka", &["secure-coding", "code-review"], 1),
    mentor("myrto", &["technical-writing"], 1),
    SignUp { is_draft: true, ..mentor("arundhati", &["threat-modelling"], 1) },
];

/// The number of people in a round of a demo that is served.
const SERVED_PEOPLE: usize = 40;
/// People who are left out of [`more`]: those as whom people try the demo, because they sign up themselves.
const TRIED: [&str; 6] = ["mei", "kofi", "tomas", "ada", "grace", "ravi"];

/// What more mentees of a round want to learn, and why.
const GOALS: [(&[&str], &str); 12] = [
    (&["secure-coding", "code-review"], "Review other people’s code without slowing them down."),
    (&["continuous-delivery", "test-automation"], "Release every day and sleep well."),
    (&["observability"], "Know that something is wrong before our users do."),
    (&["threat-modelling", "secure-coding"], "Hold a threat model session on my own."),
    (&["infrastructure-as-code", "platform-engineering"], "Rebuild our servers from nothing."),
    (&["incident-response"], "Lead an incident without shouting."),
    (&["databases", "rust"], "Change a large table while people use it."),
    (&["product-discovery"], "Talk to five users every month."),
    (&["accessibility", "technical-writing"], "Write error messages that help."),
    (&["supply-chain-security", "static-analysis"], "Update our dependencies every week."),
    (&["agile-practices", "release-management"], "Plan less, and finish more."),
    (&["on-call", "observability"], "Hand over a shift in ten minutes."),
];

/// What more mentors of a round teach.
const TAUGHT: [&[&str]; 6] = [
    &["secure-coding", "code-review", "static-analysis"],
    &["observability", "on-call", "incident-response"],
    &["continuous-delivery", "infrastructure-as-code"],
    &["threat-modelling", "supply-chain-security"],
    &["product-discovery", "agile-practices"],
    &["databases", "rust", "test-automation"],
];

/// More people for a round, so that a demo that is served has about as many as a real one. Every third is a mentor.
/// Everything depends on the round and the place in the list alone.
pub(super) fn more(round: u8, there: &[SignUp]) -> Vec<SignUp> {
    let is_free = |key: &str| !TRIED.contains(&key) && there.iter().all(|it| it.key != key);
    let keys = PEOPLE.iter().map(|person| person.key).filter(|key| is_free(key));
    let shift = usize::from(round);
    let times: [&[Time]; 3] =
        [&[Time::Evenings, Time::Lunch], &[Time::Office], &[Time::Mornings, Time::Office]];
    let sign_up = |(at, key): (usize, &'static str)| {
        let (topics, goal) = GOALS[(at + shift) % GOALS.len()];
        let base = match at % 3 {
            2 => mentor(key, TAUGHT[(at / 3 + shift) % TAUGHT.len()], 1 + i32::from(at % 2 == 0)),
            _ => mentee(key, topics, goal),
        };
        SignUp { times: times[(at + shift) % times.len()], answers: [at % 3, (at + shift) % 3], ..base }
    };
    keys.enumerate().map(sign_up).take(SERVED_PEOPLE.saturating_sub(there.len())).collect()
}
