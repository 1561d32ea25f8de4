//! A strip above the picture of a run that a limit cut short: what is drawn below is not all of it.

use fencepost_properties::cut_short;

use crate::picture::{Anchor, Scene};
use crate::px::{Point, Px, Rect};
use crate::turn::Turn;
use crate::view::View;
use crate::width::{Weight, text_width};

use super::markup::{Markup, escaped, text};

const SIZE: Px = Px::new(12);
const ROW: Px = Px::new(18);
const EDGE: Px = Px::new(16);

/// The strip with its lines; no line and no height for a whole run.
pub(super) struct Banner {
    lines: Vec<String>,
    /// How much higher it makes the picture.
    pub(super) height: Px,
}

/// Breaks what is to be said into lines that fit.
pub(super) fn lay_out(scene: &Scene, view: &View<'_>) -> Banner {
    let Some(stopped) = cut_short(view.trace) else { return Banner { lines: Vec::new(), height: Px::ZERO } };
    let said = format!("This run was {stopped}. What had not happened by then has no verdict.");
    let mut lines = vec![String::new()];
    for word in said.split(' ') {
        let last = lines.last().map_or("", String::as_str);
        let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        let fits = EDGE + text_width(&longer, SIZE, Weight::Bold) + EDGE <= scene.width;
        match lines.last_mut().filter(|last| fits || last.is_empty()) {
            Some(last) => *last = longer,
            None => lines.push(word.to_owned()),
        }
    }
    let height = ROW * (lines.len() as i32) + Px::new(14);
    Banner { lines, height }
}

/// Draws it from `top` down.
pub(super) fn draw(banner: &Banner, scene: &Scene, top: Px, out: &mut Markup) {
    if banner.lines.is_empty() {
        return;
    }
    let strip = Rect { x: Px::ZERO, y: top, width: scene.width, height: banner.height };
    out.push(&format!(
        "<g class=\"stop\" role=\"note\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        strip.x, strip.y, strip.width, strip.height
    ));
    for (line, place) in banner.lines.iter().zip(0..) {
        let at = Point { x: EDGE, y: top + Px::new(20) + ROW * place };
        out.push(&text("", at, Anchor::Start, Turn::LEVEL, &escaped(line)));
    }
    out.push("</g>\n");
}
