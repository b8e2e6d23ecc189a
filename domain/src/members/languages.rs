//! The languages that members can name: a table of IETF tags, each with the language's own name.

use std::str::FromStr;

/// Tag and own name, in alphabetical order for a reader of Latin script.
const LANGUAGES: &[(&str, &str)] = &[
    ("af", "Afrikaans"),
    ("sq", "Shqip"),
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("hy", "Հայերեն"),
    ("az", "Azərbaycanca"),
    ("eu", "Euskara"),
    ("be", "Беларуская"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("bg", "Български"),
    ("ca", "Català"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
    ("hr", "Hrvatski"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("nl", "Nederlands"),
    ("en", "English"),
    ("et", "Eesti"),
    ("fil", "Filipino"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("gl", "Galego"),
    ("ka", "ქართული"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("gu", "ગુજરાતી"),
    ("ha", "Hausa"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("is", "Íslenska"),
    ("ig", "Igbo"),
    ("id", "Bahasa Indonesia"),
    ("ga", "Gaeilge"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("kn", "ಕನ್ನಡ"),
    ("kk", "Қазақша"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("ku", "Kurdî"),
    ("lv", "Latviešu"),
    ("lt", "Lietuvių"),
    ("mk", "Македонски"),
    ("ms", "Bahasa Melayu"),
    ("ml", "മലയാളം"),
    ("mr", "मराठी"),
    ("ne", "नेपाली"),
    ("nb", "Norsk"),
    ("fa", "فارسی"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-BR", "Português (Brasil)"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sr", "Српски"),
    ("si", "සිංහල"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("so", "Soomaali"),
    ("es", "Español"),
    ("sw", "Kiswahili"),
    ("sv", "Svenska"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("uz", "Oʻzbekcha"),
    ("vi", "Tiếng Việt"),
    ("cy", "Cymraeg"),
    ("xh", "isiXhosa"),
    ("yo", "Yorùbá"),
    ("zu", "isiZulu"),
];

/// A language of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static str);

impl Language {
    /// Its IETF language tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0
    }

    /// The language's name in that language.
    #[must_use]
    pub fn name(self) -> &'static str {
        LANGUAGES.iter().find(|(tag, _)| *tag == self.0).map_or(self.0, |(_, name)| name)
    }

    /// Every language, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(|(tag, _)| Self(tag))
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        LANGUAGES.iter().find(|(tag, _)| *tag == text).map(|(tag, _)| Self(tag)).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_is_in_the_table_once() {
        let tags: BTreeSet<_> = Language::all().map(Language::tag).collect();
        assert_eq!(tags.len(), LANGUAGES.len());
        for language in Language::all() {
            assert_eq!(language.tag().parse(), Ok(language));
            assert!(!language.name().is_empty());
        }
        assert!("klingon".parse::<Language>().is_err());
    }
}
