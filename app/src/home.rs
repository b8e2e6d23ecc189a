//! x
use leptos::prelude::*;
/// w
#[component]
pub fn HomePage() -> impl IntoView {}
