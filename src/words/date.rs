//! When something was, in words.

/// A moment as the reader's calendar and clock have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: u32,
    /// The month, counted from 0.
    pub month: u32,
    /// The day of the month.
    pub date: u32,
    /// The day's number: the next day has the next.
    pub number: i64,
    /// The hour.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// When it was, seen from today.
pub fn when(moment: Day, today: Day) -> String {
    let clock = format!("{}:{:02}", moment.hour, moment.minute);
    let month = MONTHS.get(moment.month as usize).copied().unwrap_or_default();
    match today.number - moment.number {
        0 => format!("today at {clock}"),
        1 => format!("yesterday at {clock}"),
        _ if moment.year == today.year => format!("on {} {month} at {clock}", moment.date),
        _ => format!("on {} {month} {}", moment.date, moment.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_said_as_people_say_it() {
        let today = Day { year: 2026, month: 2, date: 1, number: 100, hour: 9, minute: 30 };
        let this = |number, month, date, year| when(Day { number, month, date, year, hour: 8, minute: 5 }, today);
        assert_eq!(this(100, 2, 1, 2026), "today at 8:05");
        assert_eq!(this(99, 1, 28, 2026), "yesterday at 8:05");
        assert_eq!(this(98, 1, 27, 2026), "on 27 February at 8:05");
        assert_eq!(this(-300, 11, 31, 2025), "on 31 December 2025");
    }
}
