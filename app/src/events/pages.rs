//! x
use leptos::prelude::*;
/// w
#[component]
pub fn EventsPage() -> impl IntoView {}
/// w
#[component]
pub fn NewPage() -> impl IntoView {}
/// w
#[component]
pub fn EditPage() -> impl IntoView {}
/// w
#[component]
pub fn EventPage() -> impl IntoView {}
/// w
#[component]
pub fn CancelPage() -> impl IntoView {}
