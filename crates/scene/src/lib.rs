//! Lays a judged trace out as lanes, spans, arrows, marks and labels, and writes them as SVG.
