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
series-part = { $cadence }.
series-all = See all dates
series-next = Next dates:
series-previous = Previous date:

series-edit-one = This event is part of a series. You change this date only.
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
series-create = Create { $count } dates
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
        [one] 1 person has a seat or waits for one. Cancelling sends { $emails ->
            [one] 1 email
           *[other] { $emails } emails
        }.
       *[other] { $people } people have a seat or wait for one. Cancelling sends { $emails } emails.
    }
series-end-back = Keep series
flash-series-ended =
    { $count ->
        [0] Series ended.
        [one] Series ended. 1 date is cancelled.
       *[other] Series ended. { $count } dates are cancelled.
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
flash-series-stopped = We’ll no longer save you a seat. You keep the seats that you have.
