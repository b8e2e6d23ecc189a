//! The demo's people. Any likeness is accidental; the order is by how often they come.

use domain::Role::{self, Administrator, Member, Organiser};

/// What the demo's community is called.
pub(super) const COMMUNITY: &str = "Secure Synergy";

/// One of the demo's people.
pub(super) struct Person {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) zone: &'static str,
}

const fn person(key: &'static str, name: &'static str, role: Role, zone: &'static str) -> Person {
    Person { key, name, role, zone }
}

pub(super) const PEOPLE: &[Person] = &[
    person("ada", "Ada Okonkwo", Administrator, "Europe/London"),
    person("grace", "Grace Lindqvist", Organiser, "Europe/Stockholm"),
    person("ravi", "Ravi Menon", Organiser, "Asia/Kolkata"),
    person("mei", "Mei Tanaka", Member, "Asia/Tokyo"),
    person("tomas", "Tomás Herrera", Member, "America/Mexico_City"),
    person("ines", "Inês Carvalho", Member, "Europe/Lisbon"),
    person("kofi", "Kofi Mensah", Member, "Africa/Accra"),
    person("hannah", "Hannah Weiss", Member, "Europe/Berlin"),
    person("liam", "Liam O’Rourke", Member, "Europe/Dublin"),
    person("sofia", "Sofia Petrova", Member, "Europe/Sofia"),
    person("noor", "Noor Haddad", Member, "Asia/Amman"),
    person("jonas", "Jonas Berg", Member, "Europe/Oslo"),
    person("wanjiru", "Wanjiru Kamau", Member, "Africa/Nairobi"),
    person("diego", "Diego Fontana", Member, "America/Argentina/Buenos_Aires"),
    person("priya", "Priya Raman", Member, "America/Los_Angeles"),
    person("marek", "Marek Nowak", Member, "Europe/Warsaw"),
    person("leila", "Leila Amiri", Member, "America/Toronto"),
    person("oscar", "Oscar Nguyen", Member, "Australia/Sydney"),
];
