//! Everything between the headers and the last moment, from the back to the front.

use crate::kinds::{ChipKind, MarkKind, SpanKind};
use crate::picture::{
    Anchor, Arrow, ArrowEnd, Bracket, Callout, Chip, Label, LabelKind, Lane, Mark, Scene, Side, Span, Tick, Turn,
};
use crate::prose::tell;
use crate::px::{Point, Px, Rect};
use crate::view::View;

use super::markup::{Markup, circle, escaped, line, path, rect, stretches, text, tone, transform};

/// The hatches.
pub(super) fn definitions(scene: &Scene, out: &mut Markup) {
    let mut pattern = |name: &str, class: char, size: u8, strokes: &str| {
        let id = out.id().to_owned();
        out.push(&format!(
            "<pattern id=\"{id}-{name}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect class=\"{class}0\" width=\"{size}\" height=\"{size}\"/>\
             <path class=\"{class}1\" d=\"{strokes}\"/></pattern>\n"
        ));
    };
    pattern("p", 'p', 7, "M0 0V7");
    pattern("w", 'w', 8, "M0 0V8");
    pattern("s", 's', 5, "M0 0V5");
    if scene.spans.iter().any(|span| span.kind == SpanKind::Down) {
        // A stretch of no length with round ends is a dot.
        pattern("k", 'k', 6, "M3 3h0");
    }
}

/// Draws the scene.
pub(super) fn draw(scene: &Scene, view: &View<'_>, out: &mut Markup) {
    let bottom = scene.height - Px::new(10);
    scene.ticks.iter().for_each(|it| tick(it, scene, out));
    scene.folds.iter().for_each(|fold| {
        let y = fold.y0.toward(fold.y1, 1, 2);
        let from = scene.ruler + Px::new(24);
        out.push(&line("fold", at(from, y), at(scene.width - Px::new(8), y)));
        let Some(label) = &fold.label else { return };
        out.push(&text("rul", at(scene.ruler, y + Px::new(4)), Anchor::End, Turn::LEVEL, &escaped(label)));
        out.push("\n");
    });
    scene.lanes.iter().for_each(|it| lane(it, scene, bottom, out));
    scene.spans.iter().filter(|it| it.kind.is_under()).for_each(|it| span(it, view, out));
    scene.spans.iter().filter(|it| !it.kind.is_under()).for_each(|it| span(it, view, out));
    scene.callouts.iter().for_each(|it| stem(it, out));
    scene.arrows.iter().for_each(|it| arrow(it, view, out));
    scene.brackets.iter().for_each(|it| bracket(it, view, out));
    scene.marks.iter().for_each(|it| mark(it, view, out));
    scene.chips.iter().for_each(|it| chip(it, view, out));
    scene.callouts.iter().for_each(|it| callout(it, view, out));
    scene.labels.iter().for_each(|it| label(it, out));
}

fn at(x: Px, y: Px) -> Point {
    Point { x, y }
}

fn tick(tick: &Tick, scene: &Scene, out: &mut Markup) {
    let from = scene.ruler + Px::new(4);
    if let Some(label) = &tick.label {
        out.push(&line("tick", at(from, tick.y), at(from + Px::new(5), tick.y)));
        out.push(&text("rul", at(scene.ruler, tick.y + Px::new(4)), Anchor::End, Turn::LEVEL, &escaped(label)));
    }
    out.push(&line("grid", at(from + Px::new(10), tick.y), at(scene.width - Px::new(8), tick.y)));
    out.push("\n");
}

fn lane(lane: &Lane, scene: &Scene, bottom: Px, out: &mut Markup) {
    // The smaller letters of a long name are those of a callout's heading.
    let (class, ys): (_, &[i32]) = match (lane.is_long, lane.heading.len()) {
        (false, _) => ("hd", &[-30]),
        (true, 1) => ("callt", &[-30]),
        (true, _) => ("callt", &[-38, -25]),
    };
    let lines = lane.heading.iter().zip(ys);
    let heading: String = lines
        .map(|(words, y)| text(class, at(lane.x, Px::new(*y)), Anchor::Middle, Turn::LEVEL, &escaped(words)))
        .collect();
    let role = text("role", at(lane.x, Px::new(-11)), Anchor::Middle, Turn::LEVEL, &escaped(&lane.role));
    let (top, x) = (Px::new(6), lane.x);
    let line = match lane.crashed {
        None => line("lane", at(x, top), at(x, bottom)),
        Some(y) => line("lane", at(x, top), at(x, y)) + &line("lane gone", at(x, y), at(x, bottom)),
    };
    let _ = scene;
    out.group("", &lane.name, &format!("{heading}{role}{line}"));
}

