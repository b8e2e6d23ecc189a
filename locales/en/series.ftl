## Series of events

series-title = Series
series-weekly = Every week on { $weekday }
series-fortnightly = Every two weeks on { $weekday }
series-monthly-weekday =
    { $nth ->
        [1] Every month on the first { $weekday }
        [2] Every month on the second { $weekday }
        [3] Every month on the third { $weekday }
        [4] Every month on the fourth { $weekday }
       *[other] Every month on the fifth { $weekday }
    }
series-monthly-last = Every month on the last { $weekday }
series-monthly-date = Every month on day { $day }
series-rule = { $cadence }, { $dates } dates until { $last }.
series-rule-skip = Months without this day are skipped.
series-rule-last = Months without this day use the last one.
series-rule-times = The start times take turns: { $times }.
series-part = { $cadence }.
series-all = See all dates
series-next = Next dates:
series-previous = Previous date:

series-scope = Dates to change
series-scope-help = If you choose more than this date, you see what changes before anything is saved.
series-scope-cancel-help = If you choose more than this date, you see what is cancelled before it happens. The series then ends.
series-scope-one = This date only
series-scope-following = This and the following dates
series-scope-all = All upcoming dates
series-changed-own = This date was changed on its own. Changes of the whole series leave it as it is.
series-badge-own = Changed on its own
series-edit-dates = Check the changes
series-cancel-dates = Check the cancellation
series-dates-people =
    { $people ->
        [0] Nobody has a seat on these dates yet.
        [one] 1 person has a seat on these dates, or waits for one.
       *[other] { $people } people have a seat on these dates, or wait for one.
    }
series-dates-emails =
    { $emails ->
        [0] No emails will be sent.
        [one] 1 person gets one email about all the dates.
       *[other] { $emails } people get one email each about all their dates.
    }
series-dates-later =
    { $later ->
        [one] 1 more date doesn’t exist yet. It will be created like the last of these.
       *[other] { $later } more dates don’t exist yet. They will be created like the last of these.
    }
series-dates-none-later =
    { $later ->
        [one] The series ends. 1 more date that doesn’t exist yet won’t be created.
       *[other] The series ends. { $later } more dates that don’t exist yet won’t be created.
    }
series-dates-before = Before
series-dates-after = After the change
series-dates-seats =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    }
series-dates-save =
    { $count ->
        [one] Save changes to 1 date
       *[other] Save changes to { $count } dates
    }
series-dates-cancel =
    { $count ->
        [one] Cancel 1 date
       *[other] Cancel { $count } dates
    }
series-dates-back = Back to the form
series-dates-nothing = Nothing would change. Go back to the form to change something.
series-outcome-changes = Changes
series-outcome-cancels = Will be cancelled
series-outcome-same = No change
series-outcome-changed-on-its-own = Changed on its own, stays as it is
series-outcome-begun = Has begun, stays as it is
series-outcome-cancelled = Cancelled already
series-outcome-too-late = Would be in the past, stays as it is
series-outcome-draft = Draft, stays as it is
series-questions-dates = Other dates of the series
series-questions-other =
    { $count ->
        [0] The following dates ask the same questions.
        [one] 1 of the following dates asks something else.
       *[other] { $count } of the following dates ask something else.
    }
series-questions-check = Ask the same on the following dates
series-questions-title = Ask the same on the following dates
series-questions-asked =
    { $people ->
        [0] Nobody at these dates has new questions to answer.
        [one] 1 person at these dates has new questions to answer.
       *[other] { $people } people at these dates have new questions to answer.
    }
series-questions-emails =
    { $people ->
        [0] We don’t email anyone, because nobody with a seat has to answer.
        [one] 1 person has a seat and has to answer. We email them once, about ten minutes after you save.
       *[other] { $people } people have a seat and have to answer. We email each of them once, about ten minutes after you save.
    }
series-questions-kept = Everyone keeps their seat, and earlier answers to the same questions stay.
series-questions-change = Gets these questions
series-questions-same = Asks the same
series-questions-back = Back to the questions
series-questions-nothing = All following dates ask the same questions, or can’t be changed any more.
series-questions-save =
    { $count ->
        [one] Change the questions of 1 date
       *[other] Change the questions of { $count } dates
    }
flash-series-saving =
    { $count ->
        [one] We’re saving the change to 1 date.
       *[other] We’re saving the changes to { $count } dates.
    }
