//! Every box of words in a picture, as it lies: what must not overlap and must not be cut off.

use crate::layout::labels;
use crate::picture::Scene;
use crate::px::{Px, Rect};
use crate::quad::Quad;
use crate::width::{Weight, text_width};

impl Scene {
    /// Every box of words in the body and on the ruler, with its words. No two of them overlap, and none reaches beyond
    /// the picture.
    pub fn boxes(&self) -> Vec<(&str, Quad)> {
        let chips = self.chips.iter().map(|chip| (chip.text.as_str(), Quad::upright(chip.rect)));
        let callouts = self
            .callouts
            .iter()
            .map(|callout| (callout.heading.first().map_or("", String::as_str), Quad::upright(callout.rect)));
        let labels = self.labels.iter().map(|label| (&*label.text, labels::quad_of(label)));
        let ticks = self.ticks.iter().filter_map(|tick| Some((tick.label.as_deref()?, tick.y)));
        let folds = self.folds.iter().filter_map(|fold| Some((fold.label.as_deref()?, fold.y0.toward(fold.y1, 1, 2))));
        let ruler = ticks.chain(folds).map(|(text, y)| (text, self.on_ruler(text, y)));
        chips.chain(callouts).chain(labels).chain(ruler).collect()
    }

    fn on_ruler(&self, text: &str, y: Px) -> Quad {
        let width = text_width(text, Px::new(11), Weight::Regular);
        Quad::upright(Rect { x: self.ruler - width, y: y - Px::new(6), width, height: Px::new(13) })
    }
}
