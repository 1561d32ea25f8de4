//! The world as lines: delays, models, and shares of a whole.

use crate::model::{Bounds, DelayRange, LinkSpec, TimingModel};
use crate::print::length;
use crate::time::written;

/// `50ms`, `20ms..80ms`
pub(super) fn range(delay: DelayRange) -> String {
    match delay.is_fixed() {
        true => length(delay.low),
        false => format!("{}..{}", length(delay.low), length(delay.high)),
    }
}

/// `network delay A->S 5ms fifo`
pub(super) fn link(link: &LinkSpec) -> String {
    let fifo = if link.fifo { " fifo" } else { "" };
    format!("network delay {}->{} {}{fifo}", link.from, link.to, range(link.delay))
}

/// `model synchronous delay 100ms pause 500ms drift 1%`
pub(super) fn model(model: &TimingModel) -> String {
    match model {
        TimingModel::Synchronous(bounds) => format!("model synchronous{}", self::bounds(bounds)),
        TimingModel::PartiallySynchronous { bounds, gst } => {
            format!("model partially-synchronous{} gst {}", self::bounds(bounds), written(gst.0))
        }
        TimingModel::Asynchronous => "model asynchronous".to_owned(),
    }
}

fn bounds(bounds: &Bounds) -> String {
    let pause = (bounds.pause.0 > 0).then(|| format!(" pause {}", length(bounds.pause)));
    let drift = (bounds.drift > 0).then(|| format!(" drift {}", share(bounds.drift)));
    format!(" delay {}{}{}", length(bounds.delay), pause.unwrap_or_default(), drift.unwrap_or_default())
}

/// A share of a whole, from millionths: `50%`, or `200ppm` where a percentage would need a fraction.
pub(crate) fn share(millionths: u32) -> String {
    match millionths.is_multiple_of(10_000) {
        true => format!("{}%", millionths / 10_000),
        false => format!("{millionths}ppm"),
    }
}
