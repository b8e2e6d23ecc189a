//! What a community says about itself: its logo and its longer texts.

use crate::{Problems, checks::Checks};

/// A text that admins write for everybody. Each has a page or a place of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommunityText {
    /// Shown to visitors on the home page, and to newcomers when they sign in for the first time.
    Welcome,
    /// How members treat each other. It has a page of its own once it is written.
    Conduct,
    /// What the community adds to the page about privacy.
    Privacy,
}

impl CommunityText {
    /// Every variant.
    pub const ALL: &[Self] = &[Self::Welcome, Self::Conduct, Self::Privacy];

    /// The name in the database, in forms and in paths.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Conduct => "conduct",
            Self::Privacy => "privacy",
        }
    }

    /// Reads a [`name`](Self::name).
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|text| text.name() == name)
    }

    /// The longest text, in characters of Markdown.
    #[must_use]
    pub fn max(self) -> usize {
        match self {
            Self::Welcome => 2_000,
            Self::Conduct | Self::Privacy => 10_000,
        }
    }

    /// Checks a text that was typed. An empty one removes the text.
    ///
    /// # Errors
    /// A problem with the field `text`.
    pub fn check(self, typed: &str) -> Result<String, Problems> {
        let mut checks = Checks::default();
        let text = checks.text("text", typed, 0, self.max());
        checks.finish(Some(text))
    }
}

/// The logo that an admin uploaded. Its picture is opaque, so it can be shown on every background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The name of the picture, from its content. Another picture has another name.
    pub hash: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Logo {
    /// The largest width and height, in pixels. Pages show at most a third of that, for sharp screens.
    pub const MAX_SIZE: (u32, u32) = (480, 160);
    /// The largest file, in bytes. Every page and every email loads it.
    pub const MAX_BYTES: usize = 80_000;

    /// The name that the database keeps, for example `c0ffee-320x80`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}x{}", self.hash, self.width, self.height)
    }

    /// Reads a [`name`](Self::name).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (hash, size) = name.rsplit_once('-')?;
        let (width, height) = size.split_once('x')?;
        let logo = Self { hash: hash.to_owned(), width: width.parse().ok()?, height: height.parse().ok()? };
        (!hash.is_empty() && logo.width > 0 && logo.height > 0).then_some(logo)
    }

    /// The path of its picture.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/logo/{}.png", self.name())
    }

    /// Whether it is shown in place of the community's name. A wide logo usually contains the name.
    #[must_use]
    pub fn replaces_name(&self) -> bool {
        self.width >= self.height * 5 / 2
    }

    /// Its width and height, or smaller ones that fit into a box and keep its shape.
    #[must_use]
    pub fn within(&self, max_width: u32, max_height: u32) -> (u32, u32) {
        if self.width <= max_width && self.height <= max_height {
            (self.width, self.height)
        } else {
            self.fitted(max_width, max_height)
        }
    }

    /// Width and height that fit into a box and keep its shape, at least one pixel each.
    #[must_use]
    pub fn fitted(&self, max_width: u32, max_height: u32) -> (u32, u32) {
        let by_height = (self.width * max_height / self.height, max_height);
        let by_width = (max_width, self.height * max_width / self.width);
        let (width, height) = if by_height.0 <= max_width { by_height } else { by_width };
        (width.max(1), height.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_named_after_its_content_and_size() {
        let logo = Logo { hash: "c0ffee".into(), width: 320, height: 80 };
        assert_eq!(logo.path(), "/logo/c0ffee-320x80.png");
        assert_eq!(Logo::parse(&logo.name()), Some(logo));
        for wrong in ["", "c0ffee", "-3x2", "c0ffee-3", "c0ffee-0x2", "c0ffee-ax2"] {
            assert_eq!(Logo::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_wide_logo_replaces_the_name_and_every_logo_keeps_its_shape() {
        let logo = |width, height| Logo { hash: "a".into(), width, height };
        assert!(logo(320, 80).replaces_name() && !logo(80, 80).replaces_name());
        assert_eq!(logo(320, 80).fitted(160, 40), (160, 40));
        assert_eq!(logo(480, 80).fitted(160, 40), (160, 26));
        assert_eq!(logo(40, 160).fitted(160, 40), (10, 40));
        assert_eq!(logo(480, 1).fitted(160, 40), (160, 1));
    }

    #[test]
    fn a_text_has_a_limit() {
        let long = |chars: usize| CommunityText::Welcome.check(&"x".repeat(chars)).is_ok();
        assert!(long(2_000) && !long(2_001) && long(0));
        assert_eq!(CommunityText::of("conduct"), Some(CommunityText::Conduct));
        assert_eq!(CommunityText::of("other"), None);
    }
}