flash-series-cancelling =
    { $count ->
        [one] We’re cancelling 1 date. Emails are sent in two minutes.
       *[other] We’re cancelling { $count } dates. Emails are sent in two minutes.
    }
series-saving = { $done } of { $total } dates are done.
series-saving-refresh = Refresh
series-repeat = Repeat this event
series-repeat-text = Choose how often it repeats, then look at the dates. The time on the clock stays the same when clocks change.
series-cadence = How often
series-short-month = Months without this day
series-short-skip = Skip the month
series-short-last = Use the last day, or the last of these weekdays, in the month
help-series-short = This matters for the 29th, 30th and 31st, and for a fifth weekday.
series-ends = End
series-ends-after = After a number of dates
series-ends-on = On a date
series-count = Number of dates
series-until = Last date
series-times = Other start times, in turn
help-series-times = Leave this empty if all dates have the same time. Otherwise write the times after this event’s own, such as 17:00, 01:00. They are in the event’s time zone.
series-preview = Show dates
series-dates = Dates
series-ahead =
    { $now ->
        [one] The first date exists. The other { $later } are created half a year ahead.
       *[other] The first { $now } dates are created now. The other { $later } follow half a year ahead.
    }
series-state-draft = This event is a draft, so the new dates are drafts too. Publish each when it is ready.
series-state-published = This event is published, so the new dates will be published too. We won’t email anyone about them.
series-clock-gap = Clocks skip this time on that day, so it starts later.
series-clock-fold = Clocks show this time twice on that day. The first one counts.
series-create =
    { $count ->
        [one] Create 1 more date
       *[other] Create { $count } more dates
    }
flash-series-created = Series created.

series-ahead-title = Upcoming dates
series-none-ahead = No upcoming dates. New ones will appear here.
series-later =
    { $count ->
        [one] 1 more date will appear here half a year ahead.
       *[other] { $count } more dates will appear here half a year ahead.
    }
series-past = Past dates
series-ended = This series has ended. No more dates will be added.

series-end = End series
series-end-text = No more dates will be added. Past dates stay as they are.
series-end-dates = Upcoming dates
series-end-keep =
    { $dates ->
        [0] Keep them
        [one] Keep 1 date
       *[other] Keep { $dates } dates
    }
series-end-cancel =
    { $dates ->
        [0] Cancel them
        [one] Cancel 1 date
       *[other] Cancel { $dates } dates
    }
series-end-emails =
    { $people ->
        [0] Nobody has a seat, so cancelling sends no emails.
        [one] 1 person has a seat or waits for one, and gets one email.
       *[other] { $people } people have a seat or wait for one. Each gets one email.
    }
series-end-back = Keep series
flash-series-ended =
    { $count ->
        [0] Series ended.
        [one] Series ended. We’re cancelling 1 date.
       *[other] Series ended. We’re cancelling { $count } dates.
    }

series-always = Always save me a seat
series-always-text = Do you come every time? We save you a seat on all dates, including future ones. When a date is full, you join its waitlist. You can give up your seat on any date.
series-stop = Stop saving me a seat
series-stop-text = We always save you a seat in this series. If you stop, you keep the seats that you have.
flash-series-always =
    { $count ->
        [0] We’ll save you a seat on future dates.
        [one] We saved you a seat on 1 date, and will on future ones.
       *[other] We saved you a seat on { $count } dates, and will on future ones.
    }
series-still-wanted = Do you still want the seat?
series-still-text = We save you a seat at each date of “{ $title }”.
series-still-keep = Keep my seat
series-still-none = We don’t save you a seat in this series any more. You keep the seats that you have.
flash-series-kept = We’ll keep saving you a seat.
flash-series-stopped = We’ll no longer save you a seat. You keep the seats that you have.

series-shares = How the bad hours are shared
series-shares-help = Each start has a score from 0 (daytime) to 6 (night) for each group of people. The table adds them up over all dates.
series-shares-none = No five people in this audience share a time, so there is nothing to compare.
series-shares-people = People
series-shares-turns = With turns
series-shares-same = Always at the first time
series-shares-line = { $name }: { $people } people
local-hours-title = When is this for members?
local-hours-help = The local start for members with the same time, in groups of five or more. Press Preview to see it for another time. The score says how inconvenient the time is, from 0 to 6.
local-hours-line = { $name }: { $time }, { $people } people, score { $score }
local-hours-good = Daytime
local-hours-edge = Early or late
local-hours-night = Night
