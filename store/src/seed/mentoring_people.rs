//! The demo's sign-ups for mentoring: three rounds of one programme.

use domain::mentoring::SignUpRole::{self, Mentee, Mentor};

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
