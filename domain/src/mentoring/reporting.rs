//! Who reports to whom, in a form that is quick to ask.

/// For each person, an interval that contains exactly the intervals of everybody who reports to them, directly
/// or through others. Takes the index of each person's manager. Where people manage each other in a circle, the
/// one with the lowest index counts as the top.
#[must_use]
pub fn reporting_lines(managers: &[Option<usize>]) -> Vec<(u32, u32)> {
    let count = managers.len();
    let mut reports: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (person, manager) in managers.iter().enumerate() {
        if let Some(manager) = manager.filter(|manager| *manager < count && *manager != person) {
            reports[manager].push(person);
        }
    }
    let has_manager =
        |person: usize| managers[person].is_some_and(|manager| manager < count && manager != person);
    let mut lines = vec![None; count];
    let mut clock = 0_u32;
    // First the people without a manager, then what is left, which are circles.
    let tops = (0..count).filter(|&person| !has_manager(person)).chain(0..count);
    for top in tops {
        if lines[top].is_some() {
            continue;
        }
        let mut open = vec![(top, 0)];
        lines[top] = Some((clock, clock));
        while let Some((person, next)) = open.pop() {
            if let Some(&report) = reports[person].get(next) {
                open.push((person, next + 1));
                if lines[report].is_none() {
                    clock += 1;
                    lines[report] = Some((clock, clock));
                    open.push((report, 0));
                }
            } else if let Some((_, end)) = &mut lines[person] {
                *end = clock;
            }
        }
        clock += 1;
    }
    lines.into_iter().map(Option::unwrap_or_default).collect()
}

/// Whether one of two people reports to the other.
pub(super) fn is_one_line(one: (u32, u32), other: (u32, u32)) -> bool {
    let contains = |outer: (u32, u32), inner: (u32, u32)| outer.0 <= inner.0 && inner.1 <= outer.1;
    contains(one, other) || contains(other, one)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {

        #![proptest_config(crate::testing::cases())]

        #[test]
        fn a_line_contains_everybody_below(parents in proptest::collection::vec(proptest::option::of(0..30_usize), 30)) {
            // Only earlier people manage, so there are no circles.
            let managers: Vec<_> = parents.iter().enumerate().map(|(at, up)| up.filter(|up| *up < at)).collect();
            let lines = reporting_lines(&managers);
            let is_above = |top: usize, mut person: usize| loop {
                match managers[person] {
                    Some(manager) if manager == top => break true,
                    Some(manager) => person = manager,
                    None => break false,
                }
            };
            for one in 0..30 {
                for other in 0..30 {
                    let expected = one == other || is_above(one, other) || is_above(other, one);
                    prop_assert_eq!(is_one_line(lines[one], lines[other]), expected, "{} {}", one, other);
                }
            }
        }
    }

    #[test]
    fn a_circle_ends() {
        let lines = reporting_lines(&[Some(1), Some(2), Some(0), Some(3), Some(9)]);
        assert!(is_one_line(lines[0], lines[1]) && is_one_line(lines[1], lines[2]));
        assert!(!is_one_line(lines[3], lines[4]) && !is_one_line(lines[0], lines[3]));
    }
}
