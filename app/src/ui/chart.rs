//! Charts, drawn on the server as SVG. Each has a table with the same figures. Collecting the figures is up to
//! the caller.

use leptos::prelude::*;

use super::{Column, Table};
use crate::{
    context::{locale, tr},
    i18n::format,
};

/// A named series of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The name, for legends and table heads.
    pub name: String,
    /// One figure for each category of the chart.
    pub figures: Vec<f64>,
}

/// A figure with at most one decimal place.
fn figure_of(figure: f64) -> String {
    format::figure(locale(), figure)
}

/// The next round number, so that an axis ends at a readable value.
fn round_up(max: f64) -> f64 {
    let max = max.max(1.0);
    let power = 10_f64.powf(max.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|top| *top >= max).unwrap_or(max)
}

/// A chart's frame: title, drawing, and table.
fn figure(title: String, drawing: AnyView, categories: &[String], series: &[Series]) -> AnyView {
    if categories.is_empty() {
        let none = tr("chart-none");
        return view! { <figure class="chart"><figcaption>{title}</figcaption><p class="help">{none}</p></figure> }
            .into_any();
    }
    let columns = std::iter::once(Column::text(tr("chart-item")))
        .chain(series.iter().map(|item| Column::number(item.name.clone())))
        .collect();
    let rows = categories.iter().enumerate().map(|(at, category)| {
        let figures = series.iter().map(|item| item.figures.get(at).map(|f| figure_of(*f)).into_any());
        std::iter::once(category.clone().into_any()).chain(figures).collect()
    });
    view! {
        <figure class="chart">
            <figcaption>{title.clone()}</figcaption>
            {drawing}
            <details>
                <summary>{tr("chart-table")}</summary>
                <Table caption=title columns rows=rows.collect() />
            </details>
        </figure>
    }
    .into_any()
}

/// One horizontal bar for each category.
#[component]
pub fn Bars(
    /// The chart's title.
    title: String,
    /// The categories, one for each bar.
    categories: Vec<String>,
    /// The figures.
    series: Series,
) -> impl IntoView {
    let top = series.figures.iter().copied().fold(1.0, f64::max);
    let height = categories.len() * 26 + 4;
    let bars = categories.iter().zip(&series.figures).enumerate().map(|(row, (category, figure))| {
        let (y, width) = (row * 26 + 2, figure / top * 180.0);
        view! {
            <text x="110" y=y + 15 text-anchor="end">{category.clone()}</text>
            <rect class="bar-part" x="116" y=y width=format!("{width:.1}") height="20" rx="2" />
            <text class="value" x=format!("{:.1}", 122.0 + width) y=y + 15>{figure_of(*figure)}</text>
        }
    });
    let bars = bars.collect_view();
    let drawing =
        view! { <svg viewBox=format!("0 0 340 {height}") role="img" aria-label=title.clone()>{bars}</svg> };
    figure(title, drawing.into_any(), &categories, &[series])
}

/// One line for each series, at most two. The second is dashed.
#[component]
pub fn Lines(
    /// The chart's title.
    title: String,
    /// The categories along the axis, usually months.
    categories: Vec<String>,
    /// One or two lines.
    series: Vec<Series>,
) -> impl IntoView {
    let max = series.iter().flat_map(|item| item.figures.iter().copied()).fold(1.0, f64::max);
    let top = round_up(max);
    let drawing = view! {
        <svg viewBox="0 0 340 170" role="img" aria-label=title.clone()>
            {[0.0, 0.5, 1.0].into_iter().map(|part| {
                let y = 140.0 - part * 120.0;
                view! {
                    <line class="grid-line" x1="30" x2="336" y1=y y2=y />
                    <text x="26" y=y + 4.0 text-anchor="end">{figure_of(top * part)}</text>
                }
            }).collect_view()}
            {ends(&categories)}
            {series.iter().enumerate().map(|(at, item)| line(at, item, top)).collect_view()}
        </svg>
    };
    figure(title, drawing.into_any(), &categories, &series)
}

/// The first and last category under the axis. The table has the others.
fn ends(categories: &[String]) -> AnyView {
    let first = categories.first().cloned().unwrap_or_default();
    let last = categories.last().cloned().unwrap_or_default();
    view! { <text x="30" y="158">{first}</text> <text x="336" y="158" text-anchor="end">{last}</text> }
        .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "categories are few")]
