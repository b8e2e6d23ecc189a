//! Seats, live.
