//! The detailed profiles of some of the demo's people, and the teams they work in.

use super::shape::{SampleProfile, Team};

/// Teams come after their parent.
pub(super) const TEAMS: &[Team] = &[
    Team { name: "Engineering", parent: "", purpose: "Everyone who builds what customers use." },
    Team { name: "Payments", parent: "engineering", purpose: "Moves money, and knows where it went." },
    Team { name: "Booking", parent: "engineering", purpose: "Booking for ferries, clinics and theatres." },
    Team {
        name: "Platform",
        parent: "engineering",
        purpose: "Build, release and runtime services, so that other teams can focus on their products.",
    },
    Team { name: "Release train", parent: "platform", purpose: "Eleven release trains, one timetable." },
    Team { name: "Security", parent: "", purpose: "Security reviews, threat models and incident response." },
    Team {
        name: "Product and design",
        parent: "",
        purpose: "Decides what is worth building, and how it should feel.",
    },
];

const fn profile(key: &'static str, team: &'static str, seniority: &'static str) -> SampleProfile {
    SampleProfile {
        key,
        team,
        seniority,
        pronouns: "",
        bio: "",
        topics: &[],
        languages: &["en"],
        links: &[],
        see: &[],
    }
}

/// The people with a detailed profile.
pub(super) const PROFILES: &[SampleProfile] = &[
    SampleProfile {
        pronouns: "she/her",
        bio: "I joined for the biscuits and stayed for the *licence texts*.\n\nAsk me about:\n\n- threat models that fit on one page\n- what a maintainer may expect of you\n- how to say no to a vendor",
        topics: &[
            "threat-modelling:teaching",
            "supply-chain-security:teaching",
            "secrets-management:working",
            "rust:learning",
        ],
        languages: &["en", "ig", "fr"],
        links: &["https://github.com/ada-okonkwo-example", "https://hachyderm.io/@ada_example"],
        see: &["name:everyone", "headline:everyone", "bio:everyone", "links:everyone"],
        ..profile("ada", "security", "lead")
    },
    SampleProfile {
        pronouns: "she/her",
        bio: "Ten years of build platforms. I’ll look at your pipeline if you bring the log and something to \
              eat.",
        topics: &[
            "platform-engineering:teaching",
            "continuous-delivery:teaching",
            "observability:working",
            "mentoring:working",
        ],
        languages: &["sv", "en", "fi"],
        links: &["https://www.linkedin.com/in/grace-lindqvist-example"],
        see: &["name:everyone", "headline:everyone"],
        ..profile("grace", "platform", "principal")
    },
    SampleProfile {
        bio: "Fast builds are a kindness. I measure build times, then I shorten them.",
        topics: &["continuous-delivery:working", "threat-modelling:working", "static-analysis:learning"],
        languages: &["en", "hi", "ml"],
        ..profile("ravi", "platform", "senior")
    },
    SampleProfile {
        pronouns: "she/her",
        bio: "I test what happens **between** the steps: the half-sent form, the second click, the clock that goes back.",
        topics: &["test-automation:teaching", "accessibility:working", "threat-modelling:learning"],
        languages: &["ja", "en"],
        links: &["https://medium.com/@mei-tanaka-example"],
        ..profile("mei", "booking", "senior")
    },
    SampleProfile {
        bio: "I delete code for a living. The graph hangs above my desk.",
        topics: &["api-design:working", "databases:teaching", "rust:working"],
        languages: &["es", "en"],
        ..profile("tomas", "payments", "senior")
    },
    SampleProfile {
        pronouns: "she/they",
        topics: &["accessibility:teaching", "technical-writing:working", "product-discovery:working"],
        languages: &["pt", "en"],
        links: &["https://mentoring-club.com/the-mentors/ines-carvalho-example"],
        ..profile("ines", "product-and-design", "mid")
    },
    SampleProfile {
        topics: &["on-call:teaching", "databases:working", "incident-response:working"],
        ..profile("kofi", "booking", "senior")
    },
    SampleProfile {
        topics: &["agile-practices:teaching", "mentoring:learning"],
        languages: &["de", "en"],
        ..profile("hannah", "engineering", "lead")
    },
    SampleProfile {
        topics: &["release-management:teaching", "dependency-management:working"],
        languages: &["en", "ga"],
        ..profile("liam", "release-train", "lead")
    },
    SampleProfile {
        topics: &["test-automation:working", "performance-testing:learning"],
        languages: &["bg", "en"],
        ..profile("sofia", "payments", "lead")
    },
    SampleProfile {
        topics: &["product-discovery:teaching", "accessibility:learning"],
        languages: &["ar", "en"],
        ..profile("noor", "product-and-design", "senior")
    },
    SampleProfile {
        topics: &["observability:working", "infrastructure-as-code:working"],
        languages: &["nb", "en"],
        ..profile("jonas", "platform", "mid")
    },
    SampleProfile {
        topics: &["security-operations:working", "incident-response:learning"],
        languages: &["sw", "en"],
        ..profile("wanjiru", "security", "mid")
    },
    SampleProfile {
        topics: &["containers-and-kubernetes:working"],
        languages: &["es", "en"],
        ..profile("diego", "release-train", "mid")
    },
    SampleProfile {
        topics: &["secure-coding:learning", "code-review:working"],
        languages: &["hi", "en"],
        ..profile("priya", "payments", "junior")
    },
    SampleProfile {
        topics: &["dynamic-testing:working", "secure-coding:teaching"],
        languages: &["pl", "en"],
        ..profile("marek", "security", "senior")
    },
];

/// More people whose name visitors see, so that the public kudos wall of the demo has names and hidden names.
pub(super) const KNOWN_TO_VISITORS: &[&str] = &[
    "hannah", "liam", "noor", "oscar", "hemi", "zsofia", "bishal", "kirra", "signe", "parisa", "selam",
    "shanelle", "dechen", "gulnora", "thiri", "leilani",
];