fn line(at: usize, series: &Series, top: f64) -> AnyView {
    let step = 300.0 / (series.figures.len().saturating_sub(1).max(1)) as f64;
    let points: Vec<(f64, f64)> = series
        .figures
        .iter()
        .enumerate()
        .map(|(category, figure)| (33.0 + category as f64 * step, 140.0 - figure / top * 120.0))
        .collect();
    let path = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    let class = if at == 0 { "line-1" } else { "line-2" };
    let end = points.last().map(|(x, y)| {
        let text = series.figures.last().map(|figure| figure_of(*figure));
        view! {
            <circle class="dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3.5" />
            <text class="value" x=format!("{x:.1}") y=format!("{:.1}", y - 9.0) text-anchor="end">{text}</text>
        }
    });
    view! { <polyline class=class points=path /> {end} }.into_any()
}

/// A grid with one cell for each category and series. Higher figures are darker, and each cell shows its
/// figure.
#[component]
pub fn HeatMap(
    /// The chart's title.
    title: String,
    /// The categories, one for each column.
    categories: Vec<String>,
    /// The series, one for each row.
    series: Vec<Series>,
) -> impl IntoView {
    let max = series.iter().flat_map(|item| item.figures.iter().copied()).fold(1.0, f64::max);
    let (wide, left, top) = (192 / categories.len().max(1), 150, 56);
    let heads = categories.iter().enumerate().map(|(at, category)| {
        let x = left + at * wide + wide / 2;
        view! { <text x=x y=top - 6 transform=format!("rotate(-40 {x} {})", top - 6)>{category.clone()}</text> }
    });
    let rows = series.iter().enumerate().map(|(row, item)| {
        let y = top + row * 24;
        let fields = item.figures.iter().enumerate().map(|(at, figure)| {
            let x = left + at * wide;
            let class = (*figure <= 0.0).then_some("none");
            let strength = if *figure <= 0.0 { 1.0 } else { 0.18 + 0.82 * figure / max };
            // Dark text on cells that are nearly brass, in both colour schemes.
            let ink = if *figure > 0.0 && strength > 0.5 { "inside over" } else { "inside" };
            view! {
                <rect class=class x=x y=y width=wide height="24" fill-opacity=format!("{strength:.2}") />
                <text class=ink x=x + wide / 2 y=y + 16 text-anchor="middle">{figure_of(*figure)}</text>
            }
        });
        view! {
            <text x=left - 6 y=y + 16 text-anchor="end">{item.name.clone()}</text>
            {fields.collect_view()}
        }
    });
    let height = top + series.len() * 24 + 4;
    let drawing = view! {
        <svg class="heat" viewBox=format!("0 0 356 {height}") role="img" aria-label=title.clone()>
            {heads.collect_view()} {rows.collect_view()}
        </svg>
    };
    let drawing = drawing.into_any();
    figure(title, drawing, &categories, &series)
}

/// One small chart for each series. All have the same scale, so that they can be compared.
#[component]
pub fn SmallMultiples(
    /// The title of the whole figure.
    title: String,
    /// The categories along each axis.
    categories: Vec<String>,
    /// The series, one for each chart.
    series: Vec<Series>,
) -> impl IntoView {
    let max = series.iter().flat_map(|item| item.figures.iter().copied()).fold(1.0, f64::max);
    let charts = series.iter().map(|item| {
        view! {
            <div>
                <h3>{item.name.clone()}</h3>
                <svg viewBox="0 0 340 165" role="img" aria-label=item.name.clone()>
                    <line class="axis" x1="30" x2="336" y1="140" y2="140" />
                    {line(0, item, round_up(max))}
                </svg>
            </div>
        }
    });
    let drawing = view! { <div class="small-multiples">{charts.collect_view()}</div> };
    let drawing = drawing.into_any();
    figure(title, drawing, &categories, &series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (max, top) in [(0.0, 1.0), (1.0, 1.0), (3.0, 5.0), (17.0, 20.0), (23.0, 25.0), (99.0, 100.0)] {
            assert!((round_up(max) - top).abs() < 1e-9, "{max} gives {}", round_up(max));
        }
    }

    #[test]
    fn a_chart_has_its_table() {
        let owner = Owner::new();
        let html = owner.with(|| {
            let series = Series { name: "Seats".into(), figures: vec![4.0, 9.0] };
            view! { <Bars title="Seats by month".to_owned() categories=vec!["Jan".into(), "<Feb>".into()] series /> }
                .to_html()
        });
        let html = html.replace("<!>", "");
        assert!(html.contains("<td data-label=\"Seats\" class=\"number\"><div>9</div></td>"), "{html}");
        assert!(!html.contains("<Feb>"), "{html}");
    }
}
