//! The colour of a community.

/// The colour that a community recognises itself by. Each is checked for contrast on every background that it has, so a
/// community chooses one of these instead of any colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// The colour of the guild's lamps.
    #[default]
    Brass,
    /// Between blue and green.
    Teal,
    /// A green.
    Moss,
    /// A blue.
    Sky,
    /// A violet.
    Plum,
    /// A red.
    Rose,
}

impl Colour {
    /// Every variant.
    pub const ALL: &[Self] = &[Self::Brass, Self::Teal, Self::Moss, Self::Sky, Self::Plum, Self::Rose];

    /// The name in the database, in forms and in `style/tokens.css`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Brass => "brass",
            Self::Teal => "teal",
            Self::Moss => "moss",
            Self::Sky => "sky",
            Self::Plum => "plum",
            Self::Rose => "rose",
        }
    }

    /// What stands out in a generated cover. All are equally light (OKLCH 80 %), because covers are dark.
    #[must_use]
    pub fn lamp(self) -> &'static str {
        match self {
            Self::Brass => "#e2b45c",
            Self::Teal => "#4ed5d5",
            Self::Moss => "#8ed28f",
            Self::Sky => "#83c3ff",
            Self::Plum => "#dfa5ec",
            Self::Rose => "#ff9ea6",
        }
    }

    /// Reads a [`name`](Self::name).
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|colour| colour.name() == name)
    }
}
