//! The text format: what it accepts, the errors it reports, and that no input makes it panic.

use matching::{Mode, Order, read, solve, verify};
use proptest::prelude::*;

const GOOD: &str = "# a comment\np guildhall-match 3 2 4\no load 100\no seed 7\no order kept\no mode best-score\n\
    o floor 200\no minimum 10\n\nn 1 0\nc 0 2\nc 1 1\na 0 0 900\na 1 0 800 1 2\na 1 1 700\na 2 1 650\nk 0 0\n\
    x 2 1\nf 1 1\n";

#[test]
fn every_line_is_understood() {
    // Some editors put a byte order mark at the start of a file.
    let marked = format!("\u{feff}{GOOD}");
    for text in [GOOD.to_owned(), GOOD.replace('\n', "\r\n"), GOOD.trim_end().to_owned(), marked] {
        let instance = read(text.as_bytes()).unwrap();
        let options = instance.options();
        assert_eq!((options.load, options.seed, options.floor, options.minimum), (100, 7, 200, 10));
        assert_eq!((options.order, options.mode), (Order::Kept, Mode::BestScore));
        let result = solve(&instance);
        assert_eq!(result.pairs, [(0, 0), (1, 1)]);
        assert_eq!((result.matched_class0, result.kept), (1, 1));
        assert_eq!(verify(&instance, &result), Ok(()));
    }
}

#[test]
fn an_error_names_its_line() {
    let cases = [
        ("", 2, "there is no p line"),
        ("a 0 0 1\n", 1, "the first line must be"),
        ("p guildhall-match 1 1 0\nc 0 1\nc 0 1\n", 3, "the places of mentor 0 are given twice"),
        ("p guildhall-match 1 1 0\n", 2, "the places of mentor 0 are missing"),
        ("p guildhall-match 1 1 2\nc 0 1\na 0 0 1\n", 4, "the p line says 2 pairs, there are 1"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 1001\n", 3, "score 1001 is over 1000"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 70000\n", 3, "the score is too large"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 -5\n", 3, "the score is not a whole number"),
        ("p guildhall-match 1 1 1\nc 0 1\na 1 0 5\n", 3, "there is no mentee 1"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 9 5\n", 3, "there is no mentor 9"),
        ("p guildhall-match 1 1 2\nc 0 1\na 0 0 5\na 0 0 5\n", 4, "the pair is listed twice"),
        ("p guildhall-match 1 1 0\nc 0 1\nk 0 0\n#\nk 0 0\n", 5, "the pair is listed twice"),
        ("p guildhall-match 1 1 0\nc 0 1\nf 0 0\n", 3, "the pin is not a candidate pair"),
        ("p guildhall-match 1 1 1\nc 0 0\na 0 0 5\nf 0 0\n", 4, "fewer places than pins"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 5\nf 0 0\nx 0 0\n", 4, "the pin is banned as well"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 5\nf 0 0\no minimum 6\n", 4, "less than the minimum"),
        ("p guildhall-match 1 1 1\no mode stable\nc 0 1\na 0 0 5\n", 4, "needs both ranks"),
        ("p guildhall-match 1 1 1\nc 0 1\na 0 0 5 1\n", 3, "the mentor's rank is missing"),
        ("p guildhall-match 1 1 0\nc 0 1 1\n", 2, "unexpected text"),
        ("p guildhall-match 1 1 0\nn 0 2\nc 0 1\n", 2, "class 2 is neither 0 nor 1"),
        ("p guildhall-match 1 1 0\nq\n", 2, "a line cannot begin with q"),
        ("p guildhall-match 1 1 0\no floor 1001\n", 2, "floor 1001 is over 1000"),
        ("p guildhall-match 1 1 0\no load 1\no load 1\n", 3, "the option load is given twice"),
        ("p guildhall-match 4000000000 1 0\n", 1, "more than 10000000"),
        ("p guildhall-match 1 1 99999999999999999999\n", 1, "the number of pairs is too large"),
    ];
    for (text, line, message) in cases {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(error.line == line && error.message.contains(message), "{text:?}: {error}");
    }
    assert_eq!(read(b"p guildhall-match 1 1 0\n\xff\n").unwrap_err().line, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn lines_in_any_order_are_read_or_refused(
        lines in prop::collection::vec("[ponckaxf#] ?(load|seed|mode stable|minimum|floor)?( [0-4]){0,5}", 0..12)
    ) {
        let text = format!("p guildhall-match 3 3 2\nc 0 1\nc 1 2\nc 2 3\n{}", lines.join("\n"));
        if let Ok(instance) = read(text.as_bytes()) {
            prop_assert_eq!(verify(&instance, &solve(&instance)), Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// A valid file with some bytes changed, lost or doubled is either read, or refused with one of its
    /// lines.
    #[test]
    fn a_damaged_file_is_read_or_refused(
        damage in prop::collection::vec((0_usize..220, any::<u8>(), 0_u8..4), 1..6)
    ) {
        let mut text = GOOD.as_bytes().to_vec();
        for (at, byte, kind) in damage {
            let at = at % text.len();
            match kind {
                0 => text[at] = byte,
                1 => drop(text.remove(at)),
                2 => text.insert(at, b"0123456789 \n"[byte as usize % 12]),
                _ => {
                    let half = text.split_off(at);
                    text.extend_from_slice(&half[..half.len().min(byte as usize)]);
                    text.extend(half);
                }
            }
        }
        match read(&text) {
            Ok(instance) => prop_assert_eq!(verify(&instance, &solve(&instance)), Ok(())),
            Err(mistake) => prop_assert!(mistake.line <= text.split(|byte| *byte == b'\n').count() + 1),
        }
    }
}
