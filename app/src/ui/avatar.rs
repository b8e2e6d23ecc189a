//! Members' profile pictures. Without a picture, initials on one of seven hues.

use leptos::prelude::*;

/// The size of an avatar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// For lines of text.
    Small,
    /// For lists.
    #[default]
    Middle,
    /// For the head of a profile.
    Big,
}

/// A picture, or initials. Hidden from screen readers, because the name is always next to it.
#[component]
pub fn Avatar(
    /// The member's name, for initials and hue.
    #[prop(into)]
    name: String,
    /// The size on the page.
    #[prop(optional)]
    size: Size,
    /// Path of the picture, if the member has one that the reader may see.
    #[prop(default = None)]
    picture: Option<String>,
) -> impl IntoView {
    let size = match size {
        Size::Small => "small",
        Size::Middle => "",
        Size::Big => "big",
    };
    if let Some(picture) = picture {
        let class = format!("avatar {size}");
        return view! { <img class=class src=picture alt="" width="36" height="36" loading="lazy" /> }
            .into_any();
    }
    let class = format!("avatar hue-{} {size}", hue(&name));
    view! {
        <svg class=class viewBox="0 0 36 36" width="36" height="36" aria-hidden="true">
            <circle cx="18" cy="18" r="18" />
            <text x="18" y="22.5">{initials(&name)}</text>
        </svg>
    }
    .into_any()
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let ends = match words.as_slice() {
        [] => vec![],
        [only] => vec![only],
        [one, .., last] => vec![one, last],
    };
    let letters: String = ends.into_iter().filter_map(first).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// A hue from 0 to 6, always the same for the same name.
fn hue(name: &str) -> u32 {
    name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_first_and_last_word() {
        for (name, letters) in [
            ("Ada Okonkwo", "AO"),
            ("Liam O’Rourke", "LO"),
            ("Ana María de la Cruz", "AC"),
            ("noor", "N"),
            ("  ", "?"),
            ("(ops) Zoë", "OZ"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
        assert!(hue("Ada") < 7 && hue("") < 7);
    }
}
