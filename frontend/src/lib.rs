//! The wasm entry: wakes the islands of a page that is already readable.

// Without this the linker drops the islands that `app` registers.
use app as _;

/// Called once by the page's loader.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