fn span(span: &Span, view: &View<'_>, out: &mut Markup) {
    let id = out.id().to_owned();
    let hatched = |class: &str, hatch: char, radius: i32| {
        let Rect { x, y, width, height } = span.rect;
        format!(
            "<rect class=\"{class}\" fill=\"url(#{id}-{hatch})\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>"
        )
    };
    let shape = match span.kind {
        SpanKind::Paused => hatched("pause", 'p', 9),
        SpanKind::Disagreement => hatched("danger", 'w', 3),
        SpanKind::Stuck => hatched("stuck", 's', 3),
        SpanKind::Unmet { .. } => hatched(span.kind.class(), 's', 3),
        SpanKind::Granted => rect("granted", span.rect, Px(35)),
        SpanKind::Believed => rect("believed", span.rect, Px(35)),
        SpanKind::Waiting => rect("wait", span.rect, Px(35)),
        SpanKind::Holding => rect("hold", span.rect, Px::ZERO),
        SpanKind::Cut { toward, .. } => {
            rect(span.kind.class(), span.rect, Px::new(3))
                + &chevrons(span.rect, toward)
                + &path("cuth", &span.kind.strokes(&span.rect))
        }
        SpanKind::Delayed | SpanKind::Syncing => rect("busy", span.rect, span.kind.radius()),
        SpanKind::Down => hatched("down", 'k', 9),
        SpanKind::Gap => path("gap", &span.kind.strokes(&span.rect)),
        SpanKind::Mute | SpanKind::Deaf => {
            rect("omission", span.rect, span.kind.radius()) + &path("cuth", &span.kind.strokes(&span.rect))
        }
        SpanKind::Stands { .. } => hatched(span.kind.class(), 'p', 2),
        SpanKind::Term { .. } | SpanKind::Leads { .. } => rect(span.kind.class(), span.rect, span.kind.radius()),
        SpanKind::Clock | SpanKind::Suspects | SpanKind::Unfenced => {
            rect(span.kind.class(), span.rect, span.kind.radius())
        }
    };
    out.group("", &tell(span.tale, view), &shape);
}

/// Which way a one-way cut is cut: a small arrowhead at its upper and its lower end.
fn chevrons(band: Rect, toward: Option<Side>) -> String {
    let Some(side) = toward else { return String::new() };
    let tip = if side == Side::Right { Px::new(4) } else { Px::new(-4) };
    let chevron = |y: Px| {
        let (middle, height) = (band.x + band.width / 2, Px::new(4));
        stretches(
            "cuth",
            &[at(middle - tip / 2, y - height), at(middle + tip / 2, y), at(middle - tip / 2, y + height)],
        )
    };
    chevron(band.y + Px::new(9)) + &chevron(band.bottom() - Px::new(9))
}

fn arrow(arrow: &Arrow, view: &View<'_>, out: &mut Markup) {
    let class = match (arrow.copy, arrow.end) {
        _ if arrow.lie => "a lie",
        (true, _) => "a copy",
        (_, ArrowEnd::Open) => "a open",
        _ => "a",
    };
    let Some(tip) = arrow.path.last() else { return };
    let place = transform(*tip, arrow.turn);
    let end = match arrow.end {
        ArrowEnd::Head => format!("<path class=\"h\" {place} d=\"M0 0L-9-4V4Z\"/>"),
        ArrowEnd::Bounced => {
            format!("<path class=\"h\" {place} d=\"M-2 0L-11-4V4Z\"/><path class=\"x\" {place} d=\"M0-6V6\"/>")
        }
        ArrowEnd::Lost => {
            stretches("x", &[nudge(*tip, -4, -4), nudge(*tip, 4, 4)])
                + &stretches("x", &[nudge(*tip, 4, -4), nudge(*tip, -4, 4)])
        }
        ArrowEnd::Open => String::new(),
    };
    out.group(&format!("m{}", tone(arrow.tone)), &tell(arrow.tale, view), &(stretches(class, &arrow.path) + &end));
}

fn bracket(bracket: &Bracket, view: &View<'_>, out: &mut Markup) {
    let strokes = path("brace", &bracket.strokes());
    out.group(&format!("b{}", tone(bracket.tone)), &tell(bracket.tale, view), &strokes);
}

