//! A feed as JSON Feed 1.1.

use serde_json::json;

use super::{Page, when_and_where};

pub(super) fn write(page: &Page<'_>) -> String {
    let items = page.feed.entries.iter().map(|entry| {
        let event = &entry.event;
        json!({
            "id": event.id.to_string(),
            "url": page.address(entry),
            "title": event.details.title,
            "content_text": when_and_where(entry),
            "date_modified": entry.updated_at.to_rfc3339(),
            "_event": {
                "starts": event.starts_at.to_rfc3339(),
                "ends": event.ends_at.to_rfc3339(),
                "zone": event.details.zone.name(),
                "place": event.details.place,
                "status": event.status.name(),
            },
        })
    });
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "home_page_url": page.home,
        "feed_url": page.own,
        "items": items.collect::<Vec<_>>(),
    })
    .to_string()
}