fn nudge(point: Point, x: i32, y: i32) -> Point {
    at(point.x + Px::new(x), point.y + Px::new(y))
}

fn mark(mark: &Mark, view: &View<'_>, out: &mut Markup) {
    let cross = |class: &str, size: i32| {
        stretches(class, &[nudge(mark.at, -size, -size), nudge(mark.at, size, size)])
            + &stretches(class, &[nudge(mark.at, size, -size), nudge(mark.at, -size, size)])
    };
    let shape = match mark.kind {
        MarkKind::Dot => circle("dot", mark.at, Px(32)),
        MarkKind::Inbox => circle("inbox", mark.at, Px(38)),
        MarkKind::Expiry => circle("ring", mark.at, Px(55)),
        MarkKind::Crash => cross("x", 6),
        MarkKind::Pin => circle("pin", mark.at, Px::new(10)) + &cross("pinx", 4),
        MarkKind::Recovery | MarkKind::Clock | MarkKind::Mail | MarkKind::Payment => glyph(mark.kind, mark.at),
        MarkKind::Hazard => {
            circle("haz", mark.at, Px::new(7)) + &text("hazt", nudge(mark.at, 0, 4), Anchor::Middle, Turn::LEVEL, "!")
        }
    };
    out.group(&format!("k{}", tone(mark.tone)), &tell(mark.tale, view), &shape);
}

/// A disc with strokes upon it.
pub(super) fn glyph(kind: MarkKind, at: Point) -> String {
    let (class, radius, strokes) = kind.glyph();
    circle(class, at, radius) + &path(&format!("{class}g"), &format!("M{} {}{strokes}", at.x, at.y))
}

fn chip(chip: &Chip, view: &View<'_>, out: &mut Markup) {
    let (class, of_words) = (chip.kind.class(), if chip.kind == ChipKind::Thrown { " struck" } else { "" });
    let words = text(
        &format!("chipt{of_words}"),
        nudge(at(chip.rect.x, chip.rect.y), 9, 14),
        Anchor::Start,
        Turn::LEVEL,
        &escaped(&chip.text),
    );
    out.group(
        &format!("c{}", tone(chip.tone)),
        &tell(chip.tale, view),
        &(rect(&format!("chip{class}"), chip.rect, Px::new(4)) + &words),
    );
}

fn stem(callout: &Callout, out: &mut Markup) {
    let (pin, edge) = callout.stem();
    out.push(&line("stem", pin, edge));
    out.push("\n");
}

fn callout(callout: &Callout, view: &View<'_>, out: &mut Markup) {
    let (x, y) = (callout.rect.x + Px::new(12), callout.rect.y + Px::new(18));
    let mut inside = rect("call", callout.rect, Px::new(7));
    let heading = callout.heading.iter().map(|words| ("callt", words));
    let lines = callout.lines.iter().map(|words| ("sub", words));
    for (number, (class, words)) in heading.chain(lines).enumerate() {
        let y = y + Px::new(17) * number as i32;
        inside += &text(class, at(x, y), Anchor::Start, Turn::LEVEL, &escaped(words));
    }
    out.group("", &tell(callout.tale, view), &inside);
}

fn label(label: &Label, out: &mut Markup) {
    let class = match label.kind {
        LabelKind::Message => "msg",
        LabelKind::Note => "note",
        LabelKind::Tag => "tagt",
        LabelKind::Repeat => "times",
        LabelKind::Disagreement => "dis",
        LabelKind::State => "st",
    };
    let token =
        label.token.as_deref().map_or(String::new(), |it| format!("<tspan class=\"tok\">{}</tspan>", escaped(it)));
    let struck = label
        .struck
        .as_deref()
        .map_or(String::new(), |it| format!("<tspan class=\"truth\">{}</tspan> ", escaped(it.trim_end())));
    let inside = format!("{struck}{}{token}", escaped(&label.text));
    if matches!(label.kind, LabelKind::Tag | LabelKind::Repeat) {
        let class = if label.kind == LabelKind::Tag { "tag" } else { "tag counted" };
        out.push(&rect(class, label.bounds, label.bounds.height / 2));
    }
    out.push(&text(&format!("{class}{}", tone(label.tone)), label.at, label.anchor, label.turn, &inside));
    out.push("\n");
}
